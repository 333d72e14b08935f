//! The port group of this host's view: without one a view shows its LUNs on every port, so that a
//! port group that came later would cut paths (oceanstor.md §7).

use super::Shared;
use super::ask::Ask;
use super::parts::{Link, Noun};
use super::sight::{Known, Ref, Sight};
use crate::array::error::Error;
use crate::kit::shell::word;

/// What is found in the place of a port group in a view without one.
const ON_EVERY_PORT: &str = "no port group, and it shows LUNs of this host on every port";

/// What the host sees through a view.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shows {
    Luns,
    Nothing,
}

impl Shared {
    /// What the host sees through the view that holds these port groups. Asked only where that
    /// decides: of a view that is whole and holds none.
    pub(super) fn shows(&self, ask: &Ask<'_>, sight: &Sight, held: &[Ref]) -> Result<Shows, Error> {
        let sides = [Link::ViewHostGroup, Link::ViewLunGroup];
        let whole = sides.iter().all(|l| sight.link(*l) == Known::Found(()));
        let host = sight.id(Noun::Host).filter(|_| whole && held.is_empty());
        Ok(match host {
            Some(host) if !ask.seen_by(host, false)?.is_empty() => Shows::Luns,
            _ => Shows::Nothing,
        })
    }

    /// The port group of the view of a LUN that the host sees already.
    pub(super) fn view_ports(&self, ask: &Ask<'_>, sight: &mut Sight) -> Result<(), Error> {
        let wanted = sight.found(Noun::PortGroup).cloned();
        let name = Noun::View.name_for(sight.id(Noun::Host).unwrap_or_default());
        let (Some(wanted), Some(name)) = (wanted, name) else {
            return Ok(());
        };
        // A view of another name is somebody else's: its ports are not ours to choose.
        let Some(view) = ask.view(&name)? else {
            sight.set_link(Link::ViewPortGroup, Known::Found(()));
            return Ok(());
        };
        let held = match view.portgroup {
            Some(id) => vec![Ref::new(id, "")],
            None => ask.belonging(Noun::PortGroup, Noun::View.code(), &view.at.id)?,
        };
        sight.set(Noun::View, Known::Found(view.at));
        settle_ports(sight, &wanted, held.first(), Shows::Luns);
        Ok(())
    }

    /// How a view that shows LUNs on every port gets its port group, if that is what was found.
    pub(super) fn join_ports(&self, sight: &Sight, found: &str) -> Vec<String> {
        if found != ON_EVERY_PORT {
            return Vec::new();
        }
        let name = |noun| self.name(sight, noun);
        let (view, group) = (name(Noun::View), name(Noun::PortGroup));
        let (view, group) = (word(&view), word(&group));
        vec![
            format!(
                "sanctl mapping add-group {view} --portgroup {group}  # cuts the paths over other \
                 ports"
            ),
            "or take port_group out of the configuration".into(),
        ]
    }
}

/// Whether the view uses the port group.
pub(super) fn settle_ports(sight: &mut Sight, wanted: &Ref, held: Option<&Ref>, shows: Shows) {
    let known = match held {
        Some(held) if held.id == wanted.id => Known::Found(()),
        Some(held) => Known::Other {
            found: format!("portgroup {} {}", held.id, held.name),
            wanted: format!("{} {}", wanted.id, wanted.name),
        },
        // Without a port group it shows them on every port (§7): the paths over the others would
        // be cut.
        None if shows == Shows::Luns => Known::Other {
            found: ON_EVERY_PORT.into(),
            wanted: format!("portgroup {} {}", wanted.id, wanted.name),
        },
        None => Known::Absent,
    };
    sight.set_link(Link::ViewPortGroup, known);
}
