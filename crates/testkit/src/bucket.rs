//! A real S3 server in the test's process, over a real socket: it can be slow, hang, lie, stop and come back.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use pishkhan_office::files::shelf::{BucketSettings, Patience};
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s_fs::FileSystem;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, duplex, split};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use crate::database::Folder;

const NAME: &str = "letters";
const PREFIX: &str = "pishkhan";
const ACCESS_KEY: &str = "AKIATESTKIT";
const SECRET_KEY: &str = "the-secret-of-the-test-kit";

/// How much goes over the line between two pauses of a slow server, in bytes.
const PIECE: usize = 16 * 1024;

/// How the server is today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Well,
    /// So long a pause after every 16 KiB, in either direction.
    Slow(Duration),
    /// Connections stay open, and nothing goes over them.
    Hangs,
    /// What is written is acknowledged and then stored with one byte changed.
    Flips,
    /// What is written is acknowledged and then stored without its last byte.
    Truncates,
    /// What is written is acknowledged and not stored at all.
    Forgets,
}

/// The server, with one empty bucket in a folder of its own.
pub struct Bucket {
    folder: Folder,
    address: SocketAddr,
    mood: watch::Sender<Mood>,
    running: Mutex<Option<JoinHandle<()>>>,
}

impl Bucket {
    pub async fn start() -> Bucket {
        let folder = Folder::new();
        fs::create_dir(folder.path().join(NAME)).expect("the server's folder is ours");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
        let address = listener.local_addr().expect("the listener has an address");
        let bucket = Bucket { folder, address, mood: watch::Sender::new(Mood::Well), running: Mutex::new(None) };
        bucket.serve(listener);
        bucket
    }

    /// Settings of a client that may use this bucket.
    pub fn settings(&self, patience: Patience) -> BucketSettings {
        BucketSettings {
            store: format!("s3://{NAME}/{PREFIX}"),
            endpoint: Some(format!("http://{}", self.address)),
            region: "us-east-1".to_owned(),
            access_key: ACCESS_KEY.to_owned(),
            secret_key: SECRET_KEY.to_owned(),
            path_style: true,
            allow_http: false,
            patience,
        }
    }

    /// From now on, also on connections that are open.
    pub fn becomes(&self, mood: Mood) {
        self.mood.send_replace(mood);
    }

    /// Closes all sockets, in the middle of whatever they are doing.
    pub async fn stop(&self) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(running) = running {
            running.abort();
            // It has been aborted: that is no news.
            let _ = running.await;
        }
    }

    /// The same address again, over the same folder.
    pub async fn start_again(&self) {
        self.serve(TcpListener::bind(self.address).await.expect("the port is still ours"));
    }

    /// The keys of all objects under the prefix, sorted.
    pub fn keys(&self) -> Vec<String> {
        let root = self.folder.path().join(NAME).join(PREFIX);
        let mut keys = Vec::new();
        collect(&root, &root, &mut keys);
        keys.sort();
        keys
    }

    /// How many parts lie there of uploads that are not finished.
    pub fn unfinished_parts(&self) -> usize {
        let names = fs::read_dir(self.folder.path()).expect("the server's folder is there");
        names.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(".upload_id-")).count()
    }

    /// The file in which the server keeps an object, to be spoilt.
    pub fn file_of(&self, key: &str) -> PathBuf {
        self.folder.path().join(NAME).join(PREFIX).join(key)
    }

    fn serve(&self, listener: TcpListener) {
        let files = FileSystem::new(self.folder.path()).expect("the server's folder is there");
        let mut builder = S3ServiceBuilder::new(files);
        builder.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
        let server =
            Server { s3: builder.build(), root: self.folder.path().to_owned().into(), mood: self.mood.subscribe() };
        let running = tokio::spawn(server.accept(listener));
        *self.running.lock().unwrap_or_else(PoisonError::into_inner) = Some(running);
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        if let Some(running) = self.running.get_mut().unwrap_or_else(PoisonError::into_inner).take() {
            running.abort();
        }
    }
}

#[derive(Clone)]
struct Server {
    s3: S3Service,
    root: Arc<Path>,
    mood: watch::Receiver<Mood>,
}

impl Server {
    async fn accept(self, listener: TcpListener) {
        // With the set, all its connections end.
        let mut connections = JoinSet::new();
        while let Ok((socket, _)) = listener.accept().await {
            connections.spawn(self.clone().converse(socket));
            while connections.try_join_next().is_some() {}
        }
    }

    /// HTTP at the inner end of a pipe, the socket at the outer, the mood between them.
    async fn converse(self, socket: TcpStream) {
        let (inner, outer) = duplex(PIECE);
        let (from_client, to_client) = socket.into_split();
        let (from_server, to_server) = split(outer);
        let there = pump(from_client, to_server, self.mood.clone());
        let back = pump(from_server, to_client, self.mood.clone());
        let service = service_fn(move |request| self.clone().answer(request));
        let serving = http1::Builder::new().serve_connection(TokioIo::new(inner), service);
        // A client that hangs up is no failure.
        let _ = tokio::join!(there, back, serving);
    }

    async fn answer(self, request: Request<Incoming>) -> Result<s3s::HttpResponse, s3s::HttpError> {
        let written = written(&request).map(|path| self.root.join(path));
        let response = Service::call(&self.s3, request).await?;
        if let Some(file) = written.filter(|_| response.status().is_success()) {
            let mood = *self.mood.borrow();
            spoil(&file, mood);
        }
        Ok(response)
    }
}

/// The object that a request writes: a whole one, or one that is made of its parts now.
fn written(request: &Request<Incoming>) -> Option<String> {
    let query = request.uri().query().unwrap_or_default();
    let is_written = match *request.method() {
        Method::PUT => !query.contains("partNumber="),
        Method::POST => query.contains("uploadId="),
        _ => false,
    };
    // Our keys hold no sign that would be escaped in an address.
    is_written.then(|| request.uri().path().trim_start_matches('/').to_owned())
}

fn spoil(file: &Path, mood: Mood) {
    let bytes = || fs::read(file).expect("the object was written a moment ago");
    let spoilt = match mood {
        Mood::Well | Mood::Slow(_) | Mood::Hangs => Ok(()),
        Mood::Flips => {
            let mut bytes = bytes();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            fs::write(file, bytes)
        }
        Mood::Truncates => {
            let bytes = bytes();
            fs::write(file, &bytes[..bytes.len() - 1])
        }
        Mood::Forgets => fs::remove_file(file),
    };
    spoilt.expect("the server's folder is ours");
}

async fn pump(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut mood: watch::Receiver<Mood>,
) -> std::io::Result<()> {
    let mut piece = vec![0; PIECE];
    loop {
        let read = from.read(&mut piece).await?;
        if read == 0 {
            return to.shutdown().await;
        }
        let Ok(now) = mood.wait_for(|mood| *mood != Mood::Hangs).await.map(|mood| *mood) else {
            return Ok(());
        };
        if let Mood::Slow(pause) = now {
            tokio::time::sleep(pause).await;
        }
        to.write_all(&piece[..read]).await?;
    }
}

fn collect(root: &Path, folder: &Path, keys: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(root, &path, keys);
        } else {
            let key = path.strip_prefix(root).expect("what is found in a folder lies in it");
            keys.push(key.to_string_lossy().into_owned());
        }
    }
}
