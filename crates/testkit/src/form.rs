//! A form as it stands in a page. Only what it offers can be filled in, so that a broken form breaks the test.

use scraper::{ElementRef, Selector};

use crate::answer::Answer;
use crate::browser::{Browser, encoded};
use crate::text;
use crate::upload::{Attachment, Multipart};

/// A form, filled in bit by bit, then sent.
#[derive(Clone)]
pub struct Form {
    browser: Browser,
    action: String,
    is_multipart: bool,
    inputs: Vec<Input>,
    values: Vec<(String, String)>,
    files: Vec<(String, Attachment)>,
}

#[derive(Clone)]
enum Input {
    /// Anything can be typed.
    Open(String),
    /// One of these can be chosen.
    Choice(String, String),
    Button(String, String),
    File(String),
}

impl Form {
    pub(crate) fn read(browser: &Browser, form: ElementRef<'_>) -> Form {
        assert_eq!(form.attr("method"), Some("post"), "forms that do something are posted");
        let mut read = Form {
            browser: browser.clone(),
            action: form.attr("action").expect("it was found by its action").to_owned(),
            is_multipart: form.attr("enctype") == Some("multipart/form-data"),
            inputs: Vec::new(),
            values: Vec::new(),
            files: Vec::new(),
        };
        let fields = Selector::parse("input, textarea, select, button").expect("a good selector");
        for field in form.select(&fields) {
            read.take(field);
        }
        read
    }

    fn take(&mut self, field: ElementRef<'_>) {
        let Some(name) = field.attr("name").map(ToOwned::to_owned) else { return };
        let value = field.attr("value").unwrap_or_default().to_owned();
        match (field.value().name(), field.attr("type").unwrap_or("text")) {
            ("textarea", _) => {
                self.values.push((name.clone(), text::raw(field)));
                self.inputs.push(Input::Open(name));
            }
            ("select", _) => {
                let options = Selector::parse("option").expect("a good selector");
                for option in field.select(&options) {
                    let value = option.attr("value").unwrap_or_default().to_owned();
                    if option.attr("selected").is_some() {
                        self.values.push((name.clone(), value.clone()));
                    }
                    self.inputs.push(Input::Choice(name.clone(), value));
                }
            }
            ("button", _) | (_, "submit") => self.inputs.push(Input::Button(name, value)),
            (_, "file") => self.inputs.push(Input::File(name)),
            (_, "radio" | "checkbox") => {
                let value = if field.attr("value").is_none() { "on".to_owned() } else { value };
                if field.attr("checked").is_some() {
                    self.values.push((name.clone(), value.clone()));
                }
                self.inputs.push(Input::Choice(name, value));
            }
            _ => {
                self.values.push((name.clone(), value));
                self.inputs.push(Input::Open(name));
            }
        }
    }

    /// Types into a field, or chooses one of its choices.
    #[must_use]
    #[track_caller]
    pub fn fill(self, name: &str, value: &str) -> Form {
        let is_there = self.inputs.iter().any(|input| match input {
            Input::Open(found) => found == name,
            Input::Choice(found, choice) => found == name && choice == value,
            Input::Button(..) | Input::File(_) => false,
        });
        assert!(is_there, "the form to {} offers no {name} with {value}", self.action);
        self.forge(name, value)
    }

    /// Presses a button that has a name.
    #[must_use]
    #[track_caller]
    pub fn press(self, name: &str, value: &str) -> Form {
        let is_there = self.inputs.iter().any(|input| matches!(input, Input::Button(n, v) if n == name && v == value));
        assert!(is_there, "the form to {} has no button {name}={value}", self.action);
        self.forge(name, value)
    }

    /// Chooses a file.
    #[must_use]
    #[track_caller]
    pub fn attach(mut self, name: &str, file: Attachment) -> Form {
        let is_there = self.inputs.iter().any(|input| matches!(input, Input::File(found) if found == name));
        assert!(is_there && self.is_multipart, "the form to {} takes no file {name}", self.action);
        self.files.push((name.to_owned(), file));
        self
    }

    /// Puts a value into the form that no page offered.
    #[must_use]
    pub fn forge(mut self, name: &str, value: &str) -> Form {
        self.values.retain(|(found, _)| found != name);
        self.values.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Takes a field out of the form.
    #[must_use]
    pub fn without(mut self, name: &str) -> Form {
        self.values.retain(|(found, _)| found != name);
        self
    }

    /// What a field holds now.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// Which values a field offers.
    pub fn choices(&self, name: &str) -> Vec<&str> {
        let choices = self.inputs.iter().filter_map(|input| match input {
            Input::Choice(found, value) if found == name => Some(value.as_str()),
            Input::Choice(..) | Input::Open(_) | Input::Button(..) | Input::File(_) => None,
        });
        choices.collect()
    }

    /// The fields that take files.
    pub fn file_fields(&self) -> Vec<&str> {
        let fields = self.inputs.iter().filter_map(|input| match input {
            Input::File(name) => Some(name.as_str()),
            Input::Open(_) | Input::Choice(..) | Input::Button(..) => None,
        });
        fields.collect()
    }

    /// The same form, sent by another browser.
    #[must_use]
    pub fn by(self, browser: &Browser) -> Form {
        Form { browser: browser.clone(), ..self }
    }

    /// The multipart body that would be sent.
    pub fn multipart(&self) -> Multipart {
        let mut body = Multipart::default();
        for (name, value) in &self.values {
            body = body.field(name, value.replace("\r\n", "\n").replace('\n', "\r\n"));
        }
        for input in &self.inputs {
            let Input::File(name) = input else { continue };
            let mut files = self.files.iter().filter(|(found, _)| found == name).peekable();
            if files.peek().is_none() {
                // An empty file input is sent all the same.
                body = body.file(name, &Attachment::new("", ""));
            }
            for (name, file) in files {
                body = body.file(name, file);
            }
        }
        body
    }

    /// Sends it.
    pub async fn send(&self) -> Answer {
        if self.is_multipart {
            let body = self.multipart().whole();
            return self.browser.post_body(&self.action, &Multipart::content_type(), body).await;
        }
        let fields: Vec<_> = self.values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.browser.post_body(&self.action, "application/x-www-form-urlencoded", encoded(&fields)).await
    }
}
