//! The files: whether they can be kept, whether they are scanned, and what waits for the scanner.

use std::path::Path;

use pishkhan_office::files;
use pishkhan_office::files::antivirus::Antivirus;
use pishkhan_office::{Clock, Db, OrganisationId};

use super::Findings;
use crate::settings::{Pictures, Settings};
use crate::wiring;

pub async fn look(findings: &mut Findings, settings: &Settings) {
    if settings.server.data.is_dir() {
        storage(findings, settings).await;
    }
    match Antivirus::parse(&settings.files.antivirus) {
        Err(why) => findings.failed(format!("antivirus: files.antivirus: {why}")),
        Ok(None) => findings.warning("antivirus: files are not scanned; set files.antivirus to clamd's socket".into()),
        Ok(Some(antivirus)) => match antivirus.ping().await {
            Ok(version) => findings.ok(format!("antivirus: {version} answers")),
            Err(error) => findings.failed(format!("antivirus: {error}; new files wait in quarantine")),
        },
    }
    pictures(findings, settings);
}

/// What waits for the scanner, in a database that is there.
pub async fn quarantine(findings: &mut Findings, db: &Db) {
    let now = Clock::system().now();
    let waiting = async { files::in_quarantine(&mut db.read(&OrganisationId::house(), now).await?).await };
    match waiting.await {
        Ok(waiting) if waiting.files == 0 => findings.ok("quarantine: it is empty".into()),
        Ok(waiting) => {
            let hours = waiting.oldest.map_or(0, |oldest| now.since(oldest).as_secs() / 3600);
            findings.warning(format!(
                "quarantine: {} files wait for the scanner, the oldest for {hours} hours; nobody can open them",
                waiting.files
            ));
        }
        Err(error) => findings.failed(format!("quarantine: {error}")),
    }
}

async fn storage(findings: &mut Findings, settings: &Settings) {
    let place = if settings.files.store.is_empty() { "the data folder" } else { settings.files.store.as_str() };
    match wiring::vault(settings) {
        Err(failure) => findings.failed(format!("files: {}", failure.line())),
        Ok(vault) => {
            match vault.check().await {
                Ok(()) => findings.ok(format!("files: they can be kept in {place} and read back")),
                Err(error) => findings.failed(format!("files: {place}: {error}")),
            }
            match vault.has_room() {
                Ok(true) => findings.ok("files: there is room for them".into()),
                Ok(false) => {
                    let percent = settings.files.free_percent;
                    findings.failed(format!("files: less than {percent} % of the disk is free, so none is taken in"));
                }
                Err(error) => findings.failed(format!("files: the disk's room can't be told: {error}")),
            }
        }
    }
}

fn pictures(findings: &mut Findings, settings: &Settings) {
    if settings.previews.pictures == Pictures::Off {
        return findings.warning("previews: they are off, so staff must open what strangers send".into());
    }
    match settings.previews.office() {
        None => findings.ok("previews: of PDF, TIFF, JPEG and PNG; DOC and DOCX need previews.libreoffice".into()),
        Some(program) if Path::new(&program).is_file() => {
            findings.ok(format!("previews: of all kinds, DOC and DOCX by {}", program.display()));
        }
        Some(program) => findings.failed(format!("previews: {} is not there", program.display())),
    }
}
