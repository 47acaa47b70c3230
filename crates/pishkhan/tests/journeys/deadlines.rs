//! Deadlines as people meet them: on the receipt, in the tray, one level up, and in writing when nobody answered.

use pishkhan_office::actor::Role;
use pishkhan_office::deadlines::{self, Closure, Extent, SetTerm, Step, Term};
use pishkhan_office::ids::LetterId;
use pishkhan_office::kinds;
use pishkhan_office::persian::JalaliDate;
use pishkhan_testkit::{Letter, Sender, Staff, TestApp, draft_of, on_both, submission_of};

const DAY: u64 = 24 * 60 * 60;

fn aban(day: u8) -> JalaliDate {
    JalaliDate::new(1409, 8, day).expect("a date of the calendar")
}

/// Closes days of Aban 1409, of which the 19th, a Sunday, is today.
async fn closes(app: &TestApp, days: &[u8]) {
    let closed =
        |day: &u8| Closure { unit: None, date: aban(*day), left: Extent::Off, reason: "آلودگی هوا".into() };
    let mut tx = app.begin().await;
    deadlines::close(&mut tx, &days.iter().map(closed).collect::<Vec<_>>()).await.expect("closed");
    tx.commit().await.expect("kept");
}

async fn sets(app: &TestApp, step: Step, term: Term, kind: Option<&kinds::Kind>, basis: &str) {
    let mut tx = app.begin().await;
    let kind = kind.map(|kind| kind.id.clone());
    let set = SetTerm { unit: None, kind, step, term, basis: basis.into() };
    deadlines::set_term(&mut tx, &set).await.expect("set");
    tx.commit().await.expect("kept");
}

async fn adds_kind(app: &TestApp, name: &str, english: &str) -> kinds::Kind {
    let mut tx = app.begin().await;
    let kind = kinds::add(&mut tx, name, english).await.expect("a kind");
    tx.commit().await.expect("kept");
    kind
}

/// The subjects in a view of the tray.
async fn subjects(staff: &Staff, view: &str) -> Vec<String> {
    staff.get(&format!("/desk?show={view}")).await.ok().all(".rows .sub")
}

async fn comes_back(app: &TestApp, sender: &Sender) -> Sender {
    app.sender(&sender.mobile).signs_in().await
}

#[tokio::test]
async fn a_deadline_skips_the_days_that_are_closed_and_stays_when_more_are() {
    on_both(async |app| {
        closes(&app, &[20, 21]).await;
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        let receipt = format!("/letters/{letter}/receipt");
        sender.get(&receipt).await.ok().says("شنبه ۲۵ آبان");
        sender.get("/letters").await.ok().says("تا پایان شنبه ۲۵ آبان بررسی می‌شود.");
        closes(&app, &[22, 25]).await;
        sender.get(&receipt).await.ok().says("شنبه ۲۵ آبان");
        sets(&app, Step::Answer, Term::Hours(8), None, "").await;
        app.reviewer().await.registers(&letter).await;
        // From Sunday at 9:42: less than five hours today, the rest on Thursday, when half a day is worked.
        sender.letter(&letter).await.says("مهلت پاسخ: پنجشنبه ۲۳ آبان.");
    })
    .await;
}

