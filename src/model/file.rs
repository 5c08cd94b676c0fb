//! The model file: what the reader knows beside its code, versioned and checksummed.
//!
//! | bytes | what |
//! |---|---|
//! | 0..8 | `WHOSAID\0` |
//! | 8..12 | version |
//! | 12..16 | CRC-32 (IEEE) of everything after |
//! | 16..20 | length of the file in bytes |
//! | 20..24 | number of sections |
//! | 24..32 | zeros |
//! | 32.. | the directory, 48 bytes a section: name (32 bytes, filled up with zeros), kind, where it starts, rows, columns |
//! | then | the sections, each at a multiple of 16 bytes |
//!
//! Numbers are little endian, u32 where nothing else is said. A section is one of
//!
//! | kind | what |
//! |---|---|
//! | 0, bytes | as many as it has rows; it has one column |
//! | 1, rows | a matrix of int8: an f32 a row, what its ones are worth, then the rows |
//! | 2, floats | f32, rows times columns of them |

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// The version of the file that this code reads.
pub const VERSION: u32 = 2;

const MAGIC: &[u8; 8] = b"WHOSAID\0";
const HEADER: usize = 32;
const ENTRY: usize = 48;
const NAME: usize = 32;
const ALIGNMENT: usize = 16;

/// Why a model file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelError {
    /// It does not start as a model file does.
    NotAModel,
    /// It is of another version.
    Version(u32),
    /// It ends early: bytes that there are, bytes that there should be.
    CutShort(usize, usize),
    /// Its content was changed.
    Changed,
    /// A section is missing, or is not what this program asks for: its name, what was found, what was expected.
    Misshapen(String, String, String),
}

impl fmt::Display for ModelError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAModel => write!(out, "this is not a whosaid model file: fetch model.bin again"),
            Self::Version(found) => {
                write!(
                    out,
                    "the model file has version {found}, this program reads version {VERSION}: use the two from one release"
                )
            }
            Self::CutShort(found, expected) => {
                write!(out, "the model file is cut short: {found} of {expected} bytes: fetch it again")
            }
            Self::Changed => write!(out, "the model file is damaged (its checksum does not fit): fetch it again"),
            Self::Misshapen(name, found, expected) => {
                write!(
                    out,
                    "the model file's section \"{name}\" is {found}, this program reads {expected}: use the two from one release, or train the model again"
                )
            }
        }
    }
}

impl std::error::Error for ModelError {}

/// What a section of a model file is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum Section<'v> {
    /// Bytes as they are.
    Bytes(Vec<u8>),
    /// A matrix, row by row; it is rounded to int8 with one symmetric scale a row.
    Rows {
        /// [rows, columns].
        values: &'v [f32],
        /// How many numbers a row has.
        columns: usize,
    },
    /// Numbers that stay f32.
    Floats(Vec<f32>),
}

