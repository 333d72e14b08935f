//! LUNs made, grown, put on- and offline and deleted over ZAPI (ontap.md §4).

use super::change::call_of;
use super::{Call, Zapi};
use crate::array::error::Error;
use crate::array::ontap::codes::{Class, Noun};
use crate::array::ontap::wire::{Deed, LunChanges, LunRef, Made, NewLun, Removed};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::edit::LunState;

impl Zapi {
    /// A change of a LUN that is there.
    fn alter(
        &self,
        call: &Call,
        lun: &LunRef,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Made<()>, Error> {
        match self.change(call, bounds, mutate)? {
            Ok(_) => Ok(Made::New(())),
            Err(coded) => match coded.class() {
                Class::Already => Ok(Made::Already),
                Class::Missing(Noun::Lun) => Err(self.client.vanished("LUN", &lun.path)),
                _ => Err(self.client.refused(&call.element.name, &coded)),
            },
        }
    }
}

impl LunChanges for Zapi {
    fn create_lun(
        &self,
        new: &NewLun,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Made<Option<String>>, Error> {
        let call = call_of(&Deed::CreateLun(new));
        match self.change(&call, bounds, mutate)? {
            Ok(_) => Ok(Made::New(None)),
            Err(coded) => match coded.class() {
                Class::Already => Ok(Made::Already),
                Class::Missing(Noun::Lun) => Err(self.client.no_volume(&new.path)),
                _ => Err(self.client.refused(&call.element.name, &coded)),
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
        let call = call_of(&Deed::ResizeLun(lun, bytes));
        self.alter(&call, lun, bounds, mutate)
    }

    fn delete_lun(&self, lun: &LunRef, bounds: &Bounds, mutate: &Mutate) -> Result<Removed, Error> {
        self.take(&call_of(&Deed::DeleteLun(lun)), bounds, mutate)
    }

    fn set_lun_state(
        &self,
        lun: &LunRef,
        state: LunState,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Made<()>, Error> {
        let call = call_of(&Deed::SetLunState(lun, state));
        self.alter(&call, lun, bounds, mutate)
    }
}
