//! `--jobs N`: several LUNs at once.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::flow::Ended;

/// Works on the LUNs, so many at once, and keeps their order. Those not begun are left out.
pub(super) fn in_turn(
    names: &[String],
    jobs: usize,
    work: impl Fn(&str) -> Option<Ended> + Sync,
) -> Vec<Ended> {
    if jobs.min(names.len()) <= 1 {
        return names.iter().map_while(|name| work(name)).collect();
    }
    let next = AtomicUsize::new(0);
    let done = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..jobs.min(names.len()) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::SeqCst);
                    let Some(end) = names.get(index).and_then(|name| work(name)) else {
                        break;
                    };
                    let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                    done.insert(index, end);
                }
            });
        }
    });
    let done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.into_values().collect()
}

/// A number of LUNs to work on at once.
///
/// # Errors
/// What is wrong with the text.
pub(super) fn parse_jobs(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(jobs) if (1..=64).contains(&jobs) => Ok(jobs),
        _ => Err("a number from 1 to 64 wanted".into()),
    }
}
