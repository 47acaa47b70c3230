//! What a reader reads of a page: its text in lines, with headings, fields and buttons marked, and nothing of its markup.

use scraper::node::Element;
use scraper::{ElementRef, Html, Node, Selector};

/// The page's title and its text.
pub fn visible(document: &Html) -> String {
    let find = |selector: &str| {
        let selector = Selector::parse(selector).expect("a good selector");
        document.select(&selector).next()
    };
    let mut writing = Writing::default();
    if let Some(title) = find("title") {
        writing.line(&format!("« {} »", of(title)));
    }
    if let Some(body) = find("body") {
        writing.children(body);
    }
    writing.end_line();
    writing.text.trim().to_owned()
}

/// An element's text in one line.
pub fn of(element: ElementRef<'_>) -> String {
    let mut writing = Writing::default();
    writing.children(element);
    writing.end_line();
    writing.text.trim().replace('\n', " ")
}

/// An element's text as it is; the line break that HTML lets stand first is none.
pub fn raw(element: ElementRef<'_>) -> String {
    element.text().collect()
}

#[derive(Default)]
struct Writing {
    text: String,
    line: String,
}

impl Writing {
    fn children(&mut self, element: ElementRef<'_>) {
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.words(text),
                Node::Element(_) => {
                    let child = ElementRef::wrap(child).expect("it is an element");
                    self.element(child);
                }
                _ => {}
            }
        }
    }

    fn element(&mut self, element: ElementRef<'_>) {
        let tag: &Element = element.value();
        match tag.name() {
            "script" | "style" | "svg" | "noscript" | "template" => {}
            "br" => self.end_line(),
            "input" => self.input(element),
            "textarea" => self.line(&format!("[{}: {}]", tag.attr("name").unwrap_or_default(), of(element))),
            "img" => self.words(&format!(" [{}] ", tag.attr("alt").unwrap_or_default())),
            // A button without a word shows a drawing.
            "button" if of(element).is_empty() => {}
            "button" => self.marked(" (", element, ") "),
            "h1" => self.heading("# ", element),
            "h2" => self.heading("## ", element),
            "h3" => self.heading("### ", element),
            "li" => {
                self.end_line();
                self.line.push_str("- ");
                self.children(element);
                self.end_line();
            }
            "dd" => {
                self.words(": ");
                self.children(element);
                self.end_line();
            }
            // Parts of a line that only their style holds apart.
            "b" | "dt" | "i" | "label" | "small" | "span" | "strong" | "time" => {
                self.words(" ");
                self.children(element);
                self.words(" ");
            }
            "a" | "bdi" | "kbd" | "summary" | "title" => self.children(element),
            _ => {
                self.end_line();
                self.children(element);
                self.end_line();
            }
        }
    }

    fn input(&mut self, element: ElementRef<'_>) {
        let attribute = |name| element.attr(name).unwrap_or_default();
        match attribute("type") {
            "hidden" => {}
            "radio" | "checkbox" => {
                self.words(if element.attr("checked").is_some() { " (x) " } else { " ( ) " });
            }
            _ => self.line(&format!("[{}: {}]", attribute("name"), attribute("value"))),
        }
    }

    fn marked(&mut self, before: &str, element: ElementRef<'_>, after: &str) {
        self.words(before);
        self.words(&of(element));
        self.words(after);
    }

    fn heading(&mut self, mark: &str, element: ElementRef<'_>) {
        self.line(&format!("{mark}{}", of(element)));
    }

    fn line(&mut self, text: &str) {
        self.end_line();
        self.line.push_str(text);
        self.end_line();
    }

    fn words(&mut self, text: &str) {
        self.line.push_str(text);
    }

    fn end_line(&mut self) {
        // The signs that keep names and numbers in their own direction are not read.
        let line = self.line.replace(['\u{2068}', '\u{2069}'], "");
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if !line.is_empty() && line != "-" {
            self.text.push_str(&line);
            self.text.push('\n');
        }
        self.line.clear();
    }
}
