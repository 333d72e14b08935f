//! What must hold after every run (DESIGN §5), looked at from outside the program.

use std::collections::BTreeSet;

use sanctl::attachment::adopt::Own;
use sanctl::attachment::detach::Adopted;
use sanctl::attachment::goal::Goal;

use super::play::{Before, Deed, Line, Player};
use crate::world::{Atom, End, Half, Have, KILLED, Maker};

/// `session PORTAL IQN`, `record PORTAL IQN`.
fn places(have: &Have) -> BTreeSet<String> {
    let sessions = have.sessions.values().map(|at| format!("session {at}"));
    let records = have.records.iter().map(|at| format!("record {at}"));
    sessions.chain(records).collect()
}

/// The ends that INTERFACE knows.
const CODES: [u8; 12] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, KILLED];

impl Player {
    pub(super) fn check(&mut self, line: &Line, before: &Before, end: &End) {
        self.must(CODES.contains(&end.code), || {
            format!("{} is no exit code", end.code)
        });
        if matches!(line.deed, Deed::Edit(_)) {
            return;
        }
        if let (Deed::Adopt(_, Own::Link), 0) = (&line.deed, end.code) {
            self.take_over(line.seat);
        }
        let have = self.world.node(line.seat).have();
        self.nothing_foreign(line, before, end);
        self.node_untouched(line, before, &have, end);
        self.named(line.seat);
        match &line.deed {
            Deed::Attach(lun, how) => {
                let whole = how.goal == Goal::Whole;
                if matches!(end.code, 0 | 9) && whole {
                    self.attached(line, lun, how.half, end, &have);
                }
                self.left_nothing(line, before, end, &have);
                if let Some(report) = end.report.as_ref().filter(|r| r.device.is_some()) {
                    self.must(matches!(end.code, 0 | 9), || {
                        format!(
                            "{:?} came out of a run that ended with {}",
                            report.device, end.code
                        )
                    });
                }
            }
            Deed::Detach(lun, half, adopted) => {
                if end.code == 0 {
                    self.detached(line, lun, *half, *adopted, end, &have);
                }
                self.changed_nothing(line, before, end, &have);
            }
            Deed::Adopt(..) => self.must(end.work.added.is_empty(), || {
                format!("adopt made {:?}", end.work.added)
            }),
            Deed::Status(_) => {
                let same = self.texts(line.seat) == before.texts && have == before.have;
                let idle = end.work.added.is_empty() && end.work.removed.is_empty();
                self.must(same && idle, || "a look has changed something".to_owned());
            }
            Deed::Prune | Deed::Edit(_) | Deed::Foreign(_) | Deed::Node(_) => {}
        }
        if end.code != KILLED {
            let open = self.world.array.open_sessions();
            let cut = matches!(&line.fate, Some((what, ..)) if what.starts_with("lost"));
            self.must(open == 0 || cut, || format!("{open} sessions are open"));
        }
    }

    /// What a person said is ours, is ours.
    fn take_over(&mut self, seat: usize) {
        let owned = self.world.owned(seat);
        let mut truth = self.world.truth();
        let atoms: Vec<Atom> = truth.atoms.keys().cloned().collect();
        for atom in atoms {
            let named = truth.journal_name(&atom);
            // An initiator is bound or freed for somebody, and stays whose it was.
            let known = matches!(atom, Atom::Object("iscsi", _));
            if !known && named.is_some_and(|name| owned.contains(&name)) {
                truth.atoms.insert(atom, Maker::Flow(seat));
            }
        }
    }

