//! The challenge: three ways past it, each once, so that nobody is shut out and no program gets SMS for nothing.

use data_encoding::{BASE64, HEXLOWER};
use pishkhan_testkit::{Answer, Browser, Form, Plan, TestApp, on_both, on_both_as};
use sha2::{Digest, Sha256};

fn challenged(plan: &mut Plan) {
    plan.rules.sign_in.has_challenge = true;
    plan.rules.sign_in.proof_max_number = 300;
}

/// What the page's script does.
fn solved(page: &Answer) -> String {
    let proof = page.attribute("form[data-proof]", "data-proof");
    let mut proof: serde_json::Value = serde_json::from_str(&proof).expect("the proof is JSON");
    let salt = proof["salt"].as_str().expect("a salt").to_owned();
    let most = proof["maxnumber"].as_u64().expect("a largest number");
    let hash = |number: &u64| HEXLOWER.encode(&Sha256::digest(format!("{salt}{number}")));
    let number = (0..=most).find(|number| proof["challenge"] == hash(number)).expect("it can be solved");
    proof["number"] = number.into();
    BASE64.encode(proof.to_string().as_bytes())
}

fn sign_in(page: &Answer) -> Form {
    page.form("/sign-in").fill("mobile", "09121234567")
}

async fn sent(app: &TestApp) -> i64 {
    app.count("select count(*) from outbox").await
}

#[tokio::test]
async fn a_proof_lets_in_once_and_only_where_it_was_made() {
    on_both_as(challenged, async |app| {
        let browser = app.browser();
        let page = browser.get("/").await.ok();
        let proof = solved(&page);
        let there = app.elsewhere().browser().get("/").await.ok();
        sign_in(&there).fill("altcha", &proof).send().await.is(422);
        let form = sign_in(&page).fill("altcha", &proof);
        assert_eq!(form.send().await.location(), "/sign-in/code");
        let replayed = form.send().await.is(422);
        replayed.says("بررسی امنیتی پذیرفته نشد یا زمان آن گذشته است.");
        assert_eq!(replayed.value("mobile"), "09121234567");
        assert!(replayed.has("input[name=image_code]"), "then the image is offered");
        let late = browser.get("/").await.ok();
        let proof = solved(&late);
        app.wait(10 * 60 + 1).await;
        sign_in(&late).fill("altcha", &proof).send().await.is(422);
        for forged in ["x", "{}", "e30=", "bnVsbA==", &"A".repeat(100_000)] {
            sign_in(&late).fill("altcha", forged).send().await.is(422);
        }
        sign_in(&late).send().await.is(422).says("بررسی خودکار انجام نشد.");
        assert_eq!(sent(&app).await, 1);
    })
    .await;
}

#[tokio::test]
async fn an_image_lets_in_without_script_in_any_digits() {
    on_both_as(challenged, async |app| {
        let browser = app.browser();
        let way = browser.get("/").await.ok().attribute("details.more a", "href");
        let page = browser.get(&way).await.ok();
        assert!(!page.has("form[data-proof]"), "who chose the image is not made to compute");
        let image = browser.get(&page.attribute("img.picture", "src")).await.ok();
        assert!(image.body.starts_with(b"\x89PNG") && image.header("content-type") == Some("image/png"));
        let code = app.image_code(&page.value("image"));

        let slip = sign_in(&page).fill("mobile", "0912").fill("image_code", &code).send().await.is(422);
        slip.says("شماره باید ۱۱ رقم باشد");
        let wrong = sign_in(&page).fill("image_code", "00000").send().await.is(422);
        wrong.says("کد امنیتی درست نیست.");
        assert_ne!(wrong.value("image"), page.value("image"), "a wrong try uses the image up");
        sign_in(&page).fill("image_code", &code).send().await.is(422);

        let code = app.image_code(&wrong.value("image"));
        let persian = pishkhan_office::persian::digits::to_persian(&code);
        let form = sign_in(&wrong).fill("image_code", &format!(" {persian} "));
        assert_eq!(form.send().await.location(), "/sign-in/code");
        form.send().await.is(422);
        assert_eq!(sent(&app).await, 1);
        browser.get("/sign-in/image/nonsense").await.is(404);
        let there = app.elsewhere().browser();
        there.get(&format!("/sign-in/image/{}", page.value("image"))).await.is(404);
    })
    .await;
}

