//! Text of the public, made harmless for a sheet: what nobody sees or prints is taken out, and words that have no end get places
//! where a line may break.

/// How many signs a word may have before lines may break in it: longer than any word, shorter than the narrowest column.
const LONGEST_WORD: usize = 24;

/// Combining marks on one letter: beyond these they climb out of the line.
const MOST_MARKS: usize = 4;

const BREAK_HERE: char = '\u{200b}';

/// Stands for a sign that no font of ours has.
const UNKNOWN: char = '\u{fffd}';

/// The text as it is printed, by fonts that know these signs. What they don't know is seen to be there, once in a row.
pub fn plain(text: &str, is_known: impl Fn(char) -> bool) -> String {
    let stand_in = if is_known(UNKNOWN) { UNKNOWN } else { '?' };
    let mut plain = String::with_capacity(text.len());
    let (mut word, mut marks) = (0, 0);
    for sign in text.chars() {
        if is_unseen(sign) {
            continue;
        }
        let sign = if is_blank(sign) || is_known(sign) { sign } else { stand_in };
        // A row of them says no more than one; so does what joins them, as in flags and families.
        if plain.ends_with(UNKNOWN) && matches!(sign, UNKNOWN | '\u{200d}') {
            continue;
        }
        if is_mark(sign) {
            marks += 1;
            if marks <= MOST_MARKS {
                plain.push(sign);
            }
            continue;
        }
        marks = 0;
        word = if sign.is_whitespace() || sign == BREAK_HERE { 0 } else { word + 1 };
        if word > LONGEST_WORD {
            plain.push(BREAK_HERE);
            word = 1;
        }
        plain.push(sign);
    }
    plain
}

/// Control signs, all that turns the direction of what follows, and the signs of other planes that only machines read.
fn is_unseen(sign: char) -> bool {
    let is_control = sign.is_control() && sign != '\n' && sign != '\t';
    let turns = matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{206a}'..='\u{206f}');
    let is_for_machines = matches!(sign, '\u{fff9}'..='\u{fffb}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e000}'..='\u{f8ff}')
        || sign >= '\u{e0000}';
    is_control || turns || is_for_machines
}

/// White space, and what joins or parts letters: no font draws it.
fn is_blank(sign: char) -> bool {
    sign.is_whitespace()
        || matches!(sign, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}')
}

/// Marks that stand on the letter before them.
fn is_mark(sign: char) -> bool {
    matches!(
        sign,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(text: &str) -> String {
        plain(text, |_| true)
    }

    #[test]
    fn ordinary_text_stays_as_it_is() {
        for text in ["درخواستِ می‌خواهم (AB-12) #read", "A letter\nin two lines", ""] {
            assert_eq!(known(text), text);
        }
    }

    #[test]
    fn what_nobody_sees_is_taken_out() {
        assert_eq!(known("a\0b\u{202e}c\u{2066}d\u{1b}e\u{e0041}f\u{f8ff}"), "abcdef");
    }

    #[test]
    fn what_cannot_be_drawn_is_seen_to_be_there() {
        let in_latin = |text| plain(text, |sign| sign.is_ascii() || sign == UNKNOWN);
        assert_eq!(in_latin("a \u{1f600}\u{fe0f}\u{200d}\u{1f308} b \u{1f600} c"), "a \u{fffd} b \u{fffd} c");
        assert_eq!(plain("a \u{1f600}", |sign| sign.is_ascii()), "a ?");
    }

    #[test]
    fn an_endless_word_can_be_broken() {
        let pieces: Vec<usize> = known(&"x".repeat(60)).split(BREAK_HERE).map(str::len).collect();
        assert_eq!(pieces, [24, 24, 12]);
    }

    #[test]
    fn marks_do_not_climb_out_of_the_line() {
        assert_eq!(known(&format!("a{}b", "\u{301}".repeat(50))).chars().count(), 2 + MOST_MARKS);
    }
}
