//! Huawei OceanStor and Dorado, through the DeviceManager REST interface (oceanstor.md).

mod client;
pub mod codes;
pub mod config;
mod curl;
mod edit;
mod envelope;
pub mod names;
mod nouns;
mod object;
mod parts;
mod publish;
mod query;
pub mod replay;
mod session;

use std::sync::Arc;

use self::client::Client;
use self::config::Settings;
use self::nouns::group::{GroupCatalog, HOST_GROUP, LUN_GROUP, PORT_GROUP};
use self::nouns::host::Hosts;
use self::nouns::initiator::Initiators;
use self::nouns::lun::Luns;
use self::nouns::mapping::Mappings;
use self::nouns::port::Ports;
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
pub const KIND: &str = "oceanstor";

/// One OceanStor. Nothing is sent before something is asked; the session is shared by all of its
/// catalogs and ends with [`Array::close`], or at the latest when this value is dropped.
#[derive(Debug)]
pub struct OceanStor {
    client: Arc<Client>,
    settings: Arc<Settings>,
    luns: Luns,
    hosts: Hosts,
    initiators: Initiators,
    hostgroups: GroupCatalog,
    lungroups: GroupCatalog,
    portgroups: GroupCatalog,
    mappings: Mappings,
    ports: Ports,
    edits: edit::Edits,
}

impl OceanStor {
    /// The array that these settings describe.
    pub fn new(settings: Settings, trace: Trace) -> Self {
        let settings = Arc::new(settings);
        let client = Arc::new(Client::new(Arc::clone(&settings), trace));
        let groups = |sort| GroupCatalog {
            client: Arc::clone(&client),
            sort,
        };
        Self {
            luns: Luns(Arc::clone(&client)),
            hosts: Hosts(Arc::clone(&client)),
            initiators: Initiators(Arc::clone(&client)),
            hostgroups: groups(HOST_GROUP),
            lungroups: groups(LUN_GROUP),
            portgroups: groups(PORT_GROUP),
            mappings: Mappings(Arc::clone(&client)),
            ports: Ports(Arc::clone(&client)),
            edits: edit::Edits::new(Arc::clone(&client)),
            settings,
            client,
        }
    }
}

impl Array for OceanStor {
    fn name(&self) -> &str {
        &self.settings.name
    }

    fn identity(&self, bounds: &Bounds) -> Result<ArrayIdentity, Error> {
        nouns::system::identity(&self.client, bounds)
    }

    fn test(&self, bounds: &Bounds) -> Result<TestReport, Error> {
        nouns::system::test(&self.client, bounds)
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
        Some(&self.hostgroups)
    }

    fn lungroups(&self) -> Option<&dyn Groups> {
        Some(&self.lungroups)
    }

    fn portgroups(&self) -> Option<&dyn Groups> {
        Some(&self.portgroups)
    }

    fn mappings(&self) -> Option<&dyn Catalog<Mapping>> {
        Some(&self.mappings)
    }

    fn host_luns(
        &self,
        host: &Selector,
        bounds: &Bounds,
        sink: &mut Sink<'_, HostLun>,
    ) -> Result<(), Error> {
        let host = nouns::host::get(&self.client, host, bounds)?;
        nouns::lun::of_host(&self.client, &host.id, bounds, sink)
    }

    fn host_paths(&self, host: &Selector, bounds: &Bounds) -> Result<Vec<HostPath>, Error> {
        let host = nouns::host::get(&self.client, host, bounds)?;
        nouns::link::of_host(&self.client, &host.id, bounds)
    }

    fn lun_mappings(&self, lun: &Selector, bounds: &Bounds) -> Result<Vec<LunMapping>, Error> {
        nouns::mapping::of_lun(&self.client, lun, bounds)
    }

    fn publish(&self, publication: &Publication) -> Box<dyn Stage> {
        publish::stage(
            Arc::clone(&self.client),
            Arc::clone(&self.settings),
            publication.clone(),
        )
    }

    fn ways(
        &self,
        lun: &Selector,
        from: Viewer<'_>,
        protocol: Option<Protocol>,
        bounds: &Bounds,
    ) -> Result<Option<Ways>, Error> {
        publish::ways(&self.client, &self.settings, lun, (from, protocol), bounds)
    }

    fn publishes(&self, _protocol: Protocol) -> bool {
        true
    }

    fn node_of(&self, host: &Host) -> Option<String> {
        // A name that was too long stands whole in the description.
        let mut known = host.description.iter().chain([&host.name]);
        known
            .find(|node| names::host_name(node) == host.name)
            .cloned()
    }

    fn editor(&self) -> Option<&dyn Editor> {
        Some(&self.edits)
    }

    fn raw(&self) -> Option<&dyn Raw> {
        Some(&*self.client)
    }

    fn mapping_numbers(
        &self,
        mapping: &Selector,
        bounds: &Bounds,
    ) -> Result<Vec<LunNumber>, Error> {
        let view = nouns::mapping::get(&self.client, mapping, bounds)?;
        let mut free = nouns::mapping::offered(&self.client, &view.id, bounds)?.unwrap_or_default();
        free.sort_unstable();
        free.dedup();
        Ok(free)
    }

    fn free_numbers(&self, host: &Selector, bounds: &Bounds) -> Result<Vec<LunNumber>, Error> {
        nouns::mapping::free_numbers(&self.client, host, bounds)
    }

    fn take_warnings(&self) -> Vec<String> {
        self.client.take_warnings()
    }

    fn requests(&self) -> u64 {
        self.client.requests()
    }

    fn close(&self) -> Option<String> {
        self.client.close()
    }
}
