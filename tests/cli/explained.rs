//! Words for codes, steps and states; completions as a shell runs them.

use std::process::Command;

use crate::place::{Place, golden};

#[test]
fn words_for_everything() {
    let place = Place::new();
    let shown = [
        "explain 4",
        "explain 15",
        "explain 1077948993",
        "explain -401",
        "explain blocked",
        "explain adopted",
        "explain array.hostgroup-host",
        "explain node.session@10.0.0.1:3260",
        "explain degraded -o json",
    ]
    .map(|line| place.run(line).expect(0).shown());
    let unknown = ["explain bloked", "explain 1077948994", "explain zzzzzz"]
        .map(|line| place.run(line).expect(10).shown());
    golden!("explain", [shown.join("\n"), unknown.join("\n")].join("\n"));
}

/// Every step that a plan, a status or a journal names is explained.
#[test]
fn every_step_is_explained() {
    let place = Place::new();
    let ontap = Place::with_config(
        "[arrays.gold]\nkind = \"sim\"\nproduct = \"ontap\"\n\
         chap = { user = \"u\", password = { file = \"chap\" } }\n",
    );
    ontap.write("chap", "not-a-secret-1");
    let plan = |place: &Place| {
        let plan = place.run("attach vol-1 --dry-run -o json").json();
        plan["item"]["steps"].as_array().unwrap().clone()
    };
    let steps = [plan(&place), plan(&ontap)].concat();
    let keys = ["array.view", "array.igroup", "array.map", "array.chap"];
    assert!(
        keys.iter()
            .all(|key| steps.iter().any(|s| s["key"] == *key))
    );
    for step in steps {
        let key = step["key"].as_str().unwrap();
        let ran = place.run(&format!("explain {key} -o json")).expect(0);
        assert_eq!(ran.json()["items"][0]["kind"], "step", "{key}");
    }
}

/// Names of arrays come from the configuration alone: no array answers here.
#[test]
fn bash_completes_the_names_of_arrays() {
    let place = Place::with_config(
        "[arrays.dorado1]\nkind = \"oceanstor\"\nurl = \"https://192.0.2.1\"\nuser = \"u\"\n\
         password = { prompt = true }\n[arrays.gold]\nkind = \"sim\"\n",
    );
    let script = place.ok("completions bash");
    place.write("sanctl.bash", &script);
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_sanctl"));
    let complete = |cur: &str| {
        let typed = format!(
            "source ./sanctl.bash; COMP_WORDS=(sanctl lun list --array '{cur}'); COMP_CWORD=4; \
             _sanctl sanctl '{cur}' --array; echo \"${{COMPREPLY[@]}}\""
        );
        let output = Command::new("bash")
            .args(["-c", &typed])
            .current_dir(place.path("."))
            .env_clear()
            .env("HOME", place.path("home"))
            .env("XDG_CONFIG_HOME", place.path("config"))
            .env("SANCTL_STATE_DIR", place.state())
            .env(
                "PATH",
                format!("{}:/usr/bin:/bin", program.parent().unwrap().display()),
            )
            .output()
            .unwrap();
        assert!(output.stderr.is_empty(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(complete(""), "dorado1 gold\n");
    assert_eq!(complete("go"), "gold\n");
    assert_eq!(complete("x"), "\n");
}
