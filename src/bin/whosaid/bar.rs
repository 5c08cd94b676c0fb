//! A line at the foot of a terminal that says how far a run is.

use std::fmt::Write as _;
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// The least time between two drawings of the line.
const OFTEN: Duration = Duration::from_millis(100);

/// How many bytes of the input files are read, as they lie on the disk, counted by whoever reads them.
pub(crate) type Read = Arc<AtomicU64>;

/// The line, drawn on standard error where that is a terminal.
pub(crate) struct Bar {
    read: Read,
    /// How long all files are; none where one is no file on a disk.
    all: Option<u64>,
    done: usize,
    /// When the first article came, and what was read by then.
    first: Option<(Instant, u64)>,
    drawn: Option<Instant>,
    /// How many columns the line takes.
    width: usize,
    shown: bool,
}

impl Bar {
    /// A line for input of so many bytes. It is shown where standard error is a terminal, unless the output goes `there` too.
    pub(crate) fn new(read: Read, all: Option<u64>, there: bool) -> Self {
        let shown = io::stderr().is_terminal() && !there;
        Self { read, all, done: 0, first: None, drawn: None, width: 0, shown }
    }

    /// One more article is done.
    pub(crate) fn step(&mut self) {
        if !self.shown {
            return;
        }
        self.done += 1;
        let now = Instant::now();
        let read = self.read.load(Ordering::Relaxed);
        let (start, before) = *self.first.get_or_insert((now, read));
        if self.drawn.is_none_or(|drawn| now - drawn >= OFTEN) {
            self.drawn = Some(now);
            let share = self.all.filter(|&all| all > before).map(|all| (read - before) as f64 / (all - before) as f64);
            self.draw(&words(self.done, now - start, share));
        }
    }

    /// Takes the line away, for what is to be said.
    pub(crate) fn clear(&mut self) {
        self.draw("");
        if self.width > 0 {
            self.width = 0;
            let _ = write!(io::stderr(), "\r");
        }
    }

    fn draw(&mut self, words: &str) {
        if self.width > 0 || !words.is_empty() {
            let _ = write!(io::stderr(), "\r{words:0$}", self.width);
            self.width = self.width.max(words.len());
        }
    }
}

/// How many articles are done after this time, and how long the others take when this share of the bytes is read.
fn words(done: usize, time: Duration, share: Option<f64>) -> String {
    let seconds = time.as_secs_f64();
    let mut words = format!("{done} article{}", if done == 1 { "" } else { "s" });
    if seconds >= 1.0 {
        let _ = write!(words, ", {:.1}/s", done as f64 / seconds);
        if let Some(share) = share.filter(|&share| share > 0.0) {
            let _ = write!(words, ", {} left", long(time.mul_f64(1.0 / share.min(1.0) - 1.0)));
        }
    }
    words
}

/// A time as one says it.
fn long(time: Duration) -> String {
    let seconds = (time + Duration::from_millis(500)).as_secs();
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_how_many_how_fast_and_how_long() {
        let table = [
            (1, 0.2, None, "1 article"),
            (2, 0.2, Some(0.5), "2 articles"),
            (120, 2.0, Some(0.0), "120 articles, 60.0/s"),
            (120, 2.0, Some(0.5), "120 articles, 60.0/s, 2 s left"),
            (120, 2.0, Some(1.1), "120 articles, 60.0/s, 0 s left"),
            (120, 2.0, Some(0.01), "120 articles, 60.0/s, 3 min 18 s left"),
            (1, 8.0, Some(0.001), "1 article, 0.1/s, 2 h 13 min left"),
        ];
        for (done, seconds, share, expected) in table {
            assert_eq!(words(done, Duration::from_secs_f64(seconds), share), expected);
        }
    }
}
