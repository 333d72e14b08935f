//! Storage pools (oceanstor.md §7 "System").

use super::{Noun, all, find_by, member, name_or_id, not_found};
use crate::array::Error;
use crate::array::oceanstor::client::Client;
use crate::array::oceanstor::object::Object;
use crate::kit::bounds::Bounds;
use crate::model::nouns::Member;
use crate::model::selector::Selector;

const POOL: Noun<Member> = Noun {
    what: "storage pool",
    resource: "/storagepool",
    parse,
};

fn parse(object: &Object) -> Option<Member> {
    member("pool", object)
}

/// The pool that a selector names.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Ambiguous`].
pub(in crate::array::oceanstor) fn get(
    client: &Client,
    selector: &Selector,
    bounds: &Bounds,
) -> Result<Member, Error> {
    let found = match name_or_id(client, POOL.what, selector)? {
        // No source asks for one by its id; there are few.
        Err(id) => all(client, POOL.resource, "", bounds, parse)?
            .into_iter()
            .find(|pool| pool.id == id),
        Ok(name) => find_by(client, &POOL, ("NAME", name), bounds)?,
    };
    found.ok_or_else(|| not_found(client, POOL.what, selector))
}
