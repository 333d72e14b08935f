//! Whom to trust at the other end: a CA file, a pinned fingerprint, the system, or nobody.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
};

use super::words;

use crate::system::files;

/// The SHA-256 of a certificate. Prints as `sha256:` and 64 digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    fn of(certificate: &CertificateDer<'_>) -> Self {
        let digest = ring::digest::digest(&ring::digest::SHA256, certificate);
        let mut bytes = [0; 32];
        for (to, from) in bytes.iter_mut().zip(digest.as_ref()) {
            *to = *from;
        }
        Self(bytes)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sha256:")?;
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

impl FromStr for Fingerprint {
    type Err = String;

    /// Reads `sha256:` and 64 hex digits; the prefix may be missing, colons between the digits
    /// (as openssl prints them) and capitals are allowed.
    fn from_str(text: &str) -> Result<Self, String> {
        let lower = text.trim().to_lowercase();
        let digits = lower.strip_prefix("sha256:").unwrap_or(&lower);
        let digits = digits.replace(':', "");
        let mut bytes = [0; 32];
        if digits.len() != 64 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err("sha256: and 64 hex digits wanted".into());
        }
        for (i, byte) in bytes.iter_mut().enumerate() {
            let pair = digits.get(2 * i..2 * i + 2).unwrap_or_default();
            *byte = u8::from_str_radix(pair, 16).map_err(|e| e.to_string())?;
        }
        Ok(Self(bytes))
    }
}

/// How a server's certificate is checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trust {
    /// By the certificates of this machine.
    System,
    /// By the certificates in a file (PEM), and by no others. A self-signed certificate is
    /// trusted when it is itself in the file.
    CaFile(PathBuf),
    /// It must be this one.
    Pin(Fingerprint),
    /// It is not.
    Nothing,
}

/// Judges the certificates of one URL and remembers the last.
#[derive(Debug)]
pub(super) struct Judge {
    rule: Rule,
    provider: Arc<CryptoProvider>,
    seen: Mutex<Option<(Fingerprint, Option<String>)>>,
}

#[derive(Debug)]
enum Rule {
    Chain {
        verifier: Arc<dyn ServerCertVerifier>,
        /// Trusted as they are.
        exact: Vec<CertificateDer<'static>>,
    },
    Pin(Fingerprint),
    Nothing,
}

impl Judge {
    /// Prepares a judge.
    ///
    /// # Errors
    /// When the CA file cannot be used.
    pub(super) fn new(trust: &Trust) -> Result<Arc<Self>, String> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        // Whatever in the program asks for the process's provider gets the same one.
        let _ = CryptoProvider::install_default((*provider).clone());
        let rule = match trust {
            Trust::Pin(pin) => Rule::Pin(*pin),
            Trust::Nothing => Rule::Nothing,
            Trust::System => Rule::Chain {
                verifier: Arc::new(
                    rustls_platform_verifier::Verifier::new(Arc::clone(&provider))
                        .map_err(|e| format!("cannot use this machine's certificates: {e}"))?,
                ),
                exact: Vec::new(),
            },
            Trust::CaFile(path) => {
                let file = path.display();
                let pem = files::read_text(path).map_err(|e| format!("ca_file {e}"))?;
                let exact: Vec<CertificateDer<'static>> =
                    CertificateDer::pem_slice_iter(pem.as_bytes())
                        .collect::<Result<_, _>>()
                        .map_err(|e| format!("ca_file {file}: {e}"))?;
                if exact.is_empty() {
                    return Err(format!("ca_file {file}: no certificate in it (PEM wanted)"));
                }
                let mut roots = RootCertStore::empty();
                let (added, _) = roots.add_parsable_certificates(exact.iter().cloned());
                if added == 0 {
                    return Err(format!("ca_file {file}: no certificate of it can be used"));
                }
                let verifier = WebPkiServerVerifier::builder_with_provider(
                    Arc::new(roots),
                    Arc::clone(&provider),
                )
                .build()
                .map_err(|e| format!("ca_file {file}: {e}"))?;
                Rule::Chain { verifier, exact }
            }
        };
        Ok(Arc::new(Self {
            rule,
            provider,
            seen: Mutex::new(None),
        }))
    }

    /// The certificate seen last, and why it was not accepted.
    pub(super) fn seen(&self) -> Option<(Fingerprint, Option<String>)> {
        self.seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// The TLS configuration that asks this judge.
pub(super) fn config(judge: &Arc<Judge>) -> Result<ClientConfig, String> {
    Ok(
        ClientConfig::builder_with_provider(Arc::clone(&judge.provider))
            .with_safe_default_protocol_versions()
            .map_err(|e| e.to_string())?
            .dangerous()
            .with_custom_certificate_verifier(Arc::clone(judge) as Arc<dyn ServerCertVerifier>)
            .with_no_client_auth(),
    )
}

impl ServerCertVerifier for Judge {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let print = Fingerprint::of(end_entity);
        let verdict = match &self.rule {
            Rule::Nothing => Ok(()),
            Rule::Pin(pin) if *pin == print => Ok(()),
            Rule::Pin(pin) => Err((
                rustls::Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure),
                format!("its certificate is {print}, but {pin} is pinned"),
            )),
            Rule::Chain { exact, .. } if exact.iter().any(|c| c == end_entity) => Ok(()),
            Rule::Chain { verifier, .. } => verifier
                .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
                .map(|_| ())
                .map_err(|e| {
                    let why = words::certificate_error(&e);
                    (e, format!("{why} ({print})"))
                }),
        };
        let (result, why) = match verdict {
            Ok(()) => (Ok(ServerCertVerified::assertion()), None),
            Err((error, why)) => (Err(error), Some(why)),
        };
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some((print, why));
        result
    }

    // A certificate proves nothing without the key, so signatures are checked under every rule.
    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(
            message,
            certificate,
            signed,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(
            message,
            certificate,
            signed,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}
