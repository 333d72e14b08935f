//! One change of one object of an array, in the words of the model: what the writing verbs of the
//! nouns ask for (INTERFACE, "Verbs").
//!
//! An [`Edit`] displays as the command that asks for it, so that the inverse of a change is an
//! edit too and can be printed, journaled and typed.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::ids::{BadId, Iqn, LunNumber, Wwpn};
use super::nouns::Protocol;
use super::selector::Selector;
use crate::kit::redact::Secret;

/// An initiator by its own name, which is its id on every array.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InitiatorName {
    /// iSCSI.
    Iqn(Iqn),
    /// Fibre Channel.
    Wwpn(Wwpn),
}

impl InitiatorName {
    /// Its protocol.
    pub const fn protocol(&self) -> Protocol {
        match self {
            Self::Iqn(_) => Protocol::Iscsi,
            Self::Wwpn(_) => Protocol::Fc,
        }
    }
}

impl fmt::Display for InitiatorName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Iqn(iqn) => iqn.fmt(f),
            Self::Wwpn(wwpn) => wwpn.fmt(f),
        }
    }
}

impl std::str::FromStr for InitiatorName {
    type Err = BadId;

    /// An IQN, EUI or NAA name, else a WWPN with colons, `0x` or bare.
    fn from_str(text: &str) -> Result<Self, BadId> {
        match text.parse::<Wwpn>() {
            Ok(wwpn) => Ok(Self::Wwpn(wwpn)),
            Err(_) => text.parse().map(Self::Iqn),
        }
    }
}

/// Which groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupSort {
    /// Of hosts.
    Hosts,
    /// Of LUNs.
    Luns,
    /// Of ports.
    Ports,
}

impl GroupSort {
    /// The noun of the command line.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Hosts => "hostgroup",
            Self::Luns => "lungroup",
            Self::Ports => "portgroup",
        }
    }

    /// What is in it.
    pub const fn member(self) -> &'static str {
        match self {
            Self::Hosts => "host",
            Self::Luns => "lun",
            Self::Ports => "port",
        }
    }
}

/// How an array that takes the path policy from the host gives out its paths
/// (oceanstor.md §5, "Host V6").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AccessMode {
    /// All paths alike.
    Balanced,
    /// Paths of the owning controller first.
    Asymmetric,
}

impl AccessMode {
    /// The word of the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Balanced => "balanced",
            Self::Asymmetric => "asymmetric",
        }
    }
}

/// How an array that takes the path policy from the initiator treats it
/// (oceanstor.md §5, "Initiator"). What is `None` stays as it is, or was not told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathPolicy {
    /// `MULTIPATHTYPE`: 0 the array maker's own multipath, 1 that of others.
    pub multipath_type: Option<u8>,
    /// `FAILOVERMODE`, 0 to 3.
    pub failover_mode: Option<u8>,
    /// `SPECIALMODETYPE`, 0 to 3; only with failover mode 3.
    pub special_mode: Option<u8>,
    /// `PATHTYPE`: 0 preferred, 1 not.
    pub path_type: Option<u8>,
}

/// Whether an array answers commands to a LUN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LunState {
    /// It does.
    Online,
    /// It refuses them.
    Offline,
}

impl LunState {
    /// The verb of the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Offline => "offline",
        }
    }
}

/// Whom a LUN is mapped to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Party {
    /// One host.
    Host(Selector),
    /// Every host of a group.
    HostGroup(Selector),
    /// Everybody; for unmapping only.
    AllHosts,
}

/// A user and the secret it proves itself with.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The CHAP user.
    pub user: String,
    /// The CHAP secret; `None` in an inverse, because no array tells the one it replaces.
    pub secret: Option<Secret>,
}

