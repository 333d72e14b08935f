//! Which words of a STATE column are good news. The word itself always says it; colour only helps
//! to find it.

use crate::kit::table::Tone;

/// How a state reads.
pub fn of(word: &str) -> Option<Tone> {
    match word {
        "present" | "normal" | "normal/normal" | "normal/online" => Some(Tone::Good),
        "absent" | "waiting" | "degraded" => Some(Tone::Warning),
        "differs" | "unknown" | "in doubt" => Some(Tone::Bad),
        word if word.contains("fault") || word.contains("offline") => Some(Tone::Bad),
        _ => None,
    }
}
