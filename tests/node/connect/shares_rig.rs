//! A machine with shares, files and AoE devices, and the flows around their stages.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sanctl::attachment::attach::{self, Env};
use sanctl::attachment::detach::{self, Adopted, Part};
use sanctl::attachment::goal::Goal;
use sanctl::attachment::journal::Journals;
use sanctl::attachment::ledger::Ledger;
use sanctl::attachment::report::{Commands, Unwatched};
use sanctl::attachment::status;
use sanctl::attachment::walk::OnFailure;
use sanctl::kit::bounds::{Bounds, Ended};
use sanctl::kit::clock::Clock;
use sanctl::kit::consent::{Ground, Mutate, grant};
use sanctl::kit::lock::Locks;
use sanctl::kit::stop::Stop;
use sanctl::model::facts::Facts;
use sanctl::model::nouns::Protocol;
use sanctl::model::other_connection::OtherConnection;
use sanctl::model::portal::Portal;
use sanctl::node::files;
use sanctl::step::Stage;
use sanctl::system::store::Store;
use sanctl::system::{Cmd, Dead, Error, FileKind, Flavour, Machine, Output, Stat};
use serde_json::json;

use crate::faulty::Act;
use crate::rig::{Done, memory};

pub(crate) const SHARE: &str = "nas:/vols";

