//! What became of each letter of an archive. Ten years of letters are over; the newest are still open, and they are as many in a large
//! archive as in a small one, since an organisation has as many hands. Pure, so that an archive of one size is always the same.

use pishkhan_office::Moment;

/// For so many days letters have come in.
const DAYS: i64 = 3_650;
/// The open ones came in the last so many days.
const OPEN_DAYS: i64 = 30;
const DAY: i64 = 86_400_000;
/// So many letters are open, wherever there are that many.
const OPEN: u64 = 2_000;

/// The states of open letters, out of a hundred.
const OPEN_STATES: [(&str, u64); 9] = [
    ("submitted", 20),
    ("returned", 5),
    ("registered", 27),
    ("in_progress", 25),
    ("awaiting_sender", 5),
    ("answer_review", 3),
    ("objected", 2),
    ("answered", 8),
    ("rejected", 5),
];
/// The states of letters that are over, out of a hundred.
const OVER: [(&str, u64); 4] = [("closed", 81), ("rejected", 15), ("withdrawn", 2), ("lapsed", 2)];

/// A letter's place in the archive and what became of it.
#[derive(Clone, Copy, Debug)]
pub struct Course {
    pub state: &'static str,
    pub submitted: Moment,
    /// How long one thing takes that is done with it.
    pub step: i64,
    pub is_open: bool,
    /// Chance, to choose by.
    lot: u64,
}

impl Course {
    /// That of letter `index` of so many, the oldest first.
    pub fn of(index: u64, letters: u64, now: Moment) -> Course {
        let lot = mixed(index);
        let open = open_of(letters);
        let is_open = index >= letters - open;
        let state = if is_open { chosen(&OPEN_STATES, lot) } else { chosen(&OVER, lot) };
        let (before_it, span) = if is_open { (0, OPEN_DAYS) } else { (OPEN_DAYS, DAYS) };
        let (after_it, of) = if is_open { (letters - index, open) } else { (letters - open - index, letters - open) };
        let age = before_it * DAY + signed(after_it) * (span * DAY / signed(of).max(1));
        Course { state, submitted: Moment(now.0 - age), step: (age / 100).min(DAY), is_open, lot }
    }

    /// One of so many units. The first, whose officer reads, has a tenth of what is open, so that there is a second page of it.
    pub fn unit(&self, many: usize) -> usize {
        let one_of = |many: u64| usize::try_from((self.lot >> 20) % many).unwrap_or(0);
        if self.is_open && (self.lot >> 10).is_multiple_of(10) { 0 } else { one_of(many as u64) }
    }

    /// Whether it got a number.
    pub fn is_registered(&self) -> bool {
        !matches!(self.state, "submitted" | "returned" | "rejected" | "withdrawn" | "lapsed")
    }

    /// Whether it was referred to another unit, as one in ten of those that were registered is.
    pub fn is_referred(&self) -> bool {
        self.is_registered() && (self.lot >> 50).is_multiple_of(10)
    }
}

/// How many of so many letters are open.
pub fn open_of(letters: u64) -> u64 {
    OPEN.min(letters / 5)
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn chosen(states: &[(&'static str, u64)], lot: u64) -> &'static str {
    let mut left = lot % 100;
    for (state, share) in states {
        if left < *share {
            return state;
        }
        left -= share;
    }
    "closed"
}

/// Splitmix64: numbers that lie about as if by chance.
fn mixed(index: u64) -> u64 {
    let mut z = index.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(1_795_900_000_000);

    fn all(letters: u64) -> Vec<Course> {
        (0..letters).map(|index| Course::of(index, letters, NOW)).collect()
    }

    #[test]
    fn letters_come_one_after_the_other_and_nothing_is_done_in_the_future() {
        let all = all(10_000);
        assert!(all.windows(2).all(|pair| pair[0].submitted < pair[1].submitted));
        assert!(all.iter().all(|course| course.submitted.0 + 100 * course.step <= NOW.0));
    }

    #[test]
    fn as_much_is_open_in_a_large_archive_as_in_a_small_one() {
        for letters in [10_000, 100_000] {
            let all = all(letters);
            assert_eq!(all.iter().filter(|course| course.is_open).count(), 2_000);
            let of_the_first = all.iter().filter(|course| course.is_open && course.unit(40) == 0).count();
            assert!((200..300).contains(&of_the_first), "{of_the_first}");
        }
        assert_eq!(OPEN_STATES.iter().chain(&OVER).map(|(_, share)| share).sum::<u64>(), 200);
    }
}
