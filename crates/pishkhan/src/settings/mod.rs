//! The settings: what the embedded `default.toml` says, overridden by a file, then by the environment, then by flags.
//!
//! `default.toml` is the manual and the schema too: its comments carry bounds and choices, its values carry the types.
//! Whatever is wrong comes out as one line with the setting's name and where the bad value came from.

mod checks;
mod error;
mod intake;
mod layers;
mod question;
mod reading;
mod schema;
mod secret;
mod sections;
#[cfg(test)]
mod tests;

use std::path::Path;

pub use error::SettingsError;
pub use intake::{Files, Pictures, Previews, S3};
pub use pishkhan_courier::Network;
pub use question::Question;
pub use secret::Secret;
pub use sections::{Challenge, Gateway, Http, Log, LogFormat, Settings};

use layers::Layers;
use schema::Schema;

/// The commented file with every setting; `pishkhan settings` can print it as it is.
pub const DEFAULT: &str = include_str!("../default.toml");

impl Settings {
    /// Reads all layers. Without `file`, `PISHKHAN_SETTINGS` of the environment may name one. A flag reads `section.setting=value`.
    pub fn load(
        file: Option<&Path>,
        env: impl Iterator<Item = (String, String)>,
        flags: &[String],
    ) -> Result<Self, SettingsError> {
        let schema = Schema::embedded();
        let mut env: Vec<_> = env.filter(|(name, _)| name.starts_with(layers::PREFIX)).collect();
        env.sort();

        let named = env.iter().find(|(name, value)| name == layers::FILE && !value.is_empty());
        let file = file.or(named.map(|(_, path)| Path::new(path)));

        let mut layers = Layers::new(&schema);
        if let Some(path) = file {
            layers.add_file(path)?;
        }
        layers.add_environment(&env)?;
        layers.add_flags(flags)?;
        layers.finish()
    }
}
