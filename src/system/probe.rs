//! Whether a portal answers.

use std::io;
use std::net::TcpStream;
use std::time::Duration;

use super::Dead;
use crate::model::portal::Portal;

/// Connects and closes again.
pub(super) fn probe(portal: Portal, span: Duration) -> Result<(), Dead> {
    match TcpStream::connect_timeout(&portal.socket(), span) {
        Ok(_) => Ok(()),
        Err(error) => Err(match error.kind() {
            io::ErrorKind::ConnectionRefused => Dead::Refused,
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Dead::Silent(span),
            io::ErrorKind::HostUnreachable => Dead::Unreachable("no route to host".into()),
            io::ErrorKind::NetworkUnreachable => Dead::Unreachable("network is unreachable".into()),
            _ => Dead::Unreachable(error.to_string()),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    #[test]
    fn an_open_port_and_a_closed_one() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let portal: Portal = address.to_string().parse().unwrap();
        let span = Duration::from_secs(5);
        assert_eq!(probe(portal, span), Ok(()));
        drop(listener);
        assert_eq!(probe(portal, span), Err(Dead::Refused));
    }
}
