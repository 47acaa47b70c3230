//! Reading the answer of a web service: did it take the message, and by which id?

use std::time::Duration;

use serde_json::Value;

use super::exchange::scalar;
use super::failure::by_status;
use super::{Accepted, SendError};

/// The value in a rule that nothing at all satisfies.
const NOTHING: &str = "null";

/// Where an answer says what.
pub(super) struct AnswerRule {
    /// A JSON pointer and the value that it must lead to.
    pub(super) success: Option<(String, String)>,
    /// A JSON pointer to the gateway's id of the message.
    pub(super) message_id: Option<String>,
}

impl AnswerRule {
    /// Judges the answer's status; `Ok` means that its body decides.
    pub(super) fn judge_status(status: u16, pause: Option<Duration>) -> Result<(), SendError> {
        if (200..300).contains(&status) { Ok(()) } else { Err(by_status(status, pause)) }
    }

    /// Judges the body of an answer whose status was good.
    pub(super) fn judge_body(&self, body: &[u8]) -> Result<Accepted, SendError> {
        let json: Value = serde_json::from_slice(body).unwrap_or_default();
        self.judge_success(&json)?;
        Ok(Accepted::under(self.message_id.as_ref().and_then(|pointer| at(&json, pointer)).as_deref()))
    }

    /// Whether the answer says what a good one must; null is one that can't be read.
    pub(super) fn judge_success(&self, json: &Value) -> Result<(), SendError> {
        let Some((pointer, wanted)) = &self.success else { return Ok(()) };
        if json.is_null() {
            // Perhaps it broke off, after a status that says that the gateway has the message.
            return Err(SendError::Unsure("the gateway's answer can't be read".into()));
        }
        match json.pointer(pointer) {
            // Who has nothing to complain of writes null or leaves it out. In a bare word or number there is no place to leave anything out.
            None | Some(Value::Null) if wanted == NOTHING && (json.is_object() || json.is_array()) => Ok(()),
            None | Some(Value::Null) => Err(SendError::Failed(format!("the gateway's answer had no {pointer}"))),
            Some(value) => match scalar(value) {
                Some(found) if found == *wanted => Ok(()),
                // Tried again, since it may mean "no credit" or "busy" as well as "never".
                found => {
                    let found = found.as_deref().map_or("something else", showable);
                    Err(SendError::Failed(format!("the gateway's {pointer} was {found}")))
                }
            },
        }
    }
}

/// The text, number or truth at a JSON pointer, as a text.
pub(super) fn at(json: &Value, pointer: &str) -> Option<String> {
    json.pointer(pointer).and_then(scalar)
}

/// A status word or number, but nothing as long as a phone number or a text, which a gateway may repeat in its answer.
pub(super) fn showable(found: &str) -> &str {
    if found.len() <= 8 && found.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        found
    } else {
        "something else"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule() -> AnswerRule {
        AnswerRule {
            success: Some(("/return/status".into(), "200".into())),
            message_id: Some("/entries/0/messageid".into()),
        }
    }

    #[test]
    fn a_good_answer_tells_the_id() {
        let accepted = rule().judge_body(br#"{"return":{"status":200},"entries":[{"messageid":8792343}]}"#);
        assert_eq!(accepted, Ok(Accepted { gateway_id: Some("8792343".into()) }));
        let accepted = rule().judge_body(br#"{"return":{"status":"200"}}"#);
        assert_eq!(accepted, Ok(Accepted { gateway_id: None }));
    }

    #[test]
    fn a_wrong_answer_is_tried_again_and_of_an_unreadable_one_nobody_knows() {
        let said = |body: &[u8]| rule().judge_body(body).expect_err("it is no success").to_string();
        assert_eq!(said(br#"{"return":{"status":418}}"#), "failed: the gateway's /return/status was 418");
        assert_eq!(
            said(br#"{"return":{"status":"+989121234567"}}"#),
            "failed: the gateway's /return/status was something else"
        );
        assert_eq!(said(br#"{"error":"busy"}"#), "failed: the gateway's answer had no /return/status");
        for broken in [&b"<html>"[..], br#"{"return":{"st"#, b""] {
            assert_eq!(said(broken), "unsure: the gateway's answer can't be read");
        }
    }

    #[test]
    fn nothing_is_wrong_where_null_stands_or_nothing_at_all() {
        let rule = |pointer: &str| AnswerRule { success: Some((pointer.into(), "null".into())), message_id: None };
        let said = |pointer: &str, body: &str| match rule(pointer).judge_body(body.as_bytes()) {
            Ok(_) => "taken".to_owned(),
            Err(error) => error.to_string(),
        };
        for body in [r#"{"error":null,"id":7}"#, r#"{"id":7}"#, "{}", "[]", r#"{"error":"null"}"#] {
            assert_eq!(said("/error", body), "taken", "{body}");
        }
        for (body, why) in [
            (r#"{"error":11}"#, "failed: the gateway's /error was 11"),
            (r#"{"error":""}"#, "failed: the gateway's /error was "),
            (r#"{"error":false}"#, "failed: the gateway's /error was false"),
            (r#"{"error":{"code":11}}"#, "failed: the gateway's /error was something else"),
            (r#"{"error":[]}"#, "failed: the gateway's /error was something else"),
            (r#""no credit""#, "failed: the gateway's answer had no /error"),
            ("11", "failed: the gateway's answer had no /error"),
            ("null", "unsure: the gateway's answer can't be read"),
            ("", "unsure: the gateway's answer can't be read"),
            (r#"{"err"#, "unsure: the gateway's answer can't be read"),
        ] {
            assert_eq!(said("/error", body), why, "{body}");
        }
        for body in [r#"{"error":{"code":null}}"#, r#"{"error":{}}"#, r#"{"error":"11"}"#] {
            assert_eq!(said("/error/code", body), "taken", "{body}: only what is named is looked at");
        }
    }

    #[test]
    fn an_id_with_a_zero_byte_is_stored_without_it() {
        let rule = AnswerRule { success: None, message_id: Some("/id".into()) };
        assert_eq!(rule.judge_body(br#"{"id":"a\u0000b"}"#), Ok(Accepted { gateway_id: Some("ab".into()) }));
        assert_eq!(rule.judge_body(b"OK"), Ok(Accepted { gateway_id: None }));
    }
}
