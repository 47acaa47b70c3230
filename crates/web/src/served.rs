//! Answers that were issued, with the proof of their service, as both sides read them: issued, told by SMS, opened. What no gateway
//! has said is not claimed.

use pishkhan_office::Moment;
use pishkhan_office::answers::{Delivery, Issued};
use pishkhan_office::ids::FileId;
use pishkhan_office::letters::{Ending, Rating};

use crate::desk::status::Number;
use crate::layout::Page;

/// An answer that was issued.
pub struct Given {
    pub number: Option<Number>,
    pub by: String,
    pub date: String,
    pub text: String,
    pub ending: Ending,
    pub files: Vec<FileId>,
    pub proofs: Vec<Proof>,
    pub is_former: bool,
    /// Of one that is former: what its sender thought of it.
    pub rating: Option<Rated>,
}

/// What the sender thought of an answer.
pub struct Rated {
    pub steps: String,
    pub text: String,
    pub when: String,
}

/// One part of the proof of its service.
pub struct Proof {
    pub text: &'static str,
    /// When, in words and for `<time>`; None for what has not happened, and for what nobody knows the time of.
    pub at: Option<(String, String)>,
}

impl Given {
    pub fn all(page: &Page, issued: Vec<Issued>) -> Vec<Given> {
        issued.into_iter().map(|issued| Given::of(page, issued)).collect()
    }

    fn of(page: &Page, issued: Issued) -> Given {
        Given {
            proofs: proofs(page, &issued),
            number: issued.number.map(|number| Number::of(page, &number.printed, number.direction)),
            by: issued.by,
            date: page.day(&issued.at),
            text: issued.text,
            ending: issued.ending,
            files: issued.files,
            is_former: issued.undone_at.is_some(),
            rating: issued.rating.as_ref().map(|rating| Rated::of(page, rating)),
        }
    }
}

impl Rated {
    pub fn of(page: &Page, rating: &Rating) -> Rated {
        Rated { steps: page.number(u64::from(rating.steps)), text: rating.text.clone(), when: page.when(&rating.at) }
    }
}

impl Page {
    /// Why a letter was rejected, with the legal ground if there is one.
    pub fn because(&self, reason: &str, ground: &str) -> String {
        if ground.is_empty() {
            return reason.to_owned();
        }
        self.words.fill("rejected-by-ground", &[("reason", reason), ("ground", ground)])
    }

    /// What an answer says of the matter beside its text, if it says anything.
    pub fn ending(&self, ending: &Ending) -> Option<String> {
        let (key, name, line) = match ending {
            Ending::Final => return None,
            Ending::Outward(authority) => ("answer-elsewhere", "authority", authority),
            Ending::Partial(ground) => ("answer-partial-said", "ground", ground),
            Ending::Refused(ground) => ("answer-refused-said", "ground", ground),
        };
        (!line.is_empty()).then(|| self.words.a(key, name, line))
    }
}

/// What has happened so far; that the SMS is on its way, too.
fn proofs(page: &Page, issued: &Issued) -> Vec<Proof> {
    let sms = match issued.delivery {
        Delivery::Unknown => None,
        Delivery::Waiting => Some(("served-sms-waiting", None)),
        Delivery::Sent(at) => Some(("served-sms-sent", Some(at))),
        Delivery::Delivered(at) => Some(("served-sms-delivered", Some(at))),
        Delivery::Lost => Some(("served-sms-lost", None)),
        Delivery::Failed(at) => Some(("served-sms-failed", Some(at))),
        Delivery::Unsure(at) => Some(("served-sms-unsure", Some(at))),
    };
    // Whoever got no message may have got it on paper.
    let is_by_hand = page.is_at_desk && issued.delivery == Delivery::Unknown;
    let opened = match issued.opened_at {
        Some(at) if is_by_hand => Some(("served-received", Some(at))),
        None if is_by_hand && issued.undone_at.is_none() => Some(("served-not-received", None)),
        Some(at) if page.is_at_desk => Some(("served-opened", Some(at))),
        Some(at) => Some(("served-opened-by-you", Some(at))),
        None if issued.undone_at.is_none() => Some(("served-not-opened", None)),
        None => None,
    };
    let all = [Some(("served-issued", Some(issued.at))), sms, opened];
    all.into_iter().flatten().map(|(key, at)| Proof { text: page.t(key), at: at.map(|at| moment(page, at)) }).collect()
}

fn moment(page: &Page, at: Moment) -> (String, String) {
    (page.when(&at), page.iso(&at))
}
