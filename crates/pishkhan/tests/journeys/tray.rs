//! The tray: its views, its sieve, views that are kept, several letters at once, and whose turn it is.

use futures_util::future::join_all;
use pishkhan_office::accounts::staff::{self, NewPost};
use pishkhan_office::actor::Role;
use pishkhan_office::{letters, organisations};
use pishkhan_testkit::{Answer, Letter, Sender, Staff, TestApp, draft_of, encoded, on_both};

async fn sends(sender: &Sender, subject: &'static str) -> pishkhan_office::ids::LetterId {
    sender.sends(&Letter { subject, ..Letter::default() }).await
}

async fn subjects(app: &Staff, address: &str) -> Vec<String> {
    app.get(address).await.ok().all(".rows .sub")
}

#[tokio::test]
async fn each_view_has_its_own_letters_and_their_number() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let (first, second) = (sends(&sender, "اول").await, sends(&sender, "دوم").await);
        let reviewer = app.reviewer().await;
        assert_eq!(subjects(&reviewer, "/desk?show=review").await.len(), 2);
        assert!(subjects(&reviewer, "/desk?show=near").await.is_empty(), "three days are not near");
        reviewer.registers(&first).await;
        let officer = app.officer("شکایات").await;
        assert_eq!(subjects(&officer, "/desk?show=untaken").await, ["اول"]);
        officer.takes(&first).await;
        assert!(subjects(&officer, "/desk?show=untaken").await.is_empty());
        assert_eq!(subjects(&officer, "/desk?show=unit").await, ["اول"]);
        assert_eq!(subjects(&officer, "/desk?show=mine").await, ["اول"]);
        assert_eq!(subjects(&reviewer, "/desk?show=done").await, ["اول"]);
        app.execute("update letters set review_due_at = submitted_at + 3600000 where state = 'submitted'").await;
        assert_eq!(subjects(&reviewer, "/desk?show=near").await, ["دوم"]);
        reviewer.rejects(&second, "نه").await;
        assert!(subjects(&reviewer, "/desk?show=review").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_sieve_lets_through_what_was_asked_and_says_what_it_cannot_read() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        sends(&sender, "بی‌فایل").await;
        sender.sends(&Letter { subject: "بافایل", ..Letter::with_file() }).await;
        let reviewer = app.reviewer().await;
        assert_eq!(subjects(&reviewer, "/desk?show=review&files=1").await, ["بافایل"]);
        assert_eq!(subjects(&reviewer, "/desk?show=review&late=1").await, Vec::<String>::new());
        let unit = app.unit("امور مالی").id.to_string();
        assert!(subjects(&reviewer, &format!("/desk?show=review&unit={unit}")).await.is_empty());
        assert_eq!(
            subjects(
                &reviewer,
                "/desk?show=review&from=1409/08/19&to=%DB%B1%DB%B4%DB%B0%DB%B9/%DB%B0%DB%B8/%DB%B1%DB%B9"
            )
            .await
            .len(),
            2
        );
        assert!(subjects(&reviewer, "/desk?show=review&to=1409/08/18").await.is_empty());
        assert!(
            subjects(&reviewer, "/desk?show=review&sender=%25").await.is_empty(),
            "a percent sign is a percent sign"
        );
        reviewer.get("/desk?show=review&from=31/31/31").await.is(422).says("۱۴۰۵/۰۹/۰۱");
    })
    .await;
}

