//! Search keys: equal for everything that a person would call the same word.

use icu::casemap::CaseMapper;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::stored_line;
use crate::{digits, signs};

/// The text as it is compared and searched: words of folded letters and ASCII digits with one space between them.
/// Letters have one shape each (Persian ی and ک, ه for ة and ۀ, ا for آ and أ), small, without vowel marks, accents,
/// tatweel and half-space; every other sign parts words. Empty when the text has neither letter nor digit; up to twelve times
/// as long as the text, since some signs (ﷺ) are whole sentences.
pub fn search_key(text: &str) -> String {
    // Twice, because large letters can appear when a sign is taken apart (𝐀), and marks when it is folded (İ).
    let apart: String = stored_line(text).nfkd().collect();
    let folded = CaseMapper::new().fold_string(&apart);
    let letters: String = folded.nfkd().filter_map(folded_sign).nfc().collect();
    letters.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The key without its spaces, in which «می‌شود», «میشود» and «می شود» are one. Texts copied from PDF files lose their
/// half-spaces, so a search that must not miss compares these.
pub fn search_key_without_spaces(text: &str) -> String {
    search_key(text).replace(' ', "")
}

/// Whether the sign belongs to a word, as letters, digits, marks, half-spaces and what is invisible do; others part words.
pub(super) fn is_part_of_word(sign: char) -> bool {
    folded_sign(sign) != Some(' ')
}

fn folded_sign(sign: char) -> Option<char> {
    match sign {
        // Taking signs apart has already left ا for آ أ إ, و for ؤ, ي for ئ and ە for ۀ.
        'ي' | 'ى' => Some('ی'),
        'ك' | 'ڪ' => Some('ک'),
        'ہ' | 'ھ' | 'ە' | 'ة' | 'ۃ' => Some('ه'),
        'ٱ' => Some('ا'),
        signs::TATWEEL => None,
        _ if is_accent(sign) || signs::is_invisible(sign) => None,
        _ if is_combining_mark(sign) || sign.is_alphanumeric() => Some(digits::ascii(sign)),
        _ => Some(' '),
    }
}

/// Vowel marks of Arabic and accents of Latin; marks of other scripts are part of their words.
fn is_accent(sign: char) -> bool {
    matches!(sign, '\u{300}'..='\u{36F}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}'
        | '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E4}' | '\u{6E7}' | '\u{6E8}' | '\u{6EA}'..='\u{6ED}'
        | '\u{8D3}'..='\u{8E1}' | '\u{8E3}'..='\u{8FF}')
}
