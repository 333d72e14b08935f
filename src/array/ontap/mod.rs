//! NetApp ONTAP, through ZAPI or REST (ontap.md): the same objects, the same steps.
//!
//! An igroup is a host group and, by what is in it, the host itself; a lun map is a mapping; a port
//! set is a port group. There are no LUN groups.

mod client;
pub mod codes;
pub mod config;
mod curl;
mod detect;
mod edit;
mod names;
mod nouns;
mod publish;
mod query;
mod raw;
pub mod replay;
mod rest;
mod roles;
mod secrets;
mod wire;
mod xml;
mod zapi;

use std::sync::{Arc, Mutex, OnceLock};

use self::client::{Client, lock};
use self::config::Settings;
use self::edit::Edits;
use self::nouns::host::Hosts;
use self::nouns::igroup::Igroups;
use self::nouns::initiator::Initiators;
use self::nouns::lun::Luns;
use self::nouns::map::Maps;
use self::nouns::port::Ports;
use self::nouns::portset::Portsets;
use self::wire::Wire;
use super::edit::Editor;
use super::raw::Raw;
use super::{Array, Catalog, Error, Groups, Sink, TestReport, Viewer, Ways};
use crate::kit::bounds::Bounds;
use crate::kit::trace::Trace;
use crate::model::ids::LunNumber;
use crate::model::nouns::{
    ArrayIdentity, Host, HostLun, HostPath, Initiator, Lun, LunMapping, Mapping, Protocol,
    TargetPort,
};
use crate::model::publication::Publication;
use crate::model::selector::Selector;
use crate::step::Stage;

/// The word for these arrays in configurations and traces.
pub const KIND: &str = "ontap";

/// A line to the array: the client, and the interface that is spoken once somebody has asked.
#[derive(Debug)]
struct Line {
    client: Arc<Client>,
    settings: Arc<Settings>,
    wire: OnceLock<Arc<dyn Wire>>,
    /// Held while the interface is being chosen, so that it is asked for once.
    choosing: Mutex<()>,
}

impl Line {
    /// The interface to speak.
    ///
    /// # Errors
    /// When nothing answers, or the credentials are refused.
    fn wire(&self, bounds: &Bounds) -> Result<&dyn Wire, Error> {
        if let Some(wire) = self.wire.get() {
            return Ok(&**wire);
        }
        let _held = lock(&self.choosing);
        if let Some(wire) = self.wire.get() {
            return Ok(&**wire);
        }
        let chosen = detect::choose(&self.client, bounds)?;
        Ok(&**self.wire.get_or_init(|| chosen))
    }

    fn array(&self) -> String {
        self.settings.name.clone()
    }
}

/// One SVM of one ONTAP. Nothing is sent before something is asked; there are no sessions.
#[derive(Debug)]
pub struct Ontap {
    line: Arc<Line>,
    luns: Luns,
    ports: Ports,
    initiators: Initiators,
    hosts: Hosts,
    igroups: Igroups,
    portsets: Portsets,
    maps: Maps,
    edits: Edits,
}

impl Ontap {
    /// The array that these settings describe.
    pub fn new(settings: Settings, trace: Trace) -> Self {
        let settings = Arc::new(settings);
        let line = Arc::new(Line {
            client: Arc::new(Client::new(Arc::clone(&settings), trace)),
            settings,
            wire: OnceLock::new(),
            choosing: Mutex::new(()),
        });
        let at = || Arc::clone(&line);
        Self {
            luns: Luns(at()),
            ports: Ports(at()),
            initiators: Initiators(at()),
            hosts: Hosts(at()),
            igroups: Igroups(at()),
            portsets: Portsets(at()),
            maps: Maps(at()),
            edits: Edits(at()),
            line,
        }
    }
}

impl Array for Ontap {
    fn name(&self) -> &str {
        &self.line.settings.name
    }

    fn identity(&self, bounds: &Bounds) -> Result<ArrayIdentity, Error> {
        nouns::system::identity(&self.line, bounds)
    }

