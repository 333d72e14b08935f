//! An `iscsiadm` that outlives whoever started it: a killed `sanctl` (or os-brick) leaves its child
//! behind, which still logs in or out, and would undo behind our back what we have looked at.

use std::time::Duration;

use super::super::Error;
use super::super::processes;
use super::super::scsi::act::wait_for;
use crate::kit::bounds::Bounds;
use crate::model::ids::Iqn;
use crate::system::{Machine, apart};

/// The longest time that another's command is waited for. A login to a portal that died takes as
/// long as the record says, up to 120 s with open-iscsi's own values; it is not worth that.
const PATIENCE: Duration = Duration::from_secs(20);

/// Waits until no `iscsiadm` works on any of the targets. Called under the locks of the targets,
/// so that it is never one of another `sanctl` that is alive. One that goes on for long is left to
/// itself: every step looks at the kernel anyway.
///
/// # Errors
/// When `/proc` cannot be read, and when the bounds end.
pub fn wait_for_others(
    machine: &dyn Machine,
    targets: &[&Iqn],
    bounds: &Bounds,
) -> Result<(), Error> {
    wait_for(machine, PATIENCE, bounds, || {
        Ok(find(machine, targets)?.is_none().then_some(()))
    })?;
    Ok(())
}

/// Where iscsiadm keeps the lock of its database.
const LOCKS: [&str; 2] = ["/run/lock/iscsi/lock.write", "/var/lock/iscsi/lock.write"];
/// Whoever edits a record has the lock for a moment.
const MOMENT: Duration = Duration::from_secs(1);

/// The lock of open-iscsi's database, if whoever took it is gone: it stays while no `iscsiadm` runs.
/// Each of its commands that writes waits half a minute for it, without a word (linux-host.md §3.6).
///
/// # Errors
/// When `/proc` cannot be read, and when the bounds end.
pub fn stale_lock(machine: &dyn Machine, bounds: &Bounds) -> Result<Option<&'static str>, Error> {
    let Some(lock) = LOCKS.into_iter().find(|lock| machine.stat(lock).is_ok()) else {
        return Ok(None);
    };
    let free = wait_for(machine, MOMENT, bounds, || {
        let held = machine.stat(lock).is_ok() && !processes::runs(machine, "iscsiadm")?;
        Ok((!held).then_some(()))
    })?;
    Ok(free.is_none().then_some(lock))
}

/// The process number of an `iscsiadm` that changes something at one of the targets, of a
/// `multipath` that writes its list, or of a call to the kernel whose caller is gone.
fn find(machine: &dyn Machine, targets: &[&Iqn]) -> Result<Option<u32>, Error> {
    for pid in processes::list(machine)? {
        let comm = processes::name(machine, pid).unwrap_or_default();
        if !matches!(comm.as_str(), "iscsiadm" | "multipath" | "exe") {
            continue;
        }
        // Empty for one that has ended and was not waited for.
        let line = machine.read(&format!("/proc/{pid}/cmdline"));
        let line = line.unwrap_or_default();
        let args: Vec<&[u8]> = line.split(|b| *b == 0).collect();
        let works = match comm.as_str() {
            "iscsiadm" => concerns(&args, targets),
            "multipath" => args.contains(&b"-a".as_slice()),
            _ => args.get(1) == Some(&apart::WORD.as_bytes()) && !has_caller(machine, pid),
        };
        if works {
            return Ok(Some(pid));
        }
    }
    Ok(None)
}

/// Whether the process that asked for a call to the kernel is there: then it has its locks too.
fn has_caller(machine: &dyn Machine, pid: u32) -> bool {
    let program = |pid: &str| machine.link(&format!("/proc/{pid}/exe")).ok();
    let own = program(&pid.to_string());
    let parent = processes::parent(machine, pid);
    own.is_some() && parent.and_then(|parent| program(&parent)) == own
}

/// Whether a command line names one of the targets, or a session by its number: that may be any.
fn concerns(args: &[&[u8]], targets: &[&Iqn]) -> bool {
    let named = args
        .iter()
        .any(|arg| targets.iter().any(|iqn| iqn.as_str().as_bytes() == *arg));
    let logs_out = args.contains(&b"-r".as_slice()) && args.contains(&b"-u".as_slice());
    named || logs_out
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::Fixture;
    use super::*;

    #[test]
    fn a_lock_is_stale_when_nobody_is_left_who_could_let_go_of_it() {
        let bounds = Bounds::new(MOMENT * 60, "test", crate::kit::stop::Stop::new());
        let fixture = Fixture::empty();
        fixture.file("/proc/77/comm", "iscsid\n");
        let stale = |fixture: &Fixture| stale_lock(&fixture.machine(), &bounds).unwrap();
        assert_eq!(stale(&fixture), None);
        fixture.file(LOCKS[0], "");
        assert_eq!(stale(&fixture), Some(LOCKS[0]));
        fixture.file("/proc/78/comm", "iscsiadm\n");
        assert_eq!(stale(&fixture), None, "its turn will come");
    }

    #[test]
    fn a_login_left_behind_by_a_killed_process_is_seen() {
        let ours: Iqn = "iqn.2020-01.com.example:lab.target".parse().unwrap();
        let other: Iqn = "iqn.2020-01.com.example:other".parse().unwrap();
        let login = "iscsiadm\0-m\0node\0-T\0iqn.2020-01.com.example:lab.target\0--login\0";
        for (comm, line, targets, found) in [
            ("iscsiadm", login, vec![&ours], Some(77)),
            ("iscsiadm", login, vec![&other], None),
            ("iscsiadm", login, vec![], None),
            ("iscsid", login, vec![&ours], None),
            ("iscsiadm", "", vec![&ours], None),
            (
                "iscsiadm",
                "iscsiadm\0-m\0session\0-r\x003\0-u\0",
                vec![&ours],
                Some(77),
            ),
            (
                "iscsiadm",
                "iscsiadm\0-m\0session\0-r\x003\0-P\x001\0",
                vec![&ours],
                None,
            ),
            ("multipath", "multipath\0-a\x003600\0", vec![], Some(77)),
            ("multipath", "multipath\0-ll\0", vec![], None),
        ] {
            let fixture = Fixture::empty();
            fixture.file("/proc/77/comm", &format!("{comm}\n"));
            fixture.file("/proc/77/cmdline", line);
            let seen = find(&fixture.machine(), &targets).unwrap();
            assert_eq!(seen, found, "{comm} {line:?}");
        }
    }

    #[test]
    fn a_call_whose_caller_was_killed_is_seen() {
        let line = "/proc/self/exe\0--kernel-call\0";
        for (parent, exe, found) in [
            // Its caller is there, and has the locks.
            (9, "/usr/bin/sanctl", None),
            (9, "/usr/bin/bash", Some(77)),
            (1, "/usr/bin/sanctl", Some(77)),
        ] {
            let fixture = Fixture::empty();
            fixture.file("/proc/77/comm", "exe\n");
            fixture.file("/proc/77/cmdline", line);
            fixture.file("/proc/77/stat", &format!("77 (a) b) D {parent} 77 77 0\n"));
            fixture.file("/usr/bin/keep", "");
            fixture.symlink("/proc/77/exe", "/usr/bin/sanctl");
            fixture.file("/proc/9/stat", "");
            fixture.symlink("/proc/9/exe", exe);
            assert_eq!(
                find(&fixture.machine(), &[]).unwrap(),
                found,
                "{parent} {exe}"
            );
        }
    }
}
