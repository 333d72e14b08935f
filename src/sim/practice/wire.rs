//! What lies between the practice node and a practice array of any product.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use crate::model::portal::Portal;
use crate::sim::exposure::{Admission, Exposing};
use crate::sim::machine::fabric::{Answer, Fabric, FabricLun, FabricPortal};

/// A fabric that is nothing but function calls.
pub(super) struct Wire {
    array: Arc<dyn Exposing>,
    /// Initiator, target and portal of each session.
    logins: Mutex<BTreeSet<(String, String, Portal)>>,
}

impl Wire {
    pub(super) fn to(array: Arc<dyn Exposing>) -> Self {
        Self {
            array,
            logins: Mutex::default(),
        }
    }
}

impl Fabric for Wire {
    fn portals(&self) -> Vec<FabricPortal> {
        let portals = self.array.portals().into_iter();
        portals
            .map(|p| FabricPortal {
                portal: portal(p.addr),
                iqn: p.iqn,
                tpgt: p.tpgt,
                state: if p.up { Answer::Up } else { Answer::Silent },
            })
            .collect()
    }

    fn luns(&self, initiator: &str, iqn: &str, at: Portal) -> Vec<FabricLun> {
        let at = SocketAddr::new(at.ip, at.port);
        let portals = self.array.portals();
        if !portals.iter().any(|p| p.iqn == iqn && p.addr == at) {
            return Vec::new();
        }
        let mut found = Vec::new();
        for seen in self.array.exposures() {
            let limit = seen.portals.as_ref();
            let reached = limit.is_none_or(|limit| limit.contains(&at));
            // Names of initiators differ in case from array to array.
            if !reached || !seen.initiator.eq_ignore_ascii_case(initiator) {
                continue;
            }
            let (Ok(wwid), Some(backing)) = (seen.wwid.parse(), seen.backing) else {
                continue;
            };
            // A file that cannot be made is found missing by whoever opens the device.
            let _ = make_backing(&backing, seen.bytes);
            found.push(FabricLun {
                number: u64::from(seen.number),
                wwid,
                size_bytes: seen.bytes,
                backing,
            });
        }
        found
    }

    fn chap(&self, initiator: &str, iqn: &str) -> Option<(String, String)> {
        match self.array.admission(initiator, iqn) {
            Admission::Chap(chap) => Some((chap.name, chap.password)),
            Admission::Open | Admission::Denied => None,
        }
    }

    fn admits(&self, initiator: &str, iqn: &str) -> bool {
        self.array.admission(initiator, iqn) != Admission::Denied
    }

    fn set_logged_in(&self, initiator: &str, iqn: &str, portal: Portal, logged_in: bool) {
        let mut logins = self.logins.lock().unwrap_or_else(PoisonError::into_inner);
        let login = (initiator.to_owned(), iqn.to_owned(), portal);
        if logged_in {
            logins.insert(login);
        } else {
            logins.remove(&login);
        }
        let own = logins.iter().filter(|(name, _, _)| name == initiator);
        let at: Vec<SocketAddr> = own
            .map(|(_, _, at)| SocketAddr::new(at.ip, at.port))
            .collect();
        self.array.set_logins(initiator, &at);
    }
}

fn portal(addr: SocketAddr) -> Portal {
    Portal {
        ip: addr.ip(),
        port: addr.port(),
    }
}

/// A sparse file of `bytes`; one that is there grows, and never shrinks.
#[expect(
    clippy::disallowed_methods,
    reason = "the files behind practice LUNs are reached nowhere else"
)]
fn make_backing(path: &Path, bytes: u64) -> io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let file: File = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(path)?;
    if file.metadata()?.len() < bytes {
        file.set_len(bytes)?;
    }
    Ok(())
}
