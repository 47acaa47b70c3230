//! What a request's head says about where the request ends, read strictly, from the bytes as they came (RFC 9112, 2.2, 3, 5, 6).
//!
//! hyper reads a head leniently and then tells no more what it overlooked: with both lengths it takes the one and drops the other.
//! Whoever stands between us and the browser may have taken the other one, and what the two disagree about becomes somebody
//! else's request. So whatever can be read in two ways is refused before hyper sees it.

use super::refusal::Refusal;

/// The most bytes of a head.
pub const HEAD_BYTES: usize = 32 * 1024;
/// The most bytes of a request's address.
pub const ADDRESS_BYTES: usize = 8 * 1024;
/// The most headers.
pub const HEADERS: usize = 64;
/// What is asked of us, and may be: no proxying, no debugging.
const METHODS: [&[u8]; 7] = [b"GET", b"HEAD", b"POST", b"PUT", b"PATCH", b"DELETE", b"OPTIONS"];
/// The longest method and the version, around the address.
const AROUND_ADDRESS: usize = 32;

/// Where the body ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// After so many bytes, which may be none.
    Length(u64),
    /// Where its last chunk says.
    Chunked,
}

/// Looks for the end of a head in what has come, byte by byte and each byte once.
#[derive(Debug, Default)]
pub struct Scan {
    at: usize,
    line: usize,
}

impl Scan {
    /// How long the head is, its empty line included, or None while its end has not come.
    pub fn go_on(&mut self, come: &[u8]) -> Result<Option<usize>, Refusal> {
        while let Some(&byte) = come.get(self.at) {
            let before = self.at.checked_sub(1).and_then(|before| come.get(before)).copied();
            match byte {
                // A line ends with both, and neither stands alone: some servers take one of them for an end, some don't.
                b'\n' if before == Some(b'\r') => {
                    let is_empty = self.at - self.line == 1;
                    self.line = self.at + 1;
                    if is_empty {
                        self.at += 1;
                        return Ok(Some(self.at));
                    }
                }
                b'\n' => return Err(Refusal::Malformed),
                _ if before == Some(b'\r') => return Err(Refusal::Malformed),
                b'\r' | b'\t' => {}
                byte if byte.is_ascii_control() => return Err(Refusal::Malformed),
                _ => {}
            }
            self.at += 1;
            if self.line == 0 && self.at > ADDRESS_BYTES + AROUND_ADDRESS {
                return Err(Refusal::LongAddress);
            }
            if self.at >= HEAD_BYTES {
                return Err(Refusal::LargeHead);
            }
        }
        Ok(None)
    }
}

/// What a whole head, with its empty line, says about its body.
pub fn judge(head: &[u8]) -> Result<Framing, Refusal> {
    let head = head.strip_suffix(b"\r\n\r\n").ok_or(Refusal::Malformed)?;
    let mut rest = Some(head);
    let mut lines = std::iter::from_fn(|| {
        let line = rest?;
        let end = line.windows(2).position(|pair| pair == b"\r\n");
        rest = end.map(|end| &line[end + 2..]);
        Some(&line[..end.unwrap_or(line.len())])
    });
    let is_old = judge_request_line(lines.next().ok_or(Refusal::Malformed)?)?;
    let (mut length, mut coding) = (None, None);
    for (number, line) in lines.enumerate() {
        if number >= HEADERS {
            return Err(Refusal::LargeHead);
        }
        let (name, value) = split(line)?;
        let seen = match () {
            () if name.eq_ignore_ascii_case(b"content-length") => length.replace(value),
            () if name.eq_ignore_ascii_case(b"transfer-encoding") => coding.replace(value),
            () => None,
        };
        // Twice is once too often, even when both say the same.
        if seen.is_some() {
            return Err(Refusal::Malformed);
        }
    }
    match (length, coding) {
        (None, None) => Ok(Framing::Length(0)),
        (Some(length), None) => number(length).map(Framing::Length).ok_or(Refusal::Malformed),
        (None, Some(_)) if is_old => Err(Refusal::Malformed),
        (None, Some(coding)) if coding.eq_ignore_ascii_case(b"chunked") => Ok(Framing::Chunked),
        (None, Some(_)) => Err(Refusal::Unknown),
        (Some(_), Some(_)) => Err(Refusal::Malformed),
    }
}

/// Whether it is of HTTP/1.0.
fn judge_request_line(line: &[u8]) -> Result<bool, Refusal> {
    let mut parts = line.split(|&byte| byte == b' ');
    let (Some(method), Some(address), Some(version), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(Refusal::Malformed);
    };
    if address.len() > ADDRESS_BYTES {
        return Err(Refusal::LongAddress);
    }
    if address.is_empty() || address.contains(&b'\t') || !is_token(method) {
        return Err(Refusal::Malformed);
    }
    let is_old = match version {
        b"HTTP/1.1" => false,
        b"HTTP/1.0" => true,
        _ if version.starts_with(b"HTTP/") => return Err(Refusal::Version),
        _ => return Err(Refusal::Malformed),
    };
    if METHODS.contains(&method) { Ok(is_old) } else { Err(Refusal::Unknown) }
}

