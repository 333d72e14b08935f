//! An array to publish on, and the real flows over it, with real journals in a directory of their
//! own. Each flow is a run of its own, as if the program had been started again.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sanctl::array::Array;
use sanctl::array::oceanstor::OceanStor;
use sanctl::array::oceanstor::config::{SecretReader, Settings, parse_url};
use sanctl::attachment::attach::{self, Env};
use sanctl::attachment::detach::{self, Adopted, Part};
use sanctl::attachment::error::Error as FlowError;
use sanctl::attachment::goal::Goal;
use sanctl::attachment::journal::{Found, Journals};
use sanctl::attachment::ledger::Ledger;
use sanctl::attachment::lookup;
use sanctl::attachment::report::{AttachmentReport, Commands, StepReport, Unwatched};
use sanctl::attachment::status;
use sanctl::attachment::walk::OnFailure;
use sanctl::kit::bounds::Bounds;
use sanctl::kit::clock::Clock;
use sanctl::kit::consent::{Ground, Mutate, grant};
use sanctl::kit::kind::{Failure, Kind};
use sanctl::kit::lock::Locks;
use sanctl::kit::redact::Secret;
use sanctl::kit::stop::Stop;
use sanctl::kit::trace::Trace;
use sanctl::model::connector::Connector;
use sanctl::model::facts::Facts;
use sanctl::model::ids::LunNumber;
use sanctl::model::nouns::Protocol;
use sanctl::model::publication::{KernelLun, Publication};
use sanctl::sim::faults::Faults;
use sanctl::sim::oceanstor::{Checkpoint, Practice, Seed};
use sanctl::sim::seen::{Seen, waves};
use sanctl::sim::server::{Reply, Request, Server};
use sanctl::step::{Aim, Cx, Error, Finding, Look, Node, Stage, State};
use sanctl::system::store::Store;
use serde_json::{Value, json};

use crate::family::{At, loopback, of_family};
use crate::hooked::{Hooked, call};

pub(crate) const NODE: &str = "compute-2";
pub(crate) const IQN: &str = "iqn.1994-05.com.redhat:83feeda2b41d";
pub(crate) const GIB: u64 = 1 << 30;
/// The addresses of the array's ports.
pub(crate) const PORT_A: At = At {
    v4: "192.0.2.35",
    v6: "2001:db8::35",
};
pub(crate) const PORT_B: At = At {
    v4: "192.0.2.36",
    v6: "2001:db8::36",
};

/// A practice array behind a socket.
pub(crate) struct Rig {
    hooked: Arc<Hooked>,
    pub(crate) array: Arc<Practice>,
    pub(crate) server: Server,
    state: tempfile::TempDir,
    runs: AtomicU32,
    pub(crate) adopted: Adopted,
    /// Changes the settings of every client that is opened.
    pub(crate) settings: Box<dyn Fn(&mut Settings) + Send + Sync>,
    pub(crate) node: String,
    pub(crate) protocol: Protocol,
    /// The node's ports of Fibre Channel.
    pub(crate) wwpns: Vec<String>,
    pub(crate) shared: bool,
    pub(crate) avoid: Vec<KernelLun>,
    pub(crate) lun_number: Option<u16>,
    /// Another way to the same array, where nothing goes wrong.
    pub(crate) second: Option<Server>,
    pub(crate) goal: Goal,
    /// What the flows' deadlines are read from.
    pub(crate) clock: Clock,
}

/// The array and the journals at a moment.
pub(crate) struct Moment {
    array: Checkpoint,
    journals: Vec<(std::path::PathBuf, Vec<u8>)>,
}

/// What comes after an attach that went well.
#[derive(Debug, PartialEq)]
pub(crate) enum Then {
    Stay,
    /// A later stage fails, so everything is taken back.
    TakeBack,
}

/// What became of a flow.
pub(crate) struct Walked {
    pub(crate) facts: Facts,
    /// `KEY created`, `KEY present: EVIDENCE`, `KEY kept: WHO`…
    pub(crate) trail: Vec<String>,
    pub(crate) result: Result<(), Failed>,
    pub(crate) report: AttachmentReport,
    pub(crate) requests: Vec<Seen>,
    pub(crate) waves: usize,
}

#[derive(Debug)]
pub(crate) struct Failed {
    /// The kind of the cause; the exit code is in the report.
    pub(crate) kind: Kind,
    pub(crate) text: String,
    pub(crate) hints: Vec<String>,
    pub(crate) key: String,
}

impl Failed {
    pub(crate) fn new(error: &FlowError) -> Self {
        Self {
            kind: error.kind(),
            text: error.to_string(),
            hints: error.hints(),
            key: error.key().unwrap_or_default().to_owned(),
        }
    }
}