#[tokio::test]
async fn a_sender_is_found_however_the_name_is_typed() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        sends(&sender, "دیگری").await;
        let name = "آقای سید علی رضائی‌نژاد (پلاک ۱۲)";
        sender.sends(&Letter { subject: "او", name, ..Letter::default() }).await;
        let reviewer = app.reviewer().await;
        let found = async |typed: &str| {
            let asked = encoded(&[("show", "review"), ("sender", typed)]);
            subjects(&reviewer, &format!("/desk?{asked}")).await
        };
        // As it is; without the half-space, and with a space for it; with Arabic letters; with other digits; a part of it.
        for typed in [
            "سید علی رضائی‌نژاد",
            "علی رضایینژاد",
            "رضایی نژاد",
            "سيد علي رضائي نژاد",
            "اقای سیدعلی",
            "پلاک 12",
            "پلاک ١٢",
            "یدعل",
        ] {
            assert_eq!(found(typed).await, ["او"], "{typed}");
        }
        for typed in ["علی احمدی", "س_د", "سید%نژاد", "نژاد رضایی", "پلاک 13", "!", "%", "_"]
        {
            assert!(found(typed).await.is_empty(), "{typed}");
        }
        // What has neither letter nor digit is looked for as it is; and the rest of a name by its letters, whatever their size and accents.
        let name = "JOSÉ Иван-و";
        sender.sends(&Letter { subject: "دیگر", name, ..Letter::default() }).await;
        for typed in ["JOSÉ", "jose", "José Иван", "иван", "-"] {
            assert_eq!(found(typed).await, ["دیگر"], "{typed}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_name_from_before_is_found_as_it_stands_until_it_is_folded() {
    on_both(async |app| {
        // More than are folded at once.
        app.waiting_letters("شکایات", 120).await;
        app.elsewhere().waiting_letters("شکایات", 3).await;
        // From before names were stored in one form, too.
        app.execute("update letters set sender_folded = null").await;
        app.execute("update letters set sender_name = 'ALI علي كاظمى' where subject = 'نامه 7'").await;
        let reviewer = app.reviewer().await;
        let found = async |typed: &str| {
            let asked = encoded(&[("show", "review"), ("sender", typed)]);
            subjects(&reviewer, &format!("/desk?{asked}")).await
        };
        let typed = ["علی کاظمی", "ali", "ali علی"];
        assert_eq!(found("ALI").await, ["نامه 7"]);
        assert!(found(typed[0]).await.is_empty());
        let versions = app.numbers("select version from letters order by id").await;
        let parts = app.parts();
        let fold = async |app: &TestApp| {
            letters::fold_senders(&parts.db, &parts.clock, &app.organisation().id).await.expect("they are folded")
        };
        // Two nodes at once.
        let folded = join_all([fold(&app), fold(&app)]).await;
        assert_eq!(folded.iter().sum::<u64>(), 120, "{folded:?}");
        assert_eq!(fold(&app).await, 0);
        for typed in typed {
            assert_eq!(found(typed).await, ["نامه 7"], "{typed}");
        }
        assert_eq!(app.count("select count(*) from letters where sender_folded is null").await, 3, "each by itself");
        assert_eq!(app.numbers("select version from letters order by id").await, versions, "nothing was done to them");
    })
    .await;
}

#[tokio::test]
async fn whoever_writes_a_name_folds_it() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let check = sender.writes(&Letter { name: "علي رضائي", ..Letter::default() }).await;
        assert_eq!(app.texts("select sender_folded from letters").await, ["علیرضایی"]);
        let draft = draft_of(&check);
        let form = sender.get(&format!("/letters/new?draft={draft}")).await.ok().form(&format!("/drafts/{draft}"));
        let check = form.fill("sender_name", "گلناز ۲").press("next", "check").send().await.follow().await.ok();
        assert_eq!(app.texts("select sender_folded from letters").await, ["گلناز2"]);
        sender.submits(&check).await;
        let reviewer = app.reviewer().await;
        let form = reviewer.get("/desk/filing").await.ok().form("/desk/filing").fill("sender_name", "مهتاب كيانى");
        form.fill("no_mobile", "yes").press("next", "check").send().await;
        let folded = "select sender_folded from letters where sender_name = 'مهتاب کیانی'";
        assert_eq!(app.texts(folded).await, ["مهتابکیانی"]);
    })
    .await;
}

#[tokio::test]
async fn a_kept_view_is_its_owners_alone_and_can_be_removed() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        sender.sends(&Letter::with_file()).await;
        let reviewer = app.reviewer().await;
        let tray = reviewer.get("/desk?show=review&files=1").await.ok();
        let kept = tray.form("/desk/views").fill("name", "با فایل").send().await.is(303).follow().await.ok();
        assert!(kept.all(".views a").iter().any(|view| view.contains("با فایل") && view.contains('۱')));
        tray.form("/desk/views").fill("name", "").send().await.is(422).says("نامی بنویسید");
        let long = "ن".repeat(41);
        let refused = tray.form("/desk/views").fill("name", &long).send().await.is(422);
        refused.says("نام نما حداکثر ۴۰ نویسه است");
        assert_eq!(refused.form("/desk/views").value("name"), Some(long.as_str()), "what was typed stays");
        let officer = app.officer("شکایات").await;
        assert!(!officer.get("/desk").await.ok().text().contains("با فایل"));
        let removal = kept.attribute("form[action$='/removal']", "action");
        let token =
            officer.get("/desk").await.ok().form("/desk/views").value("form_token").expect("a token").to_owned();
        kept.form(&removal).by(&officer).forge("form_token", &token).send().await.is(303);
        assert_eq!(app.count("select count(*) from saved_views").await, 1, "another's view stays");
        kept.form(&removal).send().await.is(303);
        assert_eq!(app.count("select count(*) from saved_views").await, 0);
    })
    .await;
}

