//! Counters: exact under a crowd, begun anew after their window, swept out in the end.

use std::time::Duration;

use futures_util::future::join_all;
use pishkhan_office::accounts::limits::{self, Over, Taken};
use pishkhan_office::accounts::sweep;
use pishkhan_office::{Moment, OrganisationId};

use crate::house::{House, mobile, on_both, visitor};

const MINUTE: Duration = Duration::from_mins(1);

async fn take(house: &House, organisation: &str, over: Over) -> Taken {
    let mut tx = house.begin_in(organisation).await;
    let taken = limits::take(&mut tx, over, "looks", 3, MINUTE).await.expect("taken");
    tx.commit().await.expect("committed");
    taken
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_gets_exactly_the_places_there_are() {
    on_both(|house| async move {
        let takers = (0..30).map(|_| {
            let house = house.clone();
            tokio::spawn(async move { take(&house, "here", Over::Organisation).await })
        });
        let taken = join_all(takers).await;
        let within = taken.into_iter().filter(|taken| matches!(taken, Ok(Taken::Within))).count();
        assert_eq!(within, 3);
    })
    .await;
}

#[tokio::test]
async fn a_window_ends_with_its_last_millisecond_and_the_next_one_begins_with_who_comes() {
    on_both(|house| async move {
        let here = OrganisationId("here".into());
        let began = house.now();
        let over = |window: u64| Taken::Over { until: began.plus(Duration::from_millis(window)) };
        let (ended, again) = (60_000, 135_000);
        for (after, expected) in [
            (0, Taken::Within),
            (1, Taken::Within),
            (59_999, Taken::Within),
            (59_999, over(ended)),
            (ended, Taken::Within),
        ] {
            assert_eq!(take_at(&house, &here, began.plus(Duration::from_millis(after))).await, expected, "{after}");
        }
        // Nobody came until long after: the window begins with them, and not with the end of the one before.
        for (after, expected) in [
            (again, Taken::Within),
            (again + 1, Taken::Within),
            (again + 2, Taken::Within),
            (again + 59_999, over(again + 60_000)),
            (again + 60_000, Taken::Within),
        ] {
            assert_eq!(take_at(&house, &here, began.plus(Duration::from_millis(after))).await, expected, "{after}");
        }
    })
    .await;
}

async fn take_at(house: &House, organisation: &OrganisationId, moment: Moment) -> Taken {
    let mut tx = house.db.begin(organisation, moment).await.expect("begun");
    let taken = limits::take(&mut tx, Over::Organisation, "looks", 3, MINUTE).await.expect("taken");
    tx.commit().await.expect("committed");
    taken
}

#[tokio::test]
async fn organisations_count_apart_and_the_house_counts_together() {
    on_both(|house| async move {
        for organisation in ["here", "here", "here", "there", "there", "there"] {
            assert_eq!(take(&house, organisation, Over::Organisation).await, Taken::Within);
        }
        for organisation in ["here", "there", "elsewhere"] {
            assert_eq!(take(&house, organisation, Over::House).await, Taken::Within);
        }
        assert!(matches!(take(&house, "new", Over::House).await, Taken::Over { .. }));
    })
    .await;
}

#[tokio::test]
async fn places_can_be_given_back_and_forgotten_and_zero_is_off() {
    on_both(|house| async move {
        let mut tx = house.begin().await;
        for _ in 0..10 {
            let taken = limits::take(&mut tx, Over::Organisation, "looks", 1, MINUTE).await.expect("taken");
            assert_eq!(taken, Taken::Within);
            limits::give_back(&mut tx, Over::Organisation, "looks").await.expect("given back");
        }
        for _ in 0..10 {
            limits::take(&mut tx, Over::Organisation, "looks", 1, MINUTE).await.expect("taken");
            let taken = limits::take(&mut tx, Over::Organisation, "looks", 0, MINUTE).await.expect("taken");
            assert_eq!(taken, Taken::Within);
        }
        limits::forget(&mut tx, Over::Organisation, "looks").await.expect("forgotten");
        let taken = limits::take(&mut tx, Over::Organisation, "looks", 1, MINUTE).await.expect("taken");
        assert_eq!(taken, Taken::Within);
    })
    .await;
}

#[tokio::test]
async fn no_counter_names_a_number_or_an_address() {
    on_both(|house| async move {
        house.try_request("here", &visitor(1), &mobile(1_234_567)).await;
        let named = "select count(*) from hits where subject like '%9121234567%' or subject like '%192.0.1%'";
        assert_eq!(house.count(named).await, 0);
        assert_eq!(house.count("select count(*) from hits").await, 8);
    })
    .await;
}

#[tokio::test]
async fn what_is_over_is_swept_out() {
    on_both(|house| async move {
        let (token, code) = house.request(&mobile(1)).await;
        house.confirm(&visitor(1), &token, &code).await;
        house.wait(3 * 24 * 60 * 60);
        for organisation in [OrganisationId("here".into()), OrganisationId::house()] {
            let mut tx = house.db.begin(&organisation, house.now()).await.expect("begun");
            sweep(&mut tx).await.expect("swept");
            tx.commit().await.expect("committed");
        }
        assert_eq!(house.count("select count(*) from hits").await, 0);
        assert_eq!(house.count("select count(*) from sign_ins").await, 0);
    })
    .await;
}
