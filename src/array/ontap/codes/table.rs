//! The table itself, in the order of the fact sheet.

use super::{Class, Code, Noun};

const fn both(
    zapi: &'static [i64],
    rest: &'static [i64],
    class: Class,
    meaning: &'static str,
) -> Code {
    Code {
        zapi,
        rest,
        meaning,
        class,
    }
}

const fn zapi(numbers: &'static [i64], class: Class, meaning: &'static str) -> Code {
    both(numbers, &[], class, meaning)
}

const fn rest(numbers: &'static [i64], class: Class, meaning: &'static str) -> Code {
    both(&[], numbers, class, meaning)
}

/// Every code that means something to the client. Numbers that follow the rule for LUN errors
/// stand under `zapi` only.
pub const CODES: &[Code] = &[
    zapi(
        &[9023],
        Class::Already,
        "the LUN is mapped to this igroup already",
    ),
    zapi(
        &[9024],
        Class::Taken,
        "the igroup has another LUN under this number",
    ),
    zapi(
        &[9039],
        Class::Elsewhere,
        "an initiator of this igroup sees the LUN through another igroup already",
    ),
    zapi(
        &[9009],
        Class::Conflict,
        "an initiator would see one LUN twice, or two LUNs under one number",
    ),
    zapi(
        &[9140],
        Class::Conflict,
        "an initiator would see two LUNs under one number",
    ),
    both(
        &[9016],
        &[5_374_922],
        Class::NotSo,
        "the LUN is not mapped to this igroup",
    ),
    both(
        &[9017],
        &[5_374_875, 5_374_876],
        Class::Missing(Noun::Lun),
        "there is no such LUN, or the account may not see it",
    ),
    both(
        &[9020, 9036],
        &[917_927, 918_235],
        Class::Missing(Noun::Lun),
        "the path does not lead to a volume or directory",
    ),
    rest(
        &[5_374_127, 5_376_461, 5_376_462],
        Class::Input,
        "this is not the name of a LUN",
    ),
    both(
        &[9003],
        &[5_374_852, 5_374_878],
        Class::Missing(Noun::Igroup),
        "there is no such igroup in this SVM",
    ),
    both(
        &[9004, 13_130],
        &[5_374_023],
        Class::Already,
        "an igroup of that name exists already",
    ),
    rest(
        &[5_376_488],
        Class::Conflict,
        "an NVMe subsystem has that name",
    ),
    both(
        &[9008],
        &[5_374_035],
        Class::Already,
        "the initiator is in the igroup already",
    ),
    both(
        &[9007],
        &[5_374_034, 5_374_041],
        Class::NotSo,
        "the initiator is not in the igroup",
    ),
    zapi(
        &[9029],
        Class::StillMapped,
        "LUNs are still mapped to the igroup",
    ),
    both(
        &[9005, 9006, 9010],
        &[
            5_373_969, 5_373_970, 5_373_971, 5_373_972, 5_373_973, 5_373_974, 5_373_975, 5_373_976,
            5_373_977, 5_373_978, 5_373_982, 5_373_983, 5_373_992, 5_373_993, 5_374_038, 5_374_039,
        ],
        Class::Input,
        "this is not the name of an initiator, or not of this igroup's protocol",
    ),
    both(
        &[9051, 9032],
        &[5_374_732, 5_374_733, 5_374_734],
        Class::Conflict,
        "the initiator is in an igroup of another operating system",
    ),
    zapi(&[9014], Class::Already, "the LUN is offline already"),
    zapi(&[9015], Class::Already, "the LUN is online already"),
    zapi(&[9012], Class::Already, "a LUN of that name exists already"),
    zapi(&[9013], Class::StillMapped, "the LUN is still mapped"),
    both(&[9041], &[5_374_124], Class::Input, "the size is too small"),
    zapi(&[9042], Class::Already, "the LUN has this size already"),
    zapi(
        &[9080],
        Class::Refused,
        "the LUN cannot be resized that far",
    ),
    zapi(
        &[9158],
        Class::Refused,
        "the array holds as many LUNs as it can",
    ),
    both(
        &[9062, 9132, 9134, 9157, 9161],
        &[5_374_316, 5_374_053],
        Class::Busy,
        "busy: a takeover, a move or a restore is going on",
    ),
    zapi(
        &[9122, 9123, 9124, 9125, 9126, 9127, 9128],
        Class::Conflict,
        "ALUA of the igroup and of another igroup of the initiator contradict each other",
    ),
    zapi(&[13_001], Class::Refused, "the API failed"),
    both(
        &[13_002],
        &[6_691_623],
        Class::Login,
        "user or password is wrong",
    ),
    both(
        &[13_003],
        &[6],
        Class::Permission,
        "the role of the account lacks the command",
    ),
    both(
        &[13_005],
        &[3],
        Class::UnknownCall,
        "the array does not know the call, or not for an account of this scope",
    ),
    both(
        &[13_006],
        &[262_245],
        Class::Input,
        "an argument is missing",
    ),
    zapi(
        &[13_010],
        Class::Unsupported,
        "the array does not speak this version of the API",
    ),
    zapi(&[13_007], Class::Unsupported, "the call is not implemented"),
    both(
        &[13_008],
        &[1_115_127],
        Class::Unsupported,
        "the licence for it is missing",
    ),
    zapi(
        &[13_011, 13_055, 13_056, 13_057, 60, 35, 16],
        Class::Unsure,
        "the nodes of the cluster lost each other, or the call took too long",
    ),
    zapi(
        &[13_040],
        Class::Missing(Noun::Lun),
        "there is no such volume",
    ),
    both(
        &[13_042],
        &[5_374_866],
        Class::Stopped,
        "the volume is offline",
    ),
    rest(&[5_374_865], Class::Stopped, "the aggregate is offline"),
    zapi(&[13_043], Class::Stopped, "the volume is read-only"),
    both(&[13_158], &[524_486], Class::Busy, "the volume is busy"),
    both(
        &[13_109, 13_110],
        &[5_374_145, 5_374_147, 5_374_149, 5_374_150, 5_374_900],
        Class::Input,
        "this is no CHAP account that the array takes",
    ),
    zapi(
        &[13_111],
        Class::Unsure,
        "the CHAP account was not processed",
    ),
    both(
        &[13_112],
        &[5_374_895],
        Class::NoCredential,
        "the initiator has no entry of its own: the default applies",
    ),
    rest(
        &[5_374_142],
        Class::Already,
        "the initiator has a CHAP entry already",
    ),
    rest(
        &[5_374_148],
        Class::Conflict,
        "the default CHAP entry cannot be deleted",
    ),
    zapi(&[13_114], Class::Unsure, "an internal error of the array"),
    both(
        &[13_115],
        &[262_179, 262_197],
        Class::Input,
        "a value is not valid",
    ),
    both(
        &[14_719, 14_924],
        &[5_374_893],
        Class::Stopped,
        "the SVM does not run, or is the destination of a replication",
    ),
    both(
        &[15_661],
        &[4],
        Class::Missing(Noun::Entry),
        "there is no such object",
    ),
    both(
        &[15_697],
        &[5_374_920, 5_374_921],
        Class::Missing(Noun::Node),
        "there is no such node",
    ),
    both(
        &[15_698],
        &[2_621_462],
        Class::Missing(Noun::Svm),
        "there is no such SVM",
    ),
    rest(
        &[2_621_706],
        Class::Refused,
        "name and uuid of the SVM belong to different ones",
    ),
    rest(&[2_621_707], Class::NoScope, "the SVM must be told"),
    rest(
        &[
            5_374_573, 5_374_574, 5_374_581, 5_374_582, 5_374_583, 5_374_584,
        ],
        Class::Conflict,
        "a node that would report the LUN has no LIF of the SVM",
    ),
    rest(
        &[5_374_901, 5_374_902, 5_374_033, 5_374_923],
        Class::Refused,
        "the request names no LUN, igroup, initiator or node",
    ),
    rest(
        &[5_374_608],
        Class::Conflict,
        "the last reporting node cannot be removed",
    ),
    rest(&[5_374_078], Class::Stopped, "the SVM has no iSCSI service"),
    rest(&[5_374_083], Class::Stopped, "the SVM has no FC service"),
    rest(&[1], Class::Already, "such an entry exists already"),
    rest(&[655_446], Class::Input, "an entry is not valid"),
];
