//! What texts can't do: talk with machines, cost without bound, work twice, come from strangers, or reach what is another's.

use std::time::Duration;

use pishkhan_office::{OrganisationId, incoming};
use pishkhan_testkit::{Plan, on_both, on_both_as};

use super::{
    CODE, DAY, HOUR, Line, NOT_YOURS, NUMBER, RATED, STRANGER, UNKNOWN, answered, in_hand, last_line, ratings,
    registered, states, told,
};

#[tokio::test]
async fn what_nobody_understands_is_answered_once_a_day_and_machines_never() {
    on_both(async |app| {
        let line = Line::open(&app).await;
        let help = line.answers(STRANGER, "سلام، نامه من کجاست؟").await;
        assert_eq!(help, "وضعیت: شماره پیگیری\nانصراف: لغو و شماره\nامتیاز: ۱ تا ۵\ndesk.example.ir");
        line.is_silent(STRANGER, "لطفاً جواب بدهید").await;
        line.is_silent(STRANGER, "6").await;
        assert_eq!(line.answers(NUMBER, "؟").await, help, "another number has a day of its own");
        line.is_silent("09123334455", "لغو ۱۱").await;
        let noted = app.count("select count(*) from incoming_texts where organisation_id <> ''").await;
        for machine in ["3000", "10008663", "HAMRAH", "982188776655", "+4917612345678", ""] {
            let fields = [("messageid", "X"), ("from", machine), ("to", "3000"), ("message", "سلام")];
            app.browser().post(&line.address, &fields).await;
        }
        assert_eq!(app.count("select count(*) from incoming_texts where organisation_id <> ''").await, noted);
        app.wait(DAY + 60).await;
        assert_eq!(line.answers(STRANGER, "سلام").await, help);
        assert_eq!(app.messages().await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn beyond_the_limits_nothing_is_done_and_nothing_is_said() {
    let few = |plan: &mut Plan| {
        plan.rules.limits.texts_per_number_per_hour = 3;
        plan.rules.limits.texts_per_organisation_per_hour = 5;
    };
    on_both_as(few, async |app| {
        let (_, code) = in_hand(&app, NUMBER).await;
        let line = Line::open(&app).await;
        let confirmation = last_line(&line.answers(NUMBER, &format!("لغو {code}")).await);
        line.answers(NUMBER, &code).await;
        line.answers(NUMBER, &code).await;
        line.is_silent(NUMBER, &confirmation).await;
        assert_eq!(states(&app).await, ["in_progress"], "what isn't answered isn't done");
        Line::open(&app.elsewhere()).await.is_silent(NUMBER, "سلام").await;
        line.answers(STRANGER, &code).await;
        line.answers(STRANGER, &code).await;
        line.is_silent("09123334455", &code).await;
        app.wait(HOUR + 60).await;
        line.answers("09123334455", &code).await;
        line.answers(NUMBER, &code).await;
    })
    .await;
}

#[tokio::test]
async fn an_organisation_answers_as_many_texts_a_day_as_in_four_hours() {
    on_both_as(
        |plan| plan.rules.limits.texts_per_organisation_per_hour = 1,
        async |app| {
            let line = Line::open(&app).await;
            let began = app.now();
            for _ in 0..4 {
                assert_eq!(line.answers(NUMBER, CODE).await, UNKNOWN);
                app.wait(HOUR + 60).await;
            }
            line.is_silent(NUMBER, CODE).await;
            Line::open(&app.elsewhere()).await.answers(NUMBER, CODE).await;
            // The last hour of the day is not spent on a try.
            app.comes_to(began.plus(Duration::from_hours(23)).minus(Duration::from_mins(5))).await;
            line.is_silent(NUMBER, CODE).await;
            app.wait(HOUR + 6 * 60).await;
            assert_eq!(line.answers(NUMBER, CODE).await, UNKNOWN);
        },
    )
    .await;
}

#[tokio::test]
async fn a_number_is_answered_as_many_texts_a_day_as_in_four_hours() {
    on_both_as(
        |plan| plan.rules.limits.texts_per_number_per_hour = 1,
        async |app| {
            let line = Line::open(&app).await;
            for _ in 0..4 {
                assert_eq!(line.answers(NUMBER, CODE).await, UNKNOWN);
                app.wait(HOUR + 60).await;
            }
            line.is_silent(NUMBER, CODE).await;
            Line::open(&app.elsewhere()).await.is_silent(NUMBER, CODE).await;
            assert_eq!(line.answers(STRANGER, CODE).await, UNKNOWN);
            app.wait(20 * HOUR).await;
            assert_eq!(line.answers(NUMBER, CODE).await, UNKNOWN);
        },
    )
    .await;
}

#[tokio::test]
async fn what_is_told_twice_is_done_once() {
    on_both(async |app| {
        let (_, code) = answered(&app, NUMBER).await;
        let line = Line::open(&app).await;
        line.tells("SM1", NUMBER, &code).await;
        line.tells("SM1", NUMBER, &code).await;
        assert_eq!(told(&app, NUMBER).await.len(), 1);
        line.tells("SM1", NUMBER, "5").await;
        assert_eq!(ratings(&app).await, [0], "an id that was used brings nothing new");
        line.tells("SM2", NUMBER, "5").await;
        app.execute(
            "update letters set rating = null, rating_text = null, rated_at = null where organisation_id <> ''",
        )
        .await;
        for days in [1, 28] {
            app.wait(days * DAY).await;
            line.tells("SM2", NUMBER, "5").await;
        }
        assert_eq!(ratings(&app).await, [0], "not even a month later");
        assert_eq!(told(&app, NUMBER).await.len(), 2);
        assert_eq!(app.count("select count(*) from incoming_texts where organisation_id <> ''").await, 2);
        let kept = app.texts("select mark || outcome from incoming_texts where organisation_id <> ''").await.join(" ");
        assert!(!kept.contains(&code) && !kept.contains("9121234567"), "{kept}");
        app.wait(2 * DAY).await;
        let mut tx = app.begin().await;
        incoming::sweep(&mut tx).await.expect("the sweep comes through");
        tx.commit().await.expect("it is kept");
        assert_eq!(app.count("select count(*) from incoming_texts where organisation_id <> ''").await, 0);
        line.tells("SM2", NUMBER, "5").await;
        assert_eq!(ratings(&app).await, [0], "nor once its id is forgotten");
        line.tells("SM2", NUMBER, "4").await;
        assert_eq!(ratings(&app).await, [4], "a gateway that counts may come to the same id again");
        let seals = app.texts("select seal from heard_texts where organisation_id <> '' order by seal").await;
        assert!(seals.len() == 3 && seals.iter().all(|seal| seal.len() == 22), "{seals:?}");
    })
    .await;
}

#[tokio::test]
async fn a_text_that_was_nobodys_is_not_somebodys_when_it_is_told_again() {
    on_both(async |app| {
        let line = Line::of(&app, &OrganisationId::house(), "id = \"messageid\"\n").await;
        line.tells("M1", NUMBER, "5").await;
        answered(&app, NUMBER).await;
        line.tells("M1", NUMBER, "5").await;
        assert_eq!(ratings(&app).await, [0], "nobody knew the number when it was written");
        assert!(told(&app, NUMBER).await.is_empty());
        line.tells("M2", NUMBER, "5").await;
        assert_eq!(ratings(&app).await, [5]);
    })
    .await;
}

#[tokio::test]
async fn a_part_of_a_longer_text_asks_for_nothing() {
    on_both(async |app| {
        let (_, code) = answered(&app, NUMBER).await;
        let vonage = "name = \"vonage\"\npurposes = [\"code\"]\n\
                      [gateway]\nkind = \"vonage\"\nkey = \"k\"\nsecret = \"s\"\nfrom = \"3000\"\n";
        let line = Line::by(&app, &app.organisation().id, vonage).await;
        let called = async |fields: &[(&str, &str)]| {
            app.browser().post(&line.address, fields).await.is(204);
        };
        let text = |id, words| [("messageId", id), ("msisdn", "989121234567"), ("to", "3000"), ("text", words)];
        for (number, words) in [("1", code.as_str()), ("2", "1")] {
            let part = [("concat", "true"), ("concat-ref", "7"), ("concat-total", "2"), ("concat-part", number)];
            called(&[text(number, words), part].concat()[..]).await;
        }
        assert_eq!(ratings(&app).await, [0]);
        let help = told(&app, NUMBER).await;
        assert!(help.len() == 1 && help[0].starts_with("وضعیت: شماره پیگیری"), "{help:?}");
        called(&text("3", "1")[..]).await;
        assert_eq!(ratings(&app).await, [1], "a text alone does");
    })
    .await;
}

#[tokio::test]
async fn where_gateways_have_no_ids_the_same_words_count_once_in_five_minutes() {
    on_both(async |app| {
        let (_, code) = registered(&app, NUMBER).await;
        let line = Line::of(&app, &app.organisation().id, "").await;
        line.answers(NUMBER, &code).await;
        line.is_silent(NUMBER, &code).await;
        line.answers(STRANGER, &code).await;
        line.answers(NUMBER, &format!("وضعیت {code}")).await;
        app.wait(5 * 60 + 1).await;
        line.answers(NUMBER, &code).await;
        line.is_silent(NUMBER, &code).await;
    })
    .await;
}

#[tokio::test]
async fn a_forged_call_changes_nothing() {
    on_both(async |app| {
        let (_, code) = in_hand(&app, NUMBER).await;
        let line = Line::open(&app).await;
        let confirmation = last_line(&line.answers(NUMBER, &format!("لغو {code}")).await);
        let before = app.messages().await.len();
        let (route, secret) = line.address.rsplit_once('/').expect("an address has parts");
        let forged = [
            format!("{route}/{}", "0".repeat(secret.len())),
            format!("{route}/{}", &secret[1..]),
            format!("{route}/"),
            format!("/gateways/{}/{secret}", "0".repeat(32)),
        ];
        for address in &forged {
            let fields = [("messageid", "F1"), ("from", NUMBER), ("to", "3000"), ("message", confirmation.as_str())];
            app.browser().post(address, &fields).await.is(404);
        }
        app.browser().post(&line.address, &[("messageid", "F2"), ("message", &confirmation)]).await.is(404);
        assert_eq!(states(&app).await, ["in_progress"]);
        assert_eq!(app.messages().await.len(), before);
        assert_eq!(app.count("select count(*) from incoming_texts where organisation_id <> ''").await, 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_has_the_number_now_touches_no_letter_of_whoever_had_it() {
    on_both(async |app| {
        let (_, code) = in_hand(&app, NUMBER).await;
        let (_, ended) = answered(&app, NUMBER).await;
        let line = Line::open(&app).await;
        app.wait(181 * DAY).await;
        let tries = [format!("لغو {code}"), format!("{ended} 1")];
        for text in &tries {
            assert_eq!(line.answers(NUMBER, text).await, NOT_YOURS, "it is due to fall asleep");
        }
        app.sender(NUMBER).signs_in().await;
        for text in &tries {
            assert_eq!(line.answers(NUMBER, text).await, NOT_YOURS, "it sleeps");
        }
        assert!(line.answers(NUMBER, "5").await.starts_with("وضعیت: شماره پیگیری"));
        assert_eq!(states(&app).await, ["in_progress", "answered"]);
        assert_eq!(ratings(&app).await, [0, 0]);
        assert!(line.answers(NUMBER, &code).await.starts_with("در دست اقدام"), "as for anybody who has the code");
    })
    .await;
}

#[tokio::test]
async fn a_text_does_not_keep_a_number_from_falling_asleep() {
    on_both(async |app| {
        let (_, code) = registered(&app, NUMBER).await;
        let line = Line::open(&app).await;
        app.wait(100 * DAY).await;
        line.answers(NUMBER, &code).await;
        app.wait(81 * DAY).await;
        app.sender(NUMBER).signs_in().await.get("/letters").await.ok().hides("درخواست بررسی قبض آب");
    })
    .await;
}

#[tokio::test]
async fn the_lines_of_other_organisations_know_nothing_of_a_letter() {
    on_both(async |app| {
        let (_, code) = in_hand(&app, NUMBER).await;
        let line = Line::open(&app.elsewhere()).await;
        assert_eq!(line.answers(NUMBER, &code).await, UNKNOWN);
        assert_eq!(line.answers(NUMBER, &format!("لغو {code}")).await, NOT_YOURS);
        assert!(told(&app, NUMBER).await.is_empty());
        assert_eq!(states(&app).await, ["in_progress"]);
    })
    .await;
}

#[tokio::test]
async fn on_a_line_of_the_house_the_code_or_the_number_says_whose_letter_it_is() {
    on_both(async |app| {
        let elsewhere = app.elsewhere();
        let (_, here) = answered(&app, NUMBER).await;
        let (_, there) = answered(&elsewhere, STRANGER).await;
        let line = Line::of(&app, &OrganisationId::house(), "id = \"messageid\"\n").await;
        line.answers(STRANGER, &here).await;
        line.hears(NUMBER, &there).await;
        assert_eq!(told(&elsewhere, NUMBER).await.len(), 1);
        assert_eq!(line.answers(NUMBER, "5").await, RATED, "the number has an account at one of them");
        line.hears(STRANGER, "4").await;
        assert_eq!(told(&elsewhere, STRANGER).await, [RATED]);
        assert_eq!(ratings(&app).await, [5, 4]);
        // Nobody knows who should answer.
        line.hears("09123334455", "سلام").await;
        app.sender(STRANGER).signs_in().await;
        line.hears(STRANGER, "سلام").await;
        assert_eq!(told(&app, "09123334455").await.len() + told(&elsewhere, "09123334455").await.len(), 0);
        assert_eq!(told(&app, STRANGER).await.len() + told(&elsewhere, STRANGER).await.len(), 2);
    })
    .await;
}
