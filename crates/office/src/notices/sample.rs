//! Values as a letter may have them, to show what a wording would say.

use pishkhan_courier::gateways::Kind;

use crate::organisations::Organisation;
use crate::words::Words;

/// The values of a kind, by name.
pub fn sample(words: Words, organisation: &Organisation, kind: &Kind) -> Vec<(&'static str, String)> {
    sample_of(words, organisation.name_in(words.language), organisation.host(), kind)
}

/// The same of whoever has this name and this host.
pub(crate) fn sample_of(words: Words, organisation: &str, host: &str, kind: &Kind) -> Vec<(&'static str, String)> {
    let value_of = |name: &str| match name {
        "code" => "123456",
        "ending" => "4567",
        "receipt" => "582-0194",
        "tracking" => "133607133607",
        "date" => "1405/08/19",
        "device" => "Chrome, Android",
        "number" | "letter" => words.t("notices-sample-number"),
        "answer" => words.t("notices-sample-answer"),
        "reason" => words.t("notices-sample-reason"),
        "what" => words.t("notices-sample-what"),
        "organisation" => organisation,
        "host" => host,
        _ => "",
    };
    kind.values.iter().map(|value| (value.name, value_of(value.name).to_owned())).collect()
}
