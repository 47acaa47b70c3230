//! Codes that don't come: each fate in honest words, and no dead code after the one that took its place.

use std::path::Path;
use std::time::Duration;

use axum::http::StatusCode;
use pishkhan_courier::routes;
use pishkhan_office::actor::Role;
use pishkhan_testkit::{Letter, Mail, Sender, TestApp, on_both};

use crate::filing::{filing_of, sends_code, submission, written};
use crate::number_changes::{begun, with_letter};
use crate::routes::{add, answering, file};

const NUMBER: &str = "09121234567";
const CODE: &str = "/sign-in/code";

/// A route to a web service that knows by our id what comes twice.
fn web(service: &str) -> String {
    format!(
        "name = \"web\"\n[gateway]\nkind = \"http\"\nurl = \"{service}/send\"\n\
         body = '{{\"to\":\"{{to}}\",\"text\":\"{{text}}\",\"id\":\"{{id}}\"}}'\n"
    )
}

/// Lets a minute pass in which no worker comes by.
fn a_minute_passes(app: &TestApp) {
    app.parts().clock.move_on(Duration::from_secs(61));
}

/// What went out of this kind.
async fn of_kind(app: &TestApp, kind: &str) -> Vec<Mail> {
    app.messages().await.into_iter().filter(|mail| mail.template == kind).collect()
}

#[tokio::test]
async fn each_fate_of_a_code_is_told_in_words_of_its_own() {
    on_both(async |app| {
        let sender = app.sender(NUMBER);
        sender.asks_for_code().await.is(303);
        let fate = async || sender.get(CODE).await.ok().all("#fate").join("\n");
        assert_eq!(fate().await, "", "it has just been asked for");
        a_minute_passes(&app);
        let told = fate().await;
        assert!(told.contains("هنوز در صف فرستادن است") && told.contains("کمی صبر کنید"), "{told}");
        app.settle_quietly().await;
        let told = fate().await;
        assert!(told.contains("هنوز خبر رسیدنش نیامده است"), "{told}");
        app.execute(
            "update outbox set delivery = 'undelivered' where template = 'sign_in_code' and organisation_id <> ''",
        )
        .await;
        let told = fate().await;
        assert!(told.contains("به گوشی شما نرسید") && told.contains("«ارسال دوباره کد»"), "{told}");
        app.execute("update outbox set delivery = 'failed' where template = 'sign_in_code' and organisation_id <> ''")
            .await;
        let told = fate().await;
        assert!(told.contains("کد فرستاده نشد") && told.contains("«ارسال دوباره کد»"), "{told}");

        add(&app, &app.organisation().id, &web(&answering(StatusCode::BAD_REQUEST, "").await)).await;
        let other = app.sender("09121234568");
        other.asks_for_code().await.is(303);
        app.settle_quietly().await;
        let told = other.get(CODE).await.ok().one("#fate");
        assert!(told.contains("کد فرستاده نشد"), "no gateway took it: {told}");
    })
    .await;
}

#[tokio::test]
async fn a_code_of_which_nobody_knows_is_told_at_once_and_the_next_one_takes_another_way() {
    on_both(async |app| {
        let here = app.organisation().id.clone();
        // It would drop a second one; its answers are lost on their way.
        add(&app, &here, &web(&answering(StatusCode::BAD_GATEWAY, "").await)).await;
        let other = file(&app, "other.jsonl");
        let spool = format!(
            "name = \"other\"\npurposes = [\"code\"]\n[gateway]\nkind = \"spool\"\nfile = \"{}\"\n",
            other.display()
        );
        add(&app, &here, &spool).await;
        let administrator = app.staff(Role::Administrator).await;
        let can_go = async || administrator.get("/desk/routes").await.ok().has("button[name^=\"message-\"]");
        let sender = app.sender(NUMBER);
        let page = sender.asks_for_code().await.follow().await.ok();
        app.settle_quietly().await;
        let told = sender.get(CODE).await.ok().one("#fate");
        assert!(told.contains("معلوم نیست کد فرستاده شد یا نه"), "{told}");
        assert!(!other.exists(), "the first gateway may have it");
        assert!(can_go().await, "an administrator could still send it");

        a_minute_passes(&app);
        page.form_of_button("again").press("again", "yes").send().await.is(303);
        assert!(!can_go().await, "nobody sends a dead code");
        app.settle_quietly().await;
        let taken = std::fs::read_to_string(&other).expect("the other way has the new one");
        assert_eq!(taken.lines().count(), 1);
        assert!(!sender.get(CODE).await.ok().has("#fate"));
        let sent = "select text from outbox where template = 'sign_in_code' and sent_at is not null";
        let text = app.texts(sent).await.remove(0);
        assert_eq!(page.form(CODE).fill("code", &text[..6]).send().await.location(), "/letters");
    })
    .await;
}

