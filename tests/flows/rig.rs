//! A home without any configuration, the program in it, and what can be seen from outside.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use sanctl::kit::bounds::Bounds;
use sanctl::kit::stop::Stop;
use sanctl::sim::faults::Faults;
use sanctl::sim::oceanstor::{self, Seed};
use sanctl::sim::practice::Practice;
use sanctl::sim::server::{Device, Server};
use serde_json::{Value, json};

use crate::family::{At, Family, family, loopback, of_family};

/// The node of `connector()`.
pub(crate) const NODE: &str = "node11";

/// The addresses of the practice array's ports.
pub(crate) const PORT_A: At = At {
    v4: "172.24.3.150",
    v6: "fd00:24:3::150",
};
pub(crate) const PORT_B: At = At {
    v4: "172.24.4.150",
    v6: "fd00:24:4::150",
};

/// The same as portals.
pub(crate) const A: At = At {
    v4: "172.24.3.150:3260",
    v6: "[fd00:24:3::150]:3260",
};
pub(crate) const B: At = At {
    v4: "172.24.4.150:3260",
    v6: "[fd00:24:4::150]:3260",
};

/// The key of a step of the node: a shell would take brackets for a pattern.
pub(crate) fn key(noun: &str, at: At) -> String {
    format!("node.{noun}@{}", at.text().replace(['[', ']'], ""))
}

/// Generous: a test that waits this long has failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a run of the program ended with.
#[derive(Debug)]
pub(crate) struct Out {
    #[allow(dead_code, reason = "shown when a test fails")]
    pub(crate) line: String,
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Out {
    #[track_caller]
    pub(crate) fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }

    /// The document on stdout.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|e| panic!("{e}: {self:#?}"))
    }

    /// The only item of the document on stdout.
    #[track_caller]
    pub(crate) fn item(&self) -> Value {
        let json = self.json();
        let items = json["items"].as_array().unwrap();
        assert_eq!(items.len(), 1, "{self:#?}");
        items[0].clone()
    }

    /// The error object on stderr: the line that is one.
    #[track_caller]
    pub(crate) fn error(&self) -> Value {
        let mut found = self
            .stderr
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .filter_map(|value| value.get("error").cloned());
        let first = found.next().unwrap_or_else(|| panic!("{self:#?}"));
        assert_eq!(found.next(), None, "{self:#?}");
        first
    }

    #[track_caller]
    pub(crate) fn says(&self, text: &str) -> &Self {
        assert!(self.stderr.contains(text), "{text:?} in {self:#?}");
        self
    }
}

/// A place for state and configuration that no other test sees.
pub(crate) struct Home {
    dir: tempfile::TempDir,
}

impl Home {
    pub(crate) fn new() -> Self {
        let home = Self {
            dir: tempfile::tempdir().unwrap(),
        };
        if family() == Family::V6 {
            home.move_ports();
        }
        home
    }

