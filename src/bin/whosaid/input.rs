//! Files, compressed or not -> their lines and records, one at a time, and complaints that say where and what to mend.

use std::fmt::Display;
use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read as _};
use std::path::Path;
use std::str;
use std::sync::atomic::Ordering;

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};
use serde::de::DeserializeOwned;

use crate::bar::Read;
use crate::record::fault;

/// What to say of a file that the system does not give.
pub(crate) fn unreadable(name: &dyn Display, error: &io::Error) -> String {
    format!("{name}: cannot be read ({error}): check its name and who may read it")
}

/// What to say of a file that gives no more after the line of this number, 0 being its start.
pub(crate) fn broken(name: &str, line: usize, error: &io::Error) -> String {
    let after = if line == 0 { String::new() } else { format!(" after line {line}") };
    match error.kind() {
        ErrorKind::UnexpectedEof | ErrorKind::InvalidData | ErrorKind::InvalidInput => {
            format!("{name}: the compressed file is cut short or damaged{after} ({error}): copy it again")
        }
        _ if line == 0 => unreadable(&name, error),
        _ => format!("{name}: cannot be read{after} ({error})"),
    }
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

/// The lines of a file, each with its end, without the byte order mark that some editors write.
pub(crate) struct Lines<'a> {
    name: String,
    reader: Box<dyn BufRead + 'a>,
    number: usize,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(name: &str, reader: Box<dyn BufRead + 'a>) -> Self {
        Self { name: name.to_owned(), reader, number: 0 }
    }

    /// The number of the last line, from 1.
    pub(crate) const fn number(&self) -> usize {
        self.number
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Bytes from the line of this number on, as text.
    ///
    /// # Errors
    /// When they are no UTF-8: says in which line.
    pub(crate) fn text<'b>(&self, first: usize, bytes: &'b [u8]) -> Result<&'b str, String> {
        str::from_utf8(bytes).map_err(|error| not_utf8(&self.name, first, bytes, error))
    }
}

impl Iterator for Lines<'_> {
    type Item = Result<Vec<u8>, String>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut bytes = Vec::new();
        match self.reader.read_until(b'\n', &mut bytes) {
            Ok(0) => return None,
            Ok(_) => {}
            Err(error) => {
                self.reader = Box::new(io::empty());
                return Some(Err(broken(&self.name, self.number, &error)));
            }
        }
        self.number += 1;
        if self.number == 1 && bytes.starts_with(MARK) {
            bytes.drain(..MARK.len());
        }
        Some(Ok(bytes))
    }
}

/// The byte order mark.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// One record a line, blank lines left out: each a `T`, or why it is none, with the line's number and what to mend.
pub(crate) struct Records<'a, T> {
    lines: Lines<'a>,
    /// What a line has to look like.
    shape: &'a str,
    record: std::marker::PhantomData<T>,
}

impl<'a, T> Records<'a, T> {
    pub(crate) fn new(name: &str, shape: &'a str, reader: Box<dyn BufRead + 'a>) -> Self {
        Self { lines: Lines::new(name, reader), shape, record: std::marker::PhantomData }
    }
}

impl<T: DeserializeOwned> Records<'_, T> {
    fn record(&self, bytes: &[u8]) -> Result<T, String> {
        let line = self.lines.number();
        serde_json::from_str(self.lines.text(line, bytes)?).map_err(|error| {
            let (name, shape) = (self.lines.name(), self.shape);
            format!("{name}:{line}: {}: every line has to be {shape}", fault(&error))
        })
    }
}

impl<T: DeserializeOwned> Iterator for Records<'_, T> {
    type Item = Result<T, String>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.lines.next()? {
                Ok(bytes) if bytes.trim_ascii().is_empty() => {}
                Ok(bytes) => return Some(self.record(bytes.trim_ascii_end())),
                Err(complaint) => return Some(Err(complaint)),
            }
        }
    }
}

/// Opens a file, "-" being standard input. What gzip or Zstandard have compressed is decompressed: it tells by its first
/// bytes, with which no text in UTF-8 starts.
///
/// # Errors
/// When the system does not give the file, or its first bytes.
pub(crate) fn open(path: &Path) -> io::Result<Box<dyn BufRead>> {
    counted(path, &Read::default())
}

/// The same, and its bytes are counted.
///
/// # Errors
/// As [`open`].
pub(crate) fn counted(path: &Path, read: &Read) -> io::Result<Box<dyn BufRead>> {
    let mut file: Box<dyn BufRead> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::new(Counted { file: File::open(path)?, read: Read::clone(read) }))
    };
    let mut head = Vec::new();
    // A first line that is shorter than these marks has to be answered too: it is no waiting for more where it differs.
    while head.len() < 4 && MARKS.iter().any(|mark| mark.len() > head.len() && mark.starts_with(&head)) {
        let byte = match file.fill_buf() {
            Ok([]) => break,
            Ok([byte, ..]) => *byte,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        file.consume(1);
        head.push(byte);
    }
    let (gzip, zstandard) = (head.starts_with(MARKS[0]), head.starts_with(MARKS[1]));
    let whole = io::Cursor::new(head).chain(file);
    Ok(if gzip {
        Box::new(BufReader::new(MultiGzDecoder::new(whole)))
    } else if zstandard {
        Box::new(BufReader::new(Zstandard::new(whole)))
    } else {
        Box::new(whole)
    })
}

/// A file whose bytes are counted.
struct Counted {
    file: File,
    read: Read,
}

impl io::Read for Counted {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let length = self.file.read(to)?;
        self.read.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}

/// The first bytes of what gzip and Zstandard compress.
const MARKS: [&[u8]; 2] = [b"\x1f\x8b", b"\x28\xb5\x2f\xfd"];

/// Decompresses frame after frame.
struct Zstandard<R: BufRead> {
    frame: Option<StreamingDecoder<R, FrameDecoder>>,
    /// What comes after the last frame, until the next one is begun.
    rest: Option<R>,
}

impl<R: BufRead> Zstandard<R> {
    fn new(rest: R) -> Self {
        Self { frame: None, rest: Some(rest) }
    }
}

impl<R: BufRead> io::Read for Zstandard<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let damaged = |error| io::Error::new(ErrorKind::InvalidData, error);
        loop {
            if let Some(frame) = &mut self.frame {
                match frame.read(to).map_err(damaged)? {
                    0 if !to.is_empty() => {}
                    length => return Ok(length),
                }
                self.rest = self.frame.take().map(StreamingDecoder::into_inner);
            }
            let Some(mut rest) = self.rest.take() else { return Ok(0) };
            if rest.fill_buf()?.is_empty() {
                return Ok(0);
            }
            self.frame = Some(StreamingDecoder::new(rest).map_err(io::Error::other).map_err(damaged)?);
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
