//! A captured machine in place of this computer (`--root`).

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;

use crate::cli::failure::Refusal;
use crate::config::{Config, NodeConfig};
use crate::model::connector::Connector;
use crate::system::Machine;
use crate::system::captured::Captured;

/// The machine captured in `root`. What the configuration says of this computer does not hold for
/// it.
pub(super) fn open(root: &Path, config: &mut Config) -> Result<Arc<dyn Machine>> {
    let machine = Captured::open(root).map_err(|error| {
        Refusal::usage(format!("--root: {error}"))
            .hint("sanctl collect DIR  # on the machine: makes such a folder")
    })?;
    let told = machine.capture().connector.clone();
    let connector: Option<Connector> = told.map(serde_json::from_value).transpose()?;
    let folder = || root.file_name()?.to_str().map(str::to_owned);
    config.node = NodeConfig {
        paths: config.node.paths,
        ..match connector {
            Some(connector) => NodeConfig {
                ip: connector.ip,
                name: Some(connector.host),
                multipath: Some(connector.multipath),
                paths: None,
                mount_base: None,
            },
            None => NodeConfig {
                name: match machine.text("/proc/sys/kernel/hostname") {
                    Ok(Some(_)) => None,
                    _ => machine.text("/etc/hostname").ok().flatten().or_else(folder),
                },
                ..NodeConfig::default()
            },
        }
    };
    Ok(Arc::new(machine))
}
