//! How a list behind a figure goes through the archive, a bounded way for each page.

use pishkhan_persian::ReceiptCode;
use pishkhan_store::{Db, Moment, OrganisationId, Place as Folder, Tx, query};

use super::letters_within;
use crate::accounts::staff;
use crate::actor::{Role, Staff};
use crate::ids::LetterId;
use crate::letters::Place;
use crate::reports::{By, Outcome, Where};

const LETTERS: u8 = 60;

/// One of so many letters, the sixth of which was rejected and the others withdrawn.
async fn letter(tx: &mut Tx, place: u8) {
    let organisation = tx.organisation().0.clone();
    let is_rejected = place == 5;
    query(
        "insert into letters (organisation_id, id, sender_id, state, version, unit_id, sender_name, sender_kind, subject, body,
                              token, created_at, changed_at, submitted_at, receipt_code, body_sha256, review_due_at, rejected_at)
         values ($1, $2, 'x', $3, 1, 'unit', '', 'person', $4, '', $2, 1, $5, $5, $6, '', 1, $7)",
    )
    .bind(organisation)
    .bind(LetterId::random().to_string())
    .bind(if is_rejected { "rejected" } else { "withdrawn" })
    .bind(place.to_string())
    .bind(1_000 + i64::from(place))
    .bind(ReceiptCode::from_random(place.into()).full())
    .bind(is_rejected.then_some(2_000_i64))
    .execute(tx.connection())
    .await
    .expect("it is written");
}

async fn unit(tx: &mut Tx) {
    let organisation = tx.organisation().0.clone();
    query(
        "insert into units (organisation_id, id, name, name_english, code, register_id, position)
           values ($1, 'unit', '', '', '', '', 0)",
    )
    .bind(organisation)
    .execute(tx.connection())
    .await
    .expect("it is written");
}

/// The subjects on each page of a list that goes through so many letters for a page.
async fn pages(tx: &mut Tx, staff: &Staff, asked: &Where, most: u32, depth: u32) -> Vec<String> {
    let (mut pages, mut after) = (Vec::new(), None::<Place>);
    loop {
        let page = letters_within(tx, staff, asked, after.as_ref(), most, depth).await.expect("it is read");
        pages.push(page.0.iter().map(|found| found.subject.as_str()).collect::<Vec<_>>().join(" "));
        after = page.1;
        if after.is_none() {
            return pages;
        }
    }
}

#[tokio::test]
async fn a_list_goes_through_so_many_letters_for_a_page_and_on_with_the_next() {
    let folder = std::env::temp_dir().join(format!("pishkhan-depth-{}", LetterId::random()));
    let db = Db::open(&Folder::Folder(folder.clone())).await.expect("the database opens");
    let mut tx = db.begin(&OrganisationId::house(), Moment(9_000)).await.expect("begun");
    unit(&mut tx).await;
    let staff = staff::of_the_house(&mut tx, Role::Auditor).await;
    for place in 0..LETTERS {
        letter(&mut tx, place).await;
    }
    let rejected = Where { by: By::Arrived, outcome: Some(Outcome::Rejected), ..Where::default() };
    assert_eq!(pages(&mut tx, &staff, &rejected, 50, 20).await, ["", "", "5"]);
    // The list of what was rejected is short itself, and a list of all fills its pages.
    let decided = Where { by: By::Decided, ..rejected.clone() };
    assert_eq!(pages(&mut tx, &staff, &decided, 50, 20).await, ["5"]);
    let ended = Where { by: By::Arrived, outcome: Some(Outcome::Ended), ..Where::default() };
    let all = pages(&mut tx, &staff, &ended, 10, 20).await.join(" ");
    let expected: Vec<String> = (0..LETTERS).rev().filter(|place| *place != 5).map(|place| place.to_string()).collect();
    assert_eq!(all, expected.join(" "));
    drop(tx);
    db.close().await;
    std::fs::remove_dir_all(folder).expect("the folder goes");
}
