//! One connection to clamd, for one command.

use std::path::Path;
use std::pin::pin;
use std::time::Duration;

use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::UnixStream;
use tokio::time::timeout;

use super::{Patience, ScanError, Verdict, answer};

/// How much of a file is sent, and held in memory, at a time.
const PIECE: usize = 64 * 1024;

pub struct Line(UnixStream);

impl Line {
    pub async fn open(socket: &Path) -> Result<Line, ScanError> {
        let line = UnixStream::connect(socket).await;
        line.map(Line).map_err(|error| ScanError::Unreachable(format!("{}: {error}", socket.display())))
    }

    /// Gives a command and reads its answer.
    pub async fn ask(mut self, command: &[u8]) -> Result<String, ScanError> {
        self.0.write_all(command).await.map_err(|error| broken(&error))?;
        answer::read(&mut self.0).await
    }

    /// Streams a file and reads the verdict.
    pub async fn scan(mut self, file: File, patience: &Patience) -> Result<Verdict, ScanError> {
        let (reader, writer) = self.0.split();
        let mut sending = pin!(send(file, writer, patience.idle));
        let mut answering = pin!(answer::read(reader));
        let sent = tokio::select! {
            biased;
            sent = &mut sending => sent,
            early = &mut answering => return match answer::verdict(&early?)? {
                Verdict::Clean => Err(answer::unknown("clean, before it had the whole file")),
                infected @ Verdict::Infected { .. } => Ok(infected),
            },
        };
        match sent {
            Ok(()) => answer::verdict(&answering.await?),
            Err(ScanError::Unreachable(why)) => {
                // Who breaks off may have said why, and that is worth more than a broken pipe.
                let said = timeout(patience.greeting, answering).await;
                match said.ok().and_then(Result::ok).map(|said| answer::verdict(&said)) {
                    None | Some(Ok(Verdict::Clean)) => Err(ScanError::Unreachable(why)),
                    Some(verdict) => verdict,
                }
            }
            Err(error) => Err(error),
        }
    }
}

/// Sends the file as clamd's INSTREAM wants it: each piece after its length in four bytes, the highest first, and a zero at the end.
async fn send(mut file: File, mut to: impl AsyncWrite + Unpin, idle: Duration) -> Result<(), ScanError> {
    pass(&mut to, b"zINSTREAM\0", idle).await?;
    let mut piece = vec![0; 4 + PIECE];
    loop {
        let length = file.read(&mut piece[4..]).await.map_err(ScanError::File)?;
        let head = u32::try_from(length).expect("a piece is far smaller than 4 GiB").to_be_bytes();
        piece[..4].copy_from_slice(&head);
        pass(&mut to, &piece[..4 + length], idle).await?;
        if length == 0 {
            return Ok(());
        }
    }
}

async fn pass(to: &mut (impl AsyncWrite + Unpin), bytes: &[u8], idle: Duration) -> Result<(), ScanError> {
    match timeout(idle, to.write_all(bytes)).await {
        Ok(written) => written.map_err(|error| broken(&error)),
        Err(_) => Err(ScanError::Unreachable(format!("it took nothing for {idle:?}"))),
    }
}

fn broken(error: &std::io::Error) -> ScanError {
    ScanError::Unreachable(error.to_string())
}
