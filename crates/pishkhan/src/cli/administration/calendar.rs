//! The commands of the working calendar, of terms, and of kinds of letters.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{ArgGroup, Args, Subcommand, ValueEnum};
use pishkhan_office::deadlines::{Step, Term};
use pishkhan_office::persian::{JalaliDate, Weekday};

use super::Of;

#[derive(Debug, Subcommand)]
pub enum CalendarCommand {
    /// Show the week as it is worked today, and the weeks that were set.
    Show {
        #[command(flatten)]
        of: Of,
        /// The unit whose week is shown, by its code.
        #[arg(long, value_name = "CODE")]
        unit: Option<String>,
    },
    /// Set the week that is worked from a day on; what isn't given is as in the week that holds then.
    Week {
        #[command(flatten)]
        of: Of,
        /// First day, as a Jalali date.
        #[arg(long, value_name = "DATE", value_parser = date)]
        from: JalaliDate,
        #[command(flatten)]
        week: WeekText,
    },
    /// Forget the week that begins on a day.
    ForgetWeek {
        #[command(flatten)]
        of: Of,
        /// Its first day.
        #[arg(value_name = "DATE", value_parser = date)]
        from: JalaliDate,
        /// The unit whose week it is, by its code.
        #[arg(long, value_name = "CODE")]
        unit: Option<String>,
    },
    /// Import a list of holidays: on each line a Jalali date, `whole` or `half`, and the reason, with commas between.
    Import {
        #[command(flatten)]
        of: Of,
        /// The list, a text file in UTF-8, as spreadsheets save it as CSV.
        file: PathBuf,
        /// Only this unit is closed, by its code.
        #[arg(long, value_name = "CODE")]
        unit: Option<String>,
    },
    /// Close a day, or all days until another one.
    Close {
        #[command(flatten)]
        of: Of,
        #[command(flatten)]
        days: DaysText,
        /// Only the second half of the day.
        #[arg(long)]
        half: bool,
        /// Why, as people read it.
        #[arg(long)]
        reason: String,
    },
    /// Open a day again that was closed, or all days until another one.
    Open {
        #[command(flatten)]
        of: Of,
        #[command(flatten)]
        days: DaysText,
    },
    /// List the closed days of a Jalali year.
    List {
        #[command(flatten)]
        of: Of,
        /// The year; the running one if none is given.
        #[arg(long, value_parser = clap::value_parser!(i32).range(1300..=1500))]
        year: Option<i32>,
    },
}

/// What may be said of a week.
#[derive(Debug, Args)]
pub struct WeekText {
    /// Last day; without one it holds until another week begins.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub until: Option<JalaliDate>,
    /// Days that aren't worked, such as `thursday,friday`; all others are, as far as they are not half days.
    #[arg(long, value_name = "DAYS", value_delimiter = ',', value_parser = weekday)]
    pub off: Option<Vec<Weekday>>,
    /// Days that are worked by half; `none` for none.
    #[arg(long, value_name = "DAYS")]
    pub half: Option<HalfDays>,
    /// When work begins and ends, such as 07:30-14:30.
    #[arg(long, value_name = "TIME-TIME")]
    pub hours: Option<OpenHours>,
    /// When half a day ends, such as 12:30.
    #[arg(long, value_name = "TIME", value_parser = minute)]
    pub half_until: Option<u16>,
    /// Only this unit works so, by its code.
    #[arg(long, value_name = "CODE")]
    pub unit: Option<String>,
}

