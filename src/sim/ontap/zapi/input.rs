//! Strict reading of a call's inputs.

use super::xml::Element;
use crate::sim::ontap::refusal::{Done, Refusal, Why};
use crate::sim::ontap::rules::Force;

/// The inputs of one call, all of them known to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Input<'a>(pub(super) &'a Element);

impl<'a> Input<'a> {
    /// Refuses what the call does not know, and what is there twice.
    pub(super) fn check(call: &'a Element, known: &[&str], required: &[&str]) -> Done<Self> {
        for (at, child) in call.children.iter().enumerate() {
            if !known.contains(&child.name.as_str()) {
                let words = format!("Unexpected input: {}", child.name);
                return Err(Refusal::about(Why::Unexpected, &child.name, words));
            }
            let mut later = call.children.iter().skip(at + 1);
            if later.any(|other| other.name == child.name) {
                let words = format!("Input given twice: {}", child.name);
                return Err(Refusal::about(Why::Unexpected, &child.name, words));
            }
        }
        let input = Self(call);
        for name in required {
            input.need(name)?;
        }
        Ok(input)
    }

    pub(super) fn child(&self, name: &str) -> Option<&'a Element> {
        self.0.child(name)
    }

    /// A text; an empty one counts as none.
    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        let text = self.0.child(name)?.text.trim();
        Some(text).filter(|t| !t.is_empty())
    }

    pub(super) fn need(&self, name: &str) -> Done<&'a str> {
        self.text(name).ok_or_else(|| {
            Refusal::about(Why::MissingInput, name, format!("Missing input: {name}"))
        })
    }

    pub(super) fn number<T: std::str::FromStr>(&self, name: &str) -> Done<Option<T>> {
        let Some(text) = self.text(name) else {
            return Ok(None);
        };
        text.parse().map(Some).map_err(|_| invalid(name, text))
    }

    pub(super) fn flag(&self, name: &str) -> Done<Option<bool>> {
        match self.text(name) {
            None => Ok(None),
            Some("true") => Ok(Some(true)),
            Some("false") => Ok(Some(false)),
            Some(text) => Err(invalid(name, text)),
        }
    }

    pub(super) fn force(&self) -> Done<Force> {
        Ok(self.flag("force")?.unwrap_or(false).into())
    }
}

pub(super) fn invalid(name: &str, text: &str) -> Refusal {
    let words = format!("Invalid value specified for \"{name}\" element: {text:?}");
    Refusal::about(Why::InvalidValue, name, words)
}
