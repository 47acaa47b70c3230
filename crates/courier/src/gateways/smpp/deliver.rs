//! The fields of a `deliver_sm` that matter here.
//!
//! Read by hand and leniently: message centres are full of oddities, and a strict reader would lose the whole for one of them.

const RECEIPTED_MESSAGE_ID: u16 = 0x001e;
const SAR_REFERENCE: u16 = 0x020c;
const SAR_TOTAL: u16 = 0x020e;
const SAR_NUMBER: u16 = 0x020f;
const NETWORK_ERROR_CODE: u16 = 0x0423;
const MESSAGE_PAYLOAD: u16 = 0x0424;
const MESSAGE_STATE: u16 = 0x0427;

/// What a message centre delivered: a receipt, or a text that somebody wrote, or a part of one.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Deliver {
    pub(super) from: String,
    pub(super) to: String,
    class: u8,
    pub(super) coding: u8,
    text: Vec<u8>,
    pub(super) receipted: Option<String>,
    pub(super) state: Option<u8>,
    /// The network's own code for what went wrong, without the octet that says which kind of network.
    pub(super) network_error: Option<u16>,
    /// Reference, total and number of a part, where no header in the text says them.
    sar: (Option<u16>, u8, u8),
}

/// Which part of a longer text something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// The same for all parts of one text.
    pub(super) reference: u16,
    pub(super) total: u8,
    /// From 1 to the total.
    pub(super) number: u8,
}

/// The place of a part that says its own so that nobody understands it.
const NOWHERE: Part = Part { reference: 0, total: 0, number: 0 };

impl Part {
    /// Whether its text can have such a part.
    pub(super) fn is_possible(self) -> bool {
        (1..=self.total).contains(&self.number)
    }
}

impl Deliver {
    /// Whether it is about a message of ours.
    pub(super) fn is_receipt(&self) -> bool {
        // 0x04: a receipt; 0x20: news on the way. Some set neither, and only name the message.
        self.class & 0x24 != 0 || self.receipted.is_some()
    }

    /// The text's octets, without the header that may stand before them.
    pub(super) fn octets(&self) -> &[u8] {
        self.header().map_or(&self.text, |header| self.text.get(header.len() + 1..).unwrap_or_default())
    }

    /// Which part it is, or says it is; None when it is all of a text.
    pub(super) fn part(&self) -> Option<Part> {
        let (reference, total, number) = self.sar;
        let reference = reference.unwrap_or_default();
        let by_sar = ((total, number) != (0, 0)).then_some(Part { reference, total, number });
        let by_header = self.header().and_then(part_of);
        by_header.or(by_sar).filter(|part| (part.total, part.number) != (1, 1))
    }

    /// The header without its length.
    fn header(&self) -> Option<&[u8]> {
        let (length, rest) = self.text.split_first().filter(|_| self.class & 0x40 != 0)?;
        Some(&rest[..usize::from(*length).min(rest.len())])
    }
}

/// What a header says of parts, by its element of one octet or of two for the reference (3GPP TS 23.040, 9.2.3.24).
fn part_of(header: &[u8]) -> Option<Part> {
    let mut reader = Reader(header);
    loop {
        let (element, length) = (reader.octet()?, reader.octet()?);
        match (element, reader.take(length.into())) {
            (0x00, Some(&[reference, total, number])) => {
                return Some(Part { reference: reference.into(), total, number });
            }
            (0x08, Some(&[high, low, total, number])) => {
                return Some(Part { reference: u16::from_be_bytes([high, low]), total, number });
            }
            (0x00 | 0x08, _) => return Some(NOWHERE),
            (_, Some(_)) => {}
            (_, None) => return None,
        }
    }
}

