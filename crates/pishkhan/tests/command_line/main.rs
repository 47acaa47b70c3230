//! The real program on a real folder: what an operator types, and what comes of it.

mod calendar;
mod centre;
mod crowds;
mod kills;
mod messages;
mod ready;
mod repeating;
mod silence;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use pishkhan_office::actor::Role;

const BINARY: &str = env!("CARGO_BIN_EXE_pishkhan");

#[test]
fn an_organisation_is_set_up_from_nothing() {
    let data = folder("set-up");
    let told = done(&data, "org add nemune --name نمونه --url https://desk.example.ir --host letters.example.ir");
    assert!(told.contains("pishkhan register add --org nemune"), "{told}");
    done(&data, "register add --org nemune --name incoming --template {yyyy}/{unit}/{n:04} --direction rtl");
    done(&data, "unit add --org nemune --code ش --name شکایات");
    done(&data, "unit change ش --org nemune --name-english Complaints");
    for code in ["a_b", "a;b", "a:b", "123456789", "_"] {
        for typed in ["unit add --org nemune --name دو --code", "unit change ش --org nemune --code"] {
            let line = refused(&data, &format!("{typed} {code}"));
            assert!(line.contains("1 to 8 letters, digits, hyphens, dots and slashes"), "{typed} {code}: {line}");
        }
    }
    let long = refused(&data, "register change incoming --org nemune --template شماره.نامه/{yyyy}/{unit}/{n:04}");
    assert!(long.contains("could be 31 characters"), "{long}");
    done(&data, "register change incoming --org nemune --template {yyyy}/{unit}/{n:04}");
    done(&data, "reason add --org nemune --short ناقص --short-english Incomplete");

    let invited = "staff invite --org nemune --email Maryam@example.ir --name مریم --role administrator";
    let told = done(&data, invited);
    let link = told.lines().next().expect("a link");
    let token = link.strip_prefix("https://desk.example.ir/desk/invitations/").expect("the link begins with the URL");
    assert_eq!(token.len(), 43, "{link}");
    let again = done(&data, invited);
    assert_ne!(again.lines().next(), Some(link), "a second invitation replaces the first");
    done(&data, "staff add-post maryam@example.ir --org nemune --role officer --unit ش --title کارشناس");

    done(&data, "org change nemune --withhold-after-days 90");
    assert!(done(&data, "org list").contains("nemune\thttps://desk.example.ir\tنمونه"));
    assert!(done(&data, "register list --org nemune").contains("\tincoming\t{yyyy}/{unit}/{n:04}\t\trtl\t0"));
    assert!(done(&data, "unit list --org nemune").contains("ش\tشکایات\tComplaints\tincoming\tnone\tnone\tnone\topen"));
    done(&data, "register add --org nemune --name outgoing --template {prefix}/{n} --prefix ص --direction rtl");
    done(&data, "unit change ش --org nemune --outgoing-register outgoing --signature needed");
    let signed = "ش\tشکایات\tComplaints\tincoming\toutgoing\tnone\tneeded\topen";
    assert!(done(&data, "unit list --org nemune").contains(signed));
    let doctor = String::from_utf8(pishkhan(&data, "doctor").stdout).expect("text");
    let unsigned = "warning  organisation nemune: unit ش wants its answers signed, and nobody signs for it";
    assert!(doctor.contains(unsigned), "{doctor}");
    done(&data, "unit change ش --org nemune --name-english Complaints");
    assert!(done(&data, "unit list --org nemune").contains(signed), "what isn't given stays");
    done(&data, "unit change ش --org nemune --outgoing-register none --signature none --work-by-turn 7");
    assert!(done(&data, "unit list --org nemune").contains("\tnone\tnone\tnone\topen\t7"));
    done(&data, "unit change ش --org nemune --work-by-turn 0");
    assert!(done(&data, "unit list --org nemune").contains("\topen\tnone"));
    let people = done(&data, "staff list --org nemune");
    assert!(people.contains("maryam@example.ir\tمریم\tinvited\tadministrator"), "{people}");
    let post = people.lines().find(|line| line.contains("officer")).and_then(|line| line.split('\t').next_back());
    done(&data, &format!("staff end-post maryam@example.ir {} --org nemune", post.expect("an officer's post")));
    assert!(!done(&data, "staff list --org nemune").contains("officer"));
    assert!(done(&data, "staff disable maryam@example.ir --org nemune").contains("Disabled"));
    assert!(refused(&data, "staff reset maryam@example.ir --org nemune").contains("disabled"));
}

