//! Reading receipts: what became of a message.

use super::deliver::Deliver;
use super::written;
use crate::gateways::{Delivery, GatewayId};

/// What a receipt says; None when it is none, or says nothing. `blocked` are the centre's codes for a message that is blocked.
pub(super) fn receipt(deliver: &Deliver, blocked: &[String]) -> Option<(GatewayId, Delivery)> {
    if !deliver.is_receipt() {
        return None;
    }
    let text = written::decoded(deliver.coding, deliver.octets());
    let id = deliver.receipted.clone().filter(|id| !id.is_empty()).or_else(|| word(&text, "id:"))?;
    let by_tlv = deliver.state.map(of_state);
    let delivery = by_tlv.or_else(|| word(&text, "stat:").map(|word| of_word(&word))).unwrap_or(Delivery::Unknown);
    let mut codes = deliver.network_error.map(|code| code.to_string()).into_iter().chain(word(&text, "err:"));
    let is_blocked = codes.any(|code| blocked.iter().any(|known| normal(known) == normal(&code)));
    Some((normal(&id), delivery.unless_blocked(is_blocked)))
}

/// An id as it is kept, or a code as it is compared: in small letters and without leading zeros.
pub(super) fn normal(id: &str) -> GatewayId {
    let small = id.trim().to_ascii_lowercase();
    let bare = small.trim_start_matches('0');
    GatewayId::cleaned(if bare.is_empty() { &small } else { bare })
}

/// The ids under which the same message may have been taken: as it is, and the same number written to the other base.
pub(super) fn forms(id: &GatewayId) -> Vec<GatewayId> {
    let mut forms = vec![id.clone()];
    if let Ok(number) = id.0.parse::<u128>() {
        forms.push(GatewayId(format!("{number:x}")));
    }
    if let Ok(number) = u128::from_str_radix(&id.0, 16) {
        forms.push(GatewayId(number.to_string()));
    }
    forms.dedup();
    forms
}

fn of_state(state: u8) -> Delivery {
    match state {
        0 => Delivery::Queued,
        1 | 6 => Delivery::Sent,
        2 => Delivery::Delivered,
        3 | 5 => Delivery::Undelivered,
        // Deleted, rejected, skipped.
        4 | 8 | 9 => Delivery::Failed,
        _ => Delivery::Unknown,
    }
}

/// The words of a receipt's text, which are cut to seven signs.
fn of_word(word: &str) -> Delivery {
    match word.to_ascii_uppercase().as_str() {
        "SCHEDUL" | "SCHEDULED" => Delivery::Queued,
        "ENROUTE" | "ACCEPTD" | "ACCEPTED" => Delivery::Sent,
        "DELIVRD" | "DELIVERED" => Delivery::Delivered,
        "EXPIRED" | "UNDELIV" | "UNDELIVERABLE" => Delivery::Undelivered,
        "DELETED" | "REJECTD" | "REJECTED" | "SKIPPED" => Delivery::Failed,
        _ => Delivery::Unknown,
    }
}

