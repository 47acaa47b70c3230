//! The app under test: the real router with a database, a clock and a gateway of its own.

use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use pishkhan_courier::gateways::{Channel, GatewaySettings, Key, Purpose, Spool};
use pishkhan_courier::routes::{self, RouteDefinition};
use pishkhan_courier::{Courier, CourierRules, Round};
use pishkhan_office::accounts::challenge;
use pishkhan_office::actor::Role;
use pishkhan_office::dispatch::KINDS;
use pishkhan_office::files::antivirus::Antivirus;
use pishkhan_office::files::shelf::{FolderShelf, Shelf};
use pishkhan_office::files::{self, Vault, VaultRules};
use pishkhan_office::ids::UnitId;
use pishkhan_office::letters;
use pishkhan_office::organisations::Organisation;
use pishkhan_office::paper::Press;
use pishkhan_office::units::{self, Unit, UnitParticulars};
use pishkhan_office::{Clock, Db, Moment, Secret, Tx};
use pishkhan_store::{self as store, Row, query};
use pishkhan_web::app::{App, Parts, Proxies};

use crate::browser::Browser;
use crate::mail::{self, Mail};
use crate::plan::{self, Place, Plan};
use crate::sender::Sender;
use crate::staff::{Account, Staff};

/// Sunday 19 Aban 1409, 09:42 in Tehran. Every test begins then, so that its pages read the same tomorrow; it runs on from there.
const BEGINNING: Moment = Moment(1_920_521_520_000);

/// The app, seen from one of its organisations. Clones are the same app.
#[derive(Clone)]
pub struct TestApp {
    house: Arc<House>,
    place: usize,
}

/// What the app is made of.
pub struct House {
    parts: App,
    router: Router,
    courier: Courier,
    spool: PathBuf,
    vault: PathBuf,
    store: store::Place,
    places: Arc<Vec<Place>>,
    /// Pages that failed on the server, and messages that did not go out.
    faults: Mutex<Vec<String>>,
    browsers: AtomicU16,
}

impl House {
    pub(crate) async fn open(plan: Plan, store: &store::Place, folder: &Path) -> House {
        let db = Db::open(store).await.expect("the database opens");
        let clock = Clock::system();
        clock.move_on(BEGINNING.since(clock.now()));
        let (spool, vault) = (folder.join("spool.jsonl"), folder.join("files"));
        let places = plan::furnish(&db, &clock, plan.scheme).await;
        let gateway = Box::new(Spool::new(spool.clone()));
        let parts = App::new(Parts {
            workshop: plan.workshop,
            press: Press::new(plan.program),
            vault: open_vault(&vault, plan.antivirus, plan.shelf, plan.vault),
            secret: Secret::random(),
            rules: plan.rules,
            proxies: Proxies(plan.proxies),
            metrics_key: Key::new("the key of the numbers"),
            is_demo: plan.is_demo,
            db: db.clone(),
            clock: clock.clone(),
        });
        House {
            router: pishkhan_web::router(parts.clone()),
            courier: Courier::new(db, clock, gateway, &KINDS, CourierRules::default()),
            store: store.clone(),
            parts,
            spool,
            vault,
            places: Arc::new(places),
            faults: Mutex::default(),
            browsers: AtomicU16::new(1),
        }
    }

    pub(crate) fn db(&self) -> &Db {
        &self.parts.db
    }
}

fn open_vault(folder: &Path, antivirus: Option<Antivirus>, shelf: Option<Shelf>, rules: VaultRules) -> Vault {
    std::fs::create_dir_all(folder).expect("the folder can be made");
    let in_folder = || Shelf::Folder(FolderShelf::open_folder(folder).expect("the shelf opens"));
    Vault::open(folder, shelf.unwrap_or_else(in_folder), antivirus, rules).expect("the vault opens")
}

