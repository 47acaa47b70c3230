//! Somebody acts for the sender: an attorney, a representative, a company's delegate; by a paper, and until it expires.

use pishkhan_office::ids::LetterId;
use pishkhan_testkit::{Attachment, Form, Letter, Sender, Staff, TestApp, draft_of, on_both, samples};

use crate::filing::{filing_of_receipt, submission};

const ATTORNEY: &str = "09121234567";

fn paper() -> Attachment {
    Attachment::new("وکالت‌نامه.pdf", samples::pdf("power"))
}

/// The form of a letter that an attorney writes, with the paper itself.
async fn written(attorney: &Sender, until: &str) -> Form {
    let form = attorney.fills_in(&Letter { name: "گلناز بهاری", ..Letter::default() }).await;
    form.fill("representative_kind", "attorney")
        .fill("representative_name", "بابک رستگار")
        .fill("representative_paper", "وکالت‌نامه ۱۲۳ دفترخانه ۴۵")
        .fill("representative_until", until)
        .attach("files", paper())
        .press("next", "check")
}

/// A letter that an attorney sent, whose paper holds until the end of Aban.
async fn sent(app: &TestApp) -> (Sender, LetterId) {
    let attorney = app.sender(ATTORNEY).signs_in().await;
    let check = written(&attorney, "۱۴۰۹/۰۸/۳۰").await.send().await.follow().await.ok();
    let letter = draft_of(&check);
    attorney.submits(&check).await;
    (attorney, letter)
}

#[tokio::test]
async fn an_attorney_writes_for_somebody_and_everybody_reads_who_it_was() {
    on_both(async |app| {
        let attorney = app.sender(ATTORNEY).signs_in().await;
        let check = written(&attorney, "۱۴۰۹/۸/۳۰").await.send().await.follow().await.ok();
        let letter = draft_of(&check);
        let receipt = attorney.submits(&check).await;
        let reviewer = app.reviewer().await;
        for page in [check, receipt, attorney.letter(&letter).await, reviewer.letter(&letter).await] {
            page.says("گلناز بهاری");
            page.says("وکیل");
            page.says("بابک رستگار");
            page.says("وکالت‌نامه ۱۲۳ دفترخانه ۴۵");
            page.says("اعتبار تا ۱۴۰۹/۰۸/۳۰");
        }
        let printed = reviewer.get(&format!("/desk/letters/{letter}/receipt")).await.ok();
        printed.says("بابک رستگار");
        let found = reviewer.get("/desk/search?q=رستگار").await.ok();
        found.says("گلناز بهاری");
        assert_eq!(found.one(".why-found"), "در نام وکیل یا نماینده");
        let recorded = "select count(*) from events where kind = 'sender_represented' and detail like '%attorney%'";
        assert_eq!(app.count(recorded).await, 1);
        // The account keeps its own name: whoever is represented is not its holder.
        assert_eq!(app.texts("select name from senders where organisation_id = 'nemune'").await, [""]);
    })
    .await;
}

#[tokio::test]
async fn a_representation_without_a_paper_that_holds_is_not_sent_and_stays_typed() {
    on_both(async |app| {
        let attorney = app.sender(ATTORNEY).signs_in().await;
        let form = attorney.fills_in(&Letter::default()).await.press("next", "check");
        let page = form.fill("representative_name", "بابک رستگار").send().await.is(422);
        let faults = page.attributes(".errs a", "href");
        let wanted = ["#representative_kind", "#representative_paper", "#representative_until", "#files"];
        assert_eq!(faults, wanted);
        for sentence in ["بگویید نویسنده وکیل است یا نماینده", "بنویسید مدرک نمایندگی چیست"]
        {
            page.says(sentence);
        }
        assert!(page.has("#representative[open]"), "what has to be mended is in sight");
        assert_eq!(page.value("representative_name"), "بابک رستگار");
        let action = page.attribute("form[data-draft]", "action");
        let form = page
            .form(&action)
            .fill("representative_kind", "delegate")
            .fill("representative_paper", "معرفی‌نامه ۶۷")
            .attach("files", paper())
            .press("next", "check");
        for (until, sentence) in [
            ("فردا", "به شکل سال/ماه/روز"),
            ("۱۴۰۹/۱۲/۳۰", "به شکل سال/ماه/روز"),
            ("۱۴۰۹/۰۷/۰۱", "اعتبار این مدرک گذشته است"),
        ] {
            let page = form.clone().fill("representative_until", until).send().await.is(422);
            page.says(sentence);
            assert_eq!(page.value("representative_until"), until);
        }
        let long = "ی".repeat(201);
        let page = form.clone().fill("representative_until", "۱۴۱۰/۰۱/۰۱").fill("representative_paper", &long);
        page.send().await.is(422).says("شرح مدرک باید کوتاه‌تر از ۲۰۰ نویسه باشد");
        for (name, sentence) in [
            (String::new(), "نام وکیل یا نماینده را بنویسید"),
            ("ی".repeat(121), "نام وکیل یا نماینده باید کوتاه‌تر از ۱۲۰ نویسه باشد"),
        ] {
            let page = form.clone().fill("representative_until", "۱۴۱۰/۰۱/۰۱").fill("representative_name", &name);
            page.send().await.is(422).says(sentence);
        }
        // Emptied, it is the sender who writes.
        let alone = ["representative_kind", "representative_name", "representative_paper", "representative_until"];
        let form = alone.into_iter().fold(form, |form, field| form.fill(field, ""));
        let check = form.send().await.follow().await.ok();
        check.hides("رستگار");
        attorney.submits(&check).await;
        assert_eq!(app.texts("select representative_kind from letters").await, [""]);
    })
    .await;
}

