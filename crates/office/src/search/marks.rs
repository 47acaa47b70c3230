//! Where in a text the words stand that were searched for. Pure.

use std::ops::Range;

use pishkhan_persian::text::search_words;

use super::query::Wanted;

/// So much of a long text is shown, in characters, and so much of it before the first finding.
const SHOWN: usize = 180;
const SHOWN_BEFORE: usize = 60;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    /// It was searched for.
    pub is_found: bool,
}

/// The places of the words that were searched for, in bytes, in order.
pub(super) fn marks(text: &str, wanted: &Wanted) -> Vec<Range<usize>> {
    let words = search_words(text);
    let mut is_found: Vec<bool> =
        words.iter().map(|word| wanted.has(&word.joined()) || word.parts.iter().any(|part| wanted.has(part))).collect();
    // Side by side: the last part of one word and the first of the next.
    for at in 1..words.len() {
        let ends = (words[at - 1].parts.last(), words[at].parts.first());
        if let (Some(last), Some(first)) = ends
            && wanted.has_joined(&[last, first])
        {
            (is_found[at - 1], is_found[at]) = (true, true);
        }
    }
    words.into_iter().zip(is_found).filter(|(_, is_found)| *is_found).map(|(word, _)| word.place).collect()
}

/// The whole text, with what was found.
pub(super) fn whole(text: &str, marks: &[Range<usize>]) -> Vec<Piece> {
    pieces(text, 0..text.len(), marks)
}

/// The part of a long text around what was found first.
pub(super) fn around(text: &str, marks: &[Range<usize>]) -> Vec<Piece> {
    let first = marks.first().map_or(0, |mark| mark.start);
    let before = text[..first].char_indices().rev().nth(SHOWN_BEFORE).map(|(at, _)| at);
    // From a word's beginning on.
    let start = before.map_or(0, |at| text[at..first].find(char::is_whitespace).map_or(first, |gap| at + gap));
    let cut = text[start..].char_indices().nth(SHOWN).map(|(at, _)| start + at);
    let end = cut.map_or(text.len(), |at| text[first..at].rfind(char::is_whitespace).map_or(at, |gap| first + gap));
    let mut shown = pieces(text, start..end, marks);
    let gap = || Piece { text: "…".to_owned(), is_found: false };
    if start > 0 {
        shown.insert(0, gap());
    }
    if end < text.len() {
        shown.push(gap());
    }
    shown
}

fn pieces(text: &str, shown: Range<usize>, marks: &[Range<usize>]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut push = |place: Range<usize>, is_found: bool| {
        if !place.is_empty() {
            pieces.push(Piece { text: text[place].to_owned(), is_found });
        }
    };
    let mut at = shown.start;
    for mark in marks.iter().filter(|mark| mark.start >= shown.start && mark.end <= shown.end) {
        push(at..mark.start, false);
        push(mark.clone(), true);
        at = mark.end;
    }
    push(at..shown.end, false);
    pieces
}

#[cfg(test)]
mod tests {
    use super::super::query::Query;
    use super::*;

    fn shown(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| if piece.is_found { format!("[{}]", piece.text) } else { piece.text.clone() })
            .collect()
    }

    fn found_in(text: &str, query: &str) -> String {
        shown(&whole(text, &marks(text, &Query::read(query).wanted())))
    }

    #[test]
    fn every_spelling_is_marked() {
        assert_eq!(found_in("آب قطع می‌شود.", "ميشود"), "آب قطع [می‌شود].");
        assert_eq!(found_in("آب قطع می شود.", "می‌شود"), "آب قطع [می] [شود].");
        assert_eq!(found_in("آب قطع میشود.", "می شود"), "آب قطع [میشود].");
        assert_eq!(found_in("بهره برداری", "بهره‌برداری"), "[بهره] [برداری]");
    }

    #[test]
    fn the_last_word_is_marked_by_its_beginning() {
        assert_eq!(found_in("گزارش‌های گزارشگر", "گزارش"), "[گزارش‌های] [گزارشگر]");
        assert_eq!(found_in("گزارشگر ما", "گزارش ما"), "گزارشگر [ما]");
    }

    #[test]
    fn of_a_long_text_what_is_around_is_shown() {
        let text = format!("{} پروانه {}", "کلمه ".repeat(60), "دیگر ".repeat(80));
        let part = shown(&around(&text, &marks(&text, &Query::read("پروانه").wanted())));
        assert!(part.starts_with('…') && part.ends_with('…') && part.contains(" [پروانه] "), "{part}");
        assert!((100..=SHOWN + 10).contains(&part.chars().count()), "{part}");
        assert_eq!(shown(&around("سلام", &[])), "سلام");
    }
}
