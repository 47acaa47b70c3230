//! Notices: administrators choose which messages are sent, and word them; what is promised and what people need stays.

use pishkhan_office::actor::Role;
use pishkhan_testkit::{Answer, Form, Letter, Staff, TestApp, on_both};

use crate::routes;

const PAGE: &str = "/desk/notices";
const OWN: &str = "به دبیرخانه خوش آمدید\nنامه {number}\nکد {tracking} از {date}";
const OWN_ENGLISH: &str = "Welcome: {number}, {tracking}, {date}";

/// The form of a kind of message.
async fn form(administrator: &Staff, kind: &str) -> Form {
    administrator.get(PAGE).await.ok().form(&format!("{PAGE}/{kind}"))
}

/// The page that shows a sample of these words for the news of a registration.
async fn sampled(administrator: &Staff, typed: &str) -> Answer {
    let typing = form(administrator, "letter_registered").await.fill("persian", typed);
    typing.press("next", "preview").send().await.ok()
}

async fn told(app: &TestApp) -> Vec<String> {
    app.messages().await.into_iter().map(|mail| mail.template).filter(|kind| kind.starts_with("letter_")).collect()
}

#[tokio::test]
async fn own_words_are_shown_before_and_sent_in_the_senders_language() {
    on_both(async |app| {
        let administrator = app.staff(Role::Administrator).await;
        let kept = form(&administrator, "letter_registered").await.fill("persian", OWN).fill("english", OWN_ENGLISH);
        kept.send().await.is(303).follow().await.ok().says("«ثبت نامه» ذخیره شد");
        assert_eq!(form(&administrator, "letter_registered").await.value("persian"), Some(OWN));

        let sender = app.sender("09121234567").signs_in().await;
        let reviewer = app.reviewer().await;
        for (language, begins) in [("fa", "به دبیرخانه خوش آمدید\nنامه 1409/"), ("en", "Welcome: 1409/")]
        {
            let letter = sender.sends(&Letter::default()).await;
            if language == "en" {
                app.execute("update senders set language = 'en'").await;
            }
            let dialog = reviewer.get(&format!("/desk/letters/{letter}/registration")).await.ok();
            let shown = dialog.one(".sms");
            reviewer.registers(&letter).await;
            let sent = app.last_message_to(&sender.mobile).await.text;
            assert!(sent.starts_with(begins), "{sent}");
            // The tracking code is not known before.
            let known = shown.split('•').next().expect("splitting gives at least one part").trim();
            assert!(sent.replace('\n', " ").starts_with(known), "{shown} was shown, {sent} was sent");
        }
    })
    .await;
}

#[tokio::test]
async fn before_its_code_is_known_a_registration_is_shown_in_the_words_that_go_out() {
    on_both(async |app| {
        // Beside Persian signs so long a number has room for the short words only; the code that isn't there yet must be none of them.
        app.execute("update registers set template = 'CENTRAL-OFFICE-2030/{n}'").await;
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        app.execute("update senders set language = 'en'").await;
        let reviewer = app.reviewer().await;
        let shown = reviewer.get(&format!("/desk/letters/{letter}/registration")).await.ok().one(".sms");
        reviewer.registers(&letter).await;
        let sent = app.last_message_to(&sender.mobile).await.text;
        let known = shown.split('•').next().expect("splitting gives at least one part").trim();
        assert!(known.starts_with("Letter registered No: CENTRAL-OFFICE-2030/"), "{shown}");
        assert!(sent.replace('\n', " ").starts_with(known), "{shown} was shown, {sent} was sent");
    })
    .await;
}

#[tokio::test]
async fn a_kind_that_is_off_sends_nothing_and_the_act_is_done() {
    on_both(async |app| {
        let administrator = app.staff(Role::Administrator).await;
        for kind in ["letter_submitted", "letter_returned"] {
            form(&administrator, kind).await.without("sent").send().await.is(303);
            assert_eq!(form(&administrator, kind).await.value("sent"), None, "{kind}");
        }
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        let reviewer = app.reviewer().await;
        let dialog = reviewer.get(&format!("/desk/letters/{letter}/return")).await.ok();
        dialog.says("این پیامک در این سازمان خاموش است");
        assert!(!dialog.has(".sms"));
        reviewer.returns(&letter, "قبض").await;
        assert_eq!(app.texts("select state from letters").await, ["returned"]);
        assert_eq!(told(&app).await, [""; 0]);

        form(&administrator, "letter_submitted").await.fill("sent", "yes").send().await.is(303);
        sender.sends(&Letter::default()).await;
        assert_eq!(told(&app).await, ["letter_submitted"]);
    })
    .await;
}

