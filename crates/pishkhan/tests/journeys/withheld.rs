//! Letters of long ago, withheld on a device that came lately, where the organisation wants that: until a code of one is typed there, or a day has
//! passed. That no route tells them meanwhile is for `rights` to walk.

use pishkhan_office::ids::LetterId;
use pishkhan_testkit::{Letter, Plan, Sender, TestApp, on_both_as};

const NUMBER: &str = "09121234567";
const DAY: u64 = 24 * 60 * 60;
const OLD: &str = "درخواست بررسی قبض آب";
const YOUNG: &str = "نامه تازه";
const ONE: &str = "یک نامه قدیمی روی این دستگاه هنوز باز نمی‌شود";
const PAGE: &str = "/account/withheld";

/// A person with a letter of forty days ago, which was registered, and one of today.
struct Account {
    owner: Sender,
    old: LetterId,
    young: LetterId,
}

/// In a house where one number gets as many codes as it asks for.
async fn freely(test: impl AsyncFn(TestApp)) {
    let unlimited = |plan: &mut Plan| {
        plan.rules.limits.sends_per_number_per_15_minutes = 0;
        plan.rules.limits.sends_per_number_per_day = 0;
        plan.rules.limits.sends_per_address_per_hour = 0;
    };
    on_both_as(unlimited, test).await;
}

async fn account(app: &TestApp) -> Account {
    let owner = app.sender(NUMBER).signs_in().await;
    let old = owner.sends(&Letter::default()).await;
    app.reviewer().await.registers(&old).await;
    app.wait(40 * DAY).await;
    let owner = owner.signs_in().await;
    let young = owner.sends(&Letter { subject: YOUNG, ..Letter::default() }).await;
    app.wait(60).await;
    Account { owner, old, young }
}

async fn withholds(app: &TestApp) {
    app.execute("update organisations set withhold_after_days = 30").await;
}

/// The code of the old letter: its receipt's, which is the longer one.
async fn receipt(app: &TestApp) -> String {
    app.texts("select receipt_code from letters where tracking_code is not null").await.remove(0)
}

#[tokio::test]
async fn old_letters_are_withheld_on_a_new_device_and_only_where_somebody_wants_it() {
    freely(async |app| {
        let Account { owner, old, young } = account(&app).await;
        let newcomer = app.sender(NUMBER).signs_in().await;
        newcomer.letter(&old).await.says(OLD);
        newcomer.get("/letters").await.ok().says(OLD);
        newcomer.get(PAGE).await.is(404);

        withholds(&app).await;
        let page = newcomer.get("/letters").await.ok();
        page.says(ONE);
        page.says(YOUNG);
        page.hides(OLD);
        newcomer.get("/letters?show=accepted").await.ok().hides(OLD);
        newcomer.letter(&young).await;
        let refused = newcomer.get(&format!("/letters/{old}")).await;
        assert_eq!(refused.location(), PAGE);
        refused.follow().await.ok().says(ONE);

        owner.letter(&old).await;
        let page = owner.get("/letters").await.ok();
        page.says(OLD);
        page.hides(ONE);
        owner.get(PAGE).await.is(404);
    })
    .await;
}

#[tokio::test]
async fn a_code_of_one_opens_them_all_on_this_device_and_changes_no_number() {
    freely(async |app| {
        let Account { old, .. } = account(&app).await;
        withholds(&app).await;
        let receipt = receipt(&app).await;
        let tracking = "select tracking_code from letters where tracking_code is not null";
        for code in [receipt, app.texts(tracking).await.remove(0)] {
            let newcomer = app.sender(NUMBER).signs_in().await;
            let form = newcomer.get(PAGE).await.ok().form(PAGE);
            assert_eq!(form.fill("code", &code).send().await.location(), "/letters");
            let page = newcomer.get("/letters").await.ok();
            page.says(OLD);
            page.hides(ONE);
            page.form("/sign-out").send().await.is(303);
            let newcomer = newcomer.signs_in().await;
            newcomer.letter(&old).await;
            newcomer.get("/account/number").await.ok().says("حساب شما این دستگاه را از");
        }
        app.sender(NUMBER).signs_in().await.get("/letters").await.ok().hides(OLD);
    })
    .await;
}