#[tokio::test]
async fn a_sender_chooses_a_kind_where_there_are_kinds() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        assert!(!sender.get("/letters/new").await.ok().has("[name=letter_kind]"), "nobody is asked for nothing");
        let request = adds_kind(&app, "دسترسی به اطلاعات", "Access to information").await;
        let other = adds_kind(&app, "پیشنهاد", "").await;
        sets(&app, Step::Review, Term::Days(1), Some(&request), "").await;

        let form = sender.fills_in(&Letter::default()).await.fill("letter_kind", request.id.as_str());
        let check = form.press("next", "check").send().await.follow().await.ok();
        check.says("دسترسی به اطلاعات");
        let edit = sender.get(&format!("/letters/new?draft={}", draft_of(&check))).await.ok();
        assert_eq!(edit.attribute("[name=letter_kind] [selected]", "value"), request.id.as_str());
        let id = draft_of(&check);
        let receipt = check.form(&submission_of(&check)).send().await.follow().await.ok();
        receipt.says("دسترسی به اطلاعات");
        receipt.says("دوشنبه ۲۰ آبان");
        sender.letter(&id).await.says("دسترسی به اطلاعات");
        app.reviewer().await.letter(&id).await.says("دسترسی به اطلاعات");

        let plain = sender.sends(&Letter::default()).await;
        sender.get(&format!("/letters/{plain}/receipt")).await.ok().says("چهارشنبه ۲۲ آبان");
        let mut tx = app.begin().await;
        kinds::archive(&mut tx, &other.id).await.expect("archived");
        tx.commit().await.expect("kept");
        let form = sender.fills_in(&Letter::default()).await;
        assert_eq!(form.choices("letter_kind"), ["", request.id.as_str()]);
        // What can't be chosen any more, and what is another organisation's, counts as not chosen.
        let theirs = adds_kind(&app.elsewhere(), "شکایت", "").await;
        for stale in [&other, &theirs] {
            let forged = sender.fills_in(&Letter::default()).await.forge("letter_kind", stale.id.as_str());
            let check = forged.press("next", "check").send().await.follow().await.ok();
            check.hides(&stale.name);
            sender.submits(&check).await;
        }
        assert_eq!(app.count("select count(*) from letters where kind_id <> ''").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_sender_is_promised_what_the_unit_usually_needs() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let mut letters = Vec::new();
        for _ in 0..11 {
            letters.push(sender.sends(&Letter::default()).await);
        }
        let last = letters.pop().expect("the eleventh");
        let receipt = format!("/letters/{last}/receipt");
        let reviewer = app.reviewer().await;
        for letter in &letters {
            sender.get(&receipt).await.ok().hides("معمولاً");
            reviewer.registers(letter).await;
        }
        // Each came on a Friday and was decided on Sunday morning: nine hours of work, which from now on end on Monday.
        app.execute("update letters set submitted_at = registered_at - 172800000 where registered_at is not null")
            .await;
        for page in [receipt, format!("/letters/{last}"), "/letters".into()] {
            sender.get(&page).await.ok().says("معمولاً تا دوشنبه ۲۰ آبان بررسی می‌شود.");
        }
        let elsewhere = sender.sends(&Letter { unit: "بایگانی", ..Letter::default() }).await;
        sender.letter(&elsewhere).await.hides("معمولاً");
        reviewer.registers(&last).await;
        sender.letter(&last).await.hides("معمولاً");
    })
    .await;
}

#[tokio::test]
async fn a_sender_is_told_by_when_the_unit_usually_answers() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let reviewer = app.reviewer().await;
        let mut letters = Vec::new();
        for _ in 0..11 {
            let letter = sender.sends(&Letter::default()).await;
            reviewer.registers(&letter).await;
            letters.push(letter);
        }
        let last = letters.pop().expect("the eleventh");
        let (officer, page) = (app.officer("شکایات").await, format!("/letters/{last}"));
        for (answered, letter) in letters.iter().enumerate() {
            if answered == 9 {
                sender.get(&page).await.ok().hides("معمولاً تا");
            }
            officer.takes(letter).await;
            // What its sender was asked about is measured, too, without the time of waiting.
            if answered == 0 {
                officer.asks(letter, "کدام ماه؟", &[]).await;
                sender.replies(letter, "مهر", &[]).await;
            }
            officer.answers(letter, "رسیدگی شد.", &[]).await;
        }
        // Each was registered on a Friday and answered on Sunday morning: some hours of work, which from now on end on Monday.
        app.execute("update letters set registered_at = answered_at - 172800000 where answered_at is not null").await;
        let said = "معمولاً تا دوشنبه ۲۰ آبان پاسخ داده می‌شود.";
        for page in [page.as_str(), "/letters"] {
            sender.get(page).await.ok().says(said);
        }
        sender.get(&format!("/letters/{last}/receipt")).await.ok().hides("معمولاً تا");
        officer.takes(&last).await;
        sender.get(&page).await.ok().says(said);
        officer.asks(&last, "کدام ملک؟", &[]).await;
        sender.get(&page).await.ok().hides("معمولاً تا");
        // As long as it waits for its sender nothing is promised; then the day is as much later as the sender took.
        app.wait(2 * DAY).await;
        let sender = comes_back(&app, &sender).await;
        for page in [page.as_str(), "/letters"] {
            sender.get(page).await.ok().hides("معمولاً تا");
        }
        sender.replies(&last, "پلاک ۱۲", &[]).await;
        for page in [page.as_str(), "/letters"] {
            sender.get(page).await.ok().says("معمولاً تا چهارشنبه ۲۲ آبان پاسخ داده می‌شود.");
        }
    })
    .await;
}

