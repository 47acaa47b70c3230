//! Letters that ask for information: they are refused by a legal ground only, by whoever reviews them and by whoever answers them.

use pishkhan_office::ids::LetterId;
use pishkhan_office::kinds::{self, Kind};
use pishkhan_testkit::{Form, Letter, Multipart, Sender, Staff, TestApp, draft_of, on_both};

use crate::bad_input::cut_behind;

const UNIT: &str = "شکایات";
/// Above it.
const PARENT: &str = "بایگانی";
const GROUND: &str = "ماده ۱۴ قانون انتشار و دسترسی آزاد به اطلاعات";
const SAID: &str = "مستند قانونی: ماده ۱۴ قانون انتشار و دسترسی آزاد به اطلاعات";
/// What answers say that withhold a part, or everything.
const PART: &str = "بخشی از اطلاعات داده می‌شود. مستند قانونی: ماده ۱۴ قانون انتشار و دسترسی آزاد به اطلاعات";
const NONE: &str = "اطلاعات داده نمی‌شود. مستند قانونی: ماده ۱۴ قانون انتشار و دسترسی آزاد به اطلاعات";
const TEXT: &str = "پیوست قرارداد شخصی است.";
const NOTHING: &str = "مستند قانونی را بنویسید";
const LONG: &str = "مستند قانونی باید حداکثر ۱۲۰ نویسه باشد";

/// A kind whose letters ask for information.
async fn asking(app: &TestApp) -> Kind {
    let mut tx = app.begin().await;
    let kind = kinds::add(&mut tx, "دسترسی به اطلاعات", "Access to information").await.expect("a kind");
    kinds::mark(&mut tx, &kind.id, true).await.expect("marked");
    tx.commit().await.expect("kept");
    kind
}

async fn sends(sender: &Sender, subject: &'static str, kind: &Kind) -> LetterId {
    let form = sender.fills_in(&Letter { subject, ..Letter::default() }).await.fill("letter_kind", kind.id.as_str());
    let check = form.press("next", "check").send().await.follow().await.ok();
    sender.submits(&check).await;
    draft_of(&check)
}

/// A letter that asks for information and waits for review.
async fn asked(app: &TestApp) -> (Sender, Staff, LetterId) {
    let kind = asking(app).await;
    let sender = app.sender("09121234567").signs_in().await;
    let letter = sends(&sender, "رونوشت قرارداد", &kind).await;
    (sender, app.reviewer().await, letter)
}

/// Its rejection for another reason than those of the list.
async fn refusal(reviewer: &Staff, letter: &LetterId, ground: &str) -> Form {
    let form = reviewer.dialog(letter, "rejection").await;
    form.fill("reason", "other").fill("note", "اطلاعات شخصی است").fill("ground", ground)
}

/// Takes back what was decided last.
async fn undoes(staff: &Staff, letter: &LetterId) {
    let undo = staff.letter(letter).await.form(&format!("/desk/letters/{letter}/undoing"));
    undo.send().await.is(303);
}

#[tokio::test]
async fn information_is_refused_by_a_legal_ground_that_its_sender_reads() {
    on_both(async |app| {
        let (sender, reviewer, letter) = asked(&app).await;
        let action = format!("/desk/letters/{letter}/rejection");
        let long = "آ".repeat(121);
        for (ground, fault) in [(" ", NOTHING), (long.as_str(), LONG)] {
            let page = refusal(&reviewer, &letter, ground).await.send().await.is(422);
            page.says(fault);
            let form = page.form(&action);
            assert_eq!((form.value("note"), form.value("ground")), (Some("اطلاعات شخصی است"), Some(ground)));
        }
        let bare = reviewer.dialog(&letter, "rejection").await.send().await.is(422);
        assert_eq!(bare.all(".errs li").len(), 2, "all that is wrong is said at once");
        assert_eq!(app.texts("select state from letters").await, ["submitted"]);

        reviewer.decides(refusal(&reviewer, &letter, &format!(" {GROUND} ")).await).await;
        let page = sender.letter(&letter).await;
        assert!(page.one("#status").contains(SAID));
        page.says(&format!("اطلاعات شخصی است ({SAID})"));
        sender.get("/letters").await.ok().says(SAID);
        sender.get(&format!("/letters/{letter}/objection")).await.ok().says(SAID);
        let desk = reviewer.letter(&letter).await;
        assert!(desk.one(".why").contains(SAID));
        desk.says(&format!("رد شد: اطلاعات شخصی است ({SAID})"));
        assert!(!app.last_message_to(&sender.mobile).await.text.contains("ماده ۱۴"), "the page has it whole");
    })
    .await;
}

#[tokio::test]
async fn other_letters_are_rejected_without_a_ground() {
    on_both(async |app| {
        let (sender, reviewer, _) = asked(&app).await;
        let other = sender.sends(&Letter::default()).await;
        let form = reviewer.dialog(&other, "rejection").await;
        assert_eq!(form.value("ground"), None, "nobody is asked for what isn't needed");
        reviewer.decides(form.fill("reason", "other").fill("note", "جای دیگر").forge("ground", GROUND)).await;
        sender.letter(&other).await.hides(GROUND);
        assert_eq!(app.count("select count(*) from letters where ground is not null").await, 0);
    })
    .await;
}

