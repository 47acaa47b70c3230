//! Letters of long ago, which an organisation may withhold on a device that came lately: whoever has somebody's SIM for a day shall not read
//! what they wrote in years. Whoever types a code of one there reads them all, and so does whoever comes by an older device (TH07).

use pishkhan_store::{Moment, Result, Secret, Tx};

use super::prove_earlier::{Proof, codes, subject};
use super::{Sender, rows};
use crate::accounts::devices;
use crate::accounts::limits::{self, DAY, Over, Taken};
use crate::accounts::sessions::{Holder, Session};
use crate::ids::{LetterId, SenderId};
use crate::organisations;
use crate::rules::Rules;

/// What is withheld in a session.
#[derive(Clone, Copy, Debug)]
pub struct Withheld {
    /// What was begun before it.
    pub before: Moment,
    /// From when on nothing is withheld there any more.
    pub until: Moment,
}

/// What is withheld in this session, if anything may be. Each way to letters asks this, or [`is_withheld`].
pub async fn withheld(tx: &mut Tx, rules: &Rules, session: &Session) -> Result<Option<Withheld>> {
    let Some(days) = organisations::withhold_after(tx).await? else { return Ok(None) };
    let Some(unsettled) = devices::unsettled(tx, rules, session).await? else { return Ok(None) };
    if devices::has_proved(tx, session).await? {
        return Ok(None);
    }
    let old = tx.now().minus(DAY * days);
    // What was written on the device itself is no secret there.
    Ok(Some(Withheld { before: old.min(unsettled.since), until: unsettled.until }))
}

/// Whether this letter is one of the holder's that are withheld in this session.
pub async fn is_withheld(tx: &mut Tx, rules: &Rules, session: &Session, letter: &LetterId) -> Result<bool> {
    let Holder::Sender(sender) = &session.holder else { return Ok(false) };
    match withheld(tx, rules, session).await? {
        Some(withheld) => rows::is_begun_before(tx, sender, letter, withheld.before).await,
        None => Ok(false),
    }
}

/// How many letters they are.
pub async fn count_withheld(tx: &mut Tx, sender: &SenderId, withheld: &Withheld) -> Result<u64> {
    rows::count_begun_before(tx, sender, withheld.before).await
}

/// Opens them on this device, if the code is of one of them. It counts with the codes of earlier letters; the caller commits a wrong try, too,
/// or it would not count.
pub async fn prove_withheld(
    tx: &mut Tx,
    secret: &Secret,
    rules: &Rules,
    sender: &Sender,
    session: &Session,
    typed: &str,
) -> Result<Proof> {
    let Some(mobile) = &sender.mobile else { return Ok(Proof::Nothing) };
    let Some(withheld) = withheld(tx, rules, session).await? else { return Ok(Proof::Nothing) };
    let Some((receipt, tracking)) = codes(typed) else { return Ok(Proof::Malformed) };
    let subject = subject(secret, mobile);
    let ceiling = rules.limits.wakings_per_number_per_day;
    if let Taken::Over { until } = limits::take(tx, Over::Organisation, &subject, ceiling, DAY).await? {
        return Ok(Proof::TooMany { until });
    }
    if !rows::has_code_before(tx, &sender.id, &receipt, &tracking, withheld.before).await? {
        return Ok(Proof::Wrong);
    }
    limits::give_back(tx, Over::Organisation, &subject).await?;
    open_withheld(tx, session).await?;
    Ok(Proof::Right)
}

/// Nothing is withheld any more on the device of this session, whose holder has proved a letter.
pub async fn open_withheld(tx: &mut Tx, session: &Session) -> Result<()> {
    devices::note_proved(tx, session).await
}
