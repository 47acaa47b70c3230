//! The words of a worker's command line, behind the process id of whoever starts it.

use std::ffi::OsString;
use std::path::PathBuf;

use pishkhan_inspect::Kind;

use crate::confinement::Bounds;

/// What a worker is asked to do. The bounds come first in each call: bytes of memory, seconds of CPU.
#[derive(Debug)]
pub enum Call {
    /// `pages <bytes> <seconds> <kind> <most pages>`: draw the pages of the document.
    Pages { kind: Kind, most: u32, bounds: Bounds },
    /// `bind <bytes> <seconds>`: bind photos into one PDF.
    Bind { bounds: Bounds },
    /// `office <bytes> <seconds> <program> <document> <folder>`: become LibreOffice, which makes a PDF of a document.
    Office { bounds: Bounds, program: PathBuf, source: PathBuf, into: PathBuf },
    /// `print <bytes> <seconds>`: print an order.
    Print { bounds: Bounds },
    /// `proof <bytes> <seconds> <attempt>`: try what the confinement must forbid.
    Proof { attempt: String, bounds: Bounds },
}

impl Call {
    /// `None` if the words make no sense.
    pub fn read(mut words: impl Iterator<Item = OsString>) -> Option<Call> {
        let what = words.next()?.into_string().ok()?;
        let mut number = || words.next()?.to_str()?.parse::<u64>().ok();
        let bounds = Bounds { memory_bytes: number()?, seconds: number()? };
        let call = match what.as_str() {
            "pages" => {
                let kind = Kind::parse(words.next()?.to_str()?)?;
                Call::Pages { kind, most: words.next()?.to_str()?.parse().ok()?, bounds }
            }
            "bind" => Call::Bind { bounds },
            "print" => Call::Print { bounds },
            "office" => {
                let mut path = || words.next().map(PathBuf::from);
                Call::Office { bounds, program: path()?, source: path()?, into: path()? }
            }
            "proof" => Call::Proof { attempt: words.next()?.into_string().ok()?, bounds },
            _ => return None,
        };
        words.next().is_none().then_some(call)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> Option<Call> {
        Call::read(words.split_whitespace().map(OsString::from))
    }

    #[test]
    fn a_call_is_read_whole_or_not_at_all() {
        let call = read("pages 1000 5 tiff 30");
        assert!(matches!(call, Some(Call::Pages { kind: Kind::Tiff, most: 30, bounds }) if bounds.seconds == 5));
        for nonsense in
            ["", "pages", "pages 1000 5 tiff", "pages 1000 5 exe 30", "pages x 5 pdf 1", "bind 1 2 3", "eat 1 2"]
        {
            assert!(read(nonsense).is_none(), "{nonsense}");
        }
    }
}
