//! What staff say of a letter as they take it in: how pressing it is, what its sender's paper calls itself, and who may see it.

use pishkhan_office::accounts::staff;
use pishkhan_office::letters::Classification;
use pishkhan_testkit::{Letter, Staff, TestApp, on_both};

async fn clears(app: &TestApp, person: &Staff) {
    let mut tx = app.begin().await;
    let level = Classification::Confidential;
    staff::clear(&mut tx, &person.account.id, level).await.expect("a person can be cleared");
    tx.commit().await.expect("the clearance is kept");
}

/// The subjects of that part of the tray.
async fn subjects(staff: &Staff, address: &str) -> Vec<String> {
    staff.get(address).await.ok().all(".rows .sub")
}

/// What the rows of that address call pressing.
async fn pressing(staff: &Staff, address: &str) -> Vec<String> {
    staff.get(address).await.ok().all(".rows .mt b")
}

#[tokio::test]
async fn staff_say_how_pressing_a_letter_is_and_its_sender_does_not_read_it() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter { subject: "bridge", ..Letter::default() }).await;
        sender.sends(&Letter { subject: "tunnel", ..Letter::default() }).await;
        let reviewer = app.reviewer().await;
        let form = reviewer.dialog(&letter, "classification").await;
        assert_eq!(form.value("priority"), Some("normal"));
        let forged = form.clone().forge("priority", "now").send().await.is(400);
        forged.says("این درخواست را نفهمیدیم");
        forged.says("فرم ناقص یا دوباره رسید. به صفحه قبل برگردید و دوباره بفرستید؛ آنچه نوشته‌اید همان‌جاست.");
        form.fill("priority", "immediate").send().await.is(303);
        assert_eq!(reviewer.letter(&letter).await.one("article .ph b"), "آنی");
        assert_eq!(pressing(&reviewer, "/desk?show=review").await, ["آنی"]);
        assert_eq!(pressing(&reviewer, "/desk/search?q=bridge").await, ["آنی"]);
        assert_eq!(reviewer.get(&format!("/desk/letters/{letter}")).await.ok().all(".rows .mt b"), ["آنی"]);
        sender.letter(&letter).await.hides("آنی");
        sender.get("/letters").await.ok().hides("آنی");
        assert_eq!(app.numbers("select distinct review_due_at from letters").await.len(), 1, "no deadline moves");

        // The sieve, and a view that is kept of it.
        let sieved = "/desk?show=review&priority=immediate";
        assert_eq!(subjects(&reviewer, sieved).await, ["bridge"]);
        assert_eq!(subjects(&reviewer, "/desk?show=review&priority=normal").await, ["tunnel"]);
        assert_eq!(subjects(&reviewer, "/desk?show=review&priority=now").await.len(), 2, "no such priority");
        let tray = reviewer.get(sieved).await.ok();
        let kept = tray.form("/desk/views").fill("name", "آنی‌ها").send().await.is(303).follow().await.ok();
        assert_eq!(kept.all(".rows .sub"), ["bridge"]);
        assert!(kept.all(".views a").iter().any(|view| view.contains("آنی‌ها") && view.contains('۱')));

        // Letters that are registered together stay as they are.
        let versions = app.numbers("select version from letters where priority = 2").await;
        let query = format!("letter-{letter}={}", versions[0]);
        let preview = reviewer.get(&format!("/desk/selection?deed=register&{query}")).await.ok();
        preview.form("/desk/selection").send().await.is(303);
        let officer = app.officer("شکایات").await;
        assert_eq!(pressing(&officer, "/desk?show=unit").await, ["آنی"]);
        officer.dialog(&letter, "classification").await.fill("priority", "normal").send().await.is(303);
        assert_eq!(pressing(&officer, "/desk?show=unit").await, [""; 0]);
        officer.letter(&letter).await.says("طبقه‌بندی: عادی؛ فوریت: آنی");
        assert_eq!(app.count("select count(*) from events where kind = 'letter_classified'").await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_priority_moves_no_letter_among_what_is_over() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let reviewer = app.reviewer().await;
        let mut letters = Vec::new();
        for subject in ["bridge", "tunnel"] {
            letters.push(sender.sends(&Letter { subject, ..Letter::default() }).await);
            reviewer.rejects(&letters[letters.len() - 1], "").await;
        }
        assert_eq!(subjects(&reviewer, "/desk?show=done").await, ["tunnel", "bridge"]);
        let changed = app.numbers("select changed_at from letters order by id").await;
        let form = reviewer.dialog(&letters[0], "classification").await;
        app.wait(60).await;
        form.clone().fill("priority", "urgent").send().await.is(303);
        assert_eq!(subjects(&reviewer, "/desk?show=done").await, ["tunnel", "bridge"]);
        assert_eq!(app.numbers("select changed_at from letters order by id").await, changed);
        // Whoever saw it before learns of it all the same.
        form.fill("priority", "immediate").send().await.is(409);
        assert_eq!(app.numbers("select priority from letters where priority > 0").await, [1]);
    })
    .await;
}

