//! Completing a returned letter: the to-do list on its page, item by item, and taking in what is brought.

use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::ids::{ItemId, LetterId};
use pishkhan_office::ledger::{self, Event};
use pishkhan_office::letters::{self, Brought, CompleteError, Completed, Letter, REPLY_CHARACTERS, State};
use pishkhan_office::{Moment, StoreError, Tx, completion};

use super::asked::Named;
use super::draft_form::file_faults;
use super::letter::{self, Notice, Said};
use crate::arrivals;
use crate::form::{Fields, Upload};
use crate::layout::Fault;
use crate::links;
use crate::problem::Problem;
use crate::who::Sender;

/// The ids of the items' places on the page; as many as may be asked for at once.
const PLACES: [&str; letters::ITEMS] = [
    "item-1", "item-2", "item-3", "item-4", "item-5", "item-6", "item-7", "item-8", "item-9", "item-10", "item-11",
    "item-12", "item-13", "item-14", "item-15", "item-16", "item-17", "item-18", "item-19", "item-20",
];

/// The to-do list, as its page shows it.
pub struct Todo {
    pub letter: LetterId,
    pub until: Moment,
    /// What else the reviewer wrote.
    pub note: String,
    pub items: Vec<Item>,
    pub open: usize,
    /// What is wrong with the form as a whole.
    pub faults: Vec<Fault>,
    pub most_files: u64,
    pub most_bytes: u64,
}

/// One thing to bring.
pub struct Item {
    pub id: ItemId,
    pub place: &'static str,
    pub text: String,
    pub is_done: bool,
    /// What was written to it.
    pub reply: String,
    /// The names of the files that came for it.
    pub files: Vec<String>,
    pub faults: Vec<Fault>,
}

/// A form that has to be mended: what is wrong, and what was typed and not kept.
#[derive(Clone, Default)]
pub struct Mended {
    pub faults: Vec<Fault>,
    typed: Fields,
}

impl Todo {
    /// None: the letter waits for nothing.
    pub async fn of(
        tx: &mut Tx,
        sender: &Sender,
        letter: &Letter,
        mended: &Mended,
    ) -> Result<Option<Todo>, StoreError> {
        let State::Returned(_, returned) = &letter.state else { return Ok(None) };
        let mut items = Vec::new();
        for (item, place) in letters::missing_now(tx, letter).await?.into_iter().zip(PLACES) {
            let files = completion::files(tx, &letter.id, &item.id).await?;
            let typed = mended.typed.get(&format!("reply-{}", item.id));
            items.push(Item {
                place,
                is_done: item.done_at.is_some(),
                reply: if typed.is_empty() { item.reply } else { typed.to_owned() },
                files: files.into_iter().map(|(name, _)| name).collect(),
                faults: mended.faults.iter().filter(|fault| fault.field == place).cloned().collect(),
                text: item.text,
                id: item.id,
            });
        }
        let rules = &sender.app.rules.letters;
        Ok(Some(Todo {
            letter: letter.id.clone(),
            until: returned.until,
            note: returned.note.clone(),
            open: items.iter().filter(|item| !item.is_done).count(),
            items,
            faults: mended.faults.iter().filter(|fault| fault.field == "todo").cloned().collect(),
            most_files: u64::from(rules.files),
            most_bytes: rules.file_bytes,
        }))
    }
}

/// Asked for by its address, as when a page of faults is opened once more: the letter's page has the form.
pub async fn show(sender: Sender, Named(letter): Named) -> Result<Response, Problem> {
    let id = LetterId::parse(&letter).ok_or(Problem::NotFound)?;
    let found = letters::find_own(&mut sender.read().await?, &sender.actor.id, &id).await?;
    found.ok_or(Problem::NotFound)?;
    Ok(links::letter(&id).see_other())
}

pub async fn create(sender: Sender, Named(letter): Named, request: Request) -> Result<Response, Problem> {
    let id = LetterId::parse(&letter).ok_or(Problem::NotFound)?;
    let letter = letters::find_own(&mut sender.read().await?, &sender.actor.id, &id).await?;
    let letter = letter.filter(|letter| letter.state.submission().is_some()).ok_or(Problem::NotFound)?;
    let upload = Upload::from_request(request, &()).await?;
    if !matches!(letter.state, State::Returned(..)) {
        return refuse(&sender, &letter, &typed(&upload)).await;
    }
    let brought = brought(&upload)?;
    let items = letters::missing_now(&mut sender.read().await?, &letter).await?;
    let place_of =
        |item: &ItemId| items.iter().zip(PLACES).find(|(it, _)| it.id == *item).map_or("todo", |(_, place)| place);
    let mut faults = faults_of_files(&sender, &upload, place_of);
    let is_for_later = upload.fields.get("next") == "later";
    let may_submit = faults.is_empty() && !is_for_later;
    let mut tx = sender.begin().await?;
    let done = match letters::complete(&mut tx, &sender.app.rules, &sender.actor, &id, &brought, may_submit).await {
        Ok(done) => {
            tx.commit().await?;
            done
        }
        Err(CompleteError::NoLetter) => return Err(Problem::NotFound),
        Err(CompleteError::NotReturned(letter)) => {
            drop(tx);
            return refuse(&sender, &letter, &typed(&upload)).await;
        }
        Err(CompleteError::OtherItems) => {
            drop(tx);
            return notice(&sender, &id, sender.words.t("completion-other-items"), &typed(&upload)).await;
        }
        Err(CompleteError::Store(error)) => return Err(error.into()),
    };
    if done.is_whole {
        return Ok(links::letter(&id).at("status").see_other());
    }
    faults.extend(faults_of_items(&sender, &done, place_of));
    if !is_for_later {
        faults.extend(open_items(&sender, &done.letter, &faults).await?);
    }
    if faults.is_empty() {
        return Ok(links::letter(&id).at("todo").see_other());
    }
    let status =
        if upload.has_fault_of_ours() { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::UNPROCESSABLE_ENTITY };
    let said = Said { completion: Mended { faults, typed: upload.fields }, ..Said::default() };
    letter::page_saying(&sender, &id, status, said).await
}

