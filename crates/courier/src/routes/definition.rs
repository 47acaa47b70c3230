//! What an administrator says of a route.

use pishkhan_persian::Language;
use serde::{Deserialize, Serialize};

use crate::Network;
use crate::gateways::callback::{CallbackRule, TextRule};
use crate::gateways::{
    Accepted, Channel, Fault, Gateway, GatewaySettings, Kind, Mapping, Outgoing, Purpose, SendError, SettingsError,
    Spoken, Work, is_read_out, plain_word,
};

/// A gateway, what it is for, and the templates that it has there.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteDefinition {
    /// By what people know it.
    pub name: String,
    /// What it carries; both when nothing is said.
    #[serde(default = "both")]
    pub purposes: Vec<Purpose>,
    /// By what it reaches people; as its gateway does when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The gateway.
    pub gateway: GatewaySettings,
    /// The gateway's templates, for a kind of message one in each language at most, and one that is for any; what has none goes as text, or by
    /// another route where it sends none.
    #[serde(default)]
    pub templates: Vec<Mapping>,
    /// Those that fitted when they were saved, and don't any more. What they are for never goes as text instead.
    #[serde(skip)]
    pub unfit: Vec<Mapping>,
    /// How its calls are read, for gateways whose calls nobody has written down.
    #[serde(default)]
    pub calls: Option<CallbackRule>,
    /// How the texts are read that such a gateway passes on.
    #[serde(default)]
    pub texts: Option<TextRule>,
    /// From where its gateway calls, for either; from anywhere when nothing is said.
    #[serde(default, deserialize_with = "super::calls::networks", skip_serializing_if = "Vec::is_empty")]
    pub callers: Vec<Network>,
    /// Below which credit somebody is told.
    #[serde(default)]
    pub credit_alarm: Option<f64>,
}

const LANGUAGES: [Language; 2] = [Language::Persian, Language::English];

fn both() -> Vec<Purpose> {
    vec![Purpose::Code, Purpose::Notice]
}

/// What is wrong with a definition. It names settings and never their values.
#[derive(Debug, thiserror::Error)]
pub enum DefinitionError {
    /// Without a name.
    #[error("name is missing")]
    Name,
    /// For nothing.
    #[error("purposes is empty; it is one of code and notice, or both")]
    Purposes,
    /// A channel that the gateway can't take.
    #[error("channel: this gateway reaches people by its own only; leave it out")]
    Channel,
    /// The gateway's settings.
    #[error("gateway: {0}")]
    Gateway(#[from] SettingsError),
    /// A template, by its kind.
    #[error("the template of {}: {fault}", plain_word(.kind))]
    Template {
        /// The kind that it is for.
        kind: String,
        /// The language that it speaks, if it is for one.
        language: Option<Spoken>,
        /// What is wrong with it.
        fault: Fault,
    },
    /// It sends no free text for want of a line, and has no template for anything of a purpose.
    #[error("without a line the gateway sends templates only, and there is none for {}: add one, or the line, or take it out of purposes", .0.as_str())]
    NoLine(Purpose),
    /// It is said to send no free text, and has no template for anything of a purpose.
    #[error("templates_only says that the gateway sends templates only, and there is none for {}: add one, or say how a text is sent (url) and leave templates_only out, or take it out of purposes", .0.as_str())]
    TemplatesOnly(Purpose),
    /// Two templates for one kind that speak the same language, or are both for any.
    #[error("there are two templates of {} in the same language, or for any", plain_word(.0))]
    Twice(String),
}

impl RouteDefinition {
    /// Checks all of it against the kinds of messages that there are, and opens its gateway. Nothing is sent.
    pub fn open(&self, kinds: &[Kind]) -> Result<Box<dyn Gateway>, DefinitionError> {
        let gateway = self.open_gateway()?;
        match self.faults(&*gateway, kinds).into_iter().next() {
            Some(error) => Err(error),
            None => Ok(gateway),
        }
    }

    /// Checks all that [`open`](Self::open) does, and what is refused only when a route is saved: one that is there goes on as it is.
    pub fn admit(&self, kinds: &[Kind]) -> Result<(), DefinitionError> {
        self.open(kinds)?;
        if let Some(fault) = self.gateway.fault_of_timeout() {
            return Err(fault.into());
        }
        if let GatewaySettings::Twilio(settings) = &self.gateway
            && let Some(fault) = settings.fault_of_calls()
        {
            return Err(fault.into());
        }
        for mapping in &self.templates {
            let kind = kinds.iter().find(|kind| kind.name == mapping.kind);
            let is_read = |_: &&Kind| !self.gateway.templates_have_text(mapping);
            let lacking = kind.filter(is_read).map(|kind| kind.lacking(mapping)).unwrap_or_default();
            let by_call = kind.and_then(|kind| kind.fault_of_call(mapping));
            let fault = if lacking.is_empty() { by_call } else { Some(Fault::Lacks(lacking)) };
            if let Some(fault) = fault {
                let (kind, language) = (mapping.kind.clone(), mapping.language);
                return Err(DefinitionError::Template { kind, language, fault });
            }
        }
        let is_there = |purpose: Purpose| self.templates.iter().any(|mapping| Purpose::of(&mapping.kind) == purpose);
        match self.purposes.iter().find(|purpose| !self.gateway.sends_texts() && !is_there(**purpose)) {
            Some(purpose) if self.gateway.lacks_line() => Err(DefinitionError::NoLine(*purpose)),
            Some(purpose) => Err(DefinitionError::TemplatesOnly(*purpose)),
            None => Ok(()),
        }
    }

