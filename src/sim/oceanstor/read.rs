//! Everything that only reads: lists, single objects, counts (oceanstor.md §3, §7).

use std::collections::HashMap;

use serde_json::json;

use super::answer::{Answer, Outcome, Refusal, Refused};
use super::kind::Kind;
use super::options::{Paging, UnknownWwn};
use super::query::Query;
use super::show::{Key, Object, View, object};
use super::state::{State, Unit};

/// Reads that still go by before a host LUN id shows, by host and unit.
pub(super) type Lags = HashMap<(u64, Unit), u32>;

const PAGE: usize = 100;

impl State {
    /// Answers a GET; `path` are the segments behind the device id.
    pub(super) fn read(&self, path: &[String], query: &Query, lags: &mut Lags) -> Answer {
        let lower: Vec<String> = path.iter().map(|s| s.to_ascii_lowercase()).collect();
        let words: Vec<&str> = lower.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["system"] => {
                query.only(&[])?;
                Ok(Outcome::Object(self.show_system()))
            }
            ["license", "feature"] => self.fixed(
                query,
                vec![
                    object(json!({"SmartThin": "1"})),
                    object(json!({"HyperSnap": "1"})),
                ],
            ),
            ["storageengine"] => self.fixed(
                query,
                vec![object(json!({"ID": "0", "TYPE": 206,
                "NODELIST": "[\"0A\",\"0B\"]"}))],
            ),
            ["iscsidevicename"] => self.fixed(
                query,
                vec![object(json!({"TYPE": 218,
                "CMO_ISCSI_DEVICE_NAME": self.device_name()}))],
            ),
            ["mapping", ..] | ["hostluninfo"] if self.v6() => self.read_mapping(&words, query),
            [resource] => self.list(self.kind(resource)?, query),
            [resource, "count"] => self.count(self.kind(resource)?, query),
            [resource, "associate"] => self.associated(self.kind(resource)?, query, lags),
            [left, "associate", right] => {
                // The long form: TYPE says which of the two kinds is returned.
                let pair = [self.kind(left)?, self.kind(right)?];
                let code = query.attribute("TYPE").and_then(|t| t.parse().ok());
                let kind = pair.into_iter().find(|k| Some(k.code()) == code);
                self.associated(kind.ok_or(Refusal::PARAMETER)?, query, lags)
            }
            [resource, _] => {
                query.only(&[])?;
                let kind = self.kind(resource)?;
                let id = path.get(1).map(String::as_str).unwrap_or_default();
                let key = match kind {
                    Kind::Iscsi | Kind::Fc | Kind::EthPort | Kind::FcPort | Kind::Lif => {
                        Key::Text(id.to_owned())
                    }
                    Kind::TargetPort | Kind::HostLink | Kind::Controller | Kind::Pool => {
                        return Err(Refusal::not_found());
                    }
                    _ => Key::Num(id.parse().map_err(|_| Refusal::PARAMETER)?),
                };
                let shown = self.show(kind, &key, View::Single);
                shown.map(Outcome::Object).ok_or_else(|| {
                    let bad = self.options.unknown_wwn == UnknownWwn::BadParameter;
                    if bad && kind == Kind::Fc {
                        Refusal::PARAMETER
                    } else {
                        kind.missing().into()
                    }
                })
            }
            _ => Err(Refusal::not_found()),
        }
    }

    /// The kind of a resource; logical ports exist on V6 only.
    pub(super) fn kind(&self, resource: &str) -> Result<Kind, Refused> {
        match Kind::by_resource(resource) {
            Some(Kind::Lif) if !self.v6() => Err(Refusal::not_found()),
            Some(kind) => Ok(kind),
            None => Err(Refusal::not_found()),
        }
    }

    fn show_system(&self) -> Object {
        object(json!({"ID": self.serial, "NAME": self.name, "TYPE": 201,
            "PRODUCTMODE": if self.v6() { "816" } else { "69" },
            "PRODUCTVERSION": self.generation.version(), "HEALTHSTATUS": "1",
            "RUNNINGSTATUS": "1", "SECTORSIZE": "512", "wwn": self.wwn}))
    }

    fn fixed(&self, query: &Query, list: Vec<Object>) -> Answer {
        query.only(&[])?;
        Ok(Outcome::List(list))
    }

    fn keys(&self, kind: Kind) -> Vec<Key> {
        let texts = |ids: Vec<&String>| ids.into_iter().map(|i| Key::Text(i.clone())).collect();
        match kind {
            Kind::Lun => self.luns.ids().map(Key::Num).collect(),
            Kind::Snapshot => self.snapshots.ids().map(Key::Num).collect(),
            Kind::Host => self.hosts.ids().map(Key::Num).collect(),
            Kind::HostGroup => self.hostgroups.ids().map(Key::Num).collect(),
            Kind::LunGroup => self.lungroups.ids().map(Key::Num).collect(),
            Kind::PortGroup => self.portgroups.ids().map(Key::Num).collect(),
            Kind::View => self.views.ids().map(Key::Num).collect(),
            Kind::Iscsi => texts(self.iscsi.keys().collect()),
            Kind::Fc => texts(self.fc.keys().collect()),
            Kind::EthPort => texts(self.eth_ports.iter().map(|p| &p.id).collect()),
            Kind::Lif => texts(
                self.eth_ports
                    .iter()
                    .filter(|p| !p.address.is_empty())
                    .map(|p| &p.id)
                    .collect(),
            ),
            Kind::TargetPort => texts(
                self.eth_ports
                    .iter()
                    .filter(|p| !p.iqn.is_empty())
                    .map(|p| &p.id)
                    .collect(),
            ),
            Kind::FcPort => texts(self.fc_ports.iter().map(|p| &p.id).collect()),
            Kind::Controller => vec![Key::Text("0A".to_owned()), Key::Text("0B".to_owned())],
            Kind::Pool => vec![Key::Num(0)],
            Kind::HostLink => self.links(None),
        }
    }

    /// The few objects an exact filter or attribute can mean, without looking at the others.
    fn candidates(&self, kind: Kind, query: &Query) -> Vec<Key> {
        let host = query.attribute("PARENTID").and_then(|id| id.parse().ok());
        if let (Kind::Iscsi | Kind::Fc, Some(host)) = (kind, host) {
            let Some(host) = self.hosts.get(host) else {
                return Vec::new();
            };
            let ids = if kind == Kind::Iscsi {
                &host.iscsi
            } else {
                &host.fc
            };
            return ids.iter().map(|i| Key::Text(i.clone())).collect();
        }
        if let (Kind::HostLink, Some(host)) = (kind, host) {
            return self.links(Some(host));
        }
        for condition in query.filter.iter().filter(|c| c.exact) {
            let name = condition.value.as_str();
            let found = match (kind, condition.field.as_str()) {
                (Kind::Lun, "NAME") => self.luns.all_by_name(name),
                (Kind::Snapshot, "NAME") => self.snapshots.all_by_name(name),
                (Kind::Host, "NAME") => self.hosts.all_by_name(name),
                (Kind::HostGroup, "NAME") => self.hostgroups.all_by_name(name),
                (Kind::LunGroup, "NAME") => self.lungroups.all_by_name(name),
                (Kind::PortGroup, "NAME") => self.portgroups.all_by_name(name),
                (Kind::View, "NAME") => self.views.all_by_name(name),
                (Kind::Lun, "WWN") => {
                    let same = self.luns.iter().filter(|(_, d)| d.wwn == name);
                    same.map(|(id, _)| id).collect()
                }
                (Kind::Lun | Kind::Snapshot | Kind::Host, "ID") => {
                    name.parse().into_iter().collect()
                }
                (Kind::Iscsi | Kind::Fc, "ID") => return vec![Key::Text(name.to_owned())],
                _ => continue,
            };
            return found.into_iter().map(Key::Num).collect();
        }
        self.keys(kind)
    }

    fn list(&self, kind: Kind, query: &Query) -> Answer {
        query.only(kind.attributes())?;
        query.type_is(kind.code())?;
        check_filter(kind, query)?;
        let wanted: Vec<&(String, String)> = query
            .attributes
            .iter()
            .filter(|(key, _)| key != "TYPE")
            .collect();
        // Links are asked for by the type of their initiator (oceanstor.md §7 "Ports").
        if kind == Kind::HostLink && !wanted.iter().any(|(key, _)| key == "INITIATOR_TYPE") {
            return Err(Refusal::field("INITIATOR_TYPE"));
        }
        for (key, value) in &wanted {
            let good = match key.as_str() {
                "PARENTTYPE" => value == "21",
                "ISFREE" => value == "true" || value == "false",
                "INITIATOR_TYPE" => value == "222" || value == "223",
                "PARENTID" => value.parse::<u64>().is_ok(),
                _ => true,
            };
            if !good {
                return Err(Refusal::field(key));
            }
        }
        let keys = self.candidates(kind, query);
        if wanted.is_empty() && query.filter.is_empty() {
            let page = self.page(kind, query, keys)?;
            let shown = page.iter().filter_map(|k| self.show(kind, k, View::InList));
            return Ok(Outcome::List(select(query, shown.collect())));
        }
        let matching = keys
            .iter()
            .filter_map(|k| self.show(kind, k, View::InList))
            .filter(|o| {
                let attribute = |key: &str, value: &str| match o.get(key) {
                    Some(shown) => {
                        shown
                            .as_str()
                            .map_or_else(|| shown.to_string(), str::to_owned)
                            == value
                    }
                    None => false,
                };
                wanted.iter().all(|(k, v)| attribute(k, v))
                    && query.filter.iter().all(|c| c.holds(o))
            });
        let page = self.page(kind, query, matching.collect())?;
        Ok(Outcome::List(select(query, page)))
    }

    /// Cuts a list to the page asked for, by the paging policy.
    pub(super) fn page<T>(
        &self,
        kind: Kind,
        query: &Query,
        rows: Vec<T>,
    ) -> Result<Vec<T>, Refused> {
        let options = &self.options;
        let (from, to) = match (query.range, options.paging) {
            (Some(_), _) if options.range_rejected.contains(kind.resource()) => {
                return Err(Refusal::PARAMETER);
            }
            (Some((from, to)), Paging::Cap100) => (from, to.min(from.saturating_add(PAGE))),
            (Some((from, to)), Paging::Reject) if to - from > PAGE => {
                return Err(Refusal::PARAMETER);
            }
            (Some(span), _) => span,
            (None, Paging::Full) => (0, usize::MAX),
            (None, _) => (0, PAGE),
        };
        Ok(rows.into_iter().skip(from).take(to - from).collect())
    }

    fn count(&self, kind: Kind, query: &Query) -> Answer {
        if query.range.is_some() || !query.filter.is_empty() {
            return Err(Refusal::PARAMETER);
        }
        query.type_is(kind.code())?;
        let count = if query.attribute("ASSOCIATEOBJTYPE").is_some() {
            query.only(&["TYPE", "ASSOCIATEOBJTYPE", "ASSOCIATEOBJID"])?;
            self.related(kind, query)?.0.len()
        } else {
            query.only(&["TYPE"])?;
            self.keys(kind).len()
        };
        Ok(Outcome::Object(object(json!({"COUNT": count.to_string()}))))
    }
}

pub(super) fn check_filter(kind: Kind, query: &Query) -> Result<(), Refused> {
    match query
        .filter
        .iter()
        .find(|c| !kind.filterable().contains(&c.field.as_str()))
    {
        Some(condition) => Err(Refusal::field(&condition.field)),
        None => Ok(()),
    }
}

pub(super) fn select(query: &Query, rows: Vec<Object>) -> Vec<Object> {
    let Some(fields) = &query.select else {
        return rows;
    };
    rows.into_iter()
        .map(|row| {
            row.into_iter()
                .filter(|(key, _)| fields.contains(key))
                .collect()
        })
        .collect()
}