/// Which days are closed or opened.
#[derive(Debug, Args)]
pub struct DaysText {
    /// The day, as a Jalali date such as 1405/03/14.
    #[arg(value_name = "DATE", value_parser = date)]
    pub from: JalaliDate,
    /// The last of several days.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub until: Option<JalaliDate>,
    /// Only this unit, by its code.
    #[arg(long, value_name = "CODE")]
    pub unit: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum TermCommand {
    /// Set how long a step may take, for the organisation, a unit, a kind of letter, or a unit's letters of a kind.
    #[command(group(ArgGroup::new("length").required(true).args(["days", "hours"])))]
    Set {
        #[command(flatten)]
        of: Of,
        #[command(flatten)]
        place: TermPlace,
        /// Working days after the day on which it begins.
        #[arg(long)]
        days: Option<u32>,
        /// Working hours.
        #[arg(long)]
        hours: Option<u32>,
        /// The law or rule that it comes from, as senders read it.
        #[arg(long, default_value = "")]
        basis: String,
    },
    /// Take a term back, so that the more general one holds again.
    Unset {
        #[command(flatten)]
        of: Of,
        #[command(flatten)]
        place: TermPlace,
    },
    /// List the terms that were set, and those of the settings.
    List {
        #[command(flatten)]
        of: Of,
    },
}

/// For which letters a term holds, and for which step.
#[derive(Debug, Args)]
pub struct TermPlace {
    /// review, answer, completion, reply, objection, or ruling (on an objection).
    #[arg(value_parser = step)]
    pub step: Step,
    /// Only this unit, by its code.
    #[arg(long, value_name = "CODE")]
    pub unit: Option<String>,
    /// Only letters of this kind, by its name or id.
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum KindCommand {
    /// Add a kind of letter at the end of the list from which senders may choose.
    Add {
        #[command(flatten)]
        of: Of,
        /// Its name, at most 40 characters.
        #[arg(long)]
        name: String,
        /// The same in English.
        #[arg(long, default_value = "")]
        name_english: String,
        /// What its letters ask for.
        #[arg(long, value_name = "WHAT", default_value = "other")]
        asks_for: AskedFor,
    },
    /// Change what the letters of a kind ask for; what was decided stays as it is.
    Change {
        #[command(flatten)]
        of: Of,
        /// Its name or id.
        kind: String,
        /// What they ask for from now on.
        #[arg(long, value_name = "WHAT")]
        asks_for: AskedFor,
    },
    /// Take a kind out of the list; letters of that kind keep it.
    Archive {
        #[command(flatten)]
        of: Of,
        /// Its name or id.
        kind: String,
    },
    /// List the kinds.
    List {
        #[command(flatten)]
        of: Of,
    },
}

/// What the letters of a kind ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AskedFor {
    /// Information, which the law gives everybody a right to: who refuses it says by which legal ground.
    Information,
    /// Anything else.
    Other,
}

impl TermCommand {
    /// The term that was typed; the command line has seen to it that it is one of the two.
    pub fn length(days: Option<u32>, hours: Option<u32>) -> Term {
        days.map_or_else(|| Term::Hours(hours.unwrap_or_default()), Term::Days)
    }
}

/// The days that are worked by half; none when `none` was typed.
#[derive(Clone, Debug)]
pub struct HalfDays(pub Vec<Weekday>);

impl FromStr for HalfDays {
    type Err = String;

    fn from_str(typed: &str) -> Result<HalfDays, String> {
        match typed {
            "none" => Ok(HalfDays(Vec::new())),
            _ => typed.split(',').map(weekday).collect::<Result<_, _>>().map(HalfDays),
        }
    }
}

/// When work begins and ends, in minutes after midnight.
#[derive(Clone, Copy, Debug)]
pub struct OpenHours {
    pub opens: u16,
    pub closes: u16,
}

impl FromStr for OpenHours {
    type Err = String;

    fn from_str(typed: &str) -> Result<OpenHours, String> {
        let (opens, closes) = typed.split_once('-').ok_or("two times such as 07:30-14:30")?;
        Ok(OpenHours { opens: minute(opens)?, closes: minute(closes)? })
    }
}

/// The day's English name, as these commands know it.
pub fn weekday_name(weekday: Weekday) -> String {
    format!("{weekday:?}").to_lowercase()
}

fn weekday(typed: &str) -> Result<Weekday, String> {
    let found = Weekday::ALL.into_iter().find(|weekday| weekday_name(*weekday) == typed);
    found.ok_or_else(|| "days are saturday, sunday, monday, tuesday, wednesday, thursday and friday".into())
}

fn minute(typed: &str) -> Result<u16, String> {
    let time = typed.split_once(':').and_then(|(hour, minute)| {
        let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
        (hour * 60 + minute <= 24 * 60 && minute < 60).then_some(hour * 60 + minute)
    });
    time.ok_or_else(|| "a time such as 07:30".into())
}

fn date(typed: &str) -> Result<JalaliDate, &'static str> {
    JalaliDate::parse(typed).ok_or("a Jalali date such as 1405/03/14")
}

fn step(typed: &str) -> Result<Step, &'static str> {
    Step::parse(typed).ok_or("review, answer, completion, reply, objection or ruling")
}
