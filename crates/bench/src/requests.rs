//! Requests as bytes, made once and sent often.

use std::fmt::Write;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use pishkhan_web::links::Link;

use crate::house::HOST;
use crate::people::Browser;

const BOUNDARY: &str = "----------------------------bench";

/// A form with one file, in three pieces, so that the file's bytes are not copied.
pub struct Upload {
    pub before: Vec<u8>,
    pub after: Vec<u8>,
}

pub fn get(browser: &Browser, link: &Link) -> Vec<u8> {
    get_path(browser, &link.to_string())
}

/// A page whose address was read in another.
pub fn get_path(browser: &Browser, path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: {HOST}\r\nCookie: {}\r\n\r\n", browser.cookies).into_bytes()
}

/// A form with the browser's token and one more field.
pub fn post(browser: &Browser, link: &Link, name: &str, value: &str) -> Vec<u8> {
    let form = format!("form_token={}&{name}={}", escaped(&browser.form_token), escaped(value));
    let kind = "application/x-www-form-urlencoded";
    (head(browser, link, kind, form.len()) + &form).into_bytes()
}

/// A form with the browser's token, these fields and a file of that size.
pub fn upload(browser: &Browser, link: &Link, fields: &[(&str, &str)], size: usize) -> Upload {
    let token = [("form_token", browser.form_token.as_str())];
    let mut form = String::new();
    for (name, value) in token.iter().chain(fields) {
        write!(form, "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
            .expect("a string takes any text");
    }
    write!(
        form,
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"letter.pdf\"\r\n\
         Content-Type: application/pdf\r\n\r\n"
    )
    .expect("a string takes any text");
    let after = format!("\r\n--{BOUNDARY}--\r\n");
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let length = form.len() + size + after.len();
    Upload { before: (head(browser, link, &kind, length) + &form).into_bytes(), after: after.into_bytes() }
}

fn head(browser: &Browser, link: &Link, kind: &str, length: usize) -> String {
    let cookies = &browser.cookies;
    format!(
        "POST {link} HTTP/1.1\r\nHost: {HOST}\r\nCookie: {cookies}\r\nContent-Type: {kind}\r\n\
         Content-Length: {length}\r\n\r\n"
    )
}

fn escaped(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}
