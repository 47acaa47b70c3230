//! The history of a letter as the desk reads it: each event in words, with who and when, and among them what its sender was told by SMS
//! and by e-mail.

use pishkhan_office::accounts::staff;
use pishkhan_office::courier::gateways::Channel;
use pishkhan_office::courier::{Progress, messages_about};
use pishkhan_office::ids::StaffId;
use pishkhan_office::ledger::{self, Event, Happening, Who};
use pishkhan_office::letters::{Classification, Ending, Letter, Priority};
use pishkhan_office::units::{self, Unit};
use pishkhan_office::{Moment, StoreError, Tx};

use super::beside;
use super::panes::hidden;
use super::status::Number;
use crate::delivery::Told;
use crate::layout::Page;
use crate::problem::Problem;

/// How many messages are shown, the newest; an e-mail is one of its own.
const MESSAGES: u32 = 40;

/// One thing that happened.
pub struct Step {
    pub kind: &'static str,
    pub icon: &'static str,
    pub text: String,
    pub who: String,
    pub when: String,
    pub iso: String,
}

/// Everything that happened, oldest first. The caller has found the letter as its reader may see it.
pub async fn steps(tx: &mut Tx, page: &Page, letter: &Letter) -> Result<Vec<Step>, Problem> {
    let units = units::list(tx).await?;
    let happenings = ledger::of_letter(tx, &letter.id).await?;
    let mut steps: Vec<(Moment, Step)> = Vec::new();
    for happening in happenings {
        let people = [name(tx, from(&happening.event)).await?, name(tx, to(&happening.event)).await?];
        steps.push((happening.at, step(page, letter, &units, &people, happening)));
    }
    let messages = messages_about(tx, letter.id.as_str(), MESSAGES).await?;
    steps.extend(messages.iter().map(|message| (message.posted_at, of_message(page, message))));
    // What was said of a thing stands behind it.
    steps.sort_by_key(|(at, _)| *at);
    Ok(steps.into_iter().map(|(_, step)| step).collect())
}

/// A message, and how far it came.
fn of_message(page: &Page, message: &Progress) -> Step {
    let told = Told::of(page, message);
    let (icon, text) = match message.channel {
        Channel::Sms => ("phone", page.words.a("desk-event-sms", "kind", told.kind)),
        Channel::Mail => ("letter", page.words.a("desk-event-mail", "kind", told.kind)),
    };
    Step {
        kind: if told.is_lost { "no" } else { "review" },
        icon: if told.is_lost { "warn" } else { icon },
        text,
        who: told.state,
        when: page.when(&message.posted_at),
        iso: page.iso(&message.posted_at),
    }
}

/// Out of whose hand the event took the letter, or a question about it; empty: nobody's.
fn from(event: &Event) -> &str {
    match event {
        Event::LetterFreed { from_staff }
        | Event::LetterHandedOver { from_staff, .. }
        | Event::ReferralFreed { from_staff, .. } => from_staff,
        _ => "",
    }
}

/// Into whose hand it came; empty: nobody's.
fn to(event: &Event) -> &str {
    match event {
        Event::LetterHandedOver { to_staff, .. } => to_staff,
        _ => "",
    }
}

async fn name(tx: &mut Tx, id: &str) -> Result<String, StoreError> {
    match StaffId::parse(id) {
        Some(id) => Ok(staff::name_of(tx, &id).await?.unwrap_or_default()),
        None => Ok(String::new()),
    }
}

/// From whom to whom, with the word that went with it. Whoever got it may have taken it themselves.
fn handed_over(page: &Page, [from, to]: &[String; 2], is_own: bool, word: &str) -> String {
    let places = [("from", from.as_str()), ("to", to.as_str())];
    let text = match (to.is_empty(), is_own) {
        (false, true) if from.is_empty() => page.t("desk-event-taken").to_owned(),
        (false, false) if from.is_empty() => page.words.a("desk-event-given", "name", to),
        (true, _) => page.words.a("desk-event-freed", "name", from),
        (false, true) => page.words.fill("desk-event-taken-over", &places),
        (false, false) => page.words.fill("desk-event-handed-over", &places),
    };
    if word.is_empty() { text } else { page.words.fill("desk-event-saying", &[("text", &text), ("word", word)]) }
}

/// What was taken back of a decision; its number stays in the book.
fn taken_back(page: &Page, undone: &str, number: Option<&str>) -> String {
    let key = match (undone, number) {
        ("answered", Some(number)) => {
            return page.words.a("desk-event-undone-answer-number", "number", page.digits(number));
        }
        (_, Some(number)) => return page.words.a("desk-event-undone-number", "number", page.digits(number)),
        ("answered", None) => "desk-event-undone-answer",
        ("asked", None) => "desk-event-undone-question",
        ("informed", None) => "desk-event-undone-message",
        ("reopened", None) => "desk-event-undone-reopening",
        ("upheld" | "reconsidered", None) => "desk-event-undone-ruling",
        (_, None) => "desk-event-undone",
    };
    page.t(key).to_owned()
}

