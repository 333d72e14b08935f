//! What listings print of each noun.

use crate::kit::printer::Shape;
use crate::kit::table::Column;

const fn c(title: &'static str, key: &'static str) -> Column {
    Column::new(title, key)
}

/// `array list`.
pub const ARRAY: Shape = Shape {
    schema: "sanctl/array",
    columns: &[
        c("NAME", "name"),
        c("KIND", "kind"),
        c("DEFAULT", "default").yes_no(),
        c("URL", "url"),
        c("USER", "user").wide(),
    ],
    name: "name",
    none: "no array is configured",
};

/// `array show`.
pub const IDENTITY: Shape = Shape {
    schema: "sanctl/array",
    columns: &[
        c("NAME", "name"),
        c("KIND", "kind"),
        c("VENDOR", "vendor"),
        c("MODEL", "model"),
        c("VERSION", "version"),
        c("SERIAL", "serial"),
        c("API", "api"),
        c("HEALTH", "health"),
    ],
    name: "name",
    none: "no array",
};

/// `array test`.
pub const ARRAY_TEST: Shape = Shape {
    schema: "sanctl/array-test",
    columns: &[
        c("NAME", "identity.name"),
        c("URL", "url"),
        c("FINGERPRINT", "certificate.fingerprint"),
        c("TRUSTED", "certificate.trusted").yes_no(),
        c("VENDOR", "identity.vendor"),
        c("MODEL", "identity.model"),
        c("VERSION", "identity.version"),
        c("SERIAL", "identity.serial"),
    ],
    name: "identity.name",
    none: "no array",
};

/// `attach`, `detach`, `status`: one LUN on one node.
pub const ATTACHMENT: Shape = Shape {
    schema: "sanctl/attachment",
    columns: &[
        c("LUN", "lun"),
        c("ARRAY", "array"),
        c("NODE", "node"),
        c("STATE", "state"),
        c("CHANGED", "changed").yes_no(),
        c("DEVICE", "device"),
        c("NUMBER", "lun_number"),
        c("WWID", "wwid"),
        c("SIZE", "size_bytes").bytes(),
        c("IDENTITY", "identity"),
        c("EXIT", "exit_code"),
    ],
    name: "lun",
    none: "no attachment",
};

/// A step of a plan, which is a row of its own in comma-separated values.
pub const PLAN_STEP: Shape = Shape {
    schema: "sanctl/plan",
    columns: &[
        c("LUN", "lun"),
        c("FLOW", "flow"),
        c("STEP", "key"),
        c("WHERE", "where"),
        c("STATE", "state"),
        c("PENDING", "pending").yes_no(),
        c("EVIDENCE", "evidence"),
        c("TITLE", "title"),
    ],
    name: "key",
    none: "no step",
};

/// `--dry-run` of a flow.
pub const PLAN: Shape = Shape {
    schema: "sanctl/plan",
    columns: &[
        c("LUN", "lun"),
        c("NODE", "node"),
        c("FLOW", "flow"),
        c("STEPS", "steps"),
    ],
    name: "lun",
    none: "no plan",
};

/// `connection show`.
pub const CONNECTION: Shape = Shape {
    schema: "sanctl/connection",
    columns: &[
        c("PORTAL", "data.target_portals").or("data.target_portal"),
        c("LUN", "data.target_luns").or("data.target_lun"),
        c("TARGET", "data.target_iqns").or("data.target_iqn"),
        c("WWID", "wwid"),
    ],
    name: "data.target_portal",
    none: "no connection",
};

/// `mapping tree`.
pub const MAPPING_TREE: Shape = Shape {
    schema: "sanctl/mapping-tree",
    columns: &[
        c("ID", "id"),
        c("NAME", "name"),
        c("KIND", "kind"),
        c("HOSTGROUP", "hostgroup"),
        c("HOSTS", "hosts"),
        c("LUNGROUP", "lungroup"),
        c("LUNS", "luns"),
        c("PORTGROUP", "portgroup"),
        c("PORTS", "ports"),
        c("NUMBER", "lun_number").wide(),
        c("REPORTED BY", "reporting_nodes").wide(),
    ],
    name: "name",
    none: "no mapping fits",
};

