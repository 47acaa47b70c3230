//! What a test's house is like: the rules, the addresses, the organisations with their units and people.

use std::path::PathBuf;

use pishkhan_courier::Network;
use pishkhan_office::accounts::password::{self, NewPassword, PasswordHash};
use pishkhan_office::accounts::second_factor;
use pishkhan_office::accounts::staff::{self, NewPost};
use pishkhan_office::actor::Role;
use pishkhan_office::files::VaultRules;
use pishkhan_office::files::antivirus::Antivirus;
use pishkhan_office::files::shelf::Shelf;
use pishkhan_office::ids::UnitId;
use pishkhan_office::organisations::{self, Organisation, Particulars};
use pishkhan_office::previews::Workshop;
use pishkhan_office::registry::{self, Direction, RegisterParticulars};
use pishkhan_office::rules::Rules;
use pishkhan_office::units::{self, Unit, UnitParticulars};
use pishkhan_office::{Clock, Db, OrganisationId, Tx, reasons};
use tokio::sync::OnceCell;

use crate::staff::{Account, PASSWORD};

/// What a test may want otherwise.
pub struct Plan {
    /// The defaults, with the challenge off and without a pause between the sign-ins of one number: the tests of these switch them on.
    pub rules: Rules,
    /// Networks whose forwarded headers are believed.
    pub proxies: Vec<Network>,
    /// `https` or `http`.
    pub scheme: &'static str,
    /// Whether `/demo/messages` is there.
    pub is_demo: bool,
    /// What the operator decided about files; no previews, and no room kept free, unless a test wants them.
    pub vault: VaultRules,
    /// Where photos are bound; nowhere unless a test names the program whose worker does it.
    pub workshop: Option<Workshop>,
    /// The program whose worker prints; none is there unless a test names it.
    pub program: PathBuf,
    /// The scanner; none unless a test starts one.
    pub antivirus: Option<Antivirus>,
    /// Where files lie; a folder of the test's own unless it starts a storage.
    pub shelf: Option<Shelf>,
}

/// A unit of each test organisation.
pub struct UnitPlan {
    pub code: &'static str,
    pub name: &'static str,
    pub name_english: &'static str,
    /// The register's place in the list below.
    register: usize,
}

/// The units of each organisation: two that share a register, and one with its own.
pub const UNITS: [UnitPlan; 3] = [
    UnitPlan { code: "ش", name: "شکایات", name_english: "Complaints", register: 0 },
    UnitPlan { code: "م", name: "امور مالی", name_english: "Finance", register: 0 },
    UnitPlan { code: "ب", name: "بایگانی", name_english: "Archive", register: 1 },
];

/// Name, template, prefix and direction of each register.
const REGISTERS: [(&str, &str, &str, Direction); 2] = [
    ("دفتر اندیکاتور", "{yyyy}/{unit}/{n:04}", "", Direction::RightToLeft),
    ("دفتر بایگانی", "{prefix}/{n}", "B-20", Direction::LeftToRight),
];

/// Short text, the same in English, and what to do.
const REASONS: [(&str, &str, &str); 2] = [
    ("مدارک ناقص است", "Papers are missing", "تصویر کارت ملی را هم بفرستید."),
    ("به این سازمان مربوط نیست", "Not for this office", ""),
];

/// Short name, host, name and English name of each organisation.
const ORGANISATIONS: [(&str, &str, &str, &str); 2] = [
    ("nemune", "desk.example.ir", "سازمان نمونه", "Sample Office"),
    ("shahrdari", "letters.shahr.example", "شهرداری نمونه‌شهر", "Sample Town Hall"),
];

impl Default for Plan {
    fn default() -> Plan {
        let mut rules = Rules::default();
        rules.sign_in.has_challenge = false;
        rules.limits.sends_per_number_per_minute = 0;
        let vault = VaultRules { free_percent: 0, has_previews: false, has_document_previews: false };
        let (proxies, antivirus, shelf) = (Vec::new(), None, None);
        let program = PathBuf::from("/nowhere/pishkhan");
        Plan { rules, proxies, scheme: "https", is_demo: false, vault, workshop: None, program, antivirus, shelf }
    }
}

/// An organisation as a test knows it.
#[derive(Clone)]
pub struct Place {
    pub organisation: Organisation,
    pub units: Vec<Unit>,
    pub accounts: Vec<Account>,
}

