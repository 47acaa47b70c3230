//! The lives of an organisation's letters as one line of acts, oldest first, so that no register runs out of order.

use pishkhan_office::Moment;
use pishkhan_office::persian::calendar::start_of_tehran_day;
use serde::Deserialize;

use super::seed::{Answer, Letter, Objection, Redirection, Rejection};

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// How long ago something happened: `21d 09:30` is half past nine in Tehran 21 days ago, `5h` and `40m` count from now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Ago {
    /// So many days ago, at this minute of the day.
    Day {
        days: i64,
        minute: i64,
    },
    Minutes(i64),
}

/// Something that was done with a letter.
#[derive(Clone, Copy, Debug)]
pub enum Act<'a> {
    Write,
    Submit,
    Redirect(&'a Redirection),
    Reject(&'a Rejection),
    Register,
    Take,
    Propose(&'a Answer),
    Answer(&'a Answer),
    Object(&'a Objection),
    Close,
}

/// An act, when it was done, and with which letter.
#[derive(Clone, Copy, Debug)]
pub struct Deed<'a> {
    pub at: Moment,
    pub letter: usize,
    pub act: Act<'a>,
}

/// All acts with these letters, oldest first.
pub fn of(letters: &[Letter], now: Moment) -> Vec<Deed<'_>> {
    let mut deeds: Vec<Deed> = letters
        .iter()
        .enumerate()
        .flat_map(|(letter, it)| life(it).into_iter().map(move |(ago, act)| Deed { at: ago.before(now), letter, act }))
        .collect();
    deeds.sort_by_key(|deed| deed.at);
    deeds
}

/// One letter's acts in the order in which they must have happened.
fn life(letter: &Letter) -> Vec<(Ago, Act<'_>)> {
    let acts = [
        Some((letter.written, Act::Write)),
        letter.submitted.map(|at| (at, Act::Submit)),
        letter.redirected.as_ref().map(|it| (it.at, Act::Redirect(it))),
        letter.rejected.as_ref().map(|it| (it.at, Act::Reject(it))),
        letter.registered.map(|at| (at, Act::Register)),
        letter.taken.map(|at| (at, Act::Take)),
        letter.proposed.as_ref().map(|it| (it.at, Act::Propose(it))),
        letter.answered.as_ref().map(|it| (it.at, Act::Answer(it))),
        letter.objected.as_ref().map(|it| (it.at, Act::Object(it))),
        letter.closed.map(|at| (at, Act::Close)),
    ];
    acts.into_iter().flatten().collect()
}

impl Ago {
    fn before(self, now: Moment) -> Moment {
        match self {
            Ago::Day { days, minute } => {
                Moment(start_of_tehran_day(start_of_tehran_day(now.0) + DAY / 2 - days * DAY) + minute * MINUTE)
            }
            Ago::Minutes(minutes) => Moment(now.0 - minutes * MINUTE),
        }
    }

    fn parse(text: &str) -> Option<Ago> {
        if let Some(minutes) = text.strip_suffix('m') {
            return minutes.parse().ok().map(Ago::Minutes);
        }
        if let Some(hours) = text.strip_suffix('h') {
            return hours.parse::<i64>().ok().map(|hours| Ago::Minutes(hours * 60));
        }
        let (days, time) = text.split_once("d ")?;
        let (hour, minute) = time.split_once(':')?;
        let minute = hour.parse::<i64>().ok()? * 60 + minute.parse::<i64>().ok()?;
        Some(Ago::Day { days: days.parse().ok()?, minute })
    }
}

impl TryFrom<String> for Ago {
    type Error = String;

    fn try_from(text: String) -> Result<Ago, String> {
        Ago::parse(&text).ok_or_else(|| format!("{text} is not like 21d 09:30, 5h or 40m"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::seed::Seed;

    #[test]
    fn the_past_is_written_in_three_ways() {
        assert_eq!(Ago::parse("21d 09:30"), Some(Ago::Day { days: 21, minute: 570 }));
        assert_eq!(Ago::parse("5h"), Some(Ago::Minutes(300)));
        assert_eq!(Ago::parse("yesterday"), None);
        // 2025-03-21, noon in Tehran; two days before, at 09:30.
        let noon = Moment(1_742_545_800_000);
        assert_eq!(Ago::parse("2d 09:30").map(|ago| ago.before(noon)), Some(Moment(noon.0 - 2 * DAY - 150 * MINUTE)));
    }

    #[test]
    fn every_life_is_in_order_at_every_hour_of_the_day() {
        let seed = Seed::embedded();
        for hour in 0..24 {
            let now = Moment(1_742_545_800_000 + hour * 60 * MINUTE);
            for organisation in &seed.organisations {
                for letter in &organisation.letters {
                    let moments: Vec<Moment> = life(letter).into_iter().map(|(ago, _)| ago.before(now)).collect();
                    assert!(moments.is_sorted_by(|one, next| one < next), "{}: {moments:?}", letter.subject);
                    assert!(moments.iter().all(|at| *at < now), "{} is still to come", letter.subject);
                }
            }
        }
    }
}
