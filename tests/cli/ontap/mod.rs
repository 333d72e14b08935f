//! A practice ONTAP behind a real socket, and what is printed to be done on it by hand.

mod init;
mod joined;
mod wire;

use std::net::SocketAddr;
use std::sync::Arc;

use sanctl::sim::faults::Faults;
use sanctl::sim::ontap::{Practice, Seed};
use sanctl::sim::server::{Device, Server};

use crate::place::Place;

/// The interfaces, as `api` names them.
pub(crate) const WIRES: [&str; 3] = ["rest", "zapi", "auto"];
pub(crate) const NODE: &str = "compute-2";
pub(crate) const IQN: &str = "iqn.1994-05.com.redhat:83feeda2b41d";
/// The lines of a section that is used through the cluster's account.
pub(crate) const CLUSTER: &str = "user = \"admin\"\nsvm = \"svm_gold\"\n";

/// An array, its server and a place whose configuration names it `gold`.
pub(crate) struct Served {
    pub(crate) array: Arc<Practice>,
    pub(crate) server: Server,
    pub(crate) place: Place,
}

impl Served {
    /// `lines` name the user.
    pub(crate) fn over(api: &str, lines: &str) -> Self {
        let array = Arc::new(Practice::in_memory(&Seed::gold()));
        array.furnish();
        let device: Arc<dyn Device> = array.clone();
        let bind = SocketAddr::from(([127, 0, 0, 1], 0));
        let server = Server::start(device, bind, Faults::none()).unwrap();
        let place = Place::with_config(&format!(
            "[arrays.gold]\nkind = \"ontap\"\nurl = \"{}\"\napi = \"{api}\"\n\
             password = {{ file = \"password\" }}\n\
             timeouts = {{ connect = \"2s\", request = \"2s\" }}\n{lines}\n",
            server.url()
        ));
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

    pub(crate) fn set_faults(&self, text: &str) {
        self.server.set_faults(Faults::parse(text).unwrap());
    }
}
