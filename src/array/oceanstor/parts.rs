//! The objects and links that a publication consists of, as data: words, type numbers, requests
//! (oceanstor.md §5, §7, §8). The steps send these requests; the plan prints the same ones.

use serde_json::{Value, json};

use super::envelope::Request;
use super::names;

/// The type number of a LUN.
pub(super) const LUN: u32 = 11;
/// The type number of a snapshot.
pub(super) const SNAPSHOT: u32 = 27;

/// A named object of the array.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Noun {
    Host,
    HostGroup,
    LunGroup,
    View,
    PortGroup,
}

impl Noun {
    /// The key in the facts and in object identities, and the word for people.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::HostGroup => "hostgroup",
            Self::LunGroup => "lungroup",
            Self::View => "view",
            Self::PortGroup => "portgroup",
        }
    }

    /// The noun of the command line.
    pub(super) const fn verb(self) -> &'static str {
        match self {
            Self::View => "mapping",
            other => other.word(),
        }
    }

    /// The resource of the interface.
    pub(super) const fn resource(self) -> &'static str {
        match self {
            Self::View => "mappingview",
            other => other.word(),
        }
    }

    /// The type number.
    pub(super) const fn code(self) -> u32 {
        match self {
            Self::Host => 21,
            Self::HostGroup => 14,
            Self::LunGroup => 256,
            Self::View => 245,
            Self::PortGroup => 257,
        }
    }

    /// The step's key.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Host => "array.host",
            Self::HostGroup => "array.hostgroup",
            Self::LunGroup => "array.lungroup",
            Self::View => "array.view",
            Self::PortGroup => "array.portgroup",
        }
    }

    /// Why an attachment needs it.
    pub(super) const fn why(self) -> &'static str {
        match self {
            Self::Host => "the array's name for this node",
            Self::HostGroup => "a mapping joins groups, not hosts",
            Self::LunGroup => "a mapping joins groups, not LUNs",
            Self::View => "shows the LUNs of one group to the hosts of another",
            Self::PortGroup => "the ports through which the hosts see the LUNs",
        }
    }

    /// The name the convention gives to the object of this host; hosts and port groups have
    /// names of their own.
    pub(super) fn name_for(self, host_id: &str) -> Option<String> {
        let noun = match self {
            Self::HostGroup => names::Noun::HostGroup,
            Self::LunGroup => names::Noun::LunGroup,
            Self::View => names::Noun::View,
            Self::Host | Self::PortGroup => return None,
        };
        Some(noun.name(host_id))
    }

    /// The request that makes a group or a view.
    pub(super) fn create(self, name: &str) -> Request {
        let code = self.code().to_string();
        let body = match self {
            Self::LunGroup => {
                json!({"NAME": name, "DESCRIPTION": name, "APPTYPE": "0", "GROUPTYPE": "0"})
            }
            Self::View => json!({"NAME": name, "TYPE": code}),
            Self::HostGroup | Self::Host | Self::PortGroup => json!({"TYPE": code, "NAME": name}),
        };
        Request::post(format!("/{}", self.resource()), body)
    }

    /// The request that deletes it.
    pub(super) fn delete(self, id: &str) -> Request {
        Request::delete(format!("/{}/{id}", self.resource()))
    }
}

/// OPERATIONSYSTEM of Linux.
pub(super) const LINUX: u16 = 0;

/// The request that makes a host. V6 arrays take the ALUA mode from the host.
pub(super) fn create_host(name: &str, os: u16, description: &str, v6: bool) -> Request {
    let code = Noun::Host.code().to_string();
    let mut body = json!({"TYPE": code, "NAME": name, "OPERATIONSYSTEM": os.to_string(),
        "DESCRIPTION": description});
    if v6 && let Value::Object(map) = &mut body {
        map.insert("accessMode".into(), "0".into());
    }
    Request::post("/host", body)
}

