//! Steps and stages: the shape that arrays and node drivers give to what they can do.
//!
//! `attach`, `detach`, `status` and `--dry-run` are policies over one list of steps (DESIGN §5).
//! A step neither prints nor reads configuration nor calls another step; a stage expands into
//! steps when the stage before it has delivered its facts.

use std::fmt;

use serde_json::Value;

use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::kit::kind::{Failure, Kind};
use crate::model::facts::Facts;

/// What a step is given: the facts so far and the limits of the work.
#[derive(Debug)]
pub struct Cx<'a> {
    /// Everything known before this step.
    pub facts: &'a Facts,
    /// Deadline and stop flag.
    pub bounds: &'a Bounds,
}

/// What the list of steps is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// To make every step present, in the order of dependence.
    Attach,
    /// To undo every step, in the order that is safe for it.
    Detach,
    /// To look only.
    Status,
}

/// How a check should look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// What the stage's survey has read is good enough.
    Survey,
    /// Read again: an answer was lost, or the kernel was asked to change something.
    Fresh,
}

/// The state of a step in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// As wanted.
    Present,
    /// Not there.
    Absent,
    /// Something else is there.
    Differs,
    /// Above its minimum, below what was wanted.
    Degraded,
    /// Cannot be told before an earlier step is present.
    Waiting,
    /// Could not be looked at.
    Unknown,
}

impl State {
    /// The word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Absent => "absent",
            Self::Differs => "differs",
            Self::Degraded => "degraded",
            Self::Waiting => "waiting",
            Self::Unknown => "unknown",
        }
    }
}

/// What a check found, with the evidence a person can verify.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The state.
    pub state: State,
    /// What was seen: ids, names, numbers. For `differs`, both what is found and what was wanted.
    pub evidence: String,
    /// Facts that later steps may build on.
    pub facts: Facts,
    /// What undo would have to restore if this step were applied now: what is there already in
    /// another form, such as an initiator that is bound to nothing. Written down before the
    /// change, because its answer may be lost. `None` with `absent` = the object itself would be
    /// new, and undo removes it.
    pub before: Option<Value>,
}

impl Finding {
    /// With what undo would have to restore: the object is there, in another form.
    #[must_use]
    pub fn restoring(mut self, before: Value) -> Self {
        self.before = Some(before);
        self
    }

    /// As wanted.
    pub fn present(evidence: impl Into<String>, facts: Facts) -> Self {
        Self {
            state: State::Present,
            evidence: evidence.into(),
            facts,
            before: None,
        }
    }

    /// Not there.
    pub fn absent(evidence: impl Into<String>) -> Self {
        Self::of(State::Absent, evidence)
    }

    /// Something else is there.
    pub fn differs(found: impl fmt::Display, wanted: impl fmt::Display) -> Self {
        Self::of(State::Differs, format!("{found}, wanted {wanted}"))
    }

    /// Cannot be told before `on` is present.
    pub fn waiting(on: impl fmt::Display) -> Self {
        Self::of(State::Waiting, format!("needs {on}"))
    }

    /// Could not be looked at.
    pub fn unknown(why: impl Into<String>) -> Self {
        Self::of(State::Unknown, why)
    }

    fn of(state: State, evidence: impl Into<String>) -> Self {
        Self {
            state,
            evidence: evidence.into(),
            facts: Facts::none(),
            before: None,
        }
    }
}

/// What an apply has changed.
#[derive(Debug, Clone)]
pub enum Change {
    /// It was not there; this run made it.
    Created(Facts),
    /// It was there and is different now.
    Altered {
        /// What undo must restore.
        before: Value,
        /// Facts that later steps may build on.
        facts: Facts,
    },
    /// A first, answered request said that it exists: somebody else made it in the meantime.
    Adopted(Facts),
}

/// What the journal knows about a step that is to be undone.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Made {
    /// What undo must restore; `None` = the object itself must go.
    pub before: Option<Value>,
}

/// What an undo has done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undone {
    /// Gone now.
    Removed,
    /// As it was before.
    Restored,
    /// Somebody else had removed it.
    AlreadyGone,
    /// Left alone because something else needs it.
    StillInUse {
        /// Who or what.
        by: String,
    },
}

/// What the journals say about an object before a walk looks at it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Recorded {
    /// Whether it was new when we made it, and is not taken back; it may be half made.
    pub created: bool,
    /// What it was like before changes of ours that are not taken back, or have no recorded end.
    pub before: Vec<Value>,
}

