//! The processes in which this program's calls to the kernel wait ([`super::apart`]): each makes one
//! call at a time, as many are started as are wanted at once, and all end with this process.

use std::io::{self, ErrorKind, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout};
use std::sync::{Mutex, PoisonError};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;

use super::Error;
use super::apart::{Call, UNKNOWN, WORD};
use super::exec::{end_own, reap_own, spawn_own, timespec};
use crate::kit::bounds::{Bounds, Ended};

/// This program's file, also when another one has been put in its place.
const OWN: &str = "/proc/self/exe";

/// The processes that have nothing to do now.
#[derive(Debug)]
pub(super) struct Waiters {
    program: PathBuf,
    args: Vec<String>,
    idle: Mutex<Vec<Waiter>>,
}

/// A process, and the two ends of what is said to it and by it.
#[derive(Debug)]
struct Waiter {
    child: Child,
    asks: ChildStdin,
    answers: ChildStdout,
}

impl Default for Waiters {
    fn default() -> Self {
        Self::of(OWN, &[WORD])
    }
}

impl Waiters {
    fn of(program: &str, args: &[&str]) -> Self {
        Self {
            program: program.into(),
            args: args.iter().map(|&arg| arg.to_owned()).collect(),
            idle: Mutex::default(),
        }
    }

    /// Makes a call within the limits. A signal does not cut it short.
    ///
    /// # Errors
    /// The kernel's answer; [`Error::NoProgram`] when no process could be started, and then
    /// nothing was asked; [`Error::Ended`] when no answer came in time, and [`Error::Stuck`] when
    /// the process that waits for it cannot be ended.
    pub(super) fn make(&self, call: &Call, bounds: &Bounds) -> Result<(), Error> {
        let bounds = bounds.unstoppable();
        bounds.check().map_err(|ended| Error::Ended {
            what: call.to_string(),
            ended,
        })?;
        let (mut waiter, asked) = self.ask(call)?;
        let answer = asked.and_then(|()| waiter.answer(&bounds));
        match answer {
            Ok(Some(code)) => {
                self.idle().push(waiter);
                match code {
                    0 => Ok(()),
                    UNKNOWN => Err(unanswered(call)),
                    code => {
                        let source = io::Error::from_raw_os_error(code.into());
                        Err(Error::of(call.subject(), source))
                    }
                }
            }
            Ok(None) => {
                let ended = bounds.check().err().unwrap_or_else(|| Ended::Late {
                    what: bounds.deadline.what().to_owned(),
                    span: bounds.deadline.span(),
                });
                Err(end_own(&mut waiter.child, &call.to_string(), ended))
            }
            Err(_) => {
                waiter.end();
                Err(unanswered(call))
            }
        }
    }

    /// Asks a process that is idle, or a new one.
    fn ask(&self, call: &Call) -> Result<(Waiter, io::Result<()>), Error> {
        let mut line = serde_json::to_vec(call).map_err(|e| Error::of(call.subject(), e.into()))?;
        line.push(b'\n');
        let mut idle = self.idle().pop();
        loop {
            let (mut waiter, is_new) = match idle.take() {
                Some(waiter) => (waiter, false),
                None => (self.start()?, true),
            };
            match waiter.asks.write_all(&line) {
                // Somebody has ended it while it had nothing to do: it made no call.
                Err(error) if error.kind() == ErrorKind::BrokenPipe && !is_new => waiter.end(),
                asked => return Ok((waiter, asked)),
            }
        }
    }

