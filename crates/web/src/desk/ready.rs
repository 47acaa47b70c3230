//! Texts that are ready for a field: a key or a click puts one into it; without script the page is shown again with it.

use pishkhan_office::texts::{self, TextKind};
use pishkhan_office::{StoreError, Tx};

use crate::links::Link;

/// A text beside its key.
pub struct Ready {
    id: String,
    /// The page once more, with the text in its field.
    pub url: Link,
    pub title: String,
    pub body: String,
    /// The digit that chooses it; those beyond the ninth have none.
    pub key: Option<char>,
}

/// The texts of a kind for the page at that address; their digits begin behind those that choose something else there.
pub async fn texts(tx: &mut Tx, kind: TextKind, page: &Link, taken: usize) -> Result<Vec<Ready>, StoreError> {
    let keys = ('1'..='9').skip(taken).map(Some).chain(std::iter::repeat(None));
    let texts = texts::list_open(tx, kind).await?.into_iter().zip(keys);
    let ready = texts.map(|(text, key)| Ready {
        id: text.id.to_string(),
        url: page.with_text(&text.id),
        title: text.title,
        body: text.body,
        key,
    });
    Ok(ready.collect())
}

/// The body of the text that an address asks for, if there is one.
pub fn asked<'a>(ready: &'a [Ready], asked: &str) -> &'a str {
    ready.iter().find(|text| text.id == asked).map_or("", |text| &text.body)
}
