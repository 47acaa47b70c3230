//! Reports: their numbers are those of the letters behind them, and they stay so whatever happens to a letter.

use std::collections::VecDeque;

use pishkhan_office::ids::LetterId;
use pishkhan_office::persian::digits::to_ascii;
use pishkhan_office::reports;
use pishkhan_testkit::{Answer, Browser, Letter, TestApp, on_both};

pub const DAY: u64 = 24 * 60 * 60;

/// Counts what has changed, as the upkeep does every few seconds.
pub async fn count(app: &TestApp) {
    reports::round(&app.parts().db, &app.parts().clock).await.expect("the round comes through");
}

fn number(text: &str) -> u64 {
    let text = to_ascii(text).replace(['٬', ','], "");
    text.trim().parse().unwrap_or_else(|_| panic!("«{text}» is no number"))
}

/// How many letters the list at this address has, over all its pages.
pub async fn letters_at(browser: &Browser, address: &str) -> u64 {
    let mut found = 0;
    let mut next = Some(address.to_owned());
    while let Some(address) = next {
        let page = browser.get(&address).await.ok();
        found += page.all("tbody tr").len() as u64;
        next = page.attributes("a[rel=next]", "href").into_iter().next();
    }
    found
}

/// Every count on the page that leads to letters leads to as many.
pub async fn every_count_is_true(browser: &Browser, report: &Answer) -> usize {
    let counts = "td a[href^='/desk/letters?']:not(.made), b a[href^='/desk/letters?']";
    let (texts, ways) = (report.all(counts), report.attributes(counts, "href"));
    for (text, way) in texts.iter().zip(&ways) {
        assert_eq!(number(text), letters_at(browser, way).await, "{way}\n{}", report.text());
    }
    texts.len()
}

/// The sections of the page in which numbers are drawn, each of which has them in a table, too.
fn drawn(report: &Answer) -> Vec<&'static str> {
    let is_drawn = |section: &&str| {
        let of = |part: &str| report.has(&format!("section[aria-labelledby={section}] {part}"));
        let is_drawn = of("svg.chart") || of("svg.t");
        assert!(!is_drawn || of("table td"), "{section} is drawn and no table");
        is_drawn
    };
    ["arrivals", "open", "reasons", "ratings", "messages"].into_iter().filter(is_drawn).collect()
}

/// The cells of the table row that begins with this.
pub fn row(page: &Answer, section: &str, first: &str) -> Vec<String> {
    let rows = page.all(&format!("section[aria-labelledby={section}] tbody tr"));
    let row = rows.into_iter().find(|row| row.starts_with(first));
    let row = row.unwrap_or_else(|| panic!("no row {first} in {section}:\n{}", page.text()));
    row.split_whitespace().map(to_ascii).collect()
}

pub fn tile(page: &Answer, place: usize) -> String {
    to_ascii(&page.all(".kpi")[place])
}

/// Three days of work: letters that were registered, rejected, taken, answered in time and late, and some that wait.
pub async fn work(app: &TestApp) -> VecDeque<LetterId> {
    let mut complaints = app.waiting_letters("شکایات", 6).await;
    app.waiting_letters("امور مالی", 2).await;
    count(app).await;
    app.wait(2 * 60 * 60).await;
    let reviewer = app.reviewer().await;
    let mut next = || complaints.pop_front().expect("a letter that waits");
    let (first, second, third) = (next(), next(), next());
    reviewer.registers(&first).await;
    reviewer.registers(&second).await;
    reviewer.rejects(&third, "").await;
    count(app).await;
    app.wait(DAY).await;
    let officer = app.officer("شکایات").await;
    officer.takes(&first).await;
    officer.answers(&first, "پاسخ", &[]).await;
    app.waiting_letters("شکایات", 3).await;
    count(app).await;
    app.wait(60 * DAY).await;
    let officer = app.officer("شکایات").await;
    officer.takes(&second).await;
    officer.answers(&second, "پاسخ دیر", &[]).await;
    app.waiting_letters("بایگانی", 1).await;
    app.wait(1).await;
    count(app).await;
    complaints
}

