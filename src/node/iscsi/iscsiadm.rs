//! The program `iscsiadm`: the only way to records and to logins (linux-host.md §3.2).

use std::time::{Duration, Instant};

use super::super::Error;
use super::codes::{Code, is};
use super::record::DEFAULT_IFACE;
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::portal::TargetPortal;
use crate::system::{self, Cmd, Machine};

/// How often an answer that may pass is asked for again.
const TRIES: u32 = 3;
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(500);

/// A try that took so long is not made again: it has waited for a lock, and would wait once more.
const SLOW: Duration = Duration::from_secs(5);

/// No session comes back by itself after a boot.
pub const MANUAL: &str = "manual";
/// Every session comes back after a boot.
pub const AUTOMATIC: &str = "automatic";

/// What a record of ours says. A portal that dies after it was probed costs 5 to 7 s with it,
/// against 120 s with iscsiadm's own values; the scan is manual so that a login brings in no LUN
/// that nobody asked for (linux-host.md §3.2).
pub const fn settings(startup: &'static str) -> [(&'static str, &'static str); 5] {
    let [first, second] = startups(startup);
    [
        ("node.session.scan", "manual"),
        first,
        second,
        ("node.session.initial_login_retry_max", "1"),
        ("node.conn[0].timeo.login_timeout", "5"),
    ]
}

/// What a record must say for a login as ours: what it says of the next boot is another matter.
pub const LOGIN_SETTINGS: [(&str, &str); 3] = [SETTINGS[0], SETTINGS[3], SETTINGS[4]];

/// What a record of ours says, where nothing else was asked for.
pub const SETTINGS: [(&str, &str); 5] = settings(MANUAL);

/// The values that decide about the next boot: setting one does not change the other
/// (linux-host.md §3.2).
pub const fn startups(startup: &str) -> [(&'static str, &str); 2] {
    [("node.startup", startup), ("node.conn[0].startup", startup)]
}

/// A record as iscsiadm finds it. It compares texts: what is there must be named as the database
/// spells it, the target in its case and an IPv6 address in its form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The target.
    pub name: String,
    /// Address and port.
    pub portal: String,
    /// The interface record.
    pub iface: String,
}

impl Named {
    /// A record as this program makes it.
    pub fn new(at: &TargetPortal) -> Self {
        Self {
            name: at.iqn.to_string(),
            portal: at.portal.to_string(),
            iface: DEFAULT_IFACE.to_owned(),
        }
    }
}

/// The command that makes a record. With the tag it has the layout that discovery makes.
pub fn new_record(at: &TargetPortal) -> Cmd {
    let portal = match at.tpgt {
        Some(tag) => format!("{},{tag}", at.portal),
        None => at.portal.to_string(),
    };
    Cmd::new(
        "iscsiadm",
        [
            "-m",
            "node",
            "-T",
            at.iqn.as_str(),
            "-p",
            &portal,
            "-I",
            DEFAULT_IFACE,
            "-o",
            "new",
        ],
    )
}

/// The command that sets values of a record, all in one call. Never given a secret.
pub fn update_record(of: &Named, values: &[(&str, &str)]) -> Cmd {
    let mut cmd = node(of, &["-o", "update"]);
    for (key, value) in values {
        cmd.args.extend(["-n", key, "-v", value].map(str::to_owned));
    }
    cmd
}

/// The command that deletes a record.
pub fn delete_record(of: &Named) -> Cmd {
    node(of, &["-o", "delete"])
}

/// The command that shows a record, secrets as stars.
pub fn show_record(of: &Named) -> Cmd {
    node(of, &[])
}

/// The command that logs in.
pub fn login(of: &Named) -> Cmd {
    node(of, &["--login"])
}

/// The command that logs out one session, whatever its record.
pub fn logout(sid: &str) -> Cmd {
    Cmd::new("iscsiadm", ["-m", "session", "-r", sid, "-u"])
}

fn node(of: &Named, rest: &[&str]) -> Cmd {
    let front = [
        "-m", "node", "-T", &of.name, "-p", &of.portal, "-I", &of.iface,
    ];
    Cmd::new("iscsiadm", front.iter().chain(rest).copied())
}

/// How iscsiadm answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its code.
    pub code: Code,
    /// The first of what it complained, else said, that the code does not say.
    pub text: String,
}

