//! From where a gateway calls, and by which secret: a route may name the networks of its callers, and gets another secret when somebody has seen
//! the one that it has.

use pishkhan_courier::routes::{self, Route, RouteDefinition, RouteId};
use pishkhan_testkit::{Letter, Plan, TestApp, on_both, on_both_as};

/// A route for notices, to a file, which may be called from these networks; where its gateway calls.
async fn line(app: &TestApp, callers: &str) -> String {
    let file = app.spool().with_file_name("line.jsonl");
    let definition = format!(
        "name = \"line\"\npurposes = [\"notice\"]\ncallers = {callers}\n\
         [gateway]\nkind = \"spool\"\nfile = \"{}\"\n\
         [calls]\nid = \"id\"\nstate = \"status\"\nstates = {{ \"5\" = \"sent\", \"10\" = \"delivered\", \"14\" = \"blocked\" }}\n\
         [texts]\nfrom = \"from\"\ntext = \"message\"\nid = \"id\"\n",
        file.display()
    );
    let definition: RouteDefinition = toml::from_str(&definition).expect("a definition");
    let mut tx = app.begin().await;
    let id = routes::add(&mut tx, &definition).await.expect("a route is added");
    let route = routes::find(&mut tx, &id).await.expect("the statement is well").expect("it is there");
    tx.commit().await.expect("it is kept");
    address(&route)
}

fn address(route: &Route) -> String {
    format!("/gateways/{}/{}", route.id, route.secret.reveal())
}

/// A notice that went by it as `SM7`.
async fn send(app: &TestApp) {
    let sender = app.sender("09121234567").signs_in().await;
    sender.sends(&Letter::default()).await;
    app.settle_quietly().await;
    app.execute("update outbox set gateway_id = 'SM7' where template = 'letter_submitted' and organisation_id <> ''")
        .await;
}

async fn delivery(app: &TestApp) -> Vec<String> {
    app.texts("select delivery from outbox where template = 'letter_submitted' and organisation_id <> ''").await
}

async fn heard(app: &TestApp) -> i64 {
    app.count("select count(*) from incoming_texts where organisation_id <> ''").await
}

#[tokio::test]
async fn a_route_is_called_from_the_networks_of_its_callers_alone() {
    on_both(async |app| {
        let line = line(&app, "[\"185.110.20.0/24\", \"2a01::/32\"]").await;
        send(&app).await;
        for stranger in ["203.0.113.9", "185.110.21.1", "::ffff:203.0.113.9", "2a02::1"] {
            let stranger = app.browser().at(stranger);
            stranger.get(&format!("{line}?id=SM7&status=14")).await.is(404);
            stranger.post(&line, &[("id", "SM7"), ("status", "14")]).await.is(404);
            stranger.post(&line, &[("id", "M1"), ("from", "09121234567"), ("message", "5")]).await.is(404);
            // Nobody believes what it says of itself.
            let forged = stranger.with("x-forwarded-for", "185.110.20.7").with("x-real-ip", "185.110.20.7");
            forged.get(&format!("{line}?id=SM7&status=14")).await.is(404);
        }
        let own = app.browser().at("185.110.20.7");
        own.get(&format!("{line}0?id=SM7&status=14")).await.is(404);
        assert_eq!((delivery(&app).await, heard(&app).await), (vec![String::new()], 0));

        own.get(&format!("{line}?id=SM7&status=5")).await.is(204);
        assert_eq!(delivery(&app).await, ["sent"]);
        app.browser().at("2a01::9").post(&line, &[("id", "SM7"), ("status", "10")]).await.is(204);
        assert_eq!(delivery(&app).await, ["delivered"]);
        let mapped = app.browser().at("::ffff:185.110.20.255");
        mapped.post(&line, &[("id", "M1"), ("from", "09121234567"), ("message", "5")]).await.is(204);
        assert_eq!(heard(&app).await, 1);
    })
    .await;
}

#[tokio::test]
async fn behind_a_proxy_the_caller_is_whoever_asked_it() {
    let plan = |plan: &mut Plan| plan.proxies = vec!["172.16.0.0/12".parse().expect("a network")];
    on_both_as(plan, async |app| {
        let line = line(&app, "[\"185.110.20.7\"]").await;
        send(&app).await;
        let call = format!("{line}?id=SM7&status=10");
        let by_proxy = |chain: &str| app.browser().at("172.16.5.1").with("x-forwarded-for", chain);
        for chain in ["203.0.113.9", "185.110.20.7, 203.0.113.9", "185.110.20.7, junk", "172.16.9.9"] {
            by_proxy(chain).get(&call).await.is(404);
        }
        app.browser().at("172.16.5.1").get(&call).await.is(404);
        app.browser().at("203.0.113.9").with("x-forwarded-for", "185.110.20.7").get(&call).await.is(404);
        assert_eq!(delivery(&app).await, [""]);
        by_proxy("203.0.113.9, 185.110.20.7, 172.16.9.9").get(&call).await.is(204);
        assert_eq!(delivery(&app).await, ["delivered"]);
    })
    .await;
}

#[tokio::test]
async fn a_route_with_another_secret_is_told_of_what_went_before() {
    on_both(async |app| {
        let before = line(&app, "[]").await;
        send(&app).await;
        let mut tx = app.begin().await;
        let id = RouteId(before.split('/').nth(2).expect("an address has parts").to_owned());
        let route = routes::find(&mut tx, &id).await.expect("the statement is well").expect("it is there");
        let renewed = routes::renew_secret(&mut tx, &route).await.expect("it gets another secret");
        let after = routes::find(&mut tx, &id).await.expect("the statement is well").expect("it is there");
        tx.commit().await.expect("it is kept");
        assert!(!renewed.is_in_settings && renewed.secret == after.secret);
        assert_eq!((&after.id, after.changed_at), (&route.id, route.changed_at), "its gateway stays open");
        let now = address(&after);
        assert_ne!(now, before);

        app.browser().get(&format!("{before}?id=SM7&status=14")).await.is(404);
        assert_eq!(delivery(&app).await, [""]);
        app.browser().get(&format!("{now}?id=SM7&status=10")).await.is(204);
        assert_eq!(delivery(&app).await, ["delivered"]);
    })
    .await;
}
