//! The kernel's device events, used only to wake: the state is always read from sysfs.

use std::cell::RefCell;
use std::os::fd::OwnedFd;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::net::netlink::{KOBJECT_UEVENT, SocketAddrNetlink};
use rustix::net::{AddressFamily, RecvFlags, SocketFlags, SocketType, bind, recv, socket_with};

use super::exec::timespec;
use crate::kit::bounds::{Bounds, Ended};

/// Group 1: events as the kernel sends them (group 2 is what udev makes of them).
const KERNEL_GROUP: u32 = 1;
/// Longest wait without looking at the state again: events can be lost, and containers may get none.
const SLICE: Duration = Duration::from_millis(250);
/// How often a wait looks at the stop flag.
const GLANCE: Duration = Duration::from_millis(20);

thread_local! {
    /// Each thread has its own subscription, so that parallel lanes do not eat each other's events.
    static SOCKET: RefCell<Subscription> = const { RefCell::new(Subscription::NotYet) };
}

enum Subscription {
    NotYet,
    /// No permission, or no netlink here.
    None,
    Open(OwnedFd),
}

/// Subscribes this thread, if it is not yet. Called before every change whose effect may be
/// waited for, so that no event is missed between the change and the wait.
pub(super) fn subscribe() {
    SOCKET.with_borrow_mut(|socket| {
        if matches!(socket, Subscription::NotYet) {
            *socket = open().map_or(Subscription::None, Subscription::Open);
        }
    });
}

fn open() -> rustix::io::Result<OwnedFd> {
    let socket = socket_with(
        AddressFamily::NETLINK,
        SocketType::DGRAM,
        SocketFlags::CLOEXEC | SocketFlags::NONBLOCK,
        Some(KOBJECT_UEVENT),
    )?;
    bind(&socket, &SocketAddrNetlink::new(0, KERNEL_GROUP))?;
    Ok(socket)
}

/// Waits until an event comes, at most `span`, never longer than a quarter of a second.
pub(super) fn wait(span: Duration, bounds: &Bounds) -> Result<(), Ended> {
    bounds.check()?;
    subscribe();
    let span = span.min(SLICE);
    SOCKET.with_borrow(|socket| match socket {
        Subscription::Open(fd) => wait_on(fd, span, bounds),
        _ => bounds.wait(span.min(Duration::from_millis(20))),
    })
}

fn wait_on(fd: &OwnedFd, span: Duration, bounds: &Bounds) -> Result<(), Ended> {
    let end = Instant::now() + span.min(bounds.deadline.remaining());
    loop {
        let left = end.saturating_duration_since(Instant::now());
        let mut fds = [PollFd::new(fd, PollFlags::IN)];
        let woken = poll(&mut fds, Some(&timespec(left.min(GLANCE))));
        if !matches!(woken, Ok(0)) {
            // One look at the state answers all events that have come so far. An overrun
            // (ENOBUFS) means that there were some.
            let mut event = [0_u8; 4096];
            while recv(fd, &mut event[..], RecvFlags::DONTWAIT).is_ok() {}
            return bounds.check();
        }
        bounds.check()?;
        if left.is_zero() {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::stop::Stop;

    #[test]
    fn a_wait_ends_by_itself_and_by_a_stop() {
        let stop = Stop::new();
        let bounds = Bounds::new(Duration::from_secs(60), "test", stop.clone());
        assert!(wait(Duration::from_millis(5), &bounds).is_ok());
        stop.request();
        assert!(wait(Duration::from_secs(60), &bounds).is_err());
    }
}
