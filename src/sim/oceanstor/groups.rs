//! Host groups and LUN groups with their members (oceanstor.md §7).

use super::answer::{Answer, Outcome, Refusal, Refused};
use super::body::Fields;
use super::kind::Kind;
use super::query::Query;
use super::state::{HostGroup, LunGroup, State, Unit};
use super::{codes, own_codes};

const GROUP: [&str; 4] = ["TYPE", "ID", "NAME", "DESCRIPTION"];
const LUNGROUP: [&str; 6] = ["TYPE", "ID", "NAME", "DESCRIPTION", "APPTYPE", "GROUPTYPE"];
const MEMBER: [&str; 4] = ["TYPE", "ID", "ASSOCIATEOBJTYPE", "ASSOCIATEOBJID"];

/// Name (needed on creation) and description of a group-like object.
pub(super) fn named(
    state: &State,
    fields: &Fields,
    kind: Kind,
) -> Result<(Option<String>, Option<String>), Refused> {
    fields.type_is(kind.code())?;
    Ok((fields.name(state.generation)?, fields.text("DESCRIPTION")?))
}

fn needed(name: Option<String>) -> Result<String, Refused> {
    name.ok_or_else(|| Refusal::field("NAME"))
}

impl State {
    pub(super) fn create_hostgroup(&mut self, body: &[u8]) -> Answer {
        let fields = Fields::parse(body, &GROUP)?;
        let (name, description) = named(self, &fields, Kind::HostGroup)?;
        let name = needed(name)?;
        if self.hostgroups.by_name(&name).is_some() {
            return Err(codes::NAME_EXISTS.into());
        }
        let description = description.unwrap_or_default();
        let id = self.hostgroups.add(HostGroup {
            name,
            description,
            ..HostGroup::default()
        });
        self.created(Kind::HostGroup, id)
    }

    pub(super) fn change_hostgroup(&mut self, id: u64, body: &[u8]) -> Answer {
        let fields = Fields::parse(body, &GROUP)?;
        let (name, description) = named(self, &fields, Kind::HostGroup)?;
        self.hostgroups.get(id).ok_or(codes::NO_HOSTGROUP)?;
        if name
            .as_deref()
            .and_then(|n| self.hostgroups.by_name(n))
            .is_some_and(|o| o != id)
        {
            return Err(codes::NAME_EXISTS.into());
        }
        if let Some(name) = name {
            self.hostgroups.rename(id, &name);
        }
        if let (Some(group), Some(text)) = (self.hostgroups.get_mut(id), description) {
            group.description = text;
        }
        Ok(Outcome::Done)
    }

    pub(super) fn delete_hostgroup(&mut self, id: u64) -> Answer {
        let group = self.hostgroups.get(id).ok_or(codes::NO_HOSTGROUP)?;
        if !group.views.is_empty() {
            return Err(own_codes::GROUP_IN_A_VIEW.into());
        }
        if !group.members.is_empty() {
            return Err(own_codes::GROUP_NOT_EMPTY.into());
        }
        self.hostgroups.remove(id);
        Ok(Outcome::Done)
    }

    /// The group and the host a membership request names.
    fn host_member(&self, fields: &Fields) -> Result<(u64, u64), Refused> {
        fields.type_is(14)?;
        if fields.number("ASSOCIATEOBJTYPE")? != Some(21) {
            return Err(Refusal::field("ASSOCIATEOBJTYPE"));
        }
        let (group, host) = (fields.id("ID")?, fields.id("ASSOCIATEOBJID")?);
        self.hostgroups.get(group).ok_or(codes::NO_HOSTGROUP)?;
        self.hosts.get(host).ok_or(codes::NO_HOST)?;
        Ok((group, host))
    }

    pub(super) fn join_hostgroup(&mut self, body: &[u8]) -> Answer {
        let (group, host) = self.host_member(&Fields::parse(body, &MEMBER)?)?;
        if self
            .hosts
            .get(host)
            .is_some_and(|h| h.groups.contains(&group))
        {
            return Err(codes::HOST_IN_GROUP.into());
        }
        self.put_host_in_group(host, group);
        Ok(Outcome::Done)
    }

    pub(super) fn put_host_in_group(&mut self, host: u64, group: u64) {
        if let Some(row) = self.hostgroups.get_mut(group) {
            row.members.insert(host);
        }
        if let Some(row) = self.hosts.get_mut(host) {
            row.groups.insert(group);
        }
        self.refresh_host(host, None);
    }

    pub(super) fn leave_hostgroup(&mut self, query: &Query, body: &[u8]) -> Answer {
        let (group, host) = self.host_member(&Fields::either(query, body, &MEMBER)?)?;
        let row = self.hosts.get_mut(host).ok_or(codes::NO_HOST)?;
        if !row.groups.remove(&group) {
            return Err(codes::HOST_NOT_IN_GROUP.into());
        }
        if let Some(row) = self.hostgroups.get_mut(group) {
            row.members.remove(&host);
        }
        self.refresh_host(host, None);
        Ok(Outcome::Done)
    }