/// Runs a command that changes something; an answer that may pass is asked for again.
///
/// # Errors
/// When it cannot be run, when iscsid is not there, or when only root may do it.
pub fn run(
    machine: &dyn Machine,
    cmd: &Cmd,
    bounds: &Bounds,
    mutate: &Mutate,
) -> Result<Answer, Error> {
    let mut tries = 1;
    loop {
        let begun = Instant::now();
        let output = match machine.exec_change(cmd, bounds, mutate) {
            Err(system::Error::NoProgram { .. }) => return Err(Error::NoIscsiadm),
            answered => answered?,
        };
        let code = Code::of(output.code, &output.stderr);
        let text = last_words(&output.stderr, &output.stdout);
        match code.number {
            is::ISCSID_DOWN | is::ISCSID_LOST => return Err(Error::IscsidDown),
            is::ACCESS => return Err(Error::NotRoot),
            is::DATABASE if output.stderr.contains("not root") => return Err(Error::NotRoot),
            _ => {}
        }
        let passing = code.is_passing() && !output.stderr.to_lowercase().contains("not found");
        if !passing || tries == TRIES || begun.elapsed() > SLOW {
            return Ok(Answer { code, text });
        }
        tries += 1;
        bounds.wait(PAUSE)?;
    }
}

impl Answer {
    /// This answer as an error, when it is neither success nor one of `also_fine`.
    ///
    /// # Errors
    /// [`Error::Iscsiadm`].
    pub fn fine_if(self, cmd: &Cmd, also_fine: &[i32]) -> Result<Self, Error> {
        if self.code.number == is::SUCCESS || also_fine.contains(&self.code.number) {
            return Ok(self);
        }
        Err(Error::Iscsiadm {
            cmd: cmd.to_string(),
            code: self.code,
            text: self.text,
        })
    }
}

/// So much of a complaint is shown.
const WORDS: usize = 120;

/// What a person needs of the output: the first complaint that says more than the code does. All
/// of it is in the trace.
fn last_words(stderr: &str, stdout: &str) -> String {
    let text = if stderr.trim().is_empty() {
        stdout
    } else {
        stderr
    };
    let lines = text.lines().map(|line| {
        let line = line.trim();
        line.strip_prefix("iscsiadm: ").unwrap_or(line)
    });
    let first = lines
        .filter(|line| !line.is_empty())
        .find(|line| !is_noise(line));
    first.unwrap_or_default().chars().take(WORDS).collect()
}

/// Lines that repeat the exit code, what was asked, or the shell's trouble in starting iscsid.
fn is_noise(line: &str) -> bool {
    [
        "initiator reported error (",
        "Could not log",
        "Could not login to [",
        "Logging in",
        "Login to [",
        "sh: ",
    ]
    .iter()
    .any(|start| line.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(portal: &str, tpgt: Option<u16>) -> TargetPortal {
        TargetPortal {
            iqn: "iqn.2020-01.com.example:lab.target".parse().unwrap(),
            portal: portal.parse().unwrap(),
            tpgt,
        }
    }

    #[test]
    fn commands_as_typed() {
        let plain = at("10.0.0.1", Some(1));
        let target = "-T iqn.2020-01.com.example:lab.target";
        assert_eq!(
            new_record(&plain).to_string(),
            format!("iscsiadm -m node {target} -p 10.0.0.1:3260,1 -I default -o new")
        );
        let six = at("fd00::5", None);
        assert_eq!(
            login(&Named::new(&six)).to_string(),
            format!("iscsiadm -m node {target} -p [fd00::5]:3260 -I default --login")
        );
        let update = update_record(&Named::new(&plain), &settings(MANUAL)).to_string();
        assert!(
            update.ends_with(
                "-o update -n node.session.scan -v manual -n node.startup -v manual -n \
                 node.conn[0].startup -v manual -n node.session.initial_login_retry_max -v 1 -n \
                 node.conn[0].timeo.login_timeout -v 5"
            ),
            "{update}"
        );
        assert_eq!(logout("12").to_string(), "iscsiadm -m session -r 12 -u");
    }

    #[test]
    fn the_first_words_that_say_more_than_the_code() {
        for (stderr, stdout, words) in [
            (
                "iscsiadm: default: 1 session requested, but 1 already present.\niscsiadm: Could \
                 not log into all portals\n",
                "Logging in",
                "default: 1 session requested, but 1 already present.",
            ),
            (" \n", "out\n", "out"),
            (
                "iscsiadm: Could not login to [iface: default, target: iqn.a:b, portal: \
                 10.0.0.1,3260].\niscsiadm: initiator reported error (24 - iSCSI login failed due \
                 to authorization failure)\niscsiadm: Could not log into all portals\n",
                "",
                "",
            ),
            (
                "sh: 1: /bin/systemctl: not found\niscsiadm: can not connect to iSCSI daemon \
                 (111)!\n",
                "",
                "can not connect to iSCSI daemon (111)!",
            ),
        ] {
            assert_eq!(last_words(stderr, stdout), words);
        }
        assert_eq!(last_words(&"x".repeat(500), "").len(), WORDS);
    }
}
