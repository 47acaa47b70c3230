//! Whose letters are counted in the reports that somebody sees: those that are theirs to see, and nobody else's.

use pishkhan_office::accounts::staff::{self, NewPost};
use pishkhan_office::actor::Role;
use pishkhan_office::letters::Classification;
use pishkhan_testkit::on_both;

use crate::reports::{count, every_count_is_true, letters_at, row, tile, work};

#[tokio::test]
async fn a_confidential_letter_counts_for_the_cleared_only() {
    on_both(async |app| {
        let letters = app.waiting_letters("شکایات", 3).await;
        let cleared = app.reviewer().await;
        let auditor = app.staff(Role::Auditor).await;
        let mut tx = app.begin().await;
        staff::clear(&mut tx, &cleared.account.id, Classification::Confidential)
            .await
            .expect("a person can be cleared");
        tx.commit().await.expect("the clearance is kept");
        count(&app).await;
        let form = cleared.dialog(&letters[0], "classification").await;
        form.fill("classification", "confidential").send().await.is(303);
        app.wait(1).await;
        count(&app).await;
        for (reader, seen) in [(&cleared, "3"), (&auditor, "2")] {
            let report = reader.get("/desk/reports?range=7").await.ok();
            assert!(tile(&report, 0).contains(seen), "{}", tile(&report, 0));
            assert_eq!(row(&report, "open", "شکایات"), ["شکایات", seen, "0", "0"]);
            assert!(every_count_is_true(reader, &report).await > 3);
        }
        cleared.rejects(&letters[0], "").await;
        app.wait(1).await;
        count(&app).await;
        let report = auditor.get("/desk/reports?range=7").await.ok();
        assert!(!report.one("section[aria-labelledby=reasons]").contains("ناقص"), "no reason of a letter out of sight");
        assert_eq!(row(&report, "times", "از رسیدن تا تصمیم")[4], "0");
        let report = cleared.get("/desk/reports?range=7").await.ok();
        assert_eq!(row(&report, "times", "از رسیدن تا تصمیم")[4], "1");
        every_count_is_true(&cleared, &report).await;
        // Somebody takes the classification back: it counts for everybody.
        let form = cleared.dialog(&letters[0], "classification").await;
        form.fill("classification", "normal").send().await.is(303);
        app.wait(1).await;
        count(&app).await;
        let report = auditor.get("/desk/reports?range=7").await.ok();
        assert_eq!(row(&report, "times", "از رسیدن تا تصمیم")[4], "1");
        every_count_is_true(&auditor, &report).await;
    })
    .await;
}

#[tokio::test]
async fn an_officer_sees_their_unit_and_no_other() {
    on_both(async |app| {
        work(&app).await;
        let officer = app.officer("امور مالی").await;
        let report = officer.get("/desk/reports?range=90").await.ok();
        report.hides("شکایات");
        assert_eq!(row(&report, "open", "امور")[2..], ["2", "0", "2"]);
        // Letters under review are not theirs to read yet: these numbers lead nowhere.
        assert!(!report.has("td a, b a"), "{}", report.html());
        let other = &app.unit("شکایات").id;
        officer.get(&format!("/desk/reports?unit={other}")).await.is(404);
        officer.get(&format!("/desk/reports.csv?table=open&unit={other}")).await.is(404);
        officer.get(&format!("/desk/letters?unit={other}")).await.ok().says("نامه‌ای با این فیلترها نیست.");
        officer.get("/desk/register").await.is(404);
        officer.get("/desk/register.csv").await.is(404);
        let colleague = app.officer("شکایات").await;
        let report = colleague.get("/desk/reports?range=90").await.ok();
        assert!(every_count_is_true(&colleague, &report).await >= 2);
    })
    .await;
}

#[tokio::test]
async fn an_officer_is_led_to_the_letters_of_their_units_and_no_others() {
    on_both(async |app| {
        let own = app.waiting_letters("شکایات", 1).await.remove(0).expect("a letter");
        let others = app.waiting_letters("امور مالی", 1).await.remove(0).expect("a letter");
        let reviewer = app.reviewer().await;
        reviewer.registers(&own).await;
        reviewer.registers(&others).await;
        let (officer, colleague) = (app.officer("شکایات").await, app.officer("امور مالی").await);
        officer.takes(&own).await;
        officer.answers(&own, "پاسخ", &[]).await;
        colleague.takes(&others).await;
        colleague.refers(&others, "شکایات", "answer", "نظر شما؟").await;
        let form = officer.ending(&others, "completion").await;
        form.fill("text", "نظر ما").send().await.is(303);
        colleague.answers(&others, "پاسخ", &[]).await;
        // Whoever also signs for the unit counts each of its letters once.
        let mut tx = app.begin().await;
        let post =
            NewPost { unit: Some(app.unit("شکایات").id.clone()), title: "رئیس".into(), role: Role::Signer };
        staff::add_post(&mut tx, &officer.account.id, &post).await.expect("a second post");
        tx.commit().await.expect("it is kept");
        app.wait(1).await;
        count(&app).await;
        assert_eq!(letters_at(&officer, "/desk/letters?by=answered").await, 2, "they see both");
        let report = officer.get("/desk/reports?range=7").await.ok();
        assert_eq!(row(&report, "times", "از رسیدن تا پاسخ")[4], "1");
        assert!(every_count_is_true(&officer, &report).await >= 2);
        let way = report.attribute("section[aria-labelledby=times] td a", "href");
        assert!(way.contains("unit=mine"), "{way}");
        assert!(officer.get(&way).await.ok().has("select[name=unit] option[value=mine][selected]"));
    })
    .await;
}

#[tokio::test]
async fn an_administrator_sees_figures_and_no_letters() {
    on_both(async |app| {
        work(&app).await;
        let administrator = app.staff(Role::Administrator).await;
        let report = administrator.get("/desk/reports?range=90").await.ok();
        assert_eq!(row(&report, "open", "شکایات"), ["شکایات", "6", "0", "6"]);
        assert!(
            report.attributes("a", "href").iter().all(|way| !way.starts_with("/desk/letters")),
            "{}",
            report.html()
        );
        report.hides("نامه 0");
        administrator.get("/desk/letters").await.is(404);
        administrator.get("/desk/letters.csv").await.is(404);
        app.staff(Role::Auditor).await.get("/desk/letters").await.ok().says("نامه 0");
    })
    .await;
}

#[tokio::test]
async fn another_organisation_has_its_own_numbers() {
    on_both(async |app| {
        work(&app).await;
        let elsewhere = app.elsewhere();
        let reviewer = elsewhere.reviewer().await;
        reviewer.get("/desk/reports").await.ok().says("هنوز نامه‌ای نرسیده");
        let unit = &app.unit("شکایات").id;
        reviewer.get(&format!("/desk/reports?unit={unit}")).await.is(404);
        reviewer.get(&format!("/desk/letters?unit={unit}")).await.ok().says("نامه‌ای با این فیلترها نیست.");
        elsewhere.waiting_letters("شکایات", 1).await;
        count(&app).await;
        let report = reviewer.get("/desk/reports").await.ok();
        assert_eq!(row(&report, "open", "شکایات"), ["شکایات", "1", "0", "0"]);
    })
    .await;
}
