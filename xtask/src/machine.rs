//! What the machine must have besides Rust, and how a Debian gets it.

use std::process::{Command, Stdio};

use crate::{
    postgres,
    steps::{Failure, answer, run},
};

/// Something to have: how to see that it is there, and the Debian packages that bring it.
pub struct Need {
    name: &'static str,
    is_there: fn() -> bool,
    packages: &'static [&'static str],
}

const POSTGRES: Need =
    Need { name: "PostgreSQL", is_there: || postgres::program("initdb").is_some(), packages: &["postgresql"] };
const CHROMIUM: Need = Need { name: "Chromium", is_there: || is_program("chromium"), packages: &["chromium"] };
const CLAMD: Need = Need {
    name: "ClamAV's daemon",
    // Debian keeps it where only root's path leads.
    is_there: || is_program("/usr/sbin/clamd") || is_program("clamd"),
    packages: &["clamav-daemon"],
};
const FONTS: Need = Need {
    name: "a font with Persian letters",
    is_there: || answer("fc-list", &[":lang=fa", "family"]).is_some(),
    packages: &["fontconfig", "fonts-noto-core"],
};
const SLOWHTTPTEST: Need = Need {
    name: "slowhttptest",
    is_there: || answer("sh", &["-c", "command -v slowhttptest"]).is_some(),
    packages: &["slowhttptest"],
};
const NODE: Need = Need { name: "Node.js", is_there: || is_program("node"), packages: &["nodejs"] };
const NPM: Need = Need { name: "npm", is_there: || is_program("npm"), packages: &["npm"] };

const STRACE: Need = Need { name: "strace", is_there: || is_program("strace"), packages: &["strace"] };
const EXT4: Need = Need { name: "mkfs.ext4", is_there: || is_command("mkfs.ext4"), packages: &["e2fsprogs"] };
const EATMYDATA: Need = Need { name: "eatmydata", is_there: || is_command("eatmydata"), packages: &["eatmydata"] };
const MOUNT: Need = Need {
    name: "mount and prlimit",
    is_there: || is_command("mount") && is_command("prlimit"),
    packages: &["mount", "util-linux"],
};
// For page images of Word documents.
const OFFICE: Need =
    Need { name: "LibreOffice Writer", is_there: || is_command("soffice"), packages: &["libreoffice-writer-nogui"] };
// For a client of another house that sends files in pieces.
const PYTHON: Need = Need {
    name: "Python with venv and pip",
    is_there: || answer("python3", &["-c", "import ensurepip, venv; print(ensurepip.version())"]).is_some(),
    packages: &["python3-venv", "python3-pip"],
};

// For reading what was printed as people's viewers read it.
const POPPLER: Need = Need {
    name: "pdftotext and pdftoppm",
    is_there: || is_command("pdftotext") && is_command("pdftoppm"),
    packages: &["poppler-utils"],
};

pub const FOR_POSTGRES: [Need; 1] = [POSTGRES];
pub const FOR_CRASH: [Need; 4] = [STRACE, EXT4, EATMYDATA, MOUNT];
pub const FOR_SIEGE: [Need; 1] = [SLOWHTTPTEST];
pub const FOR_BROWSER: [Need; 5] = [CHROMIUM, FONTS, NODE, NPM, PYTHON];

/// For `cargo xtask test`.
pub const FOR_TESTS: [Need; 9] = [POSTGRES, CLAMD, OFFICE, POPPLER, CHROMIUM, FONTS, NODE, NPM, PYTHON];

/// Installs what is missing, or says how to.
pub fn provide(needs: &[Need]) -> Result<(), Failure> {
    let missing: Vec<&Need> = needs.iter().filter(|need| !(need.is_there)()).collect();
    if missing.is_empty() {
        println!("Nothing is missing.");
        return Ok(());
    }
    let names: Vec<&str> = missing.iter().map(|need| need.name).collect();
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages).copied().collect();
    println!("Missing: {}.", names.join(", "));

    if !(is_program("apt-get") && is_root()) {
        let how = format!("apt-get install --no-install-recommends {}", packages.join(" "));
        return Err(Failure(format!("missing: {}. As root on Debian: {how}", names.join(", "))));
    }
    run(apt_get(&["update"]))?;
    run(apt_get(&[&["install", "--yes", "--no-install-recommends"], &packages[..]].concat()))?;
    match missing.iter().find(|need| !(need.is_there)()) {
        Some(need) => Err(Failure(format!("{} is still missing after {}", need.name, need.packages.join(", ")))),
        None => Ok(()),
    }
}

/// Whether this runs as root.
pub fn is_root() -> bool {
    answer("id", &["-u"]).as_deref() == Some("0")
}

fn apt_get(arguments: &[&str]) -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null()).arg("--quiet").args(arguments);
    command
}

fn is_program(name: &str) -> bool {
    let run =
        Command::new(name).arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    run.is_ok_and(|status| status.success())
}

/// For programs that don't tell their version, or not by that flag.
fn is_command(name: &str) -> bool {
    answer("sh", &["-c", &format!("PATH=$PATH:/usr/sbin:/sbin command -v {name}")]).is_some()
}
