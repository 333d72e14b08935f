//! The step that brings in the LUN's device on one session or between two ports: an exact scan,
//! then a look at what came. On the way back it is the step that removes it.

use std::sync::Arc;
use std::time::Duration;

use super::super::Error;
use super::super::holders::Block;
use super::super::inuse;
use super::super::iscsi::initiator;
use super::super::multipath;
use super::super::scsi::act;
use super::super::scsi::device::{self, Device};
use super::super::scsi::nexus::Nexus;
use super::Unflushed;
use super::flush::free_from_map;
use super::route::{Route, find_nexus, list_nexuses};
use super::shared::{Seen, Shared, of_change, sought, wanted};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::kit::shell::word;
use crate::model::facts::{Facts, PathFact};
use crate::model::ids::{Hctl, LunNumber, Wwid};
use crate::model::portal::TargetPortal;
use crate::model::way::{PortPair, Way};
use crate::step::{
    Aim, Change, Cx, Description, Error as StepError, Finding, Look, Made, Role, Step, Undone,
};
use crate::system::Machine;

/// How long a flush may take whose failure is given up beforehand.
const LAST_FLUSH: Duration = Duration::from_secs(10);

pub(super) struct PathStep {
    shared: Arc<Shared>,
    route: Route,
    key: String,
}

impl PathStep {
    pub(super) fn new(shared: &Arc<Shared>, route: &Route) -> Self {
        Self {
            key: shared.key_of("path", &route.way),
            shared: Arc::clone(shared),
            route: route.clone(),
        }
    }

    fn nexus(&self, facts: &Facts) -> Result<Option<Box<dyn Nexus>>, Error> {
        let way = &self.route.way;
        let sought = sought(way, self.route.number(facts), facts);
        find_nexus(self.shared.machine(), way, &sought)
    }

    fn facts(&self, nexus: &dyn Nexus, device: &Device) -> Facts {
        let mut facts = Facts::none();
        let way = &self.route.way;
        if let Some(path) = self.shared.path_fact(way, nexus.sid(), device) {
            facts.paths.insert(way.to_string(), path);
        }
        facts
    }

    /// The device at the LUN's number, if there is one. Of two (one in each of the kernel's ways
    /// to count) the one with the wanted identity counts.
    fn at_number(
        &self,
        nexus: &dyn Nexus,
        facts: &Facts,
        wanted: Option<&Wwid>,
    ) -> Result<Option<Device>, Error> {
        let Some(number) = self.route.number(facts) else {
            return Ok(None);
        };
        let mut found = device::list_at(self.shared.machine(), nexus, number)?;
        found.sort_by_key(|d| !wanted.is_some_and(|wanted| d.is(wanted)));
        Ok(found.into_iter().next())
    }

    fn wrong(&self, device: &Device, wanted: &Wwid) -> Error {
        Error::WrongIdentity {
            hctl: device.hctl,
            disk: device.disk.clone(),
            found: device.raw_wwid.clone(),
            wanted: wanted.clone(),
        }
    }

    /// Whether a device may stand for the LUN: it has the identity, and it can be used.
    fn judge(&self, device: &Device, wanted: Option<&Wwid>) -> Result<(), Error> {
        if let Some(wanted) = wanted
            && !device.is(wanted)
        {
            return Err(self.wrong(device, wanted));
        }
        match device.why_not() {
            None => Ok(()),
            Some(why) => Err(Error::Unusable {
                hctl: device.hctl,
                disk: device.disk.clone(),
                why,
            }),
        }
    }

