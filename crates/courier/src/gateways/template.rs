//! Templates of URLs, headers and bodies, with places for the parts of a message.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What a URL or a form leaves as it is (RFC 3986, unreserved).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A text with places in it. Braces around any other word are just text, as JSON is full of them.
pub(super) struct Template(Vec<Part>);

enum Part {
    Literal(String),
    Place(String),
}

/// The places that a request can have.
#[derive(Clone, Copy)]
pub(super) struct Places {
    /// Their names; one that ends in a colon begins the names of the mapping's own.
    names: &'static [&'static str],
    /// Whether each word in braces must be a place. Requests from before there were others may have such words as text.
    is_strict: bool,
}

/// What comes into the places.
#[derive(Clone, Copy, Default)]
pub(super) struct Values<'a> {
    pub(super) to: &'a str,
    pub(super) text: &'a str,
    pub(super) id: &'a str,
    pub(super) template: &'a str,
    pub(super) from: &'a str,
    /// The gateway's id of a message.
    pub(super) message_id: &'a str,
    /// The gateway's name of its template.
    pub(super) pattern: &'a str,
    /// That template's places, filled.
    pub(super) placed: &'a [(String, String)],
    /// How those are written one after the other.
    pub(super) each: Option<&'a Each>,
    /// One of them, while it is written so.
    pub(super) one: (&'a str, &'a str),
}

/// How the places of a gateway's template are written one after the other.
pub(super) struct Each {
    /// One of them.
    pub(super) one: Template,
    /// What stands between two.
    pub(super) between: String,
}

/// How a value is made harmless where it stands.
#[derive(Clone, Copy)]
pub(super) enum Escape {
    /// Inside the quotes of a JSON string.
    Json,
    /// In a URL, a form or a header.
    Percent,
}

impl Places {
    /// Of a request that sends a text.
    pub(super) const TEXT: Places =
        Places { names: &["to", "to_digits", "to_national", "text", "id", "template", "from"], is_strict: false };
    /// Of one that sends by a template of the gateway's.
    pub(super) const TEMPLATE: Places = Places {
        names: &["to", "to_digits", "to_national", "text", "id", "template", "from", "pattern", "values", "value:"],
        is_strict: true,
    };
    /// Of one that asks what became of a message.
    pub(super) const STATUS: Places = Places { names: &["message_id", "from"], is_strict: true };
    /// Of one that asks what the account holds.
    pub(super) const CREDIT: Places = Places { names: &["from"], is_strict: true };
    /// Of one of the values of a template.
    pub(super) const EACH: Places = Places { names: &["place", "value"], is_strict: true };

    fn has(self, name: &str) -> bool {
        let is_it = |known: &str| {
            if known.ends_with(':') { name.len() > known.len() && name.starts_with(known) } else { name == known }
        };
        self.names.iter().any(|known| is_it(known))
    }

    /// The first place in a text that a request doesn't have, and can't mean as text.
    pub(super) fn stranger(self, text: &str) -> Option<&str> {
        let is_elsewhere = |name: &str| Places::TEMPLATE.has(name) || Places::STATUS.has(name);
        let mut names = text.match_indices('{').filter_map(|(at, _)| place(&text[at..]));
        names.find(|name| !self.has(name) && (self.is_strict || is_elsewhere(name)))
    }
}

impl Template {
    pub(super) fn parse(text: &str, places: Places) -> Template {
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(sign) = rest.chars().next() {
            if let Some(name) = place(rest).filter(|name| places.has(name)) {
                parts.push(Part::Literal(std::mem::take(&mut literal)));
                parts.push(Part::Place(name.to_owned()));
                rest = &rest[name.len() + 2..];
            } else {
                literal.push(sign);
                rest = &rest[sign.len_utf8()..];
            }
        }
        parts.push(Part::Literal(literal));
        Template(parts)
    }

    /// The names of the places in it.
    pub(super) fn places(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Part::Place(name) => Some(name.as_str()),
            Part::Literal(_) => None,
        })
    }

    /// The text with the values in their places; a value that looks like a place stays as it is.
    pub(super) fn fill(&self, values: &Values<'_>, escape: Escape) -> String {
        let mut filled = String::new();
        for part in &self.0 {
            match (part, values.each) {
                (Part::Literal(literal), _) => filled.push_str(literal),
                (Part::Place(name), Some(each)) if name == "values" => {
                    filled.push_str(&each.fill(values.placed, escape));
                }
                (Part::Place(name), _) => filled.push_str(&escape.escaped(&values.at(name))),
            }
        }
        filled
    }
}

impl Each {
    fn fill(&self, placed: &[(String, String)], escape: Escape) -> String {
        let one = |(place, value): &(String, String)| {
            self.one.fill(&Values { one: (place.as_str(), value.as_str()), ..Values::default() }, escape)
        };
        placed.iter().map(one).collect::<Vec<String>>().join(&self.between)
    }
}

/// What stands before, between and behind the places of a text, whichever request it is of.
pub(super) fn around_places(text: &str) -> Vec<&str> {
    let (mut found, mut begin, mut at) = (Vec::new(), 0, 0);
    while let Some(before) = text[at..].find('{') {
        let open = at + before;
        if let Some(name) = place(&text[open..]) {
            found.push(&text[begin..open]);
            begin = open + name.len() + 2;
            at = begin;
        } else {
            at = open + 1;
        }
    }
    found.push(&text[begin..]);
    found
}