/// A membership or association.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Link {
    HostGroupHost,
    ViewHostGroup,
    ViewLunGroup,
    ViewPortGroup,
    LunGroupLun,
}

impl Link {
    /// All of them.
    pub(super) const ALL: [Self; 5] = [
        Self::HostGroupHost,
        Self::ViewHostGroup,
        Self::ViewLunGroup,
        Self::ViewPortGroup,
        Self::LunGroupLun,
    ];

    /// The part of the step's key behind `array.`, and of the object's identity.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::HostGroupHost => "hostgroup-host",
            Self::ViewHostGroup => "view-hostgroup",
            Self::ViewLunGroup => "view-lungroup",
            Self::ViewPortGroup => "view-portgroup",
            Self::LunGroupLun => "lungroup-lun",
        }
    }

    /// The step's key.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::HostGroupHost => "array.hostgroup-host",
            Self::ViewHostGroup => "array.view-hostgroup",
            Self::ViewLunGroup => "array.view-lungroup",
            Self::ViewPortGroup => "array.view-portgroup",
            Self::LunGroupLun => "array.lungroup-lun",
        }
    }

    /// What holds the member.
    pub(super) const fn container(self) -> Noun {
        match self {
            Self::HostGroupHost => Noun::HostGroup,
            Self::LunGroupLun => Noun::LunGroup,
            Self::ViewHostGroup | Self::ViewLunGroup | Self::ViewPortGroup => Noun::View,
        }
    }

    /// The member; `None` = the LUN.
    pub(super) const fn member(self) -> Option<Noun> {
        match self {
            Self::HostGroupHost => Some(Noun::Host),
            Self::ViewHostGroup => Some(Noun::HostGroup),
            Self::ViewLunGroup => Some(Noun::LunGroup),
            Self::ViewPortGroup => Some(Noun::PortGroup),
            Self::LunGroupLun => None,
        }
    }

    /// Why an attachment needs it.
    pub(super) const fn why(self) -> &'static str {
        match self {
            Self::HostGroupHost => "the host sees what its group sees",
            Self::ViewHostGroup => "the hosts that the mapping serves",
            Self::ViewLunGroup => "the LUNs that the mapping shows",
            Self::ViewPortGroup => "the ports that the mapping uses",
            Self::LunGroupLun => "this makes the LUN visible to the host",
        }
    }

    /// The request that joins them. `code` is the member's type number.
    pub(super) fn join(self, container: &str, member: &str, code: u32) -> Request {
        let kind = self.container().code().to_string();
        let code = code.to_string();
        match self {
            Self::HostGroupHost => Request::post(
                "/hostgroup/associate",
                json!({"TYPE": kind, "ID": container, "ASSOCIATEOBJTYPE": code,
                    "ASSOCIATEOBJID": member}),
            ),
            Self::LunGroupLun => Request::post(
                "/lungroup/associate",
                json!({"ID": container, "ASSOCIATEOBJTYPE": code, "ASSOCIATEOBJID": member}),
            ),
            Self::ViewHostGroup | Self::ViewLunGroup | Self::ViewPortGroup => {
                view_change("create_associate", container, member, &code)
            }
        }
    }

    /// The request that parts them.
    pub(super) fn part(self, container: &str, member: &str, code: u32) -> Request {
        match self {
            Self::HostGroupHost => Request::delete(format!(
                "/host/associate?TYPE=14&ID={container}&ASSOCIATEOBJTYPE={code}\
                 &ASSOCIATEOBJID={member}"
            )),
            Self::LunGroupLun => Request::delete(format!(
                "/lungroup/associate?ID={container}&ASSOCIATEOBJTYPE={code}\
                 &ASSOCIATEOBJID={member}"
            )),
            Self::ViewHostGroup | Self::ViewLunGroup | Self::ViewPortGroup => {
                view_change("remove_associate", container, member, &code.to_string())
            }
        }
    }
}

