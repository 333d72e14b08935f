//! The documented answer codes (oceanstor.md §4) in the simulator's own copy.

/// Token missing, wrong or expired.
pub(super) const NOT_LOGGED_IN: i64 = -401;
/// The session is gone ("user offline").
pub(super) const USER_OFFLINE: i64 = 1_077_949_069;
/// Too many online sessions.
pub(super) const TOO_MANY_SESSIONS: i64 = 1_077_949_067;
/// Wrong user or password, V3.
pub(super) const WRONG_PASSWORD_V3: i64 = 1_077_949_061;
/// Wrong user or password, Dorado V6.
pub(super) const WRONG_PASSWORD_V6: i64 = 1_077_987_870;
/// Account locked, V3.
pub(super) const LOCKED_V3: i64 = 1_077_949_070;
/// Account locked, Dorado V6.
pub(super) const LOCKED_V6: i64 = 1_077_987_871;
/// Idle account locked.
pub(super) const LOCKED_IDLE: i64 = 1_073_793_581;
/// Client address locked.
pub(super) const IP_LOCKED: i64 = 1_077_949_071;
/// The account may not use this login method.
pub(super) const LOGIN_METHOD: i64 = 1_073_793_593;
/// Wrong vStore name.
pub(super) const WRONG_VSTORE: i64 = 1_077_951_226;
/// No permission.
pub(super) const NO_PERMISSION: i64 = 1_077_949_058;
/// Parameter incorrect.
pub(super) const PARAMETER: i64 = 50_331_651;
/// Name length.
pub(super) const NAME_LENGTH: i64 = 1_077_949_103;
/// Illegal character in a name.
pub(super) const NAME_CHARACTERS: i64 = 1_077_949_106;
/// Message timeout; the operation may have completed.
pub(super) const TIMEOUT: i64 = 1_077_949_001;
/// System busy.
pub(super) const BUSY: i64 = 1_077_949_006;
/// System busy, V3.
pub(super) const BUSY_V3: i64 = 1_073_793_588;
/// Object name already exists.
pub(super) const NAME_EXISTS: i64 = 1_077_948_993;
/// Object id exists (initiators).
pub(super) const ID_EXISTS: i64 = 1_077_948_997;
/// Object does not exist (generic).
pub(super) const NO_OBJECT: i64 = 1_077_948_996;
/// Host does not exist.
pub(super) const NO_HOST: i64 = 1_077_937_498;
/// Host group does not exist.
pub(super) const NO_HOSTGROUP: i64 = 1_077_937_500;
/// Host already in the host group.
pub(super) const HOST_IN_GROUP: i64 = 1_077_937_501;
/// Host not in the host group.
pub(super) const HOST_NOT_IN_GROUP: i64 = 1_073_745_412;
/// LUN does not exist.
pub(super) const NO_LUN: i64 = 1_077_936_859;
/// LUN group does not exist.
pub(super) const NO_LUNGROUP: i64 = 1_077_936_861;
/// LUN already in the LUN group.
pub(super) const LUN_IN_GROUP: i64 = 1_077_936_862;
/// LUN already mapped to the same host through another group.
pub(super) const LUN_MAPPED_OTHERWISE: i64 = 1_077_936_864;
/// Snapshot does not exist.
pub(super) const NO_SNAPSHOT: i64 = 1_077_937_880;
/// Mapping view does not exist.
pub(super) const NO_VIEW: i64 = 1_077_951_819;
/// Host group not in the mapping view.
pub(super) const HOSTGROUP_NOT_IN_VIEW: i64 = 1_073_804_552;
/// Port group not in the mapping view.
pub(super) const PORTGROUP_NOT_IN_VIEW: i64 = 1_073_804_553;
/// LUN group not in the mapping view.
pub(super) const LUNGROUP_NOT_IN_VIEW: i64 = 1_073_804_554;
/// Host group already in the mapping view.
pub(super) const HOSTGROUP_IN_VIEW: i64 = 1_073_804_556;
/// Port group already in the mapping view.
pub(super) const PORTGROUP_IN_VIEW: i64 = 1_073_804_558;
/// LUN group already in the mapping view.
pub(super) const LUNGROUP_IN_VIEW: i64 = 1_073_804_560;
/// Port group does not exist.
pub(super) const NO_PORTGROUP: i64 = 1_077_951_832;
/// Port already in the port group.
pub(super) const PORT_IN_GROUP: i64 = 1_077_951_833;
/// Port not in the port group.
pub(super) const PORT_NOT_IN_GROUP: i64 = 1_073_807_618;
/// Initiator in no host.
pub(super) const INITIATOR_FREE: i64 = 1_077_950_342;
/// No such direct mapping (V6).
pub(super) const NO_MAPPING: i64 = 1_073_804_587;
/// The direct mapping exists (V6).
pub(super) const MAPPING_EXISTS: i64 = 1_073_804_588;

