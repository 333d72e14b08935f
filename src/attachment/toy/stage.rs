//! Steps over the world: shared containers and a link on the array, sessions and paths on the node.

use std::sync::Arc;

use serde_json::{Value, json};

use super::world::{Broken, Fault, Thing, World, locked};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::kit::kind::Kind;
use crate::model::facts::{ArrayFact, Facts, LunFact};
use crate::step::{
    self, Aim, Change, Cx, Description, Finding, Lane, Look, Made, Need, Node, Role, Stage, Step,
    Undone,
};

struct ToyStep {
    world: Arc<World>,
    key: String,
    /// What it makes; for a proof, what it looks at.
    object: String,
    role: Role,
    form: &'static str,
    uses: Vec<String>,
}

impl Step for ToyStep {
    fn key(&self) -> &str {
        &self.key
    }

    fn object(&self) -> Option<String> {
        (self.role != Role::Proof).then(|| self.object.clone())
    }

    fn role(&self) -> Role {
        self.role
    }

    fn generated(&self) -> Option<Made> {
        (self.key == "array.view").then(Made::default)
    }

    fn describe(&self, _facts: &Facts, _aim: Aim) -> Description {
        Description {
            title: format!("make {}", self.object),
            verbs: vec!["toy".into()],
            ..Description::default()
        }
    }

    fn check(&self, _cx: &Cx<'_>, look: Look) -> Result<Finding, step::Error> {
        let op = if look == Look::Fresh { "look" } else { "check" };
        if self.world.read(op, &self.key)? == Some(Fault::Blind) {
            return Ok(Finding::unknown("blind"));
        }
        let things = locked(&self.world.things);
        Ok(match things.get(&self.object) {
            Some(thing) if thing.form == self.form => {
                Finding::present(thing.by, Facts::object(&self.key, &self.object))
            }
            Some(thing) => Finding::differs(&thing.form, self.form).restoring(json!(thing.form)),
            None => match self.uses.iter().find(|u| !things.contains_key(*u)) {
                Some(missing) => Finding::waiting(missing),
                None => Finding::absent("not there"),
            },
        })
    }

    fn apply(&self, _cx: &Cx<'_>, _mutate: &Mutate) -> Result<Change, step::Error> {
        let facts = Facts::object(&self.key, &self.object);
        self.world.change("apply", &self.key, |things| {
            if self.role == Role::Proof {
                return match things.contains_key(&self.object) {
                    true => Ok(Change::Created(facts)),
                    false => Err(Broken("nothing to see", Kind::Failed).into()),
                };
            }
            if let Some(thing) = things.get_mut(&self.object) {
                if thing.form == self.form {
                    return Ok(Change::Adopted(facts));
                }
                let before = json!(thing.form);
                thing.form = self.form.to_owned();
                return Ok(Change::Altered { before, facts });
            }
            let thing = Thing {
                by: "sanctl",
                form: self.form.to_owned(),
                uses: self.uses.clone(),
            };
            things.insert(self.object.clone(), thing);
            Ok(Change::Created(facts))
        })
    }

    fn undo(&self, _cx: &Cx<'_>, made: &Made, _mutate: &Mutate) -> Result<Undone, step::Error> {
        self.world.change("undo", &self.key, |things| {
            let user = things.iter().find(|(_, t)| t.uses.contains(&self.object));
            if let Some((name, _)) = user {
                return Ok(Undone::StillInUse { by: name.clone() });
            }
            if self.role == Role::Proof {
                return Ok(match things.contains_key(&self.object) {
                    true => Undone::StillInUse {
                        by: self.object.clone(),
                    },
                    false => Undone::AlreadyGone,
                });
            }
            match (&made.before, things.get_mut(&self.object)) {
                (_, None) => Ok(Undone::AlreadyGone),
                (Some(Value::String(form)), Some(thing)) => {
                    thing.form.clone_from(form);
                    Ok(Undone::Restored)
                }
                _ => {
                    things.remove(&self.object);
                    Ok(Undone::Removed)
                }
            }
        })
    }
}

/// What a toy attachment looks like.
#[derive(Debug, Clone)]
pub(in crate::attachment) struct Shape {
    pub lun: &'static str,
    pub portals: Vec<&'static str>,
    pub min: usize,
    pub want: usize,
}

impl Shape {
    pub(in crate::attachment) fn lun(lun: &'static str) -> Self {
        Self {
            lun,
            portals: vec!["p1", "p2"],
            min: 1,
            want: 2,
        }
    }

    pub(in crate::attachment) fn wwid(&self) -> String {
        format!("6a4c64f1001db63307a4e170000000{}", self.lun)
    }
}

