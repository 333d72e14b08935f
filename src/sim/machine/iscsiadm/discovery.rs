//! `iscsiadm -m discovery`: what targets a portal names.

use super::super::fabric::{Answer, FabricPortal};
use super::super::kernel;
use super::super::record::{Origin, Record};
use super::args::{Args, Flag};
use super::{INVALID, NO_OBJECTS, PDU_TIMEOUT, Tool, parse_portal};
use crate::model::portal::Portal;

/// What becomes of the records (linux-host.md §3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keep {
    /// `-o nonpersistent`: none is touched.
    Untouched,
    /// `-o new`: missing ones are added.
    AddMissing,
    /// No `-o`: those found are reset, those of this portal not found again are removed.
    Replace,
}

impl Tool<'_> {
    pub(super) fn discovery(&mut self, args: &Args) {
        let unwanted = [
            ("-T", args.target.is_some()),
            ("-r", args.sid.is_some()),
            ("-n", !args.names.is_empty()),
            ("-l", args.has(Flag::Login)),
            ("-u", args.has(Flag::Logout)),
            ("-R", args.has(Flag::Rescan)),
            ("-P", args.print.is_some()),
        ];
        if self.refuse(args, &unwanted) {
            return;
        }
        let kind = args.kind.as_deref();
        let (Some("sendtargets" | "st"), Some(portal)) = (kind, args.portal.as_deref()) else {
            return self
                .said
                .fail(INVALID, "Discovery wants -t sendtargets and -p PORTAL here");
        };
        let portal = match parse_portal(portal) {
            Ok((portal, _)) => portal,
            Err(why) => return self.said.fail(INVALID, why),
        };
        let database = args.mode.as_deref() == Some("discoverydb");
        let keep = match (args.op.as_deref(), database) {
            (Some("nonpersistent"), _) => Keep::Untouched,
            (Some("new"), false) => Keep::AddMissing,
            (Some("new"), true) if args.has(Flag::Discover) => Keep::AddMissing,
            (None, false) => Keep::Replace,
            (None, true) if args.has(Flag::Discover) => Keep::Replace,
            (op, _) => {
                let op = op.unwrap_or("without -D");
                let text = format!("discovery: operation '{op}' is not in the practice machine");
                return self.said.fail(INVALID, text);
            }
        };
        self.send_targets(portal, keep);
    }

    fn send_targets(&mut self, portal: Portal, keep: Keep) {
        if self.state.initiator().is_none() {
            // The exit code is this machine's own; no source gives it.
            let text = "Cannot perform discovery. Initiatorname required.";
            return self.said.fail(INVALID, text);
        }
        let portals = self.fabric.portals();
        let why = match kernel::answer(self.state, &portals, portal) {
            Answer::Up => return self.found(portal, &portals, keep),
            Answer::Refused => format!(
                "cannot make connection to {}: Connection refused",
                portal.ip
            ),
            Answer::Silent => format!("connect to {} timed out", portal.ip),
        };
        for _ in 0..6 {
            self.said.err(&why);
        }
        self.said
            .err("connection login retries (reopen_max) 5 exceeded");
        let text = "Could not perform SendTargets discovery: iSCSI PDU timed out";
        self.said.fail(PDU_TIMEOUT, text);
    }

    fn found(&mut self, from: Portal, portals: &[FabricPortal], keep: Keep) {
        if portals.is_empty() {
            return self.said.fail(NO_OBJECTS, "No portals found");
        }
        if keep == Keep::Replace {
            // A record in use stays, as the real one keeps it.
            let state = &mut *self.state;
            let sessions = &state.sessions;
            state.records.retain(|r| {
                r.origin != Origin::SendTargets(from)
                    || sessions
                        .values()
                        .any(|s| s.iqn == r.iqn && s.portal == r.portal)
            });
        }
        for target in portals {
            self.said
                .out(format!("{},{} {}", target.portal, target.tpgt, target.iqn));
            let origin = Origin::SendTargets(from);
            let record = Record::new(
                &target.iqn,
                target.portal,
                Some(target.tpgt),
                "default",
                origin,
            );
            let there = self.state.records.iter().any(|r| r.same_place(&record));
            match keep {
                Keep::Untouched => {}
                Keep::AddMissing if there => {}
                Keep::AddMissing | Keep::Replace => self.put_record(record),
            }
        }
    }
}