/// The words that go with a documented code.
pub(super) fn description(code: i64) -> Option<&'static str> {
    Some(match code {
        NOT_LOGGED_IN => "The user is not logged in or the session has expired.",
        USER_OFFLINE => "The user is offline.",
        TOO_MANY_SESSIONS => "The number of online sessions has reached the upper limit.",
        WRONG_PASSWORD_V3 | WRONG_PASSWORD_V6 => "The user name or password is incorrect.",
        LOCKED_V3 | LOCKED_V6 => "The account is locked.",
        LOCKED_IDLE => "The idle account is locked.",
        IP_LOCKED => "The client IP address is locked.",
        LOGIN_METHOD => "The account is not allowed to use this login method.",
        WRONG_VSTORE => "The vStore name is incorrect.",
        NO_PERMISSION => "The user has no permission for this operation.",
        PARAMETER => "The entered parameter is incorrect.",
        NAME_LENGTH => "The length of the name is out of range.",
        NAME_CHARACTERS => "The name contains illegal characters.",
        TIMEOUT => "The message timed out.",
        BUSY | BUSY_V3 => "The system is busy.",
        NAME_EXISTS => "The object name already exists.",
        ID_EXISTS => "The object ID is not unique.",
        NO_OBJECT => "The specified object does not exist.",
        NO_HOST => "The host does not exist.",
        NO_HOSTGROUP => "The host group does not exist.",
        HOST_IN_GROUP => "The host is already in the host group.",
        HOST_NOT_IN_GROUP => "The host is not in the host group.",
        NO_LUN => "The specified LUN does not exist.",
        NO_LUNGROUP => "The LUN group does not exist.",
        LUN_IN_GROUP => "The LUN is already in the LUN group.",
        LUN_MAPPED_OTHERWISE => "The LUN is already mapped to the same host by another group.",
        NO_SNAPSHOT => "The snapshot does not exist.",
        NO_VIEW => "The mapping view does not exist.",
        HOSTGROUP_NOT_IN_VIEW => "The host group is not in the mapping view.",
        PORTGROUP_NOT_IN_VIEW => "The port group is not in the mapping view.",
        LUNGROUP_NOT_IN_VIEW => "The LUN group is not in the mapping view.",
        HOSTGROUP_IN_VIEW => "A host group is already in the mapping view.",
        PORTGROUP_IN_VIEW => "A port group is already in the mapping view.",
        LUNGROUP_IN_VIEW => "A LUN group is already in the mapping view.",
        NO_PORTGROUP => "The port group does not exist.",
        PORT_IN_GROUP => "The port is already in the port group.",
        PORT_NOT_IN_GROUP => "The port is not in the port group.",
        INITIATOR_FREE => "The initiator has not been added to a host.",
        NO_MAPPING => "The mapping does not exist.",
        MAPPING_EXISTS => "The mapping already exists.",
        _ => return None,
    })
}
