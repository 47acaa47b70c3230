//! Rights: `docs/reference/rights.md` is walked, line by line, by everybody it names and by people of another organisation, over a
//! letter in each state.

mod apart;
mod forms;
mod house;
mod table;

use std::collections::BTreeMap;

use pishkhan_office::actor::Role;
use pishkhan_testkit::{Answer, Browser, Multipart, Plan, TestApp, on_both, on_both_as};

use self::house::{House, version_in};
use self::table::{Cell, Line, Section, Table};

/// Somebody with a browser, and the token of its forms.
struct Person {
    /// The column's name.
    name: &'static str,
    browser: Browser,
    token: String,
    side: Side,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Visitor,
    Sender,
    Desk,
}

/// What happened to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Came {
    /// The page, or the act done.
    Done,
    /// 404.
    Nothing,
    /// Somebody was first.
    Late,
    /// Sent to a sign-in, or told that a form came from nobody who is in.
    SignIn,
    /// Anything else: a fault beside a field, too much, a form that was none.
    Other(u16),
}

#[test]
fn every_route_has_its_line() {
    let gaps = Table::read().gaps();
    assert!(gaps.is_empty(), "\n{}", gaps.join("\n"));
}

#[tokio::test]
async fn the_written_table_is_what_happens() {
    on_both_as(without_limits, async |app| {
        let table = Table::read();
        let people = people(&app).await;
        let sender = people.iter().find(|person| person.name == "sender").expect("the table has a sender");
        let sender = pishkhan_testkit::Sender { browser: sender.browser.clone(), mobile: "09121234567".into() };
        let house = House::build(&app, &table.states, &sender).await;
        let print = house.print(&app).await;
        let mut wrong = Vec::new();
        for line in &table.lines {
            for person in &people {
                wrong.extend(walk(&app, &house, &print, &table, line, person).await);
            }
        }
        assert!(wrong.is_empty(), "docs/reference/rights.md says otherwise:\n{}", wrong.join("\n"));
    })
    .await;
}

