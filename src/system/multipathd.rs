//! multipathd by its socket, which costs no process: the same words as on its command line
//! (linux-host.md §6.1).

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use rustix::io::Errno;
use rustix::net::{AddressFamily, SocketAddrUnix, SocketFlags, SocketType, socket_with};

use super::exec::OnStop;
use super::{Cmd, Error, Output};
use crate::kit::bounds::Bounds;

/// An abstract address, without anything before or after it.
const ADDRESS: &[u8] = b"/org/kernel/linux/storage/multipathd";
/// How often a wait looks whether somebody asked to stop.
const SLICE: Duration = Duration::from_millis(200);
/// Between two tries to connect.
const PAUSE: Duration = Duration::from_millis(10);
/// The longest answer that is read.
const LARGEST: usize = 16 * 1024 * 1024;

/// Asks multipathd; `None` when it does not listen, so that its own program can say why.
///
/// # Errors
/// [`Error::Ended`] when it does not answer in time.
pub(super) fn ask(cmd: &Cmd, bounds: &Bounds, on_stop: OnStop) -> Result<Option<Output>, Error> {
    ask_at(ADDRESS, cmd, bounds, on_stop)
}

fn ask_at(
    name: &[u8],
    cmd: &Cmd,
    bounds: &Bounds,
    on_stop: OnStop,
) -> Result<Option<Output>, Error> {
    // The daemon goes on with what it was told, whoever listens.
    let bounds = &on_stop.limits(bounds);
    let Some(stream) = connect(name, bounds, cmd)? else {
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

/// A connection; `None` when nobody listens. A daemon that does not run on, and whose queue is full,
/// would keep a plain connect for ever.
fn connect(name: &[u8], bounds: &Bounds, cmd: &Cmd) -> Result<Option<UnixStream>, Error> {
    let Ok(address) = SocketAddrUnix::new_abstract_name(name) else {
        return Ok(None);
    };
    let flags = SocketFlags::NONBLOCK | SocketFlags::CLOEXEC;
    let Ok(socket) = socket_with(AddressFamily::UNIX, SocketType::STREAM, flags, None) else {
        return Ok(None);
    };
    let ended = |ended| Error::Ended {
        what: cmd.to_string(),
        ended,
    };
    loop {
        match rustix::net::connect(&socket, &address) {
            Ok(()) => break,
            Err(Errno::AGAIN | Errno::INTR) => bounds.wait(PAUSE).map_err(ended)?,
            Err(_) => return Ok(None),
        }
    }
    let stream = UnixStream::from(socket);
    let blocking = stream.set_nonblocking(false);
    blocking.map_err(|source| Error::of(cmd.to_string(), source))?;
    Ok(Some(stream))
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
    use std::os::linux::net::SocketAddrExt;
    use std::os::unix::net::{SocketAddr, UnixListener};

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
    #[test]
    fn a_daemon_that_takes_no_connection_is_not_waited_for_for_ever() {
        let cmd = Cmd::new("multipathd", ["show", "daemon"]);
        let name = format!("sanctl-test-{}", std::process::id());
        let flags = SocketFlags::CLOEXEC;
        let listener = socket_with(AddressFamily::UNIX, SocketType::STREAM, flags, None).unwrap();
        let address = SocketAddrUnix::new_abstract_name(name.as_bytes()).unwrap();
        rustix::net::bind(&listener, &address).unwrap();
        let limits = bounds(Duration::from_secs(20));
        let none = connect(name.as_bytes(), &limits, &cmd).unwrap();
        assert!(none.is_none(), "it does not listen yet");
        rustix::net::listen(&listener, 0).unwrap();
        // So many the kernel keeps waiting for a daemon that takes none.
        let mut queue = Vec::new();
        let error = loop {
            let short = bounds(Duration::from_millis(50));
            match connect(name.as_bytes(), &short, &cmd) {
                Ok(stream) => queue.push(stream.unwrap()),
                Err(error) => break error,
            }
        };
        assert!(matches!(error, Error::Ended { .. }), "{error}");
        assert!(!queue.is_empty());
    }
    #[test]
    fn a_change_is_waited_for_when_somebody_asks_to_stop_and_a_look_is_not() {
        let cmd = Cmd::new("multipathd", ["del", "map", "m"]);
        let name = format!("sanctl-test-stop-{}", std::process::id());
        let address = SocketAddr::from_abstract_name(&name).unwrap();
        let listener = UnixListener::bind_addr(&address).unwrap();
        let stop = Stop::new();
        stop.request();
        let limits = Bounds::new(Duration::from_secs(20), "test", stop);
        let daemon = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut asked = vec![0; size_of::<usize>() + "del map m".len() + 1];
            stream.read_exact(&mut asked).unwrap();
            stream.write_all(&4_usize.to_ne_bytes()).unwrap();
            stream.write_all(b"ok\n\0").unwrap();
            listener
        });
        let told = ask_at(name.as_bytes(), &cmd, &limits, OnStop::Finish).unwrap();
        assert_eq!(told.unwrap().stdout, "ok\n");
        let _listener = daemon.join().unwrap();
        let error = ask_at(name.as_bytes(), &cmd, &limits, OnStop::End).unwrap_err();
        assert!(matches!(error, Error::Ended { .. }), "{error}");
    }
}
