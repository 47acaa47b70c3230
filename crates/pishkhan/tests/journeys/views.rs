//! The views of the tray that say what waits for a unit: what nobody has taken, what is in whose hand, what was written anew, and what
//! was referred until when.

use pishkhan_office::actor::Role;
use pishkhan_testkit::{Letter, Staff, on_both};

async fn subjects(staff: &Staff, view: &str) -> Vec<String> {
    staff.get(&format!("/desk?show={view}")).await.ok().all(".rows .sub")
}

/// How many letters the rail says a view has; None when it doesn't stand there.
async fn count(staff: &Staff, view: &str) -> Option<String> {
    staff.get("/desk").await.ok().all(&format!(".views [data-count={view}]")).pop()
}

#[tokio::test]
async fn what_a_sender_writes_after_the_answer_is_counted_until_somebody_of_the_unit_opens_it() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        let (signer, finance) = (app.signer("شکایات").await, app.officer("امور مالی").await);
        officer.answers(&letter, "انجام شد", &[]).await;
        assert_eq!(count(&officer, "messages").await.as_deref(), Some("۰"));
        sender.writes_about(&letter, "هنوز درست نشده است").await;
        for person in [&officer, &signer] {
            let tray = person.get("/desk?show=messages").await.ok();
            assert_eq!(tray.all(".rows .fresh"), ["۱ پیام تازه"]);
            assert_eq!(tray.one(".views [data-count=messages]"), "۱");
            assert_eq!(tray.one("[data-waiting] [aria-hidden]"), "۱", "it waits for them");
        }
        let reviewer = app.reviewer().await;
        assert_eq!(count(&reviewer, "messages").await.as_deref(), Some("۰"), "the unit has its people");
        assert!(subjects(&reviewer, "messages").await.is_empty());
        assert!(subjects(&finance, "messages").await.is_empty());
        signer.letter(&letter).await.says("هنوز درست نشده است");
        assert_eq!(count(&officer, "messages").await.as_deref(), Some("۰"));
        // Whatever becomes of the letter.
        sender.objects(&letter, "نادرست است").await;
        sender.writes_about(&letter, "این هم سند").await;
        assert_eq!(subjects(&officer, "messages").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn where_nobody_works_the_reviewers_read_what_comes() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        officer.answers(&letter, "انجام شد", &[]).await;
        sender.writes_about(&letter, "کسی هست؟").await;
        app.execute("update posts set ended_at = 1 where role in ('officer', 'signer')").await;
        let reviewer = app.reviewer().await;
        assert_eq!(count(&reviewer, "messages").await.as_deref(), Some("۱"));
        assert_eq!(subjects(&reviewer, "messages").await.len(), 1);
        reviewer.letter(&letter).await.says("کسی هست؟");
        assert_eq!(app.count("select count(*) from messages where seen_at is null").await, 0);
        assert_eq!(count(&reviewer, "messages").await.as_deref(), Some("۰"), "the view stays where it is");
    })
    .await;
}

