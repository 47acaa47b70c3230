//! Digits of three scripts.

use pishkhan_persian::digits::{to_ascii, to_persian};

#[test]
fn persian_and_arabic_digits_become_ascii() {
    assert_eq!(to_ascii("۰۱۲۳۴۵۶۷۸۹ ٠١٢٣٤٥٦٧٨٩"), "0123456789 0123456789");
}

#[test]
fn ascii_digits_become_persian() {
    assert_eq!(to_persian("0123456789"), "۰۱۲۳۴۵۶۷۸۹");
}

#[test]
fn everything_but_digits_stays() {
    assert_eq!(to_ascii("چارگون/۱۰۱ ½ ४"), "چارگون/101 ½ ४");
    assert_eq!(to_persian("چارگون/101 ½ ४"), "چارگون/۱۰۱ ½ ४");
}
