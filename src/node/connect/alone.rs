//! The steps of the stage one at a time, for the verbs that do a single one by hand.

use std::sync::Arc;

use super::super::Error;
use super::super::scsi::device::Device;
use super::path::flush_and_remove;
use super::record::RecordStep;
use super::route::Route;
use super::session::SessionStep;
use super::shared::{Shared, of_change};
use super::{Connect, Wish, connect};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::facts::Facts;
use crate::model::portal::TargetPortal;
use crate::model::way::Way;
use crate::step::{Aim, Change, Cx, Error as StepError, Made, Step as _, Undone};
use crate::system::Machine;

/// The stage without an attachment: nothing is known but what each call names.
#[derive(Debug)]
pub(in crate::node) struct Alone {
    connect: Connect,
}

impl Alone {
    pub(in crate::node) fn new(machine: Arc<dyn Machine>) -> Self {
        Self {
            connect: connect(machine, Wish::default()),
        }
    }

    fn shared(&self, aim: Aim, at: Option<&TargetPortal>) -> Arc<Shared> {
        let route = at.map(|at| Route {
            way: Way::Iscsi(at.clone()),
            lun_number: None,
        });
        let routes = route.into_iter().collect();
        self.connect.shared(aim, routes, &Facts::none())
    }

    pub(in crate::node) fn require_root(&self) -> Result<(), Error> {
        self.shared(Aim::Attach, None).require_root()
    }

    /// Makes a record as attach makes it.
    pub(in crate::node) fn add_record(
        &self,
        at: &TargetPortal,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Change, StepError> {
        let facts = &Facts::none();
        let step = RecordStep::new(&self.shared(Aim::Attach, Some(at)), at);
        step.apply(&Cx { facts, bounds }, mutate)
    }

    /// Deletes a record as detach deletes it: never one in use.
    pub(in crate::node) fn delete_record(
        &self,
        at: &TargetPortal,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Undone, StepError> {
        let facts = &Facts::none();
        let step = RecordStep::new(&self.shared(Aim::Detach, Some(at)), at);
        step.undo(&Cx { facts, bounds }, &Made::default(), mutate)
    }

    /// Logs in as attach does: with a manual scan, and never a second time.
    pub(in crate::node) fn login(
        &self,
        at: &TargetPortal,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Change, StepError> {
        let facts = &Facts::none();
        let step = SessionStep::new(&self.shared(Aim::Attach, Some(at)), at);
        step.apply(&Cx { facts, bounds }, mutate)
    }

    /// Flushes and removes a device that nobody uses, as detach does.
    pub(in crate::node) fn remove(
        &self,
        device: &Device,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<(), StepError> {
        let shared = self.shared(Aim::Detach, None);
        flush_and_remove(&shared, device, &Facts::none(), bounds, mutate).map_err(of_change)
    }
}
