//! HTTP to an array: one client per URL, with TLS that says what it saw.
//!
//! No proxy, no redirects, no retries of the client's own: what is sent again is decided by those
//! who know what the request does (DESIGN §7).

#[cfg(test)]
pub(in crate::array) mod script;
mod tls;
mod words;

use std::io::Read;
use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::blocking::Client;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Url};

use super::Certificate;

pub use tls::{Fingerprint, Trust};

/// The largest body that is read.
const MAX_BODY: u64 = 16 * 1024 * 1024;

/// How long an idle connection is kept: shorter than servers do, because a request on a
/// connection that the server has just closed is a request in doubt.
const IDLE: Duration = Duration::from_secs(5);

/// A way to one URL. The client behind it is built once.
#[derive(Debug)]
pub(in crate::array) struct Door {
    url: Url,
    client: Client,
    judge: Option<Arc<tls::Judge>>,
}

/// An answer, whatever its status.
#[derive(Debug)]
pub(in crate::array) struct Response {
    /// The HTTP status.
    pub(in crate::array) status: u16,
    /// The headers.
    pub(in crate::array) headers: HeaderMap,
    /// The whole body.
    pub(in crate::array) body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, Clone)]
pub(in crate::array) enum Failure {
    /// No connection was made: nothing was sent.
    NotSent {
        /// Refused, timed out, no route, name unknown…
        why: String,
    },
    /// The server's certificate was not accepted: nothing was sent.
    Certificate {
        /// What is wrong with it.
        why: String,
        /// The fingerprint seen.
        fingerprint: Option<String>,
    },
    /// An answer came that is longer than any that is read.
    TooLong {
        /// How long at least.
        why: String,
    },
    /// Something was sent and no whole answer came.
    NoAnswer {
        /// Reset, timed out…
        why: String,
    },
}

impl Door {
    /// Prepares the way to `url`. Nothing is sent.
    ///
    /// # Errors
    /// When the CA file cannot be used.
    pub(in crate::array) fn open(
        url: &Url,
        trust: &Trust,
        connect: Duration,
    ) -> Result<Self, String> {
        let mut builder = builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .http1_only()
            .connect_timeout(connect)
            .timeout(None)
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(4)
            .tcp_nodelay(true);
        let mut judge = None;
        if url.scheme() == "https" {
            let made = tls::Judge::new(trust)?;
            builder = builder.tls_backend_preconfigured(tls::config(&made)?);
            judge = Some(made);
        } else {
            // Any TLS configuration will do, but reqwest wants one; reading the system's
            // certificates for it would be waste.
            let idle = tls::Judge::new(&Trust::Nothing)?;
            builder = builder.tls_backend_preconfigured(tls::config(&idle)?);
        }
        let client = builder
            .build()
            .map_err(|e| format!("cannot prepare HTTP: {}", words::chain(&e)))?;
        Ok(Self {
            url: url.clone(),
            client,
            judge,
        })
    }

    /// The URL, ending with a slash.
    pub(in crate::array) fn url(&self) -> &Url {
        &self.url
    }

    /// The fingerprint of the certificate seen last and why it is not trusted, if it is not.
    pub(in crate::array) fn certificate(&self) -> Option<(Fingerprint, Option<String>)> {
        self.judge.as_ref()?.seen()
    }

    /// Sends one request to the URL with `rest` added to it, and reads the whole answer within
    /// `limit`.
    ///
    /// # Errors
    /// [`Failure`], which tells whether the request may have reached the server.
    pub(in crate::array) fn send(
        &self,
        method: &str,
        rest: &str,
        headers: &[(&'static str, &str)],
        body: Option<Vec<u8>>,
        limit: Duration,
    ) -> Result<Response, Failure> {
        let not_sent = |why: String| Failure::NotSent { why };
        let started = Instant::now();
        let url = format!("{}{rest}", self.url);
        let url = Url::parse(&url).map_err(|e| not_sent(format!("bad request path: {e}")))?;
        let method =
            Method::from_bytes(method.as_bytes()).map_err(|_| not_sent("bad method".to_owned()))?;
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            let mut value = HeaderValue::from_str(value)
                .map_err(|_| not_sent(format!("header {name} cannot be sent")))?;
            value.set_sensitive(true);
            map.append(HeaderName::from_static(name), value);
        }
        let mut request = self
            .client
            .request(method, url)
            .headers(map)
            .timeout(limit.max(Duration::from_millis(1)));
        if let Some(body) = body {
            request = request.body(body);
        }
        let response = request
            .send()
            .map_err(|e| self.failure(&e, started.elapsed()))?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let mut body = Vec::new();
        response
            .take(MAX_BODY + 1)
            .read_to_end(&mut body)
            .map_err(|e| Failure::NoAnswer {
                why: words::broken_body(&e, body.len(), started.elapsed()),
            })?;
        if body.len() as u64 > MAX_BODY {
            return Err(Failure::TooLong {
                why: format!("the answer is longer than {} MiB", MAX_BODY >> 20),
            });
        }
        Ok(Response {
            status,
            headers,
            body,
        })
    }

    fn failure(&self, error: &reqwest::Error, waited: Duration) -> Failure {
        let host = self.url.host_str().unwrap_or_default();
        let why = words::transport(error, host, waited);
        if !error.is_connect() {
            return Failure::NoAnswer { why };
        }
        match words::certificate(error) {
            None => Failure::NotSent { why },
            Some(about) => {
                let seen = self.certificate();
                let why = seen
                    .as_ref()
                    .and_then(|(_, why)| why.clone())
                    .unwrap_or(about);
                Failure::Certificate {
                    why,
                    fingerprint: seen.map(|(print, _)| print.to_string()),
                }
            }
        }
    }
}

/// Looks at the certificate of a URL that is not configured yet, without any credential; `None`
/// over plain http. It counts as trusted when this machine's own certificates vouch for it.
///
/// # Errors
/// When nothing answers, in words.
pub fn probe_certificate(url: &Url, limit: Duration) -> Result<Option<Certificate>, String> {
    let door = Door::open(url, &Trust::System, limit)?;
    match door.send("GET", "", &[], None, limit) {
        Ok(_) | Err(Failure::Certificate { .. } | Failure::TooLong { .. }) => {}
        Err(Failure::NotSent { why } | Failure::NoAnswer { why }) => {
            // A handshake that was made has shown the certificate, whatever came after it.
            if door.certificate().is_none() {
                return Err(why);
            }
        }
    }
    Ok(door.certificate().map(|(print, why_not)| Certificate {
        fingerprint: print.to_string(),
        trusted: why_not.is_none(),
        why_not,
    }))
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the seam where HTTP clients are built"
)]
fn builder() -> reqwest::blocking::ClientBuilder {
    Client::builder()
}
