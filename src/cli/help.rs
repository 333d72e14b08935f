//! The shape of every help text: examples first, one line per option, possible values within it.
//!
//! An option of every command is listed in full by `sanctl --help` alone; the help of a command
//! shows the few of them that are typed often.

use clap::{Arg, Command};

/// Options of every command that the help of one command shows too.
const OFTEN: &[&str] = &["array", "output", "timeout", "verbose", "quiet"];

/// Those that matter where several objects are printed.
const OF_LISTS: &[&str] = &["columns", "sort", "limit"];

/// The verbs that print several objects.
const LISTS: &[&str] = &[
    "list",
    "list-records",
    "luns",
    "paths",
    "mappings",
    "targets",
];

/// Brings the derived command tree into the shape of this module.
pub fn shape(command: Command) -> Command {
    let command = command.mut_args(values_in_line).mut_args(empty_is_unset);
    let everywhere: Vec<Arg> = command
        .get_arguments()
        .filter(|arg| arg.is_global_set())
        .cloned()
        .collect();
    command.mut_subcommands(|sub| shape_below(sub, &everywhere))
}

/// Only so much of [`shape`] as tells what the arguments mean. Who asks for help, or makes a
/// mistake, is answered by the whole tree.
pub fn shape_to_parse(command: Command) -> Command {
    command.mut_args(empty_is_unset)
}

fn shape_below(command: Command, everywhere: &[Arg]) -> Command {
    let name = command.get_name().to_owned();
    let has_verbs = command.has_subcommands();
    let shown = |arg: &Arg| {
        let id = arg.get_id().as_str();
        !has_verbs
            && (OFTEN.contains(&id) || OF_LISTS.contains(&id) && LISTS.contains(&name.as_str()))
    };
    let copies: Vec<Arg> = everywhere
        .iter()
        .map(|arg| arg.clone().hide(!shown(arg)))
        .collect();
    command
        .mut_args(values_in_line)
        .args(copies)
        .after_help("sanctl --help lists the options of every command.")
        .mut_subcommands(|sub| {
            let sub = match (name.as_str(), sub.get_name()) {
                (noun @ ("hostgroup" | "lungroup" | "portgroup"), verb) => {
                    let examples = group_examples(noun, verb);
                    sub.before_help(examples)
                }
                _ => sub,
            };
            shape_below(sub, everywhere)
        })
}

/// The three kinds of groups share their verbs, not their examples.
fn group_examples(noun: &str, verb: &str) -> String {
    match verb {
        "list" => format!(
            "Examples:\n  sanctl {noun} list\n  sanctl {noun} list --name 'OpenStack_*' -o name"
        ),
        "create" => format!("Examples:\n  sanctl {noun} create cluster-1"),
        "add-host" | "remove-host" => format!(
            "Examples:\n  sanctl {noun} {verb} OpenStack_HostGroup_1 compute-2\n  \
             sanctl {noun} {verb} cluster-1 id:4 --dry-run"
        ),
        "add-initiator" | "remove-initiator" => format!(
            "Examples:\n  sanctl {noun} {verb} cluster-1 iqn.1994-05.com.redhat:83feeda2b41d"
        ),
        "add-lun" => format!(
            "Examples:\n  sanctl {noun} add-lun OpenStack_LunGroup_1 vol-7\n  \
             sanctl {noun} add-lun OpenStack_LunGroup_1 vol-7 --lun-number 12"
        ),
        "remove-lun" => format!(
            "Examples:\n  sanctl {noun} remove-lun OpenStack_LunGroup_1 vol-7\n  \
             sanctl {noun} remove-lun OpenStack_LunGroup_1 vol-7 --yes"
        ),
        "add-port" | "remove-port" => format!(
            "Examples:\n  sanctl {noun} {verb} iscsi-front 172.24.3.150\n  \
             sanctl {noun} {verb} iscsi-front CTE0.A1.P0"
        ),
        _ => format!(
            "Examples:\n  sanctl {noun} {verb} {name}\n  sanctl {noun} {verb} id:1 -o json",
            name = match noun {
                "hostgroup" => "OpenStack_HostGroup_1",
                "lungroup" => "OpenStack_LunGroup_1",
                _ => "iscsi-front",
            }
        ),
    }
}

