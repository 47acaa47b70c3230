//! One letter, as its sender sees it: where it is now, the unit's answer, and the way it came.

use askama::Template;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use pishkhan_office::courier::last_fate;
use pishkhan_office::files::{self, File, Part};
use pishkhan_office::ids::LetterId;
use pishkhan_office::kinds::{self, Kind};
use pishkhan_office::letters::{self, Breach, Letter, State};
use pishkhan_office::messages;
use pishkhan_office::units::{self, Unit};
use pishkhan_office::{ledger, letters::Registration};

use super::Status;
use super::addition::Addition;
use super::asked::Named;
use super::completion::{Mended, Todo};
use super::outcome::Outcome;
use super::paper::Paper;
use super::rewriting::Again;
use super::thread::{Thread, Typed};
use super::timeline::{self, Step};
use crate::delivery;
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Sender;

#[derive(Template)]
#[template(path = "counter/letter.html")]
struct LetterPage {
    page: Page,
    letter: Letter,
    status: Status,
    unit: Option<Unit>,
    /// The unit that has it now, after a referral.
    holder: Option<Unit>,
    kind: Option<Kind>,
    /// By when it is usually reviewed, in words.
    promise: Option<String>,
    /// With what the house is late now.
    breach: Option<Breach>,
    /// The house was late with something before.
    was_late: bool,
    /// That the last message about it did not come.
    sms_warning: Option<&'static str>,
    own_files: Vec<Paper>,
    answer_files: Vec<Paper>,
    addition: Option<Addition>,
    thread: Thread,
    todo: Option<Todo>,
    again: Option<Again>,
    notice: Option<Notice>,
    outcome: Outcome,
    faults: Vec<Fault>,
    steps: Vec<Step>,
    coming: Vec<&'static str>,
}

/// What the page tells besides the letter.
#[derive(Default)]
pub(super) struct Said {
    /// What is wrong with files that were to be added.
    pub added: Vec<Fault>,
    /// What is wrong with what was brought for a returned letter.
    pub completion: Mended,
    /// What was to be said in the thread, and why it was not.
    pub thread: Typed,
    pub notice: Option<Notice>,
}

/// Why something could not be done, and what was written for it.
pub(super) struct Notice {
    pub text: String,
    /// May be empty.
    pub typed: String,
}

pub async fn show(sender: Sender, Named(letter): Named, method: Method) -> Result<Response, Problem> {
    let id = LetterId::parse(&letter).ok_or(Problem::NotFound)?;
    // Who looks at the head only has seen nothing.
    if method == Method::GET {
        open(&sender, &id).await?;
    }
    let has_unread = method == Method::GET && has_unread(&sender, &id).await?;
    let response = render(&sender, &id, StatusCode::OK, Said::default()).await?;
    // What was decided while the page was made may stand in it.
    if method == Method::GET {
        see(&sender, &id).await?;
    }
    // Now that the page says what is new.
    if has_unread {
        let mut tx = sender.begin().await?;
        messages::mark_read(&mut tx, &id).await?;
        tx.commit().await?;
    }
    Ok(response)
}

/// Whether the letter is the sender's and its thread has something that they have still to read.
async fn has_unread(sender: &Sender, id: &LetterId) -> Result<bool, Problem> {
    let mut tx = sender.read().await?;
    if letters::find_own(&mut tx, &sender.actor.id, id).await?.is_none() {
        return Ok(false);
    }
    Ok(messages::of_letter(&mut tx, id).await?.iter().any(|message| message.is_unread))
}

