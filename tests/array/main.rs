//! The array clients over a real socket, against the practice arrays.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

mod catalogs;
mod edits;
mod identity;
mod mappings;
mod reach;
mod sessions;

#[path = "../support/family.rs"]
mod family;

mod over_v6;

#[path = "../support/tls.rs"]
mod tls;

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use sanctl::array::oceanstor::OceanStor;
use sanctl::array::oceanstor::config::{Settings, parse_url};
use sanctl::array::{Array, Catalog, Error, Filter};
use sanctl::kit::bounds::Bounds;
use sanctl::kit::redact::Secret;
use sanctl::kit::stop::Stop;
use sanctl::kit::trace::Trace;
use sanctl::model::selector::Selector;
use sanctl::sim::faults::Faults;
use sanctl::sim::oceanstor::{EmptyList, Hints, Paging, Practice, Seed};
use sanctl::sim::server::Server;

/// A practice array with a server on it and a client for it.
struct Lab {
    practice: Arc<Practice>,
    server: Server,
    array: OceanStor,
}

impl Lab {
    fn new(seed: &Seed) -> Self {
        let practice = Arc::new(Practice::in_memory(&family::of_family(seed)));
        let server = serve(&practice);
        let array = OceanStor::new(settings(&[&server.url()]), Trace::default());
        Self {
            practice,
            server,
            array,
        }
    }

    fn faults(&self, text: &str) {
        self.server.set_faults(Faults::parse(text).unwrap());
    }

    /// Closes the array; no session may stay.
    fn done(self) {
        assert_eq!(self.array.close(), None);
        assert_eq!(self.practice.open_sessions(), 0);
    }
}

fn serve(practice: &Arc<Practice>) -> Server {
    Server::start(
        Arc::clone(practice) as _,
        family::loopback(),
        Faults::none(),
    )
    .unwrap()
}

use tls::own;

fn settings(urls: &[&str]) -> Settings {
    let urls = urls.iter().map(|u| parse_url(u).unwrap()).collect();
    Settings::new(
        "dorado1",
        urls,
        Seed::USER,
        Arc::new(|_| Ok(Secret::new(Seed::PASSWORD.into()))),
    )
}

fn bounds() -> Bounds {
    Bounds::new(Duration::from_secs(60), "test", Stop::new())
}

fn named(name: &str) -> Selector {
    Selector::Name(name.into())
}

fn id(id: u64) -> Selector {
    Selector::Id(id.to_string())
}

/// Everything a catalog lists.
fn list<T>(catalog: &dyn Catalog<T>, filter: &Filter) -> Result<Vec<T>, Error> {
    let mut found = Vec::new();
    catalog.each(filter, &bounds(), &mut |noun| {
        found.push(noun);
        ControlFlow::Continue(())
    })?;
    Ok(found)
}

/// Both generations, with and without everything that arrays may leave out.
fn seeds() -> Vec<Seed> {
    let mut seeds = Vec::new();
    for seed in [Seed::v3(), Seed::v6()] {
        for (hints, empty) in [
            (Hints::Given, EmptyList::NoData),
            (Hints::Omitted, EmptyList::Array),
        ] {
            let mut seed = seed.clone();
            seed.options.hints = hints;
            seed.options.empty_list = empty;
            seeds.push(seed);
        }
    }
    seeds
}

const POLICIES: [Paging; 3] = [Paging::Cap100, Paging::Reject, Paging::Full];
