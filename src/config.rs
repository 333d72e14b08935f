//! The configuration: TOML in layers, every value with the place it came from.
//!
//! This file knows the common keys. A section of `[arrays]` is handed as a [`Section`] to the
//! vendor's own `config.rs`, which takes the keys it knows; what nobody took is an error that
//! names the nearest known key. No files are read here.

mod settings;

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use toml::{Table, Value};

use crate::kit::kind::{Failure, Kind};
use crate::kit::span::parse_span;
use crate::model::other_connection::check_path;

pub use settings::Setting;

/// Where a value came from: a file's path.
pub type Origin = String;

/// A wrong configuration: which key of which file, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{origin}: {key}: {why}")]
pub struct Error {
    /// The file.
    pub origin: Origin,
    /// The key, dotted.
    pub key: String,
    /// What is wrong with it.
    pub why: String,
    /// What to do.
    pub hint: Option<String>,
}

impl Failure for Error {
    fn kind(&self) -> Kind {
        Kind::Usage
    }

    fn hints(&self) -> Vec<String> {
        self.hint.clone().into_iter().collect()
    }
}

/// Where a secret is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretSource {
    /// The first line of a file that only its owner can read.
    File(String),
    /// The first line that a command prints.
    Command(Vec<String>),
    /// An environment variable.
    Env(String),
    /// A question on the terminal.
    Prompt,
}

impl fmt::Display for SecretSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "file {path}"),
            // Its arguments may be secrets themselves.
            Self::Command(argv) => write!(f, "command {}", argv.first().map_or("", |a| a)),
            Self::Env(name) => write!(f, "environment variable {name}"),
            Self::Prompt => f.write_str("a prompt"),
        }
    }
}

/// How many paths an attachment should have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paths {
    /// Fewer than this is degraded.
    pub want: usize,
    /// Fewer than this is a failure.
    pub min: usize,
}

/// `[node]`: what is said about this machine.
#[derive(Debug, Clone, Default)]
pub struct NodeConfig {
    /// The connector's address, or the name of an interface.
    pub ip: Option<String>,
    /// The node's name; default: the host name.
    pub name: Option<String>,
    /// Whether to build a multipath map.
    pub multipath: Option<bool>,
    /// How many paths to want.
    pub paths: Option<Paths>,
    /// The folder in which shares are mounted.
    pub mount_base: Option<String>,
}

/// `[log]`: who else is told of changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogConfig {
    /// Whether each change is a line in the system's log.
    pub syslog: bool,
    /// Where that log listens; default: `/dev/log`.
    pub socket: Option<String>,
}

/// The whole configuration.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The array meant when none is named.
    pub default_array: Option<String>,
    /// `[arrays.NAME]`.
    pub arrays: BTreeMap<String, Section>,
    /// `[node]`.
    pub node: NodeConfig,
    /// `[log]`.
    pub log: LogConfig,
    /// The files it was read from, the strongest first.
    pub files: Vec<Origin>,
    /// Every value, and where it came from.
    pub settings: Vec<Setting>,
}

impl Config {
    /// Reads layers of text, the strongest first. Tables are merged key by key.
    ///
    /// # Errors
    /// The first syntax error or wrong common key. Wrong keys of an array's section show when
    /// that array is opened.
    pub fn parse(layers: &[(Origin, String)]) -> Result<Self, Error> {
        let mut tables = Vec::new();
        for (origin, text) in layers {
            let table: Table = text.parse().map_err(|e: toml::de::Error| {
                let line = e.span().map_or(0, |s| {
                    text.get(..s.start)
                        .map_or(0, |before| before.matches('\n').count() + 1)
                });
                let why = e.message().to_owned();
                Error {
                    origin: origin.clone(),
                    key: format!("line {line}"),
                    why,
                    hint: None,
                }
            })?;
            tables.push((origin.clone(), table));
        }
        let settings = settings::of(&tables);
        let mut top = Section::new("", tables);
        top.asked.extend(["arrays", "node", "log"]);
        let unknown_default = top.error("default_array", "");
        let default_array = top.text("default_array")?;
        let mut arrays = BTreeMap::new();
        if let Some(mut sections) = top.section("arrays")? {
            for name in sections.keys() {
                if let Some(section) = sections.section(&name)? {
                    arrays.insert(name, section);
                }
            }
        }
        let node = match top.section("node")? {
            Some(section) => node(section)?,
            None => NodeConfig::default(),
        };
        let log = match top.section("log")? {
            Some(section) => log(section)?,
            None => LogConfig::default(),
        };
        top.finish()?;
        if let Some(name) = &default_array
            && !arrays.contains_key(name)
        {
            let near = nearest(name, arrays.keys().map(String::as_str));
            return Err(Error {
                why: format!("there is no [arrays.{name}]"),
                hint: near.map(|near| format!("did you mean {near}?")),
                ..unknown_default
            });
        }
        let files = layers.iter().map(|(origin, _)| origin.clone()).collect();
        Ok(Self {
            default_array,
            arrays,
            node,
            log,
            files,
            settings,
        })
    }
}

