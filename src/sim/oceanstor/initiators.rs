//! iSCSI and FC initiators: made free or bound, bound, unbound, deleted (oceanstor.md §7).

use super::answer::{Answer, Outcome, Refusal, Refused};
use super::body::Fields;
use super::kind::Kind;
use super::show::{Key, View};
use super::state::{Initiator, State};
use super::{codes, own_codes};

const COMMON: [&str; 10] = [
    "TYPE",
    "ID",
    "NAME",
    "PARENTTYPE",
    "PARENTID",
    "OPERATIONSYSTEM",
    "MULTIPATHTYPE",
    "FAILOVERMODE",
    "SPECIALMODETYPE",
    "PATHTYPE",
];
const CHAP: [&str; 3] = ["USECHAP", "CHAPNAME", "CHAPPASSWORD"];

/// An iSCSI name: a known prefix and at most 223 characters (oceanstor.md §6).
fn good_iqn(id: &str) -> bool {
    let prefix = ["iqn.", "eui.", "naa."].iter().any(|p| id.starts_with(p));
    prefix
        && id.len() <= 223
        && id
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || ".:-_".contains(c))
}

/// A WWN: 16 lower-case hex digits without colons (oceanstor.md §7).
fn good_wwn(id: &str) -> bool {
    id.len() == 16
        && id
            .bytes()
            .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

/// The fields of one request, applied to a copy of the initiator.
fn fill(initiator: &mut Initiator, fields: &Fields) -> Result<(), Refused> {
    if let Some(name) = fields.text("NAME")? {
        initiator.name = name;
    }
    if let Some(os) = fields.number("OPERATIONSYSTEM")? {
        initiator.os = os.to_string();
    }
    if let Some(multipath) = fields.choice("MULTIPATHTYPE", &["0", "1"])? {
        initiator.multipath = multipath;
    }
    let modes = [
        (
            "FAILOVERMODE",
            &mut initiator.failover,
            ["0", "1", "2", "3", "255"].as_slice(),
        ),
        (
            "SPECIALMODETYPE",
            &mut initiator.special,
            &["0", "1", "2", "3"],
        ),
        ("PATHTYPE", &mut initiator.path, &["0", "1"]),
    ];
    for (key, place, allowed) in modes {
        match fields.choice(key, allowed)? {
            // The mode fields only mean something with third-party multipathing (§5).
            Some(_) if initiator.multipath != "1" => return Err(Refusal::field(key)),
            Some(value) => *place = value,
            None => {}
        }
    }
    if initiator.multipath != "1" {
        initiator.failover.clear();
        initiator.special.clear();
        initiator.path.clear();
    }
    // The special mode belongs to failover mode 3 (§5).
    if initiator.failover != "3" {
        if fields.has("SPECIALMODETYPE") {
            return Err(Refusal::field("SPECIALMODETYPE"));
        }
        initiator.special.clear();
    }
    let chap = fields.choice("USECHAP", &["true", "false"])?;
    let name = fields.text("CHAPNAME")?;
    let password = fields.text("CHAPPASSWORD")?;
    if name.as_ref().is_some_and(|n| !(4..=223).contains(&n.len())) {
        return Err(Refusal::field("CHAPNAME"));
    }
    if password
        .as_ref()
        .is_some_and(|p| !(12..=16).contains(&p.len()))
    {
        return Err(Refusal::field("CHAPPASSWORD"));
    }
    match chap.as_deref() {
        Some("false") => {
            initiator.use_chap = false;
            initiator.chap_name.clear();
            initiator.chap_password.clear();
            return Ok(());
        }
        Some(_) => initiator.use_chap = true,
        None => {}
    }
    initiator.chap_name = name.unwrap_or_else(|| std::mem::take(&mut initiator.chap_name));
    initiator.chap_password =
        password.unwrap_or_else(|| std::mem::take(&mut initiator.chap_password));
    if initiator.use_chap && (initiator.chap_name.is_empty() || initiator.chap_password.is_empty())
    {
        return Err(Refusal::field("CHAPNAME, CHAPPASSWORD"));
    }
    Ok(())
}

impl State {
    fn initiator_fields(kind: Kind, body: &[u8]) -> Result<Fields, Refused> {
        let mut known = COMMON.to_vec();
        if kind == Kind::Iscsi {
            known.extend(CHAP);
        }
        let fields = Fields::parse(body, &known)?;
        fields.type_is(kind.code())?;
        Ok(fields)
    }

    fn initiators(&mut self, kind: Kind) -> &mut std::collections::BTreeMap<String, Initiator> {
        if kind == Kind::Iscsi {
            &mut self.iscsi
        } else {
            &mut self.fc
        }
    }

    /// The host a request binds to, if it does.
    fn wanted_host(&self, fields: &Fields) -> Result<Option<u64>, Refused> {
        if !fields.has("PARENTID") {
            return if fields.has("PARENTTYPE") {
                Err(Refusal::field("PARENTID"))
            } else {
                Ok(None)
            };
        }
        if fields.number("PARENTTYPE")? != Some(21) {
            return Err(Refusal::field("PARENTTYPE"));
        }
        let host = fields.id("PARENTID")?;
        if self.hosts.get(host).is_none() {
            return Err(codes::NO_HOST.into());
        }
        Ok(Some(host))
    }

    fn bind(&mut self, kind: Kind, id: &str, host: Option<u64>) {
        if let Some(host) = host.and_then(|h| self.hosts.get_mut(h)) {
            let ids = if kind == Kind::Iscsi {
                &mut host.iscsi
            } else {
                &mut host.fc
            };
            ids.insert(id.to_owned());
        }
    }

    fn create_initiator(&mut self, kind: Kind, body: &[u8]) -> Answer {
        let fields = Self::initiator_fields(kind, body)?;
        let id = fields.need("ID")?;
        if !(if kind == Kind::Iscsi {
            good_iqn(&id)
        } else {
            good_wwn(&id)
        }) {
            return Err(Refusal::field("ID"));
        }
        let host = self.wanted_host(&fields)?;
        let mut initiator = Initiator {
            host,
            os: "255".to_owned(),
            multipath: "0".to_owned(),
            ..Initiator::default()
        };
        fill(&mut initiator, &fields)?;
        if self.initiators(kind).contains_key(&id) {
            return Err(codes::ID_EXISTS.into());
        }
        self.initiators(kind).insert(id.clone(), initiator);
        self.bind(kind, &id, host);
        let shown = self.show(kind, &Key::Text(id), View::Created);
        Ok(shown.map_or(Outcome::Done, Outcome::Object))
    }

    fn change_initiator(&mut self, kind: Kind, path_id: Option<&str>, body: &[u8]) -> Answer {
        let fields = Self::initiator_fields(kind, body)?;
        let id = match (path_id, fields.text("ID")?) {
            (Some(path), Some(body)) if path != body => return Err(Refusal::field("ID")),
            (Some(path), _) => path.to_owned(),
            (None, Some(body)) => body,
            (None, None) => return Err(Refusal::field("ID")),
        };
        let host = self.wanted_host(&fields)?;
        let mut initiator = self
            .initiators(kind)
            .get(&id)
            .ok_or(codes::NO_OBJECT)?
            .clone();
        fill(&mut initiator, &fields)?;
        if host.is_some() && initiator.host.is_some() && initiator.host != host {
            return Err(own_codes::INITIATOR_ELSEWHERE.into());
        }
        initiator.host = host.or(initiator.host);
        self.bind(kind, &id, host);
        self.initiators(kind).insert(id, initiator);
        Ok(Outcome::Done)
    }

    fn unbind_initiator(&mut self, kind: Kind, body: &[u8]) -> Answer {
        let fields = Fields::parse(body, &["TYPE", "ID"])?;
        fields.type_is(kind.code())?;
        let id = fields.need("ID")?;
        let initiator = self.initiators(kind).get_mut(&id).ok_or(codes::NO_OBJECT)?;
        let host = initiator.host.take().ok_or(codes::INITIATOR_FREE)?;
        if let Some(host) = self.hosts.get_mut(host) {
            host.iscsi.remove(&id);
            host.fc.remove(&id);
        }
        Ok(Outcome::Done)
    }

    fn delete_initiator(&mut self, kind: Kind, id: &str) -> Answer {
        let initiator = self.initiators(kind).get(id).ok_or(codes::NO_OBJECT)?;
        if initiator.host.is_some() {
            return Err(own_codes::INITIATOR_BOUND.into());
        }
        // It is a port that the array sees: it would be there again at once.
        let seen = |initiator: &Initiator| self.ways(initiator).next().is_some();
        if kind == Kind::Fc && self.fc.get(id).is_some_and(seen) {
            return Err(own_codes::INITIATOR_ONLINE.into());
        }
        self.initiators(kind).remove(id);
        Ok(Outcome::Done)
    }

    pub(super) fn create_iscsi(&mut self, body: &[u8]) -> Answer {
        self.create_initiator(Kind::Iscsi, body)
    }

    pub(super) fn change_iscsi(&mut self, id: Option<&str>, body: &[u8]) -> Answer {
        self.change_initiator(Kind::Iscsi, id, body)
    }

    pub(super) fn unbind_iscsi(&mut self, body: &[u8]) -> Answer {
        self.unbind_initiator(Kind::Iscsi, body)
    }

    pub(super) fn delete_iscsi(&mut self, id: &str) -> Answer {
        self.delete_initiator(Kind::Iscsi, id)
    }

    pub(super) fn create_fc(&mut self, body: &[u8]) -> Answer {
        self.create_initiator(Kind::Fc, body)
    }

    pub(super) fn change_fc(&mut self, id: Option<&str>, body: &[u8]) -> Answer {
        self.change_initiator(Kind::Fc, id, body)
    }

    pub(super) fn unbind_fc(&mut self, body: &[u8]) -> Answer {
        self.unbind_initiator(Kind::Fc, body)
    }

    pub(super) fn delete_fc(&mut self, id: &str) -> Answer {
        self.delete_initiator(Kind::Fc, id)
    }
}
