//! TIFFs that must pass although their writers were careless.

use pishkhan_inspect::Kind;

use super::{
    colour_tags, fax_tags, one_page, packed, small,
    writer::{
        BYTE, HEIGHT, LONG, PACKING, ROWS_PER_STRIP, SHORT, SIGNED_LONG, STRIP_LENGTHS, STRIP_PLACES, Tag, Tiff, WIDTH,
        tag, text,
    },
};
use crate::{
    Specimen,
    pictures::{PAGE, accepted, cut, followed, noise},
};

pub fn specimens() -> Vec<Specimen> {
    let pass = |name, bytes| accepted(name, Kind::Tiff, bytes);
    vec![
        pass("tiff, lengths of strips left out", with_lengths(fax_tags(4), None)),
        pass("tiff, lengths of strips are zero", with_lengths(fax_tags(3), Some(0))),
        pass("tiff, length of the strip as if unpacked", with_length_as_if_unpacked()),
        pass("tiff, last strip a little longer than the file", last_strip_too_long()),
        pass("tiff, directory before its data", directory_first(|_| {})),
        pass("tiff, directory at an odd place", directory_at_odd_place()),
        pass("tiff, tags in disorder", directory_first(<[Tag]>::reverse)),
        pass(
            "tiff, a tag twice",
            one_page(Tiff::little(), &[fax_tags(4), vec![tag(HEIGHT, SHORT, &[8])]].concat(), packed::group_4()),
        ),
        pass("tiff, sizes with a sign", signed_sizes()),
        pass("tiff, pointer to the next page left out", without_last_pointer()),
        pass("tiff, a directory of notes in the chain", with_notes()),
        pass("tiff, EXIF, position and sub-image", with_other_directories()),
        pass("tiff, camera's raw picture (DNG)", raw_picture()),
        pass("tiff, something behind it", followed(small(), &noise(300))),
        // No program looks for a page of the web there, and a strip may hold any bytes.
        pass("tiff, markup in between", with_markup()),
        pass("tiff, a strip that was never written", never_written()),
    ]
}

/// A page whose strips have these lengths, or none.
fn with_lengths(tags: Vec<Tag>, length: Option<u64>) -> Vec<u8> {
    let mut tiff = Tiff::little();
    let is_group_3 = tags.iter().any(|tag| tag.code == PACKING && tag.values == [3]);
    let place = tiff.data(&if is_group_3 { packed::group_3() } else { packed::group_4() });
    let lengths = length.map(|length| tag(STRIP_LENGTHS, LONG, &[length]));
    tiff.directory(&[tags, vec![tag(STRIP_PLACES, LONG, &[place])], lengths.into_iter().collect()].concat());
    tiff.bytes
}

/// 4,000 rows of 8 bytes are noted, of which group 4 left a few; the rest of the rows is white.
fn with_length_as_if_unpacked() -> Vec<u8> {
    let mut tags = fax_tags(4);
    for tag in &mut tags {
        if matches!(tag.code, HEIGHT | ROWS_PER_STRIP) {
            tag.values = vec![4000];
        }
    }
    with_lengths(tags, Some(8 * 4000))
}

fn last_strip_too_long() -> Vec<u8> {
    directory_first(|tags| {
        for tag in tags {
            if tag.code == STRIP_LENGTHS {
                tag.values[0] += 2;
            }
        }
    })
}

/// A file that begins with its directory and ends with its data.
fn directory_first(change: impl Fn(&mut [Tag])) -> Vec<u8> {
    let data = packed::group_4();
    let mut tiff = Tiff::little();
    let mut tags = fax_tags(4);
    // The header, the count, each entry, the pointer: everything fits into the entries.
    let place = 8 + 2 + 12 * (tags.len() as u64 + 2) + 4;
    tags.extend([tag(STRIP_PLACES, LONG, &[place]), tag(STRIP_LENGTHS, LONG, &[data.len() as u64])]);
    change(&mut tags);
    tiff.directory(&tags);
    assert_eq!(tiff.here(), place, "the data comes right behind the directory");
    tiff.data(&data);
    tiff.bytes
}

fn directory_at_odd_place() -> Vec<u8> {
    let mut tiff = Tiff::little();
    let mut data = packed::group_4();
    if data.len().is_multiple_of(2) {
        data.push(0);
    }
    tiff.page(&fax_tags(4), &[data]);
    tiff.bytes
}

fn signed_sizes() -> Vec<u8> {
    let mut tags = fax_tags(4);
    for tag in &mut tags {
        match tag.code {
            WIDTH | HEIGHT => tag.kind = SIGNED_LONG,
            PACKING => tag.kind = BYTE,
            _ => {}
        }
    }
    one_page(Tiff::little(), &tags, packed::group_4())
}

fn without_last_pointer() -> Vec<u8> {
    let bytes = small();
    let length = bytes.len() - 4;
    cut(bytes, length)
}

fn with_notes() -> Vec<u8> {
    let mut tiff = Tiff::little();
    tiff.page(&fax_tags(4), &[packed::group_4()]);
    tiff.directory(&[text(305, "notes"), tag(65_100, BYTE, &[7; 90])]);
    tiff.bytes
}

/// Tags that lead to directories out of the chain, one of them in a circle.
fn with_other_directories() -> Vec<u8> {
    let tags = [fax_tags(4), vec![tag(330, LONG, &[8]), tag(34_665, LONG, &[8]), tag(34_853, 13, &[8])]].concat();
    one_page(Tiff::little(), &tags, packed::group_4())
}

fn raw_picture() -> Vec<u8> {
    let tags = [colour_tags(1, 2, 3), vec![tag(254, LONG, &[1]), tag(50_706, BYTE, &[1, 4, 0, 0])]].concat();
    one_page(Tiff::little(), &tags, vec![0x80; 768])
}

fn with_markup() -> Vec<u8> {
    let mut tiff = Tiff::little();
    tiff.data(PAGE);
    tiff.page(&fax_tags(4), &[packed::group_4()]);
    tiff.bytes
}

/// Programs for maps leave the place and the length of an empty strip at 0.
fn never_written() -> Vec<u8> {
    let mut tiff = Tiff::little();
    let place = tiff.data(&[0x80; 128]);
    let strips = [tag(STRIP_PLACES, LONG, &[place, 0]), tag(STRIP_LENGTHS, LONG, &[128, 0])];
    let mut tags = colour_tags(1, 1, 1);
    for tag in &mut tags {
        if tag.code == ROWS_PER_STRIP {
            tag.values = vec![8];
        }
    }
    tiff.directory(&[tags, strips.to_vec()].concat());
    tiff.bytes
}
