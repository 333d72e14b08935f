//! A change of several requests: single changes one after the other, each looked at when its turn
//! comes. What was made is told with what takes it back, and the same command again makes the rest.

use std::sync::Arc;

use super::super::Line;
use super::{At, Edits, Nothing};
use crate::array::edit::{Class, Editor as _, Intent, Sent, Work, make};
use crate::array::error::Error;
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::edit::Edit;
use crate::model::nouns::Member;

/// One part: the change, and its lines of curl.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) edit: Edit,
    pub(super) wire: Vec<String>,
}

struct Chain {
    line: Arc<Line>,
    parts: Vec<Edit>,
    /// What takes back what was made when a later part is refused: it is of no use alone.
    undo: Option<Edit>,
}

impl Chain {
    fn one(&self, edit: &Edit, bounds: &Bounds, mutate: &Mutate) -> Result<Done, Error> {
        let edits = Edits(Arc::clone(&self.line));
        let intent = edits.look(edit, bounds)?;
        let made = make(&edits, edit, &intent, bounds, mutate)?;
        Ok(Done {
            changed: made.changed,
            id: made.object.id,
            back: made.inverse,
        })
    }

    /// After a refusal: whether nothing is left of what was made.
    fn take_back(&self, bounds: &Bounds, mutate: &Mutate) -> bool {
        let undone = self
            .undo
            .as_ref()
            .map(|edit| self.one(edit, bounds, mutate));
        matches!(undone, Some(Ok(_)))
    }
}

/// What a part came to.
struct Done {
    changed: bool,
    id: String,
    back: Vec<String>,
}

impl Work for Chain {
    fn run(&self, bounds: &Bounds, mutate: &Mutate) -> Result<Sent, Error> {
        let mut back: Vec<String> = Vec::new();
        let mut first: Option<String> = None;
        let mut changed = false;
        for edit in &self.parts {
            match self.one(edit, bounds, mutate) {
                Ok(done) => {
                    changed |= done.changed;
                    first.get_or_insert(done.id);
                    back.splice(0..0, done.back);
                }
                Err(cause) if !changed => return Err(cause),
                Err(cause) => {
                    if !cause.is_lost() && self.take_back(bounds, mutate) {
                        return Err(cause);
                    }
                    return Err(Error::Partly {
                        back,
                        cause: Box::new(cause),
                    });
                }
            }
        }
        Ok(if changed {
            Sent::Made(first.filter(|id| !id.is_empty()))
        } else {
            Sent::Already
        })
    }
}

impl At<'_> {
    /// A change of several parts.
    pub(super) fn chain(
        &self,
        title: String,
        object: Member,
        parts: Vec<Part>,
        undo: Option<Edit>,
    ) -> Intent {
        let (edits, wire): (Vec<Edit>, Vec<Vec<String>>) =
            parts.into_iter().map(|part| (part.edit, part.wire)).unzip();
        let wire = wire.concat();
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
            wire,
            inverse: Vec::new(),
            work: match edits.is_empty() {
                true => Box::new(Nothing),
                false => Box::new(Chain {
                    line: Arc::clone(self.line),
                    parts: edits,
                    undo,
                }),
            },
        }
    }
}
