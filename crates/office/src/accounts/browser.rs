//! What a person calls a browser and its device, out of the long name that the browser gives itself.

/// Browsers by the mark in their name; those that also carry another's mark come first.
const BROWSERS: [(&str, &str); 7] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

const SYSTEMS: [(&str, &str); 6] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// The browser and the system, or what the browser called itself, cut short; empty when it said nothing.
pub fn name(user_agent: &str) -> String {
    known(user_agent, " · ").unwrap_or_else(|| user_agent.chars().take(40).collect())
}

/// The browser and the system, with this between them, as far as we know them. Nothing of it is the browser's own words, so that nobody puts
/// theirs into what others read.
pub fn known(user_agent: &str, between: &str) -> Option<String> {
    let known = |marks: &[(&str, &'static str)]| {
        marks.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    match (known(&BROWSERS), known(&SYSTEMS)) {
        (Some(browser), Some(system)) => Some(format!("{browser}{between}{system}")),
        (Some(one), None) | (None, Some(one)) => Some(one.to_owned()),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHROME: &str = "Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36";

    #[test]
    fn browsers_are_told_by_their_own_mark() {
        assert_eq!(name(CHROME), "Chrome · Android");
        assert_eq!(name(&CHROME.replace("Mobile", "SamsungBrowser/23.0 Mobile")), "Samsung Internet · Android");
        assert_eq!(name("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"), "Firefox · Linux");
        assert_eq!(name("curl/8.5"), "curl/8.5");
        assert_eq!(name(""), "");
    }

    #[test]
    fn what_is_known_has_no_words_of_the_browser() {
        assert_eq!(known(CHROME, ", ").as_deref(), Some("Chrome, Android"));
        assert_eq!(known("Call 0912 now! Firefox/1", ", ").as_deref(), Some("Firefox"));
        assert_eq!(known("Call 0912 now!", ", "), None);
    }
}
