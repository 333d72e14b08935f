//! Whether portals answer this node at all: a TCP connection, at once let go.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::model::portal::Portal;
use crate::system::Machine;

/// Knocks at every portal, all at once, and gives those that are dead, with the reason.
pub fn knock(
    machine: &dyn Machine,
    portals: &[Portal],
    span: Duration,
) -> BTreeMap<Portal, String> {
    std::thread::scope(|scope| {
        let asked: Vec<_> = portals
            .iter()
            .map(|&portal| (portal, scope.spawn(move || machine.probe(portal, span))))
            .collect();
        let told = asked.into_iter().filter_map(|(portal, thread)| {
            let why = match thread.join() {
                Ok(answer) => answer.err()?.to_string(),
                Err(_) => "it could not be asked".to_owned(),
            };
            Some((portal, why))
        });
        told.collect()
    })
}
