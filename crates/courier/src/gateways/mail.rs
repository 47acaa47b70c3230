//! E-mail by SMTP, for people and houses whose messages go there. Plain text, and readable from right to left.

use std::error::Error as _;
use std::path::PathBuf;
use std::time::Duration;

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, SinglePart};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, CertificateStore, Tls, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use serde::{Deserialize, Serialize};

use super::failure::is_of_tls;
use super::settings::{needed, ten_seconds, waited};
use super::words::Words;
use super::{Accepted, Gateway, Key, Outgoing, SendError, SettingsError, Work};

/// How long a subject is, in signs.
const SUBJECT: usize = 70;
const RIGHT_TO_LEFT_MARK: char = '\u{200f}';

/// An account at a mail server.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailSettings {
    /// The server's name, as in its certificate.
    pub host: String,
    /// Its port.
    #[serde(default = "port")]
    pub port: u16,
    /// How the line is made safe.
    #[serde(default)]
    pub safety: Safety,
    /// A file with the certificates that its own is signed by; empty for those of the system.
    #[serde(default)]
    pub certificates: PathBuf,
    /// The account's name; empty for a server that asks for none.
    #[serde(default)]
    pub username: String,
    /// Its password.
    #[serde(default)]
    pub password: Key,
    /// The address that messages come from: `desk@example.ir`, or with a name before it.
    pub from: String,
    /// How long each step may take.
    #[serde(default = "ten_seconds")]
    pub timeout_seconds: u32,
}

/// How a line to a mail server is made safe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// TLS after a word in the open; refused where the server doesn't know the word.
    #[default]
    Starttls,
    /// TLS from the first octet.
    Tls,
    /// None, for a server in the same house.
    None,
}

fn port() -> u16 {
    587
}

/// A mail server.
pub struct Mail {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    timeout: Duration,
    words: Words,
}

impl Mail {
    /// Checks the settings and makes ready; nothing is sent.
    pub fn new(settings: MailSettings) -> Result<Mail, SettingsError> {
        needed("host", &settings.host)?;
        let from = settings.from.parse().map_err(|_| SettingsError::Bad("from", "is not an e-mail address"))?;
        if settings.timeout_seconds == 0 {
            return Err(SettingsError::Bad("timeout_seconds", "must not be nothing"));
        }
        let timeout = waited(settings.timeout_seconds);
        let tls = match settings.safety {
            Safety::Starttls => Tls::Required(tls(&settings)?),
            Safety::Tls => Tls::Wrapper(tls(&settings)?),
            Safety::None => Tls::None,
        };
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host)
            .port(settings.port)
            .timeout(Some(timeout))
            .tls(tls);
        if !settings.username.is_empty() {
            let password = settings.password.reveal().to_owned();
            transport = transport.credentials(Credentials::new(settings.username, password));
        }
        Ok(Mail { transport: transport.build(), from, timeout, words: Words::default() })
    }

    async fn hand_over(&self, message: &Outgoing) -> Result<Accepted, SendError> {
        let id = format!("<{}@{}>", message.id, self.from.email.domain());
        let letter = self.letter(message, &id)?;
        match tokio::time::timeout(self.time_limit(), self.transport.send(letter)).await {
            Ok(Ok(reply)) => {
                self.words.say(format!("{} {}", reply.code(), reply.message().collect::<Vec<_>>().join(" ")));
                Ok(Accepted::under(Some(&id)))
            }
            Ok(Err(error)) => {
                self.words.say(reply(&error));
                Err(failure(&error))
            }
            Err(_) => Err(SendError::Unsure("the mail server took too long".into())),
        }
    }

    fn letter(&self, message: &Outgoing, id: &str) -> Result<Message, SendError> {
        let to: Address =
            message.to.parse().map_err(|_| SendError::Refused("the recipient is no e-mail address".into()))?;
        let automatic = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".into());
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(subject(&message.text))
            .message_id(Some(id.to_owned()))
            // So that nobody's holiday answers it.
            .raw_header(automatic)
            .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(right_to_left(&message.text)))
            .map_err(|_| SendError::Refused("the message can't be put into a letter".into()))
    }
}

impl Gateway for Mail {
    fn name(&self) -> &'static str {
        "mail"
    }

    /// A mail server is greeted, asked, signed in to and written to, each in its time.
    fn time_limit(&self) -> Duration {
        self.timeout * 3
    }

    fn take_words(&self) -> String {
        self.words.take()
    }

    fn send_text<'a>(&'a self, message: &'a Outgoing) -> Work<'a, Result<Accepted, SendError>> {
        Box::pin(self.hand_over(message))
    }
}

/// The line that a mail server refused with; empty when it said nothing.
fn reply(error: &Error) -> String {
    let Some(code) = error.status() else { return String::new() };
    error.source().map_or_else(|| code.to_string(), |words| format!("{code} {words}"))
}

/// The first line, which says what it is about.
fn subject(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    if line.chars().count() <= SUBJECT {
        return line.to_owned();
    }
    let cut: String = line.chars().take(SUBJECT).collect();
    format!("{}…", cut.trim_end())
}