#[tokio::test]
async fn the_ground_goes_with_a_rejection_that_is_taken_back_and_comes_back_with_it() {
    on_both(async |app| {
        let (sender, reviewer, letter) = asked(&app).await;
        let holds = "select coalesce(ground, '') from letters";
        refusal(&reviewer, &letter, GROUND).await.send().await.is(303);
        undoes(&reviewer, &letter).await;
        assert_eq!(app.texts(holds).await, [""]);
        assert!(!sender.letter(&letter).await.one("#status").contains(SAID));
        reviewer.decides(refusal(&reviewer, &letter, GROUND).await).await;

        sender.objects(&letter, "قرارداد محرمانه نیست.").await;
        assert_eq!(app.texts(holds).await, [GROUND]);
        let above = app.signer(PARENT).await;
        above.letter(&letter).await.says(SAID);
        let form = above.dialog(&letter, "ruling").await.fill("ruling", "reconsider").fill("text", "حق با شماست.");
        form.send().await.is(303);
        assert_eq!(app.texts(holds).await, [""]);
        undoes(&above, &letter).await;
        assert_eq!(app.texts(holds).await, [GROUND]);
    })
    .await;
}

#[tokio::test]
async fn whoever_rejects_too_late_can_copy_the_ground() {
    on_both(async |app| {
        let (_, reviewer, letter) = asked(&app).await;
        let form = refusal(&reviewer, &letter, GROUND).await;
        let page = form.forge("version", "1").send().await.is(409);
        assert!(page.all("#chosen").concat().contains(GROUND));
        assert_eq!(app.texts("select state from letters").await, ["submitted"]);
    })
    .await;
}

#[tokio::test]
async fn what_asks_for_information_is_left_out_of_a_rejection_together() {
    on_both(async |app| {
        let (sender, reviewer, letter) = asked(&app).await;
        sender.sends(&Letter { subject: "شکایت از قبض", ..Letter::default() }).await;
        let list = reviewer.get("/desk?show=review").await.ok();
        let mut fields = vec![("deed".to_owned(), "reject".to_owned()), ("show".to_owned(), "review".to_owned())];
        fields.extend(list.attributes(".pick input", "name").into_iter().zip(list.attributes(".pick input", "value")));
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let page = reviewer.ask("/desk/selection", &fields).await.ok();
        page.says("تنها با مستند قانونی رد می‌شود");
        assert_eq!(page.all(".note.no li a"), ["رونوشت قرارداد"]);
        assert_eq!(page.all("#selection bdi"), ["شکایت از قبض", "مریم احمدی"]);

        let action = "/desk/selection?show=review";
        let page = page.form(action).fill("note", "جای دیگر").send().await.ok();
        // It was ticked in another window.
        let version = app.numbers("select version from letters where subject = 'رونوشت قرارداد'").await[0].to_string();
        let page = page.form(action).forge(&format!("letter-{letter}"), &version).send().await.ok();
        page.says("تنها با مستند قانونی رد می‌شود");
        let mut states = app.texts("select state from letters").await;
        states.sort();
        assert_eq!(states, ["rejected", "submitted"]);
    })
    .await;
}

/// A letter that asks for information and is in an officer's hand.
async fn in_hand(app: &TestApp) -> (Sender, Staff, LetterId) {
    let (sender, reviewer, letter) = asked(app).await;
    reviewer.registers(&letter).await;
    let officer = app.officer(UNIT).await;
    officer.takes(&letter).await;
    (sender, officer, letter)
}

/// The form of an answer that withholds something by that ground.
async fn withholds(officer: &Staff, letter: &LetterId, outcome: &str, ground: &str) -> Form {
    officer.writes_answer(letter, TEXT).await.fill("outcome", outcome).fill("ground", ground)
}

/// What the form says of what is withheld.
fn told(form: &Form) -> (Option<&str>, Option<&str>) {
    (form.value("outcome"), form.value("ground"))
}

#[tokio::test]
async fn a_part_of_the_information_is_given_by_a_legal_ground_that_its_sender_reads() {
    on_both(async |app| {
        let (sender, officer, letter) = in_hand(&app).await;
        let action = format!("/desk/letters/{letter}/answer");
        let form = officer.dialog(&letter, "answer").await;
        assert_eq!(form.choices("outcome"), ["final", "outward", "partial", "refused"]);
        let long = "آ".repeat(121);
        for (ground, fault) in [(" ", NOTHING), (long.as_str(), LONG)] {
            let form = withholds(&officer, &letter, "partial", ground).await.press("next", "issue");
            let page = form.send().await.is(422);
            page.says(fault);
            assert_eq!(told(&page.form(&action)), (Some("partial"), Some(ground)));
        }
        let form = withholds(&officer, &letter, "partial", "").await.press("next", "preview");
        form.send().await.is(303).follow().await.ok().says(NOTHING);
        let form = withholds(&officer, &letter, "partial", &format!(" {GROUND} ")).await.press("next", "preview");
        form.send().await.is(303).follow().await.ok().says(PART);
        let form = officer.dialog(&letter, "answer").await;
        assert_eq!(told(&form), (Some("partial"), Some(GROUND)));

        officer.decides(form.press("next", "issue")).await;
        let page = sender.letter(&letter).await;
        assert!(page.one("#status").contains(PART) && page.one("#status").contains(TEXT));
        page.says(&format!("شکایات: {PART}"));
        sender.get(&format!("/letters/{letter}/objection")).await.ok().says(PART);
        officer.letter(&letter).await.says(&format!("پاسخ داده شد: {PART}"));
        assert_eq!(app.texts("select withheld || ' ' || ground from answers").await, [format!("part {GROUND}")]);
        assert!(!app.last_message_to(&sender.mobile).await.text.contains("ماده ۱۴"));
    })
    .await;
}

