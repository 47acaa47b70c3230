//! How long a message waits after a failure.

use std::time::Duration;

use crate::MessageId;

/// Quick at first, since someone may be waiting for a code; a day and a half in all, so that a weekend's fault is outlived.
const DELAYS: [u64; 10] = [5, 15, 60, 300, 900, 1_800, 3_600, 7_200, 14_400, 21_600];

/// How long to wait after the try of this number, from 1.
///
/// Up to a tenth is added, always the same for the same id and try, so that messages which failed together don't come back
/// together.
pub fn delay(tries: u32, id: &MessageId) -> Duration {
    let step = usize::try_from(tries.saturating_sub(1)).unwrap_or(usize::MAX).min(DELAYS.len() - 1);
    let millis = DELAYS[step] * 1_000;
    Duration::from_millis(millis + millis * jitter(tries, id) / 1_000)
}

/// Thousandths from 0 to 100, from an FNV-1a hash of the id and the try.
fn jitter(tries: u32, id: &MessageId) -> u64 {
    let bytes = id.as_str().bytes().chain(tries.to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)) % 101
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_grow_up_to_a_cap() {
        let id = MessageId("5f".into());
        let first: Vec<u64> = (1..=7).map(|tries| delay(tries, &id).as_secs()).collect();
        for (found, least) in first.iter().zip([5, 15, 60, 300, 900, 1_800, 3_600]) {
            assert!((least..=least + least / 10).contains(found), "{found} s instead of about {least} s");
        }
        let cap = 21_600..=23_760;
        assert!(cap.contains(&delay(10, &id).as_secs()));
        assert!(cap.contains(&delay(u32::MAX, &id).as_secs()));
        assert_eq!(delay(0, &id).as_secs(), 5);
    }

    #[test]
    fn delays_differ_between_messages_but_not_between_calls() {
        let ids: Vec<MessageId> = (0..20).map(|n| MessageId(format!("{n:032x}"))).collect();
        let delays: std::collections::BTreeSet<Duration> = ids.iter().map(|id| delay(5, id)).collect();
        assert!(delays.len() > 10, "only {} different delays for 20 messages", delays.len());
        assert_eq!(delay(5, &ids[0]), delay(5, &ids[0]));
    }
}
