//! Devices: read again, removed, stopped and started.

use super::{Class, DeviceState, Edit, Editor, Error, Intent, Made, Object, Where, of_change};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::ids::LunNumber;
use crate::model::portal::TargetPortal;
use crate::model::selector::Selector;
use crate::node;
use crate::node::inuse;
use crate::node::iscsi::session::{self, Session};
use crate::node::scsi::act;
use crate::node::scsi::device::{self, Device};
use crate::node::scsi::select;
use crate::node::scsi::transport::{self, Transport};

impl From<select::Error> for Error {
    fn from(error: select::Error) -> Self {
        let why = error.to_string();
        match error {
            select::Error::Node(error) => error.into(),
            select::Error::Other { disks, .. } => Self::Usage {
                why,
                hints: disks
                    .iter()
                    .map(|disk| format!("sanctl device show {disk}"))
                    .collect(),
            },
        }
    }
}

/// A device with where it is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) device: Device,
    transport: Transport,
    at: Option<TargetPortal>,
}

pub(super) fn called(device: &Device) -> Object {
    Object {
        what: "device",
        id: device.hctl.to_string(),
        name: device.name(),
    }
}

pub(super) fn unknown(name: &str) -> Object {
    Object {
        what: "device",
        id: String::new(),
        name: name.to_owned(),
    }
}

pub(super) fn names(placed: &[Placed]) -> Vec<String> {
    placed.iter().map(|p| p.device.name()).collect()
}

/// `4:0:0:7 sdk answers 6a4c…, 1 GiB`, in the kernel's words.
pub(super) fn seen(device: &Device) -> String {
    let wwid = device.raw_wwid.as_deref().unwrap_or("no wwid");
    format!("{device} answers {wwid}")
}

/// The LUN number of a device, without the bits that tell the way of addressing
/// (linux-host.md §5.2).
fn number_of(device: &Device) -> Option<LunNumber> {
    let number = u16::try_from(device.hctl.lun).ok()? & 0x3fff;
    Some(LunNumber(number))
}

/// The identity of a path across attachments, as the step of attach has it.
pub(super) fn path_object(placed: &Placed) -> Option<String> {
    let (at, wwid) = (placed.at.as_ref()?, placed.device.wwid.as_ref()?);
    Some(format!("scsi:{wwid}@{},{}", at.portal, at.iqn))
}

impl Editor {
    pub(super) fn rescan(&self, which: &[Selector]) -> Result<Intent, Error> {
        let placed = self.get(which)?;
        let names = names(&placed);
        let title = format!("read {} again", names.join(", "));
        let wire = placed
            .iter()
            .map(|p| format!("echo 1 > {}/rescan", p.device.dir()));
        let wire = wire.collect();
        let (machine, before) = (self.machine.clone(), placed.clone());
        let work = move |bounds: &Bounds, mutate: &Mutate| {
            let (mut words, mut troubles) = (Vec::new(), Vec::new());
            for Placed { device, .. } in &before {
                let now =
                    act::refresh(&*machine, device.hctl, bounds, mutate).map_err(of_change)?;
                let Some(now) = now else {
                    troubles.push(format!("{device} is gone"));
                    continue;
                };
                words.push(seen(&now));
                if now.raw_wwid != device.raw_wwid {
                    let was = device.raw_wwid.as_deref().unwrap_or("no wwid");
                    troubles.push(format!("{} was {was}: it is another disk now", seen(&now)));
                } else if let Some(why) = now.why_not() {
                    troubles.push(format!("{now}: {why}"));
                }
            }
            Ok(Made {
                changed: true,
                object: object_of(&before),
                evidence: words.join("; "),
                trouble: (!troubles.is_empty()).then(|| troubles.join("; ")),
                inverse: Vec::new(),
            })
        };
        let mut intent = self.intent(title, &placed, Box::new(work));
        intent.wire = wire;
        Ok(intent)
    }