#[tokio::test]
async fn what_is_asked_elsewhere_is_there_for_nobody_who_is_not_named() {
    on_both_as(without_limits, async |app| {
        let table = Table::read();
        let people = people(&app).await;
        let sender = people.iter().find(|person| person.name == "sender").expect("the table has a sender");
        let sender = pishkhan_testkit::Sender { browser: sender.browser.clone(), mobile: "09121234567".into() };
        let house = House::build(&app, &table.states, &sender).await;
        let print = house.print(&app).await;
        let lines = table.lines_elsewhere();
        assert!(lines.len() > 15, "the desk has more that a form can't ask than this");
        let mut wrong = Vec::new();
        for line in &lines {
            for person in &people {
                let wanted = match (person.side, line.cells.get(person.name)) {
                    (Side::Desk, None) => continue,
                    (Side::Desk, Some(_)) => Came::Nothing,
                    (Side::Visitor | Side::Sender, _) => Came::SignIn,
                };
                for state in ["draft", "submitted", "in_progress", "objected", "closed"] {
                    let path = path_of(&house, line, state);
                    let version = version_in(&print, &house.letters[state]);
                    let came = came(&ask(&person.browser, &app, &house, line, &path, &person.token, version).await);
                    if came != wanted {
                        wrong.push(format!("{} {}, {}, {state} → {came:?}", line.method, line.route, person.name));
                    }
                    if !line.route.contains("{letter}") {
                        break;
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "docs/reference/rights.md says otherwise:\n{}", wrong.join("\n"));
        assert_eq!(house.print(&app).await, print, "nothing is changed by who is refused");
    })
    .await;
}

#[tokio::test]
async fn what_is_confidential_exists_for_nobody_without_a_clearance() {
    on_both_as(without_limits, async |app| {
        let mut table = Table::read();
        let people = people(&app).await;
        let sender = people.iter().find(|person| person.name == "sender").expect("the table has a sender");
        let sender = pishkhan_testkit::Sender { browser: sender.browser.clone(), mobile: "09121234567".into() };
        let house = House::build(&app, &table.states, &sender).await;
        app.execute("update letters set classification = 1").await;
        let print = house.print(&app).await;
        let staff = people.iter().filter(|person| person.side == Side::Desk);
        let of_nobody: BTreeMap<String, Cell> = staff.map(|person| (person.name.to_owned(), Cell::Nothing)).collect();
        let elsewhere = table.lines_elsewhere().into_iter().map(|line| Line { cells: of_nobody.clone(), ..line });
        table.lines.extend(elsewhere);
        table.lines.retain(|line| line.route.contains("{letter}") || line.route.contains("{file}"));
        assert!(table.lines.len() > 35, "the desk has more lines than these");
        for cell in table.lines.iter_mut().flat_map(|line| line.cells.iter_mut()) {
            if !cell.0.ends_with("sender") {
                *cell.1 = Cell::Nothing;
            }
        }
        let mut wrong = Vec::new();
        for line in table.lines.iter().filter(|line| line.section != Section::Senders) {
            for person in people.iter().filter(|person| person.side == Side::Desk) {
                wrong.extend(walk(&app, &house, &print, &table, line, person).await);
            }
        }
        assert!(wrong.is_empty(), "what is confidential was seen:\n{}", wrong.join("\n"));
        let lists = [
            "/desk?show=review",
            "/desk?show=all",
            "/desk?show=unit",
            "/desk?show=messages",
            "/desk/letters",
            "/desk/letters.csv",
            "/desk/search?from=1400",
            "/desk/search.csv?from=1400",
        ];
        for person in people.iter().filter(|person| person.side == Side::Desk) {
            for list in lists {
                let page = person.browser.get(list).await;
                assert!(!page.text().contains("موضوع این راه"), "{} sees it in {list}", person.name);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn for_people_of_another_organisation_nothing_is_here() {
    on_both_as(without_limits, async |app| {
        let table = Table::read();
        let sender = app.sender("09121234567").signs_in().await;
        let house = House::build(&app, &table.states, &sender).await;
        let (before, elsewhere) = (house.print(&app).await, table.lines_elsewhere());
        let mut wrong = Vec::new();
        for stranger in people(&app.elsewhere()).await {
            let carried = stranger.browser.asking(&app);
            let token = carried.form_token().await;
            let lines = table.lines.iter().filter(|line| line.section != Section::Everybody);
            for line in lines.chain(&elsewhere) {
                for state in ["submitted", "in_progress", "answered"] {
                    let path = path_of(&house, line, state);
                    let about = format!("{} of there: {} {path}", stranger.name, line.method);
                    let there = ask(&stranger.browser, &app, &house, line, &path, &stranger.token, "2").await;
                    let is_named = line.route.contains("{letter}")
                        || line.route.contains("{draft}")
                        || line.route.contains("{file}");
                    if is_named && !matches!(came(&there), Came::Nothing | Came::SignIn) {
                        wrong.push(format!("{about}, there → {}", there.status));
                    }
                    let here = ask(&carried.copied(), &app, &house, line, &path, &token, "2").await;
                    if !matches!(came(&here), Came::Nothing | Came::SignIn) {
                        wrong.push(format!("{about}, here → {}", here.status));
                    }
                    if !line.route.contains('{') {
                        break;
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert_eq!(house.print(&app).await, before);
    })
    .await;
}

#[tokio::test]
async fn what_is_withheld_on_a_device_that_came_lately_is_told_by_no_route() {
    on_both_as(without_limits, async |app| {
        let table = Table::read();
        let owner = app.sender("09121234567").signs_in().await;
        let house = House::build(&app, &table.states, &owner).await;
        app.execute("update organisations set withhold_after_days = 30").await;
        app.wait(40 * 24 * 60 * 60).await;
        let newcomer = app.sender("09121234567").signs_in().await;
        let token = newcomer.form_token().await;
        let program = newcomer.browser.clone().with("tus-resumable", "1.0.0");
        let before = house.print(&app).await;
        let lines = table.senders_lines();
        assert!(lines.len() > 25, "senders have more ways to a letter than these");
        let mut told = Vec::new();
        for line in &lines {
            for state in &table.states {
                let path = path_of(&house, line, state).replace("{upload}", "x").replace("{page}/{width}", "1/1");
                let answer = ask(&newcomer, &app, &house, line, &path, &token, "2").await;
                let is_led = answer.header("location") == Some("/account/withheld");
                if !is_led && (!line.cells.is_empty() || matches!(came(&answer), Came::Done)) {
                    told.push(format!("{} {path}, {state} → {}", line.method, answer.status));
                }
                // Nothing leads a program on.
                if line.method == "POST" && line.route.ends_with("/uploads") {
                    let answer = ask(&program, &app, &house, line, &path, &token, "2").await;
                    if came(&answer) != Came::Nothing {
                        told.push(format!("{} {path} of a program, {state} → {}", line.method, answer.status));
                    }
                }
            }
        }
        assert!(told.is_empty(), "what is withheld was told:\n{}", told.join("\n"));
        assert_eq!(house.print(&app).await, before);
        for list in ["/letters", "/letters?show=drafts", "/letters?show=accepted", "/letters?show=rejected", "/account"]
        {
            newcomer.get(list).await.ok().hides("موضوع این راه");
        }
        let draft = newcomer.get(&format!("/letters/new?draft={}", house.letters["draft"])).await;
        assert_eq!(draft.location(), "/account/withheld");
    })
    .await;
}

#[tokio::test]
async fn an_auditor_changes_nothing() {
    let table = Table::read();
    let acts = table.lines.iter().filter(|line| line.section == Section::Desk && line.method == "POST");
    let open: Vec<&str> =
        acts.filter(|line| line.cells["auditor"] != Cell::Nothing).map(|line| line.route.as_str()).collect();
    // Views, keys and the mark of their presence are their own, and a number that is shown is put on record; no letter is changed.
    let own = [
        "/desk/views",
        "/desk/views/{view}/removal",
        "/desk/keys",
        "/desk/letters/{letter}/leaving",
        "/desk/letters/{letter}/mobile",
    ];
    assert_eq!(open, own, "the table lets an auditor change something");
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let house = House::build(&app, &table.states, &sender).await;
        let letters = "select id || state || cast(version as text) from letters order by id";
        let before = app.texts(letters).await;
        let auditor = app.staff(Role::Auditor).await;
        let token = auditor.form_token().await;
        for line in table.lines.iter().filter(|line| line.section == Section::Desk && line.method == "POST") {
            let path = path_of(&house, line, "submitted");
            ask(&auditor, &app, &house, line, &path, &token, "2").await;
        }
        assert_eq!(app.texts(letters).await, before);
        assert_eq!(app.count("select count(*) from events where kind = 'mobile_shown'").await, 1, "put on record");
    })
    .await;
}

/// Everybody the table names, each signed in.
async fn people(app: &TestApp) -> Vec<Person> {
    let mut people = Vec::new();
    let mut add = async |name, side, browser: Browser| {
        let token = browser.form_token().await;
        people.push(Person { name, browser, token, side });
    };
    add("visitor", Side::Visitor, app.browser()).await;
    add("sender", Side::Sender, app.sender("09121234567").signs_in().await.browser).await;
    add("another sender", Side::Sender, app.sender("09351112233").signs_in().await.browser).await;
    // Who of the desk comes in by password and app is for other tests to see.
    for (name, role, unit) in [
        ("reviewer", Role::Reviewer, None),
        ("officer", Role::Officer, Some("شکایات")),
        ("referred", Role::Officer, Some("بایگانی")),
        ("elsewhere", Role::Officer, Some("امور مالی")),
        ("signer", Role::Signer, Some("شکایات")),
        ("signer above", Role::Signer, Some("بایگانی")),
        ("signer elsewhere", Role::Signer, Some("امور مالی")),
        ("administrator", Role::Administrator, None),
        ("auditor", Role::Auditor, None),
    ] {
        add(name, Side::Desk, app.came_in(role, unit).await.browser).await;
    }
    people
}

fn without_limits(plan: &mut Plan) {
    // The walk takes its time.
    plan.rules.sessions.staff_confirmed = std::time::Duration::ZERO;
    let limits = &mut plan.rules.limits;
    limits.drafts_per_sender = 0;
    limits.submissions_per_sender_per_day = 0;
    limits.files_per_sender_per_day = 0;
    limits.tracking_per_address_per_minute = 0;
}

/// One person at one line, over a letter in each state if it names one. Answers what happened otherwise than the table says. `print`
/// is what the house is like, before and after.
async fn walk(
    app: &TestApp,
    house: &House,
    print: &[String],
    table: &Table,
    line: &Line,
    person: &Person,
) -> Vec<String> {
    let is_act = line.method == "POST";
    let mut wrong = Vec::new();
    if is_act && house.print(app).await != print {
        // Somebody has looked at a page since, and that is on record.
        house.put_back(app).await;
    }
    for state in states_for(table, line, person) {
        let path = path_of(house, line, state);
        let version = version_in(print, &house.letters[state]);
        let answer = ask(&person.browser, app, house, line, &path, &person.token, version).await;
        let came = came(&answer);
        let (is_right, said) = judge(table, line, person, state, came);
        if !is_right {
            let text = if matches!(came, Came::Other(_)) { answer.text() } else { String::new() };
            wrong.push(format!(
                "{} {}, {}, {state}: the table says {said}, and it came to {came:?} {text}",
                line.method, line.route, person.name
            ));
        }
        if is_act && came == Came::Done {
            house.put_back(app).await;
        } else if is_act && house.print(app).await != print {
            wrong.push(format!(
                "{} {}, {}, {state}: refused, and something is changed",
                line.method, line.route, person.name
            ));
            house.put_back(app).await;
        }
    }
    wrong
}

/// The states in which this person asks for a letter's line. Who is sent to a sign-in is sent there before anybody looks for the
/// letter: one that nobody has sent, and one that everybody knows, are enough.
fn states_for<'a>(table: &'a Table, line: &Line, person: &Person) -> Vec<&'a str> {
    let names_letter = ["{letter}", "{draft}", "{file}"].iter().any(|name| line.route.contains(name));
    if !names_letter {
        vec!["submitted"]
    } else if line.cells.contains_key(person.name) {
        table.states.iter().map(String::as_str).collect()
    } else {
        vec!["draft", "answered"]
    }
}

/// Whether that is what the table says, and what it says.
fn judge(table: &Table, line: &Line, person: &Person, state: &str, came: Came) -> (bool, String) {
    if line.section == Section::Everybody {
        let cell = &line.cells["everybody"];
        let is_there = !matches!(came, Came::Nothing);
        return (is_there == (*cell == Cell::Yes), format!("{cell:?}"));
    }
    let Some(cell) = line.cells.get(person.name) else {
        return (came == Came::SignIn, "a sign-in".into());
    };
    let is_right = match cell {
        Cell::Yes => came == Came::Done,
        Cell::In(states) if states.contains(state) => came == Came::Done,
        // They see the letter, and are told who was first.
        Cell::In(_) => came == Came::Nothing || (came == Came::Late && sees(table, line, person, state)),
        Cell::Nothing => came == Came::Nothing,
    };
    (is_right, format!("{cell:?}"))
}

/// Whether the letter's own page is there for this person.
fn sees(table: &Table, line: &Line, person: &Person, state: &str) -> bool {
    let page = if line.section == Section::Desk { "/desk/letters/{letter}" } else { "/letters/{letter}" };
    let line = table.lines.iter().find(|line| line.method == "GET" && line.route == page);
    let cell = line.and_then(|line| line.cells.get(person.name));
    matches!(cell, Some(Cell::In(states)) if states.contains(state))
}

fn came(answer: &Answer) -> Came {
    let to = answer.header("location").unwrap_or_default();
    match answer.status.as_u16() {
        303 if to.starts_with("/?next=") || to == "/desk/sign-in" => Came::SignIn,
        401 => Came::SignIn,
        200 | 204 | 303 => Came::Done,
        404 => Came::Nothing,
        409 => Came::Late,
        other => Came::Other(other),
    }
}

async fn ask(
    browser: &Browser,
    app: &TestApp,
    house: &House,
    line: &Line,
    path: &str,
    token: &str,
    version: &str,
) -> Answer {
    if line.method == "POST" {
        let body = forms::body(app, house, &line.route, token, version);
        browser.post_body(path, &Multipart::content_type(), body).await
    } else {
        browser.get(&format!("{path}{}", forms::query(house, &line.route))).await
    }
}

/// The route's address for the letter in that state.
fn path_of(house: &House, line: &Line, state: &str) -> String {
    let letter = house.letters[state].as_str();
    line.route
        .replace("/files/{file}", &house.files[state])
        .replace("{letter}", letter)
        .replace("{draft}", letter)
        .replace("{other}", house.other.as_str())
        .replace("{view}", letter)
        .replace("{kind}", "letter_submitted")
        .replace("{referral}", letter)
        .replace("{route}", &house.route)
        .replace("{secret}", "x")
        .replace("{token}", "x")
}
