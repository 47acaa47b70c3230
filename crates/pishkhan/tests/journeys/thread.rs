//! The thread of a letter: questions to its sender, their replies, and what they write unasked; and notes, which no sender reads.

use pishkhan_office::actor::Role;
use pishkhan_office::texts::{self, TextKind};
use pishkhan_testkit::{Attachment, Letter, TestApp, at_once, on_both, on_both_as, samples};

fn pdf(name: &str, seed: &str) -> Attachment {
    Attachment::new(name, samples::pdf(seed))
}

async fn state(app: &TestApp) -> String {
    app.texts("select state from letters").await.pop().expect("a letter")
}

#[tokio::test]
async fn a_question_stops_the_clock_and_the_reply_lets_it_go_on() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        let due = app.numbers("select answer_due_at from letters").await[0];
        officer.asks(&letter, "شماره کنتور چیست؟", &[pdf("نمونه.pdf", "question")]).await;
        assert_eq!(state(&app).await, "awaiting_sender");
        let sms = app.last_message_to(&sender.mobile).await;
        assert!(sms.text.contains("منتظر پاسخ شماست"), "{}", sms.text);
        let page = sender.letter(&letter).await;
        page.says("شماره کنتور چیست؟");
        page.says("سؤال واحد");
        let file = page.attribute("#thread a[href^='/files/']", "href");
        assert_eq!(sender.get(&file).await.ok().body, samples::pdf("question"));
        assert!(officer.get("/desk?show=waiting").await.ok().has(".rows li"));
        app.wait(3 * 24 * 60 * 60).await;
        let (sender, officer) = (app.sender("09121234567").signs_in().await, app.officer("شکایات").await);
        sender.replies(&letter, "۱۲۳۴۵", &[pdf("کنتور.pdf", "meter")]).await;
        assert_eq!(state(&app).await, "in_progress");
        let later = app.numbers("select answer_due_at from letters").await[0];
        assert!(later >= due + 3 * 24 * 60 * 60 * 1000, "what was left is left: {due} and {later}");
        let row = officer.get("/desk?show=mine").await.ok();
        assert_eq!(row.all(".rows .fresh"), ["۱ پیام تازه"]);
        let desk = officer.letter(&letter).await;
        for text in ["شماره کنتور چیست؟", "۱۲۳۴۵", "پاسخ فرستنده", "تازه"] {
            desk.says(text);
        }
        let files = desk.attributes("a.file", "href");
        assert_eq!(officer.get(files.last().expect("two files")).await.ok().body, samples::pdf("meter"));
        assert!(!officer.get("/desk?show=mine").await.ok().has(".rows .fresh"), "it was read");
        sender.letter(&letter).await.says("۱۲۳۴۵");
        let events = app.texts("select kind from events order by sequence").await;
        assert_eq!(events[3..], ["question_asked", "letter_replied"]);
    })
    .await;
}

#[tokio::test]
async fn the_sender_has_as_many_days_as_the_officer_says() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        let form = officer.dialog(&letter, "questions").await;
        assert_eq!(form.choices("days"), ["usual", "3", "7", "14"]);
        form.clone().fill("text", "سؤال").forge("days", "0").send().await.is(400);
        form.clone().fill("text", "سؤال").forge("days", "x").send().await.is(400);
        form.fill("text", "سؤال").fill("days", "3").send().await.is(303);
        let days = app.numbers("select (wait_until_at - asked_at) / 86400000 from letters").await[0];
        assert!((2..=4).contains(&days), "three working days: {days}");
    })
    .await;
}

