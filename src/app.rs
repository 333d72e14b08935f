//! What every command works with: configuration, state, arrays opened when needed, the machine.

mod captured;
mod practising;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use jiff::Timestamp;
use serde_json::{Map, Value};

pub use self::practising::practice_section;
use self::practising::{Practices, Practising, product_of};
use crate::array::{self, Array};
use crate::attachment::journal::{FORMAT, Journals};
use crate::cli::failure::Refusal;
use crate::cli::global::{Global, ProgressArg};
use crate::config::{self, Config, SecretSource, Section, nearest};
use crate::kit::bounds::Bounds;
use crate::kit::kind::{Failure, Kind};
use crate::kit::lock::Locks;
use crate::kit::printer::{Printer, Style};
use crate::kit::progress::{Mode, Progress};
use crate::kit::redact::Secret;
use crate::kit::stop::Stop;
use crate::kit::trace::Trace;
use crate::sim::practice::{self, Product};
use crate::system::capture;
use crate::system::real::Real;
use crate::system::store::Store;
use crate::system::traced::Traced;
use crate::system::{Machine, files};

/// How long a reading command may take.
const READ_TIME: Duration = Duration::from_secs(30);

/// The section name of the practice array.
const PRACTICE: &str = "sim";
/// One run of the program.
pub struct App {
    /// The arguments of every verb.
    pub global: Global,
    /// The configuration.
    pub config: Config,
    /// stdout.
    pub printer: Printer,
    /// stderr.
    pub progress: Arc<Progress>,
    /// Raised by Ctrl-C and SIGTERM.
    pub stop: Stop,
    /// Receives every request, command and write.
    pub trace: Trace,
    /// The state directory.
    pub state: Store,
    /// A word that tells this run from others.
    pub run: String,
    /// When this run began.
    started: Instant,
    /// The practice array is what is meant when no array is configured.
    practicing: bool,
    practices: Practices,
    machine: OnceLock<Arc<dyn Machine>>,
    arrays: Mutex<BTreeMap<String, Arc<dyn Array>>>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App")
            .field("run", &self.run)
            .finish_non_exhaustive()
    }
}

impl App {
    /// Reads the configuration and sets up output. Touches no array and no machine.
    ///
    /// # Errors
    /// A wrong configuration, or a trace file that cannot be made.
    pub fn new(global: Global, stop: Stop) -> Result<Self> {
        let started = Instant::now();
        let mode = match global.progress {
            _ if global.quiet => Mode::Silent,
            ProgressArg::None => Mode::Silent,
            ProgressArg::Jsonl => Mode::Jsonl,
            ProgressArg::Plain => Mode::Lines,
            ProgressArg::Auto => Mode::for_stderr(),
        };
        let run = run_id();
        let progress = Arc::new(Progress::new(mode, stamp(&run)));
        let printer = Printer::new(Style {
            format: global.format(),
            columns: global.columns.clone(),
            sort: global.sort.clone(),
            limit: global.limit,
            headings: !global.no_headers,
            ascii: global.ascii,
            tones: global.colored().then_some(crate::cli::tone::of),
        });
        let trace = trace(&global, &progress)?;
        let mut found = Places::from_environment().load(global.config.as_deref())?;
        let captured = match &global.root {
            Some(root) => Some(captured::open(root, found.get_or_insert_default())?),
            None => None,
        };
        let practicing = found.is_none() && global.array.is_none();
        if global.verbose > 0 && !global.quiet {
            let files = found.as_ref().map(|config| config.files.join(", "));
            progress.note(&match files {
                Some(files) => format!("configuration: {files}"),
                None => "configuration: none in any place".to_owned(),
            });
        }
        if found.is_none()
            && let Some(name) = &global.array
            && name != PRACTICE
        {
            return Err(
                Refusal::usage(format!("no array {name}: there is no configuration file"))
                    .hint("see config.example.toml, or leave --array out for the practice array")
                    .into(),
            );
        }
        let mut app = Self {
            config: found.unwrap_or_default(),
            printer,
            progress,
            stop,
            trace,
            state: match &global.root {
                Some(root) => Store::new(root.join(capture::STATE)),
                None => Store::new(state_dir()?),
            },
            global,
            run,
            started,
            practicing,
            practices: Practices::default(),
            machine: captured.map_or_else(OnceLock::new, OnceLock::from),
            arrays: Mutex::default(),
        };
        app.printer.practice = app.is_practice();
        Ok(app)
    }

    /// Limits of a reading command.
    pub fn reading(&self) -> Bounds {
        self.bounds("reading", READ_TIME)
    }

