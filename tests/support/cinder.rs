//! What the OpenStack driver of this array does, request by request: find, else create, in its
//! order and with its bodies (oceanstor.md §6, §8, §10; the seed's trace). Written from the fact
//! sheet and the trace; it shares nothing with the client.
//!
//! [`Line::Tree`] is the driver in Cinder's tree: whole tables, `range=[0-8191]`. [`Line::Vendor`] is the
//! vendor's own, for newer arrays: exact filters, `accessMode`, blind creates.

use std::net::IpAddr;

use sanctl::sim::oceanstor::{Practice, Seed};
use sanctl::sim::server::{Device as _, Request};
use serde_json::{Map, Value, json};

/// Which of the two drivers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    Tree,
    Vendor,
}

/// What stands in the driver's XML file for an initiator.
#[derive(Clone, Debug)]
pub(crate) struct Xml {
    pub(crate) target_ips: Vec<IpAddr>,
    pub(crate) portgroup: Option<&'static str>,
    pub(crate) chap: Option<(&'static str, &'static str)>,
    pub(crate) alua: bool,
}

/// A driver, logged in.
pub(crate) struct Driver<'a> {
    array: &'a Practice,
    line: Line,
    xml: Xml,
    headers: Vec<(String, String)>,
    pub(crate) sent: std::cell::RefCell<Vec<String>>,
}

/// The name of a target and its address.
type Target = (String, String);
type Outcome<T> = Result<T, String>;

/// A reply: its code, and what came with it.
struct Told {
    code: i64,
    data: Value,
}

impl Told {
    /// Fails unless the code is 0 or one that the driver takes for success.
    fn fine(self, also: &[i64], what: &str) -> Outcome<Value> {
        if self.code == 0 || also.contains(&self.code) {
            Ok(self.data)
        } else {
            Err(format!("{what}: {}", self.code))
        }
    }

    fn rows(self) -> Vec<Value> {
        assert_eq!(self.code, 0);
        self.data.as_array().cloned().unwrap_or_default()
    }
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or_default()
}

fn hex(text: &str) -> String {
    format!("{:x}", md5::compute(text))
}

/// The array's name of a host: at most 31 characters.
pub(crate) fn host_name(name: &str) -> String {
    if name.len() > 31 {
        hex(name)[..31].to_owned()
    } else {
        name.to_owned()
    }
}

/// The array's name of a volume.
pub(crate) fn lun_name(uuid: &str) -> String {
    let first = uuid.split('-').next().unwrap();
    let name = format!("{first}-{}", hex(uuid));
    name[..31].to_owned()
}

impl<'a> Driver<'a> {
    pub(crate) fn login(array: &'a Practice, line: Line, xml: Xml) -> Self {
        let mut driver = Self {
            array,
            line,
            xml,
            headers: Vec::new(),
            sent: std::cell::RefCell::default(),
        };
        let reply = array.handle(&Request {
            method: "POST".into(),
            path: "/deviceManager/rest/xx/sessions".into(),
            body: json!({"username": Seed::USER, "password": Seed::PASSWORD, "scope": "0"})
                .to_string()
                .into_bytes(),
            ..Request::default()
        });
        let body: Value = serde_json::from_slice(&reply.body).unwrap();
        let token = text(&body["data"], "iBaseToken").to_owned();
        let mut headers = reply.headers.iter();
        let cookie = headers.find(|(n, _)| n.eq_ignore_ascii_case("set-cookie"));
        let cookie = cookie.unwrap().1.split(';').next().unwrap().to_owned();
        driver.headers = vec![("ibasetoken".into(), token), ("cookie".into(), cookie)];
        driver
    }

    fn send(&self, method: &str, path: &str, body: Value) -> Told {
        self.sent.borrow_mut().push(format!("{method} {path}"));
        let (route, query) = path.split_once('?').unwrap_or((path, ""));
        let reply = self.array.handle(&Request {
            method: method.into(),
            path: format!("/deviceManager/rest/{}{route}", self.array.serial()),
            query: query.into(),
            headers: self.headers.clone(),
            body: match body {
                Value::Null => Vec::new(),
                body => body.to_string().into_bytes(),
            },
        });
        let value: Value = serde_json::from_slice(&reply.body).unwrap();
        Told {
            code: value["error"]["code"].as_i64().unwrap(),
            data: value["data"].clone(),
        }
    }

    fn get(&self, path: &str) -> Told {
        self.send("GET", path, Value::Null)
    }

    pub(crate) fn logout(self) {
        assert_eq!(self.send("DELETE", "/sessions", Value::Null).code, 0);
    }

    /// The changes of the requests so far, logins left out.
    pub(crate) fn changes(&self) -> Vec<String> {
        let sent = self.sent.borrow();
        let changes = sent.iter().filter(|s| !s.starts_with("GET"));
        changes.cloned().collect()
    }

