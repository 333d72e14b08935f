//! Documents about the objects of an array.

use serde_json::Value;

use super::build::{
    any, either, flag, integer, list, map, object, object_with, or_null, text, words,
};

pub(super) fn state() -> Value {
    object(vec![
        ("usable", flag(), "whether it can be used now"),
        ("words", text(), "the array's own words"),
    ])
}

pub(super) fn member() -> Value {
    object(vec![
        ("what", text(), "host, lun, snapshot, port…"),
        ("id", text(), "the array's id"),
        ("name", text(), ""),
    ])
}

pub(super) fn protocol() -> Value {
    words(&["iscsi", "fc"])
}

fn identity() -> Value {
    object(vec![
        ("name", text(), "the section of the configuration"),
        ("kind", text(), "oceanstor…"),
        ("vendor", text(), ""),
        ("model", or_null(text()), ""),
        ("version", or_null(text()), ""),
        ("serial", text(), "what journals and locks are bound to"),
        ("api", or_null(text()), "the flavour of its interface"),
        ("health", or_null(text()), "the array's own word"),
    ])
}

pub(super) fn array() -> Value {
    let listed = object(vec![
        ("name", text(), "the section of the configuration"),
        ("kind", or_null(text()), ""),
        ("default", flag(), "whether it is meant when none is named"),
        ("url", or_null(list(text())), "tried in this order"),
        ("user", or_null(text()), ""),
    ]);
    either(vec![listed, identity()])
}

pub(super) fn array_test() -> Value {
    let certificate = object(vec![
        ("fingerprint", text(), "sha256: and 64 digits"),
        ("trusted", flag(), ""),
        ("why_not", or_null(text()), ""),
    ]);
    object(vec![
        ("url", text(), "the one that answered"),
        ("certificate", or_null(certificate), "null over plain http"),
        (
            "identity",
            or_null(identity()),
            "null where only a URL was named",
        ),
        ("details", map(text()), "anything else worth knowing"),
        ("warnings", list(text()), ""),
        (
            "privileges",
            or_null(map(text())),
            "each kind of object: yes, or why the account cannot read it; null if not asked for",
        ),
    ])
}

pub(super) fn lun() -> Value {
    object(vec![
        ("id", text(), "the array's id"),
        ("name", text(), ""),
        ("wwid", or_null(text()), "its identity, 32 hex digits"),
        ("size_bytes", integer(), ""),
        ("snapshot", flag(), ""),
        ("state", state(), ""),
        ("pool", or_null(text()), ""),
        (
            "mapped",
            or_null(flag()),
            "whether any initiator can see it",
        ),
        ("array", text(), "the section of the configuration"),
    ])
}

pub(super) fn host() -> Value {
    object_with(
        vec![
            ("id", text(), "the array's id"),
            ("name", text(), ""),
            ("description", or_null(text()), ""),
            ("os", or_null(text()), "in the array's words"),
            ("os_code", or_null(integer()), "the array's number of it"),
            (
                "access_mode",
                or_null(words(&["balanced", "asymmetric"])),
                "how it is given its paths; null: this array does not tell",
            ),
            ("initiators", or_null(integer()), "how many"),
            ("hostgroup", or_null(text()), "one that it is in"),
            ("state", state(), ""),
        ],
        vec![from()],
    )
}

/// Single objects say where they are from.
fn from() -> super::build::Key {
    ("array", text(), "the section of the configuration")
}

pub(super) fn host_lun() -> Value {
    object(vec![
        ("id", text(), "the LUN's id"),
        ("name", text(), ""),
        ("wwid", or_null(text()), ""),
        (
            "lun_number",
            or_null(integer()),
            "the number that the host sees",
        ),
        ("snapshot", flag(), ""),
    ])
}

pub(super) fn host_path() -> Value {
    object(vec![
        ("initiator", text(), "IQN or WWPN"),
        ("protocol", protocol(), ""),
        ("target", or_null(text()), "the array's IQN or WWPN"),
        ("address", or_null(text()), "iSCSI: the portal's address"),
        ("port", or_null(text()), "the array's id of the port"),
        ("controller", or_null(text()), "in the array's words"),
        ("state", state(), ""),
    ])
}

pub(super) fn initiator_chap() -> Value {
    object(vec![
        ("id", text(), "IQN"),
        (
            "chap",
            or_null(flag()),
            "whether the array asks it for CHAP",
        ),
        ("user", or_null(text()), "whom it must prove to be"),
        from(),
    ])
}

fn path_policy() -> Value {
    object(vec![
        ("multipath_type", or_null(integer()), ""),
        ("failover_mode", or_null(integer()), ""),
        ("special_mode", or_null(integer()), ""),
        ("path_type", or_null(integer()), ""),
    ])
}

pub(super) fn initiator() -> Value {
    let host = object(vec![("id", text(), ""), ("name", or_null(text()), "")]);
    object_with(
        vec![
            ("id", text(), "IQN or WWPN"),
            ("protocol", protocol(), ""),
            ("host", or_null(host), "null: bound to none"),
            ("online", flag(), "whether it is logged in now"),
            (
                "chap",
                or_null(flag()),
                "whether the array asks it for CHAP",
            ),
            ("chap_user", or_null(text()), "whom it must prove to be"),
            ("path_policy", path_policy(), "in the array's numbers"),
            ("state", state(), ""),
        ],
        vec![from()],
    )
}

