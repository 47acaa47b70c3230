//! JPEGs that must not pass.

use pishkhan_inspect::Refusal;

use super::{
    COLOUR, GREY, begun, large_without_end, small, trailers,
    writer::{BASELINE, COMMENT, HIERARCHICAL, Jpeg, PROGRESSIVE, blocks, empty_blocks},
};
use crate::{
    Specimen,
    pictures::{PAGE, PDF, cut, followed, noise, refused, zip},
};

pub fn specimens() -> Vec<Specimen> {
    [sizes(), damage(), polyglots()].concat()
}

fn sizes() -> Vec<Specimen> {
    let sized = |size| {
        let jpeg = Jpeg::new().quantisation().codes().frame(BASELINE, 8, size, &COLOUR);
        jpeg.scan(&[1, 2, 3], (0, 63)).raw(&blocks(6, 0)).end()
    };
    let too_large = |name, bytes| refused(name, Refusal::TooLarge, bytes);
    vec![
        too_large("jpeg, too wide", sized((20_001, 1))),
        too_large("jpeg, too high", sized((1, 20_001))),
        too_large("jpeg, too many pixels", sized((20_000, 10_001))),
        too_large("jpeg, largest size of the format", sized((u16::MAX, u16::MAX))),
        too_large(
            "jpeg, too high by DNL",
            Jpeg::new()
                .quantisation()
                .codes()
                .frame(BASELINE, 8, (16, 0), &GREY)
                .scan(&[1], (0, 63))
                .raw(&blocks(4, 0))
                .segment(0xDC, &[0xFF, 0xFF])
                .end(),
        ),
        too_large("jpeg, ten thousand scans", scans(10_000)),
        too_large(
            "jpeg, segments without end",
            Jpeg::new().raw(&[0xFF, COMMENT, 0, 2].repeat(20_000)).raw(&small()[2..]).without_end(),
        ),
        too_large("jpeg, a bomb behind a small picture", followed(small(), &sized((u16::MAX, u16::MAX)))),
    ]
}

fn damage() -> Vec<Specimen> {
    let damaged = |name, bytes| refused(name, Refusal::Damaged, bytes);
    let frame = |jpeg: Jpeg| jpeg.frame(BASELINE, 8, (16, 16), &GREY);
    let head = Jpeg::new().jfif().quantisation().codes();
    let many = [(1, 1); 5];
    vec![
        damaged("jpeg, first bytes only", b"\xFF\xD8\xFF\xE0".to_vec()),
        damaged("jpeg, cut among its headers", cut(small(), 60)),
        damaged("jpeg, cut before its scan", frame(head.clone()).without_end()),
        damaged("jpeg, cut after a few bytes of its scan", begun().without_end()),
        damaged("jpeg, tables only", head.clone().end()),
        damaged("jpeg, frame without a scan", frame(head.clone()).end()),
        damaged("jpeg, scan without data", frame(head.clone()).scan(&[1], (0, 63)).end()),
        damaged("jpeg, scan before the frame", head.clone().scan(&[1], (0, 63)).raw(&blocks(4, 0)).end()),
        damaged("jpeg, two frames", frame(frame(head.clone())).scan(&[1], (0, 63)).raw(&blocks(4, 0)).end()),
        damaged(
            "jpeg, hierarchical",
            head.clone().frame(HIERARCHICAL, 8, (16, 16), &GREY).scan(&[1], (0, 63)).raw(&blocks(4, 0)).end(),
        ),
        damaged(
            "jpeg, no width",
            head.clone().frame(BASELINE, 8, (0, 16), &GREY).scan(&[1], (0, 63)).raw(&blocks(4, 0)).end(),
        ),
        damaged(
            "jpeg, height never told",
            head.clone().frame(BASELINE, 8, (16, 0), &GREY).scan(&[1], (0, 63)).raw(&blocks(4, 0)).end(),
        ),
        damaged(
            "jpeg, five components",
            head.clone().frame(BASELINE, 8, (16, 16), &many).scan(&[1], (0, 63)).raw(&blocks(4, 0)).end(),
        ),
        damaged(
            "jpeg, frame longer than its components",
            head.clone()
                .segment(BASELINE, &[8, 0, 16, 0, 16, 1, 1, 17, 0, 9])
                .scan(&[1], (0, 63))
                .raw(&blocks(4, 0))
                .end(),
        ),
        damaged(
            "jpeg, segment shorter than its length",
            head.clone().raw(&[0xFF, COMMENT, 0, 1]).raw(&small()[2..]).end(),
        ),
        damaged("jpeg, begins twice", Jpeg::new().raw(&small()).without_end()),
        damaged(
            "jpeg, noise for segments",
            Jpeg::new().raw(&[0xFF]).raw(&[0; 70_000]).raw(&small()[2..]).without_end(),
        ),
    ]
}

