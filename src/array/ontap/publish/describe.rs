//! The steps in words, as `sanctl` verbs and as curl lines.

use super::super::curl::{lines, mapping, with_secret};
use super::super::wire::{Account, Deed, IgroupRef, LunRef, NewIgroup, WhileMapped};
use super::{IGROUP, IGROUP_UUID, Shared};
use crate::config::SecretSource;
use crate::kit::redact::{MASK, Secret};
use crate::kit::shell::word;
use crate::model::facts::Facts;
use crate::step::{Aim, Description};

impl Shared {
    /// A change as lines of curl; none while the interface is not known.
    fn wire_line(&self, deed: &Deed<'_>) -> Vec<String> {
        match self.line.wire.get() {
            Some(wire) => lines(&wire.plan(deed)),
            None => Vec::new(),
        }
    }

    /// The igroup as it is or will be.
    fn told_igroup(&self, facts: &Facts) -> IgroupRef {
        let mut igroup = self.igroup_ref(&self.sight());
        if let Some(name) = facts.objects.get(IGROUP) {
            igroup.name.clone_from(name);
        }
        if let Some(uuid) = facts.objects.get(IGROUP_UUID) {
            igroup.uuid.clone_from(uuid);
        }
        igroup
    }

    fn told_lun(&self, facts: &Facts) -> LunRef {
        if let Some(lun) = &self.sight().lun {
            return lun.at.clone();
        }
        let lun = facts.lun.as_ref();
        LunRef {
            path: lun.map_or_else(|| self.publication.lun.to_string(), |l| l.name.clone()),
            uuid: lun.map(|l| l.id.clone()).unwrap_or_default(),
        }
    }

    pub(super) fn describe_igroup(&self, facts: &Facts, aim: Aim) -> Description {
        let igroup = self.told_igroup(facts);
        let name = word(&igroup.name);
        if aim == Aim::Detach {
            return Description {
                title: format!("delete igroup {}", igroup.name),
                why: "no LUN is mapped to it any more".into(),
                verbs: vec![format!("sanctl hostgroup delete {name}")],
                wire: self.wire_line(&Deed::DestroyIgroup(&igroup)),
            };
        }
        let new = NewIgroup {
            name: igroup.name.clone(),
            ..self.new_igroup()
        };
        Description {
            title: format!("create igroup {}", igroup.name),
            why: "LUNs are mapped to igroups, and this one holds the node's initiators".into(),
            verbs: vec![format!(
                "sanctl hostgroup create {name} --protocol {}",
                new.protocol.word()
            )],
            wire: self.wire_line(&Deed::CreateIgroup(&new)),
        }
    }

    /// Whether an igroup ends with its last map, as far as a plan can tell.
    fn goes(&self, name: &str) -> bool {
        let sight = self.sight();
        let alone = |igroup: &super::super::wire::Igroup| {
            igroup.name == name && igroup.others(&self.initiators).is_empty()
        };
        name == self.own_name() && sight.chosen.as_ref().is_some_and(alone)
    }

    pub(super) fn describe_member(&self, facts: &Facts, aim: Aim) -> Description {
        let igroup = self.told_igroup(facts);
        let name = word(&igroup.name);
        let who = self.who();
        let mut wire = Vec::new();
        let mut verbs = Vec::new();
        // An igroup that is made with its members needs no second request.
        let new = self.sight().chosen.is_none() && !facts.objects.contains_key(IGROUP);
        let filled = new && self.line.wire.get().is_some_and(|wire| wire.fills());
        // One that is deleted takes them along.
        let gone = aim == Aim::Detach && self.goes(&igroup.name);
        for initiator in self.initiators.iter().filter(|_| !gone) {
            let (verb, deed) = match aim {
                Aim::Detach => (
                    "remove-initiator",
                    Deed::RemoveInitiator(&igroup, initiator, WhileMapped::Refuse),
                ),
                _ => ("add-initiator", Deed::AddInitiator(&igroup, initiator)),
            };
            verbs.push(format!(
                "sanctl hostgroup {verb} {name} {}",
                word(initiator)
            ));
            if !filled {
                wire.extend(self.wire_line(&deed));
            }
        }
        let title = match aim {
            Aim::Detach => format!("remove {who} from igroup {}", igroup.name),
            _ => format!("add {who} to igroup {}", igroup.name),
        };
        Description {
            title,
            why: "only members of an igroup see its LUNs".into(),
            verbs,
            wire,
        }
    }

