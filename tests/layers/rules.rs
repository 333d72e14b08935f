//! The rules that hold the sources together. Who may name whom is the first table.

use std::collections::BTreeSet;
use std::fmt;

use super::scan::{self, Found, What};

/// The layers, top to bottom. What stands in a row may name its own module, the modules that are
/// listed with it, and nothing else of ours.
const LAYERS: [(&str, &[&str]); 13] = [
    ("main", &["app", "cli", "kit"]),
    ("lib", &[]),
    ("app", UNDER_APP),
    ("cli", UNDER_APP),
    (
        "attachment",
        &[
            "array", "node", "sim", "step", "system", "model", "config", "kit",
        ],
    ),
    ("array", UNDER_PARTS),
    ("node", UNDER_PARTS),
    ("sim", UNDER_PARTS),
    ("step", &["model", "config", "kit"]),
    ("system", &["model", "config", "kit"]),
    ("config", &["model", "kit"]),
    ("model", &["kit"]),
    ("kit", &[]),
];
const UNDER_APP: &[&str] = &[
    "app",
    "cli",
    "attachment",
    "array",
    "node",
    "sim",
    "step",
    "system",
    "model",
    "config",
    "kit",
];
/// Arrays, the node and practice never see each other.
const UNDER_PARTS: &[&str] = &["step", "system", "model", "config", "kit"];

/// Crates of others that only some modules may name.
const CRATES: [(&str, &[&str]); 8] = [
    ("tokio", &["sim"]),
    ("hyper", &["sim"]),
    ("hyper_util", &["sim"]),
    ("http_body_util", &["sim"]),
    ("anyhow", &["cli", "app", "main"]),
    ("dialoguer", &["cli", "app", "main"]),
    ("reqwest", &["array"]),
    ("serde_saphyr", &["kit"]),
];

/// The modules that may reach files, processes, sleep and the HTTP client's builder themselves.
const SEAMS: [&[&str]; 7] = [
    &["kit", "lock"],
    &["kit", "trace"],
    &["kit", "stop"],
    &["kit", "printer"],
    &["system"],
    &["sim"],
    &["array", "http"],
];
/// Lints that hold the seams, and the groups they would vanish with.
const SEAM_LINTS: [&str; 3] = [
    "clippy::disallowed_methods",
    "clippy::disallowed_macros",
    "clippy::disallowed_types",
];
const WHOLE_GROUPS: [&str; 4] = [
    "clippy::all",
    "clippy::style",
    "clippy::restriction",
    "warnings",
];

/// The only module that prints.
const PRINTER: &[&str] = &["kit", "printer"];
const PRINTING: [&str; 5] = ["print", "println", "eprint", "eprintln", "dbg"];

/// Names that say nothing about what is in a file.
const EMPTY_NAMES: [&str; 7] = [
    "util", "utils", "common", "types", "helper", "helpers", "misc",
];
const LONGEST_FILE: usize = 600;
const LONGEST_MAIN: usize = 60;

/// A file as the rules see it.
pub(crate) struct Source {
    /// Below the package's folder: `src/kit/stop.rs`, `tests/layers.rs`.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// A broken rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Broken {
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) why: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.why)
    }
}

/// All broken rules, in the order of the files.
pub(crate) fn broken(sources: &[Source]) -> Vec<Broken> {
    let scans: Vec<_> = sources
        .iter()
        .map(|source| (source, source.path.strip_prefix("src/")))
        .map(|(source, inner)| (source, inner.map(|i| (i, scan::scan(i, &source.text)))))
        .collect();
    let test_files: BTreeSet<Vec<String>> = scans
        .iter()
        .filter_map(|(_, inner)| inner.as_ref())
        .flat_map(|(_, scan)| scan.test_files.iter().cloned())
        .collect();
    let mut all = Vec::new();
    for (source, inner) in &scans {
        let mut add = |line, why| {
            all.push(Broken {
                path: source.path.clone(),
                line,
                why,
            });
        };
        file_rules(source, &mut add);
        if let Some((inner, scan)) = inner {
            let place = Place::of(inner, &test_files);
            if place.may_name.is_none() {
                add(1, format!("{} is in no layer", place.top));
            }
            for found in &scan.found {
                if let Some(why) = place.judge(found) {
                    add(found.line, why);
                }
            }
        }
    }
    all
}

fn file_rules(source: &Source, add: &mut dyn FnMut(usize, String)) {
    let lines = source.text.lines().count();
    let most = if source.path == "src/main.rs" {
        LONGEST_MAIN
    } else {
        LONGEST_FILE
    };
    if lines > most {
        add(lines, format!("{lines} lines, {most} are the ceiling"));
    }
    for name in source.path.split('/') {
        let stem = name.strip_suffix(".rs").unwrap_or(name);
        if EMPTY_NAMES.contains(&stem) {
            add(1, format!("the name {stem:?} says nothing"));
        }
    }
}

/// Where a file is, and what it may do there.
struct Place {
    top: String,
    may_name: Option<&'static [&'static str]>,
    module: Vec<String>,
    test: bool,
}

impl Place {
    fn of(inner: &str, test_files: &BTreeSet<Vec<String>>) -> Self {
        let top = inner.split('/').next().unwrap_or_default();
        let top = top.strip_suffix(".rs").unwrap_or(top).to_owned();
        let module = scan::module_of(inner);
        Self {
            may_name: LAYERS.iter().find(|l| l.0 == top).map(|l| l.1),
            test: test_files.iter().any(|tests| module.starts_with(tests)),
            top,
            module,
        }
    }

    fn is_in(&self, module: &[&str]) -> bool {
        module.len() <= self.module.len() && module.iter().zip(&self.module).all(|(a, b)| a == b)
    }

    fn judge(&self, found: &Found) -> Option<String> {
        let test = self.test || found.test;
        match &found.what {
            What::Path(path) => self.judge_path(path, test),
            What::Unsafe => Some("unsafe".to_owned()),
            What::Elsewhere(how) => Some(format!("{how} hides where the code belongs")),
            What::Macro(name) => {
                (PRINTING.contains(&name.as_str()) && !test && !self.is_in(PRINTER))
                    .then(|| format!("{name}! outside kit/printer"))
            }
            What::Allow(_) if test => None,
            What::Allow(lint) if WHOLE_GROUPS.contains(&lint.as_str()) => {
                Some(format!("allows {lint}: name the one lint that is meant"))
            }
            What::Allow(lint) => (SEAM_LINTS.contains(&lint.as_str())
                && !SEAMS.iter().any(|seam| self.is_in(seam)))
            .then(|| format!("allows {lint} outside the seams")),
        }
    }

    fn judge_path(&self, path: &[String], test: bool) -> Option<String> {
        let first = path.first()?.as_str();
        if first != "crate" {
            let (name, places) = CRATES.iter().find(|(name, _)| *name == first)?;
            return (!test && !places.contains(&self.top.as_str()))
                .then(|| format!("{name} outside {}", places.join(", ")));
        }
        let inner = path.get(1..).unwrap_or_default();
        let Some(module) = inner.first().filter(|m| *m != "*") else {
            return Some("names the crate's root: say which module is meant".to_owned());
        };
        if *module == self.top || self.may_name?.contains(&module.as_str()) {
            return None;
        }
        Some(format!("{} must not name {}", self.top, inner.join("::")))
    }
}