#[tokio::test]
async fn what_expired_while_it_was_written_can_be_mended() {
    on_both(async |app| {
        let attorney = app.sender(ATTORNEY).signs_in().await;
        let check = written(&attorney, "۱۴۰۹/۰۸/۳۰").await.send().await.follow().await.ok();
        let draft = draft_of(&check);
        app.wait(60 * 86_400).await;
        let attorney = app.sender(ATTORNEY).signs_in().await;
        let page = attorney.get(&format!("/drafts/{draft}")).await.is(422);
        page.says("اعتبار این مدرک گذشته است");
        let form = page.form(&format!("/drafts/{draft}")).fill("representative_until", "۱۴۱۰/۰۱/۰۱");
        let check = form.press("next", "check").send().await.follow().await.ok();
        attorney.submits(&check).await.says("اعتبار تا ۱۴۱۰/۰۱/۰۱");
    })
    .await;
}

/// Everything that the attorney's letter has for them.
async fn asks(attorney: &Sender, letter: &LetterId) -> Vec<u16> {
    let token = attorney.form_token().await;
    let file = attorney.app().texts("select id from files").await.remove(0);
    let mut got = Vec::new();
    for path in [format!("/letters/{letter}"), format!("/letters/{letter}/receipt"), format!("/files/{file}")] {
        got.push(attorney.get(&path).await.status.as_u16());
    }
    let fields = [("form_token", token.as_str()), ("version", "3"), ("text", "پیام")];
    got.push(attorney.post(&format!("/letters/{letter}/messages"), &fields).await.status.as_u16());
    got.push(attorney.post(&format!("/letters/{letter}/withdrawal"), &fields).await.status.as_u16());
    got
}