    /// Gives the ports of the practice array the addresses that the family has in their place.
    fn move_ports(&self) {
        drop(self.practice());
        let file = self.state().join("practice/array.json");
        let mut text = std::fs::read_to_string(&file).unwrap();
        for port in [PORT_A, PORT_B] {
            text = text.replace(port.v4, port.v6);
        }
        std::fs::write(&file, text).unwrap();
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn state(&self) -> PathBuf {
        self.dir.path().join("state")
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> String {
        let path = self.dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sanctl"));
        command
            .args(line.split_whitespace())
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("HOME", self.path())
            .env("XDG_CONFIG_HOME", self.path().join(".config"))
            .env("XDG_STATE_HOME", self.path().join(".state"))
            .env("SANCTL_STATE_DIR", self.state())
            .current_dir(self.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs the program with these words.
    pub(crate) fn run(&self, line: &str) -> Out {
        self.start(line).end()
    }

    /// Runs the program with a text on stdin.
    pub(crate) fn run_with(&self, line: &str, stdin: &str) -> Out {
        use std::io::Write as _;
        let mut child = self.command(line).stdin(Stdio::piped()).spawn().unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(stdin.as_bytes())
            .unwrap();
        Running {
            line: line.to_owned(),
            child,
        }
        .end()
    }

    pub(crate) fn start(&self, line: &str) -> Running {
        Running {
            line: line.to_owned(),
            child: self.command(line).spawn().unwrap(),
        }
    }

    /// The practice array and machine, while no run has them.
    pub(crate) fn practice(&self) -> Practice {
        practice(&self.state())
    }

    /// Everything that an attachment changes on the array and on the node.
    pub(crate) fn world(&self) -> Value {
        world(&self.state())
    }

    /// The practice side keeps its journals to itself.
    pub(crate) fn attachments(&self) -> PathBuf {
        self.state().join("practice/attachments")
    }

    /// The names of the open journals, and of those that are closed and own something.
    pub(crate) fn journals(&self) -> Vec<String> {
        let homes = [self.state().join("attachments"), self.attachments()];
        let stores = homes.iter().flat_map(|h| [h.clone(), h.join("closed")]);
        stores.flat_map(|store| jsonl(&store)).collect()
    }
}

fn jsonl(dir: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(dir) else {
        return Vec::new();
    };
    let names = entries.map(|e| e.unwrap().file_name().into_string().unwrap());
    names.filter(|n| n.ends_with(".jsonl")).collect()
}

pub(crate) fn bounds() -> Bounds {
    Bounds::new(PATIENCE, "test", Stop::new())
}

pub(crate) fn practice(state: &Path) -> Practice {
    Practice::open(state, &bounds()).unwrap()
}

/// The array's objects, and the records, sessions and disks of the practice machine.
pub(crate) fn world(state: &Path) -> Value {
    let array = practice(state).array().dump();
    let text = std::fs::read_to_string(state.join("practice/machine.json")).unwrap();
    let machine: Value = serde_json::from_str(&text).unwrap();
    json!({"array": array, "records": machine["records"], "sessions": machine["sessions"],
        "disks": machine["disks"]})
}

/// A run that has not been waited for.
pub(crate) struct Running {
    line: String,
    child: Child,
}

impl Running {
    pub(crate) fn end(self) -> Out {
        use std::os::unix::process::ExitStatusExt as _;
        let out = self.child.wait_with_output().unwrap();
        let killed = out.status.signal().map(|s| 1000 + s);
        Out {
            line: self.line,
            code: out.status.code().or(killed).unwrap(),
            stdout: String::from_utf8(out.stdout).unwrap(),
            stderr: String::from_utf8(out.stderr).unwrap(),
        }
    }

    /// What it prints from now on, line by line; `end` has nothing of it.
    pub(crate) fn lines(&mut self) -> impl Iterator<Item = String> + use<> {
        use std::io::BufRead as _;
        let printed = self.child.stdout.take().unwrap();
        std::io::BufReader::new(printed).lines().map(Result::unwrap)
    }

    /// Whether the process has ended.
    pub(crate) fn is_over(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Sends a signal and waits until the program has taken it.
    pub(crate) fn signal_and_see(&self, signal: rustix::process::Signal) {
        self.signal(signal);
        let bit = 1_u64 << (signal.as_raw() - 1);
        let status = format!("/proc/{}/status", self.child.id());
        until("the signal is taken", || {
            let text = std::fs::read_to_string(&status).unwrap_or_default();
            let pending = text.lines().find_map(|l| l.strip_prefix("ShdPnd:"));
            let pending = pending.and_then(|digits| u64::from_str_radix(digits.trim(), 16).ok());
            pending.is_none_or(|pending| pending & bit == 0)
        });
    }

    pub(crate) fn signal(&self, signal: rustix::process::Signal) {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, signal).unwrap();
    }
}

/// Looks again and again until something is so.
#[track_caller]
pub(crate) fn until(what: &str, mut so: impl FnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !so() {
        assert!(Instant::now() < end, "in vain: {what}");
        std::thread::yield_now();
    }
}

/// A practice array behind a socket, configured in a home.
pub(crate) struct Served {
    pub(crate) home: Home,
    pub(crate) array: Arc<oceanstor::Practice>,
    pub(crate) server: Server,
}

impl Served {
    pub(crate) fn new() -> Self {
        let array = Arc::new(oceanstor::Practice::in_memory(&of_family(&Seed::v3())));
        for name in ["vol-1", "vol-2", "vol-3"] {
            array.add_lun(name, 1 << 30);
        }
        array.populate(2);
        Self::over(array)
    }

    pub(crate) fn over(array: Arc<oceanstor::Practice>) -> Self {
        let device: Arc<dyn Device> = array.clone();
        let server = Server::start(device, loopback(), Faults::none()).unwrap();
        let home = Home::new();
        let served = Self {
            home,
            array,
            server,
        };
        served.furnish(&served.home);
        served
    }

    /// Writes configuration and connector into a home.
    pub(crate) fn furnish(&self, home: &Home) {
        let secret = home.write("secret", Seed::PASSWORD);
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        std::fs::set_permissions(&secret, mode).unwrap();
        home.write(
            "node11.json",
            &json!({"host": NODE, "ip": "10.0.0.11",
                "initiator": "iqn.1994-05.com.redhat:node11", "multipath": false,
                "os_type": "linux", "platform": "x86_64"})
            .to_string(),
        );
        let config = home.path().join(".config/sanctl");
        std::fs::create_dir_all(&config).unwrap();
        let text = format!(
            "[arrays.served]\nkind = \"oceanstor\"\nurl = \"{}\"\nuser = \"{}\"\n\
             password = {{ file = \"{secret}\" }}\n",
            self.server.url(),
            Seed::USER,
        );
        std::fs::write(config.join("config.toml"), text).unwrap();
    }

    /// Runs a flow on the array's half.
    pub(crate) fn run(&self, line: &str) -> Out {
        self.home.run(&half(line))
    }

    pub(crate) fn start(&self, line: &str) -> Running {
        self.home.start(&half(line))
    }

    pub(crate) fn faults(&self, text: &str) {
        self.server.set_faults(Faults::parse(text).unwrap());
    }

    /// The routes of the changes that arrived, logins and logouts left out.
    pub(crate) fn changes(&self) -> Vec<String> {
        let seen = self.server.requests().into_iter();
        seen.filter(|s| s.method != "GET" && s.route != "/sessions")
            .map(|s| format!("{} {}", s.method, s.route))
            .collect()
    }
}

/// The command line of the array's half for the node of the connector.
pub(crate) fn half(line: &str) -> String {
    format!("{line} --array-only --connector node11.json")
}

/// Fails with what differs, and nothing else.
#[track_caller]
pub(crate) fn same(found: &Value, wanted: &Value, when: &str) {
    let mut differences = Vec::new();
    compare("", found, wanted, &mut differences);
    assert!(differences.is_empty(), "{when}: {differences:#?}");
}

fn compare(at: &str, found: &Value, wanted: &Value, into: &mut Vec<String>) {
    match (found, wanted) {
        (Value::Object(a), Value::Object(b)) => {
            let keys: std::collections::BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            for key in keys {
                let none = &Value::Null;
                let (a, b) = (a.get(key).unwrap_or(none), b.get(key).unwrap_or(none));
                compare(&format!("{at}/{key}"), a, b, into);
            }
        }
        _ if found != wanted => into.push(format!("{at}: {found} in place of {wanted}")),
        _ => {}
    }
}
