//! Assisted filing: a clerk writes a letter down for somebody at the counter, who confirms by the code on their phone or, without
//! one, by signing the receipt.

use pishkhan_office::accounts::staff;
use pishkhan_office::actor::Role;
use pishkhan_office::filings;
use pishkhan_office::ids::LetterId;
use pishkhan_testkit::{Answer, Attachment, Form, Multipart, Staff, TestApp, on_both, on_both_as, samples};

use crate::bad_input::cut_behind;

/// The form, filled in for a person with this mobile; nothing typed says that they have none.
pub async fn written(clerk: &Staff, mobile: &str) -> Form {
    let unit = clerk.app().unit("شکایات").id.to_string();
    let form = clerk.get("/desk/filing").await.ok().form("/desk/filing");
    let form = form
        .fill("sender_name", "گلناز بهاری")
        .fill("unit", &unit)
        .fill("subject", "درخواست انشعاب")
        .fill("body", "انشعاب آب می‌خواهم.")
        .press("next", "check");
    if mobile.is_empty() { form.fill("no_mobile", "yes") } else { form.fill("mobile", mobile) }
}

/// What a check page is about.
pub fn filing_of(check: &Answer) -> LetterId {
    let action = check.attribute("form[action$=\"/disposal\"]", "action");
    let id = action.trim_start_matches("/desk/filing/").trim_end_matches("/disposal");
    LetterId::parse(id).expect("the form names its letter")
}

pub async fn sends_code(check: &Answer) -> Answer {
    check.form(&format!("/desk/filing/{}/code", filing_of(check))).send().await.follow().await.ok()
}

pub fn submission(check: &Answer) -> Form {
    check.form(&format!("/desk/filing/{}/submission", filing_of(check)))
}

async fn letters(app: &TestApp) -> i64 {
    app.count("select count(*) from letters where state <> 'draft'").await
}

#[tokio::test]
async fn a_person_with_a_mobile_confirms_by_code_and_finds_the_letter_in_their_account() {
    on_both(async |app| {
        let clerk = app.reviewer().await;
        let form =
            written(&clerk, "۰۹۱۲ ۱۲۳ ۴۵۶۷").await.attach("files", Attachment::new("نقشه.pdf", samples::pdf("map")));
        let check = form.send().await.follow().await.ok();
        check.says("گلناز بهاری");
        check.says("نقشه.pdf");
        check.says("۰۹۱۲ ۱۲۳ ۴۵۶۷");
        assert!(app.messages().await.is_empty(), "nothing is sent before the clerk asks for it");
        let check = sends_code(&check).await;
        let mail = app.last_message_to("09121234567").await;
        let named = app.organisation().name.split(' ').next().expect("splitting gives at least one part");
        assert!(mail.text.contains(named), "it says whose code it is: {}", mail.text);
        let code = mail.filing_code();
        let receipt = submission(&check).fill("code", &code).send().await.follow().await.ok();
        receipt.says("رسید نامه");
        receipt.says("نرگس کریمی");
        receipt.says("با کدی که به موبایلش رفت تأیید کرد");
        receipt.says("نقشه.pdf");
        let owner = app.sender("09121234567").signs_in().await;
        let history = owner.get("/letters").await.ok();
        history.says("درخواست انشعاب");
        let letter = filing_of_receipt(&receipt);
        owner.letter(&letter).await.says("در پیشخوان برای شما ثبت شد");
        owner.get(&format!("/letters/{letter}/receipt")).await.ok().says("در پیشخوان نوشته شد");
        let page_read = clerk.letter(&letter).await;
        page_read.says("در پیشخوان نوشته شد");
        page_read.says("نرگس کریمی");
        assert!(
            app.messages().await.iter().any(|mail| mail.template == "letter_submitted"),
            "the receipt's code by SMS"
        );
        let told = "select count(*) from events where kind = 'letter_filed_for_sender' and detail like '%true%'";
        assert_eq!(app.count(told).await, 1);
        // The sender who was made for the draft is gone, and so is the filing.
        assert_eq!(app.count("select count(*) from senders where organisation_id = 'nemune'").await, 1);
        assert_eq!(app.count("select count(*) from filings").await, 0);
        clerk.registers(&letter).await;
        app.wait(11).await;
        assert_eq!(app.last_message_to("09121234567").await.template, "letter_registered", "and everything after it");
    })
    .await;
}

