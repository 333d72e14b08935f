//! What this family asks of an array, in its own words: the intentions that ZAPI and REST both
//! serve (ontap.md §4, §6). Steps and nouns know nothing else.

mod query;

use std::fmt;
use std::net::IpAddr;
use std::ops::ControlFlow;

pub(super) use self::query::{IgroupQuery, LunQuery, MapQuery};
use super::client::Message;
use super::codes::Api;
use super::names;
use crate::array::error::Error;
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::kit::redact::Secret;
use crate::model::edit::{GroupProtocol, LunState};
use crate::model::ids::{LunNumber, Wwid};
use crate::model::nouns::Protocol;

/// A LUN as the array describes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Lun {
    /// `/vol/VOLUME/NAME`, with a qtree between the two if it is in one.
    pub(super) path: String,
    pub(super) uuid: String,
    pub(super) svm: Option<String>,
    /// Twelve printable characters.
    pub(super) serial: String,
    /// The serial number it had in 7-Mode, and still answers by.
    pub(super) serial_7_mode: Option<String>,
    pub(super) size: u64,
    pub(super) os_type: Option<String>,
    /// `online`, `offline`, `nvfail`, `space_error`…
    pub(super) state: String,
    /// Switched on by the administrator.
    pub(super) enabled: bool,
    /// What holds it: `volume_offline`, `aggregate_offline`; `None` = well, or not told.
    pub(super) container: Option<String>,
    pub(super) read_only: bool,
    pub(super) mapped: Option<bool>,
    /// The node that owns it now.
    pub(super) node: Option<String>,
    pub(super) volume: Option<String>,
    /// Its maps, where they come with it.
    pub(super) maps: Option<Vec<LunMap>>,
}

impl Lun {
    /// What a node sees as its identity (ontap.md §9.4).
    pub(super) fn wwid(&self) -> Option<Wwid> {
        let old = self.serial_7_mode.as_deref();
        old.and_then(names::wwid_of_7_mode)
            .or_else(|| names::wwid_of(&self.serial))
    }

    /// Why it cannot be read or written now.
    pub(super) fn fault(&self) -> Option<String> {
        if let Some(container) = &self.container {
            return Some(container.replace('_', " "));
        }
        if self.state != "online" {
            return Some(self.state.replace('_', " "));
        }
        (!self.enabled).then(|| "disabled".to_owned())
    }

    pub(super) fn at(&self) -> LunRef {
        LunRef {
            path: self.path.clone(),
            uuid: self.uuid.clone(),
        }
    }
}

/// A LUN by both of its names: each interface wants another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LunRef {
    pub(super) path: String,
    pub(super) uuid: String,
}

/// An igroup by both of its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct IgroupRef {
    pub(super) name: String,
    pub(super) uuid: String,
}

/// One LUN shown to one igroup.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct LunMap {
    pub(super) path: String,
    pub(super) uuid: String,
    pub(super) igroup: String,
    pub(super) igroup_uuid: String,
    pub(super) number: Option<LunNumber>,
    /// The node that owns the LUN, if told.
    pub(super) node: Option<String>,
    /// The nodes that show it. `None` = not asked for; none of them = every node (ontap.md §9.5).
    pub(super) reporting: Option<Vec<String>>,
}

impl LunMap {
    pub(super) fn lun(&self) -> LunRef {
        LunRef {
            path: self.path.clone(),
            uuid: self.uuid.clone(),
        }
    }

    pub(super) fn group(&self) -> IgroupRef {
        IgroupRef {
            name: self.igroup.clone(),
            uuid: self.igroup_uuid.clone(),
        }
    }
}

/// An igroup.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Igroup {
    pub(super) name: String,
    pub(super) uuid: String,
    /// `iscsi`, `fcp` or `mixed`.
    pub(super) protocol: String,
    pub(super) os_type: String,
    /// As [`names::initiator_key`] writes them.
    pub(super) initiators: Vec<String>,
    pub(super) portset: Option<String>,
    /// Whether LUNs are mapped to it, if the interface tells.
    pub(super) mapped: Option<bool>,
}

impl Igroup {
    pub(super) fn at(&self) -> IgroupRef {
        IgroupRef {
            name: self.name.clone(),
            uuid: self.uuid.clone(),
        }
    }

