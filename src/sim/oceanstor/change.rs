//! Which request changes what: the way from method and path to the handlers.
//!
//! Every handler checks everything first and changes then, so a refused request changes nothing.

use super::answer::{Answer, Refusal, Refused};
use super::query::Query;
use super::state::State;
use crate::sim::server::Request;

impl State {
    /// Answers POST, PUT and DELETE; `path` are the segments behind the device id.
    pub(super) fn change(&mut self, path: &[String], query: &Query, request: &Request) -> Answer {
        let lower: Vec<String> = path.iter().map(|s| s.to_ascii_lowercase()).collect();
        let words: Vec<&str> = lower.iter().map(String::as_str).collect();
        let id = path.get(1).map(String::as_str).unwrap_or_default();
        let body = request.body.as_slice();
        let plain = query.attributes.is_empty() && query.range.is_none() && query.filter.is_empty();
        if request.method != "DELETE" && !plain {
            return Err(Refusal::PARAMETER);
        }
        match (request.method.as_str(), words.as_slice()) {
            ("POST", ["host"]) => self.create_host(body),
            ("PUT", ["host", _]) => self.change_host(number(id)?, body),
            ("DELETE", ["host", "associate"]) => self.leave_hostgroup(query, body),
            ("DELETE", ["host", _]) => self.delete_host(number(id)?),

            ("POST", ["iscsi_initiator"]) => self.create_iscsi(body),
            ("PUT", ["iscsi_initiator", "remove_iscsi_from_host"]) => self.unbind_iscsi(body),
            ("PUT", ["iscsi_initiator"]) => self.change_iscsi(None, body),
            ("PUT", ["iscsi_initiator", _]) => self.change_iscsi(Some(id), body),
            ("DELETE", ["iscsi_initiator", _]) => self.delete_iscsi(id),
            ("POST", ["fc_initiator"]) => self.create_fc(body),
            ("PUT", ["fc_initiator", "remove_fc_from_host"]) => self.unbind_fc(body),
            ("PUT", ["fc_initiator"]) => self.change_fc(None, body),
            ("PUT", ["fc_initiator", _]) => self.change_fc(Some(id), body),
            ("DELETE", ["fc_initiator", _]) => self.delete_fc(id),

            ("POST", ["hostgroup"]) => self.create_hostgroup(body),
            ("POST", ["hostgroup", "associate"]) => self.join_hostgroup(body),
            ("PUT", ["hostgroup", _]) => self.change_hostgroup(number(id)?, body),
            ("DELETE", ["hostgroup", _]) => self.delete_hostgroup(number(id)?),

            ("POST", ["lungroup"]) => self.create_lungroup(body),
            ("POST", ["lungroup", "associate"]) => self.join_lungroup(body),
            ("PUT", ["lungroup", _]) => self.change_lungroup(number(id)?, body),
            ("DELETE", ["lungroup", "associate"]) => self.leave_lungroup(query, body),
            ("DELETE", ["lungroup", _]) => self.delete_lungroup(number(id)?),

            ("POST", ["lun"]) => self.create_lun(body),
            ("PUT", ["lun", "expand"]) => self.expand_lun(body),
            ("DELETE", ["lun", _]) => self.delete_lun(number(id)?),

            ("POST", ["portgroup"]) => self.create_portgroup(body),
            ("POST", ["port", "associate", "portgroup"]) => self.join_portgroup(body),
            ("PUT", ["portgroup", _]) => self.change_portgroup(number(id)?, body),
            ("DELETE", ["port", "associate", "portgroup"]) => self.leave_portgroup(query, body),
            ("DELETE", ["portgroup", _]) => self.delete_portgroup(number(id)?),

            ("POST", ["mappingview"]) => self.create_view(body),
            ("PUT", ["mappingview", "create_associate"]) => self.join_view(body),
            ("PUT", ["mappingview", "remove_associate"]) => self.leave_view(body),
            ("PUT", ["mappingview"]) => self.change_view(None, body),
            ("PUT", ["mappingview", _]) => self.change_view(Some(number(id)?), body),
            ("DELETE", ["mappingview", _]) => self.delete_view(number(id)?),

            ("POST", ["mapping"]) if self.v6() => self.create_mapping(body),
            ("DELETE", ["mapping"]) if self.v6() => self.delete_mapping(body),
            _ => Err(Refusal::not_found()),
        }
    }
}

fn number(id: &str) -> Result<u64, Refused> {
    id.parse().map_err(|_| Refusal::PARAMETER)
}
