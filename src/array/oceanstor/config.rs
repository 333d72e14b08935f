//! `[arrays.NAME]` with `kind = "oceanstor"`.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;

use crate::array::http::{Fingerprint, Trust};
use crate::config::{Error, SecretSource, Section};
use crate::kit::redact::Secret;
use crate::model::portal::why_no_login;

/// Reads a secret from where it is kept; called late, and once.
pub type SecretReader = Arc<dyn Fn(&SecretSource) -> Result<Secret, String> + Send + Sync>;

/// The port of the management interface.
const PORT: u16 = 8088;

/// The path of the management interface.
const ROOT: &str = "/deviceManager/rest/";

/// Which directory knows the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The array itself.
    Local,
    /// LDAP or another domain.
    Ldap,
}

/// The CHAP credentials that initiators of this array use.
#[derive(Debug, Clone)]
pub struct ChapSettings {
    /// The user.
    pub user: String,
    /// Where the secret is kept.
    pub password: SecretSource,
}

/// What is configured about one OceanStor.
#[derive(Clone)]
pub struct Settings {
    /// The section's name, for messages.
    pub name: String,
    /// The roots of the interface, each ending with a slash, in order of preference.
    pub urls: Vec<Url>,
    /// The user.
    pub user: String,
    /// Where the password is kept.
    pub password: SecretSource,
    /// Reads secrets.
    pub reader: SecretReader,
    /// Which directory knows the user.
    pub scope: Scope,
    /// The vStore to log in to.
    pub vstore: Option<String>,
    /// How the server's certificate is checked.
    pub trust: Trust,
    /// Addresses that nodes should log in to, in order; empty = no preference.
    pub target_ips: Vec<IpAddr>,
    /// The port group that nodes should use.
    pub port_group: Option<String>,
    /// CHAP, if initiators must use it.
    pub chap: Option<ChapSettings>,
    /// How long a connection may take to open.
    pub connect: Duration,
    /// How long a request may take, from connecting to the last byte.
    pub request: Duration,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("name", &self.name)
            .field("urls", &self.urls)
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

impl Settings {
    /// Settings with nothing but what a login needs; the rest as if nothing was configured.
    pub fn new(name: &str, urls: Vec<Url>, user: &str, reader: SecretReader) -> Self {
        Self {
            name: name.to_owned(),
            urls,
            user: user.to_owned(),
            password: SecretSource::Prompt,
            reader,
            scope: Scope::Local,
            vstore: None,
            trust: Trust::System,
            target_ips: Vec::new(),
            port_group: None,
            chap: None,
            connect: Duration::from_secs(5),
            request: Duration::from_secs(60),
        }
    }

    /// What works but should not stay so; told with every use.
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        for url in &self.urls {
            if url.scheme() == "http" && !is_loopback(url) {
                warnings.push(format!(
                    "array {}: {url} is plain http: the password can be read on the way",
                    self.name
                ));
            }
        }
        let tls = self.urls.iter().any(|u| u.scheme() == "https");
        if tls && self.trust == Trust::Nothing {
            warnings.push(format!(
                "array {}: verify = \"none\": nobody knows who answers; set fingerprint instead",
                self.name
            ));
        }
        warnings
    }

