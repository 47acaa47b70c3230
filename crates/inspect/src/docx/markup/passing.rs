//! What is gone over in long pieces: comments, instructions, text that isn't parsed, names, and elements that nobody asks for.
//! Nearly all of a document is that, and so its speed is theirs.

use super::{Event, Markup, NAME_AT_MOST, State, is_name};
use crate::Refusal;

impl Markup {
    /// Goes on with the text behind this mark, which ends with the only byte that is searched for.
    pub(super) fn skip(&mut self, bytes: &[u8], mark: &[u8]) -> usize {
        let end = memchr::memchr(b'>', bytes).map_or(bytes.len(), |at| at + 1);
        self.held.extend_from_slice(&bytes[end.saturating_sub(mark.len())..end]);
        let over = self.held.len().saturating_sub(mark.len());
        self.held.drain(..over);
        if self.held == mark {
            self.state = State::Text;
        }
        end
    }

    pub(super) fn unparsed(&mut self, bytes: &[u8], seen: &mut impl FnMut(Event<'_>)) -> usize {
        let end = self.skip(bytes, b"]]>");
        if self.depth > 0 {
            seen(Event::Text(&bytes[..end]));
        }
        end
    }

    pub(super) fn name(&mut self, bytes: &[u8]) -> Result<usize, Refusal> {
        let end = bytes.iter().position(|byte| !is_name(*byte)).unwrap_or(bytes.len());
        if self.element.name.len() + end > NAME_AT_MOST {
            return Err(Refusal::Damaged);
        }
        self.element.name.extend_from_slice(&bytes[..end]);
        Ok(end)
    }

    /// Goes over the attributes of an element that nobody asks for.
    pub(super) fn pass(&mut self, bytes: &[u8], seen: &mut impl FnMut(Event<'_>)) -> Result<usize, Refusal> {
        let end = memchr::memchr3(b'>', b'"', b'\'', bytes);
        if let Some(last) = bytes[..end.unwrap_or(bytes.len())].last() {
            self.is_behind_slash = *last == b'/';
        }
        let Some(end) = end else { return Ok(bytes.len()) };
        if bytes[end] == b'>' {
            self.start(seen)?;
            if self.is_behind_slash {
                self.close(seen)?;
            }
        } else {
            self.is_behind_slash = false;
            self.state = State::PassingValue(bytes[end]);
        }
        Ok(end + 1)
    }

    /// Goes over a value of such an attribute.
    pub(super) fn pass_value(&mut self, bytes: &[u8], quote: u8) -> usize {
        let end = memchr::memchr(quote, bytes);
        if end.is_some() {
            self.state = State::Passing;
        }
        end.map_or(bytes.len(), |at| at + 1)
    }
}
