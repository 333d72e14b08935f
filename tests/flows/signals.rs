//! SIGINT and SIGTERM to the program while the array is slow.

use rustix::process::Signal;

use crate::rig::{Running, Served, same, until};

/// Starts a run whose every request takes its time, and waits for a change to have arrived.
fn at_change(served: &Served, line: &str, nth: usize) -> Running {
    served.server.clear_requests();
    served.faults("*=slow:60");
    let run = served.start(line);
    until("the change arrives", || served.changes().len() >= nth);
    run
}

fn calm(served: &Served) {
    served.faults("");
    served.server.clear_requests();
}

#[test]
fn the_first_signal_ends_the_step_and_takes_everything_back() {
    for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143)] {
        for nth in [1, 4, 8] {
            let served = Served::new();
            let before = served.array.dump();
            let run = at_change(&served, "attach vol-1", nth);
            run.signal(signal);
            let out = run.end().ends(code);
            out.says("stopping after this step");
            let who = if code == 130 { "Ctrl-C" } else { "SIGTERM" };
            out.says("stopped  ");
            out.says(&format!("interrupted by {who}"));
            out.says("taking back what this run made");
            out.says("nothing is left of what this run made");
            assert_eq!(out.stdout, "", "{out:#?}");
            assert!(!out.stderr.contains("left  "), "{out:#?}");
            same(
                &served.array.dump(),
                &before,
                &format!("{signal:?} at {nth}"),
            );
            assert_eq!(served.array.open_sessions(), 0);
            assert_eq!(served.home.journals(), [""; 0]);
            calm(&served);
            served.run("status vol-1").ends(0);
        }
    }
}

#[test]
fn with_keep_what_is_made_stays_and_the_next_attach_goes_on() {
    let served = Served::new();
    let before = served.array.dump();
    let run = at_change(&served, "attach vol-1 --on-failure keep -o json", 4);
    run.signal(Signal::INT);
    let out = run.end().ends(130);
    let item = out.item();
    assert_eq!(item["state"], "partial");
    assert_eq!(item["exit_code"], 130);
    let hints = item["hints"].to_string();
    assert!(
        hints.contains("sanctl attach vol-1 --array-only"),
        "{item:#}"
    );
    assert!(
        hints.contains("sanctl detach vol-1 --array-only"),
        "{item:#}"
    );
    assert_ne!(served.array.dump(), before);
    assert_eq!(served.array.open_sessions(), 0);
    assert_eq!(served.home.journals().len(), 1);
    calm(&served);
    served.run("status vol-1").ends(3);
    let made = served.changes();
    assert_eq!(made, [""; 0]);
    served.run("attach vol-1").ends(0);
    served.run("status vol-1").ends(0);
    served.run("detach vol-1").ends(0);
    same(&served.array.dump(), &before, "detached");
}

#[test]
fn the_second_signal_ends_it_at_once_and_the_journal_knows() {
    let served = Served::new();
    let before = served.array.dump();
    served.faults("POST /hostgroup#1=slow:60000");
    let mut run = served.start("attach vol-1");
    until("the change arrives", || {
        served.changes().iter().any(|c| c == "POST /hostgroup")
    });
    // Two signals that come together may be one: as often as it takes.
    until("the second signal ends it", || {
        let over = run.is_over();
        if !over {
            run.signal(Signal::INT);
        }
        over
    });
    let out = run.end().ends(130);
    assert_eq!(out.stdout, "");
    calm(&served);
    assert_eq!(served.home.journals().len(), 1);
    served.run("status vol-1").ends(3);
    served.run("detach vol-1").ends(0);
    same(&served.array.dump(), &before, "detached");
    assert_eq!(served.home.journals(), [""; 0]);
}

#[test]
fn a_signal_during_detach_ends_it_between_two_steps_and_the_next_one_goes_on() {
    for nth in [1, 3, 6] {
        let served = Served::new();
        let before = served.array.dump();
        served.run("attach vol-1").ends(0);
        let run = at_change(&served, "detach vol-1", nth);
        run.signal(Signal::TERM);
        let out = run.end().ends(143);
        out.says("sanctl detach vol-1 --array-only");
        out.says("goes on where this run ended");
        assert_eq!(served.array.open_sessions(), 0);
        calm(&served);
        served.run("status vol-1").ends(3);
        served.run("detach vol-1").ends(0);
        same(&served.array.dump(), &before, &format!("stopped at {nth}"));
        assert_eq!(served.home.journals(), [""; 0]);
    }
}
