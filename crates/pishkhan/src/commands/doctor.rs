//! `pishkhan doctor`: what an operator should know, one line each, as ok, warning or failed. It makes nothing that isn't
//! there; only a database of an older version is brought up to date, as by every command that opens it.

mod certificate;
mod files;
mod folder;
mod house;
mod routes;
mod shares;

use std::process::ExitCode;

use crate::failure::Failure;
use crate::settings::{Challenge, Gateway, Settings};

/// What was found, in the order in which it was looked at.
#[derive(Default)]
struct Findings(Vec<(Verdict, String)>);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Ok,
    Warning,
    Failed,
}

/// Looks at everything. The exit code is a failure when one finding is.
pub async fn report(settings: Result<Settings, Failure>) -> (String, ExitCode) {
    let mut findings = Findings::default();
    match settings {
        Ok(settings) => {
            said(&mut findings, &settings);
            certificate::look(&mut findings, &settings);
            folder::look(&mut findings, &settings);
            files::look(&mut findings, &settings).await;
            house::look(&mut findings, &settings).await;
        }
        Err(failure) => findings.failed(format!("settings: {}", failure.line())),
    }
    findings.told()
}

/// What the settings say that is worth a second look.
fn said(findings: &mut Findings, settings: &Settings) {
    findings.ok("settings: they can be read".into());
    if settings.sign_in.challenge == Challenge::Off {
        findings.warning("sign-in: sign_in.challenge is off, so anybody can make this server send messages".into());
    }
    match (settings.messages.gateway, crate::wiring::gateway(settings, pishkhan_courier::gateways::Console::stdout())) {
        (_, Err(failure)) => findings.failed(format!("messages: {}", failure.line())),
        (Gateway::Console, Ok(_)) => {
            findings
                .warning("messages: they are only shown in the terminal; set messages.gateway to spool or http".into());
        }
        (Gateway::Spool, Ok(_)) => {
            let path = settings.messages.spool_path(&settings.server);
            findings.ok(format!("messages: they are written to {}", path.display()));
        }
        (Gateway::Http, Ok(_)) => findings.ok("messages: they are handed to a web service".into()),
    }
}

impl Findings {
    fn ok(&mut self, text: String) {
        self.0.push((Verdict::Ok, text));
    }

    fn warning(&mut self, text: String) {
        self.0.push((Verdict::Warning, text));
    }

    fn failed(&mut self, text: String) {
        self.0.push((Verdict::Failed, text));
    }

    fn told(&self) -> (String, ExitCode) {
        let line = |(verdict, text): &(Verdict, String)| {
            let word = match verdict {
                Verdict::Ok => "ok",
                Verdict::Warning => "warning",
                Verdict::Failed => "failed",
            };
            format!("{word:<9}{text}\n")
        };
        let has_failed = self.0.iter().any(|(verdict, _)| *verdict == Verdict::Failed);
        (self.0.iter().map(line).collect(), if has_failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}
