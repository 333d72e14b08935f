//! `iscsiadm -m node`: records, login and logout.

use super::super::kernel;
use super::super::record::{Origin, Record, Secrets};
use super::args::{Args, Flag};
use super::{
    INVALID, NO_DAEMON, NO_OBJECTS, SESSION_EXISTS, Tool, address, comma, meaning, parse_portal,
};
use crate::model::portal::Portal;

/// Which records or sessions are meant; what is not given matches all.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    iqn: Option<String>,
    portal: Option<Portal>,
    /// The portal's address as typed: a record is found by this text only.
    address: Option<String>,
    tpgt: Option<u16>,
    iface: Option<String>,
}

impl Wanted {
    fn of(args: &Args) -> Result<Self, String> {
        let (portal, tpgt) = match args.portal.as_deref().map(parse_portal).transpose()? {
            Some((portal, tpgt)) => (Some(portal), tpgt),
            None => (None, None),
        };
        let iface = match args.ifaces.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            _ => return Err("node mode takes one interface".into()),
        };
        Ok(Self {
            iqn: args.target.clone(),
            portal,
            address: args.portal.as_deref().map(|p| address(p).to_owned()),
            tpgt,
            iface,
        })
    }

    fn any(&self) -> bool {
        self.iqn.is_none() && self.portal.is_none() && self.iface.is_none()
    }

    fn matches(&self, iqn: &str, portal: Portal, tpgt: Option<u16>, iface: &str) -> bool {
        let same =
            |wanted: &Option<String>, found: &str| wanted.as_deref().is_none_or(|w| w == found);
        same(&self.iqn, iqn)
            && self.portal.is_none_or(|p| p == portal)
            // A record that knows no portal group answers to any.
            && (self.tpgt.is_none() || tpgt.is_none() || self.tpgt == tpgt)
            && same(&self.iface, iface)
    }

    fn record(&self, record: &Record) -> bool {
        let address = self.address.as_ref();
        address.is_none_or(|a| *a == record.address())
            && self.matches(&record.iqn, record.portal, record.tpgt, &record.iface)
    }
}

