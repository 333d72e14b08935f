//! What an ONTAP has not, and what to use instead (INTERFACE, "Verbs").

use super::super::Line;
use super::super::nouns::unsupported;
use crate::array::error::Error;
use crate::kit::shell::word;
use crate::model::edit::{Edit, GroupSort};
use crate::model::selector::Selector;

fn shown(one: &Selector) -> String {
    word(&one.to_string())
}

/// Why a change is none of an ONTAP's; `None` when it is one.
pub(super) fn refusal(line: &Line, edit: &Edit) -> Option<Error> {
    let (what, instead): (&str, String) = match edit {
        Edit::CreateHost { name, .. } => (
            "hosts: an igroup with the initiators of one stands for it",
            format!(
                "sanctl hostgroup create {}  # with --initiator for each of its initiators",
                word(name)
            ),
        ),
        Edit::SetHost { .. } => (
            "access mode of hosts: ALUA tells every host which paths are better",
            "sanctl hostgroup create GROUP --os OS".into(),
        ),
        Edit::DeleteHost { host } => (
            "hosts: an igroup with the initiators of one stands for it",
            format!("sanctl hostgroup delete {}", shown(host)),
        ),
        Edit::CreateInitiator { initiator, host } => (
            "initiators of their own: they are members of igroups",
            match host {
                Some(host) => format!("sanctl hostgroup add-initiator {} {initiator}", shown(host)),
                None => format!("sanctl hostgroup add-initiator GROUP {initiator}"),
            },
        ),
        Edit::BindInitiator {
            initiator, host, ..
        } => (
            "hosts to bind initiators to: they are members of igroups",
            format!("sanctl hostgroup add-initiator {} {initiator}", shown(host)),
        ),
        Edit::UnbindInitiator { initiator, host } => (
            "hosts to free initiators from: they are members of igroups",
            format!(
                "sanctl hostgroup remove-initiator {} {initiator}  # hostgroup add-initiator puts \
                 it back",
                shown(host)
            ),
        ),
        Edit::DeleteInitiator { initiator } => (
            "initiators of their own: they are members of igroups",
            format!(
                "sanctl hostgroup remove-initiator GROUP {initiator}  # hostgroup add-initiator \
                 puts it back"
            ),
        ),
        Edit::SetInitiator { initiator, .. } => (
            "path policy of initiators: the operating system of their igroup is all there is",
            format!("sanctl hostgroup add-initiator GROUP {initiator}"),
        ),
        Edit::CreateGroup { sort, .. } | Edit::DeleteGroup { sort, .. } => of_group(*sort)?,
        Edit::AddMember {
            sort,
            group,
            member,
            ..
        } => match sort {
            GroupSort::Hosts => (
                "hosts in igroups: initiators are",
                format!(
                    "sanctl initiator list  # then sanctl hostgroup add-initiator {} with one",
                    shown(group)
                ),
            ),
            GroupSort::Luns => (
                "LUN groups: each LUN is mapped to igroups",
                format!("sanctl lun map {} --hostgroup HOSTGROUP", shown(member)),
            ),
            GroupSort::Ports => of_group(*sort)?,
        },
        Edit::RemoveMember {
            sort,
            group,
            member,
        } => match sort {
            GroupSort::Hosts => (
                "hosts in igroups: initiators are",
                format!(
                    "sanctl hostgroup show {0}  # then sanctl hostgroup remove-initiator {0} with \
                     one; hostgroup add-initiator puts it back",
                    shown(group)
                ),
            ),
            GroupSort::Luns => (
                "LUN groups: each LUN is mapped to igroups",
                format!("sanctl lun unmap {} --hostgroup HOSTGROUP", shown(member)),
            ),
            GroupSort::Ports => of_group(*sort)?,
        },
        Edit::CreateMapping { .. } => (
            "mapping that is empty: one LUN and one hostgroup are one",
            "sanctl mapping create --lun LUN --hostgroup HOSTGROUP".into(),
        ),
        Edit::AddGroup { sort, group, .. } => (
            "mapping that takes groups: one LUN and one hostgroup are one",
            match sort {
                GroupSort::Hosts => format!("sanctl lun map LUN --hostgroup {}", shown(group)),
                _ => "sanctl lun map LUN --hostgroup HOSTGROUP".into(),
            },
        ),
        Edit::RemoveGroup { sort, group, .. } => (
            "mapping that gives up groups: one LUN and one hostgroup are one",
            match sort {
                GroupSort::Hosts => format!("sanctl lun unmap LUN --hostgroup {}", shown(group)),
                _ => "sanctl lun unmap LUN --hostgroup HOSTGROUP".into(),
            },
        ),
        Edit::SetNumber {
            mapping,
            lun,
            number,
        } => {
            // A map is called by both of its ends.
            let text = mapping.to_string();
            let group = text
                .split_once(":/")
                .map_or("HOSTGROUP", |(group, _)| group);
            let (group, lun) = (word(group), shown(lun));
            (
                "way to change the number of a mapping: unmap and map",
                format!(
                    "sanctl lun unmap {lun} --hostgroup {group}  # then \
                     sanctl lun map {lun} --hostgroup {group} --lun-number {number}"
                ),
            )
        }
        Edit::MapLun {
            direct: true,
            lun,
            to,
            number,
        } => {
            let edit = Edit::MapLun {
                lun: lun.clone(),
                to: to.clone(),
                number: *number,
                direct: false,
            };
            (
                "mapping of a host without a group: a host is an igroup",
                edit.to_string(),
            )
        }
        _ => return None,
    };
    Some(unsupported(line, what.to_owned(), &instead))
}

fn of_group(sort: GroupSort) -> Option<(&'static str, String)> {
    match sort {
        GroupSort::Hosts => None,
        GroupSort::Luns => Some((
            "LUN groups: each LUN is mapped to igroups",
            "sanctl lun map LUN --hostgroup HOSTGROUP  # and lun unmap".into(),
        )),
        GroupSort::Ports => Some((
            "way to change port sets here: they are read only",
            "sanctl portgroup list  # sanctl array call POST /protocols/san/portsets --data FILE makes \
             one"
                .into(),
        )),
    }
}
