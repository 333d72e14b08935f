//! A machine whose commands and writes are reported to a trace.
//!
//! The real machine reports its own; this one stands around the practice machine, so that a trace
//! of practice tells the same story. It forwards what the practice machine does in its own way.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Map, Value};

use super::{Cmd, Dead, Error, Flavour, Machine, Output, Stat};
use crate::kit::bounds::{Bounds, Ended};
use crate::kit::consent::Mutate;
use crate::kit::trace::Trace;
use crate::model::portal::Portal;

/// The machine within, and who is told.
#[derive(Debug)]
pub struct Traced {
    inner: Arc<dyn Machine>,
    trace: Trace,
}

impl Traced {
    /// Reports what happens to `inner`.
    pub fn new(inner: Arc<dyn Machine>, trace: Trace) -> Self {
        Self { inner, trace }
    }

    fn exec(
        &self,
        cmd: &Cmd,
        work: impl FnOnce() -> Result<Output, Error>,
    ) -> Result<Output, Error> {
        let start = Instant::now();
        let done = work();
        self.trace.event("exec", || {
            let argv = std::iter::once(cmd.program).chain(cmd.args.iter().map(String::as_str));
            let mut fields = fields(&[("argv", argv.collect())], start, done.as_ref().err());
            if let Ok(output) = &done {
                fields.insert("code".into(), output.code.into());
                fields.insert("stderr".into(), output.stderr.trim_end().into());
            }
            fields
        });
        done
    }

    fn told<T>(
        &self,
        event: &str,
        about: &[(&str, &str)],
        work: impl FnOnce() -> Result<T, Error>,
    ) -> Result<T, Error> {
        let start = Instant::now();
        let done = work();
        self.trace.event(event, || {
            let about: Vec<(&str, Value)> = about
                .iter()
                .map(|(key, value)| (*key, (*value).into()))
                .collect();
            fields(&about, start, done.as_ref().err())
        });
        done
    }
}

fn fields(about: &[(&str, Value)], start: Instant, error: Option<&Error>) -> Map<String, Value> {
    let mut fields = Map::new();
    for (key, value) in about {
        fields.insert((*key).to_owned(), value.clone());
    }
    let millis = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    fields.insert("elapsed_ms".into(), millis.into());
    if let Some(error) = error {
        fields.insert("error".into(), error.to_string().into());
    }
    fields
}

impl Machine for Traced {
    fn flavour(&self) -> Flavour {
        self.inner.flavour()
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, Error> {
        self.inner.read(path)
    }

    fn list(&self, dir: &str) -> Result<Vec<String>, Error> {
        self.inner.list(dir)
    }

    fn resolve(&self, path: &str) -> Result<String, Error> {
        self.inner.resolve(path)
    }

    fn link(&self, path: &str) -> Result<String, Error> {
        self.inner.link(path)
    }

    fn stat(&self, path: &str) -> Result<Stat, Error> {
        self.inner.stat(path)
    }

    fn write_attr(
        &self,
        path: &str,
        value: &str,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<(), Error> {
        self.told("write", &[("path", path), ("value", value)], || {
            self.inner.write_attr(path, value, bounds, mutate)
        })
    }

    fn has_program(&self, program: &str) -> bool {
        self.inner.has_program(program)
    }

    fn exec_read(&self, cmd: &Cmd, bounds: &Bounds) -> Result<Output, Error> {
        self.exec(cmd, || self.inner.exec_read(cmd, bounds))
    }

    fn exec_change(&self, cmd: &Cmd, bounds: &Bounds, mutate: &Mutate) -> Result<Output, Error> {
        self.exec(cmd, || self.inner.exec_change(cmd, bounds, mutate))
    }

    fn probe(&self, portal: Portal, span: Duration) -> Result<(), Dead> {
        super::probed(&self.trace, portal, || self.inner.probe(portal, span))
    }

    fn flush(&self, device: &str, bounds: &Bounds, mutate: &Mutate) -> Result<(), Error> {
        self.told("flush", &[("device", device)], || {
            self.inner.flush(device, bounds, mutate)
        })
    }

    fn read_block(&self, device: &str, bounds: &Bounds) -> Result<(), Error> {
        self.told("read", &[("device", device)], || {
            self.inner.read_block(device, bounds)
        })
    }

    fn edit_record(
        &self,
        path: &str,
        edit: &dyn Fn(&str) -> String,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<(), Error> {
        // What was written may be a secret: only the file is named, as the real machine does it.
        self.told("record", &[("path", path)], || {
            self.inner.edit_record(path, edit, bounds, mutate)
        })
    }

    fn is_claimed(&self, device: &str, bounds: &Bounds) -> Result<bool, Error> {
        self.inner.is_claimed(device, bounds)
    }

    fn wait_change(&self, span: Duration, bounds: &Bounds) -> Result<(), Ended> {
        self.inner.wait_change(span, bounds)
    }
}
