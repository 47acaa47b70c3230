//! How staff come in: password, then second factor. Who is known here can't be told from the answer or its time.
//!
//! Failures are counted per account and per address. A try takes its place before anybody learns whether it was right, and gets
//! it back if it was, so that fifty tries at once pass no more than the limit.

use std::time::Duration;

use pishkhan_store::{Db, Moment, OrganisationId, Result, Secret, Tx};

use super::limits::{self, Over, Taken};
use super::rows::second_factors::Waiting;
use super::rows::{second_factors, staff};
use super::sessions::{self, Holder, Session};
use super::token::SecondFactorToken;
use super::visitor::Visitor;
use super::{password, recovery, second_factor, typed};
use crate::ids::StaffId;
use crate::rules::{Limits, Rules};

/// What came of a password.
#[derive(Clone, Debug)]
pub enum Entered {
    /// Right so far; the browser keeps the token while the second factor is typed.
    SecondFactor(SecondFactorToken),
    /// The address or the password: it isn't said which.
    Wrong,
    TooMany {
        until: Moment,
    },
}

/// What came of a second factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Coded {
    Right(StaffId),
    Wrong {
        tries_left: u32,
    },
    /// Too late, too many tries, or used before: the password is asked again.
    Expired,
    TooMany {
        until: Moment,
    },
}

/// What came of a second factor that was shown anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmed {
    /// It is they who are in; the session knows since when.
    Right,
    /// Wrong, or used before.
    Wrong,
    TooMany {
        until: Moment,
    },
}

/// What somebody typed into the first form.
#[derive(Clone, Copy)]
pub struct Attempt<'a> {
    pub email: &'a str,
    pub password: &'a str,
    pub visitor: &'a Visitor,
}

/// How long the second factor may take.
const LIFE: Duration = Duration::from_mins(10);
const TRIES: u32 = 5;
const WINDOW: Duration = Duration::from_mins(15);

/// Checks a password. It opens and commits transactions of its own, since none may be open while the hash is computed.
pub async fn password(
    db: &Db,
    organisation: &OrganisationId,
    now: Moment,
    secret: &Secret,
    rules: &Rules,
    attempt: Attempt<'_>,
) -> Result<Entered> {
    let email = super::staff::normal_email(attempt.email);
    let counters = Counters::of(secret, &email, attempt.visitor);
    let mut tx = db.read(organisation, now).await?;
    // A look before the work: whoever is over the limit costs no hash.
    if let Taken::Over { until } = counters.peek(&mut tx, &rules.limits).await? {
        return Ok(Entered::TooMany { until });
    }
    let known = staff::credentials(&mut tx, &email).await?;
    drop(tx);
    let is_right = password::verify(attempt.password, known.as_ref().map(|known| &known.password_hash)).await;

    let mut tx = db.begin(organisation, now).await?;
    let entered = match counters.take(&mut tx, &rules.limits).await? {
        Taken::Over { until } => Entered::TooMany { until },
        Taken::Within => {
            // Once more, in case the person was disabled or reset meanwhile.
            let still = staff::credentials(&mut tx, &email).await?;
            let known =
                known.filter(|known| is_right && still.is_some_and(|still| still.password_hash == known.password_hash));
            match known {
                Some(known) => Entered::SecondFactor(begin_second_factor(&mut tx, &counters, &known.staff).await?),
                None => Entered::Wrong,
            }
        }
    };
    tx.commit().await?;
    Ok(entered)
}

/// Checks the code of an app, or a recovery code, in any digits; the caller commits whatever the answer.
pub async fn code(
    tx: &mut Tx,
    secret: &Secret,
    rules: &Rules,
    visitor: &Visitor,
    token: &SecondFactorToken,
    typed: &str,
) -> Result<Coded> {
    let id = token.hash();
    let Some(waiting) = second_factors::find(tx, &id).await? else { return Ok(Coded::Expired) };
    let counters = Counters::of(secret, &waiting.email, visitor);
    if let Taken::Over { until } = counters.take(tx, &rules.limits).await? {
        return Ok(Coded::TooMany { until });
    }
    let Some(tries) = second_factors::take_try(tx, &id, TRIES).await? else {
        counters.give_back(tx).await?;
        return Ok(Coded::Expired);
    };
    if use_code(tx, secret, &waiting, typed).await? && second_factors::consume(tx, &id).await? {
        counters.give_back(tx).await?;
        limits::forget(tx, Over::Organisation, &counters.account).await?;
        return Ok(Coded::Right(waiting.staff));
    }
    Ok(match TRIES.saturating_sub(u32::try_from(tries).unwrap_or(u32::MAX)) {
        0 => Coded::Expired,
        tries_left => Coded::Wrong { tries_left },
    })
}

