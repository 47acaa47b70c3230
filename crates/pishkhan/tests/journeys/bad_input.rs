//! Bad input: whatever comes, a clear sentence and the right status come back, what was typed is still there, and nothing is
//! half-done. The test kit fails each test with an answer of 500.

use std::io;

use axum::body::Body;
use futures_util::{StreamExt, stream};
use pishkhan_testkit::{
    Answer, Attachment, Form, Letter, Multipart, Plan, Sender, TestApp, draft_of, encoded, on_both, on_both_as, samples,
};
use tokio::task::yield_now;

fn small_files(plan: &mut Plan) {
    plan.rules.letters.file_bytes = 2_000;
    plan.rules.letters.files = 3;
    plan.rules.limits.submissions_per_sender_per_day = 0;
}

/// How many letters, files and contents of files there are.
pub async fn rows(app: &TestApp) -> (i64, i64, usize) {
    (app.count("select count(*) from letters").await, app.count("select count(*) from files").await, app.files().await)
}

#[tokio::test]
async fn a_mobile_is_read_in_every_writing_and_nothing_else_is() {
    on_both_as(
        |plan| {
            plan.rules.limits.sends_per_number_per_15_minutes = 0;
            plan.rules.limits.sends_per_number_per_day = 0;
        },
        async |app| {
            let written = [
                "09121234567",
                "۰۹۱۲۱۲۳۴۵۶۷",
                "٠٩١٢١٢٣٤٥٦٧",
                "+98 912 123 4567",
                "00989121234567",
                "9121234567",
                "(0912) 123-4567",
                "\u{200f}0912\u{200c}1234567\u{200e}",
                "\u{202d}09121234567\u{202c}",
                "+98 (0)912 123 4567",
            ];
            for mobile in written {
                let form = app.browser().get("/").await.ok().form("/sign-in");
                form.fill("mobile", mobile).send().await.is(303);
            }
            let to: Vec<String> = app.messages().await.into_iter().map(|mail| mail.to).collect();
            assert_eq!(to, vec!["+989121234567"; written.len()]);
            let front = app.browser().get("/").await.ok();
            for (mobile, sentence) in [
                ("", "شماره موبایل را بنویسید"),
                (" \u{200c}\u{200f} ", "شماره موبایل را بنویسید"),
                ("0912123456", "شماره باید ۱۱ رقم باشد"),
                ("091212345678", "شماره باید ۱۱ رقم باشد"),
                ("02188776655", "شماره باید ۱۱ رقم باشد"),
                ("0912123456۷x", "شماره باید ۱۱ رقم باشد"),
                ("<b>0912</b>", "شماره باید ۱۱ رقم باشد"),
                ("' or 1=1 --", "شماره باید ۱۱ رقم باشد"),
                ("\u{0}", "شماره موبایل را بنویسید"),
            ] {
                let answer = front.form("/sign-in").fill("mobile", mobile).send().await.is(422);
                answer.says(sentence);
                if !mobile.contains('\u{0}') {
                    assert_eq!(answer.value("mobile"), mobile);
                }
            }
            let long = front.form("/sign-in").fill("mobile", &"9".repeat(100_000)).send().await.is(422);
            assert_eq!(long.value("mobile").len(), 100, "a pasted book is not shown back");
        },
    )
    .await;
}

#[tokio::test]
async fn typed_text_is_stored_in_one_form() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = Letter {
            name: "  علي \u{202e}كريمي\u{202c}  ",
            subject: "نامه\u{200c}\u{200c}ي من\u{feff}\t از  ته\u{0}ران",
            body: "سطر ۱\r\n\r\n\r\n\r\nسطر ٢\u{2066}\u{2069}",
            ..Letter::default()
        };
        let check = sender.writes(&letter).await;
        let stored = app.texts("select sender_name || '|' || subject || '|' || body from letters").await;
        assert_eq!(stored, ["علی کریمی|نامه\u{200c}ی من از تهران|سطر ۱\n\n\nسطر ٢"]);
        check.says("علی کریمی");
        let receipt = sender.submits(&check).await;
        receipt.says("علی کریمی");
    })
    .await;
}

