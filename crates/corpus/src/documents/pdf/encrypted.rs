//! Encrypted files of each revision: with an empty user password, as scanners and banks write them, and with another.

use pishkhan_inspect::{Flag, Kind, Refusal};

use super::super::{accepted, refused};
use super::encryption::{Encryption, Revision};
use super::writer::Pdf;
use crate::Specimen;

pub(super) fn specimens() -> Vec<Specimen> {
    let rows = [
        (
            Revision::Rc4Short,
            "a PDF with RC4 of 40 bits",
            "the same with a password: RC4 of 40 bits",
            "a packed script under RC4 of 40 bits",
        ),
        (
            Revision::Rc4Long,
            "a PDF with RC4 of 128 bits",
            "the same with a password: RC4 of 128 bits",
            "a packed script under RC4 of 128 bits",
        ),
        (
            Revision::Rc4Filter,
            "a PDF with RC4 as a filter",
            "the same with a password: RC4 as a filter",
            "a packed script under RC4 as a filter",
        ),
        (
            Revision::Aes128,
            "a PDF with AES of 128 bits",
            "the same with a password: AES of 128 bits",
            "a packed script under AES of 128 bits",
        ),
        (
            Revision::Aes256Early,
            "a PDF with AES of 256 bits, early",
            "the same with a password: early AES of 256 bits",
            "a packed script under early AES of 256 bits",
        ),
        (
            Revision::Aes256,
            "a PDF with AES of 256 bits",
            "the same with a password: AES of 256 bits",
            "a packed script under AES of 256 bits",
        ),
    ];
    let mut specimens: Vec<Specimen> = rows
        .into_iter()
        .flat_map(|(revision, open, closed, script)| {
            [
                accepted(open, Kind::Pdf, &[], letter(&Encryption::new(revision, b""), false)),
                refused(closed, Refusal::Encrypted, letter(&Encryption::new(revision, b"1234"), false)),
                accepted(script, Kind::Pdf, &[Flag::Script], letter(&Encryption::new(revision, b""), true)),
            ]
        })
        .collect();
    let certificate = Pdf::letter("").finish("/Encrypt<</Filter/Adobe.PubSec/V 4/SubFilter/adbe.pkcs7.s5>>");
    let nowhere = Pdf::letter("").finish("/Encrypt 9 0 R");
    specimens.push(refused("a PDF for a certificate's owner", Refusal::Encrypted, certificate));
    specimens.push(refused("a PDF whose encryption is missing", Refusal::Encrypted, nowhere));
    specimens
}

fn letter(encryption: &Encryption, has_script: bool) -> Vec<u8> {
    let mut pdf = Pdf::letter(if has_script { "/OpenAction 6 0 R" } else { "" });
    let object = if has_script { "<</S/JavaScript/JS<00>>>" } else { "<</Type/ExtGState>>" };
    pdf.packed(5, &[(6, object)], |data| encryption.seal(5, data));
    pdf.object(7, &encryption.dictionary());
    pdf.finish("/Encrypt 7 0 R/ID[<00112233445566778899AABBCCDDEEFF><00>]")
}
