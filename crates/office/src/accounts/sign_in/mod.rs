//! How a sender comes in: a code by SMS to a mobile number, and the number is theirs who types it.
//!
//! The browser holds a token, and the code counts together with it only: whoever merely knows a number can neither guess codes
//! of others nor use up their tries (TH05). Failures belong to the number; a new code doesn't reset them (TH03).

mod code;
mod confirm;
mod filing;
mod named;
mod number_change;
mod request;
mod resend;
mod sends;
mod today;

use std::time::Duration;

use pishkhan_courier::{self as courier, Fate};
use pishkhan_persian::{Language, Mobile};
use pishkhan_store::{Moment, Result, Tx};

pub use confirm::{Confirmed, confirm};
pub use filing::{confirm_filing, forget_filing_code, pending_filing, send_filing_code};
pub(crate) use number_change::forget_mailed;
pub use number_change::{
    CodeState, Holds, NumberChange, Proved, confirm_counter_number, confirm_number_code, forget_number_change,
    number_change, pending_counter_number, proved_number_change, send_counter_number_code, send_new_number_code,
    send_old_number_code,
};
pub use request::{Requested, request_code};
pub use resend::{Resent, Way, resend};
pub use today::{CodesToday, codes_of_the_house_today, codes_today};

pub(super) use code::random as random_code;

use super::limits::{self, Over, Taken};
use super::rows::sign_ins::{self, SignIn};
use super::token::SignInToken;
use crate::dispatch;
use crate::ids::StaffId;
use crate::rules::{Rules, SignInRules};

/// How long after its code has run out a sign-in may still ask for a new one.
pub(super) const GRACE: Duration = Duration::from_hours(1);

/// What the message says beside the code, and how.
#[derive(Clone, Copy, Debug)]
pub struct SignInWords<'a> {
    /// The organisation's host, to which browsers bind the code.
    pub host: &'a str,
    /// Its name, for a message without the host.
    pub organisation: &'a str,
    /// In which language it is said.
    pub language: Language,
}

/// How a code comes that belongs to no browser, and in which language it is said.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    pub language: Language,
    /// By e-mail none of them does.
    pub way: Way,
}

impl Manner {
    /// By SMS.
    pub fn text(language: Language) -> Manner {
        Manner { language, way: Way::Text }
    }
}

/// Which limit is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooManyWhy {
    /// A code to this number in this very minute, whoever asked for it.
    Minute,
    /// Too many codes to this number.
    Number,
    /// Too many to the numbers beside this one.
    Block,
    /// Too many from this address or its network.
    Address,
    /// Too many of this organisation.
    Organisation,
    /// Too many of the whole house.
    House,
}

/// A sign-in that waits for its code, for the page where it is typed.
#[derive(Clone, Debug)]
pub struct Pending {
    pub mobile: Mobile,
    pub sent_at: Moment,
    /// When the next code may be asked for.
    pub resend_at: Moment,
    /// When the code runs out; a moment in the past says that a new one is needed.
    pub expires_at: Moment,
    pub tries_left: u32,
    /// What became of the last code's message, as far as anybody said.
    pub fate: Option<Fate>,
    /// Who of the staff typed the number, for somebody at the counter.
    pub clerk: Option<StaffId>,
}

/// Codes of the last hour. Where few of many are typed, somebody has them sent to numbers that aren't theirs (TH01).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodesLately {
    /// Sign-ins to which a code was sent.
    pub sent: i64,
    /// Those of them whose code was typed.
    pub typed: i64,
}

impl CodesLately {
    /// Fewer say nothing.
    const SAMPLE: i64 = 50;

    /// Whether less than 30 of a hundred are typed.
    pub fn is_alarming(self) -> bool {
        self.sent >= Self::SAMPLE && self.typed * 100 < self.sent * 30
    }
}

/// The organisation's codes of the last hour.
pub async fn codes_lately(tx: &mut Tx) -> Result<CodesLately> {
    let since = tx.now().minus(Duration::from_hours(1));
    sign_ins::since(tx, since).await.map(|(sent, typed)| CodesLately { sent, typed })
}

/// Wakes somebody, once an hour, when few of many codes are typed.
pub async fn watch_codes(tx: &mut Tx) -> Result<()> {
    let codes = codes_lately(tx).await?;
    let is_news = codes.is_alarming()
        && limits::take(tx, Over::Organisation, "alarms of codes", 1, limits::HOUR).await? == Taken::Within;
    if is_news {
        let organisation = tx.organisation().as_str();
        tracing::error!(organisation, codes.sent, codes.typed, "few of many codes are typed");
    }
    Ok(())
}

/// The ways beside an SMS by which one of the organisation's routes brings a code for signing in to whoever reads that language. By e-mail only
/// who has proved an address gets it; the way is there for numbers that are known and unknown.
pub async fn other_ways(tx: &mut Tx, language: Language) -> Result<Vec<Way>> {
    let mut ways = Vec::new();
    if dispatch::call_for(tx, "sign_in_code", language).await?.is_some() {
        ways.push(Way::Call);
    }
    if dispatch::has_mail(tx, "sign_in_code", language).await? {
        ways.push(Way::Mail);
    }
    Ok(ways)
}

/// The sign-in of this token; none when it was used, or is long over.
pub async fn pending(tx: &mut Tx, rules: &Rules, token: &SignInToken) -> Result<Option<Pending>> {
    pending_of(tx, rules, &token.hash()).await
}

async fn pending_of(tx: &mut Tx, rules: &Rules, id: &str) -> Result<Option<Pending>> {
    let rules = &rules.sign_in;
    let Some(sign_in) = find_open(tx, id).await? else { return Ok(None) };
    // Of a code that went by e-mail, if it went, nothing is told: nobody learns whether there is an address.
    let fate = if sign_in.is_mailed { None } else { courier::last_fate(tx, id).await? };
    Ok(Some(Pending {
        resend_at: resend_at(&sign_in, rules),
        tries_left: tries_left(rules, sign_in.tries),
        mobile: sign_in.mobile,
        sent_at: sign_in.sent_at,
        expires_at: sign_in.expires_at,
        clerk: sign_in.clerk,
        fate,
    }))
}

/// A sign-in that isn't used and may go on, with this code or a new one.
async fn find_open(tx: &mut Tx, id: &str) -> Result<Option<SignIn>> {
    let now = tx.now();
    let found = sign_ins::find(tx, id).await?;
    Ok(found.filter(|sign_in| !sign_in.is_used && sign_in.expires_at.plus(GRACE) > now))
}

fn resend_at(sign_in: &SignIn, rules: &SignInRules) -> Moment {
    let resends = usize::try_from(sign_in.sends - 1).unwrap_or(0);
    let pause = rules.resend_pauses.get(resends).or(rules.resend_pauses.last());
    sign_in.sent_at.plus(pause.copied().unwrap_or_default())
}

fn tries_left(rules: &SignInRules, tries: i64) -> u32 {
    rules.code_tries.saturating_sub(u32::try_from(tries).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pauses_grow_and_the_last_one_repeats() {
        let rules = Rules::default().sign_in;
        let seconds = |sends| {
            let mobile = Mobile::parse("09121234567").expect("a mobile number");
            let (sent_at, expires_at) = (Moment(0), Moment(0));
            let (tries, is_used, is_mailed, clerk) = (0, false, false, None);
            let sign_in = SignIn { mobile, sends, sent_at, expires_at, tries, is_used, is_mailed, clerk };
            resend_at(&sign_in, &rules).0 / 1_000
        };
        assert_eq!([1, 2, 3, 4, 9].map(seconds), [60, 120, 300, 300, 300]);
    }
}