#[tokio::test]
async fn twenty_views_are_kept_and_the_next_one_waits_until_one_is_let_go() {
    on_both(async |app| {
        let reviewer = app.reviewer().await;
        let form = reviewer.get("/desk?show=review&files=1").await.ok().form("/desk/views");
        for number in 1..=20 {
            form.clone().fill("name", &format!("نما {number}")).send().await.is(303);
        }
        let one_more = form.clone().fill("name", "یکی دیگر");
        let refused = one_more.send().await.is(422);
        refused.says("بیست نما نگه داشته‌اید. اول یکی را بردارید.");
        assert_eq!(refused.form("/desk/views").value("name"), Some("یکی دیگر"), "what was typed stays");
        form.fill("name", "نما 7").send().await.is(303);
        app.execute("delete from saved_views where name = 'نما 7' and organisation_id = 'nemune'").await;
        one_more.send().await.is(303);
    })
    .await;
}

#[tokio::test]
async fn a_refused_name_stays_beside_the_sieve_and_each_line_names_its_field() {
    on_both(async |app| {
        let reviewer = app.reviewer().await;
        let tray = reviewer.get("/desk?show=review&from=1405/13/1&to=x").await.is(422);
        let bad_day = "این تاریخ در تقویم نیست. آن را مثل ۱۴۰۵/۰۹/۰۱ بنویسید؛ ماه و روز را می‌توانید ننویسید.";
        assert_eq!(tray.all(".errs li"), [format!("از تاریخ: {bad_day}"), format!("تا تاریخ: {bad_day}")]);
        let long = "ن".repeat(41);
        let refused = tray.form("/desk/views").fill("name", &long).send().await.is(422);
        assert_eq!(refused.all(".errs li").len(), 3);
        assert!(refused.has("details.sieve[open]"), "what is to be mended is in sight without script");
        assert_eq!(refused.form("/desk/views").value("name"), Some(long.as_str()));
        assert_eq!((refused.value("from").as_str(), refused.value("to").as_str()), ("1405/13/1", "x"));
        // What can't be read is kept under no name.
        let unread = tray.form("/desk/views").fill("name", "پاییز").send().await.is(422);
        assert_eq!(unread.all(".errs li").len(), 3);
        unread.says("این نما نگه داشته نشد");
        assert_eq!(unread.form("/desk/views").value("name"), Some("پاییز"));
        assert_eq!(app.count("select count(*) from saved_views").await, 0);
    })
    .await;
}

#[tokio::test]
async fn several_letters_are_decided_together_and_whoever_was_faster_stops_one_only() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letters = [sends(&sender, "یک").await, sends(&sender, "دو").await, sends(&sender, "سه").await];
        let reviewer = app.reviewer().await;
        let query: Vec<String> = letters.iter().map(|letter| format!("letter-{letter}=2")).collect();
        let versions = app.numbers("select version from letters").await;
        let query = query.join("&").replace("=2", &format!("={}", versions[0]));
        let preview = reviewer.get(&format!("/desk/selection?deed=register&{query}")).await.ok();
        preview.says("۳ پیامک");
        assert_eq!(preview.all(".sms").len(), 1, "the first message stands for all");
        let shown = preview.one(".sms");
        let rejection = reviewer.get(&format!("/desk/selection?deed=reject&{query}")).await.ok();
        rejection.says("رد شد: …");
        let redirection = reviewer.get(&format!("/desk/selection?deed=redirect&{query}")).await.ok();
        assert!(redirection.all(".sms").is_empty(), "nobody is told");
        reviewer.rejects(&letters[1], "نه").await;
        let late = reviewer.get(&format!("/desk/selection?deed=register&{query}")).await.ok();
        assert_eq!((late.all("#selection b").len(), late.all(".note.no li a")), (2, vec!["دو".to_owned()]));
        let answer = preview.form("/desk/selection").send().await.ok();
        answer.says("۲ نامه انجام شد");
        answer.says("دو");
        let sent = app.texts("select text from outbox where template = 'letter_registered' order by text").await;
        let shown = shown.split('•').next().expect("the code is not known yet").trim().to_owned();
        assert!(sent[0].replace('\n', " ").starts_with(&shown), "{shown}: {sent:?}");
        assert_eq!(app.count("select count(*) from letters where state = 'registered'").await, 2);
        assert_eq!(app.numbers("select number from entries order by number").await, [1, 2]);
        reviewer.get("/desk/selection?deed=register").await.is(422).says("انتخاب نشده");
        reviewer.get("/desk/selection?deed=burn").await.is(404);
        app.officer("شکایات").await.get("/desk/selection?deed=register").await.is(404);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_for_all_that_are_selected_is_mended_in_one_form() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letters = [sends(&sender, "یک").await, sends(&sender, "دو").await];
        let reviewer = app.reviewer().await;
        let version = app.numbers("select version from letters").await[0];
        let query = format!("letter-{}={version}&letter-{}={version}", letters[0], letters[1]);
        let page = reviewer.get(&format!("/desk/selection?deed=reject&{query}")).await.ok();
        let long = "ن".repeat(1_001);
        let form = page.form("/desk/selection");
        let back = form.fill("note", &long).send().await.is(422);
        back.says("توضیح باید حداکثر ۱۰۰۰ نویسه باشد");
        assert!(back.has("#note-error"));
        let form = back.form("/desk/selection");
        assert_eq!(form.value("note"), Some(long.as_str()), "what was typed stays");
        assert_eq!(back.all("#selection b").len(), 2, "and so do the letters");
        let seen = form.fill("note", "کوتاه").send().await.ok();
        seen.says("رد شد: کوتاه");
        seen.form("/desk/selection").send().await.is(303);
        assert_eq!(app.count("select count(*) from letters where state = 'rejected'").await, 2);
    })
    .await;
}

