//! `sanctl sim …`: practice arrays for this tool and for any other client.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;

use super::consent;
use super::failure::Refusal;
use super::global::Changing;
use crate::app::App;
use crate::kit::kind::Kind;
use crate::kit::lock::Locks;
use crate::kit::printer::document;
use crate::sim::faults::Faults;
use crate::sim::oceanstor::{Paging, Practice, Seed};
use crate::sim::server::Server;

/// `sim …`.
#[derive(Debug, Subcommand)]
pub enum SimCommand {
    /// Serve a practice array on loopback until Ctrl-C
    #[command(before_help = "Examples:
  sanctl sim serve oceanstor
  sanctl sim serve oceanstor --listen 127.0.0.1:8088 --state ./array.json
  sanctl sim serve oceanstor --fault 'POST /hostgroup#1=drop-after'
  sanctl sim serve oceanstor --mirror lio --portal 10.0.0.1:3260   (root: a real data path)")]
    Serve(ServeArgs),
    /// Show where the built-in practice array keeps its state
    Status,
    /// Forget the built-in practice array and everything attached from it
    Reset(Changing),
}

/// A kind of practice array.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SimKind {
    /// Huawei OceanStor.
    Oceanstor,
}

/// A generation of the practice OceanStor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Generation {
    /// V3 and V5.
    V3,
    /// Dorado V6 and later.
    V6,
}

/// How long lists answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PagingArg {
    /// At most 100 objects per answer, whatever is asked.
    Cap100,
    /// A range wider than 100 is an error.
    Reject,
    /// Any range is answered whole.
    Full,
}

/// What shows the practice array's LUNs to real initiators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MirrorArg {
    /// The kernel's own iSCSI target.
    Lio,
}

/// Arguments of `sim serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Which array
    #[arg(value_enum)]
    pub kind: SimKind,

    /// Where to listen: a loopback address; port 0 = any free one
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:0")]
    pub listen: SocketAddr,

    /// Keep the array's state in this file; without it the array forgets everything at its end
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,

    /// Which generation to be
    #[arg(long, value_enum, default_value = "v3")]
    pub generation: Generation,

    /// How lists are paged
    #[arg(long, value_enum)]
    pub paging: Option<PagingArg>,

    /// Add this many other hosts, groups, views, initiators and LUNs
    #[arg(long, value_name = "N")]
    pub populate: Option<usize>,

    /// Misbehave: METHOD /path#N=ACT, @K=ACT or *=ACT (drop-before, drop-after, busy, expire, ...)
    #[arg(long, value_name = "FAULT")]
    pub fault: Vec<String>,

    /// Show the LUNs to real initiators (root)
    #[arg(long, value_enum, value_name = "WHAT", requires = "portal")]
    pub mirror: Option<MirrorArg>,

    /// With --mirror: where the real target listens; one per port of the practice array
    #[arg(long, value_name = "IP:PORT")]
    pub portal: Vec<SocketAddr>,
}

/// Runs a `sim` command.
///
/// # Errors
/// When the address or the state cannot be used.
pub fn run(app: &App, command: &SimCommand) -> Result<Kind> {
    match command {
        SimCommand::Serve(args) => serve(app, args),
        SimCommand::Status => status(app),
        SimCommand::Reset(changing) => reset(app, changing),
    }
}

fn serve(app: &App, args: &ServeArgs) -> Result<Kind> {
    let SimKind::Oceanstor = args.kind;
    if !args.listen.ip().is_loopback() {
        return Err(Refusal::usage(format!(
            "--listen {}: a practice array listens on loopback only",
            args.listen
        ))
        .hint("--listen 127.0.0.1:8088")
        .into());
    }
    let faults = Faults::parse(&args.fault.join("\n"))
        .map_err(|e| Refusal::usage(format!("--fault: {e}")))?;
    let mut seed = match args.generation {
        Generation::V3 => Seed::v3(),
        Generation::V6 => Seed::v6(),
    };
    if let Some(paging) = args.paging {
        seed.options.paging = match paging {
            PagingArg::Cap100 => Paging::Cap100,
            PagingArg::Reject => Paging::Reject,
            PagingArg::Full => Paging::Full,
        };
    }
    let mut held = None;
    let array = match &args.state {
        None => Practice::in_memory(&seed),
        Some(path) => {
            let folder = path.parent().unwrap_or_else(|| std::path::Path::new("."));
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
            let locks = Locks::in_dir(if folder.as_os_str().is_empty() {
                ".".as_ref()
            } else {
                folder
            });
            held = locks.try_take(&name.unwrap_or_default())?;
            if held.is_none() {
                let message = format!("{} is served by another process", path.display());
                return Err(Refusal::new(Kind::Refused, message).into());
            }
            Practice::open(path, &seed).with_context(|| format!("state {}", path.display()))?
        }
    };
    if let Some(count) = args.populate {
        array.populate(count);
        array.save().context("state of the practice array")?;
    }
    let array = Arc::new(array);
    let server = Server::start(
        Arc::clone(&array) as Arc<dyn crate::sim::server::Device>,
        args.listen,
        faults,
    )
    .with_context(|| format!("cannot listen on {}", args.listen))?;
    announce(app, &server, &array)?;
    while app.stop.requested().is_none() {
        app.stop.wait(Duration::from_secs(3600));
    }
    server.stop();
    drop(held);
    Ok(Kind::Done)
}

fn announce(app: &App, server: &Server, array: &Practice) -> Result<()> {
    if app.printer.is_json() {
        let item = json!({"url": server.url(), "user": Seed::USER, "password": Seed::PASSWORD,
            "serial": array.serial()});
        app.printer
            .line(&document("sanctl/sim-server", "item", item, &[]).to_string())?;
    } else {
        app.printer.line(&format!(
            "practice OceanStor {} on {}",
            array.serial(),
            server.url()
        ))?;
        app.printer
            .line(&format!("user {}  password {}", Seed::USER, Seed::PASSWORD))?;
        app.printer.line("Ctrl-C ends it")?;
    }
    app.printer.flush()?;
    Ok(())
}

fn status(app: &App) -> Result<Kind> {
    let dir = app.state.within("practice");
    let files = dir.names("")?;
    if app.printer.is_json() {
        let item = json!({"state": dir.dir(), "exists": !files.is_empty(), "files": files});
        app.printer
            .line(&document("sanctl/sim", "item", item, &[]).to_string())?;
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
        app.printer
            .line(&format!("would remove {}", dir.dir().display()))?;
        return Ok(Kind::Done);
    }
    let shown = [format!("everything in {}", dir.dir().display())];
    consent::ask(app, changing, &shown, "Forget the practice array?")?;
    crate::sim::practice::reset(app.state.dir(), &app.reading())?;
    app.printer.line("the practice array starts anew")?;
    Ok(Kind::Done)
}
