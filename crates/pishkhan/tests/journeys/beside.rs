//! Beside a letter: who may see it, what looks like it, what it is related to, and the number that is shown on record.

use pishkhan_office::accounts::staff;
use pishkhan_office::actor::Role;
use pishkhan_office::letters::Classification;
use pishkhan_office::registry::{self, Direction, RegisterParticulars};
use pishkhan_testkit::{Letter, Staff, TestApp, on_both};

async fn clears(app: &TestApp, person: &Staff, clearance: Classification) {
    let mut tx = app.begin().await;
    staff::clear(&mut tx, &person.account.id, clearance).await.expect("a person can be cleared");
    tx.commit().await.expect("the clearance is kept");
}

#[tokio::test]
async fn a_confidential_letter_exists_for_the_cleared_only() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::with_file()).await;
        let reviewer = app.reviewer().await;
        let form = reviewer.dialog(&letter, "classification").await.fill("classification", "confidential");
        form.clone().send().await.is(422).says("از اجازه خود شما بالاتر است");
        clears(&app, &reviewer, Classification::Confidential).await;
        form.send().await.is(303);
        let file = reviewer.letter(&letter).await.attribute("a.file", "href");
        let auditor = app.staff(Role::Auditor).await;
        for address in
            [format!("/desk/letters/{letter}"), file.clone(), format!("/desk/letters/{letter}/classification")]
        {
            auditor.get(&address).await.is(404);
        }
        assert!(!auditor.get("/desk?show=review").await.ok().has(".rows li"), "no list has it");
        reviewer.get(&file).await.ok();
        reviewer.registers(&letter).await;
        let officer = app.officer("شکایات").await;
        officer.get(&format!("/desk/letters/{letter}")).await.is(404);
        clears(&app, &officer, Classification::Confidential).await;
        officer.letter(&letter).await.says("محرمانه");
        sender.letter(&letter).await.hides("محرمانه");
    })
    .await;
}

#[tokio::test]
async fn the_whole_number_is_shown_on_record_only() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        let reviewer = app.reviewer().await;
        let page = reviewer.letter(&letter).await;
        page.hides("۰۹۱۲ ۱۲۳ ۴۵۶۷");
        page.form(&format!("/desk/letters/{letter}/mobile")).send().await.ok().says("۰۹۱۲ ۱۲۳ ۴۵۶۷");
        reviewer.letter(&letter).await.says("شماره کامل فرستنده دیده شد");
        assert_eq!(app.count("select count(*) from events where kind = 'mobile_shown'").await, 1);
        sender.letter(&letter).await.hides("شماره کامل");
    })
    .await;
}

#[tokio::test]
async fn letters_that_look_alike_are_seen_side_by_side_and_linked() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let first = sender.sends(&Letter::with_file()).await;
        let again = sender.sends(&Letter { subject: "چیز دیگر", ..Letter::with_file() }).await;
        let reviewer = app.reviewer().await;
        let page = reviewer.letter(&again).await;
        page.says("فایل یکسان");
        let comparison = page.attribute("a[href*='/comparison/']", "href");
        let seen = reviewer.get(&comparison).await.ok();
        seen.says("چیز دیگر");
        let relations = format!("/desk/letters/{again}/relations");
        seen.form(&relations).fill("kind", "duplicate").send().await.is(303);
        let page = reviewer.letter(&again).await;
        page.says("تکراری است");
        page.hides("نامه‌های شبیه");
        reviewer.letter(&first).await.says("تکراری است");
        let stranger = app.officer("شکایات").await;
        let token =
            stranger.get("/desk").await.ok().form("/desk/views").value("form_token").expect("a token").to_owned();
        seen.form(&relations).by(&stranger).forge("form_token", &token).send().await.is(404);
        page.form(&format!("{relations}/removal")).send().await.is(303);
        reviewer.letter(&first).await.hides("تکراری است");
        reviewer.get(&format!("/desk/letters/{again}/comparison/{again}x")).await.is(404);
    })
    .await;
}

