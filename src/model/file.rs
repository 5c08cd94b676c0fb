//! The model file: what the core knows beside its code, versioned and checksummed.
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

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::kernel::{BLOCK, Bytes, LaidOut, lay_out};
use crate::checksum::{ISO, checksum};
use crate::lexis::Damaged;
use crate::order::sort_by_key;

/// The newest version of the file that this code reads, and the one of a file with a transformer.
pub const VERSION: u32 = 3;

/// The oldest version that this code reads, and the one of a file without a transformer: older programs read it too.
const OLDEST: u32 = 2;

/// How the names of a transformer's sections start.
const TRANSFORMER: &str = "transformer.";

const MAGIC: &[u8; 8] = b"WHOSAID\0";
const HEADER: usize = 32;
const ENTRY: usize = 48;
const NAME: usize = 32;
const ALIGNMENT: usize = 16;

/// No weight is as large: with larger ones the arithmetic could leave what floats can hold.
const LARGEST: f32 = 1e6;

/// Why a model file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
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
                    "the model file has version {found}, this program reads versions {OLDEST} and {VERSION}: use the two from one release"
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

impl From<Damaged> for ModelError {
    fn from(_: Damaged) -> Self {
        Self::Changed
    }
}

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
    join(sections.into_iter().map(|(name, section)| packed(name, section)).collect())
}

/// The same model file with other lists of names, as [`Lexicon::build`](super::Lexicon::build) makes them.
///
/// # Errors
/// As [`Model::from_bytes`](super::Model::from_bytes): when it is no whole model file of this version.
pub fn with_lists(file: &[u8], lexicon: &[u8]) -> Result<Vec<u8>, ModelError> {
    with_section(file, LEXICON, Section::Bytes(lexicon.to_vec()))
}

/// The same model file, which looks for claims inside claims and keeps those that are as sure as this: 0 to 1.
///
/// # Errors
/// As [`Model::from_bytes`](super::Model::from_bytes): when it is no whole model file of this version.
pub fn with_inner(file: &[u8], least: f32) -> Result<Vec<u8>, ModelError> {
    with_section(file, INNER, Section::Floats(vec![least]))
}

/// The section of the lists of names.
pub(super) const LEXICON: &str = "lexicon";

/// The section that says how sure a claim inside another has to be: one number. Without it none is looked for.
pub(super) const INNER: &str = "confidence.inner";

/// The same model file with a section put in place of the one of this name, or at the end.
fn with_section(file: &[u8], name: &str, section: Section<'_>) -> Result<Vec<u8>, ModelError> {
    let file = File::new(file)?;
    let mut entries: Vec<(&String, &Entry)> = file.directory.iter().collect();
    sort_by_key(&mut entries, |(_, entry)| entry.start);
    let own = |(name, entry): (&String, &Entry)| {
        let bytes = file.bytes[entry.start..][..entry.size().unwrap_or(0)].to_vec();
        (name.clone(), [entry.kind as usize, entry.rows, entry.columns], bytes)
    };
    let mut sections: Vec<Packed> = entries.into_iter().map(own).collect();
    let new = packed(name.to_owned(), section);
    match sections.iter_mut().find(|(other, ..)| other == name) {
        Some(old) => *old = new,
        None => sections.push(new),
    }
    Ok(join(sections))
}

/// A section: its name, its kind, rows and columns, its bytes.
type Packed = (String, [usize; 3], Vec<u8>);

fn packed(name: String, section: Section<'_>) -> Packed {
    match section {
        Section::Bytes(bytes) => (name, [Kind::Bytes as usize, bytes.len(), 1], bytes),
        Section::Rows { values, columns } => {
            assert!(columns > 0 && values.len().is_multiple_of(columns), "{name}: rows that are not whole");
            (name, [Kind::Rows as usize, values.len() / columns, columns], quantised(values, columns))
        }
        Section::Floats(values) => {
            let bytes = values.iter().flat_map(|value| value.to_le_bytes()).collect();
            (name, [Kind::Floats as usize, values.len(), 1], bytes)
        }
    }
}

