//! How far an attach goes: the whole way, up to one step, or that step alone.

use super::error::Error;
use super::flow::is_good;
use super::report::StepReport;
use super::up::look;
use super::walk::{Row, Trail, Walk};
use crate::model::facts::Facts;
use crate::step::{Cx, Lane, Look, Need, Node, State};

/// How far an attach goes. Steps are named by their keys ([`resolve`]).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Goal {
    /// Every step.
    #[default]
    Whole,
    /// The rows of the plan up to this one, inclusive.
    Until(String),
    /// This step alone; what it stands on must be present.
    Only(String),
}

impl Goal {
    /// The step that is named.
    pub fn key(&self) -> Option<&str> {
        match self {
            Self::Whole => None,
            Self::Until(key) | Self::Only(key) => Some(key),
        }
    }
}

/// The key that a user means: a key itself, the beginning of exactly one, or a row of the plan,
/// counted from 1. An IPv6 portal may be written with the brackets that it has everywhere but in a
/// key.
///
/// # Errors
/// [`Error::NoStep`] when none fits, [`Error::Ambiguous`] when several do.
pub fn resolve(spec: &str, keys: &[String]) -> Result<String, Error> {
    let none = || Error::NoStep {
        spec: spec.to_owned(),
        keys: keys.to_vec(),
    };
    if let Ok(row) = spec.parse::<usize>() {
        let found = row.checked_sub(1).and_then(|index| keys.get(index));
        return found.cloned().ok_or_else(none);
    }
    let bare = spec.replace(['[', ']'], "");
    if keys.contains(&bare) {
        return Ok(bare);
    }
    let fitting: Vec<&String> = keys.iter().filter(|key| key.starts_with(&bare)).collect();
    match fitting.as_slice() {
        [] => Err(none()),
        [only] => Ok((*only).clone()),
        several => Err(Error::ManySteps {
            spec: spec.to_owned(),
            keys: several.iter().map(ToString::to_string).collect(),
        }),
    }
}

/// What a goal makes of the steps of one stage.
pub(super) struct Cut {
    /// What must be present already.
    pub before: Vec<Node>,
    /// What is to be made present.
    pub nodes: Vec<Node>,
    /// The named step is among them: no later stage is entered.
    pub reached: bool,
    /// It is the last step of the stage.
    pub last: bool,
}

/// Cuts the steps of one stage to a goal. Lanes stand beside one another, so that a step stands on
/// the nodes before its own and on the steps before it in its own lane.
pub(super) fn cut(nodes: Vec<Node>, goal: &Goal) -> Cut {
    let Some(key) = goal.key() else {
        return whole(nodes);
    };
    let last = nodes
        .last()
        .and_then(|node| node.lanes.last()?.last())
        .is_some_and(|step| step.key() == key);
    let mut passed = Vec::new();
    let mut own = None;
    for node in nodes {
        if own.is_none() && holds(&node.lanes, key) {
            own = Some(node);
        } else if own.is_none() {
            passed.push(node);
        }
    }
    let only = matches!(goal, Goal::Only(_));
    let Some(node) = own else {
        let (before, nodes) = if only {
            (passed, Vec::new())
        } else {
            (Vec::new(), passed)
        };
        return Cut {
            before,
            nodes,
            reached: false,
            last,
        };
    };
    let (beside, mut lane) = split(node.lanes, key);
    let (before, nodes) = if only {
        let named: Lane = lane.pop().into_iter().collect();
        passed.push(Node::all(vec![lane]));
        (passed, vec![Node::all(vec![named])])
    } else {
        let mut lanes = beside;
        lanes.push(lane);
        let need = match node.need {
            Need::All => Need::All,
            Need::AtLeast { min, want } => Need::AtLeast {
                min: min.min(lanes.len()),
                want: want.min(lanes.len()),
            },
        };
        passed.push(Node { lanes, need });
        (Vec::new(), passed)
    };
    Cut {
        before,
        nodes,
        reached: true,
        last,
    }
}

fn whole(nodes: Vec<Node>) -> Cut {
    Cut {
        before: Vec::new(),
        nodes,
        reached: false,
        last: false,
    }
}

fn holds(lanes: &[Lane], key: &str) -> bool {
    lanes.iter().flatten().any(|step| step.key() == key)
}