pub fn filing_of_receipt(receipt: &Answer) -> LetterId {
    let back = receipt.attribute("a.crumb", "href");
    LetterId::parse(back.trim_start_matches("/desk/letters/")).expect("the receipt leads back to its letter")
}

#[tokio::test]
async fn a_person_without_a_mobile_signs_the_paper_and_gets_no_message() {
    on_both(async |app| {
        let clerk = app.reviewer().await;
        let check = written(&clerk, "").await.send().await.follow().await.ok();
        let receipt = submission(&check).send().await.follow().await.ok();
        receipt.says("فرستنده موبایل ندارد");
        receipt.says("نام و امضای فرستنده");
        let letter = filing_of_receipt(&receipt);
        let page = clerk.letter(&letter).await;
        page.says("موبایل ندارد");
        assert!(!page.has("form[action$='/mobile']"), "there is no number to show");
        clerk.get(&format!("/desk/letters/{letter}/registration")).await.ok().says("پیامکی فرستاده نمی‌شود");
        clerk.registers(&letter).await;
        let officer = app.officer("شکایات").await;
        officer.takes(&letter).await;
        officer.answers(&letter, "انشعاب داده می‌شود.", &[]).await;
        let token = clerk.form_token().await;
        let shown = clerk.post(&format!("/desk/letters/{letter}/mobile"), &[("form_token", &token)]).await;
        shown.is(404);
        assert!(app.messages().await.is_empty(), "no act sends anything to nobody");
        let rejected = written(&clerk, "").await.send().await.follow().await.ok();
        let rejected = submission(&rejected).send().await.follow().await.ok();
        clerk.rejects(&filing_of_receipt(&rejected), "جای دیگر").await;
        app.time_comes(100).await;
        assert!(app.messages().await.is_empty());
        let told = "select count(*) from events where kind = 'letter_filed_for_sender' and detail like '%false%'";
        assert_eq!(app.count(told).await, 2);
        // Two people without a mobile are two senders.
        assert_eq!(app.count("select count(distinct sender_id) from letters").await, 2);
    })
    .await;
}

#[tokio::test]
async fn nothing_comes_into_an_account_without_its_code() {
    on_both_as(
        |plan| plan.rules.limits.sends_per_number_per_15_minutes = 10,
        async |app| {
            let clerk = app.reviewer().await;
            let check = written(&clerk, "09121234567").await.send().await.follow().await.ok();
            assert!(!check.has("#code[name=code]"), "there is no code yet to type");
            let action = format!("/desk/filing/{}/submission", filing_of(&check));
            let token = clerk.form_token().await;
            let version = app.texts("select cast(version as text) from letters").await.remove(0);
            let asks = async |code: &str| {
                clerk.post(&action, &[("form_token", &token), ("version", &version), ("code", code)]).await
            };
            asks("").await.is(422).says("کد تأیید را بنویسید");
            asks("123456").await.is(422).says("برای این نامه کدی فرستاده نشده است");
            // The owner's account has neither draft nor letter.
            let owner = app.sender("09121234567").signs_in().await;
            owner.get("/letters").await.ok().hides("انشعاب");
            // A code for signing in confirms nothing.
            let other = app.sender("09121234567");
            other.asks_for_code().await;
            let for_signing_in = other.code().await;
            app.wait(60).await;
            let check = sends_code(&clerk.get(&format!("/desk/filing/{}", filing_of(&check))).await.ok()).await;
            let right = app.last_message_to("09121234567").await.filing_code();
            let wrong = if for_signing_in == right { "000000".to_owned() } else { for_signing_in };
            submission(&check).fill("code", &wrong).send().await.is(422).says("کد درست نیست");
            // And a code for the letter signs nobody in.
            let page = other.get("/sign-in/code").await.ok();
            page.form("/sign-in/code").fill("code", &right).send().await.is(422);
            for _ in 0..3 {
                submission(&check).fill("code", &wrong).send().await.is(422);
            }
            submission(&check).fill("code", &wrong).send().await.is(422).says("دیگر کار نمی‌کند");
            submission(&check).fill("code", &right).send().await.is(422).says("دیگر کار نمی‌کند");
            assert_eq!(letters(&app).await, 0);
            let again = check.form(&format!("/desk/filing/{}/code", filing_of(&check)));
            again.clone().send().await.is(429).says("کد قبلی هنوز در راه است");
            app.wait(120).await;
            let check = again.send().await.follow().await.ok();
            let code = app.last_message_to("09121234567").await.filing_code();
            app.wait(11 * 60).await;
            submission(&check).fill("code", &code).send().await.is(422).says("زمان این کد تمام شد");
            assert_eq!(letters(&app).await, 0);
        },
    )
    .await;
}

