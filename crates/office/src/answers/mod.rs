//! Answers: the draft that a unit works on, the placeholders in it, and every answer that was issued, with what became of it. The
//! acts themselves are the letter's.

mod draft;
mod fill;
mod issued;
mod rows;

pub use draft::{Draft, Remark};
pub use fill::{NAMES, Places, Unknown, fill};
pub use issued::{Delivery, Issued};
pub use rows::find_draft;
pub(crate) use rows::numbers::numbers_of;
pub(crate) use rows::ratings::{keep_rating, take_rating};
pub(crate) use rows::{
    draft_again, forget, forget_given, give_draft, hold_again, keep, keep_draft, keep_given, keep_remark, mark_opened,
    undo,
};

use pishkhan_store::{Result, Tx};

use crate::ids::LetterId;
use crate::{courier, files};

/// All answers of a letter that were issued, oldest first. The caller has found the letter as its reader may see it.
pub async fn of_letter(tx: &mut Tx, letter: &LetterId) -> Result<Vec<Issued>> {
    let mut all = rows::of_letter(tx, letter).await?;
    for issued in &mut all {
        issued.files = files::ids_of_answer(tx, &issued.id).await?;
        if let Some(message) = &issued.message {
            issued.delivery = Delivery::of(courier::fate(tx, message).await?);
        }
    }
    Ok(all)
}
