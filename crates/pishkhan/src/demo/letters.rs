//! The demo's letters, brought through their lives by the office's own acts, each at the moment it is said to have happened.

use std::collections::BTreeMap;
use std::convert::Infallible;

use bytes::Bytes;
use futures_util::stream;
use pishkhan_courier::outbox;
use pishkhan_office::actor::{Officer, Reviewer};
use pishkhan_office::files::{self, Arrival, Bringer};
use pishkhan_office::ids::{ReasonId, UnitId};
use pishkhan_office::letters::{self, AnswerText, Content, Ending, Letter, Marks, Own, Priority, Refusal};
use pishkhan_office::messages::Written;
use pishkhan_office::persian::{Language, Mobile};
use pishkhan_office::rules::Rules;
use pishkhan_office::senders::{self, Sender, SenderKind};
use pishkhan_office::{Moment, OrganisationId, Tx};

use super::files::made;
use super::seed;
use super::timeline::{self, Act, Deed};
use crate::failure::Failure;
use crate::wiring::House;

/// Who and what the letters meet in their organisation.
pub struct Cast {
    /// By their codes.
    pub units: BTreeMap<String, UnitId>,
    /// By their short texts.
    pub reasons: BTreeMap<String, ReasonId>,
    pub reviewer: Reviewer,
    pub officers: Vec<Officer>,
}

/// For `map_err`: an act refused the seed, so the seed is wrong.
pub fn refused(why: impl std::fmt::Display) -> Failure {
    Failure::Ended(format!("the demo could not be made: {why}"))
}

/// Brings all letters of the organisation to where they are now.
pub async fn play(house: &House, seed: &seed::Organisation, cast: &Cast, now: Moment) -> Result<(), Failure> {
    let id = OrganisationId(seed.id.clone());
    let play = Play { house, seed, cast, rules: lenient(&house.rules) };
    let mut letters: Vec<Option<Letter>> = vec![None; seed.letters.len()];
    for deed in timeline::of(&seed.letters, now) {
        // Files come in before the work begins, as they do over the web.
        let arrivals = play.take_in(&deed).await?;
        let mut tx = house.db.begin(&id, deed.at).await?;
        let letter = play.act(&mut tx, &deed, letters[deed.letter].take(), arrivals).await?;
        send_as_history(&mut tx).await?;
        tx.commit().await?;
        letters[deed.letter] = Some(letter);
    }
    Ok(())
}

struct Play<'a> {
    house: &'a House,
    seed: &'a seed::Organisation,
    cast: &'a Cast,
    rules: Rules,
}

