//! The six digits, how they are stored, and the message that carries them.

use std::iter;
use std::time::Duration;

use pishkhan_courier::{Message, outbox};
use pishkhan_persian::{Language, Mobile};
use pishkhan_store::{Moment, OrganisationId, Result, Secret, Tx};

use super::SignInWords;
use crate::accounts::rows::sign_ins;
use crate::accounts::seal::sealed;
use crate::dispatch;
use crate::ids::random_bytes;
use crate::rules::SignInRules;
use crate::senders::Sender;
use crate::words::{Words, sms_parts};

const CODES: u32 = 1_000_000;

/// Six digits, each code as likely as any other.
pub(in crate::accounts) fn random() -> String {
    // Numbers above the last whole million would favour small codes.
    let fair = u32::MAX - u32::MAX % CODES;
    loop {
        let number = u32::from_be_bytes(random_bytes());
        if number < fair {
            return format!("{:06}", number % CODES);
        }
    }
}

/// The code as it is stored: worth nothing without the secret, and nothing in another sign-in.
pub(super) fn hash(secret: &Secret, organisation: &OrganisationId, id: &str, code: &str) -> String {
    sealed(secret, "sign-in code", &[organisation.as_str(), id, code])
}

/// A code as it is said.
pub(super) struct Said {
    pub template: &'static str,
    pub text: String,
    /// In which language that is.
    pub language: Language,
    pub values: Vec<(&'static str, String)>,
}

/// Puts the message about a sign-in on its way; the courier knows by it which one came before.
pub(super) async fn post(tx: &mut Tx, mobile: &Mobile, about: &str, said: Said, expires_at: Moment) -> Result<()> {
    post_to(tx, mobile.as_str().to_owned(), about, said, expires_at).await
}

/// The same, to an address.
pub(super) async fn post_by_mail(
    tx: &mut Tx,
    sender: &Sender,
    about: &str,
    said: Said,
    expires_at: Moment,
) -> Result<()> {
    let Some(email) = &sender.email else { return Ok(()) };
    let text = dispatch::framed(tx, Words::of(sender.language), &said.text).await?;
    post_to(tx, email.as_str().to_owned(), about, Said { text, ..said }, expires_at).await
}

async fn post_to(tx: &mut Tx, to: String, about: &str, said: Said, expires_at: Moment) -> Result<()> {
    let Said { template, text, language, values } = said;
    debug_assert!(dispatch::brings(template, &values), "a code brings other values than its kind says");
    outbox::post(
        tx,
        Message {
            to,
            template,
            text,
            language,
            values,
            expires_at: Some(expires_at),
            about: about.to_owned(),
            hold: Duration::ZERO,
        },
    )
    .await?;
    Ok(())
}

/// The code that was sent before is replaced: what of it hasn't left never does, nor does an administrator send it again. Otherwise both would
/// come after an outage, in any order, and the dead one might be the last.
pub(super) async fn withdraw_last(tx: &mut Tx, about: &str) -> Result<()> {
    outbox::withdraw(tx, about, "another code was asked for").await
}

/// The code of this id is worth nothing any more, and is sent to nobody.
pub(super) async fn forget(tx: &mut Tx, id: &str) -> Result<()> {
    // In the order in which a new code holds them.
    sign_ins::forget(tx, id).await?;
    outbox::withdraw(tx, id, "what the code was for is over").await
}

/// What a gateway's own template is filled with.
pub(super) fn values(words: &SignInWords<'_>, code: &str) -> Vec<(&'static str, String)> {
    vec![("code", code.to_owned()), ("host", words.host.to_owned())]
}

/// The message's text, in ASCII digits, which every phone offers to copy; one part, and without a link.
pub(super) fn text(rules: &SignInRules, words: &SignInWords<'_>, code: &str) -> String {
    if !rules.has_bound_line {
        return named(words, code);
    }
    let plain = Words::of(words.language).plain("sms-code", &[("code", code)]);
    // The last line of WebOTP: browsers offer the code on this host's pages only.
    let bound = format!("{plain}\n@{} #{code}", words.host);
    // A host so long that the message would cost twice goes without.
    if sms_parts(&bound) == 1 { bound } else { named(words, code) }
}

/// The text without a host, which a call reads out: the line for browsers is nothing to hear.
pub(super) fn named(words: &SignInWords<'_>, code: &str) -> String {
    let say = Words::of(words.language);
    let with = |name: &str| say.plain("sms-code-named", &[("code", code), ("organisation", name)]);
    naming(words.organisation, with, || say.plain("sms-code", &[("code", code)]))
}

/// The text of a code `with` the organisation's name, so that whoever did not ask for it knows where it comes from (TH02). A long name loses
/// its last words, or the message would cost twice; where its first word is too long already, it is said `without`.
pub(super) fn naming(name: &str, with: impl Fn(&str) -> String, without: impl FnOnce() -> String) -> String {
    let ends = iter::once(name.len()).chain(name.rmatch_indices(' ').map(|(at, _)| at));
    ends.map(|end| with(&name[..end])).find(|text| sms_parts(text) == 1).unwrap_or_else(without)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Rules;

    fn text_for(host: &str, language: Language) -> String {
        text(&Rules::default().sign_in, &SignInWords { host, organisation: "سازمان نمونه", language }, "012345")
    }

    #[test]
    fn codes_are_six_digits() {
        for _ in 0..1_000 {
            let code = random();
            assert!(code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()));
        }
    }

    #[test]
    fn the_message_is_one_part_and_bound_to_the_host() {
        let text = text_for("namah.example.ir", Language::Persian);
        assert_eq!(text, "012345 کد ورود پیشخوان\n@namah.example.ir #012345");
        assert_eq!(sms_parts(&text), 1);
        assert!(text_for("example.ir", Language::English).ends_with("\n@example.ir #012345"));
    }

    #[test]
    fn a_long_host_costs_no_second_part() {
        let text = text_for("a-very-long-name-of-an-organisation.in-a-long-domain.example.ir", Language::Persian);
        assert_eq!(text, "012345 کد ورود پیشخوان سازمان نمونه");
    }

    #[test]
    fn without_the_bound_line_the_organisation_is_named() {
        let rules = SignInRules { has_bound_line: false, ..Rules::default().sign_in };
        let text_of = |organisation: &str, language: Language| {
            let words = SignInWords { host: "example.ir", organisation, language };
            let text = text(&rules, &words, "012345");
            assert_eq!(sms_parts(&text), 1, "{text}");
            text
        };
        assert_eq!(text_of("سازمان نمونه", Language::Persian), "012345 کد ورود پیشخوان سازمان نمونه");
        assert_eq!(
            text_of("Sample Office", Language::English),
            "012345 is your Pishkhan sign-in code for Sample Office"
        );
        let long = "سازمان مدیریت و برنامه‌ریزی و هماهنگی امور شهرستان‌های استان نمونه";
        assert_eq!(
            text_of(long, Language::Persian),
            "012345 کد ورود پیشخوان سازمان مدیریت و برنامه‌ریزی و هماهنگی امور"
        );
        assert_eq!(text_of(&"ن".repeat(80), Language::Persian), "012345 کد ورود پیشخوان");
    }
}
