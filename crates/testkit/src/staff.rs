//! A person at the desk, who does everything through the pages.

use std::ops::Deref;

use pishkhan_office::accounts::sessions::{self, Holder, Lives};
use pishkhan_office::accounts::{Visitor, second_factor};
use pishkhan_office::actor::Role;
use pishkhan_office::ids::{LetterId, StaffId, UnitId};

use crate::answer::Answer;
use crate::browser::Browser;
use crate::form::Form;
use crate::upload::Attachment;

/// Everybody's password in tests.
pub const PASSWORD: &str = "گربه‌ی آبی روی دیوار";

/// Who somebody of the staff is, and how they come in.
#[derive(Clone)]
pub struct Account {
    pub id: StaffId,
    pub email: String,
    pub name: String,
    pub totp_secret: String,
    pub role: Role,
    pub unit: Option<UnitId>,
}

/// A member of staff with a browser.
#[derive(Clone)]
pub struct Staff {
    pub browser: Browser,
    pub account: Account,
}

impl Deref for Staff {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.browser
    }
}

impl Staff {
    /// Comes in with password and app.
    pub(crate) async fn comes_in(browser: Browser, account: Account) -> Staff {
        let form = browser.get("/desk/sign-in").await.ok().form("/desk/sign-in");
        let half = form.fill("email", &account.email).fill("password", PASSWORD).send().await.follow().await.ok();
        // A code serves once: whoever came in a moment ago waits for the next one.
        browser.app().wait(30).await;
        let form = half.form("/desk/sign-in/second-factor");
        let staff = Staff { browser, account };
        let answer = form.fill("code", &staff.app_code()).send().await;
        assert_eq!(answer.location(), "/desk");
        staff
    }

    /// Came in earlier; the pages are not asked.
    pub(crate) async fn is_in(browser: Browser, account: Account) -> Staff {
        let app = browser.app().clone();
        let visitor = Visitor::at(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST));
        let mut tx = app.begin().await;
        let lives = Lives::staff(&app.parts().rules.sessions);
        let holder = Holder::Staff(account.id.clone());
        let token = sessions::begin(&mut tx, &holder, &visitor, "Firefox", lives).await.expect("a session begins");
        tx.commit().await.expect("the session is kept");
        browser.set_cookie("desk", token.as_str());
        Staff { browser, account }
    }

    /// What the app shows now.
    pub fn app_code(&self) -> String {
        second_factor::code_at(&self.account.totp_secret, self.app().now()).expect("a good secret")
    }

    /// The letter's page.
    pub async fn letter(&self, letter: &LetterId) -> Answer {
        self.get(&format!("/desk/letters/{letter}")).await.ok()
    }

    /// The form of an act, from its dialog.
    pub async fn dialog(&self, letter: &LetterId, act: &str) -> Form {
        let action = format!("/desk/letters/{letter}/{act}");
        self.get(&action).await.ok().form(&action)
    }

    pub async fn registers(&self, letter: &LetterId) -> Answer {
        let form = self.dialog(letter, "registration").await;
        self.decides(form).await
    }

    /// Sends a decision, and lets the time pass in which it could be taken back.
    pub async fn decides(&self, form: Form) -> Answer {
        let answer = form.send().await.is(303);
        self.app().wait(self.app().parts().rules.letters.undo.as_secs()).await;
        answer
    }

    /// Rejects with the first reason of the list.
    pub async fn rejects(&self, letter: &LetterId, note: &str) -> Answer {
        let form = self.dialog(letter, "rejection").await;
        let reason = form.choices("reason")[0].to_owned();
        self.decides(form.fill("reason", &reason).fill("note", note)).await
    }

    /// Returns for completion; each line is something that is missing.
    pub async fn returns(&self, letter: &LetterId, lines: &str) -> Answer {
        let form = self.dialog(letter, "return").await.fill("others", lines);
        self.decides(form).await
    }

    pub async fn redirects(&self, letter: &LetterId, unit: &str) -> Answer {
        let unit = self.app().unit(unit).id.to_string();
        self.dialog(letter, "redirection").await.fill("unit", &unit).send().await.is(303)
    }

    pub async fn takes(&self, letter: &LetterId) -> Answer {
        self.dialog(letter, "taking").await.send().await.is(303)
    }

    pub async fn answers(&self, letter: &LetterId, text: &str, files: &[Attachment]) -> Answer {
        let form = self.dialog(letter, "answer").await.fill("text", text);
        let form = files.iter().fold(form, |form, file| form.attach("files", file.clone()));
        self.decides(form).await
    }
}
