//! What was found is narrowed by links and taken along as a table, by whom and as far as they may see it.

use pishkhan_office::actor::Role;
use pishkhan_office::kinds;
use pishkhan_testkit::{Answer, Letter, draft_of, on_both};

/// Where the link of this word leads, of those that narrow what was found.
#[track_caller]
fn link(page: &Answer, word: &str) -> String {
    let words = page.all(".facets a");
    let at = words.iter().position(|found| found == word);
    let at = at.unwrap_or_else(|| panic!("there is no {word} among {words:?}"));
    page.attributes(".facets a", "href").remove(at)
}

#[tokio::test]
async fn what_was_found_is_narrowed_by_a_click_and_widened_again() {
    on_both(async |app| {
        let mut tx = app.begin().await;
        let complaint = kinds::add(&mut tx, "شکایت", "").await.expect("a kind");
        tx.commit().await.expect("the kind is kept");
        let sender = app.sender("09121234567").signs_in().await;
        let mut sent = Vec::new();
        for (subject, unit, kind) in
            [("نامه یکم", "شکایات", None), ("نامه دوم", "شکایات", Some(&complaint)), ("نامه سوم", "امور مالی", None)]
        {
            app.wait(60).await;
            let form = sender.fills_in(&Letter { subject, unit, ..Letter::default() }).await;
            let form = kind.map_or(form.clone(), |kind| form.fill("letter_kind", kind.id.as_str()));
            let check = form.press("next", "check").send().await.follow().await.ok();
            sent.push(draft_of(&check));
            sender.submits(&check).await;
        }
        let reviewer = app.reviewer().await;
        reviewer.registers(&sent[0]).await;
        let page = reviewer.ask("/desk/search", &[("q", "نامه")]).await.ok();
        assert_eq!(
            page.all(".facets a"),
            ["در حال بررسی", "تأیید شده", "شکایات", "امور مالی", "شکایت"],
            "all of them came in one year, which would narrow nothing"
        );
        assert!(!page.has(".facets a[aria-current]") && !page.has(".facets[open]"));
        for (word, off, subject) in [
            ("تأیید شده", "همه وضعیت‌ها", "نامه یکم"),
            ("شکایت", "همه نوع‌ها", "نامه دوم"),
            ("امور مالی", "همه واحدها", "نامه سوم"),
        ] {
            let narrowed = reviewer.get(&link(&page, word)).await.ok();
            assert_eq!(narrowed.all(".found .sub"), [subject], "{word}");
            assert_eq!(narrowed.all(".facets[open] a[aria-current=true]"), [word]);
            assert_eq!(narrowed.value("q"), "نامه", "what was typed stays");
            let widened = reviewer.get(&link(&narrowed, off)).await.ok();
            assert_eq!(widened.all(".found .sub").len(), 3, "{off}");
        }
        let complaints = reviewer.get(&link(&page, "شکایات")).await.ok();
        let both = reviewer.get(&link(&complaints, "در حال بررسی")).await.ok();
        assert_eq!(both.all(".found .sub"), ["نامه دوم"]);
        assert_eq!(both.all(".facets a[aria-current=true]"), ["در حال بررسی", "شکایات"]);
    })
    .await;
}

#[tokio::test]
async fn a_year_is_offered_where_letters_came_in_several() {
    on_both(async |app| {
        let old = Letter { subject: "نامه کهن", ..Letter::default() };
        app.sender("09121234567").signs_in().await.sends(&old).await;
        app.wait(200 * 24 * 3600).await;
        let new = Letter { subject: "نامه نو", ..Letter::default() };
        app.sender("09351112233").signs_in().await.sends(&new).await;
        let reviewer = app.reviewer().await;
        let page = reviewer.ask("/desk/search", &[("q", "نامه")]).await.ok();
        assert_eq!(page.all(".facets a"), ["۱۴۱۰", "۱۴۰۹"]);
        let narrowed = reviewer.get(&link(&page, "۱۴۰۹")).await.ok();
        assert_eq!(narrowed.all(".found .sub"), ["نامه کهن"]);
        assert_eq!(narrowed.all(".facets a[aria-current=true]"), ["۱۴۰۹"]);
        let widened = reviewer.get(&link(&narrowed, "همه سال‌ها")).await.ok();
        assert_eq!(widened.all(".found .sub"), ["نامه نو", "نامه کهن"]);
        // A whole year would widen what was asked.
        let months = [("q", "نامه"), ("from", "1409/8")];
        let page = reviewer.ask("/desk/search", &months).await.ok();
        assert_eq!(page.all(".found .sub").len(), 2);
        assert!(!page.has(".facets"));
    })
    .await;
}

