//! Why a command did not do what it was asked: one line, and an exit code.

use std::path::PathBuf;
use std::process::ExitCode;

use pishkhan_courier::gateways::HttpSettingsError;
use pishkhan_courier::routes::DefinitionError;
use pishkhan_office::StoreError;
use pishkhan_office::accounts::staff::StaffError;
use pishkhan_office::deadlines::{ClosureError, TermError, WeekError};
use pishkhan_office::kinds::KindError;
use pishkhan_office::organisations::OrganisationError;
use pishkhan_office::papers::PaperError;
use pishkhan_office::reasons::ReasonError;
use pishkhan_office::registry::RegisterError;
use pishkhan_office::texts::TextError;
use pishkhan_office::units::UnitError;

use crate::settings::SettingsError;

#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// What was typed names nothing, or contradicts itself.
    #[error("{0}")]
    Input(String),
    #[error("messages.http: {0}")]
    Gateway(#[from] HttpSettingsError),
    #[error(transparent)]
    Route(#[from] DefinitionError),
    #[error(transparent)]
    Organisation(#[from] OrganisationError),
    #[error(transparent)]
    Unit(#[from] UnitError),
    #[error(transparent)]
    Register(#[from] RegisterError),
    #[error(transparent)]
    Reason(#[from] ReasonError),
    #[error(transparent)]
    Paper(#[from] PaperError),
    #[error(transparent)]
    Text(#[from] TextError),
    #[error(transparent)]
    Kind(#[from] KindError),
    #[error(transparent)]
    Week(#[from] WeekError),
    #[error(transparent)]
    Closure(#[from] ClosureError),
    #[error(transparent)]
    Term(#[from] TermError),
    #[error(transparent)]
    Staff(#[from] StaffError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{}: {why}", path.display())]
    File { path: PathBuf, why: std::io::Error },
    #[error("{0}: the address can't be listened on: {1}")]
    Listen(std::net::SocketAddr, std::io::Error),
    /// Something that should go on has ended.
    #[error("{0}")]
    Ended(String),
}

impl Failure {
    /// For `map_err`: what went wrong with this file.
    pub fn of_file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Failure {
        let path = path.into();
        move |why| Failure::File { path, why }
    }

    /// The failure as one line, whatever a database or a system made of it.
    pub fn line(&self) -> String {
        self.to_string().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// 2 when the operator can mend it by typing something else, 1 otherwise.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Failure::Settings(_)
            | Failure::Input(_)
            | Failure::Gateway(_)
            | Failure::Route(_)
            | Failure::Organisation(_)
            | Failure::Unit(_)
            | Failure::Register(_)
            | Failure::Reason(_)
            | Failure::Paper(_)
            | Failure::Text(_)
            | Failure::Kind(_)
            | Failure::Week(_)
            | Failure::Closure(_)
            | Failure::Term(_)
            | Failure::Staff(_) => ExitCode::from(2),
            Failure::Store(_) | Failure::File { .. } | Failure::Listen(..) | Failure::Ended(_) => ExitCode::FAILURE,
        }
    }
}
