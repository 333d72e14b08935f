//! The writing verbs over both interfaces: made, made again, taken back, and with every request
//! failing in every way; both end in the same state.

mod chap;
mod groups;
mod luns;
mod maps;
mod without;

use sanctl::array::Array as _;
use sanctl::array::edit::{Intent, Made, make};
use sanctl::array::error::Error;
use sanctl::array::ontap::config::ApiChoice;
use sanctl::kit::kind::{Failure as _, Kind};
use sanctl::kit::redact::Secret;
use sanctl::model::edit::{Credentials, Edit, GroupSort, InitiatorName, Party};
use sanctl::model::ids::LunNumber;
use sanctl::model::selector::Selector;
use sanctl::sim::ontap::Practice;
use serde_json::Value;

use crate::ontap::rig::{BOTH, Rig};
use crate::rig::{bounds, mutate};

/// What can happen to a request.
const ACTS: [&str; 8] = [
    "drop-before",
    "drop-after",
    "code:busy",
    "code-after:timeout",
    "garbage",
    "html-after",
    "truncated",
    "http:500",
];

/// Of these what a read can suffer: it is the same whether it was answered or not.
const ACTS_OF_READS: [&str; 3] = ["drop-before", "code:busy", "truncated"];

fn named(name: &str) -> Selector {
    name.parse().unwrap()
}

fn initiator(name: &str) -> InitiatorName {
    name.parse().unwrap()
}

fn group(name: &str) -> Party {
    Party::HostGroup(named(name))
}

fn unmap(lun: &str, from: Party) -> Edit {
    let lun = named(lun);
    Edit::UnmapLun { lun, from }
}

fn map(lun: &str, to: Party, number: Option<u16>) -> Edit {
    Edit::MapLun {
        lun: named(lun),
        to,
        number: number.map(LunNumber),
        direct: false,
    }
}

fn delete_group(name: &str) -> Edit {
    Edit::DeleteGroup {
        sort: GroupSort::Hosts,
        group: named(name),
    }
}

impl Rig {
    fn look(&self, edit: &Edit) -> Result<Intent, Error> {
        self.open().editor().unwrap().look(edit, &bounds())
    }

    fn make(&self, edit: &Edit) -> Result<Made, Error> {
        let array = self.open();
        let editor = array.editor().unwrap();
        let intent = editor.look(edit, &bounds())?;
        make(editor, edit, &intent, &bounds(), &mutate())
    }

    fn made(&self, edit: &Edit) -> Made {
        self.make(edit)
            .unwrap_or_else(|e| panic!("{:?} {edit}: {e}", self.api))
    }

    fn refuses(&self, edit: &Edit, kind: Kind) -> Error {
        let before = self.array.dump();
        let error = match self.make(edit) {
            Err(error) => error,
            Ok(made) => panic!("{:?} {edit}: {made:?}", self.api),
        };
        assert_eq!(error.kind(), kind, "{:?} {edit}: {error}", self.api);
        assert_eq!(self.array.dump(), before, "{:?} {edit}", self.api);
        error
    }
}

/// How far the inverse of an edit leads back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Back {
    /// The array is as before.
    Same,
    /// Nothing takes it back.
    Never,
}

/// How many requests an edit takes, the look before it included: over REST, over ZAPI.
type Sent = [usize; 2];

/// What must hold for every edit that changes something, over both interfaces: a look changes
/// nothing; made once it is made; again there is nothing to do, unless its object is gone; its
/// inverse leads back; whatever request fails in whatever way, the array is as before or as after,
/// or the error says that it is in between, and a second attempt ends as the first should have.
fn holds(prepare: &(dyn Fn(&Practice) + Sync), edit: &Edit, back: Back, sent: Sent) {
    let mut ends = Vec::new();
    for (api, sent) in BOTH.into_iter().zip(sent) {
        ends.push(holds_over(api, prepare, edit, back, sent));
    }
    assert_eq!(ends[0], ends[1], "{edit}: both interfaces end in one state");
}

