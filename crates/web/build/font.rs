//! The Persian font of the pages. Vazirmatn comes from npm when npm is there; without npm or network a font from a crate
//! takes its place, so that a build needs neither Node nor a line.

use std::{error::Error, path::Path};

use crate::vazirmatn;

/// A font for Arabic script.
pub struct Font {
    pub name: &'static str,
    pub content_type: &'static str,
    pub bytes: Vec<u8>,
    format: &'static str,
    weights: &'static str,
}

impl Font {
    /// The rule that names this font `Pishkhan`. The range is Arabic script with its digits, space and half-space;
    /// Latin letters and what both scripts share are left to the fonts of the system.
    pub fn face(&self) -> String {
        let Self { name, format, weights, .. } = self;
        format!(
            "@font-face {{ font-family: Pishkhan; src: url(./{name}) format(\"{format}\"); font-weight: {weights}; \
             font-display: swap; unicode-range: U+20, U+A0, U+0600-06FF, U+200C-200E, U+2010-2011, U+FB50-FDFF, U+FE70-FEFC }}\n"
        )
    }
}

/// Vazirmatn if it can be had, otherwise the crate's font and one warning.
pub fn find(folder: &Path) -> Font {
    match arabic(folder) {
        Ok(bytes) => {
            let (name, content_type) = ("vazirmatn.woff2", "font/woff2");
            Font { name, content_type, bytes, format: "woff2", weights: "100 900" }
        }
        Err(reason) => {
            println!(
                "cargo:warning=Pages will use Noto Naskh Arabic, because Vazirmatn could not be fetched: {reason}"
            );
            let bytes = rust_widgets_font::arabic::FONT.to_vec();
            let (name, content_type) = ("naskh.ttf", "font/ttf");
            Font { name, content_type, bytes, format: "truetype", weights: "400" }
        }
    }
}

fn arabic(folder: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    vazirmatn::script(&vazirmatn::archive(folder)?, "arabic")
}
