//! Charts as drawings of the server: columns in stacks, with time running as the reader reads, and bars. They hold shapes and
//! places only; the words and the same numbers stand beside them.

use pishkhan_office::persian::Language;

use crate::layout::Page;

/// Columns that stand beside each other, each a stack.
pub struct Stacks {
    pub columns: Vec<Stack>,
    pub lines: Vec<Line>,
    /// Where the lines begin and end, and where their numbers stand.
    pub left: u64,
    pub right: u64,
    pub numbers: u64,
    /// What it shows, in words.
    pub label: String,
}

pub struct Stack {
    pub middle: u64,
    pub width: u64,
    pub x: u64,
    pub parts: Vec<Part>,
    pub label: String,
    /// The month or the like, where a new one begins.
    pub below: Option<String>,
}

pub struct Part {
    pub class: &'static str,
    pub y: u64,
    pub height: u64,
}

/// A line across with its number.
pub struct Line {
    pub y: u64,
    pub number: String,
}

/// A column as it comes in.
pub struct Column {
    pub label: String,
    pub below: Option<String>,
    /// From the bottom up.
    pub parts: Vec<(&'static str, u64)>,
}

/// The drawing's measures: its width is fixed, the floor lies here, and this is the room above it.
const WIDTH: u64 = 700;
const FLOOR: u64 = 200;
const ROOM: u64 = 180;
/// What the numbers of the lines need at the side where reading begins.
const MARGIN: u64 = 36;

pub fn stacks(page: &Page, columns: Vec<Column>, label: String) -> Stacks {
    let is_rtl = page.words.language == Language::Persian;
    let most = columns.iter().map(|column| column.parts.iter().map(|(_, n)| n).sum()).max().unwrap_or(0);
    let step = step_for(most);
    let top = step * most.div_ceil(step).max(1);
    let many = u64::try_from(columns.len()).unwrap_or(1).max(1);
    let each = (WIDTH - MARGIN) / many;
    let gap = (each / 5).max(2);
    let stack = |(place, column): (usize, Column)| {
        let place = u64::try_from(place).unwrap_or(0);
        // The oldest stands where reading begins.
        let x = if is_rtl { WIDTH - MARGIN - (place + 1) * each } else { MARGIN + place * each };
        let mut y = FLOOR;
        let parts = column.parts.into_iter().filter(|(_, n)| *n > 0).map(|(class, n)| {
            let height = (n * ROOM / top).max(2);
            y = y.saturating_sub(height);
            // A hair of paper between two colours.
            Part { class, y, height: height - 1 }
        });
        Stack {
            parts: parts.collect(),
            middle: x + each / 2,
            width: each - gap,
            x: x + gap / 2,
            label: column.label,
            below: column.below,
        }
    };
    let line = |n: u64| Line { y: FLOOR - n * ROOM / top, number: page.number(n) };
    Stacks {
        columns: columns.into_iter().enumerate().map(stack).collect(),
        lines: (0..=top / step).map(|n| line(n * step)).collect(),
        left: if is_rtl { 0 } else { MARGIN },
        right: if is_rtl { WIDTH - MARGIN } else { WIDTH },
        numbers: if is_rtl { WIDTH - 2 } else { 0 },
        label,
    }
}

/// 1, 2 or 5 with zeros, so that some four lines reach the top.
fn step_for(most: u64) -> u64 {
    let mut step = 1;
    loop {
        for times in [1, 2, 5] {
            if step * times * 4 >= most {
                return step * times;
            }
        }
        step *= 10;
    }
}

/// A bar of a list, as long as its number is beside the largest.
pub struct Bar {
    pub parts: Vec<Length>,
}

/// Hundredths of the bar's room.
pub struct Length {
    pub class: &'static str,
    pub x: u64,
    pub width: u64,
}

pub fn bar(page: &Page, parts: &[(&'static str, u64)], largest: u64) -> Bar {
    let is_rtl = page.words.language == Language::Persian;
    let mut end = 0;
    let parts = parts.iter().filter(|(_, n)| *n > 0).map(|(class, n)| {
        let width = (n * 100 / largest.max(1)).max(1);
        let begin = end;
        end += width;
        Length { class, x: if is_rtl { 100_u64.saturating_sub(begin + width) } else { begin }, width }
    });
    Bar { parts: parts.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_round_numbers_and_are_few() {
        for most in [0, 1, 4, 5, 39, 60, 999, 12_345] {
            let step = step_for(most);
            assert!(step * 4 >= most, "{step} for {most}");
            assert!(["1", "2", "5"].contains(&step.to_string().trim_end_matches('0')), "{step} for {most}");
        }
        assert_eq!([step_for(60), step_for(7)], [20, 2]);
    }
}
