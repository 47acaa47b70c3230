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

/// A message centre's own words: how it answered, by number and by the name that SMPP 3.4 has for it.
pub(super) fn told(pdu: &str, status: u32) -> String {
    format!("{pdu}: command_status {status:#010x} {}", name(status))
}

/// The name of a status (SMPP 3.4, 5.1.3).
fn name(status: u32) -> &'static str {
    match status {
        0x00 => "ESME_ROK",
        0x01 => "ESME_RINVMSGLEN",
        0x02 => "ESME_RINVCMDLEN",
        0x03 => "ESME_RINVCMDID",
        0x04 => "ESME_RINVBNDSTS",
        0x05 => "ESME_RALYBND",
        0x06 => "ESME_RINVPRTFLG",
        0x07 => "ESME_RINVREGDLVFLG",
        0x08 => "ESME_RSYSERR",
        0x0a => "ESME_RINVSRCADR",
        0x0b => "ESME_RINVDSTADR",
        0x0c => "ESME_RINVMSGID",
        0x0d => "ESME_RBINDFAIL",
        0x0e => "ESME_RINVPASWD",
        0x0f => "ESME_RINVSYSID",
        0x14 => "ESME_RMSGQFUL",
        0x15 => "ESME_RINVSERTYP",
        0x43 => "ESME_RINVESMCLASS",
        0x45 => "ESME_RSUBMITFAIL",
        0x48 => "ESME_RINVSRCTON",
        0x49 => "ESME_RINVSRCNPI",
        0x50 => "ESME_RINVDSTTON",
        0x51 => "ESME_RINVDSTNPI",
        0x53 => "ESME_RINVSYSTYP",
        0x54 => "ESME_RINVREPFLAG",
        0x55 => "ESME_RINVNUMMSGS",
        0x58 => "ESME_RTHROTTLED",
        0x61 => "ESME_RINVSCHED",
        0x62 => "ESME_RINVEXPIRY",
        0x63 => "ESME_RINVDFTMSGID",
        0x64 => "ESME_RX_T_APPN",
        0x65 => "ESME_RX_P_APPN",
        0x66 => "ESME_RX_R_APPN",
        0x67 => "ESME_RQUERYFAIL",
        0xc0 => "ESME_RINVOPTPARSTREAM",
        0xc1 => "ESME_ROPTPARNOTALLWD",
        0xc2 => "ESME_RINVPARLEN",
        0xc3 => "ESME_RMISSINGOPTPARAM",
        0xc4 => "ESME_RINVOPTPARAMVAL",
        0xfe => "ESME_RDELIVERYFAILURE",
        0xff => "ESME_RUNKNOWNERR",
        0x400..=0x4ff => "of the message centre's own",
        _ => "reserved",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_told_by_number_and_name() {
        assert_eq!(told("submit_sm_resp", 0x58), "submit_sm_resp: command_status 0x00000058 ESME_RTHROTTLED");
        assert_eq!(told("generic_nack", 0x401), "generic_nack: command_status 0x00000401 of the message centre's own");
    }

    #[test]
    fn every_listed_status_is_told_apart() {
        for status in [0x01, 0x0b] {
            assert!(matches!(of_message(status), SendError::Refused(_)), "{status:#x}");
        }
        for status in [0x0a, 0x15, 0x48, 0x49, 0x50, 0x51, 0x61, 0x62, 0x67, 0x6a] {
            assert!(matches!(of_message(status), SendError::Setup(_)), "{status:#x}");
        }
        assert!(matches!(of_message(0x14), SendError::Busy { after: Some(_), .. }));
        assert!(matches!(of_message(0x58), SendError::Busy { after: Some(_), .. }));
        assert!(matches!(of_message(0x45), SendError::Failed(_)));
        for status in [0x0d, 0x0e, 0x0f] {
            assert!(matches!(of_bind(status), SendError::Setup(_)), "{status:#x}");
        }
        assert!(matches!(of_bind(0x05), SendError::Failed(_)));
    }
}
