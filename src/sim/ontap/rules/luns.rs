//! LUNs themselves.

use super::Force;
use crate::sim::ontap::refusal::{Done, Refusal, Why};
use crate::sim::ontap::state::{Lun, LunState, Prefix, State, VolumeState};

/// The smallest LUN the simulator makes; the real limit stands in no source [?].
const SMALLEST: u64 = 4 << 20;
/// What a LUN may be formatted for: the types of igroups and some more.
const MORE_OS_TYPES: [&str; 4] = ["windows_2008", "windows_gpt", "solaris_efi", "image"];

/// A LUN to be made.
#[derive(Debug, Clone)]
pub(in super::super) struct NewLun {
    pub(in super::super) path: String,
    pub(in super::super) bytes: u64,
    pub(in super::super) os: String,
    pub(in super::super) space_reserved: bool,
    pub(in super::super) space_alloc: bool,
    pub(in super::super) comment: String,
}

/// `/vol/VOLUME/LUN` or `/vol/VOLUME/QTREE/LUN`.
fn check_path(path: &str) -> Done<&str> {
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        ["", "vol", volume, rest @ ..]
            if (1..=2).contains(&rest.len())
                && !volume.is_empty()
                && rest.iter().all(|p| !p.is_empty() && p.len() <= 255) =>
        {
            Ok(volume)
        }
        _ => Err(Refusal::about(
            Why::BadLunName,
            "name",
            format!("The LUN path {path:?} is invalid: /vol/VOLUME/LUN"),
        )),
    }
}

impl State {
    pub(in super::super) fn create_lun(&mut self, svm: u64, new: NewLun) -> Done<u64> {
        self.takes_changes(svm)?;
        let volume = check_path(&new.path)?;
        let volume = self.volume(svm, volume).ok_or(Why::NoVolume)?;
        match volume.state {
            VolumeState::Online if volume.read_only => return Err(Why::ReadOnly.into()),
            VolumeState::Online => {}
            VolumeState::Offline => return Err(Why::VolumeOffline.into()),
            VolumeState::AggregateOffline => return Err(Why::AggregateOffline.into()),
        }
        if self.lun_at(svm, &new.path).is_some() {
            return Err(Why::LunExists.into());
        }
        let known = super::OS_TYPES.iter().chain(&MORE_OS_TYPES);
        if !known.into_iter().any(|os| *os == new.os) {
            let words = format!("Invalid operating system type {:?}", new.os);
            return Err(Refusal::about(Why::BadOs, "os_type", words));
        }
        if new.bytes < SMALLEST {
            return Err(Why::TooSmall.into());
        }
        Ok(self.insert_lun(svm, new))
    }

    /// Makes the LUN without asking whether it may be.
    pub(in super::super) fn insert_lun(&mut self, svm: u64, new: NewLun) -> u64 {
        let number = self.next();
        let read_only = new.path.split('/').nth(2);
        let read_only = read_only.and_then(|v| self.volume(svm, v));
        let lun = Lun {
            svm,
            uuid: self.make_uuid(number),
            serial: self.make_serial(number),
            prefix: Prefix::Cluster,
            // Whole blocks, as LUNs are made of.
            bytes: new.bytes.next_multiple_of(4096),
            read_only: read_only.is_some_and(|v| v.read_only),
            path: new.path,
            os: new.os,
            state: LunState::Online,
            space_reserved: new.space_reserved,
            space_alloc: new.space_alloc,
            comment: new.comment,
            backing: None,
        };
        self.luns.insert(number, lun);
        number
    }

    /// Without force a mapped LUN stays, and over the older interface one that is online (which is
    /// why Cinder forces).
    pub(in super::super) fn destroy_lun(&mut self, lun: u64, force: Force) -> Done<()> {
        let disk = self.luns.get(&lun).ok_or(Why::NoLun)?;
        self.takes_changes(disk.svm)?;
        if force == Force::No && self.is_mapped(lun) {
            return Err(Why::LunMapped.into());
        }
        self.luns.remove(&lun);
        self.maps.remove(&lun);
        Ok(())
    }

    pub(in super::super) fn resize_lun(&mut self, lun: u64, bytes: u64) -> Done<u64> {
        let disk = self.luns.get(&lun).ok_or(Why::NoLun)?;
        self.takes_changes(disk.svm)?;
        let bytes = bytes.next_multiple_of(4096);
        if bytes < SMALLEST {
            return Err(Why::TooSmall.into());
        }
        match self.luns.get_mut(&lun) {
            Some(disk) if disk.bytes == bytes => Err(Why::Unchanged.into()),
            Some(disk) => {
                disk.bytes = bytes;
                Ok(bytes)
            }
            None => Err(Why::NoLun.into()),
        }
    }

    /// Gives a LUN another path; its own is no change.
    pub(in super::super) fn rename_lun(&mut self, lun: u64, path: &str) -> Done<()> {
        let svm = self.luns.get(&lun).ok_or(Why::NoLun)?.svm;
        let volume = check_path(path)?;
        self.volume(svm, volume).ok_or(Why::NoVolume)?;
        match self.lun_at(svm, path) {
            Some(other) if other != lun => return Err(Why::LunExists.into()),
            _ => {}
        }
        if let Some(lun) = self.luns.get_mut(&lun) {
            path.clone_into(&mut lun.path);
        }
        Ok(())
    }

    /// Brings a LUN to a state of its own; one that is there already is an error of the older
    /// interface (9014, 9015), which REST leaves out.
    pub(in super::super) fn set_lun_state(&mut self, lun: u64, to: LunState) -> Done<()> {
        let disk = self.luns.get(&lun).ok_or(Why::NoLun)?;
        self.takes_changes(disk.svm)?;
        match (disk.state, to) {
            (LunState::Online, LunState::Online) => return Err(Why::NotDisabled.into()),
            (LunState::Offline, LunState::Offline) => return Err(Why::NotEnabled.into()),
            _ => {}
        }
        if let Some(disk) = self.luns.get_mut(&lun) {
            disk.state = to;
        }
        Ok(())
    }
}