/// A model file of sections.
fn join(sections: Vec<Packed>) -> Vec<u8> {
    let number = |value: usize| (value as u32).to_le_bytes();
    let count = sections.len();
    let is_deep = sections.iter().any(|(name, ..)| name.starts_with(TRANSFORMER));
    let version = if is_deep { VERSION } else { OLDEST };
    let mut tail = [&number(0)[..], &number(count), &[0; 8]].concat();
    let start = HEADER - tail.len();
    tail.resize(tail.len() + count * ENTRY, 0);
    for (index, (name, [kind, rows, columns], bytes)) in sections.into_iter().enumerate() {
        tail.resize((start + tail.len()).next_multiple_of(ALIGNMENT) - start, 0);
        let entry = [kind, start + tail.len(), rows, columns].map(number).concat();
        assert!(name.len() <= NAME, "{name}: a name of more than {NAME} bytes");
        let at = HEADER - start + index * ENTRY;
        tail[at..at + name.len()].copy_from_slice(name.as_bytes());
        tail[at + NAME..at + ENTRY].copy_from_slice(&entry);
        tail.extend(bytes);
    }
    let length = start + tail.len();
    tail[..4].copy_from_slice(&number(length));
    [&MAGIC[..], &version.to_le_bytes(), &checksum(ISO, &tail).to_le_bytes(), &tail].concat()
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

/// A section's place.
#[derive(Debug, Clone, Copy)]
struct Entry {
    kind: Kind,
    start: usize,
    rows: usize,
    columns: usize,
}

/// What a section is made of, by its number in the file; blocks are rows that were [laid out](File::lay_out).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Bytes,
    Rows,
    Floats,
    Blocks,
}

impl Entry {
    /// Reads an entry of the directory: its name and its place, within a file of so many bytes.
    fn read(entry: &[u8], length: usize) -> Option<(String, Self)> {
        let (name, numbers) = entry.split_at_checked(NAME)?;
        let [kind, start, rows, columns] = [0, 4, 8, 12].map(|at| number(numbers, at) as usize);
        let kind = [Kind::Bytes, Kind::Rows, Kind::Floats].get(kind).copied()?;
        let entry = Self { kind, start, rows, columns };
        let name = std::str::from_utf8(name).ok()?.trim_end_matches('\0').to_owned();
        (start.checked_add(entry.size()?)? <= length).then_some((name, entry))
    }

    /// How many bytes it has; none where that is no number.
    fn size(&self) -> Option<usize> {
        let count = self.rows.checked_mul(self.columns)?;
        match self.kind {
            Kind::Bytes => Some(count),
            Kind::Rows | Kind::Blocks => count.checked_add(self.rows.checked_mul(4)?),
            Kind::Floats => count.checked_mul(4),
        }
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            Kind::Bytes => "bytes",
            Kind::Rows | Kind::Blocks => "int8",
            Kind::Floats => "floats",
        };
        write!(out, "{} x {} {kind}", self.rows, self.columns)
    }
}

/// A model file whose header, checksum and directory are in order.
#[derive(Debug, Clone)]
pub(super) struct File {
    bytes: Arc<Vec<u8>>,
    directory: BTreeMap<String, Entry>,
}

/// A matrix of a model file, read in place.
#[derive(Debug, Clone)]
pub(super) struct Rows {
    file: Arc<Vec<u8>>,
    /// Where its numbers start in the file.
    start: usize,
    /// What a one is worth, of each row.
    pub scales: Vec<f32>,
    /// How many numbers a row has.
    pub columns: usize,
}

/// A matrix of a model file that was laid out in place: nothing of it is held twice.
#[derive(Debug, Clone, Default)]
pub(super) struct Blocks {
    file: Arc<Vec<u8>>,
    /// Where its weights start in the file, and how many there are.
    start: usize,
    count: usize,
    /// What a one is worth, of each output.
    pub scales: Vec<f32>,
}

