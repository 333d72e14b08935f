//! Imports only go down, and files, processes, waits and print-outs stay in their seams.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "layers/cases.rs"]
mod cases;
#[path = "layers/rules.rs"]
mod rules;
#[path = "layers/scan.rs"]
mod scan;

use std::path::Path;

use rules::{Source, broken};

#[test]
fn the_sources_keep_the_rules() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = Vec::new();
    for folder in ["src", "tests"] {
        collect(root, folder, &mut sources);
    }
    assert!(sources.iter().any(|s| s.path == "src/kit/stop.rs"));
    assert!(sources.iter().any(|s| s.path == "tests/layers.rs"));
    let broken: Vec<String> = broken(&sources).iter().map(ToString::to_string).collect();
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

#[allow(clippy::disallowed_methods, reason = "a test reads the sources")]
fn collect(root: &Path, folder: &str, sources: &mut Vec<Source>) {
    let mut entries: Vec<_> = std::fs::read_dir(root.join(folder))
        .unwrap_or_else(|error| panic!("{folder}: {error}"))
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    entries.sort();
    for name in entries {
        let path = format!("{folder}/{name}");
        if root.join(&path).is_dir() {
            collect(root, &path, sources);
        } else if name.ends_with(".rs") {
            let text = std::fs::read_to_string(root.join(&path)).unwrap();
            sources.push(Source { path, text });
        }
    }
}
