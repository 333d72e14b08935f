//! `sanctl sim serve ontap`.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};

use super::serve::{Ready, Serving, parse_lun, serve};
use crate::app::App;
use crate::kit::kind::Kind;
use crate::sim::ontap::{Jobs, Ontapi, Practice, Rest, Seed, SvmState, Version};

/// What the older interface answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ZapiArg {
    /// It works.
    On,
    /// A page for people, status 200.
    Html,
    /// Status 404.
    NotFound,
    /// Status 503.
    Unavailable,
    /// The connection closes.
    Closed,
    /// No call is known (errno 13005).
    UnknownCalls,
}

/// What REST answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RestArg {
    /// It works.
    On,
    /// Status 404, as of releases before 9.6.
    NotFound,
    /// The connection closes.
    Closed,
}

/// Whether the SVM serves data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SvmArg {
    /// It does.
    Running,
    /// It was stopped.
    Stopped,
}

/// Arguments of `sim serve ontap`.
#[derive(Debug, Args)]
pub struct OntapArgs {
    /// What every array takes.
    #[command(flatten)]
    pub serving: Serving,

    /// Which release to be
    #[arg(long, value_name = "9.X.Y", value_parser = parse_release)]
    pub release: Option<Version>,

    /// The older interface (ONTAPI)
    #[arg(long, value_enum)]
    pub zapi: Option<ZapiArg>,

    /// REST
    #[arg(long, value_enum)]
    pub rest: Option<RestArg>,

    /// The SVM svm_gold
    #[arg(long, value_enum)]
    pub svm: Option<SvmArg>,

    /// HA pairs of nodes of a new array; --portal addresses are dealt out to the nodes in turn
    #[arg(long, value_name = "N", default_value_t = 1,
        value_parser = clap::value_parser!(u8).range(1..=12))]
    pub pairs: u8,

    /// Records in one answer at most [default: 10]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub page: Option<u32>,

    /// REST changes LUNs in jobs that N looks find running
    #[arg(long, value_name = "N")]
    pub jobs: Option<u32>,

    /// Add this many other LUNs
    #[arg(long, value_name = "N")]
    pub luns: Option<usize>,

    /// Add this many other hosts, each with an igroup and a LUN mapped to it
    #[arg(long, value_name = "N")]
    pub hosts: Option<usize>,

    /// Add a LUN, unless there is one at this path: /vol/cinder_a/vol-1=64M. Without it a new array
    /// has ten
    #[arg(long, value_name = "PATH=SIZE", value_parser = parse_path)]
    pub lun: Vec<(String, u64)>,
}

/// `9.14.1`, `9.8`, `9.14.1P2`.
fn parse_release(text: &str) -> Result<Version, String> {
    text.parse()
}

/// As [`parse_lun`]; the name is a path.
fn parse_path(text: &str) -> Result<(String, u64), String> {
    let (path, bytes) = parse_lun(text)?;
    let parts = path.strip_prefix("/vol/").map(|rest| rest.split('/'));
    match parts.map(Iterator::collect::<Vec<_>>) {
        Some(parts) if (2..=3).contains(&parts.len()) && parts.iter().all(|p| !p.is_empty()) => {
            Ok((path, bytes))
        }
        _ => Err("PATH=SIZE wanted, with a path like /vol/cinder_a/vol-1".to_owned()),
    }
}

/// Serves until a signal comes.
pub(super) fn run(app: &App, args: &OntapArgs) -> Result<Kind> {
    serve(app, &args.serving, |state| open(args, state))
}

fn open(args: &OntapArgs, state: Option<&Path>) -> Result<Ready> {
    let mut seed = Seed::gold();
    if !args.serving.portal.is_empty() {
        seed.portals.clone_from(&args.serving.portal);
    }
    // A LUN is reported by the nodes of its own pair alone.
    for n in 2..=args.pairs {
        seed.pairs
            .push((format!("ams-{n:02}a"), format!("ams-{n:02}b")));
    }
    let array = match state {
        None => Practice::in_memory(&seed),
        Some(path) => {
            Practice::open(path, &seed).with_context(|| format!("state {}", path.display()))?
        }
    };
    if args.lun.is_empty() && array.is_pristine() {
        array.furnish();
    }
    behave(args, &array);
    if let Some(count) = args.luns {
        array.populate(count);
    }
    if let Some(count) = args.hosts {
        array.populate_hosts(count);
    }
    for (path, bytes) in &args.lun {
        array.ensure_lun(path, *bytes);
    }
    array.save().context("state of the practice array")?;
    let serial = array.uuid();
    Ok(Ready {
        array: Arc::new(array),
        product: "ONTAP",
        serial,
        user: Seed::USER,
        password: Seed::PASSWORD,
    })
}

/// What the arguments say replaces what the state file says.
fn behave(args: &OntapArgs, array: &Practice) {
    if let Some(release) = args.release {
        array.set_version(release);
    }
    array.set_options(|options| {
        if let Some(zapi) = args.zapi {
            options.ontapi = match zapi {
                ZapiArg::On => Ontapi::On,
                ZapiArg::Html => Ontapi::Html,
                ZapiArg::NotFound => Ontapi::NotFound,
                ZapiArg::Unavailable => Ontapi::Unavailable,
                ZapiArg::Closed => Ontapi::Closed,
                ZapiArg::UnknownCalls => Ontapi::UnknownCalls,
            };
        }
        if let Some(rest) = args.rest {
            options.rest = match rest {
                RestArg::On => Rest::On,
                RestArg::NotFound => Rest::NotFound,
                RestArg::Closed => Rest::Closed,
            };
        }
        if let Some(page) = args.page.and_then(|page| usize::try_from(page).ok()) {
            options.page = page;
        }
        if let Some(looks) = args.jobs {
            options.jobs = Jobs::After(looks);
        }
    });
    match args.svm {
        Some(SvmArg::Running) => array.set_svm(Seed::SVM, SvmState::Running),
        Some(SvmArg::Stopped) => array.set_svm(Seed::SVM, SvmState::Stopped),
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lun_has_a_path() {
        let at = |path: &str| Ok((path.to_owned(), 64 << 20));
        assert_eq!(parse_path("/vol/v/l=64M"), at("/vol/v/l"));
        assert_eq!(parse_path("/vol/v/q/l=64M"), at("/vol/v/q/l"));
        for wrong in [
            "l=64M",
            "/vol/l=64M",
            "/vol//l=64M",
            "/vol/v/q/r/l=64M",
            "/vol/v/l",
        ] {
            assert!(parse_path(wrong).is_err(), "{wrong}");
        }
    }
}
