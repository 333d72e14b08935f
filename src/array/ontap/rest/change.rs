//! What REST changes (ontap.md §6, §7).

use std::ops::ControlFlow;

use serde_json::{Map, Value, json};

use super::{Ask, Rest, encode};
use crate::array::error::Error;
use crate::array::ontap::codes::{Class, Noun};
use crate::array::ontap::names::initiator_on_wire;
use crate::array::ontap::wire::{
    Account, Changes, Deed, IgroupQuery, IgroupRef, LunRef, Made, Mapped, NewGroup, NewIgroup,
    Reads, Removed, WhileMapped, igroup_type,
};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::kit::redact::Secret;
use crate::model::edit::LunState;
use crate::model::ids::LunNumber;

const IGROUPS: &str = "/api/protocols/san/igroups";
const LUNS: &str = "/api/storage/luns";
const MAPS: &str = "/api/protocols/san/lun-maps";
pub(super) const CREDENTIALS: &str = "/api/protocols/san/iscsi/credentials";

/// What stands for the uuid of the SVM in an address that is only told.
pub(in crate::array::ontap) const SVM_UUID: &str = "$SVM_UUID";

/// The request of a change.
pub(super) fn ask_of(deed: &Deed<'_>, svm: Option<&str>) -> Ask {
    match deed {
        Deed::CreateIgroup(new) => create(new, svm),
        Deed::AddInitiator(igroup, initiator) => Ask::post(
            format!("{IGROUPS}/{}/initiators", igroup.uuid),
            json!({"name": initiator_on_wire(initiator)}),
        ),
        Deed::RemoveInitiator(igroup, initiator, mapped) => {
            let name = encode(&initiator_on_wire(initiator));
            let query = match mapped {
                WhileMapped::Refuse => "",
                WhileMapped::Allow => "?allow_delete_while_mapped=true",
            };
            Ask::delete(format!(
                "{IGROUPS}/{}/initiators/{name}{query}",
                igroup.uuid
            ))
        }
        Deed::DestroyIgroup(igroup) => Ask::delete(format!("{IGROUPS}/{}", igroup.uuid)),
        Deed::Map(lun, igroup, number) => map(lun, igroup, *number, svm),
        Deed::Unmap(lun, igroup) => Ask::delete(format!("{MAPS}/{}/{}", lun.uuid, igroup.uuid)),
        Deed::AddCredential(initiator, account) => {
            let mut body = in_svm(svm);
            body.insert("initiator".into(), (*initiator).into());
            body.insert("authentication_type".into(), "chap".into());
            body.insert("chap".into(), chap(account));
            Ask::post(CREDENTIALS, body.into())
        }
        Deed::SetCredential(initiator, svm_uuid, account) => {
            Ask::patch(entry(svm_uuid, initiator), json!({"chap": chap(account)}))
        }
        Deed::RemoveCredential(initiator, svm_uuid) => Ask::delete(entry(svm_uuid, initiator)),
        Deed::CreateLun(new) => {
            let mut body = in_svm(svm);
            body.insert("name".into(), new.path.as_str().into());
            body.insert("os_type".into(), new.os_type.as_str().into());
            let thin = json!({"size": new.bytes, "guarantee": {"requested": false}});
            body.insert("space".into(), thin);
            Ask::post(format!("{LUNS}?return_records=true"), body.into())
        }
        Deed::ResizeLun(lun, bytes) => Ask::patch(
            format!("{LUNS}/{}", lun.uuid),
            json!({"space": {"size": bytes}}),
        ),
        Deed::DeleteLun(lun) => Ask::delete(format!("{LUNS}/{}", lun.uuid)),
        Deed::SetLunState(lun, state) => {
            let on = *state == LunState::Online;
            Ask::patch(format!("{LUNS}/{}", lun.uuid), json!({"enabled": on}))
        }
    }
}

/// The address of a CHAP entry. It has the uuid of the SVM, which a look tells.
fn entry(svm_uuid: &str, initiator: &str) -> String {
    let svm = match svm_uuid {
        "" => SVM_UUID.to_owned(),
        uuid => encode(uuid),
    };
    format!("{CREDENTIALS}/{svm}/{}", encode(initiator))
}

/// The users and secrets of an account.
fn chap(account: &Account) -> Value {
    let login = |user: &str, secret: &Secret| json!({"user": user, "password": secret.expose()});
    let mut both = json!({"inbound": login(&account.user, &account.secret)});
    if let (Some((user, secret)), Some(map)) = (&account.mutual, both.as_object_mut()) {
        map.insert("outbound".into(), login(user, secret));
    }
    both
}

/// The request that makes an igroup with its members.
fn create(new: &NewIgroup, svm: Option<&str>) -> Ask {
    let members: Vec<Value> = new
        .initiators
        .iter()
        .map(|name| json!({"name": initiator_on_wire(name)}))
        .collect();
    let mut body = in_svm(svm);
    body.insert("name".into(), new.name.as_str().into());
    body.insert("protocol".into(), igroup_type(new.protocol).into());
    body.insert("os_type".into(), new.os_type.as_str().into());
    if !members.is_empty() {
        body.insert("initiators".into(), members.into());
    }
    Ask::post(format!("{IGROUPS}?return_records=true"), body.into())
}

