//! What went wrong on the way, in words.

use std::error::Error;
use std::io;
use std::time::Duration;

use rustls::{AlertDescription, CertificateError, InvalidMessage};

type Cause = dyn Error + 'static;

/// The last of the causes, which says most.
pub(super) fn chain(error: &Cause) -> String {
    let mut last = error;
    while let Some(cause) = last.source() {
        last = cause;
    }
    last.to_string()
}

/// Walks the causes, also into an `io::Error`, whose own source skips what it wraps.
fn find<T>(error: &Cause, look: &dyn Fn(&Cause) -> Option<T>) -> Option<T> {
    let mut next = Some(error);
    while let Some(cause) = next {
        if let Some(found) = look(cause) {
            return Some(found);
        }
        if let Some(wrapped) = cause
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
        {
            let wrapped: &Cause = wrapped;
            if let Some(found) = find(wrapped, look) {
                return Some(found);
            }
        }
        next = cause.source();
    }
    None
}

fn find_tls(error: &Cause) -> Option<rustls::Error> {
    find(error, &|cause| {
        cause.downcast_ref::<rustls::Error>().cloned()
    })
}

/// What is wrong with the server's certificate, if that is what went wrong.
pub(super) fn certificate(error: &reqwest::Error) -> Option<String> {
    let tls = find_tls(error)?;
    matches!(tls, rustls::Error::InvalidCertificate(_)).then(|| certificate_error(&tls))
}

/// What a certificate lacks.
pub(super) fn certificate_error(error: &rustls::Error) -> String {
    let rustls::Error::InvalidCertificate(about) = error else {
        return format!("its certificate cannot be checked: {error}");
    };
    match about {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "its certificate has expired".into()
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "its certificate is not valid yet (is the clock right?)".into()
        }
        CertificateError::UnknownIssuer => {
            "its certificate is self-signed or from an authority that is not trusted".into()
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "its certificate is for another name".into()
        }
        CertificateError::Revoked => "its certificate is revoked".into(),
        CertificateError::BadSignature => {
            "its certificate or key is not sound, or too weak to be accepted".into()
        }
        CertificateError::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => {
            "its certificate is self-signed as an authority".into()
        }
        other => format!("its certificate is not accepted: {other}"),
    }
}

/// Why no answer came, in words for people.
pub(super) fn transport(error: &reqwest::Error, host: &str, waited: Duration) -> String {
    let seconds = waited.as_secs_f32();
    if let Some(tls) = find_tls(error) {
        return tls_words(&tls);
    }
    if error.is_timeout() {
        return if error.is_connect() {
            format!("no connection within {seconds:.1} s")
        } else {
            format!("no answer within {seconds:.1} s")
        };
    }
    if let Some(words) = find(error, &|cause| {
        cause.downcast_ref::<io::Error>().and_then(io_words)
    }) {
        return words;
    }
    let last = chain(error);
    if last.contains("failed to lookup address") || last.contains("dns error") {
        return format!("the name {host} is not known");
    }
    if last.contains("invalid HTTP version") || last.contains("invalid HTTP") {
        return "what answers does not speak HTTP (https on this port?)".into();
    }
    if last.contains("connection closed before message completed") {
        return "the connection was closed without an answer".into();
    }
    last
}

fn io_words(error: &io::Error) -> Option<String> {
    let words = match error.kind() {
        io::ErrorKind::ConnectionRefused => "connection refused",
        io::ErrorKind::ConnectionReset => "the connection was reset",
        io::ErrorKind::ConnectionAborted | io::ErrorKind::BrokenPipe => "the connection was closed",
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => "no route to it",
        io::ErrorKind::NetworkDown => "the network is down",
        io::ErrorKind::AddrNotAvailable => "no local address leads there",
        io::ErrorKind::TimedOut => "no connection: timed out",
        _ => return None,
    };
    Some(words.to_owned())
}

fn tls_words(error: &rustls::Error) -> String {
    let old = "it offers only old TLS versions or ciphers; upgrade its firmware, or put a TLS \
               gateway in between";
    match error {
        rustls::Error::InvalidCertificate(_) => certificate_error(error),
        rustls::Error::InvalidMessage(
            InvalidMessage::InvalidContentType
            | InvalidMessage::UnknownProtocolVersion
            | InvalidMessage::MessageTooLarge
            | InvalidMessage::InvalidEmptyPayload,
        ) => "what answers does not speak TLS (plain http on this port?)".into(),
        rustls::Error::AlertReceived(
            AlertDescription::ProtocolVersion
            | AlertDescription::HandshakeFailure
            | AlertDescription::InsufficientSecurity,
        )
        | rustls::Error::PeerIncompatible(_) => old.into(),
        other => format!("TLS failed: {other}"),
    }
}

/// What happened to a body that did not arrive whole.
pub(super) fn broken_body(error: &io::Error, got: usize, waited: Duration) -> String {
    let timeout = find(error, &|cause| {
        cause
            .downcast_ref::<reqwest::Error>()
            .map(reqwest::Error::is_timeout)
    });
    if timeout == Some(true) || error.kind() == io::ErrorKind::TimedOut {
        return format!(
            "the answer did not end within {:.1} s, after {got} bytes",
            waited.as_secs_f32()
        );
    }
    format!("the answer broke off after {got} bytes")
}
