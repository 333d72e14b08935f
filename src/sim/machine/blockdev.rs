//! `blockdev` of util-linux, as far as it makes devices refuse writes or take them again.

use super::state::{State, disk_name};
use crate::system::Output;

/// Carries a command out.
pub(super) fn run(state: &mut State, args: &[String]) -> Output {
    let read_only = match args.first().map(String::as_str) {
        Some("--setro") => true,
        Some("--setrw") => false,
        _ => return output(1, "blockdev: this is not practised"),
    };
    for node in args.iter().skip(1) {
        let name = node.strip_prefix("/dev/").unwrap_or(node);
        let disk = state.disks.values_mut();
        let disk = disk.into_iter().find(|d| disk_name(d.index) == name);
        let minor = name.strip_prefix("dm-").and_then(|n| n.parse().ok());
        let map = minor.and_then(|minor: u32| state.maps.get_mut(&minor));
        match (disk, map) {
            (Some(disk), _) => disk.read_only = read_only,
            (None, Some(map)) => map.read_only = read_only,
            (None, None) => {
                let said = format!("blockdev: cannot open {node}: No such file or directory");
                return output(1, &said);
            }
        }
    }
    output(0, "")
}

fn output(code: i32, stderr: &str) -> Output {
    Output {
        code,
        stdout: String::new(),
        stderr: stderr.to_owned(),
    }
}
