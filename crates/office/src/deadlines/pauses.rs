//! What is counted without the pauses in which a letter waited for its sender, and the house's clock stood still. Pure.

use pishkhan_store::Moment;

use super::calendar::Calendar;

/// A stretch in which a letter waited for its sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    pub from: Moment,
    pub until: Moment,
}

impl Calendar {
    /// The working time between two moments, in milliseconds, without that of the pauses, which come one after the other.
    pub fn work_without(&self, from: Moment, until: Moment, pauses: &[Pause]) -> i64 {
        let mut begins = from;
        let mut work = 0;
        for pause in pauses {
            work += self.work_between(begins, pause.from.min(until));
            begins = begins.max(pause.until);
        }
        work + self.work_between(begins, until)
    }

    /// The first moment at which so many milliseconds have been worked since `from`, without what is worked in the pauses.
    pub fn after_work_without(&self, from: Moment, work: i64, pauses: &[Pause]) -> Moment {
        let mut begins = from;
        let mut left = work;
        for pause in pauses {
            let worked = self.work_between(begins, pause.from);
            if left <= worked {
                break;
            }
            left -= worked;
            begins = begins.max(pause.until);
        }
        self.after_work(begins, left)
    }
}
