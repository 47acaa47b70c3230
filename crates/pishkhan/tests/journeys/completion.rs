//! Completion at the counter: the to-do list, item by item, and back under review under the same receipt.

use pishkhan_office::ids::LetterId;
use pishkhan_testkit::{Attachment, Form, Letter, Multipart, Sender, TestApp, at_once, on_both, on_both_as, samples};

fn pdf(name: &str) -> Attachment {
    Attachment::new(name, samples::pdf(name))
}

/// A letter of which two things are missing.
async fn returned(app: &TestApp) -> (Sender, LetterId) {
    let sender = app.sender("09121234567").signs_in().await;
    let letter = sender.sends(&Letter::with_file()).await;
    app.reviewer().await.returns(&letter, "صفحه اول سند\nقبض دوره پیش").await;
    (sender, letter)
}

/// The names of the list's fields: a file and a word for each item.
async fn fields(app: &TestApp) -> Vec<(String, String)> {
    let ids = app.texts("select id from missing_items order by asked_at desc, position").await;
    ids.into_iter().map(|id| (format!("files-{id}"), format!("reply-{id}"))).collect()
}

async fn whole(app: &TestApp, sender: &Sender, letter: &LetterId) -> Form {
    let fields = fields(app).await;
    let form = sender.todo(letter).await.attach(&fields[0].0, pdf("سند.pdf"));
    form.fill(&fields[1].1, "قبض آن دوره به دستم نرسید.")
}

async fn state(app: &TestApp) -> Vec<String> {
    app.texts("select state from letters").await
}

#[tokio::test]
async fn a_sender_brings_only_what_is_missing() {
    on_both(async |app| {
        let (sender, letter) = returned(&app).await;
        let receipt = sender.get(&format!("/letters/{letter}/receipt")).await.ok().one(".big");
        let first = app.numbers("select submitted_at from letters").await;
        let page = sender.letter(&letter).await;
        page.says("۲ مورد کم است");
        page.says("تا پایان دوشنبه ۲۷ آبان همین‌جا بفرستید.");
        assert_eq!(page.all("#todo legend b"), ["صفحه اول سند", "قبض دوره پیش"]);
        let answer = whole(&app, &sender, &letter).await.send().await;
        assert_eq!(answer.location(), format!("/letters/{letter}#status"));
        assert_eq!(state(&app).await, ["submitted"]);
        assert_eq!(app.numbers("select submitted_at from letters").await, first);
        assert_eq!(sender.get(&format!("/letters/{letter}/receipt")).await.ok().one(".big"), receipt);
        let page = sender.letter(&letter).await;
        assert!(!page.has("#todo"));
        assert_eq!(page.all("#letter-files .file b"), ["قبض.pdf", "سند.pdf"]);
        page.says("تکمیل کردید");
        let reviewer = app.reviewer().await;
        let page = reviewer.letter(&letter).await;
        page.says("فرستنده تکمیل کرد");
        page.says("قبض آن دوره به دستم نرسید.");
        page.says("سند.pdf");
        reviewer.registers(&letter).await;
    })
    .await;
}

#[tokio::test]
async fn the_houses_clock_stands_still_while_the_sender_completes() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        // Sunday: three working days, until Wednesday.
        sender.letter(&letter).await.says("چهارشنبه ۲۲ آبان");
        app.reviewer().await.returns(&letter, "قبض").await;
        assert_eq!(app.count("select count(*) from letters where review_due_at is not null").await, 1);
        app.wait(2 * 24 * 60 * 60).await;
        let sender = app.sender("09121234567").signs_in().await;
        let field = &fields(&app).await[0].1;
        sender.todo(&letter).await.fill(field, "ندارم").send().await.is(303);
        // Tuesday: as much is left as was left on Sunday.
        sender.letter(&letter).await.says("شنبه ۲۵ آبان");
    })
    .await;
}

