//! LUNs made, grown and deleted.
//!
//! oceanstor.md has none of these requests; they are those of the OpenStack driver, taken strictly:
//! the fields it sends, in sectors of 512 bytes. What a real array answers to a LUN that is in use
//! no source says, so the codes are the simulator's own.

use super::answer::{Answer, Outcome, Refusal};
use super::body::Fields;
use super::kind::Kind;
use super::state::{State, Unit};
use super::{codes, own_codes};

const NEW: [&str; 7] = [
    "TYPE",
    "NAME",
    "PARENTTYPE",
    "PARENTID",
    "DESCRIPTION",
    "ALLOCTYPE",
    "CAPACITY",
];

fn sectors(fields: &Fields) -> Result<u64, Refusal> {
    let count = fields.need("CAPACITY")?.parse().ok().filter(|n| *n > 0);
    count.ok_or_else(|| Refusal::field("CAPACITY"))
}

impl State {
    pub(super) fn create_lun(&mut self, body: &[u8]) -> Answer {
        let fields = Fields::parse(body, &NEW)?;
        fields.type_is(Kind::Lun.code())?;
        let name = fields.name(self.generation)?;
        let name = name.ok_or_else(|| Refusal::field("NAME"))?;
        if !matches!(fields.number("PARENTTYPE")?, None | Some(216)) || fields.id("PARENTID")? != 0
        {
            return Err(Refusal::field("PARENTID"));
        }
        let thin = match fields.choice("ALLOCTYPE", &["0", "1"])?.as_deref() {
            Some("0") if self.v6() => return Err(Refusal::field("ALLOCTYPE")),
            Some("0") => false,
            _ => true,
        };
        let sectors = sectors(&fields)?;
        if self.luns.by_name(&name).is_some() || self.snapshots.by_name(&name).is_some() {
            return Err(codes::NAME_EXISTS.into());
        }
        let id = self.add_lun(&name, sectors.saturating_mul(512));
        if let Some(disk) = self.luns.get_mut(id) {
            disk.thin = thin;
            disk.description = fields.text("DESCRIPTION")?.unwrap_or_default();
        }
        self.created(Kind::Lun, id)
    }

    pub(super) fn expand_lun(&mut self, body: &[u8]) -> Answer {
        let fields = Fields::parse(body, &["TYPE", "ID", "CAPACITY"])?;
        fields.type_is(Kind::Lun.code())?;
        let (id, sectors) = (fields.id("ID")?, sectors(&fields)?);
        let disk = self.luns.get_mut(id).ok_or(codes::NO_LUN)?;
        if sectors <= disk.sectors {
            return Err(Refusal::field("CAPACITY"));
        }
        disk.sectors = sectors;
        Ok(Outcome::Done)
    }

    pub(super) fn delete_lun(&mut self, id: u64) -> Answer {
        let disk = self.luns.get(id).ok_or(codes::NO_LUN)?;
        if !disk.groups.is_empty() || !disk.seen_by.is_empty() {
            return Err(own_codes::LUN_IN_USE.into());
        }
        let mapped = self
            .hosts
            .iter()
            .any(|(_, h)| h.direct.contains(&Unit::Lun(id)));
        let copied = self.snapshots.iter().any(|(_, s)| s.source == Some(id));
        if mapped || copied {
            return Err(own_codes::LUN_IN_USE.into());
        }
        self.luns.remove(id);
        Ok(Outcome::Done)
    }
}
