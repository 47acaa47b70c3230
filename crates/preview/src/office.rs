//! Becoming LibreOffice, which makes a PDF of a Word document. The PDF is then drawn like any other, by another worker.
//!
//! LibreOffice gets a new profile for each document, in which macros and links to elsewhere are switched off, and walls that
//! hold even if the document takes it over.

use std::fs::{create_dir_all, write};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use crate::Ending;
use crate::confinement::{Bounds, confine_to};

/// Macros run nowhere, nothing is fetched from elsewhere, and no field or link is updated.
const PROFILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Field" oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"#;

/// Confines this process to the folder and becomes the program. Comes back only if that can't be done.
pub fn become_office(bounds: &Bounds, program: &Path, source: &Path, into: &Path) -> Ending {
    if prepare(into).is_err() {
        return Ending::BadCall;
    }
    if confine_to(into, program, bounds).is_err() {
        return Ending::NotConfined;
    }
    let _ = Command::new(program)
        .args(["--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard", "--nolockcheck"])
        .arg(format!("-env:UserInstallation={}", url(&into.join("profile"))))
        .args(["--convert-to", "pdf", "--outdir"])
        .arg(into)
        .arg(source)
        .env_clear()
        .envs([("PATH", "/usr/bin:/bin"), ("LANG", "C.UTF-8"), ("SAL_USE_VCLPLUGIN", "svp")])
        .envs([("HOME", into), ("TMPDIR", into), ("XDG_CACHE_HOME", into), ("XDG_CONFIG_HOME", into)])
        .current_dir(into)
        .exec();
    Ending::BadCall
}

fn prepare(into: &Path) -> io::Result<()> {
    let user = into.join("profile").join("user");
    create_dir_all(&user)?;
    write(user.join("registrymodifications.xcu"), PROFILE)
}

/// The address of a file, in which everything but letters, digits and a few signs is written as numbers.
fn url(path: &Path) -> String {
    let mut url = String::from("file://");
    for byte in path.as_os_str().as_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => url.push(char::from(*byte)),
            _ => {
                let digit = |half: u8| char::from(b"0123456789ABCDEF"[usize::from(half)]);
                url.extend(['%', digit(byte >> 4), digit(byte & 0xF)]);
            }
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_an_address() {
        assert_eq!(url(Path::new("/var/my letters/é")), "file:///var/my%20letters/%C3%A9");
    }
}
