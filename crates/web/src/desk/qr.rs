//! A QR code as the path of an inline drawing: no image, no style, nothing that the page's policy forbids.

use std::fmt::Write;

use qrcode::{Color, QrCode};

/// The dark squares of a code, in units of one square, with the quiet zone that readers need around it.
pub struct Drawing {
    pub path: String,
    pub side: usize,
}

/// Four squares on each side, as the standard asks.
const QUIET: usize = 4;

/// The code that says this text; None when the text is too long for any.
pub fn drawing(text: &str) -> Option<Drawing> {
    let code = QrCode::new(text.as_bytes()).ok()?;
    let width = code.width();
    let colors = code.to_colors();
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, other| one == other) {
            if run.first() == Some(&Color::Dark) {
                let _ = write!(path, "M{} {}h{n}v1h-{n}z", x + QUIET, y + QUIET, n = run.len());
            }
            x += run.len();
        }
    }
    Some(Drawing { path, side: width + 2 * QUIET })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_drawn_within_its_quiet_zone() {
        let drawing = drawing("otpauth://totp/Pishkhan:a@example.ir?secret=GEZDGNBVGY3TQOJQ").expect("it is short");
        // The finder pattern in the corner: seven dark squares in a row.
        assert!(drawing.path.starts_with("M4 4h7v1h-7z"));
        assert!(drawing.side > 21 + 2 * QUIET);
    }

    #[test]
    fn what_is_too_long_is_not_drawn() {
        assert!(drawing(&"x".repeat(5_000)).is_none());
    }
}
