//! The storage form.

use pishkhan_persian::text::{stored_file_name, stored_line, stored_name, stored_text};

#[test]
fn arabic_letters_become_persian() {
    assert_eq!(stored_line("علي كيا ڪتاب"), "علی کیا کتاب");
    assert_eq!(stored_line("على، مصطفى"), "علی، مصطفی");
}

#[test]
fn a_dotless_ye_inside_a_word_belongs_to_another_language() {
    assert_eq!(stored_line("ئىنسان"), "ئىنسان");
}

#[test]
fn what_else_was_written_stays() {
    for text in [
        "آیا ۱۲ نفر، ٪۳؛ یا ٤ نفر؟",
        "مسئول رؤیا جزء ۀ ة أ إ",
        "a < b & \"c\" 'd'",
        "قُرآنِ کریمٌ",
        "Straße № 5 — €10",
        "👍🏽 ❤️",
        "p ¬ q",
        "a¬b",
        "کشـــیده",
    ] {
        assert_eq!(stored_line(text), text);
    }
}

#[test]
fn letters_are_composed() {
    assert_eq!(stored_line("مسي\u{654}ول a\u{30A}"), "مسئول å");
    assert_eq!(stored_line("e\u{200E}\u{301}"), "é");
}

#[test]
fn half_spaces_stay_between_letters_only() {
    assert_eq!(stored_line("می\u{200C}شود"), "می\u{200C}شود");
    assert_eq!(stored_line("می\u{200C}\u{200C}\u{200D}\u{200C}شود"), "می\u{200C}شود");
    assert_eq!(stored_line("\u{200C}نامه\u{200C} ها\u{200C}."), "نامه ها.");
    assert_eq!(stored_line("حتماً\u{200C}ها PDF\u{200C}ها"), "حتماً\u{200C}ها PDF\u{200C}ها");
    assert_eq!(stored_line("ه\u{200D} ه\u{200D}ه"), "ه ه\u{200D}ه");
}

#[test]
fn fake_half_spaces_become_real_ones() {
    assert_eq!(stored_line("می¬شود"), "می\u{200C}شود");
    assert_eq!(stored_line("می\u{200B}شود"), "می\u{200C}شود");
    assert_eq!(stored_line("می¬¬\u{200B}شود"), "می\u{200C}شود");
    assert_eq!(stored_line("می\u{AD}شود\u{FEFF}"), "میشود");
}

#[test]
fn a_line_is_one_line_with_single_spaces() {
    assert_eq!(
        stored_line("\u{FEFF} یک\r\n\tدو\u{A0}\u{2003}سه\u{2028}چهار\u{0}پنج\u{85}شش\u{3000}"),
        "یک دو سه چهار پنج شش"
    );
    assert_eq!(stored_line(" \n\u{200C}\u{200F}\t"), "");
}

#[test]
fn what_turns_or_hides_text_is_removed() {
    let signs = ('\u{202A}'..='\u{202E}').chain('\u{2066}'..='\u{2069}').chain('\u{E0000}'..='\u{E007F}');
    let others = [
        '\u{200E}',
        '\u{200F}',
        '\u{61C}',
        '\u{FEFF}',
        '\u{AD}',
        '\u{2060}',
        '\u{180E}',
        '\u{3164}',
        '\u{FFFA}',
        '\u{FFFF}',
        '\u{10FFFE}',
    ];
    for sign in signs.chain(others) {
        assert_eq!(stored_line(&format!("گز{sign}ارش")), "گزارش", "{sign:?}");
    }
}

#[test]
fn a_letter_carries_three_marks_at_most() {
    let zalgo = format!("ن{}ا{}", "\u{651}\u{64E}".repeat(2_500), "\u{316}".repeat(5_000));
    let stored = stored_line(&zalgo);
    assert_eq!(stored.chars().count(), 8);
    assert_eq!(stored_line("اللّٰهُ"), "اللّٰهُ");
    let hidden = format!("ن{}", "\u{64E}\u{651}\u{200C}\u{200E}".repeat(100));
    assert_eq!(stored_line(&hidden).chars().count(), 4);
}

#[test]
fn a_name_is_not_stretched() {
    assert_eq!(stored_name("  شـــركت\u{200F} نمـونه "), "شرکت نمونه");
}

#[test]
fn a_text_keeps_its_lines() {
    assert_eq!(stored_text("سلام\r\nدو\rسه\u{2029}چهار\tپنج  شش \n"), "سلام\nدو\nسه\nچهار پنج شش");
}

#[test]
fn a_text_has_two_empty_lines_in_a_row_at_most() {
    assert_eq!(stored_text("\n \n یک\n\nدو\n\n\nسه\n\n \t\n\u{200F}\n\nچهار\n\n\n"), "یک\n\nدو\n\n\nسه\n\n\nچهار");
    assert_eq!(stored_text("\r\n\u{200C}\n "), "");
}

#[test]
fn a_file_name_has_no_folder() {
    for (typed, stored) in [
        ("نامه.pdf", "نامه.pdf"),
        ("C:\\fakepath\\نامه‌ها.pdf", "نامه‌ها.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a/b\\c/", "file"),
        ("", "file"),
        ("..", "file"),
        (" . ", "file"),
        ("\u{0}\n", "file"),
        ("اسكن\r\n1.PDF", "اسکن 1.PDF"),
        ("گزارش_\u{202E}fdp.exe", "گزارش_fdp.exe"),
        ("a.exe. .", "a.exe"),
        ("ه\u{200D}ه.png", "هه.png"),
        (".htaccess", ".htaccess"),
    ] {
        assert_eq!(stored_file_name(typed), stored, "{typed:?}");
    }
}

#[test]
fn a_long_file_name_keeps_its_extension() {
    let stored = stored_file_name(&format!("{}.docx", "نامه ".repeat(100)));
    assert!(stored.ends_with("نامه.docx"), "{stored}");
    assert!((140..=150).contains(&stored.chars().count()));
    assert_eq!(stored_file_name(&"x".repeat(151)).chars().count(), 150);
    assert_eq!(stored_file_name(&format!("a.{}", "x".repeat(400))).chars().count(), 150);
    assert_eq!(stored_file_name(&format!(".{}", "x".repeat(400))).chars().count(), 150);
    assert_eq!(stored_file_name(&"x".repeat(150)).chars().count(), 150);
}
