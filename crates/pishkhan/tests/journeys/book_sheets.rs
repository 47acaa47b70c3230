//! The indicator book on paper, printed by the real worker and read by a viewer of another house: each number of the year in its
//! place, what was voided in sight, for those who may read the book.

use pishkhan_office::actor::Role;
use pishkhan_testkit::poppler::{look_of, text_of};
use pishkhan_testkit::sheets::sheets;
use pishkhan_testkit::{Letter, TestApp, on_both, on_both_as};

use crate::stamped::with_press;

/// Four entries: a plain one, a void one, a confidential one, and a plain one after a number that is gone.
async fn with_a_book(app: &TestApp) {
    let sender = app.sender("09121234567").signs_in().await;
    let reviewer = app.reviewer().await;
    for subject in ["درخواست بررسی پرونده (AB-12)", "دو بار آمده", "رازی که نباید", "#panic() =cmd()", "نامه آخر"]
    {
        let letter = sender.sends(&Letter { subject, ..Letter::default() }).await;
        reviewer.registers(&letter).await;
    }
    app.execute(
        "update entries set voided_at = registered_at + 5000, voided_by = registered_by, void_reason = 'تکراری بود'
         where number = 2",
    )
    .await;
    app.execute("update letters set classification = 1 where subject = 'رازی که نباید'").await;
    app.execute("delete from entries where number = 4").await;
}

#[tokio::test]
async fn a_year_is_printed_with_every_number_and_what_was_voided_in_sight() {
    on_both_as(with_press, async |app| {
        with_a_book(&app).await;
        let reviewer = app.reviewer().await;
        let page = reviewer.get("/desk/register").await.ok();
        let book = reviewer.get(&page.attribute("a[href*='register.pdf']", "href")).await.ok();
        assert_eq!(book.header("content-type"), Some("application/pdf"));
        assert_eq!(book.header("cache-control"), Some("private, no-store"));
        let name = book.header("content-disposition").unwrap_or_default();
        assert!(name.starts_with("attachment; filename=\"register-1409-1.pdf\""), "{name}");

        let [sheet] = &sheets(&book.body)[..] else { panic!("one sheet") };
        assert!(sheet.width > sheet.height, "the book lies across");
        sheet.says(
            "سازمان نمونه دفتر اندیکاتور سال ۱۴۰۹ صفحه ۱ از نرگس کریمی ۰۰۰۱ ۰۰۰۲ ۰۰۰۳ ۰۰۰۵ پرونده AB-12 نامه آخر",
        );
        sheet.says("باطل تکراری بود محرمانه شکایات وارده");
        let text = text_of(&book.body);
        for seen in ["۱۴۰۹", "AB-12", "تکراری", "محرمانه"] {
            assert!(text.contains(seen), "{seen} is not in {text}");
        }
        assert!(!sheet.text().contains("نباید") && !sheet.text().contains("دیابن"), "{}", sheet.text());
        // The line of the number that is gone says so.
        sheet.says("گرفته پایگاه");

        reviewer.reads_english();
        let english = reviewer.get("/desk/register.pdf").await.ok();
        let text = text_of(&english.body);
        for seen in ["Sample Office", "Register of entries, year 1409", "Rows 1 to 5", "Page 1 of 1", "Complaints"] {
            assert!(text.contains(seen), "{seen} is not in {text}");
        }
        let look = look_of(&english.body, 1, 40);
        assert!(look.width > look.height && look.ink((5, 95), (10, 40)) > 20, "there is a table on the sheet");
        assert_eq!(look.ink((0, 2), (0, 100)), 0, "the margin is free");
    })
    .await;
}

#[tokio::test]
async fn a_long_year_is_had_in_files_of_two_thousand_numbers() {
    on_both_as(with_press, async |app| {
        let reviewer = app.reviewer().await;
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        reviewer.registers(&letter).await;
        app.execute("update counters set last_number = 2003").await;
        let page = reviewer.get("/desk/register").await.ok();
        let files = page.attributes("a[href*='register.pdf']", "href");
        assert_eq!(files.len(), 2);
        assert!(files[0].ends_with("from=1") && files[1].ends_with("from=2001"), "{files:?}");
        page.says("ردیف ۲۰۰۱ تا ۲۰۰۳ (PDF)");
        // Any number leads to the file in which it stands, and none to the last one.
        for asked in [files[1].as_str(), "/desk/register.pdf?from=۲۰۰۲", "/desk/register.pdf"] {
            let book = reviewer.get(asked).await.ok();
            let [sheet] = &sheets(&book.body)[..] else { panic!("one sheet") };
            sheet.says("۲۰۰۱ ۲۰۰۲ ۲۰۰۳");
            let name = book.header("content-disposition").unwrap_or_default();
            assert!(name.contains("register-1409-2001.pdf"), "{name}");
        }
        for nowhere in ["from=2004", "from=0", "from=-1", "year=1408", "register=nonsense&year=1400"] {
            reviewer.get(&format!("/desk/register.pdf?{nowhere}")).await.is(404);
        }
    })
    .await;
}

#[tokio::test]
async fn who_may_not_read_the_book_gets_no_sheets() {
    on_both_as(with_press, async |app| {
        with_a_book(&app).await;
        let sheets = "/desk/register.pdf";
        for role in [Role::Auditor, Role::Administrator] {
            app.staff(role).await.get(sheets).await.ok();
        }
        app.officer("شکایات").await.get(sheets).await.is(404);
        app.browser().get(sheets).await.is(303);
        app.sender("09121234567").signs_in().await.get(sheets).await.is(303);
        // The other organisation has a book of its own, in which nothing stands.
        app.elsewhere().reviewer().await.get(sheets).await.is(404);
    })
    .await;
}

#[tokio::test]
async fn a_house_that_cannot_print_says_so_and_still_shows_the_book() {
    on_both(async |app| {
        with_a_book(&app).await;
        let reviewer = app.reviewer().await;
        reviewer.get("/desk/register.pdf").await.is(503).says("این برگ الان چاپ نشد");
        assert_eq!(app.take_faults().len(), 1);
        reviewer.get("/desk/register").await.ok().says("AB-12");
    })
    .await;
}
