//! SVMs, nodes, LIFs, port sets and logins.

use crate::sim::ontap::initiator;
use crate::sim::ontap::practice::Practice;
use crate::sim::ontap::state::{LifKind, Portset, Subtype, SvmState};

impl Practice {
    /// Another SVM, with one iSCSI LIF on each node.
    pub fn add_svm(&self, name: &str) {
        let state = &mut self.inner().state;
        let svm = state.add_svm(name);
        let nodes: Vec<String> = state.nodes.iter().map(|n| n.name.clone()).collect();
        for (n, node) in (1..).zip(&nodes) {
            let lif = format!("{name}_iscsi_{n}");
            state.add_lif(svm, &lif, LifKind::Iscsi, Some(node));
        }
    }

    /// Starts or stops an SVM.
    pub fn set_svm(&self, name: &str, to: SvmState) {
        self.with_svm(name, |svm| svm.state = to);
    }

    /// Makes an SVM the copy of another one, or not.
    pub fn set_subtype(&self, name: &str, to: Subtype) {
        self.with_svm(name, |svm| svm.subtype = to);
    }

    /// Renames an SVM, as a MetroCluster switchover does (`NAME-mc`); its accounts stay with it.
    pub fn rename_svm(&self, name: &str, to: &str) {
        self.with_svm(name, |svm| to.clone_into(&mut svm.name));
        self.set_accounts(|all| {
            let own = super::super::accounts::Scope::Svm(name.to_owned());
            for account in all.iter_mut().filter(|a| a.scope == own) {
                account.scope = super::super::accounts::Scope::Svm(to.to_owned());
            }
        });
    }

    /// Switches the iSCSI service of an SVM; `None` takes it away.
    pub fn set_iscsi(&self, name: &str, to: Option<bool>) {
        self.with_svm(name, |svm| match (to, &mut svm.iscsi) {
            (None, service) => *service = None,
            (Some(on), Some(service)) => service.enabled = on,
            (Some(_), None) => {}
        });
    }

    /// Switches the FC service of an SVM; `None` takes it away.
    pub fn set_fcp(&self, name: &str, to: Option<bool>) {
        self.with_svm(name, |svm| match (to, &mut svm.fcp) {
            (None, service) => *service = None,
            (Some(on), Some(service)) => service.enabled = on,
            (Some(_), None) => {}
        });
    }

    fn with_svm(&self, name: &str, change: impl FnOnce(&mut super::super::state::Svm)) {
        let state = &mut self.inner().state;
        if let Some(svm) = state.svm_named(name)
            && let Some(svm) = state.svms.get_mut(&svm)
        {
            change(svm);
        }
    }

    /// The target name of the first SVM's iSCSI service; empty if it has none.
    #[must_use]
    pub fn target(&self) -> String {
        let state = &self.inner().state;
        let svm = state.svm(state.first_svm());
        let service = svm.and_then(|svm| svm.iscsi.as_ref());
        service.map(|s| s.target.clone()).unwrap_or_default()
    }

    /// Another HA pair of nodes, without LIFs.
    pub fn add_pair(&self, a: &str, b: &str) {
        self.inner().state.add_pair(a, b);
    }

    /// Brings a node up or down. Its LIFs stay as they are.
    pub fn set_node(&self, name: &str, up: bool) {
        let mut inner = self.inner();
        for node in inner.state.nodes.iter_mut().filter(|n| n.name == name) {
            node.healthy = up;
        }
    }

    /// A LIF of the first SVM for iSCSI (with an address), or for FC (without).
    pub fn add_lif(&self, name: &str, node: &str, address: Option<&str>) {
        let kind = match address {
            Some(_) => LifKind::Iscsi,
            None => LifKind::Fcp,
        };
        self.add_lif_of(name, node, kind, address);
    }

    /// A LIF for NVMe over FC, of no use for LUNs.
    pub fn add_nvme_lif(&self, name: &str, node: &str) {
        self.add_lif_of(name, node, LifKind::NvmeFc, None);
    }

    fn add_lif_of(&self, name: &str, node: &str, kind: LifKind, address: Option<&str>) {
        let state = &mut self.inner().state;
        let svm = state.first_svm();
        let lif = state.add_lif(svm, name, kind, Some(&node.to_owned()));
        if let Some((lif, address)) = lif.zip(address) {
            address.clone_into(&mut lif.address);
        }
    }

    /// Removes a LIF.
    pub fn remove_lif(&self, name: &str) {
        self.inner().state.lifs.retain(|lif| lif.name != name);
    }

    /// Sets what the administrator wants of a LIF and what it is.
    pub fn set_lif(&self, name: &str, enabled: bool, up: bool) {
        let mut inner = self.inner();
        for lif in inner.state.lifs.iter_mut().filter(|lif| lif.name == name) {
            (lif.enabled, lif.up) = (enabled, up);
        }
    }

    /// Moves a LIF to another node, away from home.
    pub fn move_lif(&self, name: &str, node: &str) {
        let mut inner = self.inner();
        for lif in inner.state.lifs.iter_mut().filter(|lif| lif.name == name) {
            node.clone_into(&mut lif.node);
        }
    }

    /// A port set of the first SVM (`iscsi`, `fcp` or `mixed`) with these LIFs.
    pub fn add_portset(&self, name: &str, protocol: &str, lifs: &[&str]) {
        let state = &mut self.inner().state;
        let number = state.next();
        let set = Portset {
            svm: state.first_svm(),
            name: name.to_owned(),
            uuid: state.make_uuid(number),
            protocol: protocol.to_owned(),
            lifs: lifs.iter().map(|l| (*l).to_owned()).collect(),
        };
        state.portsets.push(set);
    }

    /// Logs an initiator of either protocol in at a LIF of the first SVM.
    pub fn log_in(&self, initiator: &str, lif: &str) {
        let state = &mut self.inner().state;
        let svm = state.first_svm();
        state.log_in(svm, &initiator::folded(initiator), lif);
    }

    /// Ends every session of an initiator.
    pub fn log_out(&self, initiator: &str) {
        let name = initiator::folded(initiator);
        self.inner().state.logins.retain(|l| l.initiator != name);
    }
}
