//! How much of what may be sent in a day is sent. When the codes are, nobody can sign in by one.

use pishkhan_office::accounts::sign_in::{CodesToday, codes_of_the_house_today, codes_today};
use pishkhan_office::courier::outbox;
use pishkhan_office::rules::Limits;
use pishkhan_office::{Db, Moment, OrganisationId, StoreError, Tx, organisations};

use super::Findings;
use crate::counting;
use crate::settings::Settings;

pub async fn look(findings: &mut Findings, settings: &Settings, db: &Db, now: Moment) -> Result<(), StoreError> {
    let limits = counting::rules(settings).limits;
    let mut tx = db.read(&OrganisationId::house(), now).await?;
    let all = organisations::list(&mut tx).await?;
    let of_the_house = codes_of_the_house_today(&mut tx, &limits).await?;
    drop(tx);
    codes(findings, "all organisations", of_the_house, "limits.sends_per_day", now);
    for organisation in all {
        let id = &organisation.id;
        let mut tx = db.read(id, now).await?;
        let ours = codes_today(&mut tx, &limits).await?;
        codes(findings, id.as_str(), ours, "pishkhan org change --codes-per-day", now);
        messages(findings, &mut tx, &limits, id).await?;
    }
    Ok(())
}

fn codes(findings: &mut Findings, whose: &str, codes: CodesToday, raised_by: &str, now: Moment) {
    if codes.most == 0 {
        return;
    }
    let told = format!("codes of {whose}: {} of {} are sent in the running day", codes.sent, codes.most);
    if let Some(until) = codes.closed_until() {
        let minutes = until.since(now).as_secs().div_ceil(60);
        findings.failed(format!(
            "{told}; nobody can sign in by a code for {minutes} minutes, unless more may be sent ({raised_by})"
        ));
    } else if codes.is_near() {
        findings.warning(format!("{told}; when they are, nobody can sign in by one ({raised_by})"));
    } else {
        findings.ok(told);
    }
}

async fn messages(
    findings: &mut Findings,
    tx: &mut Tx,
    limits: &Limits,
    id: &OrganisationId,
) -> Result<(), StoreError> {
    let most = organisations::shares(tx, limits).await?.messages;
    let sent = outbox::sent_today(tx).await?;
    if most > 0 && sent * 5 >= i64::from(most) * 4 {
        let whose = id.as_str();
        findings.warning(format!(
            "messages of {whose}: {sent} of {most} are sent today; what is more waits for tomorrow \
             (pishkhan org change --messages-per-day)"
        ));
    }
    Ok(())
}