/// That it was taken back, with the word that went with it.
fn recalled(page: &Page, word: &str) -> String {
    let text = page.t("desk-event-referral-recalled");
    if word.is_empty() {
        text.to_owned()
    } else {
        page.words.fill("desk-event-saying", &[("text", text), ("word", word)])
    }
}

/// How it was classified, and how pressing it was called; of before there were priorities, that it was.
fn classified(page: &Page, classification: &str, priority: &str) -> String {
    match (Classification::parse(classification), Priority::parse(priority)) {
        (Some(classification), Some(priority)) => {
            let classification = page.t(beside::word_of(classification));
            let priority = page.t(beside::word_of_priority(priority));
            page.words.fill("desk-event-marked", &[("classification", classification), ("priority", priority)])
        }
        _ => page.t("desk-event-classified").to_owned(),
    }
}

/// That it was answered, and what the answer says of the matter.
fn answered(page: &Page, authority: &str, withheld: &str, ground: &str) -> String {
    if !withheld.is_empty() {
        let said = page.ending(&Ending::told(None, withheld, ground)).unwrap_or_default();
        return page.words.a("desk-event-answered-so", "said", said);
    }
    if authority.is_empty() {
        return page.t("desk-event-answered").to_owned();
    }
    page.words.a("desk-event-answered-elsewhere", "authority", authority)
}

