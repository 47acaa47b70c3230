//! The app under test: the real router with a database, a clock and a gateway of its own.

mod behind;
mod messages;

use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use pishkhan_courier::gateways::{Key, Spool};
use pishkhan_courier::{Courier, CourierRules};
use pishkhan_office::actor::Role;
use pishkhan_office::dispatch::KINDS;
use pishkhan_office::files::antivirus::Antivirus;
use pishkhan_office::files::shelf::{FolderShelf, Shelf};
use pishkhan_office::files::{Vault, VaultRules};
use pishkhan_office::ids::UnitId;
use pishkhan_office::organisations::Organisation;
use pishkhan_office::paper::Press;
use pishkhan_office::units::Unit;
use pishkhan_office::{Clock, Db, Moment, Secret};
use pishkhan_store as store;
use pishkhan_web::app::{App, Parts, Proxies};

use crate::browser::Browser;
use crate::plan::{self, Place, Plan};
use crate::sender::Sender;
use crate::staff::{Account, Staff};

/// Sunday 19 Aban 1409, 09:42 in Tehran. Every test begins then, so that its pages read the same tomorrow; it runs on from there.
const BEGINNING: Moment = Moment(1_920_521_520_000);

/// Long enough for a busy machine to furnish a database in.
const FURNISHED_BEFORE: Duration = Duration::from_secs(20);

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
    /// A house on a furnished database.
    pub(crate) async fn open(plan: Plan, store: &store::Place, places: Vec<Place>, folder: &Path) -> House {
        let db = Db::open(store).await.expect("the database opens");
        let clock = clock_at(BEGINNING);
        let (spool, vault) = (folder.join("spool.jsonl"), folder.join("files"));
        let gateway = Box::new(Spool::new(spool.clone()));
        let courier = Courier::new(db.clone(), clock.clone(), gateway, &KINDS, CourierRules::default());
        let parts = App::new(Parts {
            workshop: plan.workshop,
            press: Press::new(plan.program),
            vault: open_vault(&vault, plan.antivirus, plan.shelf, plan.vault),
            secret: Secret::random(),
            rules: plan.rules,
            lines: courier.lines(),
            proxies: Proxies(plan.proxies),
            metrics_key: Key::new("the key of the numbers"),
            is_demo: plan.is_demo,
            db,
            clock,
        });
        House {
            router: pishkhan_web::router(parts.clone()),
            courier,
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

/// A clock that runs on from there.
fn clock_at(beginning: Moment) -> Clock {
    let clock = Clock::system();
    clock.move_on(beginning.since(clock.now()));
    clock
}

/// Makes the tables and both organisations, some seconds before a test begins.
pub(crate) async fn furnish(store: &store::Place, scheme: &str) -> Vec<Place> {
    let db = Db::open(store).await.expect("the database opens");
    let places = plan::furnish(&db, &clock_at(BEGINNING.minus(FURNISHED_BEFORE)), scheme).await;
    db.close().await;
    places
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
        Staff::comes_in(self.browser(), self.account_of(role, unit)).await
    }

    pub(crate) fn account_of(&self, role: Role, unit: Option<&UnitId>) -> Account {
        let is_theirs = |account: &&Account| account.role == role && account.unit.as_ref() == unit;
        let account = self.here().accounts.iter().find(is_theirs).expect("each unit has its people");
        account.clone()
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
        let spool = Box::new(Spool::new(self.house.spool.clone()));
        let courier = Courier::new(db.clone(), here.clock.clone(), spool, &KINDS, CourierRules::default());
        let parts = App::new(Parts {
            db,
            clock: here.clock.clone(),
            vault: here.vault.clone(),
            workshop: here.workshop.clone(),
            press: here.press.clone(),
            secret: here.secret.clone(),
            rules: here.rules.clone(),
            lines: courier.lines(),
            proxies: here.proxies.clone(),
            metrics_key: here.metrics_key.clone(),
            is_demo: here.is_demo,
        });
        let house = House {
            router: pishkhan_web::router(parts.clone()),
            courier,
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

    /// Lets time pass until that moment; the courier has worked until then.
    pub async fn comes_to(&self, moment: Moment) {
        self.settle().await;
        self.parts().clock.move_on(moment.since(self.now()));
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
