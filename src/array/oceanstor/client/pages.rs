//! Lists, page by page (oceanstor.md §3).

use std::ops::ControlFlow;

use super::Client;
use crate::array::Error;
use crate::array::oceanstor::codes;
use crate::array::oceanstor::object::Object;
use crate::kit::bounds::Bounds;

/// Objects per page; the arrays give no more at once (oceanstor.md §3).
const PAGE: usize = 100;

impl Client {
    /// Lists `resource` (such as `/host`) page by page; `query` narrows it and has no `range`.
    /// A missing parent (of an `…/associate` query) lists nothing.
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
        let mut before: Vec<Object> = Vec::new();
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
            if !page.is_empty() && page == before.as_slice() {
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
            for object in page {
                // What moved from the page before to this one while we read was already told.
                let told = object.id().is_some() && before.iter().any(|b| b.id() == object.id());
                if !told && each(object).is_break() {
                    return Ok(());
                }
            }
            if page.len() < PAGE {
                return Ok(());
            }
            start += page.len();
            before = page.to_vec();
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
        let reply = self.read(&format!("{resource}{mark}{query}"), bounds)?;
        self.warn(format!(
            "{resource} cannot be read page by page; {} were read at once, and there may be more",
            reply.objects().len()
        ));
        for object in reply.objects() {
            if each(object).is_break() {
                break;
            }
        }
        Ok(())
    }
}
