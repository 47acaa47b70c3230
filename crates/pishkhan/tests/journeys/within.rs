//! A letter beside the list that it was opened from: the view stays, through dialogs and decisions, until it has no more.

use pishkhan_testkit::{Letter, on_both};

use crate::filing::filed;

#[tokio::test]
async fn the_view_stays_beside_its_letters_until_it_has_no_more() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let first = sender.sends(&Letter { subject: "یک", ..Letter::with_file() }).await;
        app.wait(60).await;
        let other = sender.sends(&Letter { subject: "دو", ..Letter::default() }).await;
        app.wait(60).await;
        let last = sender.sends(&Letter { subject: "سه", ..Letter::with_file() }).await;
        let reviewer = app.reviewer().await;
        let view = "?show=review&files=1";
        let tray = reviewer.get(&format!("/desk{view}")).await.ok();
        // Both are due at the same moment, and stand as they came.
        let subjects = ["یک", "سه"];
        assert_eq!(tray.all(".rows .sub"), subjects);
        let (here, there) = (format!("/desk/letters/{first}{view}"), format!("/desk/letters/{last}{view}"));
        assert_eq!(tray.attributes(".rows a", "href"), [here.clone(), there.clone()]);
        let page = reviewer.get(&here).await.ok();
        assert_eq!(page.all(".rows .sub"), subjects);
        assert_eq!(page.attribute("a.back", "href"), format!("/desk{view}"));
        assert!(page.has(&format!("article a.ib[href=\"{there}\"]")), "the next letter of the view");
        let registration = page.attribute(".decide a[href*='/registration']", "href");
        assert_eq!(registration, format!("/desk/letters/{first}/registration{view}"));
        let dialog = reviewer.get(&registration).await.ok();
        assert_eq!(dialog.attribute("dialog footer a", "href"), here);
        let answer = dialog.form(&registration).send().await.is(303);
        assert_eq!(answer.location(), format!("{there}&done={first}"));
        let next = answer.follow().await.ok();
        assert_eq!(next.all(".rows .sub"), subjects[1..]);
        assert_eq!(next.attribute("form.undo", "action"), format!("/desk/letters/{first}/undoing{view}"));
        app.wait(60).await;
        let rejection = format!("/desk/letters/{last}/rejection{view}");
        let form = reviewer.get(&rejection).await.ok().form(&rejection);
        let wrong = form.clone().send().await.is(422);
        assert_eq!(wrong.all(".rows .sub"), subjects[1..], "a form to mend keeps it, too");
        let reason = form.choices("reason")[0].to_owned();
        let answer = form.fill("reason", &reason).send().await.is(303);
        assert_eq!(answer.location(), format!("/desk/letters/{other}?done={last}"), "the view has no more");
    })
    .await;
}

#[tokio::test]
async fn a_later_page_of_the_tray_stays_the_one_that_it_is() {
    on_both(async |app| {
        app.waiting_letters("شکایات", 51).await;
        let reviewer = app.reviewer().await;
        let tray = reviewer.get("/desk?show=review").await.ok();
        assert!(tray.attributes(".rows a", "href").iter().all(|link| !link.contains('?')), "its own place is enough");
        let older = tray.attribute("a[rel=next]", "href");
        let link = reviewer.get(&older).await.ok().attribute(".rows a", "href");
        let page = reviewer.get(&link).await.ok();
        assert_eq!(page.all(".rows a").len(), 1);
        assert_eq!(page.attribute("a.back", "href"), older);
        let registration = page.attribute(".decide a[href*='/registration']", "href");
        let answer = reviewer.get(&registration).await.ok().form(&registration).send().await.is(303);
        assert!(!answer.location().contains("after"), "from the top: {}", answer.location());
    })
    .await;
}

#[tokio::test]
async fn an_address_carries_nothing_but_a_view_that_is_open_to_its_reader() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        let (reviewer, officer) = (app.reviewer().await, app.officer("شکایات").await);
        for query in
            ["show=mine", "show=//evil.example", "show=review&show=near", "files=1", "show=review&u=//evil.example"]
        {
            let page = reviewer.get(&format!("/desk/letters/{letter}?{query}")).await.ok();
            assert_eq!(page.attribute("a.back", "href"), "/desk?show=review", "{query}");
            assert!(page.attributes("a", "href").iter().all(|link| !link.contains("evil")), "{query}");
        }
        reviewer.registers(&letter).await;
        let page = officer.get(&format!("/desk/letters/{letter}?show=review")).await.ok();
        assert_eq!(page.attribute("a.back", "href"), "/desk?show=untaken");
    })
    .await;
}

#[tokio::test]
async fn what_is_recorded_at_the_counter_keeps_the_view_up_to_its_slip_and_back() {
    on_both(async |app| {
        let clerk = app.reviewer().await;
        let (taken_back, rejected) = (filed(&clerk).await, filed(&clerk).await);
        clerk.rejects(&rejected, "").await;
        let view = "?show=review&files=1";
        for (letter, act) in [(&taken_back, "withdrawal"), (&rejected, "objection")] {
            let here = format!("/desk/letters/{letter}{view}");
            let page = clerk.get(&here).await.ok();
            let dialog = page.attribute(&format!("aside a[href*='/{act}']"), "href");
            assert_eq!(dialog, format!("/desk/letters/{letter}/{act}{view}"));
            let receipt = page.attribute("aside a[href*='/receipt']", "href");
            assert_eq!(clerk.get(&receipt).await.ok().attribute("a.crumb", "href"), here);
            let page = clerk.get(&dialog).await.ok();
            assert_eq!(page.attribute("dialog footer a", "href"), here);
            let done = page.form(&dialog).fill("text", "نظرم عوض شد").send().await.is(303);
            assert_eq!(done.location(), format!("/desk/letters/{letter}/slip{view}"));
            assert_eq!(done.follow().await.ok().attribute("a.crumb", "href"), here);
            let again = clerk.get(&here).await.ok().attribute("aside a[href*='/slip']", "href");
            assert_eq!(again, done.location());
        }
    })
    .await;
}

#[tokio::test]
async fn an_answer_and_a_letter_that_is_handed_over_keep_the_view() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        let view = "?show=unit&files=1";
        let composer = format!("/desk/letters/{letter}/answer{view}");
        let form = officer.get(&composer).await.ok().form(&composer).fill("text", "با سلام");
        assert_eq!(form.clone().press("next", "save").send().await.is(303).location(), composer);
        let preview = form.press("next", "preview").send().await.is(303);
        assert_eq!(preview.location(), format!("/desk/letters/{letter}/answer/preview{view}"));
        let here = format!("/desk/letters/{letter}?show=review&files=1");
        let handover = format!("/desk/letters/{letter}/handover?show=review&files=1");
        let reviewer = app.reviewer().await;
        let form = reviewer.get(&handover).await.ok().form(&handover).fill("staff", "");
        assert_eq!(form.send().await.is(303).location(), here);
    })
    .await;
}