#[tokio::test]
async fn a_code_of_a_young_letter_opens_none_and_wrong_ones_are_few() {
    freely(async |app| {
        let Account { old, young, .. } = account(&app).await;
        withholds(&app).await;
        let newcomer = app.sender(NUMBER).signs_in().await;
        let form = newcomer.get(PAGE).await.ok().form(PAGE);
        form.send().await.is(422).says("کد رسید یا شماره پیگیری نامه را بنویسید");
        let refused = form.clone().fill("code", "582-0194").send().await.is(422);
        assert_eq!(refused.attributes(".errs a", "href"), ["#withheld_code"]);
        refused.says("کد رسید ۲۶ نویسه و شماره پیگیری ۱۲ رقم است.");
        assert_eq!(refused.value("code"), "582-0194");
        let mine = app.texts("select receipt_code from letters where tracking_code is null").await.remove(0);
        newcomer.letter(&young).await;
        for _ in 0..5 {
            form.clone().fill("code", &mine).send().await.is(422).says("هیچ‌یک از نامه‌های قدیمی این حساب نیست");
        }
        let right = receipt(&app).await;
        form.fill("code", &right).send().await.is(429).says("چند کد نادرست نوشته شد");
        assert_eq!(newcomer.get(&format!("/letters/{old}")).await.location(), PAGE);
    })
    .await;
}

#[tokio::test]
async fn after_a_day_they_open_by_themselves() {
    freely(async |app| {
        let Account { old, .. } = account(&app).await;
        withholds(&app).await;
        let newcomer = app.sender(NUMBER).signs_in().await;
        app.wait(DAY - 120).await;
        let newcomer = newcomer.signs_in().await;
        newcomer.get("/letters").await.ok().says(ONE);
        app.wait(180).await;
        newcomer.letter(&old).await;
        newcomer.get("/letters").await.ok().hides(ONE);
        newcomer.get(PAGE).await.is(404);
    })
    .await;
}

#[tokio::test]
async fn a_young_letter_does_not_name_the_old_one_that_it_follows() {
    freely(async |app| {
        let owner = app.sender(NUMBER).signs_in().await;
        let old = owner.sends(&Letter::default()).await;
        app.reviewer().await.rejects(&old, "").await;
        app.wait(40 * DAY).await;
        let owner = owner.signs_in().await;
        let again = owner.letter(&old).await.form(&format!("/letters/{old}/rewriting"));
        let form = again.send().await.follow().await.ok();
        let draft = form.attribute("form[action^='/drafts/']", "action");
        let check = form.form(&draft).press("next", "check").send().await.follow().await.ok();
        owner.submits(&check).await;
        let young = LetterId::parse(draft.trim_start_matches("/drafts/")).expect("a draft");
        withholds(&app).await;
        app.wait(60).await;
        let newcomer = app.sender(NUMBER).signs_in().await;
        newcomer.letter(&young).await.hides(old.as_str());
        assert_eq!(owner.letter(&young).await.attribute("#again a", "href"), format!("/letters/{old}"));
    })
    .await;
}

#[tokio::test]
async fn whoever_woke_an_account_by_a_code_has_proved_it() {
    freely(async |app| {
        let owner = app.sender(NUMBER).signs_in().await;
        let old = owner.sends(&Letter::default()).await;
        app.reviewer().await.registers(&old).await;
        withholds(&app).await;
        app.wait(181 * DAY).await;
        let owner = owner.signs_in().await;
        let code = receipt(&app).await;
        let form = owner.get("/letters").await.ok().form("/account/earlier");
        form.fill("code", &code).send().await.is(303);
        owner.letter(&old).await;
        owner.get("/letters").await.ok().hides(ONE);
    })
    .await;
}
