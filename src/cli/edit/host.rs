//! `host create`, `host set`, `host delete`.

use anyhow::Result;
use clap::Args;

use super::run;
use crate::app::App;
use crate::cli::global::Changing;
use crate::cli::nouns::Gone;
use crate::kit::kind::Kind;
use crate::model::edit::{AccessMode, Edit};

/// Arguments of `host create`.
#[derive(Debug, Args)]
pub struct CreateArgs {
    /// Its name; one longer than 31 characters becomes a digest
    #[arg(value_name = "NAME")]
    pub name: String,
    /// The array's number of the operating system: 0 Linux, 1 Windows, 7 VMware
    #[arg(long, value_name = "N")]
    pub os: Option<u16>,
    /// Free text; the name if nothing is given
    #[arg(long, value_name = "TEXT")]
    pub description: Option<String>,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// How a host is given its paths.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum AccessArg {
    /// All paths alike.
    Balanced,
    /// Paths of the owning controller first.
    Asymmetric,
}

/// Arguments of `host set`.
#[derive(Debug, Args)]
pub struct SetArgs {
    /// Its name, or a selector such as id:4
    #[arg(value_name = "HOST")]
    pub host: String,
    /// All paths alike, or those of the owning controller first
    #[arg(long, value_enum, value_name = "MODE")]
    pub access_mode: AccessArg,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// Makes a host.
///
/// # Errors
/// As [`run`].
pub fn create(app: &App, args: &CreateArgs) -> Result<Kind> {
    let edit = Edit::CreateHost {
        name: args.name.clone(),
        os: args.os,
        description: args.description.clone(),
    };
    run(app, &args.changing, &edit)
}

/// Sets what belongs to a host.
///
/// # Errors
/// As [`run`].
pub fn set(app: &App, args: &SetArgs) -> Result<Kind> {
    let edit = Edit::SetHost {
        host: args.host.parse()?,
        access: match args.access_mode {
            AccessArg::Balanced => AccessMode::Balanced,
            AccessArg::Asymmetric => AccessMode::Asymmetric,
        },
    };
    run(app, &args.changing, &edit)
}

/// Deletes a host that has nothing any more.
///
/// # Errors
/// As [`run`].
pub fn delete(app: &App, gone: &Gone) -> Result<Kind> {
    let host = gone.name.parse()?;
    run(app, &gone.changing, &Edit::DeleteHost { host })
}
