//! Whoever has no mobile comes again: they bring what their letter waits for, withdraw it or object, and a clerk records it.

use pishkhan_office::accounts::staff;
use pishkhan_office::actor::Role;
use pishkhan_office::ids::LetterId;
use pishkhan_testkit::{Attachment, Letter, Staff, TestApp, on_both, on_both_as, samples};

use crate::filing::{filed, filing_of_receipt, sends_code, submission, written};

async fn states(app: &TestApp) -> Vec<String> {
    app.texts("select state from letters order by created_at, id").await
}

#[tokio::test]
async fn whoever_has_no_mobile_brings_to_the_counter_what_their_letter_waits_for() {
    on_both(async |app| {
        let clerk = app.reviewer().await;
        let check = written(&clerk, "").await.send().await.follow().await.ok();
        let letter = filing_of_receipt(&submission(&check).send().await.follow().await.ok());
        let visit = format!("/desk/letters/{letter}/visit");
        clerk.get(&visit).await.is(409);
        clerk.returns(&letter, "صفحه اول سند\nقبض دوره پیش").await;
        clerk.letter(&letter).await.says("ثبت مراجعه حضوری");
        let form = clerk.get(&visit).await.ok().form(&visit);
        let items = app.texts("select id from missing_items order by position").await;
        let file = Attachment::new("سند.pdf", samples::pdf("deed"));
        let page = form.attach(&format!("files-{}", items[0]), file).send().await.is(422);
        page.says("هنوز همه موارد کامل نیست");
        page.says("سند.pdf");
        page.form(&visit).fill(&format!("reply-{}", items[1]), "گم شده است").send().await.is(303);
        let page = clerk.letter(&letter).await;
        page.says("گم شده است");
        page.hides("ثبت مراجعه حضوری");
        let by = "select count(*) from events where kind = 'letter_completed' and actor_kind = 'staff'";
        assert_eq!(app.count(by).await, 1, "the event names the clerk");
        clerk.registers(&letter).await;
        let officer = app.officer("شکایات").await;
        officer.takes(&letter).await;
        officer.asks(&letter, "نشانی ملک کجاست؟", &[]).await;
        officer.get(&visit).await.is(404);
        let page = clerk.get(&visit).await.ok();
        page.says("نشانی ملک کجاست؟");
        page.form(&visit).fill("text", " ").send().await.is(422);
        let form = page.form(&visit).fill("text", "خیابان بهار");
        form.send().await.is(303);
        form.send().await.is(409);
        officer.letter(&letter).await.says("خیابان بهار");
        assert!(app.messages().await.is_empty());
        // Whoever has a mobile acts by it.
        let sender = app.sender("09121234567").signs_in().await;
        let own = sender.sends(&Letter::default()).await;
        clerk.returns(&own, "صفحه اول سند").await;
        let token = clerk.form_token().await;
        let own = format!("/desk/letters/{own}/visit");
        clerk.get(&own).await.is(404);
        clerk.post(&own, &[("form_token", &token)]).await.is(404);
    })
    .await;
}

