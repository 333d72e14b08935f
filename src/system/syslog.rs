//! The system's log: a datagram for each line (RFC 3164, as syslog(3) sends it).

use std::io;
use std::os::unix::net::UnixDatagram;
use std::path::Path;
use std::time::Duration;

/// Where the system's log listens.
pub const SOCKET: &str = "/dev/log";

/// Facility `user`, severity `notice`.
const PRIORITY: u8 = 8 + 5;

/// The longest line; receivers cut what is longer than about this.
const LONGEST: usize = 2000;

/// A log that is full must not hold up who writes to it.
const PATIENCE: Duration = Duration::from_secs(1);

/// Sends one line to the log at `socket`.
///
/// # Errors
/// When nobody listens there, or nobody reads for a second.
pub fn send(socket: &Path, line: &str) -> io::Result<()> {
    let mut line = line.to_owned();
    while line.len() > LONGEST {
        line.pop();
    }
    let datagram = UnixDatagram::unbound()?;
    datagram.set_write_timeout(Some(PATIENCE))?;
    let text = format!("<{PRIORITY}>sanctl[{}]: {line}", std::process::id());
    datagram.send_to(text.as_bytes(), socket)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_datagram() {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("log");
        assert!(send(&place, "nobody listens").is_err());
        let log = UnixDatagram::bind(&place).unwrap();
        log.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        send(&place, "user=root").unwrap();
        send(&place, &"ä".repeat(LONGEST)).unwrap();
        let mut buffer = [0; 4096];
        let mut next = || {
            let length = log.recv(&mut buffer).unwrap();
            String::from_utf8(buffer[..length].to_vec()).unwrap()
        };
        let head = format!("<13>sanctl[{}]: ", std::process::id());
        assert_eq!(next(), format!("{head}user=root"));
        assert_eq!(next().len(), head.len() + LONGEST);
    }
}
