//! Previews: scanned pages a second, each in both widths, by the confined worker, its start included.

use std::path::{Path, PathBuf};
use std::time::Duration;

use pishkhan_office::files::Kind;
use pishkhan_office::previews::{PreviewLimits, Workshop};

use crate::Outcome;
use crate::load::{Pace, median, rate};

/// An A4 sheet at 200 dots an inch.
const SHEET: (u32, u32) = (1_654, 2_339);
/// How many sheets the document has.
const SHEETS: u32 = 10;

/// Pages a second, of one document after the other.
pub async fn measure(folder: &Path, pace: Pace) -> Outcome<f64> {
    let folder = folder.join("previews");
    std::fs::create_dir_all(&folder)?;
    let limits = PreviewLimits { memory_bytes: 768 << 20, time: Duration::from_mins(2), pages: SHEETS };
    let workshop = Workshop::new(std::env::current_exe()?, limits, None, 1);
    let document = document(&workshop, &folder).await?;
    let mut rounds = Vec::new();
    for _ in 0..pace.rounds {
        let drawing = rate(1, pace.page_round, async |round| {
            while round.goes_on() {
                let out = folder.join(round.name());
                std::fs::create_dir(&out)?;
                let made = workshop.pages(Kind::Pdf, &document, &out).await?;
                if made.pages != SHEETS {
                    return Err(format!("{} of {SHEETS} pages were drawn", made.pages).into());
                }
                std::fs::remove_dir_all(&out)?;
                round.count();
            }
            Ok(())
        });
        rounds.push(drawing.await? * f64::from(SHEETS));
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(median(rounds))
}

/// A PDF of scanned sheets, as our own binding makes it of photos.
async fn document(workshop: &Workshop, folder: &Path) -> Outcome<PathBuf> {
    let sheet = folder.join("sheet.png");
    std::fs::write(&sheet, scan()?)?;
    let document = folder.join("document.pdf");
    let photos: Vec<(Kind, PathBuf)> = (0..SHEETS).map(|_| (Kind::Png, sheet.clone())).collect();
    workshop.bind(&photos, &document).await?;
    Ok(document)
}

/// A grey sheet with lines of dark runs, about as dense as print.
fn scan() -> Outcome<Vec<u8>> {
    let (width, height) = SHEET;
    let mut state: u32 = 1;
    let mut pixels = Vec::with_capacity((width * height) as usize);
    for y in 0..height {
        for x in 0..width {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let is_print = (y / 24) % 2 == 1 && (120..width - 120).contains(&x) && (x / 5 + y / 24) % 3 != 0;
            let noise = (state >> 28) as u8;
            pixels.push(if is_print { 30 + noise } else { 240 - noise });
        }
    }
    let mut made = Vec::new();
    let mut encoder = png::Encoder::new(&mut made, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header()?.write_image_data(&pixels)?;
    Ok(made)
}
