//! `sanctl connector …`.

use anyhow::Result;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::flow::given_connector;
use super::nouns::end;
use crate::app::App;
use crate::kit::kind::Kind;
use crate::kit::printer::{Content, Shape};
use crate::kit::table::Column;
use crate::node;

/// `connector …`.
#[derive(Debug, Subcommand)]
pub enum ConnectorCommand {
    /// Show what this node tells an array about itself, as os-brick's dictionary
    #[command(before_help = "Examples:
  sanctl connector show -o json > node11.json")]
    Show,
    /// Compare a connector with this node
    #[command(before_help = "Examples:
  sanctl connector check node11.json")]
    Check(CheckArgs),
}

/// Arguments of `connector check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The connector's file (- reads stdin)
    #[arg(value_name = "FILE")]
    pub file: String,
}

const CONNECTOR: Shape = Shape {
    schema: "sanctl/connector",
    columns: &[
        Column::new("HOST", "host"),
        Column::new("INITIATOR", "initiator"),
        Column::new("IP", "ip"),
        Column::new("WWPNS", "wwpns"),
        Column::new("MULTIPATH", "multipath").yes_no(),
        Column::new("PLATFORM", "platform"),
        Column::new("NQN", "nqn"),
        Column::new("SYSTEM UUID", "system uuid"),
    ],
    name: "host",
    none: "no connector",
};

const DIFFERENCE: Shape = Shape {
    schema: "sanctl/connector-difference",
    columns: &[
        Column::new("KEY", "key"),
        Column::new("GIVEN", "given"),
        Column::new("THIS NODE", "here"),
    ],
    name: "key",
    none: "the connector describes this node",
};

/// Runs a `connector` command.
///
/// # Errors
/// When the node cannot be read.
pub fn run(app: &App, command: &ConnectorCommand) -> Result<Kind> {
    let machine = app.machine()?;
    let (here, warnings) = node::connector::build(&*machine, &app.config.node, &app.reading())?;
    app.printer.check(match command {
        ConnectorCommand::Show => CONNECTOR,
        ConnectorCommand::Check(_) => DIFFERENCE,
    })?;
    match command {
        ConnectorCommand::Show => {
            for warning in &warnings {
                app.note(&format!("warning: {warning}"));
            }
            let value = serde_json::to_value(&here)?;
            let content = Content::One(value.clone());
            if !app.printer.data(CONNECTOR, content, &warnings)? {
                app.printer.item(CONNECTOR, &value)?;
            }
            Ok(Kind::Done)
        }
        ConnectorCommand::Check(args) => {
            let given = given_connector(&args.file, None)?;
            let differences = node::connector::check(&given, &here);
            let mut listing = app.printer.listing(DIFFERENCE)?;
            for difference in &differences {
                let item: Value = json!({"key": difference.key, "given": difference.given,
                    "here": difference.here});
                listing.push(item)?;
            }
            end(app, listing, DIFFERENCE)?;
            Ok(if differences.is_empty() {
                Kind::Done
            } else {
                Kind::Findings
            })
        }
    }
}
