//! A practice ONTAP behind a socket, and the real flows over it, on either interface.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use sanctl::array::Array;
use sanctl::array::ontap::Ontap;
use sanctl::array::ontap::config::{ApiChoice, Settings, parse_url};
use sanctl::attachment::attach::{self, Env};
use sanctl::attachment::detach::{self, Adopted, Part};
use sanctl::attachment::error::Error as FlowError;
use sanctl::attachment::goal::Goal;
use sanctl::attachment::journal::Journals;
use sanctl::attachment::ledger::Ledger;
use sanctl::attachment::lookup;
use sanctl::attachment::plan::{self, Plan};
use sanctl::attachment::report::{AttachmentReport, Commands, Unwatched};
use sanctl::attachment::walk::{Links, OnFailure};
use sanctl::kit::lock::Locks;
use sanctl::kit::redact::Secret;
use sanctl::kit::trace::Trace;
use sanctl::model::connector::Connector;
use sanctl::model::facts::Facts;
use sanctl::model::ids::LunNumber;
use sanctl::model::nouns::Protocol;
use sanctl::model::publication::{KernelLun, Publication};
use sanctl::sim::faults::Faults;
use sanctl::sim::ontap::{Practice, Seed};
use sanctl::sim::seen::waves;
use sanctl::sim::server::{Device as _, Request, Server};
use sanctl::step::{Aim, Cx, Finding, Look, Stage, Step};
use sanctl::system::store::Store;
use serde_json::{Value, json};

use crate::ontap::between::Between;
use crate::rig::{Failed, Fails, Then, Walked, bounds, memory, mutate, said};

pub(crate) const NODE: &str = "compute-2";
pub(crate) const IQN: &str = "iqn.1994-05.com.redhat:83feeda2b41d";
pub(crate) const GIB: u64 = 1 << 30;
pub(crate) const ONE: &str = "/vol/cinder_a/volume-0001";
pub(crate) const TWO: &str = "/vol/cinder_b/volume-0002";
pub(crate) const OWN: &str = "sanctl-compute-2";

/// Both interfaces: every test of behaviour runs over each.
pub(crate) const BOTH: [ApiChoice; 2] = [ApiChoice::Rest, ApiChoice::Zapi];

pub(crate) struct Rig {
    pub(crate) api: ApiChoice,
    pub(crate) array: Arc<Practice>,
    /// What may spoil the array's answers.
    pub(crate) between: Arc<Between>,
    pub(crate) server: Server,
    state: tempfile::TempDir,
    runs: AtomicU32,
    pub(crate) adopted: Adopted,
    /// Changes the settings of every client that is opened.
    pub(crate) settings: Box<dyn Fn(&mut Settings) + Send + Sync>,
    pub(crate) shared: bool,
    pub(crate) hostgroup: Option<String>,
    pub(crate) avoid: Vec<KernelLun>,
    pub(crate) lun_number: Option<u16>,
    pub(crate) protocol: Protocol,
    pub(crate) wwpns: Vec<String>,
    /// Every port of the node, whatever its state.
    pub(crate) ports: Vec<String>,
}

impl Rig {
    /// Two LUNs, and nobody sees them.
    pub(crate) fn new(api: ApiChoice) -> Self {
        let array = Arc::new(Practice::in_memory(&Seed::gold()));
        array.add_lun(ONE, GIB);
        array.add_lun(TWO, GIB);
        let between = Between::new(&array);
        let device = Arc::clone(&between);
        let server = Server::start(device, ([127, 0, 0, 1], 0).into(), Faults::none()).unwrap();
        Self {
            api,
            array,
            between,
            server,
            state: tempfile::tempdir_in(memory()).unwrap(),
            runs: AtomicU32::new(0),
            adopted: Adopted::Report,
            settings: Box::new(|_| {}),
            shared: false,
            hostgroup: None,
            avoid: Vec::new(),
            lun_number: None,
            protocol: Protocol::Iscsi,
            wwpns: Vec::new(),
            ports: Vec::new(),
        }
    }

    pub(crate) fn fault(&self, text: &str) {
        self.server.set_faults(Faults::parse(text).unwrap());
    }

