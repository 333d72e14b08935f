//! What a portal says there is (SendTargets), and what this node has of iSCSI, read at once.
//!
//! Discovery never touches what is known: iscsiadm without `-o` would reset records and delete
//! others (linux-host.md §3.2).

use super::Error;
use super::iscsi::codes::{Code, is};
use super::iscsi::iscsiadm::{MANUAL, Named, new_record, run, settings, update_record};
use super::iscsi::record::{self, DEFAULT_IFACE, Record};
use super::iscsi::session::{self, Session};
use super::scsi::device::{self, Device};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::portal::{Portal, TargetPortal};
use crate::system::{Cmd, Machine};

/// What this node has.
#[derive(Debug, Clone, Default)]
pub struct Sight {
    /// Its sessions.
    pub sessions: Vec<Session>,
    /// Its records.
    pub records: Vec<Record>,
    /// Its devices, with the number of the session that each is reached through.
    pub devices: Vec<(Device, u32)>,
}

/// Looks at sessions, records and iSCSI devices.
///
/// # Errors
/// When sysfs or the records cannot be read.
pub fn look(machine: &dyn Machine) -> Result<Sight, Error> {
    let sessions = session::list(machine)?;
    let mut devices = Vec::new();
    for session in &sessions {
        for hctl in device::list_of_session(machine, session)? {
            if let Some(found) = device::find(machine, hctl)?.filter(Device::is_lun) {
                devices.push((found, session.sid));
            }
        }
    }
    Ok(Sight {
        records: record::list(machine)?,
        sessions,
        devices,
    })
}

/// The command that lists the targets of a portal and leaves nothing behind.
fn send_targets(portal: Portal) -> Cmd {
    let portal = portal.to_string();
    Cmd::new(
        "iscsiadm",
        [
            "-m",
            "discovery",
            "-t",
            "sendtargets",
            "-p",
            &portal,
            "-I",
            DEFAULT_IFACE,
            "-o",
            "nonpersistent",
        ],
    )
}

/// The targets that a portal names. Logs in nowhere and writes nothing.
///
/// # Errors
/// When the portal does not answer, or iscsiadm cannot be run.
pub fn targets_at(
    machine: &dyn Machine,
    portal: Portal,
    bounds: &Bounds,
) -> Result<Vec<TargetPortal>, Error> {
    let cmd = send_targets(portal);
    let output = machine.exec_read(&cmd, bounds)?;
    let code = Code::of(output.code, &output.stderr);
    match code.number {
        is::SUCCESS => Ok(parse(&output.stdout)),
        is::NOTHING => Ok(Vec::new()),
        is::ACCESS => Err(Error::NotRoot),
        is::DATABASE if output.stderr.contains("not root") => Err(Error::NotRoot),
        _ => Err(Error::Iscsiadm {
            cmd: cmd.to_string(),
            code,
            text: String::new(),
        }),
    }
}

/// Lines of `ADDRESS:PORT,TAG NAME`; anything else is passed over (linux-host.md §3.4).
fn parse(text: &str) -> Vec<TargetPortal> {
    let mut found: Vec<TargetPortal> = Vec::new();
    for line in text.lines() {
        let mut words = line.split_whitespace();
        let (Some(place), Some(name)) = (words.next(), words.next()) else {
            continue;
        };
        let Some((portal, tag)) = place.rsplit_once(',') else {
            continue;
        };
        if let (Ok(portal), Ok(tag), Ok(iqn)) = (portal.parse(), tag.parse::<i64>(), name.parse()) {
            let target = TargetPortal {
                iqn,
                portal,
                tpgt: u16::try_from(tag).ok(),
            };
            if !found.contains(&target) {
                found.push(target);
            }
        }
    }
    found
}

/// Whether a target has a record.
///
/// # Errors
/// When the records cannot be read; usually only root can.
pub fn is_known(machine: &dyn Machine, at: &TargetPortal) -> Result<bool, Error> {
    Ok(record::find_at(machine, at)?.is_some())
}

/// Makes a record for a target that has none, as attach makes it. True if it made one: a record
/// that is there is left as it is.
///
/// # Errors
/// When iscsiadm refuses.
pub fn save(
    machine: &dyn Machine,
    at: &TargetPortal,
    bounds: &Bounds,
    mutate: &Mutate,
) -> Result<bool, Error> {
    if is_known(machine, at)? {
        return Ok(false);
    }
    for cmd in [
        new_record(at),
        update_record(&Named::new(at), &settings(MANUAL)),
    ] {
        run(machine, &cmd, bounds, mutate)?.fine_if(&cmd, &[])?;
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_targets_and_of_anything_else() {
        let text = "10.0.0.1:3260,1 iqn.2020-01.com.example:a\n\
                    iscsiadm: a stray line\n\
                    [fd00::5]:3261,-1 iqn.2020-01.com.example:b\n\
                    10.0.0.1:3260,1 iqn.2020-01.com.example:a\n\
                    host:3260,1 iqn.2020-01.com.example:c\n\
                    10.0.0.1:3260 iqn.2020-01.com.example:d\n";
        let found = parse(text);
        let shown: Vec<String> = found.iter().map(|t| format!("{t} {:?}", t.tpgt)).collect();
        assert_eq!(
            shown,
            [
                "10.0.0.1:3260 iqn.2020-01.com.example:a Some(1)",
                "[fd00::5]:3261 iqn.2020-01.com.example:b None"
            ]
        );
        assert_eq!(
            send_targets("10.0.0.1".parse().unwrap()).to_string(),
            "iscsiadm -m discovery -t sendtargets -p 10.0.0.1:3260 -I default -o nonpersistent"
        );
    }
}
