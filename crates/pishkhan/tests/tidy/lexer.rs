//! Enough of Rust's grammar to find its literals: knows comments, raw strings, escapes and lifetimes. Askama's expressions are
//! close enough to Rust for it.

use crate::tree::File;

/// A string or character literal.
pub struct Literal {
    pub line: usize,
    pub text: String,
    /// The code before it, as far as it matters: its last signs, without white space at the end.
    pub before: String,
    /// Which `concat!` of the file it is a piece of, the outermost one.
    pub concat: Option<usize>,
}

/// The literals of a Rust file up to its `#[cfg(test)] mod`.
pub fn literals_of(file: &File) -> Vec<Literal> {
    let tests = tests_from(&file.text);
    literals(&file.text).into_iter().filter(|literal| literal.line < tests).collect()
}

/// All literals of a text.
pub fn literals(text: &str) -> Vec<Literal> {
    let signs = text.chars().collect();
    let mut lexer = Lexer { signs, at: 0, line: 1, code: String::new(), open: Vec::new(), found: Vec::new() };
    while lexer.at < lexer.signs.len() {
        lexer.step();
    }
    lexer.found
}

/// The line of the inline module with the tests.
fn tests_from(text: &str) -> usize {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let is_module = |line: &&&str| line.starts_with("mod ") && line.ends_with('{');
    let begins =
        |(at, line): (usize, &&str)| *line == "#[cfg(test)]" && lines[at..].iter().take(4).any(|line| is_module(&line));
    lines.iter().enumerate().position(|(at, line)| begins((at, line))).map_or(usize::MAX, |at| at + 1)
}

struct Lexer {
    signs: Vec<char>,
    at: usize,
    line: usize,
    code: String,
    /// The parentheses that are open, each with the place at which it was opened if it is a `concat!`'s.
    open: Vec<Option<usize>>,
    found: Vec<Literal>,
}

impl Lexer {
    fn step(&mut self) {
        let is_word = self.code.ends_with(|sign: char| sign.is_alphanumeric() || sign == '_');
        match (self.peek(0), self.peek(1)) {
            ('/', '/') => {
                while self.at < self.signs.len() && self.peek(0) != '\n' {
                    self.next();
                }
            }
            ('/', '*') => self.block_comment(),
            ('"', _) => self.string(),
            ('r', '"' | '#') if !is_word || self.code.ends_with('b') => self.raw_string(),
            ('\'', '\\') => self.character(),
            ('\'', _) if self.peek(2) == '\'' => self.character(),
            _ => {
                let sign = self.next();
                match sign {
                    '(' => self.open.push(self.code.ends_with("concat!").then_some(self.at)),
                    ')' => drop(self.open.pop()),
                    _ => {}
                }
                self.code.push(sign);
            }
        }
    }

    fn peek(&self, ahead: usize) -> char {
        self.signs.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn next(&mut self) -> char {
        let sign = self.peek(0);
        self.at += 1;
        self.line += usize::from(sign == '\n');
        sign
    }

    fn skip(&mut self, signs: usize) {
        for _ in 0..signs {
            self.next();
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        loop {
            match (self.peek(0), self.peek(1)) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth -= 1,
                ('\0', _) => return,
                _ => {
                    self.next();
                    continue;
                }
            }
            self.skip(2);
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self) {
        let line = self.line;
        self.next();
        let mut text = String::new();
        while self.at < self.signs.len() && self.peek(0) != '"' {
            match self.next() {
                '\\' => self.escape(&mut text),
                sign => text.push(sign),
            }
        }
        self.next();
        self.keep(line, text);
    }

    fn escape(&mut self, text: &mut String) {
        match self.next() {
            'n' => text.push('\n'),
            't' => text.push('\t'),
            '\n' => {
                while self.at < self.signs.len() && self.peek(0).is_whitespace() {
                    self.next();
                }
            }
            'u' => {
                let mut digits = String::new();
                while self.at < self.signs.len() && !digits.ends_with('}') {
                    digits.push(self.next());
                }
                let code = u32::from_str_radix(digits.trim_matches(['{', '}']), 16).ok();
                text.extend(code.and_then(char::from_u32));
            }
            sign => text.push(sign),
        }
    }

    /// `r"…"`, `r#"…"#`; a raw identifier (`r#type`) is code.
    fn raw_string(&mut self) {
        let hashes = (1..self.signs.len()).take_while(|ahead| self.peek(*ahead) == '#').count();
        if self.peek(1 + hashes) != '"' {
            let sign = self.next();
            return self.code.push(sign);
        }
        let line = self.line;
        self.skip(hashes + 2);
        let end: String = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
        let mut text = String::new();
        while self.at < self.signs.len() && !text.ends_with(&end) {
            text.push(self.next());
        }
        text.truncate(text.len().saturating_sub(end.len()));
        self.keep(line, text);
    }

    fn character(&mut self) {
        let line = self.line;
        self.next();
        let mut text = String::new();
        match self.next() {
            '\\' => self.escape(&mut text),
            sign => text.push(sign),
        }
        while self.at < self.signs.len() && self.next() != '\'' {}
        self.keep(line, text);
    }

    fn keep(&mut self, line: usize, text: String) {
        let code = self.code.trim_end();
        let before = code.chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
        let concat = self.open.iter().copied().flatten().next();
        self.found.push(Literal { line, text, before, concat });
        // What follows isn't part of the word before: `b"…"r` is no raw string.
        self.code.push(' ');
    }
}

#[test]
fn the_lexer_sees_literals_and_nothing_else() {
    let text = "// \"no\"\nf(r#\"a \"b\" c\"#, \"d\\\"\\\n   e\", b\"f\", 'g', '\\'', \"\\u{62f}\"); /* \"no\" /* */ \"no\" */ fn x<'a>(r: &'a str) {}\nw.t( \"h\")";
    let found = literals(text);
    let texts: Vec<&str> = found.iter().map(|literal| literal.text.as_str()).collect();
    assert_eq!(texts, ["a \"b\" c", "d\"e", "f", "g", "'", "د", "h"]);
    assert_eq!((found[0].line, found[6].line), (2, 4));
    assert!(found[6].before.ends_with("w.t("));
}