fn view_change(act: &str, view: &str, group: &str, code: &str) -> Request {
    Request::put(
        format!("/mappingview/{act}"),
        json!({"TYPE": Noun::View.code().to_string(), "ID": view, "ASSOCIATEOBJTYPE": code,
            "ASSOCIATEOBJID": group}),
    )
}

/// The requests about one initiator, of either protocol (oceanstor.md §7 "Initiators").
pub(super) mod initiator {
    use super::super::envelope::Request;
    use crate::model::nouns::Protocol;
    use serde_json::{Value, json};

    /// Makes it known to the array, free.
    pub(in super::super) fn create(protocol: Protocol, id: &str) -> Request {
        match protocol {
            Protocol::Iscsi => {
                let body = json!({"TYPE": "222", "ID": id, "USECHAP": "false"});
                Request::post("/iscsi_initiator", body)
            }
            Protocol::Fc => Request::post("/fc_initiator", json!({"TYPE": "223", "ID": id})),
        }
    }

    /// Binds it to a host. One that uses CHAP goes on using it.
    pub(in super::super) fn bind(protocol: Protocol, id: &str, host: &str, chap: bool) -> Request {
        if protocol == Protocol::Fc {
            // A number here, a text there: as the drivers send them.
            let body = json!({"TYPE": "223", "ID": id, "PARENTTYPE": 21, "PARENTID": host});
            return Request::put(format!("/fc_initiator/{id}"), body);
        }
        let mut body = json!({"TYPE": "222", "ID": id, "PARENTTYPE": "21", "PARENTID": host});
        if !chap && let Value::Object(map) = &mut body {
            map.insert("USECHAP".into(), "false".into());
        }
        Request::put(format!("/iscsi_initiator/{id}"), body)
    }

    /// The same request, with the account that the initiator must use from then on.
    pub(in super::super) fn with_chap(mut request: Request, user: &str, secret: &str) -> Request {
        if let Some(Value::Object(map)) = &mut request.body {
            map.insert("USECHAP".into(), "true".into());
            map.insert("CHAPNAME".into(), user.into());
            map.insert("CHAPPASSWORD".into(), secret.into());
        }
        request
    }

    /// Changes one of iSCSI, and keeps where it is bound.
    pub(in super::super) fn change(iqn: &str) -> Request {
        let body = json!({"TYPE": "222", "ID": iqn});
        Request::put(format!("/iscsi_initiator/{iqn}"), body)
    }

    /// Asks one of iSCSI for no CHAP any more.
    pub(in super::super) fn chap_off(iqn: &str) -> Request {
        let body = json!({"TYPE": "222", "ID": iqn, "USECHAP": "false"});
        Request::put(format!("/iscsi_initiator/{iqn}"), body)
    }

    /// Frees it.
    pub(in super::super) fn unbind(protocol: Protocol, id: &str) -> Request {
        let (code, path) = match protocol {
            Protocol::Iscsi => ("222", "/iscsi_initiator/remove_iscsi_from_host"),
            Protocol::Fc => ("223", "/fc_initiator/remove_fc_from_host"),
        };
        Request::put(path, json!({"TYPE": code, "ID": id}))
    }

    /// Makes the array forget it.
    pub(in super::super) fn delete(protocol: Protocol, id: &str) -> Request {
        let resource = match protocol {
            Protocol::Iscsi => "iscsi_initiator",
            Protocol::Fc => "fc_initiator",
        };
        Request::delete(format!("/{resource}/{id}"))
    }
}

/// The request that gives a LUN of a view another number.
pub(super) fn set_number(view: &str, lun: &str, code: u32, number: u16) -> Request {
    Request::put(
        format!("/mappingview/{view}"),
        json!({"TYPE": 245, "ID": view, "ASSOCIATEOBJTYPE": code, "ASSOCIATEOBJID": lun,
            "ASSOCIATEMETADATA": [{"LUNID": lun, "hostLUNId": number.to_string()}]}),
    )
}

