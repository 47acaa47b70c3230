//! How many letters the views of the tray have.

use pishkhan_store::{Moment, Result, Tx};

use super::anew::{anew, with_me};
use super::count;
use super::depth::{self, MOST_SIEVED};
use super::elsewhere::{elsewhere, to_do};
use super::pages::{bounded, count_of};
use super::reach::Reach;
use super::referred::{near_to_me, overdue, own_due, referred_to_me};
use super::sieve::Sieve;
use super::tray::{Question, asked, due_before};
use super::views::{Tray, around_me, condition, my_units, over, owed_before, sieved, since_oldest, with_unit};
use crate::actor::{Role, Staff};
use crate::letters::{due, left_alone, owed, sight};

/// How many letters of a view are counted; beyond them the exact number helps nobody and costs time.
pub const MOST_COUNTED: u64 = 1_000;

/// How many letters each view has, at most [`MOST_COUNTED`].
#[derive(Clone, Debug, Default)]
pub struct TrayCounts {
    views: Vec<(Tray, u64)>,
    /// How often letters stand in a second view of what waits for this person: together these have as many fewer.
    pub twice: u64,
    /// How many answered letters have messages that nobody has read; those that are not answered wait in somebody's view anyway.
    pub answered_anew: u64,
}

impl TrayCounts {
    /// None: it is not counted.
    pub fn of(&self, tray: Tray) -> Option<u64> {
        self.views.iter().find(|(counted, _)| *counted == tray).map(|(_, count)| *count)
    }
}

/// How many letters those views have for this person.
pub async fn tray_counts(tx: &mut Tx, staff: &Staff, trays: &[Tray]) -> Result<TrayCounts> {
    let mut counts = TrayCounts::default();
    for &tray in trays.iter().filter(|tray| **tray != Tray::Done) {
        counts.views.push((tray, tray_count(tx, staff, tray, &Sieve::default()).await?));
    }
    if counts.of(Tray::Messages).is_some_and(|count| count > 0) {
        let answered = Sieve { state: "answered".to_owned(), ..Sieve::default() };
        counts.answered_anew = tray_count(tx, staff, Tray::Messages, &answered).await?;
    }
    let has = |tray| counts.of(tray).is_some_and(|count| count > 0);
    let (is_late, is_own) = (has(Tray::Late), has(Tray::Mine) && has(Tray::Signature));
    let referred = has(Tray::Referred).then_some(REFERRED_ELSEWHERE);
    for text in [is_late.then_some(LATE_ELSEWHERE), is_own.then_some(MINE_TO_SIGN), referred].into_iter().flatten() {
        let due_before = tx.now();
        counts.twice += counted(tx, staff, text, &Sieve::default(), due_before, i64::MAX).await?;
    }
    Ok(counts)
}

/// What is late below this person and waits for them in another view, too.
pub(super) const LATE_ELSEWHERE: &str = count_of!(late_elsewhere);
/// What was referred to this person and waits for them in another view, too.
pub(super) const REFERRED_ELSEWHERE: &str = count_of!(referred_elsewhere);
/// What is in this person's hand and waits for their own signature.
pub(super) const MINE_TO_SIGN: &str = count_of!(mine_to_sign);

/// How many letters of a view a sieve lets through, at most [`MOST_COUNTED`]; of what is over, of the latest [`MOST_SIEVED`].
pub async fn tray_count(tx: &mut Tx, staff: &Staff, tray: Tray, sieve: &Sieve) -> Result<u64> {
    let text = count_text(tray, Reach::of(staff), staff.has(Role::Auditor));
    let due_before = due_before(tx, tray).await?;
    let floor = depth::below(tx, tray, sieve, None, MOST_SIEVED).await?;
    let bound = floor.map_or(i64::MAX, |floor| floor.at);
    counted(tx, staff, text, sieve, due_before, bound).await
}

async fn counted(
    tx: &mut Tx,
    staff: &Staff,
    text: &'static str,
    sieve: &Sieve,
    due_before: Moment,
    bound: i64,
) -> Result<u64> {
    let limit = u32::try_from(MOST_COUNTED).unwrap_or(u32::MAX);
    let rows = asked(tx, staff, &Question { text, sieve, due_before, spot: None, bound, limit }).await?;
    rows.first().map_or(Ok(0), |row| count(row, 0))
}

/// The statement that counts a view.
pub(super) fn count_text(tray: Tray, reach: Reach, is_auditor: bool) -> &'static str {
    match tray {
        Tray::Review => count_of!(review),
        Tray::Near if reach == Reach::All => count_of!(near),
        Tray::Near if reach == Reach::Units => count_of!(near_me),
        Tray::Near => count_of!(near_and_mine),
        Tray::Waiting if reach == Reach::Units => count_of!(waiting_for_me),
        Tray::Waiting => count_of!(waiting),
        Tray::Referred => count_of!(referred),
        Tray::Untaken if is_auditor => count_of!(every_untaken),
        Tray::Untaken => count_of!(untaken),
        Tray::Unit if is_auditor => count_of!(every_unit),
        Tray::Unit => count_of!(unit),
        Tray::Messages => count_of!(messages),
        Tray::Mine => count_of!(mine),
        Tray::Signature => count_of!(signature),
        Tray::Objections => count_of!(objections),
        Tray::Late => count_of!(late),
        Tray::Done if is_auditor => count_of!(every_done),
        Tray::Done => count_of!(done),
    }
}
