//! Templates of URLs, headers and bodies, with places for the parts of a message.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What a URL or a form leaves as it is (RFC 3986, unreserved).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A text with places in it. Braces around any other word are just text, as JSON is full of them.
pub(super) struct Template(Vec<Part>);

enum Part {
    Literal(String),
    Place(Place),
}

#[derive(Clone, Copy)]
enum Place {
    To,
    ToDigits,
    ToNational,
    Text,
    Id,
    Template,
    From,
}

const PLACES: [(&str, Place); 7] = [
    ("{to}", Place::To),
    ("{to_digits}", Place::ToDigits),
    ("{to_national}", Place::ToNational),
    ("{text}", Place::Text),
    ("{id}", Place::Id),
    ("{template}", Place::Template),
    ("{from}", Place::From),
];

/// What comes into the places.
pub(super) struct Values<'a> {
    pub(super) to: &'a str,
    pub(super) text: &'a str,
    pub(super) id: &'a str,
    pub(super) template: &'a str,
    pub(super) from: &'a str,
}

/// How a value is made harmless where it stands.
#[derive(Clone, Copy)]
pub(super) enum Escape {
    /// Inside the quotes of a JSON string.
    Json,
    /// In a URL, a form or a header.
    Percent,
}

impl Template {
    /// Whether our id of the message stands in it.
    pub(super) fn has_id(&self) -> bool {
        self.0.iter().any(|part| matches!(part, Part::Place(Place::Id)))
    }

    pub(super) fn parse(text: &str) -> Template {
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(sign) = rest.chars().next() {
            if let Some((name, place)) = PLACES.iter().find(|(name, _)| rest.starts_with(name)) {
                parts.push(Part::Literal(std::mem::take(&mut literal)));
                parts.push(Part::Place(*place));
                rest = &rest[name.len()..];
            } else {
                literal.push(sign);
                rest = &rest[sign.len_utf8()..];
            }
        }
        parts.push(Part::Literal(literal));
        Template(parts)
    }

    /// The text with the values in their places; a value that looks like a place stays as it is.
    pub(super) fn fill(&self, values: &Values<'_>, escape: Escape) -> String {
        let mut filled = String::new();
        for part in &self.0 {
            match part {
                Part::Literal(literal) => filled.push_str(literal),
                Part::Place(place) => filled.push_str(&escape.escaped(&values.at(*place))),
            }
        }
        filled
    }
}

impl Values<'_> {
    fn at(&self, place: Place) -> String {
        match place {
            Place::To => self.to.to_owned(),
            Place::ToDigits => self.to.trim_start_matches('+').to_owned(),
            // Another country's number has no Iranian form; it is left as it is.
            Place::ToNational => {
                self.to.strip_prefix("+98").map_or_else(|| self.to.to_owned(), |digits| format!("0{digits}"))
            }
            Place::Text => self.text.to_owned(),
            Place::Id => self.id.to_owned(),
            Place::Template => self.template.to_owned(),
            Place::From => self.from.to_owned(),
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

    const VALUES: Values<'static> = Values {
        to: "+989121234567",
        text: "او گفت: \"{to}\"\nو رفت",
        id: "0f",
        template: "answer_ready",
        from: "3000",
    };

    #[test]
    fn json_values_stay_inside_their_quotes() {
        let template = Template::parse(r#"{"receptor":"{to_national}","msg":"{text}","ref":"{id}","x":{}}"#);
        let filled = template.fill(&VALUES, Escape::Json);
        let json: serde_json::Value = serde_json::from_str(&filled).expect("it is JSON");
        assert_eq!(json["receptor"], "09121234567");
        assert_eq!(json["msg"], VALUES.text);
        assert_eq!(json["ref"], "0f");
    }

    #[test]
    fn form_values_are_percent_encoded() {
        let template = Template::parse("to={to}&digits={to_digits}&text={text}&from={from}&kind={template}");
        assert_eq!(
            template.fill(&VALUES, Escape::Percent),
            "to=%2B989121234567&digits=989121234567&text=%D8%A7%D9%88%20%DA%AF%D9%81%D8%AA%3A%20%22%7Bto%7D%22%0A%D9%88%20\
             %D8%B1%D9%81%D8%AA&from=3000&kind=answer_ready"
        );
    }

    #[test]
    fn a_number_abroad_keeps_its_form() {
        let values = Values { to: "+4917612345678", ..VALUES };
        assert_eq!(Template::parse("{to_national}").fill(&values, Escape::Json), "+4917612345678");
    }
}
