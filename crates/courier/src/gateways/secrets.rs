//! What of a route's settings nobody may read, in each form in which a gateway's answer may repeat it.

use data_encoding::BASE64;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::callback::form_fields;
use super::exchange::scalar;
use super::template::around_places;
use super::{
    GatewaySettings, GhasedakSettings, HttpRequest, HttpSettings, IppanelSettings, IranpayamakSettings,
    KavenegarSettings, Key, SmsIrSettings,
};

/// What is shorter hides nothing, and would be hidden in the middle of words.
const SHORTEST: usize = 4;
/// A piece of a path that is so long may be a key; shorter ones are names of methods and versions.
const PIECE: usize = 8;

/// What may stand between a key and another word.
const JOINTS: [char; 8] = ['=', ':', ';', ',', '&', '|', '/', ' '];

/// A route's own secrets, in small letters, the longest first.
pub(crate) struct Secrets(Vec<String>);

impl Secrets {
    /// Those of a gateway's settings, and that of the address it calls.
    pub(crate) fn of(settings: &GatewaySettings, address: &Key) -> Secrets {
        let mut own = written(settings);
        own.push(address.reveal().to_owned());
        let long = own.iter().filter(|secret| secret.chars().count() >= SHORTEST);
        let mut all: Vec<String> = long.flat_map(|secret| forms(secret)).collect();
        all.sort_by_key(|form| std::cmp::Reverse(form.len()));
        Secrets(all)
    }

    /// Those of a gateway that has none.
    pub(crate) fn none() -> Secrets {
        Secrets(Vec::new())
    }

    /// A text without them, whatever the size of their letters.
    pub(crate) fn hidden(&self, text: &str) -> String {
        let small = text.to_ascii_lowercase();
        let (mut hidden, mut at) = (String::new(), 0);
        while let Some(sign) = text[at..].chars().next() {
            if let Some(secret) = self.0.iter().find(|secret| small[at..].starts_with(secret.as_str())) {
                hidden.push('…');
                at += secret.len();
            } else {
                hidden.push(sign);
                at += sign.len_utf8();
            }
        }
        hidden
    }
}

/// A secret as it is, in an address, in a form, in JSON, and in Base64 as headers have it.
fn forms(secret: &str) -> Vec<String> {
    let percent = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    let unreserved = [("%2D", "-"), ("%2E", "."), ("%5F", "_"), ("%7E", "~")];
    let lighter = unreserved.iter().fold(percent.clone(), |text, (from, to)| text.replace(from, to));
    let json = Value::from(secret).to_string().trim_matches('"').to_owned();
    let base64 = BASE64.encode(secret.as_bytes()).trim_end_matches('=').to_owned();
    let forms = [secret.to_owned(), lighter.replace("%20", "+"), lighter, percent, json, base64];
    forms.into_iter().map(|form| form.to_ascii_lowercase()).filter(|form| form.len() >= SHORTEST).collect()
}

/// The secrets of settings as they are written there, also together with the name that they go with.
fn written(settings: &GatewaySettings) -> Vec<String> {
    let alone = |key: &Key| vec![key.reveal().to_owned()];
    let named = |name: &str, key: &Key| vec![key.reveal().to_owned(), format!("{name}:{}", key.reveal())];
    match settings {
        GatewaySettings::Spool { .. } => Vec::new(),
        GatewaySettings::Http(settings) => of_http(settings),
        GatewaySettings::Kavenegar(KavenegarSettings { key, .. })
        | GatewaySettings::SmsIr(SmsIrSettings { key, .. })
        | GatewaySettings::Ippanel(IppanelSettings { key, .. })
        | GatewaySettings::Iranpayamak(IranpayamakSettings { key, .. })
        | GatewaySettings::Ghasedak(GhasedakSettings { key, .. }) => alone(key),
        GatewaySettings::Melipayamak(settings) => named(&settings.username, &settings.password),
        GatewaySettings::Magfa(settings) => {
            named(&format!("{}/{}", settings.username, settings.domain), &settings.password)
        }
        GatewaySettings::Mail(settings) => {
            // As a mail server is told it.
            let plain = format!("\0{}\0{}", settings.username, settings.password.reveal());
            [alone(&settings.password), vec![plain]].concat()
        }
        GatewaySettings::Smpp(settings) => alone(&settings.password),
        GatewaySettings::Twilio(settings) => {
            let user = if settings.user.is_empty() { &settings.account } else { &settings.user };
            [named(user, &settings.secret), named(&settings.account, &settings.token)].concat()
        }
        GatewaySettings::Vonage(settings) => {
            [named(&settings.key, &settings.secret), alone(&settings.signature_secret)].concat()
        }
    }
}

