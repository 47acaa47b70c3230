//! The reference journey (product.md §5): seventeen steps that must work before anything else, and for ever.

use data_encoding::HEXLOWER;
use pishkhan_office::ids::LetterId;
use pishkhan_office::persian::digits::to_persian;
use pishkhan_office::words::sms_parts;
use pishkhan_testkit::{Answer, Attachment, Letter, Sender, TestApp, on_both, samples};
use sha2::{Digest, Sha256};

#[tokio::test]
async fn a_letter_goes_its_whole_way_and_its_sender_sees_it() {
    on_both(async |app| {
        let sender = comes_in(&app).await;
        let paper = samples::pdf("bill");
        let letter = writes_and_submits(&sender, &paper).await;
        let (number, tracking) = is_registered(&app, &sender, &letter).await;
        let answer = samples::png(500);
        is_answered(&app, &letter, &answer).await;
        sees_it_all(&sender, &letter, &number, &tracking, &answer).await;
        goes_out(&sender).await;
        for mail in app.messages().await {
            assert_eq!(sms_parts(&mail.text), 1, "{}", mail.text);
        }
    })
    .await;
}

/// Steps 1 to 5: the address opens its page; number, code, in.
async fn comes_in(app: &TestApp) -> Sender {
    let sender = app.sender("۰۹۱۲ ۱۲۳ ۴۵۶۷");
    let front = sender.get("/").await.ok();
    front.says("سازمان نمونه");
    assert_eq!(front.one("form[action='/sign-in'] button"), "ارسال کد");
    let page = sender.asks_for_code().await.follow().await.ok();
    page.says("۰۹۱۲ ۱۲۳ ۴۵۶۷");
    let mail = app.last_message_to("09121234567").await;
    let code = mail.code();
    assert_eq!(mail.text, format!("{code} کد ورود پیشخوان\n@desk.example.ir #{code}"));
    let form = page.form("/sign-in/code");
    let home = form.fill("code", &to_persian(&code)).send().await.follow().await.ok();
    home.says("هنوز نامه‌ای نفرستاده‌اید");
    home.says("ثبت نامه جدید");
    assert!(home.has("form[action='/tracking'] input[name=code]"), "the tracking box is there from the first day");
    sender
}

/// Steps 6 to 10: the letter, its file, one look at it, and the receipt.
async fn writes_and_submits(sender: &Sender, paper: &[u8]) -> LetterId {
    let files = vec![Attachment::new("قبض آب.pdf", paper.to_vec())];
    let written = Letter { files, ..Letter::default() };
    let form = sender.get("/letters/new").await.ok().form("/drafts");
    assert_eq!(form.choices("sender_kind"), ["person", "company"]);
    assert_eq!(form.choices("unit").len(), 3, "one for each unit");
    let check = sender.writes(&written).await;
    check.says("پیش از ارسال، یک بار نگاه کنید");
    for shown in ["مریم احمدی", "شکایات", "درخواست بررسی قبض آب", "قبض آب.pdf", "قبض این دوره سه برابر"]
    {
        check.says(shown);
    }
    let receipt = sender.submits(&check).await;
    let sha256 = HEXLOWER.encode(&Sha256::digest(paper));
    let text_sha256 = HEXLOWER.encode(&Sha256::digest(written.body));
    for shown in ["نامه‌تان به دست ما رسید", "قبض آب.pdf", &sha256, &text_sha256, "۱۴۰۹/۰۸/۱۹", "شکایات"]
    {
        receipt.says(shown);
    }
    let short = receipt.one(".big");
    let mail = sender.app().last_message_to(&sender.mobile).await;
    let told =
        mail.text.strip_prefix("نامه شما رسید. رسید موقت:\n").and_then(|rest| rest.strip_suffix("\nسازمان نمونه"));
    assert_eq!(to_persian(told.expect("the receipt's message")), short);
    let id = letter_of(&receipt);
    let home = sender.get("/letters").await.ok();
    assert_eq!(home.one(".letter.review .stamp"), "وضعیت: در حال بررسی");
    id
}

fn letter_of(receipt: &Answer) -> LetterId {
    let link = receipt.attribute("a.btn[href^='/letters/']", "href");
    LetterId::parse(link.trim_start_matches("/letters/")).expect("the receipt leads to its letter")
}

/// Step 11: the reviewer registers it, and the SMS brings number, date and tracking code.
async fn is_registered(app: &TestApp, sender: &Sender, letter: &LetterId) -> (String, String) {
    let reviewer = app.reviewer().await;
    reviewer.get("/desk").await.ok().says("درخواست بررسی قبض آب");
    let page = reviewer.letter(letter).await;
    let file = page.attribute("a.file", "href");
    assert_eq!(reviewer.get(&file).await.ok().body, samples::pdf("bill"), "the desk reads the same bytes");
    reviewer.registers(letter).await;

    let home = sender.get("/letters").await.ok();
    let shown = home.all(".letter.ok .reg dd");
    assert_eq!(shown[..2], ["۱۴۰۹/ش/۰۰۰۱", "۱۴۰۹/۰۸/۱۹"]);
    let tracking: String = home.attribute(".letter.ok button.copy", "data-copy");
    assert_eq!(shown[2].replace('-', ""), to_persian(&tracking));
    let mail = app.last_message_to(&sender.mobile).await;
    assert_eq!(mail.text, format!("نامه ثبت شد\nشماره: 1409/ش/0001\nپیگیری: {tracking}\nتاریخ: 1409/08/19"));
    (shown[0].clone(), tracking)
}

