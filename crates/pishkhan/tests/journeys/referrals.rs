//! Referrals: a letter goes from unit to unit and has one owner; who was asked answers, who was told sees it.

use pishkhan_office::ids::LetterId;
use pishkhan_testkit::{Letter, Sender, Staff, TestApp, at_once, on_both, on_both_as};

/// A registered letter of the complaints, with its officer.
async fn registered(app: &TestApp) -> (Sender, Staff, LetterId) {
    let sender = app.sender("09121234567").signs_in().await;
    let letter = sender.sends(&Letter::default()).await;
    app.reviewer().await.registers(&letter).await;
    (sender, app.officer("شکایات").await, letter)
}

async fn subjects(staff: &Staff, view: &str) -> usize {
    staff.get(&format!("/desk?show={view}")).await.ok().all(".rows .sub").len()
}

/// The way of a letter as its sender reads it, the latest first.
async fn steps(sender: &Sender, letter: &LetterId) -> Vec<String> {
    sender.letter(letter).await.all(".tl li")
}

fn step_of<'a>(steps: &'a [String], title: &str) -> &'a str {
    steps.iter().find(|step| step.contains(title)).expect("it happened")
}

async fn holder(app: &TestApp) -> String {
    let name = "select u.name from letters l join units u on u.id = l.holder_unit_id";
    app.texts(name).await.pop().expect("somebody holds it")
}

#[tokio::test]
async fn a_letter_goes_on_for_action_and_comes_back_with_a_reason() {
    on_both(async |app| {
        let (sender, officer, letter) = registered(&app).await;
        officer.takes(&letter).await;
        let finance = app.officer("امور مالی").await;
        finance.get(&format!("/desk/letters/{letter}")).await.is(404);
        let form = officer.referral(&letter, "امور مالی", None, "action").await;
        let done = form.fill("text", "لطفاً بررسی کنید").fill("days", "۵").send().await.is(303).follow().await.ok();
        done.says("نامه به امور مالی ارجاع شد");
        officer.letter(&letter).await.says("هنوز دیده نشده");
        assert_eq!(holder(&app).await, "امور مالی");
        assert_eq!((subjects(&finance, "referred").await, subjects(&finance, "unit").await), (1, 1));
        assert_eq!(subjects(&officer, "mine").await, 0);
        let page = finance.letter(&letter).await;
        for text in ["لطفاً بررسی کنید", "جهت اقدام", "آرش توکلی", "مهلت"] {
            page.says(text);
        }
        officer.letter(&letter).await.says("لیلا صدر امروز");
        assert_eq!(app.count("select count(*) from referrals where read_at is not null").await, 1);
        officer.get(&format!("/desk/letters/{letter}/referrals")).await.is(404);
        sender.letter(&letter).await.says("برای اقدام ارجاع شد");
        let back = finance.ending(&letter, "return").await;
        back.clone().send().await.is(422).says("دلیل برگرداندن را بنویسید");
        back.clone().fill("text", &"د".repeat(1_001)).send().await.is(422).says("حداکثر ۱٬۰۰۰ نویسه");
        back.clone().fill("text", "به ما مربوط نیست").send().await.is(303);
        assert_eq!(holder(&app).await, "شکایات");
        assert_eq!((subjects(&officer, "mine").await, subjects(&finance, "referred").await), (1, 0));
        officer.letter(&letter).await.says("به ما مربوط نیست");
        back.fill("text", "دوباره").send().await.is(409);
        officer.answers(&letter, "انجام شد", &[]).await;
        let steps = steps(&sender, &letter).await;
        assert!(step_of(&steps, "پاسخ داده شد").contains("شکایات"), "it is theirs again: {steps:?}");
        let kinds = app.texts("select kind from events order by sequence").await;
        assert_eq!(kinds[3..], ["letter_referred", "referral_sent_back", "letter_answered", "answer_opened"]);
    })
    .await;
}

