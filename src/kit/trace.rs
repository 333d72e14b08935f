//! What was sent where: one JSON line per request, command and write, secrets already masked.

use std::fmt;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use serde_json::{Map, Value};

/// A place for trace events. Cheap to clone; the default drops everything.
#[derive(Clone, Default)]
pub struct Trace {
    sinks: Vec<Sink>,
}

type Sink = Arc<Mutex<dyn FnMut(&Value) + Send>>;

impl fmt::Debug for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Trace({} sinks)", self.sinks.len())
    }
}

impl Trace {
    /// Adds a receiver of every event.
    pub fn to(mut self, sink: impl FnMut(&Value) + Send + 'static) -> Self {
        self.sinks.push(Arc::new(Mutex::new(sink)));
        self
    }

    /// Adds a file (0600, emptied first) that gets one JSON line per event.
    ///
    /// # Errors
    /// When the file cannot be made.
    #[expect(
        clippy::disallowed_methods,
        reason = "the trace file is named by the user"
    )]
    pub fn to_file(self, path: &Path) -> io::Result<Self> {
        let mut file = OpenOptions::new()
            .create(true)
            .write(true)
            .truncate(true)
            .mode(0o600)
            .open(path)?;
        Ok(self.to(move |event| {
            // A full disk must not end the work that is being traced.
            let _ = writeln!(file, "{event}");
        }))
    }

    /// Whether anybody listens, so that callers can skip costly texts.
    pub fn wanted(&self) -> bool {
        !self.sinks.is_empty()
    }

    /// Sends one event: `what` it is (`http`, `exec`, `write`…) and its fields, already masked.
    pub fn event(&self, what: &str, fields: impl FnOnce() -> Map<String, Value>) {
        if !self.wanted() {
            return;
        }
        let mut event = Map::new();
        event.insert("at".into(), Timestamp::now().to_string().into());
        event.insert("event".into(), what.into());
        event.extend(fields());
        let event = Value::Object(event);
        for sink in &self.sinks {
            if let Ok(mut sink) = sink.lock() {
                sink(&event);
            }
        }
    }
}
