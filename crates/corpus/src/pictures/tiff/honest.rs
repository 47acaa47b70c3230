//! TIFFs that must pass: packings, colours, orders, pages.

use pishkhan_inspect::Kind;

use super::{
    colour_tags, fax_tags, one_page, packed, pages, small,
    writer::{
        LONG, LONG8, ROWS_PER_STRIP, SHORT, TILE_HEIGHT, TILE_LENGTHS, TILE_PLACES, TILE_WIDTH, Tag, Tiff, tag, text,
    },
};
use crate::{
    Specimen,
    pictures::{accepted, jpeg, noise},
};

pub fn specimens() -> Vec<Specimen> {
    [packings(), colours(), shapes()].concat()
}

fn pass(name: &'static str, bytes: Vec<u8>) -> Specimen {
    accepted(name, Kind::Tiff, bytes)
}

fn packings() -> Vec<Specimen> {
    let fax = |packing, data| one_page(Tiff::little(), &fax_tags(packing), data);
    let with = |packing, more: Tag, data| one_page(Tiff::little(), &[fax_tags(packing), vec![more]].concat(), data);
    vec![
        pass("tiff, not packed", fax(1, packed::rows())),
        pass("tiff, huffman", fax(2, packed::huffman_rows())),
        pass("tiff, group 3", fax(3, packed::group_3())),
        pass("tiff, group 3 in two dimensions", with(3, tag(292, LONG, &[1]), packed::group_3_two_dimensional())),
        pass("tiff, group 4", small()),
        pass("tiff, group 4, bits mirrored", with(4, tag(266, SHORT, &[2]), packed::mirrored(&packed::group_4()))),
        pass("tiff, lzw", fax(5, packed::lzw())),
        pass("tiff, deflate", fax(8, packed::deflate())),
        pass("tiff, older deflate", fax(32_946, packed::deflate())),
        pass("tiff, packbits", fax(32_773, packed::pack_bits())),
        pass("tiff, jpeg within", one_page(Tiff::little(), &colour_tags(7, 1, 1), jpeg::small())),
        pass("tiff, older jpeg within", older_jpeg(true)),
        pass("tiff, older jpeg without strips", older_jpeg(false)),
        pass("tiff, jpeg 2000 within", one_page(Tiff::little(), &colour_tags(34_712, 2, 3), noise(90))),
        pass("tiff, a packing that nobody knows", one_page(Tiff::little(), &colour_tags(4711, 2, 3), noise(90))),
    ]
}

fn colours() -> Vec<Specimen> {
    let plain =
        |colours, samples| one_page(Tiff::little(), &colour_tags(1, colours, samples), vec![0x80; 256 * samples]);
    let with = |colours, samples, more: Tag| {
        one_page(Tiff::little(), &[colour_tags(1, colours, samples), vec![more]].concat(), vec![0x80; 256 * samples])
    };
    let shades: Vec<u64> = (0..3 * 256).map(|shade| shade % 256 * 257).collect();
    vec![
        pass("tiff, grey", plain(1, 1)),
        pass("tiff, colour", plain(2, 3)),
        pass("tiff, palette", with(3, 1, tag(320, SHORT, &shades))),
        pass("tiff, four inks", with(5, 4, tag(332, SHORT, &[1]))),
        pass("tiff, colour with transparency", with(2, 4, tag(338, SHORT, &[2]))),
        pass("tiff, brightness and two colours", with(6, 3, tag(530, SHORT, &[1, 1]))),
        pass("tiff, lab", plain(8, 3)),
        pass("tiff, each colour by itself", planes()),
    ]
}

