//! Digits of the three scripts that people in Iran type. Stored values are ASCII; pages show what the reader reads.

/// The text with ۰–۹ (Persian) and ٠–٩ (Arabic) as 0–9; everything else is untouched.
pub fn to_ascii(text: &str) -> String {
    text.chars().map(ascii).collect()
}

/// The text with 0–9 as ۰–۹; everything else is untouched.
pub fn to_persian(text: &str) -> String {
    text.chars().map(persian).collect()
}

pub(crate) fn ascii(sign: char) -> char {
    match sign {
        '۰'..='۹' => shifted(sign, '۰', '0'),
        '٠'..='٩' => shifted(sign, '٠', '0'),
        _ => sign,
    }
}

fn persian(sign: char) -> char {
    match sign {
        '0'..='9' => shifted(sign, '0', '۰'),
        _ => sign,
    }
}

pub(crate) fn shifted(sign: char, zero: char, new_zero: char) -> char {
    char::from_u32(u32::from(sign) - u32::from(zero) + u32::from(new_zero)).unwrap_or(sign)
}
