//! What the section of every HTTP array says about its access: URLs, trust, CHAP, time limits.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;

use super::http::{Fingerprint, Trust};
use crate::config::{Error, SecretSource, Section};
use crate::kit::redact::Secret;
use crate::kit::shell::word;
use crate::model::portal::why_no_login;

/// Reads a secret from where it is kept; called late, and once.
pub type SecretReader = Arc<dyn Fn(&SecretSource) -> Result<Secret, String> + Send + Sync>;

/// How long a connection may take to open, unless configured.
pub(in crate::array) const CONNECT: Duration = Duration::from_secs(5);

/// How long a request may take, from connecting to the last byte, unless configured.
pub(in crate::array) const REQUEST: Duration = Duration::from_secs(60);

/// The CHAP credentials that initiators of an array use.
#[derive(Debug, Clone)]
pub struct ChapSettings {
    /// The user.
    pub user: String,
    /// Where the secret is kept.
    pub password: SecretSource,
}

/// What works but should not stay so; told with every use.
pub(in crate::array) fn warnings(array: &str, urls: &[Url], trust: &Trust) -> Vec<String> {
    let mut warnings = Vec::new();
    for url in urls {
        if url.scheme() == "http" && !is_loopback(url) {
            warnings.push(format!(
                "array {array}: {url} is plain http: the password can be read on the way"
            ));
        }
    }
    let tls = urls.iter().any(|u| u.scheme() == "https");
    if tls && *trust == Trust::Nothing {
        warnings.push(format!(
            "array {array}: verify = \"none\": nobody knows who answers; set fingerprint instead"
        ));
    }
    warnings
}

/// On loopback nobody is on the way.
fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Where an array is and who logs in: what no section can do without.
pub(in crate::array) struct Login {
    pub(in crate::array) urls: Vec<Url>,
    pub(in crate::array) user: String,
    pub(in crate::array) password: SecretSource,
}

/// `url`, `user` and `password` of a section; each URL once.
pub(in crate::array) fn login(
    section: &mut Section,
    asked: &Section,
    parse: fn(&str) -> Result<Url, String>,
) -> Result<Login, Error> {
    let missing = |key: &str| asked.missing(key);
    let mut urls = Vec::new();
    for text in section.texts("url")?.ok_or_else(|| missing("url"))? {
        let url = parse(&text).map_err(|why| asked.error("url", why))?;
        if !urls.contains(&url) {
            urls.push(url);
        }
    }
    let user = section.text("user")?.ok_or_else(|| missing("user"))?;
    let password = section.secret("password")?;
    Ok(Login {
        urls,
        user,
        password: password.ok_or_else(|| missing("password"))?,
    })
}

/// `chap = { user, password }`.
///
/// # Errors
/// When one of the two is missing or wrong.
pub(in crate::array) fn chap(
    section: &mut Section,
    asked: &Section,
) -> Result<Option<ChapSettings>, Error> {
    let Some(mut chap) = section.section("chap")? else {
        return Ok(None);
    };
    let user = chap.text("user")?;
    let password = chap.secret("password")?;
    let (Some(user), Some(password)) = (user, password) else {
        return Err(asked.error("chap", "user and password wanted"));
    };
    chap.finish()?;
    Ok(Some(ChapSettings { user, password }))
}

/// `timeouts = { connect, request }`.
///
/// # Errors
/// When one of them is no duration.
pub(in crate::array) fn timeouts(section: &mut Section) -> Result<(Duration, Duration), Error> {
    let (mut connect, mut request) = (CONNECT, REQUEST);
    if let Some(mut timeouts) = section.section("timeouts")? {
        connect = timeouts.span("connect")?.unwrap_or(connect);
        request = timeouts.span("request")?.unwrap_or(request);
        timeouts.finish()?;
    }
    Ok((connect, request))
}

/// `target_ips`: the addresses that nodes should log in to, in order.
///
/// # Errors
/// When one of them is no address, or none to log in to.
pub(in crate::array) fn target_ips(
    section: &mut Section,
    asked: &Section,
) -> Result<Vec<IpAddr>, Error> {
    let mut found = Vec::new();
    for text in section.texts("target_ips")?.unwrap_or_default() {
        let bad = |why: &str| asked.error("target_ips", format!("{text:?} {why}"));
        let ip = text
            .trim_start_matches('[')
            .trim_end_matches(']')
            .parse()
            .map_err(|_| bad("is not an address"))?;
        if let Some(why) = why_no_login(ip) {
            return Err(bad(&format!("cannot be logged in to: {why}")));
        }
        if !found.contains(&ip) {
            found.push(ip);
        }
    }
    Ok(found)
}

