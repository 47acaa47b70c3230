//! The settings as types, one struct per section of `default.toml`, which explains each of them.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::{Files, Network, Previews, Question, Secret};

/// All settings, checked.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub server: Server,
    pub database: Database,
    pub sign_in: SignIn,
    pub sessions: Sessions,
    pub limits: Limits,
    pub letters: Letters,
    pub files: Files,
    pub previews: Previews,
    pub messages: Messages,
    pub log: Log,
}

/// Where the server listens and keeps its data.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    pub listen: SocketAddr,
    pub data: PathBuf,
    pub trusted_proxies: Vec<Network>,
    pub connections: u32,
    pub connections_per_address: u32,
    /// Empty: see [`Server::tls_files`].
    certificate_file: PathBuf,
    key_file: PathBuf,
    /// Empty: see [`Server::secret_path`].
    secret_file: PathBuf,
    pub metrics_key: Secret,
}

impl Server {
    /// The file with the secret: as set, or `secret` in the data folder.
    pub fn secret_path(&self) -> PathBuf {
        or_in(&self.secret_file, &self.data, "secret")
    }

    /// The files of the certificate and of its key, when HTTPS is spoken.
    pub fn tls_files(&self) -> Option<(&Path, &Path)> {
        let is_set = |file: &Path| !file.as_os_str().is_empty();
        (is_set(&self.certificate_file) && is_set(&self.key_file)).then_some((&self.certificate_file, &self.key_file))
    }

    /// The one of the two settings for HTTPS that is missing while the other is there.
    pub(super) fn missing_for_tls(&self) -> Option<&'static str> {
        match (self.certificate_file.as_os_str().is_empty(), self.key_file.as_os_str().is_empty()) {
            (true, false) => Some("server.certificate_file"),
            (false, true) => Some("server.key_file"),
            _ => None,
        }
    }
}

/// Which database.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// Empty: SQLite in the data folder.
    pub url: Secret,
    pub connections: u32,
}

/// The sender's sign-in.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    pub challenge: Challenge,
    pub proof_max_number: u32,
    pub wait_seconds: u32,
    pub code_minutes: u32,
    pub code_tries: u32,
    /// Never empty.
    pub resend_seconds: Vec<u32>,
    pub sleep_after_days: u32,
    pub settled_after_hours: u32,
}

/// Whether something stands between a stranger and an SMS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Challenge {
    On,
    Off,
}

/// How long sessions last.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sessions {
    pub sender_idle_minutes: u32,
    pub sender_hours: u32,
    pub own_device_days: u32,
    pub staff_idle_minutes: u32,
    pub staff_hours: u32,
    pub staff_confirmed_minutes: u32,
}

/// How much is too much; 0 switches a limit off.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    pub sends_per_number_per_minute: u32,
    pub sends_per_number_per_15_minutes: u32,
    pub sends_per_number_per_day: u32,
    pub sends_per_address_per_hour: u32,
    pub sends_per_network_per_hour: u32,
    pub sends_per_hundred_numbers_per_hour: u32,
    pub sends_per_organisation_per_day: u32,
    pub sends_per_day: u32,
    pub failures_per_number_per_day: u32,
    pub failures_per_address_per_hour: u32,
    pub failures_per_network_per_hour: u32,
    pub failures_per_day: u32,
    pub tracking_per_address_per_minute: u32,
    pub wakings_per_number_per_day: u32,
    pub texts_per_number_per_hour: u32,
    pub texts_per_organisation_per_hour: u32,
    pub withdrawal_codes_per_number_per_day: u32,
    pub email_codes_per_sender_per_day: u32,
    pub email_codes_per_recipient_per_day: u32,
    pub waits_per_address_per_hour: u32,
    pub staff_failures_per_account_per_15_minutes: u32,
    pub staff_failures_per_address_per_15_minutes: u32,
    pub drafts_per_sender: u32,
    pub submissions_per_sender_per_day: u32,
    pub messages_per_sender_per_day: u32,
    pub interim_messages_per_letter_per_day: u32,
}

/// What a letter may hold, and when it is due.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letters {
    pub files: u32,
    pub file_megabytes: u32,
    pub body_characters: u32,
    pub review_days: u32,
    pub answer_days: u32,
    pub files_follow_hours: u32,
    pub objection_days: u32,
    pub ruling_days: u32,
    pub sender_days: u32,
    pub referral_hops: u32,
    pub undo_seconds: u32,
}

impl Letters {
    /// The most bytes of one file.
    pub fn file_bytes(&self) -> u64 {
        u64::from(self.file_megabytes) * 1024 * 1024
    }
}

/// How messages leave the building.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Messages {
    pub gateway: Gateway,
    /// Empty: see [`Messages::spool_path`].
    spool_file: PathBuf,
    pub bound_line: bool,
    pub tries: u32,
    pub quiet_from_hour: u32,
    pub quiet_until_hour: u32,
    pub per_organisation_per_day: u32,
    pub http: Http,
}

impl Messages {
    /// The file of the gateway `spool`: as set, or `messages.jsonl` in the data folder.
    pub fn spool_path(&self, server: &Server) -> PathBuf {
        or_in(&self.spool_file, &server.data, "messages.jsonl")
    }
}

/// Which way messages go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gateway {
    Console,
    Spool,
    Http,
}

/// The request to a provider. Address, headers and body are where providers want their keys, so none of them is shown.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Http {
    pub url: Secret,
    pub method: Method,
    pub headers: BTreeMap<String, Secret>,
    pub body: Secret,
    pub content_type: ContentType,
    pub message_id: String,
    pub success: String,
    pub timeout_seconds: u32,
    pub from: String,
    pub status: Question,
}

/// The method of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    Post,
    Put,
    Get,
}

/// The type of the body, by which placeholders are escaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum ContentType {
    #[serde(rename = "application/json")]
    Json,
    #[serde(rename = "application/x-www-form-urlencoded")]
    Form,
}

impl Method {
    /// The word of the request.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Get => "GET",
        }
    }
}

impl ContentType {
    /// The word of the header.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Form => "application/x-www-form-urlencoded",
        }
    }
}

/// What is told to the administrator.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    pub level: LogLevel,
    pub format: LogFormat,
}

/// From which weight on something is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    Error,
    Warn,
    Info,
    Debug,
    Trace,
}

impl LogLevel {
    /// The word of the settings, which `tracing`'s filters take as well.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }
}

/// For people or for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Text,
    Json,
}

fn or_in(set: &Path, folder: &Path, name: &str) -> PathBuf {
    if set.as_os_str().is_empty() { folder.join(name) } else { set.to_owned() }
}