    fn test(&self, bounds: &Bounds) -> Result<TestReport, Error> {
        nouns::system::test(&self.line, bounds)
    }

    fn luns(&self) -> &dyn Catalog<Lun> {
        &self.luns
    }

    fn ports(&self) -> &dyn Catalog<TargetPort> {
        &self.ports
    }

    fn initiators(&self) -> Option<&dyn Catalog<Initiator>> {
        Some(&self.initiators)
    }

    fn hosts(&self) -> Option<&dyn Catalog<Host>> {
        Some(&self.hosts)
    }

    fn hostgroups(&self) -> Option<&dyn Groups> {
        Some(&self.igroups)
    }

    fn lungroups(&self) -> Option<&dyn Groups> {
        None
    }

    fn portgroups(&self) -> Option<&dyn Groups> {
        Some(&self.portsets)
    }

    fn mappings(&self) -> Option<&dyn Catalog<Mapping>> {
        Some(&self.maps)
    }

    fn host_luns(
        &self,
        host: &Selector,
        bounds: &Bounds,
        sink: &mut Sink<'_, HostLun>,
    ) -> Result<(), Error> {
        nouns::map::of_host(&self.line, host, bounds, sink)
    }

    fn initiator_luns(
        &self,
        initiator: &str,
        bounds: &Bounds,
        sink: &mut Sink<'_, HostLun>,
    ) -> Result<(), Error> {
        nouns::map::of_initiator(&self.line, initiator, bounds, sink)
    }

    fn tells_logins(&self, protocol: Protocol, bounds: &Bounds) -> Result<bool, Error> {
        Ok(protocol == Protocol::Iscsi || self.line.wire(bounds)?.knows_fabric())
    }

    fn host_paths(&self, host: &Selector, bounds: &Bounds) -> Result<Vec<HostPath>, Error> {
        nouns::initiator::paths(&self.line, host, bounds)
    }

    fn lun_mappings(&self, lun: &Selector, bounds: &Bounds) -> Result<Vec<LunMapping>, Error> {
        nouns::map::of_lun(&self.line, lun, bounds)
    }

    fn publish(&self, publication: &Publication) -> Box<dyn Stage> {
        publish::stage(&self.line, publication.clone())
    }

    fn publishes(&self, _: Protocol) -> bool {
        true
    }

    fn ways(
        &self,
        lun: &Selector,
        from: Viewer<'_>,
        protocol: Option<Protocol>,
        bounds: &Bounds,
    ) -> Result<Option<Ways>, Error> {
        publish::ways(&self.line, lun, from, protocol, bounds).map(Some)
    }

    /// The node whose igroup this tool would call so; any other igroup is found by what is in it.
    fn node_of(&self, host: &Host) -> Option<String> {
        let prefix = &self.line.settings.igroup_prefix;
        Some(names::node_of(prefix, &host.name).unwrap_or_else(|| host.name.clone()))
    }

    fn editor(&self) -> Option<&dyn Editor> {
        Some(&self.edits)
    }

    fn raw(&self) -> Option<&dyn Raw> {
        Some(&*self.line)
    }

    fn mapping_numbers(
        &self,
        mapping: &Selector,
        bounds: &Bounds,
    ) -> Result<Vec<LunNumber>, Error> {
        nouns::map::numbers_of_map(&self.line, mapping, bounds)
    }

    fn free_numbers(&self, host: &Selector, bounds: &Bounds) -> Result<Vec<LunNumber>, Error> {
        nouns::map::numbers_of_host(&self.line, host, bounds)
    }

    fn take_warnings(&self) -> Vec<String> {
        self.line.client.take_warnings()
    }

    fn take_gaps(&self) -> Vec<String> {
        self.line.client.take_gaps()
    }

    fn requests(&self) -> u64 {
        self.line.client.requests()
    }

    fn close(&self) -> Option<String> {
        None
    }
}
