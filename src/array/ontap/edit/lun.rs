//! LUNs made, grown, deleted, put on- and offline (ontap.md §4, §6, §9.3).

use super::super::codes::Api;
use super::super::nouns::lun as luns;
use super::super::wire::{Lun, LunQuery, NewLun, all};
use super::act::Act;
use super::chain::Part;
use super::hostgroup::OS;
use super::{At, call_lun};
use crate::array::edit::{Class, Intent, Sent, Unused, Work};
use crate::array::error::Error;
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::edit::{Edit, LunState, Party};
use crate::model::nouns::Member;
use crate::model::selector::Selector;

/// What LUNs are made of, in bytes: sizes are rounded up to whole blocks.
const BLOCK: u64 = 4096;

/// Said when the array refuses a request of this file.
const DOUBT: &str = "this request is what drivers send: no source says what else this array may \
                     want";

/// A request that the sources know by its name only: a refusal says so.
struct FromDrivers(Box<dyn Work>);

impl Work for FromDrivers {
    fn run(&self, bounds: &Bounds, mutate: &Mutate) -> Result<Sent, Error> {
        self.0.run(bounds, mutate).map_err(|error| match error {
            Error::Refused { array, mut answer } => {
                answer.suggestion = Some(DOUBT.to_owned());
                Error::Refused { array, answer }
            }
            other => other,
        })
    }
}

fn in_doubt(mut intent: Intent) -> Intent {
    intent.work = Box::new(FromDrivers(intent.work));
    intent
}

fn member(lun: &Lun) -> Member {
    luns::member(&lun.uuid, &lun.path)
}

/// Whole blocks, and what to say if that is more than was asked for.
fn rounded(at: &At<'_>, bytes: u64) -> Result<(u64, Option<String>), Error> {
    let whole = match bytes.checked_next_multiple_of(BLOCK) {
        Some(whole) if whole > 0 => whole,
        _ => return Err(at.invalid(format!("size of {bytes} bytes"), "no LUN has it".into())),
    };
    let note = format!("{bytes} bytes are rounded up to whole blocks of {BLOCK}");
    Ok((whole, (whole != bytes).then_some(note)))
}

/// Where a LUN of this name goes: its path; a plain name where there are no volumes.
fn place(at: &At<'_>, name: &str, pool: &Selector) -> Result<(String, Option<String>), Error> {
    let pool = match pool {
        Selector::Name(name) | Selector::Id(name) | Selector::Uuid(name) => name.clone(),
        other => other.to_string(),
    };
    let bad = |why: String| Err(at.invalid(format!("LUN name {name:?}"), why));
    // Only the newer interface knows such platforms (§1).
    if at.wire.api() == Api::Rest && at.wire.system(at.bounds)?.disaggregated {
        if name.contains('/') {
            return bad("this platform has no volumes: a plain name is wanted".into());
        }
        let note = format!("this platform has one pool of its own: {pool} is not used");
        return Ok((name.to_owned(), Some(note)));
    }
    if !name.starts_with('/') {
        if name.contains('/') {
            return bad("a plain name or the whole path is wanted: /vol/VOLUME/NAME".into());
        }
        return Ok((format!("/vol/{pool}/{name}"), None));
    }
    match name.split('/').collect::<Vec<_>>().as_slice() {
        ["", "vol", volume, rest @ ..]
            if matches!(rest.len(), 1 | 2) && rest.iter().all(|part| !part.is_empty()) =>
        {
            if *volume != pool {
                return bad(format!("it is in volume {volume}, and --pool says {pool}"));
            }
            Ok((name.to_owned(), None))
        }
        _ => bad("a path is /vol/VOLUME/NAME or /vol/VOLUME/QTREE/NAME".into()),
    }
}

/// `lun create`.
pub(super) fn create(
    at: &At<'_>,
    name: &str,
    bytes: u64,
    pool: &Selector,
) -> Result<Intent, Error> {
    let (bytes, rounding) = rounded(at, bytes)?;
    let (path, place) = place(at, name, pool)?;
    let title = format!("create LUN {path} of {bytes} bytes for {OS}");
    let query = LunQuery::Path(path.clone());
    if let Some(found) = all(|each| at.wire.luns(&query, at.bounds, each))?.pop() {
        if found.size == bytes && found.os_type.as_deref().is_none_or(|os| os == OS) {
            let evidence = format!("LUN {path} is there, of that size");
            return Ok(at.already(title, member(&found), evidence));
        }
        let why = format!(
            "LUN {path} is there already, of {} bytes for {}",
            found.size,
            found.os_type.as_deref().unwrap_or("?")
        );
        let hint = format!("sanctl lun show {}", call_lun(&path));
        return Err(at.conflict(why, vec![hint]));
    }
    let act = Act::CreateLun(NewLun {
        path: path.clone(),
        bytes,
        os_type: OS.to_owned(),
    });
    let mut intent = in_doubt(at.intent(title, luns::member("", &path), act));
    intent.notes.extend(rounding);
    intent.notes.extend(place);
    intent.inverse = vec![Edit::DeleteLun {
        lun: call_lun(&path),
    }];
    Ok(intent)
}

