//! The codes of a change of number: one that came to the number of now, one that came to the new one. Each right one holds for a while, so
//! that a slip in the other costs no message.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::Moment;
use pishkhan_office::accounts::sign_in::{
    CodeState, Confirmed, Holds, Manner, NumberChange, Resent, Way, confirm_number_code, number_change,
    send_new_number_code, send_old_number_code,
};
use pishkhan_office::dispatch::{self, NextWay};
use pishkhan_office::senders::{self, ChangeNumberError};

use super::asked::Asked;
use super::{code, number};
use crate::form::{Fields, Posted};
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Sender;

const BOTH: [Holds; 2] = [Holds::Old, Holds::New];

#[derive(Template)]
#[template(path = "counter/number_codes.html")]
struct CodesPage {
    page: Page,
    minutes: u64,
    codes: Vec<Code>,
    faults: Vec<Fault>,
    news: Option<&'static str>,
}

/// One of the two codes.
struct Code {
    /// The input's id and name.
    field: &'static str,
    /// The id of what is wrong with it.
    error: &'static str,
    /// What the button says that asks for another one.
    again: &'static str,
    /// What the button says that has another one read out; None where no route does so.
    call: Option<&'static str>,
    label: &'static str,
    number: String,
    is_proved: bool,
    is_sent: bool,
    /// When another code may be asked for; None when it may be now.
    resend_at: Option<Moment>,
    /// Whole seconds until then.
    seconds: u64,
    /// What is known of the message, when it may not have arrived.
    fate: Option<&'static str>,
}

/// What was done before.
#[derive(Default, serde::Deserialize)]
pub struct Done {
    #[serde(default)]
    sent: String,
}

pub async fn show(sender: Sender, Asked(done): Asked<Done>) -> Result<Response, Problem> {
    let news = (done.sent == "again").then(|| sender.words.t("code-sent-again"));
    page(&sender, Vec::new(), StatusCode::OK, news).await
}

/// Takes the codes, or sends one of them again.
pub async fn create(sender: Sender, Posted(fields): Posted) -> Result<Response, Problem> {
    match fields.get("again") {
        "old" => send_again(&sender, Holds::Old, Way::Text).await,
        "new" => send_again(&sender, Holds::New, Way::Text).await,
        "old-call" => send_again(&sender, Holds::Old, Way::Call).await,
        "new-call" => send_again(&sender, Holds::New, Way::Call).await,
        _ => take(&sender, &fields).await,
    }
}

async fn take(sender: &Sender, fields: &Fields) -> Result<Response, Problem> {
    let rules = &sender.app.rules;
    let Some(change) = number_change(&mut sender.read().await?, rules, &sender.actor.id).await? else {
        return Ok(links::account_number().see_other());
    };
    let (mut faults, mut status) = (Vec::new(), StatusCode::UNPROCESSABLE_ENTITY);
    for which in BOTH {
        if let Err((why, text)) = take_one(sender, &change, which, fields.get(field(which))).await? {
            status = status.max(why);
            // Which of the two it is stands in the list of what is wrong, too.
            faults.push(Fault { field: field(which), text: format!("{}: {text}", sender.words.t(label(which))) });
        }
    }
    if !faults.is_empty() {
        return page(sender, faults, status, None).await;
    }
    let mut tx = sender.begin().await?;
    match senders::change_number(&mut tx, rules, &sender.actor, &sender.session).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(links::account_after_number().see_other())
        }
        Err(ChangeNumberError::Taken) => Ok(number::taken(sender, &change.mobile)),
        // It says why.
        Err(ChangeNumberError::Unsettled) => Ok(links::account_number().see_other()),
        Err(ChangeNumberError::Store(error)) => Err(error.into()),
        // One of them ran out in this very moment.
        Err(ChangeNumberError::Unproved | ChangeNumberError::NotHere | ChangeNumberError::Said(_)) => {
            Ok(links::account_number_codes().see_other())
        }
    }
}

/// Takes one code, unless it was right before. A wrong one counts, and a right one holds: each is committed.
async fn take_one(
    sender: &Sender,
    change: &NumberChange,
    which: Holds,
    typed: &str,
) -> Result<Result<(), (StatusCode, String)>, Problem> {
    let words = sender.words;
    let refuse = |text: String| Ok(Err((StatusCode::UNPROCESSABLE_ENTITY, text)));
    match change.state(which) {
        CodeState::Proved { .. } => return Ok(Ok(())),
        CodeState::Unsent => return refuse(words.t("number-code-none").to_owned()),
        CodeState::Pending(_) if typed.trim().is_empty() => return refuse(words.t("number-code-empty").to_owned()),
        CodeState::Pending(_) => {}
    }
    let (secret, rules, visitor) = (&sender.app.secret, &sender.app.rules, &sender.visitor);
    let mut tx = sender.begin().await?;
    let confirmed = confirm_number_code(&mut tx, secret, rules, visitor, &sender.actor.id, which, typed).await?;
    tx.commit().await?;
    match confirmed {
        Confirmed::Right { .. } => Ok(Ok(())),
        Confirmed::Unknown | Confirmed::RightByMail { .. } => refuse(words.t("number-code-none").to_owned()),
        Confirmed::Wrong { tries_left } => refuse(words.n("code-wrong", tries_left)),
        Confirmed::Dead => refuse(words.t("code-dead").to_owned()),
        Confirmed::Expired => refuse(words.t("code-expired").to_owned()),
        Confirmed::TooMany { until } => {
            let text = words.a("code-too-many", "time", sender.page("").again_at(&until));
            Ok(Err((StatusCode::TOO_MANY_REQUESTS, text)))
        }
    }
}