    fn start(&self) -> Result<Waiter, Error> {
        let missing = || Error::NoProgram {
            program: self.program.display().to_string(),
        };
        let mut child = spawn_own(&self.program, &self.args).map_err(|_| missing())?;
        let (asks, answers) = (child.stdin.take(), child.stdout.take());
        Ok(Waiter {
            child,
            asks: asks.ok_or_else(missing)?,
            answers: answers.ok_or_else(missing)?,
        })
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Waiter>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Waiters {
    /// Waits for the ends of all: whoever comes next could take one for a call that goes on.
    fn drop(&mut self) {
        let idle = std::mem::take(&mut *self.idle());
        for waiter in idle {
            waiter.end();
        }
    }
}

impl Waiter {
    /// The code of the call that was asked for; `None` when the deadline comes first.
    fn answer(&mut self, bounds: &Bounds) -> io::Result<Option<u8>> {
        loop {
            let left = bounds.deadline.remaining();
            if left.is_zero() {
                return Ok(None);
            }
            let mut fds = [PollFd::new(&self.answers, PollFlags::IN)];
            match poll(&mut fds, Some(&timespec(left))) {
                Ok(0) | Err(Errno::INTR) => {}
                Ok(_) => {
                    let mut code = [0];
                    io::Read::read_exact(&mut self.answers, &mut code)?;
                    let [code] = code;
                    return Ok(Some(code));
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// It ends when nobody can ask it any more.
    fn end(mut self) {
        drop(self.asks);
        reap_own(&mut self.child);
    }
}

fn unanswered(call: &Call) -> Error {
    let source = io::Error::other("what became of it is not known");
    Error::of(call.subject(), source)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make their own files")]
mod tests {
    use std::path::Path;
    use std::time::Duration;

    use super::*;
    use crate::kit::stop::Stop;

    const LONG: Duration = Duration::from_secs(60);

    fn bounds(span: Duration) -> Bounds {
        Bounds::new(span, "test", Stop::new())
    }

    fn call() -> Call {
        Call::Claim("/dev/sda".into())
    }

    /// A shell script in the place of this program; it writes a line to `started` first.
    fn scripted(dir: &Path, script: &str) -> Waiters {
        let started = dir.join("started");
        let script = format!("echo $$ >> {}; {script}", started.display());
        Waiters::of("/bin/sh", &["-c", &script])
    }

    fn started(dir: &Path) -> Vec<String> {
        let text = std::fs::read_to_string(dir.join("started")).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    fn is_there(pid: &str) -> bool {
        Path::new("/proc").join(pid).exists()
    }

    #[test]
    fn one_process_answers_call_after_call_and_ends_with_us() {
        let dir = tempfile::tempdir().unwrap();
        // 16 is EBUSY. Cargo tells every test where it is, but not those that it starts.
        let script = "while read -r line; do printf \"\\020${CARGO_MANIFEST_DIR:+x}\"; done";
        let waiters = scripted(dir.path(), script);
        for _ in 0..3 {
            let error = waiters.make(&call(), &bounds(LONG)).unwrap_err();
            assert!(
                matches!(&error, Error::Io { what, source }
                    if what == "/dev/sda" && source.raw_os_error() == Some(16)),
                "{error}"
            );
        }
        let pids = started(dir.path());
        assert_eq!(pids.len(), 1);
        drop(waiters);
        assert!(!is_there(&pids[0]));
    }

    #[test]
    fn a_process_that_somebody_ended_is_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let waiters = scripted(dir.path(), "read -r line; printf '\\000'; exit 0");
        for _ in 0..2 {
            waiters.make(&call(), &bounds(LONG)).unwrap();
            let mut idle = waiters.idle();
            let child = &mut idle[0].child;
            reap_own(child);
        }
        assert_eq!(started(dir.path()).len(), 2);
    }

    #[test]
    fn one_that_ends_in_the_call_has_not_answered() {
        let dir = tempfile::tempdir().unwrap();
        let waiters = scripted(dir.path(), "read -r line");
        let error = waiters.make(&call(), &bounds(LONG)).unwrap_err();
        assert!(error.to_string().contains("is not known"), "{error}");
        assert_eq!(started(dir.path()).len(), 1, "it is not asked for twice");
        let error = Waiters::of("/none", &[]).make(&call(), &bounds(LONG));
        assert!(matches!(error, Err(Error::NoProgram { .. })));
    }

    /// A process that is stopped stands for one that waits for a device.
    #[test]
    fn one_that_does_not_answer_is_killed_at_the_deadline() {
        let dir = tempfile::tempdir().unwrap();
        let waiters = scripted(dir.path(), "trap '' TERM; kill -STOP $$");
        let error = waiters
            .make(&call(), &bounds(Duration::from_secs(2)))
            .unwrap_err();
        assert!(
            matches!(
                error,
                Error::Ended {
                    ended: Ended::Late { .. },
                    ..
                }
            ),
            "{error}"
        );
        assert!(started(dir.path()).iter().all(|pid| !is_there(pid)));
        assert!(waiters.idle().is_empty());
    }
}
