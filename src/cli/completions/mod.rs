//! `sanctl completions`: the scripts, and the names that they ask for.

mod script;

use std::ffi::OsString;

use anyhow::Result;
use clap::{Arg, Args, Command, ValueEnum};

use super::dispatch::command;
use super::names::{Noun, known};
use crate::app::App;
use crate::kit::kind::Kind;

pub use self::script::script;

/// A shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ShellArg {
    /// bash.
    Bash,
    /// zsh.
    Zsh,
    /// fish.
    Fish,
}

/// Arguments of `completions`.
#[derive(Debug, Args)]
#[command(before_help = "Examples:
  sanctl completions bash > /etc/bash_completion.d/sanctl
  sanctl completions zsh > /usr/local/share/zsh/site-functions/_sanctl

Names are completed too: of arrays from the configuration, of LUNs, hosts,
groups and mappings as the last listings and open journals have them.
Nothing is sent for it.")]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum, value_name = "SHELL", required_unless_present = "words")]
    pub shell: Option<ShellArg>,
    /// The names that fit behind these words of a command line, the last one unfinished
    #[arg(long, hide = true)]
    pub words: bool,
    /// Those words
    #[arg(hide = true, last = true, requires = "words", value_name = "WORD")]
    pub line: Vec<OsString>,
}

/// Runs `completions`.
///
/// # Errors
/// When stdout cannot be written.
pub fn run(app: &App, args: &CompletionsArgs) -> Result<Kind> {
    if args.words {
        let words: Vec<String> = args
            .line
            .iter()
            .map(|w| w.to_string_lossy().into_owned())
            .collect();
        if let Some(noun) = wanted(&command(), &words) {
            // A shell reads these words as its own: what it could take for more is left out.
            for name in known(app, noun).iter().filter(|n| is_harmless(n)) {
                app.printer.line(name)?;
            }
        }
        return Ok(Kind::Done);
    }
    app.printer
        .text(&script(args.shell.unwrap_or(ShellArg::Bash)))?;
    Ok(Kind::Done)
}

fn is_harmless(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._:@%+,/=-".contains(c);
    name.chars().all(plain) && !name.starts_with('-')
}

/// What the last of these words is the beginning of a name of.
fn wanted(command: &Command, words: &[String]) -> Option<Noun> {
    let (last, before) = words.split_last()?;
    let mut at = command;
    let mut path: Vec<&str> = Vec::new();
    let mut value_of: Option<&Arg> = None;
    let mut position = 0;
    for word in before {
        if value_of.take().is_some() {
            continue;
        }
        if let Some(option) = option(at, word) {
            value_of = option.get_action().takes_values().then_some(option);
        } else if word.starts_with('-') {
            // With its value in the same word, or unknown.
        } else if let Some(sub) = at.find_subcommand(word) {
            at = sub;
            path.push(sub.get_name());
        } else {
            position += 1;
        }
    }
    if let Some(option) = value_of {
        return of_arg(option, &path);
    }
    if last.starts_with('-') || at.has_subcommands() {
        return None;
    }
    let all: Vec<&Arg> = at.get_positionals().collect();
    let several = all
        .last()
        .filter(|arg| arg.get_num_args().is_some_and(|n| n.max_values() > 1));
    of_arg(all.get(position).or(several)?, &path)
}

/// The option that a word is, if its value is another word.
fn option<'a>(command: &'a Command, word: &str) -> Option<&'a Arg> {
    let long = word.strip_prefix("--");
    let short = word.strip_prefix('-').filter(|_| long.is_none());
    command.get_arguments().find(|arg| {
        let short = short
            .and_then(|s| s.chars().next())
            .filter(|_| word.len() == 2);
        long.is_some() && arg.get_long() == long || short.is_some() && arg.get_short() == short
    })
}

/// What an argument names, by the word that its help has for the value.
fn of_arg(arg: &Arg, path: &[&str]) -> Option<Noun> {
    let id = arg.get_id().as_str();
    let value = arg.get_value_names()?.first()?.as_str();
    let noun = path.first().and_then(|noun| Noun::find(noun));
    match value {
        "LUN" => Some(Noun::Lun),
        "HOST" => Some(Noun::Host),
        "MAPPING" => Some(Noun::Mapping),
        "ARRAY" | "ARRAY|URL" => Some(Noun::Array),
        "NAME" if id == "array" => Some(Noun::Array),
        "GROUP" => Noun::find(id).or(noun),
        // The name of a new object is nobody's yet.
        "NAME" if !path.contains(&"create") => noun,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_where() {
        use Noun::{Array, Host, Hostgroup, Lun, Lungroup, Mapping, Portgroup};
        for (line, noun) in [
            ("attach ", Some(Lun)),
            ("attach vol-1 vol", Some(Lun)),
            ("attach --dry-run v", Some(Lun)),
            ("attach --jobs 4 v", Some(Lun)),
            ("attach --jobs ", None),
            ("attach --jobs=4 v", Some(Lun)),
            ("attach -", None),
            ("lun show v", Some(Lun)),
            ("lun delete v", Some(Lun)),
            ("lun create v", None),
            ("lun ", None),
            ("", None),
            ("lun map vol-1 --host ", Some(Host)),
            ("lun map vol-1 --hostgroup g", Some(Hostgroup)),
            ("lun map vol-1 x", None),
            ("host show c", Some(Host)),
            ("host luns c", Some(Host)),
            ("hostgroup add-host ", Some(Hostgroup)),
            ("hostgroup add-host g ", Some(Host)),
            ("lungroup add-lun g v", Some(Lun)),
            ("lungroup list --lun v", Some(Lun)),
            ("portgroup show p", Some(Portgroup)),
            ("portgroup add-port p ", None),
            ("mapping show m", Some(Mapping)),
            ("mapping add-group m --lungroup l", Some(Lungroup)),
            ("mapping set-number m ", Some(Lun)),
            ("port list --for ", Some(Lun)),
            ("device scan --session 1 --lun ", None),
            ("device grow ", Some(Lun)),
            ("array test ", Some(Array)),
            ("lun list -a ", Some(Array)),
            ("--array ", Some(Array)),
            ("-a dorado1 lun show v", Some(Lun)),
            ("sim serve ", None),
            ("nonsense x", None),
        ] {
            let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
            assert_eq!(wanted(&command(), &words), noun, "{line}");
        }
    }

    #[test]
    fn names_that_a_shell_would_run_are_not_told() {
        for name in ["$(reboot)", "a b", "`x`", "a;b", "-rf", "a'b", "a\nb", "*"] {
            assert!(!is_harmless(name), "{name}");
        }
        for name in ["vol-7", "OpenStack_HostGroup_1", "a.b:c@d", "/vol/v/l"] {
            assert!(is_harmless(name), "{name}");
        }
    }
}
