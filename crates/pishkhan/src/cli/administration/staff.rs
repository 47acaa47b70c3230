//! The commands about an organisation's people.

use clap::{Args, Subcommand};
use pishkhan_office::actor::Role;

use super::Of;

#[derive(Debug, Subcommand)]
pub enum StaffCommand {
    /// Invite a person and print the one-time link, good for two days, by which they set password and second factor.
    Invite {
        #[command(flatten)]
        of: Of,
        /// Address by which they sign in.
        #[arg(long)]
        email: String,
        /// Their name.
        #[arg(long)]
        name: String,
        #[command(flatten)]
        post: Post,
    },
    /// Correct a person's name or address; what isn't given stays, and so do password and second factor.
    Change {
        #[command(flatten)]
        of: Of,
        /// The address they have now.
        #[arg(value_name = "EMAIL")]
        person: String,
        /// A new name.
        #[arg(long, required_unless_present = "email")]
        name: Option<String>,
        /// A new address, by which they sign in from now on.
        #[arg(long)]
        email: Option<String>,
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
        /// Their address.
        email: String,
    },
    /// Let a disabled person in again.
    Enable {
        #[command(flatten)]
        of: Of,
        /// Their address.
        email: String,
    },
    /// Say which letters a person may see, besides what their posts open.
    Clear {
        #[command(flatten)]
        of: Of,
        /// Their address.
        email: String,
        /// The highest classification that they see: `normal`, `confidential` or `very_confidential`.
        #[arg(long, value_name = "CLASSIFICATION")]
        clearance: String,
    },
    /// Take password and second factor from a person, and print a new one-time link.
    Reset {
        #[command(flatten)]
        of: Of,
        /// Their address.
        email: String,
    },
    /// Give a person a further post.
    AddPost {
        #[command(flatten)]
        of: Of,
        /// Their address.
        email: String,
        #[command(flatten)]
        post: Post,
    },
    /// End a post of a person.
    EndPost {
        #[command(flatten)]
        of: Of,
        /// Their address.
        email: String,
        /// Its id in the list.
        post: String,
    },
}

/// A post: what somebody may do, and where.
#[derive(Debug, Args)]
pub struct Post {
    /// What they may do: reviewer, officer, signer, administrator or auditor.
    #[arg(long, value_parser = role)]
    pub role: Role,
    /// Code of the unit; officers need one, signers without it are at the top, and everybody else without it is there for the whole organisation.
    #[arg(long, value_name = "CODE")]
    pub unit: Option<String>,
    /// Title of the post.
    #[arg(long, default_value = "")]
    pub title: String,
}

fn role(typed: &str) -> Result<Role, &'static str> {
    Role::parse(typed).ok_or("reviewer, officer, signer, administrator or auditor")
}
