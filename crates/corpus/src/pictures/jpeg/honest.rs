//! JPEGs that must pass.

use pishkhan_inspect::Kind;

use super::{
    COLOUR, GREY, begun, coloured, large_without_end, small,
    writer::{ARITHMETIC, BASELINE, COMMENT, EXTENDED, Jpeg, LOSSLESS, PROGRESSIVE, Sampling, blocks, empty_blocks},
};
use crate::{
    Specimen,
    pictures::{PAGE, accepted, cut, noise},
};

pub fn specimens() -> Vec<Specimen> {
    let pass = |name, bytes| accepted(name, Kind::Jpeg, bytes);
    vec![
        pass("jpeg, grey", small()),
        pass("jpeg, colour", colour(BASELINE)),
        pass("jpeg, colour, extended process", colour(EXTENDED)),
        pass("jpeg, colour, not sampled down", coloured()),
        pass("jpeg, four inks, Adobe's mark", inks()),
        pass("jpeg, progressive", progressive()),
        pass("jpeg, each colour in a scan of its own", scan_for_each_colour()),
        pass("jpeg, arithmetic coding", arithmetic()),
        pass(
            "jpeg, twelve bits",
            Jpeg::new()
                .quantisation()
                .codes()
                .frame(EXTENDED, 12, (16, 16), &GREY)
                .scan(&[1], (0, 63))
                .raw(&blocks(4, 0))
                .end(),
        ),
        pass(
            "jpeg, lossless, sixteen bits",
            Jpeg::new().codes().frame(LOSSLESS, 16, (16, 16), &GREY).scan(&[1], (1, 0)).raw(&empty_blocks(256)).end(),
        ),
        pass("jpeg, restart markers", restarts()),
        pass("jpeg, height told behind the scan (DNL)", height_behind()),
        pass("jpeg, fill bytes before markers", fill_bytes()),
        pass(
            "jpeg, stray bytes between segments",
            Jpeg::new()
                .jfif()
                .raw(&[0; 7])
                .quantisation()
                .raw(b"\x1A\xFF\0")
                .codes()
                .frame(BASELINE, 8, (16, 16), &GREY)
                .scan(&[1], (0, 63))
                .raw(&blocks(4, 0))
                .end(),
        ),
        pass("jpeg, EXIF on its side with a thumbnail", exif()),
        pass(
            "jpeg, no JFIF, tables in between",
            Jpeg::new()
                .codes()
                .frame(BASELINE, 8, (16, 16), &GREY)
                .quantisation()
                .scan(&[1], (0, 63))
                .raw(&blocks(4, 0))
                .end(),
        ),
        pass("jpeg, comment with markup", Jpeg::new().segment(COMMENT, PAGE).raw(&small()[2..]).without_end()),
        pass("jpeg, XMP", Jpeg::new().segment(0xE1, XMP).raw(&small()[2..]).without_end()),
        pass("jpeg, colour profile in two segments", colour_profile()),
        pass("jpeg, the longest segment", Jpeg::new().segment(0xEF, &noise(65_533)).raw(&small()[2..]).without_end()),
        pass("jpeg, an empty segment", Jpeg::new().segment(COMMENT, b"").raw(&small()[2..]).without_end()),
        pass("jpeg, end left out", large_without_end()),
        pass("jpeg, last rows missing", cut(large_without_end(), 1800)),
        pass("jpeg, cut in a later scan's tables", cut_in_tables()),
        pass("jpeg, a wrong bit makes a reserved marker", large_with_reserved_marker()),
        pass(
            "jpeg, largest size",
            Jpeg::new()
                .quantisation()
                .codes()
                .frame(BASELINE, 8, (20_000, 10_000), &GREY)
                .scan(&[1], (0, 63))
                .raw(&empty_blocks(2 * 2500 * 1250))
                .end(),
        ),
    ]
}

const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?>\
<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></x:xmpmeta>\
<?xpacket end='w'?>";

fn plain(components: &[Sampling]) -> Jpeg {
    Jpeg::new().jfif().quantisation().codes().frame(BASELINE, 8, (16, 16), components)
}

/// Four blocks of brightness and two of colour.
fn colour(code: u8) -> Vec<u8> {
    let jpeg = Jpeg::new().jfif().quantisation().codes().frame(code, 8, (16, 16), &COLOUR);
    jpeg.scan(&[1, 2, 3], (0, 63)).raw(&blocks(6, 0)).end()
}

fn inks() -> Vec<u8> {
    let jpeg = Jpeg::new().segment(0xEE, b"Adobe\0\x64\0\0\0\0\0").quantisation().codes();
    let jpeg = jpeg.frame(BASELINE, 8, (16, 16), &[(1, 1); 4]);
    jpeg.scan(&[1, 2, 3, 4], (0, 63)).raw(&blocks(16, 0)).end()
}

