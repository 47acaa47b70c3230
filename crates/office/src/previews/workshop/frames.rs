//! What a worker sends, and what of it is believed: nothing that was not checked.
//!
//! A frame is five numbers of 32 bits, most significant byte first (page, width, height, variant, length), and the bytes of an
//! image. The first one has page 0 and, as its width, the number of all pages; then come the pages in order, each in both
//! variants.

use std::io;
use std::path::Path;

use tokio::fs::OpenOptions;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};

use super::PreviewError;
use crate::previews::{LARGE, SMALL};

/// A page of 1,800 by 7,200 pixels of noise has some 10 MiB.
const MOST_BYTES: u32 = 16 * 1024 * 1024;
/// How many times taller than its variant's width an image may be.
const TALLEST: u32 = 4;
/// More pages than a letter has; only for being told.
const MOST_PAGES: u32 = 1_000_000;

/// How far a worker has got. It outlives the worker.
#[derive(Debug, Default)]
pub struct Received {
    of: u32,
    images: u32,
    is_untrue: bool,
}

struct Frame {
    width: u32,
    height: u32,
    length: u32,
    variant: u32,
}

impl Received {
    /// The number of pages that are there in both variants; `None` if there is none, or if the worker sent what no honest one
    /// sends.
    pub fn whole(&self) -> Option<u32> {
        Some(self.images / 2).filter(|pages| *pages > 0 && !self.is_untrue)
    }

    /// Pages of the document.
    pub fn of(&self) -> u32 {
        self.of
    }
}

/// Receives images until the worker sends no more, and writes them into the folder.
pub async fn receive(
    from: &mut (impl AsyncRead + Unpin),
    most: u32,
    out: &Path,
    received: &mut Received,
) -> Result<(), PreviewError> {
    let Some(numbers) = read_numbers(from).await? else { return Ok(()) };
    received.is_untrue = true;
    let [0, of @ 1..=MOST_PAGES, 0, 0, 0] = numbers else { return Err(PreviewError::Broken) };
    received.of = of;
    received.is_untrue = false;
    while let Some(numbers) = read_numbers(from).await? {
        let expected = (received.images / 2 + 1, if received.images.is_multiple_of(2) { SMALL } else { LARGE });
        let Some(frame) = Frame::check(numbers, expected).filter(|_| expected.0 <= most.min(of)) else {
            received.is_untrue = true;
            return Err(PreviewError::Broken);
        };
        let mut image = Vec::new();
        // The bytes are taken as they come: a length is no reason to set memory aside.
        from.take(u64::from(frame.length)).read_to_end(&mut image).await?;
        if image.len() < frame.length as usize {
            return Ok(());
        }
        if !frame.describes(&image) {
            received.is_untrue = true;
            return Err(PreviewError::Broken);
        }
        let name = format!("{}-{}.webp", expected.0, frame.variant);
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(out.join(name)).await?;
        file.write_all(&image).await?;
        file.flush().await?;
        received.images += 1;
    }
    Ok(())
}

impl Frame {
    /// Nothing but the expected page and variant, in sizes that they may have.
    fn check(numbers: [u32; 5], (page, variant): (u32, u32)) -> Option<Frame> {
        let [given_page, width, height, given_variant, length] = numbers;
        let is_expected = (given_page, given_variant) == (page, variant);
        let is_in_bounds = (1..=variant).contains(&width) && (1..=variant * TALLEST).contains(&height);
        (is_expected && is_in_bounds && length <= MOST_BYTES).then_some(Frame { width, height, length, variant })
    }

    /// Whether the bytes begin as a lossy WebP of this size and length does.
    fn describes(&self, image: &[u8]) -> bool {
        let Some((head, _)) = image.split_first_chunk::<30>() else { return false };
        let number = |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
        let side = |at: usize| u32::from(u16::from_le_bytes([head[at], head[at + 1]]) & 0x3FFF);
        head.starts_with(b"RIFF")
            && &head[8..16] == b"WEBPVP8 "
            && number(4).checked_add(8) == Some(self.length)
            && head[23..26] == [0x9D, 0x01, 0x2A]
            && (side(26), side(28)) == (self.width, self.height)
    }
}

/// `None` where the worker has ended, also in the midst of the numbers.
async fn read_numbers(from: &mut (impl AsyncRead + Unpin)) -> io::Result<Option<[u32; 5]>> {
    let mut bytes = [0; 20];
    match from.read_exact(&mut bytes).await {
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let number = |at: usize| u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
    Ok(Some([number(0), number(4), number(8), number(12), number(16)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_expected_image_in_its_bounds_is_taken() {
        let check = |numbers| Frame::check(numbers, (2, SMALL)).is_some();
        assert!(check([2, 900, 3600, 900, 100]));
        for lie in [
            [1, 900, 900, 900, 100],
            [2, 900, 900, 1800, 100],
            [2, 901, 900, 900, 100],
            [2, 0, 900, 900, 100],
            [2, 900, 3601, 900, 100],
            [2, 900, 900, 900, MOST_BYTES + 1],
        ] {
            assert!(!check(lie), "{lie:?}");
        }
    }

    #[test]
    fn an_image_is_what_its_frame_says() {
        let mut image = b"RIFF\x18\0\0\0WEBPVP8 \x0c\0\0\0\x10\x02\0\x9d\x01\x2a\x07\0\x05\0\0\0".to_vec();
        let frame = Frame { width: 7, height: 5, length: 32, variant: SMALL };
        assert!(frame.describes(&image));
        assert!(!Frame { width: 8, ..frame }.describes(&image));
        image[12] = b'X';
        assert!(!Frame { width: 7, height: 5, length: 32, variant: SMALL }.describes(&image));
    }
}
