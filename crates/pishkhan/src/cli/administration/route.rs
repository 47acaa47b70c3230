//! The commands of routes.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub enum RouteCommand {
    /// Add a route behind the others, described in a file; see docs/guide/messages.md.
    Add {
        #[command(flatten)]
        whose: Whose,
        /// The description, in TOML. It holds the gateway's keys; nobody needs it afterwards.
        file: PathBuf,
    },
    /// Describe a route anew.
    Change {
        #[command(flatten)]
        whose: Whose,
        /// Its id in the list.
        route: String,
        /// The description, in TOML.
        file: PathBuf,
    },
    /// Give a route another place; the first is tried first.
    Move {
        #[command(flatten)]
        whose: Whose,
        /// Its id in the list.
        route: String,
        /// The place, from 1.
        #[arg(long, value_name = "PLACE")]
        to: usize,
    },
    /// Give a route another secret in the address that its gateway calls, when somebody else may know the one it has. Its id stays.
    Secret {
        #[command(flatten)]
        whose: Whose,
        /// Its id in the list.
        route: String,
    },
    /// Take a route away. What it carried keeps its fate.
    Remove {
        #[command(flatten)]
        whose: Whose,
        /// Its id in the list.
        route: String,
    },
    /// List the routes in their order, without their keys.
    List {
        #[command(flatten)]
        whose: Whose,
    },
    /// Send a message by a route, and tell each step, how long it took, and what the gateway said.
    Test {
        #[command(flatten)]
        whose: Whose,
        /// Its id in the list, or `settings` for the gateway of the settings.
        route: String,
        /// The mobile number, or the address of a mail route, that gets it.
        #[arg(long, value_name = "NUMBER")]
        to: String,
    },
}

/// Whose routes.
#[derive(Debug, Args)]
pub struct Whose {
    /// Short name of the organisation; without it, the routes of all organisations that have none of their own.
    #[arg(long = "org", value_name = "ID")]
    pub organisation: Option<String>,
}