#[tokio::test]
async fn several_letters_are_rejected_once_the_message_was_seen_with_its_reason() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        sends(&sender, "یک").await;
        sends(&sender, "دو").await;
        let reviewer = app.reviewer().await;
        let versions = app.numbers("select version from letters").await;
        let ids = app.texts("select id from letters").await;
        let query: Vec<String> = ids.iter().map(|id| format!("letter-{id}={}", versions[0])).collect();
        let page = reviewer.get(&format!("/desk/selection?deed=reject&{}", query.join("&"))).await.ok();
        let form = page.form("/desk/selection");
        form.clone().press("next", "preview").send().await.is(422).says("دلیل رد را انتخاب کنید");
        let reason = form.choices("reason")[0].to_owned();
        let rejected = async || app.count("select count(*) from letters where state = 'rejected'").await;
        // The first press shows it, whichever button it was.
        let chosen = form.fill("reason", &reason).fill("note", "قبض را هم بفرستید.");
        chosen.clone().send().await.ok().says("رد شد: مدارک ناقص است");
        let seen = chosen.press("next", "preview").send().await.ok();
        seen.says("رد شد: مدارک ناقص است");
        assert_eq!(rejected().await, 0);
        let form = seen.form("/desk/selection");
        assert_eq!(form.value("note"), Some("قبض را هم بفرستید."), "what was typed stays");
        // With another reason it is another message.
        let other = form.choices("reason")[1].to_owned();
        let changed = form.clone().fill("reason", &other).send().await.ok();
        changed.says("رد شد: به این سازمان مربوط نیست");
        assert_eq!(rejected().await, 0);
        // Without a reason of the list the note's first line is the reason.
        let noted = form.clone().without("reason").fill("note", "قبض خوانا نیست.\nدوباره بفرستید.");
        noted.send().await.ok().says("رد شد: قبض خوانا نیست.");
        form.send().await.is(303);
        assert_eq!(rejected().await, 2);
        app.wait(60).await;
        assert!(app.last_message_to(&sender.mobile).await.text.contains("رد شد: مدارک ناقص است"));
    })
    .await;
}

/// The way from the list to its selection: every letter with its tick, by this button.
async fn selects(staff: &Staff, show: &str) -> Answer {
    let list = staff.get(&format!("/desk?show={show}")).await.ok();
    let (names, seen) = (list.attributes(".pick input", "name"), list.attributes(".pick input", "value"));
    let ticks: Vec<String> = names.iter().zip(&seen).map(|(name, seen)| format!("{name}={seen}")).collect();
    let there = list.attribute("#selection-form", "action");
    staff.get(&format!("{there}?show={show}&{}", ticks.join("&"))).await.ok()
}

