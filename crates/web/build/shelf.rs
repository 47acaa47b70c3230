//! The shelf of finished files: each under a name with its hash, beside its compressed forms, and a list in Rust.

use std::{collections::BTreeMap, error::Error, fmt::Write as _, fs, io::Write as _, path::PathBuf};

use brotli::enc::BrotliEncoderParams;
use data_encoding::HEXLOWER;
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};

use crate::{constant, text};

/// Finished files in the build's folder.
pub struct Shelf {
    folder: PathBuf,
    /// `app.js` → `app.0a1b2c3d4e.js`.
    names: BTreeMap<String, String>,
    constants: String,
    entries: String,
}

impl Shelf {
    /// An empty shelf whose files will lie in `folder`.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, names: BTreeMap::new(), constants: String::new(), entries: String::new() }
    }

    /// A style sheet; the files it names must be on the shelf already.
    pub fn add_style(&mut self, name: &str, source: &str) -> Result<(), Box<dyn Error>> {
        let finished = text::with_hashed_names(&text::shrink_style(source), &self.names)?;
        self.add(&constant(name), name, "text/css; charset=utf-8", finished.as_bytes())
    }

    /// A script; the files it names must be on the shelf already.
    pub fn add_script(&mut self, name: &str, source: &str) -> Result<(), Box<dyn Error>> {
        let finished = text::with_hashed_names(&text::shrink_script(source), &self.names)?;
        self.add(&constant(name), name, "text/javascript; charset=utf-8", finished.as_bytes())
    }

    /// A file as it is.
    pub fn add(&mut self, constant: &str, name: &str, content_type: &str, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
        let hash = HEXLOWER.encode(&Sha256::digest(bytes)[..5]);
        let (stem, extension) = name.rsplit_once('.').ok_or("an asset needs an extension")?;
        let hashed = format!("{stem}.{hash}.{extension}");
        let plain = self.put(&hashed, bytes)?;
        let brotli = self.put_if_smaller(&format!("{hashed}.br"), bytes, &brotli(bytes)?)?;
        let gzip = self.put_if_smaller(&format!("{hashed}.gz"), bytes, &gzip(bytes)?)?;
        writeln!(
            self.constants,
            "/// Where browsers find `{name}`.\npub const {constant}: &str = \"/assets/{hashed}\";"
        )?;
        writeln!(
            self.entries,
            "    Asset {{ path: {constant}, content_type: \"{content_type}\", plain: {plain}, brotli: {brotli}, gzip: {gzip} }},"
        )?;
        self.names.insert(name.to_owned(), hashed);
        Ok(())
    }

    /// Writes the list of all that was added.
    pub fn write_list(&self, font_type: &str) -> Result<(), Box<dyn Error>> {
        let Self { constants, entries, .. } = self;
        let list = format!(
            "{constants}/// The content type of `FONT`, for the page's preload.\npub const FONT_TYPE: &str = \"{font_type}\";\n\
             static ALL: &[Asset] = &[\n{entries}];\n"
        );
        fs::write(self.folder.join("assets.rs"), list)?;
        Ok(())
    }

    /// Fonts in WOFF2 are compressed already; what saves less than a twentieth isn't worth a second copy.
    fn put_if_smaller(&self, name: &str, plain: &[u8], packed: &[u8]) -> Result<String, Box<dyn Error>> {
        if packed.len() + plain.len() / 20 > plain.len() {
            return Ok("None".to_owned());
        }
        Ok(format!("Some({})", self.put(name, packed)?))
    }

    fn put(&self, name: &str, bytes: &[u8]) -> Result<String, Box<dyn Error>> {
        fs::write(self.folder.join(name), bytes)?;
        Ok(format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}\"))"))
    }
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut packed = Vec::new();
    let best = BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &best)?;
    Ok(packed)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