#[tokio::test]
async fn what_must_be_mended_is_said_beside_what_was_typed() {
    on_both(async |app| {
        let administrator = app.staff(Role::Administrator).await;
        let long = format!("{OWN}{}", "ا".repeat(300));
        for (typed, says) in [
            ("نامه {number} ثبت شد، {date}", "{tracking} باید در متن بماند"),
            ("{number} {tracking} {date} {reason}", "این پیامک {reason} ندارد"),
            ("{number} {tracking} {date} https://example.ir", "پیامک پیوند ندارد"),
            ("{number} {tracking} {date} t.me/x", "پیامک پیوند ندارد"),
            ("{number} {tracking} {date", "یک آکولاد جفت ندارد"),
            (long.as_str(), "حداکثر ۳۰۰ نویسه"),
        ] {
            let typing = form(&administrator, "letter_registered").await.fill("persian", typed);
            let typing = typing.fill("english", OWN_ENGLISH);
            for answer in [typing.clone().send().await.is(422), typing.press("next", "preview").send().await.is(422)] {
                answer.says(says);
                let again = answer.form(&format!("{PAGE}/letter_registered"));
                assert_eq!(again.value("persian"), Some(typed));
                assert_eq!(again.value("english"), Some(OWN_ENGLISH));
                assert_eq!(answer.attribute("[aria-invalid]", "id"), "letter_registered_persian");
            }
        }
        assert_eq!(app.count("select count(*) from notices").await, 0);
        administrator.reads_english();
        let typing = form(&administrator, "letter_registered").await.fill("english", "{number}");
        typing.send().await.is(422).says("{tracking} must stay in the wording");
    })
    .await;
}

#[tokio::test]
async fn a_sample_tells_how_many_parts_it_takes_and_keeps_nothing() {
    on_both(async |app| {
        let administrator = app.staff(Role::Administrator).await;
        let long = format!("{OWN}\nسپاس از شکیبایی شما.");
        let typing = form(&administrator, "letter_registered").await.fill("persian", &long);
        let answer = typing.press("next", "preview").send().await.ok();
        answer.says("با بلندترین شماره‌ها و متن‌ها ۲ پیامک می‌شود");
        answer.says("کد 133607133607 از 1405/08/19");
        assert_eq!(app.count("select count(*) from notices").await, 0);
        // As they are cut on their way: no pair of units in two, and what has brackets in units of Persian.
        let odd = form(&administrator, "email_changed").await.fill("persian", &"😀".repeat(67));
        let odd = odd.fill("english", &format!("[{}]", "a".repeat(90))).press("next", "preview").send().await.ok();
        assert!(odd.one("#email_changed_persian ~ .between .fine").contains("۳ بخش"), "{}", odd.text());
        assert!(odd.one("#email_changed_english ~ .between .fine").contains("۲ بخش"), "{}", odd.text());
        // Without words of their own, messages are as they come.
        let usual = administrator.get(PAGE).await.ok();
        usual.says("1405/نمونه/101");
        usual.hides("سپاس از شکیبایی");
    })
    .await;
}

#[tokio::test]
async fn english_has_more_parts_where_a_route_sends_it_as_persian_is_sent() {
    const SIZE: &str = "#email_changed_english ~ .between .fine";
    on_both(async |app| {
        let administrator = app.staff(Role::Administrator).await;
        let plain = "a".repeat(160);
        let size = async || {
            let typing = form(&administrator, "email_changed").await.fill("english", &plain);
            typing.press("next", "preview").send().await.ok().one(SIZE)
        };
        assert!(size().await.contains("۱ بخش"));
        let centre = "name = \"centre\"\npurposes = [\"notice\"]\n[gateway]\nkind = \"smpp\"\nhost = \"smsc.example.ir\"\n\
                      name = \"desk\"\npassword = \"k3y\"\nfrom = \"3000\"\nonly_ucs2 = true\n";
        routes::add(&app, &app.organisation().id, centre).await;
        let told = size().await;
        assert!(told.contains("۳ بخش") && told.contains("۳ پیامک"), "{told}");
    })
    .await;
}