/// `sim serve`.
pub const SIM_SERVER: Shape = Shape {
    schema: "sanctl/sim-server",
    columns: &[
        c("URL", "url"),
        c("USER", "user"),
        c("PASSWORD", "password"),
        c("SERIAL", "serial"),
    ],
    name: "url",
    none: "no practice array",
};

/// `collect`.
pub const CAPTURE: Shape = Shape {
    schema: "sanctl/capture",
    columns: &[
        c("DIR", "dir"),
        c("HOST", "host"),
        c("SESSIONS", "sessions"),
        c("DEVICES", "devices"),
        c("JOURNALS", "journals"),
    ],
    name: "dir",
    none: "nothing was captured",
};

/// `sim status` and `sim reset`.
pub const SIM: Shape = Shape {
    schema: "sanctl/sim",
    columns: &[
        c("STATE", "state"),
        c("EXISTS", "exists").yes_no(),
        c("FILES", "files"),
    ],
    name: "state",
    none: "no practice array",
};

/// What a writing verb has done.
pub const CHANGE: Shape = Shape {
    schema: "sanctl/change",
    columns: &[
        c("WHAT", "what"),
        c("ID", "id"),
        c("NAME", "name"),
        c("CHANGED", "changed").yes_no(),
        c("TITLE", "title"),
    ],
    name: "name",
    none: "nothing was changed",
};

/// What a writing verb would do.
pub const CHANGE_PLAN: Shape = Shape {
    schema: "sanctl/change-plan",
    columns: &[c("TITLE", "title")],
    name: "title",
    none: "nothing would be changed",
};

/// `mapping free-numbers`.
pub const FREE_NUMBER: Shape = Shape {
    schema: "sanctl/free-number",
    columns: &[c("NUMBER", "lun_number")],
    name: "lun_number",
    none: "no number is free, or the array does not tell",
};

/// `lun list`.
pub const LUN: Shape = Shape {
    schema: "sanctl/lun",
    columns: &[
        c("ID", "id").spare(1),
        c("NAME", "name"),
        c("SIZE", "size_bytes").bytes(),
        c("WWID", "wwid").spare(2),
        c("MAPPED", "mapped").yes_no(),
        c("STATE", "state.words"),
        c("POOL", "pool").wide(),
        c("SNAPSHOT", "snapshot").yes_no().wide(),
        c("ARRAY", "array").wide(),
    ],
    name: "name",
    none: "no LUN found",
};

/// `host list`.
pub const HOST: Shape = Shape {
    schema: "sanctl/host",
    columns: &[
        c("ID", "id").spare(1),
        c("NAME", "name"),
        c("INITIATORS", "initiators"),
        c("HOSTGROUP", "hostgroup").spare(2),
        c("STATE", "state.words"),
        c("OS", "os").wide(),
        c("ACCESS MODE", "access_mode").wide(),
        c("DESCRIPTION", "description").wide(),
    ],
    name: "name",
    none: "no host found",
};

/// `host paths`.
pub const HOST_PATH: Shape = Shape {
    schema: "sanctl/host-path",
    columns: &[
        c("INITIATOR", "initiator"),
        c("TO", "address").or("target"),
        c("STATE", "state.words"),
        c("TARGET", "target").wide(),
        c("PROTOCOL", "protocol").wide(),
        c("CONTROLLER", "controller").wide(),
        c("PORT", "port").wide(),
    ],
    name: "target",
    none: "no initiator of this host has a path to this array now",
};

