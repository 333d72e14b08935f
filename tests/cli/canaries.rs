//! A canary in every secret, every verb with all that can be told of it, and an array that tells
//! everybody's secrets: none is found anywhere but where it belongs.

mod ontap;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use sanctl::sim::faults::Faults;
use sanctl::sim::oceanstor::{Practice, Seed, User};
use sanctl::sim::server::{Device, Reply, Request, Server};
use serde_json::{Value, json};

use crate::place::Place;
use crate::served::section;

const PASSWORD: &str = "cAnary#P/w1+%x";
const OF_ENV: &str = "cAnary#E/n2+%x";
const OF_COMMAND: &str = "cAnary#C/m3+%x";
const CHAP: &str = "cAnary#H/i4+%x";
const OTHER_CHAP: &str = "cAnary#H/o5+%x";
const MUTUAL: &str = "cAnary#M/u6+%x";

/// How a secret may be written.
fn forms(secret: &str) -> BTreeSet<String> {
    let hex: String = secret.bytes().map(|b| format!("{b:02x}")).collect();
    let percent = |escape: &dyn Fn(u8) -> String| -> String {
        let byte = |b: u8| {
            if b.is_ascii_alphanumeric() {
                char::from(b).to_string()
            } else {
                escape(b)
            }
        };
        secret.bytes().map(byte).collect()
    };
    let mut forms = BTreeSet::from([
        secret.to_owned(),
        hex.to_uppercase(),
        hex,
        percent(&|b| format!("%{b:02X}")),
        percent(&|b| format!("%{b:02x}")),
        secret.replace('/', "\\/"),
    ]);
    // Wherever it begins in what is encoded; its own letters alone.
    for shift in 0..3 {
        let mut bytes = vec![b'x'; shift];
        bytes.extend(secret.bytes());
        let text = base64(&bytes);
        let first = if shift == 0 { 0 } else { 4 };
        let last = bytes.len() / 3 * 4;
        forms.insert(text[first..last].to_owned());
    }
    forms
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks_exact(3) {
        let word = u32::from(chunk[0]) << 16 | u32::from(chunk[1]) << 8 | u32::from(chunk[2]);
        for at in [18, 12, 6, 0] {
            text.push(char::from(LETTERS[(word >> at) as usize & 63]));
        }
    }
    text
}

/// How the array behaves.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Mood {
    /// As it should.
    Fair,
    /// Its web server answers all but logins with an error page that repeats the request.
    EchoPage,
    /// Its changes are refused in words that repeat their values.
    EchoWords,
    /// Even its login is answered with what was sent.
    EchoLogin,
}

/// An array that remembers which tokens it gave out.
struct Teller {
    array: Arc<Practice>,
    mood: Mood,
    tokens: Arc<Mutex<BTreeSet<String>>>,
}

