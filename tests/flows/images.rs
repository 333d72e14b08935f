//! kill -9 at every point: what the disk holds before and after each change that a flow makes is
//! kept as an image, and the program must go on from every one of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use sanctl::array::{self, Array};
use sanctl::attachment::attach::{self, Env};
use sanctl::attachment::detach::{self, Adopted, Part};
use sanctl::attachment::error::Error;
use sanctl::attachment::goal::Goal;
use sanctl::attachment::journal::Journals;
use sanctl::attachment::lookup;
use sanctl::attachment::report::{AttachmentReport, Commands, Unwatched};
use sanctl::attachment::walk::OnFailure;
use sanctl::config::Config;
use sanctl::kit::consent::{Ground, grant};
use sanctl::kit::lock::Locks;
use sanctl::kit::redact::Secret;
use sanctl::kit::trace::Trace;
use sanctl::model::facts::Facts;
use sanctl::model::nouns::Protocol;
use sanctl::model::publication::Publication;
use sanctl::node;
use sanctl::sim::faults::Faults;
use sanctl::sim::oceanstor;
use sanctl::sim::practice::Practice;
use sanctl::sim::server::{Device, Reply, Request, Server};
use sanctl::system::Machine;
use sanctl::system::store::Store;
use serde_json::Value;

use crate::rig::{Home, bounds, practice, same, world};

/// The files of a state directory that a next run reads.
type Image = BTreeMap<PathBuf, Vec<u8>>;

/// Takes images of a state directory; one that is like the last one counts once.
struct Camera {
    state: PathBuf,
    images: Mutex<Vec<Image>>,
}

impl Camera {
    fn take(&self) {
        let mut images = self.images.lock().unwrap();
        let now = still(&self.state);
        if images.last() != Some(&now) {
            images.push(now);
        }
    }
}

/// What the files held at one moment: two readings agree.
fn still(state: &Path) -> Image {
    let mut last = None;
    loop {
        let mut now = Image::new();
        read(state, state, &mut now);
        if last.as_ref() == Some(&now) {
            return now;
        }
        last = Some(now);
    }
}

fn read(root: &Path, dir: &Path, into: &mut Image) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            // The data of the LUNs and the locks tell nothing.
            if !path.ends_with("luns") && !path.ends_with("locks") {
                read(root, &path, into);
            }
        } else if let Ok(bytes) = std::fs::read(&path) {
            // Half-written files are renamed when they are whole.
            into.insert(path.strip_prefix(root).unwrap().to_owned(), bytes);
        }
    }
}

fn lay_out(image: &Image, state: &Path) {
    for (name, bytes) in image {
        let path = state.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

/// The array, photographed around each change.
struct Filmed {
    array: Arc<oceanstor::Practice>,
    camera: Arc<Camera>,
}

impl Device for Filmed {
    fn handle(&self, request: &Request) -> Reply {
        let changes = request.method != "GET" && self.array.route(&request.path) != "/sessions";
        if changes {
            self.camera.take();
        }
        let reply = self.array.handle(request);
        if changes {
            self.camera.take();
        }
        reply
    }

    fn route<'a>(&self, path: &'a str) -> &'a str {
        self.array.route(path)
    }

    fn refusal(&self, code: &str) -> Reply {
        self.array.refusal(code)
    }

    fn expire_sessions(&self) -> String {
        self.array.expire_sessions()
    }

    fn code_of(&self, reply: &Reply) -> Option<i64> {
        self.array.code_of(reply)
    }
}

/// The library over a state directory, as the program composes it.
pub(crate) struct Inside {
    practice: Practice,
    server: Server,
    array: Arc<dyn Array>,
    journals: Journals,
    locks: Locks,
    run: String,
}

impl Inside {
    fn new(state: &Path, run: &str, film: Option<&Arc<Camera>>) -> Self {
        let practice = practice(state);
        let device: Arc<dyn Device> = match film {
            Some(camera) => Arc::new(Filmed {
                array: Arc::clone(practice.array()),
                camera: Arc::clone(camera),
            }),
            None => practice.array().clone(),
        };
        if let Some(camera) = film {
            let camera = Arc::clone(camera);
            practice
                .practice_machine()
                .on_change(Box::new(move |_, _, _| {
                    camera.take();
                    Ok(())
                }));
        }
        let server = Server::start(device, crate::family::loopback(), Faults::none()).unwrap();
        let text = format!(
            "[arrays.sim]\nkind = \"oceanstor\"\nurl = \"{}\"\nuser = \"{}\"\n\
             password = {{ env = \"practice\" }}\n",
            server.url(),
            Practice::USER
        );
        let config = Config::parse(&[("test".to_owned(), text)]).unwrap();
        let secret: array::SecretReader =
            Arc::new(|_| Ok(Secret::new(Practice::PASSWORD.to_owned())));
        let section = config.arrays["sim"].clone();
        let array = array::open("sim", section, secret, Trace::default()).unwrap();
        let store = Store::new(state.join("practice"));
        Self {
            practice,
            server,
            array,
            journals: Journals::in_state(&store),
            locks: Locks::in_dir(store.within("locks").dir()),
            run: run.to_owned(),
        }
    }

