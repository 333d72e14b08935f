//! Manual pages, completions and schemas are made from the code. `SANCTL_REGENERATE=1` writes them.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test that cannot go on fails"
)]

use std::collections::BTreeMap;
use std::path::Path;

use clap::Command;
use clap::builder::StyledStr;
use clap_complete::Shell;

/// File name and content.
type Files = BTreeMap<String, Vec<u8>>;

fn manual() -> Files {
    let mut files = Files::new();
    page(
        &sanctl::cli::dispatch::command(),
        "sanctl",
        "sanctl",
        &mut files,
    );
    files
}

/// One page per command: `sanctl-lun-list.1`.
fn page(command: &Command, name: &str, typed: &str, files: &mut Files) {
    let about = command.get_about().map(ToString::to_string);
    // clap knows the full names only of what it parses.
    let described = command
        .clone()
        .display_name(name.to_owned())
        .bin_name(typed.to_owned())
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_flag(true)
        .disable_version_flag(true);
    let options = described.get_arguments().any(|arg| !arg.is_hide_set());
    let verbs = described.has_subcommands();
    let man = clap_mangen::Man::new(described)
        .title(name.to_uppercase())
        .section("1")
        // No date: the same sources make the same page on any day.
        .date("")
        .source(concat!("sanctl ", env!("CARGO_PKG_VERSION")))
        .manual("sanctl");
    let mut made = Vec::new();
    man.render_title(&mut made).unwrap();
    man.render_name_section(&mut made).unwrap();
    man.render_synopsis_section(&mut made).unwrap();
    made.extend(as_typed("EXAMPLES", command.get_before_help()));
    if options {
        man.render_options_section(&mut made).unwrap();
    }
    if verbs {
        man.render_subcommands_section(&mut made).unwrap();
    }
    made.extend(as_typed("NOTES", command.get_after_help()));
    assert!(about.is_some(), "{typed} says nothing about itself");
    files.insert(format!("{name}.1"), made);
    for sub in command.get_subcommands() {
        let sub_name = sub.get_name();
        page(
            sub,
            &format!("{name}-{sub_name}"),
            &format!("{typed} {sub_name}"),
            files,
        );
    }
}

/// A section whose lines stay as they are.
fn as_typed(title: &str, text: Option<&StyledStr>) -> Vec<u8> {
    let text = text.map(ToString::to_string).unwrap_or_default();
    let text = text.trim_start_matches("Examples:\n");
    if text.is_empty() {
        return Vec::new();
    }
    let mut made = format!(".SH {title}\n.nf\n");
    for line in text.lines() {
        let line = line
            .replace('\\', "\\e")
            .replace('-', "\\-")
            .replace('\'', "\\(aq");
        // A line that begins with a dot would be an instruction.
        let guard = if line.starts_with('.') { "\\&" } else { "" };
        made.push_str(&format!("{guard}{line}\n"));
    }
    made.push_str(".fi\n");
    made.into_bytes()
}

fn completions() -> Files {
    let mut files = Files::new();
    for (shell, name) in [
        (Shell::Bash, "sanctl.bash"),
        (Shell::Zsh, "_sanctl"),
        (Shell::Fish, "sanctl.fish"),
    ] {
        let mut made = Vec::new();
        let mut command = sanctl::cli::dispatch::command();
        clap_complete::generate(shell, &mut command, "sanctl", &mut made);
        files.insert(name.to_owned(), made);
    }
    files
}

/// Compares a folder of the repository with what is made now.
fn check(folder: &str, files: &Files) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    if std::env::var_os("SANCTL_REGENERATE").is_some_and(|v| v == "1") {
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        for (name, content) in files {
            std::fs::write(folder.join(name), content).unwrap();
        }
    }
    let found = std::fs::read_dir(&folder).map(|entries| {
        let entries = entries.map(|entry| entry.unwrap().path());
        let named = entries.map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(&path).unwrap())
        });
        named.collect::<Files>()
    });
    let found = found.unwrap_or_default();
    let mut stale: Vec<&String> = files.keys().chain(found.keys()).collect();
    stale.retain(|name| files.get(*name) != found.get(*name));
    stale.sort();
    stale.dedup();
    assert!(
        stale.is_empty(),
        "not as made from the code: {stale:?}\n\
         SANCTL_REGENERATE=1 cargo test --test generated"
    );
}

#[test]
fn manual_pages_are_fresh() {
    check("man", &manual());
}

#[test]
fn completions_are_fresh() {
    check("completions", &completions());
}

/// Every page has the examples first, as the help has.
#[test]
fn pages_have_examples() {
    for (name, text) in manual() {
        let text = String::from_utf8(text).unwrap();
        let examples = text
            .find(".SH EXAMPLES")
            .unwrap_or_else(|| panic!("{name}"));
        assert!(text.find("\n.TP").is_some_and(|at| examples < at), "{name}");
        assert!(!text.contains(env!("CARGO_MANIFEST_DIR")), "{name}");
    }
}

#[test]
fn schemas_are_fresh() {
    let made = |(name, schema): (&str, serde_json::Value)| {
        let text = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
        (format!("{name}.json"), text.into_bytes())
    };
    let files = sanctl::cli::schema::all().into_iter().map(made).collect();
    check("schemas", &files);
}

/// Every name that a document can bear has a schema.
#[test]
fn every_document_has_a_schema() {
    let known: Vec<String> = sanctl::cli::schema::all()
        .into_iter()
        .map(|(name, _)| name.to_owned())
        .collect();
    let mut named = Vec::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut |text| {
            let parts = text.split("schema: \"sanctl/").skip(1);
            named.extend(parts.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
        },
    );
    named.sort();
    named.dedup();
    assert!(named.len() > 20, "{named:?}");
    named.retain(|name| !known.contains(name));
    assert!(
        named.is_empty(),
        "no schema in src/cli/schema for {named:?}"
    );
}

fn sources(folder: &Path, see: &mut dyn FnMut(&str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, see);
        } else if path.extension().is_some_and(|e| e == "rs") {
            see(&std::fs::read_to_string(&path).unwrap());
        }
    }
}