#[tokio::test]
async fn every_gap_of_a_letter_is_told_at_once_and_nothing_typed_is_lost() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let form = sender.get("/letters/new").await.ok().form("/drafts");
        let answer = form.press("next", "check").send().await.is(422);
        let gaps = [
            "نام فرستنده را بنویسید",
            "گیرنده نامه را انتخاب کنید",
            "موضوع نامه را بنویسید",
            "متن نامه را بنویسید یا فایل آن را اضافه کنید",
        ];
        assert_eq!(answer.all(".errs li"), gaps);
        for id in answer.attributes(".errs a", "href") {
            assert!(answer.has(&format!("[id='{}']", id.trim_start_matches('#'))), "{id} leads to its field");
        }
        let action = answer.attribute("form[data-draft]", "action");
        let (name, subject) = ("ن".repeat(121), "م".repeat(301));
        let body = "ب".repeat(20_001);
        let form = answer.form(&action).fill("sender_name", &name).fill("subject", &subject).fill("body", &body);
        let answer = form.press("next", "check").send().await.is(422);
        for sentence in ["باید کوتاه‌تر از ۱۲۰ نویسه", "باید کوتاه‌تر از ۳۰۰ نویسه", "باید کوتاه‌تر از ۲۰٬۰۰۰ نویسه"]
        {
            answer.says(sentence);
        }
        assert_eq!((answer.value("sender_name"), answer.value("subject")), (name, subject));
        let kept = answer.attribute("form[data-draft]", "action");
        assert_eq!(answer.form(&kept).value("body"), Some(body.as_str()));
        assert_eq!(app.count("select count(*) from letters").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_subject_of_ten_megabytes_is_cut_told_and_costs_nothing() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = Letter::default();
        let form = sender.fills_in(&letter).await.fill("subject", &"م".repeat(5 * 1024 * 1024)).press("next", "check");
        let answer = form.send().await.is(422);
        answer.says("موضوع نامه باید کوتاه‌تر از ۳۰۰ نویسه باشد");
        assert_eq!(answer.value("sender_name"), letter.name);
        assert!(answer.value("subject").starts_with("ممم"));
        assert!(answer.body.len() < 300_000, "{} bytes", answer.body.len());
        let token = sender.form_token().await;
        let fields = [("form_token", token.as_str()), ("sender_name", &"x".repeat(300_000))];
        let answer = sender.post("/account", &fields).await.is(422);
        answer.says("نام فرستنده باید کوتاه‌تر از ۱۲۰ نویسه باشد");
        assert!(answer.value("sender_name").starts_with("xxx") && answer.body.len() < 100_000);
        let fields = [("form_token", token.as_str()), ("sender_name", &"x".repeat(3 * 1024 * 1024))];
        sender.post("/account", &fields).await.is(413).says("بیش از اندازه بزرگ است");
    })
    .await;
}

async fn with_files(sender: &Sender, files: Vec<Attachment>) -> Answer {
    let letter = Letter { files, ..Letter::default() };
    sender.fills_in(&letter).await.press("next", "check").send().await
}

#[tokio::test]
async fn each_bad_file_gets_its_sentence_and_the_good_ones_stay() {
    on_both_as(small_files, async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let good = Attachment::new("good.pdf", samples::pdf("good"));
        for (bad, sentence) in [
            (Attachment::new("empty.pdf", ""), "فایل empty.pdf خالی است"),
            (Attachment::new("setup.pdf", samples::program()), "فایل setup.pdf یک برنامه است و پذیرفته نمی‌شود."),
            (
                Attachment::new("page.pdf", "<html><script>alert(1)</script>"),
                "فایل page.pdf صفحه وب یا متن برنامه است.",
            ),
            (Attachment::new("large.png", samples::png(3_000)), "فایل large.png باید کوچک‌تر از"),
            (Attachment::new("fake.docx", "PK\u{3}\u{4}xxxxxxxxxxxxxxxxxxxxxxxx"), "فایل fake.docx باز نشد"),
        ] {
            let answer = with_files(&sender, vec![bad, good.clone()]).await.is(422);
            answer.says(sentence);
            assert_eq!(answer.all("#file-list .file b"), ["good.pdf"], "the good one is kept");
            assert_eq!(answer.value("subject"), "درخواست بررسی قبض آب");
        }
        let five = ["1", "2", "3", "4", "5"].map(|name| Attachment::new(name, samples::pdf(name)));
        let many = with_files(&sender, five.to_vec()).await.is(422);
        many.says("حداکثر ۳ فایل می‌توانید بفرستید");
        assert_eq!(many.all("#file-list .file b").len(), 3);
        let (letters, files, kept) = rows(&app).await;
        assert_eq!((letters, files), (6, 8));
        let contents = app.count("select count(distinct sha256) from files").await;
        assert_eq!(i64::try_from(kept), Ok(contents), "no file lies about that no letter has");

        let action = many.attribute("form[data-draft]", "action");
        let more = many.form(&action).attach("files", Attachment::new("more.pdf", samples::pdf("more")));
        let full = more.press("next", "check").send().await.is(422);
        full.says("حداکثر ۳ فایل می‌توانید بفرستید");
        let remove = full.attribute("button[name=remove]", "value");
        let fewer = full.form(&action).press("remove", &remove).send().await.follow().await.ok();
        assert_eq!(fewer.all("#file-list .file b").len(), 2);
        fewer.form(&action).press("next", "check").send().await.is(303);
    })
    .await;
}

