//! Writes the corpus as seeds: `seeds <folder>`, a folder in it for each target. Which target gets a specimen is decided by its
//! first bytes, as in the inspection itself.

use std::{env, error::Error, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let folder: PathBuf = env::args_os().nth(1).ok_or("seeds <folder>")?.into();
    let _none_yet = fs::remove_dir_all(&folder);
    for target in ["jpeg", "png", "tiff", "pdf", "doc", "docx"] {
        fs::create_dir_all(folder.join(target))?;
    }
    for specimen in pishkhan_corpus::all() {
        if let Some(target) = target_of(&specimen.bytes) {
            let name = specimen.name.replace(|sign: char| !sign.is_ascii_alphanumeric(), "-");
            fs::write(folder.join(target).join(name), &specimen.bytes)?;
        }
    }
    Ok(())
}

fn target_of(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Some("jpeg"),
        [0x89, b'P', b'N', b'G', ..] => Some("png"),
        [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Some("tiff"),
        [b'%', b'P', b'D', b'F', ..] => Some("pdf"),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Some("doc"),
        [b'P', b'K', 3, 4, ..] => Some("docx"),
        _ => None,
    }
}
