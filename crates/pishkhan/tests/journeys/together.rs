//! Several letters at once, beyond the deciding: the view that goes along, the ten seconds in which all are taken back, and the filters in sight.

use pishkhan_office::accounts::staff::{self, NewPost};
use pishkhan_office::actor::Role;
use pishkhan_office::ids::LetterId;
use pishkhan_testkit::{Answer, Letter, Staff, TestApp, encoded, on_both};

const UNDOING: &str = "/desk/selection/undoing?show=review";

async fn sent(app: &TestApp, subjects: &[&'static str]) -> Vec<LetterId> {
    let sender = app.sender("09121234567").signs_in().await;
    let mut letters = Vec::new();
    for &subject in subjects {
        letters.push(sender.sends(&Letter { subject, ..Letter::with_file() }).await);
    }
    letters
}

/// The way from a view to its selection as a browser goes it: every letter with its tick, and what the form carries.
async fn selects(staff: &Staff, view: &str, deed: &str) -> Answer {
    let list = staff.get(view).await.ok();
    let mut fields = vec![("deed".to_owned(), deed.to_owned())];
    for inputs in ["#selection-form input[type=hidden]", ".pick input"] {
        fields.extend(list.attributes(inputs, "name").into_iter().zip(list.attributes(inputs, "value")));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    staff.ask(&list.attribute("#selection-form", "action"), &fields).await.ok()
}

/// The page to which a selection that is registered leads.
async fn registers_all(staff: &Staff) -> Answer {
    let page = selects(staff, "/desk?show=review", "register").await;
    page.form("/desk/selection?show=review").send().await.is(303).follow().await.ok()
}

async fn told(app: &TestApp) -> Vec<String> {
    let messages = app.messages().await.into_iter().map(|mail| mail.template);
    messages.filter(|template| template.starts_with("letter_") && template != "letter_submitted").collect()
}

async fn submitted(app: &TestApp) -> i64 {
    app.count("select count(*) from letters where state = 'submitted'").await
}

#[tokio::test]
async fn what_was_registered_together_is_taken_back_together_and_its_numbers_are_void_in_sight() {
    on_both(async |app| {
        sent(&app, &["یک", "دو", "سه"]).await;
        let reviewer = app.reviewer().await;
        let done = registers_all(&reviewer).await;
        done.says("۳ نامه انجام شد");
        let mut ways = done.all(".note.ok li a");
        ways.sort();
        assert_eq!(ways, ["دو", "سه", "یک"]);
        assert_eq!(done.attributes("[data-undo]", "data-key"), ["KeyZ"], "one button for all");
        assert_eq!(done.attribute("[data-undo]", "data-undo"), "10");
        app.wait(9).await;
        let back = done.form(UNDOING).send().await.is(303).follow().await.ok();
        back.says("۳ تصمیم پس گرفته شد");
        assert!(!back.has("[data-undo]"));
        let void = back.all(".note.ok details[open] li");
        assert!(void.len() == 3 && void.iter().all(|line| line.contains("در دفتر باطل ماند")), "{void:?}");
        assert_eq!(submitted(&app).await, 3);
        assert_eq!(reviewer.get("/desk/register").await.ok().all(".void").len(), 3);
        assert_eq!(app.count("select count(*) from events where kind = 'decision_undone'").await, 3);
        app.wait(30).await;
        assert_eq!(told(&app).await, [""; 0], "no message leaves");
        registers_all(&reviewer).await;
        assert_eq!(app.numbers("select number from entries where voided_at is null order by number").await, [4, 5, 6]);
    })
    .await;
}

#[tokio::test]
async fn what_was_rejected_together_is_taken_back_together() {
    on_both(async |app| {
        sent(&app, &["یک", "دو"]).await;
        let reviewer = app.reviewer().await;
        let page = selects(&reviewer, "/desk?show=review", "reject").await;
        let form = page.form("/desk/selection?show=review").fill("note", "جای دیگر");
        let seen = form.send().await.ok();
        let done = seen.form("/desk/selection?show=review").send().await.is(303).follow().await.ok();
        let back = done.form(UNDOING).send().await.is(303).follow().await.ok();
        back.says("۲ تصمیم پس گرفته شد");
        assert!(!back.has(".note.ok details[open]"), "there is no number to tell");
        assert_eq!(back.all(".rows .sub").len(), 2);
        app.wait(30).await;
        assert_eq!(told(&app).await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn of_what_was_decided_together_that_stays_on_which_somebody_acted() {
    on_both(async |app| {
        let letters = sent(&app, &["یک", "دو"]).await;
        let (reviewer, officer) = (app.reviewer().await, app.officer("شکایات").await);
        let undo = registers_all(&reviewer).await.form(UNDOING);
        officer.takes(&letters[0]).await;
        let page = undo.send().await.ok();
        page.says("۱ تصمیم پس گرفته شد");
        page.says("۱ تصمیم سر جای خود ماند");
        page.says("کار دیگری در این نامه انجام شد");
        assert_eq!((page.all(".note.ok li a"), page.all(".note.no li a")), (vec!["دو".into()], vec!["یک".into()]));
        let mut states = app.texts("select state from letters").await;
        states.sort();
        assert_eq!(states, ["in_progress", "submitted"]);
        undo.send().await.is(409).says("۲ تصمیم سر جای خود ماند");
    })
    .await;
}

#[tokio::test]
async fn only_who_decided_takes_it_back_and_only_for_ten_seconds() {
    on_both(async |app| {
        let letters = sent(&app, &["یک", "دو"]).await;
        let reviewers = app.more_reviewers(2).await;
        // Coming in takes its time.
        let stranger = app.officer("امور مالی").await;
        let done = registers_all(&reviewers[0]).await;
        let undo = done.form(UNDOING);
        let told = letters.iter().map(ToString::to_string).collect::<Vec<_>>().join(".");
        let other = reviewers[1].get(&format!("/desk?show=review&all={told}")).await.ok();
        assert!(!other.has("[data-undo]"), "it isn't theirs");
        for (somebody, why) in [(&reviewers[1], "فقط کسی که تصمیم گرفته"), (&stranger, "سر جای خود ماند")]
        {
            let token = somebody.form_token().await;
            undo.clone().by(somebody).forge("form_token", &token).send().await.is(409).says(why);
        }
        for letter in &letters {
            assert!(!stranger.get(&format!("/desk?all={letter}")).await.ok().has(".note.ok li"), "they don't see it");
        }
        app.wait(10).await;
        undo.send().await.is(409).says("۱۰ ثانیه گذشته");
        assert_eq!(submitted(&app).await, 0);
        let late = reviewers[0].get(&format!("/desk?show=review&all={told}")).await.ok();
        late.says("۲ نامه انجام شد");
        assert!(!late.has("[data-undo]"));
        assert!(!reviewers[0].get("/desk?show=review&all=x.y.3").await.ok().has(".told"));
        let none = undo.without(&format!("letter-{}", letters[0])).without(&format!("letter-{}", letters[1]));
        none.send().await.is(400);
    })
    .await;
}

#[tokio::test]
async fn what_was_done_before_somebody_was_faster_can_be_taken_back_from_that_page() {
    on_both(async |app| {
        let letters = sent(&app, &["یک", "دو"]).await;
        let reviewer = app.reviewer().await;
        let form = selects(&reviewer, "/desk?show=review", "register").await.form("/desk/selection?show=review");
        reviewer.rejects(&letters[0], "نه").await;
        let page = form.send().await.ok();
        assert_eq!(page.all(".note.no li a"), ["یک"]);
        page.form(UNDOING).send().await.is(303).follow().await.ok().says("۱ تصمیم پس گرفته شد");
        assert_eq!(submitted(&app).await, 1);
    })
    .await;
}

#[tokio::test]
async fn no_more_seconds_are_promised_than_there_are() {
    on_both(async |app| {
        let letters = sent(&app, &["یک"]).await;
        let reviewer = app.reviewer().await;
        registers_all(&reviewer).await;
        // As if the page had begun before the letter was registered, or on a node whose clock is behind.
        app.execute("update letters set registered_at = registered_at + 700").await;
        for told in ["all", "done"] {
            let page = reviewer.get(&format!("/desk?show=review&{told}={}", letters[0])).await.ok();
            assert_eq!(page.attribute("[data-undo]", "data-undo"), "10", "{told}");
        }
    })
    .await;
}

#[tokio::test]
async fn near_the_deadline_what_is_under_review_is_selected_and_the_view_goes_along() {
    on_both(async |app| {
        let letters = sent(&app, &["یک", "دو", "سه"]).await;
        let reviewer = app.reviewer().await;
        reviewer.registers(&letters[2]).await;
        app.execute("update letters set review_due_at = submitted_at + 3600000 where state = 'submitted'").await;
        app.execute("update letters set answer_due_at = submitted_at + 3600000 where state = 'registered'").await;
        let view = "/desk?show=near&files=1";
        let list = reviewer.get(view).await.ok();
        assert_eq!((list.all(".rows .sub").len(), list.all(".pick").len()), (3, 2), "the third isn't under review");
        let page = selects(&reviewer, view, "register").await;
        assert_eq!(page.all("#selection b").len(), 2);
        assert_eq!(page.attribute(".ph a.ib", "href"), view);
        let answer = page.form("/desk/selection?show=near&files=1").send().await.is(303);
        assert!(answer.location().starts_with(&format!("{view}&all=")), "{}", answer.location());
        let done = answer.follow().await.ok();
        assert!(done.has(".views a[aria-current][href*='show=near']"));
        let undo = done.form("/desk/selection/undoing?show=near&files=1").send().await.is(303);
        assert!(undo.location().starts_with(&format!("{view}&all=")));
        assert_eq!(undo.follow().await.ok().all(".pick").len(), 2);
        // Of another unit nobody selects anything there.
        assert!(!app.officer("امور مالی").await.get("/desk?show=near").await.ok().has(".pick"));
    })
    .await;
}

#[tokio::test]
async fn near_the_deadline_whoever_may_share_out_or_refer_selects_what_they_may() {
    on_both(async |app| {
        let letters = sent(&app, &["یک", "دو", "سه"]).await;
        let reviewer = app.reviewer().await;
        for letter in &letters {
            reviewer.registers(letter).await;
        }
        let (officer, signer) = (app.officer("شکایات").await, app.signer("شکایات").await);
        officer.takes(&letters[0]).await;
        app.another_officer("شکایات", "همکار").await.takes(&letters[1]).await;
        app.execute("update letters set answer_due_at = submitted_at + 3600000").await;
        let view = "/desk?show=near";
        // What is in a colleague's hand is nobody's to give along with others.
        let own = officer.get(view).await.ok();
        assert_eq!((own.all(".rows .sub").len(), own.all(".pick").len()), (3, 2));
        let heads = signer.get(view).await.ok();
        assert_eq!((heads.all(".rows .sub").len(), heads.all(".pick").len()), (3, 1));
        assert!(heads.has("#selection-form button[formaction='/desk/selection/handover']"));
        let ticked = format!("{}={}", heads.attribute(".pick input", "name"), heads.attribute(".pick input", "value"));
        let giving = signer.get(&format!("/desk/selection/handover?show=near&{ticked}")).await.ok();
        assert_eq!(giving.all("#selection b"), ["سه"]);
        let form = giving.form("/desk/selection/handover?show=near").fill("staff", officer.account.id.as_str());
        let given = form.send().await.is(303);
        assert!(given.location().starts_with(&format!("{view}&all=")), "{}", given.location());
        assert!(!given.follow().await.ok().has(".pick"), "all of them are in somebody's hand");
        let page = selects(&officer, view, "").await;
        let mut offered = page.all("#selection b");
        offered.sort();
        assert_eq!(offered, ["سه", "یک"]);
        let form = page.form("/desk/selection/referrals?show=near").fill("to", app.unit("امور مالی").id.as_str());
        let referred = form.fill("text", "لطفاً اقدام کنید").send().await.is(303);
        assert!(referred.location().starts_with(&format!("{view}&all=")), "{}", referred.location());
        let finance = app.officer("امور مالی").await.get(view).await.ok();
        assert_eq!((finance.all(".rows .sub").len(), finance.all(".pick").len()), (2, 2), "they may refer them on");
    })
    .await;
}

#[tokio::test]
async fn whoever_reviews_and_works_in_a_unit_decides_first_and_then_refers_what_is_near() {
    on_both(async |app| {
        let letters = sent(&app, &["یک", "دو"]).await;
        let reviewer = app.reviewer().await;
        reviewer.registers(&letters[0]).await;
        let post = NewPost {
            unit: Some(app.unit("شکایات").id.clone()), title: "کارشناس".into(), role: Role::Officer
        };
        let mut tx = app.begin().await;
        staff::add_post(&mut tx, &reviewer.account.id, &post).await.expect("a post can be added");
        tx.commit().await.expect("it is kept");
        let near = "update letters set review_due_at = submitted_at + 3600000, answer_due_at = submitted_at + 3600000";
        app.execute(near).await;
        let way = async || {
            let list = reviewer.get("/desk?show=near").await.ok();
            (list.attribute("#selection-form", "action"), list.all(".pick").len())
        };
        assert_eq!(way().await, ("/desk/selection".to_owned(), 1));
        reviewer.registers(&letters[1]).await;
        app.execute(near).await;
        assert_eq!(way().await, ("/desk/selection/referrals".to_owned(), 2));
    })
    .await;
}

#[tokio::test]
async fn the_unit_of_a_view_is_not_the_unit_to_which_its_letters_go() {
    on_both(async |app| {
        sent(&app, &["یک"]).await;
        let reviewer = app.reviewer().await;
        let (here, there) = (app.unit("شکایات").id.to_string(), app.unit("امور مالی").id.to_string());
        let view = format!("/desk?show=review&unit={here}");
        let page = selects(&reviewer, &view, "redirect").await;
        let form = page.form(&format!("/desk/selection?show=review&unit={here}"));
        assert_eq!(form.value("unit"), None, "nothing is chosen yet");
        let wrong = form.send().await.is(422);
        let form = wrong.form(&format!("/desk/selection?show=review&unit={here}")).fill("unit", &there);
        let answer = form.send().await.is(303);
        assert!(answer.location().starts_with(&view), "{}", answer.location());
        let units = "select u.name from letters l join units u on u.id = l.unit_id";
        assert_eq!(app.texts(units).await, ["امور مالی"]);
        assert!(!answer.follow().await.ok().has("[data-undo]"), "it is redirected again");
    })
    .await;
}

#[tokio::test]
async fn whoever_did_with_the_last_of_a_later_page_comes_back_to_the_first() {
    on_both(async |app| {
        app.waiting_letters("شکایات", 51).await;
        let reviewer = app.reviewer().await;
        let older = reviewer.get("/desk?show=review").await.ok().attribute("a[rel=next]", "href");
        let page = selects(&reviewer, &older, "register").await;
        assert_eq!(page.all("#selection b").len(), 1);
        let answer = page.form(&older.replace("/desk?", "/desk/selection?")).send().await.is(303);
        assert!(answer.location().starts_with("/desk?show=review&all="), "{}", answer.location());
        assert_eq!(answer.follow().await.ok().all(".rows a").len(), 50);
    })
    .await;
}

#[tokio::test]
async fn active_filters_stand_in_one_line_each_with_the_way_off_and_the_form_stays_closed() {
    on_both(async |app| {
        sent(&app, &["یک"]).await;
        let reviewer = app.reviewer().await;
        let whole = reviewer.get("/desk?show=review").await.ok();
        assert!(!whole.has(".sieved") && !whole.has("details.sieve[open]"));
        assert!(whole.has("search form[action='/desk/search'] .find input[name=q]"), "the search is at hand");
        let unit = app.unit("شکایات").id.to_string();
        let asked = [
            ("show", "review"),
            ("unit", unit.as_str()),
            ("state", "submitted"),
            ("sender", "مریم"),
            ("from", "1409/08"),
            ("to", "۱۴۰۹"),
            ("files", "1"),
        ];
        let sieved = reviewer.ask("/desk", &asked).await.ok();
        assert_eq!(sieved.all(".rows .sub"), ["یک"]);
        assert!(!sieved.has("details.sieve[open]"));
        let chips = sieved.all(".sieved .chips a");
        let words = ["شکایات", "در حال بررسی", "مریم", "۱۴۰۹/۰۸", "۱۴۰۹", "فقط نامه‌های دارای فایل"];
        assert_eq!(chips.len(), words.len());
        for (chip, word) in chips.iter().zip(words) {
            assert!(chip.contains(word), "{chip}: {word}");
        }
        for (off, way) in sieved.attributes(".sieved .chips a", "href").iter().enumerate() {
            let mut others = asked.to_vec();
            others.remove(off + 1);
            assert_eq!(*way, format!("/desk?{}", encoded(&others)));
        }
        assert_eq!(sieved.attribute(".sieved > a", "href"), "/desk?show=review");
        // Kept under a name, it is the same.
        let kept = sieved.form("/desk/views").fill("name", "مریم").send().await.is(303).follow().await.ok();
        assert!(!kept.has("details.sieve[open]") && kept.all(".sieved li").len() == 6);
        // What can't be read lets everything through, and is to be mended.
        let wrong = reviewer.get("/desk?show=review&from=x&files=1").await.is(422);
        assert!(wrong.has("details.sieve[open]"));
        assert_eq!(wrong.all(".sieved li").len(), 1);
    })
    .await;
}