pub(super) fn group() -> Value {
    object_with(
        vec![
            ("id", text(), "the array's id"),
            ("name", text(), ""),
            ("description", or_null(text()), ""),
            ("mapped", or_null(flag()), "whether a mapping holds it"),
        ],
        vec![
            ("members", list(member()), "with show"),
            ("mappings", list(member()), "with show: those that hold it"),
        ],
    )
}

pub(super) fn mapping() -> Value {
    object_with(
        vec![
            ("id", text(), "the array's id"),
            ("name", text(), ""),
            ("kind", words(&["view", "direct", "lun map"]), ""),
            (
                "hostgroup",
                or_null(member()),
                "the host, where kind is direct; the igroup of a lun map",
            ),
            (
                "lungroup",
                or_null(member()),
                "the LUN, where kind is direct or lun map",
            ),
            ("portgroup", or_null(member()), "null: all ports"),
            (
                "lun_number",
                or_null(integer()),
                "of the LUN, where kind is lun map",
            ),
            (
                "reporting_nodes",
                or_null(list(text())),
                "the array's nodes that show it, where kind is lun map; none: every node",
            ),
        ],
        vec![from()],
    )
}

pub(super) fn mapping_tree() -> Value {
    object(vec![
        ("id", text(), "the array's id"),
        ("name", text(), ""),
        ("kind", words(&["view", "direct", "lun map"]), ""),
        ("hostgroup", or_null(member()), ""),
        ("hosts", list(member()), ""),
        ("lungroup", or_null(member()), ""),
        ("luns", list(member()), ""),
        ("portgroup", or_null(member()), ""),
        ("ports", list(member()), ""),
        ("lun_number", or_null(integer()), "as in mapping list"),
        (
            "reporting_nodes",
            or_null(list(text())),
            "as in mapping list",
        ),
    ])
}

pub(super) fn free_number() -> Value {
    object(vec![(
        "lun_number",
        integer(),
        "no LUN has it where the mapping leads",
    )])
}

pub(super) fn lun_mapping() -> Value {
    object(vec![
        ("mapping", or_null(member()), ""),
        ("lungroup", or_null(member()), ""),
        ("hostgroup", or_null(member()), ""),
        ("host", or_null(member()), "one object for each host"),
        (
            "lun_number",
            or_null(integer()),
            "the number that the host sees",
        ),
    ])
}

pub(super) fn port() -> Value {
    object_with(
        vec![
            ("id", text(), "the array's id"),
            ("location", or_null(text()), "in the array's words"),
            ("protocol", protocol(), ""),
            ("iqn", or_null(text()), "iSCSI: the target"),
            ("portal", or_null(text()), "iSCSI: address and port"),
            ("tpgt", or_null(integer()), "iSCSI: the portal group tag"),
            ("wwpn", or_null(text()), "Fibre Channel: the port's name"),
            ("state", state(), ""),
            ("why_not", or_null(text()), "why it cannot be used now"),
        ],
        vec![
            (
                "reachable",
                or_null(flag()),
                "with list: this node gets an answer; null: it was not asked for",
            ),
            from(),
        ],
    )
}

pub(super) fn connector() -> Value {
    let mut schema = object_with(
        vec![
            ("host", text(), "the node's name"),
            ("multipath", flag(), "whether it wants all paths"),
        ],
        vec![
            ("platform", text(), ""),
            ("os_type", text(), ""),
            ("ip", text(), ""),
            ("enforce_multipath", flag(), ""),
            ("initiator", text(), "the IQN"),
            ("wwpns", list(text()), ""),
            ("wwnns", list(text()), ""),
        ],
    );
    if let Value::Object(map) = &mut schema {
        // os-brick's dictionary may hold anything else.
        map.insert("additionalProperties".into(), any());
    }
    schema
}

pub(super) fn connector_difference() -> Value {
    object(vec![
        ("key", text(), "a key of the connector"),
        ("given", any(), "in the file"),
        ("here", any(), "on this node"),
    ])
}

/// os-brick's `connection_info`.
pub(super) fn connection() -> Value {
    let lun = || or_null(integer());
    let data = object_with(
        Vec::new(),
        vec![
            ("target_discovered", flag(), "of a LUN"),
            ("target_portal", text(), "the preferred one"),
            ("target_iqn", text(), ""),
            ("target_lun", lun(), "the LUN's number there"),
            ("target_portals", list(text()), "all of them"),
            ("target_iqns", list(text()), ""),
            ("target_luns", list(lun()), ""),
            (
                "target_wwn",
                list(text()),
                "over Fibre Channel: the array's ports",
            ),
            (
                "initiator_target_map",
                any(),
                "over Fibre Channel: which of them each port of the node comes to",
            ),
            ("auth_method", text(), "CHAP"),
            ("auth_username", text(), ""),
            ("auth_password", text(), "masked"),
            ("device_path", text(), "of local: the path"),
            ("export", text(), "of nfs and glusterfs: the share"),
            ("name", text(), "of nfs and glusterfs: the file in it"),
            (
                "options",
                or_null(text()),
                "of nfs and glusterfs: -o with options of mount",
            ),
            ("target_shelf", integer(), "of aoe"),
            ("access_mode", words(&["rw", "ro"]), ""),
            ("wwid", or_null(text()), ""),
        ],
    );
    let types = ["iscsi", "fibre_channel", "local", "nfs", "glusterfs", "aoe"];
    object_with(
        vec![
            ("driver_volume_type", words(&types), ""),
            ("data", data, ""),
            (
                "wwid",
                or_null(text()),
                "the identity that every path must prove",
            ),
        ],
        vec![(
            "mount_point_base",
            text(),
            "of nfs and glusterfs: the folder of mounts",
        )],
    )
}
