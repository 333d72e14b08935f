//! One request of a change, and what its answer means.

use super::super::Line;
use super::super::curl;
use super::super::wire::{
    Account, Deed, IgroupRef, LunQuery, LunRef, Made, MapQuery, Mapped, NewIgroup, NewLun, Removed,
    WhileMapped, Wire, all,
};
use super::{call_group, call_lun};
use crate::array::edit::Sent;
use crate::array::error::Error;
use crate::config::SecretSource;
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::edit::{Edit, LunState, Party};
use crate::model::ids::LunNumber;

/// A request that is wanted.
#[derive(Debug, Clone)]
pub(super) enum Act {
    CreateIgroup(NewIgroup),
    AddInitiator(IgroupRef, String),
    RemoveInitiator(IgroupRef, String, WhileMapped),
    DestroyIgroup(IgroupRef),
    Map(LunRef, IgroupRef, Option<LunNumber>),
    Unmap(LunRef, IgroupRef),
    AddCredential(String, Account),
    SetCredential(String, String, Account),
    RemoveCredential(String, String),
    CreateLun(NewLun),
    ResizeLun(LunRef, u64),
    DeleteLun(LunRef),
    SetLunState(LunRef, LunState),
}

impl Act {
    fn deed(&self) -> Deed<'_> {
        match self {
            Self::CreateIgroup(new) => Deed::CreateIgroup(new),
            Self::AddInitiator(igroup, name) => Deed::AddInitiator(igroup, name),
            Self::RemoveInitiator(igroup, name, mapped) => {
                Deed::RemoveInitiator(igroup, name, *mapped)
            }
            Self::DestroyIgroup(igroup) => Deed::DestroyIgroup(igroup),
            Self::Map(lun, igroup, number) => Deed::Map(lun, igroup, *number),
            Self::Unmap(lun, igroup) => Deed::Unmap(lun, igroup),
            Self::AddCredential(name, account) => Deed::AddCredential(name, account),
            Self::SetCredential(name, svm, account) => Deed::SetCredential(name, svm, account),
            Self::RemoveCredential(name, svm) => Deed::RemoveCredential(name, svm),
            Self::CreateLun(new) => Deed::CreateLun(new),
            Self::ResizeLun(lun, bytes) => Deed::ResizeLun(lun, *bytes),
            Self::DeleteLun(lun) => Deed::DeleteLun(lun),
            Self::SetLunState(lun, state) => Deed::SetLunState(lun, *state),
        }
    }

    /// As lines of curl that take a secret from whoever types them. Two of them stand as stars, in a
    /// line that does nothing until they are put there.
    pub(super) fn lines(&self, wire: &dyn Wire) -> Vec<String> {
        let message = wire.plan(&self.deed());
        match self {
            Self::AddCredential(_, account) | Self::SetCredential(_, _, account) => {
                match account.mutual {
                    None => curl::with_secret(&message, &SecretSource::Prompt),
                    Some(_) => vec![format!(
                        "# with the two secrets instead of the stars: {}",
                        curl::line(&message)
                    )],
                }
            }
            _ => curl::lines(&message),
        }
    }

    /// Sends it.
    ///
    /// # Errors
    /// [`Error::Lost`] when no answer came; [`Error::Conflict`] when something is in the way that
    /// the look did not show.
    pub(super) fn run(&self, line: &Line, bounds: &Bounds, mutate: &Mutate) -> Result<Sent, Error> {
        let wire = line.wire(bounds)?;
        match self {
            Self::CreateIgroup(new) => Ok(match wire.create_igroup(new, bounds, mutate)? {
                Made::New(group) => Sent::Made(group.uuid),
                Made::Already => Sent::Already,
            }),
            Self::AddInitiator(igroup, name) => {
                wire.add_initiator(igroup, name, bounds, mutate).map(made)
            }
            Self::RemoveInitiator(igroup, name, mapped) => {
                let removed = wire.remove_initiator(igroup, name, *mapped, bounds, mutate)?;
                let hint = format!(
                    "sanctl hostgroup remove-initiator {} {name}  # again: it shows what it loses",
                    call_group(&igroup.name, &igroup.uuid)
                );
                taken(line, removed, hint)
            }
            Self::DestroyIgroup(igroup) => {
                let removed = wire.destroy_igroup(igroup, bounds, mutate)?;
                let call = call_group(&igroup.name, &igroup.uuid);
                taken(line, removed, format!("sanctl hostgroup show {call}"))
            }
            Self::Map(lun, igroup, number) => {
                match wire.map(lun, igroup, *number, bounds, mutate)? {
                    Mapped::New(_) => Ok(Sent::Made(None)),
                    Mapped::Already => Ok(Sent::Already),
                    Mapped::Elsewhere(words) => Err(conflict(
                        line,
                        &words,
                        format!("sanctl lun mappings {}", call_lun(&lun.path)),
                    )),
                    Mapped::Taken(words) => Err(conflict(
                        line,
                        &words,
                        format!(
                            "sanctl mapping free-numbers --host {}",
                            call_group(&igroup.name, &igroup.uuid)
                        ),
                    )),
                }
            }
            Self::Unmap(lun, igroup) => {
                let removed = wire.unmap(lun, igroup, bounds, mutate)?;
                let hint = format!("sanctl lun mappings {}", call_lun(&lun.path));
                taken(line, removed, hint)
            }
            Self::AddCredential(name, account) => {
                wire.add_credential(name, account, bounds, mutate).map(made)
            }
            Self::SetCredential(name, svm, account) => {
                wire.set_credential(name, svm, account, bounds, mutate)?;
                Ok(Sent::Made(None))
            }
            Self::RemoveCredential(name, _) => {
                let removed = wire.remove_credential(name, bounds, mutate)?;
                taken(line, removed, format!("sanctl initiator show-chap {name}"))
            }
            Self::CreateLun(new) => match wire.create_lun(new, bounds, mutate)? {
                Made::New(Some(uuid)) => Ok(Sent::Made(Some(uuid))),
                // It is made, whatever comes of asking what its id is.
                Made::New(None) => {
                    let query = LunQuery::Path(new.path.clone());
                    let found = all(|each| wire.luns(&query, bounds, each));
                    let uuid = found
                        .ok()
                        .and_then(|mut luns| luns.pop())
                        .map(|lun| lun.uuid);
                    Ok(Sent::Made(uuid))
                }
                Made::Already => Ok(Sent::Already),
            },
            Self::ResizeLun(lun, bytes) => wire.resize_lun(lun, *bytes, bounds, mutate).map(made),
            Self::DeleteLun(lun) => {
                let removed = wire.delete_lun(lun, bounds, mutate);
                let removed = removed.or_else(|error| held(wire, lun, error, bounds))?;
                let from = Party::AllHosts;
                let lun = call_lun(&lun.path);
                taken(line, removed, Edit::UnmapLun { lun, from }.to_string())
            }
            Self::SetLunState(lun, state) => {
                wire.set_lun_state(lun, *state, bounds, mutate).map(made)
            }
        }
    }
}

