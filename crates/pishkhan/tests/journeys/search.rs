//! The search: whatever people remember of a letter finds it, in any spelling, for whoever may see it and for nobody else.

use pishkhan_office::actor::Role;
use pishkhan_office::ids::LetterId;
use pishkhan_office::kinds;
use pishkhan_testkit::{Answer, Browser, Letter, TestApp, on_both};

/// Asks the search, with fields and values that the address carries.
async fn ask(browser: &Browser, fields: &[(&str, &str)]) -> Answer {
    browser.ask("/desk/search", fields).await.ok()
}

/// The subjects of the letters that this text finds, newest first.
async fn find(browser: &Browser, text: &str) -> Vec<String> {
    ask(browser, &[("q", text)]).await.all(".found .sub")
}

/// Letters of one sender: subject and text, oldest first, a minute apart.
async fn letters(app: &TestApp, texts: &[(&'static str, &'static str)]) -> Vec<LetterId> {
    let sender = app.sender("09121234567").signs_in().await;
    let mut sent = Vec::new();
    for (subject, body) in texts {
        app.wait(60).await;
        sent.push(sender.sends(&Letter { subject, body, name: "علی‌رضا کاظمی", ..Letter::default() }).await);
    }
    sent
}

#[tokio::test]
async fn words_are_found_in_every_spelling_newest_first() {
    on_both(async |app| {
        letters(&app, &[("آب قطع می‌شود", "الف"), ("آب قطع ميشود", "ب"), ("آب قطع می شود", "پ"), ("برق", "ت")]).await;
        let reviewer = app.reviewer().await;
        let all = ["آب قطع می شود", "آب قطع میشود", "آب قطع می‌شود"];
        for query in ["می‌شود", "میشود", "می شود", "مي شود", "آب می‌شود", "قطع میشود"]
        {
            assert_eq!(find(&reviewer, query).await, all, "{query}");
        }
        assert_eq!(find(&reviewer, "برق می‌شود").await, Vec::<String>::new());
        for name in ["علیرضا کاظمی", "علی رضا", "عليرضا", "کاظم"] {
            assert_eq!(find(&reviewer, name).await.len(), 4, "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn each_row_says_where_it_was_found() {
    on_both(async |app| {
        letters(&app, &[("درخواست پروانه", "برای ساختمان خیابان بهار پروانه می‌خواهم.")]).await;
        let reviewer = app.reviewer().await;
        let page = ask(&reviewer, &[("q", "ساختمان پروانه‌")]).await;
        assert_eq!(page.all(".found mark"), ["پروانه", "ساختمان", "پروانه"]);
        assert_eq!(page.one(".why-found"), "در موضوع و متن");
        let page = ask(&reviewer, &[("q", "4567")]).await;
        assert_eq!(page.one(".why-found"), "در موبایل");
        page.hides("09121234567");
        page.hides("9121234567");
    })
    .await;
}

#[tokio::test]
async fn numbers_and_codes_are_found_as_people_say_them() {
    on_both(async |app| {
        let sent = letters(&app, &[("نامه یکم", "متن یکم"), ("نامه دوم", "شماره ۱۴۰۹ و ۰۰۰۱ در متن است")]).await;
        let reviewer = app.reviewer().await;
        reviewer.registers(&sent[0]).await;
        let number = app.texts("select number_printed from letters where number_printed is not null").await.remove(0);
        assert_eq!(number, "1409/ش/0001");
        for query in ["1409/ش/0001", "۱۴۰۹/ش/۱", "١٤٠٩ ش ١", "ش/1", "1409/1", "1"] {
            assert_eq!(find(&reviewer, query).await, ["نامه یکم"], "{query}");
        }
        let tracking = app.texts("select tracking_code from letters where tracking_code is not null").await.remove(0);
        let grouped = format!("{}-{} {}", &tracking[..4], &tracking[4..8], &tracking[8..]);
        for query in [&tracking, &grouped, &pishkhan_office::persian::digits::to_persian(&grouped)] {
            let page = ask(&reviewer, &[("q", query)]).await;
            assert_eq!(page.all(".found .sub"), ["نامه یکم"], "{query}");
            assert_eq!(page.one(".why-found"), "در شماره پیگیری");
        }
        let receipts = app.texts("select receipt_code from letters order by submitted_at").await;
        let receipt = pishkhan_office::persian::ReceiptCode::parse(&receipts[1]).expect("a receipt");
        for query in
            [receipt.full(), receipt.grouped().to_uppercase(), receipt.short(), receipt.short().replace('-', "")]
        {
            assert_eq!(find(&reviewer, &query).await, ["نامه دوم"], "{query}");
        }
        for query in ["09121234567", "+98 912 123 4567", "۰۹۱۲۱۲۳۴۵۶۷", "9121234567", "۴۵۶۷", "4567"] {
            assert_eq!(find(&reviewer, query).await.len(), 2, "{query}");
        }
        // Digits that are hidden are not guessed one by one.
        for query in ["34567", "123 4567", "121234567", "34567 نامه", "567"] {
            assert_eq!(find(&reviewer, query).await, Vec::<String>::new(), "{query}");
        }
        // A code that is there is taken as one; the same as words is one step away.
        let page = ask(&reviewer, &[("q", "1409/1")]).await;
        let words = page.attribute(".note a", "href");
        assert_eq!(reviewer.get(&words).await.ok().all(".found .sub"), Vec::<String>::new());
        let page = ask(&reviewer, &[("q", "1409 0001")]).await;
        let words = page.attribute(".note a", "href");
        assert_eq!(reviewer.get(&words).await.ok().all(".found .sub"), ["نامه دوم", "نامه یکم"]);
        // One digit is wrong.
        let wrong = format!("{}{}", &tracking[..11], (tracking.as_bytes()[11] - b'0' + 1) % 10);
        ask(&reviewer, &[("q", &wrong)]).await.says("یک رقم نادرست دارد");
    })
    .await;
}

#[tokio::test]
async fn a_number_is_found_in_any_order_with_any_signs_and_zeros_by_who_may_see_it() {
    on_both(async |app| {
        let sent = letters(&app, &[("نامه یکم", "متن"), ("نامه دوم", "متن")]).await;
        let sender = app.sender("09351112233").signs_in().await;
        app.wait(60).await;
        let elsewhere = sender.sends(&Letter { subject: "نامه مالی", unit: "امور مالی", ..Letter::default() }).await;
        let reviewer = app.reviewer().await;
        for letter in sent.iter().chain([&elsewhere]) {
            reviewer.registers(letter).await;
        }
        let numbers = app.texts("select number_printed from letters order by number_printed").await;
        assert_eq!(numbers, ["1409/ش/0001", "1409/ش/0002", "1409/م/0003"]);
        let officer = app.officer("شکایات").await;
        for query in ["1409/ش/0002", "ش/0002/1409", "2-1409-ش", "۱۴۰۹.ش.۰۰۰۰۲", "١٤٠٩ش٢", "ش2", "2/1409", "٢"]
        {
            assert_eq!(find(&reviewer, query).await, ["نامه دوم"], "{query}");
            assert_eq!(find(&officer, query).await, ["نامه دوم"], "{query}");
        }
        for query in ["1409/ش", "ش 1409"] {
            assert_eq!(find(&reviewer, query).await, ["نامه دوم", "نامه یکم"], "{query}");
        }
        assert_eq!(find(&reviewer, "1409").await, ["نامه مالی", "نامه دوم", "نامه یکم"]);
        assert_eq!(find(&officer, "1409").await, ["نامه دوم", "نامه یکم"]);
        // Parts of two numbers are no number.
        for query in ["1409/ش/0004", "1408/ش/0002", "1409/م/0002", "1409/ش/0002/1", "1/2"] {
            assert_eq!(find(&reviewer, query).await, Vec::<String>::new(), "{query}");
        }
        // Of another unit's letter nothing is told, not even that its number is taken.
        assert_eq!(find(&reviewer, "م/3").await, ["نامه مالی"]);
        let theirs = app.officer("امور مالی").await;
        assert_eq!(find(&theirs, "3/م/1409").await, ["نامه مالی"]);
        let (taken, free) =
            (ask(&officer, &[("q", "1409/م/0003")]).await, ask(&officer, &[("q", "1409/م/0004")]).await);
        taken.hides("نامه مالی");
        assert_eq!((taken.all(".found .sub"), free.all(".found .sub")), (Vec::new(), Vec::new()));
        assert_eq!(taken.all(".chips a").len(), free.all(".chips a").len());
    })
    .await;
}

#[tokio::test]
async fn a_number_of_which_a_text_speaks_is_found_as_one() {
    on_both(async |app| {
        let texts = [
            ("نامه یکم", "پیرو نامه شماره ۱۴۰۳/د/۰۱۲۳، پاسخی نیامد."),
            ("نامه دوم", "پیرو نامه ۱۲۳ / د / ۱۴۰۳ آن اداره"),
            ("نامه سوم", "در سال ۱۴۰۳ در ردیف د، پلاک ۱۲۳"),
        ];
        letters(&app, &texts).await;
        let reviewer = app.reviewer().await;
        for query in ["1403/د/123", "۱۲۳/د/۱۴۰۳", "1403-د-0123", "1403 / د / 123"] {
            let page = ask(&reviewer, &[("q", query)]).await;
            assert_eq!(page.all(".found .sub"), ["نامه دوم", "نامه یکم"], "{query}");
            assert_eq!(page.all(".why-found"), ["در متن", "در متن"], "{query}");
        }
        assert_eq!(find(&reviewer, "1403 د 123").await, ["نامه سوم", "نامه دوم"]);
        assert_eq!(find(&reviewer, "1403/123").await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn the_form_narrows_and_keeps_what_was_typed() {
    on_both(async |app| {
        let sent = letters(&app, &[("نامه یکم", "متن"), ("نامه دوم", "متن")]).await;
        let reviewer = app.reviewer().await;
        reviewer.registers(&sent[0]).await;
        let company = app.sender("09351112233").signs_in().await;
        let form = company.fills_in(&Letter { subject: "نامه سوم", unit: "امور مالی", ..Letter::with_file() }).await;
        let check = form.fill("sender_kind", "company").press("next", "check").send().await.follow().await.ok();
        company.submits(&check).await;
        let unit = app.unit("امور مالی").id.to_string();
        for (fields, found) in [
            (vec![("state", "registered")], vec!["نامه یکم"]),
            (vec![("state", "submitted")], vec!["نامه سوم", "نامه دوم"]),
            (vec![("unit", unit.as_str())], vec!["نامه سوم"]),
            (vec![("sender", "company")], vec!["نامه سوم"]),
            (vec![("sender", "person"), ("q", "نامه")], vec!["نامه دوم", "نامه یکم"]),
            (vec![("file", "1")], vec!["نامه سوم"]),
            (vec![("from", "1409/۸/١٩"), ("to", "۱۴۰۹۰۸۱۹")], vec!["نامه سوم", "نامه دوم", "نامه یکم"]),
            (vec![("from", "1409/8")], vec!["نامه سوم", "نامه دوم", "نامه یکم"]),
            (vec![("to", "1409-8-18")], vec![]),
            (vec![("from", "1410")], vec![]),
            (vec![("state", "nonsense"), ("unit", "x"), ("q", "دوم")], vec!["نامه دوم"]),
        ] {
            let page = ask(&reviewer, &fields).await;
            assert_eq!(page.all(".found .sub"), found, "{fields:?}");
        }
        let page = ask(&reviewer, &[("q", "نامه"), ("state", "closed"), ("from", "۱۴۰۹")]).await;
        page.says("نامه‌ای پیدا نشد");
        assert_eq!((page.value("q"), page.value("from")), ("نامه".to_owned(), "۱۴۰۹".to_owned()));
        let without = page.attribute(".empty a.btn", "href");
        assert_eq!(reviewer.get(&without).await.ok().all(".found .sub").len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_date_that_is_none_is_said_and_nothing_typed_is_lost() {
    on_both(async |app| {
        letters(&app, &[("نامه", "متن")]).await;
        let reviewer = app.reviewer().await;
        for (field, typed) in [("from", "1404/12/30"), ("to", "۹۹"), ("from", "/5")] {
            let page = ask(&reviewer, &[("q", "نامه"), (field, typed)]).await;
            page.says("این تاریخ در تقویم نیست");
            assert!(!page.has(".found"));
            assert_eq!((page.value("q").as_str(), page.value(field).as_str()), ("نامه", typed));
        }
        ask(&reviewer, &[("from", "1410"), ("to", "1409")]).await.says("پیش از «از تاریخ» است");
        let lines = ask(&reviewer, &[("from", "98"), ("to", "99")]).await.all(".errs li");
        assert!(lines[0].starts_with("از تاریخ: ") && lines[1].starts_with("تا تاریخ: "), "{lines:?}");
    })
    .await;
}

#[tokio::test]
async fn older_findings_follow_page_by_page() {
    on_both(async |app| {
        // Submitted within one moment.
        app.waiting_letters("شکایات", 45).await;
        let reviewer = app.reviewer().await;
        let mut page = ask(&reviewer, &[("q", "نامه")]).await;
        let mut seen = page.all(".found .sub");
        assert_eq!(seen.len(), 20);
        while let Some(next) = page.attributes(".pager a[rel=next]", "href").into_iter().next() {
            page = reviewer.get(&next).await.ok();
            seen.extend(page.all(".found .sub"));
        }
        assert_eq!(seen.len(), 45);
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 45);
        let newest = page.attribute(".pager a", "href");
        assert_eq!(reviewer.get(&newest).await.ok().all(".found .sub").len(), 20);
    })
    .await;
}

#[tokio::test]
async fn fewer_words_are_offered_where_they_find_something() {
    on_both(async |app| {
        letters(&app, &[("درخواست پروانه", "برای ساختمان")]).await;
        let reviewer = app.reviewer().await;
        let page = ask(&reviewer, &[("q", "درخواست پروانه زرافه")]).await;
        assert_eq!(page.all(".chips a"), ["درخواست پروانه"]);
        let shorter = page.attribute(".chips a", "href");
        assert_eq!(reviewer.get(&shorter).await.ok().all(".found .sub"), ["درخواست پروانه"]);
        ask(&reviewer, &[("q", "؟! ـــ 👍")]).await.says("حرف یا رقمی نیست");
        let long = "درخواست پروانه ".repeat(10);
        ask(&reviewer, &[("q", &long)]).await.says("فقط ۱۲ کلمه اول");
        let fresh = reviewer.get("/desk/search").await.ok();
        fresh.says("چه چیزی را می‌توانید بنویسید؟");
        assert!(!fresh.has(".found") && !fresh.has(".empty"));
    })
    .await;
}

#[tokio::test]
async fn nothing_that_is_typed_is_taken_for_an_order_to_the_database() {
    on_both(async |app| {
        letters(&app, &[("نامه یکم", "صد درصد 100% و خط_زیر")]).await;
        let reviewer = app.reviewer().await;
        for hostile in [
            "\"",
            "'",
            "''''",
            "\\",
            "*",
            "یکم*",
            "یکم OR نامه",
            "نامه NOT یکم",
            "NEAR(نامه یکم)",
            "tokens: نامه",
            "^نامه",
            "_anemune",
            "_v",
            "#101",
            "@4567",
            "-نامه",
            "(نامه",
            "نامه)",
            "{نامه}",
            "نامه & یکم",
            "نامه | یکم",
            "!نامه",
            "نامه <-> یکم",
            "نامه:*",
            "a\0b",
            "\0",
            "%",
            "_",
            "100%",
            "خط_زیر",
            "نامه; drop table letters",
            "$1",
            "{}",
            "\u{202E}نامه",
            "\u{FEFF}",
            "ﷺ ﷺ ﷺ ﷺ ﷺ",
            "½",
            "𝐀",
            "हिन्दी",
            "e\u{301}\u{301}\u{301}\u{301}",
        ] {
            let page = ask(&reviewer, &[("q", hostile)]).await;
            assert!(page.has(".found") || page.has(".empty"), "{hostile:?}");
        }
        for (query, count) in [("100%", 1), ("خط_زیر", 1), ("_anemune", 0), ("%", 0), ("یکم*", 1), ("نامه NOT یکم", 0)]
        {
            assert_eq!(find(&reviewer, query).await.len(), count, "{query:?}");
        }
        for long in ["ا".repeat(5000), "ا ".repeat(3000), "۱".repeat(3000), "\"".repeat(3000), "ﷺ".repeat(2000)] {
            ask(&reviewer, &[("q", &long)]).await;
        }
        reviewer.get("/desk/search?q=%FF%FE&after=x&by=x&from=999999999999").await.ok();
        reviewer.get("/desk/search?q=a&q=b").await.ok();
        ask(&reviewer, &[("q", "نامه"), ("after", "-9223372036854775808")]).await;
        ask(&reviewer, &[("q", "نامه"), ("after", "9223372036854775807")]).await;
    })
    .await;
}

#[tokio::test]
async fn everybody_finds_what_they_may_see_and_nothing_else() {
    on_both(async |app| {
        let sent = letters(&app, &[("موضوع محرمانه", "متن محرمانه"), ("نامه آشکار", "متن")]).await;
        let reviewer = app.reviewer().await;
        reviewer.registers(&sent[1]).await;
        // A draft is found by nobody.
        app.sender("09121234567")
            .signs_in()
            .await
            .writes(&Letter { subject: "پیش‌نویس محرمانه", ..Letter::default() })
            .await;
        assert_eq!(find(&reviewer, "محرمانه").await, ["موضوع محرمانه"]);
        assert_eq!(find(&app.staff(Role::Auditor).await.browser, "محرمانه").await, ["موضوع محرمانه"]);
        let officer = app.officer("شکایات").await;
        assert_eq!(find(&officer, "محرمانه").await, Vec::<String>::new());
        assert_eq!(find(&officer, "متن").await, ["نامه آشکار"]);
        assert_eq!(find(&app.officer("امور مالی").await.browser, "متن").await, Vec::<String>::new());
        let administrator = app.staff(Role::Administrator).await;
        ask(&administrator, &[("q", "متن")]).await.hides("آشکار");
        let there = app.elsewhere();
        assert_eq!(find(&there.reviewer().await.browser, "متن").await, Vec::<String>::new());
        assert_eq!(app.browser().get("/desk/search?q=1").await.location(), "/desk/sign-in");
        // The end of a post is the end of its sight, at once.
        app.execute("update posts set ended_at = 1 where role = 'officer'").await;
        ask(&officer, &[("q", "متن")]).await.hides("آشکار");
    })
    .await;
}

#[tokio::test]
async fn what_the_index_still_says_is_not_shown_when_it_is_out_of_sight() {
    on_both(async |app| {
        let sent = letters(&app, &[("نامه آشکار", "متن")]).await;
        app.reviewer().await.registers(&sent[0]).await;
        let officer = app.officer("شکایات").await;
        assert_eq!(find(&officer, "متن").await, ["نامه آشکار"]);
        app.execute("update letters set registered_at = null, state = 'submitted'").await;
        ask(&officer, &[("q", "متن")]).await.hides("آشکار");
    })
    .await;
}

#[tokio::test]
async fn letters_are_found_by_their_kind() {
    on_both(async |app| {
        let reviewer = app.reviewer().await;
        assert!(!ask(&reviewer, &[]).await.has("#kind"), "without kinds nobody is asked for one");
        let mut tx = app.begin().await;
        let complaint = kinds::add(&mut tx, "شکایت", "").await.expect("a kind");
        let request = kinds::add(&mut tx, "درخواست", "").await.expect("a kind");
        tx.commit().await.expect("the kinds are kept");
        let sender = app.sender("09121234567").signs_in().await;
        for (subject, kind) in [("نامه یکم", Some(&complaint)), ("نامه دوم", Some(&request)), ("نامه سوم", None)]
        {
            app.wait(60).await;
            let form = sender.fills_in(&Letter { subject, ..Letter::default() }).await;
            let form = kind.map_or(form.clone(), |kind| form.fill("letter_kind", kind.id.as_str()));
            let check = form.press("next", "check").send().await.follow().await.ok();
            sender.submits(&check).await;
        }
        let (complaint, request) = (complaint.id, request.id);
        for (fields, found) in [
            (vec![("kind", complaint.as_str())], vec!["نامه یکم"]),
            (vec![("kind", request.as_str()), ("q", "نامه")], vec!["نامه دوم"]),
            (vec![("kind", request.as_str()), ("q", "یکم")], vec![]),
            (vec![("kind", "nonsense"), ("q", "نامه")], vec!["نامه سوم", "نامه دوم", "نامه یکم"]),
            (vec![("kind", reviewer.account.id.as_str()), ("q", "یکم")], vec!["نامه یکم"]),
        ] {
            assert_eq!(ask(&reviewer, &fields).await.all(".found .sub"), found, "{fields:?}");
        }
        let page = ask(&reviewer, &[("kind", request.as_str()), ("q", "یکم")]).await;
        assert_eq!(page.attribute("#kind option[selected]", "value"), request.as_str());
        let mut tx = app.begin().await;
        kinds::archive(&mut tx, &request).await.expect("archived");
        tx.commit().await.expect("the list is kept");
        assert_eq!(ask(&reviewer, &[]).await.all("#kind option"), ["همه نوع‌ها", "شکایت"]);
        let page = ask(&reviewer, &[("kind", request.as_str())]).await;
        assert_eq!(page.all(".found .sub"), ["نامه دوم"], "its letters keep it");
    })
    .await;
}
