//! The arguments that every verb takes.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use crate::kit::printer::Format;
use crate::kit::span::parse_span;

/// When output is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How progress is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ProgressArg {
    /// Spinners on a terminal, else lines.
    Auto,
    /// A line per step.
    Plain,
    /// The journal's events as JSON lines on stderr.
    Jsonl,
    /// None.
    None,
}

/// Arguments of every verb.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Global {
    /// The array: a section of the configuration
    #[arg(
        long,
        short = 'a',
        global = true,
        env = "SANCTL_ARRAY",
        value_name = "NAME"
    )]
    pub array: Option<String>,

    /// Use this configuration file alone
    #[arg(long, global = true, env = "SANCTL_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Format of the result
    #[arg(
        long,
        short = 'o',
        global = true,
        value_name = "FORMAT",
        default_value = "table"
    )]
    pub output: Format,

    /// The same as -o json
    #[arg(long, global = true)]
    pub json: bool,

    /// Only these columns, separated by commas
    #[arg(
        long,
        global = true,
        value_name = "NAMES",
        value_delimiter = ',',
        hide_short_help = true
    )]
    pub columns: Option<Vec<String>>,

    /// Sort by this column
    #[arg(long, global = true, value_name = "NAME", hide_short_help = true)]
    pub sort: Option<String>,

    /// At most this many objects
    #[arg(long, global = true, value_name = "N", hide_short_help = true)]
    pub limit: Option<usize>,

    /// Tables without headings
    #[arg(long, global = true, hide_short_help = true)]
    pub no_headers: bool,

    /// How long the whole command may take, for example 10m
    #[arg(long, global = true, value_name = "SPAN", value_parser = parse_span)]
    pub timeout: Option<Duration>,

    /// Write every request, command and sysfs write to this file as JSON lines
    #[arg(long, global = true, value_name = "FILE", hide_short_help = true)]
    pub trace: Option<PathBuf>,

    /// Say more: -v what is done, -vv every request and command
    #[arg(long, short = 'v', global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,

    /// Say nothing but the result and errors
    #[arg(long, short = 'q', global = true)]
    pub quiet: bool,

    /// How progress is shown on stderr
    #[arg(
        long,
        global = true,
        value_name = "MODE",
        default_value = "auto",
        hide_short_help = true
    )]
    pub progress: ProgressArg,

    /// Whether output is coloured
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_short_help = true
    )]
    pub color: Color,

    /// Plain characters in trees
    #[arg(long, global = true, hide_short_help = true)]
    pub ascii: bool,
}

impl Global {
    /// The format, with `--json` taken into account.
    pub fn format(&self) -> Format {
        if self.json { Format::Json } else { self.output }
    }
}

/// Arguments of every verb that changes something.
#[derive(Debug, Clone, Default, Args)]
pub struct Changing {
    /// Say what would be done, change nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Answer yes to every yes-or-no question
    #[arg(long, short = 'y')]
    pub yes: bool,

    /// Never ask: a question is an error before the first change
    #[arg(long)]
    pub no_input: bool,
}