#[test]
fn an_organisation_changes_only_in_what_is_said() {
    let data = folder("change");
    done(&data, "org add one --name یک --url https://one.example.ir --host b.example.ir --host a.example.ir");
    done(&data, "org add two --name دو --url https://two.example.ir");
    let listed = |changes: &str| {
        done(&data, &format!("org change one {changes}"));
        let list = done(&data, "org list");
        list.lines().find(|line| line.starts_with("one\t")).expect("it is still there").to_owned()
    };
    assert_eq!(listed("--name اول"), "one\thttps://one.example.ir\tاول\t\ta.example.ir b.example.ir");
    assert_eq!(listed("--name-english One"), "one\thttps://one.example.ir\tاول\tOne\ta.example.ir b.example.ir");
    let moved = listed("--url https://new.example.ir:8443");
    assert_eq!(moved, "one\thttps://new.example.ir:8443\tاول\tOne\ta.example.ir b.example.ir");
    assert_eq!(listed("--url https://a.example.ir"), "one\thttps://a.example.ir\tاول\tOne\tb.example.ir");
    assert_eq!(listed("--host c.example.ir"), "one\thttps://a.example.ir\tاول\tOne\tc.example.ir");
    assert_eq!(listed("--no-other-hosts"), "one\thttps://a.example.ir\tاول\tOne\t");

    done(&data, "org change two --host one.example.ir --host c.example.ir");
    assert!(refused(&data, "org change one --url https://c.example.ir").contains("c.example.ir belongs to another"));
    assert!(refused(&data, "org change one --host d.example.ir --no-other-hosts").contains("--no-other-hosts"));
    assert!(refused(&data, "org change three --name سه").contains("there is no organisation three"));
    assert!(done(&data, "org list").contains("one\thttps://a.example.ir\tاول\tOne\t\n"));
}

#[test]
fn a_persons_name_and_address_are_corrected() {
    let data = folder("staff-change");
    done(&data, "org add one --name یک --url https://one.example.ir");
    done(&data, "staff invite --org one --email ali@example.ir --name علی --role reviewer");
    done(&data, "staff invite --org one --email sara@example.ir --name سارا --role auditor");

    let told = done(&data, "staff change Ali@example.ir --org one --name رضا");
    assert_eq!(told, "Changed ali@example.ir, رضا.\n");
    let told = done(&data, "staff change ali@example.ir --org one --email Reza@example.ir");
    assert_eq!(told, "Changed reza@example.ir, رضا.\n");
    for (typed, said) in [
        ("staff change reza@example.ir --org one", "--name <NAME>"),
        ("staff change ali@example.ir --org one --name x", "there is nobody with the address ali@example.ir"),
        ("staff change reza@example.ir --org one --email sara@example.ir", "here already"),
        ("staff change reza@example.ir --org one --email reza", "no e-mail address"),
    ] {
        let line = refused(&data, typed);
        assert!(line.contains(said), "{typed}: {line}");
    }
    let people = done(&data, "staff list --org one");
    assert!(people.contains("reza@example.ir\tرضا\tinvited\treviewer"), "{people}");
    assert!(people.contains("sara@example.ir\tسارا\tinvited\tauditor"), "{people}");
}

#[test]
fn every_role_is_named_where_a_post_is_given() {
    let data = folder("roles");
    done(&data, "org add one --name یک --url https://one.example.ir");
    let unknown = refused(&data, "staff invite --org one --email a@b.ir --name x --role king");
    for command in ["staff invite", "staff add-post"] {
        let help = done(&data, &format!("{command} --help"));
        let of_role = help.lines().find(|line| line.contains("What they may do")).expect("the role's line");
        for role in Role::ALL.map(Role::as_str) {
            assert!(of_role.contains(role), "{role} is not in «{of_role}»");
            assert!(unknown.contains(role), "{role} is not in «{unknown}»");
        }
    }
}

