//! The arguments that every verb takes.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum};

use crate::kit::printer::Format;
use crate::kit::span::parse_span;

/// The heading over the options that shape what is printed.
const OUTPUT: &str = "Output";

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
    /// The beginning and the end of each step as JSON lines.
    Jsonl,
    /// None.
    None,
}

/// Arguments of every verb.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Global {
    /// Array: a section of the configuration
    #[arg(
        long,
        short = 'a',
        global = true,
        env = "SANCTL_ARRAY",
        hide_env_values = true,
        value_name = "NAME",
        value_parser = NonEmptyStringValueParser::new()
    )]
    pub array: Option<String>,

    /// Use this configuration file alone
    #[arg(
        long,
        global = true,
        env = "SANCTL_CONFIG",
        hide_env_values = true,
        value_name = "FILE"
    )]
    pub config: Option<PathBuf>,

    /// Look at the machine captured in this folder (sanctl collect)
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,

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

    /// Limit of the whole command, such as 90s or 10m
    #[arg(long, global = true, value_name = "SPAN", value_parser = parse_span)]
    pub timeout: Option<Duration>,

    /// Say more: -v what is done, -vv every request and command
    #[arg(long, short = 'v', global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,

    /// Say nothing but the result and errors
    #[arg(long, short = 'q', global = true)]
    pub quiet: bool,

    /// Print only these columns, separated by commas
    #[arg(
        long,
        global = true,
        value_name = "NAMES",
        value_delimiter = ',',
        help_heading = OUTPUT
    )]
    pub columns: Option<Vec<String>>,

    /// Sort by this column
    #[arg(long, global = true, value_name = "COLUMN", help_heading = OUTPUT)]
    pub sort: Option<String>,

    /// Print at most N objects
    #[arg(
        long,
        global = true,
        value_name = "N",
        value_parser = parse_count,
        help_heading = OUTPUT
    )]
    pub limit: Option<usize>,

    /// Print tables without headings
    #[arg(long, global = true, help_heading = OUTPUT)]
    pub no_headers: bool,

    /// How progress is shown on stderr
    #[arg(
        long,
        global = true,
        value_name = "MODE",
        default_value = "auto",
        help_heading = OUTPUT
    )]
    pub progress: ProgressArg,

    /// Colour state words; auto: on a terminal, unless NO_COLOR is set
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        help_heading = OUTPUT
    )]
    pub color: Color,

    /// Draw trees with plain characters
    #[arg(long, global = true, help_heading = OUTPUT)]
    pub ascii: bool,

    /// Write every request, command and sysfs write to FILE as JSON lines
    #[arg(long, global = true, value_name = "FILE", help_heading = OUTPUT)]
    pub trace: Option<PathBuf>,
}

/// A number of objects; none at all is no wish.
fn parse_count(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(count) if count > 0 => Ok(count),
        _ => Err("a number from 1 on wanted".into()),
    }
}

impl Global {
    /// The format, with `--json` taken into account.
    pub fn format(&self) -> Format {
        if self.json { Format::Json } else { self.output }
    }

    /// Whether state words on stdout are coloured.
    pub fn colored(&self) -> bool {
        let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                std::io::stdout().is_terminal()
                    && set("NO_COLOR").is_none()
                    && set("TERM").is_some_and(|term| term != "dumb")
            }
        }
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

    /// Answer a question that wants a name typed
    #[arg(long, value_name = "TEXT")]
    pub confirm: Option<String>,

    /// Never ask: a question is an error before the first change
    #[arg(long)]
    pub no_input: bool,
}
