//! What the demo tells at its start: to people as text, to programs as one line of JSON.

use std::fmt::Write;
use std::path::Path;

use pishkhan_office::Moment;
use pishkhan_office::accounts::second_factor;
use pishkhan_office::organisations::Organisation;
use pishkhan_web::links;
use serde::Serialize;

use super::accounts::Account;
use super::seed::Seed;
use super::staging::Stage;

#[derive(Serialize)]
struct Shown<'a> {
    organisations: Vec<ShownOrganisation<'a>>,
    staff: Vec<ShownAccount<'a>>,
    messages: String,
}

#[derive(Serialize)]
struct ShownOrganisation<'a> {
    name: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct ShownAccount<'a> {
    organisation: &'a str,
    email: &'a str,
    password: &'a str,
    totp_secret: &'a str,
    roles: &'a [String],
    unit: Option<&'a str>,
}

/// One object on one line.
pub fn json(stage: &Stage) -> String {
    let name_of = |id: &str| {
        stage.organisations.iter().find(|it| it.id.as_str() == id).map_or("", |organisation| organisation.name.as_str())
    };
    let shown = Shown {
        organisations: stage
            .organisations
            .iter()
            .map(|it| ShownOrganisation { name: &it.name, url: &it.base_url })
            .collect(),
        staff: stage
            .accounts
            .staff
            .iter()
            .map(|it| ShownAccount {
                organisation: name_of(&it.organisation),
                email: &it.email,
                password: &it.password,
                totp_secret: &it.totp_secret,
                roles: &it.roles,
                unit: it.unit.as_deref(),
            })
            .collect(),
        messages: messages(stage, links::demo_messages_json().as_str()),
    };
    serde_json::to_string(&shown).expect("texts and lists are always writable as JSON") + "\n"
}

/// Everything one needs to play with it.
pub fn text(stage: &Stage, folder: &Path, now: Moment) -> String {
    let mut text = String::from("\nThe demo of Pishkhan is open.\n");
    let seed = Seed::embedded();
    for organisation in &stage.organisations {
        let id = organisation.id.as_str();
        let people = stage.accounts.staff.iter().filter(|it| it.organisation == id);
        let senders = seed.organisations.iter().filter(|it| it.id == id).flat_map(|it| &it.senders);
        text += &about(organisation);
        for account in people {
            text += &person(account, now);
        }
        let numbers: Vec<&str> = senders.map(|sender| sender.mobile.as_str()).collect();
        text += &["  Senders with letters (any mobile number will do): ", &numbers.join(", "), "\n"].concat();
    }
    text + &format!(
        "\nMessages: {}, and here as they go out.\nFolder:   {}\nGo on with it later: pishkhan demo --data {}\nStop: Ctrl+C\n\n",
        messages(stage, links::demo_messages().as_str()),
        folder.display(),
        folder.display()
    )
}

fn about(organisation: &Organisation) -> String {
    let (name, english, url) = (&organisation.name, &organisation.name_english, &organisation.base_url);
    format!("\n{name} ({english})\n  counter {url}\n  desk    {url}{}\n", links::desk())
}

fn person(account: &Account, now: Moment) -> String {
    let unit = account.unit.as_ref().map_or(String::new(), |unit| format!(" · {unit}"));
    let code = second_factor::code_at(&account.totp_secret, now).unwrap_or_default();
    let mut text = format!("  {} · {}{unit}\n", account.roles.join(", "), account.name);
    writeln!(
        text,
        "    {}   password {}   TOTP secret {} (now {code})",
        account.email, account.password, account.totp_secret
    )
    .expect("a string takes any text");
    text
}

fn messages(stage: &Stage, link: &str) -> String {
    stage.organisations.first().map_or(String::new(), |first| format!("{}{link}", first.base_url))
}
