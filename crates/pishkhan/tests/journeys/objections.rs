//! After the decision: objections and who decides them, ratings, and closed letters that are opened again.

use pishkhan_office::actor::Role;
use pishkhan_office::ids::LetterId;
use pishkhan_testkit::{Attachment, Letter, Multipart, Sender, Staff, TestApp, at_once, on_both, on_both_as, samples};

const UNIT: &str = "شکایات";
/// Above it.
const PARENT: &str = "بایگانی";

async fn answered(app: &TestApp) -> (Sender, LetterId, Staff) {
    let sender = app.sender("09121234567").signs_in().await;
    let letter = sender.sends(&Letter::default()).await;
    app.reviewer().await.registers(&letter).await;
    let officer = app.officer(UNIT).await;
    officer.takes(&letter).await;
    officer.answers(&letter, "پاسخ نخست", &[Attachment::new("نخست.pdf", samples::pdf("first"))]).await;
    (sender, letter, officer)
}

async fn rejected(app: &TestApp) -> (Sender, LetterId) {
    let sender = app.sender("09121234567").signs_in().await;
    let letter = sender.sends(&Letter::default()).await;
    app.reviewer().await.rejects(&letter, "").await;
    (sender, letter)
}

async fn states(app: &TestApp) -> Vec<String> {
    app.texts("select state from letters").await
}

