//! A browser: one host, one address, one cookie jar, and the headers that browsers send.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, header};
use http_body_util::BodyExt;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tower::ServiceExt;

use crate::answer::Answer;
use crate::app::TestApp;
use crate::stream::Stream;

/// A browser. A clone is another tab of it: the cookies are shared.
#[derive(Clone)]
pub struct Browser {
    app: TestApp,
    address: IpAddr,
    /// Sent with each request, in place of the usual ones of the same name.
    headers: HeaderMap,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Browser {
    pub(crate) fn new(app: TestApp, address: IpAddr) -> Browser {
        let mut headers = HeaderMap::new();
        let host = HeaderValue::from_str(app.organisation().host()).expect("a host is a header's value");
        headers.insert(header::HOST, host);
        headers.insert(header::USER_AGENT, HeaderValue::from_static("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"));
        Browser { app, address, headers, cookies: Arc::default() }
    }

    pub fn app(&self) -> &TestApp {
        &self.app
    }

    /// The same tab, asking from another address.
    #[must_use]
    pub fn at(mut self, address: &str) -> Browser {
        self.address = address.parse().expect("the test's own address");
        self
    }

    /// The same tab with another header; an empty value takes it away.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &str) -> Browser {
        let value = HeaderValue::from_str(value).expect("the test's own header");
        self.headers.insert(HeaderName::from_static(name), value);
        self
    }

    /// The same tab with one more header of that name.
    #[must_use]
    pub fn with_another(mut self, name: &'static str, value: &str) -> Browser {
        let value = HeaderValue::from_str(value).expect("the test's own header");
        self.headers.append(HeaderName::from_static(name), value);
        self
    }

    /// The same cookies, shown to another organisation.
    #[must_use]
    pub fn asking(&self, app: &TestApp) -> Browser {
        let browser = Browser::new(app.clone(), self.address);
        *browser.jar() = self.jar().clone();
        browser
    }

    /// Another browser with the cookies that this one has now.
    #[must_use]
    pub fn copied(&self) -> Browser {
        let jar = self.jar().clone();
        Browser { cookies: Arc::new(Mutex::new(jar)), ..self.clone() }
    }

    /// A cookie's value, by its bare name.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let jar = self.jar();
        jar.get(&format!("__Host-{name}")).or_else(|| jar.get(name)).cloned()
    }

    /// Puts a cookie into the jar, by its bare name.
    pub fn set_cookie(&self, name: &str, value: &str) {
        let name = if self.app.organisation().is_secure() { format!("__Host-{name}") } else { name.to_owned() };
        self.jar().insert(name, value.to_owned());
    }

    /// Takes a cookie out of the jar.
    pub fn forget(&self, name: &str) {
        self.jar().retain(|found, _| found.strip_prefix("__Host-").unwrap_or(found) != name);
    }

    /// The reader chooses English.
    pub fn reads_english(&self) {
        self.set_cookie("language", "en");
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, Body::empty()).await
    }

    /// Asks with these fields in the address, as a form does that is not posted.
    pub async fn ask(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.get(&format!("{path}?{}", encoded(fields))).await
    }

    /// Posts these fields as they are, without any page's help.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_body(path, "application/x-www-form-urlencoded", encoded(fields)).await
    }

    /// Posts whatever this is.
    pub async fn post_body(&self, path: &str, content_type: &str, body: impl Into<Body>) -> Answer {
        self.send(Method::POST, path, Some(content_type), body.into()).await
    }

    /// The token that this browser's forms carry.
    pub async fn form_token(&self) -> String {
        self.get("/help").await.value("form_token")
    }

    /// Opens a stream of news, as a page's script does.
    pub async fn watches(&self, path: &str) -> Stream {
        let asking = self.clone().with("accept", "text/event-stream");
        let mut request = asking.request(Method::GET, path, None, Body::empty());
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(self.address, 50_000)));
        let response = self.app.router().oneshot(request).await.expect("the router always answers");
        let (parts, body) = response.into_parts();
        Stream::of(parts.status, parts.headers, body)
    }

    /// Sends a request with what a browser adds.
    pub async fn send(&self, method: Method, path: &str, content_type: Option<&str>, body: Body) -> Answer {
        self.send_raw(self.request(method, path, content_type, body)).await
    }

    fn request(&self, method: Method, path: &str, content_type: Option<&str>, body: Body) -> Request<Body> {
        let mut request = Request::new(body);
        *request.uri_mut() = path.parse().unwrap_or_else(|_| panic!("{path} is no path"));
        let headers = request.headers_mut();
        if method == Method::POST {
            let origin = HeaderValue::from_str(&self.app.organisation().base_url).expect("a base URL is ASCII");
            headers.insert(header::ORIGIN, origin);
            headers.insert("sec-fetch-site", HeaderValue::from_static("same-origin"));
        }
        if let Some(kind) = content_type {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_str(kind).expect("the test's own content type"));
        }
        if let Some(cookies) = self.cookie_header() {
            headers.insert(header::COOKIE, cookies);
        }
        for name in self.headers.keys() {
            headers.remove(name);
            for value in self.headers.get_all(name).iter().filter(|value| !value.is_empty()) {
                headers.append(name, value.clone());
            }
        }
        *request.method_mut() = method;
        request
    }

    /// Sends a request with nothing added but where it came from.
    pub async fn send_raw(&self, mut request: Request<Body>) -> Answer {
        let said = format!("{} {}", request.method(), request.uri());
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(self.address, 50_000)));
        let response = self.app.router().oneshot(request).await.expect("the router always answers");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("the answer is whole").to_bytes();
        self.keep_cookies(&parts.headers);
        if parts.status.is_server_error() {
            self.app.note_fault(format!("{said} → {}", parts.status));
        }
        Answer { browser: self.clone(), said, status: parts.status, headers: parts.headers, body }
    }

    fn cookie_header(&self) -> Option<HeaderValue> {
        let jar = self.jar();
        let pairs: Vec<String> = jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
        (!pairs.is_empty()).then(|| HeaderValue::from_str(&pairs.join("; ")).expect("cookies came in headers"))
    }

    fn keep_cookies(&self, headers: &HeaderMap) {
        let mut jar = self.jar();
        for cookie in headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().expect("our cookies are ASCII");
            let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
            let (name, value) = pair.split_once('=').expect("a cookie has a value");
            if attributes.contains("Max-Age=0") {
                jar.remove(name);
            } else {
                jar.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    fn jar(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, String>> {
        self.cookies.lock().expect("nobody panics with the jar in hand")
    }
}

/// Fields as a form's body.
pub fn encoded(fields: &[(&str, &str)]) -> String {
    // Browsers end a line with two signs.
    let ended = |text: &str| text.replace("\r\n", "\n").replace('\n', "\r\n");
    let escape = |text: &str| utf8_percent_encode(&ended(text), NON_ALPHANUMERIC).to_string();
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
    pairs.join("&")
}
