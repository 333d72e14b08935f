//! What is printed as lines of `sh` is run by `sh`, with curl and jq, against the same array.

use std::process::{Command, Stdio};

use serde_json::Value;

use crate::rig::{Served, same};

/// Runs a script in the home, with something typed.
#[track_caller]
fn sh(served: &Served, script: &str, typed: &str) -> String {
    use std::io::Write as _;
    let mut child = Command::new("sh")
        .current_dir(served.home.path())
        .args(["-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(typed.as_bytes()).unwrap();
    drop(stdin);
    let out = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(out.status.success(), "{said}\n{script}");
    String::from_utf8(out.stdout).unwrap()
}

/// The array's objects without what counts.
fn objects(served: &Served) -> Value {
    let mut dump = served.array.dump();
    for key in ["options", "users"] {
        dump.as_object_mut().unwrap().remove(key);
    }
    dump
}

#[test]
pub(crate) fn the_wire_lines_of_a_plan_do_what_the_flow_does() {
    let (typed, flow) = (Served::new(), Served::new());
    let before = objects(&typed);
    for (line, verb) in [("attach vol-1", "attach"), ("attach vol-2", "attach")] {
        let plan = typed
            .run(&format!("{line} --dry-run --print wire"))
            .ends(0)
            .stdout;
        sh(&typed, &plan, "");
        flow.run(line).ends(0);
        same(&objects(&typed), &objects(&flow), verb);
    }
    for line in ["detach vol-1", "detach vol-2"] {
        let plan = flow
            .run(&format!("{line} --dry-run --print wire"))
            .ends(0)
            .stdout;
        sh(&flow, &plan, "");
    }
    same(&objects(&flow), &before, "detached");
    assert_eq!(typed.array.open_sessions() + flow.array.open_sessions(), 0);
}

#[test]
pub(crate) fn a_trace_sends_the_same_requests_again() {
    let served = Served::new();
    let routes = || -> Vec<String> {
        let seen = served.server.requests().into_iter();
        seen.map(|s| format!("{} {}", s.method, s.path_and_query))
            .collect()
    };
    served.home.run("lun list --trace t.jsonl").ends(0);
    let first = routes();
    assert!(
        first.iter().any(|line| line.contains("range=[0-100]")),
        "{first:#?}"
    );
    served.server.clear_requests();
    let script = served.home.run("trace replay t.jsonl").ends(0).stdout;
    // There is no terminal whose echo could be switched off.
    let script = format!("stty() {{ :; }}\n{script}");
    sh(
        &served,
        &script,
        &format!("{}\n", sanctl::sim::oceanstor::Seed::PASSWORD),
    );
    assert_eq!(routes(), first);
}
