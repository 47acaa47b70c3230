//! Sharing out: who of a unit gets its new letters. The head gives them, one by one or several at once, or refers them on with a word;
//! or they come by turn.

use pishkhan_office::accounts::staff;
use pishkhan_office::ids::LetterId;
use pishkhan_office::units;
use pishkhan_testkit::{Answer, Letter, Sender, Staff, TestApp, on_both};

/// So many new letters of the complaints, with their sender.
async fn registered(app: &TestApp, count: usize) -> (Sender, Vec<LetterId>) {
    let sender = app.sender("09121234567").signs_in().await;
    let reviewer = app.reviewer().await;
    let mut letters = Vec::new();
    for _ in 0..count {
        let letter = sender.sends(&Letter::default()).await;
        reviewer.registers(&letter).await;
        letters.push(letter);
    }
    (sender, letters)
}

async fn subjects(staff: &Staff, view: &str) -> usize {
    staff.get(&format!("/desk?show={view}")).await.ok().all(".rows .sub").len()
}

/// The page that asks what to do with all letters of the unit.
async fn selects(staff: &Staff, there: &str) -> Answer {
    let list = staff.get("/desk?show=untaken").await.ok();
    let (names, seen) = (list.attributes(".pick input", "name"), list.attributes(".pick input", "value"));
    let ticks: Vec<String> = names.iter().zip(&seen).map(|(name, seen)| format!("{name}={seen}")).collect();
    staff.get(&format!("{there}?show=untaken&{}", ticks.join("&"))).await.ok()
}

async fn by_turn(app: &TestApp, most: u32) {
    let mut tx = app.begin().await;
    units::set_turns(&mut tx, &app.unit("شکایات").id, Some(most)).await.expect("turns are kept");
    tx.commit().await.expect("turns are kept");
}

#[tokio::test]
async fn the_head_gives_a_new_letter_to_an_officer_with_a_word() {
    on_both(async |app| {
        let (sender, letters) = registered(&app, 1).await;
        let letter = &letters[0];
        let due = app.numbers("select answer_due_at from letters").await;
        let (officer, signer) = (app.officer("شکایات").await, app.signer("شکایات").await);
        let colleague = app.another_officer("شکایات", "همکار تازه").await;
        assert_eq!(subjects(&signer, "untaken").await, 1);
        let address = format!("/desk/letters/{letter}/handover");
        assert!(signer.letter(letter).await.has(&format!(".decide a[href='{address}'][data-key='KeyH']")));
        signer.get(&address).await.ok().says("هنوز در دست کسی نیست");
        let form = signer.dialog(letter, "handover").await.fill("text", "پیش از ظهر");
        form.clone().send().await.is(422).says("یکی از کارشناسان واحد را انتخاب کنید");
        for nobody in [&signer, &app.officer("امور مالی").await] {
            let refused = form.clone().forge("staff", nobody.account.id.as_str()).send().await.is(422);
            refused.says("کارشناس این واحد نیست");
        }
        // A reviewer may say who gets what somebody has in hand, and reads that nobody has this one.
        let reviewer = app.reviewer().await;
        for (stranger, refusal) in [(&officer, 404), (&reviewer, 409), (&app.signer("امور مالی").await, 404)] {
            stranger.get(&address).await.is(refusal);
            let token = stranger.form_token().await;
            let forged = form.clone().by(stranger).forge("form_token", &token);
            forged.forge("staff", officer.account.id.as_str()).send().await.is(404);
        }
        signer.get(&address).await.ok().says("۰ نامه در دست");
        let form = form.fill("staff", colleague.account.id.as_str());
        let given = form.send().await.is(303).follow().await.ok();
        given.says("به همکار تازه سپرده شد");
        assert!(given.has(".views a[aria-current][href*='show=untaken']"), "the list of what is to be shared out");
        assert_eq!(app.texts("select state from letters").await, ["in_progress"]);
        assert_eq!(app.numbers("select answer_due_at from letters").await, due);
        assert_eq!((subjects(&colleague, "mine").await, subjects(&officer, "untaken").await), (1, 0));
        let page = colleague.letter(letter).await;
        page.says("نامه به همکار تازه سپرده شد");
        page.says("پیش از ظهر");
        let seen = sender.letter(letter).await;
        seen.says("واحد کار را شروع کرد");
        for secret in ["همکار تازه", "پیش از ظهر"] {
            seen.hides(secret);
        }
        form.send().await.is(409).says("پیش از ظهر");
        // Out of that hand into another.
        let reviewer = app.reviewer().await;
        reviewer.get(&address).await.ok().says("۰ نامه در دست");
        let form = signer.dialog(letter, "handover").await.fill("staff", officer.account.id.as_str());
        form.send().await.is(303);
        assert_eq!((subjects(&colleague, "mine").await, subjects(&officer, "mine").await), (0, 1));
        officer.answers(letter, "رسیدگی شد", &[]).await;
    })
    .await;
}

