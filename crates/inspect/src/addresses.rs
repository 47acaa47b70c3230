//! Where an address in a document leads: to the machine that opens it, or elsewhere.

/// Whether what is opened at this address comes over a network: by any scheme, or from another machine's folder. A file on a
/// drive, as in the template's path that Word writes into most documents, is nobody else's. Signs may be written as numbers
/// (`%5c`); it counts as it is written and as it is then read.
pub(crate) fn is_elsewhere(address: &str) -> bool {
    leads_elsewhere(address) || (address.contains('%') && leads_elsewhere(&decoded(address)))
}

fn leads_elsewhere(address: &str) -> bool {
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

/// The address with `%` and two digits read as the byte that they are.
fn decoded(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let [first, behind @ ..] = rest {
        let number = match rest {
            [b'%', high, low, ..] => digit(*high).zip(digit(*low)).map(|(high, low)| high << 4 | low),
            _ => None,
        };
        bytes.push(number.unwrap_or(*first));
        rest = if number.is_some() { &rest[3..] } else { behind };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn digit(sign: u8) -> Option<u8> {
    char::from(sign).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
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
            "file:///C%3A/my%20letters/a.dotm",
            "100%",
            "50%zz%5",
        ] {
            assert!(!is_elsewhere(here), "{here}");
        }
        for elsewhere in [
            "https://a.example/t.dotm",
            "\\\\server\\share\\t.dot",
            "file://server/t.dot",
            "file:///\\\\server\\t",
            "mhtml:x",
            "%5c%5ce%5ct.dotm",
            "%68ttp%3A//a.example/t.dotm",
            "file:%2F%2Fserver/t.dot",
            "%63:/t.dot",
        ] {
            assert!(is_elsewhere(elsewhere), "{elsewhere}");
        }
    }
}
