//! Node records: made, changed and deleted one at a time.

use super::{Chap, Class, Edit, Editor, Error, Intent, Made, Object, of_change};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::kit::redact::{MASK, Secret};
use crate::model::portal::TargetPortal;
use crate::node::iscsi::iscsiadm::{
    Named, SETTINGS, delete_record, new_record, run, show_record, update_record,
};
use crate::node::iscsi::record::{self, DEFAULT_IFACE, Record, set_values, value_of};
use crate::node::iscsi::session;
use crate::step::{self, Change, Undone};
use crate::system::Machine;

/// Keys of CHAP, for a login by this node and, with `_in`, of the target.
const METHOD: &str = "node.session.auth.authmethod";
const USER: [&str; 2] = [
    "node.session.auth.username",
    "node.session.auth.username_in",
];
const PASSWORD: [&str; 2] = [
    "node.session.auth.password",
    "node.session.auth.password_in",
];
/// What every target takes (linux-host.md §3.5).
const SECRET_LENGTH: std::ops::RangeInclusive<usize> = 12..=16;

fn called(at: &TargetPortal) -> Object {
    Object {
        what: "record",
        id: String::new(),
        name: at.to_string(),
    }
}

fn seen(record: &Record) -> String {
    let chap = match &record.chap_user {
        Some(user) => format!(", CHAP user {user}"),
        None => String::new(),
    };
    format!(
        "{}: scan {}, startup {}{chap}",
        record.iface, record.scan, record.startup
    )
}

impl Editor {
    pub(super) fn add_record(&self, at: &TargetPortal) -> Result<Intent, Error> {
        let title = format!("add a record of {at}");
        if let Some(record) = record::find_at(self.machine(), at)? {
            let evidence = format!("it exists and stays as it is ({})", seen(&record));
            return Ok(Intent::already(title, called(at), evidence));
        }
        let inverse = vec![Edit::DeleteRecord { at: at.clone() }.to_string()];
        let (alone, machine) = (self.alone.clone(), self.machine.clone());
        let (place, then) = (at.clone(), inverse.clone());
        let work = move |bounds: &Bounds, mutate: &Mutate| {
            let change = alone.add_record(&place, bounds, mutate).map_err(|error| {
                // A lost answer. There was no record a moment ago, so what is there now is of
                // this run and without our values, which a look at it later would not tell.
                let gone = || match record::find_at(&*machine, &place) {
                    Ok(None) => true,
                    Ok(Some(_)) => matches!(
                        alone.delete_record(&place, bounds, mutate),
                        Ok(Undone::Removed | Undone::AlreadyGone)
                    ),
                    Err(_) => false,
                };
                match error.is_doubt() && gone() {
                    true => step::Error::settled(error),
                    false => error,
                }
            })?;
            let changed = matches!(change, Change::Created(_));
            let now = record::find_at(&*machine, &place)?;
            Ok(Made {
                changed,
                object: called(&place),
                evidence: now.as_ref().map(seen).unwrap_or_default(),
                trouble: None,
                inverse: if changed { then } else { Vec::new() },
            })
        };
        let mut intent = Intent::at(title, called(at), std::slice::from_ref(at), Box::new(work));
        intent.wire = vec![
            new_record(at).to_string(),
            update_record(&Named::new(at), &SETTINGS).to_string(),
        ];
        intent.inverse = inverse;
        Ok(intent)
    }

