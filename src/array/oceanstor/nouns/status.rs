//! Numeric codes as words (oceanstor.md §5). A number that nobody knows is shown as it is.

use std::borrow::Cow;

use crate::array::oceanstor::object::Object;
use crate::model::nouns::State;

/// HEALTHSTATUS.
pub(in crate::array::oceanstor) fn health(code: i64) -> Cow<'static, str> {
    known(
        "health",
        code,
        match code {
            0 => "unknown",
            1 => "normal",
            2 => "faulty",
            3 => "about to fail",
            4 => "partially damaged",
            9 => "inconsistent",
            15 => "write protected",
            17 => "no redundant link",
            18 => "offline",
            _ => "",
        },
    )
}

/// RUNNINGSTATUS.
pub(in crate::array::oceanstor) fn running(code: i64) -> Cow<'static, str> {
    known(
        "running",
        code,
        match code {
            0 => "unknown",
            1 => "normal",
            2 => "running",
            10 => "link up",
            11 => "link down",
            23 => "synchronising",
            27 => "online",
            28 => "offline",
            31 => "disabled",
            33 => "to be recovered",
            34 => "interrupted",
            35 => "invalid",
            41 => "paused",
            43 => "activated",
            44 => "rolling back",
            45 => "not activated",
            53 => "initialising",
            93 => "forced start",
            100 => "to be synchronised",
            101 => "connecting",
            106 => "deleting",
            _ => "",
        },
    )
}

/// OPERATIONSYSTEM of a host.
pub(in crate::array::oceanstor) fn system(code: i64) -> Cow<'static, str> {
    known(
        "system",
        code,
        match code {
            0 => "Linux",
            1 => "Windows",
            2 => "Solaris",
            3 => "HP-UX",
            4 => "AIX",
            5 => "XenServer",
            6 => "Mac OS X",
            7 => "VMware ESX",
            8 => "Linux_VIS",
            9 => "Windows Server 2012",
            10 => "Oracle VM",
            11 => "OpenVMS",
            12 => "Oracle VM Server x86",
            13 => "Oracle VM Server SPARC",
            255 => "unknown",
            _ => "",
        },
    )
}

fn known(what: &str, code: i64, word: &'static str) -> Cow<'static, str> {
    if word.is_empty() {
        Cow::Owned(format!("{what} {code}"))
    } else {
        Cow::Borrowed(word)
    }
}

/// HEALTHSTATUS and RUNNINGSTATUS of an object, as far as it tells them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::array::oceanstor) struct Status {
    pub(in crate::array::oceanstor) health: Option<i64>,
    pub(in crate::array::oceanstor) running: Option<i64>,
}

impl Status {
    pub(in crate::array::oceanstor) fn of(object: &Object) -> Self {
        Self {
            health: object.number("HEALTHSTATUS"),
            running: object.number("RUNNINGSTATUS"),
        }
    }

    /// Whether the object is healthy; one that does not tell is.
    pub(in crate::array::oceanstor) fn healthy(self) -> bool {
        self.health.is_none_or(|h| h == 1)
    }

    /// Whether the object runs in one of these states; one that does not tell does.
    pub(in crate::array::oceanstor) fn runs(self, states: &[i64]) -> bool {
        self.running.is_none_or(|r| states.contains(&r))
    }

    /// `normal/online`.
    pub(in crate::array::oceanstor) fn words(self) -> String {
        let words: Vec<Cow<'_, str>> = [self.health.map(health), self.running.map(running)]
            .into_iter()
            .flatten()
            .collect();
        if words.is_empty() {
            "not told".into()
        } else {
            words.join("/")
        }
    }

    pub(in crate::array::oceanstor) fn state(self, usable: bool) -> State {
        State {
            usable,
            words: self.words(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn status(value: serde_json::Value) -> Status {
        Status::of(&Object::new(value.as_object().unwrap().clone()))
    }

    #[test]
    fn states_are_words_and_unknown_numbers_stay_visible() {
        let lun = status(json!({"HEALTHSTATUS": "1", "RUNNINGSTATUS": "27"}));
        assert_eq!(lun.words(), "normal/online");
        assert!(lun.healthy() && lun.runs(&[27]));
        let odd = status(json!({"HEALTHSTATUS": 1, "RUNNINGSTATUS": 777}));
        assert_eq!(odd.words(), "normal/running 777");
        assert!(!odd.runs(&[27]));
        assert_eq!(status(json!({"HEALTHSTATUS": "18"})).words(), "offline");
        assert_eq!(status(json!({})).words(), "not told");
        assert_eq!(running(45), "not activated");
        assert_eq!(system(255), "unknown");
        assert_eq!(system(99), "system 99");
    }
}
