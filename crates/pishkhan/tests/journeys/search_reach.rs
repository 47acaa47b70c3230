//! How far back a page of the search looks: words that many letters have, and none has together, take as long in any archive, and what
//! lies further back is a link away.

use pishkhan_office::persian::calendar::start_of_tehran_day;
use pishkhan_office::search;
use pishkhan_store::query;
use pishkhan_testkit::{Answer, Letter, Staff, TestApp, on_both};

const DAY: i64 = 86_400_000;

/// Letters of ten years of an organisation in the index, each with one of two words by turns, and one of ours that is a letter: under this
/// subject, so long ago.
async fn archive(app: &TestApp, organisation: &'static str, subject: &'static str, days_ago: i64) {
    let letter = app.waiting_letters("شکایات", 1).await.pop_front().expect("one");
    app.execute("delete from search_places").await;
    app.execute("delete from search_tokens").await;
    let now = app.now().0;
    let mut tx = app.begin().await;
    let letters = if tx.is_postgres() {
        "insert into search_tokens (organisation_id, place, tokens)
         select cast($3 as text), at, array_to_tsvector(array['_a0' || cast($3 as text), '_a1' || cast($3 as text), '_a2' || cast($3 as text),
                    case when n % 2 = 0 then 'انار' else 'سیب' end,
                    '_0' || (at / 86400000), '_1' || (at / 691200000), '_2' || (at / 5529600000), '_3' || (at / 44236800000)])
         from (select n, cast($1 as bigint) - n * cast($2 as bigint) as at from generate_series(1, 24000) n) of_all"
    } else {
        "with recursive of_all (n) as (select 1 union all select n + 1 from of_all where n < 24000)
         insert into search_tokens (rowid, tokens)
         select -at, '_a0' || $3 || ' _a1' || $3 || ' _a2' || $3 || ' ' || case when n % 2 = 0 then 'انار' else 'سیب' end
                || ' _0' || (at / 86400000) || ' _1' || (at / 691200000) || ' _2' || (at / 5529600000) || ' _3' || (at / 44236800000)
         from (select n, $1 - n * $2 as at from of_all)"
    };
    let step = 3650 * DAY / 24_000;
    query(letters).bind(now).bind(step).bind(organisation).execute(tx.connection()).await.expect("the statement holds");
    let moved = "update letters set subject = $2, submitted_at = $3 where id = $1";
    let at = now - days_ago * DAY;
    query(moved).bind(letter.as_str()).bind(subject).bind(at).execute(tx.connection()).await.expect("it is moved");
    search::index(&mut tx, &letter).await.expect("the index takes it");
    let places = "with recursive of_all (n) as (select 0 union all select n + 1 from of_all where n < 24000)
         insert into search_places (organisation_id, letter_id, place, edition, letter_version)
         select cast($3 as text), 'letter ' || n, $1 - n * cast($2 as bigint), 0, 0 from of_all";
    query(places).bind(now).bind(step).bind(organisation).execute(tx.connection()).await.expect("the statement holds");
    tx.commit().await.expect("it is kept");
}

async fn first_page(reviewer: &Staff, typed: &str) -> Answer {
    reviewer.ask("/desk/search", &[("q", typed)]).await.ok()
}

#[tokio::test]
async fn words_that_hardly_meet_are_looked_for_in_all_letters_by_a_link() {
    on_both(async |app| {
        archive(&app, "nemune", "سیب و انار", 3600).await;
        let reviewer = app.reviewer().await;
        let page = first_page(&reviewer, "سیب انار").await;
        assert!(!page.has(".found"), "it looked through all");
        assert_eq!(page.one("#nothing-title"), "هنوز نامه‌ای پیدا نشد");
        assert!(page.one(".empty").contains("هنوز جست‌وجو نشده‌اند"));
        let page = reviewer.get(&page.attribute(".empty a.btn", "href")).await.ok();
        assert_eq!(page.all(".found .sub"), ["سیب و انار"]);
        page.hides("هنوز جست‌وجو نشده‌اند");
        // The table that is taken along has all of it.
        let table = reviewer.ask("/desk/search.csv", &[("q", "سیب انار"), ("by", "words")]).await.ok().text();
        assert!(table.contains("سیب و انار"), "{table}");
    })
    .await;
}

