//! JPEGs with something behind their end, as phones and photographers' programs leave it.

use pishkhan_inspect::Kind;

use super::{large_without_end, small, writer::Jpeg};
use crate::{
    Specimen,
    pictures::{accepted, followed, noise},
};

pub fn specimens() -> Vec<Specimen> {
    let pass = |name, trailer: &[u8]| accepted(name, Kind::Jpeg, followed(small(), trailer));
    vec![
        pass("jpeg, a line end behind it", b"\r\n"),
        pass("jpeg, zeros to the end of the block", &[0; 100_000]),
        pass("jpeg, 0xFF to the end of the block", &[0xFF; 100_000]),
        pass("jpeg, a picture for large screens behind it", &small()),
        pass("jpeg, gain map behind padding", &[&[0; 60][..], &[0xFF; 3], &small(), &[0; 9]].concat()),
        pass("jpeg, many pictures behind it", &small().repeat(40)),
        pass("jpeg, motion photo", &film()),
        pass("jpeg, motion photo behind a gain map", &[small(), film()].concat()),
        pass(
            "jpeg, Samsung's trailer",
            &[&noise(90_000), &b"\0\0\x01\x0AImage_UTC_DataSEFH\x6B\0\0\0\x24\0\0\0SEFT"[..]].concat(),
        ),
        pass("jpeg, Samsung's older trailer", &[&noise(90_000), &b"\0\0QDIOBS"[..]].concat()),
        pass(
            "jpeg, Huawei's live photo",
            &[&noise(90_000)[..], b"v2_f35              17:1450         LIVE_1234           "].concat(),
        ),
        pass("jpeg, Oppo's trailer", &[&noise(90_000), &b"{\"a\":1}jxrs\x10\0\0\0"[..]].concat()),
        pass("jpeg, Vivo's trailer", &[&noise(90_000), &b"\xFF\xFF\xFF\xFF\x1B*9HWfu\x84\x93\xA2\xB1"[..]].concat()),
        pass("jpeg, Nikon's trailer", &[&noise(90_000), &b"\0\0\0\0\0\0/NIKON APP"[..]].concat()),
        pass("jpeg, Photo Mechanic's trailer", &[&noise(90_000), &b"\0\x01\x5F\x90cbipcbbl"[..]].concat()),
        pass("jpeg, FotoStation's trailer", &[&noise(90_000), &b"\0\x01\xA1\xB2\xC3\xD4"[..]].concat()),
        pass("jpeg, AFCP trailer", &[&noise(90_000), &b"AXS!\x01\0\0\0\0\0\x10\0"[..]].concat()),
        pass("jpeg, Canon's trailer", &[&noise(90_000), &b"CANON OPTIONAL DATA\0"[..], &[0; 44]].concat()),
        pass(
            "jpeg, metadata's trailer (MIE)",
            &[&noise(90_000), &b"~\0\x04\0zmie~\0\0\x06\0\x01\x5F\x90\x10\x04"[..]].concat(),
        ),
        pass("jpeg, Insta360's trailer", &[&noise(90_000), &b"8db42d694ccc418790edff439fe026bf"[..]].concat()),
        pass(
            "jpeg, notes of an unknown phone",
            b"\x01\x02{\"mode\": \"portrait\", \"zoom\": 2} <x:xmpmeta xmlns:x='adobe:ns:meta/'/>",
        ),
        pass("jpeg, 64 KiB of nobody knows what", &unknown(64 * 1024)),
        pass("jpeg, a broken thumbnail behind it", b"\xFF\xD8\xFF\xDB\0\x02\xFF\xC4\0"),
        accepted("jpeg, depth map that its metadata tells of", Kind::Jpeg, followed(told(), &unknown(90_000))),
        accepted("jpeg, end left out, the next picture behind it", Kind::Jpeg, followed(large_without_end(), &small())),
    ]
}

/// A picture whose metadata says how long the thing behind it is.
pub fn told() -> Vec<u8> {
    let metadata = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><Container:Item Item:Semantic='Depth' Item:Length='90000'/></x:xmpmeta>";
    Jpeg::new().segment(0xE1, metadata).raw(&small()[2..]).without_end()
}

/// Bytes that begin like nothing.
pub fn unknown(length: usize) -> Vec<u8> {
    let mut bytes = noise(length);
    bytes[0] = 1;
    bytes
}

/// An MP4 with a box of each way to tell a length: four bytes, eight bytes, the rest of the file.
fn film() -> Vec<u8> {
    let head = b"\0\0\0\x18ftypmp42\0\0\0\0isommp42";
    let data = [&b"\0\0\0\x01mdat\0\0\0\0\0\0\x90\x10"[..], &noise(0x9000)].concat();
    [&head[..], &data, b"\0\0\0\x10free\0\0\0\0\0\0\0\0"].concat()
}
