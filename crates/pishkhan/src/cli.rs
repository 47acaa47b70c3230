//! The command line: what may be typed. Its comments are the help that operators read.

mod administration;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand};

pub use administration::{
    AskedFor, CalendarCommand, DaysText, HalfDays, KindCommand, OrgCommand, PaperCommand, Post, ReasonCommand,
    RegisterCommand, RouteCommand, Signature, StaffCommand, TermCommand, TermPlace, TextCommand, UnitCommand, WeekText,
    Whose, weekday_name,
};

/// The counter where people hand letters to an organisation.
#[derive(Debug, Parser)]
#[command(name = "pishkhan", version, disable_help_subcommand = true)]
pub struct Cli {
    /// Settings file in TOML; `pishkhan settings` prints what may be in it.
    #[arg(long, global = true, value_name = "FILE")]
    pub settings: Option<PathBuf>,
    /// One setting, for example `--set log.format=json`; may be repeated.
    #[arg(long, global = true, value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// Data folder, as `--set server.data=…`.
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Address to listen on, as `--set server.listen=…`; port 0 picks a free one.
    #[arg(long, global = true, value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the pages and send the messages, until SIGINT or SIGTERM.
    Serve,
    /// Send messages only, beside a server on another machine.
    Work,
    /// Show everything with made-up organisations, in a folder of its own.
    Demo(Demo),
    /// Organisations and their addresses.
    #[command(subcommand)]
    Org(OrgCommand),
    /// Units: to whom letters are written.
    #[command(subcommand)]
    Unit(UnitCommand),
    /// Registers: from which letter numbers are taken.
    #[command(subcommand)]
    Register(RegisterCommand),
    /// Reasons from which reviewers choose when they reject.
    #[command(subcommand)]
    Reason(ReasonCommand),
    /// Papers that units ask for, from which reviewers tick what is missing.
    #[command(subcommand)]
    Paper(PaperCommand),
    /// The gateways that messages may take, and in which order.
    #[command(subcommand)]
    Route(RouteCommand),
    /// Texts that staff use often.
    #[command(subcommand)]
    Text(TextCommand),
    /// Kinds of letters from which senders may choose.
    #[command(subcommand)]
    Kind(KindCommand),
    /// The days and hours on which an organisation works.
    #[command(subcommand)]
    Calendar(CalendarCommand),
    /// How long each step of a letter may take.
    #[command(subcommand)]
    Term(TermCommand),
    /// People who work at the desk.
    #[command(subcommand)]
    Staff(StaffCommand),
    /// Check settings, database, folders and what is still to be set up.
    Doctor,
    /// Print the default settings, which are their own manual.
    Settings,
}

/// The demo takes its data folder and its address from flags only, never from a settings file meant for a true server.
#[derive(Debug, Args)]
pub struct Demo {
    /// Tell addresses and accounts as one line of JSON on standard output, and everything else on standard error.
    #[arg(long)]
    pub json: bool,
}

/// Reads the command line. What is wrong with it is told in one line; help and version are told in full.
pub fn parse() -> Result<Cli, ExitCode> {
    Cli::try_parse().map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
        | ErrorKind::DisplayVersion
        | ErrorKind::MissingSubcommand => {
            // A terminal that is gone wants no help any more.
            let _ = error.print();
            ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
        }
        _ => {
            crate::tell(&mut std::io::stderr(), &(one_line(&error.to_string()) + "\n"));
            ExitCode::from(2)
        }
    })
}

/// What clap says over several lines, up to where it begins to explain the usage.
fn one_line(said: &str) -> String {
    let lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    let told: Vec<&str> =
        lines.take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more information")).collect();
    told.join(" ")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_commands_are_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_mistake_is_told_in_one_line() {
        let error = Cli::try_parse_from(["pishkhan", "org", "add", "nemune"]).expect_err("a URL is missing");
        let told = one_line(&error.to_string());
        assert!(told.contains("--url <URL>") && !told.contains('\n') && !told.contains("Usage"), "{told}");
    }
}