/// Reads the body of a `deliver_sm`; None when it breaks off.
pub(super) fn parse(body: &[u8]) -> Option<Deliver> {
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
            (NETWORK_ERROR_CODE, [_, high, low]) => deliver.network_error = Some(u16::from_be_bytes([*high, *low])),
            (MESSAGE_PAYLOAD, value) => deliver.text = value.to_vec(),
            (SAR_REFERENCE, [high, low]) => deliver.sar.0 = Some(u16::from_be_bytes([*high, *low])),
            (SAR_TOTAL, [total]) => deliver.sar.1 = *total,
            (SAR_NUMBER, [number]) => deliver.sar.2 = *number,
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

/// A body with these fields, from a person's number to our line.
#[cfg(test)]
pub(super) fn body(class: u8, coding: u8, text: &[u8], tlvs: &[(u16, &[u8])]) -> Vec<u8> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn part(class: u8, text: &[u8], tlvs: &[(u16, &[u8])]) -> (Option<Part>, Vec<u8>) {
        let deliver = parse(&body(class, 8, text, tlvs)).expect("it is whole");
        (deliver.part(), deliver.octets().to_vec())
    }

    #[test]
    fn a_part_says_which_one_it_is() {
        let which = |reference, total, number| Some(Part { reference, total, number });
        assert_eq!(part(0x40, &[5, 0, 3, 7, 2, 1, 0x06, 0x7e], &[]), (which(7, 2, 1), vec![0x06, 0x7e]));
        assert_eq!(part(0x40, &[6, 8, 4, 1, 7, 3, 2, 0x06, 0x7e], &[]), (which(263, 3, 2), vec![0x06, 0x7e]));
        // Behind an element that says something else: ports.
        let ports = [11, 5, 4, 0, 1, 0, 2, 0, 3, 9, 2, 2, 0x06, 0x7e];
        assert_eq!(part(0x40, &ports, &[]), (which(9, 2, 2), vec![0x06, 0x7e]));
        let sar: [(u16, &[u8]); 3] = [(SAR_REFERENCE, &[0, 9]), (SAR_TOTAL, &[2]), (SAR_NUMBER, &[1])];
        assert_eq!(part(0, &[0x06, 0x7e], &sar), (which(9, 2, 1), vec![0x06, 0x7e]));
    }

    #[test]
    fn what_says_nothing_of_parts_is_whole() {
        assert_eq!(part(0, &[5, 0, 3, 7, 2, 1], &[]), (None, vec![5, 0, 3, 7, 2, 1]), "no header, but a text");
        for header in [[5, 0, 3, 7, 1, 1], [5, 4, 3, 7, 2, 1]] {
            assert_eq!(part(0x40, &header, &[]), (None, Vec::new()), "{header:?}");
        }
        assert_eq!(part(0x40, &[], &[]), (None, Vec::new()));
        assert_eq!(part(0x40, &[200, 4, 3], &[]), (None, Vec::new()), "a header that is longer than the text");
        assert_eq!(part(0, b"1", &[(SAR_REFERENCE, &[0, 9])]), (None, b"1".to_vec()), "a reference to nothing");
        let sar: [(u16, &[u8]); 3] = [(SAR_REFERENCE, &[0, 9]), (SAR_TOTAL, &[1]), (SAR_NUMBER, &[1])];
        assert_eq!(part(0, b"1", &sar), (None, b"1".to_vec()), "the one of one");
    }

    #[test]
    fn what_says_of_itself_that_it_is_a_part_is_never_whole() {
        let headers: [&[u8]; 7] = [
            &[5, 0, 3, 7, 2, 0, b'1'],
            &[5, 0, 3, 7, 2, 3, b'1'],
            &[5, 0, 3, 7, 0, 0, b'1'],
            &[5, 0, 3, 7, 1, 2, b'1'],
            &[4, 0, 2, 7, 2, b'1'],
            &[5, 0, 4, 7, 2, 1, b'1'],
            &[200, 0, 3, 7],
        ];
        for text in headers {
            let (part, _) = part(0x40, text, &[]);
            assert!(part.is_some_and(|part| !part.is_possible()), "{text:?}: {part:?}");
        }
        let sar: [&[(u16, &[u8])]; 3] = [
            &[(SAR_REFERENCE, &[0, 9]), (SAR_TOTAL, &[2]), (SAR_NUMBER, &[3])],
            &[(SAR_REFERENCE, &[0, 9]), (SAR_TOTAL, &[2])],
            &[(SAR_NUMBER, &[2])],
        ];
        for tlvs in sar {
            let (part, _) = part(0, b"1", tlvs);
            assert!(part.is_some_and(|part| !part.is_possible()), "{tlvs:?}: {part:?}");
        }
        // One that forgets its reference only is a part all the same.
        let (part, _) = part(0, b"1", &[(SAR_TOTAL, &[2]), (SAR_NUMBER, &[2])]);
        assert!(part.is_some_and(Part::is_possible), "{part:?}");
    }

    #[test]
    fn what_breaks_off_is_nothing() {
        let whole = body(0x04, 0, b"id:1", &[]);
        for end in 0..whole.len() {
            assert_eq!(parse(&whole[..end]), None, "{end}");
        }
        assert!(parse(&whole).is_some());
    }
}
