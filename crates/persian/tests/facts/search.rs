//! Search keys.

use pishkhan_persian::text::{search_key, search_key_without_spaces};

#[test]
fn letters_that_look_alike_are_one() {
    for (typed, key) in [
        ("علي ، على", "علی علی"),
        ("كتاب ڪتاب", "کتاب کتاب"),
        ("ماہ ماھ ماە", "ماه ماه ماه"),
        ("نامۀ نامهٔ نامة", "نامه نامه نامه"),
        ("أحمد إیمان ٱلله آرش", "احمد ایمان الله ارش"),
        ("مسؤول مسئول", "مسوول مسیول"),
        ("ﻻﺯﻡ ﷲ", "لازم الله"),
    ] {
        assert_eq!(search_key(typed), key);
    }
}

#[test]
fn vowel_marks_and_stretching_are_gone() {
    assert_eq!(search_key("مُحَمَّدٌ رحمٰن شـــرکت"), "محمد رحمن شرکت");
}

#[test]
fn digits_are_ascii() {
    assert_eq!(search_key("۱۲۳ ٤٥٦ ７８９"), "123 456 789");
}

#[test]
fn latin_letters_are_small_and_plain() {
    assert_eq!(search_key("CAFÉ Straße İZMİR 𝐀𝕭"), "cafe strasse izmir ab");
}

#[test]
fn half_spaces_join_and_signs_part() {
    assert_eq!(search_key("می\u{200C}شود می¬شود می\u{AD}شود"), "میشود میشود میشود");
    assert_eq!(search_key("سلام،خوبی؟۵٪؛۱٫۵ «نامه» a,b"), "سلام خوبی 5 1 5 نامه a b");
    assert_eq!(search_key("چارگون/۱۰۱"), "چارگون 101");
}

#[test]
fn without_spaces_all_three_spellings_are_one() {
    for typed in ["می\u{200C}شود", "میشود", "می شود", " مي  شود\u{200F}"] {
        assert_eq!(search_key_without_spaces(typed), "میشود", "{typed:?}");
    }
    assert!(search_key_without_spaces("شرکت بهره‌برداری").contains(&search_key_without_spaces("بهره برداری")));
}

#[test]
fn marks_of_other_scripts_stay_in_their_words() {
    assert_eq!(search_key("हिन्दी"), "हिन्दी");
    assert_eq!(search_key("한국어"), "한국어");
}

#[test]
fn nothing_to_search_for_is_empty() {
    for typed in ["", " ", "؟!", "\u{200C}", "ـــ", "\u{64B}\u{651}", "👍"] {
        assert_eq!(search_key(typed), "", "{typed:?}");
    }
}
