//! Child processes: own process group, `LC_ALL=C`, no input, a deadline (linux-host.md §14).

use std::io::{self, Read};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, Signal, kill_process_group, pidfd_open};

use super::{Cmd, Error, Output};
use crate::kit::bounds::{Bounds, Ended};
use crate::kit::stop::pause;

/// The most that is kept of each of a child's two outputs.
const KEPT: usize = 1024 * 1024;
/// What a child gets between TERM and KILL, and once more after KILL.
const GRACE: Duration = Duration::from_secs(2);
/// How long a pipe that outlives its child is listened to: a daemonised grandchild holds it.
const TAIL: Duration = Duration::from_millis(200);
/// How often a wait looks at the stop flag.
const SLICE: Duration = Duration::from_millis(50);
/// Where administrators' programs are, whatever PATH says.
const SYSTEM_PATH: [&str; 6] = [
    "/usr/local/sbin",
    "/usr/local/bin",
    "/usr/sbin",
    "/usr/bin",
    "/sbin",
    "/bin",
];

/// Whether a signal to this program ends the child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OnStop {
    /// A child that only looks is ended.
    End,
    /// A child that changes something is let finish: half a change is worse than a late stop.
    Finish,
}

/// Runs a child to its end, or to the deadline.
pub(super) fn run(cmd: &Cmd, bounds: &Bounds, on_stop: OnStop) -> Result<Output, Error> {
    run_named(cmd.program, &cmd.args, &cmd.to_string(), bounds, on_stop)
}

/// As [`run`], for a program that the user has named; `what` names the command in errors.
pub(super) fn run_named(
    program: &str,
    args: &[String],
    what: &str,
    bounds: &Bounds,
    on_stop: OnStop,
) -> Result<Output, Error> {
    let bounds = match on_stop {
        OnStop::End => bounds.clone(),
        OnStop::Finish => bounds.unstoppable(),
    };
    // Nothing is started when nobody may wait for it.
    bounds.check().map_err(|ended| Error::Ended {
        what: what.to_owned(),
        ended,
    })?;
    let missing = || Error::NoProgram {
        program: program.to_owned(),
    };
    let path = find_program(program).ok_or_else(missing)?;
    let mut child = spawn(path, args).map_err(|source| match Error::of(what, source) {
        Error::NotFound { .. } => missing(),
        other => other,
    })?;
    let stdout = child.stdout.take().map(Drain::start);
    let stderr = child.stderr.take().map(Drain::start);
    let status = finish(&mut child, what, &bounds)?;
    let until = Instant::now() + TAIL;
    let text = |drain: Option<Drain>| drain.map(|d| d.text(until)).unwrap_or_default();
    Ok(Output {
        code: code(status),
        stdout: text(stdout),
        stderr: text(stderr),
    })
}

/// Where a program is: a path as given, else PATH and the places of administrators' programs.
pub(super) fn find_program(name: &str) -> Option<PathBuf> {
    if name.contains('/') {
        return Some(PathBuf::from(name));
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .filter(|dir| dir.is_absolute())
        .chain(SYSTEM_PATH.iter().map(PathBuf::from))
        .map(|dir| dir.join(name))
        .find(|file| {
            file.is_file() && rustix::fs::access(file, rustix::fs::Access::EXEC_OK).is_ok()
        })
}

#[allow(
    clippy::disallowed_methods,
    reason = "this is the seam where child processes start"
)]
fn spawn(path: PathBuf, args: &[String]) -> io::Result<Child> {
    Command::new(path)
        .args(args)
        .env("LC_ALL", "C")
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn()
}

fn finish(child: &mut Child, what: &str, bounds: &Bounds) -> Result<ExitStatus, Error> {
    let broken = |source| Error::of(what, source);
    let ended = match wait_until(child, bounds.deadline.remaining(), &|| bounds.check().err()) {
        Ok(Some(status)) => return Ok(status),
        Ok(None) => bounds.check().err().unwrap_or_else(|| Ended::Late {
            what: bounds.deadline.what().to_owned(),
            span: bounds.deadline.span(),
        }),
        Err(source) => return Err(broken(source)),
    };
    for signal in [Signal::TERM, Signal::KILL] {
        if let Some(group) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
            // The child may have gone in this moment; the wait below tells.
            let _ = kill_process_group(group, signal);
        }
        if wait_until(child, GRACE, &|| None)
            .map_err(broken)?
            .is_some()
        {
            return Err(Error::Ended {
                what: what.to_owned(),
                ended,
            });
        }
    }
    Err(Error::Stuck {
        what: what.to_owned(),
        pid: Some(child.id()),
    })
}