#[tokio::test]
async fn half_a_form_takes_nothing_away_from_what_was_written_down() {
    on_both(async |app| {
        let clerk = app.reviewer().await;
        let check = written(&clerk, "09121234567").await.send().await.follow().await.ok();
        let id = filing_of(&check);
        let action = format!("/desk/filing/{id}");
        let form = clerk.get(&format!("/desk/filing?draft={id}")).await.ok().form(&action).press("next", "check");
        let stands = "select subject || sender_name || body || unit_id from letters";
        let kept = app.texts(stands).await;
        for words in ["name=\"mobile\"", "name=\"sender_kind\"", "گلناز", "انشعاب آب"] {
            let half = cut_behind(&form, words);
            let answer = clerk.post_body(&action, &Multipart::content_type(), half).await.is(422);
            answer.says("ارسال نیمه‌کاره ماند.");
            for field in ["mobile", "body"] {
                assert_eq!(answer.form(&action).value(field), form.value(field), "{words}: {field}");
            }
            assert_eq!(app.texts(stands).await, kept);
            let again = clerk.get(&format!("/desk/filing?draft={id}")).await.ok().form(&action);
            assert_eq!(again.value("mobile"), form.value("mobile"), "{words}");
        }
    })
    .await;
}

#[tokio::test]
async fn codes_to_one_number_are_few_at_the_counter_too_and_the_last_one_holds() {
    on_both_as(
        |plan| plan.rules.limits.sends_per_number_per_15_minutes = 1,
        async |app| {
            let clerk = app.reviewer().await;
            let check = written(&clerk, "09121234567").await.send().await.follow().await.ok();
            let check = sends_code(&check).await;
            let code = app.last_message_to("09121234567").await.filing_code();
            app.wait(120).await;
            let again = check.form(&format!("/desk/filing/{}/code", filing_of(&check)));
            let refused = again.send().await.is(429);
            refused.says("به این شماره یا از میز شما کدهای زیادی رفته است.");
            submission(&refused).fill("code", &code).send().await.is(303);
            assert_eq!(letters(&app).await, 1);
        },
    )
    .await;
}

#[tokio::test]
async fn what_was_changed_after_the_code_needs_another_one() {
    on_both(async |app| {
        let clerk = app.reviewer().await;
        let check = written(&clerk, "09121234567").await.send().await.follow().await.ok();
        let id = filing_of(&check);
        let check = sends_code(&check).await;
        let code = app.last_message_to("09121234567").await.filing_code();
        let form = clerk.get(&format!("/desk/filing?draft={id}")).await.ok();
        let form = form.form(&format!("/desk/filing/{id}")).fill("body", "متن دیگر").press("next", "check");
        form.send().await.follow().await.ok().says("متن دیگر");
        // The page that was still open.
        submission(&check).fill("code", &code).send().await.is(422);
        app.wait(120).await;
        let check = sends_code(&clerk.get(&format!("/desk/filing/{id}")).await.ok()).await;
        let code = app.last_message_to("09121234567").await.filing_code();
        let stale = submission(&check).fill("code", &code).fill("version", "1").send().await.is(409);
        stale.says("تغییر");
        submission(&check).fill("code", &code).send().await.is(303);
        assert_eq!(letters(&app).await, 1);
        // The second of two clicks, and whoever goes back, come to the receipt, too.
        let receipt = submission(&check).fill("code", &code).send().await.is(303);
        assert_eq!(receipt.location(), format!("/desk/letters/{id}/receipt"));
        let back = clerk.get(&format!("/desk/filing/{id}")).await.is(303);
        assert_eq!(back.location(), format!("/desk/letters/{id}/receipt"));
        assert_eq!(letters(&app).await, 1);
        let other = app.more_reviewers(1).await.remove(0);
        other.get(&format!("/desk/filing/{id}")).await.is(404);
        let token = clerk.form_token().await;
        clerk.post(&format!("/desk/filing/{id}/disposal"), &[("form_token", &token)]).await.is(404);
    })
    .await;
}

