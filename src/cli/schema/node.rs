//! Documents about the sessions, records and devices of this node.

use serde_json::{Value, json};

use super::build::{any, flag, integer, list, object, object_with, or_null, text, words};

/// A key of several documents.
fn lun_number() -> super::build::Key {
    ("lun_number", or_null(integer()), "the number on the node")
}

fn wwid() -> super::build::Key {
    ("wwid", or_null(text()), "the identity, 32 hex digits")
}

fn practice() -> super::build::Key {
    ("practice", flag(), "with show; true: nothing of it is real")
}

pub(super) fn device() -> Value {
    object_with(
        vec![
            ("name", text(), "the disk, else the kernel's address"),
            ("disk", or_null(text()), "such as sda"),
            ("hctl", text(), "the kernel's address"),
            lun_number(),
            wwid(),
            (
                "designator",
                or_null(text()),
                "the same in the kernel's words",
            ),
            ("size_bytes", integer(), ""),
            ("state", text(), "the kernel's word"),
            ("why_not", or_null(text()), "why it cannot be used now"),
            (
                "sid",
                or_null(integer()),
                "iSCSI: the session that carries it",
            ),
            (
                "rport",
                or_null(text()),
                "Fibre Channel: the kernel's name of the login",
            ),
            ("target", or_null(text()), "its IQN, or its WWPN"),
            ("portal", or_null(text()), "iSCSI: address and port"),
            (
                "initiator_wwpn",
                or_null(text()),
                "Fibre Channel: the node's port",
            ),
            (
                "map",
                or_null(text()),
                "the multipath map that it is a path of",
            ),
            (
                "holders",
                list(text()),
                "what is built on it or mounted from it",
            ),
        ],
        vec![
            ("path", or_null(text()), "with show: what to open"),
            ("vendor", or_null(text()), "with show"),
            ("model", or_null(text()), "with show"),
            ("revision", or_null(text()), "with show"),
            ("serial", or_null(text()), "with show"),
            (
                "access_state",
                or_null(text()),
                "with show: the kernel's word",
            ),
            ("timeout_s", or_null(integer()), "with show: of a command"),
            ("transport", text(), "with show"),
            practice(),
        ],
    )
}

pub(super) fn device_check() -> Value {
    object(vec![
        ("name", text(), "the disk, else the kernel's address"),
        ("hctl", text(), "the kernel's address"),
        wwid(),
        ("what", text(), "what was looked at"),
        ("ok", or_null(flag()), "null: it could not be looked at"),
        ("evidence", text(), "what was seen"),
    ])
}

pub(super) fn device_tree() -> Value {
    let mut above = list(any());
    if let Value::Object(map) = &mut above {
        map.insert("items".into(), json!({"$ref": "#/$defs/object"}));
    }
    object_with(
        vec![
            ("name", text(), "the kernel's name"),
            ("kind", text(), "disk, partition…"),
            ("label", or_null(text()), ""),
            ("uses", or_null(text()), "who uses it"),
            ("above", above, "what is built on it"),
        ],
        vec![
            ("hctl", text(), "of a disk"),
            ("wwid", or_null(text()), "of a disk"),
            ("held", flag(), "of a disk: whether anybody uses it"),
        ],
    )
}

pub(super) fn session() -> Value {
    let carried = object(vec![
        ("name", text(), "the disk, else the kernel's address"),
        ("hctl", text(), "the kernel's address"),
        lun_number(),
        wwid(),
        ("state", text(), "the kernel's word"),
    ]);
    object_with(
        vec![
            ("sid", integer(), "its number"),
            ("target", text(), ""),
            ("portal", or_null(text()), "address and port"),
            ("tpgt", or_null(integer()), "the portal group tag"),
            ("state", text(), "the kernel's word"),
            ("iface", or_null(text()), "the interface record"),
            ("initiator", or_null(text()), "the name this node used"),
            ("host", integer(), "the SCSI host"),
            ("devices", list(carried), ""),
            (
                "luns",
                list(or_null(integer())),
                "the numbers of the devices",
            ),
        ],
        vec![
            ("recovery_tmo_s", or_null(integer()), "with show"),
            ("chap_user", or_null(text()), "with show"),
            ("record", or_null(record()), "with show"),
            practice(),
        ],
    )
}

