//! The parts of the tray: which of them a person's posts open, in which one a letter is found, and what each is called.

use pishkhan_office::actor::{Role, Staff};
use pishkhan_office::letters::{self, Letter, Sieve, State, Tray, TrayCounts};
use pishkhan_office::{StoreError, Tx};

use crate::layout::Page;
use crate::links::{self, Link};

/// The way to a part of the tray.
pub struct View {
    /// What it is called in the stream of news.
    pub name: String,
    pub url: Link,
    pub label: String,
    pub count: Option<u64>,
    pub is_current: bool,
}

/// The parts of the tray that this person's posts open; none for those whose work is not with letters.
pub fn of(staff: &Staff) -> Vec<Tray> {
    let has = |role| staff.has(role);
    let (reviewer, officer, signer) = (has(Role::Reviewer), has(Role::Officer), has(Role::Signer));
    let (auditor, administrator) = (has(Role::Auditor), has(Role::Administrator));
    let works = reviewer || officer || signer || auditor;
    let all = [
        (Tray::Review, reviewer || auditor),
        (Tray::Near, works),
        (Tray::Untaken, officer || signer || auditor),
        (Tray::Mine, officer),
        (Tray::Signature, signer),
        (Tray::Objections, signer),
        (Tray::Late, signer),
        (Tray::Referred, officer || signer),
        (Tray::Messages, officer || signer || reviewer),
        (Tray::Waiting, works),
        (Tray::Unit, officer || signer || auditor),
        (Tray::Done, works || administrator),
    ];
    all.into_iter().filter(|(_, is_open)| *is_open).map(|(tray, _)| tray).collect()
}

/// The part of the tray in which this person finds the letter: what was referred to them stands there before it stands among those of their
/// units, and what is theirs to decide stands among that.
pub async fn tray_of(tx: &mut Tx, staff: &Staff, letter: &Letter) -> Result<Tray, StoreError> {
    let tray = tray_by_state(staff, letter);
    if !may_be_referred(staff, tray) {
        return Ok(tray);
    }
    let referred = letters::spot_in(tx, staff, Tray::Referred, &Sieve::default(), &letter.id).await?;
    Ok(if referred.is_some() { Tray::Referred } else { tray })
}

/// Whether that is where this person finds the letter, whatever was referred to them.
pub fn is_found_in(staff: &Staff, letter: &Letter, tray: Tray) -> bool {
    tray_by_state(staff, letter) == tray && !may_be_referred(staff, tray)
}

/// Whether a letter that its state puts there may rather stand among those that were referred to this person.
fn may_be_referred(staff: &Staff, tray: Tray) -> bool {
    staff.refers() && !matches!(tray, Tray::Review | Tray::Mine | Tray::Signature | Tray::Objections)
}

/// The part in which they find it by its state, and by who has it.
fn tray_by_state(staff: &Staff, letter: &Letter) -> Tray {
    let holder = letter.holder.as_ref();
    let is_signer = holder.is_some_and(|unit| staff.is_signer_of(unit));
    let is_of_unit = is_signer || holder.is_some_and(|unit| staff.is_officer_of(unit));
    let officer = letter.state.work().and_then(|work| work.officer.as_ref());
    let looks = staff.has(Role::Auditor);
    let is_below = letters::is_late_below(staff, letter) && !is_of_unit && !staff.has(Role::Reviewer);
    match &letter.state {
        State::Submitted(_) | State::Registered(..) | State::InProgress(..) | State::AnswerReview(..) if is_below => {
            Tray::Late
        }
        State::Draft | State::Submitted(_) => Tray::Review,
        State::InProgress(..) | State::AwaitingSender(..) | State::AnswerReview(..) if officer == Some(&staff.id) => {
            Tray::Mine
        }
        State::AnswerReview(..) if is_signer => Tray::Signature,
        State::Objected(..) if letter.raised_to.as_ref().is_some_and(|above| staff.is_signer_above(above)) => {
            Tray::Objections
        }
        State::Returned(..) | State::AwaitingSender(..) if !staff.has(Role::Administrator) => Tray::Waiting,
        State::Registered(..) if is_of_unit || looks => Tray::Untaken,
        State::InProgress(..) if officer.is_none() && (is_of_unit || looks) => Tray::Untaken,
        State::Registered(..) | State::InProgress(..) | State::AnswerReview(..) | State::Objected(..)
            if is_of_unit || looks =>
        {
            Tray::Unit
        }
        State::Returned(..)
        | State::Registered(..)
        | State::InProgress(..)
        | State::AwaitingSender(..)
        | State::AnswerReview(..)
        | State::Answered(..)
        | State::Objected(..)
        | State::Rejected(..)
        | State::Withdrawn(..)
        | State::Lapsed(..)
        | State::Closed(..) => Tray::Done,
    }
}

