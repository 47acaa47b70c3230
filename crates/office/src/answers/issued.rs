//! An answer that was issued, and the proof of its service: issued, told by SMS, opened. Pure.

use pishkhan_store::Moment;

use crate::courier::{Fate, MessageId, gateways};
use crate::ids::{AnswerId, FileId};
use crate::letters::{Ending, OutgoingNumber, Rating};

#[derive(Clone, Debug)]
pub struct Issued {
    pub id: AnswerId,
    pub at: Moment,
    /// The name, now, of who issued it.
    pub by: String,
    pub text: String,
    pub ending: Ending,
    pub number: Option<OutgoingNumber>,
    pub files: Vec<FileId>,
    /// The message that told of it; None where its sender has no mobile, and for answers of before messages were noted.
    pub message: Option<MessageId>,
    pub delivery: Delivery,
    /// When its sender first looked at it.
    pub opened_at: Option<Moment>,
    /// Since when it holds no more.
    pub undone_at: Option<Moment>,
    /// What its sender thought of it, once there is another answer; until then the letter has it.
    pub rating: Option<Rating>,
}

/// How far the message came. Nothing is claimed that no gateway has said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// There is no message to ask about.
    Unknown,
    /// It is still with us.
    Waiting,
    /// A gateway took it, and has not said that it arrived.
    Sent(Moment),
    /// A gateway has said that it arrived.
    Delivered(Moment),
    /// A gateway took it, and has said that it did not arrive. When it said so is not kept.
    Lost,
    /// It was given up.
    Failed(Moment),
    /// It was given up since nobody knows whether a gateway took it.
    Unsure(Moment),
}

impl Delivery {
    pub(super) fn of(fate: Option<Fate>) -> Delivery {
        use gateways::Delivery::{Blocked, Failed, Undelivered};
        match fate {
            None => Delivery::Unknown,
            Some(Fate { delivered_at: Some(at), .. }) => Delivery::Delivered(at),
            Some(Fate { sent_at: Some(_), delivery: Some(Undelivered | Failed | Blocked), .. }) => Delivery::Lost,
            Some(Fate { sent_at: Some(at), .. }) => Delivery::Sent(at),
            Some(Fate { parked_at: Some(at), is_unsure: true, .. }) => Delivery::Unsure(at),
            Some(Fate { parked_at: Some(at), .. }) => Delivery::Failed(at),
            Some(_) => Delivery::Waiting,
        }
    }
}