    pub(super) fn delete_record(&self, at: &TargetPortal) -> Result<Intent, Error> {
        let machine = self.machine();
        let title = format!("delete the record of {at}");
        let Some(record) = record::find_at(machine, at)? else {
            let evidence = format!("there is no record of {at}");
            return Ok(Intent::already(title, called(at), evidence));
        };
        if record.iface != DEFAULT_IFACE {
            return Err(Error::Refused {
                why: format!(
                    "the only record of {at} is for interface {}, which somebody set up",
                    record.iface
                ),
                hints: vec![delete_record(&record.named()).to_string()],
            });
        }
        if let Some(session) = session::list_at(machine, at)?.first() {
            return Err(Error::Refused {
                why: format!("session {} uses the record of {at}", session.sid),
                hints: vec![
                    Edit::Logout { sid: session.sid }.to_string(),
                    Edit::DeleteRecord { at: at.clone() }.to_string(),
                ],
            });
        }
        let known = TargetPortal {
            tpgt: record.tpgt,
            ..at.clone()
        };
        let mut inverse = vec![Edit::AddRecord { at: known }.to_string()];
        let text = machine.text(&record.path)?.unwrap_or_default();
        let others = SETTINGS.iter().filter_map(|(key, ours)| {
            let value = value_of(&text, key).filter(|value| value != ours)?;
            Some(((*key).to_owned(), value.to_owned()))
        });
        let others: Vec<(String, String)> = others.collect();
        if !others.is_empty() {
            let at = at.clone();
            inverse.push(Edit::SetRecord { at, values: others }.to_string());
        }
        let (alone, place, then) = (self.alone.clone(), at.clone(), inverse.clone());
        let work = move |bounds: &Bounds, mutate: &Mutate| {
            let undone = alone.delete_record(&place, bounds, mutate)?;
            let changed = undone == Undone::Removed;
            if let Undone::StillInUse { by } = undone {
                return Err(Error::Refused {
                    why: format!("{by} uses the record"),
                    hints: Vec::new(),
                });
            }
            Ok(Made {
                changed,
                object: called(&place),
                evidence: "it is gone".into(),
                trouble: None,
                inverse: if changed { then } else { Vec::new() },
            })
        };
        let mut intent = Intent::at(title, called(at), std::slice::from_ref(at), Box::new(work));
        let name = format!("iscsi-record:{},{}", at.portal, at.iqn);
        intent.class = Class::Unused(vec![name]);
        intent.shown = vec![seen(&record)];
        if record.chap_user.is_some() {
            let words = "its CHAP secret goes with it and cannot be read back";
            intent.shown.push(words.into());
        }
        intent.wire = vec![delete_record(&record.named()).to_string()];
        intent.inverse = inverse;
        Ok(intent)
    }

    pub(super) fn set_record(
        &self,
        at: &TargetPortal,
        values: &[(String, String)],
    ) -> Result<Intent, Error> {
        for (key, value) in values {
            check_value(at, key, value)?;
        }
        let (record, text) = self.get_record(at)?;
        let title = format!("change the record of {at}");
        let differs = |key: &str, value: &str| value_of(&text, key) != Some(value);
        let news: Vec<(String, String)> = values
            .iter()
            .filter(|(key, value)| differs(key, value))
            .cloned()
            .collect();
        if news.is_empty() {
            let words: Vec<String> = values.iter().map(|(k, v)| format!("{k} = {v}")).collect();
            let evidence = format!("it says {}", words.join(", "));
            return Ok(Intent::already(title, called(at), evidence));
        }
        let olds: Vec<(String, String)> = news
            .iter()
            .filter_map(|(key, _)| Some((key.clone(), value_of(&text, key)?.to_owned())))
            .collect();
        let inverse = match olds.is_empty() {
            true => Vec::new(),
            false => vec![
                Edit::SetRecord {
                    at: at.clone(),
                    values: olds,
                }
                .to_string(),
            ],
        };
        let shown = news.iter().map(|(key, value)| {
            let old = value_of(&text, key).unwrap_or("nothing");
            format!("{key} = {value}, was {old}")
        });
        let shown: Vec<String> = shown.collect();
        let pairs: Vec<(&str, &str)> = news.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        let cmd = update_record(&record.named(), &pairs);
        let wire = vec![cmd.to_string()];
        let (machine, place, then) = (self.machine.clone(), at.clone(), inverse.clone());
        let evidence = next_login(&*machine, at, "it says so now")?;
        let work = move |bounds: &Bounds, mutate: &Mutate| {
            let answer = run(&*machine, &cmd, bounds, mutate).map_err(of_change)?;
            answer.fine_if(&cmd, &[])?;
            let now = machine.text(&record.path)?.unwrap_or_default();
            let wrong = news.iter().find(|(k, v)| value_of(&now, k) != Some(v));
            let trouble = wrong.map(|(key, _)| format!("{key} is not what was asked for"));
            Ok(Made {
                changed: true,
                object: called(&place),
                evidence,
                trouble,
                inverse: then,
            })
        };
        let mut intent = Intent::at(title, called(at), std::slice::from_ref(at), Box::new(work));
        intent.class = Class::Asks;
        intent.shown = shown;
        intent.wire = wire;
        intent.inverse = inverse;
        Ok(intent)
    }