    /// Limits of a part of this command: `--timeout`, counted from the command's start, else
    /// `default` from now on.
    pub fn bounds(&self, what: &str, default: Duration) -> Bounds {
        let stop = self.stop.clone();
        match self.global.timeout {
            Some(span) => Bounds::since(self.started, span, what, stop),
            None => Bounds::new(default, what, stop),
        }
    }

    /// Whether everything happens on practice objects.
    pub fn is_practice(&self) -> bool {
        self.practicing
            || self
                .array_name()
                .ok()
                .and_then(|name| self.config.arrays.get(&name).cloned())
                .is_some_and(|section| kind_of(section).as_deref() == Some(PRACTICE))
            || self.global.array.as_deref() == Some(PRACTICE)
                && !self.config.arrays.contains_key(PRACTICE)
    }

    /// The journals of the state directory.
    pub fn journals(&self) -> Journals {
        let journals = Journals::in_state(&self.home());
        if self.progress.mode() != Mode::Jsonl {
            return journals;
        }
        let progress = Arc::clone(&self.progress);
        journals.telling(Arc::new(move |line| progress.say(line)))
    }

    /// Locks between the processes that share the state directory.
    pub fn locks(&self) -> Locks {
        Locks::in_dir(self.home().within("locks").dir())
    }

    /// Where attachments are remembered. Those of the practice array live and die with it.
    pub fn home(&self) -> Store {
        if !self.is_practice() {
            return self.state.clone();
        }
        let home = self.state.within(practice::FOLDER);
        match self.product().unwrap_or_default().folder() {
            "" => home,
            folder => home.within(folder),
        }
    }

    /// The name of the array that is meant: `--array`, else `default_array`, else the only one.
    ///
    /// # Errors
    /// When several are configured and none is named.
    pub fn array_name(&self) -> Result<String> {
        if let Some(name) = &self.global.array {
            return Ok(name.clone());
        }
        if self.practicing {
            return Ok(PRACTICE.to_owned());
        }
        if let Some(name) = &self.config.default_array {
            return Ok(name.clone());
        }
        let mut names = self.config.arrays.keys();
        match (names.next(), names.next()) {
            (Some(only), None) => Ok(only.clone()),
            (None, _) if self.config.files.is_empty() => {
                Err(Refusal::usage("no array is configured")
                    .hint("see config.example.toml, or look at the node alone with --node-only")
                    .into())
            }
            (None, _) => Err(Refusal::usage("no array is configured")
                .hint(format!(
                    "add [arrays.NAME] to {}",
                    self.config.files.join(" or ")
                ))
                .into()),
            _ => {
                let all: Vec<&str> = self.config.arrays.keys().map(String::as_str).collect();
                Err(
                    Refusal::usage(format!("which array? There are {}", all.join(", ")))
                        .hint("name one with --array, or set default_array")
                        .into(),
                )
            }
        }
    }

    /// The array that is meant, opened lazily: no request is sent before it is used.
    ///
    /// # Errors
    /// When none is meant, or its section is wrong.
    pub fn array(&self) -> Result<Arc<dyn Array>> {
        self.array_called(&self.array_name()?)
    }

    /// The array of a section.
    ///
    /// # Errors
    /// When there is no such section, or it is wrong.
    pub fn array_called(&self, name: &str) -> Result<Arc<dyn Array>> {
        let mut arrays = self.arrays.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(array) = arrays.get(name) {
            return Ok(Arc::clone(array));
        }
        let array = self.open_array(name)?;
        arrays.insert(name.to_owned(), Arc::clone(&array));
        Ok(array)
    }

    fn open_array(&self, name: &str) -> Result<Arc<dyn Array>> {
        let section = self.config.arrays.get(name).cloned();
        let kind = section.clone().and_then(kind_of);
        let practice = match (&section, kind.as_deref()) {
            (None, _) => name == PRACTICE,
            (_, kind) => kind == Some(PRACTICE),
        };
        if practice {
            let product = match &section {
                Some(section) => product_of(section)?,
                None => Product::default(),
            };
            let url = self.practising(product)?.url()?;
            let served = practice_section(name, &url, section)?;
            let others = self.secret_reader(name);
            let reader: array::SecretReader = Arc::new(move |source| match source {
                SecretSource::Env(name) if name == practice::FOLDER => {
                    Ok(Secret::new(product.password().to_owned()))
                }
                other => others(other),
            });
            return Ok(array::open(name, served, reader, self.trace.clone())?);
        }
        let Some(section) = section else {
            let known = self.config.arrays.keys().map(String::as_str);
            let mut refusal = Refusal::usage(format!("no array {name} in the configuration"));
            if let Some(near) = nearest(name, known) {
                refusal = refusal.hint(format!("did you mean {near}?"));
            } else {
                refusal = refusal.hint("sanctl array list");
            }
            return Err(refusal.into());
        };
        Ok(array::open(
            name,
            section,
            self.secret_reader(name),
            self.trace.clone(),
        )?)
    }

