//! Recovery codes, for a lost phone: ten of them, each good once, stored so that only the server can tell them.

use pishkhan_store::{Result, Secret, Tx};

use super::rows::staff;
use super::seal::sealed;
use super::typed;
use crate::ids::{StaffId, random_bytes};

const HOW_MANY: usize = 10;

/// Without i, l, o and u: they are misread, or make words.
const SIGNS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Gives the person new codes in place of the old ones; they are shown once and never again.
pub(super) async fn renew(tx: &mut Tx, secret: &Secret, id: &StaffId) -> Result<Vec<String>> {
    staff::delete_recovery_codes(tx, id).await?;
    let mut codes = Vec::with_capacity(HOW_MANY);
    for _ in 0..HOW_MANY {
        let code = random();
        let hash = hash(tx, secret, id, &code);
        staff::insert_recovery_code(tx, id, &hash).await?;
        codes.push(code);
    }
    Ok(codes)
}

/// Uses a code up; false when it is none of theirs, or was used.
pub(super) async fn consume(tx: &mut Tx, secret: &Secret, id: &StaffId, typed: &str) -> Result<bool> {
    let hash = hash(tx, secret, id, typed);
    staff::use_recovery_code(tx, id, &hash).await
}

fn random() -> String {
    // 5 bits of each byte: 40 bits in all.
    let signs: String = random_bytes::<8>().iter().map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect();
    let (start, end) = signs.split_at(4);
    format!("{start}-{end}")
}

fn hash(tx: &Tx, secret: &Secret, id: &StaffId, typed: &str) -> String {
    sealed(secret, "recovery code", &[tx.organisation().as_str(), id.as_str(), &as_meant(typed)])
}

/// A code as it was meant: without its dash, and the letters that we never write as the digits that they were read for.
fn as_meant(typed: &str) -> String {
    typed::letters_and_digits(typed).replace('o', "0").replace(['i', 'l'], "1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_two_groups_of_four() {
        let code = random();
        assert_eq!(code.len(), 9);
        assert_eq!(&code[4..5], "-");
        assert_ne!(code, random());
    }

    #[test]
    fn a_code_is_read_as_it_was_meant() {
        assert_eq!(as_meant(" AB0I-۲۳۴L "), as_meant("abo1-2341"));
        assert_eq!(as_meant(&random()).len(), 8);
    }
}
