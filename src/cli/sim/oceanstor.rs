//! `sanctl sim serve oceanstor`.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};

use super::serve::{Ready, Serving, parse_lun, serve};
use crate::app::App;
use crate::kit::kind::Kind;
use crate::sim::oceanstor::{Paging, Practice, Seed};

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

/// Arguments of `sim serve oceanstor`.
#[derive(Debug, Args)]
pub struct OceanstorArgs {
    /// What every array takes.
    #[command(flatten)]
    pub serving: Serving,

    /// Which generation to be
    #[arg(long, value_enum, default_value = "v3")]
    pub generation: Generation,

    /// How lists are paged
    #[arg(long, value_enum)]
    pub paging: Option<PagingArg>,

    /// Add this many other hosts, groups, views, initiators and LUNs
    #[arg(long, value_name = "N")]
    pub populate: Option<usize>,

    /// Add a LUN, unless there is one of this name: vol-1=64M. Without it a new array has vol-1 to
    /// vol-4
    #[arg(long, value_name = "NAME=SIZE", value_parser = parse_lun)]
    pub lun: Vec<(String, u64)>,
}

/// Serves until a signal comes.
pub(super) fn run(app: &App, args: &OceanstorArgs) -> Result<Kind> {
    serve(app, &args.serving, |state| open(args, state))
}

fn open(args: &OceanstorArgs, state: Option<&Path>) -> Result<Ready> {
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
    if !args.serving.portal.is_empty() {
        seed.portals.clone_from(&args.serving.portal);
    }
    let array = match state {
        None => Practice::in_memory(&seed),
        Some(path) => {
            Practice::open(path, &seed).with_context(|| format!("state {}", path.display()))?
        }
    };
    if args.lun.is_empty() && array.is_pristine() {
        // An array without a LUN could show nothing.
        for (name, gib) in [("vol-1", 1), ("vol-2", 2), ("vol-3", 5), ("vol-4", 10)] {
            array.add_lun(name, gib << 30);
        }
    }
    if let Some(count) = args.populate {
        array.populate(count);
    }
    for (name, bytes) in &args.lun {
        array.ensure_lun(name, *bytes);
    }
    array.save().context("state of the practice array")?;
    let serial = array.serial();
    Ok(Ready {
        array: Arc::new(array),
        product: "OceanStor",
        serial,
        user: Seed::USER,
        password: Seed::PASSWORD,
    })
}
