//! Names for completions: those that listings have shown, and those of journals. Nothing is asked
//! for a completion, and no command needs these names.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::system::store::Store;

/// So many names of each noun are kept.
const MOST: usize = 2000;
/// The longest name that is kept.
const LONGEST: usize = 255;
/// The folder within the state.
const FOLDER: &str = "names";

/// What has a name that can be completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noun {
    /// A section of the configuration.
    Array,
    /// A LUN.
    Lun,
    /// A host of the array.
    Host,
    /// A host group.
    Hostgroup,
    /// A LUN group.
    Lungroup,
    /// A port group.
    Portgroup,
    /// A mapping.
    Mapping,
}

impl Noun {
    const ALL: [Self; 7] = [
        Self::Array,
        Self::Lun,
        Self::Host,
        Self::Hostgroup,
        Self::Lungroup,
        Self::Portgroup,
        Self::Mapping,
    ];

    /// The noun of the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Array => "array",
            Self::Lun => "lun",
            Self::Host => "host",
            Self::Hostgroup => "hostgroup",
            Self::Lungroup => "lungroup",
            Self::Portgroup => "portgroup",
            Self::Mapping => "mapping",
        }
    }

    /// The noun of a word.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|noun| noun.word() == word)
    }
}

/// What is kept of one array.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    v: u32,
    #[serde(default)]
    names: BTreeMap<String, BTreeSet<String>>,
}

/// Names of one listing, as they pass by.
#[derive(Debug, Default)]
pub struct Seen(BTreeSet<String>);

impl Seen {
    /// Takes a name along.
    pub fn add(&mut self, name: &str) {
        if self.0.len() < MOST && name.len() <= LONGEST && !name.is_empty() {
            self.0.insert(name.to_owned());
        }
    }

    /// Keeps the names: in place of the old ones after a listing of everything, else beside them.
    /// What cannot be kept is not worth a word.
    pub fn keep(self, app: &App, array: &str, noun: Noun, all: All) {
        if app.global.root.is_some() {
            return;
        }
        let store = app.home().within(FOLDER);
        let mut kept = read(&store, array);
        let names = kept.names.entry(noun.word().to_owned()).or_default();
        let before = names.clone();
        match all {
            All::Yes => *names = self.0,
            All::No => {
                let room = MOST.saturating_sub(names.len());
                names.extend(self.0.into_iter().take(room));
            }
        }
        if *names != before
            && let Ok(text) = serde_json::to_string(&kept)
        {
            let _ = store.put(&file_of(array), &text);
        }
    }
}

/// Whether a listing showed everything there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum All {
    /// It did.
    Yes,
    /// It was narrowed, or ended early.
    No,
}

/// A section may be called anything; a file may not.
fn file_of(array: &str) -> String {
    let mut name = String::new();
    for byte in array.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_".contains(&byte) {
            name.push(char::from(byte));
        } else {
            name.push_str(&format!("%{byte:02x}"));
        }
    }
    format!("{name}.json")
}

fn read(store: &Store, array: &str) -> Kept {
    let text = store.read(&file_of(array)).ok().flatten();
    let kept: Option<Kept> = text.and_then(|t| serde_json::from_str(&t).ok());
    kept.filter(|k| k.v == 1).unwrap_or(Kept {
        v: 1,
        ..Kept::default()
    })
}

/// The names that are known of a noun: of the array that is meant, or of all.
pub fn known(app: &App, noun: Noun) -> BTreeSet<String> {
    let sections = || -> Vec<String> {
        let names: Vec<String> = app.config.arrays.keys().cloned().collect();
        match names.is_empty() {
            true => app.array_name().into_iter().collect(),
            false => names,
        }
    };
    if noun == Noun::Array {
        return sections().into_iter().collect();
    }
    let store = app.home().within(FOLDER);
    let meant = match app.array_name() {
        Ok(name) => vec![name],
        Err(_) => sections(),
    };
    let mut found: BTreeSet<String> = meant
        .iter()
        .filter_map(|array| read(&store, array).names.remove(noun.word()))
        .flatten()
        .collect();
    if noun == Noun::Lun
        && let Ok(open) = app.journals().list_open()
    {
        let luns = open
            .iter()
            .filter_map(|j| Some(j.facts().lun.as_ref()?.name.clone()));
        found.extend(luns);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_has_a_file_of_its_own() {
        assert_eq!(file_of("dorado1"), "dorado1.json");
        assert_eq!(file_of("../a b"), "%2e%2e%2fa%20b.json");
        assert_ne!(file_of("a.b"), file_of("a/b"));
    }

    #[test]
    fn what_is_kept_has_bounds() {
        let mut seen = Seen::default();
        seen.add("");
        seen.add(&"x".repeat(LONGEST + 1));
        assert!(seen.0.is_empty());
        for number in 0..MOST + 10 {
            seen.add(&format!("vol-{number}"));
        }
        assert_eq!(seen.0.len(), MOST);
    }

    #[test]
    fn a_file_of_something_else_is_no_error() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::new(dir.path().join("names"));
        for text in ["", "[]", "{\"v\":2,\"names\":{\"lun\":[\"a\"]}}", "{"] {
            store.put("a.json", text).unwrap();
            assert!(read(&store, "a").names.is_empty(), "{text}");
        }
        store
            .put("a.json", "{\"v\":1,\"names\":{\"lun\":[\"a\"]}}")
            .unwrap();
        assert!(read(&store, "a").names["lun"].contains("a"));
    }
}
