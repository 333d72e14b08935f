//! The steps in words, as `sanctl` verbs and as curl lines.
//!
//! A line reads `$BASE` (the interface's root with the array's serial) and `$TOKEN` (a file with
//! the session's header lines, so that no secret stands in an argument list); `script.rs` has the
//! lines that fill them. Ids that are not known yet are shell variables filled by an earlier line.

use super::super::envelope::{Method, Request};
use super::Shared;
use super::parts::{self, Link, Noun};
use crate::model::facts::Facts;
use crate::step::{Aim, Description};

/// Variables that a line may fill or use; nothing else is expanded by the shell.
const VARIABLES: &[&str] = &[
    "$HOST_ID",
    "$HOSTGROUP_ID",
    "$LUNGROUP_ID",
    "$VIEW_ID",
    "$PORTGROUP_ID",
    "$LUN_ID",
];

/// Quotes a word for the shell. Known variables stay variables.
pub(super) fn quote(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:/@%+=,".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    if !VARIABLES.iter().any(|v| text.contains(v)) {
        return format!("'{}'", text.replace('\'', r"'\''"));
    }
    let mut quoted = String::new();
    for c in text.chars() {
        if matches!(c, '\\' | '"' | '`' | '$') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    for variable in VARIABLES {
        let escaped = format!("\\{variable}");
        // With braces, so that a letter behind it does not make it another variable.
        quoted = quoted.replace(
            &escaped,
            &format!("${{{}}}", variable.trim_start_matches('$')),
        );
    }
    format!("\"{quoted}\"")
}

/// A request as one curl line.
fn curl(request: &Request) -> String {
    let mut line = "curl -sS -H @\"$TOKEN\"".to_owned();
    if request.method != Method::Get {
        line.push_str(" -X ");
        line.push_str(request.method.word());
    }
    let path = format!("\"$BASE\"{}", quote(&request.path));
    line.push(' ');
    line.push_str(&path);
    if let Some(body) = &request.body {
        line.push_str(" -d ");
        line.push_str(&quote(&body.to_string()));
    }
    line
}

/// What makes jq fail with the array's words; the status is 200 all the same.
pub(super) const OR_ERROR: &str = r#"error("\(.error)")"#;

/// A change as one line that fails when the array refuses it.
fn change(request: &Request) -> String {
    format!("{} | jq -e '.error.code == 0 or {OR_ERROR}'", curl(request))
}

/// A read as one curl line.
fn get(path: &str) -> String {
    curl(&Request {
        method: Method::Get,
        path: path.to_owned(),
        body: None,
    })
}

/// The line that fills a variable from the `ID` of a reply.
fn fill(noun: Noun, request: &Request) -> String {
    let variable = Facts::none().id_or_variable(noun.word());
    let variable = variable.trim_start_matches('$').to_owned();
    format!(
        "{variable}=$({} | jq -er '.data.ID // {OR_ERROR}')",
        curl(request)
    )
}

/// The line that fills `$LUN_NUMBER` from the host's LUNs at `path`, where the array writes the
/// number into a text. It fails while the host does not see the LUN.
fn read_number(path: &str, lun_id: &str) -> String {
    let number = ".data[] | select(.ID == $lun) | .ASSOCIATEMETADATA | (fromjson? // .) \
                  | if type == \"array\" then .[0] else . end | .HostLUNID // .hostLUNId";
    format!(
        "LUN_NUMBER=$({} | jq -er --arg lun {} {})",
        get(path),
        quote(lun_id),
        quote(number)
    )
}

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
        let mut verbs = vec![format!("sanctl {verb} create {}", quote(&name))];
        let request = if noun == Noun::Host {
            let v6 = self.sight().lun.as_ref().is_some_and(|l| l.v6);
            if !facts.objects.contains_key(noun.word()) {
                verbs.push(format!(
                    "HOST_ID=$(sanctl host show {} -o json | jq -r .item.id)",
                    quote(&name)
                ));
            }
            parts::create_host(&name, &self.publication.connector.host, v6)
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
                facts.id_or_variable(noun.word()),
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

    pub(super) fn describe_initiator(&self, facts: &Facts, aim: Aim) -> Description {
        let iqn = &self.iqn;
        let host = self.planned(Noun::Host, facts);
        let quoted = quote(&host);
        if aim == Aim::Detach {
            return Description {
                title: format!("free initiator {iqn} from host {host} and delete it"),
                why: "the host sees nothing any more".into(),
                verbs: vec![
                    format!("sanctl initiator unbind {iqn} --host {quoted}"),
                    format!("sanctl initiator delete {iqn}"),
                ],
                wire: vec![
                    change(&parts::initiator::unbind(iqn)),
                    change(&parts::initiator::delete(iqn)),
                ],
            };
        }
        let known = self.sight().initiator.found().is_some();
        let host_id = facts.id_or_variable(Noun::Host.word());
        let chap = self.sight().initiator.found().is_some_and(|i| i.chap);
        let bind = change(&parts::initiator::bind(iqn, &host_id, chap));
        let (verb, wire) = if known {
            ("bind", vec![bind])
        } else {
            ("create", vec![change(&parts::initiator::create(iqn)), bind])
        };
        Description {
            title: format!("{verb} initiator {iqn} for host {host}"),
            why: "the name by which the array knows this node when it logs in".into(),
            verbs: vec![format!("sanctl initiator {verb} {iqn} --host {quoted}")],
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
        Description {
            title: title.into(),
            why: why.into(),
            verbs: vec![format!("sanctl host luns {}", quote(&host))],
            wire: vec![wire],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_the_shell() {
        for (text, want) in [
            ("vol-7", "vol-7"),
            ("", "''"),
            ("two words", "'two words'"),
            ("it's", r"'it'\''s'"),
            ("$(reboot)", "'$(reboot)'"),
            ("G_$HOST_ID", "\"G_${HOST_ID}\""),
            ("`x` $HOST_ID $y", "\"\\`x\\` ${HOST_ID} \\$y\""),
        ] {
            assert_eq!(quote(text), want);
        }
    }

    #[test]
    fn a_request_as_a_line() {
        let request = Noun::HostGroup.create("OpenStack_HostGroup_$HOST_ID");
        assert_eq!(
            fill(Noun::HostGroup, &request),
            "HOSTGROUP_ID=$(curl -sS -H @\"$TOKEN\" -X POST \"$BASE\"/hostgroup -d \
             \"{\\\"TYPE\\\":\\\"14\\\",\\\"NAME\\\":\\\"OpenStack_HostGroup_${HOST_ID}\\\"}\" \
             | jq -er '.data.ID // error(\"\\(.error)\")')"
        );
        assert_eq!(
            read_number("/lun/associate?ASSOCIATEOBJID=$HOST_ID", "30"),
            "LUN_NUMBER=$(curl -sS -H @\"$TOKEN\" \"$BASE\"\"/lun/associate?ASSOCIATEOBJID=${HOST_ID}\" \
             | jq -er --arg lun 30 '.data[] | select(.ID == $lun) | .ASSOCIATEMETADATA \
             | (fromjson? // .) | if type == \"array\" then .[0] else . end \
             | .HostLUNID // .hostLUNId')"
        );
        let line = curl(&Link::LunGroupLun.part("1", "30", 11));
        assert_eq!(
            line,
            "curl -sS -H @\"$TOKEN\" -X DELETE \
             \"$BASE\"'/lungroup/associate?ID=1&ASSOCIATEOBJTYPE=11&ASSOCIATEOBJID=30'"
        );
    }
}