#[tokio::test]
async fn a_sample_shows_what_would_be_kept_and_not_what_was_typed() {
    const SAMPLE: &str = "#letter_registered_persian ~ .sms";
    const SIZE: &str = "#letter_registered_persian ~ .between .fine";
    on_both(async |app| {
        let administrator = app.staff(Role::Administrator).await;
        let odd = OWN.replace("نامه", "\u{202E}نامه\u{2066}").replace("کد", "ك\u{AD}د");
        let plain = sampled(&administrator, OWN).await;
        let answer = sampled(&administrator, &odd).await;
        assert!(!answer.one(SAMPLE).contains(['\u{202E}', '\u{2066}', '\u{AD}', 'ك']), "{}", answer.one(SAMPLE));
        assert_eq!((answer.one(SAMPLE), answer.one(SIZE)), (plain.one(SAMPLE), plain.one(SIZE)));
        let again = answer.form(&format!("{PAGE}/letter_registered"));
        assert_eq!(again.value("persian"), Some(odd.as_str()), "what was typed is there to be gone on with");
        again.send().await.is(303);
        assert_eq!(form(&administrator, "letter_registered").await.value("persian"), Some(OWN));
    })
    .await;
}

#[tokio::test]
async fn a_link_that_somebody_wrote_stands_on_the_page_and_in_no_message() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        app.reviewer().await.returns(&letter, "فرم https://example.ir/form").await;
        let sent = app.last_message_to(&sender.mobile).await.text;
        assert!(sent.contains("مدرک لازم دارد: فرم …\n") && !sent.contains("://"), "{sent}");
        sender.letter(&letter).await.says("https://example.ir/form");
    })
    .await;
}

#[tokio::test]
async fn promises_are_sent_and_codes_are_not_here() {
    on_both(async |app| {
        let administrator = app.staff(Role::Administrator).await;
        let page = administrator.get(PAGE).await.ok();
        for (kind, why) in [
            ("letter_registered", "رسید نامه همین را قول داده است"),
            ("letter_rejected", "پیش از ارسال نامه گفته‌ایم نتیجه پیامک می‌شود"),
            ("sender_warned", "هیچ نامه‌ای بی‌هشدار بسته نمی‌شود"),
            ("letter_answered", "قانون ابلاغ پاسخ را می‌خواهد"),
            ("number_changed", "صاحب حساب از همین پیامک می‌فهمد"),
            ("email_changed", "صاحب حساب از همین پیامک می‌فهمد"),
        ] {
            let told = page.one(&format!("#{kind}"));
            assert!(told.contains("همیشه فرستاده می‌شود") && told.contains(why), "{kind}: {told}");
            let form = page.form(&format!("{PAGE}/{kind}"));
            assert!(form.choices("sent").is_empty(), "{kind} offers a choice");
            form.forge("sent", "no").send().await.is(400);
        }
        let chosen = page.all("section[aria-labelledby$=_title] form").len() - 6;
        assert_eq!(page.all("input[type=checkbox][name=sent]").len(), chosen, "all others are chosen");
        assert!(page.one("#letter_submitted").contains("فرستنده رسید را همان لحظه روی صفحه یا چاپی در پیشخوان می‌گیرد"));
        let token = administrator.form_token().await;
        for kind in [
            "sign_in_code",
            "sign_in_call",
            "filing_code",
            "filing_call",
            "old_number_code",
            "old_number_call",
            "new_number_code",
            "new_number_call",
            "email_code",
            "greeting",
        ] {
            assert!(!page.has(&format!("form[action=\"{PAGE}/{kind}\"]")), "{kind}");
            let fields = [("form_token", token.as_str()), ("persian", "سلام")];
            administrator.post(&format!("{PAGE}/{kind}"), &fields).await.is(404);
        }
        assert_eq!(app.count("select count(*) from notices").await, 0);
    })
    .await;
}

#[tokio::test]
async fn it_is_for_administrators_and_another_organisation_is_left_alone() {
    on_both(async |app| {
        let administrator = app.staff(Role::Administrator).await;
        let kept = form(&administrator, "letter_registered").await.fill("persian", OWN);
        kept.send().await.is(303);
        for person in [app.reviewer().await, app.officer("شکایات").await, app.staff(Role::Auditor).await] {
            person.get(PAGE).await.is(404);
            let token = person.form_token().await;
            let fields = [("form_token", token.as_str()), ("sent", "yes"), ("persian", "")];
            person.post(&format!("{PAGE}/letter_registered"), &fields).await.is(404);
        }
        assert_eq!(form(&administrator, "letter_registered").await.value("persian"), Some(OWN));

        let elsewhere = app.elsewhere();
        let neighbour = elsewhere.staff(Role::Administrator).await;
        assert_eq!(form(&neighbour, "letter_registered").await.value("persian"), Some(""));
        let sender = elsewhere.sender("09351112233").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        elsewhere.reviewer().await.registers(&letter).await;
        let sent = elsewhere.last_message_to(&sender.mobile).await.text;
        assert!(sent.starts_with("نامه ثبت شد"), "{sent}");
    })
    .await;
}
