//! The search: one field that understands numbers, codes, names and words, and a plain form that narrows it.

use askama::Template;
use axum::response::Response;
use pishkhan_office::ids::KindId;
use pishkhan_office::kinds::{self, Kind};
use pishkhan_office::search::{
    self, Asked, By, Field, Findings, Hit, Piece, QUERY_CHARACTERS, QUERY_WORDS, STATES, Suggestions,
};
use pishkhan_office::senders::SenderKind;
use pishkhan_office::units::{self, Unit};
use pishkhan_office::{Moment, Tx};

use super::beside;
use super::letters;
use super::row::short_time;
use super::search_facets::{self, Facet};
use super::search_form::Typed;
use super::state_word;
use super::status::{self, Number, Status};
use super::tray::NoLettersPage;
use crate::counter::asked::Asked as InAddress;
use crate::layout::{Fault, Page, show as show_page};
use crate::links::{self, Link};
use crate::problem::Problem;
use crate::who::Staff;

#[derive(Template)]
#[template(path = "desk/search.html")]
struct SearchPage {
    page: Page,
    typed: Typed,
    units: Vec<Choice>,
    states: Vec<Choice>,
    kinds: Vec<Choice>,
    senders: Vec<Choice>,
    faults: Vec<Fault>,
    /// What was found as a table, for those who may take it along.
    csv: Option<Link>,
    outcome: Outcome,
}

/// One of a list's choices.
struct Choice {
    value: String,
    label: String,
    is_chosen: bool,
}

enum Outcome {
    /// Nothing was asked yet, or it can't be read.
    NotAsked,
    Found(Found),
    Nothing(Nothing),
}

struct Found {
    rows: Vec<Row>,
    by: By,
    facets: Vec<Facet>,
    /// It was taken as a number; the way to the same as words.
    as_words: Option<Link>,
    is_cut: bool,
    newest: Option<Link>,
    older: Option<Link>,
    further: Option<Further>,
}

/// The page isn't full, and there are older letters.
struct Further {
    /// From before which day.
    day: String,
    /// The way to all of them.
    all: Link,
}

struct Nothing {
    title: &'static str,
    /// Neither letter nor digit was typed.
    is_unreadable: bool,
    shorter: Vec<(String, Link)>,
    without_filter: Option<Link>,
    has_wrong_digit: bool,
    /// The way back from a page that begins further back.
    newest: Option<Link>,
    further: Option<Further>,
}

/// A letter that was found.
struct Row {
    url: Link,
    name: Vec<Piece>,
    subject: Vec<Piece>,
    passage: Option<Vec<Piece>>,
    time: String,
    iso: String,
    unit: String,
    number: Option<Number>,
    /// The word of a priority that is above the normal one.
    pressing: Option<&'static str>,
    status: Status,
    /// In what it was found, in words.
    why: String,
}

pub async fn show(staff: Staff, InAddress(mut typed): InAddress<Typed>) -> Result<Response, Problem> {
    let page = staff.page("search");
    let mut tx = staff.read().await?;
    if !search::may_search(&tx, &staff.actor) {
        return Ok(show_page(&NoLettersPage { page }));
    }
    let units = units::list(&mut tx).await?;
    let kinds = kinds_for(&mut tx, &mut typed).await?;
    let (outcome, faults) = match typed.read(&page) {
        Err(faults) => (Outcome::NotAsked, faults),
        Ok(asked) if typed.q.trim().is_empty() && asked.filter.is_empty() => (Outcome::NotAsked, Vec::new()),
        Ok(asked) => {
            let findings = search::search(&mut tx, &staff.actor, &asked).await?;
            let outcome = if findings.hits.is_empty() {
                let suggestions = search::suggestions(&mut tx, &staff.actor, &asked).await?;
                Outcome::Nothing(nothing(&page, &typed, &asked, (&findings, suggestions)))
            } else {
                Outcome::Found(found(&page, &typed, &asked, findings, (&units, &kinds)))
            };
            (outcome, Vec::new())
        }
    };
    drop(tx);
    let csv = match &outcome {
        Outcome::Found(found) if letters::readers_sight(&staff.actor).is_ok() => Some(typed.table(found.by)),
        _ => None,
    };
    let units = units
        .into_iter()
        .map(|unit| choice(page.name_of(&unit.name, &unit.name_english), unit.id.as_str(), &typed.unit));
    let states = STATES.into_iter().map(|state| choice(page.t(state_word::key_of_all(state)), state, &typed.state));
    let kinds = kinds
        .into_iter()
        .map(|kind| choice(page.name_of(&kind.name, &kind.name_english), kind.id.as_str(), &typed.kind))
        .collect();
    let senders = SenderKind::ALL.into_iter().map(|kind| choice(page.t(kind_key(kind)), kind.as_str(), &typed.sender));
    let (units, states, senders) = (units.collect(), states.collect(), senders.collect());
    Ok(show_page(&SearchPage { page, typed, units, states, kinds, senders, faults, csv, outcome }))
}