    /// Whether initiators of a protocol can be in it.
    pub(super) fn takes(&self, protocol: Protocol) -> bool {
        matches!(
            (self.protocol.as_str(), protocol),
            ("mixed", _) | ("iscsi", Protocol::Iscsi) | ("fcp", Protocol::Fc)
        )
    }

    /// Its members other than these.
    pub(super) fn others(&self, own: &[String]) -> Vec<String> {
        let other = |name: &&String| !own.contains(name);
        self.initiators.iter().filter(other).cloned().collect()
    }
}

/// An igroup to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NewIgroup {
    pub(super) name: String,
    pub(super) protocol: GroupProtocol,
    pub(super) os_type: String,
    pub(super) initiators: Vec<String>,
}

/// What an interface calls the type of an igroup.
pub(super) const fn igroup_type(protocol: GroupProtocol) -> &'static str {
    match protocol {
        GroupProtocol::Iscsi => "iscsi",
        GroupProtocol::Fc => "fcp",
        GroupProtocol::Mixed => "mixed",
    }
}

/// A thin LUN to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NewLun {
    /// The whole path; a plain name on platforms without volumes.
    pub(super) path: String,
    pub(super) bytes: u64,
    pub(super) os_type: String,
}

/// Whether an initiator may be taken out of an igroup that LUNs are mapped to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WhileMapped {
    /// The array refuses it.
    Refuse,
    /// It loses them: somebody was told which, and said so.
    Allow,
}

/// A logical interface.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Lif {
    pub(super) name: String,
    pub(super) protocol: Option<Protocol>,
    /// For iSCSI.
    pub(super) address: Option<IpAddr>,
    /// For FC, without colons.
    pub(super) wwpn: Option<String>,
    /// For FC, the name of the service that it belongs to, where it comes with the LIF.
    pub(super) wwnn: Option<String>,
    /// Switched on by the administrator.
    pub(super) enabled: bool,
    /// Working now.
    pub(super) up: bool,
    pub(super) node: Option<String>,
    pub(super) port: Option<String>,
    pub(super) home_node: Option<String>,
    pub(super) at_home: Option<bool>,
}

impl Lif {
    /// Why nobody can log in through it.
    pub(super) fn fault(&self) -> Option<&'static str> {
        if !self.enabled {
            Some("is switched off")
        } else if !self.up {
            Some("is down")
        } else {
            None
        }
    }

    /// `lif_iscsi_1 (10.0.0.1)`.
    pub(super) fn shown(&self) -> String {
        let at = self.address.map(|ip| ip.to_string());
        match at.or_else(|| self.wwpn.clone()) {
            Some(at) => format!("{} ({at})", self.name),
            None => self.name.clone(),
        }
    }
}

/// The iSCSI or FC service of the SVM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Service {
    /// The target's name: an IQN, or the node name of FC.
    pub(super) name: String,
    pub(super) enabled: bool,
    pub(super) svm: Option<String>,
}

/// A login that the array sees.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Login {
    /// As [`names::initiator_key`] writes it.
    pub(super) initiator: String,
    pub(super) protocol: Option<Protocol>,
    /// Where: a target portal group, or a LIF.
    pub(super) through: Option<String>,
    /// The LIF's WWPN, for FC.
    pub(super) target: Option<String>,
    /// The initiator's address, for iSCSI.
    pub(super) address: Option<IpAddr>,
}

/// How an initiator must prove who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AuthKind {
    Chap,
    /// Not at all.
    Open,
    /// It may not log in.
    Deny,
}

/// A CHAP entry. Its passwords are never told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Credential {
    pub(super) kind: AuthKind,
    pub(super) user: Option<String>,
    /// Who the array says it is, where it proves itself too.
    pub(super) mutual: Option<String>,
    /// A part of its address over REST; empty over ZAPI.
    pub(super) svm_uuid: String,
}

/// A CHAP account to be set.
#[derive(Debug, Clone)]
pub(super) struct Account {
    pub(super) user: String,
    pub(super) secret: Secret,
    /// What the array proves itself with; `None` = that stays as it is.
    pub(super) mutual: Option<(String, Secret)>,
}

