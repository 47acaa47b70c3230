//! A message as gateways get it, and what they answer.

use std::fmt;
use std::time::Duration;

use pishkhan_persian::Language;
use pishkhan_store::{Moment, OrganisationId};
use serde::{Deserialize, Serialize};

use super::{Delivery, SendError};
use crate::MessageId;

/// A message on its way out.
#[derive(Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Ours; the same over all tries, so that a gateway can tell a repetition.
    pub id: MessageId,
    /// Whose message it is.
    pub organisation: OrganisationId,
    /// The mobile number, `+989…`, or the address when it goes by e-mail.
    pub to: String,
    /// Which kind of message it is.
    pub template: String,
    /// The text, whole.
    pub text: String,
    /// In which language it speaks.
    pub language: Language,
    /// What stands in its places, by name, for gateways that fill templates of their own.
    pub values: Vec<(String, String)>,
    /// What it is for.
    pub purpose: Purpose,
    /// From when on nobody needs it any more.
    pub expires_at: Option<Moment>,
    /// When it is handed over.
    pub at: Moment,
}

/// What a message is for, by which an organisation chooses its routes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// A code that somebody waits for.
    Code,
    /// News that can wait.
    Notice,
}

impl Purpose {
    /// The purpose of a kind of message.
    pub fn of(template: &str) -> Purpose {
        let is_code = Urgency::of(template) == Urgency::Awaited && !is_warning(template);
        if is_code { Purpose::Code } else { Purpose::Notice }
    }

    /// Its word in settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Purpose::Code => "code",
            Purpose::Notice => "notice",
        }
    }
}

/// How much a message can wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Somebody sits before a page until it comes, or is warned of what somebody else may have done. It passes all others.
    Awaited,
    /// It answers what somebody just did, at whatever hour they did it.
    Answering,
    /// News, which nobody needs at night.
    News,
}

impl Urgency {
    /// All of them, the most urgent first.
    pub const ALL: [Urgency; 3] = [Urgency::Awaited, Urgency::Answering, Urgency::News];

    /// The urgency of a kind of message.
    pub fn of(template: &str) -> Urgency {
        match template {
            "sign_in_code" | "sign_in_call" | "filing_code" | "filing_call" | "old_number_code" | "old_number_call"
            | "new_number_code" | "new_number_call" | "email_code" => Urgency::Awaited,
            _ if is_warning(template) => Urgency::Awaited,
            "letter_submitted" | "text_answered" => Urgency::Answering,
            _ => Urgency::News,
        }
    }

    /// As the table has it.
    pub(crate) fn number(self) -> i64 {
        match self {
            Urgency::Awaited => 0,
            Urgency::Answering => 1,
            Urgency::News => 2,
        }
    }
}

/// Whether it warns the owner of an account: neither a day's budget nor another message holds it up.
fn is_warning(template: &str) -> bool {
    matches!(template, "number_changed" | "email_changed")
}

impl Outgoing {
    /// The value of this name.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Our id as a positive number, for gateways whose ids are numbers.
    pub(super) fn number(&self) -> u64 {
        let whole = u128::from_str_radix(self.id.as_str(), 16).unwrap_or_default();
        u64::try_from(whole & ((1 << 62) - 1)).expect("62 bits fit into 64")
    }

    /// How long somebody still needs it; None for ever.
    pub fn life(&self) -> Option<Duration> {
        self.expires_at.map(|expiry| expiry.since(self.at))
    }

    /// The number as `+989…`. Nothing but digits passes: some gateways take lists, and one number must stay one message.
    pub(super) fn international(&self) -> Result<&str, SendError> {
        let digits = self.to.strip_prefix('+').unwrap_or_default();
        if (8..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(&self.to)
        } else {
            Err(SendError::Refused("the recipient is no mobile number".into()))
        }
    }

    /// The number as `989…`.
    pub(super) fn digits(&self) -> Result<&str, SendError> {
        Ok(self.international()?.trim_start_matches('+'))
    }

    /// The number as `09…`; a gateway that wants this form reaches no other country.
    pub(super) fn national(&self) -> Result<String, SendError> {
        match self.international()?.strip_prefix("+98") {
            Some(digits) if digits.len() == 10 => Ok(format!("0{digits}")),
            _ => Err(SendError::Refused("the gateway reaches numbers in Iran only".into())),
        }
    }
}

