//! Who stands at the counter: the number that they have now, the code that proves it, and the paper of identity that was seen. The dialogs
//! share it in which an account goes to that number.

use pishkhan_office::Tx;
use pishkhan_office::accounts::sign_in::{Pending, Resent, Way};
use pishkhan_office::ids::StaffId;
use pishkhan_office::persian::Mobile;

use super::panes::masked;
use crate::delivery;
use crate::form::Fields;
use crate::layout::{Fault, Page};
use crate::problem::Problem;
use crate::visit::Visit;

/// The fields as a page shows them.
pub struct Identity {
    /// The number that the person has now.
    pub mobile: String,
    /// The code that was sent to it.
    pub pending: Option<Pending>,
    /// Where that went: the number whole for whoever typed it, its middle hidden for everybody else.
    pub sent_to: String,
    /// What is known of its message, when it may never come.
    pub fate: Option<&'static str>,
    /// What was typed of the code, unless it is that which is wrong.
    pub code: String,
    pub has_seen_paper: bool,
    /// Whether another code can be read out to them.
    pub can_call: bool,
    pub faults: Vec<Fault>,
}

impl Identity {
    /// As they were typed; before that, the number is the one that this clerk had a code sent to. Whatever number is known of the sender
    /// already, or a colleague typed, is not shown here: whoever looks at it whole says so, and that is put on record.
    pub fn of(page: &Page, clerk: &StaffId, typed: &Fields, pending: Option<Pending>, faults: Vec<Fault>) -> Identity {
        let own = pending.as_ref().filter(|pending| pending.clerk.as_ref() == Some(clerk));
        let own = own.map(|pending| page.digits(pending.mobile.grouped()));
        let hidden = pending.as_ref().map(|pending| page.digits(masked(&pending.mobile)));
        let sent_to = own.clone().or(hidden).unwrap_or_default();
        let mobile =
            if typed.has("mobile") { typed.get("mobile").chars().take(30).collect() } else { own.unwrap_or_default() };
        let code = match Fault::of(&faults, "code") {
            None => typed.get("code").chars().take(20).collect(),
            Some(_) => String::new(),
        };
        let fate = delivery::lost_code(page, pending.as_ref().and_then(|pending| pending.fate));
        let has_seen_paper = typed.has("paper");
        Identity { mobile, pending, sent_to, fate, code, has_seen_paper, can_call: false, faults }
    }

    pub fn fault(&self, field: &str) -> Option<&Fault> {
        self.faults.iter().find(|fault| fault.field == field)
    }
}

/// By what a code is asked for, if one is.
pub fn way(typed: &Fields) -> Option<Way> {
    match typed.get("next") {
        "send" => Some(Way::Text),
        "call" => Some(Way::Call),
        _ => None,
    }
}

/// What is missing before a code is looked at.
pub fn gaps(visit: &Visit, typed: &Fields) -> Vec<Fault> {
    let mut faults = Vec::new();
    if typed.get("code").trim().is_empty() {
        faults.push(fault(visit, "code", "filing-code-empty"));
    }
    if !typed.has("paper") {
        faults.push(fault(visit, "paper", "awakening-no-paper"));
    }
    faults
}

/// What is wrong where the code that was sent went to another number than the one that is typed now. A colleague, to whom that number is
/// not shown whole, types none.
pub fn other_number(visit: &Visit, typed: &Fields, pending: Option<&Pending>) -> Option<Fault> {
    let pending = pending.filter(|_| !typed.get("mobile").trim().is_empty())?;
    let is_other = Mobile::parse(typed.get("mobile")).ok().as_ref() != Some(&pending.mobile);
    is_other.then(|| fault(visit, "mobile", "awakening-other-number"))
}

/// Keeps that a code was sent; or says beside `field` why none was, and keeps nothing.
pub async fn sent(page: &Page, tx: Tx, resent: Resent, field: &'static str) -> Result<Option<Fault>, Problem> {
    let text = match resent {
        Resent::Sent => {
            tx.commit().await?;
            return Ok(None);
        }
        Resent::Unknown => return Err(Problem::NotFound),
        Resent::TooEarly { until } => page.words.a("code-too-early", "time", page.again_at(&until)),
        Resent::TooMany { until, .. } => page.words.a("filing-too-many-codes", "time", page.again_when(&until)),
    };
    Ok(Some(Fault { field, text }))
}

pub fn fault(visit: &Visit, field: &'static str, key: &'static str) -> Fault {
    Fault { field, text: visit.words.t(key).to_owned() }
}
