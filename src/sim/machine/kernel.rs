//! What the kernel and iscsid do: sessions begin and end, disks come, go and change.

use rustix::io::Errno;

use super::fabric::{Answer, Fabric, FabricLun, FabricPortal};
use super::record::Record;
use super::state::{Carrier, Disk, Outage, Session, State};
use super::tree::refused;
use super::{fibre, multipath};
use crate::model::ids::Hctl;
use crate::model::portal::Portal;
use crate::system::Error;

/// An attribute of sysfs that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attribute {
    /// `scsi_host/hostH/scan`.
    Scan { host: u32 },
    /// `H:C:T:L/delete`.
    Delete(Hctl),
    /// `H:C:T:L/rescan`.
    Rescan(Hctl),
    /// `H:C:T:L/state`.
    State(Hctl),
    /// `iscsi_session/sessionS/recovery_tmo`.
    RecoveryTmo { sid: u32 },
}

/// How a session's link is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    Up,
    Lost(Outage),
}

/// How this machine sees a portal: what the fabric says, unless the link was cut here.
pub(super) fn answer(state: &State, portals: &[FabricPortal], portal: Portal) -> Answer {
    if state.outages.contains_key(&portal) {
        return Answer::Silent;
    }
    let mut found = portals.iter().filter(|p| p.portal == portal);
    if let Some(known) = found.next() {
        return known.state;
    }
    // A living address refuses what it does not serve; an unknown one stays silent.
    let alive = |p: &FabricPortal| p.portal.ip == portal.ip && p.state != Answer::Silent;
    if portals.iter().any(alive) {
        Answer::Refused
    } else {
        Answer::Silent
    }
}

pub(super) fn link(state: &State, portals: &[FabricPortal], session: &Session) -> Link {
    if let Some(outage) = state.outages.get(&session.portal) {
        return Link::Lost(*outage);
    }
    let up = |p: &FabricPortal| {
        p.portal == session.portal && p.iqn == session.iqn && p.state == Answer::Up
    };
    if portals.iter().any(up) {
        Link::Up
    } else {
        Link::Lost(Outage::Settled)
    }
}

/// What iscsid answers to a login: the new session's id, or an exit code of `iscsiadm`.
pub(super) fn login(state: &mut State, fabric: &dyn Fabric, record: &Record) -> Result<u32, i32> {
    let initiator = match (state.iscsid, state.initiator()) {
        (true, Some(name)) => name.to_owned(),
        // Without a name iscsid does not start.
        _ => return Err(20),
    };
    let portals = fabric.portals();
    match answer(state, &portals, record.portal) {
        Answer::Up => {}
        Answer::Refused => return Err(4),
        Answer::Silent => return Err(8),
    }
    // The kernel makes a session before the target says yes or no.
    state.last_sid += 1;
    if let Some(code) = state.login_codes.get(&record.portal).copied() {
        return Err(code);
    }
    let served = |p: &&FabricPortal| {
        p.portal == record.portal
            && p.iqn == record.iqn
            && record.tpgt.is_none_or(|tpgt| tpgt == p.tpgt)
    };
    // LIO answers nothing for a target it does not have, until the retries are used up.
    let Some(target) = portals.iter().find(served) else {
        return Err(8);
    };
    if !fabric.admits(&initiator, &record.iqn) {
        return Err(24);
    }
    // A wrong secret, another user and none at all get the same answer. What counts is the
    // account, not the method (linux-host.md §3.5).
    if let Some((user, password)) = fabric.chap(&initiator, &record.iqn) {
        let told = |key: &str| record.get(&format!("node.session.auth.{key}"));
        if told("username") != Some(user) || told("password") != Some(password) {
            return Err(24);
        }
    }
    let sid = state.last_sid;
    let timeout = record.get("node.session.timeo.replacement_timeout");
    let session = Session {
        host: state.free_host(),
        iqn: record.iqn.clone(),
        portal: record.portal,
        tpgt: target.tpgt,
        iface: record.iface.clone(),
        initiator: initiator.clone(),
        recovery_tmo: timeout.and_then(|t| t.parse().ok()).unwrap_or(120),
        username: record.get("node.session.auth.username"),
        scanned: false,
    };
    let host = session.host;
    state.sessions.insert(sid, session);
    fabric.set_logged_in(&initiator, &record.iqn, record.portal, true);
    if record.get("node.session.scan").as_deref() != Some("manual") {
        scan_host(state, fabric, host, None);
    }
    Ok(sid)
}

/// Ends a session and removes its disks, held or not.
pub(super) fn logout(state: &mut State, fabric: &dyn Fabric, sid: u32) {
    if let Some(session) = state.sessions.remove(&sid) {
        let of_host = |hctl: &Hctl| hctl.host == session.host;
        let gone: Vec<Hctl> = state.disks.keys().copied().filter(of_host).collect();
        for hctl in gone {
            remove(state, hctl);
        }
        fabric.set_logged_in(&session.initiator, &session.iqn, session.portal, false);
    }
}

/// Removes a disk, held or not.
fn remove(state: &mut State, hctl: Hctl) {
    if let Some(disk) = state.disks.remove(&hctl) {
        multipath::disk_gone(state, disk.index);
    }
}

