//! Devices that an account knows: those on which its sender has signed in, by a token that the browser keeps for a year. Of a sign-in on
//! any other one the owner is told, since a number or a code may be in somebody else's hand (TH07).

use std::time::Duration;

use pishkhan_store::{Moment, Result, Secret, Tx};

use super::browser;
use super::rows::known_devices;
use super::seal::sealed;
use super::sessions::{self, Holder, Lives, Session};
use super::token::{DeviceToken, SessionToken};
use super::visitor::Visitor;
use crate::dispatch;
use crate::ids::SenderId;
use crate::news;
use crate::rules::Rules;
use crate::senders::{self, Sender};

/// How long after the last sign-in on a device the account knows it, and the browser keeps its token.
pub const KNOWN_FOR: Duration = Duration::from_hours(365 * 24);
/// How many devices an account knows; the one that was signed in on longest ago makes room.
const MOST: u32 = 20;

/// The browser on which somebody signs in.
pub struct Browser<'a> {
    pub visitor: &'a Visitor,
    /// As it calls itself.
    pub user_agent: &'a str,
    /// The session that it had until now.
    pub session: Option<SessionToken>,
    /// By what accounts know it that were signed in here before.
    pub device: Option<DeviceToken>,
}

/// What the browser keeps of a sign-in.
pub struct Entered {
    pub session: SessionToken,
    pub device: DeviceToken,
}

/// A device that was added to an account, and that nobody has called theirs.
#[derive(Clone, Debug)]
pub struct NewDevice {
    /// By what the account knows it: it names the device, but opens nothing.
    pub mark: String,
    /// As its browser calls itself.
    pub device: String,
    pub added_at: Moment,
}

/// A device that came lately to an account with letters.
#[derive(Clone, Copy, Debug)]
pub struct Unsettled {
    /// When the account got to know it.
    pub since: Moment,
    /// From when on it is as good as those that were there before.
    pub until: Moment,
}

/// Signs a sender in who has proved who they are. The session is new, whatever the browser had before (TH12). On a device that the account
/// doesn't know, that is told in the same transaction, unless nobody has ever signed in to the account.
pub async fn enter(
    tx: &mut Tx,
    secret: &Secret,
    sender: &Sender,
    browser: Browser<'_>,
    lives: Lives,
) -> Result<Entered> {
    let token = browser.device.unwrap_or_else(DeviceToken::random);
    let mark = mark(tx, secret, &sender.id, &token);
    let name = sessions::device_name(browser.user_agent);
    let holder = Holder::Sender(sender.id.clone());
    // The account first, then its sessions, then its devices: in this order whoever ends sessions holds them, too.
    let was_in = senders::note_signed_in(tx, &sender.id, &name).await?;
    // Of what was before sign-ins were noted, the sessions that still go on know.
    let is_first = !was_in && !sessions::goes_on_elsewhere(tx, &holder, browser.session.as_ref()).await?;
    if let Some(before) = &browser.session {
        sessions::end(tx, before).await?;
    }
    if !known_devices::touch(tx, &sender.id, &mark, &name).await? {
        let accepted_at = is_first.then_some(tx.now());
        known_devices::insert(tx, &sender.id, &mark, &name, accepted_at).await?;
        known_devices::forget_beyond(tx, &sender.id, MOST).await?;
        if !is_first {
            dispatch::device_added(tx, sender, browser::known(browser.user_agent, ", ")).await?;
        }
    }
    let session = sessions::begin_on(tx, &holder, browser.visitor, browser.user_agent, lives, &mark).await?;
    Ok(Entered { session, device: token })
}

/// Devices that were added after the one of this session, the last one first. Whoever came last reads nothing of themselves, and nothing of
/// those who were there before.
pub async fn newcomers(tx: &mut Tx, current: &Session) -> Result<Vec<NewDevice>> {
    known_devices::newcomers(tx, &current.id).await
}

/// Somebody in this session has read of the device of this mark, and calls it theirs. Of the others nothing is said.
pub async fn accept(tx: &mut Tx, current: &Session, mark: &str) -> Result<()> {
    match &current.holder {
        Holder::Sender(sender) => known_devices::accept(tx, sender, &current.id, mark).await,
        Holder::Staff(_) => Ok(()),
    }
}

/// Somebody in this session has read of the device of this mark, and says that it is a stranger's: it is signed out, and new if it comes again.
pub async fn disown(tx: &mut Tx, current: &Session, mark: &str) -> Result<()> {
    match &current.holder {
        Holder::Sender(sender) => {
            tx.ring(news::LETTERS);
            known_devices::disown(tx, sender, &current.id, mark).await
        }
        Holder::Staff(_) => Ok(()),
    }
}

/// Whether the device of this session came too lately for an act that takes the account away from its owner. An account in which nothing is
/// older than the device has nothing to lose to whoever uses it: so nobody waits with the phone on which they began.
pub async fn unsettled(tx: &mut Tx, rules: &Rules, current: &Session) -> Result<Option<Unsettled>> {
    let Holder::Sender(sender) = &current.holder else { return Ok(None) };
    let since = known_devices::known_since(tx, &current.id).await?.unwrap_or(current.created_at);
    let until = since.plus(rules.sign_in.settled_after);
    if until <= tx.now() || !known_devices::has_letter_before(tx, sender, since).await? {
        return Ok(None);
    }
    Ok(Some(Unsettled { since, until }))
}

/// Whether somebody has proved on the device of this session that the letters of the account are theirs.
pub(crate) async fn has_proved(tx: &mut Tx, current: &Session) -> Result<bool> {
    known_devices::has_proved(tx, &current.id).await
}

/// Notes it.
pub(crate) async fn note_proved(tx: &mut Tx, current: &Session) -> Result<()> {
    known_devices::note_proved(tx, &current.id).await
}

/// By what the account knows the browser with this token: bound to both, so that nothing tells that two accounts share a browser.
fn mark(tx: &Tx, secret: &Secret, sender: &SenderId, token: &DeviceToken) -> String {
    sealed(secret, "known device", &[tx.organisation().as_str(), sender.as_str(), token.as_str()])
}
