//! Cutting a text into parts: 70 units of UCS-2 alone or 67 each, 160 signs of the GSM alphabet alone or 153 each.

/// A text as it goes over the air.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts {
    /// `data_coding`: 8 for UCS-2, 0 for the alphabet of the network.
    pub(super) coding: u8,
    /// Whether each part begins with a header that says which one it is.
    pub(super) have_headers: bool,
    /// What goes into `short_message`, header and all.
    pub(super) octets: Vec<Vec<u8>>,
}

const UCS2: u8 = 8;
const GSM: u8 = 0;
/// A header can't count further.
const MOST: usize = 255;

/// Cuts a text. `reference` is the same for all parts and over all tries, so that a phone puts together what belongs together.
/// None when it would need more parts than there can be.
pub(super) fn cut(text: &str, reference: u8, has_gsm: bool) -> Option<Parts> {
    if let Some(signs) = gsm(text).filter(|_| has_gsm) {
        return headed(GSM, reference, of_signs(&signs));
    }
    let octets = of_units(text).into_iter().map(|piece| piece.into_iter().flat_map(u16::to_be_bytes).collect());
    headed(UCS2, reference, octets.collect())
}

/// How many SMS parts a text takes: 160 signs that are the same in every message of ASCII and one octet in the network's alphabet, else 70 units of
/// UTF-16; 153 and 67 each when split, and no pair is cut in two. Some gateways find room for more; none cuts such a text into more.
pub fn sms_parts(text: &str) -> usize {
    gsm(text).map_or_else(|| of_units(text).len(), |signs| of_signs(&signs).len())
}

/// The same where even plain English goes as UCS-2.
pub fn ucs2_parts(text: &str) -> usize {
    of_units(text).len()
}

fn of_signs(signs: &[u8]) -> Vec<Vec<u8>> {
    pieces(signs, 160, 153, |_| false)
}

fn of_units(text: &str) -> Vec<Vec<u16>> {
    let units: Vec<u16> = text.encode_utf16().collect();
    // The second half of a pair must not begin a part: half a sign is none.
    pieces(&units, 70, 67, |unit| (0xdc00..0xe000).contains(unit))
}

fn pieces<T: Copy>(whole: &[T], alone: usize, each: usize, is_bound: impl Fn(&T) -> bool) -> Vec<Vec<T>> {
    if whole.len() <= alone {
        return vec![whole.to_vec()];
    }
    let mut pieces = Vec::new();
    let mut rest = whole;
    while !rest.is_empty() {
        let mut end = each.min(rest.len());
        while end < rest.len() && end > 1 && is_bound(&rest[end]) {
            end -= 1;
        }
        pieces.push(rest[..end].to_vec());
        rest = &rest[end..];
    }
    pieces
}

fn headed(coding: u8, reference: u8, pieces: Vec<Vec<u8>>) -> Option<Parts> {
    let total = u8::try_from(pieces.len()).ok().filter(|total| usize::from(*total) <= MOST)?;
    if total == 1 {
        return Some(Parts { coding, have_headers: false, octets: pieces });
    }
    let numbered = (1..=total).zip(pieces);
    let octets = numbered.map(|(number, piece)| [&[5, 0, 3, reference, total, number][..], &piece].concat()).collect();
    Some(Parts { coding, have_headers: true, octets })
}

/// The signs of a text in the GSM alphabet, if it has only those that are one octet there and the same in every ASCII message.
fn gsm(text: &str) -> Option<Vec<u8>> {
    let sign = |sign: char| match sign {
        '@' => Some(0x00),
        '$' => Some(0x02),
        '_' => Some(0x11),
        '\n' | '\r' | ' '..='#' | '%'..='?' | 'A'..='Z' | 'a'..='z' => u8::try_from(sign).ok(),
        _ => None,
    };
    text.chars().map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lengths(text: &str) -> Vec<usize> {
        cut(text, 7, true).expect("it isn't too long").octets.iter().map(Vec::len).collect()
    }

    #[test]
    fn seventy_persian_signs_are_one_part_and_71_are_two() {
        assert_eq!(lengths(&"پ".repeat(70)), [140]);
        assert_eq!(lengths(&"پ".repeat(71)), [6 + 134, 6 + 8]);
        assert_eq!(lengths(&"پ".repeat(134)), [6 + 134, 6 + 134]);
        assert_eq!(lengths(&"پ".repeat(135)), [6 + 134, 6 + 134, 6 + 2]);
        let two = cut(&"پ".repeat(71), 7, true).expect("it isn't too long");
        assert_eq!((two.coding, two.have_headers), (8, true));
        assert_eq!(two.octets[0][..8], [5, 0, 3, 7, 2, 1, 0x06, 0x7e]);
        assert_eq!(two.octets[1][..6], [5, 0, 3, 7, 2, 2]);
    }

    #[test]
    fn a_pair_is_never_cut() {
        // The 67th unit would be the first half of the sign.
        let text = format!("{}😀{}", "پ".repeat(66), "پ".repeat(10));
        let parts = cut(&text, 7, true).expect("it isn't too long").octets;
        assert_eq!(parts.iter().map(Vec::len).collect::<Vec<_>>(), [6 + 132, 6 + 24]);
        let units: Vec<u16> =
            parts.iter().flat_map(|part| part[6..].chunks(2).map(|two| u16::from_be_bytes([two[0], two[1]]))).collect();
        assert_eq!(String::from_utf16_lossy(&units), text);
        assert_eq!(lengths(&"😀".repeat(35)), [140]);
        assert_eq!(lengths(&"😀".repeat(36)), [6 + 132, 6 + 12]);
    }

    #[test]
    fn plain_english_takes_the_networks_alphabet() {
        let parts = cut("Code 012345\n@desk.example.ir #012345", 7, true).expect("it isn't too long");
        assert_eq!((parts.coding, parts.have_headers), (0, false));
        assert_eq!(parts.octets[0][12], 0x00, "the at sign");
        assert_eq!(lengths(&"a".repeat(160)), [160]);
        assert_eq!(lengths(&"a".repeat(161)), [6 + 153, 6 + 8]);
        for text in ["[a]", "a~b", "سلام", "caf\u{e9}"] {
            assert_eq!(cut(text, 7, true).expect("it isn't too long").coding, 8, "{text}");
        }
        assert_eq!(cut("plain", 7, false).expect("it isn't too long").coding, 8);
    }

    #[test]
    fn as_many_parts_are_told_as_there_will_be() {
        for (text, parts) in [
            (String::new(), 1),
            ("پ".repeat(70), 1),
            ("پ".repeat(71), 2),
            ("پ".repeat(134), 2),
            ("پ".repeat(135), 3),
            // 134 units, of which 66 fit into a part.
            ("😀".repeat(67), 3),
            ("a".repeat(160), 1),
            ("a".repeat(306), 2),
            ("a".repeat(307), 3),
            // Brackets are two octets in the network's alphabet, and so such a text goes as UCS-2.
            (format!("[a]{}", "a".repeat(67)), 1),
            (format!("[a]{}", "a".repeat(68)), 2),
        ] {
            assert_eq!(sms_parts(&text), parts, "{text}");
            assert_eq!(cut(&text, 7, true).expect("it isn't too long").octets.len(), parts, "{text}");
            assert_eq!(cut(&text, 7, false).expect("it isn't too long").octets.len(), ucs2_parts(&text), "{text}");
        }
    }

    #[test]
    fn there_are_255_parts_at_most() {
        assert!(cut(&"پ".repeat(255 * 67), 7, true).is_some());
        assert_eq!(cut(&"پ".repeat(255 * 67 + 1), 7, true), None);
    }
}