impl LaidOut for Blocks {
    type Weights = Bytes;

    fn weights(&self) -> &[Bytes] {
        self.file[self.start..][..self.count].as_chunks().0
    }
}

impl Rows {
    /// The whole numbers of a row, each an i8, and what a one is worth.
    pub(super) fn row(&self, row: usize) -> (&[u8], f32) {
        (&self.file[self.start + row * self.columns..][..self.columns], self.scales[row])
    }

    /// The numbers of a row.
    pub(super) fn values(&self, row: usize) -> impl Iterator<Item = f32> {
        let (whole, scale) = self.row(row);
        whole.iter().map(move |&byte| f32::from(byte.cast_signed()) * scale)
    }
}

impl File {
    /// Checks a copy of a model file.
    pub(super) fn new(bytes: &[u8]) -> Result<Self, ModelError> {
        Self::from_vec(bytes.to_vec())
    }

    /// Checks a model file.
    pub(super) fn from_vec(whole: Vec<u8>) -> Result<Self, ModelError> {
        let bytes = &whole[..];
        if !bytes.starts_with(MAGIC) {
            let start = &bytes[..bytes.len().min(MAGIC.len())];
            return Err(if MAGIC.starts_with(start) {
                ModelError::CutShort(bytes.len(), HEADER)
            } else {
                ModelError::NotAModel
            });
        }
        // The version first: another one may have another header.
        if bytes.len() >= 12 && !(OLDEST..=VERSION).contains(&number(bytes, 8)) {
            return Err(ModelError::Version(number(bytes, 8)));
        }
        if bytes.len() < HEADER {
            return Err(ModelError::CutShort(bytes.len(), HEADER));
        }
        let (expected, length) = (number(bytes, 12), number(bytes, 16) as usize);
        if bytes.len() < length {
            return Err(ModelError::CutShort(bytes.len(), length));
        }
        if bytes.len() > length || checksum(ISO, &bytes[16..]) != expected {
            return Err(ModelError::Changed);
        }
        let count = number(bytes, 20) as usize;
        let mut directory = BTreeMap::new();
        for entry in bytes[HEADER..].chunks_exact(ENTRY).take(count) {
            let (name, entry) = Entry::read(entry, length).ok_or(ModelError::Changed)?;
            directory.insert(name, entry);
        }
        if directory.len() != count {
            return Err(ModelError::Changed);
        }
        Ok(Self { bytes: Arc::new(whole), directory })
    }

    /// Lays out what a transformer multiplies with, as the arithmetic reads it. A file that is read elsewhere too is copied.
    pub(super) fn lay_out(&mut self) {
        let matrices = self.directory.iter_mut().filter(|(name, entry)| {
            let fits = entry.rows.is_multiple_of(BLOCK) && entry.columns.is_multiple_of(2) && entry.columns > 0;
            entry.kind == Kind::Rows && fits && name.starts_with(TRANSFORMER) && name.ends_with(".weight")
        });
        for (_, entry) in matrices {
            let weights = entry.start + 4 * entry.rows..;
            lay_out(&mut Arc::make_mut(&mut self.bytes)[weights][..entry.rows * entry.columns], entry.columns);
            entry.kind = Kind::Blocks;
        }
    }

    /// The version of its format.
    pub(super) fn version(&self) -> u32 {
        number(&self.bytes, 8)
    }

    /// The checksum of what it holds: another model has another one.
    pub(super) fn checksum(&self) -> u32 {
        number(&self.bytes, 12)
    }