#[tokio::test]
async fn a_line_that_is_cut_leaves_what_came_and_nothing_half() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let files =
            vec![Attachment::new("whole.pdf", samples::pdf("whole")), Attachment::new("cut.pdf", samples::png(1_000))];
        let form = sender.fills_in(&Letter { files, ..Letter::default() }).await;
        let answer =
            sender.post_body("/drafts", &Multipart::content_type(), form.multipart().cut_off(500)).await.is(422);
        answer.says("فایل cut.pdf کامل نرسید.");
        assert_eq!(answer.value("subject"), "درخواست بررسی قبض آب");
        assert_eq!(answer.all("#file-list .file b"), ["whole.pdf"]);
        let (_, files, kept) = rows(&app).await;
        assert_eq!((files, kept), (1, 1));
        for left in [0, 10, 60, 120, 200, 400] {
            let body = form.multipart().whole();
            let answer = sender.post_body("/drafts", &Multipart::content_type(), body[..left].to_vec()).await;
            assert!([400, 403, 422].contains(&answer.status.as_u16()), "{left}: {}", answer.status);
        }
        assert_eq!(app.files().await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_form_without_its_end_is_told_so_and_what_came_is_kept() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        let form = sender.fills_in(&Letter { subject: "نامه دیگر", ..Letter::default() }).await;
        let answer =
            sender.post_body("/drafts", &Multipart::content_type(), form.multipart().cut_off(20)).await.is(422);
        answer.says("ارسال نیمه‌کاره ماند. آنچه رسید ذخیره شد؛ بقیه را دوباره بفرستید.");
        assert_eq!(answer.value("subject"), "نامه دیگر");
        let action = format!("/desk/letters/{letter}/answer");
        let body = officer.writes_answer(&letter, "نگه‌داشتنی").await.press("next", "issue").multipart().cut_off(20);
        let answer = officer.post_body(&action, &Multipart::content_type(), body).await.is(422);
        answer.says("فرم کامل نرسید. اینترنت را ببینید و دوباره امتحان کنید.");
        assert_eq!(answer.form(&action).value("text"), Some("نگه‌داشتنی"));
        assert_eq!(app.count("select count(*) from letters where state = 'in_progress'").await, 1);
    })
    .await;
}

/// What comes of a form whose line is cut behind these words.
pub fn cut_behind(form: &Form, words: &str) -> Vec<u8> {
    let body = form.multipart().whole();
    let at = body.windows(words.len()).position(|found| found == words.as_bytes()).expect("the form says so");
    body[..at + words.len()].to_vec()
}

#[tokio::test]
async fn half_a_form_takes_nothing_away_from_what_was_kept() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        let sender = app.sender("09351112233").signs_in().await;
        let draft = draft_of(&sender.writes(&Letter { subject: "نامه دیگر", ..Letter::default() }).await);
        let written = "select subject || sender_name || body || unit_id from letters where state = 'draft'";
        let kept = app.texts(written).await;
        let action = format!("/drafts/{draft}");
        let form = sender.get(&format!("/letters/new?draft={draft}")).await.ok().form(&action);
        for words in ["مریم", "قبض این دوره"] {
            let half = cut_behind(&form, words);
            let answer = sender.post_body(&action, &Multipart::content_type(), half).await.is(422);
            answer.says("ارسال نیمه‌کاره ماند.");
            assert_eq!(answer.form(&action).value("body"), form.value("body"));
            assert_eq!(app.texts(written).await, kept);
        }

        let text = "رسیدگی شد و عوارض شما کم شد.";
        officer.writes_answer(&letter, text).await.press("next", "save").send().await.is(303);
        let action = format!("/desk/letters/{letter}/answer");
        let half = cut_behind(&officer.dialog(&letter, "answer").await.press("next", "issue"), "رسیدگی شد");
        let answer = officer.post_body(&action, &Multipart::content_type(), half).await.is(422);
        answer.says("فرم کامل نرسید.");
        assert_eq!(answer.form(&action).value("text"), Some(text));
        assert_eq!(app.texts("select text from answer_drafts").await, [text]);
    })
    .await;
}

