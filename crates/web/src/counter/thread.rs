//! The thread of a letter as its sender reads it, and what they may write into it now: the reply to a question, or a message.

use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::files::{File, Part};
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{Letter, State, Version};
use pishkhan_office::messages::{self, Kind, MESSAGE_CHARACTERS, Message, Unsaid, Written};
use pishkhan_office::{StoreError, Tx};

use super::draft_form;
use super::letter;
use super::paper::Paper;
use crate::form::Upload;
use crate::layout::{Fault, Page};
use crate::links::{self, Link};
use crate::problem::Problem;
use crate::who::Sender;

/// What the sender typed that was not taken, and why.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub text: String,
    pub faults: Vec<Fault>,
}

/// The thread with its form.
pub struct Thread {
    pub said: Vec<Said>,
    /// None: nothing can be written (any more).
    pub form: Option<Form>,
    pub typed: Typed,
    pub limits: String,
}

/// One message.
pub struct Said {
    /// The colour of its kind.
    pub class: &'static str,
    pub icon: &'static str,
    pub title: &'static str,
    pub when: String,
    pub iso: String,
    pub text: String,
    pub papers: Vec<Paper>,
    /// Whether it is read for the first time.
    pub is_new: bool,
}

/// What may be written now.
pub struct Form {
    pub url: Link,
    /// The version that the reply is to; a message is to none.
    pub version: Option<Version>,
    pub title: &'static str,
    pub lead: String,
    pub label: &'static str,
    pub button: &'static str,
}

impl Thread {
    pub async fn of(
        tx: &mut Tx,
        page: &Page,
        rules: &pishkhan_office::rules::Rules,
        letter: &Letter,
        files: &[File],
        typed: Typed,
    ) -> Result<Thread, StoreError> {
        let messages = messages::of_letter(tx, &letter.id).await?;
        let (most, size) = (page.number(u64::from(rules.letters.files)), page.size(rules.letters.file_bytes));
        Ok(Thread {
            said: messages.into_iter().filter_map(|message| said(page, message, files)).collect(),
            form: form(page, letter),
            typed,
            limits: page.words.fill("draft-files-hint", &[("most", &most), ("size", &size)]),
        })
    }

    /// Whether there is anything to show.
    pub fn is_there(&self) -> bool {
        !self.said.is_empty() || self.form.is_some() || !self.typed.faults.is_empty()
    }

    pub fn text_fault(&self) -> Option<&str> {
        self.typed.faults.iter().find(|fault| fault.field == "thread-text").map(|fault| fault.text.as_str())
    }

    pub fn file_faults(&self) -> Vec<&str> {
        self.typed
            .faults
            .iter()
            .filter(|fault| fault.field == "thread-files")
            .map(|fault| fault.text.as_str())
            .collect()
    }
}

/// None: what was taken back before it was read.
fn said(page: &Page, message: Message, files: &[File]) -> Option<Said> {
    let (class, icon, title) = match message.kind {
        Kind::Unasked | Kind::Untold => return None,
        Kind::Question => ("ask", "warn", "thread-question"),
        Kind::Interim => ("review", "letter", "thread-interim"),
        Kind::Reply => ("ok", "reply", "thread-reply"),
        Kind::Message => ("review", "letter", "thread-message"),
    };
    let of_it = files.iter().filter(|file| file.part == Part::Thread && file.message.as_ref() == Some(&message.id));
    Some(Said {
        class,
        icon,
        title: page.t(title),
        when: page.when(&message.at),
        iso: page.iso(&message.at),
        papers: Paper::all(page, of_it),
        is_new: message.is_unread,
        text: message.text,
    })
}

fn form(page: &Page, letter: &Letter) -> Option<Form> {
    match &letter.state {
        State::AwaitingSender(_, _, _, question) => Some(Form {
            url: links::letter_reply(&letter.id),
            version: Some(letter.version),
            title: page.t("thread-reply-title"),
            lead: page.words.a("thread-reply-lead", "day", page.day(&question.until)),
            label: page.t("thread-reply-text"),
            button: page.t("thread-reply-go"),
        }),
        _ if messages::could_send(letter) => Some(Form {
            url: links::letter_messages(&letter.id),
            version: None,
            title: page.t("thread-message-title"),
            lead: page.t("thread-message-lead").to_owned(),
            label: page.t("thread-message-text"),
            button: page.t("thread-message-go"),
        }),
        _ => None,
    }
}

/// What the form brought.
pub(super) fn written(upload: &Upload) -> Written {
    Written { text: upload.fields.get("text").to_owned(), arrivals: upload.arrivals() }
}

/// The letter's page once more when files did not come well; None when they did.
pub(super) async fn refused_files(
    sender: &Sender,
    id: &LetterId,
    upload: &Upload,
) -> Result<Option<Response>, Problem> {
    let faults = draft_form::file_faults(sender, upload);
    if faults.is_empty() {
        return Ok(None);
    }
    let status =
        if upload.has_fault_of_ours() { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::UNPROCESSABLE_ENTITY };
    let texts = faults.into_iter().map(|fault| fault.text).collect();
    again(sender, id, status, upload, "thread-files", texts).await.map(Some)
}

/// The letter's page for something that is no message.
pub(super) async fn unsaid(sender: &Sender, id: &LetterId, upload: &Upload, why: Unsaid) -> Result<Response, Problem> {
    let text = match why {
        Unsaid::Nothing => sender.words.t("thread-nothing").to_owned(),
        Unsaid::Long => {
            let most = sender.page("").number(MESSAGE_CHARACTERS as u64);
            sender.words.a("thread-long", "most", most)
        }
    };
    again(sender, id, StatusCode::UNPROCESSABLE_ENTITY, upload, "thread-text", vec![text]).await
}

/// The letter's page as it is now, with what was typed and why it was not taken.
pub(super) async fn again(
    sender: &Sender,
    id: &LetterId,
    status: StatusCode,
    upload: &Upload,
    field: &'static str,
    texts: Vec<String>,
) -> Result<Response, Problem> {
    let mut faults: Vec<Fault> = texts.into_iter().map(|text| Fault { field, text }).collect();
    if !upload.files.is_empty() {
        faults.push(Fault { field: "thread-files", text: sender.words.t("thread-files-again").to_owned() });
    }
    let typed = Typed { text: upload.fields.get("text").to_owned(), faults };
    letter::page_with(sender, id, status, typed).await
}