/// The unit answers with a file.
async fn is_answered(app: &TestApp, letter: &LetterId, answer: &[u8]) {
    let officer = app.officer("شکایات").await;
    officer.takes(letter).await;
    let file = Attachment::new("پاسخ.png", answer.to_vec());
    officer.answers(letter, "قبض اصلاح شد.\nسطر دوم", &[file]).await;
    let mail = app.messages().await.pop().expect("a message");
    assert_eq!(mail.text, "پاسخ نامه 1409/ش/0001 آماده است.\ndesk.example.ir");
}

/// Steps 13 to 16: history, latest status with the answer and its file, and the search in any writing.
async fn sees_it_all(sender: &Sender, letter: &LetterId, number: &str, tracking: &str, answer: &[u8]) {
    let home = sender.get("/letters").await.ok();
    home.says("ثبت نامه جدید");
    assert_eq!(home.one(".letter.ok .stamp"), "وضعیت: پاسخ داده شد");
    home.says("گرفتن آخرین وضعیت");
    let page = sender.letter(letter).await;
    for shown in [number, "شکایات پاسخ داد.", "قبض اصلاح شد.", "سطر دوم", "پاسخ.png", "گرفتن آخرین وضعیت"]
    {
        page.says(shown);
    }
    let file = page.attribute("#status a.btn", "href");
    assert_eq!(sender.get(&file).await.ok().body, answer);
    let own = page.attribute("aside a.file", "href");
    assert_eq!(sender.get(&own).await.ok().body, samples::pdf("bill"));

    let arabic: String = tracking.chars().map(|c| char::from_u32(c as u32 - 0x30 + 0x0660).expect("a digit")).collect();
    let grouped = format!("{} {}-{}", &tracking[..4], &tracking[4..8], &tracking[8..]);
    for typed in [tracking, &to_persian(tracking), &arabic, &grouped, &format!("\u{200f}{tracking}\u{200c} ")] {
        let found = home.form("/tracking").fill("code", typed).send().await;
        assert_eq!(found.location(), format!("/letters/{letter}"), "{typed:?}");
    }
}

/// Step 17: out, and the session is dead on the server, too.
async fn goes_out(sender: &Sender) {
    let kept = sender.copied();
    let out = sender.get("/letters").await.ok().form("/sign-out").send().await;
    out.follow().await.ok().says("از پیشخوان خارج شدید.");
    assert_eq!(sender.cookie("session"), None);
    assert!(kept.cookie("session").is_some());
    assert_eq!(kept.get("/letters").await.location(), "/?next=%2Fletters", "the old cookie opens nothing");
}

#[tokio::test]
async fn a_rejected_letter_is_red_with_reason_and_date() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::with_file()).await;
        app.reviewer().await.rejects(&letter, "قبض هم خوانا نیست.").await;
        let mail = app.last_message_to("09121234567").await;
        assert_eq!(mail.text, "نامه شما در 1409/08/19 رد شد: مدارک ناقص است\ndesk.example.ir");
        assert_eq!(sms_parts(&mail.text), 1);
        let card = sender.get("/letters?show=rejected").await.ok().one(".letter.no");
        let why = "نامه شما به دلیل «مدارک ناقص است» در تاریخ ۱۴۰۹/۰۸/۱۹ رد شد.";
        assert!(card.contains(why) && card.contains("قبض هم خوانا نیست."), "{card}");
        assert!(!card.contains("شماره پیگیری"), "only registered letters have one: {card}");
        sender.letter(&letter).await.says(why);
        sender.get(&format!("/letters/{letter}/receipt")).await.ok();
    })
    .await;
}

#[tokio::test]
async fn a_tracking_code_tells_a_stranger_status_number_and_dates_only() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::with_file()).await;
        app.reviewer().await.registers(&letter).await;
        let tracking = sender.get("/letters").await.ok().attribute("button.copy", "data-copy");
        let stranger = app.browser();
        let form = stranger.get("/tracking").await.ok().form("/tracking");
        let found = form.fill("code", &tracking).send().await.ok();
        for shown in ["نامه پیدا شد", "تأیید شده", "۱۴۰۹/ش/۰۰۰۱", "۱۴۰۹/۰۸/۱۹"] {
            found.says(shown);
        }
        for secret in ["مریم", "قبض", "شکایات", "9121234567", "۰۹۱۲", "/files/", letter.as_str()] {
            found.hides(secret);
        }
        let other = app.elsewhere().browser().get("/tracking").await.ok().form("/tracking");
        other.fill("code", &tracking).send().await.is(404).says("نامه‌ای با این شماره پیدا نشد");
        let other = app.sender("09351112233").signs_in().await.get("/letters").await.ok().form("/tracking");
        other.fill("code", &tracking).send().await.ok().hides("مریم");
    })
    .await;
}

#[tokio::test]
async fn a_name_is_remembered_and_a_draft_can_wait() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let form = sender.fills_in(&Letter::default()).await.fill("sender_kind", "company").fill("body", "");
        assert_eq!(form.press("next", "later").send().await.location(), "/letters");
        let home = sender.get("/letters").await.ok();
        home.says("سلام، مریم احمدی");
        assert_eq!(home.all(".letter.draft").len(), 1);
        let edit = home.attribute(".letter.draft h3 a", "href");
        let page = sender.get(&edit).await.ok();
        let action = page.attribute("form[data-draft]", "action");
        let form = page.form(&action);
        assert_eq!(form.value("subject"), Some("درخواست بررسی قبض آب"));
        assert_eq!(form.value("sender_kind"), Some("company"));
        let check = form.fill("body", "متن").press("next", "check").send().await.follow().await.ok();
        sender.submits(&check).await;
        let fresh = sender.get("/letters/new").await.ok().form("/drafts");
        assert_eq!(fresh.value("sender_name"), Some("مریم احمدی"));
        assert_eq!(fresh.value("sender_kind"), Some("company"));
        assert_eq!(fresh.value("subject"), Some(""));
    })
    .await;
}
