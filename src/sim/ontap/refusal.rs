//! Why a request is not carried out, and the codes each wire has for it (ontap.md §7).
//!
//! HTTP statuses of REST codes stand in no source [?]; a client decides on the code. What stands
//! in `own_codes.rs` is the simulator's own.

use super::own_codes as own;

/// One reason; the table below gives its codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    MapExists,
    NumberTaken,
    SeenOtherwise,
    MappingConflict,
    NoMap,
    NoLun,
    NoVolume,
    BadLunName,
    NoIgroup,
    NoIgroupHere,
    IgroupExists,
    InitiatorPresent,
    InitiatorAbsent,
    MapsExist,
    BadWwpn,
    BadIqn,
    WrongType,
    OsConflict,
    BadOs,
    NotEnabled,
    NotDisabled,
    LunExists,
    LunMapped,
    TooSmall,
    Unchanged,
    MissingInput,
    Unexpected,
    InvalidValue,
    VolumeOffline,
    AggregateOffline,
    ReadOnly,
    SvmStopped,
    SvmIsCopy,
    NoNode,
    NoSvm,
    SvmsDiffer,
    SvmMissing,
    NoLif(Nodes, Lack),
    LunNotGiven,
    IgroupNotGiven,
    InitiatorsNotGiven,
    NodeNotGiven,
    LastNode,
    NotReporting,
    NoCredential,
    CredentialExists,
    DefaultStays,
    BadAuthType,
    BadChap,
    NoPrivilege,
    NoApi,
    NoEntry,
    Request,
    BadTag,
}

/// How many of a map's reporting nodes have no LIF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nodes {
    One,
    Several,
}

/// Which LIFs they lack, by the igroup's protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lack {
    Iscsi,
    Fcp,
    Both,
}

/// A reason with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) why: Why,
    /// The words, where the table's are not enough.
    pub(super) words: Option<String>,
    /// The field it is about (`error.target` of REST).
    pub(super) target: Option<String>,
}

/// What a change or a look gives.
pub(super) type Done<T> = Result<T, Refusal>;

impl From<Why> for Refusal {
    fn from(why: Why) -> Self {
        Self {
            why,
            words: None,
            target: None,
        }
    }
}

impl Refusal {
    pub(super) fn words(why: Why, words: impl Into<String>) -> Self {
        Self {
            words: Some(words.into()),
            ..why.into()
        }
    }

    /// A refusal about one field, which the words name.
    pub(super) fn about(why: Why, field: &str, words: impl Into<String>) -> Self {
        Self {
            target: Some(field.to_owned()),
            ..Self::words(why, words)
        }
    }

    pub(super) fn text(&self) -> &str {
        self.words.as_deref().unwrap_or(self.why.codes().3)
    }
}

