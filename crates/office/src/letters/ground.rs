//! The legal ground: by which article of which law information that a letter asked for is not given, or not all of it. Pure.

use pishkhan_persian::text::stored_line;

/// How long a legal ground may be, in characters.
pub const GROUND_CHARACTERS: usize = 120;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GroundError {
    #[error("information is refused by a legal ground only")]
    Nothing,
    #[error("the legal ground is longer than {GROUND_CHARACTERS} characters")]
    Long,
}

/// The ground as it is kept, if what was typed is one.
pub fn ground(typed: &str) -> Result<String, GroundError> {
    let ground = stored_line(typed);
    match ground.chars().count() {
        0 => Err(GroundError::Nothing),
        1..=GROUND_CHARACTERS => Ok(ground),
        _ => Err(GroundError::Long),
    }
}
