//! Whether a message may go out today, and until when it waits if not.

use std::time::Duration;

use pishkhan_store::{Moment, OrganisationId, Result};

use crate::budget::{Counted, Place, Room};
use crate::gateways::{Channel, Urgency};
use crate::outbox::{self, Claimed};
use crate::round::Courier;
use crate::rules::day_of;

/// When it is looked again whether there is room: somebody may have raised the budget, and tomorrow may be sooner.
const SPENT: Duration = Duration::from_mins(30);
/// The same while the last places are on their way; those that fail come back.
const ON_THEIR_WAY: Duration = Duration::from_mins(1);

/// How often it is counted at most, when much goes out during the count.
const COUNTS: usize = 5;

/// Whether a message may go out today.
pub(crate) enum Permit {
    /// It may; a place of the day is held for it, unless it needs none.
    Goes(Option<Place>),
    /// It is put off until then, for that reason.
    Waits(Moment, &'static str),
}

impl Courier {
    /// Whether the organisation may send one more today. Codes have limits of their own, before they are asked for; e-mail costs nothing; and
    /// what a gateway may have already had its place.
    pub(crate) async fn permit(&self, message: &Claimed) -> Result<Permit> {
        let is_code = Urgency::of(&message.template) == Urgency::Awaited;
        if is_code || Channel::of(&message.to) == Channel::Mail || message.is_bound() {
            return Ok(Permit::Goes(None));
        }
        let (whose, now) = (&message.organisation, self.clock.now());
        let day = day_of(now);
        let mut room = self.budget.take(whose, day, now);
        if matches!(room, Room::Unknown) {
            let _turn = self.budget.turn().await;
            room = self.budget.take(whose, day, now);
            for _ in 0..COUNTS {
                if !matches!(room, Room::Unknown) {
                    break;
                }
                self.budget.counted(whose, self.count(whose, day, now).await?);
                room = self.budget.take(whose, day, now);
            }
        }
        Ok(match room {
            Room::Endless => Permit::Goes(None),
            Room::Held(place) => Permit::Goes(Some(place)),
            Room::OnTheirWay | Room::Unknown => {
                Permit::Waits(now.plus(ON_THEIR_WAY), "the last messages of the day's budget are on their way")
            }
            Room::Spent { most, is_news } => {
                if is_news {
                    let organisation = whose.as_str();
                    tracing::error!(organisation, most, "the day's messages are sent; the others wait for tomorrow");
                }
                let tomorrow = day_of(day.plus(Duration::from_hours(36)));
                Permit::Waits(now.plus(SPENT).min(tomorrow), "the day's budget is spent")
            }
        })
    }

    async fn count(&self, whose: &OrganisationId, day: Moment, at: Moment) -> Result<Counted> {
        let kept_before = self.budget.begin_count(whose);
        let mut tx = self.db.read(whose, at).await?;
        let most = outbox::own_budget(&mut tx).await?.unwrap_or(self.rules.messages_per_day);
        let sent = if most == 0 { 0 } else { outbox::sent_since(&mut tx, day).await? };
        Ok(Counted { day, at, most, sent, kept_before })
    }
}

/// A message went out, or may have: its place of the day is used up.
pub(crate) fn keep(message: &Claimed, place: Option<Place>) {
    if let Some(most) = place.and_then(Place::keep) {
        let organisation = message.organisation.as_str();
        tracing::error!(organisation, most, "four fifths of the day's messages are sent");
    }
}
