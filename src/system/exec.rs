//! Child processes: own process group, `LC_ALL=C`, no input, a deadline (linux-host.md §14).

use std::io;
use std::os::fd::{AsFd as _, OwnedFd};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
use rustix::io::Errno;
use rustix::process::{Pid, PidfdFlags, Signal, kill_process_group, pidfd_open};

use super::{Cmd, Error, Output};
use crate::kit::bounds::{Bounds, Ended};

/// The most that is kept of each of a child's two outputs.
const KEPT: usize = 1024 * 1024;
/// How a program is ended: asked, then made to, and so long each is waited for.
const ASKED: [(Signal, Duration); 2] = [
    (Signal::TERM, Duration::from_secs(2)),
    (Signal::KILL, Duration::from_secs(2)),
];
/// How a process of this program is ended, which has nothing to put in order.
const MADE_TO: [(Signal, Duration); 1] = [(Signal::KILL, GRACE)];
/// What is not gone then waits for a device.
const GRACE: Duration = Duration::from_millis(500);
/// The most that one look takes from a pipe: what it can hold at most for an ordinary user
/// (`fs.pipe-max-size`), so that the look after the child's end misses nothing of it, and a
/// grandchild that writes on and on keeps nobody.
const HELD: usize = 1024 * 1024;
/// How often a wait looks at the stop flag.
const SLICE: Duration = Duration::from_millis(50);
/// How often a child is asked for where there is no pidfd (kernels before 5.3).
const BLIND: Duration = Duration::from_millis(5);
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

impl OnStop {
    /// The limits that remain.
    pub(super) fn limits(self, bounds: &Bounds) -> Bounds {
        match self {
            Self::End => bounds.clone(),
            Self::Finish => bounds.unstoppable(),
        }
    }
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
    let bounds = on_stop.limits(bounds);
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
    let broken = |source| Error::of(what, source);
    let mut pipes = [
        child.stdout.take().map(OwnedFd::from),
        child.stderr.take().map(OwnedFd::from),
    ]
    .map(|fd| fd.map(Pipe::new).transpose())
    .into_iter()
    .collect::<io::Result<Vec<_>>>()
    .map_err(broken)?;
    let status = finish(&mut child, &mut pipes, what, &bounds)?;
    let mut texts = pipes
        .into_iter()
        .map(|p| p.map(Pipe::text).unwrap_or_default());
    Ok(Output {
        code: code(status),
        stdout: texts.next().unwrap_or_default(),
        stderr: texts.next().unwrap_or_default(),
    })
}

/// Starts a process of this program that takes what it is to do from its input. It gets nothing of
/// what this process knows, and says nothing but its answers.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the seam where child processes start"
)]
pub(super) fn spawn_own(program: &Path, args: &[String]) -> io::Result<Child> {
    Command::new(program)
        .args(args)
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
}

/// Ends a process of this program, and says why: its time is over, or it cannot be ended.
pub(super) fn end_own(child: &mut Child, what: &str, ended: Ended) -> Error {
    end(child, &mut [], what, ended, &MADE_TO)
}

/// Waits for the end of a process of this program that has nothing left to do.
pub(super) fn reap_own(child: &mut Child) {
    // One that is not gone by then is the kernel's to end.
    let _ = wait_until(child, &mut [], GRACE, &|| None);
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

#[expect(
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

fn finish(
    child: &mut Child,
    pipes: &mut [Option<Pipe>],
    what: &str,
    bounds: &Bounds,
) -> Result<ExitStatus, Error> {
    let remaining = bounds.deadline.remaining();
    let ended = match wait_until(child, pipes, remaining, &|| bounds.check().err()) {
        Ok(Some(status)) => return Ok(status),
        Ok(None) => bounds.check().err().unwrap_or_else(|| Ended::Late {
            what: bounds.deadline.what().to_owned(),
            span: bounds.deadline.span(),
        }),
        Err(source) => return Err(Error::of(what, source)),
    };
    Err(end(child, pipes, what, ended, &ASKED))
}

/// Ends a child that nobody waits for any more.
fn end(
    child: &mut Child,
    pipes: &mut [Option<Pipe>],
    what: &str,
    ended: Ended,
    ends: &[(Signal, Duration)],
) -> Error {
    for (signal, grace) in ends {
        if let Some(group) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
            // The child may have gone in this moment; the wait below tells.
            let _ = kill_process_group(group, *signal);
        }
        match wait_until(child, pipes, *grace, &|| None) {
            Ok(None) => {}
            Ok(Some(_)) => {
                return Error::Ended {
                    what: what.to_owned(),
                    ended,
                };
            }
            Err(source) => return Error::of(what, source),
        }
    }
    Error::Stuck {
        what: what.to_owned(),
        pid: Some(child.id()),
    }
}

/// Waits for the child's end, and keeps what it tells meanwhile, so that it never waits for us.
/// `None` when `span` is over or `given_up` says so.
fn wait_until(
    child: &mut Child,
    pipes: &mut [Option<Pipe>],
    span: Duration,
    given_up: &dyn Fn() -> Option<Ended>,
) -> io::Result<Option<ExitStatus>> {
    let end = Instant::now() + span;
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let handle = pid.and_then(|pid| pidfd_open(pid, PidfdFlags::empty()).ok());
    let slice = if handle.is_some() { SLICE } else { BLIND };
    loop {
        // In this order: what the child told before its end is in the pipes by then.
        let status = child.try_wait()?;
        for pipe in pipes.iter_mut().flatten() {
            pipe.drain();
        }
        if status.is_some() {
            return Ok(status);
        }
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() || given_up().is_some() {
            return Ok(None);
        }
        let open = pipes.iter().flatten().filter(|pipe| pipe.open);
        let mut fds: Vec<PollFd<'_>> = open
            .map(|pipe| pipe.fd.as_fd())
            .chain(handle.as_ref().map(OwnedFd::as_fd))
            .map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN))
            .collect();
        let _ = poll(&mut fds, Some(&timespec(left.min(slice))));
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

/// One of a child's two outputs. A daemonised grandchild may hold it for ever: nobody waits for
/// its end.
struct Pipe {
    fd: OwnedFd,
    kept: Vec<u8>,
    open: bool,
}

impl Pipe {
    fn new(fd: OwnedFd) -> io::Result<Self> {
        fcntl_setfl(&fd, fcntl_getfl(&fd)? | OFlags::NONBLOCK)?;
        Ok(Self {
            fd,
            kept: Vec::new(),
            open: true,
        })
    }

    /// Takes what is there.
    fn drain(&mut self) {
        let mut buffer = [0; 8192];
        let mut taken = 0;
        while self.open && taken < HELD {
            match rustix::io::read(&self.fd, &mut buffer) {
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => return,
                Ok(0) | Err(_) => self.open = false,
                Ok(read) => {
                    taken += read;
                    let room = KEPT.saturating_sub(self.kept.len()).min(read);
                    self.kept.extend(buffer.iter().take(room));
                }
            }
        }
    }

    fn text(self) -> String {
        String::from_utf8_lossy(&self.kept).into_owned()
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
