//! The one strict gate: which organisation is asked, from where, by whom it may have been sent, and what every answer carries.
//!
//! Stock axum answers requests with no host, with two, and with an absolute address that contradicts its host; here those get
//! 400, and a host that no organisation has gets a plain 421 page (SECURITY.md, TH16).

use std::convert::Infallible;
use std::future::ready;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Version, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use pishkhan_office::organisations::{self, Organisation};
use pishkhan_office::{OrganisationId, StoreError};

use crate::app::{App, Proxies};
use crate::cookies;
use crate::problem::Problem;
use crate::visit::{Visit, VisitKey};

/// The policy of every page: nothing but our own files, and nobody may frame us.
const POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self'; \
                      font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Finds the organisation, guards against forged forms, and puts the protecting headers on every answer.
pub async fn guard(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let peer = peer(request.extensions());
    let host = host_of(&request, app.proxies.contains(peer));
    let organisation = match find_organisation(&app, host).await {
        Ok(organisation) => Arc::new(organisation),
        Err(refusal) => return protected(refusal.into_response(), false),
    };
    let is_secure = organisation.is_secure();
    let address = visitors_address(&app.proxies, request.headers(), peer);
    let key = VisitKey::of(request.headers(), is_secure);
    let visit = Visit::of(&app, organisation, address, request.headers(), request.uri(), &key);
    if is_forged(&request, &visit.organisation) {
        return protected(Problem::FormExpired.page(visit.page("")), is_secure);
    }
    request.extensions_mut().insert(visit.clone());
    let mut response = next.run(request).await;
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        let cookies: Vec<_> = response.headers().get_all(header::SET_COOKIE).iter().cloned().collect();
        response = problem.page(visit.page(""));
        for cookie in cookies {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    if key.is_new() && !cookies::sets(&response, cookies::VISIT) {
        key.keep(&mut response, is_secure);
    }
    protected(response, is_secure)
}

/// The address of whoever asks, behind the proxies that are believed, for what isn't a page and has no [`Visit`].
pub struct Caller(pub IpAddr);

impl FromRequestParts<App> for Caller {
    type Rejection = Infallible;

    fn from_request_parts(parts: &mut Parts, app: &App) -> impl Future<Output = Result<Caller, Infallible>> + Send {
        ready(Ok(Caller(visitors_address(&app.proxies, &parts.headers, peer(&parts.extensions)))))
    }
}

/// Assets are nobody's in particular, but they too are not framed or sniffed.
pub async fn guarded_asset(response: Response) -> Response {
    protected(response, false)
}

/// Why no organisation answers.
enum Refusal {
    /// No host, two, or contradicting ones.
    BadHost,
    Unknown,
    Store(StoreError),
}

impl IntoResponse for Refusal {
    /// Plain pages in both languages: without an organisation nobody's language or look is known.
    fn into_response(self) -> Response {
        let (status, key) = match self {
            Refusal::BadHost => (StatusCode::BAD_REQUEST, "problem-bad-host"),
            Refusal::Unknown => (StatusCode::MISDIRECTED_REQUEST, "problem-unknown-host"),
            Refusal::Store(error) => {
                tracing::error!(%error, "the organisation could not be looked up");
                (StatusCode::SERVICE_UNAVAILABLE, "problem-unavailable-text")
            }
        };
        crate::stranger::page(status, key)
    }
}

async fn find_organisation(app: &App, host: Option<String>) -> Result<Organisation, Refusal> {
    let host = host.ok_or(Refusal::BadHost)?;
    let mut tx = app.db.read(&OrganisationId::house(), app.clock.now()).await.map_err(Refusal::Store)?;
    organisations::find_by_host(&mut tx, &host).await.map_err(Refusal::Store)?.ok_or(Refusal::Unknown)
}

/// The one host that the request names, lower case and without its port.
fn host_of(request: &Request, is_from_proxy: bool) -> Option<String> {
    let host = named_host(request)?;
    let mut forwarded = request.headers().get_all("x-forwarded-host").iter().filter(|_| is_from_proxy);
    let host = match (forwarded.next(), forwarded.next()) {
        (None, _) => host,
        (Some(one), None) => one.to_str().ok()?,
        (Some(_), Some(_)) => return None,
    };
    without_port(host)
}

/// The host as the request names it, once, or twice alike: HTTP/1 has a header for it and may have an absolute address, HTTP/2 has
/// `:authority`, which comes as part of the address, and may have the header.
fn named_host(request: &Request) -> Option<&str> {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let header = match hosts.next() {
        Some(host) => Some(host.to_str().ok()?),
        None => None,
    };
    let address = request.uri().authority().map(Authority::as_str);
    match (header, address) {
        _ if hosts.next().is_some() => None,
        (Some(header), Some(address)) => header.eq_ignore_ascii_case(address).then_some(header),
        (Some(header), None) => Some(header),
        (None, address) => address.filter(|_| request.version() == Version::HTTP_2),
    }
}

fn without_port(host: &str) -> Option<String> {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !name.contains(':') || name.ends_with(']') => (name, Some(port)),
        _ => (host, None),
    };
    let is_port = port.is_none_or(|port| port.parse::<u16>().is_ok());
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._[]:".contains(&b));
    (is_port && is_name).then(|| name.to_ascii_lowercase())
}

