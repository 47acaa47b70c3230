//! What people ask for by text: a status, a withdrawal, a rating.

use pishkhan_office::persian::{TrackingCode, digits};
use pishkhan_testkit::{Letter, on_both};

use super::{
    DAY, HOUR, Line, NOT_YOURS, NUMBER, RATED, STRANGER, UNKNOWN, answered, in_hand, last_line, mistyped, ratings,
    registered, states,
};

const CANNOT_WITHDRAW: &str = "در وضعیت کنونی، انصراف از این نامه ممکن نیست.";
const WHICH: &str = "کدام نامه؟ شماره پیگیری و امتیاز را با هم بفرستید.";

#[tokio::test]
async fn whoever_has_the_code_is_told_the_status() {
    on_both(async |app| {
        let (letter, code) = in_hand(&app, NUMBER).await;
        let line = Line::open(&app).await;
        let status = "در دست اقدام\nشماره: 1409/ش/0001\nثبت: 1409/08/19";
        for text in [
            code.clone(),
            digits::to_persian(&code),
            format!("وضعیت {}", digits::to_persian(&code)),
            format!("وضعيت {}-{}-{}", &code[..4], &code[4..8], &code[8..]),
            format!("status {code}"),
        ] {
            assert_eq!(line.answers(STRANGER, &text).await, status, "{text}");
        }
        app.officer("شکایات").await.answers(&letter, "انشعاب داده می‌شود.", &[]).await;
        let answer = line.answers(NUMBER, &code).await;
        assert_eq!(answer, "پاسخ داده شد\nشماره: 1409/ش/0001\nثبت: 1409/08/19\nپاسخ: 1409/08/19");
        let other = TrackingCode::from_random(7);
        assert_eq!(line.answers(STRANGER, other.as_str()).await, UNKNOWN);
        assert_eq!(line.answers(STRANGER, &mistyped(&code)).await, UNKNOWN);
        assert_eq!(app.count("select count(*) from incoming_texts where outcome = 'status'").await, 6);
    })
    .await;
}

#[tokio::test]
async fn an_answer_is_in_the_language_of_the_account() {
    on_both(async |app| {
        let sender = app.sender(NUMBER);
        sender.reads_english();
        let sender = sender.signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        app.reviewer().await.registers(&letter).await;
        let code = app.texts("select tracking_code from letters where tracking_code is not null").await.remove(0);
        let line = Line::open(&app).await;
        assert!(line.answers(NUMBER, &code).await.contains("Registered: 1409/08/19"));
        assert!(line.answers(STRANGER, &code).await.contains("ثبت: 1409/08/19"));
    })
    .await;
}

#[tokio::test]
async fn a_sender_withdraws_once_it_is_confirmed() {
    on_both(async |app| {
        let (letter, code) = registered(&app, NUMBER).await;
        let line = Line::open(&app).await;
        let cancel = format!("لغو {}", digits::to_persian(&code));
        assert_eq!(line.answers(NUMBER, &cancel).await, CANNOT_WITHDRAW, "nobody has it in hand yet");
        app.officer("شکایات").await.takes(&letter).await;
        let asked = line.answers(NUMBER, &cancel).await;
        assert!(asked.starts_with("برای انصراف از نامه، این را بفرستید:\nلغو "), "{asked}");
        assert_eq!(states(&app).await, ["in_progress"], "it is only asked");
        let done = line.answers(NUMBER, &last_line(&asked)).await;
        assert_eq!(done, format!("انصراف شما ثبت شد.\nشماره پیگیری: {code}"));
        assert_eq!(states(&app).await, ["withdrawn"]);
        assert_eq!(line.answers(NUMBER, &last_line(&asked)).await, CANNOT_WITHDRAW, "it is withdrawn already");
        let by = "select count(*) from events where kind = 'letter_withdrawn' and actor_kind = 'sender'";
        assert_eq!(app.count(by).await, 1, "the event names the sender");
        app.reviewer().await.letter(&letter).await.says("انصراف فرستنده");
        assert!(line.answers(STRANGER, &code).await.starts_with("انصراف\n"));
    })
    .await;
}

