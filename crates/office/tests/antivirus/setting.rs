//! What may stand in the setting.

use pishkhan_office::files::antivirus::Antivirus;

#[test]
fn nothing_is_no_scanner() {
    assert!(Antivirus::parse("").expect("accepted").is_none());
}

#[test]
fn a_socket_is_a_scanner_before_anyone_asked_it() {
    let longest = format!("clamd:/{}", "a".repeat(106));
    for setting in ["clamd:/run/clamav/clamd.ctl", "clamd:/nowhere/at all", &longest] {
        assert!(Antivirus::parse(setting).expect("accepted").is_some(), "{setting}");
    }
}

/// Whoever gets hold of a port that clamd has left could call everything clean; a socket's folder has an owner.
#[test]
fn a_port_is_no_scanner() {
    for setting in ["clamd:127.0.0.1:3310", "clamd:localhost:3310", "clamd:[::1]:3310", "clamd:3310"] {
        Antivirus::parse(setting).expect_err(setting);
    }
}

#[test]
fn nonsense_is_refused_in_one_line() {
    let too_long = format!("clamd:/{}", "a".repeat(107));
    let refused = [
        " ",
        "clamd",
        "clamd:",
        "clamd:clamd.ctl",
        "/run/clamav/clamd.ctl",
        "icap:/run/icap",
        "clamd:/a\0b",
        &too_long,
    ];
    for setting in refused {
        let why = Antivirus::parse(setting).expect_err(setting);
        assert!(!why.is_empty() && !why.contains(['\n', '\0']), "{why}");
    }
}
