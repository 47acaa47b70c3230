//! What can be wrong with a setting, each as one line that names the setting and the place the value came from.

use std::path::PathBuf;

/// Where a value came from, as the reader of an error looks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The embedded `default.toml`.
    Default,
    /// A settings file.
    File(PathBuf),
    /// A variable of the environment, by its name.
    Environment(String),
    /// A `--set` flag.
    Flag,
}

impl std::fmt::Display for Source {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Default => to.write_str("the default"),
            Self::File(path) => write!(to, "{}", path.display()),
            Self::Environment(name) => to.write_str(name),
            Self::Flag => to.write_str("--set"),
        }
    }
}

/// Why the settings can't be used. Its text is one line.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    #[error("{}: the settings file can't be read: {why}", path.display())]
    Unreadable { path: PathBuf, why: String },
    #[error("{}, line {line}: not TOML: {why}", path.display())]
    NotToml { path: PathBuf, line: usize, why: String },
    #[error("--set {flag}: write it as section.setting=value")]
    NotAFlag { flag: String },
    #[error("{key} ({from}): there is no such setting{}", nearest.as_ref().map(|key| format!("; do you mean {key}?")).unwrap_or_default())]
    Unknown { key: String, from: Source, nearest: Option<String> },
    #[error("{key} ({from}): {why}")]
    Bad { key: String, from: Source, why: String },
}
