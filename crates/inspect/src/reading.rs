//! Reading a file that may claim anything: through one small buffer, never by a size that the file says.

use std::io::{self, Read, Seek, SeekFrom};

use crate::{Flag, Refusal};

/// What is read at once, at most.
const BUFFER: usize = 32 * 1024;
/// What is read at once after a jump, which often wants a few bytes only. It doubles from there, so that jumping about in a file
/// costs little more than reading it.
const FIRST_LOOK: usize = 1024;

/// Why a walk ended early.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The disk's error, which says nothing about the file.
    Disk(io::Error),
    Refused(Refusal),
}

/// What a walk over a whole file says.
pub(crate) type Walk = Result<Vec<Flag>, Fault>;

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Fault::Disk(error)
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Fault::Refused(refusal)
    }
}

/// In which order a number's bytes stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Little,
    Big,
}

/// A file with a position, which may lie behind the file's end: nothing is there to be read, then.
pub(crate) struct Reader<F> {
    file: F,
    size: u64,
    position: u64,
    buffer: Box<[u8]>,
    /// Where in the file the buffer's bytes are from, and how many of them there are.
    start: u64,
    filled: usize,
    /// How much is read next time: the more, the longer nobody jumped.
    next_fill: usize,
}

impl<F: Read + Seek> Reader<F> {
    /// Begins at the file's first byte.
    pub(crate) fn new(mut file: F) -> io::Result<Self> {
        let size = file.seek(SeekFrom::End(0))?;
        Ok(Self { file, size, position: 0, buffer: vec![0; BUFFER].into(), start: 0, filled: 0, next_fill: FIRST_LOOK })
    }

    /// The whole file's size in bytes.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    pub(crate) fn position(&self) -> u64 {
        self.position
    }

    /// How many bytes are left from here.
    pub(crate) fn left(&self) -> u64 {
        self.size.saturating_sub(self.position)
    }

    /// Goes to a place; reads nothing yet.
    pub(crate) fn go_to(&mut self, position: u64) {
        self.position = position;
    }

    /// Goes over so many bytes without reading them. When they aren't all there, the file is damaged.
    pub(crate) fn skip(&mut self, bytes: u64) -> Result<(), Fault> {
        if bytes > self.left() {
            return Err(Refusal::Damaged.into());
        }
        self.position += bytes;
        Ok(())
    }

    /// The next bytes, as many as are at hand: none at the end, otherwise one at least. [`Reader::take`] goes over them.
    pub(crate) fn look(&mut self) -> io::Result<&[u8]> {
        let filled = self.filled as u64;
        if !(self.start..self.start + filled).contains(&self.position) {
            self.fill()?;
        }
        let from = usize::try_from(self.position - self.start).expect("the position lies in the buffer");
        Ok(&self.buffer[from..self.filled])
    }

    /// Goes over bytes that [`Reader::look`] showed.
    pub(crate) fn take(&mut self, bytes: usize) {
        self.position += bytes as u64;
    }

    /// Fills `into` as far as the file goes, and says how far that was.
    pub(crate) fn some(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut done = 0;
        while done < into.len() {
            let next = self.look()?;
            if next.is_empty() {
                break;
            }
            let length = next.len().min(into.len() - done);
            into[done..done + length].copy_from_slice(&next[..length]);
            self.take(length);
            done += length;
        }
        Ok(done)
    }

    /// Fills all of `into`. When the file ends before that, it is damaged.
    pub(crate) fn exact(&mut self, into: &mut [u8]) -> Result<(), Fault> {
        if self.some(into)? < into.len() { Err(Refusal::Damaged.into()) } else { Ok(()) }
    }

    /// The next `N` bytes.
    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        let mut bytes = [0; N];
        self.exact(&mut bytes)?;
        Ok(bytes)
    }

    /// Whether these bytes come next; goes nowhere.
    pub(crate) fn is_at(&mut self, bytes: &[u8]) -> io::Result<bool> {
        let position = self.position;
        let mut is_equal = true;
        for byte in bytes {
            is_equal = is_equal && self.look()?.first() == Some(byte);
            if is_equal {
                self.take(1);
            }
        }
        self.position = position;
        Ok(is_equal)
    }

    pub(crate) fn byte(&mut self) -> Result<u8, Fault> {
        self.array::<1>().map(|[byte]| byte)
    }

    pub(crate) fn u16(&mut self, order: Order) -> Result<u16, Fault> {
        self.array()
            .map(|bytes| if order == Order::Big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    }

    pub(crate) fn u32(&mut self, order: Order) -> Result<u32, Fault> {
        self.array()
            .map(|bytes| if order == Order::Big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    }

    pub(crate) fn u64(&mut self, order: Order) -> Result<u64, Fault> {
        self.array()
            .map(|bytes| if order == Order::Big { u64::from_be_bytes(bytes) } else { u64::from_le_bytes(bytes) })
    }

    /// Reads the buffer anew from the position on.
    fn fill(&mut self) -> io::Result<()> {
        let goes_on = self.position == self.start + self.filled as u64;
        let length = if goes_on { self.next_fill } else { FIRST_LOOK };
        self.next_fill = BUFFER.min(2 * length);
        self.start = self.position;
        self.filled = 0;
        if self.left() == 0 {
            return Ok(());
        }
        self.file.seek(SeekFrom::Start(self.position))?;
        let mut part = (&mut self.file).take(length as u64);
        while self.filled < length {
            match part.read(&mut self.buffer[self.filled..length]) {
                Ok(0) => break,
                Ok(read) => self.filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
