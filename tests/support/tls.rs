//! TLS in front of a plain server: certificates good and bad, made for each test.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// The address of this machine that a certificate is for.
pub(crate) fn own() -> String {
    crate::family::loopback().ip().to_string()
}

/// A certificate with its key.
pub(crate) struct Certificate {
    der: CertificateDer<'static>,
    key: Vec<u8>,
    /// The certificate in PEM.
    pub(crate) pem: String,
}

impl Certificate {
    fn make(params: &CertificateParams) -> Self {
        let key = KeyPair::generate().unwrap();
        let made = params.self_signed(&key).unwrap();
        Self {
            der: made.der().clone(),
            key: key.serialize_der(),
            pem: made.pem(),
        }
    }

    /// Self-signed, for one name or address.
    pub(crate) fn self_signed(name: &str) -> Self {
        Self::make(&CertificateParams::new(vec![name.to_owned()]).unwrap())
    }

    /// Self-signed as an authority, as arrays ship it.
    pub(crate) fn self_signed_authority(name: &str) -> Self {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self::make(&params)
    }

    /// Signed by an authority of its own; the authority's PEM comes with it.
    pub(crate) fn signed(name: &str, expired: bool) -> (Self, String) {
        let mut authority = CertificateParams::new(Vec::new()).unwrap();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority_key = KeyPair::generate().unwrap();
        let pem = authority.self_signed(&authority_key).unwrap().pem();
        let issuer = Issuer::new(authority, authority_key);
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        if expired {
            params.not_before = date_time_ymd(2001, 1, 1);
            params.not_after = date_time_ymd(2002, 1, 1);
        }
        let key = KeyPair::generate().unwrap();
        let made = params.signed_by(&key, &issuer).unwrap();
        let certificate = Self {
            der: made.der().clone(),
            key: key.serialize_der(),
            pem: made.pem(),
        };
        (certificate, pem)
    }

    /// As the configuration writes it.
    pub(crate) fn fingerprint(&self) -> String {
        let digest = ring::digest::digest(&ring::digest::SHA256, &self.der);
        let digits: String = digest.as_ref().iter().map(|b| format!("{b:02x}")).collect();
        format!("sha256:{digits}")
    }
}

/// A TLS server that passes requests on to a plain one. Its threads end with the test's process.
pub(crate) struct Front {
    /// `https://…`
    pub(crate) url: String,
    connections: Arc<AtomicUsize>,
}

impl Front {
    pub(crate) fn start(certificate: &Certificate, back: SocketAddr) -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let key = PrivateKeyDer::try_from(certificate.key.clone()).unwrap();
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der.clone()], key)
            .unwrap();
        let config = Arc::new(config);
        let listener = TcpListener::bind(crate::family::loopback()).unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        let connections = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&connections);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                counted.fetch_add(1, Ordering::SeqCst);
                let config = Arc::clone(&config);
                std::thread::spawn(move || {
                    let server = ServerConnection::new(config).unwrap();
                    pass(&mut StreamOwned::new(server, stream), back);
                });
            }
        });
        Self { url, connections }
    }

    /// How many connections were made so far, whatever came of them.
    #[allow(dead_code, reason = "not every target counts them")]
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

/// Passes messages to and fro until one side ends.
fn pass(front: &mut StreamOwned<ServerConnection, TcpStream>, back: SocketAddr) {
    let Ok(mut back) = TcpStream::connect(back) else {
        return;
    };
    while let Some(request) = message(front) {
        if back.write_all(&request).is_err() {
            return;
        }
        let Some(reply) = message(&mut back) else {
            return;
        };
        if front
            .write_all(&reply)
            .and_then(|()| front.flush())
            .is_err()
        {
            return;
        }
    }
}

/// One whole HTTP message with a `Content-Length`, or none.
fn message(from: &mut impl Read) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        if let Some(end) = bytes.windows(4).position(|w| w == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
            let length = head
                .lines()
                .find_map(|l| l.strip_prefix("content-length:"))
                .map_or(0, |l| l.trim().parse::<usize>().unwrap());
            if bytes.len() >= end + 4 + length {
                return Some(bytes);
            }
        }
        let got = from.read(&mut buffer).ok().filter(|n| *n > 0)?;
        bytes.extend_from_slice(&buffer[..got]);
    }
}