#[tokio::test]
async fn once_the_paper_expired_the_letter_is_out_of_their_hands_until_it_is_renewed() {
    on_both(async |app| {
        let (_, letter) = sent(&app).await;
        let reviewer = app.reviewer().await;
        reviewer.registers(&letter).await;
        app.wait(40 * 86_400).await;
        let attorney = app.sender(ATTORNEY).signs_in().await;
        assert_eq!(asks(&attorney, &letter).await, [404; 5]);
        let history = attorney.get("/letters").await.ok();
        history.says("اعتبار نمایندگی شما برای این نامه تمام شده است");
        // Neither its colour nor the list in which it stands tells what became of it.
        assert!(history.has("li.letter.over") && !history.has("li.letter.ok"));
        assert_eq!(history.all(".chips .num"), ["۱", "۰", "۰", "۰"], "it is counted among all");
        attorney.get("/letters?show=accepted").await.ok().hides("درخواست بررسی قبض آب");
        assert!(!history.has(&format!("a[href='/letters/{letter}']")));
        let tracking = app.texts("select tracking_code from letters").await.remove(0);
        let tracked = attorney.get("/letters").await.ok().form("/tracking").fill("code", &tracking).send().await;
        assert_ne!(tracked.header("location"), Some(format!("/letters/{letter}").as_str()));
        let reviewer = app.reviewer().await;
        let page = reviewer.letter(&letter).await;
        page.says("تمام شد");
        let renewal = format!("/desk/letters/{letter}/representative");
        let form = reviewer.get(&renewal).await.ok().form(&renewal).press("next", "renew");
        form.clone().fill("until", "1409/08/30").send().await.is(422).says("اعتبار این مدرک گذشته است");
        form.clone().fill("paper", " ").fill("until", "1410/01/01").send().await.is(422).says("بنویسید مدرک");
        let both = form.clone().fill("paper", " ").fill("until", "1410/13/01").send().await.is(422);
        assert_eq!(both.all(".errs li").len(), 2, "all that is wrong is told at once");
        assert!(both.has("#paper_error") && both.has("#until_error"));
        form.clone().fill("until", "1410/13/01").send().await.is(422).says("به شکل سال/ماه/روز");
        let form = form.fill("paper", "وکالت‌نامه ۹۹").fill("until", "1410/01/01");
        form.send().await.is(303);
        attorney.letter(&letter).await.says("وکالت‌نامه ۹۹");
        attorney.get("/letters").await.ok().hides("تمام شده است");
        // What the reviewer saw has changed since.
        form.send().await.is(409);
        assert_eq!(app.count("select count(*) from events where kind = 'representation_renewed'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_representation_is_ended_at_once() {
    on_both(async |app| {
        let (attorney, letter) = sent(&app).await;
        let reviewer = app.reviewer().await;
        let dialog = format!("/desk/letters/{letter}/representative");
        let form = reviewer.get(&dialog).await.ok().form(&dialog).press("next", "end");
        form.send().await.is(303);
        assert_eq!(asks(&attorney, &letter).await, [404; 5]);
        reviewer.letter(&letter).await.says("نمایندگی پایان یافت");
        assert_eq!(app.count("select count(*) from events where kind = 'representation_ended'").await, 1);
        // Another's letter, and one that nobody represents, has no such page.
        let own = attorney.sends(&Letter::default()).await;
        reviewer.get(&format!("/desk/letters/{own}/representative")).await.is(404);
        app.officer("شکایات").await.get(&dialog).await.is(404);
    })
    .await;
}

/// The kinds of messages that went out about letters, in their order.
async fn told(app: &TestApp) -> Vec<String> {
    let kinds = app.messages().await.into_iter().map(|mail| mail.template);
    kinds.filter(|kind| kind != "sign_in_code").collect()
}

#[tokio::test]
async fn nobody_is_told_by_message_once_the_paper_expired_and_the_desk_knows() {
    on_both(async |app| {
        let (_, letter) = sent(&app).await;
        app.reviewer().await.registers(&letter).await;
        assert_eq!(told(&app).await, ["letter_submitted", "letter_registered"], "while it holds");
        app.wait(40 * 86_400).await;
        let officer = app.officer("شکایات").await;
        officer.letter(&letter).await.says("نمایندگی تمام شده و شماره فرستنده را نداریم؛ پیامکی فرستاده نمی‌شود");
        officer.takes(&letter).await;
        let question = officer.get(&format!("/desk/letters/{letter}/questions")).await.ok();
        question.says("نمایندگی تمام شده و شماره فرستنده را نداریم؛ پیامکی فرستاده نمی‌شود");
        assert!(!question.has(".sms"), "a message that won't go out is not shown");
        officer.asks(&letter, "کدام ملک؟", &[]).await;
        for days in [30, 60] {
            app.time_comes(days).await;
        }
        assert_eq!(app.texts("select state from letters").await, ["lapsed"]);
        let written = "select template from outbox where template <> 'sign_in_code' order by created_at";
        assert_eq!(app.texts(written).await, ["letter_submitted", "letter_registered"], "nothing is even written");
        // The same number hears of its own letters.
        let own = app.sender(ATTORNEY).signs_in().await.sends(&Letter::default()).await;
        app.reviewer().await.registers(&own).await;
        assert_eq!(app.last_message_to(ATTORNEY).await.template, "letter_registered");
        assert_eq!(told(&app).await.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn what_still_waited_when_the_paper_expired_goes_out_no_more() {
    on_both(async |app| {
        let (_, letter) = sent(&app).await;
        let reviewer = app.reviewer().await;
        // It is held for the ten seconds in which the registration can be undone.
        reviewer.dialog(&letter, "registration").await.send().await.is(303);
        app.wait(40 * 86_400).await;
        app.settle_quietly().await;
        assert_eq!(told(&app).await, ["letter_submitted"]);
        let put_aside = "select template from outbox where parked_at is not null";
        assert_eq!(app.texts(put_aside).await, ["letter_registered"]);
    })
    .await;
}

#[tokio::test]
async fn what_waits_goes_by_the_paper_of_now() {
    on_both(async |app| {
        // The paper of each letter holds until the end of Aban, and nobody carries its message for some days.
        let ways: [(&str, u64, &[&str]); 2] = [("1409/08/20", 3, &[]), ("1409/09/30", 30, &["letter_registered"])];
        for (until, days, goes_out) in ways {
            let (_, letter) = sent(&app).await;
            let before = told(&app).await;
            let reviewer = app.reviewer().await;
            reviewer.dialog(&letter, "registration").await.send().await.is(303);
            let dialog = format!("/desk/letters/{letter}/representative");
            let form = reviewer.get(&dialog).await.ok().form(&dialog).press("next", "renew");
            form.fill("until", until).send().await.is(303);
            app.wait(days * 86_400).await;
            app.settle_quietly().await;
            let since = told(&app).await.split_off(before.len());
            assert_eq!(since, goes_out, "{until}");
        }
    })
    .await;
}

#[tokio::test]
async fn ending_a_representation_takes_back_what_waits_and_renewing_it_lets_messages_out_again() {
    on_both(async |app| {
        let (_, letter) = sent(&app).await;
        let reviewer = app.reviewer().await;
        reviewer.dialog(&letter, "registration").await.send().await.is(303);
        let dialog = format!("/desk/letters/{letter}/representative");
        reviewer.get(&dialog).await.ok().form(&dialog).press("next", "end").send().await.is(303);
        app.wait(60).await;
        assert_eq!(told(&app).await, ["letter_submitted"]);
        let form = reviewer.get(&dialog).await.ok().form(&dialog).press("next", "renew");
        form.fill("paper", "وکالت‌نامه ۹۹").fill("until", "1410/01/01").send().await.is(303);
        let officer = app.officer("شکایات").await;
        officer.takes(&letter).await;
        officer.asks(&letter, "کدام ملک؟", &[]).await;
        assert_eq!(told(&app).await, ["letter_submitted", "question_asked"]);
    })
    .await;
}

/// The form of a letter that a company's delegate without a mobile hands in at the counter, without the paper itself.
async fn handed_in(clerk: &Staff, until: &str) -> Form {
    let unit = clerk.app().unit("شکایات").id.to_string();
    let form = clerk.get("/desk/filing").await.ok().form("/desk/filing");
    form.fill("no_mobile", "yes")
        .fill("sender_kind", "company")
        .fill("sender_name", "شرکت آب‌آور")
        .fill("unit", &unit)
        .fill("subject", "درخواست انشعاب")
        .fill("body", "انشعاب می‌خواهیم.")
        .fill("representative_kind", "delegate")
        .fill("representative_name", "پیمان سروری")
        .fill("representative_paper", "معرفی‌نامه ۶۷")
        .fill("representative_until", until)
        .press("next", "check")
}

#[tokio::test]
async fn a_companys_delegate_comes_to_the_counter() {
    on_both(async |app| {
        let clerk = app.reviewer().await;
        let page = handed_in(&clerk, "۱۴۱۰/۰۱/۰۱").await.send().await.is(422);
        page.says("تصویر وکالت‌نامه یا معرفی‌نامه را به فایل‌ها اضافه کنید");
        assert_eq!(page.value("representative_name"), "پیمان سروری");
        let action = page.attribute("form[enctype]", "action");
        let check = page.form(&action).attach("files", paper()).press("next", "check").send().await.follow().await.ok();
        check.says("نماینده شرکت");
        let receipt = submission(&check).send().await.follow().await.ok();
        receipt.says("پیمان سروری");
        receipt.says("معرفی‌نامه ۶۷");
        receipt.says("شرکت آب‌آور");
    })
    .await;
}

#[tokio::test]
async fn nothing_is_taken_at_the_counter_from_a_delegate_whose_paper_has_expired() {
    on_both(async |app| {
        let clerk = app.reviewer().await;
        let form = handed_in(&clerk, "۱۴۰۹/۰۸/۲۱").await.attach("files", paper());
        let check = form.send().await.follow().await.ok();
        let letter = filing_of_receipt(&submission(&check).send().await.follow().await.ok());
        clerk.returns(&letter, "قبض دوره پیش").await;
        let visit = format!("/desk/letters/{letter}/visit");
        clerk.letter(&letter).await.says("ثبت مراجعه حضوری");
        clerk.get(&visit).await.ok();
        app.wait(4 * 86_400).await;
        let clerk = app.reviewer().await;
        let page = clerk.letter(&letter).await;
        for offered in ["ثبت مراجعه حضوری", "ثبت انصراف فرستنده"] {
            page.hides(offered);
        }
        clerk.get(&visit).await.is(404);
        let item = app.texts("select id from missing_items").await.remove(0);
        let (token, reply) = (clerk.form_token().await, format!("reply-{item}"));
        let fields = [("form_token", token.as_str()), (reply.as_str(), "گم شده است")];
        clerk.post(&visit, &fields).await.is(404);
        assert_eq!(app.texts("select state from letters").await, ["returned"]);
        // A new paper opens the counter to them again.
        let dialog = format!("/desk/letters/{letter}/representative");
        let form = clerk.get(&dialog).await.ok().form(&dialog).press("next", "renew");
        form.fill("until", "۱۴۱۰/۰۱/۰۱").send().await.is(303);
        let form = clerk.get(&visit).await.ok().form(&visit);
        form.fill(&reply, "گم شده است").send().await.is(303);
        assert_eq!(app.texts("select state from letters").await, ["submitted"]);
    })
    .await;
}
