//! Whatever a file holds: no panic, and no more reading than a small multiple of its size.

use std::sync::LazyLock;

use pishkhan_corpus::{documents, foreign};
use proptest::{collection::vec, prelude::*, sample::Index};

use crate::meter::inspected;

/// The smaller specimens, so that thousands of changes take seconds.
static SEEDS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let bytes = documents().into_iter().chain(foreign()).map(|specimen| specimen.bytes);
    bytes.filter(|bytes| (1..20_000).contains(&bytes.len())).collect()
});

/// Beginnings that lead into each walker, and as far as a few bytes can.
const BEGINNINGS: [&[u8]; 5] = [
    b"%PDF-1.7\n1 0 obj\n<</Type/ObjStm/Filter/FlateDecode>>\nstream\n",
    b"%PDF-1.4\n1 0 obj\n",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x3e\0\x03\0\xfe\xff\x09\0\x06\0",
    b"PK\x03\x04",
    b"<",
];

/// Pieces that mean something to a walker, more often than noise would.
const PIECES: [&[u8]; 14] = [
    b"1 0 obj",
    b"endobj",
    b"stream\n",
    b"endstream",
    b"<<",
    b">>",
    b"/JS",
    b"(",
    b"trailer<</Encrypt 1 0 R/Root 1 0 R>>",
    b"PK\x01\x02",
    b"PK\x05\x06",
    b"\xff\xff\xff\xff",
    b"\xfe\xff\xff\xff",
    b"\0\0\0\0",
];

#[derive(Clone, Debug)]
enum Change {
    Set(Index, u8),
    Put(Index, Index),
    Remove(Index, usize),
    Cut(Index),
    Repeat(Index, usize),
    /// The rest of another specimen from there on.
    Splice(Index, Index),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        4 => (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        3 => (any::<Index>(), any::<Index>()).prop_map(|(at, piece)| Change::Put(at, piece)),
        1 => (any::<Index>(), 1..64_usize).prop_map(|(at, length)| Change::Remove(at, length)),
        1 => any::<Index>().prop_map(Change::Cut),
        1 => (any::<Index>(), 1..64_usize).prop_map(|(at, length)| Change::Repeat(at, length)),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(at, other)| Change::Splice(at, other)),
    ]
}

fn changed(mut bytes: Vec<u8>, change: &Change) -> Vec<u8> {
    // The byte behind the last one is a place, too.
    let place = |at: &Index| at.index(bytes.len() + 1);
    match change {
        Change::Set(at, byte) => {
            let at = place(at);
            bytes.get_mut(at).into_iter().for_each(|place| *place = *byte);
        }
        Change::Put(at, piece) => {
            let at = place(at);
            let piece = piece.get(&PIECES);
            let end = bytes.len().min(at + piece.len());
            bytes.splice(at..end, piece.iter().copied());
        }
        Change::Remove(at, length) => {
            let at = place(at);
            bytes.drain(at..bytes.len().min(at + length));
        }
        Change::Cut(at) => bytes.truncate(place(at)),
        Change::Repeat(at, length) => {
            let at = place(at);
            let part = bytes[at..bytes.len().min(at + length)].repeat(8);
            bytes.splice(at..at, part);
        }
        Change::Splice(at, other) => {
            bytes.truncate(place(at));
            let other = other.get(&SEEDS);
            bytes.extend_from_slice(&other[at.index(other.len())..]);
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_document_is_judged_within_bounds(seed in any::<Index>(), changes in vec(change(), 1..6)) {
        let _any_outcome = inspected(&changes.iter().fold(seed.get(&SEEDS).clone(), changed));
    }

    #[test]
    fn noise_behind_the_first_bytes_of_a_document_is_judged_within_bounds(
        beginning in any::<Index>(),
        noise in vec(prop_oneof![2 => any::<u8>().prop_map(|byte| vec![byte]), 1 => any::<Index>().prop_map(|at| at.get(&PIECES).to_vec())], 0..400),
    ) {
        let _any_outcome = inspected(&[*beginning.get(&BEGINNINGS), &noise.concat()].concat());
    }
}
