//! Manual pages, completions and schemas are made from the code. `SANCTL_REGENERATE=1` writes them.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test that cannot go on fails"
)]

use std::collections::BTreeMap;
use std::path::Path;

use clap::Command;
use clap::builder::StyledStr;
use serde_json::Value;

/// File name and content.
type Files = BTreeMap<String, Vec<u8>>;

fn manual() -> Files {
    let mut files = Files::new();
    page(
        &sanctl::cli::dispatch::command(),
        "sanctl",
        "sanctl",
        &mut files,
    );
    files
}

/// One page per command: `sanctl-lun-list.1`.
fn page(command: &Command, name: &str, typed: &str, files: &mut Files) {
    let about = command.get_about().map(ToString::to_string);
    // clap knows the full names only of what it parses.
    let described = command
        .clone()
        .display_name(name.to_owned())
        .bin_name(typed.to_owned())
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_flag(true)
        .disable_version_flag(true);
    let options = described.get_arguments().any(|arg| !arg.is_hide_set());
    let verbs = described.has_subcommands();
    let man = clap_mangen::Man::new(described)
        .title(name.to_uppercase())
        .section("1")
        // No date: the same sources make the same page on any day.
        .date("")
        .source(concat!("sanctl ", env!("CARGO_PKG_VERSION")))
        .manual("sanctl");
    let mut made = Vec::new();
    man.render_title(&mut made).unwrap();
    man.render_name_section(&mut made).unwrap();
    man.render_synopsis_section(&mut made).unwrap();
    made.extend(as_typed("EXAMPLES", command.get_before_help()));
    if options {
        man.render_options_section(&mut made).unwrap();
    }
    if verbs {
        man.render_subcommands_section(&mut made).unwrap();
    }
    made.extend(as_typed("NOTES", command.get_after_help()));
    assert!(about.is_some(), "{typed} says nothing about itself");
    files.insert(format!("{name}.1"), made);
    for sub in command.get_subcommands() {
        let sub_name = sub.get_name();
        page(
            sub,
            &format!("{name}-{sub_name}"),
            &format!("{typed} {sub_name}"),
            files,
        );
    }
}

/// A section whose lines stay as they are.
fn as_typed(title: &str, text: Option<&StyledStr>) -> Vec<u8> {
    let text = text.map(ToString::to_string).unwrap_or_default();
    let text = text.trim_start_matches("Examples:\n");
    if text.is_empty() {
        return Vec::new();
    }
    let mut made = format!(".SH {title}\n.nf\n");
    for line in text.lines() {
        let line = line
            .replace('\\', "\\e")
            .replace('-', "\\-")
            .replace('\'', "\\(aq");
        // A line that begins with a dot would be an instruction.
        let guard = if line.starts_with('.') { "\\&" } else { "" };
        made.push_str(&format!("{guard}{line}\n"));
    }
    made.push_str(".fi\n");
    made.into_bytes()
}

fn completions() -> Files {
    use sanctl::cli::completions::{ShellArg, script};
    [
        (ShellArg::Bash, "sanctl.bash"),
        (ShellArg::Zsh, "_sanctl"),
        (ShellArg::Fish, "sanctl.fish"),
    ]
    .map(|(shell, name)| (name.to_owned(), script(shell).into_bytes()))
    .into()
}

/// Runs the program on a practice array of its own.
fn practice(state: &Path, line: &str) -> Value {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_sanctl"))
        .args(line.split_whitespace())
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("HOME", state)
        .env("SANCTL_STATE_DIR", state)
        .current_dir(state)
        .output()
        .unwrap();
    assert!(output.status.success(), "{line}: {output:?}");
    serde_json::from_slice(&output.stdout).unwrap_or_default()
}

/// What a flow there and back is made of.
struct Flows {
    attach: Vec<Value>,
    detach: Vec<Value>,
    status: Value,
}

