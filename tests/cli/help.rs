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
