//! What a message centre's `command_status` means.

use std::time::Duration;

use crate::gateways::SendError;

/// How long a message centre is left alone that says it has too much.
pub(super) const BREATH: Duration = Duration::from_secs(1);

/// What is wrong with a message that wasn't taken.
pub(super) fn of_message(status: u32) -> SendError {
    let why = format!("the message centre answered {status:#04x}");
    match status {
        // The text's length; the number.
        0x01 | 0x0b => SendError::Refused(why),
        // The line; the service's type; the validity; a service that this name may not use.
        0x0a | 0x15 | 0x48 | 0x49 | 0x50 | 0x51 | 0x61 | 0x62 | 0x67 | 0x6a => SendError::Setup(why),
        // The queue is full; throttled.
        0x14 | 0x58 => SendError::Busy { why, after: Some(BREATH * 5) },
        _ => SendError::Failed(why),
    }
}

/// What is wrong with a bind that wasn't taken.
pub(super) fn of_bind(status: u32) -> SendError {
    let why = format!("the message centre refused the bind with {status:#04x}");
    match status {
        // Failed; the password; the name.
        0x0d..=0x0f => SendError::Setup(why),
        _ => SendError::Failed(why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_status_is_told_apart() {
        assert!(matches!(of_message(0x0b), SendError::Refused(_)));
        assert!(matches!(of_message(0x0a), SendError::Setup(_)));
        assert!(matches!(of_message(0x14), SendError::Busy { after: Some(_), .. }));
        assert!(matches!(of_message(0x58), SendError::Busy { after: Some(_), .. }));
        assert!(matches!(of_message(0x45), SendError::Failed(_)));
        for status in [0x0d, 0x0e, 0x0f] {
            assert!(matches!(of_bind(status), SendError::Setup(_)), "{status:#x}");
        }
        assert!(matches!(of_bind(0x05), SendError::Failed(_)));
    }
}
