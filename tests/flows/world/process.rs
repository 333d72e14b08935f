//! Runs of the program in this process: each with a client, locks and journals opened anew, as a
//! process of its own would have them.

use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sanctl::array::Array as _;
use sanctl::array::edit::make;
use sanctl::array::oceanstor::OceanStor;
use sanctl::array::oceanstor::config::{SecretReader, Settings, parse_url};
use sanctl::attachment::adopt::{self, Own};
use sanctl::attachment::attach::{self, Env};
use sanctl::attachment::detach::{self, Adopted, Part};
use sanctl::attachment::error::Error as FlowError;
use sanctl::attachment::goal::Goal;
use sanctl::attachment::journal::{Found, Journals};
use sanctl::attachment::ledger::Ledger;
use sanctl::attachment::lookup;
use sanctl::attachment::report::{AttachmentReport, Commands, StepReport, Watch};
use sanctl::attachment::status;
use sanctl::attachment::walk::OnFailure;
use sanctl::kit::bounds::Bounds;
use sanctl::kit::consent::{Ground, grant};
use sanctl::kit::kind::Failure as _;
use sanctl::kit::lock::{Locks, Wait};
use sanctl::kit::redact::Secret;
use sanctl::kit::stop::Stop;
use sanctl::kit::trace::Trace;
use sanctl::model::connector::Connector;
use sanctl::model::edit::Edit;
use sanctl::model::facts::{Facts, LunFact};
use sanctl::model::ids::LunNumber;
use sanctl::model::nouns::Protocol;
use sanctl::model::publication::Publication;
use sanctl::model::selector::Selector;
use sanctl::node::connect::{Startup, Wish, kernel_luns, stage};
use sanctl::sim::faults::Faults;
use sanctl::sim::oceanstor::Seed;
use sanctl::sim::server::{Device as _, Server};
use sanctl::step::Stage;
use sanctl::system::Machine;
use sanctl::system::store::Store;
use serde_json::json;

use super::World;
use super::door::Door;
use super::fate::{Blow, Fate, Killed};
use super::gate::Gate;
use super::node::Guarded;
use super::truth::{Maker, Work};

/// Which half of an attachment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Half {
    Both,
    Array,
    Node,
}

/// How to attach.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Attach {
    pub(crate) half: Half,
    pub(crate) goal: Goal,
    pub(crate) on_failure: OnFailure,
    pub(crate) number: Option<u16>,
    pub(crate) shared: bool,
    pub(crate) persist: bool,
}

impl Attach {
    pub(crate) fn whole() -> Self {
        Self {
            half: Half::Both,
            goal: Goal::Whole,
            on_failure: OnFailure::Undo,
            number: None,
            shared: false,
            persist: false,
        }
    }

    pub(crate) fn half(half: Half) -> Self {
        Self {
            half,
            ..Self::whole()
        }
    }
}

/// How a run ended.
#[derive(Debug, Clone)]
pub(crate) struct End {
    /// The exit code.
    pub(crate) code: u8,
    pub(crate) error: String,
    pub(crate) report: Option<AttachmentReport>,
    /// What it did to the array.
    pub(crate) work: Work,
    /// Whether its fate was to be killed.
    pub(crate) killed: bool,
}

/// The exit code in place of one: it was killed.
pub(crate) const KILLED: u8 = 137;

/// A process of the program at one seat.
pub(crate) struct Process {
    pub(crate) who: usize,
    pub(crate) seat: usize,
    door: Arc<Door>,
    gate: Arc<Gate>,
    fate: Arc<Fate>,
    server: Server,
    /// How long a run may take.
    pub(crate) time: Duration,
}

/// Ends the threads of a killed process where they next tell what they do.
struct Doomed(Arc<Fate>);

impl Watch for Doomed {
    fn begins(&self, _key: &str, _title: &str) {
        self.0.live();
    }

    fn ends(&self, _report: &StepReport) {
        self.0.live();
    }

    fn note(&self, _text: &str) {
        self.0.live();
    }
}

type Ended = (Option<AttachmentReport>, u8, String);