#[tokio::test]
async fn the_head_gives_several_letters_at_once_each_by_itself() {
    on_both(async |app| {
        let (_, letters) = registered(&app, 3).await;
        let (officer, signer) = (app.officer("شکایات").await, app.signer("شکایات").await);
        assert!(signer.get("/desk?show=untaken").await.ok().has("button[formaction='/desk/selection/handover']"));
        let form = selects(&signer, "/desk/selection/handover").await.form("/desk/selection/handover?show=untaken");
        assert_eq!(form.choices("staff"), [officer.account.id.as_str()]);
        let form = form.fill("text", "نگه‌داشتنی");
        let refused = form.clone().send().await.is(422);
        assert_eq!(refused.all("form[data-digits] .opts kbd"), ["1"], "digits choose, and Ctrl+Enter sends");
        refused.says("یکی از کارشناسان واحد را انتخاب کنید");
        refused.says("نگه‌داشتنی");
        officer.takes(&letters[0]).await;
        let of_unit = signer.get("/desk?show=unit").await.ok();
        assert_eq!(of_unit.all(".rows .sub").len(), 3);
        assert_eq!(of_unit.attributes(".pick input", "name").len(), 2, "what is in a hand is not shared out");
        let answer = form.fill("staff", officer.account.id.as_str()).send().await.ok();
        answer.says("۲ نامه انجام شد");
        answer.says("کسی زودتر تصمیم گرفت");
        assert_eq!((subjects(&officer, "mine").await, subjects(&signer, "untaken").await), (3, 0));
        assert_eq!(app.count("select count(*) from events where kind = 'letter_handed_over'").await, 2);
        for stranger in [&officer, &app.reviewer().await] {
            stranger.get("/desk/selection/handover").await.is(404);
        }
        signer.get("/desk/selection/handover").await.is(422).says("نامه‌ای انتخاب نشده است");
    })
    .await;
}

#[tokio::test]
async fn what_went_elsewhere_is_not_given_and_nothing_is_where_nobody_can_have_it() {
    on_both(async |app| {
        let (_, letters) = registered(&app, 2).await;
        let signer = app.signer("شکایات").await;
        let list = signer.get("/desk?show=untaken").await.ok();
        let (names, seen) = (list.attributes(".pick input", "name"), list.attributes(".pick input", "value"));
        let ticks: Vec<String> = names.iter().zip(&seen).map(|(name, seen)| format!("{name}={seen}")).collect();
        let address = format!("/desk/selection/handover?show=untaken&{}", ticks.join("&"));
        signer.refers(&letters[0], "امور مالی", "action", "رسیدگی شود").await;
        let giving = signer.get(&address).await.ok();
        giving.says("سپردن این نامه با شما نیست، یا در این میان کسی آن را برداشته است");
        assert_eq!((giving.all(".note.no li").len(), giving.all("#selection b").len()), (1, 1));
        let officer = app.officer("شکایات").await;
        let mut tx = app.begin().await;
        staff::disable(&mut tx, &officer.account.id).await.expect("somebody can be disabled");
        tx.commit().await.expect("it is kept");
        let nobody = signer.get(&address).await.ok();
        nobody.says("کارشناسی نیست که همه این نامه‌ها را بتوان به او سپرد.");
        assert!(!nobody.has("input[name=staff]"));
    })
    .await;
}

