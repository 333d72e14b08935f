//! `sanctl device …`: the SCSI devices of this node, one row per path.

mod args;

use std::time::Duration;

use anyhow::Result;
use clap::Subcommand;
use serde_json::{Value, json};

pub use args::{
    ChangeArgs, FlushArgs, GrowArgs, ListArgs, OneArgs, PathArgs, ScanArgs, SomeArgs, StateArg,
    StateArgs, TreeArgs, WaitArgs,
};

use super::change;
use super::failure::Refusal;
use super::nouns::{end, get};
use super::session::at;
use crate::app::App;
use crate::kit::bounds::Bounds;
use crate::kit::kind::Kind;
use crate::kit::printer::{Content, Shape};
use crate::kit::table::Column;
use crate::model::selector::Selector;
use crate::node::edit::{DeviceState, Edit, Where};
use crate::node::holders::{Block, find_tree};
use crate::node::inuse;
use crate::node::inventory::{self, DeviceRow};
use crate::node::multipath;
use crate::node::scsi::check::{self, Awaited};
use crate::node::scsi::device::{self, Device};
use crate::node::scsi::select;
use crate::system::Machine;

/// How long `device wait` waits.
const WAIT: Duration = Duration::from_secs(30);

/// The look after it, which tells what there is instead.
const SLACK: Duration = Duration::from_secs(5);

/// `device …`.
#[derive(Debug, Subcommand)]
pub enum DeviceCommand {
    /// List devices, one row per path; sends no SCSI command
    #[command(before_help = "Examples:
  sanctl device list
  sanctl device list --wwid 6a4c64f1001db63307a4e1700000001e
  sanctl device list --stale --unheld -o name")]
    List(ListArgs),
    /// Show one device
    #[command(before_help = "Examples:
  sanctl device show sdk
  sanctl device show 4:0:0:7 -o json")]
    Show(OneArgs),
    /// Show what is built on devices, and who uses it
    #[command(before_help = "Examples:
  sanctl device tree sdk
  sanctl device tree")]
    Tree(TreeArgs),
    /// Compare identity and state of devices, and read one block; changes nothing
    #[command(before_help = "Examples:
  sanctl device check sdk
  sanctl device check 6a4c64f1001db63307a4e1700000001e")]
    Check(SomeArgs),
    /// Wait until the paths of a LUN have come or gone
    #[command(before_help = "Examples:
  sanctl device wait --wwid 6a4c64f1001db63307a4e1700000001e --paths 2
  sanctl device wait --wwid 6a4c64f1001db63307a4e1700000001e --gone")]
    Wait(WaitArgs),
    /// Look for one LUN number through one session or one port
    #[command(before_help = "Examples:
  sanctl device scan --session 3 --lun 7
  sanctl device scan --target iqn.2020-01.a:t --portal 10.0.0.1 --lun 7
  sanctl device scan --hba host2 --rport 20:00:00:11:22:33:44:55 --lun 7")]
    Scan(ScanArgs),
    /// Have the kernel read identity and size of devices again
    #[command(before_help = "Examples:
  sanctl device rescan sdk sdl")]
    Rescan(ChangeArgs),
    /// Give a device to multipathd as a path of its LUN's map
    #[command(before_help = "Examples:
  sanctl device add-path sdk")]
    AddPath(PathArgs),
    /// Have every path of a LUN, and its map, take the LUN's new size
    #[command(before_help = "Examples:
  sanctl device grow vol-7
  sanctl device grow /dev/mapper/mpatha --dry-run")]
    Grow(GrowArgs),
    /// Write what a multipath map holds back, and remove it
    #[command(before_help = "Examples:
  sanctl device flush mpatha
  sanctl device flush 6a4c64f1001db63307a4e1700000001e --dry-run")]
    Flush(FlushArgs),
    /// Flush and remove devices that nobody uses
    #[command(before_help = "Examples:
  sanctl device remove sdk
  sanctl device remove sdk sdl --yes")]
    Remove(ChangeArgs),
    /// Stop a device that nobody uses, or start one again
    #[command(before_help = "Examples:
  sanctl device set-state sdk running --confirm sdk")]
    SetState(StateArgs),
}