    /// Reads secrets where the configuration says they are.
    fn secret_reader(&self, name: &str) -> array::SecretReader {
        let (started, limit, stop) = (self.started, self.global.timeout, self.stop.clone());
        let progress = Arc::clone(&self.progress);
        let mut section = self.config.arrays.get(name).cloned();
        let user = section.as_mut().and_then(|s| s.text("user").ok().flatten());
        let question = match user {
            Some(user) => format!("password of {user} on array {name}"),
            None => format!("password of array {name}"),
        };
        Arc::new(move |source| {
            let read = match source {
                SecretSource::File(path) => files::read_secret(Path::new(path)),
                SecretSource::Command(argv) => {
                    // It is run when the secret is needed, which may be long after the start.
                    let (what, stop) = ("the password command", stop.clone());
                    let bounds = match limit {
                        Some(span) => Bounds::since(started, span, what, stop),
                        None => Bounds::new(READ_TIME, what, stop),
                    };
                    files::run_secret(argv, &bounds)
                }
                SecretSource::Env(name) => return from_environment(name),
                SecretSource::Prompt => {
                    return progress.aside(|| crate::cli::consent::password(&question));
                }
            };
            read.map_err(|error: files::Error| {
                let hints = error.hints();
                let hint = hints.first().map(|h| format!(" ({h})")).unwrap_or_default();
                format!("{error}{hint}")
            })
        })
    }

    /// Whose array is practised on where the practice array is meant.
    fn product(&self) -> Result<Product, config::Error> {
        let meant = self.array_name().ok();
        let section = meant.and_then(|name| self.config.arrays.get(&name));
        section.map_or(Ok(Product::default()), product_of)
    }

    /// A practice array and machine.
    fn practising(&self, product: Product) -> Result<Practising> {
        let dir = self.state.dir();
        Ok(self.practices.open(product, dir, &self.reading())?)
    }

    /// The machine: this computer, or the practice machine.
    ///
    /// # Errors
    /// When the practice state cannot be used.
    pub fn machine(&self) -> Result<Arc<dyn Machine>> {
        if let Some(machine) = self.machine.get() {
            return Ok(Arc::clone(machine));
        }
        let machine: Arc<dyn Machine> = if self.is_practice() {
            let machine = self.practising(self.product()?)?.setting.machine();
            Arc::new(Traced::new(machine, self.trace.clone()))
        } else {
            Arc::new(Real::new(self.trace.clone()))
        };
        Ok(Arc::clone(self.machine.get_or_init(|| machine)))
    }

    /// What listings lack so far, told on stderr too.
    pub fn gaps(&self) -> Vec<String> {
        let arrays = self.arrays.lock().unwrap_or_else(PoisonError::into_inner);
        let gaps: Vec<String> = arrays
            .values()
            .flat_map(|array| array.take_gaps())
            .collect();
        for gap in &gaps {
            self.progress.note(&format!("warning: {gap}"));
        }
        gaps
    }

    /// Ends every session that was opened.
    pub fn close(&self) {
        let arrays = self.arrays.lock().unwrap_or_else(PoisonError::into_inner);
        for array in arrays.values() {
            let left = array.close();
            for warning in array.take_warnings().into_iter().chain(left) {
                self.progress.note(&format!("warning: {warning}"));
            }
            if self.global.verbose > 0 {
                self.note(&format!("{}: {} requests", array.name(), array.requests()));
            }
        }
    }

    /// Whether errors are objects: results are, or progress is.
    pub fn is_told_in_json(&self) -> bool {
        self.printer.is_json() || self.progress.mode() == Mode::Jsonl
    }

    /// A line on stderr, unless `-q`.
    pub fn note(&self, line: &str) {
        if !self.global.quiet {
            self.show_result();
            self.progress.note(line);
        }
    }

    /// Lets what was printed so far leave, so that what stderr says next stands below it.
    pub fn show_result(&self) {
        // What cannot be written stays in the buffer, and fails the command at its end.
        let _ = self.printer.flush();
    }
}

/// Where a new configuration file goes when none is named.
pub fn new_config_file() -> PathBuf {
    Places::from_environment().first()
}

/// Where the state directory is, and what says so.
///
/// # Errors
/// When there is no place for it.
pub fn state_place() -> Result<(PathBuf, &'static str)> {
    let origin = if env_path("SANCTL_STATE_DIR").is_some() {
        "SANCTL_STATE_DIR"
    } else if rustix::process::geteuid().is_root() {
        "built in, for root"
    } else if env_path("XDG_STATE_HOME").is_some() {
        "XDG_STATE_HOME"
    } else {
        "HOME"
    };
    Ok((state_dir()?, origin))
}