/// A port set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Portset {
    pub(super) name: String,
    pub(super) uuid: String,
    pub(super) protocol: String,
    /// Names of LIFs.
    pub(super) lifs: Vec<String>,
}

/// Which release, in numbers: 9.14.1 is generation 9, major 14, minor 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Release(pub(super) u32, pub(super) u32, pub(super) u32);

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

/// What the array says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct System {
    /// The whole version text.
    pub(super) version: String,
    pub(super) release: Option<Release>,
    /// The cluster's name, if the account may know it.
    pub(super) name: Option<String>,
    pub(super) model: Option<String>,
    /// `false` = 7-Mode.
    pub(super) clustered: bool,
    /// A platform without volumes, and without ZAPI.
    pub(super) disaggregated: bool,
}

/// What the SVM says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Svm {
    pub(super) name: String,
    pub(super) uuid: String,
    /// `running`, `stopped`…
    pub(super) state: String,
}

/// What became of a change that makes something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Made<T> {
    /// It was made.
    New(T),
    /// The array says that it is so already.
    Already,
}

/// What became of a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mapped {
    /// It was made, under this number if the array told.
    New(Option<LunNumber>),
    /// The igroup has the LUN already.
    Already,
    /// The initiator sees the LUN through another igroup: the array's words.
    Elsewhere(String),
    /// The number is taken: the array's words.
    Taken(String),
}

/// What became of a change that takes something away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Removed {
    /// It was there and is gone.
    Gone,
    /// It was not there.
    NotThere,
    /// Something that it belongs to is not there, or not ours to see: only a look can tell.
    Look(String),
    /// Something needs it.
    Held(String),
}

/// What a new igroup came with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NewGroup {
    pub(super) uuid: Option<String>,
    /// Whether its members are in it already.
    pub(super) filled: bool,
}