/// What the machine has, and what is out there.
#[derive(Debug, Default)]
pub(crate) struct World {
    /// `(id, point, type, source)`, the last one on top.
    pub(crate) mounts: Vec<(u64, String, &'static str, String)>,
    /// Files by share and name: what stat says of them.
    pub(crate) files: BTreeMap<(String, String), &'static str>,
    /// Files of the machine itself.
    pub(crate) local: BTreeMap<String, &'static str>,
    /// What mount answers to options that have this in them.
    pub(crate) refusals: Vec<(&'static str, &'static str)>,
    /// Paths that program 7 has open.
    pub(crate) open: Vec<String>,
    /// What umount answers.
    pub(crate) stuck: Option<&'static str>,
    /// AoE devices that answer, and their size.
    pub(crate) shelves: BTreeMap<String, u64>,
    /// AoE devices that the driver knows: state and size.
    pub(crate) known: BTreeMap<String, (&'static str, u64)>,
    /// Definitions of domains.
    pub(crate) domains: BTreeMap<String, String>,
    pub(crate) boot: u32,
    next: u64,
    /// Every command, as typed.
    pub(crate) calls: Vec<String>,
}

/// The machine, on which the nth command may go wrong.
#[derive(Debug)]
pub(crate) struct Nas {
    pub(crate) world: Mutex<World>,
    fault: Mutex<Option<(usize, Act)>>,
    count: AtomicUsize,
    programs: Mutex<Vec<&'static str>>,
}

impl World {
    pub(crate) fn mount_foreign(&mut self, point: &str, kind: &'static str, source: &str) {
        self.next += 1;
        let id = 40 + self.next;
        self.mounts
            .push((id, point.to_owned(), kind, source.to_owned()));
    }

    /// The file behind a path, through the mounts.
    fn file(&self, path: &str) -> Option<&'static str> {
        if let Some(what) = self.local.get(path) {
            return Some(what);
        }
        let (folder, name) = path.rsplit_once('/')?;
        let (.., source) = self.mounts.iter().rfind(|m| m.1 == folder)?;
        self.files.get(&(source.clone(), name.to_owned())).copied()
    }

    fn read(&self, path: &str) -> Option<String> {
        let block = path.strip_prefix("/sys/class/block/etherd!");
        if let Some((device, file)) = block.and_then(|rest| rest.split_once('/')) {
            let (state, size) = self.known.get(device)?;
            return match file {
                "dev" => Some("152:32".into()),
                "size" => Some((size / 512).to_string()),
                "state" => Some((*state).into()),
                _ => None,
            };
        }
        Some(match path {
            "/proc/self/mountinfo" | "/proc/7/mountinfo" => {
                let line = |(id, point, kind, source): &(u64, String, &str, String)| {
                    format!("{id} 1 0:{id} / {point} rw - {kind} {source} rw\n")
                };
                let root = "20 1 8:1 / / rw - ext4 /dev/sda1 rw\n".to_owned();
                root + &self.mounts.iter().map(line).collect::<String>()
            }
            "/proc/sys/kernel/random/boot_id" => format!("boot-{}", self.boot),
            "/proc/7/comm" => "qemu".into(),
            _ => self.domains.get(path)?.clone(),
        })
    }

    fn run(&mut self, cmd: &Cmd) -> (i32, String, String) {
        let args: Vec<&str> = cmd.args.iter().map(String::as_str).collect();
        let no = |code: i32, said: &str| (code, String::new(), said.to_owned());
        match (cmd.program, args.as_slice()) {
            ("stat", [.., path]) => match self.file(path) {
                Some(what) => (0, format!("{what}|4096\n"), String::new()),
                None => no(
                    1,
                    &format!("stat: cannot statx '{path}': No such file or directory"),
                ),
            },
            ("mkdir", ["-p", "--", _]) => no(0, ""),
            ("mount", ["-t", kind, options @ .., share, point]) => {
                let options = options.join(" ");
                let refusal = self
                    .refusals
                    .iter()
                    .find(|(when, _)| options.contains(when));
                if let Some((_, said)) = refusal {
                    return no(32, said);
                }
                if self.mounts.iter().any(|m| m.1 == *point) {
                    return no(32, "mount.nfs: mount point is busy or already mounted");
                }
                let kind = match *kind {
                    "nfs" => "nfs4",
                    _ => "fuse.glusterfs",
                };
                self.mount_foreign(point, kind, share);
                no(0, "")
            }
            ("umount", [point]) => {
                if let Some(said) = self.stuck {
                    return no(32, said);
                }
                match self.mounts.iter().rposition(|m| m.1 == *point) {
                    Some(index) => {
                        self.mounts.remove(index);
                        no(0, "")
                    }
                    None => no(32, &format!("umount: {point}: not mounted.")),
                }
            }
            ("aoe-discover", []) => {
                let found = self
                    .shelves
                    .iter()
                    .map(|(d, size)| (d.clone(), ("up", *size)));
                self.known.extend(found);
                no(0, "")
            }
            ("aoe-revalidate", [device]) => {
                match self.shelves.get(*device) {
                    Some(size) => self.known.insert((*device).into(), ("up", *size)),
                    None => None,
                };
                no(0, "")
            }
            ("aoe-flush", [device]) => {
                self.known.remove(*device);
                no(0, "")
            }
            _ => no(127, &format!("{cmd}: not understood")),
        }
    }
}

impl Nas {
    fn exec(&self, cmd: &Cmd) -> Result<Output, Error> {
        let run = || {
            let mut world = self.world.lock().unwrap();
            world.calls.push(cmd.to_string());
            let (code, stdout, stderr) = world.run(cmd);
            Output {
                code,
                stdout,
                stderr,
            }
        };
        let nth = self.count.fetch_add(1, Ordering::SeqCst) + 1;
        match *self.fault.lock().unwrap() {
            Some((at, act)) if at == nth => {
                if act.happens() {
                    run();
                }
                Err(act.error(&cmd.to_string()))
            }
            _ => Ok(run()),
        }
    }
}

fn missing<T>(path: &str) -> Result<T, Error> {
    Err(Error::NotFound {
        path: path.to_owned(),
    })
}

impl Machine for Nas {
    fn flavour(&self) -> Flavour {
        Flavour::Transcript
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, Error> {
        match self.world.lock().unwrap().read(path) {
            Some(text) => Ok(text.into_bytes()),
            None => missing(path),
        }
    }

    fn list(&self, dir: &str) -> Result<Vec<String>, Error> {
        let world = self.world.lock().unwrap();
        match dir {
            "/proc" => Ok(vec!["7".into(), "self".into()]),
            "/proc/7/fd" => Ok((0..world.open.len()).map(|n| n.to_string()).collect()),
            dir => {
                let prefix = format!("{dir}/");
                let within = world.domains.keys().filter_map(|p| p.strip_prefix(&prefix));
                let found: Vec<String> = within.map(str::to_owned).collect();
                if found.is_empty() {
                    missing(dir)
                } else {
                    Ok(found)
                }
            }
        }
    }

    fn resolve(&self, path: &str) -> Result<String, Error> {
        Ok(path.to_owned())
    }

    fn link(&self, path: &str) -> Result<String, Error> {
        let world = self.world.lock().unwrap();
        match path {
            "/proc/self" => Ok("4711".into()),
            "/proc/7/exe" => Ok("/usr/bin/qemu".into()),
            "/proc/self/ns/mnt" | "/proc/7/ns/mnt" => Ok("mnt:[1]".into()),
            path => {
                let nth = path
                    .strip_prefix("/proc/7/fd/")
                    .and_then(|n| n.parse::<usize>().ok());
                match nth.and_then(|nth| world.open.get(nth)) {
                    Some(open) => Ok(open.clone()),
                    None => missing(path),
                }
            }
        }
    }

    fn stat(&self, path: &str) -> Result<Stat, Error> {
        let world = self.world.lock().unwrap();
        let path = match path.strip_prefix("/proc/7/fd/") {
            Some(nth) => world.open.get(nth.parse::<usize>().unwrap()).unwrap(),
            None => path,
        };
        let device = path.strip_prefix("/dev/etherd/");
        match device.is_some_and(|device| world.known.contains_key(device)) {
            true => Ok(Stat {
                kind: FileKind::Block,
                device: (152, 32),
            }),
            false => missing(path),
        }
    }

    fn write_attr(&self, path: &str, _: &str, _: &Bounds, _: &Mutate) -> Result<(), Error> {
        missing(path)
    }

    fn has_program(&self, program: &str) -> bool {
        !self.programs.lock().unwrap().contains(&program)
    }

    fn exec_read(&self, cmd: &Cmd, _bounds: &Bounds) -> Result<Output, Error> {
        self.exec(cmd)
    }

    fn exec_change(&self, cmd: &Cmd, _bounds: &Bounds, _: &Mutate) -> Result<Output, Error> {
        self.exec(cmd)
    }

    fn probe(&self, _portal: Portal, span: Duration) -> Result<(), Dead> {
        Err(Dead::Silent(span))
    }

    fn flush(&self, device: &str, _bounds: &Bounds, _: &Mutate) -> Result<(), Error> {
        self.exec(&Cmd::new("mkdir", ["-p", "--", device]))
            .map(|_| ())
    }

    fn wait_change(&self, span: Duration, bounds: &Bounds) -> Result<(), Ended> {
        bounds.wait(span)
    }
}

/// The machine with a state directory.
pub(crate) struct Rig {
    pub(crate) nas: Arc<Nas>,
    pub(crate) on_failure: OnFailure,
    clock: Clock,
    state: tempfile::TempDir,
}

/// A file on a share of NFS.
pub(crate) fn nfs(name: &str) -> OtherConnection {
    with_options(name, None)
}

pub(crate) fn with_options(name: &str, options: Option<&str>) -> OtherConnection {
    let info = json!({"driver_volume_type": "nfs",
        "data": {"export": SHARE, "name": name, "options": options}});
    OtherConnection::from_info(&info, Some("/mnt"))
        .unwrap()
        .unwrap()
}

/// Where the share is mounted.
pub(crate) fn point() -> String {
    nfs("x").path().strip_suffix("/x").unwrap().to_owned()
}

impl Rig {
    /// Two files on a share, `volume-1` and `volume-2`, and a folder.
    pub(crate) fn new() -> Self {
        let mut world = World::default();
        for (name, what) in [
            ("volume-1", "regular file"),
            ("volume-2", "regular empty file"),
            ("folder", "directory"),
            ("link", "symbolic link"),
        ] {
            world.files.insert((SHARE.into(), name.into()), what);
        }
        Self {
            nas: Arc::new(Nas {
                world: Mutex::new(world),
                fault: Mutex::new(None),
                count: AtomicUsize::new(0),
                programs: Mutex::new(Vec::new()),
            }),
            on_failure: OnFailure::Undo,
            clock: Clock::skipping(),
            state: tempfile::tempdir_in(memory()).unwrap(),
        }
    }

