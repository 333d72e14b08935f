//! The HTTP transport of every practice array: one loopback socket, one thread, faults, a record.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::thread::JoinHandle;
use std::time::Duration;

use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;
use tokio::sync::{Notify, watch};

use super::faults::{Act, Faults, Hit, When};
use super::seen::{self, Seen};
use super::spoilt::{Cut, Out};

/// Larger request bodies are refused; no array request comes near it.
const MAX_BODY: usize = 16 << 20;

/// One request, complete.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The method in upper case.
    pub method: String,
    /// The path as sent, still percent-encoded.
    pub path: String,
    /// The query as sent, without the `?`; empty if there is none.
    pub query: String,
    /// The headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// The first header of this (lower-case) name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }
}

/// One answer.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    /// The HTTP status; 0 closes the connection instead of answering.
    pub status: u16,
    /// The headers; `Content-Length` is added, except to a chunked answer.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Reply {
    /// An answer of this status, content type and body.
    #[must_use]
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type".to_owned(), content_type.to_owned())];
        Self {
            status,
            headers,
            body: body.into(),
        }
    }

    /// No answer at all: the connection closes.
    #[must_use]
    pub fn closed() -> Self {
        Self::default()
    }

    /// The same answer, sent in chunks instead of with a length.
    #[must_use]
    pub fn chunked(mut self) -> Self {
        let chunked = ("transfer-encoding".to_owned(), "chunked".to_owned());
        self.headers.push(chunked);
        self
    }

    fn is_chunked(&self) -> bool {
        let mut names = self.headers.iter().map(|(name, _)| name.as_str());
        names.any(|name| name == "transfer-encoding")
    }
}

/// What stands behind the socket.
pub trait Device: Send + Sync {
    /// Answers one request, and carries it out.
    fn handle(&self, request: &Request) -> Reply;

    /// The part of a path that names the resource, for faults and records.
    fn route<'a>(&self, path: &'a str) -> &'a str {
        path
    }

    /// The same once the body is there: an array of one path for everything names the call in it.
    fn resource(&self, request: &Request) -> String {
        self.route(&request.path).to_owned()
    }

    /// The answer that carries this code of the array's own (a number, `busy` or `timeout`).
    fn refusal(&self, code: &str) -> Reply;

    /// The same for an array whose answers look different from one request to another.
    fn refuse(&self, _request: &Request, code: &str) -> Reply {
        self.refusal(code)
    }

    /// An answer that looks like the array's and cannot be read.
    fn garbage(&self, _request: &Request) -> Reply {
        let body = b"\x1f\x8b{\"data\":[{\"ID\"".to_vec();
        Reply::new(200, "application/json", body)
    }

    /// Forgets all sessions and gives the code that tells so; the default has no sessions.
    fn expire_sessions(&self) -> String {
        String::new()
    }

    /// The array's own code in an answer.
    fn code_of(&self, _reply: &Reply) -> Option<i64> {
        None
    }
}

#[derive(Debug, Default)]
struct Log {
    clock: u64,
    count: u64,
    in_flight: usize,
    seen: Vec<Seen>,
}

struct Shared {
    device: Arc<dyn Device>,
    log: Mutex<Log>,
    faults: Mutex<Faults>,
    stop: Notify,
    /// `None` while connections are refused.
    listener: Mutex<Option<TcpListener>>,
    /// There is a listener again.
    reopened: Notify,
    /// Counts how often every connection was to end.
    hang_up: watch::Sender<u64>,
}

impl Shared {
    /// Nothing listens from now on, and open connections end.
    fn refuse(&self) {
        drop(locked(&self.listener).take());
        self.hang_up.send_modify(|n| *n += 1);
    }

    fn refuses(&self) -> bool {
        locked(&self.listener).is_none()
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A running server; dropping it closes the socket and every connection.
pub struct Server {
    addr: SocketAddr,
    shared: Arc<Shared>,
    runtime: Handle,
    thread: Option<JoinHandle<()>>,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("addr", &self.addr)
            .finish_non_exhaustive()
    }
}

impl Server {
    /// Binds and serves; port 0 picks a free one.
    ///
    /// # Errors
    /// The address cannot be bound, or the thread cannot be started.
    pub fn start(device: Arc<dyn Device>, bind: SocketAddr, faults: Faults) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind(bind)?;
        listener.set_nonblocking(true)?;
        let addr = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .build()?;
        let handle = runtime.handle().clone();
        let listener = listening(&handle, listener)?;
        let shared = Arc::new(Shared {
            device,
            log: Mutex::default(),
            faults: Mutex::default(),
            stop: Notify::new(),
            listener: Mutex::new(Some(listener)),
            reopened: Notify::new(),
            hang_up: watch::Sender::default(),
        });
        let inside = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name("practice-array".to_owned())
            .spawn(move || runtime.block_on(accept(inside)))?;
        let server = Self {
            addr,
            shared,
            runtime: handle,
            thread: Some(thread),
        };
        server.set_faults(faults);
        Ok(server)
    }

