//! `sanctl completions`: the committed scripts, from the program itself.

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::app::App;
use crate::kit::kind::Kind;

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

The names of arrays are completed too, from the configuration alone.")]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: ShellArg,
}

/// Runs `completions`.
///
/// # Errors
/// When stdout cannot be written.
pub fn run(app: &App, args: &CompletionsArgs) -> Result<Kind> {
    app.printer.text(match args.shell {
        ShellArg::Bash => include_str!("../../completions/sanctl.bash"),
        ShellArg::Zsh => include_str!("../../completions/_sanctl"),
        ShellArg::Fish => include_str!("../../completions/sanctl.fish"),
    })?;
    Ok(Kind::Done)
}