#[tokio::test]
async fn every_number_is_the_number_of_its_letters() {
    on_both(async |app| {
        work(&app).await;
        let reviewer = app.reviewer().await;
        for range in ["7", "30", "90", "year"] {
            let report = reviewer.get(&format!("/desk/reports?range={range}")).await.ok();
            assert!(every_count_is_true(&reviewer, &report).await > 5, "{range}");
        }
        let unit = &app.unit("شکایات").id;
        let report = reviewer.get(&format!("/desk/reports?range=90&unit={unit}")).await.ok();
        every_count_is_true(&reviewer, &report).await;
    })
    .await;
}

#[tokio::test]
async fn the_numbers_are_those_of_what_was_done() {
    on_both(async |app| {
        work(&app).await;
        let reviewer = app.reviewer().await;
        let report = reviewer.get("/desk/reports?range=90").await.ok();
        // Waiting: 3 of the first complaints, 2 for finance, 3 complaints, 1 for the archive; all but the last are late.
        assert!(tile(&report, 0).contains('9'), "{}", tile(&report, 0));
        assert!(tile(&report, 0).contains("8 نامه دیر شده است"), "{}", tile(&report, 0));
        assert_eq!(row(&report, "open", "شکایات"), ["شکایات", "6", "0", "6"]);
        assert_eq!(row(&report, "open", "بایگانی"), ["بایگانی", "1", "0", "0"]);
        // Three were decided after two hours; a tenth is what the steps cost.
        let decided = row(&report, "times", "از رسیدن تا تصمیم");
        assert_eq!(decided[4], "3", "{decided:?}");
        let median: f64 = decided[5].replace('٫', ".").parse().expect("a number");
        assert!((1.8..=2.2).contains(&median), "{decided:?}");
        // One answer came after a day, one two months after.
        let answered = row(&report, "times", "از رسیدن تا پاسخ");
        assert_eq!(answered[4], "2", "{answered:?}");
        assert!(tile(&report, 2).contains("50"), "{}", tile(&report, 2));
        assert!(tile(&report, 2).contains("1 پاسخ دیر داده شد"), "{}", tile(&report, 2));
        assert!(report.one("section[aria-labelledby=reasons]").contains("مدارک ناقص است"));
        let sent = app.count("select count(*) from outbox where sent_at is not null").await;
        assert!(sent > 9, "each letter has its message");
        assert!(tile(&report, 3).contains(&sent.to_string()), "{} of {sent}", tile(&report, 3));
        // In seven days only the last one came, and the late answer was given.
        let week = reviewer.get("/desk/reports?range=7").await.ok();
        assert!(week.attribute("svg.chart", "aria-label").contains("در همه \u{2068}۱\u{2069} نامه"));
        assert_eq!(row(&week, "times", "از رسیدن تا پاسخ")[4], "1");
    })
    .await;
}

#[tokio::test]
async fn a_letter_is_counted_once_however_often_it_is_looked_at() {
    on_both(async |app| {
        let letters = app.waiting_letters("شکایات", 210).await;
        let sum = "select cast(count(*) as bigint) from counted_letters";
        let (first, second) = tokio::join!(
            reports::round(&app.parts().db, &app.parts().clock),
            reports::round(&app.parts().db, &app.parts().clock)
        );
        first.and(second).expect("both rounds come through");
        assert_eq!(app.count(sum).await, 210);
        let reviewer = app.reviewer().await;
        let report = reviewer.get("/desk/reports").await.ok();
        assert_eq!(row(&report, "open", "شکایات"), ["شکایات", "210", "0", "0"]);
        reviewer.redirects(&letters[0], "امور مالی").await;
        count(&app).await;
        count(&app).await;
        let report = reviewer.get("/desk/reports").await.ok();
        assert_eq!(row(&report, "open", "شکایات"), ["شکایات", "209", "0", "0"]);
        assert_eq!(row(&report, "open", "امور")[2..], ["1", "0", "0"]);
        every_count_is_true(&reviewer, &report).await;
    })
    .await;
}

