//! Reading `deliver_sm`: what became of a message, or a text that somebody wrote.
//!
//! By hand and leniently: message centres are full of oddities, and a strict reader would lose the whole receipt for one of them.

use crate::gateways::{Arrival, Delivery, GatewayId};

const RECEIPTED_MESSAGE_ID: u16 = 0x001e;
const MESSAGE_PAYLOAD: u16 = 0x0424;
const MESSAGE_STATE: u16 = 0x0427;

/// The fields of a `deliver_sm` that matter here.
#[derive(Debug, Default, PartialEq, Eq)]
struct Deliver {
    from: String,
    to: String,
    class: u8,
    coding: u8,
    text: Vec<u8>,
    receipted: Option<String>,
    state: Option<u8>,
}

/// What a `deliver_sm` says; None when it can't be read or says nothing.
pub(super) fn arrival(body: &[u8]) -> Option<Arrival> {
    let deliver = parse(body)?;
    let text = deliver.decoded();
    // 0x04: a receipt; 0x20: news on the way. Some set neither, and only name the message.
    if deliver.class & 0x24 == 0 && deliver.receipted.is_none() {
        return Some(Arrival::Text { from: deliver.from, to: deliver.to, text });
    }
    let id = deliver.receipted.clone().filter(|id| !id.is_empty()).or_else(|| word(&text, "id:"))?;
    let by_tlv = deliver.state.map(of_state);
    let delivery = by_tlv.or_else(|| word(&text, "stat:").map(|word| of_word(&word))).unwrap_or(Delivery::Unknown);
    Some(Arrival::Receipt { id: normal(&id), delivery })
}

/// An id as it is kept: in small letters and without leading zeros.
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

impl Deliver {
    fn decoded(&self) -> String {
        // A header of the parts of a longer text; the text behind it is one part of it.
        let text = match self.text.first() {
            Some(length) if self.class & 0x40 != 0 => self.text.get(usize::from(*length) + 1..).unwrap_or_default(),
            _ => &self.text,
        };
        if self.coding == 8 {
            let units: Vec<u16> = text.chunks_exact(2).map(|two| u16::from_be_bytes([two[0], two[1]])).collect();
            return String::from_utf16_lossy(&units);
        }
        text.iter().map(|octet| if *octet == 0 { '@' } else { char::from(*octet) }).collect()
    }
}

fn parse(body: &[u8]) -> Option<Deliver> {
    let mut reader = Reader(body);
    reader.text()?;
    reader.skip(2)?;
    let from = reader.text()?;
    reader.skip(2)?;
    let to = reader.text()?;
    let class = reader.octet()?;
    reader.skip(2)?;
    reader.text()?;
    reader.text()?;
    reader.skip(2)?;
    let coding = reader.octet()?;
    reader.skip(1)?;
    let length = reader.octet()?;
    let text = reader.take(length.into())?.to_vec();
    let mut deliver = Deliver { from, to, class, coding, text, ..Deliver::default() };
    while let Some((tag, value)) = reader.tlv() {
        match (tag, value) {
            (RECEIPTED_MESSAGE_ID, value) => deliver.receipted = Some(until_zero(value)),
            (MESSAGE_STATE, [state, ..]) => deliver.state = Some(*state),
            (MESSAGE_PAYLOAD, value) => deliver.text = value.to_vec(),
            _ => {}
        }
    }
    Some(deliver)
}

/// A text up to its zero, or to its end where somebody has forgotten the zero.
pub(super) fn until_zero(octets: &[u8]) -> String {
    octets.iter().take_while(|octet| **octet != 0).map(|octet| char::from(*octet)).collect()
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn skip(&mut self, length: usize) -> Option<()> {
        self.take(length).map(drop)
    }

    fn octet(&mut self) -> Option<u8> {
        self.take(1).map(|octets| octets[0])
    }

    fn text(&mut self) -> Option<String> {
        let end = self.0.iter().position(|octet| *octet == 0)?;
        self.take(end + 1).map(until_zero)
    }

    fn number(&mut self) -> Option<u16> {
        self.take(2).map(|octets| u16::from_be_bytes([octets[0], octets[1]]))
    }

    fn tlv(&mut self) -> Option<(u16, &'a [u8])> {
        let (tag, length) = (self.number()?, self.number()?);
        Some((tag, self.take(length.into())?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deliver(class: u8, coding: u8, text: &[u8], tlvs: &[(u16, &[u8])]) -> Vec<u8> {
        let mut body = b"\0\x01\x01989121234567\0\0\x003000\0".to_vec();
        body.extend([class, 0, 0, 0, 0, 0, 0, coding, 0, u8::try_from(text.len()).expect("it is short")]);
        body.extend(text);
        for (tag, value) in tlvs {
            body.extend(tag.to_be_bytes());
            body.extend(u16::try_from(value.len()).expect("it is short").to_be_bytes());
            body.extend(*value);
        }
        body
    }

    fn receipt(id: &str, delivery: Delivery) -> Arrival {
        Arrival::Receipt { id: GatewayId(id.into()), delivery }
    }

    const TEXT: &[u8] =
        b"id:00A7 sub:001 dlvrd:001 submit date:2611291230 done date:2611291231 stat:DELIVRD err:000 text:id:1 stat:EXPIRED";

    #[test]
    fn a_receipt_by_text_is_read() {
        assert_eq!(arrival(&deliver(0x04, 0, TEXT, &[])), Some(receipt("a7", Delivery::Delivered)));
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
            assert_eq!(arrival(&deliver(0x04, 0, text.as_bytes(), &[])), Some(receipt("7", delivery)), "{word}");
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
            assert_eq!(arrival(&deliver(0x04, 0, TEXT, &tlvs)), Some(receipt("4711", delivery)), "{state}");
        }
        // Without its zero, without the bit, and with a field that nobody knows.
        let tlvs: [(u16, &[u8]); 3] = [(0x1400, b"\xff\xff"), (RECEIPTED_MESSAGE_ID, b"4711"), (MESSAGE_STATE, &[2])];
        assert_eq!(arrival(&deliver(0, 0, b"", &tlvs)), Some(receipt("4711", Delivery::Delivered)));
        // The text may stand in the payload.
        assert_eq!(
            arrival(&deliver(0x04, 0, b"", &[(MESSAGE_PAYLOAD, TEXT)])),
            Some(receipt("a7", Delivery::Delivered))
        );
    }

    #[test]
    fn a_text_is_read_in_its_alphabet() {
        let text = |body: &[u8]| match arrival(body) {
            Some(Arrival::Text { from, to, text }) => (from, to, text),
            other => panic!("{other:?} is no text"),
        };
        let persian: Vec<u8> = "لغو ۱۱".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text(&deliver(0, 8, &persian, &[])), ("989121234567".into(), "3000".into(), "لغو ۱۱".into()));
        assert_eq!(text(&deliver(0, 0, b"STOP 11", &[])).2, "STOP 11");
        let part = [&[5, 0, 3, 1, 2, 1][..], &persian].concat();
        assert_eq!(text(&deliver(0x40, 8, &part, &[])).2, "لغو ۱۱");
    }

    #[test]
    fn what_cant_be_read_is_nothing() {
        let whole = deliver(0x04, 0, TEXT, &[]);
        for end in 0..whole.len() - TEXT.len() {
            assert_eq!(arrival(&whole[..end]), None, "{end}");
        }
        assert_eq!(arrival(&deliver(0x04, 0, b"no id at all", &[])), None);
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