/// A stage after the array's that cannot be entered.
#[derive(Debug)]
pub(crate) struct Fails;

#[derive(Debug, thiserror::Error)]
#[error("the node cannot be reached")]
struct NoNode;

impl Failure for NoNode {
    fn kind(&self) -> Kind {
        Kind::Unreachable
    }
}

impl Stage for Fails {
    fn name(&self) -> &'static str {
        "connect"
    }

    fn enter(&self, _bounds: &Bounds) -> Result<Vec<String>, Error> {
        Err(NoNode.into())
    }

    fn survey(&self, _cx: &Cx<'_>, _aim: Aim) -> Result<Facts, Error> {
        Ok(Facts::none())
    }

    fn steps(&self, _facts: &Facts, _aim: Aim) -> Result<Vec<Node>, Error> {
        Ok(Vec::new())
    }

    fn leave(&self) {}
}

/// What a row says, in one word where there is one.
pub(crate) fn said(row: &StepReport) -> String {
    let evidence = row.evidence.as_str();
    let word = match (evidence, row.state, row.changed) {
        ("removed", ..) => "removed",
        ("as it was before", ..) => "restored",
        ("was gone already" | "gone", ..) => "gone",
        (_, State::Present, true) => "created",
        (_, State::Present, false) if evidence.starts_with("kept, in use by ") => {
            let by = evidence.trim_start_matches("kept, in use by ");
            return format!("{} kept: {by}", row.key);
        }
        (_, state, _) => return format!("{} {}: {evidence}", row.key, state.word()),
    };
    format!("{} {word}", row.key)
}

impl Walked {
    pub(crate) fn expect(self) -> Self {
        if let Err(failed) = &self.result {
            panic!(
                "{failed:?}\n{:#?}\n{}",
                self.trail,
                lines(&self.requests).join("\n")
            );
        }
        self
    }

    pub(crate) fn fails(self) -> Failed {
        match self.result {
            Err(failed) => failed,
            Ok(()) => panic!("it succeeded: {:#?}", self.trail),
        }
    }

    /// Method, route and body of every request, without session handling.
    pub(crate) fn lines(&self) -> Vec<String> {
        lines(&self.requests)
    }

    pub(crate) fn says(&self, text: &str) -> bool {
        self.trail.iter().any(|t| t.contains(text))
    }
}

pub(crate) fn lines(requests: &[Seen]) -> Vec<String> {
    requests
        .iter()
        .map(|s| {
            let query = s
                .path_and_query
                .split_once('?')
                .map(|q| format!("?{}", q.1));
            let line = format!("{} {}{}", s.method, s.route, query.unwrap_or_default());
            let login = s.route.ends_with("sessions");
            let line = if login || s.body.is_empty() {
                line
            } else {
                format!("{line} {}", s.body)
            };
            match s.code {
                Some(0) => line,
                Some(code) => format!("{line} -> {code}"),
                None => format!("{line} -> no answer"),
            }
        })
        .collect()
}

pub(crate) fn bounds() -> Bounds {
    Bounds::new(Duration::from_secs(60), "test", Stop::new())
}

pub(crate) fn mutate() -> Mutate {
    grant(Ground::ByClass)
}

impl Rig {
    pub(crate) fn new(seed: &Seed) -> Self {
        let array = Arc::new(Practice::in_memory(&of_family(seed)));
        let hooked = Arc::new(Hooked {
            array: Arc::clone(&array),
            hook: Mutex::default(),
            twist: Mutex::default(),
            bend: Mutex::default(),
        });
        let device = Arc::clone(&hooked);
        let server = Server::start(device, loopback(), Faults::none()).unwrap();
        Self {
            hooked,
            array,
            server,
            state: tempfile::tempdir_in(memory()).unwrap(),
            runs: AtomicU32::new(0),
            adopted: Adopted::Report,
            settings: Box::new(|_| {}),
            node: NODE.into(),
            protocol: Protocol::Iscsi,
            wwpns: Vec::new(),
            shared: false,
            avoid: Vec::new(),
            lun_number: None,
            second: None,
            goal: Goal::Whole,
            clock: Clock::real(),
        }
    }

    /// Opens another way to the array.
    pub(crate) fn open_second(&mut self) {
        let device = Arc::clone(&self.hooked);
        let server = Server::start(device, loopback(), Faults::none());
        self.second = Some(server.unwrap());
    }

    /// The array and the journals as they are.
    pub(crate) fn moment(&self) -> Moment {
        let mut journals = Vec::new();
        files(&self.state.path().join("attachments"), &mut journals);
        Moment {
            array: self.array.checkpoint(),
            journals,
        }
    }