    /// A device that was there before this run: it is asked again before it is believed. One that
    /// answers for another LUN than the kernel knows is not read again: the kernel would forget
    /// which LUN it was, and whoever attached that one would find its disk no more.
    fn take_over(
        &self,
        nexus: &dyn Nexus,
        device: &Device,
        wanted: Option<&Wwid>,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Option<Change>, Error> {
        let machine = self.shared.machine();
        if let Some(wanted) = wanted
            && !device.ids.is_empty()
        {
            let now = self.shared.answers_otherwise(device, bounds);
            if !device.is(wanted) {
                return match now == Some(wanted.clone()) {
                    true => self.make_room(device, wanted, bounds, mutate),
                    false => Err(self.wrong(device, wanted)),
                };
            }
            if let Some(now) = now {
                return Err(Error::WrongIdentity {
                    hctl: device.hctl,
                    disk: device.disk.clone(),
                    found: Some(now.sysfs()),
                    wanted: wanted.clone(),
                });
            }
        }
        let Some(device) = act::refresh(machine, device.hctl, bounds, mutate)? else {
            return Ok(None);
        };
        if wanted.is_none() {
            return Err(Error::Unproven {
                hctl: device.hctl,
                disk: device.name(),
                found: device.wwid,
            });
        }
        self.judge(&device, wanted)?;
        self.shared.first_hand.note(device.hctl, Seen::Reread);
        Ok(Some(Change::Adopted(self.facts(nexus, &device))))
    }

    /// The LUN's number answers for it, and the kernel has the disk of an earlier LUN there. That
    /// one goes if nobody has it: not read again, because the links in `/dev/disk` lead to it under
    /// the old name, and whoever follows one would come to this LUN.
    fn make_room(
        &self,
        stale: &Device,
        wanted: &Wwid,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Option<Change>, Error> {
        let machine = self.shared.machine();
        if let Some(disk) = &stale.disk {
            // A flush of its map would write into this LUN.
            if multipath::of_disk(machine, disk)?.is_some() {
                return Err(self.wrong(stale, wanted));
            }
            let disks = std::slice::from_ref(disk);
            let title = stale.raw_wwid.clone().unwrap_or_default();
            match inuse::check(machine, disks, &title, &self.shared.detach, bounds) {
                Err(Error::InUse(_)) => return Err(self.wrong(stale, wanted)),
                other => other?,
            }
        }
        act::remove(machine, stale, bounds, mutate)?;
        Ok(None)
    }

    fn bring_in(
        &self,
        nexus: &dyn Nexus,
        cx: &Cx<'_>,
        wanted: Option<&Wwid>,
        mutate: &Mutate,
    ) -> Result<Change, Error> {
        let machine = self.shared.machine();
        let number = self.route.number(cx.facts).ok_or(Error::NoConnection)?;
        let known = &self.shared.first_hand;
        known.note_scan(&self.route.way.to_string(), nexus.dir());
        let Some(device) = act::scan(machine, nexus, number, cx.bounds, mutate)? else {
            return Err(Error::NoDevice {
                at: self.route.way.clone(),
                lun: number,
                other_name: other_name(machine, nexus),
                name: Some(self.shared.lun.clone()),
            });
        };
        known.note(device.hctl, Seen::Scanned);
        if let Err(error) = self.judge(&device, wanted) {
            // It came by this run's own scan, so it goes again; udev may hold it for a moment.
            self.remove_unheld(&device, cx.bounds, mutate)?;
            return Err(error);
        }
        Ok(Change::Created(self.facts(nexus, &device)))
    }

    fn remove_unheld(
        &self,
        device: &Device,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<(), Error> {
        let machine = self.shared.machine();
        free_from_map(&self.shared, device, bounds, mutate)?;
        if let Some(disk) = &device.disk {
            let title = device.raw_wwid.clone().unwrap_or_default();
            let disks = std::slice::from_ref(disk);
            inuse::check(machine, disks, &title, &self.shared.detach, bounds)?;
        }
        act::remove(machine, device, bounds, mutate)
    }

    /// Whether a device came by this run's scan: also one whose answer was lost, for there was none
    /// at the number before. What other sessions to the portal carry is somebody else's. When
    /// another run made the step, its facts name the device.
    fn is_made(&self, nexus: &dyn Nexus, hctl: Hctl, facts: &Facts) -> bool {
        let known = &self.shared.first_hand;
        if known.get(hctl) == Some(Seen::Scanned) {
            return true;
        }
        let way = self.route.way.to_string();
        match known.scanned_through(&way) {
            Some(dir) => {
                let number = self.route.number(facts);
                dir == nexus.dir() && number.is_some_and(|n| n.kernel_numbers().contains(&hctl.lun))
            }
            None => facts.paths.get(&way).is_some_and(|path| path.hctl == hctl),
        }
    }

    /// The LUN's devices on every session to this target at this portal, or between these ports;
    /// on the way back from a failed attach, of those what was made.
    fn to_remove(&self, facts: &Facts) -> Result<Vec<Device>, Error> {
        let machine = self.shared.machine();
        let recorded: Option<&PathFact> = facts.paths.get(&self.route.way.to_string());
        let wanted = wanted(facts).map(|(wwid, _)| wwid);
        let wanted = wanted.or_else(|| recorded.and_then(|p| p.wwid.clone()));
        let down = self.shared.aim == Aim::Detach;
        let mut found = Vec::new();
        for nexus in list_nexuses(machine, &self.route.way)? {
            for hctl in device::list_of_session(machine, &*nexus)? {
                let Some(device) = device::find(machine, hctl)? else {
                    continue;
                };
                let ours = match &wanted {
                    Some(wanted) if down => device.is(wanted),
                    Some(wanted) => device.is(wanted) && self.is_made(&*nexus, hctl, facts),
                    // Nobody told the identity: only what this run itself has brought in.
                    None if down => self.shared.first_hand.get(hctl) == Some(Seen::Scanned),
                    None => self.is_made(&*nexus, hctl, facts),
                };
                if ours {
                    found.push(device);
                }
            }
        }
        Ok(found)
    }

    fn scan_lines(&self, facts: &Facts) -> Vec<String> {
        let number = self.route.number(facts);
        let nexus = self.nexus(facts).ok().flatten();
        if let (Some(nexus), Some(number)) = (&nexus, number)
            && let Ok((file, line)) =
                act::scan_line(self.shared.machine(), &**nexus, u64::from(number.0))
        {
            return vec![format!("echo \"{line}\" > {file}")];
        }
        match &self.route.way {
            Way::Iscsi(at) => scan_lines_at(at, number),
            Way::Fc(pair) => scan_lines_between(pair, number),
        }
    }
}

fn number_or_variable(number: Option<LunNumber>) -> String {
    number.map_or_else(|| "$LUN_NUMBER".to_owned(), |n| n.to_string())
}

/// Finds the session's SCSI host, and scans it.
fn scan_lines_at(at: &TargetPortal, number: Option<LunNumber>) -> Vec<String> {
    let lun = number_or_variable(number);
    let find = format!(
        "for S in /sys/class/iscsi_session/session*; do \
         C=/sys/class/iscsi_connection/connection${{S##*session}}:0; \
         [ \"$(cat $S/targetname $C/persistent_address $C/persistent_port | xargs)\" = \
         \"{} {} {}\" ] && HOST=$(readlink -f $S/device | sed 's,.*/host\\([0-9]*\\)/.*,\\1,'); \
         done",
        at.iqn, at.portal.ip, at.portal.port
    );
    vec![
        find,
        format!("echo \"0 0 {lun}\" > /sys/class/scsi_host/host$HOST/scan"),
    ]
}

/// Finds the adapter's SCSI host and the number under which it knows the array's port, and scans
/// there.
fn scan_lines_between(pair: &PortPair, number: Option<LunNumber>) -> Vec<String> {
    let lun = number_or_variable(number);
    let find = format!(
        "for R in /sys/class/fc_remote_ports/rport-*; do H=${{R##*/rport-}}; H=${{H%%:*}}; \
         [ \"$(cat /sys/class/fc_host/host$H/port_name $R/port_name | xargs)\" = \
         \"0x{} 0x{}\" ] && HOST=$H && TARGET=$(cat $R/scsi_target_id); done",
        pair.initiator, pair.target
    );
    vec![
        find,
        format!("echo \"0 $TARGET {lun}\" > /sys/class/scsi_host/host$HOST/scan"),
    ]
}

/// The name that a session was made under, when it is not the one that the file tells now.
pub(in crate::node) fn other_name(machine: &dyn Machine, nexus: &dyn Nexus) -> Option<String> {
    let used = nexus.initiator()?.to_owned();
    let told = initiator::get_name(machine).ok()?.name;
    (!used.eq_ignore_ascii_case(told.as_str())).then_some(used)
}

/// Flushes a device if something may be left to write, and removes it. Called only when nobody
/// uses it.
pub(super) fn flush_and_remove(
    shared: &Shared,
    device: &Device,
    facts: &Facts,
    bounds: &Bounds,
    mutate: &Mutate,
) -> Result<(), Error> {
    let machine = shared.machine();
    if let Some(disk) = &device.disk {
        let node = format!("/dev/{disk}");
        let was_used = match (&facts.device, machine.resolve(&node)) {
            (Some(handed_over), Ok(place)) => handed_over.path == node || handed_over.path == place,
            _ => true,
        };
        // The kernel writes everything at the last close, so this is a second belt. A path that
        // does not run cannot be written to at all; what it could not save was lost then.
        if was_used && device.why_not().is_none() {
            let flushed = match shared.unflushed {
                Unflushed::Refuse => machine.flush(&node, bounds, mutate),
                Unflushed::GiveUp => {
                    let some = bounds.at_most(LAST_FLUSH, "the last flush");
                    let tried = machine.flush(&node, &some, mutate);
                    bounds.check()?;
                    tried.or(Ok(()))
                }
            };
            flushed.map_err(|why| Error::Flush {
                disk: disk.clone(),
                why,
                force: format!("{} --force", shared.detach),
            })?;
        }
        shared.first_hand.note_gone(disk);
    }
    act::remove(machine, device, bounds, mutate)
}

/// Looks once more who uses the disks, just before they go: the kernel would remove a disk under
/// its user without a word. On the way back from a failed attach a user is no error: the device
/// is left to it, and named.
pub(super) fn used_by(
    shared: &Shared,
    devices: &[Device],
    bounds: &Bounds,
) -> Result<Option<String>, Error> {
    let machine = shared.machine();
    let disks: Vec<String> = devices.iter().filter_map(|d| d.disk.clone()).collect();
    let title = shared.wwid.as_ref().map(ToString::to_string);
    let title = title.unwrap_or_else(|| "LUN".to_owned());
    let check = |disks: &[String]| inuse::check(machine, disks, &title, &shared.detach, bounds);
    // One look serves all paths, whichever lane comes first.
    let _looking = shared.first_hand.looking();
    if shared.aim == Aim::Detach
        && let Some(wwid) = &shared.wwid
    {
        let all = device::list_of_wwid(machine, wwid)?;
        let all: Vec<String> = all.into_iter().filter_map(|d| d.disk).collect();
        let own = disks.iter().all(|disk| all.contains(disk));
        // Whoever took one since then has told the kernel; only a plain open is not seen.
        if own && shared.first_hand.is_unused(&disks) && !inuse::is_taken(machine, &disks, bounds)?
        {
            return Ok(None);
        }
        if own && check(&all).is_ok() {
            shared.first_hand.note_unused(&all);
            return Ok(None);
        }
    }
    match check(&disks) {
        Err(Error::InUse(by)) if shared.aim != Aim::Detach => {
            let names: Vec<&str> = by.disks().iter().map(|b: &Block| b.name.as_str()).collect();
            Ok(Some(format!("whoever holds {}", names.join(", "))))
        }
        other => other.map(|()| None),
    }
}

impl Step for PathStep {
    fn key(&self) -> &str {
        &self.key
    }

    fn object(&self) -> Option<String> {
        let wwid = match &self.shared.wwid {
            Some(wwid) => wwid.to_string(),
            None => {
                let number = self.route.lun_number;
                number.map_or_else(|| "lun".to_owned(), |n| format!("lun{n}"))
            }
        };
        Some(match &self.route.way {
            Way::Iscsi(at) => format!("scsi:{wwid}@{},{}", at.portal, at.iqn),
            Way::Fc(pair) => format!("scsi:{wwid}@{},{}", pair.initiator, pair.target),
        })
    }

    fn role(&self) -> Role {
        Role::Device
    }

    fn describe(&self, facts: &Facts, aim: Aim) -> Description {
        let (place, option) = match &self.route.way {
            Way::Iscsi(at) => (
                at.portal.to_string(),
                format!(
                    "--target {} --portal {}",
                    at.iqn,
                    word(&at.portal.to_string())
                ),
            ),
            Way::Fc(pair) => (
                format!("{} from {}", pair.target, pair.initiator),
                format!("--hba {} --rport {}", pair.initiator, pair.target),
            ),
        };
        let path = facts.paths.get(&self.route.way.to_string());
        if aim == Aim::Detach {
            let disk = path.map_or("$DISK", |p| p.disk.as_str());
            let hctl = path.map_or_else(|| "$HCTL".to_owned(), |p| p.hctl.to_string());
            return Description {
                title: format!("remove {disk} at {place}"),
                why: "a device that stays would answer for the next LUN of this number".into(),
                verbs: vec![format!("sanctl device remove {disk}")],
                wire: vec![
                    format!("blockdev --flushbufs /dev/{disk}"),
                    format!("echo 1 > /sys/class/scsi_device/{hctl}/device/delete"),
                ],
            };
        }
        let lun = number_or_variable(self.route.number(facts));
        Description {
            title: match path {
                Some(path) => format!("{} {} at {place}", path.hctl, path.disk),
                None => format!("scan for LUN {lun} at {place}"),
            },
            why: "the kernel knows a LUN only after a scan".into(),
            verbs: vec![format!("sanctl device scan {option} --lun {lun}")],
            wire: self.scan_lines(facts),
        }
    }

    fn check(&self, cx: &Cx<'_>, _look: Look) -> Result<Finding, StepError> {
        if self.shared.aim == Aim::Detach {
            let left = self.to_remove(cx.facts)?;
            return Ok(match left.first() {
                None => Finding::absent("no device"),
                Some(_) => {
                    let names: Vec<String> = left.iter().map(ToString::to_string).collect();
                    Finding::present(names.join(", "), Facts::none())
                }
            });
        }
        let wanted = wanted(cx.facts).map(|(wwid, _)| wwid);
        let Some(nexus) = self.nexus(cx.facts)? else {
            return Ok(Finding::waiting(
                self.shared.key_of("session", &self.route.way),
            ));
        };
        let nexus = &*nexus;
        if self.route.number(cx.facts).is_none() {
            return Ok(Finding::waiting("the LUN number"));
        }
        let Some(device) = self.at_number(nexus, cx.facts, wanted.as_ref())? else {
            return Ok(Finding::absent(format!("no device on {}", nexus.name())));
        };
        let answer = device.raw_wwid.as_deref().unwrap_or("no wwid");
        let own = self.shared.first_hand.get(device.hctl) == Some(Seen::Scanned);
        Ok(match (&wanted, device.why_not()) {
            (Some(wanted), _) if !device.is(wanted) => Finding::differs(
                format!("{device} answers wwid {answer}, not this LUN"),
                wanted,
            ),
            (None, _) if self.shared.aim == Aim::Attach && !own => Finding::differs(
                format!("{device} was here before and answers wwid {answer}"),
                "a device that this run brings in, or a wwid to compare",
            ),
            (_, Some(why)) => Finding::differs(format!("{device}: {why}"), "running"),
            (_, None)
                if self.shared.aim == Aim::Status
                    && let Some(why) = self.shared.mute(&device, cx.bounds) =>
            {
                if self.shared.stands_by(&device, cx.bounds)? {
                    let seen = format!("{device} stands by for the other paths of its map");
                    return Ok(Finding::present(seen, self.facts(nexus, &device)));
                }
                Finding::differs(format!("{device} does not answer: {why}"), "an answer")
            }
            (_, None)
                if self.shared.aim == Aim::Status
                    && let Some(now) = self.shared.answers_otherwise(&device, cx.bounds) =>
            {
                self.shared.first_hand.note_other(device.hctl, &now);
                Finding::differs(
                    format!("{device} answers wwid {now} now, and the kernel has not noticed"),
                    device.raw_wwid.as_deref().unwrap_or("no wwid"),
                )
            }
            (_, None) => Finding::present(device.to_string(), self.facts(nexus, &device)),
        })
    }

    fn apply(&self, cx: &Cx<'_>, mutate: &Mutate) -> Result<Change, StepError> {
        self.shared.require_root()?;
        let wanted = wanted(cx.facts).map(|(wwid, _)| wwid);
        let wanted = wanted.as_ref();
        let Some(nexus) = self.nexus(cx.facts)? else {
            return Err(match &self.route.way {
                Way::Iscsi(at) => Error::SessionGone { at: at.clone() },
                Way::Fc(pair) => Error::NoLogin {
                    why: format!(
                        "{} has no login to {} any more",
                        pair.initiator, pair.target
                    ),
                },
            }
            .into());
        };
        let nexus = &*nexus;
        if let Some(device) = self.at_number(nexus, cx.facts, wanted)? {
            let taken = self.take_over(nexus, &device, wanted, cx.bounds, mutate);
            if let Some(change) = taken.map_err(of_change)? {
                return Ok(change);
            }
        }
        self.bring_in(nexus, cx, wanted, mutate).map_err(of_change)
    }

    fn undo(&self, cx: &Cx<'_>, _made: &Made, mutate: &Mutate) -> Result<Undone, StepError> {
        self.shared.require_root()?;
        let devices = self.to_remove(cx.facts)?;
        if devices.is_empty() {
            return Ok(Undone::AlreadyGone);
        }
        for device in &devices {
            let freed = free_from_map(&self.shared, device, cx.bounds, mutate);
            if let Some(by) = freed.map_err(of_change)? {
                return Ok(Undone::StillInUse { by });
            }
        }
        if let Some(by) = used_by(&self.shared, &devices, cx.bounds)? {
            return Ok(Undone::StillInUse { by });
        }
        for device in &devices {
            flush_and_remove(&self.shared, device, cx.facts, cx.bounds, mutate)
                .map_err(of_change)?;
        }
        Ok(Undone::Removed)
    }
}
