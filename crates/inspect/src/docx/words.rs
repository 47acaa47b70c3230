//! What the parts of a Word document say: their relations, and the fields in their text.

use super::element::Element;
use super::markup::Event;
use crate::addresses::is_elsewhere;
use crate::{Flag, fields};

/// What is kept of an instruction.
const INSTRUCTION: usize = 1_024;
/// How deep fields may lie in each other until the innermost are taken as one.
const DEPTH: usize = 64;

#[derive(Default)]
pub(super) struct Words {
    pub(super) flags: Vec<Flag>,
    pub(super) has_macros: bool,
    /// The package's main part, by its relations; only those in `_rels/.rels` count.
    pub(super) main_part: Option<String>,
    /// Instructions of the open fields, outermost first.
    fields: Vec<Field>,
    is_in_instruction: bool,
}

#[derive(Default)]
struct Field {
    instruction: String,
    is_judged: bool,
    /// Whether it makes another one's command.
    makes_command: bool,
}

impl Words {
    pub(super) fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(element) => self.start(element),
            Event::End(element) if matches!(element.name(), b"instrText" | b"delInstrText") => {
                self.is_in_instruction = false;
            }
            Event::Text(text) if self.is_in_instruction => self.add(text),
            Event::End(_) | Event::Text(_) => {}
        }
    }

    /// Judges what a part left open.
    pub(super) fn end_of_part(&mut self) {
        while let Some(field) = self.fields.pop() {
            self.judge(field);
        }
        self.is_in_instruction = false;
    }

    fn start(&mut self, element: &Element) {
        match element.name() {
            b"Relationship" => self.relation(element),
            b"fldSimple" => {
                if let Some(flag) = element.attribute("instr").and_then(fields::flag) {
                    self.flag(flag);
                }
            }
            b"fldChar" => match element.attribute("fldCharType") {
                Some("begin") => self.begin(),
                Some("separate") => {
                    if let Some(field) = self.fields.last_mut() {
                        let done = std::mem::replace(field, Field { is_judged: true, ..Field::default() });
                        self.judge(done);
                    }
                }
                _ => {
                    if let Some(field) = self.fields.pop() {
                        self.judge(field);
                    }
                }
            },
            b"instrText" | b"delInstrText" => self.is_in_instruction = true,
            b"altChunk" => self.flag(Flag::Objects),
            _ => {}
        }
    }

    fn begin(&mut self) {
        let makes_command =
            self.fields.last().is_some_and(|outer| !outer.is_judged && outer.instruction.trim().is_empty());
        if self.fields.len() < DEPTH {
            self.fields.push(Field { makes_command, ..Field::default() });
        }
    }

    /// Word splits an instruction over as many runs as it likes; together they are one.
    fn add(&mut self, text: &[u8]) {
        if self.fields.is_empty() {
            self.fields.push(Field::default());
        }
        let Some(field) = self.fields.last_mut() else { return };
        for sign in String::from_utf8_lossy(text).chars() {
            if field.instruction.len() < INSTRUCTION
                && !(sign.is_whitespace() && field.instruction.ends_with([' ', '\0']))
            {
                field.instruction.push(if sign.is_whitespace() { ' ' } else { sign });
            }
        }
    }

    fn judge(&mut self, field: Field) {
        let Field { instruction, makes_command, .. } = field;
        let flag = if makes_command { fields::flag_of_made_command(&instruction) } else { fields::flag(&instruction) };
        if let Some(flag) = flag {
            self.flag(flag);
        }
    }

    fn relation(&mut self, element: &Element) {
        let kind = element.attribute("Type").unwrap_or_default();
        // Of the two standards' names, which differ in what is before.
        let kind = kind.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
        let target = element.attribute("Target").unwrap_or_default().to_owned();
        let is_external = element.attribute("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
        match kind.as_str() {
            "officedocument" if !is_external && self.main_part.is_none() => self.main_part = Some(target),
            "hyperlink" if is_external => self.flag(Flag::Links),
            _ if is_external && is_elsewhere(&target) => self.flag(Flag::RemoteContent),
            "vbaproject" | "wordvbadata" => self.has_macros = true,
            "oleobject" | "package" | "control" | "activexcontrolbinary" | "afchunk" => self.flag(Flag::Objects),
            _ => {}
        }
    }

    pub(super) fn flag(&mut self, flag: Flag) {
        if !self.flags.contains(&flag) {
            self.flags.push(flag);
        }
    }
}
