//! SIGINT and SIGTERM while an ONTAP is slow, over either interface.

use std::sync::{Arc, Condvar, Mutex};

use rustix::process::Signal;
use sanctl::sim::faults::Faults;
use sanctl::sim::ontap::{Practice, Seed};
use sanctl::sim::server::{Device, Reply, Request, Server};
use serde_json::json;

use crate::family::loopback;
use crate::rig::{Home, Out, half, same, until};

const PATH: &str = "/vol/cinder_a/vol-1";

/// The requests that change something: REST says so by its method, ZAPI by the call.
const CHANGES: [&str; 8] = [
    "POST /protocols",
    "PATCH ",
    "DELETE ",
    "POST /zapi/igroup-create",
    "POST /zapi/igroup-add",
    "POST /zapi/igroup-destroy",
    "POST /zapi/lun-unmap",
    "POST /zapi/lun-map",
];

/// The array, and a gate before one of its changes: a signal can then be sent while it is on its
/// way, however busy the machine is.
struct Gate {
    array: Arc<Practice>,
    state: Mutex<Gated>,
    opened: Condvar,
}

#[derive(Default)]
struct Gated {
    /// How many changes pass before the one that waits; `None` = all do.
    before: Option<usize>,
    /// One waits.
    waits: bool,
}

impl Gate {
    /// The change of this number will wait, counted from 1.
    fn shut_at(&self, nth: usize) {
        *self.state.lock().unwrap() = Gated {
            before: Some(nth - 1),
            waits: false,
        };
    }

    fn waits(&self) -> bool {
        self.state.lock().unwrap().waits
    }

    fn open(&self) {
        *self.state.lock().unwrap() = Gated::default();
        self.opened.notify_all();
    }
}

impl Device for Gate {
    fn handle(&self, request: &Request) -> Reply {
        let line = format!("{} {}", request.method, self.resource(request));
        let mut state = self.state.lock().unwrap();
        if CHANGES.iter().any(|change| line.starts_with(change)) && !line.contains("-get-iter") {
            match state.before {
                Some(0) => {
                    state.waits = true;
                    while state.waits {
                        state = self.opened.wait(state).unwrap();
                    }
                }
                Some(n) => state.before = Some(n - 1),
                None => {}
            }
        }
        drop(state);
        self.array.handle(request)
    }

    fn route<'a>(&self, path: &'a str) -> &'a str {
        self.array.route(path)
    }

    fn resource(&self, request: &Request) -> String {
        self.array.resource(request)
    }

    fn refusal(&self, code: &str) -> Reply {
        self.array.refusal(code)
    }
}

struct Gold {
    home: Home,
    array: Arc<Practice>,
    gate: Arc<Gate>,
    server: Server,
}

impl Gold {
    fn new(api: &str) -> Self {
        let array = Arc::new(Practice::in_memory(&Seed::gold()));
        array.add_lun(PATH, 1 << 30);
        let gate = Arc::new(Gate {
            array: Arc::clone(&array),
            state: Mutex::default(),
            opened: Condvar::new(),
        });
        let server = Server::start(Arc::clone(&gate) as _, loopback(), Faults::none()).unwrap();
        let home = Home::new();
        let secret = home.write("secret", Seed::PASSWORD);
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        std::fs::set_permissions(&secret, mode).unwrap();
        home.write(
            "node11.json",
            &json!({"host": "node11", "initiator": "iqn.1994-05.com.redhat:node11",
                "multipath": false, "os_type": "linux", "platform": "x86_64"})
            .to_string(),
        );
        let config = home.path().join(".config/sanctl");
        std::fs::create_dir_all(&config).unwrap();
        let text = format!(
            "[arrays.gold]\nkind = \"ontap\"\nurl = \"{}\"\nuser = \"{}\"\nsvm = \"{}\"\n\
             api = \"{api}\"\npassword = {{ file = \"{secret}\" }}\n",
            server.url(),
            Seed::USER,
            Seed::SVM,
        );
        std::fs::write(config.join("config.toml"), text).unwrap();
        Self {
            home,
            array,
            gate,
            server,
        }
    }

    /// Starts a run and stops it while a change is on its way; that and what follows take their
    /// time, so that the signal is heard before the next step.
    fn stopped(&self, line: &str, nth: usize, signal: Signal) -> Out {
        self.gate.shut_at(nth);
        let run = self.home.start(&half(line));
        until("the change arrives", || self.gate.waits());
        self.server.set_faults(Faults::parse("*=slow:60").unwrap());
        run.signal_and_see(signal);
        self.gate.open();
        let out = run.end();
        self.server.set_faults(Faults::none());
        out
    }

    fn run(&self, line: &str) -> Out {
        self.home.run(&half(line))
    }
}

#[test]
fn a_signal_takes_everything_back_and_leaves_no_journal() {
    for (api, changes) in [("rest", 2), ("zapi", 3)] {
        for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143)] {
            for nth in 1..=changes {
                let gold = Gold::new(api);
                let before = gold.array.dump();
                let out = gold
                    .stopped(&format!("attach {PATH}"), nth, signal)
                    .ends(code);
                out.says("nothing is left of what this run made");
                let what = format!("{api} {signal:?} at {nth}");
                same(&gold.array.dump(), &before, &what);
                assert_eq!(gold.home.journals(), [""; 0], "{what}");
                gold.run(&format!("attach {PATH}")).ends(0);
            }
        }
    }
}

#[test]
fn what_is_kept_stands_in_the_journal_and_the_next_run_goes_on() {
    for (api, changes) in [("rest", 2), ("zapi", 3)] {
        for nth in 1..=changes {
            let gold = Gold::new(api);
            let before = gold.array.dump();
            let line = format!("attach {PATH} --on-failure keep");
            let what = format!("{api} at {nth}");
            gold.stopped(&line, nth, Signal::INT).ends(130);
            assert_ne!(gold.array.dump(), before, "{what}");
            assert_eq!(gold.home.journals().len(), 1, "{what}");
            gold.run(&format!("attach {PATH}")).ends(0);
            assert_eq!(gold.array.maps_of(PATH).len(), 1, "{what}");
            // All of it is known to be ours, so all of it goes.
            gold.run(&format!("detach {PATH}")).ends(0);
            same(&gold.array.dump(), &before, &what);
        }
    }
}

#[test]
fn a_stopped_detach_goes_on() {
    for api in ["rest", "zapi"] {
        let gold = Gold::new(api);
        let before = gold.array.dump();
        gold.run(&format!("attach {PATH}")).ends(0);
        gold.stopped(&format!("detach {PATH}"), 1, Signal::TERM)
            .ends(143);
        assert!(gold.array.maps_of(PATH).is_empty(), "{api}");
        assert_eq!(gold.array.igroups().len(), 1, "{api}");
        gold.run(&format!("detach {PATH}")).ends(0);
        same(&gold.array.dump(), &before, api);
        assert_eq!(gold.home.journals(), [""; 0], "{api}");
    }
}
