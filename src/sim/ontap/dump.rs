//! The state as one value, to compare two moments.

use serde_json::{Value, json};

use super::state::State;

/// Everything but what runs on (the last number, jobs, logins), what is no state of the array
/// (options, accounts), and secrets.
pub(super) fn dump(state: &State) -> Value {
    let svm = |id: u64| state.svm_name(id).to_owned();
    let maps = state.maps.iter().flat_map(|(lun, maps)| {
        let path = state.luns.get(lun).map(|l| l.path.clone());
        maps.iter().map(move |(igroup, map)| {
            let group = state.igroups.get(igroup).map(|g| g.name.clone());
            json!({"lun": path, "igroup": group, "number": map.number,
                "reporting": map.reporting})
        })
    });
    let luns = state.luns.values().map(|lun| {
        json!({"svm": svm(lun.svm), "path": lun.path, "uuid": lun.uuid, "serial": lun.serial,
            "bytes": lun.bytes, "os": lun.os, "state": lun.state.word()})
    });
    let igroups = state.igroups.values().map(|group| {
        json!({"svm": svm(group.svm), "name": group.name, "protocol": group.protocol,
            "os": group.os, "initiators": group.initiators, "portset": group.portset,
            "delete_on_unmap": group.delete_on_unmap})
    });
    let credentials = state.credentials.iter().flat_map(|(id, entries)| {
        let svm = svm(*id);
        entries.iter().map(move |(initiator, entry)| {
            let user = |login: &Option<super::chap::Login>| login.as_ref().map(|l| l.user.clone());
            json!({"svm": svm, "initiator": initiator, "auth": entry.auth,
                "inbound": user(&entry.inbound), "outbound": user(&entry.outbound)})
        })
    });
    let mut igroups: Vec<Value> = igroups.collect();
    igroups.sort_by_key(ToString::to_string);
    let mut luns: Vec<Value> = luns.collect();
    luns.sort_by_key(ToString::to_string);
    let mut maps: Vec<Value> = maps.collect();
    maps.sort_by_key(ToString::to_string);
    let credentials: Vec<Value> = credentials.collect();
    json!({"luns": luns, "igroups": igroups, "maps": maps, "credentials": credentials})
}