#[tokio::test]
async fn what_else_the_sender_wrote_and_who_else_wrote_under_the_subject_is_near() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let other = app.sender("09351112233").signs_in().await;
        let letter = |subject, body| Letter { subject, body, ..Letter::default() };
        let first = sender.sends(&letter("انشعاب آب", "یک")).await;
        app.wait(60).await;
        sender.sends(&letter("قبض برق", "دو")).await;
        app.wait(60).await;
        other.sends(&letter("انشعاب‌ آب", "سه")).await;
        app.wait(60).await;
        other.sends(&letter("درخت خیابان", "چهار")).await;
        let elsewhere = Letter { unit: "امور مالی", ..letter("انشعاب آب", "پنج") };
        app.wait(60).await;
        other.sends(&elsewhere).await;
        app.wait(60).await;
        sender.sends(&letter("انشعاب اب", "شش")).await;
        let reviewer = app.reviewer().await;
        let page = reviewer.letter(&first).await;
        assert_eq!(page.all(".beside-alike a"), ["انشعاب اب"]);
        page.says("همین فرستنده و موضوع");
        assert_eq!(page.all(".beside-near a"), ["انشعاب آب", "انشعاب آب", "قبض برق"]);
        let why = page.all(".beside-near .fine");
        assert!(why[0].contains("همین موضوع از فرستنده‌ای دیگر") && why[2].contains("همین فرستنده"), "{why:?}");
        let comparison = page.attribute(".beside-near a", "href");
        reviewer.get(&comparison).await.ok().says("پنج");
        // Whoever may not see a letter isn't told of it.
        reviewer.registers(&first).await;
        let officer = app.officer("شکایات").await;
        assert_eq!(officer.letter(&first).await.all(".beside-near a, .beside-alike a"), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn what_the_sender_wrote_under_the_subject_long_ago_looks_alike_still() {
    on_both(async |app| {
        let sender = app.sender("09120000000").signs_in().await;
        let letter = |body| Letter { subject: "دیوار مشترک", body, ..Letter::default() };
        let first = sender.sends(&letter("بار یکم")).await;
        app.wait(60).await;
        // More than are looked at of what somebody wrote lately.
        app.waiting_letters("امور مالی", 21).await;
        app.wait(60).await;
        let again = sender.sends(&letter("بار دوم")).await;
        let page = app.reviewer().await.letter(&again).await;
        assert_eq!(page.all(".beside-alike a"), ["دیوار مشترک"]);
        let comparison = format!("/desk/letters/{again}/comparison/{first}");
        assert_eq!(page.attribute(".beside-alike a", "href"), comparison);
        page.says("همین فرستنده و موضوع");
    })
    .await;
}

#[tokio::test]
async fn what_two_people_say_of_two_letters_from_either_side_holds_once() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let (first, again) = (sender.sends(&Letter::with_file()).await, sender.sends(&Letter::with_file()).await);
        let reviewer = app.reviewer().await;
        for (one, other) in [(&first, &again), (&again, &first)] {
            let seen = reviewer.get(&format!("/desk/letters/{one}/comparison/{other}")).await.ok();
            seen.form(&format!("/desk/letters/{one}/relations")).fill("kind", "duplicate").send().await.is(303);
        }
        assert_eq!(app.count("select count(*) from relations").await, 1);
        assert_eq!(app.count("select count(*) from events where kind = 'letters_related'").await, 1);
        for letter in [&first, &again] {
            assert_eq!(reviewer.letter(letter).await.text().matches("تکراری است").count(), 1);
        }
        // What follows has a direction: whoever says it the right way round is heard.
        for (one, other) in [(&first, &again), (&again, &first)] {
            let seen = reviewer.get(&format!("/desk/letters/{one}/comparison/{other}")).await.ok();
            seen.form(&format!("/desk/letters/{one}/relations")).fill("kind", "follows").send().await.is(303);
        }
        assert_eq!(app.count("select count(*) from relations where kind = 'follows'").await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_letter_is_linked_by_the_number_or_tracking_number_of_another() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let (reviewer, officer) = (app.reviewer().await, app.officer("شکایات").await);
        let first = sender.sends(&Letter { subject: "نامه یکم", ..Letter::default() }).await;
        reviewer.registers(&first).await;
        let second = sender.sends(&Letter { subject: "نامه دوم", ..Letter::default() }).await;
        reviewer.registers(&second).await;
        let third = sender.sends(&Letter { subject: "نامه سوم", ..Letter::default() }).await;
        let numbers = app.texts("select number_printed from letters where number_printed is not null order by 1").await;
        assert_eq!(numbers, ["1409/ش/0001", "1409/ش/0002"]);
        officer.letter(&second).await.says("پیوند با نامه دیگر");
        let form = officer.dialog(&second, "relations").await;
        form.fill("kind", "follows").fill("number", "۱/ش/۱۴۰۹").send().await.is(303);
        officer.letter(&second).await.says("پیرو است");
        officer.letter(&first).await.says("پیرو این نامه است");
        let tracking =
            app.texts("select tracking_code from letters where number_printed = '1409/ش/0001'").await.remove(0);
        let tracking = pishkhan_office::persian::digits::to_persian(&tracking);
        let form = reviewer.dialog(&third, "relations").await;
        form.fill("kind", "replies").fill("number", &tracking).send().await.is(303);
        reviewer.letter(&third).await.says("عطف است");
        reviewer.letter(&first).await.says("عطف به این نامه است");
        officer.letter(&first).await.hides("نامه سوم");
    })
    .await;
}

