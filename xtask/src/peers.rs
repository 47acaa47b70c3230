//! What the tests have as their opposite: programs from npm and PyPI that know nothing of ours.

use std::{fs, process::Command};

use crate::{
    browser,
    steps::{Failure, run},
    workspace,
};

/// Installs both, unless they are as the lists say.
pub fn install() -> Result<(), Failure> {
    browser::install()?;
    python()
}

/// A folder of its own for Python with what `e2e/requirements.txt` names.
fn python() -> Result<(), Failure> {
    let list = workspace::root().join("e2e/requirements.txt");
    let wanted = fs::read_to_string(&list).map_err(|error| Failure::of("e2e/requirements.txt", &error))?;
    let folder = workspace::target().join("e2e-python");
    let stamp = folder.join("installed.txt");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        println!("target/e2e-python is as requirements.txt says.");
        return Ok(());
    }
    let mut venv = Command::new("python3");
    venv.args(["-m", "venv", "--clear"]).arg(&folder);
    run(venv)?;
    let mut pip = Command::new(folder.join("bin/python"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]).arg(&list);
    run(pip)?;
    fs::write(&stamp, wanted).map_err(|error| Failure::of("target/e2e-python", &error))
}