#[tokio::test]
async fn what_was_found_goes_along_as_a_table_in_which_nothing_is_a_formula() {
    on_both(async |app| {
        app.waiting_letters("امور مالی", 45).await;
        let attack = Letter { subject: "=cmd|' /C calc'!A0", name: "@SUM(1+1)", ..Letter::default() };
        let letter = app.sender("09121234567").signs_in().await.sends(&attack).await;
        let reviewer = app.reviewer().await;
        let page = reviewer.ask("/desk/search", &[("q", "نامه")]).await.ok();
        let table = reviewer.get(&page.attribute(".ph a[href*='.csv']", "href")).await.ok();
        assert_eq!(table.header("content-type"), Some("text/csv; charset=utf-8"));
        assert_eq!(table.header("cache-control"), Some("private, no-store"));
        let text = table.text();
        assert!(text.starts_with('\u{feff}'));
        assert_eq!(text.lines().count(), 46, "all pages of it, and what it is");
        let first = text.lines().nth(1).expect("a row");
        assert_eq!(first, "\"نامه 44\",\"مریم احمدی\",\"امور مالی\",\"1409/08/19\",\"\",\"در حال بررسی\",\"موضوع\"");
        let found = async |fields: &[(&str, &str)]| reviewer.ask("/desk/search.csv", fields).await.ok();
        let one = found(&[("q", "4567")]).await;
        one.says("\"'=cmd|' /C calc'!A0\",\"'@SUM(1+1)\",\"شکایات\",\"1409/08/19\",\"\",\"در حال بررسی\",\"موبایل\"");
        one.hides("4567");
        reviewer.registers(&letter).await;
        assert_eq!(found(&[("state", "registered"), ("after", "1")]).await.text().lines().count(), 2);
        // What the index still says is not taken along when it is out of sight.
        app.execute("update letters set classification = 1").await;
        assert_eq!(found(&[("q", "نامه")]).await.text().lines().count(), 1);
        // Nothing was asked, or it can't be read: the page says so.
        assert!(reviewer.get("/desk/search.csv").await.location().starts_with("/desk/search?"));
        let bad = reviewer.ask("/desk/search.csv", &[("q", "نامه"), ("from", "99")]).await;
        bad.follow().await.ok().says("این تاریخ در تقویم نیست");
    })
    .await;
}

#[tokio::test]
async fn a_table_of_findings_is_for_who_may_take_lists_along_and_has_what_they_see() {
    on_both(async |app| {
        let letter = app.sender("09121234567").signs_in().await.sends(&Letter::default()).await;
        let (officer, elsewhere) = (app.officer("شکایات").await, app.officer("امور مالی").await);
        let count = async || officer.get("/desk/search.csv?q=4567").await.ok().text().lines().count();
        assert_eq!(count().await, 1, "it waits for review");
        app.reviewer().await.registers(&letter).await;
        assert_eq!(count().await, 2);
        assert!(officer.get("/desk/search?q=4567").await.ok().has(".ph a[href*='.csv']"));
        assert_eq!(elsewhere.get("/desk/search.csv?q=4567").await.ok().text().lines().count(), 1);
        // Administrators find what is closed, and take no lists along.
        let administrator = app.staff(Role::Administrator).await;
        officer.takes(&letter).await;
        officer.answers(&letter, "پاسخ", &[]).await;
        app.time_comes(100).await;
        let page = administrator.get("/desk/search?q=4567").await.ok();
        assert!(page.has(".found .sub") && !page.has(".ph a[href*='.csv']"));
        administrator.get("/desk/search.csv?q=4567").await.is(404);
    })
    .await;
}
