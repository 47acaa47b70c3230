//! What a run works with: an organisation, a person at the desk, a sender with twenty letters in all states, and one more sender
//! who hands letters in.

use std::path::{Path, PathBuf};
use std::time::Duration;

use pishkhan_office::accounts::sessions::Holder;
use pishkhan_office::accounts::staff::{self, NewPost};
use pishkhan_office::actor::{Officer, Reviewer, Role};
use pishkhan_office::ids::{LetterId, UnitId};
use pishkhan_office::letters::{self, AnswerText, Ending, Letter, Refusal, State};
use pishkhan_office::organisations::{self, Particulars};
use pishkhan_office::persian::{Language, Mobile};
use pishkhan_office::registry::{self, Direction, RegisterParticulars};
use pishkhan_office::senders::{self, Sender};
use pishkhan_office::units::{self, UnitParticulars};
use pishkhan_office::words::Words;
use pishkhan_office::{Moment, Tx};

use crate::Outcome;
use crate::house::{HOST, House, organisation};
use crate::paper::{self, arrival, post_nothing};
use crate::people::Browser;

/// How many letters the history shows: one page of it.
const LETTERS: usize = 20;
/// How long ago the first letter was written.
const AGE: Duration = Duration::from_hours(30 * 24);

/// A folder with an organisation at work.
pub struct Stage {
    pub folder: PathBuf,
    pub house: House,
    pub unit: UnitId,
    /// A sender who reads.
    pub reader: Browser,
    /// One of the reader's letters, answered, with a file of each side.
    pub letter: LetterId,
    /// A sender who hands letters in.
    pub writer: Sender,
    pub writer_browser: Browser,
    pub reviewer_browser: Browser,
}

/// Who decides.
struct Desk {
    reviewer: Reviewer,
    officer: Officer,
}

/// Makes the organisation in this folder.
pub async fn stage(folder: &Path) -> Outcome<Stage> {
    let house = House::open(folder).await?;
    let now = house.clock.now();
    let mut tx = house.db.begin(&organisation(), now.minus(AGE)).await?;
    let unit = found(&mut tx).await?;
    let desk = hire(&mut tx, &unit).await?;
    let reader = senders::find_or_make(&mut tx, &house.rules, &mobile("09120000001"), Language::Persian).await?;
    let writer = senders::find_or_make(&mut tx, &house.rules, &mobile("09120000002"), Language::Persian).await?;
    tx.commit().await?;

    let mut answered = None;
    for index in 0..LETTERS {
        let at = now.minus(AGE).plus(Duration::from_hours(24) * u32::try_from(index + 1)?);
        let letter = live(&house, &desk, &reader, &unit, index, at).await?;
        if let State::Answered(..) = letter.state {
            answered = Some(letter.id);
        }
    }

    let mut tx = house.begin().await?;
    let reader = Browser::of(&mut tx, &house, &Holder::Sender(reader.id)).await?;
    let writer_browser = Browser::of(&mut tx, &house, &Holder::Sender(writer.id.clone())).await?;
    let reviewer_browser = Browser::of(&mut tx, &house, &Holder::Staff(desk.reviewer.id.clone())).await?;
    tx.commit().await?;
    let letter = answered.ok_or("no letter was answered")?;
    Ok(Stage { folder: folder.to_owned(), house, unit, reader, letter, writer, writer_browser, reviewer_browser })
}

async fn found(tx: &mut Tx) -> Outcome<UnitId> {
    let particulars = Particulars {
        name: said("history-letters").to_owned(),
        name_english: "Bench".to_owned(),
        base_url: format!("http://{HOST}"),
        other_hosts: Some(Vec::new()),
    };
    organisations::add(tx, &particulars).await?;
    let register = RegisterParticulars {
        name: "bench".to_owned(),
        template: "{prefix}/{n}".to_owned(),
        prefix: "B".to_owned(),
        direction: Direction::LeftToRight,
    };
    let unit = UnitParticulars {
        name: said("draft-company").to_owned(),
        name_english: "Unit".to_owned(),
        code: "1".to_owned(),
        register: registry::add(tx, &register).await?.id,
        parent: None,
        needs_signature: false,
        outgoing_register: None,
    };
    Ok(units::add(tx, &unit).await?.id)
}

async fn hire(tx: &mut Tx, unit: &UnitId) -> Outcome<Desk> {
    let post = |role, unit| NewPost { unit, title: "bench".to_owned(), role };
    let posts = [post(Role::Reviewer, None), post(Role::Officer, Some(unit.clone()))];
    let (id, _) = staff::invite(tx, "bench@example.org", said("draft-person"), &posts).await?;
    let member = staff::find(tx, &id).await?.ok_or("nobody was hired")?.staff;
    let reviewer = member.reviewer().ok_or("nobody reviews")?;
    Ok(Desk { reviewer, officer: member.officer().ok_or("nobody answers")? })
}

/// One letter of the history, brought to one of the seven states, the states in turn.
async fn live(house: &House, desk: &Desk, sender: &Sender, unit: &UnitId, index: usize, at: Moment) -> Outcome<Letter> {
    let files = [arrival(house).await?, arrival(house).await?];
    let mut transaction = house.db.begin(&organisation(), at).await?;
    let tx = &mut transaction;
    let [own, theirs] = files.map(|file| ("letter.pdf".to_owned(), file));
    let mut letter = paper::draft(tx, house, sender, unit, own).await?;
    let state = index % 7;
    // What is to be closed is closed at once: nobody could object to it.
    let mut rules = house.rules.clone();
    if state == 6 {
        rules.letters.objection_days = 0;
    }
    if state >= 1 {
        letter = letters::submit(tx, &house.rules, sender, &letter.id, letter.version).await?;
    }
    if state == 1 {
        let refusal = Refusal { reason: None, note: said("draft-subject-hint").to_owned(), ground: String::new() };
        letter = letters::reject(tx, &house.rules, &desk.reviewer, &letter.id, letter.version, &refusal).await?;
    }
    if state >= 3 {
        letter = letters::register(tx, &house.rules, &desk.reviewer, &letter.id, letter.version).await?;
    }
    if state >= 4 {
        letter = letters::take(tx, &desk.officer, &letter.id, letter.version).await?;
    }
    if state >= 5 {
        let answer = AnswerText { text: paper::text(), ending: Ending::Final, arrivals: vec![theirs] };
        letter = letters::answer(tx, &rules, &desk.officer, &letter.id, letter.version, &answer).await?;
    }
    if state >= 6 {
        letters::close_due(tx, 1).await?;
    }
    post_nothing(tx).await?;
    transaction.commit().await?;
    Ok(letter)
}

fn mobile(number: &str) -> Mobile {
    Mobile::parse(number).expect("these are mobile numbers")
}

/// A sentence of our own in the place of what people would write: of the same script, and as long.
fn said(key: &'static str) -> &'static str {
    Words::of(Language::Persian).t(key)
}