fn polyglots() -> Vec<Specimen> {
    let polyglot = |name, bytes| refused(name, Refusal::Polyglot, bytes);
    let behind = |trailer: &[u8]| followed(small(), trailer);
    vec![
        polyglot("jpeg and zip", behind(&zip())),
        polyglot("jpeg and zip behind padding", behind(&[&[0; 3000][..], &zip()].concat())),
        polyglot("jpeg and zip behind a film", behind(&[&b"\0\0\0\x10ftypmp42\0\0\0\0"[..], &zip()].concat())),
        polyglot("jpeg and zip, a few bytes behind", behind(&[&zip()[..], b"\n\n"].concat())),
        polyglot("jpeg and zip with Samsung's mark", behind(&[&zip()[..], b"SEFT"].concat())),
        polyglot(
            "jpeg and zip within a comment",
            Jpeg::new().segment(COMMENT, &zip()).raw(&small()[2..]).without_end(),
        ),
        polyglot("jpeg and zip, end left out", followed(large_without_end(), &zip())),
        polyglot("jpeg and java archive", behind(&[&zip()[..], b"META-INF/MANIFEST.MF"].concat())),
        polyglot("jpeg and page", behind(PAGE)),
        polyglot("jpeg and page behind notes", behind(&[b"\x01notes ", PAGE].concat())),
        polyglot("jpeg and page behind 40,000 bytes", behind(&[&trailers::unknown(40_000)[..], PAGE].concat())),
        polyglot("jpeg and page with Samsung's mark", behind(&[PAGE, b"SEFT"].concat())),
        polyglot("jpeg and page that its metadata tells of", followed(trailers::told(), PAGE)),
        polyglot("jpeg and script", behind(b"#!/bin/sh\nrm -rf ~\n")),
        polyglot("jpeg and php", behind(b"<?php system($_GET['c']); ?>")),
        polyglot("jpeg and pdf behind it", behind(PDF)),
        polyglot("jpeg and pdf within a comment", Jpeg::new().segment(COMMENT, PDF).raw(&small()[2..]).without_end()),
        polyglot("jpeg and program", behind(b"MZ\x90\0\x03\0\0\0This program cannot be run in DOS mode.\r\r\n$")),
        polyglot("jpeg and linux program", behind(b"notes\x7FELF\x02\x01\x01\0\0\0\0\0\0\0\0\0")),
        polyglot("jpeg and rar", behind(b"Rar!\x1A\x07\x01\0\x33\x92\xB5\xE5")),
        polyglot("jpeg and 7z", behind(b"7z\xBC\xAF\x27\x1C\0\x04\x55\xAA")),
        polyglot(
            "jpeg and old office document",
            behind(&[&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], &[0; 600]].concat()),
        ),
        polyglot("jpeg and more than 64 KiB of nobody knows what", behind(&trailers::unknown(64 * 1024 + 1))),
        polyglot(
            "jpeg and noise after a film",
            behind(&[&b"\0\0\0\x10ftypmp42\0\0\0\0\xFF"[..], &noise(70_000)].concat()),
        ),
    ]
}

fn scans(count: usize) -> Vec<u8> {
    let jpeg = Jpeg::new().quantisation().codes().frame(PROGRESSIVE, 8, (16, 16), &GREY);
    (0..count).fold(jpeg, |jpeg, _| jpeg.scan(&[1], (1, 63)).raw(&empty_blocks(4))).end()
}
