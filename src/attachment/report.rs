//! What a flow has to say: steps with their evidence, and the attachment as a whole.

use serde::Serialize;

use crate::kit::kind::Kind;
use crate::model::facts::{Facts, Identity, PathFact};
use crate::model::ids::LunNumber;
use crate::model::nouns::Protocol;
use crate::step::State;

pub use super::entry::place_of;

/// Who made what a step stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Owner {
    /// This tool, with a journal line.
    Ours,
    /// Somebody else.
    Adopted,
}

/// One row of the step table.
#[derive(Debug, Clone, Serialize)]
pub struct StepReport {
    /// The step's key.
    pub key: String,
    /// `array` or `node`.
    #[serde(rename = "where")]
    pub place: &'static str,
    /// Its state now.
    pub state: State,
    /// What was seen or done.
    pub evidence: String,
    /// Who made it, if it is something that is made.
    pub owner: Option<Owner>,
    /// Whether this run changed it.
    pub changed: bool,
    /// How long it took.
    pub elapsed_ms: u64,
}

/// What one types to go on with the same LUN in the same way, options included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commands {
    /// The attach.
    pub attach: String,
    /// The detach.
    pub detach: String,
}

impl Commands {
    /// Without any options.
    pub fn plain(lun: &str) -> Self {
        Self {
            attach: format!("sanctl attach {lun}"),
            detach: format!("sanctl detach {lun}"),
        }
    }

    /// With the word for the protocol, which an attach takes for iSCSI without one.
    #[must_use]
    pub fn over(mut self, protocol: Protocol) -> Self {
        if protocol == Protocol::Fc {
            self.attach.push_str(" --protocol fc");
        }
        self
    }
}

/// Something that was not reached or not taken back, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shortfall {
    /// The step.
    pub key: String,
    /// Why.
    pub why: String,
}

/// One LUN after a flow.
#[derive(Debug, Clone, Serialize)]
pub struct AttachmentReport {
    /// The name of its journal: the wwid where it is known.
    pub id: Option<String>,
    /// The LUN's name.
    pub lun: String,
    /// The array's section of the configuration.
    pub array: Option<String>,
    /// The node.
    pub node: String,
    /// `attached`, `degraded`, `detached`, `absent`, `partial`, `failed`.
    pub state: &'static str,
    /// Whether this run changed anything that is still so.
    pub changed: bool,
    /// The device handed over.
    pub device: Option<String>,
    /// The number on the node.
    pub lun_number: Option<LunNumber>,
    /// `proven` or `unproven`.
    pub identity: Option<Identity>,
    /// The unit's identity.
    pub wwid: Option<String>,
    /// Size in bytes.
    pub size_bytes: Option<u64>,
    /// Paths on the node.
    pub paths: Vec<PathFact>,
    /// The steps.
    pub steps: Vec<StepReport>,
    /// What was wanted and not reached, or is left behind.
    pub left: Vec<Shortfall>,
    /// What to type next.
    pub hints: Vec<String>,
    /// Whether all of this happened on practice objects.
    pub practice: bool,
    /// The exit code of this LUN alone.
    pub exit_code: u8,
    /// The kind behind the exit code.
    #[serde(skip)]
    pub kind: Option<Kind>,
    /// Everything known, for callers that emit more.
    #[serde(skip)]
    pub facts: Facts,
}

impl AttachmentReport {
    /// A report filled from facts; the flow sets state and exit code.
    pub fn of(id: Option<String>, lun: &str, node: &str, facts: &Facts) -> Self {
        let file = facts.file.as_ref();
        let device = facts.device.as_ref().map(|d| d.path.clone());
        let identity = facts.device.as_ref().map(|d| d.identity);
        let size = facts.lun.as_ref().map(|l| l.size_bytes);
        Self {
            id,
            lun: facts
                .lun
                .as_ref()
                .map_or_else(|| lun.to_owned(), |l| l.name.clone()),
            array: facts.array.as_ref().map(|a| a.name.clone()),
            node: node.to_owned(),
            state: "absent",
            changed: false,
            device: device.or_else(|| file.map(|f| f.path.clone())),
            lun_number: facts.lun_number,
            identity: identity.or_else(|| file.map(|_| Identity::Unproven)),
            wwid: facts.lun.as_ref().map(|l| l.wwid.to_string()),
            size_bytes: size.or_else(|| file.map(|f| f.size_bytes)),
            paths: facts.paths.values().cloned().collect(),
            steps: Vec::new(),
            left: Vec::new(),
            hints: Vec::new(),
            practice: false,
            exit_code: 0,
            kind: None,
            facts: facts.clone(),
        }
    }

    /// Sets state and exit code together.
    pub fn ended(mut self, state: &'static str, kind: Kind) -> Self {
        self.state = state;
        self.exit_code = kind.exit_code();
        self.kind = Some(kind);
        self
    }
}

/// What a walk tells while it goes, for progress displays. Called from several threads.
pub trait Watch: Sync {
    /// A step is looked at or worked on now.
    fn begins(&self, key: &str, title: &str);
    /// A step has ended.
    fn ends(&self, report: &StepReport);
    /// Something worth a line.
    fn note(&self, text: &str);
}

/// Nobody watches.
#[derive(Debug, Clone, Copy)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn begins(&self, _key: &str, _title: &str) {}
    fn ends(&self, _report: &StepReport) {}
    fn note(&self, _text: &str) {}
}
