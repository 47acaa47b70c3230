//! Making pictures smaller while they are read, row by row: of 200 million pixels only one row is ever held.
//!
//! Each pixel of the small picture is the mean of the area that it covers in the large one, in whole numbers and exactly. So no
//! hairline of a 1-bit scan is lost, as it would be where a filter takes samples.

use super::{Colours, Picture, Size};

/// A picture that is being made smaller. It takes the rows of the large one from the top.
pub struct Shrink {
    from: Size,
    to: Size,
    colours: Colours,
    /// The present row of the large picture, made narrower: sums that weigh `from.width`.
    narrow: Vec<u32>,
    /// The present row of the small picture: sums that weigh `from.width × from.height`.
    sums: Vec<u64>,
    /// How much of the small row's height is still to be covered, in parts of `from.height`.
    room: u32,
    pixels: Vec<u8>,
}

impl Shrink {
    /// `to` must not be larger than `from`, in neither direction, and neither may be empty.
    pub fn new(from: Size, to: Size, colours: Colours) -> Shrink {
        assert!(
            to.width >= 1 && to.height >= 1 && to.width <= from.width && to.height <= from.height,
            "it shrinks only"
        );
        let samples = to.width as usize * colours.samples();
        let pixels = Vec::with_capacity(samples * to.height as usize);
        Shrink { from, to, colours, narrow: vec![0; samples], sums: vec![0; samples], room: from.height, pixels }
    }

    /// Takes the next row; `from.width × colours` bytes. Rows after the last are passed over.
    pub fn row(&mut self, row: &[u8]) {
        if self.pixels.len() == self.pixels.capacity() {
            return;
        }
        match self.colours {
            Colours::Grey => narrow::<1>(row, self.to.width, self.from.width, &mut self.narrow),
            Colours::Rgb => narrow::<3>(row, self.to.width, self.from.width, &mut self.narrow),
        }
        // A row covers `to.height` parts of a small row's `from.height`: at most one border lies within.
        let above = self.to.height.min(self.room);
        self.add(above);
        self.room -= above;
        if self.room == 0 {
            self.settle();
            self.room = self.from.height;
            let below = self.to.height - above;
            self.add(below);
            self.room -= below;
        }
    }

    /// The small picture. Where rows never came, it is white.
    pub fn finish(mut self) -> Picture {
        self.pixels.resize(self.to.width as usize * self.to.height as usize * self.colours.samples(), u8::MAX);
        Picture { size: self.to, colours: self.colours, pixels: self.pixels }
    }

    fn add(&mut self, parts: u32) {
        if parts > 0 {
            for (sum, value) in self.sums.iter_mut().zip(&self.narrow) {
                *sum += u64::from(*value) * u64::from(parts);
            }
        }
    }

    fn settle(&mut self) {
        let whole = self.from.pixels();
        let mean = |sum: &u64| u8::try_from((*sum + whole / 2) / whole).expect("the mean of bytes is a byte");
        self.pixels.extend(self.sums.iter().map(mean));
        self.sums.fill(0);
    }
}

/// Makes one row narrower. A pixel of the row covers `to` parts of a narrow pixel's `from`: at most one border lies within.
fn narrow<const SAMPLES: usize>(row: &[u8], to: u32, from: u32, sums: &mut [u32]) {
    sums.fill(0);
    let mut targets = sums.chunks_exact_mut(SAMPLES);
    let Some(mut target) = targets.next() else { return };
    let mut room = from;
    for pixel in row.chunks_exact(SAMPLES).take(from as usize) {
        if to < room {
            weigh::<SAMPLES>(target, pixel, to);
            room -= to;
        } else {
            weigh::<SAMPLES>(target, pixel, room);
            let rest = to - room;
            let Some(next) = targets.next() else { return };
            target = next;
            weigh::<SAMPLES>(target, pixel, rest);
            room = from - rest;
        }
    }
}

#[inline]
fn weigh<const SAMPLES: usize>(sums: &mut [u32], pixel: &[u8], parts: u32) {
    for sample in 0..SAMPLES {
        sums[sample] += u32::from(pixel[sample]) * parts;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shrunk(from: (u32, u32), to: (u32, u32), colours: Colours, pixels: &[u8]) -> Vec<u8> {
        let size = |(width, height)| Size { width, height };
        Picture { size: size(from), colours, pixels: pixels.to_vec() }.shrunk(size(to)).pixels
    }

    #[test]
    fn each_pixel_is_the_mean_of_what_it_covers() {
        assert_eq!(shrunk((4, 2), (2, 1), Colours::Grey, &[0, 100, 10, 10, 100, 200, 10, 10]), [100, 10]);
        assert_eq!(shrunk((3, 1), (2, 1), Colours::Grey, &[0, 90, 255]), [30, 200]);
        assert_eq!(shrunk((1, 3), (1, 2), Colours::Grey, &[0, 90, 255]), [30, 200]);
        assert_eq!(shrunk((2, 1), (1, 1), Colours::Rgb, &[0, 10, 20, 100, 20, 40]), [50, 15, 30]);
    }

    #[test]
    fn the_same_size_is_the_same_picture() {
        let pixels: Vec<u8> = (0..60).map(|value| value * 4).collect();
        assert_eq!(shrunk((5, 4), (5, 4), Colours::Rgb, &pixels), pixels);
    }

    #[test]
    fn a_hairline_is_still_there() {
        let mut pixels = vec![255; 1000];
        pixels[501] = 0;
        let small = shrunk((1000, 1), (90, 1), Colours::Grey, &pixels);
        assert_eq!(small.iter().filter(|value| **value < 250).count(), 1, "{small:?}");
    }

    #[test]
    fn rows_that_never_came_are_white() {
        let mut shrink = Shrink::new(Size { width: 2, height: 4 }, Size { width: 1, height: 2 }, Colours::Grey);
        shrink.row(&[10, 30]);
        shrink.row(&[10, 30]);
        assert_eq!(shrink.finish().pixels, [20, 255]);
    }
}
