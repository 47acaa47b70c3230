//! How a sieve goes through what is over, a bounded way for each page.

use pishkhan_persian::ReceiptCode;
use pishkhan_store::{Db, Moment, OrganisationId, Place, Tx, query};

use super::sieve::Sieve;
use super::tray::{TrayPage, page_before_to, tray_to};
use super::views::Tray;
use crate::accounts::staff;
use crate::actor::Role;
use crate::ids::{LetterId, UnitId};

/// Of so many letters the sixth is another unit's.
const LETTERS: u8 = 60;

async fn withdrawn(tx: &mut Tx, place: u8) {
    let organisation = tx.organisation().0.clone();
    query(
        "insert into letters (organisation_id, id, sender_id, state, version, unit_id, sender_name, sender_kind, subject, body,
                              token, created_at, changed_at, submitted_at, receipt_code, body_sha256, review_due_at, ended_at)
         values ($1, $2, 'x', 'withdrawn', 1, $3, '', 'person', $4, '', $2, 1, $5, 1, $6, '', 1, 1)",
    )
    .bind(organisation)
    .bind(LetterId::random().to_string())
    .bind(if place == 5 { "rare" } else { "usual" })
    .bind(place.to_string())
    .bind(1_000 + i64::from(place))
    .bind(ReceiptCode::from_random(place.into()).full())
    .execute(tx.connection())
    .await
    .expect("it is written");
}

fn subjects(page: &TrayPage) -> Vec<&str> {
    page.cards.iter().map(|card| card.letter.content.subject.as_str()).collect()
}

#[tokio::test]
async fn a_sieve_goes_through_so_many_letters_for_a_page_and_on_with_the_next() {
    let folder = std::env::temp_dir().join(format!("pishkhan-deep-{}", LetterId::random()));
    let db = Db::open(&Place::Folder(folder.clone())).await.expect("the database opens");
    let mut tx = db.begin(&OrganisationId::house(), Moment(9_000)).await.expect("begun");
    let staff = staff::of_the_house(&mut tx, Role::Reviewer).await;
    for place in 0..LETTERS {
        withdrawn(&mut tx, place).await;
    }
    let rare = Sieve { unit: Some(UnitId::stored("rare")), ..Sieve::default() };
    let mut page = tray_to(&mut tx, &staff, Tray::Done, &rare, None, 20).await.expect("it is read");
    let mut found = vec![subjects(&page).join(" ")];
    while let Some(next) = page.next.clone() {
        assert!(next.letter.is_none(), "nobody knows the letter that comes next");
        page = tray_to(&mut tx, &staff, Tray::Done, &rare, next.after.as_ref(), 20).await.expect("it is read");
        found.push(subjects(&page).join(" "));
    }
    assert_eq!(found, ["", "", "5"]);
    // Back it goes over those among which nothing was found to the ones before them, as long as there are any.
    let mut found = Vec::new();
    while let Some(before) =
        page_before_to(&mut tx, &staff, Tray::Done, &rare, &page, 20).await.expect("what stands before it is read")
    {
        assert!(before.letter.is_none() && before.after != page.after, "{before:?}");
        page = tray_to(&mut tx, &staff, Tray::Done, &rare, before.after.as_ref(), 20).await.expect("it is read");
        found.push(subjects(&page).join(" "));
    }
    assert_eq!(found, [""]);
    assert!(page.after.is_some(), "what is left stands on the first page");
    // A page that is full ends where it is full, and without a sieve there is no bound.
    let usual = Sieve { unit: Some(UnitId::stored("usual")), ..Sieve::default() };
    for (sieve, most) in [(&usual, 55), (&Sieve::default(), 20)] {
        let page = tray_to(&mut tx, &staff, Tray::Done, sieve, None, most).await.expect("it is read");
        assert_eq!(page.cards.len(), 50);
        assert!(page.next.is_some_and(|next| next.letter.is_some()), "the letter that comes next is known");
    }
    drop(tx);
    db.close().await;
    std::fs::remove_dir_all(folder).expect("the folder goes");
}
