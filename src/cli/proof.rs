//! The array's half of a detach cuts a node off: what proves that the node no longer uses the LUN.

use std::ops::ControlFlow;

use anyhow::{Context, Result};

use super::consent;
use super::failure::Refusal;
use super::global::Changing;
use crate::app::App;
use crate::array::{Array, Filter};
use crate::attachment::journal::Found;
use crate::attachment::receipt::{BadReceipt, Receipt};
use crate::kit::consent::Mutate;
use crate::kit::kind::Kind;
use crate::model::connector::Connector;
use crate::model::facts::Facts;
use crate::model::nouns::Protocol;
use crate::model::selector::Selector;
use crate::node;
use crate::system::{Machine, files};

/// Where a proof may come from.
#[derive(Debug)]
pub struct Proof<'a> {
    /// The run.
    pub app: &'a App,
    /// How questions are answered.
    pub changing: &'a Changing,
    /// The node, when it is this one.
    pub machine: Option<&'a dyn Machine>,
    /// The node that would be cut off.
    pub connector: &'a Connector,
    /// `--receipt`.
    pub receipt: Option<&'a str>,
    /// The open journal here.
    pub journal: Option<&'a Found>,
    /// What to type on that node first.
    pub node_only: String,
}

impl Proof<'_> {
    /// The permission to cut the node off from a LUN: a receipt, a look at this very node, the
    /// journal of its own half, every initiator of its host offline, or a yes.
    ///
    /// # Errors
    /// What speaks against it; exit 2 when a question is left and nobody answers.
    pub fn settle(&self, lun: &str, facts: &Facts, array: Option<&dyn Array>) -> Result<Mutate> {
        if let Some(file) = self.receipt {
            self.by_receipt(file, lun, facts)?;
            return Ok(consent::by_class());
        }
        if let (Some(machine), Some(fact)) = (self.machine, &facts.lun) {
            let devices = node::connect::devices_of(machine, &fact.wwid)?;
            if devices.is_empty() {
                return Ok(consent::by_class());
            }
            let names = devices.iter().map(node::scsi::device::Device::name);
            let names: Vec<String> = names.collect();
            let message = format!(
                "this node still has {lun} as {}: nothing was changed",
                names.join(", ")
            );
            let refusal = Refusal::new(Kind::Refused, message);
            return Err(refusal.hint(self.node_only.clone()).into());
        }
        if self.journal.is_some_and(|j| j.cleared_at("node").is_some()) {
            return Ok(consent::by_class());
        }
        let online = match array {
            Some(array) => self.logged_in(array)?,
            None => None,
        };
        let shown = match online {
            Some(online) if online.is_empty() => return Ok(consent::by_class()),
            Some(online) => online
                .iter()
                .map(|iqn| format!("{iqn} of node {} is logged in now", self.connector.host))
                .collect(),
            None => vec!["the array does not tell who is logged in".to_owned()],
        };
        if self.changing.dry_run {
            return Ok(consent::by_class());
        }
        let node = &self.connector.host;
        let question = format!("Cut {lun} off from {node} although it may be in use there?");
        consent::ask(self.app, self.changing, &shown, &question)
    }

    fn refused(&self, lun: &str, why: &str) -> anyhow::Error {
        let node = &self.connector.host;
        let message = format!("{lun} may be in use on {node}: {why}; nothing was changed");
        Refusal::new(Kind::Refused, message)
            .hint(format!("on {node}: {} --receipt FILE", self.node_only))
            .hint("without --receipt: answer yes (--yes) if that node is known to be down")
            .into()
    }

    fn by_receipt(&self, file: &str, lun: &str, facts: &Facts) -> Result<()> {
        let text = files::read_argument(file).context("cannot read the receipt")?;
        let receipts = Receipt::parse(&text).map_err(|why| {
            let kind = match why {
                BadReceipt::Unreadable(_) => Kind::Usage,
                _ => Kind::Refused,
            };
            Refusal::new(kind, format!("receipt {file}: {why}"))
        })?;
        let Some(fact) = &facts.lun else {
            return Err(self.refused(lun, "nothing tells the wwid of the LUN"));
        };
        let mut why = "it is of no LUN".to_owned();
        for receipt in &receipts {
            match receipt.proves(self.connector, &fact.wwid, self.journal) {
                Ok(()) => return Ok(()),
                Err(BadReceipt::Other { what: "LUN", .. }) if receipts.len() > 1 => {
                    why = format!("it has no word of {}", fact.wwid);
                }
                Err(error) => why = error.to_string(),
            }
        }
        Err(self.refused(lun, &format!("receipt {file}: {why}")))
    }

    /// The initiators of the node's host that are logged in; `None` when the array has no
    /// initiators.
    fn logged_in(&self, array: &dyn Array) -> Result<Option<Vec<String>>> {
        let Some(initiators) = array.initiators() else {
            return Ok(None);
        };
        let bounds = self.app.reading();
        let mut online = Vec::new();
        let mut host = None;
        let iqn = self.connector.initiator.iter().map(ToString::to_string);
        let ports = self.connector.wwpns.iter().map(ToString::to_string);
        if ports.len() > 0 && !array.tells_logins(Protocol::Fc, &bounds)? {
            return Ok(None);
        }
        for name in iqn.chain(ports) {
            if let Some(own) = initiators.find(&Selector::Name(name), &bounds)? {
                if own.online {
                    online.push(own.id);
                }
                host = host.or(own.host.map(|host| Selector::Id(host.id)));
            }
        }
        if host.is_none()
            && let Some(hosts) = array.hosts()
        {
            let named = Selector::Name(self.connector.host.clone());
            host = hosts.find(&named, &bounds)?.map(|h| Selector::Id(h.id));
        }
        if let Some(host) = host {
            let filter = Filter {
                host: Some(host),
                online: Some(true),
                ..Filter::default()
            };
            initiators.each(&filter, &bounds, &mut |initiator| {
                if initiator.online && !online.contains(&initiator.id) {
                    online.push(initiator.id);
                }
                ControlFlow::Continue(())
            })?;
        }
        Ok(Some(online))
    }
}
