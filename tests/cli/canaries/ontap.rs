//! The same on an ONTAP, over both of its interfaces: what changes something, CHAP above all.

use std::sync::Arc;

use sanctl::sim::faults::Faults;
use sanctl::sim::ontap::{Account, Practice, Seed};
use sanctl::sim::server::{Device, Reply, Request, Server};
use serde_json::json;

use super::{Canaries, Mood, OTHER_CHAP, PASSWORD, fixed, furnish, silent, tell};
use crate::place::Place;

/// An ONTAP whose changes are answered in its mood; what only looks is answered as it should be.
struct Ontap {
    array: Practice,
    mood: Mood,
}

impl Device for Ontap {
    fn handle(&self, request: &Request) -> Reply {
        let body = String::from_utf8_lossy(&request.body).into_owned();
        let zapi = request.path.starts_with("/servlets");
        let reads = request.method == "GET" || body.contains("-get");
        match self.mood {
            Mood::EchoPage if !reads => {
                let page = format!("<p>{body}</p> {:?}", request.headers);
                Reply::new(500, "text/html", page)
            }
            Mood::EchoWords if !reads && zapi => {
                let words = body.replace('<', "&lt;").replace('"', "&quot;");
                let text = format!(
                    "<netapp><results status=\"failed\" errno=\"13001\" reason=\"{words}\"/></netapp>"
                );
                Reply::new(200, "text/xml", text)
            }
            Mood::EchoWords if !reads => {
                let error = json!({"error": {"code": "262197", "message": body, "target": body}});
                Reply::new(400, "application/json", error.to_string())
            }
            _ => self.array.handle(request),
        }
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

fn world_of_ontap(api: &str, mood: Mood) -> (Vec<String>, usize) {
    let iqn = "iqn.1994-05.com.redhat:other";
    let mut seed = Seed::gold();
    seed.accounts = vec![Account::cluster(Seed::USER, PASSWORD)];
    let array = Practice::in_memory(&seed);
    array.add_lun("/vol/v/vol-7", 1 << 30);
    array.add_igroup("one", "iscsi", &["iqn.1994-05.com.redhat:in"]);
    array.set_chap("iqn.1994-05.com.redhat:in", "before", OTHER_CHAP);
    let any = ([127, 0, 0, 1], 0).into();
    let server = Server::start(Arc::new(Ontap { array, mood }), any, Faults::none()).unwrap();
    let place = Place::with_config(&format!(
        "[arrays.gold]\nkind = \"ontap\"\nurl = \"{}\"\nuser = \"{}\"\nsvm = \"{}\"\n\
         password = {{ file = \"password\" }}\napi = \"{api}\"\n\
         chap = {{ user = \"node\", password = {{ file = \"chap\" }} }}\n\
         timeouts = {{ connect = \"2s\", request = \"2s\" }}\n",
        server.url(),
        Seed::USER,
        Seed::SVM
    ));
    furnish(&place);
    place.write(
        "node.json",
        r#"{"host": "compute-2", "initiator": "iqn.1994-05.com.redhat:83feeda2b41d", "multipath": false}"#,
    );
    let canaries = || Canaries::of(fixed());
    let chap = "--user node11 --secret-file chap";
    let mutual = "--mutual-user gold --mutual-secret-file mutual";
    let (mut found, mut runs) = (Vec::new(), 0);
    for line in [
        format!("initiator set-chap {iqn} {chap} --dry-run"),
        format!("initiator set-chap {iqn} {chap} {mutual} --dry-run"),
        format!("initiator set-chap {iqn} {chap} {mutual} --yes"),
        format!("initiator set-chap {iqn} --user node12 --secret-file other-chap --yes"),
        format!("initiator set-chap {iqn} --user node12 --secret-file mutual --dry-run"),
        format!("initiator set-chap iqn.1994-05.com.redhat:in {chap} --yes"),
        format!("initiator show-chap {iqn}"),
        format!("initiator show {iqn}"),
        format!("initiator clear-chap {iqn} --dry-run"),
        format!("initiator clear-chap {iqn} --yes"),
        format!("hostgroup create fresh --initiator {iqn}"),
        format!("hostgroup add-initiator one {iqn}"),
        format!("hostgroup remove-initiator one {iqn} --yes --confirm {iqn}"),
        "hostgroup delete fresh --yes".into(),
        "mapping create --lun vol-7 --hostgroup one".into(),
        "mapping delete one:/vol/v/vol-7 --yes".into(),
        "lun map vol-7 --host one".into(),
        "lun unmap vol-7 --host one --yes".into(),
        "lun create fresh --size 1GiB --pool v".into(),
        "lun resize fresh --size 2GiB --yes".into(),
        "lun offline fresh --yes".into(),
        "lun delete fresh --confirm /vol/v/fresh".into(),
        "attach vol-7 --array-only --connector node.json --dry-run --print wire".into(),
        "attach vol-7 --array-only --connector node.json".into(),
        "detach vol-7 --array-only --connector node.json".into(),
        "journal list --manual".into(),
    ] {
        let code = silent(&place, &line, &canaries, &mut found);
        if mood == Mood::Fair && code == 2 {
            found.push(format!("{line}: was not understood"));
        }
        runs += 1;
    }
    let found = found.into_iter();
    (
        found
            .map(|what| format!("{api} {mood:?}: {what}"))
            .collect(),
        runs,
    )
}

#[test]
fn no_line_that_changes_an_ontap_tells_a_secret() {
    let moods = [Mood::Fair, Mood::EchoPage, Mood::EchoWords];
    let cases = ["rest", "zapi"].map(|api| moods.map(|mood| (api, mood)));
    let worlds = std::thread::scope(|scope| {
        let run = |(api, mood)| scope.spawn(move || world_of_ontap(api, mood));
        let threads: Vec<_> = cases.into_iter().flatten().map(run).collect();
        let ended = threads.into_iter().map(|thread| thread.join().unwrap());
        ended.collect::<Vec<_>>()
    });
    let runs = worlds.iter().map(|(_, runs)| runs).sum();
    let found: Vec<String> = worlds.into_iter().flat_map(|(found, _)| found).collect();
    tell("ONTAP", &found, runs, 150);
}
