//! From what is there to what is wanted: first everything that goes, then everything that comes.
//!
//! In both halves each act is allowed by what the acts before it left: numbers before ACLs before
//! portals before LUNs before backstores, and the other way round (linux-host.md §9.1).

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::found::{self, Found, HBA, TARGETS, alias, backstore, refused};
use super::tree::Tree;
use super::wanted::{self, Wanted};
use crate::sim::exposure::Chap;

/// What arrays answer to INQUIRY, which multipath's built-in table knows: the company within the
/// wwid says whose LUN it is (ontap.md §9.4).
fn inquiry(wwid: &str) -> (&'static str, &'static str) {
    if wwid.starts_with("600a098") || wwid.starts_with("60a9800") {
        ("NETAPP", "LUN C-Mode")
    } else {
        ("HUAWEI", "XSG1")
    }
}

/// `names` are the IQNs of the array's ports.
///
/// # Errors
/// A target of the same name is somebody else's, or the kernel refuses something.
pub(super) fn bring(
    tree: &dyn Tree,
    serial: &str,
    names: &BTreeSet<String>,
    found: &Found,
    wanted: &Wanted,
) -> Result<(), String> {
    if let Some(iqn) = wanted.targets.keys().find(|t| found.foreign.contains(*t)) {
        return Err(format!(
            "LIO has a target {iqn} that this practice array did not make; it is left alone"
        ));
    }
    let hand = Hand { tree, serial };
    let units = Units::compare(found, wanted);
    for (iqn, target) in &found.targets {
        let ours = target.is_marked() || names.contains(iqn);
        for (tag, group) in &target.groups {
            let wanted = wanted.targets.get(iqn).and_then(|w| w.get(tag));
            let dir = group_dir(iqn, *tag);
            if let Some(wanted) = wanted {
                hand.thin(&dir, group, wanted, &units)?;
            } else if ours {
                hand.remove_group(&dir, group)?;
            }
        }
        if !wanted.targets.contains_key(iqn) && ours {
            hand.rmdir(&format!("{TARGETS}/{iqn}"))?;
        }
    }
    hand.remove_units(found, &units)?;
    hand.make_units(wanted, &units)?;
    let nobody = found::Group::default();
    for (iqn, target) in &wanted.targets {
        let there = found.targets.get(iqn);
        if there.is_none() {
            hand.mkdir_if_missing(TARGETS)?;
            hand.mkdir_if_missing(&format!("{TARGETS}/{iqn}"))?;
        }
        for (tag, wanted) in target {
            let group = there.and_then(|t| t.groups.get(tag));
            let dir = group_dir(iqn, *tag);
            if group.is_none() {
                hand.mkdir(&dir)?;
            }
            hand.fill(&dir, group.unwrap_or(&nobody), wanted, &units)?;
        }
    }
    Ok(())
}

fn group_dir(iqn: &str, tag: u16) -> String {
    format!("{TARGETS}/{iqn}/tpgt_{tag}")
}

/// The wwids whose backstore is as wanted.
struct Units<'a> {
    kept: BTreeSet<&'a String>,
}

impl<'a> Units<'a> {
    /// A backstore of another size is made anew: a file's size is fixed when it is switched on.
    fn compare(found: &Found, wanted: &'a Wanted) -> Self {
        let as_wanted = |(wwid, unit): &(&String, &wanted::Unit)| {
            found.units.get(*wwid).is_some_and(|there| {
                let file = format!("File: {} ", unit.file.display());
                let size = format!("Size: {} ", unit.bytes);
                there.whole && there.info.contains(&file) && there.info.contains(&size)
            })
        };
        let kept = wanted.units.iter().filter(as_wanted);
        Self {
            kept: kept.map(|(wwid, _)| wwid).collect(),
        }
    }

    /// The LUNs of a group that stay, by wwid.
    fn staying(&self, group: &found::Group, target: &wanted::Group) -> BTreeMap<String, u32> {
        let wwids = target.wwids();
        let mut staying = BTreeMap::new();
        for (number, wwid) in &group.luns {
            if let Some(wwid) = wwid
                && wwids.contains(wwid)
                && self.kept.contains(wwid)
            {
                // Of two LUNs with one unit, the first stays.
                staying.entry(wwid.clone()).or_insert(*number);
            }
        }
        staying
    }
}

/// Whether an initiator's number leads where it should.
fn right(
    acl: &wanted::Acl,
    number: u32,
    lun: Option<u32>,
    staying: &BTreeMap<String, u32>,
) -> bool {
    let wanted = acl.numbers.get(&number).and_then(|wwid| staying.get(wwid));
    wanted.is_some() && wanted == lun.as_ref()
}

