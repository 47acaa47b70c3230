//! A person at the counter, who does everything through the pages.

use std::ops::Deref;

use pishkhan_office::ids::LetterId;
use pishkhan_office::persian::Mobile;

use crate::answer::Answer;
use crate::browser::Browser;
use crate::form::Form;
use crate::samples;
use crate::upload::Attachment;

/// A person with a mobile number and a browser.
#[derive(Clone)]
pub struct Sender {
    pub browser: Browser,
    pub mobile: String,
}

/// A letter as somebody writes it.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The unit's name.
    pub unit: &'static str,
    pub name: &'static str,
    pub subject: &'static str,
    pub body: &'static str,
    pub files: Vec<Attachment>,
}

impl Default for Letter {
    fn default() -> Letter {
        Letter {
            unit: "شکایات",
            name: "مریم احمدی",
            subject: "درخواست بررسی قبض آب",
            body: "با سلام\nقبض این دوره سه برابر دوره پیش است.",
            files: Vec::new(),
        }
    }
}

impl Letter {
    /// The usual letter with a PDF.
    pub fn with_file() -> Letter {
        Letter { files: vec![Attachment::new("قبض.pdf", samples::pdf("bill"))], ..Letter::default() }
    }
}

impl Deref for Sender {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.browser
    }
}

impl Sender {
    pub(crate) fn new(browser: Browser, mobile: &str) -> Sender {
        Sender { browser, mobile: mobile.to_owned() }
    }

    /// Asks for a code with the form of the front page.
    pub async fn asks_for_code(&self) -> Answer {
        self.get("/").await.ok().form("/sign-in").fill("mobile", &self.mobile).send().await
    }

    /// The code that came last.
    pub async fn code(&self) -> String {
        let mobile = Mobile::parse(&self.mobile).expect("a mobile number");
        let mut codes = self.app().messages().await.into_iter();
        let last = codes.rfind(|mail| mail.to == mobile.as_str() && mail.template == "sign_in_code");
        last.expect("a code to this number").code()
    }

    /// Comes in: number, code, and on to the letters.
    pub async fn signs_in(self) -> Sender {
        let page = self.asks_for_code().await.follow().await.ok();
        let answer = page.form("/sign-in/code").fill("code", &self.code().await).send().await;
        assert_eq!(answer.location(), "/letters");
        self
    }

    /// The form of a new letter, filled in.
    pub async fn fills_in(&self, letter: &Letter) -> Form {
        let unit = self.app().unit(letter.unit).id.to_string();
        let form = self.get("/letters/new").await.ok().form("/drafts");
        let form = form
            .fill("sender_name", letter.name)
            .fill("unit", &unit)
            .fill("subject", letter.subject)
            .fill("body", letter.body);
        letter.files.iter().fold(form, |form, file| form.attach("files", file.clone()))
    }

    /// Writes a letter up to the page on which it is checked.
    pub async fn writes(&self, letter: &Letter) -> Answer {
        self.fills_in(letter).await.press("next", "check").send().await.follow().await.ok()
    }

    /// Submits the letter that the page shows; the answer is its receipt.
    pub async fn submits(&self, check: &Answer) -> Answer {
        check.form(&submission_of(check)).send().await.follow().await.ok()
    }

    /// Writes and submits a letter.
    pub async fn sends(&self, letter: &Letter) -> LetterId {
        let check = self.writes(letter).await;
        let id = draft_of(&check);
        self.submits(&check).await;
        id
    }

    /// The to-do list of a returned letter.
    pub async fn todo(&self, letter: &LetterId) -> Form {
        self.letter(letter).await.form(&format!("/letters/{letter}/completion"))
    }

    /// Takes a letter back.
    pub async fn withdraws(&self, letter: &LetterId, reason: &str) -> Answer {
        let action = format!("/letters/{letter}/withdrawal");
        self.get(&action).await.ok().form(&action).fill("reason", reason).send().await.is(303)
    }

    /// The letter's page.
    pub async fn letter(&self, letter: &LetterId) -> Answer {
        self.get(&format!("/letters/{letter}")).await.ok()
    }
}

/// Where the letter on a check page is submitted.
pub fn submission_of(check: &Answer) -> String {
    check.attribute("form[action$=\"/submission\"]", "action")
}

/// The letter on a check page.
pub fn draft_of(check: &Answer) -> LetterId {
    let action = submission_of(check);
    let id = action.trim_start_matches("/drafts/").trim_end_matches("/submission");
    LetterId::parse(id).expect("the form names its letter")
}