#[tokio::test]
async fn what_is_done_is_kept_while_the_rest_is_missing() {
    on_both(async |app| {
        let (sender, letter) = returned(&app).await;
        let fields = fields(&app).await;
        let half = sender.todo(&letter).await.attach(&fields[0].0, pdf("سند.pdf")).send().await.is(422);
        half.says("برای این مورد فایل بگذارید یا یک جمله بنویسید.");
        assert_eq!(half.all("#todo .tag.ok").len(), 1, "one is there");
        half.says("سند.pdf");
        assert_eq!(state(&app).await, ["returned"]);
        let later = sender.todo(&letter).await.press("next", "later").send().await;
        assert_eq!(later.location(), format!("/letters/{letter}#todo"));
        assert_eq!(state(&app).await, ["returned"]);
        sender.todo(&letter).await.fill(&fields[1].1, "ندارم").send().await.is(303);
        assert_eq!(state(&app).await, ["submitted"]);
        assert_eq!(app.count("select count(*) from events where kind = 'letter_completed'").await, 1);
        assert_eq!(app.count("select count(*) from files").await, 2);
    })
    .await;
}

#[tokio::test]
async fn what_was_kept_for_later_submits_nothing_even_when_it_is_whole() {
    on_both(async |app| {
        let (sender, letter) = returned(&app).await;
        whole(&app, &sender, &letter).await.press("next", "later").send().await.is(303);
        assert_eq!(state(&app).await, ["returned"]);
        sender.todo(&letter).await.send().await.is(303);
        assert_eq!(state(&app).await, ["submitted"]);
    })
    .await;
}

#[tokio::test]
async fn a_bad_file_is_told_beside_its_item_and_the_good_ones_stay() {
    on_both(async |app| {
        let (sender, letter) = returned(&app).await;
        let fields = fields(&app).await;
        let form = sender.todo(&letter).await.attach(&fields[0].0, pdf("سند.pdf"));
        let form = form.attach(&fields[1].0, Attachment::new("برنامه.pdf", samples::program()));
        let answer = form.send().await.is(422);
        assert!(answer.one("#item-2").contains("برنامه.pdf"), "{}", answer.one("#item-2"));
        assert!(answer.one("#item-1").contains("سند.pdf"));
        assert_eq!(answer.attributes(".errs a", "href"), ["#item-2"]);
        assert_eq!(state(&app).await, ["returned"]);
        assert_eq!(app.count("select count(*) from files where part = 'letter'").await, 2);
    })
    .await;
}

#[tokio::test]
async fn what_came_before_the_line_was_cut_is_kept_beside_what_was_there() {
    on_both(async |app| {
        let (sender, letter) = returned(&app).await;
        let (files, reply) = fields(&app).await.remove(0);
        sender.todo(&letter).await.fill(&reply, "سند نزد بانک است").press("next", "later").send().await.is(303);
        let path = format!("/letters/{letter}/completion");
        let body = Multipart::default()
            .field("form_token", sender.form_token().await)
            .file(&files, &pdf("سند.pdf"))
            .field(&reply, "سند نزد بانک است و رونوشت آن رسید");
        let answer = sender.post_body(&path, &Multipart::content_type(), body.cut_off(20)).await.is(422);
        answer.says("ارسال نیمه‌کاره ماند. آنچه رسید ذخیره شد؛ بقیه را دوباره بفرستید.");
        assert!(answer.one("#item-1").contains("سند.pdf"), "{}", answer.one("#item-1"));
        assert_eq!(answer.form(&path).value(&reply), Some("سند نزد بانک است"));
        assert_eq!(state(&app).await, ["returned"]);
    })
    .await;
}

#[tokio::test]
async fn a_word_that_is_too_long_is_told_and_stays_in_its_field() {
    on_both(async |app| {
        let (sender, letter) = returned(&app).await;
        let fields = fields(&app).await;
        let long = "م".repeat(1_001);
        let form = sender.todo(&letter).await.fill(&fields[0].1, &long).fill(&fields[1].1, "ندارم");
        let answer = form.send().await.is(422);
        assert!(answer.one("#item-1").contains("این جمله باید حداکثر ۱٬۰۰۰ نویسه باشد."), "{}", answer.one("#item-1"));
        let again = answer.form(&format!("/letters/{letter}/completion"));
        assert_eq!(again.value(&fields[0].1), Some(long.as_str()));
        again.fill(&fields[0].1, "سند نزد بانک است").send().await.is(303);
        assert_eq!(state(&app).await, ["submitted"]);
    })
    .await;
}

