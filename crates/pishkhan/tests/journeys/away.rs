//! People who are away: what somebody had in hand does not leave with them.

use std::time::Duration;

use pishkhan_office::accounts::staff;
use pishkhan_office::actor::Role;
use pishkhan_office::letters::{self, Classification};
use pishkhan_office::organisations;
use pishkhan_testkit::{Kind, Letter, Staff, TestApp, on_both, on_one};

async fn disables(app: &TestApp, person: &Staff) {
    let mut tx = app.begin().await;
    staff::disable(&mut tx, &person.account.id).await.expect("somebody can be disabled");
    tx.commit().await.expect("it is kept");
}

async fn subjects(staff: &Staff, view: &str) -> usize {
    staff.get(&format!("/desk?show={view}")).await.ok().all(".rows .sub").len()
}

#[tokio::test]
async fn what_a_disabled_officer_had_in_hand_is_the_units_again() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        let colleague = app.another_officer("شکایات", "همکار تازه").await;
        assert_eq!(subjects(&colleague, "untaken").await, 0);
        let before = sender.letter(&letter).await.all(".tl li").len();
        disables(&app, &officer).await;
        assert_eq!(subjects(&colleague, "untaken").await, 1);
        colleague.letter(&letter).await.says(&format!("نامه از {} به واحد برگشت", officer.account.name));
        let page = sender.letter(&letter).await;
        assert_eq!(page.all(".tl li").len(), before, "it is the house's own business");
        page.hides(&officer.account.name);
        colleague.takes(&letter).await;
        colleague.answers(&letter, "رسیدگی شد", &[]).await;
        let kinds = app.texts("select kind from events order by sequence").await;
        assert!(kinds.contains(&"letter_freed".to_owned()), "{kinds:?}");
    })
    .await;
}

#[tokio::test]
async fn a_letter_that_waits_for_its_sender_comes_back_to_the_unit() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        officer.asks(&letter, "کدام ملک؟", &[]).await;
        let colleague = app.another_officer("شکایات", "همکار تازه").await;
        disables(&app, &officer).await;
        assert_eq!(app.texts("select state from letters").await, ["awaiting_sender"]);
        sender.replies(&letter, "ملک پدرم", &[]).await;
        colleague.takes(&letter).await;
        colleague.answers(&letter, "رسیدگی شد", &[]).await;
    })
    .await;
}

