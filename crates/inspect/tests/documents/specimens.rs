//! Every specimen has exactly the outcome that it was made for, and there is one for each.

use std::collections::HashSet;

use pishkhan_corpus::{Specimen, all, documents, foreign, honest, hostile};
use pishkhan_inspect::{Flag, Kind, Refusal};

use crate::meter::inspected;

#[test]
fn every_document_has_its_outcome() {
    let wrong: Vec<String> = documents()
        .iter()
        .chain(&foreign())
        .filter_map(|Specimen { name, bytes, expected }| {
            let outcome = inspected(bytes).map(|finding| (finding.kind, finding.flags));
            (outcome != *expected).then(|| format!("{name}: {outcome:?} instead of {expected:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_specimen_has_a_name_of_its_own() {
    let mut names = HashSet::new();
    for Specimen { name, .. } in all() {
        assert!(names.insert(name), "{name} is there twice");
    }
    assert_eq!(honest().len() + hostile().len(), names.len());
}

#[test]
fn every_kind_every_flag_and_every_refusal_has_a_specimen() {
    let outcomes: Vec<_> = all().into_iter().map(|specimen| specimen.expected).collect();
    for kind in Kind::ALL {
        assert!(outcomes.contains(&Ok((kind, Vec::new()))), "{kind:?}");
    }
    for flag in Flag::ALL {
        assert!(outcomes.iter().flatten().any(|(_, flags)| flags.contains(&flag)), "{flag:?}");
    }
    for refusal in Refusal::ALL {
        assert!(outcomes.contains(&Err(refusal)), "{refusal:?}");
    }
}

/// What is cut in its middle misses its end: a DOCX its directory, a DOC its directory or text, a PDF part of an object.
#[test]
fn a_docx_or_doc_without_its_last_third_is_refused() {
    for Specimen { name, bytes, expected } in documents() {
        let has_padding = name.contains("behind it") || name.contains("large sectors");
        if matches!(expected, Ok((Kind::Doc | Kind::Docx, _))) && !has_padding {
            assert!(inspected(&bytes[..bytes.len() * 2 / 3]).is_err(), "two thirds of {name}");
        }
    }
}
