//! An answer of the server, as a browser and its reader have it.

use axum::http::{HeaderMap, StatusCode, header};
use bytes::Bytes;
use scraper::{Html, Selector};

use crate::browser::Browser;
use crate::form::Form;
use crate::text;

/// An answer.
#[derive(Clone)]
pub struct Answer {
    pub(crate) browser: Browser,
    /// What was asked, for messages.
    pub(crate) said: String,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    /// Insists on a status.
    #[expect(clippy::return_self_not_must_use, reason = "insisting is worth it alone")]
    #[track_caller]
    pub fn is(self, status: u16) -> Answer {
        let (said, found) = (&self.said, self.status);
        assert_eq!(found.as_u16(), status, "{said}\nLocation: {:?}\n{}", self.header("location"), self.text());
        self
    }

    /// Insists on a page.
    #[expect(clippy::return_self_not_must_use, reason = "insisting is worth it alone")]
    #[track_caller]
    pub fn ok(self) -> Answer {
        self.is(200)
    }

    /// Where the reader is sent on to.
    #[track_caller]
    pub fn location(&self) -> String {
        let (said, found) = (&self.said, self.status);
        assert_eq!(found, StatusCode::SEE_OTHER, "{said}\n{}", self.text());
        self.header("location").expect("a redirection says where to").to_owned()
    }

    /// Goes where the reader is sent on to.
    pub async fn follow(&self) -> Answer {
        let location = self.location();
        let path = location.split('#').next().expect("splitting gives at least one part");
        self.browser.get(path).await
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The cookies that it sets.
    pub fn cookies(&self) -> Vec<&str> {
        self.headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok()).collect()
    }

    pub fn html(&self) -> &str {
        std::str::from_utf8(&self.body).expect("pages are UTF-8")
    }

    /// What a reader reads, line by line, with the forms' fields.
    pub fn text(&self) -> String {
        if self.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
            text::visible(&self.document())
        } else {
            String::from_utf8_lossy(&self.body).into_owned()
        }
    }

    /// Insists that the reader reads this.
    #[track_caller]
    pub fn says(&self, sentence: &str) {
        let text = self.text();
        assert!(text.contains(sentence), "{} does not say «{sentence}»:\n{text}", self.said);
    }

    /// Insists that this is nowhere in the answer.
    #[track_caller]
    pub fn hides(&self, secret: &str) {
        assert!(!self.html().contains(secret), "{} tells «{secret}»:\n{}", self.said, self.text());
    }

    /// The texts of all elements that the selector finds.
    pub fn all(&self, selector: &str) -> Vec<String> {
        let document = self.document();
        document.select(&parsed(selector)).map(|element| text::of(element)).collect()
    }

    /// The text of the first element that the selector finds.
    #[track_caller]
    pub fn one(&self, selector: &str) -> String {
        let found = self.all(selector).into_iter().next();
        found.unwrap_or_else(|| panic!("{} has no {selector}:\n{}", self.said, self.text()))
    }

    pub fn has(&self, selector: &str) -> bool {
        self.document().select(&parsed(selector)).next().is_some()
    }

    /// An attribute of all elements that the selector finds.
    pub fn attributes(&self, selector: &str, attribute: &str) -> Vec<String> {
        let document = self.document();
        document.select(&parsed(selector)).filter_map(|it| it.attr(attribute).map(ToOwned::to_owned)).collect()
    }

    /// An attribute of the first element that the selector finds.
    #[track_caller]
    pub fn attribute(&self, selector: &str, attribute: &str) -> String {
        let found = self.attributes(selector, attribute).into_iter().next();
        found.unwrap_or_else(|| panic!("{} has no {selector} with {attribute}:\n{}", self.said, self.text()))
    }

    /// The value of the field of this name.
    #[track_caller]
    pub fn value(&self, name: &str) -> String {
        self.attribute(&format!("input[name={name}]"), "value")
    }

    /// The form that is posted to this address.
    #[track_caller]
    pub fn form(&self, action: &str) -> Form {
        self.form_around(&format!("form[action=\"{action}\"]"))
    }

    /// The form that has the button of this name, where several go to one address.
    #[track_caller]
    pub fn form_of_button(&self, name: &str) -> Form {
        self.form_around(&format!("form:has(button[name=\"{name}\"])"))
    }

    #[track_caller]
    fn form_around(&self, selector: &str) -> Form {
        let document = self.document();
        let form = document.select(&parsed(selector)).next();
        let form = form.unwrap_or_else(|| panic!("{} has no {selector}:\n{}", self.said, self.text()));
        Form::read(&self.browser, form)
    }

    fn document(&self) -> Html {
        Html::parse_document(self.html())
    }
}

fn parsed(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|_| panic!("{selector} is no selector"))
}
