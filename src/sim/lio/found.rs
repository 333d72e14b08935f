//! What is there already, as far as it carries this array's mark.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::net::SocketAddr;

use super::tree::Tree;

/// The backstores' HBA; targetcli counts its own from 0.
pub(super) const HBA: &str = "core/fileio_7215";
pub(super) const TARGETS: &str = "iscsi";

/// The name of a unit's backstore.
pub(super) fn backstore(serial: &str, wwid: &str) -> String {
    format!("sanctl-{serial}-{wwid}")
}

/// The alias that marks a target as this array's.
pub(super) fn alias(serial: &str) -> String {
    format!("sanctl practice array {serial}")
}

/// Words for what the kernel refused.
pub(super) fn refused(act: &str, path: &str, error: &io::Error) -> String {
    format!("LIO: cannot {act} {path}: {error}")
}

#[derive(Debug, Default)]
pub(super) struct Found {
    /// The backstores' HBA is there.
    pub(super) hba: bool,
    /// By wwid.
    pub(super) units: BTreeMap<String, Unit>,
    /// By IQN.
    pub(super) targets: BTreeMap<String, Target>,
    /// Targets without the mark and with something in them.
    pub(super) foreign: BTreeSet<String>,
}

/// A backstore.
#[derive(Debug)]
pub(super) struct Unit {
    /// It has its wwid and is switched on.
    pub(super) whole: bool,
    /// The kernel's words on its file and size.
    pub(super) info: String,
}

#[derive(Debug, Default)]
pub(super) struct Target {
    /// By portal group tag.
    pub(super) groups: BTreeMap<u16, Group>,
}

#[derive(Debug, Default)]
pub(super) struct Group {
    pub(super) marked: bool,
    pub(super) portals: BTreeSet<String>,
    /// Wwids by the group's own LUN number; `None`: nothing is linked.
    pub(super) luns: BTreeMap<u32, Option<String>>,
    pub(super) acls: BTreeMap<String, Acl>,
}

#[derive(Debug, Default)]
pub(super) struct Acl {
    pub(super) logged_in: bool,
    /// The group's LUN number by the initiator's LUN number; `None`: nothing is linked.
    pub(super) numbers: BTreeMap<u32, Option<u32>>,
}

impl Found {
    /// # Errors
    /// What cannot be read.
    pub(super) fn read(tree: &dyn Tree, serial: &str) -> Result<Self, String> {
        let mut found = Self::default();
        let prefix = backstore(serial, "");
        let (_, hba) = HBA.rsplit_once('/').unwrap_or_default();
        found.hba = list(tree, "core")?.iter().any(|name| name == hba);
        for name in list(tree, HBA)? {
            if let Some(wwid) = name.strip_prefix(&prefix) {
                let unit = unit(tree, &format!("{HBA}/{name}"), wwid)?;
                found.units.insert(wwid.to_owned(), unit);
            }
        }
        let names = list(tree, TARGETS)?;
        let is_target =
            |name: &String| ["iqn.", "eui.", "naa."].iter().any(|p| name.starts_with(p));
        for iqn in names.into_iter().filter(is_target) {
            let dir = format!("{TARGETS}/{iqn}");
            let mut target = Target::default();
            let mut foreign = false;
            for name in list(tree, &dir)? {
                let Some(tag) = name.strip_prefix("tpgt_").and_then(|t| t.parse().ok()) else {
                    continue;
                };
                let group = Group::read(tree, serial, &format!("{dir}/{name}"))?;
                foreign |= !group.marked && !group.is_bare();
                target.groups.insert(tag, group);
            }
            if foreign {
                found.foreign.insert(iqn);
            } else {
                found.targets.insert(iqn, target);
            }
        }
        Ok(found)
    }

