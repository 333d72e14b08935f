//! Initiators: the members of igroups, and who is logged in without being in one.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::{name_fits, refuse, unsupported};
use crate::array::ontap::Line;
use crate::array::ontap::names::{initiator_key, protocol_of};
use crate::array::ontap::wire::{AuthKind, Credential, IgroupQuery, Login, Wire, all};
use crate::array::{Catalog, Error, Filter, Sink};
use crate::kit::bounds::Bounds;
use crate::model::edit::PathPolicy;
use crate::model::nouns::{HostPath, HostRef, Initiator, Protocol, State};
use crate::model::selector::Selector;

/// Whether an initiator is logged in; `None` = the interface does not tell.
fn noun(name: &str, host: Option<HostRef>, online: Option<bool>) -> Initiator {
    let words = match online {
        Some(true) => "logged in",
        Some(false) => "not logged in",
        None => "not told",
    };
    let online = online == Some(true);
    Initiator {
        id: name.to_owned(),
        protocol: protocol_of(name),
        host,
        online,
        chap: None,
        chap_user: None,
        path_policy: PathPolicy::default(),
        state: State {
            usable: online,
            words: words.into(),
        },
    }
}

/// Who is logged in, of the protocols that this interface can tell of.
fn logins(
    line: &Line,
    protocol: Option<Protocol>,
    initiator: Option<&str>,
    bounds: &Bounds,
) -> Result<Vec<Login>, Error> {
    let wire = line.wire(bounds)?;
    let mut found = Vec::new();
    for one in [Protocol::Iscsi, Protocol::Fc] {
        if protocol.is_none_or(|wanted| wanted == one) {
            found.extend(wire.logins(one, initiator, bounds)?);
        }
    }
    Ok(found)
}

/// Whether this interface tells who is logged in.
fn tells(line: &Line, initiator: &str, bounds: &Bounds) -> Result<bool, Error> {
    Ok(protocol_of(initiator) == Protocol::Iscsi || line.wire(bounds)?.knows_fabric())
}

/// The catalog of initiators.
#[derive(Debug)]
pub(in crate::array::ontap) struct Initiators(pub(in crate::array::ontap) Arc<Line>);

impl Catalog<Initiator> for Initiators {
    fn each(
        &self,
        filter: &Filter,
        bounds: &Bounds,
        sink: &mut Sink<'_, Initiator>,
    ) -> Result<(), Error> {
        let line = &*self.0;
        refuse(line, "initiators", &[("mapped", filter.mapped.is_some())])?;
        let host = match &filter.host {
            None => None,
            Some(host) => Some(super::host::get(line, host, bounds)?.uuid),
        };
        let mut known: BTreeMap<String, Option<HostRef>> = BTreeMap::new();
        let query = match &filter.initiator {
            Some(initiator) => IgroupQuery::Initiator(initiator.clone()),
            None => IgroupQuery::All,
        };
        line.wire(bounds)?.igroups(&query, bounds, &mut |igroup| {
            for name in &igroup.initiators {
                let here = host.as_ref().is_none_or(|uuid| *uuid == igroup.uuid);
                if here {
                    known.entry(name.clone()).or_insert_with(|| {
                        Some(HostRef {
                            id: igroup.uuid.clone(),
                            name: Some(igroup.name.clone()),
                        })
                    });
                }
            }
            ControlFlow::Continue(())
        })?;
        let logged_in = logins(line, filter.protocol, filter.initiator.as_deref(), bounds)?;
        let online: BTreeSet<String> = logged_in.into_iter().map(|l| l.initiator).collect();
        if host.is_none() {
            for name in &online {
                known.entry(name.clone()).or_insert(None);
            }
        }
        let wanted = filter.initiator.as_deref().map(initiator_key);
        for (name, host) in known {
            let told = tells(line, &name, bounds)?;
            let one = noun(&name, host, told.then(|| online.contains(&name)));
            let fits = name_fits(filter, &name)
                && wanted.as_ref().is_none_or(|wanted| *wanted == name)
                && filter.protocol.is_none_or(|p| p == one.protocol)
                && filter.online.is_none_or(|want| told && want == one.online)
                && (!filter.unused || one.host.is_none());
            if fits && sink(one).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn find(&self, selector: &Selector, bounds: &Bounds) -> Result<Option<Initiator>, Error> {
        let line = &*self.0;
        let name = match selector {
            Selector::Name(name) | Selector::Id(name) => initiator_key(name),
            Selector::Wwid(wwid) => wwid.to_string(),
            other => {
                return Err(unsupported(
                    line,
                    format!("initiator named by {other}"),
                    "give its IQN or WWPN",
                ));
            }
        };
        let query = IgroupQuery::Initiator(name.clone());
        let wire = line.wire(bounds)?;
        let mut igroups = all(|each| wire.igroups(&query, bounds, each))?;
        igroups.sort_by(|a, b| a.name.cmp(&b.name));
        let online = !wire
            .logins(protocol_of(&name), Some(&name), bounds)?
            .is_empty();
        let host = igroups.into_iter().next().map(|igroup| HostRef {
            id: igroup.uuid,
            name: Some(igroup.name),
        });
        let told = tells(line, &name, bounds)?.then_some(online);
        let (own, applies) = entries(wire, &name, bounds)?;
        let known = host.is_some() || online || own;
        Ok(known.then(|| with_chap(noun(&name, host, told), applies)))
    }
}

/// Whether an initiator has a CHAP entry of its own, and the entry that applies to it.
fn entries(
    wire: &dyn Wire,
    name: &str,
    bounds: &Bounds,
) -> Result<(bool, Option<Credential>), Error> {
    if protocol_of(name) == Protocol::Fc {
        return Ok((false, None));
    }
    let look = || match wire.credential(name, bounds)? {
        Some(own) => Ok((true, Some(own))),
        None => {
            let nothing = Credential {
                kind: AuthKind::Open,
                user: None,
                mutual: None,
                svm_uuid: String::new(),
            };
            let default = wire.default_credential(bounds)?;
            Ok((false, Some(default.unwrap_or(nothing))))
        }
    };
    match look() {
        // A role need not read them.
        Err(Error::Permission { .. }) => Ok((false, None)),
        other => other,
    }
}

fn with_chap(mut initiator: Initiator, applies: Option<Credential>) -> Initiator {
    let Some(entry) = applies else {
        return initiator;
    };
    initiator.chap = Some(entry.kind == AuthKind::Chap);
    initiator.chap_user = entry.user;
    if entry.kind == AuthKind::Deny {
        initiator.state.usable = false;
        initiator.state.words.push_str(", may not log in");
    }
    initiator
}

/// The logins of a host's initiators.
///
/// # Errors
/// [`Error::NotFound`] when there is no such host.
pub(in crate::array::ontap) fn paths(
    line: &Line,
    host: &Selector,
    bounds: &Bounds,
) -> Result<Vec<HostPath>, Error> {
    let host = super::host::get(line, host, bounds)?;
    let wire = line.wire(bounds)?;
    let mut paths = Vec::new();
    for initiator in &host.initiators {
        for login in wire.logins(protocol_of(initiator), Some(initiator), bounds)? {
            paths.push(HostPath {
                initiator: login.initiator,
                protocol: protocol_of(initiator),
                target: login.target,
                // The array tells where the initiator is, not where it came in.
                address: None,
                port: login.through,
                controller: None,
                state: State {
                    usable: true,
                    words: "logged in".into(),
                },
            });
        }
    }
    Ok(paths)
}
