//! Mapping views: one host group, one LUN group, at most one port group (oceanstor.md §7).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::answer::{Answer, Outcome, Refusal, Refused};
use super::body::Fields;
use super::groups::named;
use super::kind::Kind;
use super::state::{State, Unit, View};
use super::{codes, own_codes};

const VIEW: [&str; 4] = ["TYPE", "ID", "NAME", "DESCRIPTION"];
const CHANGE: [&str; 7] = [
    "TYPE",
    "ID",
    "NAME",
    "DESCRIPTION",
    "ASSOCIATEOBJTYPE",
    "ASSOCIATEOBJID",
    "ASSOCIATEMETADATA",
];
const MEMBER: [&str; 4] = ["TYPE", "ID", "ASSOCIATEOBJTYPE", "ASSOCIATEOBJID"];

impl State {
    pub(super) fn create_view(&mut self, body: &[u8]) -> Answer {
        let fields = Fields::parse(body, &VIEW)?;
        let (name, description) = named(self, &fields, Kind::View)?;
        let name = name.ok_or_else(|| Refusal::field("NAME"))?;
        if self.views.by_name(&name).is_some() {
            return Err(codes::NAME_EXISTS.into());
        }
        let description = description.unwrap_or_default();
        let id = self.views.add(View {
            name,
            description,
            ..View::default()
        });
        self.created(Kind::View, id)
    }

    pub(super) fn delete_view(&mut self, id: u64) -> Answer {
        let view = self.views.get(id).ok_or(codes::NO_VIEW)?;
        if view.hostgroup.is_some() || view.lungroup.is_some() || view.portgroup.is_some() {
            return Err(own_codes::VIEW_NOT_EMPTY.into());
        }
        self.views.remove(id);
        Ok(Outcome::Done)
    }

    /// The view, the kind and the id of the group an association names.
    fn view_member(&self, body: &[u8]) -> Result<(u64, Kind, u64), Refused> {
        let fields = Fields::parse(body, &MEMBER)?;
        fields.type_is(245)?;
        let (view, group) = (fields.id("ID")?, fields.id("ASSOCIATEOBJID")?);
        let kind = match fields.number("ASSOCIATEOBJTYPE")? {
            Some(14) => Kind::HostGroup,
            Some(256) => Kind::LunGroup,
            Some(257) => Kind::PortGroup,
            _ => return Err(Refusal::field("ASSOCIATEOBJTYPE")),
        };
        self.views.get(view).ok_or(codes::NO_VIEW)?;
        let known = match kind {
            Kind::HostGroup => self.hostgroups.get(group).is_some(),
            Kind::LunGroup => self.lungroups.get(group).is_some(),
            _ => self.portgroups.get(group).is_some(),
        };
        if known {
            Ok((view, kind, group))
        } else {
            Err(kind.missing().into())
        }
    }

    fn place(view: &mut View, kind: Kind) -> &mut Option<u64> {
        match kind {
            Kind::HostGroup => &mut view.hostgroup,
            Kind::LunGroup => &mut view.lungroup,
            _ => &mut view.portgroup,
        }
    }

    fn views_of(&mut self, kind: Kind, group: u64) -> Option<&mut BTreeSet<u64>> {
        match kind {
            Kind::HostGroup => self.hostgroups.get_mut(group).map(|g| &mut g.views),
            Kind::LunGroup => self.lungroups.get_mut(group).map(|g| &mut g.views),
            _ => self.portgroups.get_mut(group).map(|g| &mut g.views),
        }
    }

    pub(super) fn join_view(&mut self, body: &[u8]) -> Answer {
        let (view, kind, group) = self.view_member(body)?;
        let row = self.views.get_mut(view).ok_or(codes::NO_VIEW)?;
        if Self::place(row, kind).is_some() {
            return Err(match kind {
                Kind::HostGroup => codes::HOSTGROUP_IN_VIEW.into(),
                Kind::LunGroup => codes::LUNGROUP_IN_VIEW.into(),
                _ => codes::PORTGROUP_IN_VIEW.into(),
            });
        }
        self.put_group_in_view(view, kind, group);
        Ok(Outcome::Done)
    }

    pub(super) fn put_group_in_view(&mut self, view: u64, kind: Kind, group: u64) {
        if let Some(row) = self.views.get_mut(view) {
            *Self::place(row, kind) = Some(group);
        }
        if let Some(views) = self.views_of(kind, group) {
            views.insert(view);
        }
        self.refresh(self.hosts_of_view(view), None);
    }

