//! How PDF spells names and strings: the same bytes can be written in many ways.

/// What a string of hexadecimal digits stands for; anything else in it doesn't count.
pub(super) fn from_hex(text: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = text.iter().filter_map(|&byte| digit(byte)).collect();
    // A missing last digit is a zero.
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect()
}

/// A name with its `#xx` resolved.
pub(super) fn without_escapes(name: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(name.len());
    let mut rest = name;
    while let Some((&first, after)) = rest.split_first() {
        let pair = match after {
            [high, low, ..] if first == b'#' => digit(*high).zip(digit(*low)),
            _ => None,
        };
        plain.push(pair.map_or(first, |(high, low)| high << 4 | low));
        rest = if pair.is_some() { &after[2..] } else { after };
    }
    plain
}

/// A literal string with its backslashes resolved.
pub(super) fn without_backslashes(text: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(text.len());
    let mut bytes = text.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if byte != b'\\' {
            plain.push(byte);
            continue;
        }
        match bytes.next() {
            Some(b'n') => plain.push(b'\n'),
            Some(b'r') => plain.push(b'\r'),
            Some(b't') => plain.push(b'\t'),
            Some(b'b') => plain.push(8),
            Some(b'f') => plain.push(0x0c),
            // A line that goes on.
            Some(b'\n') | None => {}
            Some(b'\r') => drop(bytes.next_if_eq(&b'\n')),
            Some(first @ b'0'..=b'7') => {
                let mut value = u32::from(first - b'0');
                for _ in 0..2 {
                    let Some(next) = bytes.next_if(|next| matches!(next, b'0'..=b'7')) else { break };
                    value = value * 8 + u32::from(next - b'0');
                }
                plain.push(value.to_le_bytes()[0]);
            }
            Some(other) => plain.push(other),
        }
    }
    plain
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
