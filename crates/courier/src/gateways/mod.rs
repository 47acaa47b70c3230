//! Those who carry a message out of the building, one file each, behind one trait. Each sends once; when, how often and by whom is
//! the round's business.

mod answer;
pub mod callback;
mod channel;
mod console;
mod delivery;
mod exchange;
mod failure;
mod fault;
mod ghasedak;
mod http;
mod ippanel;
mod iranpayamak;
mod kavenegar;
mod key;
mod kind;
mod magfa;
mod mail;
mod mapping;
mod melipayamak;
mod outgoing;
mod secrets;
mod settings;
pub mod smpp;
mod sms_ir;
mod spool;
mod template;
mod twilio;
mod vonage;
mod words;

use std::pin::Pin;
use std::time::Duration;

use pishkhan_store::Moment;

pub use channel::Channel;
pub use console::Console;
pub use delivery::Delivery;
pub use failure::SendError;
pub use fault::Fault;
pub use ghasedak::{Ghasedak, GhasedakSettings};
pub use http::{Http, HttpCredit, HttpRequest, HttpSettings, HttpSettingsError, HttpStatus, HttpTemplate, HttpUnit};
pub use ippanel::{Ippanel, IppanelSettings};
pub use iranpayamak::{Iranpayamak, IranpayamakSettings};
pub use kavenegar::{Kavenegar, KavenegarSettings};
pub use key::{Key, plain_word};
pub(crate) use kind::is_read_out;
pub use kind::{Kind, Signs, Value};
pub use magfa::{Magfa, MagfaSettings};
pub use mail::{Mail, MailSettings, Safety};
pub use mapping::{Mapping, Parameter, PlaceRule, Spoken, TemplateRules, check};
pub use melipayamak::{Melipayamak, MelipayamakSettings};
pub use outgoing::{Accepted, Arrival, Credit, GatewayId, IncomingText, Outgoing, Purpose, Unit, Urgency};
pub(crate) use secrets::Secrets;
pub use settings::{GatewaySettings, SettingsError};
pub use smpp::{Smpp, SmppSettings, sms_parts, ucs2_parts};
pub use sms_ir::{SmsIr, SmsIrSettings};
pub use spool::Spool;
pub use twilio::{Twilio, TwilioSettings};
pub use vonage::{Vonage, VonageSettings};
pub(crate) use words::shown_words;

/// Work under way, which may be handed to any task.
pub type Work<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A way out.
pub trait Gateway: Send + Sync {
    /// Its name, for the log and for pages: `kavenegar`.
    fn name(&self) -> &'static str;

    /// The longest that a send may take.
    fn time_limit(&self) -> Duration;

    /// What it can do besides sending a text.
    fn abilities(&self) -> Abilities {
        Abilities::default()
    }

    /// Sends a message's text, once.
    fn send_text<'a>(&'a self, message: &'a Outgoing) -> Work<'a, Result<Accepted, SendError>>;

    /// Sends a message by a template of the gateway's, once.
    fn send_template<'a>(
        &'a self,
        _message: &'a Outgoing,
        _mapping: &'a Mapping,
    ) -> Work<'a, Result<Accepted, SendError>> {
        Box::pin(async { Err(SendError::Setup("the gateway has no templates".into())) })
    }

    /// What is wrong with a mapping, before anything is sent by it. `kind` is the kind that it names, if there is one.
    fn faults(&self, mapping: &Mapping, kind: Option<&Kind>) -> Vec<Fault> {
        check(self.abilities().templates, mapping, kind)
    }

    /// What became of some messages; those of which there is nothing to say are left out.
    fn status<'a>(&'a self, _ids: &'a [GatewayId]) -> Work<'a, Result<Vec<(GatewayId, Delivery)>, SendError>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    /// What the account still holds; None when the gateway doesn't say.
    fn credit(&self) -> Work<'_, Result<Option<Credit>, SendError>> {
        Box::pin(async { Ok(None) })
    }

    /// What it answered last, word by word, for whoever tries it out, who is shown no secret in it; empty where that isn't kept, or was
    /// taken before.
    fn take_words(&self) -> String {
        String::new()
    }

    /// The settings that it was opened by, where what it is answered is kept: whoever tries it out opens another one, so that what that one is
    /// answered is about no other message.
    fn settings(&self) -> Option<GatewaySettings> {
        None
    }

    /// What has come in by itself since the last time.
    fn take_arrivals(&self) -> Vec<Arrival> {
        Vec::new()
    }
}

/// What a gateway can do.
#[derive(Clone, Copy, Debug, Default)]
pub struct Abilities {
    /// What its templates take; None when it has none.
    pub templates: Option<&'static TemplateRules>,
    /// Whether it drops a text that comes again under the same id, so that a send of which nobody knows may be repeated.
    pub drops_repeated_texts: bool,
    /// The same of what goes by a template.
    pub drops_repeated_templates: bool,
    /// How it tells what became of a message.
    pub reports: Reports,
}

/// How a gateway tells what became of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reports {
    /// Not at all.
    #[default]
    Never,
    /// When it is asked, so many messages at once, as long as it remembers them.
    Asked {
        /// The most ids of one question.
        at_once: usize,
        /// How long it remembers.
        within: Duration,
    },
    /// By a call to our address, which its settings there must name.
    Called,
    /// By such a call; when none came for some minutes it is asked, as often and as long as [`Reports::Asked`] is.
    CalledOrAsked {
        /// The most ids of one question.
        at_once: usize,
        /// How long it remembers.
        within: Duration,
    },
    /// Over the link that stays open: [`Gateway::take_arrivals`].
    Arriving,
}

impl Reports {
    /// About how many messages it is asked at once, and how long it remembers them; None of one that can't be asked.
    pub(crate) fn questions(self) -> Option<(usize, Duration)> {
        match self {
            Reports::Asked { at_once, within } | Reports::CalledOrAsked { at_once, within } => Some((at_once, within)),
            Reports::Never | Reports::Called | Reports::Arriving => None,
        }
    }
}

/// A moment as `2025-03-21T08:30:00Z`.
fn rfc3339(moment: Moment) -> String {
    let clamped = moment.0.clamp(jiff::Timestamp::MIN.as_millisecond(), jiff::Timestamp::MAX.as_millisecond());
    jiff::Timestamp::from_millisecond(clamped).expect("it was clamped to what a timestamp can be").to_string()
}

#[cfg(test)]
pub(crate) fn sample(text: &str) -> Outgoing {
    Outgoing {
        id: crate::MessageId("0f".into()),
        organisation: pishkhan_store::OrganisationId("shahrdari".into()),
        to: "+989121234567".into(),
        template: "sign_in_code".into(),
        text: text.into(),
        language: pishkhan_persian::Language::Persian,
        values: Vec::new(),
        purpose: Purpose::Code,
        expires_at: None,
        at: Moment(1_742_545_800_000),
    }
}