/// All of a web service's settings that may be a key: nobody has said which is.
fn of_http(settings: &HttpSettings) -> Vec<String> {
    settings.requests().iter().flat_map(of_request).collect()
}

fn of_request(request: &HttpRequest) -> Vec<String> {
    let (address, query) = request.url.split_once('?').unwrap_or((&request.url, ""));
    let pieces = address.split('/').skip(3).flat_map(without_places);
    let in_path: Vec<String> = pieces.filter(|piece| piece.len() >= PIECE).collect();
    let mut found = Vec::new();
    let user = address.split('/').nth(2).and_then(|authority| authority.rsplit_once('@')).map(|(user, _)| user);
    found.extend(user.into_iter().flat_map(with_its_password));
    found.extend(form_fields(query).into_iter().map(|(_, value)| value));
    for word in request.headers.values().flat_map(|value| value.split_whitespace()) {
        if !["basic", "bearer"].contains(&word.to_ascii_lowercase().as_str()) {
            let decoded = BASE64.decode(word.as_bytes()).ok().and_then(|octets| String::from_utf8(octets).ok());
            found.extend(decoded.iter().flat_map(|user| with_its_password(user)));
            found.push(word.to_owned());
        }
    }
    // The values of a template stand in it without quotes.
    let body = request.body.replace("{values}", "");
    if let Ok(json) = serde_json::from_str(&body) {
        leaves(&json, &mut found);
    } else if body.trim_start().starts_with(['{', '[']) {
        found.extend(quoted_or_digits(&body));
    } else {
        found.extend(form_fields(&body).into_iter().map(|(_, value)| value));
    }
    found.iter().flat_map(|secret| without_places(secret)).chain(in_path).collect()
}

/// What of a word isn't made anew for each message: all of it, or what stands around its places. That is taken apart, too, since a key may
/// be joined to a place, or to another word, by any sign.
fn without_places(word: &str) -> Vec<String> {
    match around_places(word).as_slice() {
        [whole] => vec![(*whole).to_owned()],
        around => {
            let pieces = |text: &&str| -> Vec<String> {
                let joined = text.split(JOINTS).map(bare);
                [*text, bare(text)].into_iter().chain(joined).map(str::to_owned).collect()
            };
            around.iter().flat_map(pieces).collect()
        }
    }
}

/// Without the signs at its ends, by which it may be joined to something else.
fn bare(text: &str) -> &str {
    text.trim_matches(|sign: char| !sign.is_alphanumeric())
}

fn with_its_password(user: &str) -> Vec<String> {
    let password = user.split_once(':').map(|(_, password)| password.to_owned());
    [user.to_owned()].into_iter().chain(password).collect()
}

/// Each text and number in a JSON value.
fn leaves(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(values) => {
            for value in values {
                leaves(value, found);
            }
        }
        Value::Object(fields) => {
            for value in fields.values() {
                leaves(value, found);
            }
        }
        Value::String(_) | Value::Number(_) => found.extend(scalar(value)),
        Value::Null | Value::Bool(_) => {}
    }
}

