//! One flow with every request gone wrong in every way, and what must hold after each.

use std::collections::BTreeSet;
use std::io::Write as _;

use sanctl::attachment::detach::Adopted;
use sanctl::attachment::walk::OnFailure;
use sanctl::kit::clock::Clock;
use sanctl::kit::kind::Kind;
use serde_json::Value;

use crate::rig::{Moment, Rig, Then, Walked};
use crate::sameness::{Renaming, differing, rows};

#[derive(Debug)]
struct Act {
    /// As the practice array knows it.
    text: &'static str,
    hits: Hits,
    /// Whether a single one must not be seen in the end of a flow.
    passing: bool,
    /// How a flow may fail that meets it.
    ends: &'static [Kind],
}

/// Which requests show the difference between this act and another.
#[derive(Debug, PartialEq)]
enum Hits {
    Every,
    /// For a read it is another act of the list: it changes nothing whether it is carried out or
    /// not.
    Changes,
    /// It lasts by its nature.
    Lasting,
}

const GONE: &[Kind] = &[Kind::Unreachable, Kind::Partial];
const NOISE: &[Kind] = &[Kind::Failed, Kind::Unreachable, Kind::Partial];
const DENIED: &[Kind] = &[Kind::Denied, Kind::Partial];
const LOGGED_OUT: &[Kind] = &[Kind::Denied, Kind::Unreachable, Kind::Partial];
const REFUSED: &[Kind] = &[Kind::Failed, Kind::Partial];

const fn act(text: &'static str, hits: Hits, passing: bool, ends: &'static [Kind]) -> Act {
    Act {
        text,
        hits,
        passing,
        ends,
    }
}

const ACTS: [Act; 19] = [
    act("refuse", Hits::Lasting, false, GONE),
    act("drop-before", Hits::Every, true, GONE),
    act("drop-after", Hits::Changes, true, GONE),
    act("busy", Hits::Every, true, GONE),
    act("timeout", Hits::Every, true, GONE),
    act("timeout-after", Hits::Changes, true, GONE),
    act("http:500", Hits::Every, true, NOISE),
    act("http-after:500", Hits::Changes, true, NOISE),
    act("http:503", Hits::Every, true, GONE),
    act("http-after:503", Hits::Changes, true, GONE),
    act("garbage-before", Hits::Every, true, NOISE),
    act("garbage", Hits::Changes, true, NOISE),
    act("truncated", Hits::Every, true, GONE),
    act("html", Hits::Every, true, NOISE),
    act("html-after", Hits::Changes, true, NOISE),
    act("expire", Hits::Every, true, LOGGED_OUT),
    act("expire:1077949069", Hits::Every, true, LOGGED_OUT),
    // No permission; a wrong parameter.
    act("code:1077949058", Hits::Every, false, DENIED),
    act("code:50331651", Hits::Every, false, REFUSED),
];

/// How much of all that can happen a flow is swept with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Wide {
    /// Every fault at every request, once and lasting.
    All,
    /// The same, but lasting only as in `Kinds`.
    Once,
    /// What a step can tell apart, for the variants of a flow: the client has dealt with the rest
    /// (client.rs). A change whose answer is lost, once and for good, or that is denied; a read
    /// that is denied, or that never comes to an end.
    Kinds,
    /// The same, for changes alone.
    Changes,
}

impl Wide {
    fn holds(self, act: &Act, span: Span, changes: bool) -> bool {
        let kind = match (act.text, span) {
            ("drop-after", _) => changes,
            ("drop-before", Span::Lasting) => !changes,
            ("code:1077949058", Span::Once) => true,
            _ => false,
        };
        let at_all = changes || act.hits != Hits::Changes;
        let possible = at_all && (act.hits != Hits::Lasting || span == Span::Lasting);
        match self {
            Self::All => possible,
            Self::Once => (possible && span == Span::Once) || kind,
            Self::Kinds => kind,
            Self::Changes => kind && changes,
        }
    }
}

