//! The SQL of sweeping out: each statement deletes what was over before a moment.

use pishkhan_store::{Moment, Result, Tx, query};

pub(in crate::accounts) async fn delete_hits(tx: &mut Tx, before: Moment) -> Result<()> {
    query("delete from hits where organisation_id = $1 and window_began_at < $2")
        .bind(tx.organisation().as_str())
        .bind(before.0)
        .execute(tx.connection())
        .await?;
    Ok(())
}

pub(in crate::accounts) async fn delete_sign_ins(tx: &mut Tx, before: Moment) -> Result<()> {
    query("delete from sign_ins where organisation_id = $1 and expires_at < $2")
        .bind(tx.organisation().as_str())
        .bind(before.0)
        .execute(tx.connection())
        .await?;
    Ok(())
}

pub(in crate::accounts) async fn delete_email_codes(tx: &mut Tx, before: Moment) -> Result<()> {
    query("delete from email_codes where organisation_id = $1 and expires_at < $2")
        .bind(tx.organisation().as_str())
        .bind(before.0)
        .execute(tx.connection())
        .await?;
    Ok(())
}

pub(in crate::accounts) async fn delete_spent_challenges(tx: &mut Tx, before: Moment) -> Result<()> {
    query("delete from spent_challenges where organisation_id = $1 and expires_at < $2")
        .bind(tx.organisation().as_str())
        .bind(before.0)
        .execute(tx.connection())
        .await?;
    Ok(())
}

pub(in crate::accounts) async fn delete_second_factors(tx: &mut Tx, before: Moment) -> Result<()> {
    query("delete from second_factors where organisation_id = $1 and expires_at < $2")
        .bind(tx.organisation().as_str())
        .bind(before.0)
        .execute(tx.connection())
        .await?;
    Ok(())
}

pub(in crate::accounts) async fn delete_invitations(tx: &mut Tx, before: Moment) -> Result<()> {
    query("delete from invitations where organisation_id = $1 and (expires_at < $2 or used_at is not null)")
        .bind(tx.organisation().as_str())
        .bind(before.0)
        .execute(tx.connection())
        .await?;
    Ok(())
}

pub(in crate::accounts) async fn delete_sessions(tx: &mut Tx, before: Moment) -> Result<()> {
    query("delete from sessions where organisation_id = $1 and (expires_at < $2 or ended_at is not null or $2 - seen_at >= idle_millis)")
        .bind(tx.organisation().as_str())
        .bind(before.0)
        .execute(tx.connection())
        .await?;
    Ok(())
}

pub(in crate::accounts) async fn delete_known_devices(tx: &mut Tx, before: Moment) -> Result<()> {
    query("delete from known_devices where organisation_id = $1 and signed_in_at < $2")
        .bind(tx.organisation().as_str())
        .bind(before.0)
        .execute(tx.connection())
        .await?;
    Ok(())
}
