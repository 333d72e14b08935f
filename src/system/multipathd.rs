//! multipathd by its socket, which costs no process: the same words as on its command line
//! (linux-host.md §6.1).

use std::io::{self, Read, Write};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixStream};
use std::time::Duration;

use super::{Cmd, Error, Output};
use crate::kit::bounds::Bounds;

/// An abstract address, without anything before or after it.
const ADDRESS: &[u8] = b"/org/kernel/linux/storage/multipathd";
/// How often a wait looks whether somebody asked to stop.
const SLICE: Duration = Duration::from_millis(200);
/// The longest answer that is read.
const LARGEST: usize = 16 * 1024 * 1024;

/// Asks multipathd; `None` when it does not listen, so that its own program can say why.
///
/// # Errors
/// [`Error::Ended`] when it does not answer in time.
pub(super) fn ask(cmd: &Cmd, bounds: &Bounds) -> Result<Option<Output>, Error> {
    let Ok(address) = SocketAddr::from_abstract_name(ADDRESS) else {
        return Ok(None);
    };
    let Ok(stream) = UnixStream::connect_addr(&address) else {
        return Ok(None);
    };
    let io = |source| Error::of(cmd.to_string(), source);
    stream.set_read_timeout(Some(SLICE)).map_err(io)?;
    stream.set_write_timeout(Some(SLICE)).map_err(io)?;
    let answer = exchange(&stream, &cmd.args.join(" "), bounds, cmd)?;
    Ok(Some(Output {
        // As its own program exits.
        code: i32::from(answer.starts_with("fail")),
        stdout: answer,
        stderr: String::new(),
    }))
}

/// One command and its answer: a native length that counts a closing NUL, then the text and the
/// NUL, both ways.
fn exchange(
    mut stream: impl Read + Write,
    command: &str,
    bounds: &Bounds,
    cmd: &Cmd,
) -> Result<String, Error> {
    let mut sent = (command.len() + 1).to_ne_bytes().to_vec();
    sent.extend(command.as_bytes());
    sent.push(0);
    patiently(&mut sent, bounds, cmd, &mut |rest| stream.write(rest))?;
    let mut length = [0; size_of::<usize>()];
    patiently(&mut length, bounds, cmd, &mut |rest| stream.read(rest))?;
    let length = usize::from_ne_bytes(length);
    if length > LARGEST {
        let why = io::Error::other("its answer has no end");
        return Err(Error::of(cmd.to_string(), why));
    }
    let mut answer = vec![0; length];
    patiently(&mut answer, bounds, cmd, &mut |rest| stream.read(rest))?;
    let text = answer.split(|b| *b == 0).next().unwrap_or_default();
    Ok(String::from_utf8_lossy(text).into_owned())
}

/// Moves all of `buffer`, in as many parts as it takes, within the limits.
fn patiently(
    buffer: &mut [u8],
    bounds: &Bounds,
    cmd: &Cmd,
    act: &mut dyn FnMut(&mut [u8]) -> io::Result<usize>,
) -> Result<(), Error> {
    let mut done = 0;
    while let Some(rest) = buffer.get_mut(done..).filter(|rest| !rest.is_empty()) {
        match act(rest) {
            Ok(0) => {
                let why = io::Error::from(io::ErrorKind::UnexpectedEof);
                return Err(Error::Io {
                    what: cmd.to_string(),
                    source: why,
                });
            }
            Ok(moved) => done += moved,
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::WouldBlock
                        | io::ErrorKind::TimedOut
                        | io::ErrorKind::Interrupted
                ) => {}
            Err(source) => return Err(Error::of(cmd.to_string(), source)),
        }
        bounds.check().map_err(|ended| Error::Ended {
            what: cmd.to_string(),
            ended,
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::stop::Stop;

    /// A daemon that answers one command, in small parts.
    fn answering(answer: &'static str) -> (UnixStream, std::thread::JoinHandle<String>) {
        let (ours, mut theirs) = UnixStream::pair().unwrap();
        let daemon = std::thread::spawn(move || {
            let mut length = [0; size_of::<usize>()];
            theirs.read_exact(&mut length).unwrap();
            let mut text = vec![0; usize::from_ne_bytes(length)];
            theirs.read_exact(&mut text).unwrap();
            theirs.write_all(&(answer.len() + 1).to_ne_bytes()).unwrap();
            for byte in answer.bytes().chain([0]) {
                theirs.write_all(&[byte]).unwrap();
            }
            String::from_utf8(text).unwrap()
        });
        (ours, daemon)
    }

    fn bounds(span: Duration) -> Bounds {
        Bounds::new(span, "test", Stop::new())
    }

    #[test]
    fn a_command_and_its_answer() {
        let cmd = Cmd::new("multipathd", ["show", "daemon"]);
        for answer in ["pid 611 idle\n", "fail\n", ""] {
            let (stream, daemon) = answering(answer);
            let limits = bounds(Duration::from_secs(20));
            let told = exchange(&stream, "show daemon", &limits, &cmd).unwrap();
            assert_eq!(told, answer);
            assert_eq!(daemon.join().unwrap(), "show daemon\0");
        }
    }

    #[test]
    fn a_daemon_that_ends_or_says_nothing() {
        let cmd = Cmd::new("multipathd", ["show", "daemon"]);
        let (ours, theirs) = UnixStream::pair().unwrap();
        ours.set_read_timeout(Some(Duration::from_millis(5)))
            .unwrap();
        let limits = bounds(Duration::from_millis(30));
        let error = exchange(&ours, "show daemon", &limits, &cmd).unwrap_err();
        assert!(matches!(error, Error::Ended { .. }), "{error}");
        drop(theirs);
        let limits = bounds(Duration::from_secs(20));
        let error = exchange(&ours, "show daemon", &limits, &cmd).unwrap_err();
        assert!(matches!(error, Error::Io { .. }), "{error}");
    }
}