    /// A request of REST as some administrator would send it, past the tool.
    pub(crate) fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let reply = self.array.handle(&Request {
            method: method.to_owned(),
            path: format!("/api{path}"),
            query: query.to_owned(),
            headers: vec![
                // "admin:Netapp1!".
                header("authorization", "Basic YWRtaW46TmV0YXBwMSE="),
                header("content-type", "application/json"),
                header("x-dot-svm-name", Seed::SVM),
            ],
            body: body.to_string().into_bytes(),
        });
        assert!(
            reply.status < 300,
            "{}",
            String::from_utf8_lossy(&reply.body)
        );
        serde_json::from_slice(&reply.body).unwrap_or_default()
    }

    pub(crate) fn open(&self) -> Ontap {
        self.open_traced(Trace::default())
    }

    /// A client that tells what it does.
    pub(crate) fn open_traced(&self, trace: Trace) -> Ontap {
        let reader = Arc::new(|_: &_| Ok(Secret::new(Seed::PASSWORD.to_owned())));
        let url = parse_url(&self.server.url()).unwrap();
        let mut settings = Settings::new("gold", vec![url], Seed::USER, reader);
        settings.svm = Some(Seed::SVM.into());
        settings.api = self.api;
        settings.request = Duration::from_secs(10);
        (self.settings)(&mut settings);
        Ontap::new(settings, trace)
    }

    pub(crate) fn connector(&self) -> Connector {
        let mut connector: Connector = serde_json::from_value(json!({
            "host": NODE, "initiator": IQN, "multipath": false, "platform": "x86_64",
            "wwpns": self.wwpns,
        }))
        .unwrap();
        connector.ports = self
            .ports
            .iter()
            .map(|port| port.parse().unwrap())
            .collect();
        connector
    }

    pub(crate) fn stage(&self, lun: &str) -> Box<dyn Stage> {
        self.open().publish(&Publication {
            lun: lun.parse().unwrap(),
            connector: self.connector(),
            protocol: self.protocol,
            shared: self.shared,
            hostgroup: self.hostgroup.as_deref().map(|name| name.parse().unwrap()),
            avoid: self.avoid.clone(),
            lun_number: self.lun_number.map(LunNumber),
        })
    }

    pub(crate) fn journals(&self) -> Journals {
        Journals::in_state(&Store::new(self.state.path()))
    }

    /// From now on nothing is known of what was done.
    pub(crate) fn lose_journals(&mut self) {
        self.state = tempfile::tempdir_in(memory()).unwrap();
    }

    /// The objects that are ours by the journals, without the array's name.
    pub(crate) fn objects(&self) -> Vec<String> {
        let all = self.journals().list_all().unwrap();
        let mut objects = Vec::new();
        for found in &all {
            for (object, claim) in found.claims().ours() {
                let (_, tail) = object.split_once('/').unwrap();
                objects.push(match claim.made().unwrap().before {
                    Some(before) => format!("{tail} was {before}"),
                    None => tail.to_owned(),
                });
            }
        }
        objects.sort();
        objects
    }

    fn measured(
        &self,
        work: impl FnOnce(&Env<'_>) -> (AttachmentReport, Option<FlowError>),
    ) -> Walked {
        self.server.clear_requests();
        let run = format!("r{}", self.runs.fetch_add(1, Ordering::SeqCst));
        let (bounds, mutate, journals) = (bounds(), mutate(), self.journals());
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
            node: NODE.into(),
            connector: Some(self.connector()),
            protocol: self.protocol,
            facts: Facts::none(),
            stages,
            on_failure,
            goal: Goal::Whole,
        };
        self.measured(|env| attach::attach(&request, env))
    }

    /// Detaches from these facts, else from the journal's.
    pub(crate) fn detach(&self, lun: &str, known: Option<&Facts>) -> Walked {
        let selector = lun.parse().unwrap();
        let journal = || {
            let found = lookup::find(&self.journals(), NODE, None, &selector).unwrap();
            found.map(|found| found.facts())
        };
        let request = detach::Request {
            lun: lun.to_owned(),
            commands: Commands::plain(lun),
            node: NODE.into(),
            connector: Some(self.connector()),
            protocol: self.protocol,
            facts: known.cloned().or_else(journal).unwrap_or_default(),
            stages: vec![self.stage(lun)],
            part: Part::Whole,
            adopted: self.adopted,
        };
        self.measured(|env| detach::detach(&request, env))
    }

    /// What a detach would do, reads only.
    pub(crate) fn plan_detach(&self, lun: &str) -> Plan {
        self.server.clear_requests();
        let selector = lun.parse().unwrap();
        let journals = self.journals();
        let found = lookup::find(&journals, NODE, None, &selector).unwrap();
        let facts = found.map(|found| found.facts()).unwrap_or_default();
        let stages = [self.stage(lun)];
        let ledger = Ledger::of(&journals.list_all().unwrap());
        let goes = |step: &dyn Step| {
            let object = step.object();
            Links::Ours.take(step, object.is_some_and(|object| ledger.is_ours(&object)))
        };
        plan::plan(lun, NODE, facts, &stages, Aim::Detach, &goes, &bounds()).unwrap()
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
        nodes
            .iter()
            .flat_map(|n| n.lanes.iter().flatten())
            .map(|s| (s.key().to_owned(), s.check(&cx, Look::Survey).unwrap()))
            .collect()
    }

    /// What a flow sent: method and resource.
    pub(crate) fn calls(walked: &Walked) -> Vec<String> {
        walked
            .requests
            .iter()
            .map(|seen| format!("{} {}", seen.method, seen.route))
            .collect()
    }
}
