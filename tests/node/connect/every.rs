//! Every call to the machine goes wrong in every way, once and for good: what the node's half of
//! attach and detach leaves, and where the next run comes to.

use std::io::Write as _;
use std::sync::Arc;

use sanctl::kit::clock::Clock;
use sanctl::kit::kind::Kind;
use sanctl::kit::redact::Secret;
use sanctl::model::connection::Chap;
use sanctl::model::facts::Facts;
use sanctl::node::connect::Multipath;
use sanctl::node::{inventory, multipath};
use sanctl::system::Machine;

use crate::faulty::{Act, Calls, Faulty};
use crate::rig::{A, B, Done, IQN, Rig, Told};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Flow {
    Attach,
    /// Another LUN of the target is attached already.
    Second,
    Again,
    Chap,
    /// With records that somebody else made.
    Lent,
    Detach,
    /// Another LUN keeps the sessions.
    Left,
    Status,
    /// The paths become one map.
    Map,
    MapAgain,
    MapDetach,
    MapStatus,
    /// Over Fibre Channel.
    Fc,
    FcAgain,
    FcDetach,
    FcStatus,
}

/// Everything of the machine that a flow may change, whatever the kernel called it.
fn place(rig: &Rig) -> Vec<String> {
    let machine = &*rig.machine;
    let mut seen = Vec::new();
    for s in inventory::list_sessions(machine).unwrap() {
        seen.push(format!("session {:?} {}", s.portal, s.state));
    }
    for d in inventory::list_devices(machine).unwrap() {
        seen.push(format!(
            "device {:?} {:?} {:?}",
            d.hctl.lun, d.wwid, d.state
        ));
    }
    for r in inventory::list_records(machine).unwrap() {
        let text = machine.text(&r.path).unwrap();
        seen.push(format!("record {} {text:?}", r.path));
    }
    for map in multipath::list(machine).unwrap() {
        seen.push(format!("map {} {} paths", map.id, map.paths.len()));
    }
    seen.sort();
    seen
}

impl Flow {
    fn rig(self) -> Rig {
        let mut rig = match self {
            Self::Fc | Self::FcAgain | Self::FcDetach | Self::FcStatus => Rig::over_fc(),
            _ => Rig::new(),
        };
        rig.clock = Clock::skipping();
        if self.maps() {
            rig.multipath = Multipath::Yes;
        }
        let other = || rig.connection(8, Told::Wwid);
        match self {
            Self::Attach | Self::Chap | Self::Map | Self::Fc => {}
            Self::Lent => {
                for at in [A, B] {
                    let line = format!("iscsiadm -m node -T {IQN} -p {at},1 -I default -o new");
                    assert_eq!(rig.run(&line), 0);
                }
            }
            Self::Second => drop(rig.attach_facts(other()).expect()),
            Self::Again
            | Self::Detach
            | Self::Status
            | Self::MapAgain
            | Self::MapDetach
            | Self::MapStatus
            | Self::FcAgain
            | Self::FcDetach
            | Self::FcStatus => drop(rig.attach().expect()),
            Self::Left => {
                rig.attach_facts(other()).expect();
                rig.attach().expect();
            }
        }
        rig
    }

    fn facts(self, rig: &Rig) -> Facts {
        let mut facts = rig.connection(7, Told::Wwid);
        if self == Self::Chap {
            let chap = Chap {
                username: "node".into(),
                secret: Some(Secret::new("secret-of-node".into())),
                secret_file: None,
            };
            facts.connection.as_mut().unwrap().chap = Some(chap);
        }
        facts
    }

    fn run(self, rig: &Rig) -> Done {
        match self {
            Self::Attach
            | Self::Second
            | Self::Again
            | Self::Chap
            | Self::Lent
            | Self::Map
            | Self::MapAgain
            | Self::Fc
            | Self::FcAgain => rig.attach_facts(self.facts(rig)),
            Self::Detach | Self::Left | Self::MapDetach | Self::FcDetach => rig.detach(),
            Self::Status | Self::MapStatus | Self::FcStatus => rig.status(),
        }
    }

    /// The call from which on a flow with a map differs from the same without one: what is
    /// before was struck there.
    fn begins(self, calls: Calls) -> usize {
        let plain = match self {
            Self::Map => Self::Attach,
            Self::MapStatus => Self::Status,
            _ => return 1,
        };
        let mut rig = plain.rig();
        let never = (usize::MAX, usize::MAX);
        let faulty = Faulty::new(&rig.machine, calls, never, Act::Refused);
        rig.over = Some(Arc::clone(&faulty) as Arc<dyn Machine>);
        plain.run(&rig).expect();
        faulty.count() * 9 / 10
    }

    fn attaches(self) -> bool {
        !matches!(
            self,
            Self::Detach | Self::Left | Self::MapDetach | Self::FcDetach
        ) && !self.looks()
    }

    fn looks(self) -> bool {
        matches!(self, Self::Status | Self::MapStatus | Self::FcStatus)
    }

    fn maps(self) -> bool {
        matches!(
            self,
            Self::Map | Self::MapAgain | Self::MapDetach | Self::MapStatus
        )
    }
}

/// Where a flow begins, leads, and comes back to.
struct Reference {
    before: Vec<String>,
    there: Vec<String>,
    back: Vec<String>,
    open: usize,
}

fn reference(flow: Flow) -> Reference {
    let rig = flow.rig();
    let before = place(&rig);
    flow.run(&rig).expect();
    let there = place(&rig);
    if flow.attaches() {
        rig.detach().expect();
    }
    Reference {
        before,
        there,
        back: place(&rig),
        open: rig.journals().list_open().unwrap().len(),
    }
}