#[tokio::test]
async fn the_page_tells_who_has_the_letter_now() {
    on_both(async |app| {
        let (sender, officer, letter) = registered(&app).await;
        let holder = async |staff: &Staff| staff.letter(&letter).await.all("#holder");
        let (reviewer, finance) = (app.reviewer().await, app.officer("امور مالی").await);
        assert!(holder(&reviewer).await.is_empty(), "its addressee has it");
        officer.takes(&letter).await;
        assert_eq!(holder(&reviewer).await, [format!("{}، شکایات", officer.account.name)]);
        officer.refers(&letter, "امور مالی", "action", "بررسی کنید").await;
        assert_eq!(holder(&reviewer).await, ["امور مالی"], "nobody of it has taken it");
        finance.takes(&letter).await;
        finance.asks(&letter, "کدام ملک؟", &[]).await;
        assert_eq!(holder(&officer).await, [format!("{}، امور مالی", finance.account.name)]);
        sender.replies(&letter, "ملک پدرم", &[]).await;
        sender.letter(&letter).await.hides(&finance.account.name);
        finance.answers(&letter, "رسیدگی شد", &[]).await;
        assert!(holder(&reviewer).await.is_empty(), "nobody works on it any more");
    })
    .await;
}

#[tokio::test]
async fn a_person_gets_it_into_their_hand() {
    on_both(async |app| {
        let (sender, officer, letter) = registered(&app).await;
        officer.takes(&letter).await;
        let finance = app.officer("امور مالی").await;
        officer.referral(&letter, "امور مالی", Some(&finance), "action").await.send().await.is(303);
        assert_eq!(subjects(&finance, "mine").await, 1);
        let colleague = app.another_officer("امور مالی", "همکار").await;
        assert_eq!(subjects(&colleague, "referred").await, 0, "it is not to them");
        colleague.get(&format!("/desk/letters/{letter}/referrals")).await.is(409);
        finance.answers(&letter, "رسیدگی شد", &[]).await;
        let steps = steps(&sender, &letter).await;
        assert!(step_of(&steps, "پاسخ داده شد").contains("امور مالی"), "{steps:?}");
        assert!(!steps.iter().any(|step| step.contains(&finance.account.name)), "no person is named: {steps:?}");
        assert!(step_of(&steps, "واحد کار را شروع کرد").contains("شکایات"), "the addressee took it first: {steps:?}");
        assert_eq!(subjects(&finance, "referred").await, 0, "what is answered is nobody's to act on");
    })
    .await;
}

#[tokio::test]
async fn a_person_gets_a_new_letter_into_their_hand_and_the_clock_runs_on() {
    on_both(async |app| {
        let (sender, officer, letter) = registered(&app).await;
        let due = app.numbers("select answer_due_at from letters").await;
        let finance = app.officer("امور مالی").await;
        officer.referral(&letter, "امور مالی", Some(&finance), "action").await.send().await.is(303);
        assert_eq!(app.texts("select state from letters").await, ["in_progress"]);
        assert_eq!(app.texts("select officer_id from letters").await, [finance.account.id.to_string()]);
        assert_eq!(app.numbers("select answer_due_at from letters").await, due);
        assert_eq!((subjects(&finance, "mine").await, subjects(&finance, "untaken").await), (1, 0));
        let colleague = app.another_officer("امور مالی", "همکار").await;
        assert_eq!(subjects(&colleague, "untaken").await, 0, "it is not everybody's");
        colleague.get(&format!("/desk/letters/{letter}/taking")).await.is(409);
        let seen = sender.letter(&letter).await;
        seen.says("برای اقدام ارجاع شد");
        seen.hides(&finance.account.name);
        finance.ending(&letter, "return").await.fill("text", "به ما مربوط نیست").send().await.is(303);
        assert_eq!((subjects(&officer, "mine").await, subjects(&officer, "untaken").await), (1, 0));
        officer.referral(&letter, "امور مالی", Some(&finance), "action").await.send().await.is(303);
        finance.answers(&letter, "رسیدگی شد", &[]).await;
    })
    .await;
}

