//! The settings of every kind of gateway, as they are stored: tagged by their kind, and printed without a secret.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{
    Channel, Gateway, Ghasedak, GhasedakSettings, Http, HttpSettings, HttpSettingsError, Ippanel, IppanelSettings,
    Iranpayamak, IranpayamakSettings, Kavenegar, KavenegarSettings, Magfa, MagfaSettings, Mail, MailSettings, Mapping,
    Melipayamak, MelipayamakSettings, Smpp, SmppSettings, SmsIr, SmsIrSettings, Spool, Twilio, TwilioSettings, Vonage,
    VonageSettings,
};

/// How long a gateway is waited for at most: for so long a message stays with a worker that has crashed.
pub(super) const LONGEST: Duration = Duration::from_mins(1);

/// The settings of one gateway. A gateway of any kind is opened from here, and its name is the tag.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum GatewaySettings {
    /// A file of JSON lines.
    Spool {
        /// Where it is.
        file: std::path::PathBuf,
    },
    /// Any web service, described by its settings.
    Http(Box<HttpSettings>),
    /// Kavenegar.
    Kavenegar(KavenegarSettings),
    /// SMS.ir.
    SmsIr(SmsIrSettings),
    /// Melipayamak.
    Melipayamak(MelipayamakSettings),
    /// IPPanel Edge.
    Ippanel(IppanelSettings),
    /// FarazSMS.
    Iranpayamak(IranpayamakSettings),
    /// Ghasedak.
    Ghasedak(GhasedakSettings),
    /// Magfa.
    Magfa(MagfaSettings),
    /// E-mail.
    Mail(MailSettings),
    /// A message centre.
    Smpp(SmppSettings),
    /// Twilio.
    Twilio(TwilioSettings),
    /// Vonage.
    Vonage(VonageSettings),
}

/// What is wrong with settings; it names the setting and never its value, which may be a key.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// Not an address, or no time to ask it.
    #[error("base is not the address of a web service, by http or https, or the timeout is nothing")]
    Base,
    /// A setting that must not be empty is.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// A setting that isn't what it must be.
    #[error("{0} {1}")]
    Bad(&'static str, &'static str),
    /// The system's certificates, or the like, can't be used.
    #[error("the client can't be started: {0}")]
    Client(String),
    /// The generic gateway's own.
    #[error(transparent)]
    Http(#[from] HttpSettingsError),
}

