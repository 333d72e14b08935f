//! What LIO shall show: the array's ports and exposures in LIO's own order of things.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::sim::exposure::{Chap, Exposure, TargetPortal};

/// `FD_MAX_DEV_NAME` of the kernel, its closing zero included.
const LONGEST_FILE_NAME: usize = 255;
/// `MAX_USER_LEN`, `MAX_PASS_LEN` of the kernel, likewise.
const LONGEST_CHAP: usize = 255;

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    /// By wwid.
    pub(super) units: BTreeMap<String, Unit>,
    /// By IQN, then by portal group tag.
    pub(super) targets: BTreeMap<String, BTreeMap<u16, Group>>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) file: PathBuf,
    pub(super) bytes: u64,
}

/// A target portal group: what can be seen through its portals.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) portals: BTreeSet<SocketAddr>,
    /// By the initiator's name.
    pub(super) acls: BTreeMap<String, Acl>,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Acl {
    pub(super) chap: Option<Chap>,
    /// Wwids by LUN number.
    pub(super) numbers: BTreeMap<u32, String>,
}

impl Acl {
    fn show(&mut self, exposure: &Exposure) -> Result<(), String> {
        let wwid = exposure.wwid.clone();
        match self.numbers.insert(exposure.number, wwid) {
            None => Ok(()),
            Some(other) => Err(format!(
                "{} sees {other} and {} under the number {}",
                exposure.initiator, exposure.wwid, exposure.number
            )),
        }
    }
}

impl Group {
    /// The wwids that some initiator sees here.
    pub(super) fn wwids(&self) -> BTreeSet<&String> {
        self.acls
            .values()
            .flat_map(|a| a.numbers.values())
            .collect()
    }
}

impl Wanted {
    /// # Errors
    /// What LIO cannot show, in words.
    pub(super) fn new(ports: &[TargetPortal], exposures: &[Exposure]) -> Result<Self, String> {
        let mut wanted = Self::default();
        for port in ports {
            wanted.port(port)?;
        }
        for exposure in exposures {
            wanted.exposure(exposure)?;
        }
        Ok(wanted)
    }

    fn port(&mut self, port: &TargetPortal) -> Result<(), String> {
        name(&port.iqn)?;
        let target = self.targets.entry(port.iqn.clone()).or_default();
        let group = target.entry(port.tpgt).or_default();
        group.portals.insert(port.addr);
        Ok(())
    }

    fn exposure(&mut self, exposure: &Exposure) -> Result<(), String> {
        name(&exposure.initiator)?;
        exposure.chap.as_ref().map_or(Ok(()), account)?;
        self.unit(exposure)?;
        let shown = |group: &Group| {
            let limit = exposure.portals.as_ref();
            limit.is_none_or(|limit| limit.iter().any(|p| group.portals.contains(p)))
        };
        for groups in self.targets.values_mut() {
            // A target is one: its other portals answer the login and show no LUN.
            if !groups.values().any(&shown) {
                continue;
            }
            for group in groups.values_mut() {
                let shown = shown(group);
                let acl = group.acls.entry(exposure.initiator.clone()).or_default();
                acl.chap.clone_from(&exposure.chap);
                if shown {
                    acl.show(exposure)?;
                }
            }
        }
        Ok(())
    }

    fn unit(&mut self, exposure: &Exposure) -> Result<(), String> {
        let (name, wwid) = (&exposure.name, &exposure.wwid);
        let digits = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        if wwid.len() != 32 || !wwid.starts_with('6') || !wwid.chars().all(digits) {
            return Err(format!(
                "LUN {name}: {wwid} is not a wwid that LIO can show (32 hex digits, the first a 6)"
            ));
        }
        if exposure.bytes == 0 || !exposure.bytes.is_multiple_of(512) {
            return Err(format!(
                "LUN {name}: {} bytes are not a number of sectors",
                exposure.bytes
            ));
        }
        let Some(file) = exposure.backing.clone() else {
            return Err(format!("LUN {name} has no file for its data"));
        };
        // The kernel reads it as one of several options with commas between them.
        let plain = file.is_absolute()
            && file.to_str().is_some_and(|f| {
                f.len() <= LONGEST_FILE_NAME && !f.contains([',', '\n', '"', '\\'])
            });
        if !plain {
            return Err(format!(
                "LUN {name}: LIO cannot use the file {}: it needs an absolute path of at most \
                 {LONGEST_FILE_NAME} bytes without commas and quotes",
                file.display()
            ));
        }
        let bytes = exposure.bytes;
        let unit = Unit { file, bytes };
        if let Some(other) = self.units.get(wwid).filter(|other| **other != unit) {
            return Err(format!(
                "{wwid} is the wwid of two LUNs: {} and {}",
                other.file.display(),
                unit.file.display()
            ));
        }
        self.units.insert(wwid.clone(), unit);
        Ok(())
    }
}

/// A name that becomes a directory.
fn name(name: &str) -> Result<(), String> {
    let plain = |c: char| c.is_ascii_graphic() && c != '/';
    if !name.is_empty() && !name.starts_with('.') && name.chars().all(plain) {
        Ok(())
    } else {
        Err(format!("{name:?} is not an iSCSI name"))
    }
}

/// The kernel takes the word NULL for "none".
fn account(chap: &Chap) -> Result<(), String> {
    for text in [&chap.name, &chap.password] {
        if text.is_empty() || text.len() > LONGEST_CHAP || text.starts_with("NULL") {
            return Err(format!(
                "LIO cannot use the CHAP account {:?}: name and password need 1 to {LONGEST_CHAP} \
                 bytes and must not begin with NULL",
                chap.name
            ));
        }
    }
    Ok(())
}
