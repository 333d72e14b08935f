//! Several processes at the same array.

use crate::rig::{Home, Running, Served, half, same};

/// Slows down one change after the other, so that each round meets at another point.
const POINTS: &[&str] = &[
    "POST /host#1",
    "POST /hostgroup#1",
    "POST /lungroup#1",
    "POST /mappingview#1",
    "POST /lungroup/associate#1",
    "DELETE /lungroup/associate#1",
    "PUT /mappingview/*#1",
    "DELETE /lungroup/*#1",
    "DELETE /mappingview/*#1",
    "DELETE /hostgroup/*#1",
    "DELETE /host/*#1",
    "GET /lun/associate#1",
];

fn both(one: Running, two: Running) {
    for out in [one.end(), two.end()] {
        assert_eq!(out.code, 0, "{out:#?}");
    }
}

fn slow(served: &Served, round: usize) {
    let point = POINTS[round % POINTS.len()];
    served.faults(&format!("{point}=slow:40;*=slow:2"));
}

#[test]
fn different_luns_of_one_host_and_the_same_one() {
    let served = Served::new();
    let before = served.array.dump();
    for round in 0..POINTS.len() {
        let other = if round % 3 == 2 { "vol-1" } else { "vol-2" };
        slow(&served, round);
        both(
            served.start("attach vol-1"),
            served.start(&format!("attach {other}")),
        );
        served.faults("");
        served.run(&format!("status vol-1 {other}")).ends(0);
        slow(&served, round);
        both(
            served.start("detach vol-1"),
            served.start(&format!("detach {other}")),
        );
        same(&served.array.dump(), &before, &format!("round {round}"));
        assert_eq!(served.home.journals(), [""; 0]);
        assert_eq!(served.array.open_sessions(), 0);
    }
}

#[test]
fn the_last_detach_against_an_attach() {
    let served = Served::new();
    let before = served.array.dump();
    for round in 0..POINTS.len() {
        served.faults("");
        served.run("attach vol-1").ends(0);
        slow(&served, round);
        both(served.start("detach vol-1"), served.start("attach vol-2"));
        served.faults("");
        served.run("status vol-1 vol-2").ends(0);
        served.run("detach vol-2").ends(0);
        same(&served.array.dump(), &before, &format!("round {round}"));
        assert_eq!(served.home.journals(), [""; 0]);
    }
}

/// No lock is shared: the other one runs on another machine for the same host.
#[test]
fn the_last_detach_against_an_attach_from_another_machine() {
    let served = Served::new();
    let before = served.array.dump();
    let there = Home::new();
    served.furnish(&there);
    for round in 0..POINTS.len() {
        served.faults("");
        served.run("attach vol-1").ends(0);
        slow(&served, round);
        let detach = served.start("detach vol-1");
        let attach = there.start(&half("attach vol-2"));
        let (detach, attach) = (detach.end(), attach.end());
        served.faults("");
        assert!([0, 4].contains(&detach.code), "round {round}: {detach:#?}");
        // Whatever happened, a second run of each converges, and nothing is half built.
        let again = there.run(&half("attach vol-2"));
        assert_eq!(again.code, 0, "round {round}: {attach:#?} {again:#?}");
        let status = there.run(&half("status vol-2"));
        assert_eq!(status.code, 0, "round {round}: {attach:#?} {status:#?}");
        served.run("detach vol-1").ends(0);
        there.run(&half("status vol-2")).ends(0);
        there.run(&half("detach vol-2 --include-adopted")).ends(0);
        // What the first machine made and the second one needed goes with either.
        served.run("detach vol-1 --include-adopted").ends(0);
        let dump = served.array.dump();
        for noun in ["luns", "views", "lungroups", "hostgroups"] {
            let when = format!("round {round} {noun}: {detach:#?} {attach:#?}");
            same(&dump[noun], &before[noun], &when);
        }
        assert_eq!(served.array.open_sessions(), 0);
    }
}
