//! What comes back to whoever has a letter: a word stands on its row, and it is counted, until they open it.

use pishkhan_office::actor::Role;
use pishkhan_testkit::{Letter, Staff, on_both};

const UNIT: &str = "شکایات";
const FINANCE: &str = "امور مالی";
const OPEN: &str = "select count(*) from letters where came_back_at is not null";

/// What the rows of a view tell as new.
async fn marks(staff: &Staff, view: &str) -> Vec<String> {
    staff.get(&format!("/desk?show={view}")).await.ok().all(".rows .fresh")
}

/// How many letters with something new the rail counts; None when it doesn't stand there.
async fn news(staff: &Staff) -> Option<String> {
    staff.get("/desk").await.ok().all(".views [data-count=messages]").pop()
}

#[tokio::test]
async fn an_opinion_is_told_until_whoever_asked_opens_the_letter() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        let (finance, signer) = (app.officer(FINANCE).await, app.signer(UNIT).await);
        officer.refers(&letter, FINANCE, "answer", "بدهی دارد؟").await;
        assert!(marks(&officer, "mine").await.is_empty());
        finance.ending(&letter, "completion").await.fill("text", "بدهی ندارد").send().await.is(303);
        assert_eq!(marks(&officer, "mine").await, ["نظر رسید"]);
        assert_eq!(marks(&officer, "messages").await, ["نظر رسید"]);
        assert_eq!(news(&officer).await.as_deref(), Some("۱"));
        // It waits for the hand that has the letter, and for nobody else.
        assert!(marks(&signer, "unit").await.is_empty());
        assert!(marks(&finance, "done").await.is_empty());
        for person in [&signer, &finance] {
            assert_eq!(news(person).await.as_deref(), Some("۰"));
            person.letter(&letter).await.says("بدهی ندارد");
        }
        assert_eq!(marks(&officer, "mine").await, ["نظر رسید"]);
        officer.letter(&letter).await.says("بدهی ندارد");
        assert!(marks(&officer, "mine").await.is_empty());
        assert_eq!(news(&officer).await.as_deref(), Some("۰"));
    })
    .await;
}

#[tokio::test]
async fn a_note_is_new_to_everybody_but_its_writer() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        let signer = app.signer(UNIT).await;
        officer.notes(&letter, "پرونده کامل است").await;
        assert!(marks(&officer, "mine").await.is_empty(), "it is their own");
        signer.notes(&letter, "زودتر پاسخ دهید").await;
        assert_eq!(marks(&officer, "mine").await, ["یادداشت تازه"]);
        assert!(marks(&signer, "unit").await.is_empty());
        sender.get("/letters").await.ok().hides("یادداشت");
        officer.letter(&letter).await.says("زودتر پاسخ دهید");
        assert!(marks(&officer, "mine").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_draft_that_was_sent_back_is_told_to_its_officer() {
    on_both(async |app| {
        app.changes_unit(UNIT, |unit| unit.needs_signature = true).await;
        let (_, officer, letter) = app.letter_in_hand().await;
        let signer = app.signer(UNIT).await;
        officer.proposes(&letter, "پاسخ").await;
        signer.sends_back(&letter, "تاریخ را هم بنویسید.").await;
        assert_eq!(marks(&officer, "mine").await, ["پیش‌نویس برگشت"]);
        assert!(marks(&signer, "unit").await.is_empty());
        officer.letter(&letter).await.says("تاریخ را هم بنویسید.");
        assert!(marks(&officer, "mine").await.is_empty());
        // While the draft is before the signer, a note is for them.
        officer.proposes(&letter, "پاسخ با تاریخ").await;
        officer.notes(&letter, "تاریخ افزوده شد").await;
        assert_eq!(marks(&signer, "signature").await, ["یادداشت تازه"]);
        signer.issues(&letter).await;
        assert_eq!(app.count(OPEN).await, 0, "with what is over nobody has anything to do");
    })
    .await;
}

#[tokio::test]
async fn a_referral_that_was_sent_back_is_told_to_who_has_the_letter_again() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        let finance = app.officer(FINANCE).await;
        officer.notes(&letter, "برای امور مالی است").await;
        officer.refers(&letter, FINANCE, "action", "لطفاً بررسی کنید").await;
        assert!(marks(&finance, "untaken").await.is_empty(), "what came back to others is not told to them");
        finance.ending(&letter, "return").await.fill("text", "به ما مربوط نیست").send().await.is(303);
        assert_eq!(marks(&officer, "mine").await, ["ارجاع برگشت"]);
        officer.letter(&letter).await.says("به ما مربوط نیست");
        assert!(marks(&officer, "mine").await.is_empty());
        officer.refers(&letter, FINANCE, "answer", "نظر شما؟").await;
        finance.ending(&letter, "return").await.fill("text", "نظری نداریم").send().await.is(303);
        assert_eq!(marks(&officer, "mine").await, ["ارجاع برگشت"], "an opinion, too");
    })
    .await;
}