#[tokio::test]
async fn who_was_not_answered_in_time_may_have_it_in_writing() {
    on_both(async |app| {
        sets(&app, Step::Review, Term::Days(2), None, "ماده ۱۶ قانون دیوان عدالت اداری").await;
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        let certificate = format!("/letters/{letter}/certificate");
        sender.get(&certificate).await.is(404);
        assert!(!sender.letter(&letter).await.has(&format!("a[href=\"{certificate}\"]")));
        app.wait(2 * DAY + 14 * 60 * 60).await;
        let sender = comes_back(&app, &sender).await;
        sender.get(&certificate).await.is(404);
        sender.letter(&letter).await.hides("گواهی");

        app.wait(60 * 60).await;
        let sender = comes_back(&app, &sender).await;
        sender.get("/letters").await.ok().says("مهلت در پایان سه‌شنبه ۲۱ آبان گذشت.");
        let page = sender.letter(&letter).await;
        page.says("مهلت این مرحله در پایان سه‌شنبه ۲۱ آبان گذشته است.");
        page.says("دبیرخانه نامه را بررسی می‌کند.");
        page.hides("بررسی می‌کند، تا پایان");
        assert!(page.has(&format!("a[href=\"{certificate}\"]")));
        let paper = sender.get(&certificate).await.ok();
        for said in [
            "سازمان نمونه گواهی می‌کند",
            "نتیجه‌ای درباره آن اعلام نشده است",
            "مریم احمدی",
            "۰۹۱۲ ۱۲۳ ۴۵۶۷",
            "درخواست بررسی قبض آب",
            "۱۴۰۹/۰۸/۱۹، ساعت ۹:۴",
            "۱۴۰۹/۰۸/۲۱، ساعت ۲۳:۵۹",
            "۲ روز کاری",
            "ماده ۱۶ قانون دیوان عدالت اداری",
            &format!("{}/letters/{letter}/certificate", app.organisation().base_url),
        ] {
            paper.says(said);
        }
        let code = sender.get(&format!("/letters/{letter}/receipt")).await.ok().one(".hash");
        paper.says(&code);
        app.sender("09127654321").signs_in().await.get(&certificate).await.is(404);
        app.elsewhere().sender("09121234567").signs_in().await.get(&certificate).await.is(404);

        app.reviewer().await.registers(&letter).await;
        let paper = sender.get(&certificate).await.ok();
        paper.says("تا آن زمان نتیجه‌ای درباره آن اعلام نشده بود");
        paper.says("ثبت شد: ۱ روز کاری پس از مهلت.");
        app.wait(40 * DAY).await;
        let sender = comes_back(&app, &sender).await;
        let paper = sender.get(&certificate).await.ok();
        paper.says("پاسخی به آن داده نشده است");
        paper.says("۳۰ روز کاری");
        paper.says("۱۴۰۹/ش/۰۰۰۱");
        sender.letter(&letter).await.hides("مهلت پاسخ:");
        let officer = app.officer("شکایات").await;
        officer.takes(&letter).await;
        officer.answers(&letter, "رسیدگی شد.", &[]).await;
        let page = sender.letter(&letter).await;
        page.hides("مهلت این مرحله");
        assert!(page.has(&format!("aside a[href=\"{certificate}\"]")), "a breach stays one");
        let paper = sender.get(&certificate).await.ok();
        paper.hides("پاسخی به آن داده نشده است");
        paper.says("تا آن زمان پاسخی به آن داده نشده بود");
        paper.says("پاسخ داده شد: ۴ روز کاری پس از مهلت.");
        paper.says("ثبت شد: ۱ روز کاری پس از مهلت.");
    })
    .await;
}

