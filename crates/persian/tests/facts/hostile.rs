//! Text that nobody types in good faith: no function panics, repeats itself differently or lets the signs through.

use pishkhan_persian::text::{search_key, stored_file_name, stored_line, stored_text};
use pishkhan_persian::{Mobile, ReceiptCode, TrackingCode, digits, identifier};

/// The signs that matter, in every neighbourhood of four.
const SIGNS: [char; 18] = [
    'ی', 'ي', 'ى', 'ك', 'a', ' ', '\n', '.', '/', '¬', '\u{200B}', '\u{200C}', '\u{200D}', '\u{202E}', '\u{AD}',
    '\u{64E}', '\u{654}', '\u{640}',
];

fn texts() -> impl Iterator<Item = String> {
    let count = SIGNS.len();
    (0..count.pow(4)).map(move |n| (0..4_u32).map(|place| SIGNS[n / count.pow(place) % count]).collect())
}

#[test]
fn storing_again_changes_nothing() {
    for text in texts() {
        let line = stored_line(&text);
        assert_eq!(stored_line(&line), line, "{text:?}");
        let lines = stored_text(&text);
        assert_eq!(stored_text(&lines), lines, "{text:?}");
        let name = stored_file_name(&text);
        assert_eq!(stored_file_name(&name), name, "{text:?}");
    }
}

#[test]
fn a_text_and_its_stored_form_have_one_key() {
    for text in texts() {
        let key = search_key(&text);
        assert_eq!(search_key(&stored_line(&text)), key, "{text:?}");
        assert_eq!(search_key(&key), key, "{text:?}");
    }
}

#[test]
fn stored_text_has_no_sign_that_must_not_be_there() {
    for text in texts() {
        let line = stored_line(&text);
        assert!(!line.contains(['\u{202E}', '\u{AD}', '\u{200B}', '\n', '\r', 'ي', 'ك']), "{text:?}");
        assert!(!line.contains("  ") && line.trim() == line, "{text:?}");
        assert!(!line.starts_with('\u{200C}') && !line.ends_with('\u{200C}'), "{text:?}");
        let name = stored_file_name(&text);
        assert!(!name.is_empty() && !name.contains(['/', '\n', '\u{200D}']), "{text:?}");
    }
}

#[test]
fn every_sign_of_unicode_is_survived() {
    // The planes between and after hold nothing; a whole walk takes half a minute.
    for sign in ('\0'..='\u{1FFFF}').chain('\u{E0000}'..='\u{E0FFF}').chain('\u{10FF00}'..=char::MAX) {
        let text = format!("ب{sign}ی{sign}");
        let line = stored_line(&text);
        assert_eq!(stored_line(&line), line, "{sign:?}");
        let key = search_key(&text);
        assert_eq!(search_key(&key), key, "{sign:?}");
        assert!(Mobile::parse(&text).is_err());
    }
}

#[test]
fn machine_fields_survive_every_neighbourhood() {
    for text in texts() {
        assert!(Mobile::parse(&text).is_err());
        assert!(TrackingCode::parse(&text).is_err());
        assert!(ReceiptCode::parse(&text).is_err());
        assert!(identifier::national_id(&text).is_err());
        assert_eq!(digits::to_ascii(&text), text);
    }
}

#[test]
fn a_flood_takes_time_in_proportion() {
    for flood in ["¬", "\u{200C}", "\u{301}", "ى", "ی\u{200C}", "\n", " ", "\u{202E}", "ﷺ"] {
        let text = flood.repeat(50_000);
        let longest = text.len() * 2;
        assert!(stored_line(&text).len() <= longest);
        assert!(stored_text(&text).len() <= longest);
        assert!(stored_file_name(&text).chars().count() <= 150);
        assert!(search_key(&text).len() <= text.len() * 12);
    }
}
