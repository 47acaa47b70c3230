//! The search finds a letter by what was said about it after it had come, and by the names of its files; not by what is the house's alone.

use pishkhan_testkit::{Answer, Attachment, Letter, Staff, on_both, samples};

const SUBJECT: &str = "درخواست بررسی قبض آب";

async fn ask(staff: &Staff, text: &str) -> Answer {
    staff.ask("/desk/search", &[("q", text)]).await.ok()
}

/// Insists that this text finds the one letter there is, and in what.
async fn finds(staff: &Staff, text: &str, why: &str) {
    let page = ask(staff, text).await;
    assert_eq!(page.all(".found .sub"), [SUBJECT], "{text}");
    assert_eq!(page.one(".why-found"), why, "{text}");
}

async fn finds_nothing(staff: &Staff, text: &str) {
    assert_eq!(ask(staff, text).await.all(".found .sub"), Vec::<String>::new(), "{text}");
}

fn pdf(name: &str) -> Attachment {
    Attachment::new(name, samples::pdf(name))
}

#[tokio::test]
async fn words_of_the_thread_and_names_of_its_files_find_the_letter() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        let reviewer = app.reviewer().await;
        finds_nothing(&reviewer, "پلاک").await;
        officer.asks(&letter, "پلاک خانه چند است؟", &[pdf("راهنما.pdf")]).await;
        finds(&reviewer, "پلاک", "در گفت‌وگو").await;
        finds(&reviewer, "راهنما.pdf", "در نام فایل").await;
        sender.replies(&letter, "شماره ۱۲", &[pdf("سند.pdf")]).await;
        finds(&reviewer, "شماره ۱۲", "در گفت‌وگو").await;
        let page = ask(&reviewer, "شماره ۱۲").await;
        assert_eq!(page.one(".found .passage"), "شماره ۱۲");
        assert_eq!(page.all(".found mark"), ["شماره", "۱۲"]);
        finds(&reviewer, "سند.pdf", "در نام فایل").await;
        sender.writes_about(&letter, "زنگ طبقه دوم را بزنید").await;
        finds(&reviewer, "زنگ طبقه", "در گفت‌وگو").await;
        finds(&reviewer, "قبض زنگ", "در موضوع و متن و گفت‌وگو").await;
        finds_nothing(&app.officer("امور مالی").await, "زنگ").await;
        officer.answers(&letter, "رسیدگی شد", &[pdf("گواهی.pdf")]).await;
        finds(&reviewer, "گواهی", "در نام فایل").await;
    })
    .await;
}

#[tokio::test]
async fn words_to_what_was_missing_and_of_an_objection_find_the_letter() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter { files: vec![pdf("گذرنامه.pdf")], ..Letter::default() }).await;
        let reviewer = app.reviewer().await;
        finds(&reviewer, "گذرنامه", "در نام فایل").await;
        reviewer.returns(&letter, "سند").await;
        let field = app.texts("select 'reply-' || id from missing_items").await.remove(0);
        sender.todo(&letter).await.fill(&field, "علت آن است که گم شده").send().await.is(303);
        finds(&reviewer, "گم شده", "در آنچه برای تکمیل آمد").await;
        reviewer.rejects(&letter, "").await;
        sender.objects(&letter, "بیدادگری است").await;
        finds(&reviewer, "بیدادگری", "در اعتراض").await;
        app.signer("بایگانی").await.rules(&letter, "uphold", "همان است.").await;
        finds(&reviewer, "بیدادگری", "در اعتراض").await;
    })
    .await;
}

#[tokio::test]
async fn what_was_taken_back_and_notes_find_nothing() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        officer.notes(&letter, "زعفران").await;
        let reviewer = app.reviewer().await;
        let form = officer.dialog(&letter, "questions").await.fill("text", "آبنوس دارید؟");
        let asked = form.attach("files", pdf("صندل.pdf")).send().await.is(303).follow().await.ok();
        finds(&reviewer, "آبنوس", "در گفت‌وگو").await;
        asked.form(&asked.attribute("form.undo", "action")).send().await.is(303);
        for words in ["زعفران", "آبنوس", "صندل"] {
            finds_nothing(&reviewer, words).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_long_thread_is_taken_in_as_far_as_there_is_room() {
    on_both(async |app| {
        let (sender, _, letter) = app.letter_in_hand().await;
        sender.writes_about(&letter, "نخستین").await;
        for part in 0..12 {
            app.wait(60).await;
            let words: Vec<String> = (0..600).map(|n| format!("z{n}y{part}")).collect();
            sender.writes_about(&letter, &words.join(" ")).await;
        }
        let reviewer = app.reviewer().await;
        finds(&reviewer, "z7y11", "در گفت‌وگو").await;
        finds(&reviewer, "درخواست", "در موضوع").await;
        finds_nothing(&reviewer, "نخستین").await;
    })
    .await;
}
