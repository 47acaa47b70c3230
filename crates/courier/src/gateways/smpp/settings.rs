//! The settings of a message centre.

use std::path::PathBuf;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls_platform_verifier::ConfigVerifierExt;
use serde::{Deserialize, Serialize};

use crate::gateways::settings::ten_seconds;
use crate::gateways::{Key, SettingsError};

/// A name at a message centre.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmppSettings {
    /// Where it is.
    pub host: String,
    /// Its port.
    #[serde(default = "port")]
    pub port: u16,
    /// Whether it speaks TLS.
    #[serde(default)]
    pub tls: bool,
    /// A file with the certificates that its own is signed by; empty for those of the system.
    #[serde(default)]
    pub certificates: PathBuf,
    /// `system_id`: our name there.
    pub name: String,
    /// Its password.
    pub password: Key,
    /// `system_type`, where it wants one.
    #[serde(default)]
    pub system_type: String,
    /// `service_type`, where it wants one.
    #[serde(default)]
    pub service_type: String,
    /// The line.
    pub from: String,
    /// The line's type of number: 0, 1 or 3 for a number, 5 for a name.
    #[serde(default)]
    pub from_ton: u8,
    /// The line's plan of numbers.
    #[serde(default)]
    pub from_npi: u8,
    /// How many parts may be without an answer at once.
    #[serde(default = "window")]
    pub window: u32,
    /// After how many seconds of silence the line is tried.
    #[serde(default = "silence")]
    pub silence_seconds: u32,
    /// How long an answer may take.
    #[serde(default = "ten_seconds")]
    pub timeout_seconds: u32,
    /// Whether even plain English goes as UCS-2, where a centre's own alphabet isn't the usual one.
    #[serde(default)]
    pub only_ucs2: bool,
    /// The codes by which receipts of this centre say that the recipient or the operator blocks such messages; each centre has its own.
    #[serde(default)]
    pub blocked: Vec<String>,
}

fn port() -> u16 {
    2775
}

fn window() -> u32 {
    10
}

fn silence() -> u32 {
    30
}

/// How TLS is spoken with it.
pub(super) fn tls(settings: &SmppSettings) -> Result<Arc<rustls::ClientConfig>, SettingsError> {
    // One for the process; an error says that somebody else has installed one before.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let unusable = |_| SettingsError::Bad("certificates", "can't be read");
    if settings.certificates.as_os_str().is_empty() {
        let config = rustls::ClientConfig::with_platform_verifier();
        return config.map(Arc::new).map_err(|error| SettingsError::Client(error.to_string()));
    }
    let mut roots = rustls::RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(&settings.certificates).map_err(unusable)? {
        roots.add(certificate.map_err(unusable)?).map_err(|_| unusable(rustls::pki_types::pem::Error::NoItemsFound))?;
    }
    let config = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    Ok(Arc::new(config))
}