fn node(mut section: Section) -> Result<NodeConfig, Error> {
    let node = NodeConfig {
        ip: section.text("ip")?,
        name: section.text("name")?,
        multipath: section.flag("multipath")?,
        mount_base: match section.text("mount_base")? {
            Some(base) => {
                let checked = check_path("mount_base", &base);
                checked.map_err(|e| section.error("mount_base", &e.why))?;
                Some(base)
            }
            None => None,
        },
        paths: match section.section("paths")? {
            None => None,
            Some(mut paths) => {
                let want = paths.count("want")?;
                let min = paths.count("min")?.unwrap_or(1);
                let want = want.unwrap_or(min);
                if min == 0 || want < min {
                    return Err(paths.error("min", "1 <= min <= want wanted"));
                }
                paths.finish()?;
                Some(Paths { want, min })
            }
        },
    };
    section.finish()?;
    Ok(node)
}

fn log(mut section: Section) -> Result<LogConfig, Error> {
    let log = LogConfig {
        syslog: section.flag("syslog")?.unwrap_or_default(),
        socket: section.text("socket")?,
    };
    section.finish()?;
    Ok(log)
}

/// One table of the configuration, merged from its layers. Keys are taken out one by one, and
/// [`Section::finish`] complains about those that are left.
#[derive(Debug, Clone)]
pub struct Section {
    path: String,
    layers: Vec<(Origin, Table)>,
    asked: Vec<&'static str>,
}

impl Section {
    fn new(path: &str, layers: Vec<(Origin, Table)>) -> Self {
        Self {
            path: path.to_owned(),
            layers,
            asked: Vec::new(),
        }
    }

    /// The dotted name of this table.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The keys that nobody has taken yet, sorted.
    pub fn keys(&self) -> Vec<String> {
        let mut keys: Vec<String> = self
            .layers
            .iter()
            .flat_map(|(_, table)| table.keys().cloned())
            .collect();
        keys.sort();
        keys.dedup();
        keys
    }

    /// Where the strongest value of `key` stands, without taking it.
    pub fn origin(&self, key: &str) -> Option<&str> {
        self.layers
            .iter()
            .find(|(_, table)| table.contains_key(key))
            .map(|(o, _)| o.as_str())
    }

    /// An error about one of its keys.
    pub fn error(&self, key: &str, why: impl Into<String>) -> Error {
        let origin = self
            .origin(key)
            .or_else(|| self.layers.first().map(|(o, _)| o.as_str()));
        let origin = origin.unwrap_or("configuration").to_owned();
        Error {
            origin,
            key: self.dotted(key),
            why: why.into(),
            hint: None,
        }
    }

    /// The error of a key that must be there; it points at the key that was meant to be it.
    pub fn missing(&self, key: &str) -> Error {
        let keys = self.keys();
        let near = nearest(key, keys.iter().map(String::as_str));
        Error {
            hint: near.map(|near| format!("did you mean {key}? There is {near}")),
            ..self.error(key, "missing")
        }
    }

