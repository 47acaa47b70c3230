//! The indicator book as staff read it: every number in its order, what was voided in sight, what is missing said aloud, and no
//! cell of a table that a spreadsheet would run.

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use pishkhan_office::accounts::{SessionToken, sessions};
use pishkhan_office::actor::Role;
use pishkhan_office::ids::LetterId;
use pishkhan_office::persian::calendar::{JalaliDate, start_of_jalali_day};
use pishkhan_office::{Moment, letters, registry};
use pishkhan_testkit::{Answer, Letter, Staff, TestApp, on_both};

/// Registers letters by the act, since the pages would take too long.
async fn register_all(app: &TestApp, reviewer: &Staff, waiting: VecDeque<LetterId>) {
    let token = reviewer.cookie("desk").and_then(|token| SessionToken::parse(&token)).expect("a session");
    let mut tx = app.begin().await;
    let (_, staff) = sessions::find_staff(&mut tx, &token).await.expect("the store answers").expect("they are in");
    let actor = staff.reviewer().expect("a reviewer");
    for letter in waiting {
        let seen = letters::find_for_desk(&mut tx, &actor, &letter).await.expect("the store answers");
        let seen = seen.expect("a letter").version;
        letters::register(&mut tx, &app.parts().rules, &actor, &letter, seen).await.expect("registered");
    }
    tx.commit().await.expect("kept");
}

async fn filled(app: &TestApp, letters: usize) -> Staff {
    let reviewer = app.reviewer().await;
    let waiting = app.waiting_letters("شکایات", letters).await;
    register_all(app, &reviewer, waiting).await;
    reviewer
}

fn numbers(page: &Answer) -> Vec<String> {
    page.all(".book tbody th")
}

#[tokio::test]
async fn the_book_has_its_numbers_in_order_a_hundred_at_a_time() {
    on_both(async |app| {
        let reviewer = filled(&app, 205).await;
        let last = reviewer.get("/desk/register").await.ok();
        assert_eq!(numbers(&last).len(), 100);
        assert_eq!(numbers(&last)[99], "۲۰۵");
        last.says("آخرین شماره این سال ۲۰۵ است.");
        let before = reviewer.get(&last.attribute("a[rel=prev]", "href")).await.ok();
        assert_eq!(numbers(&before)[0], "۶");
        let next = reviewer.get(&before.attribute("a[rel=next]", "href")).await.ok();
        assert_eq!(numbers(&next)[0], "۱۰۶");
        let jumped = reviewer.get("/desk/register?from=۱۲۰").await.ok();
        assert_eq!(jumped.all(".sought th"), ["۱۲۰"]);
        jumped.says("۱۴۰۹/ش/۰۱۲۰");
        reviewer.get("/desk/register?from=206").await.ok().says("ردیف ۲۰۶ در این دفتر نیست");
        reviewer.get("/desk/register?year=1408").await.ok().says("برای این سال نامه‌ای ثبت نشده است");
        let officer = app.officer("شکایات").await;
        officer.get("/desk/register").await.is(404);
        app.staff(Role::Auditor).await.get("/desk/register").await.ok().says("۱۴۰۹/ش/۰۲۰۵");
        let administrator = app.staff(Role::Administrator).await.get("/desk/register").await.ok();
        assert!(!administrator.has(".book a"), "administrators open no letters");
    })
    .await;
}

