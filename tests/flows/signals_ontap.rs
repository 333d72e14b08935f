//! SIGINT and SIGTERM while an ONTAP is slow, over either interface.

use std::sync::Arc;

use rustix::process::Signal;
use sanctl::sim::faults::Faults;
use sanctl::sim::ontap::{Practice, Seed};
use sanctl::sim::server::Server;
use serde_json::json;

use crate::family::loopback;
use crate::rig::{Home, Out, half, same, until};

const PATH: &str = "/vol/cinder_a/vol-1";

/// The requests that change something: REST says so by its method, ZAPI by the call.
const CHANGES: [&str; 5] = [
    "POST /protocols/san/igroups",
    "POST /protocols/san/lun-maps",
    "POST /zapi/igroup-create",
    "POST /zapi/igroup-add",
    "POST /zapi/lun-map",
];

struct Gold {
    home: Home,
    array: Arc<Practice>,
    server: Server,
}

impl Gold {
    fn new(api: &str) -> Self {
        let array = Arc::new(Practice::in_memory(&Seed::gold()));
        array.add_lun(PATH, 1 << 30);
        let server = Server::start(Arc::clone(&array) as _, loopback(), Faults::none()).unwrap();
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
            server,
        }
    }

    fn faults(&self, text: &str) {
        self.server.set_faults(Faults::parse(text).unwrap());
    }

    /// The changes that arrived.
    fn changes(&self) -> usize {
        let seen = self.server.requests().into_iter();
        let lines = seen.map(|s| format!("{} {}", s.method, s.route));
        lines.filter(|l| CHANGES.contains(&l.as_str())).count()
    }

    /// Starts a run whose every request takes its time, and ends it once a change has arrived.
    fn stopped(&self, line: &str, nth: usize, signal: Signal) -> Out {
        self.server.clear_requests();
        self.faults("*=slow:60");
        let run = self.home.start(&half(line));
        until("the change arrives", || self.changes() >= nth);
        run.signal(signal);
        let out = run.end();
        self.faults("");
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
        gold.server.clear_requests();
        gold.faults("*=slow:60");
        let run = gold.home.start(&half(&format!("detach {PATH}")));
        until("the map is taken", || {
            let seen = gold.server.requests();
            seen.iter()
                .any(|s| s.method == "DELETE" || s.route == "/zapi/lun-unmap")
        });
        run.signal(Signal::TERM);
        let out = run.end();
        gold.faults("");
        assert!([0, 143].contains(&out.code), "{out:#?}");
        gold.run(&format!("detach {PATH}")).ends(0);
        same(&gold.array.dump(), &before, api);
        assert_eq!(gold.home.journals(), [""; 0], "{api}");
    }
}
