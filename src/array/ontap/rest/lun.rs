//! LUNs made, grown, put on- and offline and deleted over REST (ontap.md §5, §6): each may answer
//! with a job.

use serde_json::Value;

use super::{Ask, Rest};
use crate::array::error::Error;
use crate::array::ontap::codes::{Class, Noun};
use crate::array::ontap::wire::{Deed, LunChanges, LunRef, Made, NewLun, Removed};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::edit::LunState;

impl Rest {
    /// A change of a LUN that is there.
    fn alter(
        &self,
        ask: &Ask,
        lun: &LunRef,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Made<()>, Error> {
        match self.change(ask, bounds, mutate)? {
            Ok(_) => Ok(Made::New(())),
            Err(coded) => match coded.class() {
                Class::Already => Ok(Made::Already),
                Class::Missing(Noun::Lun | Noun::Entry) => {
                    Err(self.client.vanished("LUN", &lun.path))
                }
                _ => Err(self.client.refused(&ask.name(), &coded)),
            },
        }
    }
}

impl LunChanges for Rest {
    fn create_lun(
        &self,
        new: &NewLun,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Made<Option<String>>, Error> {
        let ask = self.ask_of(&Deed::CreateLun(new));
        match self.change(&ask, bounds, mutate)? {
            Ok(told) => {
                let uuid = told.body.pointer("/records/0/uuid").and_then(Value::as_str);
                Ok(Made::New(uuid.map(str::to_lowercase)))
            }
            Err(coded) => match coded.class() {
                Class::Already => Ok(Made::Already),
                Class::Missing(Noun::Lun) => Err(self.client.no_volume(&new.path)),
                _ => Err(self.client.refused(&ask.name(), &coded)),
            },
        }
    }

    fn resize_lun(
        &self,
        lun: &LunRef,
        bytes: u64,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Made<()>, Error> {
        let ask = self.ask_of(&Deed::ResizeLun(lun, bytes));
        self.alter(&ask, lun, bounds, mutate)
    }

    fn delete_lun(&self, lun: &LunRef, bounds: &Bounds, mutate: &Mutate) -> Result<Removed, Error> {
        self.take(&self.ask_of(&Deed::DeleteLun(lun)), bounds, mutate)
    }

    fn set_lun_state(
        &self,
        lun: &LunRef,
        state: LunState,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Made<()>, Error> {
        let ask = self.ask_of(&Deed::SetLunState(lun, state));
        self.alter(&ask, lun, bounds, mutate)
    }
}
