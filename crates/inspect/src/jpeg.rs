//! JPEG: every segment and every scan from the first marker to the end, and what lies behind it.
//!
//! Accepted is what old and new writers make: every coding process but the hierarchical one, which nothing shows; any number of
//! bits and components up to four; comments and application data with anything in it (XMP is markup); fill bytes; stray bytes
//! between segments, which decoders go over; a height that only DNL tells.
//!
//! **A missing end** (EOI) passes when at least [`ENOUGH`] bytes of a scan were there: old cameras and scanners leave it out, and a
//! photo whose last rows are grey is still somebody's evidence. That an upload is whole is decided by its length, before this. A
//! file that ends among its headers shows nothing, and is damaged.

mod coded_data;
mod metadata;

use std::io::{Read, Seek};

use crate::{
    Refusal, dimensions, hidden,
    reading::{Fault, Order, Reader, Walk},
    trailing::{self, Allowance},
};

/// The bytes of picture data that make up for a missing end.
const ENOUGH: u64 = 1024;
/// The most bytes between segments that belong to none.
const MOST_STRAY: u64 = 64 * 1024;
/// The most segments. A colour profile or a depth map takes hundreds, of 64 KiB each.
const MOST_SEGMENTS: u32 = 10_000;
/// The most scans. Progressive pictures have ten or so; a decoder goes over the whole picture for each.
const MOST_SCANS: u32 = 1000;

const FILL: u8 = 0xFF;
const START: u8 = 0xD8;
const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;
const NUMBER_OF_LINES: u8 = 0xDC;
const METADATA: u8 = 0xE1;

/// Walks a file that begins like a JPEG.
pub(crate) fn walk<F: Read + Seek>(file: &mut Reader<F>) -> Walk {
    file.go_to(0);
    let allowance = picture(file)?;
    trailing::judge(file, allowance)?;
    hidden::refuse(file)?;
    Ok(Vec::new())
}

/// Walks one picture from its SOI on, and stays behind its EOI. Says what its metadata lets come next.
pub(crate) fn picture<F: Read + Seek>(file: &mut Reader<F>) -> Result<Allowance, Fault> {
    if file.array()? != [0xFF, START] {
        return Err(Refusal::Damaged.into());
    }
    let mut picture = Picture::default();
    let mut marker = picture.marker(file)?;
    loop {
        let Some(code) = marker else {
            return picture.cut();
        };
        marker = match code {
            // TEM and restarts stand alone.
            0x01 | 0xD0..=0xD7 => picture.marker(file)?,
            END => return picture.whole(),
            // The next picture, where this one's end was left out.
            START => {
                file.go_to(file.position() - 2);
                return picture.cut();
            }
            _ => {
                let Some(length) = segment_length(file)? else {
                    file.go_to(file.size());
                    return picture.cut();
                };
                picture.segment(code, length, file)?;
                if code == SCAN { coded_data::skip(&mut picture.coded, file)? } else { picture.marker(file)? }
            }
        };
    }
}

/// What was seen of a picture so far.
#[derive(Default)]
struct Picture {
    /// Width and height; the height is 0 until DNL tells it.
    frame: Option<(u16, u16)>,
    segments: u32,
    scans: u32,
    /// Bytes of picture data.
    coded: u64,
    stray: u64,
    /// What may lie behind it.
    allowance: Allowance,
}

impl Picture {
    /// The picture's end was there.
    fn whole(&self) -> Result<Allowance, Fault> {
        let has_lines = self.frame.is_some_and(|(_, height)| height > 0);
        if has_lines && self.coded > 0 { Ok(self.allowance) } else { Err(Refusal::Damaged.into()) }
    }

    /// The picture's end was not there.
    fn cut(&self) -> Result<Allowance, Fault> {
        if self.coded < ENOUGH { Err(Refusal::Damaged.into()) } else { self.whole() }
    }

    /// Goes behind the next marker. None when the file ends before that.
    fn marker<F: Read + Seek>(&mut self, file: &mut Reader<F>) -> Result<Option<u8>, Fault> {
        let mut is_after_fill = false;
        loop {
            let Some(&byte) = file.look()?.first() else {
                return Ok(None);
            };
            file.take(1);
            match byte {
                FILL => is_after_fill = true,
                1.. if is_after_fill => return Ok(Some(byte)),
                _ => {
                    is_after_fill = false;
                    self.stray += 1;
                }
            }
            if self.stray > MOST_STRAY {
                return Err(Refusal::Damaged.into());
            }
        }
    }

    /// Goes over a segment whose `length` bytes are all there.
    fn segment<F: Read + Seek>(&mut self, code: u8, length: u64, file: &mut Reader<F>) -> Result<(), Fault> {
        self.segments += 1;
        if self.segments > MOST_SEGMENTS {
            return Err(Refusal::TooLarge.into());
        }
        let end = file.position() + length;
        match code {
            // Hierarchical pictures: their own frames, DHP and EXP.
            0xC5..=0xC7 | 0xCD..=0xCF | 0xDE | 0xDF => return Err(Refusal::Damaged.into()),
            0xC0..=0xC3 | 0xC9..=0xCB => self.frame(length, file)?,
            SCAN => self.scan(length, file)?,
            NUMBER_OF_LINES if length >= 2 => self.lines(file.u16(Order::Big)?)?,
            METADATA if metadata::tells_of_more(length, file)? => self.allowance = Allowance::AsTold,
            _ => {}
        }
        file.go_to(end);
        Ok(())
    }

    fn frame<F: Read + Seek>(&mut self, length: u64, file: &mut Reader<F>) -> Result<(), Fault> {
        let _bits = file.byte()?;
        let (height, width) = (file.u16(Order::Big)?, file.u16(Order::Big)?);
        let components = u64::from(file.byte()?);
        if self.frame.is_some() || !(1..=4).contains(&components) || length != 6 + 3 * components {
            return Err(Refusal::Damaged.into());
        }
        dimensions::check(width.into(), height.max(1).into())?;
        self.frame = Some((width, height));
        Ok(())
    }

    fn lines(&mut self, height: u16) -> Result<(), Fault> {
        if let Some((width, 0)) = self.frame {
            dimensions::check(width.into(), height.into())?;
            self.frame = Some((width, height));
        }
        Ok(())
    }

    fn scan<F: Read + Seek>(&mut self, length: u64, file: &mut Reader<F>) -> Result<(), Fault> {
        let components = u64::from(file.byte()?);
        if self.frame.is_none() || !(1..=4).contains(&components) || length != 4 + 2 * components {
            return Err(Refusal::Damaged.into());
        }
        self.scans += 1;
        if self.scans > MOST_SCANS { Err(Refusal::TooLarge.into()) } else { Ok(()) }
    }
}

/// The bytes of the segment that begins here, without the length itself. None when the file ends before the segment does.
fn segment_length<F: Read + Seek>(file: &mut Reader<F>) -> Result<Option<u64>, Fault> {
    if file.left() < 2 {
        return Ok(None);
    }
    let length = u64::from(file.u16(Order::Big)?).checked_sub(2).ok_or(Refusal::Damaged)?;
    Ok((length <= file.left()).then_some(length))
}
