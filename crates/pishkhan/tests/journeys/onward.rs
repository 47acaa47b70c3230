//! What comes after an act: the next letter of the list, with a note of what was done, until the list has no more.

use pishkhan_office::ids::LetterId;
use pishkhan_testkit::{Answer, Letter, Sender, Staff, TestApp, on_both};

const UNIT: &str = "شکایات";

/// Letters of these subjects that the unit's officer has in hand, as they are due.
async fn in_hand(app: &TestApp, subjects: &[&'static str]) -> (Sender, Staff, Vec<LetterId>) {
    let sender = app.sender("09121234567").signs_in().await;
    let (reviewer, officer) = (app.reviewer().await, app.officer(UNIT).await);
    let mut letters = Vec::new();
    for &subject in subjects {
        let letter = sender.sends(&Letter { subject, ..Letter::default() }).await;
        reviewer.registers(&letter).await;
        officer.takes(&letter).await;
        letters.push(letter);
    }
    (sender, officer, letters)
}

/// Insists that the act led to that letter, and that its page tells what was done.
async fn leads_to(answer: &Answer, next: &LetterId, done: &LetterId, told: &str) {
    assert_eq!(answer.location(), format!("/desk/letters/{next}?done={done}"));
    answer.follow().await.ok().says(told);
}

/// Insists that it led to the list, which has no more.
async fn leads_back(answer: &Answer, view: &str, done: &LetterId, told: &str) {
    assert_eq!(answer.location(), format!("/desk?show={view}&done={done}"));
    answer.follow().await.ok().says(told);
}

#[tokio::test]
async fn an_officer_goes_on_after_an_answer_a_question_and_a_referral() {
    on_both(async |app| {
        let (_, officer, letters) = in_hand(&app, &["یک", "دو", "سه", "چهار"]).await;
        let answer = officer.answers(&letters[0], "با سلام", &[]).await;
        leads_to(&answer, &letters[1], &letters[0], "پاسخ نامه «یک» ثبت شد.").await;
        let answer = officer.asks(&letters[1], "کدام ملک؟", &[]).await;
        leads_to(&answer, &letters[2], &letters[1], "سؤال درباره «دو» برای فرستنده رفت.").await;
        let answer = officer.refers(&letters[2], "امور مالی", "action", "لطفاً اقدام کنید").await;
        leads_to(&answer, &letters[3], &letters[2], "نامه به امور مالی ارجاع شد.").await;
        // Who only tells others of a letter still has it before them.
        let answer = officer.refers(&letters[3], "بایگانی", "information", "").await;
        leads_to(&answer, &letters[3], &letters[3], "نامه به بایگانی ارجاع شد.").await;
        // What waits for its sender waits for nobody here.
        let answer = officer.answers(&letters[3], "با سلام", &[]).await;
        leads_back(&answer, "mine", &letters[3], "پاسخ نامه «چهار» ثبت شد.").await;
    })
    .await;
}

#[tokio::test]
async fn an_officer_goes_on_after_a_proposal_and_the_signer_after_a_remark_and_an_issue() {
    on_both(async |app| {
        app.changes_unit(UNIT, |unit| unit.needs_signature = true).await;
        let (_, officer, letters) = in_hand(&app, &["یک", "دو", "سه"]).await;
        let answer = officer.proposes(&letters[0], "پاسخ").await;
        leads_to(&answer, &letters[1], &letters[0], "پاسخ «یک» برای امضا رفت.").await;
        officer.proposes(&letters[1], "پاسخ").await;
        officer.proposes(&letters[2], "پاسخ").await;
        let signer = app.signer(UNIT).await;
        let answer = signer.sends_back(&letters[0], "تاریخ را هم بنویسید.").await;
        leads_to(&answer, &letters[1], &letters[0], "پیش‌نویس پاسخ «یک» برگردانده شد.").await;
        // The view goes along that the address carries.
        let view = "?show=signature&priority=normal";
        let address = format!("/desk/letters/{}/issue{view}", letters[1]);
        let answer = signer.get(&address).await.ok().form(&address).send().await.is(303);
        assert_eq!(answer.location(), format!("/desk/letters/{}{view}&done={}", letters[2], letters[1]));
        let answer = signer.issues(&letters[2]).await;
        leads_back(&answer, "signature", &letters[2], "پاسخ نامه «سه» ثبت شد.").await;
    })
    .await;
}

#[tokio::test]
async fn whoever_decides_objections_goes_on_to_the_next_one() {
    on_both(async |app| {
        let (sender, officer, letters) = in_hand(&app, &["یک", "دو"]).await;
        for letter in &letters {
            officer.answers(letter, "نمی‌شود", &[]).await;
            sender.objects(letter, "نادرست است").await;
        }
        let above = app.signer("بایگانی").await;
        let answer = above.rules(&letters[0], "uphold", "درست بود.").await;
        leads_to(&answer, &letters[1], &letters[0], "اعتراض به «یک» رد شد و تصمیم پابرجا ماند.").await;
        let answer = above.rules(&letters[1], "reconsider", "دوباره بررسی شود.").await;
        leads_back(&answer, "objections", &letters[1], "اعتراض به «دو» پذیرفته شد.").await;
    })
    .await;
}

#[tokio::test]
async fn a_reviewer_goes_on_after_a_redirection() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let reviewer = app.reviewer().await;
        let only = sender.sends(&Letter { subject: "یک", ..Letter::default() }).await;
        let told = "نامه به امور مالی ارجاع شد و در انتظار بررسی است.";
        let answer = reviewer.redirects(&only, "امور مالی").await;
        leads_back(&answer, "review", &only, told).await;
        app.wait(60).await;
        let other = sender.sends(&Letter { subject: "دو", ..Letter::default() }).await;
        let answer = reviewer.redirects(&other, "امور مالی").await;
        leads_to(&answer, &only, &other, told).await;
    })
    .await;
}

#[tokio::test]
async fn whoever_was_asked_goes_on_to_what_else_was_referred_to_them() {
    on_both(async |app| {
        let (_, officer, letters) = in_hand(&app, &["یک", "دو"]).await;
        for letter in &letters {
            officer.refers(letter, "امور مالی", "answer", "نظر شما؟").await;
        }
        let finance = app.officer("امور مالی").await;
        let ends = async |letter: &LetterId, how: &str| {
            let page = finance.get(&format!("/desk/letters/{letter}?show=referred")).await.ok();
            let link = page.attribute(&format!("#circulation a[href*='/{how}']"), "href");
            finance.get(&link).await.ok().form(&link).fill("text", "بدهی ندارد").send().await.is(303)
        };
        let answer = ends(&letters[0], "completion").await;
        assert_eq!(answer.location(), format!("/desk/letters/{}?show=referred&done={}", letters[1], letters[0]));
        answer.follow().await.ok().says("ارجاع «یک» انجام شد.");
        let answer = ends(&letters[1], "return").await;
        leads_back(&answer, "referred", &letters[1], "ارجاع «دو» برگردانده شد.").await;
    })
    .await;
}
