//! What can go wrong on the node, in the words of the model.

mod hints;

use std::fmt;

use super::files;
use super::inuse::InUse;
use super::iscsi::codes::Code;
use crate::kit::bounds::Ended;
use crate::kit::kind::{Failure, Kind};
use crate::model::ids::{BadId, Hctl, LunNumber, Wwid, Wwpn};
use crate::model::portal::{Portal, TargetPortal};
use crate::model::way::Way;
use crate::system;

/// A portal that did not answer, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadPortal {
    /// The portal.
    pub portal: Portal,
    /// Refused, silent, no route…
    pub why: String,
}

impl fmt::Display for DeadPortal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.portal, self.why)
    }
}

/// What speaks against a device that is to be written: the kernel refuses it.
pub(super) const READ_ONLY: &str = "it can only be read";

/// What to type when [`READ_ONLY`] is in the way.
pub(super) fn read_only_hint() -> String {
    "attach with --mode ro, if that is what it should be".to_owned()
}

/// Why the node did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no iSCSI name to tell an array.
    #[error("{path}: {why}")]
    NoInitiatorName {
        /// The file that should hold it.
        path: String,
        /// No such file, no name in it, generated at the first start…
        why: String,
    },
    /// The iSCSI name is none.
    #[error("{path}: {source}")]
    BadInitiatorName {
        /// The file that holds it.
        path: String,
        /// What is wrong.
        #[source]
        source: BadId,
    },
    /// The machine has no name.
    #[error("this node has no name")]
    NoHostName,
    /// The configured address or interface cannot be used.
    #[error("node.ip = {given:?}: {why}")]
    NoAddress {
        /// As configured.
        given: String,
        /// What is wrong with it.
        why: String,
    },
    /// Only root can do this.
    #[error("only root can log in to targets and scan for devices")]
    NotRoot,
    /// The programs of open-iscsi are not installed.
    #[error("iscsiadm is not installed on this node")]
    NoIscsiadm,
    /// The kernel can carry no iSCSI session.
    #[error("the kernel of this node has no iSCSI driver (iscsi_tcp)")]
    NoTransport,
    /// iscsid does not answer.
    #[error("iscsid does not answer")]
    IscsidDown,
    /// A login failed.
    #[error("login to {at} failed: {} (iscsiadm code {})", code.meaning(), code.number)]
    Login {
        /// The target and portal.
        at: TargetPortal,
        /// iscsiadm's code and what it means.
        code: Code,
        /// The CHAP user, if there was one.
        chap: Option<String>,
    },
    /// Any other answer of iscsiadm that is not success.
    #[error("{} ({cmd}: code {}{})", code.meaning(), code.number, said(text))]
    Iscsiadm {
        /// The command as typed.
        cmd: String,
        /// Its code and what it means.
        code: Code,
        /// What it said that the code does not say, in one short line; empty if nothing.
        text: String,
    },
    /// A session exists and does not work.
    #[error("session {sid} to {at} is {state}")]
    SessionDown {
        /// The session.
        sid: u32,
        /// Its target and portal.
        at: TargetPortal,
        /// The kernel's word.
        state: String,
    },
    /// A session that was there a moment ago.
    #[error("the session to {at} is gone")]
    SessionGone {
        /// Its target and portal.
        at: TargetPortal,
    },
    /// A session whose connection is being made or torn down.
    #[error("session {sid} has no connection now")]
    Unplaced {
        /// The session.
        sid: u32,
    },
    /// A session that was logged out and is still there.
    #[error("session {sid} is still there after its logout")]
    Lingers {
        /// The session.
        sid: u32,
    },
    /// A login that needs a secret which the node's record does not have.
    #[error("{at} asks for CHAP as {user}, and the node's record has no such credentials")]
    NoChap {
        /// The target and portal.
        at: TargetPortal,
        /// The CHAP user.
        user: String,
    },
    /// A record has a CHAP account that is not the one to use, and somebody gave it.
    #[error("the record of {at} has the CHAP account of {found}, not of {user}: it is kept")]
    OtherChap {
        /// The target and portal.
        at: TargetPortal,
        /// Whose it is.
        found: String,
        /// Whose it should be.
        user: String,
    },
    /// A record cannot keep a user or a secret.
    #[error("the CHAP {what} cannot be put into a record: {why}")]
    BadSecret {
        /// `user` or `secret`.
        what: &'static str,
        /// Why not.
        why: &'static str,
    },
    /// The portal of this path does not answer.
    #[error("{0}")]
    Dead(DeadPortal),
    /// Too few portals answer.
    #[error("{alive} of {} portals answer, {min} needed: {}", alive + dead.len(), list(dead))]
    BelowQuorum {
        /// How many answer.
        alive: usize,
        /// How many are needed.
        min: usize,
        /// The others.
        dead: Vec<DeadPortal>,
    },
    /// There is no Fibre Channel port.
    #[error("this node has no Fibre Channel port")]
    NoHba,
    /// The array waits for other ports than those of this node.
    #[error(
        "the LUN is for the ports {}, and this node has {}",
        names(named),
        names(own)
    )]
    ForeignPorts {
        /// Those that the array named.
        named: Vec<Wwpn>,
        /// This node's.
        own: Vec<Wwpn>,
    },
    /// Two ports that have no login, or one that does not work.
    #[error("{why}")]
    NoLogin {
        /// Which, and why not.
        why: String,
    },
    /// Too few ports see one another.
    #[error("{alive} of {} logins between ports work, {min} needed: {}", alive + missing.len(), missing.join("; "))]
    BelowLogins {
        /// How many work.
        alive: usize,
        /// How many are needed.
        min: usize,
        /// The others.
        missing: Vec<String>,
    },
    /// A scan would go to the targets of other sessions as well.
    #[error(
        "{nexus} has no target number yet, and its host{host} ({driver}) carries other sessions \
         too: a scan would bring in their LUNs"
    )]
    NoPlace {
        /// The session or port.
        nexus: String,
        /// Its SCSI host.
        host: u32,
        /// The host's driver.
        driver: String,
    },
    /// The target does not show the LUN to this node.
    #[error(
        "{at} shows no LUN {lun} to this node{}",
        other_name.as_ref().map(|n| format!(", which is logged in as {n}")).unwrap_or_default()
    )]
    NoDevice {
        /// The target and portal, or the two ports.
        at: Way,
        /// The LUN number.
        lun: LunNumber,
        /// The session's initiator name, when it is not the one that the node tells to arrays.
        other_name: Option<String>,
        /// What the user calls the LUN, if that is known.
        name: Option<String>,
    },
    /// A port of the array does not show the LUN to this node.
    #[error("port {rport} shows no LUN {lun} to this node's port {hba}")]
    NoLunAtPort {
        /// This node's port.
        hba: String,
        /// The array's port.
        rport: String,
        /// The LUN number.
        lun: LunNumber,
    },
    /// The device is there and cannot be used.
    #[error("{hctl} {} is not usable: {why}", disk.as_deref().unwrap_or("without a disk"))]
    Unusable {
        /// The kernel's address.
        hctl: Hctl,
        /// The disk, if there is one.
        disk: Option<String>,
        /// Its state, its size, or that it can only be read.
        why: String,
    },
    /// A device that is not the LUN stands where the LUN should be.
    #[error(
        "{hctl} {} answers {}, not {wanted}: it is another disk",
        disk.as_deref().unwrap_or("without a disk"),
        found.as_deref().unwrap_or("no wwid")
    )]
    WrongIdentity {
        /// The kernel's address.
        hctl: Hctl,
        /// The disk, if there is one.
        disk: Option<String>,
        /// What it answers.
        found: Option<String>,
        /// The LUN's identity.
        wanted: Wwid,
    },
    /// Nothing says which identity is right, and this run did not bring the device itself.
    #[error("{hctl} {disk} was here before and nobody told the wwid that it should have")]
    Unproven {
        /// The kernel's address.
        hctl: Hctl,
        /// The disk.
        disk: String,
        /// What it answers.
        found: Option<Wwid>,
    },
    /// A device that was named is none of a LUN.
    #[error("{path}: {why}")]
    NoSuchDevice {
        /// As named.
        path: String,
        /// Why not.
        why: String,
    },
    /// Nothing tells which devices belong to the LUN.
    #[error("nothing tells the wwid of this LUN, so its devices cannot be told from others")]
    NoIdentity,
    /// Nothing tells where to log in.
    #[error("nothing tells where to log in: the LUN is not mapped to this node")]
    NoConnection,
    /// Something uses the devices.
    #[error("{} is in use: nothing was changed\n{}", .0.device(), .0.tree().trim_end())]
    InUse(Box<InUse>),
    /// The device keeps what was written to it for itself.
    #[error("{disk} cannot be flushed, so it was not removed: {why}")]
    Flush {
        /// The disk.
        disk: String,
        /// The system's answer.
        #[source]
        why: system::Error,
        /// What gives up what it could not write.
        force: String,
    },
    /// A name in `/dev` that does not come.
    #[error("{node} does not lead to {block}")]
    NoNode {
        /// The name.
        node: String,
        /// The kernel's name.
        block: String,
    },
    /// This node can make no multipath map.
    #[error("no multipath map can be made on this node: {why}")]
    NoMultipath {
        /// What is missing, or in the way.
        why: String,
        /// What mends it.
        mend: Vec<String>,
    },
    /// multipath's configuration keeps it away from the disks.
    #[error("multipath is told to leave the disks of this LUN alone: {rule}")]
    Blacklisted {
        /// The rule as in the configuration.
        rule: String,
        /// What mends it.
        mend: Vec<String>,
    },
    /// A map that is not what its name says, or not as its paths are.
    #[error("map {map} cannot be used: {why}")]
    BadMap {
        /// Its name and number.
        map: String,
        /// What is wrong with it.
        why: String,
        /// What to type.
        hints: Vec<String>,
    },
    /// A path of a map that was to be handed over by itself.
    #[error("{hctl} {disk} is a path of map {map}: only the map can be used")]
    InMap {
        /// The kernel's address.
        hctl: Hctl,
        /// The disk.
        disk: String,
        /// The map.
        map: String,
        /// What hands over the map.
        attach: String,
    },
    /// multipathd did not make what it was asked for.
    #[error("{why}")]
    NoMap {
        /// What is missing, and what multipathd said.
        why: String,
    },
    /// A map without a path that works, which keeps what it cannot write.
    #[error(
        "no path of map {map} works, and it keeps commands until one does: its flush would never \
         end"
    )]
    Queueing {
        /// Its name and number.
        map: String,
        /// What gives up what it keeps.
        force: String,
    },
    /// A map that does not go.
    #[error("map {map} stays: {why}")]
    MapStays {
        /// Its name and number.
        map: String,
        /// What multipath said.
        why: String,
    },
    /// Devices are left after their removal.
    #[error("devices of {wwid} are left: {}", left.join(", "))]
    NotGone {
        /// The LUN's identity.
        wwid: Wwid,
        /// What is left.
        left: Vec<String>,
        /// What goes on from here.
        detach: String,
    },
    /// What is connected by other means than a SAN.
    #[error(transparent)]
    Files(Box<files::Error>),
    /// The machine's answer.
    #[error(transparent)]
    System(#[from] system::Error),
}

