//! `--until STEP` and `--step STEP`: how far an attach goes.

use anyhow::Result;
use clap::Args;

use super::failure::Refusal;

use crate::attachment::attach::Request;
use crate::attachment::error::Error;
use crate::attachment::goal::{Goal, resolve};
use crate::attachment::plan::{Plan, plan};
use crate::attachment::report::Commands;
use crate::kit::bounds::Bounds;
use crate::kit::kind::Failure as _;
use crate::step::Aim;

/// The step to end at.
#[derive(Debug, Clone, Default, Args)]
pub struct GoalArgs {
    /// Stop after this step: a key, the beginning of one, or its row in --dry-run
    #[arg(long, value_name = "STEP", conflicts_with_all = ["step", "emit"])]
    pub until: Option<String>,

    /// Only this step; what it stands on must be present
    #[arg(long, value_name = "STEP", conflicts_with = "emit")]
    pub step: Option<String>,
}

impl GoalArgs {
    /// The goal with the key of the step that is meant. A step of the array is found without a
    /// look at the node, so that a node that is not ready does not stop it.
    ///
    /// # Errors
    /// When no step is meant, or several; when the stages cannot be looked at.
    pub fn of(&self, request: &Request, bounds: &Bounds) -> Result<Goal> {
        let Some(spec) = self.until.as_ref().or(self.step.as_ref()) else {
            return Ok(Goal::Whole);
        };
        let stages = request.stages.len();
        for first in 1..=stages {
            let Some(looked) = request.stages.get(..first) else {
                break;
            };
            let made = plan(
                &request.lun,
                &request.node,
                request.facts.clone(),
                looked,
                Aim::Attach,
                &|_| true,
                bounds,
            )?;
            let keys = keys_of(&made);
            match resolve(spec, &keys) {
                Err(Error::NoStep { .. }) if first < stages => {}
                found => return Ok(self.with(found.map_err(|e| unknown(e, &request.commands))?)),
            }
        }
        Ok(Goal::Whole)
    }

    /// Leaves only what would be done on the way to the step.
    ///
    /// # Errors
    /// When no step is meant, or several.
    pub fn narrow(&self, plan: &mut Plan) -> Result<()> {
        let Some(spec) = self.until.as_ref().or(self.step.as_ref()) else {
            return Ok(());
        };
        let key = resolve(spec, &keys_of(plan))?;
        let mut passed = false;
        for step in &mut plan.steps {
            let named = step.key == key;
            step.pending &= named || (self.until.is_some() && !passed);
            passed |= named;
        }
        Ok(())
    }

    fn with(&self, key: String) -> Goal {
        if self.step.is_some() {
            Goal::Only(key)
        } else {
            Goal::Until(key)
        }
    }
}

/// No step, or several, of that name: with the command that lists them.
fn unknown(error: Error, commands: &Commands) -> Refusal {
    let list = format!("{} --dry-run  # the steps and their rows", commands.attach);
    Refusal::new(error.kind(), error.to_string()).hint(list)
}

fn keys_of(plan: &Plan) -> Vec<String> {
    plan.steps.iter().map(|step| step.key.clone()).collect()
}
