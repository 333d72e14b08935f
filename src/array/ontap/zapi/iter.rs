//! Listings page by page: `X-get-iter` with the same query repeated until no tag follows
//! (ontap.md §3).

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::ControlFlow;

use super::{Call, Element, Zapi};
use crate::array::error::Error;
use crate::kit::bounds::Bounds;

/// Records per page of a listing. Far below what fits into an answer.
const PAGE: u32 = 500;

/// The most pages that are read: more records than any SVM holds.
const MOST: usize = 10_000;

/// How many empty pages in a row are believed.
const EMPTY: usize = 100;

/// A listing.
pub(super) struct Iter<'a> {
    /// `lun-get-iter`.
    pub(super) call: &'static str,
    /// `lun-info`.
    pub(super) info: &'static str,
    /// What the records must be like.
    pub(super) query: Vec<Element>,
    /// What is wanted of them.
    pub(super) desired: &'a [&'a str],
    /// Whether the cluster is asked instead of the SVM.
    pub(super) cluster: bool,
}

/// Empty elements of these names; `a/b` is `b` within `a`.
pub(super) fn leaves(names: &[&str]) -> Vec<Element> {
    let leaf = |name: &&str| match name.split_once('/') {
        Some((outer, inner)) => Element::of(outer, vec![Element::new(inner)]),
        None => Element::new(name),
    };
    names.iter().map(leaf).collect()
}

impl Iter<'_> {
    fn page(&self, records: u32, tag: Option<&str>) -> Call {
        let mut arguments = vec![Element::leaf("max-records", records.to_string())];
        if let Some(tag) = tag {
            arguments.push(Element::leaf("tag", tag));
        }
        if !self.query.is_empty() {
            let info = Element::of(self.info, self.query.clone());
            arguments.push(Element::of("query", vec![info]));
        }
        let info = Element::of(self.info, leaves(self.desired));
        arguments.push(Element::of("desired-attributes", vec![info]));
        let call = Call::read(self.call, arguments);
        if self.cluster { call.cluster() } else { call }
    }
}

impl Zapi {
    /// Lists until the tags end.
    ///
    /// # Errors
    /// When the array does not answer or refuses; [`Error::Garbled`] for tags that never end.
    pub(super) fn list(
        &self,
        iter: &Iter<'_>,
        bounds: &Bounds,
        each: &mut dyn FnMut(&Element) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        self.list_by(None, iter, bounds, each)
    }

    /// Lists by pages of so many records.
    ///
    /// # Errors
    /// As [`Self::list`].
    pub(super) fn list_by(
        &self,
        records: Option<u32>,
        iter: &Iter<'_>,
        bounds: &Bounds,
        each: &mut dyn FnMut(&Element) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let records = records.unwrap_or(PAGE);
        let endless = |why: &str| self.client.garbage(iter.call, why.to_owned());
        let mut tag: Option<String> = None;
        let mut seen = HashSet::new();
        let mut empty = 0;
        for _ in 0..MOST {
            let results = self.ask(&iter.page(records, tag.as_deref()), bounds)?;
            self.tell_volume_errors(&results);
            let mut count = 0_usize;
            if let Some(list) = results.child("attributes-list") {
                for info in list.each(iter.info) {
                    count += 1;
                    if each(info).is_break() {
                        return Ok(());
                    }
                }
            }
            let next = results.child("next-tag").map(|next| next.text.clone());
            let Some(next) = next.filter(|next| !next.trim().is_empty()) else {
                return Ok(());
            };
            empty = if count == 0 { empty + 1 } else { 0 };
            if empty >= EMPTY {
                return Err(endless("its pages are empty and never end"));
            }
            let mut hasher = DefaultHasher::new();
            next.hash(&mut hasher);
            if !seen.insert(hasher.finish()) {
                return Err(endless("its pages go in a circle"));
            }
            tag = Some(next);
        }
        Err(endless("its pages never end"))
    }

    /// Volumes whose LUNs could not be read: a listing without them is not all (§3).
    fn tell_volume_errors(&self, results: &Element) {
        let Some(errors) = results.child("volume-errors") else {
            return;
        };
        for error in errors.each("volume-error") {
            let volume = error.get("name").unwrap_or("(unnamed)");
            let reason = error.get("reason").unwrap_or("no reason given");
            let errno = error.get("errno").unwrap_or("-");
            self.client
                .lacks_volume(volume, format!("{reason} ({errno})"));
        }
    }
}
