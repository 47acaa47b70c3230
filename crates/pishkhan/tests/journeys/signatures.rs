//! The second signature: an answer of a unit that wants one is proposed, and issued or sent back by somebody else.

use pishkhan_office::accounts::staff::{self, NewPost};
use pishkhan_office::actor::Role;
use pishkhan_testkit::{at_once, on_both};

use crate::answers::{UNIT, in_hand, numbers_answers, pdf, wants_signature};

#[tokio::test]
async fn a_second_signature_issues_or_sends_back_and_loses_no_word() {
    on_both(async |app| {
        wants_signature(&app).await;
        numbers_answers(&app).await;
        let (sender, letter, officer) = in_hand(&app).await;
        officer.letter(&letter).await.has("a[data-key=KeyW]");
        let form = officer.writes_answer(&letter, "پاسخ نخست").await.attach("files", pdf("پاسخ.pdf"));
        form.press("next", "propose").send().await.is(303);
        officer.letter(&letter).await.says("منتظر امضا");
        sender.letter(&letter).await.hides("پاسخ نخست");
        officer.get(&format!("/desk/letters/{letter}/issue")).await.is(404);
        app.signer("امور مالی").await.get(&format!("/desk/letters/{letter}/issue")).await.is(404);

        let signer = app.signer(UNIT).await;
        signer.letter(&letter).await.says("پاسخ نخست");
        signer.get(&format!("/desk/letters/{letter}/answer/preview")).await.ok().says("پاسخ.pdf");
        let remark = signer.dialog(&letter, "remark").await;
        remark.clone().send().await.is(422).says("چند کلمه بنویسید");
        remark.clone().fill("text", &"آ".repeat(2_001)).send().await.is(422).says("حداکثر ۲٬۰۰۰ نویسه");
        signer.sends_back(&letter, "تاریخ را هم بنویسید.").await;
        remark.fill("text", "دیر").send().await.is(409).says("دیر");

        let page = officer.get(&format!("/desk/letters/{letter}/answer")).await.ok();
        page.says("تاریخ را هم بنویسید.");
        page.says("پاسخ.pdf");
        assert_eq!(page.form(&format!("/desk/letters/{letter}/answer")).value("text"), Some("پاسخ نخست"));
        officer.proposes(&letter, "پاسخ دوم، {تاریخ}").await;
        // Above the letter and as its reader will see it.
        let page = signer.letter(&letter).await;
        page.says("پاسخ دوم، ۱۴۰۹/۰۸/۱۹");
        page.hides("{تاریخ}");
        assert!(page.has(".tabs a[href='#letter-proposal']"));
        assert!(page.has("#letter-proposal ~ #letter-text"));
        signer.dialog(&letter, "issue").await;
        signer.get(&format!("/desk/letters/{letter}/issue")).await.ok().says("B-۲۰/۱");
        let form = signer.dialog(&letter, "issue").await;
        form.send().await.is(303);
        form.send().await.is(409);
        let page = sender.letter(&letter).await;
        page.says("پاسخ دوم، ۱۴۰۹/۰۸/۱۹");
        page.says("B-۲۰/۱");
        app.wait(10).await;
        assert!(app.last_message_to(&sender.mobile).await.text.contains("B-20/1"));
        assert_eq!(
            app.texts("select kind || printed from entries order by kind").await,
            ["incoming1409/ش/0001", "outgoingB-20/1"]
        );
        let kinds = "select kind from events where kind like 'answer_%' or kind = 'letter_answered' order by sequence";
        assert_eq!(
            app.texts(kinds).await,
            ["answer_proposed", "answer_sent_back", "answer_proposed", "letter_answered", "answer_opened"]
        );
    })
    .await;
}

