//! Mobile numbers in every spelling.

use pishkhan_persian::{Mobile, MobileError};

#[test]
fn every_spelling_is_one_number() {
    for typed in [
        "09123456789",
        "9123456789",
        "989123456789",
        "00989123456789",
        "+989123456789",
        "+98 (0)912 345 67 89",
        "+9809123456789",
        "0098 0912 345 6789",
        "۰۹۱۲۳۴۵۶۷۸۹",
        "٠٩١٢٣٤٥٦٧٨٩",
        "۰۹12٣٤٥۶789",
        "０９１２３４５６７８９",
        "＋۹۸۹۱۲۳۴۵۶۷۸۹",
        " 0912-345-6789\n",
        "0912.345.6789",
        "[0912] {345} 6789",
        "0912\u{A0}345\u{2009}67\u{3000}89",
        "0912\u{2010}345\u{2011}67\u{2212}89–",
        "۰۹۱۲ـ۳۴۵ـ۶۷۸۹",
        "\u{202A}+98 912 345 6789\u{202C}",
        "\u{200E}0912\u{200F}345\u{200C}6789\u{2069}",
        "\u{FEFF}0912\u{AD}345\u{200B}6789",
    ] {
        let mobile = Mobile::parse(typed);
        assert_eq!(mobile.as_ref().map(Mobile::as_str), Ok("+989123456789"), "{typed:?}");
    }
}

#[test]
fn a_number_that_begins_like_the_country_code_is_read_whole() {
    let mobile = Mobile::parse("9812345678").expect("ten digits that begin with 9");
    assert_eq!(mobile.national(), "09812345678");
    let with_code = Mobile::parse("989812345678").expect("the same with its country code");
    assert_eq!(with_code, mobile);
}

#[test]
fn no_prefix_of_an_operator_is_refused() {
    for prefix in 900..=999 {
        assert!(Mobile::parse(&format!("0{prefix}1234567")).is_ok(), "{prefix}");
    }
}

#[test]
fn nothing_typed_is_empty() {
    for typed in ["", "   ", "\u{200F}\u{200C}", "()--.", "\u{3000}"] {
        assert_eq!(Mobile::parse(typed), Err(MobileError::Empty), "{typed:?}");
    }
}

#[test]
fn everything_else_is_malformed() {
    for typed in [
        "0912345678",
        "091234567890",
        "02123456789",
        "8123456789",
        "+1 912 345 6789",
        "+9123456789",
        "+09123456789",
        "0912+3456789",
        "09123456789+",
        "++989123456789",
        "98989123456789",
        "000989123456789",
        "0912345678o",
        "tel:09123456789",
        "0912/345/6789",
        "09123456789,09123456789",
        "٠٩١٢٣٤٥٦٧٨٪",
        "سلام",
        "☎️",
        "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}",
    ] {
        assert_eq!(Mobile::parse(typed), Err(MobileError::Malformed), "{typed:?}");
    }
}

#[test]
fn a_flood_of_digits_is_malformed() {
    assert_eq!(Mobile::parse(&"9".repeat(1_000_000)), Err(MobileError::Malformed));
    assert_eq!(Mobile::parse(&"ی".repeat(1_000_000)), Err(MobileError::Malformed));
}

#[test]
fn it_is_shown_in_four_forms() {
    let mobile = Mobile::parse("۹۱۲۳۴۵۶۷۸۹").expect("a mobile number");
    assert_eq!(mobile.as_str(), "+989123456789");
    assert_eq!(mobile.national(), "09123456789");
    assert_eq!(mobile.grouped(), "0912 345 6789");
    assert_eq!(mobile.masked(), "0912***6789");
}

#[test]
fn every_form_is_read_back_as_the_same_number() {
    let mobile = Mobile::parse("09351112233").expect("a mobile number");
    for form in [mobile.as_str().to_owned(), mobile.national(), mobile.grouped()] {
        assert_eq!(Mobile::parse(&form).as_ref(), Ok(&mobile));
    }
}

#[test]
fn a_log_shows_it_masked() {
    let mobile = Mobile::parse("09123456789").expect("a mobile number");
    assert_eq!(format!("{mobile:?}"), "Mobile(0912***6789)");
}
