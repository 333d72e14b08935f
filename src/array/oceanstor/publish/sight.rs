//! What is known of each object of this publication: filled by the survey, kept up to date by
//! the steps.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::facts::LunFact;
use crate::model::ids::LunNumber;
use crate::model::nouns::{HostRef, Protocol};
use crate::model::portal::TargetPortal;
use crate::step::Undone;

use super::fabric::Fabric;
use super::parts::{Link, Noun};

/// What is known of one thing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Known<T> {
    /// It was not looked at.
    #[default]
    Unknown,
    /// It is not there.
    Absent,
    /// It is there.
    Found(T),
    /// Something else is in its place: in words, `found` and `wanted`.
    Other { found: String, wanted: String },
}

impl<T> Known<T> {
    /// What was found.
    pub(super) fn found(&self) -> Option<&T> {
        match self {
            Self::Found(thing) => Some(thing),
            _ => None,
        }
    }

    /// What is in its place, and what was wanted.
    pub(super) fn other(&self) -> Option<(&str, &str)> {
        match self {
            Self::Other { found, wanted } => Some((found, wanted)),
            _ => None,
        }
    }

    /// Found, or known to be absent.
    pub(super) fn of(found: Option<T>) -> Self {
        found.map_or(Self::Absent, Self::Found)
    }
}

/// An object by id and name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ref {
    pub(super) id: String,
    pub(super) name: String,
}

impl Ref {
    pub(super) fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
        }
    }
}

/// The LUN, and what its reply tells about its mappings.
#[derive(Debug, Clone)]
pub(super) struct Lun {
    pub(super) fact: LunFact,
    /// Why it cannot be attached now.
    pub(super) unusable: Option<String>,
    /// Whether it may be mapped to some host: `false` only when the array says so.
    pub(super) maybe_mapped: bool,
    /// Whether it is mapped although it is in no group (V6 direct mapping).
    pub(super) maybe_direct: bool,
    /// Whether the reply has fields that only V6 arrays give.
    pub(super) v6: bool,
    /// The controller that owns it: ports there are the shortest way.
    pub(super) controller: Option<String>,
}

/// An initiator of the node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Initiator {
    pub(super) host: Option<HostRef>,
    pub(super) online: bool,
    /// Whether it uses CHAP.
    pub(super) chap: bool,
    /// As whom, if the array tells.
    pub(super) chap_user: Option<String>,
}

impl Initiator {
    /// Whether it is logged in, in words.
    pub(super) fn login(&self, protocol: Protocol) -> &'static str {
        match (protocol, self.online) {
            (Protocol::Iscsi, true) => "logged in",
            (Protocol::Iscsi, false) => "not logged in",
            (Protocol::Fc, true) => "online",
            (Protocol::Fc, false) => "not online",
        }
    }
}

/// What is known of one initiator of the node, and what this run has done to it.
#[derive(Debug, Clone, Default)]
pub(super) struct Own {
    pub(super) known: Known<Initiator>,
    /// This run has sent its creation.
    pub(super) sent: bool,
    /// This run has bound it since the survey.
    pub(super) bound_now: bool,
    /// It is on its way out: free is not enough.
    pub(super) deleting: bool,
    /// This run has freed it.
    pub(super) freed: bool,
}

impl Own {
    /// The host it is bound to.
    pub(super) fn host(&self) -> Option<&HostRef> {
        self.known.found().and_then(|i| i.host.as_ref())
    }

    /// Whether the array sees it now.
    pub(super) fn online(&self) -> bool {
        self.known.found().is_some_and(|i| i.online)
    }
}

/// The host's LUN list shows the LUN: every link above it exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Proof {
    /// The number, if the array tells it already.
    pub(super) number: Option<LunNumber>,
}

/// Everything known of one publication.
#[derive(Debug, Default)]
pub(super) struct Sight {
    pub(super) lun: Option<Lun>,
    pub(super) objects: BTreeMap<Noun, Known<Ref>>,
    pub(super) links: BTreeMap<Link, Known<()>>,
    /// The node's initiators, by name.
    pub(super) initiators: BTreeMap<String, Own>,
    /// Number of initiators of the host, as its reply told; dropped when this run changes it.
    pub(super) initiator_count: Option<u32>,
    /// The host's description is the node's full name: who follows the convention made it.
    pub(super) host_described: bool,
    /// The host's id as the journal knows it, for when the host itself is gone.
    pub(super) journal_host: Option<String>,
    /// The journal's host is gone, and another has its name.
    pub(super) host_succeeded: bool,
    /// The LUN as the journal knows it, for when the LUN itself is gone.
    pub(super) journal_lun: Option<LunFact>,
    /// The LUN groups that hold the LUN.
    pub(super) lun_groups: Vec<Ref>,
    /// The LUN in the host's list.
    pub(super) proof: Known<Proof>,
    /// Where to log in over iSCSI.
    pub(super) targets: Vec<TargetPortal>,
    /// Where the node's ports come in over Fibre Channel.
    pub(super) fabric: Fabric,
    /// This run has sent the link of the LUN.
    pub(super) link_sent: bool,
    /// This run has made the LUN group of the host: somebody may be taking apart the rest.
    pub(super) lungroup_made: bool,
    /// The host did not see the LUN when this run, an attach, began: if it does now, then by what
    /// this run made.
    pub(super) unseen: bool,
    /// The survey was that of an attach.
    pub(super) attaching: bool,
    /// The survey was that of a detach.
    pub(super) detaching: bool,
    /// This run has taken the LUN group out of the view.
    pub(super) taken_out: bool,
    /// The host group as the journal knows it: what is read by that id counts only if it proves
    /// to be the one.
    pub(super) hostgroup_hint: Option<String>,
    /// The objects that this walk will come to undo.
    pub(super) going: BTreeSet<Noun>,
    /// What was deleted before its own turn, to prove the removal before it.
    pub(super) done: BTreeMap<Noun, Undone>,
}