impl GatewaySettings {
    /// The kind, as settings name it.
    pub fn name(&self) -> &'static str {
        match self {
            GatewaySettings::Spool { .. } => "spool",
            GatewaySettings::Http(_) => "http",
            GatewaySettings::Kavenegar(_) => "kavenegar",
            GatewaySettings::SmsIr(_) => "sms_ir",
            GatewaySettings::Melipayamak(_) => "melipayamak",
            GatewaySettings::Ippanel(_) => "ippanel",
            GatewaySettings::Iranpayamak(_) => "iranpayamak",
            GatewaySettings::Ghasedak(_) => "ghasedak",
            GatewaySettings::Magfa(_) => "magfa",
            GatewaySettings::Mail(_) => "mail",
            GatewaySettings::Smpp(_) => "smpp",
            GatewaySettings::Twilio(_) => "twilio",
            GatewaySettings::Vonage(_) => "vonage",
        }
    }

    /// By what it reaches people, unless its route says otherwise.
    pub fn channel(&self) -> Channel {
        if matches!(self, GatewaySettings::Mail(_)) { Channel::Mail } else { Channel::Sms }
    }

    /// Whether it may be made to reach people so. What carries on whatever it is given, a file or a web service of one's own, takes both.
    pub fn reaches(&self, channel: Channel) -> bool {
        matches!(self, GatewaySettings::Spool { .. } | GatewaySettings::Http(_)) || channel == self.channel()
    }

    /// Whether it sends free text. Some need a line of the account's own for it, and send approved templates without.
    pub fn sends_texts(&self) -> bool {
        match self {
            GatewaySettings::SmsIr(settings) => settings.line.is_some(),
            GatewaySettings::Melipayamak(settings) => !settings.from.trim().is_empty(),
            GatewaySettings::Ghasedak(settings) => !settings.line.trim().is_empty(),
            GatewaySettings::Http(settings) => !settings.templates_only,
            GatewaySettings::Spool { .. }
            | GatewaySettings::Kavenegar(_)
            | GatewaySettings::Ippanel(_)
            | GatewaySettings::Iranpayamak(_)
            | GatewaySettings::Magfa(_)
            | GatewaySettings::Mail(_)
            | GatewaySettings::Smpp(_)
            | GatewaySettings::Twilio(_)
            | GatewaySettings::Vonage(_) => true,
        }
    }

    /// Whether what sends by such a template hands over the whole text, too, in which everything stands.
    pub fn templates_have_text(&self, mapping: &Mapping) -> bool {
        let GatewaySettings::Http(settings) = self else { return false };
        settings.by(mapping).is_some_and(|template| {
            [&template.request.url, &template.request.body].iter().any(|part| part.contains("{text}"))
        })
    }

    /// Whether even plain English goes as UCS-2, in shorter parts.
    pub fn is_ucs2_only(&self) -> bool {
        matches!(self, GatewaySettings::Smpp(settings) if settings.only_ucs2)
    }

    /// Whether it is only for want of a line that it sends no free text.
    pub fn lacks_line(&self) -> bool {
        !self.sends_texts() && !matches!(self, GatewaySettings::Http(_))
    }

    /// Whether it says what became of a message when it is asked only, as [`Reports::Asked`](super::Reports::Asked): then all that is known of the
    /// moment is that it was before the question.
    pub fn is_asked(&self) -> bool {
        match self {
            GatewaySettings::Http(settings) => settings.status.is_some(),
            GatewaySettings::Twilio(settings) => settings.callback.is_empty(),
            GatewaySettings::Kavenegar(_)
            | GatewaySettings::SmsIr(_)
            | GatewaySettings::Melipayamak(_)
            | GatewaySettings::Ippanel(_)
            | GatewaySettings::Iranpayamak(_)
            | GatewaySettings::Ghasedak(_)
            | GatewaySettings::Magfa(_) => true,
            GatewaySettings::Spool { .. }
            | GatewaySettings::Mail(_)
            | GatewaySettings::Smpp(_)
            | GatewaySettings::Vonage(_) => false,
        }
    }

    /// Whether it says what the account holds.
    pub fn tells_credit(&self) -> bool {
        match self {
            GatewaySettings::Http(settings) => settings.credit.is_some(),
            GatewaySettings::Kavenegar(_)
            | GatewaySettings::SmsIr(_)
            | GatewaySettings::Melipayamak(_)
            | GatewaySettings::Ippanel(_)
            | GatewaySettings::Iranpayamak(_)
            | GatewaySettings::Ghasedak(_)
            | GatewaySettings::Magfa(_)
            | GatewaySettings::Twilio(_)
            | GatewaySettings::Vonage(_) => true,
            GatewaySettings::Spool { .. } | GatewaySettings::Mail(_) | GatewaySettings::Smpp(_) => false,
        }
    }

    /// What is wrong with how long it may take. Whoever saves it is told; one that is there goes on, and is waited for no longer than any other.
    pub fn fault_of_timeout(&self) -> Option<SettingsError> {
        let seconds = match self {
            GatewaySettings::Spool { .. } => return None,
            GatewaySettings::Http(settings) => {
                return (settings.timeout > LONGEST).then_some(SettingsError::Http(HttpSettingsError::Timeout));
            }
            GatewaySettings::Kavenegar(KavenegarSettings { timeout_seconds, .. })
            | GatewaySettings::SmsIr(SmsIrSettings { timeout_seconds, .. })
            | GatewaySettings::Melipayamak(MelipayamakSettings { timeout_seconds, .. })
            | GatewaySettings::Ippanel(IppanelSettings { timeout_seconds, .. })
            | GatewaySettings::Iranpayamak(IranpayamakSettings { timeout_seconds, .. })
            | GatewaySettings::Ghasedak(GhasedakSettings { timeout_seconds, .. })
            | GatewaySettings::Magfa(MagfaSettings { timeout_seconds, .. })
            | GatewaySettings::Mail(MailSettings { timeout_seconds, .. })
            | GatewaySettings::Smpp(SmppSettings { timeout_seconds, .. })
            | GatewaySettings::Twilio(TwilioSettings { timeout_seconds, .. })
            | GatewaySettings::Vonage(VonageSettings { timeout_seconds, .. }) => *timeout_seconds,
        };
        (waited(seconds) < Duration::from_secs(seconds.into()))
            .then_some(SettingsError::Bad("timeout_seconds", "must be from 1 to 60"))
    }

    /// Checks the settings and opens the gateway. Nothing is sent; a link that stays open is begun.
    pub fn open(&self) -> Result<Box<dyn Gateway>, SettingsError> {
        Ok(match self {
            GatewaySettings::Spool { file } => Box::new(Spool::new(file.clone())),
            GatewaySettings::Http(settings) => Box::new(Http::new((**settings).clone())?),
            GatewaySettings::Kavenegar(settings) => Box::new(Kavenegar::new(settings.clone())?),
            GatewaySettings::SmsIr(settings) => Box::new(SmsIr::new(settings.clone())?),
            GatewaySettings::Melipayamak(settings) => Box::new(Melipayamak::new(settings.clone())?),
            GatewaySettings::Ippanel(settings) => Box::new(Ippanel::new(settings.clone())?),
            GatewaySettings::Iranpayamak(settings) => Box::new(Iranpayamak::new(settings.clone())?),
            GatewaySettings::Ghasedak(settings) => Box::new(Ghasedak::new(settings.clone())?),
            GatewaySettings::Magfa(settings) => Box::new(Magfa::new(settings.clone())?),
            GatewaySettings::Mail(settings) => Box::new(Mail::new(settings.clone())?),
            GatewaySettings::Smpp(settings) => Box::new(Smpp::new(settings.clone())?),
            GatewaySettings::Twilio(settings) => Box::new(Twilio::new(settings.clone())?),
            GatewaySettings::Vonage(settings) => Box::new(Vonage::new(settings.clone())?),
        })
    }
}