/// The request that puts a LUN into a LUN group and names its number; newer arrays only
/// (oceanstor.md §7 "Lungroup": `hostLunID` is an option of V6).
pub(super) fn join_lun_at(group: &str, lun: &str, code: u32, number: u16) -> Request {
    Request::post(
        "/lungroup/associate",
        json!({"ID": group, "ASSOCIATEOBJTYPE": code.to_string(), "ASSOCIATEOBJID": lun,
            "hostLunID": number}),
    )
}

/// The requests about the ports of a port group (oceanstor.md §7 "Ports"). The sheet shows them
/// with type 212, FC; Ethernet and logical ports are sent the same way (U).
pub(super) mod port {
    use super::super::envelope::Request;
    use serde_json::json;

    /// Puts a port into a port group.
    pub(in super::super) fn join(group: &str, port: &str, code: u32) -> Request {
        Request::post(
            "/port/associate/portgroup",
            json!({"ID": group, "TYPE": 257, "ASSOCIATEOBJTYPE": code, "ASSOCIATEOBJID": port}),
        )
    }

    /// Takes it out.
    pub(in super::super) fn part(group: &str, port: &str, code: u32) -> Request {
        Request::delete(format!(
            "/port/associate/portgroup?ID={group}&TYPE=257&ASSOCIATEOBJTYPE={code}\
             &ASSOCIATEOBJID={port}"
        ))
    }
}

/// The requests about mappings of one LUN and one host on newer arrays (oceanstor.md §7 "Direct
/// mapping"). The vendor's driver also sends `force`; what it forces is not said, so we do not.
pub(super) mod direct {
    use super::super::envelope::{Method, Request};
    use serde_json::json;

    /// Maps; the array takes the first number from `start` on that is free.
    pub(in super::super) fn create(host: &str, lun: &str, start: u16) -> Request {
        let body = json!({"hostId": host, "lunId": lun, "hostLunIdStart": start});
        Request::post("/mapping", body)
    }

    /// Unmaps. A DELETE with a body, as the vendor's driver sends it.
    pub(in super::super) fn delete(host: &str, lun: &str) -> Request {
        Request {
            method: Method::Delete,
            path: "/mapping".to_owned(),
            body: Some(json!({"hostId": host, "lunId": lun})),
        }
    }
}

/// The requests that make, grow and delete LUNs. The fact sheet has none of them: they are what
/// the OpenStack driver sends (cinder 29.0.0, `huawei_driver.py` `_get_lun_params`,
/// `rest_client.py` `create_lun`, `extend_lun`, `delete_lun`), without its cache policies.
pub(super) mod lun {
    use super::super::envelope::Request;
    use serde_json::json;

    /// Makes a thin LUN of `sectors` of 512 bytes: the only kind that newer arrays have
    /// (oceanstor.md §1), and what needs a licence on some older ones.
    pub(in super::super) fn create(name: &str, pool: &str, sectors: u64) -> Request {
        let body = json!({"TYPE": "11", "NAME": name, "PARENTTYPE": "216", "PARENTID": pool,
            "DESCRIPTION": "", "ALLOCTYPE": "1", "CAPACITY": sectors.to_string()});
        Request::post("/lun", body)
    }

    /// Makes a LUN as large as `sectors`, which is more than it was.
    pub(in super::super) fn expand(id: &str, sectors: u64) -> Request {
        let body = json!({"TYPE": 11, "ID": id, "CAPACITY": sectors.to_string()});
        Request::put("/lun/expand", body)
    }

    /// Deletes a LUN and its data.
    pub(in super::super) fn delete(id: &str) -> Request {
        Request::delete(format!("/lun/{id}"))
    }
}

/// `1 port`, `2 ports`.
pub(super) fn counted(number: usize, word: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {word}{plural}")
}
