//! What no page of ours sends: bodies of the wrong kind, forged ids, versions, choices and cookies, odd addresses. It decides nothing, and
//! the test kit fails each test with an answer of 500.

use pishkhan_testkit::{Kind, Letter, draft_of, on_both, on_one};

use crate::bad_input::rows;

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn bodies_of_the_wrong_kind_are_refused_everywhere() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        let reviewer = app.reviewer().await;
        let draft = draft_of(&sender.writes(&Letter::default()).await);
        let before = rows(&app).await;
        let token = sender.form_token().await;
        let twice = format!("form_token={token}&version=3&version=4&mobile=1&mobile=2&code=1&code=2&device=1&device=2");
        let desk_token = reviewer.form_token().await;
        let desk_twice = twice.replace(&token, &desk_token);
        let acts = ["registration", "rejection", "redirection", "taking", "answer"];
        let desk = acts.map(|act| format!("/desk/letters/{letter}/{act}"));
        let counter =
            ["/sign-in", "/sign-in/code", "/sign-in/wait", "/tracking", "/preferences", "/account"].map(String::from);
        let drafts = [format!("/drafts/{draft}"), format!("/drafts/{draft}/submission"), "/drafts".to_owned()];
        let all = counter.iter().chain(&drafts).map(|path| (path, &sender.browser, &twice));
        for (path, browser, twice) in all.chain(desk.iter().map(|path| (path, &reviewer.browser, &desk_twice))) {
            let bodies: [(&str, Vec<u8>); 9] = [
                (FORM, Vec::new()),
                (FORM, twice.clone().into()),
                (FORM, b"form_token=%FF%FE&code=%C3".to_vec()),
                (FORM, b"&&&=&=&%".to_vec()),
                (FORM, vec![b'a'; 300_000]),
                ("application/json", b"{\"form_token\":1}".to_vec()),
                ("multipart/form-data", b"--x\r\n".to_vec()),
                (
                    "multipart/form-data; boundary=x",
                    b"--x\r\nContent-Disposition: form-data\r\n\r\n\xff\xfe\r\n--x--".to_vec(),
                ),
                ("", vec![0, 159, 146, 150]),
            ];
            for (kind, body) in bodies {
                let about = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
                let answer = browser.copied().post_body(path, kind, body).await;
                let status = answer.status.as_u16();
                assert!(
                    [400, 403, 404, 413].contains(&status),
                    "{path} with {kind} {about}: {status}\n{}",
                    answer.text()
                );
            }
        }
        assert_eq!(rows(&app).await, before);
        assert_eq!(app.count("select count(*) from letters where state = 'submitted'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn forged_ids_versions_and_choices_decide_nothing() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        let reviewer = app.reviewer().await;
        for version in ["", "x", "-1", "0", "99", "2", "۳", "9223372036854775808", " 3"] {
            let form = reviewer.dialog(&letter, "registration").await.forge("version", version);
            let status = form.send().await.status.as_u16();
            assert!([400, 409].contains(&status), "{version:?}: {status}");
        }
        let unit = app.elsewhere().unit("شکایات").id.to_string();
        for forged in ["x", unit.as_str(), "aaaaaaaaaaaaaaaaaaaaaaaaaa", ""] {
            let answer = reviewer.dialog(&letter, "redirection").await.forge("unit", forged).send().await;
            assert!([400, 422].contains(&answer.status.as_u16()), "{forged}: {}", answer.status);
            let answer = reviewer.dialog(&letter, "rejection").await.forge("reason", forged).send().await;
            assert!([400, 422].contains(&answer.status.as_u16()), "{forged}: {}", answer.status);
        }
        let note = "ن".repeat(1_001);
        let long = reviewer
            .dialog(&letter, "rejection")
            .await
            .fill("reason", "other")
            .fill("note", &note)
            .send()
            .await
            .is(422);
        assert_eq!(long.form(&format!("/desk/letters/{letter}/rejection")).value("note"), Some(note.as_str()));
        for forged in
            ["x", "A".repeat(26).as_str(), "aaaaaaaaaaaaaaaaaaaaaaaaaa", "%00", "%FF", "..%2F..", &"a".repeat(5_000)]
        {
            for path in ["/letters/", "/drafts/", "/files/", "/desk/letters/", "/desk/invitations/", "/sign-in/image/"]
            {
                let who = if path.starts_with("/desk/letters") { &reviewer.browser } else { &sender.browser };
                let answer = who.get(&format!("{path}{forged}")).await.is(404);
                assert!(path.contains("/desk/") || answer.has("h1"), "{path}{forged} is a page:\n{}", answer.text());
            }
        }
        assert_eq!(app.texts("select state || version from letters").await, ["submitted3"]);
    })
    .await;
}

