//! An answer that says that the matter belongs to another authority: its name goes with the draft to the signer, the sender and the earlier
//! answers.

use pishkhan_office::ids::LetterId;
use pishkhan_testkit::{Form, Staff, on_both};

const UNIT: &str = "شکایات";
/// Above it.
const PARENT: &str = "بایگانی";
const AUTHORITY: &str = "شرکت آب و فاضلاب استان";
const SAID: &str = "موضوع در صلاحیت «شرکت آب و فاضلاب استان» است";
const NAMELESS: &str = "بنویسید موضوع در صلاحیت کدام سازمان یا مرجع است";
const TEXT: &str = "با شماره اشتراک به آنجا بروید.";

/// The form of an answer by which the matter belongs to that authority.
async fn outward(officer: &Staff, letter: &LetterId, authority: &str) -> Form {
    officer.writes_answer(letter, TEXT).await.fill("outcome", "outward").fill("authority", authority)
}

/// What the form says of where the matter belongs.
fn told(form: &Form) -> (Option<&str>, Option<&str>) {
    (form.value("outcome"), form.value("authority"))
}

/// Takes back what was decided last.
async fn undoes(staff: &Staff, letter: &LetterId) {
    let undo = staff.letter(letter).await.form(&format!("/desk/letters/{letter}/undoing"));
    undo.send().await.is(303);
}

async fn finds(staff: &Staff, why: &str) {
    let page = staff.ask("/desk/search", &[("q", "فاضلاب استان")]).await.ok();
    assert_eq!(page.one(".why-found"), why);
}

#[tokio::test]
async fn a_sender_is_told_to_whom_the_matter_belongs() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        let action = format!("/desk/letters/{letter}/answer");
        let form = officer.dialog(&letter, "answer").await;
        assert_eq!((form.choices("outcome"), told(&form)), (vec!["final", "outward"], (Some("final"), Some(""))));
        let long = "آ".repeat(121);
        for (authority, fault) in [(" ", NAMELESS), (long.as_str(), "باید حداکثر ۱۲۰ نویسه باشد")]
        {
            let form = outward(&officer, &letter, authority).await.press("next", "issue");
            let page = form.send().await.is(422);
            page.says(fault);
            assert_eq!(told(&page.form(&action)), (Some("outward"), Some(authority)));
        }
        let form = outward(&officer, &letter, "").await.press("next", "preview");
        form.send().await.is(303).follow().await.ok().says(NAMELESS);
        let form = outward(&officer, &letter, " شركت  آب و فاضلاب استان ").await.press("next", "preview");
        let page = form.send().await.is(303).follow().await.ok();
        page.says(SAID);
        page.says(TEXT);
        let form = officer.dialog(&letter, "answer").await;
        assert_eq!(told(&form), (Some("outward"), Some(AUTHORITY)));
        sender.letter(&letter).await.hides(AUTHORITY);

        officer.decides(form.press("next", "issue")).await;
        let page = sender.letter(&letter).await;
        assert!(page.one("#status").contains(SAID) && page.one("#status").contains(TEXT));
        page.says(&format!("شکایات: {SAID}"));
        sender.get(&format!("/letters/{letter}/objection")).await.ok().says(SAID);
        officer.letter(&letter).await.says(&format!("پاسخ داده شد: {SAID}"));
        assert!(!app.last_message_to(&sender.mobile).await.text.contains(AUTHORITY), "an SMS goes through many hands");
        finds(&app.reviewer().await, "در پاسخ").await;
        assert_eq!(app.texts("select authority from answers").await, [AUTHORITY]);
    })
    .await;
}

