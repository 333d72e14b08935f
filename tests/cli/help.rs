//! The help of every command, as committed.

use crate::place::{Place, golden};

fn walk(command: &clap::Command, path: &[String], see: &mut dyn FnMut(&[String])) {
    see(path);
    for sub in command.get_subcommands() {
        let mut path = path.to_vec();
        path.push(sub.get_name().to_owned());
        walk(sub, &path, see);
    }
}

#[test]
fn help_of_every_command() {
    let place = Place::new();
    walk(&sanctl::cli::dispatch::command(), &[], &mut |path| {
        let mut words: Vec<&str> = path.iter().map(String::as_str).collect();
        words.push("--help");
        let ran = place.run_words(&words, "").expect(0);
        assert_eq!(ran.err, "");
        let name = if path.is_empty() {
            "sanctl".to_owned()
        } else {
            path.join("-")
        };
        golden!(format!("help-{name}"), ran.shown());
    });
}

#[test]
fn version_is_one_line() {
    let ran = Place::new().run("--version").expect(0);
    assert_eq!(ran.out, format!("sanctl {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn help_touches_nothing() {
    let place = Place::new();
    place.ok("attach --help");
    assert!(std::fs::read_dir(place.state()).unwrap().next().is_none());
}

/// What stands in the environment never stands in help.
#[test]
fn help_does_not_show_the_environment() {
    let place = Place::new().env("SANCTL_ARRAY", "canary");
    assert!(!place.ok("--help").contains("canary"));
    assert!(!place.ok("attach --help").contains("canary"));
}

/// Every command that README shows is one.
#[test]
fn readme_commands_parse() {
    let mut seen = 0;
    let mut inside = false;
    for line in include_str!("../../README.md").lines() {
        if line.starts_with("```") {
            inside = !inside;
        }
        let typed = match line.split_once("sanctl ") {
            Some((before, typed)) if inside && !before.contains('#') => typed,
            _ => continue,
        };
        if line.starts_with("src/") || line.starts_with("tests/") {
            continue;
        }
        let words = typed.split(['#', '>']).next().unwrap().split_whitespace();
        let words = ["sanctl"].into_iter().chain(words);
        if let Err(error) = sanctl::cli::dispatch::command().try_get_matches_from(words) {
            panic!("{line}\n{error}");
        }
        seen += 1;
    }
    assert!(seen > 10, "{seen}");
}