/// The name of the place that a text begins with, if it is written as one.
fn place(text: &str) -> Option<&str> {
    let (name, _) = text.strip_prefix('{')?.split_once('}')?;
    let word = name.split_once(':').map_or(name, |(word, _)| word);
    let is_place = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    (is_place && !name.contains(['{', '"'])).then_some(name)
}

impl Values<'_> {
    fn at(&self, name: &str) -> String {
        match name {
            "to" => self.to.to_owned(),
            "to_digits" => self.to.trim_start_matches('+').to_owned(),
            // Another country's number has no Iranian form; it is left as it is.
            "to_national" => {
                self.to.strip_prefix("+98").map_or_else(|| self.to.to_owned(), |digits| format!("0{digits}"))
            }
            "text" => self.text.to_owned(),
            "id" => self.id.to_owned(),
            "template" => self.template.to_owned(),
            "from" => self.from.to_owned(),
            "message_id" => self.message_id.to_owned(),
            "pattern" => self.pattern.to_owned(),
            "place" => self.one.0.to_owned(),
            "value" => self.one.1.to_owned(),
            _ => {
                let own = name.strip_prefix("value:").unwrap_or_default();
                let found = self.placed.iter().find(|(place, _)| place == own);
                found.map_or_else(String::new, |(_, value)| value.clone())
            }
        }
    }
}

impl Escape {
    fn escaped(self, value: &str) -> String {
        match self {
            Escape::Json => {
                let quoted = serde_json::Value::from(value).to_string();
                quoted[1..quoted.len() - 1].to_owned()
            }
            Escape::Percent => utf8_percent_encode(value, RESERVED).to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> Values<'static> {
        Values {
            to: "+989121234567",
            text: "او گفت: \"{to}\"\nو رفت",
            id: "0f",
            template: "answer_ready",
            from: "3000",
            ..Values::default()
        }
    }

    #[test]
    fn json_values_stay_inside_their_quotes() {
        let body = r#"{"receptor":"{to_national}","msg":"{text}","ref":"{id}","x":{}}"#;
        let filled = Template::parse(body, Places::TEXT).fill(&values(), Escape::Json);
        let json: serde_json::Value = serde_json::from_str(&filled).expect("it is JSON");
        assert_eq!(json["receptor"], "09121234567");
        assert_eq!(json["msg"], values().text);
        assert_eq!(json["ref"], "0f");
    }

    #[test]
    fn form_values_are_percent_encoded() {
        let form = "to={to}&digits={to_digits}&text={text}&from={from}&kind={template}";
        assert_eq!(
            Template::parse(form, Places::TEXT).fill(&values(), Escape::Percent),
            "to=%2B989121234567&digits=989121234567&text=%D8%A7%D9%88%20%DA%AF%D9%81%D8%AA%3A%20%22%7Bto%7D%22%0A%D9%88%20\
             %D8%B1%D9%81%D8%AA&from=3000&kind=answer_ready"
        );
    }

    #[test]
    fn a_number_abroad_keeps_its_form() {
        let values = Values { to: "+4917612345678", ..values() };
        assert_eq!(Template::parse("{to_national}", Places::TEXT).fill(&values, Escape::Json), "+4917612345678");
    }

    #[test]
    fn the_places_of_a_template_stand_alone_or_one_after_the_other() {
        let placed = [("code".to_owned(), "12\"3".to_owned()), ("تاریخ".to_owned(), "{id}".to_owned())];
        let written = |each: &str, between: &str, text: &str, escape: Escape| {
            let each = Each { one: Template::parse(each, Places::EACH), between: between.to_owned() };
            let values = Values { placed: &placed, each: Some(&each), pattern: "verify", ..values() };
            Template::parse(text, Places::TEMPLATE).fill(&values, escape)
        };
        let body = r#"{"p":{{values}},"c":"{value:code}{value:no}","t":"{pattern}"}"#;
        assert_eq!(
            written(r#""{place}":"{value}""#, ",", body, Escape::Json),
            r#"{"p":{"code":"12\"3","تاریخ":"{id}"},"c":"12\"3","t":"verify"}"#
        );
        assert_eq!(written("{value}", ";", "v={values}", Escape::Percent), "v=12%223;%7Bid%7D");
    }

    #[test]
    fn what_stands_around_places_is_no_place() {
        let table: [(&str, &[&str]); 6] = [
            ("k3y", &["k3y"]),
            ("{id}", &["", ""]),
            ("K-{id}", &["K-", ""]),
            ("{from}:K-{value:کد ۱}/{to}", &["", ":K-", "/", ""]),
            ("a{{id}b", &["a{", "b"]),
            ("a{B}b{", &["a{B}b{"]),
        ];
        for (text, around) in table {
            assert_eq!(around_places(text), around, "{text}");
        }
    }

    #[test]
    fn a_place_that_a_request_doesnt_have_is_found() {
        let told = |places: Places, text: &str| places.stranger(text).map(str::to_owned);
        assert_eq!(told(Places::TEXT, r#"{"text":"{text}","x":{},"a":{word}}"#), None);
        assert_eq!(told(Places::TEXT, "{text} {value:code}"), Some("value:code".into()));
        assert_eq!(told(Places::TEMPLATE, "{text} {value:code} {values} {pattern} {value:}"), Some("value:".into()));
        assert_eq!(told(Places::STATUS, "{message_id} {to}"), Some("to".into()));
        assert_eq!(told(Places::STATUS, r#"{"ids":["{message_id}"]}"#), None);
        assert_eq!(told(Places::CREDIT, "{message_id}"), Some("message_id".into()));
    }
}
