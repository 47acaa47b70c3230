//! Calls in another's name: a gateway speaks for the messages that went by its own route and for no others, and nobody writes a field into a
//! call that the gateway has filled.

use pishkhan_courier::gateways::Spool;
use pishkhan_courier::routes::{self, RouteDefinition};
use pishkhan_courier::{Courier, CourierRules};
use pishkhan_office::OrganisationId;
use pishkhan_office::dispatch::KINDS;
use pishkhan_testkit::{Letter, TestApp, on_both};

/// A route for notices, to a file; where its gateway calls.
async fn line(app: &TestApp, organisation: &OrganisationId, name: &str) -> String {
    let file = app.spool().with_file_name(format!("{name}.jsonl"));
    let definition = format!(
        "name = \"{name}\"\npurposes = [\"notice\"]\n[gateway]\nkind = \"spool\"\nfile = \"{}\"\n\
         [calls]\nid = \"id\"\nstate = \"status\"\nstates = {{ \"5\" = \"sent\", \"10\" = \"delivered\", \"14\" = \"blocked\" }}\n\
         [texts]\nfrom = \"from\"\ntext = \"message\"\nid = \"id\"\n",
        file.display()
    );
    let definition: RouteDefinition = toml::from_str(&definition).expect("a definition");
    let mut tx = app.parts().db.begin(organisation, app.now()).await.expect("the database lets us begin");
    let id = routes::add(&mut tx, &definition).await.expect("a route is added");
    let route = routes::find(&mut tx, &id).await.expect("the statement is well").expect("it is there");
    tx.commit().await.expect("it is kept");
    format!("/gateways/{id}/{}", route.secret.reveal())
}

async fn delivery(app: &TestApp) -> Vec<String> {
    app.texts("select delivery from outbox where template = 'letter_submitted' and organisation_id <> ''").await
}

/// Lets the courier take what was called before its message was known.
async fn take_late(app: &TestApp) {
    let (db, clock) = (app.parts().db.clone(), app.parts().clock.clone());
    let gateway = Box::new(Spool::new(app.spool().to_path_buf()));
    let courier = Courier::new(db, clock, gateway, &KINDS, CourierRules::default());
    courier.ask().await.expect("the database answers");
}

#[tokio::test]
async fn a_gateway_says_nothing_of_what_went_by_another_route() {
    on_both(async |app| {
        let own = line(&app, &app.organisation().id, "own").await;
        let there = line(&app, &app.elsewhere().organisation().id, "there").await;
        let shared = line(&app, &OrganisationId::house(), "shared").await;
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        app.settle_quietly().await;
        app.execute(
            "update outbox set gateway_id = 'SM7' where template = 'letter_submitted' and organisation_id <> ''",
        )
        .await;

        let gateway = app.browser();
        for other in [&there, &shared] {
            gateway.get(&format!("{other}?id=SM7&status=10")).await.is(204);
            gateway.get(&format!("{other}?id=SM7&status=14")).await.is(204);
        }
        let (route, _) = own.rsplit_once('/').expect("an address has parts");
        let (_, secret) = there.rsplit_once('/').expect("an address has parts");
        gateway.get(&format!("{route}/{secret}?id=SM7&status=14")).await.is(404);
        take_late(&app).await;
        assert_eq!(delivery(&app).await, [""], "another's word is nobody's");

        let blocked = "\u{feff}{\"id\":\"SM7\",\"status\":14}";
        gateway.post_body(&own, "Application/JSON; charset=utf-8", blocked).await.is(204);
        assert_eq!(delivery(&app).await, ["blocked"]);
        sender.letter(&letter).await.says("اپراتور شما پیامک‌های خدماتی را نگرفته است");
        // Again, and a month late.
        gateway.get(&format!("{own}?id=SM7&status=5")).await.is(204);
        app.wait(30 * 24 * 3_600).await;
        for state in [5, 10, 14] {
            gateway.get(&format!("{own}?id=SM7&status={state}")).await.is(204);
        }
        take_late(&app).await;
        assert_eq!(delivery(&app).await, ["blocked"]);
    })
    .await;
}

#[tokio::test]
async fn nobody_writes_a_field_into_a_call() {
    on_both(async |app| {
        let own = line(&app, &app.organisation().id, "own").await;
        let heard = async || app.count("select count(*) from incoming_texts where organisation_id <> ''").await;
        let gateway = app.browser();
        // A text as somebody wrote it, in an address into which the gateway puts it as it is.
        let written = "hello&from=09351234567&id=M2";
        for call in [
            format!("{own}?from=09121234567&message={written}"),
            format!("{own}?message={written}&from=09121234567"),
            format!("{own}?id=SM7&status=5&message=5&status=14"),
        ] {
            gateway.get(&call).await.is(404);
        }
        assert_eq!(heard().await, 0);
        gateway.get(&format!("{own}?id=M1&from=09121234567&message=5&from=09121234567")).await.is(204);
        assert_eq!(heard().await, 1, "the same twice is the same");
    })
    .await;
}