impl Flows {
    /// Those of `vol-1` on a practice array of its own, configured so; nothing is the built-in one.
    fn of(config: &str) -> Self {
        let state = tempfile::tempdir().unwrap();
        let state = state.path();
        if !config.is_empty() {
            let folder = state.join(".config/sanctl");
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join("config.toml"), config).unwrap();
            let secret = state.join("chap");
            std::fs::write(&secret, "not-a-secret-1").unwrap();
            let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
            std::fs::set_permissions(&secret, mode).unwrap();
        }
        let steps = |line: &str| -> Vec<Value> {
            let plan = practice(state, line);
            plan["item"]["steps"].as_array().unwrap().clone()
        };
        let attach = steps("attach vol-1 --multipath --mode ro --dry-run -o json");
        practice(state, "attach vol-1 --multipath --mode ro -q");
        let status = practice(state, "status vol-1 -o json");
        let detach = steps("detach vol-1 --dry-run -o json");
        Self {
            attach,
            detach,
            status,
        }
    }

    /// Those of what is connected by other means than a SAN: a file on a share, an AoE device.
    fn of_files() -> Self {
        let state = tempfile::tempdir().unwrap();
        let state = state.path();
        let folder = state.join(".config/sanctl");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("config.toml"), "[node]\nname = \"lab\"\n").unwrap();
        let nfs = serde_json::json!({"driver_volume_type": "nfs",
            "data": {"export": "nas:/vols", "name": "volume-1"}});
        let aoe = serde_json::json!({"driver_volume_type": "aoe",
            "data": {"target_shelf": 1, "target_lun": 2}});
        std::fs::write(state.join("nfs.json"), nfs.to_string()).unwrap();
        std::fs::write(state.join("aoe.json"), aoe.to_string()).unwrap();
        let steps = |flow: &str| -> Vec<Value> {
            let of = |file: &str| {
                let line = format!("{flow} --connection-info {file} --dry-run -o json");
                practice(state, &line)["item"]["steps"].clone()
            };
            let all = [of("nfs.json"), of("aoe.json")];
            let all = all.iter().flat_map(|steps| steps.as_array().unwrap());
            all.cloned().collect()
        };
        Self {
            attach: steps("attach"),
            detach: steps("detach"),
            status: serde_json::json!({"items": [{"paths": []}]}),
        }
    }

    /// A text with words for sessions and disks: they are numbered in the order of arrival.
    fn plain(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for path in self.status["items"][0]["paths"].as_array().unwrap() {
            let word = |key: &str| path[key].as_str().unwrap();
            text = text
                .replace(word("hctl"), "H:C:T:L")
                .replace(word("disk"), "sdX")
                .replace(&format!("-r {} ", path["sid"]), "-r SID ")
                .replace(&format!("logout {}", path["sid"]), "logout SID");
        }
        text
    }

    /// The first step of each key there, and the same on the way back.
    fn pairs(&self) -> Vec<(String, [Option<&Value>; 2])> {
        let mut pairs: Vec<(String, [Option<&Value>; 2])> = Vec::new();
        for step in &self.attach {
            let key = bare(step);
            if pairs.iter().all(|(known, _)| *known != key) {
                let back = self.detach.iter().find(|step| bare(step) == key);
                pairs.push((key, [Some(step), back]));
            }
        }
        pairs
    }

    /// The lines of a step as a page shows them.
    fn lines(&self, step: &Value, key: &str) -> String {
        let lines = step[key].as_array().unwrap().iter();
        let line = |line: &Value| format!("    {}\n", self.plain(line.as_str().unwrap()));
        lines.map(line).collect()
    }
}

/// A step's key without its portal.
fn bare(step: &Value) -> String {
    let key = step["key"].as_str().unwrap();
    key.split('@').next().unwrap().to_owned()
}

/// `docs/by-hand.md`: each step of attach and detach as commands, taken from the steps themselves.
fn by_hand() -> String {
    let mut page = BY_HAND.to_owned();
    let oceanstor = Flows::of("");
    let ontap = ["rest", "zapi"].map(|api| {
        Flows::of(&format!(
            "[arrays.gold]\nkind = \"sim\"\nproduct = \"ontap\"\napi = \"{api}\"\n\
             chap = {{ user = \"node1\", password = {{ file = \"chap\" }} }}\n"
        ))
    });
    let pairs = oceanstor.pairs();
    let (array, node): (Vec<_>, Vec<_>) = pairs.iter().partition(|(k, _)| k.starts_with("array."));
    for (key, pair) in array {
        section(&mut page, key, &[("", &oceanstor, pair)]);
    }
    let [rest, zapi] = &ontap;
    let over_zapi = zapi.pairs();
    for (key, pair) in rest.pairs().iter().filter(|(k, _)| k.starts_with("array.")) {
        let (_, same) = over_zapi.iter().find(|(other, _)| other == key).unwrap();
        section(
            &mut page,
            key,
            &[("REST", rest, pair), ("ZAPI", zapi, same)],
        );
    }
    for (key, pair) in node {
        section(&mut page, key, &[("", &oceanstor, pair)]);
    }
    let files = Flows::of_files();
    for (key, pair) in &files.pairs() {
        section(&mut page, key, &[("", &files, pair)]);
    }
    page
}

/// One step: its verbs, and its requests over each interface of the array.
fn section(page: &mut String, key: &str, ways: &[(&str, &Flows, &[Option<&Value>; 2])]) {
    let (_, flows, [there, _]) = ways[0];
    let why = upper(there.unwrap()["why"].as_str().unwrap());
    page.push_str(&format!("\n## {key}\n\n{why}.\n"));
    for (index, flow) in ["Attach", "Detach"].into_iter().enumerate() {
        let Some(step) = ways[0].2[index] else {
            continue;
        };
        let verbs = flows.lines(step, "verbs");
        let wires: Vec<(&str, String)> = ways
            .iter()
            .filter_map(|(over, flows, pair)| Some((*over, flows.lines(pair[index]?, "wire"))))
            .filter(|(_, lines)| !lines.is_empty())
            .collect();
        if verbs.is_empty() && wires.is_empty() {
            continue;
        }
        let title = flows.plain(step["title"].as_str().unwrap());
        page.push_str(&format!("\n{flow}: {title}\n"));
        if !verbs.is_empty() {
            page.push_str(&format!("\n{verbs}"));
        }
        for (over, lines) in wires {
            if !over.is_empty() {
                page.push_str(&format!("\nOver {over}:\n"));
            }
            page.push_str(&format!("\n{lines}"));
        }
    }
}