fn step(page: &Page, letter: &Letter, units: &[Unit], people: &[String; 2], happening: Happening) -> Step {
    let words = page.words;
    let (kind, icon, text) = match &happening.event {
        Event::LetterSubmitted { .. } => ("review", "letter", page.t("desk-event-submitted").to_owned()),
        Event::FilesAdded { files_sha256 } => ("review", "clip", words.n("desk-event-files-added", files_sha256.len())),
        Event::LetterRedirected { to_unit, .. } => {
            let unit = units.iter().find(|unit| unit.id.as_str() == to_unit);
            let name = unit.map_or("", |unit| unit.name_in(words.language));
            ("review", "forward", words.a("desk-event-redirected", "unit", name))
        }
        Event::LetterRegistered { number, .. } => {
            let direction = letter.state.registration().map(|registration| registration.direction);
            let number = match direction {
                Some(direction) => Number::of(page, number, direction).in_sentence(),
                None => page.digits(number),
            };
            ("ok", "stamp", words.a("desk-event-registered", "number", number))
        }
        Event::LetterRejected { reason, ground, .. } => {
            ("no", "cross", words.a("desk-event-rejected", "reason", page.because(reason, ground)))
        }
        Event::LetterTaken => ("ok", "user", page.t("desk-event-taken").to_owned()),
        Event::LetterFreed { .. } => ("ask", "back", words.a("desk-event-freed", "name", &people[0])),
        Event::LetterHandedOver { to_staff, word, .. } => {
            let is_own = matches!(&happening.who, Who::Staff(who) if who.as_str() == to_staff);
            ("ok", "user", handed_over(page, people, is_own, word))
        }
        Event::LetterAnswered { authority, withheld, ground, .. } => {
            ("ok", "reply", answered(page, authority, withheld, ground))
        }
        Event::LetterClosed => ("ok", "check", page.t("desk-event-closed").to_owned()),
        Event::LetterReturned { .. } => ("ask", "clip", page.t("desk-event-returned").to_owned()),
        Event::LetterCompleted { .. } => ("review", "clip", page.t("desk-event-completed").to_owned()),
        Event::SenderWarned { .. } => ("ask", "clock", page.t("desk-event-warned").to_owned()),
        Event::LetterLapsed => ("over", "cross", page.t("desk-event-lapsed").to_owned()),
        Event::LetterWithdrawn { reason, .. } if !reason.is_empty() => {
            ("over", "cross", words.a("desk-event-withdrawn-because", "reason", reason))
        }
        Event::LetterWithdrawn { .. } => ("over", "cross", page.t("desk-event-withdrawn").to_owned()),
        Event::DecisionUndone { undone, number } => ("review", "back", taken_back(page, undone, number.as_deref())),
        Event::ReviewAssigned { to_staff } if to_staff.is_empty() => {
            ("review", "user", page.t("desk-event-unassigned").to_owned())
        }
        Event::ReviewAssigned { .. } => ("review", "user", page.t("desk-event-assigned").to_owned()),
        Event::LetterClassified { classification, priority } => {
            ("review", "warn", classified(page, classification, priority))
        }
        Event::LetterReferred { to_unit, .. } => {
            let unit = units.iter().find(|unit| unit.id.as_str() == to_unit);
            let name = unit.map_or("", |unit| unit.name_in(words.language));
            ("ok", "forward", words.a("desk-event-referred", "unit", name))
        }
        Event::ReferralDone { .. } => ("ok", "check", page.t("desk-event-referral-done").to_owned()),
        Event::ReferralSentBack { .. } => ("ask", "back", page.t("desk-event-referral-back").to_owned()),
        Event::ReferralRecalled { word, .. } => ("over", "back", recalled(page, word)),
        Event::ReferralFreed { .. } => ("ask", "back", words.a("desk-event-referral-freed", "name", &people[0])),
        Event::NoteWritten { .. } => ("review", "write", page.t("desk-event-note").to_owned()),
        Event::QuestionAsked { .. } => ("ask", "clip", page.t("desk-event-question").to_owned()),
        Event::SenderInformed { .. } => ("review", "letter", page.t("desk-event-informed").to_owned()),
        Event::LetterReplied { .. } => ("ok", "reply", page.t("desk-event-replied").to_owned()),
        Event::MessageSent { .. } => ("review", "letter", page.t("desk-event-message").to_owned()),
        Event::AnswerProposed { .. } => ("ok", "write", page.t("desk-event-proposed").to_owned()),
        Event::AnswerSentBack { .. } => ("ask", "back", page.t("desk-event-sent-back").to_owned()),
        Event::AnswerRetracted => ("ask", "back", page.t("desk-event-retracted").to_owned()),
        Event::AnswerOpened if matches!(happening.who, Who::Staff(_)) => {
            ("ok", "check", page.t("desk-event-handed-answer").to_owned())
        }
        Event::AnswerOpened => ("ok", "check", page.t("desk-event-opened").to_owned()),
        Event::LetterObjected { .. } => ("review", "warn", page.t("desk-event-objected").to_owned()),
        Event::ObjectionRaised { .. } => ("ask", "forward", page.t("desk-event-objection-raised").to_owned()),
        Event::ObjectionUpheld { .. } => ("no", "cross", page.t("desk-event-upheld").to_owned()),
        Event::LetterReconsidered { .. } => ("ok", "check", page.t("desk-event-reconsidered").to_owned()),
        Event::LetterRated { steps } => {
            ("ok", "check", words.a("desk-event-rated", "steps", page.number(u64::from(*steps))))
        }
        Event::LetterReopened { reason, .. } => {
            ("ok", "back", page.words.a("desk-event-reopened", "reason", reason.as_str()))
        }
        Event::LetterEscalated { .. } => ("ask", "warn", page.t("desk-event-escalated").to_owned()),
        Event::LettersRelated { .. } => ("review", "letter", page.t("desk-event-related").to_owned()),
        Event::LettersUnrelated { .. } => ("review", "letter", page.t("desk-event-unrelated").to_owned()),
        Event::MobileShown => ("ask", "user", page.t("desk-event-mobile").to_owned()),
        Event::SenderRepresented { .. } => ("review", "user", page.t("timeline-represented").to_owned()),
        Event::RepresentationRenewed { .. } => ("ok", "user", page.t("timeline-representation-renewed").to_owned()),
        Event::RepresentationEnded => ("over", "cross", page.t("timeline-representation-ended").to_owned()),
        Event::LetterFiledForSender { .. } => ("review", "user", page.t("desk-event-filed").to_owned()),
        Event::SenderAsleep { reason } if !reason.is_empty() => {
            ("ask", "phone", words.a("desk-event-asleep-because", "reason", reason))
        }
        Event::SenderAsleep { .. } => ("ask", "phone", page.t("desk-event-asleep").to_owned()),
        Event::SenderWoken => ("ok", "phone", page.t("desk-event-woken").to_owned()),
        Event::SenderNumberChanged { from, to, paper } => ("review", "phone", number_changed(page, [from, to], paper)),
    };
    let who = match happening.who {
        Who::Sender(_) => letter.content.sender_name.clone(),
        Who::Staff(_) => happening.name,
        Who::Time => page.t("desk-who-time").to_owned(),
    };
    Step { kind, icon, text, who, when: page.when(&happening.at), iso: page.iso(&happening.at) }
}

/// From which number to which, and what a clerk saw if it was done at the counter.
fn number_changed(page: &Page, [from, to]: [&str; 2], paper: &str) -> String {
    let shown = |number: &str| page.digits(hidden(number));
    let (from, to) = (shown(from), shown(to));
    let places = [("from", from.as_str()), ("to", to.as_str()), ("paper", paper)];
    if paper.is_empty() {
        page.words.fill("desk-event-number-changed", &places[..2])
    } else {
        page.words.fill("desk-event-number-changed-here", &places)
    }
}