#[tokio::test]
async fn a_report_that_is_behind_says_so() {
    on_both(async |app| {
        let reviewer = app.reviewer().await;
        reviewer.get("/desk/reports").await.ok().says("هنوز نامه‌ای نرسیده؛ اولین گزارش فردا آماده است.");
        app.waiting_letters("شکایات", 1).await;
        app.wait(5 * 60).await;
        let report = reviewer.get("/desk/reports").await.ok();
        report.says("این عددها هنوز تغییرهای پس از");
        count(&app).await;
        let report = reviewer.get("/desk/reports").await.ok();
        assert!(!report.text().contains("این عددها هنوز"), "{}", report.text());
        report.says("مهلت");
    })
    .await;
}

#[tokio::test]
async fn filters_are_kept_on_the_way_through_the_pages() {
    on_both(async |app| {
        app.waiting_letters("شکایات", 120).await;
        app.waiting_letters("امور مالی", 3).await;
        let reviewer = app.reviewer().await;
        let unit = &app.unit("شکایات").id;
        let address = format!("/desk/letters?by=due&unit={unit}&outcome=waiting&from=۱۳۰۵/۱/۱");
        assert_eq!(letters_at(&reviewer, &address).await, 120);
        assert_eq!(letters_at(&reviewer, "/desk/letters").await, 123);
        assert_eq!(letters_at(&reviewer, "/desk/letters?to=1405-01-01").await, 0);
        assert_eq!(letters_at(&reviewer, "/desk/letters?late=yes&by=due").await, 0);
        let page = reviewer.get("/desk/letters?from=1404/12/30").await.ok();
        page.says("روز را مانند ۱۴۰۵/۰۹/۰۱ بنویسید.");
        assert_eq!(page.value("from"), "۱۴۰۴/۱۲/۳۰");
        let lines = reviewer.get("/desk/letters?from=1404/12/30&to=x").await.ok().all(".errs li");
        assert!(lines[0].starts_with("از روز: ") && lines[1].starts_with("تا روز: "), "{lines:?}");
    })
    .await;
}

/// One letter in each state that a letter can come to, as its act would leave it.
const STATES: [&str; 12] = [
    "update letters set state = 'returned', returned_at = submitted_at, changed_at = changed_at + 1 where subject = 'نامه 1'",
    "update letters set state = 'registered', registered_at = submitted_at + 1, holder_unit_id = unit_id,
            answer_due_at = submitted_at + 86400000, changed_at = changed_at + 1 where subject = 'نامه 2'",
    "update letters set state = 'in_progress', registered_at = submitted_at + 1, answer_due_at = submitted_at + 1,
            holder_unit_id = (select id from units where name = 'امور مالی' and organisation_id = letters.organisation_id),
            changed_at = changed_at + 1 where subject = 'نامه 3'",
    "update letters set state = 'awaiting_sender', registered_at = submitted_at + 1, holder_unit_id = unit_id,
            answer_due_at = submitted_at + 1, changed_at = changed_at + 1 where subject = 'نامه 4'",
    "update letters set state = 'answer_review', registered_at = submitted_at + 1, holder_unit_id = unit_id,
            answer_due_at = submitted_at + 1, changed_at = changed_at + 1 where subject = 'نامه 5'",
    "update letters set state = 'answered', registered_at = submitted_at + 1, holder_unit_id = unit_id,
            answer_due_at = submitted_at + 1, answered_at = submitted_at + 2, changed_at = changed_at + 1
     where subject = 'نامه 6'",
    "update letters set state = 'objected', registered_at = submitted_at + 1, holder_unit_id = unit_id,
            answer_due_at = submitted_at + 1, answered_at = submitted_at + 1, objection_due_at = submitted_at + 9,
            changed_at = changed_at + 1 where subject = 'نامه 7'",
    "update letters set state = 'objected', rejected_at = submitted_at + 1, reason_short = 'دلیل من',
            objection_due_at = submitted_at + 9, changed_at = changed_at + 1 where subject = 'نامه 8'",
    "update letters set state = 'rejected', rejected_at = submitted_at + 1, reason_short = 'Papers are missing',
            changed_at = changed_at + 1 where subject = 'نامه 9'",
    "update letters set state = 'withdrawn', ended_at = submitted_at + 1, changed_at = changed_at + 1
     where subject = 'نامه 10'",
    "update letters set state = 'lapsed', registered_at = submitted_at + 1, holder_unit_id = unit_id,
            answer_due_at = submitted_at + 1, ended_at = submitted_at + 2, changed_at = changed_at + 1
     where subject = 'نامه 11'",
    "update letters set state = 'closed', registered_at = submitted_at + 1, holder_unit_id = unit_id,
            answer_due_at = submitted_at + 9, answered_at = submitted_at + 2, closed_at = submitted_at + 3,
            changed_at = changed_at + 1 where subject = 'نامه 12'",
];

