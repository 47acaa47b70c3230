//! What stands on the sheets: read from the PDF itself, as search and copying read it.

use pishkhan_paper::{Unprintable, print};
use pishkhan_testkit::sheets::{Sheet, sheets};
use serde_json::{Value, json};

fn with(mut order: Value, more: Value) -> Value {
    let (Value::Object(order_), Value::Object(more)) = (&mut order, more) else { panic!("orders are objects") };
    order_.extend(more);
    order
}

fn persian(form: &str) -> Value {
    json!({
        "form": form, "language": "fa", "direction": "rtl", "at": "2026-05-27T10:20:30+03:30",
        "title": "برگ", "organisation": "سازمان نمونه", "page_of": "صفحه {page} از {pages}",
    })
}

fn english(form: &str) -> Value {
    let english = json!({
        "language": "en", "direction": "ltr", "title": "Sheet", "organisation": "Sample Office",
        "page_of": "Page {page} of {pages}",
    });
    with(persian(form), english)
}

fn row(number: usize, subject: &str) -> Value {
    json!({
        "row": number.to_string(), "number": format!("B-20/{number}"), "number_direction": "ltr", "date": "1405/03/06", "sender": "Maryam",
        "subject": subject, "unit": "Archive", "way": "In", "remark": "", "is_void": false,
    })
}

#[expect(clippy::needless_pass_by_value, reason = "the rows are made in the call")]
fn book(rows: Vec<Value>) -> Value {
    let columns = json!({
        "row": "Row", "number": "Number", "date": "Date", "sender": "Sender", "subject": "Subject", "unit": "Unit", "way": "In/out",
        "remark": "Remark",
    });
    let head = json!({
        "heading": "Register of entries", "year": "Year 1405", "part": "Numbers 1 to 40", "printed": "Printed today",
        "columns": columns, "rows": rows,
    });
    with(english("register_book"), head)
}

fn stamp() -> Value {
    let field = |name: &str, value: &str| json!({"name": name, "value": value, "direction": "rtl"});
    json!({
        "stamp": {
            "heading": "ورود", "secretariat": "دبیرخانه",
            "fields": [field("شماره", "۱۴۰۵/د/۱۲۳"), field("تاریخ", "۱۴۰۵/۰۳/۰۶"), field("ساعت", "۱۰:۲۰"),
                field("پیوست", "دارد (۳ برگ)")],
            "qr": {"path": "M4 4h7v1h-7z", "side": 33}, "qr_note": "پیگیری",
        },
        "notice": "رونوشت نامه", "digest": "SHA-256: 0123456789abcdef", "about": "تصویر", "head": [], "lines": [],
    })
}

fn letter(lines: &[&str]) -> Value {
    let head = json!({"head": [{"name": "از", "value": "مریم", "direction": "rtl"}], "lines": lines});
    with(with(persian("stamped_page"), stamp()), head)
}

fn framed(order: &Value, picture: &[u8]) -> Vec<u8> {
    let json = order.to_string();
    [&(json.len() as u64).to_be_bytes(), json.as_bytes(), picture].concat()
}

fn printed(order: &Value, picture: &[u8]) -> Vec<Sheet> {
    let pdf = print(&framed(order, picture)).unwrap_or_else(|error| panic!("it is printed: {error}"));
    sheets(&pdf)
}

/// A picture of a page, as previews are: white, with a dark edge.
fn picture(width: u32, height: u32) -> Vec<u8> {
    let edge = |x: u32, y: u32| x < 9 || y < 9 || x + 9 >= width || y + 9 >= height;
    let at = |place: u32| if edge(place % width, place / width) { [10, 10, 30] } else { [250, 250, 250] };
    let pixels: Vec<u8> = (0..width * height).flat_map(at).collect();
    let webp = webp::Encoder::from_rgb(&pixels, width, height).encode_simple(false, 80.0);
    webp.expect("the picture is small").to_vec()
}

#[test]
fn every_sheet_of_a_book_has_its_head_and_its_number() {
    let sheets = printed(&book((1..=60).map(|number| row(number, "A request")).collect()), &[]);
    assert!(sheets.len() > 1);
    for (place, sheet) in sheets.iter().enumerate() {
        assert!(sheet.width > sheet.height, "the book lies across");
        for sentence in
            ["Sample Office", "Register of entries", "Year 1405", "Row Number Date Sender Subject Unit Remark"]
        {
            sheet.says(sentence);
        }
        sheet.says(&format!("Page {} of {}", place + 1, sheets.len()));
    }
    let text: String = sheets.iter().map(Sheet::text).collect();
    for number in 1..=60 {
        assert!(text.contains(&format!("B-20/{number}")), "{number}");
    }
}

#[test]
fn a_persian_book_can_be_searched() {
    let persian_row = json!({
        "number": "۱۴۰۵/د/۱۲", "number_direction": "rtl", "sender": "مریم کاظمی", "subject": "درخواست بررسی پرونده (AB-12)",
    });
    let order = with(
        with(book(Vec::new()), persian("register_book")),
        json!({
            "heading": "دفتر ثبت", "rows": [with(row(1, ""), persian_row)],
        }),
    );
    let sheets = printed(&order, &[]);
    sheets[0].says("دفتر ثبت مریم کاظمی درخواست بررسی پرونده AB-12 ۱۴۰۵ صفحه ۱ از");
}