#[tokio::test]
async fn a_letter_is_linked_by_the_number_of_the_answer_that_its_sender_has() {
    on_both(async |app| {
        let register = app.unit("بایگانی").register.clone();
        app.changes_unit("شکایات", |unit| unit.outgoing_register = Some(register)).await;
        let (sender, officer, first) = app.letter_in_hand().await;
        officer.answers(&first, "بررسی شد", &[]).await;
        assert_eq!(app.texts("select printed from entries where kind = 'outgoing'").await, ["B-20/1"]);
        let second = sender.sends(&Letter { subject: "پیرو", ..Letter::default() }).await;
        let reviewer = app.came_in(Role::Reviewer, None).await;
        let form = reviewer.dialog(&second, "relations").await.fill("kind", "follows");
        form.clone().fill("number", "B-20").send().await.is(422).says("نامه‌ای با این شماره پیدا نشد");
        form.fill("number", "b-۲۰/۰۱").send().await.is(303);
        reviewer.letter(&first).await.says("پیرو این نامه است");
    })
    .await;
}

#[tokio::test]
async fn a_letter_is_linked_by_the_number_of_an_answer_that_an_objection_undid() {
    on_both(async |app| {
        let register = app.unit("بایگانی").register.clone();
        app.changes_unit("شکایات", |unit| unit.outgoing_register = Some(register)).await;
        let (sender, officer, first) = app.letter_in_hand().await;
        officer.answers(&first, "رد می‌شود", &[]).await;
        sender.objects(&first, "موافق نیستم").await;
        app.came_in(Role::Signer, Some("بایگانی")).await.rules(&first, "reconsider", "دوباره ببینید").await;
        let reviewer = app.came_in(Role::Reviewer, None).await;
        let links = async |subject: &'static str, number: &str| {
            let letter = sender.sends(&Letter { subject, ..Letter::default() }).await;
            let form = reviewer.dialog(&letter, "relations").await.fill("kind", "follows");
            form.fill("number", number).send().await.is(303);
            reviewer.letter(&letter).await.says("پیرو است");
        };
        links("میان دو پاسخ", "b-۲۰/۰۱").await;
        officer.takes(&first).await;
        officer.answers(&first, "پذیرفته شد", &[]).await;
        assert_eq!(
            app.texts("select printed from entries where kind = 'outgoing' order by 1").await,
            ["B-20/1", "B-20/2"]
        );
        links("پس از پاسخ دوم، به شماره نخست", "B-20/1").await;
        links("پس از پاسخ دوم", "B-20/2").await;
        assert_eq!(app.count("select count(*) from relations").await, 3);
        let other = sender.sends(&Letter { subject: "شماره‌ای که نیست", ..Letter::default() }).await;
        let form = reviewer.dialog(&other, "relations").await.fill("kind", "follows").fill("number", "B-20/3");
        form.send().await.is(422).says("نامه‌ای با این شماره پیدا نشد");
    })
    .await;
}