#[tokio::test]
async fn a_minutes_wait_lets_in_who_can_do_neither() {
    on_both_as(challenged, async |app| {
        let browser = app.browser();
        let page = browser.get("/?challenge=image").await.ok();
        let begun = page.form("/sign-in/wait").send().await;
        let link = begun.location();
        let waiting = begun.follow().await.ok();
        waiting.says("کمی صبر کنید. این صفحه تا ۶۰ ثانیه دیگر خودش ادامه می‌دهد.");
        assert!(waiting.html().contains("<meta http-equiv=\"refresh\" content=\"60\">"), "{}", waiting.html());
        assert!(!waiting.has("form[action='/sign-in']"));
        let (_, token) = link.split_once("wait=").expect("the wait's token");
        let token = percent(token);
        let form_token = browser.form_token().await;
        let fields = [("form_token", form_token.as_str()), ("mobile", "09121234567"), ("wait", &token)];
        browser.post("/sign-in", &fields).await.is(422).says("هنوز زمانش نرسیده است. کمی دیگر صبر کنید.");
        app.wait(61).await;
        let ready = browser.get(&link).await.ok();
        ready.says("متشکریم که صبر کردید.");
        let slip = ready.form("/sign-in").fill("mobile", "12").send().await.is(422);
        let form = sign_in(&slip);
        assert_eq!(form.send().await.location(), "/sign-in/code", "a slip of the finger doesn't use the wait up");
        form.send().await.is(422);
        assert_eq!(sent(&app).await, 1);
    })
    .await;
}

fn percent(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut signs = text.bytes();
    while let Some(sign) = signs.next() {
        if sign == b'%' {
            let hex: Vec<u8> = signs.by_ref().take(2).map(|sign| sign.to_ascii_lowercase()).collect();
            bytes.extend(HEXLOWER.decode(&hex).expect("two hexadecimal digits"));
        } else {
            bytes.push(sign);
        }
    }
    String::from_utf8(bytes).expect("a token is ASCII")
}

#[tokio::test]
async fn waits_are_few_for_each_address() {
    let plan = |plan: &mut Plan| {
        challenged(plan);
        plan.rules.limits.waits_per_address_per_hour = 2;
    };
    on_both_as(plan, async |app| {
        let form = app.browser().get("/").await.ok().form("/sign-in/wait");
        for _ in 0..2 {
            form.send().await.is(303);
        }
        form.send().await.is(429).says("کمی صبر کنید");
        app.wait(60 * 60 + 1).await;
        form.send().await.is(303);
    })
    .await;
}

#[tokio::test]
async fn tracking_asks_strangers_and_no_senders() {
    on_both_as(challenged, async |app| {
        let browser = app.browser();
        let page = browser.get("/tracking").await.ok();
        let form = page.form("/tracking").fill("code", "000000000000");
        form.send().await.is(422).says("بررسی خودکار انجام نشد.");
        form.clone().fill("altcha", &solved(&page)).send().await.is(404);
        let image = browser.get("/tracking?challenge=image").await.ok();
        let code = app.image_code(&image.value("image"));
        let slip = image.form("/tracking").fill("code", "12").fill("image_code", &code).send().await.is(422);
        assert!(slip.has("img.picture"), "who can't prove it has an image still");
        image.form("/tracking").fill("code", "000000000000").fill("image_code", &code).send().await.is(404);
        let begun = image.form("/sign-in/wait").send().await;
        assert!(begun.location().starts_with("/tracking?wait="));
        app.wait(61).await;
        let mut page = begun.follow().await.ok();
        for (slip, why) in [("", "شماره پیگیری را بنویسید"), ("12", "شماره پیگیری ۱۲ رقم است")]
        {
            page = page.form("/tracking").fill("code", slip).send().await.is(422);
            assert!(page.one("#code_error").contains(why), "{}", page.one("#code_error"));
            assert_eq!(page.value("code"), slip);
        }
        page.form("/tracking").fill("code", "000000000000").send().await.is(404);
        let sender = signed_in(&app).await;
        sender.get("/tracking").await.ok().form("/tracking").fill("code", "000000000000").send().await.is(404);
    })
    .await;
}

async fn signed_in(app: &TestApp) -> Browser {
    let browser = app.browser();
    let page = browser.get("/").await.ok();
    let page = sign_in(&page).fill("altcha", &solved(&page)).send().await.follow().await.ok();
    let code = app.last_message_to("09121234567").await.code();
    page.form("/sign-in/code").fill("code", &code).send().await.is(303);
    browser
}

#[tokio::test]
async fn switched_off_it_asks_nothing() {
    on_both(async |app| {
        let page = app.browser().get("/").await.ok();
        assert!(!page.has("[data-proof]") && !page.has("input[name=image]") && !page.has("details.more"));
        assert_eq!(sign_in(&page).send().await.location(), "/sign-in/code");
    })
    .await;
}
