//! The check afterwards: what was acknowledged is there with its bytes, and nothing is half done.

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::Outcome;
use crate::client::Answer;
use crate::house::House;
use crate::journal::Journal;
use crate::load::code_on;
use crate::paper::sha256;
use crate::people::{People, Person};
use crate::rows::{self, LetterRow};

/// How many letters are looked through at once.
const AT_ONCE: usize = 6;
/// How many findings are told; the first say what is wrong, and thousands say no more.
const TOLD: usize = 8;

/// Which letters' pages and files are looked through. The rows are always looked at, all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Those that are new or in another state since the last time.
    AtNew,
    AtAll,
}

/// Checks the house beside its running server. A finding is an error that tells what was lost.
pub async fn check(house: &House, people: &People, journal: &Journal, look: Look) -> Outcome<()> {
    let mut findings = findings(house, people, journal, look).await?;
    findings.append(&mut journal.open().faults);
    let refusals = std::mem::take(&mut journal.open().refusals);
    if refusals > 0 {
        findings.push(format!("{refusals} requests were refused, with nothing amiss"));
    }
    if findings.is_empty() {
        return Ok(());
    }
    let count = findings.len();
    findings.truncate(TOLD);
    Err(format!("{count} findings:\n  {}", findings.join("\n  ")).into())
}

/// What is missing, changed or half done.
pub async fn findings(house: &House, people: &People, journal: &Journal, look: Look) -> Outcome<Vec<String>> {
    let mut connection = rows::open(&house.database()).await?;
    let integrity = rows::integrity(&mut connection).await?;
    if integrity != "ok" {
        return Ok(vec![format!("the database is damaged: {integrity}")]);
    }
    let mut findings = Vec::new();
    for (what, question) in rows::HALF_DONE {
        let count = rows::count(&mut connection, question).await?;
        if count > 0 {
            findings.push(format!("{count} {what}"));
        }
    }
    let letters = rows::letters(&mut connection).await?;
    drop(connection);
    findings.extend(broken_promises(&letters, journal));

    let free = Arc::new(Semaphore::new(AT_ONCE));
    let mut looking = JoinSet::new();
    for letter in letters {
        let known = journal.open().letters.get(&letter.id).cloned().unwrap_or_default();
        if look == Look::AtNew && known.looked_through.as_ref() == Some(&letter.state) {
            continue;
        }
        let Some(sender) = people.sender(&letter.mobile).cloned() else {
            findings.push(format!("letter {} belongs to nobody", letter.id));
            continue;
        };
        let permit = free.clone().acquire_owned().await?;
        let journal = journal.clone();
        looking.spawn(async move {
            let found = look_through(&sender, &letter, known.receipt.as_deref()).await;
            if found.is_empty() {
                // A letter that nobody was told of may be there all the same; it is remembered like the others.
                journal.note(&letter.id, |known| known.looked_through = Some(letter.state.clone()));
            }
            drop(permit);
            found
        });
    }
    while let Some(found) = looking.join_next().await {
        findings.extend(found?);
    }
    Ok(findings)
}

/// Where the rows say less than was acknowledged. The first look at a registered letter notes its number, which then stays.
fn broken_promises(letters: &[LetterRow], journal: &Journal) -> Vec<String> {
    let mut findings = Vec::new();
    let mut pages = journal.open();
    let found: std::collections::BTreeMap<&str, &LetterRow> =
        letters.iter().map(|letter| (letter.id.as_str(), letter)).collect();
    for (id, promised) in &mut pages.letters {
        let Some(letter) = found.get(id.as_str()) else {
            findings.push(format!("lost: letter {id}, {promised:?}"));
            continue;
        };
        if promised.is_registered && letter.state != "registered" || promised.is_submitted && letter.state == "draft" {
            findings.push(format!("fell back: letter {id} is {}, {promised:?}", letter.state));
        }
        if promised.is_saved {
            let mut files: Vec<&str> = letter.files.iter().map(|file| file.sha256.as_str()).collect();
            files.sort_unstable();
            if files != promised.files {
                findings.push(format!("other files: letter {id} has {files:?}, {promised:?}"));
            }
        }
        if promised.number.is_none() {
            promised.number.clone_from(&letter.number);
        } else if promised.number != letter.number {
            findings.push(format!("another number: letter {id} has {:?}, {promised:?}", letter.number));
        }
    }
    findings
}

/// Looks at a letter as its sender does: its page, its receipt, its files.
async fn look_through(sender: &Person, letter: &LetterRow, receipt: Option<&str>) -> Vec<String> {
    let mut findings = Vec::new();
    let id = &letter.id;
    let page = match letter.state.as_str() {
        "draft" => format!("/letters/new?draft={id}"),
        _ => format!("/letters/{id}"),
    };
    if let Err(finding) = open(sender, &page).await {
        findings.push(finding);
    }
    if letter.state != "draft" {
        match open(sender, &format!("/letters/{id}/receipt")).await {
            Ok(page) => {
                let code = code_on(&page);
                if code.is_none() || receipt.is_some() && receipt != code.as_deref() {
                    findings.push(format!("letter {id}: the receipt has the code {code:?} instead of {receipt:?}"));
                }
            }
            Err(finding) => findings.push(finding),
        }
    }
    for file in &letter.files {
        match open(sender, &format!("/files/{}", file.id)).await {
            Ok(answer) if sha256(&answer.body) == file.sha256 => {}
            Ok(answer) => findings.push(format!("letter {id}: file {} has other bytes: {}", file.id, answer.told())),
            Err(finding) => findings.push(finding),
        }
    }
    findings
}

async fn open(sender: &Person, path: &str) -> Result<Answer, String> {
    match sender.browser.get(path).await {
        Ok(answer) if answer.status == 200 => Ok(answer),
        Ok(answer) => Err(answer.told()),
        Err(error) => Err(format!("GET {path}: {error}")),
    }
}
