//! The second factor once more, before letters leave the desk in a file.

use std::time::Duration;

use pishkhan_testkit::{Form, Letter, Staff, on_both, on_both_as};

const LIST: &str = "/desk/letters.csv";

/// Twenty minutes at the desk, and never idle.
async fn stays(staff: &Staff) {
    for _ in 0..2 {
        staff.app().wait(10 * 60).await;
        staff.get("/desk").await.ok();
    }
}

/// The form that stands before the list.
async fn before_the_list(staff: &Staff) -> Form {
    staff.get(LIST).await.is(303).follow().await.ok().form("/desk/confirmation")
}

#[tokio::test]
async fn whoever_came_in_long_ago_shows_the_second_factor_before_a_table() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let sent = Letter::default();
        sender.sends(&sent).await;
        let reviewer = app.reviewer().await;
        assert!(reviewer.get(LIST).await.ok().text().contains(sent.subject), "they have just come in");
        stays(&reviewer).await;
        let form = before_the_list(&reviewer).await;
        form.clone().send().await.is(422).says("کد را بنویسید");
        form.clone().fill("code", "abcdef").send().await.is(422).says("کد درست نیست");
        reviewer.get(LIST).await.is(303);

        let code = reviewer.app_code();
        let ready = form.clone().fill("code", &code).send().await.is(303).follow().await.ok();
        ready.says("فایل آماده است");
        let table = reviewer.get(&ready.attribute("a[href^='/desk/letters.csv']", "href")).await.ok();
        assert!(table.text().contains(sent.subject));
        form.fill("code", &code).send().await.is(422);
        stays(&reviewer).await;
        reviewer.get(LIST).await.is(303);
    })
    .await;
}

#[tokio::test]
async fn it_stands_before_each_file_of_letters_and_leads_nowhere_else() {
    on_both(async |app| {
        let reviewer = app.reviewer().await;
        stays(&reviewer).await;
        for file in [LIST, "/desk/search.csv?from=1400", "/desk/register.csv", "/desk/register.pdf"] {
            let asked = reviewer.get(file).await.is(303);
            assert!(asked.location().starts_with("/desk/confirmation?next="), "{file}: {}", asked.location());
            let page = asked.follow().await.ok();
            let path = file.split(['.', '?']).next().expect("splitting gives at least one part");
            assert!(page.has(&format!("a[href^='{path}']")), "{file}: there is a way back");
        }
        // Figures name nobody.
        reviewer.get("/desk/reports.csv?table=open").await.ok();
        for next in ["", "/desk", "https://example.ir", "//example.ir/desk/letters.csv", "/desk/reports.csv"] {
            reviewer.get(&format!("/desk/confirmation?next={next}")).await.is(404);
        }
    })
    .await;
}

#[tokio::test]
async fn codes_are_no_more_guessed_there_than_at_the_door() {
    on_both(async |app| {
        let reviewer = app.reviewer().await;
        stays(&reviewer).await;
        let form = before_the_list(&reviewer).await;
        for _ in 0..app.parts().rules.limits.staff_failures_per_account_per_15_minutes {
            form.clone().fill("code", "abcdef").send().await.is(422);
        }
        let refused = form.fill("code", &reviewer.app_code()).send().await.is(429);
        assert!(refused.header("retry-after").is_some());
        reviewer.get(LIST).await.is(303);
    })
    .await;
}

#[tokio::test]
async fn a_house_may_do_without() {
    on_both_as(
        |plan| plan.rules.sessions.staff_confirmed = Duration::ZERO,
        async |app| {
            let reviewer = app.reviewer().await;
            stays(&reviewer).await;
            reviewer.get(LIST).await.ok();
        },
    )
    .await;
}
