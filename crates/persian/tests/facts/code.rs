//! Tracking codes and receipt codes.

use pishkhan_persian::{ReceiptCode, ReceiptCodeError, TrackingCode, TrackingCodeError};

/// A cheap sequence that looks random and is the same in every run.
fn randoms() -> impl Iterator<Item = u64> {
    (1_u64..=200).map(|n| n.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(17) ^ n)
}

#[test]
fn a_tracking_code_has_twelve_digits_even_for_small_numbers() {
    assert_eq!(TrackingCode::from_random(0).as_str(), "000000000000");
    // The worked example of the method: 572 has check digit 4.
    assert_eq!(TrackingCode::from_random(572).as_str(), "000000005724");
    assert_eq!(TrackingCode::from_random(u64::MAX).as_str().len(), 12);
}

#[test]
fn a_tracking_code_is_read_in_any_writing() {
    let code = TrackingCode::from_random(572);
    for typed in
        ["0000-0000-5724", "۰۰۰۰ ۰۰۰۰ ۵۷۲۴", "\u{2067}٠٠٠٠–٠٠٠٠–٥٧٢٤\u{2069}", "0000\u{200C}0000\u{200B}5724\r\n"]
    {
        assert_eq!(TrackingCode::parse(typed), Ok(code.clone()), "{typed:?}");
    }
}

#[test]
fn a_tracking_code_is_grouped_and_read_back() {
    for random in randoms() {
        let code = TrackingCode::from_random(random);
        assert_eq!(code.grouped().len(), 14);
        assert_eq!(TrackingCode::parse(&code.grouped()), Ok(code.clone()));
        assert_eq!(TrackingCode::parse(code.as_str()), Ok(code));
    }
}

#[test]
fn every_single_wrong_digit_is_found() {
    for random in randoms() {
        let code = TrackingCode::from_random(random);
        for place in 0..12 {
            for digit in b'0'..=b'9' {
                let mut typed = code.as_str().as_bytes().to_vec();
                typed[place] = digit;
                let typed = String::from_utf8(typed).expect("ASCII digits");
                let expected =
                    if typed == code.as_str() { Ok(code.clone()) } else { Err(TrackingCodeError::WrongCheckDigit) };
                assert_eq!(TrackingCode::parse(&typed), expected);
            }
        }
    }
}

#[test]
fn every_swap_of_neighbours_is_found() {
    for random in randoms() {
        let code = TrackingCode::from_random(random);
        for place in 0..11 {
            let mut typed = code.as_str().as_bytes().to_vec();
            typed.swap(place, place + 1);
            let typed = String::from_utf8(typed).expect("ASCII digits");
            assert_eq!(TrackingCode::parse(&typed).is_ok(), typed == code.as_str(), "{typed}");
        }
    }
}

#[test]
fn what_is_not_twelve_digits_has_the_wrong_length() {
    for typed in ["", "00000000572", "0000000057240", "00000000572o", "+00000005724", "نامه", "😀😀😀", "کدکدکد"]
    {
        assert_eq!(TrackingCode::parse(typed), Err(TrackingCodeError::WrongLength), "{typed:?}");
    }
    assert_eq!(TrackingCode::parse(&"0".repeat(1_000_000)), Err(TrackingCodeError::WrongLength));
}

#[test]
fn a_log_shows_no_whole_code() {
    assert_eq!(format!("{:?}", TrackingCode::from_random(572)), "TrackingCode(0000-****-****)");
    assert_eq!(format!("{:?}", ReceiptCode::from_random(5_820_194)), "ReceiptCode(582-0194)");
}

#[test]
fn a_receipt_code_is_read_back_from_both_full_forms() {
    let bits = randoms().zip(randoms().skip(7)).map(|(high, low)| u128::from(high) << 64 | u128::from(low));
    for bits in bits.chain([0, 1, u128::MAX, u128::MAX >> 1]) {
        let code = ReceiptCode::from_random(bits);
        assert_eq!(code.full().len(), 26);
        assert_eq!(ReceiptCode::parse(&code.full()), Ok(code));
        assert_eq!(ReceiptCode::parse(&code.grouped().to_uppercase()), Ok(code));
        assert_eq!(code.bits(), bits);
    }
}

#[test]
fn a_receipt_code_forgives_look_alike_letters_and_digits() {
    let code = ReceiptCode::from_random(0b00001_00000_00001);
    assert_eq!(code.full(), "00000000000000000000000101");
    assert_eq!(ReceiptCode::parse("OOOO-oooo-۰۰۰۰-٠٠٠٠-0000-0001\u{200F}-0I"), Ok(code));
    assert_eq!(ReceiptCode::parse("0000-0000-0000-0000-0000-000l-0L"), Ok(code));
}

#[test]
fn a_receipt_code_beyond_128_bits_is_malformed() {
    assert_eq!(ReceiptCode::parse("7zzzzzzzzzzzzzzzzzzzzzzzzz"), Ok(ReceiptCode::from_random(u128::MAX)));
    for typed in [
        "80000000000000000000000000",
        "zzzzzzzzzzzzzzzzzzzzzzzzzz",
        "u0000000000000000000000000",
        "رسیدرسیدرسیدرسیدرسیدرسیدرس",
    ] {
        assert_eq!(ReceiptCode::parse(typed), Err(ReceiptCodeError::Malformed), "{typed}");
    }
    for typed in ["", "582-0194", &"0".repeat(27)] {
        assert_eq!(ReceiptCode::parse(typed), Err(ReceiptCodeError::WrongLength), "{typed}");
    }
}

#[test]
fn the_short_form_always_has_three_and_four_digits() {
    assert_eq!(ReceiptCode::from_random(0).short(), "000-0000");
    assert_eq!(ReceiptCode::from_random(5_820_194).short(), "582-0194");
    assert_eq!(ReceiptCode::from_random(u128::MAX).short().len(), 8);
}
