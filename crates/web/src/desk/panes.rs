//! The panes of a letter: the list that it stands in, the letter itself, and what this person may decide about it. The letter's
//! page shows them, and every dialog stands before them.

use std::borrow::Borrow;

use pishkhan_office::accounts::staff;
use pishkhan_office::actor::{Role, Staff};
use pishkhan_office::files::{self, Part, Wait};
use pishkhan_office::ids::LetterId;
use pishkhan_office::kinds::{self, Kind};
use pishkhan_office::letters::{self, Act, Letter, SenderKind, State, Version};
use pishkhan_office::persian::{Language, Mobile};
use pishkhan_office::senders::{self, Sender};
use pishkhan_office::units::{self, Unit};
use pishkhan_office::{StoreError, Tx, deadlines, notes};

use super::beside::Beside;
use super::choices::{self, Choice};
use super::circulation::Circulation;
use super::course::Course;
use super::filed::Filed;
use super::holder;
use super::note::Notes;
use super::outcome::Outcome;
use super::paper::Paper;
use super::presence;
use super::row::{self, Lead, List, Row};
use super::sms;
use super::status::{self, Due, Number, Status};
use super::thread::Thread;
use super::timeline::{self, Step};
use super::trays;
use super::within::{self, Wanted};
use crate::layout::Page;
use crate::links::{self, Link};
use crate::problem::Problem;

/// Everything around and of a letter.
pub struct Panes {
    pub list: List,
    /// The view that the address carries, for all addresses that lead on from here.
    pub carried: Option<Wanted>,
    pub letter: Letter,
    /// The version that the form of a dialog carries: the one that was shown first, however often the form came back.
    pub seen: Version,
    pub url: Link,
    pub tray: Link,
    pub place: Option<InList>,
    pub unit: Unit,
    pub unit_name: String,
    /// Who has it now, where its addressee does not say it.
    pub holder: Option<String>,
    /// What the sender chose of the organisation's kinds.
    pub kind: Option<Kind>,
    pub sender: Sender,
    pub sender_kind: &'static str,
    pub mobile: String,
    pub has_whole_mobile: bool,
    /// Why nobody would get a message about it now.
    pub silence: Option<&'static str>,
    pub receipt: String,
    pub submitted: String,
    pub status: Status,
    pub due: Option<(String, Due)>,
    pub number: Option<Number>,
    pub tracking: String,
    pub files: Vec<Paper>,
    pub answer_files: Vec<Paper>,
    /// Until when the sender may still add files that were said to follow.
    pub files_until: Option<String>,
    pub steps: Vec<Step>,
    pub choices: Vec<Choice>,
    /// Why an act that this person would do is not among them, or can't be done yet.
    pub hindrance: Option<&'static str>,
    /// What a registration waits for.
    pub wait: Wait,
    pub beside: Beside,
    pub filed: Filed,
    pub thread: Thread,
    pub circulation: Circulation,
    pub notes: Notes,
    pub course: Course,
    pub outcome: Outcome,
    /// Who should review it, when somebody was named.
    pub reviewer: Option<String>,
    pub can_assign: bool,
    /// Where it is taken out of the hand that has it, if this person may.
    pub handover: Option<Link>,
    /// Where whoever has it is reminded by a note, for the signer to whom it is shown as late.
    pub prompt: Option<Link>,
    /// Who else has it open, in a sentence; empty when nobody has.
    pub looking: String,
    /// Whether a dialog stands before the panes, so that nobody tabs into them.
    pub is_covered: bool,
}

/// Where the letter stands in the list's page, and the letters before and after it, also across the page's borders.
pub struct InList {
    /// None on a later page: how many letters stand before it is not counted.
    pub position: Option<String>,
    pub previous: Option<Lead>,
    pub next: Option<Lead>,
}

