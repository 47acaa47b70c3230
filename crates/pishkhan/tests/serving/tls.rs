//! TLS by our own hand: what is spoken, how long agreeing may take, and a certificate that is renewed.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use pishkhan_testkit::Folder;
use pishkhan_web::serve::tls::{Tls, TlsError};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::line::Line;
use crate::server::Server;

/// A certificate with its key in two files.
pub struct Files {
    folder: Folder,
    pub shown: CertificateDer<'static>,
}

impl Files {
    pub fn new() -> Files {
        let mut files = Files { folder: Folder::new(), shown: CertificateDer::from(Vec::new()) };
        files.renew();
        files
    }

    pub fn certificate(&self) -> PathBuf {
        self.folder.path().join("cert.pem")
    }

    pub fn key(&self) -> PathBuf {
        self.folder.path().join("key.pem")
    }

    pub fn open(&self) -> Arc<Tls> {
        Arc::new(Tls::open(&self.certificate(), &self.key()).expect("the files fit"))
    }

    /// Puts another certificate and its key in their place.
    fn renew(&mut self) {
        let (certificate, key) = self.renew_certificate();
        std::fs::write(self.key(), key).expect("the folder is writable");
        self.shown = certificate;
    }

    /// Puts another certificate in its place, and gives it with its key.
    fn renew_certificate(&self) -> (CertificateDer<'static>, String) {
        let made = rcgen::generate_simple_self_signed(vec!["a.ir".to_owned()]).expect("a certificate can be made");
        std::fs::write(self.certificate(), made.cert.pem()).expect("the folder is writable");
        (made.cert.der().clone(), made.signing_key.serialize_pem())
    }
}

/// A line through TLS, on which one of these versions is offered.
pub async fn secured(server: &Server, trusted: &CertificateDer<'static>, versions: &[&str]) -> TlsStream<TcpStream> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).expect("it is a certificate");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring has them")
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = versions.iter().map(|version| version.as_bytes().to_vec()).collect();
    let socket = TcpStream::connect(server.address).await.expect("it listens");
    let name = ServerName::try_from("a.ir").expect("it is a name");
    TlsConnector::from(Arc::new(config)).connect(name, socket).await.expect("TLS is agreed on")
}

#[tokio::test]
async fn http_1_is_spoken_through_tls_by_the_same_rules() {
    let files = Files::new();
    let server = Server::start(|rules| rules.tls = Some(files.open())).await;
    for versions in [&["http/1.1"][..], &[]] {
        let mut line = Line(secured(&server, &files.shown, versions).await);
        assert_eq!(line.get("/").await.body, "home");
        line.send("POST /echo HTTP/1.1\r\nHost: a.ir\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n").await;
        line.answer().await.is_refusal(400);
        line.is_closed().await;
    }
}

#[tokio::test]
async fn who_never_agrees_on_a_key_is_closed() {
    let files = Files::new();
    let server = Server::start(|rules| {
        rules.tls = Some(files.open());
        rules.handshake = Duration::from_millis(200);
    })
    .await;
    Line::to(&server).await.is_closed().await;
    let mut half = Line::to(&server).await;
    half.send("\u{16}\u{3}\u{1}\u{1}").await;
    half.is_closed().await;
}

#[tokio::test]
async fn an_answer_that_nobody_takes_is_given_up_through_tls_too() {
    let files = Files::new();
    let server = Server::start(|rules| {
        rules.tls = Some(files.open());
        rules.patience.pause = Duration::from_millis(300);
    })
    .await;
    let mut line = Line(secured(&server, &files.shown, &["http/1.1"]).await);
    line.send("GET /large HTTP/1.1\r\nHost: a.ir\r\n\r\n").await;
    tokio::time::timeout(crate::server::BOUND, server.seen.gone.notified()).await.expect("it is given up");
}

#[tokio::test]
async fn a_full_house_agrees_on_no_key() {
    let files = Files::new();
    let server = Server::start(|rules| {
        rules.tls = Some(files.open());
        rules.connections = 1;
    })
    .await;
    let mut first = Line(secured(&server, &files.shown, &[]).await);
    assert_eq!(first.get("/").await.body, "home");
    Line::to(&server).await.is_closed().await;
}

#[tokio::test]
async fn a_renewed_certificate_is_shown_to_whoever_comes_next() {
    let mut files = Files::new();
    let tls = files.open();
    let server = Server::start(|rules| rules.tls = Some(tls.clone())).await;
    let before = files.shown.clone();
    let mut line = Line(secured(&server, &before, &[]).await);
    assert!(!tls.renew().expect("the files fit"), "it is the same one");

    files.renew();
    assert!(tls.renew().expect("the files fit"));
    assert_eq!(Line(secured(&server, &files.shown, &[]).await).get("/").await.body, "home");
    assert_eq!(line.get("/").await.body, "home", "who is in stays in");

    // Halfway through a renewal the certificate is there and its key is not.
    let (_, key) = files.renew_certificate();
    assert!(matches!(tls.renew(), Err(TlsError::NotMatching { .. })));
    assert_eq!(Line(secured(&server, &files.shown, &[]).await).get("/").await.body, "home");
    std::fs::write(files.key(), key).expect("the folder is writable");
    assert!(tls.renew().expect("the files fit"));
}

#[test]
fn files_of_no_use_are_named() {
    let files = Files::new();
    let (certificate, key) = (files.certificate(), files.key());
    let why = |certificate: &PathBuf, key: &PathBuf| Tls::open(certificate, key).expect_err("of no use").to_string();
    let nowhere = files.folder.path().join("nowhere.pem");
    assert!(why(&nowhere, &key).ends_with("nowhere.pem: it can't be read: No such file or directory (os error 2)"));
    assert!(why(&certificate, &nowhere).contains("nowhere.pem: it can't be read"));
    assert!(why(&key, &key).ends_with("key.pem: there is no certificate in it (PEM)"));
    assert!(why(&certificate, &certificate).ends_with("cert.pem: there is no private key in it (PEM)"));
    let other = Files::new();
    let told = why(&certificate, &other.key());
    assert!(told.contains("key.pem: this is not the key of the certificate in "), "{told}");
}

#[test]
fn a_certificate_tells_how_long_it_is_valid() {
    let folder = Folder::new();
    let (certificate, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    let pair = rcgen::KeyPair::generate().expect("a key can be made");
    let mut asked = rcgen::CertificateParams::new(vec!["a.ir".to_owned()]).expect("it is a name");
    asked.not_before = rcgen::date_time_ymd(2026, 1, 1);
    asked.not_after = rcgen::date_time_ymd(2051, 3, 1);
    std::fs::write(&certificate, asked.self_signed(&pair).expect("it is made").pem()).expect("the folder is writable");
    std::fs::write(&key, pair.serialize_pem()).expect("the folder is writable");
    let (from, until) = Tls::open(&certificate, &key).expect("the files fit").validity().expect("it has its dates");
    assert_eq!((from.0, until.0), (1_767_225_600_000, 2_561_241_600_000));
}
