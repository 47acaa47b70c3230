//! Notices: which messages the organisation sends, and in which words. For administrators; each kind has a form of its own.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::courier::gateways::{Kind, Value};
use pishkhan_office::dispatch;
use pishkhan_office::notices::{self, Always, Change, ChangeError, Notice, WORDING_CHARACTERS, WordingFault};
use pishkhan_office::organisations::Organisation;
use pishkhan_office::persian::Language;
use pishkhan_office::words::Words;

use super::sms::{self, Sms};
use crate::counter::asked::{Asked, Named};
use crate::delivery;
use crate::form::Posted;
use crate::layout::{Page, show_as};
use crate::links::{self, Link};
use crate::problem::Problem;
use crate::who::Administrator;

#[derive(Template)]
#[template(path = "desk/notices.html")]
struct NoticesPage {
    page: Page,
    rows: Vec<NoticeRow>,
    faults: Vec<InputFault>,
    news: Option<String>,
}

struct NoticeRow {
    /// The kind's name, as the page's ids have it.
    name: &'static str,
    word: &'static str,
    url: Link,
    /// The same, going back to this kind.
    preview_url: Link,
    /// Why it is always sent; None where it can be off.
    always: Option<&'static str>,
    /// What the switch says.
    sent: &'static str,
    is_off: bool,
    /// What is peculiar to this kind.
    note: Option<&'static str>,
    places: Vec<Place>,
    wordings: Vec<WordingRow>,
}

impl NoticeRow {
    /// Whether something of it must be mended.
    fn is_wrong(&self) -> bool {
        self.wordings.iter().any(|wording| !wording.faults.is_empty())
    }
}

struct Place {
    text: String,
    is_kept: bool,
}

struct WordingRow {
    /// The input's id.
    id: String,
    /// The input's name.
    field: &'static str,
    label: &'static str,
    lang: &'static str,
    dir: &'static str,
    typed: String,
    /// What is said where nothing is typed.
    usual: String,
    /// The id of each error, and what to do.
    faults: Vec<(String, String)>,
    /// None of what must be mended.
    sms: Option<Sms>,
    /// How many parts it can become; nothing for what is cut to one.
    parts: Option<String>,
}

/// A thing to mend: the input's id, and what to do.
struct InputFault {
    field: String,
    text: String,
}

/// What was done before.
#[derive(Default, serde::Deserialize)]
pub struct Done {
    #[serde(default)]
    kept: String,
}

/// What somebody typed about a kind.
struct Typed {
    kind: &'static Kind,
    change: Change,
    faults: Vec<(Language, WordingFault)>,
}

pub async fn show(administrator: Administrator, Asked(done): Asked<Done>) -> Result<Response, Problem> {
    let page = administrator.page("routes");
    let kept = notices::kind(&done.kept);
    let news = kept.map(|kind| page.words.a("notices-kept", "what", delivery::kind(&page, kind.name)));
    shown(&administrator, StatusCode::OK, None, news).await
}