/// The text with a mark before each line that begins with Latin letters but has Persian ones: readers lay a line out by its first letter.
fn right_to_left(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let begins_with_latin = line.chars().find(|sign| sign.is_alphabetic()).is_some_and(|sign| sign.is_ascii());
        if begins_with_latin && line.chars().any(is_persian) {
            format!("{RIGHT_TO_LEFT_MARK}{line}")
        } else {
            line.to_owned()
        }
    });
    lines.collect::<Vec<_>>().join("\r\n")
}

fn is_persian(sign: char) -> bool {
    (0x600..0x700).contains(&u32::from(sign)) && sign.is_alphabetic()
}

fn tls(settings: &MailSettings) -> Result<TlsParameters, SettingsError> {
    let unusable = || SettingsError::Bad("certificates", "can't be read");
    let mut builder = TlsParameters::builder(settings.host.clone());
    if !settings.certificates.as_os_str().is_empty() {
        let pem = std::fs::read(&settings.certificates).map_err(|_| unusable())?;
        let certificate = Certificate::from_pem(&pem).map_err(|_| unusable())?;
        builder = builder.certificate_store(CertificateStore::None).add_root_certificate(certificate);
    }
    builder.build().map_err(|_| SettingsError::Bad("host", "can't be the name of a server with TLS"))
}

/// What a mail server's no means. Its words are kept for whoever tries it out, and told nobody else: they often repeat the address.
fn failure(error: &Error) -> SendError {
    let code = error.status().map(u16::from);
    let why =
        code.map_or_else(|| "the mail server can't be used".into(), |code| format!("the mail server answered {code}"));
    match code {
        // Not known, not allowed, too large, not taken: hard.
        Some(550 | 551 | 553 | 554 | 556) => SendError::Refused(why),
        // A full mailbox is emptied some day, though some call it hard.
        Some(552) => SendError::Failed(why),
        Some(500..=599) => SendError::Setup(why),
        // Later: busy, greylisted, full.
        Some(421 | 450..=452) => SendError::busy(why),
        Some(_) => SendError::Failed(why),
        None if error.is_tls() || is_of_tls(error) => {
            SendError::Setup("the line to the mail server can't be made safe".into())
        }
        None if error.is_client() => SendError::Setup("the mail server can't do what the settings ask for".into()),
        None if error.is_timeout() => SendError::Unsure("the mail server didn't answer in time".into()),
        None if error.is_response() => SendError::Unsure("the mail server's answer can't be read".into()),
        None => SendError::Failed("the mail server can't be reached".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn settings() -> MailSettings {
        serde_json::from_str(
            r#"{"host":"mail.example.ir","from":"Desk <desk@example.ir>","username":"desk","password":"s3cret"}"#,
        )
        .expect("the rest has defaults")
    }

    #[test]
    fn the_first_line_is_the_subject() {
        assert_eq!(subject("\nنامه ثبت شد\nشماره: 1"), "نامه ثبت شد");
        assert_eq!(subject(&"ا".repeat(80)), format!("{}…", "ا".repeat(70)));
        assert_eq!(subject(""), "");
    }

    #[test]
    fn a_line_that_begins_with_latin_is_still_read_from_the_right() {
        assert_eq!(
            right_to_left("PDF نامه\nنامه PDF\n@desk.example.ir #1"),
            "\u{200f}PDF نامه\r\nنامه PDF\r\n@desk.example.ir #1"
        );
        assert_eq!(right_to_left("012345 کد ورود"), "012345 کد ورود", "digits lay out nothing");
    }

    #[test]
    fn a_letter_carries_our_id_and_asks_for_no_answer() {
        let mail = Mail::new(settings()).expect("the settings are good");
        let message =
            Outgoing { to: "sara@example.org".into(), ..sample("نامه ثبت شد\nشماره: 1405/د/101") };
        let letter = mail.letter(&message, "<0f@example.ir>").expect("it can be written");
        let written = String::from_utf8(letter.formatted()).expect("headers and encoded text are ASCII");
        for line in
            ["Message-ID: <0f@example.ir>\r\n", "Auto-Submitted: auto-generated\r\n", "To: sara@example.org\r\n"]
        {
            assert!(written.contains(line), "{written} lacks {line}");
        }
        let error = mail.letter(&sample("سلام"), "<0f@example.ir>").expect_err("a number is no address");
        assert!(error.is_final());
    }

    #[test]
    fn bad_settings_are_named_and_no_secret_is_shown() {
        assert!(!format!("{:?}", settings()).contains("s3cret"));
        let bad = [
            (MailSettings { host: " ".into(), ..settings() }, "host is missing"),
            (MailSettings { from: "desk".into(), ..settings() }, "from is not"),
            (MailSettings { timeout_seconds: 0, ..settings() }, "timeout_seconds must"),
            (MailSettings { certificates: "/nowhere".into(), ..settings() }, "certificates can't"),
        ];
        for (settings, begins) in bad {
            let said = Mail::new(settings).err().expect("it is refused").to_string();
            assert!(said.starts_with(begins), "{said:?} doesn't begin with {begins:?}");
        }
    }
}