fn kind_of(mut section: Section) -> Option<String> {
    section.text("kind").ok().flatten()
}

fn from_environment(name: &str) -> Result<Secret, String> {
    match std::env::var(name) {
        Ok(text) if !text.is_empty() => Ok(Secret::new(text)),
        _ => Err("it is not set".to_owned()),
    }
}

fn trace(global: &Global, progress: &Arc<Progress>) -> Result<Trace> {
    let mut trace = Trace::default();
    if let Some(path) = &global.trace {
        trace = trace
            .to_file(path)
            .map_err(|e| Refusal::usage(format!("--trace {}: {e}", path.display())))?;
    }
    if global.verbose >= 2 {
        let progress = Arc::clone(progress);
        trace = trace.to(move |event| match progress.mode() {
            Mode::Jsonl => progress.event("trace", "trace", event.clone()),
            _ => progress.say(&format!("  {event}")),
        });
    }
    Ok(trace)
}

/// What every line of `--progress jsonl` has in common with a journal's.
fn stamp(run: &str) -> Map<String, Value> {
    let pairs = [("v", FORMAT.into()), ("run", run.into())];
    pairs
        .map(|(key, value)| (key.to_owned(), value))
        .into_iter()
        .collect()
}

fn run_id() -> String {
    let now = Timestamp::now().as_millisecond();
    format!("{now:x}-{:x}", std::process::id())
}

/// `SANCTL_STATE_DIR`, else `/var/lib/sanctl` for root, else below `XDG_STATE_HOME`.
fn state_dir() -> Result<PathBuf> {
    if let Some(dir) = env_path("SANCTL_STATE_DIR") {
        return Ok(dir);
    }
    if rustix::process::geteuid().is_root() {
        return Ok(PathBuf::from("/var/lib/sanctl"));
    }
    let base = env_path("XDG_STATE_HOME").or_else(|| Some(env_path("HOME")?.join(".local/state")));
    let base = base.ok_or_else(|| {
        Refusal::usage("no place for the state: HOME is not set").hint("set SANCTL_STATE_DIR")
    })?;
    Ok(base.join("sanctl"))
}

fn env_path(name: &str) -> Option<PathBuf> {
    std::env::var_os(name)
        .filter(|v| !v.is_empty())
        .map(PathBuf::from)
}

/// Where configuration files may be.
struct Places {
    user: Option<PathBuf>,
    system: PathBuf,
    caller: Option<PathBuf>,
}

impl Places {
    fn from_environment() -> Self {
        let below = |home: PathBuf| home.join(".config/sanctl/config.toml");
        let user = env_path("XDG_CONFIG_HOME")
            .map(|base| base.join("sanctl/config.toml"))
            .or_else(|| env_path("HOME").map(below));
        let caller = std::env::var("SUDO_USER")
            .ok()
            .filter(|name| name != "root");
        Self {
            user,
            system: PathBuf::from("/etc/sanctl/config.toml"),
            caller: caller.and_then(|name| home_of(&name)).map(below),
        }
    }

    /// Where a new configuration goes: the system's for root, else the user's own.
    fn first(&self) -> PathBuf {
        match &self.user {
            Some(user) if !rustix::process::geteuid().is_root() => user.clone(),
            _ => self.system.clone(),
        }
    }

    /// The configuration, or `None` when there is no file in any place.
    fn load(&self, only: Option<&Path>) -> Result<Option<Config>> {
        if let Some(path) = only {
            let text = files::read_text(path).context("cannot read the configuration")?;
            let layer = (path.display().to_string(), text);
            return Ok(Some(Config::parse(&[layer])?));
        }
        let mut layers = Vec::new();
        for path in self.user.iter().chain([&self.system]) {
            if let Some(text) = files::find_text(path)? {
                layers.push((path.display().to_string(), text));
            }
        }
        if !layers.is_empty() {
            return Ok(Some(Config::parse(&layers)?));
        }
        if let Some(path) = &self.caller
            && files::find_text(path)?.is_some()
        {
            let path = path.display();
            return Err(Refusal::new(
                Kind::Usage,
                format!("{path} belongs to the user who called sudo and is not read as root"),
            )
            .hint(format!("sudo sanctl --config {path} ..."))
            .into());
        }
        Ok(None)
    }
}

/// The home folder of a user, from the user database's file.
fn home_of(user: &str) -> Option<PathBuf> {
    let text = files::find_text(Path::new("/etc/passwd")).ok().flatten()?;
    text.lines().find_map(|line| {
        let fields: Vec<&str> = line.split(':').collect();
        match fields.as_slice() {
            [name, _, _, _, _, home, ..] if *name == user => Some(PathBuf::from(home)),
            _ => None,
        }
    })
}