    /// The row of a table that has this name: from the whole table, or by the filter.
    fn named(&self, table: &str, name: &str) -> Option<Value> {
        let wide = if table == "host" { 65535 } else { 8191 };
        let query = match self.line {
            Line::Tree => format!("range=[0-{wide}]"),
            Line::Vendor => format!("filter=NAME::{name}&range=[0-100]"),
        };
        let rows = self.get(&format!("/{table}?{query}")).rows();
        rows.into_iter().find(|row| text(row, "NAME") == name)
    }

    /// Looks, creates, and looks again when somebody else was faster.
    fn ensure(&self, table: &str, name: &str, body: Value) -> Outcome<String> {
        if let Some(found) = self.named(table, name) {
            return Ok(text(&found, "ID").to_owned());
        }
        let made = self.send("POST", &format!("/{table}"), body);
        if made.code == 1_077_948_993 {
            let found = self.named(table, name).ok_or("exists and is not there")?;
            return Ok(text(&found, "ID").to_owned());
        }
        let made = made.fine(&[], table)?;
        Ok(text(&made, "ID").to_owned())
    }

    /// Whether it is the vendor's driver on an array that knows what only it sends.
    fn is_new(&self) -> bool {
        let version = || self.get("/system/").data;
        self.line == Line::Vendor && text(&version(), "PRODUCTVERSION") >= "V600R003C00"
    }

    fn lun(&self, name: &str) -> Outcome<String> {
        let rows = self.get(&format!("/lun?filter=NAME::{name}")).rows();
        let found = rows.into_iter().find(|row| text(row, "NAME") == name);
        Ok(text(&found.ok_or(format!("no LUN {name}"))?, "ID").to_owned())
    }

    fn find_host(&self, node: &str) -> Option<String> {
        let found = self.named("host", &host_name(node))?;
        Some(text(&found, "ID").to_owned())
    }

    fn host(&self, node: &str) -> Outcome<String> {
        let name = host_name(node);
        let mut body =
            json!({"TYPE": "21", "NAME": name, "OPERATIONSYSTEM": "0", "DESCRIPTION": node});
        if self.is_new() {
            body["accessMode"] = "0".into();
        }
        self.ensure("host", &name, body)
    }

    fn initiator(&self, iqn: &str) -> Option<Value> {
        let rows = match self.line {
            Line::Tree => self.get("/iscsi_initiator?range=[0-256]").rows(),
            Line::Vendor => vec![self.get(&format!("/iscsi_initiator/{iqn}")).data],
        };
        rows.into_iter().find(|row| text(row, "ID") == iqn)
    }

    fn bind(&self, iqn: &str, host: &str) -> Outcome<()> {
        if self.initiator(iqn).is_none() {
            let body = json!({"TYPE": "222", "ID": iqn, "USECHAP": "false"});
            let made = self.send("POST", "/iscsi_initiator", body);
            made.fine(&[1_077_948_997], "initiator")?;
        }
        let row = self.initiator(iqn).ok_or("the initiator is not there")?;
        if text(&row, "ISFREE") == "false" {
            if text(&row, "PARENTID") != host {
                return Err("the initiator is another host's".into());
            }
            return Ok(());
        }
        let mut body = json!({"TYPE": "222", "ID": iqn, "USECHAP": "false",
            "PARENTTYPE": "21", "PARENTID": host});
        if let Some((user, secret)) = self.xml.chap {
            body["USECHAP"] = "true".into();
            body["CHAPNAME"] = user.into();
            body["CHAPPASSWORD"] = secret.into();
        }
        let bound = self.send("PUT", &format!("/iscsi_initiator/{iqn}"), body);
        bound.fine(&[], "bind")?;
        if self.xml.alua {
            let body = json!({"ID": iqn, "MULTIPATHTYPE": "1"});
            self.send("PUT", "/iscsi_initiator", body)
                .fine(&[], "ALUA")?;
        }
        Ok(())
    }