impl Play<'_> {
    async fn act(
        &self,
        tx: &mut Tx,
        deed: &Deed<'_>,
        letter: Option<Letter>,
        arrivals: Vec<(String, Arrival)>,
    ) -> Result<Letter, Failure> {
        let Some(letter) = letter else { return self.write(tx, deed.letter, &arrivals).await };
        let (id, seen) = (&letter.id, letter.version);
        match deed.act {
            Act::Write => Ok(letter),
            Act::Submit => {
                let sender = senders::find(tx, &letter.sender).await?.ok_or_else(|| refused("a sender is gone"))?;
                letters::submit(tx, &self.rules, &sender, id, seen).await.map_err(refused)
            }
            Act::Redirect(redirection) => {
                let to = self.cast.units.get(&redirection.to);
                letters::redirect(tx, &self.cast.reviewer, id, seen, to).await.map_err(refused)
            }
            Act::Reject(rejection) => {
                let reason = rejection.reason.as_ref().and_then(|short| self.cast.reasons.get(short)).cloned();
                let refusal = Refusal { reason, note: rejection.note.clone(), ground: String::new() };
                letters::reject(tx, &self.rules, &self.cast.reviewer, id, seen, &refusal).await.map_err(refused)
            }
            Act::Register => {
                let marks = self.marks(deed.letter);
                let reviewer = &self.cast.reviewer;
                letters::register_marked(tx, &self.rules, reviewer, id, seen, &marks).await.map_err(refused)
            }
            Act::Take => letters::take(tx, self.officer(&letter)?, id, seen).await.map_err(refused),
            Act::Answer(answer) => {
                let written = AnswerText { text: answer.text.clone(), ending: Ending::Final, arrivals };
                let mut rules = self.rules.clone();
                if self.seed.letters[deed.letter].closed.is_some() {
                    rules.letters.objection_days = 0;
                }
                letters::answer(tx, &rules, self.officer(&letter)?, id, seen, &written).await.map_err(refused)
            }
            Act::Propose(answer) => {
                let written = AnswerText { text: answer.text.clone(), ending: Ending::Final, arrivals };
                letters::propose(tx, &self.rules, self.officer(&letter)?, id, seen, &written).await.map_err(refused)
            }
            Act::Object(objection) => {
                let sender = senders::find(tx, &letter.sender).await?.ok_or_else(|| refused("a sender is gone"))?;
                let said = Written { text: objection.text.clone(), arrivals };
                letters::object(tx, &self.rules, &sender, id, seen, &said).await.map_err(refused)
            }
            Act::Close => {
                letters::close_due(tx, 100).await.map_err(refused)?;
                Ok(letter)
            }
        }
    }

    async fn write(&self, tx: &mut Tx, index: usize, arrivals: &[(String, Arrival)]) -> Result<Letter, Failure> {
        let letter = &self.seed.letters[index];
        let (sender, known) = self.sender(tx, &letter.sender).await?;
        let draft = letters::write(tx, &self.rules, &sender, &format!("demo-{index}")).await.map_err(refused)?;
        let content = Content {
            sender_name: known.name.clone(),
            sender_kind: SenderKind::parse(&known.kind).ok_or_else(|| refused("an unknown kind of sender"))?,
            unit: letter.unit.as_ref().and_then(|code| self.cast.units.get(code)).cloned(),
            kind: None,
            representative: None,
            subject: letter.subject.clone(),
            body: letter.body.clone(),
            has_files_following: false,
        };
        let changed = letters::change(tx, &self.rules, &sender, &draft.id, content, arrivals).await.map_err(refused)?;
        Ok(changed.letter)
    }

    /// What is said of a letter as it is registered.
    fn marks(&self, letter: usize) -> Marks {
        let said = &self.seed.letters[letter];
        let own = Own { number: said.own_number.clone(), date: String::new() };
        Marks { classification: None, priority: Priority::parse(&said.priority), own: Some(own) }
    }

    async fn sender(&self, tx: &mut Tx, number: &str) -> Result<(Sender, &seed::Sender), Failure> {
        let known = self.seed.senders.iter().find(|sender| sender.mobile == number);
        let known = known.ok_or_else(|| refused("a letter of nobody"))?;
        let mobile = Mobile::parse(number).map_err(|_| refused("a sender's number is none"))?;
        let language = Language::parse(&known.language).ok_or_else(|| refused("an unknown language"))?;
        Ok((senders::find_or_make(tx, &self.rules, &mobile, language).await?, known))
    }

    fn officer(&self, letter: &Letter) -> Result<&Officer, Failure> {
        let unit = letter.unit().ok_or_else(|| refused("a letter to nobody"))?;
        let officer = self.cast.officers.iter().find(|officer| officer.is_officer_of(unit));
        officer.ok_or_else(|| refused(format!("nobody works on \"{}\"", letter.content.subject)))
    }

    async fn take_in(&self, deed: &Deed<'_>) -> Result<Vec<(String, Arrival)>, Failure> {
        let names = match deed.act {
            Act::Write => &self.seed.letters[deed.letter].files,
            Act::Propose(answer) | Act::Answer(answer) => &answer.files,
            Act::Submit
            | Act::Redirect(_)
            | Act::Reject(_)
            | Act::Register
            | Act::Take
            | Act::Object(_)
            | Act::Close => return Ok(vec![]),
        };
        let organisation = OrganisationId(self.seed.id.clone());
        let bringer = Bringer { organisation: &organisation, counted: None };
        let mut arrivals = Vec::with_capacity(names.len());
        for name in names {
            let bytes = made(name, &self.seed.letters[deed.letter].subject);
            let size = bytes.len() as u64;
            let pieces = stream::iter([Ok::<_, Infallible>(Bytes::from(bytes))]);
            let House { vault, db, clock, .. } = self.house;
            let arrival = files::take_in(vault, db, clock, bringer, pieces, size).await.map_err(refused)?;
            arrivals.push((name.clone(), arrival));
        }
        Ok(arrivals)
    }
}

/// The rules without limits: the seed must come through also where a test sets a limit to one.
fn lenient(rules: &Rules) -> Rules {
    let mut lenient = Rules::default();
    lenient.limits.drafts_per_sender = 0;
    lenient.limits.submissions_per_sender_per_day = 0;
    lenient.letters.review_days = rules.letters.review_days;
    lenient.letters.answer_days = rules.letters.answer_days;
    lenient
}

/// Marks what the act owes as sent at its own moment: the demo's past must not ring at its start.
async fn send_as_history(tx: &mut Tx) -> Result<(), Failure> {
    Ok(outbox::settle(tx).await?)
}
