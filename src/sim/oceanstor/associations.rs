//! What hangs on what: `…/associate`, with host LUN ids, and direct mappings (oceanstor.md §7).

use serde_json::json;

use super::answer::{Answer, Outcome, Refusal, Refused};
use super::codes;
use super::kind::Kind;
use super::options::{AssociateFilter, Lag};
use super::query::Query;
use super::read::{Lags, check_filter, select};
use super::show::{Key, Object, View, object};
use super::state::{Port, State, Unit};

impl State {
    pub(super) fn associated(&self, kind: Kind, query: &Query, lags: &mut Lags) -> Answer {
        query.only(&["TYPE", "ASSOCIATEOBJTYPE", "ASSOCIATEOBJID"])?;
        query.type_is(kind.code())?;
        let (keys, host) = self.related(kind, query)?;
        let documented = host.is_some() && matches!(kind, Kind::Lun | Kind::Snapshot);
        let honour = match self.options.associate_filter {
            AssociateFilter::Honour => true,
            AssociateFilter::Ignore => documented,
            AssociateFilter::Refuse if documented || query.filter.is_empty() => true,
            AssociateFilter::Refuse => return Err(Refusal::PARAMETER),
        };
        if honour {
            check_filter(kind, query)?;
        }
        let plain = query.filter.is_empty() && host.is_none();
        let keys = if plain {
            self.page(kind, query, keys)?
        } else {
            keys
        };
        let mut rows = Vec::new();
        for key in &keys {
            let Some(mut shown) = self.show(kind, key, View::InList) else {
                continue;
            };
            if let (Some(host), Key::Num(id)) = (host, key) {
                let unit = if kind == Kind::Lun {
                    Unit::Lun(*id)
                } else {
                    Unit::Snapshot(*id)
                };
                if !self.add_number(host, unit, &mut shown, lags) {
                    continue;
                }
            }
            if !honour || query.filter.iter().all(|c| c.holds(&shown)) {
                rows.push(shown);
            }
        }
        let rows = if plain {
            rows
        } else {
            self.page(kind, query, rows)?
        };
        Ok(Outcome::List(select(query, rows)))
    }

    /// Adds the host LUN id, a JSON text; false if the row does not show yet.
    fn add_number(&self, host: u64, unit: Unit, shown: &mut Object, lags: &mut Lags) -> bool {
        let number = self.hosts.get(host).and_then(|h| h.numbers.get(&unit));
        if let Some(left) = lags.get_mut(&(host, unit)).filter(|left| **left > 0) {
            *left -= 1;
            return !matches!(self.options.lag, Lag::NotListed(_));
        }
        if let Some(number) = number {
            let text = json!({"HostLUNID": number}).to_string();
            shown.insert("ASSOCIATEMETADATA".to_owned(), text.into());
        }
        true
    }

