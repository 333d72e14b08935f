//! Arrays: one trait in the words of the model, one folder per vendor. Never imports `node/`.

pub mod access;
pub mod edit;
pub mod error;
pub mod http;
pub mod oceanstor;
pub mod ontap;
mod parallel;
pub mod raw;
pub mod recognise;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;

use crate::config::{self, Section};
use crate::kit::bounds::Bounds;
use crate::kit::trace::Trace;
use crate::model::connector::Connector;
use crate::model::ids::LunNumber;
use crate::model::nouns::{
    ArrayIdentity, Group, GroupDetail, Host, HostLun, HostPath, Initiator, Lun, LunMapping,
    Mapping, Protocol, TargetPort,
};
use crate::model::publication::Publication;
use crate::model::selector::Selector;
use crate::step::Stage;

pub use access::SecretReader;
pub use error::Error;

/// The names under which the LUN of an OpenStack id may be known, on whatever array: drivers make
/// them of the id.
pub fn lun_names(uuid: &str) -> Vec<String> {
    oceanstor::names::lun_names(uuid).to_vec()
}

/// The kinds of array that a section may have.
const KINDS: [&str; 2] = ["oceanstor", "ontap"];

/// Opens the array that a section of the configuration describes. Nothing is sent before it is
/// used.
///
/// # Errors
/// The first wrong key of the section.
pub fn open(
    name: &str,
    mut section: Section,
    secrets: SecretReader,
    trace: Trace,
) -> Result<Arc<dyn Array>, config::Error> {
    let missing = section.missing("kind");
    match section.text("kind")?.as_deref() {
        Some("oceanstor") => {
            let settings = oceanstor::config::Settings::parse(name, section, secrets)?;
            Ok(Arc::new(oceanstor::OceanStor::new(settings, trace)))
        }
        Some("ontap") => {
            let settings = ontap::config::Settings::parse(name, section, secrets)?;
            Ok(Arc::new(ontap::Ontap::new(settings, trace)))
        }
        Some(other) => {
            let mut error = section.error("kind", format!("{other} is not supported"));
            error.hint = match config::nearest(other, KINDS.into_iter()) {
                Some(near) => Some(format!("did you mean {near}?")),
                None => Some(format!("known kinds: {}, sim", KINDS.join(", "))),
            };
            Err(error)
        }
        None => Err(missing),
    }
}

/// Receives a listing object by object, so that ten thousand of them need no memory. The caller
/// ends the listing early with `Break`.
pub type Sink<'a, T> = dyn FnMut(T) -> ControlFlow<()> + 'a;

/// Narrows a listing. The array may filter; every field is checked again on this side.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// A pattern with `*` and `?` on the name.
    pub name: Option<String>,
    /// Only what this host has.
    pub host: Option<Selector>,
    /// Only this protocol.
    pub protocol: Option<Protocol>,
    /// Initiators: bound to no host. Groups: empty. Hosts: unused.
    pub unused: bool,
    /// Initiators and ports: online (or usable) or not.
    pub online: Option<bool>,
    /// LUNs: visible to some initiator or not.
    pub mapped: Option<bool>,
    /// LUNs: of this pool.
    pub pool: Option<String>,
    /// Mappings: of this LUN; groups: with this LUN.
    pub lun: Option<Selector>,
    /// Mappings: of this host group.
    pub hostgroup: Option<Selector>,
    /// Mappings: of this LUN group.
    pub lungroup: Option<Selector>,
    /// Mappings and groups: with this initiator.
    pub initiator: Option<String>,
}

/// Objects of one kind, readable.
pub trait Catalog<T> {
    /// Lists, page by page.
    ///
    /// # Errors
    /// When the array does not answer or refuses.
    fn each(&self, filter: &Filter, bounds: &Bounds, sink: &mut Sink<'_, T>) -> Result<(), Error>;

    /// The one object that `selector` names.
    ///
    /// # Errors
    /// [`Error::Ambiguous`] when it names several.
    fn find(&self, selector: &Selector, bounds: &Bounds) -> Result<Option<T>, Error>;
}

/// Groups, with what is in them.
pub trait Groups: Catalog<Group> {
    /// The group, its members and the mappings that hold it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    fn detail(&self, selector: &Selector, bounds: &Bounds) -> Result<GroupDetail, Error>;
}

/// What a certificate looks like, shown before any credential is sent.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Certificate {
    /// `sha256:` and the digits, as `fingerprint` in the configuration.
    pub fingerprint: String,
    /// Whether the configuration trusts it.
    pub trusted: bool,
    /// Why not.
    pub why_not: Option<String>,
}

/// From where a LUN is to be reached.
#[derive(Debug, Clone, Copy)]
pub enum Viewer<'a> {
    /// From the node that tells this of itself.
    Node(&'a Connector),
    /// From the nodes of this host, whoever they are.
    Host(&'a Selector),
}

/// Which ports lead a node to a LUN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ways {
    /// The protocol.
    pub protocol: Protocol,
    /// Whether the LUN is mapped to the node; if not, the ports are those that an attach could use.
    pub mapped: bool,
    /// Every port of the protocol by its id, with why it does not lead there; `None` = it does.
    pub why_not: BTreeMap<String, Option<String>>,
}

/// The result of `array test`.
#[derive(Debug, Clone, serde::Serialize)]
pub struct TestReport {
    /// The URL that answered.
    pub url: String,
    /// Its certificate; `None` over plain http.
    pub certificate: Option<Certificate>,
    /// Who the array is.
    pub identity: ArrayIdentity,
    /// Anything else worth knowing, in order: role, account state, number of ports…
    pub details: BTreeMap<String, String>,
    /// What works but should not stay so.
    pub warnings: Vec<String>,
}

