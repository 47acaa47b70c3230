//! Whom a message about a letter goes to, if anybody, and until when it may reach them.

use std::time::Duration;

use pishkhan_persian::Mobile;
use pishkhan_store::Moment;

use crate::letters::Letter;
use crate::senders::{Here, Sender};

/// Why nobody gets a message about a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// The sender came to the counter without one.
    NoMobile,
    /// The number may be somebody else's by now.
    Asleep,
    /// So it may, since nobody was here by it for too long; the account sleeps as soon as somebody signs in with it (TH08). An address that they
    /// proved is theirs still.
    Idle,
    /// The number is that of whoever represented the sender, and their paper holds no more. No number is known of the one who was
    /// represented.
    RepresentationEnded,
}

/// The number that messages about the letter go to at that moment, to whoever was here at `least` so lately.
pub fn recipient<'a>(sender: &'a Sender, letter: &Letter, now: Moment, least: Here) -> Result<&'a Mobile, Silence> {
    match &sender.mobile {
        Some(_) if letter.is_out_of_hands(now) => Err(Silence::RepresentationEnded),
        Some(_) if sender.here.is_before(least) => Err(Silence::Idle),
        Some(mobile) => Ok(mobile),
        None if sender.asleep.is_some() => Err(Silence::Asleep),
        None => Err(Silence::NoMobile),
    }
}

/// From when on a message that still waits may not go out any more: whoever represents the sender hears nothing after their paper.
pub(super) fn expiry(letter: &Letter) -> Option<Moment> {
    let last = letter.content.representative.as_ref().and_then(|representative| representative.ends_at);
    last.map(|last| last.plus(Duration::from_millis(1)))
}
