//! `iscsiadm` 2.1.8, as far as an administrator's tool needs it: same arguments, texts and exit
//! codes (linux-host.md §3.2–3.4, lab.md §4). What it does not know it refuses with 7.

mod args;
mod discovery;
mod node;
mod session;

use args::{Args, Flag};

use super::fabric::Fabric;
use super::state::State;
use crate::model::portal::Portal;
use crate::system::Output;

/// Exit codes (linux-host.md §3.3).
const IDBM: i32 = 6;
const INVALID: i32 = 7;
const PDU_TIMEOUT: i32 = 11;
const SESSION_EXISTS: i32 = 15;
const NO_DAEMON: i32 = 20;
const NO_OBJECTS: i32 = 21;
const SYSFS_LOOKUP: i32 = 22;

/// A command line that was understood.
#[derive(Debug)]
pub(super) struct Command(Result<Args, String>);

impl Command {
    pub(super) fn parse(words: &[String]) -> Self {
        Self(Args::parse(words))
    }

    /// Whether it changes something: sessions, disks or records.
    pub(super) fn changes(&self) -> bool {
        let Ok(args) = &self.0 else { return false };
        let discovery = args
            .mode
            .as_deref()
            .is_some_and(|m| m.starts_with("discovery"));
        match args.op.as_deref() {
            Some("new" | "update" | "delete") => true,
            None if discovery && args.kind.is_some() => true,
            _ => [Flag::Login, Flag::Logout, Flag::Rescan, Flag::Discover]
                .into_iter()
                .any(|f| args.has(f)),
        }
    }

    /// Carries it out.
    pub(super) fn run(&self, state: &mut State, fabric: &dyn Fabric) -> Output {
        let mut tool = Tool {
            state,
            fabric,
            said: Said::default(),
        };
        match &self.0 {
            Err(why) => {
                tool.said.err(why);
                tool.said
                    .err_plain("Try `iscsiadm --help' for more information.");
                tool.said.code(INVALID);
            }
            Ok(args) => tool.dispatch(args),
        }
        tool.said.into_output()
    }
}

/// What a command prints and how it ends: the first error decides the exit code.
#[derive(Debug, Default)]
struct Said {
    code: i32,
    out: String,
    err: String,
}

impl Said {
    fn out(&mut self, line: impl AsRef<str>) {
        self.out.push_str(line.as_ref());
        self.out.push('\n');
    }

    /// A complaint, with the program's name before it.
    fn err(&mut self, line: impl AsRef<str>) {
        self.err_plain(format!("iscsiadm: {}", line.as_ref()));
    }

    fn err_plain(&mut self, line: impl AsRef<str>) {
        self.err.push_str(line.as_ref());
        self.err.push('\n');
    }

    fn code(&mut self, code: i32) {
        if self.code == 0 {
            self.code = code;
        }
    }

    fn fail(&mut self, code: i32, line: impl AsRef<str>) {
        self.err(line);
        self.code(code);
    }

    fn into_output(self) -> Output {
        Output {
            code: self.code,
            stdout: self.out,
            stderr: self.err,
        }
    }
}

struct Tool<'a> {
    state: &'a mut State,
    fabric: &'a dyn Fabric,
    said: Said,
}