#[tokio::test]
async fn the_form_says_all_that_is_wrong_and_keeps_what_was_typed() {
    on_both(async |app| {
        let clerk = app.reviewer().await;
        let unit = app.unit("شکایات").id.to_string();
        let form = clerk.get("/desk/filing").await.ok().form("/desk/filing").press("next", "check");
        let page = form.send().await.is(422);
        page.says("شماره موبایل را بنویسید، یا بگویید");
        page.says("نام");
        assert_eq!(page.attributes(".errs a", "href").len(), 5, "mobile, name, unit, subject, letter");
        let id = page.attribute("form[enctype]", "action");
        let form = page.form(&id).press("next", "check").fill("sender_name", "گلناز").fill("unit", &unit);
        let form = form.fill("subject", "موضوع").fill("body", "متن");
        let page = form.clone().fill("mobile", "0912").send().await.is(422);
        page.says("شماره باید ۱۱ رقم باشد");
        assert_eq!((page.value("mobile").as_str(), page.value("subject").as_str()), ("0912", "موضوع"));
        let both = form.clone().fill("mobile", "09121234567").fill("no_mobile", "yes").send().await.is(422);
        both.says("یکی را بردارید");
        let bad = Attachment::new("a.pdf", "not a pdf");
        form.clone().fill("mobile", "09121234567").attach("files", bad).send().await.is(422);
        let good = Attachment::new("خوب.pdf", samples::pdf("good"));
        let page = form.clone().fill("mobile", "").attach("files", good).send().await.is(422);
        page.says("خوب.pdf");
        let removed = page
            .form(&id)
            .fill("mobile", "09121234567")
            .press("remove", &page.attribute("button[name=remove]", "value"));
        removed.send().await.follow().await.ok().hides("خوب.pdf");
        assert_eq!(app.count("select count(*) from filings").await, 1, "one form, one filing");
        let open = clerk.get("/desk/filing").await.ok();
        open.says("یک نامه ناتمام");
        let disposal = format!("{id}/disposal");
        clerk.get(&open.attribute(".written details a", "href")).await.ok().form(&disposal).send().await.is(303);
        assert_eq!(app.count("select count(*) from letters").await, 0);
        assert_eq!(app.count("select count(*) from senders").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_filing_is_its_clerks_alone() {
    on_both(async |app| {
        let clerk = app.reviewer().await;
        let check = written(&clerk, "").await.send().await.follow().await.ok();
        let id = filing_of(&check);
        let mut others = app.more_reviewers(1).await;
        for role in [Role::Officer, Role::Signer, Role::Administrator, Role::Auditor] {
            others.push(app.staff(role).await);
        }
        for other in &others {
            let token = other.form_token().await;
            other.get(&format!("/desk/filing/{id}")).await.is(404);
            other.get(&format!("/desk/filing?draft={id}")).await.is(404);
            for act in ["", "/code", "/submission", "/disposal"] {
                let fields = [("form_token", token.as_str()), ("version", "2")];
                other.post(&format!("/desk/filing/{id}{act}"), &fields).await.is(404);
            }
        }
        assert_eq!(letters(&app).await, 0);
        submission(&check).send().await.is(303);
    })
    .await;
}

#[tokio::test]
async fn what_a_clerk_left_behind_another_one_takes_over_and_asks_for_the_number_again() {
    on_both(async |app| {
        let clerk = app.reviewer().await;
        let check = written(&clerk, "09121234567").await.send().await.follow().await.ok();
        let id = filing_of(&check);
        sends_code(&check).await;
        let taking = format!("/desk/filing/{id}/taking");
        let others = app.more_reviewers(2).await;
        let (next, late) = (&others[0], &others[1]);
        // As long as its clerk is there it is theirs.
        next.get("/desk/filing").await.ok().hides(&taking);
        let token = next.form_token().await;
        next.post(&taking, &[("form_token", &token)]).await.is(422).says("پیش از شما این نامه را برداشت");
        let mut tx = app.begin().await;
        staff::disable(&mut tx, &clerk.account.id).await.expect("they are gone");
        tx.commit().await.expect("it is kept");
        app.officer("شکایات").await.post(&taking, &[("form_token", &token)]).await.is(404);
        let page = next.get("/desk/filing").await.ok();
        page.says("یک نامه ناتمام از همکاری");
        page.says(&clerk.account.name);
        let too_late = late.get("/desk/filing").await.ok().form(&taking);
        let form = page.form(&taking).send().await.follow().await.ok();
        assert_eq!((form.value("subject").as_str(), form.value("mobile").as_str()), ("درخواست انشعاب", ""));
        too_late.send().await.is(422).says("پیش از شما این نامه را برداشت");
        late.get(&format!("/desk/filing/{id}")).await.is(404);
        // Nothing that the number confirmed to the clerk before counts.
        let form = form.form(&format!("/desk/filing/{id}")).press("next", "check");
        form.clone().send().await.is(422).says("شماره موبایل را بنویسید");
        let check = form.fill("mobile", "09121234567").send().await.follow().await.ok();
        assert!(!check.has("#code[name=code]"), "the code of before is worth nothing");
        app.wait(120).await;
        let check = sends_code(&check).await;
        let code = app.last_message_to("09121234567").await.filing_code();
        let receipt = submission(&check).fill("code", &code).send().await.follow().await.ok();
        receipt.says(&next.account.name);
        app.sender("09121234567").signs_in().await.letter(&id).await.says("درخواست انشعاب");
        assert_eq!(app.count("select count(*) from filings").await, 0);
    })
    .await;
}

#[tokio::test]
async fn what_was_left_behind_and_taken_over_by_nobody_goes_after_a_month() {
    on_both(async |app| {
        let clerk = app.reviewer().await;
        let map = Attachment::new("نقشه.pdf", samples::pdf("map"));
        written(&clerk, "").await.attach("files", map).send().await.is(303);
        let other = app.more_reviewers(1).await.remove(0);
        written(&other, "").await.send().await.is(303);
        app.wait(60 * 24 * 3_600).await;
        let mut tx = app.begin().await;
        let member = staff::find(&mut tx, &clerk.account.id).await.expect("found").expect("there");
        staff::end_post(&mut tx, &clerk.account.id, &member.staff.posts[0].id).await.expect("the post ends");
        tx.commit().await.expect("it is kept");
        for (days, kept) in [(0, 2), (29, 2), (2, 1)] {
            app.wait(days * 24 * 3_600).await;
            let mut tx = app.begin().await;
            filings::forget_left(&mut tx).await.expect("it comes through");
            tx.commit().await.expect("it is kept");
            assert_eq!(app.count("select count(*) from filings").await, kept, "days: {days}");
        }
        // With everything that was brought for it, and the sender who was made for it; a clerk who is there keeps theirs.
        assert_eq!(app.count("select count(*) from letters").await, 1);
        assert_eq!(app.count("select count(*) from files where removed_at is null").await, 0);
        assert_eq!(app.count("select count(*) from senders").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_number_gets_no_more_codes_at_the_counter_than_by_signing_in() {
    on_both_as(
        |plan| plan.rules.limits.sends_per_number_per_15_minutes = 2,
        async |app| {
            let clerk = app.reviewer().await;
            let owner = app.sender("09121234567");
            owner.asks_for_code().await.is(303);
            let check = written(&clerk, "09121234567").await.send().await.follow().await.ok();
            let check = sends_code(&check).await;
            app.wait(120).await;
            let again = check.form(&format!("/desk/filing/{}/code", filing_of(&check)));
            again.send().await.is(429).says("کدهای زیادی");
            assert_eq!(app.messages().await.len(), 2);
        },
    )
    .await;
}

/// A letter of somebody without a mobile, handed in at the counter.
pub async fn filed(clerk: &Staff) -> LetterId {
    let check = written(clerk, "").await.send().await.follow().await.ok();
    filing_of_receipt(&submission(&check).send().await.follow().await.ok())
}

#[tokio::test]
async fn a_clerk_who_has_begun_too_many_is_told_so_and_what_was_typed_stays() {
    on_both_as(
        |plan| plan.rules.limits.drafts_per_sender = 1,
        async |app| {
            let clerk = app.reviewer().await;
            let check = written(&clerk, "").await.send().await.follow().await.ok();
            let refused = written(&clerk, "").await.send().await.is(422);
            refused.says("نامه‌های ناتمام شما زیاد شده است");
            assert_eq!(refused.value("subject"), "درخواست انشعاب");
            assert_eq!(app.count("select count(*) from filings").await, 1);
            assert_eq!(app.count("select count(*) from senders where organisation_id = 'nemune'").await, 1);
            submission(&check).send().await.is(303);
            written(&clerk, "").await.send().await.is(303);
        },
    )
    .await;
}