#[tokio::test]
async fn a_question_without_words_too_long_or_with_a_bad_file_keeps_what_was_typed() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        let form = officer.dialog(&letter, "questions").await;
        form.clone().fill("text", " ").send().await.is(422).says("بنویسید از فرستنده چه می‌پرسید");
        let alone = form.clone().attach("files", pdf("a.pdf", "a")).send().await.is(422);
        alone.says("بنویسید از فرستنده چه می‌پرسید");
        alone.says("فایل‌ها را دوباره انتخاب کنید");
        let long = form.clone().fill("text", &"آ".repeat(5_001)).fill("days", "7").send().await.is(422);
        long.says("حداکثر ۵٬۰۰۰ نویسه");
        assert!(long.has("input[name=days][value='7'][checked]"));
        let bad = form.fill("text", "چرا؟").attach("files", Attachment::new("a.exe", "MZ\0\0")).send().await.is(422);
        bad.says("چرا؟");
        assert_eq!(state(&app).await, "in_progress");
        assert_eq!(app.count("select count(*) from messages").await, 0);
    })
    .await;
}

#[tokio::test]
async fn only_who_has_the_letter_in_hand_asks_and_only_once() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        let form = officer.dialog(&letter, "questions").await.fill("text", "سؤال");
        let stranger = app.officer("امور مالی").await;
        let token = stranger.form_token().await;
        form.clone().by(&stranger).forge("form_token", &token).send().await.is(404);
        let colleague = app.another_officer("شکایات", "همکار").await;
        let token = colleague.form_token().await;
        form.clone().by(&colleague).forge("form_token", &token).send().await.is(409).says("سؤال");
        let reviewer = app.reviewer().await;
        let token = reviewer.form_token().await;
        form.clone().by(&reviewer).forge("form_token", &token).send().await.is(404);
        form.clone().send().await.is(303);
        let late = form.send().await.is(409);
        late.says("آرش توکلی");
        officer.get(&format!("/desk/letters/{letter}/questions")).await.is(409);
        sender.replies(&letter, "پاسخ", &[]).await;
        assert_eq!(app.count("select count(*) from messages").await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_reply_is_words_or_files_by_the_sender_alone_while_it_is_waited_for() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        officer.asks(&letter, "سؤال", &[]).await;
        let form = sender.thread(&letter, "reply").await;
        let empty = form.clone().send().await.is(422);
        empty.says("متنی بنویسید یا فایلی انتخاب کنید");
        form.clone().fill("text", &"آ".repeat(5_001)).send().await.is(422).says("حداکثر ۵٬۰۰۰ نویسه");
        let bad = form.clone().fill("text", "بفرما").attach("files", Attachment::new("a.exe", "MZ\0\0"));
        bad.send().await.is(422).says("بفرما");
        let other = app.sender("09351112233").signs_in().await;
        let token = other.form_token().await;
        form.clone().fill("text", "نه").by(&other).forge("form_token", &token).send().await.is(404);
        let stale = form.clone().fill("text", "کهنه").forge("version", "1").send().await.is(409);
        stale.says("پس از باز شدن صفحه، نامه تغییر کرد. متن شما سر جایش است؛");
        stale.says("کهنه");
        sender.get(&format!("/letters/{letter}/reply")).await.is(303);
        form.clone().attach("files", pdf("a.pdf", "a")).send().await.is(303);
        let late = form.fill("text", "دوباره").send().await.is(409);
        late.says("دیگر منتظر پاسخ شما نیست");
        late.says("دوباره");
        assert_eq!(app.count("select count(*) from messages where kind = 'reply'").await, 1);
        assert_eq!(state(&app).await, "in_progress");
    })
    .await;
}

