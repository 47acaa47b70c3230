//! The search for fields in a Word stream. Its text is of one byte or two a sign, in pieces of either; leaving out the zeros reads
//! both alike as far as commands go, which are of plain letters.

use crate::{Flag, fields};

const FIELD_BEGINS: u8 = 0x13;
const FIELD_SEPARATES: u8 = 0x14;
const FIELD_ENDS: u8 = 0x15;
/// What is read of an instruction.
const INSTRUCTION: usize = 256;
const LOUDEST: u64 = u64::from_be_bytes(*b"\0DDEAUTO");

#[derive(Default)]
pub(super) struct Fields {
    pub(super) flags: Vec<Flag>,
    /// The instruction that we are in.
    instruction: Option<String>,
    /// Whether it makes another one's command.
    makes_command: bool,
    /// The last eight bytes that aren't zero, in capital letters.
    recent: u64,
}

impl Fields {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            if byte == 0 {
                continue;
            }
            // It counts without its field's mark, too: a stream may be saved in pieces that lie in any order.
            self.recent = self.recent << 8 | u64::from(byte.to_ascii_uppercase());
            if self.recent & (u64::MAX >> 8) == LOUDEST {
                self.add(Flag::DdeField);
            }
            match byte {
                FIELD_BEGINS => {
                    let is_first_word = self.instruction.as_ref().is_some_and(|outer| outer.trim().is_empty());
                    self.judge();
                    self.instruction = Some(String::new());
                    self.makes_command = is_first_word;
                }
                FIELD_SEPARATES | FIELD_ENDS => self.judge(),
                byte => {
                    let Some(instruction) = &mut self.instruction else { continue };
                    if !instruction.is_empty() || byte != b' ' {
                        instruction.push(char::from(byte));
                    }
                    if instruction.len() >= INSTRUCTION {
                        self.judge();
                    }
                }
            }
        }
    }

    /// Judges the open instruction, if there is one.
    pub(super) fn judge(&mut self) {
        let Some(instruction) = self.instruction.take() else { return };
        let flag =
            if self.makes_command { fields::flag_of_made_command(&instruction) } else { fields::flag(&instruction) };
        if let Some(flag) = flag {
            self.add(flag);
        }
    }

    fn add(&mut self, flag: Flag) {
        if !self.flags.contains(&flag) {
            self.flags.push(flag);
        }
    }
}