    pub(super) fn remove(&self, which: &[Selector], bounds: &Bounds) -> Result<Intent, Error> {
        let mut placed = Vec::new();
        let mut missing = Vec::new();
        for name in which {
            match self.find(name)? {
                found if found.is_empty() => missing.push(name.to_string()),
                found => placed.extend(found),
            }
        }
        placed = once_each(placed);
        if placed.is_empty() {
            let words = missing.join(", ");
            let title = format!("remove {words}");
            let evidence = format!("there is no device {words}");
            return Ok(Intent::already(title, unknown(&words), evidence));
        }
        let command = Edit::Remove {
            devices: which.to_vec(),
        };
        self.require_unheld(&placed, &command, bounds)?;
        let title = format!("remove {}", names(&placed).join(", "));
        let inverse: Vec<String> = placed
            .iter()
            .filter_map(|p| {
                Some(Edit::Scan {
                    session: Where::Target(p.at.clone()?),
                    lun: number_of(&p.device)?,
                })
            })
            .map(|edit| edit.to_string())
            .collect();
        let (alone, gone, then) = (self.alone.clone(), placed.clone(), inverse.clone());
        let again = command.to_string();
        let work = move |bounds: &Bounds, mutate: &Mutate| {
            let mut removed: Vec<String> = Vec::new();
            for Placed { device, .. } in &gone {
                match alone.remove(device, bounds, mutate) {
                    Ok(()) => removed.push(device.name()),
                    Err(error) if removed.is_empty() => return Err(error.into()),
                    Err(error) => {
                        return Err(Error::Halfway {
                            done: format!("{} removed", removed.join(", ")),
                            cause: format!("not {device}: {error}"),
                            hints: vec![again],
                        });
                    }
                }
            }
            Ok(Made {
                changed: true,
                object: object_of(&gone),
                evidence: format!("{} gone", removed.join(", ")),
                trouble: None,
                inverse: then,
            })
        };
        let mut intent = self.intent(title, &placed, Box::new(work));
        let local = placed.iter().find(|p| p.transport == Transport::Other);
        let objects: Option<Vec<String>> = placed.iter().map(path_object).collect();
        intent.class = match (local, objects) {
            // Neither attach nor anybody's array brought it here.
            (Some(local), _) => Class::Typed(local.device.name()),
            (None, Some(objects)) => Class::Unused(objects),
            (None, None) => Class::Asks,
        };
        intent.shown = placed
            .iter()
            .map(|p| match p.transport {
                Transport::Other => {
                    format!("{}: a disk of this machine, not of a SAN", seen(&p.device))
                }
                _ => format!("{}, nobody uses it", seen(&p.device)),
            })
            .collect();
        intent.wire = placed
            .iter()
            .flat_map(|p| {
                let flush = p.device.disk.as_ref();
                let flush = flush.map(|disk| format!("blockdev --flushbufs /dev/{disk}"));
                let delete = format!("echo 1 > {}/delete", p.device.dir());
                flush.into_iter().chain([delete])
            })
            .collect();
        intent.inverse = inverse;
        Ok(intent)
    }

    pub(super) fn set_state(
        &self,
        which: &Selector,
        state: DeviceState,
        bounds: &Bounds,
    ) -> Result<Intent, Error> {
        let placed = self.get(std::slice::from_ref(which))?;
        let [one] = placed.as_slice() else {
            return Err(Error::Ambiguous {
                name: which.to_string(),
                found: names(&placed),
            });
        };
        let device = one.device.clone();
        let title = format!("set {} {}", device.name(), state.word());
        if device.state == state.word() {
            let evidence = format!("{device} is {}", device.state);
            return Ok(Intent::already(title, called(&device), evidence));
        }
        let edit = |state| Edit::SetState {
            device: which.clone(),
            state,
        };
        if state == DeviceState::Offline {
            self.require_unheld(&placed, &edit(state), bounds)?;
        }
        let inverse = match device.state.as_str() {
            "running" => vec![edit(DeviceState::Running).to_string()],
            "offline" => vec![edit(DeviceState::Offline).to_string()],
            _ => Vec::new(),
        };
        let file = format!("{}/state", device.dir());
        let wire = vec![format!("echo {} > {file}", state.word())];
        let shown = vec![
            format!("{} and is {}", seen(&device), device.state),
            match state {
                DeviceState::Offline => "whatever is sent to it fails from then on".to_owned(),
                DeviceState::Running => "whoever holds it sends to it again".to_owned(),
            },
        ];
        let (machine, then) = (self.machine.clone(), inverse.clone());
        let named = device.name();
        let work = move |bounds: &Bounds, mutate: &Mutate| {
            // This attribute alone wants the line's end, which echo writes.
            let line = format!("{}\n", state.word());
            let done = machine.write_attr(&file, &line, bounds, mutate);
            let now = device::find(&*machine, device.hctl)?;
            let is_so = now.as_ref().is_some_and(|d| d.state == state.word());
            match done {
                Err(error) if !is_so => Err(error.into()),
                _ => Ok(Made {
                    changed: true,
                    object: called(&device),
                    evidence: match &now {
                        Some(now) => format!("{now} is {}", now.state),
                        None => format!("{device} is gone"),
                    },
                    trouble: (!is_so)
                        .then(|| format!("the kernel did not set it {}", state.word())),
                    inverse: then,
                }),
            }
        };
        let mut intent = self.intent(title, &placed, Box::new(work));
        intent.class = Class::Typed(named);
        intent.shown = shown;
        intent.wire = wire;
        intent.inverse = inverse;
        Ok(intent)
    }

