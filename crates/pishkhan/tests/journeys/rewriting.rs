//! Writing again: what was rejected or lapsed comes back as a draft with everything in it, and both letters lead to each other.

use pishkhan_office::ids::LetterId;
use pishkhan_testkit::{Answer, Attachment, Form, Letter, Sender, TestApp, at_once, on_both, on_both_as, samples};

async fn rejected(app: &TestApp) -> (Sender, LetterId) {
    let sender = app.sender("09121234567").signs_in().await;
    let files = ["قبض.pdf", "سند.pdf"].map(|name| Attachment::new(name, samples::pdf(name))).to_vec();
    let letter = sender.sends(&Letter { files, ..Letter::default() }).await;
    app.reviewer().await.rejects(&letter, "").await;
    (sender, letter)
}

async fn button(sender: &Sender, letter: &LetterId) -> Form {
    sender.letter(letter).await.form(&format!("/letters/{letter}/rewriting"))
}

/// Sends the draft that the form shows as it is; answers its id.
async fn sends_on(sender: &Sender, form: &Answer) -> LetterId {
    let id = form.attribute("form[action^='/drafts/']", "action");
    let check = form.form(&id).press("next", "check").send().await.follow().await.ok();
    sender.submits(&check).await;
    LetterId::parse(id.trim_start_matches("/drafts/")).expect("a draft")
}

#[tokio::test]
async fn a_rejected_letter_is_mended_and_sent_again_with_everything_in_it() {
    on_both(async |app| {
        let (sender, before) = rejected(&app).await;
        let form = button(&sender, &before).await.send().await.is(303).follow().await.ok();
        assert_eq!(form.value("subject"), "درخواست بررسی قبض آب");
        assert_eq!(form.value("sender_name"), "مریم احمدی");
        form.says("قبض این دوره سه برابر دوره پیش است.");
        form.says("قبض.pdf");
        form.says("سند.pdf");
        sender.letter(&before).await.says("پیش‌نویس ارسال دوباره آماده است.");
        let after = sends_on(&sender, &form).await;
        assert_ne!(after, before);
        let page = sender.letter(&after).await;
        assert_eq!(page.all("#letter-files .file b"), ["قبض.pdf", "سند.pdf"]);
        assert_eq!(page.attribute("#again a", "href"), format!("/letters/{before}"));
        let page = sender.letter(&before).await;
        page.says("این نامه را دوباره فرستاده‌اید.");
        assert_eq!(page.attribute("#again a", "href"), format!("/letters/{after}"));
        assert!(!page.has("#again form"));
        let reviewer = app.reviewer().await;
        reviewer.letter(&after).await.says("به دنبال این نامه نوشته شده");
        reviewer.letter(&before).await.says("دوباره فرستاده شد");
        assert_eq!(app.count("select count(*) from files").await, 4);
        assert_eq!(app.count("select count(distinct sha256) from files").await, 2, "the bytes are there once");
    })
    .await;
}

#[tokio::test]
async fn what_lapsed_is_sent_again_with_what_was_brought_for_it() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::with_file()).await;
        app.reviewer().await.returns(&letter, "سند\nکارت ملی").await;
        let field = app.texts("select 'files-' || id from missing_items where position = 0").await.remove(0);
        let form = sender.todo(&letter).await.attach(&field, Attachment::new("سند.pdf", samples::pdf("deed")));
        form.press("next", "later").send().await.is(303);
        app.time_comes(7).await;
        app.time_comes(30).await;
        let form = button(&sender, &letter).await.send().await.is(303).follow().await.ok();
        form.says("قبض.pdf");
        form.says("سند.pdf");
        sends_on(&sender, &form).await;
        assert_eq!(app.texts("select state from letters order by created_at, state").await, ["lapsed", "submitted"]);
    })
    .await;
}

