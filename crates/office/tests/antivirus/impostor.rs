//! A socket that speaks as much of clamd's protocol as a test wants it to.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use pishkhan_office::files::antivirus::{Antivirus, Patience, ScanError, Verdict};
use pishkhan_testkit::Folder;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{UnixListener, UnixStream};
use tokio::task::JoinHandle;

/// What it does with a file.
#[derive(Clone, Copy, Debug)]
pub enum Manner {
    /// It doesn't even say that it is there.
    Silent,
    /// It says that it is there, and never reads a file.
    Idle,
    /// It reads the file, and never says what is in it.
    Speechless,
    /// It reads the file, takes so long, and says this.
    Says(&'static [u8], Duration),
    /// It says this before it has read the file, and goes.
    Hasty(&'static [u8]),
    /// It reads the file and talks without end.
    Talkative,
}

/// The impostor, with a file for it to look at.
pub struct Impostor {
    folder: Folder,
    accepting: JoinHandle<()>,
    most_at_once: Arc<AtomicUsize>,
}

impl Impostor {
    pub fn new(manner: Manner, file: &[u8]) -> Impostor {
        let folder = Folder::new();
        std::fs::write(folder.path().join("file"), file).expect("the folder is writable");
        let listener = UnixListener::bind(folder.path().join("clamd.sock")).expect("the folder is writable");
        let most_at_once = Arc::new(AtomicUsize::new(0));
        let most = most_at_once.clone();
        let accepting = tokio::spawn(async move {
            let scans = Arc::new(AtomicUsize::new(0));
            while let Ok((line, _)) = listener.accept().await {
                let (scans, most) = (scans.clone(), most.clone());
                // Whoever breaks off a test's connection has its reasons.
                tokio::spawn(async move { serve(line, manner, &scans, &most).await.ok() });
            }
        });
        Impostor { folder, accepting, most_at_once }
    }

    /// The scanner that we take it for, with little patience.
    pub fn antivirus(&self) -> Antivirus {
        let setting = format!("clamd:{}", self.folder.path().join("clamd.sock").display());
        let patience = Patience {
            greeting: Duration::from_millis(300),
            idle: Duration::from_millis(600),
            whole: Duration::from_secs(3),
        };
        Antivirus::parse(&setting).expect("a setting").expect("a scanner").with_patience(patience)
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("file")
    }

    pub async fn looks(&self) -> Result<Verdict, ScanError> {
        self.antivirus().scan(&self.path()).await
    }

    /// The most files that it ever had to look at, at a time.
    pub fn most_at_once(&self) -> usize {
        self.most_at_once.load(Ordering::SeqCst)
    }
}

impl Drop for Impostor {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn serve(mut line: UnixStream, manner: Manner, scans: &AtomicUsize, most: &AtomicUsize) -> std::io::Result<()> {
    if matches!(manner, Manner::Silent) {
        return forever().await;
    }
    match command(&mut line).await?.as_slice() {
        b"zPING" => line.write_all(b"PONG\0").await,
        b"zVERSION" => line.write_all(b"ClamAV 1.4.6/27834/Sun Nov 22 08:25:38 2026\0").await,
        b"zINSTREAM" => {
            most.fetch_max(scans.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            let ended = look(&mut line, manner).await;
            scans.fetch_sub(1, Ordering::SeqCst);
            ended
        }
        other => panic!("clamd has no command {other:?}"),
    }
}

async fn look(line: &mut UnixStream, manner: Manner) -> std::io::Result<()> {
    match manner {
        Manner::Silent | Manner::Idle => forever().await,
        Manner::Speechless => {
            take(line).await?;
            forever().await
        }
        Manner::Says(answer, after) => {
            take(line).await?;
            tokio::time::sleep(after).await;
            line.write_all(answer).await
        }
        Manner::Hasty(answer) => line.write_all(answer).await,
        Manner::Talkative => {
            take(line).await?;
            loop {
                line.write_all(&[b'a'; 4096]).await?;
            }
        }
    }
}

async fn forever() -> std::io::Result<()> {
    std::future::pending().await
}

/// A command, without the zero after it.
async fn command(line: &mut UnixStream) -> std::io::Result<Vec<u8>> {
    let mut command = Vec::new();
    loop {
        match line.read_u8().await? {
            0 => return Ok(command),
            byte => command.push(byte),
        }
    }
}

/// A whole file, as INSTREAM sends it: pieces after their length, and a zero.
async fn take(line: &mut UnixStream) -> std::io::Result<()> {
    loop {
        let length = line.read_u32().await?;
        if length == 0 {
            return Ok(());
        }
        let mut piece = vec![0; usize::try_from(length).expect("a piece fits into memory")];
        line.read_exact(&mut piece).await?;
    }
}
