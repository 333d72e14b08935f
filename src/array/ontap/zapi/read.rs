//! What ZAPI reads, in the family's own types (ontap.md §4). Queries are never trusted: every
//! answer is compared again on this side.

use std::ops::ControlFlow;

use super::iter::{Iter, leaves};
use super::{Call, Element, VERSION_CALL, Zapi};
use crate::array::error::Error;
use crate::array::ontap::names::{initiator_key, initiator_on_wire};
use crate::array::ontap::query::{any_initiator, any_volume, fits_base, wild};
use crate::array::ontap::wire::{
    Each, Igroup, IgroupQuery, Lif, Login, Lun, LunMap, LunQuery, MapQuery, Portset, Reads,
    Release, Service, Svm, System,
};
use crate::kit::bounds::Bounds;
use crate::model::nouns::Protocol;

const LUN: &[&str] = &[
    "path",
    "uuid",
    "vserver",
    "serial-number",
    "serial-7-mode",
    "size",
    "state",
    "online",
    "mapped",
    "node",
    "volume",
    "multiprotocol-type",
    "read-only",
];

const MAP: &[&str] = &[
    "path",
    "lun-uuid",
    "initiator-group",
    "initiator-group-uuid",
    "lun-id",
    "node",
    "reporting-nodes/node-name",
    "vserver",
];

const IGROUP: &[&str] = &[
    "initiator-group-name",
    "initiator-group-uuid",
    "initiator-group-type",
    "initiator-group-os-type",
    "initiator-group-portset-name",
    "initiators/initiator-info",
    "vserver",
];

const LIF: &[&str] = &[
    "interface-name",
    "address",
    "wwpn",
    "administrative-status",
    "operational-status",
    "current-node",
    "current-port",
    "home-node",
    "is-home",
    "data-protocols/data-protocol",
    "vserver",
];

fn owned(element: &Element, name: &str) -> Option<String> {
    element.get(name).map(str::to_owned)
}

pub(super) fn lun(info: &Element) -> Lun {
    let text = |name: &str| owned(info, name).unwrap_or_default();
    let online = info.flag("online").unwrap_or(true);
    let told = if online { "online" } else { "offline" };
    Lun {
        path: text("path"),
        uuid: text("uuid").to_lowercase(),
        svm: owned(info, "vserver"),
        // White space could be a part of it, but never is printable.
        serial: text("serial-number"),
        serial_7_mode: owned(info, "serial-7-mode"),
        size: info.number("size").unwrap_or(0),
        os_type: owned(info, "multiprotocol-type"),
        state: owned(info, "state").unwrap_or_else(|| told.to_owned()),
        enabled: online,
        container: None,
        read_only: info.flag("read-only").unwrap_or(false),
        mapped: info.flag("mapped"),
        node: owned(info, "node"),
        volume: owned(info, "volume"),
        maps: None,
    }
}

pub(super) fn map(info: &Element) -> LunMap {
    let text = |name: &str| owned(info, name).unwrap_or_default();
    LunMap {
        path: text("path"),
        uuid: text("lun-uuid").to_lowercase(),
        igroup: text("initiator-group"),
        igroup_uuid: text("initiator-group-uuid").to_lowercase(),
        number: info.get("lun-id").and_then(|n| n.parse().ok()),
        node: owned(info, "node"),
        reporting: Some(info.list("reporting-nodes", "node-name")),
    }
}

pub(super) fn igroup(info: &Element) -> Igroup {
    let text = |name: &str| owned(info, name).unwrap_or_default();
    let mut initiators = Vec::new();
    if let Some(list) = info.child("initiators") {
        let names = list.each("initiator-info");
        let names = names.filter_map(|one| one.get("initiator-name"));
        initiators.extend(names.map(initiator_key));
    }
    Igroup {
        name: text("initiator-group-name"),
        uuid: text("initiator-group-uuid").to_lowercase(),
        protocol: text("initiator-group-type").to_lowercase(),
        os_type: text("initiator-group-os-type").to_lowercase(),
        initiators,
        portset: owned(info, "initiator-group-portset-name"),
        mapped: None,
    }
}

