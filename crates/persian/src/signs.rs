//! Kinds of signs: what is invisible, what joins, and what people put around a number without meaning anything by it.

use icu::properties::CodePointSetData;
use icu::properties::props::{Dash, DefaultIgnorableCodePoint};

use crate::digits;

/// The half-space of Persian.
pub(crate) const ZWNJ: char = '\u{200C}';
pub(crate) const ZWJ: char = '\u{200D}';
pub(crate) const TATWEEL: char = '\u{640}';

/// What was meant by a number or code: without spaces, dashes, dots, brackets and invisible signs, its digits in ASCII.
/// Everything else stays and is for the caller to refuse. Cut after 64 signs, since no code of ours is that long.
pub(crate) fn bare(typed: &str) -> String {
    typed.chars().filter(|sign| !is_padding(*sign)).map(plain).take(64).collect()
}

/// Whether nothing is drawn for this sign by itself: bidi controls, BOM, soft hyphen, tags, joiners, fillers.
pub(crate) fn is_invisible(sign: char) -> bool {
    // Interlinear annotation marks and noncharacters are not "default ignorable", but nobody types them to be read.
    let is_no_text =
        matches!(sign, '\u{FFF9}'..='\u{FFFB}' | '\u{FDD0}'..='\u{FDEF}') || u32::from(sign) & 0xFFFE == 0xFFFE;
    is_no_text || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(sign)
}

fn is_padding(sign: char) -> bool {
    sign.is_whitespace()
        || matches!(sign, '.' | '·' | '(' | ')' | '[' | ']' | '{' | '}' | TATWEEL)
        || CodePointSetData::new::<Dash>().contains(sign)
        || is_invisible(sign)
}

/// Keyboards of East Asia write full-width signs.
fn plain(sign: char) -> char {
    match sign {
        '０'..='９' => digits::shifted(sign, '０', '0'),
        '＋' => '+',
        _ => digits::ascii(sign),
    }
}
