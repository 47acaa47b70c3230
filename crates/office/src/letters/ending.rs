//! How an answer ends the matter: here, elsewhere, or without all the information that was asked for. Pure.

use pishkhan_persian::text::stored_line;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Ending {
    #[default]
    Final,
    /// The matter belongs to another authority, by its name; empty, in a draft, until that is named.
    Outward(String),
    /// A part of the information is given, by this legal ground; empty, in a draft, until that is said.
    Partial(String),
    /// None of it is given, by this legal ground.
    Refused(String),
}

impl Ending {
    /// As rows and events tell it.
    pub fn told(authority: Option<&str>, withheld: &str, ground: &str) -> Ending {
        match (withheld, authority) {
            ("part", _) => Ending::Partial(ground.to_owned()),
            ("all", _) => Ending::Refused(ground.to_owned()),
            (_, Some(authority)) => Ending::Outward(authority.to_owned()),
            (_, None) => Ending::Final,
        }
    }

    pub fn is_final(&self) -> bool {
        *self == Ending::Final
    }

    pub fn authority(&self) -> Option<&str> {
        match self {
            Ending::Outward(authority) => Some(authority),
            Ending::Final | Ending::Partial(_) | Ending::Refused(_) => None,
        }
    }

    /// How much is withheld, by its word in tables.
    pub fn withheld(&self) -> Option<&'static str> {
        match self {
            Ending::Partial(_) => Some("part"),
            Ending::Refused(_) => Some("all"),
            Ending::Final | Ending::Outward(_) => None,
        }
    }

    /// By which legal ground something is withheld.
    pub fn ground(&self) -> Option<&str> {
        match self {
            Ending::Partial(ground) | Ending::Refused(ground) => Some(ground),
            Ending::Final | Ending::Outward(_) => None,
        }
    }

    /// With its line as it is kept.
    pub(super) fn stored(&self) -> Ending {
        match self {
            Ending::Final => Ending::Final,
            Ending::Outward(authority) => Ending::Outward(stored_line(authority)),
            Ending::Partial(ground) => Ending::Partial(stored_line(ground)),
            Ending::Refused(ground) => Ending::Refused(stored_line(ground)),
        }
    }
}