    /// The bound address.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// `http://ADDR`, without a path.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// Every request since the start or the last clearing, in order of arrival.
    #[must_use]
    pub fn requests(&self) -> Vec<Seen> {
        locked(&self.shared.log).seen.clone()
    }

    /// Forgets the record; counting starts at 1 again.
    pub fn clear_requests(&self) {
        let mut log = locked(&self.shared.log);
        log.seen.clear();
        log.count = 0;
    }

    /// Replaces the faults; their counters start anew. What refused connections listens again,
    /// unless the address was taken meanwhile.
    pub fn set_faults(&self, faults: Faults) {
        let refuse = faults.refuses_next();
        *locked(&self.shared.faults) = faults;
        if refuse {
            self.shared.refuse();
        } else if self.shared.refuses()
            && let Ok(listener) = std::net::TcpListener::bind(self.addr)
            && listener.set_nonblocking(true).is_ok()
            && let Ok(listener) = listening(&self.runtime, listener)
        {
            *locked(&self.shared.listener) = Some(listener);
            self.shared.reopened.notify_one();
        }
    }

    /// Stops and waits for the thread.
    pub fn stop(mut self) {
        self.halt();
    }

    fn halt(&mut self) {
        self.shared.stop.notify_one();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.halt();
    }
}

/// A listener that the runtime looks after.
fn listening(runtime: &Handle, listener: std::net::TcpListener) -> io::Result<TcpListener> {
    let _inside = runtime.enter();
    TcpListener::from_std(listener)
}