/// `host luns`.
pub const HOST_LUN: Shape = Shape {
    schema: "sanctl/host-lun",
    columns: &[
        c("NUMBER", "lun_number"),
        c("ID", "id").spare(1),
        c("NAME", "name"),
        c("WWID", "wwid"),
        c("SNAPSHOT", "snapshot").yes_no().wide(),
    ],
    name: "name",
    none: "this host sees no LUN",
};

/// `initiator luns`.
pub const INITIATOR_LUN: Shape = Shape {
    none: "this initiator sees no LUN",
    ..HOST_LUN
};

/// `initiator show-chap`.
pub const CHAP: Shape = Shape {
    schema: "sanctl/initiator-chap",
    columns: &[
        c("INITIATOR", "id"),
        c("CHAP", "chap").yes_no(),
        c("USER", "user"),
    ],
    name: "id",
    none: "no initiator",
};

/// `initiator list`.
pub const INITIATOR: Shape = Shape {
    schema: "sanctl/initiator",
    columns: &[
        c("INITIATOR", "id"),
        c("PROTOCOL", "protocol").spare(1),
        c("HOST", "host"),
        c("ONLINE", "online").yes_no(),
        c("CHAP", "chap").yes_no().spare(2),
        c("STATE", "state.words").wide(),
        c("MULTIPATH TYPE", "path_policy.multipath_type").wide(),
        c("FAILOVER MODE", "path_policy.failover_mode").wide(),
    ],
    name: "id",
    none: "no initiator found",
};

/// `hostgroup list`, `lungroup list`, `portgroup list`.
pub const GROUP: Shape = Shape {
    schema: "sanctl/group",
    columns: &[
        c("ID", "id").spare(1),
        c("NAME", "name"),
        c("IN MAPPING", "mapped").yes_no().spare(2),
        c("DESCRIPTION", "description").wide(),
    ],
    name: "name",
    none: "no group found",
};

/// `hostgroup show` and its like.
pub const GROUP_DETAIL: Shape = Shape {
    schema: "sanctl/group",
    columns: &[
        c("ID", "id"),
        c("NAME", "name"),
        c("DESCRIPTION", "description"),
        c("MEMBERS", "members"),
        c("MAPPINGS", "mappings"),
    ],
    name: "name",
    none: "no group",
};

/// `mapping list`.
pub const MAPPING: Shape = Shape {
    schema: "sanctl/mapping",
    columns: &[
        c("ID", "id").spare(1),
        c("NAME", "name").spare(3),
        c("HOSTGROUP", "hostgroup"),
        c("LUNGROUP", "lungroup"),
        c("PORTS", "portgroup").spare(2),
        c("KIND", "kind").wide(),
        c("NUMBER", "lun_number").wide(),
        c("REPORTED BY", "reporting_nodes").wide(),
    ],
    name: "name",
    none: "no mapping found",
};

/// `lun mappings`.
pub const LUN_MAPPING: Shape = Shape {
    schema: "sanctl/lun-mapping",
    columns: &[
        c("HOST", "host"),
        c("NUMBER", "lun_number"),
        c("MAPPING", "mapping").spare(3),
        c("LUNGROUP", "lungroup").spare(1),
        c("HOSTGROUP", "hostgroup").spare(2),
    ],
    name: "host",
    none: "no host sees this LUN",
};

/// `port list`.
pub const PORT: Shape = Shape {
    schema: "sanctl/port",
    columns: &[
        c("PORTAL", "portal").or("wwpn"),
        c("PROTOCOL", "protocol"),
        c("USABLE", "state.usable").yes_no(),
        c("WHY NOT", "why_not"),
        c("TARGET", "iqn").spare(1),
        c("REACHABLE", "reachable").yes_no().wide(),
        c("WWPN", "wwpn").wide(),
        c("LOCATION", "location").wide(),
        c("TPGT", "tpgt").wide(),
        c("ID", "id").wide(),
    ],
    name: "id",
    none: "no port found",
};
