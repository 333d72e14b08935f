//! CHAP entries over ZAPI (ontap.md §9.6).

use super::change::call_of;
use super::{Call, Element, Zapi};
use crate::array::error::Error;
use crate::array::ontap::codes::Class;
use crate::array::ontap::wire::{Account, AuthKind, Credential, Credentials, Deed, Made, Removed};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;

impl Credentials for Zapi {
    fn credential(&self, initiator: &str, bounds: &Bounds) -> Result<Option<Credential>, Error> {
        let call = Call::read(
            "iscsi-initiator-get-auth",
            vec![Element::leaf("initiator", initiator)],
        );
        match self.call(&call, bounds)? {
            Ok(results) => {
                let kind = match results.get("auth-type").map(str::to_lowercase).as_deref() {
                    Some("chap") => AuthKind::Chap,
                    Some("deny") => AuthKind::Deny,
                    _ => AuthKind::Open,
                };
                Ok(Some(Credential {
                    kind,
                    user: results.get("user-name").map(str::to_owned),
                }))
            }
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

    fn remove_credential(
        &self,
        initiator: &str,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Removed, Error> {
        self.take(&call_of(&Deed::RemoveCredential(initiator)), bounds, mutate)
    }
}
