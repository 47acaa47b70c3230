//! What is answered to a text, in one SMS part. Nothing in it is private: it says no more than the public page, and to the sender's own
//! number that something was done.

use pishkhan_persian::{TrackingCode, calendar};
use pishkhan_store::Moment;

use crate::dispatch::first_that_fits;
use crate::letters::{Letter, status_key};
use crate::words::Words;

/// An answer.
#[derive(Clone, Debug)]
pub(super) enum Reply {
    /// The letter as anybody sees it who has its code.
    Status(Box<Letter>),
    /// No letter has this code.
    Unknown,
    /// The number has no letter of this code: another's, nobody's, or one of an account that sleeps.
    NotYours,
    /// How to confirm a withdrawal.
    Confirm(TrackingCode, String),
    /// The code that should confirm it is wrong, or ran out.
    WrongCode(TrackingCode),
    Withdrawn(TrackingCode),
    /// The letter is in no state from which it can be withdrawn.
    CannotWithdraw,
    Rated,
    RatedBefore,
    /// The letter has not come to its end.
    CannotRate,
    /// Several letters could be meant.
    Which,
    /// What can be sent at all.
    Help,
}

impl Reply {
    /// Its word in the table.
    pub(super) fn as_str(&self) -> &'static str {
        match self {
            Reply::Status(_) => "status",
            Reply::Unknown => "unknown",
            Reply::NotYours => "not_yours",
            Reply::Confirm(..) => "confirm",
            Reply::WrongCode(_) => "wrong_code",
            Reply::Withdrawn(_) => "withdrawn",
            Reply::CannotWithdraw => "cannot_withdraw",
            Reply::Rated => "rated",
            Reply::RatedBefore => "rated_before",
            Reply::CannotRate => "cannot_rate",
            Reply::Which => "which",
            Reply::Help => "help",
        }
    }

    /// Its text. `host` is where everything can be done that a text can't.
    pub(super) fn text(&self, words: Words, host: &str) -> String {
        let short = |key| words.t(key).to_owned();
        match self {
            Reply::Status(letter) => status(words, letter),
            Reply::Unknown => short("incoming-unknown"),
            Reply::NotYours => short("incoming-not-yours"),
            Reply::Confirm(tracking, code) => {
                words.plain("incoming-confirm", &[("tracking", tracking.as_str()), ("code", code)])
            }
            Reply::WrongCode(tracking) => words.plain("incoming-wrong-code", &[("tracking", tracking.as_str())]),
            Reply::Withdrawn(tracking) => words.plain("incoming-withdrawn", &[("tracking", tracking.as_str())]),
            Reply::CannotWithdraw => short("incoming-cannot-withdraw"),
            Reply::Rated => short("incoming-rated"),
            Reply::RatedBefore => short("incoming-rated-before"),
            Reply::CannotRate => short("incoming-cannot-rate"),
            Reply::Which => short("incoming-which"),
            Reply::Help => {
                first_that_fits([words.plain("incoming-help", &[("host", host)]), short("incoming-help-short")])
            }
        }
    }
}

/// What the public page says: the state, and of a registered letter its number and dates.
fn status(words: Words, letter: &Letter) -> String {
    let status = words.t(status_key(&letter.state));
    let Some(registration) = letter.state.registration() else { return status.to_owned() };
    let day = |at: Moment| calendar::in_tehran(at.0).date.slashed();
    let (number, date) = (registration.number.as_str(), day(registration.at));
    let places = [("status", status), ("number", number), ("date", date.as_str())];
    let short = words.plain("incoming-status-short", &places[..2]);
    match letter.state.answer() {
        None => first_that_fits([words.plain("incoming-status", &places), short]),
        Some(answer) => {
            let answered = day(answer.at);
            let all =
                [("status", status), ("number", number), ("date", date.as_str()), ("answered", answered.as_str())];
            first_that_fits([
                words.plain("incoming-status-answered", &all),
                words.plain("incoming-status", &places),
                short,
            ])
        }
    }
}

#[cfg(test)]
mod tests {
    use pishkhan_persian::Language;

    use super::super::wish::Wish;
    use super::*;
    use crate::words::sms_parts;

    fn replies() -> Vec<Reply> {
        let tracking = || TrackingCode::parse("133607133601").expect("its check digit is right");
        vec![
            Reply::Unknown,
            Reply::NotYours,
            Reply::Confirm(tracking(), "482913".into()),
            Reply::WrongCode(tracking()),
            Reply::Withdrawn(tracking()),
            Reply::CannotWithdraw,
            Reply::Rated,
            Reply::RatedBefore,
            Reply::CannotRate,
            Reply::Which,
            Reply::Help,
        ]
    }

    #[test]
    fn every_answer_is_one_part_and_none_is_a_wish() {
        for language in [Language::Persian, Language::English] {
            for host in ["desk.example.ir", "a-very-long-host-name.of-some-organisation.example.ir"] {
                for reply in replies() {
                    let text = reply.text(Words::of(language), host);
                    assert_eq!(sms_parts(&text), 1, "{} units: {text}", text.encode_utf16().count());
                    assert_eq!(Wish::read(&text), Wish::Unclear, "a machine that sends this back is answered: {text}");
                    assert!(!text.contains('\u{2068}'));
                }
            }
        }
    }

    #[test]
    fn what_is_to_be_sent_back_can_be_copied() {
        for language in [Language::Persian, Language::English] {
            let last = |reply: &Reply| {
                let text = reply.text(Words::of(language), "");
                Wish::read(text.lines().last().unwrap_or_default())
            };
            let replies = replies();
            assert!(matches!(last(&replies[2]), Wish::Withdraw(_, Some(code)) if code == "482913"), "{language:?}");
            assert!(matches!(last(&replies[3]), Wish::Withdraw(_, None)), "{language:?}");
        }
    }
}
