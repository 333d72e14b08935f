//! What can go wrong with what is connected by other means than a SAN.

use crate::kit::kind::{Failure, Kind};
use crate::kit::shell::word;

/// Why a file, a share or an AoE device could not be connected or let go of.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The practice machine has nothing of the kind.
    #[error("the practice machine has no files, shares or AoE devices of its own")]
    Practice,
    /// Only root can do this.
    #[error("only root can {0}")]
    NotRoot(&'static str),
    /// A program is missing.
    #[error("{program} is not installed on this node")]
    NoProgram {
        /// Its name.
        program: &'static str,
        /// The packages that have it.
        packages: &'static str,
    },
    /// Something else is mounted where the share belongs.
    #[error("{point} is taken: {found} is mounted there, not {wanted}")]
    OtherMount {
        /// The mount point.
        point: String,
        /// What is there, with its type.
        found: String,
        /// The share.
        wanted: String,
    },
    /// The share was not mounted.
    #[error("{share} could not be mounted: {said}")]
    Mount {
        /// The share.
        share: String,
        /// What the last attempt said.
        said: String,
        /// The last command.
        command: String,
    },
    /// The mount point could not be made.
    #[error("{point} could not be made: {said}")]
    NoPoint {
        /// The mount point.
        point: String,
        /// What was said.
        said: String,
    },
    /// The share was not unmounted.
    #[error("{point} could not be unmounted: {said}")]
    Unmount {
        /// The mount point.
        point: String,
        /// What was said.
        said: String,
    },
    /// The file is not there.
    #[error("{path} does not exist")]
    Missing {
        /// The file.
        path: String,
    },
    /// It is something else than it should be.
    #[error("{path} is a {found}, {wanted} wanted")]
    Wrong {
        /// The file.
        path: String,
        /// What it is.
        found: String,
        /// What it should be.
        wanted: &'static str,
    },
    /// It could not be looked at.
    #[error("{path} cannot be looked at: {said}")]
    Unseen {
        /// The file.
        path: String,
        /// What was said.
        said: String,
    },
    /// No AoE device of this address answers.
    #[error("no AoE device {device} answers")]
    NoAoe {
        /// Its address: `e1.2`.
        device: String,
    },
    /// A program of aoetools said no.
    #[error("{command}: {said}")]
    Aoe {
        /// As typed.
        command: String,
        /// What was said.
        said: String,
    },
    /// An AoE device that stays after it was given up.
    #[error("AoE device {device} is still there")]
    AoeStays {
        /// Its address.
        device: String,
    },
}

/// What a refusal of mount(8) means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refusal {
    Denied,
    Unreachable,
    Other,
}

fn refusal(said: &str) -> Refusal {
    let lower = said.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| lower.contains(w));
    if has(&["access denied", "not permitted", "permission denied"]) {
        Refusal::Denied
    } else if has(&[
        "timed out",
        "no route",
        "refused",
        "unreachable",
        "failed to resolve",
        "transport endpoint is not connected",
    ]) {
        Refusal::Unreachable
    } else {
        Refusal::Other
    }
}

impl Failure for Error {
    fn kind(&self) -> Kind {
        match self {
            Self::Practice | Self::NoProgram { .. } => Kind::Unsupported,
            Self::NotRoot(_) => Kind::Denied,
            Self::OtherMount { .. } | Self::Wrong { .. } => Kind::Refused,
            Self::Mount { said, .. } => match refusal(said) {
                Refusal::Denied => Kind::Denied,
                Refusal::Unreachable => Kind::Unreachable,
                Refusal::Other => Kind::Failed,
            },
            Self::Missing { .. } => Kind::NotFound,
            Self::NoPoint { .. }
            | Self::Unmount { .. }
            | Self::Unseen { .. }
            | Self::NoAoe { .. }
            | Self::Aoe { .. }
            | Self::AoeStays { .. } => Kind::Failed,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Practice => {
                vec!["sanctl config init  # a configuration ends the practice".into()]
            }
            Self::NotRoot(_) => vec!["run it as root, for example with sudo".into()],
            Self::NoProgram { packages, .. } => vec![format!("install {packages}")],
            Self::OtherMount { point, .. } => vec![
                format!("findmnt {}  # who mounted it?", word(point)),
                "or set node.mount_base in the configuration to another folder".into(),
            ],
            Self::Mount {
                share,
                said,
                command,
            } => match refusal(said) {
                Refusal::Denied => vec![format!(
                    "does the server export {share} to this node? showmount -e, or its own list"
                )],
                Refusal::Unreachable => {
                    let host = share.rsplit_once(":/").map_or(share.as_str(), |(h, _)| h);
                    let host = host.trim_start_matches('[').trim_end_matches(']');
                    vec![format!("ping {}", word(host))]
                }
                Refusal::Other => vec![format!("{command} -v  # tells more")],
            },
            Self::Unmount { point, .. } => vec![format!("fuser -vm {}", word(point))],
            Self::Missing { path } => {
                let folder = path.rsplit_once('/').map_or("/", |(folder, _)| folder);
                vec![format!("ls -l {}/", word(folder))]
            }
            Self::Wrong { path, .. } => vec![format!("stat {}", word(path))],
            Self::NoAoe { .. } => {
                vec!["aoe-stat; is the shelf on the same Ethernet segment?".into()]
            }
            Self::AoeStays { device } => vec![format!("aoe-flush {device}")],
            Self::NoPoint { .. } | Self::Unseen { .. } | Self::Aoe { .. } => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_mount_says_decides_the_exit_code() {
        for (said, kind) in [
            (
                "mount.nfs: access denied by server while mounting nas:/vols",
                Kind::Denied,
            ),
            ("mount.nfs: Operation not permitted", Kind::Denied),
            ("mount.nfs: Connection timed out", Kind::Unreachable),
            ("mount.nfs: No route to host", Kind::Unreachable),
            (
                "mount.nfs: Failed to resolve server nas: Name or service not known",
                Kind::Unreachable,
            ),
            ("mount.nfs: Protocol not supported", Kind::Failed),
            ("", Kind::Failed),
        ] {
            let error = Error::Mount {
                share: "[fd00::1]:/vols".into(),
                said: said.into(),
                command: "mount".into(),
            };
            assert_eq!(error.kind(), kind, "{said}");
            assert_eq!(error.hints().len(), 1);
            if kind == Kind::Unreachable {
                assert_eq!(error.hints(), ["ping fd00::1"]);
            }
        }
    }
}
