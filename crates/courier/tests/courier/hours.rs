//! When messages go out: news waits for the morning, and for tomorrow when the day's budget is spent.

use pishkhan_courier::{CourierRules, waiting};

use crate::house::on_both;
use crate::ways::{NOTHING, SENT, hour_of, round, say, with_rules};

#[tokio::test]
async fn at_night_only_what_somebody_waits_for_goes_out() {
    on_both(|house| async move {
        // Quiet from this hour of the day to the next but one.
        let hour = hour_of(&house);
        let courier = with_rules(&house, CourierRules { quiet: (hour, (hour + 2) % 24), ..CourierRules::default() });
        say(&house, "letter_registered", "+989121234567", "").await;
        say(&house, "letter_submitted", "+989121234568", "").await;
        say(&house, "sign_in_code", "+989121234569", "").await;
        assert_eq!(round(&courier).await.sent, 2);
        assert_eq!(round(&courier).await, NOTHING);
        house.wait(2 * 3_600);
        assert_eq!(round(&courier).await, SENT, "in the morning");
    })
    .await;
}

#[tokio::test]
async fn what_is_over_the_days_budget_waits_for_tomorrow() {
    on_both(|house| async move {
        let courier = with_rules(&house, CourierRules { messages_per_day: 3, ..CourierRules::default() });
        for number in 0..5 {
            house.post("shahrdari", &format!("+98912000000{number}"), "سلام").await;
        }
        house.post("daneshgah", "+989121234567", "سلام").await;
        say(&house, "sign_in_code", "+989121234567", "").await;
        assert_eq!(round(&courier).await.sent, 5, "three of one, one of the other, and a code");
        assert_eq!(round(&courier).await, NOTHING);
        let mut tx = house.begin("shahrdari").await;
        let left = waiting(&mut tx).await.expect("the statement is well");
        assert_eq!((left.due, left.later, left.parked), (0, 2, 0));
        drop(tx);
        house.wait(24 * 3_600);
        assert_eq!(round(&courier).await.sent, 2, "no try was counted");
    })
    .await;
}
