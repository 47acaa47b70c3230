//! The register. Pure.

use crate::ids::RegisterId;
use crate::registry::Template;

#[derive(Clone, Debug)]
pub struct Register {
    pub id: RegisterId,
    pub name: String,
    pub template: Template,
    /// What `{prefix}` in the template stands for.
    pub prefix: String,
    pub direction: Direction,
}

/// The direction in which a printed number is read; without it `۱۴۰۵/د/۱۲۳` falls apart among other words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    RightToLeft,
    LeftToRight,
}

impl Direction {
    /// As HTML's `dir` and the tables have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::RightToLeft => "rtl",
            Direction::LeftToRight => "ltr",
        }
    }

    pub fn parse(text: &str) -> Option<Direction> {
        match text {
            "rtl" => Some(Direction::RightToLeft),
            "ltr" => Some(Direction::LeftToRight),
            _ => None,
        }
    }
}