    /// By what it reaches people.
    pub fn channel(&self) -> Channel {
        self.channel.unwrap_or(self.gateway.channel())
    }

    /// Whether it may carry this kind of message in that language by that channel. One that is read out over the phone needs a template that
    /// calls; what carries e-mail for any purpose carries the code that proves an address, without which no address is written to. Where the
    /// gateway sends no free text, what has no template there is another route's: trying it here would fail, and make this route stand back for
    /// the rest. So is everywhere what has one that doesn't fit any more.
    pub fn carries(&self, template: &str, language: Language, channel: Channel) -> bool {
        self.is_for(template, channel)
            && !self.lacks(template, language)
            && (self.gateway.sends_texts() || self.mapping(template, language).is_some())
            && (!is_read_out(template) || self.mapping(template, language).is_some_and(|mapping| mapping.is_call))
    }

    /// Whether it would carry this, if its template for it still fitted: it takes another route, or waits.
    pub(super) fn is_held_up(&self, template: &str, language: Language, channel: Channel) -> bool {
        self.is_for(template, channel) && self.lacks(template, language)
    }

    fn is_for(&self, template: &str, channel: Channel) -> bool {
        let is_proof = template == "email_code" && channel == Channel::Mail;
        self.channel() == channel && (is_proof || self.purposes.contains(&Purpose::of(template)))
    }

    /// Whether the template that it had for a kind of message in a language fits no more, and no other stands in for it.
    fn lacks(&self, template: &str, language: Language) -> bool {
        let is_it = |it: &Mapping| it.kind == template && it.language.is_none_or(|spoken| spoken.0 == language);
        self.mapping(template, language).is_none() && self.unfit.iter().any(is_it)
    }

    /// The kinds of messages to numbers that it is for and leaves to other routes, in one language or in both, since its gateway sends no free
    /// text. What a template would have to fit for first is not among them: that waits where no other route carries it.
    pub fn left_out(&self, kinds: &[Kind]) -> Vec<&'static str> {
        let is_for =
            |name: &str| self.purposes.contains(&Purpose::of(name)) && name != "email_code" && !is_read_out(name);
        let names = kinds.iter().map(|kind| kind.name).filter(|_| !self.gateway.sends_texts());
        let is_there = |name: &str, language| self.mapping(name, language).is_some() || self.lacks(name, language);
        let is_whole = |name: &str| LANGUAGES.iter().all(|language| is_there(name, *language));
        names.filter(|&name| is_for(name) && !is_whole(name)).collect()
    }

    /// The gateway's template for a kind of message in a language: that language's own, or else the one that is for any.
    pub fn mapping(&self, template: &str, language: Language) -> Option<&Mapping> {
        let own = self.templates.iter().find(|it| it.kind == template && it.language == Some(Spoken(language)));
        own.or_else(|| self.templates.iter().find(|it| it.kind == template && it.language.is_none()))
    }

    /// Sends a message in the way that this route has for its kind.
    pub fn send<'a>(
        &'a self,
        gateway: &'a dyn Gateway,
        message: &'a Outgoing,
    ) -> Work<'a, Result<Accepted, SendError>> {
        match self.mapping(&message.template, message.language) {
            Some(mapping) => gateway.send_template(message, mapping),
            None if self.lacks(&message.template, message.language) => {
                Box::pin(async { Err(SendError::Template("the one that there is doesn't fit".into())) })
            }
            None => gateway.send_text(message),
        }
    }

    /// Whether its gateway drops a message that comes again under the same id.
    pub fn drops_repeated(&self, gateway: &dyn Gateway, template: &str, language: Language) -> bool {
        let abilities = gateway.abilities();
        if self.mapping(template, language).is_some() {
            abilities.drops_repeated_templates
        } else {
            abilities.drops_repeated_texts
        }
    }
}

#[cfg(test)]
mod tests {
    use pishkhan_persian::Language::Persian;

    use super::*;
    use crate::gateways::{Signs, Value};

    fn definition(text: &str) -> RouteDefinition {
        serde_json::from_str(text).expect("a definition")
    }

