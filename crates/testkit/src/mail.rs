//! The messages that went out, as the gateway's file has them.

use std::path::Path;

use serde_json::Value;

/// A message that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    pub organisation: String,
    /// The mobile number, `+989…`, or an e-mail address.
    pub to: String,
    pub template: String,
    pub text: String,
}

impl Mail {
    /// The six digits of a code message.
    pub fn code(&self) -> String {
        assert_eq!(self.template, "sign_in_code", "this message brings no code: {}", self.text);
        self.text.chars().take(6).collect()
    }
}

impl Mail {
    /// The six digits by which a person at the counter confirms a letter.
    pub fn filing_code(&self) -> String {
        assert_eq!(self.template, "filing_code", "this message confirms no letter: {}", self.text);
        self.text.chars().take(6).collect()
    }
}

/// All messages in the file, oldest first.
pub fn read(spool: &Path) -> Vec<Mail> {
    // No message, no file.
    let lines = std::fs::read_to_string(spool).unwrap_or_default();
    lines.lines().map(|line| mail(&serde_json::from_str(line).expect("each line is JSON"))).collect()
}

fn mail(line: &Value) -> Mail {
    let text = |key: &str| line[key].as_str().unwrap_or_else(|| panic!("the spool's line has no {key}")).to_owned();
    Mail { organisation: text("organisation"), to: text("to"), template: text("template"), text: text("text") }
}
