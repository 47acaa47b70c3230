//! The pages of a PDF.
//!
//! Fonts that are not in the file are replaced by the standard ones, which have no Persian letters: text that was set in such
//! a font is missing or wrong. What counts is the original.

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::Page;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

use crate::Trouble;
use crate::frames::{Frames, LARGE};
use crate::picture::{Colours, Picture, Size};

/// Pixels for each point of a page: 252 dpi. A calling card is not drawn as wide as a sheet.
const LARGEST_SCALE: f32 = 3.5;

pub fn draw(bytes: Vec<u8>, most: u32, output: &mut dyn Write) -> Result<(), Trouble> {
    let pdf = Pdf::new(bytes).map_err(|_| Trouble::Damaged)?;
    let pages = pdf.pages();
    let count = u32::try_from(pages.len()).map_err(|_| Trouble::TooMuch)?;
    if count == 0 {
        return Err(Trouble::Damaged);
    }
    let mut frames = Frames::begin(output, count)?;
    let cache = RenderCache::new();
    let settings = InterpreterSettings::default();
    for page in pages.iter().take(most as usize) {
        // After a panic the cache may hold anything, so this was the last page.
        let drawn = catch_unwind(AssertUnwindSafe(|| draw_page(page, &cache, &settings)));
        match drawn {
            Ok(picture) => frames.page(picture)?,
            Err(_) if frames.written() > 0 => return Ok(()),
            Err(_) => return Err(Trouble::Damaged),
        }
    }
    Ok(())
}

fn draw_page<'a>(page: &'a Page<'a>, cache: &RenderCache<'a>, settings: &InterpreterSettings) -> Picture {
    let (width, height) = page.render_dimensions();
    let scale = scale(width, height);
    let pixmap_settings = PixmapSettings {
        // At least one pixel, however flat the page is.
        x_scale: scale.max(1.01 / width.max(0.001)),
        y_scale: scale.max(1.01 / height.max(0.001)),
        bg_color: WHITE,
    };
    let pixmap = render(page, cache, settings, &RenderSettings::default(), &pixmap_settings);
    let size = Size { width: u32::from(pixmap.width()), height: u32::from(pixmap.height()) };
    let pixels = pixmap.data().iter().flat_map(|pixel| [pixel.r, pixel.g, pixel.b]).collect();
    Picture { size, colours: Colours::Rgb, pixels }
}

/// Pixels for each point, so that the page fits the large variant.
fn scale(width: f32, height: f32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a few thousand pixels are whole numbers in f32, too")]
    let (widest, tallest) = (LARGE as f32, (LARGE * 4) as f32);
    // What is left of a pixel is cut off; a little more than the width is the width.
    let (widest, tallest) = (widest + 0.01, tallest + 0.01);
    LARGEST_SCALE.min(widest / width.max(1.0)).min(tallest / height.max(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_fills_the_width_and_a_card_does_not() {
        let a4 = scale(595.0, 842.0) * 595.0;
        assert!((1799.0..1801.0).contains(&a4), "{a4}");
        assert!((scale(150.0, 90.0) - 3.5).abs() < f32::EPSILON);
        assert!(scale(100.0, 14_400.0) * 14_400.0 <= 7201.0);
        assert!(scale(0.0, 0.0).is_finite() && scale(f32::MAX, f32::MAX) >= 0.0);
    }
}
