//! The image code: five Persian digits, drawn big from the embedded font, a little moved and with a little noise.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "these are the pixels of a picture of 300 by 96, checked before they are places in it"
)]

use ab_glyph::{Font, FontRef, PxScale};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use pishkhan_office::accounts::challenge::image_digits;
use rust_widgets_font::arabic;

use super::asked::Named;
use crate::problem::Problem;
use crate::visit::Visit;

const WIDTH: usize = 300;
const HEIGHT: usize = 96;

/// The image of that token, as PNG.
pub async fn show(visit: Visit, Named(token): Named) -> Result<Response, Problem> {
    let digits = image_digits(&visit.app.secret, &visit.organisation.id, visit.now, &token).ok_or(Problem::NotFound)?;
    let drawn = tokio::task::spawn_blocking(move || png(&draw(digits, &token))).await;
    let image = drawn.ok().flatten().ok_or(Problem::Internal)?;
    Ok(([(header::CONTENT_TYPE, "image/png")], image).into_response())
}

/// Grey levels, 255 white. The token's own bytes decide where the noise lies, so that a reload shows the same picture.
fn draw(digits: [u8; 5], token: &str) -> Vec<u8> {
    let mut sheet = vec![255_u8; WIDTH * HEIGHT];
    let mut noise = Noise::of(token);
    let Ok(font) = FontRef::try_from_slice(arabic::FONT) else { return sheet };
    let scale = PxScale::from(150.0);
    for (place, digit) in (0_u8..).zip(digits) {
        let sign = char::from_u32(u32::from('۰') + u32::from(digit)).unwrap_or('۱');
        let glyph = font.glyph_id(sign).with_scale(scale);
        let Some(outline) = font.outline_glyph(glyph) else { continue };
        // Each digit in the middle of its place, whatever its own height, and a little beside it.
        let bounds = outline.px_bounds();
        let x = 40.0 + f32::from(place) * 55.0 + noise.up_to(8) - 4.0 - bounds.width() / 2.0;
        let y = HEIGHT as f32 / 2.0 + noise.up_to(12) - 6.0 - bounds.height() / 2.0;
        outline.draw(|dx, dy, coverage| ink(&mut sheet, x + dx as f32, y + dy as f32, coverage));
    }
    for _ in 0..260 {
        let (x, y) = (noise.up_to(WIDTH as u32), noise.up_to(HEIGHT as u32));
        ink(&mut sheet, x, y, 0.55);
        ink(&mut sheet, x + 1.0, y, 0.4);
    }
    sheet
}

fn ink(sheet: &mut [u8], x: f32, y: f32, coverage: f32) {
    if x < 0.0 || y < 0.0 || x >= WIDTH as f32 || y >= HEIGHT as f32 {
        return;
    }
    let place = y as usize * WIDTH + x as usize;
    let shade = 255.0 - coverage.clamp(0.0, 1.0) * 225.0;
    sheet[place] = sheet[place].min(shade as u8);
}

fn png(sheet: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, WIDTH as u32, HEIGHT as u32);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(sheet).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}

/// A small generator for dots; it guards nothing.
struct Noise(u64);

impl Noise {
    fn of(token: &str) -> Noise {
        let seed = token.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Noise(seed | 1)
    }

    fn up_to(&mut self, bound: u32) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % u64::from(bound.max(1))) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_digit_leaves_its_own_ink() {
        let sheets: Vec<_> = (1..=9).map(|digit| draw([digit; 5], "token")).collect();
        for (one, sheet) in sheets.iter().enumerate() {
            assert!(sheet.iter().filter(|&&shade| shade < 60).count() > 400, "digit {} is hardly there", one + 1);
            assert!(sheets.iter().skip(one + 1).all(|other| other != sheet));
        }
        assert!(png(&sheets[0]).is_some_and(|bytes| bytes.starts_with(b"\x89PNG")));
    }
}