#[tokio::test]
async fn the_book_that_opens_is_one_by_which_letters_come_in() {
    on_both(async |app| {
        let reviewer = filled(&app, 2).await;
        let outgoing = "insert into registers (organisation_id, id, name, template, prefix, direction)
                        select organisation_id, 'outgoingoutgoingoutgoingou', ' صادره', min(template), min(prefix),
                               min(direction)
                        from registers group by organisation_id";
        app.execute(outgoing).await;
        assert_eq!(numbers(&reviewer.get("/desk/register").await.ok()), ["۱", "۲"]);
        assert!(numbers(&reviewer.get("/desk/register?register=outgoingoutgoingoutgoingou").await.ok()).is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_number_that_is_gone_is_said_aloud() {
    on_both(async |app| {
        let reviewer = filled(&app, 12).await;
        app.execute("delete from entries where number in (3, 4, 12)").await;
        let page = reviewer.get("/desk/register").await.ok();
        assert_eq!(numbers(&page).len(), 12);
        assert_eq!(page.all(".missing th"), ["۳", "۴", "۱۲"]);
        page.says("ردیف ۳ گرفته شده بود و در دفتر نیست");
        // Nobody need open the page on which it is missing.
        registry::check_books(&app.parts().db, &app.parts().clock).await.expect("the books are looked through");
        let page = reviewer.get("/desk/register?from=6").await.ok();
        assert!(page.one("[role=alert]").contains("۳ شماره این دفتر گم شده است"), "{}", page.text());
        assert!(page.attribute("[role=alert] a", "href").ends_with("from=3"));
        let csv = reviewer.get("/desk/register.csv").await.ok();
        assert_eq!(csv.text().matches("در دفتر نیست").count(), 3, "{}", csv.text());
        let elsewhere = app.elsewhere().reviewer().await.get("/desk/register").await.ok();
        elsewhere.says("نامه‌ای ثبت نشده است");
    })
    .await;
}

#[tokio::test]
async fn a_whole_book_is_not_called_broken() {
    on_both(async |app| {
        let reviewer = filled(&app, 3).await;
        registry::check_books(&app.parts().db, &app.parts().clock).await.expect("the books are looked through");
        let page = reviewer.get("/desk/register").await.ok();
        assert!(!page.has("[role=alert], .missing"), "{}", page.text());
    })
    .await;
}

#[tokio::test]
async fn a_voided_number_stays_in_sight() {
    on_both(async |app| {
        let reviewer = filled(&app, 2).await;
        app.execute(
            "update entries set voided_at = registered_at + 5000, voided_by = registered_by, void_reason = 'اشتباه'
             where number = 1",
        )
        .await;
        let page = reviewer.get("/desk/register").await.ok();
        assert_eq!(page.all(".void th"), ["۱"]);
        assert!(page.one(".void").contains("باطل شد: نرگس کریمی"), "{}", page.one(".void"));
        assert!(page.one(".void").contains("اشتباه"));
        assert_eq!(page.all(".void s").len(), 1);
        reviewer.get("/desk/register.csv").await.ok().says("باطل شد: نرگس کریمی");
    })
    .await;
}

#[tokio::test]
async fn the_whole_year_comes_as_a_table_in_which_nothing_is_a_formula() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let attack = Letter { subject: "=cmd|' /C calc'!A0", name: "@SUM(1+1)", ..Letter::default() };
        let letter = sender.sends(&attack).await;
        let reviewer = app.reviewer().await;
        reviewer.registers(&letter).await;
        let waiting = app.waiting_letters("امور مالی", 209).await;
        register_all(&app, &reviewer, waiting).await;
        let csv = reviewer.get("/desk/register.csv").await.ok();
        assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8"));
        assert!(csv.header("content-disposition").is_some_and(|text| text.starts_with("attachment")));
        assert_eq!(csv.header("cache-control"), Some("private, no-store"));
        let text = csv.text();
        assert!(text.starts_with('\u{feff}'));
        assert_eq!(text.lines().count(), 211);
        let first = text.lines().nth(1).expect("a row");
        assert!(first.starts_with("1,\"1409/ش/0001\",\"1409/08/19\",\"09:"), "{first}");
        assert!(first.contains("\"'@SUM(1+1)\",\"'=cmd|' /C calc'!A0\""), "{first}");
        assert!(text.lines().last().expect("a row").starts_with("210,"));
        let list = reviewer.get("/desk/letters.csv").await.ok();
        assert_eq!(list.text().lines().count(), 211);
        list.says("\"'=cmd|' /C calc'!A0\",\"'@SUM(1+1)\"");
    })
    .await;
}

#[tokio::test]
async fn a_list_of_thousands_comes_whole_as_a_table() {
    on_both(async |app| {
        app.waiting_letters("شکایات", 1).await;
        app.execute(
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < 4500)
             insert into letters (organisation_id, id, sender_id, state, version, unit_id, sender_name, sender_kind, subject,
                                  body, token, created_at, changed_at, submitted_at)
             select l.organisation_id, 'fffffffffffffffffffff' || replace(replace(replace(replace(cast(10000 + n.i as text),
                        '0', 'a'), '1', 'b'), '8', 'c'), '9', 'd'),
                    'nobody', 'closed', 1, l.unit_id, '', 'person', 'filled ' || cast(n.i as text), '',
                    'filled ' || cast(n.i as text), l.submitted_at, l.submitted_at, l.submitted_at - n.i / 2
             from letters l, n where l.subject = 'نامه 0'",
        )
        .await;
        let table = app.reviewer().await.get("/desk/letters.csv").await.ok().text();
        let lines: BTreeSet<&str> = table.lines().collect();
        assert_eq!((table.lines().count(), lines.len()), (4_502, 4_502), "each once, below a head");
        // What filled the list was never written, and is in no index.
        app.execute("delete from letters where sender_id = 'nobody'").await;
    })
    .await;
}

