//! Carrying over: what the sender of a letter wrote and brought after it had come in stands in the draft that goes on from it, below the
//! letter's own text, so that nothing has to be said twice. What there is no room for is named there.

use pishkhan_persian::text::stored_text;
use pishkhan_store::{Result, Tx};

use super::letter::Letter;
use super::write::DRAFT_CHARACTERS;
use crate::completion::{self, MissingItem};
use crate::files::{self, File, Part};
use crate::ledger::{self, Event, Happening};
use crate::messages::{self, Author, Kind, Message};
use crate::rules::Rules;
use crate::senders::Sender;
use crate::words::Words;

/// So much of a question is told with its reply, in characters.
const QUESTION_CHARACTERS: usize = 200;
/// So much is told of names of files for which there is no room, in characters.
const NAMES_CHARACTERS: usize = 2_000;

/// What goes over.
pub(super) struct Carried {
    pub body: String,
    pub files: Vec<File>,
}

/// What goes over from this letter. The letter's own files do, whatever came with it and for what it lacked; those of its thread as far as
/// there is room.
pub(super) async fn carried(tx: &mut Tx, rules: &Rules, sender: &Sender, letter: &Letter) -> Result<Carried> {
    let words = Words::of(sender.language);
    let items = completion::of_letter(tx, &letter.id).await?;
    let thread = messages::of_letter(tx, &letter.id).await?;
    let (files, left_out) = chosen(rules, &thread, files::of_letter(tx, &letter.id).await?);
    let mut parts = of_items(words, &items);
    parts.extend(of_objections(words, &ledger::of_letter(tx, &letter.id).await?));
    parts.extend(of_thread(words, &thread));
    let names = beginning(&left_out.join(words.t("carried-and")), NAMES_CHARACTERS);
    let left_out = if names.is_empty() { names } else { words.plain("carried-left-out", &[("names", &names)]) };
    Ok(Carried { body: joined(words, &letter.content.body, &parts, &left_out), files })
}

/// The files that go over, and the names of those for which there is no room.
fn chosen(rules: &Rules, thread: &[Message], all: Vec<File>) -> (Vec<File>, Vec<String>) {
    let (mut chosen, others): (Vec<File>, Vec<File>) =
        all.into_iter().filter(|file| !file.is_bound).partition(|file| file.part == Part::Letter);
    let is_senders = |file: &File| {
        file.part == Part::Thread
            && thread.iter().any(|message| is_from_sender(message) && file.message.as_ref() == Some(&message.id))
    };
    let mut left_out = Vec::new();
    for file in others.into_iter().filter(is_senders) {
        if chosen.iter().any(|other| other.name == file.name && other.sha256 == file.sha256) {
            continue;
        }
        if chosen.len() < rules.letters.files as usize {
            chosen.push(file);
        } else {
            left_out.push(file.name);
        }
    }
    (chosen, left_out)
}

/// Each thing that was missing, with the sender's word to it.
fn of_items(words: Words, items: &[MissingItem]) -> Vec<String> {
    let told: Vec<String> = items
        .iter()
        .filter(|item| !item.reply.is_empty())
        .map(|item| words.plain("carried-item", &[("item", &item.text), ("reply", &item.reply)]))
        .collect();
    headed(words.t("carried-items"), told)
}

/// Each objection, whatever was decided of it. Its files stand in the thread.
fn of_objections(words: Words, happenings: &[Happening]) -> Vec<String> {
    let told = happenings.iter().filter_map(|happening| match &happening.event {
        Event::LetterObjected { text, .. } => Some(text.clone()),
        _ => None,
    });
    headed(words.t("carried-objection"), told.collect())
}

/// Each message of the sender, a reply with the question that it answers.
fn of_thread(words: Words, thread: &[Message]) -> Vec<String> {
    let mut question = "";
    let mut told = Vec::new();
    for message in thread {
        match message.kind {
            Kind::Question => question = &message.text,
            Kind::Reply if !message.text.is_empty() => {
                let question = beginning(question, QUESTION_CHARACTERS);
                told.push(words.plain("carried-reply", &[("question", &question), ("text", &message.text)]));
            }
            Kind::Message if !message.text.is_empty() && is_from_sender(message) => told.push(message.text.clone()),
            Kind::Reply | Kind::Message | Kind::Interim | Kind::Unasked | Kind::Untold => {}
        }
    }
    headed(words.t("carried-thread"), told)
}

/// The heading stands with what is told first, so that neither goes without the other.
fn headed(heading: &str, mut told: Vec<String>) -> Vec<String> {
    if let Some(first) = told.first_mut() {
        *first = format!("{heading}\n{first}");
    }
    told
}

/// The text with what goes over below it; where it is more than a draft keeps, it is said that there is more. `last` has room in any case.
fn joined(words: Words, text: &str, parts: &[String], last: &str) -> String {
    let rest = words.t("carried-rest");
    let room = DRAFT_CHARACTERS.saturating_sub(rest.chars().count() + last.chars().count() + 4);
    let mut body = text.to_owned();
    for part in parts {
        let longer = stored_text(&format!("{body}\n\n{part}"));
        if longer.chars().count() > room {
            body = format!("{body}\n\n{rest}");
            break;
        }
        body = longer;
    }
    if last.is_empty() { body } else { stored_text(&format!("{body}\n\n{last}")) }
}

/// Papers that a clerk took in for the sender are the sender's.
fn is_from_sender(message: &Message) -> bool {
    match message.kind {
        Kind::Reply => true,
        Kind::Message => matches!(message.author, Author::Sender(_)) || message.text.is_empty(),
        Kind::Question | Kind::Unasked | Kind::Interim | Kind::Untold => false,
    }
}

fn beginning(text: &str, characters: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(characters) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
