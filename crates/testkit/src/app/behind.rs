//! What happens behind the pages' back: statements, acts of time, what lies in the vault, and what the search must know.

use std::path::Path;
use std::time::Duration;

use pishkhan_office::accounts::challenge;
use pishkhan_office::units::{self, UnitParticulars};
use pishkhan_office::{Clock, Tx, files, letters};
use pishkhan_store::{Row, query};

use super::TestApp;
use crate::plan;

impl TestApp {
    /// An act in this organisation.
    pub async fn begin(&self) -> Tx {
        self.parts().db.begin(&self.organisation().id, self.now()).await.expect("the database lets us begin")
    }

    /// The one number that a statement gives.
    pub async fn count(&self, statement: &'static str) -> i64 {
        let mut tx = self.begin().await;
        query(statement).fetch_one(tx.connection()).await.expect("the statement holds").get(0)
    }

    /// The numbers that a statement gives.
    pub async fn numbers(&self, statement: &'static str) -> Vec<i64> {
        let mut tx = self.begin().await;
        let rows = query(statement).fetch_all(tx.connection()).await.expect("the statement holds");
        rows.iter().map(|row| row.get(0)).collect()
    }

    /// The texts that a statement gives.
    pub async fn texts(&self, statement: &'static str) -> Vec<String> {
        let mut tx = self.begin().await;
        let rows = query(statement).fetch_all(tx.connection()).await.expect("the statement holds");
        rows.iter().map(|row| row.get(0)).collect()
    }

    /// Does something behind the pages' back.
    pub async fn execute(&self, statement: &'static str) {
        let mut tx = self.begin().await;
        query(statement).execute(tx.connection()).await.expect("the statement holds");
        tx.commit().await.expect("it is kept");
    }

    /// What time has come for so many days from now; the clock itself stays, and so does who is signed in.
    pub async fn time_comes(&self, days: u64) {
        // The courier's clock stays, too: what was posted at a moment to which it never comes has gone out.
        let went = "update outbox set sent_at = due_at
                    where template = 'sender_warned' and sent_at is null and parked_at is null";
        self.execute(went).await;
        let then = self.now().plus(Duration::from_hours(24 * days));
        let mut tx = self.parts().db.begin(&self.organisation().id, then).await.expect("the database lets us begin");
        let rules = &self.parts().rules;
        letters::close_due(&mut tx, 100).await.expect("what is over is closed");
        letters::escalate_due(&mut tx, rules, 100).await.expect("what is late is escalated");
        letters::raise_due(&mut tx, 100).await.expect("what nobody can decide goes on");
        letters::warn_due(&mut tx, rules, 100).await.expect("who is waited for is warned");
        letters::lapse_due(&mut tx, rules, 100).await.expect("what is over lapses");
        letters::share_due(&mut tx, rules, 100).await.expect("what is new is shared out");
        tx.commit().await.expect("the round is kept");
    }

    /// Says something else of a unit.
    pub async fn changes_unit(&self, name: &str, change: impl FnOnce(&mut UnitParticulars)) {
        let mut tx = self.begin().await;
        let unit = units::find(&mut tx, &self.unit(name).id).await.expect("units are found").expect("it is there");
        let mut particulars = plan::particulars_of(&unit);
        change(&mut particulars);
        units::change(&mut tx, &unit.id, &particulars).await.expect("a unit can be changed");
        tx.commit().await.expect("the change is kept");
    }

    /// The token of a security image, as pages carry it while the challenge is on.
    pub fn image_token(&self) -> String {
        challenge::issue(&self.parts().secret, &self.parts().rules, &self.organisation().id, self.now()).image
    }

    /// The five digits that the image of this token shows, as a reader types them.
    pub fn image_code(&self, token: &str) -> String {
        let digits = challenge::image_digits(&self.parts().secret, &self.organisation().id, self.now(), token);
        digits.expect("an image of ours").map(|digit| char::from(b'0' + digit)).iter().collect()
    }

    /// How many files lie in the vault once a day has passed and all that no letter names was swept out; those that are still
    /// coming in are counted.
    pub async fn files(&self) -> usize {
        let tomorrow = Clock::system();
        tomorrow.move_on(self.now().since(tomorrow.now()) + Duration::from_hours(25));
        for place in self.house.places.iter() {
            let (parts, id) = (self.parts(), &place.organisation.id);
            files::sweep(&parts.db, &tomorrow, &parts.vault, id).await.expect("the sweep comes through");
        }
        files_below(&self.house.vault)
    }

    /// Whatever acts changed of a letter, the search must know of it.
    pub(crate) async fn looks_into_index(&self) {
        let forgotten = self
            .texts(
                "select l.state || ' ' || l.id from letters l
                 left join search_places p on p.organisation_id = l.organisation_id and p.letter_id = l.id
                 where l.submitted_at is not null and (p.place is null or p.letter_version <> l.version)",
            )
            .await;
        if !forgotten.is_empty() {
            self.note_fault(format!("acts changed these letters and did not call search::index: {forgotten:?}"));
        }
    }
}

fn files_below(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).expect("the vault is readable").flatten();
    entries.map(|entry| if entry.path().is_dir() { files_below(&entry.path()) } else { 1 }).sum()
}
