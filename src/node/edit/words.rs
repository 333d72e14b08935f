//! Edits as the commands that ask for them.

use std::fmt;

use super::{Chap, Edit, Where};
use crate::kit::shell::word;
use crate::model::portal::TargetPortal;
use crate::model::selector::Selector;

/// `--target T --portal P`, the tag behind the portal when it is known and matters.
pub(super) fn place(at: &TargetPortal, tag: Tag) -> String {
    let tag = match (tag, at.tpgt) {
        (Tag::Named, Some(tag)) => format!(",{tag}"),
        _ => String::new(),
    };
    let portal = word(&format!("{}{tag}", at.portal));
    format!("--target {} --portal {portal}", at.iqn)
}

/// Whether the portal group tag is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// As iscsiadm writes it: `10.0.0.1:3260,1`.
    Named,
    /// Left out: any.
    Any,
}

fn through(session: &Where) -> String {
    match session {
        Where::Session(sid) => format!("--session {sid}"),
        Where::Target(at) => place(at, Tag::Any),
        Where::Port { hba, rport } => {
            format!("--hba {} --rport {}", word(hba), word(rport))
        }
    }
}

fn chap(words: &Chap, user: &str, file: &str) -> String {
    let path = words.file.display().to_string();
    let file = format!("{file} {}", word(&path));
    match &words.user {
        Some(name) => format!("{user} {} {file}", word(name)),
        None => file,
    }
}

fn names(devices: &[Selector]) -> String {
    let words = devices.iter().map(|d| word(&d.to_string()));
    words.collect::<Vec<_>>().join(" ")
}

impl fmt::Display for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sanctl ")?;
        match self {
            Self::AddRecord { at } => write!(f, "session add-record {}", place(at, Tag::Named)),
            Self::SetRecord { at, values } => {
                write!(f, "session set-record {}", place(at, Tag::Any))?;
                for (key, value) in values {
                    write!(f, " {}", word(&format!("{key}={value}")))?;
                }
                Ok(())
            }
            Self::SetChap {
                at,
                chap: own,
                mutual,
            } => {
                let own = chap(own, "--chap-user", "--chap-secret-file");
                write!(f, "session set-record {} {own}", place(at, Tag::Any))?;
                match mutual {
                    Some(other) => {
                        let other = chap(other, "--mutual-user", "--mutual-secret-file");
                        write!(f, " {other}")
                    }
                    None => Ok(()),
                }
            }
            Self::ClearChap { at } => {
                write!(f, "session set-record {} --no-chap", place(at, Tag::Any))
            }
            Self::DeleteRecord { at } => {
                write!(f, "session delete-record {}", place(at, Tag::Any))
            }
            Self::Login { at } => write!(f, "session login {}", place(at, Tag::Any)),
            Self::Logout { sid } => write!(f, "session logout {sid}"),
            Self::Relogin { sid } => write!(f, "session relogin {sid}"),
            Self::Scan { session, lun } => {
                write!(f, "device scan {} --lun {lun}", through(session))
            }
            Self::ScanAll { session } => write!(f, "device scan {} --all-luns", through(session)),
            Self::Rescan { devices } => write!(f, "device rescan {}", names(devices)),
            Self::Remove { devices } => write!(f, "device remove {}", names(devices)),
            Self::Flush { map } => write!(f, "device flush {}", word(&map.to_string())),
            Self::AddPath { device } => {
                write!(f, "device add-path {}", word(&device.to_string()))
            }
            Self::Grow { wwid, .. } => write!(f, "device grow {wwid}"),
            Self::SetState { device, state } => write!(
                f,
                "device set-state {} {}",
                word(&device.to_string()),
                state.word()
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::redact::Secret;

    #[test]
    fn edits_are_the_commands_that_ask_for_them() {
        let at = TargetPortal {
            iqn: "iqn.2020-01.com.example:t".parse().unwrap(),
            portal: "fd00::5".parse().unwrap(),
            tpgt: Some(1),
        };
        let place = "--target iqn.2020-01.com.example:t --portal";
        let chap = |user: &str| Chap {
            user: (!user.is_empty()).then(|| user.to_owned()),
            secret: Secret::new("canary".into()),
            file: "/root/a b".into(),
        };
        for (edit, words) in [
            (
                Edit::AddRecord { at: at.clone() },
                format!("session add-record {place} '[fd00::5]:3260,1'"),
            ),
            (
                Edit::SetRecord {
                    at: at.clone(),
                    values: vec![("node.startup".into(), "on boot".into())],
                },
                format!("session set-record {place} '[fd00::5]:3260' 'node.startup=on boot'"),
            ),
            (
                Edit::SetChap {
                    at: at.clone(),
                    chap: chap("node"),
                    mutual: Some(chap("array")),
                },
                format!(
                    "session set-record {place} '[fd00::5]:3260' --chap-user node \
                     --chap-secret-file '/root/a b' --mutual-user array \
                     --mutual-secret-file '/root/a b'"
                ),
            ),
            (
                Edit::Remove {
                    devices: vec!["sda".parse().unwrap(), "4:0:0:7".parse().unwrap()],
                },
                "device remove sda hctl:4:0:0:7".into(),
            ),
            (
                Edit::Scan {
                    session: Where::Session(3),
                    lun: "7".parse().unwrap(),
                },
                "device scan --session 3 --lun 7".into(),
            ),
        ] {
            assert_eq!(edit.to_string(), format!("sanctl {words}"));
            assert!(!format!("{edit:?}").contains("canary"));
        }
    }
}
