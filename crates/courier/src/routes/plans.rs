//! How SQLite goes about looking at a route. Without its indexes each look would go through all that was ever sent, twice a minute.

use pishkhan_store::{Db, Moment, OrganisationId, Place};

use super::lists::{SEEN_LATELY, SENT_LATELY};
use crate::MessageId;
use crate::outbox::{REFUSED, plan};

#[tokio::test]
async fn no_look_goes_through_all_that_was_sent() {
    let folder = std::env::temp_dir().join(format!("courier_routes_{}", MessageId::random()));
    let db = Db::open(&Place::Folder(folder.clone())).await.expect("the database opens");
    let mut tx = db.begin(&OrganisationId::house(), Moment(0)).await.expect("the database lets us begin");
    let seen = plan(&mut tx, SEEN_LATELY).await;
    let sent = plan(&mut tx, SENT_LATELY).await;
    let refused = plan(&mut tx, REFUSED).await;
    drop(tx);
    db.close().await;
    std::fs::remove_dir_all(folder).expect("the folder goes");

    for (steps, of, how) in [
        (&seen, "SEARCH outbox ", "outbox_by_route (route_id=? AND sent_at>?)"),
        (&seen, "SEARCH r ", "refusals_by_route (route_id=? AND at>?)"),
        (&seen, "SEARCH o ", "(organisation_id=? AND id=?)"),
        (&sent, "SEARCH outbox ", "outbox_by_route (route_id=? AND sent_at>? AND sent_at<?)"),
        (&sent, "SEARCH r ", "outbox_by_route (route_id=? AND sent_at>?)"),
        (&sent, "SEARCH t ", "outbox_by_route (route_id=? AND sent_at>?)"),
        (&refused, "SEARCH r ", "refusals_by_route (route_id=? AND at>?)"),
        (&refused, "SEARCH o ", "(organisation_id=? AND id=?)"),
        (&refused, "SEARCH b ", "(organisation_id=? AND message_id=?)"),
    ] {
        let is_so = steps.iter().any(|step| step.starts_with(of) && step.contains(how));
        assert!(is_so, "no {of}by {how}: {steps:?}");
    }
    // What is gone through is what was found by them, and the few routes.
    let is_whole = |step: &&String| step.starts_with("SCAN") && !step.starts_with("SCAN seen");
    assert_eq!(seen.iter().chain(&sent).chain(&refused).find(is_whole), None);
}
