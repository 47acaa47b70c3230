//! Whether a text holds a link, as a phone finds one.

use unicode_normalization::UnicodeNormalization;

use crate::{digits, signs};

/// The country that people here would name in its own letters, where others end an address in ASCII.
const OWN_LETTERS: &str = "ایران";

/// Whether a phone would make a link of some of these words: an address with its scheme, one that begins with `www.`, or a host with a
/// path, also where digits of another script, full-width or invisible signs stand among its own. A host alone is none, nor are dates and fractions.
pub fn has_link(text: &str) -> bool {
    let plain = machine_text(text);
    let mut begins = plain.match_indices("www.").map(|(at, mark)| (&plain[..at], &plain[at + mark.len()..]));
    plain.contains("://")
        || begins.any(|(before, after)| !before.ends_with(is_ascii_letter) && after.starts_with(char::is_alphanumeric))
        || plain.match_indices('/').any(|(at, _)| ends_with_host(&plain[..at]))
}

/// The text as a program reads it that looks for addresses.
fn machine_text(text: &str) -> String {
    let apart: String = text.chars().filter(|sign| !signs::is_invisible(*sign)).nfkc().collect();
    apart.to_lowercase().chars().map(plain).collect()
}

fn plain(sign: char) -> char {
    match sign {
        // Browsers take the full stop of East Asia for the dot of an address.
        '\u{3002}' => '.',
        _ => digits::ascii(sign),
    }
}

fn ends_with_host(text: &str) -> bool {
    let is_port = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.rsplit_once(':').filter(|(_, port)| is_port(port)).map_or(text, |(host, _)| host);
    let host = text.rsplit(|sign: char| !is_of_host(sign)).next().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    let is_number = labels.len() == 4 && labels.iter().all(|label| label.parse::<u8>().is_ok());
    is_number || matches!(labels[..], [.., name, last] if !name.is_empty() && is_top(last))
}

/// Whether addresses end so. Of letters only, so that «3.5/20» is none, and of ASCII, since a full stop without a space behind it stands in many
/// a Persian sentence.
fn is_top(label: &str) -> bool {
    let is_word = label.len() >= 2 && label.bytes().all(|byte| byte.is_ascii_lowercase());
    is_word || label.starts_with("xn--") || label == OWN_LETTERS
}

fn is_of_host(sign: char) -> bool {
    sign.is_alphanumeric() || matches!(sign, '.' | '-' | '_')
}

fn is_ascii_letter(sign: char) -> bool {
    sign.is_ascii_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::super::stored_text;
    use super::*;

    #[test]
    fn links_are_found_however_they_are_written() {
        for link in [
            "http://example.ir",
            "HTTPS://example.ir/",
            "tg://resolve?domain=x",
            "www.evil.example",
            "WWW.evil.example",
            "اینجا:www.evil.example",
            "نامه‌www.evil.example",
            "w\u{200C}ww.evil.example",
            "www\u{2060}.evil\u{202E}.example",
            "ｗｗｗ．ｅｖｉｌ．ｅｘａｍｐｌｅ",
            "t.me/x",
            "T.Me/X",
            "(t.me/x)",
            "t.me／x",
            "t。me/x",
            "ｔ．ｍｅ/x",
            "t\u{200D}t.m\u{200C}e/x",
            "t.me\u{FE0F}/x",
            "t.\u{AD}me\u{2066}/x",
            "evil۲.ir/x",
            "evil.ir/۱۲",
            "evil.ir:8080/x",
            "evil.ir:۸۰۸۰/x",
            "شهرداری.com/x",
            "شهرداری.ایران/x",
            "xn--mgba.xn--mgba3a4f16a/x",
            "185.1.2.3/x",
            "۱۸۵.۱.۲.۳/x",
        ] {
            assert!(has_link(link) && has_link(&stored_text(&format!("نامه شما {link} ثبت شد"))), "{link:?}");
        }
    }

    #[test]
    fn what_people_write_is_none() {
        for text in [
            "نامه شما ثبت شد.",
            "ثبت شد.پاسخ/نتیجه در پیشخوان است",
            "تا 1405/9/8 وقت دارید",
            "تا ۱۴۰۵/۰۹/۰۸ وقت دارید.",
            "تا 1405.9.8/پایان وقت",
            "نیم (1/2) و ½ و 3.5/20 و ۳.۵/۲۰",
            "شماره 12/ص/57 و 1405/د/101",
            "در example.ir ببینید",
            "در example.ir ببینید/بخوانید",
            "ساعت ۱۰:۳۰/۱۱:۳۰",
            "و/یا",
            "ه.ش/م",
            "www",
            "a.m./p.m. and/or etc./others",
            "5.km / 3",
            "awww.nice",
        ] {
            assert!(!has_link(text) && !has_link(&stored_text(text)), "{text:?}");
        }
    }
}