#[tokio::test]
async fn a_post_that_ends_frees_what_was_held_by_it_alone() {
    on_both(async |app| {
        let (_, officer, _) = app.letter_in_hand().await;
        let mut tx = app.begin().await;
        let person = staff::find(&mut tx, &officer.account.id).await.expect("read").expect("there");
        let post =
            staff::NewPost {
                unit: Some(app.unit("بایگانی").id.clone()), title: "کارشناس".into(), role: Role::Officer
            };
        let other = staff::add_post(&mut tx, &officer.account.id, &post).await.expect("a second post");
        staff::end_post(&mut tx, &officer.account.id, &other).await.expect("it ends");
        tx.commit().await.expect("it is kept");
        assert_eq!(app.count("select count(*) from letters where officer_id is not null").await, 1);
        let mut tx = app.begin().await;
        for post in &person.staff.posts {
            staff::end_post(&mut tx, &officer.account.id, &post.id).await.expect("it ends");
        }
        tx.commit().await.expect("it is kept");
        assert_eq!(app.count("select count(*) from letters where officer_id is not null").await, 0);
        assert_eq!(app.count("select count(*) from events where kind = 'letter_freed'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_a_disabled_reviewer_should_review_is_everybodys_again() {
    on_both(async |app| {
        let letter = app.sender("09121234567").signs_in().await.sends(&Letter::default()).await;
        let reviewer = app.reviewer().await;
        let form = reviewer.dialog(&letter, "assignment").await.fill("staff", reviewer.account.id.as_str());
        form.send().await.is(303);
        assert_eq!(app.count("select count(*) from letters where reviewer_id <> ''").await, 1);
        disables(&app, &reviewer).await;
        assert_eq!(app.count("select count(*) from letters where reviewer_id <> ''").await, 0);
        assert_eq!(app.count("select count(*) from events where kind = 'review_assigned'").await, 2);
    })
    .await;
}

#[tokio::test]
async fn no_review_comes_by_turn_to_who_is_disabled_at_the_same_moment() {
    on_one(
        Kind::Postgres,
        |_| {},
        async |app: TestApp| {
            let mut tx = app.begin().await;
            organisations::set_turns(&mut tx, Some(9)).await.expect("turns are kept");
            tx.commit().await.expect("turns are kept");
            let sender = app.sender("09121234567").signs_in().await;
            let check = sender.writes(&Letter::default()).await;
            let mut tx = app.begin().await;
            staff::disable(&mut tx, &app.account(Role::Reviewer).id).await.expect("somebody can be disabled");
            // The letter comes before that is kept.
            let keeping = async move {
                tokio::time::sleep(Duration::from_millis(300)).await;
                tx.commit().await.expect("it is kept");
            };
            tokio::join!(sender.submits(&check), keeping);
            assert_eq!(app.texts("select state || reviewer_id from letters").await, ["submitted"]);
        },
    )
    .await;
}

#[tokio::test]
async fn a_rejection_that_is_reviewed_anew_is_its_reviewers_or_everybodys_when_they_left() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        let reviewer = app.reviewer().await;
        let form = reviewer.dialog(&letter, "assignment").await.fill("staff", reviewer.account.id.as_str());
        form.send().await.is(303);
        let colleague = app.officer("شکایات").await;
        let mut tx = app.begin().await;
        let post = staff::NewPost { unit: None, title: "دبیرخانه".into(), role: Role::Reviewer };
        staff::add_post(&mut tx, &colleague.account.id, &post).await.expect("a second post");
        tx.commit().await.expect("it is kept");
        let above = app.signer("بایگانی").await;
        reviewer.rejects(&letter, "").await;
        sender.objects(&letter, "مدارک کامل بود").await;
        above.rules(&letter, "reconsider", "دوباره بررسی شود.").await;
        assert_eq!((subjects(&reviewer, "review").await, subjects(&colleague, "review").await), (1, 0));
        reviewer.rejects(&letter, "").await;
        disables(&app, &reviewer).await;
        sender.objects(&letter, "باز هم کامل بود").await;
        above.rules(&letter, "reconsider", "دوباره بررسی شود.").await;
        assert_eq!(subjects(&colleague, "review").await, 1);
        colleague.registers(&letter).await;
    })
    .await;
}

#[tokio::test]
async fn what_somebody_was_asked_who_left_is_their_units_to_answer() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        let finance = app.officer("امور مالی").await;
        let asked = officer.referral(&letter, "امور مالی", Some(&finance), "answer").await;
        asked.fill("text", "بدهی دارد؟").send().await.is(303);
        let colleague = app.another_officer("امور مالی", "همکار تازه").await;
        assert_eq!(subjects(&colleague, "referred").await, 0, "it is not to them");
        disables(&app, &finance).await;
        assert_eq!(subjects(&colleague, "referred").await, 1);
        let told = format!("نظری که از {} خواسته شده بود", finance.account.name);
        officer.letter(&letter).await.says(&told);
        sender.letter(&letter).await.hides(&finance.account.name);
        colleague.ending(&letter, "completion").await.fill("text", "بدهی ندارد").send().await.is(303);
        officer.letter(&letter).await.says("بدهی ندارد");
    })
    .await;
}

