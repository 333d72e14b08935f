//! A practice machine with a target, and the flows around the stage `connect`.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use sanctl::attachment::attach::{self, Env};
use sanctl::attachment::detach::{self, Adopted, Part};
use sanctl::attachment::error::Error;
use sanctl::attachment::goal::Goal;
use sanctl::attachment::journal::Journals;
use sanctl::attachment::ledger::Ledger;
use sanctl::attachment::report::{AttachmentReport, Commands, Unwatched};
use sanctl::attachment::status;
use sanctl::attachment::walk::OnFailure;
use sanctl::config::Paths;
use sanctl::kit::bounds::Bounds;
use sanctl::kit::clock::Clock;
use sanctl::kit::consent::{Ground, grant};
use sanctl::kit::lock::Locks;
use sanctl::kit::stop::Stop;
use sanctl::model::connection::{Connection, FcTarget, Target};
use sanctl::model::facts::Facts;
use sanctl::model::ids::{LunNumber, Wwid};
use sanctl::model::nouns::Protocol;
use sanctl::model::portal::{Portal, TargetPortal};
use sanctl::model::way::PortPair;
use sanctl::node::connect::{Mode, Multipath, Startup, Unflushed, Wish, stage};
use sanctl::sim::machine::fabric::MemoryFabric;
use sanctl::sim::machine::log::Moment;
use sanctl::sim::machine::{PracticeMachine, Seed};
use sanctl::system::Machine;
use sanctl::system::store::Store;

use crate::family::At;

pub(crate) const IQN: &str = "iqn.2020-01.com.example:lab.target";
pub(crate) const HOST: &str = "iqn.2020-01.com.example:lab.host";
pub(crate) const A: At = At {
    v4: "10.0.0.1:3260",
    v6: "[fd00::1]:3260",
};
pub(crate) const B: At = At {
    v4: "10.0.1.1:3260",
    v6: "[fd00:0:0:1::1]:3260",
};
/// Where nobody listens.
pub(crate) const NOWHERE: At = At {
    v4: "10.0.0.9",
    v6: "fd00::9",
};

pub(crate) fn portal(at: At) -> Portal {
    at.text().parse().unwrap()
}

/// What its record's folder is called: the address without brackets (linux-host.md §3.1).
pub(crate) fn entry(at: At) -> String {
    let Portal { ip, port } = portal(at);
    format!("{ip},{port},1")
}

pub(crate) fn wwid(nth: u32) -> Wwid {
    format!("6001405aaaa{nth:04x}00004000800000000")
        .parse()
        .unwrap()
}

/// Whether the connection tells the identity.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    Wwid,
    Nothing,
}

/// The node's port and the array's, of two fabrics that do not see one another.
pub(crate) const FABRICS: [(&str, &str); 2] = [
    ("2000020000000a01", "2000020000000b01"),
    ("2000020000000a02", "2000020000000b02"),
];

pub(crate) fn pair(nth: usize) -> PortPair {
    let (initiator, target) = FABRICS[nth];
    PortPair {
        initiator: initiator.parse().unwrap(),
        target: target.parse().unwrap(),
    }
}

pub(crate) struct Rig {
    pub(crate) fabric: Arc<MemoryFabric>,
    pub(crate) machine: Arc<PracticeMachine>,
    pub(crate) paths: Option<Paths>,
    pub(crate) on_failure: OnFailure,
    pub(crate) stop: Stop,
    pub(crate) time: Duration,
    pub(crate) unflushed: Unflushed,
    pub(crate) startup: Startup,
    pub(crate) multipath: Multipath,
    pub(crate) mode: Mode,
    pub(crate) clock: Clock,
    /// What the connection goes over.
    pub(crate) protocol: Protocol,
    /// What the stages work on in the place of the machine.
    pub(crate) over: Option<Arc<dyn Machine>>,
    state: tempfile::TempDir,
}

/// What a flow ended with.
pub(crate) struct Done {
    pub(crate) report: AttachmentReport,
    pub(crate) error: Option<Error>,
}

impl Done {
    pub(crate) fn expect(self) -> AttachmentReport {
        if let Some(error) = &self.error {
            panic!("{error}\n{:#?}", self.report);
        }
        self.report
    }

    pub(crate) fn fails(self) -> (AttachmentReport, String) {
        match self.error {
            Some(error) => (self.report, error.to_string()),
            None => panic!("it succeeded: {:#?}", self.report),
        }
    }
}