    pub(super) fn set_chap(
        &self,
        at: &TargetPortal,
        chap: &Chap,
        mutual: Option<&Chap>,
    ) -> Result<Intent, Error> {
        let (record, _) = self.get_record(at)?;
        let known = record.chap_user.clone();
        let own = credentials(chap, known.as_deref())?;
        let other = mutual.map(|m| credentials(m, None)).transpose()?;
        // iscsid refuses it, at the login (linux-host.md §3.5).
        if mutual.is_some_and(|m| m.secret.expose() == chap.secret.expose()) {
            return Err(Error::Usage {
                why: "the two secrets are the same, which iscsid refuses".into(),
                hints: Vec::new(),
            });
        }
        let mut shown = vec![match &record.chap_user {
            Some(user) => format!("the credentials of {user} go and cannot be read back"),
            None => "it has no credentials now".to_owned(),
        }];
        for (user, secret) in [Some(&own), other.as_ref()].into_iter().flatten() {
            let length = secret.expose().len();
            if !SECRET_LENGTH.contains(&length) {
                shown.push(format!(
                    "the secret of {user} has {length} bytes; every target takes 12 to 16"
                ));
            }
        }
        let title = format!("put CHAP user {} into the record of {at}", own.0);
        let (user_in, password_in) = other.unzip();
        let values = vec![
            (METHOD, Some(Secret::new("CHAP".into()))),
            (USER[0], Some(Secret::new(own.0))),
            (PASSWORD[0], Some(own.1)),
            (USER[1], user_in.map(Secret::new)),
            (PASSWORD[1], password_in),
        ];
        let inverse = match record.chap_user {
            None => vec![Edit::ClearChap { at: at.clone() }.to_string()],
            Some(_) => Vec::new(),
        };
        self.rewrite(at, title, record, values, shown, inverse)
    }

    pub(super) fn clear_chap(&self, at: &TargetPortal) -> Result<Intent, Error> {
        let (record, text) = self.get_record(at)?;
        let title = format!("take the CHAP credentials out of the record of {at}");
        let left = USER
            .iter()
            .chain(&PASSWORD)
            .any(|k| value_of(&text, k).is_some());
        if !left && value_of(&text, METHOD) != Some("CHAP") {
            return Ok(Intent::already(title, called(at), "it has none".into()));
        }
        let values = vec![
            (METHOD, Some(Secret::new("None".into()))),
            (USER[0], None),
            (PASSWORD[0], None),
            (USER[1], None),
            (PASSWORD[1], None),
        ];
        let user = record.chap_user.as_deref().unwrap_or("nobody");
        let shown = vec![format!(
            "the credentials of {user} go and cannot be read back"
        )];
        self.rewrite(at, title, record, values, shown, Vec::new())
    }

