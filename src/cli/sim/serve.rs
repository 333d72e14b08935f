//! What every `sim serve` does: open the array, show it to whom it shall be shown, serve it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use serde_json::json;

use crate::app::App;
use crate::cli::columns;
use crate::cli::failure::Refusal;
use crate::kit::kind::Kind;
use crate::kit::lock::Locks;
use crate::kit::printer::Content;
use crate::sim::exposure::Exposing;
use crate::sim::faults::Faults;
use crate::sim::lio::{Lio, Mirrored, ROOT};
use crate::sim::server::{Device, Server};

/// What shows the practice array's LUNs to real initiators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MirrorArg {
    /// The kernel's own iSCSI target.
    Lio,
}

/// Arguments of every `sim serve`.
#[derive(Debug, Args)]
pub struct Serving {
    /// Where to listen: a loopback address; port 0 = any free one
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:0")]
    pub listen: SocketAddr,

    /// Keep the array's state in this file; without it the array forgets everything at its end
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,

    /// Misbehave: METHOD /path#N=ACT, @K=ACT or *=ACT (drop-before, drop-after, busy, expire, ...)
    #[arg(long, value_name = "FAULT")]
    pub fault: Vec<String>,

    /// Show the LUNs to real initiators (root)
    #[arg(long, value_enum, value_name = "WHAT", requires = "portal")]
    pub mirror: Option<MirrorArg>,

    /// The iSCSI ports of the array. With --mirror they really listen there, in this process's
    /// network namespace
    #[arg(long, value_name = "IP:PORT")]
    pub portal: Vec<SocketAddr>,

    /// With --mirror: the directory of the files that hold the LUNs' data [default: beside
    /// --state, else in the state directory]
    #[arg(long, value_name = "DIR", requires = "mirror")]
    pub data: Option<PathBuf>,
}

/// An array that is ready, and what clients have to know of it.
pub(super) struct Ready {
    pub(super) array: Arc<dyn Exposing>,
    /// `OceanStor`.
    pub(super) product: &'static str,
    /// What tells it from others.
    pub(super) serial: String,
    pub(super) user: &'static str,
    pub(super) password: &'static str,
}

/// `NAME=SIZE`; the size in bytes, or with K, M, G or T.
pub(super) fn parse_lun(text: &str) -> Result<(String, u64), String> {
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

/// Serves the array that `open` gives; it gets the state file, which nobody else has.
pub(super) fn serve(
    app: &App,
    args: &Serving,
    open: impl FnOnce(Option<&Path>) -> Result<Ready>,
) -> Result<Kind> {
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
    let mut held = None;
    if let Some(path) = &args.state {
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
    }
    let ready = open(args.state.as_deref())?;
    let array = &ready.array;
    let mirror = args.mirror.map(|_| mirror(app, args, &ready)).transpose()?;
    let device: Arc<dyn Device> = match &mirror {
        Some(lio) => Arc::new(
            Mirrored::new(Arc::clone(array), lio.clone()).map_err(|words| refused(&words))?,
        ),
        None => Arc::clone(array) as _,
    };
    let server = Server::start(device, args.listen, faults)
        .with_context(|| format!("cannot listen on {}", args.listen))?;
    announce(app, &server, &ready)?;
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
fn mirror(app: &App, args: &Serving, ready: &Ready) -> Result<Lio> {
    let array = &ready.array;
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
    Lio::new(Path::new(ROOT), &array.mark(), &ports).map_err(|words| refused(&words).into())
}

fn refused(words: &str) -> Refusal {
    Refusal::new(Kind::Failed, words)
        .hint("a mirror on LIO needs root and the kernel's iSCSI target")
}

fn announce(app: &App, server: &Server, ready: &Ready) -> Result<()> {
    let Ready {
        product,
        serial,
        user,
        password,
        ..
    } = ready;
    let item = json!({"url": server.url(), "user": user, "password": password,
        "serial": serial});
    if !app
        .printer
        .data(columns::SIM_SERVER, Content::One(item), &[])?
    {
        app.printer
            .line(&format!("practice {product} {serial} on {}", server.url()))?;
        app.printer
            .line(&format!("user {user}  password {password}"))?;
        app.printer.line("Ctrl-C ends it")?;
    }
    app.printer.flush()?;
    Ok(())
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