fn made(made: Made<()>) -> Sent {
    match made {
        Made::New(()) => Sent::Made(None),
        Made::Already => Sent::Already,
    }
}

/// A refusal to delete a LUN whose code no source tells: whether it is mapped now.
fn held(wire: &dyn Wire, lun: &LunRef, error: Error, bounds: &Bounds) -> Result<Removed, Error> {
    let Error::Refused { answer, .. } = &error else {
        return Err(error);
    };
    let query = MapQuery::Lun(lun.uuid.clone());
    match all(|each| wire.maps(&query, bounds, each)) {
        Ok(maps) if !maps.is_empty() => Ok(Removed::Held(answer.to_string())),
        _ => Err(error),
    }
}

/// What was taken away: only a look can tell a thing that is gone from one that is not to be seen.
fn taken(line: &Line, removed: Removed, hint: String) -> Result<Sent, Error> {
    match removed {
        Removed::Gone => Ok(Sent::Made(None)),
        Removed::NotThere | Removed::Look(_) => Ok(Sent::Already),
        Removed::Held(words) => Err(conflict(line, &words, hint)),
    }
}

fn conflict(line: &Line, words: &str, hint: String) -> Error {
    Error::Conflict {
        why: format!("array {}: {words}", line.array()),
        hints: vec![hint],
    }
}
