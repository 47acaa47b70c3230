//! What became of a message, in words: short ones for staff, and honest ones with what to do for whoever waits for it.

use pishkhan_office::Moment;
use pishkhan_office::courier::gateways::{Channel, Delivery};
use pishkhan_office::courier::{Fate, Progress};
use pishkhan_office::reports;

use crate::layout::Page;

/// A message about a letter.
pub struct Told {
    pub kind: &'static str,
    /// How far it came, and since when that is known.
    pub state: String,
    pub is_lost: bool,
}

impl Told {
    pub fn of(page: &Page, progress: &Progress) -> Told {
        let fate = &progress.fate;
        let (key, at) = match progress.channel {
            Channel::Sms => far(page, progress),
            Channel::Mail => far_by_mail(page, progress),
        };
        let lost = is_lost(fate);
        Told {
            kind: kind(page, &progress.template),
            // When a loss was told is not kept; the time of sending would be taken for it.
            state: if lost { key.to_owned() } else { format!("{key} · {}", page.when(&at)) },
            is_lost: lost || fate.sent_at.is_none() && fate.parked_at.is_some(),
        }
    }
}

fn is_lost(fate: &Fate) -> bool {
    matches!(fate.delivery, Some(Delivery::Undelivered | Delivery::Failed | Delivery::Blocked))
}

/// How far a message to a number came, and since when.
fn far(page: &Page, progress: &Progress) -> (&'static str, Moment) {
    let fate = &progress.fate;
    match (fate.delivered_at, fate.sent_at, fate.parked_at) {
        (Some(at), ..) => (word(page, Delivery::Delivered), at),
        (None, Some(at), _) => (fate.delivery.map_or(page.t("delivery-taken"), |delivery| word(page, delivery)), at),
        (None, None, Some(at)) if fate.delivery == Some(Delivery::Blocked) => (word(page, Delivery::Blocked), at),
        (None, None, Some(at)) if fate.is_unsure => (page.t("delivery-unsure"), at),
        (None, None, Some(at)) => (page.t("delivery-parked"), at),
        (None, None, None) => (page.t("delivery-waiting"), progress.posted_at),
    }
}

/// The same of an e-mail, in words that are no phone's.
fn far_by_mail(page: &Page, progress: &Progress) -> (&'static str, Moment) {
    let fate = &progress.fate;
    match (fate.sent_at, fate.parked_at) {
        (Some(at), _) if is_lost(fate) => (page.t("delivery-mail-lost"), at),
        (Some(at), _) => (page.t("delivery-taken"), at),
        (None, Some(at)) if fate.is_unsure => (page.t("delivery-unsure"), at),
        (None, Some(at)) => (page.t("delivery-parked"), at),
        (None, None) => (page.t("delivery-waiting"), progress.posted_at),
    }
}

/// What its sender is told of the last message about a letter, when it did not come.
pub fn warning(page: &Page, fate: Option<Fate>) -> Option<&'static str> {
    let fate = fate?;
    match fate.delivery {
        Some(Delivery::Blocked) => Some(page.t("letter-sms-blocked")),
        Some(Delivery::Undelivered | Delivery::Failed) => Some(page.t("letter-sms-lost")),
        Some(_) => None,
        None if fate.sent_at.is_some() || fate.parked_at.is_none() => None,
        None if fate.is_unsure => Some(page.t("letter-sms-unsure")),
        None => Some(page.t("letter-sms-lost")),
    }
}

/// What a clerk is told of the code that somebody before them waits for, when it may never come.
pub fn lost_code(page: &Page, fate: Option<Fate>) -> Option<&'static str> {
    let fate = fate?;
    match fate.delivery {
        Some(lost @ (Delivery::Undelivered | Delivery::Failed | Delivery::Blocked)) => Some(word(page, lost)),
        Some(_) => None,
        None if fate.sent_at.is_some() || fate.parked_at.is_none() => None,
        None if fate.is_unsure => Some(page.t("delivery-unsure")),
        None => Some(word(page, Delivery::Failed)),
    }
}

/// A kind of message in words.
pub fn kind(page: &Page, template: &str) -> &'static str {
    match template {
        "sign_in_code" => page.t("kind-sign-in-code"),
        "sign_in_call" => page.t("kind-sign-in-call"),
        "filing_code" => page.t("kind-filing-code"),
        "filing_call" => page.t("kind-filing-call"),
        "old_number_code" => page.t("kind-old-number-code"),
        "old_number_call" => page.t("kind-old-number-call"),
        "new_number_code" => page.t("kind-new-number-code"),
        "new_number_call" => page.t("kind-new-number-call"),
        "number_changed" => page.t("kind-number-changed"),
        "email_code" => page.t("kind-email-code"),
        "email_changed" => page.t("kind-email-changed"),
        "device_added" => page.t("kind-device-added"),
        "letter_submitted" => page.t("kind-letter-submitted"),
        "letter_registered" => page.t("kind-letter-registered"),
        "letter_rejected" => page.t("kind-letter-rejected"),
        "letter_returned" => page.t("kind-letter-returned"),
        "sender_warned" => page.t("kind-sender-warned"),
        "letter_lapsed" => page.t("kind-letter-lapsed"),
        "letter_overdue" => page.t("kind-letter-overdue"),
        "letter_answered" => page.t("kind-letter-answered"),
        "question_asked" => page.t("kind-question-asked"),
        "sender_informed" => page.t("kind-sender-informed"),
        "objection_decided" => page.t("kind-objection-decided"),
        "letter_reopened" => page.t("kind-letter-reopened"),
        "text_answered" => page.t("kind-text-answered"),
        _ => page.t("kind-other"),
    }
}

/// How far a message came, in a word.
pub fn word(page: &Page, delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::Queued => page.t("delivery-queued"),
        Delivery::Sent => page.t("delivery-sent"),
        Delivery::Delivered => page.t("delivery-delivered"),
        Delivery::Undelivered => page.t("delivery-undelivered"),
        Delivery::Failed => page.t("delivery-failed"),
        Delivery::Blocked => page.t("delivery-blocked"),
        Delivery::Unknown => page.t("delivery-unknown"),
    }
}

/// What became of a message, as reports count it.
pub fn fate_word(page: &Page, fate: reports::Fate) -> &'static str {
    match fate {
        reports::Fate::Delivered => page.t("reports-sms-delivered"),
        reports::Fate::Underway => page.t("reports-sms-underway"),
        reports::Fate::Undelivered => page.t("reports-sms-undelivered"),
        reports::Fate::Failed => page.t("reports-sms-failed"),
        reports::Fate::Blocked => page.t("reports-sms-blocked"),
        reports::Fate::Unsure => page.t("reports-sms-unsure"),
        reports::Fate::Parked => page.t("reports-sms-parked"),
    }
}
