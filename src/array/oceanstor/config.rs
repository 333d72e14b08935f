//! `[arrays.NAME]` with `kind = "oceanstor"`.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use reqwest::Url;

use crate::array::access;
use crate::array::http::Trust;
use crate::config::{Error, SecretSource, Section};

pub use crate::array::access::{ChapSettings, SecretReader};

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
            connect: access::CONNECT,
            request: access::REQUEST,
        }
    }

    /// What works but should not stay so; told with every use.
    pub fn warnings(&self) -> Vec<String> {
        access::warnings(&self.name, &self.urls, &self.trust)
    }

    /// Reads the section of the array called `name`.
    ///
    /// # Errors
    /// The first key that is missing, wrong or unknown.
    pub fn parse(name: &str, mut section: Section, reader: SecretReader) -> Result<Self, Error> {
        section.text("kind")?;
        let asked = section.clone();
        let login = access::login(&mut section, &asked, parse_url)?;
        let mut settings = Self::new(name, login.urls, &login.user, reader);
        settings.password = login.password;
        settings.scope = match section.text("scope")?.as_deref() {
            None | Some("local") => Scope::Local,
            Some("ldap") => Scope::Ldap,
            Some(other) => {
                return Err(asked.error("scope", format!("local or ldap wanted, not {other:?}")));
            }
        };
        settings.vstore = section.text("vstore")?;
        settings.trust = access::trust(&mut section, &asked)?;
        settings.target_ips = access::target_ips(&mut section, &asked)?;
        settings.port_group = section.text("port_group")?;
        if !settings.target_ips.is_empty() && settings.port_group.is_some() {
            return Err(asked.error("port_group", "only one of target_ips and port_group"));
        }
        settings.chap = access::chap(&mut section, &asked)?;
        (settings.connect, settings.request) = access::timeouts(&mut section)?;
        section.finish()?;
        Ok(settings)
    }
}

/// Reads a URL as configured: the scheme defaults to `https`, the port to 8088, the path to
/// `/deviceManager/rest/`.
///
/// # Errors
/// What is wrong with it.
pub fn parse_url(text: &str) -> Result<Url, String> {
    let mut url = access::parse_url(text, Some(PORT))?;
    if url.path() == "/" {
        url.set_path(ROOT);
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

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
