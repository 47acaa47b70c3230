//! The files of the workspace.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

/// A text file of ours.
pub struct File {
    /// From the workspace's root, with slashes.
    pub path: String,
    pub text: String,
}

static FILES: LazyLock<Vec<File>> = LazyLock::new(|| {
    let mut files = Vec::new();
    for folder in ["crates", "xtask", "locales", "e2e"] {
        collect(&root().join(folder), &mut files);
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
});

/// The workspace.
pub fn root() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    folder.expect("the crate lies in crates/ of the workspace").to_owned()
}

/// All files of a kind.
pub fn files(extension: &str) -> impl Iterator<Item = &'static File> {
    let ending = format!(".{extension}");
    FILES.iter().filter(move |file| file.path.ends_with(&ending))
}

/// All Rust files of the crates that are part of the program, without what only tests use.
pub fn sources() -> impl Iterator<Item = &'static File> {
    let is_source = |file: &&File| file.path.starts_with("crates/") && file.is_in("src") && !file.is_test();
    files("rs").filter(is_source).filter(|file| !file.path.starts_with("crates/bench/"))
}

impl File {
    /// Whether a folder on the way has this name.
    pub fn is_in(&self, folder: &str) -> bool {
        self.path.split('/').rev().skip(1).any(|name| name == folder)
    }

    /// The name without folders.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// Whether only tests use it.
    pub fn is_test(&self) -> bool {
        self.is_in("tests")
            || self.name() == "tests.rs"
            || self.path.starts_with("crates/testkit/")
            || self.path.starts_with("e2e/")
    }
}

fn collect(folder: &Path, files: &mut Vec<File>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') || name == "node_modules" || name == "target" {
            continue;
        }
        if path.is_dir() {
            collect(&path, files);
        } else if let Ok(text) = fs::read_to_string(&path) {
            let path = path.strip_prefix(root()).expect("the walk began at the root");
            files.push(File { path: path.to_string_lossy().replace('\\', "/"), text });
        }
    }
}