/// The first look at an answer is part of the proof of its service; and what its sender has seen is not taken back.
async fn open(sender: &Sender, id: &LetterId) -> Result<(), Problem> {
    let mut tx = sender.read().await?;
    let Some(letter) = letters::find_own(&mut tx, &sender.actor.id, id).await? else { return Ok(()) };
    let is_unseen = letters::has_unseen_decision(&mut tx, &sender.app.rules, &letter).await?;
    drop(tx);
    if is_unseen || letters::has_unopened_answer(&letter) {
        let mut tx = sender.begin().await?;
        letters::open_answer(&mut tx, &sender.actor, id).await?;
        letters::see_decision(&mut tx, &sender.actor, id).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Before a page that shows what was decided: it is not taken back any more.
pub(super) async fn see(sender: &Sender, id: &LetterId) -> Result<(), Problem> {
    let mut tx = sender.read().await?;
    let Some(letter) = letters::find_own(&mut tx, &sender.actor.id, id).await? else { return Ok(()) };
    let is_unseen = letters::has_unseen_decision(&mut tx, &sender.app.rules, &letter).await?;
    drop(tx);
    if is_unseen {
        let mut tx = sender.begin().await?;
        letters::see_decision(&mut tx, &sender.actor, id).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// The page, with what is wrong with files that were to be added.
pub(super) async fn page(
    sender: &Sender,
    id: &LetterId,
    status: StatusCode,
    faults: Vec<Fault>,
) -> Result<Response, Problem> {
    page_saying(sender, id, status, Said { added: faults, ..Said::default() }).await
}

/// The page, with what was to be said in the thread, and why it was not.
pub(super) async fn page_with(
    sender: &Sender,
    id: &LetterId,
    status: StatusCode,
    typed: Typed,
) -> Result<Response, Problem> {
    page_saying(sender, id, status, Said { thread: typed, ..Said::default() }).await
}

pub(super) async fn page_saying(
    sender: &Sender,
    id: &LetterId,
    status: StatusCode,
    said: Said,
) -> Result<Response, Problem> {
    see(sender, id).await?;
    render(sender, id, status, said).await
}

async fn render(sender: &Sender, id: &LetterId, status: StatusCode, said: Said) -> Result<Response, Problem> {
    // What stood in the way may not be committed yet, and no reader would see it.
    let mut tx = if said.notice.is_some() { sender.begin().await? } else { sender.read().await? };
    let letter = letters::find_own(&mut tx, &sender.actor.id, id).await?.ok_or(Problem::NotFound)?;
    if matches!(letter.state, State::Draft) {
        return Ok(links::edit_draft(id).see_other());
    }
    let unit = match letter.unit() {
        Some(unit) => units::find(&mut tx, unit).await?,
        None => None,
    };
    let holder = match letter.acting_unit() {
        Some(holder) => units::find(&mut tx, holder).await?,
        None => None,
    };
    let files = files::of_letter(&mut tx, id).await?;
    let (own_files, mut answer_files) = files
        .iter()
        .filter(|file| matches!(file.part, Part::Letter | Part::Answer))
        .cloned()
        .partition::<Vec<File>, _>(|file| file.part == Part::Letter);
    if letter.state.answer().is_none() {
        answer_files.clear();
    }
    let happenings = ledger::of_letter(&mut tx, id).await?;
    // What is refused may stand at an address that has no page of its own.
    let page = Page { here: links::letter(id).to_string(), ..sender.page("letters") };
    let steps = timeline::steps(&page, &letter, &happenings, &units::list(&mut tx).await?);
    let coming = timeline::coming(&page, &letter);
    let (own_files, answer_files) = (Paper::all(&page, &own_files), Paper::all(&page, &answer_files));
    let sms_warning = delivery::warning(&page, last_fate(&mut tx, letter.id.as_str()).await?);
    let (owed, past): (Vec<_>, Vec<_>) =
        letters::breaches(&letter, &happenings, page.now).into_iter().partition(|breach| breach.is_owed);
    let (breach, was_late) = (owed.into_iter().next(), !past.is_empty());
    let kind = kinds::chosen(&mut tx, letter.content.kind.as_ref()).await?;
    let promise = letters::promise(&mut tx, &letter).await?.map(|promise| super::promise::words(&page, promise));
    let addition = Addition::of(sender, &letter, "letter", said.added.clone());
    let todo = Todo::of(&mut tx, sender, &letter, &said.completion).await?;
    let again = Again::of(&mut tx, sender, &letter).await?;
    let typed = said.thread;
    let faults = [said.added, said.completion.faults].concat();
    let outcome = Outcome::of(&mut tx, &page, &letter, &files, &happenings).await?;
    let stamp = Status::of(&letter.state);
    let faults = faults.into_iter().chain(typed.faults.iter().cloned()).collect();
    let thread = Thread::of(&mut tx, &page, &sender.app.rules, &letter, &files, typed).await?;
    let shown = LetterPage {
        page,
        letter,
        status: stamp,
        unit,
        holder,
        kind,
        promise,
        breach,
        was_late,
        sms_warning,
        own_files,
        answer_files,
        addition,
        thread,
        todo,
        again,
        notice: said.notice,
        outcome,
        faults,
        steps,
        coming,
    };
    Ok(show_as(status, &shown))
}

impl LetterPage {
    fn unit_name(&self) -> &str {
        self.unit.as_ref().map_or("", |unit| unit.name_in(self.page.words.language))
    }

    fn holder_name(&self) -> &str {
        self.holder.as_ref().map_or("", |unit| unit.name_in(self.page.words.language))
    }

    fn registration(&self) -> Option<&Registration> {
        self.letter.state.registration()
    }

    /// Where the letter is now, in a sentence. It names no day that has passed; that is said in the notice about the deadline.
    fn standing(&self) -> String {
        let words = self.page.words;
        match &self.letter.state {
            State::Draft => String::new(),
            State::Submitted(_) if self.breach.is_some() => words.t("letter-submitted-late").to_owned(),
            State::Registered(..) if self.breach.is_some() => {
                words.a("letter-registered-late", "unit", self.holder_name())
            }
            State::InProgress(..) | State::AnswerReview(..) if self.breach.is_some() => {
                words.a("letter-in-progress-late", "unit", self.holder_name())
            }
            State::Submitted(submission) => words.a("letter-submitted", "day", self.page.day(&submission.review_due)),
            State::Registered(_, registration) => words.fill(
                "letter-registered",
                &[("unit", self.holder_name()), ("day", &self.page.day(&registration.answer_due))],
            ),
            State::Returned(_, returned) => words.a("letter-returned", "day", self.page.day(&returned.until)),
            State::AwaitingSender(_, _, _, question) => words.fill(
                "letter-awaiting-sender",
                &[("unit", self.holder_name()), ("day", &self.page.day(&question.until))],
            ),
            State::Objected(_, _, objection) => words.a("letter-objected", "day", self.page.day(&objection.due)),
            State::Withdrawn(_, ended) => words.a("letter-withdrawn", "day", self.page.day(&ended.at)),
            State::Lapsed(_, ended) => words.a("letter-lapsed", "day", self.page.day(&ended.at)),
            State::InProgress(_, registration, _) | State::AnswerReview(_, registration, ..) => words.fill(
                "letter-in-progress",
                &[("unit", self.holder_name()), ("day", &self.page.day(&registration.answer_due))],
            ),
            State::Answered(..) | State::Closed(..) => words.a("letter-answered", "unit", self.holder_name()),
            State::Rejected(_, rejection) => words
                .fill("letter-rejected", &[("reason", &rejection.reason), ("date", &self.page.date(&rejection.at))]),
        }
    }
}
