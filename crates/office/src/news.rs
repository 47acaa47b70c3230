//! What those who watch an organisation are told there is news of. What the news is, each looks up for themselves, as far as they
//! may see.

/// Of letters, or of who may see them.
pub const LETTERS: &str = "letters";
/// Of who has a letter open.
pub const PRESENCE: &str = "presence";