#[tokio::test]
async fn a_pause_hides_no_breach_and_makes_none() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        let certificate = format!("/letters/{letter}/certificate");
        let asked_in_time = sender.sends(&Letter::default()).await;
        app.reviewer().await.registers(&asked_in_time).await;
        officer.takes(&asked_in_time).await;
        officer.asks(&asked_in_time, "کدام ماه؟", &[]).await;
        let returned_late = sender.sends(&Letter::default()).await;
        app.wait(60 * DAY).await;
        let (sender, officer) = (comes_back(&app, &sender).await, app.officer("شکایات").await);
        sender.get(&format!("/letters/{asked_in_time}/certificate")).await.is(404);
        officer.asks(&letter, "کدام ملک؟", &[]).await;
        let page = sender.letter(&letter).await;
        page.hides("مهلت این مرحله");
        assert!(page.has(&format!("aside a[href=\"{certificate}\"]")));
        let paper = sender.get(&certificate).await.ok();
        paper.says("تا آن زمان پاسخی به آن داده نشده بود");
        paper.says("از فرستنده پرسیده شد");
        paper.says("۱۴۰۹/۰۹/۲۴، ساعت ۲۳:۵۹");
        // The clock goes on, as late as it was; the term ended when it ended.
        app.wait(DAY).await;
        let sender = comes_back(&app, &sender).await;
        sender.replies(&letter, "پلاک ۱۲", &[]).await;
        app.wait(60).await;
        let paper = sender.get(&certificate).await.ok();
        for said in
            ["پاسخی به آن داده نشده است", "از فرستنده پرسیده شد", "فرستنده به سؤال پاسخ داد", "۱۴۰۹/۰۹/۲۴، ساعت ۲۳:۵۹"]
        {
            paper.says(said);
        }
        app.reviewer().await.returns(&returned_late, "قبض").await;
        let paper = sender.get(&format!("/letters/{returned_late}/certificate")).await.ok();
        paper.says("تا آن زمان نتیجه‌ای درباره آن اعلام نشده بود");
        paper.says("برای تکمیل به فرستنده برگردانده شد");
    })
    .await;
}

#[tokio::test]
async fn what_is_decided_anew_is_certified_by_its_new_term() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        app.reviewer().await.registers(&letter).await;
        let officer = app.officer("شکایات").await;
        officer.takes(&letter).await;
        officer.answers(&letter, "پاسخ", &[]).await;
        sender.objects(&letter, "نادرست است").await;
        sets(&app, Step::Answer, Term::Days(3), None, "ماده ۵").await;
        app.signer("بایگانی").await.rules(&letter, "reconsider", "دوباره").await;
        let certificate = format!("/letters/{letter}/certificate");
        app.wait(10 * DAY).await;
        let sender = comes_back(&app, &sender).await;
        let paper = sender.get(&certificate).await.ok();
        paper.says("۳ روز کاری");
        paper.says("ماده ۵");
        let officer = app.officer("شکایات").await;
        officer.takes(&letter).await;
        officer.answers(&letter, "پاسخ دوم", &[]).await;
        app.time_comes(60).await;
        sets(&app, Step::Answer, Term::Days(4), None, "ماده ۶").await;
        app.staff(Role::Administrator).await.reopens(&letter, "ناقص بود").await;
        app.wait(12 * DAY).await;
        let paper = comes_back(&app, &sender).await.get(&certificate).await.ok();
        paper.says("۴ روز کاری");
        paper.says("ماده ۶");
    })
    .await;
}

