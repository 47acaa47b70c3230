//! The commands by which an operator sets an organisation up.

mod calendar;
mod ready;
mod route;
mod staff;

use clap::{Args, Subcommand, ValueEnum};
use pishkhan_office::registry::Direction;

pub use calendar::{
    AskedFor, CalendarCommand, DaysText, HalfDays, KindCommand, TermCommand, TermPlace, WeekText, weekday_name,
};
pub use ready::{PaperCommand, TextCommand};
pub use route::{RouteCommand, Whose};
pub use staff::{Post, StaffCommand};

#[derive(Debug, Subcommand)]
pub enum OrgCommand {
    /// Add an organisation; it then needs a register, units, and people.
    Add {
        /// Short name for these commands: small letters, digits and hyphens. Nobody outside sees it.
        id: String,
        /// Name as people read it.
        #[arg(long)]
        name: String,
        /// Name in English.
        #[arg(long, default_value = "")]
        name_english: String,
        /// Where it is reached: `https://` and a host, with a port if need be and nothing after it.
        #[arg(long)]
        url: String,
        /// A further host name it answers under; may be repeated.
        #[arg(long = "host")]
        hosts: Vec<String>,
    },
    /// Change an organisation; what isn't given stays.
    Change {
        /// Its short name, which can't be changed.
        id: String,
        /// A new name.
        #[arg(long)]
        name: Option<String>,
        /// A new name in English; empty for none.
        #[arg(long)]
        name_english: Option<String>,
        /// A new address; its host takes the place of the old one's, and further host names stay.
        #[arg(long)]
        url: Option<String>,
        /// A further host name, in place of all those it has; may be repeated.
        #[arg(long = "host")]
        hosts: Vec<String>,
        /// It answers under no other host name than its URL's.
        #[arg(long, conflicts_with = "hosts")]
        no_other_hosts: bool,
        /// Give letters to reviewers by turn, so many at most to each; 0: by hand.
        #[arg(long, value_name = "LETTERS")]
        review_by_turn: Option<u32>,
        /// Withhold letters of so many days and more on a device that came lately, until a code of one is typed there; 0: none.
        #[arg(long, value_name = "DAYS")]
        withhold_after_days: Option<u32>,
        /// It may send so many messages other than codes in a day; 0: as many as the settings say.
        #[arg(long, value_name = "MESSAGES")]
        messages_per_day: Option<u32>,
        /// It may send so many codes in a day; 0: as many as the settings say.
        #[arg(long, value_name = "CODES")]
        codes_per_day: Option<u32>,
    },
    /// List all organisations.
    List,
}

#[derive(Debug, Subcommand)]
pub enum UnitCommand {
    /// Add a unit at the end of the list from which senders choose.
    Add {
        #[command(flatten)]
        of: Of,
        /// The short mark that {unit} in a register's template stands for; the unit's name in these commands. At most 8 letters, digits,
        /// hyphens, dots and slashes.
        #[arg(long)]
        code: String,
        /// Name as senders read it.
        #[arg(long)]
        name: String,
        #[command(flatten)]
        text: UnitText,
    },
    /// Change a unit; what isn't given stays, and so do numbers already given.
    Change {
        #[command(flatten)]
        of: Of,
        /// The code it has now.
        unit: String,
        /// A new code.
        #[arg(long)]
        code: Option<String>,
        /// A new name.
        #[arg(long)]
        name: Option<String>,
        /// Give new letters to its officers by turn, so many in hand at most to each; 0: they are taken or handed over.
        #[arg(long, value_name = "LETTERS")]
        work_by_turn: Option<u32>,
        #[command(flatten)]
        text: UnitText,
    },
    /// Take a unit out of the list; it must have no open letters.
    Archive {
        #[command(flatten)]
        of: Of,
        /// Its code.
        unit: String,
    },
    /// List the units, archived ones too.
    List {
        #[command(flatten)]
        of: Of,
    },
}

/// What may be said of a unit besides its name.
#[derive(Debug, Args)]
pub struct UnitText {
    /// Name in English.
    #[arg(long)]
    pub name_english: Option<String>,
    /// Register of its letters, by name or id; need not be said while there is only one.
    #[arg(long)]
    pub register: Option<String>,
    /// The unit above it, by code; `none` when it stands directly under the organisation.
    #[arg(long, value_name = "CODE")]
    pub parent: Option<String>,
    /// Register from which its answers get their numbers, by name or id; `none` when they have none.
    #[arg(long, value_name = "REGISTER")]
    pub outgoing_register: Option<String>,
    /// Whether its answers need a second signature.
    #[arg(long, value_name = "WHETHER")]
    pub signature: Option<Signature>,
}

/// Whether an answer is signed by a second person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Signature {
    Needed,
    None,
}

#[derive(Debug, Subcommand)]
pub enum RegisterCommand {
    /// Add a register; its numbers begin with 1, each year anew.
    Add {
        #[command(flatten)]
        of: Of,
        /// Its name, which only staff see.
        #[arg(long)]
        name: String,
        /// How numbers are printed: {prefix}, {yyyy}, {yy}, {unit}, the number as {n:04} or without :04, signs between; 25 characters at most
        /// with the longest unit code and a year's numbers.
        #[arg(long)]
        template: String,
        #[command(flatten)]
        text: RegisterText,
    },
    /// Change how coming numbers are printed; counting goes on.
    Change {
        #[command(flatten)]
        of: Of,
        /// Its name or id.
        register: String,
        /// A new name.
        #[arg(long)]
        name: Option<String>,
        /// A new template for the numbers to come.
        #[arg(long)]
        template: Option<String>,
        #[command(flatten)]
        text: RegisterText,
    },
    /// List the registers with their last numbers.
    List {
        #[command(flatten)]
        of: Of,
    },
}

/// What may be said of a register besides its name and template.
#[derive(Debug, Args)]
pub struct RegisterText {
    /// What {prefix} stands for.
    #[arg(long)]
    pub prefix: Option<String>,
    /// Direction in which a number is read: rtl or ltr. A new register's is rtl.
    #[arg(long, value_name = "rtl|ltr", value_parser = direction)]
    pub direction: Option<Direction>,
}

#[derive(Debug, Subcommand)]
pub enum ReasonCommand {
    /// Add a reason at the end of the list.
    Add {
        #[command(flatten)]
        of: Of,
        /// At most 40 characters, since it goes into an SMS.
        #[arg(long)]
        short: String,
        /// The same in English.
        #[arg(long, default_value = "")]
        short_english: String,
        /// What the sender can do about it; shown with the rejection.
        #[arg(long = "help-text", default_value = "")]
        help_text: String,
    },
    /// Take a reason out of the list; letters keep the text they were rejected with.
    Archive {
        #[command(flatten)]
        of: Of,
        /// Its id in the list.
        id: String,
    },
    /// List the reasons.
    List {
        #[command(flatten)]
        of: Of,
    },
}

/// Of which organisation.
#[derive(Debug, Args)]
pub struct Of {
    /// Short name of the organisation.
    #[arg(long = "org", value_name = "ID")]
    pub organisation: String,
}

fn direction(typed: &str) -> Result<Direction, &'static str> {
    Direction::parse(typed).ok_or("rtl or ltr")
}