    /// The objects of a kind that hang on the one named by `ASSOCIATEOBJ…`; also the host, if the
    /// question is what a host sees.
    pub(super) fn related(
        &self,
        kind: Kind,
        query: &Query,
    ) -> Result<(Vec<Key>, Option<u64>), Refused> {
        let code = query
            .attribute("ASSOCIATEOBJTYPE")
            .and_then(|t| t.parse().ok());
        let other = code.and_then(Kind::by_code).ok_or(Refusal::PARAMETER)?;
        let id = query
            .attribute("ASSOCIATEOBJID")
            .ok_or(Refusal::PARAMETER)?;
        if let (Kind::PortGroup, Kind::EthPort | Kind::FcPort | Kind::Lif) = (kind, other) {
            let holds = |m: &Port| m.kind == other.code() && m.id == id;
            let groups = self
                .portgroups
                .iter()
                .filter(|(_, g)| g.members.iter().any(holds));
            return Ok((groups.map(|(id, _)| Key::Num(id)).collect(), None));
        }
        let id: u64 = id.parse().map_err(|_| Refusal::PARAMETER)?;
        let missing = || Refusal::from(other.missing());
        let nums = |ids: Vec<u64>| (ids.into_iter().map(Key::Num).collect::<Vec<_>>(), None);
        let of_kind = |units: Vec<Unit>| -> Vec<Key> {
            let keep = |unit: Unit| match unit {
                Unit::Lun(id) if kind == Kind::Lun => Some(Key::Num(id)),
                Unit::Snapshot(id) if kind == Kind::Snapshot => Some(Key::Num(id)),
                _ => None,
            };
            units.into_iter().filter_map(keep).collect()
        };
        Ok(match (kind, other) {
            (Kind::Host, Kind::HostGroup) => nums(
                self.hostgroups
                    .get(id)
                    .ok_or_else(missing)?
                    .members
                    .iter()
                    .copied()
                    .collect(),
            ),
            (Kind::HostGroup, Kind::Host) => nums(
                self.hosts
                    .get(id)
                    .ok_or_else(missing)?
                    .groups
                    .iter()
                    .copied()
                    .collect(),
            ),
            (Kind::Lun | Kind::Snapshot, Kind::LunGroup) => {
                let group = self.lungroups.get(id).ok_or_else(missing)?;
                (of_kind(group.members.iter().copied().collect()), None)
            }
            (Kind::Lun | Kind::Snapshot, Kind::Host) => {
                let host = self.hosts.get(id).ok_or_else(missing)?;
                (of_kind(host.numbers.keys().copied().collect()), Some(id))
            }
            (Kind::Lun | Kind::Snapshot, Kind::View) => {
                let view = self.views.get(id).ok_or_else(missing)?;
                let group = view.lungroup.and_then(|g| self.lungroups.get(g));
                let units = group
                    .map(|g| g.members.iter().copied().collect())
                    .unwrap_or_default();
                (of_kind(units), None)
            }
            (Kind::LunGroup, Kind::Lun) => nums(
                self.luns
                    .get(id)
                    .ok_or_else(missing)?
                    .groups
                    .iter()
                    .copied()
                    .collect(),
            ),
            (Kind::LunGroup, Kind::Snapshot) => nums(
                self.snapshots
                    .get(id)
                    .ok_or_else(missing)?
                    .groups
                    .iter()
                    .copied()
                    .collect(),
            ),
            (Kind::HostGroup | Kind::LunGroup | Kind::PortGroup, Kind::View) => {
                let view = self.views.get(id).ok_or_else(missing)?;
                let group = match kind {
                    Kind::HostGroup => view.hostgroup,
                    Kind::LunGroup => view.lungroup,
                    _ => view.portgroup,
                };
                nums(group.into_iter().collect())
            }
            (Kind::View, Kind::HostGroup) => nums(
                self.hostgroups
                    .get(id)
                    .ok_or_else(missing)?
                    .views
                    .iter()
                    .copied()
                    .collect(),
            ),
            (Kind::View, Kind::LunGroup) => nums(
                self.lungroups
                    .get(id)
                    .ok_or_else(missing)?
                    .views
                    .iter()
                    .copied()
                    .collect(),
            ),
            (Kind::View, Kind::PortGroup) => nums(
                self.portgroups
                    .get(id)
                    .ok_or_else(missing)?
                    .views
                    .iter()
                    .copied()
                    .collect(),
            ),
            (Kind::EthPort | Kind::FcPort | Kind::Lif, Kind::PortGroup) => {
                let group = self.portgroups.get(id).ok_or_else(missing)?;
                let ports = group.members.iter().filter(|m| m.kind == kind.code());
                (ports.map(|m| Key::Text(m.id.clone())).collect(), None)
            }
            _ => return Err(Refusal::PARAMETER),
        })
    }

    /// Direct mappings (V6): `mapping`, `mapping/associate`, `hostLunInfo`.
    pub(super) fn read_mapping(&self, words: &[&str], query: &Query) -> Answer {
        let row = |host: u64, unit: &Unit, number: &u32| match unit {
            Unit::Lun(lun) => Some(object(json!({"hostId": host.to_string(),
                "lunId": lun.to_string(), "hostLunId": number.to_string()}))),
            Unit::Snapshot(_) => None,
        };
        let id = |key: &str| -> Result<u64, Refused> {
            let text = query.attribute(key).ok_or_else(|| Refusal::field(key))?;
            text.parse().map_err(|_| Refusal::field(key))
        };
        let rows: Vec<Object> = match words {
            ["mapping"] | ["hostluninfo"] => {
                query.only(&["hostId", "lunId"])?;
                let (host, unit) = (id("hostId")?, Unit::Lun(id("lunId")?));
                let seen = self.hosts.get(host).and_then(|h| h.numbers.get(&unit));
                let direct = self
                    .hosts
                    .get(host)
                    .is_some_and(|h| h.direct.contains(&unit));
                match seen.filter(|_| direct || words != ["mapping"]) {
                    Some(number) => row(host, &unit, number).into_iter().collect(),
                    None => return Err(codes::NO_MAPPING.into()),
                }
            }
            ["mapping", "associate"] => {
                query.only(&["ASSOCIATEOBJTYPE", "ASSOCIATEOBJID"])?;
                let wanted = id("ASSOCIATEOBJID")?;
                let by = query.attribute("ASSOCIATEOBJTYPE").unwrap_or_default();
                let mut rows = Vec::new();
                let (hosts, lun) = match by {
                    "21" => (vec![wanted], None),
                    "11" => (self.hosts.ids().collect(), Some(Unit::Lun(wanted))),
                    _ => return Err(Refusal::PARAMETER),
                };
                for host in hosts {
                    let Some(found) = self.hosts.get(host) else {
                        continue;
                    };
                    let direct = found.direct.iter().filter(|u| lun.is_none_or(|l| l == **u));
                    for unit in direct {
                        rows.extend(found.numbers.get(unit).and_then(|n| row(host, unit, n)));
                    }
                }
                rows
            }
            _ => return Err(Refusal::not_found()),
        };
        Ok(Outcome::List(self.page(Kind::View, query, rows)?))
    }
}
