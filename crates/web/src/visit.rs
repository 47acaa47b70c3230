//! A visit: one request, from whoever, to one organisation. Everything a page must know before it asks who is reading.

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};
use axum::response::Response;
use pishkhan_office::accounts::{self, Visitor};
use pishkhan_office::organisations::Organisation;
use pishkhan_office::persian::Language;
use pishkhan_office::senders::Here;
use pishkhan_office::words::Words;
use pishkhan_office::{Moment, Tx};

use crate::app::App;
use crate::cookies::{self, Keep};
use crate::layout::{Books, Page, Theme};
use crate::links;
use crate::problem::Problem;

#[derive(Clone)]
pub struct Visit {
    pub app: App,
    pub organisation: Arc<Organisation>,
    pub visitor: Visitor,
    pub words: Words,
    pub now: Moment,
    /// How many matters of messages need somebody, when an administrator asks.
    pub(crate) matters: u64,
    theme: Option<Theme>,
    here: String,
    /// What the browser's forms are bound to.
    browser_key: String,
    /// The request's cookies, for the extractors that ask who is reading.
    pub(crate) headers: HeaderMap,
}

/// The browser's random key. Form tokens are bound to it, and it changes when somebody signs out:
/// a form that outlived its session can still be sent after signing in again, but not by the next person at this browser.
pub struct VisitKey {
    key: String,
    is_new: bool,
}

impl VisitKey {
    /// The browser's key, or a new one.
    pub fn of(headers: &HeaderMap, is_secure: bool) -> VisitKey {
        match cookies::read(headers, cookies::VISIT, is_secure) {
            Some(key) if key.len() == 32 => VisitKey { key: key.to_owned(), is_new: false },
            _ => VisitKey::fresh(),
        }
    }

    /// A new key.
    pub fn fresh() -> VisitKey {
        VisitKey { key: accounts::new_browser_key(), is_new: true }
    }

    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// Has the browser keep the key.
    pub fn keep(&self, response: &mut Response, is_secure: bool) {
        cookies::set(response, cookies::VISIT, &self.key, Keep::Session, is_secure);
    }
}

impl Visit {
    pub(crate) fn of(
        app: &App,
        organisation: Arc<Organisation>,
        address: IpAddr,
        headers: &HeaderMap,
        uri: &Uri,
        key: &VisitKey,
    ) -> Visit {
        let is_secure = organisation.is_secure();
        let theme = match cookies::read(headers, cookies::THEME, is_secure) {
            Some("light") => Some(Theme::Light),
            Some("dark") => Some(Theme::Dark),
            _ => None,
        };
        Visit {
            app: app.clone(),
            visitor: Visitor::at(address),
            words: Words::of(language(headers, is_secure)),
            now: app.clock.now(),
            matters: 0,
            theme,
            here: uri.path_and_query().map_or("/", |path| path.as_str()).to_owned(),
            browser_key: key.key.clone(),
            organisation,
            headers: headers.clone(),
        }
    }

    /// The frame of a page in that section of the menu.
    pub fn page(&self, section: &'static str) -> Page {
        Page {
            words: self.words,
            organisation_name: self.organisation.name_in(self.words.language).to_owned(),
            form_token: accounts::form_token(&self.app.secret, &self.organisation.id, &self.browser_key),
            here: self.here.clone(),
            is_at_desk: self.is_at_desk(),
            section,
            sender_name: None,
            theme: self.theme,
            now: self.now,
            least_here: Here::at_least(&self.app.rules, self.now),
            books: Books::default(),
            matters: self.matters,
            has_keys: true,
        }
    }

    /// Whether this is staff's visit, as far as the request tells: by its address, or by the only session that it brings.
    fn is_at_desk(&self) -> bool {
        let has_only_desk = self.cookie(cookies::DESK).is_some() && self.cookie(cookies::SESSION).is_none();
        self.here.starts_with(links::desk().as_str()) || has_only_desk
    }

    pub fn is_secure(&self) -> bool {
        self.organisation.is_secure()
    }

    /// A cookie of this request.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        cookies::read(&self.headers, name, self.is_secure())
    }

    /// The browser's own name for itself, for the list of devices.
    pub fn device(&self) -> &str {
        self.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or("")
    }

    /// Whether a form's token is this browser's.
    pub fn owns_form(&self, token: &str) -> bool {
        accounts::is_form_token(&self.app.secret, &self.organisation.id, &self.browser_key, token)
    }

    /// Work that may write. Its moment is when it begins, not when the request's first byte came: a body that was held back for
    /// an hour must not be an hour early.
    pub async fn begin(&self) -> Result<Tx, Problem> {
        let tx = self.app.db.begin(&self.organisation.id, self.now).await?;
        Ok(tx.at(self.app.clock.now()))
    }

    /// Work that only reads.
    pub async fn read(&self) -> Result<Tx, Problem> {
        Ok(self.app.db.read(&self.organisation.id, self.now).await?)
    }
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Visit, Infallible> {
        Ok(parts.extensions.get::<Visit>().cloned().expect("tenant::guard stands before every route"))
    }
}

/// The language somebody chose, else Persian: the browser's own setting says little on borrowed and cheap devices.
fn language(headers: &HeaderMap, is_secure: bool) -> Language {
    cookies::read(headers, cookies::LANGUAGE, is_secure).and_then(Language::parse).unwrap_or(Language::Persian)
}