/// `fingerprint`, `ca_file` or `verify`: at most one of them.
///
/// # Errors
/// When two are given, or one is wrong.
pub(in crate::array) fn trust(section: &mut Section, asked: &Section) -> Result<Trust, Error> {
    let fingerprint = section.text("fingerprint")?;
    let ca_file = section.text("ca_file")?;
    let verify = section.text("verify")?;
    let given = [
        fingerprint.is_some(),
        ca_file.is_some(),
        verify.as_deref() == Some("none"),
    ];
    if given.iter().filter(|g| **g).count() > 1 {
        let key = if fingerprint.is_some() {
            "fingerprint"
        } else {
            "ca_file"
        };
        return Err(asked.error(
            key,
            "only one of fingerprint, ca_file and verify = \"none\"",
        ));
    }
    match verify.as_deref() {
        None | Some("full" | "none") => {}
        Some(other) => {
            return Err(asked.error("verify", format!("full or none wanted, not {other:?}")));
        }
    }
    if let Some(text) = fingerprint {
        return match text.parse::<Fingerprint>() {
            Ok(pin) => Ok(Trust::Pin(pin)),
            Err(why) => Err(asked.error("fingerprint", why)),
        };
    }
    if let Some(path) = ca_file {
        return Ok(Trust::CaFile(path.into()));
    }
    Ok(match verify.as_deref() {
        Some("none") => Trust::Nothing,
        _ => Trust::System,
    })
}

/// Reads a URL as configured: the scheme defaults to `https`, the port to `port`, else to the
/// scheme's own; the path ends
/// with a slash.
///
/// # Errors
/// What is wrong with it.
pub(in crate::array) fn parse_url(text: &str, port: Option<u16>) -> Result<Url, String> {
    let text = text.trim();
    let whole = if text.contains("://") {
        text.to_owned()
    } else {
        format!("https://{text}")
    };
    let authority = whole.split_once("://").map_or("", |(_, rest)| rest);
    let authority = authority.split('/').next().unwrap_or_default();
    if authority.contains('[') && authority.contains('%') {
        return Err(
            "an address with a scope (%) cannot be used: https://ADDRESS[:PORT] wanted".into(),
        );
    }
    let bare = |text: &str| text.matches(':').count() > 1 && !text.contains(['[', '@']);
    if bare(authority) {
        return Err("an IPv6 address stands in brackets: https://[ADDRESS][:PORT] wanted".into());
    }
    // The text itself may hold a password, so it is not repeated.
    let mut url = Url::parse(&whole).map_err(|e| format!("{e}: https://ADDRESS[:PORT] wanted"))?;
    if !matches!(url.scheme(), "https" | "http") || url.host_str().is_none_or(str::is_empty) {
        return Err(format!("{text:?}: https://ADDRESS[:PORT] wanted"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("user and password do not stand in the url".into());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(format!("{text:?}: no ? or # wanted"));
    }
    // The parser drops a port that is the scheme's own, so the text must be asked.
    let said = whole
        .split_once("://")
        .and_then(|(_, rest)| rest.split('/').next())
        .and_then(|authority| authority.rsplit_once(':'))
        .is_some_and(|(_, port)| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()));
    if let Some(port) = port
        && url.port().is_none()
        && !said
    {
        url.set_port(Some(port))
            .map_err(|()| format!("{text:?}: cannot take a port"))?;
    }
    if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    Ok(url)
}

/// How curl is to check the server's certificate: lines before it, and its options.
pub(in crate::array) fn curl_trust(urls: &[Url], trust: &Trust) -> (Vec<String>, String) {
    match trust {
        Trust::System => (Vec::new(), String::new()),
        Trust::CaFile(path) => {
            let path = word(&path.to_string_lossy());
            (Vec::new(), format!(" --cacert {path}"))
        }
        Trust::Nothing => (Vec::new(), " --insecure".into()),
        Trust::Pin(pin) => {
            let url = urls.first();
            let host = url.and_then(|u| u.host_str()).unwrap_or_default();
            let port = url.and_then(|u| u.port_or_known_default()).unwrap_or(443);
            let at = word(&format!("{host}:{port}"));
            let hex = pin.to_string().replace("sha256:", "");
            let lines = vec![
                format!(
                    "CERTIFICATE=$(openssl s_client -connect {at} </dev/null 2>/dev/null | openssl x509)"
                ),
                format!(
                    "printf '%s' \"$CERTIFICATE\" | openssl x509 -outform der | sha256sum | grep -q ^{hex}"
                ),
                "KEY=$(printf '%s' \"$CERTIFICATE\" | openssl x509 -pubkey -noout | \
                 openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64)"
                    .into(),
            ];
            // The key is checked even where the chain of trust is not.
            let option = " --insecure --pinnedpubkey \"sha256//$KEY\"".into();
            (lines, option)
        }
    }
}
