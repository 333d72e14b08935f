//! `sanctl sim …`: practice arrays for this tool and for any other client.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;

use super::columns;
use super::consent;
use super::failure::Refusal;
use super::global::Changing;
use crate::app::App;
use crate::kit::kind::Kind;
use crate::kit::lock::Locks;
use crate::kit::printer::Content;
use crate::sim::faults::Faults;
use crate::sim::lio::{Lio, Mirrored, ROOT};
use crate::sim::oceanstor::{Paging, Practice, Seed};
use crate::sim::server::{Device, Server};

/// `sim …`.
#[derive(Debug, Subcommand)]
pub enum SimCommand {
    /// Serve a practice array on loopback until Ctrl-C
    #[command(before_help = "Examples:
  sanctl sim serve oceanstor
  sanctl sim serve oceanstor --listen 127.0.0.1:8088 --state ./array.json
  sanctl sim serve oceanstor --fault 'POST /hostgroup#1=drop-after'

With --mirror (root, and a kernel with LIO) the LUNs are real:
  sanctl sim serve oceanstor --lun vol-1=64M --mirror lio --portal 10.0.0.1:3260")]
    Serve(ServeArgs),
    /// Show where the built-in practice array keeps its state
    #[command(before_help = "Examples:
  sanctl sim status")]
    Status,
    /// Forget the built-in practice array and everything attached from it
    #[command(before_help = "Examples:
  sanctl sim reset --yes")]
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

    /// The iSCSI ports of the array, one target each. With --mirror they really listen there, in
    /// this process's network namespace
    #[arg(long, value_name = "IP:PORT")]
    pub portal: Vec<SocketAddr>,

    /// Add a LUN, unless there is one of this name: vol-1=64M. Without it a new array has vol-1 to
    /// vol-4
    #[arg(long, value_name = "NAME=SIZE", value_parser = parse_lun)]
    pub lun: Vec<(String, u64)>,

    /// With --mirror: the directory of the files that hold the LUNs' data [default: beside
    /// --state, else in the state directory]
    #[arg(long, value_name = "DIR", requires = "mirror")]
    pub data: Option<PathBuf>,
}

/// `NAME=SIZE`; the size in bytes, or with K, M, G or T.
fn parse_lun(text: &str) -> Result<(String, u64), String> {
    let wanted = || "NAME=SIZE wanted, with a size like 64M or 2G".to_owned();
    let (name, size) = text.split_once('=').ok_or_else(wanted)?;
    let (digits, unit) = match size.char_indices().last().ok_or_else(wanted)? {
        (_, '0'..='9') => (size, 0),
        (at, 'K' | 'k') => (&size[..at], 10),
        (at, 'M' | 'm') => (&size[..at], 20),
        (at, 'G' | 'g') => (&size[..at], 30),
        (at, 'T' | 't') => (&size[..at], 40),
        _ => return Err(wanted()),
    };
    let count: u64 = digits.parse().map_err(|_| wanted())?;
    let bytes = count.checked_mul(1 << unit).filter(|b| b % 512 == 0);
    match bytes {
        Some(bytes) if bytes > 0 && !name.is_empty() => Ok((name.to_owned(), bytes)),
        _ => Err(wanted()),
    }
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
    app.printer.check(columns::SIM_SERVER)?;
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
    if !args.portal.is_empty() {
        seed.portals.clone_from(&args.portal);
    }
    let mut held = None;
    let array = match &args.state {
        None => Practice::in_memory(&seed),
        Some(path) => {
            let folder = path.parent().unwrap_or_else(|| Path::new("."));
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
    if args.lun.is_empty() && array.is_pristine() {
        // An array without a LUN could show nothing.
        for (name, gib) in [("vol-1", 1), ("vol-2", 2), ("vol-3", 5), ("vol-4", 10)] {
            array.add_lun(name, gib << 30);
        }
        array.save().context("state of the practice array")?;
    }
    if let Some(count) = args.populate {
        array.populate(count);
        array.save().context("state of the practice array")?;
    }
    for (name, bytes) in &args.lun {
        array.ensure_lun(name, *bytes);
    }
    if !args.lun.is_empty() {
        array.save().context("state of the practice array")?;
    }
    let array = Arc::new(array);
    let mirror = args.mirror.map(|_| mirror(app, args, &array)).transpose()?;
    let device: Arc<dyn Device> = match &mirror {
        Some(lio) => Arc::new(
            Mirrored::new(Arc::clone(&array) as _, lio.clone()).map_err(|words| refused(&words))?,
        ),
        None => Arc::clone(&array) as _,
    };
    let server = Server::start(device, args.listen, faults)
        .with_context(|| format!("cannot listen on {}", args.listen))?;
    announce(app, &server, &array)?;
    while app.stop.requested().is_none() {
        app.stop.wait(Duration::from_secs(3600));
    }
    server.stop();
    if let Some(lio) = mirror {
        lio.clean().map_err(|words| refused(&words))?;
    }
    drop(held);
    Ok(Kind::Done)
}

/// The mirror on LIO that `--mirror`, `--portal` and `--data` ask for.
fn mirror(app: &App, args: &ServeArgs, array: &Practice) -> Result<Lio> {
    let ports = array.portals();
    // A state file keeps the ports it was made with; real listeners elsewhere would help nobody.
    if !args
        .portal
        .iter()
        .all(|p| ports.iter().any(|t| t.addr == *p))
    {
        let has: Vec<String> = ports.iter().map(|t| t.addr.to_string()).collect();
        return Err(Refusal::usage(format!(
            "--portal: the array in --state was made with the ports {}",
            has.join(", ")
        ))
        .into());
    }
    let data = match (&args.data, &args.state) {
        (Some(dir), _) => dir.clone(),
        (None, Some(state)) => state.with_extension("luns"),
        (None, None) => app.state.within("mirror").dir().to_owned(),
    };
    let data = std::path::absolute(&data).with_context(|| data.display().to_string())?;
    array.set_backing_dir(&data);
    Lio::new(Path::new(ROOT), &array.serial(), &ports).map_err(|words| refused(&words).into())
}

fn refused(words: &str) -> Refusal {
    Refusal::new(Kind::Failed, words)
        .hint("a mirror on LIO needs root and the kernel's iSCSI target")
}

fn announce(app: &App, server: &Server, array: &Practice) -> Result<()> {
    let item = json!({"url": server.url(), "user": Seed::USER, "password": Seed::PASSWORD,
        "serial": array.serial()});
    if !app
        .printer
        .data(columns::SIM_SERVER, Content::One(item), &[])?
    {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lun_has_a_name_and_a_size() {
        assert_eq!(parse_lun("a=64M"), Ok(("a".to_owned(), 64 << 20)));
        assert_eq!(parse_lun("a b=512"), Ok(("a b".to_owned(), 512)));
        assert_eq!(parse_lun("v=2t"), Ok(("v".to_owned(), 2 << 40)));
        for wrong in [
            "a",
            "=1M",
            "a=",
            "a=M",
            "a=1X",
            "a=513",
            "a=0",
            "a=99999999T",
            "a=\u{e9}",
        ] {
            assert!(parse_lun(wrong).is_err(), "{wrong}");
        }
    }
}
