//! Limits to their last seconds: each holds until its window is over and no longer, tells from when on it is open again, and wakes somebody
//! where it should.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use pishkhan_office::Moment;
use pishkhan_office::accounts::sign_in::watch_codes;
use pishkhan_office::actor::Role;
use pishkhan_testkit::{Answer, Form, PASSWORD, TestApp, on_both, on_both_as};
use tracing::subscriber::{DefaultGuard, set_default};

use crate::limits::asks;

const QUARTER: Duration = Duration::from_mins(15);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);
const TOO_OFTEN: &str = "چند کد پشت سر هم فرستاده شده است.";

/// When a window ends that began between two moments.
struct End {
    earliest: Moment,
    latest: Moment,
}

impl End {
    /// Of a window that begins with what is asked now, and answered so.
    async fn of(app: &TestApp, window: Duration, status: u16, asked: impl Future<Output = Answer>) -> End {
        let before = app.now();
        asked.await.is(status);
        End { earliest: before.plus(window), latest: app.now().plus(window) }
    }

    /// Some seconds early, since the system's clock runs on during the test.
    async fn is_near(&self, app: &TestApp) {
        app.comes_to(self.earliest.minus(Duration::from_secs(5))).await;
    }

    async fn has_come(&self, app: &TestApp) {
        app.comes_to(self.latest).await;
    }
}

/// The page of a code that this number has asked for, and the code.
async fn asked(app: &TestApp, mobile: &str, address: &str) -> (Form, String) {
    let page = asks(app, mobile, address).await.follow().await.ok();
    (page.form("/sign-in/code"), app.sender(mobile).code().await)
}

fn other_than(code: &str) -> &'static str {
    if code == "123456" { "654321" } else { "123456" }
}

#[tokio::test]
async fn numbers_side_by_side_get_few_codes_an_hour() {
    on_both_as(
        |plan| plan.rules.limits.sends_per_hundred_numbers_per_hour = 2,
        async |app| {
            let end = End::of(&app, HOUR, 303, asks(&app, "09121234501", "10.9.1.1")).await;
            asks(&app, "09121234502", "10.9.2.1").await.is(303);
            let refused = asks(&app, "09121234599", "10.9.3.1").await.is(429);
            refused.says(&format!("{TOO_OFTEN} امروز، ساعت ۱۰:۴۳ دوباره امتحان کنید."));
            assert_eq!(refused.value("mobile"), "09121234599");
            asks(&app.elsewhere(), "09121234503", "10.9.4.1").await.is(429);
            // One number isn't many, however often it is typed; nor is the next hundred.
            asks(&app, "09121234501", "10.9.5.1").await.is(303);
            asks(&app, "09121234600", "10.9.6.1").await.is(303);
            end.is_near(&app).await;
            asks(&app, "09121234599", "10.9.7.1").await.is(429);
            end.has_come(&app).await;
            asks(&app, "09121234599", "10.9.8.1").await.is(303);
        },
    )
    .await;
}

#[tokio::test]
async fn an_organisation_and_the_house_send_so_many_codes_a_day_and_somebody_is_woken() {
    on_both_as(
        |plan| {
            plan.rules.limits.sends_per_organisation_per_day = 2;
            plan.rules.limits.sends_per_day = 3;
        },
        async |app| {
            let log = Log::default();
            let _listening = log.listens();
            let there = app.elsewhere();
            let tomorrow = format!("{TOO_OFTEN} دوشنبه ۲۰ آبان، ساعت ۹:۴۳ دوباره امتحان کنید.");
            let end = End::of(&app, DAY, 303, asks(&app, "09121110001", "10.9.1.1")).await;
            asks(&app, "09122220001", "10.9.2.1").await.is(303);
            asks(&app, "09123330001", "10.9.3.1").await.is(429).says(&tomorrow);
            asks(&there, "09123330001", "10.9.3.1").await.is(303);
            asks(&there, "09124440001", "10.9.4.1").await.is(429).says(&tomorrow);
            let rung = log.text();
            let times = |whose: &str| {
                rung.lines()
                    .filter(|line| line.contains("unusually many sign-in messages") && line.contains(whose))
                    .count()
            };
            let told = "half and all of one, half of the other; what the house refuses rings nowhere";
            assert_eq!(times("sends of the organisation"), 3, "{told}: {rung}");
            assert_eq!(times("sends of the house"), 2, "{rung}");
            end.is_near(&app).await;
            asks(&app, "09125550001", "10.9.5.1").await.is(429);
            asks(&there, "09125550001", "10.9.5.1").await.is(429);
            end.has_come(&app).await;
            asks(&app, "09125550001", "10.9.5.1").await.is(303);
            asks(&there, "09126660001", "10.9.6.1").await.is(303);
        },
    )
    .await;
}

