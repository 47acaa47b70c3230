//! TIFFs that must not pass.

use pishkhan_inspect::Refusal;

use super::{
    colour_tags, fax_tags, one_page, packed, pages, small,
    writer::{
        BITS, HEIGHT, LONG, LONG8, SAMPLES, SHORT, STRIP_LENGTHS, STRIP_PLACES, TILE_HEIGHT, TILE_WIDTH, Tag, Tiff,
        WIDTH, tag, text,
    },
};
use crate::{
    Specimen,
    pictures::{PDF, cut, followed, refused, zip},
};

pub fn specimens() -> Vec<Specimen> {
    [sizes(), chains(), damage(), polyglots()].concat()
}

fn sizes() -> Vec<Specimen> {
    let with = |name, changed: &[Tag]| {
        let mut tags = fax_tags(4);
        tags.retain(|tag| changed.iter().all(|change| change.code != tag.code));
        let bytes = one_page(Tiff::little(), &[tags, changed.to_vec()].concat(), packed::group_4());
        refused(name, Refusal::TooLarge, bytes)
    };
    let mut second_page = Tiff::little();
    second_page.page(&fax_tags(4), &[packed::group_4()]);
    second_page.page(&[tag(WIDTH, LONG, &[400_000]), tag(HEIGHT, LONG, &[400_000])], &[packed::group_4()]);
    vec![
        with("tiff, too wide", &[tag(WIDTH, LONG, &[20_001])]),
        with("tiff, too high", &[tag(HEIGHT, LONG, &[20_001])]),
        with("tiff, too many pixels", &[tag(WIDTH, SHORT, &[20_000]), tag(HEIGHT, SHORT, &[10_001])]),
        with("tiff, 16 trillion pixels", &[tag(WIDTH, LONG, &[4_000_000]), tag(HEIGHT, LONG, &[4_000_000])]),
        with(
            "tiff, a tile larger than the sheet",
            &[tag(TILE_WIDTH, LONG, &[1 << 30]), tag(TILE_HEIGHT, LONG, &[1 << 30])],
        ),
        with("tiff, ten thousand samples for a pixel", &[tag(SAMPLES, SHORT, &[10_000])]),
        with("tiff, samples of ten thousand bits", &[tag(BITS, SHORT, &[10_000, 8, 8])]),
        with("tiff, a small width and then a large one", &[tag(WIDTH, SHORT, &[64]), tag(WIDTH, LONG, &[1 << 31])]),
        refused("tiff, a bomb on its second page", Refusal::TooLarge, second_page.bytes),
        refused(
            "tiff, BigTIFF, largest size of the format",
            Refusal::TooLarge,
            one_page(
                Tiff::big(),
                &[tag(WIDTH, LONG8, &[u64::MAX]), tag(HEIGHT, LONG8, &[u64::MAX])],
                packed::group_4(),
            ),
        ),
    ]
}

fn chains() -> Vec<Specimen> {
    let mut own_tail = Tiff::little();
    let place = own_tail.data(&packed::group_4());
    let directory = own_tail.here();
    own_tail.directory(&[fax_tags(4), vec![tag(STRIP_PLACES, LONG, &[place])]].concat());
    own_tail.link_to(directory);

    let mut circle = Tiff::little();
    let first = circle.data(&packed::group_4());
    let tags = [fax_tags(4), vec![tag(STRIP_PLACES, LONG, &[first])]].concat();
    let directory = circle.here();
    circle.directory(&tags);
    circle.directory(&tags);
    circle.link_to(directory);

    let mut nowhere = Tiff::little();
    nowhere.page(&fax_tags(4), &[packed::group_4()]);
    nowhere.link_to(1 << 30);

    vec![
        refused("tiff, directory that follows itself", Refusal::Damaged, own_tail.bytes),
        refused("tiff, directories in a circle", Refusal::Damaged, circle.bytes),
        refused("tiff, next page behind the file", Refusal::Damaged, nowhere.bytes),
        refused("tiff, 2,001 pages", Refusal::TooManyPages, pages(2001)),
        refused("tiff, a hundred thousand pages", Refusal::TooManyPages, hundred_thousand_pages()),
        refused("tiff, directories of notes without end", Refusal::TooManyPages, notes()),
    ]
}