impl Device for Teller {
    fn handle(&self, request: &Request) -> Reply {
        let login = request.path.ends_with("/sessions");
        let body = String::from_utf8_lossy(&request.body).into_owned();
        let reads = request.method == "GET";
        match self.mood {
            Mood::EchoPage if !login => {
                // What a read is sent again for costs time.
                let status = if reads { 404 } else { 500 };
                return Reply::new(status, "text/html", format!("{body} {:?}", request.headers));
            }
            Mood::EchoLogin if login && request.method == "POST" => {
                return Reply::new(502, "text/html", format!("bad gateway: {body}"));
            }
            Mood::EchoWords if !login && !reads => {
                let words = format!("not so: {body} {:?}", request.headers);
                let error = json!({"code": 50331651, "description": words, "suggestion": body});
                let text = json!({"data": {}, "error": error}).to_string();
                return Reply::new(200, "application/json", text);
            }
            _ => {}
        }
        let reply = self.array.handle(request);
        let mut tokens = self.tokens.lock().unwrap();
        if let Ok(value) = serde_json::from_slice::<Value>(&reply.body)
            && let Some(token) = value["data"]["iBaseToken"].as_str()
        {
            tokens.insert(token.to_owned());
        }
        for (name, value) in &reply.headers {
            if name.eq_ignore_ascii_case("set-cookie") {
                let pair = value.split(';').next().unwrap();
                tokens.insert(pair.rsplit('=').next().unwrap().to_owned());
            }
        }
        reply
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

/// Every line that asks an array.
fn lines_of_arrays() -> Vec<String> {
    let node = "--array-only --connector node.json";
    let iqn = "iqn.1994-05.com.redhat:other";
    let mut lines: Vec<String> = crate::outputs::OF_ARRAYS
        .iter()
        .map(|row| row.found.to_owned())
        .collect();
    let more = [
        "array call GET /lun",
        "array call PUT /lun/0 --data change.json --confirm /lun/0",
        "array test --array of-env",
        "array test --array of-command",
        "config init --url URL --user svc --name fresh --secret-file password --yes --config fresh.toml",
        "host create new",
        "host set new --access-mode balanced --yes",
        "host delete new --yes",
        "initiator create iqn.1994-05.com.redhat:new",
        "initiator bind iqn.1994-05.com.redhat:new --host other",
        "initiator set-chap OTHER --user node11 --secret-file other-chap --yes",
        "initiator set-chap OTHER --user node11 --secret-file other-chap --dry-run",
        "initiator show-chap OTHER",
        "initiator clear-chap OTHER --yes",
        "initiator set iqn.1994-05.com.redhat:new --multipath-type 0",
        "initiator unbind iqn.1994-05.com.redhat:new --host other --yes",
        "initiator delete iqn.1994-05.com.redhat:new --yes",
        "hostgroup create hg",
        "hostgroup add-host hg other",
        "hostgroup add-initiator hg OTHER --yes",
        "hostgroup remove-initiator hg OTHER --yes",
        "hostgroup remove-host hg other --yes",
        "hostgroup delete hg --yes",
        "lungroup create lg",
        "lungroup add-lun lg vol-8",
        "lungroup remove-lun lg vol-8 --yes",
        "lungroup delete lg --yes",
        "portgroup create pg",
        "portgroup add-port pg 192.0.2.35 --yes",
        "portgroup remove-port pg 192.0.2.35 --confirm pg",
        "portgroup delete pg --yes",
        "mapping create mp",
        "mapping add-group mp --lungroup one",
        "mapping remove-group mp --lungroup one --confirm mp",
        "mapping delete mp --yes",
        "mapping set-number OpenStack_Mapping_View_1 vol-7 12 --confirm vol-7",
        "lun create fresh --size 1GiB --pool StoragePool001",
        "lun resize fresh --size 2GiB --yes",
        "lun offline fresh --confirm fresh",
        "lun online fresh --yes",
        "lun map fresh --host other",
        "lun unmap fresh --host other --yes",
        "lun delete fresh --confirm fresh",
        "attach vol-8 NODE --dry-run",
        "attach vol-8 NODE --dry-run --print wire",
        "attach vol-8 NODE --dry-run --print verbs",
        "attach vol-8 NODE --progress jsonl",
        "attach vol-8 NODE --emit connection-info",
        "attach vol-8 NODE --emit connection-info --secrets-to info.json",
        "detach vol-8 NODE --dry-run --print wire",
        "detach vol-8 NODE",
        "journal list",
        "journal show vol-7",
        "journal export vol-7",
        "config show --origin",
        "config check",
        "array list",
    ];
    lines.extend(more.map(|line| line.replace("NODE", node).replace("OTHER", iqn)));
    lines
}

/// Every line that asks the practice machine.
fn lines_of_nodes() -> Vec<String> {
    let at = "-T iqn.2006-08.com.huawei:oceanstor:2100a4c64f1db633::20100:172.24.3.150 \
              -p 172.24.3.150";
    let chap = "--chap-user node11 --chap-secret-file other-chap";
    let lines = [
        "attach vol-1",
        "status vol-1",
        "device list",
        "device show sda",
        "device tree",
        "device grow wwid:6a4c64f1001db63307a4e17000000000 --yes",
        "device flush mpatha --yes",
        "device add-path sda --yes",
        "hba list",
        "hba show host0",
        "hba targets",
        "device check sda",
        "device wait --wwid 6a4c64f1001db63307a4e17000000000",
        "device rescan sda",
        "device set-state sda offline --confirm sda",
        "device set-state sda running --confirm sda",
        "session list",
        "session show 1",
        "session list-records",
        "discover",
        "discover --portal 172.24.3.150",
        "connector show",
        "connector check node.json",
        "journal show vol-1",
        "device remove sda --yes",
        "session logout 1 --yes",
        "session relogin 2 --yes",
        "session delete-record AT --yes",
        "session add-record AT,1",
        "session set-record AT CHAP --yes",
        "session set-record AT CHAP --dry-run",
        "session set-record AT CHAP --mutual-user array1 --mutual-secret-file mutual --yes",
        "session list-records",
        "session login AT",
        "session set-record AT --no-chap --yes",
        "device scan --session 1 --lun 1",
        "detach vol-1",
        "attach vol-2",
        "adopt vol-2",
        "detach --by dev:/dev/sdb",
        "attach vol-3 --array-only --emit connection-info --secrets-to info.json",
        "attach --connection-info info.json",
        "detach vol-3",
        "collect cap",
        "journal list --manual",
        "journal prune --yes",
        "sim status",
        "sim reset --yes",
        "completions bash",
        "schema",
        "explain degraded",
        "trace replay trace.jsonl",
        "trace replay trace.jsonl --as sh",
    ];
    lines
        .map(|line| line.replace("AT", at).replace("CHAP", chap))
        .to_vec()
}

/// The canaries with all their forms.
struct Canaries(Vec<(String, BTreeSet<String>)>);

impl Canaries {
    fn of(secrets: impl IntoIterator<Item = String>) -> Self {
        Self(
            secrets
                .into_iter()
                .map(|s| (s.clone(), forms(&s)))
                .collect(),
        )
    }

    fn find(&self, text: &str) -> Option<&str> {
        let holds = |forms: &BTreeSet<String>| forms.iter().any(|form| text.contains(form));
        let found = self.0.iter().find(|(_, forms)| holds(forms));
        found.map(|(secret, _)| secret.as_str())
    }
}

fn fixed() -> Vec<String> {
    [PASSWORD, OF_ENV, OF_COMMAND, CHAP, OTHER_CHAP, MUTUAL]
        .map(str::to_owned)
        .to_vec()
}

/// Every file below a directory but those that must hold a secret, and the data of LUNs.
fn files(dir: &Path, into: &mut Vec<PathBuf>) {
    const MAY: [&str; 8] = [
        "password",
        "command",
        "chap",
        "other-chap",
        "mutual",
        // The practice array and machine themselves, and what was asked for.
        "array.json",
        "machine.json",
        "info.json",
    ];
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            files(&path, into);
        } else if !MAY.contains(&name.as_str()) && !name.ends_with(".img") {
            into.push(path);
        }
    }
}