    pub(crate) fn world<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        act(&mut self.nas.world.lock().unwrap())
    }

    pub(crate) fn mounts(&self) -> usize {
        self.world(|w| w.mounts.len())
    }

    /// The commands since the last question, without looks.
    pub(crate) fn changes(&self) -> Vec<String> {
        let calls = self.world(|w| std::mem::take(&mut w.calls));
        let point = point();
        let calls = calls.into_iter().filter(|call| !call.starts_with("stat "));
        calls.map(|call| call.replace(&point, "POINT")).collect()
    }

    /// From here on the nth command goes wrong.
    pub(crate) fn fault(&self, nth: usize, act: Act) {
        self.nas.count.store(0, Ordering::SeqCst);
        *self.nas.fault.lock().unwrap() = Some((nth, act));
    }

    pub(crate) fn no_fault(&self) -> usize {
        *self.nas.fault.lock().unwrap() = None;
        self.nas.count.swap(0, Ordering::SeqCst)
    }

    pub(crate) fn without_program(&self, program: &'static str) {
        self.nas.programs.lock().unwrap().push(program);
    }

    pub(crate) fn journals(&self) -> Journals {
        Journals::in_state(&Store::new(self.state.path()))
    }

    fn with_env<T>(&self, act: impl FnOnce(&Env<'_>) -> T) -> T {
        let journals = self.journals();
        let locks = Locks::in_dir(self.state.path().join("locks"));
        let stop = Stop::new();
        let bounds = Bounds::by(&self.clock, Duration::from_secs(120), "test", stop);
        let mutate = grant(Ground::ByClass);
        let run = self.world(|w| w.calls.len());
        act(&Env {
            journals: &journals,
            locks: &locks,
            bounds: &bounds,
            mutate: &mutate,
            watch: &Unwatched,
            run: &format!("r{run}"),
            boot_id: None,
        })
    }

    fn stage(&self, other: &OtherConnection) -> Box<dyn Stage> {
        let commands = files::Commands {
            attach: "sanctl attach --connection-info conn.json".into(),
            detach: "sanctl detach --connection-info conn.json".into(),
        };
        let machine = Arc::clone(&self.nas) as Arc<dyn Machine>;
        files::stage(machine, other, commands)
    }

    /// What the journal says of it, as the commands do it.
    fn known(&self, other: &OtherConnection) -> Facts {
        let found = self.journals().find("lab", &other.id()).unwrap();
        let mut facts = found
            .filter(|f| !f.closed)
            .map(|f| f.facts())
            .unwrap_or_default();
        facts.other.get_or_insert_with(|| other.clone());
        facts
    }

    pub(crate) fn attach(&self, other: &OtherConnection) -> Done {
        let request = attach::Request {
            commands: Commands::plain(&other.id()),
            lun: other.id(),
            node: "lab".into(),
            connector: None,
            protocol: Protocol::Iscsi,
            facts: self.known(other),
            stages: vec![self.stage(other)],
            on_failure: self.on_failure,
            goal: Goal::Whole,
        };
        let (report, error) = self.with_env(|env| attach::attach(&request, env));
        Done { report, error }
    }

    pub(crate) fn detach(&self, other: &OtherConnection) -> Done {
        let request = detach::Request {
            commands: Commands::plain(&other.id()),
            lun: other.id(),
            node: "lab".into(),
            connector: None,
            protocol: Protocol::Iscsi,
            facts: self.known(other),
            stages: vec![self.stage(other)],
            part: Part::Half,
            adopted: Adopted::Report,
        };
        let (report, error) = self.with_env(|env| detach::detach(&request, env));
        Done { report, error }
    }

    pub(crate) fn status(&self, other: &OtherConnection) -> Done {
        let journals = self.journals();
        let found = journals
            .find("lab", &other.id())
            .unwrap()
            .filter(|f| !f.closed);
        let request = status::Request {
            commands: Commands::plain(&other.id()),
            lun: other.id(),
            node: "lab".into(),
            facts: self.known(other),
            stages: vec![self.stage(other)],
            journal: found,
        };
        let stop = Stop::new();
        let bounds = Bounds::by(&self.clock, Duration::from_secs(30), "test", stop);
        let ledger = Ledger::of(&journals.list_all().unwrap());
        let (report, error) = status::status(&request, &ledger, &bounds);
        Done { report, error }
    }
}
