//! Language and theme are one press away on every page, also on one that answers a form at an address which has no page of its own; and what
//! comes back is switched as somebody switched it.

use pishkhan_testkit::{Answer, Letter, draft_of, on_both, submission_of};

/// Where the switches of a page lead back to.
#[track_caller]
fn back(page: &Answer) -> String {
    let ways = ["language", "theme"].map(|switch| {
        let form = page.form_of_button(switch);
        form.value("back").expect("a switch leads back").to_owned()
    });
    assert_eq!(ways[0], ways[1]);
    let [way, _] = ways;
    way
}

#[tokio::test]
async fn a_sender_comes_back_to_what_was_refused() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let check = sender.writes(&Letter::default()).await;
        let stale = check.form(&submission_of(&check)).fill("version", "1").send().await.is(409);
        assert_eq!(back(&stale), format!("/drafts/{}", draft_of(&check)));
        let fresh = sender.get(&back(&stale)).await.ok();
        let letter = sender.submits(&fresh).await;
        letter.says("نامه‌تان به دست ما رسید");

        let id = draft_of(&check);
        let token = sender.form_token().await;
        let early = sender.post(&format!("/letters/{id}/rewriting"), &[("form_token", &token)]).await.is(409);
        assert_eq!(back(&early), format!("/letters/{id}"));
        sender.get(&back(&early)).await.ok();
    })
    .await;
}

#[tokio::test]
async fn staff_come_back_to_the_letter_and_to_the_tray() {
    on_both(async |app| {
        let letter = app.sender("09121234567").signs_in().await.sends(&Letter::default()).await;
        let reviewer = app.reviewer().await;
        let its_page = format!("/desk/letters/{letter}");
        let shown = reviewer.letter(&letter).await.form(&format!("{its_page}/mobile")).send().await.ok();
        assert_eq!(back(&shown), its_page);

        reviewer.registers(&letter).await;
        let token = reviewer.form_token().await;
        let fields = [("form_token", token.as_str()), ("version", "1")];
        let late = reviewer.post(&format!("{its_page}/undoing"), &fields).await.is(409);
        assert_eq!(back(&late), its_page);

        let fields = [("form_token", token.as_str()), ("query", ""), ("name", "")];
        let nameless = reviewer.post("/desk/views", &fields).await.is(422);
        reviewer.get(&back(&nameless)).await.ok();
    })
    .await;
}

#[tokio::test]
async fn a_slip_in_the_mobile_does_not_say_that_there_is_none() {
    on_both(async |app| {
        let clerk = app.reviewer().await;
        let unit = app.unit("شکایات").id.to_string();
        let form = clerk.get("/desk/filing").await.ok().form("/desk/filing");
        let form = form.fill("sender_name", "گلناز بهاری").fill("unit", &unit).fill("mobile", "0912");
        let form = form.fill("subject", "درخواست انشعاب").fill("body", "انشعاب می‌خواهم.").press("next", "check");
        let refused = form.send().await.is(422);
        let begun = back(&refused);
        let again = clerk.get(&begun).await.ok();
        assert_eq!(again.value("subject"), "درخواست انشعاب");
        let action = again.attribute("form[enctype]", "action");
        let form = again.form(&action).press("next", "check");
        assert_eq!(form.value("no_mobile"), None, "nobody has said so");

        assert_eq!(clerk.get(&action).await.location(), begun, "it can't be read for the last time");
        let token = clerk.form_token().await;
        let version = app.texts("select cast(version as text) from letters").await.remove(0);
        let fields = [("form_token", token.as_str()), ("version", version.as_str())];
        assert_eq!(clerk.post(&format!("{action}/submission"), &fields).await.location(), begun);
        assert_eq!(app.count("select count(*) from letters where state <> 'draft'").await, 0);

        form.fill("no_mobile", "yes").send().await.is(303);
        let said = clerk.get(&begun).await.ok().form(&action);
        assert_eq!(said.value("no_mobile"), Some("yes"));
    })
    .await;
}