#[tokio::test]
async fn a_wrong_or_late_confirmation_changes_nothing() {
    on_both(async |app| {
        let (letter, code) = in_hand(&app, NUMBER).await;
        let line = Line::open(&app).await;
        let cancel = format!("لغو {code}");
        let again = format!("کد انصراف درست یا تازه نیست. برای کد تازه:\nلغو {code}");
        let confirmation = last_line(&line.answers(NUMBER, &cancel).await);
        assert_eq!(line.answers(NUMBER, &mistyped(&confirmation)).await, again);
        // What has happened to the letter makes the code worthless.
        app.officer("شکایات").await.asks(&letter, "کدام خیابان؟", &[]).await;
        assert_eq!(line.answers(NUMBER, &confirmation).await, CANNOT_WITHDRAW);
        app.sender(NUMBER).signs_in().await.replies(&letter, "خیابان بهار", &[]).await;
        assert_eq!(line.answers(NUMBER, &confirmation).await, again);
        let confirmation = last_line(&line.answers(NUMBER, &cancel).await);
        app.wait(HOUR + 60).await;
        assert_eq!(line.answers(NUMBER, &confirmation).await, again);
        let confirmation = last_line(&line.answers(NUMBER, &cancel).await);
        app.wait(29 * 60).await;
        line.answers(NUMBER, &confirmation).await;
        assert_eq!(states(&app).await, ["withdrawn"], "half an hour it is good for");
    })
    .await;
}

#[tokio::test]
async fn after_five_wrong_confirmations_there_is_silence_until_the_next_day() {
    on_both(async |app| {
        let (_, code) = in_hand(&app, NUMBER).await;
        let line = Line::open(&app).await;
        let cancel = format!("لغو {code}");
        let confirmation = last_line(&line.answers(NUMBER, &cancel).await);
        for _ in 0..5 {
            line.answers(NUMBER, &mistyped(&confirmation)).await;
        }
        line.is_silent(NUMBER, &confirmation).await;
        assert_eq!(states(&app).await, ["in_progress"]);
        app.wait(DAY).await;
        let confirmation = last_line(&line.answers(NUMBER, &cancel).await);
        line.answers(NUMBER, &confirmation).await;
        assert_eq!(states(&app).await, ["withdrawn"]);
    })
    .await;
}

#[tokio::test]
async fn another_number_withdraws_and_rates_nothing() {
    on_both(async |app| {
        let (_, code) = in_hand(&app, NUMBER).await;
        let line = Line::open(&app).await;
        let confirmation = last_line(&line.answers(NUMBER, &format!("لغو {code}")).await);
        let (_, ended) = answered(&app, NUMBER).await;
        for turn in 0..2 {
            for text in [format!("لغو {code}"), confirmation.clone(), format!("{ended} 1")] {
                assert_eq!(line.answers(STRANGER, &text).await, NOT_YOURS, "{text}");
            }
            if turn == 0 {
                app.sender(STRANGER).signs_in().await;
            }
        }
        let nobodys = TrackingCode::from_random(7);
        assert_eq!(line.answers(STRANGER, &format!("لغو {}", nobodys.as_str())).await, NOT_YOURS, "as anybody's");
        assert_eq!(states(&app).await, ["in_progress", "answered"]);
        assert_eq!(ratings(&app).await, [0, 0]);
    })
    .await;
}

#[tokio::test]
async fn a_digit_rates_the_only_letter_that_it_can_be_about() {
    on_both(async |app| {
        answered(&app, NUMBER).await;
        let line = Line::open(&app).await;
        assert_eq!(line.answers(NUMBER, "۵").await, RATED);
        assert_eq!(ratings(&app).await, [5]);
        let by = "select count(*) from events where kind = 'letter_rated' and actor_kind = 'sender'";
        assert_eq!(app.count(by).await, 1);
        assert!(line.answers(NUMBER, "4").await.starts_with("وضعیت: شماره پیگیری"), "there is none any more");
        assert_eq!(ratings(&app).await, [5]);
    })
    .await;
}

#[tokio::test]
async fn among_several_letters_the_code_says_which_is_rated() {
    on_both(async |app| {
        let (_, first) = answered(&app, NUMBER).await;
        let (_, second) = answered(&app, NUMBER).await;
        let (_, third) = registered(&app, NUMBER).await;
        let line = Line::open(&app).await;
        assert_eq!(line.answers(NUMBER, "4").await, WHICH);
        assert_eq!(ratings(&app).await, [0, 0, 0]);
        assert_eq!(line.answers(NUMBER, &digits::to_persian(&format!("{second} 2"))).await, RATED);
        assert_eq!(ratings(&app).await, [0, 2, 0]);
        assert_eq!(line.answers(NUMBER, "4").await, RATED, "one is left");
        assert_eq!(ratings(&app).await, [4, 2, 0]);
        assert_eq!(line.answers(NUMBER, &format!("{first} 1")).await, "به این نامه پیش‌تر امتیاز داده‌اید.");
        let early = line.answers(NUMBER, &format!("{third} 1")).await;
        assert_eq!(early, "پس از پاسخ می‌توانید به این نامه امتیاز بدهید.");
        assert_eq!(ratings(&app).await, [4, 2, 0]);
    })
    .await;
}