/// Who is at the other end of the connection.
fn peer(extensions: &Extensions) -> IpAddr {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    peer.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)).to_canonical()
}

/// Who asks: whoever is at the other end, or has asked the proxy there.
fn visitors_address(proxies: &Proxies, headers: &HeaderMap, peer: IpAddr) -> IpAddr {
    if proxies.contains(peer) { forwarded_address(proxies, headers, peer) } else { peer }
}

/// The nearest address from the right that is none of our proxies: what stands left of it anybody may have written. A hop that is
/// no address ends the chain at the last proxy that we know.
fn forwarded_address(proxies: &Proxies, headers: &HeaderMap, peer: IpAddr) -> IpAddr {
    let mut nearest = peer;
    for value in headers.get_all("x-forwarded-for").iter().rev() {
        for hop in value.to_str().unwrap_or("").rsplit(',') {
            let Some(address) = address_of(hop.trim()) else { return nearest };
            nearest = address.to_canonical();
            if !proxies.contains(nearest) {
                return nearest;
            }
        }
    }
    nearest
}

/// An address as proxies write it: bare, or with its port.
fn address_of(hop: &str) -> Option<IpAddr> {
    hop.parse().ok().or_else(|| hop.parse::<SocketAddr>().ok().map(|with_port| with_port.ip()))
}

/// Whether a browser says that another site sent this.
fn is_forged(request: &Request, organisation: &Organisation) -> bool {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return false;
    }
    let said = |name: HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    let is_cross_site =
        said(HeaderName::from_static("sec-fetch-site")).is_some_and(|site| site != "same-origin" && site != "none");
    // A browser that hides where it comes from says "null"; the form's own token then decides.
    let is_other_origin =
        said(header::ORIGIN).is_some_and(|origin| origin != "null" && !is_ours(origin, request, organisation));
    is_cross_site || is_other_origin
}

/// An origin is ours when it is the organisation's base URL, or names the very host that was asked.
fn is_ours(origin: &str, request: &Request, organisation: &Organisation) -> bool {
    let asked = named_host(request);
    let named = origin.split_once("://").map(|(_, host)| host);
    origin.eq_ignore_ascii_case(&organisation.base_url)
        || matches!((asked, named), (Some(asked), Some(named)) if asked.eq_ignore_ascii_case(named))
}