/// The kinds that can be asked for: the organisation's, and one out of its list that is asked for. What is none of them wasn't asked.
pub(super) async fn kinds_for(tx: &mut Tx, typed: &mut Typed) -> Result<Vec<Kind>, Problem> {
    let mut kinds = kinds::list_open(tx).await?;
    let asked = kinds::chosen(tx, KindId::parse(&typed.kind).as_ref()).await?;
    match asked {
        None => typed.kind.clear(),
        Some(asked) if asked.is_archived => kinds.push(asked),
        Some(_) => {}
    }
    Ok(kinds)
}

impl Found {
    fn is_narrowed(&self) -> bool {
        self.facets.iter().any(Facet::is_in_force)
    }
}

impl SearchPage {
    fn fault(&self, field: &str) -> Option<&str> {
        self.faults.iter().find(|fault| fault.field == field).map(|fault| fault.text.as_str())
    }
}

/// `lists` are the organisation's units and kinds.
fn found(page: &Page, typed: &Typed, asked: &Asked, findings: Findings, lists: (&[Unit], &[Kind])) -> Found {
    let facets = search_facets::facets(page, typed, &findings, lists);
    let Findings { hits, by, next, reached, .. } = findings;
    Found {
        rows: hits.into_iter().map(|hit| row(page, hit, lists.0)).collect(),
        by,
        facets,
        as_words: (by == By::Code).then(|| typed.as_words()),
        is_cut: asked.query.is_cut && by == By::Words,
        newest: asked.after.map(|_| typed.first_page(by)),
        older: next.map(|place| typed.page_after(by, place)),
        further: further(page, typed, by, reached),
    }
}

/// `what` was found, and what would find more.
fn nothing(page: &Page, typed: &Typed, asked: &Asked, what: (&Findings, Suggestions)) -> Nothing {
    let (findings, suggestions) = what;
    let shorter = |text: String| {
        let link = typed.for_text(&text);
        (text, link)
    };
    // What lies before a page that begins further back may have found something.
    let title = match (asked.after, findings.reached) {
        (None, None) => "search-nothing",
        (None, Some(_)) => "search-nothing-yet",
        (Some(_), None) => "search-nothing-older",
        (Some(_), Some(_)) => "search-nothing-older-yet",
    };
    Nothing {
        title: page.t(title),
        newest: asked.after.map(|_| typed.first_page(findings.by)),
        is_unreadable: asked.query.is_empty() && !typed.q.trim().is_empty(),
        shorter: suggestions.shorter.into_iter().map(shorter).collect(),
        without_filter: suggestions.is_filtered_out.then(|| typed.without_filter()),
        has_wrong_digit: suggestions.has_wrong_digit,
        further: further(page, typed, findings.by, findings.reached),
    }
}

fn further(page: &Page, typed: &Typed, by: By, reached: Option<Moment>) -> Option<Further> {
    reached.map(|at| Further { day: page.date(&at), all: typed.all_before(by, at.0) })
}

fn row(page: &Page, hit: Hit, units: &[Unit]) -> Row {
    let Hit { letter, fields, name, subject, passage } = hit;
    let at = letter.state.submission().map_or(letter.created_at, |submission| submission.at);
    let unit = units.iter().find(|unit| letter.unit() == Some(&unit.id));
    let registration = letter.state.registration();
    Row {
        url: links::desk_letter(&letter.id),
        time: short_time(page, at),
        iso: page.iso(&at),
        unit: unit.map_or("", |unit| page.name_of(&unit.name, &unit.name_english)).to_owned(),
        number: registration.map(|registration| Number::of(page, &registration.number, registration.direction)),
        pressing: beside::pressing(page, letter.priority),
        status: status::status(page, &letter.state),
        why: why(page, &fields),
        name,
        subject,
        passage,
    }
}

/// In what a letter was found, in words; empty when nothing was typed.
pub(super) fn why(page: &Page, fields: &[Field]) -> String {
    let fields: Vec<&str> = fields.iter().map(|field| page.t(field_key(*field))).collect();
    fields.join(page.t("search-and"))
}

fn choice(label: &str, value: &str, chosen: &str) -> Choice {
    Choice { value: value.to_owned(), label: label.to_owned(), is_chosen: value == chosen }
}

fn field_key(field: Field) -> &'static str {
    match field {
        Field::Number => "search-in-number",
        Field::OwnNumber => "search-in-own-number",
        Field::VoidedNumber => "search-in-voided-number",
        Field::Tracking => "search-in-tracking",
        Field::Receipt => "search-in-receipt",
        Field::Mobile => "search-in-mobile",
        Field::Name => "search-in-name",
        Field::Representative => "search-in-representative",
        Field::Subject => "search-in-subject",
        Field::Text => "search-in-text",
        Field::Answer => "search-in-answer",
        Field::AnswerNumber => "search-in-answer-number",
        Field::EarlierAnswer => "search-in-earlier-answer",
        Field::Thread => "search-in-thread",
        Field::Completion => "search-in-completion",
        Field::Objection => "search-in-objection",
        Field::FileName => "search-in-file-name",
    }
}

fn kind_key(kind: SenderKind) -> &'static str {
    match kind {
        SenderKind::Person => "desk-sender-person",
        SenderKind::Company => "desk-sender-company",
    }
}