impl Rig {
    /// Two portals; LUN 7 is wwid 1, LUN 8 is wwid 2.
    pub(crate) fn new() -> Self {
        let fabric = MemoryFabric::with_target(IQN, &[portal(A), portal(B)]);
        fabric.map_new(7, &wwid(1), 64 << 20);
        fabric.map_new(8, &wwid(2), 32 << 20);
        let fabric = Arc::new(fabric);
        let seed = Seed {
            hostname: "lab".into(),
            initiator: HOST.into(),
        };
        let machine = Arc::new(PracticeMachine::in_memory(fabric.clone(), &seed));
        Self {
            fabric,
            machine,
            paths: None,
            on_failure: OnFailure::Undo,
            stop: Stop::new(),
            time: Duration::from_secs(60),
            unflushed: Unflushed::Refuse,
            startup: Startup::Manual,
            multipath: Multipath::AsFound,
            mode: Mode::ReadWrite,
            clock: Clock::real(),
            protocol: Protocol::Iscsi,
            over: None,
            state: tempfile::tempdir_in(memory()).unwrap(),
        }
    }

    /// The same over two Fibre Channel fabrics.
    pub(crate) fn over_fc() -> Self {
        let mut rig = Self::new();
        rig.protocol = Protocol::Fc;
        for nth in [0, 1] {
            rig.fabric.add_zone(pair(nth));
            rig.machine.add_hba(&pair(nth).initiator).unwrap();
        }
        rig
    }

    /// The array's ports, each with the ports of this node that come to it.
    pub(crate) fn ports(number: u16) -> Vec<FcTarget> {
        let ports = [0, 1].map(|nth| FcTarget {
            wwpn: pair(nth).target,
            lun_number: Some(LunNumber(number)),
            initiators: vec![pair(nth).initiator],
        });
        ports.to_vec()
    }

    pub(crate) fn connection(&self, number: u16, told: Told) -> Facts {
        let targets = [A, B].map(|p| Target {
            at: TargetPortal {
                iqn: IQN.parse().unwrap(),
                portal: portal(p),
                tpgt: Some(1),
            },
            lun_number: Some(LunNumber(number)),
        });
        let nth = if number == 7 { 1 } else { 2 };
        Facts {
            connection: Some(Connection {
                protocol: self.protocol,
                ports: match self.protocol {
                    Protocol::Iscsi => Vec::new(),
                    Protocol::Fc => Self::ports(number),
                },
                targets: match self.protocol {
                    Protocol::Iscsi => targets.to_vec(),
                    Protocol::Fc => Vec::new(),
                },
                wwid: (told == Told::Wwid).then(|| wwid(nth)),
                chap: None,
                read_only: false,
            }),
            ..Facts::none()
        }
    }

    pub(crate) fn journals(&self) -> Journals {
        Journals::in_state(&Store::new(self.state.path()))
    }

    /// The locks that runs on this rig share.
    pub(crate) fn locks(&self) -> Locks {
        Locks::in_dir(self.state.path().join("locks"))
    }

