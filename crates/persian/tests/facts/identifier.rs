//! Identifiers of people, companies and addresses.

use pishkhan_persian::IdentifierError::{Empty, Malformed, WrongCheckDigit};
use pishkhan_persian::identifier::{legal_id, national_id, postal_code};

#[test]
fn national_ids_with_a_right_check_digit_pass() {
    for id in ["0499370899", "0790419904", "0084575948", "0963695398"] {
        assert_eq!(national_id(id).as_deref(), Ok(id));
    }
}

#[test]
fn zeros_that_a_spreadsheet_ate_are_put_back() {
    assert_eq!(national_id("499370899").as_deref(), Ok("0499370899"));
    assert_eq!(national_id("84575948").as_deref(), Ok("0084575948"));
}

#[test]
fn any_digits_and_hyphens_are_read() {
    assert_eq!(national_id("۰۴۹-۹۳۷۰۸۹-۹").as_deref(), Ok("0499370899"));
    assert_eq!(legal_id("\u{200E}١٠٣٨٠ ٢٨٤٧٩٠").as_deref(), Ok("10380284790"));
}

#[test]
fn one_wrong_digit_of_a_national_id_is_found() {
    // Check digit 1 alone stands for two rests, so ids that end in it would miss a few.
    let right = "0499370899";
    for place in 0..10 {
        for digit in b'0'..=b'9' {
            let mut typed = right.as_bytes().to_vec();
            typed[place] = digit;
            let typed = String::from_utf8(typed).expect("ASCII digits");
            assert_eq!(national_id(&typed).is_ok(), typed == right, "{typed}");
        }
    }
    assert_eq!(national_id("0499370898"), Err(WrongCheckDigit));
}

#[test]
fn one_repeated_digit_is_nobody() {
    for digit in 0..=9 {
        assert_eq!(national_id(&digit.to_string().repeat(10)), Err(Malformed));
        assert_eq!(legal_id(&digit.to_string().repeat(11)), Err(Malformed));
        assert_eq!(postal_code(&digit.to_string().repeat(10)), Err(Malformed));
    }
}

#[test]
fn legal_ids_are_checked() {
    assert_eq!(legal_id("10380284790").as_deref(), Ok("10380284790"));
    assert_eq!(legal_id("10380284792"), Err(WrongCheckDigit));
    assert_eq!(legal_id("10300000070"), Err(Malformed));
    assert_eq!(legal_id("1038028479"), Err(Malformed));
}

#[test]
fn postal_codes_have_ten_digits_and_no_zero_in_front() {
    assert_eq!(postal_code("۱۹۳۹۵-۱۴۹۵۳").as_deref(), Ok("1939514953"));
    assert_eq!(postal_code("0939514953"), Err(Malformed));
    assert_eq!(postal_code("19395"), Err(Malformed));
}

#[test]
fn other_signs_and_nothing_are_told_apart() {
    for check in [national_id, legal_id, postal_code] {
        assert_eq!(check(" \u{200F}"), Err(Empty));
        assert_eq!(check("04993708٪۹"), Err(Malformed));
        assert_eq!(check("۱۲۳"), Err(Malformed));
        assert_eq!(check(&"1".repeat(100_000)), Err(Malformed));
    }
}