#[tokio::test]
async fn an_objection_goes_one_level_up_and_is_upheld_for_good() {
    on_both(async |app| {
        let (sender, letter, officer) = answered(&app).await;
        sender.letter(&letter).await.says("می‌توانید اعتراض کنید");
        let form = sender.writes_objection(&letter, "  ").await;
        form.clone().send().await.is(422).says("متن اعتراض را بنویسید");
        form.clone().fill("text", &"آ".repeat(5_001)).send().await.is(422).says("حداکثر ۵٬۰۰۰ نویسه");
        let stale = form.forge("version", "1").fill("text", "پیش از آن").send().await.is(409);
        stale.says("نامه پس از باز شدن صفحه تغییر کرد. متن شما سر جایش است؛");
        stale.says("پیش از آن");
        sender.objects(&letter, "قبض را ندیده‌اید.").await;
        let page = sender.letter(&letter).await;
        page.says("اعتراض ثبت شد");
        page.says("قبض را ندیده‌اید.");
        sender.get(&format!("/letters/{letter}/objection")).await.is(409).says("اعتراض شما رسیده است");

        let address = format!("/desk/letters/{letter}/ruling");
        officer.get(&address).await.is(404);
        app.signer(UNIT).await.get(&address).await.is(404);
        app.head().await.get(&address).await.is(404);
        let above = app.signer(PARENT).await;
        above.get("/desk?show=objections").await.ok().says("درخواست بررسی قبض آب");
        above.letter(&letter).await.says("قبض را ندیده‌اید.");
        let form = above.dialog(&letter, "ruling").await;
        form.clone().fill("text", "می‌ماند").send().await.is(422).says("رد یا پذیرش اعتراض را انتخاب کنید");
        let form = form.fill("ruling", "uphold");
        form.clone().send().await.is(422).says("چند کلمه بنویسید");
        form.clone().fill("text", &"آ".repeat(2_001)).send().await.is(422).says("حداکثر ۲٬۰۰۰ نویسه");
        above.rules(&letter, "uphold", "قبض دیده شده است.").await;
        form.fill("text", "دیر آمد").send().await.is(409).says("دیر آمد");

        assert!(
            app.last_message_to(&sender.mobile).await.text.starts_with("به اعتراض شما رسیدگی شد؛ تصمیم تغییر نکرد.")
        );
        let page = sender.letter(&letter).await;
        page.says("پاسخ نخست");
        page.says("قبض دیده شده است.");
        assert!(!page.has(&format!("a[href=\"/letters/{letter}/objection\"]")));
        sender.get(&format!("/letters/{letter}/objection")).await.is(409).says("دوباره نمی‌شود به آن اعتراض کرد");
        let seen = app.numbers("select version from letters").await[0].to_string();
        let token = sender.form_token().await;
        let fields = [("form_token", token.as_str()), ("version", &seen), ("text", "باز هم")];
        let answer = sender.post(&format!("/letters/{letter}/objection"), &fields).await.is(409);
        answer.says("دوباره نمی‌شود به آن اعتراض کرد");
        answer.says("باز هم");
        assert_eq!(states(&app).await, ["answered"]);
        assert_eq!(app.count("select count(*) from answers where undone_at is null").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_reconsidered_answer_is_worked_on_again_and_stays_in_sight() {
    on_both(async |app| {
        let (sender, letter, officer) = answered(&app).await;
        let due = app.numbers("select answer_due_at from letters").await;
        app.wait(60).await;
        sender.objects(&letter, "نادرست است").await;
        app.signer(PARENT).await.rules(&letter, "reconsider", "حق با شماست.").await;
        assert!(app.last_message_to(&sender.mobile).await.text.starts_with("اعتراض شما پذیرفته شد"));
        assert_eq!(states(&app).await, ["in_progress"]);
        assert!(app.numbers("select answer_due_at from letters").await >= due);
        let page = sender.letter(&letter).await;
        page.says("حق با شماست.");
        page.says("پاسخ پیشین");
        page.says("پاسخ نخست");
        let file = page.attribute("details a[href^='/files/']", "href");
        sender.get(&file).await.ok();
        sender.get(&format!("/letters/{letter}/objection")).await.is(409).says("هنوز تصمیمی گرفته نشده است");
        officer.letter(&letter).await.says("نخست.pdf");
        officer.takes(&letter).await;
        officer.answers(&letter, "پاسخ دوم", &[Attachment::new("دوم.pdf", samples::pdf("second"))]).await;
        let page = sender.letter(&letter).await;
        assert!(page.one("#status").contains("پاسخ دوم") && !page.one("#status").contains("پاسخ نخست"));
        page.says("دوم.pdf");
        page.says("نخست.pdf");
        officer.letter(&letter).await.says("پاسخ پیشین");
        // A new decision may be objected to.
        sender.objects(&letter, "هنوز هم نادرست است").await;
        assert_eq!(app.texts("select text from answers order by at, text").await.len(), 2);
        assert_eq!(
            app.count("select count(*) from events where kind = 'answer_opened'").await,
            1,
            "the first was never opened before it fell"
        );
    })
    .await;
}

#[tokio::test]
async fn an_objection_to_a_rejection_is_decided_above_its_unit() {
    on_both(async |app| {
        let (sender, letter) = rejected(&app).await;
        sender.get(&format!("/letters/{letter}/objection")).await.ok().says("دلیل رد که به آن اعتراض دارید");
        sender.objects(&letter, "مدارک کامل بود").await;
        let above = app.signer(PARENT).await;
        above.rules(&letter, "reconsider", "دوباره بررسی شود.").await;
        assert_eq!(states(&app).await, ["submitted"]);
        let message = app.last_message_to(&sender.mobile).await.text;
        assert!(message.starts_with("اعتراض شما پذیرفته شد"), "{message}");
        app.reviewer().await.rejects(&letter, "").await;
        sender.objects(&letter, "باز هم کامل بود").await;
        above.rules(&letter, "uphold", "کامل نبود.").await;
        assert_eq!(states(&app).await, ["rejected"]);
        sender.get(&format!("/letters/{letter}/objection")).await.is(409).says("دوباره نمی‌شود");
    })
    .await;
}

#[tokio::test]
async fn where_nothing_stands_above_the_organisations_signer_decides() {
    on_both(async |app| {
        app.changes_unit(UNIT, |unit| unit.parent = None).await;
        let (sender, letter, _) = answered(&app).await;
        sender.objects(&letter, "نادرست است").await;
        app.signer(PARENT).await.get(&format!("/desk/letters/{letter}/ruling")).await.is(404);
        app.head().await.rules(&letter, "uphold", "درست است.").await;
        assert_eq!(states(&app).await, ["answered"]);
    })
    .await;
}

#[tokio::test]
async fn when_the_window_is_over_nobody_objects() {
    on_both(async |app| {
        let (sender, letter, _) = answered(&app).await;
        let form = sender.writes_objection(&letter, "دیر").await;
        app.execute("update letters set objection_until_at = 1").await;
        form.send().await.is(409).says("مهلت اعتراض تمام شده است");
        form.send().await.is(409).says("دیر");
        assert!(!sender.letter(&letter).await.has("#objection"));
        app.time_comes(1).await;
        assert_eq!(states(&app).await, ["closed"]);
        sender.get(&format!("/letters/{letter}/objection")).await.is(409).says("مهلت اعتراض تمام شده است");
    })
    .await;
}

#[tokio::test]
async fn before_there_is_a_decision_and_for_others_there_is_no_objection_and_no_rating() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        sender.get(&format!("/letters/{letter}/objection")).await.is(409).says("هنوز تصمیمی گرفته نشده است");
        sender.get(&format!("/letters/{letter}/rating")).await.is(409).says("پس از رسیدن پاسخ");
        let token = sender.form_token().await;
        let fields = [("form_token", token.as_str()), ("version", "3"), ("text", "نه"), ("steps", "1")];
        for act in ["objection", "rating"] {
            sender.post(&format!("/letters/{letter}/{act}"), &fields).await.is(409);
        }
        let stranger = app.sender("09351112233").signs_in().await;
        let token = stranger.form_token().await;
        let fields = [("form_token", token.as_str()), ("version", "3"), ("text", "نه"), ("steps", "1")];
        for act in ["objection", "rating"] {
            stranger.get(&format!("/letters/{letter}/{act}")).await.is(404);
            stranger.post(&format!("/letters/{letter}/{act}"), &fields).await.is(404);
        }
    })
    .await;
}

#[tokio::test]
async fn a_letter_is_rated_once_after_its_end() {
    on_both(async |app| {
        let (sender, letter, officer) = answered(&app).await;
        let form = sender.letter(&letter).await.form(&format!("/letters/{letter}/rating"));
        form.clone().fill("sentence", "بی‌امتیاز").send().await.is(422).says("یکی از پنج امتیاز را انتخاب کنید");
        form.clone().forge("steps", "6").send().await.is(422);
        let long = form.clone().fill("steps", "4").fill("sentence", &"آ".repeat(501));
        let page = long.send().await.is(422);
        page.says("حداکثر ۵۰۰ نویسه");
        assert_eq!(page.form(&format!("/letters/{letter}/rating")).value("steps"), Some("4"));
        sender.rates(&letter, 4, "زود بود").await;
        let page = sender.letter(&letter).await;
        page.says("۴ از ۵");
        assert!(!page.has("input[name=steps]"));
        form.fill("steps", "1").send().await.is(409).says("هر پاسخ یک بار امتیاز می‌گیرد");
        let desk = officer.letter(&letter).await;
        desk.says("۴ از ۵");
        desk.says("زود بود");
        assert_eq!(app.numbers("select rating from letters").await, [4]);
        assert_eq!(app.count("select count(*) from events where kind = 'letter_rated'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_closed_letter_is_opened_again_by_an_administrator_with_a_reason() {
    on_both(async |app| {
        let (sender, letter, officer) = answered(&app).await;
        let administrator = app.staff(Role::Administrator).await;
        let address = format!("/desk/letters/{letter}/reopening");
        administrator.get(&address).await.is(404);
        app.time_comes(60).await;
        assert_eq!(states(&app).await, ["closed"]);
        sender.rates(&letter, 2, "").await;
        for person in [&officer, &app.signer(UNIT).await, &app.reviewer().await, &app.head().await] {
            person.get(&address).await.is(404);
            let token = person.form_token().await;
            let fields = [("form_token", token.as_str()), ("version", "7"), ("text", "بی‌اجازه")];
            person.post(&address, &fields).await.is(404);
        }
        administrator.letter(&letter).await.says("دوباره نامه");
        let form = administrator.dialog(&letter, "reopening").await;
        form.clone().send().await.is(422).says("چند کلمه بنویسید");
        form.clone().fill("text", &"آ".repeat(2_001)).send().await.is(422);
        form.clone().forge("version", "1").fill("text", "کهنه").send().await.is(409).says("کهنه");
        let form = form.fill("text", "پاسخ ناقص بود");
        let first = form.send().await.is(303);
        assert_eq!(form.send().await.is(303).location(), first.location(), "whoever presses twice reads the same");
        assert_eq!(app.count("select count(*) from events where kind = 'letter_reopened'").await, 1);
        first.follow().await.ok().says("نامه دوباره باز شد و به واحد برگشت.");
        app.wait(11).await;
        administrator.get(&address).await.is(404);
        assert_eq!(states(&app).await, ["in_progress"]);
        assert!(app.last_message_to(&sender.mobile).await.text.contains("دوباره باز شد"));
        let page = sender.letter(&letter).await;
        page.says("پاسخ ناقص بود");
        page.says("پاسخ پیشین");
        officer.takes(&letter).await;
        officer.answers(&letter, "پاسخ کامل", &[]).await;
        sender.letter(&letter).await.says("پاسخ کامل");
        sender.rates(&letter, 5, "حالا کامل است").await;
        sender.get(&format!("/letters/{letter}/rating")).await.is(409).says("یک بار");
    })
    .await;
}

#[tokio::test]
async fn an_objection_may_bring_files() {
    on_both(async |app| {
        let (sender, letter, officer) = answered(&app).await;
        let deed = Attachment::new("سند.pdf", samples::pdf("deed"));
        let form = sender.writes_objection(&letter, "سند پیوست است").await;
        let bad = form.clone().attach("files", Attachment::new("a.exe", samples::program())).send().await.is(422);
        bad.says("سند پیوست است");
        bad.says("فایل‌ها را دوباره انتخاب کنید");
        assert!(bad.has("input[name=files][aria-invalid]") && !bad.has("textarea[aria-invalid]"));
        let wordless = form.clone().fill("text", " ").attach("files", deed.clone()).send().await.is(422);
        wordless.says("متن اعتراض را بنویسید");
        wordless.says("فایل‌ها را دوباره انتخاب کنید");
        let old = form.clone().attach("files", deed.clone()).forge("version", "1").send().await.is(409);
        old.says("سند پیوست است");
        old.says("فایل‌ها را دوباره انتخاب کنید");
        let broken = form.clone().attach("files", deed.clone()).multipart().cut_off(300);
        let address = format!("/letters/{letter}/objection");
        sender.post_body(&address, &Multipart::content_type(), broken).await.is(422).says("سند پیوست است");
        assert_eq!(states(&app).await, ["answered"]);
        assert_eq!(app.count("select count(*) from messages").await, 0);

        form.clone().attach("files", deed.clone()).send().await.is(303);
        form.attach("files", deed).send().await.is(409).says("اعتراض شما رسیده است");
        assert_eq!(states(&app).await, ["objected"]);
        sender.letter(&letter).await.says("سند.pdf");
        let above = app.signer(PARENT).await;
        for person in [&above, &officer] {
            person.letter(&letter).await.says("سند.pdf");
        }
        let file = app.texts("select id from files where name = 'سند.pdf'").await.remove(0);
        assert_eq!(above.get(&format!("/files/{file}")).await.ok().body, samples::pdf("deed"));
        let event = app.texts("select detail from events where kind = 'letter_objected'").await.remove(0);
        let digest = app.texts("select sha256 from files where name = 'سند.pdf'").await.remove(0);
        assert!(event.contains(&digest), "{event}");
        let news = "select count(*) from messages where seen_at is null";
        assert_eq!(app.count(news).await, 0, "the objection is the news");
    })
    .await;
}

#[tokio::test]
async fn an_objection_brings_as_many_files_as_a_letter() {
    on_both_as(
        |plan| plan.rules.letters.files = 1,
        async |app| {
            let (sender, letter) = rejected(&app).await;
            let form = sender.writes_objection(&letter, "مدارک کامل بود").await;
            let [one, two] = ["یک.pdf", "دو.pdf"].map(|name| Attachment::new(name, samples::pdf(name)));
            let over = form.clone().attach("files", one.clone()).attach("files", two).send().await.is(422);
            over.says("مدارک کامل بود");
            form.attach("files", one).send().await.is(303);
            assert_eq!(states(&app).await, ["objected"]);
            app.signer(PARENT).await.letter(&letter).await.says("یک.pdf");
        },
    )
    .await;
}

#[tokio::test]
async fn each_answer_is_rated_once() {
    on_both(async |app| {
        let (sender, letter, officer) = answered(&app).await;
        sender.rates(&letter, 1, "نخوانده پاسخ دادید").await;
        sender.objects(&letter, "نادرست است").await;
        app.signer(PARENT).await.rules(&letter, "reconsider", "حق با شماست.").await;
        sender.letter(&letter).await.says("۱ از ۵");
        sender.get(&format!("/letters/{letter}/rating")).await.is(409).says("پس از رسیدن پاسخ");
        officer.takes(&letter).await;
        officer.answers(&letter, "پاسخ دوم", &[]).await;
        assert_eq!(app.count("select count(*) from letters where rating is null").await, 1);
        let page = sender.letter(&letter).await;
        assert!(page.has("#rating input[name=steps]"), "the new answer has still to be rated");
        page.says("نخوانده پاسخ دادید");
        sender.rates(&letter, 5, "خواندید").await;
        for page in [sender.letter(&letter).await, officer.letter(&letter).await] {
            for said in ["۱ از ۵", "نخوانده پاسخ دادید", "۵ از ۵", "خواندید"] {
                page.says(said);
            }
        }
        assert_eq!(app.numbers("select rating from letters").await, [5]);
        assert_eq!(app.numbers("select rating from answers where rating is not null").await, [1]);
        assert_eq!(app.count("select count(*) from events where kind = 'letter_rated'").await, 2);
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_is_taken_back_takes_no_rating_along() {
    on_both(async |app| {
        let (sender, letter, officer) = answered(&app).await;
        sender.rates(&letter, 2, "کوتاه بود").await;
        sender.objects(&letter, "نادرست است").await;
        app.signer(PARENT).await.rules(&letter, "reconsider", "حق با شماست.").await;
        officer.takes(&letter).await;
        officer.writes_answer(&letter, "پاسخ دوم").await.press("next", "issue").send().await.is(303);
        let undoing = officer.letter(&letter).await.form(&format!("/desk/letters/{letter}/undoing"));
        undoing.send().await.is(303);
        assert_eq!(states(&app).await, ["in_progress"]);
        assert_eq!(app.texts("select rating_text from letters").await, ["کوتاه بود"]);
        assert_eq!(app.count("select count(*) from answers where rating is not null").await, 0);
        officer.answers(&letter, "پاسخ سوم", &[]).await;
        assert_eq!(app.texts("select rating_text from answers where rating = 2").await, ["کوتاه بود"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_rulings_at_once_one_counts() {
    on_both(async |app| {
        let (sender, letter, _) = answered(&app).await;
        sender.objects(&letter, "نادرست است").await;
        let above = app.signer(PARENT).await;
        let form = above.dialog(&letter, "ruling").await.fill("text", "همین");
        let mut forms = vec![form.clone().fill("ruling", "uphold"); 5];
        forms.extend(vec![form.fill("ruling", "reconsider"); 5]);
        let answers = at_once(forms).await;
        let with = |status: u16| answers.iter().filter(|answer| answer.status.as_u16() == status).count();
        assert_eq!((with(303), with(409)), (1, 9));
        assert_eq!(app.count("select count(*) from outbox where template = 'objection_decided'").await, 1);
        let rulings = "select count(*) from events where kind in ('objection_upheld', 'letter_reconsidered')";
        assert_eq!(app.count(rulings).await, 1);
    })
    .await;
}