impl Drop for House {
    fn drop(&mut self) {
        let faults = self.faults.get_mut().map(std::mem::take).unwrap_or_default();
        if !std::thread::panicking() {
            assert!(faults.is_empty(), "the test did not expect this:\n{}", faults.join("\n"));
        }
    }
}

/// The people.
impl TestApp {
    /// Somebody's browser, with an address of its own, asking this organisation.
    pub fn browser(&self) -> Browser {
        let [high, low] = self.house.browsers.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        Browser::new(self.clone(), IpAddr::V4(Ipv4Addr::new(10, high, low, 7)))
    }

    /// A person with this mobile number, not signed in yet.
    pub fn sender(&self, mobile: &str) -> Sender {
        Sender::new(self.browser(), mobile)
    }

    /// The reviewer, signed in.
    pub async fn reviewer(&self) -> Staff {
        self.staff(Role::Reviewer).await
    }

    /// The officer of the unit of this name, signed in.
    pub async fn officer(&self, unit: &str) -> Staff {
        let unit = self.unit(unit);
        self.of_unit(Role::Officer, Some(&unit.id)).await
    }

    /// The signer of the unit of this name, signed in.
    pub async fn signer(&self, unit: &str) -> Staff {
        let unit = self.unit(unit);
        self.of_unit(Role::Signer, Some(&unit.id)).await
    }

    /// The signer of the organisation as a whole, signed in.
    pub async fn head(&self) -> Staff {
        self.of_unit(Role::Signer, None).await
    }

    async fn of_unit(&self, role: Role, unit: Option<&UnitId>) -> Staff {
        let is_theirs = |account: &&Account| account.role == role && account.unit.as_ref() == unit;
        let account = self.here().accounts.iter().find(is_theirs).expect("each unit has its people");
        Staff::comes_in(self.browser(), account.clone()).await
    }

    /// The first person of this role, signed in.
    pub async fn staff(&self, role: Role) -> Staff {
        Staff::comes_in(self.browser(), self.account(role)).await
    }

    /// The first person of this role, as they can sign in.
    pub fn account(&self, role: Role) -> Account {
        let account = self.here().accounts.iter().find(|account| account.role == role);
        account.expect("each role has somebody").clone()
    }
}

/// The house.
impl TestApp {
    pub(crate) fn of(house: House) -> TestApp {
        TestApp { house: Arc::new(house), place: 0 }
    }

    /// The same app, seen from the other organisation.
    #[must_use]
    pub fn elsewhere(&self) -> TestApp {
        TestApp { house: self.house.clone(), place: 1 - self.place }
    }

    /// Another node on the same database, with the same clock and the same secret.
    pub async fn another_node(&self) -> TestApp {
        let here = self.parts();
        let db = Db::open(self.store()).await.expect("the database opens once more");
        let parts = App::new(Parts {
            db: db.clone(),
            clock: here.clock.clone(),
            vault: here.vault.clone(),
            workshop: here.workshop.clone(),
            press: here.press.clone(),
            secret: here.secret.clone(),
            rules: here.rules.clone(),
            proxies: here.proxies.clone(),
            metrics_key: here.metrics_key.clone(),
            is_demo: here.is_demo,
        });
        let house = House {
            router: pishkhan_web::router(parts.clone()),
            courier: Courier::new(
                db,
                here.clock.clone(),
                Box::new(Spool::new(self.house.spool.clone())),
                &KINDS,
                CourierRules::default(),
            ),
            store: self.store().clone(),
            parts,
            spool: self.house.spool.clone(),
            vault: self.house.vault.clone(),
            places: self.house.places.clone(),
            faults: Mutex::default(),
            browsers: AtomicU16::new(1000),
        };
        TestApp { house: Arc::new(house), place: self.place }
    }

    pub fn organisation(&self) -> &Organisation {
        &self.here().organisation
    }

    /// The unit of this name.
    pub fn unit(&self, name: &str) -> &Unit {
        let found = self.here().units.iter().find(|unit| unit.name == name);
        found.unwrap_or_else(|| panic!("there is no unit {name}"))
    }

