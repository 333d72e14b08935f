//! Who else would see the LUN, or lose it: groups and views that are not this host's alone.

use super::Shared;
use super::ask::Ask;
use super::parts::Noun;
use super::sight::{Known, Ref, Sight};
use crate::array::error::Error;

/// The hosts that a LUN group's views reach.
pub(super) fn hosts_of_lungroup(ask: &Ask<'_>, lungroup: &str) -> Result<Vec<Ref>, Error> {
    let mut hosts: Vec<Ref> = Vec::new();
    for view in ask.belonging(Noun::View, Noun::LunGroup.code(), lungroup)? {
        for group in ask.belonging(Noun::HostGroup, Noun::View.code(), &view.id)? {
            for host in ask.belonging(Noun::Host, Noun::HostGroup.code(), &group.id)? {
                if !hosts.contains(&host) {
                    hosts.push(host);
                }
            }
        }
    }
    Ok(hosts)
}

/// `1 node11, 5 node12`.
pub(super) fn names(refs: &[Ref]) -> String {
    let words: Vec<String> = refs
        .iter()
        .map(|r| format!("{} {}", r.id, r.name).trim_end().to_owned())
        .collect();
    words.join(", ")
}

/// Refuses a LUN that other hosts see, unless sharing was asked for.
pub(super) fn other_hosts(
    shared: &Shared,
    ask: &Ask<'_>,
    sight: &Sight,
    direct: &[String],
) -> Result<(), Error> {
    let Some(lun) = sight.lun.as_ref().filter(|_| !shared.publication.shared) else {
        return Ok(());
    };
    let host = sight.id(Noun::Host);
    let own = host.and_then(|id| Noun::LunGroup.name_for(id));
    let mut others: Vec<Ref> = Vec::new();
    for group in sight
        .lun_groups
        .iter()
        .filter(|g| Some(&g.name) != own.as_ref())
    {
        others.extend(hosts_of_lungroup(ask, &group.id)?);
    }
    for id in direct {
        let known = ask.host_by_id(id)?.map(|h| h.at);
        others.push(known.unwrap_or_else(|| Ref::new(id.clone(), "")));
    }
    others.retain(|o| Some(o.id.as_str()) != host);
    others.dedup();
    if others.is_empty() {
        return Ok(());
    }
    let name = &lun.fact.name;
    Err(Error::Conflict {
        why: format!("LUN {name} is mapped to host {} already", names(&others)),
        hints: vec![
            "if both may use it at once: --shared".into(),
            format!("sanctl lun mappings {name}"),
        ],
    })
}

/// A group that is in the view without bearing the convention's name: fine when it serves this
/// host alone (or sharing was asked for), else in the way.
pub(super) fn foreign_group(
    shared: &Shared,
    ask: &Ask<'_>,
    noun: Noun,
    held: &Ref,
    host: &str,
) -> Result<Known<()>, Error> {
    let wanted = noun.name_for(host).unwrap_or_default();
    let mut found = format!("{} {} {}", noun.word(), held.id, held.name);
    if noun == Noun::HostGroup {
        let hosts = ask.belonging(Noun::Host, noun.code(), &held.id)?;
        let here = hosts.iter().any(|h| h.id == host);
        if here && (hosts.len() == 1 || shared.publication.shared) {
            return Ok(Known::Found(()));
        }
        found = format!("{found} with host {}", names(&hosts));
    }
    Ok(Known::Other { found, wanted })
}

/// Hosts other than this one in a host group, in words.
pub(super) fn holds_others(
    ask: &Ask<'_>,
    group: &Ref,
    host: &str,
) -> Result<Option<String>, Error> {
    let mut hosts = ask.belonging(Noun::Host, Noun::HostGroup.code(), &group.id)?;
    hosts.retain(|h| h.id != host);
    Ok((!hosts.is_empty()).then(|| {
        format!(
            "hostgroup {} {} holds host {}",
            group.id,
            group.name,
            names(&hosts)
        )
    }))
}

/// Views other than this host's that show a LUN group, in words.
pub(super) fn shows_elsewhere(
    ask: &Ask<'_>,
    group: &Ref,
    host: &str,
) -> Result<Option<String>, Error> {
    let own = Noun::View.name_for(host).unwrap_or_default();
    let mut views = ask.belonging(Noun::View, Noun::LunGroup.code(), &group.id)?;
    views.retain(|v| v.name != own);
    Ok((!views.is_empty()).then(|| {
        format!(
            "lungroup {} {} is in view {}",
            group.id,
            group.name,
            names(&views)
        )
    }))
}
