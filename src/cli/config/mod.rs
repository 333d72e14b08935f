//! `sanctl config …`.

mod check;
mod init;

use anyhow::Result;
use clap::{Args, Subcommand};
use serde_json::json;

use super::nouns::end;
use crate::app::{App, state_place};
use crate::kit::kind::Kind;
use crate::kit::printer::Shape;
use crate::kit::table::Column;

pub use init::InitArgs;

/// `config …`.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Write a configuration for one array, after a login to it
    Init(Box<InitArgs>),
    /// Look at every section and secret; sends nothing
    #[command(before_help = "Examples:
  sanctl config check
  sanctl config check --config new.toml -o json")]
    Check,
    /// Show every value that counts, secrets masked
    #[command(before_help = "Examples:
  sanctl config show
  sanctl config show --origin")]
    Show(ShowArgs),
}

/// Arguments of `config show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// Where each value came from
    #[arg(long)]
    pub origin: bool,
}

const VALUE: Shape = Shape {
    schema: "sanctl/config-value",
    columns: &[
        Column::new("KEY", "key"),
        Column::new("VALUE", "value"),
        Column::new("ORIGIN", "origin").wide(),
        Column::new("HIDDEN", "hidden").wide(),
    ],
    name: "key",
    none: "nothing is configured",
};

const WITH_ORIGIN: Shape = Shape {
    columns: &[
        Column::new("KEY", "key"),
        Column::new("VALUE", "value"),
        Column::new("ORIGIN", "origin"),
        Column::new("HIDDEN", "hidden").wide(),
    ],
    ..VALUE
};

/// Runs a `config` command.
///
/// # Errors
/// Exit 2 when something is wrong with the configuration.
pub fn run(app: &App, command: &ConfigCommand) -> Result<Kind> {
    match command {
        ConfigCommand::Init(args) => init::run(app, args),
        ConfigCommand::Check => check::run(app),
        ConfigCommand::Show(args) => show(app, args),
    }
}

/// Where a value of the command line came from: an option, or a variable that says the same.
fn given(option: &'static str, variable: &'static str, value: &str) -> &'static str {
    let same = std::env::var(variable).is_ok_and(|set| set == value);
    if same { variable } else { option }
}

fn show(app: &App, args: &ShowArgs) -> Result<Kind> {
    let shape = if args.origin { WITH_ORIGIN } else { VALUE };
    let mut listing = app.printer.listing(shape)?;
    let mut push = |key: &str, value: serde_json::Value, origin: &str, hidden: &[String]| {
        listing.push(json!({"key": key, "value": value, "origin": origin, "hidden": hidden}))
    };
    // What is meant now, before what the files say.
    if let Ok(name) = app.array_name() {
        let origin = match (&app.global.array, &app.config.default_array) {
            (Some(name), _) => given("--array", "SANCTL_ARRAY", name),
            (None, Some(_)) => "default_array",
            (None, None) if app.config.files.is_empty() => "built in: there is no configuration",
            (None, None) => "the only array",
        };
        push("array", name.into(), origin, &[])?;
    }
    let file = app.global.config.as_ref().map(|f| f.display().to_string());
    let origin = match &file {
        Some(file) => given("--config", "SANCTL_CONFIG", file),
        None => "the usual places",
    };
    push("config", json!(app.config.files), origin, &[])?;
    let (state, origin) = state_place()?;
    push("state", json!(state), origin, &[])?;
    for setting in &app.config.settings {
        let value = setting.value.clone();
        if !push(&setting.key, value, &setting.origin, &setting.hidden)? {
            break;
        }
    }
    end(app, listing, shape)
}
