//! A server that answers as a closure says, byte for byte.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::Value;

/// One request as it came.
#[derive(Debug, Clone)]
pub(in crate::array) struct Seen {
    pub(in crate::array) method: String,
    pub(in crate::array) path: String,
    pub(in crate::array) headers: Vec<(String, String)>,
    pub(in crate::array) body: String,
}

impl Seen {
    pub(in crate::array) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
    }
}

/// What to do with a request.
#[derive(Debug, Clone)]
pub(in crate::array) enum Act {
    /// Status, extra headers, body.
    Reply(u16, String, String),
    /// Close without an answer.
    Close,
    /// Promise more than is sent, then close.
    Truncated,
    /// Say nothing until the client goes away.
    Hang,
}

impl Act {
    pub(in crate::array) fn json(value: Value) -> Self {
        Self::Reply(200, String::new(), value.to_string())
    }

    pub(in crate::array) fn http(status: u16, body: &str) -> Self {
        Self::Reply(status, String::new(), body.to_owned())
    }
}

type Handler = Arc<dyn Fn(&Seen) -> Act + Send + Sync>;

/// A running server. Its threads end with the test's process.
pub(in crate::array) struct Script {
    pub(in crate::array) url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Script {
    pub(in crate::array) fn start(handler: impl Fn(&Seen) -> Act + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let handler: Handler = Arc::new(handler);
        let record = Arc::clone(&seen);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (handler, record) = (Arc::clone(&handler), Arc::clone(&record));
                std::thread::spawn(move || talk(&stream, &handler, &record));
            }
        });
        Self { url, seen }
    }

    pub(in crate::array) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

fn talk(stream: &TcpStream, handler: &Handler, record: &Mutex<Vec<Seen>>) {
    let mut reader = BufReader::new(stream);
    let mut writer = stream;
    while let Some(seen) = read(&mut reader) {
        record.lock().unwrap().push(seen.clone());
        let done = match handler(&seen) {
            Act::Close => return,
            Act::Truncated => {
                let _ = writer.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"da");
                return;
            }
            Act::Hang => {
                let _ = reader.read(&mut [0]);
                return;
            }
            Act::Reply(status, headers, body) => {
                let length = body.len();
                let head =
                    format!("HTTP/1.1 {status} Said\r\n{headers}Content-Length: {length}\r\n\r\n");
                writer.write_all((head + &body).as_bytes())
            }
        };
        if done.is_err() {
            return;
        }
    }
}

fn read(reader: &mut BufReader<&TcpStream>) -> Option<Seen> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|n| *n > 0)?;
    let mut words = line.split_whitespace();
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = Vec::new();
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|n| *n > 0)?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        let (name, value) = (name.to_lowercase(), value.trim().to_owned());
        if name == "content-length" {
            length = value.parse().ok()?;
        }
        headers.push((name, value));
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Seen {
        method,
        path,
        headers,
        body: String::from_utf8(body).ok()?,
    })
}
