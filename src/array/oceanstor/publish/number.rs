//! The step that reads the LUN's number back: it proves the whole chain. The array assigns the
//! number; it is moved only when it collides with what this node's kernel still knows.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use super::super::client::{Task, parallel};
use super::ask::{Ask, Row};
use super::parts::{self, Noun};
use super::sight::{Known, Proof, Sight};
use super::{Shared, lift};
use crate::array::error::Error;
use crate::kit::bounds::Ended;
use crate::kit::consent::Mutate;
use crate::model::facts::{Facts, LunFact};
use crate::model::ids::LunNumber;
use crate::model::publication::KernelLun;
use crate::step::{self, Aim, Change, Cx, Description, Finding, Look, Made, Role, Step, Undone};

/// How long an association may need to show in the host's list. The vendor's own driver waits 3 s
/// (oceanstor.md §7).
const LAG: Duration = Duration::from_secs(15);

/// How often a number is set when its answers are lost.
const TRIES: u32 = 3;

/// The LUN's number, read back.
#[derive(Debug)]
pub(super) struct Number {
    shared: Arc<Shared>,
}

impl From<Ended> for Waited {
    fn from(ended: Ended) -> Self {
        Self::Ended(ended)
    }
}

/// How a wait for the number ends without one.
enum Waited {
    Ended(Ended),
    Failed(Error),
}

impl Number {
    pub(super) fn new(shared: &Arc<Shared>) -> Self {
        Self {
            shared: Arc::clone(shared),
        }
    }

    /// The LUN's row in the host's list.
    fn look(&self, ask: &Ask<'_>) -> Result<Option<Row>, Error> {
        let (host, lun) = {
            let sight = self.shared.sight();
            let (Some(host), Some(lun)) = (sight.id(Noun::Host), sight.lun.as_ref()) else {
                return Ok(None);
            };
            (host.to_owned(), lun.fact.clone())
        };
        let rows = ask.seen_by(&host, lun.snapshot)?;
        let row = rows.into_iter().find(|r| r.is(&lun));
        self.shared.sight().proof = Known::of(row.as_ref().map(|r| Proof { number: r.number }));
        Ok(row)
    }

    /// Reads until the number is there.
    fn wait(&self, cx: &Cx<'_>) -> Result<LunNumber, step::Error> {
        let bounds = cx
            .bounds
            .at_most(LAG, "the LUN's number to show on the array");
        let ask = self.shared.ask(cx.bounds);
        let mut listed = false;
        let waited = bounds.poll(|| {
            let row = self.look(&ask).map_err(Waited::Failed)?;
            listed = row.is_some();
            Ok(row.and_then(|r| r.number))
        });
        match waited {
            Ok(number) => Ok(number),
            Err(Waited::Failed(error)) => Err(lift(error)),
            Err(Waited::Ended(ended)) => {
                cx.bounds.check().map_err(|ended| {
                    lift(Error::Ended {
                        array: self.shared.array(),
                        ended,
                    })
                })?;
                // Listed without a number: the array is slow. Not listed at all although every
                // link was made: somebody took a link away.
                Err(lift(if listed {
                    Error::Ended {
                        array: self.shared.array(),
                        ended,
                    }
                } else {
                    Error::Vanished {
                        array: self.shared.array(),
                        what: "the mapping of the LUN".into(),
                    }
                }))
            }
        }
    }

    /// The host's list does not tell whether an initiator still is the host's. Where this run
    /// found it bound and had to make the LUN group, somebody else may have been about to take
    /// this host apart, and has looked before the LUN was there.
    fn still_bound(&self, ask: &Ask<'_>) -> Result<(), Error> {
        let doubtful: Vec<&String> = {
            let sight = self.shared.sight();
            let all = self.shared.initiators.iter();
            all.filter(|id| sight.lungroup_made && !sight.own(id).bound_now && sight.bound_here(id))
                .collect()
        };
        for id in doubtful {
            let known = ask.initiator(self.shared.protocol(), id)?;
            let mut sight = self.shared.sight();
            sight.own_mut(id).known = known;
            if !sight.bound_here(id) {
                return Err(Error::Vanished {
                    array: self.shared.array(),
                    what: format!("the binding of initiator {id}"),
                });
            }
        }
        Ok(())
    }

