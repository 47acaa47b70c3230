//! Texts that are ready for a field: a key or a click puts one into it; without script its button sends the form, which comes back with
//! the text in its field and all that was typed.

use pishkhan_office::texts::{self, TextKind};
use pishkhan_office::{StoreError, Tx};

use crate::form::Fields;
use crate::links::Link;

/// A text beside its key.
pub struct Ready {
    pub id: String,
    /// Where its button sends the form, and to which of its fields it comes back.
    pub url: Link,
    pub title: String,
    pub body: String,
    /// The digit that chooses it; those beyond the ninth have none.
    pub key: Option<char>,
}

/// The texts of a kind for the form at that address; their digits begin behind those that choose something else there.
pub async fn texts(tx: &mut Tx, kind: TextKind, form: &Link, taken: usize) -> Result<Vec<Ready>, StoreError> {
    let keys = ('1'..='9').skip(taken).map(Some).chain(std::iter::repeat(None));
    let texts = texts::list_open(tx, kind).await?.into_iter().zip(keys);
    let ready = texts.map(|(text, key)| Ready {
        id: text.id.to_string(),
        url: form.clone(),
        title: text.title,
        body: text.body,
        key,
    });
    Ok(ready.collect())
}

/// The text whose button sent the form; empty when it was another button.
pub fn chosen(fields: &Fields) -> &str {
    fields.get("ready")
}

/// What stands in the field then: what was typed, and below it the text that was chosen, if one was.
pub fn put(ready: &[Ready], chosen: &str, typed: &str) -> String {
    let Some(text) = ready.iter().find(|text| text.id == chosen) else { return typed.to_owned() };
    match typed.trim_end() {
        "" => text.body.clone(),
        typed => format!("{typed}\n{}", text.body),
    }
}
