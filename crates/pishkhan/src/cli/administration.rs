//! The commands by which an operator sets an organisation up.

use std::str::FromStr;

use clap::{Args, Subcommand};
use pishkhan_office::actor::Role;
use pishkhan_office::registry::Direction;

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
        id: String,
        #[arg(long)]
        name: Option<String>,
        #[arg(long)]
        name_english: Option<String>,
        #[arg(long)]
        url: Option<String>,
        /// All further host names, in place of those it has.
        #[arg(long = "host")]
        hosts: Vec<String>,
        /// It answers under no other host name than its URL's.
        #[arg(long, conflicts_with = "hosts", required_unless_present = "hosts")]
        no_other_hosts: bool,
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
        /// The short mark that {unit} in a register's template stands for; the unit's name in these commands.
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
        #[arg(long)]
        name: Option<String>,
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
    /// Days until its letters should be reviewed, or `default`.
    #[arg(long, value_name = "DAYS")]
    pub review_days: Option<Days>,
    /// Days until its letters should be answered, or `default`.
    #[arg(long, value_name = "DAYS")]
    pub answer_days: Option<Days>,
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
        /// How numbers are printed: {prefix}, {yyyy}, {yy}, {unit}, the number as {n:04} or without :04, signs between.
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
        #[arg(long)]
        name: Option<String>,
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

#[derive(Debug, Subcommand)]
pub enum StaffCommand {
    /// Invite a person and print the one-time link, good for two days, by which they set password and second factor.
    Invite {
        #[command(flatten)]
        of: Of,
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
        #[command(flatten)]
        post: Post,
    },
    /// List the people with their posts.
    List {
        #[command(flatten)]
        of: Of,
    },
    /// Let nobody in as this person, from now on.
    Disable {
        #[command(flatten)]
        of: Of,
        email: String,
    },
    /// Let a disabled person in again.
    Enable {
        #[command(flatten)]
        of: Of,
        email: String,
    },
    /// Take password and second factor from a person, and print a new one-time link.
    Reset {
        #[command(flatten)]
        of: Of,
        email: String,
    },
    /// Give a person a further post.
    AddPost {
        #[command(flatten)]
        of: Of,
        email: String,
        #[command(flatten)]
        post: Post,
    },
    /// End a post of a person.
    EndPost {
        #[command(flatten)]
        of: Of,
        email: String,
        /// Its id in the list.
        post: String,
    },
}

/// Of which organisation.
#[derive(Debug, Args)]
pub struct Of {
    /// Short name of the organisation.
    #[arg(long = "org", value_name = "ID")]
    pub organisation: String,
}

/// A post: what somebody may do, and where.
#[derive(Debug, Args)]
pub struct Post {
    /// What they may do: reviewer, officer, administrator or auditor.
    #[arg(long, value_parser = role)]
    pub role: Role,
    /// Code of the unit; officers need one, everybody else is there for the whole organisation without it.
    #[arg(long, value_name = "CODE")]
    pub unit: Option<String>,
    /// Title of the post.
    #[arg(long, default_value = "")]
    pub title: String,
}

/// Days of a unit: its own, or those of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days(pub Option<u32>);

impl FromStr for Days {
    type Err = &'static str;

    fn from_str(typed: &str) -> Result<Days, Self::Err> {
        match (typed, typed.parse()) {
            ("default", _) => Ok(Days(None)),
            (_, Ok(days @ 1..=365)) => Ok(Days(Some(days))),
            _ => Err("1 to 365 days, or default"),
        }
    }
}

fn role(typed: &str) -> Result<Role, &'static str> {
    Role::parse(typed).ok_or("reviewer, officer, administrator or auditor")
}

fn direction(typed: &str) -> Result<Direction, &'static str> {
    Direction::parse(typed).ok_or("rtl or ltr")
}