#[tokio::test]
async fn a_final_answer_names_nobody() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        let form = outward(&officer, &letter, AUTHORITY).await.fill("outcome", "final");
        officer.decides(form.press("next", "issue")).await;
        let page = sender.letter(&letter).await;
        page.says(TEXT);
        page.hides(AUTHORITY);
        assert_eq!(app.count("select count(*) from answers where authority is null").await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_still_in_hand_leads_to_a_message_and_its_draft_stays() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        let form = outward(&officer, &letter, AUTHORITY).await.press("next", "interim");
        let page = form.send().await.is(303).follow().await.ok();
        let form = page.form(&format!("/desk/letters/{letter}/interim")).fill("text", "در دست اقدام است.");
        officer.decides(form).await;
        assert_eq!(app.texts("select state from letters").await, ["in_progress"]);
        let form = officer.dialog(&letter, "answer").await;
        assert_eq!((form.value("text"), told(&form)), (Some(TEXT), (Some("outward"), Some(AUTHORITY))));
    })
    .await;
}

#[tokio::test]
async fn a_signer_reads_it_and_a_proposal_that_comes_back_has_it() {
    on_both(async |app| {
        app.changes_unit(UNIT, |unit| unit.needs_signature = true).await;
        let (sender, officer, letter) = app.letter_in_hand().await;
        let nameless = outward(&officer, &letter, "").await.press("next", "propose");
        nameless.send().await.is(422).says(NAMELESS);
        outward(&officer, &letter, AUTHORITY).await.press("next", "propose").send().await.is(303);
        let signer = app.signer(UNIT).await;
        signer.letter(&letter).await.says(SAID);
        signer.get(&format!("/desk/letters/{letter}/issue")).await.ok().says(SAID);
        signer.sends_back(&letter, "بنویسید کدام شعبه.").await;
        let form = officer.dialog(&letter, "answer").await;
        assert_eq!(told(&form), (Some("outward"), Some(AUTHORITY)));
        form.press("next", "propose").send().await.is(303);
        signer.issues(&letter).await;
        sender.letter(&letter).await.says(SAID);
    })
    .await;
}

#[tokio::test]
async fn it_comes_back_with_what_is_taken_back_and_stays_with_an_earlier_answer() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        let holds = "select coalesce(answer_authority, '') from letters";
        outward(&officer, &letter, AUTHORITY).await.press("next", "issue").send().await.is(303);
        undoes(&officer, &letter).await;
        let form = officer.dialog(&letter, "answer").await;
        assert_eq!(told(&form), (Some("outward"), Some(AUTHORITY)));
        assert_eq!(app.texts(holds).await, [""]);
        officer.decides(form.press("next", "issue")).await;

        sender.objects(&letter, "آنجا هم همین را گفتند.").await;
        let above = app.signer(PARENT).await;
        above.letter(&letter).await.says(SAID);
        let form = above.dialog(&letter, "ruling").await.fill("ruling", "reconsider").fill("text", "حق با شماست.");
        form.send().await.is(303);
        assert_eq!(app.texts(holds).await, [""]);
        undoes(&above, &letter).await;
        assert_eq!(app.texts(holds).await, [AUTHORITY]);
        above.rules(&letter, "reconsider", "حق با شماست.").await;

        officer.takes(&letter).await;
        assert_eq!(told(&officer.dialog(&letter, "answer").await), (Some("final"), Some("")));
        officer.answers(&letter, "قبض اصلاح شد.", &[]).await;
        for page in [sender.letter(&letter).await, officer.letter(&letter).await] {
            assert!(page.one("details.more.panel").contains(SAID), "the earlier answer said so");
        }
        assert!(!sender.letter(&letter).await.one("#status").contains(SAID));
        finds(&app.reviewer().await, "در پاسخ پیشین").await;
    })
    .await;
}

#[tokio::test]
async fn whoever_comes_too_late_can_copy_the_name() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        let form = outward(&officer, &letter, AUTHORITY).await.press("next", "issue");
        let page = form.forge("version", "1").send().await.is(409);
        assert_eq!(page.one("#typed"), TEXT);
        assert!(page.one("#chosen").contains(AUTHORITY), "{}", page.one("#chosen"));
        assert_eq!(app.count("select count(*) from answers").await, 0);
    })
    .await;
}
