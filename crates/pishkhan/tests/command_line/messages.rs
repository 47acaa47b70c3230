//! Messages of the real program: routes from a file, as operators write them.

use std::fs;

use pishkhan_courier::gateways::Reports;
use pishkhan_courier::routes::RouteDefinition;
use pishkhan_office::dispatch::KINDS;
use pishkhan_store::{Clock, Db, OrganisationId, Place, query};

use crate::{done, folder, pishkhan, refused};

#[test]
fn the_web_service_in_the_guide_can_be_saved_as_it_stands_there() {
    let guide = include_str!("../../../../docs/guide/messages.md");
    let blocks = guide.split("```toml\n").skip(1).filter_map(|rest| rest.split_once("```"));
    let described = blocks.map(|(block, _)| block).find(|block| block.contains("[gateway.template]"));
    let route: RouteDefinition = toml::from_str(described.expect("the guide has one")).expect("it is a route");
    route.admit(&KINDS).expect("it is checked, with its template");
    let gateway = route.open(&KINDS).expect("it opens");
    assert!(matches!(gateway.abilities().reports, Reports::Asked { .. }));
}

#[test]
fn routes_are_described_in_a_file_and_shown_without_their_keys() {
    let data = folder("routes");
    done(&data, "org add nemune --name نمونه --url https://desk.example.ir");
    let file = data.join("route.toml");
    let described = "name = \"line\"\npurposes = [\"code\"]\n[gateway]\nkind = \"kavenegar\"\nkey = \"s3cretkey\"\n";
    fs::write(&file, described).expect("the folder is writable");
    let add = format!("route add {} --org nemune", file.display());
    let told = done(&data, &add);
    assert!(told.contains("Added the route line") && told.contains("/gateways/"), "{told}");
    assert!(!told.contains("s3cretkey"));
    let list = done(&data, "route list --org nemune");
    let line = list.lines().nth(1).expect("one route").to_owned();
    assert!(line.starts_with("1\t") && line.ends_with("\tline\tcode\twell\tunknown"), "{line}");
    let id = line.split('\t').nth(1).expect("its id").to_owned();
    assert_eq!(done(&data, "route list").lines().count(), 1, "the house has none");
    assert!(refused(&data, &format!("route remove {id}")).contains("there is no route"));
    assert!(refused(&data, &format!("route test {id} --org nemune --to 12")).contains("neither a mobile number"));

    let told = done(&data, "route test settings --to 09121234567 --set messages.gateway=spool");
    let steps: Vec<&str> = told.lines().map(|line| line.split('\t').next().unwrap_or_default()).collect();
    assert!(steps == ["credit", "send"] && told.ends_with(" ms\ttaken\n"), "{told}");
    let written = fs::read_to_string(data.join("messages.jsonl")).expect("it really goes out");
    assert!(written.contains("+989121234567"), "{written}");

    let template = "[[templates]]\nkind = \"sign_in_code\"\ntemplate = \"t\"\nparameters = [{ name = \"token\", value = \"greeting\" }]\n";
    let http = |setting: &str| {
        format!("name = \"line\"\n[gateway]\nkind = \"http\"\nurl = \"https://sms.example.ir/\"\n{setting}\n")
    };
    for (wrong, said) in [
        (described.replace("kavenegar", "pigeon"), "pigeon"),
        (described.replace("\"code\"", "\"letters\""), "letters"),
        (described.replace("kavenegar", "s3cretkey"), "unknown variant `…`, expected one of `spool`"),
        (described.replace("\"code\"", "\"s3cretkey\""), "unknown variant `…`, expected"),
        (described.replace("key =", "s3cretkey ="), "unknown field `…`, expected"),
        (format!("{described}{}", template.replace("sign_in_code", "s3cretkey")), "no kind of message \"…\""),
        (
            format!("{described}{}is_call = true\n", template.replace("greeting", "code")),
            "the template of sign_in_code: its messages are no calls",
        ),
        (
            format!("{described}{}", template.replace("sign_in_code", "filing_call").replace("greeting", "code")),
            "the template of filing_call: its messages are read out over the phone: say is_call = true",
        ),
        (http("headers = { \"s3cretkey: 73195528\" = \"X-Key\" }"), "the header \"…\" has a name or a value"),
        (http("headers = { \"X-Key\" = \"s3cretkey\\n\" }"), "the header \"x-key\" has a name or a value"),
        (format!("{described}{template}"), "no value"),
        (format!("{described}{}", template.replace("greeting", "host")), "no place takes code, and people need it"),
        (described.replace("s3cretkey", ""), "key is missing"),
        (described.replace("\"s3cretkey\"", "73195528"), "must be a text in quotes"),
        (http("body = 73195528"), "must be a text in quotes"),
        (http("headers = { \"X-Key\" = 73195528 }"), "headers must be names with texts in quotes"),
        (http("headers = \"X-Key: s3cretkey\""), "headers must be names with texts in quotes"),
        (http("credit = \"https://sms.example.ir/credit?key=s3cretkey\""), "expected struct"),
        (
            described.replace("[gateway]", "callers = [\"s3cretkey\"]\n[gateway]"),
            "callers must be addresses or networks",
        ),
        (described.replace("[gateway]", "callers = 73195528\n[gateway]"), "callers must be addresses or networks"),
        (described.replace("[gateway]", "gateway = \"kavenegar:s3cretkey\"\n[other]"), "expected"),
    ] {
        fs::write(&file, wrong).expect("the folder is writable");
        let told = refused(&data, &format!("route change {id} {} --org nemune", file.display()));
        assert!(told.contains(said) && !told.contains("s3cretkey") && !told.contains("73195528"), "{told}");
    }

    let described = "name = \"line\"\npurposes = [\"code\"]\n[gateway]\nkind = \"sms_ir\"\nkey = \"s3cretkey\"\n";
    fs::write(&file, described).expect("the folder is writable");
    let change = format!("route change {id} {} --org nemune", file.display());
    let told = refused(&data, &change);
    assert!(told.contains("without a line the gateway sends templates only, and there is none for code"), "{told}");
    let template = template.replace("\"t\"", "\"7\"").replace("greeting", "code");
    fs::write(&file, format!("{described}{template}")).expect("the folder is writable");
    let told = done(&data, &change);
    let left = "These go by another route: filing_code, old_number_code, new_number_code\n";
    assert!(told.contains("Without a line") && told.contains(left), "{told}");
    let described = "name = \"line\"\npurposes = [\"code\"]\n[gateway]\nkind = \"http\"\ntemplates_only = true\n\
                     [gateway.template]\nrequest = { url = \"https://sms.example.ir/{pattern}?{values}\" }\n";
    fs::write(&file, described).expect("the folder is writable");
    let told = refused(&data, &change);
    assert!(told.contains("templates_only says") && !told.contains("a line"), "{told}");
    fs::write(&file, format!("{described}{template}")).expect("the folder is writable");
    let told = done(&data, &change);
    assert!(told.contains("With templates_only") && told.contains(left), "{told}");
    done(&data, &format!("route remove {id} --org nemune"));
    assert_eq!(done(&data, "route list --org nemune").lines().count(), 1);
}