#[tokio::test]
async fn a_review_that_is_made_again_is_certified_by_its_new_term() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        app.reviewer().await.rejects(&letter, "").await;
        sender.objects(&letter, "کامل بود").await;
        sets(&app, Step::Review, Term::Days(2), None, "ماده ۷").await;
        app.signer("بایگانی").await.rules(&letter, "reconsider", "دوباره").await;
        app.wait(10 * DAY).await;
        let paper = comes_back(&app, &sender).await.get(&format!("/letters/{letter}/certificate")).await.ok();
        paper.says("۲ روز کاری");
        paper.says("ماده ۷");
    })
    .await;
}

#[tokio::test]
async fn a_late_letter_is_shown_one_level_up_once() {
    on_both(async |app| {
        let above = app.unit("امور مالی").id.clone();
        app.changes_unit("شکایات", |unit| unit.parent = Some(above)).await;
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter { subject: "دیر شد", ..Letter::default() }).await;
        let direct = sender.sends(&Letter { unit: "بایگانی", subject: "بی‌بالادست", ..Letter::default() }).await;
        app.time_comes(3).await;
        assert_eq!(escalations(&app).await, 0, "the third day is not over");
        app.wait(4 * DAY).await;
        let reviewer = app.reviewer().await;
        let dialog = reviewer.dialog(&letter, "registration").await;
        let (signer, head) = (app.signer("امور مالی").await, app.head().await);
        assert!(subjects(&signer, "late").await.is_empty());
        signer.get(&format!("/desk/letters/{letter}")).await.is(404);
        for _ in 0..3 {
            app.time_comes(0).await;
        }
        assert_eq!(escalations(&app).await, 2, "once for each letter");
        assert_eq!(subjects(&signer, "late").await, ["دیر شد"]);
        signer.letter(&letter).await.says("گذشت از مهلت، به سطح بالاتر گزارش شد");
        assert_eq!(subjects(&head, "late").await, ["بی‌بالادست"]);
        head.letter(&direct).await.ok();
        assert!(subjects(&app.signer("شکایات").await, "late").await.is_empty());

        // The page that the reviewer had open before is not stale by it.
        reviewer.decides(dialog).await;
        assert!(subjects(&signer, "late").await.is_empty(), "nothing is late any more");
        app.time_comes(0).await;
        assert_eq!(escalations(&app).await, 2);
        app.time_comes(40).await;
        assert_eq!(escalations(&app).await, 3, "once for each deadline");
    })
    .await;
}

async fn escalations(app: &TestApp) -> i64 {
    app.count("select count(*) from events where kind = 'letter_escalated'").await
}

#[tokio::test]
async fn what_is_due_after_the_weekend_is_near_before_it() {
    on_both(async |app| {
        sets(&app, Step::Review, Term::Days(5), None, "").await;
        let sender = app.sender("09121234567").signs_in().await;
        let letter: LetterId = sender.sends(&Letter { subject: "شنبه", ..Letter::default() }).await;
        // Due on Saturday the 25th. Thursday at 9:42 it isn't near; at 13:00, when Thursday's half day is over, it is.
        app.wait(4 * DAY).await;
        assert!(subjects(&app.reviewer().await, "near").await.is_empty());
        app.wait(4 * 60 * 60).await;
        let reviewer = app.reviewer().await;
        assert_eq!(subjects(&reviewer, "near").await, ["شنبه"]);
        let page = reviewer.letter(&letter).await;
        assert!(page.has(".kv .due"), "and its time is amber");
        page.says("۲ روز مهلت");
    })
    .await;
}

#[tokio::test]
async fn what_was_due_an_hour_ago_is_not_said_to_be_a_day_late() {
    on_both(async |app| {
        sets(&app, Step::Review, Term::Hours(2), None, "").await;
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        for (hours, told) in [(2, "کمتر از یک ساعت دیر شده"), (1, "۱ ساعت دیر شده"), (24, "۲ روز دیر شده")]
        {
            app.wait(hours * 60 * 60 + 300).await;
            let reviewer = app.reviewer().await;
            let row = reviewer.get("/desk?show=review").await.ok().one(".rows .late");
            assert!(row.contains(told), "{row}: {told}");
            reviewer.letter(&letter).await.says(told);
        }
    })
    .await;
}
