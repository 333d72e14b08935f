//! The writing verbs: one object looked at, one object changed (ontap.md §4, §6, §9).
//!
//! Every change is looked at first: what is so already is told and not sent, what the array would
//! refuse is refused with names, what hosts would lose is listed before anybody is asked. Nothing
//! is forced, but an initiator that is taken out of an igroup whose LUNs it loses by a name that
//! was typed.

mod act;
mod chain;
mod chap;
mod hostgroup;
mod lun;
mod map;
mod member;
mod sight;
mod without;

use std::sync::Arc;

use self::act::Act;
use super::Line;
use super::nouns::{igroup, lun as luns, not_found, system};
use super::wire::{Igroup, Lun, Wire};
use crate::array::edit::{Class, Editor, Intent, Sent, Work};
use crate::array::error::Error;
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::edit::{Edit, GroupSort};
use crate::model::nouns::Member;
use crate::model::selector::Selector;

/// The changes of one SVM.
#[derive(Debug)]
pub(super) struct Edits(pub(super) Arc<Line>);

impl Editor for Edits {
    fn look(&self, edit: &Edit, bounds: &Bounds) -> Result<Intent, Error> {
        // What an ONTAP has not needs no look.
        if let Some(error) = without::refusal(&self.0, edit) {
            return Err(error);
        }
        let at = At {
            line: &self.0,
            wire: self.0.wire(bounds)?,
            bounds,
        };
        match edit {
            Edit::CreateGroup { name, .. } => hostgroup::create(&at, name, (None, None), &[]),
            Edit::CreateHostGroup {
                name,
                protocol,
                os,
                initiators,
            } => hostgroup::create(&at, name, (*protocol, os.as_deref()), initiators),
            Edit::DeleteGroup { group, .. } => hostgroup::delete(&at, group),
            Edit::AddInitiator { group, initiator } => member::add(&at, group, initiator),
            Edit::RemoveInitiator { group, initiator } => member::remove(&at, group, initiator),
            Edit::SetChap {
                initiator,
                chap,
                mutual,
            } => chap::set(&at, initiator, chap, mutual.as_ref()),
            Edit::ClearChap { initiator } => chap::clear(&at, initiator),
            Edit::MapLun {
                lun, to, number, ..
            } => map::map(&at, lun, to, *number),
            Edit::CreateLunMap { lun, group, number } => map::create(&at, lun, group, *number),
            Edit::UnmapLun { lun, from } => map::unmap(&at, lun, from),
            Edit::DeleteMapping { mapping } => map::delete(&at, mapping),
            Edit::CreateLun {
                name,
                size_bytes,
                pool,
            } => lun::create(&at, name, *size_bytes, pool),
            Edit::ResizeLun { lun, size_bytes } => lun::resize(&at, lun, *size_bytes),
            Edit::DeleteLun { lun } => lun::delete(&at, lun),
            Edit::SetLunState { lun, state } => lun::set_state(&at, lun, *state),
            // All of them are refused above.
            _ => Err(at.unsupported("such objects", "sanctl hostgroup --help".into())),
        }
    }
}

/// What the look at a change is given.
struct At<'a> {
    line: &'a Arc<Line>,
    wire: &'a dyn Wire,
    bounds: &'a Bounds,
}

impl At<'_> {
    /// A change of one request: adds, cuts nothing, has no inverse until it is given one.
    fn intent(&self, title: String, object: Member, act: Act) -> Intent {
        Intent {
            title,
            object,
            identity: None,
            already: None,
            class: Class::Adds,
            cuts: Vec::new(),
            gains: Vec::new(),
            unused: Vec::new(),
            notes: Vec::new(),
            wire: act.lines(self.wire),
            inverse: Vec::new(),
            work: Box::new(One {
                line: Arc::clone(self.line),
                act,
            }),
        }
    }

    /// A change that is there already.
    fn already(&self, title: String, object: Member, evidence: String) -> Intent {
        Intent {
            title,
            object,
            identity: None,
            already: Some(evidence),
            class: Class::Adds,
            cuts: Vec::new(),
            gains: Vec::new(),
            unused: Vec::new(),
            notes: Vec::new(),
            wire: Vec::new(),
            inverse: Vec::new(),
            work: Box::new(Nothing),
        }
    }

    /// The identity of an object across attachments, as `publish` gives it.
    fn identity(&self, tail: &str) -> Result<String, Error> {
        let serial = system::serial(self.wire, self.bounds)?;
        Ok(format!("{}:{serial}/{tail}", super::KIND))
    }

    fn group(&self, which: &Selector) -> Result<Igroup, Error> {
        let found = igroup::find(self.line, which, self.bounds)?;
        found.ok_or_else(|| not_found(self.line, GroupSort::Hosts.noun(), which))
    }

    fn lun(&self, which: &Selector) -> Result<Lun, Error> {
        luns::get(self.line, which, self.bounds)
    }

    fn conflict(&self, why: String, hints: Vec<String>) -> Error {
        Error::Conflict {
            why: format!("array {}: {why}", self.line.array()),
            hints,
        }
    }

    fn unsupported(&self, what: &str, instead: String) -> Error {
        Error::Unsupported {
            array: self.line.array(),
            what: what.to_owned(),
            instead,
        }
    }

    /// A value that the array does not take.
    fn invalid(&self, what: String, why: String) -> Error {
        Error::Invalid {
            array: self.line.array(),
            what,
            why,
        }
    }
}

/// How an igroup is named in a command: by its name, or by its uuid where a command would take the
/// name for something else.
fn call_group(name: &str, uuid: &str) -> Selector {
    called(name).unwrap_or_else(|| Selector::Id(uuid.to_owned()))
}

/// How a LUN is named in a command.
fn call_lun(path: &str) -> Selector {
    called(path).unwrap_or_else(|| Selector::Path(path.to_owned()))
}

fn called(name: &str) -> Option<Selector> {
    let typed = Selector::Name(name.to_owned());
    let parsed = name.parse::<Selector>().ok()?;
    (parsed == typed).then_some(typed)
}

/// An initiator as a member of something else.
fn initiator_member(name: &str) -> Member {
    igroup::member("initiator", name, name)
}

fn group_member(igroup: &Igroup) -> Member {
    igroup::member(GroupSort::Hosts.noun(), &igroup.uuid, &igroup.name)
}

/// One request.
struct One {
    line: Arc<Line>,
    act: Act,
}

impl Work for One {
    fn run(&self, bounds: &Bounds, mutate: &Mutate) -> Result<Sent, Error> {
        self.act.run(&self.line, bounds, mutate)
    }
}

/// No request.
struct Nothing;

impl Work for Nothing {
    fn run(&self, _bounds: &Bounds, _mutate: &Mutate) -> Result<Sent, Error> {
        Ok(Sent::Already)
    }
}
