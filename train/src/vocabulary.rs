//! What the lists of names say.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use whosaid::lang::{Categories, LISTS};

/// The entries of the lists in a folder, `src/lang/en/lists`.
///
/// # Errors
/// When a list cannot be read.
pub fn lists(folder: &Path) -> io::Result<BTreeMap<String, Categories>> {
    let mut entries: BTreeMap<String, Categories> = BTreeMap::new();
    for (name, categories) in LISTS {
        for line in fs::read_to_string(folder.join(name).with_extension("txt"))?.lines() {
            let entry = entries.entry(line.to_owned()).or_default();
            *entry = entry.with(categories);
        }
    }
    Ok(entries)
}
