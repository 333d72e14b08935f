//! Codes no source gives: the simulator's own. No client may rely on one of them; it has to read
//! the state and show code and words as they are.

/// A LUN with maps is not deleted.
pub(super) const LUN_MAPPED: &str = "1999000101";
/// A change in a read-only volume.
pub(super) const READ_ONLY: &str = "1999000102";
/// A change in an SVM that is the copy of another one.
pub(super) const SVM_IS_COPY: &str = "1999000103";
/// A body that cannot be read.
pub(super) const BODY: &str = "1999000104";
/// A link of a list that was changed on its way.
pub(super) const LINK: &str = "1999000105";
/// What REST never answers.
pub(super) const REST_NONE: &str = "1999000107";

/// `errno` of a map none of whose paths could work.
pub(super) const NO_LIF: &str = "19101";
/// `errno` of removing the last reporting node.
pub(super) const LAST_NODE: &str = "19102";
/// `errno` of removing a node that does not report.
pub(super) const NOT_REPORTING: &str = "19103";
