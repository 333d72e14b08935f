//! An array to publish on, and a walk small enough to be read at a glance: it checks, applies,
//! looks again after a lost answer, and keeps what it made in a ledger.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sanctl::array::Array;
use sanctl::array::oceanstor::OceanStor;
use sanctl::array::oceanstor::config::{SecretReader, Settings, parse_url};
use sanctl::kit::bounds::Bounds;
use sanctl::kit::consent::{Ground, Mutate, grant};
use sanctl::kit::kind::Kind;
use sanctl::kit::redact::Secret;
use sanctl::kit::stop::Stop;
use sanctl::kit::trace::Trace;
use sanctl::model::connector::Connector;
use sanctl::model::facts::Facts;
use sanctl::model::nouns::Protocol;
use sanctl::model::publication::{KernelLun, Publication};
use sanctl::sim::faults::Faults;
use sanctl::sim::oceanstor::{Practice, Seed};
use sanctl::sim::seen::{Seen, waves};
use sanctl::sim::server::{Device, Reply, Request, Server};
use sanctl::step::{
    Aim, Change, Cx, Error, Finding, Lane, Look, Made, Node, Role, Stage, State, Step, Undone,
};
use serde_json::{Value, json};

pub(crate) const NODE: &str = "compute-2";
pub(crate) const IQN: &str = "iqn.1994-05.com.redhat:83feeda2b41d";
pub(crate) const GIB: u64 = 1 << 30;

type Act = Box<dyn FnOnce(&Practice) + Send>;

/// The array, and what somebody else does to it right before a certain request arrives.
struct Hooked {
    array: Arc<Practice>,
    hook: Mutex<Option<(&'static str, String, Act)>>,
}

impl Device for Hooked {
    fn handle(&self, request: &Request) -> Reply {
        let route = self.array.route(&request.path);
        let mut hook = self.hook.lock().unwrap();
        if hook
            .as_ref()
            .is_some_and(|(m, r, _)| *m == request.method && r == route)
        {
            let (_, _, act) = hook.take().unwrap();
            act(&self.array);
        }
        drop(hook);
        self.array.handle(request)
    }

    fn route<'a>(&self, path: &'a str) -> &'a str {
        self.array.route(path)
    }

    fn refusal(&self, code: &str) -> Reply {
        self.array.refusal(code)
    }

    fn expire_sessions(&self) -> String {
        self.array.expire_sessions()
    }

    fn code_of(&self, reply: &Reply) -> Option<i64> {
        self.array.code_of(reply)
    }
}

/// A practice array behind a socket.
pub(crate) struct Rig {
    hooked: Arc<Hooked>,
    pub(crate) array: Arc<Practice>,
    pub(crate) server: Server,
    pub(crate) ledger: Ledger,
    /// Changes the settings of every client that is opened.
    pub(crate) settings: Box<dyn Fn(&mut Settings) + Send + Sync>,
    pub(crate) node: String,
    pub(crate) shared: bool,
    pub(crate) avoid: Vec<KernelLun>,
}

/// What was made, by object, with what it was before.
#[derive(Default)]
pub(crate) struct Ledger(
    Mutex<BTreeMap<String, Option<Value>>>,
    /// The keys of the steps in the order in which they were made.
    Mutex<Vec<String>>,
);

/// What comes after an attach that went well.
#[derive(PartialEq)]
pub(crate) enum Then {
    Stay,
    TakeBack,
}

impl Ledger {
    fn made(&self, step: &dyn Step, before: Option<Value>) {
        if let Some(object) = step.object() {
            self.0.lock().unwrap().insert(object, before);
            self.1.lock().unwrap().push(step.key().to_owned());
        }
    }

    fn gone(&self, step: &dyn Step) {
        if let Some(object) = step.object() {
            self.0.lock().unwrap().remove(&object);
        }
    }

    fn of(&self, step: &dyn Step) -> Option<Made> {
        let before = self.0.lock().unwrap().get(&step.object()?).cloned()?;
        Some(Made { before })
    }