/// A setting that must be there.
pub(super) fn needed(name: &'static str, value: &str) -> Result<(), SettingsError> {
    if value.trim().is_empty() { Err(SettingsError::Missing(name)) } else { Ok(()) }
}

/// How long a web service may take, unless it is set.
pub(super) fn ten_seconds() -> u32 {
    10
}

/// For how long a gateway is waited for that was set to take so many seconds.
pub(super) fn waited(seconds: u32) -> Duration {
    LONGEST.min(Duration::from_secs(seconds.into()))
}

/// Durations as whole seconds.
pub(super) mod seconds {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serializer};

    pub(in super::super) fn serialize<S: Serializer>(duration: &Duration, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(duration.as_secs())
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        u64::deserialize(from).map(Duration::from_secs)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Reports;
    use super::*;

    #[tokio::test]
    async fn no_gateway_is_waited_for_longer_than_a_minute() {
        let longest = |settings: &str| -> Duration {
            let read: GatewaySettings = serde_json::from_str(&format!("{{{settings}}}")).expect("they can be read");
            assert!(read.fault_of_timeout().is_some(), "nobody saves it so: {settings}");
            read.open().expect("one that is there goes on").time_limit()
        };
        let http = r#""kind":"http","url":"http://127.0.0.1:9/","body":"{\"text\":\"{text}\"}","timeout":3600"#;
        assert_eq!(longest(http), LONGEST);
        assert_eq!(longest(r#""kind":"kavenegar","key":"k","timeout_seconds":61"#), LONGEST);
        let mail =
            r#""kind":"mail","host":"mail.example.ir","from":"desk@example.ir","safety":"none","timeout_seconds":600"#;
        assert_eq!(longest(mail), LONGEST * 3, "each of its steps is waited for");
        let smpp = r#""kind":"smpp","host":"127.0.0.1","name":"n","password":"p","from":"3000","timeout_seconds":600"#;
        assert_eq!(longest(smpp), LONGEST * 4);
        let well: GatewaySettings =
            serde_json::from_str(r#"{"kind":"kavenegar","key":"k","timeout_seconds":60}"#).expect("they can be read");
        assert!(well.fault_of_timeout().is_none());
    }

    #[test]
    fn who_is_asked_is_told_before_a_gateway_is_opened() {
        let status =
            r#""status":{"request":{"url":"http://127.0.0.1:9/{message_id}"},"state":"","states":{"1":"sent"}}"#;
        let http = r#""kind":"http","url":"http://127.0.0.1:9/","body":"{\"text\":\"{text}\"}""#;
        let twilio = r#""kind":"twilio","account":"AC1","secret":"s","from":"+15005550006""#;
        for settings in [
            r#""kind":"spool","file":"/tmp/x""#.to_owned(),
            http.to_owned(),
            format!("{http},{status}"),
            twilio.to_owned(),
            format!(r#"{twilio},"callback":"https://desk.example.ir/gateways/0f/0f""#),
            r#""kind":"vonage","key":"k","secret":"s","from":"1000""#.to_owned(),
            r#""kind":"kavenegar","key":"k""#.to_owned(),
            r#""kind":"sms_ir","key":"k""#.to_owned(),
            r#""kind":"melipayamak","username":"u","password":"p""#.to_owned(),
            r#""kind":"ippanel","key":"k","from":"+983000""#.to_owned(),
            r#""kind":"iranpayamak","key":"k","line":"3000""#.to_owned(),
            r#""kind":"ghasedak","key":"k""#.to_owned(),
            r#""kind":"magfa","username":"u","domain":"d","password":"p","sender":"3000""#.to_owned(),
        ] {
            let read: GatewaySettings = serde_json::from_str(&format!("{{{settings}}}")).expect("they can be read");
            let reports = read.open().expect("they are good").abilities().reports;
            assert_eq!(read.is_asked(), matches!(reports, Reports::Asked { .. }), "{settings}");
        }
    }
}
