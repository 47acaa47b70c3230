//! The picture of a page: decoded here, and taken along as a JPEG. As it is it would fill the PDF with all its pixels.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, ImageReader, Limits, Rgb};
use typst::foundations::{Bytes, Dict, IntoValue, Value};

use crate::Unprintable;

/// As previews are at most.
const WIDEST: u32 = 1_800;
const TALLEST: u32 = 4 * WIDEST;

/// Fine print stays sharp.
const QUALITY: u8 = 85;

/// How far apart the colours of a grey pixel may be: a WebP keeps no better.
const NEARLY_GREY: u8 = 12;

pub struct Picture {
    jpeg: Vec<u8>,
    width: u32,
    height: u32,
}

impl Picture {
    pub fn read(webp: &[u8]) -> Result<Picture, Unprintable> {
        Picture::decode(webp).ok_or(Unprintable::NoPicture)
    }

    fn decode(webp: &[u8]) -> Option<Picture> {
        let mut reader = ImageReader::with_format(Cursor::new(webp), ImageFormat::WebP);
        let mut limits = Limits::default();
        limits.max_image_width = Some(WIDEST);
        limits.max_image_height = Some(TALLEST);
        reader.limits(limits);
        let picture = DynamicImage::ImageRgb8(reader.decode().ok()?.into_rgb8());
        let (width, height) = (picture.width(), picture.height());
        let picture = if is_grey(&picture) { DynamicImage::ImageLuma8(picture.into_luma8()) } else { picture };
        let mut jpeg = Vec::new();
        picture.write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, QUALITY)).ok()?;
        Some(Picture { jpeg, width, height })
    }
}

fn is_grey(picture: &DynamicImage) -> bool {
    picture.as_rgb8().is_some_and(|pixels| {
        pixels
            .pixels()
            .all(|Rgb([red, green, blue])| red.max(green).max(blue) - red.min(green).min(blue) <= NEARLY_GREY)
    })
}

impl IntoValue for Picture {
    /// What a form sees of it.
    fn into_value(self) -> Value {
        let mut values = Dict::new();
        values.insert("bytes".into(), Bytes::new(self.jpeg).into_value());
        values.insert("width".into(), i64::from(self.width).into_value());
        values.insert("height".into(), i64::from(self.height).into_value());
        values.into_value()
    }
}
