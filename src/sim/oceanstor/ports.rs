//! Port groups and their members (oceanstor.md §7 "Ports").

use super::answer::{Answer, Outcome, Refusal, Refused};
use super::body::Fields;
use super::groups::named;
use super::kind::Kind;
use super::query::Query;
use super::state::{Port, PortGroup, State};
use super::{codes, own_codes};

const GROUP: [&str; 4] = ["TYPE", "ID", "NAME", "DESCRIPTION"];
const MEMBER: [&str; 4] = ["TYPE", "ID", "ASSOCIATEOBJTYPE", "ASSOCIATEOBJID"];

impl State {
    pub(super) fn create_portgroup(&mut self, body: &[u8]) -> Answer {
        let fields = Fields::parse(body, &GROUP)?;
        let (name, description) = named(self, &fields, Kind::PortGroup)?;
        let name = name.ok_or_else(|| Refusal::field("NAME"))?;
        if self.portgroups.by_name(&name).is_some() {
            return Err(codes::NAME_EXISTS.into());
        }
        let description = description.unwrap_or_default();
        let id = self.portgroups.add(PortGroup {
            name,
            description,
            ..PortGroup::default()
        });
        self.created(Kind::PortGroup, id)
    }

    pub(super) fn change_portgroup(&mut self, id: u64, body: &[u8]) -> Answer {
        let fields = Fields::parse(body, &GROUP)?;
        let (name, description) = named(self, &fields, Kind::PortGroup)?;
        self.portgroups.get(id).ok_or(codes::NO_PORTGROUP)?;
        if name
            .as_deref()
            .and_then(|n| self.portgroups.by_name(n))
            .is_some_and(|o| o != id)
        {
            return Err(codes::NAME_EXISTS.into());
        }
        if let Some(name) = name {
            self.portgroups.rename(id, &name);
        }
        if let (Some(group), Some(text)) = (self.portgroups.get_mut(id), description) {
            group.description = text;
        }
        Ok(Outcome::Done)
    }

    /// A port group with ports can be deleted once it is in no view: its ports live on.
    pub(super) fn delete_portgroup(&mut self, id: u64) -> Answer {
        let group = self.portgroups.get(id).ok_or(codes::NO_PORTGROUP)?;
        if !group.views.is_empty() {
            return Err(own_codes::GROUP_IN_A_VIEW.into());
        }
        self.portgroups.remove(id);
        Ok(Outcome::Done)
    }

    fn port_member(&self, fields: &Fields) -> Result<(u64, Port), Refused> {
        fields.type_is(257)?;
        let (group, id) = (fields.id("ID")?, fields.need("ASSOCIATEOBJID")?);
        self.portgroups.get(group).ok_or(codes::NO_PORTGROUP)?;
        let kind = fields.number("ASSOCIATEOBJTYPE")?.and_then(Kind::by_code);
        let known = match kind {
            Some(Kind::EthPort) => self.eth(&id).is_some(),
            Some(Kind::FcPort) => self.fc_ports.iter().any(|p| p.id == id),
            Some(Kind::Lif) if self.v6() => self.eth(&id).is_some_and(|p| !p.address.is_empty()),
            _ => return Err(Refusal::field("ASSOCIATEOBJTYPE")),
        };
        match kind {
            Some(kind) if known => Ok((
                group,
                Port {
                    kind: kind.code(),
                    id,
                },
            )),
            _ => Err(codes::NO_OBJECT.into()),
        }
    }

    pub(super) fn join_portgroup(&mut self, body: &[u8]) -> Answer {
        let (group, port) = self.port_member(&Fields::parse(body, &MEMBER)?)?;
        let row = self.portgroups.get_mut(group).ok_or(codes::NO_PORTGROUP)?;
        if row.members.insert(port) {
            Ok(Outcome::Done)
        } else {
            Err(codes::PORT_IN_GROUP.into())
        }
    }

    pub(super) fn leave_portgroup(&mut self, query: &Query, body: &[u8]) -> Answer {
        let (group, port) = self.port_member(&Fields::either(query, body, &MEMBER)?)?;
        let row = self.portgroups.get_mut(group).ok_or(codes::NO_PORTGROUP)?;
        if row.members.remove(&port) {
            Ok(Outcome::Done)
        } else {
            Err(codes::PORT_NOT_IN_GROUP.into())
        }
    }
}
