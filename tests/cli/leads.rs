//! What is printed to be typed acts on the array that was meant, wherever it is typed.

use crate::served::{Served, dead_port, section};

/// A file whose default array nobody answers for, and which must be named.
fn other() -> Served {
    let served = Served::start();
    served.place.write(
        "both.toml",
        &format!(
            "default_array = \"gold\"\n{}{}",
            section("dorado1", &served.server.url(), ""),
            section("gold", &format!("http://127.0.0.1:{}", dead_port()), "")
        ),
    );
    served.configure(&format!("http://127.0.0.1:{}", dead_port()), "");
    served
}

const MEANT: &str = "--config both.toml --array dorado1";

#[test]
fn an_inverse_is_typed_as_it_is_printed() {
    let served = other();
    let place = &served.place;
    for line in [
        "lungroup create g",
        "host create h",
        "lun create v --size 1GiB --pool StoragePool001",
    ] {
        let before = served.array.dump();
        let made = place.run(&format!("{line} {MEANT}"));
        let made = made.expect(0);
        let back = made
            .err
            .lines()
            .find_map(|l| l.strip_prefix("to take it back: "));
        let back = back.unwrap_or_else(|| panic!("{}", made.shown()));
        assert!(back.contains(MEANT), "{back}");
        let noun = line.split(' ').next().unwrap();
        let consent = if noun == "lun" {
            "--confirm v"
        } else {
            "--yes"
        };
        place.shell(&format!("{back} {consent}")).expect(0);
        let names = |dump: &serde_json::Value| dump["array"][format!("{noun}s")]["rows"].clone();
        assert_eq!(names(&served.array.dump()), names(&before), "{line}");
    }
    // What was written down says it too.
    let list = place.run(&format!("journal list --manual -o json {MEANT}"));
    let list = list.expect(0).json();
    for item in list["items"].as_array().unwrap() {
        assert!(item["command"].as_str().unwrap().contains(MEANT), "{item}");
    }
}

#[test]
fn hints_and_plans_name_it() {
    let served = other();
    let place = &served.place;
    let none = place.run(&format!("host show nix {MEANT}")).expect(10);
    assert!(
        none.err
            .contains("sanctl host list --config both.toml --array dorado1"),
        "{}",
        none.shown()
    );
    let json = place
        .run(&format!("host show nix -o json {MEANT}"))
        .expect(10);
    assert_eq!(
        json.error()["hints"][0],
        "sanctl host list --config both.toml --array dorado1"
    );
    let half = format!("--array-only --connector node.json {MEANT}");
    let plan = place.run(&format!("attach vol-7 {half} --dry-run --print verbs"));
    let plan = plan.expect(0).out;
    let verbs = plan.lines().filter(|line| line.contains("sanctl "));
    assert!(verbs.clone().count() > 10, "{plan}");
    for line in verbs {
        assert!(line.contains(MEANT), "{line}");
    }
    let step = place.run(&format!("attach vol-7 {half} --step array.view"));
    let step = step.expect(7);
    let next = step
        .err
        .lines()
        .find_map(|l| l.strip_prefix("try: "))
        .unwrap();
    place.shell(next).expect(0);
    let nix = place
        .run(&format!("attach vol-7 {half} --step nix"))
        .expect(10);
    let next = nix
        .err
        .lines()
        .find_map(|l| l.strip_prefix("try: "))
        .unwrap();
    assert!(place.shell(next).expect(0).out.contains("array.view"));
}