    pub(super) fn describe_map(&self, facts: &Facts, aim: Aim) -> Description {
        let mut igroup = self.told_igroup(facts);
        let lun = self.told_lun(facts);
        let path = word(&lun.path);
        if aim == Aim::Detach {
            if let Some(map) = &self.sight().map {
                igroup = map.group();
            }
            let name = word(&igroup.name);
            return Description {
                title: format!("unmap LUN {} from igroup {}", lun.path, igroup.name),
                why: "the node has no use for it any more".into(),
                verbs: vec![format!("sanctl lun unmap {path} --hostgroup {name}")],
                wire: self.wire_line(&Deed::Unmap(&lun, &igroup)),
            };
        }
        let number = self.number_to_ask(&self.sight()).ok().flatten();
        let asked = number.map(|n| format!(" --lun-number {n}"));
        let asked = asked.unwrap_or_default();
        let name = word(&igroup.name);
        // The lines of the node read it: the array chose it, or was asked for it.
        let own = word(&format!(
            ".items[] | select(.hostgroup.name == \"{}\") | .lun_number",
            igroup.name
        ));
        let wire = self.line.wire.get();
        let wire = wire.map(|wire| mapping(&wire.plan(&Deed::Map(&lun, &igroup, number))));
        Description {
            title: format!("map LUN {} to igroup {}", lun.path, igroup.name),
            why: "this makes the LUN visible to the node".into(),
            verbs: vec![
                format!("sanctl lun map {path} --hostgroup {name}{asked}"),
                format!("LUN_NUMBER=$(sanctl lun mappings {path} -o json | jq -r {own})"),
            ],
            wire: wire.into_iter().collect(),
        }
    }

    pub(super) fn describe_chap(&self, _facts: &Facts, aim: Aim) -> Description {
        let initiator = self.initiators.first().cloned().unwrap_or_default();
        let shown = word(&initiator);
        if aim == Aim::Detach {
            return Description {
                title: format!("delete the CHAP entry of {initiator}"),
                why: "no LUN is mapped to the node any more".into(),
                verbs: vec![format!("sanctl initiator clear-chap {shown}")],
                wire: self.wire_line(&Deed::RemoveCredential(&initiator, "")),
            };
        }
        let chap = self.line.settings.chap.as_ref();
        let account = Account {
            user: chap.map(|c| c.user.clone()).unwrap_or_default(),
            secret: Secret::new(MASK.to_owned()),
            mutual: None,
        };
        // The secret goes to the array from where it is kept: printed here, it would be told.
        let source = chap.map_or(&SecretSource::Prompt, |c| &c.password);
        let from = match source {
            SecretSource::File(path) => format!("--secret-file {}", word(path)),
            _ => "--secret-prompt".to_owned(),
        };
        let deed = Deed::AddCredential(&initiator, &account);
        let wire = self.line.wire.get();
        let wire = wire.map(|wire| with_secret(&wire.plan(&deed), source));
        Description {
            title: format!("ask {initiator} for CHAP as {}", account.user),
            why: "it has no entry of its own and no session; whoever logs in from now on has to give \
                  the account"
                .into(),
            verbs: vec![format!(
                "sanctl initiator set-chap {shown} --user {} {from}",
                word(&account.user)
            )],
            wire: wire.unwrap_or_default(),
        }
    }
}
