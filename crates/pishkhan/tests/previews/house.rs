//! The workshop that the tests use, and looking at what it makes.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use pishkhan_inspect::Kind;
use pishkhan_office::previews::{Made, PreviewError, PreviewLimits, Workshop};
use pishkhan_testkit::Folder;

pub const BINARY: &str = env!("CARGO_BIN_EXE_pishkhan");

/// Where Debian has it.
pub const SOFFICE: &str = "/usr/bin/soffice";

/// Tests run beside each other on a slow machine, and unoptimised.
const TIME: Duration = Duration::from_mins(2);

pub fn limits() -> PreviewLimits {
    PreviewLimits { memory_bytes: 768 * 1024 * 1024, time: TIME, pages: 3 }
}

pub fn workshop() -> Workshop {
    workshop_with(limits())
}

pub fn workshop_with(limits: PreviewLimits) -> Workshop {
    Workshop::new(PathBuf::from(BINARY), limits, Some(PathBuf::from(SOFFICE)), 2)
}

/// A document's images, in a folder of their own.
pub struct Drawn {
    folder: Folder,
    pub made: Result<Made, PreviewError>,
}

/// An image, decoded.
pub struct Image {
    pub width: u32,
    pub height: u32,
    pixels: Vec<u8>,
}

pub async fn draw(kind: Kind, bytes: &[u8]) -> Drawn {
    draw_in(&workshop(), kind, bytes).await
}

pub async fn draw_in(workshop: &Workshop, kind: Kind, bytes: &[u8]) -> Drawn {
    let folder = Folder::new();
    let (source, out) = (folder.path().join("source"), folder.path().join("out"));
    fs::write(&source, bytes).expect("the folder is writable");
    fs::create_dir(&out).expect("the folder is writable");
    let made = workshop.pages(kind, &source, &out).await;
    Drawn { folder, made }
}

impl Drawn {
    /// How many pages were drawn, and how many there are.
    pub fn pages(&self) -> (u32, u32) {
        self.made.as_ref().map(|made| (made.pages, made.of)).expect("pages")
    }

    pub fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    /// The page in the variant for reading.
    pub fn image(&self, page: u32) -> Image {
        image(&self.out().join(format!("{page}-1800.webp")))
    }

    pub fn small_image(&self, page: u32) -> Image {
        image(&self.out().join(format!("{page}-900.webp")))
    }
}

impl Image {
    /// The colour at a place, given in hundredths of width and height.
    pub fn at(&self, across: u32, down: u32) -> [u8; 3] {
        let (x, y) = (self.width * across / 100, self.height * down / 100);
        let start = ((y * self.width + x) * 3) as usize;
        [self.pixels[start], self.pixels[start + 1], self.pixels[start + 2]]
    }

    /// Whether the colour there is nearly this one: WebP is lossy.
    pub fn is(&self, across: u32, down: u32, colour: [u8; 3]) -> bool {
        self.at(across, down).iter().zip(colour).all(|(is, wanted)| is.abs_diff(wanted) < 24)
    }

    /// The mean colour of the middle, where a photo of this size lies if it is as large as fits.
    pub fn mean_of(&self, photo: &Image) -> [u8; 3] {
        let (width, height) = if self.width * photo.height < self.height * photo.width {
            (self.width, self.width * photo.height / photo.width)
        } else {
            (self.height * photo.width / photo.height, self.height)
        };
        let (left, top) = ((self.width - width) / 2, (self.height - height) / 2);
        let rows = self.pixels.chunks_exact((self.width * 3) as usize).skip(top as usize).take(height as usize);
        let inner = rows.flat_map(|row| row.chunks_exact(3).skip(left as usize).take(width as usize));
        let mut sums = [0_u64; 3];
        inner.for_each(|pixel| (0..3).for_each(|at| sums[at] += u64::from(pixel[at])));
        let count = u64::from(width) * u64::from(height);
        sums.map(|sum| u8::try_from(sum / count).expect("the mean of bytes is a byte"))
    }

    pub fn has_ink(&self) -> bool {
        self.pixels.iter().any(|sample| *sample < 128)
    }
}

fn image(path: &Path) -> Image {
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let image = webp::Decoder::new(&bytes).decode().expect("a WebP image");
    assert!(!image.is_alpha(), "a page is opaque");
    Image { width: image.width(), height: image.height(), pixels: image.to_vec() }
}

/// A picture of 24 bits as a TIFF, the simplest that there is; rows from the top.
pub fn tiff(width: u16, height: u16, pixel: impl Fn(u16, u16) -> [u8; 3]) -> Vec<u8> {
    let pixels: Vec<u8> =
        (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).flat_map(|(x, y)| pixel(x, y)).collect();
    let length = u32::try_from(pixels.len()).expect("a small picture");
    let entries: [(u16, u32); 8] = [
        (256, u32::from(width)),
        (257, u32::from(height)),
        (258, 8),
        (262, 2),
        (273, 8),
        (277, 3),
        (278, u32::from(height)),
        (279, length),
    ];
    let mut bytes = b"II*\0".to_vec();
    bytes.extend((8 + length).to_le_bytes());
    bytes.extend(pixels);
    bytes.extend(u16::to_le_bytes(8));
    for (tag, value) in entries {
        bytes.extend(tag.to_le_bytes());
        bytes.extend(4_u16.to_le_bytes());
        bytes.extend(1_u32.to_le_bytes());
        bytes.extend(value.to_le_bytes());
    }
    bytes.extend([0; 4]);
    bytes
}

/// A picture as a PNG with transparency.
pub fn png(width: u32, height: u32, pixel: impl Fn(u32, u32) -> [u8; 4]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let pixels: Vec<u8> =
        (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).flat_map(|(x, y)| pixel(x, y)).collect();
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&pixels).expect("the pixels");
    writer.finish().expect("the end");
    bytes
}
