//! Lines to type, said where they lead: a line that is printed must act on the array that the
//! command was about, not on the one that is meant without options.

use super::args::Command;
use super::global::Global;
use crate::kit::shell::word;

/// Commands of no array and, but for the last two, of no configuration.
const ANYWHERE: [&str; 6] = [
    "completions",
    "explain",
    "schema",
    "trace",
    "config",
    "array",
];

/// The line with `--config` and `--array` as they were given to this command, behind the verb of
/// each command of this program in it that lacks them.
pub fn typed(global: &Global, line: &str) -> String {
    if global.config.is_none() && global.array.is_none() {
        return line.to_owned();
    }
    let mut parts = line.split("sanctl ");
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        whole.push_str("sanctl ");
        whole.push_str(&completed(global, part));
    }
    whole
}

fn completed(global: &Global, part: &str) -> String {
    let mut words = part.split(' ');
    let noun = words.next().unwrap_or_default();
    let Some(found) = Command::find(noun) else {
        return part.to_owned();
    };
    let mut at = &found;
    let mut end = noun.len();
    for name in words {
        let Some(sub) = at.find_subcommand(name) else {
            break;
        };
        at = sub;
        end += 1 + name.len();
    }
    let (verb, rest) = part.split_at(end);
    if part.contains("--help") || verb == "config init" {
        return part.to_owned();
    }
    let mut options = String::new();
    let lacks = |option: &str| !rest.contains(option);
    if let Some(file) = global.config.as_ref().filter(|_| {
        lacks("--config ") && (noun == "config" || noun == "array" || !ANYWHERE.contains(&noun))
    }) {
        options.push_str(&format!(" --config {}", word(&file.to_string_lossy())));
    }
    if let Some(name) = global
        .array
        .as_ref()
        .filter(|_| lacks("--array ") && !ANYWHERE.contains(&noun))
    {
        options.push_str(&format!(" --array {}", word(name)));
    }
    format!("{verb}{options}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Cli;
    use clap::Parser as _;

    fn of(options: &[&str], line: &str) -> String {
        let words = ["sanctl", "lun", "list"].iter().chain(options);
        typed(&Cli::try_parse_from(words).unwrap().global, line)
    }

    #[test]
    fn lines_lead_to_the_array_that_was_meant() {
        let both = ["--config", "a b.toml", "-a", "gold"];
        for (options, line, wanted) in [
            (&[][..], "sanctl host list", "sanctl host list"),
            (
                &["-a", "gold"],
                "sanctl host delete h",
                "sanctl host delete --array gold h",
            ),
            (
                &both,
                "or else: sanctl lun list --array gold  # all",
                "or else: sanctl lun list --config 'a b.toml' --array gold  # all",
            ),
            (
                &both,
                "ID=$(sanctl host show h -o json | jq -r .item.id)",
                "ID=$(sanctl host show --config 'a b.toml' --array gold h -o json | jq -r .item.id)",
            ),
            (
                &both,
                "sanctl attach vol-1",
                "sanctl attach --config 'a b.toml' --array gold vol-1",
            ),
            (
                &both,
                "sanctl array test gold",
                "sanctl array test --config 'a b.toml' gold",
            ),
            (
                &both,
                "sanctl config check",
                "sanctl config check --config 'a b.toml'",
            ),
            (&both, "sanctl config init", "sanctl config init"),
            (&both, "sanctl lun --help", "sanctl lun --help"),
            (&both, "sanctl explain busy", "sanctl explain busy"),
            (&both, "what sanctl made stays", "what sanctl made stays"),
        ] {
            assert_eq!(of(options, line), wanted);
        }
    }
}
