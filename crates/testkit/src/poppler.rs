//! Reading a PDF by the programs of another house (poppler), as people's viewers do: its text, and how a sheet looks.

use std::fs;
use std::process::Command;

use crate::Folder;

/// A sheet as it looks, in shades of grey from black (0) to white.
pub struct Look {
    pub width: usize,
    pub height: usize,
    shades: Vec<u8>,
}

/// The text of all sheets in the order in which it is read, a form feed after each.
pub fn text_of(pdf: &[u8]) -> String {
    let read = poppler("pdftotext", pdf, &["-layout", "-enc", "UTF-8"], "-");
    String::from_utf8(read).expect("pdftotext writes UTF-8")
}

/// How this sheet looks, counted from 1, with so many dots to the inch.
pub fn look_of(pdf: &[u8], sheet: usize, dots: usize) -> Look {
    let (sheet, dots) = (sheet.to_string(), dots.to_string());
    let drawn = poppler("pdftoppm", pdf, &["-gray", "-r", &dots, "-f", &sheet, "-l", &sheet], "");
    Look::read(&drawn).expect("pdftoppm writes a grey map")
}

impl Look {
    /// `P5`, width, height and 255, each with a white sign after it; then a byte for each dot.
    fn read(map: &[u8]) -> Option<Look> {
        let mut parts = map.splitn(4, u8::is_ascii_whitespace);
        let (kind, width, height, rest) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let number = |digits: &[u8]| std::str::from_utf8(digits).ok()?.parse().ok();
        let (width, height): (usize, usize) = (number(width)?, number(height)?);
        let shades = rest.strip_prefix(b"255\n")?.to_vec();
        (kind == b"P5" && shades.len() == width * height).then_some(Look { width, height, shades })
    }

    /// How many dots in the thousand are not white, in the part of the sheet between these parts of its sides, in the hundred.
    pub fn ink(&self, across: (usize, usize), down: (usize, usize)) -> usize {
        let (left, right) = (self.width * across.0 / 100, self.width * across.1 / 100);
        let lines = self.height * down.0 / 100..self.height * down.1 / 100;
        let all = (right - left) * lines.len();
        let dark = lines.flat_map(|line| &self.shades[line * self.width..][left..right]).filter(|shade| **shade < 200);
        1000 * dark.count() / all.max(1)
    }
}

/// What the program answers about this PDF.
fn poppler(program: &str, pdf: &[u8], words: &[&str], into: &str) -> Vec<u8> {
    let folder = Folder::new();
    let file = folder.path().join("sheets.pdf");
    fs::write(&file, pdf).expect("the folder is writable");
    let mut command = Command::new(program);
    command.args(words).arg(&file);
    if !into.is_empty() {
        command.arg(into);
    }
    let answer = command.output().unwrap_or_else(|error| panic!("{program} (of poppler-utils) starts: {error}"));
    let said = String::from_utf8_lossy(&answer.stderr);
    assert!(answer.status.success() && said.is_empty(), "{program} complains about the PDF: {said}");
    answer.stdout
}