    pub(super) fn leave_view(&mut self, body: &[u8]) -> Answer {
        let (view, kind, group) = self.view_member(body)?;
        let hosts = self.hosts_of_view(view);
        let row = self.views.get_mut(view).ok_or(codes::NO_VIEW)?;
        let place = Self::place(row, kind);
        if *place != Some(group) {
            return Err(match kind {
                Kind::HostGroup => codes::HOSTGROUP_NOT_IN_VIEW.into(),
                Kind::LunGroup => codes::LUNGROUP_NOT_IN_VIEW.into(),
                _ => codes::PORTGROUP_NOT_IN_VIEW.into(),
            });
        }
        *place = None;
        if let Some(views) = self.views_of(kind, group) {
            views.remove(&view);
        }
        self.refresh(hosts, None);
        Ok(Outcome::Done)
    }

    /// Renames a view, or moves host LUN ids by `ASSOCIATEMETADATA`. The view's id may stand in the
    /// body only: the in-tree driver moves numbers with `PUT /mappingview`.
    pub(super) fn change_view(&mut self, path_id: Option<u64>, body: &[u8]) -> Answer {
        let fields = Fields::parse(body, &CHANGE)?;
        let (name, description) = named(self, &fields, Kind::View)?;
        let body_id = if fields.has("ID") {
            Some(fields.id("ID")?)
        } else {
            None
        };
        let id = path_id.or(body_id).ok_or_else(|| Refusal::field("ID"))?;
        if body_id.is_some_and(|given| given != id) {
            return Err(Refusal::field("ID"));
        }
        self.views.get(id).ok_or(codes::NO_VIEW)?;
        if name
            .as_deref()
            .and_then(|n| self.views.by_name(n))
            .is_some_and(|other| other != id)
        {
            return Err(codes::NAME_EXISTS.into());
        }
        let moves = self.number_moves(id, &fields)?;
        for host in self.hosts_of_view(id) {
            if let Some(host) = self.hosts.get_mut(host) {
                host.numbers.extend(&moves);
            }
        }
        if let Some(name) = name {
            self.views.rename(id, &name);
        }
        if let (Some(view), Some(text)) = (self.views.get_mut(id), description) {
            view.description = text;
        }
        Ok(Outcome::Done)
    }

    /// The checked new numbers of a request; empty if it asks for none.
    fn number_moves(&self, view: u64, fields: &Fields) -> Result<BTreeMap<Unit, u32>, Refused> {
        let Some(list) = fields.raw("ASSOCIATEMETADATA") else {
            return Ok(BTreeMap::new());
        };
        let wrong = || Refusal::field("ASSOCIATEMETADATA");
        let list = list.as_array().ok_or_else(wrong)?;
        let kind = fields.number("ASSOCIATEOBJTYPE")?;
        fields.id("ASSOCIATEOBJID")?;
        let group = self.views.get(view).and_then(|v| v.lungroup);
        let members = group
            .and_then(|g| self.lungroups.get(g))
            .map(|g| &g.members);
        let mut moves = BTreeMap::new();
        for entry in list {
            let entry = entry.as_object().ok_or_else(wrong)?;
            let number = |key: &str| match entry.get(key) {
                Some(Value::String(text)) => text.parse::<u64>().ok(),
                Some(value) => value.as_u64(),
                None => None,
            };
            let (Some(lun), Some(to), 2) = (number("LUNID"), number("hostLUNId"), entry.len())
            else {
                return Err(wrong());
            };
            let (unit, missing) = match kind {
                Some(11) => (Unit::Lun(lun), codes::NO_LUN),
                Some(27) => (Unit::Snapshot(lun), codes::NO_SNAPSHOT),
                _ => return Err(Refusal::field("ASSOCIATEOBJTYPE")),
            };
            if !members.is_some_and(|m| m.contains(&unit)) {
                return Err(missing.into());
            }
            let last = self.generation.last_lun_number();
            let to = u32::try_from(to).ok().filter(|n| *n <= last);
            moves.insert(unit, to.ok_or(own_codes::NUMBER_TAKEN)?);
        }
        let distinct: BTreeSet<u32> = moves.values().copied().collect();
        let taken = self
            .hosts_of_view(view)
            .iter()
            .filter_map(|h| self.hosts.get(*h))
            .any(|host| {
                let mut others = host
                    .numbers
                    .iter()
                    .filter(|(unit, _)| !moves.contains_key(unit));
                others.any(|(_, number)| distinct.contains(number))
            });
        if taken || distinct.len() != moves.len() {
            return Err(own_codes::NUMBER_TAKEN.into());
        }
        Ok(moves)
    }
}
