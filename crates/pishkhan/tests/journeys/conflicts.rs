//! Whoever comes too late: nothing is overwritten, and all that they had typed and chosen stands on the page that tells them so.

use pishkhan_testkit::{Answer, Attachment, Form, Letter, on_both, samples};

use crate::returns::asks_for;

/// The form's answer, when the letter has been changed since it was shown.
async fn late(form: Form) -> Answer {
    form.forge("version", "1").send().await.is(409)
}

/// What was chosen, label by label.
#[track_caller]
fn assert_chosen(answer: &Answer, lines: &[&str]) {
    let chosen = answer.one("#chosen");
    for line in lines {
        assert!(chosen.contains(line), "«{line}» is lost: {chosen}");
    }
}

#[tokio::test]
async fn what_a_reviewer_chose_is_not_lost() {
    on_both(async |app| {
        let deed = asks_for(&app, "شکایات", "صفحه اول سند", "First page of the deed").await;
        let letter = app.sender("09121234567").signs_in().await.sends(&Letter::default()).await;
        let reviewer = app.reviewer().await;
        let before = app.texts("select state || cast(version as text) from letters").await;
        let form =
            reviewer.dialog(&letter, "registration").await.fill("own_number", "ص/۱۲").fill("own_date", "۱۴۰۹/۰۸/۰۱");
        let answer = late(form.fill("priority", "urgent")).await;
        assert_chosen(
            &answer,
            &["شماره نامه فرستنده : ص/۱۲", "تاریخ نامه فرستنده : ۱۴۰۹/۰۸/۰۱", "طبقه‌بندی : عادی", "فوریت : فوری"],
        );
        assert!(!answer.has("#typed"), "nothing else was written");
        answer.says("این نامه پس از باز شدن صفحه شما تغییر کرد. تصمیم شما ثبت نشد.");
        let form = reviewer.dialog(&letter, "redirection").await;
        let finance = app.unit("امور مالی").id.to_string();
        assert_chosen(&late(form.fill("unit", &finance)).await, &["گیرنده : امور مالی"]);
        let form = reviewer.dialog(&letter, "rejection").await;
        let reason = form.choices("reason")[0].to_owned();
        let answer = late(form.clone().fill("reason", &reason).fill("note", "نگه‌داشتنی")).await;
        assert!(answer.one("#chosen").starts_with("دلیل رد : "), "{}", answer.one("#chosen"));
        assert_eq!(answer.one("#typed"), "نگه‌داشتنی");
        assert_chosen(&late(form.fill("reason", "other")).await, &["دلیل رد : دلیل دیگر"]);
        let form = reviewer.dialog(&letter, "return").await.fill(&deed, "on").fill("others", "عکس کنتور");
        let answer = late(form.fill("days", "7").fill("note", "خوانا باشد")).await;
        assert_chosen(&answer, &["مدارکی که این واحد می‌خواهد : صفحه اول سند", "مهلت فرستنده : ۷ روز کاری"]);
        assert!(answer.one("#typed").contains("عکس کنتور") && answer.one("#typed").contains("خوانا باشد"));
        let form = reviewer.dialog(&letter, "assignment").await;
        assert_chosen(&late(form.clone().fill("staff", "")).await, &["بررسی با : هر کس زودتر رسید"]);
        let name = reviewer.account.name.clone();
        let form = form.fill("staff", reviewer.account.id.as_str());
        assert_chosen(&late(form).await, &[format!("بررسی با : {name}").as_str()]);
        let form = reviewer.dialog(&letter, "classification").await.fill("priority", "immediate");
        assert_chosen(&late(form).await, &["طبقه‌بندی : عادی", "فوریت : آنی"]);
        assert_eq!(app.texts("select state || cast(version as text) from letters").await, before);
    })
    .await;
}

