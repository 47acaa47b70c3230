//! Hosts: the organisation is the one whose host is asked, and a request that leaves any doubt is refused.

use axum::body::Body;
use axum::http::Request;
use pishkhan_testkit::{Answer, Browser, Kind, on_both, on_one};

/// A request with exactly these headers.
async fn ask(browser: &Browser, uri: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::get(uri);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    browser.send_raw(request.body(Body::empty()).expect("a good request")).await
}

#[tokio::test]
async fn each_host_is_its_organisations_whatever_the_port() {
    on_both(async |app| {
        let browser = app.browser();
        for host in [
            "desk.example.ir",
            "DESK.Example.IR",
            "desk.example.ir:443",
            "desk.example.ir:8080",
            "other.desk.example.ir",
        ] {
            ask(&browser, "/", &[("host", host)]).await.ok().says("سازمان نمونه");
        }
        ask(&browser, "/", &[("host", "letters.shahr.example")]).await.ok().says("شهرداری نمونه‌شهر");
        ask(&browser, "http://desk.example.ir/", &[("host", "desk.example.ir")]).await.ok();
    })
    .await;
}

#[tokio::test]
async fn a_host_in_doubt_is_refused() {
    on_both(async |app| {
        let browser = app.browser();
        let refused = [
            ("/", &[][..]),
            ("/", &[("host", "desk.example.ir"), ("host", "letters.shahr.example")]),
            ("/", &[("host", "desk.example.ir"), ("host", "desk.example.ir")]),
            ("http://letters.shahr.example/", &[("host", "desk.example.ir")]),
            ("http://desk.example.ir/", &[]),
            ("/", &[("host", "")]),
            ("/", &[("host", "desk.example.ir:99999")]),
            ("/", &[("host", "desk.example.ir:x")]),
            ("/", &[("host", "desk.example.ir/letters")]),
            ("/", &[("host", "desk.example.ir letters.shahr.example")]),
            ("/", &[("host", "someone@desk.example.ir")]),
        ];
        for (uri, headers) in refused {
            let answer = ask(&browser, uri, headers).await.is(400);
            answer.says("نشانی این درخواست درست نیست.");
            answer.hides("سازمان نمونه");
        }
    })
    .await;
}

#[tokio::test]
async fn a_host_of_nobody_gets_a_plain_page_in_both_languages() {
    on_both(async |app| {
        let browser = app.browser();
        for host in ["nobody.example", "example.ir", "desk.example.ir.", "sub.desk.example.ir", "[::1]", "127.0.0.1"] {
            for path in ["/", "/letters", "/desk", "/nowhere"] {
                let answer = ask(&browser, path, &[("host", host)]).await.is(421);
                answer.says("هیچ سازمانی با این نشانی در این پیشخوان نیست.");
                assert!(answer.has("[lang=en]"), "{}", answer.html());
                answer.hides("نمونه");
                assert!(answer.cookies().is_empty(), "nobody's cookie");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_strangers_forwarded_headers_are_nothing() {
    let forwarded = [
        ("host", "desk.example.ir"),
        ("x-forwarded-host", "letters.shahr.example"),
        ("forwarded", "host=letters.shahr.example"),
        ("x-original-host", "letters.shahr.example"),
        ("x-forwarded-for", "203.0.113.9"),
        ("x-forwarded-proto", "http"),
    ];
    on_both(async |app| {
        ask(&app.browser(), "/", &forwarded).await.ok().says("سازمان نمونه");
        let sender = app.sender("09121234567").signs_in().await;
        let page = sender.browser.clone().with("x-forwarded-for", "203.0.113.9").get("/account").await.ok();
        page.hides("203.0.113.9");
    })
    .await;
}

#[tokio::test]
async fn a_configured_proxys_forwarded_headers_are_believed() {
    let plan = |plan: &mut pishkhan_testkit::Plan| {
        plan.proxies = vec!["172.16.0.0/12".parse().expect("a network")];
        plan.rules.limits.sends_per_address_per_hour = 1;
    };
    on_one(Kind::Sqlite, plan, async |app| {
        let proxy = app.browser().at("172.16.5.1");
        let host = ("x-forwarded-host", "letters.shahr.example");
        ask(&proxy, "/", &[("host", "inner:8080"), host]).await.ok().says("شهرداری نمونه‌شهر");
        ask(&proxy, "/", &[("host", "inner"), host, ("x-forwarded-host", "desk.example.ir")]).await.is(400);
        ask(&proxy, "/", &[("host", "desk.example.ir")]).await.ok().says("سازمان نمونه");

        // What stands left of the last stranger anybody may have written.
        let from = |chain: &str| app.browser().at("172.16.5.1").with("x-forwarded-for", chain);
        let asks = async |browser: Browser, mobile: &str| {
            let form = browser.get("/").await.ok().form("/sign-in");
            form.fill("mobile", mobile).send().await.status.as_u16()
        };
        assert_eq!(asks(from("203.0.113.9"), "09121000001").await, 303);
        assert_eq!(asks(from("203.0.113.9"), "09121000002").await, 429);
        assert_eq!(asks(from("8.8.8.8, 203.0.113.9"), "09121000003").await, 429, "forged to the left");
        assert_eq!(asks(from("203.0.113.9, 172.16.9.9"), "09121000004").await, 429, "through two of our proxies");
        assert_eq!(asks(from("203.0.113.10"), "09121000005").await, 303);
        assert_eq!(
            asks(app.browser().at("198.51.100.1").with("x-forwarded-for", "203.0.113.11"), "09121000006").await,
            303
        );
        assert_eq!(
            asks(app.browser().at("198.51.100.1").with("x-forwarded-for", "203.0.113.12"), "09121000007").await,
            429
        );
        assert_eq!(asks(from("nonsense"), "09121000008").await, 303, "then the proxy itself is the address");
        assert_eq!(asks(from(""), "09121000009").await, 429);
    })
    .await;
}
