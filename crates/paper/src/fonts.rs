//! The fonts that pages are printed in: they are in the binary, and none of the machine's is ever looked at.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;

/// Each script's font under the name by which the forms ask for it.
const FONTS: [(&str, &[u8]); 3] = [
    ("Paper Arabic", include_bytes!(concat!(env!("OUT_DIR"), "/arabic.ttf"))),
    ("Paper Latin", include_bytes!(concat!(env!("OUT_DIR"), "/latin.ttf"))),
    ("Paper Latin Extended", include_bytes!(concat!(env!("OUT_DIR"), "/latin-ext.ttf"))),
];

static SHELF: LazyLock<Shelf> = LazyLock::new(Shelf::of_binary);

/// The fonts, and the book that describes them.
pub struct Shelf {
    pub book: LazyHash<FontBook>,
    pub fonts: Vec<Font>,
}

impl Shelf {
    pub fn get() -> &'static Shelf {
        &SHELF
    }

    /// Whether one of the fonts has this sign.
    pub fn has(&self, sign: char) -> bool {
        self.fonts.iter().any(|font| font.info().coverage.contains(sign.into()))
    }

    fn of_binary() -> Shelf {
        let mut infos = Vec::new();
        let mut fonts = Vec::new();
        for (family, bytes) in FONTS {
            let font = Font::new(Bytes::new(bytes), 0).expect("the build has made fonts");
            infos.push(FontInfo { family: family.to_owned(), ..font.info().clone() });
            fonts.push(font);
        }
        Shelf { book: LazyHash::new(FontBook::from_infos(infos)), fonts }
    }
}