/// The word after a name in a receipt's text: `id:4711 sub:001 … stat:DELIVRD err:000 text:…`.
fn word(text: &str, name: &str) -> Option<String> {
    // What the person wrote stands at the end, and may have such names in it.
    let head = text.to_ascii_lowercase().find("text:").map_or(text, |at| &text[..at]);
    let mut words = head.split_whitespace();
    let found = words.find(|word| word.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name)))?;
    Some(found[name.len()..].to_owned()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::deliver::{body, parse};
    use super::*;

    const RECEIPTED_MESSAGE_ID: u16 = 0x001e;
    const NETWORK_ERROR_CODE: u16 = 0x0423;
    const MESSAGE_PAYLOAD: u16 = 0x0424;
    const MESSAGE_STATE: u16 = 0x0427;

    fn read(octets: &[u8]) -> Option<(GatewayId, Delivery)> {
        receipt(&parse(octets)?, &[])
    }

    fn told(id: &str, delivery: Delivery) -> (GatewayId, Delivery) {
        (GatewayId(id.into()), delivery)
    }

    const TEXT: &[u8] =
        b"id:00A7 sub:001 dlvrd:001 submit date:2611291230 done date:2611291231 stat:DELIVRD err:000 text:id:1 stat:EXPIRED";

    #[test]
    fn a_receipt_by_text_is_read() {
        assert_eq!(read(&body(0x04, 0, TEXT, &[])), Some(told("a7", Delivery::Delivered)));
        for (word, delivery) in [
            ("DELIVRD", Delivery::Delivered),
            ("EXPIRED", Delivery::Undelivered),
            ("DELETED", Delivery::Failed),
            ("UNDELIV", Delivery::Undelivered),
            ("ACCEPTD", Delivery::Sent),
            ("UNKNOWN", Delivery::Unknown),
            ("REJECTD", Delivery::Failed),
            ("ENROUTE", Delivery::Sent),
        ] {
            let text = format!("ID:7 SUB:001 STAT:{word} ERR:000 TEXT:");
            assert_eq!(read(&body(0x04, 0, text.as_bytes(), &[])), Some(told("7", delivery)), "{word}");
        }
    }

    #[test]
    fn a_receipt_by_tlv_comes_first() {
        for (state, delivery) in [
            (1, Delivery::Sent),
            (2, Delivery::Delivered),
            (3, Delivery::Undelivered),
            (4, Delivery::Failed),
            (5, Delivery::Undelivered),
            (6, Delivery::Sent),
            (7, Delivery::Unknown),
            (8, Delivery::Failed),
        ] {
            let tlvs: [(u16, &[u8]); 2] = [(RECEIPTED_MESSAGE_ID, b"4711\0"), (MESSAGE_STATE, &[state])];
            assert_eq!(read(&body(0x04, 0, TEXT, &tlvs)), Some(told("4711", delivery)), "{state}");
        }
        // Without its zero, without the bit, and with a field that nobody knows.
        let tlvs: [(u16, &[u8]); 3] = [(0x1400, b"\xff\xff"), (RECEIPTED_MESSAGE_ID, b"4711"), (MESSAGE_STATE, &[2])];
        assert_eq!(read(&body(0, 0, b"", &tlvs)), Some(told("4711", Delivery::Delivered)));
        // The text may stand in the payload.
        assert_eq!(read(&body(0x04, 0, b"", &[(MESSAGE_PAYLOAD, TEXT)])), Some(told("a7", Delivery::Delivered)));
    }

    #[test]
    fn the_centres_own_codes_say_what_is_blocked() {
        let blocked = ["0D5".to_owned(), "27".to_owned()];
        let fate = |octets: &[u8]| receipt(&parse(octets)?, &blocked).map(|(_, delivery)| delivery);
        let by_text = |state: &str, code: &str| {
            fate(&body(0x04, 0, format!("id:7 stat:{state} err:{code} text:err:0D5").as_bytes(), &[]))
        };
        for code in ["0D5", "0d5", "d5", "27", "027"] {
            assert_eq!(by_text("UNDELIV", code), Some(Delivery::Blocked), "{code}");
            assert_eq!(by_text("REJECTD", code), Some(Delivery::Blocked), "{code}");
            assert_eq!(by_text("DELIVRD", code), Some(Delivery::Delivered), "{code}");
        }
        for code in ["000", "270", "", "213"] {
            assert_eq!(by_text("UNDELIV", code), Some(Delivery::Undelivered), "{code}");
        }
        let by_tlv = |state: u8, code: &[u8]| {
            let tlvs: [(u16, &[u8]); 3] =
                [(RECEIPTED_MESSAGE_ID, b"7"), (MESSAGE_STATE, &[state]), (NETWORK_ERROR_CODE, code)];
            fate(&body(0x04, 0, b"", &tlvs))
        };
        assert_eq!(by_tlv(5, &[3, 0, 27]), Some(Delivery::Blocked));
        assert_eq!(by_tlv(2, &[3, 0, 27]), Some(Delivery::Delivered));
        assert_eq!(by_tlv(5, &[3, 1, 27]), Some(Delivery::Undelivered));
        assert_eq!(by_tlv(5, &[27]), Some(Delivery::Undelivered), "too short to be read");
        // Where nobody says what a centre's codes mean, none of them means anything.
        assert_eq!(read(&body(0x04, 0, b"id:7 stat:UNDELIV err:027", &[])), Some(told("7", Delivery::Undelivered)));
    }

    #[test]
    fn what_cant_be_read_is_nothing() {
        let whole = body(0x04, 0, TEXT, &[]);
        for end in 0..whole.len() - TEXT.len() {
            assert_eq!(read(&whole[..end]), None, "{end}");
        }
        assert_eq!(read(&body(0x04, 0, b"no id at all", &[])), None);
        assert_eq!(read(&body(0, 0, b"id:7 stat:DELIVRD", &[])), None, "somebody wrote this");
    }

    #[test]
    fn ids_are_the_same_in_any_dress() {
        assert_eq!(normal("00A7F"), GatewayId("a7f".into()));
        assert_eq!(normal("000"), GatewayId("000".into()));
        let is_among = |id: &str, other: &str| forms(&normal(id)).contains(&normal(other));
        assert!(is_among("2687", "0A7F") && is_among("A7F", "2687") && is_among("a7f", "A7F"));
        assert!(!is_among("2688", "0A7F") && !is_among("a-7", "167"));
    }
}