/// Each text but for names of fields, and each number, of what is JSON only once its places are filled.
fn quoted_or_digits(body: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = body;
    loop {
        let (between, text) = rest.split_at(rest.find('"').unwrap_or(rest.len()));
        found.extend(between.split(|sign: char| !sign.is_ascii_digit()).map(str::to_owned));
        let mut texts = serde_json::Deserializer::from_str(text).into_iter::<String>();
        let Some(Ok(secret)) = texts.next() else { return found };
        rest = &text[texts.byte_offset()..];
        if !rest.trim_start().starts_with(':') {
            found.push(secret);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(settings: &str, text: &str) -> String {
        let settings: GatewaySettings = serde_json::from_str(settings).expect("settings");
        Secrets::of(&settings, &Key::new("the-address")).hidden(text)
    }

    #[test]
    fn a_key_is_hidden_however_it_is_written() {
        let kavenegar = r#"{"kind":"kavenegar","key":"s3/k \"y"}"#;
        for text in ["s3/k \"y", "S3/K \"Y", "s3%2Fk%20%22y", "s3%2fk+%22y", r#"s3/k \"y"#, "czMvayAieQ", "the-address"]
        {
            assert_eq!(hidden(kavenegar, &format!("نه: {text}!")), "نه: …!", "{text}");
        }
        assert_eq!(hidden(kavenegar, "s3/k"), "s3/k", "a part of it is another word");
        assert_eq!(
            hidden(r#"{"kind":"kavenegar","key":"abc"}"#, "abc of abcd"),
            "abc of abcd",
            "too short to be hidden"
        );
    }

    #[test]
    fn a_name_and_its_password_are_hidden_as_headers_have_them() {
        let twilio = r#"{"kind":"twilio","account":"AC1","user":"SK1","secret":"p4ss","token":"t0ken","from":"+1500"}"#;
        let said = hidden(twilio, "p4ss, t0ken, U0sxOnA0c3M=, QUMxOnQwa2Vu of AC1");
        assert_eq!(said, "…, …, …=, … of AC1");
        let vonage = r#"{"kind":"vonage","key":"k3y","secret":"p4ss","signature_secret":"s1gnature","from":"+1500"}"#;
        assert_eq!(hidden(vonage, "p4ss, s1gnature of k3y"), "…, … of k3y");
        let magfa = r#"{"kind":"magfa","username":"u","domain":"d","password":"p4ss","sender":"3000"}"#;
        assert_eq!(hidden(magfa, "Basic dS9kOnA0c3M="), "Basic …=");
    }

    #[test]
    fn whatever_may_be_a_key_of_a_web_service_is_hidden() {
        let http = r#"{"kind":"http","url":"https://me:p4ss@desk.example.ir/v1/k3yInPath/send?key=k3y1&to={to}","method":"POST",
            "headers":{"Authorization":"Basic dXM6cDRzc3c="},"body":"{\"pin\":\"k3y2\",\"no\":70077,\"text\":\"{text}\"}",
            "content_type":"application/json","message_id":null,"success":null,"timeout":5,"from":"3000"}"#;
        let said = hidden(http, "p4ss k3yInPath k3y1 dXM6cDRzc3c= us:p4ssw p4ssw k3y2 70077 send {text} 3000");
        assert_eq!(said, "… … … … … … … … send {text} 3000");
        let questions = r#"{"kind":"http","url":"https://desk.example.ir/send","body":"{\"text\":\"{text}\"}",
            "template":{"request":{"url":"https://desk.example.ir/by","body":"{\"pin\":\"k3y3\",\"v\":{{values}}}"}},
            "call":{"request":{"url":"https://desk.example.ir/by","body":"{\"pin\":\"k3y6\",\"v\":{{values}}}"}},
            "status":{"request":{"url":"https://desk.example.ir/{message_id}?key=k3y4"},"state":"/s","states":{"1":"sent"}},
            "credit":{"request":{"url":"https://desk.example.ir/","headers":{"X-Key":"k3y5"}},"amount":"/c","unit":"rials"}}"#;
        assert_eq!(hidden(questions, "k3y3 k3y4 k3y5 k3y6 {values} sent"), "… … … … {values} sent");
    }

    #[test]
    fn a_key_in_the_same_word_as_a_place_is_hidden() {
        let http = r#"{"kind":"http","url":"https://desk.example.ir/k3yInPath-{to}/send-{to}?key=k3y1-{id}",
            "headers":{"X-Key":"K3Y-{id}","Authorization":"AccessKey k3y2;ref={id}"},
            "body":"{\"pin\":\"{from}:k3y4/+=\",\"ref\":\"pishkhan{id}\",\"text\":\"{text}\"}"}"#;
        let said = hidden(http, "k3yInPath-0912 k3yinpath send-0912 k3y1-0f K3Y-0f k3y2 k3y4 3000:k3y4/+= {text} 0912");
        assert_eq!(said, "…0912 … send-0912 …0f …0f … … 3000… {text} 0912");
        let by_number = r#"{"kind":"http","url":"http://127.0.0.1:9/",
            "body":"{\"pin\":\"k3y5-{id}\",\"number\":{to_digits},\"text\":\"{text}\"}"}"#;
        assert_eq!(hidden(by_number, "k3y5-0f number"), "…0f number");
        let odd = r#"{"kind":"http","url":"http://127.0.0.1:9/","headers":{"X-Key":"k3{Y}6"}}"#;
        assert_eq!(hidden(odd, "k3{Y}6"), "…", "a brace alone makes no place");
    }

    #[test]
    fn a_key_beside_a_place_without_quotes_is_hidden() {
        let by_number = r#"{"kind":"http","url":"http://127.0.0.1:9/",
            "body":"{\"pin\":\"k3\\\"y6\",\"number\":{to_digits},\"no\":70078,\"text\":\"{text}\"}"}"#;
        assert_eq!(hidden(by_number, "k3\"y6 70078 number text"), "… … number text");
        let among_fields = r#"{"kind":"http","url":"http://127.0.0.1:9/","templates_only":true,
            "template":{"request":{"url":"http://127.0.0.1:9/","body":"{\"pin\":\"k3y7\",{values}}"}}}"#;
        assert_eq!(hidden(among_fields, "k3y7 pattern"), "… pattern");
    }
}