    /// A change of the record's file, for what must not stand on a command line.
    fn rewrite(
        &self,
        at: &TargetPortal,
        title: String,
        record: Record,
        values: Vec<(&'static str, Option<Secret>)>,
        shown: Vec<String>,
        inverse: Vec<String>,
    ) -> Result<Intent, Error> {
        let wire = wire_of(&record, &values);
        let machine = self.machine.clone();
        let evidence = next_login(&*machine, at, "iscsiadm reads it so")?;
        let (place, then) = (at.clone(), inverse.clone());
        let work = move |bounds: &Bounds, mutate: &Mutate| {
            let edit = |text: &str| {
                let pairs: Vec<(&str, Option<&str>)> = values
                    .iter()
                    .map(|(k, v)| (*k, v.as_ref().map(Secret::expose)))
                    .collect();
                set_values(text, &pairs)
            };
            machine
                .edit_record(&record.path, &edit, bounds, mutate)
                .map_err(|e| of_change(e.into()))?;
            let trouble = unread(&*machine, &record, &values, bounds)?;
            Ok(Made {
                changed: true,
                object: called(&place),
                evidence,
                trouble,
                inverse: then,
            })
        };
        let mut intent = Intent::at(title, called(at), std::slice::from_ref(at), Box::new(work));
        intent.class = Class::Asks;
        intent.shown = shown;
        intent.wire = wire;
        intent.inverse = inverse;
        Ok(intent)
    }

    fn get_record(&self, at: &TargetPortal) -> Result<(Record, String), Error> {
        let missing = || Error::NotFound {
            what: format!("record of {at}"),
            hints: vec![Edit::AddRecord { at: at.clone() }.to_string()],
        };
        let record = record::find_at(self.machine(), at)?.ok_or_else(missing)?;
        let text = self.machine().text(&record.path)?.ok_or_else(missing)?;
        Ok((record, text))
    }
}

/// A session keeps what it logged in with.
fn next_login(machine: &dyn Machine, at: &TargetPortal, words: &str) -> Result<String, Error> {
    Ok(match session::list_at(machine, at)?.first() {
        Some(session) => format!(
            "{words}; session {} keeps what it logged in with",
            session.sid
        ),
        None => words.to_owned(),
    })
}

/// What iscsiadm does not read as it was written, if so: the layout of the file is its own affair.
fn unread(
    machine: &dyn Machine,
    record: &Record,
    values: &[(&'static str, Option<Secret>)],
    bounds: &Bounds,
) -> Result<Option<String>, Error> {
    let cmd = show_record(&record.named());
    let output = machine.exec_read(&cmd, bounds)?;
    // Secrets are shown as stars: that they are there is all there is to see.
    let differs = |(key, wanted): &&(&'static str, Option<Secret>)| {
        let found = value_of(&output.stdout, key);
        if PASSWORD.contains(key) {
            found.is_some() != wanted.is_some()
        } else {
            found != wanted.as_ref().map(Secret::expose)
        }
    };
    Ok(match values.iter().find(differs) {
        _ if output.code != 0 => Some(format!("iscsiadm cannot read it: code {}", output.code)),
        Some((key, _)) => Some(format!("iscsiadm does not read {key} as it was written")),
        None => None,
    })
}

fn wire_of(record: &Record, values: &[(&'static str, Option<Secret>)]) -> Vec<String> {
    let mut lines = vec![format!(
        "# in {}, with /run/lock/iscsi/lock linked to lock.write meanwhile:",
        record.path
    )];
    lines.extend(values.iter().map(|(key, value)| match value {
        Some(_) if PASSWORD.contains(key) => format!("# {key} = {MASK}"),
        Some(value) => format!("# {key} = {}", value.expose()),
        None => format!("# no line {key}"),
    }));
    lines
}

/// Names that iscsiadm takes, values that its file keeps, and never a secret.
fn check_value(at: &TargetPortal, key: &str, value: &str) -> Result<(), Error> {
    let usage = |why: String, hints: Vec<String>| Err(Error::Usage { why, hints });
    if USER.iter().chain(&PASSWORD).any(|k| *k == key) || key.contains(".auth.password") {
        let words = format!(
            "sanctl session set-record {} --chap-user USER --chap-secret-file FILE",
            super::words::place(at, super::words::Tag::Any)
        );
        let why = format!("{key} does not go on a command line, where others can read it");
        return usage(why, vec![words]);
    }
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"._[]-".contains(&b);
    if !key.bytes().all(plain) || key.starts_with('-') || !key.contains('.') {
        return usage(
            format!("{key:?} is no key of a record"),
            vec!["sanctl session list-records".into()],
        );
    }
    if value.is_empty() || value.trim() != value || value.chars().any(char::is_control) {
        return usage(format!("{key}: a record cannot hold {value:?}"), Vec::new());
    }
    Ok(())
}

/// The user and secret, if the record's file can keep them (linux-host.md §3.5).
fn credentials(chap: &Chap, known: Option<&str>) -> Result<(String, Secret), Error> {
    let usage = |why: String| Error::Usage {
        why,
        hints: vec!["sanctl session set-record --help".into()],
    };
    let user = chap.user.as_deref().or(known);
    let user = user.ok_or_else(|| usage("the record has no CHAP user: name one".into()))?;
    let bad = |text: &str| {
        text.is_empty()
            || text.trim() != text
            || text.len() > 255
            || text.chars().any(char::is_control)
    };
    if bad(user) {
        return Err(usage(format!("{user:?} cannot be a CHAP user")));
    }
    if bad(chap.secret.expose()) {
        return Err(usage(format!(
            "{}: a record cannot hold a secret that is longer than 255 bytes, begins or ends with \
             a blank, or has control characters",
            chap.file.display()
        )));
    }
    Ok((user.to_owned(), chap.secret.clone()))
}