impl Sight {
    /// Nothing known but what this run has sent: that stays true over a second survey.
    pub(super) fn anew(&self) -> Self {
        let sent = |(id, own): (&String, &Own)| {
            let own = Own {
                sent: own.sent,
                ..Own::default()
            };
            (id.clone(), own)
        };
        Self {
            initiators: self.initiators.iter().map(sent).collect(),
            link_sent: self.link_sent,
            unseen: self.unseen,
            ..Self::default()
        }
    }

    /// What is known of an object.
    pub(super) fn object(&self, noun: Noun) -> Known<Ref> {
        self.objects.get(&noun).cloned().unwrap_or_default()
    }

    /// The object, if it was found.
    pub(super) fn found(&self, noun: Noun) -> Option<&Ref> {
        self.objects.get(&noun).and_then(Known::found)
    }

    /// The id of an object that was found.
    pub(super) fn id(&self, noun: Noun) -> Option<&str> {
        self.found(noun).map(|r| r.id.as_str())
    }

    /// The id after which the convention's groups are named.
    pub(super) fn host_id(&self) -> Option<&str> {
        self.journal_host.as_deref().or_else(|| self.id(Noun::Host))
    }

    /// What is known of a link.
    pub(super) fn link(&self, link: Link) -> Known<()> {
        self.links.get(&link).cloned().unwrap_or_default()
    }

    pub(super) fn set(&mut self, noun: Noun, known: Known<Ref>) {
        self.objects.insert(noun, known);
    }

    pub(super) fn set_link(&mut self, link: Link, known: Known<()>) {
        self.links.insert(link, known);
    }

    /// The id of the LUN.
    pub(super) fn lun_id(&self) -> Option<&str> {
        self.lun.as_ref().map(|l| l.fact.id.as_str())
    }

    /// The first thing that is in the place of what is wanted: what it is, and what was wanted.
    pub(super) fn in_the_way(&self) -> Option<(Noun, String, String)> {
        let objects = self
            .objects
            .iter()
            .map(|(noun, known)| (*noun, known.other()));
        let links = self
            .links
            .iter()
            .map(|(link, known)| (link.container(), known.other()));
        let mut all = objects.chain(links);
        all.find_map(|(noun, other)| {
            let (found, wanted) = other?;
            Some((noun, found.to_owned(), wanted.to_owned()))
        })
    }

    /// Whether a row of the host's list is this LUN.
    pub(super) fn is_it(&self, row: &super::ask::Row) -> bool {
        self.lun.as_ref().is_some_and(|l| row.is(&l.fact))
    }

    /// The LUN in identities: snapshots have ids of their own.
    pub(super) fn lun_word(&self) -> String {
        match (&self.lun, &self.journal_lun) {
            (Some(lun), _) => word(&lun.fact),
            (None, Some(lun)) => word(lun),
            (None, None) => String::new(),
        }
    }

    /// What is known of an initiator of the node.
    pub(super) fn own(&self, id: &str) -> Own {
        self.initiators.get(id).cloned().unwrap_or_default()
    }

    /// The same, to be changed.
    pub(super) fn own_mut(&mut self, id: &str) -> &mut Own {
        self.initiators.entry(id.to_owned()).or_default()
    }

    /// Whether an initiator of the node is bound to the host.
    pub(super) fn bound_here(&self, id: &str) -> bool {
        let host = self.id(Noun::Host);
        let own = self.initiators.get(id).and_then(Own::host);
        own.is_some_and(|h| Some(h.id.as_str()) == host)
    }

    /// How many initiators of the node are bound to the host.
    pub(super) fn bound_count(&self) -> usize {
        let all = self.initiators.keys();
        all.filter(|id| self.bound_here(id)).count()
    }
}

fn word(lun: &LunFact) -> String {
    if lun.snapshot {
        format!("snapshot-{}", lun.id)
    } else {
        lun.id.clone()
    }
}
