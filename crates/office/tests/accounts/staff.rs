//! Staff: invitations, passwords, second factors, and what disabling someone ends.

use futures_util::future::join_all;
use pishkhan_office::OrganisationId;
use pishkhan_office::accounts::invitation::{self, Accepted};
use pishkhan_office::accounts::password::{self, NewPassword, PasswordHash};
use pishkhan_office::accounts::sessions::{self, Holder, Lives};
use pishkhan_office::accounts::staff::{self, NewPost, StaffError};
use pishkhan_office::accounts::staff_sign_in::{self, Attempt, Coded, Entered};
use pishkhan_office::accounts::{InvitationToken, SecondFactorToken, second_factor};
use pishkhan_office::actor::Role;
use pishkhan_office::ids::StaffId;

use crate::house::{House, on_both, other_than, visitor};

const EMAIL: &str = "maryam@example.ir";
const PASSWORD: &str = "گربه‌ی آبی روی دیوار";

async fn hash() -> PasswordHash {
    password::hash(NewPassword::parse(PASSWORD, &[EMAIL]).expect("a good password")).await
}

fn reviewer() -> NewPost {
    NewPost { unit: None, title: "دبیرخانه".into(), role: Role::Reviewer }
}

async fn invite(house: &House) -> (StaffId, InvitationToken) {
    let mut tx = house.begin().await;
    let invited = staff::invite(&mut tx, " Maryam@Example.ir", "مریم", &[reviewer()]).await.expect("invited");
    tx.commit().await.expect("committed");
    invited
}

async fn accept(house: &House, token: &InvitationToken, hash: &PasswordHash, code: &str) -> Accepted {
    let mut tx = house.begin().await;
    let accepted = invitation::accept(&mut tx, &house.secret, token, hash, code).await.expect("answered");
    tx.commit().await.expect("committed");
    accepted
}

/// A person who can sign in, the secret of their app, and their recovery codes.
async fn settled(house: &House) -> (StaffId, String, Vec<String>) {
    let hash = hash().await;
    let (id, token) = invite(house).await;
    let mut tx = house.begin().await;
    let invitation = invitation::find(&mut tx, &token).await.expect("read").expect("open");
    drop(tx);
    let code = app(house, &invitation.totp_secret);
    let Accepted::Done { recovery_codes } = accept(house, &token, &hash, &code).await else { panic!("not accepted") };
    (id, invitation.totp_secret, recovery_codes)
}

/// What the app shows now.
fn app(house: &House, totp_secret: &str) -> String {
    second_factor::code_at(totp_secret, house.now()).expect("a good secret")
}

async fn enter(house: &House, email: &str, password: &str) -> Entered {
    let here = OrganisationId("here".into());
    let attempt = Attempt { email, password, visitor: &visitor(1) };
    staff_sign_in::password(&house.db, &here, house.now(), &house.secret, &house.rules, attempt)
        .await
        .expect("the database answers")
}

async fn second(house: &House) -> SecondFactorToken {
    match enter(house, EMAIL, PASSWORD).await {
        Entered::SecondFactor(token) => token,
        other => panic!("{other:?}"),
    }
}

async fn code(house: &House, token: &SecondFactorToken, typed: &str) -> Coded {
    let mut tx = house.begin().await;
    let coded = staff_sign_in::code(&mut tx, &house.secret, &house.rules, &visitor(1), token, typed)
        .await
        .expect("the database answers");
    tx.commit().await.expect("committed");
    coded
}

#[tokio::test]
async fn an_invitation_is_accepted_once_with_the_apps_code() {
    on_both(|house| async move {
        let hash = hash().await;
        let (id, replaced) = invite(&house).await;
        let (same, token) = invite(&house).await;
        assert_eq!(same, id);
        assert!(matches!(accept(&house, &replaced, &hash, "123456").await, Accepted::Gone));
        let mut tx = house.begin().await;
        let invitation = invitation::find(&mut tx, &token).await.expect("read").expect("open");
        assert_eq!((invitation.email.as_str(), invitation.name.as_str()), (EMAIL, "مریم"));
        assert!(invitation.otpauth_url.contains(&invitation.totp_secret));
        drop(tx);
        let shown = app(&house, &invitation.totp_secret);
        assert!(matches!(accept(&house, &token, &hash, &other_than(&shown)).await, Accepted::WrongCode));
        let Accepted::Done { recovery_codes } = accept(&house, &token, &hash, &shown).await else { panic!("refused") };
        assert_eq!(recovery_codes.len(), 10);
        assert!(matches!(accept(&house, &token, &hash, &shown).await, Accepted::Gone));

        let mut tx = house.begin().await;
        let again = staff::invite(&mut tx, EMAIL, "مریم", &[]).await;
        assert!(matches!(again, Err(StaffError::EmailTaken)));
        let member = staff::find_by_email(&mut tx, "MARYAM@example.ir").await.expect("read").expect("a member");
        assert!(member.has_password && member.staff.has(Role::Reviewer));
        assert_eq!(member.staff.posts.len(), 1, "inviting twice gives no post twice");
    })
    .await;
}

