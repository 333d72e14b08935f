//! Reaching the array: refused, dead, black holes, certificates.

use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::time::Instant;

use super::*;
use sanctl::array::http::Trust;
use sanctl::kit::kind::{Failure as _, Kind};

/// A port on which nothing listens.
pub(crate) fn refused() -> String {
    let listener = TcpListener::bind(family::loopback()).unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

fn error_of(settings: Settings) -> Error {
    let array = OceanStor::new(settings, Trace::default());
    array.identity(&bounds()).unwrap_err()
}

#[test]
pub(crate) fn a_refused_port_says_so() {
    let url = refused();
    let error = error_of(settings(&[&url]));
    assert_eq!(error.kind(), Kind::Unreachable);
    let said = error.to_string();
    assert!(
        said.contains("connection refused") && said.contains(&url),
        "{said}"
    );
}

#[test]
pub(crate) fn a_dead_first_url_leads_to_the_second() {
    let practice = Arc::new(Practice::in_memory(&Seed::v6()));
    let server = serve(&practice);
    let array = OceanStor::new(settings(&[&refused(), &server.url()]), Trace::default());
    assert!(array.identity(&bounds()).is_ok());
    let report = array.test(&bounds()).unwrap();
    assert!(
        report.warnings.iter().any(|w| w.contains("refused")),
        "{:?}",
        report.warnings
    );
    assert_eq!(array.close(), None);
    assert_eq!(practice.open_sessions(), 0);
}

#[test]
fn a_black_hole_ends_with_the_connect_deadline() {
    // A listener whose queue is full lets no further connection be made.
    let socket = rustix::net::socket(
        rustix::net::AddressFamily::INET,
        rustix::net::SocketType::STREAM,
        None,
    )
    .unwrap();
    rustix::net::bind(&socket, &std::net::SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
    rustix::net::listen(&socket, 0).unwrap();
    let addr = TcpListener::from(socket.try_clone().unwrap())
        .local_addr()
        .unwrap();
    let mut held = Vec::new();
    while let Ok(stream) = TcpStream::connect_timeout(&addr, Duration::from_millis(200)) {
        held.push(stream);
        assert!(held.len() < 64, "the queue never fills");
    }
    let mut settings = settings(&[&format!("http://{addr}")]);
    settings.connect = Duration::from_millis(300);
    settings.request = Duration::from_secs(50);
    let started = Instant::now();
    let error = error_of(settings);
    assert!(
        started.elapsed() < Duration::from_secs(25),
        "{:?}",
        started.elapsed()
    );
    assert_eq!(error.kind(), Kind::Unreachable);
    assert!(
        error.to_string().contains("no connection within"),
        "{error}"
    );
}

#[test]
fn an_unknown_name_says_so() {
    let error = error_of(settings(&["http://no-such-array.invalid"]));
    assert_eq!(error.kind(), Kind::Unreachable);
    assert!(
        error.to_string().contains("no-such-array.invalid"),
        "{error}"
    );
}

struct Fronted {
    practice: Arc<Practice>,
    server: Server,
    front: tls::Front,
}

fn fronted(certificate: &tls::Certificate) -> Fronted {
    let practice = Arc::new(Practice::in_memory(&Seed::v6()));
    let server = serve(&practice);
    let front = tls::Front::start(certificate, server.addr());
    Fronted {
        practice,
        server,
        front,
    }
}

impl Fronted {
    fn identity(&self, trust: Trust) -> Result<(), Error> {
        let mut settings = settings(&[&self.front.url]);
        settings.trust = trust;
        let array = OceanStor::new(settings, Trace::default());
        let result = array.identity(&bounds()).map(|_| ());
        drop(array);
        assert_eq!(self.practice.open_sessions(), 0);
        if result.is_err() {
            assert_eq!(self.server.requests().len(), 0, "nothing may be sent");
        }
        result
    }
}

fn ca_file(pem: &str) -> (tempfile::NamedTempFile, Trust) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(pem.as_bytes()).unwrap();
    let trust = Trust::CaFile(file.path().to_owned());
    (file, trust)
}

#[test]
pub(crate) fn a_self_signed_certificate_is_refused_with_its_fingerprint_until_it_is_pinned() {
    let certificate = tls::Certificate::self_signed_authority(&own());
    let lab = fronted(&certificate);
    let error = lab.identity(Trust::System).unwrap_err();
    assert_eq!(error.kind(), Kind::Denied);
    let Error::Certificate { fingerprint, .. } = &error else {
        panic!("{error}");
    };
    let seen = fingerprint.clone().unwrap();
    assert_eq!(seen, certificate.fingerprint());
    assert!(error.hints()[0].contains(&seen));
    let another = tls::Certificate::self_signed(&own()).fingerprint();
    let wrong = lab
        .identity(Trust::Pin(another.parse().unwrap()))
        .unwrap_err();
    assert!(wrong.to_string().contains("is pinned"), "{wrong}");
    assert!(wrong.to_string().contains(&seen), "{wrong}");
    assert!(lab.identity(Trust::Pin(seen.parse().unwrap())).is_ok());
    assert!(lab.identity(Trust::Nothing).is_ok());
    // Its own certificate as the CA file is as good as a pin.
    let (_file, trust) = ca_file(&certificate.pem);
    assert!(lab.identity(trust).is_ok());
}

#[test]
pub(crate) fn a_certificate_of_a_private_authority() {
    let (certificate, authority) = tls::Certificate::signed(&own(), false);
    let lab = fronted(&certificate);
    let (_file, trust) = ca_file(&authority);
    assert!(lab.identity(trust).is_ok());
    for (name, expired, words) in [
        (own().as_str(), true, "expired"),
        ("array.example", false, "another name"),
    ] {
        let (certificate, authority) = tls::Certificate::signed(name, expired);
        let lab = fronted(&certificate);
        let (_file, trust) = ca_file(&authority);
        let error = lab.identity(trust).unwrap_err();
        assert_eq!(error.kind(), Kind::Denied);
        assert!(error.to_string().contains(words), "{error}");
        assert!(
            error.to_string().contains(&certificate.fingerprint()),
            "{error}"
        );
    }
    let (_, stranger) = tls::Certificate::signed(&own(), false);
    let (_file, trust) = ca_file(&stranger);
    assert!(matches!(
        lab_error(&certificate, trust),
        Error::Certificate { .. }
    ));
}

fn lab_error(certificate: &tls::Certificate, trust: Trust) -> Error {
    fronted(certificate).identity(trust).unwrap_err()
}

#[test]
fn a_certificate_error_does_not_go_on_to_the_next_url() {
    let lab = fronted(&tls::Certificate::self_signed(&own()));
    let array = OceanStor::new(
        settings(&[&lab.front.url, &lab.server.url()]),
        Trace::default(),
    );
    assert!(matches!(
        array.identity(&bounds()),
        Err(Error::Certificate { .. })
    ));
    assert_eq!(lab.server.requests().len(), 0);
}

#[test]
fn a_ca_file_that_cannot_be_used_names_itself() {
    let lab = fronted(&tls::Certificate::self_signed(&own()));
    for (trust, words) in [
        (
            Trust::CaFile("/nonexistent/ca.pem".into()),
            "/nonexistent/ca.pem",
        ),
        (ca_file("no certificate here").1, "ca_file"),
    ] {
        let error = lab.identity(trust).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
    }
}

#[test]
pub(crate) fn plain_http_where_tls_is_wanted_and_the_reverse() {
    let practice = Arc::new(Practice::in_memory(&Seed::v6()));
    let server = serve(&practice);
    let url = server.url().replace("http:", "https:");
    let mut settings_of = settings(&[&url]);
    settings_of.trust = Trust::Nothing;
    let error = error_of(settings_of);
    assert!(error.to_string().contains("plain http"), "{error}");
    let lab = fronted(&tls::Certificate::self_signed(&own()));
    let url = lab.front.url.replace("https:", "http:");
    let error = error_of(settings(&[&url]));
    assert_eq!(error.kind(), Kind::Unreachable, "{error}");
}
