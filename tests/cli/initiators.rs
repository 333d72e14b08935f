//! The writing verbs of initiators, and CHAP.

use sanctl::sim::oceanstor::{Seed, User};

use crate::place::{Place, golden, holds};
use crate::served::{Served, shown};

const IQN: &str = "iqn.1994-05.com.redhat:83feeda2b41d";
const OTHER: &str = "iqn.1994-05.com.redhat:other";
const WWN: &str = "10000090fa1b2c3d";
const SECRET: &str = "canary-chap-77";

/// Runs the lines with `IQN`, `OTHER` and `WWN` in them replaced.
fn ran(served: &Served, lines: &[(&str, i32)]) -> String {
    let full: Vec<(String, i32)> = lines
        .iter()
        .map(|(line, code)| {
            let line = line.replace("OTHER", OTHER).replace("IQN", IQN);
            (line.replace("WWN", WWN), *code)
        })
        .collect();
    let full: Vec<(&str, i32)> = full.iter().map(|(l, c)| (l.as_str(), *c)).collect();
    shown(served, &full)
}

/// Host `other` sees vol-7 and vol-8 and is logged in; `compute-2` sees nothing.
fn mapped(seed: Seed) -> Served {
    let served = Served::with(seed, "");
    let array = &served.array;
    let host = array.add_host("compute-2");
    assert_eq!(host, 1);
    let group = array.add_hostgroup("hosts", &[0]);
    let luns = array.add_lungroup("luns", &[0, 1]);
    array.add_view("view", Some(group), Some(luns));
    array.set_logged_in(OTHER, true);
    served.place.write("secret", &format!("{SECRET}\n"));
    served
}

#[test]
fn a_life_of_initiators() {
    let served = mapped(Seed::v3());
    golden!(
        "initiator-life",
        ran(
            &served,
            &[
                ("initiator create IQN --host compute-2 --dry-run", 0),
                ("initiator create IQN --host compute-2", 0),
                ("initiator create IQN --host compute-2", 0),
                ("initiator create 10:00:00:90:fa:1b:2c:3d -o json", 0),
                ("initiator bind WWN --host other", 0),
                ("initiator bind WWN --host other -o json", 0),
                ("initiator luns WWN", 0),
                ("initiator luns WWN -o json", 0),
                ("initiator luns IQN", 0),
                ("initiator luns IQN -o json", 0),
                ("initiator unbind IQN --host compute-2 --yes", 0),
                ("initiator unbind IQN --host compute-2 --yes", 0),
                ("initiator unbind WWN --host other --dry-run", 0),
                ("initiator unbind WWN --host other --dry-run -o json", 0),
                (
                    "initiator unbind WWN --host other --confirm other -o json",
                    0
                ),
                (
                    "initiator set WWN --multipath-type 1 --failover-mode 1 --path-type 0 -y",
                    0
                ),
                (
                    "initiator set WWN --multipath-type 1 --failover-mode 1 -y",
                    0
                ),
                (
                    "initiator set WWN --failover-mode 3 --special-mode 2 -y -o json",
                    0
                ),
                ("initiator show WWN -o wide", 0),
                ("initiator delete WWN --yes", 0),
                ("initiator delete IQN --yes -o json", 0),
                ("initiator list", 0),
            ]
        )
    );
    assert_eq!(served.array.open_sessions(), 0);
}

#[test]
fn a_move_is_typed_and_shows_what_is_lost() {
    let served = mapped(Seed::v6());
    let text = ran(
        &served,
        &[
            ("initiator bind OTHER --host compute-2", 7),
            ("initiator bind OTHER --host compute-2 -o json", 7),
            ("initiator bind OTHER --host compute-2 --move-from other", 2),
            (
                "initiator bind OTHER --host compute-2 --move-from other --yes",
                2,
            ),
            (
                "initiator bind OTHER --host compute-2 --move-from other --confirm nix",
                7,
            ),
            (
                "initiator bind OTHER --host compute-2 --move-from other --dry-run",
                0,
            ),
            (
                "initiator bind OTHER --host compute-2 --move-from other --confirm other",
                0,
            ),
            ("initiator bind OTHER --host compute-2 --move-from other", 0),
            ("initiator list --host compute-2 -o name", 0),
        ],
    );
    golden!("initiator-move", text);
}