    fn machine(&self) -> Arc<dyn Machine> {
        self.practice.machine()
    }

    fn publication(&self, lun: &str) -> Publication {
        let machine = self.machine();
        let config = sanctl::config::NodeConfig::default();
        let (connector, _) =
            node::connector::build_for(&*machine, &config, Protocol::Iscsi, &bounds()).unwrap();
        Publication {
            lun: lun.parse().unwrap(),
            connector,
            protocol: Protocol::Iscsi,
            shared: false,
            hostgroup: None,
            avoid: node::connect::kernel_luns(&*machine).unwrap(),
            lun_number: None,
        }
    }

    fn with_env<T>(&self, work: impl FnOnce(&Env<'_>) -> T) -> T {
        let (bounds, mutate) = (bounds(), grant(Ground::ByClass));
        work(&Env {
            journals: &self.journals,
            locks: &self.locks,
            bounds: &bounds,
            mutate: &mutate,
            watch: &Unwatched,
            run: &self.run,
            boot_id: None,
        })
    }

    fn attach(&self, lun: &str) -> (AttachmentReport, Option<Error>) {
        let publication = self.publication(lun);
        let wish = node::connect::Wish {
            paths: None,
            lun: Some(lun.to_owned()),
            ..node::connect::Wish::default()
        };
        let request = attach::Request {
            commands: Commands::plain(lun),
            lun: lun.to_owned(),
            node: publication.connector.host.clone(),
            connector: Some(publication.connector.clone()),
            protocol: Protocol::Iscsi,
            facts: Facts::none(),
            stages: vec![
                self.array.publish(&publication),
                node::connect::stage(self.machine(), wish),
            ],
            on_failure: OnFailure::Undo,
            goal: Goal::Whole,
        };
        let ended = self.with_env(|env| attach::attach(&request, env));
        self.array.close();
        ended
    }

    fn detach(&self, lun: &str) -> (AttachmentReport, Option<Error>) {
        let mut publication = self.publication(lun);
        publication.shared = true;
        publication.avoid.clear();
        let host = publication.connector.host.clone();
        let found = lookup::find(&self.journals, &host, None, &publication.lun).unwrap();
        let wish = node::connect::Wish {
            paths: None,
            lun: Some(lun.to_owned()),
            ..node::connect::Wish::default()
        };
        let request = detach::Request {
            commands: Commands::plain(lun),
            lun: lun.to_owned(),
            node: host,
            connector: Some(publication.connector.clone()),
            protocol: Protocol::Iscsi,
            facts: found.unwrap().facts(),
            stages: vec![
                node::connect::stage(self.machine(), wish),
                self.array.publish(&publication),
            ],
            part: Part::Whole,
            adopted: Adopted::Report,
        };
        let ended = self.with_env(|env| detach::detach(&request, env));
        self.array.close();
        ended
    }
}

/// Everything on the disk around each change of a flow that comes to its end.
fn film(
    state: &Path,
    flow: impl FnOnce(&Inside) -> (AttachmentReport, Option<Error>),
) -> Vec<Image> {
    let camera = Arc::new(Camera {
        state: state.to_owned(),
        images: Mutex::default(),
    });
    let inside = Inside::new(state, "filmed", Some(&camera));
    let (report, error) = flow(&inside);
    assert!(error.is_none(), "{error:?} {report:#?}");
    assert_eq!(inside.practice.array().open_sessions(), 0);
    assert!(inside.server.requests().len() > 4);
    inside.practice.practice_machine().no_hook();
    drop(inside);
    let images = Arc::into_inner(camera).unwrap();
    images.images.into_inner().unwrap()
}

/// Without what differs from run to run though nothing does: the number of a session or a disk.
fn settled(mut world: Value, state: &Path) -> Value {
    let text = world.to_string().replace(state.to_str().unwrap(), "STATE");
    world = serde_json::from_str(&text).unwrap();
    world
}

/// Goes on from an image in each of three ways with the real program.
fn go_on(image: &Image, nth: usize, empty: &Value) {
    let home = |what: &str| {
        let home = Home::new();
        lay_out(image, &home.state());
        let out = home.run("status vol-1 -o json");
        assert!([0, 3].contains(&out.code), "{what} image {nth}: {out:#?}");
        assert_eq!(out.item()["lun"], "vol-1");
        home
    };
    let forward = home("forward");
    let out = forward.run("attach vol-1");
    assert_eq!(out.code, 0, "image {nth}: {out:#?}");
    let out = forward.run("status vol-1");
    assert_eq!(out.code, 0, "image {nth}: {out:#?}");
    let out = forward.run("detach vol-1");
    assert_eq!(out.code, 0, "image {nth}: {out:#?}");
    let world = settled(forward.world(), &forward.state());
    same(
        &world,
        empty,
        &format!("image {nth}, attached and detached"),
    );
    assert_eq!(forward.journals(), [""; 0], "image {nth}");

    let back = home("back");
    let out = back.run("detach vol-1");
    assert_eq!(out.code, 0, "image {nth}: {out:#?}");
    let world = settled(back.world(), &back.state());
    same(&world, empty, &format!("image {nth}, detached"));
    assert_eq!(back.journals(), [""; 0], "image {nth}");
    let out = back.run("status vol-1");
    assert_eq!(out.code, 0, "image {nth}: {out:#?}");
}

fn empty() -> Value {
    let home = Home::new();
    let world = home.world();
    settled(world, &home.state())
}

/// Runs `work` for each image in a few threads.
fn for_each(images: &[Image], work: impl Fn(usize, &Image) + Sync) {
    let next = std::sync::atomic::AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                loop {
                    let nth = next.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                    let Some(image) = images.get(nth) else { break };
                    work(nth, image);
                }
            });
        }
    });
}

