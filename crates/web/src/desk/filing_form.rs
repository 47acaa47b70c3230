//! The form of a letter that a clerk writes down for somebody at the counter.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::Tx;
use pishkhan_office::accounts::new_browser_key;
use pishkhan_office::filings::{self, Assent, Filing, Left};
use pishkhan_office::ids::LetterId;
use pishkhan_office::kinds::{self, Kind};
use pishkhan_office::letters::{Content, SenderKind};
use pishkhan_office::units::{self, Unit};
use pishkhan_office::{files, persian::Mobile};

use crate::counter::Paper;
use crate::layout::{Fault, Page, show_as};
use crate::links::{self, Link};
use crate::problem::Problem;
use crate::who::Reviewer;

#[derive(Template)]
#[template(path = "desk/filing_form.html")]
pub struct FilingForm {
    page: Page,
    /// None: not saved yet.
    draft: Option<LetterId>,
    token: String,
    typed: Content,
    mobile: Typed,
    units: Vec<Unit>,
    kinds: Vec<Kind>,
    files: Vec<Paper>,
    /// What else this clerk has begun.
    open: Vec<Begun>,
    /// What others left behind who review no more.
    left: Vec<Begun>,
    faults: Vec<Fault>,
    /// Whether a fault is ours, so that trying again later may help.
    is_ours: bool,
    most_files: u64,
    most_bytes: u64,
}

/// The mobile as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub text: String,
    /// Said in so many words: the person has none.
    pub has_none: bool,
}

/// A filing that was begun and not filed.
struct Begun {
    /// Where one goes on with it, or takes it over.
    url: Link,
    who: String,
    subject: String,
    when: String,
}

impl Typed {
    pub fn of(filing: &Filing) -> Typed {
        let text = filing.assent.mobile().map(Mobile::grouped).unwrap_or_default();
        Typed { text, has_none: filing.assent == Assent::Signature }
    }
}

impl FilingForm {
    /// The form of what was typed, on a new sheet or on the one that was begun.
    pub async fn of(
        reviewer: &Reviewer,
        draft: Option<LetterId>,
        typed: Content,
        mobile: Typed,
        faults: Vec<Fault>,
    ) -> Result<FilingForm, Problem> {
        // What is refused stands at the address of another page.
        let here = draft.as_ref().map_or_else(links::desk_filings, links::desk_filing_form).to_string();
        let page = Page { here, ..reviewer.page("filing") };
        let mut tx = reviewer.read().await?;
        let attached = match &draft {
            Some(id) => files::of_letter(&mut tx, id).await?,
            None => Vec::new(),
        };
        let rules = &reviewer.app.rules.letters;
        Ok(FilingForm {
            token: new_browser_key(),
            units: units::list_open(&mut tx).await?,
            kinds: kinds::list_open(&mut tx).await?,
            files: Paper::all(&page, &attached),
            open: begun(&mut tx, &page, reviewer, draft.as_ref()).await?,
            left: filings::list_left(&mut tx).await?.into_iter().map(|left| Begun::left(&page, left)).collect(),
            most_files: u64::from(rules.files),
            most_bytes: rules.file_bytes,
            is_ours: false,
            draft,
            typed,
            mobile,
            faults,
            page,
        })
    }

    /// The same, as the answer to a fault of ours.
    pub fn ours(self, is_ours: bool) -> FilingForm {
        FilingForm { is_ours, ..self }
    }

    pub fn show(self) -> Response {
        let status = match (self.faults.is_empty(), self.is_ours) {
            (true, _) => StatusCode::OK,
            (false, true) => StatusCode::SERVICE_UNAVAILABLE,
            (false, false) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        show_as(status, &self)
    }

    fn action(&self) -> Link {
        self.draft.as_ref().map_or_else(links::desk_filings, links::desk_filing)
    }

    fn has_chosen(&self, unit: &Unit) -> bool {
        self.typed.unit.as_ref() == Some(&unit.id)
    }

    fn is_of_kind(&self, kind: &Kind) -> bool {
        self.typed.kind.as_ref() == Some(&kind.id)
    }

    fn is_company(&self) -> bool {
        self.typed.sender_kind == SenderKind::Company
    }

    fn fault(&self, field: &str) -> Option<&str> {
        self.faults.iter().find(|fault| fault.field == field).map(|fault| fault.text.as_str())
    }

    fn file_faults(&self) -> Vec<&str> {
        self.faults.iter().filter(|fault| fault.field == "files").map(|fault| fault.text.as_str()).collect()
    }
}

async fn begun(tx: &mut Tx, page: &Page, reviewer: &Reviewer, here: Option<&LetterId>) -> Result<Vec<Begun>, Problem> {
    let all = filings::list(tx, &reviewer.actor).await?;
    let others = all.into_iter().filter(|filing| Some(&filing.letter.id) != here);
    Ok(others.map(|filing| Begun::of(page, links::desk_filing_form(&filing.letter.id), filing)).collect())
}

impl Begun {
    fn of(page: &Page, url: Link, filing: Filing) -> Begun {
        let content = filing.letter.content;
        let subject =
            if content.subject.is_empty() { page.t("history-no-subject").to_owned() } else { content.subject };
        Begun { url, who: content.sender_name, subject, when: page.when(&filing.letter.changed_at) }
    }

    /// What that clerk left behind; whose it is says who wrote it down.
    fn left(page: &Page, left: Left) -> Begun {
        let url = links::desk_filing_taking(&left.filing.letter.id);
        Begun { who: left.clerk, ..Begun::of(page, url, left.filing) }
    }
}
