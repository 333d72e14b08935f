//! Edits as the commands that ask for them.

use std::fmt;

use super::{Edit, GroupProtocol, Party};

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
            Self::SetChap {
                initiator,
                chap,
                mutual,
            } => {
                line.words(&["initiator", "set-chap"])
                    .word(initiator)
                    .option("--user", Some(&chap.user))
                    .words(&["--secret-prompt"]);
                if let Some(mutual) = mutual {
                    line.option("--mutual-user", Some(&mutual.user))
                        .words(&["--mutual-secret-prompt"]);
                }
                &mut line
            }
            Self::ClearChap { initiator } => {
                line.words(&["initiator", "clear-chap"]).word(initiator)
            }
            Self::CreateGroup { sort, name } => line.words(&[sort.noun(), "create"]).word(name),
            Self::CreateHostGroup {
                name,
                protocol,
                os,
                initiators,
            } => {
                line.words(&["hostgroup", "create"])
                    .word(name)
                    .option("--protocol", protocol.map(GroupProtocol::word))
                    .option("--os", os.as_ref());
                for initiator in initiators {
                    line.option("--initiator", Some(initiator));
                }
                &mut line
            }
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
            Self::CreateLunMap { lun, group, number } => line
                .words(&["mapping", "create"])
                .option("--lun", Some(lun))
                .option("--hostgroup", Some(group))
                .option("--lun-number", number.as_ref()),
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
    use crate::kit::redact::Secret;
    use crate::model::edit::{Credentials, GroupSort};
    use crate::model::ids::LunNumber;
    use crate::model::selector::Selector;

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
                    mutual: None,
                },
                "sanctl initiator set-chap 10000000c92b4c5d --user node --secret-prompt",
            ),
            (
                Edit::CreateHostGroup {
                    name: "g".into(),
                    protocol: Some(GroupProtocol::Mixed),
                    os: Some("linux".into()),
                    initiators: vec!["10:00:00:00:c9:2b:4c:5d".parse().unwrap()],
                },
                "sanctl hostgroup create g --protocol mixed --os linux \
                 --initiator 10000000c92b4c5d",
            ),
            (
                Edit::CreateLunMap {
                    lun: Selector::Name("/vol/v/l".into()),
                    group: Selector::Name("g".into()),
                    number: Some(LunNumber(0)),
                },
                "sanctl mapping create --lun /vol/v/l --hostgroup g --lun-number 0",
            ),
        ];
        for (edit, line) in cases {
            assert_eq!(edit.to_string(), line);
            assert!(!format!("{edit:?}").contains("canary"));
        }
    }
}
