//! Where things are in this workspace, and how to call cargo for it.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// The folder with the workspace's Cargo.toml.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is a folder of the workspace")
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// The debug binary of the server.
pub fn binary() -> PathBuf {
    target().join("debug/pishkhan")
}

/// The same cargo, whose compiler lints our own crates while it builds them, and takes a warning for an error. `cargo clippy`
/// would compile the metadata of every dependency besides, which nothing else uses; docs/decisions/0037-one-build.md says why.
pub fn linting_cargo(arguments: &[&str]) -> Command {
    let mut cargo = cargo(arguments);
    cargo.env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver").env("CLIPPY_ARGS", "-Dwarnings");
    cargo
}

/// The same cargo that runs this, in the workspace.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root()).args(arguments);
    // What cargo says of this package to this program is nobody else's: build scripts that look at it would run again, and all behind them.
    let ours = env::vars_os().map(|(name, _)| name).filter(|name| name.to_string_lossy().starts_with("CARGO_PKG_"));
    ours.chain(["CARGO_MANIFEST_DIR".into(), "CARGO_MANIFEST_PATH".into()]).for_each(|name| {
        cargo.env_remove(name);
    });
    cargo
}
