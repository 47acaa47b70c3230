//! The calendar, the terms and the kinds of letters, as an operator types them.

use std::fs;

use crate::{done, folder, refused};

fn set_up(name: &str) -> std::path::PathBuf {
    let data = folder(name);
    done(&data, "org add nemune --name نمونه --url https://desk.example.ir");
    done(&data, "register add --org nemune --name incoming --template {n}");
    done(&data, "unit add --org nemune --code ش --name شکایات");
    data
}

#[test]
fn a_year_of_holidays_is_imported_listed_and_taken_back() {
    let data = set_up("calendar-list");
    let list = data.join("holidays.csv");
    fs::write(&list, "# فهرست\n۱۴۰۵/۱/۱,تعطیل,نوروز\n1405/05/10,half,گرمای هوا\n").expect("written");
    let import = format!("calendar import {} --org nemune", list.display());
    assert!(done(&data, &import).contains("Imported 2 days"));
    let closed = "1405/01/01\tsaturday\twhole\tall\tنوروز\n1405/05/10\tsaturday\thalf\tall\tگرمای هوا\n";
    assert_eq!(
        done(&data, "calendar list --org nemune --year 1405"),
        format!("date\tday\tclosed\tunit\treason\n{closed}")
    );
    done(&data, &import);
    let again = done(&data, "calendar list --org nemune --year 1405");
    assert_eq!(again.lines().count(), 3, "the same list twice is the same days: {again}");

    done(&data, "calendar close ۱۴۰۵/۱۲/۱۰ --until 1405/12/16 --org nemune --reason عزای‌عمومی");
    done(&data, "calendar close 1405/12/20 --half --org nemune --unit ش --reason برق");
    let all = done(&data, "calendar list --org nemune --year 1405");
    assert_eq!(all.lines().count(), 1 + 2 + 7 + 1, "{all}");
    assert!(all.contains("1405/12/20\tthursday\thalf\tش\tبرق"), "{all}");
    assert!(done(&data, "calendar open 1405/12/10 --until 1405/12/12 --org nemune").contains("Opened 3 days"));
    assert!(refused(&data, "calendar open 1405/12/20 --org nemune").contains("none of these days"), "it is the unit's");
    done(&data, "calendar open 1405/12/20 --org nemune --unit ش");
    assert_eq!(done(&data, "calendar list --org nemune --year 1405").lines().count(), 1 + 2 + 4);
}

#[test]
fn a_list_with_a_wrong_line_imports_nothing_and_names_the_line() {
    let data = set_up("calendar-wrong");
    let list = data.join("holidays.csv");
    let import = format!("calendar import {} --org nemune", list.display());
    fs::write(&list, "1405/01/01,whole,نوروز\n1405/12/30,whole,نیست\n1405/01/02,third,نوروز\n").expect("written");
    let line = refused(&data, &import);
    for told in ["nothing was imported", "line 2: 1405/12/30 is no Jalali date", "line 3: the kind third"] {
        assert!(line.contains(told), "{line}");
    }
    assert_eq!(done(&data, "calendar list --org nemune --year 1405").lines().count(), 1);
    fs::write(&list, b"\xC7\xE1\xDD").expect("written");
    assert!(refused(&data, &import).contains("not text in UTF-8"));
    fs::write(&list, "# nothing\n").expect("written");
    assert!(refused(&data, &import).contains("has no days in it"));
    let many = "x\n".repeat(30);
    fs::write(&list, many).expect("written");
    assert!(refused(&data, &import).contains("line 20: it is not date, kind and reason; and 10 more"));
    for (typed, said) in [
        ("calendar close 1405/13/01 --org nemune --reason x", "a Jalali date such as"),
        ("calendar close 1205/01/01 --org nemune --reason x", "between the years 1300 and 1500"),
        ("calendar close 1405/01/02 --until 1405/01/01 --org nemune --reason x", "before the first"),
        ("calendar close 1405/01/02 --until 1407/01/01 --org nemune --reason x", "more days than a year"),
        ("calendar close 1405/01/02 --org nemune --unit م --reason x", "there is no unit with the code م"),
    ] {
        let line = refused(&data, typed);
        assert!(line.contains(said), "{typed}: {line}");
    }
}

