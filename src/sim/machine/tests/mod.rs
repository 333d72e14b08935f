//! The practice machine against what a real one was seen to do.

use super::fabric::MemoryFabric;
use super::*;
use crate::kit::consent::{Ground, grant};
use crate::kit::stop::Stop;
use crate::model::ids::Wwid;

mod captured;
mod commands;
mod kernel;

const IQN: &str = "iqn.2020-01.com.example:lab.target";
const HOST: &str = "iqn.2020-01.com.example:lab.host";

fn portal(text: &str) -> Portal {
    text.parse().unwrap()
}

fn wwid(nth: u32) -> Wwid {
    format!("6001405aaaa{nth:04x}00004000800000000")
        .parse()
        .unwrap()
}

fn bounds() -> Bounds {
    Bounds::new(Duration::from_secs(60), "test", Stop::new())
}

fn seed() -> Seed {
    Seed {
        hostname: "lab".into(),
        initiator: HOST.into(),
    }
}

/// The machine of the captures: two portals, LUN 1 of 64 MiB and LUN 2 of 32 MiB.
fn lab() -> (Arc<MemoryFabric>, PracticeMachine) {
    let fabric = MemoryFabric::with_target(IQN, &[portal("10.0.0.1"), portal("10.0.1.1")]);
    fabric.map_new(1, &wwid(1), 64 << 20);
    fabric.map_new(2, &wwid(2), 32 << 20);
    let fabric = Arc::new(fabric);
    let machine = PracticeMachine::in_memory(fabric.clone(), &seed());
    (fabric, machine)
}

fn run(machine: &PracticeMachine, line: &str) -> Output {
    let mut words = line.split_whitespace();
    assert_eq!(words.next(), Some("iscsiadm"));
    let cmd = Cmd::new("iscsiadm", words);
    machine
        .exec_change(&cmd, &bounds(), &grant(Ground::ByClass))
        .unwrap()
}

fn write(machine: &PracticeMachine, path: &str, value: &str) -> Result<(), Error> {
    machine.write_attr(path, value, &bounds(), &grant(Ground::ByClass))
}

fn node(portal: &str, rest: &str) -> String {
    format!("iscsiadm -m node -T {IQN} -p {portal} {rest}")
}

/// A machine with records of both portals and `scan`, logged in at both.
fn attached(scan: &str) -> (Arc<MemoryFabric>, PracticeMachine) {
    let (fabric, machine) = lab();
    for portal in ["10.0.0.1:3260", "10.0.1.1:3260"] {
        for rest in [
            "-o new",
            &format!("-o update -n node.session.scan -v {scan}"),
            "--login",
        ] {
            let portal = if rest == "-o new" {
                format!("{portal},1")
            } else {
                portal.into()
            };
            let output = run(&machine, &node(&portal, rest));
            assert_eq!(output.code, 0, "{rest}: {}", output.stderr);
        }
    }
    (fabric, machine)
}
