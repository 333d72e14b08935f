//! A few reads at once. A new connection per parallel request is the price, so the width is small.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// Reads in flight at once.
const WIDTH: usize = 4;

/// Something to do beside other things.
pub(in crate::array) type Task<'a, T> = Box<dyn FnOnce() -> T + Send + 'a>;

/// Runs tasks, at most four at once, and gives their results in the order of the tasks.
pub(in crate::array) fn parallel<T: Send>(tasks: Vec<Task<'_, T>>) -> Vec<T> {
    if tasks.len() < 2 {
        return tasks.into_iter().map(|task| task()).collect();
    }
    let width = tasks.len().min(WIDTH);
    let queue: Mutex<VecDeque<(usize, Task<'_, T>)>> =
        Mutex::new(tasks.into_iter().enumerate().collect());
    let mut results: Vec<(usize, T)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..width)
            .map(|_| {
                scope.spawn(|| {
                    let mut done = Vec::new();
                    loop {
                        let next = queue
                            .lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .pop_front();
                        match next {
                            Some((index, task)) => done.push((index, task())),
                            None => return done,
                        }
                    }
                })
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| match worker.join() {
                Ok(done) => done,
                Err(panic) => std::panic::resume_unwind(panic),
            })
            .collect()
    });
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