#[tokio::test]
async fn an_objection_whose_signer_leaves_goes_on_to_who_can_decide_it() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        officer.answers(&letter, "پذیرفته نشد", &[]).await;
        sender.objects(&letter, "قبض را ندیده‌اید").await;
        let (above, head) = (app.signer("بایگانی").await, app.head().await);
        app.time_comes(0).await;
        assert_eq!((subjects(&above, "objections").await, subjects(&head, "objections").await), (1, 0));
        head.get(&format!("/desk/letters/{letter}/ruling")).await.is(404);
        disables(&app, &above).await;
        app.time_comes(0).await;
        assert_eq!(subjects(&head, "objections").await, 1);
        head.letter(&letter).await.says("اعتراض به سطحی رفت که کسی در آن به اعتراض‌ها رسیدگی می‌کند");
        sender.letter(&letter).await.hides("اعتراض به سطحی رفت");
        app.time_comes(0).await;
        assert_eq!(app.count("select count(*) from events where kind = 'objection_raised'").await, 1, "once");
        head.rules(&letter, "uphold", "قبض دیده شده است").await;
        assert_eq!(app.texts("select state from letters").await, ["answered"]);
    })
    .await;
}

#[tokio::test]
async fn an_objection_that_is_made_as_its_signer_leaves_goes_on_too() {
    on_one(
        Kind::Postgres,
        |_| {},
        async |app: TestApp| {
            let (sender, officer, letter) = app.letter_in_hand().await;
            officer.answers(&letter, "پذیرفته نشد", &[]).await;
            let (above, head) = (app.signer("بایگانی").await, app.head().await);
            let mut tx = app.begin().await;
            staff::disable(&mut tx, &above.account.id).await.expect("somebody can be disabled");
            // It comes before that is kept.
            sender.objects(&letter, "قبض را ندیده‌اید").await;
            tx.commit().await.expect("it is kept");
            let raised_to = app.texts("select raised_to_unit_id from letters").await;
            assert_eq!(raised_to, [app.unit("بایگانی").id.as_str()], "it lies with nobody");
            app.time_comes(0).await;
            assert_eq!(subjects(&head, "objections").await, 1);
        },
    )
    .await;
}

#[tokio::test]
async fn an_objection_that_nobody_may_see_waits_until_somebody_may() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        officer.answers(&letter, "پذیرفته نشد", &[]).await;
        sender.objects(&letter, "قبض را ندیده‌اید").await;
        let head = app.head().await;
        app.execute("update letters set classification = 1").await;
        app.time_comes(0).await;
        assert_eq!(app.count("select count(*) from events where kind = 'objection_raised'").await, 0);
        let mut tx = app.begin().await;
        staff::clear(&mut tx, &head.account.id, Classification::Confidential).await.expect("a person can be cleared");
        tx.commit().await.expect("the clearance is kept");
        app.time_comes(0).await;
        assert_eq!(subjects(&head, "objections").await, 1);
        head.rules(&letter, "reconsider", "دوباره بررسی شود").await;
        assert_eq!(app.texts("select state from letters").await, ["in_progress"]);
    })
    .await;
}

#[tokio::test]
async fn an_objection_that_nobody_above_can_decide_keeps_no_other_one_waiting() {
    on_both(async |app| {
        let (sender, officer, first) = app.letter_in_hand().await;
        officer.answers(&first, "پذیرفته نشد", &[]).await;
        sender.objects(&first, "قبض را ندیده‌اید").await;
        // Who may see it signs elsewhere only.
        app.execute("update letters set classification = 1, objection_due_at = 1").await;
        let elsewhere = app.signer("امور مالی").await;
        let mut tx = app.begin().await;
        let cleared = staff::clear(&mut tx, &elsewhere.account.id, Classification::Confidential).await;
        cleared.expect("a person can be cleared");
        tx.commit().await.expect("the clearance is kept");
        let second = sender.sends(&Letter::default()).await;
        app.reviewer().await.registers(&second).await;
        officer.takes(&second).await;
        officer.answers(&second, "پذیرفته نشد", &[]).await;
        sender.objects(&second, "قبض را ندیده‌اید").await;
        disables(&app, &app.signer("بایگانی").await).await;
        let mut tx = app.begin().await;
        assert_eq!(letters::raise_due(&mut tx, 1).await.expect("it is looked for"), 1);
        tx.commit().await.expect("it is kept");
        assert_eq!(subjects(&app.head().await, "objections").await, 1);
    })
    .await;
}

async fn officer_of(app: &TestApp) -> String {
    app.texts("select coalesce(officer_id, '') from letters").await.pop().expect("there is a letter")
}

