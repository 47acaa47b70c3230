//! Codes: few tries, one use, pauses before the next, and failures that stay with the number.

use std::time::Duration;

use futures_util::future::join_all;
use pishkhan_office::accounts::sign_in::{self, Confirmed, Requested, Resent, TooManyWhy};
use pishkhan_office::persian::Language;
use pishkhan_office::senders;

use crate::house::{mobile, on_both, other_than, visitor};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_wrong_guesses_at_once_count_five() {
    on_both(|house| async move {
        let (token, code) = house.request(&mobile(1)).await;
        let wrong = other_than(&code);
        let guess = || async {
            let (house, token, wrong) = (house.clone(), token.clone(), wrong.clone());
            tokio::spawn(async move { house.confirm(&visitor(2), &token, &wrong).await }).await.expect("answered")
        };
        let answers = join_all((0..50).map(|_| guess())).await;
        let mut left: Vec<u32> = answers
            .iter()
            .filter_map(|answer| match answer {
                Confirmed::Wrong { tries_left } => Some(*tries_left),
                Confirmed::Dead => None,
                other => panic!("{other:?}"),
            })
            .collect();
        left.sort_unstable();
        assert_eq!(left, [1, 2, 3, 4]);
        assert_eq!(house.count("select tries from sign_ins").await, 5);
        let counted = house.count("select max(count) from hits where subject like 'failures of a number%'").await;
        assert_eq!(counted, 5, "tries that found the code dead are no failures");
        assert_eq!(house.confirm(&visitor(2), &token, &code).await, Confirmed::Dead);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_serves_once_however_often_it_comes_at_once() {
    on_both(|house| async move {
        let (token, code) = house.request(&mobile(1)).await;
        let bring = || async {
            let (house, token, code) = (house.clone(), token.clone(), code.clone());
            tokio::spawn(async move { house.confirm(&visitor(2), &token, &code).await }).await.expect("answered")
        };
        let answers = join_all((0..20).map(|_| bring())).await;
        let rights = answers.iter().filter(|answer| matches!(answer, Confirmed::Right { .. })).count();
        assert_eq!(rights, 1);
        assert_eq!(answers.iter().filter(|answer| **answer == Confirmed::Unknown).count(), 19);
    })
    .await;
}

#[tokio::test]
async fn a_code_is_read_in_any_digits_and_proves_its_number() {
    on_both(|house| async move {
        let (token, code) = house.request(&mobile(1)).await;
        let persian = pishkhan_office::persian::digits::to_persian(&code);
        let typed = format!(" {} {} ", &persian[..6], &persian[6..]);
        assert_eq!(house.confirm(&visitor(1), &token, &typed).await, Confirmed::Right { mobile: mobile(1) });
        let mut tx = house.begin().await;
        assert!(sign_in::pending(&mut tx, &house.rules, &token).await.expect("read").is_none());
    })
    .await;
}

#[tokio::test]
async fn a_code_counts_in_its_own_sign_in_and_organisation_only() {
    on_both(|house| async move {
        let (first, _) = house.request(&mobile(1)).await;
        house.wait(1);
        let (second, code) = house.request(&mobile(1)).await;
        assert_eq!(house.confirm(&visitor(1), &first, &code).await, Confirmed::Wrong { tries_left: 4 });
        let mut tx = house.begin_in("there").await;
        let there = sign_in::confirm(&mut tx, &house.secret, &house.rules, &visitor(1), &second, &code).await;
        assert_eq!(there.expect("read"), Confirmed::Unknown);
        drop(tx);
        assert_eq!(house.confirm(&visitor(1), &second, &code).await, Confirmed::Right { mobile: mobile(1) });
    })
    .await;
}

#[tokio::test]
async fn a_code_runs_out_and_a_new_one_can_be_asked_for() {
    on_both(|house| async move {
        let (token, code) = house.request(&mobile(1)).await;
        house.wait(600);
        assert_eq!(house.confirm(&visitor(1), &token, &code).await, Confirmed::Expired);
        assert_eq!(house.resend(&token).await, Resent::Sent);
        let new = house.last_code().await;
        assert!(matches!(house.confirm(&visitor(1), &token, &new).await, Confirmed::Right { .. }));
        assert_eq!(house.resend(&token).await, Resent::Unknown);
    })
    .await;
}

#[tokio::test]
async fn each_further_code_waits_longer_and_kills_the_one_before() {
    on_both(|house| async move {
        let house = house.with(|rules| rules.limits.sends_per_number_per_15_minutes = 0);
        let (token, first) = house.request(&mobile(1)).await;
        for pause in [60, 120, 300, 300] {
            let sent_at = house.now();
            house.wait(pause - 2);
            let Resent::TooEarly { until } = house.resend(&token).await else { panic!("it was too early") };
            assert!(until.since(sent_at).as_secs().abs_diff(pause) <= 1);
            house.wait(3);
            assert_eq!(house.resend(&token).await, Resent::Sent);
        }
        assert_eq!(house.confirm(&visitor(1), &token, &first).await, Confirmed::Wrong { tries_left: 4 });
        let mut tx = house.begin().await;
        let pending = sign_in::pending(&mut tx, &house.rules, &token).await.expect("read").expect("pending");
        assert_eq!(pending.resend_at.since(pending.sent_at).as_secs(), 300);
        assert_eq!(pending.tries_left, 4);
    })
    .await;
}

#[tokio::test]
async fn a_new_code_has_new_tries_but_the_number_remembers() {
    on_both(|house| async move {
        let house = house.with(|rules| rules.limits.failures_per_number_per_day = 7);
        let (token, code) = house.request(&mobile(1)).await;
        for _ in 0..5 {
            house.confirm(&visitor(1), &token, &other_than(&code)).await;
        }
        house.wait(61);
        assert_eq!(house.resend(&token).await, Resent::Sent);
        let code = house.last_code().await;
        for tries_left in [4, 3] {
            let answer = house.confirm(&visitor(1), &token, &other_than(&code)).await;
            assert_eq!(answer, Confirmed::Wrong { tries_left });
        }
        // Seven failures: the number rests for 30 seconds; even the right code isn't looked at, and no try is lost.
        assert!(matches!(house.confirm(&visitor(1), &token, &code).await, Confirmed::TooMany { .. }));
        house.wait(31);
        let answer = house.confirm(&visitor(1), &token, &other_than(&code)).await;
        assert_eq!(answer, Confirmed::Wrong { tries_left: 2 });
        house.wait(31);
        assert!(matches!(house.confirm(&visitor(1), &token, &code).await, Confirmed::TooMany { .. }));
        house.wait(31);
        assert_eq!(house.confirm(&visitor(1), &token, &code).await, Confirmed::Right { mobile: mobile(1) });
    })
    .await;
}

#[tokio::test]
async fn wrong_codes_from_one_address_are_refused_over_all_numbers() {
    on_both(|house| async move {
        let house = house.with(|rules| {
            rules.limits.failures_per_address_per_hour = 6;
            rules.limits.sends_per_address_per_hour = 0;
        });
        for number in 0..3 {
            house.wait(1);
            let (token, code) = house.request(&mobile(number)).await;
            for _ in 0..2 {
                let answer = house.confirm(&visitor(9), &token, &other_than(&code)).await;
                assert!(matches!(answer, Confirmed::Wrong { .. }));
            }
        }
        house.wait(1);
        let (token, code) = house.request(&mobile(4)).await;
        assert!(matches!(house.confirm(&visitor(9), &token, &code).await, Confirmed::TooMany { .. }));
        assert!(matches!(house.confirm(&visitor(8), &token, &code).await, Confirmed::Right { .. }));
    })
    .await;
}

#[tokio::test]
async fn codes_to_one_number_are_limited_over_all_organisations_and_refusals_count_nowhere() {
    on_both(|house| async move {
        for organisation in ["here", "there", "elsewhere"] {
            let requested = house.try_request(organisation, &visitor(1), &mobile(1)).await;
            assert!(matches!(requested, Requested::Sent(_)));
        }
        for _ in 0..20 {
            let requested = house.try_request("here", &visitor(1), &mobile(1)).await;
            assert!(matches!(requested, Requested::TooMany { why: TooManyWhy::Number, .. }));
        }
        let Requested::TooMany { until, .. } = house.try_request("here", &visitor(1), &mobile(1)).await else {
            panic!("there were too many")
        };
        assert!(until.since(house.now()).as_secs() <= 15 * 60);
        // Twenty refusals would have filled the address's ten places.
        assert!(matches!(house.try_request("here", &visitor(1), &mobile(2)).await, Requested::Sent(_)));
        house.wait(15 * 60 + 1);
        assert!(matches!(house.try_request("here", &visitor(1), &mobile(1)).await, Requested::Sent(_)));
    })
    .await;
}

#[tokio::test]
async fn a_number_gets_one_code_a_minute_and_who_waits_for_theirs_can_type_it() {
    on_both(|house| async move {
        let house = house.with(|rules| rules.limits.sends_per_number_per_minute = 1);
        let (token, code) = house.request(&mobile(1)).await;
        let sent_at = house.now();
        for organisation in ["here", "there"] {
            let requested = house.try_request(organisation, &visitor(2), &mobile(1)).await;
            let Requested::TooMany { until, why: TooManyWhy::Minute } = requested else {
                panic!("a code was sent: {requested:?}")
            };
            assert!(until.since(sent_at).as_secs().abs_diff(60) <= 1);
        }
        let again = house.try_request_after(Some(&token), "here", &visitor(1), &mobile(1)).await;
        assert!(matches!(again, Requested::Waiting), "this browser has one");
        let elsewhere = house.try_request_after(Some(&token), "there", &visitor(1), &mobile(1)).await;
        assert!(matches!(elsewhere, Requested::TooMany { .. }), "not in that organisation");
        let other = house.try_request_after(Some(&token), "here", &visitor(1), &mobile(2)).await;
        assert!(matches!(other, Requested::Sent(_)), "another number");
        assert!(matches!(house.confirm(&visitor(1), &token, &code).await, Confirmed::Right { .. }));
        let used = house.try_request_after(Some(&token), "here", &visitor(1), &mobile(1)).await;
        assert!(matches!(used, Requested::TooMany { .. }), "that one is used");
        house.wait(60);
        let (token, _) = house.request(&mobile(1)).await;
        house.wait(60);
        assert_eq!(house.resend(&token).await, Resent::Sent, "the pause of a sign-in is as long");
        let fresh = house.try_request("here", &visitor(3), &mobile(1)).await;
        assert!(matches!(fresh, Requested::TooMany { why: TooManyWhy::Minute, .. }), "it counts for all");
    })
    .await;
}

#[tokio::test]
async fn who_was_told_to_wait_less_than_a_minute_gets_another_code_then() {
    on_both(|house| async move {
        let house = house.with(|rules| {
            rules.limits.sends_per_number_per_minute = 1;
            rules.sign_in.resend_pauses = vec![Duration::from_secs(30)];
        });
        let (token, _) = house.request(&mobile(1)).await;
        assert!(matches!(house.resend(&token).await, Resent::TooEarly { .. }));
        house.wait(30);
        assert_eq!(house.resend(&token).await, Resent::Sent);
        let fresh = house.try_request("here", &visitor(3), &mobile(1)).await;
        assert!(matches!(fresh, Requested::TooMany { why: TooManyWhy::Minute, .. }), "whoever begins anew waits");
        house.wait(30);
        assert_eq!(house.resend(&token).await, Resent::Sent);
        let fresh = house.try_request("here", &visitor(3), &mobile(1)).await;
        assert!(matches!(fresh, Requested::TooMany { why: TooManyWhy::Minute, .. }), "the second one counts for them");
        house.wait(30);
        let fourth = house.resend(&token).await;
        assert!(matches!(fourth, Resent::TooMany { why: TooManyWhy::Number, .. }), "the other limits hold");
    })
    .await;
}

#[tokio::test]
async fn an_address_an_organisation_and_the_house_have_their_limits() {
    on_both(|house| async move {
        let why = |requested| match requested {
            Requested::TooMany { why, .. } => why,
            Requested::Sent(_) | Requested::Waiting => panic!("a code was sent"),
        };
        let by_address = house.with(|rules| rules.limits.sends_per_address_per_hour = 1);
        by_address.try_request("here", &visitor(1), &mobile(1)).await;
        assert_eq!(why(by_address.try_request("here", &visitor(1), &mobile(2)).await), TooManyWhy::Address);
        let by_organisation = house.with(|rules| rules.limits.sends_per_organisation_per_day = 1);
        assert_eq!(why(by_organisation.try_request("here", &visitor(2), &mobile(3)).await), TooManyWhy::Organisation);
        assert!(matches!(by_organisation.try_request("there", &visitor(2), &mobile(3)).await, Requested::Sent(_)));
        let by_house = house.with(|rules| rules.limits.sends_per_day = 2);
        assert_eq!(why(by_house.try_request("elsewhere", &visitor(3), &mobile(4)).await), TooManyWhy::House);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_number_is_one_sender_per_organisation() {
    on_both(|house| async move {
        let visit = |organisation: &'static str| {
            let house = house.clone();
            tokio::spawn(async move {
                let mut tx = house.begin_in(organisation).await;
                let sender = senders::find_or_make(&mut tx, &house.rules, &mobile(1), Language::English).await;
                let sender = sender.expect("made");
                tx.commit().await.expect("committed");
                sender.id
            })
        };
        let visits = join_all((0..10).map(|_| visit("here"))).await;
        let ids: Vec<_> = visits.into_iter().map(|id| id.expect("made")).collect();
        assert!(ids.iter().all(|id| *id == ids[0]));
        assert_ne!(visit("there").await.expect("made"), ids[0]);

        let mut tx = house.begin().await;
        senders::rename(&mut tx, &ids[0], "  شركت نمونه ", senders::SenderKind::Company).await.expect("renamed");
        senders::speak(&mut tx, &ids[0], Language::Persian).await.expect("noted");
        let sender = senders::find(&mut tx, &ids[0]).await.expect("read").expect("a sender");
        assert_eq!(sender.name, "شرکت نمونه");
        assert_eq!((sender.kind, sender.language), (senders::SenderKind::Company, Language::Persian));
    })
    .await;
}