/// What is run.
#[derive(Clone)]
pub(crate) enum Run {
    Attach(OnFailure),
    Detach,
    Status,
}

/// One flow from a prepared state.
pub(crate) struct Flow {
    name: String,
    rig: Rig,
    lun: String,
    run: Run,
    wide: Wide,
    /// Whether a detach after it leads back to where it began. Not when a link was there before:
    /// what was made around it stays with it.
    pub(crate) returns: bool,
}

/// Where a flow leads, and what of it is the same in every run.
#[derive(PartialEq, Debug)]
struct Place {
    dump: Value,
    /// What is ours.
    ours: Vec<String>,
    open: usize,
}

impl Flow {
    pub(crate) fn new(name: impl Into<String>, lun: &str, run: Run, rig: Rig) -> Self {
        let mut rig = rig;
        rig.clock = Clock::skipping();
        Self {
            name: name.into(),
            rig,
            lun: lun.to_owned(),
            run,
            wide: Wide::All,
            returns: true,
        }
    }

    pub(crate) fn wide(self, wide: Wide) -> Self {
        Self { wide, ..self }
    }

    pub(crate) fn variant(name: impl Into<String>, lun: &str, run: Run, rig: Rig) -> Self {
        Self {
            wide: Wide::Kinds,
            ..Self::new(name, lun, run, rig)
        }
    }

    fn run(&self) -> Walked {
        let rig = &self.rig;
        rig.server.clear_requests();
        match self.run {
            Run::Attach(how) => rig.attach_with(&self.lun, how, Then::Stay),
            Run::Detach => rig.detach(&self.lun, None),
            Run::Status => rig.look(&self.lun),
        }
    }

    /// The way back from where the flow leads.
    fn back(&self) -> Option<Walked> {
        let attached = matches!(self.run, Run::Attach(_));
        attached.then(|| self.rig.detach(&self.lun, None))
    }

    fn place(&self, before: &Value) -> Place {
        let dump = self.rig.array.dump();
        let names = Renaming::new(before, &dump);
        let ours = self.rig.objects();
        Place {
            dump: names.dump(&dump),
            ours: ours.iter().map(|o| names.text(o)).collect(),
            open: self.rig.journals().list_open().unwrap().len(),
        }
    }

    /// All that decides how the next run goes.
    fn key(&self) -> String {
        let all = self.rig.journals().list_all().unwrap();
        let mut journals: Vec<String> = all
            .iter()
            .map(|found| {
                let claims = found.claims();
                let ours: Vec<_> = claims
                    .ours()
                    .map(|(o, c)| (o.clone(), c.key.clone(), c.made(), c.doing))
                    .collect();
                let facts = serde_json::to_string(&found.facts()).unwrap();
                format!("{} {:?} {ours:?} {facts}", found.closed, found.sides())
            })
            .collect();
        journals.sort();
        format!("{} {journals:?}", self.rig.array.dump())
    }
}

/// A flow without faults.
struct Reference {
    start: Moment,
    before: Value,
    there: Place,
    after: Value,
    back: Option<Place>,
    begun: Place,
    methods: Vec<(String, String)>,
}

fn reference(flow: &Flow) -> Reference {
    let start = flow.rig.moment();
    let before = flow.rig.array.dump();
    let begun = flow.place(&before);
    let walked = flow.run().expect();
    let there = flow.place(&before);
    let after = flow.rig.array.dump();
    let seen = walked.requests.iter();
    let methods = seen.map(|s| (s.method.clone(), s.route.clone())).collect();
    let back = flow.back().map(|walked| {
        let trail = format!("{:#?}", walked.trail);
        walked.expect();
        let back = flow.place(&before);
        let returns = !flow.returns || back == begun;
        let now = flow.rig.array.dump();
        let left = differing(&before, &now);
        assert!(
            returns,
            "{}: back: {left:?} {:?}\n{trail}",
            flow.name, back.ours
        );
        back
    });
    Reference {
        start,
        before,
        there,
        after,
        back,
        begun,
        methods,
    }
}

