//! Prepares the fonts of printed pages: Vazirmatn for Arabic and Latin script as `paper.woff2` can't be, unpacked; without npm
//! or network two fonts from a crate.
#![expect(clippy::disallowed_methods, reason = "a build script reads cargo's variables and waits for programs")]

#[path = "../web/build/vazirmatn.rs"]
mod vazirmatn;

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

/// The scripts that are printed, each a font of its own.
const SCRIPTS: [&str; 3] = ["arabic", "latin", "latin-ext"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=../web/build/vazirmatn.rs");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let fonts = unpacked(&out).unwrap_or_else(|reason| {
        println!("cargo:warning=PDF will use Noto Naskh Arabic, because Vazirmatn could not be fetched: {reason}");
        let latin = rust_widgets_font::latin::FONT;
        [rust_widgets_font::arabic::FONT, latin, latin].map(<[u8]>::to_vec)
    });
    for (script, font) in SCRIPTS.iter().zip(fonts) {
        fs::write(out.join(format!("{script}.ttf")), font)?;
    }
    Ok(())
}

fn unpacked(folder: &Path) -> Result<[Vec<u8>; 3], Box<dyn Error>> {
    let archive = vazirmatn::archive(folder)?;
    let mut fonts = [const { Vec::new() }; 3];
    for (script, font) in SCRIPTS.iter().zip(&mut fonts) {
        let packed = vazirmatn::script(&archive, script)?;
        *font = wuff::decompress_woff2(&packed).map_err(|error| format!("the font for {script}: {error:?}"))?;
    }
    Ok(fonts)
}
