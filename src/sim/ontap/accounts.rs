//! Accounts and what they may do.
//!
//! The older interface checks command directories, REST checks paths (ontap.md §4 and §6, the
//! minimum roles).

use serde::{Deserialize, Serialize};

/// What an account may do with a command directory or a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Nothing.
    None,
    /// Look.
    Readonly,
    /// Look and change what is there.
    ReadModify,
    /// Look and make.
    ReadCreate,
    /// Everything.
    All,
}

impl Access {
    /// Whether this is enough for what a request needs.
    pub(super) fn allows(self, needed: Self) -> bool {
        match needed {
            Self::None => true,
            Self::Readonly => self != Self::None,
            other => self == other || self == Self::All,
        }
    }
}

/// What an account sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Everything; calls of an SVM need to be tunnelled.
    Cluster,
    /// One SVM, by its name when the account was made.
    Svm(String),
}

/// A role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// `admin` or `vsadmin`, by the scope.
    Admin,
    /// `readonly` or `vsadmin-readonly`.
    Readonly,
    /// What stands in the lists and nothing else; the longest entry that fits decides.
    Limited {
        /// Command directories, as `lun igroup create`.
        commands: Vec<(String, Access)>,
        /// Paths behind `/api`, as `/storage/luns`.
        paths: Vec<(String, Access)>,
    },
}

impl Role {
    /// The least role that attaches and detaches (ontap.md §4, §6).
    #[must_use]
    pub fn minimal() -> Self {
        let owned = |(name, access): &(&str, Access)| ((*name).to_owned(), *access);
        Self::Limited {
            commands: COMMANDS.iter().map(owned).collect(),
            paths: PATHS.iter().map(owned).collect(),
        }
    }

    /// The same role without one command directory or path.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        if let Self::Limited { commands, paths } = &mut self {
            commands.retain(|(n, _)| n != name);
            paths.retain(|(n, _)| n != name);
        }
        self
    }

    fn grants(&self, limited: &[(String, Access)], name: &str, needed: Access) -> bool {
        match self {
            Self::Admin => true,
            Self::Readonly => Access::Readonly.allows(needed),
            Self::Limited { .. } => limited
                .iter()
                .filter(|(entry, _)| {
                    name.strip_prefix(entry.as_str())
                        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '/']))
                })
                .max_by_key(|(entry, _)| entry.len())
                .is_some_and(|(_, access)| access.allows(needed)),
        }
    }

    pub(super) fn may_command(&self, command: &str, needed: Access) -> bool {
        let list: &[_] = match self {
            Self::Limited { commands, .. } => commands,
            _ => &[],
        };
        self.grants(list, command, needed)
    }

    pub(super) fn may_path(&self, path: &str, needed: Access) -> bool {
        let list: &[_] = match self {
            Self::Limited { paths, .. } => paths,
            _ => &[],
        };
        self.grants(list, path, needed)
    }
}

const COMMANDS: [(&str, Access); 21] = [
    ("version", Access::Readonly),
    ("vserver", Access::Readonly),
    ("lun", Access::Readonly),
    ("lun igroup add", Access::All),
    ("lun igroup create", Access::All),
    ("lun igroup delete", Access::All),
    ("lun igroup remove", Access::All),
    ("lun mapping create", Access::All),
    ("lun mapping delete", Access::All),
    ("lun offline", Access::All),
    ("lun online", Access::All),
    ("lun serial", Access::All),
    ("lun modify", Access::All),
    ("network interface", Access::Readonly),
    ("vserver fcp interface", Access::Readonly),
    ("vserver fcp nodename", Access::Readonly),
    ("vserver iscsi", Access::Readonly),
    ("vserver iscsi security create", Access::All),
    ("vserver iscsi security default", Access::All),
    ("vserver iscsi security delete", Access::All),
    ("vserver iscsi security modify", Access::All),
];

const PATHS: [(&str, Access); 13] = [
    ("/cluster", Access::Readonly),
    ("/svm/svms", Access::Readonly),
    ("/network/fc/interfaces", Access::Readonly),
    ("/network/ip/interfaces", Access::Readonly),
    ("/protocols/san/fcp/services", Access::Readonly),
    ("/protocols/san/iscsi/services", Access::Readonly),
    ("/protocols/san/iscsi/sessions", Access::Readonly),
    ("/protocols/san/iscsi/credentials", Access::ReadModify),
    ("/protocols/san/igroups", Access::All),
    ("/protocols/san/lun-maps", Access::All),
    ("/protocols/san/portsets", Access::Readonly),
    ("/storage/luns", Access::All),
    ("/storage/volumes", Access::Readonly),
];

/// An account of the array.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Account {
    /// Login name.
    pub name: String,
    /// Password, in clear: this array protects nothing.
    pub password: String,
    /// What it sees.
    pub scope: Scope,
    /// What it may do.
    pub role: Role,
    /// May use the older interface (application `ontapi`).
    pub ontapi: bool,
    /// May use REST (application `http`).
    pub http: bool,
}

impl Account {
    /// An administrator of the cluster.
    #[must_use]
    pub fn cluster(name: &str, password: &str) -> Self {
        Self {
            name: name.to_owned(),
            password: password.to_owned(),
            scope: Scope::Cluster,
            role: Role::Admin,
            ontapi: true,
            http: true,
        }
    }

    /// An administrator of one SVM.
    #[must_use]
    pub fn svm(name: &str, password: &str, svm: &str) -> Self {
        Self {
            scope: Scope::Svm(svm.to_owned()),
            ..Self::cluster(name, password)
        }
    }

    /// The same account with another role.
    #[must_use]
    pub fn with_role(mut self, role: Role) -> Self {
        self.role = role;
        self
    }
}

/// Name and password of an `Authorization: Basic …` header.
pub(super) fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, text) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(base64(text.trim())?).ok()?;
    let (name, password) = text.split_once(':')?;
    Some((name.to_owned(), password.to_owned()))
}

fn base64(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| -> Option<u32> {
        Some(u32::from(match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        }))
    };
    let mut bytes = Vec::new();
    for group in text.trim_end_matches('=').as_bytes().chunks(4) {
        let mut value = 0;
        for byte in group {
            value = (value << 6) | digit(*byte)?;
        }
        value <<= 6 * (4 - group.len());
        let [_, whole @ ..] = value.to_be_bytes();
        bytes.extend(whole.iter().take(group.len().checked_sub(1)?));
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_basic_authentication() {
        let pair = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        assert_eq!(basic("Basic dXNlcjpwYTpzcw=="), pair("user", "pa:ss"));
        assert_eq!(basic("basic YTpi"), pair("a", "b"));
        assert_eq!(basic("Basic YWE6YmI="), pair("aa", "bb"));
        for wrong in ["Bearer YTpi", "Basic", "Basic !!!!", "Basic YQ=="] {
            assert_eq!(basic(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_longest_entry_decides() {
        let role = Role::minimal();
        assert!(role.may_command("lun igroup create", Access::All));
        assert!(!role.may_command("lun create", Access::All));
        assert!(role.may_command("lun create", Access::Readonly));
        assert!(!role.may_command("lunatic", Access::Readonly));
        assert!(role.may_path("/protocols/san/lun-maps", Access::ReadCreate));
        assert!(!role.may_path("/protocols/san/iscsi/credentials", Access::ReadCreate));
        assert!(role.may_path("/protocols/san/iscsi/credentials", Access::ReadModify));
        let less = role.without("/storage/luns");
        assert!(!less.may_path("/storage/luns", Access::Readonly));
    }
}