/// Carries out a write to an attribute.
pub(super) fn write(
    state: &mut State,
    fabric: &dyn Fabric,
    attribute: Attribute,
    path: &str,
    value: &str,
) -> Result<(), Error> {
    let invalid = || refused(path, Errno::INVAL);
    match attribute {
        Attribute::Scan { host } => {
            let [channel, target, lun] = scan_words(value).ok_or_else(invalid)?;
            // Software iSCSI has channel 0 and target 0 alone; the write succeeds all the same.
            if channel.unwrap_or(0) == 0 && target.unwrap_or(0) == 0 {
                scan_host(state, fabric, host, lun);
            }
            if channel.unwrap_or(0) == 0 {
                fibre::scan(state, fabric, host, target, lun);
            }
        }
        Attribute::Delete(hctl) => remove(state, hctl),
        Attribute::Rescan(hctl) => rescan(state, fabric, hctl),
        Attribute::State(hctl) => {
            // The kernel compares with the line's end (scsi_sysfs.c, store_state_field).
            let offline = match value {
                "running\n" => false,
                "offline\n" => true,
                _ => return Err(invalid()),
            };
            if let Some(disk) = state.disks.get_mut(&hctl) {
                disk.offline = offline;
            }
        }
        Attribute::RecoveryTmo { sid } => {
            let seconds = value.trim().parse().map_err(|_| invalid())?;
            if let Some(session) = state.sessions.get_mut(&sid) {
                session.recovery_tmo = seconds;
            }
        }
    }
    Ok(())
}

/// The three words of a scan: a number, or `-` for all (linux-host.md §5.1).
fn scan_words(value: &str) -> Option<[Option<u64>; 3]> {
    let mut words = value.split_whitespace().map(|word| match word {
        "-" => Some(None),
        _ => number(word).map(Some),
    });
    let parsed = [words.next()??, words.next()??, words.next()??];
    words.next().is_none().then_some(parsed)
}

/// A number as `strtoull` with base 0 reads it.
fn number(word: &str) -> Option<u64> {
    let (digits, radix) = match word.strip_prefix("0x").or_else(|| word.strip_prefix("0X")) {
        Some(hex) => (hex, 16),
        None if word.len() > 1 && word.starts_with('0') => (word, 8),
        None => (word, 10),
    };
    if digits.starts_with(['+', '-']) {
        return None;
    }
    u64::from_str_radix(digits, radix).ok()
}

/// Adds the disks that the target lists and the kernel does not have; changes none that is there.
pub(super) fn scan_host(state: &mut State, fabric: &dyn Fabric, host: u32, lun: Option<u64>) {
    let Some((sid, session)) = state.session_of_host(host) else {
        return;
    };
    // The kernel scans only through a session that is logged in.
    if link(state, &fabric.portals(), session) != Link::Up {
        return;
    }
    let luns = fabric.luns(&session.initiator, &session.iqn, session.portal);
    if let Some(session) = state.sessions.get_mut(&sid) {
        session.scanned = true;
    }
    add_disks(state, &luns, (host, 0), lun);
}

/// Adds the LUNs that a target lists, or the one of them that is asked for.
pub(super) fn add_disks(
    state: &mut State,
    luns: &[FabricLun],
    (host, target): (u32, u32),
    lun: Option<u64>,
) {
    let asked = |l: &&FabricLun| lun.is_none_or(|wanted| wanted == l.number);
    for found in luns.iter().filter(asked) {
        let hctl = Hctl {
            host,
            channel: 0,
            target,
            lun: found.number,
        };
        if state.disks.contains_key(&hctl) {
            continue;
        }
        let disk = Disk {
            index: state.free_disk(),
            wwid: found.wwid.clone(),
            sectors: found.size_bytes / 512,
            backing: found.backing.clone(),
            offline: false,
            read_only: false,
        };
        let index = disk.index;
        state.disks.insert(hctl, disk);
        multipath::disk_came(state, index);
    }
}

/// Reads a disk's identity and size again. A LUN that is gone leaves the identity and size 0.
pub(super) fn rescan(state: &mut State, fabric: &dyn Fabric, hctl: Hctl) {
    let Some(carrier) = state.carrier_of(hctl) else {
        return;
    };
    if link_of(state, fabric, carrier) != Link::Up {
        return;
    }
    let now = behind(fabric, carrier, hctl);
    let Some(disk) = state.disks.get_mut(&hctl) else {
        return;
    };
    match now {
        Some(lun) => {
            disk.wwid = lun.wwid;
            disk.sectors = lun.size_bytes / 512;
            disk.backing = lun.backing;
        }
        None => disk.sectors = 0,
    }
}

/// How the link to what carries a disk is.
pub(super) fn link_of(state: &State, fabric: &dyn Fabric, carrier: Carrier<'_>) -> Link {
    match carrier {
        Carrier::Session(session) => link(state, &fabric.portals(), session),
        Carrier::Login(hba, login) => fibre::link(&fabric.zones(), hba, login),
    }
}

/// What a disk's number leads to on the target now, whatever the kernel believes.
pub(super) fn behind(fabric: &dyn Fabric, carrier: Carrier<'_>, hctl: Hctl) -> Option<FabricLun> {
    let luns = match carrier {
        Carrier::Session(session) => fabric.luns(&session.initiator, &session.iqn, session.portal),
        Carrier::Login(hba, login) => fabric.luns_between(&fibre::pair(hba, login)),
    };
    luns.into_iter().find(|l| l.number == hctl.lun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scan_takes_three_words_and_nothing_else() {
        assert_eq!(scan_words("0 0 9"), Some([Some(0), Some(0), Some(9)]));
        assert_eq!(scan_words("- - 0x10\n"), Some([None, None, Some(16)]));
        assert_eq!(scan_words(" - -  010 "), Some([None, None, Some(8)]));
        for bad in [
            "", "0 0", "0 0 0 0", "- - x", "- - -1", "0:0:1", "- - 9x", "0 0 0x",
        ] {
            assert_eq!(scan_words(bad), None, "{bad}");
        }
    }
}
