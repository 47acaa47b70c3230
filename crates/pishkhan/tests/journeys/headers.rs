//! Headers: what every answer carries, and what cookies and downloads look like.

use pishkhan_testkit::{Answer, Attachment, Kind, Letter, Multipart, on_both, on_both_as, on_one, samples};

#[track_caller]
fn is_protected(answer: &Answer) {
    let header = |name: &str| answer.header(name).unwrap_or_else(|| panic!("{} has no {name}", answer.status));
    let policy = header("content-security-policy");
    for rule in ["default-src 'none'", "frame-ancestors 'none'"] {
        assert!(policy.contains(rule), "{policy}");
    }
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("cache-control"), "private, no-store");
    assert_eq!(header("referrer-policy"), "no-referrer");
    assert_eq!(header("x-frame-options"), "DENY");
    assert_eq!(header("cross-origin-opener-policy"), "same-origin");
    assert_eq!(header("cross-origin-resource-policy"), "same-origin");
    if answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
        let html = answer.html();
        for inline in ["<style", " style=", "<script>", " onclick", " onload", "javascript:"] {
            assert!(!html.contains(inline), "{inline} in {html}");
        }
    }
}

#[tokio::test]
async fn every_kind_of_answer_is_protected() {
    on_both(async |app| {
        let browser = app.browser();
        for path in
            ["/", "/help", "/tracking", "/health", "/letters", "/nowhere", "/desk", "/desk/sign-in", "/demo/messages"]
        {
            is_protected(&browser.get(path).await);
        }
        is_protected(&browser.clone().with("host", "nobody.example").get("/").await.is(421));
        is_protected(&browser.clone().with("host", "").get("/").await.is(400));
        is_protected(&browser.post("/sign-in", &[]).await.is(403));
        is_protected(&browser.post("/help", &[]).await.is(404));
        is_protected(&browser.clone().with("origin", "https://evil.example").post("/sign-in", &[]).await.is(403));
        let image = app.image_token();
        is_protected(&browser.get(&format!("/sign-in/image/{image}")).await.ok());
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::with_file()).await;
        for path in [
            "/letters",
            "/letters/new",
            "/account",
            &format!("/letters/{letter}"),
            &format!("/letters/{letter}/receipt"),
        ] {
            is_protected(&sender.get(path).await.ok());
        }
        let reviewer = app.reviewer().await;
        is_protected(&reviewer.get("/desk").await.ok());
        is_protected(&reviewer.letter(&letter).await);
        for act in ["registration", "rejection", "redirection"] {
            is_protected(&reviewer.get(&format!("/desk/letters/{letter}/{act}")).await.ok());
        }
    })
    .await;
}

#[tokio::test]
async fn cookies_are_strict_on_https_and_plain_on_http() {
    for (scheme, prefix, is_secure) in [("https", "__Host-", true), ("http", "", false)] {
        on_both_as(
            |plan| plan.scheme = scheme,
            async |app| {
                let sender = app.sender("09121234567");
                let front = sender.get("/").await.ok();
                assert_eq!(front.header("strict-transport-security").is_some(), is_secure);
                let asked = front.form("/sign-in").fill("mobile", "09121234567").send().await;
                let form = asked.follow().await.ok().form("/sign-in/code");
                let code = sender.code().await;
                let own = form.clone().fill("own_device", "yes").fill("code", &code);
                let entered = own.send().await.is(303);
                let mut cookies = Vec::new();
                for answer in [&front, &asked, &entered] {
                    cookies.extend(answer.cookies());
                }
                for cookie in &cookies {
                    assert!(cookie.contains("; Path=/; HttpOnly; SameSite=Lax"), "{cookie}");
                    assert_eq!(cookie.contains("; Secure"), is_secure, "{cookie}");
                    assert!(!cookie.contains("Domain"), "{cookie}");
                    assert_eq!(cookie.starts_with("__Host-"), is_secure, "{cookie}");
                }
                let session = cookies.iter().find(|cookie| cookie.starts_with(&format!("{prefix}session=")));
                assert!(session.expect("a session").ends_with("; Max-Age=2592000"), "thirty days on an own device");
                let device = cookies.iter().find(|cookie| cookie.starts_with(&format!("{prefix}device=")));
                assert!(device.expect("a known device").ends_with("; Max-Age=31536000"), "it is known for a year");
                let visits: Vec<_> = cookies.iter().filter(|it| it.starts_with(&format!("{prefix}visit="))).collect();
                assert_eq!(visits.len(), 1, "forms from before a sign-in can still be sent after it");
                sender.get("/letters").await.ok();
            },
        )
        .await;
    }
}