    /// Nothing foreign is removed, altered or moved on the array.
    fn nothing_foreign(&mut self, line: &Line, before: &Before, end: &End) {
        let host = self.world.seat(line.seat).connector.host.clone();
        let initiator = format!("iqn.1994-05.com.redhat:{host}");
        let (lun, include) = match &line.deed {
            Deed::Attach(lun, _) | Deed::Adopt(lun, _) | Deed::Status(lun) => (lun, false),
            Deed::Detach(lun, _, adopted) => (lun, *adopted == Adopted::Include),
            _ => return,
        };
        let find = |table: &str, name: &str| {
            let all = before.atoms.iter().chain(&end.work.added);
            let mut found = all.filter_map(|atom| match atom {
                Atom::Field(t, id, field, value)
                    if *t == table && field == "name" && value == name =>
                {
                    Some(id.clone())
                }
                _ => None,
            });
            found.next()
        };
        let name = |table: &str, id: &str| {
            let mut found = before.atoms.iter().filter_map(|atom| match atom {
                Atom::Field(t, i, field, value) if *t == table && i == id && field == "name" => {
                    Some(value.clone())
                }
                _ => None,
            });
            found.next().unwrap_or_default()
        };
        let by_wwid = |wwid: &str| {
            let mut found = before.atoms.iter().filter_map(|atom| match atom {
                Atom::Field("luns", id, field, value) if field == "wwn" && value == wwid => {
                    Some(id.clone())
                }
                _ => None,
            });
            found.next()
        };
        // The name may belong to another LUN by now: the journal knows which it was.
        let told = end.report.as_ref().and_then(|r| r.wwid.clone());
        let id = told.and_then(|wwid| by_wwid(&wwid));
        let id = id.or_else(|| find("luns", lun));
        let id = id.or_else(|| by_wwid(lun.strip_prefix("wwid:")?));
        let unit = id.map(|id| format!("lun:{id}"));
        let bound = before.atoms.iter().find_map(|atom| match atom {
            Atom::Tie("iscsi", iqn, _, to) if *iqn == initiator => Some(to.clone()),
            _ => None,
        });
        let named = find("hosts", &host).unwrap_or_default();
        let own = bound.unwrap_or_else(|| named.clone());
        let described = |id: &str| {
            let field = "description".to_owned();
            let described = Atom::Field("hosts", id.to_owned(), field, host.clone());
            before.atoms.contains(&described)
        };
        let generated = |table: &str, id: &str| {
            if table == "hosts" && described(id) {
                return true;
            }
            let name = name(table, id);
            let of = |id: &str| name.ends_with(&format!("_{id}"));
            let convention = name.starts_with("OpenStack_");
            convention && (of(&own) || of(&named)) || name == host
        };
        let renamed_within = matches!(&line.fate, Some((what, _, words))
            if what == "meanwhile" && words.first().is_some_and(|word| word == "rename"));
        let mut wrong = Vec::new();
        for (atom, maker) in &end.work.removed {
            let allowed = match (atom, maker) {
                (Atom::Number(seen_by, seen, _), _) => {
                    let by_host = *seen_by == own || name("hosts", seen_by) == host;
                    by_host && Some(seen) == unit.as_ref()
                }
                (_, Maker::Flow(seat)) if *seat == line.seat => true,
                // It was ours until another name was given to it, within this very run.
                _ if renamed_within => true,
                // With its object.
                (Atom::Field(table, id, ..), _) => {
                    let object = Atom::Object(table, id.clone());
                    end.work.removed.contains_key(&object)
                }
                (Atom::Tie("lungroups", _, _, member), _) => {
                    include && Some(member) == unit.as_ref()
                }
                (Atom::Tie("iscsi", iqn, ..), _) => {
                    // One that we made known, whoever was quicker to bind it to our host.
                    let object = Atom::Object("iscsi", iqn.clone());
                    let made = end.work.removed.get(&object) == Some(&Maker::Flow(line.seat));
                    made || (include && *iqn == initiator)
                }
                (Atom::Object(table, id), _) | (Atom::Tie(table, id, ..), _) => {
                    include && generated(table, id)
                }
            };
            if !allowed {
                wrong.push(format!("{atom} of {maker:?}"));
            }
        }
        self.must(wrong.is_empty(), || format!("removed: {wrong:#?}"));
    }

    /// On the machine only the LUN's devices go, and sessions and records that we made and that
    /// nothing else needs.
    fn node_untouched(&mut self, line: &Line, before: &Before, have: &Have, end: &End) {
        let (lun, attaches) = match &line.deed {
            Deed::Attach(lun, _) => (lun, true),
            Deed::Detach(lun, ..) => (lun, false),
            _ => return,
        };
        // The name may belong to another LUN by now: the journal knows which it was.
        let told = end.report.as_ref().and_then(|r| r.wwid.clone());
        let wwid = told.or_else(|| self.world.wwid(lun));
        let mut wrong = Vec::new();
        for (hctl, (sid, disk)) in &before.have.disks {
            if !have.disks.contains_key(hctl) && Some(disk) != wwid.as_ref() {
                wrong.push(format!("disk {hctl} of {disk} on session {sid}"));
            }
        }
        let mine = self.mine[line.seat].clone();
        let (was, is) = (places(&before.have), places(have));
        for gone in was.difference(&is) {
            if attaches || !(mine.contains(gone) || self.booted.contains(gone)) {
                wrong.push(format!("{gone}, ours: {}", mine.contains(gone)));
            }
        }
        let killed = end.killed;
        self.must(wrong.is_empty() || killed, || {
            format!("gone from the machine: {wrong:#?}")
        });
        let mine = &mut self.mine[line.seat];
        mine.retain(|place| is.contains(place));
        mine.extend(is.difference(&was).cloned());
    }