#[tokio::test]
async fn nobody_signs_their_own_proposal_while_somebody_else_can() {
    on_both(async |app| {
        wants_signature(&app).await;
        let (sender, letter, officer) = in_hand(&app).await;
        let mut tx = app.begin().await;
        let post = NewPost { unit: Some(app.unit(UNIT).id.clone()), title: "رئیس".into(), role: Role::Signer };
        staff::add_post(&mut tx, &officer.account.id, &post).await.expect("the officer signs, too");
        tx.commit().await.expect("kept");
        officer.proposes(&letter, "پاسخ من").await;
        let page = officer.letter(&letter).await;
        page.says("این پاسخ را خودتان پیشنهاد داده‌اید");
        assert!(!page.has("a[href$='/issue']") && page.has("a[href$='/remark']"));
        let address = format!("/desk/letters/{letter}/issue");
        officer.get(&address).await.is(409).says("امضای دوم را امضاکننده دیگری");
        let signer = app.signer(UNIT).await;
        let theirs = signer.dialog(&letter, "issue").await;
        let token = officer.form_token().await;
        let own = theirs.by(&officer).forge("form_token", &token);
        own.clone().send().await.is(409).says("امضای دوم را امضاکننده دیگری");
        assert_eq!(app.texts("select state from letters").await, ["answer_review"]);
        // The other signer left: an answer that nobody may sign would never go out.
        let mut tx = app.begin().await;
        staff::disable(&mut tx, &signer.account.id).await.expect("they are gone");
        tx.commit().await.expect("kept");
        officer.letter(&letter).await.hides("خودتان پیشنهاد داده‌اید");
        own.send().await.is(303);
        sender.letter(&letter).await.says("پاسخ من");
    })
    .await;
}

#[tokio::test]
async fn a_unit_that_wants_signatures_has_no_answer_without_one() {
    on_both(async |app| {
        let (_, letter, officer) = in_hand(&app).await;
        let form = officer.writes_answer(&letter, "بی‌امضا").await.press("next", "issue");
        wants_signature(&app).await;
        form.send().await.is(422).says("پاسخ این واحد حالا امضای دوم می‌خواهد");
        assert_eq!(app.texts("select state from letters").await, ["in_progress"]);
        let page = officer.get(&format!("/desk/letters/{letter}/answer")).await.ok();
        assert!(page.has("button[value=propose]") && !page.has("button[value=issue]"));
        assert_eq!(page.form(&format!("/desk/letters/{letter}/answer")).value("text"), Some("بی‌امضا"));
    })
    .await;
}

#[tokio::test]
async fn nothing_goes_to_be_signed_where_nobody_signs() {
    on_both(async |app| {
        wants_signature(&app).await;
        let (_, letter, officer) = in_hand(&app).await;
        let signer = app.signer(UNIT).await;
        let form = officer.writes_answer(&letter, "پاسخ من").await.press("next", "propose");
        let mut tx = app.begin().await;
        staff::disable(&mut tx, &signer.account.id).await.expect("they are gone");
        tx.commit().await.expect("kept");
        form.send().await.is(422).says("در این واحد کسی نیست که این پاسخ را امضا کند");
        assert_eq!(app.texts("select state from letters").await, ["in_progress"]);
        let address = format!("/desk/letters/{letter}/answer");
        let form = officer.get(&address).await.ok().form(&address);
        assert_eq!(form.value("text"), Some("پاسخ من"), "the draft is kept");
        let mut tx = app.begin().await;
        staff::enable(&mut tx, &signer.account.id).await.expect("they are back");
        tx.commit().await.expect("kept");
        form.press("next", "propose").send().await.is(303);
        assert_eq!(app.texts("select state from letters").await, ["answer_review"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_signers_one_issues_and_one_number_is_taken() {
    on_both(async |app| {
        wants_signature(&app).await;
        numbers_answers(&app).await;
        let (_, letter, officer) = in_hand(&app).await;
        officer.proposes(&letter, "پاسخ").await;
        let signer = app.signer(UNIT).await;
        let mut forms = vec![signer.dialog(&letter, "issue").await; 6];
        forms.extend(vec![signer.dialog(&letter, "remark").await.fill("text", "نه هنوز"); 6]);
        let answers = at_once(forms).await;
        let with = |status: u16| answers.iter().filter(|answer| answer.status.as_u16() == status).count();
        assert_eq!((with(303), with(409)), (1, 11));
        let is_issued = app.count("select count(*) from letters where state = 'answered'").await;
        assert_eq!(app.count("select count(*) from entries where kind = 'outgoing'").await, is_issued);
        assert_eq!(app.count("select count(*) from answers").await, is_issued);
        assert_eq!(app.count("select count(*) from outbox where template = 'letter_answered'").await, is_issued);
    })
    .await;
}
