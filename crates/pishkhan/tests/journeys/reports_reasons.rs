//! Reasons of rejections in the reports: the list of reasons changes, and each number still is that of its letters.

use pishkhan_office::reasons;
use pishkhan_testkit::on_both;

use crate::reports::{count, every_count_is_true};

#[tokio::test]
async fn a_reason_that_is_taken_out_and_added_again_keeps_its_letters() {
    on_both(async |app| {
        let mut waiting = app.waiting_letters("شکایات", 3).await;
        let last = waiting.pop_back().expect("three letters wait");
        let reviewer = app.reviewer().await;
        for letter in &waiting {
            reviewer.rejects(letter, "").await;
        }
        count(&app).await;
        let mut tx = app.begin().await;
        let reason = reasons::list_open(&mut tx).await.expect("the list is there").remove(0);
        // Ids come by chance: of some, one comes before it.
        for _ in 0..8 {
            reasons::add(&mut tx, &reason.short, &reason.short_english, &reason.help).await.expect("added");
        }
        reasons::archive(&mut tx, &reason.id).await.expect("taken out");
        tx.commit().await.expect("the list is kept");
        for rejected in [2, 3] {
            let report = reviewer.get("/desk/reports?range=7").await.ok();
            assert!(every_count_is_true(&reviewer, &report).await > 2, "{rejected} are rejected");
            if rejected == 2 {
                reviewer.rejects(&last, "").await;
                count(&app).await;
            }
        }
    })
    .await;
}
