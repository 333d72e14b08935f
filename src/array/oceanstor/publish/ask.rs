//! The questions a publication asks, each by id or by an exact filter: their cost does not depend
//! on how much else the array holds (oceanstor.md §3, §7).

use std::ops::ControlFlow;

use super::super::client::{Client, PAGE};
use super::super::envelope::Outcome;
use super::super::nouns;
use super::super::nouns::lun::{parse_lun, parse_snapshot};
use super::super::object::Object;
use super::super::query;
use super::parts::{LUN, Noun, SNAPSHOT};
use super::sight::{Initiator, Known, Lun, Ref};
use crate::array::error::Error;
use crate::kit::bounds::Bounds;
use crate::model::facts::LunFact;
use crate::model::ids::LunNumber;
use crate::model::nouns::Protocol;
use crate::model::selector::Selector;

/// A host with what its reply tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Host {
    pub(super) at: Ref,
    pub(super) description: Option<String>,
    pub(super) initiators: Option<u32>,
}

/// A view with what its reply tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct View {
    pub(super) at: Ref,
    /// The host group in it; V6 arrays tell.
    pub(super) hostgroup: Option<String>,
    /// The port group in it; V6 arrays tell.
    pub(super) portgroup: Option<String>,
}

/// One row of a host's LUN list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) at: Ref,
    pub(super) number: Option<LunNumber>,
    pub(super) snapshot: bool,
}

impl Row {
    /// Whether this is the LUN or snapshot with this id: both count from 0.
    pub(super) fn is(&self, lun: &LunFact) -> bool {
        self.at.id == lun.id && self.snapshot == lun.snapshot
    }
}

/// A client with the limits of the work: what every question needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ask<'a> {
    pub(super) client: &'a Client,
    pub(super) bounds: &'a Bounds,
}

