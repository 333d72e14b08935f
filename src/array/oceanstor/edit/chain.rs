//! A change of several parts: single changes one after the other, each looked at when its turn
//! comes. Nothing is taken back by itself: what was made is told with what takes it back, and the
//! same command again makes the rest.

use std::sync::Arc;

use super::super::curl;
use super::super::envelope::Request;
use super::{At, Edits};
use crate::array::edit::{Editor as _, Intent, Sent, Work, make};
use crate::array::error::Error;
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::edit::Edit;
use crate::model::nouns::Member;

/// One part.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// The change.
    pub(super) edit: Edit,
    /// Its lines of curl, with variables for what an earlier line makes.
    pub(super) wire: Vec<String>,
}

impl Part {
    /// A change of one request.
    pub(super) fn new(edit: Edit, request: &Request) -> Self {
        Self {
            edit,
            wire: vec![curl::change(request)],
        }
    }
}

struct Chain {
    edits: Edits,
    parts: Vec<Edit>,
}

impl Work for Chain {
    fn run(&self, bounds: &Bounds, mutate: &Mutate) -> Result<Sent, Error> {
        let mut back: Vec<String> = Vec::new();
        let mut changed = false;
        for edit in &self.parts {
            let made = self
                .edits
                .look(edit, bounds)
                .and_then(|intent| make(&self.edits, edit, &intent, bounds, mutate));
            match made {
                Ok(made) => {
                    changed |= made.changed;
                    back.splice(0..0, made.inverse);
                }
                Err(cause) if !changed => return Err(cause),
                Err(cause) => {
                    return Err(Error::Partly {
                        back,
                        cause: Box::new(cause),
                    });
                }
            }
        }
        Ok(if changed {
            Sent::Made(None)
        } else {
            Sent::Already
        })
    }
}

impl At<'_> {
    /// A change of several parts; its inverse is that of the parts in the other order.
    pub(super) fn chain(&self, title: String, object: Member, parts: Vec<Part>) -> Intent {
        let mut intent = self.intent(title, object, Vec::new());
        intent.wire = parts.iter().flat_map(|p| p.wire.clone()).collect();
        intent.inverse = parts
            .iter()
            .rev()
            .filter_map(|p| inverse(&p.edit))
            .collect();
        intent.work = Box::new(Chain {
            edits: Edits::new(Arc::clone(self.client)),
            parts: parts.into_iter().map(|p| p.edit).collect(),
        });
        intent
    }
}

/// What takes back a part that made something; what it changed of that goes with it.
fn inverse(edit: &Edit) -> Option<Edit> {
    use crate::model::selector::Selector;
    Some(match edit.clone() {
        Edit::CreateGroup { sort, name } => Edit::DeleteGroup {
            sort,
            group: Selector::Name(name),
        },
        Edit::AddMember {
            sort,
            group,
            member,
            ..
        } => Edit::RemoveMember {
            sort,
            group,
            member,
        },
        Edit::CreateMapping { name } => Edit::DeleteMapping {
            mapping: Selector::Name(name),
        },
        Edit::AddGroup {
            mapping,
            sort,
            group,
        } => Edit::RemoveGroup {
            mapping,
            sort,
            group,
        },
        _ => return None,
    })
}