#[tokio::test]
async fn an_invitation_runs_out() {
    on_both(|house| async move {
        let (_, token) = invite(&house).await;
        house.wait(48 * 60 * 60);
        let mut tx = house.begin().await;
        assert!(invitation::find(&mut tx, &token).await.expect("read").is_none());
    })
    .await;
}

#[tokio::test]
async fn password_and_app_let_in_and_no_code_serves_twice() {
    on_both(|house| async move {
        let (id, totp_secret, _) = settled(&house).await;
        let token = second(&house).await;
        let used = app(&house, &totp_secret);
        assert_eq!(code(&house, &token, &used).await, Coded::Wrong { tries_left: 4 }, "it set the app up");
        house.wait(30);
        let shown = app(&house, &totp_secret);
        assert_eq!(code(&house, &token, &shown).await, Coded::Right(id.clone()));
        assert_eq!(code(&house, &token, &shown).await, Coded::Expired, "this sign-in is done");
        let token = second(&house).await;
        assert_eq!(code(&house, &token, &shown).await, Coded::Wrong { tries_left: 4 }, "replayed");
        house.wait(30);
        let persian = pishkhan_office::persian::digits::to_persian(&app(&house, &totp_secret));
        assert_eq!(code(&house, &token, &persian).await, Coded::Right(id));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_recovery_code_serves_once() {
    on_both(|house| async move {
        let (id, _, recovery_codes) = settled(&house).await;
        let tokens = [second(&house).await, second(&house).await, second(&house).await];
        let typed = recovery_codes[0].to_uppercase().replace('-', " ");
        let come = |token: SecondFactorToken| {
            let (house, typed) = (house.clone(), typed.clone());
            tokio::spawn(async move { code(&house, &token, &typed).await })
        };
        let answers = join_all(tokens.map(come)).await;
        let rights = answers.into_iter().filter(|coded| matches!(coded, Ok(Coded::Right(by)) if *by == id)).count();
        assert_eq!(rights, 1);
        let token = second(&house).await;
        assert_eq!(code(&house, &token, &recovery_codes[1]).await, Coded::Right(id));
    })
    .await;
}

#[tokio::test]
async fn five_failures_close_the_account_for_known_and_unknown_alike() {
    on_both(|house| async move {
        settled(&house).await;
        for email in [EMAIL, "nobody@example.ir"] {
            for _ in 0..5 {
                assert!(matches!(enter(&house, email, "wrong password").await, Entered::Wrong));
            }
            assert!(matches!(enter(&house, email, PASSWORD).await, Entered::TooMany { .. }));
        }
        house.wait(15 * 60 + 1);
        assert!(matches!(enter(&house, EMAIL, PASSWORD).await, Entered::SecondFactor(_)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn guesses_at_once_pass_no_more_than_the_limit() {
    on_both(|house| async move {
        settled(&house).await;
        let guess = || {
            let house = house.clone();
            tokio::spawn(async move { enter(&house, EMAIL, "wrong password").await })
        };
        let answers = join_all((0..12).map(|_| guess())).await;
        assert_eq!(answers.into_iter().filter(|entered| matches!(entered, Ok(Entered::Wrong))).count(), 5);
    })
    .await;
}

#[tokio::test]
async fn right_passwords_fill_no_limit() {
    on_both(|house| async move {
        settled(&house).await;
        for _ in 0..8 {
            second(&house).await;
        }
        assert_eq!(house.count("select coalesce(max(count), 0) from hits").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_second_factor_has_five_tries_and_ten_minutes() {
    on_both(|house| async move {
        let house = house.with(|rules| rules.limits.staff_failures_per_account_per_15_minutes = 0);
        let (_, totp_secret, _) = settled(&house).await;
        house.wait(30);
        let token = second(&house).await;
        let wrong = other_than(&app(&house, &totp_secret));
        for tries_left in [4, 3, 2, 1] {
            assert_eq!(code(&house, &token, &wrong).await, Coded::Wrong { tries_left });
        }
        assert_eq!(code(&house, &token, &wrong).await, Coded::Expired);
        assert_eq!(code(&house, &token, &app(&house, &totp_secret)).await, Coded::Expired);
        let token = second(&house).await;
        house.wait(600);
        assert_eq!(code(&house, &token, &app(&house, &totp_secret)).await, Coded::Expired);
    })
    .await;
}

#[tokio::test]
async fn disabling_and_resetting_end_what_was_open() {
    on_both(|house| async move {
        let (id, totp_secret, _) = settled(&house).await;
        house.wait(30);
        let (token, lives) = (second(&house).await, Lives::staff(&house.rules.sessions));
        let mut tx = house.begin().await;
        let holder = Holder::Staff(id.clone());
        let session = sessions::begin(&mut tx, &holder, &visitor(1), "Firefox", lives).await.expect("begun");
        let (_, person) = sessions::find_staff(&mut tx, &session).await.expect("read").expect("in");
        assert!(person.reviewer().is_some());
        staff::end_post(&mut tx, &id, &person.posts[0].id).await.expect("ended");
        let (_, person) = sessions::find_staff(&mut tx, &session).await.expect("read").expect("in");
        assert!(person.reviewer().is_none(), "rights end at once");
        staff::disable(&mut tx, &id).await.expect("disabled");
        assert!(sessions::find_staff(&mut tx, &session).await.expect("read").is_none());
        tx.commit().await.expect("committed");
        assert_eq!(code(&house, &token, &app(&house, &totp_secret)).await, Coded::Expired);
        assert!(matches!(enter(&house, EMAIL, PASSWORD).await, Entered::Wrong));

        let mut tx = house.begin().await;
        assert!(matches!(staff::reset(&mut tx, &id).await, Err(StaffError::Disabled)));
        staff::enable(&mut tx, &id).await.expect("enabled");
        assert!(sessions::find_staff(&mut tx, &session).await.expect("read").is_none(), "it stays ended");
        tx.commit().await.expect("committed");
        assert!(matches!(enter(&house, EMAIL, PASSWORD).await, Entered::SecondFactor(_)));

        let mut tx = house.begin().await;
        let invitation = staff::reset(&mut tx, &id).await.expect("reset");
        assert!(invitation::find(&mut tx, &invitation).await.expect("read").is_some());
        tx.commit().await.expect("committed");
        assert!(matches!(enter(&house, EMAIL, PASSWORD).await, Entered::Wrong));
    })
    .await;
}

#[tokio::test]
async fn addresses_are_unique_in_an_organisation_and_people_are_seen_in_theirs_only() {
    on_both(|house| async move {
        let (hash, secret) = (hash().await, second_factor::new_secret());
        for organisation in ["here", "there"] {
            let mut tx = house.begin_in(organisation).await;
            staff::make(&mut tx, EMAIL, "مریم", &[reviewer()], &hash, &secret).await.expect("made");
            let other = staff::make(&mut tx, "reza@example.ir", "رضا", &[], &hash, &secret).await.expect("made");
            staff::add_post(&mut tx, &other, &reviewer()).await.expect("added");
            tx.commit().await.expect("committed");
        }
        let mut tx = house.begin().await;
        let members = staff::list(&mut tx).await.expect("listed");
        let names: Vec<&str> = members.iter().map(|member| member.staff.name.as_str()).collect();
        assert_eq!(names.len(), 2);
        assert!(members.iter().all(|member| member.staff.posts.len() == 1));
        let taken = staff::change(&mut tx, &members[0].staff.id, &members[1].staff.email, "نو").await;
        assert!(matches!(taken, Err(StaffError::EmailTaken)));
        drop(tx);
        let mut tx = house.begin_in("there").await;
        assert!(staff::find(&mut tx, &members[0].staff.id).await.expect("read").is_none());
        assert!(matches!(staff::disable(&mut tx, &members[0].staff.id).await, Err(StaffError::Unknown)));
    })
    .await;
}
