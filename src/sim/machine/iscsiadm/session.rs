//! `iscsiadm -m session`: what is logged in, logout by id, rescan.

use super::super::fabric::FabricPortal;
use super::super::kernel::{self, Link};
use super::super::state::{Outage, Session};
use super::args::{Args, Flag};
use super::{INVALID, NO_OBJECTS, SYSFS_LOOKUP, Tool, comma};
use crate::model::ids::Hctl;

impl Tool<'_> {
    pub(super) fn session(&mut self, args: &Args) {
        let unwanted = [
            ("-T", args.target.is_some()),
            ("-p", args.portal.is_some()),
            ("-t", args.kind.is_some()),
            ("-I", !args.ifaces.is_empty()),
            ("-o", args.op.as_deref().is_some_and(|op| op != "show")),
            ("-n", !args.names.is_empty()),
            ("-l", args.has(Flag::Login)),
            ("-D", args.has(Flag::Discover)),
        ];
        if self.refuse(args, &unwanted) {
            return;
        }
        let sids: Vec<u32> = match args.sid.as_deref().map(str::parse::<u32>) {
            None => self.state.sessions.keys().copied().collect(),
            Some(Ok(sid)) if self.state.sessions.contains_key(&sid) => vec![sid],
            Some(Ok(sid)) => {
                self.said.err("could not read session targetname: 5");
                let text = format!("could not find session info for session{sid}");
                return self.said.fail(SYSFS_LOOKUP, text);
            }
            Some(Err(_)) => return self.said.fail(INVALID, "Invalid sid"),
        };
        match (args.has(Flag::Logout), args.has(Flag::Rescan)) {
            (true, true) => self
                .said
                .fail(INVALID, "Only one operation is allowed at a time"),
            (true, false) => self.logout_all(&sids),
            (false, true) => self.rescan_all(&sids),
            (false, false) => self.list_sessions(args, &sids),
        }
    }

    fn list_sessions(&mut self, args: &Args, sids: &[u32]) {
        if sids.is_empty() {
            return self.said.fail(NO_OBJECTS, "No active sessions.");
        }
        match args.print.as_deref() {
            None | Some("0") => {
                for (sid, s) in &self.state.sessions {
                    if sids.contains(sid) {
                        let (portal, tpgt, iqn) = (s.portal, s.tpgt, &s.iqn);
                        self.said
                            .out(format!("tcp: [{sid}] {portal},{tpgt} {iqn} (non-flash)"));
                    }
                }
            }
            Some("1") => self.tree(sids),
            // Levels 2 and 3 repeat what sysfs says; nothing of this program reads them.
            Some(level) => self
                .said
                .fail(INVALID, format!("Invalid info level {level}.")),
        }
    }

    fn tree(&mut self, sids: &[u32]) {
        let portals = self.fabric.portals();
        let mut last = String::new();
        for sid in sids {
            let Some(session) = self.state.sessions.get(sid).cloned() else {
                continue;
            };
            if session.iqn != last {
                self.said
                    .out(format!("Target: {} (non-flash)", session.iqn));
                last.clone_from(&session.iqn);
            }
            for line in self.details(*sid, &session, &portals) {
                self.said.out(line);
            }
        }
    }

    fn details(&self, sid: u32, session: &Session, portals: &[FabricPortal]) -> Vec<String> {
        let (connection, state, daemon) = match kernel::link(self.state, portals, session) {
            Link::Up => ("LOGGED IN", "LOGGED_IN", "NO CHANGE"),
            Link::Lost(Outage::Recent) => ("TRANSPORT WAIT", "FAILED", "REOPEN"),
            Link::Lost(Outage::Settled) => ("TRANSPORT WAIT", "FREE", "REOPEN"),
        };
        let (portal, tpgt) = (session.portal, session.tpgt);
        let mut lines = vec![
            format!("\tCurrent Portal: {portal},{tpgt}"),
            format!("\tPersistent Portal: {portal},{tpgt}"),
        ];
        for line in [
            "**********".into(),
            "Interface:".into(),
            "**********".into(),
            format!("Iface Name: {}", session.iface),
            "Iface Transport: tcp".into(),
            format!("Iface Initiatorname: {}", session.initiator),
            format!("SID: {sid}"),
            format!("iSCSI Connection State: {connection}"),
            format!("iSCSI Session State: {state}"),
            format!("Internal iscsid Session State: {daemon}"),
        ] {
            lines.push(format!("\t\t{line}"));
        }
        lines
    }

    /// Reads every disk of the sessions again, then scans for new ones.
    pub(super) fn rescan_all(&mut self, sids: &[u32]) {
        if sids.is_empty() {
            return self.said.fail(NO_OBJECTS, "No session found.");
        }
        for sid in sids {
            let Some(session) = self.state.sessions.get(sid) else {
                continue;
            };
            let host = session.host;
            self.said.out(format!(
                "Rescanning session [sid: {sid}, target: {}, portal: {}]",
                session.iqn,
                comma(session.portal)
            ));
            let disks = self.state.disks.keys().filter(|h| h.host == host);
            let disks: Vec<Hctl> = disks.copied().collect();
            for hctl in disks {
                kernel::rescan(self.state, self.fabric, hctl);
            }
            kernel::scan_host(self.state, self.fabric, host, None);
        }
    }
}
