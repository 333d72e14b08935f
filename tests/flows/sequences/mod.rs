//! Random sequences of what people and programs do, with crashes, lost answers and others at work
//! in between; after each line what DESIGN §5 promises is looked at from outside.
//!
//! A sequence is a text, one deed a line, so that what failed can be kept and played again:
//!
//! ```text
//! v3
//! attach 0 vol-1 ! kill-after 7
//! foreign 0 pull view
//! detach 0 vol-1 --include ! meanwhile 3 cinder-attach vol-2
//! ```
//!
//! The number is the seat; after `!` stands what befalls the run, and at which of its effects.
//! `SANCTL_SEQUENCES=N` plays N of them, `SANCTL_SEED=S` the one of a seed, `SANCTL_SEQUENCE=FILE`
//! the lines of a file. What fails is made shorter before it is shown. (A generator of texts, not
//! a strategy of values: what is found is kept by pasting it, and a shorter text is one with a
//! line less.)

mod checks;
mod found;
mod make;
mod play;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

/// How a sequence went: how many lines ended with which code, or what was wrong.
pub(crate) type Played = Result<BTreeMap<u8, u64>, String>;

/// Plays a text of lines.
fn played(lines: &[String]) -> Played {
    let lines = lines.to_vec();
    let thread = std::thread::spawn(move || play::play(&lines));
    thread.join().unwrap_or_else(|panic| {
        let words = panic.downcast_ref::<String>().cloned();
        Err(words.unwrap_or_else(|| "it panicked".to_owned()))
    })
}

/// The same with as few lines as still fail.
fn shorter(mut lines: Vec<String>) -> Vec<String> {
    let mut at = lines.len();
    while at > 1 {
        at -= 1;
        let mut less = lines.clone();
        less.remove(at);
        if played(&less).is_err() {
            lines = less;
            at = at.min(lines.len());
        }
    }
    // What befalls a run may not matter.
    for at in 0..lines.len() {
        if let Some((plain, _)) = lines[at].clone().split_once(" ! ") {
            let mut less = lines.clone();
            plain.clone_into(&mut less[at]);
            if played(&less).is_err() {
                lines = less;
            }
        }
    }
    lines
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap())
}

/// What went wrong in a sequence, and the shortest text that does it.
fn told(seed: u64, lines: Vec<String>, trouble: &str) -> String {
    let short = shorter(lines);
    let again = played(&short).err();
    format!(
        "SANCTL_SEED={seed}\n{}\n{}\n",
        short.join("\n"),
        again.as_deref().unwrap_or(trouble)
    )
}

#[test]
fn whatever_happens() {
    if let Ok(file) = std::env::var("SANCTL_SEQUENCE") {
        let text = std::fs::read_to_string(file).unwrap();
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        println!("{:?}", played(&lines).unwrap_or_else(|e| panic!("{e}")));
        return;
    }
    let (first, count) = match number("SANCTL_SEED") {
        Some(seed) => (seed, 1),
        None => (
            number("SANCTL_FIRST").unwrap_or(0),
            number("SANCTL_SEQUENCES").unwrap_or(200),
        ),
    };
    let next = AtomicU64::new(first);
    let work = || {
        let mut codes: BTreeMap<u8, u64> = BTreeMap::new();
        let mut troubles = Vec::new();
        loop {
            let seed = next.fetch_add(1, Ordering::SeqCst);
            if seed >= first + count || troubles.len() > 3 {
                return (codes, troubles);
            }
            let lines = make::sequence(seed);
            match played(&lines) {
                Ok(more) => {
                    for (code, count) in more {
                        *codes.entry(code).or_insert(0) += count;
                    }
                }
                Err(trouble) => troubles.push(told(seed, lines, &trouble)),
            }
        }
    };
    let parts: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..2).map(|_| scope.spawn(work)).collect();
        threads.into_iter().map(|t| t.join().unwrap()).collect()
    });
    let mut all: BTreeMap<u8, u64> = BTreeMap::new();
    let mut troubles: Vec<String> = Vec::new();
    for (codes, more) in parts {
        for (code, count) in codes {
            *all.entry(code).or_insert(0) += count;
        }
        troubles.extend(more);
    }
    println!("{count} sequences, runs by exit code: {all:?}");
    let bad = troubles.len();
    assert!(bad == 0, "{bad} bad:\n{}", troubles.join("\n"));
}