    fn with_env<T>(&self, act: impl FnOnce(&Env<'_>) -> T) -> T {
        let journals = self.journals();
        let locks = self.locks();
        let bounds = Bounds::by(&self.clock, self.time, "test", self.stop.clone());
        let mutate = grant(Ground::ByClass);
        act(&Env {
            journals: &journals,
            locks: &locks,
            bounds: &bounds,
            mutate: &mutate,
            watch: &Unwatched,
            run: &format!("r{}", self.machine.calls().len()),
            boot_id: None,
        })
    }

    pub(crate) fn stage(&self) -> Box<dyn sanctl::step::Stage> {
        let machine = self.over.clone().unwrap_or_else(|| self.machine.clone());
        let wish = Wish {
            paths: self.paths,
            lun: Some("vol-7".into()),
            unflushed: self.unflushed,
            startup: self.startup,
            multipath: self.multipath,
            mode: self.mode,
            protocol: None,
        };
        stage(machine, wish)
    }

    pub(crate) fn attach_facts(&self, facts: Facts) -> Done {
        self.attach_stages(facts, vec![self.stage()])
    }

    pub(crate) fn attach_stages(
        &self,
        facts: Facts,
        stages: Vec<Box<dyn sanctl::step::Stage>>,
    ) -> Done {
        let request = attach::Request {
            commands: Commands::plain("vol-7"),
            lun: "vol-7".into(),
            node: "lab".into(),
            connector: None,
            protocol: self.protocol,
            facts,
            stages,
            on_failure: self.on_failure,
            goal: Goal::Whole,
        };
        let (report, error) = self.with_env(|env| attach::attach(&request, env));
        Done { report, error }
    }

    pub(crate) fn attach(&self) -> Done {
        self.attach_facts(self.connection(7, Told::Wwid))
    }

    pub(crate) fn detach_facts(&self, facts: Facts) -> Done {
        let request = detach::Request {
            commands: Commands::plain("vol-7"),
            lun: "vol-7".into(),
            node: "lab".into(),
            connector: None,
            protocol: self.protocol,
            facts,
            stages: vec![self.stage()],
            part: Part::Whole,
            adopted: Adopted::Report,
        };
        let (report, error) = self.with_env(|env| detach::detach(&request, env));
        Done { report, error }
    }

    /// Detach as the command does it: with what the open journal says, and the connection's wwid.
    pub(crate) fn detach(&self) -> Done {
        self.detach_facts(self.known(7))
    }

    pub(crate) fn known(&self, number: u16) -> Facts {
        let mut facts = self.connection(number, Told::Wwid);
        let id = attach::attachment_id(&facts).unwrap();
        if let Some(found) = self.journals().find("lab", &id).unwrap() {
            facts.merge(found.facts());
        }
        facts
    }

    pub(crate) fn status(&self) -> Done {
        let (report, error) = self.status_of(self.known(7));
        Done { report, error }
    }

    pub(crate) fn status_of(&self, facts: Facts) -> (AttachmentReport, Option<Error>) {
        let request = status::Request {
            commands: Commands::plain("vol-7"),
            lun: "vol-7".into(),
            node: "lab".into(),
            facts,
            stages: vec![self.stage()],
            journal: None,
        };
        let bounds = Bounds::by(&self.clock, self.time, "test", Stop::new());
        status::status(&request, &Ledger::default(), &bounds)
    }

    /// What a person would look at: sessions, records, devices. Equal before and after means that
    /// nothing was left.
    pub(crate) fn snapshot(&self) -> Vec<String> {
        let machine = &*self.machine;
        let mut seen = Vec::new();
        for dir in ["/sys/class/iscsi_session", "/sys/class/scsi_device"] {
            let names = machine.names(dir).unwrap();
            seen.extend(names.iter().map(|n| format!("{dir}/{n}")));
        }
        for name in machine.names("/etc/iscsi/nodes").unwrap() {
            let dir = format!("/etc/iscsi/nodes/{name}");
            let entries = machine.names(&dir).unwrap();
            seen.extend(entries.iter().map(|n| format!("{dir}/{n}")));
        }
        seen
    }

    pub(crate) fn changes(&self) -> Vec<String> {
        self.machine.changes()
    }

    /// Runs a command as another program on this node would.
    pub(crate) fn run(&self, line: &str) -> i32 {
        let bounds = Bounds::new(Duration::from_secs(60), "test", Stop::new());
        let words = line.split_whitespace().skip(1);
        let cmd = sanctl::system::Cmd::new("iscsiadm", words);
        let mutate = grant(Ground::ByClass);
        let output = self.machine.exec_change(&cmd, &bounds, &mutate).unwrap();
        output.code
    }

    /// `blockdev` as another program on this node would run it.
    pub(crate) fn run_blockdev(&self, word: &str, name: &str) {
        self.run_other("blockdev", &[word, &format!("/dev/{name}")]);
    }

    /// A program as somebody else on this node would run it.
    pub(crate) fn run_other(&self, program: &'static str, words: &[&str]) {
        let bounds = Bounds::new(Duration::from_secs(60), "test", Stop::new());
        let cmd = sanctl::system::Cmd::new(program, words.iter().copied());
        let mutate = grant(Ground::ByClass);
        let output = self.machine.exec_change(&cmd, &bounds, &mutate).unwrap();
        assert_eq!(output.code, 0, "{}", output.stderr);
    }

    pub(crate) fn write(&self, path: &str, value: &str) {
        let bounds = Bounds::new(Duration::from_secs(60), "test", Stop::new());
        let mutate = grant(Ground::ByClass);
        self.machine
            .write_attr(path, value, &bounds, &mutate)
            .unwrap();
    }

    /// What a row says. Its key has no brackets, a shell would take them for a pattern.
    pub(crate) fn step<'a>(&self, report: &'a AttachmentReport, key: &str) -> &'a str {
        let key = key.replace(['[', ']'], "");
        let found = report.steps.iter().rev().find(|s| s.key == key);
        found.map_or("none", |s| s.evidence.as_str())
    }
}

/// kill -9 at the change `at`: nothing of the run goes on, not even its journal.
pub(crate) fn kill(rig: &Rig, at: usize, moment: Moment, run: impl FnOnce(&Rig)) {
    rig.machine.on_change(Box::new(move |nth, _, now| {
        if nth > at || (nth == at && now == moment) {
            std::panic::resume_unwind(Box::new("kill -9"));
        }
        Ok(())
    }));
    let _ = catch_unwind(AssertUnwindSafe(|| run(rig)));
    rig.machine.no_hook();
}

/// Where files cost no disk: a journal line is synced before its effect.
pub(crate) fn memory() -> std::path::PathBuf {
    let shm = std::path::Path::new("/dev/shm");
    if shm.is_dir() {
        shm.to_owned()
    } else {
        std::env::temp_dir()
    }
}