/// A change that is wanted. `Selector`s name what exists, plain texts what does not exist yet.
#[derive(Debug, Clone)]
pub enum Edit {
    /// `host create`.
    CreateHost {
        /// Its name; what is too long for the array is shortened, and kept in the description.
        name: String,
        /// The array's number of an operating system; `None` = Linux.
        os: Option<u16>,
        /// Free text; `None` = the name.
        description: Option<String>,
    },
    /// `host set`.
    SetHost {
        /// The host.
        host: Selector,
        /// Its new access mode.
        access: AccessMode,
    },
    /// `host delete`.
    DeleteHost {
        /// The host.
        host: Selector,
    },
    /// `initiator create`.
    CreateInitiator {
        /// Its name.
        initiator: InitiatorName,
        /// The host to bind it to; `None` = free.
        host: Option<Selector>,
    },
    /// `initiator bind`.
    BindInitiator {
        /// The initiator.
        initiator: InitiatorName,
        /// The host to bind it to.
        host: Selector,
        /// The host it is to be taken from.
        from: Option<Selector>,
    },
    /// `initiator unbind`.
    UnbindInitiator {
        /// The initiator.
        initiator: InitiatorName,
        /// The host it is bound to.
        host: Selector,
    },
    /// `initiator delete`.
    DeleteInitiator {
        /// The initiator.
        initiator: InitiatorName,
    },
    /// `initiator set`.
    SetInitiator {
        /// The initiator.
        initiator: InitiatorName,
        /// What changes.
        paths: PathPolicy,
    },
    /// `initiator set-chap`.
    SetChap {
        /// The initiator.
        initiator: InitiatorName,
        /// What it must prove.
        chap: Credentials,
    },
    /// `initiator clear-chap`.
    ClearChap {
        /// The initiator.
        initiator: InitiatorName,
    },
    /// `hostgroup create`, `lungroup create`, `portgroup create`.
    CreateGroup {
        /// Which groups.
        sort: GroupSort,
        /// Its name.
        name: String,
    },
    /// `… delete`.
    DeleteGroup {
        /// Which groups.
        sort: GroupSort,
        /// The group.
        group: Selector,
    },
    /// `hostgroup add-host`, `lungroup add-lun`, `portgroup add-port`.
    AddMember {
        /// Which groups.
        sort: GroupSort,
        /// The group.
        group: Selector,
        /// The member.
        member: Selector,
        /// The number that the hosts shall see a LUN by; `None` = the array chooses.
        number: Option<LunNumber>,
    },
    /// `hostgroup remove-host`, `lungroup remove-lun`, `portgroup remove-port`.
    RemoveMember {
        /// Which groups.
        sort: GroupSort,
        /// The group.
        group: Selector,
        /// The member.
        member: Selector,
    },
    /// `hostgroup add-initiator`, where a host group holds initiators.
    AddInitiator {
        /// The host group.
        group: Selector,
        /// The initiator.
        initiator: InitiatorName,
    },
    /// `hostgroup remove-initiator`.
    RemoveInitiator {
        /// The host group.
        group: Selector,
        /// The initiator.
        initiator: InitiatorName,
    },
    /// `mapping create`.
    CreateMapping {
        /// Its name.
        name: String,
    },
    /// `mapping delete`.
    DeleteMapping {
        /// The mapping.
        mapping: Selector,
    },
    /// `mapping add-group`.
    AddGroup {
        /// The mapping.
        mapping: Selector,
        /// Which groups.
        sort: GroupSort,
        /// The group.
        group: Selector,
    },
    /// `mapping remove-group`.
    RemoveGroup {
        /// The mapping.
        mapping: Selector,
        /// Which groups.
        sort: GroupSort,
        /// The group.
        group: Selector,
    },
    /// `mapping set-number`.
    SetNumber {
        /// The mapping.
        mapping: Selector,
        /// The LUN.
        lun: Selector,
        /// The number that the hosts see from then on.
        number: LunNumber,
    },
    /// `lun map`.
    MapLun {
        /// The LUN.
        lun: Selector,
        /// Who shall see it.
        to: Party,
        /// The number; `None` = the array chooses.
        number: Option<LunNumber>,
        /// By a mapping of this LUN and this host alone, where the array has such.
        direct: bool,
    },
    /// `lun unmap`.
    UnmapLun {
        /// The LUN.
        lun: Selector,
        /// Who shall not see it any more.
        from: Party,
    },
    /// `lun create`.
    CreateLun {
        /// Its name.
        name: String,
        /// Its size in bytes.
        size_bytes: u64,
        /// The pool it lives in.
        pool: Selector,
    },
    /// `lun resize`: only grows.
    ResizeLun {
        /// The LUN.
        lun: Selector,
        /// Its new size in bytes.
        size_bytes: u64,
    },
    /// `lun delete`.
    DeleteLun {
        /// The LUN.
        lun: Selector,
    },
    /// `lun online`, `lun offline`.
    SetLunState {
        /// The LUN.
        lun: Selector,
        /// Its new state.
        state: LunState,
    },
}

