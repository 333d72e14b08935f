//! `[arrays.NAME]` with `kind = "ontap"`.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use reqwest::Url;

use super::names;
use crate::array::access::{self, ChapSettings, SecretReader};
use crate::array::http::Trust;
use crate::config::{Error, SecretSource, Section, nearest};

/// The values of `api`.
const APIS: [&str; 3] = ["auto", "rest", "zapi"];

/// Which of the two interfaces is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApiChoice {
    /// What the array's version asks for (ontap.md §1).
    Auto,
    /// REST only.
    Rest,
    /// ZAPI only.
    Zapi,
}

/// What is configured about one SVM of one ONTAP.
#[derive(Clone)]
pub struct Settings {
    /// The section's name, for messages.
    pub name: String,
    /// The management addresses, each ending with a slash, in order of preference.
    pub urls: Vec<Url>,
    /// The user: of the cluster, or of the SVM.
    pub user: String,
    /// Where the password is kept.
    pub password: SecretSource,
    /// Reads secrets.
    pub reader: SecretReader,
    /// The SVM to work on; `None` = the account belongs to one.
    pub svm: Option<String>,
    /// Which interface is spoken.
    pub api: ApiChoice,
    /// How the server's certificate is checked.
    pub trust: Trust,
    /// What igroups made by this tool are called, followed by the node's name.
    pub igroup_prefix: String,
    /// Addresses that nodes should log in to, in order; empty = every usable LIF.
    pub target_ips: Vec<IpAddr>,
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
            .field("svm", &self.svm)
            .field("api", &self.api)
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
            svm: None,
            api: ApiChoice::Auto,
            trust: Trust::System,
            igroup_prefix: names::PREFIX.to_owned(),
            target_ips: Vec::new(),
            chap: None,
            connect: access::CONNECT,
            request: access::REQUEST,
        }
    }

    /// What works but should not stay so; told with every use.
    pub fn warnings(&self) -> Vec<String> {
        access::warnings(&self.name, &self.urls, &self.trust)
    }

    /// What this machine calls the array before it has said who it is: for locks.
    pub(super) fn place(&self) -> String {
        let authority = |url: &Url| {
            let host = url.host_str().unwrap_or_default();
            let port = url.port().map(|port| format!(":{port}"));
            format!("{host}{}", port.unwrap_or_default())
        };
        let host = self.urls.first().map(authority).unwrap_or_default();
        match &self.svm {
            Some(svm) => format!("{host}/{svm}"),
            None => host,
        }
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
        settings.svm = section.text("svm")?;
        if let Some(svm) = &settings.svm
            && !is_svm_name(svm)
        {
            return Err(asked.error("svm", format!("{svm:?} is no name of an SVM")));
        }
        settings.api = match section.text("api")?.as_deref() {
            None | Some("auto") => ApiChoice::Auto,
            Some("rest") => ApiChoice::Rest,
            Some("zapi") => ApiChoice::Zapi,
            Some(other) => {
                let mut error =
                    asked.error("api", format!("auto, rest or zapi wanted, not {other:?}"));
                error.hint = nearest(other, APIS.into_iter()).map(|n| format!("did you mean {n}?"));
                return Err(error);
            }
        };
        settings.trust = access::trust(&mut section, &asked)?;
        if let Some(prefix) = section.text("igroup_prefix")? {
            if !names::is_prefix(&prefix) {
                let why = "1 to 32 letters, digits and - _ . wanted";
                return Err(asked.error("igroup_prefix", why));
            }
            settings.igroup_prefix = prefix;
        }
        settings.target_ips = access::target_ips(&mut section, &asked)?;
        settings.chap = access::chap(&mut section, &asked)?;
        (settings.connect, settings.request) = access::timeouts(&mut section)?;
        section.finish()?;
        Ok(settings)
    }
}

/// An SVM's name travels in headers and attributes.
fn is_svm_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 64
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

/// Reads a URL as configured: the scheme defaults to `https`; `/api` at its end is dropped.
///
/// # Errors
/// What is wrong with it.
pub fn parse_url(text: &str) -> Result<Url, String> {
    let mut url = access::parse_url(text, None)?;
    if let Some(root) = url.path().strip_suffix("/api/") {
        let root = format!("{root}/");
        url.set_path(&root);
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
        let text = format!("[arrays.gold]\nkind = 'ontap'\n{body}");
        let config = Config::parse(&[("c.toml".into(), text)]).unwrap();
        let reader: SecretReader = Arc::new(|_| Err("not read".into()));
        Settings::parse("gold", config.arrays["gold"].clone(), reader)
    }

    const LOGIN: &str = "url = '10.0.0.5'\nuser = 'u'\npassword = { file = '/x' }\n";

    #[test]
    fn urls_are_origins() {
        for (text, want) in [
            ("10.0.0.5", "https://10.0.0.5/"),
            ("https://[fd00::5]/api", "https://[fd00::5]/"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080/"),
            ("https://gw:444/gold/", "https://gw:444/gold/"),
        ] {
            assert_eq!(parse_url(text).unwrap().as_str(), want);
        }
        assert!(parse_url("ftp://h").is_err());
    }

    #[test]
    fn a_whole_section() {
        let settings = parse(&format!(
            "{LOGIN}svm = 'svm_gold'\napi = 'zapi'\nverify = 'none'\nigroup_prefix = 'lab-'\n\
             target_ips = '[fd00::1]'\nchap = {{ user = 'c', password = {{ env = 'CHAP' }} }}\n\
             timeouts = {{ connect = '2s' }}"
        ))
        .unwrap();
        assert_eq!(settings.svm.as_deref(), Some("svm_gold"));
        assert_eq!(settings.api, ApiChoice::Zapi);
        assert_eq!(settings.place(), "10.0.0.5/svm_gold");
        assert_eq!(settings.igroup_prefix, "lab-");
        assert_eq!(settings.target_ips.len(), 1);
        assert_eq!(settings.connect, Duration::from_secs(2));
        assert!(settings.warnings()[0].contains("verify"));
        let plain = parse(LOGIN).unwrap();
        assert_eq!((plain.api, plain.svm), (ApiChoice::Auto, None));
    }

    #[test]
    fn what_is_wrong_is_named_by_its_key() {
        for (body, key, hint) in [
            ("api = 'zappi'", "api", "did you mean zapi?"),
            ("svn = 'x'", "svn", "did you mean svm?"),
            ("svm = 'a b'", "svm", ""),
            ("scope = 'local'", "scope", ""),
            ("igroup_prefix = 'a b'", "igroup_prefix", ""),
            ("igroup_prefix = ''", "igroup_prefix", ""),
        ] {
            let error = parse(&format!("{LOGIN}{body}")).unwrap_err();
            assert_eq!(error.key, format!("arrays.gold.{key}"), "{error}");
            let hints = error.hints();
            if !hint.is_empty() {
                assert_eq!(hints, [hint], "{error}");
            }
        }
    }
}