#[tokio::test]
async fn no_more_files_come_with_a_return_than_with_a_letter() {
    on_both_as(
        |plan| plan.rules.letters.files = 2,
        async |app| {
            let (sender, letter) = returned(&app).await;
            let fields = fields(&app).await;
            let two = sender.todo(&letter).await.attach(&fields[0].0, pdf("1.pdf")).attach(&fields[0].0, pdf("2.pdf"));
            two.press("next", "later").send().await.is(303);
            let third = sender.todo(&letter).await.attach(&fields[1].0, pdf("3.pdf")).send().await.is(422);
            assert!(third.one("#item-2").contains("حداکثر ۲ فایل"), "{}", third.one("#item-2"));
            assert_eq!(app.count("select count(*) from files where message_id <> ''").await, 2);
        },
    )
    .await;
}

#[tokio::test]
async fn a_completion_that_comes_twice_is_one() {
    on_both(async |app| {
        let (sender, letter) = returned(&app).await;
        let form = whole(&app, &sender, &letter).await;
        form.send().await.is(303);
        assert_eq!(form.send().await.is(303).location(), format!("/letters/{letter}"));
        assert_eq!(app.count("select count(*) from events where kind = 'letter_completed'").await, 1);
        assert_eq!(app.count("select count(*) from files").await, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_tabs_complete_a_letter_once() {
    on_both(async |app| {
        let (sender, letter) = returned(&app).await;
        let form = whole(&app, &sender, &letter).await;
        let answers = at_once(vec![form; 8]).await;
        assert!(answers.iter().all(|answer| answer.status == 303));
        assert_eq!(app.count("select count(*) from events where kind = 'letter_completed'").await, 1);
        assert_eq!(app.count("select count(*) from files").await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_list_of_before_is_told_from_the_one_of_now() {
    on_both(async |app| {
        let (sender, letter) = returned(&app).await;
        let old = whole(&app, &sender, &letter).await;
        old.send().await.is(303);
        app.reviewer().await.returns(&letter, "کارت ملی").await;
        let answer = old.send().await.is(409);
        answer.says("در این میان چیز دیگری خواسته شد.");
        answer.says("قبض آن دوره به دستم نرسید.");
        assert_eq!(answer.all("#todo legend b"), ["کارت ملی"]);
        assert_eq!(state(&app).await, ["returned"]);
        let field = &fields(&app).await[0].0;
        sender.todo(&letter).await.attach(field, pdf("کارت.pdf")).send().await.is(303);
        assert_eq!(state(&app).await, ["submitted"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_returned_takes_no_completion_and_keeps_what_was_written() {
    on_both(async |app| {
        let (sender, letter) = returned(&app).await;
        let form = whole(&app, &sender, &letter).await;
        app.time_comes(7).await;
        app.time_comes(30).await;
        assert_eq!(state(&app).await, ["lapsed"]);
        let late = form.send().await.is(409);
        late.says("مهلت تکمیل تمام شده و نامه بسته شده است.");
        assert_eq!(app.count("select count(*) from files").await, 1);
        let other = sender.sends(&Letter::default()).await;
        let token = sender.form_token().await;
        let path = format!("/letters/{other}/completion");
        sender.post(&path, &[("form_token", &token)]).await.is(409).says("چیزی لازم نیست");
        app.reviewer().await.registers(&other).await;
        sender.post(&path, &[("form_token", &token)]).await.is(409).says("دیگر منتظر تکمیل نیست");
        assert_eq!(sender.get(&path).await.location(), format!("/letters/{other}"));
    })
    .await;
}

#[tokio::test]
async fn nobody_else_completes_a_letter() {
    on_both(async |app| {
        let (sender, letter) = returned(&app).await;
        let form = whole(&app, &sender, &letter).await;
        for stranger in [app.sender("09351112233"), app.elsewhere().sender("09121234567")] {
            let stranger = stranger.signs_in().await;
            let token = stranger.form_token().await;
            form.clone().by(&stranger).forge("form_token", &token).send().await.is(404);
            stranger.get(&format!("/letters/{letter}/completion")).await.is(404);
        }
        form.forge("form_token", "x").send().await.is(403);
        assert_eq!(state(&app).await, ["returned"]);
        assert_eq!(app.count("select count(*) from files").await, 1);
    })
    .await;
}
