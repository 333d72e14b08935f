//! What ZAPI changes (ontap.md §4, §7).

use super::{Call, Element, Zapi};
use crate::array::error::Error;
use crate::array::ontap::codes::{Class, Noun};
use crate::array::ontap::names::initiator_on_wire;
use crate::array::ontap::wire::{
    Account, Changes, Deed, IgroupRef, LunRef, Made, Mapped, NewGroup, NewIgroup, Removed,
    WhileMapped, igroup_type,
};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::edit::LunState;
use crate::model::ids::LunNumber;

fn group(igroup: &IgroupRef) -> Element {
    Element::leaf("initiator-group-name", igroup.name.as_str())
}

fn member(call: &str, igroup: &IgroupRef, initiator: &str) -> Call {
    let initiator = Element::leaf("initiator", initiator_on_wire(initiator));
    Call::change(call, vec![group(igroup), initiator])
}

fn map(call: &str, lun: &LunRef, igroup: &IgroupRef, number: Option<LunNumber>) -> Call {
    let mut arguments = vec![
        Element::leaf("path", lun.path.as_str()),
        Element::leaf("initiator-group", igroup.name.as_str()),
    ];
    arguments.extend(number.map(|number| Element::leaf("lun-id", number.to_string())));
    Call::change(call, arguments)
}

fn at_path(call: &str, lun: &LunRef) -> Call {
    Call::change(call, vec![Element::leaf("path", lun.path.as_str())])
}

/// The users and secrets of an account.
fn logins(account: &Account) -> Vec<Element> {
    let mut told = vec![
        Element::leaf("user-name", account.user.as_str()),
        Element::leaf("passphrase", account.secret.expose()),
    ];
    if let Some((user, secret)) = &account.mutual {
        told.push(Element::leaf("outbound-user-name", user.as_str()));
        told.push(Element::leaf("outbound-passphrase", secret.expose()));
    }
    told
}

/// The call of a change.
pub(super) fn call_of(deed: &Deed<'_>) -> Call {
    match deed {
        Deed::CreateIgroup(new) => Call::change(
            "igroup-create",
            vec![
                Element::leaf("initiator-group-name", new.name.as_str()),
                Element::leaf("initiator-group-type", igroup_type(new.protocol)),
                Element::leaf("os-type", new.os_type.as_str()),
            ],
        ),
        Deed::AddInitiator(igroup, initiator) => member("igroup-add", igroup, initiator),
        Deed::RemoveInitiator(igroup, initiator, mapped) => {
            let mut call = member("igroup-remove", igroup, initiator);
            if *mapped == WhileMapped::Allow {
                call.element.children.push(Element::leaf("force", "true"));
            }
            call
        }
        Deed::DestroyIgroup(igroup) => Call::change("igroup-destroy", vec![group(igroup)]),
        Deed::Map(lun, igroup, number) => map("lun-map", lun, igroup, *number),
        Deed::Unmap(lun, igroup) => map("lun-unmap", lun, igroup, None),
        Deed::AddCredential(initiator, account) => {
            let mut arguments = vec![
                Element::leaf("initiator", *initiator),
                Element::leaf("auth-type", "CHAP"),
            ];
            arguments.extend(logins(account));
            Call::change("iscsi-initiator-add-auth", arguments)
        }
        Deed::SetCredential(initiator, _, account) => {
            let mut arguments = vec![Element::leaf("initiator", *initiator)];
            arguments.extend(logins(account));
            Call::change("iscsi-initiator-modify-chap-params", arguments)
        }
        Deed::RemoveCredential(initiator, _) => Call::change(
            "iscsi-initiator-delete-auth",
            vec![Element::leaf("initiator", *initiator)],
        ),
        Deed::CreateLun(new) => Call::change(
            "lun-create-by-size",
            vec![
                Element::leaf("path", new.path.as_str()),
                Element::leaf("size", new.bytes.to_string()),
                Element::leaf("ostype", new.os_type.as_str()),
                Element::leaf("space-reservation-enabled", "false"),
            ],
        ),
        Deed::ResizeLun(lun, bytes) => Call::change(
            "lun-resize",
            vec![
                Element::leaf("path", lun.path.as_str()),
                Element::leaf("size", bytes.to_string()),
            ],
        ),
        Deed::DeleteLun(lun) => at_path("lun-destroy", lun),
        Deed::SetLunState(lun, LunState::Online) => at_path("lun-online", lun),
        Deed::SetLunState(lun, LunState::Offline) => at_path("lun-offline", lun),
    }
}

