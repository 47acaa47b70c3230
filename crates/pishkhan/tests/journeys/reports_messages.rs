//! Messages in the reports: each number is that of the messages in the list behind it, each with its letter, whatever becomes of either.

use pishkhan_office::accounts::staff;
use pishkhan_office::actor::Role;
use pishkhan_office::courier::{MessageId, outbox};
use pishkhan_office::letters::Classification;
use pishkhan_office::persian::digits::to_ascii;
use pishkhan_testkit::{Answer, Browser, TestApp, on_both};

use crate::reports::{DAY, count, every_count_is_true, letters_at, row, tile, work};

/// What gateways said of the messages about the first letters, or why those were put aside. The second one has only left.
const FATES: [&str; 6] = [
    "update outbox set delivery = 'delivered', delivered_at = sent_at + 1000, changed_at = sent_at + 1000
     where about = (select id from letters where subject = 'نامه 0')",
    "update outbox set delivery = 'undelivered', changed_at = sent_at + 1000
     where about = (select id from letters where subject = 'نامه 2')",
    "update outbox set delivery = 'failed', changed_at = sent_at + 1000
     where about = (select id from letters where subject = 'نامه 3')",
    "update outbox set delivery = 'blocked', changed_at = sent_at + 1000
     where about = (select id from letters where subject = 'نامه 4')",
    "update outbox set parked_at = sent_at, sent_at = null, last_error = 'unsure: no answer came', changed_at = sent_at + 1000
     where about = (select id from letters where subject = 'نامه 5')",
    "update outbox set parked_at = sent_at, sent_at = null, last_error = 'refused: the gateway answered 411',
                       changed_at = sent_at + 1000
     where about = (select id from letters where subject = 'نامه 6')",
];

/// Seven letters whose messages came to different ends.
async fn ends(app: &TestApp) {
    app.waiting_letters("شکایات", 7).await;
    app.wait(2).await;
    count(app).await;
    for fate in FATES {
        app.execute(fate).await;
    }
    count(app).await;
}

async fn week(browser: &Browser) -> Answer {
    browser.get("/desk/reports?range=7").await.ok()
}

/// The counts of a day: arrived, on the way, not at the phone, failed, blocked, then unsure and put aside where the week has any, and all.
fn counts(report: &Answer, day: &str) -> Vec<String> {
    // The day is three words, and the share comes last.
    let columns = report.all("section[aria-labelledby=messages] thead th").len() - 2;
    row(report, "messages", day)[3..3 + columns].to_vec()
}

/// The days that the table has.
fn days(report: &Answer) -> usize {
    report.all("section[aria-labelledby=messages] tbody tr").len()
}

async fn behind(browser: &Browser, report: &Answer, selector: &str) -> u64 {
    letters_at(browser, &report.attribute(selector, "href")).await
}

#[tokio::test]
async fn what_was_lost_is_counted_apart_and_leads_to_its_letters() {
    on_both(async |app| {
        // A code is about no letter.
        app.sender("09121234567").signs_in().await;
        ends(&app).await;
        let reviewer = app.reviewer().await;
        let report = week(&reviewer).await;
        assert_eq!(counts(&report, "یکشنبه"), ["1", "1", "1", "1", "1", "1", "1", "7"]);
        assert!(every_count_is_true(&reviewer, &report).await >= 15);
        assert!(tile(&report, 3).contains("5 پیامک نرسید یا کنار گذاشته شد"), "{}", tile(&report, 3));
        assert_eq!(behind(&reviewer, &report, ".kpi:nth-of-type(4) .v a").await, 7);
        assert_eq!(behind(&reviewer, &report, ".kpi:nth-of-type(4) .d a").await, 5);
        report.says("کدها و پیامک‌هایی که درباره نامه‌ای نیستند");
        let list = reviewer.get("/desk/letters?sms=unsure").await.ok();
        list.says("رسید نامه");
        list.says("نامه 5");
        list.says("نامه‌ای که چند پیامک دارد چند بار آمده است");
        for range in ["30", "90", "year"] {
            let report = reviewer.get(&format!("/desk/reports?range={range}")).await.ok();
            every_count_is_true(&reviewer, &report).await;
        }
        let table = reviewer.get("/desk/reports.csv?table=messages&range=7").await.ok().text();
        assert!(table.contains(",1,1,1,1,1,1,1,7"), "{table}");
        let table = reviewer.get("/desk/letters.csv?sms=lost").await.ok().text();
        assert!(table.contains("\"نامه 6\"") && !table.contains("\"نامه 1\""), "{table}");
        assert!(table.contains("\"رسید نامه\",\"کنار گذاشته شد\",\""), "{table}");
    })
    .await;
}

#[tokio::test]
async fn a_letter_stands_there_once_for_each_of_its_messages() {
    on_both(async |app| {
        let letters = app.waiting_letters("شکایات", 60).await;
        app.waiting_letters("امور مالی", 2).await;
        app.wait(1).await;
        let reviewer = app.reviewer().await;
        reviewer.registers(&letters[0]).await;
        app.wait(1).await;
        count(&app).await;
        let report = week(&reviewer).await;
        assert_eq!(counts(&report, "یکشنبه"), ["0", "63", "0", "0", "0", "63"]);
        every_count_is_true(&reviewer, &report).await;
        let all = report.attribute(".kpi:nth-of-type(4) .v a", "href");
        assert_eq!(letters_at(&reviewer, &all).await, 63, "over two pages");
        let first = reviewer.get(&all).await.ok();
        first.says("ثبت نامه");
        let finance = &app.unit("امور مالی").id;
        let report = reviewer.get(&format!("/desk/reports?range=7&unit={finance}")).await.ok();
        assert_eq!(counts(&report, "یکشنبه"), ["0", "2", "0", "0", "0", "2"]);
        every_count_is_true(&reviewer, &report).await;
        // Its messages go along to the unit that gets it.
        reviewer.redirects(&letters[1], "امور مالی").await;
        count(&app).await;
        let report = reviewer.get(&format!("/desk/reports?range=7&unit={finance}")).await.ok();
        assert_eq!(counts(&report, "یکشنبه"), ["0", "3", "0", "0", "0", "3"]);
        every_count_is_true(&reviewer, &report).await;
        every_count_is_true(&reviewer, &week(&reviewer).await).await;
    })
    .await;
}