#[tokio::test]
async fn a_signer_or_a_reviewer_hands_a_letter_to_a_colleague_with_a_word() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        let colleague = app.another_officer("شکایات", "همکار تازه").await;
        let signer = app.signer("شکایات").await;
        let form = signer.dialog(&letter, "handover").await;
        let form = form.fill("staff", colleague.account.id.as_str()).fill("text", "در مرخصی است");
        form.send().await.is(303);
        assert_eq!(officer_of(&app).await, colleague.account.id.as_str());
        assert_eq!((subjects(&officer, "mine").await, subjects(&colleague, "mine").await), (0, 1));
        let page = colleague.letter(&letter).await;
        page.says("به همکار تازه سپرده شد");
        page.says("در مرخصی است");
        let seen = sender.letter(&letter).await;
        for secret in ["همکار تازه", "مرخصی", "سپرده شد"] {
            seen.hides(secret);
        }
        let late = form.send().await.is(409);
        late.says("در مرخصی است");
        let reviewer = app.reviewer().await;
        reviewer.dialog(&letter, "handover").await.fill("staff", "").send().await.is(303);
        assert_eq!(officer_of(&app).await, "");
        assert_eq!(subjects(&officer, "untaken").await, 1);
        reviewer.get(&format!("/desk/letters/{letter}/handover")).await.is(409).says("کاری در این نامه کرد");
        officer.takes(&letter).await;
        officer.answers(&letter, "رسیدگی شد", &[]).await;
    })
    .await;
}

#[tokio::test]
async fn a_colleague_takes_a_letter_over_and_gives_it_to_nobody_else() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        let colleague = app.another_officer("شکایات", "همکار تازه").await;
        let form = colleague.dialog(&letter, "handover").await;
        assert_eq!(form.choices("staff"), [colleague.account.id.as_str()]);
        form.clone().forge("staff", "").send().await.is(422).says("کارشناس این واحد نیست");
        officer.get(&format!("/desk/letters/{letter}/handover")).await.is(404);
        for stranger in [app.officer("امور مالی").await, app.signer("امور مالی").await] {
            stranger.get(&format!("/desk/letters/{letter}/handover")).await.is(404);
            let token = stranger.form_token().await;
            form.clone().by(&stranger).forge("form_token", &token).send().await.is(404);
        }
        form.fill("staff", colleague.account.id.as_str()).send().await.is(303);
        let taken = format!("همکار تازه نامه را از {} گرفت", officer.account.name);
        colleague.letter(&letter).await.says(&taken);
        colleague.answers(&letter, "رسیدگی شد", &[]).await;
    })
    .await;
}

#[tokio::test]
async fn a_letter_is_handed_to_officers_of_the_unit_who_may_see_it() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        let colleague = app.another_officer("شکایات", "همکار تازه").await;
        let signer = app.signer("شکایات").await;
        let stranger = app.officer("امور مالی").await;
        let form = signer.dialog(&letter, "handover").await.fill("text", "نگه‌داشتنی");
        for nobody in [&stranger, &officer, &signer] {
            let refused = form.clone().forge("staff", nobody.account.id.as_str()).send().await.is(422);
            refused.says("کارشناس این واحد نیست");
            refused.says("نگه‌داشتنی");
        }
        form.clone().forge("staff", "x").send().await.is(400);
        form.clone().fill("text", &"م".repeat(1_001)).send().await.is(422).says("حداکثر ۱٬۰۰۰ نویسه");
        app.execute("update letters set classification = 1").await;
        let mut tx = app.begin().await;
        let level = Classification::Confidential;
        staff::clear(&mut tx, &signer.account.id, level).await.expect("a person can be cleared");
        tx.commit().await.expect("the clearance is kept");
        assert!(!signer.dialog(&letter, "handover").await.choices("staff").contains(&colleague.account.id.as_str()));
        let uncleared = form.forge("staff", colleague.account.id.as_str());
        uncleared.send().await.is(422).says("به نامه محرمانه دسترسی ندارد");
        assert_eq!(officer_of(&app).await, officer.account.id.as_str());
    })
    .await;
}