impl fmt::Display for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = Line::default();
        match self {
            Self::CreateHost {
                name,
                os,
                description,
            } => line
                .words(&["host", "create"])
                .word(name)
                .option("--os", os.as_ref())
                .option("--description", description.as_ref()),
            Self::SetHost { host, access } => line
                .words(&["host", "set"])
                .word(host)
                .option("--access-mode", Some(access.word())),
            Self::DeleteHost { host } => line.words(&["host", "delete"]).word(host),
            Self::CreateInitiator { initiator, host } => line
                .words(&["initiator", "create"])
                .word(initiator)
                .option("--host", host.as_ref()),
            Self::BindInitiator {
                initiator,
                host,
                from,
            } => line
                .words(&["initiator", "bind"])
                .word(initiator)
                .option("--host", Some(host))
                .option("--move-from", from.as_ref()),
            Self::UnbindInitiator { initiator, host } => line
                .words(&["initiator", "unbind"])
                .word(initiator)
                .option("--host", Some(host)),
            Self::DeleteInitiator { initiator } => {
                line.words(&["initiator", "delete"]).word(initiator)
            }
            Self::SetInitiator { initiator, paths } => line
                .words(&["initiator", "set"])
                .word(initiator)
                .option("--multipath-type", paths.multipath_type)
                .option("--failover-mode", paths.failover_mode)
                .option("--special-mode", paths.special_mode)
                .option("--path-type", paths.path_type),
            Self::SetChap { initiator, chap } => line
                .words(&["initiator", "set-chap"])
                .word(initiator)
                .option("--user", Some(&chap.user))
                .words(&["--secret-prompt"]),
            Self::ClearChap { initiator } => {
                line.words(&["initiator", "clear-chap"]).word(initiator)
            }
            Self::CreateGroup { sort, name } => line.words(&[sort.noun(), "create"]).word(name),
            Self::DeleteGroup { sort, group } => line.words(&[sort.noun(), "delete"]).word(group),
            Self::AddMember {
                sort,
                group,
                member,
                number,
            } => line
                .words(&[sort.noun()])
                .word(format!("add-{}", sort.member()))
                .word(group)
                .word(member)
                .option("--lun-number", number.as_ref()),
            Self::RemoveMember {
                sort,
                group,
                member,
            } => line
                .words(&[sort.noun()])
                .word(format!("remove-{}", sort.member()))
                .word(group)
                .word(member),
            Self::AddInitiator { group, initiator } => line
                .words(&["hostgroup", "add-initiator"])
                .word(group)
                .word(initiator),
            Self::RemoveInitiator { group, initiator } => line
                .words(&["hostgroup", "remove-initiator"])
                .word(group)
                .word(initiator),
            Self::CreateMapping { name } => line.words(&["mapping", "create"]).word(name),
            Self::DeleteMapping { mapping } => line.words(&["mapping", "delete"]).word(mapping),
            Self::AddGroup {
                mapping,
                sort,
                group,
            } => line
                .words(&["mapping", "add-group"])
                .word(mapping)
                .option(&format!("--{}", sort.noun()), Some(group)),
            Self::RemoveGroup {
                mapping,
                sort,
                group,
            } => line
                .words(&["mapping", "remove-group"])
                .word(mapping)
                .option(&format!("--{}", sort.noun()), Some(group)),
            Self::SetNumber {
                mapping,
                lun,
                number,
            } => line
                .words(&["mapping", "set-number"])
                .word(mapping)
                .word(lun)
                .word(number),
            Self::MapLun {
                lun,
                to,
                number,
                direct,
            } => line
                .words(&["lun", "map"])
                .word(lun)
                .party(to)
                .option("--lun-number", number.as_ref())
                .words(if *direct { &["--direct"] } else { &[] }),
            Self::UnmapLun { lun, from } => line.words(&["lun", "unmap"]).word(lun).party(from),
            Self::CreateLun {
                name,
                size_bytes,
                pool,
            } => line
                .words(&["lun", "create"])
                .word(name)
                .option("--size", Some(format!("{size_bytes}B")))
                .option("--pool", Some(pool)),
            Self::ResizeLun { lun, size_bytes } => line
                .words(&["lun", "resize"])
                .word(lun)
                .option("--size", Some(format!("{size_bytes}B"))),
            Self::DeleteLun { lun } => line.words(&["lun", "delete"]).word(lun),
            Self::SetLunState { lun, state } => line.words(&["lun", state.word()]).word(lun),
        };
        write!(f, "sanctl{}", line.0)
    }
}