    /// Whether there is a section of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.directory.contains_key(name)
    }

    /// Whether there is a section whose name starts so.
    pub(super) fn has_any(&self, start: &str) -> bool {
        self.directory.range(start.to_owned()..).next().is_some_and(|(name, _)| name.starts_with(start))
    }

    /// The rows and columns of a section.
    pub(super) fn shape(&self, name: &str) -> Result<[usize; 2], ModelError> {
        let missing = || ModelError::Misshapen(name.to_owned(), "missing".to_owned(), "one".to_owned());
        self.directory.get(name).map(|entry| [entry.rows, entry.columns]).ok_or_else(missing)
    }

    /// A section of this kind and shape, or why not.
    fn section(&self, name: &str, kind: Kind, shape: [Option<usize>; 2]) -> Result<Entry, ModelError> {
        let found = self.directory.get(name);
        let fits = |number: usize, expected: Option<usize>| expected.is_none_or(|expected| expected == number);
        let is_asked =
            |entry: &&Entry| entry.kind == kind && fits(entry.rows, shape[0]) && fits(entry.columns, shape[1]);
        found.filter(is_asked).copied().ok_or_else(|| {
            let expected = Entry { kind, start: 0, rows: shape[0].unwrap_or(0), columns: shape[1].unwrap_or(0) };
            let found = found.map_or("missing".to_owned(), ToString::to_string);
            ModelError::Misshapen(name.to_owned(), found, expected.to_string().replace("0 x", "any x"))
        })
    }

    /// A section of bytes.
    pub(super) fn bytes(&self, name: &str) -> Result<&[u8], ModelError> {
        let entry = self.section(name, Kind::Bytes, [None, Some(1)])?;
        Ok(&self.bytes[entry.start..][..entry.rows])
    }

    /// A matrix of so many rows and columns.
    pub(super) fn rows(&self, name: &str, rows: Option<usize>, columns: usize) -> Result<Rows, ModelError> {
        let entry = self.section(name, Kind::Rows, [rows, Some(columns)])?;
        let scales = self.numbers(name, entry.start, entry.rows)?;
        Ok(Rows { file: Arc::clone(&self.bytes), start: entry.start + 4 * entry.rows, scales, columns })
    }

    /// A matrix that was laid out, of so many outputs and inputs.
    pub(super) fn blocks(&self, name: &str, [outputs, inputs]: [usize; 2]) -> Result<Blocks, ModelError> {
        let entry = self.section(name, Kind::Blocks, [Some(outputs), Some(inputs)])?;
        let scales = self.numbers(name, entry.start, outputs)?;
        let (start, count) = (entry.start + 4 * outputs, outputs * inputs);
        Ok(Blocks { file: Arc::clone(&self.bytes), start, count, scales })
    }

    /// So many floats.
    pub(super) fn floats(&self, name: &str, count: usize) -> Result<Vec<f32>, ModelError> {
        let entry = self.section(name, Kind::Floats, [Some(count), Some(1)])?;
        self.numbers(name, entry.start, count)
    }

    /// A square table of floats, from and to.
    pub(super) fn square(&self, name: &str, count: usize) -> Result<Vec<Vec<f32>>, ModelError> {
        Ok(self.floats(name, count * count)?.chunks_exact(count).map(<[f32]>::to_vec).collect())
    }

    fn numbers(&self, name: &str, start: usize, count: usize) -> Result<Vec<f32>, ModelError> {
        let four = self.bytes[start..][..4 * count].as_chunks().0.iter();
        let numbers: Vec<f32> = four.map(|&four| f32::from_le_bytes(four)).collect();
        let is_sane = numbers.iter().all(|number| number.abs() < LARGEST);
        let wrong =
            || ModelError::Misshapen(name.to_owned(), "of numbers that are none".to_owned(), "numbers".to_owned());
        is_sane.then_some(numbers).ok_or_else(wrong)
    }
}