async fn accept(shared: Arc<Shared>) {
    let stop = shared.stop.notified();
    let mut stop = std::pin::pin!(stop);
    loop {
        let reopened = shared.reopened.notified();
        let mut reopened = std::pin::pin!(reopened);
        let next = std::future::poll_fn(|cx| {
            if stop.as_mut().poll(cx).is_ready() {
                return Poll::Ready(None);
            }
            // Only to be woken: the listener is looked at in any case.
            let _ = reopened
                .as_mut()
                .poll(cx)
                .map(|()| cx.waker().wake_by_ref());
            match &*locked(&shared.listener) {
                Some(listener) => listener.poll_accept(cx).map(Some),
                None => Poll::Pending,
            }
        });
        match next.await {
            None => return,
            Some(Ok((stream, _))) => drop(tokio::spawn(connection(stream, Arc::clone(&shared)))),
            // Out of descriptors, or the peer is gone already: breathe, then go on accepting.
            Some(Err(_)) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}

async fn connection(stream: TcpStream, shared: Arc<Shared>) {
    let _ = stream.set_nodelay(true);
    let mut hang_up = shared.hang_up.subscribe();
    let service = service_fn(move |request| answer(Arc::clone(&shared), request));
    // An error here is a client that went away, or a fault that closed the connection on purpose.
    let serving = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service);
    let mut serving = std::pin::pin!(serving);
    let ended = std::pin::pin!(hang_up.changed());
    let mut ended = Some(ended);
    std::future::poll_fn(|cx| {
        if let Some(waiting) = &mut ended
            && waiting.as_mut().poll(cx).is_ready()
        {
            ended = None;
            serving.as_mut().graceful_shutdown();
        }
        serving.as_mut().poll(cx).map(drop)
    })
    .await;
}

/// Closes the record of a request, also when the client goes away in the middle.
struct Arrival {
    shared: Arc<Shared>,
    start: u64,
    done: (u16, u64, Option<i64>),
}

impl Drop for Arrival {
    fn drop(&mut self) {
        let mut log = locked(&self.shared.log);
        log.clock += 1;
        log.in_flight = log.in_flight.saturating_sub(1);
        let end = log.clock;
        if let Some(seen) = log.seen.iter_mut().rfind(|s| s.start == self.start) {
            seen.end = end;
            (seen.status, seen.bytes_out, seen.code) = self.done;
        }
    }
}

async fn answer(
    shared: Arc<Shared>,
    incoming: hyper::Request<Incoming>,
) -> Result<hyper::Response<Out>, Cut> {
    let (head, body) = incoming.into_parts();
    let mut request = Request {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head
            .headers
            .iter()
            .map(|(n, v)| {
                (
                    n.as_str().to_owned(),
                    String::from_utf8_lossy(v.as_bytes()).into_owned(),
                )
            })
            .collect(),
        body: Vec::new(),
    };
    let route = shared.device.route(&request.path).to_owned();
    let mut arrival = arrive(&shared, &request, &route);
    match Limited::new(body, MAX_BODY).collect().await {
        Ok(collected) => request.body = collected.to_bytes().to_vec(),
        Err(_) => return Err(Cut),
    }
    let route = shared.device.resource(&request);
    note_body(&shared, arrival.start, &request.body, &route);
    if shared.refuses() {
        // It was sent on a connection that was about to end.
        return Err(Cut);
    }
    let (Hit { slow, act }, last) = {
        let mut faults = locked(&shared.faults);
        let hit = faults.next(&request.method, &route, &request.query);
        (hit, faults.refuses_next())
    };
    if last {
        shared.refuse();
    }
    if let Some(by) = slow {
        tokio::time::sleep(by).await;
    }
    let silent = matches!(act, Some(Act::Silent(_)));
    let (reply, cut) = play(&*shared.device, &request, act);
    if silent {
        // Until the client goes away, or the server is stopped.
        return std::future::pending().await;
    }
    let Some(reply) = reply.filter(|reply| reply.status != 0) else {
        return Err(Cut);
    };
    let code = if cut {
        None
    } else {
        shared.device.code_of(&reply)
    };
    let chunked = reply.is_chunked();
    let out = Out::new(reply.body, cut, chunked);
    let headers: usize = reply
        .headers
        .iter()
        .map(|(n, v)| n.len() + v.len() + 4)
        .sum();
    arrival.done = (reply.status, (headers + out.rest.len()) as u64, code);
    let mut response = hyper::Response::builder().status(reply.status);
    if !chunked {
        response = response.header("content-length", out.promised);
    }
    for (name, value) in &reply.headers {
        response = response.header(name, value);
    }
    if last {
        response = response.header("connection", "close");
    }
    drop(arrival);
    response.body(out).map_err(|_| Cut)
}

fn arrive(shared: &Arc<Shared>, request: &Request, route: &str) -> Arrival {
    let mut log = locked(&shared.log);
    log.clock += 1;
    log.count += 1;
    let path_and_query = if request.query.is_empty() {
        request.path.clone()
    } else {
        format!("{}?{}", request.path, request.query)
    };
    let headers: usize = request
        .headers
        .iter()
        .map(|(n, v)| n.len() + v.len() + 4)
        .sum();
    let bytes_in = (request.method.len() + path_and_query.len() + headers) as u64;
    let seen = Seen {
        n: log.count,
        method: request.method.clone(),
        path_and_query,
        route: route.to_owned(),
        body: String::new(),
        in_flight: log.in_flight,
        start: log.clock,
        end: u64::MAX,
        bytes_in,
        bytes_out: 0,
        status: 0,
        code: None,
    };
    log.in_flight += 1;
    let start = seen.start;
    log.seen.push(seen);
    Arrival {
        shared: Arc::clone(shared),
        start,
        done: (0, 0, None),
    }
}

fn note_body(shared: &Shared, start: u64, body: &[u8], route: &str) {
    let mut log = locked(&shared.log);
    if let Some(seen) = log.seen.iter_mut().rfind(|s| s.start == start) {
        seen.body = seen::masked(body);
        route.clone_into(&mut seen.route);
        seen.bytes_in += body.len() as u64;
    }
}

/// Carries the request out, or not, and says what is answered (`None`: nothing, the connection
/// closes) and whether the answer is cut in the middle.
fn play(device: &dyn Device, request: &Request, act: Option<Act>) -> (Option<Reply>, bool) {
    const HTML: &str =
        "<!DOCTYPE html><html><head><title>Sign in</title></head><body></body></html>";
    let carried = |when: When| {
        if when == When::After {
            drop(device.handle(request));
        }
    };
    let reply = match act {
        None | Some(Act::Slow(_)) => device.handle(request),
        Some(Act::Truncated) => return (Some(device.handle(request)), true),
        Some(Act::Refuse) => return (None, false),
        Some(Act::Drop(when) | Act::Silent(when)) => {
            carried(when);
            return (None, false);
        }
        Some(Act::Code(when, code)) => {
            carried(when);
            device.refuse(request, &code)
        }
        Some(Act::Http(when, status)) => {
            carried(when);
            Reply::new(status, "text/plain", format!("HTTP {status}\n"))
        }
        Some(Act::Garbage(when)) => {
            carried(when);
            device.garbage(request)
        }
        Some(Act::Html(when)) => {
            carried(when);
            Reply::new(200, "text/html", HTML)
        }
        Some(Act::Expire(code)) => {
            let usual = device.expire_sessions();
            device.refuse(request, code.as_deref().unwrap_or(&usual))
        }
    };
    (Some(reply), false)
}

#[cfg(test)]
mod tests;