#[tokio::test]
async fn what_is_rare_is_found_at_once_however_old_it_is() {
    on_both(async |app| {
        archive(&app, "nemune", "سیب و انار و نارنگی", 3600).await;
        let reviewer = app.reviewer().await;
        for typed in ["نارنگی", "سیب نارنگی", "انار سیب نارنگی"] {
            let page = first_page(&reviewer, typed).await;
            assert_eq!(page.all(".found .sub"), ["سیب و انار و نارنگی"], "{typed}");
            page.hides("هنوز جست‌وجو نشده‌اند");
        }
        // Nothing has both, and the days that are asked for have few letters: there is no more to look through.
        let page = reviewer.ask("/desk/search", &[("q", "سیب انار"), ("from", "1409/07")]).await.ok();
        assert_eq!(page.one("#nothing-title"), "نامه‌ای پیدا نشد");
    })
    .await;
}

#[tokio::test]
async fn who_has_few_letters_looks_through_all_beside_whoever_has_many() {
    on_both(async |app| {
        archive(&app, "shahrdari", "سیب و انار", 3600).await;
        app.sender("09121234567").signs_in().await.sends(&Letter::default()).await;
        let page = first_page(&app.reviewer().await, "سیب انار").await;
        assert_eq!(page.all(".found .sub"), ["سیب و انار"]);
    })
    .await;
}

#[tokio::test]
async fn a_page_that_begins_at_a_day_long_ago_looks_as_far_as_any_first_page() {
    on_both(async |app| {
        archive(&app, "nemune", "سیب و انار", 3600).await;
        let reviewer = app.reviewer().await;
        let page = reviewer.ask("/desk/search", &[("q", "سیب انار"), ("to", "1405")]).await.ok();
        assert_eq!(page.one("#nothing-title"), "هنوز نامه‌ای پیدا نشد", "it looked through all");
        let page = reviewer.get(&page.attribute(".empty a.btn", "href")).await.ok();
        assert_eq!(page.all(".found .sub"), ["سیب و انار"]);
        // Nor does a page within go on through all.
        let within = (app.now().0 - 400 * DAY).to_string();
        let page = reviewer.ask("/desk/search", &[("q", "سیب انار"), ("by", "words"), ("after", &within)]).await.ok();
        assert_eq!(page.one("#nothing-title"), "هنوز نامه قدیمی‌تری پیدا نشد");
    })
    .await;
}

#[tokio::test]
async fn where_nothing_older_is_found_the_way_back_is_there() {
    on_both(async |app| {
        archive(&app, "nemune", "سیب و انار", 10).await;
        let reviewer = app.reviewer().await;
        let page = first_page(&reviewer, "سیب انار").await;
        assert_eq!(page.all(".found .sub"), ["سیب و انار"]);
        page.says("هنوز جست‌وجو نشده‌اند");
        let older = page.attribute(".note a[href*='far=yes']", "href");
        // From the beginning of a day on, which the page names.
        let place = older.rsplit("after=").next().and_then(|rest| rest.split('&').next()).expect("a place");
        let place: i64 = place.parse().expect("a moment");
        assert_eq!(start_of_tehran_day(place), place);
        let page = reviewer.get(&older).await.ok();
        assert_eq!(page.one("#nothing-title"), "نامه قدیمی‌تری پیدا نشد");
        let page = reviewer.get(&page.attribute(".empty a.alt", "href")).await.ok();
        assert_eq!(page.all(".found .sub"), ["سیب و انار"]);
    })
    .await;
}

#[tokio::test]
async fn what_few_letters_have_is_looked_for_from_the_first_hour_of_the_archive_on() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let old = sender.sends(&Letter::default()).await;
        let new = sender.sends(&Letter { subject: "بررسی قبض تازه", ..Letter::default() }).await;
        // By then the span of that day has begun, and no day of Tehran since.
        let noon = (app.now().0 / DAY - 2) * DAY + DAY / 2;
        for statement in ["delete from search_places", "delete from search_tokens"] {
            app.execute(statement).await;
        }
        let mut tx = app.begin().await;
        let moved = "update letters set submitted_at = $2 where id = $1";
        query(moved).bind(old.as_str()).bind(noon).execute(tx.connection()).await.expect("it is moved");
        for letter in [&old, &new] {
            search::index(&mut tx, letter).await.expect("the index takes it");
        }
        tx.commit().await.expect("it is kept");
        let newest = app.numbers("select place from search_places order by place desc").await[0].to_string();
        let asked = [("q", "بررسی قبض"), ("by", "words"), ("after", newest.as_str())];
        let page = app.reviewer().await.ask("/desk/search", &asked).await.ok();
        assert_eq!(page.all(".found .sub"), ["درخواست بررسی قبض آب"]);
        page.hides("هنوز جست‌وجو نشده‌اند");
    })
    .await;
}