/// A command that grows word by word, each quoted as a shell takes it.
#[derive(Default)]
struct Line(String);

impl Line {
    fn words(&mut self, words: &[&str]) -> &mut Self {
        for word in words {
            self.0.push(' ');
            self.0.push_str(word);
        }
        self
    }

    fn word(&mut self, word: impl fmt::Display) -> &mut Self {
        let word = crate::kit::shell::word(&word.to_string());
        self.words(&[word.as_str()])
    }

    fn option(&mut self, name: &str, value: Option<impl fmt::Display>) -> &mut Self {
        match value {
            Some(value) => self.words(&[name]).word(value),
            None => self,
        }
    }

    fn party(&mut self, party: &Party) -> &mut Self {
        match party {
            Party::Host(host) => self.option("--host", Some(host)),
            Party::HostGroup(group) => self.option("--hostgroup", Some(group)),
            Party::AllHosts => self.words(&["--all-hosts"]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_reads_as_the_command_that_asks_for_it() {
        let host = || Selector::Name("compute 2".into());
        let lun = || Selector::Id("30".into());
        let cases = [
            (
                Edit::CreateHost {
                    name: "compute-2".into(),
                    os: None,
                    description: Some("rack 4".into()),
                },
                "sanctl host create compute-2 --description 'rack 4'",
            ),
            (
                Edit::BindInitiator {
                    initiator: "iqn.1994-05.com.redhat:83feeda2b41d".parse().unwrap(),
                    host: host(),
                    from: None,
                },
                "sanctl initiator bind iqn.1994-05.com.redhat:83feeda2b41d --host 'compute 2'",
            ),
            (
                Edit::AddMember {
                    sort: GroupSort::Luns,
                    group: Selector::Name("g".into()),
                    member: lun(),
                    number: Some(LunNumber(7)),
                },
                "sanctl lungroup add-lun g id:30 --lun-number 7",
            ),
            (
                Edit::UnmapLun {
                    lun: lun(),
                    from: Party::AllHosts,
                },
                "sanctl lun unmap id:30 --all-hosts",
            ),
            (
                Edit::SetChap {
                    initiator: "10:00:00:00:c9:2b:4c:5d".parse().unwrap(),
                    chap: Credentials {
                        user: "node".into(),
                        secret: Some(Secret::new("canary-of-chap".into())),
                    },
                },
                "sanctl initiator set-chap 10000000c92b4c5d --user node --secret-prompt",
            ),
        ];
        for (edit, line) in cases {
            assert_eq!(edit.to_string(), line);
            assert!(!format!("{edit:?}").contains("canary"));
        }
    }
}
