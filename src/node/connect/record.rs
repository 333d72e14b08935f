//! The step that makes a node record: how to log in to one target at one portal.

use std::sync::Arc;

use serde_json::{Value, json};

use super::super::Error;
use super::super::edit::Edit;
use super::super::iscsi::codes::is;
use super::super::iscsi::iscsiadm::{
    AUTOMATIC, LOGIN_SETTINGS, Named, delete_record, new_record, run, startups, update_record,
};
use super::super::iscsi::record::{self, DEFAULT_IFACE, Record};
use super::super::iscsi::secret::{self, Account};
use super::super::iscsi::session;
use super::Startup;
use super::session::others_on;
use super::shared::{Shared, of_change};
use crate::kit::consent::Mutate;
use crate::kit::redact::Secret;
use crate::kit::shell::word;
use crate::model::facts::Facts;
use crate::model::portal::TargetPortal;
use crate::step::{
    Aim, Change, Cx, Description, Error as StepError, Finding, Look, Made, Recorded, Role, Step,
    Undone,
};
use crate::system;

pub(super) struct RecordStep {
    shared: Arc<Shared>,
    at: TargetPortal,
    key: String,
}

impl RecordStep {
    pub(super) fn new(shared: &Arc<Shared>, at: &TargetPortal) -> Self {
        Self {
            key: shared.key("record", at),
            shared: Arc::clone(shared),
            at: at.clone(),
        }
    }

    fn find(&self) -> Result<Option<Record>, Error> {
        record::find_at(self.shared.machine(), &self.at)
    }

    /// Sets what a login needs, in one call.
    fn settle(&self, cx: &Cx<'_>, mutate: &Mutate) -> Result<(), Error> {
        let settings = self.shared.settings();
        let cmd = update_record(&Named::new(&self.at), &settings);
        run(self.shared.machine(), &cmd, cx.bounds, mutate)?
            .fine_if(&cmd, &[])
            .map(|_| ())
    }

    /// Gives a record that is new all that it is to say.
    fn finish(&self, cx: &Cx<'_>, mutate: &Mutate) -> Result<(), Error> {
        let settled = self.settle(cx, mutate);
        let Some(record) = self.find()? else {
            return settled;
        };
        // Whatever was answered, the record knows better.
        if self.is_unsettled(&record, cx)? {
            settled?;
        }
        self.put_account(&record, cx, mutate)
    }

    /// Says whether a record logs in again at boot.
    fn start(
        &self,
        record: &Record,
        startup: &str,
        cx: &Cx<'_>,
        mutate: &Mutate,
    ) -> Result<(), Error> {
        let values = startups(startup);
        let cmd = update_record(&record.named(), &values);
        run(self.shared.machine(), &cmd, cx.bounds, mutate)?
            .fine_if(&cmd, &[])
            .map(|_| ())
    }

    /// What a record that is there lacks for the login that is to come.
    fn lacks(&self, record: &Record, cx: &Cx<'_>) -> Result<Lacks, Error> {
        let chap = match (account(cx.facts), self.shared.session(&self.at, cx.facts)?) {
            // A session that is there needs no account.
            (None, _) | (_, Some(_)) => Account::Same,
            (Some((user, secret)), None) => {
                secret::compare(self.shared.machine(), record, user, secret)?
            }
        };
        Ok(Lacks {
            settings: self.is_unsettled(record, cx)?,
            startup: self.is_to_start(record),
            chap,
        })
    }

    /// Whether a record of ours lacks what a login needs: a run ended between making it and
    /// settling it. What others say in theirs is theirs, and a session has had its login.
    fn is_unsettled(&self, record: &Record, cx: &Cx<'_>) -> Result<bool, Error> {
        let is_ours = self.shared.first_hand.made_record(&self.at);
        if !is_ours || self.shared.session(&self.at, cx.facts)?.is_some() {
            return Ok(false);
        }
        Ok(!record::says(
            self.shared.machine(),
            record,
            &LOGIN_SETTINGS,
        )?)
    }

