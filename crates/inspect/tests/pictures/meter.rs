//! A file in memory that counts what is read of it.

use std::io::{self, Cursor, Read, Seek, SeekFrom};

use pishkhan_inspect::{Finding, Refusal, inspect};

/// What may be read besides the file's own size: first looks at some thousand places, at most.
const CONSTANT: u64 = 8 * 1024 * 1024;

struct Meter<'a> {
    file: Cursor<&'a [u8]>,
    read: u64,
}

impl Read for Meter<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(into)?;
        self.read += read as u64;
        Ok(read)
    }
}

impl Seek for Meter<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

/// Inspects, and checks how much was read.
pub fn inspected(bytes: &[u8]) -> Result<Finding, Refusal> {
    let mut meter = Meter { file: Cursor::new(bytes), read: 0 };
    let outcome = inspect(&mut meter).expect("memory can be read");
    let (size, read) = (bytes.len() as u64, meter.read);
    assert!(read <= 5 * size + CONSTANT, "{read} bytes were read of a file of {size}");
    outcome
}
