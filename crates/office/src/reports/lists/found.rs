//! A letter as it stands in a list behind a figure.

use pishkhan_store::{Moment, Result, Row, StoreError};
use sqlx::any::AnyRow;

use crate::ids::LetterId;
use crate::letters::Place;
use crate::reports::asked::By;
use crate::reports::{Fate, FoundMessage};

/// A letter of such a list.
#[derive(Clone, Debug)]
pub struct Found {
    pub id: LetterId,
    /// Its word; `untaken` of what is in progress and in nobody's hand.
    pub state: String,
    pub sender_name: String,
    pub subject: String,
    pub unit_name: String,
    pub unit_name_english: String,
    /// As printed; none before registration.
    pub number: Option<String>,
    pub direction: Option<String>,
    pub arrived: Moment,
    /// When its next step is due, if it is open.
    pub due: Option<Moment>,
    /// What the list is ordered by.
    pub at: Moment,
    /// For which message it stands there, in a list by messages.
    pub message: Option<FoundMessage>,
}

impl Found {
    /// Where it stands in its list.
    pub(super) fn place(&self) -> Place {
        let id = self.message.as_ref().map_or_else(|| self.id.to_string(), |message| message.id.clone());
        Place { at: self.at.0, id }
    }
}

/// As a row of a list tells it.
pub(super) fn letter(row: &AnyRow, by: By) -> Result<Found> {
    Ok(Found {
        id: LetterId::stored(row.try_get("id")?),
        state: row.try_get("state")?,
        sender_name: row.try_get("sender_name")?,
        subject: row.try_get("subject")?,
        unit_name: row.try_get("unit_name")?,
        unit_name_english: row.try_get("unit_name_english")?,
        number: row.try_get("number_printed")?,
        direction: row.try_get("number_direction")?,
        arrived: Moment(row.try_get("submitted_at")?),
        due: row.try_get::<Option<i64>, _>("due_at")?.map(Moment),
        at: Moment(row.try_get("ordered_at")?),
        message: if by == By::Message { Some(message(row)?) } else { None },
    })
}

fn message(row: &AnyRow) -> Result<FoundMessage> {
    let fate: String = row.try_get("fate")?;
    let fate = Fate::parse(&fate).ok_or(StoreError::Unreadable("fate"))?;
    Ok(FoundMessage { id: row.try_get("message_id")?, kind: row.try_get("template")?, fate })
}