/// The u32 at a place that there is.
fn number(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> Vec<u8> {
        let matrix = [1.0, -0.5, 0.25, 0.0, 0.0, 0.0];
        pack(vec![
            ("names".to_owned(), Section::Bytes(b"anna".to_vec())),
            ("matrix".to_owned(), Section::Rows { values: &matrix, columns: 3 }),
            ("floats".to_owned(), Section::Floats(vec![1.5, -2.0])),
        ])
    }

    #[test]
    fn what_was_packed_is_found() {
        let file = File::new(&file()).expect("a whole file");
        assert_eq!(file.bytes("names"), Ok(&b"anna"[..]));
        assert_eq!(file.floats("floats", 2), Ok(vec![1.5, -2.0]));
        let rows = file.rows("matrix", Some(2), 3).expect("a matrix");
        assert_eq!((rows.scales.len(), rows.row(0)), (2, (&[127, 0_u8.wrapping_sub(64), 32][..], 1.0 / 127.0)));
        assert_eq!(rows.values(1).collect::<Vec<_>>(), [0.0; 3]);
        assert!(file.directory.values().all(|entry| entry.start % ALIGNMENT == 0));
    }

    #[test]
    fn other_lists_change_nothing_else() {
        let with = |lexicon: &[u8]| {
            let names = ("lexicon".to_owned(), Section::Bytes(lexicon.to_vec()));
            let rows = Section::Rows { values: &[0.1, -0.7, 0.3, 0.0], columns: 2 };
            pack(vec![("matrix".to_owned(), rows), names, ("floats".to_owned(), Section::Floats(vec![1.5]))])
        };
        assert_eq!(with_lists(&with(b"anna"), b"a longer one, berg"), Ok(with(b"a longer one, berg")));
        assert_eq!(with_lists(b"<!doctype html>", b"anna"), Err(ModelError::NotAModel));
    }

    #[test]
    fn a_section_that_is_missing_or_of_another_shape_is_named() {
        let file = File::new(&file()).expect("a whole file");
        let table = [
            (file.bytes("lists").map(drop), "\"lists\" is missing, this program reads any x 1 bytes"),
            (file.bytes("floats").map(drop), "\"floats\" is 2 x 1 floats"),
            (file.floats("floats", 3).map(drop), "this program reads 3 x 1 floats"),
            (file.rows("matrix", Some(2), 4).map(drop), "\"matrix\" is 2 x 3 int8, this program reads 2 x 4 int8"),
            (file.rows("matrix", Some(3), 3).map(drop), "reads 3 x 3 int8"),
        ];
        for (result, words) in table {
            let message = result.expect_err(words).to_string();
            assert!(message.contains(words), "{message}");
        }
        let wild = pack(vec![("floats".to_owned(), Section::Floats(vec![f32::NAN]))]);
        assert!(File::new(&wild).expect("a whole file").floats("floats", 1).is_err());
    }

    #[test]
    fn a_broken_file_says_how() {
        let whole = file();
        for cut in 0..whole.len() {
            let error = File::new(&whole[..cut]).expect_err("a cut file");
            assert!(matches!(error, ModelError::CutShort(found, _) if found == cut), "{cut}: {error}");
        }
        for at in 12..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            assert!(File::new(&bytes).is_err(), "byte {at} changed and nobody noticed");
        }
        let mut newer = whole;
        newer[8] = 9;
        assert_eq!(File::new(&newer).expect_err("another version"), ModelError::Version(9));
        assert_eq!(File::new(b"<!doctype html>").expect_err("a page"), ModelError::NotAModel);
    }

    #[test]
    fn a_directory_that_points_outside_is_refused() {
        let whole = file();
        for at in HEADER + NAME..HEADER + ENTRY {
            let mut bytes = whole.clone();
            bytes[at] = 0x7f;
            let checksum = checksum(ISO, &bytes[16..]).to_le_bytes();
            bytes[12..16].copy_from_slice(&checksum);
            // Within the file or not: it is read or refused, and never a panic.
            if let Ok(file) = File::new(&bytes) {
                let _ = file.bytes("names");
            }
        }
    }
}
