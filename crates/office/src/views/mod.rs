//! Views of the tray that a member of staff has kept under a name: what is looked at each morning is one press away.

mod rows;
mod view;

pub use rows::list;
pub use view::{SavedView, VIEWS, ViewError, keep, remove};