const DEVICE: Shape = Shape {
    schema: "sanctl/device",
    columns: &[
        Column::new("NAME", "name"),
        Column::new("HCTL", "hctl"),
        // The last number of HCTL is the same.
        Column::new("LUN", "lun_number").wide(),
        Column::new("WWID", "wwid").or("designator"),
        Column::new("SIZE", "size_bytes").bytes(),
        Column::new("STATE", "state"),
        Column::new("VIA", "sid").or("rport"),
        Column::new("HOLDERS", "holders"),
        Column::new("MAP", "map").wide(),
        Column::new("PORTAL", "portal").wide(),
        Column::new("TARGET", "target").wide(),
        Column::new("FROM", "initiator_wwpn").wide(),
        Column::new("WHY NOT", "why_not").wide(),
    ],
    name: "name",
    none: "no device fits",
};

const DETAIL: Shape = Shape {
    schema: "sanctl/device",
    columns: &[
        Column::new("NAME", "name"),
        Column::new("PATH", "path"),
        Column::new("HCTL", "hctl"),
        Column::new("LUN", "lun_number"),
        Column::new("WWID", "wwid").or("designator"),
        Column::new("SERIAL", "serial"),
        Column::new("VENDOR", "vendor"),
        Column::new("MODEL", "model"),
        Column::new("REVISION", "revision"),
        Column::new("SIZE", "size_bytes").bytes(),
        Column::new("STATE", "state"),
        Column::new("WHY NOT", "why_not"),
        Column::new("ACCESS", "access_state"),
        Column::new("TRANSPORT", "transport"),
        Column::new("VIA", "sid").or("rport"),
        Column::new("PORTAL", "portal"),
        Column::new("TARGET", "target"),
        Column::new("FROM", "initiator_wwpn"),
        Column::new("MAP", "map"),
        Column::new("HOLDERS", "holders"),
    ],
    name: "name",
    none: "no device",
};

const CHECK: Shape = Shape {
    schema: "sanctl/device-check",
    columns: &[
        Column::new("NAME", "name"),
        Column::new("CHECK", "what"),
        Column::new("OK", "ok").yes_no(),
        Column::new("EVIDENCE", "evidence"),
    ],
    name: "name",
    none: "no device",
};

const TREE: Shape = Shape {
    schema: "sanctl/device-tree",
    columns: &[
        Column::new("NAME", "name"),
        Column::new("KIND", "kind"),
        Column::new("HELD", "held").yes_no(),
        Column::new("USES", "uses"),
        Column::new("HCTL", "hctl"),
        Column::new("WWID", "wwid"),
    ],
    name: "name",
    none: "no device",
};

/// Runs a `device` command.
///
/// # Errors
/// When the node cannot be read, or refuses.
pub fn run(app: &App, command: &DeviceCommand) -> Result<Kind> {
    match command {
        DeviceCommand::List(args) => list(app, args),
        DeviceCommand::Show(one) => show(app, &one.device),
        DeviceCommand::Tree(args) => tree(app, &args.devices),
        DeviceCommand::Check(some) => check_all(app, &some.devices),
        DeviceCommand::Wait(args) => wait(app, args),
        DeviceCommand::Scan(args) => change::run(app, &args.changing, &scan(args)?),
        DeviceCommand::Rescan(args) => {
            let devices = args.some.devices.clone();
            change::run(app, &args.changing, &Edit::Rescan { devices })
        }
        DeviceCommand::AddPath(args) => {
            let device = args.device.clone();
            change::run(app, &args.changing, &Edit::AddPath { device })
        }
        DeviceCommand::Grow(args) => change::run(app, &args.changing, &grow(app, &args.lun)?),
        DeviceCommand::Flush(args) => {
            let map = args.map.clone();
            change::run(app, &args.changing, &Edit::Flush { map })
        }
        DeviceCommand::Remove(args) => {
            let devices = args.some.devices.clone();
            change::run(app, &args.changing, &Edit::Remove { devices })
        }
        DeviceCommand::SetState(args) => {
            let state = match args.state {
                StateArg::Offline => DeviceState::Offline,
                StateArg::Running => DeviceState::Running,
            };
            let device = args.device.clone();
            change::run(app, &args.changing, &Edit::SetState { device, state })
        }
    }
}

fn scan(args: &ScanArgs) -> Result<Edit> {
    let session = match (
        args.session,
        &args.target,
        args.portal,
        &args.hba,
        &args.rport,
    ) {
        (Some(sid), ..) => Where::Session(sid),
        (None, Some(target), Some(portal), ..) => Where::Target(at(target, portal)),
        (None, None, _, Some(hba), Some(rport)) => Where::Port {
            hba: hba.clone(),
            rport: rport.clone(),
        },
        _ => {
            let ways = "--session, or --target and --portal, or --hba and --rport";
            return Err(Refusal::usage(ways).into());
        }
    };
    Ok(match args.lun {
        Some(lun) => Edit::Scan { session, lun },
        None => Edit::ScanAll { session },
    })
}