fn holds_over(
    api: ApiChoice,
    prepare: &(dyn Fn(&Practice) + Sync),
    edit: &Edit,
    back: Back,
    sent: usize,
) -> Value {
    let rig = Rig::new(api);
    prepare(&rig.array);
    let before = rig.array.dump();
    let intent = rig
        .look(edit)
        .unwrap_or_else(|e| panic!("{api:?} {edit}: {e}"));
    assert_eq!(intent.already, None, "{api:?} {edit}");
    assert_eq!(rig.array.dump(), before, "{edit}: a look changes nothing");
    rig.server.clear_requests();
    assert!(rig.made(edit).changed, "{api:?} {edit}");
    let seen = rig.server.requests();
    let lines: Vec<String> = seen
        .iter()
        .map(|seen| format!("{} {}", seen.method, seen.route))
        .collect();
    assert_eq!(seen.len(), sent, "{api:?} {edit}: {lines:#?}");
    let after = rig.array.dump();
    assert_ne!(after, before, "{api:?} {edit}");
    match rig.make(edit) {
        // Whether a secret is the one that is there nobody can tell.
        Ok(again) => assert!(
            !again.changed || matches!(edit, Edit::SetChap { .. }),
            "{api:?} {edit}"
        ),
        Err(error) => assert!(matches!(error, Error::NotFound { .. }), "{edit}: {error}"),
    }
    assert_eq!(rig.array.dump(), after, "{edit}: again changes nothing");
    for inverse in intent.inverse.clone() {
        rig.made(&with_secret(inverse));
    }
    match back {
        Back::Same => assert_eq!(rig.array.dump(), before, "{api:?} {edit}: back"),
        Back::Never => assert_eq!(intent.inverse.len(), 0, "{edit}"),
    }
    std::thread::scope(|scope| {
        for act in ACTS {
            let (before, after, seen) = (&before, &after, &seen);
            scope.spawn(move || {
                for (index, request) in (1..).zip(seen) {
                    if !changes(&request.method, &request.route) && !ACTS_OF_READS.contains(&act) {
                        continue;
                    }
                    fails(api, prepare, edit, (index, act), (before, after));
                }
            });
        }
    });
    after
}

/// Whether a request changes something.
fn changes(method: &str, route: &str) -> bool {
    let read = route.contains("-get") || route.contains("-list-info");
    match method {
        "GET" => false,
        _ => !read,
    }
}

/// One request fails.
fn fails(
    api: ApiChoice,
    prepare: &(dyn Fn(&Practice) + Sync),
    edit: &Edit,
    (index, act): (usize, &str),
    (before, after): (&Value, &Value),
) {
    let rig = Rig::new(api);
    prepare(&rig.array);
    rig.fault(&format!("@{index}={act}"));
    let told = rig.make(edit);
    let now = rig.array.dump();
    let what = format!("{api:?} {edit}, {act} at {index}: {told:?}");
    let said = matches!(told, Err(Error::Partly { .. } | Error::Lost { .. }));
    assert!(said || now == *before || now == *after, "{what}");
    if told.is_ok() {
        assert_eq!(now, *after, "{what}");
        return;
    }
    rig.fault("");
    match rig.make(edit) {
        Ok(_) => {}
        Err(Error::NotFound { .. }) if now == *after => {}
        Err(error) => panic!("{what}, again: {error}"),
    }
    assert_eq!(rig.array.dump(), *after, "{what}, again");
}

/// An inverse as a person would answer it: the array tells no secret.
fn with_secret(edit: Edit) -> Edit {
    let told = |one: Credentials| Credentials {
        secret: one
            .secret
            .or_else(|| Some(Secret::new(format!("the-one-of-{}-before", one.user)))),
        ..one
    };
    match edit {
        Edit::SetChap {
            initiator,
            chap,
            mutual,
        } => Edit::SetChap {
            initiator,
            chap: told(chap),
            mutual: mutual.map(told),
        },
        other => other,
    }
}