    fn dotted(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    /// Takes a value out: the strongest layer that has it.
    fn take(&mut self, key: &str) -> Option<(Origin, Value)> {
        let mut found = None;
        for (origin, table) in &mut self.layers {
            if let Some(value) = table.remove(key)
                && found.is_none()
            {
                found = Some((origin.clone(), value));
            }
        }
        found
    }

    /// Moves a value, as it is, into another table.
    pub fn hand_over(&mut self, key: &'static str, to: &mut Self) {
        self.asked.push(key);
        if let Some((origin, value)) = self.take(key) {
            let mut table = Table::new();
            table.insert(key.to_owned(), value);
            to.layers.insert(0, (origin, table));
        }
    }

    fn wrong(&self, origin: Origin, key: &str, wanted: &str, got: &Value) -> Error {
        let why = format!("{wanted} wanted, not {}", got.type_str());
        Error {
            origin,
            key: self.dotted(key),
            why,
            hint: None,
        }
    }

    /// A text.
    ///
    /// # Errors
    /// When it is something else.
    pub fn text(&mut self, key: &'static str) -> Result<Option<String>, Error> {
        self.asked.push(key);
        match self.take(key) {
            None => Ok(None),
            Some((_, Value::String(text))) => Ok(Some(text)),
            Some((origin, other)) => Err(self.wrong(origin, key, "a text", &other)),
        }
    }

    /// One text or a list of texts.
    ///
    /// # Errors
    /// When it is something else.
    pub fn texts(&mut self, key: &'static str) -> Result<Option<Vec<String>>, Error> {
        self.asked.push(key);
        match self.take(key) {
            None => Ok(None),
            Some((_, Value::String(text))) => Ok(Some(vec![text])),
            Some((origin, Value::Array(items))) => {
                let texts: Option<Vec<String>> = items
                    .iter()
                    .map(|v| v.as_str().map(str::to_owned))
                    .collect();
                match texts {
                    Some(texts) if !texts.is_empty() => Ok(Some(texts)),
                    _ => Err(self.wrong(origin, key, "a list of texts", &Value::Array(items))),
                }
            }
            Some((origin, other)) => Err(self.wrong(origin, key, "a text or a list", &other)),
        }
    }

    /// `true` or `false`.
    ///
    /// # Errors
    /// When it is something else.
    pub fn flag(&mut self, key: &'static str) -> Result<Option<bool>, Error> {
        self.asked.push(key);
        match self.take(key) {
            None => Ok(None),
            Some((_, Value::Boolean(flag))) => Ok(Some(flag)),
            Some((origin, other)) => Err(self.wrong(origin, key, "true or false", &other)),
        }
    }

    /// A number of things.
    ///
    /// # Errors
    /// When it is something else or negative.
    pub fn count(&mut self, key: &'static str) -> Result<Option<usize>, Error> {
        self.asked.push(key);
        match self.take(key) {
            None => Ok(None),
            Some((origin, Value::Integer(n))) => match usize::try_from(n) {
                Ok(n) => Ok(Some(n)),
                Err(_) => Err(Error {
                    origin,
                    key: self.dotted(key),
                    why: format!("{n} is negative"),
                    hint: None,
                }),
            },
            Some((origin, other)) => Err(self.wrong(origin, key, "a number", &other)),
        }
    }

    /// A duration with its unit.
    ///
    /// # Errors
    /// When it is something else.
    pub fn span(&mut self, key: &'static str) -> Result<Option<Duration>, Error> {
        let origin = self.origin(key).unwrap_or_default().to_owned();
        match self.text(key)? {
            None => Ok(None),
            Some(text) => match parse_span(&text) {
                Ok(span) => Ok(Some(span)),
                Err(why) => Err(Error {
                    origin,
                    key: self.dotted(key),
                    why,
                    hint: None,
                }),
            },
        }
    }

    /// A table within.
    ///
    /// # Errors
    /// When it is something else.
    pub fn section(&mut self, key: &str) -> Result<Option<Self>, Error> {
        let mut layers = Vec::new();
        let mut wrong = None;
        for (origin, table) in &mut self.layers {
            match table.remove(key) {
                None => {}
                Some(Value::Table(inner)) => layers.push((origin.clone(), inner)),
                Some(other) => wrong = wrong.or(Some((origin.clone(), other))),
            }
        }
        if let Some((origin, other)) = wrong {
            return Err(self.wrong(origin, key, "a table", &other));
        }
        let path = self.dotted(key);
        Ok((!layers.is_empty()).then(|| Self::new(&path, layers)))
    }

    /// Where a secret is kept: `{ file = … }`, `{ command = […] }`, `{ env = … }` or
    /// `{ prompt = true }`. The secret itself never stands in the configuration.
    ///
    /// # Errors
    /// When it is something else.
    pub fn secret(&mut self, key: &'static str) -> Result<Option<SecretSource>, Error> {
        self.asked.push(key);
        let forms = "{ file = \"…\" }, { command = [\"…\"] }, { env = \"…\" } or { prompt = true }";
        if let Some((_, table)) = self.layers.iter().find(|(_, t)| t.contains_key(key))
            && matches!(table.get(key), Some(Value::String(_)))
        {
            let mut error = self.error(key, "a secret does not stand in the configuration");
            error.hint = Some(format!("say where it is kept: {forms}"));
            return Err(error);
        }
        // The strongest layer alone counts: two sources for one secret would be a trap.
        let strongest = self.origin(key).map(str::to_owned);
        let Some(mut inner) = self.section(key)? else {
            return Ok(None);
        };
        inner
            .layers
            .retain(|(origin, _)| Some(origin) == strongest.as_ref());
        let file = inner.text("file")?.map(SecretSource::File);
        let command = inner.texts("command")?.map(SecretSource::Command);
        let env = inner.text("env")?.map(SecretSource::Env);
        let prompt = inner
            .flag("prompt")?
            .filter(|p| *p)
            .map(|_| SecretSource::Prompt);
        inner.finish()?;
        let mut sources = [file, command, env, prompt].into_iter().flatten();
        match (sources.next(), sources.next()) {
            (Some(source), None) => Ok(Some(source)),
            _ => Err(self.error(key, format!("exactly one wanted of {forms}"))),
        }
    }

    /// Complains about the first key that nobody took.
    ///
    /// # Errors
    /// Names that key and the nearest known one.
    pub fn finish(self) -> Result<(), Error> {
        let Some(key) = self.keys().into_iter().next() else {
            return Ok(());
        };
        let mut error = self.error(&key, "unknown key");
        error.hint = match nearest(&key, self.asked.iter().copied()) {
            Some(near) => Some(format!("did you mean {near}?")),
            None if self.asked.is_empty() => None,
            None => Some(format!("known keys: {}", self.asked.join(", "))),
        };
        Err(error)
    }
}

/// The known word nearest to a mistyped one, if any is near.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|k| (distance(word, k), k))
        .filter(|(d, k)| *d <= (k.chars().count() / 3).max(1))
        .min()
        .map(|(_, k)| k)
}

