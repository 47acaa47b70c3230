//! Beside a letter: who may see it, what looks like it, what it is related to, and the number that is shown on record.

use pishkhan_office::accounts::staff;
use pishkhan_office::actor::Role;
use pishkhan_office::letters::Classification;
use pishkhan_testkit::{Letter, Staff, TestApp, on_both};

async fn clears(app: &TestApp, person: &Staff, clearance: Classification) {
    let mut tx = app.begin().await;
    staff::clear(&mut tx, &person.account.id, clearance).await.expect("a person can be cleared");
    tx.commit().await.expect("the clearance is kept");
}

#[tokio::test]
async fn a_confidential_letter_exists_for_the_cleared_only() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::with_file()).await;
        let reviewer = app.reviewer().await;
        let form = reviewer.dialog(&letter, "classification").await.fill("classification", "confidential");
        form.clone().send().await.is(422).says("از اجازه خود شما بالاتر است");
        clears(&app, &reviewer, Classification::Confidential).await;
        form.send().await.is(303);
        let file = reviewer.letter(&letter).await.attribute("a.file", "href");
        let auditor = app.staff(Role::Auditor).await;
        for address in
            [format!("/desk/letters/{letter}"), file.clone(), format!("/desk/letters/{letter}/classification")]
        {
            auditor.get(&address).await.is(404);
        }
        assert!(!auditor.get("/desk?show=review").await.ok().has(".rows li"), "no list has it");
        reviewer.get(&file).await.ok();
        reviewer.registers(&letter).await;
        let officer = app.officer("شکایات").await;
        officer.get(&format!("/desk/letters/{letter}")).await.is(404);
        clears(&app, &officer, Classification::Confidential).await;
        officer.letter(&letter).await.says("محرمانه");
        sender.letter(&letter).await.hides("محرمانه");
    })
    .await;
}

#[tokio::test]
async fn the_whole_number_is_shown_on_record_only() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        let reviewer = app.reviewer().await;
        let page = reviewer.letter(&letter).await;
        page.hides("۰۹۱۲ ۱۲۳ ۴۵۶۷");
        page.form(&format!("/desk/letters/{letter}/mobile")).send().await.ok().says("۰۹۱۲ ۱۲۳ ۴۵۶۷");
        reviewer.letter(&letter).await.says("شماره کامل فرستنده دیده شد");
        assert_eq!(app.count("select count(*) from events where kind = 'mobile_shown'").await, 1);
        sender.letter(&letter).await.hides("شماره کامل");
    })
    .await;
}

#[tokio::test]
async fn letters_that_look_alike_are_seen_side_by_side_and_linked() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let first = sender.sends(&Letter::with_file()).await;
        let again = sender.sends(&Letter { subject: "چیز دیگر", ..Letter::with_file() }).await;
        let reviewer = app.reviewer().await;
        let page = reviewer.letter(&again).await;
        page.says("فایل یکسان");
        let comparison = page.attribute("a[href*='/comparison/']", "href");
        let seen = reviewer.get(&comparison).await.ok();
        seen.says("چیز دیگر");
        let relations = format!("/desk/letters/{again}/relations");
        seen.form(&relations).fill("kind", "duplicate").send().await.is(303);
        let page = reviewer.letter(&again).await;
        page.says("تکراری است");
        page.hides("نامه‌های شبیه");
        reviewer.letter(&first).await.says("تکراری است");
        let stranger = app.officer("شکایات").await;
        let token =
            stranger.get("/desk").await.ok().form("/desk/views").value("form_token").expect("a token").to_owned();
        seen.form(&relations).by(&stranger).forge("form_token", &token).send().await.is(404);
        page.form(&format!("{relations}/removal")).send().await.is(303);
        reviewer.letter(&first).await.hides("تکراری است");
        reviewer.get(&format!("/desk/letters/{again}/comparison/{again}x")).await.is(404);
    })
    .await;
}