async fn send_again(sender: &Sender, which: Holds, way: Way) -> Result<Response, Problem> {
    let (secret, rules) = (&sender.app.secret, &sender.app.rules);
    let manner = Manner { language: sender.words.language, way };
    let (visitor, actor) = (&sender.visitor, &sender.actor);
    let mut tx = sender.begin().await?;
    let Some(change) = number_change(&mut tx, rules, &actor.id).await? else {
        return Ok(links::account_number().see_other());
    };
    let sent = match which {
        Holds::Old => send_old_number_code(&mut tx, secret, rules, manner, visitor, actor).await?,
        Holds::New => send_new_number_code(&mut tx, secret, rules, manner, visitor, &actor.id, &change.mobile).await?,
    };
    let text = match sent {
        Resent::Sent => {
            tx.commit().await?;
            return Ok(links::account_number_codes_again().see_other());
        }
        Resent::Unknown => return Ok(links::account_number().see_other()),
        Resent::TooEarly { until } => sender.words.a("code-too-early", "time", sender.page("").again_at(&until)),
        Resent::TooMany { until, .. } => sender.words.a("sign-in-too-many", "time", sender.page("").again_when(&until)),
    };
    drop(tx);
    page(sender, vec![Fault { field: field(which), text }], StatusCode::TOO_MANY_REQUESTS, None).await
}

async fn page(
    sender: &Sender,
    faults: Vec<Fault>,
    status: StatusCode,
    news: Option<&'static str>,
) -> Result<Response, Problem> {
    // What was begun on another device is ended there.
    if number::unsettled(sender).await?.is_some() {
        return Ok(links::account_number().see_other());
    }
    let rules = &sender.app.rules;
    let mut tx = sender.read().await?;
    let Some(change) = number_change(&mut tx, rules, &sender.actor.id).await? else {
        return Ok(links::account_number().see_other());
    };
    let mut codes = Vec::new();
    for which in BOTH {
        let (kind, language) = (kind(which), sender.words.language);
        let next_way = dispatch::next_way(&mut tx, kind, language).await?;
        let call = dispatch::call_for(&mut tx, kind, language).await?.map(|_| Way::Call);
        codes.push(shown(sender, &change, which, next_way, call.as_slice()));
    }
    drop(tx);
    let minutes = rules.sign_in.code_life.as_secs() / 60;
    Ok(show_as(status, &CodesPage { page: sender.page("account"), minutes, codes, faults, news }))
}

fn label(which: Holds) -> &'static str {
    match which {
        Holds::Old => "number-old-code",
        Holds::New => "number-new-code",
    }
}

/// The kind of the message that brings it.
fn kind(which: Holds) -> &'static str {
    match which {
        Holds::Old => "old_number_code",
        Holds::New => "new_number_code",
    }
}

/// What the button says that has it read out.
fn call(which: Holds) -> &'static str {
    match which {
        Holds::Old => "old-call",
        Holds::New => "new-call",
    }
}

fn shown(sender: &Sender, change: &NumberChange, which: Holds, next_way: NextWay, ways: &[Way]) -> Code {
    let words = sender.words;
    let (again, error, number) = match which {
        Holds::Old => ("old", "old_code_error", sender.actor.grouped_mobile()),
        Holds::New => ("new", "new_code_error", change.mobile.grouped()),
    };
    let state = change.state(which);
    let pending = match state {
        CodeState::Pending(pending) => Some(pending),
        CodeState::Unsent | CodeState::Proved { .. } => None,
    };
    let resend_at = pending.map(|pending| pending.resend_at).filter(|at| *at > sender.now);
    Code {
        field: field(which),
        error,
        again,
        call: ways.contains(&Way::Call).then(|| call(which)),
        label: words.t(label(which)),
        number,
        is_proved: matches!(state, CodeState::Proved { .. }),
        is_sent: pending.is_some(),
        resend_at,
        seconds: resend_at.map_or(0, |at| at.seconds_since(sender.now)),
        fate: pending.and_then(|pending| code::fate(sender, pending, next_way, ways)),
    }
}

fn field(which: Holds) -> &'static str {
    match which {
        Holds::Old => "old_code",
        Holds::New => "new_code",
    }
}

impl CodesPage {
    fn fault(&self, field: &str) -> Option<&Fault> {
        self.faults.iter().find(|fault| fault.field == field)
    }
}