    pub(super) fn create_lungroup(&mut self, body: &[u8]) -> Answer {
        let fields = Fields::parse(body, &LUNGROUP)?;
        let (name, description) = named(self, &fields, Kind::LunGroup)?;
        let name = needed(name)?;
        let app_type = fields.number("APPTYPE")?.unwrap_or(0).to_string();
        let group_type = fields.number("GROUPTYPE")?.unwrap_or(0).to_string();
        if self.lungroups.by_name(&name).is_some() {
            return Err(codes::NAME_EXISTS.into());
        }
        let description = description.unwrap_or_default();
        let group = LunGroup {
            name,
            description,
            app_type,
            group_type,
            ..LunGroup::default()
        };
        let id = self.lungroups.add(group);
        self.created(Kind::LunGroup, id)
    }

    pub(super) fn change_lungroup(&mut self, id: u64, body: &[u8]) -> Answer {
        let fields = Fields::parse(body, &GROUP)?;
        let (name, description) = named(self, &fields, Kind::LunGroup)?;
        self.lungroups.get(id).ok_or(codes::NO_LUNGROUP)?;
        if name
            .as_deref()
            .and_then(|n| self.lungroups.by_name(n))
            .is_some_and(|o| o != id)
        {
            return Err(codes::NAME_EXISTS.into());
        }
        if let Some(name) = name {
            self.lungroups.rename(id, &name);
        }
        if let (Some(group), Some(text)) = (self.lungroups.get_mut(id), description) {
            group.description = text;
        }
        Ok(Outcome::Done)
    }

    pub(super) fn delete_lungroup(&mut self, id: u64) -> Answer {
        let group = self.lungroups.get(id).ok_or(codes::NO_LUNGROUP)?;
        if !group.views.is_empty() {
            return Err(own_codes::GROUP_IN_A_VIEW.into());
        }
        if !group.members.is_empty() {
            return Err(own_codes::GROUP_NOT_EMPTY.into());
        }
        self.lungroups.remove(id);
        Ok(Outcome::Done)
    }

    /// The group and the unit a membership request names.
    fn unit_member(&self, fields: &Fields) -> Result<(u64, Unit), Refused> {
        fields.type_is(256)?;
        let (group, id) = (fields.id("ID")?, fields.id("ASSOCIATEOBJID")?);
        self.lungroups.get(group).ok_or(codes::NO_LUNGROUP)?;
        let (unit, missing) = match fields.number("ASSOCIATEOBJTYPE")? {
            Some(11) => (Unit::Lun(id), codes::NO_LUN),
            Some(27) => (Unit::Snapshot(id), codes::NO_SNAPSHOT),
            _ => return Err(Refusal::field("ASSOCIATEOBJTYPE")),
        };
        self.disk(unit).ok_or(missing)?;
        Ok((group, unit))
    }

    pub(super) fn join_lungroup(&mut self, body: &[u8]) -> Answer {
        let mut known = MEMBER.to_vec();
        if self.v6() {
            known.extend(["startHostLunId", "hostLunID", "force"]);
        }
        let fields = Fields::parse(body, &known)?;
        let (group, unit) = self.unit_member(&fields)?;
        let exact = fields.number("hostLunID")?;
        let start = exact.or(fields.number("startHostLunId")?);
        fields.choice("force", &["true", "false"])?;
        if self.disk(unit).is_some_and(|d| d.groups.contains(&group)) {
            return Err(codes::LUN_IN_GROUP.into());
        }
        for host in self.hosts_of_lungroup(group) {
            if self
                .hosts
                .get(host)
                .is_some_and(|h| h.numbers.contains_key(&unit))
            {
                return Err(codes::LUN_MAPPED_OTHERWISE.into());
            }
            let free = self.free_number(host, start.unwrap_or(self.options.first_lun_number));
            let free = free.ok_or(own_codes::NUMBERS_EXHAUSTED)?;
            if exact.is_some_and(|n| n != free) {
                return Err(own_codes::NUMBER_TAKEN.into());
            }
        }
        self.put_unit_in_group(unit, group, start);
        Ok(Outcome::Done)
    }

    pub(super) fn put_unit_in_group(&mut self, unit: Unit, group: u64, start: Option<u32>) {
        if let Some(row) = self.lungroups.get_mut(group) {
            row.members.insert(unit);
        }
        if let Some(disk) = self.disk_mut(unit) {
            disk.groups.insert(group);
        }
        self.refresh(self.hosts_of_lungroup(group), start);
    }

    pub(super) fn leave_lungroup(&mut self, query: &Query, body: &[u8]) -> Answer {
        let (group, unit) = self.unit_member(&Fields::either(query, body, &MEMBER)?)?;
        let disk = self.disk_mut(unit).ok_or(codes::NO_LUN)?;
        if !disk.groups.remove(&group) {
            return Err(codes::NO_OBJECT.into());
        }
        if let Some(row) = self.lungroups.get_mut(group) {
            row.members.remove(&unit);
        }
        self.refresh(self.hosts_of_lungroup(group), None);
        Ok(Outcome::Done)
    }
}