impl Process {
    /// A process with its own way to the array.
    pub(crate) fn new(world: &World, who: usize, seat: usize, gate: &Arc<Gate>) -> Self {
        let fate = Arc::new(Fate::default());
        let door = Arc::new(Door {
            array: Arc::clone(&world.array),
            truth: Arc::clone(&world.truth),
            gate: Arc::clone(gate),
            fate: Arc::clone(&fate),
            who,
            maker: Mutex::new(Maker::Flow(seat)),
        });
        let bind = ([127, 0, 0, 1], 0).into();
        let server = Server::start(door.clone(), bind, Faults::none()).unwrap();
        Self {
            who,
            seat,
            door,
            gate: Arc::clone(gate),
            fate,
            server,
            time: Duration::from_secs(120),
        }
    }

    fn open(&self) -> OceanStor {
        let reader: SecretReader = Arc::new(|_| Ok(Secret::new(Seed::PASSWORD.to_owned())));
        let url = parse_url(&self.server.url()).unwrap();
        let mut settings = Settings::new("dorado1", vec![url], Seed::USER, reader);
        settings.request = Duration::from_secs(90);
        OceanStor::new(settings, Trace::default())
    }

    fn bounds(&self) -> Bounds {
        Bounds::new(self.time, "test", Stop::new())
    }

    fn machine(&self, world: &World) -> Arc<dyn Machine> {
        Arc::new(Guarded {
            machine: Arc::clone(&world.node(self.seat).machine),
            gate: Arc::clone(&self.gate),
            fate: Arc::clone(&self.fate),
            who: self.who,
        })
    }