    /// Where to log in: name and address of each target, and the port group.
    fn targets(&self, multipath: bool) -> Outcome<(Vec<Target>, Option<String>)> {
        let mut ips: Vec<String> = self.xml.target_ips.iter().map(IpAddr::to_string).collect();
        let mut portgroup = None;
        match self.xml.portgroup.filter(|_| multipath) {
            Some(name) => {
                let found = self.named("portgroup", name).ok_or("no such port group")?;
                let id = text(&found, "ID").to_owned();
                let ports = self.get(&format!(
                    "/eth_port/associate?TYPE=213&ASSOCIATEOBJTYPE=257&ASSOCIATEOBJID={id}"
                ));
                let good =
                    |p: &Value| text(p, "HEALTHSTATUS") == "1" && text(p, "RUNNINGSTATUS") == "10";
                let ports = ports.rows().into_iter().filter(good);
                ips = ports.map(|p| text(&p, "IPV4ADDR").to_owned()).collect();
                portgroup = Some(id);
            }
            // Without a port group the driver in the tree takes the first address only.
            None if self.line == Line::Tree || !multipath => ips.truncate(1),
            None => {}
        }
        let mut found = Vec::new();
        for ip in ips {
            for row in self.get("/iscsi_tgt_port").rows() {
                let id = text(&row, "ID");
                let name = id.split(',').next().unwrap();
                let name = name.split_once('+').map_or(name, |(_, rest)| rest);
                let address = name.splitn(6, ':').nth(5).unwrap_or_default();
                if address.parse::<IpAddr>().ok() == ip.parse().ok() {
                    found.push((name.to_owned(), ip.clone()));
                }
            }
        }
        if found.is_empty() {
            return Err("no target".into());
        }
        Ok((found, portgroup))
    }

    fn in_view(&self, view: &str, table: &str, code: &str, group: &str) -> Outcome<()> {
        let there = self
            .get(&format!(
                "/{table}/associate?ASSOCIATEOBJTYPE=245&ASSOCIATEOBJID={view}"
            ))
            .rows();
        if there.iter().any(|row| text(row, "ID") == group) {
            return Ok(());
        }
        let body = json!({"TYPE": "245", "ID": view, "ASSOCIATEOBJTYPE": code,
            "ASSOCIATEOBJID": group});
        let path = "/MAPPINGVIEW/CREATE_ASSOCIATE";
        self.send("PUT", path, body).fine(&[], "view").map(|_| ())
    }

    fn number(&self, host: &str, lun: &str) -> Outcome<u64> {
        let path = format!("/lun/associate?TYPE=11&ASSOCIATEOBJTYPE=21&ASSOCIATEOBJID={host}");
        let rows = self.get(&path).rows();
        let row = rows.iter().find(|row| text(row, "ID") == lun);
        let metadata = text(row.ok_or("not mapped")?, "ASSOCIATEMETADATA");
        let metadata: Value = serde_json::from_str(metadata).unwrap();
        Ok(metadata["HostLUNID"].as_u64().unwrap())
    }

    /// Maps a volume to a connector and tells where to log in.
    pub(crate) fn initialize_connection(&self, lun: &str, connector: &Value) -> Outcome<Value> {
        let lun = self.lun(lun)?;
        let (node, iqn) = (text(connector, "host"), text(connector, "initiator"));
        let multipath = connector["multipath"].as_bool().unwrap_or_default();
        let (targets, portgroup) = self.targets(multipath)?;
        let host = self.host(node)?;
        self.bind(iqn, &host)?;
        let name = format!("OpenStack_HostGroup_{host}");
        let hostgroup = self.ensure("hostgroup", &name, json!({"TYPE": "14", "NAME": name}))?;
        let members = self
            .get(&format!(
                "/host/associate?TYPE=21&ASSOCIATEOBJTYPE=14&ASSOCIATEOBJID={hostgroup}"
            ))
            .rows();
        if !members.iter().any(|row| text(row, "ID") == host) {
            let body = json!({"TYPE": "14", "ID": hostgroup, "ASSOCIATEOBJTYPE": "21",
                "ASSOCIATEOBJID": host});
            let joined = self.send("POST", "/hostgroup/associate", body);
            joined.fine(&[1_077_937_501], "host into group")?;
        }
        let name = format!("OpenStack_LunGroup_{host}");
        let body = json!({"NAME": name, "DESCRIPTION": name, "APPTYPE": "0", "GROUPTYPE": "0"});
        let lungroup = self.ensure("lungroup", &name, body)?;
        let members = self
            .get(&format!(
                "/lun/associate?TYPE=11&ASSOCIATEOBJTYPE=256&ASSOCIATEOBJID={lungroup}"
            ))
            .rows();
        if !members.iter().any(|row| text(row, "ID") == lun) {
            let mut body = json!({"ID": lungroup, "ASSOCIATEOBJTYPE": "11", "ASSOCIATEOBJID": lun});
            if self.is_new() {
                body["startHostLunId"] = 1.into();
            }
            let joined = self.send("POST", "/lungroup/associate", body);
            joined.fine(&[1_077_936_862], "LUN into group")?;
        }
        let name = format!("OpenStack_Mapping_View_{host}");
        let view = self.ensure("mappingview", &name, json!({"NAME": name, "TYPE": "245"}))?;
        self.in_view(&view, "hostgroup", "14", &hostgroup)?;
        self.in_view(&view, "lungroup", "256", &lungroup)?;
        if let Some(portgroup) = &portgroup {
            self.in_view(&view, "portgroup", "257", portgroup)?;
        }
        let number = self.number(&host, &lun)?;
        let portal = |ip: &str| match ip.parse::<IpAddr>().unwrap() {
            IpAddr::V4(ip) => format!("{ip}:3260"),
            IpAddr::V6(ip) => format!("[{ip}]:3260"),
        };
        let mut data = Map::new();
        data.insert("target_discovered".into(), false.into());
        let (iqn, ip) = &targets[0];
        data.insert("target_portal".into(), portal(ip).into());
        data.insert("target_iqn".into(), iqn.as_str().into());
        data.insert("target_lun".into(), number.into());
        if multipath && targets.len() > 1 {
            let portals: Vec<String> = targets.iter().map(|(_, ip)| portal(ip)).collect();
            let iqns: Vec<&String> = targets.iter().map(|(iqn, _)| iqn).collect();
            data.insert("target_portals".into(), json!(portals));
            data.insert("target_iqns".into(), json!(iqns));
            data.insert("target_luns".into(), json!(vec![number; targets.len()]));
        }
        if let Some((user, secret)) = self.xml.chap {
            data.insert("auth_method".into(), "CHAP".into());
            data.insert("auth_username".into(), user.into());
            data.insert("auth_password".into(), secret.into());
        }
        Ok(json!({"driver_volume_type": "iscsi", "data": data}))
    }