#[test]
fn initiators_that_are_refused() {
    let served = mapped(Seed::v3());
    served.array.add_initiator(IQN, None);
    served.array.add_fc_initiator(WWN, None, false);
    let before = served.array.dump();
    golden!(
        "initiator-refused",
        ran(
            &served,
            &[
                ("initiator create nix", 2),
                ("initiator create nix -o json", 2),
                ("initiator create OTHER --host compute-2", 7),
                ("initiator create IQN --host nix", 10),
                (
                    "initiator bind iqn.2000-01.com.example:nix --host other",
                    10
                ),
                ("initiator bind IQN --host nix", 10),
                (
                    "initiator bind OTHER --host compute-2 --move-from compute-2",
                    2
                ),
                ("initiator unbind OTHER --host compute-2", 7),
                ("initiator unbind OTHER --host other", 2),
                ("initiator unbind OTHER --host other --yes", 2),
                ("initiator unbind OTHER --host other --no-input -o json", 2),
                ("initiator unbind OTHER --host other --confirm compute-2", 7),
                ("initiator delete OTHER --yes", 7),
                ("initiator delete OTHER --yes -o json", 7),
                ("initiator delete IQN", 2),
                ("initiator delete iqn.2000-01.com.example:nix", 10),
                ("initiator set IQN", 2),
                ("initiator set IQN --multipath-type 7", 2),
                ("initiator set IQN --failover-mode 1", 7),
                ("initiator set IQN --multipath-type 1", 2),
                ("initiator luns nix", 8),
                ("initiator show-chap WWN", 8),
            ]
        )
    );
    assert_eq!(served.array.dump(), before);
}

#[test]
fn chap() {
    let served = mapped(Seed::v3());
    served.array.set_third_party(OTHER, "1", "0");
    let set = "initiator set-chap OTHER --user node11 --secret-file secret";
    golden!(
        "initiator-chap",
        ran(
            &served,
            &[
                ("initiator show-chap OTHER", 0),
                (&format!("{set} --dry-run"), 0),
                (&format!("{set} --dry-run -o json"), 0),
                (set, 2),
                (&format!("{set} --yes"), 0),
                (&format!("{set} --yes -o json"), 0),
                ("initiator show-chap OTHER", 0),
                ("initiator show-chap OTHER -o json", 0),
                ("initiator clear-chap OTHER --dry-run", 0),
                ("initiator clear-chap OTHER", 2),
                ("initiator clear-chap OTHER --yes", 0),
                ("initiator clear-chap OTHER --yes", 0),
                ("initiator show OTHER -o json", 0),
            ]
        )
    );
}

#[test]
fn chap_that_is_refused() {
    let served = mapped(Seed::v3());
    let before = served.array.dump();
    served.place.write("short", "canary-chap");
    served.place.write("long", "canary-chap-12345");
    served.place.write("empty", "\n");
    served.place.write_mode("open", SECRET, 0o644);
    served.array.add_fc_initiator(WWN, None, false);
    let set = "initiator set-chap OTHER --user";
    let text = ran(
        &served,
        &[
            (&format!("{set} node11"), 2),
            (&format!("{set} node11 --secret-file open"), 2),
            (&format!("{set} node11 --secret-file empty"), 2),
            (&format!("{set} node11 --secret-file missing"), 2),
            (&format!("{set} node11 --secret-file short -y"), 2),
            (&format!("{set} node11 --secret-file long -y -o json"), 2),
            (&format!("{set} usr --secret-file secret -y"), 2),
            (&format!("{set} node11 --secret-prompt"), 2),
            (&format!("{set} node11 --secret-prompt --no-input"), 2),
            (
                &format!("{set} node11 --secret-prompt --secret-file secret"),
                2,
            ),
            (
                &format!(
                    "{set} node11 --secret-file secret --mutual-user a \
                     --mutual-secret-file secret"
                ),
                8,
            ),
            (
                "initiator set-chap WWN --user node11 --secret-file secret -y",
                8,
            ),
            ("initiator clear-chap WWN -y", 8),
        ],
    );
    assert!(!text.contains("canary"), "{text}");
    golden!("initiator-chap-refused", text);
    assert_eq!(served.array.dump(), {
        served.array.add_fc_initiator(WWN, None, false);
        let mut with = before;
        with["fc"] = served.array.dump()["fc"].clone();
        with
    });
    assert_eq!(served.server.requests().len(), 0, "nothing was sent");
}

