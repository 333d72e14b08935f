//! One request as typed, in the session of this tool: no checks, no undo.

use serde_json::Value;

use super::error::Error;
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;

/// How a request that changes something is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Creates and associates.
    Post,
    /// Alters.
    Put,
    /// Removes.
    Delete,
}

impl Change {
    /// The word on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answered {
    /// The reply as the array wrote it, secrets masked.
    pub reply: Value,
    /// What the array refused in it.
    pub refused: Option<Error>,
}

/// An array that takes requests as typed.
pub trait Raw {
    /// Reads `path`: what follows the array's root, with the query.
    ///
    /// # Errors
    /// When the path cannot be one, or the array does not answer.
    fn read(&self, path: &str, bounds: &Bounds) -> Result<Answered, Error>;

    /// Sends a change. It is sent once.
    ///
    /// # Errors
    /// [`Error::Lost`] when it was sent and no answer came.
    fn change(
        &self,
        how: Change,
        path: &str,
        body: Option<&Value>,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Answered, Error>;
}
