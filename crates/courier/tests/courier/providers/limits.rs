//! What the places of each provider's templates take, found when a mapping is saved, and who drops what comes again: as the field guide's table
//! has it.

use pishkhan_courier::gateways::{Kind, Signs, Value as Brought};
use serde_json::{Value, json};

use super::{KEY, mapping, opened};

const KIND: Kind = Kind {
    name: "letter_registered",
    values: &[
        Brought { name: "number", longest: 25, signs: Signs::Word, is_needed: false },
        Brought { name: "host", longest: 60, signs: Signs::Word, is_needed: false },
        Brought { name: "name", longest: 25, signs: Signs::Text, is_needed: false },
        Brought { name: "reason", longest: 500, signs: Signs::Text, is_needed: false },
    ],
};

/// An account at each, by its kind.
fn settings(kind: &str) -> Value {
    let mut settings = match kind {
        "melipayamak" => json!({ "username": "shahrdari", "password": KEY }),
        "ippanel" => json!({ "key": KEY, "from": "+983000505" }),
        "iranpayamak" => json!({ "key": KEY, "line": "90008361" }),
        "magfa" => json!({ "username": "shahrdari", "domain": "magfa", "password": KEY, "sender": "300001234" }),
        "twilio" => json!({ "account": "AC1", "secret": KEY, "from": "+15005550006" }),
        "vonage" => json!({ "key": "abcd1234", "secret": KEY, "from": "Pishkhan" }),
        _ => json!({ "key": KEY }),
    };
    settings["kind"] = kind.into();
    settings["base"] = "http://127.0.0.1:9".into();
    settings
}

fn faults(kind: &str, template: &str, place: &str, value: &str) -> Vec<String> {
    let faults = opened(settings(kind)).faults(&mapping(template, &[(place, value)]), Some(&KIND));
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn what_doesnt_fit_is_found_when_it_is_saved() {
    let table: [(&str, &str, &str, &str, &[&str]); 22] = [
        ("kavenegar", "registered", "token", "number", &[]),
        ("kavenegar", "registered", "token3", "host", &[]),
        ("kavenegar", "registered", "token", "name", &["more than 0 spaces", "refused: \r\n_"]),
        ("kavenegar", "registered", "token2", "name", &["more than 0 spaces", "refused: \r\n_"]),
        ("kavenegar", "registered", "token10", "name", &["more than 5 spaces", "refused: \r\n"]),
        ("kavenegar", "registered", "token20", "name", &["more than 8 spaces", "refused: \r\n"]),
        ("kavenegar", "registered", "token20", "reason", &["and 100 fit", "more than 8 spaces", "refused: \r\n"]),
        ("kavenegar", "registered", "token4", "number", &["no such place"]),
        ("sms_ir", "123456", "NUMBER", "number", &[]),
        ("sms_ir", "123456", "NAME", "name", &[]),
        ("sms_ir", "123456", "HOST", "host", &["60 signs, and 25 fit"]),
        ("sms_ir", "registered", "NUMBER", "number", &["no number where the gateway wants one"]),
        ("melipayamak", "1234", "{0}", "host", &[]),
        ("melipayamak", "1234", "{0}", "reason", &["refused: ;"]),
        ("melipayamak", "registered", "{0}", "number", &["no number where the gateway wants one"]),
        ("ippanel", "abc123", "number", "number", &[]),
        ("ippanel", "abc123", "host", "host", &["60 signs, and 40 fit"]),
        ("iranpayamak", "XBk5", "reason", "reason", &[]),
        ("ghasedak", "registered", "Reason", "reason", &[]),
        ("magfa", "1", "number", "number", &["no templates"]),
        ("twilio", "1", "number", "number", &["no templates"]),
        ("vonage", "1", "number", "number", &["no templates"]),
    ];
    for (kind, template, place, value, wrong) in table {
        let found = faults(kind, template, place, value);
        let are_so = found.len() == wrong.len() && found.iter().zip(wrong).all(|(fault, end)| fault.ends_with(*end));
        assert!(are_so, "{kind} {place} {value}: {found:?}, not {wrong:?}");
    }
}

#[test]
fn only_two_of_them_call() {
    for (kind, calls) in
        [("kavenegar", true), ("ghasedak", true), ("sms_ir", false), ("melipayamak", false), ("ippanel", false)]
    {
        let mut by = mapping("1234", &[]);
        by.is_call = true;
        assert_eq!(opened(settings(kind)).faults(&by, Some(&KIND)).is_empty(), calls, "{kind}");
    }
}

#[test]
fn a_repeat_is_dropped_where_the_table_names_a_key_for_it() {
    for (kind, texts, templates) in [
        ("kavenegar", true, false),
        ("ghasedak", true, true),
        ("sms_ir", false, false),
        ("melipayamak", false, false),
        ("ippanel", false, false),
        ("iranpayamak", false, false),
        // Its key finds a message, and drops none.
        ("magfa", false, false),
        ("twilio", false, false),
        ("vonage", false, false),
    ] {
        let abilities = opened(settings(kind)).abilities();
        let dropped = (abilities.drops_repeated_texts, abilities.drops_repeated_templates);
        assert_eq!(dropped, (texts, templates), "{kind}");
    }
}