/// Runs one line with everything that can be told, and finds no canary.
fn silent(
    place: &Place,
    line: &str,
    canaries: &dyn Fn() -> Canaries,
    found: &mut Vec<String>,
) -> i32 {
    let format = if line.contains("--print") {
        ""
    } else {
        "-o json"
    };
    let trace = if line.starts_with("trace") {
        ""
    } else {
        "--trace trace.jsonl"
    };
    let typed = format!("{line} -vv --timeout 5s {trace} {format}");
    let words: Vec<&str> = typed.split_whitespace().collect();
    let ran = place.run_untold(&words, "");
    let canaries = canaries();
    for (place, text) in [("stdout", &ran.out), ("stderr", &ran.err)] {
        if let Some(secret) = canaries.find(text) {
            found.push(format!("{line}: {secret} in {place}: {text}"));
        }
    }
    let mut all = Vec::new();
    files(&place.path("."), &mut all);
    for path in all {
        let bytes = std::fs::read(&path).unwrap();
        if let Some(secret) = canaries.find(&String::from_utf8_lossy(&bytes)) {
            found.push(format!("{line}: {secret} in {}", path.display()));
            std::fs::remove_file(&path).unwrap();
        }
    }
    ran.code
}

fn furnish(place: &Place) {
    place.write("password", &format!("{PASSWORD}\n"));
    place.write("command", &format!("{OF_COMMAND}\n"));
    place.write("chap", CHAP);
    place.write("other-chap", OTHER_CHAP);
    place.write("mutual", MUTUAL);
    place.write(
        "change.json",
        r#"{"TYPE": 11, "ID": "0", "DESCRIPTION": "x"}"#,
    );
}

fn world(mood: Mood) -> (Vec<String>, usize) {
    let mut seed = Seed::v3();
    let user = |name: &str, password: &str| User::admin(name, password);
    seed.users = vec![
        user(Seed::USER, PASSWORD),
        user("svc", PASSWORD),
        user("env", OF_ENV),
        user("command", OF_COMMAND),
    ];
    let array = Arc::new(Practice::in_memory(&seed));
    for name in ["vol-7", "vol-8"] {
        array.add_lun(name, 1 << 30);
    }
    let host = array.add_host("other");
    array.add_initiator("iqn.1994-05.com.redhat:other", Some(host));
    array.add_lungroup("one", &[]);
    let tokens = Arc::new(Mutex::new(BTreeSet::new()));
    let teller = |mood| -> Arc<dyn Device> {
        Arc::new(Teller {
            array: Arc::clone(&array),
            mood,
            tokens: Arc::clone(&tokens),
        })
    };
    let any = ([127, 0, 0, 1], 0).into();
    let server = Server::start(teller(mood), any, Faults::none()).unwrap();
    let fair = Server::start(teller(Mood::Fair), any, Faults::none()).unwrap();
    let place = Place::with_config("").env("SANCTL_CANARY", OF_ENV);
    furnish(&place);
    place.write(
        "node.json",
        r#"{"host": "compute-2", "initiator": "iqn.1994-05.com.redhat:83feeda2b41d", "multipath": false}"#,
    );
    let configure = |url: &str| {
        let chap = "chap = { user = \"node\", password = { file = \"chap\" } }";
        let mut text = section("dorado1", url, chap);
        for (name, source) in [
            ("env", "{ env = \"SANCTL_CANARY\" }"),
            ("command", "{ command = [\"cat\", \"COMMAND\"] }"),
        ] {
            text += &format!(
                "[arrays.of-{name}]\nkind = \"oceanstor\"\nurl = \"{url}\"\nuser = \"{name}\"\n\
                 password = {source}\n"
            );
            text = text.replace("COMMAND", place.path("command").to_str().unwrap());
        }
        text = format!("default_array = \"dorado1\"\n{text}");
        place.write("config/sanctl/config.toml", &text);
    };
    configure(&fair.url());
    place.ok("attach vol-7 --array-only --connector node.json -q");
    place.ok("lun list --trace t.jsonl");
    configure(&server.url());
    let canaries = || Canaries::of(fixed().into_iter().chain(tokens.lock().unwrap().clone()));
    let (mut found, mut runs) = (Vec::new(), 0);
    for line in lines_of_arrays() {
        let line = line.replace("URL", &server.url());
        let code = silent(&place, &line, &canaries, &mut found);
        if mood == Mood::Fair && code == 2 {
            found.push(format!("{line}: was not understood"));
        }
        runs += 1;
    }
    assert!(!tokens.lock().unwrap().is_empty());
    let found = found.into_iter().map(|what| format!("{mood:?}: {what}"));
    (found.collect(), runs)
}