#[test]
fn killed_anywhere_in_an_attach_the_next_run_goes_on_or_takes_it_back() {
    let home = Home::new();
    let empty = empty();
    let images = film(&home.state(), |inside| inside.attach("vol-1"));
    assert!(images.len() > 20, "{}", images.len());
    for_each(&images, |nth, image| go_on(image, nth, &empty));
}

/// What an administrator registered beforehand is bound for a while, and stays.
#[test]
fn killed_anywhere_an_initiator_that_was_there_is_only_given_back() {
    let home = Home::new();
    let setting = home.practice();
    let node = "iqn.1994-05.com.redhat:practice-node";
    setting.array().add_initiator(node, None);
    setting.array().save().unwrap();
    drop(setting);
    let before = settled(home.world(), &home.state());
    let images = film(&home.state(), |inside| inside.attach("vol-1"));
    for_each(&images, |nth, image| {
        if nth % 2 == 0 {
            go_on(image, nth, &before);
        }
    });
}

#[test]
fn killed_anywhere_in_a_detach_the_next_run_goes_on_or_attaches_again() {
    let home = Home::new();
    let empty = empty();
    home.run("attach vol-1").ends(0);
    let images = film(&home.state(), |inside| inside.detach("vol-1"));
    assert!(images.len() > 20, "{}", images.len());
    for_each(&images, |nth, image| go_on(image, nth, &empty));
}

#[test]
fn killed_anywhere_in_the_attach_of_a_second_lun_the_first_one_stays_whole() {
    let home = Home::new();
    home.run("attach vol-1").ends(0);
    let before = settled(world(&home.state()), &home.state());
    let images = film(&home.state(), |inside| inside.attach("vol-2"));
    for_each(&images, |nth, image| {
        let home = Home::new();
        lay_out(image, &home.state());
        let out = home.run("detach vol-2");
        assert_eq!(out.code, 0, "image {nth}: {out:#?}");
        let world = settled(home.world(), &home.state());
        // Only the backing file's name may differ: it names the first state directory.
        assert_eq!(world["array"], before["array"], "image {nth}");
        assert_eq!(world["sessions"], before["sessions"], "image {nth}");
        assert_eq!(world["records"], before["records"], "image {nth}");
        let out = home.run("status vol-1");
        assert_eq!(out.code, 0, "image {nth}: {out:#?}");
    });
}

/// The program itself, killed when its journal has come so far.
#[test]
fn the_program_killed_while_it_works_leaves_what_the_next_one_can_read() {
    let empty = empty();
    let home = Home::new();
    let journal = |home: &Home| {
        let dir = home.attachments();
        let entries = std::fs::read_dir(dir).ok()?;
        let path = entries
            .filter_map(|e| Some(e.ok()?.path()))
            .find(|p| p.extension().is_some_and(|e| e == "jsonl"))?;
        Some(std::fs::read_to_string(path).ok()?.lines().count())
    };
    for lines in [1, 5, 12, 20, 28, 36] {
        for verb in ["attach", "detach"] {
            if verb == "detach" {
                home.run("attach vol-1").ends(0);
            }
            let start = journal(&home).unwrap_or(0);
            let mut run = Some(home.start(&format!("{verb} vol-1")));
            crate::rig::until("the journal grows", || {
                let running = run.as_mut().unwrap();
                let far = journal(&home).is_some_and(|n| n >= start + lines);
                far || running.is_over()
            });
            let mut run = run.take().unwrap();
            if !run.is_over() {
                run.signal(rustix::process::Signal::KILL);
            }
            let out = run.end();
            assert!([0, 1009].contains(&out.code), "{out:#?}");
            let out = home.run("status vol-1");
            assert!([0, 3].contains(&out.code), "{out:#?}");
        }
        home.run("attach vol-1").ends(0);
        home.run("detach vol-1").ends(0);
        let world = settled(home.world(), &home.state());
        same(&world, &empty, &format!("killed after {lines} lines"));
    }
}