/// What is in one place and not in the other, in few words.
fn differing(one: &[String], other: &[String]) -> Vec<String> {
    let only = |sign: &str, these: &[String], those: &[String]| -> Vec<String> {
        let missing = these.iter().filter(|line| !those.contains(line));
        missing
            .map(|line| format!("{sign}{}", line.chars().take(100).collect::<String>()))
            .collect()
    };
    [only("-", one, other), only("+", other, one)].concat()
}

/// One fault; `None` when the flow makes fewer calls.
fn struck(
    flow: Flow,
    r: &Reference,
    calls: Calls,
    span: (usize, usize),
    act: Act,
) -> Option<Result<(), String>> {
    let mut rig = flow.rig();
    let open = rig.journals().list_open().unwrap().len();
    let faulty = Faulty::new(&rig.machine, calls, span, act);
    rig.over = Some(Arc::clone(&faulty) as Arc<dyn Machine>);
    let done = flow.run(&rig);
    rig.over = None;
    if faulty.count() < span.0 {
        return None;
    }
    Some(judged(flow, r, &rig, &done, open))
}

fn judged(flow: Flow, r: &Reference, rig: &Rig, done: &Done, open: usize) -> Result<(), String> {
    macro_rules! hold {
        ($so:expr, $($wrong:tt)*) => {
            if !$so {
                let seen = format!($($wrong)*);
                return Err(format!("{seen}\n{:#?}\n{:?}\n{:#?}", place(rig), done.error, done.report));
            }
        };
    }
    let now = place(rig);
    let kind = done.report.kind.unwrap();
    match (&done.error, kind) {
        (None, Kind::Done) => {
            hold!(now == r.there, "not there, and calls it success");
        }
        (None, Kind::Degraded) => {}
        (None, Kind::Findings) => hold!(flow.looks(), "findings of what changes"),
        (None, other) => hold!(false, "no error, and {other}"),
        (Some(_), Kind::Partial) => {
            let hints = done.report.hints.join("\n");
            hold!(
                hints.contains("sanctl detach vol-7"),
                "no way back: {hints}"
            );
        }
        (Some(_), kind) => {
            hold!(
                now == r.before,
                "{kind}, and {:?} differ",
                differing(&r.before, &now)
            );
            let still = rig.journals().list_open().unwrap().len();
            hold!(still == open, "{kind}, and {still} journals are open");
        }
    }
    if flow.looks() {
        hold!(now == r.before, "a look has changed something");
        return Ok(());
    }
    let again = flow.run(rig);
    hold!(
        again.error.is_none(),
        "again: {:?} {:#?}",
        again.error,
        again.report
    );
    let now = place(rig);
    hold!(
        now == r.there,
        "again leads elsewhere: {:?}
{:#?}",
        differing(&r.there, &now),
        again.report
    );
    if flow.attaches() {
        let back = rig.detach();
        hold!(back.error.is_none(), "back: {:?}", back.error);
        let now = place(rig);
        hold!(
            now == r.back,
            "back leads elsewhere: {:?}
{:#?}",
            differing(&r.back, &now),
            back.report
        );
    }
    let still = rig.journals().list_open().unwrap().len();
    hold!(still == r.open, "{still} journals are open");
    Ok(())
}

fn sweep(word: &str, calls: Calls, acts: &[Act], flows: &[Flow], floor: usize) {
    let (mut points, mut failed) = (0, Vec::new());
    for flow in flows {
        let r = reference(*flow);
        let begin = match calls {
            Calls::Reads => flow.begins(calls),
            Calls::Heavy => 1,
        };
        for act in acts {
            for lasting in [false, true] {
                for at in begin.. {
                    let last = if lasting { usize::MAX } else { at };
                    let Some(ended) = struck(*flow, &r, calls, (at, last), *act) else {
                        break;
                    };
                    points += 1;
                    if let Err(why) = ended {
                        let span = if lasting { "from" } else { "at" };
                        failed.push(format!("{flow:?}, {act:?} {span} call {at}: {why}"));
                    }
                }
            }
        }
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

#[test]
fn every_command_write_and_probe() {
    let flows = [
        Flow::Attach,
        Flow::Second,
        Flow::Again,
        Flow::Chap,
        Flow::Lent,
        Flow::Detach,
        Flow::Left,
        Flow::Map,
        Flow::MapAgain,
        Flow::MapDetach,
        Flow::Fc,
        Flow::FcAgain,
        Flow::FcDetach,
    ];
    sweep("commands and writes", Calls::Heavy, &Act::ALL, &flows, 200);
}

// Apart, so that they run beside one another.

#[test]
fn every_read() {
    let flows = [Flow::Attach, Flow::Detach, Flow::Status];
    sweep("reads", Calls::Reads, &[Act::LostAfter], &flows, 200);
}

#[test]
fn every_read_with_a_map() {
    let flows = [Flow::Map, Flow::MapDetach, Flow::MapStatus];
    let word = "reads, with a map";
    sweep(word, Calls::Reads, &[Act::LostAfter], &flows, 200);
}

#[test]
fn every_read_over_fibre_channel() {
    let flows = [Flow::Fc, Flow::FcDetach, Flow::FcStatus];
    let word = "reads, over Fibre Channel";
    sweep(word, Calls::Reads, &[Act::LostAfter], &flows, 200);
}
