//! The completion scripts: what clap makes of the commands, and lines that ask the program for
//! names. They are made when they are asked for: as texts they would be a tenth of the program.

use clap_complete::Shell;

use super::ShellArg;
use crate::cli::dispatch::command;

/// The script for a shell.
pub fn script(shell: ShellArg) -> String {
    let shell = match shell {
        ShellArg::Bash => Shell::Bash,
        ShellArg::Zsh => Shell::Zsh,
        ShellArg::Fish => Shell::Fish,
    };
    let mut made = Vec::new();
    clap_complete::generate(shell, &mut command(), "sanctl", &mut made);
    let text = String::from_utf8_lossy(&made);
    with_names(shell, &with_arrays(shell, &text))
}

/// What prints the names of the configured arrays; nothing is sent for it.
const ARRAYS: &str = "sanctl array list -o name 2>/dev/null";

/// The script with the names of arrays behind `--array`. clap's own way to complete what only the
/// program knows is not stable yet, so the lines are put in here.
fn with_arrays(shell: Shell, text: &str) -> String {
    let mut made = String::with_capacity(text.len() * 5 / 4);
    let mut before = "";
    for line in text.lines() {
        match shell {
            Shell::Bash if matches!(before.trim(), "--array)" | "-a)") => {
                let words = format!("compgen -W \"$({ARRAYS})\" --");
                made.push_str(&line.replace("compgen -f", &words));
            }
            Shell::Zsh if line.starts_with("'--array=") || line.starts_with("'-a+[Array") => {
                let names = format!("{{compadd -- ${{(f)\"$({ARRAYS})\"}}}}");
                made.push_str(&line.replace("_default", &names));
            }
            Shell::Fish if line.contains(" -l array ") => {
                made.push_str(&format!("{line} -f -a \"({ARRAYS})\""));
            }
            _ => made.push_str(line),
        }
        made.push('\n');
        before = line;
    }
    made
}

/// The script that asks the program first which names fit; nothing is sent for them either.
fn with_names(shell: Shell, text: &str) -> String {
    match shell {
        Shell::Bash => text
            .replace("complete -F _sanctl ", "complete -F _sanctl_names ")
            .replacen(
                "\nif [[ \"${BASH_VERSINFO",
                &format!("\n{BASH_NAMES}\nif [[ \"${{BASH_VERSINFO"),
                1,
            ),
        Shell::Zsh => text.replace("\n_sanctl() {\n", &format!("\n_sanctl() {{\n{ZSH_NAMES}")),
        _ => format!("{text}{FISH_NAMES}"),
    }
}

const BASH_NAMES: &str = r#"_sanctl_names() {
    local names
    names=$(sanctl completions --words -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    if [[ -n "${names}" ]]; then
        COMPREPLY=($(compgen -W "${names}" -- "${COMP_WORDS[COMP_CWORD]}"))
        return 0
    fi
    _sanctl "$@"
}
"#;

const ZSH_NAMES: &str = r#"    local -a names
    names=(${(f)"$(sanctl completions --words -- "${(@)words[2,CURRENT]}" 2>/dev/null)"})
    if (( $#names )); then
        compadd -a names
        return
    fi
"#;

const FISH_NAMES: &str = r#"complete -c sanctl -a "(sanctl completions --words -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)"
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_asks_for_names_where_they_stand() {
        for (shell, entry, arrays) in [
            (
                ShellArg::Bash,
                "complete -F _sanctl_names ",
                "compgen -W \"$(sanctl array list",
            ),
            (
                ShellArg::Zsh,
                "_sanctl() {\n    local -a names\n",
                "{compadd -- ${(f)\"$(sanctl array",
            ),
            (ShellArg::Fish, FISH_NAMES, "-f -a \"(sanctl array list"),
        ] {
            let text = script(shell);
            assert!(text.contains(entry), "{shell:?}");
            assert!(text.contains("completions --words"), "{shell:?}");
            assert!(!text.contains("complete -F _sanctl "), "{shell:?}");
            let asked = text.matches(arrays).count();
            assert!(asked > 20, "{shell:?}: --array stands elsewhere: {asked}");
        }
    }
}
