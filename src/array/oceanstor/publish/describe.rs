//! The steps in words, as `sanctl` verbs and as curl lines.
//!
//! How a line is built is in `curl.rs`; `script.rs` has the lines around them. Ids that are not known
//! yet are shell variables filled by an earlier line.

use super::super::curl::{change, fill, get, quote, read_number};
use super::Shared;
use super::parts::{self, Link, Noun};
use super::script::with_secret;
use crate::config::SecretSource;
use crate::model::facts::Facts;
use crate::model::nouns::Protocol;
use crate::step::{Aim, Description};

impl Shared {
    /// The name of an object as it will be: with the host's variable while its id is not known.
    fn planned(&self, noun: Noun, facts: &Facts) -> String {
        let sight = self.sight();
        if sight.found(noun).is_some() || matches!(noun, Noun::Host | Noun::PortGroup) {
            return self.name(&sight, noun);
        }
        drop(sight);
        let host = facts.id_or_variable(Noun::Host.word());
        noun.name_for(&host).unwrap_or_default()
    }

    /// The id that is known, else the shell variable that an earlier line fills. No line fills that
    /// of a port group: it is there, or the plan ends before.
    fn id(&self, noun: Noun, facts: &Facts) -> String {
        let seen = self.sight().id(noun).map(str::to_owned);
        seen.filter(|_| noun == Noun::PortGroup)
            .unwrap_or_else(|| facts.id_or_variable(noun.word()))
    }

    fn lun_id(&self, facts: &Facts) -> String {
        match &facts.lun {
            Some(lun) => lun.id.clone(),
            None => self.sight().lun_id().unwrap_or("$LUN_ID").to_owned(),
        }
    }

    fn lun_name(&self, facts: &Facts) -> String {
        match &facts.lun {
            Some(lun) => lun.name.clone(),
            None => self.publication.lun.to_string(),
        }
    }

    pub(super) fn describe_named(&self, noun: Noun, facts: &Facts, aim: Aim) -> Description {
        let name = self.planned(noun, facts);
        let verb = noun.verb();
        if aim == Aim::Detach {
            let id = facts.id_or_variable(noun.word());
            return Description {
                title: format!("delete {} {name}", noun.word()),
                why: "nothing uses it any more".into(),
                verbs: vec![format!("sanctl {verb} delete {}", quote(&name))],
                wire: vec![change(&noun.delete(&id))],
            };
        }
        // The verb shortens a long name itself, and keeps it in the description as we do.
        let typed = match noun {
            Noun::Host => &self.publication.connector.host,
            _ => &name,
        };
        let mut verbs = vec![format!("sanctl {verb} create {}", quote(typed))];
        let request = if noun == Noun::Host {
            let v6 = self.sight().lun.as_ref().is_some_and(|l| l.v6);
            if !facts.objects.contains_key(noun.word()) {
                verbs.push(format!(
                    "HOST_ID=$(sanctl host show {} -o json | jq -r .item.id)",
                    quote(&name)
                ));
            }
            let node = &self.publication.connector.host;
            parts::create_host(&name, parts::LINUX, node, v6)
        } else {
            noun.create(&name)
        };
        Description {
            title: format!("create {} {name}", noun.word()),
            why: noun.why().into(),
            verbs,
            wire: vec![fill(noun, &request)],
        }
    }

    pub(super) fn describe_link(&self, link: Link, facts: &Facts, aim: Aim) -> Description {
        let noun = link.container();
        let container = self.planned(noun, facts);
        let container_id = facts.id_or_variable(noun.word());
        let (member, member_id, code, what) = match link.member() {
            Some(noun) => (
                Some(self.planned(noun, facts))
                    .filter(|name| !name.is_empty())
                    .unwrap_or_else(|| "(any)".into()),
                self.id(noun, facts),
                noun.code(),
                noun.word(),
            ),
            None => {
                let snapshot = facts.lun.as_ref().is_some_and(|l| l.snapshot);
                let code = if snapshot {
                    parts::SNAPSHOT
                } else {
                    parts::LUN
                };
                (self.lun_name(facts), self.lun_id(facts), code, "LUN")
            }
        };
        let (group, name) = (quote(&container), quote(&member));
        let detach = aim == Aim::Detach;
        let act = if detach { "remove" } else { "add" };
        let verb = match link {
            Link::HostGroupHost => format!("sanctl hostgroup {act}-host {group} {name}"),
            Link::LunGroupLun => format!("sanctl lungroup {act}-lun {group} {name}"),
            Link::ViewHostGroup | Link::ViewLunGroup | Link::ViewPortGroup => {
                format!("sanctl mapping {act}-group {group} --{what} {name}")
            }
        };
        let request = if detach {
            link.part(&container_id, &member_id, code)
        } else {
            link.join(&container_id, &member_id, code)
        };
        let title = if detach {
            format!("take {what} {member} out of {} {container}", noun.word())
        } else {
            format!("put {what} {member} into {} {container}", noun.word())
        };
        let why = if detach && link == Link::LunGroupLun {
            "the host sees the LUN no longer"
        } else if detach {
            "nothing uses it any more"
        } else {
            link.why()
        };
        Description {
            title,
            why: why.into(),
            verbs: vec![verb],
            wire: vec![change(&request)],
        }
    }

