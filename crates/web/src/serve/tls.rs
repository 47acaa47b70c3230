//! TLS by our own hand: one certificate for all organisations of the house, taken up anew when it is renewed.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, RwLock};

use pishkhan_office::Moment;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{InconsistentKeys, ServerConfig};
use tokio_rustls::TlsAcceptor;

use super::validity;

/// A certificate with its key, and the files that they come from.
#[derive(Debug)]
pub struct Tls {
    certificate: PathBuf,
    key: PathBuf,
    shown: Arc<Shown>,
    config: Arc<ServerConfig>,
    /// What was last wrong with the files, so that it is told once.
    fault: Mutex<Option<String>>,
}

/// The certificate that is shown to whoever comes now.
#[derive(Debug)]
struct Shown(RwLock<Arc<CertifiedKey>>);

/// Why the files are of no use. The file that is meant comes with each.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    #[error("{}: it can't be read: {why}", file.display())]
    Unreadable { file: PathBuf, why: std::io::Error },
    #[error("{}: there is no certificate in it (PEM)", file.display())]
    NoCertificate { file: PathBuf },
    #[error("{}: there is no private key in it (PEM)", file.display())]
    NoKey { file: PathBuf },
    #[error("{}: this is not the key of the certificate in {}", key.display(), certificate.display())]
    NotMatching { certificate: PathBuf, key: PathBuf },
    #[error("{}: {why}", file.display())]
    Unfit { file: PathBuf, why: rustls::Error },
}

impl Tls {
    /// Reads both files: the certificate with those between it and its authority, and its key, as PEM.
    pub fn open(certificate: &Path, key: &Path) -> Result<Tls, TlsError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let shown = Arc::new(Shown(RwLock::new(Arc::new(read(certificate, key, &provider)?))));
        let unfit = |why| TlsError::Unfit { file: certificate.to_owned(), why };
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(unfit)?
            .with_no_client_auth()
            .with_cert_resolver(shown.clone());
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let (certificate, key) = (certificate.to_owned(), key.to_owned());
        Ok(Tls { certificate, key, shown, config: Arc::new(config), fault: Mutex::default() })
    }

    /// Reads both files again and takes them up when the certificate is another one; says whether it is. When they are of no use,
    /// as halfway through a renewal, the old ones stay.
    pub fn renew(&self) -> Result<bool, TlsError> {
        let fresh = read(&self.certificate, &self.key, self.config.crypto_provider())?;
        let mut shown = self.shown.0.write().expect("nobody panics while swapping");
        if shown.cert == fresh.cert {
            return Ok(false);
        }
        *shown = Arc::new(fresh);
        Ok(true)
    }

    /// When the certificate begins and ceases to be valid, as far as it says so readably.
    pub fn validity(&self) -> Option<(Moment, Moment)> {
        let shown = self.shown.0.read().expect("nobody panics while swapping");
        validity::of(shown.cert.first()?)
    }

    /// The same as [`Tls::renew`], with what came of it in the log.
    pub(super) fn renew_and_tell(&self) {
        let fault = match self.renew() {
            Ok(is_renewed) => {
                if is_renewed {
                    tracing::info!(file = %self.certificate.display(), "the certificate was renewed");
                }
                None
            }
            Err(error) => Some(error.to_string()),
        };
        let mut last = self.fault.lock().expect("nobody panics while comparing");
        if let Some(why) = fault.as_ref().filter(|fault| last.as_ref() != Some(fault)) {
            tracing::warn!(why, "the certificate can't be read again; the one from before stays");
        }
        *last = fault;
    }

    pub(super) fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(self.config.clone())
    }
}

impl ResolvesServerCert for Shown {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.read().expect("nobody panics while swapping").clone())
    }
}

fn read(certificate: &Path, key: &Path, provider: &CryptoProvider) -> Result<CertifiedKey, TlsError> {
    let no_certificate = || TlsError::NoCertificate { file: certificate.to_owned() };
    let chain: Result<Vec<_>, pem::Error> = CertificateDer::pem_slice_iter(&bytes_of(certificate)?).collect();
    let chain = chain.ok().filter(|chain| !chain.is_empty()).ok_or_else(no_certificate)?;
    let private =
        PrivateKeyDer::from_pem_slice(&bytes_of(key)?).map_err(|_| TlsError::NoKey { file: key.to_owned() })?;
    CertifiedKey::from_der(chain, private, provider).map_err(|why| match why {
        rustls::Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => {
            TlsError::NotMatching { certificate: certificate.to_owned(), key: key.to_owned() }
        }
        rustls::Error::InvalidCertificate(_) => TlsError::Unfit { file: certificate.to_owned(), why },
        why => TlsError::Unfit { file: key.to_owned(), why },
    })
}

fn bytes_of(file: &Path) -> Result<Vec<u8>, TlsError> {
    std::fs::read(file).map_err(|why| TlsError::Unreadable { file: file.to_owned(), why })
}
