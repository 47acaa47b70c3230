//! Lists of closures, as offices write them.

use pishkhan_office::deadlines::{Extent, Listed, read_list};

use crate::date;

#[test]
fn a_list_is_read_in_any_digits_separators_and_language() {
    let list = "\u{FEFF}# تعطیلات رسمی ۱۴۰۵\r\n\
                ۱۴۰۵/۰۱/۰۱,تعطیل,نوروز\r\n\
                \r\n\
                1405-3-14;whole;رحلت امام خمینی، بنیان‌گذار\n\
                ١٤٠٥/٣/١٥\tWHOLE\tقیام ۱۵ خرداد\n\
                1405/05/10 ، نیم روز ، گرمای هوا\n\
                \"1405/11/22\",\"whole\",\"پیروزی انقلاب, «۲۲ بهمن» و \"\"بزرگداشت\"\"\"\n";
    let listed = |month, day, left, reason: &str| Listed { date: date(1405, month, day), left, reason: reason.into() };
    assert_eq!(
        read_list(list),
        Ok(vec![
            listed(1, 1, Extent::Off, "نوروز"),
            listed(3, 14, Extent::Off, "رحلت امام خمینی، بنیان‌گذار"),
            listed(3, 15, Extent::Off, "قیام ۱۵ خرداد"),
            listed(5, 10, Extent::Half, "گرمای هوا"),
            listed(11, 22, Extent::Off, "پیروزی انقلاب, «۲۲ بهمن» و \"بزرگداشت\""),
        ])
    );
    assert_eq!(read_list("# هیچ\n\n"), Ok(Vec::new()));
}

#[test]
fn the_empty_cells_of_a_spreadsheet_are_no_part_of_the_reason() {
    let list =
        "\u{200F}1405/01/01,whole,Nowruz,,\n1405/01/02;whole;\"Nowruz\"; \n1405/01/03\thalf\tNowruz, the third\t\t\n";
    let reasons: Vec<String> = read_list(list).expect("a list").into_iter().map(|it| it.reason).collect();
    assert_eq!(reasons, ["Nowruz", "Nowruz", "Nowruz, the third"]);
    let faults = read_list("1405/01/01,whole,,,\n1405/01/02,,,\n").expect_err("nothing is said");
    let told: Vec<String> = faults.iter().map(|it| it.why.to_string()).collect();
    assert_eq!(told, ["the reason is 1 to 80 characters", "the kind  is neither whole nor half"]);
}

#[test]
fn every_line_that_cannot_be_read_is_told_by_its_number() {
    let list = "1405/01/01,whole,نوروز\n\
                1405/12/30,whole,روزی که نیست\n\
                ۵/۱/۱,whole,سال کوتاه\n\
                1405/01/02,third,نوروز\n\
                1405/01/03\n\
                1405/01/04,whole,\n\
                14005/01/05,whole,سال بلند\n\
                1205/01/05,whole,سال دور\n\
                1405/1/1,half,باز هم نوروز\n";
    let faults = read_list(list).expect_err("most lines are wrong");
    let told: Vec<String> = faults.iter().map(|it| format!("{}: {}", it.line, it.why)).collect();
    assert_eq!(
        told,
        [
            "2: 1405/12/30 is no Jalali date such as 1405/01/01",
            "3: 5/1/1 is no Jalali date such as 1405/01/01",
            "4: the kind third is neither whole nor half",
            "5: it is not date, kind and reason",
            "6: the reason is 1 to 80 characters",
            "7: 14005/01/05 is no Jalali date such as 1405/01/01",
            "8: 1205/01/05 is no Jalali date such as 1405/01/01",
            "9: line 1 has the same date",
        ]
    );
}
