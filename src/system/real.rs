//! This computer.

use std::fs::File;
use std::io::Read;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustix::fs::{major, minor};
use rustix::io::Errno;
use serde_json::{Map, Value};

use super::apart::{Call, make};
use super::exec::{OnStop, find_program, run};
use super::waiters::Waiters;
use super::{
    Cmd, Dead, Error, FileKind, Flavour, Machine, Output, Stat, multipathd, probe, uevent,
};
use crate::kit::bounds::{Bounds, Ended};
use crate::kit::consent::Mutate;
use crate::kit::trace::Trace;
use crate::model::portal::Portal;

/// The most that is read of one file.
pub(super) const LARGEST: u64 = 4 * 1024 * 1024;
/// What most files of the kernel have at most; room for less would take more calls to fill.
pub(super) const USUAL: usize = 4096;

/// This computer: its own `/sys`, `/proc`, `/dev`, programs and network.
#[derive(Debug, Clone)]
pub struct Real {
    trace: Trace,
    waiters: Arc<Waiters>,
}

impl Real {
    /// This computer; commands and writes are reported to `trace` as `exec` and `write` events.
    pub fn new(trace: Trace) -> Self {
        Self {
            trace,
            waiters: Arc::default(),
        }
    }

    fn traced(
        &self,
        cmd: &Cmd,
        work: impl FnOnce() -> Result<Output, Error>,
    ) -> Result<Output, Error> {
        let start = Instant::now();
        let done = work();
        self.trace.event("exec", || {
            let mut fields = Map::new();
            let argv = std::iter::once(cmd.program).chain(cmd.args.iter().map(String::as_str));
            fields.insert("argv".into(), argv.collect::<Value>());
            fields.insert("elapsed_ms".into(), millis(start));
            match &done {
                Ok(output) => {
                    fields.insert("code".into(), output.code.into());
                    fields.insert("stderr".into(), output.stderr.trim_end().into());
                }
                Err(error) => {
                    fields.insert("error".into(), error.to_string().into());
                }
            }
            fields
        });
        done
    }
}

/// What a daemon answers that can be asked without a program; `None` when the program must run.
fn by_socket(cmd: &Cmd, bounds: &Bounds, on_stop: OnStop) -> Result<Option<Output>, Error> {
    match cmd.program {
        "multipathd" => multipathd::ask(cmd, bounds, on_stop),
        _ => Ok(None),
    }
}