#[tokio::test]
async fn the_sender_writes_unasked_from_the_registration_to_the_end() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        assert!(!sender.letter(&letter).await.has("#thread"), "nobody has registered it");
        let token = sender.form_token().await;
        let path = format!("/letters/{letter}/messages");
        let fields = [("form_token", token.as_str()), ("text", "زود")];
        sender.post(&path, &fields).await.is(409).says("زود");
        app.reviewer().await.registers(&letter).await;
        sender.writes_about(&letter, "نشانی من عوض شد").await;
        let officer = app.officer("شکایات").await;
        assert_eq!(officer.get("/desk?show=unit").await.ok().all(".rows .fresh"), ["۱ پیام تازه"]);
        app.reviewer().await.letter(&letter).await.says("نشانی من عوض شد");
        assert!(officer.get("/desk?show=unit").await.ok().has(".rows .fresh"), "a reviewer is not of the unit");
        let dialog = officer.dialog(&letter, "taking").await;
        sender.writes_about(&letter, "و یک چیز دیگر").await;
        dialog.send().await.is(409).says("فرستنده کاری در این نامه کرد");
        officer.letter(&letter).await.says("نشانی من عوض شد");
        assert!(!officer.get("/desk?show=unit").await.ok().has(".rows .fresh"));
        officer.takes(&letter).await;
        officer.answers(&letter, "انجام شد", &[]).await;
        sender.writes_about(&letter, "سپاس").await;
        app.time_comes(60).await;
        assert_eq!(state(&app).await, "closed");
        sender.post(&path, &fields).await.is(409).says("دیگر پیام نمی‌گیرد");
        assert_eq!(app.count("select count(*) from messages").await, 3);
    })
    .await;
}

#[tokio::test]
async fn a_sender_writes_so_many_messages_in_a_day() {
    on_both_as(
        |plan| plan.rules.limits.messages_per_sender_per_day = 1,
        async |app| {
            let (sender, officer, letter) = app.letter_in_hand().await;
            sender.writes_about(&letter, "یک").await;
            let form = sender.thread(&letter, "messages").await.fill("text", "دو");
            let over = form.clone().send().await.is(429);
            over.says("به حد رسید");
            over.says("دو");
            officer.asks(&letter, "سؤال", &[]).await;
            sender.replies(&letter, "پاسخ", &[]).await;
            app.wait(24 * 60 * 60).await;
            let sender = app.sender("09121234567").signs_in().await;
            sender.writes_about(&letter, "سه").await;
            assert_eq!(app.count("select count(*) from messages where kind = 'message'").await, 2);
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_pressed_twice_is_said_once() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        let form = sender.thread(&letter, "messages").await.fill("text", "چه شد؟");
        let form = form.attach("files", pdf("قبض.pdf", "bill"));
        let answers = at_once(vec![form.clone(); 4]).await;
        for answer in answers {
            answer.is(303);
        }
        assert_eq!(app.count("select count(*) from messages").await, 1);
        assert_eq!(app.count("select count(*) from files where part = 'thread'").await, 1);
        assert_eq!(app.count("select count(*) from events where kind = 'message_sent'").await, 1);
        sender.thread(&letter, "messages").await.fill("text", "چه شد؟").send().await.is(303);
        assert_eq!(app.count("select count(*) from messages").await, 2, "that one brought no file");
        app.wait(11 * 60).await;
        sender.writes_about(&letter, "چه شد؟").await;
        assert_eq!(app.count("select count(*) from messages").await, 3, "who asks again later is heard again");
        officer.asks(&letter, "کدام ملک؟", &[]).await;
        let reply = sender.thread(&letter, "reply").await.fill("text", "ملک پدرم");
        let answers = at_once(vec![reply.clone(); 4]).await;
        for answer in answers {
            answer.is(303);
        }
        reply.send().await.is(303);
        assert_eq!(app.count("select count(*) from messages where kind = 'reply'").await, 1);
        let note = officer.letter(&letter).await.form(&format!("/desk/letters/{letter}/notes"));
        let answers = at_once(vec![note.fill("text", "تلفنی گفتم"); 4]).await;
        for answer in answers {
            answer.is(303);
        }
        let colleague = app.another_officer("شکایات", "همکار").await;
        colleague.notes(&letter, "تلفنی گفتم").await;
        assert_eq!(app.count("select count(*) from notes").await, 2, "one of each");
    })
    .await;
}

