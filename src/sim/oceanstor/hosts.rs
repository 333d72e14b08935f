//! Host objects (oceanstor.md §7 "Host").

use super::answer::{Answer, Outcome, Refused};
use super::body::Fields;
use super::kind::Kind;
use super::show::{Key, View};
use super::state::{Host, State};
use super::{codes, own_codes};

const FIELDS: [&str; 9] = [
    "TYPE",
    "ID",
    "NAME",
    "DESCRIPTION",
    "OPERATIONSYSTEM",
    "IP",
    "LOCATION",
    "MODEL",
    "NETWORKNAME",
];
const SYSTEMS: [&str; 15] = [
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "255",
];

impl State {
    fn host_fields(&self, body: &[u8]) -> Result<Fields, Refused> {
        let mut known = FIELDS.to_vec();
        if self.v6() {
            known.extend(["accessMode", "hyperMetroPathOptimized"]);
        }
        let fields = Fields::parse(body, &known)?;
        fields.type_is(21)?;
        Ok(fields)
    }

    fn fill_host(host: &mut Host, fields: &Fields) -> Result<(), Refused> {
        let system = fields.choice("OPERATIONSYSTEM", &SYSTEMS)?;
        let access = fields.choice("accessMode", &["0", "1"])?;
        let optimized = fields.choice("hyperMetroPathOptimized", &["0", "1"])?;
        let texts = [
            (&mut host.description, fields.text("DESCRIPTION")?),
            (&mut host.ip, fields.text("IP")?),
            (&mut host.location, fields.text("LOCATION")?),
            (&mut host.model, fields.text("MODEL")?),
            (&mut host.network_name, fields.text("NETWORKNAME")?),
            (&mut host.os, system),
            (&mut host.access_mode, access),
            (&mut host.path_optimized, optimized),
        ];
        for (place, value) in texts {
            if let Some(value) = value {
                *place = value;
            }
        }
        Ok(())
    }

    pub(super) fn create_host(&mut self, body: &[u8]) -> Answer {
        let fields = self.host_fields(body)?;
        let name = fields
            .name(self.generation)?
            .ok_or_else(|| Refused::field("NAME"))?;
        fields.need("OPERATIONSYSTEM")?;
        let mut host = Host {
            name: name.clone(),
            access_mode: "0".to_owned(),
            path_optimized: "1".to_owned(),
            ..Host::default()
        };
        Self::fill_host(&mut host, &fields)?;
        if self.hosts.by_name(&name).is_some() {
            return Err(codes::NAME_EXISTS.into());
        }
        let id = self.hosts.add(host);
        self.created(Kind::Host, id)
    }

    /// The object just made, as its POST shows it.
    pub(super) fn created(&self, kind: Kind, id: u64) -> Answer {
        let shown = self.show(kind, &Key::Num(id), View::Created);
        Ok(shown.map_or(Outcome::Done, Outcome::Object))
    }

    pub(super) fn change_host(&mut self, id: u64, body: &[u8]) -> Answer {
        let fields = self.host_fields(body)?;
        let name = fields.name(self.generation)?;
        let mut host = self.hosts.get(id).ok_or(codes::NO_HOST)?.clone();
        Self::fill_host(&mut host, &fields)?;
        if name
            .as_deref()
            .and_then(|n| self.hosts.by_name(n))
            .is_some_and(|other| other != id)
        {
            return Err(codes::NAME_EXISTS.into());
        }
        if let Some(row) = self.hosts.get_mut(id) {
            *row = host;
        }
        if let Some(name) = name {
            self.hosts.rename(id, &name);
        }
        Ok(Outcome::Done)
    }

    pub(super) fn delete_host(&mut self, id: u64) -> Answer {
        let host = self.hosts.get(id).ok_or(codes::NO_HOST)?;
        if !host.groups.is_empty() {
            return Err(own_codes::HOST_IN_A_GROUP.into());
        }
        if !host.direct.is_empty() {
            return Err(own_codes::HOST_HAS_MAPPINGS.into());
        }
        if !host.iscsi.is_empty() || !host.fc.is_empty() {
            return Err(own_codes::HOST_HAS_INITIATORS.into());
        }
        self.hosts.remove(id);
        Ok(Outcome::Done)
    }
}
