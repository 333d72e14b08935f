//! `sanctl sim …`: practice arrays for this tool and for any other client.

mod oceanstor;
mod ontap;
mod serve;

use anyhow::Result;
use clap::Subcommand;
use serde_json::json;

use super::columns;
use super::consent;
use super::global::Changing;
use crate::app::App;
use crate::kit::kind::Kind;
use crate::kit::printer::Content;

/// `sim …`.
#[derive(Debug, Subcommand)]
pub enum SimCommand {
    /// Serve a practice array on loopback until Ctrl-C
    #[command(
        subcommand,
        before_help = "Examples:
  sanctl sim serve oceanstor
  sanctl sim serve ontap"
    )]
    Serve(ServeCommand),
    /// Show where the built-in practice array keeps its state
    #[command(before_help = "Examples:
  sanctl sim status")]
    Status,
    /// Forget the built-in practice array and everything attached from it
    #[command(before_help = "Examples:
  sanctl sim reset --yes")]
    Reset(Changing),
}

/// `sim serve …`.
#[derive(Debug, Subcommand)]
pub enum ServeCommand {
    /// Serve a practice OceanStor
    #[command(before_help = "Examples:
  sanctl sim serve oceanstor
  sanctl sim serve oceanstor --listen 127.0.0.1:8088 --state ./array.json
  sanctl sim serve oceanstor --fault 'POST /hostgroup#1=drop-after'

With --mirror (root, and a kernel with LIO) the LUNs are real:
  sanctl sim serve oceanstor --lun vol-1=64M --mirror lio --portal 10.0.0.1:3260")]
    Oceanstor(oceanstor::OceanstorArgs),
    /// Serve a practice ONTAP: REST and the older ONTAPI (ZAPI) over one state
    #[command(before_help = "Examples:
  sanctl sim serve ontap
  sanctl sim serve ontap --release 9.9.1 --rest not-found --svm stopped
  sanctl sim serve ontap --fault 'POST /zapi/lun-map#1=drop-after'
  sanctl sim serve ontap --fault 'POST /protocols/san/lun-maps=code:takeover'

With --mirror (root, and a kernel with LIO) the LUNs are real:
  sanctl sim serve ontap --lun /vol/cinder_a/vol-1=64M --mirror lio --portal 10.0.0.1:3260")]
    Ontap(ontap::OntapArgs),
}

/// Runs a `sim` command.
///
/// # Errors
/// When the address or the state cannot be used.
pub fn run(app: &App, command: &SimCommand) -> Result<Kind> {
    match command {
        SimCommand::Serve(ServeCommand::Oceanstor(args)) => oceanstor::run(app, args),
        SimCommand::Serve(ServeCommand::Ontap(args)) => ontap::run(app, args),
        SimCommand::Status => status(app),
        SimCommand::Reset(changing) => reset(app, changing),
    }
}

fn status(app: &App) -> Result<Kind> {
    app.printer.check(columns::SIM)?;
    let dir = app.state.within("practice");
    let files = dir.names("")?;
    let item = json!({"state": dir.dir(), "exists": !files.is_empty(), "files": files});
    if app.printer.data(columns::SIM, Content::One(item), &[])? {
        return Ok(Kind::Done);
    }
    app.printer
        .line(&format!("state {}", dir.dir().display()))?;
    if files.is_empty() {
        app.printer
            .line("the practice array has not been used yet")?;
    }
    for file in files {
        app.printer.line(&format!("  {file}"))?;
    }
    Ok(Kind::Done)
}

fn reset(app: &App, changing: &Changing) -> Result<Kind> {
    let dir = app.state.within("practice");
    if changing.dry_run {
        let files = dir.names("")?;
        let item = json!({"state": dir.dir(), "exists": !files.is_empty(), "files": files,
            "changed": false});
        if !app.printer.data(columns::SIM, Content::One(item), &[])? {
            app.printer
                .line(&format!("would remove {}", dir.dir().display()))?;
        }
        return Ok(Kind::Done);
    }
    app.printer.check(columns::SIM)?;
    let shown = [format!("everything in {}", dir.dir().display())];
    consent::ask(app, changing, &shown, "Forget the practice array?")?;
    crate::sim::practice::reset(app.state.dir(), &app.reading())?;
    let item = json!({"state": dir.dir(), "exists": false, "files": [], "changed": true});
    if !app.printer.data(columns::SIM, Content::One(item), &[])? {
        app.printer.line("the practice array starts anew")?;
    }
    Ok(Kind::Done)
}