#[test]
fn a_route_is_given_another_secret_under_its_id() {
    let data = folder("renewed");
    done(&data, "org add nemune --name نمونه --url https://desk.example.ir");
    let file = data.join("route.toml");
    let described = |more: &str| {
        let vonage = "[gateway]\nkind = \"vonage\"\nkey = \"k\"\nsecret = \"s3cretkey\"\nfrom = \"1000\"\n";
        fs::write(&file, format!("name = \"line\"\ncallers = [\"192.0.2.0/24\"]\n{vonage}{more}"))
            .expect("the folder is writable");
    };
    let address = |told: &str| -> (String, String) {
        let (_, path) = told.split_once("https://YOUR-HOST/gateways/").expect("where it may call is told");
        let (id, secret) = path.lines().next().and_then(|path| path.split_once('/')).expect("an address has parts");
        (id.to_owned(), secret.to_owned())
    };
    described("");
    let (id, first) = address(&done(&data, &format!("route add {} --org nemune", file.display())));
    assert!(refused(&data, &format!("route secret {id}")).contains("there is no route"), "the house has none");
    let renew = format!("route secret {id} --org nemune");
    let told = done(&data, &renew);
    let (same, second) = address(&told);
    assert!(same == id && second != first && second.len() == 32, "{told}");
    assert!(!told.contains("callback") && !told.contains(&first) && !told.contains("s3cretkey"), "{told}");

    described(&format!("callback = \"https://desk.example.ir/gateways/{id}/{second}\"\n"));
    done(&data, &format!("route change {id} {} --org nemune", file.display()));
    let told = done(&data, &renew);
    let (_, third) = address(&told);
    assert!(third != second && told.contains("Its callback names that address now"), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_doctor_and_the_list_say_how_each_route_is() {
    let data = folder("watched");
    done(&data, "org add nemune --name نمونه --url https://desk.example.ir");
    let file = data.join("route.toml");
    let alarm = "credit_alarm = 60000.0\n";
    let described = "[gateway]\nkind = \"kavenegar\"\nkey = \"s3cretkey\"\n";
    fs::write(&file, format!("name = \"line\"\n{alarm}{described}")).expect("the folder is writable");
    done(&data, &format!("route add {} --org nemune", file.display()));
    let doctor = || String::from_utf8(pishkhan(&data, "doctor").stdout).expect("text");
    assert!(doctor().contains("ok       route line of nemune: well\n"), "{}", doctor());

    let now = Clock::system().now().0;
    let set = async |statement: &'static str, at: i64| {
        let db = Db::open(&Place::Folder(data.clone())).await.expect("the database opens");
        let mut tx = begin(&db).await;
        query(statement).bind(at).execute(tx.connection()).await.expect("the statement is well");
        tx.commit().await.expect("it is kept");
        db.close().await;
    };
    set(
        r#"update routes set credit = '{"amount":50000.0,"unit":"rials"}', credit_at = $1 where organisation_id = 'nemune'"#,
        now - 3 * 3_600_000,
    )
    .await;
    let told = doctor();
    let line = "warning  route line of nemune: well; credit 50000 rials, 3 hours ago, less than its credit_alarm; its gateway hasn't told";
    assert!(told.contains(line), "{told}");
    assert!(done(&data, "route list --org nemune").contains("\twell\t50000 rials, 3 hours ago\n"));

    set(
        "update routes set demoted_until = $1, demoted_for = 'slow', unfit = '[{\"kind\":\"sign_in_code\",\"language\":null,\"why\":\"no place\"}]'
         where organisation_id = 'nemune'",
        now + 3_600_000,
    )
    .await;
    assert!(
        doctor()
            .contains("warning  route line of nemune: slow; without the template of sign_in_code: no place; credit")
    );

    set(
        "update routes set closed_for = 'gateway: key is missing', changed_at = $1 where organisation_id = 'nemune'",
        now,
    )
    .await;
    assert!(doctor().contains("failed   route line of nemune: can't be opened: gateway: key is missing; credit"));
    assert!(done(&data, "route list --org nemune").contains("\tcan't be opened: gateway: key is missing\t"));
    assert!(!doctor().contains("s3cretkey"));
}

async fn begin(db: &Db) -> pishkhan_store::Tx {
    db.begin(&OrganisationId("nemune".into()), Clock::system().now()).await.expect("the database lets us begin")
}