#[tokio::test]
async fn the_head_refers_what_nobody_has_in_hand() {
    on_both(async |app| {
        let (_, letters) = registered(&app, 3).await;
        let (officer, signer) = (app.officer("شکایات").await, app.signer("شکایات").await);
        officer.takes(&letters[0]).await;
        signer.get(&format!("/desk/letters/{}/referrals", letters[0])).await.is(409);
        let finance = app.officer("امور مالی").await;
        signer.refers(&letters[1], "امور مالی", "action", "فوری رسیدگی شود").await;
        finance.letter(&letters[1]).await.says("فوری رسیدگی شود");
        assert_eq!(subjects(&finance, "untaken").await, 1);
        signer.get(&format!("/desk/letters/{}/referrals", letters[1])).await.is(404);
        // To an officer of the own unit, who sends it back: it is the unit's, since its head acts on no letter.
        let form = selects(&signer, "/desk/selection/referrals").await.form("/desk/selection/referrals?show=untaken");
        let to = format!("{}.{}", app.unit("شکایات").id, officer.account.id);
        form.fill("to", &to).fill("text", "شما پاسخ دهید").send().await.is(303);
        assert_eq!(subjects(&officer, "mine").await, 2);
        officer.ending(&letters[2], "return").await.fill("text", "کار من نیست").send().await.is(303);
        assert_eq!((subjects(&officer, "mine").await, subjects(&signer, "untaken").await), (1, 1));
        signer.letter(&letters[2]).await.says("کار من نیست");
        // What comes to a unit by mistake its head sends back, too, as long as nobody of it has it.
        let head = app.signer("امور مالی").await;
        let form = head.ending(&letters[1], "return").await.fill("text", "به ما مربوط نیست");
        finance.takes(&letters[1]).await;
        assert!(!head.letter(&letters[1]).await.has("#circulation a[href$='/return']"), "an officer has it");
        form.clone().send().await.is(409).says("به ما مربوط نیست");
        finance.ending(&letters[1], "return").await.fill("text", "کار ما نیست").send().await.is(303);
        signer.refers(&letters[1], "امور مالی", "action", "پس بپرسید").await;
        head.ending(&letters[1], "return").await.fill("text", "به ما مربوط نیست").send().await.is(303);
        assert_eq!(subjects(&signer, "untaken").await, 2);
        signer.letter(&letters[1]).await.says("به ما مربوط نیست");
    })
    .await;
}

#[tokio::test]
async fn new_letters_come_to_officers_by_turn_as_long_as_there_is_room() {
    on_both(async |app| {
        let (sender, letters) = registered(&app, 5).await;
        by_turn(&app, 2).await;
        let officer = app.officer("شکایات").await;
        let colleague = app.another_officer("شکایات", "همکار تازه").await;
        app.time_comes(0).await;
        assert_eq!((subjects(&officer, "mine").await, subjects(&colleague, "mine").await), (2, 2));
        assert_eq!(subjects(&officer, "untaken").await, 1, "what is over stands with the unit");
        sender.letter(&letters[0]).await.says("واحد کار را شروع کرد");
        let page = officer.letter(&letters[0]).await;
        page.says("سپرده شد");
        app.time_comes(0).await;
        assert_eq!(subjects(&officer, "untaken").await, 1, "there is no room");
        let ids = app.texts("select id from letters where state = 'in_progress' order by id").await;
        let hands = app.texts("select officer_id from letters where state = 'in_progress' order by id").await;
        let mut theirs = ids.iter().zip(&hands).filter(|(_, hand)| *hand == officer.account.id.as_str());
        let (id, _) = theirs.next().expect("something is in their hand");
        officer.answers(&LetterId::parse(id).expect("an id"), "رسیدگی شد", &[]).await;
        app.time_comes(0).await;
        assert_eq!((subjects(&officer, "mine").await, subjects(&officer, "untaken").await), (2, 0));
        assert_eq!(app.count("select count(*) from events where kind = 'letter_handed_over'").await, 5);
    })
    .await;
}

#[tokio::test]
async fn nothing_comes_by_turn_that_may_still_be_undone_or_to_who_is_not_there() {
    on_both(async |app| {
        by_turn(&app, 9).await;
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        let reviewer = app.reviewer().await;
        reviewer.dialog(&letter, "registration").await.send().await.is(303);
        app.time_comes(0).await;
        assert_eq!(app.texts("select state from letters").await, ["registered"]);
        app.wait(app.parts().rules.letters.undo.as_secs()).await;
        let (officer, signer) = (app.officer("شکایات").await, app.signer("شکایات").await);
        app.execute("update letters set classification = 1").await;
        app.time_comes(0).await;
        assert_eq!(app.texts("select state from letters").await, ["registered"], "nobody is cleared for it");
        app.execute("update letters set classification = 0").await;
        let form = signer.dialog(&letter, "handover").await.fill("staff", officer.account.id.as_str());
        app.time_comes(0).await;
        assert_eq!(app.texts("select state from letters").await, ["in_progress"]);
        form.send().await.is(409).says("به نوبت به کارشناسی سپرده شد");
        let second = sender.sends(&Letter::default()).await;
        reviewer.registers(&second).await;
        let mut tx = app.begin().await;
        staff::disable(&mut tx, &officer.account.id).await.expect("somebody can be disabled");
        tx.commit().await.expect("it is kept");
        app.time_comes(0).await;
        assert_eq!(app.count("select count(*) from letters where officer_id is not null").await, 0);
        assert_eq!(subjects(&signer, "untaken").await, 2);
    })
    .await;
}
