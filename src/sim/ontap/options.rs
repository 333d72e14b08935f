//! How this practice array behaves where releases and settings differ.

use serde::{Deserialize, Serialize};

/// What the older interface's URL answers (ontap.md §1). What a real array with ONTAPI switched
/// off answers stands in no source [?]: a client has to take each of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ontapi {
    /// It works.
    On,
    /// Status 200 and a page for people.
    Html,
    /// Status 404.
    NotFound,
    /// Status 503.
    Unavailable,
    /// The connection closes.
    Closed,
    /// Every call is unknown: errno 13005.
    UnknownCalls,
}

/// What REST answers; releases before 9.6 have none whatever is set here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rest {
    /// It works.
    On,
    /// Status 404 and a page for people.
    NotFound,
    /// The connection closes.
    Closed,
}

/// How a list of the older interface ends (ontap.md §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LastPage {
    /// No `next-tag`.
    NoTag,
    /// An empty `next-tag`.
    EmptyTag,
    /// A full last page still has a tag; behind it comes an empty page.
    EmptyPage,
}

/// The quotes of the answers' attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quotes {
    /// Single in the head, double in the results, as real arrays do (ontap.md §2).
    Mixed,
    /// Single everywhere.
    Single,
    /// Double everywhere.
    Double,
}

/// What stands between the elements of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lines {
    /// Nothing, but a line end after the head.
    Packed,
    /// A line feed.
    Lf,
    /// Carriage return and line feed.
    CrLf,
}

/// How an answer travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Transfer {
    /// With its length.
    Length,
    /// In chunks.
    Chunked,
}

/// Whether changes of LUNs are finished when they are answered (ontap.md §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Jobs {
    /// At once: 200 or 201.
    Never,
    /// A job, unless `return_timeout` waits for it; so many looks find it running.
    After(u32),
}

/// All options; they are saved with the array.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// The older interface.
    pub ontapi: Ontapi,
    /// REST.
    pub rest: Rest,
    /// Records in one answer at most, whatever is asked: a page may always be shorter.
    pub page: usize,
    /// How a list of the older interface ends.
    pub last_page: LastPage,
    /// Quotes of XML.
    pub quotes: Quotes,
    /// Line ends of XML.
    pub lines: Lines,
    /// Chunks.
    pub transfer: Transfer,
    /// Work in jobs.
    pub jobs: Jobs,
    /// Whether accounts of an SVM may read `/api/cluster` and jobs [?].
    pub svm_reads_cluster: bool,
    /// Whether `system-get-version` says that this is a cluster: 7-Mode says no (ontap.md §13).
    pub clustered: bool,
    /// The first lun number given where none is asked for: 0 is what ONTAP does (ontap.md §9.2).
    pub first_number: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            ontapi: Ontapi::On,
            rest: Rest::On,
            page: 10,
            last_page: LastPage::NoTag,
            quotes: Quotes::Mixed,
            lines: Lines::Packed,
            transfer: Transfer::Length,
            jobs: Jobs::Never,
            svm_reads_cluster: true,
            clustered: true,
            first_number: 0,
        }
    }
}
