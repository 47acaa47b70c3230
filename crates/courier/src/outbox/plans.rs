//! How SQLite goes about claims, receipts, questions, and what every page asks. Without its indexes each claim would go through all that waits,
//! each receipt through all that was sent, and each gateway's turn through what all others are to be asked, and no test of what is sent would tell.

use pishkhan_store::{Db, Moment, OrganisationId, Place, Row, Tx, query};
use sqlx::AssertSqlSafe;
use sqlx::any::AnyRow;

use super::claims::{CHOOSE, CLAIM, LAST};
use super::questions::{ANY_BEHIND, TO_ASK};
use super::receipts::FIND;
use super::{ANY_DUE, SENT_SINCE};
use crate::MessageId;
use crate::routes::LAST_PUT_ASIDE;

#[tokio::test]
async fn nothing_goes_through_all_that_waits_or_was_sent() {
    let folder = std::env::temp_dir().join(format!("courier_plans_{}", MessageId::random()));
    let db = Db::open(&Place::Folder(folder.clone())).await.expect("the database opens");
    let mut tx = db.begin(&OrganisationId::house(), Moment(0)).await.expect("the database lets us begin");
    let choice = plan(&mut tx, CHOOSE).await;
    let claim = plan(&mut tx, CLAIM).await;
    let look = plan(&mut tx, ANY_DUE).await;
    let last = plan(&mut tx, LAST).await;
    let receipt = plan(&mut tx, FIND).await;
    let any_behind = plan(&mut tx, ANY_BEHIND).await;
    let aside = plan(&mut tx, LAST_PUT_ASIDE).await;
    let questions = plan(&mut tx, TO_ASK).await;
    let sent = plan(&mut tx, SENT_SINCE).await;
    drop(tx);
    db.close().await;
    std::fs::remove_dir_all(folder).expect("the folder goes");

    let behind = "outbox_due (urgency=? AND (due_at,created_at,organisation_id,id)>(?,?,?,?) AND due_at<?)";
    for (steps, of, how) in [
        (&choice, "SEARCH outbox ", behind),
        // Asked of each of the first that are due: what of its person is before it.
        (&choice, "SEARCH b ", "outbox_in_line (organisation_id=? AND recipient=? AND created_at<?)"),
        // What was chosen is moved on by its key.
        (&claim, "SEARCH outbox ", "(organisation_id=? AND id=?)"),
        (&last, "SEARCH outbox ", behind),
        (&look, "SEARCH outbox ", "outbox_due (urgency=? AND due_at<?)"),
        (&receipt, "SEARCH outbox ", "outbox_by_gateway (route_id=? AND gateway_id=?)"),
        (&any_behind, "SEARCH outbox ", "outbox_to_ask_of_route (route_id=? AND ask_at"),
        (&aside, "SEARCH outbox ", "outbox_put_aside (organisation_id=?"),
        (&questions, "SEARCH outbox ", "outbox_to_ask_of_route (route_id=? AND ask_at"),
        (&sent, "SEARCH outbox ", "outbox_by_sending (organisation_id=? AND sent_at>?)"),
        (&sent, "SEARCH outbox ", "outbox_by_parking (organisation_id=? AND parked_at>?)"),
        // What a gateway may have, and not all that waits.
        (&sent, "SEARCH outbox ", "outbox_bound (organisation_id=?)"),
    ] {
        let is_so = steps.iter().any(|step| step.starts_with(of) && step.contains(how));
        assert!(is_so, "no {of}by {how}: {steps:?}");
    }
    let is_whole = |step: &&String| step.starts_with("SCAN") || step.contains("TEMP B-TREE");
    assert_eq!(look.iter().chain(&last).chain(&claim).chain(&aside).chain(&questions).find(is_whole), None);
    // What is gone through, and perhaps sorted, are the 500 of the inner selection and what was chosen of them. To sort before that is to
    // read them all.
    let bounded = ["SCAN o", "SCAN f", "SCAN free", "USE TEMP B-TREE FOR ORDER BY"];
    assert_eq!(choice.iter().filter(is_whole).find(|step| !bounded.contains(&step.as_str())), None);
    assert_eq!(choice.iter().find(is_whole).map(String::as_str), Some("SCAN o"), "{choice:?}");
}

/// What is done in each step.
pub(crate) async fn plan(tx: &mut Tx, text: &str) -> Vec<String> {
    let rows = query(AssertSqlSafe(format!("explain query plan {text}"))).fetch_all(tx.connection()).await;
    let what = |row: AnyRow| row.get::<String, _>(3);
    rows.expect("the plan is told").into_iter().map(what).collect()
}
