//! What a plan prints as verbs is typed line by line, and leads to where the flow leads.

use serde_json::Value;

use crate::place::{Place, Ran};

/// The practice array's state without what counts, times or configures it.
pub(crate) fn state(place: &Place) -> Value {
    let text = std::fs::read_to_string(place.state().join("practice/array.json")).unwrap();
    let mut state: Value = serde_json::from_str(&text).unwrap();
    strip(&mut state);
    state
}

pub(crate) fn strip(value: &mut Value) {
    match value {
        Value::Object(map) => {
            for volatile in ["next", "options", "users", "online"] {
                map.remove(volatile);
            }
            map.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}

/// Types lines one after the other, as a person does: what is asked is answered as it says.
pub(crate) fn typed(place: &Place, lines: &str) -> Vec<Ran> {
    let mut variables = String::new();
    let mut ran = Vec::new();
    for line in lines.lines().filter(|line| !line.starts_with('#')) {
        let typed = line;
        let variable = typed
            .split_once("=$(")
            .map(|(name, _)| name)
            .filter(|name| name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_'))
            .filter(|_| !typed.contains(';'));
        let tail = variable.map(|v| format!("\nprintf '%s' \"${v}\""));
        let tail = tail.unwrap_or_default();
        let mut one = place.shell(&format!("set -eu\n{variables}{typed}{tail}"));
        if one.code == 2 {
            let answer = one.err.lines().find_map(|l| {
                let at = l.find("sanctl ")?;
                (l.contains("--yes") || l.contains("--confirm")).then(|| l[at..].to_owned())
            });
            let answer = answer.unwrap_or_else(|| panic!("{line}: {one:?}"));
            one = place.shell(&answer);
        }
        assert_eq!(one.code, 0, "{line}: {one:?}");
        if let Some(variable) = variable {
            assert!(!one.out.is_empty(), "{line}");
            variables.push_str(&format!("{variable}='{}'\n", one.out));
        }
        ran.push(one);
    }
    ran
}

#[test]
fn an_attach_by_hand_is_the_attach() {
    let (hand, flow) = (Place::new(), Place::new());
    let lines = hand.ok("attach vol-1 --array-only --dry-run --print verbs");
    assert!(lines.lines().count() > 20, "{lines}");
    let ran = typed(&hand, &lines);
    assert_eq!(ran.last().unwrap().out, "1", "the LUN's number");
    flow.ok("attach vol-1 --array-only");
    assert_eq!(state(&hand), state(&flow));
    // The flow finds nothing to do on what was made by hand.
    let again = hand.run("attach vol-1 --array-only --dry-run --exit-code -o name");
    assert_eq!(again.expect(0).out, "");
    let status = hand.ok("host luns practice-node -o name");
    assert_eq!(status, "vol-1\n");
}

#[test]
fn a_second_lun_by_hand_is_the_second_attach() {
    let (hand, flow) = (Place::new(), Place::new());
    for place in [&hand, &flow] {
        place.ok("attach vol-1 --array-only");
    }
    let lines = hand.ok("attach vol-2 --array-only --dry-run --print verbs");
    typed(&hand, &lines);
    flow.ok("attach vol-2 --array-only");
    assert_eq!(state(&hand), state(&flow));
}

#[test]
fn a_detach_by_hand_is_the_detach() {
    let (hand, flow) = (Place::new(), Place::new());
    hand.ok("lun list");
    let fresh = state(&hand);
    for place in [&hand, &flow] {
        place.ok("attach vol-1 --array-only");
    }
    let lines = hand.ok("detach vol-1 --array-only --dry-run --print verbs");
    assert!(lines.lines().count() > 15, "{lines}");
    typed(&hand, &lines);
    flow.ok("detach vol-1 --array-only");
    assert_eq!(state(&hand), state(&flow));
    assert_eq!(state(&hand), fresh);
}

/// `lun map` makes what attach makes: each recognises the other's.
#[test]
fn lun_map_and_attach_make_the_same() {
    let (map, flow) = (Place::new(), Place::new());
    flow.ok("attach vol-1 --array-only");
    let lines = map.ok("attach vol-1 --array-only --dry-run --print verbs");
    let first: Vec<&str> = lines
        .lines()
        .filter(|l| l.contains("host create") || l.contains("initiator create"))
        .filter(|l| !l.starts_with('#'))
        .collect();
    typed(&map, &first.join("\n"));
    map.ok("lun map vol-1 --host practice-node");
    assert_eq!(state(&map), state(&flow));
    let again = map.run("attach vol-1 --array-only --dry-run --exit-code -o name");
    assert_eq!(again.expect(0).out, "");
    let seen = flow.run("lun map vol-1 --host practice-node").expect(0);
    assert!(seen.out.contains("nothing to do"), "{}", seen.shown());
}
