//! Numbers of letters: their parts, and the tokens by which a number and whatever speaks of it are found. Pure.

use pishkhan_persian::text::search_key;

use super::tokens::word_token;

/// So many neighbouring parts of a letter number are found together; numbers with more are rare, and nobody types all of one.
pub(super) const MOST_PARTS: usize = 6;

/// The parts of a letter number, in any spelling: «نمونه/۰۱۰۱» and «نمونه101» are نمونه and 101.
pub(super) fn parts_of(text: &str) -> Vec<String> {
    let key = search_key(text);
    let signs: Vec<char> = key.chars().collect();
    let runs = signs.chunk_by(|one, next| one.is_ascii_digit() == next.is_ascii_digit() && *one != ' ' && *next != ' ');
    let texts = runs.map(|run| run.iter().collect::<String>()).filter(|run| run != " ");
    texts.map(|run| if is_number(&run) { significant(&run) } else { word_token(&run) }).collect()
}

/// The token of these parts of one letter number, in whatever order: «۱۴۰۳/د/۱۲۳» is also written «د/۱۲۳/۱۴۰۳».
pub(super) fn token<'a>(parts: impl Iterator<Item = &'a String>) -> String {
    let mut parts: Vec<&String> = parts.collect();
    parts.sort_unstable();
    parts.dedup();
    parts.into_iter().flat_map(|part| ["#", part.as_str()]).collect()
}

/// The token of a number of these parts that a text speaks of, in whatever order.
pub(super) fn mention<'a>(parts: impl Iterator<Item = &'a String>) -> String {
    format!("-{}", token(parts))
}

/// A text by what stands in one piece, as people write numbers: without a space, or with some about a slash.
pub(super) fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for run in text.split_whitespace() {
        match pieces.last_mut() {
            Some(last) if last.ends_with('/') || run.starts_with('/') => last.push_str(run),
            _ => pieces.push(run.to_owned()),
        }
    }
    pieces
}

pub(super) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|sign| sign.is_ascii_digit())
}

/// A number without the zeros that only fill it up.
fn significant(digits: &str) -> String {
    let rest = digits.trim_start_matches('0');
    if rest.is_empty() { "0".to_owned() } else { word_token(rest) }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::Tokens;
    use super::*;

    /// Whether somebody who types this finds a letter of that number.
    fn finds(printed: &str, typed: &str) -> bool {
        let mut tokens = Tokens::default();
        tokens.add_number(printed);
        has(&tokens, &token(parts_of(typed).iter()))
    }

    fn has(tokens: &Tokens, sought: &str) -> bool {
        tokens.text().split(' ').any(|token| token == sought)
    }

    #[test]
    fn a_number_is_found_by_any_of_its_parts_in_any_order_and_spelling() {
        for typed in [
            "1403/د/0123",
            "د/123/1403",
            "123 د ۱۴۰۳",
            "١٤٠٣د١٢٣",
            "1403-د",
            "د0123",
            "123/1403",
            "123",
            "د",
            "1403/1403/د",
        ] {
            assert!(finds("1403/د/0123", typed), "{typed}");
        }
        for typed in ["1403/د/124", "1403/د/12", "1402/123", "1403/ذ/123", "1403/د/123/1", "1403123"] {
            assert!(!finds("1403/د/0123", typed), "{typed}");
        }
        assert!(finds("7/7", "7"));
    }

    #[test]
    fn of_a_number_of_many_parts_neighbours_are_found_together() {
        let long = "1/2/3/4/5/6/7/8";
        for typed in ["1/2/3/4/5/6", "8/3", "7", "6/1"] {
            assert!(finds(long, typed), "{typed}");
        }
        assert!(!finds(long, "1/7"));
        let mut tokens = Tokens::default();
        tokens.add_number(&(1..=25).map(|part| part.to_string()).collect::<Vec<_>>().join("/"));
        let all = tokens.text().split(' ').count();
        assert!(all < 1000, "{all}");
    }

    #[test]
    fn a_number_of_which_a_text_speaks_is_found_in_one_piece() {
        let mut tokens = Tokens::default();
        tokens.add_text("پیرو نامه شماره:۱۴۰۳/د/۰۱۲۳، و نامه 7 / ب / 1402 درباره پلاک ۵ کوچه ۱۲");
        for typed in ["1403/د/123", "123/د/1403", "د/0123", "۱۴۰۲/ب/۷", "1402 /ب"] {
            let sought = mention(parts_of(typed).iter());
            assert!(has(&tokens, &sought), "{typed}: {sought}");
        }
        for typed in ["1403/123", "7/1402", "5/12", "د/1402", "123/7"] {
            assert!(!has(&tokens, &mention(parts_of(typed).iter())), "{typed}");
        }
        assert_eq!(pieces("a / b c/ d /e f"), ["a/b", "c/d/e", "f"]);
    }
}
