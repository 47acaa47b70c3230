//! What staff read who mistype on their way in: what to mend, how many tries there are, and when they begin anew.

use pishkhan_office::accounts::staff;
use pishkhan_office::actor::Role;
use pishkhan_testkit::{Form, PASSWORD, TestApp, on_both, on_both_as};

/// The form of the second factor, for whoever gave the right password.
async fn half_way_in(app: &TestApp) -> Form {
    let form = app.browser().get("/desk/sign-in").await.ok().form("/desk/sign-in");
    let form = form.fill("email", &app.account(Role::Reviewer).email).fill("password", PASSWORD);
    form.send().await.follow().await.ok().form("/desk/sign-in/second-factor")
}

#[tokio::test]
async fn each_slip_on_the_way_in_has_its_sentence() {
    on_both_as(
        |plan| plan.rules.limits.staff_failures_per_account_per_15_minutes = 50,
        async |app| {
            const ANEW: &str = "زمان یا تعداد تلاش‌های این ورود تمام شد. دوباره وارد شوید.";
            let form = app.browser().get("/desk/sign-in").await.ok().form("/desk/sign-in");
            let empty = form.send().await.is(422);
            assert_eq!(empty.all(".errs li"), ["ایمیل خود را بنویسید", "گذرواژه خود را بنویسید"]);
            let wrong = form.fill("email", "reviewer@example.ir").fill("password", "نادرست").send().await.is(422);
            wrong.says("ایمیل یا گذرواژه درست نیست. دوباره امتحان کنید.");
            let form = half_way_in(&app).await;
            form.send().await.is(422).says("کد را بنویسید");
            let wrong = form.fill("code", "abcdef");
            for left in ["۴", "۳", "۲", "۱"] {
                let sentence = format!("کد درست نیست. {left} بار دیگر می‌توانید امتحان کنید.");
                wrong.send().await.is(422).says(&sentence);
            }
            wrong.send().await.is(422).says(ANEW);
            let form = half_way_in(&app).await;
            app.wait(10 * 60 + 1).await;
            form.fill("code", "abcdef").send().await.is(422).says(ANEW);
        },
    )
    .await;
}

#[tokio::test]
async fn an_invitation_is_not_accepted_with_a_weak_password_or_a_wrong_code() {
    on_both(async |app| {
        let mut tx = app.begin().await;
        let (_, token) = staff::invite(&mut tx, "new@example.ir", "پروین دانا", &[]).await.expect("they are invited");
        tx.commit().await.expect("the invitation is kept");
        let address = format!("/desk/invitations/{}", token.as_str());
        let form = app.browser().get(&address).await.ok().form(&address);
        let long = "گ".repeat(129);
        for (password, code, why) in [
            ("کوتاه", "123456", "گذرواژه باید دست‌کم ۸ نویسه باشد"),
            (long.as_str(), "123456", "گذرواژه باید حداکثر ۱۲۸ نویسه باشد"),
            ("12345678", "123456", "این گذرواژه را زود حدس می‌زنند؛ بلندتر و کم‌نظیرتر بنویسید"),
            (PASSWORD, " ", "کد را بنویسید"),
            (PASSWORD, "abcdef", "کد درست نیست. ساعت گوشی را ببینید و کد تازه را بنویسید."),
        ] {
            let refused = form.clone().fill("password", password).fill("code", code).send().await.is(422);
            assert_eq!(refused.all(".errs li"), [why]);
        }
        app.browser().get(&address).await.ok();
    })
    .await;
}