    /// Gives a record that is there what it lacks.
    fn complete(
        &self,
        record: &Record,
        lacks: &Lacks,
        cx: &Cx<'_>,
        mutate: &Mutate,
    ) -> Result<(), Error> {
        if let Account::Other(found) = &lacks.chap {
            return Err(Error::OtherChap {
                at: self.at.clone(),
                found: found.clone(),
                user: account(cx.facts).map_or("", |(user, _)| user).to_owned(),
            });
        }
        if lacks.settings {
            self.settle(cx, mutate)?;
        } else if lacks.startup {
            self.start(record, AUTOMATIC, cx, mutate)?;
        }
        if lacks.chap == Account::None {
            self.put_account(record, cx, mutate)?;
        }
        Ok(())
    }

    fn put_account(&self, record: &Record, cx: &Cx<'_>, mutate: &Mutate) -> Result<(), Error> {
        let Some((user, secret)) = account(cx.facts) else {
            return Ok(());
        };
        let machine = self.shared.machine();
        secret::put(machine, record, user, secret, cx.bounds, mutate)
    }

    /// Whether a record that is there is to log in again at boot, and does not.
    fn is_to_start(&self, record: &Record) -> bool {
        self.shared.startup == Startup::Automatic && record.startup != AUTOMATIC
    }

    /// The record says again what it said before us, unless another LUN lives on its session.
    fn restore(&self, before: &Value, cx: &Cx<'_>, mutate: &Mutate) -> Result<Undone, StepError> {
        let Some(record) = self.find()? else {
            return Ok(Undone::AlreadyGone);
        };
        if let Some(by) = self.kept_by(cx)? {
            return Ok(Undone::StillInUse { by });
        }
        if before.get(CHAP) == Some(&Value::Bool(false)) && record.chap_user.is_some() {
            secret::clear(self.shared.machine(), &record, cx.bounds, mutate).map_err(of_change)?;
        }
        let startup = before.get(STARTUP).and_then(Value::as_str);
        if let Some(startup) = startup.filter(|startup| *startup != record.startup) {
            self.start(&record, startup, cx, mutate)
                .map_err(of_change)?;
        }
        Ok(Undone::Restored)
    }

    fn delete(&self, record: &Record, cx: &Cx<'_>, mutate: &Mutate) -> Result<i32, Error> {
        let cmd = delete_record(&record.named());
        let machine = self.shared.machine();
        let answer = run(machine, &cmd, cx.bounds, mutate)?;
        match answer.fine_if(&cmd, &[is::EXISTS, is::NOTHING]) {
            Ok(answer) => Ok(answer.code.number),
            Err(error) => {
                let left = record::list_at(machine, &self.at)?;
                if left.iter().any(|r| r.path == record.path) {
                    return Err(error);
                }
                Ok(is::SUCCESS)
            }
        }
    }
}

/// The key of what a record said before us about the next boot.
const STARTUP: &str = "startup";

/// The key that says that a record had no CHAP account before us.
const CHAP: &str = "chap";

/// What a record lacks for the login that is to come.
struct Lacks {
    /// It is ours, and was not finished.
    settings: bool,
    /// It is to log in at boot.
    startup: bool,
    /// Whose account it has.
    chap: Account,
}

impl Lacks {
    fn anything(&self) -> bool {
        self.settings || self.startup || self.chap != Account::Same
    }

    fn words(&self, record: &Record) -> (String, &'static str) {
        match &self.chap {
            Account::Same if self.settings => ("made and not finished".to_owned(), "its settings"),
            Account::Same => (format!("startup {}", record.startup), AUTOMATIC),
            Account::None => ("no CHAP account".to_owned(), "the connection's"),
            Account::Other(found) => (format!("CHAP account of {found}"), "the connection's"),
        }
    }

    fn said_before(&self, record: &Record) -> Value {
        if self.chap == Account::None {
            json!({ STARTUP: record.startup, CHAP: false })
        } else {
            json!({ STARTUP: record.startup })
        }
    }
}

