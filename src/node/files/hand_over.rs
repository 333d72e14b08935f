//! The step that hands a file over. It changes nothing on the node: what it makes is the record that
//! the file is somebody's, so that its share is not unmounted under it.

use serde_json::json;

use super::look::{self, Links, Look};
use super::{Error, Ground, mount};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::facts::{Facts, FileFact};
use crate::model::other_connection::ShareFile;
use crate::step::{
    Aim, Change, Cx, Description, Error as StepError, Finding, Look as How, Made, Role, Step,
    Undone,
};

/// What may be handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A regular file, and no link to one: a link on a share could lead anywhere.
    File,
    /// That, a block device, or a link to either.
    FileOrDevice,
}

pub(super) struct HandOver {
    ground: Ground,
    wanted: Wanted,
    /// The share that must be mounted first.
    share: Option<ShareFile>,
    path: String,
}

impl HandOver {
    pub(super) fn new(ground: &Ground, wanted: Wanted, share: Option<ShareFile>) -> Self {
        Self {
            path: ground.other.path(),
            ground: ground.clone(),
            wanted,
            share,
        }
    }

    fn links(&self) -> Links {
        match self.wanted {
            Wanted::File => Links::Tell,
            Wanted::FileOrDevice => Links::Follow,
        }
    }

    /// The size of what is there, if it can be handed over.
    fn size(&self, look: &Look) -> Result<u64, super::super::Error> {
        if look.is_file() {
            return Ok(look.size_bytes);
        }
        let machine = self.ground.machine();
        if self.wanted == Wanted::FileOrDevice && look.is_block() {
            let block = look::block_of(machine, &self.path);
            return Ok(match block {
                Some(block) => look::size_of(machine, &block)?,
                None => 0,
            });
        }
        let wanted = match self.wanted {
            Wanted::File => "a regular file",
            Wanted::FileOrDevice => "a regular file or a block device",
        };
        let error = Error::Wrong {
            path: self.path.clone(),
            found: look.what.clone(),
            wanted,
        };
        Err(error.into())
    }

    fn look(&self, bounds: &Bounds) -> Result<Option<Look>, super::super::Error> {
        look::look(self.ground.machine(), &self.path, self.links(), bounds)
    }

    fn facts(&self, size_bytes: u64) -> Facts {
        Facts {
            file: Some(FileFact {
                path: self.path.clone(),
                size_bytes,
            }),
            ..self.ground.facts()
        }
    }

    fn is_on_record(&self, facts: &Facts) -> bool {
        facts
            .file
            .as_ref()
            .is_some_and(|file| file.path == self.path)
    }
}

impl Step for HandOver {
    fn key(&self) -> &str {
        "node.file"
    }

    fn object(&self) -> Option<String> {
        Some(format!("file:{}", self.path))
    }

    fn role(&self) -> Role {
        Role::Link
    }

    fn describe(&self, _facts: &Facts, aim: Aim) -> Description {
        let wire = vec![look::command(&self.path, self.links()).to_string()];
        if aim == Aim::Detach {
            return Description {
                title: format!("take back {}", self.path),
                why: "nobody uses it; the file itself stays".into(),
                verbs: vec![self.ground.commands.detach.clone()],
                wire: vec![format!("fuser {}", crate::kit::shell::word(&self.path))],
            };
        }
        Description {
            title: format!("hand over {}", self.path),
            why: "it must exist and be what it should be".into(),
            verbs: vec![format!("{} --step node.file", self.ground.commands.attach)],
            wire,
        }
    }

    fn check(&self, cx: &Cx<'_>, _look: How) -> Result<Finding, StepError> {
        if let Some(share) = &self.share
            && mount::find(self.ground.machine(), share)?.is_none()
        {
            return Ok(Finding::waiting("node.mount"));
        }
        let Some(look) = self.look(cx.bounds)? else {
            return Ok(Finding::absent(format!("{} does not exist", self.path)));
        };
        let size = match self.size(&look) {
            Ok(size) => size,
            Err(super::super::Error::Files(error)) => {
                let Error::Wrong { found, wanted, .. } = &*error else {
                    return Err((*error).into());
                };
                return Ok(Finding::differs(format!("a {found}"), wanted));
            }
            Err(error) => return Err(error.into()),
        };
        let seen = format!("{} of {size} bytes", look.what);
        if self.is_on_record(cx.facts) {
            return Ok(Finding::present(seen, self.facts(size)));
        }
        let none = format!("{seen}, not handed over");
        // The file itself is there and stays: only the record is new.
        Ok(Finding::absent(none).restoring(json!("not handed over")))
    }

    fn apply(&self, cx: &Cx<'_>, _mutate: &Mutate) -> Result<Change, StepError> {
        let look = self.look(cx.bounds)?.ok_or_else(|| Error::Missing {
            path: self.path.clone(),
        })?;
        let facts = self.facts(self.size(&look)?);
        Ok(Change::Altered {
            before: json!("not handed over"),
            facts,
        })
    }

    fn undo(&self, cx: &Cx<'_>, _made: &Made, _mutate: &Mutate) -> Result<Undone, StepError> {
        self.ground.check_unused(cx.facts, cx.bounds)?;
        Ok(Undone::Restored)
    }
}