    pub(super) fn describe_initiator(&self, id: &str, facts: &Facts, aim: Aim) -> Description {
        let protocol = self.protocol();
        let host = self.planned(Noun::Host, facts);
        let quoted = quote(&host);
        let own = self.sight().own(id).known;
        let online = own.found().is_some_and(|i| i.online);
        if aim == Aim::Detach {
            let unbind = parts::initiator::unbind(protocol, id);
            let mut description = Description {
                title: format!("free initiator {id} from host {host}"),
                why: "the host sees nothing any more".into(),
                verbs: vec![format!("sanctl initiator unbind {id} --host {quoted}")],
                wire: vec![change(&unbind)],
            };
            // A port that the array sees would be known again at once.
            if protocol == Protocol::Iscsi || !online {
                let delete = parts::initiator::delete(protocol, id);
                description.title += " and delete it";
                description
                    .verbs
                    .push(format!("sanctl initiator delete {id}"));
                description.wire.push(change(&delete));
            }
            return description;
        }
        let known = own.found().is_some();
        let host_id = facts.id_or_variable(Noun::Host.word());
        let chap = own.found().is_some_and(|i| i.chap);
        let bind = change(&parts::initiator::bind(protocol, id, &host_id, chap));
        let (verb, mut wire) = if known {
            ("bind", vec![bind])
        } else {
            (
                "create",
                vec![change(&parts::initiator::create(protocol, id)), bind],
            )
        };
        let account = self.settings.chap.as_ref().filter(|_| self.wants_chap());
        let mut verbs = vec![format!("sanctl initiator {verb} {id} --host {quoted}")];
        if let Some(account) = account.filter(|_| !chap) {
            // The secret goes to the array from a file: printed here, it would be told.
            let user = quote(&account.user);
            let from = match &account.password {
                SecretSource::File(path) => format!("--secret-file {}", quote(path)),
                _ => "--secret-prompt".to_owned(),
            };
            verbs.push(format!(
                "sanctl initiator set-chap {id} --user {user} {from}"
            ));
            let request =
                parts::initiator::with_chap(parts::initiator::change(id), &account.user, "");
            wire.extend(with_secret(&request, &account.password));
        }
        Description {
            title: format!("{verb} initiator {id} for host {host}"),
            why: match protocol {
                Protocol::Iscsi => "the name by which the array knows this node when it logs in",
                Protocol::Fc if online => "a port by which the array sees this node in the fabric",
                Protocol::Fc => {
                    "a port of this node that the array does not see: check its cable and its zone"
                }
            }
            .into(),
            verbs,
            wire,
        }
    }

    pub(super) fn describe_number(&self, facts: &Facts, aim: Aim) -> Description {
        let host = self.planned(Noun::Host, facts);
        let host_id = facts.id_or_variable(Noun::Host.word());
        let path = format!("/lun/associate?TYPE=11&ASSOCIATEOBJTYPE=21&ASSOCIATEOBJID={host_id}");
        let (title, why, wire) = if aim == Aim::Detach {
            (
                "check that the host sees the LUN no longer",
                "proves that the link is gone",
                get(&path),
            )
        } else {
            (
                "read the LUN's number",
                "proves that the host sees the LUN, and says where",
                read_number(&path, &self.lun_id(facts)),
            )
        };
        let mut verbs = vec![if aim == Aim::Detach {
            format!("sanctl host luns {}", quote(&host))
        } else {
            // The node's lines need it.
            format!(
                "LUN_NUMBER=$(sanctl host luns {} -o json | jq -r {})",
                quote(&host),
                quote(&format!(
                    ".items[] | select(.id == \"{}\" and .snapshot == {}) | .lun_number",
                    self.lun_id(facts),
                    facts.lun.as_ref().is_some_and(|l| l.snapshot)
                ))
            )
        }];
        let mut wire = vec![wire];
        let mut title = title.to_owned();
        if let Some(number) = self.publication.lun_number
            && aim == Aim::Attach
        {
            title = format!("the LUN's number is {number}");
            let view = facts.id_or_variable(Noun::View.word());
            let (name, lun) = (self.planned(Noun::View, facts), self.lun_name(facts));
            // It is read after it is set.
            let verb = format!(
                "sanctl mapping set-number {} {} {number}",
                quote(&name),
                quote(&lun)
            );
            verbs.insert(0, verb);
            let code = self.sight().lun_code();
            let set = parts::set_number(&view, &self.lun_id(facts), code, number.0);
            wire.insert(0, change(&set));
        }
        Description {
            title,
            why: why.into(),
            verbs,
            wire,
        }
    }
}
