//! Wrong arguments: exit 2, what is wrong in one line, what to type next.

use crate::place::{Place, Ran, golden};

fn all(lines: &[&str]) -> String {
    let place = Place::new();
    let shown = lines.iter().map(|line| place.run(line).expect(2));
    shown.map(|ran| ran.shown()).collect::<Vec<_>>().join("\n")
}

const WRONG: &[&str] = &[
    "",
    "attahc vol-1",
    "attach",
    "attach vol-1 --frobnicate",
    "attach vol-1 --print wire",
    "attach vol-1 --paths want=1,min=2",
    "attach vol-1 --array-only --node-only",
    "attach vol-1 --connector node.json",
    "attach vol-1 --timeout 10",
    "attach --connection-info conn.json vol-1 vol-2",
    "detach",
    "lun",
    "lun shw vol-1",
    "lun list -o toml",
    "lun list --mapped --unmapped",
    "lun list --limit many",
    "lun list --limit 0",
    "lun list --trace no-such-folder/trace",
    "lun list --array=",
    "lun list --columns id,colour",
    "lun list --sort colour",
    "lun list --sort colour -o csv",
    "attach vol-1 --columns colour",
    "hostgroup create g --columns colour",
    "lun show wwid:xyz",
    "lun show",
    "sim serve oceanstor --listen 0.0.0.0:8088",
    "sim serve oceanstor --fault nonsense",
    "sim serve",
    "sim serve ontap --generation v3",
    "sim serve ontap --release 8.3",
    "sim serve ontap --lun vol-1=64M",
    "sim serve ontap --page 0",
    "connector check missing.json",
];

#[test]
fn as_text() {
    golden!("usage-text", all(WRONG));
}

#[test]
fn as_json() {
    let place = Place::new();
    for line in WRONG {
        for form in ["-o json", "--json", "-ojson", "--output=json", "-o jsonl"] {
            // The last format given counts, as for clap.
            if line.contains("-o ") {
                continue;
            }
            let ran = place.run(&format!("{line} {form}")).expect(2);
            assert_eq!(ran.out, "", "{}", ran.shown());
            let error = ran.error();
            assert_eq!(error["code"], 2, "{}", ran.shown());
            assert_eq!(error["kind"], "usage", "{}", ran.shown());
            assert!(
                error["message"].as_str().unwrap().len() > 10,
                "{}",
                ran.shown()
            );
            assert!(error["hints"].is_array(), "{}", ran.shown());
        }
    }
    let shown = |line: &str| -> String { Ran::shown(&place.run(line)) };
    golden!(
        "usage-json",
        [
            shown("attach -o json"),
            shown("lun shw vol-1 -o json"),
            shown("lun --json")
        ]
        .join("\n")
    );
}

#[test]
fn a_question_without_a_terminal_is_an_error_that_names_the_answer() {
    let place = Place::new();
    place.ok("attach vol-1 -q");
    let ran = place.run("sim reset").expect(2);
    assert!(ran.err.contains("sim reset --yes"), "{}", ran.shown());
    let ran = place.run("sim reset --dry-run").expect(0);
    assert!(ran.out.contains("would remove"), "{}", ran.shown());
    assert!(place.run("status vol-1 -q").out.contains("attached"));
    place.ok("sim reset --yes");
}

#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    let place = Place::new();
    let program = env!("CARGO_BIN_EXE_sanctl");
    let mut child = std::process::Command::new(program)
        .args(["lun", "list", "-q"])
        .env("SANCTL_STATE_DIR", place.state())
        .env("HOME", place.path("home"))
        .env("XDG_CONFIG_HOME", place.path("config"))
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

/// Runs a line whose stdout takes nothing, as a full disk does.
fn to_full_disk(place: &Place, line: &str) -> (Option<i32>, String) {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_sanctl"))
        .args(line.split_whitespace())
        .env_clear()
        .env("SANCTL_STATE_DIR", place.state())
        .env("HOME", place.path("home"))
        .env("XDG_CONFIG_HOME", place.path("config"))
        .stdout(full.unwrap())
        .output()
        .unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    (output.status.code(), err)
}

#[test]
fn a_result_that_cannot_be_written_is_a_failure() {
    let place = Place::new();
    for line in [
        "--help",
        "--version",
        "lun list",
        "lun list -o json",
        "lun list -o name",
        "lun show vol-1",
        "mapping tree",
        "array test",
        "status vol-1",
        "attach vol-1 --dry-run --print wire",
        "sim status",
        "sim serve oceanstor",
        "sim serve ontap",
    ] {
        let (code, err) = to_full_disk(&place, line);
        assert_eq!(code, Some(1), "{line}: {err}");
        assert!(err.contains("cannot write the result"), "{line}: {err}");
        assert!(err.contains("No space left"), "{line}: {err}");
    }
    // The LUN is attached and nobody knows its device.
    let (code, err) = to_full_disk(&place, "attach vol-1 -q");
    assert_eq!(code, Some(4), "{err}");
    assert!(err.contains("try: sanctl status vol-1"), "{err}");
    let (code, err) = to_full_disk(&place, "attach vol-1 -q");
    assert_eq!(code, Some(1), "{err}");
    place.ok("detach vol-1");
}

#[test]
fn an_environment_variable_that_is_empty_counts_as_unset() {
    let place = Place::new()
        .env("SANCTL_ARRAY", "")
        .env("SANCTL_CONFIG", "");
    assert!(place.ok("lun list -o name").contains("vol-1"));
}