/// Checks such a code of whoever has this session, under the same limits as at the door; the caller commits whatever the answer.
pub async fn confirm(
    tx: &mut Tx,
    secret: &Secret,
    rules: &Rules,
    visitor: &Visitor,
    session: &Session,
    typed: &str,
) -> Result<Confirmed> {
    let Holder::Staff(staff) = &session.holder else { return Ok(Confirmed::Wrong) };
    let Some(known) = second_factors::of_staff(tx, staff).await? else { return Ok(Confirmed::Wrong) };
    let counters = Counters::of(secret, &known.email, visitor);
    if let Taken::Over { until } = counters.take(tx, &rules.limits).await? {
        return Ok(Confirmed::TooMany { until });
    }
    if !use_code(tx, secret, &known, typed).await? {
        return Ok(Confirmed::Wrong);
    }
    counters.give_back(tx).await?;
    limits::forget(tx, Over::Organisation, &counters.account).await?;
    sessions::confirm(tx, session).await?;
    Ok(Confirmed::Right)
}

/// Uses up the time step or the recovery code that was typed; false when it is wrong or was used.
async fn use_code(tx: &mut Tx, secret: &Secret, waiting: &Waiting, typed: &str) -> Result<bool> {
    let signs = typed::letters_and_digits(typed);
    if signs.len() == 6 {
        return match second_factor::step_of(&waiting.totp_secret, &signs, tx.now()) {
            Some(step) => staff::use_totp_step(tx, &waiting.staff, step).await,
            None => Ok(false),
        };
    }
    recovery::consume(tx, secret, &waiting.staff, &signs).await
}

async fn begin_second_factor(tx: &mut Tx, counters: &Counters, staff: &StaffId) -> Result<SecondFactorToken> {
    counters.give_back(tx).await?;
    let token = SecondFactorToken::random();
    let expires_at = tx.now().plus(LIFE);
    second_factors::insert(tx, &token.hash(), staff, expires_at).await?;
    Ok(token)
}

/// The counters that one try moves, always in this order.
struct Counters {
    account: String,
    address: String,
}

impl Counters {
    fn of(secret: &Secret, email: &str, visitor: &Visitor) -> Counters {
        Counters {
            account: limits::subject(secret, "staff failures of an account", email),
            address: limits::address(secret, "staff failures of an address", visitor),
        }
    }

    async fn peek(&self, tx: &mut Tx, limits: &Limits) -> Result<Taken> {
        for (over, subject, ceiling) in self.in_order(limits) {
            if let over @ Taken::Over { .. } = limits::peek(tx, over, subject, ceiling, WINDOW).await? {
                return Ok(over);
            }
        }
        Ok(Taken::Within)
    }

    /// A try over a limit is not counted under the other one.
    async fn take(&self, tx: &mut Tx, limits: &Limits) -> Result<Taken> {
        for (over, subject, ceiling) in self.in_order(limits) {
            if let over @ Taken::Over { .. } = limits::take(tx, over, subject, ceiling, WINDOW).await? {
                return Ok(over);
            }
        }
        Ok(Taken::Within)
    }

    async fn give_back(&self, tx: &mut Tx) -> Result<()> {
        limits::give_back(tx, Over::Organisation, &self.account).await?;
        limits::give_back(tx, Over::House, &self.address).await
    }

    fn in_order(&self, limits: &Limits) -> [(Over, &str, u32); 2] {
        [
            (Over::Organisation, &self.account, limits.staff_failures_per_account_per_15_minutes),
            (Over::House, &self.address, limits.staff_failures_per_address_per_15_minutes),
        ]
    }
}