    /// Goes back to a moment, and lets nothing go wrong.
    pub(crate) fn restore(&self, to: &Moment) {
        self.fault("");
        self.array.restore(&to.array);
        let _ = std::fs::remove_dir_all(self.state.path().join("attachments"));
        for (path, bytes) in &to.journals {
            let dir = path.parent().unwrap();
            std::fs::create_dir_all(dir).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
    }

    pub(crate) fn v3() -> Self {
        Self::new(&Seed::v3())
    }

    pub(crate) fn v6() -> Self {
        Self::new(&Seed::v6())
    }

    pub(crate) fn fault(&self, text: &str) {
        self.server.set_faults(Faults::parse(text).unwrap());
    }

    /// A request as some administrator would send it, past the tool.
    pub(crate) fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        call(&self.array, method, path, body)
    }

    /// Somebody acts right before this request arrives for the first time.
    pub(crate) fn when(
        &self,
        method: &'static str,
        route: &str,
        act: impl FnOnce(&Practice) + Send + 'static,
    ) {
        *self.hooked.hook.lock().unwrap() = Some((method, route.to_owned(), Box::new(act)));
    }

    /// Makes of every reply what another array would say.
    pub(crate) fn twist(&self, twist: impl Fn(&Request, &str, &mut Reply) + Send + 'static) {
        *self.hooked.twist.lock().unwrap() = Some(Box::new(twist));
    }

    /// Makes of every request what another array would understand.
    pub(crate) fn bend(&self, bend: impl Fn(&mut Request) + Send + 'static) {
        *self.hooked.bend.lock().unwrap() = Some(Box::new(bend));
    }

    /// A port group with these Ethernet ports.
    pub(crate) fn add_portgroup(&self, name: &str, ports: &[&str]) -> String {
        let made = self.call("POST", "/portgroup", &json!({"NAME": name, "TYPE": 257}));
        let id = made["data"]["ID"].as_str().unwrap().to_owned();
        for port in ports {
            self.call(
                "POST",
                "/port/associate/portgroup",
                &json!({"ID": id, "TYPE": 257, "ASSOCIATEOBJTYPE": 213, "ASSOCIATEOBJID": port}),
            );
        }
        id
    }

    pub(crate) fn open(&self) -> OceanStor {
        let reader: SecretReader = Arc::new(|_| Ok(Secret::new(Seed::PASSWORD.to_owned())));
        let servers = [Some(&self.server), self.second.as_ref()];
        let urls = servers.into_iter().flatten();
        let urls = urls.map(|s| parse_url(&s.url()).unwrap()).collect();
        let mut settings = Settings::new("dorado1", urls, Seed::USER, reader);
        settings.request = Duration::from_secs(10);
        (self.settings)(&mut settings);
        OceanStor::new(settings, Trace::default())
    }

    pub(crate) fn publication(&self, lun: &str) -> Publication {
        let connector: Connector = serde_json::from_value(json!({
            "host": self.node, "initiator": IQN, "wwpns": self.wwpns, "multipath": false,
            "platform": "x86_64",
        }))
        .unwrap();
        Publication {
            lun: lun.parse().unwrap(),
            connector,
            protocol: self.protocol,
            shared: self.shared,
            hostgroup: None,
            avoid: self.avoid.clone(),
            lun_number: self.lun_number.map(LunNumber),
        }
    }

    pub(crate) fn stage(&self, lun: &str) -> Box<dyn Stage> {
        self.open().publish(&self.publication(lun))
    }

    /// From now on nothing is known of what was done.
    pub(crate) fn lose_journals(&mut self) {
        self.state = tempfile::tempdir_in(memory()).unwrap();
    }

    pub(crate) fn journals(&self) -> Journals {
        Journals::in_state(&Store::new(self.state.path()))
    }

    /// Everything that was ever written into journals that may own something, or are over.
    pub(crate) fn journal_texts(&self) -> String {
        let journals = self.journals();
        let all = [journals.list_all().unwrap(), journals.list_done().unwrap()].concat();
        let entries = all.iter().flat_map(|found| &found.entries);
        entries
            .map(|entry| serde_json::to_string(entry).unwrap() + "\n")
            .collect()
    }

    /// The objects that are ours by the journals, with what undo would do.
    pub(crate) fn objects(&self) -> Vec<String> {
        let all = self.journals().list_all().unwrap();
        let mut objects: Vec<String> = all
            .iter()
            .flat_map(|found| {
                let claims = found.claims();
                let ours = claims.ours();
                let word = ours.map(|(object, claim)| match claim.made().unwrap().before {
                    Some(before) => format!("{object} was {before}"),
                    None => object.clone(),
                });
                word.collect::<Vec<_>>()
            })
            .collect();
        objects.sort();
        objects
    }

