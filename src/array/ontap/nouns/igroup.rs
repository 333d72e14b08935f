//! Igroups: what holds the initiators of hosts (ontap.md §9.1).

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::{name_fits, name_or_id, not_found, only, refuse};
use crate::array::ontap::Line;
use crate::array::ontap::wire::{Igroup, IgroupQuery, MapQuery, all};
use crate::array::{Catalog, Error, Filter, Groups, Sink};
use crate::kit::bounds::Bounds;
use crate::model::nouns::{Group, GroupDetail, Member};
use crate::model::selector::Selector;

const WHAT: &str = "hostgroup";

/// An igroup in the words of the model.
fn noun(igroup: &Igroup) -> Group {
    let mut about = format!("{} {}", igroup.protocol, igroup.os_type);
    if let Some(portset) = &igroup.portset {
        about.push_str(&format!(", port set {portset}"));
    }
    Group {
        id: igroup.uuid.clone(),
        name: igroup.name.clone(),
        description: Some(about.trim().to_owned()),
        mapped: igroup.mapped,
    }
}

/// An igroup as a member of something else.
pub(in crate::array::ontap) fn member(what: &str, uuid: &str, name: &str) -> Member {
    Member {
        what: what.to_owned(),
        id: uuid.to_owned(),
        name: name.to_owned(),
    }
}

/// The igroup that a selector names: by its name, or by its uuid as an id.
///
/// # Errors
/// [`Error::Ambiguous`] when several are.
pub(in crate::array::ontap) fn find(
    line: &Line,
    selector: &Selector,
    bounds: &Bounds,
) -> Result<Option<Igroup>, Error> {
    let wire = line.wire(bounds)?;
    let mut queries = Vec::new();
    match name_or_id(line, WHAT, selector)? {
        Err(id) => queries.push(IgroupQuery::Uuid(id.to_lowercase())),
        Ok(name) => {
            queries.push(IgroupQuery::Name(name.to_owned()));
            if let Selector::Uuid(uuid) = selector {
                queries.push(IgroupQuery::Uuid(uuid.to_lowercase()));
            }
        }
    }
    for query in queries {
        let found = all(|each| wire.igroups(&query, bounds, each))?;
        let name = selector.to_string();
        if let Some(one) = only(line, WHAT, &name, found, |g| g.uuid.clone())? {
            return Ok(Some(one));
        }
    }
    Ok(None)
}

/// The catalog of igroups.
#[derive(Debug)]
pub(in crate::array::ontap) struct Igroups(pub(in crate::array::ontap) Arc<Line>);

impl Catalog<Group> for Igroups {
    fn each(
        &self,
        filter: &Filter,
        bounds: &Bounds,
        sink: &mut Sink<'_, Group>,
    ) -> Result<(), Error> {
        let line = &*self.0;
        refuse(line, "hostgroups", &[("mapped", filter.mapped.is_some())])?;
        let wire = line.wire(bounds)?;
        let with_lun = match &filter.lun {
            None => None,
            Some(lun) => {
                let lun = super::lun::get(line, lun, bounds)?;
                let maps = all(|each| wire.maps(&MapQuery::Lun(lun.uuid.clone()), bounds, each))?;
                Some(maps.into_iter().map(|m| m.igroup).collect::<BTreeSet<_>>())
            }
        };
        let host = match &filter.host {
            None => None,
            Some(host) => Some(super::host::get(line, host, bounds)?.name),
        };
        let query = match &filter.initiator {
            Some(initiator) => IgroupQuery::Initiator(initiator.clone()),
            None => IgroupQuery::All,
        };
        wire.igroups(&query, bounds, &mut |igroup| {
            let fits = name_fits(filter, &igroup.name)
                && (!filter.unused || igroup.initiators.is_empty())
                && host.as_ref().is_none_or(|name| *name == igroup.name)
                && with_lun
                    .as_ref()
                    .is_none_or(|set| set.contains(&igroup.name));
            if fits {
                return sink(noun(&igroup));
            }
            ControlFlow::Continue(())
        })
    }

    fn find(&self, selector: &Selector, bounds: &Bounds) -> Result<Option<Group>, Error> {
        Ok(find(&self.0, selector, bounds)?.map(|igroup| noun(&igroup)))
    }
}

impl Groups for Igroups {
    fn detail(&self, selector: &Selector, bounds: &Bounds) -> Result<GroupDetail, Error> {
        let line = &*self.0;
        let igroup =
            find(line, selector, bounds)?.ok_or_else(|| not_found(line, WHAT, selector))?;
        let wire = line.wire(bounds)?;
        let query = MapQuery::Igroup(igroup.name.clone());
        let maps = all(|each| wire.maps(&query, bounds, each))?;
        let mut group = noun(&igroup);
        group.mapped = Some(!maps.is_empty());
        let initiator = |name: &String| Member {
            what: "initiator".into(),
            id: name.clone(),
            name: name.clone(),
        };
        Ok(GroupDetail {
            group,
            members: igroup.initiators.iter().map(initiator).collect(),
            mappings: maps.iter().map(super::map::member).collect(),
        })
    }
}
