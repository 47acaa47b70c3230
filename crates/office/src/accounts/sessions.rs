//! Sessions: who is in, on which device, until when. The cookie holds a token, the table its hash (TH12).

use std::time::Duration;

use pishkhan_persian::text::stored_line;
use pishkhan_store::{Moment, Result, Tx};

use super::rows::{known_devices, sessions};
use super::token::SessionToken;
use super::visitor::Visitor;
use crate::actor::Staff;
use crate::ids::{SenderId, StaffId};
use crate::news;
use crate::rules::SessionRules;
use crate::senders::{self, Sender};

/// Whose session it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    Sender(SenderId),
    Staff(StaffId),
}

/// How long a session lasts.
#[derive(Clone, Copy, Debug)]
pub struct Lives {
    /// Without a page.
    pub idle: Duration,
    /// In any case.
    pub life: Duration,
}

/// A session that is good now.
#[derive(Clone, Debug)]
pub struct Session {
    /// The hash of its token: it names the session, but opens nothing.
    pub id: String,
    pub holder: Holder,
    /// When the holder proved who they are.
    pub created_at: Moment,
    /// When staff last showed the second factor: as they came in, or since.
    pub confirmed_at: Moment,
    pub seen_at: Moment,
    pub idle: Duration,
    pub expires_at: Moment,
}

/// A session as its holder sees it in the list of their devices.
#[derive(Clone, Debug)]
pub struct Device {
    pub id: String,
    /// As the browser calls itself.
    pub device: String,
    pub address: String,
    pub created_at: Moment,
    pub seen_at: Moment,
    pub is_current: bool,
}

/// Begins a session on this device; its token is new, whatever the browser had before (TH12).
pub async fn begin(
    tx: &mut Tx,
    holder: &Holder,
    visitor: &Visitor,
    user_agent: &str,
    lives: Lives,
) -> Result<SessionToken> {
    begin_on(tx, holder, visitor, user_agent, lives, "").await
}

/// The same on a device that the account knows by this mark.
pub(super) async fn begin_on(
    tx: &mut Tx,
    holder: &Holder,
    visitor: &Visitor,
    user_agent: &str,
    lives: Lives,
    known_device: &str,
) -> Result<SessionToken> {
    let token = SessionToken::random();
    let address = visitor.address().to_string();
    sessions::insert(tx, &token.hash(), holder, &device_name(user_agent), &address, lives, known_device).await?;
    Ok(token)
}

/// The sender whose token this is, if the session is good here and now.
pub async fn find_sender(tx: &mut Tx, token: &SessionToken) -> Result<Option<(Session, Sender)>> {
    sessions::find_sender(tx, &token.hash()).await
}

/// The member of staff whose token this is, with the posts they hold now, if the session is good here and now.
pub async fn find_staff(tx: &mut Tx, token: &SessionToken) -> Result<Option<(Session, Staff)>> {
    sessions::find_staff(tx, &token.hash()).await
}

/// Whether the holder is signed in anywhere else than in the session of this token.
pub(super) async fn goes_on_elsewhere(tx: &mut Tx, holder: &Holder, but: Option<&SessionToken>) -> Result<bool> {
    let but = but.map(SessionToken::hash).unwrap_or_default();
    sessions::exists_but(tx, holder, &but).await
}

/// Whether this token is of a session at another organisation: somebody carried it here, since browsers don't.
pub async fn is_of_another(tx: &mut Tx, token: &SessionToken) -> Result<bool> {
    sessions::is_of_another(tx, &token.hash()).await
}

/// Notes that the holder is here; needed when the session [is stale](Session::is_stale), and not more often.
pub async fn touch(tx: &mut Tx, session: &Session) -> Result<()> {
    if let Holder::Sender(sender) = &session.holder {
        senders::note_seen(tx, sender).await?;
    }
    sessions::touch(tx, &session.id).await
}

/// The holder has shown the second factor anew.
pub(super) async fn confirm(tx: &mut Tx, session: &Session) -> Result<()> {
    sessions::confirm(tx, &session.id).await
}