struct Hand<'a> {
    tree: &'a dyn Tree,
    serial: &'a str,
}

impl Hand<'_> {
    // ---- what goes ----

    /// Takes out of a group what is not wanted in it.
    fn thin(
        &self,
        dir: &str,
        group: &found::Group,
        wanted: &wanted::Group,
        units: &Units<'_>,
    ) -> Result<(), String> {
        let staying = units.staying(group, wanted);
        for (name, acl) in &group.acls {
            let dir = format!("{dir}/acls/{name}");
            let keep = wanted.acls.get(name);
            for (number, lun) in &acl.numbers {
                if !keep.is_some_and(|keep| right(keep, *number, *lun, &staying)) {
                    self.remove_linked(&format!("{dir}/lun_{number}"))?;
                }
            }
            // An array takes LUNs away, not sessions: an initiator that is logged in stays so.
            if keep.is_none() && !acl.logged_in {
                self.rmdir(&dir)?;
            }
        }
        let portals: BTreeSet<String> = wanted.portals.iter().map(ToString::to_string).collect();
        for portal in group.portals.difference(&portals) {
            self.rmdir(&format!("{dir}/np/{portal}"))?;
        }
        for number in group.luns.keys() {
            if !staying.values().any(|stays| stays == number) {
                self.remove_linked(&format!("{dir}/lun/lun_{number}"))?;
            }
        }
        Ok(())
    }

    fn remove_group(&self, dir: &str, group: &found::Group) -> Result<(), String> {
        for (name, acl) in &group.acls {
            let dir = format!("{dir}/acls/{name}");
            for number in acl.numbers.keys() {
                self.remove_linked(&format!("{dir}/lun_{number}"))?;
            }
            self.rmdir(&dir)?;
        }
        for portal in &group.portals {
            self.rmdir(&format!("{dir}/np/{portal}"))?;
        }
        for number in group.luns.keys() {
            self.remove_linked(&format!("{dir}/lun/lun_{number}"))?;
        }
        self.set(&format!("{dir}/enable"), "0")?;
        self.rmdir(dir)
    }

    fn remove_units(&self, found: &Found, units: &Units<'_>) -> Result<(), String> {
        for wwid in found.units.keys() {
            if !units.kept.contains(wwid) {
                self.rmdir(&format!("{HBA}/{}", backstore(self.serial, wwid)))?;
            }
        }
        // Another array's backstores may be in it, now or in a moment.
        if found.hba && units.kept.is_empty() {
            let _ = self.tree.rmdir(HBA);
        }
        Ok(())
    }

    /// Removes a `lun_N` directory with what is linked in it.
    fn remove_linked(&self, dir: &str) -> Result<(), String> {
        let names = self.tree.list(dir).map_err(|e| refused("list", dir, &e))?;
        for name in names {
            let link = format!("{dir}/{name}");
            if self.tree.link(&link).is_ok() {
                let gone = self.tree.unlink(&link);
                gone.map_err(|e| refused("remove the link", &link, &e))?;
            }
        }
        self.rmdir(dir)
    }

    // ---- what comes ----

    fn make_units(&self, wanted: &Wanted, units: &Units<'_>) -> Result<(), String> {
        for (wwid, unit) in &wanted.units {
            if units.kept.contains(wwid) {
                continue;
            }
            let file = unit.file.display();
            self.tree
                .back(&unit.file, unit.bytes)
                .map_err(|e| format!("cannot make {file}: {e}"))?;
            self.mkdir_if_missing(HBA)?;
            let dir = format!("{HBA}/{}", backstore(self.serial, wwid));
            self.mkdir(&dir)?;
            let control = format!("fd_dev_name={file},fd_dev_size={}", unit.bytes);
            self.write(&format!("{dir}/control"), &control)?;
            // The NAA name is 6, the company, and the serial's first 25 digits (lab.md §3). All of
            // it has to be there before the unit is exported.
            let (company, serial) = (wwid.get(1..7), wwid.get(7..));
            let company = format!("0x{}", company.unwrap_or_default());
            self.write(&format!("{dir}/wwn/company_id"), &company)?;
            let (vendor, product) = inquiry(wwid);
            self.write(&format!("{dir}/wwn/vendor_id"), vendor)?;
            self.write(&format!("{dir}/wwn/product_id"), product)?;
            let serial = serial.unwrap_or_default();
            self.write(&format!("{dir}/wwn/vpd_unit_serial"), serial)?;
            self.write(&format!("{dir}/enable"), "1")?;
        }
        Ok(())
    }

    /// Puts into a group what is not yet in it.
    fn fill(
        &self,
        dir: &str,
        group: &found::Group,
        wanted: &wanted::Group,
        units: &Units<'_>,
    ) -> Result<(), String> {
        if !group.marked {
            self.write(&format!("{dir}/param/TargetAlias"), &alias(self.serial))?;
        }
        let mut luns = units.staying(group, wanted);
        for wwid in wanted.wwids() {
            if luns.contains_key(wwid) {
                continue;
            }
            let used: BTreeSet<u32> = luns.values().copied().collect();
            let number = (0..).find(|n| !used.contains(n)).unwrap_or_default();
            let name = backstore(self.serial, wwid);
            let lun = format!("{dir}/lun/lun_{number}");
            self.mkdir(&lun)?;
            self.symlink(&format!("{HBA}/{name}"), &format!("{lun}/{name}"))?;
            luns.insert(wwid.clone(), number);
        }
        let staying = units.staying(group, wanted);
        for (name, acl) in &wanted.acls {
            let there = group.acls.get(name);
            let acl_dir = format!("{dir}/acls/{name}");
            if there.is_none() {
                self.mkdir(&acl_dir)?;
            }
            self.account(&acl_dir, acl.chap.as_ref())?;
            for (number, wwid) in &acl.numbers {
                let there = there.and_then(|t| t.numbers.get(number));
                if there.is_some_and(|lun| right(acl, *number, *lun, &staying)) {
                    continue;
                }
                let mapped = format!("{acl_dir}/lun_{number}");
                self.mkdir(&mapped)?;
                if let Some(lun) = luns.get(wwid) {
                    let link = format!("{mapped}/{}", backstore(self.serial, wwid));
                    self.symlink(&format!("{dir}/lun/lun_{lun}"), &link)?;
                }
            }
        }
        let chap = wanted.acls.values().any(|acl| acl.chap.is_some());
        let chap = if chap { "1" } else { "0" };
        self.set(&format!("{dir}/attrib/authentication"), chap)?;
        self.set(&format!("{dir}/enable"), "1")?;
        for portal in &wanted.portals {
            let portal = portal.to_string();
            if !group.portals.contains(&portal) {
                self.mkdir(&format!("{dir}/np/{portal}"))?;
            }
        }
        Ok(())
    }

    /// One initiator's CHAP account. Without a closing newline: the kernel would take it as part
    /// of the value.
    fn account(&self, acl: &str, chap: Option<&Chap>) -> Result<(), String> {
        let (name, password) = match chap {
            Some(chap) => (chap.name.as_str(), chap.password.as_str()),
            None => ("", ""),
        };
        for (attribute, value) in [("userid", name), ("password", password)] {
            let file = format!("{acl}/auth/{attribute}");
            let now = found::read(self.tree, &file)?;
            let now = if now == "NULL" { "" } else { now.as_str() };
            if now != value {
                self.write(&file, if value.is_empty() { "NULL" } else { value })?;
            }
        }
        // Kernels before 6.0 only know one setting for the whole target.
        let file = format!("{acl}/attrib/authentication");
        let wanted = if chap.is_some() { "1" } else { "0" };
        match self.tree.read(&file) {
            Ok(now) if now == wanted => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            _ => self.write(&file, wanted),
        }
    }

    // ---- acts ----

    fn set(&self, file: &str, value: &str) -> Result<(), String> {
        if found::read(self.tree, file)? == value {
            return Ok(());
        }
        self.write(file, value)
    }

    fn write(&self, file: &str, value: &str) -> Result<(), String> {
        // The value stays out of the words: it may be a password.
        let written = self.tree.write(file, value);
        written.map_err(|e| refused("write", file, &e))
    }

    fn mkdir(&self, dir: &str) -> Result<(), String> {
        let made = self.tree.mkdir(dir);
        made.map_err(|e| refused("make", dir, &e))
    }

    fn mkdir_if_missing(&self, dir: &str) -> Result<(), String> {
        match self.tree.mkdir(dir) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                Err(refused("make", dir, &error))
            }
            _ => Ok(()),
        }
    }

    fn rmdir(&self, dir: &str) -> Result<(), String> {
        let removed = self.tree.rmdir(dir);
        removed.map_err(|e| refused("remove", dir, &e))
    }

    fn symlink(&self, target: &str, link: &str) -> Result<(), String> {
        let made = self.tree.symlink(target, link);
        made.map_err(|e| refused("link", link, &e))
    }
}