#[tokio::test]
async fn several_new_letters_come_into_the_hand_of_the_person_who_was_named() {
    on_both(async |app| {
        let (sender, officer, _) = registered(&app).await;
        let second = sender.sends(&Letter::default()).await;
        app.reviewer().await.registers(&second).await;
        let ids = app.texts("select id from letters order by id").await;
        let versions = app.numbers("select version from letters order by id").await;
        let ticks: Vec<String> = ids.iter().zip(versions).map(|(id, seen)| format!("letter-{id}={seen}")).collect();
        let finance = app.officer("امور مالی").await;
        let page = officer.get(&format!("/desk/selection/referrals?show=unit&{}", ticks.join("&"))).await.ok();
        let to = format!("{}.{}", app.unit("امور مالی").id, finance.account.id);
        page.form("/desk/selection/referrals?show=unit").fill("to", &to).send().await.is(303);
        assert_eq!((subjects(&finance, "mine").await, subjects(&finance, "untaken").await), (2, 0));
        assert_eq!(app.texts("select distinct state from letters").await, ["in_progress"]);
    })
    .await;
}

#[tokio::test]
async fn whoever_is_asked_answers_and_whoever_is_told_sees_it_and_the_letter_stays() {
    on_both(async |app| {
        let (sender, officer, letter) = registered(&app).await;
        let archive = app.unit("بایگانی").id.to_string();
        let form = officer.referral(&letter, "امور مالی", None, "answer").await;
        form.clone().send().await.is(422).says("بنویسید درباره چه باید نظر بدهند");
        form.fill("text", "بدهی دارد؟").fill(&format!("copy-{archive}"), "on").send().await.is(303);
        assert_eq!(holder(&app).await, "شکایات");
        let (finance, archivist) = (app.officer("امور مالی").await, app.officer("بایگانی").await);
        for (person, label) in [(&finance, "جهت اظهارنظر"), (&archivist, "جهت اطلاع")] {
            assert_eq!(subjects(person, "referred").await, 1);
            person.letter(&letter).await.says(label);
        }
        let form = finance.ending(&letter, "completion").await;
        form.clone().send().await.is(422).says("نظر خود را بنویسید");
        form.clone().fill("text", "بدهی ندارد").send().await.is(303);
        form.fill("text", "باز هم").send().await.is(409).says("باز هم");
        let page = archivist.letter(&letter).await;
        let told = page.attribute("#circulation form[action$='/completion']", "action");
        page.form(&told).send().await.is(303);
        for person in [&finance, &archivist] {
            assert_eq!(subjects(person, "referred").await, 0);
        }
        let page = officer.letter(&letter).await;
        page.says("بدهی ندارد");
        assert_eq!(app.count("select count(*) from outbox where template not in ('sign_in_code', 'letter_submitted', 'letter_registered')").await, 0);
        let seen = sender.letter(&letter).await;
        for secret in ["بدهی", "ارجاع", "امور مالی"] {
            seen.hides(secret);
        }
    })
    .await;
}