    /// Reads the section of the array called `name`.
    ///
    /// # Errors
    /// The first key that is missing, wrong or unknown.
    pub fn parse(name: &str, mut section: Section, reader: SecretReader) -> Result<Self, Error> {
        section.text("kind")?;
        let asked = section.clone();
        let missing = |key: &str| asked.missing(key);
        let texts = section.texts("url")?.ok_or_else(|| missing("url"))?;
        let mut urls = Vec::new();
        for text in &texts {
            let url = parse_url(text).map_err(|why| asked.error("url", why))?;
            if !urls.contains(&url) {
                urls.push(url);
            }
        }
        let user = section.text("user")?.ok_or_else(|| missing("user"))?;
        let mut settings = Self::new(name, urls, &user, reader);
        settings.password = section
            .secret("password")?
            .ok_or_else(|| missing("password"))?;
        settings.scope = match section.text("scope")?.as_deref() {
            None | Some("local") => Scope::Local,
            Some("ldap") => Scope::Ldap,
            Some(other) => {
                return Err(asked.error("scope", format!("local or ldap wanted, not {other:?}")));
            }
        };
        settings.vstore = section.text("vstore")?;
        settings.trust = trust(&mut section, &asked)?;
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
            if !settings.target_ips.contains(&ip) {
                settings.target_ips.push(ip);
            }
        }
        settings.port_group = section.text("port_group")?;
        if !settings.target_ips.is_empty() && settings.port_group.is_some() {
            return Err(asked.error("port_group", "only one of target_ips and port_group"));
        }
        if let Some(mut chap) = section.section("chap")? {
            let user = chap.text("user")?;
            let password = chap.secret("password")?;
            let (Some(user), Some(password)) = (user, password) else {
                return Err(asked.error("chap", "user and password wanted"));
            };
            chap.finish()?;
            settings.chap = Some(ChapSettings { user, password });
        }
        if let Some(mut timeouts) = section.section("timeouts")? {
            if let Some(span) = timeouts.span("connect")? {
                settings.connect = span;
            }
            if let Some(span) = timeouts.span("request")? {
                settings.request = span;
            }
            timeouts.finish()?;
        }
        section.finish()?;
        Ok(settings)
    }
}