/// Which LUN is to grow, and to what size if an array is asked for it: a device or map stands for
/// the LUN behind it, a name for what a journal or else the array calls so.
fn grow(app: &App, lun: &Selector) -> Result<Edit> {
    let machine = app.machine()?;
    if let Selector::Wwid(wwid) = lun {
        return Ok(Edit::Grow {
            wwid: wwid.clone(),
            size_bytes: None,
        });
    }
    if let Some(map) = multipath::find(&*machine, lun)?
        && let Some(wwid) = map.wwid
    {
        return Ok(Edit::Grow {
            wwid,
            size_bytes: None,
        });
    }
    let here = select::find(&*machine, lun).unwrap_or_default();
    if let Some(wwid) = here.into_iter().find_map(|device| device.wwid) {
        return Ok(Edit::Grow {
            wwid,
            size_bytes: None,
        });
    }
    let array = match app.array() {
        Ok(array) => array,
        Err(error) => {
            let journals = app.journals().list_open()?;
            let lun = lun.to_string();
            let mut facts = journals.iter().filter_map(|j| j.facts().lun.clone());
            let Some(fact) = facts.find(|fact| fact.name == lun) else {
                return Err(error);
            };
            return Ok(Edit::Grow {
                wwid: fact.wwid,
                size_bytes: None,
            });
        }
    };
    let found = get(app, &*array, array.luns(), &lun.to_string(), "LUN")?;
    let Some(wwid) = found.wwid else {
        let message = format!("array {} does not tell who {lun} is", array.name());
        return Err(Refusal::new(Kind::Unsupported, message)
            .hint("name it by a device of this node")
            .into());
    };
    Ok(Edit::Grow {
        wwid,
        size_bytes: Some(found.size_bytes),
    })
}

fn list(app: &App, args: &ListArgs) -> Result<Kind> {
    let machine = app.machine()?;
    let mut listing = app.printer.listing(DEVICE)?;
    let fits = |row: &DeviceRow| {
        args.wwid
            .as_ref()
            .is_none_or(|w| row.wwid.as_ref() == Some(w))
            && args.lun.is_none_or(|n| row.lun_number == Some(n))
            && (!args.stale || row.is_stale())
            && (!args.unheld || row.holders.is_empty())
    };
    for row in inventory::list_devices(&*machine)?
        .iter()
        .filter(|r| fits(r))
    {
        if !listing.push(serde_json::to_value(row)?)? {
            break;
        }
    }
    end(app, listing, DEVICE)
}

/// The devices of a name, which must have one.
fn find(machine: &dyn Machine, name: &Selector) -> Result<Vec<Device>> {
    let found = match select::find(machine, name) {
        Ok(found) => found,
        Err(select::Error::Node(error)) => return Err(error.into()),
        Err(select::Error::Other { name, what, disks }) => {
            let mut refusal = Refusal::usage(format!("{name} is {what}"));
            for disk in disks {
                refusal = refusal.hint(format!("sanctl device show {disk}"));
            }
            return Err(refusal.into());
        }
    };
    if found.is_empty() {
        return Err(
            Refusal::new(Kind::NotFound, format!("there is no device {name}"))
                .hint("sanctl device list")
                .into(),
        );
    }
    Ok(found)
}

fn find_all(machine: &dyn Machine, names: &[Selector]) -> Result<Vec<Device>> {
    let mut all: Vec<Device> = Vec::new();
    for name in names {
        for device in find(machine, name)? {
            if all.iter().all(|known| known.hctl != device.hctl) {
                all.push(device);
            }
        }
    }
    Ok(all)
}

fn show(app: &App, name: &Selector) -> Result<Kind> {
    let machine = app.machine()?;
    let found = find(&*machine, name)?;
    let rows = inventory::rows(&*machine, found)?;
    let [row] = rows.as_slice() else {
        let names: Vec<&str> = rows.iter().map(|r| r.name.as_str()).collect();
        let message = format!("{name} has {} paths: {}", names.len(), names.join(", "));
        return Err(Refusal::new(Kind::NotFound, message)
            .hint(format!("sanctl device show {}", names.join(" or ")))
            .into());
    };
    let mut item = inventory::detail(&*machine, row)?;
    if let Value::Object(map) = &mut item {
        map.insert("practice".into(), app.is_practice().into());
    }
    app.printer.item(DETAIL, &item)?;
    Ok(Kind::Done)
}

