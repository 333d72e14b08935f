//! Port sets: the LIFs that an igroup is bound to (ontap.md §9.1).

use std::sync::Arc;

use super::{name_fits, name_or_id, not_found};
use crate::array::ontap::Line;
use crate::array::ontap::wire::{IgroupQuery, Portset, all};
use crate::array::{Catalog, Error, Filter, Groups, Sink};
use crate::kit::bounds::Bounds;
use crate::model::nouns::{Group, GroupDetail, Member};
use crate::model::selector::Selector;

const WHAT: &str = "portgroup";

fn noun(portset: &Portset) -> Group {
    Group {
        id: portset.uuid.clone(),
        name: portset.name.clone(),
        description: Some(format!("port set, {}", portset.protocol)),
        mapped: None,
    }
}

/// The catalog of port sets.
#[derive(Debug)]
pub(in crate::array::ontap) struct Portsets(pub(in crate::array::ontap) Arc<Line>);

impl Portsets {
    fn one(&self, selector: &Selector, bounds: &Bounds) -> Result<Option<Portset>, Error> {
        let line = &*self.0;
        let wire = line.wire(bounds)?;
        let found = match name_or_id(line, WHAT, selector)? {
            Ok(name) => wire.portsets(Some(name), bounds)?,
            Err(id) => {
                let mut all = wire.portsets(None, bounds)?;
                // An igroup tells its port set by the name only.
                all.retain(|one| one.uuid.eq_ignore_ascii_case(id) || one.name == id);
                all
            }
        };
        Ok(found.into_iter().next())
    }
}

impl Catalog<Group> for Portsets {
    fn each(
        &self,
        filter: &Filter,
        bounds: &Bounds,
        sink: &mut Sink<'_, Group>,
    ) -> Result<(), Error> {
        for portset in self.0.wire(bounds)?.portsets(None, bounds)? {
            let fits =
                name_fits(filter, &portset.name) && (!filter.unused || portset.lifs.is_empty());
            if fits && sink(noun(&portset)).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn find(&self, selector: &Selector, bounds: &Bounds) -> Result<Option<Group>, Error> {
        Ok(self.one(selector, bounds)?.map(|portset| noun(&portset)))
    }
}

impl Groups for Portsets {
    fn detail(&self, selector: &Selector, bounds: &Bounds) -> Result<GroupDetail, Error> {
        let line = &*self.0;
        let found = self.one(selector, bounds)?;
        let portset = found.ok_or_else(|| not_found(line, WHAT, selector))?;
        let wire = line.wire(bounds)?;
        let mut igroups = all(|each| wire.igroups(&IgroupQuery::All, bounds, each))?;
        igroups.retain(|igroup| igroup.portset.as_ref() == Some(&portset.name));
        let port = |name: &String| Member {
            what: "port".into(),
            id: name.clone(),
            name: name.clone(),
        };
        Ok(GroupDetail {
            group: noun(&portset),
            members: portset.lifs.iter().map(port).collect(),
            mappings: igroups
                .iter()
                .map(|g| super::igroup::member("hostgroup", &g.uuid, &g.name))
                .collect(),
        })
    }
}