/// The number of single-letter edits between two words (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for (y, (left_up, up)) in b.iter().zip(row.iter().zip(row.iter().skip(1))) {
            let left = next.last().copied().unwrap_or(0);
            next.push((left_up + usize::from(x != *y)).min(left + 1).min(up + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, Error> {
        Config::parse(&[("c.toml".into(), text.into())])
    }

    #[test]
    fn an_unknown_key_names_its_file_and_the_nearest_known_one() {
        let error = parse("defualt_array = 'a'").unwrap_err();
        assert_eq!(error.to_string(), "c.toml: defualt_array: unknown key");
        assert_eq!(error.hints(), ["did you mean default_array?"]);
        let error = parse("[node]\npaths = { want = 2, mni = 1 }").unwrap_err();
        assert_eq!(error.key, "node.paths.mni");
    }

    #[test]
    fn a_missing_key_points_at_the_one_that_was_meant() {
        let config = parse("[arrays.a]\nusr = 'x'").unwrap();
        let error = config.arrays["a"].missing("user");
        assert_eq!(error.to_string(), "c.toml: arrays.a.user: missing");
        assert_eq!(error.hints(), ["did you mean user? There is usr"]);
        assert!(config.arrays["a"].missing("url").hints().is_empty());
    }

    #[test]
    fn the_stronger_layer_wins_key_by_key() {
        let strong = "[arrays.a]\nuser = 'strong'".to_owned();
        let weak = "[arrays.a]\nuser = 'weak'\nkind = 'oceanstor'".to_owned();
        let config =
            Config::parse(&[("user.toml".into(), strong), ("etc.toml".into(), weak)]).unwrap();
        let mut section = config.arrays["a"].clone();
        assert_eq!(section.origin("kind"), Some("etc.toml"));
        assert_eq!(section.text("user").unwrap().as_deref(), Some("strong"));
        assert_eq!(section.text("kind").unwrap().as_deref(), Some("oceanstor"));
        section.finish().unwrap();
    }

    #[test]
    fn a_secret_in_clear_is_refused_and_its_text_is_not_repeated() {
        let config = parse("[arrays.a]\npassword = 'canary'").unwrap();
        let error = config.arrays["a"].clone().secret("password").unwrap_err();
        assert!(!error.to_string().contains("canary"));
        assert!(error.hints()[0].contains("file ="));
        let config = parse("[arrays.a]\npassword = { file = 'x', env = 'Y' }").unwrap();
        assert!(config.arrays["a"].clone().secret("password").is_err());
        let config = parse("[arrays.a]\npassword = { command = ['pass', 'a'] }").unwrap();
        let source = config.arrays["a"].clone().secret("password").unwrap();
        assert_eq!(
            source,
            Some(SecretSource::Command(vec!["pass".into(), "a".into()]))
        );
    }

    #[test]
    fn syntax_errors_name_the_line() {
        assert_eq!(parse("a = 1\nb = ").unwrap_err().key, "line 2");
    }

    #[test]
    fn a_default_array_must_exist() {
        let error = parse("default_array = 'dorado2'\n[arrays.dorado1]\nkind='sim'").unwrap_err();
        assert_eq!(error.hints(), ["did you mean dorado1?"]);
        let layers = [
            ("user.toml".into(), "[arrays.dorado1]\nkind='sim'".into()),
            ("etc.toml".into(), "default_array = 'gold'".into()),
        ];
        assert_eq!(Config::parse(&layers).unwrap_err().origin, "etc.toml");
    }
}