#[tokio::test]
async fn a_note_is_the_houses_alone() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        officer.notes(&letter, "پنهان‌ماندنی").await;
        officer.letter(&letter).await.says("پنهان‌ماندنی");
        let reviewer = app.reviewer().await;
        reviewer.letter(&letter).await.says("پنهان‌ماندنی");
        reviewer.notes(&letter, "من هم دیدم").await;
        let tracking = app.texts("select tracking_code from letters").await.remove(0);
        for path in ["/letters".to_owned(), format!("/letters/{letter}"), format!("/letters/{letter}/receipt")] {
            let page = sender.get(&path).await.ok();
            page.hides("پنهان‌ماندنی");
            page.hides("یادداشت");
        }
        let page = app.browser().get("/tracking").await.ok();
        page.form("/tracking").fill("code", &tracking).send().await.ok().hides("یادداشت");
        let found = async |text| officer.ask("/desk/search", &[("q", text)]).await.ok().all(".found .sub").len();
        assert_eq!((found("قبض").await, found("پنهان‌ماندنی").await), (1, 0), "no count tells of a note");
        let version = app.numbers("select version from letters").await;
        officer.notes(&letter, "سوم").await;
        assert_eq!(app.numbers("select version from letters").await, version, "nobody's decision waits for it");
    })
    .await;
}

#[tokio::test]
async fn a_note_needs_words_and_a_reader_who_works_here() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        let path = format!("/desk/letters/{letter}/notes");
        let form = officer.letter(&letter).await.form(&path);
        form.clone().fill("text", "  ").send().await.is(422).says("متن یادداشت را بنویسید");
        let long = form.clone().fill("text", &"ب".repeat(2_001)).send().await.is(422);
        long.says("حداکثر ۲٬۰۰۰ نویسه");
        assert!(long.one("#note-text").len() > 2_000, "what was typed is kept");
        let auditor = app.staff(Role::Auditor).await;
        assert!(!auditor.letter(&letter).await.has("#note-text"), "auditors only look");
        for stranger in [auditor, app.officer("امور مالی").await] {
            let token = stranger.form_token().await;
            form.clone().fill("text", "نه").by(&stranger).forge("form_token", &token).send().await.is(404);
        }
        assert_eq!(app.count("select count(*) from notes").await, 0);
    })
    .await;
}

#[tokio::test]
async fn files_of_the_thread_are_for_whoever_reads_the_thread() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        officer.asks(&letter, "سؤال", &[pdf("سؤال.pdf", "question")]).await;
        sender.replies(&letter, "", &[pdf("پاسخ.pdf", "reply")]).await;
        let files = sender.letter(&letter).await.attributes("#thread a[href^='/files/']", "href");
        assert_eq!(files.len(), 2);
        let finance = app.officer("امور مالی").await;
        let other = app.sender("09351112233").signs_in().await;
        for file in &files {
            sender.get(file).await.ok();
            officer.get(file).await.ok();
            app.reviewer().await.get(file).await.ok();
            finance.get(file).await.is(404);
            other.get(file).await.is(404);
        }
        officer.refers(&letter, "امور مالی", "information", "").await;
        finance.get(&files[0]).await.ok();
        assert!(!sender.letter(&letter).await.has("#letter-files a"), "they are no files of the letter itself");
    })
    .await;
}

