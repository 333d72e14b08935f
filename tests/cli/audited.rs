//! The system's log: one line for each change, none for a look.

use std::os::unix::net::UnixDatagram;

use crate::place::golden;
use crate::served::Served;

/// An array whose configuration names a log, and the log.
fn logged() -> (Served, UnixDatagram) {
    let served = Served::start();
    let socket = served.place.path("log");
    let log = UnixDatagram::bind(&socket).unwrap();
    log.set_nonblocking(true).unwrap();
    let lines = format!("[log]\nsyslog = true\nsocket = \"{}\"", socket.display());
    served.configure(&served.server.url(), &lines);
    (served, log)
}

/// What came since, without what differs from run to run.
fn lines(log: &UnixDatagram) -> Vec<String> {
    let mut found = Vec::new();
    let mut buffer = [0; 8192];
    while let Ok(length) = log.recv(&mut buffer) {
        let line = String::from_utf8(buffer[..length].to_vec()).unwrap();
        let words = line.split(' ').filter(|word| !word.starts_with("run="));
        let words = words.map(|word| match word.split_once('=') {
            Some(("user", _)) => "user=USER".to_owned(),
            _ if word.starts_with("<13>sanctl[") => "<13>sanctl[PID]:".to_owned(),
            _ => word.to_owned(),
        });
        found.push(words.collect::<Vec<_>>().join(" "));
    }
    found
}

#[test]
fn changes_are_told_and_looks_are_not() {
    let (served, log) = logged();
    let place = &served.place;
    for line in [
        "lun list",
        "hostgroup create g --dry-run",
        "attach vol-7 --array-only --connector node.json --dry-run",
    ] {
        place.ok(line);
    }
    assert_eq!(lines(&log), Vec::<String>::new());
    for line in [
        "hostgroup create g",
        "hostgroup create g",
        "attach vol-7 --array-only --connector node.json",
        "attach vol-7 --array-only --connector node.json",
        "detach vol-7 --array-only --connector node.json --yes",
    ] {
        place.ok(line);
    }
    served.set_faults("POST /hostgroup#1=code:1077949058");
    place.run("hostgroup create h").expect(6);
    served.set_faults("POST /lungroup#1=drop-after");
    place.run("lungroup create h");
    golden!("audit", lines(&log).join("\n"));
}

#[test]
fn a_log_that_does_not_listen_stops_nothing() {
    let (served, log) = logged();
    drop(log);
    let ran = served.place.run("hostgroup create g").expect(0);
    assert!(
        ran.err.contains("not in the system's log"),
        "{}",
        ran.shown()
    );
    let socket = "[log]\nsyslog = true\nsokcet = \"x\"";
    served.configure(&served.server.url(), socket);
    let ran = served.place.run("lun list").expect(2);
    assert!(ran.err.contains("socket"), "{}", ran.shown());
}