impl Why {
    /// `errno` of the older interface, REST code, HTTP status, words.
    #[rustfmt::skip]
    pub(super) fn codes(self) -> (&'static str, &'static str, u16, &'static str) {
        match self {
            Self::MapExists => ("9023", "1254207", 409, "LUN already mapped to this group"),
            Self::NumberTaken => ("9024", "1254208", 409, "LUN ID already in use in this group"),
            Self::SeenOtherwise => ("9039", "1254223", 409,
                "LUN already mapped to an initiator of this group through another group"),
            Self::MappingConflict => ("9009", "1254193", 409,
                "LUN mapping conflict: an initiator would see a LUN twice or two LUNs at one ID"),
            Self::NoMap => ("9016", "5374922", 404, "LUN is not mapped to this group"),
            Self::NoLun => ("9017", "5374875", 404, "No such LUN exists"),
            Self::NoVolume => ("9036", "918235", 404, "The specified volume does not exist"),
            Self::BadLunName => ("13115", "5374127", 400, "The LUN path is invalid"),
            Self::NoIgroup => ("9003", "5374878", 404, "No such initiator group exists"),
            Self::NoIgroupHere => ("9003", "5374852", 404, "The initiator group does not exist"),
            Self::IgroupExists => ("9004", "5374023", 409, "Initiator group already exists"),
            Self::InitiatorPresent => ("9008", "5374035", 409, "Initiator group already contains node"),
            Self::InitiatorAbsent => ("9007", "5374034", 404, "Initiator group does not contain node"),
            Self::MapsExist => ("9029", "1254213", 409, "LUN maps exist for this initiator group"),
            Self::BadWwpn => ("9005", "5374038", 400, "Not a valid FC WWPN"),
            Self::BadIqn => ("9006", "5374039", 400, "Not a valid iSCSI node name"),
            Self::WrongType => ("9010", "5373992", 400, "Initiator of the wrong type for this group"),
            Self::OsConflict => ("9051", "5374732", 409,
                "The initiator is in a group of another operating system type"),
            Self::BadOs => ("9032", "262197", 400, "Invalid operating system type"),
            Self::NotEnabled => ("9014", own::REST_NONE, 409, "LUN is not online"),
            Self::NotDisabled => ("9015", own::REST_NONE, 409, "LUN is not offline"),
            Self::LunExists => ("9012", "1254196", 409, "LUN already exists"),
            Self::LunMapped => ("9013", own::LUN_MAPPED, 409, "LUN is mapped"),
            Self::TooSmall => ("9041", "5374124", 400, "The LUN size is too small"),
            Self::Unchanged => ("9042", "1254226", 400, "The LUN size is unchanged"),
            // The errno of a missing input is an open point of the sheet (§14).
            Self::MissingInput => ("13006", "262245", 400, "Missing input"),
            Self::Unexpected => ("13115", "262179", 400, "Unexpected argument"),
            Self::InvalidValue => ("13115", "262197", 400, "Invalid value"),
            Self::VolumeOffline => ("13042", "5374866", 409, "The volume is offline"),
            Self::AggregateOffline => ("13042", "5374865", 409, "The aggregate is offline"),
            Self::ReadOnly => ("13043", own::READ_ONLY, 409, "The volume is read-only"),
            Self::SvmStopped => ("14924", "5374893", 409, "The SVM is stopped"),
            Self::SvmIsCopy => ("14719", own::SVM_IS_COPY, 409,
                "The operation is not allowed on a Vserver of subtype dp_destination"),
            Self::NoNode => ("15697", "5374920", 404, "Specified node not found"),
            Self::NoSvm => ("15698", "2621462", 404, "Specified vserver not found"),
            Self::SvmsDiffer => ("13115", "2621706", 400,
                "The specified svm.uuid and svm.name do not refer to the same SVM"),
            // [?]: the sheet has the words, and this errno with a doubt (§2, §14).
            Self::SvmMissing => ("13001", "2621707", 400, "Vserver API missing vserver parameter."),
            // Which code of each pair is for one node, and which pair for which protocol, stands
            // in no source [?]; the older interface's errno neither.
            Self::NoLif(nodes, lack) => (own::NO_LIF, no_lif(nodes, lack), 409,
                "A reporting node has no LIF for this protocol"),
            Self::LunNotGiven => ("13006", "5374901", 400, "The lun is required"),
            Self::IgroupNotGiven => ("13006", "5374902", 400, "The igroup is required"),
            Self::InitiatorsNotGiven => ("13006", "5374033", 400, "Initiators are required"),
            Self::NodeNotGiven => ("13006", "5374923", 400, "The node is required"),
            Self::LastNode => (own::LAST_NODE, "5374608", 409,
                "The last reporting node cannot be removed"),
            Self::NotReporting => (own::NOT_REPORTING, "4", 404, "Not a reporting node of this map"),
            Self::NoCredential => ("13112", "5374895", 404,
                "Initiator not found: the default authentication applies"),
            Self::CredentialExists => ("13130", "5374142", 409, "Duplicate entry"),
            Self::DefaultStays => ("13110", "5374148", 400, "The default entry cannot be deleted"),
            Self::BadAuthType => ("13109", "262197", 400, "Invalid authentication type"),
            Self::BadChap => ("13110", "5374150", 400, "Invalid CHAP user name or password"),
            Self::NoPrivilege => ("13003", "6", 403, "not authorized for that command"),
            Self::NoApi => ("13005", "3", 404, "API not found"),
            Self::NoEntry => ("15661", "4", 404, "entry doesn't exist"),
            // [?]: generic errors; their reasons are all there is to go by (§7, 13001).
            Self::Request => ("13001", own::BODY, 400, "The request cannot be read"),
            Self::BadTag => ("13001", own::LINK, 400, "Invalid tag"),
        }
    }
}

fn no_lif(nodes: Nodes, lack: Lack) -> &'static str {
    match (lack, nodes) {
        (Lack::Iscsi, Nodes::One) => "5374573",
        (Lack::Iscsi, Nodes::Several) => "5374574",
        (Lack::Fcp, Nodes::One) => "5374581",
        (Lack::Fcp, Nodes::Several) => "5374582",
        (Lack::Both, Nodes::One) => "5374583",
        (Lack::Both, Nodes::Several) => "5374584",
    }
}

/// The codes a fault may name by a word: `errno`, REST code, HTTP status, reason. `None` for a
/// code that is given as a number, which both wires answer as it is.
pub(super) fn fault(word: &str) -> Option<(&'static str, &'static str, u16, &'static str)> {
    Some(match word {
        "busy" => ("13158", "524486", 503, "The volume is busy"),
        // 1245184 + errno, the rule of §7 [derived].
        "takeover" => (
            "9132",
            "1254316",
            503,
            "The operation is not allowed during takeover or giveback",
        ),
        "moving" => ("9161", "5374316", 503, "The LUN is being moved"),
        "timeout" => ("60", "13001", 504, "Operation timed out"),
        _ => return None,
    })
}