/// On loopback nobody is on the way.
fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn trust(section: &mut Section, asked: &Section) -> Result<Trust, Error> {
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

/// Reads a URL as configured: the scheme defaults to `https`, the port to 8088, the path to
/// `/deviceManager/rest/`.
///
/// # Errors
/// What is wrong with it.
pub fn parse_url(text: &str) -> Result<Url, String> {
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
    if url.port().is_none() && !said {
        url.set_port(Some(PORT))
            .map_err(|()| format!("{text:?}: cannot take a port"))?;
    }
    if url.path() == "/" {
        url.set_path(ROOT);
    } else if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::kit::kind::Failure;

    fn parse(body: &str) -> Result<Settings, Error> {
        let text = format!("[arrays.d1]\nkind = 'oceanstor'\n{body}");
        let config = Config::parse(&[("c.toml".into(), text)]).unwrap();
        let reader: SecretReader = Arc::new(|_| Err("not read".into()));
        Settings::parse("d1", config.arrays["d1"].clone(), reader)
    }

    const LOGIN: &str = "user = 'u'\npassword = { file = '/x' }\n";

    #[test]
    fn urls_get_scheme_port_and_path() {
        for (text, want) in [
            (
                "https://10.0.0.1",
                "https://10.0.0.1:8088/deviceManager/rest/",
            ),
            ("10.0.0.1", "https://10.0.0.1:8088/deviceManager/rest/"),
            (
                "array.example:9000",
                "https://array.example:9000/deviceManager/rest/",
            ),
            (
                "https://10.0.0.1:443",
                "https://10.0.0.1/deviceManager/rest/",
            ),
            (
                "https://[fd00::5]",
                "https://[fd00::5]:8088/deviceManager/rest/",
            ),
            (
                "https://[fd00::5]:443/",
                "https://[fd00::5]/deviceManager/rest/",
            ),
            (
                "http://127.0.0.1:80/",
                "http://127.0.0.1/deviceManager/rest/",
            ),
            ("https://gw/d1/rest", "https://gw:8088/d1/rest/"),
        ] {
            assert_eq!(parse_url(text).unwrap().as_str(), want);
        }
        for bad in [
            "",
            "ftp://x",
            "https://",
            "https://u:canary@h",
            "https://h/?a=b",
            "https://h:x",
            "https://u:can:ary@h:1",
        ] {
            let why = parse_url(bad).unwrap_err();
            assert!(!why.contains("can"), "{why}");
        }
        for (bad, says) in [
            ("https://[fe80::1%25eth0]:8088", "scope"),
            ("[fe80::1%eth0]", "scope"),
            ("https://fd00::5:8088", "[ADDRESS]"),
            ("::1", "[ADDRESS]"),
        ] {
            let why = parse_url(bad).unwrap_err();
            assert!(why.contains(says), "{bad}: {why}");
        }
    }

    #[test]
    fn a_whole_section() {
        let pin = "AB:".repeat(31) + "AB";
        let settings = parse(&format!(
            "{LOGIN}url = ['https://10.0.0.1', 'https://10.0.0.2', 'https://10.0.0.1']\n\
             scope = 'ldap'\nvstore = 't1'\nfingerprint = 'sha256:{pin}'\n\
             target_ips = ['192.0.2.1', 'fd00::1', '192.0.2.1']\n\
             chap = {{ user = 'c', password = {{ env = 'CHAP' }} }}\n\
             timeouts = {{ connect = '2s', request = '30s' }}"
        ))
        .unwrap();
        assert_eq!(settings.urls.len(), 2);
        assert_eq!(settings.scope, Scope::Ldap);
        assert_eq!(settings.vstore.as_deref(), Some("t1"));
        let want = format!("sha256:{}", "ab".repeat(32));
        assert!(matches!(&settings.trust, Trust::Pin(pin) if pin.to_string() == want));
        assert_eq!(settings.target_ips.len(), 2);
        assert_eq!(settings.chap.as_ref().unwrap().user, "c");
        assert_eq!(settings.connect, Duration::from_secs(2));
        assert_eq!(settings.request, Duration::from_secs(30));
    }

    #[test]
    fn what_is_wrong_is_named_by_its_key() {
        let url = "url = 'https://h'\n";
        for (body, key) in [
            (LOGIN.to_owned(), "url"),
            (format!("{url}password = {{ file = 'x' }}"), "user"),
            (format!("{url}user = 'u'"), "password"),
            (format!("{LOGIN}url = 'ftp://h'"), "url"),
            (format!("{LOGIN}{url}scope = 'nis'"), "scope"),
            (
                format!("{LOGIN}{url}fingerprint = 'sha256:12'"),
                "fingerprint",
            ),
            (format!("{LOGIN}{url}verify = 'maybe'"), "verify"),
            (
                format!("{LOGIN}{url}ca_file = 'x'\nverify = 'none'"),
                "ca_file",
            ),
            (format!("{LOGIN}{url}target_ips = 'here'"), "target_ips"),
            (format!("{LOGIN}{url}target_ips = 'fe80::5'"), "target_ips"),
            (
                format!("{LOGIN}{url}target_ips = '10.0.0.1'\nport_group = 'p'"),
                "port_group",
            ),
            (format!("{LOGIN}{url}chap = {{ user = 'c' }}"), "chap"),
            (
                format!("{LOGIN}{url}timeouts = {{ conect = '1s' }}"),
                "timeouts.conect",
            ),
            (format!("{LOGIN}{url}finger_print = 'x'"), "finger_print"),
        ] {
            let error = parse(&body).unwrap_err();
            assert_eq!(error.key, format!("arrays.d1.{key}"), "{error}");
        }
        let error = parse(&format!("{LOGIN}{url}finger_print = 'x'")).unwrap_err();
        assert_eq!(error.hints(), ["did you mean fingerprint?"]);
    }

    #[test]
    fn what_should_not_stay_so_is_told() {
        let warnings = |url: &str, more: &str| {
            let text = format!("{LOGIN}url = '{url}'\n{more}");
            parse(&text).unwrap().warnings()
        };
        assert_eq!(warnings("https://h", ""), [""; 0]);
        assert!(warnings("http://h", "")[0].contains("plain http"));
        assert!(warnings("https://h", "verify = 'none'")[0].contains("verify"));
        for local in ["http://127.0.0.1:1", "http://[::1]", "http://localhost"] {
            assert_eq!(warnings(local, "verify = 'none'"), [""; 0], "{local}");
        }
    }

    #[test]
    fn trust_is_full_unless_said_otherwise() {
        let url = "url = 'https://h'\n";
        let trust = |more: &str| parse(&format!("{LOGIN}{url}{more}")).unwrap().trust;
        assert_eq!(trust(""), Trust::System);
        assert_eq!(trust("verify = 'full'"), Trust::System);
        assert_eq!(trust("verify = 'none'"), Trust::Nothing);
        assert_eq!(
            trust("ca_file = '/ca.pem'"),
            Trust::CaFile("/ca.pem".into())
        );
    }
}