/// Fails a fault point with what was wrong, in a line, and what was seen.
macro_rules! hold {
    ($so:expr, $($wrong:tt)*) => {
        if !$so {
            return Err(format!($($wrong)*));
        }
    };
}

/// Sweeps one flow: the number of fault points, and those that failed.
fn sweep(flow: &Flow) -> (usize, Vec<String>) {
    let r = reference(flow);
    let (mut points, mut failed) = (0, Vec::new());
    let mut settled = BTreeSet::new();
    for act in &ACTS {
        for (index, (method, route)) in (1..).zip(&r.methods) {
            let changes = method != "GET" && !route.ends_with("/sessions");
            for span in [Span::Once, Span::Lasting] {
                if !flow.wide.holds(act, span, changes) {
                    continue;
                }
                let last = if span == Span::Once { index } else { 1_000_000 };
                let point = Point {
                    act,
                    span,
                    fault: format!("@{index}-{last}={}", act.text),
                    session: route.ends_with("/sessions"),
                    login: index == 1,
                };
                points += 1;
                if let Err(why) = struck(flow, &r, &point, &mut settled) {
                    let fault = &point.fault;
                    failed.push(format!("{}, {fault}, {method} {route}: {why}", flow.name));
                }
            }
        }
    }
    (points, failed)
}

/// Whether a fault hits one request or all from there on.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Span {
    Once,
    Lasting,
}

/// One fault at one request.
struct Point<'a> {
    act: &'a Act,
    span: Span,
    fault: String,
    /// It hits a login or logout first.
    session: bool,
    login: bool,
}

/// One fault point.
fn struck(
    flow: &Flow,
    r: &Reference,
    point: &Point<'_>,
    settled: &mut BTreeSet<String>,
) -> Result<(), String> {
    let rig = &flow.rig;
    rig.restore(&r.start);
    rig.fault(&point.fault);
    let walked = flow.run();
    rig.fault("");
    let act = point.act;
    let trail = || format!("\n{}\n{:#?}", walked.lines().join("\n"), walked.report);
    if point.span == Span::Once {
        let may_fail = !act.passing || point.login;
        hold!(may_fail || walked.result.is_ok(), "it fails{}", trail());
        let open = rig.array.open_sessions();
        hold!(point.session || open == 0, "a session is open{}", trail());
    }
    let moves = ["refuse", "drop-before", "drop-after"].contains(&act.text);
    let must = rig.second.is_some() && moves;
    hold!(
        !must || walked.result.is_ok(),
        "it does not take the other url{}",
        trail()
    );
    let place = flow.place(&r.before);
    match &walked.result {
        Ok(()) => hold!(
            place == r.there,
            "not there, and calls it success{}",
            trail()
        ),
        Err(failed) => {
            let kind = walked.report.kind.unwrap();
            // Whatever a login is answered that is no success, it is denied.
            let denied = point.login && kind == Kind::Denied;
            let fits = act.ends.contains(&kind) || denied || status_of(flow, kind);
            hold!(fits, "ends as {kind}: {}{}", failed.text, trail());
            hold!(
                !walked.report.hints.is_empty(),
                "{kind} without a hint: {}{}",
                failed.text,
                trail()
            );
            if kind == Kind::Partial {
                told(flow, &walked)?;
            } else {
                let left = differing(&r.before, &rig.array.dump());
                hold!(left.is_empty(), "{kind}, and {left:?} differ{}", trail());
                hold!(
                    place == r.begun,
                    "{kind}, and the journal differs: {:?}{}",
                    place.ours,
                    trail()
                );
            }
        }
    }
    nothing_foreign_moved(flow, r).map_err(|why| format!("{why}{}", trail()))?;
    if !settled.insert(flow.key()) {
        return Ok(());
    }
    // And on from here: to where a run without faults leads, and back.
    let mut again = flow.run();
    if flow.rig.lun_number.is_some() && again.report.kind == Some(Kind::Refused) {
        // Nobody knows who uses the number that it came to have: it is attached anew.
        let back = rig.detach(&flow.lun, None);
        hold!(back.result.is_ok(), "the way out fails: {:?}", back.result);
        again = flow.run();
    }
    let more = || {
        format!(
            "{}\n\nagain:\n{}\n{:#?}",
            trail(),
            again.lines().join("\n"),
            again.report
        )
    };
    hold!(
        again.result.is_ok(),
        "again fails: {:?}{}",
        again.result,
        more()
    );
    let place = flow.place(&r.before);
    hold!(
        place == r.there,
        "again leads elsewhere: {:?}{}",
        place.ours,
        more()
    );
    if let Some(back) = flow.back() {
        let more = || format!("{}\n\nback: {:#?}", more(), back.report);
        hold!(
            back.result.is_ok(),
            "back fails: {:?}{}",
            back.result,
            more()
        );
        let place = flow.place(&r.before);
        hold!(
            place == *r.back.as_ref().unwrap(),
            "back leads elsewhere: {:?}{}",
            place.ours,
            more()
        );
    }
    Ok(())
}

