//! The processes that run a program (proc(5)).

use super::Error;
use crate::system::{self, Flavour, Machine};

/// Their numbers, the lowest first. Threads of the kernel run no program, and have neither files
/// nor mounts of their own: most processes of a node are such.
///
/// # Errors
/// When `/proc` cannot be read.
pub(super) fn list(machine: &dyn Machine) -> Result<Vec<u32>, Error> {
    let names = machine.names("/proc")?;
    let mut pids: Vec<u32> = names.iter().filter_map(|n| n.parse().ok()).collect();
    pids.sort_unstable();
    // A capture may not tell the programs.
    if machine.flavour() != Flavour::Captured {
        pids.retain(|pid| {
            let program = machine.link(&format!("/proc/{pid}/exe"));
            !matches!(program, Err(system::Error::NotFound { .. }))
        });
    }
    Ok(pids)
}

/// What a process is called: its program's name, unless it has given itself another. `None` when
/// it has ended meanwhile.
pub(super) fn name(machine: &dyn Machine, pid: u32) -> Option<String> {
    machine.text(&format!("/proc/{pid}/comm")).ok().flatten()
}

/// The number of the process that started another one, as `/proc` writes it; `None` when either
/// has ended meanwhile.
pub(super) fn parent(machine: &dyn Machine, pid: u32) -> Option<String> {
    let stat = machine.text(&format!("/proc/{pid}/stat")).ok().flatten()?;
    // Behind the name, which may hold anything: the state, then the parent.
    let (_, after) = stat.rsplit_once(')')?;
    after.split_whitespace().nth(1).map(str::to_owned)
}

/// Whether a process of this name runs.
///
/// # Errors
/// When `/proc` cannot be read.
pub(super) fn runs(machine: &dyn Machine, called: &str) -> Result<bool, Error> {
    let mut pids = list(machine)?.into_iter();
    Ok(pids.any(|pid| name(machine, pid).as_deref() == Some(called)))
}