/// The secret shows in no output, no trace, no record and no argument, whatever becomes of the
/// request that carries it.
#[test]
fn the_secret_of_an_initiator_stays_hidden() {
    let served = mapped(Seed::v3());
    let state = served.place.state();
    let set = format!("initiator set-chap {OTHER} --user node11 --secret-file secret --yes");
    let path = format!("PUT /iscsi_initiator/{OTHER}");
    for act in [
        "",
        "drop-after",
        "html-after",
        "garbage",
        "truncated",
        "code:50331651",
        "timeout-after",
    ] {
        for more in [
            "-vv",
            "-vv -o json",
            "--dry-run -vv",
            "--dry-run -o json -vv",
        ] {
            let fault = if act.is_empty() {
                String::new()
            } else {
                format!("{path}={act}")
            };
            served.set_faults(&fault);
            let ran = served
                .place
                .run(&format!("{set} {more} --trace trace.jsonl"));
            let trace = std::fs::read_to_string(served.place.path("trace.jsonl")).unwrap();
            std::fs::remove_file(served.place.path("trace.jsonl")).unwrap();
            for text in [&ran.out, &ran.err, &trace] {
                assert!(!text.contains(SECRET), "{act} {more}: {text}");
            }
            assert!(!holds(&state, SECRET), "{act} {more}: state");
            if !more.contains("dry-run") {
                assert!(trace.contains("\"CHAPPASSWORD\":\"********\""), "{trace}");
            }
        }
    }
    served.set_faults("");
    served.place.ok(&set);
    for (verb, more) in [("show-chap", ""), ("show", "-o json"), ("clear-chap", "-y")] {
        let line = format!("initiator {verb} {OTHER} -vv {more}");
        let ran = served.place.run(&line).expect(0);
        assert!(!ran.shown().contains(SECRET), "{}", ran.shown());
    }
    let record = std::fs::read_to_string(state.join("manual.jsonl")).unwrap();
    assert!(record.contains("--secret-prompt"), "{record}");
}

/// Every changing verb of hosts and initiators, on the array of [`mapped`] with a free `IQN`.
const CHANGES: [&str; 10] = [
    "host create node3",
    "host set compute-2 --access-mode asymmetric --yes",
    "host delete compute-2 --yes",
    "initiator create iqn.1994-05.com.redhat:new --host compute-2",
    "initiator bind IQN --host compute-2",
    "initiator bind OTHER --host compute-2 --move-from other --confirm other",
    "initiator unbind OTHER --host other --confirm other",
    "initiator delete IQN --yes",
    "initiator set IQN --multipath-type 1 --yes",
    "initiator set-chap OTHER --user node11 --secret-file secret --yes",
];

fn with_a_free_one(users: &[User]) -> Served {
    let served = mapped(Seed::v6());
    served.array.add_initiator(IQN, None);
    served.array.set_users(|all| *all = users.to_vec());
    served
}

/// Which methods were sent, sessions aside.
fn methods(served: &Served) -> Vec<String> {
    let seen = served.server.requests();
    let seen = seen.iter().filter(|s| !s.route.ends_with("/sessions"));
    seen.map(|s| s.method.clone()).collect()
}

