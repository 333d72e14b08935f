//! `sanctl collect`: this machine as a folder, for a look at it elsewhere.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result};
use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use super::columns;
use super::failure::Refusal;
use super::flow::{Half, boot_id, commands};
use crate::app::App;
use crate::attachment::journal::Found;
use crate::attachment::ledger::Ledger;
use crate::attachment::status::{Request, status};
use crate::kit::bounds::Bounds;
use crate::kit::kind::Kind;
use crate::kit::printer::Content;
use crate::kit::shell::word;
use crate::node::holders::find_tree;
use crate::node::scsi::device;
use crate::node::{self, connect, discover, hba, inuse, inventory, multipath};
use crate::system::Machine;
use crate::system::capture::STATE;
use crate::system::recorder::Recorder;
use crate::system::store::Store;

/// Files that people ask for when they look at a machine.
const ASKED_FOR: [&str; 8] = [
    "/etc/hostname",
    "/etc/os-release",
    "/etc/iscsi/iscsid.conf",
    "/etc/multipath.conf",
    "/proc/modules",
    "/proc/partitions",
    "/proc/sys/kernel/osrelease",
    "/proc/version",
];

/// Arguments of `collect`.
#[derive(Debug, Args)]
#[command(before_help = "Examples:
  sanctl collect node11                       on the node; changes nothing there
  sanctl status vol-7 --root node11           elsewhere: its half and the array's
  sanctl device list --root node11

The folder holds what this tool reads of a machine, as files at their own places,
and its journals. No secrets: passwords are masked, of other programs only the
names are kept.")]
pub struct CollectArgs {
    /// The folder; it must not exist yet
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
}

/// Runs `collect`.
///
/// # Errors
/// When the folder cannot be made or filled. What cannot be read of the machine is told, and no
/// error.
pub fn run(app: &App, args: &CollectArgs) -> Result<Kind> {
    app.printer.check(columns::CAPTURE)?;
    let shown = args.dir.display().to_string();
    let recorder = Recorder::new(app.machine()?, &args.dir).map_err(|error| {
        let refusal = Refusal::usage(format!("cannot make the folder {error}"));
        refusal.hint("name one that does not exist yet")
    })?;
    let recorder = Arc::new(recorder);
    let machine: Arc<dyn Machine> = Arc::clone(&recorder) as Arc<dyn Machine>;
    let bounds = app.reading();
    let mut missed = BTreeSet::new();
    let mut sight = Sight {
        machine,
        bounds: &bounds,
        missed: &mut missed,
    };
    let connector = sight.tried("connector", |machine, bounds| {
        node::connector::build(machine, &app.config.node, bounds)
    });
    let connector = connector.map(|(connector, _)| connector);
    let (sessions, devices) = sight.storage();
    sight.files();
    let journals = copy_journals(app, &args.dir)?;
    for journal in app.journals().list_open()? {
        sight.attachment(app, journal);
    }
    let host = connector.as_ref().map(|c| c.host.clone());
    let document = connector.map(serde_json::to_value).transpose()?;
    recorder.finish(|capture| {
        capture.sanctl = env!("CARGO_PKG_VERSION").to_owned();
        capture.taken_at = Timestamp::now().to_string();
        capture.connector = document;
    })?;
    for why in &missed {
        app.note(&format!("warning: {why}"));
    }
    let warnings: Vec<String> = missed.into_iter().collect();
    let item = json!({"dir": shown, "host": host, "sessions": sessions, "devices": devices,
        "journals": journals});
    if !app
        .printer
        .data(columns::CAPTURE, Content::One(item), &warnings)?
    {
        app.printer.line(&format!(
            "{shown}: {sessions} sessions, {devices} devices, {journals} journals"
        ))?;
        app.note(&format!("try: sanctl device list --root {}", word(&shown)));
    }
    Ok(Kind::Done)
}

/// The looks that are repeated elsewhere.
struct Sight<'a> {
    machine: Arc<dyn Machine>,
    bounds: &'a Bounds,
    missed: &'a mut BTreeSet<String>,
}

