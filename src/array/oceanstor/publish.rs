//! A stand-in until the attach steps of this array are merged; they replace this file.

use std::sync::Arc;

use super::client::Client;
use super::config::Settings;
use crate::array::Error;
use crate::kit::bounds::Bounds;
use crate::model::facts::Facts;
use crate::model::publication::Publication;
use crate::step::{self, Aim, Cx, Node, Stage};

/// The stage that makes a LUN visible.
pub(super) fn stage(
    client: Arc<Client>,
    _settings: Arc<Settings>,
    _publication: Publication,
) -> Box<dyn Stage> {
    Box::new(NotYet(client))
}

struct NotYet(Arc<Client>);

impl NotYet {
    fn refusal(&self) -> step::Error {
        Error::Unsupported {
            array: self.0.array().to_owned(),
            what: "publication in this build".into(),
            instead: "map the LUN with the verbs of its objects".into(),
        }
        .into()
    }
}

impl Stage for NotYet {
    fn name(&self) -> &'static str {
        "publish"
    }

    fn enter(&self, _bounds: &Bounds) -> Result<Vec<String>, step::Error> {
        Err(self.refusal())
    }

    fn survey(&self, _cx: &Cx<'_>, _aim: Aim) -> Result<Facts, step::Error> {
        Err(self.refusal())
    }

    fn steps(&self, _facts: &Facts, _aim: Aim) -> Result<Vec<Node>, step::Error> {
        Err(self.refusal())
    }

    fn leave(&self) {}
}
