//! The stage of the node's half. Only the array's half can be walked so far: entering this stage
//! says so.

use std::sync::Arc;

use crate::config::Paths;
use crate::kit::bounds::Bounds;
use crate::model::facts::Facts;
use crate::step::{Aim, Cx, Error, Node, Stage};
use crate::system::{self, Machine};

/// What is wanted of the node's half.
#[derive(Debug)]
pub struct Wish {
    /// How many paths.
    pub paths: Option<Paths>,
}

/// The stage `connect`.
pub fn stage(_machine: Arc<dyn Machine>, _wish: Wish) -> Box<dyn Stage> {
    Box::new(NotYet)
}

struct NotYet;

fn not_yet() -> Error {
    Error::from(system::Error::NoProgram {
        program: "the node's half".into(),
    })
}

impl Stage for NotYet {
    fn name(&self) -> &'static str {
        "connect"
    }

    fn enter(&self, _bounds: &Bounds) -> Result<Vec<String>, Error> {
        Err(not_yet())
    }

    fn survey(&self, _cx: &Cx<'_>, _aim: Aim) -> Result<Facts, Error> {
        Err(not_yet())
    }

    fn steps(&self, _facts: &Facts, _aim: Aim) -> Result<Vec<Node>, Error> {
        Err(not_yet())
    }

    fn leave(&self) {}
}
