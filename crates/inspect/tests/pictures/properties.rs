//! Whatever a file holds: no panic, and no more reading than a small multiple of its size.

use std::sync::LazyLock;

use pishkhan_corpus::pictures;
use pishkhan_inspect::Kind;
use proptest::{collection::vec, prelude::*, sample::Index};

use crate::meter::inspected;

/// The smaller specimens, so that thousands of changes take seconds.
static SEEDS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    pictures().into_iter().map(|specimen| specimen.bytes).filter(|bytes| bytes.len() < 20_000).collect()
});

/// The first bytes of each kind of picture.
const BEGINNINGS: [&[u8]; 6] =
    [b"\xFF\xD8\xFF", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*", b"II+\0\x08\0\0\0", b"MM\0+\0\x08\0\0"];

/// One change of a file.
#[derive(Clone, Debug)]
enum Change {
    Set(Index, u8),
    /// Numbers that overflow what adds or multiplies them.
    SetMany(Index, u8),
    Remove(Index, usize),
    Cut(Index),
    Repeat(Index, usize),
    /// The rest of another specimen from there on.
    Splice(Index, Index),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        4 => (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        2 => (any::<Index>(), prop_oneof![Just(0), Just(0xFF), Just(0x7F)]).prop_map(|(at, byte)| Change::SetMany(at, byte)),
        1 => (any::<Index>(), 1..64_usize).prop_map(|(at, length)| Change::Remove(at, length)),
        1 => any::<Index>().prop_map(Change::Cut),
        1 => (any::<Index>(), 1..64_usize).prop_map(|(at, length)| Change::Repeat(at, length)),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(at, other)| Change::Splice(at, other)),
    ]
}

fn changed(mut bytes: Vec<u8>, change: &Change) -> Vec<u8> {
    // The byte behind the last one is a place, too.
    let place = |at: &Index, bytes: &[u8]| at.index(bytes.len() + 1);
    match change {
        Change::Set(at, byte) => {
            let at = place(at, &bytes);
            bytes.get_mut(at).into_iter().for_each(|place| *place = *byte);
        }
        Change::SetMany(at, byte) => {
            let at = place(at, &bytes);
            bytes.iter_mut().skip(at).take(4).for_each(|place| *place = *byte);
        }
        Change::Remove(at, length) => {
            let at = place(at, &bytes);
            bytes.drain(at..bytes.len().min(at + length));
        }
        Change::Cut(at) => bytes.truncate(place(at, &bytes)),
        Change::Repeat(at, length) => {
            let at = place(at, &bytes);
            let part = bytes[at..bytes.len().min(at + length)].repeat(8);
            bytes.splice(at..at, part);
        }
        Change::Splice(at, other) => {
            bytes.truncate(place(at, &bytes));
            let other = other.get(&SEEDS);
            bytes.extend_from_slice(&other[at.index(other.len())..]);
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_picture_is_judged_within_bounds(seed in any::<Index>(), changes in vec(change(), 1..6)) {
        let _any_outcome = inspected(&changes.iter().fold(seed.get(&SEEDS).clone(), changed));
    }

    #[test]
    fn noise_behind_the_first_bytes_of_a_picture_is_judged_within_bounds(
        beginning in any::<Index>(),
        noise in vec(prop_oneof![2 => any::<u8>(), 1 => Just(0), 1 => Just(0xFF)], 0..600),
    ) {
        let _any_outcome = inspected(&[*beginning.get(&BEGINNINGS), &noise].concat());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 50, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_picture_keeps_its_kind_whatever_honest_thing_lies_behind_it(padding in 0..40_000_usize) {
        for (specimen, kind) in [("jpeg, grey", Kind::Jpeg), ("png, colour", Kind::Png)] {
            let mut bytes = named(specimen);
            bytes.resize(bytes.len() + padding, 0);
            prop_assert_eq!(inspected(&bytes).map(|finding| finding.kind), Ok(kind));
        }
    }
}

fn named(name: &str) -> Vec<u8> {
    static ALL: LazyLock<Vec<pishkhan_corpus::Specimen>> = LazyLock::new(pictures);
    ALL.iter().find(|specimen| specimen.name == name).expect("the corpus has it").bytes.clone()
}