/// Signs out.
pub async fn end(tx: &mut Tx, token: &SessionToken) -> Result<()> {
    tx.ring(news::LETTERS);
    sessions::end(tx, &token.hash()).await
}

/// Signs another device of the same holder out, which their account then knows no more, unless it was there before this one; false when it
/// isn't theirs or was out already.
pub async fn end_one(tx: &mut Tx, current: &Session, device: &str) -> Result<bool> {
    tx.ring(news::LETTERS);
    let has_ended = sessions::end_one(tx, &current.holder, device).await?;
    if let Holder::Sender(_) = current.holder {
        known_devices::forget_one(tx, current, device).await?;
    }
    Ok(has_ended)
}

/// Signs all devices of the holder out, this one, too; their account knows those no more that came after this one.
pub async fn end_everywhere(tx: &mut Tx, current: &Session) -> Result<()> {
    tx.ring(news::LETTERS);
    sessions::end_all_but(tx, &current.holder, "").await?;
    if let Holder::Sender(_) = current.holder {
        known_devices::forget_later(tx, current).await?;
    }
    Ok(())
}

/// Signs all other devices of the holder out; their account knows none of them any more.
pub async fn end_others(tx: &mut Tx, current: &Session) -> Result<()> {
    end_all_but(tx, &current.holder, &current.id).await
}

/// Signs all devices of the holder out, as something that is no act of theirs in a session asks; their account knows none any more.
pub async fn end_all(tx: &mut Tx, holder: &Holder) -> Result<()> {
    end_all_but(tx, holder, "").await
}

async fn end_all_but(tx: &mut Tx, holder: &Holder, id: &str) -> Result<()> {
    tx.ring(news::LETTERS);
    sessions::end_all_but(tx, holder, id).await?;
    if let Holder::Sender(sender) = holder {
        known_devices::forget_all_but(tx, sender, id).await?;
    }
    Ok(())
}

/// The devices on which the holder of this session is signed in, last seen first.
pub async fn list(tx: &mut Tx, current: &Session) -> Result<Vec<Device>> {
    sessions::list(tx, current).await
}

impl Session {
    /// Whether the holder was last noted more than a minute ago. Noting each page would make every look a write.
    pub fn is_stale(&self, now: Moment) -> bool {
        now.since(self.seen_at) > Duration::from_mins(1)
    }

    /// Whether staff showed the second factor lately enough to take letters along in a file.
    pub fn is_confirmed(&self, rules: &SessionRules, now: Moment) -> bool {
        rules.staff_confirmed.is_zero() || now.since(self.confirmed_at) < rules.staff_confirmed
    }
}

impl Holder {
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Holder::Sender(_) => "sender",
            Holder::Staff(_) => "staff",
        }
    }

    pub(super) fn id(&self) -> &str {
        match self {
            Holder::Sender(id) => id.as_str(),
            Holder::Staff(id) => id.as_str(),
        }
    }
}

impl Lives {
    /// A sender on any device.
    pub fn sender(rules: &SessionRules) -> Lives {
        Lives { idle: rules.sender_idle, life: rules.sender_life }
    }

    /// A sender on a device that they called their own.
    pub fn own_device(rules: &SessionRules) -> Lives {
        Lives { idle: rules.own_device_life, life: rules.own_device_life }
    }

    pub fn staff(rules: &SessionRules) -> Lives {
        Lives { idle: rules.staff_idle, life: rules.staff_life }
    }
}

/// What the browser calls itself, without signs that can't be seen, and not longer than anybody reads.
pub(super) fn device_name(user_agent: &str) -> String {
    let start: String = user_agent.chars().take(1_000).collect();
    stored_line(&start).chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_named_in_one_short_line() {
        assert_eq!(device_name("Mozilla/5.0\r\n\u{202e}(X11)\u{1b}[31m"), "Mozilla/5.0 (X11) [31m");
        assert_eq!(device_name(&"x".repeat(5_000)).len(), 200);
    }
}
