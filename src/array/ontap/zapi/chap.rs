//! CHAP entries over ZAPI (ontap.md §9.6).

use super::change::call_of;
use super::{Call, Element, Zapi};
use crate::array::error::Error;
use crate::array::ontap::codes::Class;
use crate::array::ontap::wire::{Account, AuthKind, Credential, Credentials, Deed, Made, Removed};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;

fn read(results: &Element) -> Credential {
    let kind = match results.get("auth-type").map(str::to_lowercase).as_deref() {
        Some("chap") => AuthKind::Chap,
        Some("deny") => AuthKind::Deny,
        _ => AuthKind::Open,
    };
    Credential {
        kind,
        user: results.get("user-name").map(str::to_owned),
        mutual: results.get("outbound-user-name").map(str::to_owned),
        svm_uuid: String::new(),
    }
}

impl Credentials for Zapi {
    fn credential(&self, initiator: &str, bounds: &Bounds) -> Result<Option<Credential>, Error> {
        let call = Call::read(
            "iscsi-initiator-get-auth",
            vec![Element::leaf("initiator", initiator)],
        );
        match self.call(&call, bounds)? {
            Ok(results) => Ok(Some(read(&results))),
            Err(coded) if coded.class() == Class::NoCredential => Ok(None),
            Err(coded) => Err(self.client.refused(&call.element.name, &coded)),
        }
    }

    fn add_credential(
        &self,
        initiator: &str,
        account: &Account,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Made<()>, Error> {
        let call = call_of(&Deed::AddCredential(initiator, account));
        match self.change(&call, bounds, mutate)? {
            Ok(_) => Ok(Made::New(())),
            Err(coded) if coded.class() == Class::Already => Ok(Made::Already),
            Err(coded) => Err(self.client.refused(&call.element.name, &coded)),
        }
    }

    fn default_credential(&self, bounds: &Bounds) -> Result<Option<Credential>, Error> {
        let call = Call::read("iscsi-initiator-get-default-auth", Vec::new());
        match self.call(&call, bounds)? {
            Ok(results) => Ok(Some(read(&results))),
            Err(coded) if coded.class() == Class::NoCredential => Ok(None),
            Err(coded) => Err(self.client.refused(&call.element.name, &coded)),
        }
    }

    fn set_credential(
        &self,
        initiator: &str,
        svm_uuid: &str,
        account: &Account,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<(), Error> {
        let call = call_of(&Deed::SetCredential(initiator, svm_uuid, account));
        match self.change(&call, bounds, mutate)? {
            Ok(_) => Ok(()),
            Err(coded) if coded.class() == Class::NoCredential => {
                Err(self.client.vanished("CHAP entry of", initiator))
            }
            Err(coded) => Err(self.client.refused(&call.element.name, &coded)),
        }
    }

    fn remove_credential(
        &self,
        initiator: &str,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Removed, Error> {
        self.take(
            &call_of(&Deed::RemoveCredential(initiator, "")),
            bounds,
            mutate,
        )
    }
}