#[tokio::test]
async fn a_form_that_is_cut_before_its_ground_takes_nothing_away_from_the_draft() {
    on_both(async |app| {
        let (_, officer, letter) = in_hand(&app).await;
        withholds(&officer, &letter, "partial", GROUND).await.press("next", "save").send().await.is(303);
        let half = cut_behind(&officer.dialog(&letter, "answer").await.press("next", "save"), "name=\"ground\"");
        let action = format!("/desk/letters/{letter}/answer");
        let page = officer.post_body(&action, &Multipart::content_type(), half).await.is(422);
        page.says("فرم کامل نرسید.");
        assert_eq!(told(&page.form(&action)), (Some("partial"), Some(GROUND)), "as kept, beside what came");
        assert_eq!(told(&officer.dialog(&letter, "answer").await), (Some("partial"), Some(GROUND)));
    })
    .await;
}

#[tokio::test]
async fn a_signer_reads_by_which_ground_information_is_refused() {
    on_both(async |app| {
        app.changes_unit(UNIT, |unit| unit.needs_signature = true).await;
        let (sender, officer, letter) = in_hand(&app).await;
        let bare = withholds(&officer, &letter, "refused", "").await.press("next", "propose");
        bare.send().await.is(422).says(NOTHING);
        withholds(&officer, &letter, "refused", GROUND).await.press("next", "propose").send().await.is(303);
        let signer = app.signer(UNIT).await;
        signer.letter(&letter).await.says(NONE);
        signer.get(&format!("/desk/letters/{letter}/issue")).await.ok().says(NONE);
        signer.sends_back(&letter, "بند را هم بنویسید.").await;
        let form = officer.dialog(&letter, "answer").await;
        assert_eq!(told(&form), (Some("refused"), Some(GROUND)));
        form.press("next", "propose").send().await.is(303);
        signer.issues(&letter).await;
        assert!(sender.letter(&letter).await.one("#status").contains(NONE));
    })
    .await;
}

#[tokio::test]
async fn it_comes_back_with_an_answer_that_is_taken_back_and_stays_with_an_earlier_one() {
    on_both(async |app| {
        let (sender, officer, letter) = in_hand(&app).await;
        let holds = "select coalesce(answer_withheld || ' ' || ground, '') from letters";
        withholds(&officer, &letter, "refused", GROUND).await.press("next", "issue").send().await.is(303);
        undoes(&officer, &letter).await;
        let form = officer.dialog(&letter, "answer").await;
        assert_eq!(told(&form), (Some("refused"), Some(GROUND)));
        assert_eq!(app.texts(holds).await, [""]);
        officer.decides(form.press("next", "issue")).await;

        sender.objects(&letter, "محرمانه نیست.").await;
        let above = app.signer(PARENT).await;
        let form = above.dialog(&letter, "ruling").await.fill("ruling", "reconsider").fill("text", "حق با شماست.");
        form.send().await.is(303);
        assert_eq!(app.texts(holds).await, [""]);
        undoes(&above, &letter).await;
        assert_eq!(app.texts(holds).await, [format!("all {GROUND}")]);
        above.rules(&letter, "reconsider", "حق با شماست.").await;

        officer.takes(&letter).await;
        assert_eq!(told(&officer.dialog(&letter, "answer").await), (Some("final"), Some("")));
        officer.answers(&letter, "رونوشت پیوست است.", &[]).await;
        for page in [sender.letter(&letter).await, officer.letter(&letter).await] {
            assert!(page.one("details.more.panel").contains(NONE), "the earlier answer said so");
        }
        assert!(!sender.letter(&letter).await.one("#status").contains(NONE));
    })
    .await;
}

#[tokio::test]
async fn nothing_is_withheld_from_who_asked_for_no_information() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        let form = officer.writes_answer(&letter, TEXT).await;
        assert_eq!((form.choices("outcome"), form.value("ground")), (vec!["final", "outward"], None));
        let forged = form.forge("outcome", "refused").forge("ground", GROUND).press("next", "issue");
        forged.send().await.is(422).says("دیگر درخواست اطلاعات به شمار نمی‌آید");
        assert_eq!(app.count("select count(*) from answers").await, 0);
    })
    .await;
}