/// The lanes before the one of a step, and its own up to it.
fn split(lanes: Vec<Lane>, key: &str) -> (Vec<Lane>, Lane) {
    let mut beside = Vec::new();
    for mut lane in lanes {
        if let Some(at) = lane.iter().position(|step| step.key() == key) {
            lane.truncate(at + 1);
            return (beside, lane);
        }
        beside.push(lane);
    }
    (beside, Lane::new())
}

impl Walk<'_> {
    /// Looks whether everything that a step stands on is present, and takes its facts. Of lanes
    /// beside one another as many must be whole as the walk itself would need.
    ///
    /// # Errors
    /// [`Error::Earlier`] naming the first step that is not.
    pub(super) fn stand(
        &self,
        nodes: &[Node],
        facts: &mut Facts,
        trail: &mut Trail,
    ) -> Result<(), Error> {
        for node in nodes {
            let min = match node.need {
                Need::All => node.lanes.len(),
                Need::AtLeast { min, .. } => min.min(node.lanes.len()),
            };
            let mut good = 0;
            let mut lacking = None;
            for lane in &node.lanes {
                match self.stand_lane(lane, facts, trail)? {
                    None => good += 1,
                    Some(report) => lacking = lacking.or(Some(report)),
                }
            }
            if let Some(report) = lacking.filter(|_| good < min) {
                return Err(Error::Earlier {
                    key: report.key,
                    state: report.state.word(),
                    evidence: report.evidence,
                });
            }
        }
        Ok(())
    }

    /// The first step of a lane that is not present.
    fn stand_lane(
        &self,
        lane: &Lane,
        facts: &mut Facts,
        trail: &mut Trail,
    ) -> Result<Option<StepReport>, Error> {
        for step in lane {
            self.bounds.check()?;
            let cx = Cx {
                facts,
                bounds: self.bounds,
            };
            let finding = look(&**step, &cx, Look::Survey)?;
            let mut row = Row::of(step.key(), step.role());
            row.report.state = finding.state;
            row.report.evidence.clone_from(&finding.evidence);
            if !is_good(finding.state) {
                let report = row.ended(self.watch).report;
                trail.row(report.clone());
                return Ok(Some(report));
            }
            let object = step.object();
            self.journal()
                .present(step.key(), object.as_deref(), &finding.facts)?;
            row.report.owner = self.owner(object.as_deref());
            facts.merge(finding.facts);
            trail.row(row.ended(self.watch).report);
        }
        Ok(None)
    }
}

/// Whether a trail shows the named step as wanted; a lane of a quorum may have been given up.
pub(super) fn check_reached(goal: &Goal, trail: &Trail) -> Result<(), Error> {
    let Some(key) = goal.key() else { return Ok(()) };
    let row = trail.steps.iter().find(|row| row.key == key);
    match row {
        Some(row) if is_good(row.state) => Ok(()),
        Some(row) => Err(Error::NotReady {
            key: key.to_owned(),
            state: State::Absent.word(),
            evidence: row.evidence.clone(),
        }),
        None => Err(Error::NoStep {
            spec: key.to_owned(),
            keys: trail.steps.iter().map(|row| row.key.clone()).collect(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_named_by_key_by_unique_beginning_or_by_row() {
        let keys: Vec<String> = [
            "array.host",
            "array.view",
            "array.view-lungroup",
            "node.a@1",
            "node.a@fd00::5:3260",
        ]
        .map(str::to_owned)
        .to_vec();
        for (spec, key) in [
            ("array.host", "array.host"),
            // A whole key is no beginning of another.
            ("array.view", "array.view"),
            ("array.view-", "array.view-lungroup"),
            ("node.a@1", "node.a@1"),
            ("node.a@[fd00::5]:3260", "node.a@fd00::5:3260"),
            ("node.a@[fd00::5]", "node.a@fd00::5:3260"),
            ("1", "array.host"),
            ("4", "node.a@1"),
        ] {
            assert_eq!(resolve(spec, &keys).unwrap(), key, "{spec}");
        }
        for none in ["0", "6", "guest", "array.hostess"] {
            let error = resolve(none, &keys).unwrap_err();
            assert!(matches!(error, Error::NoStep { .. }), "{none}: {error}");
        }
        let error = resolve("array.v", &keys).unwrap_err();
        assert!(
            matches!(&error, Error::ManySteps { keys, .. } if keys.len() == 2),
            "{error}"
        );
    }
}
