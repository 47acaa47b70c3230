//! Taking bytes of an upload in. They count as soon as they are durable, so that a line which breaks takes little with it.
//!
//! Of several who send bytes for one place, the first whose bytes are durable is counted; what the others sent vanishes. The bytes
//! that make the file whole count only together with the file: until the letter has it, they are not there.

use std::io;

use bytes::Bytes;
use futures_util::Stream;
use pishkhan_store::{Clock, Db, OrganisationId, StoreError, Tx};

use super::line::{Gathered, Line};
use super::{Piece, Sum, Upload, finish, rows};
use crate::accounts::SessionToken;
use crate::accounts::sessions;
use crate::files::shelf::ShelfError;
use crate::files::{ArrivalError, Vault};
use crate::ids::PieceId;
use crate::letters::AttachError;
use crate::rules::Rules;
use crate::senders::Sender;

/// How many bytes count at once, unless the program sent fewer or wants them checked by their sum.
const PIECE: u64 = 4 * 1024 * 1024;

/// What an upload is taken in with, and by whose right.
#[derive(Clone, Copy)]
pub struct Receiving<'a> {
    pub db: &'a Db,
    pub clock: &'a Clock,
    pub vault: &'a Vault,
    pub rules: &'a Rules,
    pub organisation: &'a OrganisationId,
    pub sender: &'a Sender,
    /// Of the sender's session, which may end while bytes are on their way.
    pub session: &'a SessionToken,
}

#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    #[error("the session has ended")]
    SessionEnded,
    /// It was ended, or its time is over.
    #[error("there is no such upload")]
    Gone,
    /// Bytes for another place are awaited.
    #[error("the offset is not the upload's")]
    WrongOffset,
    #[error("more bytes came than the upload has")]
    TooMuch,
    /// The bytes are not those of the sum; none of them count.
    #[error("the sum of the bytes is another")]
    OtherSum,
    /// The file is whole and was refused, or couldn't be stored.
    #[error(transparent)]
    File(ArrivalError),
    /// The file is whole, and the letter doesn't take it.
    #[error(transparent)]
    Letter(AttachError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Receiving<'_> {
    /// Takes in the bytes from `at` on, and answers how many the upload has now: also when the line broke. With a sum, all of the
    /// body counts or nothing.
    pub async fn receive<E>(
        &self,
        upload: &Upload,
        mut at: u64,
        mut sum: Option<Sum>,
        body: impl Stream<Item = Result<Bytes, E>> + Unpin,
    ) -> Result<u64, ReceiveError> {
        if at != upload.arrived {
            return Err(ReceiveError::WrongOffset);
        }
        let mut line = Line::new(body);
        while line.has_more().await {
            let left = upload.size - at;
            if left == 0 {
                return Err(ReceiveError::TooMuch);
            }
            self.has_room()?;
            let most = if sum.is_some() { left } else { left.min(PIECE) };
            let gathered = line.gather(self.vault, most, sum.as_mut()).await.map_err(|error| self.disk(error))?;
            let is_whole = gathered.size == left;
            if (is_whole || sum.is_some()) && line.has_more().await {
                return Err(ReceiveError::TooMuch);
            }
            if sum.take().is_some_and(|sum| line.is_cut || !sum.matches()) {
                return Err(ReceiveError::OtherSum);
            }
            let size = gathered.size;
            if is_whole {
                finish::finish(self, upload, at, gathered).await?;
            } else {
                self.keep(upload, at, gathered).await?;
            }
            at += size;
        }
        Ok(at)
    }

    /// Work that may write, if the session is still alive.
    pub(super) async fn begin(&self) -> Result<Tx, ReceiveError> {
        let tx = self.db.begin(self.organisation, self.clock.now()).await?;
        // After waiting for the writer's turn.
        let mut tx = tx.at(self.clock.now());
        match sessions::find_sender(&mut tx, self.session).await? {
            Some((_, sender)) if sender.id == self.sender.id => Ok(tx),
            Some(_) | None => Err(ReceiveError::SessionEnded),
        }
    }

    /// Puts bytes on the shelf and then counts them.
    async fn keep(&self, upload: &Upload, at: u64, gathered: Gathered) -> Result<(), ReceiveError> {
        let piece = Piece { id: PieceId::random(), upload: upload.id.clone(), begins_at: at, size: gathered.size };
        let mut tx = self.begin().await?;
        rows::still_awaits(&mut tx, &upload.id, at).await?.map_err(rows::NotAwaited::into_error)?;
        rows::insert_piece(&mut tx, &piece).await?;
        tx.commit().await?;
        let key = piece.key(self.organisation);
        let put = self.vault.shelf().put(&key, gathered.passage.path(), &gathered.sha256, gathered.size).await;
        put.map_err(|error| self.shelf(error))?;
        let counted = self.count(upload, &piece).await;
        if matches!(counted, Err(ReceiveError::WrongOffset | ReceiveError::Gone | ReceiveError::SessionEnded)) {
            self.remove(&[piece]).await;
        }
        counted
    }

    async fn count(&self, upload: &Upload, piece: &Piece) -> Result<(), ReceiveError> {
        let mut tx = self.begin().await?;
        let end = piece.begins_at + piece.size;
        if !rows::advance(&mut tx, &upload.id, piece.begins_at, end).await? {
            let awaited = rows::still_awaits(&mut tx, &upload.id, piece.begins_at).await?;
            return Err(awaited.map_or_else(rows::NotAwaited::into_error, |()| ReceiveError::WrongOffset));
        }
        rows::count_piece(&mut tx, &piece.id).await?;
        Ok(tx.commit().await?)
    }

    /// Removes pieces that nobody needs any more; what can't be removed now, the sweep removes.
    pub async fn remove(&self, pieces: &[Piece]) {
        super::sweep::remove(self.db, self.clock, self.vault, self.organisation, pieces).await;
    }

    fn has_room(&self) -> Result<(), ReceiveError> {
        if self.vault.has_stopped() {
            return Err(StoreError::Stopped.into());
        }
        match self.vault.has_room() {
            Ok(true) => Ok(()),
            Ok(false) => Err(ReceiveError::File(ArrivalError::NoRoom)),
            Err(error) => Err(ReceiveError::File(ArrivalError::Disk(error))),
        }
    }

    pub(super) fn disk(&self, error: io::Error) -> ReceiveError {
        ReceiveError::File(ArrivalError::Disk(self.vault.note(error)))
    }

    fn shelf(&self, error: ShelfError) -> ReceiveError {
        match error {
            ShelfError::Disk(error) => self.disk(error),
            ShelfError::Stopped => StoreError::Stopped.into(),
            ShelfError::NotThere | ShelfError::Changed | ShelfError::Unreachable(_) => {
                tracing::error!(%error, "a piece of an upload could not be put on the shelf");
                ReceiveError::File(ArrivalError::Unreachable(error.to_string()))
            }
        }
    }
}
