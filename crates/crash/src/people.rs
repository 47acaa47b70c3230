//! The people: sixteen who send and four who review. They come in once, as people do, and stay.

use std::fs;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde_json::Value;
use tokio::time::{Instant, sleep};
use totp_rs::{Builder, Secret};

use crate::Outcome;
use crate::client::{Browser, between};
use crate::house::{House, email};

const SENDERS: usize = 16;
const PASSWORD: &str = "a blue cat on the garden wall";
/// How long an app shows one code.
const STEP: u64 = 30;
/// How long a message may take to come.
const POST: Duration = Duration::from_secs(30);

/// Everybody who takes part. Cloning is cheap.
#[derive(Clone)]
pub struct People {
    pub senders: Vec<Arc<Person>>,
    pub reviewers: Vec<Arc<Person>>,
}

/// Somebody with a browser in which they are signed in.
pub struct Person {
    pub browser: Browser,
    /// The token of all their forms.
    pub token: String,
    /// Mobile number or e-mail address, as the tables hold it.
    pub address: String,
}

impl People {
    /// Has everybody come in through the front door.
    pub async fn come_in(house: &House) -> Outcome<People> {
        let mut people = People { senders: Vec::new(), reviewers: Vec::new() };
        for number in 1..=SENDERS {
            people.senders.push(Arc::new(sender(house, &format!("+98912{number:07}")).await?));
        }
        for (index, invitation) in house.invitations.iter().enumerate() {
            people.reviewers.push(Arc::new(reviewer(house, invitation, email(index + 1)).await?));
        }
        Ok(people)
    }

    /// The sender with this mobile number.
    pub fn sender(&self, mobile: &str) -> Option<&Arc<Person>> {
        self.senders.iter().find(|sender| sender.address == mobile)
    }
}

/// By mobile number and the code that is sent there.
async fn sender(house: &House, mobile: &str) -> Outcome<Person> {
    let browser = Browser::new(house.port);
    let token = browser.get("/").await?.expect(200)?.value("form_token")?;
    browser.post("/sign-in", &token, &[("mobile", mobile)]).await?.expect(303)?;
    let code = code(house, mobile).await?;
    browser.post("/sign-in/code", &token, &[("code", &code)]).await?.expect(303)?;
    Ok(Person { token: form_token(&browser, "/letters/new").await?, browser, address: mobile.to_owned() })
}

/// By invitation, then by password and app.
async fn reviewer(house: &House, invitation: &str, email: String) -> Outcome<Person> {
    let browser = Browser::new(house.port);
    let page = browser.get(invitation).await?.expect(200)?;
    let token = page.value("form_token")?;
    let secret = between(&page.text(), "secret=", "&").ok_or("the invitation shows no secret")?.to_owned();
    // A code serves once: the invitation takes the one before, so that the sign-in may have the present one.
    let (earlier, present) = (code_of_app(&secret, STEP)?, code_of_app(&secret, 0)?);
    browser.post(invitation, &token, &[("password", PASSWORD), ("code", &earlier)]).await?.expect(200)?;
    let token = form_token(&browser, "/desk/sign-in").await?;
    browser.post("/desk/sign-in", &token, &[("email", &email), ("password", PASSWORD)]).await?.expect(303)?;
    let token = form_token(&browser, "/desk/sign-in/second-factor").await?;
    browser.post("/desk/sign-in/second-factor", &token, &[("code", &present)]).await?.expect(303)?;
    Ok(Person { token: form_token(&browser, "/desk").await?, browser, address: email })
}

async fn form_token(browser: &Browser, path: &str) -> Outcome<String> {
    browser.get(path).await?.expect(200)?.value("form_token")
}

/// The code in the message to this number.
async fn code(house: &House, mobile: &str) -> Outcome<String> {
    let start = Instant::now();
    while start.elapsed() < POST {
        let spool = fs::read_to_string(house.spool()).unwrap_or_default();
        let mut messages = spool.lines().rev().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        if let Some(message) = messages.find(|message| message["to"] == mobile) {
            let text = message["text"].as_str().unwrap_or_default();
            return Ok(text.chars().take(6).collect());
        }
        sleep(Duration::from_millis(20)).await;
    }
    Err("the code did not come".into())
}

/// What the app showed so many seconds ago.
fn code_of_app(secret: &str, ago: u64) -> Outcome<String> {
    let secret = Secret::try_from_base32(secret).map_err(|error| format!("{error:?}"))?;
    let totp = Builder::new().with_secret(secret).build().map_err(|error| format!("{error:?}"))?;
    Ok(totp.generate(now().as_secs() - ago).to_string())
}

#[expect(clippy::disallowed_methods, reason = "the app of a reviewer goes by the system's clock, as the server does")]
fn now() -> Duration {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
}