/// The headers that every answer carries, whoever gives it.
pub(crate) fn protected(mut response: Response, is_secure: bool) -> Response {
    let headers = response.headers_mut();
    let mut put = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    put(header::CONTENT_SECURITY_POLICY, POLICY);
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::X_FRAME_OPTIONS, "DENY");
    put(header::REFERRER_POLICY, "no-referrer");
    put(header::CACHE_CONTROL, "private, no-store");
    put(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    put(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    put(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=()");
    if is_secure {
        put(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    }
    response
}

#[cfg(test)]
mod tests {
    use pishkhan_office::courier::Network;

    use super::*;

    fn request(uri: &str, hosts: &[&str]) -> Request {
        let mut request = Request::new(axum::body::Body::empty());
        *request.uri_mut() = uri.parse().expect("the test's own URI");
        for host in hosts {
            request.headers_mut().append(header::HOST, host.parse().expect("the test's own host"));
        }
        request
    }

    #[test]
    fn one_host_is_taken_and_its_port_ignored() {
        assert_eq!(host_of(&request("/", &["Desk.Example.ir:8443"]), false).as_deref(), Some("desk.example.ir"));
        assert_eq!(host_of(&request("/", &["[::1]:80"]), false).as_deref(), Some("[::1]"));
    }

    #[test]
    fn no_host_two_hosts_and_contradicting_ones_are_refused() {
        assert_eq!(host_of(&request("/", &[]), false), None);
        assert_eq!(host_of(&request("/", &["a.ir", "b.ir"]), false), None);
        assert_eq!(host_of(&request("http://evil.ir/", &["a.ir"]), false), None);
        assert_eq!(host_of(&request("/", &["a.ir:99999"]), false), None);
        assert_eq!(host_of(&request("/", &["a ir"]), false), None);
        assert_eq!(host_of(&request("http://a.ir/", &[]), false), None);
    }

    #[test]
    fn http_2_names_its_host_in_the_address() {
        let host_of = |uri: &str, hosts: &[&str]| {
            let mut request = request(uri, hosts);
            *request.version_mut() = Version::HTTP_2;
            host_of(&request, false)
        };
        assert_eq!(host_of("https://A.ir:8443/", &[]).as_deref(), Some("a.ir"));
        assert_eq!(host_of("https://a.ir/", &["a.ir"]).as_deref(), Some("a.ir"));
        assert_eq!(host_of("https://a.ir/", &["b.ir"]), None);
        assert_eq!(host_of("https://user@a.ir/", &[]), None);
        assert_eq!(host_of("/", &[]), None);
    }

    #[test]
    fn the_nearest_stranger_in_the_chain_is_the_visitor() {
        let address = |text: &str| text.parse::<IpAddr>().expect("the test's own address");
        let network = |text: &str| text.parse::<Network>().expect("the test's own network");
        let proxies = Proxies(vec![network("127.0.0.1"), network("10.0.0.0/8")]);
        let told = |chain: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in chain {
                headers.append("x-forwarded-for", value.parse().expect("the test's own header"));
            }
            forwarded_address(&proxies, &headers, address("127.0.0.1")).to_string()
        };
        assert_eq!(told(&["203.0.113.7"]), "203.0.113.7");
        assert_eq!(told(&["1.2.3.4, 203.0.113.7, 10.1.2.3"]), "203.0.113.7");
        assert_eq!(told(&["1.2.3.4", "203.0.113.7"]), "203.0.113.7");
        assert_eq!(told(&["10.9.1.1, junk, 203.0.113.7"]), "203.0.113.7");
        assert_eq!(told(&["203.0.113.7, junk"]), "127.0.0.1");
        assert_eq!(told(&["203.0.113.7:4000"]), "203.0.113.7");
        assert_eq!(told(&["[2001:db8::1]:4000"]), "2001:db8::1");
        assert_eq!(told(&[]), "127.0.0.1");
    }

    #[test]
    fn a_forwarded_host_counts_from_a_proxy_only() {
        let mut forwarded = request("/", &["inner"]);
        forwarded.headers_mut().append("x-forwarded-host", HeaderValue::from_static("a.ir"));
        assert_eq!(host_of(&forwarded, false).as_deref(), Some("inner"));
        assert_eq!(host_of(&forwarded, true).as_deref(), Some("a.ir"));
    }
}
