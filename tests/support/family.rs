//! Over which family of addresses a test runs: the same test, twice.

use std::cell::Cell;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use sanctl::sim::oceanstor::Seed;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    V4,
    V6,
}

thread_local! {
    static FAMILY: Cell<Family> = const { Cell::new(Family::V4) };
}

/// The family of the test that runs on this thread.
pub(crate) fn family() -> Family {
    FAMILY.get()
}

/// Runs a test over IPv6: what it makes on this thread has addresses of it only.
#[allow(dead_code, reason = "not every target runs tests again")]
pub(crate) fn over_v6(test: fn()) {
    /// Tests may share a thread, one after the other.
    struct Back;
    impl Drop for Back {
        fn drop(&mut self) {
            FAMILY.set(Family::V4);
        }
    }
    let _back = Back;
    FAMILY.set(Family::V6);
    test();
}

/// Where a practice array listens: a free port of a loopback address, which over IPv4 no other
/// process takes while nothing listens there.
#[allow(dead_code, reason = "not every target serves an array")]
pub(crate) fn loopback() -> SocketAddr {
    let ip: IpAddr = match family() {
        Family::V4 => {
            let [_, a, b, c] = std::process::id().to_be_bytes();
            Ipv4Addr::new(127, a.wrapping_add(64), b, c.clamp(2, 250)).into()
        }
        Family::V6 => Ipv6Addr::LOCALHOST.into(),
    };
    SocketAddr::from((ip, 0))
}

/// The seed with its iSCSI ports on addresses of the family: 192.0.2.35 is 2001:db8::35.
#[allow(dead_code, reason = "not every target serves an array")]
pub(crate) fn of_family(seed: &Seed) -> Seed {
    let mut seed = seed.clone();
    if family() == Family::V6 {
        for portal in &mut seed.portals {
            portal.set_ip(v6(&portal.ip()));
        }
    }
    seed
}

/// The IPv6 address that stands for an IPv4 one: the last number in the same digits.
fn v6(ip: &IpAddr) -> IpAddr {
    let text = ip.to_string();
    let last = text.rsplit('.').next().unwrap();
    format!("2001:db8::{last}").parse().unwrap()
}

/// A place on the network, as it is spelled in the family of the test.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At {
    #[allow(dead_code, reason = "read where there are such constants")]
    pub(crate) v4: &'static str,
    #[allow(dead_code, reason = "read where there are such constants")]
    pub(crate) v6: &'static str,
}

impl At {
    #[allow(dead_code, reason = "not every target has such constants")]
    pub(crate) fn text(self) -> &'static str {
        match family() {
            Family::V4 => self.v4,
            Family::V6 => self.v6,
        }
    }
}

#[allow(
    dead_code,
    reason = "not every target has constants that are addresses"
)]
impl At {
    pub(crate) fn ip(self) -> IpAddr {
        self.text().parse().unwrap()
    }

    /// The address with the port of iSCSI, as a portal is written.
    pub(crate) fn portal(self) -> String {
        SocketAddr::new(self.ip(), 3260).to_string()
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text())
    }
}