#[test]
fn what_is_wrong_is_one_line_and_changes_nothing() {
    let data = folder("wrong");
    done(&data, "org add one --name یک --url https://one.example.ir");
    for (typed, said) in [
        (
            "org add two --name دو --url https://one.example.ir",
            "the host one.example.ir belongs to another organisation",
        ),
        ("org add one --name یک --url https://other.example.ir", "of that short name already"),
        ("org add three --name سه --url ftp://three.example.ir", "base URL"),
        ("org add four --name چهار", "--url <URL>"),
        ("unit add --org one --code 1 --name یک", "there is no register yet"),
        ("unit add --org none --code 1 --name یک", "there is no organisation none"),
        ("unit archive 9 --org one", "there is no unit with the code 9"),
        ("register add --org one --name r --template {prefix}", "{n} exactly once"),
        ("register add --org one --name r --template {n} --direction up", "rtl or ltr"),
        (
            "register add --org one --name r --template {prefix}/{yyyy}/{unit}/{n} --prefix نمونه",
            "could be 26 characters",
        ),
        ("reason archive x --org one", "there is no reason x"),
        ("staff invite --org one --email nobody --name x --role reviewer", "no e-mail address"),
        ("staff invite --org one --email a@b.ir --name x --role king", "reviewer, officer"),
        ("staff invite --org one --email a@b.ir --name x --role officer", "--unit CODE"),
        ("staff enable a@b.ir --org one", "there is nobody"),
        ("serve --set sign_in.chalenge=off", "do you mean sign_in.challenge?"),
        ("serve --set log.level=loud", "log.level (--set)"),
        ("serve --settings /nowhere/pishkhan.toml", "/nowhere/pishkhan.toml"),
        ("serve --set messages.gateway=http", "messages.http.url"),
        ("demo --listen nowhere", "--listen"),
        ("dance", "dance"),
    ] {
        let line = refused(&data, typed);
        assert!(line.contains(said), "{typed}: {line}");
    }
    let listed = done(&data, "org list");
    assert_eq!(listed.lines().count(), 2, "{listed}");
}

#[test]
fn the_doctor_says_what_is_next() {
    let data = folder("doctor").join("new");
    let told = done(&data, "doctor");
    assert!(told.contains("warning  data folder:") && told.contains("warning  database:"), "{told}");
    assert!(!data.exists(), "the doctor makes nothing");

    done(&data, "org add nemune --name نمونه --url http://desk.example.ir");
    done(&data, "org change nemune --messages-per-day 9 --codes-per-day 7");
    fs::write(data.join("secret"), [7; 31]).expect("written");
    let output = pishkhan(&data, "doctor");
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{told}");
    for line in [
        "ok       settings:",
        "ok       data folder:",
        "ok       database: SQLite",
        "warning  organisation nemune: it has no register, no unit, no reviewer who can sign in",
        "warning  organisation nemune: http://desk.example.ir is not https",
        "warning  organisation nemune: its calendar has no holidays of 1",
        "ok       messages: 0 wait to be sent",
        "ok       codes of all organisations: 0 of 20000 are sent",
        "ok       codes of nemune: 0 of 7 are sent",
        "failed   secret:",
    ] {
        assert!(told.contains(line), "{line} is not in\n{told}");
    }
    let output = pishkhan(&data, "doctor --set no.such=1");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("failed   settings: no.such (--set)"));
}

#[test]
fn the_default_settings_are_printed() {
    let data = folder("settings");
    assert_eq!(done(&data, "settings"), include_str!("../../src/default.toml"));
}

