//! Numbers and sizes in words.

use pishkhan_persian::Language::{English, Persian};
use pishkhan_persian::display::{bytes, digits, number, tenths};

const KILOBYTE: u64 = 1_024;
const MEGABYTE: u64 = 1_024 * KILOBYTE;

#[test]
fn thousands_stand_apart() {
    assert_eq!(number(Persian, 1_200), "۱٬۲۰۰");
    assert_eq!(number(English, 1_200), "1,200");
    assert_eq!(number(Persian, 0), "۰");
    assert_eq!(number(English, u64::MAX), "18,446,744,073,709,551,615");
}

#[test]
fn sizes_are_said_in_their_unit() {
    assert_eq!(bytes(Persian, 210 * KILOBYTE), "۲۱۰ کیلوبایت");
    assert_eq!(bytes(English, 210 * KILOBYTE), "210 KB");
    assert_eq!(bytes(Persian, 4_404_019), "۴٫۲ مگابایت");
    assert_eq!(bytes(English, 4_404_019), "4.2 MB");
}

#[test]
fn a_limit_reads_as_it_was_set() {
    assert_eq!(bytes(Persian, 20 * MEGABYTE), "۲۰ مگابایت");
    assert_eq!(bytes(English, 10 * MEGABYTE), "10 MB");
}

#[test]
fn sizes_are_rounded_without_passing_the_next_unit() {
    for (size, words) in [
        (0, "0 bytes"),
        (512, "512 bytes"),
        (1_023, "1,023 bytes"),
        (1_024, "1 KB"),
        (1_536, "1.5 KB"),
        (10 * KILOBYTE - 1, "10 KB"),
        (MEGABYTE - 1, "1 MB"),
        (1_024 * MEGABYTE - 1, "1 GB"),
        (1_024 * 1_024 * MEGABYTE, "1 TB"),
        (u64::MAX, "16,777,216 TB"),
    ] {
        assert_eq!(bytes(English, size), words);
    }
}

#[test]
fn one_byte_is_said_in_the_singular() {
    assert_eq!(bytes(English, 1), "1 byte");
    assert_eq!(bytes(Persian, 1), "۱ بایت");
}

#[test]
fn digits_follow_the_language() {
    assert_eq!(digits(Persian, "چارگون/101"), "چارگون/۱۰۱");
    assert_eq!(digits(English, "چارگون/101 ۵"), "چارگون/101 ۵");
}

#[test]
fn tenths_are_said_where_there_are_any() {
    assert_eq!(tenths(Persian, 52), "۵٫۲");
    assert_eq!(tenths(English, 52), "5.2");
    assert_eq!([tenths(English, 50), tenths(English, 0), tenths(English, 12_340)], ["5", "0", "1,234"]);
}
