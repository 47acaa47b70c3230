//! Values as a letter may have them, to show what a wording would say.

use pishkhan_courier::gateways::Kind;

use crate::organisations::Organisation;
use crate::words::Words;

/// The values of a kind, by name.
pub fn sample(words: Words, organisation: &Organisation, kind: &Kind) -> Vec<(&'static str, String)> {
    kind.values.iter().map(|value| (value.name, value_of(words, organisation, value.name).to_owned())).collect()
}

fn value_of<'a>(words: Words, organisation: &'a Organisation, name: &str) -> &'a str {
    match name {
        "receipt" => "582-0194",
        "tracking" => "133607133607",
        "date" => "1405/08/19",
        "device" => "Chrome, Android",
        "number" | "letter" => words.t("notices-sample-number"),
        "answer" => words.t("notices-sample-answer"),
        "reason" => words.t("notices-sample-reason"),
        "what" => words.t("notices-sample-what"),
        "organisation" => organisation.name_in(words.language),
        "host" => organisation.host(),
        _ => "",
    }
}