#[tokio::test]
async fn a_number_that_cannot_be_linked_says_why_and_tells_nothing_of_other_units() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let (reviewer, officer) = (app.reviewer().await, app.officer("شکایات").await);
        let first = sender.sends(&Letter::default()).await;
        reviewer.registers(&first).await;
        let second = sender.sends(&Letter { subject: "دوم", ..Letter::default() }).await;
        reviewer.registers(&second).await;
        let elsewhere = sender.sends(&Letter { subject: "بودجه سالانه", unit: "امور مالی", ..Letter::default() }).await;
        reviewer.registers(&elsewhere).await;
        let form = officer.dialog(&second, "relations").await.fill("kind", "replies");
        form.clone().fill("number", "1409/ش/0001").send().await.is(303);
        for (number, why) in [
            (" ", "شماره پیگیری نامه دیگر را بنویسید"),
            ("1409/ش/0009", "نامه‌ای با این شماره پیدا نشد"),
            ("1409/م/0003", "نامه‌ای با این شماره پیدا نشد"),
            ("1", "نامه‌ای با این شماره پیدا نشد"),
            ("1409/ش/0002", "این شماره همین نامه است"),
            ("1409/ش/0001", "پیش‌تر به هم پیوند خورده‌اند"),
        ] {
            let wrong = form.clone().fill("number", number).send().await.is(422);
            assert!(wrong.one("#number_error").contains(why), "{number}");
            assert_eq!(wrong.value("number"), number);
            assert!(wrong.has("input[name=kind][value=replies][checked]"), "{number}");
        }
        assert_eq!(app.count("select count(*) from relations").await, 1);
        let form = reviewer.dialog(&second, "relations").await;
        form.fill("kind", "duplicate").fill("number", "1409/م/0003").send().await.is(303);
        officer.letter(&second).await.hides("بودجه سالانه");
        let auditor = app.staff(Role::Auditor).await;
        auditor.get(&format!("/desk/letters/{second}/relations")).await.is(404);
        auditor.letter(&second).await.hides("پیوند با نامه دیگر");
    })
    .await;
}

#[tokio::test]
async fn of_two_letters_with_one_number_the_tracking_number_says_which() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let reviewer = app.reviewer().await;
        let archived = |subject| Letter { subject, unit: "بایگانی", ..Letter::default() };
        let first = sender.sends(&archived("نامه یکم")).await;
        reviewer.registers(&first).await;
        // A new book that counts from one again, as its predecessor did.
        let particulars = RegisterParticulars {
            name: "دفتر تازه".into(),
            template: "{prefix}/{n}".into(),
            prefix: "B-20".into(),
            direction: Direction::LeftToRight,
        };
        let mut tx = app.begin().await;
        let book = registry::add(&mut tx, &particulars).await.expect("a register can be made").id;
        tx.commit().await.expect("it is kept");
        app.changes_unit("بایگانی", |unit| unit.register = book).await;
        let second = sender.sends(&archived("نامه دوم")).await;
        reviewer.registers(&second).await;
        let printed = "select number_printed from letters where number_printed is not null";
        assert_eq!(app.texts(printed).await, ["B-20/1", "B-20/1"]);
        let third = sender.sends(&archived("نامه سوم")).await;
        let form = reviewer.dialog(&third, "relations").await.fill("kind", "follows");
        let refused = form.clone().fill("number", "B-20/1").send().await.is(422);
        refused.says("چند نامه این شماره را دارند. شماره پیگیری آن نامه را بنویسید.");
        assert_eq!(refused.value("number"), "B-20/1");
        let tracking = app.texts("select tracking_code from letters where subject = 'نامه یکم'").await.remove(0);
        form.fill("number", &tracking).send().await.is(303);
        reviewer.letter(&first).await.says("پیرو این نامه است");
    })
    .await;
}
