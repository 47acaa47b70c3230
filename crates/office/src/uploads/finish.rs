//! The end of an upload: its pieces become one file, which goes the way of every file, and the letter gets it.

use std::io;

use bytes::Bytes;
use futures_util::stream::{self, BoxStream, StreamExt, TryStreamExt};
use pishkhan_store::Tx;

use super::line::Gathered;
use super::rows::NotAwaited;
use super::{Piece, ReceiveError, Receiving, Upload, rows};
use crate::files::shelf::Key;
use crate::files::{self, Arrival, ArrivalError, Bringer};
use crate::letters::{self, AttachError};

/// Makes a file of the pieces on the shelf and the last bytes. The letter gets it in the transaction that counts those bytes, so
/// that whoever asks finds either the file, or an upload that still wants them.
///
/// What is wrong with the file ends the upload: no more bytes would help it.
pub(super) async fn finish(
    receiving: &Receiving<'_>,
    upload: &Upload,
    at: u64,
    last: Gathered,
) -> Result<(), ReceiveError> {
    let mut tx = still_awaited(receiving, upload, at).await?;
    let pieces = rows::pieces(&mut tx, &upload.id).await?;
    drop(tx);
    // Between the two statements somebody else may have finished the upload and removed its pieces.
    if pieces.iter().map(|piece| piece.size).sum::<u64>() != at {
        return Err(ReceiveError::WrongOffset);
    }
    let finished = match take_in(receiving, &pieces, last).await {
        Ok(arrival) => {
            let attached = attach(receiving, upload, at, &arrival).await;
            if attached.is_err() {
                // It was counted as a file and has become none, or somebody else's try has made it one.
                files::give_back(receiving.db, receiving.clock, receiving.organisation, &receiving.sender.id).await;
            }
            attached
        }
        // Who was first has removed the pieces; then nothing is wrong with the file.
        Err(error) => still_awaited(receiving, upload, at).await.and(Err(error)),
    };
    match &finished {
        Ok(()) => receiving.remove(&pieces).await,
        Err(error) if is_final(error) => {
            let mut tx = receiving.begin().await?;
            rows::delete(&mut tx, &upload.id).await?;
            tx.commit().await?;
            receiving.remove(&pieces).await;
        }
        Err(_) => {}
    }
    finished
}

async fn still_awaited(receiving: &Receiving<'_>, upload: &Upload, at: u64) -> Result<Tx, ReceiveError> {
    let mut tx = receiving.begin().await?;
    rows::still_awaits(&mut tx, &upload.id, at).await?.map_err(NotAwaited::into_error)?;
    Ok(tx)
}

async fn take_in(receiving: &Receiving<'_>, pieces: &[Piece], last: Gathered) -> Result<Arrival, ReceiveError> {
    let on_shelf = read_pieces(receiving, pieces);
    let whole = on_shelf.chain(last.passage.pieces().await.map_err(|error| receiving.disk(error))?);
    let bringer = Bringer {
        organisation: receiving.organisation,
        counted: Some((&receiving.sender.id, receiving.rules.limits.files_per_sender_per_day)),
    };
    let most = receiving.rules.letters.file_bytes;
    let taken = files::take_in(receiving.vault, receiving.db, receiving.clock, bringer, whole, most).await;
    if let Err(ArrivalError::CutOff) = taken {
        // It is our own pieces that did not come whole, as when another try was first and has removed them.
        files::give_back(receiving.db, receiving.clock, receiving.organisation, &receiving.sender.id).await;
        return Err(ReceiveError::File(ArrivalError::Unreachable("a piece could not be read".to_owned())));
    }
    taken.map_err(ReceiveError::File)
}

/// The bytes of pieces on the shelf, one after the other.
fn read_pieces(receiving: &Receiving<'_>, pieces: &[Piece]) -> BoxStream<'static, io::Result<Bytes>> {
    let keys: Vec<io::Result<Key>> = pieces.iter().map(|piece| Ok(piece.key(receiving.organisation))).collect();
    let shelf = receiving.vault.shelf().clone();
    let opened = stream::iter(keys).and_then(move |key| {
        let shelf = shelf.clone();
        async move { shelf.open(&key).await.map(|stored| stored.pieces).map_err(io::Error::other) }
    });
    let read = opened.try_flatten();
    read.inspect_err(|error| tracing::warn!(%error, "a piece of an upload could not be read")).boxed()
}

async fn attach(receiving: &Receiving<'_>, upload: &Upload, at: u64, arrival: &Arrival) -> Result<(), ReceiveError> {
    let mut tx = receiving.begin().await?;
    if !rows::advance(&mut tx, &upload.id, at, upload.size).await? {
        // Somebody else was first, as when a program didn't wait for our answer.
        let awaited = rows::still_awaits(&mut tx, &upload.id, at).await?;
        return Err(awaited.map_or_else(NotAwaited::into_error, |()| ReceiveError::WrongOffset));
    }
    let (rules, sender) = (receiving.rules, receiving.sender);
    let file = letters::attach_upload(&mut tx, rules, sender, &upload.letter, &upload.name, arrival).await;
    let file = file.map_err(|error| match error {
        AttachError::Store(error) => ReceiveError::Store(error),
        error => ReceiveError::Letter(error),
    })?;
    rows::finish(&mut tx, &upload.id, file.as_ref()).await?;
    Ok(tx.commit().await?)
}

/// Whether another try can only end the same.
fn is_final(error: &ReceiveError) -> bool {
    match error {
        // Tomorrow another try may come through.
        ReceiveError::File(error) => !(error.is_ours() || matches!(error, ArrivalError::Quota { .. })),
        ReceiveError::Letter(_) => true,
        ReceiveError::SessionEnded
        | ReceiveError::Gone
        | ReceiveError::WrongOffset
        | ReceiveError::TooMuch
        | ReceiveError::OtherSum
        | ReceiveError::Store(_) => false,
    }
}