    /// One run with this fate.
    fn run(
        &self,
        world: &World,
        maker: Maker,
        plan: Vec<(u64, Blow)>,
        work: impl FnOnce(&Env<'_>) -> Ended + Send,
    ) -> End {
        let seat = world.seat(self.seat);
        let state = seat.state.path().to_owned();
        let saved = tempfile::tempdir_in(super::memory()).unwrap();
        let (from, to) = (state.join("attachments"), saved.path().to_owned());
        let (source, target) = (from.clone(), to.clone());
        self.fate
            .begin(plan, Box::new(move || copy(&source, &target)));
        *self.door.maker.lock().unwrap() = maker;
        world.truth().begin(self.who);
        let journals = Journals::in_state(&Store::new(&state));
        let (gate, who) = (Arc::clone(&self.gate), self.who);
        let locks = Locks::in_dir(state.join("locks"))
            .telling(move |_, wait| gate.waits(who, wait == Wait::Begins));
        let (bounds, mutate) = (self.bounds(), grant(Ground::ByClass));
        let run = world.run();
        let ended = std::thread::scope(|scope| {
            let thread = scope.spawn(|| {
                let watch = Doomed(Arc::clone(&self.fate));
                let env = Env {
                    journals: &journals,
                    locks: &locks,
                    bounds: &bounds,
                    mutate: &mutate,
                    watch: &watch,
                    run: &run,
                    boot_id: world.node(self.seat).boot_id(),
                };
                std::panic::catch_unwind(AssertUnwindSafe(|| work(&env)))
            });
            thread.join().unwrap()
        });
        self.gate.over(self.who);
        let killed = self.fate.is_dead();
        if killed {
            // What it wrote after its death never was.
            let _ = std::fs::remove_dir_all(&from);
            copy(&to, &from);
            self.door.array_forgets();
        }
        let (report, code, error) = match ended {
            Ok(ended) if !killed => ended,
            Err(panic) if !panic.is::<Killed>() => std::panic::resume_unwind(panic),
            _ => (None, KILLED, "killed".to_owned()),
        };
        End {
            code,
            error,
            report,
            work: world.truth().work(self.who),
            killed,
        }
    }

    fn publication(&self, connector: &Connector, lun: Selector) -> Publication {
        Publication {
            lun,
            connector: connector.clone(),
            protocol: Protocol::Iscsi,
            shared: true,
            hostgroup: None,
            avoid: Vec::new(),
            lun_number: None,
        }
    }

    /// Attaches, as the command does it.
    pub(crate) fn attach(
        &self,
        world: &World,
        lun: &str,
        how: &Attach,
        plan: Vec<(u64, Blow)>,
    ) -> End {
        let connector = world.seat(self.seat).connector.clone();
        self.run(world, Maker::Flow(self.seat), plan, |env| {
            let machine = self.machine(world);
            let mut stages: Vec<Box<dyn Stage>> = Vec::new();
            let mut facts = Facts::none();
            if how.half == Half::Node {
                let selector = lun.parse().unwrap();
                match lookup::find(env.journals, &connector.host, None, &selector) {
                    Ok(found) => facts = found.map(|f| f.facts()).unwrap_or_default(),
                    Err(error) => return (None, error.kind().exit_code(), error.to_string()),
                }
                if facts.connection.is_none() {
                    return (None, 2, "no journal tells where to log in".to_owned());
                }
            } else {
                let mut wanted = self.publication(&connector, lun.parse().unwrap());
                wanted.shared = how.shared;
                wanted.lun_number = how.number.map(LunNumber);
                if how.half == Half::Both {
                    wanted.avoid = kernel_luns(&*machine).unwrap();
                }
                stages.push(self.open().publish(&wanted));
            }
            if how.half != Half::Array {
                let startup = match how.persist {
                    true => Startup::Automatic,
                    false => Startup::Manual,
                };
                let wish = Wish {
                    lun: Some(lun.to_owned()),
                    startup,
                    ..Wish::default()
                };
                stages.push(stage(machine, wish));
            }
            let request = attach::Request {
                lun: lun.to_owned(),
                commands: Commands::plain(lun),
                node: connector.host.clone(),
                connector: Some(connector.clone()),
                protocol: Protocol::Iscsi,
                facts,
                stages,
                on_failure: how.on_failure,
                goal: how.goal.clone(),
            };
            told(attach::attach(&request, env))
        })
    }

    /// Detaches, as the command does it.
    pub(crate) fn detach(
        &self,
        world: &World,
        lun: &str,
        half: Half,
        adopted: Adopted,
        plan: Vec<(u64, Blow)>,
    ) -> End {
        let connector = world.seat(self.seat).connector.clone();
        self.run(world, Maker::Flow(self.seat), plan, |env| {
            let selector: Selector = lun.parse().unwrap();
            let found = match lookup::find(env.journals, &connector.host, None, &selector) {
                Ok(found) => found,
                Err(error) => return (None, error.kind().exit_code(), error.to_string()),
            };
            let mut facts = found.as_ref().map(Found::facts).unwrap_or_default();
            let bare = found.as_ref().is_some_and(Found::is_bare);
            let array = (half != Half::Node && !bare).then(|| self.open());
            if let (None, None, Some(array)) = (&facts.lun, &facts.connection, &array) {
                match array.luns().find(&selector, env.bounds) {
                    Ok(Some(lun)) => {
                        facts.lun = Some(LunFact {
                            id: lun.id,
                            name: lun.name,
                            wwid: lun.wwid.unwrap(),
                            size_bytes: lun.size_bytes,
                            snapshot: lun.snapshot,
                        });
                    }
                    Ok(None) => return (None, 10, format!("no LUN {lun}")),
                    Err(error) => return (None, error.kind().exit_code(), error.to_string()),
                }
                // The command ends this session with the program.
                array.close();
            }
            let mut stages: Vec<Box<dyn Stage>> = Vec::new();
            if half != Half::Array {
                let wish = Wish {
                    lun: Some(lun.to_owned()),
                    ..Wish::default()
                };
                stages.push(stage(self.machine(world), wish));
            }
            if let Some(array) = &array {
                let exact = facts.lun.as_ref().map(|l| Selector::Id(l.id.clone()));
                let wanted = self.publication(&connector, exact.unwrap_or(selector));
                stages.push(array.publish(&wanted));
            }
            let request = detach::Request {
                lun: lun.to_owned(),
                commands: Commands::plain(lun),
                node: connector.host.clone(),
                connector: Some(connector.clone()),
                protocol: Protocol::Iscsi,
                facts,
                stages,
                part: match half {
                    Half::Both => Part::Whole,
                    Half::Array | Half::Node => Part::Half,
                },
                adopted,
            };
            told(detach::detach(&request, env))
        })
    }

    /// Adopts, as the command does it.
    pub(crate) fn adopt(&self, world: &World, lun: &str, own: Own, plan: Vec<(u64, Blow)>) -> End {
        let connector = world.seat(self.seat).connector.clone();
        self.run(world, Maker::Flow(self.seat), plan, |env| {
            let wanted = self.publication(&connector, lun.parse().unwrap());
            let wish = Wish {
                lun: Some(lun.to_owned()),
                ..Wish::default()
            };
            let stages = vec![
                self.open().publish(&wanted),
                stage(self.machine(world), wish),
            ];
            let request = adopt::Request {
                lun: lun.to_owned(),
                commands: Commands::plain(lun),
                node: connector.host.clone(),
                connector: Some(connector.clone()),
                protocol: Protocol::Iscsi,
                stages,
                own,
            };
            told(adopt::adopt(&request, env))
        })
    }

    /// Looks, as the command does it.
    pub(crate) fn status(&self, world: &World, lun: &str) -> End {
        let connector = world.seat(self.seat).connector.clone();
        self.run(world, Maker::Flow(self.seat), Vec::new(), |env| {
            let selector: Selector = lun.parse().unwrap();
            let found = match lookup::find(env.journals, &connector.host, None, &selector) {
                Ok(found) => found,
                Err(error) => return (None, error.kind().exit_code(), error.to_string()),
            };
            let facts = found.as_ref().map(Found::facts).unwrap_or_default();
            let exact = facts.lun.as_ref().map(|l| Selector::Id(l.id.clone()));
            let wanted = self.publication(&connector, exact.unwrap_or(selector));
            let wish = Wish {
                lun: Some(lun.to_owned()),
                ..Wish::default()
            };
            let request = status::Request {
                lun: lun.to_owned(),
                commands: Commands::plain(lun),
                node: connector.host.clone(),
                facts,
                stages: vec![
                    self.open().publish(&wanted),
                    stage(self.machine(world), wish),
                ],
                journal: found,
            };
            let ledger = Ledger::of(&env.journals.list_all().unwrap());
            told(status::status(&request, &ledger, env.bounds))
        })
    }

    /// A writing verb, with every question answered by yes.
    pub(crate) fn edit(&self, world: &World, edit: &Edit, plan: Vec<(u64, Blow)>) -> End {
        self.run(world, Maker::Verb, plan, |env| {
            let array = self.open();
            let editor = array.editor().unwrap();
            let made = editor
                .look(edit, env.bounds)
                .and_then(|intent| make(editor, edit, &intent, env.bounds, env.mutate));
            array.close();
            match made {
                Ok(_) => (None, 0, String::new()),
                Err(error) if error.is_lost() => (None, 4, error.to_string()),
                Err(error) => (None, error.kind().exit_code(), error.to_string()),
            }
        })
    }
}

fn told((report, error): (AttachmentReport, Option<FlowError>)) -> Ended {
    let code = report.exit_code;
    let error = error.map(|e| e.to_string()).unwrap_or_default();
    (Some(report), code, error)
}

impl Door {
    /// The sessions of a killed process end by themselves.
    fn array_forgets(&self) {
        self.array.expire_sessions();
    }
}

/// Copies a directory of files and directories; one that is not there is empty.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    let Ok(entries) = std::fs::read_dir(from) else {
        return;
    };
    for entry in entries {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else if let Ok(bytes) = std::fs::read(entry.path()) {
            std::fs::write(target, bytes).unwrap();
        }
    }
}

/// The connector of a node.
pub(crate) fn connector(host: &str, initiator: &str) -> Connector {
    serde_json::from_value(json!({
        "host": host, "initiator": initiator, "multipath": false, "platform": "x86_64",
    }))
    .unwrap()
}