impl Tool<'_> {
    pub(super) fn node(&mut self, args: &Args) {
        let unwanted = [
            ("-r", args.sid.is_some()),
            ("-t", args.kind.is_some()),
            ("-D", args.has(Flag::Discover)),
        ];
        if self.refuse(args, &unwanted) {
            return;
        }
        let wanted = match Wanted::of(args) {
            Ok(wanted) => wanted,
            Err(why) => return self.said.fail(INVALID, why),
        };
        let acts = [Flag::Login, Flag::Logout, Flag::Rescan];
        let acts: Vec<Flag> = acts.into_iter().filter(|f| args.has(*f)).collect();
        match (args.op.as_deref(), acts.as_slice()) {
            (None, [Flag::Login]) => self.login(&wanted),
            (None, [Flag::Logout]) => self.logout(&wanted),
            (None, [Flag::Rescan]) => self.rescan_matching(&wanted),
            (Some("new"), []) => self.new_record(&wanted),
            (Some("update"), []) => self.update(&wanted, args),
            (Some("delete"), []) => self.delete(&wanted),
            (Some("show"), []) => self.show(&wanted, args),
            (None, []) if wanted.any() => self.list(args),
            (None, []) => self.show(&wanted, args),
            (Some(op), []) => {
                self.said
                    .fail(INVALID, format!("can not recognize operation: '{op}'"));
            }
            _ => self
                .said
                .fail(INVALID, "Only one operation is allowed at a time"),
        }
    }

    fn matching(&mut self, wanted: &Wanted) -> Vec<Record> {
        let found: Vec<Record> = self
            .state
            .records
            .iter()
            .filter(|r| wanted.record(r))
            .cloned()
            .collect();
        if found.is_empty() {
            self.said.fail(NO_OBJECTS, "No records found");
        }
        found
    }

    fn list(&mut self, args: &Args) {
        let records = self.matching(&Wanted::default());
        match args.print.as_deref() {
            None | Some("0") => {
                for record in &records {
                    // A portal group that is not known prints as the unsigned -1.
                    let tpgt = record.tpgt.map_or(u32::MAX, u32::from);
                    self.said
                        .out(format!("{},{tpgt} {}", record.portal, record.iqn));
                }
            }
            Some("1") => {
                let mut last = "";
                for record in &records {
                    if record.iqn != last {
                        self.said.out(format!("Target: {}", record.iqn));
                        last = &record.iqn;
                    }
                    let tpgt = record.tpgt.map_or(-1, i32::from);
                    self.said.out(format!("\tPortal: {},{tpgt}", record.portal));
                    self.said.out(format!("\t\tIface Name: {}", record.iface));
                }
            }
            Some(level) => self
                .said
                .fail(INVALID, format!("Invalid info level {level}. Try 0 or 1.")),
        }
    }

    fn show(&mut self, wanted: &Wanted, args: &Args) {
        let secrets = if args.has(Flag::Show) {
            Secrets::Shown
        } else {
            Secrets::Masked
        };
        for record in self.matching(wanted) {
            self.said.out(record.shown(secrets).trim_end());
        }
    }

    fn new_record(&mut self, wanted: &Wanted) {
        let (Some(iqn), Some(portal)) = (&wanted.iqn, wanted.portal) else {
            return self
                .said
                .fail(INVALID, "Could not add record: -T and -p are needed");
        };
        if !self.state.iscsid {
            // It complains and succeeds all the same (linux-host.md §3.4).
            self.said.err("can not connect to iSCSI daemon (111)!");
        }
        let iface = wanted.iface.as_deref().unwrap_or("default");
        if !["default", "iser"].contains(&iface) {
            return self
                .said
                .fail(INVALID, format!("Could not read iface {iface}"));
        }
        let mut record = Record::new(iqn, portal, wanted.tpgt, iface, Origin::Static);
        let usual = portal.ip.to_string();
        record.spelled = wanted.address.clone().filter(|typed| *typed != usual);
        let tpgt = wanted.tpgt.map_or(-1, i32::from);
        self.said.out(format!(
            "New iSCSI node [tcp:[hw=,ip=,net_if=,iscsi_if={iface}] {},{tpgt} {iqn}] added",
            comma(portal)
        ));
        self.put_record(record);
    }

    /// Adds a record; one that is there is silently reset to the defaults (linux-host.md §3.2).
    pub(super) fn put_record(&mut self, record: Record) {
        self.state.records.retain(|r| !r.same_place(&record));
        self.state.records.push(record);
        self.state.records.sort_by_key(Record::path);
    }

    fn update(&mut self, wanted: &Wanted, args: &Args) {
        if args.names.is_empty() {
            return self
                .said
                .fail(INVALID, "Update requires a name and a value");
        }
        let mut found = false;
        for record in self.state.records.iter_mut().filter(|r| wanted.record(r)) {
            found = true;
            for (name, value) in args.names.iter().zip(&args.values) {
                if let Err(why) = record.update(name, value) {
                    self.said.err(why);
                    self.said
                        .err("Could not execute operation on all records: invalid parameter");
                    self.said.code(INVALID);
                    return;
                }
            }
        }
        if !found {
            self.said.fail(NO_OBJECTS, "No records found");
        }
    }

    fn delete(&mut self, wanted: &Wanted) {
        let mut in_use = false;
        for record in self.matching(wanted) {
            let used = self.state.sessions.values().any(|s| {
                s.iqn == record.iqn && s.portal == record.portal && s.iface == record.iface
            });
            if used {
                in_use = true;
                self.said.err(format!(
                    "This command will remove the record {}, but a session is using it. Logout \
                     session then rerun command to remove record.",
                    nexus(&record)
                ));
            } else {
                self.state.records.retain(|r| !r.same_place(&record));
            }
        }
        if in_use {
            let text = "Could not execute operation on all records: session exists";
            self.said.fail(SESSION_EXISTS, text);
        }
    }

    fn login(&mut self, wanted: &Wanted) {
        let mut failed = None;
        for record in self.matching(wanted) {
            let present = self.state.sessions.values().any(|s| {
                s.iqn == record.iqn && s.portal == record.portal && s.iface == record.iface
            });
            if present {
                let iface = &record.iface;
                self.said.err(format!(
                    "{iface}: 1 session requested, but 1 already present."
                ));
                failed = failed.or(Some(SESSION_EXISTS));
                continue;
            }
            self.said.out(format!("Logging in to {}", nexus(&record)));
            match kernel::login(self.state, self.fabric, &record) {
                Ok(_) => self
                    .said
                    .out(format!("Login to {} successful.", nexus(&record))),
                Err(code) => {
                    self.daemon_missing(code);
                    self.said
                        .err(format!("Could not login to {}.", nexus(&record)));
                    self.reported(code);
                    failed = failed.or(Some(code));
                }
            }
        }
        if let Some(code) = failed {
            self.said.fail(code, "Could not log into all portals");
        }
    }

    fn logout(&mut self, wanted: &Wanted) {
        let sids: Vec<u32> = self
            .state
            .sessions
            .iter()
            .filter(|(_, s)| wanted.matches(&s.iqn, s.portal, Some(s.tpgt), &s.iface))
            .map(|(sid, _)| *sid)
            .collect();
        self.logout_all(&sids);
    }

    /// Ends sessions one after the other and tells of each.
    pub(super) fn logout_all(&mut self, sids: &[u32]) {
        if sids.is_empty() {
            return self.said.fail(NO_OBJECTS, "No matching sessions found");
        }
        let mut failed = None;
        for sid in sids {
            let Some(session) = self.state.sessions.get(sid) else {
                continue;
            };
            let portal = session.portal;
            let who = format!(
                "[sid: {sid}, target: {}, portal: {}]",
                session.iqn,
                comma(portal)
            );
            self.said.out(format!("Logging out of session {who}"));
            let refused = match self.state.iscsid {
                false => Some(NO_DAEMON),
                true => self.state.logout_codes.get(&portal).copied(),
            };
            match refused {
                None => {
                    kernel::logout(self.state, self.fabric, *sid);
                    self.said.out(format!("Logout of {who} successful."));
                }
                Some(code) => {
                    self.daemon_missing(code);
                    self.said.err(format!("Could not logout of {who}."));
                    self.reported(code);
                    failed = failed.or(Some(code));
                }
            }
        }
        if let Some(code) = failed {
            self.said
                .fail(code, "Could not logout of all requested sessions");
        }
    }

    fn rescan_matching(&mut self, wanted: &Wanted) {
        let sids: Vec<u32> = self
            .state
            .sessions
            .iter()
            .filter(|(_, s)| wanted.matches(&s.iqn, s.portal, Some(s.tpgt), &s.iface))
            .map(|(sid, _)| *sid)
            .collect();
        self.rescan_all(&sids);
    }

    fn daemon_missing(&mut self, code: i32) {
        if code == NO_DAEMON {
            self.said.err("can not connect to iSCSI daemon (111)!");
        }
    }

    fn reported(&mut self, code: i32) {
        self.said.err(format!(
            "initiator reported error ({code} - {})",
            meaning(code)
        ));
    }
}

/// `[iface: …, target: …, portal: …]`
fn nexus(record: &Record) -> String {
    format!(
        "[iface: {}, target: {}, portal: {}]",
        record.iface,
        record.iqn,
        comma(record.portal)
    )
}
