//! How SQLite goes about the tray, and about what is left to fold. An index that seems to serve can lead it through a whole table for
//! every letter of a list, and no test of what is on the page would tell.

use std::path::PathBuf;

use pishkhan_store::{Db, Moment, OrganisationId, Place, Row, Tx, query};
use sqlx::AssertSqlSafe;

use super::counts::{LATE_ELSEWHERE, MINE_TO_SIGN, REFERRED_ELSEWHERE, count_text};
use super::late::TO_ESCALATE;
use super::reach::Reach;
use super::referred::referred_to_me;
use super::tray::{page_text, spot_text, spots_text};
use super::unfolded::UNFOLDED;
use super::views::{Tray, condition, my_units, over};
use crate::ids::LetterId;
use crate::letters::sight;

const TRAYS: [Tray; 12] = [
    Tray::Review,
    Tray::Near,
    Tray::Waiting,
    Tray::Referred,
    Tray::Untaken,
    Tray::Unit,
    Tray::Messages,
    Tray::Mine,
    Tray::Signature,
    Tray::Objections,
    Tray::Late,
    Tray::Done,
];

const REACHES: [(Reach, bool); 4] =
    [(Reach::All, true), (Reach::All, false), (Reach::AllAndMine, false), (Reach::Units, false)];

/// What decides whether a letter stands among what is over.
const OVER: &str = concat!(
    "select l.id from letters l where l.organisation_id = $1 and ",
    condition!(done),
    " and ",
    sight!(),
    " order by -l.changed_at limit $3"
);

/// A step of a plan: its number, that of the step it is part of, and what is done.
type Step = (i64, i64, String);

#[tokio::test]
async fn nothing_that_is_asked_of_each_letter_goes_through_a_whole_table() {
    let (db, folder) = opened().await;
    let mut tx = db.read(&OrganisationId::house(), Moment(0)).await.expect("it is read");
    let mut seen = 0;
    for tray in TRAYS {
        for (reach, is_auditor) in REACHES {
            for text in [page_text, spots_text, spot_text, count_text].map(|text| text(tray, reach, is_auditor)) {
                let steps = plan(&mut tx, text).await;
                let each: Vec<&Step> = steps.iter().filter(|step| is_for_each(&steps, step.1)).collect();
                let whole: Vec<&Step> = each.iter().copied().filter(|step| is_whole(&step.2)).collect();
                assert!(whole.is_empty(), "{tray:?}, {reach:?}, {is_auditor}: {whole:?}");
                seen += each.len();
            }
        }
    }
    for text in [LATE_ELSEWHERE, MINE_TO_SIGN, REFERRED_ELSEWHERE] {
        let steps = plan(&mut tx, text).await;
        let is_each = |step: &&Step| is_for_each(&steps, step.1);
        assert!(!steps.iter().filter(is_each).any(|step| is_whole(&step.2)), "{steps:?}");
    }
    assert!(seen > 100, "the plans were not understood");
    drop(tx);
    closed(&db, folder).await;
}

#[tokio::test]
async fn what_is_left_to_fold_is_not_looked_for_among_all_letters() {
    let (db, folder) = opened().await;
    let mut tx = db.read(&OrganisationId::house(), Moment(0)).await.expect("it is read");
    let steps = plan(&mut tx, UNFOLDED).await;
    let is_served = |step: &Step| step.2.starts_with("SEARCH letters USING INDEX letters_unfolded");
    assert!(!steps.is_empty() && steps.iter().all(is_served), "{steps:?}");
    drop(tx);
    closed(&db, folder).await;
}

#[tokio::test]
async fn what_is_late_is_looked_for_among_what_is_late_and_who_signs_where_is_asked_once() {
    let (db, folder) = opened().await;
    let mut tx = db.read(&OrganisationId::house(), Moment(0)).await.expect("it is read");
    let steps = plan(&mut tx, TO_ESCALATE).await;
    let is_late = |step: &Step| step.2.starts_with("SEARCH l USING INDEX letters_by_due (organisation_id=? AND");
    assert!(steps.iter().any(is_late), "{steps:?}");
    let posts: Vec<&Step> = steps.iter().filter(|step| step.2.contains("posts_by_staff")).collect();
    assert!(!posts.is_empty() && !posts.iter().any(|step| is_for_each(&steps, step.1)), "{steps:?}");
    drop(tx);
    closed(&db, folder).await;
}

#[tokio::test]
async fn what_is_over_and_out_of_sight_is_passed_over_without_being_read() {
    let (db, folder) = opened().await;
    let mut tx = db.read(&OrganisationId::house(), Moment(0)).await.expect("it is read");
    let steps = plan(&mut tx, OVER).await;
    let is_passed = |step: &Step| step.2.starts_with("SEARCH l USING COVERING INDEX letters_done");
    assert!(steps.iter().any(is_passed), "{steps:?}");
    drop(tx);
    closed(&db, folder).await;
}

#[tokio::test]
async fn what_came_back_is_not_looked_for_among_all_letters() {
    let (db, folder) = opened().await;
    let mut tx = db.read(&OrganisationId::house(), Moment(0)).await.expect("it is read");
    for text in [page_text, spots_text, count_text].map(|text| text(Tray::Messages, Reach::Units, false)) {
        let steps = plan(&mut tx, text).await;
        assert!(steps.iter().any(|step| step.2.contains("USING INDEX letters_back (")), "{steps:?}");
    }
    drop(tx);
    closed(&db, folder).await;
}

async fn opened() -> (Db, PathBuf) {
    let folder = std::env::temp_dir().join(format!("pishkhan-plans-{}", LetterId::random()));
    (Db::open(&Place::Folder(folder.clone())).await.expect("the database opens"), folder)
}

async fn closed(db: &Db, folder: PathBuf) {
    db.close().await;
    std::fs::remove_dir_all(folder).expect("the folder goes");
}

async fn plan(tx: &mut Tx, text: &str) -> Vec<Step> {
    let rows = query(AssertSqlSafe(format!("explain query plan {text}"))).fetch_all(tx.connection()).await;
    let step = |row: sqlx::any::AnyRow| (row.get(0), row.get(1), row.get(3));
    rows.expect("the plan is told").into_iter().map(step).collect()
}

/// Whether the step is part of what is done anew for each row of another.
fn is_for_each(steps: &[Step], of: i64) -> bool {
    steps
        .iter()
        .find(|(id, _, _)| *id == of)
        .is_some_and(|(_, of, what)| what.starts_with("CORRELATED") || is_for_each(steps, *of))
}

/// Whether it reads all rows of an organisation, or of everybody.
fn is_whole(what: &str) -> bool {
    what.starts_with("SCAN") || what.ends_with("(organisation_id=?)")
}