#[test]
fn reads_and_dry_runs_send_no_change() {
    let served = with_a_free_one(&[User::admin(Seed::USER, Seed::PASSWORD)]);
    let before = served.array.dump();
    for line in CHANGES {
        let line = line.replace("OTHER", OTHER).replace("IQN", IQN);
        let ran = served
            .place
            .run(&format!("{line} --dry-run -o json"))
            .expect(0);
        assert!(
            ran.json()["item"]["inverse"][0].is_string(),
            "{}",
            ran.shown()
        );
    }
    for line in [
        "host paths other".to_owned(),
        format!("initiator luns {OTHER}"),
        format!("initiator show-chap {OTHER}"),
    ] {
        served.place.ok(&line);
    }
    assert!(methods(&served).iter().all(|method| method == "GET"));
    assert_eq!(served.array.dump(), before);
    assert!(!served.place.state().join("manual.jsonl").exists());
}

#[test]
fn an_account_that_may_only_read() {
    let mut user = User::admin(Seed::USER, Seed::PASSWORD);
    user.may_change = false;
    let served = with_a_free_one(&[user]);
    let before = served.array.dump();
    for line in CHANGES {
        let line = line.replace("OTHER", OTHER).replace("IQN", IQN);
        let ran = served.place.run(&format!("{line} -o json")).expect(6);
        let message = ran.error()["message"].to_string();
        assert!(message.contains("not permitted"), "{}", ran.shown());
    }
    assert_eq!(served.array.dump(), before);
}

/// It was really set: the array asks for it.
#[test]
fn the_secret_reaches_the_array() {
    let served = mapped(Seed::v3());
    served.place.ok(&format!(
        "initiator set-chap {OTHER} --user node11 --secret-file secret --yes"
    ));
    assert_eq!(
        served.array.chap_of(OTHER),
        Some(("node11".to_owned(), SECRET.to_owned()))
    );
    served
        .place
        .ok(&format!("initiator clear-chap {OTHER} --yes"));
    assert_eq!(served.array.chap_of(OTHER), None);
}

/// This node uses a LUN that its initiator would lose: refused, whatever is answered.
#[test]
fn an_initiator_of_this_node_that_is_in_use_stays() {
    let place = Place::new();
    place.ok("attach vol-1 -q");
    let iqn = "iqn.1994-05.com.redhat:practice-node";
    let lines = [
        format!("initiator unbind {iqn} --host practice-node --confirm practice-node"),
        format!("initiator bind {iqn} --host db-1 --move-from practice-node --dry-run"),
        format!("initiator bind {iqn} --host db-1 --move-from practice-node -o json"),
    ];
    let text = lines.map(|line| place.run(&line).expect(7).shown());
    golden!("initiator-in-use", text.join("\n"));
    let ran = place.run("status vol-1").expect(0);
    assert!(ran.out.contains("logged in"), "{}", ran.shown());
}

/// Every step of a practice by hand, back to where it began.
#[test]
fn what_is_told_takes_it_back() {
    let served = mapped(Seed::v6());
    let before = served.array.dump();
    for line in [
        format!("initiator unbind {OTHER} --host other --confirm other"),
        format!("initiator bind {OTHER} --host compute-2 --move-from other --confirm other"),
        format!("initiator set {OTHER} --multipath-type 1 --failover-mode 1 --yes"),
        "host set other --access-mode asymmetric --yes".to_owned(),
        format!("initiator create {IQN} --host compute-2"),
    ] {
        let ran = served.place.run(&format!("{line} -o json")).expect(0);
        assert_ne!(served.array.dump(), before, "{line}");
        let inverse = ran.json()["item"]["inverse"].clone();
        for back in inverse.as_array().unwrap() {
            let back = back.as_str().unwrap().strip_prefix("sanctl ").unwrap();
            let confirm = if back.contains("--move-from") {
                "compute-2"
            } else {
                "nothing"
            };
            served
                .place
                .ok(&format!("{back} --yes --confirm {confirm}"));
        }
        assert_eq!(served.array.dump(), before, "{line}");
    }
}