#[tokio::test]
async fn what_an_item_was_answered_with_in_words_comes_along() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::with_file()).await;
        app.reviewer().await.returns(&letter, "سند\nکارت ملی").await;
        let items = app.texts("select id from missing_items order by position").await;
        let form = sender.todo(&letter).await.fill(&format!("reply-{}", items[0]), "علت آن است که سند گم شده");
        let form = form.attach(&format!("files-{}", items[1]), Attachment::new("کارت.pdf", samples::pdf("card")));
        form.send().await.is(303);
        app.reviewer().await.rejects(&letter, "").await;
        let form = button(&sender, &letter).await.send().await.is(303).follow().await.ok();
        form.says("قبض این دوره سه برابر دوره پیش است.");
        form.says("سند: علت آن است که سند گم شده");
        form.says("کارت.pdf");
        let after = sends_on(&sender, &form).await;
        let page = app.reviewer().await.letter(&after).await;
        page.says("سند: علت آن است که سند گم شده");
        assert_eq!(sender.letter(&after).await.all("#letter-files .file b"), ["قبض.pdf", "کارت.pdf"]);
    })
    .await;
}

/// A letter that lapsed while its unit waited for a reply, after its sender had replied once and written once.
async fn unanswered(app: &TestApp) -> (Sender, LetterId) {
    let (sender, officer, letter) = app.letter_in_hand().await;
    officer.asks(&letter, "شماره کنتور چیست؟", &[Attachment::new("نمونه.pdf", samples::pdf("house"))]).await;
    sender.replies(&letter, "شماره ۱۲", &[Attachment::new("کنتور.pdf", samples::pdf("meter"))]).await;
    sender.writes_about(&letter, "عصرها در خانه‌ام.").await;
    officer.asks(&letter, "نشانی دقیق چیست؟", &[]).await;
    app.time_comes(7).await;
    app.time_comes(30).await;
    assert_eq!(app.texts("select state from letters").await, ["lapsed"]);
    (sender, letter)
}

#[tokio::test]
async fn what_was_said_in_the_thread_comes_along() {
    on_both(async |app| {
        let (sender, letter) = unanswered(&app).await;
        let form = button(&sender, &letter).await.send().await.is(303).follow().await.ok();
        form.says("در پاسخ به «شماره کنتور چیست؟»: شماره ۱۲");
        form.says("عصرها در خانه‌ام.");
        form.says("کنتور.pdf");
        form.hides("نشانی دقیق چیست؟");
        form.hides("نمونه.pdf");
        let after = sends_on(&sender, &form).await;
        let desk = app.reviewer().await.letter(&after).await;
        desk.says("شماره ۱۲");
        desk.says("کنتور.pdf");
    })
    .await;
}

#[tokio::test]
async fn what_was_written_in_an_objection_comes_along_with_its_files() {
    on_both(async |app| {
        let (sender, letter) = rejected(&app).await;
        let form = sender.writes_objection(&letter, "قبض را ندیده‌اید.").await;
        form.attach("files", Attachment::new("شاهد.pdf", samples::pdf("witness"))).send().await.is(303);
        app.signer("بایگانی").await.rules(&letter, "uphold", "قبض دیده شده است.").await;
        let form = button(&sender, &letter).await.send().await.is(303).follow().await.ok();
        form.says("قبض این دوره سه برابر دوره پیش است.");
        form.says("در اعتراض به تصمیم درباره نامه قبلی نوشته بودم:");
        form.says("قبض را ندیده‌اید.");
        form.says("شاهد.pdf");
        form.hides("قبض دیده شده است.");
        let after = sends_on(&sender, &form).await;
        let desk = app.reviewer().await.letter(&after).await;
        desk.says("قبض را ندیده‌اید.");
        desk.says("شاهد.pdf");
    })
    .await;
}