impl Sight<'_> {
    /// What a look gives; one that fails is told, and the others go on.
    fn tried<T, E: std::fmt::Display>(
        &mut self,
        what: &str,
        look: impl FnOnce(&dyn Machine, &Bounds) -> Result<T, E>,
    ) -> Option<T> {
        match look(&*self.machine, self.bounds) {
            Ok(found) => Some(found),
            Err(error) => {
                self.missed.insert(format!("{what}: {error}"));
                None
            }
        }
    }

    /// How many sessions and devices there are; everything of them is looked at.
    fn storage(&mut self) -> (usize, usize) {
        let sessions = self.tried("sessions", |m, _| inventory::list_sessions(m));
        let sessions = sessions.unwrap_or_default();
        for session in &sessions {
            self.tried("session", |m, _| {
                inventory::detail_of_session(m, session.sid)
            });
        }
        self.tried("records", |m, _| inventory::list_records(m));
        self.tried("HBAs", |m, _| hba::list(m));
        self.tried("targets", |m, _| hba::targets(m));
        self.tried("discover", |m, _| discover::look(m));
        let devices = self.tried("devices", |m, _| inventory::list_devices(m));
        let devices = devices.unwrap_or_default();
        for device in &devices {
            self.tried("device", |m, _| inventory::detail(m, device));
        }
        self.tried("multipathd", |m, bounds| multipath::is_running(m, bounds));
        let maps = self.tried("maps", |m, _| multipath::list(m));
        for map in maps.unwrap_or_default() {
            self.tried("map", |m, bounds| multipath::health(m, &map, bounds));
        }
        self.trees();
        (sessions.len(), devices.len())
    }

    /// What stands on the disks, and who uses them.
    fn trees(&mut self) {
        let disks = self.tried("disks", |machine, _| {
            let mut disks = Vec::new();
            for hctl in device::list_addresses(machine)? {
                if let Some(found) = device::find(machine, hctl)? {
                    let dir = found.dir();
                    for page in ["vpd_pg80", "vpd_pg83"] {
                        let _ = machine.read(&format!("{dir}/{page}"));
                    }
                    disks.extend(found.disk);
                }
            }
            Ok::<_, node::Error>(disks)
        });
        let disks = disks.unwrap_or_default();
        for disk in &disks {
            self.tried("tree", |m, _| find_tree(m, disk));
        }
        self.tried("users", |m, bounds| inuse::look_once(m, &disks, bounds));
    }

    /// What an attachment on record is looked at for.
    fn attachment(&self, app: &App, journal: Found) {
        let Some(opened) = journal.opened() else {
            return;
        };
        let request = Request {
            lun: opened.id.clone(),
            commands: commands(app, &opened.id, Half::Node),
            node: opened.node.clone(),
            facts: journal.facts(),
            stages: vec![connect::stage(
                Arc::clone(&self.machine),
                connect::Wish::default(),
            )],
            journal: Some(journal),
        };
        // What comes of it is for those who look at the capture.
        let _ = status(&request, &Ledger::of(&[]), self.bounds);
    }

    fn files(&mut self) {
        for path in ASKED_FOR {
            let _ = self.machine.read(path);
        }
        let _ = boot_id(&*self.machine);
    }
}

/// Copies the journals as they are: they hold no secrets. Says how many there are.
fn copy_journals(app: &App, dir: &Path) -> Result<usize> {
    let from = app.home().within("attachments");
    let to = Store::new(dir.join(STATE)).within("attachments");
    let closed = |store: &Store| store.within("closed");
    let pairs = [
        (closed(&from).within("done"), closed(&to).within("done")),
        (closed(&from), closed(&to)),
        (from, to),
    ];
    let mut files = 0;
    for (from, to) in pairs {
        for name in from.names(".jsonl").context("journals")? {
            if let Some(text) = from.read(&name).context("journal")? {
                to.put(&name, &text).context("capture")?;
                files += 1;
            }
        }
    }
    Ok(files)
}