    /// Reads until the number is there, and where initiators come in that this run has bound.
    fn wait_whole(&self, cx: &Cx<'_>) -> Result<LunNumber, step::Error> {
        if !self.shared.must_ask_logins() {
            return self.wait(cx);
        }
        let tasks: Vec<Task<'_, Result<Option<LunNumber>, step::Error>>> = vec![
            Box::new(|| self.wait(cx).map(Some)),
            Box::new(|| {
                let ask = self.shared.ask(cx.bounds);
                self.shared.settle_logins(&ask).map_err(lift)?;
                Ok(None)
            }),
        ];
        let mut number = None;
        for told in parallel(tasks) {
            number = number.or(told?);
        }
        number.ok_or_else(|| lift(self.shared.lun_gone()))
    }

    fn facts(&self, number: LunNumber) -> Result<Facts, Error> {
        let sight = self.shared.sight();
        let connection = self.shared.connection(&sight, Some(number))?;
        Ok(Facts {
            lun_number: Some(number),
            connection: (!connection.is_empty()).then_some(connection),
            ..Facts::none()
        })
    }

    fn wanted(&self) -> Option<LunNumber> {
        self.shared.publication.lun_number
    }

    fn collision(&self, number: LunNumber) -> Option<KernelLun> {
        self.shared.collision(number)
    }

    fn collides(&self, number: LunNumber, with: &KernelLun) -> Error {
        self.shared.collides(number, with)
    }

    /// View, LUN and type number of a mapping that this run has made: only such a one may get
    /// another number, because nobody uses it yet.
    fn movable(&self) -> Option<(String, String, u32)> {
        let sight = self.shared.sight();
        let view = sight.id(Noun::View).filter(|_| sight.link_sent)?;
        Some((
            view.to_owned(),
            sight.lun_id()?.to_owned(),
            sight.lun_code(),
        ))
    }

    fn set(&self, to: LunNumber, cx: &Cx<'_>, mutate: &Mutate) -> Result<(), Error> {
        let Some((view, lun, code)) = self.movable() else {
            return Err(self.shared.numbered(None, to));
        };
        let request = parts::set_number(&view, &lun, code, to.0);
        let client = &self.shared.client;
        let reply = client.change(&request, cx.bounds, mutate)?;
        if reply.outcome == super::super::envelope::Outcome::Success {
            Ok(())
        } else {
            Err(self.shared.refused(&reply))
        }
    }

    /// Gives the LUN the number that was asked for. When the array refuses, whoever has come to
    /// hold the number is named.
    fn move_to(
        &self,
        cx: &Cx<'_>,
        to: LunNumber,
        mutate: &Mutate,
    ) -> Result<LunNumber, step::Error> {
        let mut sent = self.set(to, cx, mutate);
        for _ in 1..TRIES {
            if !sent.as_ref().is_err_and(Error::is_lost) {
                break;
            }
            // It is set again when it was not: the same number twice is the same.
            if self.wait(cx)? == to {
                return Ok(to);
            }
            sent = self.set(to, cx, mutate);
        }
        if let Err(error) = sent {
            if !error.is_lost() {
                let ask = self.shared.ask(cx.bounds);
                let (host, lun) = {
                    let sight = self.shared.sight();
                    let host = sight.id(Noun::Host).map(str::to_owned);
                    (host, sight.lun.as_ref().map(|l| l.fact.clone()))
                };
                if let Some(host) = host {
                    let found = self.shared.number_free(&ask, &host, lun.as_ref(), to);
                    found.map_err(lift)?;
                }
            }
            return Err(lift(error));
        }
        let now = self.wait(cx)?;
        if now == to {
            Ok(now)
        } else {
            Err(lift(self.shared.numbered(Some(now), to)))
        }
    }

    /// Gives the LUN the lowest number that is free on the array and unknown to the kernel.
    fn move_away(
        &self,
        cx: &Cx<'_>,
        from: LunNumber,
        with: &KernelLun,
        mutate: &Mutate,
    ) -> Result<LunNumber, step::Error> {
        let ask = self.shared.ask(cx.bounds);
        let Some((view, ..)) = self.movable() else {
            return Err(lift(self.collides(from, with)));
        };
        let free = ask.free_numbers(&view).map_err(lift)?;
        let to = free.into_iter().map(LunNumber).find(|n| {
            *n != from
                && !self
                    .shared
                    .publication
                    .avoid
                    .iter()
                    .any(|k| k.lun_number == *n)
        });
        let Some(to) = to else {
            return Err(lift(self.collides(from, with)));
        };
        self.set(to, cx, mutate).map_err(lift)?;
        let now = self.wait(cx)?;
        match self.collision(now) {
            Some(with) => Err(lift(self.collides(now, &with))),
            None => Ok(now),
        }
    }
}

