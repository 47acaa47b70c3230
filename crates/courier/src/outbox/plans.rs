//! How SQLite goes about a claim. Without its indexes each claim would go through all that waits, and no test of what is sent would tell.

use pishkhan_store::{Db, Moment, OrganisationId, Place, Row, Tx, query};
use sqlx::AssertSqlSafe;
use sqlx::any::AnyRow;

use super::{ANY_DUE, CLAIM};
use crate::MessageId;

#[tokio::test]
async fn no_claim_goes_through_all_that_waits() {
    let folder = std::env::temp_dir().join(format!("courier_plans_{}", MessageId::random()));
    let db = Db::open(&Place::Folder(folder.clone())).await.expect("the database opens");
    let mut tx = db.begin(&OrganisationId::house(), Moment(0)).await.expect("the database lets us begin");
    let claim = plan(&mut tx, CLAIM).await;
    let look = plan(&mut tx, ANY_DUE).await;
    drop(tx);
    db.close().await;
    std::fs::remove_dir_all(folder).expect("the folder goes");

    for (steps, of, how) in [
        (&claim, "SEARCH o ", "outbox_due (urgency=? AND due_at<?)"),
        // Asked of each that is due: what of its person is before it.
        (&claim, "SEARCH b ", "outbox_in_line (organisation_id=? AND recipient=? AND created_at<?)"),
        // What was chosen is moved on by its key.
        (&claim, "SEARCH outbox ", "(organisation_id=? AND id=?)"),
        (&look, "SEARCH outbox ", "outbox_due (urgency=? AND due_at<?)"),
    ] {
        let is_so = steps.iter().any(|step| step.starts_with(of) && step.contains(how));
        assert!(is_so, "no {of}by {how}: {steps:?}");
    }
    // Sorting them would read them all, too.
    let whole = claim.iter().chain(&look).find(|step| step.starts_with("SCAN") || step.contains("TEMP B-TREE"));
    assert_eq!(whole, None);
}

/// What is done in each step.
async fn plan(tx: &mut Tx, text: &str) -> Vec<String> {
    let rows = query(AssertSqlSafe(format!("explain query plan {text}"))).fetch_all(tx.connection()).await;
    let what = |row: AnyRow| row.get::<String, _>(3);
    rows.expect("the plan is told").into_iter().map(what).collect()
}
