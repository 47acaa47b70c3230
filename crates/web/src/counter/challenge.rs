//! The challenge in a form: the silent proof, the image, or the wait, one beside the other, so that nobody is shut out.

use pishkhan_office::Moment;
use pishkhan_office::accounts::challenge::{self, ChallengeAnswer, Checked};

use crate::form::Fields;
use crate::layout::Fault;
use crate::links::{self, Link};
use crate::problem::Problem;
use crate::visit::Visit;

/// What a form offers.
pub struct Offer {
    /// The proof of work as the script reads it; None where it isn't the way.
    pub proof: Option<String>,
    /// The image's token.
    pub image: String,
    /// Whether the image is the way that was chosen, or needed.
    pub has_image: bool,
    pub wait: Option<Wait>,
    /// How long the way without a test takes.
    pub wait_seconds: u64,
    /// Whether the setting asks for no challenge at all.
    pub is_off: bool,
}

/// A wait on its way, or over.
pub struct Wait {
    pub token: String,
    /// None when it is over.
    pub until: Option<Moment>,
    /// Whole seconds until then.
    pub seconds: u64,
}

/// Which way somebody chose, as it stands in the address.
#[derive(Clone, Debug, Default, serde::Deserialize)]
pub struct Way {
    #[serde(default)]
    pub challenge: String,
    #[serde(default)]
    pub wait: String,
    #[serde(default)]
    pub next: String,
}

impl Offer {
    /// The challenges of a fresh form.
    pub fn of(visit: &Visit, way: &Way) -> Offer {
        let (secret, rules) = (&visit.app.secret, &visit.app.rules);
        let issued = challenge::issue(secret, rules, &visit.organisation.id, visit.now);
        let has_image = way.challenge == "image";
        let wait = challenge::waits_until(secret, rules, &visit.organisation.id, visit.now, &way.wait).map(|until| {
            let seconds = until.since(visit.now).as_millis().div_ceil(1000);
            Wait {
                token: way.wait.clone(),
                until: (until > visit.now).then_some(until),
                seconds: u64::try_from(seconds).unwrap_or(0),
            }
        });
        let is_silent = !has_image && wait.is_none();
        Offer {
            proof: is_silent.then(|| serde_json::to_string(&issued.proof).unwrap_or_default()),
            image: issued.image,
            has_image,
            wait,
            wait_seconds: rules.sign_in.wait.as_secs(),
            is_off: !rules.sign_in.has_challenge,
        }
    }

    /// Where the image is.
    pub fn image_link(&self) -> Link {
        links::security_image(&self.image)
    }

    /// Whether the form can be sent now.
    pub fn is_ready(&self) -> bool {
        self.wait.as_ref().is_none_or(|wait| wait.until.is_none())
    }
}

/// The way of a form whose answer was not looked at: image and wait are not used up by a slip of the finger.
pub fn kept(fields: &Fields) -> Way {
    let wait = fields.get("wait").to_owned();
    let is_image = fields.has("image_code") && fields.get("altcha").is_empty() && wait.is_empty();
    Way { challenge: if is_image { String::from("image") } else { String::new() }, wait, ..Way::default() }
}

/// Checks the answer in a form; a fault says what to mend, and which way to offer next.
pub async fn check(visit: &Visit, fields: &Fields) -> Result<Result<(), (Fault, Way)>, Problem> {
    let answer = ChallengeAnswer {
        proof: Some(fields.get("altcha")),
        image: Some(fields.get("image")),
        image_code: Some(fields.get("image_code")),
        wait: Some(fields.get("wait")),
    };
    let mut tx = visit.begin().await?;
    let checked = challenge::check(&mut tx, &visit.app.secret, &visit.app.rules, answer).await?;
    tx.commit().await?;
    let words = visit.words;
    let image = Way { challenge: "image".to_owned(), ..Way::default() };
    Ok(match checked {
        Checked::Passed => Ok(()),
        Checked::Missing => Err((fault(words.t("challenge-missing")), image)),
        Checked::WrongImage => Err((fault(words.t("challenge-wrong-image")), image)),
        Checked::Failed => Err((fault(words.t("challenge-failed")), image)),
        Checked::TooEarly { .. } => {
            let way = Way { wait: fields.get("wait").to_owned(), ..Way::default() };
            Err((fault(words.t("challenge-too-early")), way))
        }
    })
}

fn fault(text: &str) -> Fault {
    Fault { field: "image_code", text: text.to_owned() }
}
