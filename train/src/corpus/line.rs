//! Files of one JSON value a line, and offsets in code points.

use std::io::BufRead;
use std::ops::Range;
use std::path::Path;

use serde::de::DeserializeOwned;

use super::CorpusError;

/// Makes something of every line that is not empty; an error of `make` is told with file and line.
pub(super) fn records<R: DeserializeOwned, T>(
    path: &Path,
    lines: impl BufRead,
    mut make: impl FnMut(R) -> Result<T, String>,
) -> Result<Vec<T>, CorpusError> {
    let mut values = Vec::new();
    for (index, line) in lines.lines().enumerate() {
        let line = line.map_err(|error| CorpusError::file(path, &error))?;
        if line.trim().is_empty() {
            continue;
        }
        let read = serde_json::from_str(&line).map_err(|error| error.to_string()).and_then(&mut make);
        values.push(read.map_err(|what| CorpusError { path: path.to_owned(), line: index + 1, what })?);
    }
    Ok(values)
}

/// Converts offsets of one text from code points to bytes.
pub(super) struct Offsets(Vec<usize>);

impl Offsets {
    pub(super) fn new(text: &str) -> Self {
        Self(text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect())
    }

    /// A place that is not empty and lies in the text, in bytes.
    pub(super) fn bytes(&self, start: usize, end: usize) -> Result<Range<usize>, String> {
        match (self.0.get(start), self.0.get(end)) {
            (Some(&first), Some(&last)) if first < last => Ok(first..last),
            _ => Err(format!("{start}..{end} is no place in a text of {} code points", self.0.len() - 1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_in_code_points_become_bytes() {
        let offsets = Offsets::new("é “x”");
        assert_eq!(offsets.bytes(2, 5), Ok(3..10));
        for (start, end) in [(2, 2), (3, 2), (0, 6), (9, 12)] {
            assert!(offsets.bytes(start, end).is_err(), "{start}..{end}");
        }
    }

    #[test]
    fn errors_name_the_line() {
        let read = |text: &str| {
            records(Path::new("x.jsonl"), text.as_bytes(), |number: u8| {
                if number > 3 { Err("too big".to_owned()) } else { Ok(number) }
            })
        };
        assert_eq!(read("1\n\n2\n").expect("two numbers"), [1, 2]);
        assert_eq!(read("1\n\n4\n").expect_err("too big").to_string(), "x.jsonl, line 3: too big");
        assert_eq!(read("1\n{").expect_err("no number").line, 2);
    }
}
