//! Somebody else at the array: requests past the program, as an administrator or the OpenStack
//! driver sends them. What the array refuses is left.

use sanctl::sim::oceanstor::{Practice, Seed};
use sanctl::sim::server::{Device as _, Request};
use serde_json::{Value, json};

/// Sends one request in a session of its own.
pub(crate) fn ask(array: &Practice, method: &str, path: &str, body: &Value) -> Value {
    let send = |method: &str, path: &str, headers: Vec<(String, String)>, body: &Value| {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let reply = array.handle(&Request {
            method: method.into(),
            path: path.into(),
            query: query.into(),
            headers,
            body: match body {
                Value::Null => Vec::new(),
                body => body.to_string().into_bytes(),
            },
        });
        let value: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
        (value, reply.headers)
    };
    let login = json!({"username": Seed::USER, "password": Seed::PASSWORD, "scope": "0"});
    let (value, headers) = send("POST", "/deviceManager/rest/xx/sessions", vec![], &login);
    let token = value["data"]["iBaseToken"].as_str().unwrap().to_owned();
    let cookie = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("set-cookie"))
        .unwrap();
    let cookie = cookie.1.split(';').next().unwrap().to_owned();
    let headers = vec![
        ("ibasetoken".to_owned(), token),
        ("cookie".to_owned(), cookie),
    ];
    let base = format!("/deviceManager/rest/{}", array.serial());
    let (value, _) = send(method, &format!("{base}{path}"), headers.clone(), body);
    send("DELETE", &format!("{base}/sessions"), headers, &Value::Null);
    value
}

/// An administrator and what he knows of one node's objects.
pub(crate) struct Admin<'a> {
    pub(crate) array: &'a Practice,
    pub(crate) host: String,
    pub(crate) iqn: String,
}