#[tokio::test]
async fn what_the_senders_paper_calls_itself_is_kept_when_a_letter_is_accepted() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        let reviewer = app.reviewer().await;
        let action = format!("/desk/letters/{letter}/registration");
        let form = reviewer.dialog(&letter, "registration").await;
        let long = "۱".repeat(61);
        let wrong = form.clone().fill("own_number", &long).fill("own_date", "1409/13/01").fill("priority", "urgent");
        let refused = wrong.send().await.is(422);
        let faults = refused.all(".errs li");
        assert_eq!(faults.len(), 2, "all that is wrong is said at once");
        assert!(faults[0].contains("شماره نامه فرستنده حداکثر ۶۰ نویسه است"), "{faults:?}");
        assert!(faults[1].contains("این تاریخ خوانده نمی‌شود"), "{faults:?}");
        assert!(refused.has("details.more[open] #own_date[aria-invalid]"));
        let again = refused.form(&action);
        assert_eq!(again.value("own_number"), Some(long.as_str()));
        assert_eq!((again.value("own_date"), again.value("priority")), (Some("1409/13/01"), Some("urgent")));
        again.fill("own_number", "").fill("own_date", "1409/08/20").send().await.is(422).says("هنوز نرسیده است");
        assert_eq!(app.count("select count(*) from entries").await, 0, "no number is taken for it");

        let good = form.fill("own_number", "ص-۱۲").fill("own_date", "۱۴۰۹-۸-۱۹").fill("priority", "urgent");
        reviewer.decides(good).await;
        let page = reviewer.letter(&letter).await;
        page.says("ص-۱۲");
        page.says("تاریخ نامه فرستنده : ۱۴۰۹/۰۸/۱۹");
        assert_eq!(page.one("article .ph b"), "فوری");
        assert!(reviewer.get("/desk/register.csv").await.ok().text().contains("\"ص-۱۲\",\"1409/08/19\""));
        let told = "select count(*) from events where kind = 'letter_registered' and detail like '%urgent%1409/08/19%'";
        assert_eq!(app.count(told).await, 1);
        sender.letter(&letter).await.hides("ص-۱۲");

        // Nothing of it need be said.
        let plain = sender.sends(&Letter::default()).await;
        let dialog = reviewer.get(&format!("/desk/letters/{plain}/registration")).await.ok();
        assert!(!dialog.has("details.more[open] #own_date"));
        reviewer.registers(&plain).await;
        let unsaid = "select count(*) from letters where own_number = '' and own_date = '' and priority = 0";
        assert_eq!(app.count(unsaid).await, 1);
    })
    .await;
}

#[tokio::test]
async fn no_letter_is_accepted_out_of_the_reach_of_its_unit() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        let reviewer = app.reviewer().await;
        let form = reviewer.dialog(&letter, "registration").await.fill("classification", "confidential");
        form.clone().send().await.is(422).says("از اجازه خود شما بالاتر است");
        clears(&app, &reviewer).await;
        let refused = form.clone().send().await.is(422);
        refused.says("در واحد گیرنده کارشناسی نیست");
        assert_eq!(
            refused.form(&format!("/desk/letters/{letter}/registration")).value("classification"),
            Some("confidential")
        );
        let officer = app.officer("شکایات").await;
        clears(&app, &officer).await;
        reviewer.decides(form).await;
        officer.letter(&letter).await.says("محرمانه");
        app.officer("امور مالی").await.get(&format!("/desk/letters/{letter}")).await.is(404);
    })
    .await;
}