fn damage() -> Vec<Specimen> {
    let damaged = |name, bytes| refused(name, Refusal::Damaged, bytes);
    let strips = |places: Tag, lengths: Tag| {
        let mut tiff = Tiff::little();
        tiff.data(&packed::group_4());
        tiff.directory(&[fax_tags(4), vec![places, lengths]].concat());
        tiff.bytes
    };
    let mut wrong_width = Tiff::big().bytes;
    wrong_width[4] = 4;
    vec![
        damaged("tiff, header only", b"II*\0".to_vec()),
        damaged("tiff, no directory", Tiff::little().bytes),
        damaged("tiff, directory behind the file", b"II*\0\0\0\x01\0".to_vec()),
        damaged("tiff, directory in the last byte", b"MM\0*\0\0\0\x08\xFF".to_vec()),
        damaged("tiff, directory without entries", b"II*\0\x08\0\0\0\0\0\0\0\0\0".to_vec()),
        damaged("tiff, directory with more entries than the file", b"II*\0\x08\0\0\0\xFF\xFF\0\0\0\0".to_vec()),
        damaged("tiff, BigTIFF with places of four bytes", wrong_width),
        damaged("tiff, BigTIFF, a directory of 2^62 entries", big_directory()),
        damaged("tiff, cut in its directory", cut(small(), 60)),
        damaged("tiff, cut in its second page", cut(pages(2), 200)),
        damaged("tiff, page without a size", one_page(Tiff::little(), &[text(305, "")], packed::group_4())),
        damaged("tiff, page without data", {
            let mut tiff = Tiff::little();
            tiff.directory(&fax_tags(4));
            tiff.bytes
        }),
        damaged(
            "tiff, strip behind the file",
            strips(tag(STRIP_PLACES, LONG, &[1 << 30]), tag(STRIP_LENGTHS, LONG, &[9])),
        ),
        damaged(
            "tiff, strip longer than the file",
            strips(tag(STRIP_PLACES, LONG, &[8]), tag(STRIP_LENGTHS, LONG, &[90_000])),
        ),
        damaged(
            "tiff, two strips longer than the file",
            strips(tag(STRIP_PLACES, LONG, &[8, 9]), tag(STRIP_LENGTHS, LONG, &[400, 400])),
        ),
        damaged("tiff, list of strips behind the file", list_behind_the_file()),
        damaged("tiff, older jpeg behind the file", {
            let mut tiff = Tiff::little();
            tiff.directory(&[colour_tags(6, 1, 1), vec![tag(513, LONG, &[1 << 20])]].concat());
            tiff.bytes
        }),
        damaged("tiff, one list of strips for a thousand pages", shared_list()),
    ]
}

fn polyglots() -> Vec<Specimen> {
    let with_note = |note: &[u8]| {
        let mut tiff = Tiff::little();
        tiff.data(note);
        tiff.page(&fax_tags(4), &[packed::group_4()]);
        tiff.bytes
    };
    vec![
        refused("tiff and zip", Refusal::Polyglot, followed(small(), &zip())),
        refused("tiff and zip in between", Refusal::Polyglot, with_note(&zip())),
        refused("tiff and pdf", Refusal::Polyglot, with_note(PDF)),
    ]
}

/// Directories of one entry each, in a chain.
fn hundred_thousand_pages() -> Vec<u8> {
    let mut tiff = Tiff::little();
    let place = tiff.data(&packed::group_4());
    for _ in 0..100_000 {
        tiff.directory(&[tag(WIDTH, SHORT, &[64]), tag(HEIGHT, SHORT, &[8]), tag(STRIP_PLACES, SHORT, &[place])]);
    }
    tiff.bytes
}

fn notes() -> Vec<u8> {
    let mut tiff = Tiff::little();
    for _ in 0..3000 {
        tiff.directory(&[text(305, "")]);
    }
    tiff.bytes
}

fn big_directory() -> Vec<u8> {
    let mut bytes = Tiff::big().bytes;
    bytes[8] = 16;
    bytes.extend((1_u64 << 62).to_le_bytes());
    bytes.extend([0; 90]);
    bytes
}

fn list_behind_the_file() -> Vec<u8> {
    let mut tiff = Tiff::little();
    tiff.directory(&[fax_tags(4), vec![tag(STRIP_PLACES, LONG, &[8, 8])]].concat());
    // The entry is the last: its count becomes a billion.
    let count = tiff.bytes.len() - 4 - 8;
    tiff.bytes[count..count + 4].copy_from_slice(&(1_u32 << 30).to_le_bytes());
    tiff.bytes
}

/// A thousand pages that claim the same ten thousand strips each, which would take time and not space.
fn shared_list() -> Vec<u8> {
    let mut tiff = Tiff::little();
    let list = tiff.here();
    for _ in 0..10_000 {
        tiff.data(&[8, 0, 0, 0]);
    }
    for _ in 0..1000 {
        tiff.directory(&[tag(WIDTH, SHORT, &[64]), tag(HEIGHT, SHORT, &[8]), tag(STRIP_PLACES, LONG, &[list])]);
        let count = tiff.bytes.len() - 4 - 8;
        tiff.bytes[count..count + 4].copy_from_slice(&10_000_u32.to_le_bytes());
    }
    tiff.bytes
}