/// Makes both organisations.
pub async fn furnish(db: &Db, clock: &Clock, scheme: &str) -> Vec<Place> {
    let mut places = Vec::new();
    for (id, host, name, name_english) in ORGANISATIONS {
        let mut tx = db.begin(&OrganisationId(id.into()), clock.now()).await.expect("the database lets us begin");
        let particulars = Particulars {
            name: name.into(),
            name_english: name_english.into(),
            base_url: format!("{scheme}://{host}"),
            other_hosts: Some(vec![format!("other.{host}")]),
        };
        let organisation = organisations::add(&mut tx, &particulars).await.expect("an organisation can be made");
        let units = make_units(&mut tx).await;
        for (short, english, help) in REASONS {
            reasons::add(&mut tx, short, english, help).await.expect("a reason can be made");
        }
        let accounts = make_staff(&mut tx, &units).await;
        tx.commit().await.expect("the organisation is kept");
        places.push(Place { organisation, units, accounts });
    }
    places
}

async fn make_units(tx: &mut Tx) -> Vec<Unit> {
    let mut registers = Vec::new();
    for (name, template, prefix, direction) in REGISTERS {
        let particulars =
            RegisterParticulars { name: name.into(), template: template.into(), prefix: prefix.into(), direction };
        registers.push(registry::add(tx, &particulars).await.expect("a register can be made").id);
    }
    let mut made = Vec::new();
    for unit in UNITS {
        let particulars = UnitParticulars {
            name: unit.name.into(),
            name_english: unit.name_english.into(),
            code: unit.code.into(),
            register: registers[unit.register].clone(),
            parent: None,
            needs_signature: false,
            outgoing_register: None,
        };
        made.push(units::add(tx, &particulars).await.expect("a unit can be made"));
    }
    // The first stands under the last; the others directly under the organisation.
    let first = UnitParticulars { parent: Some(made[UNITS.len() - 1].id.clone()), ..particulars_of(&made[0]) };
    made[0] = units::change(tx, &made[0].id, &first).await.expect("a unit can be changed");
    made
}

/// A unit as it is, to say something else of it.
pub fn particulars_of(unit: &Unit) -> UnitParticulars {
    UnitParticulars {
        name: unit.name.clone(),
        name_english: unit.name_english.clone(),
        code: unit.code.clone(),
        register: unit.register.clone(),
        parent: unit.parent.clone(),
        needs_signature: unit.needs_signature,
        outgoing_register: unit.outgoing_register.clone(),
    }
}

/// One of each role; an officer and a signer for each unit, and a signer of the organisation as a whole.
async fn make_staff(tx: &mut Tx, units: &[Unit]) -> Vec<Account> {
    let mut accounts = vec![
        make_account(tx, "reviewer@example.ir", "نرگس کریمی", Role::Reviewer, None).await,
        make_account(tx, "administrator@example.ir", "بهرام راد", Role::Administrator, None).await,
        make_account(tx, "auditor@example.ir", "ژاله نیک", Role::Auditor, None).await,
    ];
    for (place, unit) in units.iter().enumerate() {
        let email = format!("officer-{place}@example.ir");
        let name = ["آرش توکلی", "لیلا صدر", "کاوه مهر"][place];
        accounts.push(make_account(tx, &email, name, Role::Officer, Some(&unit.id)).await);
        let email = format!("signer-{place}@example.ir");
        let name = ["مینا فروغ", "هومن دانا", "شیرین پارسا"][place];
        accounts.push(make_account(tx, &email, name, Role::Signer, Some(&unit.id)).await);
    }
    accounts.push(make_account(tx, "signer@example.ir", "فرهاد سپهر", Role::Signer, None).await);
    accounts
}

/// A person who can sign in with [`PASSWORD`] and their app.
pub async fn make_account(tx: &mut Tx, email: &str, name: &str, role: Role, unit: Option<&UnitId>) -> Account {
    // One hash for all: it takes long, and what it costs is not what is tested.
    static HASH: OnceCell<PasswordHash> = OnceCell::const_new();
    let hash = HASH
        .get_or_init(async || password::hash(NewPassword::parse(PASSWORD, &[]).expect("a good password")).await)
        .await;
    let totp_secret = second_factor::new_secret();
    let post = NewPost { unit: unit.cloned(), title: "کارشناس".into(), role };
    let id = staff::make(tx, email, name, &[post], hash, &totp_secret).await.expect("a person can be made");
    Account { id, email: email.into(), name: name.into(), totp_secret, role, unit: unit.cloned() }
}