impl Panes {
    /// The panes of a letter, as far as this person may see it; else it does not exist.
    pub async fn find(tx: &mut Tx, page: &Page, person: &Staff, id: &LetterId) -> Result<Panes, Problem> {
        let letter = letters::find_for_desk(tx, person, id).await?.ok_or(Problem::NotFound)?;
        let carried = Wanted::carried(page, person);
        let wanted = match &carried {
            Some(carried) => carried.clone(),
            None => Wanted::all(trays::tray_of(tx, person, &letter).await?),
        };
        let list = row::list(tx, page, person, &wanted, Some(&letter)).await?;
        let unit = match letter.unit() {
            Some(unit) => units::find(tx, unit).await?,
            None => None,
        };
        let unit = unit.ok_or(StoreError::Unreadable("unit"))?;
        let holder = match &letter.holder {
            Some(holder) => units::find(tx, holder).await?,
            None => None,
        };
        let sender = senders::find(tx, &letter.sender).await?.ok_or(StoreError::Unreadable("sender"))?;
        let submission = letter.state.submission().ok_or(StoreError::Unreadable("submission"))?;
        let registration = letter.state.registration();
        let near = deadlines::near(tx, page.now).await?;
        let files = files::of_letter(tx, id).await?;
        let is_own_proposal = letters::needs_another_signer(tx, person, &letter).await?;
        let wait = files::wait(&files, page.now);
        let papers = |part| files.iter().filter(|file| file.part == part).map(|file| Paper::of(page, file)).collect();
        Ok(Panes {
            url: within::kept(carried.as_ref(), &links::desk_letter(id)),
            tray: list.here.clone(),
            place: place(page, &list),
            unit_name: unit.name_in(page.words.language).to_owned(),
            holder: holder::told(tx, page, &letter, holder.as_ref()).await?,
            sender_kind: match letter.content.sender_kind {
                SenderKind::Person => page.t("desk-sender-person"),
                SenderKind::Company => page.t("desk-sender-company"),
            },
            mobile: match sender.known_mobile() {
                Some(mobile) => page.digits(masked(mobile)),
                None => page.t("desk-no-mobile").to_owned(),
            },
            has_whole_mobile: sender.mobile.is_none(),
            silence: sms::silence(page, &sender, &letter),
            filed: Filed::of(tx, page, person, &letter, &sender).await?,
            beside: Beside::of(tx, page, person, &letter).await?,
            thread: Thread::of(tx, page, &letter, &files).await?,
            circulation: Circulation::of(tx, page, person, &letter, near).await?,
            notes: Notes::of(tx, page, person, id).await?,
            course: Course::of(tx, page, person, &letter).await?,
            outcome: Outcome::of(tx, page, person, &letter, holder.as_ref().unwrap_or(&unit), &files).await?,
            receipt: page.digits(submission.receipt.short()),
            submitted: page.when(&submission.at),
            status: status::status(page, &letter.state),
            due: letter.state.due().map(|due| (page.day(&due), status::due(page, due, near))),
            number: registration.map(|entry| Number::of(page, &entry.number, entry.direction)),
            tracking: registration.map(|entry| page.digits(entry.tracking.grouped())).unwrap_or_default(),
            files: papers(Part::Letter),
            answer_files: papers(Part::Answer),
            files_until: letters::files_until(&letter, page.now).map(|until| page.when(&until)),
            steps: timeline::steps(tx, page, &letter).await?,
            choices: choices::of(page, person, &letter, holder.as_ref(), is_own_proposal)
                .into_iter()
                .map(|choice| Choice {
                    url: within::kept(carried.as_ref(), &choice.url),
                    is_closed: choice.act == Act::Register && wait == Wait::Scanner,
                    ..choice
                })
                .collect(),
            hindrance: if letters::open_acts(person, &letter, false).contains(&Act::Register) {
                unscanned(page, wait)
            } else {
                is_own_proposal.then(|| page.t("issue-own-proposal"))
            },
            wait,
            reviewer: match &letter.reviewer {
                Some(reviewer) => staff::name_of(tx, reviewer).await?,
                None => None,
            },
            can_assign: person.has(Role::Reviewer) && matches!(letter.state, State::Submitted(_)),
            handover: (letters::could_take_from_hand(person, &letter) && !letters::is_late_below(person, &letter))
                .then(|| links::desk_handover(id)),
            prompt: is_prompted(person, &letter)
                .then(|| within::kept(carried.as_ref(), &links::desk_letter(id)).at("note-text")),
            looking: presence::told(tx, page, person, id).await?.0,
            is_covered: false,
            seen: letter.version,
            kind: kinds::chosen(tx, letter.content.kind.as_ref()).await?,
            list,
            carried,
            unit,
            sender,
            letter,
        })
    }

