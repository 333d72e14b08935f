//! What to type after each of the node's errors.

use super::super::edit::Edit;
use super::super::iscsi::codes::Code;
use super::{Error, READ_ONLY, read_only_hint};
use crate::kit::kind::Failure as _;
use crate::kit::shell::word;
use crate::model::portal::TargetPortal;

/// What to type next.
pub(super) fn of(error: &Error) -> Vec<String> {
    match error {
        Error::NoInitiatorName { path, .. } => vec![
            "systemctl start iscsid, or install open-iscsi".into(),
            format!("write InitiatorName=iqn.… to {path}, then systemctl restart iscsid"),
        ],
        Error::BadInitiatorName { path, .. } => vec![format!("mend {path}")],
        Error::NoHostName => vec!["set node.name in the configuration".into()],
        Error::NoAddress { .. } => {
            vec!["give an address, or the name of an interface that has one".into()]
        }
        Error::NotRoot => vec!["run it as root, for example with sudo".into()],
        Error::NoIscsiadm => vec![
            "install open-iscsi (Debian, Ubuntu, SUSE) or iscsi-initiator-utils (Fedora, RHEL)"
                .into(),
        ],
        Error::NoTransport => vec!["modprobe iscsi_tcp".into()],
        Error::IscsidDown => vec!["systemctl start iscsid".into()],
        Error::Login { at, code, chap } => login_hints(at, *code, chap.as_deref()),
        Error::OtherChap { at, user, .. } => vec![format!(
            "if {user} is right: sanctl session set-record --target {} --portal {} --chap-user \
                 {} --chap-secret-file FILE",
            at.iqn,
            word(&at.portal.to_string()),
            word(user)
        )],
        Error::BadSecret { .. } => {
            vec!["12 to 16 letters and digits work with every target".into()]
        }
        Error::Iscsiadm { code, .. } => code.hint().into_iter().map(str::to_owned).collect(),
        Error::SessionDown { sid, .. } | Error::Unplaced { sid } | Error::Lingers { sid } => {
            vec![format!(
                "iscsiadm -m session -r {sid} -P 1  # shows what it waits for"
            )]
        }
        Error::SessionGone { .. } => vec!["sanctl session list".into()],
        Error::NoChap { at, user } => vec![
            "set chap of the array in the configuration, and the record is made with it".into(),
            format!(
                "or: sanctl session set-record --target {} --portal {} --chap-user {} \
                     --chap-secret-file FILE",
                at.iqn,
                word(&at.portal.to_string()),
                word(user)
            ),
            Edit::AddRecord { at: at.clone() }.to_string() + "   first, without a record",
        ],
        Error::Dead(dead) => vec![format!("ping {}", dead.portal.ip)],
        Error::BelowQuorum { dead, .. } => dead
            .iter()
            .take(1)
            .map(|d| format!("ping {}", d.portal.ip))
            .chain(["or ask for fewer paths with --paths min=N".into()])
            .collect(),
        Error::NoDevice {
            other_name: Some(_),
            ..
        } => vec![
            "the name in initiatorname.iscsi was changed after iscsid had started: systemctl \
                 restart iscsid, then log out of the target"
                .into(),
        ],
        Error::NoPlace { .. } => {
            vec!["grep -H . /sys/class/iscsi_session/session*/target_id  # is it -1 still?".into()]
        }
        Error::NoLunAtPort { hba, .. } => vec![format!("sanctl hba targets {hba}")],
        Error::NoDevice { name, .. } => {
            let lun = name.as_deref().unwrap_or("LUN");
            vec![format!(
                "sanctl status {lun}  # does the array still map it?"
            )]
        }
        Error::WrongIdentity { disk, hctl, .. } => {
            let device = disk.clone().unwrap_or_else(|| hctl.to_string());
            vec![
                format!("sanctl device tree {device}  # who uses it?"),
                format!("sanctl device remove {device}  # if nobody does"),
            ]
        }
        Error::Unproven { found, .. } => match found {
            Some(found) => vec![format!("if it is the right one, add --wwid {found}")],
            None => vec!["say which one it should be with --wwid".into()],
        },
        Error::NoIdentity => vec!["say it with --wwid, or name the LUN and its array".into()],
        Error::InUse(use_) => use_.hints(),
        Error::NoMultipath { mend, .. } | Error::Blacklisted { mend, .. } => mend.clone(),
        Error::BadMap { hints, .. } => hints.clone(),
        Error::InMap { attach, .. } => vec![
            format!("{attach} --multipath  # hands over the map"),
            "multipathd show config local  # find_multipaths strict leaves such disks alone".into(),
        ],
        Error::NoNode { .. } => vec!["udevadm settle --timeout=10; is udevd running?".into()],
        Error::NoMap { .. } => vec![
            "multipathd show paths; multipathd show config  # what it knows and decides".into(),
        ],
        Error::Queueing { force, .. } => vec![
            "multipathd show maps topology  # a path that comes back is better".into(),
            format!("{force}  # gives up what it keeps"),
        ],
        Error::MapStays { map, .. } => {
            let name = map.split(' ').next().unwrap_or(map);
            vec![format!("multipath -v3 -f {}", word(name))]
        }
        Error::NotGone { detach, .. } => vec![format!("{detach}  # goes on from here")],
        Error::Files(error) => error.hints(),
        Error::System(error) => error.hints(),
        Error::NoSuchDevice { .. } => vec!["grep -H . /sys/block/*/device/wwid".into()],
        Error::Flush { force, .. } => {
            vec![format!("give up what it could not write: {force}")]
        }
        Error::Unusable { why, .. } if why == READ_ONLY => vec![read_only_hint()],
        Error::Unusable { disk, hctl, .. } => {
            let device = disk.clone().unwrap_or_else(|| hctl.to_string());
            vec![format!("sanctl device check {device}")]
        }
        Error::NoHba => vec![
            "attach over iSCSI, the default".into(),
            "ls /sys/class/fc_host; lspci | grep -i fibre  # is the driver loaded?".into(),
        ],
        Error::ForeignPorts { .. } => {
            vec!["sanctl connector show  # what the array should be told of this node".into()]
        }
        Error::NoLogin { .. } => no_login_hints(),
        Error::BelowLogins { .. } => {
            let mut hints = no_login_hints();
            hints.push("or ask for fewer paths with --paths min=N".into());
            hints
        }
        Error::NoConnection => Vec::new(),
    }
}

fn no_login_hints() -> Vec<String> {
    vec![
        "sanctl hba targets  # what each port of this node sees".into(),
        "check the zones of these ports on the switches, and the cables".into(),
    ]
}

fn login_hints(at: &TargetPortal, code: Code, chap: Option<&str>) -> Vec<String> {
    match (code.number, chap) {
        (19 | 24, Some(user)) => vec![
            format!(
                "is the secret of CHAP user {user} the one that the array has for this initiator? \
                 check chap in the configuration"
            ),
            "sanctl connector show  # is this initiator the one that the array's host has?".into(),
        ],
        (number, _) => plain_login_hints(at, code, number),
    }
}

fn plain_login_hints(at: &TargetPortal, code: Code, number: i32) -> Vec<String> {
    match number {
        19 | 24 => vec![
            "sanctl connector show  # is this initiator the one that the array's host has?".into(),
            format!("does {} ask for CHAP?", at.iqn),
        ],
        4 | 8 | 11 => vec![format!("ping {}", at.portal.ip)],
        _ => code.hint().into_iter().map(str::to_owned).collect(),
    }
}
