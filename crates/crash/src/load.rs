//! Load: sixteen people hand in letters with files, four register what came in, until they are told to stop. Whatever is
//! acknowledged goes into the journal.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::client::{Answer, between};
use crate::house::House;
use crate::journal::Journal;
use crate::paper::{self, Attachment};
use crate::people::{People, Person};
use crate::{Outcome, chance};

/// How long somebody waits before they try again.
const PAUSE: Duration = Duration::from_millis(20);

/// The sentences with which the server says that it can't take something now, as the program has them.
const SENTENCES: [(&str, &str); 3] = [
    (include_str!("../../../locales/fa/problem.ftl"), "problem-unavailable = "),
    (include_str!("../../../locales/fa/files.ftl"), "file-disk = "),
    (include_str!("../../../locales/fa/files.ftl"), "file-no-room = "),
];

/// What senders bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letters {
    WithFiles,
    TextOnly,
}

/// People at work.
pub struct Load {
    stop: watch::Sender<bool>,
    tasks: JoinSet<Outcome<()>>,
}

/// What everybody at work needs.
#[derive(Clone)]
pub struct Counter {
    pub unit: String,
    pub journal: Journal,
}

impl Counter {
    pub fn of(house: &House, journal: &Journal) -> Counter {
        Counter { unit: house.unit.clone(), journal: journal.clone() }
    }
}

impl Load {
    pub fn start(counter: &Counter, people: &People, letters: Letters) -> Load {
        let (stop, stopping) = watch::channel(false);
        let mut tasks = JoinSet::new();
        for sender in people.senders.iter().cloned() {
            tasks.spawn(sends(counter.clone(), sender, letters, stopping.clone()));
        }
        for reviewer in people.reviewers.iter().cloned() {
            tasks.spawn(reviews(counter.clone(), reviewer, stopping.clone()));
        }
        Load { stop, tasks }
    }

    /// Returns when everybody has put down what they had in hand.
    pub async fn stop(mut self) -> Outcome<()> {
        self.stop.send_replace(true);
        while let Some(ended) = self.tasks.join_next().await {
            ended??;
        }
        Ok(())
    }
}

async fn sends(counter: Counter, sender: Arc<Person>, letters: Letters, stop: watch::Receiver<bool>) -> Outcome<()> {
    while !*stop.borrow() {
        let files = match letters {
            Letters::WithFiles => paper::files()?,
            Letters::TextOnly => Vec::new(),
        };
        // One in eight stays a draft.
        let is_finished = chance::between(0, 8)? > 0;
        // Whoever is not answered doesn't know what became of it, and goes on with another letter.
        match counter.save(&sender, &files).await {
            Ok(Some(draft)) if is_finished => drop(counter.submit(&sender, &draft).await),
            Ok(Some(_)) => {}
            Ok(None) | Err(_) => sleep(PAUSE).await,
        }
    }
    Ok(())
}

async fn reviews(counter: Counter, reviewer: Arc<Person>, stop: watch::Receiver<bool>) -> Outcome<()> {
    while !*stop.borrow() {
        let waiting = counter.journal.open().waiting.pop();
        match waiting {
            Some(letter) => match counter.register(&reviewer, &letter).await {
                Ok(()) => {}
                Err(_) => counter.journal.open().waiting.push(letter),
            },
            None => sleep(PAUSE).await,
        }
    }
    Ok(())
}

impl Counter {
    /// Saves a draft; its id when that was acknowledged.
    pub async fn save(&self, sender: &Person, files: &[Attachment]) -> io::Result<Option<String>> {
        let fields = [
            ("sender_name", "Crash"),
            ("sender_kind", "person"),
            ("unit", self.unit.as_str()),
            ("subject", "A letter that must not be lost"),
            ("body", "It was handed in while the house was falling down."),
            ("next", "check"),
        ];
        let answer = sender.browser.upload("/drafts", &sender.token, &fields, files).await?;
        let draft = answer.location().strip_prefix("/drafts/").filter(|_| answer.status == 303).map(str::to_owned);
        match &draft {
            Some(draft) => self.journal.saved(draft, files.iter().map(Attachment::sha256).collect()),
            None => self.complain(&answer),
        }
        Ok(draft)
    }

    /// Submits a draft as its check page has it, and reads the receipt.
    pub async fn submit(&self, sender: &Person, draft: &str) -> io::Result<()> {
        let check = sender.browser.get(&format!("/drafts/{draft}")).await?;
        let Ok(version) = check.value("version") else {
            self.complain(&check);
            return Ok(());
        };
        let path = format!("/drafts/{draft}/submission");
        let answer = sender.browser.post(&path, &sender.token, &[("version", &version)]).await?;
        let receipt = format!("/letters/{draft}/receipt");
        if answer.status != 303 || answer.location() != receipt {
            self.complain(&answer);
            return Ok(());
        }
        self.journal.note(draft, |letter| letter.is_submitted = true);
        self.journal.open().waiting.push(draft.to_owned());
        let page = sender.browser.get(&receipt).await?;
        match code_on(&page) {
            Some(code) => self.journal.note(draft, |letter| letter.receipt = Some(code)),
            None => self.complain(&page),
        }
        Ok(())
    }

    /// Registers a letter as the dialog has it. One that an unanswered try has registered is left alone.
    pub async fn register(&self, reviewer: &Person, letter: &str) -> io::Result<()> {
        let path = format!("/desk/letters/{letter}/registration");
        let dialog = reviewer.browser.get(&path).await?;
        if dialog.status == 409 {
            return Ok(());
        }
        let Ok(version) = dialog.value("version") else {
            self.complain(&dialog);
            return Ok(());
        };
        let answer = reviewer.browser.post(&path, &reviewer.token, &[("version", &version)]).await?;
        if answer.status == 303 && answer.location().contains(letter) {
            self.journal.note(letter, |letter| letter.is_registered = true);
        } else {
            self.complain(&answer);
        }
        Ok(())
    }

    /// Notes an answer that acknowledges nothing: a refusal in words, or a fault.
    fn complain(&self, answer: &Answer) {
        if is_refusal(answer) {
            self.journal.open().refusals += 1;
        } else {
            self.journal.fault(answer.told());
        }
    }
}

/// The code on a receipt.
pub fn code_on(receipt: &Answer) -> Option<String> {
    let page = receipt.text();
    let code = between(&page, "class=\"hash\">", "</bdi>").filter(|_| receipt.status == 200);
    code.map(str::to_owned)
}

/// Whether the answer is a page that says, in words, that this can't be taken now.
pub fn is_refusal(answer: &Answer) -> bool {
    let page = answer.text();
    let is_said = |(file, key): &(&str, &str)| {
        let sentence = file.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default();
        // What comes after the last name that is put in.
        let (_, end) = sentence.rsplit_once('}').unwrap_or(("", sentence));
        !end.trim().is_empty() && page.contains(end.trim())
    };
    answer.status == 503 && SENTENCES.iter().any(is_said)
}
