//! What a record of somebody else could not be given back after a login of ours.

use super::super::Error;
use crate::kit::kind::{Failure, Kind};
use crate::step;

/// A record of somebody else that still says what a login of ours has made it say.
#[derive(Debug, thiserror::Error)]
#[error("{record} still says node.session.scan = manual, and said {scan}: {cause}{}", self.before())]
pub(super) struct Lent {
    /// The record's file.
    pub(super) record: String,
    /// What it said.
    pub(super) scan: String,
    /// Why it could not be given back.
    pub(super) cause: Error,
    /// Why the login or the logout failed, if it did.
    pub(super) also: Option<step::Error>,
}

impl Lent {
    fn before(&self) -> String {
        let told = |error| format!("; before that: {error}");
        self.also.as_ref().map(told).unwrap_or_default()
    }
}

impl Failure for Lent {
    fn kind(&self) -> Kind {
        match &self.also {
            Some(also) => also.kind(),
            None => self.cause.kind(),
        }
    }

    fn hints(&self) -> Vec<String> {
        match &self.also {
            Some(also) => also.cause().hints(),
            None => self.cause.hints(),
        }
    }
}