    fn measured(
        &self,
        work: impl FnOnce(&Env<'_>) -> (AttachmentReport, Option<FlowError>),
    ) -> Walked {
        self.server.clear_requests();
        let run = format!("r{}", self.runs.fetch_add(1, Ordering::SeqCst));
        let minute = Duration::from_secs(60);
        let bounds = Bounds::by(&self.clock, minute, "test", Stop::new());
        let (mutate, journals) = (mutate(), self.journals());
        let locks = Locks::in_dir(self.state.path().join("locks"));
        let (report, error) = work(&Env {
            journals: &journals,
            locks: &locks,
            bounds: &bounds,
            mutate: &mutate,
            watch: &Unwatched,
            run: &run,
            boot_id: None,
        });
        let requests = self.server.requests();
        let texts = self.journal_texts();
        assert!(!texts.contains("$HOST_ID"), "{texts}");
        Walked {
            facts: report.facts.clone(),
            trail: report.steps.iter().map(said).collect(),
            result: error.as_ref().map_or(Ok(()), |e| Err(Failed::new(e))),
            report,
            waves: waves(&requests),
            requests,
        }
    }

    pub(crate) fn attach(&self, lun: &str) -> Walked {
        self.attach_with(lun, OnFailure::Undo, Then::Stay)
    }

    pub(crate) fn attach_with(&self, lun: &str, on_failure: OnFailure, then: Then) -> Walked {
        let mut stages = vec![self.stage(lun)];
        if then == Then::TakeBack {
            stages.push(Box::new(Fails));
        }
        let request = attach::Request {
            lun: lun.to_owned(),
            commands: Commands::plain(lun),
            node: self.node.clone(),
            connector: Some(self.publication(lun).connector),
            protocol: self.protocol,
            facts: Facts::none(),
            stages,
            on_failure,
            goal: self.goal.clone(),
        };
        self.measured(|env| attach::attach(&request, env))
    }

    /// The open journal of a LUN.
    pub(crate) fn journal(&self, lun: &str) -> Option<Found> {
        let selector = lun.parse().unwrap();
        lookup::find(&self.journals(), &self.node, None, &selector).unwrap()
    }

    /// Detaches from these facts, else from the journal's.
    pub(crate) fn detach(&self, lun: &str, known: Option<&Facts>) -> Walked {
        let journal = || self.journal(lun).map(|found| found.facts());
        let request = detach::Request {
            lun: lun.to_owned(),
            commands: Commands::plain(lun),
            node: self.node.clone(),
            connector: Some(self.publication(lun).connector),
            protocol: self.protocol,
            facts: known.cloned().or_else(journal).unwrap_or_default(),
            stages: vec![self.stage(lun)],
            part: Part::Whole,
            adopted: self.adopted,
        };
        self.measured(|env| detach::detach(&request, env))
    }

    /// The flow of `status`.
    pub(crate) fn look(&self, lun: &str) -> Walked {
        let journal = self.journal(lun);
        let request = status::Request {
            lun: lun.to_owned(),
            commands: Commands::plain(lun),
            node: self.node.clone(),
            facts: journal.as_ref().map(Found::facts).unwrap_or_default(),
            stages: vec![self.stage(lun)],
            journal,
        };
        self.measured(|env| status::status(&request, &Ledger::default(), env.bounds))
    }

    /// The findings of every step, reads only.
    pub(crate) fn status(&self, lun: &str) -> Vec<(String, Finding)> {
        let stage = self.stage(lun);
        let bounds = bounds();
        let mut facts = Facts::none();
        stage.enter(&bounds).unwrap();
        let cx = Cx {
            facts: &facts,
            bounds: &bounds,
        };
        let found = stage
            .survey(&cx, Aim::Status)
            .unwrap_or_else(|e| panic!("{e}"));
        facts.merge(found);
        let cx = Cx {
            facts: &facts,
            bounds: &bounds,
        };
        let nodes = stage.steps(&facts, Aim::Status).unwrap();
        let found = nodes
            .iter()
            .flat_map(|n| n.lanes.iter().flatten())
            .map(|s| (s.key().to_owned(), s.check(&cx, Look::Survey).unwrap()))
            .collect();
        stage.leave();
        found
    }
}

/// Every file below a directory.
fn files(dir: &std::path::Path, into: &mut Vec<(std::path::PathBuf, Vec<u8>)>) {
    let Ok(entries) = std::fs::read_dir(dir) else {
        return;
    };
    for path in entries.map(|e| e.unwrap().path()) {
        if path.is_dir() {
            files(&path, into);
        } else {
            into.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
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
