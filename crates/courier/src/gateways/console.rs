//! The terminal as a gateway, for the demo and for developers.

use std::io::{self, Write};
use std::time::Duration;

use super::{Accepted, Gateway, Outgoing, SendError, Work, rfc3339};

/// Shows each message in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Console(Stream);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stream {
    Output,
    Error,
}

impl Console {
    /// On standard output.
    pub fn stdout() -> Console {
        Console(Stream::Output)
    }

    /// On standard error, when standard output belongs to a machine.
    pub fn stderr() -> Console {
        Console(Stream::Error)
    }

    fn show(self, message: &Outgoing) -> Result<Accepted, SendError> {
        let shown = framed(message);
        let written = match self.0 {
            Stream::Output => io::stdout().lock().write_all(shown.as_bytes()),
            Stream::Error => io::stderr().lock().write_all(shown.as_bytes()),
        };
        written.map_err(|error| SendError::Failed(format!("the terminal can't be written to: {}", error.kind())))?;
        Ok(Accepted::default())
    }
}

impl Gateway for Console {
    fn name(&self) -> &'static str {
        "console"
    }

    fn time_limit(&self) -> Duration {
        Duration::from_secs(10)
    }

    fn send_text<'a>(&'a self, message: &'a Outgoing) -> Work<'a, Result<Accepted, SendError>> {
        Box::pin(async { self.show(message) })
    }
}

fn framed(message: &Outgoing) -> String {
    // Control signs could rewrite the terminal.
    let text = message.text.replace(|sign: char| sign.is_control() && sign != '\n', "\u{fffd}");
    let mut shown = format!("┌─ {} · {} · {}\n", rfc3339(message.at), message.to, message.template);
    for line in text.lines() {
        shown.push_str("│ ");
        shown.push_str(line);
        shown.push('\n');
    }
    shown.push_str("└─\n");
    shown
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::framed;

    #[test]
    fn a_message_is_framed_and_harmless() {
        let shown = framed(&sample("کد ورود: 12345\n\u{1b}[2J@host #12345"));
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(
            lines,
            [
                "┌─ 2025-03-21T08:30:00Z · +989121234567 · sign_in_code",
                "│ کد ورود: 12345",
                "│ \u{fffd}[2J@host #12345",
                "└─"
            ]
        );
    }
}
