//! Where an address in a document leads: to the machine that opens it, or elsewhere.

/// Whether what is opened at this address comes over a network: by any scheme, or from another machine's folder. A file on a
/// drive, as in the template's path that Word writes into most documents, is nobody else's.
pub(crate) fn is_elsewhere(address: &str) -> bool {
    let address = address.trim().to_ascii_lowercase().replace('\\', "/");
    let path = address.strip_prefix("file:").unwrap_or(&address);
    let rest = path.trim_start_matches('/');
    let has_drive = matches!(rest.as_bytes(), [b'a'..=b'z', b':' | b'|', ..]);
    let slashes = path.len() - rest.len();
    if has_drive {
        return false;
    }
    match slashes {
        0 => rest.contains(':'),
        // On this machine: a path from its root, or `file:///` and one.
        1 | 3 => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drives_and_neighbours_are_here_and_servers_are_not() {
        for here in [
            "file:///C:\\Users\\a\\Normal.dotm",
            "c:/letters/a.dot",
            "Normal.dotm",
            "../media/image1.png",
            "",
            "/word/a.png",
        ] {
            assert!(!is_elsewhere(here), "{here}");
        }
        for elsewhere in [
            "https://a.example/t.dotm",
            "\\\\server\\share\\t.dot",
            "file://server/t.dot",
            "file:///\\\\server\\t",
            "mhtml:x",
        ] {
            assert!(is_elsewhere(elsewhere), "{elsewhere}");
        }
    }
}