/// `lun resize`: only grows; nothing takes it back.
pub(super) fn resize(at: &At<'_>, which: &Selector, bytes: u64) -> Result<Intent, Error> {
    let found = at.lun(which)?;
    let (bytes, rounding) = rounded(at, bytes)?;
    let path = &found.path;
    let title = format!("grow LUN {path} to {bytes} bytes");
    if found.size == bytes {
        let evidence = format!("LUN {path} has that size");
        return Ok(at.already(title, member(&found), evidence));
    }
    if found.size > bytes {
        let why = format!(
            "LUN {path} has {} bytes: shrinking it to {bytes} would cut off its end",
            found.size
        );
        return Err(at.conflict(why, vec![format!("sanctl lun show {}", call_lun(path))]));
    }
    let act = Act::ResizeLun(found.at(), bytes);
    let mut intent = in_doubt(at.intent(title, member(&found), act));
    intent.class = Class::Asks;
    intent.notes.extend(rounding);
    intent
        .notes
        .push("nothing makes a LUN smaller again".to_owned());
    Ok(intent)
}

/// `lun delete`: refused while it is mapped, and never forced.
pub(super) fn delete(at: &At<'_>, which: &Selector) -> Result<Intent, Error> {
    let found = at.lun(which)?;
    let call = call_lun(&found.path);
    let mapped = at.maps_of(&found)?;
    let unmap = |from| Edit::UnmapLun {
        lun: call.clone(),
        from,
    };
    if !mapped.is_empty() {
        let groups: Vec<&str> = mapped.iter().map(|map| map.igroup.as_str()).collect();
        let why = format!(
            "LUN {} is mapped to hostgroup {}",
            found.path,
            groups.join(", ")
        );
        let hint = unmap(Party::AllHosts).to_string();
        return Err(at.conflict(why, vec![hint]));
    }
    if found.mapped == Some(true) {
        let why = format!("the array says that LUN {} is mapped", found.path);
        return Err(at.conflict(why, vec![format!("sanctl lun mappings {call}")]));
    }
    let title = format!("delete LUN {} and its data", found.path);
    let act = Act::DeleteLun(found.at());
    let intent = if found.enabled && !at.wire.deletes_online() {
        let state = |state| Edit::SetLunState {
            lun: call.clone(),
            state,
        };
        let off = Act::SetLunState(found.at(), LunState::Offline);
        let parts = vec![
            Part {
                edit: state(LunState::Offline),
                wire: off.lines(at.wire),
            },
            Part {
                edit: Edit::DeleteLun { lun: call.clone() },
                wire: act.lines(at.wire),
            },
        ];
        at.chain(title, member(&found), parts, Some(state(LunState::Online)))
    } else {
        at.intent(title, member(&found), act)
    };
    let mut intent = in_doubt(intent);
    intent.unused = unused(&found);
    intent.class = Class::Typed(found.path);
    intent.notes.push("nothing brings the data back".to_owned());
    Ok(intent)
}

fn unused(lun: &Lun) -> Vec<Unused> {
    let unused = lun.wwid().map(|wwid| Unused {
        lun: member(lun),
        wwid,
    });
    unused.into_iter().collect()
}

/// `lun online`, `lun offline`.
pub(super) fn set_state(at: &At<'_>, which: &Selector, state: LunState) -> Result<Intent, Error> {
    let found = at.lun(which)?;
    let path = &found.path;
    let title = format!("put LUN {path} {}", state.word());
    let (is, back) = match state {
        LunState::Online => (found.enabled, LunState::Offline),
        LunState::Offline => (!found.enabled, LunState::Online),
    };
    if is {
        let fault = found.fault().unwrap_or_else(|| "online".to_owned());
        let evidence = format!("LUN {path} is {} ({fault})", state.word());
        return Ok(at.already(title, member(&found), evidence));
    }
    let act = Act::SetLunState(found.at(), state);
    let mut intent = at.intent(title, member(&found), act);
    intent.class = Class::Asks;
    if state == LunState::Offline {
        let mapped = at.maps_of(&found)?;
        intent.cuts = at.cuts_of(&found, &mapped)?;
        intent.unused = unused(&found);
        if !mapped.is_empty() {
            intent.class = Class::Typed(path.clone());
            intent
                .notes
                .push("it stays mapped: whoever sees it gets errors".to_owned());
        }
    } else if let Some(container) = &found.container {
        let why = container.replace('_', " ");
        intent
            .notes
            .push(format!("it does not answer all the same: {why}"));
    }
    intent.inverse = vec![Edit::SetLunState {
        lun: call_lun(path),
        state: back,
    }];
    Ok(intent)
}
