//! The standard security handler's ciphers, as far as object streams need them.

use aes::cipher::{BlockCipherDecrypt, KeyInit};
use aes::{Aes128, Aes256};
use md5::{Digest, Md5};

/// A file's key, which is known when it opens without a password.
pub(super) struct Key {
    pub(super) bytes: Vec<u8>,
    pub(super) method: Method,
}

/// How a file's streams are encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// Not at all; only its strings are, or its attachments.
    Identity,
    Rc4,
    Aes128,
    Aes256,
}

/// One stream's cipher.
pub(super) enum Cipher {
    Plain,
    Rc4(Rc4),
    Aes128(Aes128, Chain),
    Aes256(Aes256, Chain),
}

/// The block before; None before the first, which is no text but the beginning of the chain.
type Chain = Option<[u8; 16]>;

impl Key {
    /// The cipher of one object's stream.
    pub(super) fn cipher(&self, number: u32, generation: u16) -> Cipher {
        match self.method {
            Method::Identity => Cipher::Plain,
            Method::Rc4 => Cipher::Rc4(Rc4::new(&self.of_object(number, generation, b""))),
            Method::Aes128 => Aes128::new_from_slice(&self.of_object(number, generation, b"sAlT"))
                .map_or(Cipher::Plain, |cipher| Cipher::Aes128(cipher, None)),
            Method::Aes256 => {
                Aes256::new_from_slice(&self.bytes).map_or(Cipher::Plain, |cipher| Cipher::Aes256(cipher, None))
            }
        }
    }

    fn of_object(&self, number: u32, generation: u16, salt: &[u8]) -> Vec<u8> {
        let mut hash = Md5::new();
        hash.update(&self.bytes);
        hash.update(&number.to_le_bytes()[..3]);
        hash.update(generation.to_le_bytes());
        hash.update(salt);
        hash.finalize()[..(self.bytes.len() + 5).min(16)].to_vec()
    }
}

impl Cipher {
    /// Deciphers the stream's next piece in place. All pieces but the last are whole blocks.
    pub(super) fn apply<'a>(&mut self, piece: &'a mut [u8]) -> &'a [u8] {
        match self {
            Cipher::Plain => piece,
            Cipher::Rc4(cipher) => {
                cipher.apply(piece);
                piece
            }
            Cipher::Aes128(cipher, chain) => decipher(cipher, chain, piece),
            Cipher::Aes256(cipher, chain) => decipher(cipher, chain, piece),
        }
    }
}

fn decipher<'a>(cipher: &impl BlockCipherDecrypt, chain: &mut Chain, piece: &'a mut [u8]) -> &'a [u8] {
    let is_first = chain.is_none();
    let (blocks, _) = piece.as_chunks_mut::<16>();
    let length = blocks.len() * 16;
    for block in blocks {
        let before = chain.replace(*block);
        let Some(before) = before else { continue };
        decrypt_block(cipher, block);
        block.iter_mut().zip(before).for_each(|(byte, before)| *byte ^= before);
    }
    &piece[if is_first { 16.min(length) } else { 0 }..length]
}

/// Deciphers one block of sixteen bytes.
pub(super) fn decrypt_block(cipher: &impl BlockCipherDecrypt, block: &mut [u8; 16]) {
    let Ok(block) = block.as_mut_slice().try_into() else { return };
    cipher.decrypt_block(block);
}

/// RC4, which old files have; it protects nothing any more.
pub(super) struct Rc4 {
    state: [u8; 256],
    i: u8,
    j: u8,
}

impl Rc4 {
    /// From a key of one byte at least.
    pub(super) fn new(key: &[u8]) -> Self {
        let mut state = [0; 256];
        state.iter_mut().zip(0..=u8::MAX).for_each(|(place, value)| *place = value);
        let mut j = 0_u8;
        for (i, key) in (0..256).zip(key.iter().cycle()) {
            j = j.wrapping_add(state[i]).wrapping_add(*key);
            state.swap(i, usize::from(j));
        }
        Self { state, i: 0, j: 0 }
    }

    pub(super) fn apply(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            self.i = self.i.wrapping_add(1);
            self.j = self.j.wrapping_add(self.state[usize::from(self.i)]);
            self.state.swap(usize::from(self.i), usize::from(self.j));
            let sum = self.state[usize::from(self.i)].wrapping_add(self.state[usize::from(self.j)]);
            *byte ^= self.state[usize::from(sum)];
        }
    }
}
