//! What may be sent in a day: codes, without which nobody comes in, and an organisation's own share of both.

use pishkhan_office::actor::Role;
use pishkhan_testkit::{Letter, on_both, on_both_as};

use crate::limits::asks;

#[tokio::test]
async fn whoever_runs_the_place_sees_how_far_the_days_codes_are() {
    on_both_as(
        |plan| {
            plan.rules.limits.sends_per_organisation_per_day = 5;
            plan.rules.limits.sends_per_day = 6;
        },
        async |app| {
            let there = app.elsewhere();
            let (here, others) = (app.staff(Role::Administrator).await, there.staff(Role::Administrator).await);
            let asked = async |number: u32, status: u16| {
                asks(&app, &format!("0912{number}110001"), &format!("10.9.{number}.1")).await.is(status);
            };
            let seen = async |number: &str, warning: &str| {
                let page = here.get("/desk/routes").await.ok();
                assert!(page.all(".kpi .v").iter().any(|it| it == number), "{:?}", page.all(".kpi .v"));
                let warnings = page.all(".kpi .dn").join("\n");
                assert!(warnings.starts_with(warning) && warnings.is_empty() == warning.is_empty(), "{warnings}");
            };
            for number in 0..3 {
                asked(number, 303).await;
            }
            seen("۳ از ۵ کد", "").await;
            asked(3, 303).await;
            seen("۴ از ۵ کد", "چهار پنجم سهم کدها رفته است").await;
            asked(4, 303).await;
            asked(5, 429).await;
            seen("۵ از ۵ کد", "سهم کدها تمام شده است و کسی با کد وارد نمی‌شود. از").await;

            asks(&there, "09126110001", "10.9.6.1").await.is(303);
            let page = others.get("/desk/routes").await.ok();
            assert!(page.all(".kpi .v").iter().any(|it| it == "۶ از ۶ کد"), "{:?}", page.all(".kpi .v"));
            page.says("سهم کدهای همه سازمان‌های این سرور تمام شده است");

            let program = app.browser().with("authorization", "Bearer the key of the numbers");
            let numbers = async |ours: u32, of_all: u32| {
                let numbers = program.get("/metrics").await.ok();
                let whose = app.organisation().id.as_str();
                for line in [
                    format!("pishkhan_codes_today{{organisation=\"{whose}\"}} {ours}\n"),
                    format!("pishkhan_codes_per_day{{organisation=\"{whose}\"}} 5\n"),
                    format!("pishkhan_codes_today{{organisation=\"\"}} {of_all}\n"),
                    "pishkhan_codes_per_day{organisation=\"\"} 6\n".to_owned(),
                ] {
                    assert!(numbers.html().contains(&line), "{line} is not in {}", numbers.html());
                }
            };
            numbers(5, 6).await;
            app.wait(24 * 60 * 60 + 1).await;
            numbers(0, 0).await;
        },
    )
    .await;
}

#[tokio::test]
async fn an_organisation_has_a_share_of_its_own() {
    on_both(async |app| {
        app.execute(
            "update organisations set codes_per_day = 2, messages_per_day = 1 where organisation_id = 'nemune'",
        )
        .await;
        let administrator = app.staff(Role::Administrator).await;
        let sender = app.sender("09121234567").signs_in().await;
        for _ in 0..2 {
            sender.sends(&Letter::default()).await;
        }
        app.settle_quietly().await;
        let sent = "select count(*) from outbox where template = 'letter_submitted' and sent_at is not null";
        assert_eq!(app.count(sent).await, 1);
        let tiles = administrator.get("/desk/routes").await.ok().all(".kpi .v");
        for tile in ["۱ از ۱ پیامک", "۱ از ۲ کد"] {
            assert!(tiles.iter().any(|it| it == tile), "{tiles:?}");
        }
        asks(&app, "09123330001", "10.9.1.1").await.is(303);
        asks(&app, "09124440001", "10.9.2.1").await.is(429);
        asks(&app.elsewhere(), "09124440001", "10.9.2.1").await.is(303);
        app.execute("update organisations set messages_per_day = null where organisation_id = 'nemune'").await;
        app.wait(31 * 60).await;
        app.settle_quietly().await;
        assert_eq!(app.count(sent).await, 2, "it goes soon after the share was raised");
    })
    .await;
}