#[tokio::test]
async fn whoever_has_no_mobile_withdraws_at_the_counter_and_signs_a_slip() {
    on_both(async |app| {
        let clerk = app.reviewer().await;
        let letter = filed(&clerk).await;
        let (withdrawal, slip) = (format!("/desk/letters/{letter}/withdrawal"), format!("/desk/letters/{letter}/slip"));
        let page = clerk.letter(&letter).await;
        page.says("ثبت انصراف فرستنده");
        page.hides("ثبت اعتراض فرستنده");
        clerk.get(&slip).await.is(404);
        let form = clerk.get(&withdrawal).await.ok().form(&withdrawal);
        let long = "م".repeat(1_001);
        let refused = form.clone().fill("text", &long).send().await.is(422);
        refused.says("دلیل باید حداکثر ۱٬۰۰۰ نویسه باشد.");
        assert_eq!(refused.form(&withdrawal).value("text"), Some(long.as_str()));
        let bad = form.clone().fill("text", "پشیمان شد").attach("files", Attachment::new("a.pdf", "not a pdf"));
        let refused = bad.send().await.is(422);
        refused.says("فایل‌ها را دوباره انتخاب کنید");
        assert_eq!(refused.form(&withdrawal).value("text"), Some("پشیمان شد"));
        assert_eq!(states(&app).await, ["submitted"]);
        let signed = Attachment::new("برگه.pdf", samples::pdf("signed"));
        let form = form.fill("text", "انشعاب را از جای دیگر گرفتم").attach("files", signed);
        let done = form.send().await;
        assert_eq!(done.location(), slip);
        let printed = done.follow().await.ok();
        for text in ["انصراف از نامه", "انشعاب را از جای دیگر گرفتم", "گلناز بهاری", "نرگس کریمی", "برگه.pdf"]
        {
            printed.says(text);
        }
        printed.says("نام و امضای فرستنده");
        assert_eq!(states(&app).await, ["withdrawn"]);
        let page = clerk.letter(&letter).await;
        page.says("فرستنده انصراف داد: انشعاب را از جای دیگر گرفتم");
        page.says("آنچه فرستنده حضوری آورد");
        page.says("برگه امضا");
        page.hides("ثبت انصراف فرستنده");
        let by = "select count(*) from events where kind = 'letter_withdrawn' and actor_kind = 'staff'";
        assert_eq!(app.count(by).await, 1, "the event names the clerk");
        form.send().await.is(409).says("انشعاب را از جای دیگر گرفتم");
        clerk.get(&withdrawal).await.is(409).says("اکنون نمی‌شود از این نامه انصراف داد");
        assert!(app.messages().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn whoever_has_no_mobile_objects_at_the_counter_once_and_in_time() {
    on_both(async |app| {
        let clerk = app.reviewer().await;
        let letter = filed(&clerk).await;
        let objection = format!("/desk/letters/{letter}/objection");
        clerk.get(&objection).await.is(409).says("هنوز تصمیمی گرفته نشده است");
        clerk.registers(&letter).await;
        let officer = app.officer("شکایات").await;
        officer.takes(&letter).await;
        officer.answers(&letter, "انشعاب داده نمی‌شود.", &[]).await;
        officer.get(&objection).await.is(404);
        let page = clerk.letter(&letter).await;
        page.says("ثبت اعتراض فرستنده");
        page.hides("ثبت انصراف فرستنده");
        let form = clerk.get(&objection).await.ok().form(&objection);
        form.clone().fill("text", " ").send().await.is(422).says("متن اعتراض را بنویسید");
        form.clone().fill("text", &"آ".repeat(5_001)).send().await.is(422).says("حداکثر ۵٬۰۰۰ نویسه");
        form.clone().forge("version", "1").fill("text", "پیش از آن").send().await.is(409).says("پیش از آن");
        let bill = Attachment::new("قبض.pdf", samples::pdf("bill"));
        let form = form.fill("text", "قبض را ندیده‌اید.").attach("files", bill);
        let printed = form.send().await.follow().await.ok();
        for text in ["اعتراض به تصمیم", "قبض را ندیده‌اید.", "قبض.pdf", "۱۴۰۹/ش/۰۰۰۱", "نام و امضای فرستنده"]
        {
            printed.says(text);
        }
        assert_eq!(states(&app).await, ["objected"]);
        let again = form.send().await.is(409);
        again.says("قبض را ندیده‌اید.");
        clerk.get(&objection).await.is(409).says("اعتراض فرستنده ثبت شده است");
        let above = app.signer("بایگانی").await;
        let page = above.letter(&letter).await;
        page.says("قبض را ندیده‌اید.");
        page.says("قبض.pdf");
        let file = page.attribute("a[href^='/files/']", "href");
        assert_eq!(above.get(&file).await.ok().body, samples::pdf("bill"));
        above.rules(&letter, "uphold", "تصمیم می‌ماند.").await;
        clerk.get(&objection).await.is(409).says("دوباره نمی‌شود به آن اعتراض کرد");
        let by = "select count(*) from events where kind = 'letter_objected' and actor_kind = 'staff'";
        assert_eq!(app.count(by).await, 1, "the event names the clerk");
        // A rejection has the same window.
        let late = filed(&clerk).await;
        clerk.rejects(&late, "").await;
        let objection = format!("/desk/letters/{late}/objection");
        let form = clerk.get(&objection).await.ok().form(&objection).fill("text", "دیر آمدم");
        app.wait(100 * 86_400).await;
        let clerk = app.reviewer().await;
        let form = form.by(&clerk.browser).forge("form_token", &clerk.form_token().await);
        let refused = form.send().await.is(409);
        refused.says("مهلت اعتراض تمام شده است");
        refused.says("دیر آمدم");
        clerk.letter(&late).await.hides("ثبت اعتراض فرستنده");
        assert!(app.messages().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn whoever_has_no_mobile_adds_something_at_the_counter_from_the_registration_to_the_end() {
    on_both(async |app| {
        let clerk = app.reviewer().await;
        let letter = filed(&clerk).await;
        let visit = format!("/desk/letters/{letter}/visit");
        clerk.letter(&letter).await.hides("ثبت مراجعه حضوری");
        clerk.registers(&letter).await;
        clerk.letter(&letter).await.says("ثبت مراجعه حضوری");
        let form = clerk.get(&visit).await.ok().form(&visit);
        form.clone().fill("text", " ").send().await.is(422).says("متنی بنویسید یا فایلی انتخاب کنید");
        let bill = Attachment::new("قبض.pdf", samples::pdf("bill"));
        let form = form.fill("text", "قبض تازه هم رسید").attach("files", bill);
        form.send().await.is(303);
        form.send().await.is(303);
        assert_eq!(app.texts("select text from messages").await, ["قبض تازه هم رسید"], "pressed twice, said once");
        let by = "select count(*) from events where kind = 'message_sent' and actor_kind = 'staff'";
        assert_eq!(app.count(by).await, 1, "the event names the clerk");
        let officer = app.officer("شکایات").await;
        officer.get("/desk?show=messages").await.ok().says("درخواست انشعاب");
        let page = officer.letter(&letter).await;
        page.says("قبض تازه هم رسید");
        let file = page.attribute("a[href^='/files/']", "href");
        assert_eq!(officer.get(&file).await.ok().body, samples::pdf("bill"));
        officer.get(&visit).await.is(404);
        officer.takes(&letter).await;
        // What the unit asks is replied to first.
        officer.asks(&letter, "کدام کنتور؟", &[]).await;
        let page = clerk.get(&visit).await.ok();
        page.says("کدام کنتور؟");
        page.form(&visit).fill("text", "کنتور حیاط").send().await.is(303);
        officer.answers(&letter, "انشعاب داده می‌شود.", &[]).await;
        let form = clerk.get(&visit).await.ok().form(&visit).fill("text", "کی وصل می‌شود؟");
        app.execute("update letters set state = 'closed', closed_at = answered_at").await;
        form.send().await.is(409).says("کی وصل می‌شود؟");
        clerk.letter(&letter).await.hides("ثبت مراجعه حضوری");
        clerk.get(&visit).await.is(409);
        assert!(app.messages().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_is_added_at_the_counter_in_a_day_has_a_bound_and_what_was_typed_stays() {
    on_both_as(
        |plan| plan.rules.limits.messages_per_sender_per_day = 1,
        async |app| {
            let clerk = app.reviewer().await;
            let letter = filed(&clerk).await;
            clerk.registers(&letter).await;
            let visit = format!("/desk/letters/{letter}/visit");
            let form = clerk.get(&visit).await.ok().form(&visit);
            form.clone().fill("text", "قبض تازه هم رسید").send().await.is(303);
            let refused = form.fill("text", "و یک چیز دیگر").send().await.is(429);
            refused.says("امروز درباره این نامه پیام‌های زیادی ثبت شده است.");
            assert_eq!(refused.form(&visit).value("text"), Some("و یک چیز دیگر"));
            assert_eq!(app.count("select count(*) from messages").await, 1);
        },
    )
    .await;
}

#[tokio::test]
async fn what_is_added_when_the_unit_has_asked_meanwhile_is_shown_to_be_said_as_the_reply() {
    on_both(async |app| {
        let clerk = app.reviewer().await;
        let letter = filed(&clerk).await;
        clerk.registers(&letter).await;
        let officer = app.officer("شکایات").await;
        officer.takes(&letter).await;
        let visit = format!("/desk/letters/{letter}/visit");
        let form = clerk.get(&visit).await.ok().form(&visit).fill("text", "نشانی ملک عوض شد");
        officer.asks(&letter, "نشانی ملک کجاست؟", &[]).await;
        form.send().await.is(409).says("نشانی ملک عوض شد");
        assert_eq!(app.count("select count(*) from messages where kind = 'message'").await, 0);
        clerk.get(&visit).await.ok().form(&visit).fill("text", "نشانی ملک عوض شد").send().await.is(303);
        assert_eq!(states(&app).await, ["in_progress"]);
    })
    .await;
}

#[tokio::test]
async fn whoever_has_no_mobile_is_handed_the_answer_at_the_counter_and_that_is_on_record() {
    on_both(async |app| {
        let clerk = app.reviewer().await;
        let letter = filed(&clerk).await;
        let service = format!("/desk/letters/{letter}/service");
        let token = clerk.form_token().await;
        clerk.get(&service).await.is(404);
        let seen = app.numbers("select version from letters").await[0].to_string();
        clerk.post(&service, &[("form_token", &token), ("version", &seen)]).await.is(404);
        clerk.registers(&letter).await;
        let officer = app.officer("شکایات").await;
        officer.takes(&letter).await;
        let form = officer.dialog(&letter, "answer").await.fill("text", "انشعاب داده می‌شود.");
        form.send().await.is(303);
        officer.get(&service).await.is(404);
        let decided = format!("/desk?done={letter}");
        assert!(officer.get(&decided).await.ok().has("[data-undo]"));
        let page = clerk.letter(&letter).await;
        page.says("فرستنده هنوز پاسخ را نگرفته است");
        page.says("تحویل پاسخ به فرستنده");
        let sheet = clerk.get(&service).await.ok();
        for text in ["انشعاب داده می‌شود.", "گلناز بهاری", "۱۴۰۹/ش/۰۰۰۱", "نام و امضای فرستنده", "می‌توانید اعتراض کنید"]
        {
            sheet.says(text);
        }
        let form = sheet.form(&service);
        form.send().await.is(303);
        form.send().await.is(303);
        let sheet = clerk.get(&service).await.ok();
        sheet.says("فرستنده پاسخ را گرفت");
        sheet.hides("پاسخ را به فرستنده دادم");
        let by = "select count(*) from events where kind = 'answer_opened' and actor_kind = 'staff'";
        assert_eq!(app.count(by).await, 1, "once, and the event names the clerk");
        clerk.letter(&letter).await.says("پاسخ به دست فرستنده داده شد");
        assert!(!officer.get(&decided).await.ok().has("[data-undo]"), "what they have is not taken back");
        // Whoever has a mobile looks at it on their own.
        let (_, officer, own) = app.letter_in_hand().await;
        officer.answers(&own, "پاسخ", &[]).await;
        let service = format!("/desk/letters/{own}/service");
        clerk.get(&service).await.is(404);
        clerk.post(&service, &[("form_token", &token), ("version", &seen)]).await.is(404);
        assert_eq!(app.count("select count(*) from letters where answer_opened_at is not null").await, 1);
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_was_taken_back_after_it_was_printed_is_not_recorded_as_handed_over() {
    on_both(async |app| {
        let clerk = app.reviewer().await;
        let letter = filed(&clerk).await;
        clerk.registers(&letter).await;
        let officer = app.officer("شکایات").await;
        officer.takes(&letter).await;
        let answers = async |text: &str| {
            officer.dialog(&letter, "answer").await.fill("text", text).send().await.is(303);
        };
        answers("انشعاب داده می‌شود.").await;
        let service = format!("/desk/letters/{letter}/service");
        let printed = clerk.get(&service).await.ok().form(&service);
        let undo = officer.letter(&letter).await.form(&format!("/desk/letters/{letter}/undoing"));
        undo.send().await.is(303);
        printed.send().await.is(409);
        answers("انشعاب داده نمی‌شود.").await;
        printed.send().await.is(409).says("انشعاب داده نمی‌شود.");
        assert_eq!(app.count("select count(*) from letters where answer_opened_at is not null").await, 0);
        clerk.get(&service).await.ok().form(&service).send().await.is(303);
        assert_eq!(app.count("select count(*) from letters where answer_opened_at is not null").await, 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_has_no_mobile_takes_the_certificate_of_non_response_at_the_counter() {
    on_both(async |app| {
        let clerk = app.reviewer().await;
        let letter = filed(&clerk).await;
        let certificate = format!("/desk/letters/{letter}/certificate");
        let way = format!("a[href^='{certificate}']");
        clerk.get(&certificate).await.is(404);
        assert!(!clerk.letter(&letter).await.has(&way), "there is time left");
        let own = app.sender("09121234567").signs_in().await.sends(&Letter::default()).await;
        app.wait(20 * 86_400).await;
        let clerk = app.reviewer().await;
        assert!(clerk.letter(&letter).await.has(&way));
        let paper = clerk.get(&certificate).await.ok();
        for text in ["سازمان نمونه گواهی می‌کند", "نتیجه‌ای درباره آن اعلام نشده است", "گلناز بهاری", "درخواست انشعاب"]
        {
            paper.says(text);
        }
        clerk.registers(&letter).await;
        let paper = clerk.get(&certificate).await.ok();
        paper.says("تا آن زمان نتیجه‌ای درباره آن اعلام نشده بود");
        paper.says("۱۴۰۹/ش/۰۰۰۱");
        let mut others = vec![app.elsewhere().reviewer().await];
        for role in [Role::Officer, Role::Signer, Role::Administrator, Role::Auditor] {
            others.push(app.staff(role).await);
        }
        for other in &others {
            other.get(&certificate).await.is(404);
        }
        // Whoever has a mobile takes it on their own.
        let certificate = format!("/desk/letters/{own}/certificate");
        clerk.get(&certificate).await.is(404);
        assert!(!clerk.letter(&own).await.has(&format!("a[href^='{certificate}']")));
    })
    .await;
}

#[tokio::test]
async fn what_was_rejected_is_written_down_again_for_whoever_has_no_mobile() {
    on_both(async |app| {
        let clerk = app.reviewer().await;
        let check = written(&clerk, "").await.attach("files", Attachment::new("نقشه.pdf", samples::pdf("map")));
        let check = check.send().await.follow().await.ok();
        let letter = filing_of_receipt(&submission(&check).send().await.follow().await.ok());
        let again = format!("/desk/letters/{letter}/rewriting");
        let token = clerk.form_token().await;
        clerk.post(&again, &[("form_token", &token)]).await.is(409).says("هنوز در جریان است");
        clerk.rejects(&letter, "").await;
        let button = clerk.letter(&letter).await.form(&again);
        let there = button.send().await.is(303).location();
        assert_eq!(button.send().await.is(303).location(), there, "one draft however often it is pressed");
        assert_eq!(states(&app).await, ["rejected", "draft"]);
        let page = clerk.get(&there).await.ok();
        page.says("نقشه.pdf");
        let draft = there.rsplit('=').next().expect("an address has an end");
        let form = page.form(&format!("/desk/filing/{draft}"));
        assert_eq!(form.value("subject"), Some("درخواست انشعاب"));
        assert_eq!(form.value("body"), Some("انشعاب آب می‌خواهم."));
        form.clone().press("next", "check").send().await.is(422).says("موبایل");
        let check = form.fill("no_mobile", "yes").press("next", "check").send().await.follow().await.ok();
        let new = filing_of_receipt(&submission(&check).send().await.follow().await.ok());
        assert_eq!(states(&app).await, ["rejected", "submitted"]);
        let page = clerk.letter(&letter).await;
        page.hides("نوشتن دوباره برای فرستنده");
        assert!(page.has(&format!("a[href^='/desk/letters/{new}']")), "each leads to the other");
        assert!(clerk.letter(&new).await.has(&format!("a[href^='/desk/letters/{letter}']")));
        assert_eq!(button.send().await.is(303).location(), format!("/desk/letters/{new}"));
        assert_eq!(app.count("select count(*) from filings").await, 0);
        assert!(app.messages().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn of_two_clerks_who_write_a_letter_again_the_second_is_led_to_what_the_first_one_filed() {
    on_both(async |app| {
        let (clerk, colleague) = (app.reviewer().await, app.officer("شکایات").await);
        let mut tx = app.begin().await;
        let post = staff::NewPost { unit: None, title: "دبیرخانه".into(), role: Role::Reviewer };
        staff::add_post(&mut tx, &colleague.account.id, &post).await.expect("a second post");
        tx.commit().await.expect("it is kept");
        let letter = filed(&clerk).await;
        clerk.rejects(&letter, "").await;
        let again = format!("/desk/letters/{letter}/rewriting");
        let mut checks = Vec::new();
        for person in [&clerk, &colleague] {
            let there = person.letter(&letter).await.form(&again).send().await.is(303).location();
            let draft = there.rsplit('=').next().expect("an address has an end");
            let form = person.get(&there).await.ok().form(&format!("/desk/filing/{draft}"));
            checks.push(form.fill("no_mobile", "yes").press("next", "check").send().await.follow().await.ok());
        }
        let new = filing_of_receipt(&submission(&checks[0]).send().await.follow().await.ok());
        assert_eq!(submission(&checks[1]).send().await.is(303).location(), format!("/desk/letters/{new}"));
        assert_eq!(app.count("select count(*) from letters where state = 'submitted'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn only_a_clerk_records_what_is_said_and_only_for_whoever_has_no_mobile() {
    on_both(async |app| {
        let clerk = app.reviewer().await;
        let letter = filed(&clerk).await;
        let mut others = vec![app.elsewhere().reviewer().await];
        for role in [Role::Officer, Role::Signer, Role::Administrator, Role::Auditor] {
            others.push(app.staff(role).await);
        }
        // Whoever has a mobile acts by it, even if the letter was written down here.
        let check = written(&clerk, "09121234567").await.send().await.follow().await.ok();
        let check = sends_code(&check).await;
        let code = app.last_message_to("09121234567").await.filing_code();
        let receipt = submission(&check).fill("code", &code).send().await.follow().await.ok();
        let own = filing_of_receipt(&receipt);
        clerk.letter(&own).await.hides("ثبت انصراف فرستنده");
        let asks = async |person: &Staff, letter: &LetterId| {
            let token = person.form_token().await;
            for act in ["withdrawal", "objection"] {
                let path = format!("/desk/letters/{letter}/{act}");
                person.get(&path).await.is(404);
                let fields = [("form_token", token.as_str()), ("version", "3"), ("text", "نمی‌خواهم")];
                person.post(&path, &fields).await.is(404);
            }
            person.get(&format!("/desk/letters/{letter}/slip")).await.is(404);
            person.post(&format!("/desk/letters/{letter}/rewriting"), &[("form_token", &token)]).await.is(404);
        };
        for other in &others {
            asks(other, &letter).await;
        }
        asks(&clerk, &own).await;
        assert_eq!(states(&app).await, ["submitted", "submitted"]);
    })
    .await;
}
