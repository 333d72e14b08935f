//! Numbers: free on the array and unknown to the node's kernel (ontap.md §9.2).

use std::collections::BTreeMap;

use super::super::names::LAST_NUMBER;
use super::super::nouns::map::used_by;
use super::super::wire::LunMap;
use super::Shared;
use super::sight::Sight;
use crate::array::error::Error;
use crate::kit::bounds::Bounds;
use crate::model::ids::{Iqn, LunNumber};
use crate::model::publication::{KernelLun, KernelTarget};

impl Shared {
    /// The target that the node logs in to.
    fn target(&self, sight: &Sight) -> Option<Iqn> {
        sight.service.as_ref()?.name.parse().ok()
    }

    /// What the node's kernel holds under numbers of this target for other units.
    fn avoided<'a>(&'a self, sight: &'a Sight) -> impl Iterator<Item = &'a KernelLun> {
        let ports = sight.lifs.iter().filter_map(|lif| lif.wwpn.as_deref());
        let ports: Vec<&str> = ports.collect();
        let target = self.target(sight);
        let wwid = sight.lun.as_ref().map(|lun| lun.fact.wwid.clone());
        self.publication.avoid.iter().filter(move |known| {
            let there = match &known.target {
                KernelTarget::Iqn(iqn) => Some(iqn) == target.as_ref(),
                KernelTarget::Port(port) => ports.contains(&port.as_str()),
            };
            there && known.wwid.is_some() && known.wwid != wwid
        })
    }

    /// What the node's kernel holds under this number for another unit.
    pub(super) fn collision(&self, sight: &Sight, number: LunNumber) -> Option<KernelLun> {
        self.avoided(sight)
            .find(|k| k.lun_number == number)
            .cloned()
    }

    pub(super) fn collides(&self, number: LunNumber, with: &KernelLun) -> Error {
        let disk = with.disk.as_deref().unwrap_or("a device");
        let other = with.wwid.as_ref().map_or("another LUN", |w| w.as_str());
        let mut hints = Vec::new();
        if let Some(disk) = &with.disk {
            hints.push(format!(
                "if nothing uses it: echo 1 > /sys/block/{disk}/device/delete"
            ));
        }
        self.conflict(
            format!(
                "lun number {number} is still known to this node as {disk} of {other}, which \
                 would answer in the place of this LUN"
            ),
            hints,
        )
    }

    /// Before anything is changed: whether the number that was asked for can be had.
    ///
    /// # Errors
    /// `Invalid`, or `Conflict` with the number that the LUN has already.
    pub(super) fn vet_number(&self, sight: &Sight) -> Result<(), Error> {
        let now = sight.map.as_ref().and_then(|map| map.number);
        let Some(wanted) = self.publication.lun_number else {
            return match now.and_then(|n| self.collision(sight, n).map(|with| (n, with))) {
                Some((number, with)) => Err(self.collides(number, &with)),
                None => Ok(()),
            };
        };
        if wanted.0 > LAST_NUMBER {
            return Err(Error::Invalid {
                array: self.array(),
                what: format!("lun number {wanted}"),
                why: format!("ONTAP takes 0 to {LAST_NUMBER}"),
            });
        }
        // A map of this very run got its number from it.
        if let Some(number) = now.filter(|number| *number != wanted) {
            let lun = &self.publication.lun;
            return Err(self.conflict(
                format!(
                    "LUN {lun} is mapped to {} as lun number {number} already, not {wanted}",
                    self.igroup_name(sight)
                ),
                vec![
                    format!("sanctl attach {lun}  # with the number that it has"),
                    format!("sanctl detach {lun}  # and attach it anew"),
                ],
            ));
        }
        match self.collision(sight, wanted) {
            Some(with) => Err(self.collides(wanted, &with)),
            None => Ok(()),
        }
    }

    /// The number to ask for. `None` = the array takes the lowest free one. Where the kernel knows
    /// numbers of the target, the lowest that it does not know: one that is free on the array may
    /// still have a device of another LUN here.
    ///
    /// # Errors
    /// When every number is known to the kernel.
    pub(super) fn number_to_ask(&self, sight: &Sight) -> Result<Option<LunNumber>, Error> {
        if self.publication.lun_number.is_some() {
            return Ok(self.publication.lun_number);
        }
        if self.avoided(sight).next().is_none() {
            return Ok(None);
        }
        self.lowest_free(sight, |_| false).map(Some)
    }

    /// The lowest number that is neither known to the kernel nor used.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn lowest_free(
        &self,
        sight: &Sight,
        used: impl Fn(LunNumber) -> bool,
    ) -> Result<LunNumber, Error> {
        let known: Vec<LunNumber> = self.avoided(sight).map(|k| k.lun_number).collect();
        let mut all = (0..=LAST_NUMBER).map(LunNumber);
        let free = all.find(|number| !known.contains(number) && !used(*number));
        free.ok_or_else(|| self.conflict("every lun number is in use", Vec::new()))
    }

    /// What the node's initiators see under which number.
    ///
    /// # Errors
    /// When the array does not answer or refuses.
    pub(super) fn used_numbers(
        &self,
        bounds: &Bounds,
    ) -> Result<BTreeMap<LunNumber, LunMap>, Error> {
        let name = self.igroup_name(&self.sight());
        used_by(&self.line, &self.initiators, &[name], bounds)
    }

    pub(super) fn taken_by(&self, number: LunNumber, holder: &LunMap) -> Error {
        self.conflict(
            format!(
                "lun number {number} of {} is taken by LUN {}",
                holder.igroup, holder.path
            ),
            vec![
                format!("sanctl host luns {}", holder.igroup),
                "without --lun-number the array chooses one".into(),
            ],
        )
    }
}