impl Shared {
    /// What the node's kernel holds under this number for another unit.
    fn collision(&self, number: LunNumber) -> Option<KernelLun> {
        self.collision_in(&self.sight(), number)
    }

    fn collision_in(&self, sight: &Sight, number: LunNumber) -> Option<KernelLun> {
        let wwid = &sight.lun.as_ref()?.fact.wwid;
        let avoid = &self.publication.avoid;
        let ports = match avoid.is_empty() {
            true => Vec::new(),
            false => self.fabric_targets(sight, None),
        };
        let hit = avoid.iter().find(|k| {
            let here = sight.targets.iter().any(|t| k.target.is_iqn(&t.iqn))
                || ports.iter().any(|to| k.target.is_port(&to.wwpn));
            k.lun_number == number && k.wwid.as_ref().is_some_and(|w| w != wwid) && here
        });
        hit.cloned()
    }

    fn collides(&self, number: LunNumber, with: &KernelLun) -> Error {
        let disk = with.disk.as_deref().unwrap_or("a device");
        let other = with.wwid.as_ref().map_or("another LUN", |w| w.as_str());
        let mut hints = Vec::new();
        if let Some(disk) = &with.disk {
            hints.push(format!(
                "if nothing uses it: echo 1 > /sys/block/{disk}/device/delete"
            ));
        }
        Error::Conflict {
            why: format!(
                "lun number {number} is still known to this node as {disk} of {other}, which \
                 would answer in the place of this LUN"
            ),
            hints,
        }
    }

    /// Before anything is changed: whether the number that was asked for can be had.
    ///
    /// # Errors
    /// `Conflict` naming who has it, or the number that the LUN has already.
    pub(super) fn vet_number(&self, ask: &Ask<'_>, sight: &Sight) -> Result<(), Error> {
        let Some(wanted) = self.publication.lun_number else {
            return Ok(());
        };
        let number = sight.proof.found().and_then(|proof| proof.number);
        match number {
            Some(number) if number != wanted && !sight.link_sent => {
                return Err(self.numbered(Some(number), wanted));
            }
            Some(number) if number == wanted => return Ok(()),
            _ => {}
        }
        if let Some(with) = self.collision_in(sight, wanted) {
            return Err(self.collides(wanted, &with));
        }
        let lun = sight.lun.as_ref().map(|l| &l.fact);
        match sight.id(Noun::Host) {
            Some(host) => self.number_free(ask, host, lun, wanted),
            None => Ok(()),
        }
    }

    /// Fails when the host sees something else under a number.
    fn number_free(
        &self,
        ask: &Ask<'_>,
        host: &str,
        lun: Option<&LunFact>,
        wanted: LunNumber,
    ) -> Result<(), Error> {
        for snapshot in [false, true] {
            let rows = ask.seen_by(host, snapshot)?;
            let holder = rows.into_iter().find(|row| row.number == Some(wanted));
            let Some(holder) = holder.filter(|row| !lun.is_some_and(|lun| row.is(lun))) else {
                continue;
            };
            let what = if snapshot { "snapshot" } else { "LUN" };
            return Err(Error::Conflict {
                why: format!(
                    "lun number {wanted} of host {} is taken by {what} {} (id {})",
                    self.host_name, holder.at.name, holder.at.id
                ),
                hints: vec![
                    format!("sanctl host luns {}", self.host_name),
                    "without --lun-number the array chooses one".into(),
                ],
            });
        }
        Ok(())
    }