/// What a part of the tray is called in addresses.
pub fn name(tray: Tray) -> &'static str {
    match tray {
        Tray::Review => "review",
        Tray::Near => "near",
        Tray::Waiting => "waiting",
        Tray::Referred => "referred",
        Tray::Untaken => "untaken",
        Tray::Unit => "unit",
        Tray::Messages => "messages",
        Tray::Mine => "mine",
        Tray::Signature => "signature",
        Tray::Objections => "objections",
        Tray::Late => "late",
        Tray::Done => "done",
    }
}

/// The name of the list, and what it says when nothing is in it.
pub(super) fn words_of(tray: Tray) -> (&'static str, &'static str) {
    match tray {
        Tray::Review => ("desk-list-review", "desk-empty-review"),
        Tray::Near => ("tray-list-near", "tray-empty-near"),
        Tray::Waiting => ("tray-list-waiting", "tray-empty-waiting"),
        Tray::Referred => ("tray-list-referred", "tray-empty-referred"),
        Tray::Untaken => ("tray-list-untaken", "tray-empty-untaken"),
        Tray::Unit => ("desk-list-unit", "desk-empty-unit"),
        Tray::Messages => ("tray-list-messages", "tray-empty-messages"),
        Tray::Mine => ("desk-list-mine", "desk-empty-mine"),
        Tray::Signature => ("tray-list-signature", "tray-empty-signature"),
        Tray::Objections => ("tray-list-objections", "tray-empty-objections"),
        Tray::Late => ("tray-list-late", "tray-empty-late"),
        Tray::Done => ("desk-list-done", "desk-empty-done"),
    }
}

/// What the way to a part is called; auditors look at all units.
fn label_of(staff: &Staff, tray: Tray) -> &'static str {
    match tray {
        Tray::Review => "desk-view-review",
        Tray::Near => "tray-view-near",
        Tray::Waiting => "tray-view-waiting",
        Tray::Referred => "tray-view-referred",
        Tray::Untaken => "tray-view-untaken",
        Tray::Unit if staff.has(Role::Auditor) => "desk-view-units",
        Tray::Unit => "desk-view-unit",
        Tray::Messages => "tray-view-messages",
        Tray::Mine => "desk-view-mine",
        Tray::Signature => "tray-view-signature",
        Tray::Objections => "tray-view-objections",
        Tray::Late => "tray-view-late",
        Tray::Done => "desk-view-done",
    }
}

/// The way to that part.
pub(super) fn view(page: &Page, staff: &Staff, tray: Tray, current: Tray, counts: &TrayCounts) -> View {
    View {
        name: name(tray).to_owned(),
        url: links::desk_tray(name(tray), None),
        label: page.t(label_of(staff, tray)).to_owned(),
        count: counts.of(tray),
        is_current: tray == current,
    }
}

/// What waits for somebody who can do something about it: auditors only look. Signers are told of what is late below them, too,
/// whoever was asked of what was referred to them, and who answered of what is written to them since; each letter waits once.
pub(super) fn waiting(staff: &Staff, counts: &TrayCounts) -> u64 {
    let of = |tray| counts.of(tray).unwrap_or(0);
    let review = if staff.has(Role::Reviewer) { of(Tray::Review) } else { 0 };
    let untaken = if staff.has(Role::Officer) { of(Tray::Untaken) } else { 0 };
    let mine = of(Tray::Mine) + of(Tray::Signature) + of(Tray::Objections) + of(Tray::Late) + of(Tray::Referred);
    (review + untaken + mine + counts.answered_anew).saturating_sub(counts.twice)
}
