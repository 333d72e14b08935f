//! The command that a role must allow for each call: what an administrator has to grant
//! (ontap.md §4 "Minimum role", §6 "Minimum REST role").

/// Calls of ZAPI and the command directories of the CLI behind them.
const ZAPI: &[(&str, &str)] = &[
    ("lun-map-get-iter", "lun mapping show"),
    ("lun-get-iter", "lun show"),
    ("lun-map", "lun mapping create"),
    ("lun-unmap", "lun mapping delete"),
    ("lun-initiator-list-map-info", "lun mapping show"),
    ("lun-online", "lun online"),
    ("lun-offline", "lun offline"),
    ("lun-create-by-size", "lun create"),
    ("lun-resize", "lun resize"),
    ("lun-destroy", "lun delete"),
    ("igroup-get-iter", "lun igroup show"),
    ("igroup-create", "lun igroup create"),
    ("igroup-add", "lun igroup add"),
    ("igroup-remove", "lun igroup remove"),
    ("igroup-destroy", "lun igroup delete"),
    ("portset-get-iter", "lun portset show"),
    ("net-interface-get-iter", "network interface show"),
    ("iscsi-service-get-iter", "vserver iscsi show"),
    ("iscsi-initiator-get-iter", "vserver iscsi initiator show"),
    ("iscsi-interface-get-iter", "vserver iscsi interface show"),
    ("fcp-service-get-iter", "vserver fcp show"),
    ("iscsi-initiator-get-auth", "vserver iscsi security show"),
    (
        "iscsi-initiator-auth-get-iter",
        "vserver iscsi security show",
    ),
    (
        "iscsi-initiator-get-default-auth",
        "vserver iscsi security show",
    ),
    ("iscsi-initiator-add-auth", "vserver iscsi security create"),
    (
        "iscsi-initiator-modify-chap-params",
        "vserver iscsi security modify",
    ),
    (
        "iscsi-initiator-delete-auth",
        "vserver iscsi security delete",
    ),
    ("vserver-get-iter", "vserver show"),
    ("system-get-version", "version"),
    ("system-get-ontapi-version", "version"),
    ("system-node-get-iter", "system node show"),
];

/// The command that a role lacks when this request is refused; over REST the path itself, with the
/// access that it needs.
pub(super) fn command_of(request: &str) -> Option<String> {
    if let Some((method, path)) = request.split_once(' ') {
        let path = path.split('?').next().unwrap_or(path);
        let access = match method {
            "GET" => "readonly",
            "POST" | "DELETE" => "all",
            _ => "read_modify",
        };
        let words: Vec<&str> = path.split('/').collect();
        // Ids of single objects are no part of what a role names.
        let named = words
            .iter()
            .take_while(|word| !crate::model::selector::is_uuid(word) && !word.starts_with("iqn."));
        let named: Vec<&str> = named.copied().collect();
        return Some(format!("{} ({access})", named.join("/")));
    }
    let known = ZAPI.iter().find(|(call, _)| *call == request);
    known.map(|(_, command)| (*command).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_role_must_allow() {
        for (request, want) in [
            ("lun-map", Some("lun mapping create")),
            ("nix", None),
            (
                "POST /api/protocols/san/lun-maps?return_records=true",
                Some("/api/protocols/san/lun-maps (all)"),
            ),
            (
                "DELETE /api/protocols/san/igroups/7c1ae69b-a704-4eac-9ec9-e12dae79e11c",
                Some("/api/protocols/san/igroups (all)"),
            ),
            (
                "GET /api/storage/luns?name=x",
                Some("/api/storage/luns (readonly)"),
            ),
        ] {
            assert_eq!(command_of(request).as_deref(), want, "{request}");
        }
    }
}
