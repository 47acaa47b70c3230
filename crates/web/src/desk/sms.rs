//! The SMS that an act will send, shown before it is done, with its length and its parts.

use pishkhan_office::dispatch;
use pishkhan_office::persian::{Language, calendar};
use pishkhan_office::reasons::Reason;
use pishkhan_office::words::{Words, sms_parts};

use crate::layout::Page;

/// A message as the phone will show it, in the language of who gets it.
pub struct Sms {
    pub lines: Vec<String>,
    pub lang: &'static str,
    pub dir: &'static str,
    /// Its length in words.
    pub size: String,
}

/// Stands for the tracking code, which nobody knows before the letter is registered; as long as one.
const UNKNOWN_CODE: &str = "••••••••••••";
/// Stands for a reason that is not chosen yet.
pub const UNKNOWN_REASON: &str = "…";

/// What a registration now would send, with the number as it would be printed.
pub fn registered(page: &Page, language: Language, printed: &str) -> Sms {
    let date = calendar::in_tehran(page.now.0).date.slashed();
    preview(page, language, &dispatch::registered(Words::of(language), printed, UNKNOWN_CODE, &date))
}

/// What a rejection now would send, with its reason if one is chosen, and where the organisation's portal is.
pub fn rejected(page: &Page, language: Language, reason: Option<&Reason>, host: &str) -> Sms {
    let date = calendar::in_tehran(page.now.0).date.slashed();
    let reason = reason.map_or(UNKNOWN_REASON, |reason| reason.short_in(language));
    preview(page, language, &dispatch::rejected(Words::of(language), &date, reason, host))
}

/// The preview of a text in the sender's language.
pub fn preview(page: &Page, language: Language, text: &str) -> Sms {
    let count = |n: usize| page.number(n as u64);
    let characters = count(text.encode_utf16().count());
    let parts = count(sms_parts(text));
    Sms {
        lines: text.lines().map(ToOwned::to_owned).collect(),
        lang: language.code(),
        dir: language.dir(),
        size: page.words.fill("desk-sms-size", &[("characters", &characters), ("parts", &parts)]),
    }
}