#[tokio::test]
async fn forged_cookies_are_no_cookies() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let true_session = sender.cookie("session").expect("a session");
        for forged in ["", "x", &"a".repeat(43), &"a".repeat(5_000), &true_session[1..], "\"quoted\"", "=;="] {
            let browser = app.browser();
            for name in ["session", "device", "desk", "sign_in", "second_factor", "visit", "language", "theme"] {
                browser.set_cookie(name, forged);
            }
            assert_eq!(browser.get("/letters").await.location(), "/?next=%2Fletters");
            assert_eq!(browser.get("/desk").await.location(), "/desk/sign-in");
            browser.get("/").await.ok();
            browser.get("/sign-in/code").await.is(303);
            browser.get("/desk/sign-in/second-factor").await;
        }
        // A sender's session opens no desk, and the other way round.
        let browser = app.browser();
        browser.set_cookie("desk", &true_session);
        assert_eq!(browser.get("/desk").await.location(), "/desk/sign-in");
        let reviewer = app.reviewer().await;
        let browser = app.browser();
        browser.set_cookie("session", &reviewer.cookie("desk").expect("a session"));
        assert_eq!(browser.get("/letters").await.location(), "/?next=%2Fletters");
    })
    .await;
}

#[tokio::test]
async fn odd_questions_get_pages() {
    on_one(
        Kind::Sqlite,
        |_| {},
        async |app| {
            let sender = app.sender("09121234567").signs_in().await;
            sender.sends(&Letter::default()).await;
            let odd = [
                "",
                "?",
                "?show=",
                "?show=nonsense&after=x",
                "?show=review&after=1-",
                "?after=99999999999999999999-x",
                "?show=%D9",
                "?&&=",
                "?show=a&show=b",
                "?challenge=a&challenge=b",
                "?wait=%00",
                "?next=%FF",
                "?draft=",
                "?code=1&code=2",
                "?done=x&done=y",
            ];
            for path in ["/letters", "/tracking", "/help", "/account", "/letters/new", "/sign-in/code", "/"] {
                for query in odd {
                    let answer = sender.get(&format!("{path}{query}")).await;
                    assert!([200, 303].contains(&answer.status.as_u16()), "{path}{query}: {}", answer.status);
                }
            }
            let reviewer = app.reviewer().await;
            for query in odd {
                reviewer.get(&format!("/desk{query}")).await.ok();
            }
            for next in [
                "//evil.example",
                "https://evil.example",
                "/\\evil.example",
                "javascript:alert(1)",
                "/a\r\nSet-Cookie: a=b",
            ] {
                let other = app.sender("09121234568");
                let form = other.get("/").await.ok().form("/sign-in").fill("mobile", "09121234568").fill("next", next);
                let page = form.send().await.follow().await.ok();
                let code = other.code().await;
                let entered = page.form("/sign-in/code").fill("code", &code).send().await;
                assert_eq!(entered.location(), "/", "{next}");
                app.wait(16 * 60).await;
            }
        },
    )
    .await;
}

#[tokio::test]
async fn the_sign_that_no_database_takes_gets_no_further_than_the_form() {
    on_both(async |app| {
        let nul = |token: &str, field: &str| format!("form_token={token}&password=x&{field}=a%00b%00");
        let stranger = app.browser();
        let body = nul(&stranger.form_token().await, "email");
        stranger.post_body("/desk/sign-in", FORM, body).await.is(422);
        let body = nul(&stranger.form_token().await, "code");
        stranger.post_body("/tracking", FORM, body).await.is(422);
        let sender = app.sender("09121234567").signs_in().await;
        let token = sender.form_token().await;
        sender.post_body("/account", FORM, nul(&token, "device")).await.is(303);
        let before = app.count("select count(*) from letters").await;
        let answer = sender.post_body("/drafts", FORM, nul(&token, "token")).await;
        assert!([303, 400, 422].contains(&answer.status.as_u16()), "{}\n{}", answer.status, answer.text());
        assert!(app.count("select count(*) from letters").await <= before + 1);
        sender.get("/letters").await.ok();
    })
    .await;
}