#[tokio::test]
async fn a_message_that_comes_is_told_to_who_watches() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        officer.answers(&letter, "انجام شد", &[]).await;
        let mut stream = officer.watches("/desk/events?show=messages").await;
        assert!(stream.hears("counts").await.contains(r#""messages":"۰""#));
        assert_eq!(stream.hears("rows").await, "");
        sender.writes_about(&letter, "یک چیز دیگر").await;
        assert!(stream.hears("counts").await.contains(r#""messages":"۱""#));
        assert_eq!(stream.hears("rows").await, letter.to_string());
    })
    .await;
}

#[tokio::test]
async fn a_colleagues_letter_is_the_units_with_their_name_and_not_done() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        let waiting = sender.sends(&Letter { subject: "دیگر", ..Letter::default() }).await;
        app.reviewer().await.registers(&waiting).await;
        let colleague = app.another_officer("شکایات", "همکار").await;
        let signer = app.signer("شکایات").await;
        for person in [&colleague, &signer] {
            let mut hands = person.get("/desk?show=unit").await.ok().all(".rows .hand");
            hands.sort();
            assert_eq!(hands, [format!("در دست {}", officer.account.name), "هنوز کسی برنداشته است".to_owned()]);
            assert_eq!(count(person, "unit").await.as_deref(), Some("۲"));
            assert!(subjects(person, "done").await.is_empty(), "it is in progress");
            assert_eq!(person.letter(&letter).await.attribute("a.back", "href"), "/desk?show=unit");
        }
        for person in [&colleague, &signer] {
            assert_eq!(count(person, "untaken").await.as_deref(), Some("۱"));
            assert_eq!(subjects(person, "untaken").await, ["دیگر"]);
        }
        officer.answers(&letter, "انجام شد", &[]).await;
        for person in [&officer, &colleague, &signer] {
            assert_eq!(subjects(person, "unit").await, ["دیگر"]);
            assert_eq!(subjects(person, "done").await.len(), 1, "the unit's work is over");
        }
        // What has gone on to another unit is done here, and not there.
        officer.takes(&waiting).await;
        officer.refers(&waiting, "امور مالی", "action", "لطفاً اقدام کنید").await;
        assert!(subjects(&colleague, "unit").await.is_empty());
        assert_eq!(subjects(&colleague, "done").await.len(), 2);
        let finance = app.officer("امور مالی").await;
        assert_eq!((subjects(&finance, "unit").await.len(), subjects(&finance, "done").await.len()), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn of_an_objection_nobody_reads_that_it_is_not_taken() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        officer.answers(&letter, "انجام شد", &[]).await;
        sender.objects(&letter, "نادرست است").await;
        let unit = app.signer("شکایات").await.get("/desk?show=unit").await.ok();
        assert_eq!(unit.all(".rows .sub").len(), 1);
        assert!(unit.one(".rows a").contains("اعتراض") && !unit.has(".rows .hand"));
    })
    .await;
}

#[tokio::test]
async fn what_no_unit_holds_is_not_with_the_organisations_signer() {
    on_both(async |app| {
        app.changes_unit("شکایات", |unit| unit.parent = None).await;
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        let reviewer = app.reviewer().await;
        reviewer.rejects(&letter, "").await;
        sender.objects(&letter, "مدارک کامل بود").await;
        let head = app.head().await;
        assert_eq!(subjects(&head, "objections").await.len(), 1);
        assert!(subjects(&head, "unit").await.is_empty(), "the reviewers rejected it");
        assert_eq!(count(&head, "unit").await.as_deref(), Some("۰"));
    })
    .await;
}

#[tokio::test]
async fn tables_say_of_what_nobody_has_in_hand_that_it_is_not_taken() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        let auditor = app.staff(Role::Auditor).await;
        let tables = ["/desk/letters", "/desk/letters.csv", "/desk/register", "/desk/register.csv"];
        for table in tables {
            auditor.get(table).await.ok().says("در دست کارشناس");
        }
        officer.refers(&letter, "امور مالی", "action", "لطفاً اقدام کنید").await;
        for table in tables {
            let told = auditor.get(table).await.ok();
            told.says("منتظر برداشتن");
            told.hides("در دست کارشناس");
        }
        // A filter has both, so its word is true of both.
        let sieved = auditor.get("/desk?show=unit&state=in_progress").await.ok();
        assert_eq!(sieved.all(".rows .sub").len(), 1);
        assert!(sieved.one(".sieved .chips a").contains("در دست اقدام"));
        sieved.hides("در دست کارشناس");
    })
    .await;
}