    /// Whatever flows have made and is there is named by a journal of theirs.
    fn named(&mut self, seat: usize) {
        let owned = self.world.owned(seat);
        let truth = self.world.truth();
        let mut lost = Vec::new();
        for atom in truth.made_by(seat) {
            // Who has bound the initiator elsewhere has taken it over.
            let taken = matches!(atom, Atom::Object("iscsi", iqn) if truth.atoms.iter().any(
                |(tie, of)| matches!(tie, Atom::Tie("iscsi", i, ..) if i == iqn)
                    && *of == Maker::Foreign
            ));
            // What others have given another name to within the run is theirs.
            if let Some(name) = truth.journal_name(atom)
                && !owned.contains(&name)
                && !name.contains("/adm-")
                && !taken
            {
                lost.push(name);
            }
        }
        drop(truth);
        self.must(lost.is_empty(), || {
            format!("made and named by no journal: {lost:?}; owned: {owned:?}")
        });
    }

    /// A success is true on the array and on the machine.
    fn attached(&mut self, line: &Line, lun: &str, half: Half, end: &End, have: &Have) {
        let report = end.report.clone().unwrap();
        let wwid = report.wwid.clone().unwrap_or_default();
        let visible = self.world.visible(line.seat, &wwid);
        let told = report.lun_number.map(|n| u32::from(n.0));
        // What others pull away after it was proven is not what the run has said.
        let meanwhile = matches!(&line.fate, Some((what, ..)) if what == "meanwhile");
        if half != Half::Node && !meanwhile {
            self.must(self.world.wwid(lun) == Some(wwid.clone()), || {
                format!("{lun} is not {wwid}")
            });
            self.must(visible.is_some() && visible == told, || {
                format!("{lun} was told as {told:?} and is visible as {visible:?}")
            });
        }
        if half == Half::Array {
            return;
        }
        self.must(report.device.is_some(), || "no device".to_owned());
        let paths: Vec<String> = report.paths.iter().map(|p| p.hctl.to_string()).collect();
        let all = self.world.array.exposures();
        let seat = self.world.seat(line.seat);
        let initiator = seat.connector.initiator.as_ref().unwrap().to_string();
        for hctl in &paths {
            let number: u32 = hctl.rsplit(':').next().unwrap().parse().unwrap();
            let mut at = all
                .iter()
                .filter(|e| e.initiator == initiator && e.number == number);
            let behind = at.next().map(|e| e.wwid.clone());
            let known = have.disks.get(hctl).map(|(_, disk)| disk.clone());
            let so = known.as_ref() == Some(&wwid)
                && (behind.as_ref() == Some(&wwid) || half == Half::Node || meanwhile);
            self.must(so, || {
                format!("path {hctl} of {wwid} leads to {behind:?}, the machine has {known:?}")
            });
        }
        let device = report.device.unwrap_or_default();
        self.must(device.contains(&wwid), || format!("{device} is not {wwid}"));
        let enough = if end.code == 0 {
            paths.len() == 2
        } else {
            paths.len() == 1
        };
        self.must(enough, || format!("{} with paths {paths:?}", end.code));
    }

