//! Challenges: each serves once, at its place and in its time.

use data_encoding::{BASE64, HEXLOWER};
use pishkhan_office::OrganisationId;
use pishkhan_office::accounts::challenge::{self, ChallengeAnswer, Challenges, Checked, ProofChallenge, Waiting};
use sha2::{Digest, Sha256};

use crate::house::{House, on_both, visitor};

fn issue(house: &House) -> Challenges {
    let here = OrganisationId("here".into());
    challenge::issue(&house.secret, &house.with(|rules| rules.sign_in.proof_max_number = 300).rules, &here, house.now())
}

async fn check(house: &House, organisation: &str, answer: ChallengeAnswer<'_>) -> Checked {
    let mut tx = house.begin_in(organisation).await;
    let checked = challenge::check(&mut tx, &house.secret, &house.rules, answer).await.expect("checked");
    tx.commit().await.expect("committed");
    checked
}

/// What a page's script does.
fn solve(proof: &ProofChallenge) -> String {
    let hash = |number: u32| HEXLOWER.encode(&Sha256::digest(format!("{}{number}", proof.salt)));
    let number = (0..=proof.max_number).find(|number| hash(*number) == proof.challenge).expect("it can be solved");
    let mut answer = serde_json::to_value(proof).expect("a challenge is JSON");
    answer["number"] = number.into();
    BASE64.encode(answer.to_string().as_bytes())
}

#[tokio::test]
async fn a_proof_serves_once_and_here() {
    on_both(|house| async move {
        let solved = solve(&issue(&house).proof);
        let answer = ChallengeAnswer { proof: Some(&solved), ..ChallengeAnswer::default() };
        assert_eq!(check(&house, "there", answer).await, Checked::Failed);
        assert_eq!(check(&house, "here", answer).await, Checked::Passed);
        assert_eq!(check(&house, "here", answer).await, Checked::Failed);
        let late = solve(&issue(&house).proof);
        house.wait(601);
        let answer = ChallengeAnswer { proof: Some(&late), ..ChallengeAnswer::default() };
        assert_eq!(check(&house, "here", answer).await, Checked::Failed);
    })
    .await;
}

#[tokio::test]
async fn an_image_serves_once_right_or_wrong() {
    on_both(|house| async move {
        let here = OrganisationId("here".into());
        let shown = |token: &str| {
            let digits = challenge::image_digits(&house.secret, &here, house.now(), token).expect("an image of ours");
            digits.map(|digit| char::from_u32(u32::from('۰') + u32::from(digit)).expect("a digit")).iter().collect()
        };
        let image = issue(&house).image;
        let typed: String = shown(&image);
        let answer = |code| ChallengeAnswer { image: Some(&image), image_code: Some(code), ..Default::default() };
        assert_eq!(check(&house, "here", answer(&typed)).await, Checked::Passed);
        assert_eq!(check(&house, "here", answer(&typed)).await, Checked::Failed);

        let image = issue(&house).image;
        let typed: String = shown(&image);
        let answer = |code| ChallengeAnswer { image: Some(&image), image_code: Some(code), ..Default::default() };
        assert_eq!(check(&house, "here", answer("00000")).await, Checked::WrongImage);
        assert_eq!(check(&house, "here", answer(&typed)).await, Checked::Failed);
    })
    .await;
}

#[tokio::test]
async fn a_wait_serves_once_and_each_address_has_few() {
    on_both(|house| async move {
        let mut tx = house.begin().await;
        let begun = challenge::begin_wait(&mut tx, &house.secret, &house.rules, &visitor(1)).await.expect("begun");
        tx.commit().await.expect("committed");
        let Waiting::Begun { token, until } = begun else { panic!("the first wait") };
        let answer = ChallengeAnswer { wait: Some(&token), ..ChallengeAnswer::default() };
        assert_eq!(check(&house, "here", answer).await, Checked::TooEarly { until });
        house.wait(60);
        assert_eq!(check(&house, "here", answer).await, Checked::Passed);
        assert_eq!(check(&house, "here", answer).await, Checked::Failed);

        let mut tx = house.begin().await;
        for _ in 0..9 {
            let begun = challenge::begin_wait(&mut tx, &house.secret, &house.rules, &visitor(1)).await.expect("begun");
            assert!(matches!(begun, Waiting::Begun { .. }));
        }
        let refused = challenge::begin_wait(&mut tx, &house.secret, &house.rules, &visitor(1)).await.expect("asked");
        assert!(matches!(refused, Waiting::TooMany { .. }));
    })
    .await;
}

#[tokio::test]
async fn nothing_is_missing_and_nonsense_fails() {
    on_both(|house| async move {
        let blank = ChallengeAnswer { proof: Some(" "), image: Some("x"), image_code: Some(""), wait: None };
        assert_eq!(check(&house, "here", blank).await, Checked::Missing);
        assert_eq!(check(&house, "here", ChallengeAnswer::default()).await, Checked::Missing);
        for answer in [
            ChallengeAnswer { proof: Some("نادرست"), ..Default::default() },
            ChallengeAnswer { image_code: Some("12345"), ..Default::default() },
            ChallengeAnswer { image: Some("a.1.b"), image_code: Some("12345"), ..Default::default() },
            ChallengeAnswer { wait: Some("....."), ..Default::default() },
        ] {
            assert_eq!(check(&house, "here", answer).await, Checked::Failed);
        }
        let open = house.with(|rules| rules.sign_in.has_challenge = false);
        assert_eq!(check(&open, "here", ChallengeAnswer::default()).await, Checked::Passed);
    })
    .await;
}
