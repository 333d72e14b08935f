//! The writing verbs: made, made again, taken back, and with every answer lost.

mod group;
mod host;
mod initiator;
mod lun;
mod mapping;
mod members;

use super::*;
use sanctl::array::edit::{Intent, Made, make};
use sanctl::kit::consent::{Ground, Mutate, grant};
use sanctl::model::edit::{Credentials, Edit};
use serde_json::Value;

/// What can happen to a request.
const ACTS: [&str; 9] = [
    "drop-before",
    "drop-after",
    "busy",
    "timeout-after",
    "http:500",
    "http-after:503",
    "truncated",
    "html",
    "expire",
];

/// Of these what a read can suffer: it is the same whether it was answered or not.
const ACTS_OF_READS: [&str; 3] = ["drop-before", "truncated", "expire"];

fn mutate() -> Mutate {
    grant(Ground::ByClass)
}

impl Lab {
    fn look(&self, edit: &Edit) -> Result<Intent, Error> {
        self.array.editor().unwrap().look(edit, &bounds())
    }

    fn make(&self, edit: &Edit) -> Result<Made, Error> {
        let editor = self.array.editor().unwrap();
        let intent = editor.look(edit, &bounds())?;
        make(editor, edit, &intent, &bounds(), &mutate())
    }

    fn dump(&self) -> Value {
        self.practice.dump()
    }
}

/// What must hold for every edit that changes something: a look changes nothing; made once it is
/// made; again there is nothing to do, unless its object is gone; its inverse leads back; and
/// whatever request fails in whatever way, the array is as before or as after, and a second
/// attempt ends as the first should have.
fn holds(seed: &Seed, prepare: &(dyn Fn(&Practice) + Sync), edit: &Edit, back: Back) {
    sweep(seed, prepare, edit, back, Between::Nothing);
}

/// The same for an edit of several parts: it may also end in between, if it says so.
fn converges(seed: &Seed, prepare: &(dyn Fn(&Practice) + Sync), edit: &Edit, back: Back) {
    sweep(seed, prepare, edit, back, Between::Told);
}

fn sweep(
    seed: &Seed,
    prepare: &(dyn Fn(&Practice) + Sync),
    edit: &Edit,
    back: Back,
    between: Between,
) {
    let lab = Lab::new(seed);
    prepare(&lab.practice);
    let before = lab.dump();
    let intent = lab.look(edit).unwrap_or_else(|e| panic!("{edit}: {e}"));
    assert_eq!(intent.already, None, "{edit}");
    assert_eq!(lab.dump(), before, "{edit}: a look changes nothing");
    let made = lab.make(edit).unwrap_or_else(|e| panic!("{edit}: {e}"));
    assert!(made.changed, "{edit}");
    let after = lab.dump();
    assert_ne!(after, before, "{edit}");
    match lab.make(edit) {
        // Whether a secret is the one that is there nobody can tell.
        Ok(again) => assert!(
            !again.changed || matches!(edit, Edit::SetChap { .. }),
            "{edit}"
        ),
        Err(error) => assert!(matches!(error, Error::NotFound { .. }), "{edit}: {error}"),
    }
    assert_eq!(lab.dump(), after, "{edit}: again changes nothing");
    for inverse in intent.inverse.clone() {
        let inverse = &with_secret(inverse);
        lab.make(inverse)
            .unwrap_or_else(|e| panic!("{edit}, back by {inverse}: {e}"));
    }
    match back {
        Back::Same => assert_eq!(lab.dump(), before, "{edit}: back"),
        Back::OtherId => assert_ne!(lab.dump(), after, "{edit}: back"),
        Back::Never => assert_eq!(intent.inverse.len(), 0, "{edit}"),
    }
    lab.done();
    let seen = requests_of(seed, prepare, edit);
    std::thread::scope(|scope| {
        for act in ACTS {
            let (before, after, seen) = (&before, &after, &seen);
            scope.spawn(move || {
                // The login is the first request; the looks and the changes follow.
                for (index, method) in (1..).zip(seen).skip(1) {
                    if method == "GET" && !ACTS_OF_READS.contains(&act) {
                        continue;
                    }
                    let fault = (index, act);
                    fails(seed, prepare, edit, fault, (before, after), between);
                }
            });
        }
    });
}

/// The methods of what a program sends that makes the edit and nothing else.
fn requests_of(seed: &Seed, prepare: &(dyn Fn(&Practice) + Sync), edit: &Edit) -> Vec<String> {
    let lab = Lab::new(seed);
    prepare(&lab.practice);
    lab.make(edit).unwrap();
    let seen = lab.server.requests();
    lab.done();
    seen.into_iter().map(|request| request.method).collect()
}

/// One request fails: the array is as before or as after, and a second attempt is enough.
fn fails(
    seed: &Seed,
    prepare: &(dyn Fn(&Practice) + Sync),
    edit: &Edit,
    (index, act): (u64, &str),
    (before, after): (&Value, &Value),
    between: Between,
) {
    let lab = Lab::new(seed);
    prepare(&lab.practice);
    lab.faults(&format!("@{index}={act}"));
    let told = lab.make(edit);
    let now = lab.dump();
    let what = format!("{edit}, {act} at {index}: {told:?}");
    let said = matches!(told, Err(Error::Partly { .. } | Error::Lost { .. }));
    let in_between = between == Between::Told && said;
    assert!(in_between || now == *before || now == *after, "{what}");
    if told.is_ok() {
        assert_eq!(now, *after, "{what}");
    } else {
        lab.faults("");
        match lab.make(edit) {
            Ok(_) => {}
            Err(Error::NotFound { .. }) if now == *after => {}
            Err(error) => panic!("{what}, again: {error}"),
        }
        assert_eq!(lab.dump(), *after, "{what}, again");
    }
    assert_eq!(lab.array.close(), None, "{what}");
}

/// An inverse as a person would answer it: the array tells no secret.
fn with_secret(edit: Edit) -> Edit {
    match edit {
        Edit::SetChap {
            initiator,
            chap,
            mutual,
        } => Edit::SetChap {
            initiator,
            mutual,
            chap: Credentials {
                secret: chap
                    .secret
                    .or_else(|| Some(Secret::new("the-one-before".into()))),
                ..chap
            },
        },
        other => other,
    }
}

/// How far the inverse of an edit leads back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Back {
    /// The array is as before.
    Same,
    /// The object is there again, under another id.
    OtherId,
    /// Nothing takes it back.
    Never,
}

/// Whether an edit may end with only some of its parts made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Between {
    /// It is one request.
    Nothing,
    /// It may, and says so.
    Told,
}