/// How detach treats what a step has made (DESIGN §5.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A device of the node: always goes.
    Device,
    /// The membership or map of this LUN for this host: goes if ours.
    Link,
    /// An object shared by several LUNs: goes if ours, unused and exclusive.
    Container,
    /// Shows something and makes nothing of its own. After a detach has removed a link of the
    /// same stage, its `undo` is asked to prove that what it showed is gone.
    Proof,
}

/// What a step would do, in words and in what a person could type instead.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Description {
    /// One line: `create host group OpenStack_HostGroup_2`.
    pub title: String,
    /// Why it is needed.
    pub why: String,
    /// The `sanctl` verbs that do the same.
    pub verbs: Vec<String>,
    /// The same as curl, iscsiadm and echo lines, secrets masked.
    pub wire: Vec<String>,
}

/// An error of a step, with whether its change may have happened all the same.
#[derive(Debug)]
pub struct Error {
    cause: Box<dyn Failure>,
    then: Then,
}

/// What an error means for the steps around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    /// Nothing was changed.
    Fail,
    /// The change may have been made.
    Doubt,
    /// A part of the change was made, for certain.
    Halfway,
    /// Nothing was changed, and what was surveyed no longer holds.
    Stale,
}

impl Error {
    /// An error after which it is unknown whether the change was made: the answer was lost.
    pub fn in_doubt(cause: impl Failure) -> Self {
        Self {
            cause: Box::new(cause),
            then: Then::Doubt,
        }
    }

    /// An error after which the stage must start again from its survey: an object that was there
    /// a moment ago is gone (DESIGN §5.8).
    pub fn stale(cause: impl Failure) -> Self {
        Self {
            cause: Box::new(cause),
            then: Then::Stale,
        }
    }

    /// An error in the middle of a step of several changes: some are made, and the step is not
    /// present. It is ours from now on, and its `undo` must take back what there is of it.
    pub fn halfway(cause: impl Failure) -> Self {
        Self {
            cause: Box::new(cause),
            then: Then::Halfway,
        }
    }

    /// The same error, after a look has shown that the change was not made.
    pub fn settled(error: Self) -> Self {
        Self {
            then: Then::Fail,
            ..error
        }
    }

    /// Whether the change may have been made.
    pub fn is_doubt(&self) -> bool {
        self.then == Then::Doubt
    }

    /// Whether a part of the change was made.
    pub fn is_halfway(&self) -> bool {
        self.then == Then::Halfway
    }

    /// Whether the stage should be surveyed again and gone on with.
    pub fn is_stale(&self) -> bool {
        self.then == Then::Stale
    }

    /// The error itself.
    pub fn cause(&self) -> &dyn Failure {
        &*self.cause
    }

    /// Decides the exit code.
    pub fn kind(&self) -> Kind {
        self.cause.kind()
    }
}

impl<E: Failure> From<E> for Error {
    fn from(cause: E) -> Self {
        Self {
            cause: Box::new(cause),
            then: Then::Fail,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.cause.fmt(f)
    }
}

/// What stands around the lines of a stage so that they can be run as one script of `sh`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Script {
    /// Before the first line: a login, the variables that the lines read.
    pub before: Vec<String>,
    /// After the last one.
    pub after: Vec<String>,
}

/// One thing that an attachment needs, and that a person could do with one or two commands.
pub trait Step: Send + Sync {
    /// A stable word, unique within the attachment: `array.view`, `node.session@10.0.0.1:3260`.
    fn key(&self) -> &str;

    /// The global name of what it makes, for ownership: `oceanstor:SERIAL/hostgroup/NAME`.
    /// `None` when it makes nothing.
    fn object(&self) -> Option<String>;

    /// How detach treats it.
    fn role(&self) -> Role;

    /// What undo must do with a container that somebody else made and that bears a name which only
    /// the convention generates: with `--include-adopted` it goes, or is as it was before, if its
    /// `undo` finds it empty and exclusive (DESIGN §5.4). `None` = it is left alone.
    fn generated(&self) -> Option<Made> {
        None
    }

    /// A walk down has begun and will come to undo this step, unless something needs it then. What
    /// proves a removal may be the removal of the next thing; a stage that knows that the next
    /// thing goes too can let the first undo ask for both.
    fn going(&self) {}

    /// What the journals say about its object, told before it is looked at and before it is undone:
    /// a run that was killed in the middle of its change has left no other word of that.
    fn recall(&self, _recorded: &Recorded) {}

    /// Whether this object stands on the container: while an open attachment has it on record, a
    /// detach leaves the container alone without asking the array about it.
    fn carries(&self, _object: &str) -> bool {
        false
    }