#[tokio::test]
async fn what_becomes_of_a_message_days_later_is_counted_too() {
    on_both(async |app| {
        ends(&app).await;
        app.wait(5 * DAY).await;
        app.waiting_letters("امور مالی", 1).await;
        app.wait(1).await;
        app.execute(
            "update outbox set delivery = 'delivered', delivered_at = sent_at + 1000,
                               changed_at = (select max(o.changed_at) from outbox o)
             where about = (select id from letters where subject = 'نامه 2')",
        )
        .await;
        count(&app).await;
        let reviewer = app.reviewer().await;
        let report = week(&reviewer).await;
        assert_eq!(counts(&report, "یکشنبه"), ["2", "1", "0", "1", "1", "1", "1", "7"]);
        assert_eq!(days(&report), 2);
        every_count_is_true(&reviewer, &report).await;
        // What is sent again counts when it leaves, and is of no day as long as it waits.
        let parked = app.texts("select id from outbox where last_error like 'refused%'").await.remove(0);
        let mut tx = app.begin().await;
        assert!(outbox::unpark(&mut tx, &MessageId(parked)).await.expect("it can be put on its way"));
        tx.commit().await.expect("it is kept");
        count(&app).await;
        let report = week(&reviewer).await;
        assert_eq!(counts(&report, "یکشنبه"), ["2", "1", "0", "1", "1", "1", "6"]);
        every_count_is_true(&reviewer, &report).await;
        app.wait(1).await;
        count(&app).await;
        count(&app).await;
        let report = week(&reviewer).await;
        assert_eq!(counts(&report, "جمعه"), ["0", "2", "0", "0", "0", "0", "2"]);
        every_count_is_true(&reviewer, &report).await;
        assert_eq!(app.count("select count(*) from counted_messages").await, 8);
    })
    .await;
}

#[tokio::test]
async fn messages_of_a_confidential_letter_count_for_the_cleared_only() {
    on_both(async |app| {
        let letters = app.waiting_letters("شکایات", 3).await;
        app.wait(1).await;
        let cleared = app.reviewer().await;
        let auditor = app.staff(Role::Auditor).await;
        let mut tx = app.begin().await;
        staff::clear(&mut tx, &cleared.account.id, Classification::Confidential)
            .await
            .expect("a person can be cleared");
        tx.commit().await.expect("the clearance is kept");
        count(&app).await;
        let form = cleared.dialog(&letters[0], "classification").await;
        form.fill("classification", "confidential").send().await.is(303);
        app.wait(1).await;
        count(&app).await;
        for (reader, seen) in [(&cleared, "3"), (&auditor, "2")] {
            let report = week(reader).await;
            assert_eq!(counts(&report, "یکشنبه"), ["0", seen, "0", "0", "0", seen]);
            every_count_is_true(reader, &report).await;
        }
    })
    .await;
}

#[tokio::test]
async fn who_may_not_read_every_letter_sees_no_way_to_them() {
    on_both(async |app| {
        ends(&app).await;
        let administrator = app.staff(Role::Administrator).await;
        let report = week(&administrator).await;
        assert_eq!(counts(&report, "یکشنبه"), ["1", "1", "1", "1", "1", "1", "1", "7"]);
        assert!(!report.has("section[aria-labelledby=messages] a[href^='/desk/letters']"), "{}", report.html());
        administrator.get("/desk/letters?sms=lost").await.is(404);
        let officer = app.officer("شکایات").await;
        officer.get("/desk/reports.csv?table=messages").await.is(404);
        assert!(!officer.get("/desk/reports").await.ok().has("section[aria-labelledby=messages]"));
        assert_eq!(letters_at(&officer, "/desk/letters?sms=lost").await, 0, "nothing is registered");
        let elsewhere = app.elsewhere();
        elsewhere.waiting_letters("شکایات", 1).await;
        count(&app).await;
        let stranger = elsewhere.reviewer().await;
        assert_eq!(letters_at(&stranger, "/desk/letters?sms=lost").await, 0);
        assert!(!week(&stranger).await.has("section[aria-labelledby=messages] tbody"));
    })
    .await;
}

#[tokio::test]
async fn what_is_made_of_numbers_leads_to_the_letters_too() {
    on_both(async |app| {
        work(&app).await;
        let reviewer = app.reviewer().await;
        let report = reviewer.get("/desk/reports?range=90").await.ok();
        // Count, median and ninety per cent, of decisions and of answers.
        assert_eq!(report.all("section[aria-labelledby=times] td a").len(), 6);
        let ways = report.attributes("a.made", "href");
        assert!(ways.len() >= 5, "{ways:?}");
        for way in ways {
            assert!(letters_at(&reviewer, &way).await > 0, "{way}");
        }
        for place in 1..=4 {
            let tile = format!(".kpi:nth-of-type({place})");
            assert!(behind(&reviewer, &report, &format!("{tile} .v a")).await > 0, "{tile}");
            let note = report.one(&format!("{tile} .d"));
            let has_number = to_ascii(&note).chars().any(|sign| sign.is_ascii_digit());
            assert!(!has_number || report.has(&format!("{tile} .d a")), "{note}");
        }
    })
    .await;
}
