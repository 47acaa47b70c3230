//! Beginnings of files of other kinds, each as long as it takes to know them.

use pishkhan_inspect::Refusal;

use super::refused;
use crate::Specimen;

pub(super) fn specimens() -> Vec<Specimen> {
    [programs(), archives(), texts(), offices(), unknown()].into_iter().flatten().collect()
}

fn programs() -> Vec<Specimen> {
    let program = |name, bytes: &[u8]| refused(name, Refusal::Program, [bytes, &[0; 600]].concat());
    vec![
        program("a Windows program", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0"),
        program("a Windows program with a PDF behind it", b"MZ\x90\0\x03\0\0\0%PDF-1.4\n1 0 obj\n"),
        program("a Linux program", b"\x7fELF\x02\x01\x01"),
        program("a Mac program", b"\xcf\xfa\xed\xfe\x07\0\0\x01"),
        program("a Java class", b"\xca\xfe\xba\xbe\0\0\0\x34"),
        program("a script of a shell", b"#!/bin/sh\nrm -rf ~\n"),
        program("a Windows shortcut", b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0\x46"),
        program("a batch file", b"\r\n@ECHO off\r\ndel *.*\r\n"),
        program("a link to a page", b"[InternetShortcut]\r\nURL=https://a.example/\r\n"),
        program("compiled help", b"ITSF\x03\0\0\0"),
    ]
}

fn archives() -> Vec<Specimen> {
    let archive = |name, bytes: &[u8]| refused(name, Refusal::Archive, [bytes, &[0; 600]].concat());
    let mut tar = vec![0; 1024];
    tar[..10].copy_from_slice(b"letter.txt");
    tar[257..262].copy_from_slice(b"ustar");
    let mut iso = vec![0; 0x8800];
    iso[0x8001..0x8006].copy_from_slice(b"CD001");
    vec![
        archive("a RAR archive", b"Rar!\x1a\x07\x01\0"),
        archive("a 7z archive", b"7z\xbc\xaf\x27\x1c\0\x04"),
        archive("a gzip file", b"\x1f\x8b\x08\0\0\0\0\0"),
        archive("a cabinet", b"MSCF\0\0\0\0"),
        archive("an empty ZIP", b"PK\x05\x06"),
        refused("a tar archive", Refusal::Archive, tar),
        refused("an image of a disk", Refusal::Archive, iso),
    ]
}

fn texts() -> Vec<Specimen> {
    let markup = |name, text: &str| refused(name, Refusal::Markup, text);
    let wide: Vec<u8> = "\u{feff}<html><body>a</body></html>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        markup("a page", "<!DOCTYPE html>\n<html><script>alert(1)</script></html>"),
        markup(
            "a page without a head, saved as a document",
            "\r\n  <HTML xmlns:w=\"urn:schemas-microsoft-com:office:word\"><body>a</body></HTML>",
        ),
        markup("a drawing in SVG", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"),
        markup(
            "a document in the XML of Word 2003",
            "\u{feff}<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument/>",
        ),
        markup("a program for a web server", "<?php system($_GET['c']);"),
        markup("a page with its pictures", "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n"),
        refused("a page in UTF-16", Refusal::Markup, wide),
    ]
}

fn offices() -> Vec<Specimen> {
    vec![
        refused("a document in RTF", Refusal::OtherOffice, "{\\rtf1\\ansi\\deff0 letter}"),
        refused("a document of Word 2", Refusal::OtherOffice, [b"\xdb\xa5\x2d\0".as_slice(), &[0; 600]].concat()),
        refused(
            "a database of Access",
            Refusal::OtherOffice,
            [b"\0\x01\0\0Standard Jet DB\0".as_slice(), &[0; 600]].concat(),
        ),
    ]
}

fn unknown() -> Vec<Specimen> {
    let unknown = |name, bytes: &[u8]| refused(name, Refusal::Unknown, bytes);
    vec![
        unknown("an empty file", b""),
        unknown("a single byte", b"%"),
        unknown("a plain text", b"To whom it may concern: 1 < 2\n"),
        unknown("a GIF", b"GIF89a\x01\0\x01\0\0\0\0;"),
        unknown("a BMP", b"BM\x3a\0\0\0\0\0\0\0\x36\0\0\0"),
        unknown("a WebP", b"RIFF\x24\0\0\0WEBPVP8 "),
        unknown("a photo in HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
        unknown("a photo in AVIF", b"\0\0\0\x1cftypavif\0\0\0\0mif1avif"),
        unknown("a film in MP4", b"\0\0\0\x18ftypisom\0\0\x02\0isommp41"),
        unknown("a document of WordPerfect", b"\xffWPC\x10\0\0\0\x01\x0a"),
        unknown("a PostScript file", b"%!PS-Adobe-3.0\n%%EOF\n"),
        refused(
            "a PDF behind other lines",
            Refusal::Polyglot,
            b"HTTP/1.0 200 OK\r\n\r\n%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\n%%EOF\n".as_slice(),
        ),
    ]
}
