//! The standard security handler, as a writer needs it. Keys and salts are fixed: samples protect nothing.

use aes::cipher::{BlockCipherEncrypt, KeyInit};
use aes::{Aes128, Aes256};
use md5::{Digest, Md5};
use sha2::{Sha256, Sha384, Sha512};

const PADDING: &[u8; 32] =
    b"\x28\xbf\x4e\x5e\x4e\x75\x8a\x41\x64\x00\x4e\x56\xff\xfa\x01\x08\x2e\x2e\x00\xb6\xd0\x68\x3e\x80\x2f\x0c\xa9\xfe\x64\x53\x69\x7a";
const ID: &[u8; 16] = b"\x00\x11\x22\x33\x44\x55\x66\x77\x88\x99\xaa\xbb\xcc\xdd\xee\xff";
const OWNER: [u8; 48] = [0x5a; 48];
const PERMISSIONS: i32 = -44;
const FILE_KEY: [u8; 32] = [0x42; 32];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Revision {
    Rc4Short,
    Rc4Long,
    Rc4Filter,
    Aes128,
    Aes256Early,
    Aes256,
}

pub(super) struct Encryption {
    revision: Revision,
    key: Vec<u8>,
    user: Vec<u8>,
    /// The file's key under the user's password.
    wrapped: Vec<u8>,
}

impl Encryption {
    pub(super) fn new(revision: Revision, password: &[u8]) -> Self {
        if matches!(revision, Revision::Aes256Early | Revision::Aes256) {
            let hash = |salt: &[u8]| {
                if revision == Revision::Aes256 {
                    slow_hash(password, salt)
                } else {
                    Sha256::digest([password, salt].concat()).to_vec()
                }
            };
            let user = [&hash(b"validate")[..], b"validate", b"keysalt1"].concat();
            let wrapped = chain(&hash(b"keysalt1"), [0; 16], FILE_KEY.to_vec());
            return Self { revision, key: FILE_KEY.to_vec(), user, wrapped };
        }
        let padded: Vec<u8> = password.iter().chain(PADDING).copied().take(32).collect();
        let length = if revision == Revision::Rc4Short { 5 } else { 16 };
        let mut key = Md5::digest([&padded[..], &OWNER[..32], &PERMISSIONS.to_le_bytes(), ID].concat()).to_vec();
        let rounds = if revision == Revision::Rc4Short { 0 } else { 50 };
        for _ in 0..rounds {
            key = Md5::digest(&key[..length]).to_vec();
        }
        key.truncate(length);
        let user = if revision == Revision::Rc4Short {
            rc4(&key, PADDING.to_vec())
        } else {
            let start = Md5::digest([&PADDING[..], ID].concat()).to_vec();
            let sealed =
                (0..20).fold(start, |data, round| rc4(&key.iter().map(|byte| byte ^ round).collect::<Vec<_>>(), data));
            [sealed, vec![0; 16]].concat()
        };
        Self { revision, key, user, wrapped: Vec::new() }
    }

    pub(super) fn dictionary(&self) -> String {
        let filter =
            |method: &str| format!("/CF<</StdCF<</AuthEvent/DocOpen/CFM/{method}/Length 16>>>>/StmF/StdCF/StrF/StdCF");
        let (version, revision, rest) = match self.revision {
            Revision::Rc4Short => (1, 2, String::new()),
            Revision::Rc4Long => (2, 3, "/Length 128".to_owned()),
            Revision::Rc4Filter => (4, 4, filter("V2") + "/Length 128"),
            Revision::Aes128 => (4, 4, filter("AESV2") + "/Length 128"),
            Revision::Aes256Early => (5, 5, filter("AESV3") + "/Length 256"),
            Revision::Aes256 => (5, 6, filter("AESV3") + "/Length 256"),
        };
        let owner = hex(&OWNER[..if version == 5 { 48 } else { 32 }]);
        let keys = if version == 5 {
            format!("/OE<{}>/UE<{}>/Perms<{}>", hex(&[0; 32]), hex(&self.wrapped), hex(&[0; 16]))
        } else {
            String::new()
        };
        let user = hex(&self.user);
        format!("<</Filter/Standard/V {version}/R {revision}/P {PERMISSIONS}/O<{owner}>/U<{user}>{keys}{rest}>>")
    }

    /// Encrypts an object's stream.
    pub(super) fn seal(&self, number: u32, data: Vec<u8>) -> Vec<u8> {
        let start = [0x17; 16];
        let salt: &[u8] = if self.revision == Revision::Aes128 { b"sAlT" } else { b"" };
        let of_object = Md5::digest([&self.key[..], &number.to_le_bytes()[..3], &[0, 0], salt].concat());
        let of_object = &of_object[..(self.key.len() + 5).min(16)];
        match self.revision {
            Revision::Rc4Short | Revision::Rc4Long | Revision::Rc4Filter => rc4(of_object, data),
            Revision::Aes128 => [start.to_vec(), chain(of_object, start, padded(data))].concat(),
            Revision::Aes256Early | Revision::Aes256 => {
                [start.to_vec(), chain(&self.key, start, padded(data))].concat()
            }
        }
    }
}

fn padded(mut data: Vec<u8>) -> Vec<u8> {
    let rest = 16 - data.len() % 16;
    data.resize(data.len() + rest, u8::try_from(rest).expect("16 at most"));
    data
}

/// AES in its chained form, with a key of either length.
fn chain(key: &[u8], start: [u8; 16], mut data: Vec<u8>) -> Vec<u8> {
    let mut before = start;
    for block in data.as_chunks_mut::<16>().0 {
        block.iter_mut().zip(before).for_each(|(byte, before)| *byte ^= before);
        let place = block.as_mut_slice().try_into().expect("a block has sixteen bytes");
        if key.len() == 16 {
            Aes128::new_from_slice(key).expect("a key of 128 bits").encrypt_block(place);
        } else {
            Aes256::new_from_slice(key).expect("a key of 256 bits").encrypt_block(place);
        }
        before = *block;
    }
    data
}

fn slow_hash(password: &[u8], salt: &[u8]) -> Vec<u8> {
    let mut key = Sha256::digest([password, salt].concat()).to_vec();
    for round in 1_u32.. {
        let start: [u8; 16] = key[16..32].try_into().expect("a hash has 32 bytes at least");
        let text = chain(&key[..16], start, [password, &key].concat().repeat(64));
        key = match text[..16].iter().fold(0, |rest, &byte| (rest * 256 + u32::from(byte)) % 3) {
            0 => Sha256::digest(&text).to_vec(),
            1 => Sha384::digest(&text).to_vec(),
            _ => Sha512::digest(&text).to_vec(),
        };
        if round >= 64 && text.last().is_some_and(|&last| u32::from(last) <= round - 32) {
            break;
        }
    }
    key[..32].to_vec()
}

fn rc4(key: &[u8], data: Vec<u8>) -> Vec<u8> {
    let mut state: Vec<u8> = (0..=u8::MAX).collect();
    let mut j = 0_u8;
    for i in 0..256 {
        j = j.wrapping_add(state[i]).wrapping_add(key[i % key.len()]);
        state.swap(i, j.into());
    }
    let (mut i, mut j) = (0_u8, 0_u8);
    let mut next = || {
        i = i.wrapping_add(1);
        j = j.wrapping_add(state[usize::from(i)]);
        state.swap(i.into(), j.into());
        state[usize::from(state[usize::from(i)].wrapping_add(state[usize::from(j)]))]
    };
    data.into_iter().map(|byte| byte ^ next()).collect()
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXUPPER.encode(bytes)
}