/// Waits for the child's end. `None` when `span` is over or `given_up` says so.
fn wait_until(
    child: &mut Child,
    span: Duration,
    given_up: &dyn Fn() -> Option<Ended>,
) -> io::Result<Option<ExitStatus>> {
    let end = Instant::now() + span;
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    // Without pidfd (kernels before 5.3) the state is asked for every few milliseconds.
    let handle = pid.and_then(|pid| pidfd_open(pid, PidfdFlags::empty()).ok());
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() || given_up().is_some() {
            return Ok(None);
        }
        match &handle {
            Some(fd) => {
                let mut fds = [PollFd::new(fd, PollFlags::IN)];
                let _ = poll(&mut fds, Some(&timespec(left.min(SLICE))));
            }
            None => pause(left.min(Duration::from_millis(5))),
        }
    }
}

pub(super) fn timespec(span: Duration) -> Timespec {
    Timespec {
        tv_sec: i64::try_from(span.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: span.subsec_nanos().into(),
    }
}

fn code(status: ExitStatus) -> i32 {
    let signal = || 128 + status.signal().unwrap_or_default();
    status.code().unwrap_or_else(signal)
}

/// One pipe of a child, emptied by a thread so that the child never waits for us.
struct Drain {
    shared: Arc<(Mutex<Kept>, Condvar)>,
}

#[derive(Default)]
struct Kept {
    bytes: Vec<u8>,
    closed: bool,
}

impl Drain {
    fn start(mut pipe: impl Read + Send + 'static) -> Self {
        let shared = Arc::new((Mutex::new(Kept::default()), Condvar::new()));
        let theirs = Arc::clone(&shared);
        std::thread::spawn(move || {
            let (kept, closed) = &*theirs;
            let mut buffer = [0; 8192];
            loop {
                let read = match pipe.read(&mut buffer) {
                    Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                    Ok(0) | Err(_) => break,
                    Ok(n) => n,
                };
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                let room = KEPT.saturating_sub(kept.bytes.len()).min(read);
                kept.bytes.extend(buffer.iter().take(room));
            }
            kept.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
            closed.notify_all();
        });
        Self { shared }
    }

    fn text(&self, until: Instant) -> String {
        let (kept, closed) = &*self.shared;
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        while !kept.closed {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            kept = closed
                .wait_timeout(kept, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
        String::from_utf8_lossy(&kept.bytes).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::stop::Stop;

    fn sh(script: &str, span: Duration) -> Result<Output, Error> {
        let bounds = Bounds::new(span, "test", Stop::new());
        run(&Cmd::new("sh", ["-c", script]), &bounds, OnStop::End)
    }

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn output_code_locale_and_no_input() {
        let out = sh("echo $LC_ALL; cat; echo oops >&2; exit 21", LONG).unwrap();
        assert_eq!(
            (out.code, out.stdout.as_str(), out.stderr.as_str()),
            (21, "C\n", "oops\n")
        );
        assert_eq!(sh("kill -9 $$", LONG).unwrap().code, 137);
    }

    #[test]
    fn much_output_is_drained_and_capped() {
        let out = sh(
            "head -c 3000000 /dev/zero | tr '\\0' x; echo done >&2",
            LONG,
        )
        .unwrap();
        assert_eq!((out.stdout.len(), out.stderr.as_str()), (KEPT, "done\n"));
    }

    #[test]
    fn a_grandchild_that_holds_the_pipe_is_no_failure() {
        // The grandchild ends when the test lets go of its input.
        let out = sh(
            "(trap '' TERM; sleep 30) & echo started; disown 2>/dev/null; exit 0",
            Duration::from_secs(20),
        )
        .unwrap();
        assert_eq!((out.code, out.stdout.as_str()), (0, "started\n"));
    }

    #[test]
    fn a_child_that_does_not_end_is_ended_with_its_children() {
        let error = sh("sleep 1000 & sleep 1000", Duration::from_millis(50)).unwrap_err();
        assert!(matches!(error, Error::Ended { .. }), "{error}");
    }

    #[test]
    fn a_stop_ends_a_reader_at_once() {
        let stop = Stop::new();
        stop.request();
        let bounds = Bounds::new(LONG, "test", stop);
        let cmd = Cmd::new("sleep", ["1000"]);
        let error = run(&cmd, &bounds, OnStop::End).unwrap_err();
        assert!(
            matches!(
                error,
                Error::Ended {
                    ended: Ended::Stopped(_),
                    ..
                }
            ),
            "{error}"
        );
        let done = run(&Cmd::new("true", [""; 0]), &bounds, OnStop::Finish).unwrap();
        assert_eq!(done.code, 0);
    }

    #[test]
    fn a_missing_program_is_named() {
        let bounds = Bounds::new(LONG, "test", Stop::new());
        let cmd = Cmd::new("sanctl-no-such-program", [""; 0]);
        let error = run(&cmd, &bounds, OnStop::End).unwrap_err();
        assert!(
            matches!(&error, Error::NoProgram { program } if program == "sanctl-no-such-program")
        );
    }
}