fn tree(app: &App, names: &[Selector]) -> Result<Kind> {
    app.printer.check(TREE)?;
    let machine = app.machine()?;
    let devices = if names.is_empty() {
        let mut all = Vec::new();
        for hctl in device::list_addresses(&*machine)? {
            all.extend(device::find(&*machine, hctl)?.filter(Device::is_lun));
        }
        all
    } else {
        find_all(&*machine, names)?
    };
    let disks: Vec<String> = devices.iter().filter_map(|d| d.disk.clone()).collect();
    let held = inuse::look_once(&*machine, &disks, &app.reading())?;
    let mut items = Vec::new();
    let mut text = String::new();
    for device in &devices {
        let Some(disk) = &device.disk else { continue };
        // A look gives only those that are held.
        let known = held.iter().find(|b| b.name == *disk).cloned();
        let block = match known {
            Some(block) => Some(block),
            None => find_tree(&*machine, disk)?,
        };
        if let Some(block) = block {
            let title = device.raw_wwid.as_deref().unwrap_or("no wwid");
            text.push_str(&inuse::draw(title, &block));
            let mut item = branch(&block);
            if let Value::Object(map) = &mut item {
                map.insert("hctl".into(), json!(device.hctl));
                map.insert("wwid".into(), json!(device.wwid));
                map.insert("held".into(), json!(block.is_held()));
            }
            items.push(item);
        }
    }
    if app.printer.data(TREE, Content::Many(items), &[])? {
        return Ok(Kind::Done);
    }
    let text = match app.printer.is_ascii() {
        true => text
            .replace("├─", "|-")
            .replace("└─", "`-")
            .replace('│', "|"),
        false => text,
    };
    if text.is_empty() {
        app.note(DEVICE.none);
    }
    let lines = text
        .lines()
        .map(|line| line.strip_prefix("  ").unwrap_or(line));
    for line in lines {
        app.printer.line(line)?;
    }
    Ok(Kind::Done)
}

fn branch(block: &Block) -> Value {
    let uses = inuse::uses(block);
    let uses = uses.trim();
    json!({
        "name": block.name, "kind": block.kind.word(), "label": block.label,
        "uses": (!uses.is_empty()).then_some(uses),
        "above": block.above.iter().map(branch).collect::<Vec<_>>(),
    })
}

fn check_all(app: &App, names: &[Selector]) -> Result<Kind> {
    let machine = app.machine()?;
    let bounds = app.reading();
    let mut listing = app.printer.listing(CHECK)?;
    let mut wrong = false;
    for device in find_all(&*machine, names)? {
        for check in check::check(&*machine, &device, &bounds)? {
            wrong |= check.ok == Some(false);
            listing.push(json!({
                "name": device.name(), "hctl": device.hctl, "wwid": device.wwid,
                "what": check.what, "ok": check.ok, "evidence": check.evidence,
            }))?;
        }
    }
    end(app, listing, CHECK)?;
    Ok(if wrong { Kind::Findings } else { Kind::Done })
}

fn wait(app: &App, args: &WaitArgs) -> Result<Kind> {
    let machine = app.machine()?;
    let mut listing = app.printer.listing(DEVICE)?;
    let span = app.global.timeout.unwrap_or(WAIT);
    let bounds = Bounds::new(span + SLACK, "waiting", app.stop.clone());
    let awaited = match args.gone {
        true => Awaited::Gone,
        false => Awaited::Paths(args.paths.max(1)),
    };
    let found = check::wait(&*machine, &args.wwid, awaited, span, &bounds);
    let Some(found) = found? else {
        let left = device::list_of_wwid(&*machine, &args.wwid)?;
        let words: Vec<String> = left
            .iter()
            .map(|d| match d.why_not() {
                Some(why) => format!("{d}: {why}"),
                None => d.to_string(),
            })
            .collect();
        let there = match words.is_empty() {
            true => "no device".to_owned(),
            false => words.join(", "),
        };
        let wanted = match awaited {
            Awaited::Gone => "none wanted".to_owned(),
            Awaited::Paths(1) => "1 path wanted".to_owned(),
            Awaited::Paths(n) => format!("{n} paths wanted"),
        };
        let message = format!(
            "after {} s there is {there} of {}, {wanted}",
            span.as_secs_f32(),
            args.wwid
        );
        return Err(Refusal::new(Kind::Unreachable, message)
            .hint(format!("sanctl device list --wwid {}", args.wwid))
            .into());
    };
    for row in inventory::rows(&*machine, found)? {
        if !listing.push(serde_json::to_value(row)?)? {
            break;
        }
    }
    let gone = Shape {
        none: "no device is left",
        ..DEVICE
    };
    end(app, listing, gone)
}
