//! What iscsiadm's exit codes mean (linux-host.md §3.3).

use std::fmt;

use crate::kit::kind::Kind;

/// An exit code of iscsiadm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The number.
    pub number: i32,
}

/// Codes that are answers about a state rather than failures.
pub mod is {
    /// Done.
    pub const SUCCESS: i32 = 0;
    /// Logout: there is no such session.
    pub const NO_SESSION: i32 = 2;
    /// The record database cannot be used, or is locked, or has no such record.
    pub const DATABASE: i32 = 6;
    /// iscsid is confused.
    pub const INTERNAL: i32 = 9;
    /// Not root.
    pub const ACCESS: i32 = 13;
    /// Login: the session is there. Deleting a record: a session uses it.
    pub const EXISTS: i32 = 15;
    /// iscsid went away.
    pub const ISCSID_LOST: i32 = 18;
    /// iscsid is not running.
    pub const ISCSID_DOWN: i32 = 20;
    /// Nothing matches.
    pub const NOTHING: i32 = 21;
    /// With `-r SID`: the session is gone.
    pub const NO_SYSFS: i32 = 22;
    /// Try again.
    pub const AGAIN: i32 = 29;
}

impl Code {
    /// The code of a finished process. The number that iscsiadm puts in parentheses on its error
    /// output is more precise than its exit code when several things were tried.
    pub fn of(exit: i32, stderr: &str) -> Self {
        let number = match exit {
            0 => 0,
            _ => reported(stderr).unwrap_or(exit),
        };
        Self { number }
    }

    /// In words.
    pub fn meaning(self) -> &'static str {
        match self.number {
            0 => "done",
            1 => "unknown error",
            2 => "no such session",
            3 => "out of memory",
            4 => "cannot connect",
            5 => "login failed",
            6 => "the record database cannot be used",
            7 => "invalid parameter",
            8 => "connection timed out",
            9 => "internal error of iscsid",
            10 => "logout failed",
            11 => "the target stopped answering",
            12 => "the kernel has no iSCSI driver",
            13 => "iscsid denies access",
            14 => "the transport cannot do it",
            15 => "session exists",
            16 => "iscsid does not know the request",
            17 | 25 | 26 => "iSNS failed",
            18 => "lost iscsid",
            19 => "the target refuses this initiator",
            20 => "iscsid is not running",
            21 => "nothing found",
            22 => "session is gone",
            23 => "no such host",
            24 => "not authorised: wrong CHAP, or this initiator is not allowed",
            27 => "not supported",
            28 => "in use",
            29 => "busy, try again",
            30 => "unknown kind of discovery",
            31 => "a child process was ended",
            32 => "target is not connected",
            33 => "iscsid did not answer in time",
            255 => "failed (an old open-iscsi does not say why)",
            _ => "unknown code",
        }
    }

    /// Decides the exit code.
    pub fn kind(self) -> Kind {
        match self.number {
            4 | 8 | 11 | 32 | 33 => Kind::Unreachable,
            13 | 19 | 24 => Kind::Denied,
            12 | 14 | 27 => Kind::Unsupported,
            28 => Kind::Refused,
            _ => Kind::Failed,
        }
    }

    /// Whether another try may help (linux-host.md §3.6).
    pub fn is_passing(self) -> bool {
        matches!(self.number, is::DATABASE | is::INTERNAL | is::AGAIN)
    }

    /// What to type next.
    pub fn hint(self) -> Option<&'static str> {
        match self.number {
            6 => Some("ls -l /run/lock/iscsi; is another iscsiadm running?"),
            9 => Some("systemctl restart iscsid (sessions survive)"),
            12 => Some("modprobe iscsi_tcp"),
            13 => Some("run it as root, for example with sudo"),
            18 | 20 => Some("systemctl start iscsid"),
            _ => None,
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "code {} ({})", self.number, self.meaning())
    }
}

/// The number in `initiator reported error (24 - iSCSI login failed …)`.
fn reported(stderr: &str) -> Option<i32> {
    let (_, rest) = stderr.split_once("reported error (")?;
    let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok().filter(|n| *n != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_in_parentheses_wins() {
        let text = "iscsiadm: Could not login to [iface: default, target: iqn.a:b, portal: \
                    10.0.0.1,3260].\niscsiadm: initiator reported error (24 - iSCSI login failed \
                    due to authorization failure)\niscsiadm: Could not log into all portals\n";
        assert_eq!(Code::of(24, text).number, 24);
        assert_eq!(Code::of(5, text).number, 24);
        assert_eq!(Code::of(0, text).number, 0);
        assert_eq!(
            Code::of(15, "iscsiadm: default: 1 session requested").number,
            15
        );
        assert_eq!(Code::of(8, "initiator reported error (").number, 8);
    }

    #[test]
    fn kinds_follow_the_meaning() {
        for (number, kind) in [
            (4, Kind::Unreachable),
            (8, Kind::Unreachable),
            (12, Kind::Unsupported),
            (13, Kind::Denied),
            (19, Kind::Denied),
            (24, Kind::Denied),
            (28, Kind::Refused),
            (20, Kind::Failed),
            (255, Kind::Failed),
        ] {
            assert_eq!(Code { number }.kind(), kind, "{number}");
        }
        for number in [6, 9, 29] {
            assert!(Code { number }.is_passing(), "{number}");
        }
        assert!(!Code { number: 24 }.is_passing());
    }
}