    /// Takes a volume away from a connector, and with the last one everything of its host.
    pub(crate) fn terminate_connection(&self, lun: &str, connector: &Value) -> Outcome<()> {
        let lun = self.lun(lun)?;
        let (node, iqn) = (text(connector, "host"), text(connector, "initiator"));
        let Some(host) = self.find_host(node) else {
            return Ok(());
        };
        let name = format!("OpenStack_Mapping_View_{host}");
        let Some(view) = self.named("mappingview", &name) else {
            return Ok(());
        };
        let view = text(&view, "ID").to_owned();
        let of_view = |table: &str| -> Option<String> {
            let path = format!("/{table}/associate?ASSOCIATEOBJTYPE=245&ASSOCIATEOBJID={view}");
            let rows = self.get(&path).rows();
            Some(text(rows.first()?, "ID").to_owned())
        };
        let lungroup = of_view("lungroup").ok_or("a view without a LUN group")?;
        let groups = self
            .get(&format!(
                "/lungroup/associate?TYPE=256&ASSOCIATEOBJTYPE=11&ASSOCIATEOBJID={lun}"
            ))
            .rows();
        if groups.iter().any(|row| text(row, "ID") == lungroup) {
            let path = format!(
                "/lungroup/associate?ID={lungroup}&ASSOCIATEOBJTYPE=11&ASSOCIATEOBJID={lun}"
            );
            self.send("DELETE", &path, Value::Null)
                .fine(&[], "LUN out")?;
        }
        for (table, code) in [("lun", 11), ("snapshot", 27)] {
            let path = format!(
                "/{table}/count?TYPE={code}&ASSOCIATEOBJTYPE=256&ASSOCIATEOBJID={lungroup}"
            );
            if text(&self.get(&path).data, "COUNT") != "0" {
                return Ok(());
            }
        }
        let out = |code: &str, group: &str| {
            let body = json!({"TYPE": "245", "ID": view, "ASSOCIATEOBJTYPE": code,
                "ASSOCIATEOBJID": group});
            let left = self.send("PUT", "/mappingview/REMOVE_ASSOCIATE", body);
            left.fine(&[], "group out")
        };
        let delete = |path: String| self.send("DELETE", &path, Value::Null).fine(&[], &path);
        if let Some(portgroup) = of_view("portgroup") {
            out("257", &portgroup)?;
        }
        let body = json!({"USECHAP": "false", "MULTIPATHTYPE": "0", "ID": iqn});
        self.send("PUT", "/iscsi_initiator", body)
            .fine(&[], "CHAP off")?;
        out("256", &lungroup)?;
        delete(format!("/lungroup/{lungroup}"))?;
        let body = json!({"TYPE": "222", "ID": iqn});
        let path = "/iscsi_initiator/remove_iscsi_from_host";
        self.send("PUT", path, body)
            .fine(&[1_077_950_342], "unbind")?;
        if let Some(hostgroup) = of_view("hostgroup") {
            out("14", &hostgroup)?;
            delete(format!(
                "/host/associate?TYPE=14&ID={hostgroup}&ASSOCIATEOBJTYPE=21&ASSOCIATEOBJID={host}"
            ))?;
            delete(format!("/hostgroup/{hostgroup}"))?;
        }
        delete(format!("/host/{host}"))?;
        delete(format!("/mappingview/{view}")).map(|_| ())
    }
}
