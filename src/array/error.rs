//! What can go wrong with an array, in the words of the model.

use std::time::Duration;

use crate::kit::bounds::Ended;
use crate::kit::kind::{Failure, Kind};

/// An answer of an array that is not success, as the array worded it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What was asked: `POST /hostgroup`.
    pub request: String,
    /// The vendor's code, in its own notation.
    pub code: String,
    /// The vendor's description.
    pub description: String,
    /// The vendor's suggestion, if any.
    pub suggestion: Option<String>,
    /// What the code means, if it is known.
    pub meaning: Option<&'static str>,
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: code {}", self.request, self.code)?;
        if let Some(meaning) = self.meaning {
            write!(f, " ({meaning})")?;
        }
        if !self.description.is_empty() {
            write!(f, ": {}", self.description)?;
        }
        Ok(())
    }
}

/// Why an array did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No URL of the array could be reached.
    #[error("array {array}: cannot reach {url}: {why}")]
    Unreachable {
        /// The section of the configuration.
        array: String,
        /// The URL tried last.
        url: String,
        /// Refused, timed out, no route, name unknown…
        why: String,
    },
    /// What the configuration names, a file or a password, cannot be used.
    #[error("array {array}: {why}")]
    Setup {
        /// The section of the configuration.
        array: String,
        /// What is wrong.
        why: String,
        /// What to do.
        hint: String,
    },
    /// The account is for several of something, and the configuration names none of them.
    #[error("array {array}: the account sees several {what}s: {}", names.join(", "))]
    Several {
        /// The section of the configuration.
        array: String,
        /// `SVM`.
        what: &'static str,
        /// The key that names one.
        key: &'static str,
        /// All of them.
        names: Vec<String>,
    },
    /// The TLS handshake failed.
    #[error("array {array}: {url}: {why}")]
    Certificate {
        /// The section of the configuration.
        array: String,
        /// The URL.
        url: String,
        /// What is wrong, with the fingerprint seen where there is one.
        why: String,
        /// The fingerprint seen, to pin it.
        fingerprint: Option<String>,
    },
    /// The credentials were refused, or the account cannot be used.
    #[error("array {array}: {why}")]
    Login {
        /// The section of the configuration.
        array: String,
        /// In words, with the vendor's code.
        why: String,
        /// What to do.
        hint: String,
    },
    /// The account may not do this.
    #[error("array {array}: not permitted: {answer}")]
    Permission {
        /// The section of the configuration.
        array: String,
        /// The array's answer.
        answer: Box<Answer>,
    },
    /// The array refused, with a code that has no better variant.
    #[error("array {array}: {answer}")]
    Refused {
        /// The section of the configuration.
        array: String,
        /// The array's answer.
        answer: Box<Answer>,
    },
    /// The array stayed busy for as long as we could wait.
    #[error("array {array} is busy, for {} s now: {answer}", .waited.as_secs())]
    Busy {
        /// The section of the configuration.
        array: String,
        /// The array's last answer.
        answer: Box<Answer>,
        /// How long it was asked.
        waited: Duration,
    },
    /// A change was sent and no answer came back: it may have been made.
    #[error("array {array}: {request}: no answer, the change may have been made: {why}")]
    Lost {
        /// The section of the configuration.
        array: String,
        /// What was asked.
        request: String,
        /// What happened to the answer.
        why: String,
    },
    /// A change of several parts was made in part.
    #[error("made in part, then: {cause}")]
    Partly {
        /// The commands that take back what was made, in their order.
        back: Vec<String>,
        /// What ended it.
        #[source]
        cause: Box<Error>,
    },
    /// The answer is not what this kind of array says.
    #[error("array {array}: {request}: {why}")]
    Garbled {
        /// The section of the configuration.
        array: String,
        /// What was asked.
        request: String,
        /// What is wrong with the answer, with its first characters.
        why: String,
    },
    /// No such object.
    #[error("no {} {name} on array {array}", shown(.what))]
    NotFound {
        /// The section of the configuration.
        array: String,
        /// The noun.
        what: &'static str,
        /// As the user named it.
        name: String,
    },
    /// Several objects of that name.
    #[error("{name} names {} {}s on array {array}: {}", .ids.len(), shown(.what), .ids.join(", "))]
    Ambiguous {
        /// The section of the configuration.
        array: String,
        /// The noun.
        what: &'static str,
        /// As the user named it.
        name: String,
        /// The ids found.
        ids: Vec<String>,
    },
    /// A value that the array does not take. Nothing was sent.
    #[error("array {array}: {what}: {why}")]
    Invalid {
        /// The section of the configuration.
        array: String,
        /// The value, as the user knows it; never a secret.
        what: String,
        /// Its limits.
        why: String,
    },
    /// Going on would touch what belongs to somebody else, or hand out the wrong thing.
    #[error("{why}")]
    Conflict {
        /// What is in the way, with names.
        why: String,
        /// What to do about it.
        hints: Vec<String>,
    },
    /// An object that was there a moment ago is gone: somebody took it away meanwhile. What was
    /// surveyed no longer holds, so the work starts again from the survey.
    #[error("{what} on array {array} was there a moment ago and is gone now")]
    Vanished {
        /// The section of the configuration.
        array: String,
        /// The object, with its id.
        what: String,
    },
    /// The array has no such kind of object or function.
    #[error("array {array} has no {what}")]
    Unsupported {
        /// The section of the configuration.
        array: String,
        /// What it lacks.
        what: String,
        /// What to use instead.
        instead: String,
    },
    /// The work ended before the array answered.
    #[error("array {array}: {ended}")]
    Ended {
        /// The section of the configuration.
        array: String,
        /// Why.
        #[source]
        ended: Ended,
    },
}

