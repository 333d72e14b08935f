//! Sequences out of seeds.

use crate::world::Dice;

const LUNS: [&str; 3] = ["vol-1", "vol-2", "vol-3"];
const GOALS: [&str; 6] = [
    "array.host",
    "array.hostgroup",
    "array.view",
    "array.view-hostgroup",
    "array.lungroup-lun",
    "array.lun-number",
];
const PULLS: [&str; 5] = [
    "view-lungroup",
    "view-hostgroup",
    "host",
    "initiator",
    "view",
];
const NAMED: [&str; 4] = ["host", "hostgroup", "lungroup", "view"];
const EDITS: [&str; 8] = [
    "unmap",
    "delete-hostgroup",
    "remove-host",
    "remove-hostgroup",
    "remove-lungroup",
    "remove-lun",
    "unbind",
    "delete-mapping",
];

/// What somebody else does on the array, about the objects of a seat.
fn foreign(dice: &mut Dice) -> String {
    let lun = *dice.pick(&LUNS);
    match dice.below(14) {
        0..=2 => format!("cinder-attach {lun}"),
        3 | 4 => format!("cinder-detach {lun}"),
        5 => format!("map {lun}"),
        6 => format!("unmap {lun}"),
        7 => "put-lun vol-4".to_owned(),
        8 => "put-host".to_owned(),
        9 | 10 => format!("pull {}", *dice.pick::<&str>(&PULLS)),
        11 => format!("rename {}", *dice.pick::<&str>(&NAMED)),
        12 => (*dice.pick(&["steal", "free"])).to_owned(),
        _ => format!("{} {lun}", *dice.pick::<&str>(&["lose", "make"])),
    }
}

/// What befalls a run.
fn fate(dice: &mut Dice) -> String {
    if !dice.percent(45) {
        return String::new();
    }
    let at = dice.below(32) + 1;
    let what = match dice.below(12) {
        0 | 1 => "kill-before",
        2..=4 => "kill-after",
        5 => "lost-before",
        6 | 7 => "lost-after",
        8 => "refused",
        9 => "expired",
        10 => "unsure",
        _ => return format!(" ! meanwhile {at} {}", foreign(dice)),
    };
    format!(" ! {what} {at}")
}

fn attach(dice: &mut Dice) -> String {
    let mut line = String::new();
    match dice.below(12) {
        0 | 1 => line.push_str(" --array"),
        2 => line.push_str(" --node"),
        3 => line.push_str(&format!(" --until={}", *dice.pick::<&str>(&GOALS))),
        4 => line.push_str(&format!(" --step={}", *dice.pick::<&str>(&GOALS))),
        5 => line.push_str(" --persist"),
        6 => line.push_str(&format!(" --number={}", dice.below(5) + 1)),
        _ => {}
    }
    if dice.percent(20) {
        line.push_str(" --keep");
    }
    if dice.percent(50) {
        line.push_str(" --shared");
    }
    line
}

/// The sequence of a seed.
pub(super) fn sequence(seed: u64) -> Vec<String> {
    let mut dice = Dice::new(seed);
    let array = if dice.percent(30) { "v6" } else { "v3" };
    let mut lines = vec![array.to_owned()];
    for _ in 0..dice.below(8) + 3 {
        let seat = usize::from(dice.percent(25));
        let lun = *dice.pick(&LUNS);
        let line = match dice.below(20) {
            0..=6 => {
                let how = attach(&mut dice);
                format!("attach {seat} {lun}{how}{}", fate(&mut dice))
            }
            7..=11 => {
                let how = match dice.below(10) {
                    0 => " --node",
                    1 => " --array",
                    2 | 3 => " --include",
                    4 => " --keep",
                    _ => "",
                };
                format!("detach {seat} {lun}{how}{}", fate(&mut dice))
            }
            12 => {
                let own = if dice.percent(50) { " --own" } else { "" };
                format!("adopt {seat} {lun}{own}{}", fate(&mut dice))
            }
            13 => format!("status {seat} {lun}"),
            14 => format!("prune {seat}"),
            15 => format!("edit {seat} {}", *dice.pick::<&str>(&EDITS)),
            16 | 17 => format!("foreign {seat} {}", foreign(&mut dice)),
            18 => format!("foreign {seat} cinder-attach {lun}"),
            _ => {
                let what = *dice.pick(&["reboot", "logout", "forget", "remove", "hold", "release"]);
                format!("node {seat} {what}")
            }
        };
        lines.push(line);
    }
    lines
}