/// The request that maps.
fn map(lun: &LunRef, igroup: &IgroupRef, number: Option<LunNumber>, svm: Option<&str>) -> Ask {
    let mut body = in_svm(svm);
    body.insert("lun".into(), json!({"name": lun.path}));
    body.insert("igroup".into(), json!({"name": igroup.name}));
    if let Some(number) = number {
        body.insert("logical_unit_number".into(), number.0.into());
    }
    Ask::post(format!("{MAPS}?return_records=true"), body.into())
}

/// The beginning of a body: whose object it will be. An account of an SVM need not tell.
pub(super) fn in_svm(svm: Option<&str>) -> Map<String, Value> {
    let mut body = Map::new();
    if let Some(svm) = svm {
        body.insert("svm".into(), json!({"name": svm}));
    }
    body
}

impl Rest {
    /// A change that takes something away: whether it is gone, was not there, or must be looked at.
    pub(super) fn take(
        &self,
        ask: &Ask,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Removed, Error> {
        let request = ask.name();
        let coded = match self.change(ask, bounds, mutate)? {
            Ok(_) => return Ok(Removed::Gone),
            Err(coded) => coded,
        };
        let words = || coded.answer(&request).to_string();
        match coded.class() {
            Class::NotSo | Class::NoCredential => Ok(Removed::NotThere),
            Class::Missing(Noun::Svm) => Err(self.client.refused(&request, &coded)),
            // Not there, or only not to be seen by this account (§7).
            Class::Missing(_) => Ok(Removed::Look(words())),
            Class::StillMapped => Ok(Removed::Held(words())),
            _ => Err(self.client.refused(&request, &coded)),
        }
    }

    /// An igroup with its uuid; looked up when only its name is known.
    fn whole(&self, igroup: &IgroupRef, bounds: &Bounds) -> Result<Option<IgroupRef>, Error> {
        if !igroup.uuid.is_empty() {
            return Ok(Some(igroup.clone()));
        }
        let query = IgroupQuery::Name(igroup.name.clone());
        let mut found = None;
        self.igroups(&query, bounds, &mut |one| {
            found = Some(one.at());
            ControlFlow::Break(())
        })?;
        Ok(found)
    }

    pub(super) fn ask_of(&self, deed: &Deed<'_>) -> Ask {
        ask_of(deed, self.client.svm().as_deref())
    }
}

impl Changes for Rest {
    fn create_igroup(
        &self,
        new: &NewIgroup,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Made<NewGroup>, Error> {
        let ask = self.ask_of(&Deed::CreateIgroup(new));
        match self.change(&ask, bounds, mutate)? {
            Ok(told) => {
                let uuid = told.body.pointer("/records/0/uuid").and_then(Value::as_str);
                Ok(Made::New(NewGroup {
                    uuid: uuid.map(str::to_lowercase),
                    filled: true,
                }))
            }
            Err(coded) if coded.class() == Class::Already => Ok(Made::Already),
            Err(coded) => Err(self.client.refused(&ask.name(), &coded)),
        }
    }

    fn add_initiator(
        &self,
        igroup: &IgroupRef,
        initiator: &str,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Made<()>, Error> {
        let Some(whole) = self.whole(igroup, bounds)? else {
            return Err(self.client.vanished("igroup", &igroup.name));
        };
        let ask = self.ask_of(&Deed::AddInitiator(&whole, initiator));
        match self.change(&ask, bounds, mutate)? {
            Ok(_) => Ok(Made::New(())),
            Err(coded) => match coded.class() {
                Class::Already => Ok(Made::Already),
                Class::Missing(Noun::Igroup | Noun::Entry) => {
                    Err(self.client.vanished("igroup", &igroup.name))
                }
                _ => Err(self.client.refused(&ask.name(), &coded)),
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
        let Some(whole) = self.whole(igroup, bounds)? else {
            return Ok(Removed::NotThere);
        };
        self.take(
            &self.ask_of(&Deed::RemoveInitiator(&whole, initiator, mapped)),
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
        let Some(whole) = self.whole(igroup, bounds)? else {
            return Ok(Removed::NotThere);
        };
        self.take(&self.ask_of(&Deed::DestroyIgroup(&whole)), bounds, mutate)
    }

    fn map(
        &self,
        lun: &LunRef,
        igroup: &IgroupRef,
        number: Option<LunNumber>,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Mapped, Error> {
        let ask = self.ask_of(&Deed::Map(lun, igroup, number));
        match self.change(&ask, bounds, mutate)? {
            Ok(told) => {
                let told = told.body.pointer("/records/0/logical_unit_number");
                let number = told.and_then(Value::as_u64);
                let number = number.and_then(|n| u16::try_from(n).ok()).map(LunNumber);
                Ok(Mapped::New(number))
            }
            Err(coded) => self.client.not_mapped(&ask.name(), &coded, lun, igroup),
        }
    }

    fn unmap(
        &self,
        lun: &LunRef,
        igroup: &IgroupRef,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Removed, Error> {
        let Some(whole) = self.whole(igroup, bounds)? else {
            return Ok(Removed::Look(format!("there is no igroup {}", igroup.name)));
        };
        self.take(&self.ask_of(&Deed::Unmap(lun, &whole)), bounds, mutate)
    }
}