    /// Initiators with a session on a marked target, and the portals of the groups they have it
    /// with.
    pub(super) fn logged_in(&self) -> BTreeMap<String, BTreeSet<SocketAddr>> {
        let mut all: BTreeMap<String, BTreeSet<SocketAddr>> = BTreeMap::new();
        let groups = self.targets.values().flat_map(|t| t.groups.values());
        for group in groups.filter(|group| group.marked) {
            let online = group.acls.iter().filter(|(_, acl)| acl.logged_in);
            for (name, _) in online {
                let at = group
                    .portals
                    .iter()
                    .filter_map(|p| p.parse::<SocketAddr>().ok());
                all.entry(name.clone()).or_default().extend(at);
            }
        }
        all
    }
}

impl Target {
    /// It carries the mark. One without is bare: a run may have ended between making and marking
    /// it, so a bare one with a name of this array's ports is its too. Nothing is in it to lose.
    pub(super) fn is_marked(&self) -> bool {
        self.groups.values().any(|group| group.marked)
    }
}

impl Group {
    fn is_bare(&self) -> bool {
        self.portals.is_empty() && self.luns.is_empty() && self.acls.is_empty()
    }

    fn read(tree: &dyn Tree, serial: &str, dir: &str) -> Result<Self, String> {
        let mut group = Self {
            marked: read(tree, &format!("{dir}/param/TargetAlias"))? == alias(serial),
            portals: list(tree, &format!("{dir}/np"))?.into_iter().collect(),
            ..Self::default()
        };
        for (number, lun) in numbered(tree, &format!("{dir}/lun"))? {
            let name = linked(tree, &lun)?;
            let prefix = backstore(serial, "");
            let wwid = name.and_then(|n| n.strip_prefix(&prefix).map(str::to_owned));
            group.luns.insert(number, wwid);
        }
        for name in list(tree, &format!("{dir}/acls"))? {
            let dir = format!("{dir}/acls/{name}");
            let info = read(tree, &format!("{dir}/info"))?;
            let mut acl = Acl {
                logged_in: info.contains("TARG_SESS_STATE_LOGGED_IN"),
                ..Acl::default()
            };
            for (number, mapped) in numbered(tree, &dir)? {
                let lun = linked(tree, &mapped)?;
                let lun = lun.and_then(|l| l.strip_prefix("lun_")?.parse().ok());
                acl.numbers.insert(number, lun);
            }
            group.acls.insert(name, acl);
        }
        Ok(group)
    }
}

fn unit(tree: &dyn Tree, dir: &str, wwid: &str) -> Result<Unit, String> {
    let serial = read(tree, &format!("{dir}/wwn/vpd_unit_serial"))?;
    let company = read(tree, &format!("{dir}/wwn/company_id"))?;
    let is = |whole: &str, part: Option<&str>| part.is_some_and(|part| whole.ends_with(part));
    let on = read(tree, &format!("{dir}/enable"))? == "1";
    // An info without a size is that of a backstore that was never told its file.
    let info = read(tree, &format!("{dir}/info")).unwrap_or_default();
    Ok(Unit {
        whole: on && is(&serial, wwid.get(7..)) && is(&company, wwid.get(1..7)),
        info,
    })
}

fn list(tree: &dyn Tree, dir: &str) -> Result<Vec<String>, String> {
    tree.list(dir).map_err(|e| refused("list", dir, &e))
}

pub(super) fn read(tree: &dyn Tree, file: &str) -> Result<String, String> {
    tree.read(file).map_err(|e| refused("read", file, &e))
}

/// The `lun_N` directories in a directory, by N.
fn numbered(tree: &dyn Tree, dir: &str) -> Result<Vec<(u32, String)>, String> {
    let names = list(tree, dir)?;
    Ok(names
        .iter()
        .filter_map(|name| {
            let number = name.strip_prefix("lun_")?.parse().ok()?;
            Some((number, format!("{dir}/{name}")))
        })
        .collect())
}

/// Where the one link in a directory leads.
fn linked(tree: &dyn Tree, dir: &str) -> Result<Option<String>, String> {
    for name in list(tree, dir)? {
        if let Ok(target) = tree.link(&format!("{dir}/{name}")) {
            return Ok(Some(target));
        }
    }
    Ok(None)
}
