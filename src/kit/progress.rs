//! What is going on, on stderr: a spinner for people, a line per step for everything else.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::Timestamp;
use serde_json::{Map, Value};

/// How often a step that goes on says so where there is no spinner.
const HEARTBEAT: Duration = Duration::from_secs(5);

/// How progress is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Not at all.
    Silent,
    /// A spinner per step that is worked on, a line per step that ended.
    Spinners,
    /// A line per step that ended, and one every five seconds for those that go on.
    Lines,
    /// JSON lines.
    Jsonl,
}

impl Mode {
    /// What fits stderr: spinners on a terminal that can move its cursor, else lines.
    pub fn for_stderr() -> Self {
        let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
        if std::io::stderr().is_terminal() && !dumb {
            Self::Spinners
        } else {
            Self::Lines
        }
    }
}

/// The one place that writes to stderr.
#[derive(Debug)]
pub struct Progress {
    mode: Mode,
    /// The keys that every line of JSON has.
    stamp: Map<String, Value>,
    multi: MultiProgress,
    going: Arc<Mutex<BTreeMap<String, Going>>>,
    heart: Mutex<Option<mpsc::Sender<()>>>,
    aside: AtomicBool,
}

#[derive(Debug)]
struct Going {
    title: String,
    since: Instant,
    bar: Option<ProgressBar>,
}

/// The width of the terminal that stderr is.
pub fn terminal_width() -> Option<u16> {
    let stderr = std::io::stderr();
    let size = stderr
        .is_terminal()
        .then(|| rustix::termios::tcgetwinsize(stderr).ok());
    size.flatten()
        .map(|size| size.ws_col)
        .filter(|width| *width > 0)
}

impl Progress {
    /// Progress shown in `mode`. A line of JSON that tells no more than a text has the keys of
    /// `stamp` and the time.
    pub fn new(mode: Mode, stamp: Map<String, Value>) -> Self {
        let target = match mode {
            Mode::Spinners => ProgressDrawTarget::stderr(),
            _ => ProgressDrawTarget::hidden(),
        };
        Self {
            mode,
            stamp,
            multi: MultiProgress::with_draw_target(target),
            going: Arc::default(),
            heart: Mutex::new(None),
            aside: AtomicBool::new(false),
        }
    }

    /// How it is shown.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// The width of the terminal that stderr is.
    pub fn width(&self) -> Option<u16> {
        terminal_width()
    }

    /// Something begins.
    pub fn begin(&self, key: &str, title: &str) {
        let bar = (self.mode == Mode::Spinners).then(|| {
            let bar = self.multi.add(ProgressBar::new_spinner());
            if let Ok(style) = ProgressStyle::with_template("  {spinner} {msg} ({elapsed})") {
                bar.set_style(style);
            }
            bar.set_message(title.to_owned());
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        if self.mode == Mode::Lines {
            self.start_heart();
        }
        let going = Going {
            title: title.to_owned(),
            since: Instant::now(),
            bar,
        };
        let mut all = self.going.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(key.to_owned(), going);
    }

    /// It has ended, and `line` says how.
    pub fn end(&self, key: &str, line: &str) {
        let mut all = self.going.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Going { bar: Some(bar), .. }) = all.remove(key) {
            bar.finish_and_clear();
        }
        drop(all);
        if matches!(self.mode, Mode::Spinners | Mode::Lines) {
            self.say(line);
        }
    }

    /// Says something worth knowing, as an event where progress is JSON lines.
    pub fn note(&self, text: &str) {
        if self.mode == Mode::Jsonl {
            self.event("note", "text", text.into());
        } else {
            self.say(text);
        }
    }

    /// Writes an event with one key of its own.
    pub fn event(&self, word: &str, key: &str, value: Value) {
        let mut line = self.stamp.clone();
        line.insert("at".into(), Timestamp::now().to_string().into());
        line.insert("event".into(), word.into());
        line.insert(key.into(), value);
        self.say(&Value::Object(line).to_string());
    }

    /// Writes a line to stderr, above any spinner.
    pub fn say(&self, line: &str) {
        // Nobody can be told that stderr is closed.
        let write = || drop(writeln!(std::io::stderr(), "{line}"));
        if self.aside.load(Ordering::Relaxed) {
            write();
        } else {
            self.multi.suspend(write);
        }
    }

    /// Runs something that writes to the terminal itself, such as a question.
    pub fn aside<T>(&self, work: impl FnOnce() -> T) -> T {
        self.multi.suspend(|| {
            // Suspending twice would wait for itself.
            self.aside.store(true, Ordering::Relaxed);
            let done = work();
            self.aside.store(false, Ordering::Relaxed);
            done
        })
    }

    fn start_heart(&self) {
        let mut heart = self.heart.lock().unwrap_or_else(PoisonError::into_inner);
        if heart.is_some() {
            return;
        }
        let (sender, receiver) = mpsc::channel::<()>();
        let going = Arc::clone(&self.going);
        std::thread::spawn(move || {
            while let Err(mpsc::RecvTimeoutError::Timeout) = receiver.recv_timeout(HEARTBEAT) {
                let all = going.lock().unwrap_or_else(PoisonError::into_inner);
                for one in all.values().filter(|one| one.since.elapsed() >= HEARTBEAT) {
                    let seconds = one.since.elapsed().as_secs();
                    let _ = writeln!(std::io::stderr(), "  ... {} ({seconds} s)", one.title);
                }
            }
        });
        *heart = Some(sender);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_may_say_something_before_it_is_asked() {
        let progress = Progress::new(Mode::Spinners, Map::new());
        progress.begin("key", "title");
        progress.aside(|| progress.say("aside"));
        progress.end("key", "done");
    }
}
