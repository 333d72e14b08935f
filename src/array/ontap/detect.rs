//! Which interface to speak, and to which SVM (ontap.md §1, §2).

use std::sync::Arc;

use super::client::{Client, Read};
use super::codes::{Api, Class};
use super::config::ApiChoice;
use super::rest::{self, Ask, Rest};
use super::wire::{Release, Service, Svm, Wire};
use super::zapi::{self, Zapi};
use crate::array::error::Error;
use crate::kit::bounds::Bounds;

/// The first release whose REST this tool speaks.
pub(super) const FIRST_REST: Release = Release(9, 11, 1);

/// What one of the interfaces said when it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Speaks {
    /// It is there.
    Yes(String),
    /// It is not, and why.
    No(String),
}

impl Speaks {
    /// `yes (9.14.1)`, `no: HTTP 404…`.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Yes(version) => format!("yes, {version}"),
            Self::No(why) => format!("no: {why}"),
        }
    }
}

/// What is known of REST after one question.
pub(super) struct Known {
    /// Whether it is spoken by this tool.
    pub(super) speaks: Speaks,
    /// The release, where it is older than this tool wants it.
    pub(super) too_old: Option<Release>,
    release: Option<Release>,
    /// It is there, and the role may not see the version.
    hidden: bool,
    /// Something that is REST answered, of whatever release.
    answers: bool,
}

/// The interface to work with. At most one request: where REST is not there, the first request of
/// the work shows whether ZAPI is.
///
/// # Errors
/// When nothing answers, or the credentials are refused.
pub(super) fn choose(client: &Arc<Client>, bounds: &Bounds) -> Result<Arc<dyn Wire>, Error> {
    let rest = || Arc::new(Rest::new(Arc::clone(client)));
    let zapi = || Arc::new(Zapi::new(Arc::clone(client)));
    match client.settings().api {
        ApiChoice::Rest => return Ok(rest()),
        ApiChoice::Zapi => return Ok(zapi()),
        ApiChoice::Auto => {}
    }
    let known = ask_rest(client, bounds)?;
    if known.hidden {
        // Something that refuses to tell its version does speak REST; whether ZAPI is there too
        // decides.
        return Ok(match ask_zapi(client, bounds)? {
            Speaks::Yes(_) => zapi(),
            Speaks::No(_) => rest(),
        });
    }
    match known.release {
        Some(release) if release >= FIRST_REST => Ok(rest()),
        _ => Ok(zapi()),
    }
}

/// Whether REST is there.
///
/// # Errors
/// When nothing answers, or the credentials are refused.
pub(super) fn ask_rest(client: &Client, bounds: &Bounds) -> Result<Known, Error> {
    let ask = Ask::get("/api/cluster?fields=version");
    let read = client.once_or_again(&ask.message(None), bounds, &rest::answer)?;
    let known = |speaks: Speaks| Known {
        speaks,
        too_old: None,
        release: None,
        hidden: false,
        answers: true,
    };
    let no = |why: String| known(Speaks::No(why));
    Ok(match read {
        Read::Good(told) => {
            let release = rest::system(&told).release;
            let speaks = match release {
                Some(release) if release >= FIRST_REST => Speaks::Yes(release.to_string()),
                Some(release) => Speaks::No(format!("{release} is older than {FIRST_REST}")),
                None => Speaks::No("it does not tell its version".into()),
            };
            Known {
                release,
                too_old: release.filter(|release| *release < FIRST_REST),
                ..known(speaks)
            }
        }
        Read::Coded(coded) if coded.class() == Class::Permission => Known {
            hidden: true,
            ..known(Speaks::Yes("the role hides the version".into()))
        },
        Read::Coded(coded) => no(coded.answer("GET /api/cluster").to_string()),
        Read::Garbage(why) => Known {
            answers: false,
            ..no(why)
        },
    })
}

/// Whether ZAPI is there: anything but its own XML says no (§1).
///
/// # Errors
/// When nothing answers, or the credentials are refused.
pub(super) fn ask_zapi(client: &Client, bounds: &Bounds) -> Result<Speaks, Error> {
    let call = zapi::Call::read("system-get-ontapi-version", Vec::new());
    let read = client.once_or_again(&call.message(None), bounds, &zapi::answer)?;
    Ok(match read {
        Read::Good(results) => {
            let number = |name: &str| results.get(name).unwrap_or("?").to_owned();
            Speaks::Yes(format!(
                "ONTAPI {}.{}",
                number("major-version"),
                number("minor-version")
            ))
        }
        Read::Coded(coded) if coded.class() == Class::Permission => {
            Speaks::Yes("the role hides the version".into())
        }
        Read::Coded(coded) => Speaks::No(coded.answer("system-get-ontapi-version").to_string()),
        Read::Garbage(why) => Speaks::No(why),
    })
}

/// Why an interface is not there at all; `None` = it is, whatever else it says.
///
/// # Errors
/// When nothing answers, or the credentials are refused.
pub(super) fn lacks(client: &Client, api: Api, bounds: &Bounds) -> Result<Option<String>, Error> {
    match api {
        Api::Rest => {
            let known = ask_rest(client, bounds)?;
            Ok(match known.speaks {
                Speaks::No(why) if !known.answers => Some(why),
                _ => None,
            })
        }
        Api::Zapi => Ok(match ask_zapi(client, bounds)? {
            Speaks::No(why) => Some(why),
            Speaks::Yes(_) => None,
        }),
    }
}

/// The one SVM of a listing; several = none was told, and an account of the cluster sees them all.
///
/// # Errors
/// [`Error::Several`] when there are.
pub(super) fn one_svm(client: &Client, mut found: Vec<Svm>) -> Result<Option<Svm>, Error> {
    if found.len() > 1 {
        let names: Vec<&str> = found.iter().map(|svm| svm.name.as_str()).collect();
        return Err(several(client, &names));
    }
    Ok(found.pop())
}

/// The one service of a listing, as [`one_svm`].
///
/// # Errors
/// [`Error::Several`] when there are.
pub(super) fn one_service(
    client: &Client,
    mut found: Vec<Service>,
) -> Result<Option<Service>, Error> {
    if found.len() > 1 {
        let names: Vec<&str> = found.iter().filter_map(|s| s.svm.as_deref()).collect();
        return Err(several(client, &names));
    }
    Ok(found.pop())
}

fn several(client: &Client, names: &[&str]) -> Error {
    Error::Several {
        array: client.array().to_owned(),
        what: "SVM",
        key: "svm",
        names: names.iter().map(|name| (*name).to_owned()).collect(),
    }
}
