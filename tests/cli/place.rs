//! A place of its own for each test: home, state and nothing of the machine's configuration.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

/// Nothing here may take longer; a test that hangs is a failure.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where a test runs the program.
pub(crate) struct Place {
    dir: TempDir,
    extra: Vec<(&'static str, String)>,
}

/// One run of the program, over.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) typed: String,
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
    dir: String,
}

impl Place {
    /// Without any configuration: the practice array.
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        for name in ["home", "config/sanctl", "state"] {
            std::fs::create_dir_all(dir.path().join(name)).unwrap();
        }
        Self {
            dir,
            extra: Vec::new(),
        }
    }

    /// With this configuration file.
    pub(crate) fn with_config(text: &str) -> Self {
        let place = Self::new();
        place.write("config/sanctl/config.toml", text);
        place
    }

    /// With one more environment variable.
    pub(crate) fn env(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.extra.push((name, value.into()));
        self
    }

    /// A path within.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The state directory.
    pub(crate) fn state(&self) -> PathBuf {
        self.path("state")
    }

    /// Writes a file that only its owner can read, and gives its path.
    pub(crate) fn write(&self, name: &str, text: &str) -> String {
        self.write_mode(name, text, 0o600)
    }

    /// Writes a file with these permissions.
    pub(crate) fn write_mode(&self, name: &str, text: &str, mode: u32) -> String {
        use std::os::unix::fs::PermissionsExt;
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        path.display().to_string()
    }

    fn command(&self, words: &[&str]) -> assert_cmd::Command {
        self.command_of(env!("CARGO_BIN_EXE_sanctl"), words)
    }

    /// Runs lines of a shell that finds `sanctl`, curl and jq.
    pub(crate) fn shell(&self, line: &str) -> Ran {
        let program = Path::new(env!("CARGO_BIN_EXE_sanctl"));
        let folder = program.parent().unwrap().display();
        let tools = self.path("tools");
        crate::tools::put(&tools);
        let mut command = self.command_of("/bin/sh", &["-c", line]);
        command.env(
            "PATH",
            format!("{}:{folder}:/usr/bin:/bin", tools.display()),
        );
        let output = command.write_stdin("").output().unwrap();
        Ran {
            typed: line.to_owned(),
            code: output.status.code().expect("ended by itself"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
            dir: self.dir.path().display().to_string(),
        }
    }

    fn command_of(&self, program: &str, words: &[&str]) -> assert_cmd::Command {
        let mut command = assert_cmd::Command::new(program);
        command
            .args(words)
            .current_dir(self.dir.path())
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("HOME", self.path("home"))
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("SANCTL_STATE_DIR", self.state())
            .env("TERM", "dumb")
            .env("COLUMNS", "80")
            .env("LC_ALL", "C")
            .timeout(PATIENCE);
        for (name, value) in &self.extra {
            command.env(name, value);
        }
        command
    }

    /// Runs `sanctl` with these words, separated by blanks.
    pub(crate) fn run(&self, line: &str) -> Ran {
        let words: Vec<&str> = line.split_whitespace().collect();
        self.run_words(&words, "")
    }

    /// Runs `sanctl` with these words and this standard input.
    pub(crate) fn run_words(&self, words: &[&str], stdin: &str) -> Ran {
        let ran = self.run_untold(words, stdin);
        ran.check_hints();
        ran
    }

    /// The same where an array may have put its own words among the hints.
    pub(crate) fn run_untold(&self, words: &[&str], stdin: &str) -> Ran {
        let output = self.command(words).write_stdin(stdin).output().unwrap();
        Ran {
            typed: words.join(" "),
            code: output.status.code().expect("ended by itself"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
            dir: self.dir.path().display().to_string(),
        }
    }

    /// Runs a line that must end well, and gives its stdout.
    pub(crate) fn ok(&self, line: &str) -> String {
        self.run(line).expect(0).out
    }
}

impl Ran {
    /// What another process, such as a shell, ended with.
    pub(crate) fn of(typed: &str, output: std::process::Output) -> Self {
        Self {
            typed: typed.to_owned(),
            code: output.status.code().expect("ended by itself"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
            dir: String::from("\0"),
        }
    }

    /// The run must have ended with this code.
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}", self.shown());
        self
    }

    /// What is told to be typed next must be something that this program knows.
    #[track_caller]
    fn check_hints(&self) {
        let Some(at) = self.err.find("\ntry: ") else {
            return;
        };
        for line in self.err[at..].lines() {
            let Some((_, typed)) = line.split_once("sanctl ") else {
                continue;
            };
            let typed = typed.split("  ").next().unwrap();
            let words = ["sanctl"].into_iter().chain(typed.split_whitespace());
            if let Err(error) = sanctl::cli::dispatch::command().try_get_matches_from(words)
                && error.use_stderr()
            {
                panic!("{line}\n{error}\n{}", self.shown());
            }
        }
    }

    /// stdout as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}", self.shown()))
    }

    /// The error object on stderr.
    #[track_caller]
    pub(crate) fn error(&self) -> Value {
        let line = self.err.lines().find(|line| line.starts_with("{\"error\""));
        let line = line.unwrap_or_else(|| panic!("no error object: {}", self.shown()));
        serde_json::from_str::<Value>(line).unwrap()["error"].clone()
    }

    /// Everything, the same on every machine and at any time.
    pub(crate) fn shown(&self) -> String {
        let mut text = format!("$ sanctl {}\n{}", self.typed, pretty(&self.out));
        if !self.err.is_empty() {
            text.push_str("--- stderr\n");
            text.push_str(&pretty(&in_order(&self.err)));
        }
        if self.code != 0 {
            text.push_str(&format!("--- exit {}\n", self.code));
        }
        text.replace(&self.dir, "[DIR]")
    }
}

