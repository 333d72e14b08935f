//! What both interfaces have in common in their queries: operators hide in plain text, so names
//! are widened and compared again on this side (ontap.md §3, §5).

use super::names::{base_name, initiator_key, initiator_on_wire};
use super::wire::{Igroup, IgroupQuery, Release};

/// A name as the value of a query. Characters that would be operators become wildcards: there is
/// no way to escape them.
pub(super) fn wild(name: &str) -> String {
    let wild: String = name
        .chars()
        .map(|c| if matches!(c, '|' | '*') { '*' } else { c })
        .collect();
    let mut wild = wild.replace("..", "*");
    if wild.starts_with(['!', '<', '>', '=', '{', '"']) {
        wild.replace_range(..1, "*");
    }
    wild
}

/// Any of these initiators, as the value of a query.
pub(super) fn any_initiator(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| initiator_on_wire(name)).collect();
    names.join("|")
}

/// The last part of a path, in any volume, with and without a qtree.
pub(super) fn any_volume(name: &str) -> String {
    let name = wild(name);
    format!("/vol/*/{name}|/vol/*/*/{name}")
}

/// Whether a LUN is called so.
pub(super) fn fits_base(path: &str, name: &str) -> bool {
    base_name(path) == name
}

/// Whether an igroup is what was asked for.
pub(super) fn is_wanted(igroup: &Igroup, query: &IgroupQuery) -> bool {
    match query {
        IgroupQuery::Initiator(name) => igroup.initiators.contains(&initiator_key(name)),
        IgroupQuery::AnyOf(names) => names
            .iter()
            .any(|name| igroup.initiators.contains(&initiator_key(name))),
        IgroupQuery::Name(name) => igroup.name == *name,
        IgroupQuery::Uuid(uuid) => igroup.uuid.eq_ignore_ascii_case(uuid),
        IgroupQuery::All => true,
    }
}

/// The release in a version text: `NetApp Release 9.14.1P2: …`.
pub(super) fn release_in(version: &str) -> Option<Release> {
    let from = version.find(|c: char| c.is_ascii_digit())?;
    let text = version.get(from..)?;
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let mut numbers = text.get(..end)?.split('.').map(str::parse::<u32>);
    let generation = numbers.next()?.ok()?;
    let major = numbers.next()?.ok()?;
    let minor = numbers.next().and_then(Result::ok).unwrap_or(0);
    Some(Release(generation, major, minor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_like_operators() {
        for (name, want) in [
            ("/vol/a/b", "/vol/a/b"),
            ("!x", "*x"),
            ("a|b*c", "a*b*c"),
            ("1..9", "1*9"),
            ("<=3", "*=3"),
        ] {
            assert_eq!(wild(name), want);
        }
        assert_eq!(any_volume("v-1"), "/vol/*/v-1|/vol/*/*/v-1");
        assert!(fits_base("/vol/a/q/v-1", "v-1") && !fits_base("/vol/a/xv-1", "v-1"));
    }

    #[test]
    fn releases_in_words() {
        for (text, want) in [
            ("NetApp Release 9.14.1P2: Mon", Some(Release(9, 14, 1))),
            ("NetApp Release 9.6: x", Some(Release(9, 6, 0))),
            ("NetApp Release Lightningbolt", None),
        ] {
            assert_eq!(release_in(text), want);
        }
        assert!(Release(9, 11, 1) > Release(9, 9, 12));
    }
}
