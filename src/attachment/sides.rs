//! This node and an array side by side: what is on one side only, and what mends it.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::kit::shell::word;
use crate::model::ids::{Iqn, LunNumber, Wwid};
use crate::model::nouns::HostLun;
use crate::node::discover::Sight;
use crate::node::iscsi::session::Session;
use crate::node::scsi::device::Device;

/// On which side something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// On both, as it should be.
    Both,
    /// The array maps it, this node has no device of it.
    ArrayOnly,
    /// This node has it, the array maps nothing there to it.
    NodeOnly,
    /// On both, and not the same.
    Differs,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// `lun`, `session` or `record`.
    pub what: &'static str,
    /// The LUN's name, its wwid where the array does not know it, or target and portal.
    pub name: String,
    /// On which side it is.
    pub state: Side,
    /// The LUN's identity.
    pub wwid: Option<Wwid>,
    /// The number that the array gives it.
    pub lun_number: Option<LunNumber>,
    /// The node's disks of it.
    pub disks: Vec<String>,
    /// What was seen.
    pub evidence: String,
    /// What to type.
    pub fix: Option<String>,
}

impl Row {
    /// Whether something is to be mended.
    pub fn is_finding(&self) -> bool {
        self.state != Side::Both
    }
}

/// Compares what an array maps to this node's host with what the node has. `targets` are the
/// array's: sessions, records and devices of others are none of its business.
pub fn compare(luns: &[HostLun], targets: &BTreeSet<Iqn>, node: &Sight) -> Vec<Row> {
    let sessions: Vec<&Session> = node
        .sessions
        .iter()
        .filter(|session| targets.contains(&session.iqn))
        .collect();
    let devices: Vec<&(Device, u32)> = node
        .devices
        .iter()
        .filter(|(_, sid)| sessions.iter().any(|session| session.sid == *sid))
        .collect();
    let mut rows: Vec<Row> = luns
        .iter()
        .map(|lun| mapped(lun, &devices, &sessions))
        .collect();
    rows.extend(strangers(luns, &devices));
    rows.extend(idle(&sessions, &devices, node, targets));
    rows
}

fn mapped(lun: &HostLun, devices: &[&(Device, u32)], sessions: &[&Session]) -> Row {
    let of = |device: &Device| lun.wwid.is_some() && device.wwid == lun.wwid;
    let own: Vec<&(Device, u32)> = devices.iter().copied().filter(|(d, _)| of(d)).collect();
    let name = word(&lun.name);
    let mut row = Row {
        what: "lun",
        name: lun.name.clone(),
        state: Side::Both,
        wwid: lun.wwid.clone(),
        lun_number: lun.lun_number,
        disks: own.iter().map(|(d, _)| d.name()).collect(),
        evidence: String::new(),
        fix: None,
    };
    let number = lun.lun_number.map_or_else(
        || "no lun number yet".to_owned(),
        |n| format!("lun number {n}"),
    );
    if own.is_empty() {
        row.state = Side::ArrayOnly;
        row.evidence = format!("mapped as {number}, no device here");
        row.fix = Some(format!(
            "sanctl attach {name}  # or, if nobody wants it: sanctl detach {name}"
        ));
        return row;
    }
    let elsewhere: Vec<String> = own
        .iter()
        .filter(|(device, _)| {
            lun.lun_number
                .is_some_and(|n| !n.kernel_numbers().contains(&device.hctl.lun))
        })
        .map(|(device, _)| device.to_string())
        .collect();
    let without: Vec<String> = sessions
        .iter()
        .filter(|session| !own.iter().any(|(_, sid)| *sid == session.sid))
        .map(|session| format!("session {}", session.sid))
        .collect();
    if !elsewhere.is_empty() {
        row.state = Side::Differs;
        row.evidence = format!(
            "mapped as {number}, here under another: {}",
            elsewhere.join(", ")
        );
        row.fix = Some(format!(
            "sanctl detach {name} --node-only && sanctl attach {name}"
        ));
    } else if without.is_empty() {
        row.evidence = format!("{number}, {}", paths(own.len()));
    } else {
        row.state = Side::Differs;
        row.evidence = format!(
            "{number}, {}, none on {}",
            paths(own.len()),
            without.join(", ")
        );
        row.fix = Some(format!("sanctl attach {name}"));
    }
    row
}

/// Devices of this array's targets that the array does not map to this host.
fn strangers(luns: &[HostLun], devices: &[&(Device, u32)]) -> Vec<Row> {
    let known = |wwid: &Option<Wwid>| wwid.is_some() && luns.iter().any(|lun| lun.wwid == *wwid);
    let mut rows: Vec<Row> = Vec::new();
    for (device, _) in devices.iter().copied().filter(|(d, _)| !known(&d.wwid)) {
        let same = |row: &&mut Row| device.wwid.is_some() && row.wwid == device.wwid;
        if let Some(row) = rows.iter_mut().find(same) {
            row.disks.push(device.name());
            row.evidence = format!("{}, not mapped to this host", row.disks.join(", "));
            continue;
        }
        rows.push(Row {
            what: "lun",
            name: device
                .wwid
                .as_ref()
                .map_or_else(|| device.hctl.to_string(), ToString::to_string),
            state: Side::NodeOnly,
            wwid: device.wwid.clone(),
            lun_number: None,
            disks: vec![device.name()],
            evidence: format!("{}, not mapped to this host", device.name()),
            fix: Some(match &device.wwid {
                Some(wwid) => format!("sanctl detach --by wwid:{wwid}"),
                None => format!("sanctl device remove {}", device.hctl),
            }),
        });
    }
    rows
}

/// Sessions without a device, and records without a session: the second kind is no finding, it
/// costs nothing and somebody may want it.
fn idle(
    sessions: &[&Session],
    devices: &[&(Device, u32)],
    node: &Sight,
    targets: &BTreeSet<Iqn>,
) -> Vec<Row> {
    let mut rows = Vec::new();
    let row = |what, name: String, state, evidence: String, fix| Row {
        what,
        name,
        state,
        wwid: None,
        lun_number: None,
        disks: Vec::new(),
        evidence,
        fix,
    };
    for session in sessions {
        if devices.iter().any(|(_, sid)| *sid == session.sid) {
            continue;
        }
        let name = session
            .at()
            .map_or_else(|| session.iqn.to_string(), |at| at.to_string());
        rows.push(row(
            "session",
            name,
            Side::NodeOnly,
            format!(
                "session {} {}, no LUN on it",
                session.sid,
                session.state.to_lowercase()
            ),
            Some(format!("sanctl session logout {}", session.sid)),
        ));
    }
    for record in &node.records {
        let Ok(iqn) = record.name.parse::<Iqn>() else {
            continue;
        };
        let used = sessions
            .iter()
            .any(|s| s.iqn == iqn && s.portal == Some(record.portal));
        if targets.contains(&iqn) && !used {
            rows.push(row(
                "record",
                format!("{} {iqn}", record.portal),
                Side::Both,
                format!("startup {}, not logged in", record.startup),
                None,
            ));
        }
    }
    rows
}

fn paths(number: usize) -> String {
    match number {
        1 => "1 path".to_owned(),
        n => format!("{n} paths"),
    }
}
