//! The model file: what the reader knows beside its code, versioned and checksummed.
//!
//! | bytes | what |
//! |---|---|
//! | 0..8 | `WHOSAID\0` |
//! | 8..12 | version, u32 little endian |
//! | 12..16 | CRC-32 (IEEE) of everything after, u32 little endian |
//! | 16..20 | length of the lexicon in bytes, u32 little endian |
//! | 20.. | the lexicon: a finite state map (crate `fst`) from lower-case words and phrases to [`Categories`] |

use std::collections::BTreeMap;
use std::fmt;

use super::vocabulary::Lexicon;
use crate::lang::Categories;

/// The version of the file that this code reads.
pub const VERSION: u32 = 1;

const MAGIC: &[u8; 8] = b"WHOSAID\0";
const HEADER: usize = 20;

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
        }
    }
}

impl std::error::Error for ModelError {}

/// A model file, checked and ready to be asked.
#[derive(Debug, Clone)]
pub struct Model {
    lexicon: Lexicon,
}

impl Model {
    /// Reads a model file.
    ///
    /// # Errors
    /// When the bytes are no model file, are of another version, are cut short or were changed.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let number =
            |at: usize| bytes.get(at..at + 4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]));
        if !bytes.starts_with(MAGIC) {
            let start = &bytes[..bytes.len().min(MAGIC.len())];
            return Err(if MAGIC.starts_with(start) {
                ModelError::CutShort(bytes.len(), HEADER)
            } else {
                ModelError::NotAModel
            });
        }
        let (Some(version), Some(checksum), Some(length)) = (number(8), number(12), number(16)) else {
            return Err(ModelError::CutShort(bytes.len(), HEADER));
        };
        if version != VERSION {
            return Err(ModelError::Version(version));
        }
        let expected = HEADER + length as usize;
        if bytes.len() < expected {
            return Err(ModelError::CutShort(bytes.len(), expected));
        }
        if bytes.len() > expected || crc32fast::hash(&bytes[16..]) != checksum {
            return Err(ModelError::Changed);
        }
        let lexicon = Lexicon::from_bytes(bytes[HEADER..].to_vec())?;
        Ok(Self { lexicon })
    }

    /// The lists of names.
    pub const fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// What the lists of names say of a lower-case word or phrase.
    pub fn categories(&self, phrase: &str) -> Categories {
        self.lexicon.categories(phrase)
    }
}

/// Makes a model file of the lists of names.
pub fn pack(entries: &BTreeMap<String, Categories>) -> Vec<u8> {
    let lexicon = Lexicon::build(entries);
    let mut tail = (lexicon.len() as u32).to_le_bytes().to_vec();
    tail.extend(lexicon);
    [&MAGIC[..], &VERSION.to_le_bytes(), &crc32fast::hash(&tail).to_le_bytes(), &tail].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> Vec<u8> {
        pack(&BTreeMap::from([
            ("anna".to_owned(), Categories::FIRST_NAME.with(Categories::FEMALE)),
            ("new york".to_owned(), Categories::PLACE),
        ]))
    }

    #[test]
    fn what_was_packed_is_found() {
        let model = Model::from_bytes(&file()).expect("a whole file");
        assert!(model.categories("anna").has(Categories::FEMALE));
        assert!(model.categories("new york").has(Categories::PLACE));
        assert_eq!(model.categories("new"), Categories::default());
    }

    #[test]
    fn a_broken_file_says_how() {
        let whole = file();
        for cut in 0..whole.len() {
            let error = Model::from_bytes(&whole[..cut]).expect_err("a cut file");
            assert!(matches!(error, ModelError::CutShort(found, _) if found == cut), "{cut}: {error}");
        }
        for at in 12..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            assert!(Model::from_bytes(&bytes).is_err(), "byte {at} changed and nobody noticed");
        }
        let mut newer = whole;
        newer[8] = 9;
        assert_eq!(Model::from_bytes(&newer).expect_err("another version"), ModelError::Version(9));
        assert_eq!(Model::from_bytes(b"<!doctype html>").expect_err("a page"), ModelError::NotAModel);
    }
}
