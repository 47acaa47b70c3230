//! PNGs that must pass.

use pishkhan_inspect::Kind;

use super::{
    plain, small,
    writer::{COLOUR, COLOUR_ALPHA, GREY, GREY_ALPHA, Header, PALETTE, Png, packed},
};
use crate::{
    Specimen,
    pictures::{PAGE, accepted, followed, noise},
};

pub fn specimens() -> Vec<Specimen> {
    let pass = |name, bytes| accepted(name, Kind::Png, bytes);
    let interlaced = |header: Header| Header { is_interlaced: true, ..header };
    vec![
        pass("png, black and white", plain(Header::of(1, GREY))),
        pass("png, grey, two bits", plain(Header::of(2, GREY))),
        pass("png, grey, four bits", plain(Header::of(4, GREY))),
        pass("png, grey", plain(Header::of(8, GREY))),
        pass("png, grey, sixteen bits", plain(Header::of(16, GREY))),
        pass("png, colour", small()),
        pass("png, colour, sixteen bits", plain(Header::of(16, COLOUR))),
        pass("png, grey with transparency", plain(Header::of(8, GREY_ALPHA))),
        pass("png, colour with transparency", plain(Header::of(8, COLOUR_ALPHA))),
        pass("png, colour with transparency, sixteen bits", plain(Header::of(16, COLOUR_ALPHA))),
        pass("png, palette of two", paletted(1, 2)),
        pass("png, palette of sixteen", paletted(4, 16)),
        pass("png, palette of two hundred", paletted(8, 200)),
        pass(
            "png, palette suggested for true colour",
            Png::new().header(Header::of(8, COLOUR)).palette(9).data(Header::of(8, COLOUR)).end(),
        ),
        pass("png, interlaced", plain(interlaced(Header::of(8, COLOUR)))),
        pass("png, interlaced, black and white", plain(interlaced(Header::of(1, GREY)))),
        pass("png, data in chunks of a few bytes", many_chunks()),
        pass("png, notes of every kind", notes()),
        pass("png, animated", animated()),
        pass(
            "png, unknown chunk of a program",
            Png::new()
                .header(Header::of(8, COLOUR))
                .chunk(b"vpAg", &noise(9))
                .data(Header::of(8, COLOUR))
                .chunk(b"prVt", b"")
                .end(),
        ),
        pass("png, a note with a wrong check sum", wrong_sum_of_note()),
        pass("png, largest size", plain(Header { size: (20_000, 10_000), ..Header::of(1, GREY) })),
        pass("png, a line end behind it", followed(small(), b"\n")),
        pass("png, zeros to the end of the block", followed(small(), &[0; 100_000])),
        pass("png, cropped in place, the rest of the longer one", cropped_in_place()),
        pass("png, Samsung's trailer", followed(small(), &[&noise(70_000), &b"\0\0SEFT"[..]].concat())),
    ]
}

fn paletted(depth: u8, entries: u8) -> Vec<u8> {
    let header = Header::of(depth, PALETTE);
    Png::new().header(header).palette(entries).data(header).end()
}

fn many_chunks() -> Vec<u8> {
    let header = Header::of(8, COLOUR);
    let data = packed(header);
    let png = data.chunks(3).fold(Png::new().header(header).chunk(b"IDAT", b""), |png, part| png.chunk(b"IDAT", part));
    png.end()
}

fn notes() -> Vec<u8> {
    let header = Header::of(8, COLOUR);
    let png = Png::new().header(header);
    let png = png
        .chunk(b"gAMA", &45_455_u32.to_be_bytes())
        .chunk(b"sRGB", &[0])
        .chunk(b"pHYs", &[0, 0, 46, 35, 0, 0, 46, 35, 1]);
    let png = png.chunk(b"tIME", &[7, 232, 3, 20, 12, 0, 0]).chunk(b"tEXt", &[b"Comment\0", PAGE].concat());
    let png = png.chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta xmlns:x='adobe:ns:meta/'/>");
    png.chunk(b"eXIf", b"MM\0*\0\0\0\x08\0\0\0\0\0\0").data(header).chunk(b"tEXt", b"Software\0scanner").end()
}

fn animated() -> Vec<u8> {
    let header = Header::of(8, COLOUR);
    let frame = |number: u32| {
        let size = [8_u32, 8, 0, 0].iter().flat_map(|number| number.to_be_bytes());
        number.to_be_bytes().into_iter().chain(size).chain([0, 1, 0, 10, 0, 0]).collect::<Vec<u8>>()
    };
    let second = [&2_u32.to_be_bytes()[..], &packed(header)].concat();
    let png = Png::new().header(header).chunk(b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]).chunk(b"fcTL", &frame(0));
    png.data(header).chunk(b"fcTL", &frame(1)).chunk(b"fdAT", &second).end()
}

fn wrong_sum_of_note() -> Vec<u8> {
    let note = b"\0\0\0\x09tEXtTitle\0abc\0\0\0\0";
    Png::new().header(Header::of(8, COLOUR)).raw(note).data(Header::of(8, COLOUR)).end()
}

/// A longer picture that a phone wrote a shorter one over, without cutting the file.
fn cropped_in_place() -> Vec<u8> {
    let longer = Png::new().header(Header::of(8, COLOUR)).chunk(b"IDAT", &noise(200_000)).end();
    let mut bytes = small();
    bytes.extend_from_slice(&longer[bytes.len()..]);
    bytes
}
