//! `initiator create`, `bind`, `unbind`, `delete`, `set`, `set-chap`, `clear-chap`.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::run;
use crate::app::App;
use crate::cli::consent;
use crate::cli::failure::Refusal;
use crate::cli::global::Changing;
use crate::kit::kind::Kind;
use crate::kit::redact::Secret;
use crate::model::edit::{Credentials, Edit, InitiatorName, PathPolicy};
use crate::model::selector::Selector;
use crate::system::files;

/// Arguments of the verbs that take an initiator and nothing else.
#[derive(Debug, Args)]
pub struct OnlyArgs {
    /// Its IQN or WWPN
    #[arg(value_name = "INITIATOR")]
    pub initiator: String,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// Arguments of `initiator create`.
#[derive(Debug, Args)]
pub struct CreateArgs {
    /// Its IQN or WWPN
    #[arg(value_name = "INITIATOR")]
    pub initiator: String,
    /// Bind it to this host; without, it is free
    #[arg(long, value_name = "HOST")]
    pub host: Option<String>,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// Arguments of `initiator bind`.
#[derive(Debug, Args)]
pub struct BindArgs {
    /// Its IQN or WWPN
    #[arg(value_name = "INITIATOR")]
    pub initiator: String,
    /// The host to bind it to
    #[arg(long, value_name = "HOST")]
    pub host: String,
    /// Take it away from this host, to which it is bound now
    #[arg(long, value_name = "HOST")]
    pub move_from: Option<String>,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// Arguments of `initiator unbind`.
#[derive(Debug, Args)]
pub struct UnbindArgs {
    /// Its IQN or WWPN
    #[arg(value_name = "INITIATOR")]
    pub initiator: String,
    /// The host to which it is bound
    #[arg(long, value_name = "HOST")]
    pub host: String,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// Arguments of `initiator set`.
#[derive(Debug, Args)]
pub struct SetArgs {
    /// Its IQN or WWPN
    #[arg(value_name = "INITIATOR")]
    pub initiator: String,
    /// What is to be set.
    #[command(flatten)]
    pub policy: PolicyArgs,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// The policy of an initiator's paths, in the array's numbers.
#[derive(Debug, Args)]
pub struct PolicyArgs {
    /// 0 the array maker's multipath, 1 that of others, such as dm-multipath
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=1))]
    pub multipath_type: Option<u8>,
    /// 0 early ALUA, 1 common ALUA, 2 no ALUA, 3 special; with multipath type 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=3))]
    pub failover_mode: Option<u8>,
    /// 0 to 3; with failover mode 3
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=3))]
    pub special_mode: Option<u8>,
    /// 0 preferred path, 1 not; with multipath type 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=1))]
    pub path_type: Option<u8>,
}

/// Arguments of `initiator set-chap`.
#[derive(Debug, Args)]
pub struct SetChapArgs {
    /// Its IQN
    #[arg(value_name = "INITIATOR")]
    pub initiator: String,
    /// Who it has to say it is
    #[arg(long, value_name = "NAME")]
    pub user: String,
    /// The secret: first line of a file that only its owner can read
    #[arg(
        long,
        value_name = "FILE",
        required_unless_present = "secret_prompt",
        conflicts_with = "secret_prompt"
    )]
    pub secret_file: Option<PathBuf>,
    /// Ask for the secret on the terminal
    #[arg(long)]
    pub secret_prompt: bool,
    /// What the array has to prove.
    #[command(flatten)]
    pub mutual: MutualArgs,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// The array proving itself to the initiator.
#[derive(Debug, Args)]
pub struct MutualArgs {
    /// Mutual CHAP, where the array takes it: who the array has to say it is
    #[arg(long, value_name = "NAME")]
    pub mutual_user: Option<String>,
    /// Its secret, another one: first line of a file that only its owner can read
    #[arg(
        long,
        value_name = "FILE",
        requires = "mutual_user",
        conflicts_with = "mutual_secret_prompt"
    )]
    pub mutual_secret_file: Option<PathBuf>,
    /// Ask for its secret on the terminal
    #[arg(long, requires = "mutual_user")]
    pub mutual_secret_prompt: bool,
}

fn named(initiator: &str) -> Result<InitiatorName> {
    Ok(initiator.parse()?)
}