/// A JSON document with line breaks; anything else as it is.
fn pretty(text: &str) -> String {
    if text.trim_end().lines().count() == 1
        && text.contains("\"schema\"") | text.contains("\"error\"") | text.contains("_type\"")
        && text.starts_with('{')
        && let Ok(value) = serde_json::from_str::<Value>(text)
    {
        return format!("{}\n", serde_json::to_string_pretty(&value).unwrap());
    }
    text.to_owned()
}

/// Steps that run side by side end in any order: their lines are sorted by their keys.
fn in_order(text: &str) -> String {
    let is_step = |line: &str| {
        let key = ["+ ", "  ", "! "]
            .into_iter()
            .find_map(|mark| line.strip_prefix(mark));
        let key = key.or_else(|| line.strip_prefix("left  "));
        key.is_some_and(|key| key.starts_with("array.") || key.starts_with("node."))
    };
    let mut lines: Vec<&str> = text.lines().collect();
    for group in lines.chunk_by_mut(|a, b| is_step(a) && is_step(b)) {
        group.sort_by_key(|line| line[2.min(line.len())..].to_owned());
    }
    lines.join("\n") + "\n"
}

/// Compares with the committed text. What differs from run to run is replaced.
macro_rules! golden {
    ($name:expr, $text:expr) => {{
        let mut settings = insta::Settings::clone_current();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_snapshot_path("golden");
        for (pattern, with) in $crate::place::FILTERS {
            settings.add_filter(pattern, *with);
        }
        let text: String = $text;
        settings.bind(|| insta::assert_snapshot!($name, text));
    }};
}
pub(crate) use golden;

/// What differs from run to run.
pub(crate) const FILTERS: &[(&str, &str)] = &[
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", "[TIME]"),
    (r"127\.\d+\.\d+\.\d+:\d+", "127.0.0.1:[PORT]"),
    (r#""(elapsed_ms|ms)": ?\d+"#, r#""$1": "[MS]""#),
    (r#""sid": ?\d+"#, r#""sid": "[N]""#),
    (r"\b(elapsed_ms|ms): \d+", "$1: [MS]"),
    (r"\bsid: \d+", "sid: [N]"),
    // YAML quotes only what could be read as a number to the base of sixty.
    (r#"\bhctl: "?\d:0:0:(\d+)"?"#, "hctl: [N]:0:0:$1"),
    // Sessions and disks are numbered in the order of arrival, and logins run side by side.
    (r"\b(sid|session) \d+", "$1 [N]"),
    (r"-m session -r \d+", "-m session -r [N]"),
    (r"\b\d:0:0:(\d+)", "[N]:0:0:$1"),
    (r"\bsd[a-z]\b", "sd[X]"),
    (r"sha256:[0-9a-f]{64}", "sha256:[FINGERPRINT]"),
    (r"_[0-9a-f]{8}-[0-9a-f]{4}-", "[UUID]"),
];

/// Whether any file below `dir` holds this text.
pub(crate) fn holds(dir: &Path, text: &str) -> bool {
    std::fs::read_dir(dir).unwrap().flatten().any(|entry| {
        let path = entry.path();
        if path.is_dir() {
            return holds(&path, text);
        }
        // The data of practice LUNs is large and empty.
        let small = path.metadata().is_ok_and(|meta| meta.len() < 16 << 20);
        let bytes = if small {
            std::fs::read(&path).unwrap()
        } else {
            Vec::new()
        };
        bytes.windows(text.len()).any(|w| w == text.as_bytes())
    })
}
