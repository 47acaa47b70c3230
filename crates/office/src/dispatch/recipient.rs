//! Whom a message about a letter goes to, if anybody, and until when it may reach them.

use std::time::Duration;

use pishkhan_persian::Mobile;
use pishkhan_store::Moment;

use crate::letters::Letter;
use crate::senders::Sender;

/// Why nobody gets a message about a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// The sender came to the counter without one.
    NoMobile,
    /// The number may be somebody else's by now.
    Asleep,
    /// The number is that of whoever represented the sender, and their paper holds no more. No number is known of the one who was
    /// represented.
    RepresentationEnded,
}

/// The number that messages about the letter go to at that moment.
pub fn recipient<'a>(sender: &'a Sender, letter: &Letter, now: Moment) -> Result<&'a Mobile, Silence> {
    match &sender.mobile {
        Some(_) if letter.is_out_of_hands(now) => Err(Silence::RepresentationEnded),
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