#[tokio::test]
async fn every_state_has_its_place_in_the_figures() {
    on_both(async |app| {
        app.waiting_letters("شکایات", 13).await;
        count(&app).await;
        for state in STATES {
            app.execute(state).await;
        }
        app.wait(60).await;
        count(&app).await;
        let reviewer = app.reviewer().await;
        let report = reviewer.get("/desk/reports?range=7").await.ok();
        let outcomes = row(&report, "arrivals", "یکشنبه");
        // Accepted, rejected, withdrawn or lapsed, to be completed, under review, all.
        assert_eq!(outcomes[3..], ["7", "2", "2", "1", "1", "13"], "{outcomes:?}");
        // Waiting for review, for an answer, for a ruling, late: what waits for its sender is not the house's to do.
        assert_eq!(row(&report, "open", "شکایات"), ["شکایات", "1", "2", "2", "3"]);
        assert_eq!(row(&report, "open", "امور")[2..], ["0", "1", "0", "1"]);
        assert_eq!(row(&report, "times", "از رسیدن تا تصمیم")[4], "10");
        assert_eq!(row(&report, "times", "از رسیدن تا پاسخ")[4], "3");
        let reasons = to_ascii(&report.one("section[aria-labelledby=reasons]"));
        assert!(reasons.contains("مدارک ناقص است 1") && reasons.contains("دلیل دیگر 1"), "{reasons}");
        let in_table = report.all("section[aria-labelledby=reasons] tbody tr");
        assert_eq!(in_table.len(), 2, "{in_table:?}");
        assert!(drawn(&report).starts_with(&["arrivals", "open", "reasons"]));
        assert!(every_count_is_true(&reviewer, &report).await > 12);
        let month = reviewer.get("/desk/reports?range=year").await.ok();
        assert!(every_count_is_true(&reviewer, &month).await > 12);
    })
    .await;
}

#[tokio::test]
async fn tables_for_spreadsheets_have_the_same_numbers() {
    on_both(async |app| {
        work(&app).await;
        let reviewer = app.reviewer().await;
        let open = reviewer.get("/desk/reports.csv?table=open&range=90").await.ok().text();
        assert!(open.starts_with('\u{feff}') && open.contains("\"شکایات\",6,0,0,6\r\n"), "{open}");
        let arrivals = reviewer.get("/desk/reports.csv?table=arrivals&range=year").await.ok().text();
        assert!(arrivals.contains("\"1409/08/01\",\"1409/08/30\",2,1,0,0,8,11\r\n"), "{arrivals}");
        let reasons = reviewer.get("/desk/reports.csv?table=reasons&range=90").await.ok().text();
        assert!(reasons.contains("\"مدارک ناقص است\",1\r\n"), "{reasons}");
        let times = reviewer.get("/desk/reports.csv?table=times&range=90").await.ok().text();
        assert!(times.contains("\"از رسیدن تا پاسخ\",2,"), "{times}");
        reviewer.get("/desk/reports.csv?table=secrets").await.is(404);
    })
    .await;
}

