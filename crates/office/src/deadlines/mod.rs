//! Deadlines: until when the next step is due, in the organisation's working days and hours, and how that stands.
//!
//! Weeks, closures and terms are data of the organisation, with dates between which they hold. A deadline is computed once, when its
//! step begins, and stored as a moment; a later closure changes no deadline that somebody was told.

mod calendar;
mod closures;
mod due;
mod list;
mod pauses;
mod promise;
mod rows;
mod standing;
mod term;
mod terms;
mod week;
mod weeks;

pub use calendar::Calendar;
pub use closures::{Closure, ClosureError, close, open};
pub use due::{calendar, due, near, resumed, set, term};
pub use list::{Fault, Listed, read_list};
pub use pauses::Pause;
pub use promise::{Usual, usual};
pub use rows::calendar::{closures, count_closures, weeks};
pub use rows::promise::pauses;
pub use rows::terms::list as terms;
pub use standing::{Left, Standing, is_overdue, standing};
pub use term::{Deadline, SetTerm, Step, Term};
pub use terms::{TermError, set_term, unset_term};
pub use week::{Extent, Hours, ValidWeek, Week};
pub use weeks::{WeekError, forget_week, set_week, week_on};
