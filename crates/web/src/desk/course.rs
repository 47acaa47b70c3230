//! The course of a letter beside its states: what its sender was asked for and has brought, and the letters that go on from it.

use pishkhan_office::actor::Staff;
use pishkhan_office::letters::{self, Letter, State};
use pishkhan_office::{StoreError, Tx, completion};

use super::status::{self, Status};
use crate::layout::Page;
use crate::links::{self, Link};

pub struct Course {
    /// What was asked for last, and until when it may come.
    pub asked: Vec<Asked>,
    pub until: Option<String>,
    pub note: String,
    /// The letter that this one goes on from, and those that go on from it.
    pub before: Option<Tied>,
    pub after: Vec<Tied>,
}

/// One thing that was asked for.
pub struct Asked {
    pub text: String,
    pub is_done: bool,
    /// The sender's word.
    pub reply: String,
    /// The names of the files that came for it.
    pub files: Vec<String>,
}

/// A letter at the other end.
pub struct Tied {
    pub url: Link,
    pub subject: String,
    pub status: Status,
}

impl Course {
    pub async fn of(tx: &mut Tx, page: &Page, staff: &Staff, letter: &Letter) -> Result<Course, StoreError> {
        let (until, note) = match &letter.state {
            State::Returned(_, returned) => (Some(page.day(&returned.until)), returned.note.clone()),
            _ => (None, String::new()),
        };
        let before = match &letter.follows {
            Some(before) => letters::find_for_desk(tx, staff, before).await?,
            None => None,
        };
        let after = letters::followers_for_desk(tx, staff, &letter.id).await?;
        Ok(Course {
            asked: asked(tx, letter).await?,
            until,
            note,
            before: before.map(|letter| tied(page, &letter)),
            after: after.iter().map(|letter| tied(page, letter)).collect(),
        })
    }
}

async fn asked(tx: &mut Tx, letter: &Letter) -> Result<Vec<Asked>, StoreError> {
    let mut items = completion::of_letter(tx, &letter.id).await?;
    let last = items.last().map(|item| item.asked_at);
    items.retain(|item| Some(item.asked_at) == last);
    let mut asked = Vec::new();
    for item in items {
        let files = completion::files(tx, &letter.id, &item.id).await?;
        asked.push(Asked {
            is_done: item.done_at.is_some(),
            files: files.into_iter().map(|(name, _)| name).collect(),
            text: item.text,
            reply: item.reply,
        });
    }
    Ok(asked)
}

fn tied(page: &Page, letter: &Letter) -> Tied {
    Tied {
        url: links::desk_letter(&letter.id),
        subject: letter.content.subject.clone(),
        status: status::status(page, &letter.state),
    }
}
