//! Codes as people type them: in any digits, with spaces, dashes and the invisible signs that a copied message brings along.

use pishkhan_persian::digits::to_ascii;

/// No code is longer, and nobody's patience is worth more.
const LONGEST: usize = 64;

/// The digits of what was typed, as ASCII.
pub(super) fn digits(typed: &str) -> String {
    letters_and_digits(typed).chars().filter(char::is_ascii_digit).collect()
}

/// The letters and digits of what was typed, as small ASCII.
pub(super) fn letters_and_digits(typed: &str) -> String {
    let typed: String = typed.chars().take(LONGEST).collect();
    to_ascii(&typed).to_ascii_lowercase().chars().filter(char::is_ascii_alphanumeric).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_three_scripts_are_the_same() {
        for typed in ["123456", "۱۲۳۴۵۶", "١٢٣٤٥٦", " 123 456 ", "۱۲۳-۴۵۶", "\u{200e}123456\u{200f}"]
        {
            assert_eq!(digits(typed), "123456");
        }
    }

    #[test]
    fn letters_are_small() {
        assert_eq!(letters_and_digits("AbCd-۱۲۳۴"), "abcd1234");
    }
}