pub(super) fn lif(info: &Element) -> Lif {
    let protocols = info.list("data-protocols", "data-protocol");
    let has = |word: &str| protocols.iter().any(|p| p == word);
    let protocol = match (has("iscsi"), has("fcp")) {
        (true, _) => Some(Protocol::Iscsi),
        (false, true) => Some(Protocol::Fc),
        (false, false) => None,
    };
    Lif {
        name: owned(info, "interface-name").unwrap_or_default(),
        protocol,
        address: info.get("address").and_then(|text| text.parse().ok()),
        wwpn: info.get("wwpn").map(initiator_key),
        wwnn: None,
        enabled: info.get("administrative-status") == Some("up"),
        up: info.get("operational-status") == Some("up"),
        node: owned(info, "current-node"),
        port: owned(info, "current-port"),
        home_node: owned(info, "home-node"),
        at_home: info.flag("is-home"),
    }
}

impl Zapi {
    /// Whether a record belongs to the SVM that is worked on: a query may be ignored (§3).
    fn ours(&self, info: &Element) -> bool {
        match (self.client.svm(), info.get("vserver")) {
            (Some(svm), Some(told)) => svm == told,
            _ => true,
        }
    }
}

impl Reads for Zapi {
    fn system(&self, bounds: &Bounds) -> Result<System, Error> {
        let results = self.ask(&Call::read(VERSION_CALL, Vec::new()).cluster(), bounds)?;
        let tuple = results.child("version-tuple");
        let tuple = tuple.and_then(|t| t.child("system-version-tuple"));
        let release = tuple.and_then(|tuple| {
            let number = |name: &str| tuple.number::<u32>(name);
            Some(Release(
                number("generation")?,
                number("major")?,
                number("minor").unwrap_or(0),
            ))
        });
        let version = owned(&results, "version").unwrap_or_default();
        Ok(System {
            release: release.or_else(|| super::super::query::release_in(&version)),
            version,
            name: None,
            model: None,
            clustered: results.flag("is-clustered").unwrap_or(true),
            disaggregated: false,
        })
    }

    fn is_cluster_account(&self, bounds: &Bounds) -> Result<bool, Error> {
        let arguments = vec![Element::leaf("max-records", "1")];
        let call = Call::read("system-node-get-iter", arguments).cluster();
        Ok(self.call(&call, bounds)?.is_ok())
    }

    fn role(&self, bounds: &Bounds) -> Result<Option<String>, Error> {
        const INFO: &str = "security-login-account-info";
        let user = &self.client.settings().user;
        let query = Element::of(INFO, vec![Element::leaf("user-name", wild(user))]);
        let call = Call::read(
            "security-login-get-iter",
            vec![
                Element::leaf("max-records", "20"),
                Element::of("query", vec![query]),
                Element::of(
                    "desired-attributes",
                    vec![Element::of(INFO, leaves(&["user-name", "role-name"]))],
                ),
            ],
        );
        let Ok(results) = self.call(&call.cluster(), bounds)? else {
            return Ok(None);
        };
        let list = results.child("attributes-list");
        let mut infos = list.into_iter().flat_map(|list| list.each(INFO));
        let own = infos.find(|info| info.get("user-name") == Some(user));
        Ok(own.and_then(|info| owned(info, "role-name")))
    }

    fn svm(&self, bounds: &Bounds) -> Result<Option<Svm>, Error> {
        let query = match self.client.svm() {
            Some(svm) => vec![Element::leaf("vserver-name", svm)],
            None => vec![Element::leaf("vserver-type", "data")],
        };
        let iter = Iter {
            call: "vserver-get-iter",
            info: "vserver-info",
            query,
            desired: &["vserver-name", "uuid", "state", "operational-state"],
            cluster: false,
        };
        let mut found = Vec::new();
        self.list(&iter, bounds, &mut |info| {
            found.push(Svm {
                name: owned(info, "vserver-name").unwrap_or_default(),
                uuid: owned(info, "uuid").unwrap_or_default(),
                state: owned(info, "operational-state")
                    .or_else(|| owned(info, "state"))
                    .unwrap_or_default(),
            });
            ControlFlow::Continue(())
        })?;
        super::super::detect::one_svm(&self.client, found)
    }

