//! Whose half of the array's work it is: this node's, or that of a node told by its connector or by
//! its host on the array.

use std::ops::ControlFlow;

use anyhow::Result;
use clap::Args;

use super::failure::Refusal;
use super::flow::given_connector;
use super::nouns::{get, has};
use crate::app::App;
use crate::array::{Array, Filter};
use crate::kit::kind::Kind;
use crate::kit::shell::word;
use crate::model::connector::Connector;
use crate::model::nouns::Protocol;
use crate::model::selector::Selector;

/// The node that is meant; neither = this one.
#[derive(Debug, Clone, Default, Args)]
pub struct Whose {
    /// With --array-only: another node's connector (- reads stdin)
    #[arg(long, value_name = "FILE", requires = "array_only")]
    pub connector: Option<String>,

    /// With --array-only: the node whose host on the array this is
    #[arg(
        long,
        value_name = "HOST",
        requires = "array_only",
        conflicts_with = "connector"
    )]
    pub host: Option<String>,
}

impl Whose {
    /// The connector that is told; `None` = this node's.
    ///
    /// # Errors
    /// When it is no connector, lacks what the protocol needs, or the host does not tell it.
    pub fn told(&self, app: &App, protocol: Protocol) -> Result<Option<Connector>> {
        match (&self.connector, &self.host) {
            (Some(file), _) => given_connector(file, Some(protocol)).map(Some),
            (None, Some(host)) => of_host(app, &*app.array()?, host, protocol).map(Some),
            (None, None) => Ok(None),
        }
    }

    /// As [`Self::told`], for a command that learns the protocol from elsewhere: without one, the
    /// connector of whichever protocol there is, iSCSI first.
    ///
    /// # Errors
    /// As [`Self::told`].
    pub fn told_of(&self, app: &App, protocol: Option<Protocol>) -> Result<Option<Connector>> {
        match (protocol, &self.connector) {
            (Some(protocol), _) => self.told(app, protocol),
            (None, Some(file)) => given_connector(file, None).map(Some),
            (None, None) => match self.told(app, Protocol::Iscsi) {
                Err(error) => self.told(app, Protocol::Fc).map_err(|_| error),
                told => told,
            },
        }
    }

    /// Whether another node may be meant than this one.
    pub fn is_told(&self) -> bool {
        self.connector.is_some() || self.host.is_some()
    }

    /// The options that say so, with a blank before each.
    pub fn options(&self) -> String {
        let mut text = String::new();
        for (option, value) in [("--connector", &self.connector), ("--host", &self.host)] {
            if let Some(value) = value {
                text.push_str(&format!(" {option} {}", word(value)));
            }
        }
        text
    }
}

/// What the node of a host would say of itself, as far as the array knows it.
///
/// # Errors
/// Exit 10 when there is no such host, or it has no initiator of the protocol or several of them.
fn of_host(app: &App, array: &dyn Array, name: &str, protocol: Protocol) -> Result<Connector> {
    let hosts = has(array.hosts(), array, "hosts")?;
    let host = get(app, array, hosts, name, "host")?;
    let Some(node) = array.node_of(&host) else {
        let message = format!("no node can be called so that host {name} is its host");
        return Err(Refusal::new(Kind::Unsupported, message)
            .hint(format!("sanctl lun map LUN --host {}", word(name)))
            .into());
    };
    let filter = Filter {
        host: Some(Selector::Id(host.id.clone())),
        protocol: Some(protocol),
        ..Filter::default()
    };
    let mut found = Vec::new();
    has(array.initiators(), array, "initiators")?.each(&filter, &app.reading(), &mut |one| {
        found.push(one.id);
        ControlFlow::Continue(())
    })?;
    let mut connector = Connector {
        host: node,
        ..Connector::unknown()
    };
    match (protocol, found.as_slice()) {
        (_, []) => {
            let message = format!("host {} has no {} initiator", host.name, protocol.word());
            return Err(Refusal::new(Kind::NotFound, message)
                .hint(format!("sanctl initiator list --host {}", word(name)))
                .into());
        }
        (Protocol::Iscsi, [iqn]) => connector.initiator = Some(iqn.parse()?),
        (Protocol::Iscsi, several) => {
            let message = format!(
                "host {} has {} iSCSI initiators: {}",
                host.name,
                several.len(),
                several.join(", ")
            );
            return Err(Refusal::new(Kind::NotFound, message)
                .hint("name the node by --connector FILE")
                .into());
        }
        (Protocol::Fc, ports) => {
            connector.wwpns = ports.iter().map(|p| p.parse()).collect::<Result<_, _>>()?;
        }
    }
    Ok(connector)
}
