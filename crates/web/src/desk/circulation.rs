//! The circulation of a letter (گردش): its referrals as a nested list, each with who, to whom, what for, and whether it was read and
//! done.

use pishkhan_office::actor::Staff;
use pishkhan_office::ids::{LetterId, ReferralId, StaffId};
use pishkhan_office::letters::{Letter, State};
use pishkhan_office::referrals::{self, Branch, Ending, Purpose, Referral};
use pishkhan_office::units::{self, Unit};
use pishkhan_office::{Moment, StoreError, Tx};

use super::status::{self, Due};
use super::within;
use crate::layout::Page;
use crate::links::{self, Link};

/// The referrals of a letter.
pub struct Circulation {
    /// In the order in which they are read; each says how the lists nest around it.
    pub lines: Vec<Line>,
    /// Whether something in it is to this person and nobody has read it.
    pub is_new: bool,
}

/// One referral.
pub struct Line {
    pub id: ReferralId,
    pub class: &'static str,
    pub from: String,
    pub to: String,
    pub purpose: &'static str,
    pub text: String,
    pub when: String,
    pub iso: String,
    pub due: Option<(String, Due)>,
    pub read: Option<String>,
    pub end: Option<Ended>,
    pub completion: Option<Link>,
    /// What was only told is done with one button.
    pub is_told: bool,
    pub sending_back: Option<Link>,
    /// Where it is taken back, by who asked or told.
    pub recall: Option<Link>,
    /// Whether a list of what came of it follows.
    pub opens: bool,
    /// How many lists end after it.
    pub closes: usize,
}

/// How it ended.
pub struct Ended {
    /// Else it came back, or was taken back.
    pub is_done: bool,
    pub said: String,
    pub text: String,
}

/// What is asked while the list is made.
struct Reader<'a> {
    page: &'a Page,
    staff: &'a Staff,
    letter: &'a Letter,
    units: Vec<Unit>,
    names: Vec<(StaffId, String)>,
    near: Moment,
}

impl Circulation {
    pub async fn of(
        tx: &mut Tx,
        page: &Page,
        staff: &Staff,
        letter: &Letter,
        near: Moment,
    ) -> Result<Circulation, StoreError> {
        let referrals = referrals::of_letter(tx, &letter.id).await?;
        let is_new = referrals.iter().any(|it| it.read_at.is_none() && it.is_to(staff));
        if referrals.is_empty() {
            return Ok(Circulation { lines: Vec::new(), is_new });
        }
        let names = referrals::names(tx, &letter.id).await?;
        let reader = Reader { page, staff, letter, units: units::list(tx).await?, names, near };
        let mut lines = Vec::new();
        reader.add(&referrals::tree(referrals), &mut lines);
        Ok(Circulation { lines, is_new })
    }
}

impl Reader<'_> {
    fn add(&self, branches: &[Branch], lines: &mut Vec<Line>) {
        for branch in branches {
            let mut line = self.line(&branch.referral);
            line.opens = !branch.branches.is_empty();
            lines.push(line);
            self.add(&branch.branches, lines);
            if !branch.branches.is_empty()
                && let Some(last) = lines.last_mut()
            {
                last.closes += 1;
            }
        }
    }

    fn line(&self, referral: &Referral) -> Line {
        let page = self.page;
        let (class, purpose) = match referral.purpose {
            Purpose::Action => ("ok", "work-purpose-action"),
            Purpose::Answer => ("ask", "work-purpose-answer"),
            Purpose::Information => ("review", "work-purpose-information"),
        };
        // Nothing is late any more of a letter that is over, although it may still be read.
        let is_over = matches!(
            self.letter.state,
            State::Answered(..) | State::Closed(..) | State::Withdrawn(..) | State::Lapsed(..)
        );
        let due = referral.due.filter(|_| referral.is_open() && !is_over);
        let can_finish = referrals::could_finish(self.staff, referral);
        let (id, letter): (_, &LetterId) = (&referral.id, &self.letter.id);
        Line {
            id: id.clone(),
            class,
            from: self.name(&referral.from_staff),
            to: self.to(referral),
            purpose: page.t(purpose),
            text: referral.text.clone(),
            when: page.when(&referral.at),
            iso: page.iso(&referral.at),
            due: due.map(|due| (page.day(&due), status::due(page, due, self.near))),
            read: referral.read_at.map(|at| {
                let name = referral.read_by.as_ref().map(|by| self.name(by)).unwrap_or_default();
                page.words.fill("work-read", &[("name", &name), ("when", &page.when(&at))])
            }),
            end: referral.end.as_ref().map(|end| {
                let name = end.by.as_ref().map(|by| self.name(by)).unwrap_or_default();
                let key = match (&end.by, end.how) {
                    (None, _) => "work-over",
                    (Some(_), Ending::Done) => "work-done",
                    (Some(_), Ending::SentBack) => "work-sent-back",
                    (Some(_), Ending::Recalled) => "work-recalled",
                };
                Ended {
                    is_done: end.how == Ending::Done,
                    said: page.words.fill(key, &[("name", &name), ("when", &page.when(&end.at))]),
                    text: end.text.clone(),
                }
            }),
            completion: can_finish
                .then(|| within::keeping(page, self.staff, links::desk_referral_completion(letter, id))),
            is_told: referral.purpose == Purpose::Information,
            sending_back: referrals::could_send_back(self.staff, self.letter, referral)
                .then(|| within::keeping(page, self.staff, links::desk_referral_return(letter, id))),
            recall: referrals::could_recall(self.staff, self.letter, referral)
                .then(|| within::keeping(page, self.staff, links::desk_referral_recall(letter, id))),
            opens: false,
            closes: 0,
        }
    }

    fn name(&self, id: &StaffId) -> String {
        self.names.iter().find(|(known, _)| known == id).map(|(_, name)| name.clone()).unwrap_or_default()
    }

    fn to(&self, referral: &Referral) -> String {
        let unit = self.units.iter().find(|unit| unit.id == referral.to.unit);
        let unit = unit.map_or("", |unit| unit.name_in(self.page.words.language));
        match &referral.to.staff {
            None => unit.to_owned(),
            Some(person) => {
                self.page.words.fill("work-person-of-unit", &[("name", &self.name(person)), ("unit", unit)])
            }
        }
    }
}