/// A look that could not look everywhere is a finding.
fn status_of(flow: &Flow, kind: Kind) -> bool {
    matches!(flow.run, Run::Status) && kind == Kind::Findings
}

/// What is left is named, and how to go on.
fn told(flow: &Flow, walked: &Walked) -> Result<(), String> {
    let hints = walked.report.hints.join("\n");
    let lun = &flow.lun;
    hold!(
        hints.contains(&format!("sanctl detach {lun}")),
        "no way back in {hints}"
    );
    let attach = matches!(flow.run, Run::Attach(_));
    let on = hints.contains(&format!("sanctl attach {lun}"));
    hold!(!attach || on, "no way on in {hints}");
    Ok(())
}

/// Only what the flow itself touches may differ, and what is there and was not is ours by name.
fn nothing_foreign_moved(flow: &Flow, r: &Reference) -> Result<(), String> {
    let now = flow.rig.array.dump();
    let touched = differing(&r.before, &r.after);
    let (before, after, there) = (rows(&r.before), rows(&r.after), rows(&now));
    let ours = flow.rig.objects().join("\n");
    for key in differing(&r.before, &now) {
        let table = key.split('/').next().unwrap();
        let new = !before.contains_key(&key);
        let made = ["hosts", "hostgroups", "lungroups", "views"].contains(&table);
        hold!(touched.contains(&key) || (new && made), "{key} moved");
    }
    // Made by this flow, or by an earlier one and to be removed by this one.
    for (key, row) in &there {
        let foreign = before.contains_key(key) && after.contains_key(key);
        if !foreign {
            let name = row["name"].as_str().filter(|name| !name.is_empty());
            let name = name.unwrap_or_else(|| key.split('/').next_back().unwrap());
            let adopted = flow.rig.adopted == Adopted::Include;
            hold!(ours.contains(name) || adopted, "{key} is nobody's");
        }
    }
    Ok(())
}

/// Sweeps flows and says how many points there were, which must not become few.
pub(crate) fn all(word: &str, floor: usize, flows: &[Flow]) {
    let (mut points, mut failed) = (0, Vec::new());
    for flow in flows {
        let (more, wrong) = sweep(flow);
        points += more;
        failed.extend(wrong);
    }
    let count = flows.len();
    // Past what the test harness catches: it is a result.
    let _ = writeln!(
        std::io::stderr(),
        "fault points: {points} in {count} flows ({word})"
    );
    if let Some(first) = failed.first() {
        let lines: Vec<_> = failed.iter().filter_map(|f| f.lines().next()).collect();
        panic!(
            "{first}\n\n{} of {points}:\n{}",
            lines.len(),
            lines.join("\n")
        );
    }
    assert!(points >= floor, "{points} of {floor}");
}
