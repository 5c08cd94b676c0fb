//! Work on several threads, with results in the order of the items.

use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// How many items for each thread are read ahead of the oldest one that is not yet taken: enough that a long article does
/// not leave the other threads idle, and the bound of memory.
const AHEAD: usize = 8;

/// An item on its way to a thread, with where its result is waited for.
type Job<T, U> = (T, SyncSender<U>);

/// Does `work` on every item, on so many threads, and hands the results to `take` in the order of the items, each as soon as
/// those before it are taken. One thread is this one. Several read the items on one more, which waits while 8 items a
/// thread are under way. Where `take` fails, the threads are left behind: they end with the program.
///
/// # Errors
/// The first one of `take`.
pub(crate) fn each<T, U, I, E>(
    threads: usize,
    items: impl FnOnce() -> I + Send + 'static,
    work: impl Fn(T) -> U + Send + Sync + 'static,
    mut take: impl FnMut(U) -> Result<(), E>,
) -> Result<(), E>
where
    T: Send + 'static,
    U: Send + 'static,
    I: Iterator<Item = T>,
{
    if threads == 1 {
        return items().try_for_each(|item| take(work(item)));
    }
    let (order, results) = mpsc::sync_channel::<Receiver<U>>(AHEAD * threads);
    let (jobs, queue) = mpsc::channel::<Job<T, U>>();
    let queue = Arc::new(Mutex::new(queue));
    let work = Arc::new(work);
    for _ in 0..threads {
        let (queue, work) = (Arc::clone(&queue), Arc::clone(&work));
        thread::spawn(move || {
            while let Some((item, done)) = next(&queue) {
                // Nobody waits for it where `take` has failed.
                let _ = done.send(work(item));
            }
        });
    }
    thread::spawn(move || {
        for item in items() {
            let (done, result) = mpsc::sync_channel(1);
            // The place in the order comes first: their number is the limit.
            if order.send(result).is_err() || jobs.send((item, done)).is_err() {
                return;
            }
        }
    });
    results.iter().try_for_each(|result| take(result.recv().expect("annotating never panics")))
}

/// The next job, once there is one; none when all are given out.
fn next<J>(queue: &Mutex<Receiver<J>>) -> Option<J> {
    queue.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items_whatever_takes_long() {
        for threads in 1..=5 {
            let mut taken = Vec::new();
            let slow = |item: u64| {
                thread::sleep(Duration::from_micros(item * 7919 % 500));
                item
            };
            let done: Result<(), ()> = each(
                threads,
                || 0..300,
                slow,
                |item| {
                    taken.push(item);
                    Ok(())
                },
            );
            assert_eq!((done, taken), (Ok(()), (0..300).collect()), "{threads} threads");
        }
    }

    #[test]
    fn few_items_are_under_way_however_many_there_are() {
        static READ: AtomicUsize = AtomicUsize::new(0);
        let read = |_: &usize| _ = READ.fetch_add(1, Ordering::SeqCst);
        let items = move || (0..10_000).inspect(read);
        let mut ahead = 0;
        let mut taken = 0;
        let done: Result<(), ()> = each(
            3,
            items,
            |item| item,
            |_| {
                taken += 1;
                ahead = ahead.max(READ.load(Ordering::SeqCst) - taken);
                Ok(())
            },
        );
        assert_eq!((done, taken), (Ok(()), 10_000));
        // One is in the reader's hand.
        assert!(ahead <= 3 * AHEAD + 1, "{ahead} were read ahead");
    }

    #[test]
    fn the_first_failure_ends_it() {
        for threads in [1, 3] {
            let mut taken = 0;
            let done = each(
                threads,
                || 0..,
                |item: u64| item,
                |item| {
                    taken += 1;
                    if item == 7 { Err("full") } else { Ok(()) }
                },
            );
            assert_eq!((done, taken), (Err("full"), 8));
        }
    }
}