    /// A failure leaves nothing of this run: else it is 4.
    fn left_nothing(&mut self, line: &Line, before: &Before, end: &End, have: &Have) {
        if matches!(end.code, 0 | 4 | 9 | KILLED) {
            return;
        }
        let truth = self.world.truth();
        let left: Vec<String> = end
            .work
            .added
            .iter()
            .filter(|atom| truth.atoms.get(atom) == Some(&Maker::Flow(line.seat)))
            .filter_map(|atom| truth.journal_name(atom))
            .collect();
        drop(truth);
        // Somebody who came in between may need it now, and an earlier run's link may be seen
        // through it: then it stays, and the report says so.
        let meanwhile = matches!(&line.fate, Some((what, ..)) if what == "meanwhile");
        let steps = end.report.iter().flat_map(|r| &r.steps);
        let kept: Vec<String> = steps
            .filter(|row| row.evidence.starts_with("kept, in use by"))
            .map(|row| row.key.trim_start_matches("array.").to_owned())
            .collect();
        let left: Vec<String> = left
            .into_iter()
            .filter(|name| !kept.iter().any(|key| name.split('/').next() == Some(key)))
            .collect();
        self.must(left.is_empty() || meanwhile, || {
            format!("{} and left: {left:?}", end.code)
        });
        let more: Vec<String> = places(have)
            .difference(&places(&before.have))
            .cloned()
            .collect();
        let disks = have.disks.len() > before.have.disks.len();
        self.must(more.is_empty() && !disks, || {
            format!(
                "{} and left on the machine: {more:?} {:?}",
                end.code, have.disks
            )
        });
    }

    fn detached(
        &mut self,
        line: &Line,
        lun: &str,
        half: Half,
        adopted: Adopted,
        end: &End,
        have: &Have,
    ) {
        let report = end.report.clone().unwrap();
        let wwid = report.wwid.clone().or_else(|| self.world.wwid(lun));
        let wwid = wwid.unwrap_or_default();
        if half != Half::Array {
            let left: Vec<&String> = have
                .disks
                .iter()
                .filter(|(_, (_, disk))| *disk == wwid)
                .map(|(hctl, _)| hctl)
                .collect();
            self.must(left.is_empty(), || {
                format!("still on the machine: {left:?}")
            });
        }
        if half != Half::Node {
            let visible = self.world.visible(line.seat, &wwid);
            let kept = adopted == Adopted::Keep && !report.left.is_empty();
            // A journal without an array asks none; and somebody may map it after the look.
            let meanwhile = matches!(&line.fate, Some((what, ..)) if what == "meanwhile");
            let asked = report.array.is_some() && !meanwhile;
            self.must(visible.is_none() || kept || !asked, || {
                format!("still visible as {visible:?}")
            });
        }
        if half == Half::Both {
            let open = self.world.journals(line.seat).list_open().unwrap();
            let still = open
                .iter()
                .any(|f| !wwid.is_empty() && f.name.contains(&wwid));
            self.must(!still, || "its journal is still open".to_owned());
        }
    }

    /// Neither done nor partial: nothing was changed.
    fn changed_nothing(&mut self, _line: &Line, before: &Before, end: &End, have: &Have) {
        if matches!(end.code, 0 | 4 | KILLED) {
            return;
        }
        let idle = end.work.added.is_empty() && end.work.removed.is_empty();
        self.must(idle && *have == before.have, || {
            format!("{} and changed {:?}", end.code, end.work)
        });
    }

    /// The world gets quiet: everything can be attached again or is refused for a reason, and
    /// everything goes.
    pub(super) fn finish(&mut self) {
        let luns = ["vol-1", "vol-2", "vol-3"];
        for seat in 0..self.world.seats() {
            self.release(seat);
        }
        for seat in 0..self.world.seats() {
            for lun in luns {
                if !self.open(seat, lun) {
                    continue;
                }
                let text = format!("attach {seat} {lun} --shared");
                let Some(end) = self.line(&text) else {
                    continue;
                };
                self.must(matches!(end.code, 0 | 7 | 10), || {
                    format!("`{text}`: {} {}", end.code, end.error)
                });
                if end.code != 0 {
                    let again = self.line(&text).unwrap();
                    self.must(again.code == end.code, || {
                        format!("`{text}`: {} {}, then {}", end.code, end.error, again.code)
                    });
                }
            }
        }
        let mut still = false;
        for option in ["", " --include"] {
            for seat in 0..self.world.seats() {
                for lun in self.open_names(seat) {
                    let text = format!("detach {seat} {lun}{option}");
                    let Some(end) = self.line(&text) else {
                        continue;
                    };
                    // An administrator's own mapping of the LUN stays, and is no success.
                    let theirs = end.error.contains(" adm-");
                    still |= theirs;
                    let fine = end.code == 0 || (end.code == 4 && (theirs || option.is_empty()));
                    self.must(fine, || format!("`{text}`: {} {}", end.code, end.error));
                }
            }
        }
        // What a closed journal still owns goes with any later detach of its node.
        for seat in 0..self.world.seats() {
            let owns = !self.world.owned(seat).is_empty();
            if owns && self.world.wwid("vol-1").is_some() {
                let end = self.line(&format!("detach {seat} vol-1 --include"));
                still |= end.is_some_and(|end| end.error.contains(" adm-"));
            }
        }
        for seat in 0..self.world.seats() {
            let open = self.open_names(seat);
            self.must(open.is_empty() || still, || {
                format!("seat {seat} has open: {open:?}")
            });
            let truth = self.world.truth();
            let left: Vec<String> = truth
                .made_by(seat)
                .into_iter()
                .filter(|atom| truth.journal_name(atom).is_some())
                .map(ToString::to_string)
                .collect();
            drop(truth);
            let foreign = self.used_by_others(seat);
            self.must(left.is_empty() || foreign, || {
                format!("seat {seat} has left {left:#?}")
            });
            let have = self.world.node(seat).have();
            let mine = self.mine[seat].clone();
            let mut stays: BTreeSet<String> = mine.intersection(&places(&have)).cloned().collect();
            stays.retain(|place| !self.booted.contains(place));
            let needed = !have.disks.is_empty();
            self.must(stays.is_empty() || needed, || {
                format!("seat {seat} has left on the machine: {stays:?}")
            });
        }
    }

