//! CHAP entries over REST (ontap.md §9.6).

use std::ops::ControlFlow;

use serde_json::Value;

use super::change::CREDENTIALS;
use super::{Rest, encode};
use crate::array::error::Error;
use crate::array::ontap::codes::Class;
use crate::array::ontap::names::initiator_key;
use crate::array::ontap::wire::{Account, AuthKind, Credential, Credentials, Deed, Made, Removed};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;

/// An entry, with the uuid of its SVM: a part of its address.
fn entry(record: &Value) -> Credential {
    let text = |pointer: &str| {
        let text = record.pointer(pointer).and_then(Value::as_str);
        text.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let kind = match text("/authentication_type").as_deref() {
        Some("chap") => AuthKind::Chap,
        Some("deny") => AuthKind::Deny,
        _ => AuthKind::Open,
    };
    Credential {
        kind,
        user: text("/chap/inbound/user"),
        mutual: text("/chap/outbound/user"),
        svm_uuid: text("/svm/uuid").unwrap_or_default(),
    }
}

impl Credentials for Rest {
    fn credential(&self, initiator: &str, bounds: &Bounds) -> Result<Option<Credential>, Error> {
        let mut found = None;
        let path = format!(
            "{CREDENTIALS}?initiator={}&fields=svm.name,svm.uuid,initiator,authentication_type,\
             chap.inbound.user,chap.outbound.user",
            encode(initiator)
        );
        self.list(&path, bounds, &mut |record| {
            let name = record.get("initiator").and_then(Value::as_str);
            if name.map(initiator_key) == Some(initiator_key(initiator)) {
                found = Some(entry(record));
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }

    fn default_credential(&self, bounds: &Bounds) -> Result<Option<Credential>, Error> {
        self.credential("default", bounds)
    }

    fn set_credential(
        &self,
        initiator: &str,
        svm_uuid: &str,
        account: &Account,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<(), Error> {
        let ask = self.ask_of(&Deed::SetCredential(initiator, svm_uuid, account));
        match self.change(&ask, bounds, mutate)? {
            Ok(_) => Ok(()),
            Err(coded) if coded.class() == Class::NoCredential => {
                Err(self.client.vanished("CHAP entry of", initiator))
            }
            Err(coded) => Err(self.client.refused(&ask.name(), &coded)),
        }
    }

    fn add_credential(
        &self,
        initiator: &str,
        account: &Account,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Made<()>, Error> {
        let ask = self.ask_of(&Deed::AddCredential(initiator, account));
        match self.change(&ask, bounds, mutate)? {
            Ok(_) => Ok(Made::New(())),
            Err(coded) if coded.class() == Class::Already => Ok(Made::Already),
            Err(coded) => Err(self.client.refused(&ask.name(), &coded)),
        }
    }

    fn remove_credential(
        &self,
        initiator: &str,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Removed, Error> {
        let Some(entry) = self.credential(initiator, bounds)? else {
            return Ok(Removed::NotThere);
        };
        let deed = Deed::RemoveCredential(initiator, &entry.svm_uuid);
        self.take(&self.ask_of(&deed), bounds, mutate)
    }
}
