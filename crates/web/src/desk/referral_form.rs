//! The fields of a referral, for one letter or for several: to whom, what for, with which words, until when, who is told besides.

use pishkhan_office::actor::Staff;
use pishkhan_office::letters::{Classification, ReferError, Referring};
use pishkhan_office::persian::digits;
use pishkhan_office::referrals::{COPIES, Purpose, REFERRAL_CHARACTERS};
use pishkhan_office::texts::TextKind;
use pishkhan_office::{StoreError, Tx};

use super::ready::{self, Ready};
use super::referral_choices::{self, Choosable, Group};
use super::unrecorded::Unrecorded;
use crate::form::Fields;
use crate::layout::{Fault, Page};
use crate::links::Link;
use crate::problem::Problem;

/// The fields as a page shows them.
pub struct ReferralForm {
    pub groups: Vec<Group>,
    pub copies: Vec<Choosable>,
    pub has_copies: bool,
    pub purposes: Vec<Choice>,
    pub text: String,
    pub ready: Vec<Ready>,
    pub days: String,
    pub faults: Vec<Fault>,
}

/// A purpose beside its button.
pub struct Choice {
    pub value: &'static str,
    pub text: &'static str,
    pub hint: &'static str,
    pub is_chosen: bool,
    pub key: char,
}

impl ReferralForm {
    /// What was typed, with its faults, and the ready text that was chosen; its buttons send the form to `field`. Offered are those
    /// who may see letters of this classification.
    pub async fn of(
        tx: &mut Tx,
        page: &Page,
        staff: &Staff,
        classification: Classification,
        typed: &Fields,
        faults: Vec<Fault>,
        field: &Link,
    ) -> Result<ReferralForm, StoreError> {
        let (groups, copies) = referral_choices::choices(tx, page, staff, classification, typed).await?;
        let ready = ready::texts(tx, TextKind::Referral, field, Purpose::ALL.len()).await?;
        Ok(ReferralForm {
            has_copies: copies.iter().any(|copy| copy.is_chosen) || faults.iter().any(|fault| fault.field == "copies"),
            purposes: purposes(page, typed.get("purpose")),
            text: ready::put(&ready, ready::chosen(typed), typed.get("text")),
            days: typed.get("days").to_owned(),
            groups,
            copies,
            ready,
            faults,
        })
    }

    /// What is wrong with a field.
    pub fn fault(&self, field: &str) -> Option<&str> {
        self.faults.iter().find(|fault| fault.field == field).map(|fault| fault.text.as_str())
    }
}

/// What the form says, or what is to be mended in it.
pub fn read(page: &Page, fields: &Fields) -> Result<Result<Referring, Vec<Fault>>, Problem> {
    let mut faults = Vec::new();
    let to = match fields.get("to") {
        "" => {
            faults.push(Fault { field: "to", text: page.t("work-refer-no-one").to_owned() });
            None
        }
        value => Some(referral_choices::chosen(value).ok_or(Problem::BadRequest)?),
    };
    let purpose = match fields.get("purpose") {
        "" => Purpose::Action,
        value => Purpose::parse(value).ok_or(Problem::BadRequest)?,
    };
    let days = match digits::to_ascii(fields.get("days").trim()).as_str() {
        "" => None,
        days => {
            let days = days.parse().ok();
            if days.is_none() {
                faults.push(Fault { field: "days", text: page.t("work-refer-bad-days").to_owned() });
            }
            days
        }
    };
    let copies = referral_choices::copies(fields).ok_or(Problem::BadRequest)?;
    Ok(match (to, faults.is_empty()) {
        (Some(to), true) => Ok(Referring { to, purpose, text: fields.get("text").to_owned(), days, copies }),
        _ => Err(faults),
    })
}

/// Why a letter was not referred.
pub enum Refused {
    /// There is no such letter for this person.
    NotThere,
    /// Somebody was faster.
    Changed,
    /// Something is to be mended in the form.
    Fault(Fault),
    Store(StoreError),
}

pub fn refused(page: &Page, error: ReferError) -> Refused {
    let number = |n: usize| page.number(n as u64);
    let (field, text) = match error {
        ReferError::NotOnDesk => return Refused::NotThere,
        ReferError::Stale(_) | ReferError::NotInHand(_) | ReferError::NotYours => return Refused::Changed,
        ReferError::Store(error) => return Refused::Store(error),
        ReferError::Nobody => ("to", page.t("work-refer-nobody").to_owned()),
        ReferError::Own => ("to", page.t("work-refer-own").to_owned()),
        ReferError::NotAnOfficer => ("to", page.t("work-refer-not-an-officer").to_owned()),
        ReferError::NotCleared(name) => ("to", page.words.a("work-refer-not-cleared", "name", name)),
        ReferError::NobodyCleared => ("to", page.t("work-refer-nobody-cleared").to_owned()),
        ReferError::BadCopy => ("copies", page.words.a("work-refer-bad-copy", "most", number(COPIES))),
        ReferError::TooFar(most) => ("to", page.words.a("work-refer-too-far", "most", page.number(u64::from(most)))),
        ReferError::NoText => ("text", page.t("work-refer-no-text").to_owned()),
        ReferError::Long => ("text", page.words.a("work-refer-long", "most", number(REFERRAL_CHARACTERS))),
        ReferError::BadDays => ("days", page.t("work-refer-bad-days").to_owned()),
    };
    Refused::Fault(Fault { field, text })
}

/// What the form had, for whoever came too late.
pub async fn unrecorded(tx: &mut Tx, page: &Page, fields: &Fields) -> Result<Unrecorded, StoreError> {
    let to = referral_choices::name_of(tx, page, fields.get("to")).await?;
    let purpose = Purpose::parse(fields.get("purpose")).map_or("", |purpose| page.t(words_of(purpose).0));
    let mut unrecorded = Unrecorded::words(fields.get("text"))
        .choosing(page.t("work-refer-to"), to)
        .choosing(page.t("work-refer-purpose"), purpose)
        .choosing(page.t("work-refer-days"), fields.get("days"));
    for (copy, _) in fields.beginning("copy-") {
        let name = referral_choices::name_of(tx, page, copy).await?;
        unrecorded = unrecorded.choosing(page.t("work-refer-copies"), name);
    }
    Ok(unrecorded)
}

/// A purpose, and what it means.
fn words_of(purpose: Purpose) -> (&'static str, &'static str) {
    match purpose {
        Purpose::Action => ("work-purpose-action", "work-purpose-action-hint"),
        Purpose::Answer => ("work-purpose-answer", "work-purpose-answer-hint"),
        Purpose::Information => ("work-purpose-information", "work-purpose-information-hint"),
    }
}

fn purposes(page: &Page, chosen: &str) -> Vec<Choice> {
    let choice = |(purpose, key): (Purpose, char)| {
        let (text, hint) = words_of(purpose);
        let is_chosen = purpose.as_str() == chosen || (chosen.is_empty() && purpose == Purpose::Action);
        Choice { value: purpose.as_str(), text: page.t(text), hint: page.t(hint), is_chosen, key }
    };
    Purpose::ALL.into_iter().zip('1'..).map(choice).collect()
}
