//! What became of each letter of the archive: ten years of them, the newest two in a hundred still under way. Pure, so that an archive of
//! one size is always the same.

use pishkhan_office::Moment;

/// For so many days letters have come in.
const DAYS: i64 = 3_650;
const DAY: i64 = 86_400_000;

/// The states of letters under way, out of a hundred.
const UNDER_WAY: [(&str, u64); 9] = [
    ("submitted", 20),
    ("returned", 5),
    ("registered", 10),
    ("in_progress", 25),
    ("awaiting_sender", 5),
    ("answer_review", 3),
    ("objected", 2),
    ("answered", 15),
    ("rejected", 15),
];
/// The states of letters that are over, out of a hundred.
const OVER: [(&str, u64); 4] = [("closed", 81), ("rejected", 15), ("withdrawn", 2), ("lapsed", 2)];

/// A letter's place in the archive and what became of it.
#[derive(Clone, Copy, Debug)]
pub struct Course {
    pub state: &'static str,
    pub submitted: Moment,
    /// Chance, to choose by.
    lot: u64,
}

impl Course {
    /// That of letter `index` of so many, the oldest first.
    pub fn of(index: u64, letters: u64, now: Moment) -> Course {
        let lot = mixed(index);
        let is_over = index * 50 < letters * 49;
        let state = if is_over { chosen(&OVER, lot) } else { chosen(&UNDER_WAY, lot) };
        let (index, letters) = (i64::try_from(index).unwrap_or(i64::MAX), i64::try_from(letters).unwrap_or(i64::MAX));
        // Each letter has a moment of its own: in the index of the search it stands by that.
        let age = (letters - index) * (DAYS * DAY / letters.max(1));
        Course { state, submitted: Moment(now.0 - age), lot }
    }

    /// One of so many, each as often as the others.
    pub fn one_of(&self, many: usize) -> usize {
        usize::try_from((self.lot >> 20) % many as u64).unwrap_or(0)
    }

    /// Whether it got a number.
    pub fn is_registered(&self) -> bool {
        !matches!(self.state, "submitted" | "returned" | "rejected")
    }

    /// Whether it was referred on, as one in ten of those in hand is.
    pub fn is_referred(&self) -> bool {
        self.state == "in_progress" && (self.lot >> 50).is_multiple_of(10)
    }
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

    #[test]
    fn an_archive_has_its_letters_in_order_and_the_newest_under_way() {
        let now = Moment(1_795_900_000_000);
        let all: Vec<Course> = (0..10_000).map(|index| Course::of(index, 10_000, now)).collect();
        assert!(all.windows(2).all(|pair| pair[0].submitted < pair[1].submitted));
        let is_open = |course: &&Course| matches!(course.state, "submitted" | "registered" | "in_progress");
        assert_eq!(all[..9_800].iter().filter(is_open).count(), 0);
        assert!((60..160).contains(&all[9_800..].iter().filter(is_open).count()));
        assert_eq!(UNDER_WAY.iter().chain(&OVER).map(|(_, share)| share).sum::<u64>(), 200);
    }
}