fn said(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!(", {text}")
    }
}

fn list(dead: &[DeadPortal]) -> String {
    let dead: Vec<String> = dead.iter().map(ToString::to_string).collect();
    dead.join(", ")
}

fn names(ports: &[Wwpn]) -> String {
    let names: Vec<&str> = ports.iter().map(Wwpn::as_str).collect();
    names.join(", ")
}

impl From<files::Error> for Error {
    fn from(error: files::Error) -> Self {
        Self::Files(Box::new(error))
    }
}

impl From<Ended> for Error {
    fn from(ended: Ended) -> Self {
        Self::System(system::Error::Ended {
            what: "waiting for the kernel".into(),
            ended,
        })
    }
}

impl Failure for Error {
    fn kind(&self) -> Kind {
        match self {
            Self::NoInitiatorName { .. }
            | Self::BadInitiatorName { .. }
            | Self::NoHostName
            | Self::NoAddress { .. }
            | Self::NoConnection
            | Self::BadSecret { .. }
            | Self::NoIdentity => Kind::Usage,
            Self::NotRoot | Self::NoChap { .. } => Kind::Denied,
            Self::Login { code, .. } | Self::Iscsiadm { code, .. } => code.kind(),
            Self::NoSuchDevice { .. } => Kind::NotFound,
            Self::NoIscsiadm | Self::NoTransport | Self::NoHba => Kind::Unsupported,
            Self::IscsidDown => Kind::Failed,
            Self::SessionDown { .. }
            | Self::SessionGone { .. }
            | Self::Unplaced { .. }
            | Self::Dead(_)
            | Self::NoLogin { .. }
            | Self::BelowLogins { .. }
            | Self::BelowQuorum { .. } => Kind::Unreachable,
            Self::Lingers { .. } => Kind::Partial,
            Self::NoDevice { .. }
            | Self::NoLunAtPort { .. }
            | Self::Unusable { .. }
            | Self::NoNode { .. }
            | Self::NoMap { .. }
            | Self::MapStays { .. }
            | Self::Flush { .. } => Kind::Failed,
            Self::NoMultipath { .. } | Self::NoPlace { .. } => Kind::Unsupported,
            Self::Blacklisted { .. }
            | Self::BadMap { .. }
            | Self::InMap { .. }
            | Self::Queueing { .. }
            | Self::WrongIdentity { .. }
            | Self::Unproven { .. }
            | Self::OtherChap { .. }
            | Self::ForeignPorts { .. }
            | Self::InUse(_) => Kind::Refused,
            Self::NotGone { .. } => Kind::Partial,
            Self::Files(error) => error.kind(),
            Self::System(error) => error.kind(),
        }
    }

    fn hints(&self) -> Vec<String> {
        hints::of(self)
    }
}
