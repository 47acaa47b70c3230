//! A photo is one page.

use std::io::Write;

use crate::Trouble;
use crate::frames::{Frames, LARGE};
use crate::jpeg::{self, Header};
use crate::picture::{Colours, Orientation, Picture, Shrink, Size};
use crate::png::Png;

pub fn draw_jpeg(bytes: &[u8], output: &mut dyn Write) -> Result<(), Trouble> {
    let header = Header::read(bytes).ok_or(Trouble::Damaged)?;
    let (colours, pixels) = jpeg::decode(bytes, &header)?;
    let mut shrink = shrink(header.size, colours, header.orientation);
    for row in pixels.chunks_exact(header.size.width as usize * colours.samples()) {
        shrink.row(row);
    }
    drop(pixels);
    write(shrink.finish(), header.orientation, output)
}

pub fn draw_png(bytes: &[u8], output: &mut dyn Write) -> Result<(), Trouble> {
    let png = Png::open(bytes)?;
    let orientation = png.orientation;
    let mut shrink = shrink(png.size, png.colours, orientation);
    png.rows(|row| shrink.row(row))?;
    write(shrink.finish(), orientation, output)
}

/// Makes the picture as small as it must be when it stands upright.
fn shrink(size: Size, colours: Colours, orientation: Orientation) -> Shrink {
    let upright = orientation.upright(size).fit(LARGE);
    Shrink::new(size, orientation.upright(upright), colours)
}

fn write(picture: Picture, orientation: Orientation, output: &mut dyn Write) -> Result<(), Trouble> {
    Frames::begin(output, 1)?.page(orientation.apply(picture))
}