impl Ask<'_> {
    fn array(&self) -> String {
        self.client.array().to_owned()
    }

    /// One object by its path; `None` when it does not exist.
    fn one(&self, path: &str) -> Result<Option<Object>, Error> {
        let reply = self.client.read(path, self.bounds)?;
        match reply.outcome {
            Outcome::Success => Ok(reply.object().cloned()),
            _ => Ok(None),
        }
    }

    /// Everything that an exact or association query gives.
    fn many(&self, resource: &str, query: &str) -> Result<Vec<Object>, Error> {
        let mut found = Vec::new();
        self.client
            .pages(resource, query, self.bounds, &mut |object| {
                found.push(object.clone());
                ControlFlow::Continue(())
            })?;
        Ok(found)
    }

    /// Objects with exactly this value in a field.
    fn exact(&self, resource: &str, field: &str, value: &str) -> Result<Vec<Object>, Error> {
        let query = query::exact(field, value);
        let reply = self
            .client
            .read(&format!("/{resource}?{query}"), self.bounds);
        let mut found = match reply {
            // An array that does not filter, or not exactly, may have cut what it answers.
            Ok(reply) if reply.objects().len() >= PAGE => {
                self.many(&format!("/{resource}"), &query)?
            }
            Ok(reply) => reply.objects().to_vec(),
            Err(error) if nouns::is_bad_parameter(&error) => {
                self.many(&format!("/{resource}"), &query)?
            }
            Err(error) => return Err(error),
        };
        found.retain(|o| o.text(field).is_some_and(|v| v.eq_ignore_ascii_case(value)));
        // A WWN is compared without case; a name is not.
        if field == "NAME" {
            found.retain(|o| o.name() == Some(value));
        }
        Ok(found)
    }

    fn only(
        &self,
        what: &'static str,
        name: &str,
        found: Vec<Object>,
    ) -> Result<Option<Object>, Error> {
        if found.len() > 1 {
            return Err(Error::Ambiguous {
                array: self.array(),
                what,
                name: name.to_owned(),
                ids: found
                    .iter()
                    .filter_map(|o| o.id().map(str::to_owned))
                    .collect(),
            });
        }
        Ok(found.into_iter().next())
    }

    /// An object by its name.
    pub(super) fn named(&self, noun: Noun, name: &str) -> Result<Option<Object>, Error> {
        let found = self.exact(noun.resource(), "NAME", name)?;
        self.only(noun.word(), name, found)
    }

    /// An object by its name, as id and name.
    pub(super) fn named_ref(&self, noun: Noun, name: &str) -> Result<Option<Ref>, Error> {
        Ok(self.named(noun, name)?.as_ref().and_then(reference))
    }

    /// A host by its name.
    pub(super) fn host(&self, name: &str) -> Result<Option<Host>, Error> {
        Ok(self.named(Noun::Host, name)?.as_ref().and_then(host))
    }

    /// A host by its id.
    pub(super) fn host_by_id(&self, id: &str) -> Result<Option<Host>, Error> {
        let path = format!("/host/{}", query::quote(id));
        Ok(self.one(&path)?.as_ref().and_then(host))
    }

    /// A view by its name.
    pub(super) fn view(&self, name: &str) -> Result<Option<View>, Error> {
        let found = self.named(Noun::View, name)?;
        Ok(found.and_then(|object| {
            let id = |field: &str| object.text(field).map(str::to_owned);
            Some(View {
                at: reference(&object)?,
                hostgroup: id("hostGroupId"),
                portgroup: id("portGroupId"),
            })
        }))
    }

    /// An initiator by its name.
    pub(super) fn initiator(
        &self,
        protocol: Protocol,
        id: &str,
    ) -> Result<Known<Initiator>, Error> {
        let found = match protocol {
            Protocol::Iscsi => nouns::initiator::find_iscsi(self.client, id, self.bounds)?,
            Protocol::Fc => nouns::initiator::find_fc(self.client, id, self.bounds)?,
        };
        Ok(Known::of(found.map(|i| Initiator {
            host: i.host,
            chap: i.chap == Some(true),
            chap_user: i.chap_user,
            online: i.online,
        })))
    }

    /// The objects of one noun that belong to an object: the groups of a host, the views of a
    /// group, the hosts of a group…
    pub(super) fn belonging(&self, noun: Noun, code: u32, id: &str) -> Result<Vec<Ref>, Error> {
        let mut query = query::associated(code, id);
        // Where the drivers name the type of the answer, so does this (oceanstor.md §7).
        let untyped = matches!(
            (noun, code),
            (Noun::HostGroup | Noun::PortGroup, _) | (Noun::LunGroup, 245)
        );
        if !untyped {
            query = format!("TYPE={}&{query}", noun.code());
        }
        let found = self.many(&format!("/{}/associate", noun.resource()), &query)?;
        Ok(found.iter().filter_map(reference).collect())
    }

    /// The LUNs or snapshots that a host sees, with their numbers. Complete.
    pub(super) fn seen_by(&self, host: &str, snapshot: bool) -> Result<Vec<Row>, Error> {
        let (resource, code) = unit(snapshot);
        let query = format!("TYPE={code}&{}", query::associated(Noun::Host.code(), host));
        let found = self.many(&format!("/{resource}/associate"), &query)?;
        let row = |object: &Object| {
            Some(Row {
                at: reference(object)?,
                number: object.host_lun_number(),
                snapshot,
            })
        };
        Ok(found.iter().filter_map(row).collect())
    }

    /// How many LUNs or snapshots a LUN group holds.
    pub(super) fn count(&self, lungroup: &str, snapshot: bool) -> Result<u64, Error> {
        let (resource, code) = unit(snapshot);
        let with = (Noun::LunGroup.code(), lungroup);
        nouns::count(
            self.client,
            &format!("/{resource}"),
            code,
            with,
            self.bounds,
        )
    }

    /// How many initiators of any protocol a host has.
    pub(super) fn initiators_of(&self, host: &str) -> Result<Vec<String>, Error> {
        let id = query::quote(host);
        let mut found = Vec::new();
        for (resource, query) in [
            ("/iscsi_initiator", format!("PARENTID={id}")),
            ("/fc_initiator", format!("PARENTTYPE=21&PARENTID={id}")),
        ] {
            // The array may ignore the attribute, so every row is checked.
            let rows = self.many(resource, &query)?;
            let mine = rows.iter().filter(|o| o.text("PARENTID") == Some(host));
            found.extend(mine.filter_map(|o| o.id().map(str::to_owned)));
        }
        Ok(found)
    }

    /// The hosts that see a LUN by direct mappings (V6); none where the array does not say.
    pub(super) fn direct_hosts(&self, lun: &str) -> Result<Vec<String>, Error> {
        let found = match self.many("/mapping/associate", &query::associated(LUN, lun)) {
            Err(error) if nouns::is_not_there(&error) || nouns::is_bad_parameter(&error) => {
                Vec::new()
            }
            other => other?,
        };
        Ok(found
            .iter()
            .filter_map(|o| o.text("hostId").map(str::to_owned))
            .collect())
    }

    /// The numbers that a view could still give, lowest first.
    pub(super) fn free_numbers(&self, view: &str) -> Result<Vec<u16>, Error> {
        let object = self.one(&format!("/mappingview/{}", query::quote(view)))?;
        let list = object.and_then(|o| o.json("AVAILABLEHOSTLUNIDLIST"));
        let mut free: Vec<u16> = list
            .as_ref()
            .and_then(|l| l.as_array())
            .into_iter()
            .flatten()
            .filter_map(|n| n.to_string().trim_matches('"').parse().ok())
            .collect();
        free.sort_unstable();
        Ok(free)
    }

    /// The raw rows of a table of ports.
    pub(super) fn ports(&self, resource: &str, query: &str) -> Result<Vec<Object>, Error> {
        self.many(resource, query)
    }

    /// The LUN, or a snapshot when no LUN matches.
    ///
    /// # Errors
    /// `NotFound`, `Ambiguous`.
    pub(super) fn lun(&self, selector: &Selector) -> Result<Lun, Error> {
        for (resource, code) in [unit(false), unit(true)] {
            let snapshot = code == SNAPSHOT;
            for (field, value) in keys(selector).ok_or_else(|| self.not_a_lun(selector))? {
                let found = if field == "ID" {
                    let path = format!("/{resource}/{}", query::quote(&value));
                    match self.one(&path) {
                        // Not what an id of this array looks like.
                        Err(error) if nouns::is_bad_parameter(&error) => Ok(Vec::new()),
                        other => other.map(|found| found.into_iter().collect()),
                    }
                } else {
                    self.exact(resource, field, &value)
                };
                let found = nouns::or_nothing(snapshot, found)?;
                if let Some(object) = self.only("LUN", &value, found)? {
                    return self.read_lun(&object, snapshot);
                }
            }
        }
        Err(Error::NotFound {
            array: self.array(),
            what: "LUN",
            name: selector.to_string(),
        })
    }

    fn not_a_lun(&self, selector: &Selector) -> Error {
        Error::Unsupported {
            array: self.array(),
            what: format!("LUN that could be named by {selector}"),
            instead: "name it by its name, id: or wwid:".into(),
        }
    }

    /// A LUN or snapshot by its id.
    pub(super) fn lun_by_id(&self, id: &str, snapshot: bool) -> Result<Option<Lun>, Error> {
        let (resource, _) = unit(snapshot);
        let found = self.one(&format!("/{resource}/{}", query::quote(id)))?;
        found
            .map(|object| self.read_lun(&object, snapshot))
            .transpose()
    }

    fn read_lun(&self, object: &Object, snapshot: bool) -> Result<Lun, Error> {
        let parse = if snapshot { parse_snapshot } else { parse_lun };
        let bad = |what: &str| Error::Garbled {
            array: self.array(),
            request: "GET /lun".into(),
            why: format!("the LUN has no usable {what}"),
        };
        let lun = parse(object).ok_or_else(|| bad("ID"))?;
        let what = if snapshot { "snapshot" } else { "LUN" };
        let unusable = format!("{what} {} is {}", lun.name, lun.state.words);
        let grouped = object.flag("ISADD2LUNGROUP");
        let v6 = object.text("NGUID").is_some() || object.text("mapped").is_some();
        Ok(Lun {
            unusable: (!lun.state.usable).then_some(unusable),
            maybe_mapped: grouped != Some(false) || lun.mapped == Some(true),
            maybe_direct: v6 && !snapshot && lun.mapped == Some(true),
            v6,
            controller: object.text("OWNINGCONTROLLER").map(str::to_owned),
            fact: LunFact {
                wwid: lun.wwid.ok_or_else(|| bad("WWN"))?,
                id: lun.id,
                name: lun.name,
                size_bytes: lun.size_bytes,
                snapshot,
            },
        })
    }
}

fn unit(snapshot: bool) -> (&'static str, u32) {
    if snapshot {
        ("snapshot", SNAPSHOT)
    } else {
        ("lun", LUN)
    }
}

/// The fields and values by which a selector is looked up, in order.
fn keys(selector: &Selector) -> Option<Vec<(&'static str, String)>> {
    match selector {
        Selector::Name(name) => Some(vec![("NAME", name.clone())]),
        Selector::Id(id) => Some(vec![("ID", id.clone())]),
        Selector::Wwid(wwid) => Some(vec![("WWN", wwid.to_string())]),
        Selector::Uuid(uuid) => {
            let names = super::super::names::lun_names(uuid);
            Some(names.map(|name| ("NAME", name)).to_vec())
        }
        Selector::Serial(_) | Selector::Path(_) | Selector::Device(_) | Selector::Hctl(_) => None,
    }
}

fn reference(object: &Object) -> Option<Ref> {
    Some(Ref::new(object.id()?, object.name().unwrap_or_default()))
}

fn host(object: &Object) -> Option<Host> {
    Some(Host {
        at: reference(object)?,
        description: object.text("DESCRIPTION").map(str::to_owned),
        initiators: object.number("INITIATORNUM"),
    })
}