/// An array, in about fifteen intentions; never a mirror of its endpoints.
///
/// An array without some kind of object says `None`, and every caller turns that into the same
/// error that names what to use instead.
pub trait Array: Send + Sync + fmt::Debug {
    /// The section of the configuration.
    fn name(&self) -> &str;

    /// Who it is.
    ///
    /// # Errors
    /// When it cannot be reached or refuses.
    fn identity(&self, bounds: &Bounds) -> Result<ArrayIdentity, Error>;

    /// Reaches it, logs in, looks around, says what it saw.
    ///
    /// # Errors
    /// The first thing that does not work.
    fn test(&self, bounds: &Bounds) -> Result<TestReport, Error>;

    /// Its LUNs.
    fn luns(&self) -> &dyn Catalog<Lun>;

    /// Its front-end ports.
    fn ports(&self) -> &dyn Catalog<TargetPort>;

    /// The initiators it knows.
    fn initiators(&self) -> Option<&dyn Catalog<Initiator>>;

    /// Its hosts.
    fn hosts(&self) -> Option<&dyn Catalog<Host>>;

    /// Its host groups.
    fn hostgroups(&self) -> Option<&dyn Groups>;

    /// Its LUN groups.
    fn lungroups(&self) -> Option<&dyn Groups>;

    /// Its port groups.
    fn portgroups(&self) -> Option<&dyn Groups>;

    /// Its mappings.
    fn mappings(&self) -> Option<&dyn Catalog<Mapping>>;

    /// The LUNs that a host sees, with their numbers.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such host.
    fn host_luns(
        &self,
        host: &Selector,
        bounds: &Bounds,
        sink: &mut Sink<'_, HostLun>,
    ) -> Result<(), Error>;

    /// The LUNs that an initiator sees, with their numbers: those of its host. None of them when
    /// the array does not know it.
    ///
    /// # Errors
    /// When the array does not answer or refuses.
    fn initiator_luns(
        &self,
        initiator: &str,
        bounds: &Bounds,
        sink: &mut Sink<'_, HostLun>,
    ) -> Result<(), Error> {
        let Some(initiators) = self.initiators() else {
            return Ok(());
        };
        let own = initiators.find(&Selector::Name(initiator.to_owned()), bounds)?;
        match own.and_then(|own| own.host) {
            Some(host) => self.host_luns(&Selector::Id(host.id), bounds, sink),
            None => Ok(()),
        }
    }

    /// Whether it tells which initiators of a protocol are logged in. Where it does not, none is
    /// known to be offline.
    ///
    /// # Errors
    /// When the array does not answer or refuses.
    fn tells_logins(&self, _protocol: Protocol, _bounds: &Bounds) -> Result<bool, Error> {
        Ok(true)
    }

    /// The ways from a host's initiators to the array's ports that are there now.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such host.
    fn host_paths(&self, host: &Selector, bounds: &Bounds) -> Result<Vec<HostPath>, Error>;

    /// Every mapping of a LUN, one per host that sees it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such LUN.
    fn lun_mappings(&self, lun: &Selector, bounds: &Bounds) -> Result<Vec<LunMapping>, Error>;

    /// What makes the LUN visible to the connector, and back. The array plans its own steps.
    fn publish(&self, publication: &Publication) -> Box<dyn Stage>;

    /// Which ports lead a node to a LUN, and why others do not; `None` = this array tells only where
    /// to log in. Without a protocol, that of the node. Reads only.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such LUN or host.
    fn ways(
        &self,
        _lun: &Selector,
        _from: Viewer<'_>,
        _protocol: Option<Protocol>,
        _bounds: &Bounds,
    ) -> Result<Option<Ways>, Error> {
        Ok(None)
    }

    /// Whether [`Array::publish`] can make a LUN visible over this protocol.
    fn publishes(&self, protocol: Protocol) -> bool {
        protocol == Protocol::Iscsi
    }

    /// What a node must be called so that [`Array::publish`] takes this host for the node's;
    /// `None` = no name leads there.
    fn node_of(&self, host: &Host) -> Option<String> {
        Some(host.name.clone())
    }

    /// Changes of single objects; `None` = this array's objects can only be read.
    fn editor(&self) -> Option<&dyn edit::Editor>;

    /// Requests as typed; `None` = this array takes none.
    fn raw(&self) -> Option<&dyn raw::Raw>;

    /// Numbers that a mapping could still give to its LUNs, lowest first; empty when the array
    /// does not tell.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such mapping.
    fn mapping_numbers(&self, mapping: &Selector, bounds: &Bounds)
    -> Result<Vec<LunNumber>, Error>;

    /// Numbers that this array could still give to LUNs of a host, lowest first; empty when the
    /// array does not tell. Used when an assigned number collides on the node.
    ///
    /// # Errors
    /// When the array does not answer or refuses.
    fn free_numbers(&self, host: &Selector, bounds: &Bounds) -> Result<Vec<LunNumber>, Error>;

    /// What works but should not stay so, and what went wrong without being an error; each is told
    /// once.
    fn take_warnings(&self) -> Vec<String> {
        Vec::new()
    }

    /// What the listings so far lack, because the array could not read it; each is told once,
    /// here or by [`Array::take_warnings`].
    fn take_gaps(&self) -> Vec<String> {
        Vec::new()
    }

    /// How many requests were sent so far, logins and repetitions included.
    fn requests(&self) -> u64 {
        0
    }

    /// Ends the session, after success and after failure. Never fails: a session that cannot be
    /// ended is told through the trace and as a warning.
    fn close(&self) -> Option<String>;
}