#[tokio::test]
async fn a_letter_goes_on_only_so_many_times_and_the_tree_shows_its_way() {
    on_both_as(
        |plan| plan.rules.letters.referral_hops = 2,
        async |app| {
            let (_, officer, letter) = registered(&app).await;
            let (finance, archivist) = (app.officer("امور مالی").await, app.officer("بایگانی").await);
            officer.refers(&letter, "امور مالی", "action", "یک").await;
            finance.refers(&letter, "بایگانی", "action", "دو").await;
            assert_eq!(subjects(&finance, "referred").await, 0, "it went on");
            let form = archivist.referral(&letter, "شکایات", None, "action").await;
            form.send().await.is(422).says("این نامه ۲ بار ارجاع شده است");
            archivist.refers(&letter, "شکایات", "information", "سه").await;
            let page = archivist.letter(&letter).await;
            assert_eq!(page.all("#circulation > ol > li > ol > li > ol > li").len(), 1);
            archivist.ending(&letter, "return").await.fill("text", "برگشت").send().await.is(303);
            assert_eq!(holder(&app).await, "امور مالی");
            assert_eq!(subjects(&finance, "referred").await, 1, "it is theirs again");
            finance.ending(&letter, "return").await.fill("text", "این هم").send().await.is(303);
            assert_eq!(holder(&app).await, "شکایات");
            officer.refers(&letter, "بایگانی", "action", "تازه").await;
            assert_eq!(app.numbers("select hop from referrals order by at, hop").await, [1, 2, 3, 1]);
        },
    )
    .await;
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field_and_what_was_typed_stays() {
    on_both(async |app| {
        let (_, officer, letter) = registered(&app).await;
        let form = officer.dialog(&letter, "referrals").await.fill("text", "نگه‌داشتنی");
        let none = form.clone().send().await.is(422);
        none.says("واحد یا شخص را انتخاب کنید");
        none.says("نگه‌داشتنی");
        let own = app.unit("شکایات").id.to_string();
        let finance = app.unit("امور مالی").id.to_string();
        form.clone().fill("to", &own).send().await.is(422).says("نامه همین حالا با خود شماست");
        let myself = format!("{own}.{}", officer.account.id);
        assert!(!form.choices("to").contains(&myself.as_str()));
        form.clone().forge("to", &myself).send().await.is(422).says("نامه همین حالا با خود شماست");
        let elsewhere = app.elsewhere();
        let there = elsewhere.unit("امور مالی").id.to_string();
        form.clone().forge("to", &there).send().await.is(422).says("دیگر در فهرست نیست");
        let stranger = elsewhere.officer("امور مالی").await.account.id;
        form.clone().forge("to", &format!("{finance}.{stranger}")).send().await.is(422).says("دیگر در فهرست نیست");
        form.clone().forge("to", "x").send().await.is(400);
        form.clone().fill("to", &finance).forge("purpose", "x").send().await.is(400);
        let signer = app.signer("امور مالی").await;
        let form_to_signer = officer.referral(&letter, "امور مالی", Some(&signer), "action").await;
        form_to_signer.send().await.is(422).says("این شخص امضاکننده است");
        let form = form.fill("to", &finance);
        form.clone().fill("text", &"م".repeat(1_001)).send().await.is(422).says("حداکثر ۱٬۰۰۰ نویسه");
        for days in ["۰", "۳۶۶", "زود"] {
            form.clone().fill("days", days).send().await.is(422).says("از ۱ تا ۳۶۵ روز کاری");
        }
        form.clone().forge(&format!("copy-{there}"), "on").send().await.is(422).says("رونوشت فقط");
        form.clone().forge("version", "1").send().await.is(409).says("نگه‌داشتنی");
        assert_eq!(app.count("select count(*) from referrals").await, 0);
        let kept = form.fill(&format!("copy-{own}"), "on").send().await;
        kept.is(303);
        assert_eq!(app.count("select count(*) from referrals where purpose = 'information'").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_who_refer_at_once_one_is_told_of_the_other() {
    on_both(async |app| {
        let (_, officer, letter) = registered(&app).await;
        let colleague = app.another_officer("شکایات", "همکار").await;
        let forms = vec![
            officer.referral(&letter, "امور مالی", None, "action").await,
            colleague.referral(&letter, "بایگانی", None, "action").await,
        ];
        let mut answers = at_once(forms).await;
        answers.sort_by_key(|answer| answer.status.as_u16());
        assert_eq!(answers.iter().map(|answer| answer.status.as_u16()).collect::<Vec<_>>(), [303, 409]);
        assert_eq!(app.count("select count(*) from referrals").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_referral_is_ended_by_whom_it_is_to_alone() {
    on_both(async |app| {
        let (_, officer, letter) = registered(&app).await;
        officer.refers(&letter, "امور مالی", "answer", "نظر؟").await;
        let finance = app.officer("امور مالی").await;
        let (done, back) = (finance.ending(&letter, "completion").await, finance.ending(&letter, "return").await);
        for stranger in [&officer, &app.reviewer().await, &app.officer("بایگانی").await] {
            let token = stranger.form_token().await;
            for form in [&done, &back] {
                form.clone().fill("text", "نه").by(stranger).forge("form_token", &token).send().await.is(404);
            }
        }
        back.fill("text", "نمی‌دانیم").send().await.is(303);
        assert_eq!(holder(&app).await, "شکایات");
        done.fill("text", "دیر").send().await.is(409);
        officer.letter(&letter).await.says("نمی‌دانیم");
    })
    .await;
}

#[tokio::test]
async fn whoever_asked_takes_it_back_and_everybody_reads_that() {
    on_both(async |app| {
        let (sender, officer, letter) = registered(&app).await;
        let archive = app.unit("بایگانی").id.to_string();
        let form = officer.referral(&letter, "امور مالی", None, "answer").await.fill("text", "بدهی دارد؟");
        form.fill(&format!("copy-{archive}"), "on").send().await.is(303);
        let (finance, archivist) = (app.officer("امور مالی").await, app.officer("بایگانی").await);
        let late = finance.ending(&letter, "completion").await;
        let recalls = officer.letter(&letter).await.attributes("#circulation a[href$='/recall']", "href");
        assert_eq!(recalls.len(), 2, "the question and the copy");
        let seen = "select cast(version as text) from letters";
        let version = app.texts(seen).await;
        for link in &recalls {
            let dialog = officer.get(link).await.ok();
            dialog.says("بدهی دارد؟");
            let form = dialog.form(link);
            let long = form.clone().fill("text", &"د".repeat(1_001)).send().await.is(422);
            long.says("حداکثر ۱٬۰۰۰ نویسه");
            long.says("ددد");
            form.fill("text", "خودمان یافتیم").send().await.is(303).follow().await.ok().says("پس گرفت");
        }
        assert_eq!(app.texts(seen).await, version, "whoever works on it need not look again");
        for person in [&finance, &archivist] {
            assert_eq!(subjects(person, "referred").await, 0);
            let page = person.letter(&letter).await;
            page.says("آرش توکلی امروز");
            page.says("ارجاع پس گرفته شد: خودمان یافتیم");
            assert!(!page.has("#circulation a[href$='/completion'], #circulation form"), "there is nothing to do");
        }
        let page = officer.letter(&letter).await;
        assert!(!page.has("#circulation a[href$='/recall']"));
        let told = late.fill("text", "بدهی ندارد").send().await.is(409);
        told.says("آرش توکلی همین حالا ارجاعی را پس گرفت. آنچه فرستادید ثبت نشد؛ دوباره نگاه کنید.");
        told.says("بدهی ندارد");
        officer.get(&recalls[0]).await.is(409);
        assert_eq!(app.count("select count(*) from events where kind = 'referral_recalled'").await, 2);
        assert_eq!(app.count("select count(*) from referrals where recalled_at = done_at").await, 2);
        sender.letter(&letter).await.hides("پس گرفت");
    })
    .await;
}

#[tokio::test]
async fn a_question_is_taken_back_by_who_asked_or_has_the_letter_in_hand_now() {
    on_both(async |app| {
        let (_, officer, letter) = registered(&app).await;
        officer.takes(&letter).await;
        officer.refers(&letter, "امور مالی", "answer", "بدهی دارد؟").await;
        let form = officer.ending(&letter, "recall").await;
        let colleague = app.another_officer("شکایات", "همکار").await;
        let finance = app.officer("امور مالی").await;
        let signer = app.signer("شکایات").await;
        for stranger in [&colleague, &finance, &signer, &app.reviewer().await, &app.officer("بایگانی").await] {
            let token = stranger.form_token().await;
            form.clone().by(stranger).forge("form_token", &token).send().await.is(404);
        }
        let over = colleague.dialog(&letter, "handover").await;
        over.fill("staff", colleague.account.id.as_str()).send().await.is(303);
        colleague.ending(&letter, "recall").await.send().await.is(303);
        officer.letter(&letter).await.says("همکار امروز");
        colleague.refers(&letter, "امور مالی", "action", "بررسی کنید").await;
        let id = app.texts("select id from referrals where purpose = 'action'").await.pop().expect("it was referred");
        for person in [&colleague, &finance] {
            person.get(&format!("/desk/letters/{letter}/referrals/{id}/recall")).await.is(404);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_who_answers_and_who_takes_back_at_once_one_is_first() {
    on_both(async |app| {
        let (_, officer, letter) = registered(&app).await;
        officer.refers(&letter, "امور مالی", "answer", "بدهی دارد؟").await;
        let finance = app.officer("امور مالی").await;
        let back = officer.ending(&letter, "recall").await;
        let done = finance.ending(&letter, "completion").await.fill("text", "ندارد");
        let mut answers = at_once(vec![back, done]).await;
        answers.sort_by_key(|answer| answer.status.as_u16());
        assert_eq!(answers.iter().map(|answer| answer.status.as_u16()).collect::<Vec<_>>(), [303, 409]);
        let ends = "select count(*) from events where kind in ('referral_done', 'referral_recalled')";
        assert_eq!(app.count(ends).await, 1);
    })
    .await;
}