#[tokio::test]
async fn ratings_are_told_by_unit_and_day_with_the_way_to_their_letters() {
    on_both(async |app| {
        let senders = ["09121234567", "09351112233", "09361112233"];
        let (reviewer, officer) = (app.reviewer().await, app.officer("شکایات").await);
        let mut answered = Vec::new();
        for mobile in senders {
            let sender = app.sender(mobile).signs_in().await;
            let letter = sender.sends(&Letter::default()).await;
            reviewer.registers(&letter).await;
            officer.takes(&letter).await;
            officer.answers(&letter, "پاسخ", &[]).await;
            answered.push((sender, letter));
        }
        let report = reviewer.get("/desk/reports?range=7").await.ok();
        assert!(!report.has("section[aria-labelledby=ratings] table"), "nobody rated yet");
        for ((sender, letter), steps) in answered.iter().zip([5, 2, 5]) {
            sender.rates(letter, steps, "").await;
        }
        app.wait(1).await;
        count(&app).await;
        for range in ["7", "30", "90", "year"] {
            let report = reviewer.get(&format!("/desk/reports?range={range}")).await.ok();
            let words =
                to_ascii(&report.one("section[aria-labelledby=ratings] p")).replace(['\u{2068}', '\u{2069}'], "");
            assert_eq!(words, "میانگین 4 از 5، در 3 امتیاز");
            let of_unit = row(&report, "ratings", "شکایات");
            assert_eq!(of_unit[1..], ["2", "0", "0", "1", "0", "3", "4"]);
            assert!(drawn(&report).contains(&"ratings"));
            assert!(every_count_is_true(&reviewer, &report).await > 9, "{range}");
        }
        let finance = &app.unit("امور مالی").id;
        let report = reviewer.get(&format!("/desk/reports?range=7&unit={finance}")).await.ok();
        assert!(report.one("section[aria-labelledby=ratings]").contains("کسی امتیاز نداده"));
        app.officer("امور مالی").await.get("/desk/reports").await.ok().hides("میانگین");
        let table = reviewer.get("/desk/reports.csv?table=ratings&range=year").await.ok().text();
        assert!(table.contains("\"شکایات\",") && table.contains(",2,0,0,1,0,3,4.0\r\n"), "{table}");
    })
    .await;
}

#[tokio::test]
async fn a_new_answer_takes_the_rating_of_the_one_before_out_of_the_figures() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        let reviewer = app.reviewer().await;
        let told = async || {
            app.wait(1).await;
            count(&app).await;
            let report = reviewer.get("/desk/reports?range=7").await.ok();
            to_ascii(&report.one("section[aria-labelledby=ratings]"))
        };
        officer.answers(&letter, "پاسخ نخست", &[]).await;
        sender.rates(&letter, 1, "").await;
        assert!(told().await.contains("میانگین 1 از 5، در 1 امتیاز"));
        sender.objects(&letter, "نادرست است").await;
        app.signer("بایگانی").await.rules(&letter, "reconsider", "حق با شماست.").await;
        officer.takes(&letter).await;
        officer.answers(&letter, "پاسخ دوم", &[]).await;
        assert!(told().await.contains("کسی امتیاز نداده"));
        sender.rates(&letter, 5, "").await;
        assert!(told().await.contains("میانگین 5 از 5، در 1 امتیاز"));
    })
    .await;
}
