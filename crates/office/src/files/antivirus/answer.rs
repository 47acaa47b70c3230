//! What clamd says, read with suspicion: bounded, cleaned, and taken for clean only when it says exactly that.

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, BufReader};

use super::{ScanError, Verdict};

/// The longest answer that is read, in bytes; clamd's have less than 200.
const LONGEST: usize = 1024;

/// The longest text that is handed on, in signs.
const LONGEST_SAID: usize = 120;

/// What clamd calls a file that its limits kept it from looking at whole, if `AlertExceedsMax` is on.
const OVER_A_LIMIT: &str = "Heuristics.Limits.Exceeded";

/// Reads an answer up to the zero that ends it.
pub async fn read(from: impl AsyncRead + Unpin) -> Result<String, ScanError> {
    let mut answer = Vec::new();
    let read = BufReader::new(from.take(LONGEST as u64)).read_until(0, &mut answer).await;
    read.map_err(|error| ScanError::Unreachable(error.to_string()))?;
    match answer.pop() {
        Some(0) => Ok(printable(&answer)),
        Some(_) if answer.len() + 1 == LONGEST => Err(ScanError::Answer(format!("more than {LONGEST} bytes"))),
        Some(_) => Err(ScanError::Unreachable(format!("it ended amid its answer: {}", short(&printable(&answer))))),
        None => Err(ScanError::Unreachable("it ended without an answer".to_owned())),
    }
}

/// What a scan's answer means.
pub fn verdict(answer: &str) -> Result<Verdict, ScanError> {
    match answer.strip_prefix("stream: ") {
        Some("OK") => return Ok(Verdict::Clean),
        Some(found) => {
            if let Some(name) = found.strip_suffix(" FOUND") {
                return of_name(name);
            }
        }
        None if answer == "INSTREAM size limit exceeded. ERROR" => {
            return Err(ScanError::TooLarge("StreamMaxLength".to_owned()));
        }
        None => {}
    }
    Err(unknown(answer))
}

/// An answer that we can't act on.
pub fn unknown(answer: &str) -> ScanError {
    ScanError::Answer(short(answer))
}

fn of_name(name: &str) -> Result<Verdict, ScanError> {
    match name.strip_prefix(OVER_A_LIMIT) {
        Some("") => Err(ScanError::TooLarge("a limit".to_owned())),
        Some(limit) => Err(ScanError::TooLarge(short(limit.trim_start_matches('.')))),
        None => Ok(Verdict::Infected { name: short(name) }),
    }
}

/// Words for `ClamAV 1.4.6/27834/Sun Nov 22 08:25:38 2026`, where all after the version is missing as long
/// as no signatures were downloaded.
pub fn version(answer: &str) -> String {
    let mut parts = answer.splitn(3, '/');
    let words = match (parts.next(), parts.next(), parts.next()) {
        (Some(program), Some(number), Some(date)) => format!("{program}, signatures {number} of {date}"),
        (Some(program), ..) if program.starts_with("ClamAV ") => format!("{program}, without ClamAV's signatures"),
        _ => "a scanner that does not tell its version".to_owned(),
    };
    short(&words)
}

/// What a log line may hold, sign for sign.
fn printable(bytes: &[u8]) -> String {
    let sign = |&byte: &u8| if byte.is_ascii_graphic() || byte == b' ' { char::from(byte) } else { '?' };
    bytes.iter().map(sign).collect()
}

/// The beginning of a printable text, as much as a log line should hold.
fn short(text: &str) -> String {
    text.chars().take(LONGEST_SAID).collect()
}