#[tokio::test]
async fn what_was_referred_stands_by_the_day_that_was_said_with_it() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let (reviewer, officer) = (app.reviewer().await, app.officer("شکایات").await);
        let finance = app.officer("امور مالی").await;
        for subject in ["یک", "دو"] {
            let letter = sender.sends(&Letter { subject, ..Letter::default() }).await;
            reviewer.registers(&letter).await;
            officer.refers(&letter, "امور مالی", "answer", "نظر شما چیست؟").await;
        }
        app.execute("update referrals set due_at = null").await;
        assert_eq!(subjects(&finance, "referred").await, ["یک", "دو"], "as the letters are due");
        app.execute(
            "update referrals set due_at = at + 3600000 where letter_id in (select l.id from letters l where l.subject = 'دو')",
        )
        .await;
        let tray = finance.get("/desk?show=referred").await.ok();
        assert_eq!(tray.all(".rows .sub"), ["دو", "یک"]);
        assert_eq!(tray.all(".rows .due").len(), 1, "nearly due");
        let beside = finance.get(&tray.attribute(".rows a", "href")).await.ok();
        assert_eq!(beside.all(".rows .sub"), ["دو", "یک"]);
        assert!(beside.has("article .push a.ib"), "the next one");
        app.execute("update referrals set due_at = at - 86400000 where due_at is not null").await;
        assert_eq!(finance.get("/desk?show=referred").await.ok().all(".rows .late").len(), 1);
        assert!(!officer.get("/desk?show=unit").await.ok().has(".rows .late"), "the letter itself is not late");
    })
    .await;
}

#[tokio::test]
async fn what_was_referred_waits_for_who_was_asked_and_waits_once() {
    on_both(async |app| {
        let waiting = async |staff: &Staff| staff.get("/desk").await.ok().one("[data-waiting] [aria-hidden]");
        let (_, officer, letter) = app.letter_in_hand().await;
        let finance = app.officer("امور مالی").await;
        assert_eq!(waiting(&finance).await, "");
        officer.refers(&letter, "امور مالی", "answer", "نظر شما؟").await;
        assert_eq!((waiting(&finance).await, waiting(&officer).await), ("۱".to_owned(), "۱".to_owned()));
        let counts = finance.watches("/desk/events?show=referred").await.hears("counts").await;
        assert!(counts.contains("۱ نامه در انتظار شماست"), "{counts}");
        finance.ending(&letter, "completion").await.fill("text", "بدهی ندارد").send().await.is(303);
        assert_eq!(waiting(&finance).await, "");
        officer.refers(&letter, "امور مالی", "action", "لطفاً اقدام کنید").await;
        assert_eq!(waiting(&finance).await, "۱", "referred, and not taken");
        finance.takes(&letter).await;
        assert_eq!(waiting(&finance).await, "۱", "referred, and in hand");
        assert_eq!(waiting(&app.signer("امور مالی").await).await, "۱", "the unit was asked");
    })
    .await;
}

#[tokio::test]
async fn what_was_referred_is_opened_beside_the_rest_of_it_until_it_is_in_hand() {
    on_both(async |app| {
        let (sender, officer, asked) = app.letter_in_hand().await;
        let given = sender.sends(&Letter { subject: "دیگر", ..Letter::default() }).await;
        app.reviewer().await.registers(&given).await;
        officer.refers(&asked, "امور مالی", "answer", "نظر شما؟").await;
        officer.refers(&given, "امور مالی", "action", "لطفاً اقدام کنید").await;
        let finance = app.officer("امور مالی").await;
        for letter in [&asked, &given] {
            let page = finance.letter(letter).await;
            assert_eq!(page.attribute("a.back", "href"), "/desk?show=referred");
            assert_eq!(page.all(".rows .sub").len(), 2);
            assert!(page.has("article .push a.ib"), "the other one");
        }
        // From another list it stays in that.
        let link = finance.get("/desk?show=untaken").await.ok().attribute(".rows a", "href");
        assert_eq!(finance.get(&link).await.ok().attribute("a.back", "href"), "/desk?show=untaken");
        finance.takes(&given).await;
        assert_eq!(finance.letter(&given).await.attribute("a.back", "href"), "/desk?show=mine");
        finance.ending(&asked, "completion").await.fill("text", "بدهی ندارد").send().await.is(303);
        assert_eq!(finance.letter(&asked).await.attribute("a.back", "href"), "/desk?show=done");
    })
    .await;
}
