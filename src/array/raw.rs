//! One request as typed, in the session of this tool: no checks, no undo.

use serde_json::Value;

use super::error::Error;
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;

/// How a request is sent over HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates and associates.
    Post,
    /// Alters by replacing.
    Put,
    /// Alters what is named.
    Patch,
    /// Removes.
    Delete,
}

impl Method {
    /// The word on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// What is asked.
#[derive(Debug, Clone)]
pub enum Ask {
    /// A request of the array's own interface over HTTP.
    Http {
        /// How.
        method: Method,
        /// What follows the array's root, with the query.
        path: String,
        /// The JSON body.
        body: Option<Value>,
    },
    /// A call of ONTAP's older interface.
    Zapi {
        /// `lun-map`.
        name: String,
        /// Elements by their paths: `path`, `query/lun-info/path`.
        fields: Vec<(String, String)>,
        /// More elements: a JSON object, lists for elements that repeat.
        body: Option<Value>,
    },
}

/// Whom it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// What the section of the configuration names: for ONTAP its SVM.
    Configured,
    /// The cluster as a whole, past the SVM.
    Cluster,
}

/// A request as typed.
#[derive(Debug, Clone)]
pub struct Request {
    /// What is asked.
    pub ask: Ask,
    /// Whom.
    pub whom: Whom,
}

impl Request {
    /// What people call it, and what is typed to confirm it: the path, or the name of the call.
    pub fn object(&self) -> &str {
        match &self.ask {
            Ask::Http { path, .. } => path,
            Ask::Zapi { name, .. } => name,
        }
    }
}

/// Whether a request changes something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It only looks.
    Reads,
    /// It changes something, or might.
    Changes,
}

/// A request that could be sent.
#[derive(Debug, Clone)]
pub struct Weighed {
    /// Whether it needs consent.
    pub effect: Effect,
    /// The request as a line of curl; secrets stand as stars.
    pub line: String,
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
    /// Whether the request could be sent, and what it would do. Nothing is sent.
    ///
    /// # Errors
    /// When the request is none; [`Error::Unsupported`] when arrays of this kind have no such
    /// requests.
    fn weigh(&self, request: &Request) -> Result<Weighed, Error>;

    /// Sends a request that reads.
    ///
    /// # Errors
    /// As [`Raw::weigh`]; when it would change something; when the array does not answer.
    fn read(&self, request: &Request, bounds: &Bounds) -> Result<Answered, Error>;

    /// Sends a change. It is sent once.
    ///
    /// # Errors
    /// As [`Raw::weigh`]; [`Error::Lost`] when it was sent and no answer came.
    fn change(
        &self,
        request: &Request,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Answered, Error>;
}

/// The path with one slash before it, as long as it cannot lead out of the interface.
///
/// # Errors
/// Why it is no path, and what to do.
pub(super) fn checked_path(path: &str) -> Result<String, (&'static str, &'static str)> {
    let path = format!("/{}", path.trim_start_matches('/'));
    let plain = |b: u8| b.is_ascii_graphic() && b != b'#' && b != b'\\';
    if path.len() < 2 || !path.bytes().all(plain) {
        return Err(("this is no path", "percent-encode what is not ASCII"));
    }
    if leads_out(&path) {
        return Err(("it leads out of the interface", "leave .. out"));
    }
    Ok(path)
}

/// Whether a path leads upwards: by two dots, however they are written. A query may have them.
pub(super) fn leads_out(path: &str) -> bool {
    let before_query = path.split('?').next().unwrap_or_default();
    let dots = |part: &str| part.to_ascii_lowercase().replace("%2e", ".") == "..";
    before_query.split(['/', '\\']).any(dots)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_within_the_interface() {
        for (path, want) in [
            ("lun/30", Some("/lun/30")),
            ("//lun?name=a..b", Some("/lun?name=a..b")),
            ("/lun/a..b", Some("/lun/a..b")),
            ("", None),
            ("/", None),
            ("/a b", None),
            ("/ä", None),
            ("/a#b", None),
            ("/a\\..\\b", None),
            ("/../b", None),
            ("/a/%2E%2e/b", None),
            ("/a/.%2e", None),
        ] {
            assert_eq!(checked_path(path).ok().as_deref(), want, "{path}");
        }
    }
}
