//! Refusals as errors of the model.

use std::sync::atomic::Ordering;

use super::{Client, Coded, Message};
use crate::array::error::{Answer, Error};
use crate::array::http::Door;
use crate::array::ontap::codes::{Api, Class, Noun};
use crate::array::ontap::detect::FIRST_REST;
use crate::array::ontap::roles;
use crate::array::ontap::wire::{IgroupRef, LunRef, Mapped, Release};
use crate::kit::bounds::Ended;

/// What is said of a page of HTML: the web server answered, not the interface.
pub(in crate::array::ontap) const PAGE: &str = "this is a page for people";

impl Client {
    pub(in crate::array::ontap) fn ended(&self, ended: Ended) -> Error {
        Error::Ended {
            array: self.array().to_owned(),
            ended,
        }
    }

    pub(super) fn setup(&self, why: String) -> Error {
        Error::Setup {
            array: self.array().to_owned(),
            why,
            hint: format!("check [arrays.{}] in the configuration", self.array()),
        }
    }

    pub(super) fn unreachable(&self, door: &Door, why: String) -> Error {
        Error::Unreachable {
            array: self.array().to_owned(),
            url: door.url().to_string(),
            why,
        }
    }

    /// A read that got no answer.
    pub(in crate::array::ontap) fn no_answer(&self, why: String) -> Error {
        Error::Unreachable {
            array: self.array().to_owned(),
            url: self.url(),
            why,
        }
    }

    pub(super) fn certificate_error(
        &self,
        door: &Door,
        why: String,
        fingerprint: Option<String>,
    ) -> Error {
        Error::Certificate {
            array: self.array().to_owned(),
            url: door.url().to_string(),
            why,
            fingerprint,
        }
    }

    pub(in crate::array::ontap) fn lost(&self, message: &Message, why: String) -> Error {
        Error::Lost {
            array: self.array().to_owned(),
            request: message.name.clone(),
            why,
        }
    }

    pub(in crate::array::ontap) fn garbled(&self, message: &Message, why: String) -> Error {
        if message.api == Api::Zapi && why.contains(PAGE) {
            return self.web_refusal(message, 200, why);
        }
        self.garbage(&message.name, why)
    }

    /// An answer that says something else than this kind of array does.
    pub(in crate::array::ontap) fn garbage(&self, request: &str, why: String) -> Error {
        Error::Garbled {
            array: self.array().to_owned(),
            request: request.to_owned(),
            why,
        }
    }

    /// The account was refused; nothing is sent with it any more.
    pub(super) fn denied(&self, message: &Message, coded: Option<&Coded>) -> Error {
        self.denied.store(true, Ordering::Relaxed);
        let settings = &self.settings;
        let said = match coded {
            Some(coded) => coded.answer(&message.name).to_string(),
            None => "HTTP 401".into(),
        };
        Error::Login {
            array: self.array().to_owned(),
            why: format!(
                "user {} or its password was refused ({said})",
                settings.user
            ),
            hint: format!(
                "check user and password of [arrays.{}]; an account of an SVM works only at an \
                 address of that SVM",
                self.array()
            ),
        }
    }

    /// What the web server said, as an answer.
    pub(super) fn web_answer(&self, message: &Message, status: u16, why: String) -> Answer {
        Answer {
            request: message.name.clone(),
            code: format!("HTTP {status}"),
            description: why,
            suggestion: None,
            meaning: match status {
                503 if message.api == Api::Zapi => Some(
                    "the web server is busy, or ONTAPI is switched off: api = \"rest\" speaks REST",
                ),
                404 => Some("the array does not know the interface"),
                429 | 503 => Some("the web server is busy, or the interface is switched off"),
                _ => None,
            },
        }
    }

    /// A 3xx or 4xx that is not the interface's own: the web server answered.
    pub(in crate::array::ontap) fn web_refusal(
        &self,
        message: &Message,
        status: u16,
        why: String,
    ) -> Error {
        let array = self.array().to_owned();
        match message.api {
            Api::Zapi => Error::Unsupported {
                array,
                what: format!("ZAPI that answers ({why})"),
                instead: format!(
                    "ONTAPI may be switched off: set api = \"rest\" in [arrays.{}]",
                    self.array()
                ),
            },
            Api::Rest => {
                let answer = Box::new(self.web_answer(message, status, why));
                match status {
                    404 => Error::Unsupported {
                        what: format!("REST that answers ({answer})"),
                        instead: format!(
                            "releases before 9.6 have none: set api = \"zapi\" in [arrays.{array}]"
                        ),
                        array,
                    },
                    403 => Error::Permission { array, answer },
                    _ => Error::Refused { array, answer },
                }
            }
        }
    }

