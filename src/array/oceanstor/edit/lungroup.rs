//! LUNs put into LUN groups and taken out: who sees a group's views sees them.

use super::super::nouns::group::{self, LUN_GROUP};
use super::super::nouns::lun;
use super::super::parts::{self, Link};
use super::At;
use super::chain::Part;
use super::group::{call, get};
use super::reach::{Reach, number_of};
use crate::array::edit::{Class, Intent};
use crate::array::error::Error;
use crate::model::edit::{Edit, GroupSort};
use crate::model::ids::LunNumber;
use crate::model::nouns::{Group, Lun, LunMapping, Member};
use crate::model::selector::Selector;

/// The groups of a LUN, in words.
fn groups_of(ways: &[LunMapping]) -> Option<String> {
    let groups = ways.iter().filter_map(|way| way.lungroup.as_ref());
    let mut words: Vec<&str> = groups.map(|g| g.name.as_str()).collect();
    words.sort_unstable();
    words.dedup();
    (!words.is_empty()).then(|| words.join(", "))
}

pub(super) fn add(
    at: &At<'_>,
    which: &Selector,
    member: &Selector,
    number: Option<LunNumber>,
) -> Result<Intent, Error> {
    let found = get(at, GroupSort::Luns, which)?;
    let lun = lun::get(at.client, member, at.bounds)?;
    let object = lun::member(&lun);
    let title = format!("put LUN {} into lungroup {}", lun.name, found.name);
    let reach = Reach::new(at);
    let ways = reach.ways(&lun)?;
    let inside = |way: &LunMapping| way.lungroup.as_ref().is_some_and(|g| g.id == found.id);
    if ways.iter().any(inside) {
        if let Some(number) = number {
            return renumbered(at, &found, &lun, title, number);
        }
        let evidence = format!("LUN {} is in lungroup {}", lun.name, found.name);
        return Ok(at.already(title, object, evidence));
    }
    // Seeing it twice is refused here.
    let gains = reach.lun_enters(&lun, &found.id, &ways)?;
    let code = lun::kind_of(&lun);
    let plain = Edit::AddMember {
        sort: GroupSort::Luns,
        group: call(&found),
        member: At::named(&lun.name, &lun.id),
        number: None,
    };
    let join = Link::LunGroupLun.join(&found.id, &lun.id, code);
    let mut intent = match number {
        None => at.intent(title, object, vec![join]),
        Some(number) => {
            let hosts: Vec<Member> = gains.iter().map(|g| g.host.clone()).collect();
            if hosts.is_empty() {
                return Err(nobody_sees(at, &found, number));
            }
            for (host, eyes) in hosts.iter().zip(reach.eyes(&hosts)?) {
                at.is_free(host, &eyes, number)?;
            }
            if at.is_v6()? {
                let request = parts::join_lun_at(&found.id, &lun.id, code, number.0);
                at.intent(title, object, vec![request])
            } else {
                // Older arrays take the number only of a LUN that is there.
                let mut chain = vec![Part::new(plain.clone(), &join)];
                for view in group::views(at.client, LUN_GROUP, &found.id, at.bounds)? {
                    chain.push(numbering(&view, &lun, number));
                }
                at.chain(title, object, chain)
            }
        }
    };
    intent.gains = gains;
    if let Some(words) = groups_of(&ways) {
        intent
            .notes
            .push(format!("LUN {} is in lungroup {words} too", lun.name));
    }
    intent.inverse = vec![Edit::RemoveMember {
        sort: GroupSort::Luns,
        group: call(&found),
        member: At::named(&lun.name, &lun.id),
    }];
    Ok(intent)
}

fn numbering(view: &Member, lun: &Lun, number: LunNumber) -> Part {
    let edit = Edit::SetNumber {
        mapping: At::named(&view.name, &view.id),
        lun: At::named(&lun.name, &lun.id),
        number,
    };
    let code = lun::kind_of(lun);
    Part::new(edit, &parts::set_number(&view.id, &lun.id, code, number.0))
}

fn nobody_sees(at: &At<'_>, found: &Group, number: LunNumber) -> Error {
    let why = format!(
        "no host sees lungroup {}, so its LUNs have no numbers yet: {number} cannot be given",
        found.name
    );
    at.conflict(why, vec![format!("sanctl lungroup show {}", call(found))])
}

/// The LUN is in the group already: at this number for every host, or to be moved there.
fn renumbered(
    at: &At<'_>,
    found: &Group,
    lun: &Lun,
    title: String,
    number: LunNumber,
) -> Result<Intent, Error> {
    let hosts = Reach::new(at).hosts_through(&found.id)?;
    if hosts.is_empty() {
        return Err(nobody_sees(at, found, number));
    }
    let views = group::views(at.client, LUN_GROUP, &found.id, at.bounds)?;
    let mut moves = Vec::new();
    for view in views {
        let call = At::named(&view.name, &view.id);
        let lun = Selector::Id(lun.id.clone());
        let one = super::mapping::set_number(at, &call, &lun, number)?;
        if one.already.is_none() {
            moves.push((view, one));
        }
    }
    let object = lun::member(lun);
    if moves.is_empty() {
        let evidence = format!(
            "LUN {} is in lungroup {} as number {number}",
            lun.name, found.name
        );
        return Ok(at.already(title, object, evidence));
    }
    let parts = moves.iter().map(|(view, _)| numbering(view, lun, number));
    let mut intent = at.chain(title, object, parts.collect());
    for (_, one) in moves {
        intent.cuts.extend(one.cuts);
        intent.inverse.extend(one.inverse);
    }
    intent.class = Class::Typed(lun.name.clone());
    Ok(intent)
}

pub(super) fn remove(at: &At<'_>, which: &Selector, member: &Selector) -> Result<Intent, Error> {
    let found = get(at, GroupSort::Luns, which)?;
    let lun = lun::get(at.client, member, at.bounds)?;
    let object = lun::member(&lun);
    let title = format!("take LUN {} out of lungroup {}", lun.name, found.name);
    let reach = Reach::new(at);
    let ways = reach.ways(&lun)?;
    let ends = |way: &LunMapping| way.lungroup.as_ref().is_some_and(|g| g.id == found.id);
    if !ways.iter().any(ends) {
        let evidence = format!("LUN {} is not in lungroup {}", lun.name, found.name);
        return Ok(at.already(title, object, evidence));
    }
    let request = Link::LunGroupLun.part(&found.id, &lun.id, lun::kind_of(&lun));
    let mut intent = at.intent(title, object, vec![request]);
    intent.cuts = reach.ways_end(&lun, &ways, &ends)?;
    intent.class = Class::Asks;
    intent.inverse = vec![Edit::AddMember {
        sort: GroupSort::Luns,
        group: call(&found),
        member: At::named(&lun.name, &lun.id),
        number: number_of(&intent.cuts),
    }];
    Ok(intent)
}