fn shapes() -> Vec<Specimen> {
    let tags = [fax_tags(4), resolution()].concat();
    let long_tags = [fax_tags(4), vec![tag(65_000, LONG8, &[1, 2, 3])]].concat();
    vec![
        pass("tiff, big endian", one_page(Tiff::big_endian(), &tags, packed::group_4())),
        pass("tiff, big endian, colour", one_page(Tiff::big_endian(), &colour_tags(1, 2, 3), vec![0x80; 768])),
        pass("tiff, BigTIFF", one_page(Tiff::big(), &long_tags, packed::group_4())),
        pass("tiff, BigTIFF, big endian", one_page(Tiff::big_and_big_endian(), &long_tags, packed::group_4())),
        pass("tiff, three pages", pages(3)),
        pass("tiff, the most pages", pages(2000)),
        pass("tiff, strips of a row each", strips()),
        pass("tiff, tiles", tiles()),
        pass("tiff, largest size", largest()),
    ]
}

/// Tags of the scanner: dots per inch, its name, a note.
fn resolution() -> Vec<Tag> {
    vec![text(270, "a letter of two pages"), tag(296, SHORT, &[2]), text(305, "scanner")]
}

fn older_jpeg(has_strips: bool) -> Vec<u8> {
    let mut tiff = Tiff::little();
    let jpeg = jpeg::coloured();
    let place = tiff.data(&jpeg);
    let whole = [tag(513, LONG, &[place]), tag(514, LONG, &[jpeg.len() as u64]), tag(512, SHORT, &[1])];
    let tags = [colour_tags(6, 6, 3), whole.to_vec(), vec![tag(530, SHORT, &[1, 1])]].concat();
    if has_strips {
        tiff.page(&tags, &[jpeg]);
    } else {
        tiff.directory(&tags);
    }
    tiff.bytes
}

fn planes() -> Vec<u8> {
    let mut tiff = Tiff::little();
    let tags = [colour_tags(1, 2, 3), vec![tag(284, SHORT, &[2])]].concat();
    tiff.page(&tags, &[vec![0x20; 256], vec![0x80; 256], vec![0xE0; 256]]);
    tiff.bytes
}

fn strips() -> Vec<u8> {
    let mut tiff = Tiff::little();
    let mut tags = fax_tags(1);
    tags.retain(|tag| tag.code != ROWS_PER_STRIP);
    tags.push(tag(ROWS_PER_STRIP, SHORT, &[1]));
    tiff.page(&tags, &packed::rows().chunks(8).map(<[u8]>::to_vec).collect::<Vec<_>>());
    tiff.bytes
}

fn tiles() -> Vec<u8> {
    let mut tiff = Tiff::little();
    let places: Vec<u64> = (0..4).map(|shade| tiff.data(&[shade * 60; 256])).collect();
    let mut tags = colour_tags(1, 1, 1);
    tags.retain(|tag| tag.code != ROWS_PER_STRIP);
    for tag in &mut tags {
        if tag.values == [16] {
            tag.values = vec![32];
        }
    }
    tags.extend([tag(TILE_WIDTH, SHORT, &[16]), tag(TILE_HEIGHT, SHORT, &[16])]);
    tags.extend([tag(TILE_PLACES, LONG, &places), tag(TILE_LENGTHS, SHORT, &[256; 4])]);
    tiff.directory(&tags);
    tiff.bytes
}

/// An empty sheet in a hundred strips.
fn largest() -> Vec<u8> {
    let mut tiff = Tiff::little();
    let (width, height, rows) = (20_000, 10_000, 100);
    let white_row = [0x00; 2500].repeat(100);
    let strip = {
        let mut encoder = weezl::encode::Encoder::with_tiff_size_switch(weezl::BitOrder::Msb, 8);
        encoder.encode(&white_row).expect("memory takes it")
    };
    let mut tags = fax_tags(5);
    for tag in &mut tags {
        match tag.code {
            super::WIDTH => tag.values = vec![width],
            super::HEIGHT => tag.values = vec![height],
            ROWS_PER_STRIP => tag.values = vec![rows],
            _ => {}
        }
    }
    tiff.page(&tags, &vec![strip; 100]);
    tiff.bytes
}