#[tokio::test]
async fn a_form_whose_session_ended_is_told_how_to_send_what_was_typed() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        let written =
            sender.fills_in(&Letter { subject: "نامه دیگر", ..Letter::default() }).await.press("next", "check");
        let answer = officer.writes_answer(&letter, "نگه‌داشتنی").await.press("next", "issue");
        app.wait(60 * 60).await;
        for form in [&written, &answer] {
            let told = form.send().await.is(401);
            told.says("زمان ورود شما تمام شد");
            told.says("یک قدم عقب بروید و دوباره بفرستید؛ آنچه نوشته‌اید همان‌جاست.");
        }
        // And so it is: signed in again in another tab, they have their form where it was.
        sender.clone().signs_in().await;
        written.send().await.is(303);
        assert_eq!(app.count("select count(*) from letters where subject = 'نامه دیگر'").await, 1);
        assert_eq!(app.count("select count(*) from answer_drafts").await, 0);
    })
    .await;
}

#[tokio::test]
async fn more_than_any_letter_may_have_is_cut_short_and_told() {
    on_both_as(small_files, async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let good = Attachment::new("good.pdf", samples::pdf("good"));
        let files = vec![good, Attachment::new("huge.png", samples::png(1_200_000))];
        let form = sender.fills_in(&Letter { files, ..Letter::default() }).await.press("next", "check");
        // Piece by piece, as a line brings it, each some time after the other.
        let pieces: Vec<_> = form.multipart().whole().chunks(16_384).map(<[u8]>::to_vec).map(io::Result::Ok).collect();
        let coming = stream::iter(pieces).then(async |piece| {
            yield_now().await;
            piece
        });
        let body = Body::from_stream(coming);
        let answer = sender.post_body("/drafts", &Multipart::content_type(), body).await.is(422);
        answer.says("فایل huge.png باید کوچک‌تر از");
        answer.says("همه فایل‌ها با هم بیش از اندازه بزرگ‌اند. آنچه رسید ذخیره شد؛ فایل‌های کوچک‌تری بفرستید.");
        assert_eq!(answer.all("#file-list .file b"), ["good.pdf"]);
        assert_eq!(answer.value("subject"), "درخواست بررسی قبض آب");
    })
    .await;
}

#[tokio::test]
async fn what_is_typed_is_never_markup() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let hostile = "</textarea><script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}";
        let letter = Letter { name: hostile, subject: hostile, body: hostile, ..Letter::with_file() };
        let letter = sender.sends(&letter).await;
        let reviewer = app.reviewer().await;
        let rejected = reviewer.rejects(&letter, hostile).await;
        let pages = [
            sender.get("/letters").await.ok(),
            sender.letter(&letter).await,
            sender.get(&format!("/letters/{letter}/receipt")).await.ok(),
            sender.get("/letters/new").await.ok(),
            sender.get("/account").await.ok(),
            reviewer.letter(&letter).await,
            rejected.follow().await.ok(),
            app.browser().get(&format!("/?next={}", encoded(&[("", hostile)]))).await.ok(),
        ];
        for page in pages {
            assert!(!page.has("script:not([src])") && !page.has("img[onerror]"), "{}", page.html());
        }
    })
    .await;
}

#[tokio::test]
async fn a_summary_of_faults_counts_them() {
    on_both(async |app| {
        let browser = app.browser();
        let form = browser.get("/desk/sign-in").await.ok().form("/desk/sign-in");
        let counted = async |form: &Form| form.send().await.is(422).one("#errors-title");
        let one = form.clone().fill("email", "narges@example.ir");
        assert_eq!(counted(&form).await, "۲ مورد را اصلاح کنید");
        assert_eq!(counted(&one).await, "یک مورد را اصلاح کنید");
        browser.reads_english();
        assert_eq!(counted(&form).await, "2 things to mend");
        assert_eq!(counted(&one).await, "One thing to mend");
    })
    .await;
}
