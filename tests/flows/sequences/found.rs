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

/// A LUN that is in its group and not yet visible needs the containers all the same.
#[test]
fn a_detach_of_another_lun_leaves_a_half_made_attachment_alone() {
    for middle in ["array.lungroup-lun", "array.view-hostgroup"] {
        holds(&format!(
            "v3
            attach 1 vol-2 --until={middle}
            detach 1 vol-3
            attach 1 vol-2"
        ));
    }
    holds(
        "v3
        attach 0 vol-2
        foreign 0 pull view-lungroup
        detach 0 vol-1",
    );
}

/// The host was deleted and made again for another LUN: what that LUN's journal claims is not gone.
#[test]
fn a_host_that_another_has_succeeded_is_not_forgotten() {
    for (detach, array) in [("--include", "v6"), ("", "v3")] {
        holds(&format!(
            "{array}
            attach 0 vol-2
            foreign 0 cinder-detach vol-2
            attach 0 vol-3
            detach 0 vol-2 {detach}"
        ));
    }
}

/// A detach that finds the initiator at another host does not tell the journal that bound it there
/// that it is gone.
#[test]
fn an_initiator_at_another_host_is_not_forgotten() {
    holds(
        "v3
        attach 0 vol-3 --shared
        foreign 0 rename host
        foreign 0 cinder-attach vol-1
        detach 0 vol-1",
    );
}

/// What others have mapped in their own way stays, and no journal forgets what is ours.
#[test]
fn others_rename_in_the_middle() {
    for at in [9, 11, 13] {
        for what in ["view", "lungroup", "hostgroup", "host"] {
            holds(&format!(
                "v3
                attach 1 vol-2 --shared ! meanwhile {at} rename {what}"
            ));
        }
    }
}
