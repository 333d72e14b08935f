//! Changes of single objects: looked at first, then made, then looked at again if the answer was
//! lost. The writing verbs are this and nothing else.

use std::fmt;

use super::error::Error;
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::edit::Edit;
use crate::model::ids::{LunNumber, Wwid};
use crate::model::nouns::Member;

/// What a change asks of the person who wants it (INTERFACE, "Verbs").
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Class {
    /// It adds: no question.
    Adds,
    /// It removes what is proven unused: no question if this tool made it, else yes or no.
    Unused,
    /// Yes or no.
    Asks,
    /// The name must be typed.
    Typed(String),
}

/// What a host would no longer see.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Cut {
    /// The host.
    pub host: Member,
    /// Its initiators, by their own names: how a node knows that it is the host.
    pub initiators: Vec<String>,
    /// Whether one of them is logged in now.
    pub online: bool,
    /// The LUN.
    pub lun: Member,
    /// The LUN's identity.
    pub wwid: Option<Wwid>,
    /// The number the host sees it by.
    pub lun_number: Option<LunNumber>,
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let online = if self.online { " (logged in)" } else { "" };
        write!(
            f,
            "host {}{online} loses LUN {}",
            self.host.name, self.lun.name
        )?;
        match self.lun_number {
            Some(number) => write!(f, " (its number {number})"),
            None => Ok(()),
        }
    }
}

/// What a host would see from then on.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Gain {
    /// The host.
    pub host: Member,
    /// The LUN.
    pub lun: Member,
    /// The LUN's identity.
    pub wwid: Option<Wwid>,
}

impl fmt::Display for Gain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "host {} sees LUN {}", self.host.name, self.lun.name)
    }
}

/// A LUN that the change is about, whoever sees it: no device of this node may be of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unused {
    /// The LUN.
    pub lun: Member,
    /// The LUN's identity.
    pub wwid: Wwid,
}

/// A change that was looked at and not yet made.
pub struct Intent {
    /// What it does, as a command: `create hostgroup x`.
    pub title: String,
    /// The object it is about; the id is empty while there is none.
    pub object: Member,
    /// The object's identity across attachments (`Step::object`), to tell whose it is.
    pub identity: Option<String>,
    /// It is so already; the evidence.
    pub already: Option<String>,
    /// What it asks for.
    pub class: Class,
    /// What hosts would lose by it.
    pub cuts: Vec<Cut>,
    /// What hosts would see by it.
    pub gains: Vec<Gain>,
    /// LUNs that this node must not have devices of.
    pub unused: Vec<Unused>,
    /// What else is worth knowing before it is done.
    pub notes: Vec<String>,
    /// The same as lines of curl, secrets left out.
    pub wire: Vec<String>,
    /// The edits that take it back, in their order; empty when nothing does.
    pub inverse: Vec<Edit>,
    /// The work itself.
    pub work: Box<dyn Work>,
}

impl fmt::Debug for Intent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Intent")
            .field("title", &self.title)
            .field("object", &self.object)
            .field("already", &self.already)
            .field("class", &self.class)
            .field("cuts", &self.cuts)
            .field("gains", &self.gains)
            .field("unused", &self.unused)
            .field("notes", &self.notes)
            .field("wire", &self.wire)
            .field("inverse", &self.inverse)
            .finish_non_exhaustive()
    }
}

/// The requests of a change.
pub trait Work: Send {
    /// Sends them.
    ///
    /// # Errors
    /// [`Error::Lost`] when a request was sent and no answer came.
    fn run(&self, bounds: &Bounds, mutate: &Mutate) -> Result<Sent, Error>;
}

/// What the requests came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// Made; with the id of what is new.
    Made(Option<String>),
    /// The array says that it is so already: somebody else was quicker. To be looked at.
    Already,
}

/// An array whose objects can be changed one by one.
pub trait Editor {
    /// Looks at everything that the change touches; changes nothing.
    ///
    /// # Errors
    /// [`Error::NotFound`] and [`Error::Ambiguous`] for what is named, [`Error::Conflict`] when
    /// the change would touch what belongs to somebody else or is still in use,
    /// [`Error::Unsupported`] when this array has no such thing.
    fn look(&self, edit: &Edit, bounds: &Bounds) -> Result<Intent, Error>;
}

/// What a change came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Whether anything was changed by this run.
    pub changed: bool,
    /// The object; with its id, if it has one now.
    pub object: Member,
    /// The edits that take it back: known better once the object has its id.
    pub inverse: Vec<String>,
}

/// Makes a change. A lost answer is settled by looking again, never by sending again.
///
/// # Errors
/// [`Error::Lost`] when it cannot be told whether it was made; everything that the array refuses.
pub fn make(
    editor: &dyn Editor,
    edit: &Edit,
    intent: &Intent,
    bounds: &Bounds,
    mutate: &Mutate,
) -> Result<Made, Error> {
    let made = |changed, object: &Member| Made {
        changed,
        object: object.clone(),
        inverse: match changed {
            true => intent.inverse.iter().map(ToString::to_string).collect(),
            false => Vec::new(),
        },
    };
    if intent.already.is_some() {
        return Ok(made(false, &intent.object));
    }
    let (changed, doubt) = match intent.work.run(bounds, mutate) {
        Ok(Sent::Made(id)) => {
            let mut object = intent.object.clone();
            if let Some(id) = id {
                object.id = id;
            }
            return Ok(made(true, &object));
        }
        Ok(Sent::Already) => (false, None),
        Err(lost @ Error::Lost { .. }) => (true, Some(lost)),
        Err(error) => return Err(error),
    };
    match (editor.look(edit, bounds), doubt) {
        (Ok(now), _) if now.already.is_some() => Ok(made(changed, &now.object)),
        // What was to be deleted is not found any more.
        (Err(Error::NotFound { .. }), _) if deletes(edit) => Ok(made(changed, &intent.object)),
        (_, Some(lost)) => Err(lost),
        (Err(error), None) => Err(error),
        (Ok(_), None) => Err(Error::Conflict {
            why: format!(
                "{}: the array says that it is so already, and a look does not show it",
                intent.title
            ),
            hints: vec![format!("{edit}  # again: it looks first")],
        }),
    }
}

/// Whether the edit ends the object that it names.
fn deletes(edit: &Edit) -> bool {
    matches!(
        edit,
        Edit::DeleteHost { .. }
            | Edit::DeleteInitiator { .. }
            | Edit::DeleteGroup { .. }
            | Edit::DeleteMapping { .. }
            | Edit::DeleteLun { .. }
    )
}
