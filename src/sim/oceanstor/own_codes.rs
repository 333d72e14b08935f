//! Codes no source gives: the simulator's own. No client may rely on one of these numbers; it has
//! to read the state and show code and words as they are.

/// A host that has initiators cannot be deleted.
pub(super) const HOST_HAS_INITIATORS: i64 = 1_999_000_001;
/// A host that is in a host group cannot be deleted.
pub(super) const HOST_IN_A_GROUP: i64 = 1_999_000_002;
/// A host that has direct mappings cannot be deleted.
pub(super) const HOST_HAS_MAPPINGS: i64 = 1_999_000_003;
/// A group that is in a mapping view cannot be deleted.
pub(super) const GROUP_IN_A_VIEW: i64 = 1_999_000_004;
/// A group that is not empty cannot be deleted.
pub(super) const GROUP_NOT_EMPTY: i64 = 1_999_000_005;
/// A mapping view that still holds groups cannot be deleted.
pub(super) const VIEW_NOT_EMPTY: i64 = 1_999_000_006;
/// The initiator belongs to another host.
pub(super) const INITIATOR_ELSEWHERE: i64 = 1_999_000_007;
/// An initiator bound to a host cannot be deleted.
pub(super) const INITIATOR_BOUND: i64 = 1_999_000_008;
/// The wanted host LUN id is taken or out of range.
pub(super) const NUMBER_TAKEN: i64 = 1_999_000_009;
/// The host has no host LUN id left.
pub(super) const NUMBERS_EXHAUSTED: i64 = 1_999_000_010;
/// The LUN is in a group, mapped, or has snapshots.
pub(super) const LUN_IN_USE: i64 = 1_999_000_011;

/// An FC initiator that is on the fabric cannot be deleted.
pub(super) const INITIATOR_ONLINE: i64 = 1_999_000_012;

/// The words that go with an own code.
pub(super) fn description(code: i64) -> Option<&'static str> {
    Some(match code {
        HOST_HAS_INITIATORS => "The host still has initiators (practice array).",
        HOST_IN_A_GROUP => "The host is still in a host group (practice array).",
        HOST_HAS_MAPPINGS => "The host still has mappings (practice array).",
        GROUP_IN_A_VIEW => "The group is still in a mapping view (practice array).",
        GROUP_NOT_EMPTY => "The group still has members (practice array).",
        VIEW_NOT_EMPTY => "The mapping view still holds groups (practice array).",
        INITIATOR_ELSEWHERE => "The initiator belongs to another host (practice array).",
        INITIATOR_BOUND => "The initiator still belongs to a host (practice array).",
        NUMBER_TAKEN => "The host LUN ID is in use or out of range (practice array).",
        NUMBERS_EXHAUSTED => "The host has no host LUN ID left (practice array).",
        LUN_IN_USE => "The LUN is in a group, mapped, or has snapshots (practice array).",
        INITIATOR_ONLINE => "The initiator is online (practice array).",
        _ => return None,
    })
}
