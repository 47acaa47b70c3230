//! The answer before it is issued, as its sender will see it, in the sender's language.

use askama::Template;
use axum::response::Response;
use pishkhan_office::answers::{self, Places};
use pishkhan_office::files::{self, Part};
use pishkhan_office::kinds::{self, Kind};
use pishkhan_office::letters::{self, Act, Ending, Letter, Registration, State};
use pishkhan_office::words::Words;
use pishkhan_office::{StoreError, senders, units};

use super::answer_faults::text_faults;
use super::answer_form;
use super::asked::Named;
use super::status::Number;
use super::within;
use crate::counter::{Paper, Status};
use crate::layout::{Fault, Page, show as show_page};
use crate::links::{self, Link};
use crate::problem::Problem;
use crate::who::Staff;

#[derive(Template)]
#[template(path = "desk/answer_preview.html")]
struct PreviewPage {
    page: Page,
    /// The frame of the sender's page.
    theirs: Page,
    letter: Letter,
    /// To whom the letter was written; another unit may answer it.
    addressee: String,
    kind: Option<Kind>,
    /// How many files it has, in words.
    attachment: String,
    unit_name: String,
    /// Filled, unless something in it is unknown.
    text: String,
    ending: Ending,
    number: Option<Number>,
    files: Vec<Paper>,
    status: Status,
    faults: Vec<Fault>,
    back: Link,
    /// Where the signer issues it.
    issue: Option<Link>,
}

/// For whoever works on it: the officers and signers of its unit, and auditors, who see everything.
pub async fn show(staff: Staff, Named(id): Named) -> Result<Response, Problem> {
    let page = staff.page("tray");
    let mut tx = staff.read().await?;
    let letter = letters::find_for_desk(&mut tx, &staff.actor, &id).await?.ok_or(Problem::NotFound)?;
    if !letters::reads_draft(&staff.actor, &letter) {
        return Err(Problem::NotFound);
    }
    let unit = match letter.acting_unit() {
        Some(unit) => units::find(&mut tx, unit).await?,
        None => None,
    };
    let unit = unit.ok_or(StoreError::Unreadable("unit"))?;
    let sender = senders::find(&mut tx, &letter.sender).await?.ok_or(StoreError::Unreadable("sender"))?;
    let theirs = Page { words: Words::of(sender.language), ..page.clone() };
    let draft = answers::find_draft(&mut tx, &id).await?;
    let (draft, ending) = draft.map(|draft| (draft.text, draft.ending)).unwrap_or_default();
    let (text, mut faults) = match answers::fill(&draft, &Places::of(&mut tx, &letter, &unit).await?) {
        Ok(text) => (text, Vec::new()),
        Err(unknown) => (draft, text_faults(&page, unknown.into())?),
    };
    if ending.authority() == Some("") {
        faults.push(Fault { field: "text", text: page.t("answer-authority-nothing").to_owned() });
    }
    if ending.ground() == Some("") {
        faults.push(Fault { field: "text", text: page.t("ground-nothing").to_owned() });
    }
    let addressee = match letter.unit() {
        Some(unit) => units::find(&mut tx, unit).await?,
        None => None,
    };
    let all = files::of_letter(&mut tx, &id).await?;
    let is_signer = letters::could_act(&staff.actor, &letter, Act::Issue);
    let is_proposed = matches!(letter.state, State::AnswerReview(..));
    let can_write = letters::open_acts(&staff.actor, &letter, false).contains(&Act::Answer);
    let kept = |link| within::keeping(&page, &staff.actor, link);
    Ok(show_page(&PreviewPage {
        number: answer_form::numbered(&mut tx, &theirs, &unit).await?.number,
        files: Paper::all(&theirs, all.iter().filter(|file| file.part == Part::Proposal)),
        addressee: addressee.map(|unit| unit.name_in(sender.language).to_owned()).unwrap_or_default(),
        kind: kinds::chosen(&mut tx, letter.content.kind.as_ref()).await?,
        attachment: match all.iter().filter(|file| file.part == Part::Letter).count() {
            0 => theirs.t("registry-without").to_owned(),
            count => theirs.words.n("files-count", count),
        },
        unit_name: unit.name_in(sender.language).to_owned(),
        status: Status { kind: "ok", icon: "reply", key: "status-answered" },
        back: kept(if can_write { links::desk_answer(&id) } else { links::desk_letter(&id) }),
        issue: (is_signer && is_proposed).then(|| kept(links::desk_issue(&id))),
        page,
        theirs,
        letter,
        text,
        ending,
        faults,
    }))
}

impl PreviewPage {
    fn registration(&self) -> Option<&Registration> {
        self.letter.state.registration()
    }
}