#[tokio::test]
async fn of_a_confidential_letter_the_book_tells_only_that_there_is_one() {
    on_both(async |app| {
        let reviewer = filled(&app, 2).await;
        app.execute("update letters set classification = 1 where subject = 'نامه 0'").await;
        let page = reviewer.get("/desk/register").await.ok();
        assert_eq!(numbers(&page).len(), 2);
        assert_eq!(page.text().matches("محرمانه").count(), 2, "{}", page.text());
        page.hides("نامه 0");
        page.says("نامه 1");
        for table in ["/desk/register.csv", "/desk/letters.csv"] {
            let csv = reviewer.get(table).await.ok();
            csv.hides("نامه 0");
            csv.says("نامه 1");
        }
        app.execute("update staff set clearance = 1 where email = 'reviewer@example.ir'").await;
        reviewer.get("/desk/register").await.ok().says("نامه 0");
        reviewer.get("/desk/letters").await.ok().says("نامه 0");
    })
    .await;
}

#[tokio::test]
async fn answers_stand_in_the_book_in_their_own_direction() {
    on_both(async |app| {
        let reviewer = filled(&app, 1).await;
        app.execute(
            "insert into entries (organisation_id, register_id, year, number, printed, letter_id, registered_at,
                                  registered_by, kind)
             select organisation_id, register_id, year, 2, '1409/ص/0002', letter_id, registered_at, registered_by, 'outgoing'
             from entries where number = 1",
        )
        .await;
        app.execute("update counters set last_number = 2").await;
        let page = reviewer.get("/desk/register").await.ok();
        assert_eq!(page.all(".book tbody td:nth-child(7)"), ["وارده", "صادره"]);
        page.says("۱۴۰۹/ص/۰۰۰۲");
    })
    .await;
}

/// When the Jalali year 1410 begins in Tehran.
fn new_year() -> Moment {
    let day = JalaliDate::parse("1410/01/01").expect("a date");
    Moment(start_of_jalali_day(day).expect("a day"))
}

#[tokio::test]
async fn a_new_year_begins_a_book_of_its_own_and_what_is_voided_stays_in_the_old_one() {
    on_both(async |app| {
        let mut waiting = app.waiting_letters("شکایات", 3).await;
        let mut next = || waiting.pop_front().expect("three letters wait");
        let (first, late, early) = (next(), next(), next());
        app.comes_to(new_year().minus(Duration::from_mins(10))).await;
        let reviewer = app.reviewer().await;
        reviewer.registers(&first).await;
        app.comes_to(new_year().minus(Duration::from_secs(3))).await;
        reviewer.dialog(&late, "registration").await.send().await.is(303);
        app.comes_to(new_year().plus(Duration::from_secs(2))).await;
        let undo = reviewer.letter(&late).await.form(&format!("/desk/letters/{late}/undoing"));
        undo.send().await.is(303);
        for letter in [&early, &late] {
            reviewer.registers(letter).await;
        }
        let old = reviewer.get("/desk/register?year=1409").await.ok();
        assert_eq!(numbers(&old), ["۱", "۲"]);
        assert_eq!(old.all(".void th"), ["۲"], "taken in the old year, taken back in the new one");
        let new = reviewer.get("/desk/register").await.ok();
        assert_eq!(numbers(&new), ["۱", "۲"]);
        assert!(!new.has(".void"));
        new.hides("۱۴۰۹/ش");
        let csv = reviewer.get("/desk/register.csv").await.ok().text();
        let row = csv.lines().nth(1).expect("a row");
        assert!(row.starts_with("1,\"1410/ش/0001\",\"1410/01/01\",\"00:00\""), "{row}");
        let csv = reviewer.get("/desk/register.csv?year=1409").await.ok().text();
        let row = csv.lines().nth(2).expect("a row");
        assert!(row.starts_with("2,\"1409/ش/0002\",\"1409/12/29\",\"23:59\""), "{row}");
    })
    .await;
}
