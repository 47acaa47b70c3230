//! PNGs that must not pass.

use pishkhan_inspect::Refusal;

use super::{
    plain, small,
    writer::{COLOUR, GREY, Header, PALETTE, Png, packed},
};
use crate::{
    Specimen,
    pictures::{PAGE, PDF, cut, followed, noise, refused, zip},
};

pub fn specimens() -> Vec<Specimen> {
    [sizes(), damage(), order(), polyglots()].concat()
}

fn sizes() -> Vec<Specimen> {
    let sized = |name, size| {
        let header = Header { size, ..Header::of(8, COLOUR) };
        refused(name, Refusal::TooLarge, Png::new().header(header).data(Header::of(8, COLOUR)).end())
    };
    vec![
        sized("png, too wide", (20_001, 1)),
        sized("png, too high", (1, 20_001)),
        sized("png, too many pixels", (20_000, 10_001)),
        sized("png, 1.6 billion pixels", (40_000, 40_000)),
        sized("png, largest size of the format", (i32::MAX as u32, i32::MAX as u32)),
    ]
}

fn damage() -> Vec<Specimen> {
    let damaged = |name, bytes| refused(name, Refusal::Damaged, bytes);
    let header = Header::of(8, COLOUR);
    let begun = || Png::new().header(header);
    let mut wrong_sum = small();
    let last_of_data = wrong_sum.len() - 13;
    wrong_sum[last_of_data] ^= 1;
    let mut text_mode = small();
    text_mode.remove(4);
    vec![
        damaged("png, signature only", Png::new().without_end()),
        damaged("png, line ends changed on the way", text_mode),
        damaged("png, cut among its headers", cut(small(), 30)),
        damaged("png, cut in its data", begun().chunk(b"IDAT", &noise(5000)).without_end()[..3000].to_vec()),
        damaged("png, cut before its end", begun().data(header).without_end()),
        damaged("png, data with a wrong check sum", wrong_sum),
        damaged("png, no width", Png::new().header(Header { size: (0, 8), ..header }).data(header).end()),
        damaged("png, a depth that its colours can't have", plain(Header::of(4, COLOUR))),
        damaged("png, an unknown way to pack", begun_with([8, 2, 1, 0, 0])),
        damaged("png, an unknown way to interlace", begun_with([8, 2, 0, 0, 2])),
        damaged(
            "png, a chunk of two gigabytes",
            begun().raw(&[0x7F, 0xFF, 0xFF, 0xFF]).raw(b"IDAT").data(header).end(),
        ),
        damaged("png, a chunk of more than the format allows", begun().raw(&[0xFF; 4]).raw(b"teXt").data(header).end()),
        damaged("png, a chunk without a name", begun().raw(&[0; 12]).data(header).end()),
    ]
}

fn order() -> Vec<Specimen> {
    let damaged = |name, bytes| refused(name, Refusal::Damaged, bytes);
    let header = Header::of(8, COLOUR);
    let paletted = Header::of(8, PALETTE);
    let begun = || Png::new().header(header);
    let data = packed(header);
    let (one, other) = data.split_at(5);
    vec![
        damaged("png, no header", Png::new().data(header).end()),
        damaged("png, two headers", begun().header(header).data(header).end()),
        damaged(
            "png, a second, larger header",
            begun().header(Header { size: (60_000, 60_000), ..header }).data(header).end(),
        ),
        damaged(
            "png, a header that is too long",
            Png::new().chunk(b"IHDR", &[0, 0, 0, 8, 0, 0, 0, 8, 8, 2, 0, 0, 0, 0]).data(header).end(),
        ),
        damaged("png, no data", begun().end()),
        damaged(
            "png, data in two places",
            begun().chunk(b"IDAT", one).chunk(b"tEXt", b"a\0b").chunk(b"IDAT", other).end(),
        ),
        damaged("png, palette missing", Png::new().header(paletted).data(paletted).end()),
        damaged("png, palette behind the data", Png::new().header(paletted).data(paletted).palette(9).end()),
        damaged("png, two palettes", Png::new().header(paletted).palette(9).palette(9).data(paletted).end()),
        damaged(
            "png, palette of a third of a colour",
            Png::new().header(paletted).chunk(b"PLTE", &[1; 4]).data(paletted).end(),
        ),
        damaged("png, an unknown chunk that matters", begun().chunk(b"ABCD", b"").data(header).end()),
        damaged(
            "png, the form of Apple's apps",
            Png::new().chunk(b"CgBI", &[0x50, 0, 0x20, 6]).header(header).data(header).end(),
        ),
        damaged("png, something within its end", begun().data(header).chunk(b"IEND", b"more").without_end()),
    ]
}

fn polyglots() -> Vec<Specimen> {
    let polyglot = |name, bytes| refused(name, Refusal::Polyglot, bytes);
    let header = Header::of(8, GREY);
    let with_note = |note: &[u8]| Png::new().header(header).chunk(b"tEXt", note).data(header).end();
    vec![
        polyglot("png and zip", followed(small(), &zip())),
        polyglot("png and zip within a note", with_note(&zip())),
        polyglot("png and page", followed(small(), PAGE)),
        polyglot("png and script of a server", followed(small(), b"\n<?php system($_GET['c']); ?>")),
        polyglot("png and pdf behind it", followed(small(), PDF)),
        polyglot("png and pdf within a note", with_note(PDF)),
        polyglot("png and noise", followed(small(), &noise(70_000))),
    ]
}

/// A header of 8 × 8 with these last five bytes.
fn begun_with(rest: [u8; 5]) -> Vec<u8> {
    let body = [&[0, 0, 0, 8, 0, 0, 0, 8][..], &rest].concat();
    Png::new().chunk(b"IHDR", &body).data(Header::of(8, COLOUR)).end()
}