impl fmt::Debug for Outgoing {
    /// A number or a text must not slip into a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing").field("id", &self.id.0).field("template", &self.template).finish_non_exhaustive()
    }
}

/// The id by which a gateway knows a message.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GatewayId(pub String);

impl GatewayId {
    /// What any database stores: PostgreSQL refuses a zero byte in a text.
    pub(super) fn cleaned(id: &str) -> GatewayId {
        GatewayId(id.chars().filter(|sign| !sign.is_control()).take(200).collect())
    }
}

/// The gateway has the message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// The id that the gateway knows it by, if it told one.
    pub gateway_id: Option<String>,
}

impl Accepted {
    /// Taken under this id.
    pub(super) fn under(id: Option<&str>) -> Accepted {
        Accepted { gateway_id: id.map(|id| GatewayId::cleaned(id).0).filter(|id| !id.is_empty()) }
    }
}

/// What an account still holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Credit {
    /// How much.
    pub amount: f64,
    /// Of what.
    pub unit: Unit,
}

/// What gateways count credit in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Iran's money.
    Rials,
    /// Messages of one part.
    Messages,
    /// Another money, by its code: `EUR`.
    Currency(String),
}

/// What came in by itself over a link that stays open.
#[derive(Clone, PartialEq, Eq)]
pub enum Arrival {
    /// What became of a message.
    Receipt {
        /// The gateway's id of it.
        id: GatewayId,
        /// Whether that is surely the id under which it was taken. A message centre may write the same number to another base.
        is_as_taken: bool,
        /// How far it came.
        delivery: Delivery,
    },
    /// A text that somebody wrote to our line.
    Text(IncomingText),
}

impl fmt::Debug for Arrival {
    /// A number or a text must not slip into a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Arrival::Receipt { id, delivery, .. } => f.debug_tuple("Receipt").field(&id.0).field(delivery).finish(),
            Arrival::Text(_) => f.write_str("Text(…)"),
        }
    }
}

/// A text that somebody wrote to our line.
#[derive(Clone, PartialEq, Eq)]
pub struct IncomingText {
    /// The gateway's id of it; None where it has none, as over SMPP.
    pub id: Option<GatewayId>,
    /// Who, as the gateway writes it.
    pub from: String,
    /// To which line; empty where the gateway doesn't say.
    pub to: String,
    /// What.
    pub text: String,
    /// Whether it is a part of a longer text: nobody has said what a part says alone.
    pub is_part: bool,
    /// What its gateway signed the call with that brought it, where it signs; so it is the same call, whatever is made of its fields.
    pub signature: Option<String>,
}

impl fmt::Debug for IncomingText {
    /// A number or a text must not slip into a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IncomingText").field("id", &self.id).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn numbers_take_the_forms_that_gateways_want() {
        let message = sample("سلام");
        assert_eq!(message.international(), Ok("+989121234567"));
        assert_eq!(message.digits(), Ok("989121234567"));
        assert_eq!(message.national(), Ok("09121234567".into()));
        let abroad = Outgoing { to: "+4917612345678".into(), ..message };
        assert_eq!(abroad.digits(), Ok("4917612345678"));
        assert!(abroad.national().is_err());
    }

    #[test]
    fn a_list_of_numbers_is_no_number() {
        for to in ["+989121234567,+989131234567", "09121234567", "+98912 1234567", "+98۹۱۲۱۲۳۴۵۶۷", "+", ""] {
            let message = Outgoing { to: to.into(), ..sample("سلام") };
            assert!(message.international().is_err_and(|error| error.is_final()), "{to}");
        }
    }

    #[test]
    fn debug_shows_neither_number_nor_text() {
        assert_eq!(format!("{:?}", sample("سلام")), r#"Outgoing { id: "0f", template: "sign_in_code", .. }"#);
        let (from, to, text) = ("+989121234567".into(), "3000".into(), "لغو".into());
        let text = IncomingText { id: None, from, to, text, is_part: false, signature: None };
        assert_eq!(format!("{text:?}"), "IncomingText { id: None, .. }");
        assert_eq!(format!("{:?}", Arrival::Text(text)), "Text(…)");
    }
}
