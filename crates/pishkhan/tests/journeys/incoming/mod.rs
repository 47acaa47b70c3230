//! Texts that people send to our line: a status for whoever has the code, withdrawing and rating for the sender's own number, and nothing for
//! strangers, machines, and what is told twice.

mod guards;
mod wishes;

use std::sync::atomic::{AtomicU32, Ordering};

use pishkhan_courier::routes::{self, RouteDefinition};
use pishkhan_office::OrganisationId;
use pishkhan_office::ids::LetterId;
use pishkhan_office::persian::Mobile;
use pishkhan_testkit::{Letter, TestApp};

const NUMBER: &str = "09121234567";
const STRANGER: &str = "09359998877";
/// A code as they are; whoever needs a letter of none asks for this one.
const CODE: &str = "133607133601";
const HOUR: u64 = 60 * 60;
const DAY: u64 = 24 * HOUR;

const NOT_YOURS: &str = "نامه‌ای با این شماره پیگیری از این تلفن همراه پیدا نشد.";
const UNKNOWN: &str = "نامه‌ای با این شماره پیگیری پیدا نشد. دوباره نگاه کنید.";
const RATED: &str = "امتیاز شما ثبت شد. سپاسگزاریم.";

/// A line whose gateway passes on what people write.
struct Line {
    app: TestApp,
    address: String,
    texts: AtomicU32,
}

impl Line {
    async fn open(app: &TestApp) -> Line {
        Line::of(app, &app.organisation().id, "to = \"to\"\nid = \"messageid\"\n").await
    }

    /// Codes go by it, into the app's own file; everything else takes the gateway of the settings.
    async fn of(app: &TestApp, organisation: &OrganisationId, more: &str) -> Line {
        let definition = format!(
            "name = \"خط\"\npurposes = [\"code\"]\n[gateway]\nkind = \"spool\"\nfile = \"{}\"\n\
             [texts]\nfrom = \"from\"\ntext = \"message\"\n{more}",
            app.spool().display()
        );
        Line::by(app, organisation, &definition).await
    }

    /// One that a route of this definition has.
    async fn by(app: &TestApp, organisation: &OrganisationId, definition: &str) -> Line {
        let definition: RouteDefinition = toml::from_str(definition).expect("a definition");
        let mut tx = app.parts().db.begin(organisation, app.now()).await.expect("the database lets us begin");
        let id = routes::add(&mut tx, &definition).await.expect("a route is added");
        let route = routes::find(&mut tx, &id).await.expect("the statement is well").expect("it is there");
        tx.commit().await.expect("it is kept");
        let address = format!("/gateways/{id}/{}", route.secret.reveal());
        Line { app: app.clone(), address, texts: AtomicU32::new(1) }
    }

    /// Passes a text on, under an id of its own.
    async fn hears(&self, from: &str, text: &str) {
        let id = format!("M{}", self.texts.fetch_add(1, Ordering::Relaxed));
        self.tells(&id, from, text).await;
    }

    /// Passes a text on under this id, which may be another's.
    async fn tells(&self, id: &str, from: &str, text: &str) {
        let fields = [("messageid", id), ("from", from), ("to", "3000"), ("message", text)];
        self.app.browser().post(&self.address, &fields).await.is(204);
    }

    /// Passes a text on and answers what came back; nothing else may have been said.
    async fn answers(&self, from: &str, text: &str) -> String {
        let before = told(&self.app, from).await.len();
        self.hears(from, text).await;
        let mut told = told(&self.app, from).await;
        assert_eq!(told.len(), before + 1, "{text}: {told:?}");
        told.remove(before)
    }

    /// Passes a text on to which nothing is said.
    async fn is_silent(&self, from: &str, text: &str) {
        let before = self.app.messages().await.len();
        self.hears(from, text).await;
        assert_eq!(self.app.messages().await.len(), before, "{text} is answered");
    }
}

/// What was answered to the texts of this number, oldest first. Nothing private is in any of it.
async fn told(app: &TestApp, number: &str) -> Vec<String> {
    let mobile = Mobile::parse(number).expect("a mobile number");
    let answers = app.messages().await.into_iter().filter(|mail| mail.template == "text_answered");
    let own: Vec<String> = answers.filter(|mail| mail.to == mobile.as_str()).map(|mail| mail.text).collect();
    for text in &own {
        for private in ["مریم", "احمدی", "قبض آب", "سه برابر", "شکایات", "توکلی", "9121234567", "9359998877", "انشعاب"]
        {
            assert!(!text.contains(private), "{text} tells {private}");
        }
        assert!(text.encode_utf16().count() <= 70, "{text} is more than a part");
    }
    own
}

/// A letter that was registered, and its code.
async fn registered(app: &TestApp, number: &str) -> (LetterId, String) {
    let sender = app.sender(number).signs_in().await;
    let letter = sender.sends(&Letter::default()).await;
    app.reviewer().await.registers(&letter).await;
    let mut codes = app
        .texts("select tracking_code from letters where tracking_code is not null order by registered_at desc, id")
        .await;
    (letter, codes.remove(0))
}

/// One that an officer has in hand, so that it can be withdrawn.
async fn in_hand(app: &TestApp, number: &str) -> (LetterId, String) {
    let (letter, code) = registered(app, number).await;
    app.officer("شکایات").await.takes(&letter).await;
    (letter, code)
}

async fn answered(app: &TestApp, number: &str) -> (LetterId, String) {
    let (letter, code) = in_hand(app, number).await;
    app.officer("شکایات").await.answers(&letter, "انشعاب داده می‌شود.", &[]).await;
    (letter, code)
}

async fn states(app: &TestApp) -> Vec<String> {
    app.texts("select state from letters order by created_at, id").await
}

async fn ratings(app: &TestApp) -> Vec<i64> {
    app.numbers("select coalesce(rating, 0) from letters order by created_at, id").await
}

/// The line of an answer that is to be sent back.
fn last_line(answer: &str) -> String {
    answer.lines().last().expect("an answer has lines").to_owned()
}

/// The same with another last digit.
fn mistyped(line: &str) -> String {
    let other = if line.ends_with('7') { '3' } else { '7' };
    format!("{}{other}", &line[..line.len() - 1])
}
