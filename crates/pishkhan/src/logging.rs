//! The log: to standard error, as text or JSON, as the settings say.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;

use crate::failure::Failure;
use crate::settings::{Log, LogFormat};

/// A variable that filters per module, in place of the one level of the settings.
const FILTER: &str = "PISHKHAN_LOG";

/// Starts the log; once per process.
pub fn start(log: &Log, mut environment: impl Iterator<Item = (String, String)>) -> Result<(), Failure> {
    let filter = environment.find(|(name, value)| name == FILTER && !value.is_empty());
    let filter = match filter {
        Some((_, filter)) => {
            EnvFilter::try_new(&filter).map_err(|error| Failure::Input(format!("{FILTER}: {error}")))?
        }
        // PostgreSQL notes at each start that our tables exist already.
        None => EnvFilter::new(format!("{},sqlx::postgres::notice=warn", log.level.as_str())),
    };
    let log_to_errors = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    match log.format {
        LogFormat::Text => log_to_errors.with_ansi(io::stderr().is_terminal()).init(),
        LogFormat::Json => log_to_errors.json().init(),
    }
    Ok(())
}
