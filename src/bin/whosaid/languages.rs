//! `whosaid languages`: how many articles are written in which language, as far as their words tell.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;

use clap::Args;
use whosaid::identify;

use crate::input::{Records, open, unreadable};
use crate::record::{Given, SHAPE};
use crate::{complain, name};

/// The arguments of `languages`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// JSONL: one {"id": "…", "text": "…"} a line; "-" or none: standard input
    files: Vec<PathBuf>,
}

/// Counts the languages of all articles; false when some of them could not be read.
///
/// # Errors
/// When the output cannot be written.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let stdin = [PathBuf::from("-")];
    let files = if arguments.files.is_empty() { &stdin[..] } else { &arguments.files };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut good = true;
    for path in files {
        let name = name(path);
        let reader = match open(path) {
            Ok(reader) => reader,
            Err(error) => {
                complain(&unreadable(&name, &error));
                good = false;
                continue;
            }
        };
        for given in Records::<Given>::new(&name, SHAPE, reader) {
            match given {
                Ok(given) => *counts.entry(identify(&given.text)).or_default() += 1,
                Err(complaint) => {
                    complain(&complaint);
                    good = false;
                }
            }
        }
    }
    let mut rows: Vec<(&str, usize)> = counts.into_iter().collect();
    rows.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let mut out = std::io::stdout().lock();
    for (language, count) in rows {
        writeln!(out, "{language}\t{count}").map_err(|error| format!("the output cannot be written ({error})"))?;
    }
    Ok(good)
}
