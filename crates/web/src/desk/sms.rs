//! The SMS that an act will send, shown before it is done, with its length and its parts.

use pishkhan_office::dispatch::{self, Draft, Silence};
use pishkhan_office::letters::Letter;
use pishkhan_office::persian::{Language, calendar};
use pishkhan_office::reasons::Reason;
use pishkhan_office::senders::Sender;
use pishkhan_office::words::Words;
use pishkhan_office::{StoreError, Tx};

use crate::layout::Page;

/// A message as the phone will show it, in the language of who gets it.
pub struct Sms {
    /// The organisation sends none of this kind, and there is nothing to show.
    pub is_off: bool,
    /// A route that it may take has a template for it, whose words are the provider's.
    pub has_template: bool,
    pub lines: Vec<String>,
    pub lang: &'static str,
    pub dir: &'static str,
    /// Its length in words.
    pub size: String,
}

/// Stands for the tracking code, which nobody knows before the letter is registered; as long as one.
const UNKNOWN_CODE: &str = "••••••••••••";
/// The same while the message is worded: phones count these signs as they count digits, and no number has them.
const ANY_CODE: &str = "************";
/// Stands for a reason that is not chosen yet.
pub const UNKNOWN_REASON: &str = "…";

/// What a registration now would send, with the number as it would be printed.
pub async fn registered(tx: &mut Tx, page: &Page, language: Language, printed: &str) -> Result<Sms, StoreError> {
    let date = calendar::in_tehran(page.now.0).date.slashed();
    let sms = preview(tx, page, &dispatch::registered(Words::of(language), printed, ANY_CODE, &date)).await?;
    let lines = sms.lines.iter().map(|line| line.replace(ANY_CODE, UNKNOWN_CODE)).collect();
    Ok(Sms { lines, ..sms })
}

/// What a rejection now would send, with its reason if one is chosen, and where the organisation's portal is.
pub async fn rejected(
    tx: &mut Tx,
    page: &Page,
    language: Language,
    reason: Option<&Reason>,
    host: &str,
) -> Result<Sms, StoreError> {
    let reason = reason.map_or(UNKNOWN_REASON, |reason| reason.short_in(language));
    rejected_because(tx, page, language, reason, host).await
}

/// The same for a reason in words.
pub async fn rejected_because(
    tx: &mut Tx,
    page: &Page,
    language: Language,
    reason: &str,
    host: &str,
) -> Result<Sms, StoreError> {
    let date = calendar::in_tehran(page.now.0).date.slashed();
    preview(tx, page, &dispatch::rejected(Words::of(language), &date, reason, host)).await
}

/// Why nobody could get a message about the letter now; None when somebody can.
pub fn silence(page: &Page, sender: &Sender, letter: &Letter) -> Option<&'static str> {
    dispatch::recipient(sender, letter, page.now, page.least_here).err().map(|silence| match silence {
        Silence::NoMobile => page.t("desk-no-sms"),
        Silence::Asleep => page.t("numbers-no-sms"),
        Silence::Idle => page.t("numbers-idle-no-sms"),
        Silence::RepresentationEnded => page.t("representative-no-sms"),
    })
}

/// The preview of a draft, in the organisation's own words if it has some.
pub async fn preview(tx: &mut Tx, page: &Page, draft: &Draft) -> Result<Sms, StoreError> {
    let language = draft.words.language;
    let said = dispatch::said(tx, draft).await?;
    let has_template = dispatch::has_template(tx, draft).await?;
    let parts_of = dispatch::parts_of(tx, draft.kind, language).await?;
    Ok(match said {
        Some(text) => Sms { has_template, ..shown(page, language, &text, parts_of) },
        None => Sms { is_off: true, ..shown(page, language, "", parts_of) },
    })
}

/// A text as the phone of somebody who reads that language shows it; `parts_of` counts its parts.
pub fn shown(page: &Page, language: Language, text: &str, parts_of: fn(&str) -> usize) -> Sms {
    let count = |n: usize| page.number(n as u64);
    let characters = count(text.encode_utf16().count());
    let parts = count(parts_of(text));
    Sms {
        is_off: false,
        has_template: false,
        lines: text.lines().map(ToOwned::to_owned).collect(),
        lang: language.code(),
        dir: language.dir(),
        size: page.words.fill("desk-sms-size", &[("characters", &characters), ("parts", &parts)]),
    }
}