#[tokio::test]
async fn ready_texts_stand_beside_their_fields_and_are_put_in_without_script() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        let mut tx = app.begin().await;
        for (kind, body) in [
            (TextKind::Referral, "متن آماده ارجاع"),
            (TextKind::Question, "متن آماده سؤال"),
            (TextKind::Note, "متن آماده یادداشت"),
        ] {
            texts::add(&mut tx, kind, "آماده", body).await.expect("a text can be added");
        }
        tx.commit().await.expect("the texts are kept");
        let letter_page = format!("/desk/letters/{letter}");
        for (path, act, field, key, body) in [
            (format!("{letter_page}/referrals"), "referrals", "#text", "4", "متن آماده ارجاع"),
            (format!("{letter_page}/questions"), "questions", "#text", "1", "متن آماده سؤال"),
            (letter_page.clone(), "notes", "#note-text", "1", "متن آماده یادداشت"),
        ] {
            let page = officer.get(&path).await.ok();
            assert_eq!(page.one(field), "");
            let button = format!("form:has({field}) button[data-text]");
            assert_eq!(
                page.one(&format!("{button} kbd")),
                key,
                "the first nine have a digit, behind those that choose else"
            );
            let (action, text) = (format!("{letter_page}/{act}"), page.attribute(&button, "value"));
            assert!(page.attribute(&button, "formaction").starts_with(&format!("{action}#")), "back to its field");
            let form = page.form(&action).press("ready", &text);
            assert_eq!(form.send().await.ok().form(&action).value("text"), Some(body));
            let again = form.fill("text", "نوشته خودم\n").send().await.ok().form(&action);
            assert_eq!(again.value("text"), Some(format!("نوشته خودم\n{body}").as_str()), "below what was typed");
            let none =
                page.form(&action).fill("text", "نوشته خودم").forge("ready", "x").send().await.ok().form(&action);
            assert_eq!(none.value("text"), Some("نوشته خودم"));
        }
        assert_eq!(app.count("select count(*) from notes").await, 0);
        assert_eq!(app.texts("select state from letters").await, ["in_progress"]);
    })
    .await;
}

#[tokio::test]
async fn choosing_a_ready_text_keeps_everything_else_that_was_typed() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        let mut tx = app.begin().await;
        for kind in [TextKind::Referral, TextKind::Question] {
            texts::add(&mut tx, kind, "آماده", "متن آماده").await.expect("a text can be added");
        }
        tx.commit().await.expect("the texts are kept");
        let unit = app.unit("امور مالی").id.to_string();
        let referrals = format!("/desk/letters/{letter}/referrals");
        let page = officer.get(&referrals).await.ok();
        let text = page.attribute("button[data-text]", "value");
        let copy = format!("copy-{}", app.unit("بایگانی").id);
        let form =
            page.form(&referrals).fill("to", &unit).fill("purpose", "information").fill("days", "۵").fill(&copy, "on");
        let form = form.press("ready", &text).send().await.ok().form(&referrals);
        let kept = ["to", "purpose", "days", &copy, "text"].map(|field| form.value(field));
        assert_eq!(kept, [Some(unit.as_str()), Some("information"), Some("۵"), Some("on"), Some("متن آماده")]);
        // Several letters at once have the same fields.
        let path = format!("/desk/selection/referrals?show=unit&letter-{letter}=4");
        let page = officer.get(&path).await.ok();
        let form = page.form("/desk/selection/referrals?show=unit").fill("to", &unit).press("ready", &text);
        let form = form.send().await.ok().form("/desk/selection/referrals?show=unit");
        let selected = format!("letter-{letter}");
        let kept = ["to", &selected, "text"].map(|field| form.value(field));
        assert_eq!(kept, [Some(unit.as_str()), Some("4"), Some("متن آماده")]);
        let questions = format!("/desk/letters/{letter}/questions");
        let page = officer.get(&questions).await.ok();
        let text = page.attribute("button[data-text]", "value");
        let form = page.form(&questions).fill("days", "14").press("ready", &text);
        let again = form.clone().send().await.ok().form(&questions);
        assert_eq!((again.value("days"), again.value("text")), (Some("14"), Some("متن آماده")));
        // No page can put chosen files back into a form; it says so.
        let file = Attachment::new("نقشه.pdf", samples::pdf("map"));
        let page = form.attach("files", file).send().await.is(422);
        page.says("فایل‌ها را دوباره انتخاب کنید");
        assert_eq!(page.form(&questions).value("text"), Some("متن آماده"));
        // Somebody has done something to the letter meanwhile.
        officer.asks(&letter, "کدام ملک؟", &[]).await;
        again.fill("text", "نگه‌داشتنی").press("ready", &text).send().await.is(409).says("نگه‌داشتنی");
        assert_eq!(app.count("select count(*) from referrals").await, 0);
    })
    .await;
}