    /// The parts that the router has, for what no page shows.
    pub fn parts(&self) -> &App {
        &self.house.parts
    }

    pub(crate) fn router(&self) -> Router {
        self.house.router.clone()
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

    /// Where the database is, to open it once more.
    pub fn store(&self) -> &store::Place {
        &self.house.store
    }

    pub fn now(&self) -> Moment {
        self.parts().clock.now()
    }

    /// Lets so many seconds pass; the courier has worked until then.
    pub async fn wait(&self, seconds: u64) {
        self.settle().await;
        self.parts().clock.move_on(Duration::from_secs(seconds));
    }

    /// What time has come for so many days from now; the clock itself stays, and so does who is signed in.
    pub async fn time_comes(&self, days: u64) {
        let then = self.now().plus(Duration::from_hours(24 * days));
        let mut tx = self.parts().db.begin(&self.organisation().id, then).await.expect("the database lets us begin");
        letters::close_due(&mut tx, 100).await.expect("what is over is closed");
        letters::escalate_due(&mut tx, 100).await.expect("what is late is escalated");
        letters::warn_due(&mut tx, 100).await.expect("who is waited for is warned");
        letters::lapse_due(&mut tx, 100).await.expect("what is over lapses");
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

    /// Sends what is due, and answers all messages that ever went out of this organisation, oldest first.
    pub async fn messages(&self) -> Vec<Mail> {
        self.settle().await;
        let mut mails = mail::read(&self.house.spool);
        mails.retain(|mail| mail.organisation == self.organisation().id.0);
        mails
    }

    /// The last message to this number, which may be written in any way.
    pub async fn last_message_to(&self, mobile: &str) -> Mail {
        let mobile = pishkhan_office::persian::Mobile::parse(mobile).expect("a mobile number");
        let to_them = self.messages().await.into_iter().rfind(|mail| mail.to == mobile.as_str());
        to_them.expect("a message to this number")
    }

    /// Gives the organisation a route that carries e-mail for these purposes; what it carries is among the messages.
    pub async fn carries_mail(&self, purposes: &[Purpose]) {
        let definition = RouteDefinition {
            name: "mail".into(),
            purposes: purposes.to_vec(),
            channel: Some(Channel::Mail),
            gateway: GatewaySettings::Spool { file: self.house.spool.clone() },
            templates: Vec::new(),
            calls: None,
            texts: None,
            credit_alarm: None,
        };
        let mut tx = self.begin().await;
        routes::add(&mut tx, &definition).await.expect("a route is added");
        tx.commit().await.expect("it is kept");
    }

    /// Sends what is due, whatever comes of it.
    pub async fn settle_quietly(&self) {
        while self.house.courier.round().await.expect("the outbox can be worked on") != Round::default() {}
    }

    /// The file that the app's own gateway writes to.
    pub fn spool(&self) -> &Path {
        &self.house.spool
    }

    /// Sends what is due; what fails fails the test.
    pub(crate) async fn settle(&self) {
        loop {
            let round = self.house.courier.round().await.expect("the outbox can be worked on");
            if round.parked + round.retried > 0 {
                self.note_fault(format!("messages did not go out: {round:?}"));
            }
            if round == Round::default() {
                return;
            }
        }
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

    /// Keeps a fault, for which the test will fail at its end.
    pub(crate) fn note_fault(&self, fault: String) {
        self.house.faults.lock().expect("nobody panics while noting").push(fault);
    }

    /// The faults so far, for a test that expects them.
    pub fn take_faults(&self) -> Vec<String> {
        std::mem::take(&mut *self.house.faults.lock().expect("nobody panics while noting"))
    }

    fn here(&self) -> &Place {
        &self.house.places[self.place]
    }
}

fn files_below(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).expect("the vault is readable").flatten();
    entries.map(|entry| if entry.path().is_dir() { files_below(&entry.path()) } else { 1 }).sum()
}
