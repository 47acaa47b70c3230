//! «نامه‌های من»: a sender's letters as cards, newest first.

use askama::Template;
use axum::response::Response;
use pishkhan_office::Moment;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Card, Counts, Filter, Place, Promises, State};
use pishkhan_office::messages;
use pishkhan_office::senders;

use super::Status;
use super::asked::Asked;
use super::newcomers::Newcomers;
use super::promise;
use crate::layout::{Page, show as show_page};
use crate::problem::Problem;
use crate::who::Sender;

#[derive(Template)]
#[template(path = "counter/history.html")]
struct HistoryPage {
    page: Page,
    cards: Vec<Card>,
    promises: Promises,
    counts: Counts,
    filter: &'static str,
    next: Option<Place>,
    is_first: bool,
    /// Letters were sent by this number before it was, perhaps, this sender's.
    has_earlier: bool,
    /// How many letters of long ago are withheld on this device.
    withheld: u64,
    /// Devices that were added to the account.
    newcomers: Option<Newcomers>,
    /// Letters in whose thread the house has written something new.
    unread: Vec<LetterId>,
}

/// Which letters, and from where on.
#[derive(Default, serde::Deserialize)]
pub struct Shown {
    #[serde(default)]
    show: String,
    #[serde(default)]
    after: String,
}

pub async fn show(sender: Sender, Asked(shown): Asked<Shown>) -> Result<Response, Problem> {
    let (name, filter) = match shown.show.as_str() {
        "drafts" => ("drafts", Filter::Drafts),
        "review" => ("review", Filter::Review),
        "accepted" => ("accepted", Filter::Accepted),
        "rejected" => ("rejected", Filter::Rejected),
        _ => ("all", Filter::All),
    };
    let after = Place::parse(&shown.after);
    let mut tx = sender.read().await?;
    let id = &sender.actor.id;
    let (since, withheld) = match senders::withheld(&mut tx, &sender.app.rules, &sender.session).await? {
        Some(withheld) => (Some(withheld.before), senders::count_withheld(&mut tx, id, &withheld).await?),
        None => (None, 0),
    };
    let (cards, next) = letters::history(&mut tx, id, filter, after.as_ref(), since).await?;
    let counts = letters::history_counts(&mut tx, id, since).await?;
    let has_earlier = senders::has_earlier(&mut tx, &sender.actor).await?;
    let newcomers = Newcomers::of(&mut tx, &sender).await?;
    let unread = messages::letters_with_unread(&mut tx, id).await?;
    let page = sender.page("letters");
    let promises = letters::promises(&mut tx, &cards).await?;
    let (is_first, filter) = (after.is_none(), name);
    let history =
        HistoryPage { page, cards, promises, counts, filter, next, is_first, has_earlier, withheld, newcomers, unread };
    Ok(show_page(&history))
}

impl HistoryPage {
    fn all(&self) -> u64 {
        self.counts.drafts + self.counts.review + self.counts.accepted + self.counts.rejected + self.counts.other
    }

    /// One sentence of news under the greeting.
    fn news(&self) -> String {
        match self.counts.review {
            0 => self.page.t("history-no-news").to_owned(),
            n => self.page.words.n("history-news", n),
        }
    }

    /// What happens now, in a line.
    fn now(&self, card: &Card) -> Option<String> {
        let words = self.page.words;
        if let Some(due) = self.late(card) {
            return Some(words.a("history-late", "day", self.page.day(&due)));
        }
        match &card.letter.state {
            State::Submitted(submission) => self
                .promise(card)
                .or_else(|| Some(words.a("history-due", "day", self.page.day(&submission.review_due)))),
            State::Registered(..) => Some(self.promised(card, words.t("history-registered").to_owned())),
            State::Returned(_, returned) => Some(words.a("history-returned", "day", self.page.day(&returned.until))),
            State::AwaitingSender(_, _, _, question) => {
                Some(words.a("history-awaiting-sender", "day", self.page.day(&question.until)))
            }
            State::Objected(_, _, objection) => Some(words.a("history-objected", "day", self.page.day(&objection.due))),
            State::Lapsed(..) => Some(words.t("history-lapsed").to_owned()),
            State::InProgress(..) | State::AnswerReview(..) => {
                let unit = self.page.name_of(&card.unit_name, &card.unit_name_english);
                Some(self.promised(card, words.a("history-in-progress", "unit", unit)))
            }
            State::Answered(_, _, answer) => Some(words.a("history-answered", "day", self.page.day(&answer.at))),
            State::Draft | State::Rejected(..) | State::Withdrawn(..) | State::Closed(..) => None,
        }
    }

    /// The same, with what is promised of it, if anything is.
    fn promised(&self, card: &Card, now: String) -> String {
        match self.promise(card) {
            Some(promise) => format!("{now} {promise}"),
            None => now,
        }
    }

    fn promise(&self, card: &Card) -> Option<String> {
        self.promises.of(&card.letter.id).map(|promise| promise::words(&self.page, promise))
    }

    /// Until when the house owed what it hasn't done.
    fn late(&self, card: &Card) -> Option<Moment> {
        letters::breaches(&card.letter, &[], self.page.now).pop().map(|breach| breach.due)
    }

    fn subject(&self, card: &Card) -> String {
        if card.letter.content.subject.is_empty() {
            self.page.t("history-no-subject").to_owned()
        } else {
            card.letter.content.subject.clone()
        }
    }
}