    fn service(&self, protocol: Protocol, bounds: &Bounds) -> Result<Option<Service>, Error> {
        let (call, info) = match protocol {
            Protocol::Iscsi => ("iscsi-service-get-iter", "iscsi-service-info"),
            Protocol::Fc => ("fcp-service-get-iter", "fcp-service-info"),
        };
        let iter = Iter {
            call,
            info,
            query: Vec::new(),
            desired: &["node-name", "is-available", "vserver"],
            cluster: false,
        };
        let mut found = Vec::new();
        self.list(&iter, bounds, &mut |info| {
            if self.ours(info) {
                found.push(Service {
                    name: owned(info, "node-name").unwrap_or_default(),
                    enabled: info.flag("is-available").unwrap_or(true),
                    svm: owned(info, "vserver"),
                });
            }
            ControlFlow::Continue(())
        })?;
        super::super::detect::one_service(&self.client, found)
    }

    fn lifs(&self, protocol: Protocol, bounds: &Bounds) -> Result<Vec<Lif>, Error> {
        let word = match protocol {
            Protocol::Iscsi => "iscsi",
            Protocol::Fc => "fcp",
        };
        let protocols = vec![Element::leaf("data-protocol", word)];
        let iter = Iter {
            call: "net-interface-get-iter",
            info: "net-interface-info",
            query: vec![Element::of("data-protocols", protocols)],
            desired: LIF,
            cluster: false,
        };
        let mut found = Vec::new();
        self.list(&iter, bounds, &mut |info| {
            let lif = lif(info);
            if self.ours(info) && lif.protocol == Some(protocol) {
                found.push(lif);
            }
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }

    fn portsets(&self, name: Option<&str>, bounds: &Bounds) -> Result<Vec<Portset>, Error> {
        let iter = Iter {
            call: "portset-get-iter",
            info: "portset-info",
            query: name
                .map(|name| Element::leaf("portset-name", wild(name)))
                .into_iter()
                .collect(),
            desired: &[
                "portset-name",
                "portset-type",
                "portset-port-info/portset-port-name",
                "vserver",
            ],
            cluster: false,
        };
        let mut found = Vec::new();
        self.list(&iter, bounds, &mut |info| {
            let told = owned(info, "portset-name").unwrap_or_default();
            if self.ours(info) && name.is_none_or(|name| name == told) {
                found.push(Portset {
                    uuid: told.clone(),
                    name: told,
                    protocol: owned(info, "portset-type").unwrap_or_default(),
                    lifs: info.list("portset-port-info", "portset-port-name"),
                });
            }
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }

    fn logins(
        &self,
        protocol: Protocol,
        initiator: Option<&str>,
        bounds: &Bounds,
    ) -> Result<Vec<Login>, Error> {
        // No source knows a call for the logins of Fibre Channel (§9.7).
        if protocol == Protocol::Fc {
            return Ok(Vec::new());
        }
        let query = initiator.map(|name| Element::leaf("initiator-nodename", wild(name)));
        let iter = Iter {
            call: "iscsi-initiator-get-iter",
            info: "iscsi-initiator-list-entry-info",
            query: query.into_iter().collect(),
            desired: &["initiator-nodename", "tpgroup-name", "vserver"],
            cluster: false,
        };
        let mut found = Vec::new();
        self.list(&iter, bounds, &mut |info| {
            let name = initiator_key(info.get("initiator-nodename").unwrap_or_default());
            let wanted = initiator.is_none_or(|wanted| initiator_key(wanted) == name);
            if self.ours(info) && wanted {
                found.push(Login {
                    initiator: name,
                    protocol: Some(protocol),
                    through: owned(info, "tpgroup-name"),
                    ..Login::default()
                });
            }
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }

    fn fabric(&self, _: &[String], _: &Bounds) -> Result<Vec<Login>, Error> {
        Ok(Vec::new())
    }

    fn luns(
        &self,
        query: &LunQuery,
        bounds: &Bounds,
        each: &mut Each<'_, Lun>,
    ) -> Result<(), Error> {
        let leaf = |name: &str, text: String| vec![Element::leaf(name, text)];
        let elements = match query {
            LunQuery::Path(path) => leaf("path", wild(path)),
            LunQuery::Base(name) => leaf("path", any_volume(name)),
            LunQuery::Uuid(uuid) => leaf("uuid", uuid.clone()),
            LunQuery::Uuids(uuids) => leaf("uuid", uuids.join("|")),
            LunQuery::Serial(serial) => leaf("serial-number", wild(serial)),
            LunQuery::All { volume: Some(name) } => leaf("volume", wild(name)),
            LunQuery::All { volume: None } => Vec::new(),
        };
        let iter = Iter {
            call: "lun-get-iter",
            info: "lun-info",
            query: elements,
            desired: LUN,
            cluster: false,
        };
        self.list(&iter, bounds, &mut |info| {
            let lun = lun(info);
            if self.ours(info) && fits(&lun, query) {
                return each(lun);
            }
            ControlFlow::Continue(())
        })
    }

    fn maps(
        &self,
        query: &MapQuery,
        bounds: &Bounds,
        each: &mut Each<'_, LunMap>,
    ) -> Result<(), Error> {
        let (lun, group) = query.ends();
        let mut elements = Vec::new();
        elements.extend(lun.map(|uuid| Element::leaf("lun-uuid", uuid)));
        elements.extend(group.map(|name| Element::leaf("initiator-group", wild(name))));
        let iter = Iter {
            call: "lun-map-get-iter",
            info: "lun-map-info",
            query: elements,
            desired: MAP,
            cluster: false,
        };
        self.list_by(query.few(), &iter, bounds, &mut |info| {
            let map = map(info);
            if self.ours(info) && query.fits(&map) {
                return each(map);
            }
            ControlFlow::Continue(())
        })
    }

    fn igroups(
        &self,
        query: &IgroupQuery,
        bounds: &Bounds,
        each: &mut Each<'_, Igroup>,
    ) -> Result<(), Error> {
        let with = |name: String| {
            let name = Element::leaf("initiator-name", name);
            let info = Element::of("initiator-info", vec![name]);
            vec![Element::of("initiators", vec![info])]
        };
        let elements = match query {
            IgroupQuery::Initiator(name) => with(initiator_on_wire(name)),
            IgroupQuery::AnyOf(names) => with(any_initiator(names)),
            IgroupQuery::Name(name) => vec![Element::leaf("initiator-group-name", wild(name))],
            IgroupQuery::Uuid(uuid) => {
                vec![Element::leaf("initiator-group-uuid", uuid)]
            }
            IgroupQuery::All => Vec::new(),
        };
        let iter = Iter {
            call: "igroup-get-iter",
            info: "initiator-group-info",
            query: elements,
            desired: IGROUP,
            cluster: false,
        };
        self.list(&iter, bounds, &mut |info| {
            let igroup = igroup(info);
            if self.ours(info) && super::super::query::is_wanted(&igroup, query) {
                return each(igroup);
            }
            ControlFlow::Continue(())
        })
    }
}

/// Whether a LUN is what was asked for.
pub(in crate::array::ontap) fn fits(lun: &Lun, query: &LunQuery) -> bool {
    match query {
        LunQuery::Path(path) => lun.path == *path,
        LunQuery::Base(name) => fits_base(&lun.path, name),
        LunQuery::Uuid(uuid) => lun.uuid.eq_ignore_ascii_case(uuid),
        LunQuery::Uuids(uuids) => uuids.contains(&lun.uuid),
        LunQuery::Serial(serial) => {
            lun.serial == *serial || lun.serial_7_mode.as_ref() == Some(serial)
        }
        LunQuery::All { volume } => volume.is_none() || lun.volume == *volume,
    }
}