    /// What it would do, given what is known.
    fn describe(&self, facts: &Facts, aim: Aim) -> Description;

    /// Who else would keep it at a detach, once the devices and the link of this attachment are
    /// gone; for plans. `None` = nobody, as far as can be told without a change.
    ///
    /// # Errors
    /// When it cannot be looked at.
    fn kept_by(&self, _cx: &Cx<'_>) -> Result<Option<String>, Error> {
        Ok(None)
    }

    /// Looks; never changes anything.
    ///
    /// # Errors
    /// When it cannot be looked at.
    fn check(&self, cx: &Cx<'_>, look: Look) -> Result<Finding, Error>;

    /// Makes it present.
    ///
    /// # Errors
    /// With [`Error::is_doubt`] when the change may have happened all the same.
    fn apply(&self, cx: &Cx<'_>, mutate: &Mutate) -> Result<Change, Error>;

    /// What is below what was wanted once it is made, and what was seen of that: it is above its
    /// minimum. Asked after [`Step::apply`], with what that has found.
    fn below(&self, _facts: &Facts) -> Option<String> {
        None
    }

    /// Takes it back, if nothing else needs it.
    ///
    /// # Errors
    /// With [`Error::is_doubt`] when the change may have happened all the same.
    fn undo(&self, cx: &Cx<'_>, made: &Made, mutate: &Mutate) -> Result<Undone, Error>;
}

/// Steps that follow one another.
pub type Lane = Vec<Box<dyn Step>>;

/// Lanes that run in parallel, and how many of them must succeed. One lane is a plain sequence.
pub struct Node {
    /// The lanes.
    pub lanes: Vec<Lane>,
    /// How many must succeed.
    pub need: Need,
}

/// How many lanes of a node must succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Every one.
    All,
    /// A quorum; a lane that fails is taken back and named, the rest goes on.
    AtLeast {
        /// Fewer than this is a failure.
        min: usize,
        /// Fewer than this is degraded.
        want: usize,
    },
}

impl Node {
    /// A single step.
    pub fn one(step: impl Step + 'static) -> Self {
        Self {
            lanes: vec![vec![Box::new(step)]],
            need: Need::All,
        }
    }

    /// Lanes in parallel, all needed.
    pub fn all(lanes: Vec<Lane>) -> Self {
        Self {
            lanes,
            need: Need::All,
        }
    }
}

impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lanes: Vec<Vec<&str>> = self
            .lanes
            .iter()
            .map(|lane| lane.iter().map(|step| step.key()).collect())
            .collect();
        f.debug_struct("Node")
            .field("lanes", &lanes)
            .field("need", &self.need)
            .finish()
    }
}

/// A part of an attachment that looks once and then knows its steps: publish, connect…
pub trait Stage: Send + Sync {
    /// `publish`, `connect`, `expose` or `record`.
    fn name(&self) -> &'static str;

    /// Whether this machine lets the stage do its work at all. Asked of every stage of a flow
    /// that changes something before the first of them is entered, so that nothing is made on an
    /// array for a node that cannot use it. Looks only, and only at what is near; not asked for
    /// plans and reads.
    ///
    /// # Errors
    /// What is missing.
    fn preflight(&self, _facts: &Facts, _aim: Aim) -> Result<(), Error> {
        Ok(())
    }

    /// Opens what the stage needs (a login) and names the locks that its whole work must hold.
    ///
    /// # Errors
    /// When it cannot be opened.
    fn enter(&self, bounds: &Bounds) -> Result<Vec<String>, Error>;

    /// Locks that are known only from the facts of the stages before: the targets to log in to.
    /// Held like those of [`Stage::enter`].
    fn locks(&self, _facts: &Facts) -> Vec<String> {
        Vec::new()
    }

    /// Reads what the steps will need, in as few dependent waves as can be.
    ///
    /// # Errors
    /// When something needed cannot be read.
    fn survey(&self, cx: &Cx<'_>, aim: Aim) -> Result<Facts, Error>;

    /// The steps for this aim, in its order.
    ///
    /// # Errors
    /// When the survey shows that the aim cannot be reached.
    fn steps(&self, facts: &Facts, aim: Aim) -> Result<Vec<Node>, Error>;

    /// What stands around the wire lines of its steps; `None` when they need nothing.
    fn script(&self) -> Option<Script> {
        None
    }

    /// Closes what `enter` opened. Called once, after success and after failure.
    fn leave(&self);
}

impl fmt::Debug for dyn Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Stage({})", self.name())
    }
}