    /// The LUN has another number than the one that was asked for, and somebody may use it.
    fn numbered(&self, number: Option<LunNumber>, wanted: LunNumber) -> Error {
        let lun = &self.publication.lun;
        let now = number.map_or_else(
            || "another number".to_owned(),
            |number| format!("lun number {number}"),
        );
        Error::Conflict {
            why: format!(
                "LUN {lun} is mapped to host {} as {now} already, not {wanted}",
                self.host_name
            ),
            hints: vec![
                format!("sanctl attach {lun}  # with the number that it has"),
                format!("sanctl detach {lun}  # and attach it anew"),
            ],
        }
    }
}

impl Step for Number {
    fn key(&self) -> &str {
        "array.lun-number"
    }

    fn object(&self) -> Option<String> {
        None
    }

    fn role(&self) -> Role {
        Role::Proof
    }

    fn describe(&self, facts: &Facts, aim: Aim) -> Description {
        self.shared.describe_number(facts, aim)
    }

    fn check(&self, cx: &Cx<'_>, look: Look) -> Result<Finding, step::Error> {
        let ask = self.shared.ask(cx.bounds);
        let detaching = self.shared.sight().detaching;
        if detaching && look == Look::Survey {
            // What the containers were kept or removed for is proof enough.
            return Ok(match self.shared.prove_gone(&ask).map_err(lift)? {
                Undone::StillInUse { by } => Finding::present(by, Facts::none()),
                _ => Finding::absent("the host does not see the LUN"),
            });
        }
        let mut proof = self.shared.sight().proof.clone();
        if look == Look::Fresh {
            let row = self.look(&ask).map_err(lift)?;
            proof = Known::of(row.map(|r| Proof { number: r.number }));
        }
        let Known::Found(proof) = proof else {
            return Ok(Finding::absent("the host does not see the LUN"));
        };
        if self.shared.must_ask_logins() {
            self.shared.settle_logins(&ask).map_err(lift)?;
        }
        let Some(number) = proof.number else {
            return Ok(Finding::absent(
                "the host sees the LUN, its number is not told yet",
            ));
        };
        if let Some(with) = self.collision(number) {
            let found = self.collides(number, &with).to_string();
            return Ok(
                Finding::differs(found, "a number that this node does not know")
                    .restoring(json!({"lun_number": number.0})),
            );
        }
        if let Some(wanted) = self.wanted().filter(|wanted| *wanted != number) {
            return Ok(
                Finding::differs(format!("lun number {number}"), format!("{wanted}"))
                    .restoring(json!({"lun_number": number.0})),
            );
        }
        let evidence = {
            let sight = self.shared.sight();
            let mut evidence = match sight.found(Noun::View) {
                Some(view) => format!("view {} {}, lun number {number}", view.id, view.name),
                None => format!("lun number {number}"),
            };
            if let Some(ports) = self.shared.ports_told(&sight) {
                evidence = format!("{evidence}; {ports}");
            }
            evidence
        };
        Ok(Finding::present(
            evidence,
            self.facts(number).map_err(lift)?,
        ))
    }

    fn apply(&self, cx: &Cx<'_>, mutate: &Mutate) -> Result<Change, step::Error> {
        let number = self.wait_whole(cx)?;
        self.still_bound(&self.shared.ask(cx.bounds))
            .map_err(lift)?;
        if let Some(wanted) = self.wanted().filter(|wanted| *wanted != number) {
            let now = self.move_to(cx, wanted, mutate)?;
            return Ok(Change::Altered {
                before: json!({"lun_number": number.0}),
                facts: self.facts(now).map_err(lift)?,
            });
        }
        let Some(with) = self.collision(number) else {
            return Ok(Change::Created(self.facts(number).map_err(lift)?));
        };
        let now = self.move_away(cx, number, &with, mutate)?;
        Ok(Change::Altered {
            before: json!({"lun_number": number.0}),
            facts: self.facts(now).map_err(lift)?,
        })
    }

    fn undo(&self, cx: &Cx<'_>, _made: &Made, _mutate: &Mutate) -> Result<Undone, step::Error> {
        self.shared
            .prove_gone(&self.shared.ask(cx.bounds))
            .map_err(lift)
    }
}