#[tokio::test]
async fn several_letters_are_referred_together_each_by_itself() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letters = [sends(&sender, "یک").await, sends(&sender, "دو").await, sends(&sender, "سه").await];
        let (reviewer, officer) = (app.reviewer().await, app.officer("شکایات").await);
        for letter in &letters {
            reviewer.registers(letter).await;
        }
        officer.takes(&letters[0]).await;
        officer.asks(&letters[0], "کدام ملک؟", &[]).await;
        let mine = officer.get("/desk?show=mine").await.ok();
        assert!(mine.all("#selection-form").is_empty(), "what waits for its sender goes nowhere");
        let page = selects(&officer, "unit").await;
        let mut offered = page.all("#selection b");
        offered.sort();
        assert_eq!(offered, ["دو", "سه"]);
        let form = page.form("/desk/selection/referrals?show=unit");
        let finance = app.unit("امور مالی").id.to_string();
        let wrong = form.clone().fill("text", "نگه‌داشتنی").fill("days", "۹۹۹").send().await.is(422);
        wrong.says("واحد یا شخص را انتخاب کنید");
        wrong.says("نگه‌داشتنی");
        let own = app.unit("شکایات").id.to_string();
        let again = form.clone().fill("to", &own).fill("text", "نگه‌داشتنی").send().await.is(422);
        again.says("۲ نامه انجام نشد");
        again.says("نامه همین حالا با خود شماست");
        again.says("نگه‌داشتنی");
        let form = again.form("/desk/selection/referrals?show=unit").fill("to", &finance).fill("days", "۵");
        let colleague = app.another_officer("شکایات", "همکار").await;
        colleague.takes(&letters[1]).await;
        let answer = form.clone().send().await.ok();
        answer.says("۱ نامه انجام شد");
        answer.says("کسی زودتر تصمیم گرفت");
        assert_eq!(answer.all(".note.no a"), ["دو"]);
        assert_eq!(answer.all(".note.ok a"), ["سه"], "the way to what was done");
        let holders =
            "select count(*) from letters l join units u on u.id = l.holder_unit_id where u.name = 'امور مالی'";
        assert_eq!(app.count(holders).await, 1);
        assert_eq!(
            app.count("select count(*) from referrals where due_at is not null and purpose = 'action'").await,
            1
        );
        let stranger = app.officer("بایگانی").await;
        let token = stranger.form_token().await;
        form.by(&stranger).forge("form_token", &token).send().await.ok().says("کسی زودتر");
        assert_eq!(app.count("select count(*) from referrals").await, 1, "what they don't hold they don't refer");
        reviewer.get("/desk/selection/referrals").await.is(404);
        officer.get("/desk/selection/referrals").await.is(422).says("انتخاب نشده");
    })
    .await;
}

#[tokio::test]
async fn letters_are_given_to_reviewers_by_turn_up_to_a_load() {
    on_both(async |app: TestApp| {
        let mut tx = app.begin().await;
        organisations::set_turns(&mut tx, Some(2)).await.expect("turns are kept");
        tx.commit().await.expect("turns are kept");
        let sender = app.sender("09121234567").signs_in().await;
        for subject in ["یک", "دو", "سه"] {
            sends(&sender, subject).await;
        }
        let given = app.count("select count(*) from letters where reviewer_id <> ''").await;
        assert_eq!(given, 2, "one reviewer gets two, and the third waits for anybody");
        let reviewer = app.reviewer().await;
        assert_eq!(subjects(&reviewer, "/desk?show=review").await.len(), 3);
        let letter = sends(&sender, "چهار").await;
        let page = reviewer.letter(&letter).await;
        page.says("سپردن بررسی");
        let form = reviewer.dialog(&letter, "assignment").await.fill("staff", reviewer.account.id.as_str());
        form.send().await.is(303).follow().await.ok().says("نرگس کریمی");
        let stranger = app.officer("شکایات").await;
        let form = reviewer.dialog(&letter, "assignment").await.forge("staff", stranger.account.id.as_str());
        form.send().await.is(422).says("دیگر بررسی‌کننده نیست");
    })
    .await;
}

#[tokio::test]
async fn no_review_comes_by_turn_to_who_was_invited_and_never_came() {
    on_both(async |app: TestApp| {
        let mut tx = app.begin().await;
        organisations::set_turns(&mut tx, Some(9)).await.expect("turns are kept");
        let post = NewPost { unit: None, title: "دبیرخانه".into(), role: Role::Reviewer };
        staff::invite(&mut tx, "new@example.ir", "پروین دانا", &[post]).await.expect("somebody is invited");
        tx.commit().await.expect("it is kept");
        let sender = app.sender("09121234567").signs_in().await;
        for subject in ["یک", "دو"] {
            sends(&sender, subject).await;
        }
        let reviewer = app.reviewer().await;
        assert_eq!(app.texts("select reviewer_id from letters").await, [reviewer.account.id.as_str(); 2]);
        assert_eq!(subjects(&reviewer, "/desk?show=review").await.len(), 2);
    })
    .await;
}