    /// The devices of a name; empty when there is none.
    pub(super) fn find(&self, name: &Selector) -> Result<Vec<Placed>, Error> {
        let machine = self.machine();
        let sessions = session::list(machine)?;
        let mut found = Vec::new();
        for device in select::find(machine, name)? {
            let sid = device::sid_of(machine, device.hctl)?;
            let session = sessions.iter().find(|s| Some(s.sid) == sid);
            found.push(Placed {
                transport: transport::find(machine, device.hctl)?,
                at: session.and_then(Session::at),
                device,
            });
        }
        Ok(found)
    }

    /// The devices of all names, each of which must have one.
    pub(super) fn get(&self, which: &[Selector]) -> Result<Vec<Placed>, Error> {
        let mut placed = Vec::new();
        for name in which {
            let found = self.find(name)?;
            if found.is_empty() {
                return Err(Error::NotFound {
                    what: format!("device {name}"),
                    hints: vec!["sanctl device list".into()],
                });
            }
            placed.extend(found);
        }
        Ok(once_each(placed))
    }

    /// The kernel itself removes and stops a disk under its user without a word
    /// (linux-host.md §5.8).
    pub(super) fn require_unheld(
        &self,
        placed: &[Placed],
        then: &Edit,
        bounds: &Bounds,
    ) -> Result<(), Error> {
        for Placed { device, .. } in placed {
            let Some(disk) = &device.disk else { continue };
            let title = match &device.wwid {
                Some(wwid) => node::connect::short(wwid),
                None => device.hctl.to_string(),
            };
            let disks = std::slice::from_ref(disk);
            inuse::check(self.machine(), disks, &title, &then.to_string(), bounds)?;
        }
        Ok(())
    }

    pub(super) fn intent(&self, title: String, placed: &[Placed], work: super::Work) -> Intent {
        let ats: Vec<TargetPortal> = placed.iter().filter_map(|p| p.at.clone()).collect();
        let mut intent = Intent::at(title, object_of(placed), &ats, work);
        let loose = placed.iter().filter(|p| p.at.is_none());
        intent.lock(loose.map(|p| format!("scsi:{}", p.device.hctl)));
        // Attach and detach of a LUN hold its identity, over whatever they go.
        let known = placed.iter().filter_map(|p| p.device.wwid.as_ref());
        intent.lock(known.map(|wwid| format!("wwid:{}", wwid.multipath())));
        intent
    }
}

pub(super) fn object_of(placed: &[Placed]) -> Object {
    let ids: Vec<String> = placed.iter().map(|p| p.device.hctl.to_string()).collect();
    Object {
        what: "device",
        id: ids.join(", "),
        name: names(placed).join(", "),
    }
}

fn once_each(placed: Vec<Placed>) -> Vec<Placed> {
    let mut kept: Vec<Placed> = Vec::new();
    for one in placed {
        if kept.iter().all(|k| k.device.hctl != one.device.hctl) {
            kept.push(one);
        }
    }
    kept
}

pub(super) fn removal(device: &Device) -> String {
    format!("sanctl device remove {}", device.name())
}
