//! A practice array behind a real socket, and configurations that lead to it.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use sanctl::sim::faults::Faults;
use sanctl::sim::oceanstor::{Practice, Seed};
use sanctl::sim::server::{Device, Server};

use crate::place::Place;

/// The node whose connector stands in [`Served::connector`].
pub(crate) const NODE: &str = "compute-2";
const IQN: &str = "iqn.1994-05.com.redhat:83feeda2b41d";
const GIB: u64 = 1 << 30;

/// An array, its server and a place whose configuration names it `dorado1`.
pub(crate) struct Served {
    pub(crate) array: Arc<Practice>,
    pub(crate) server: Server,
    pub(crate) place: Place,
}

impl Served {
    pub(crate) fn start() -> Self {
        Self::with(Seed::v3(), "")
    }

    /// With more lines in the array's section.
    pub(crate) fn with(seed: Seed, lines: &str) -> Self {
        let (array, server) = serve(&seed);
        let place = Place::with_config(&section("dorado1", &server.url(), lines));
        place.write("password", Seed::PASSWORD);
        place.write(
            "node.json",
            &format!(r#"{{"host": "{NODE}", "initiator": "{IQN}", "multipath": false}}"#),
        );
        Self {
            array,
            server,
            place,
        }
    }

    /// Replaces the configuration's only section.
    pub(crate) fn configure(&self, url: &str, lines: &str) {
        let text = section("dorado1", url, lines);
        self.place.write("config/sanctl/config.toml", &text);
    }

    pub(crate) fn set_faults(&self, text: &str) {
        self.server.set_faults(Faults::parse(text).unwrap());
    }

    /// How often something was asked.
    pub(crate) fn count(&self, method: &str, route: &str) -> usize {
        let seen = self.server.requests();
        let fits = seen
            .iter()
            .filter(|s| s.method == method && s.route == route);
        fits.count()
    }
}

/// An array with two LUNs and somebody else's host.
pub(crate) fn serve(seed: &Seed) -> (Arc<Practice>, Server) {
    let array = Arc::new(Practice::in_memory(seed));
    array.add_lun("vol-7", GIB);
    array.add_lun("vol-8", 2 * GIB);
    let host = array.add_host("other");
    array.add_initiator("iqn.1994-05.com.redhat:other", Some(host));
    let device: Arc<dyn Device> = array.clone();
    let bind = SocketAddr::from(([127, 0, 0, 1], 0));
    let server = Server::start(device, bind, Faults::none()).unwrap();
    (array, server)
}

/// Runs lines that must end with these codes, and shows all of it.
pub(crate) fn shown(served: &Served, lines: &[(&str, i32)]) -> String {
    let ran = lines
        .iter()
        .map(|(line, code)| served.place.run(line).expect(*code).shown());
    ran.collect::<Vec<_>>().join("\n")
}

/// A section of the configuration. The password's file lies in the working directory.
pub(crate) fn section(name: &str, url: &str, lines: &str) -> String {
    format!(
        "[arrays.{name}]\nkind = \"oceanstor\"\nurl = \"{url}\"\nuser = \"{}\"\n\
         password = {{ file = \"password\" }}\n\
         timeouts = {{ connect = \"2s\", request = \"2s\" }}\n{lines}\n",
        Seed::USER
    )
}

/// A port of loopback where nobody listens.
pub(crate) fn dead_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}