/// A change, told but not sent: for plans.
#[derive(Debug)]
pub(super) enum Deed<'a> {
    CreateIgroup(&'a NewIgroup),
    AddInitiator(&'a IgroupRef, &'a str),
    RemoveInitiator(&'a IgroupRef, &'a str, WhileMapped),
    DestroyIgroup(&'a IgroupRef),
    Map(&'a LunRef, &'a IgroupRef, Option<LunNumber>),
    Unmap(&'a LunRef, &'a IgroupRef),
    AddCredential(&'a str, &'a Account),
    /// The entry is there already; its SVM's uuid, if it is known.
    SetCredential(&'a str, &'a str, &'a Account),
    /// Likewise.
    RemoveCredential(&'a str, &'a str),
    CreateLun(&'a NewLun),
    ResizeLun(&'a LunRef, u64),
    DeleteLun(&'a LunRef),
    SetLunState(&'a LunRef, LunState),
}

/// Receives a listing object by object; `Break` ends it early.
pub(super) type Each<'a, T> = dyn FnMut(T) -> ControlFlow<()> + 'a;

type Did<T> = Result<T, Error>;

/// An interface of the array.
pub(super) trait Wire:
    Reads + Changes + LunChanges + Credentials + Send + Sync + fmt::Debug
{
    /// Which one.
    fn api(&self) -> Api;
    /// Whether a new igroup comes with its members.
    fn fills(&self) -> bool;
    /// Whether it tells of the logins of Fibre Channel, and each of its LIFs the name of the
    /// service: then nothing else needs to be asked about the service.
    fn knows_fabric(&self) -> bool;
    /// Whether a LUN that is online can be deleted.
    fn deletes_online(&self) -> bool;
    /// What would be sent for a change.
    fn plan(&self, deed: &Deed<'_>) -> Message;
}

/// What an interface reads.
pub(super) trait Reads {
    fn system(&self, bounds: &Bounds) -> Did<System>;
    /// Whether the account may look at the cluster, and not only at an SVM.
    fn is_cluster_account(&self, bounds: &Bounds) -> Did<bool>;
    /// What the role of the account is called; `None` = the account may not see that. How it is
    /// asked for stands in no source that the fact sheet has, so nothing depends on it.
    fn role(&self, bounds: &Bounds) -> Did<Option<String>>;
    /// The SVM that is worked on, if the account belongs to one or one is configured.
    fn svm(&self, bounds: &Bounds) -> Did<Option<Svm>>;
    /// The service of a protocol; `None` = the SVM has none.
    fn service(&self, protocol: Protocol, bounds: &Bounds) -> Did<Option<Service>>;
    fn lifs(&self, protocol: Protocol, bounds: &Bounds) -> Did<Vec<Lif>>;
    fn portsets(&self, name: Option<&str>, bounds: &Bounds) -> Did<Vec<Portset>>;
    /// Who is logged in: one initiator, or all.
    fn logins(
        &self,
        protocol: Protocol,
        initiator: Option<&str>,
        bounds: &Bounds,
    ) -> Did<Vec<Login>>;
    /// At which LIFs the array sees these ports; only asked of an interface that knows the fabric.
    fn fabric(&self, ports: &[String], bounds: &Bounds) -> Did<Vec<Login>>;

    fn luns(&self, query: &LunQuery, bounds: &Bounds, each: &mut Each<'_, Lun>) -> Did<()>;
    fn maps(&self, query: &MapQuery, bounds: &Bounds, each: &mut Each<'_, LunMap>) -> Did<()>;
    fn igroups(&self, query: &IgroupQuery, bounds: &Bounds, each: &mut Each<'_, Igroup>)
    -> Did<()>;
}

/// What an interface changes: igroups and maps.
pub(super) trait Changes {
    /// Makes an igroup, with its members where the interface can do both at once.
    fn create_igroup(
        &self,
        new: &NewIgroup,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Did<Made<NewGroup>>;
    fn add_initiator(
        &self,
        igroup: &IgroupRef,
        initiator: &str,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Did<Made<()>>;
    fn remove_initiator(
        &self,
        igroup: &IgroupRef,
        initiator: &str,
        mapped: WhileMapped,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Did<Removed>;
    /// Never by force: an igroup with maps stays.
    fn destroy_igroup(&self, igroup: &IgroupRef, bounds: &Bounds, mutate: &Mutate) -> Did<Removed>;
    fn map(
        &self,
        lun: &LunRef,
        igroup: &IgroupRef,
        number: Option<LunNumber>,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Did<Mapped>;
    fn unmap(
        &self,
        lun: &LunRef,
        igroup: &IgroupRef,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Did<Removed>;
}

/// What an interface changes: LUNs themselves. None of it by force.
pub(super) trait LunChanges {
    /// Makes a LUN; gives its uuid, if told.
    fn create_lun(
        &self,
        new: &NewLun,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Did<Made<Option<String>>>;
    fn resize_lun(
        &self,
        lun: &LunRef,
        bytes: u64,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Did<Made<()>>;
    /// A LUN that is mapped stays.
    fn delete_lun(&self, lun: &LunRef, bounds: &Bounds, mutate: &Mutate) -> Did<Removed>;
    fn set_lun_state(
        &self,
        lun: &LunRef,
        state: LunState,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Did<Made<()>>;
}

/// The CHAP entries of initiators.
pub(super) trait Credentials {
    /// The CHAP entry of an initiator of its own; `None` = the SVM's default applies.
    fn credential(&self, initiator: &str, bounds: &Bounds) -> Did<Option<Credential>>;
    /// Gives an initiator without an entry this account.
    fn add_credential(
        &self,
        initiator: &str,
        account: &Account,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Did<Made<()>>;
    /// What applies to initiators without an entry of their own; `None` = nothing is asked.
    fn default_credential(&self, bounds: &Bounds) -> Did<Option<Credential>>;
    /// Gives an initiator that has an entry another account.
    fn set_credential(
        &self,
        initiator: &str,
        svm_uuid: &str,
        account: &Account,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Did<()>;
    fn remove_credential(&self, initiator: &str, bounds: &Bounds, mutate: &Mutate) -> Did<Removed>;
}

/// Everything that a narrow listing gives.
pub(super) fn all<T>(
    list: impl FnOnce(&mut Each<'_, T>) -> Result<(), Error>,
) -> Result<Vec<T>, Error> {
    let mut found = Vec::new();
    list(&mut |one| {
        found.push(one);
        ControlFlow::Continue(())
    })?;
    Ok(found)
}
