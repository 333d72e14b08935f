//! LUNs made, grown and deleted. The fact sheet has no request for these (see `parts::lun`).

use super::super::envelope::Request;
use super::super::nouns::{lun, pool};
use super::super::parts;
use super::At;
use super::reach::{Reach, hosts_in, through};
use crate::array::edit::{Class, Intent, Sent, Unused, Work};
use crate::array::error::Error;
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::edit::{Edit, Party};
use crate::model::nouns::{Lun, Member};
use crate::model::selector::Selector;

/// Said when the array refuses a request of this file.
const DOUBT: &str = "this request is the OpenStack driver's: no source says what else this array \
                     may want";

/// Requests that no source describes: a refusal says so.
struct FromDriver(Box<dyn Work>);

impl Work for FromDriver {
    fn run(&self, bounds: &Bounds, mutate: &Mutate) -> Result<Sent, Error> {
        self.0.run(bounds, mutate).map_err(|error| match error {
            Error::Refused { array, mut answer } => {
                let told = answer.suggestion.take();
                answer.suggestion = Some(match told {
                    Some(told) => format!("{told} ({DOUBT})"),
                    None => DOUBT.to_owned(),
                });
                Error::Refused { array, answer }
            }
            other => other,
        })
    }
}

/// The LUN, which must not be a snapshot.
fn get(at: &At<'_>, which: &Selector) -> Result<Lun, Error> {
    let found = lun::get(at.client, which, at.bounds)?;
    if found.snapshot {
        return Err(Error::Unsupported {
            array: at.client.array().to_owned(),
            what: format!("way to change snapshot {} yet", found.name),
            instead: "sanctl array call".to_owned(),
        });
    }
    Ok(found)
}

fn sectors(at: &At<'_>, bytes: u64) -> Result<u64, Error> {
    if bytes == 0 || !bytes.is_multiple_of(lun::SECTOR) {
        let why = format!(
            "a size of {bytes} bytes is no multiple of {} bytes",
            lun::SECTOR
        );
        let up = bytes
            .div_ceil(lun::SECTOR)
            .max(1)
            .saturating_mul(lun::SECTOR);
        return Err(at.conflict(why, vec![format!("--size {up}B")]));
    }
    Ok(bytes / lun::SECTOR)
}

fn from_driver(at: &At<'_>, title: String, object: Member, request: Request) -> Intent {
    let mut intent = at.intent(title, object, vec![request]);
    intent.work = Box::new(FromDriver(intent.work));
    intent
}

/// `lun create`.
pub(super) fn create(
    at: &At<'_>,
    name: &str,
    bytes: u64,
    pool: &Selector,
) -> Result<Intent, Error> {
    let title = format!("create LUN {name} of {bytes} bytes");
    let sectors = sectors(at, bytes)?;
    let pool = pool::get(at.client, pool, at.bounds)?;
    let named = Selector::Name(name.to_owned());
    if let Some(found) = lun::find(at.client, &named, at.bounds)? {
        let same = !found.snapshot
            && found.size_bytes == bytes
            && found.pool.as_ref().is_none_or(|p| *p == pool.name);
        if same {
            let evidence = format!("LUN {} is called {name}, of that size", found.id);
            return Ok(at.already(title, lun::member(&found), evidence));
        }
        let what = if found.snapshot { "snapshot" } else { "LUN" };
        let why = format!(
            "{what} {} is called {name} already, of {} bytes in pool {}",
            found.id,
            found.size_bytes,
            found.pool.as_deref().unwrap_or("?")
        );
        return Err(at.conflict(why, vec![format!("sanctl lun show {named}")]));
    }
    let object = Member {
        what: "lun".to_owned(),
        id: String::new(),
        name: name.to_owned(),
    };
    let request = parts::lun::create(name, &pool.id, sectors);
    let mut intent = from_driver(at, title, object, request);
    intent.inverse = vec![Edit::DeleteLun { lun: named }];
    Ok(intent)
}

/// `lun resize`: only grows; nothing takes it back.
pub(super) fn resize(at: &At<'_>, which: &Selector, bytes: u64) -> Result<Intent, Error> {
    let found = get(at, which)?;
    let title = format!("grow LUN {} to {bytes} bytes", found.name);
    let sectors = sectors(at, bytes)?;
    let object = lun::member(&found);
    if found.size_bytes == bytes {
        let evidence = format!("LUN {} has that size", found.name);
        return Ok(at.already(title, object, evidence));
    }
    if found.size_bytes > bytes {
        let why = format!(
            "LUN {} has {} bytes: shrinking it to {bytes} would cut off its end",
            found.name, found.size_bytes
        );
        let call = At::named(&found.name, &found.id);
        return Err(at.conflict(why, vec![format!("sanctl lun show {call}")]));
    }
    let mut intent = from_driver(at, title, object, parts::lun::expand(&found.id, sectors));
    intent.class = Class::Asks;
    intent
        .notes
        .push("nothing makes a LUN smaller again".to_owned());
    Ok(intent)
}

/// `lun delete`: refused while it is mapped or in a group, or has snapshots.
pub(super) fn delete(at: &At<'_>, which: &Selector) -> Result<Intent, Error> {
    let found = get(at, which)?;
    let call = At::named(&found.name, &found.id);
    let reach = Reach::new(at);
    let ways = reach.ways(&found)?;
    if !ways.is_empty() {
        let cuts = reach.ways_end(&found, &ways, &|_| true)?;
        let mut words: Vec<String> = ways.iter().map(through).collect();
        words.sort();
        words.dedup();
        let who = match hosts_in(&cuts).as_str() {
            "" => format!("LUN {} is in use", found.name),
            hosts => format!("host {hosts} sees LUN {}", found.name),
        };
        let from = Party::AllHosts;
        let away = Edit::UnmapLun { lun: call, from };
        return Err(at.conflict(
            format!("{who}, {}", words.join(", ")),
            vec![away.to_string()],
        ));
    }
    if found.mapped == Some(true) {
        let why = format!("the array says that LUN {} is shown to a host", found.name);
        return Err(at.conflict(why, vec![format!("sanctl lun mappings {call}")]));
    }
    let snapshots = lun::snapshots(at.client, &found, at.bounds)?;
    if !snapshots.is_empty() {
        let names: Vec<&str> = snapshots.iter().map(|s| s.name.as_str()).collect();
        let why = format!("LUN {} has snapshot {}", found.name, names.join(", "));
        return Err(at.conflict(why, vec![format!("sanctl lun show {call}")]));
    }
    let title = format!("delete LUN {} and its data", found.name);
    let object = lun::member(&found);
    let mut intent = from_driver(at, title, object.clone(), parts::lun::delete(&found.id));
    intent.unused = found
        .wwid
        .map(|wwid| Unused { lun: object, wwid })
        .into_iter()
        .collect();
    intent.class = Class::Typed(found.name);
    intent.notes.push("nothing brings the data back".to_owned());
    Ok(intent)
}