fn selected(host: Option<&String>) -> Result<Option<Selector>> {
    Ok(host.map(|host| host.parse()).transpose()?)
}

/// Makes an initiator known to the array.
///
/// # Errors
/// As [`run`].
pub fn create(app: &App, args: &CreateArgs) -> Result<Kind> {
    let edit = Edit::CreateInitiator {
        initiator: named(&args.initiator)?,
        host: selected(args.host.as_ref())?,
    };
    run(app, &args.changing, &edit)
}

/// Binds an initiator to a host, or moves it there.
///
/// # Errors
/// As [`run`].
pub fn bind(app: &App, args: &BindArgs) -> Result<Kind> {
    let edit = Edit::BindInitiator {
        initiator: named(&args.initiator)?,
        host: args.host.parse()?,
        from: selected(args.move_from.as_ref())?,
    };
    run(app, &args.changing, &edit)
}

/// Frees an initiator from its host.
///
/// # Errors
/// As [`run`].
pub fn unbind(app: &App, args: &UnbindArgs) -> Result<Kind> {
    let edit = Edit::UnbindInitiator {
        initiator: named(&args.initiator)?,
        host: args.host.parse()?,
    };
    run(app, &args.changing, &edit)
}

/// Makes the array forget a free initiator.
///
/// # Errors
/// As [`run`].
pub fn delete(app: &App, args: &OnlyArgs) -> Result<Kind> {
    let initiator = named(&args.initiator)?;
    run(app, &args.changing, &Edit::DeleteInitiator { initiator })
}

/// Sets how the array treats an initiator's paths.
///
/// # Errors
/// Exit 2 when nothing is to be set; as [`run`].
pub fn set(app: &App, args: &SetArgs) -> Result<Kind> {
    let policy = &args.policy;
    let all = [
        policy.multipath_type,
        policy.failover_mode,
        policy.special_mode,
        policy.path_type,
    ];
    if all.iter().all(Option::is_none) {
        let options = "--multipath-type, --failover-mode, --special-mode, --path-type";
        let message = format!("nothing to set: give at least one of {options}");
        return Err(Refusal::usage(message)
            .hint("sanctl initiator set --help")
            .into());
    }
    let edit = Edit::SetInitiator {
        initiator: named(&args.initiator)?,
        paths: PathPolicy {
            multipath_type: policy.multipath_type,
            failover_mode: policy.failover_mode,
            special_mode: policy.special_mode,
            path_type: policy.path_type,
        },
    };
    run(app, &args.changing, &edit)
}

/// Makes an initiator prove itself by CHAP.
///
/// # Errors
/// When a secret cannot be read; as [`run`].
pub fn set_chap(app: &App, args: &SetChapArgs) -> Result<Kind> {
    let initiator = named(&args.initiator)?;
    let own = args.secret_file.as_ref();
    let chap = Credentials {
        user: args.user.clone(),
        secret: Some(secret(
            app,
            &args.changing,
            own,
            ("CHAP secret", "--secret-file"),
        )?),
    };
    let mutual = match &args.mutual.mutual_user {
        None => None,
        Some(user) => {
            let file = args.mutual.mutual_secret_file.as_ref();
            let what = ("CHAP secret of the array", "--mutual-secret-file");
            Some(Credentials {
                user: user.clone(),
                secret: Some(secret(app, &args.changing, file, what)?),
            })
        }
    };
    let edit = Edit::SetChap {
        initiator,
        chap,
        mutual,
    };
    run(app, &args.changing, &edit)
}

/// The secret in a file, else what is typed; what it is, and the option that names its file.
fn secret(
    app: &App,
    changing: &Changing,
    file: Option<&PathBuf>,
    (what, option): (&str, &str),
) -> Result<Secret> {
    match file {
        Some(path) => Ok(files::read_secret(path)?),
        None => consent::new_secret(app, changing, what, option),
    }
}

/// Switches CHAP of an initiator off.
///
/// # Errors
/// As [`run`].
pub fn clear_chap(app: &App, args: &OnlyArgs) -> Result<Kind> {
    let initiator = named(&args.initiator)?;
    run(app, &args.changing, &Edit::ClearChap { initiator })
}