    /// Whether somebody else's LUN is seen through the host, or others sit in what is ours: then
    /// it stays until they leave.
    fn used_by_others(&self, seat: usize) -> bool {
        let truth = self.world.truth();
        let node = self.world.seat(seat).connector.host.clone();
        let renamed = |table: &str, id: &str| {
            let name = truth.field(table, id, "name");
            name.is_some_and(|name| name.starts_with("adm-"))
        };
        let ours = |table: &str, id: &str| {
            truth.atoms.iter().any(|(atom, maker)| {
                let it = matches!(atom, Atom::Object(t, i) if *t == table && i == id);
                it && *maker == Maker::Flow(seat)
            })
        };
        truth.atoms.iter().any(|(atom, maker)| match atom {
            Atom::Number(host, ..) => {
                let name = truth.field("hosts", host, "name");
                name == Some(node.as_str()) || ours("hosts", host)
            }
            // What others gave a name of their own is theirs, whoever tied it.
            Atom::Tie("views", view, ..) if renamed("views", view) => true,
            Atom::Tie("views", _, way, group) if renamed(&format!("{way}s"), group) => true,
            Atom::Tie("lungroups", group, ..) if renamed("lungroups", group) => true,
            Atom::Tie("hostgroups", group, _, host)
                if renamed("hostgroups", group) || renamed("hosts", host) =>
            {
                true
            }
            Atom::Tie("iscsi", _, _, host) if renamed("hosts", host) => true,
            Atom::Tie(..) if *maker == Maker::Flow(seat) => false,
            Atom::Tie("hostgroups", group, _, host) => {
                ours("hostgroups", group) || ours("hosts", host)
            }
            Atom::Tie("lungroups", group, ..) => {
                let name = truth.field("lungroups", group, "name").unwrap_or_default();
                let host = truth.find("hosts", &node).unwrap_or_default();
                ours("lungroups", group) || name == format!("OpenStack_LunGroup_{host}")
            }
            Atom::Tie("iscsi", _, _, host) => ours("hosts", host),
            Atom::Tie("views", view, way, group) => {
                ours("views", view) || ours(&format!("{way}s"), group)
            }
            _ => false,
        })
    }

    fn open(&self, seat: usize, lun: &str) -> bool {
        let wwid = self.world.wwid(lun).unwrap_or_default();
        let open = self.world.journals(seat).list_open().unwrap();
        !wwid.is_empty() && open.iter().any(|f| f.name.contains(&wwid))
    }

    /// The attachments that are open: their LUNs by wwid, for names move on.
    fn open_names(&self, seat: usize) -> Vec<String> {
        let open = self.world.journals(seat).list_open().unwrap();
        let wwid = |name: &str| {
            let mut parts = name.split('.').rev();
            parts.nth(1).map(|wwid| format!("wwid:{wwid}"))
        };
        open.iter().filter_map(|f| wwid(&f.name)).collect()
    }
}
