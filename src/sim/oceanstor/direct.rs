//! Direct mappings of a LUN to a host, V6 only (oceanstor.md §7 "Direct mapping").

use serde_json::json;

use super::answer::{Answer, Outcome, Refused};
use super::body::Fields;
use super::show::object;
use super::state::{State, Unit};
use super::{codes, own_codes};

impl State {
    fn pair(&self, fields: &Fields) -> Result<(u64, Unit), Refused> {
        let (host, lun) = (fields.id("hostId")?, fields.id("lunId")?);
        self.hosts.get(host).ok_or(codes::NO_HOST)?;
        self.luns.get(lun).ok_or(codes::NO_LUN)?;
        Ok((host, Unit::Lun(lun)))
    }

    pub(super) fn create_mapping(&mut self, body: &[u8]) -> Answer {
        let fields = Fields::parse(body, &["hostId", "lunId", "hostLunIdStart", "force"])?;
        let (host, unit) = self.pair(&fields)?;
        let start = fields.number("hostLunIdStart")?;
        fields.choice("force", &["true", "false"])?;
        let row = self.hosts.get(host).ok_or(codes::NO_HOST)?;
        if row.direct.contains(&unit) {
            return Err(codes::MAPPING_EXISTS.into());
        }
        if row.numbers.contains_key(&unit) {
            return Err(codes::LUN_MAPPED_OTHERWISE.into());
        }
        let first = start.unwrap_or(self.options.first_lun_number);
        self.free_number(host, first)
            .ok_or(own_codes::NUMBERS_EXHAUSTED)?;
        if let Some(row) = self.hosts.get_mut(host) {
            row.direct.insert(unit);
        }
        self.refresh_host(host, start);
        let (host, lun) = (fields.need("hostId")?, fields.need("lunId")?);
        Ok(Outcome::Object(object(
            json!({"hostId": host, "lunId": lun}),
        )))
    }

    pub(super) fn delete_mapping(&mut self, body: &[u8]) -> Answer {
        let fields = Fields::parse(body, &["hostId", "lunId"])?;
        let (host, unit) = self.pair(&fields)?;
        let row = self.hosts.get_mut(host).ok_or(codes::NO_HOST)?;
        if !row.direct.remove(&unit) {
            return Err(codes::NO_MAPPING.into());
        }
        self.refresh_host(host, None);
        Ok(Outcome::Done)
    }
}