/// The account to log in with, if its secret is known.
fn account(facts: &Facts) -> Option<(&str, &Secret)> {
    let chap = facts.connection.as_ref()?.chap.as_ref()?;
    Some((&chap.username, chap.secret.as_ref()?))
}

/// The whole connection: a journal that has it can be detached without array and arguments.
fn facts(cx: &Cx<'_>) -> Facts {
    Facts {
        connection: cx.facts.connection.clone(),
        ..Facts::none()
    }
}

fn seen(record: &Record) -> String {
    format!(
        "{} scan {}, startup {}",
        record.iface, record.scan, record.startup
    )
}

impl Step for RecordStep {
    fn key(&self) -> &str {
        &self.key
    }

    fn object(&self) -> Option<String> {
        Some(format!("iscsi-record:{},{}", self.at.portal, self.at.iqn))
    }

    fn role(&self) -> Role {
        Role::Container
    }

    fn describe(&self, known: &Facts, aim: Aim) -> Description {
        if aim == Aim::Detach {
            return Description {
                title: (self.shared).titled(format!("delete the record of {}", self.at.portal)),
                why: "it was made for this LUN and nothing else uses it".into(),
                verbs: vec![
                    Edit::DeleteRecord {
                        at: self.at.clone(),
                    }
                    .to_string(),
                ],
                wire: vec![delete_record(&Named::new(&self.at)).to_string()],
            };
        }
        let add = Edit::AddRecord {
            at: self.at.clone(),
        };
        let mut verbs = vec![add.to_string()];
        let mut wire = vec![
            new_record(&self.at).to_string(),
            update_record(&Named::new(&self.at), &self.shared.settings()).to_string(),
        ];
        if self.shared.startup == Startup::Automatic {
            let values = startups(AUTOMATIC).map(|(key, value)| (key.to_owned(), value.to_owned()));
            let set = Edit::SetRecord {
                at: self.at.clone(),
                values: values.to_vec(),
            };
            verbs.push(set.to_string());
        }
        if let Some((user, _)) = account(known) {
            let chap = known.connection.as_ref().and_then(|c| c.chap.as_ref());
            let file = chap.and_then(|chap| chap.secret_file.as_deref());
            verbs.push(format!(
                "sanctl session set-record --target {} --portal {} --chap-user {} \
                 --chap-secret-file {}",
                self.at.iqn,
                word(&self.at.portal.to_string()),
                word(user),
                word(file.unwrap_or("FILE"))
            ));
            // On iscsiadm's command line every user of the machine would see it.
            wire.push(format!(
                "# and put node.session.auth.authmethod = CHAP, .username = {user} and .password \
                 into the record's file"
            ));
        }
        Description {
            title: (self.shared).titled(format!("record of {}", self.at.portal)),
            why: "so that the login brings in no LUN that nobody asked for".into(),
            verbs,
            wire,
        }
    }

    fn kept_by(&self, cx: &Cx<'_>) -> Result<Option<String>, StepError> {
        for session in session::list_at(self.shared.machine(), &self.at)? {
            if !others_on(&self.shared, &session, cx.facts)?.is_empty() {
                return Ok(Some(format!("session {}", session.sid)));
            }
        }
        Ok(None)
    }

    fn recall(&self, recorded: &Recorded) {
        if recorded.created {
            self.shared.first_hand.note_record(&self.at);
        }
    }

    fn check(&self, cx: &Cx<'_>, _look: Look) -> Result<Finding, StepError> {
        let session = self.shared.session(&self.at, cx.facts)?;
        let record = match (self.find(), &session) {
            // Only root may read it, and the session does without it.
            (Err(Error::System(system::Error::Denied { .. })), Some(session))
                if self.shared.aim == Aim::Status =>
            {
                let seen = format!("only root may read it; session {} is there", session.sid);
                return Ok(Finding::present(seen, facts(cx)));
            }
            (found, _) => found?,
        };
        if self.shared.aim == Aim::Attach
            && let (None, Some(dead)) = (&session, self.shared.dead(&self.at))
        {
            return Ok(Finding::unknown(dead.to_string()));
        }
        if let Some(record) = &record
            && self.shared.aim == Aim::Attach
        {
            let lacks = self.lacks(record, cx)?;
            if lacks.anything() {
                let (found, wanted) = lacks.words(record);
                return Ok(Finding::differs(found, wanted).restoring(lacks.said_before(record)));
            }
        }
        Ok(match (record, session) {
            // One of others, whatever it says: the login sets what it needs, and puts it back.
            (Some(record), _) => Finding::present(seen(&record), facts(cx)),
            (None, Some(session))
                if self.shared.aim != Aim::Detach && self.shared.startup == Startup::Manual =>
            {
                Finding::present(
                    format!("none, and none needed: session {} is there", session.sid),
                    facts(cx),
                )
            }
            (None, _) => Finding::absent("no record"),
        })
    }

