//! Listings page by page: `_links.next` as the array wrote it, until there is none
//! (ontap.md §5).

use std::collections::HashSet;
use std::ops::ControlFlow;

use serde_json::Value;

use super::{Ask, Rest};
use crate::array::error::Error;
use crate::array::raw::leads_out;
use crate::kit::bounds::Bounds;

/// Records per page of a listing.
const PAGE: u32 = 1000;

/// The most pages that are read: more records than any SVM holds.
const MOST: usize = 10_000;

/// How many empty pages in a row are believed: an answer that took too long may have none.
const EMPTY: usize = 100;

impl Rest {
    /// Lists until no page follows. `path` has its query, `fields` included.
    ///
    /// # Errors
    /// When the array does not answer or refuses; [`Error::Garbled`] for pages that never end.
    pub(super) fn list(
        &self,
        path: &str,
        bounds: &Bounds,
        each: &mut dyn FnMut(&Value) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        self.list_by(None, path, bounds, each)
    }

    /// Lists by pages of so many records.
    ///
    /// # Errors
    /// As [`Self::list`].
    pub(super) fn list_by(
        &self,
        records: Option<u32>,
        path: &str,
        bounds: &Bounds,
        each: &mut dyn FnMut(&Value) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let records = records.unwrap_or(PAGE);
        let endless = |why: &str| self.client.garbage(&format!("GET {path}"), why.to_owned());
        let mut next = format!("{path}&max_records={records}");
        let mut seen = HashSet::new();
        let mut empty = 0;
        for _ in 0..MOST {
            let told = self.ask(&Ask::get(next.as_str()), bounds)?;
            let records = match told.body.get("records") {
                Some(Value::Array(records)) => records.as_slice(),
                None | Some(Value::Null) if told.body.get("num_records").is_some() => &[],
                _ => return Err(endless("the reply has no records")),
            };
            for record in records {
                if each(record).is_break() {
                    return Ok(());
                }
            }
            let href = told.body.pointer("/_links/next/href");
            let Some(href) = href.and_then(Value::as_str).filter(|href| !href.is_empty()) else {
                return Ok(());
            };
            if !href.starts_with("/api/") || leads_out(href) {
                return Err(endless("its next page is somewhere else"));
            }
            empty = if records.is_empty() { empty + 1 } else { 0 };
            if empty >= EMPTY {
                return Err(endless("its pages are empty and never end"));
            }
            if !seen.insert(href.to_owned()) {
                return Err(endless("its pages go in a circle"));
            }
            href.clone_into(&mut next);
        }
        Err(endless("its pages never end"))
    }
}