#[test]
fn a_demo_is_served_and_gone_on_with() {
    let data = folder("demo");
    let first = Demo::start(&data);
    let staff = first.told["staff"].as_array().expect("a list of staff").clone();
    assert_eq!(staff.len(), 18);
    assert!(staff.iter().all(|it| it["roles"].as_array().is_some_and(|roles| roles.len() == 1)));
    assert!(
        staff.iter().filter(|it| it["unit"].is_string()).count() == 8,
        "officers and the units' signers have units"
    );
    assert_eq!(first.get("localhost", "/health"), (200, "ok\n".to_owned()));
    assert_eq!(first.get("shahrdari.localhost", "/health").0, 200);
    assert_eq!(first.get("stranger.localhost", "/").0, 421);
    let messages = first.told["messages"].as_str().expect("an address").to_owned();
    let path = messages.strip_prefix(&first.url()).expect("messages are at the first organisation's");
    let (status, body) = first.get("localhost", path);
    let sent: serde_json::Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(status, 200);
    assert!(sent.as_array().is_some_and(|sent| sent.len() > 20), "the demo's past is in its messages");
    let errors = first.stop();
    assert!(!errors.contains("letter_submitted"), "the past must not ring:\n{errors}");

    let again = Demo::start(&data);
    assert_eq!(again.told["staff"].as_array(), Some(&staff), "accounts are kept");
    assert_eq!(again.get("localhost", "/health").0, 200);
    again.stop();

    let real = folder("no-demo");
    done(&real, "org add nemune --name نمونه --url https://desk.example.ir");
    assert!(refused(&real, "demo --listen 127.0.0.1:0").contains("is no demo"));
}

/// A running demo; killed when the test fails.
struct Demo {
    process: Child,
    told: serde_json::Value,
}

impl Demo {
    fn start(data: &Path) -> Demo {
        // A test machine's disk may be as full as it likes.
        let mut process = command(data, "demo --json --listen 127.0.0.1:0 --set files.free_percent=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        let output = process.stdout.as_mut().expect("it is piped");
        BufReader::new(output).read_line(&mut line).expect("it can be read");
        let told = serde_json::from_str(&line).unwrap_or_else(|error| {
            let mut errors = String::new();
            let _ = process.kill();
            process.stderr.take().expect("it is piped").read_to_string(&mut errors).expect("it can be read");
            panic!("{error}: {line}{errors}")
        });
        Demo { process, told }
    }

    fn url(&self) -> String {
        self.told["organisations"][0]["url"].as_str().expect("an address").to_owned()
    }

    fn get(&self, host: &str, path: &str) -> (u16, String) {
        let url = self.url();
        let (_, port) = url.rsplit_once(':').expect("the address carries the port");
        let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).expect("it accepts");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n").expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answered");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        (head[9..12].parse().expect("a status"), body.to_owned())
    }

    /// Stops it as a service is stopped; answers with what it said on standard error.
    fn stop(mut self) -> String {
        let killed = Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status().expect("kill runs");
        assert!(killed.success());
        let mut errors = String::new();
        self.process.stderr.take().expect("it is piped").read_to_string(&mut errors).expect("it can be read");
        assert_eq!(self.process.wait().expect("it ends").code(), Some(0), "{errors}");
        errors
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // It has ended already when the test went well.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A folder of this test's own, without what an earlier run left there.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("command-line").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the earlier run's folder goes");
    }
    fs::create_dir_all(folder.parent().expect("it has one")).expect("made");
    folder
}

fn command(data: &Path, typed: &str) -> Command {
    let mut command = Command::new(BINARY);
    command.args(typed.split(' ')).arg("--data").arg(data).env_clear();
    command
}

fn pishkhan(data: &Path, typed: &str) -> Output {
    command(data, typed).output().expect("the program runs")
}

/// What a command that succeeds says.
fn done(data: &Path, typed: &str) -> String {
    let output = pishkhan(data, typed);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{typed}: {errors}");
    assert_eq!(errors, "", "{typed}");
    String::from_utf8(output.stdout).expect("text")
}

/// The one line with which a command refuses.
fn refused(data: &Path, typed: &str) -> String {
    let output = pishkhan(data, typed);
    let errors = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(2), "{typed}: {errors}");
    assert_eq!(errors.lines().count(), 1, "{typed}: {errors}");
    assert_eq!(output.stdout, b"", "{typed}");
    errors
}