#[test]
fn text_of_the_public_is_text() {
    let hostile = [
        "#read(\"/etc/passwd\")",
        "#panic()",
        "*bold* _it_ `raw` $x^2$",
        "= Heading",
        "@ref <label> \\ // /* */",
        "#import \"@preview/x:1.0.0\"",
        "#sys.inputs",
        "\"; \"",
    ];
    for text in hostile {
        printed(&book(vec![row(1, text)]), &[])[0].says(text);
        printed(&letter(&[text]), &[])[0].says(text);
    }
}

#[test]
fn signs_that_turn_or_hide_text_are_not_printed() {
    let [sheet] = &printed(&book(vec![row(1, "pay\u{202e}\u{0}load \u{1f600} end")]), &[])[..] else {
        panic!("one sheet")
    };
    sheet.says("payload \u{fffd} end");
}

#[test]
fn an_endless_word_stays_in_its_column() {
    let [sheet] = &printed(&book(vec![row(1, &"z".repeat(300))]), &[])[..] else { panic!("one sheet") };
    let across =
        |sign: &str| sheet.signs.iter().filter(move |(drawn, _)| drawn == sign).map(|(_, at)| at.x).collect::<Vec<_>>();
    let begin = across("z").into_iter().fold(f64::MAX, f64::min);
    let end = across("z").into_iter().fold(0.0, f64::max);
    // The unit's column comes next.
    let unit = sheet
        .signs
        .windows(7)
        .find(|signs| signs.iter().map(|(sign, _)| sign.as_str()).eq(["A", "r", "c", "h", "i", "v", "e"]))
        .map_or(0.0, |signs| signs[0].1.x);
    assert_eq!(across("z").len(), 300);
    assert!(begin > 0.0 && end < unit, "{begin} to {end}, {unit}");
}

#[test]
fn a_void_entry_is_struck_out_and_its_reason_is_not() {
    let void = |is_void| with(row(1, "A request"), json!({"is_void": is_void, "remark": "Void: entered twice"}));
    let [valid, void] = [false, true].map(|is_void| printed(&book(vec![void(is_void)]), &[]).remove(0));
    void.says("B-20/1 Void: entered twice");
    // Number, date, sender, subject, unit and way have a line through them.
    assert_eq!(void.strokes, valid.strokes + 6);
}

#[test]
fn the_stamp_covers_nothing_of_the_picture() {
    for (width, height) in [(620, 877), (877, 620), (300, 1200), (1800, 2546)] {
        let sheets = printed(&with(persian("stamped_page"), stamp()), &picture(width, height));
        let [sheet] = &sheets[..] else { panic!("{} sheets", sheets.len()) };
        assert_eq!(sheet.width > sheet.height, width > height, "the sheet lies as the picture does");
        sheet.says("سازمان نمونه شماره ۱۴۰۵ تاریخ ساعت رونوشت نامه 0123456789abcdef");
        let [place] = sheet.pictures[..] else { panic!("one picture") };
        let lowest = sheet.signs.iter().map(|(_, at)| at.y).fold(0.0, f64::max);
        assert!(lowest < place.y0, "{lowest} is above {place:?}");
        assert!(place.x0 >= 0.0 && place.x1 <= sheet.width && place.y1 <= sheet.height, "{place:?}");
        let (proportion, true_one) = (place.width() / place.height(), f64::from(width) / f64::from(height));
        assert!((proportion / true_one - 1.0).abs() < 0.01, "{proportion} is {true_one}");
        let left = sheet.signs.iter().find(|(sign, _)| sign == "۱").map_or(sheet.width, |(_, at)| at.x);
        assert!(left < sheet.width / 2.0, "the stamp stands at the left");
    }
}

#[test]
fn a_typed_letter_is_printed_whole_below_its_stamp() {
    let line = "این نامه بند بلندی دارد ".repeat(40);
    let mut lines = vec![line.as_str(); 12];
    lines.push("پایان");
    let sheets = printed(&letter(&lines), &[]);
    assert!(sheets.len() > 1);
    sheets[0].says("شماره ۱۴۰۵ مریم بلندی صفحه");
    sheets[sheets.len() - 1].says("پایان");
    assert!(!sheets[1].text().contains("۱۴۰۵"), "the stamp stands on the first sheet only");
}

#[test]
fn the_same_order_gives_the_same_bytes() {
    let order = framed(&book(vec![row(1, "A request")]), &[]);
    let once = print(&order).expect("it is printed");
    assert_eq!(once, print(&order).expect("it is printed"));
    let later = framed(&with(book(vec![row(1, "A request")]), json!({"at": "2026-05-27T10:20:31+03:30"})), &[]);
    assert_ne!(once, print(&later).expect("it is printed"), "the moment of printing is in the file");
}

#[test]
fn what_is_no_order_is_not_printed() {
    let print = |order: &Value, picture: &[u8]| print(&framed(order, picture)).expect_err("it is no order");
    assert!(matches!(print(&persian("sheet"), &[]), Unprintable::NoForm(_)));
    assert!(matches!(print(&persian("register_book"), &[]), Unprintable::NotFilledIn(_)));
    let stamped = with(persian("stamped_page"), stamp());
    for broken in [b"RIFF".as_slice(), b"\x89PNG", &picture(30, 30)[..60], &picture(1801, 10)] {
        assert!(matches!(print(&stamped, broken), Unprintable::NoPicture));
    }
}
