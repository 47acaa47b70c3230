//! Whether an encrypted PDF opens without asking. Scanners and banks encrypt with an empty user password, only to forbid
//! printing or changing; those are ordinary. ISO 32000-1 7.6 for revisions 2 to 4, Adobe's extension level 3 for 5,
//! ISO 32000-2 7.6.4 for 6.

use aes::cipher::{BlockCipherEncrypt, KeyInit};
use aes::{Aes128, Aes256};
use md5::{Digest, Md5};
use sha2::{Sha256, Sha384, Sha512};

use super::cipher::{Key, Method, Rc4, decrypt_block};
use super::tree::Value;

/// What fills up a password, and is all of an empty one.
const PADDING: [u8; 32] = [
    0x28, 0xbf, 0x4e, 0x5e, 0x4e, 0x75, 0x8a, 0x41, 0x64, 0x00, 0x4e, 0x56, 0xff, 0xfa, 0x01, 0x08, 0x2e, 0x2e, 0x00,
    0xb6, 0xd0, 0x68, 0x3e, 0x80, 0x2f, 0x0c, 0xa9, 0xfe, 0x64, 0x53, 0x69, 0x7a,
];

/// The key with an empty user password; None when the file wants another, or encrypts in no way that we know.
pub(super) fn key_without_password(encryption: &Value, id: &[u8]) -> Option<Key> {
    let version = encryption.get("V").and_then(Value::number).unwrap_or(0);
    let method = match version {
        1..=3 => Method::Rc4,
        4 | 5 => stream_method(encryption)?,
        _ => return None,
    };
    let bytes = match encryption.get("R")?.number()? {
        revision @ 2..=4 => old_key(encryption, id, revision, version)?,
        revision @ (5 | 6) => new_key(encryption, revision)?,
        _ => return None,
    };
    Some(Key { bytes, method })
}

/// The method of the crypt filter that `StmF` names.
fn stream_method(encryption: &Value) -> Option<Method> {
    let Some(name) = encryption.get("StmF").and_then(Value::name) else { return Some(Method::Identity) };
    if name == b"Identity" {
        return Some(Method::Identity);
    }
    let filter = encryption.get("CF")?.get(str::from_utf8(name).ok()?)?;
    match filter.get("CFM").and_then(Value::name) {
        Some(b"V2") => Some(Method::Rc4),
        Some(b"AESV2") => Some(Method::Aes128),
        Some(b"AESV3") => Some(Method::Aes256),
        Some(b"None") | None => Some(Method::Identity),
        Some(_) => None,
    }
}

/// Revisions 2 to 4.
fn old_key(encryption: &Value, id: &[u8], revision: i64, version: i64) -> Option<Vec<u8>> {
    let owner = encryption.get("O")?.text()?;
    let user = encryption.get("U")?.text()?;
    let permissions = encryption.get("P")?.number()?;
    let length = match (revision, version, encryption.get("Length").and_then(Value::number)) {
        (2, ..) | (_, 1, _) => 5,
        (_, 4, _) => 16,
        // Some write bytes where bits are meant.
        (.., Some(bits)) => {
            usize::try_from(if bits < 40 { bits } else { bits / 8 }).ok().filter(|length| (5..=16).contains(length))?
        }
        (.., None) => 5,
    };
    let mut hash = Md5::new();
    hash.update(PADDING);
    hash.update(owner.get(..32)?);
    // Written as a signed or as an unsigned number; its lower four bytes are the same.
    hash.update(&permissions.to_le_bytes()[..4]);
    hash.update(id);
    if revision >= 4 && encryption.get("EncryptMetadata") == Some(&Value::False) {
        hash.update([0xff; 4]);
    }
    let mut key = hash.finalize().to_vec();
    key.truncate(if revision == 2 { 16 } else { length });
    for _ in 0..if revision == 2 { 0 } else { 50 } {
        key = Md5::digest(&key)[..length].to_vec();
    }
    key.truncate(length);
    let is_right = if revision == 2 {
        let mut expected = PADDING;
        Rc4::new(&key).apply(&mut expected);
        user.get(..32)? == expected
    } else {
        let mut hash = Md5::new();
        hash.update(PADDING);
        hash.update(id);
        let mut expected = hash.finalize().to_vec();
        for round in 0..20 {
            let turned: Vec<u8> = key.iter().map(|byte| byte ^ round).collect();
            Rc4::new(&turned).apply(&mut expected);
        }
        user.get(..16)? == expected
    };
    is_right.then_some(key)
}

/// Revisions 5 and 6.
fn new_key(encryption: &Value, revision: i64) -> Option<Vec<u8>> {
    let user = encryption.get("U")?.text()?;
    let hash = |salt: &[u8]| if revision == 5 { Sha256::digest(salt).to_vec() } else { slow_hash(salt) };
    if user.get(..32)? != hash(user.get(32..40)?) {
        return None;
    }
    let cipher = Aes256::new_from_slice(&hash(user.get(40..48)?)).ok()?;
    let mut before = [0; 16];
    let mut key = Vec::with_capacity(32);
    for block in encryption.get("UE")?.text()?.get(..32)?.as_chunks::<16>().0 {
        let mut plain = *block;
        decrypt_block(&cipher, &mut plain);
        key.extend(plain.iter().zip(before).map(|(byte, before)| byte ^ before));
        before = *block;
    }
    Some(key)
}

/// Algorithm 2.B with an empty password: 64 rounds and, by chance, a few more; never more than 287.
fn slow_hash(salt: &[u8]) -> Vec<u8> {
    let mut key = Sha256::digest(salt).to_vec();
    let mut round = 0_u32;
    loop {
        let mut text = key.repeat(64);
        let Ok(cipher) = Aes128::new_from_slice(&key[..16]) else { return key };
        let mut before: [u8; 16] = key[16..32].try_into().expect("a hash has 32 bytes at least");
        for block in text.as_chunks_mut::<16>().0 {
            block.iter_mut().zip(before).for_each(|(byte, before)| *byte ^= before);
            let Ok(place) = block.as_mut_slice().try_into() else { return key };
            cipher.encrypt_block(place);
            before = *block;
        }
        // The first sixteen bytes as a number, modulo three: 256 is 1 modulo 3, so the sum of the bytes will do.
        key = match text[..16].iter().map(|&byte| u32::from(byte)).sum::<u32>() % 3 {
            0 => Sha256::digest(&text).to_vec(),
            1 => Sha384::digest(&text).to_vec(),
            _ => Sha512::digest(&text).to_vec(),
        };
        round += 1;
        if round >= 64 && text.last().is_none_or(|&last| u32::from(last) <= round - 32) {
            key.truncate(32);
            return key;
        }
    }
}