    /// The panes behind the dialog of an act; None when the letter has moved on and the act can't be done (any more).
    pub async fn behind(
        tx: &mut Tx,
        page: &Page,
        staff: &Staff,
        id: &LetterId,
        act: Act,
    ) -> Result<Option<Panes>, Problem> {
        Panes::behind_one_of(tx, page, staff, id, &[act]).await
    }

    /// The same for a dialog that serves several acts.
    pub async fn behind_one_of(
        tx: &mut Tx,
        page: &Page,
        staff: &Staff,
        id: &LetterId,
        acts: &[Act],
    ) -> Result<Option<Panes>, Problem> {
        let panes = Panes::find(tx, page, staff, id).await?;
        // An officer of another unit has nothing to decide here, whoever was first.
        if !acts.iter().any(|act| letters::could_act(staff, &panes.letter, *act)) {
            return Err(Problem::NotFound);
        }
        let can = panes.choices.iter().any(|choice| acts.contains(&choice.act));
        Ok(can.then_some(Panes { is_covered: true, ..panes }))
    }

    /// The panes behind a form that came back: whoever mends it has seen what they saw before, and is told of what happened meanwhile
    /// when they send it.
    #[must_use]
    pub fn having_seen(self, seen: Option<Version>) -> Panes {
        Panes { seen: seen.unwrap_or(self.seen), ..self }
    }

    /// An address that leads on from here, within the same view.
    pub fn kept(&self, link: impl Borrow<Link>) -> Link {
        within::kept(self.carried.as_ref(), link.borrow())
    }

    /// Whether it shows this person something for them that nobody has read yet.
    pub fn is_news_to(&self, staff: &Staff) -> bool {
        let holds =
            self.letter.holder.as_ref().is_some_and(|unit| staff.is_officer_of(unit) || staff.is_signer_of(unit));
        self.circulation.is_new || (holds && self.thread.is_new)
    }

    /// The letter's day, for the head of the sheet.
    pub fn date(&self, page: &Page) -> String {
        self.letter.state.submission().map(|submission| page.date(&submission.at)).unwrap_or_default()
    }

    /// The language in which the sender gets messages.
    pub fn sender_language(&self) -> Language {
        self.sender.language
    }
}

/// Whether somebody else is to be reminded of it: an objection the signer above decides themselves.
fn is_prompted(person: &Staff, letter: &Letter) -> bool {
    let is_others = !matches!(letter.state, State::Objected(..));
    is_others && letters::is_late_below(person, letter) && notes::could_note(person)
}

/// What whoever registers reads of files that nobody has scanned yet.
pub(super) fn unscanned(page: &Page, wait: Wait) -> Option<&'static str> {
    match wait {
        Wait::Nothing => None,
        Wait::Scanner => Some(page.t("desk-unscanned")),
        Wait::InVain => Some(page.t("desk-unscanned-long")),
    }
}

fn place(page: &Page, list: &List) -> Option<InList> {
    let at = list.rows.iter().position(|row| row.is_current)?;
    let [before, after] = &list.across;
    let number = |n: usize| page.number(n as u64);
    let lead = |row: &Row, label| Some(Lead { url: row.url.clone(), label: page.t(label) });
    let total = number(list.rows.len().max(usize::try_from(list.total).unwrap_or(0)));
    let position = page.words.fill("desk-position", &[("place", &number(at + 1)), ("total", &total)]);
    Some(InList {
        position: Some(position).filter(|_| list.newer.is_none()),
        previous: at.checked_sub(1).map_or_else(|| before.clone(), |at| lead(&list.rows[at], "desk-previous-letter")),
        next: list.rows.get(at + 1).map_or_else(|| after.clone(), |row| lead(row, "desk-next-letter")),
    })
}

/// As people read a number, its middle hidden.
pub(super) fn masked(mobile: &Mobile) -> String {
    hidden(&mobile.masked())
}

/// The same for a number whose middle was hidden before.
pub(super) fn hidden(masked: &str) -> String {
    masked.replace("***", " ••• ")
}