/// An environment variable that is set to nothing says nothing.
fn empty_is_unset(arg: Arg) -> Arg {
    let named = arg.get_env().and_then(std::env::var_os);
    if named.is_some_and(|value| value.is_empty()) {
        arg.env(None::<&str>)
    } else {
        arg
    }
}

/// Possible values as `[a|b]` behind the text. clap's own way takes a paragraph for each.
fn values_in_line(arg: Arg) -> Arg {
    let values = arg.get_possible_values();
    if values.is_empty() || !arg.get_action().takes_values() {
        return arg;
    }
    let names: Vec<&str> = values.iter().map(|value| value.get_name()).collect();
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let help = format!("{help} [{}]", names.join("|"));
    arg.hide_possible_values(true).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::dispatch::{command, typed_alone};

    fn walk(command: &Command, path: &str, see: &mut dyn FnMut(&Command, &str)) {
        see(command, path);
        for sub in command.get_subcommands() {
            walk(sub, &format!("{path} {}", sub.get_name()), see);
        }
    }

    #[test]
    fn every_help_starts_with_examples_that_parse() {
        walk(&command(), "sanctl", &mut |sub, path| {
            let text = sub.get_before_help().map(ToString::to_string);
            let text = text.unwrap_or_else(|| panic!("{path}: no examples"));
            let mut lines = text.lines();
            assert_eq!(lines.next(), Some("Examples:"), "{path}");
            for line in lines.take_while(|line| !line.is_empty()) {
                let at = line
                    .find("sanctl ")
                    .unwrap_or_else(|| panic!("{path}: {line}"));
                let typed = line[at..].split([')', '|', '>']).next().unwrap();
                let typed = typed.split("  ").next().unwrap();
                let words = typed.split('\'').enumerate().flat_map(|(index, part)| {
                    let quoted = (index % 2 == 1).then_some(part);
                    let bare = (index % 2 == 0).then_some(part);
                    quoted
                        .into_iter()
                        .chain(bare.into_iter().flat_map(str::split_whitespace))
                });
                let words: Vec<std::ffi::OsString> = words.map(Into::into).collect();
                let whole = command().try_get_matches_from(&words);
                let whole = whole.unwrap_or_else(|error| panic!("{path}: {line}\n{error}"));
                let alone = typed_alone(&words).unwrap_or_else(|| panic!("{path}: {line}"));
                assert!(alone.get_subcommands().count() <= 2, "{path}: {line}");
                let alone = alone.try_get_matches_from(&words).unwrap();
                assert_eq!(alone.subcommand(), whole.subcommand(), "{path}: {line}");
            }
        });
    }

    #[test]
    fn short_and_long_help_are_the_same_and_fit_eighty_columns() {
        walk(&command(), "sanctl", &mut |_, path| {
            let help = |flag| {
                let words = path.split(' ').chain([flag]);
                let shown = command().term_width(80).try_get_matches_from(words);
                shown.unwrap_err().to_string()
            };
            let short = help("-h");
            assert_eq!(short, help("--help"), "{path}");
            for line in short.lines() {
                assert!(line.chars().count() <= 80, "{path}: {line}");
            }
        });
    }

    #[test]
    fn options_of_every_command_work_before_and_behind_the_verb() {
        for words in [
            ["sanctl", "-o", "json", "lun", "list"],
            ["sanctl", "lun", "-o", "json", "list"],
            ["sanctl", "lun", "list", "-o", "json"],
        ] {
            let alone = typed_alone(&words.map(Into::into)).unwrap();
            for tree in [command(), alone] {
                let matches = tree.try_get_matches_from(words).unwrap();
                let (_, lun) = matches.subcommand().unwrap();
                let (_, list) = lun.subcommand().unwrap();
                let value = list.get_one::<crate::kit::printer::Format>("output");
                assert_eq!(value, Some(&crate::kit::printer::Format::Json), "{words:?}");
            }
        }
    }

    #[test]
    fn the_command_tree_is_sound() {
        command().debug_assert();
    }
}
