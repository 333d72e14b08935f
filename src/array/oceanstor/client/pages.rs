//! Lists, page by page (oceanstor.md §3).

use std::collections::HashSet;
use std::ops::ControlFlow;

use super::Client;
use crate::array::Error;
use crate::array::oceanstor::codes;
use crate::array::oceanstor::object::Object;
use crate::kit::bounds::Bounds;

/// Objects per page; the arrays give no more at once (oceanstor.md §3).
pub(in crate::array::oceanstor) const PAGE: usize = 100;

/// What tells one object of a list from the others.
fn mark(object: &Object) -> String {
    object.id().map_or_else(|| object.line(), str::to_owned)
}

impl Client {
    /// Lists `resource` (such as `/host`) page by page; `query` narrows it and has no `range`.
    /// A missing parent (of an `…/associate` query) lists nothing. Where the array refuses a range
    /// or a filter the list is read without it: a filter only narrows what the caller compares
    /// again.
    ///
    /// # Errors
    /// As [`Client::read`]; [`Error::Garbled`] when the array answers every page alike.
    pub(in crate::array::oceanstor) fn pages(
        &self,
        resource: &str,
        query: &str,
        bounds: &Bounds,
        each: &mut dyn FnMut(&Object) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let join = if query.is_empty() { "" } else { "&" };
        let mut start = 0;
        let mut before: HashSet<String> = HashSet::new();
        loop {
            let path = format!("{resource}?{query}{join}range=[{start}-{}]", start + PAGE);
            let reply = match self.read(&path, bounds) {
                Err(Error::Refused { answer, .. })
                    if start == 0 && answer.code == codes::BAD_PARAMETER.to_string() =>
                {
                    return self.unpaged(resource, query, bounds, each);
                }
                other => other?,
            };
            let page = reply.objects();
            let marks: Vec<String> = page.iter().map(mark).collect();
            if !page.is_empty() && marks.iter().all(|m| before.contains(m)) {
                // More than was asked for, twice: the whole list, whatever the range.
                if page.len() > PAGE {
                    return Ok(());
                }
                return Err(Error::Garbled {
                    array: self.array().to_owned(),
                    request: format!("GET {path}"),
                    why: "the array ignores the range and repeats the same page; the list would \
                          not be complete"
                        .into(),
                });
            }
            for (object, mark) in page.iter().zip(&marks) {
                // What moved from the page before to this one while we read was already told.
                if !before.contains(mark) && each(object).is_break() {
                    return Ok(());
                }
            }
            if page.len() < PAGE {
                return Ok(());
            }
            start += page.len();
            before = marks.into_iter().collect();
        }
    }

    fn unpaged(
        &self,
        resource: &str,
        query: &str,
        bounds: &Bounds,
        each: &mut dyn FnMut(&Object) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let mark = if query.is_empty() { "" } else { "?" };
        let reply = match self.read(&format!("{resource}{mark}{query}"), bounds) {
            Err(Error::Refused { answer, .. })
                if answer.code == codes::BAD_PARAMETER.to_string() && query.contains("filter=") =>
            {
                let parts = query.split('&').filter(|p| !p.starts_with("filter="));
                let whole = parts.collect::<Vec<_>>().join("&");
                return self.pages(resource, &whole, bounds, each);
            }
            other => other?,
        };
        let count = reply.objects().len();
        // Without a range the arrays cut at a page, silently; less is all there is.
        if count >= PAGE {
            self.warn(format!(
                "{resource} cannot be read page by page; {count} were read at once, and there \
                 may be more"
            ));
        }
        for object in reply.objects() {
            if each(object).is_break() {
                break;
            }
        }
        Ok(())
    }
}