#[tokio::test]
async fn what_there_is_no_room_for_is_named() {
    on_both_as(
        |plan| plan.rules.letters.files = 1,
        async |app| {
            let sender = app.sender("09121234567").signs_in().await;
            let letter = sender.sends(&Letter::with_file()).await;
            app.reviewer().await.registers(&letter).await;
            let officer = app.officer("شکایات").await;
            officer.takes(&letter).await;
            officer.asks(&letter, "شماره کنتور چیست؟", &[]).await;
            sender.replies(&letter, "در فایل است", &[Attachment::new("کنتور.pdf", samples::pdf("meter"))]).await;
            let long = "آ".repeat(4_997);
            for part in 10..22 {
                sender.writes_about(&letter, &format!("{part} {long}")).await;
            }
            officer.asks(&letter, "نشانی دقیق چیست؟", &[]).await;
            app.time_comes(7).await;
            app.time_comes(30).await;
            let form = button(&sender, &letter).await.send().await.is(303).follow().await.ok();
            form.says("در فایل است");
            form.says("بقیه آنچه نوشته بودم در نامه قبلی است.");
            form.says("این فایل‌ها در نامه قبلی است و این‌جا جا نشد: کنتور.pdf");
            assert_eq!(app.count("select count(*) from files").await, 3, "the letter's own file twice");
            let id = form.attribute("form[action^='/drafts/']", "action");
            let refused = form.form(&id).press("next", "check").send().await.is(422);
            refused.says("کوتاه‌تر از ۲۰٬۰۰۰ نویسه");
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn however_often_it_is_asked_for_there_is_one_draft() {
    on_both(async |app| {
        let (sender, before) = rejected(&app).await;
        let form = button(&sender, &before).await;
        let answers = at_once(vec![form.clone(); 8]).await;
        let there: Vec<String> = answers.iter().map(Answer::location).collect();
        assert!(there.iter().all(|place| *place == there[0]), "{there:?}");
        assert_eq!(app.count("select count(*) from letters").await, 2);
        assert_eq!(app.count("select count(*) from files").await, 4);
        let draft = sender.get(&there[0]).await.ok();
        let after = sends_on(&sender, &draft).await;
        assert_eq!(form.send().await.location(), format!("/letters/{after}"), "later it leads to the letter");
        assert_eq!(app.count("select count(*) from letters").await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_draft_that_was_thrown_away_can_be_begun_again() {
    on_both(async |app| {
        let (sender, before) = rejected(&app).await;
        let place = button(&sender, &before).await.send().await.location();
        let id = place.trim_start_matches("/letters/new?draft=").to_owned();
        let token = sender.form_token().await;
        sender.post(&format!("/drafts/{id}/disposal"), &[("form_token", &token)]).await.is(303);
        let again = button(&sender, &before).await.send().await.is(303).location();
        assert_ne!(again, place);
        sender.get(&again).await.ok().says("سند.pdf");
    })
    .await;
}

#[tokio::test]
async fn what_goes_on_is_not_written_again_and_nobody_elses_is() {
    on_both(async |app| {
        let (sender, before) = rejected(&app).await;
        let form = button(&sender, &before).await;
        for stranger in [app.sender("09351112233"), app.elsewhere().sender("09121234567")] {
            let stranger = stranger.signs_in().await;
            let token = stranger.form_token().await;
            form.clone().by(&stranger).forge("form_token", &token).send().await.is(404);
        }
        let open = sender.sends(&Letter::default()).await;
        assert!(!sender.letter(&open).await.has("#again"));
        let token = sender.form_token().await;
        let refused = sender.post(&format!("/letters/{open}/rewriting"), &[("form_token", &token)]).await.is(409);
        refused.says("این نامه هنوز در جریان است");
        let draft = pishkhan_testkit::draft_of(&sender.writes(&Letter::default()).await);
        sender.post(&format!("/letters/{draft}/rewriting"), &[("form_token", &token)]).await.is(404);
        assert_eq!(app.count("select count(*) from letters where follows_id <> ''").await, 0);
    })
    .await;
}

#[tokio::test]
async fn too_many_drafts_are_said_before_one_more_is_begun() {
    on_both_as(
        |plan| plan.rules.limits.drafts_per_sender = 1,
        async |app| {
            let (sender, before) = rejected(&app).await;
            sender.writes(&Letter::default()).await;
            let refused = button(&sender, &before).await.send().await.is(409);
            refused.says("پیش‌نویس‌های زیادی دارید.");
            assert_eq!(app.count("select count(*) from letters").await, 2);
        },
    )
    .await;
}