    fn apply(&self, cx: &Cx<'_>, mutate: &Mutate) -> Result<Change, StepError> {
        self.shared.require_root()?;
        if let Some(dead) = self.shared.dead(&self.at) {
            return Err(Error::Dead(dead.clone()).into());
        }
        if let Some(record) = self.find()? {
            let lacks = self.lacks(&record, cx)?;
            if !lacks.anything() {
                return Ok(Change::Adopted(facts(cx)));
            }
            self.complete(&record, &lacks, cx, mutate)
                .map_err(of_change)?;
            return Ok(Change::Altered {
                before: lacks.said_before(&record),
                facts: facts(cx),
            });
        }
        let cmd = new_record(&self.at);
        let made = run(self.shared.machine(), &cmd, cx.bounds, mutate)
            .and_then(|answer| answer.fine_if(&cmd, &[]));
        self.shared.first_hand.note_record(&self.at);
        match made {
            // Old versions and a busy database answer an error for what they have done, and an
            // answer may be lost: the record is there, and it is to be finished.
            Err(
                Error::Iscsiadm { .. }
                | Error::System(system::Error::Ended { .. } | system::Error::Io { .. }),
            ) if self.find()?.is_some() => {}
            made => {
                made.map_err(of_change)?;
            }
        }
        if let Err(error) = self.finish(cx, mutate) {
            // Without our values it is no use to anybody.
            return Err(match self.find() {
                Ok(None) => error.into(),
                Ok(Some(record)) if self.delete(&record, cx, mutate).is_ok() => error.into(),
                _ => StepError::in_doubt(error),
            });
        }
        Ok(Change::Created(facts(cx)))
    }

    fn undo(&self, cx: &Cx<'_>, made: &Made, mutate: &Mutate) -> Result<Undone, StepError> {
        self.shared.require_root()?;
        if let Some(before) = &made.before {
            return self.restore(before, cx, mutate);
        }
        let records = record::list_at(self.shared.machine(), &self.at)?;
        // Records of other interfaces are other people's.
        let Some(record) = records.into_iter().find(|r| r.iface == DEFAULT_IFACE) else {
            return Ok(Undone::AlreadyGone);
        };
        let in_use = || -> Result<Option<Undone>, Error> {
            let sessions = session::list_at(self.shared.machine(), &self.at)?;
            Ok(sessions.first().map(|s| Undone::StillInUse {
                by: format!("session {}", s.sid),
            }))
        };
        if let Some(kept) = in_use()? {
            return Ok(kept);
        }
        let code = {
            // Two deletes in one target's folder at the same time trip over each other: one of
            // them answers 6, and 21 when it is asked again.
            let _one_by_one = self.shared.first_hand.deleting();
            self.delete(&record, cx, mutate).map_err(of_change)?
        };
        match code {
            is::EXISTS => Ok(in_use()?.unwrap_or(Undone::StillInUse {
                by: "a session that has just begun".into(),
            })),
            _ => match record::find_at(self.shared.machine(), &self.at)? {
                Some(left) if left.path == record.path => Err(Error::Iscsiadm {
                    cmd: delete_record(&record.named()).to_string(),
                    code: super::super::iscsi::codes::Code { number: code },
                    text: format!("{} is still there", left.path),
                }
                .into()),
                _ => Ok(Undone::Removed),
            },
        }
    }
}