/// Makes a model file of named sections.
///
/// # Panics
/// When a name is longer than 32 bytes, or the numbers of a matrix fill no whole rows.
pub fn pack(sections: Vec<(String, Section<'_>)>) -> Vec<u8> {
    let number = |value: usize| (value as u32).to_le_bytes();
    let count = sections.len();
    let mut tail = [&number(0)[..], &number(count), &[0; 8]].concat();
    let start = HEADER - tail.len();
    tail.resize(tail.len() + count * ENTRY, 0);
    for (index, (name, section)) in sections.into_iter().enumerate() {
        tail.resize((start + tail.len()).next_multiple_of(ALIGNMENT) - start, 0);
        let (kind, rows, columns) = match &section {
            Section::Bytes(bytes) => (0, bytes.len(), 1),
            Section::Rows { values, columns } => {
                assert!(*columns > 0 && values.len().is_multiple_of(*columns), "{name}: rows that are not whole");
                (1, values.len() / columns, *columns)
            }
            Section::Floats(values) => (2, values.len(), 1),
        };
        let entry = [kind, start + tail.len(), rows, columns].map(number).concat();
        assert!(name.len() <= NAME, "{name}: a name of more than {NAME} bytes");
        let at = HEADER - start + index * ENTRY;
        tail[at..at + name.len()].copy_from_slice(name.as_bytes());
        tail[at + NAME..at + ENTRY].copy_from_slice(&entry);
        match section {
            Section::Bytes(bytes) => tail.extend(bytes),
            Section::Rows { values, columns } => tail.extend(quantised(values, columns)),
            Section::Floats(values) => tail.extend(values.iter().flat_map(|value| value.to_le_bytes())),
        }
    }
    let length = start + tail.len();
    tail[..4].copy_from_slice(&number(length));
    [&MAGIC[..], &VERSION.to_le_bytes(), &crc32fast::hash(&tail).to_le_bytes(), &tail].concat()
}

/// A matrix as bytes: the scales of its rows, then the rows.
fn quantised(values: &[f32], columns: usize) -> Vec<u8> {
    let scale = |row: &[f32]| row.iter().fold(0.0_f32, |most, value| most.max(value.abs())) / 127.0;
    let scales: Vec<f32> = values.chunks_exact(columns).map(scale).collect();
    let mut bytes: Vec<u8> = scales.iter().flat_map(|scale| scale.to_le_bytes()).collect();
    for (row, &scale) in values.chunks_exact(columns).zip(&scales) {
        let unit = if scale > 0.0 { scale } else { 1.0 };
        bytes.extend(row.iter().map(|value| ((value / unit).round() as i8).cast_unsigned()));
    }
    bytes
}

/// A model file whose header, length and checksum are in order.
#[derive(Debug, Clone)]
pub(super) struct File {
    bytes: Arc<[u8]>,
}

/// An entry of the directory.
struct Entry {
    kind: u32,
    start: usize,
    rows: usize,
    columns: usize,
}

/// A matrix of a model file, read in place.
#[derive(Debug, Clone)]
pub(super) struct Rows {
    bytes: Arc<[u8]>,
    /// Where the int8 stand in the file.
    place: Range<usize>,
    /// What a one is worth, of each row.
    pub scales: Vec<f32>,
    /// How many numbers a row has.
    pub columns: usize,
}

impl Rows {
    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.scales.len()
    }

    /// A row; the first where there is none of this number.
    pub(super) fn row(&self, row: usize) -> (&[u8], f32) {
        let row = if row < self.len() { row } else { 0 };
        (&self.bytes[self.place.clone()][row * self.columns..][..self.columns], self.scales[row])
    }

    /// A row's numbers.
    pub(super) fn values(&self, row: usize) -> impl Iterator<Item = f32> {
        let (bytes, scale) = self.row(row);
        bytes.iter().map(move |&byte| f32::from(byte.cast_signed()) * scale)
    }
}

impl File {
    /// Checks a model file.
    pub(super) fn new(bytes: &[u8]) -> Result<Self, ModelError> {
        if !bytes.starts_with(MAGIC) {
            let start = &bytes[..bytes.len().min(MAGIC.len())];
            return Err(if MAGIC.starts_with(start) {
                ModelError::CutShort(bytes.len(), HEADER)
            } else {
                ModelError::NotAModel
            });
        }
        // The version first: another one may have another header.
        if bytes.len() >= 12 && number(bytes, 8) != VERSION {
            return Err(ModelError::Version(number(bytes, 8)));
        }
        if bytes.len() < HEADER {
            return Err(ModelError::CutShort(bytes.len(), HEADER));
        }
        let (checksum, length) = (number(bytes, 12), number(bytes, 16) as usize);
        if bytes.len() < length {
            return Err(ModelError::CutShort(bytes.len(), length));
        }
        if bytes.len() > length || crc32fast::hash(&bytes[16..]) != checksum {
            return Err(ModelError::Changed);
        }
        Ok(Self { bytes: bytes.into() })
    }

    fn entry(&self, name: &str) -> Option<Entry> {
        let directory = &self.bytes[HEADER..];
        let count = number(&self.bytes, 20) as usize;
        let entries = directory.chunks_exact(ENTRY).take(count);
        let mut named = entries.filter(|entry| entry[..NAME].trim_ascii_end_zeros() == name.as_bytes());
        let entry = named.next()?;
        let [kind, start, rows, columns] = [0, 4, 8, 12].map(|at| number(entry, NAME + at) as usize);
        Some(Entry { kind: kind as u32, start, rows, columns })
    }

    /// Whether the file has a section of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entry(name).is_some()
    }
}