/// Whether another way is promised, or not, to whoever waits for a code that nobody knows to have come, and for one that was given up.
async fn is_promised(app: &TestApp, sender: &Sender, wanted: bool) {
    app.execute("update outbox set delivery = '' where template = 'sign_in_code' and organisation_id <> ''").await;
    let unknown = sender.get(CODE).await.ok().one("#fate");
    app.execute("update outbox set delivery = 'failed' where template = 'sign_in_code' and organisation_id <> ''")
        .await;
    let failed = sender.get(CODE).await.ok().one("#fate");
    for (told, says) in [(unknown, "هنوز خبر رسیدنش نیامده است"), (failed, "کد فرستاده نشد")]
    {
        assert!(told.contains(says), "{told}");
        assert_eq!(told.contains("کد تازه از راه دیگری می‌آید"), wanted, "{told}");
    }
}

/// A route for codes to a file.
fn codes_to(path: &Path) -> String {
    let path = path.display();
    format!("name = \"line\"\npurposes = [\"code\"]\n[gateway]\nkind = \"spool\"\nfile = \"{path}\"\n")
}

#[tokio::test]
async fn another_way_is_promised_only_where_there_is_one() {
    on_both(async |app| {
        let here = app.organisation().id.clone();
        let sender = app.sender(NUMBER);
        sender.asks_for_code().await.is(303);
        app.settle_quietly().await;
        a_minute_passes(&app);
        is_promised(&app, &sender, false).await;
        add(&app, &here, &codes_to(&file(&app, "one.jsonl"))).await;
        is_promised(&app, &sender, false).await;
        add(&app, &here, &codes_to(&file(&app, "two.jsonl"))).await;
        is_promised(&app, &sender, true).await;
        app.execute(
            "update routes set demoted_until = 9000000000000, demoted_for = 'failing'
             where position = 2 and organisation_id <> ''",
        )
        .await;
        is_promised(&app, &sender, false).await;
    })
    .await;
}

#[tokio::test]
async fn who_begins_anew_gets_a_code_by_another_way_too() {
    on_both(async |app| {
        let here = app.organisation().id.clone();
        let (one, two) = (file(&app, "one.jsonl"), file(&app, "two.jsonl"));
        for path in [&one, &two] {
            add(&app, &here, &codes_to(path)).await;
        }
        let lines = |path: &Path| std::fs::read_to_string(path).unwrap_or_default().lines().count();
        let taken = || (lines(&one), lines(&two));
        app.sender(NUMBER).asks_for_code().await.is(303);
        app.settle_quietly().await;
        assert_eq!(taken(), (1, 0));
        a_minute_passes(&app);
        app.sender(NUMBER).asks_for_code().await.is(303);
        app.settle_quietly().await;
        assert_eq!(taken(), (1, 1), "the first one may not have come");
        app.sender("09121234568").asks_for_code().await.is(303);
        app.settle_quietly().await;
        assert_eq!(taken(), (2, 1), "somebody else's comes by the first way");
    })
    .await;
}