pub async fn change(
    administrator: Administrator,
    Named(name): Named,
    Posted(fields): Posted,
) -> Result<Response, Problem> {
    let kind = notices::kind(&name).ok_or(Problem::NotFound)?;
    let (persian, english) = (fields.get("persian").to_owned(), fields.get("english").to_owned());
    let change = Change { is_off: fields.get("sent") != "yes", persian, english };
    if fields.get("next") == "preview" {
        let faults = change.faults(kind);
        let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        return shown(&administrator, status, Some(Typed { kind, change, faults }), None).await;
    }
    let mut tx = administrator.begin().await?;
    let faults = match notices::change(&mut tx, &administrator.actor, kind, &change).await {
        Ok(()) => {
            tx.commit().await?;
            return Ok(links::desk_notices_after_change(kind.name).see_other());
        }
        // The page offers no such thing.
        Err(ChangeError::Promised) => return Err(Problem::BadRequest),
        Err(ChangeError::Wordings(faults)) => faults,
        Err(ChangeError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    shown(&administrator, StatusCode::UNPROCESSABLE_ENTITY, Some(Typed { kind, change, faults }), None).await
}

async fn shown(
    administrator: &Administrator,
    status: StatusCode,
    typed: Option<Typed>,
    news: Option<String>,
) -> Result<Response, Problem> {
    // What was typed stands at an address that has no page of its own.
    let page = Page { here: links::desk_notices().to_string(), ..administrator.page("routes") };
    let mut tx = administrator.read().await?;
    let mut notices = Vec::new();
    for notice in notices::list(&mut tx).await? {
        // Persian takes as many anywhere.
        let parts_of = dispatch::parts_of(&mut tx, notice.kind.name, Language::English).await?;
        notices.push((notice, parts_of));
    }
    drop(tx);
    let organisation = &administrator.organisation;
    let rows: Vec<NoticeRow> = notices
        .iter()
        .map(|(notice, parts_of)| match typed.as_ref().filter(|typed| typed.kind.name == notice.kind.name) {
            Some(Typed { change, faults, .. }) => {
                let (persian, english) = (change.persian.clone(), change.english.clone());
                let written = Notice { kind: notice.kind, is_off: change.is_off, persian, english };
                row(&page, organisation, &written, *parts_of, faults)
            }
            None => row(&page, organisation, notice, *parts_of, &[]),
        })
        .collect();
    let faults = rows.iter().flat_map(|row| row.wordings.iter()).flat_map(|wording| {
        let fault = |(_, text): &(String, String)| InputFault { field: wording.id.clone(), text: text.clone() };
        wording.faults.iter().map(fault).collect::<Vec<_>>()
    });
    let view = NoticesPage { faults: faults.collect(), rows, news, page };
    Ok(show_as(status, &view))
}

fn row(
    page: &Page,
    organisation: &Organisation,
    notice: &Notice,
    parts_of: fn(&str) -> usize,
    faults: &[(Language, WordingFault)],
) -> NoticeRow {
    let kind = notice.kind;
    let place = |value: &Value| Place { text: place_text(value.name), is_kept: value.is_needed };
    NoticeRow {
        name: kind.name,
        word: delivery::kind(page, kind.name),
        url: links::desk_notice(kind.name),
        preview_url: links::desk_notice(kind.name).at(kind.name),
        always: always(page, kind),
        sent: page.t(if notices::is_chosen(kind) { "notices-sent-too" } else { "notices-sent" }),
        is_off: notice.is_off,
        note: match kind.name {
            "objection_decided" => Some(page.t("notices-both-rulings")),
            "letter_answered" => Some(page.t("notices-without-number")),
            "device_added" => Some(page.t("notices-by-mail")),
            "letter_submitted" => Some(page.t("notices-receipt")),
            _ => None,
        },
        places: kind.values.iter().map(place).collect(),
        wordings: [Language::Persian, Language::English]
            .into_iter()
            .map(|language| wording_row(page, organisation, notice, language, parts_of, faults))
            .collect(),
    }
}

/// Why it is always sent, where it is.
fn always(page: &Page, kind: &Kind) -> Option<&'static str> {
    let why = match notices::always(kind)? {
        Always::Number => "notices-always-number",
        Always::Outcome => "notices-always-outcome",
        Always::Warning => "notices-always-warning",
        Always::Service => "notices-always-service",
        Always::Account => "notices-always-account",
    };
    Some(page.t(why))
}

fn wording_row(
    page: &Page,
    organisation: &Organisation,
    notice: &Notice,
    language: Language,
    parts_of: fn(&str) -> usize,
    faults: &[(Language, WordingFault)],
) -> WordingRow {
    let (kind, words) = (notice.kind, Words::of(language));
    let (field, label) = match language {
        Language::Persian => ("persian", page.t("notices-persian")),
        Language::English => ("english", page.t("notices-english")),
    };
    let id = format!("{}_{field}", kind.name);
    let of_language = faults.iter().filter(|(of, _)| *of == language).enumerate();
    let faults: Vec<(String, String)> =
        of_language.map(|(n, (_, fault))| (format!("{id}_error_{n}"), fault_text(page, fault))).collect();
    let typed = notice.own(language).unwrap_or_default().to_owned();
    // What is shown is what would be kept, where it can be; words of before that would be refused now go out as they are.
    let kept = notices::checked(kind, &typed).unwrap_or_else(|_| typed.clone());
    let own = Some(kept.as_str()).filter(|own| !own.is_empty());
    let values = notices::sample(words, organisation, kind);
    let value_of = |name: &str| values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
    // Brackets that phones count as one sign, or a shorter wording would be shown than is sent.
    let usual = dispatch::of_kind(words, kind.name, |name| format!("<{name}>"));
    let usual = usual.map(|draft| draft.text.replace('<', "{").replace('>', "}"));
    let sample = dispatch::of_kind(words, kind.name, |name| value_of(name).unwrap_or_default());
    let said = sample.map(|draft| notices::worded(own, &draft.values, &draft.text)).unwrap_or_default();
    let parts = own.map(|own| page.words.n("notices-parts", notices::most_parts(kind, own, &values, parts_of)));
    let is_good = faults.is_empty();
    WordingRow {
        id,
        field,
        label,
        lang: language.code(),
        dir: language.dir(),
        typed,
        usual: usual.unwrap_or_default(),
        faults,
        sms: is_good.then(|| sms::shown(page, language, &said, parts_of)),
        parts: parts.filter(|_| is_good),
    }
}

/// A place as it is typed.
fn place_text(name: &'static str) -> String {
    format!("{{{name}}}")
}

fn fault_text(page: &Page, fault: &WordingFault) -> String {
    match fault {
        WordingFault::Long => page.words.a("notices-long", "most", page.number(WORDING_CHARACTERS as u64)),
        WordingFault::Link => page.t("notices-link").to_owned(),
        WordingFault::Brace => page.t("notices-brace").to_owned(),
        WordingFault::Unknown(name) => page.words.a("notices-unknown", "place", format!("{{{name}}}")),
        WordingFault::Lacks(name) => page.words.a("notices-lacks", "place", place_text(name)),
    }
}