fn millis(start: Instant) -> Value {
    u64::try_from(start.elapsed().as_millis())
        .unwrap_or(u64::MAX)
        .into()
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the seam through which the machine's files are reached"
)]
impl Machine for Real {
    fn flavour(&self) -> Flavour {
        Flavour::Real
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, Error> {
        let read = || {
            let mut bytes = Vec::with_capacity(USUAL);
            File::open(path)?.take(LARGEST).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        read().map_err(|source| Error::of(path, source))
    }

    fn list(&self, dir: &str) -> Result<Vec<String>, Error> {
        list_dir(Path::new(dir)).map_err(|source| Error::of(dir, source))
    }

    fn resolve(&self, path: &str) -> Result<String, Error> {
        let found = std::fs::canonicalize(path).map_err(|source| Error::of(path, source))?;
        Ok(found.to_string_lossy().into_owned())
    }

    fn link(&self, path: &str) -> Result<String, Error> {
        let found = std::fs::read_link(path).map_err(|source| Error::of(path, source))?;
        Ok(found.to_string_lossy().into_owned())
    }

    fn stat(&self, path: &str) -> Result<Stat, Error> {
        let meta = std::fs::metadata(path).map_err(|source| Error::of(path, source))?;
        Ok(stat_of(&meta))
    }

    fn write_attr(
        &self,
        path: &str,
        value: &str,
        bounds: &Bounds,
        _mutate: &Mutate,
    ) -> Result<(), Error> {
        uevent::subscribe();
        let start = Instant::now();
        let call = Call::Write {
            path: path.to_owned(),
            value: value.to_owned(),
        };
        let done = make(&self.waiters, call, bounds);
        self.trace.event("write", || {
            let mut fields = Map::new();
            fields.insert("path".into(), path.into());
            fields.insert("value".into(), value.into());
            fields.insert("elapsed_ms".into(), millis(start));
            if let Err(error) = &done {
                fields.insert("error".into(), error.to_string().into());
            }
            fields
        });
        done
    }

    fn has_program(&self, program: &str) -> bool {
        find_program(program).is_some()
    }

    fn exec_read(&self, cmd: &Cmd, bounds: &Bounds) -> Result<Output, Error> {
        self.traced(cmd, || {
            let told = by_socket(cmd, bounds, OnStop::End)?;
            told.map_or_else(|| run(cmd, bounds, OnStop::End), Ok)
        })
    }

    fn exec_change(&self, cmd: &Cmd, bounds: &Bounds, _mutate: &Mutate) -> Result<Output, Error> {
        uevent::subscribe();
        if cmd.program == "iscsiadm" {
            super::idbm::tidy();
        }
        self.traced(cmd, || {
            let told = by_socket(cmd, bounds, OnStop::Finish)?;
            told.map_or_else(|| run(cmd, bounds, OnStop::Finish), Ok)
        })
    }

    fn probe(&self, portal: Portal, span: Duration) -> Result<(), Dead> {
        super::probed(&self.trace, portal, || probe::probe(portal, span))
    }

    fn flush(&self, device: &str, bounds: &Bounds, _mutate: &Mutate) -> Result<(), Error> {
        let start = Instant::now();
        let done = make(&self.waiters, Call::Flush(device.to_owned()), bounds);
        self.trace.event("flush", || {
            let mut fields = Map::new();
            fields.insert("device".into(), device.into());
            fields.insert("elapsed_ms".into(), millis(start));
            if let Err(error) = &done {
                fields.insert("error".into(), error.to_string().into());
            }
            fields
        });
        done
    }

    fn edit_record(
        &self,
        path: &str,
        edit: &dyn Fn(&str) -> String,
        bounds: &Bounds,
        _mutate: &Mutate,
    ) -> Result<(), Error> {
        let start = Instant::now();
        let lock = Path::new(super::idbm::lock_dir());
        let done = super::idbm::edit(lock, Path::new(path), edit, bounds);
        // What was written may be a secret: only the file is named.
        self.trace.event("record", || {
            let mut fields = Map::new();
            fields.insert("path".into(), path.into());
            fields.insert("elapsed_ms".into(), millis(start));
            if let Err(error) = &done {
                fields.insert("error".into(), error.to_string().into());
            }
            fields
        });
        done
    }

    fn read_block(&self, device: &str, bounds: &Bounds) -> Result<(), Error> {
        make(&self.waiters, Call::Read(device.to_owned()), bounds)
    }

    fn is_claimed(&self, device: &str, bounds: &Bounds) -> Result<bool, Error> {
        // Nothing is read, and no medium is asked for.
        let done = make(&self.waiters, Call::Claim(device.to_owned()), bounds);
        match done {
            Ok(()) => Ok(false),
            Err(Error::Io { source, .. })
                if source.raw_os_error() == Some(Errno::BUSY.raw_os_error()) =>
            {
                Ok(true)
            }
            Err(error) => Err(error),
        }
    }

    fn wait_change(&self, span: Duration, bounds: &Bounds) -> Result<(), Ended> {
        uevent::wait(span, bounds)
    }
}

/// Names in a directory, sorted.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the seam through which the machine's files are reached"
)]
pub(super) fn list_dir(dir: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort_unstable();
    Ok(names)
}