#[tokio::test]
async fn wrong_codes_from_one_address_are_refused_for_an_hour_from_the_first_one() {
    on_both_as(
        |plan| plan.rules.limits.failures_per_address_per_hour = 2,
        async |app| {
            // A right one begins no hour.
            let (form, code) = asked(&app, "09120001234", "10.9.1.1").await;
            assert_eq!(form.fill("code", &code).send().await.location(), "/letters");
            app.wait(30 * 60).await;
            let (form, code) = asked(&app, "09121111234", "10.9.1.1").await;
            let end = End::of(&app, HOUR, 422, form.fill("code", other_than(&code)).send()).await;
            let (form, code) = asked(&app, "09122221234", "10.9.1.1").await;
            form.clone().fill("code", other_than(&code)).send().await.is(422);
            let refused = form.fill("code", &code).send().await.is(429);
            refused.says("برای امنیت شما تا ساعت ۱۱:۱۳ صبر کنید.");
            let (form, code) = asked(&app, "09123331234", "10.9.1.2").await;
            assert_eq!(form.fill("code", &code).send().await.location(), "/letters", "the next address is another");
            end.is_near(&app).await;
            let (form, code) = asked(&app, "09122221234", "10.9.1.1").await;
            let right = form.fill("code", &code);
            right.send().await.is(429);
            end.has_come(&app).await;
            assert_eq!(right.send().await.location(), "/letters");
        },
    )
    .await;
}

#[tokio::test]
async fn many_wrong_codes_in_a_day_wake_somebody_and_shut_no_door() {
    on_both_as(
        |plan| plan.rules.limits.failures_per_day = 4,
        async |app| {
            let log = Log::default();
            let _listening = log.listens();
            let rung = || log.text().matches("unusually many wrong sign-in codes").count();
            let (form, code) = asked(&app, "09121234567", "10.9.1.1").await;
            let wrong = form.clone().fill("code", other_than(&code));
            let end = End::of(&app, DAY, 422, wrong.send()).await;
            assert_eq!(rung(), 0);
            for times in [1, 1, 2] {
                wrong.send().await.is(422);
                assert_eq!(rung(), times, "at half and at the whole");
            }
            assert_eq!(form.fill("code", &code).send().await.location(), "/letters");
            end.is_near(&app).await;
            let (form, other) = asked(&app, "09351234567", "10.9.2.1").await;
            let wrong = form.fill("code", other_than(&other));
            wrong.send().await.is(422);
            assert_eq!(rung(), 2, "it is the same day");
            end.has_come(&app).await;
            for times in [2, 3] {
                wrong.send().await.is(422);
                assert_eq!(rung(), times);
            }
            let told = log.text();
            assert!(!told.contains(&code) && !told.contains("912123") && !told.contains("10.9.1.1"), "{told}");
        },
    )
    .await;
}

#[tokio::test]
async fn few_of_many_codes_typed_wake_somebody_once_an_hour() {
    on_both(async |app| {
        let log = Log::default();
        let _listening = log.listens();
        let rung = || log.text().lines().filter(|line| line.contains("few of many codes are typed")).count();
        let looks = async |app: &TestApp| {
            let mut tx = app.begin().await;
            watch_codes(&mut tx).await.expect("the statements are well");
            tx.commit().await.expect("it is kept");
        };
        for hour in 1..=2 {
            for number in 0..49 {
                app.sender(&format!("0912{hour}{number:04}67")).asks_for_code().await.is(303);
            }
            looks(&app).await;
            assert_eq!(rung(), hour - 1, "fewer than fifty say nothing");
            app.sender(&format!("0912{hour}004967")).asks_for_code().await.is(303);
            for _ in 0..2 {
                looks(&app).await;
                assert_eq!(rung(), hour);
            }
            looks(&app.elsewhere()).await;
            assert_eq!(rung(), hour, "nobody asked for codes there");
            app.wait(60 * 60 + 1).await;
        }
        let told = log.text();
        assert!(told.contains("codes.sent=50") && told.contains("codes.typed=0") && told.contains("nemune"), "{told}");
        assert!(!told.contains("+989"), "{told}");
    })
    .await;
}

#[tokio::test]
async fn staff_who_mistype_at_one_address_wait_there_a_quarter_of_an_hour() {
    on_both_as(
        |plan| plan.rules.limits.staff_failures_per_address_per_15_minutes = 2,
        async |app| {
            let tries = async |email: &str, password: &str, address: &str| {
                let browser = app.browser().at(address);
                let form = browser.get("/desk/sign-in").await.ok().form("/desk/sign-in");
                form.fill("email", email).fill("password", password).send().await
            };
            let email = app.account(Role::Reviewer).email;
            let end = End::of(&app, QUARTER, 422, tries("nobody@example.ir", "نادرست", "10.9.1.1")).await;
            tries(&email, "نادرست", "10.9.1.1").await.is(422);
            let refused = tries(&email, PASSWORD, "10.9.1.1").await.is(429);
            refused.says("تعداد تلاش‌ها زیاد شد. از ساعت ۹:۵۸ دوباره امتحان کنید.");
            assert_eq!(refused.value("email"), email);
            tries(&email, PASSWORD, "10.9.1.2").await.is(303);
            end.is_near(&app).await;
            let refused = tries(&email, PASSWORD, "10.9.1.1").await.is(429);
            let seconds = refused.header("retry-after").and_then(|seconds| seconds.parse::<u64>().ok());
            assert!(seconds.is_some_and(|seconds| (1..20).contains(&seconds)), "{seconds:?}");
            end.has_come(&app).await;
            tries(&email, PASSWORD, "10.9.1.1").await.is(303);
        },
    )
    .await;
}

/// The errors that this test's thread logs.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Listens until the guard is dropped.
    fn listens(&self) -> DefaultGuard {
        let log = self.clone();
        let errors = tracing_subscriber::fmt().with_max_level(tracing::Level::ERROR).with_ansi(false);
        set_default(errors.with_writer(move || log.clone()).finish())
    }

    fn text(&self) -> String {
        let logged = self.0.lock().expect("nobody panics while logging");
        String::from_utf8_lossy(&logged).into_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nobody panics while logging").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
