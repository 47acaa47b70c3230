//! Each provider against a fake that is written from the field guide's tables (§2.2): it takes only the request that stands there, to the
//! last field, and answers as told. Every code that is listed there is answered once. The generic one's provider is made up.

mod generic;
mod ghasedak;
mod ippanel;
mod iranpayamak;
mod kavenegar;
mod limits;
mod magfa;
mod melipayamak;
mod sms_ir;
mod twilio;
mod vonage;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use pishkhan_courier::gateways::{
    Delivery, GatewayId, GatewaySettings, Mapping, Parameter, Purpose, SendError, callback,
};
use pishkhan_courier::{Gateway, Language, MessageId, Outgoing};
use pishkhan_store::{Moment, OrganisationId};
use serde_json::Value;

use crate::service::{Asked, Service, written};

pub const KEY: &str = "s3cret/key";
pub const TEXT: &str = "نامه ثبت شد\nشماره: 1405/د/101";

/// A request as the table has it, and what is answered to it.
pub struct Exchange {
    /// Method and target.
    line: String,
    /// A header line that must be there; empty for none.
    header: String,
    body: Body,
    answer: (u16, String),
}

/// The whole body of a request.
#[derive(Clone)]
pub enum Body {
    Nothing,
    Form(Vec<(&'static str, String)>),
    Json(Value),
}

/// A provider that holds on to its table.
pub struct Fake {
    service: Service,
    faults: Arc<Mutex<Vec<String>>>,
    left: Arc<Mutex<VecDeque<Exchange>>>,
}

pub fn exchange(line: &str, header: &str, body: Body, status: u16, answer: &Value) -> Exchange {
    Exchange { line: line.into(), header: header.into(), body, answer: (status, answer.to_string()) }
}

impl Fake {
    pub async fn start(exchanges: Vec<Exchange>) -> Fake {
        let faults = Arc::new(Mutex::new(Vec::new()));
        let left = Arc::new(Mutex::new(VecDeque::from(exchanges)));
        let (noted, waiting) = (faults.clone(), left.clone());
        let service = Service::start(move |asked| {
            let next = waiting.lock().expect("no thread fails while it holds the lock").pop_front();
            let Some(next) = next else {
                noted
                    .lock()
                    .expect("no thread fails while it holds the lock")
                    .push(format!("one too many: {}", asked.line));
                return Some(written(500, ""));
            };
            if let Some(fault) = next.fault(asked) {
                noted.lock().expect("no thread fails while it holds the lock").push(fault);
            }
            Some(written(next.answer.0, &next.answer.1))
        })
        .await;
        Fake { service, faults, left }
    }

    /// The gateway under this fake's address, from settings as they are stored; their base is a path here.
    pub fn gateway(&self, mut settings: Value) -> Box<dyn Gateway> {
        let path = settings["base"].as_str().unwrap_or_default().to_owned();
        settings["base"] = format!("{}{path}", self.service.address).into();
        opened(settings)
    }

    /// Everything was asked, and as the table has it.
    pub fn done(&self) {
        let faults = self.faults.lock().expect("no thread fails while it holds the lock");
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        let left = self.left.lock().expect("no thread fails while it holds the lock").len();
        assert_eq!(left, 0, "{left} requests never came");
    }
}

impl Exchange {
    fn fault(&self, asked: &Asked) -> Option<String> {
        let line = format!("{} HTTP/1.1", self.line);
        if asked.line != line {
            return Some(format!("asked {}\n  not {line}", asked.line));
        }
        if !self.header.is_empty() && !asked.headers.contains(&self.header) {
            return Some(format!("no header {:?} in {:?}", self.header, asked.headers));
        }
        let is_of = |media: &str| asked.headers.iter().any(|line| line.starts_with(&format!("content-type: {media}")));
        match &self.body {
            Body::Nothing => (!asked.body.is_empty()).then(|| format!("a body: {}", asked.body)),
            Body::Form(fields) => {
                let mut wanted: Vec<(String, String)> =
                    fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
                let mut found = callback::form_fields(&asked.body);
                wanted.sort();
                found.sort();
                (found != wanted || !is_of("application/x-www-form-urlencoded"))
                    .then(|| format!("the form has\n  {found:?}, not\n  {wanted:?}"))
            }
            Body::Json(wanted) => {
                let found: Value = serde_json::from_str(&asked.body).unwrap_or_default();
                (found != *wanted || !is_of("application/json"))
                    .then(|| format!("the body is\n  {found}, not\n  {wanted}"))
            }
        }
    }
}

pub fn form(fields: &[(&'static str, &str)]) -> Body {
    Body::Form(fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect())
}

pub fn message() -> Outgoing {
    let value = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    Outgoing {
        id: MessageId("000000000000000000000000000000ff".into()),
        organisation: OrganisationId("shahrdari".into()),
        to: "+989121234567".into(),
        template: "letter_registered".into(),
        text: TEXT.into(),
        language: Language::Persian,
        values: vec![value("number", "1405/د/101"), value("tracking", "012345678901"), value("date", "1405/09/08")],
        purpose: Purpose::Notice,
        expires_at: None,
        at: Moment(0),
    }
}

/// The gateway of settings that were stored and read again.
pub fn opened(settings: Value) -> Box<dyn Gateway> {
    let settings: GatewaySettings = serde_json::from_value(settings).expect("the settings can be read");
    assert!(!format!("{settings:?}").contains(KEY), "{settings:?} shows the key");
    let stored = serde_json::to_value(&settings).expect("settings can be stored");
    let again: GatewaySettings = serde_json::from_value(stored).expect("what was stored can be read");
    again.open().expect("the settings are good")
}

/// A mapping with these places and the values in them.
pub fn mapping(template: &str, places: &[(&str, &str)]) -> Mapping {
    let parameter = |(name, value): &(&str, &str)| Parameter {
        name: (*name).to_owned(),
        value: (*value).to_owned(),
        longest: None,
        is_number: false,
    };
    Mapping {
        kind: "letter_registered".into(),
        language: None,
        template: template.into(),
        parameters: places.iter().map(parameter).collect(),
        is_call: false,
    }
}

pub fn ids(ids: &[&str]) -> Vec<GatewayId> {
    ids.iter().map(|id| GatewayId((*id).to_owned())).collect()
}

pub fn known(pairs: &[(&str, Delivery)]) -> Vec<(GatewayId, Delivery)> {
    pairs.iter().map(|(id, delivery)| (GatewayId((*id).to_owned()), *delivery)).collect()
}

/// The kinds of errors, in the words that the tables below use.
pub fn kind(error: &SendError) -> &'static str {
    // Whatever went wrong, nothing of the message or the account is told.
    for secret in [KEY, "s3cret", "9121234567", "نامه", "012345678901", "127.0.0.1"] {
        assert!(!format!("{error} {error:?}").contains(secret), "{error:?} gives {secret} away");
    }
    match error {
        SendError::Refused(_) => "refused",
        SendError::Blocked(_) => "blocked",
        SendError::NoCredit(_) => "no credit",
        SendError::Setup(_) => "setup",
        SendError::Template(_) => "template",
        SendError::Busy { .. } => "busy",
        SendError::Failed(_) => "failed",
        SendError::Unsure(_) => "unsure",
    }
}
