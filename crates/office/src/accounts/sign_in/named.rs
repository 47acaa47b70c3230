//! Codes that belong to no browser: what each confirms is named by its id, to which no browser's token hashes, and its hash is sealed with
//! that id. So a code for one thing is worth nothing for another, while the limits of sending to a number and of wrong codes are the
//! same for all, and count together, however a code comes.

use pishkhan_persian::{Language, Mobile};
use pishkhan_store::{Result, Secret, Tx};

use super::code::Said;
use super::sends::{self, Origin};
use super::{Manner, Resent, Way, code, find_open, resend_at};
use crate::accounts::rows::sign_ins::{self, SentCode};
use crate::rules::Rules;
use crate::{dispatch, organisations};

/// A code that is wanted.
pub(super) struct Wanted<'a> {
    /// The kind of message that brings it as text.
    pub kind: &'static str,
    /// What such a message brings beside the code and the host.
    pub values: Vec<(&'static str, String)>,
    pub origin: Origin<'a>,
    /// What it is for.
    pub id: &'a str,
    pub mobile: &'a Mobile,
    pub manner: Manner,
}

/// Sends a code, or a new one in the place of the old; `text` words it, of the organisation's name and the six digits. `Unknown`: no route
/// brings it in that way.
pub(super) async fn send(
    tx: &mut Tx,
    secret: &Secret,
    rules: &Rules,
    wanted: Wanted<'_>,
    text: impl FnOnce(Language, &str, &str) -> String,
) -> Result<Resent> {
    let Wanted { kind, mut values, origin, id, mobile, manner } = wanted;
    let Manner { language, way } = manner;
    let Some(template) = template_of(tx, kind, manner).await? else { return Ok(Resent::Unknown) };
    let open = find_open(tx, id).await?.filter(|open| open.mobile == *mobile);
    if let Some(open) = &open {
        let until = resend_at(open, &rules.sign_in);
        if tx.now() < until {
            return Ok(Resent::TooEarly { until });
        }
    }
    let digits = code::random();
    let hash = code::hash(secret, tx.organisation(), id, &digits);
    let expires_at = tx.now().plus(rules.sign_in.code_life);
    let sent = SentCode { id, hash: &hash, expires_at };
    match open {
        Some(open) if !sign_ins::replace_code(tx, &sent, open.sends).await? => {
            // A double click: the other request has just sent one.
            return Ok(Resent::TooEarly { until: tx.now() });
        }
        Some(_) => {}
        None => {
            sign_ins::forget(tx, id).await?;
            if !sign_ins::insert(tx, mobile, &sent).await? {
                return Ok(Resent::TooEarly { until: tx.now() });
            }
        }
    }
    if let Origin::Clerk(clerk) = origin {
        sign_ins::note_clerk(tx, id, clerk).await?;
    }
    if let Some(reached) = sends::take(tx, secret, &rules.limits, origin, mobile).await? {
        return Ok(Resent::TooMany { until: reached.until, why: reached.why });
    }
    code::withdraw_last(tx, id).await?;
    let organisation = organisations::this(tx).await?;
    let text = text(language, organisation.name_in(language), &digits);
    if way == Way::Text {
        values.push(("host", organisation.host().to_owned()));
    }
    values.push(("code", digits));
    code::post(tx, mobile, id, Said { template, text, language, values }, expires_at).await?;
    Ok(Resent::Sent)
}

/// The kind of message that brings it in that way, if one does.
async fn template_of(tx: &mut Tx, kind: &'static str, manner: Manner) -> Result<Option<&'static str>> {
    match manner.way {
        Way::Text => Ok(Some(kind)),
        Way::Call => dispatch::call_for(tx, kind, manner.language).await,
        // They prove a number, and so come to it.
        Way::Mail => Ok(None),
    }
}