/// The noun of an object as people read it.
fn shown(what: &str) -> &str {
    if what == "lun" { "LUN" } else { what }
}

/// The command that lists what there is of a noun.
fn listing(what: &str, array: &str) -> Option<String> {
    let noun = match what {
        "LUN" | "lun" | "snapshot" => "lun",
        "host" | "initiator" | "hostgroup" | "lungroup" | "portgroup" | "mapping" | "port" => what,
        "storage pool" => {
            return Some(format!(
                "sanctl lun list --array {array} --columns pool,name  # pools in use"
            ));
        }
        _ => return None,
    };
    Some(format!("sanctl {noun} list --array {array}"))
}

impl Error {
    /// Whether a change may have been made although no success was seen.
    pub fn is_lost(&self) -> bool {
        matches!(self, Self::Lost { .. })
    }
}

impl Failure for Error {
    fn kind(&self) -> Kind {
        match self {
            Self::Unreachable { .. } | Self::Busy { .. } | Self::Lost { .. } => Kind::Unreachable,
            Self::Certificate { .. } | Self::Login { .. } | Self::Permission { .. } => Kind::Denied,
            Self::Setup { .. } | Self::Several { .. } | Self::Invalid { .. } => Kind::Usage,
            Self::Refused { .. } | Self::Garbled { .. } => Kind::Failed,
            Self::NotFound { .. } | Self::Ambiguous { .. } => Kind::NotFound,
            Self::Conflict { .. } | Self::Vanished { .. } => Kind::Refused,
            Self::Unsupported { .. } => Kind::Unsupported,
            Self::Ended { ended, .. } => ended.kind(),
            Self::Partly { .. } => Kind::Partial,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Unreachable { array, .. } => vec![
                format!("sanctl array test {array}"),
                format!("check url of [arrays.{array}] in the configuration"),
            ],
            Self::Certificate {
                array,
                fingerprint: Some(seen),
                ..
            } => vec![format!(
                "compare with the array's own display, then set fingerprint = \"{seen}\" in \
                 [arrays.{array}]"
            )],
            Self::Certificate { array, .. } => {
                vec![format!("set ca_file or fingerprint in [arrays.{array}]")]
            }
            Self::Login { hint, .. } => vec![hint.clone()],
            Self::Permission { array, .. } => {
                vec![format!(
                    "give user of [arrays.{array}] a role that may do this"
                )]
            }
            Self::Refused { answer, .. } => {
                let advice = answer.suggestion.iter();
                advice
                    .map(|text| format!("the array advises: {text}"))
                    .collect()
            }
            Self::Garbled { array, .. } => {
                vec![format!(
                    "does url of [arrays.{array}] lead to the array's own interface?"
                )]
            }
            Self::Conflict { hints, .. } => hints.clone(),
            Self::Unsupported { instead, .. } => vec![instead.clone()],
            Self::Ended { ended, .. } => ended.hints(),
            Self::Vanished { .. } => {
                vec!["something else changes the same objects now: try again".into()]
            }
            Self::Setup { hint, .. } => vec![hint.clone()],
            Self::Several { array, key, .. } => {
                vec![format!("set {key} in [arrays.{array}] to one of them")]
            }
            Self::NotFound { array, what, .. } => listing(what, array).into_iter().collect(),
            Self::Ambiguous { ids, .. } => {
                let first = ids
                    .first()
                    .map(|id| format!("name one exactly, as in id:{id}"));
                first.into_iter().collect()
            }
            Self::Partly { back, .. } => {
                let words = |line: &String| format!("{line}  # takes back what was made");
                back.iter().map(words).collect()
            }
            // OceanStor's word for too many sessions (oceanstor.md §4).
            Self::Busy { answer, .. } if answer.code == "1077949067" => vec![
                "end sessions that nobody uses on the array's own pages, or wait until they \
                 expire"
                    .into(),
            ],
            Self::Busy { array, .. } => vec![
                format!("sanctl array test {array}"),
                "give more time with --timeout, for example 10m".into(),
            ],
            Self::Lost { array, .. } => vec![format!("sanctl array test {array}")],
            Self::Invalid { .. } => Vec::new(),
        }
    }
}
