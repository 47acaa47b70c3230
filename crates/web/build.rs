//! Prepares what browsers fetch: joins and shrinks the files of `assets`, names each after its content,
//! compresses it, and writes the list that `src/assets.rs` includes. The binary carries everything ready.
#![expect(clippy::disallowed_methods, reason = "a build script reads cargo's variables and waits for programs")]

#[path = "build/font.rs"]
mod font;
#[path = "build/shelf.rs"]
mod shelf;
#[path = "build/text.rs"]
mod text;
#[path = "build/vazirmatn.rs"]
mod vazirmatn;

use std::{env, error::Error, fs, path::PathBuf};

use shelf::Shelf;

/// The files that become `counter.css`, in the order of the cascade.
const COUNTER: [&str; 9] = [
    "counter/tokens.css",
    "counter/base.css",
    "counter/frame.css",
    "counter/controls.css",
    "counter/status.css",
    "counter/letters.css",
    "counter/completion.css",
    "counter/gate.css",
    "counter/last.css",
];

/// The files that become `desk.css`, which the desk's pages load after `counter.css`.
const DESK: [&str; 7] = [
    "desk/shell.css",
    "desk/dialog.css",
    "desk/live.css",
    "desk/search.css",
    "desk/reports.css",
    "desk/filing.css",
    "desk/small.css",
];

/// Scripts, each after those it names.
const SCRIPTS: [&str; 9] =
    ["app.js", "proof-worker.js", "proof.js", "draft.js", "shrink.js", "upload.js", "desk.js", "live.js", "undo.js"];

fn main() -> Result<(), Box<dyn Error>> {
    for path in ["build.rs", "build", "assets"] {
        println!("cargo:rerun-if-changed={path}");
    }
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut shelf = Shelf::new(out.clone());

    let font = font::find(&out);
    shelf.add("FONT", font.name, font.content_type, &font.bytes)?;
    for name in ["icons.svg", "mark.svg", "girih.svg"] {
        let drawing = text::shrink_drawing(&read(name)?);
        shelf.add(&constant(name), name, "image/svg+xml", drawing.as_bytes())?;
    }
    let face = font.face();
    shelf.add_style("counter.css", &(face + &read_all(&COUNTER)?))?;
    shelf.add_style("desk.css", &read_all(&DESK)?)?;
    for name in SCRIPTS {
        shelf.add_script(name, &read(name)?)?;
    }
    shelf.write_list(font.content_type)?;
    Ok(())
}

/// `proof-worker.js` is called `PROOF_WORKER_JS` in the code.
fn constant(name: &str) -> String {
    name.replace(['-', '.'], "_").to_uppercase()
}

fn read_all(names: &[&str]) -> Result<String, Box<dyn Error>> {
    names.iter().map(|name| read(name)).collect()
}

fn read(name: &str) -> Result<String, Box<dyn Error>> {
    fs::read_to_string(PathBuf::from("assets").join(name)).map_err(|error| format!("assets/{name}: {error}").into())
}