impl Tool<'_> {
    fn dispatch(&mut self, args: &Args) {
        if args.has(Flag::Version) {
            self.said.out("iscsiadm version 2.1.8");
            return;
        }
        match args.mode.as_deref() {
            Some("node") => self.node(args),
            Some("session") => self.session(args),
            Some("discovery" | "discoverydb") => self.discovery(args),
            Some("iface") => self.iface(args),
            Some(mode) => self.said.fail(INVALID, format!("Invalid mode {mode}")),
            None => self.said.fail(INVALID, "no mode specified"),
        }
    }

    /// Refuses options that this mode does not take, as the real one does.
    fn refuse(&mut self, args: &Args, unwanted: &[(&str, bool)]) -> bool {
        let found = unwanted.iter().find(|(_, given)| *given);
        if let Some((option, _)) = found {
            let mode = args.mode.as_deref().unwrap_or_default();
            self.said.fail(
                INVALID,
                format!("{mode} mode: option '{option}' is not allowed/supported"),
            );
        }
        found.is_some()
    }

    fn iface(&mut self, args: &Args) {
        let unwanted = [
            ("-o", args.op.as_deref().is_some_and(|op| op != "show")),
            ("-T", args.target.is_some()),
            ("-p", args.portal.is_some()),
            ("-r", args.sid.is_some()),
            ("-t", args.kind.is_some()),
            ("-n", !args.names.is_empty()),
            ("-l/-u/-R/-D", !args.flags.is_empty()),
        ];
        if self.refuse(args, &unwanted) {
            return;
        }
        match args.ifaces.as_slice() {
            [] => {
                for (name, transport) in [("default", "tcp"), ("iser", "iser")] {
                    self.said.out(format!(
                        "{name} {transport},<empty>,<empty>,<empty>,<empty>"
                    ));
                }
            }
            [name] if name == "default" || name == "iser" => {
                let transport = if name == "iser" { "iser" } else { "tcp" };
                self.said.out("# BEGIN RECORD 2.1.8");
                self.said.out(format!("iface.iscsi_ifacename = {name}"));
                self.said.out(format!("iface.transport_name = {transport}"));
                self.said.out("# END RECORD");
            }
            _ => self
                .said
                .fail(IDBM, "Could not read iface info: no such iface"),
        }
    }
}

/// `ADDRESS[:PORT][,TPGT]` as `-p` takes it; -1 is no portal group.
fn parse_portal(text: &str) -> Result<(Portal, Option<u16>), String> {
    let (portal, tpgt) = match text.split_once(',') {
        Some((portal, tpgt)) => (portal, Some(tpgt)),
        None => (text, None),
    };
    let portal = portal
        .parse()
        .map_err(|_| format!("Invalid portal {text}"))?;
    let tpgt = match tpgt {
        None | Some("-1") => None,
        Some(tpgt) => Some(
            tpgt.parse()
                .map_err(|_| format!("Invalid portal group tag {tpgt}"))?,
        ),
    };
    Ok((portal, tpgt))
}

/// The address of a portal as it was typed, without brackets, port and group.
fn address(text: &str) -> &str {
    let place = text.split(',').next().unwrap_or_default();
    match place.strip_prefix('[').and_then(|p| p.split_once(']')) {
        Some((address, _)) => address,
        None if place.matches(':').count() == 1 => place.split(':').next().unwrap_or_default(),
        None => place,
    }
}

/// `ADDRESS,PORT` as messages have it: no brackets.
fn comma(portal: Portal) -> String {
    format!("{},{}", portal.ip, portal.port)
}

/// What `iscsiadm` calls an exit code (`usr/iscsi_err.c` of open-iscsi).
fn meaning(code: i32) -> &'static str {
    match code {
        2 => "session not found",
        3 => "no available memory",
        4 => "encountered connection failure",
        5 => "encountered iSCSI login failure",
        6 => "encountered iSCSI database failure",
        7 => "invalid parameter",
        8 => "connection timed out",
        9 => "internal error",
        10 => "encountered iSCSI logout failure",
        11 => "iSCSI PDU timed out",
        12 => "iSCSI driver not found. Please make sure it is loaded, and retry the operation",
        13 => "daemon access denied",
        14 => "iSCSI driver does not support requested capability.",
        15 => "session exists",
        16 => "Unknown request",
        18 => "could not communicate to iscsid",
        19 => "encountered non-retryable iSCSI login failure",
        20 => "could not connect to iscsid",
        21 => "no objects found",
        22 => "sysfs lookup failure",
        23 => "host not found",
        24 => "iSCSI login failed due to authorization failure",
        28 => "device or resource in use",
        29 => "operation failed, but retry may succeed",
        31 => "child process terminated",
        32 => "target likely not connected",
        33 => "iscsid request timed out",
        _ => "unknown error",
    }
}