#[tokio::test]
async fn a_session_on_a_borrowed_device_is_the_browsers_only() {
    on_one(
        Kind::Sqlite,
        |_| {},
        async |app| {
            let sender = app.sender("09121234567");
            let form = sender.asks_for_code().await.follow().await.ok().form("/sign-in/code");
            let entered = form.fill("code", &sender.code().await).send().await.is(303);
            let session = entered.cookies().into_iter().find(|cookie| cookie.starts_with("__Host-session="));
            assert!(!session.expect("a session").contains("Max-Age"));
        },
    )
    .await;
}

#[tokio::test]
async fn hostile_file_names_are_only_names() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let names = [
            "قبض آب.pdf",
            "a\"; filename=evil.html",
            "line\r\nSet-Cookie: a=b.pdf",
            "invoice\u{202e}fdp.exe",
            "../../etc/passwd",
            "C:\\Windows\\system32\\evil.exe",
            "<script>alert(1)</script>.pdf",
            "...",
        ];
        let files = names.map(|name| Attachment::new(name, samples::pdf(name))).to_vec();
        let check = sender.writes(&Letter { files, ..Letter::default() }).await;
        let files = check.attributes("a[href^='/files/']", "href");
        assert_eq!(files.len(), names.len());
        assert!(!check.has("script:not([src])"), "no name becomes markup");
        for (file, name) in files.iter().zip(names) {
            let answer = sender.get(file).await.ok();
            assert_eq!(answer.body, samples::pdf(name));
            assert_eq!(answer.header("content-type"), Some("application/pdf"));
            let policy = answer.header("content-security-policy").expect("a policy");
            assert!(policy.contains("sandbox") && policy.contains("default-src 'none'"), "{policy}");
            assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
            assert_eq!(answer.header("cache-control"), Some("private, no-store"));
            let said = answer.header("content-disposition").expect("a disposition");
            assert!(said.starts_with("attachment; filename=\"") && said.is_ascii(), "{said}");
            assert!(said.ends_with("pdf"), "the ending is that of the content: {said}");
            let (_, extended) = said.split_once("filename*=UTF-8''").expect("the name in full");
            let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'%';
            assert!(extended.bytes().all(is_plain), "{extended}");
            for forbidden in ["%0D", "%0A", "%2F", "%5C", "%E2%80%AE"] {
                assert!(!extended.contains(forbidden), "{extended}");
            }
            assert!(answer.header("set-cookie").is_none_or(|cookie| !cookie.contains("a=b")));
        }
    })
    .await;
}

#[tokio::test]
async fn another_site_can_post_nothing() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let token = sender.form_token().await;
        let out = [("form_token", token.as_str())];
        for (header, value) in [
            ("origin", "https://evil.example"),
            ("origin", "https://desk.example.ir.evil.example"),
            ("origin", "https://letters.shahr.example"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            let forged = sender.browser.clone().with(header, value).post("/sign-out", &out).await.is(403);
            forged.says("این فرم کهنه شده است");
        }
        for token in ["", "x", &token[1..], &"a".repeat(10_000)] {
            sender.post("/sign-out", &[("form_token", token)]).await.is(403);
        }
        sender.post("/sign-out", &[]).await.is(403);
        let another = app.browser();
        let theirs = another.form_token().await;
        sender.post("/sign-out", &[("form_token", &theirs)]).await.is(403);
        let there = app.elsewhere().browser();
        there.set_cookie("visit", &sender.cookie("visit").expect("the browser's key"));
        let theirs = there.form_token().await;
        sender.post("/sign-out", &[("form_token", &theirs)]).await.is(403);
        sender.get("/letters").await.ok();
        let upload =
            Multipart::default().field("subject", "x").file("files", &Attachment::new("a.pdf", samples::pdf("a")));
        sender.post_body("/drafts", &Multipart::content_type(), upload.whole()).await.is(403);
        assert_eq!((app.count("select count(*) from letters").await, app.files().await), (0, 0));
        // A browser that says nothing of the kind is an old one; its token will do.
        let old = sender.browser.clone().with("origin", "").with("sec-fetch-site", "");
        assert_eq!(old.post("/sign-out", &out).await.location(), "/?challenge=signed-out");
    })
    .await;
}
