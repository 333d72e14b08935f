//! Hosts. An ONTAP has none: an igroup with initiators in it is what stands for one
//! (ontap.md §9.1).

use std::ops::ControlFlow;
use std::sync::Arc;

use super::{name_fits, not_found, refuse};
use crate::array::ontap::Line;
use crate::array::ontap::names::{igroup_name, initiator_key};
use crate::array::ontap::wire::{Igroup, IgroupQuery, all};
use crate::array::{Catalog, Error, Filter, Sink};
use crate::kit::bounds::Bounds;
use crate::model::edit::InitiatorName;
use crate::model::nouns::{Host, Protocol, State};
use crate::model::selector::Selector;

/// An igroup as the host that it stands for.
fn noun(igroup: &Igroup) -> Host {
    let count = igroup.initiators.len();
    let words = match count {
        0 => "no initiators",
        1 => "igroup",
        _ => "igroup of several initiators",
    };
    Host {
        id: igroup.uuid.clone(),
        name: igroup.name.clone(),
        description: (count > 0).then(|| igroup.initiators.join(", ")),
        os: Some(igroup.os_type.clone()).filter(|os| !os.is_empty()),
        os_code: None,
        access_mode: None,
        initiators: u32::try_from(count).ok(),
        hostgroup: Some(igroup.name.clone()),
        state: State {
            usable: count > 0,
            words: words.into(),
        },
    }
}

/// The igroup of a host: of this name, else the one that this tool would give a node of this name,
/// else the first with this initiator.
///
/// # Errors
/// When the array does not answer or refuses.
pub(in crate::array::ontap) fn find(
    line: &Line,
    selector: &Selector,
    bounds: &Bounds,
) -> Result<Option<Igroup>, Error> {
    if let Some(found) = super::igroup::find(line, selector, bounds)? {
        return Ok(Some(found));
    }
    let Selector::Name(name) = selector else {
        return Ok(None);
    };
    let wire = line.wire(bounds)?;
    if name.parse::<InitiatorName>().is_ok() {
        let query = IgroupQuery::Initiator(initiator_key(name));
        let mut found = all(|each| wire.igroups(&query, bounds, each))?;
        found.sort_by(|a, b| a.name.cmp(&b.name));
        return Ok(found.into_iter().next());
    }
    for protocol in [Protocol::Iscsi, Protocol::Fc] {
        let name = igroup_name(&line.settings.igroup_prefix, name, protocol);
        let query = IgroupQuery::Name(name);
        let found = all(|each| wire.igroups(&query, bounds, each))?;
        if let Some(found) = found.into_iter().next() {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// As [`find`], but a host that is not there is an error.
///
/// # Errors
/// [`Error::NotFound`].
pub(in crate::array::ontap) fn get(
    line: &Line,
    selector: &Selector,
    bounds: &Bounds,
) -> Result<Igroup, Error> {
    find(line, selector, bounds)?.ok_or_else(|| not_found(line, "host", selector))
}

/// The catalog of hosts.
#[derive(Debug)]
pub(in crate::array::ontap) struct Hosts(pub(in crate::array::ontap) Arc<Line>);

impl Catalog<Host> for Hosts {
    fn each(
        &self,
        filter: &Filter,
        bounds: &Bounds,
        sink: &mut Sink<'_, Host>,
    ) -> Result<(), Error> {
        let line = &*self.0;
        refuse(
            line,
            "hosts",
            &[
                ("lun", filter.lun.is_some()),
                ("mapped", filter.mapped.is_some()),
            ],
        )?;
        let query = match &filter.initiator {
            Some(initiator) => IgroupQuery::Initiator(initiator.clone()),
            None => IgroupQuery::All,
        };
        line.wire(bounds)?.igroups(&query, bounds, &mut |igroup| {
            let wanted = filter.unused || !igroup.initiators.is_empty();
            let unused = !filter.unused || igroup.initiators.is_empty();
            if wanted && unused && name_fits(filter, &igroup.name) {
                return sink(noun(&igroup));
            }
            ControlFlow::Continue(())
        })
    }

    fn find(&self, selector: &Selector, bounds: &Bounds) -> Result<Option<Host>, Error> {
        Ok(find(&self.0, selector, bounds)?.map(|igroup| noun(&igroup)))
    }
}