#[tokio::test]
async fn what_an_officer_chose_is_not_lost() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        let colleague = app.another_officer("شکایات", "همکار").await;
        let (finance, archive) = (app.officer("امور مالی").await, app.unit("بایگانی").id.to_string());
        let form = officer.referral(&letter, "امور مالی", Some(&finance), "answer").await.fill("text", "بدهی دارد؟");
        let answer = late(form.fill("days", "۵").fill(&format!("copy-{archive}"), "on")).await;
        assert_chosen(
            &answer,
            &[
                format!("به کدام واحد یا شخص : {}، امور مالی", finance.account.name).as_str(),
                "برای چه : جهت اظهارنظر",
                "مهلت به روز کاری : ۵",
                "رونوشت برای اطلاع : بایگانی",
            ],
        );
        assert_eq!(answer.one("#typed"), "بدهی دارد؟");
        let form = officer.dialog(&letter, "questions").await.fill("text", "کدام ملک؟").fill("days", "7");
        let answer = late(form.attach("files", Attachment::new("نقشه.pdf", samples::pdf("map")))).await;
        assert_chosen(&answer, &["مهلت پاسخ فرستنده : ۷ روز کاری", "فایل، اگر لازم است : نقشه.pdf"]);
        assert_eq!(answer.one("#typed"), "کدام ملک؟");
        let form = app.signer("شکایات").await.dialog(&letter, "handover").await.fill("text", "در مرخصی است");
        let answer = late(form.clone().fill("staff", colleague.account.id.as_str())).await;
        assert_chosen(&answer, &["نامه به چه کسی سپرده شود؟ : همکار"]);
        assert_eq!(answer.one("#typed"), "در مرخصی است");
        assert_chosen(&late(form.fill("staff", "")).await, &["نامه به چه کسی سپرده شود؟ : واحد، هر کس زودتر رسید"]);
        assert_eq!(app.count("select count(*) from referrals").await, 0);
    })
    .await;
}

#[tokio::test]
async fn whoever_was_first_is_named_with_what_they_did_and_when() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let (first, second) = (sender.sends(&Letter::default()).await, sender.sends(&Letter::default()).await);
        let reviewer = app.reviewer().await;
        let rejected = reviewer.dialog(&first, "registration").await;
        let redirected = reviewer.dialog(&second, "registration").await;
        reviewer.rejects(&first, "").await;
        app.wait(5 * 60).await;
        let told = rejected.send().await.is(409);
        told.says("این نامه را نرگس کریمی ۵ دقیقه پیش رد کرد. تصمیم شما ثبت نشد.");
        reviewer.redirects(&second, "امور مالی").await;
        let told = redirected.send().await.is(409);
        told.says("این نامه را نرگس کریمی همین حالا به واحد دیگری ارجاع داد. تصمیم شما ثبت نشد.");
        assert_eq!(app.count("select count(*) from entries").await, 0, "no number was taken for either");
    })
    .await;
}

#[tokio::test]
async fn whoever_took_or_answered_a_letter_first_is_named() {
    on_both(async |app| {
        let letter = app.sender("09121234567").signs_in().await.sends(&Letter::default()).await;
        let reviewer = app.reviewer().await;
        reviewer.registers(&letter).await;
        let (officer, colleague) = (app.officer("شکایات").await, app.another_officer("شکایات", "همکار").await);
        let taking = colleague.dialog(&letter, "taking").await;
        officer.takes(&letter).await;
        let told = taking.send().await.is(409);
        told.says("این نامه را آرش توکلی همین حالا برداشت. تصمیم شما ثبت نشد.");
        let handover = reviewer.dialog(&letter, "handover").await.fill("text", "در مرخصی است");
        let handover = handover.fill("staff", colleague.account.id.as_str());
        officer.answers(&letter, "بررسی شد", &[]).await;
        let told = handover.send().await.is(409);
        told.says("این نامه را آرش توکلی همین حالا پاسخ داد. تصمیم شما ثبت نشد.");
        assert_eq!(told.one("#typed"), "در مرخصی است");
    })
    .await;
}
