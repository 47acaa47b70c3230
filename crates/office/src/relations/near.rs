//! Letters near another: what else its sender wrote, and who else wrote under its subject. Nothing says that they are one; whoever
//! reads this letter may want to know them.

use pishkhan_store::{Result, Tx};

use crate::actor::Staff;
use crate::letters::Letter;
use crate::search;

/// How many are shown.
const MOST: usize = 8;

/// A letter near another, and by what.
#[derive(Clone, Debug)]
pub struct Near {
    pub letter: Letter,
    pub is_of_same_sender: bool,
    /// Somebody else wrote under the same subject.
    pub has_same_subject: bool,
}

/// The newest letters under this one's subject that this person may see, whoever wrote them; itself is not among them.
pub async fn under_same_subject(tx: &mut Tx, staff: &Staff, letter: &Letter) -> Result<Vec<Letter>> {
    let mut found = search::under_subject(tx, staff, &letter.content.subject).await?;
    found.retain(|other| other.id != letter.id);
    Ok(found)
}

/// The letters near this one, the newest first: those that its sender wrote besides, which are `own`, and those of others among what is
/// `under` its subject.
pub fn near(letter: &Letter, own: Vec<Letter>, under: Vec<Letter>) -> Vec<Near> {
    let others = under.into_iter().filter(|other| other.sender != letter.sender);
    let own = own.into_iter().map(|letter| Near { letter, is_of_same_sender: true, has_same_subject: false });
    let others = others.map(|letter| Near { letter, is_of_same_sender: false, has_same_subject: true });
    let mut near: Vec<Near> = own.chain(others).collect();
    near.sort_by_key(|near| std::cmp::Reverse(near.letter.created_at));
    near.truncate(MOST);
    near
}
