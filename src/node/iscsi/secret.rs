//! The CHAP account in a node record: put into the file under the database's own lock, because a
//! secret on a command line is seen by every user of the machine (linux-host.md §3.5).

use super::super::Error;
use super::record::{Record, set_values, value_of};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::kit::redact::Secret;
use crate::system::Machine;

const METHOD: &str = "node.session.auth.authmethod";
const USER: &str = "node.session.auth.username";
const PASSWORD: &str = "node.session.auth.password";
/// What the target must prove; not this program's to set.
const TARGET: [&str; 2] = [
    "node.session.auth.username_in",
    "node.session.auth.password_in",
];

/// Whose account a record has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Account {
    /// Nobody's.
    None,
    /// The one asked about.
    Same,
    /// Another one, in words.
    Other(String),
}

/// Whose account a record has, compared with a user and a secret.
///
/// # Errors
/// When the record cannot be read; usually only root can.
pub fn compare(
    machine: &dyn Machine,
    record: &Record,
    user: &str,
    secret: &Secret,
) -> Result<Account, Error> {
    let text = machine.text(&record.path)?.unwrap_or_default();
    let known = value_of(&text, USER);
    let password = value_of(&text, PASSWORD);
    Ok(match (known, password) {
        (None, None) => Account::None,
        (Some(known), Some(password)) if known == user && password == secret.expose() => {
            Account::Same
        }
        (Some(known), _) if known == user => Account::Other(format!("{known} with another secret")),
        (Some(known), _) => Account::Other(known.to_owned()),
        (None, Some(_)) => Account::Other("nobody, with a secret".into()),
    })
}

/// Puts an account into a record.
///
/// # Errors
/// [`Error::BadSecret`] when a record cannot keep it, or the machine's answer.
pub fn put(
    machine: &dyn Machine,
    record: &Record,
    user: &str,
    secret: &Secret,
    bounds: &Bounds,
    mutate: &Mutate,
) -> Result<(), Error> {
    for (what, text) in [("user", user), ("secret", secret.expose())] {
        if let Some(why) = unfit(text) {
            return Err(Error::BadSecret { what, why });
        }
    }
    let edit = |text: &str| {
        set_values(
            text,
            &[
                (METHOD, Some("CHAP")),
                (USER, Some(user)),
                (PASSWORD, Some(secret.expose())),
            ],
        )
    };
    Ok(machine.edit_record(&record.path, &edit, bounds, mutate)?)
}

/// Takes the account out of a record. With only the method changed, iscsid would go on using it.
///
/// # Errors
/// The machine's answer.
pub fn clear(
    machine: &dyn Machine,
    record: &Record,
    bounds: &Bounds,
    mutate: &Mutate,
) -> Result<(), Error> {
    let edit = |text: &str| {
        let [user_in, password_in] = TARGET;
        set_values(
            text,
            &[
                (METHOD, Some("None")),
                (USER, None),
                (PASSWORD, None),
                (user_in, None),
                (password_in, None),
            ],
        )
    };
    Ok(machine.edit_record(&record.path, &edit, bounds, mutate)?)
}

/// Why a record cannot keep a text.
fn unfit(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        Some("it is empty")
    } else if text.trim() != text {
        Some("it begins or ends with a blank")
    } else if text.chars().any(char::is_control) {
        Some("it has control characters")
    } else if text.len() > 255 {
        Some("it is longer than 255 bytes")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_record_cannot_keep() {
        for bad in ["", " a", "a ", "a\nb", &"x".repeat(256)] {
            assert!(unfit(bad).is_some(), "{bad:?}");
        }
        for good in ["secret-of-lab1", "a = b # c", "\"quoted\" word"] {
            assert_eq!(unfit(good), None, "{good:?}");
        }
    }
}
