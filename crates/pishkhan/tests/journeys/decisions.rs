//! What a reviewer's decision is refused for: the sentence says what to do, and nothing that was typed or chosen is lost.

use std::time::Duration;

use pishkhan_testkit::{Letter, on_both};

use crate::answers::registers_at;

const CLOCK: &str = "ساعت سرور از آخرین نامه ثبت‌شده عقب‌تر است؛ تا درست شدن آن نامه‌ای ثبت نمی‌شود.";
const SAME_UNIT: &str = "نامه همین حالا هم برای این واحد است؛ واحد دیگری انتخاب کنید";
const NO_UNIT: &str = "گیرنده تازه را انتخاب کنید";

#[tokio::test]
async fn a_rejection_has_a_reason_of_the_list_or_words() {
    on_both(async |app| {
        let letter = app.sender("09121234567").signs_in().await.sends(&Letter::default()).await;
        let reviewer = app.reviewer().await;
        let action = format!("/desk/letters/{letter}/rejection");
        let form = reviewer.dialog(&letter, "rejection").await;
        let refused = form.clone().fill("note", "نگه‌داشتنی").send().await.is(422);
        assert_eq!(refused.all(".errs li"), ["دلیل رد را انتخاب کنید"]);
        assert_eq!(refused.form(&action).value("note"), Some("نگه‌داشتنی"));
        let wordless = form.clone().fill("reason", "other").fill("note", " \n ").send().await.is(422);
        assert_eq!(wordless.all(".errs li"), ["برای «دلیل دیگر» توضیح بنویسید"]);
        assert!(wordless.has("#note[aria-invalid]"), "it stands at its field");
        assert_eq!(wordless.form(&action).value("reason"), Some("other"));
        let long = "ن".repeat(1_001);
        let refused = form.fill("reason", "other").fill("note", &long).send().await.is(422);
        assert_eq!(refused.all(".errs li"), ["توضیح باید حداکثر ۱۰۰۰ نویسه باشد"]);
        assert_eq!(refused.form(&action).value("note"), Some(long.as_str()));
        assert_eq!(app.texts("select state from letters").await, ["submitted"]);
        refused.form(&action).fill("note", "قبض خوانا نیست.").send().await.is(303);
    })
    .await;
}

#[tokio::test]
async fn a_redirection_goes_to_another_unit() {
    on_both(async |app| {
        let letter = app.sender("09121234567").signs_in().await.sends(&Letter::default()).await;
        let reviewer = app.reviewer().await;
        let form = reviewer.dialog(&letter, "redirection").await;
        let refused = form.clone().send().await.is(422);
        assert_eq!(refused.all(".errs li"), [NO_UNIT]);
        let own = app.unit("شکایات").id.to_string();
        assert!(!form.choices("unit").contains(&own.as_str()), "its own is not offered");
        form.clone().forge("unit", &own).send().await.is(422).says(SAME_UNIT);
        // The unit was closed while the dialog was open.
        let finance = app.unit("امور مالی").id.to_string();
        let form = form.fill("unit", &finance);
        app.execute("update units set archived_at = 1 where code = 'م' and organisation_id = 'nemune'").await;
        let refused = form.send().await.is(422);
        assert_eq!(refused.all(".errs li"), [NO_UNIT]);
        assert_eq!(app.count("select count(*) from events where kind = 'letter_redirected'").await, 0);
        app.execute("update units set archived_at = 1 where code <> 'ش' and organisation_id = 'nemune'").await;
        let alone = reviewer.get(&format!("/desk/letters/{letter}/redirection")).await.ok();
        alone.says("واحد دیگری تعریف نشده است.");
        assert!(!alone.has("input[name=unit]"), "there is nowhere to send it");
    })
    .await;
}

#[tokio::test]
async fn of_several_that_are_redirected_those_of_that_unit_stay_and_it_is_said() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let first = sender.sends(&Letter { subject: "یک", ..Letter::default() }).await;
        let second = sender.sends(&Letter { subject: "دو", unit: "امور مالی", ..Letter::default() }).await;
        let reviewer = app.reviewer().await;
        let version = app.numbers("select version from letters").await[0];
        let query = format!("deed=redirect&letter-{first}={version}&letter-{second}={version}");
        let form = reviewer.get(&format!("/desk/selection?{query}")).await.ok().form("/desk/selection");
        let refused = form.clone().send().await.is(422);
        assert_eq!(refused.all(".errs li"), [NO_UNIT]);
        assert_eq!(refused.all("#selection b").len(), 2, "the letters stay selected");
        let none = form.clone().without(&format!("letter-{first}")).without(&format!("letter-{second}"));
        let finance = app.unit("امور مالی").id.to_string();
        none.fill("unit", &finance).send().await.is(422).says("نامه‌ای انتخاب نشده است. کنار نامه‌ها را علامت بزنید.");
        let outcome = form.fill("unit", &finance).send().await.ok();
        outcome.says("۱ نامه انجام شد");
        outcome.says(SAME_UNIT);
        assert_eq!(outcome.all(".note.no li a"), ["دو"]);
        assert_eq!(app.count("select count(*) from events where kind = 'letter_redirected'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_clock_behind_the_register_registers_nothing_and_what_was_typed_stays() {
    on_both(async |app| {
        let letters = app.waiting_letters("بایگانی", 2).await;
        // The archive has registered an hour later than now.
        registers_at(&app, &letters[0], app.now().plus(Duration::from_hours(1))).await;
        let reviewer = app.reviewer().await;
        let form = reviewer.dialog(&letters[1], "registration").await.fill("own_number", "ص/۱۲");
        let refused = form.send().await.is(503);
        refused.says(CLOCK);
        let again = refused.form(&format!("/desk/letters/{}/registration", letters[1]));
        assert_eq!(again.value("own_number"), Some("ص/۱۲"));
        assert_eq!(app.take_faults().len(), 1, "it is ours");
        let version = app.numbers("select version from letters where state = 'submitted'").await[0];
        let query = format!("deed=register&letter-{}={version}", letters[1]);
        let page = reviewer.get(&format!("/desk/selection?{query}")).await.ok();
        let outcome = page.form("/desk/selection").send().await.ok();
        outcome.says("۱ نامه انجام نشد");
        outcome.says(CLOCK);
        assert_eq!(app.count("select count(*) from entries").await, 1);
    })
    .await;
}