/// What came for each item that the form has. An item's files stand before its word, and a line may be cut between them.
pub fn brought(upload: &Upload) -> Result<Vec<Brought>, Problem> {
    let item = |item: &str, reply: Option<&str>| -> Result<Brought, Problem> {
        Ok(Brought {
            item: ItemId::parse(item).ok_or(Problem::BadRequest)?,
            reply: reply.map(ToOwned::to_owned),
            arrivals: upload.arrivals_in(&format!("files-{item}")),
        })
    };
    let mut brought = Vec::new();
    for (id, reply) in upload.fields.beginning("reply-") {
        brought.push(item(id, Some(reply))?);
    }
    if upload.is_cut_off {
        let with_files = upload.files.iter().filter_map(|file| file.field.strip_prefix("files-"));
        let mut wordless: Vec<&str> = with_files.filter(|id| !upload.fields.has(&format!("reply-{id}"))).collect();
        wordless.dedup();
        for id in wordless {
            brought.push(item(id, None)?);
        }
    }
    Ok(brought)
}

/// Everything that was written, for somebody who came too late.
pub fn typed(upload: &Upload) -> String {
    let words = upload.fields.beginning("reply-").map(|(_, reply)| reply.trim());
    words.filter(|reply| !reply.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// What is wrong with files, each beside its item, and with the form as a whole.
fn faults_of_files(sender: &Sender, upload: &Upload, place_of: impl Fn(&ItemId) -> &'static str) -> Vec<Fault> {
    let page = sender.page("");
    let of_files = upload.files.iter().filter_map(|file| {
        let error = file.outcome.as_ref().err()?;
        let item = file.field.strip_prefix("files-").and_then(ItemId::parse);
        let field = item.as_ref().map_or("todo", &place_of);
        Some(Fault { field, text: arrivals::fault(&page, &file.name, error) })
    });
    let mut faults: Vec<Fault> = of_files.collect();
    let told: Vec<String> = faults.iter().map(|fault| fault.text.clone()).collect();
    let of_form = file_faults(sender, upload).into_iter().filter(|fault| !told.contains(&fault.text));
    faults.extend(of_form.map(|fault| Fault { field: "todo", ..fault }));
    faults
}

fn faults_of_items(sender: &Sender, done: &Completed, place_of: impl Fn(&ItemId) -> &'static str) -> Vec<Fault> {
    let page = sender.page("");
    let number = |n: usize| page.number(n as u64);
    let long = done.long.iter().map(|item| Fault {
        field: place_of(item),
        text: page.words.a("completion-long", "most", number(REPLY_CHARACTERS)),
    });
    let full = done.full.iter().map(|item| Fault {
        field: place_of(item),
        text: page.words.a("file-too-many", "most", number(sender.app.rules.letters.files as usize)),
    });
    long.chain(full).collect()
}

/// The items of which nothing came and nothing else is said.
async fn open_items(sender: &Sender, letter: &Letter, told: &[Fault]) -> Result<Vec<Fault>, Problem> {
    let items = letters::missing_now(&mut sender.read().await?, letter).await?;
    let open = items
        .iter()
        .zip(PLACES)
        .filter(|(item, place)| item.done_at.is_none() && told.iter().all(|fault| fault.field != *place));
    Ok(open.map(|(_, field)| Fault { field, text: sender.words.t("completion-empty").to_owned() }).collect())
}

/// Why nothing can be brought (any more). Who sent the last form twice is where they want to be.
async fn refuse(sender: &Sender, letter: &Letter, typed: &str) -> Result<Response, Problem> {
    // In the writer's turn: what the act saw there may not be committed yet, and no reader would see it.
    let happenings = ledger::of_letter(&mut sender.begin().await?, &letter.id).await?;
    let key = match (&letter.state, happenings.last().map(|last| &last.event)) {
        (State::Submitted(_), Some(Event::LetterCompleted { .. })) => return Ok(links::letter(&letter.id).see_other()),
        (State::Submitted(_), _) => "completion-not-needed",
        (State::Lapsed(..), _) => "completion-too-late",
        _ => "completion-over",
    };
    notice(sender, &letter.id, sender.words.t(key), typed).await
}

async fn notice(sender: &Sender, id: &LetterId, text: &str, typed: &str) -> Result<Response, Problem> {
    let notice = Notice { text: text.to_owned(), typed: typed.to_owned() };
    letter::page_saying(sender, id, StatusCode::CONFLICT, Said { notice: Some(notice), ..Said::default() }).await
}