pub(super) fn session_missing() -> Value {
    object(vec![
        ("target", text(), ""),
        ("portal", text(), "address and port"),
        ("tpgt", or_null(integer()), "the portal group tag"),
        ("known_from", list(text()), "record, or an attachment"),
        (
            "startup",
            or_null(text()),
            "node.startup, if there is a record",
        ),
    ])
}

pub(super) fn record() -> Value {
    object(vec![
        ("target", text(), "as the database spells it"),
        ("portal", text(), "address and port"),
        ("tpgt", or_null(integer()), "the portal group tag"),
        ("iface", text(), "the interface record"),
        ("scan", text(), "node.session.scan"),
        ("startup", text(), "node.startup"),
        ("chap_user", or_null(text()), ""),
        (
            "sid",
            or_null(integer()),
            "the session that was made with it",
        ),
        ("path", text(), "the file"),
    ])
}

pub(super) fn discovery() -> Value {
    object(vec![
        ("what", words(&["lun", "session", "record"]), ""),
        ("name", text(), "of a LUN; else target and portal"),
        (
            "state",
            words(&["both", "array_only", "node_only", "differs"]),
            "on which side it is",
        ),
        wwid(),
        lun_number(),
        ("disks", list(text()), "the node's disks of it"),
        ("evidence", text(), "what was seen"),
        ("fix", or_null(text()), "what to type"),
    ])
}

pub(super) fn target() -> Value {
    object(vec![
        ("portal", text(), "address and port"),
        ("tpgt", integer(), "the tag of its portal group"),
        ("iqn", text(), "the target"),
        ("record", text(), "whether the node has a record of it"),
    ])
}

pub(super) fn hba() -> Value {
    object_with(
        vec![
            ("name", text(), "the SCSI host"),
            ("protocol", words(&["iscsi", "fc"]), ""),
            ("state", or_null(text()), "the kernel's word"),
            ("wwpn", or_null(text()), "Fibre Channel: its port name"),
            ("wwnn", or_null(text()), "Fibre Channel: its node name"),
            (
                "initiator",
                or_null(text()),
                "iSCSI: the name it logs in as",
            ),
            ("address", or_null(text()), "iSCSI: its own address"),
            ("netdev", or_null(text()), "iSCSI: the network interface"),
            ("hwaddress", or_null(text()), "iSCSI: the hardware address"),
            ("speed", or_null(text()), "in the kernel's words"),
            (
                "port_type",
                or_null(text()),
                "Fibre Channel: how it is connected",
            ),
            (
                "port_id",
                or_null(text()),
                "Fibre Channel: its address in the fabric",
            ),
            ("fabric", or_null(text()), "null: logged in to none"),
            ("driver", or_null(text()), ""),
            ("model", or_null(text()), ""),
            ("firmware", or_null(text()), ""),
            ("description", or_null(text()), "what it says of itself"),
            ("pci", or_null(text()), "its address on the bus"),
            ("targets", integer(), "how many it has logged in to"),
            ("luns", integer(), "how many the kernel knows through it"),
        ],
        vec![practice()],
    )
}

pub(super) fn hba_target() -> Value {
    object(vec![
        ("hba", text(), "the SCSI host"),
        ("protocol", words(&["iscsi", "fc"]), ""),
        ("target", text(), "IQN or WWPN"),
        ("state", text(), "the kernel's word"),
        ("roles", list(text()), "Fibre Channel: what the port can be"),
        (
            "rport",
            or_null(text()),
            "Fibre Channel: the kernel's name of the port",
        ),
        (
            "port_id",
            or_null(text()),
            "Fibre Channel: its address in the fabric",
        ),
        ("sid", or_null(integer()), "iSCSI: the session"),
        ("portal", or_null(text()), "iSCSI: address and port"),
        ("channel", or_null(integer()), "where the kernel counts it"),
        ("scsi_id", or_null(integer()), "its number there"),
        (
            "luns",
            list(or_null(integer())),
            "the numbers that the kernel knows",
        ),
        ("disks", list(text()), "the disks of those"),
    ])
}