/// The first letter large.
fn upper(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// The head of the page.
const BY_HAND: &str = "# By hand

Each step of `sanctl attach` and `sanctl detach`: why it is needed, the sanctl command that does it
alone, and the request, iscsiadm or echo line behind it. Made from the code, with the names and ids
of a fresh practice array; `SANCTL_REGENERATE=1 cargo test --test generated` writes it anew.

`sanctl attach LUN --dry-run --print wire` prints these lines for a LUN of yours, with the login
that fills `$BASE` and `$TOKEN` before them and the logout behind them, as a script that runs.
`sanctl explain STEP` prints one of these sections. Detach goes from the last step to the first.

The steps from array.host to array.lun-number are those of an OceanStor. Those from array.chap to
array.map are those of an ONTAP, with the requests of both its interfaces; array.chap is there only
where the configuration has `chap`. The node's steps are the same for all; node.mount, node.file
and node.aoe connect what is of no SAN: a file on a share, a path, a device of ATA over Ethernet.
";

#[test]
fn the_page_of_the_steps_is_fresh() {
    let page = by_hand();
    assert!(!page.contains("H:C:T:L:") && page.contains("sdX"), "{page}");
    // Other pages of the folder are written by people.
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/by-hand.md");
    if regenerates() {
        std::fs::write(&path, &page).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        page == found,
        "docs/by-hand.md is not as made from the code\n\
         SANCTL_REGENERATE=1 cargo test --test generated"
    );
}

/// Whether what is made is to be written.
fn regenerates() -> bool {
    std::env::var_os("SANCTL_REGENERATE").is_some_and(|v| v == "1")
}

/// Compares a folder of the repository with what is made now.
fn check(folder: &str, files: &Files) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    if regenerates() {
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        for (name, content) in files {
            std::fs::write(folder.join(name), content).unwrap();
        }
    }
    let found = std::fs::read_dir(&folder).map(|entries| {
        let entries = entries.map(|entry| entry.unwrap().path());
        let named = entries.map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(&path).unwrap())
        });
        named.collect::<Files>()
    });
    let found = found.unwrap_or_default();
    let mut stale: Vec<&String> = files.keys().chain(found.keys()).collect();
    stale.retain(|name| files.get(*name) != found.get(*name));
    stale.sort();
    stale.dedup();
    assert!(
        stale.is_empty(),
        "not as made from the code: {stale:?}\n\
         SANCTL_REGENERATE=1 cargo test --test generated"
    );
}

#[test]
fn manual_pages_are_fresh() {
    check("man", &manual());
}

#[test]
fn completions_are_fresh() {
    check("completions", &completions());
}

/// Every page has the examples first, as the help has.
#[test]
fn pages_have_examples() {
    for (name, text) in manual() {
        let text = String::from_utf8(text).unwrap();
        let examples = text
            .find(".SH EXAMPLES")
            .unwrap_or_else(|| panic!("{name}"));
        assert!(text.find("\n.TP").is_some_and(|at| examples < at), "{name}");
        assert!(!text.contains(env!("CARGO_MANIFEST_DIR")), "{name}");
    }
}

#[test]
fn schemas_are_fresh() {
    let made = |(name, schema): (&str, Value)| {
        let text = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
        (format!("{name}.json"), text.into_bytes())
    };
    let files = sanctl::cli::schema::all().into_iter().map(made).collect();
    check("schemas", &files);
}

/// Every name that a document can bear has a schema.
#[test]
fn every_document_has_a_schema() {
    let known: Vec<String> = sanctl::cli::schema::all()
        .into_iter()
        .map(|(name, _)| name.to_owned())
        .collect();
    let mut named = Vec::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut |text| {
            let parts = text.split("schema: \"sanctl/").skip(1);
            named.extend(parts.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
        },
    );
    named.sort();
    named.dedup();
    assert!(named.len() > 20, "{named:?}");
    named.retain(|name| !known.contains(name));
    assert!(
        named.is_empty(),
        "no schema in src/cli/schema for {named:?}"
    );
}

fn sources(folder: &Path, see: &mut dyn FnMut(&str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, see);
        } else if path.extension().is_some_and(|e| e == "rs") {
            see(&std::fs::read_to_string(&path).unwrap());
        }
    }
}
