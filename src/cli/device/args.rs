//! The arguments of the `device` verbs.

use clap::Args;

use super::super::global::Changing;
use super::super::session::{Tagged, parse_portal};
use crate::model::ids::{Iqn, LunNumber, Wwid};
use crate::model::selector::Selector;

/// Filters of `device list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Only paths of this LUN
    #[arg(long, value_name = "WWID")]
    pub wwid: Option<Wwid>,
    /// Only this LUN number
    #[arg(long, value_name = "N")]
    pub lun: Option<LunNumber>,
    /// Only devices that cannot be used, or whose session is down
    #[arg(long)]
    pub stale: bool,
    /// Only devices on which nothing is built and nothing mounted
    #[arg(long)]
    pub unheld: bool,
}

/// A device by name.
#[derive(Debug, Args)]
pub struct OneArgs {
    /// sda, /dev/…, H:C:T:L or a wwid
    #[arg(value_name = "DEVICE")]
    pub device: Selector,
}

/// Any number of devices.
#[derive(Debug, Args)]
pub struct TreeArgs {
    /// sda, /dev/…, H:C:T:L or a wwid; by default all
    #[arg(value_name = "DEVICE")]
    pub devices: Vec<Selector>,
}

/// Devices by name.
#[derive(Debug, Args)]
pub struct SomeArgs {
    /// sda, /dev/…, H:C:T:L, or a wwid for all paths of a LUN
    #[arg(value_name = "DEVICE", required = true)]
    pub devices: Vec<Selector>,
}

/// Devices that are to be changed.
#[derive(Debug, Args)]
pub struct ChangeArgs {
    /// Which.
    #[command(flatten)]
    pub some: SomeArgs,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// Arguments of `device add-path`.
#[derive(Debug, Args)]
pub struct PathArgs {
    /// sda, /dev/… or H:C:T:L
    #[arg(value_name = "DEVICE")]
    pub device: Selector,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// Arguments of `device grow`.
#[derive(Debug, Args)]
pub struct GrowArgs {
    /// The LUN by name, wwid:…, a device of it or its map
    #[arg(value_name = "LUN")]
    pub lun: Selector,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// Arguments of `device flush`.
#[derive(Debug, Args)]
pub struct FlushArgs {
    /// Its name, dm-N, /dev/… or the wwid
    #[arg(value_name = "MAP")]
    pub map: Selector,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// Arguments of `device wait`.
#[derive(Debug, Args)]
pub struct WaitArgs {
    /// The LUN
    #[arg(long, value_name = "WWID")]
    pub wwid: Wwid,
    /// Until no path is left
    #[arg(long, conflicts_with = "paths")]
    pub gone: bool,
    /// Until so many paths can be used
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub paths: usize,
}

/// Arguments of `device scan`.
#[derive(Debug, Args)]
pub struct ScanArgs {
    /// Through this session
    #[arg(long, value_name = "SID", conflicts_with_all = ["target", "portal"], required_unless_present_any = ["target", "hba"])]
    pub session: Option<u32>,
    /// Through the session to this target
    #[arg(long, short = 'T', value_name = "IQN", requires = "portal")]
    pub target: Option<Iqn>,
    /// At this portal: ADDRESS or ADDRESS:PORT
    #[arg(long, short, value_name = "P", value_parser = parse_portal, requires = "target")]
    pub portal: Option<Tagged>,
    /// Through this Fibre Channel port of the node: hostN or its WWPN
    #[arg(
        long,
        value_name = "H",
        requires = "rport",
        conflicts_with_all = ["session", "target", "portal"]
    )]
    pub hba: Option<String>,
    /// To this port of the array: its WWPN, or rport-H:B-N
    #[arg(long, value_name = "W", requires = "hba")]
    pub rport: Option<String>,
    /// The LUN number
    #[arg(long, value_name = "N", required_unless_present = "all_luns")]
    pub lun: Option<LunNumber>,
    /// Every LUN that the target shows, whatever it is used for
    #[arg(long, conflicts_with = "lun")]
    pub all_luns: bool,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// Arguments of `device set-state`.
#[derive(Debug, Args)]
pub struct StateArgs {
    /// sda, /dev/… or H:C:T:L
    #[arg(value_name = "DEVICE")]
    pub device: Selector,
    /// The state
    #[arg(value_name = "STATE")]
    pub state: StateArg,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// A state on the command line.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum StateArg {
    /// Commands fail at once.
    Offline,
    /// Commands are sent.
    Running,
}