#[tokio::test]
async fn what_was_opened_again_is_told_to_the_unit_and_said_to_be_in_nobodys_hand() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        officer.answers(&letter, "انجام شد", &[]).await;
        app.time_comes(60).await;
        let administrator = app.came_in(Role::Administrator, None).await;
        let form = administrator.dialog(&letter, "reopening").await.fill("text", "پاسخ ناقص بود");
        let tray = form.send().await.is(303).follow().await.ok();
        assert_eq!(app.count(OPEN).await, 1);
        tray.form(&tray.attribute("form.undo", "action")).send().await.is(303);
        assert_eq!(app.count(OPEN).await, 0, "it was taken back");
        administrator.reopens(&letter, "پاسخ ناقص بود").await;
        let (officer, colleague) = (app.officer(UNIT).await, app.another_officer(UNIT, "همکار").await);
        for person in [&officer, &colleague] {
            for view in ["untaken", "unit"] {
                let tray = person.get(&format!("/desk?show={view}")).await.ok();
                assert_eq!(tray.all(".rows .fresh"), ["دوباره باز شد"], "{view}");
                let row = tray.one(".rows a");
                assert!(row.contains("منتظر برداشتن") && !row.contains("در دست کارشناس"), "{row}");
            }
        }
        colleague.letter(&letter).await.says("پاسخ ناقص بود");
        assert!(marks(&officer, "untaken").await.is_empty(), "as with messages, one of the unit is enough");
    })
    .await;
}

#[tokio::test]
async fn a_completed_letter_is_told_to_whoever_reviews_and_shows_first_what_was_brought() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        let reviewer = app.reviewer().await;
        reviewer.returns(&letter, "قبض دوره پیش").await;
        let item = app.texts("select id from missing_items").await.remove(0);
        sender.todo(&letter).await.fill(&format!("reply-{item}"), "به دستم نرسید").send().await.is(303);
        assert_eq!(marks(&reviewer, "review").await, ["تکمیل شد"]);
        assert_eq!(news(&reviewer).await.as_deref(), Some("۱"));
        let page = reviewer.letter(&letter).await;
        page.says("به دستم نرسید");
        let heads = page.all("aside h3");
        let place = |head: &str| heads.iter().position(|other| other == head).expect("it stands there");
        assert!(place("آنچه از فرستنده خواسته شد") < place("یادداشت داخلی"), "{heads:?}");
        assert!(marks(&reviewer, "review").await.is_empty());
        assert_eq!(news(&reviewer).await.as_deref(), Some("۰"), "units have their people");
    })
    .await;
}

#[tokio::test]
async fn a_note_on_an_objection_is_told_to_whoever_decides_it() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        officer.answers(&letter, "انجام شد", &[]).await;
        sender.objects(&letter, "نادرست است").await;
        officer.notes(&letter, "پرونده پیوست است").await;
        let (signer, above) = (app.signer(UNIT).await, app.signer("بایگانی").await);
        assert_eq!(marks(&above, "objections").await, ["یادداشت تازه"]);
        assert_eq!(news(&above).await.as_deref(), Some("۱"));
        assert!(marks(&signer, "unit").await.is_empty());
        assert_eq!(news(&signer).await.as_deref(), Some("۰"));
        signer.letter(&letter).await.says("پرونده پیوست است");
        assert_eq!(marks(&above, "messages").await, ["یادداشت تازه"]);
        above.letter(&letter).await.says("پرونده پیوست است");
        assert!(marks(&above, "objections").await.is_empty());
        assert_eq!(news(&above).await.as_deref(), Some("۰"));
    })
    .await;
}

#[tokio::test]
async fn a_note_on_an_objection_to_a_rejection_is_nothing_to_those_who_review() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        let reviewer = app.reviewer().await;
        reviewer.rejects(&letter, "").await;
        sender.objects(&letter, "مدارک کامل بود").await;
        let above = app.signer("بایگانی").await;
        above.notes(&letter, "چرا رد شد؟").await;
        assert_eq!(news(&reviewer).await.as_deref(), Some("۰"), "it isn't theirs to decide");
        assert!(marks(&above, "objections").await.is_empty(), "it is their own");
        reviewer.notes(&letter, "قبض ناخوانا بود").await;
        assert_eq!(marks(&above, "objections").await, ["یادداشت تازه"]);
    })
    .await;
}

#[tokio::test]
async fn what_comes_back_to_those_who_review_is_no_news_to_the_organisations_signer() {
    on_both(async |app| {
        app.changes_unit(UNIT, |unit| unit.parent = None).await;
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        let reviewer = app.reviewer().await;
        // It is late, so the signer sees it.
        app.execute("update letters set review_due_at = submitted_at + 1").await;
        app.time_comes(1).await;
        let head = app.head().await;
        head.letter(&letter).await;
        app.more_reviewers(1).await[0].notes(&letter, "دیر شد").await;
        assert_eq!(news(&reviewer).await.as_deref(), Some("۱"));
        assert_eq!(news(&head).await.as_deref(), Some("۰"));
    })
    .await;
}