#[test]
fn a_week_is_set_with_its_dates_and_forgotten() {
    let data = set_up("calendar-week");
    let shown = done(&data, "calendar show --org nemune");
    assert!(shown.contains(": 07:30-14:30, half until 12:30 on thursday, off on friday.\n"), "{shown}");
    assert!(shown.contains("is closed: see pishkhan calendar import"), "{shown}");
    let told = done(&data, "calendar week --org nemune --from 1400/01/01 --off thursday,friday --hours 08:00-15:00");
    assert_eq!(told, "From 1400/01/01: 08:00-15:00, off on thursday and friday.\n");
    let told = done(&data, "calendar week --org nemune --from ۱۴۰۰/۰۱/۰۱ --half wednesday --half-until 12:00");
    assert_eq!(told, "From 1400/01/01: 08:00-15:00, half until 12:00 on wednesday, off on thursday and friday.\n");
    let told = done(
        &data,
        "calendar week --org nemune --unit ش --from 1400/02/01 --until 1400/02/30 --off friday --half none",
    );
    assert_eq!(told, "From 1400/02/01: 08:00-15:00, off on friday.\n");
    let shown = done(&data, "calendar show --org nemune --unit ش");
    assert!(shown.contains("\nش\t1400/02/01\t1400/02/30\t08:00-15:00, off on friday\n"), "{shown}");
    assert!(shown.contains("\nall\t1400/01/01\topen\t08:00-15:00, half"), "{shown}");
    for (typed, said) in [
        ("calendar week --org nemune --from 1400/01/01 --hours 15:00-08:00", "hours in order"),
        ("calendar week --org nemune --from 1400/01/01 --hours 24:30-25:00", "a time such as"),
        ("calendar week --org nemune --from 1400/01/01 --off someday", "days are saturday"),
        ("calendar week --org nemune --from 1400/01/05 --until 1400/01/01", "before it begins"),
        ("calendar week --org nemune --from 1205/01/01", "between the years 1300 and 1500"),
        ("calendar week --org nemune --from 1400/01/05 --until 1999/01/01", "between the years 1300 and 1500"),
        (
            "calendar week --org nemune --from 1400/01/01 --off saturday,sunday,monday,tuesday,wednesday,thursday,friday",
            "a day that is worked",
        ),
        ("calendar forget-week 1400/02/01 --org nemune", "no week begins on 1400/02/01"),
    ] {
        let line = refused(&data, typed);
        assert!(line.contains(said), "{typed}: {line}");
    }
    done(&data, "calendar forget-week 1400/02/01 --org nemune --unit ش");
    assert!(!done(&data, "calendar show --org nemune").contains("1400/02/01"));
}

#[test]
fn terms_are_set_for_units_and_kinds() {
    let data = set_up("terms");
    done(&data, "kind add --org nemune --name درخواست --name-english Request");
    assert!(refused(&data, "kind add --org nemune --name درخواست").contains("of that name already"));
    assert!(done(&data, "kind list --org nemune").contains("\tدرخواست\tRequest\tother\n"));
    done(&data, "kind change درخواست --asks-for information --org nemune");
    assert!(done(&data, "kind list --org nemune").contains("\tدرخواست\tRequest\tinformation\n"));
    done(&data, "kind change درخواست --asks-for other --org nemune");
    assert!(done(&data, "kind list --org nemune").contains("\tother\n"));
    done(&data, "term set review --days 2 --org nemune --unit ش");
    done(&data, "term set answer --days 10 --org nemune --kind درخواست --basis قانون‌دسترسی");
    done(&data, "term set answer --hours 8 --org nemune --kind درخواست --unit ش");
    done(&data, "term set objection --days 0 --org nemune");
    let listed = done(&data, "term list --org nemune");
    for line in [
        "review\tall\tall\t3 working days\tthe settings\n",
        "review\tش\tall\t2 working days\t\n",
        "answer\tall\tدرخواست\t10 working days\tقانون‌دسترسی\n",
        "answer\tش\tدرخواست\t8 working hours\t\n",
        "objection\tall\tall\t0 working days\t\n",
    ] {
        assert!(listed.contains(line), "{line} is not in\n{listed}");
    }
    for (typed, said) in [
        ("term set review --days 0 --org nemune", "1 to 365 working days"),
        ("term set review --hours 2001 --org nemune", "1 to 2000 working hours"),
        ("term set review --days 1 --hours 1 --org nemune", "cannot be used with"),
        ("term set review --org nemune", "--days"),
        ("term set dance --days 1 --org nemune", "review, answer"),
        ("term set review --days 1 --org nemune --kind شکایت", "there is no kind شکایت"),
        ("term unset review --org nemune", "there is no such term"),
    ] {
        let line = refused(&data, typed);
        assert!(line.contains(said), "{typed}: {line}");
    }
    done(&data, "term unset review --org nemune --unit ش");
    assert!(!done(&data, "term list --org nemune").contains("2 working days"));
    done(&data, "kind archive درخواست --org nemune");
    assert!(
        done(&data, "term list --org nemune").contains("answer\tall\tدرخواست"),
        "letters of that kind keep their term"
    );
    assert!(refused(&data, "kind archive درخواست --org nemune").contains("there is no kind"));
}
