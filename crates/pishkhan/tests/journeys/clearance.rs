//! Clearance: no letter is sent to where nobody may see it.

use pishkhan_office::accounts::staff;
use pishkhan_office::letters::Classification;
use pishkhan_testkit::{Letter, Staff, TestApp, on_both};

async fn clears(app: &TestApp, person: &Staff) {
    let mut tx = app.begin().await;
    let level = Classification::Confidential;
    staff::clear(&mut tx, &person.account.id, level).await.expect("a person can be cleared");
    tx.commit().await.expect("the clearance is kept");
}

#[tokio::test]
async fn a_confidential_letter_is_referred_to_the_cleared_only() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        clears(&app, &officer).await;
        app.execute("update letters set classification = 1").await;
        let finance = app.officer("امور مالی").await;
        let unit = app.unit("امور مالی").id.to_string();
        let person = format!("{unit}.{}", finance.account.id);
        let form = officer.dialog(&letter, "referrals").await;
        assert!(!form.choices("to").contains(&person.as_str()), "who may not see it is not offered");
        form.clone().forge("to", &person).send().await.is(422).says("به نامه محرمانه دسترسی ندارد");
        let whole = form.fill("to", &unit);
        for purpose in ["action", "answer"] {
            let asked = whole.clone().fill("purpose", purpose).fill("text", "بررسی شود");
            asked
                .send()
                .await
                .is(422)
                .says("در این واحد کسی که بتواند به این نامه رسیدگی کند به نامه محرمانه دسترسی ندارد");
        }
        assert_eq!(app.count("select count(*) from referrals").await, 0);
        clears(&app, &finance).await;
        assert!(officer.dialog(&letter, "referrals").await.choices("to").contains(&person.as_str()));
        whole.send().await.is(303);
        finance.letter(&letter).await.says("محرمانه");
    })
    .await;
}

#[tokio::test]
async fn what_comes_back_to_somebody_without_clearance_is_their_units() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        officer.refers(&letter, "امور مالی", "action", "").await;
        let finance = app.officer("امور مالی").await;
        clears(&app, &finance).await;
        app.execute("update letters set classification = 1").await;
        finance.ending(&letter, "return").await.fill("text", "به ما مربوط نیست").send().await.is(303);
        assert_eq!(app.count("select count(*) from letters where officer_id is not null").await, 0);
    })
    .await;
}

#[tokio::test]
async fn nobody_classifies_a_letter_out_of_the_hand_that_has_it() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        let reviewer = app.reviewer().await;
        clears(&app, &reviewer).await;
        let form = reviewer.dialog(&letter, "classification").await.fill("classification", "confidential");
        let refused = form.clone().send().await.is(422);
        refused.says("به نامه محرمانه دسترسی ندارد؛ اول آن را به کس دیگری بسپارید");
        refused.says(&officer.account.name);
        officer.letter(&letter).await;
        clears(&app, &officer).await;
        form.send().await.is(303);
        officer.letter(&letter).await.says("محرمانه");
    })
    .await;
}

#[tokio::test]
async fn nobody_registers_a_letter_out_of_the_sight_of_who_was_given_its_review() {
    on_both(async |app| {
        let letter = app.sender("09121234567").signs_in().await.sends(&Letter::default()).await;
        let (reviewer, other) = (app.reviewer().await, app.more_reviewers(1).await.remove(0));
        clears(&app, &reviewer).await;
        clears(&app, &app.officer("شکایات").await).await;
        let form = reviewer.dialog(&letter, "assignment").await.fill("staff", other.account.id.as_str());
        form.send().await.is(303);
        let form = reviewer.dialog(&letter, "registration").await.fill("classification", "confidential");
        let refused = form.clone().send().await.is(422);
        let name = &other.account.name;
        refused.says(&format!("نامه با {name} است که به نامه محرمانه دسترسی ندارد؛ اول آن را به کس دیگری بسپارید."));
        let again = refused.form(&format!("/desk/letters/{letter}/registration"));
        assert_eq!(again.value("classification"), Some("confidential"), "what was chosen stays");
        assert_eq!(app.count("select count(*) from entries").await, 0, "no number is taken for it");
        clears(&app, &other).await;
        form.send().await.is(303);
    })
    .await;
}

#[tokio::test]
async fn whoever_loses_the_clearance_has_the_letter_no_more() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        let colleague = app.another_officer("شکایات", "همکار تازه").await;
        clears(&app, &officer).await;
        clears(&app, &colleague).await;
        app.execute("update letters set classification = 1").await;
        let mut tx = app.begin().await;
        staff::clear(&mut tx, &officer.account.id, Classification::Normal).await.expect("a clearance can be lowered");
        tx.commit().await.expect("the clearance is kept");
        officer.get(&format!("/desk/letters/{letter}")).await.is(404);
        colleague.takes(&letter).await;
    })
    .await;
}

#[tokio::test]
async fn an_objection_goes_to_the_nearest_signer_who_may_see_it() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        officer.answers(&letter, "پاسخ", &[]).await;
        let (above, head) = (app.signer("بایگانی").await, app.head().await);
        clears(&app, &head).await;
        app.execute("update letters set classification = 1").await;
        sender.objects(&letter, "نادرست است").await;
        above.get(&format!("/desk/letters/{letter}/ruling")).await.is(404);
        head.rules(&letter, "uphold", "درست است.").await;
    })
    .await;
}

#[tokio::test]
async fn a_late_letter_is_shown_to_the_nearest_signer_who_may_see_it() {
    on_both(async |app| {
        app.letter_in_hand().await;
        clears(&app, &app.head().await).await;
        app.execute("update letters set classification = 1").await;
        app.wait(40 * 24 * 60 * 60).await;
        app.time_comes(0).await;
        assert_eq!(app.texts("select escalated_to_unit_id from letters").await, [""], "the organisation's signer");
        app.head().await.get("/desk?show=late").await.ok().says("درخواست بررسی قبض آب");
    })
    .await;
}

#[tokio::test]
async fn a_review_is_given_to_nobody_without_the_clearance_for_it() {
    on_both(async |app| {
        let letter = app.sender("09121234567").signs_in().await.sends(&Letter::default()).await;
        let (reviewer, other) = (app.reviewer().await, app.more_reviewers(1).await.remove(0));
        clears(&app, &reviewer).await;
        app.execute("update letters set classification = 1").await;
        let form = reviewer.dialog(&letter, "assignment").await.fill("staff", other.account.id.as_str());
        form.send().await.is(422).says("اجازه دیدن نامه‌ای با این طبقه‌بندی را ندارد");
        assert_eq!(app.count("select count(*) from events where kind = 'review_assigned'").await, 0);
        clears(&app, &other).await;
        form.send().await.is(303);
        other.letter(&letter).await;
    })
    .await;
}