    #[test]
    fn numbers_and_addresses_take_different_routes() {
        let mail = r#""gateway":{"kind":"mail","host":"mail.example.ir","from":"desk@example.ir"}"#;
        let news = definition(&format!(r#"{{"name":"m","purposes":["notice"],{mail}}}"#));
        assert!(news.carries("letter_registered", Persian, Channel::Mail));
        assert!(!news.carries("letter_registered", Persian, Channel::Sms));
        assert!(!news.carries("sign_in_code", Persian, Channel::Mail), "it is for news");
        assert!(news.carries("email_code", Persian, Channel::Mail), "no address is proved without");
        let file = r#""gateway":{"kind":"spool","file":"/tmp/x"}"#;
        let sms = definition(&format!(r#"{{"name":"s",{file}}}"#));
        assert!(
            sms.carries("letter_registered", Persian, Channel::Sms)
                && !sms.carries("letter_registered", Persian, Channel::Mail)
        );
        assert!(definition(&format!(r#"{{"name":"s","channel":"mail",{file}}}"#)).carries(
            "sign_in_code",
            Persian,
            Channel::Mail
        ));
        let wrong = definition(&format!(r#"{{"name":"m","channel":"sms",{mail}}}"#));
        assert!(matches!(wrong.open(&[]), Err(DefinitionError::Channel)));
    }

    #[test]
    fn codes_are_read_out_by_a_template_that_calls_only() {
        let route = |purposes: &str, templates: &str| {
            let gateway = r#""gateway":{"kind":"kavenegar","key":"k"}"#;
            definition(&format!(r#"{{"name":"k","purposes":["{purposes}"],{gateway},"templates":[{templates}]}}"#))
        };
        let by = |is_call: bool| {
            let places = r#"[{"name":"token","value":"code"}]"#;
            format!(r#"{{"kind":"sign_in_call","template":"t","parameters":{places},"is_call":{is_call}}}"#)
        };
        assert!(route("code", &by(true)).carries("sign_in_call", Persian, Channel::Sms));
        assert!(!route("code", &by(true)).carries("sign_in_call", Persian, Channel::Mail));
        assert!(!route("notice", &by(true)).carries("sign_in_call", Persian, Channel::Sms), "it is for news");
        assert!(!route("code", &by(false)).carries("sign_in_call", Persian, Channel::Sms), "it is sent as text");
        assert!(!route("code", "").carries("sign_in_call", Persian, Channel::Sms), "no template says it");
    }

    #[test]
    fn where_no_free_text_is_sent_only_what_has_a_template_is_carried() {
        const CODE: &[Value] = &[Value { name: "code", longest: 6, signs: Signs::Digits, is_needed: true }];
        let kinds = ["sign_in_code", "sign_in_call", "filing_code", "email_code", "letter_registered"]
            .map(|name| Kind { name, values: CODE });
        let template = r#"{"kind":"sign_in_code","template":"7","parameters":[{"name":"CODE","value":"code"}]}"#;
        let route = |purposes: &str, line: &str, templates: &str| {
            let gateway = format!(r#""gateway":{{"kind":"sms_ir","key":"k"{line}}}"#);
            definition(&format!(r#"{{"name":"s","purposes":[{purposes}],{gateway},"templates":[{templates}]}}"#))
        };
        let codes = route(r#""code""#, "", template);
        assert!(codes.admit(&kinds).is_ok());
        assert!(
            codes.carries("sign_in_code", Persian, Channel::Sms)
                && !codes.carries("filing_code", Persian, Channel::Sms)
        );
        assert_eq!(codes.left_out(&kinds), ["filing_code"]);

        let both = route(r#""code","notice""#, "", template);
        let said = both.admit(&kinds).expect_err("no notice has a template").to_string();
        assert!(said.starts_with("without a line") && said.contains("there is none for notice"), "{said}");
        assert!(both.open(&kinds).is_ok(), "one that is there goes on with codes");
        assert_eq!(both.left_out(&kinds), ["filing_code", "letter_registered"]);

        let whole = route(r#""code","notice""#, r#","line":30001234"#, template);
        assert!(whole.admit(&kinds).is_ok() && whole.left_out(&kinds).is_empty());
        assert!(whole.carries("letter_registered", Persian, Channel::Sms));
        let http = r#""kind":"http","templates_only":true,"template":{"request":{"url":"http://127.0.0.1:9/"}}"#;
        for gateway in [r#""kind":"ghasedak","key":"k""#, r#""kind":"melipayamak","username":"u","password":"p""#, http]
        {
            let textless = definition(&format!(r#"{{"name":"s","gateway":{{{gateway}}}}}"#));
            assert!(!textless.carries("sign_in_code", Persian, Channel::Sms), "{gateway}");
            let (is_http, said) =
                (gateway == http, textless.admit(&kinds).expect_err("it has no template").to_string());
            assert_eq!((said.contains("a line"), said.contains("templates_only")), (!is_http, is_http), "{said}");
            assert_eq!(textless.gateway.lacks_line(), !is_http);
        }
    }
}
