//! What an operator lays ready for staff: texts to use, and the papers that units ask for.

use clap::Subcommand;
use pishkhan_office::texts::TextKind;

use super::Of;

#[derive(Debug, Subcommand)]
pub enum TextCommand {
    /// Add a text at the end of the list of its kind; the first nine are put in by a number key, of those for referrals six.
    Add {
        #[command(flatten)]
        of: Of,
        /// Where it is used: answer, return, question, interim (a message to the sender), referral or note.
        #[arg(long, value_parser = kind)]
        kind: TextKind,
        /// Its title in the list, at most 60 characters.
        #[arg(long)]
        title: String,
        /// The text.
        #[arg(long)]
        text: String,
    },
    /// Take a text out of its list.
    Archive {
        #[command(flatten)]
        of: Of,
        /// Its id in the list.
        id: String,
    },
    /// List the texts, kind by kind.
    List {
        #[command(flatten)]
        of: Of,
    },
}

#[derive(Debug, Subcommand)]
pub enum PaperCommand {
    /// Add a paper at the end of a unit's list; reviewers tick it when it is missing.
    Add {
        #[command(flatten)]
        of: Of,
        /// The unit that asks for it, by its code.
        #[arg(long, value_name = "CODE")]
        unit: String,
        /// Its name as senders read it, at most 80 characters.
        #[arg(long)]
        name: String,
        /// The same in English.
        #[arg(long, default_value = "")]
        name_english: String,
    },
    /// Take a paper out of its unit's list.
    Archive {
        #[command(flatten)]
        of: Of,
        /// Its id in the list.
        id: String,
    },
    /// List the papers, unit by unit.
    List {
        #[command(flatten)]
        of: Of,
    },
}

fn kind(typed: &str) -> Result<TextKind, &'static str> {
    TextKind::parse(typed).ok_or("answer, return, question, interim, referral or note")
}