fn progressive() -> Vec<u8> {
    let jpeg = Jpeg::new().jfif().quantisation().codes().frame(PROGRESSIVE, 8, (16, 16), &COLOUR);
    let jpeg = jpeg.scan(&[1, 2, 3], (0, 0)).raw(&empty_blocks(6));
    // One bit for each of the four blocks of brightness, and for each of colour.
    let jpeg = jpeg.scan(&[1], (1, 5)).raw(&empty_blocks(4)).scan(&[1], (6, 63)).raw(&empty_blocks(4));
    jpeg.scan(&[2], (1, 63)).raw(&empty_blocks(1)).scan(&[3], (1, 63)).raw(&empty_blocks(1)).end()
}

fn scan_for_each_colour() -> Vec<u8> {
    let jpeg = plain(&COLOUR).scan(&[1], (0, 63)).raw(&blocks(4, 0)).codes();
    jpeg.scan(&[2], (0, 63)).raw(&blocks(1, 0)).scan(&[3], (0, 63)).raw(&blocks(1, 0)).end()
}

fn arithmetic() -> Vec<u8> {
    let jpeg = Jpeg::new().quantisation().segment(0xCC, &[0x00, 0x10, 0x10, 0x05]);
    jpeg.frame(ARITHMETIC, 8, (16, 16), &GREY).scan(&[1], (0, 63)).raw(&[0x5A, 0x3C, 0x91, 0x44]).end()
}

fn restarts() -> Vec<u8> {
    let jpeg = Jpeg::new().jfif().quantisation().codes().segment(0xDD, &[0, 2]).frame(BASELINE, 8, (64, 32), &GREY);
    jpeg.scan(&[1], (0, 63)).raw(&blocks(32, 2)).end()
}

fn height_behind() -> Vec<u8> {
    let jpeg = Jpeg::new().quantisation().codes().frame(BASELINE, 8, (16, 0), &GREY);
    jpeg.scan(&[1], (0, 63)).raw(&blocks(4, 0)).segment(0xDC, &[0, 16]).end()
}

fn fill_bytes() -> Vec<u8> {
    let fill = [0xFF; 3];
    let jpeg = Jpeg::new().raw(&fill).jfif().raw(&fill).quantisation().raw(&fill).codes();
    let jpeg = jpeg.frame(BASELINE, 8, (16, 16), &GREY).raw(&fill).scan(&[1], (0, 63));
    jpeg.raw(&blocks(4, 0)).raw(&fill).end()
}

/// Directories of a camera: turned by 90 degrees, and a second one with a thumbnail.
fn exif() -> Vec<u8> {
    let thumbnail = begun().end();
    let length = u8::try_from(thumbnail.len()).expect("a small thumbnail");
    let orientation = [1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0];
    let thumbnail_place = [2, 1, 0, 4, 0, 0, 0, 1, 0, 0, 0, 56];
    let thumbnail_length = [2, 2, 0, 4, 0, 0, 0, 1, 0, 0, 0, length];
    let first = [&[0, 1][..], &orientation, &[0, 0, 0, 26]].concat();
    let second = [&[0, 2][..], &thumbnail_place, &thumbnail_length, &[0; 4]].concat();
    let body = [&b"Exif\0\0MM\0*\0\0\0\x08"[..], &first, &second, &thumbnail].concat();
    Jpeg::new().segment(0xE1, &body).raw(&small()[2..]).without_end()
}

fn colour_profile() -> Vec<u8> {
    let part = |number: u8| [&b"ICC_PROFILE\0"[..], &[number, 2], &noise(300)].concat();
    Jpeg::new().segment(0xE2, &part(1)).segment(0xE2, &part(2)).raw(&small()[2..]).without_end()
}

/// The file ends in the tables between two scans, when the whole picture was there once.
fn cut_in_tables() -> Vec<u8> {
    let jpeg = Jpeg::new().jfif().quantisation().codes().frame(PROGRESSIVE, 8, (1600, 1600), &GREY);
    jpeg.scan(&[1], (0, 0)).raw(&empty_blocks(40_000)).raw(&[0xFF, 0xC4, 0, 40, 0x10, 1]).without_end()
}

fn large_with_reserved_marker() -> Vec<u8> {
    let mut bytes = large_without_end();
    let at = bytes.len() - 300;
    bytes[at..at + 2].copy_from_slice(&[0xFF, 0x5C]);
    [&bytes[..], &[0xFF, 0xD9]].concat()
}