pub(super) fn stat_of(meta: &std::fs::Metadata) -> Stat {
    let kind = meta.file_type();
    let device = kind.is_block_device() || kind.is_char_device();
    Stat {
        kind: if kind.is_file() {
            FileKind::File
        } else if kind.is_dir() {
            FileKind::Dir
        } else if kind.is_block_device() {
            FileKind::Block
        } else {
            FileKind::Other
        },
        device: if device {
            (major(meta.rdev()), minor(meta.rdev()))
        } else {
            (0, 0)
        },
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make their own files")]
mod tests {
    use super::*;
    use crate::kit::consent::{Ground, grant};
    use crate::kit::stop::Stop;
    use std::sync::{Arc, Mutex};

    fn bounds() -> Bounds {
        Bounds::new(Duration::from_secs(60), "test", Stop::new())
    }

    #[test]
    fn files_directories_and_links() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
        std::fs::write(path("b"), " text \n").unwrap();
        std::os::unix::fs::symlink("b", path("a")).unwrap();
        let real = Real::new(Trace::default());
        assert_eq!(
            real.text(&path("a")).unwrap().as_deref(),
            Some("text"),
            "links are followed"
        );
        assert_eq!(real.list(&path("")).unwrap(), ["a", "b"]);
        assert_eq!(real.link(&path("a")).unwrap(), "b");
        let home = std::fs::canonicalize(dir.path()).unwrap();
        assert_eq!(
            real.resolve(&path("a")).unwrap(),
            home.join("b").to_str().unwrap()
        );
        assert_eq!(real.stat(&path("a")).unwrap().kind, FileKind::File);
        assert_eq!(
            real.stat("/dev/null").unwrap(),
            Stat {
                kind: FileKind::Other,
                device: (1, 3)
            }
        );
        assert!(real.read(&path("none")).unwrap_err().is_not_found());
        assert_eq!(real.text(&path("none")).unwrap(), None);
        assert!(real.names(&path("none")).unwrap().is_empty());
    }

    #[test]
    fn writes_and_commands_are_traced_and_a_write_makes_no_file() {
        let dir = tempfile::tempdir().unwrap();
        let attribute = dir.path().join("scan").to_str().unwrap().to_owned();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&seen);
        let real =
            Real::new(Trace::default().to(move |event| sink.lock().unwrap().push(event.clone())));
        let mutate = grant(Ground::ByClass);
        let missing = real.write_attr(&attribute, "0 0 7", &bounds(), &mutate);
        assert!(missing.unwrap_err().is_not_found());
        std::fs::write(&attribute, "").unwrap();
        real.write_attr(&attribute, "0 0 7", &bounds(), &mutate)
            .unwrap();
        assert_eq!(std::fs::read_to_string(&attribute).unwrap(), "0 0 7");
        real.exec_read(&Cmd::new("true", ["x"]), &bounds()).unwrap();
        let seen = seen.lock().unwrap();
        assert_eq!(seen[1]["event"], "write");
        assert_eq!(seen[1]["value"], "0 0 7");
        assert_eq!(seen[2]["argv"], serde_json::json!(["true", "x"]));
        assert_eq!(seen[2]["code"], 0);
    }

    #[test]
    fn a_write_that_blocks_is_reported_and_left() {
        let dir = tempfile::tempdir().unwrap();
        let fifo = dir.path().join("fifo").to_str().unwrap().to_owned();
        rustix::fs::mknodat(
            rustix::fs::CWD,
            &fifo,
            rustix::fs::FileType::Fifo,
            0o600.into(),
            0,
        )
        .unwrap();
        let real = Real::new(Trace::default());
        let short = Bounds::new(Duration::from_millis(50), "test", Stop::new());
        let error = real
            .write_attr(&fifo, "1", &short, &grant(Ground::ByClass))
            .unwrap_err();
        assert!(matches!(error, Error::Stuck { pid: None, .. }), "{error}");
    }

    #[test]
    fn only_a_block_device_is_flushed() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let real = Real::new(Trace::default());
        let error = real
            .flush(
                file.path().to_str().unwrap(),
                &bounds(),
                &grant(Ground::ByClass),
            )
            .unwrap_err();
        assert!(
            error.to_string().contains("Block device required"),
            "{error}"
        );
    }
}
