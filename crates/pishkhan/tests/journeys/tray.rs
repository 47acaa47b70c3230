//! The tray: its views, its sieve, views that are kept, several letters at once, and whose turn it is.

use pishkhan_office::organisations;
use pishkhan_testkit::{Letter, Sender, TestApp, on_both};

async fn sends(sender: &Sender, subject: &'static str) -> pishkhan_office::ids::LetterId {
    sender.sends(&Letter { subject, ..Letter::default() }).await
}

async fn subjects(app: &pishkhan_testkit::Staff, address: &str) -> Vec<String> {
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
        assert_eq!(subjects(&officer, "/desk?show=unit").await, ["اول"]);
        officer.takes(&first).await;
        assert!(subjects(&officer, "/desk?show=unit").await.is_empty());
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
async fn a_kept_view_is_its_owners_alone_and_can_be_removed() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        sender.sends(&Letter::with_file()).await;
        let reviewer = app.reviewer().await;
        let tray = reviewer.get("/desk?show=review&files=1").await.ok();
        let kept = tray.form("/desk/views").fill("name", "با فایل").send().await.is(303).follow().await.ok();
        assert!(kept.all(".views a").iter().any(|view| view.contains("با فایل") && view.contains('۱')));
        tray.form("/desk/views").fill("name", "").send().await.is(422).says("نامی بنویسید");
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
        reviewer.rejects(&letters[1], "نه").await;
        let answer = preview.form("/desk/selection").send().await.ok();
        answer.says("۲ نامه انجام شد");
        answer.says("دو");
        assert_eq!(app.count("select count(*) from letters where state = 'registered'").await, 2);
        assert_eq!(app.numbers("select number from entries order by number").await, [1, 2]);
        reviewer.get("/desk/selection?deed=register").await.is(422).says("انتخاب نشده");
        reviewer.get("/desk/selection?deed=burn").await.is(404);
        app.officer("شکایات").await.get("/desk/selection?deed=register").await.is(404);
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
