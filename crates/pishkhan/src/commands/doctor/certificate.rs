//! The certificate for HTTPS: whether it can be used, and for how long.

use std::time::Duration;

use pishkhan_office::Clock;
use pishkhan_web::serve::tls::Tls;

use super::Findings;
use crate::settings::Settings;

/// What renews certificates does so a month before their end; after half of that something is wrong with it.
const SOON: Duration = Duration::from_hours(14 * 24);
const DAY: Duration = Duration::from_hours(24);

pub fn look(findings: &mut Findings, settings: &Settings) {
    let Some((certificate, key)) = settings.server.tls_files() else { return };
    let tls = match Tls::open(certificate, key) {
        Ok(tls) => tls,
        Err(error) => return findings.failed(format!("certificate: {error}")),
    };
    let now = Clock::system().now();
    let Some((from, until)) = tls.validity() else {
        return findings.warning("certificate: it can't be told until when it is valid".into());
    };
    let days = until.since(now).as_secs() / DAY.as_secs();
    if until <= now {
        findings.warning("certificate: it has expired, so browsers warn everybody of this site".into());
    } else if from > now {
        findings.warning("certificate: it isn't valid yet; is the clock right?".into());
    } else if until.since(now) < SOON {
        findings.warning(format!("certificate: it is valid for {days} days only; nothing seems to renew it"));
    } else {
        findings.ok(format!("certificate: it fits its key and is valid for {days} days"));
    }
}
