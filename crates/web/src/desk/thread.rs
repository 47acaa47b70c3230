//! The thread of a letter with its sender, as the desk reads it.

use pishkhan_office::files::{File, Part};
use pishkhan_office::letters::Letter;
use pishkhan_office::messages::{self, Author, Kind, Message};
use pishkhan_office::{StoreError, Tx};

use super::paper::Paper;
use crate::layout::Page;

/// The thread.
pub struct Thread {
    pub said: Vec<Said>,
    /// Whether nobody of the unit has read something in it yet.
    pub is_new: bool,
}

/// One message.
pub struct Said {
    pub class: &'static str,
    pub icon: &'static str,
    pub title: &'static str,
    pub who: String,
    pub when: String,
    pub iso: String,
    pub text: String,
    pub papers: Vec<Paper>,
    pub is_new: bool,
}

impl Thread {
    pub async fn of(tx: &mut Tx, page: &Page, letter: &Letter, files: &[File]) -> Result<Thread, StoreError> {
        let messages = messages::of_letter(tx, &letter.id).await?;
        let said: Vec<Said> = messages.into_iter().map(|message| said(page, letter, message, files)).collect();
        Ok(Thread { is_new: said.iter().any(|it| it.is_new), said })
    }
}

fn said(page: &Page, letter: &Letter, message: Message, files: &[File]) -> Said {
    let (class, icon, title) = match (message.kind, &message.author) {
        (Kind::Question, _) => ("ask", "warn", "work-question"),
        (Kind::Unasked, _) => ("over", "back", "work-unasked"),
        (Kind::Untold, _) => ("over", "back", "work-untold"),
        (Kind::Interim, _) => ("review", "letter", "work-interim"),
        (Kind::Reply, _) => ("ok", "reply", "work-reply"),
        (Kind::Message, Author::Sender(_)) => ("review", "letter", "work-message"),
        (Kind::Message, Author::Staff(..)) => ("review", "clip", "spoken-papers"),
    };
    let of_it = files.iter().filter(|file| file.part == Part::Thread && file.message.as_ref() == Some(&message.id));
    Said {
        class,
        icon,
        title: page.t(title),
        when: page.when(&message.at),
        iso: page.iso(&message.at),
        papers: of_it.map(|file| Paper::of(page, file)).collect(),
        is_new: matches!(message.author, Author::Sender(_)) && message.seen_at.is_none(),
        who: match message.author {
            Author::Sender(_) => letter.content.sender_name.clone(),
            Author::Staff(_, name) => name,
        },
        text: message.text,
    }
}