pub(super) struct ToyStage {
    pub world: Arc<World>,
    pub shape: Shape,
    pub name: &'static str,
}

impl ToyStage {
    fn step(
        &self,
        key: &str,
        object: &str,
        role: Role,
        form: &'static str,
        uses: &[&str],
    ) -> Box<dyn Step> {
        Box::new(ToyStep {
            world: Arc::clone(&self.world),
            key: key.to_owned(),
            object: object.to_owned(),
            role,
            form,
            uses: uses.iter().map(ToString::to_string).collect(),
        })
    }

    fn array(&self, noun: &str) -> Box<dyn Step> {
        let link = format!("a/link/{}", self.shape.lun);
        let key = format!("array.{noun}");
        let object = format!("a/{noun}");
        let container = |uses: &[&str]| self.step(&key, &object, Role::Container, "made", uses);
        match noun {
            "initiator" => self.step(&key, &object, Role::Container, "bound", &["a/host"]),
            "hostgroup-host" => container(&["a/hostgroup", "a/host"]),
            "view" => container(&["a/hostgroup", "a/lungroup"]),
            "link" => {
                let uses = ["a/view", "a/hostgroup-host", "a/initiator"];
                self.step(&key, &link, Role::Link, "made", &uses)
            }
            "number" => self.step(&key, &link, Role::Proof, "made", &[]),
            _ => container(&[]),
        }
    }

    fn node(&self, noun: &str, portal: &str) -> Box<dyn Step> {
        let key = format!("node.{noun}@{portal}");
        let record = format!("n/record/{portal}");
        let session = format!("n/session/{portal}");
        let path = format!("n/path/{}/{portal}", self.shape.lun);
        match noun {
            "record" => self.step(&key, &record, Role::Container, "made", &[]),
            "session" => self.step(&key, &session, Role::Container, "made", &[&record]),
            _ => self.step(&key, &path, Role::Device, "made", &[&session]),
        }
    }

    fn array_nodes(&self, aim: Aim) -> Vec<Node> {
        let one = |noun: &str| Node::all(vec![vec![self.array(noun)]]);
        let lane = |nouns: &[&str]| -> Lane { nouns.iter().map(|n| self.array(n)).collect() };
        if aim == Aim::Detach {
            let lanes = vec![
                lane(&["hostgroup-host", "hostgroup"]),
                lane(&["lungroup"]),
                lane(&["initiator"]),
            ];
            return vec![
                one("link"),
                one("number"),
                one("view"),
                Node::all(lanes),
                one("host"),
            ];
        }
        let lanes = vec![
            lane(&["initiator"]),
            lane(&["hostgroup", "hostgroup-host"]),
            lane(&["lungroup"]),
        ];
        vec![
            one("host"),
            Node::all(lanes),
            one("view"),
            one("link"),
            one("number"),
        ]
    }

    fn node_nodes(&self, aim: Aim) -> Vec<Node> {
        let nouns = if aim == Aim::Detach {
            ["path", "session", "record"]
        } else {
            ["record", "session", "path"]
        };
        let lane = |p: &&str| -> Lane { nouns.iter().map(|n| self.node(n, p)).collect() };
        vec![Node {
            lanes: self.shape.portals.iter().map(lane).collect(),
            need: Need::AtLeast {
                min: self.shape.min,
                want: self.shape.want,
            },
        }]
    }
}

impl Stage for ToyStage {
    fn name(&self) -> &'static str {
        self.name
    }

    fn enter(&self, bounds: &Bounds) -> Result<Vec<String>, step::Error> {
        bounds.check()?;
        self.world.read("enter", self.name)?;
        Ok(vec![format!("toy/{}", self.name)])
    }

    fn survey(&self, _cx: &Cx<'_>, _aim: Aim) -> Result<Facts, step::Error> {
        self.world.read("survey", self.name)?;
        let mut facts = Facts::none();
        facts.array = Some(ArrayFact {
            name: "toy".into(),
            kind: "toy".into(),
            serial: "1".into(),
        });
        facts.lun = Some(LunFact {
            id: self.shape.lun.into(),
            name: self.shape.lun.into(),
            wwid: self.shape.wwid().parse().unwrap(),
            size_bytes: 1 << 30,
            snapshot: false,
        });
        Ok(facts)
    }

    fn steps(&self, _facts: &Facts, aim: Aim) -> Result<Vec<Node>, step::Error> {
        Ok(match self.name {
            "publish" => self.array_nodes(aim),
            _ => self.node_nodes(aim),
        })
    }

    fn leave(&self) {}
}