impl Zapi {
    /// A change that takes something away: whether it is gone, was not there, or must be looked at.
    pub(super) fn take(
        &self,
        call: &Call,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Removed, Error> {
        let request = &call.element.name;
        let coded = match self.change(call, bounds, mutate)? {
            Ok(_) => return Ok(Removed::Gone),
            Err(coded) => coded,
        };
        let words = || coded.answer(request).to_string();
        match coded.class() {
            Class::NotSo | Class::NoCredential => Ok(Removed::NotThere),
            Class::Missing(Noun::Igroup) if request != "lun-unmap" => Ok(Removed::NotThere),
            // Cinder takes 13115 for "unmapped already"; the maps themselves tell (§7).
            Class::Missing(Noun::Svm) => Err(self.client.refused(request, &coded)),
            Class::Missing(_) => Ok(Removed::Look(words())),
            Class::Input if request == "lun-unmap" => Ok(Removed::Look(words())),
            Class::StillMapped => Ok(Removed::Held(words())),
            // What is online is not deleted.
            Class::Already if request == "lun-destroy" => Ok(Removed::Held(words())),
            _ => Err(self.client.refused(request, &coded)),
        }
    }
}

impl Changes for Zapi {
    fn create_igroup(
        &self,
        new: &NewIgroup,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Made<NewGroup>, Error> {
        let call = call_of(&Deed::CreateIgroup(new));
        match self.change(&call, bounds, mutate)? {
            Ok(results) => Ok(Made::New(NewGroup {
                uuid: results.get("initiator-group-uuid").map(str::to_owned),
                filled: false,
            })),
            Err(coded) if coded.class() == Class::Already => Ok(Made::Already),
            Err(coded) => Err(self.client.refused(&call.element.name, &coded)),
        }
    }

    fn add_initiator(
        &self,
        igroup: &IgroupRef,
        initiator: &str,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Made<()>, Error> {
        let call = call_of(&Deed::AddInitiator(igroup, initiator));
        match self.change(&call, bounds, mutate)? {
            Ok(_) => Ok(Made::New(())),
            Err(coded) => match coded.class() {
                Class::Already => Ok(Made::Already),
                Class::Missing(Noun::Igroup) => Err(self.client.vanished("igroup", &igroup.name)),
                _ => Err(self.client.refused(&call.element.name, &coded)),
            },
        }
    }

    fn remove_initiator(
        &self,
        igroup: &IgroupRef,
        initiator: &str,
        mapped: WhileMapped,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Removed, Error> {
        self.take(
            &call_of(&Deed::RemoveInitiator(igroup, initiator, mapped)),
            bounds,
            mutate,
        )
    }

    fn destroy_igroup(
        &self,
        igroup: &IgroupRef,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Removed, Error> {
        self.take(&call_of(&Deed::DestroyIgroup(igroup)), bounds, mutate)
    }

    fn map(
        &self,
        lun: &LunRef,
        igroup: &IgroupRef,
        number: Option<LunNumber>,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Mapped, Error> {
        let call = call_of(&Deed::Map(lun, igroup, number));
        match self.change(&call, bounds, mutate)? {
            Ok(results) => {
                let told = results.get("lun-id-assigned");
                Ok(Mapped::New(told.and_then(|n| n.parse().ok())))
            }
            Err(coded) => self
                .client
                .not_mapped(&call.element.name, &coded, lun, igroup),
        }
    }

    fn unmap(
        &self,
        lun: &LunRef,
        igroup: &IgroupRef,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Removed, Error> {
        self.take(&call_of(&Deed::Unmap(lun, igroup)), bounds, mutate)
    }
}