    /// What was made so far is not to be taken back.
    pub(crate) fn forget_order(&self) {
        self.1.lock().unwrap().clear();
    }

    pub(crate) fn objects(&self) -> Vec<String> {
        self.0.lock().unwrap().keys().cloned().collect()
    }
}

/// What became of a walk.
pub(crate) struct Walked {
    pub(crate) facts: Facts,
    /// `KEY created`, `KEY present: EVIDENCE`, `KEY kept by WHO`…
    pub(crate) trail: Vec<String>,
    pub(crate) result: Result<(), Failed>,
    pub(crate) requests: Vec<Seen>,
    pub(crate) waves: usize,
}

#[derive(Debug)]
pub(crate) struct Failed {
    pub(crate) key: String,
    pub(crate) kind: Kind,
    pub(crate) text: String,
    pub(crate) hints: Vec<String>,
    pub(crate) stale: bool,
}

impl Failed {
    fn new(key: &str, error: &Error) -> Self {
        Self {
            key: key.to_owned(),
            kind: error.kind(),
            text: error.to_string(),
            hints: error.cause().hints(),
            stale: error.is_stale(),
        }
    }
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

/// A request as some administrator would send it, past the tool.
pub(crate) fn call(array: &Practice, method: &str, path: &str, body: &Value) -> Value {
    let send = |method: &str, path: &str, headers: Vec<(String, String)>, body: &Value| {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let reply = array.handle(&Request {
            method: method.into(),
            path: path.into(),
            query: query.into(),
            headers,
            body: if body.is_null() {
                Vec::new()
            } else {
                body.to_string().into_bytes()
            },
        });
        let value: Value = serde_json::from_slice(&reply.body).unwrap();
        (value, reply.headers)
    };
    let login = json!({"username": Seed::USER, "password": Seed::PASSWORD, "scope": "0"});
    let (value, headers) = send("POST", "/deviceManager/rest/xx/sessions", vec![], &login);
    let token = value["data"]["iBaseToken"].as_str().unwrap().to_owned();
    let cookie = headers
        .iter()
        .find(|(n, _)| n.eq_ignore_ascii_case("set-cookie"))
        .unwrap();
    let cookie = cookie.1.split(';').next().unwrap().to_owned();
    let headers = vec![
        ("ibasetoken".to_owned(), token),
        ("cookie".to_owned(), cookie),
    ];
    let base = format!("/deviceManager/rest/{}", array.serial());
    let (value, _) = send(method, &format!("{base}{path}"), headers.clone(), body);
    send("DELETE", &format!("{base}/sessions"), headers, &Value::Null);
    assert_eq!(value["error"]["code"], 0, "{method} {path} {body}: {value}");
    value
}

impl Rig {
    pub(crate) fn new(seed: &Seed) -> Self {
        let array = Arc::new(Practice::in_memory(seed));
        let hooked = Arc::new(Hooked {
            array: Arc::clone(&array),
            hook: Mutex::default(),
        });
        let device = Arc::clone(&hooked);
        let server = Server::start(device, ([127, 0, 0, 1], 0).into(), Faults::none()).unwrap();
        Self {
            hooked,
            array,
            server,
            ledger: Ledger::default(),
            settings: Box::new(|_| {}),
            node: NODE.into(),
            shared: false,
            avoid: Vec::new(),
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
        let url = parse_url(&self.server.url()).unwrap();
        let mut settings = Settings::new("dorado1", vec![url], Seed::USER, reader);
        settings.request = Duration::from_secs(10);
        (self.settings)(&mut settings);
        OceanStor::new(settings, Trace::default())
    }

    pub(crate) fn publication(&self, lun: &str) -> Publication {
        let connector: Connector = serde_json::from_value(json!({
            "host": self.node, "initiator": IQN, "multipath": false, "platform": "x86_64",
        }))
        .unwrap();
        Publication {
            lun: lun.parse().unwrap(),
            connector,
            protocol: Protocol::Iscsi,
            shared: self.shared,
            avoid: self.avoid.clone(),
        }
    }

    pub(crate) fn stage(&self, lun: &str) -> Box<dyn Stage> {
        self.open().publish(&self.publication(lun))
    }

    fn measured(
        &self,
        work: impl FnOnce(&mut Facts, &mut Vec<String>) -> Result<(), Failed>,
    ) -> Walked {
        self.server.clear_requests();
        let mut facts = Facts::none();
        let mut trail = Vec::new();
        let result = work(&mut facts, &mut trail);
        let requests = self.server.requests();
        let waves = waves(&requests);
        Walked {
            facts,
            trail,
            result,
            requests,
            waves,
        }
    }

    /// Attaches; surveys again when something vanished.
    pub(crate) fn attach(&self, lun: &str) -> Walked {
        self.measured(|facts, trail| {
            let stage = self.stage(lun);
            let mut ended = Ok(());
            for _ in 0..3 {
                ended = self.up(&*stage, facts, trail);
                match &ended {
                    Err(failed) if failed.stale => facts.objects.clear(),
                    _ => break,
                }
            }
            stage.leave();
            ended
        })
    }

    /// Attaches; after a failure takes back what was made, the newest first.
    pub(crate) fn attach_or_take_back(&self, lun: &str, then: Then) -> Walked {
        self.measured(|facts, trail| {
            let stage = self.stage(lun);
            let ended = self.up(&*stage, facts, trail);
            if ended.is_err() || then == Then::TakeBack {
                let nodes = stage.steps(facts, Aim::Attach).unwrap();
                let steps: Vec<&Box<dyn Step>> = nodes
                    .iter()
                    .flat_map(|n| n.lanes.iter().flatten())
                    .collect();
                let made: Vec<String> = self.ledger.1.lock().unwrap().drain(..).rev().collect();
                for key in made {
                    let step = steps.iter().find(|s| s.key() == key).unwrap();
                    let (said, _) = self.unmake(&***step, facts)?;
                    trail.push(format!("{key} back: {said}"));
                }
            }
            stage.leave();
            ended
        })
    }

    fn up(
        &self,
        stage: &dyn Stage,
        facts: &mut Facts,
        trail: &mut Vec<String>,
    ) -> Result<(), Failed> {
        let bounds = bounds();
        stage.enter(&bounds).map_err(|e| Failed::new("enter", &e))?;
        let cx = Cx {
            facts,
            bounds: &bounds,
        };
        let found = stage
            .survey(&cx, Aim::Attach)
            .map_err(|e| Failed::new("survey", &e))?;
        facts.merge(found);
        let nodes = stage
            .steps(facts, Aim::Attach)
            .map_err(|e| Failed::new("steps", &e))?;
        self.each(&nodes, facts, trail, |step, facts| self.make(step, facts))
    }

    /// Runs the lanes of each node in threads.
    fn each(
        &self,
        nodes: &[Node],
        facts: &mut Facts,
        trail: &mut Vec<String>,
        work: impl Fn(&dyn Step, &Facts) -> Result<(String, Facts), Failed> + Sync,
    ) -> Result<(), Failed> {
        for node in nodes {
            let both = Mutex::new((&mut *facts, &mut *trail));
            let lane = |lane: &Lane| -> Result<(), Failed> {
                for step in lane {
                    let known = both.lock().unwrap().0.clone();
                    let done = work(&**step, &known);
                    let mut both = both.lock().unwrap();
                    let (said, facts) = done?;
                    both.0.merge(facts);
                    both.1.push(format!("{} {said}", step.key()));
                }
                Ok(())
            };
            let ends: Vec<Result<(), Failed>> = std::thread::scope(|scope| {
                let lane = &lane;
                let threads: Vec<_> = node
                    .lanes
                    .iter()
                    .map(|l| scope.spawn(move || lane(l)))
                    .collect();
                threads.into_iter().map(|t| t.join().unwrap()).collect()
            });
            // A stale survey explains what failed beside it.
            let mut ends: Vec<Failed> = ends.into_iter().filter_map(Result::err).collect();
            ends.sort_by_key(|f| !f.stale);
            if let Some(first) = ends.into_iter().next() {
                return Err(first);
            }
        }
        Ok(())
    }

    fn make(&self, step: &dyn Step, facts: &Facts) -> Result<(String, Facts), Failed> {
        let (bounds, mutate) = (bounds(), mutate());
        let cx = Cx {
            facts,
            bounds: &bounds,
        };
        let failed = |e: &Error| Failed::new(step.key(), e);
        let found = step.check(&cx, Look::Survey).map_err(|e| failed(&e))?;
        if found.state == State::Present {
            return Ok((format!("present: {}", found.evidence), found.facts));
        }
        let mut doubted = false;
        for _ in 0..4 {
            match step.apply(&cx, &mutate) {
                Ok(Change::Created(facts)) => {
                    self.ledger.made(step, None);
                    return Ok(("created".into(), facts));
                }
                Ok(Change::Altered { before, facts }) => {
                    self.ledger.made(step, Some(before));
                    return Ok(("altered".into(), facts));
                }
                Ok(Change::Adopted(facts)) => {
                    if doubted {
                        self.ledger.made(step, None);
                    }
                    return Ok(("adopted".into(), facts));
                }
                Err(error) if error.is_doubt() => {
                    doubted = true;
                    let look = step.check(&cx, Look::Fresh).map_err(|e| failed(&e))?;
                    if look.state == State::Present {
                        self.ledger.made(step, None);
                        return Ok(("created".into(), look.facts));
                    }
                }
                Err(error) => return Err(failed(&error)),
            }
        }
        panic!("{}: in doubt for ever", step.key());
    }

    /// Detaches, from the journal's facts if there are any.
    pub(crate) fn detach(&self, lun: &str, journal: Option<&Facts>) -> Walked {
        self.measured(|facts, trail| {
            let stage = self.stage(lun);
            if let Some(journal) = journal {
                *facts = journal.clone();
            }
            let ended = self.down(&*stage, facts, trail);
            stage.leave();
            ended
        })
    }

    fn down(
        &self,
        stage: &dyn Stage,
        facts: &mut Facts,
        trail: &mut Vec<String>,
    ) -> Result<(), Failed> {
        let bounds = bounds();
        stage.enter(&bounds).map_err(|e| Failed::new("enter", &e))?;
        let cx = Cx {
            facts,
            bounds: &bounds,
        };
        let found = stage
            .survey(&cx, Aim::Detach)
            .map_err(|e| Failed::new("survey", &e))?;
        facts.merge(found);
        let nodes = stage
            .steps(facts, Aim::Detach)
            .map_err(|e| Failed::new("steps", &e))?;
        self.each(&nodes, facts, trail, |step, facts| self.unmake(step, facts))
    }

    fn unmake(&self, step: &dyn Step, facts: &Facts) -> Result<(String, Facts), Failed> {
        let (bounds, mutate) = (bounds(), mutate());
        let cx = Cx {
            facts,
            bounds: &bounds,
        };
        let made = match (step.role(), self.ledger.of(step)) {
            (Role::Proof, _) => Made::default(),
            (_, Some(made)) => made,
            (_, None) => return Ok(("not ours".into(), Facts::none())),
        };
        for _ in 0..4 {
            let said = match step.undo(&cx, &made, &mutate) {
                Ok(Undone::StillInUse { by }) => return Ok((format!("kept: {by}"), Facts::none())),
                Ok(Undone::Removed) => "removed",
                Ok(Undone::Restored) => "restored",
                Ok(Undone::AlreadyGone) => "gone",
                Err(error) if error.is_doubt() => {
                    let look = step
                        .check(&cx, Look::Fresh)
                        .map_err(|e| Failed::new(step.key(), &e))?;
                    if look.state != State::Absent {
                        continue;
                    }
                    "removed"
                }
                Err(error) => return Err(Failed::new(step.key(), &error)),
            };
            self.ledger.gone(step);
            return Ok((said.into(), Facts::none()));
        }
        panic!("{}: in doubt for ever", step.key());
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
