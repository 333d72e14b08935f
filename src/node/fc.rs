//! Fibre Channel ports of this node, read from sysfs (linux-host.md §1.3).

use super::Error;
use crate::model::ids::Wwpn;
use crate::system::Machine;

const HOSTS: &str = "/sys/class/fc_host";

/// A port of an adapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Port {
    /// The SCSI host, such as `host2`.
    pub name: String,
    /// Its port name.
    pub wwpn: Wwpn,
    /// Its node name.
    pub wwnn: Wwpn,
    /// The kernel's word: `Online`, `Linkdown`…
    pub state: String,
}

/// Every port whose names can be read, and a warning for each of the others.
///
/// # Errors
/// When sysfs cannot be read.
pub fn list_ports(machine: &dyn Machine) -> Result<(Vec<Port>, Vec<String>), Error> {
    let mut ports = Vec::new();
    let mut warnings = Vec::new();
    for name in machine.names(HOSTS)? {
        let wwn = |file: &str| {
            let text = machine.text(&format!("{HOSTS}/{name}/{file}")).ok()??;
            text.parse::<Wwpn>().ok()
        };
        let state = machine.text(&format!("{HOSTS}/{name}/port_state"));
        match (wwn("port_name"), wwn("node_name"), state) {
            (Some(wwpn), Some(wwnn), Ok(Some(state))) => ports.push(Port {
                name,
                wwpn,
                wwnn,
                state,
            }),
            _ => warnings.push(format!("{HOSTS}/{name} cannot be read and is left out")),
        }
    }
    Ok((ports, warnings))
}
