//! Every specimen has exactly the outcome that it was made for.

use std::{
    collections::HashSet,
    io::{self, Read, Seek, SeekFrom},
};

use pishkhan_corpus::{Specimen, pictures};
use pishkhan_inspect::inspect;

use crate::meter::inspected;

#[test]
fn every_picture_has_its_outcome() {
    let wrong: Vec<String> = pictures()
        .iter()
        .filter_map(|Specimen { name, bytes, expected }| {
            let outcome = inspected(bytes).map(|finding| (finding.kind, finding.flags));
            (outcome != *expected).then(|| format!("{name}: {outcome:?} instead of {expected:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_picture_has_a_name_of_its_own() {
    let mut names = HashSet::new();
    for Specimen { name, .. } in pictures() {
        assert!(names.insert(name), "{name} is there twice");
    }
}

/// A truncated picture that passes is one whose last bytes didn't matter: a trailer, a missing JPEG end, the last strip's excess.
#[test]
fn a_tiff_or_png_without_most_of_it_is_refused() {
    for Specimen { name, bytes, expected } in pictures() {
        let is_whole = !name.starts_with("jpeg") && !name.contains("behind") && !name.contains("trailer");
        let is_told = !name.contains("zeros") && !name.contains("in place") && !name.contains("notes in the chain");
        if expected.is_ok() && is_whole && is_told {
            assert!(inspected(&bytes[..bytes.len() * 2 / 5]).is_err(), "two fifths of {name}");
        }
    }
}

/// A disk that fails is no fault of the file.
#[test]
fn an_error_of_the_disk_stays_one() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    impl Seek for Broken {
        fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
            Ok(4096)
        }
    }
    assert_eq!(inspect(&mut Broken).map_err(|error| error.to_string()), Err("the disk is gone".to_owned()));
}
