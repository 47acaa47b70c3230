//! The reader at its edges.

use std::io::Cursor;

use super::*;

fn reader(bytes: &[u8]) -> Reader<Cursor<Vec<u8>>> {
    Reader::new(Cursor::new(bytes.to_vec())).expect("memory can be read")
}

#[test]
fn numbers_are_read_in_either_order_and_not_over_the_end() {
    let mut file = reader(&[1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(file.u16(Order::Big).ok(), Some(0x0102));
    assert_eq!(file.u32(Order::Little).ok(), Some(0x0605_0403));
    assert!(matches!(file.u16(Order::Big), Err(Fault::Refused(Refusal::Damaged))));
}

#[test]
fn a_position_behind_the_end_reads_nothing() {
    let mut file = reader(b"letter");
    file.go_to(u64::MAX);
    assert_eq!(file.left(), 0);
    assert_eq!(file.look().ok().map(<[u8]>::len), Some(0));
    assert!(matches!(file.byte(), Err(Fault::Refused(Refusal::Damaged))));
    assert!(matches!(file.skip(1), Err(Fault::Refused(Refusal::Damaged))));
}

#[test]
fn what_is_longer_than_the_buffer_comes_whole() {
    let bytes: Vec<u8> = (0..=u8::MAX).cycle().take(3 * BUFFER + 7).collect();
    let mut file = reader(&bytes);
    let mut all = vec![0; bytes.len() + 1];
    assert_eq!(file.some(&mut all).ok(), Some(bytes.len()));
    assert_eq!(all[..bytes.len()], bytes);
    file.go_to(5);
    assert_eq!(file.byte().ok(), Some(5));
}

#[test]
fn looking_for_bytes_goes_nowhere() {
    let mut file = reader(b"PK\x03\x04");
    assert_eq!(file.is_at(b"PK").ok(), Some(true));
    assert_eq!(file.is_at(b"PK\x03\x04\x05").ok(), Some(false));
    assert_eq!(file.position(), 0);
}
