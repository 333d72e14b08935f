//! What REST reads, in the family's own types (ontap.md §6). Fields are always named, filters
//! never trusted: every record is compared again on this side.

use std::ops::ControlFlow;

use serde_json::Value;

use super::{Ask, Rest, encode};
use crate::array::error::Error;
use crate::array::ontap::names::{initiator_key, initiator_on_wire};
use crate::array::ontap::query::{any_initiator, any_volume, is_wanted, wild};
use crate::array::ontap::wire::{
    Each, Igroup, IgroupQuery, Lif, Login, Lun, LunMap, LunQuery, MapQuery, Portset, Reads,
    Release, Service, Svm, System,
};
use crate::array::ontap::zapi::fits;
use crate::kit::bounds::Bounds;
use crate::model::ids::LunNumber;
use crate::model::nouns::Protocol;

const LUN: &str = "uuid,name,svm.name,serial_number,space.size,os_type,enabled,status,location,\
                   lun_maps";

const MAP: &str = "svm.name,lun.uuid,lun.name,lun.node.name,igroup.uuid,igroup.name,\
                   logical_unit_number,reporting_nodes";

const IGROUP: &str = "name,uuid,svm.name,protocol,os_type,initiators,portset";

/// A text at a path of dots.
fn text(value: &Value, path: &str) -> Option<String> {
    let mut at = value;
    for key in path.split('.') {
        at = at.get(key)?;
    }
    match at {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn flag(value: &Value, path: &str) -> Option<bool> {
    let pointer = format!("/{}", path.replace('.', "/"));
    match value.pointer(&pointer)? {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    match value.get(key) {
        Some(Value::Array(items)) => items,
        _ => &[],
    }
}

fn number(value: &Value, key: &str) -> Option<LunNumber> {
    let number = value.get(key)?;
    let number = number.as_u64().or_else(|| number.as_str()?.parse().ok())?;
    u16::try_from(number).ok().map(LunNumber)
}

pub(super) fn lun(record: &Value) -> Lun {
    let get = |path: &str| text(record, path);
    let path = get("name").unwrap_or_default();
    let uuid = get("uuid").unwrap_or_default().to_lowercase();
    let enabled = flag(record, "enabled").unwrap_or(true);
    let container = get("status.container_state");
    // The maps come only with those that there are (§5: an empty list is left out).
    let maps: Vec<LunMap> = list(record, "lun_maps")
        .iter()
        .map(|one| LunMap {
            path: path.clone(),
            uuid: uuid.clone(),
            igroup: text(one, "igroup.name").unwrap_or_default(),
            igroup_uuid: text(one, "igroup.uuid").unwrap_or_default().to_lowercase(),
            number: number(one, "logical_unit_number"),
            node: text(record, "location.node.name"),
            reporting: None,
        })
        .collect();
    Lun {
        svm: get("svm.name"),
        // The serial number may begin or end with anything printable, but never with a space.
        serial: get("serial_number").unwrap_or_default(),
        serial_7_mode: None,
        size: record
            .pointer("/space/size")
            .and_then(Value::as_u64)
            .unwrap_or(0),
        os_type: get("os_type"),
        state: get("status.state").unwrap_or_else(|| "online".into()),
        enabled,
        container: container.filter(|state| state != "online"),
        read_only: flag(record, "status.read_only").unwrap_or(false),
        mapped: flag(record, "status.mapped").or(Some(!maps.is_empty())),
        node: get("location.node.name"),
        volume: get("location.volume.name"),
        maps: Some(maps),
        path,
        uuid,
    }
}

pub(super) fn map(record: &Value) -> LunMap {
    let get = |path: &str| text(record, path).unwrap_or_default();
    let reporting = list(record, "reporting_nodes");
    LunMap {
        path: get("lun.name"),
        uuid: get("lun.uuid").to_lowercase(),
        igroup: get("igroup.name"),
        igroup_uuid: get("igroup.uuid").to_lowercase(),
        number: number(record, "logical_unit_number"),
        node: text(record, "lun.node.name"),
        reporting: Some(reporting.iter().filter_map(|n| text(n, "name")).collect()),
    }
}

pub(super) fn igroup(record: &Value) -> Igroup {
    let get = |path: &str| text(record, path).unwrap_or_default();
    // Objects here, texts in other places (§6).
    let name = |one: &Value| match one {
        Value::String(name) => Some(initiator_key(name)),
        _ => text(one, "name").map(|name| initiator_key(&name)),
    };
    Igroup {
        name: get("name"),
        uuid: get("uuid").to_lowercase(),
        protocol: get("protocol").to_lowercase(),
        os_type: get("os_type").to_lowercase(),
        initiators: list(record, "initiators").iter().filter_map(name).collect(),
        portset: text(record, "portset.name"),
        mapped: None,
    }
}

pub(super) fn lif(record: &Value, protocol: Protocol) -> Lif {
    let get = |path: &str| text(record, path);
    Lif {
        name: get("name").unwrap_or_default(),
        protocol: Some(protocol),
        address: get("ip.address").and_then(|text| text.parse().ok()),
        wwpn: get("wwpn").map(|name| initiator_key(&name)),
        wwnn: get("wwnn"),
        enabled: flag(record, "enabled").unwrap_or(false),
        up: get("state").as_deref() == Some("up"),
        node: get("location.node.name"),
        port: get("location.port.name"),
        home_node: get("location.home_node.name"),
        at_home: flag(record, "location.is_home"),
    }
}

pub(super) fn system(body: &Value) -> System {
    let number = |key: &str| {
        let value = body.pointer(&format!("/version/{key}"))?;
        value.as_u64().and_then(|n| u32::try_from(n).ok())
    };
    let version = text(body, "version.full").unwrap_or_default();
    let release = number("generation").and_then(|generation| {
        Some(Release(
            generation,
            number("major")?,
            number("minor").unwrap_or(0),
        ))
    });
    System {
        release: release.or_else(|| super::super::query::release_in(&version)),
        version,
        name: text(body, "name"),
        model: None,
        clustered: true,
        disaggregated: flag(body, "disaggregated").unwrap_or(false),
    }
}

impl Rest {
    /// Whether a record belongs to the SVM that is worked on: a filter may be ignored.
    fn ours(&self, record: &Value) -> bool {
        match (self.client.svm(), text(record, "svm.name")) {
            (Some(svm), Some(told)) => svm == told,
            _ => true,
        }
    }
}

impl Rest {
    /// The logins at an address whose initiators are wanted; `key` leads to their names.
    fn logins_at(
        &self,
        path: &str,
        protocol: Protocol,
        key: &str,
        bounds: &Bounds,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<Login>, Error> {
        let mut found = Vec::new();
        self.list(path, bounds, &mut |record| {
            let name = initiator_key(&text(record, key).unwrap_or_default());
            if self.ours(record) && wanted(&name) {
                let connection = list(record, "connections").first();
                let address = connection.and_then(|c| {
                    text(c, "initiator_address.address").or_else(|| text(c, "initiator_address"))
                });
                found.push(Login {
                    initiator: name,
                    protocol: Some(protocol),
                    through: text(record, "target_portal_group")
                        .or_else(|| text(record, "interface.name")),
                    target: text(record, "interface.wwpn").map(|w| initiator_key(&w)),
                    address: address.and_then(|text| text.parse().ok()),
                });
            }
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }
}

impl Reads for Rest {
    fn system(&self, bounds: &Bounds) -> Result<System, Error> {
        let fields = "name,uuid,version,disaggregated,san_optimized";
        let ask = Ask::get(format!("/api/cluster?fields={fields}")).cluster();
        // Older releases do not know the last two.
        match self.call(&ask, bounds)? {
            Ok(told) => Ok(system(&told.body)),
            Err(_) => {
                let ask = Ask::get("/api/cluster?fields=name,version").cluster();
                Ok(system(&self.ask(&ask, bounds)?.body))
            }
        }
    }

    fn is_cluster_account(&self, bounds: &Bounds) -> Result<bool, Error> {
        let ask = Ask::get("/api/cluster/nodes?fields=name&max_records=1").cluster();
        Ok(self.call(&ask, bounds)?.is_ok())
    }

    fn role(&self, bounds: &Bounds) -> Result<Option<String>, Error> {
        let user = &self.client.settings().user;
        let path = format!(
            "/api/security/accounts?name={}&fields=name,role.name",
            encode(user)
        );
        // The account of the cluster, or of the SVM at whose address it is asked.
        let Ok(told) = self.call(&Ask::get(path).cluster(), bounds)? else {
            return Ok(None);
        };
        let records = told.body.get("records").and_then(Value::as_array);
        let own = records
            .into_iter()
            .flatten()
            .find(|record| text(record, "name").as_ref() == Some(user));
        Ok(own.and_then(|record| text(record, "role.name")))
    }

    fn svm(&self, bounds: &Bounds) -> Result<Option<Svm>, Error> {
        let named = self.client.svm();
        let query = named
            .as_deref()
            .map_or_else(String::new, |svm| format!("name={}&", encode(svm)));
        let mut found = Vec::new();
        self.list(
            &format!("/api/svm/svms?{query}fields=name,uuid,state"),
            bounds,
            &mut |record| {
                let name = text(record, "name").unwrap_or_default();
                if named.as_ref().is_none_or(|named| *named == name) {
                    found.push(Svm {
                        name,
                        uuid: text(record, "uuid").unwrap_or_default(),
                        state: text(record, "state").unwrap_or_default(),
                    });
                }
                ControlFlow::Continue(())
            },
        )?;
        super::super::detect::one_svm(&self.client, found)
    }

    fn service(&self, protocol: Protocol, bounds: &Bounds) -> Result<Option<Service>, Error> {
        let word = match protocol {
            Protocol::Iscsi => "iscsi",
            Protocol::Fc => "fcp",
        };
        let mut found = Vec::new();
        self.list(
            &format!("/api/protocols/san/{word}/services?fields=svm.name,enabled,target"),
            bounds,
            &mut |record| {
                if self.ours(record) {
                    found.push(Service {
                        name: text(record, "target.name").unwrap_or_default(),
                        enabled: flag(record, "enabled").unwrap_or(true),
                        svm: text(record, "svm.name"),
                    });
                }
                ControlFlow::Continue(())
            },
        )?;
        super::super::detect::one_service(&self.client, found)
    }

    fn lifs(&self, protocol: Protocol, bounds: &Bounds) -> Result<Vec<Lif>, Error> {
        let path = match protocol {
            Protocol::Iscsi => {
                "/api/network/ip/interfaces?services=data_iscsi&fields=name,svm.name,ip.address,\
                 enabled,state,location.node.name,location.port.name,location.home_node.name,\
                 location.is_home"
            }
            Protocol::Fc => {
                "/api/network/fc/interfaces?data_protocol=fcp&fields=name,svm.name,wwpn,wwnn,data_protocol,enabled,\
                 state,location.node.name,location.port.name"
            }
        };
        let mut found = Vec::new();
        self.list(path, bounds, &mut |record| {
            let carries = text(record, "data_protocol");
            if self.ours(record) && carries.is_none_or(|word| word == "fcp") {
                found.push(lif(record, protocol));
            }
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }

    fn portsets(&self, name: Option<&str>, bounds: &Bounds) -> Result<Vec<Portset>, Error> {
        let query = name.map_or_else(String::new, |name| format!("name={}&", encode(&wild(name))));
        let mut found = Vec::new();
        self.list(
            &format!(
                "/api/protocols/san/portsets?{query}fields=name,uuid,svm.name,protocol,interfaces"
            ),
            bounds,
            &mut |record| {
                let told = text(record, "name").unwrap_or_default();
                if self.ours(record) && name.is_none_or(|name| name == told) {
                    let lif = |one: &Value| text(one, "ip.name").or_else(|| text(one, "fc.name"));
                    found.push(Portset {
                        name: told,
                        uuid: text(record, "uuid").unwrap_or_default(),
                        protocol: text(record, "protocol").unwrap_or_default(),
                        lifs: list(record, "interfaces").iter().filter_map(lif).collect(),
                    });
                }
                ControlFlow::Continue(())
            },
        )?;
        Ok(found)
    }

    fn logins(
        &self,
        protocol: Protocol,
        initiator: Option<&str>,
        bounds: &Bounds,
    ) -> Result<Vec<Login>, Error> {
        let (resource, filter, fields) = match protocol {
            Protocol::Iscsi => (
                "/api/protocols/san/iscsi/sessions",
                "initiator.name",
                "svm.name,initiator,target_portal_group,connections",
            ),
            Protocol::Fc => (
                "/api/network/fc/logins",
                "initiator.wwpn",
                "svm.name,initiator,interface",
            ),
        };
        let query = initiator.map_or_else(String::new, |name| {
            format!("{filter}={}&", encode(&initiator_on_wire(name)))
        });
        let path = format!("{resource}?{query}fields={fields}");
        self.logins_at(&path, protocol, filter, bounds, &|name| {
            initiator.is_none_or(|wanted| initiator_key(wanted) == name)
        })
    }

    fn fabric(&self, ports: &[String], bounds: &Bounds) -> Result<Vec<Login>, Error> {
        let path = format!(
            "/api/network/fc/logins?initiator.wwpn={}&fields=svm.name,initiator,interface",
            encode(&any_initiator(ports))
        );
        self.logins_at(&path, Protocol::Fc, "initiator.wwpn", bounds, &|name| {
            ports.iter().any(|port| initiator_key(port) == name)
        })
    }

    fn luns(
        &self,
        query: &LunQuery,
        bounds: &Bounds,
        each: &mut Each<'_, Lun>,
    ) -> Result<(), Error> {
        let filter = match query {
            LunQuery::Path(path) => format!("name={}&", encode(&wild(path))),
            // Where there are no volumes, the name is plain (§6).
            LunQuery::Base(name) => {
                let names = format!("{}|{}", any_volume(name), wild(name));
                format!("name={}&", encode(&names))
            }
            LunQuery::Uuid(uuid) => format!("uuid={}&", encode(uuid)),
            LunQuery::Uuids(uuids) => format!("uuid={}&", encode(&uuids.join("|"))),
            LunQuery::Serial(serial) => format!("serial_number={}&", encode(&wild(serial))),
            LunQuery::All { volume: Some(name) } => {
                format!("location.volume.name={}&", encode(&wild(name)))
            }
            LunQuery::All { volume: None } => String::new(),
        };
        let path = format!("/api/storage/luns?{filter}fields={LUN}");
        self.list(&path, bounds, &mut |record| {
            let lun = lun(record);
            if self.ours(record) && fits(&lun, query) {
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
        let mut filter = String::new();
        if let Some(uuid) = lun {
            filter.push_str(&format!("lun.uuid={}&", encode(uuid)));
        }
        if let Some(name) = group {
            filter.push_str(&format!("igroup.name={}&", encode(&wild(name))));
        }
        let path = format!("/api/protocols/san/lun-maps?{filter}fields={MAP}");
        self.list_by(query.few(), &path, bounds, &mut |record| {
            let map = map(record);
            if self.ours(record) && query.fits(&map) {
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
        let filter = match query {
            IgroupQuery::Initiator(name) => {
                format!("initiators.name={}&", encode(&initiator_on_wire(name)))
            }
            IgroupQuery::AnyOf(names) => {
                format!("initiators.name={}&", encode(&any_initiator(names)))
            }
            IgroupQuery::Name(name) => format!("name={}&", encode(&wild(name))),
            IgroupQuery::Uuid(uuid) => format!("uuid={}&", encode(uuid)),
            IgroupQuery::All => String::new(),
        };
        let path = format!("/api/protocols/san/igroups?{filter}fields={IGROUP}");
        self.list(&path, bounds, &mut |record| {
            let igroup = igroup(record);
            if self.ours(record) && is_wanted(&igroup, query) {
                return each(igroup);
            }
            ControlFlow::Continue(())
        })
    }
}
