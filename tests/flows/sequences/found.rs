//! Sequences that have failed once.

use super::played;

fn holds(text: &str) {
    let lines: Vec<String> = text.lines().map(|line| line.trim().to_owned()).collect();
    played(&lines).unwrap_or_else(|trouble| panic!("{text}\n{trouble}"));
}

#[test]
fn a_plain_life() {
    holds(
        "v3
        attach 0 vol-1
        status 0 vol-1
        attach 1 vol-2 --persist
        node 1 reboot
        attach 1 vol-2
        detach 0 vol-1
        prune 0
        detach 1 vol-2",
    );
}
