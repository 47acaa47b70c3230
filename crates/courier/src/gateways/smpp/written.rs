//! Texts that people write: put together of their parts, and read in their alphabet.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use super::deliver::{Deliver, Part};
use crate::gateways::IncomingText;

/// How long the other parts of a text are waited for.
const PATIENCE: Duration = Duration::from_mins(10);
/// How many texts may lack parts at once; the oldest goes for a new one.
const MOST: usize = 200;
/// So many octets are more than ten times what a part may have, or any text that we understand.
const LONGEST: usize = 2_048;

/// Texts of which some parts have come.
#[derive(Default)]
pub(super) struct Written(VecDeque<Series>);

/// The parts of one text.
struct Series {
    from: String,
    to: String,
    reference: u16,
    coding: u8,
    parts: Vec<Option<Vec<u8>>>,
    since: Instant,
}

impl Written {
    /// Takes what was delivered at that moment; answers the text when all of it is there. A part that comes twice counts once.
    pub(super) fn take(&mut self, deliver: &Deliver, now: Instant) -> Option<IncomingText> {
        if [deliver.octets().len(), deliver.from.len(), deliver.to.len()].iter().any(|length| *length > LONGEST) {
            return None;
        }
        let part = deliver.part();
        // A part whose place is impossible is put together with nothing, and least of all is it a text.
        let Some(part) = part.filter(|part| part.is_possible()) else {
            let (from, to) = (deliver.from.clone(), deliver.to.clone());
            let text = decoded(deliver.coding, deliver.octets());
            return Some(IncomingText { id: None, from, to, text, is_part: part.is_some(), signature: None });
        };
        self.0.retain(|series| now.duration_since(series.since) < PATIENCE);
        let at = self.0.iter().position(|series| series.is_of(deliver, part)).unwrap_or_else(|| {
            if self.0.len() >= MOST {
                self.0.pop_front();
            }
            self.0.push_back(Series::begun(deliver, part, now));
            self.0.len() - 1
        });
        let series = self.0.get_mut(at)?;
        series.parts[usize::from(part.number) - 1] = Some(deliver.octets().to_vec());
        if series.parts.iter().any(Option::is_none) {
            return None;
        }
        let Series { from, to, coding, parts, .. } = self.0.remove(at)?;
        // Together and then read: a sign may lie in two parts.
        let octets: Vec<u8> = parts.into_iter().flatten().flatten().collect();
        Some(IncomingText { id: None, from, to, text: decoded(coding, &octets), is_part: false, signature: None })
    }
}

impl Series {
    fn begun(deliver: &Deliver, part: Part, now: Instant) -> Series {
        Series {
            from: deliver.from.clone(),
            to: deliver.to.clone(),
            reference: part.reference,
            coding: deliver.coding,
            parts: vec![None; part.total.into()],
            since: now,
        }
    }

    fn is_of(&self, deliver: &Deliver, part: Part) -> bool {
        let place = (&self.from, &self.to, self.reference, self.parts.len());
        place == (&deliver.from, &deliver.to, part.reference, usize::from(part.total))
    }
}

/// A text in the alphabet that its coding names: UCS-2, also of a class (0x18 to 0x1b), or else one octet for each sign.
pub(super) fn decoded(coding: u8, octets: &[u8]) -> String {
    if matches!(coding, 8 | 0x18..=0x1b) {
        let units: Vec<u16> = octets.chunks_exact(2).map(|two| u16::from_be_bytes([two[0], two[1]])).collect();
        return String::from_utf16_lossy(&units);
    }
    octets.iter().map(|octet| if *octet == 0 { '@' } else { char::from(*octet) }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::deliver::{body, parse};
    use super::*;

    fn take(written: &mut Written, octets: &[u8], now: Instant) -> Option<String> {
        let text = written.take(&parse(octets).expect("it is whole"), now)?;
        assert_eq!((text.from.as_str(), text.to.as_str(), text.id), ("989121234567", "3000", None));
        Some(text.text)
    }

    fn alone(octets: &[u8]) -> Option<String> {
        take(&mut Written::default(), octets, Instant::now())
    }

    fn ucs2(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_be_bytes).collect()
    }

    fn part(reference: u8, total: u8, number: u8, octets: &[u8]) -> Vec<u8> {
        body(0x40, 8, &[&[5, 0, 3, reference, total, number][..], octets].concat(), &[])
    }

    #[test]
    fn a_text_is_read_in_its_alphabet() {
        assert_eq!(alone(&body(0, 8, &ucs2("لغو ۱۱"), &[])).as_deref(), Some("لغو ۱۱"));
        assert_eq!(alone(&body(0, 0x18, &ucs2("وضعیت"), &[])).as_deref(), Some("وضعیت"));
        assert_eq!(alone(&body(0, 0, b"STOP 11", &[])).as_deref(), Some("STOP 11"));
        assert_eq!(alone(&part(1, 1, 1, &ucs2("لغو"))).as_deref(), Some("لغو"), "a header, and nothing else");
    }

    #[test]
    fn parts_are_put_together_in_whatever_order_they_come() {
        let (mut written, now) = (Written::default(), Instant::now());
        // The cut goes through a sign of two units.
        let octets = ucs2("لغو 😀 ۱۳۳۶۰۷۱۳۳۶۰۷");
        let (first, second) = octets.split_at(10);
        assert_eq!(take(&mut written, &part(7, 2, 2, second), now), None);
        assert_eq!(take(&mut written, &part(7, 2, 2, second), now), None, "twice is once");
        assert_eq!(take(&mut written, &part(8, 2, 1, &ucs2("دیگر")), now), None, "of another text");
        assert_eq!(take(&mut written, &part(7, 2, 1, first), now).as_deref(), Some("لغو 😀 ۱۳۳۶۰۷۱۳۳۶۰۷"));
        assert_eq!(take(&mut written, &part(7, 2, 1, first), now), None, "the reference is free again");
    }

    #[test]
    fn a_part_without_a_possible_place_is_told_as_a_part() {
        let mut written = Written::default();
        let mut told = |total, number| {
            let deliver = parse(&part(7, total, number, &ucs2("1"))).expect("it is whole");
            written.take(&deliver, Instant::now()).map(|text| (text.text, text.is_part))
        };
        assert_eq!(told(2, 3), Some(("1".into(), true)));
        assert_eq!(told(2, 0), Some(("1".into(), true)));
        assert_eq!(told(1, 1), Some(("1".into(), false)));
        assert_eq!(told(2, 1), None);
        assert_eq!(told(2, 2), Some(("11".into(), false)));
        assert!(written.0.is_empty());
    }

    #[test]
    fn what_never_comes_is_waited_for_ten_minutes() {
        let (mut written, now) = (Written::default(), Instant::now());
        assert_eq!(take(&mut written, &part(7, 2, 1, &ucs2("لغو")), now), None);
        let late = now + PATIENCE;
        assert_eq!(take(&mut written, &part(7, 2, 2, &ucs2("وضعیت")), late), None);
        assert_eq!(written.0.len(), 1);
        for reference in 0..=255 {
            take(&mut written, &part(reference, 2, 1, &ucs2("لغو")), late);
        }
        assert_eq!(written.0.len(), MOST);
    }
}
