//! What is live at the desk: counts and new rows as they come, who else is looking, and keys that can be switched off. Who may not
//! see a letter hears nothing of it.

use pishkhan_office::accounts::staff;
use pishkhan_office::actor::Role;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters;
use pishkhan_testkit::{Kind, Letter, Sender, Staff, Stream, TestApp, on_both, on_one};

async fn sends(sender: &Sender) -> LetterId {
    sender.sends(&Letter::default()).await
}

/// The stream that a page of the desk opens.
async fn watches(staff: &Staff, path: &str) -> Stream {
    let events = staff.get(path).await.ok().attribute("[data-live]", "data-live");
    let stream = staff.watches(&events).await;
    assert_eq!(stream.status, 200, "{events}");
    stream
}

fn of_letter(letter: &LetterId) -> String {
    format!("/desk/letters/{letter}")
}

#[tokio::test]
async fn counts_and_new_rows_are_told_as_they_come() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let first = sends(&sender).await;
        let reviewer = app.reviewer().await;
        let mut stream = watches(&reviewer, "/desk?show=review").await;
        assert_eq!(stream.headers["content-type"], "text/event-stream");
        assert!(!stream.headers.contains_key("content-encoding"), "a packer would hold it back");
        let counts = stream.hears("counts").await;
        assert!(counts.contains(r#""review":"۱""#) && counts.contains("۱ نامه"), "{counts}");
        assert_eq!(stream.hears("rows").await, first.as_str());
        let second = sends(&sender).await;
        assert!(stream.hears("counts").await.contains(r#""review":"۲""#));
        // Both are due on the same day, so chance orders them.
        let mut rows: Vec<String> = stream.hears("rows").await.split(' ').map(str::to_owned).collect();
        rows.sort();
        let mut both = [first.to_string(), second.to_string()];
        both.sort();
        assert_eq!(rows, both);
        // In a kept view, and in English.
        let page = reviewer.get("/desk?show=review&files=1").await.ok();
        page.form("/desk/views").fill("name", "با فایل").send().await.is(303);
        reviewer.reads_english();
        let mut sieved = watches(&reviewer, "/desk?show=review&files=1").await;
        let counts = sieved.hears("counts").await;
        assert!(counts.contains(r#""review":"2""#) && counts.contains(r#":"0""#), "{counts}");
        assert_eq!(sieved.hears("rows").await, "");
        let third = sender.sends(&Letter::with_file()).await;
        assert!(sieved.hears("counts").await.contains(r#""review":"3""#));
        assert_eq!(sieved.hears("rows").await, third.as_str());
    })
    .await;
}

#[tokio::test]
async fn whoever_watches_a_full_page_of_which_all_was_decided_hears_what_stands_there_now() {
    on_both(async |app| {
        app.waiting_letters("شکایات", 52).await;
        let reviewer = app.came_in(Role::Reviewer, None).await;
        let page = reviewer.get("/desk?show=review").await.ok();
        assert!(page.has(".list a[rel=next]"), "it goes on");
        assert!(page.attribute("[data-anew]", "data-others").contains("بقیه را نشان بده"));
        let shown = page.attributes("[data-letter]", "data-letter");
        assert_eq!(shown.len(), 50);
        let mut stream = watches(&reviewer, "/desk?show=review").await;
        assert_eq!(stream.hears("rows").await.split(' ').collect::<Vec<_>>(), shown);
        let mut tx = app.begin().await;
        let member = staff::find(&mut tx, &reviewer.account.id).await.expect("found").expect("there");
        let actor = member.staff.reviewer().expect("a reviewer");
        for id in &shown {
            let id = LetterId::parse(id).expect("a letter's id");
            let letter = letters::find_for_desk(&mut tx, &actor, &id).await.expect("found").expect("there");
            let rules = &app.parts().rules;
            letters::register(&mut tx, rules, &actor, &id, letter.version).await.expect("registered");
        }
        tx.commit().await.expect("it is kept");
        let now = stream.hears("rows").await;
        let now: Vec<&str> = now.split(' ').collect();
        assert_eq!(now.len(), 2);
        assert!(now.iter().all(|id| !shown.iter().any(|shown| shown == id)), "none of them was shown");
    })
    .await;
}

#[tokio::test]
async fn a_signer_hears_of_what_is_late_below_as_it_is_raised() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sends(&sender).await;
        app.wait(7 * 24 * 60 * 60).await;
        let (signer, stranger) = (app.signer("بایگانی").await, app.signer("امور مالی").await);
        let mut stream = watches(&signer, "/desk?show=late").await;
        let counts = stream.hears("counts").await;
        assert!(counts.contains(r#""late":"۰""#) && counts.contains(r#""waiting":null"#), "{counts}");
        assert_eq!(stream.hears("rows").await, "");
        app.time_comes(0).await;
        let counts = stream.hears("counts").await;
        assert!(counts.contains(r#""late":"۱""#) && counts.contains("۱ نامه در انتظار شماست"), "{counts}");
        assert_eq!(stream.hears("rows").await, letter.as_str());
        assert_eq!(signer.get("/desk").await.ok().one("[data-waiting] [aria-hidden]"), "۱");
        assert_eq!(stranger.get("/desk").await.ok().one("[data-waiting] [aria-hidden]"), "");
    })
    .await;
}

#[tokio::test]
async fn an_objection_that_is_late_waits_once() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        officer.answers(&letter, "پاسخ", &[]).await;
        sender.objects(&letter, "نادرست است").await;
        app.wait(60 * 24 * 60 * 60).await;
        app.time_comes(0).await;
        assert_eq!(app.count("select count(*) from events where kind = 'letter_escalated'").await, 1);
        let signer = app.signer("بایگانی").await;
        assert_eq!(signer.get("/desk?show=objections").await.ok().all(".rows li").len(), 1);
        assert!(!signer.get("/desk?show=late").await.ok().has(".rows li"));
        assert_eq!(signer.get("/desk").await.ok().one("[data-waiting] [aria-hidden]"), "۱");
    })
    .await;
}

#[tokio::test]
async fn a_letter_that_stands_in_several_views_waits_once() {
    on_both(async |app| {
        let (unit, above) = (app.unit("شکایات").id.clone(), app.unit("امور مالی").id.clone());
        let parent = Some(above.clone());
        app.changes_unit("شکایات", |unit| {
            unit.parent = parent;
            unit.needs_signature = true;
        })
        .await;
        let (_, officer, letter) = app.letter_in_hand().await;
        let mut tx = app.begin().await;
        for unit in [unit, above] {
            let post = staff::NewPost { unit: Some(unit), title: "رئیس".into(), role: Role::Signer };
            staff::add_post(&mut tx, &officer.account.id, &post).await.expect("the officer signs, too");
        }
        tx.commit().await.expect("kept");
        officer.proposes(&letter, "پاسخ").await;
        assert_eq!(
            officer.get("/desk").await.ok().one("[data-waiting] [aria-hidden]"),
            "۱",
            "in hand, and to be signed"
        );
        app.wait(60 * 24 * 60 * 60).await;
        app.time_comes(0).await;
        let officer = app.officer("شکایات").await;
        for view in ["mine", "signature", "late"] {
            let page = officer.get(&format!("/desk?show={view}")).await.ok();
            assert_eq!(page.all(".rows li").len(), 1, "{view}");
            assert_eq!(page.one("[data-waiting] [aria-hidden]"), "۱", "{view}");
        }
        let counts = watches(&officer, "/desk?show=mine").await.hears("counts").await;
        assert!(counts.contains("۱ نامه در انتظار شماست"), "{counts}");
    })
    .await;
}

#[tokio::test]
async fn what_is_late_waits_for_a_signer_even_where_they_might_share_it_out() {
    on_both(async |app| {
        let parent = Some(app.unit("امور مالی").id.clone());
        app.changes_unit("شکایات", |unit| unit.parent = parent.clone()).await;
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sends(&sender).await;
        app.reviewer().await.registers(&letter).await;
        let signer = app.signer("شکایات").await;
        let post = staff::NewPost { unit: parent, title: "رئیس".into(), role: Role::Signer };
        let mut tx = app.begin().await;
        staff::add_post(&mut tx, &signer.account.id, &post).await.expect("they sign above, too");
        tx.commit().await.expect("kept");
        app.wait(60 * 24 * 60 * 60).await;
        app.time_comes(0).await;
        let signer = app.signer("شکایات").await;
        for view in ["late", "untaken"] {
            let page = signer.get(&format!("/desk?show={view}")).await.ok();
            assert_eq!(page.all(".rows li").len(), 1, "{view}");
            assert_eq!(page.one("[data-waiting] [aria-hidden]"), "۱", "{view}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_one_may_not_see_is_not_told() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let (officer, stranger) = (app.officer("امور مالی").await, app.elsewhere().reviewer().await);
        let mut of_unit = watches(&officer, "/desk?show=unit").await;
        let mut there = watches(&stranger, "/desk").await;
        for stream in [&mut of_unit, &mut there] {
            stream.hears("counts").await;
            assert_eq!(stream.hears("rows").await, "");
        }
        let reviewer = app.reviewer().await;
        let theirs = sends(&sender).await;
        reviewer.registers(&theirs).await;
        reviewer.letter(&theirs).await;
        // Whatever they hear next is of a letter that they may see.
        let own = sends(&sender).await;
        reviewer.redirects(&own, "امور مالی").await;
        reviewer.registers(&own).await;
        let (name, counts) = of_unit.event().await.expect("there is news");
        assert!(name == "counts" && counts.contains(r#""unit":"۱""#), "{name} {counts}");
        assert_eq!(of_unit.event().await, Some(("rows".into(), own.to_string())));
        let other = app.elsewhere().sender("09121234567").signs_in().await;
        let letter = sends(&other).await;
        let (name, counts) = there.event().await.expect("there is news");
        assert!(name == "counts" && counts.contains(r#""review":"۱""#), "{name} {counts}");
        assert_eq!(there.event().await, Some(("rows".into(), letter.to_string())));
        // A letter that they don't see is no letter to watch.
        for staff in [&officer, &stranger] {
            assert_eq!(staff.watches(&format!("/desk/events?letter={theirs}")).await.status, 404);
        }
    })
    .await;
}

#[tokio::test]
async fn a_stream_ends_with_its_session_and_keeps_none_alive() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let reviewer = app.reviewer().await;
        let mut stream = watches(&reviewer, "/desk").await;
        stream.hears("rows").await;
        reviewer.get("/desk").await.ok().form("/desk/sign-out").send().await.is(303);
        assert_eq!(stream.ends().await, ["end"]);
        assert_eq!(reviewer.watches("/desk/events").await.status, 303);

        let reviewer = app.reviewer().await;
        let mut stream = watches(&reviewer, "/desk").await;
        stream.hears("rows").await;
        app.wait(16 * 60).await;
        sends(&app.sender("09351112233").signs_in().await).await;
        assert_eq!(stream.ends().await, ["end"], "sixteen minutes without a page, whatever the stream told meanwhile");

        let reviewer = app.reviewer().await;
        let mut stream = watches(&reviewer, "/desk").await;
        stream.hears("rows").await;
        let mut tx = app.begin().await;
        staff::disable(&mut tx, &reviewer.account.id).await.expect("somebody can be disabled");
        tx.commit().await.expect("it is kept");
        assert_eq!(stream.ends().await, ["end"]);
        sender.get("/desk/events").await.is(303);
    })
    .await;
}

#[tokio::test]
async fn four_windows_watch_for_one_person_and_a_fifth_waits_for_a_free_seat() {
    on_both(async |app| {
        let reviewer = app.reviewer().await;
        let mut streams = Vec::new();
        for _ in 0..4 {
            streams.push(watches(&reviewer, "/desk").await);
        }
        assert_eq!(reviewer.watches("/desk/events").await.status, 429);
        assert_eq!(app.staff(Role::Auditor).await.watches("/desk/events").await.status, 200, "another person");
        streams.pop();
        assert_eq!(reviewer.watches("/desk/events").await.status, 200);
        // The address in a window would wait for ever, so it tells what is true now.
        assert!(reviewer.get("/desk/events").await.ok().text().contains("event: counts"));
    })
    .await;
}

#[tokio::test]
async fn who_has_a_letter_open_is_told_to_those_who_see_it_for_five_minutes() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sends(&sender).await;
        let (reviewer, auditor) = (app.reviewer().await, app.staff(Role::Auditor).await);
        auditor.letter(&letter).await.hides("دارد می‌بیند");
        let mut stream = watches(&auditor, &of_letter(&letter)).await;
        stream.hears("opened").await;
        assert_eq!(stream.hears("presence").await, "");
        let page = reviewer.letter(&letter).await;
        page.says("ژاله نیک دارد می‌بیند");
        assert_eq!(stream.hears("presence").await, "نرگس کریمی دارد می‌بیند");
        auditor.letter(&letter).await.says("نرگس کریمی دارد می‌بیند");
        // She goes; an older page of hers takes nothing away.
        let token = page.value("form_token");
        let leaving = page.attribute("[data-leaving]", "data-leaving");
        let opened = app.numbers("select max(opened_at) from presences").await[0];
        let leaves = async |opened: i64| {
            reviewer.post(&leaving, &[("form_token", &token), ("opened", &opened.to_string())]).await
        };
        leaves(opened - 1).await.is(204);
        auditor.letter(&letter).await.says("نرگس کریمی دارد می‌بیند");
        let opened = app
            .numbers("select opened_at from presences p join staff s on s.id = p.staff_id where s.name = 'نرگس کریمی'")
            .await[0];
        leaves(opened).await.is(204);
        assert_eq!(stream.hears("presence").await, "");
        auditor.letter(&letter).await.hides("دارد می‌بیند");
        // She comes back, and stays away from the keyboard.
        reviewer.letter(&letter).await;
        assert_eq!(stream.hears("presence").await, "نرگس کریمی دارد می‌بیند");
        app.wait(5 * 60).await;
        auditor.letter(&letter).await.hides("دارد می‌بیند");
        assert_eq!(stream.hears("presence").await, "");
        leaves(0).await.is(204);
        reviewer.post(&leaving, &[("form_token", &token), ("opened", "now")]).await.is(204);
        let stranger = app.officer("شکایات").await;
        let token = stranger.form_token().await;
        stranger.post(&leaving, &[("form_token", &token), ("opened", "0")]).await.is(404);
        assert_eq!(app.count("select count(*) from presences where opened_at = 0").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_change_on_one_node_is_heard_on_the_other() {
    on_one(
        Kind::Postgres,
        |_| {},
        async |app: TestApp| {
            let reviewer = app.reviewer().await;
            let node = app.another_node().await;
            let watching = reviewer.asking(&node);
            let mut stream = watching.watches("/desk/events?show=review").await;
            assert_eq!(stream.hears("rows").await, "");
            let letter = sends(&app.sender("09121234567").signs_in().await).await;
            assert_eq!(stream.hears("rows").await, letter.as_str());
            let mut stream = watching.watches(&format!("/desk/events?letter={letter}")).await;
            assert_eq!(stream.hears("presence").await, "");
            app.staff(Role::Auditor).await.letter(&letter).await;
            assert_eq!(stream.hears("presence").await, "ژاله نیک دارد می‌بیند");
            drop(stream);
            node.parts().db.close().await;
        },
    )
    .await;
}

#[tokio::test]
async fn single_keys_can_be_switched_off_by_each_for_themselves() {
    on_both(async |app| {
        let (reviewer, auditor) = (app.reviewer().await, app.staff(Role::Auditor).await);
        let keys = reviewer.get("/desk/keys").await.ok();
        keys.says("جای کلید مهم است");
        assert!(reviewer.get("/desk").await.ok().attributes("html[data-keys]", "data-keys").is_empty());
        let off = keys.form("/desk/keys").press("keys", "off").send().await.is(303).follow().await.ok();
        off.says("خاموش است");
        assert_eq!(reviewer.get("/desk").await.ok().attribute("html", "data-keys"), "off");
        assert!(auditor.get("/desk").await.ok().attributes("html[data-keys]", "data-keys").is_empty());
        off.form("/desk/keys").press("keys", "on").send().await.is(303).follow().await.ok().says("روشن است");
        assert!(reviewer.get("/desk").await.ok().attributes("html[data-keys]", "data-keys").is_empty());
        let token = reviewer.form_token().await;
        reviewer.post("/desk/keys", &[("form_token", &token), ("keys", "maybe")]).await.is(400);
        app.browser().get("/desk/keys").await.is(303);
    })
    .await;
}
