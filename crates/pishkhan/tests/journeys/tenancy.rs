//! Tenancy: for a stranger, what belongs to others does not exist. Every route of the router is asked, with every kind of
//! stranger; the routes are read from its source, so that a new one can't be forgotten.

use pishkhan_office::actor::Role;
use pishkhan_office::ids::LetterId;
use pishkhan_testkit::{Answer, Attachment, Browser, Letter, Multipart, TestApp, on_both, samples};
use regex::Regex;

const ROUTER: &str = include_str!("../../../web/src/lib.rs");

/// What one sender has, in states that differ.
#[derive(Clone)]
struct Belongings {
    draft: LetterId,
    draft_file: String,
    letter: LetterId,
    file: String,
    image: String,
    invitation: String,
}

/// The router's paths.
fn routes() -> Vec<String> {
    let route = Regex::new(r#"\.route\("([^"]+)""#).expect("a good pattern");
    let mut found: Vec<String> = route.captures_iter(ROUTER).map(|found| found[1].to_owned()).collect();
    // Last, since who is out is a stranger to everything.
    found.sort_by_key(|route| route.ends_with("/sign-out"));
    assert!(found.len() > 30, "the router has more routes than these: {found:?}");
    found
}

impl Belongings {
    async fn of(app: &TestApp) -> Belongings {
        let sender = app.sender("09121234567").signs_in().await;
        let secret =
            Letter { subject: "موضوع محرمانه", name: "نام محرمانه", ..Letter::with_file() };
        let letter = sender.sends(&secret).await;
        let draft_page = sender.writes(&secret).await;
        let (draft, draft_file) = (pishkhan_testkit::draft_of(&draft_page), files_of(&draft_page).remove(0));
        let file = files_of(&sender.letter(&letter).await).remove(0);
        let image = app.image_token();
        let mut tx = app.begin().await;
        let invited = pishkhan_office::accounts::staff::invite(&mut tx, "new@example.ir", "نو", &[]).await;
        tx.commit().await.expect("the invitation is kept");
        let invitation = invited.expect("somebody is invited").1.as_str().to_owned();
        Belongings { draft, draft_file, letter, file, image, invitation }
    }

    /// The same without the two links that lead whoever has them, here.
    fn without_links(&self) -> Belongings {
        Belongings { image: "x".into(), invitation: "x".into(), ..self.clone() }
    }

    /// All addresses that a route has for these belongings.
    fn paths(&self, route: &str) -> Vec<String> {
        let both = [&self.letter, &self.draft];
        let letters: Vec<&str> = both.iter().map(|id| id.as_str()).collect();
        // No letter here has a referral; an id in their form names none.
        let route = &route.replace("{referral}", self.letter.as_str());
        let with = |name: &str, ids: &[&str]| ids.iter().map(|id| route.replace(name, id)).collect();
        match route.as_str() {
            _ if route.contains("{letter}") => with("{letter}", &letters),
            _ if route.contains("{draft}") => with("{draft}", &letters),
            _ if route.starts_with("/files/{file}") => {
                let rest = route.trim_start_matches("/files/{file}").replace("{page}", "1").replace("{width}", "900");
                [&self.file, &self.draft_file].map(|file| format!("{file}{rest}")).to_vec()
            }
            "/sign-in/image/{token}" => with("{token}", &[&self.image]),
            "/desk/invitations/{token}" => with("{token}", &[&self.invitation]),
            _ => vec![route.to_owned()],
        }
    }
}

fn files_of(page: &Answer) -> Vec<String> {
    page.attributes("a[href^='/files/']", "href")
}

/// Asks a route in both ways, with a form that would be a good one.
async fn ask(browser: &Browser, path: &str, app: &TestApp) -> [Answer; 2] {
    let token = browser.form_token().await;
    let unit = app.unit("شکایات").id.to_string();
    let fields = [
        ("form_token", token.as_str()),
        ("version", "3"),
        ("unit", &unit),
        ("reason", "other"),
        ("note", "بی‌اجازه"),
        ("text", "بی‌اجازه"),
        ("subject", "بی‌اجازه"),
        ("next", "later"),
    ];
    let form = fields.iter().fold(Multipart::default(), |form, (name, value)| form.field(name, value));
    let form = form.file("files", &Attachment::new("a.pdf", samples::pdf("stranger")));
    [browser.get(path).await, browser.post_body(path, &Multipart::content_type(), form.whole()).await]
}

/// What stands in the tables about letters, so that a change shows.
async fn letters_of(app: &TestApp) -> Vec<String> {
    let rows = "select id || state || version || unit_id || subject || body || coalesce(answer_text, '') from letters
                where organisation_id = 'nemune' and subject = 'موضوع محرمانه' order by id";
    app.texts(rows).await
}

fn is_refused(answer: &Answer) -> bool {
    let to_sign_in = answer.header("location").is_some_and(|to| to.starts_with("/?next=") || to == "/desk/sign-in");
    // 401: a form of somebody who is not in. 412: a request that does not speak tus, told before anything is looked up.
    [401, 404, 412].contains(&answer.status.as_u16()) || (answer.status == 303 && to_sign_in)
}

/// Asks every route that names a thing, and insists on a refusal; and that the others tell and change nothing of it.
async fn is_a_stranger(who: &str, browser: &Browser, app: &TestApp, theirs: &Belongings) {
    let before = letters_of(app).await;
    assert_eq!(before.len(), 2);
    let kept = browser.copied();
    // Style sheets and drawings are everybody's.
    for route in routes().into_iter().filter(|route| route != "/assets/{file}") {
        for path in theirs.paths(&route) {
            // Each with the cookies of the beginning, since some routes sign out.
            for answer in ask(&kept.copied(), &path, app).await {
                let about = format!("{who}: {path} → {}", answer.status);
                assert!(!route.contains('{') || is_refused(&answer), "{about}\n{}", answer.text());
                assert!(!answer.status.is_server_error(), "{about}");
                for secret in ["محرمانه", theirs.letter.as_str(), theirs.draft.as_str()] {
                    let is_asked_back = path.contains(secret);
                    assert!(
                        is_asked_back || !String::from_utf8_lossy(&answer.body).contains(secret),
                        "{about}: {secret}"
                    );
                }
            }
        }
    }
    assert_eq!(letters_of(app).await, before, "{who} changed something");
}

#[tokio::test]
async fn nothing_of_ours_exists_for_people_of_another_organisation() {
    on_both(async |app| {
        let ours = Belongings::of(&app).await;
        let there = app.elsewhere();
        let sender = there.sender("09121234567").signs_in().await;
        is_a_stranger("the same number there", &sender, &app, &ours).await;
        for role in [Role::Reviewer, Role::Auditor, Role::Administrator] {
            let staff = there.staff(role).await;
            is_a_stranger(&format!("{role:?} there"), &staff, &app, &ours).await;
            let ours = ours.without_links();
            is_a_stranger(&format!("{role:?} of there, here"), &staff.asking(&app), &app, &ours).await;
        }
        is_a_stranger("a sender of there, here", &sender.asking(&app), &app, &ours.without_links()).await;
        let officer = there.officer("شکایات").await;
        is_a_stranger("an officer there", &officer, &app, &ours).await;
    })
    .await;
}

#[tokio::test]
async fn nothing_of_ours_exists_for_others_of_our_organisation() {
    on_both(async |app| {
        let here = Belongings::of(&app).await.without_links();
        is_a_stranger("another sender", &app.sender("09351112233").signs_in().await.browser, &app, &here).await;
        is_a_stranger("nobody", &app.browser(), &app, &here).await;
        is_a_stranger("an administrator", &app.staff(Role::Administrator).await.browser, &app, &here).await;
        is_a_stranger("an officer before registration", &app.officer("شکایات").await.browser, &app, &here).await;
        app.reviewer().await.registers(&here.letter).await;
        is_a_stranger("an officer of another unit", &app.officer("امور مالی").await.browser, &app, &here).await;
    })
    .await;
}

#[tokio::test]
async fn whose_they_are_finds_them_at_the_same_addresses() {
    on_both(async |app| {
        let ours = Belongings::of(&app).await;
        let sender = app.sender("09121234567").signs_in().await;
        sender.letter(&ours.letter).await;
        sender.get(&format!("/letters/{}/receipt", ours.letter)).await.ok();
        sender.get(&format!("/drafts/{}", ours.draft)).await.ok();
        sender.get(&ours.file).await.ok();
        sender.get(&ours.draft_file).await.ok();
        let reviewer = app.reviewer().await;
        for act in ["registration", "rejection", "redirection"] {
            reviewer.get(&format!("/desk/letters/{}/{act}", ours.letter)).await.ok();
        }
        reviewer.get(&ours.file).await.ok();
        reviewer.get(&ours.draft_file).await.is(404);
        reviewer.get(&format!("/desk/letters/{}", ours.draft)).await.is(404);
        app.browser().get(&format!("/desk/invitations/{}", ours.invitation)).await.ok();
        app.browser().get(&format!("/sign-in/image/{}", ours.image)).await.ok();
    })
    .await;
}

#[tokio::test]
async fn an_auditor_sees_and_decides_nothing() {
    on_both(async |app| {
        let ours = Belongings::of(&app).await;
        let auditor = app.staff(Role::Auditor).await;
        auditor.letter(&ours.letter).await;
        let before = letters_of(&app).await;
        for act in [
            "registration",
            "rejection",
            "redirection",
            "taking",
            "handover",
            "answer",
            "referrals",
            "questions",
            "interim",
            "issue",
            "remark",
            "retraction",
            "ruling",
            "reopening",
        ] {
            for answer in ask(&auditor, &format!("/desk/letters/{}/{act}", ours.letter), &app).await {
                assert!(is_refused(&answer), "{act} → {}", answer.status);
            }
        }
        assert_eq!(letters_of(&app).await, before);
    })
    .await;
}

#[tokio::test]
async fn a_redirected_letter_is_the_other_units_and_no_longer_the_first_ones() {
    on_both(async |app| {
        let ours = Belongings::of(&app).await;
        let reviewer = app.reviewer().await;
        reviewer.redirects(&ours.letter, "امور مالی").await;
        reviewer.registers(&ours.letter).await;
        app.officer("امور مالی").await.letter(&ours.letter).await.says("موضوع محرمانه");
        let officer = app.officer("شکایات").await;
        officer.get(&format!("/desk/letters/{}", ours.letter)).await.is(404);
        officer.get(&ours.file).await.is(404);
        officer.get("/desk?show=unit").await.ok().hides("محرمانه");
    })
    .await;
}

#[tokio::test]
async fn an_answers_file_is_the_senders_only_with_the_answer() {
    on_both(async |app| {
        let ours = Belongings::of(&app).await;
        app.reviewer().await.registers(&ours.letter).await;
        let officer = app.officer("شکایات").await;
        officer.takes(&ours.letter).await;
        officer.answers(&ours.letter, "", &[Attachment::new("پاسخ.pdf", samples::pdf("answer"))]).await;
        let sender = app.sender("09121234567").signs_in().await;
        let file = sender.letter(&ours.letter).await.attribute("#status a.btn", "href");
        assert_eq!(sender.get(&file).await.ok().body, samples::pdf("answer"));
        app.sender("09351112233").signs_in().await.get(&file).await.is(404);
        assert_eq!(app.browser().get(&file).await.location(), format!("/?next={}", file.replace('/', "%2F")));
        // As it would be while an answer is being prepared.
        app.execute("update files set part = 'proposal' where part = 'answer'").await;
        sender.get(&file).await.is(404);
    })
    .await;
}