/// A header's name and its value without the blanks around it. A line that goes on the one before has no name.
fn split(line: &[u8]) -> Result<(&[u8], &[u8]), Refusal> {
    let colon = line.iter().position(|&byte| byte == b':').ok_or(Refusal::Malformed)?;
    let name = &line[..colon];
    if !is_token(name) {
        return Err(Refusal::Malformed);
    }
    let value = &line[colon + 1..];
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    let begin = value.iter().position(|byte| !is_blank(byte)).unwrap_or(value.len());
    let end = value.iter().rposition(|byte| !is_blank(byte)).map_or(begin, |last| last + 1);
    Ok((name, &value[begin..end]))
}

fn is_token(name: &[u8]) -> bool {
    !name.is_empty() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte))
}

/// Digits only, and no more than fit.
fn number(value: &[u8]) -> Option<u64> {
    let digits = std::str::from_utf8(value).ok()?;
    let is_number = (1..=18).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(lines: &str) -> Result<Framing, Refusal> {
        let head = format!("POST / HTTP/1.1\r\nHost: a.ir\r\n{lines}\r\n");
        let end = Scan::default().go_on(head.as_bytes())?.expect("the head is whole");
        judge(&head.as_bytes()[..end])
    }

    #[test]
    fn an_ordinary_head_tells_where_its_body_ends() {
        assert_eq!(judged(""), Ok(Framing::Length(0)));
        assert_eq!(judged("Content-Length: 12\r\n"), Ok(Framing::Length(12)));
        assert_eq!(judged("content-length:\t12 \r\nX-Empty:\r\n"), Ok(Framing::Length(12)));
        assert_eq!(judged("Transfer-Encoding: Chunked\r\n"), Ok(Framing::Chunked));
        assert_eq!(judged("User-Agent: نامه\r\n"), Ok(Framing::Length(0)));
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_refused() {
        for lines in [
            "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
            "Content-Length: 1\r\nContent-Length: 2\r\n",
            "Content-Length: 1\r\nContent-Length: 1\r\n",
            "Content-Length: 1, 1\r\n",
            "Content-Length: +1\r\n",
            "Content-Length: 0x1\r\n",
            "Content-Length:\r\n",
            "Content-Length: 99999999999999999999\r\n",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
            "Transfer-Encoding : chunked\r\n",
            "\tTransfer-Encoding: chunked\r\n",
            "X: y\r\n Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding\r\n",
            ": chunked\r\n",
            "Transfer-Encoding: chunked\nX: y\r\n",
            "X: y\rTransfer-Encoding: chunked\r\n",
            "X: y\0\r\n",
        ] {
            assert_eq!(judged(lines), Err(Refusal::Malformed), "{lines:?}");
        }
        for coding in ["gzip, chunked", "chunked, identity", "xchunked", "identity", "", "chunked;q=1", "\u{b}chunked"]
        {
            let refused = judged(&format!("Transfer-Encoding: {coding}\r\n"));
            assert!(matches!(refused, Err(Refusal::Unknown | Refusal::Malformed)), "{coding:?}: {refused:?}");
        }
    }

    #[test]
    fn request_lines_are_of_one_form() {
        let judged = |line: &str| judge(format!("{line}\r\nHost: a.ir\r\n\r\n").as_bytes());
        assert_eq!(judged("GET /?a=b HTTP/1.0"), Ok(Framing::Length(0)));
        for line in
            ["GET  / HTTP/1.1", "GET /a b HTTP/1.1", " GET / HTTP/1.1", "GET /", "G@T / HTTP/1.1", "GET / http/1.1"]
        {
            assert_eq!(judged(line), Err(Refusal::Malformed), "{line}");
        }
        assert_eq!(judged("BREW / HTTP/1.1"), Err(Refusal::Unknown));
        assert_eq!(judged("CONNECT a.ir:443 HTTP/1.1"), Err(Refusal::Unknown));
        assert_eq!(judged("GET / HTTP/2.0"), Err(Refusal::Version));
        let old = "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n";
        assert_eq!(judge(old.as_bytes()), Err(Refusal::Malformed));
    }

    #[test]
    fn a_head_is_scanned_once_however_it_comes() {
        let bytes = b"GET / HTTP/1.1\r\nHost: a.ir\r\n\r\nbody";
        let mut scan = Scan::default();
        for come in 0..bytes.len() - 4 {
            assert_eq!(scan.go_on(&bytes[..come]), Ok(None), "after {come} bytes");
        }
        assert_eq!(scan.go_on(bytes), Ok(Some(bytes.len() - 4)));
    }

    #[test]
    fn what_is_too_long_is_refused_before_it_has_all_come() {
        let long = format!("GET /{} ", "a".repeat(ADDRESS_BYTES + AROUND_ADDRESS));
        assert_eq!(Scan::default().go_on(long.as_bytes()), Err(Refusal::LongAddress));
        let large = format!("GET / HTTP/1.1\r\nX: {}", "a".repeat(HEAD_BYTES));
        assert_eq!(Scan::default().go_on(large.as_bytes()), Err(Refusal::LargeHead));
        assert_eq!(judged(&"X: y\r\n".repeat(HEADERS)), Err(Refusal::LargeHead));
        let just = format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(ADDRESS_BYTES));
        assert_eq!(judge(just.as_bytes()), Err(Refusal::LongAddress));
    }

    #[test]
    fn no_browser_begins_like_this() {
        assert_eq!(Scan::default().go_on(b"\x16\x03\x01\x02\x00\x01"), Err(Refusal::Malformed));
        assert_eq!(Scan::default().go_on(b"GET / HTTP/1.1\n\n"), Err(Refusal::Malformed));
    }
}