    /// REST of a release that this tool does not speak over it.
    pub(in crate::array::ontap) fn too_old(&self, release: Release) -> Error {
        Error::Unsupported {
            array: self.array().to_owned(),
            what: format!("REST new enough: it is {release}, and {FIRST_REST} is the first"),
            instead: format!("set api = \"zapi\" in [arrays.{}]", self.array()),
        }
    }

    /// 7-Mode is recognised and refused (ontap.md §13).
    pub(in crate::array::ontap) fn seven_mode(&self, version: &str) -> Error {
        Error::Unsupported {
            array: self.array().to_owned(),
            what: format!("clustered ONTAP: it is 7-Mode ({version})"),
            instead: "7-Mode has no SVMs and no igroup iterators; use its own tools".into(),
        }
    }

    /// An object that was there a moment ago.
    pub(in crate::array::ontap) fn vanished(&self, noun: &str, name: &str) -> Error {
        Error::Vanished {
            array: self.array().to_owned(),
            what: format!("{noun} {name}"),
        }
    }

    /// A LUN that cannot be made, because its volume is not there.
    pub(in crate::array::ontap) fn no_volume(&self, path: &str) -> Error {
        let volume = path.split('/').nth(2).unwrap_or(path);
        Error::NotFound {
            array: self.array().to_owned(),
            what: "storage pool",
            name: volume.to_owned(),
        }
    }

    /// Why a LUN was not mapped: what the steps can take, else an error.
    pub(in crate::array::ontap) fn not_mapped(
        &self,
        request: &str,
        coded: &Coded,
        lun: &LunRef,
        igroup: &IgroupRef,
    ) -> Result<Mapped, Error> {
        let words = || coded.answer(request).to_string();
        match coded.class() {
            Class::Already => Ok(Mapped::Already),
            Class::Elsewhere => Ok(Mapped::Elsewhere(words())),
            Class::Taken => Ok(Mapped::Taken(words())),
            Class::Missing(Noun::Igroup) => Err(self.vanished("igroup", &igroup.name)),
            Class::Missing(Noun::Lun) => Err(self.vanished("LUN", &lun.path)),
            _ => Err(self.refused(request, coded)),
        }
    }

    /// A refusal that the caller has no better use for.
    pub(in crate::array::ontap) fn refused(&self, request: &str, coded: &Coded) -> Error {
        let array = self.array().to_owned();
        let mut answer = coded.answer(request);
        match coded.class() {
            Class::Permission => {
                if let Some(command) = roles::command_of(request) {
                    let lacks = format!("the role of {} lacks {command:?}", self.settings.user);
                    answer.description = match answer.description.as_str() {
                        "" => lacks,
                        said => format!("{said}; {lacks}"),
                    };
                }
                Error::Permission {
                    array,
                    answer: Box::new(answer),
                }
            }
            Class::UnknownCall => Error::Unsupported {
                array,
                what: format!("call {request} for this account ({answer})"),
                instead: match coded.api {
                    Api::Rest => "ask the SVM's own address, or use a newer release".into(),
                    Api::Zapi => "use an account of the right scope, or api = \"rest\"".into(),
                },
            },
            Class::Unsupported => Error::Unsupported {
                array,
                what: format!("{request} ({answer})"),
                instead: "sanctl array test".into(),
            },
            Class::NoScope => Error::Setup {
                why: answer.to_string(),
                hint: format!("set svm in [arrays.{array}]"),
                array,
            },
            Class::Missing(Noun::Svm) => Error::Setup {
                why: format!(
                    "there is no SVM {} ({answer})",
                    self.svm().unwrap_or_default()
                ),
                hint: format!("check svm of [arrays.{array}]"),
                array,
            },
            Class::Conflict | Class::Taken | Class::Elsewhere | Class::StillMapped => {
                Error::Conflict {
                    why: format!("array {array}: {answer}"),
                    hints: Vec::new(),
                }
            }
            Class::Input => Error::Invalid {
                array,
                what: request.to_owned(),
                why: answer.to_string(),
            },
            Class::Stopped => {
                answer.suggestion = Some(format!("sanctl array test {array}"));
                Error::Refused {
                    array,
                    answer: Box::new(answer),
                }
            }
            _ => Error::Refused {
                array,
                answer: Box::new(answer),
            },
        }
    }
}
