//! Bytes -> lines of JSON, one at a time, and complaints that say where and what to mend.

use std::fmt::Display;
use std::io::{self, BufRead};
use std::str;

use serde::de::DeserializeOwned;

use crate::record::fault;

/// What to say of a file that the system does not give.
pub(crate) fn unreadable(name: &dyn Display, error: &io::Error) -> String {
    format!("{name}: cannot be read ({error}): check its name and who may read it")
}

/// What to say of bytes that are no UTF-8; `line` is the number of the line that `bytes` starts with.
fn not_utf8(name: &str, line: usize, bytes: &[u8], error: str::Utf8Error) -> String {
    let before = &bytes[..error.valid_up_to()];
    let line = line - 1 + before.split(|&byte| byte == b'\n').count();
    let column = before.rsplit(|&byte| byte == b'\n').next().map_or(0, <[u8]>::len) + 1;
    format!("{name}:{line}: byte {column} of the line is not UTF-8: save the file as UTF-8")
}

/// A whole text.
pub(crate) fn text(name: &str, bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|error| not_utf8(name, 1, error.as_bytes(), error.utf8_error()))
}

/// One record a line, blank lines left out: each a `T`, or why it is none, with the line's number and what to mend.
pub(crate) struct Records<'a, T> {
    name: String,
    /// What a line has to look like.
    shape: &'a str,
    reader: Box<dyn BufRead + 'a>,
    line: usize,
    record: std::marker::PhantomData<T>,
}

impl<'a, T> Records<'a, T> {
    pub(crate) fn new(name: &str, shape: &'a str, reader: Box<dyn BufRead + 'a>) -> Self {
        Self { name: name.to_owned(), shape, reader, line: 0, record: std::marker::PhantomData }
    }

    /// The number of the line that the last record stands on, from 1.
    pub(crate) const fn line(&self) -> usize {
        self.line
    }
}

impl<T: DeserializeOwned> Records<'_, T> {
    fn record(&self, bytes: &[u8]) -> Result<T, String> {
        let text = str::from_utf8(bytes).map_err(|error| not_utf8(&self.name, self.line, bytes, error))?;
        serde_json::from_str(text).map_err(|error| {
            let (name, line, shape) = (&self.name, self.line, self.shape);
            format!("{name}:{line}: {}: every line has to be {shape}", fault(&error))
        })
    }
}

impl<T: DeserializeOwned> Iterator for Records<'_, T> {
    type Item = Result<T, String>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut bytes = Vec::new();
            match self.reader.read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => {
                    self.reader = Box::new(io::empty());
                    return Some(Err(unreadable(&self.name, &error)));
                }
            }
            self.line += 1;
            // Some editors start a file with a byte order mark; JSON has none.
            let bytes =
                if self.line == 1 { bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes) } else { &bytes };
            let bytes = bytes.trim_ascii_end();
            if !bytes.is_empty() {
                return Some(self.record(bytes));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(bytes: &[u8]) -> Vec<Result<Vec<u8>, String>> {
        Records::new("file", "a list", Box::new(bytes)).collect()
    }

    #[test]
    fn good_lines_are_read_whatever_stands_around_them() {
        let table: [(&[u8], usize); 6] = [
            (b"", 0),
            (b"\n \r\n\t\n", 0),
            (b"[1]", 1),
            (b"[1]\n\n[2]\n", 2),
            (b"[1]\r\n[2]\r\n", 2),
            (b"\xef\xbb\xbf[1]", 1),
        ];
        for (bytes, count) in table {
            let read = records(bytes);
            assert_eq!(read.iter().filter(|record| record.is_ok()).count(), count, "{bytes:?}: {read:?}");
            assert_eq!(read.len(), count, "{bytes:?}");
        }
    }

    #[test]
    fn a_bad_line_says_where_and_what_to_mend_and_the_next_is_read() {
        let table: [(&[u8], &str); 5] = [
            (b"[1", "file:2: not JSON (EOF while parsing a list at column 2): every line has to be a list"),
            (b"nonsense", "file:2: not JSON (expected ident at column 2): every line has to be a list"),
            (
                b"\"text\"",
                "file:2: not what is expected (invalid type: string \"text\", expected a sequence at column 6)",
            ),
            (b"[1] [2]", "file:2: not JSON (trailing characters at column 5)"),
            (b"[1, \xff]", "file:2: byte 5 of the line is not UTF-8: save the file as UTF-8"),
        ];
        for (line, complaint) in table {
            let read = records(&[b"[0]\n", line, b"\n[3]"].concat());
            assert_eq!((&read[0], &read[2], read.len()), (&Ok(vec![0]), &Ok(vec![3]), 3), "{line:?}");
            let said = read[1].as_ref().expect_err("a bad line");
            assert!(said.starts_with(complaint), "{said}");
        }
    }

    #[test]
    fn a_text_that_is_no_utf8_says_in_which_line() {
        assert_eq!(text("file", "a\n📈".into()), Ok("a\n📈".to_owned()));
        let said = text("file", b"a\nb\nc\xffd".to_vec()).expect_err("no UTF-8");
        assert_eq!(said, "file:3: byte 2 of the line is not UTF-8: save the file as UTF-8");
    }
}