impl Admin<'_> {
    fn id(&self, table: &str, name: &str) -> Option<String> {
        let dump = self.array.dump();
        let rows = dump[table]["rows"].as_object()?.clone();
        let mut found = rows.into_iter().filter(|(_, row)| row["name"] == name);
        found.next().map(|(id, _)| id)
    }

    fn row(&self, table: &str, id: &str) -> Value {
        self.array.dump()[table]["rows"][id].clone()
    }

    fn ask(&self, method: &str, path: &str, body: &Value) {
        ask(self.array, method, path, body);
    }

    fn join(&self, method: &str, path: &str, id: &str, kind: &str, member: &str) {
        let body = json!({"ID": id, "ASSOCIATEOBJTYPE": kind, "ASSOCIATEOBJID": member});
        self.ask(method, path, &body);
    }

    fn made(&self, table: &str, path: &str, name: &str, body: Value) -> Option<String> {
        if self.id(table, name).is_none() {
            self.ask("POST", path, &body);
        }
        self.id(table, name)
    }

    /// Ids of the node's host, host group, LUN group and view, as far as they are there.
    fn parts(&self) -> Option<(String, [Option<String>; 3])> {
        let host = self.id("hosts", &self.host)?;
        let id = |table: &str, sort: &str| self.id(table, &format!("OpenStack_{sort}_{host}"));
        let groups = [
            id("hostgroups", "HostGroup"),
            id("lungroups", "LunGroup"),
            id("views", "Mapping_View"),
        ];
        Some((host, groups))
    }

    fn lun(&self, name: &str) -> Option<String> {
        self.id("luns", name)
    }

    /// As the OpenStack driver attaches: whatever is missing is made.
    pub(crate) fn cinder_attach(&self, lun: &str) -> Option<()> {
        let lun = self.lun(lun)?;
        let host = json!({"NAME": self.host, "OPERATIONSYSTEM": "0", "DESCRIPTION": self.host,
            "TYPE": "21"});
        let host = self.made("hosts", "/host", &self.host, host)?;
        self.ask(
            "POST",
            "/iscsi_initiator",
            &json!({"TYPE": "222", "ID": self.iqn,
            "USECHAP": "false"}),
        );
        self.ask(
            "PUT",
            &format!("/iscsi_initiator/{}", self.iqn),
            &json!({"TYPE": "222", "ID": self.iqn, "PARENTTYPE": "21", "PARENTID": host}),
        );
        let group = |table: &str, path: &str, sort: &str| {
            let name = format!("OpenStack_{sort}_{host}");
            self.made(table, path, &name, json!({"NAME": name}))
        };
        let hosts = group("hostgroups", "/hostgroup", "HostGroup")?;
        let luns = group("lungroups", "/lungroup", "LunGroup")?;
        let view = group("views", "/mappingview", "Mapping_View")?;
        self.join("POST", "/hostgroup/associate", &hosts, "21", &host);
        self.join("POST", "/lungroup/associate", &luns, "11", &lun);
        self.join("PUT", "/mappingview/create_associate", &view, "14", &hosts);
        self.join("PUT", "/mappingview/create_associate", &view, "256", &luns);
        Some(())
    }

    /// As the OpenStack driver detaches: the LUN, and everything when it was the last one.
    pub(crate) fn cinder_detach(&self, lun: &str) -> Option<()> {
        let lun = self.lun(lun)?;
        let (host, [hosts, luns, view]) = self.parts()?;
        let (luns, view) = (luns?, view?);
        self.take_lun(&luns, &lun);
        if self.row("lungroups", &luns)["members"] != json!([]) {
            return None;
        }
        self.join("PUT", "/mappingview/remove_associate", &view, "256", &luns);
        self.ask("DELETE", &format!("/lungroup/{luns}"), &Value::Null);
        self.ask(
            "PUT",
            "/iscsi_initiator/remove_iscsi_from_host",
            &json!({"TYPE": "222", "ID": self.iqn}),
        );
        let hosts = hosts?;
        self.join("PUT", "/mappingview/remove_associate", &view, "14", &hosts);
        self.ask(
            "DELETE",
            &format!(
                "/host/associate?TYPE=14&ID={hosts}&ASSOCIATEOBJTYPE=21&ASSOCIATEOBJID={host}"
            ),
            &Value::Null,
        );
        self.ask("DELETE", &format!("/hostgroup/{hosts}"), &Value::Null);
        self.ask("DELETE", &format!("/host/{host}"), &Value::Null);
        self.ask("DELETE", &format!("/mappingview/{view}"), &Value::Null);
        Some(())
    }

    fn take_lun(&self, group: &str, lun: &str) {
        self.ask(
            "DELETE",
            &format!("/lungroup/associate?ID={group}&ASSOCIATEOBJTYPE=11&ASSOCIATEOBJID={lun}"),
            &Value::Null,
        );
    }

    /// Maps a LUN to the node's host through groups of his own.
    pub(crate) fn map(&self, lun: &str) -> Option<()> {
        let lun = self.lun(lun)?;
        let host = self.id("hosts", &self.host)?;
        let group = |table: &str, path: &str, sort: &str| {
            let name = format!("adm-{sort}-{}", self.host);
            self.made(table, path, &name, json!({"NAME": name}))
        };
        let hosts = group("hostgroups", "/hostgroup", "hosts")?;
        let luns = group("lungroups", "/lungroup", "luns")?;
        let view = group("views", "/mappingview", "view")?;
        self.join("POST", "/hostgroup/associate", &hosts, "21", &host);
        self.join("POST", "/lungroup/associate", &luns, "11", &lun);
        self.join("PUT", "/mappingview/create_associate", &view, "14", &hosts);
        self.join("PUT", "/mappingview/create_associate", &view, "256", &luns);
        Some(())
    }

    /// Takes a LUN out of every group.
    pub(crate) fn unmap(&self, lun: &str) -> Option<()> {
        let lun = self.lun(lun)?;
        let groups = self.row("luns", &lun)["groups"].clone();
        for group in groups.as_array()? {
            self.take_lun(&group.to_string(), &lun);
        }
        Some(())
    }

    /// Puts a LUN of his into the node's LUN group.
    pub(crate) fn put_lun(&self, lun: &str) -> Option<()> {
        let (_, [_, luns, _]) = self.parts()?;
        self.join("POST", "/lungroup/associate", &luns?, "11", &self.lun(lun)?);
        Some(())
    }

    /// Puts another host into the node's host group.
    pub(crate) fn put_host(&self) -> Option<()> {
        let (_, [hosts, ..]) = self.parts()?;
        let name = "adm-other";
        let other = self.made("hosts", "/host", name, json!({"NAME": name, "TYPE": "21"}))?;
        self.join("POST", "/hostgroup/associate", &hosts?, "21", &other);
        Some(())
    }

    /// Pulls one thing out from under the node's attachments.
    pub(crate) fn pull(&self, what: &str) -> Option<()> {
        let (host, [hosts, luns, view]) = self.parts()?;
        let out = "/mappingview/remove_associate";
        match what {
            "view-lungroup" => self.join("PUT", out, &view?, "256", &luns?),
            "view-hostgroup" => self.join("PUT", out, &view?, "14", &hosts?),
            "host" => self.ask(
                "DELETE",
                &format!(
                    "/host/associate?TYPE=14&ID={}&ASSOCIATEOBJTYPE=21&ASSOCIATEOBJID={host}",
                    hosts?
                ),
                &Value::Null,
            ),
            "initiator" => self.ask(
                "PUT",
                "/iscsi_initiator/remove_iscsi_from_host",
                &json!({"TYPE": "222", "ID": self.iqn}),
            ),
            "view" => {
                let view = view?;
                if let Some(luns) = luns {
                    self.join("PUT", out, &view, "256", &luns);
                }
                if let Some(hosts) = hosts {
                    self.join("PUT", out, &view, "14", &hosts);
                }
                self.ask("DELETE", &format!("/mappingview/{view}"), &Value::Null);
            }
            _ => return None,
        }
        Some(())
    }

    /// Gives one of the node's objects another name.
    pub(crate) fn rename(&self, what: &str) -> Option<()> {
        let (host, [hosts, luns, view]) = self.parts()?;
        let (path, id) = match what {
            "host" => ("host", host),
            "hostgroup" => ("hostgroup", hosts?),
            "lungroup" => ("lungroup", luns?),
            _ => ("mappingview", view?),
        };
        let body = json!({"ID": id, "NAME": format!("adm-{what}-{}", self.host)});
        self.ask("PUT", &format!("/{path}/{id}"), &body);
        Some(())
    }

    /// Moves the node's initiator to a host of his.
    pub(crate) fn steal(&self) -> Option<()> {
        let name = "adm-thief";
        let other = self.made("hosts", "/host", name, json!({"NAME": name, "TYPE": "21"}))?;
        self.ask(
            "PUT",
            "/iscsi_initiator/remove_iscsi_from_host",
            &json!({"TYPE": "222", "ID": self.iqn}),
        );
        self.ask(
            "PUT",
            &format!("/iscsi_initiator/{}", self.iqn),
            &json!({"TYPE": "222", "ID": self.iqn, "PARENTTYPE": "21", "PARENTID": other}),
        );
        Some(())
    }

    /// Gives the initiator back.
    pub(crate) fn free(&self) -> Option<()> {
        self.ask(
            "PUT",
            "/iscsi_initiator/remove_iscsi_from_host",
            &json!({"TYPE": "222", "ID": self.iqn}),
        );
        Some(())
    }

    /// The LUN is lost, and one of the same name takes its place.
    pub(crate) fn lose(&self, lun: &str) -> Option<()> {
        self.array.lose_lun(self.lun(lun)?.parse().ok()?);
        Some(())
    }

    pub(crate) fn make(&self, lun: &str) -> Option<()> {
        self.array.ensure_lun(lun, super::GIB);
        Some(())
    }
}
