//! Letters that were referred and are over: whoever they were referred to finds them, and nobody else does.

use pishkhan_office::Db;
use pishkhan_office::ids::LetterId;
use pishkhan_testkit::{Letter, Staff, TestApp, on_both};

const SUBJECTS: [&str; 5] = ["own", "asked", "told", "copied", "personal"];

/// Letters of the complaints that were answered. Of one the finances were asked, of another the archive was told; of the third the finances
/// were asked, with a copy for the archive; of the last one person of the finances was told. The first was never referred.
async fn answered(app: &TestApp) -> Vec<LetterId> {
    let sender = app.sender("09121234567").signs_in().await;
    let (reviewer, officer) = (app.reviewer().await, app.officer("شکایات").await);
    let finance = app.officer("امور مالی").await;
    let copy = format!("copy-{}", app.unit("بایگانی").id);
    let mut letters = Vec::new();
    for subject in SUBJECTS {
        let letter = sender.sends(&Letter { subject, ..Letter::default() }).await;
        reviewer.registers(&letter).await;
        officer.takes(&letter).await;
        let form = match subject {
            "asked" => Some(officer.referral(&letter, "امور مالی", None, "answer").await),
            "told" => Some(officer.referral(&letter, "بایگانی", None, "information").await),
            "copied" => Some(officer.referral(&letter, "امور مالی", None, "answer").await.fill(&copy, "on")),
            "personal" => Some(officer.referral(&letter, "امور مالی", Some(&finance), "information").await),
            _ => None,
        };
        if let Some(form) = form {
            form.fill("text", "بدهی دارد؟").send().await.is(303);
        }
        officer.answers(&letter, "رسیدگی شد", &[]).await;
        letters.push(letter);
    }
    letters
}

async fn done(staff: &Staff) -> Vec<String> {
    let mut found = staff.get("/desk?show=done").await.ok().all(".rows .sub");
    found.sort();
    found
}

#[tokio::test]
async fn what_is_over_is_found_by_whom_it_was_referred_to_and_by_nobody_else() {
    on_both(async |app| {
        let letters = answered(&app).await;
        let (finance, archivist) = (app.officer("امور مالی").await, app.officer("بایگانی").await);
        let colleague = app.another_officer("امور مالی", "همکار").await;
        let found: [(&Staff, &[&str]); 3] = [
            (&finance, &["asked", "copied", "personal"]),
            (&colleague, &["asked", "copied"]),
            (&archivist, &["copied", "told"]),
        ];
        for (person, expected) in found {
            assert_eq!(done(person).await, expected);
            for (letter, subject) in letters.iter().zip(SUBJECTS) {
                let status = if expected.contains(&subject) { 200 } else { 404 };
                person.get(&format!("/desk/letters/{letter}")).await.is(status);
            }
        }
        assert_eq!(done(&app.officer("شکایات").await).await, ["asked", "copied", "own", "personal", "told"]);
    })
    .await;
}

#[tokio::test]
async fn of_letters_from_before_the_database_tells_whether_they_were_referred() {
    on_both(async |app| {
        answered(&app).await;
        for statement in [
            "drop index letters_done",
            "alter table letters drop column was_referred",
            "create index letters_done on letters (organisation_id, (-changed_at), id) where state not in ('submitted', 'draft')",
            "delete from migrations where version = 56",
        ] {
            app.execute(statement).await;
        }
        let db = Db::open(app.store()).await.expect("it opens, and migrates");
        db.close().await;
        let referred = app.texts("select subject from letters where was_referred = 1 order by subject").await;
        assert_eq!(referred, ["asked", "copied", "personal", "told"]);
    })
    .await;
}
