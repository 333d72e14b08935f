//! CHAP entries over REST (ontap.md §9.6).

use std::ops::ControlFlow;

use serde_json::Value;

use super::change::{CREDENTIALS, ask_of};
use super::{Ask, Rest, encode};
use crate::array::error::Error;
use crate::array::ontap::codes::Class;
use crate::array::ontap::names::initiator_key;
use crate::array::ontap::wire::{Account, AuthKind, Credential, Credentials, Deed, Made, Removed};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;

/// An entry, with the uuid of its SVM: a part of its address.
struct Entry {
    credential: Credential,
    svm_uuid: String,
}

fn entry(record: &Value) -> Entry {
    let text = |pointer: &str| {
        let text = record.pointer(pointer).and_then(Value::as_str);
        text.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let kind = match text("/authentication_type").as_deref() {
        Some("chap") => AuthKind::Chap,
        Some("deny") => AuthKind::Deny,
        _ => AuthKind::Open,
    };
    Entry {
        credential: Credential {
            kind,
            user: text("/chap/inbound/user"),
        },
        svm_uuid: text("/svm/uuid").unwrap_or_default(),
    }
}

impl Rest {
    fn entry(&self, initiator: &str, bounds: &Bounds) -> Result<Option<Entry>, Error> {
        let mut found = None;
        let path = format!(
            "{CREDENTIALS}?initiator={}&fields=svm.name,svm.uuid,initiator,authentication_type,\
             chap.inbound.user",
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
}

impl Credentials for Rest {
    fn credential(&self, initiator: &str, bounds: &Bounds) -> Result<Option<Credential>, Error> {
        Ok(self.entry(initiator, bounds)?.map(|entry| entry.credential))
    }

    fn add_credential(
        &self,
        initiator: &str,
        account: &Account,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Made<()>, Error> {
        let deed = Deed::AddCredential(initiator, account);
        let ask = ask_of(&deed, self.client.svm().as_deref());
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
        let Some(entry) = self.entry(initiator, bounds)? else {
            return Ok(Removed::NotThere);
        };
        let path = format!(
            "{CREDENTIALS}/{}/{}",
            encode(&entry.svm_uuid),
            encode(initiator)
        );
        self.take(&Ask::delete(path), bounds, mutate)
    }
}