#[tokio::test]
async fn a_code_that_was_replaced_before_it_left_is_never_sent() {
    on_both(async |app| {
        let sender = app.sender(NUMBER);
        let page = sender.asks_for_code().await.follow().await.ok();
        a_minute_passes(&app);
        page.form_of_button("again").press("again", "yes").send().await.is(303);
        let sent = of_kind(&app, "sign_in_code").await;
        assert_eq!(sent.len(), 1, "the dead one doesn't come with it");
        assert_eq!(page.form(CODE).fill("code", &sent[0].code()).send().await.location(), "/letters");

        // Nor one that waits for its next try.
        let busy = answering(StatusCode::SERVICE_UNAVAILABLE, "").await;
        let busy = add(&app, &app.organisation().id, &web(&busy)).await;
        let other = app.sender("09121234568");
        let page = other.asks_for_code().await.follow().await.ok();
        app.settle_quietly().await;
        a_minute_passes(&app);
        page.form_of_button("again").press("again", "yes").send().await.is(303);
        let mut tx = app.begin().await;
        assert!(routes::remove(&mut tx, &busy).await.expect("the statement is well"));
        tx.commit().await.expect("it is kept");
        let sent = of_kind(&app, "sign_in_code").await;
        assert_eq!(sent.len(), 2);
        let kept = "select text from outbox where template = 'sign_in_code' and sent_at is null";
        assert_eq!(app.texts(kept).await, [""], "what was tried is kept without its code");
        assert_eq!(page.form(CODE).fill("code", &sent[1].code()).send().await.location(), "/letters");
    })
    .await;
}

#[tokio::test]
async fn nor_are_codes_of_filings() {
    on_both(async |app| {
        let clerk = app.reviewer().await;
        let check = written(&clerk, NUMBER).await.send().await.follow().await.ok();
        let page = sends_code(&check).await;
        a_minute_passes(&app);
        sends_code(&check).await;
        let sent = of_kind(&app, "filing_code").await;
        assert_eq!(sent.len(), 1, "the dead one doesn't come with it");
        submission(&page).fill("code", &sent[0].filing_code()).send().await.is(303);

        let check = written(&clerk, "09121234568").await.send().await.follow().await.ok();
        sends_code(&check).await;
        check.form(&format!("/desk/filing/{}/disposal", filing_of(&check))).send().await.is(303);
        assert_eq!(of_kind(&app, "filing_code").await.len(), 1, "there is nothing to confirm any more");
    })
    .await;
}

#[tokio::test]
async fn nor_are_codes_of_another_number() {
    on_both(async |app| {
        let (sender, _) = with_letter(&app, NUMBER).await;
        app.wait(15 * 60 + 1).await;
        begun(&sender, "09351112233").await;
        let page = begun(&sender, "09351112244").await;
        a_minute_passes(&app);
        page.form_of_button("again").forge("again", "old").send().await.is(303);
        let new = of_kind(&app, "new_number_code").await;
        assert_eq!(new.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), ["+989351112244"]);
        let old = of_kind(&app, "old_number_code").await;
        assert!(old.len() == 1 && old[0].text.contains("2244"), "{old:?}");
    })
    .await;
}

#[tokio::test]
async fn a_sender_reads_that_nobody_knows_whether_a_message_came() {
    on_both(async |app| {
        let sender = app.sender(NUMBER).signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        // This one can't tell what comes twice.
        let service = answering(StatusCode::BAD_GATEWAY, "").await;
        add(&app, &app.organisation().id, &web(&service).replace(r#","id":"{id}""#, "")).await;
        app.settle_quietly().await;
        sender.letter(&letter).await.says("معلوم نیست پیامک آخر درباره این نامه به شما رسیده باشد");
        app.reviewer().await.letter(&letter).await.says("معلوم نیست فرستاده شد یا نه");
    })
    .await;
}

#[tokio::test]
async fn a_clerk_reads_that_nobody_knows_whether_a_code_came() {
    on_both(async |app| {
        add(&app, &app.organisation().id, &web(&answering(StatusCode::BAD_GATEWAY, "").await)).await;
        let clerk = app.reviewer().await;
        let check = written(&clerk, NUMBER).await.send().await.follow().await.ok();
        assert!(!sends_code(&check).await.has("#fate"), "it has just been asked for");
        app.settle_quietly().await;
        let told = clerk.get(&format!("/desk/filing/{}", filing_of(&check))).await.ok().one("#fate");
        assert!(told.contains("معلوم نیست فرستاده شد یا نه"), "{told}");
    })
    .await;
}