/// What was found, and how much was looked at.
fn tell(what: &str, found: &[String], runs: usize, floor: usize) {
    let places = "stdout, stderr, trace and every file";
    // Past what the test harness catches: it is a result.
    let _ = writeln!(
        std::io::stderr(),
        "canaries: {} in {places} of {runs} runs ({what})",
        found.len()
    );
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert!(runs >= floor, "{runs}");
}

#[test]
fn no_line_that_asks_an_array_tells_a_secret() {
    let moods = [Mood::Fair, Mood::EchoPage, Mood::EchoWords, Mood::EchoLogin];
    let worlds = std::thread::scope(|scope| {
        let threads = moods.map(|mood| scope.spawn(move || world(mood)));
        threads.map(|thread| thread.join().unwrap())
    });
    let runs = worlds.iter().map(|(_, runs)| runs).sum();
    let found: Vec<String> = worlds.into_iter().flat_map(|(found, _)| found).collect();
    tell("arrays", &found, runs, 250);
}

#[test]
fn no_line_that_asks_the_node_tells_a_secret() {
    let place = Place::with_config(
        "[arrays.sim]\nkind = \"sim\"\nchap = { user = \"node11\", password = { file = \"chap\" } }\n",
    );
    furnish(&place);
    place.write(
        "node.json",
        r#"{"host": "x", "initiator": "iqn.2000-01.x:y", "multipath": false}"#,
    );
    let mut found = Vec::new();
    let mut runs = 0;
    for line in lines_of_nodes() {
        let code = silent(&place, &line, &|| Canaries::of(fixed()), &mut found);
        if code == 2 {
            found.push(format!("{line}: was not understood"));
        }
        runs += 1;
    }
    tell("node", &found, runs, 40);
}

#[test]
fn the_canaries_would_be_found() {
    let canaries = Canaries::of(fixed());
    for text in [
        CHAP.to_owned(),
        format!("..{}..", base64(format!("ab{CHAP}xy").as_bytes())),
        format!("..{}..", base64(format!("user:{CHAP}x").as_bytes())),
        CHAP.bytes().map(|b| format!("{b:02X}")).collect(),
        CHAP.replace('#', "%23")
            .replace('/', "%2F")
            .replace('+', "%2B")
            .replace("%x", "%25x"),
    ] {
        assert_eq!(canaries.find(&text), Some(CHAP), "{text}");
    }
    assert_eq!(canaries.find("nothing"), None);
}

#[test]
fn every_verb_has_a_line() {
    fn leaves(command: &clap::Command, path: &str, all: &mut Vec<String>) {
        for sub in command.get_subcommands() {
            let path = format!("{path} {}", sub.get_name()).trim().to_owned();
            if sub.has_subcommands() {
                leaves(sub, &path, all);
            } else {
                all.push(path);
            }
        }
    }
    let mut all = Vec::new();
    leaves(&sanctl::cli::dispatch::command(), "", &mut all);
    let lines = [lines_of_arrays(), lines_of_nodes()].concat();
    // It holds nothing of a configuration, and does not end by itself.
    all.retain(|verb| !verb.starts_with("sim serve"));
    all.retain(|verb| !lines.iter().any(|line| line.starts_with(verb.as_str())));
    assert!(all.is_empty(), "no line in tests/cli/canaries.rs: {all:?}");
}
