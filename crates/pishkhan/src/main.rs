//! Pishkhan: the counter where people hand letters to an organisation. One binary: it serves, works and administers.
//!
//! It holds no rule: it reads the settings, puts the parts together, and calls the acts of the office.

mod cli;
mod commands;
mod counting;
mod demo;
mod failure;
mod logging;
mod running;
mod settings;
mod upkeep;
mod wiring;

use std::io::{self, Write};
use std::process::ExitCode;

use cli::{Cli, Command};
use failure::Failure;
use settings::Settings;

fn main() -> ExitCode {
    // A worker confines itself, which it can only while it has one thread: the runtime comes after it.
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().is_some_and(|first| first == pishkhan_preview::COMMAND) {
        return pishkhan_preview::run(arguments, |order| pishkhan_paper::print_alone(order).ok());
    }
    start()
}

#[tokio::main]
async fn start() -> ExitCode {
    let cli = match cli::parse() {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    match run(cli).await {
        Ok(code) => code,
        Err(failure) => {
            tell(&mut io::stderr(), &format!("error: {}\n", failure.line()));
            failure.exit_code()
        }
    }
}

async fn run(cli: Cli) -> Result<ExitCode, Failure> {
    // The only certificate code in the program; somebody before us can't have chosen another.
    let _ = rustls::crypto::ring::default_provider().install_default();
    if let Command::Settings = cli.command {
        tell(&mut io::stdout(), settings::DEFAULT);
        return Ok(ExitCode::SUCCESS);
    }
    if let Command::Demo(demo) = &cli.command {
        return demo::run(&cli, demo).await.map(|()| ExitCode::SUCCESS);
    }
    let settings = load(&cli, &[]);
    if let Command::Doctor = cli.command {
        let (report, code) = commands::doctor::report(settings).await;
        tell(&mut io::stdout(), &report);
        return Ok(code);
    }
    let settings = settings?;
    logging::start(&settings.log, environment())?;
    let said = match cli.command {
        Command::Serve => commands::serve::serve(&settings).await?,
        Command::Work => commands::serve::work(&settings).await?,
        Command::Org(command) => commands::org::run(&settings, command).await?,
        Command::Unit(command) => commands::unit::run(&settings, command).await?,
        Command::Register(command) => commands::register::run(&settings, command).await?,
        Command::Reason(command) => commands::reason::run(&settings, command).await?,
        Command::Paper(command) => commands::paper::run(&settings, command).await?,
        Command::Route(command) => commands::route::run(&settings, command).await?,
        Command::Text(command) => commands::text::run(&settings, command).await?,
        Command::Kind(command) => commands::kind::run(&settings, command).await?,
        Command::Calendar(command) => commands::calendar::run(&settings, command).await?,
        Command::Term(command) => commands::term::run(&settings, command).await?,
        Command::Staff(command) => commands::staff::run(&settings, command).await?,
        Command::Doctor | Command::Settings | Command::Demo(_) => unreachable!("they were done above"),
    };
    tell(&mut io::stdout(), &said);
    Ok(ExitCode::SUCCESS)
}

/// The settings: file, environment, `--set`, then the flags with names of their own, then what the command itself decides.
fn load(cli: &Cli, decided: &[String]) -> Result<Settings, Failure> {
    let mut flags = cli.set.clone();
    flags.extend(cli.data.iter().map(|folder| format!("server.data={}", folder.display())));
    flags.extend(cli.listen.iter().map(|address| format!("server.listen={address}")));
    flags.extend_from_slice(decided);
    Ok(Settings::load(cli.settings.as_deref(), environment(), &flags)?)
}

/// The environment; what is no text becomes one, so that it is refused by name and not passed over.
fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os().map(|(name, value)| (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned()))
}

/// Says something to the terminal. Who has closed it, for example by `head`, wants no more of it.
fn tell(to: &mut impl Write, text: &str) {
    let _ = to.write_all(text.as_bytes()).and_then(|()| to.flush());
}
