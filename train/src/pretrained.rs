//! A transformer that others trained -> the sections of the model file: `MPNet`'s layers as shared/data/teacher tuned them.
//!
//! The package of the encoder (`model.safetensors`, `tokenizer.json`) holds what tuning left as it was; a file of numpy
//! arrays holds the rest: matrices as int8 (`NAME|q`) with a scale a row (`NAME|s`), other numbers as half floats.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use candle_core::{DType, Device, Tensor, safetensors};
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};
use whosaid::model::transformer::{ALONE, CHARACTER, LONGEST};
use whosaid::model::{Section, map};
use zip::ZipArchive;

/// The section of the pieces' rows.
const TABLE: &str = "transformer.table";

/// Which layers of the package the tuned one has, in its order.
const LAYERS: &str = "keep";

/// How many distances the package tells apart in one direction, and how many of these one by one.
const DISTANCES: usize = 16;
const NEAREST: usize = 8;

/// Rows of `position_embeddings` before the first place's.
const PADDING: usize = 2;

/// Characters beyond ASCII of which the file says how they are read: those before the ideographs and after them.
const CHARACTERS: [(u32, u32); 2] = [(0x80, 0x2fff), (0xfb00, 0xffef)];

/// Sections of numbers and of bytes of a model file.
#[derive(Debug, Clone, Default)]
pub struct Pretrained {
    /// Each with its number of columns; one column for numbers that stay floats.
    numbers: BTreeMap<String, (Vec<f32>, usize)>,
    bytes: BTreeMap<String, Vec<u8>>,
    /// The pieces, in the order of their rows.
    pieces: Vec<String>,
}

/// The part of `tokenizer.json` that is needed.
#[derive(Deserialize)]
struct Tokenizer {
    model: WordPiece,
}

#[derive(Deserialize)]
struct WordPiece {
    vocab: BTreeMap<String, usize>,
}

/// An array of numbers: its shape, its numbers.
struct Array {
    shape: Vec<usize>,
    values: Vec<f32>,
}

impl Pretrained {
    /// Reads the package in a folder and the file of what was tuned.
    ///
    /// # Errors
    /// When a file or a part of it is missing; the text says which.
    pub fn read(package: &Path, tuned: &Path) -> Result<Self, String> {
        let file = |name: &str| package.join(name);
        let of = |path: &Path| {
            let path = path.display().to_string();
            move |error: String| format!("{path}: {error}")
        };
        let weights = file("model.safetensors");
        let base = safetensors::load(&weights, &Device::Cpu).map_err(|error| of(&weights)(error.to_string()))?;
        let base = |name: &str| {
            let tensor = base.get(name).or_else(|| base.get(&format!("mpnet.{name}")));
            let tensor = tensor.ok_or_else(|| format!("{}: no {name}", weights.display()))?;
            array(tensor).map_err(|error| of(&weights)(error.to_string()))
        };
        let tuned = Tuned::read(tuned).map_err(of(tuned))?;
        let tokenizer = file("tokenizer.json");
        let text = fs::read_to_string(&tokenizer).map_err(|error| of(&tokenizer)(error.to_string()))?;
        let Tokenizer { model } = serde_json::from_str(&text).map_err(|error| of(&tokenizer)(error.to_string()))?;

        let mut all = Self::default();
        let rows = base("embeddings.word_embeddings.weight")?;
        all.name_pieces(&model.vocab, &rows)?;
        let places = base("embeddings.position_embeddings.weight")?;
        let columns = places.shape[1];
        let places = places.values[PADDING * columns..][..LONGEST * columns].to_vec();
        all.numbers.insert("transformer.places".to_owned(), (places, columns));
        all.norm("norm", base("embeddings.LayerNorm.weight")?, base("embeddings.LayerNorm.bias")?);
        all.near(&base("encoder.relative_attention_bias.weight")?);
        for (layer, &kept) in tuned.layers()?.iter().enumerate() {
            let parts = [
                ("attend", "qkv", &["attention.attn.q", "attention.attn.k", "attention.attn.v"][..]),
                ("join", "o", &["attention.attn.o"]),
                ("first", "n1", &["attention.LayerNorm"]),
                ("up", "up", &["intermediate.dense"]),
                ("down", "down", &["output.dense"]),
                ("second", "n2", &["output.LayerNorm"]),
            ];
            for (ours, theirs, original) in parts {
                for kind in ["weight", "bias"] {
                    let array = match tuned.array(&format!("encoder.bert.layers.{layer}.{theirs}.{kind}"))? {
                        Some(array) => array,
                        None => joined(original, |part| base(&format!("encoder.layer.{kept}.{part}.{kind}")))?,
                    };
                    let columns = if array.shape.len() > 1 { array.shape[1] } else { 1 };
                    all.numbers.insert(format!("transformer.{layer}.{ours}.{kind}"), (array.values, columns));
                }
            }
        }
        let last = |kind: &str| {
            let name = format!("encoder.bn.{kind}");
            tuned.array(&name)?.ok_or_else(|| format!("no {name}"))
        };
        all.norm("last", last("weight")?, last("bias")?);
        Ok(all)
    }

    /// The sections of a model file; the layer that mixes is not among them.
    pub fn sections(&self) -> Vec<(String, Section<'_>)> {
        let bytes = self.bytes.iter().map(|(name, bytes)| (name.clone(), Section::Bytes(bytes.clone())));
        let numbers = self.numbers.iter().map(|(name, (values, columns))| {
            let section = if *columns > 1 {
                Section::Rows { values, columns: *columns }
            } else {
                Section::Floats(values.clone())
            };
            (name.clone(), section)
        });
        bytes.chain(numbers).collect()
    }

    /// Leaves out all but so many pieces: those that texts needed most, by how often each was needed, and those without which
    /// a word could not be cut. Words of the others are cut further.
    pub fn keep(&mut self, needed: &[usize], most: usize) {
        let is_special = |piece: &str| piece == "[UNK]" || piece.starts_with('<') && piece.ends_with('>');
        let is_letter = |piece: &str| piece.strip_prefix("##").unwrap_or(piece).chars().nth(1).is_none();
        let rank = |&row: &usize| {
            let piece = self.pieces[row].as_str();
            Reverse((is_special(piece) || is_letter(piece), needed[row], Reverse(row)))
        };
        let mut rows: Vec<usize> = (0..self.pieces.len()).collect();
        rows.sort_by_key(rank);
        rows.truncate(most);
        rows.sort_unstable();
        let (table, columns) = &self.numbers[TABLE];
        let (columns, table) = (*columns, rows.iter().flat_map(|row| &table[row * columns..][..*columns]));
        let table = table.copied().collect();
        self.set_pieces(rows.iter().map(|&row| self.pieces[row].clone()).collect(), table, columns);
    }

    /// The pieces with their rows, in the order of the pieces, and how characters are read.
    fn name_pieces(&mut self, vocabulary: &BTreeMap<String, usize>, rows: &Array) -> Result<(), String> {
        let columns = rows.shape[1];
        let needed = vocabulary.iter().filter(|(piece, _)| !piece.starts_with("[unused"));
        let mut table = Vec::new();
        for (piece, &row) in needed.clone() {
            let row = rows.values.get(row * columns..(row + 1) * columns);
            table.extend_from_slice(row.ok_or_else(|| format!("no row for the piece {piece:?}"))?);
        }
        self.set_pieces(needed.map(|(piece, _)| piece.clone()).collect(), table, columns);
        let letters: BTreeSet<(String, u64)> = CHARACTERS
            .into_iter()
            .flat_map(|(first, last)| (first..=last).filter_map(char::from_u32))
            .filter_map(|character| Some((character.to_string(), letter(character)?)))
            .collect();
        let letters = map(letters.iter().map(|(character, letter)| (character.as_str(), *letter)));
        self.bytes.insert("transformer.letters".to_owned(), letters);
        Ok(())
    }

    fn set_pieces(&mut self, pieces: Vec<String>, table: Vec<f32>, columns: usize) {
        self.numbers.insert(TABLE.to_owned(), (table, columns));
        self.bytes.insert("transformer.pieces".to_owned(), map(pieces.iter().map(String::as_str).zip(0..)));
        self.pieces = pieces;
    }

    fn norm(&mut self, name: &str, weight: Array, bias: Array) {
        for (kind, array) in [("weight", weight), ("bias", bias)] {
            self.numbers.insert(format!("transformer.{name}.{kind}"), (array.values, 1));
        }
    }

    /// What each head adds by distance, from the farthest behind to the farthest ahead.
    fn near(&mut self, buckets: &Array) {
        let heads = buckets.shape[1];
        let of_head = |head: usize| {
            let last = LONGEST.cast_signed() - 1;
            (-last..=last).map(move |distance| buckets.values[bucket(distance) * heads + head])
        };
        let near = (0..heads).flat_map(of_head).collect();
        self.numbers.insert("transformer.near".to_owned(), (near, 1));
    }
}

/// The package's bucket of a distance: those ahead have the second half; from 8 on one for each root of two.
fn bucket(distance: isize) -> usize {
    let far = distance.unsigned_abs();
    let within = if far < NEAREST {
        far
    } else {
        (NEAREST + (far * far / (NEAREST * NEAREST)).ilog2() as usize).min(DISTANCES - 1)
    };
    within + if distance > 0 { DISTANCES } else { 0 }
}

/// How a character beyond ASCII is read: without accents, in lower case, apostrophes and quotation marks straight; nothing
/// for one that is read as it is.
fn letter(character: char) -> Option<u64> {
    let straight = match character {
        '’' => '\'',
        '“' | '”' => '"',
        other => other,
    };
    let is_mark = |character: &char| character.general_category() == GeneralCategory::NonspacingMark;
    let group = straight.general_category_group();
    let plain: Vec<char> = match group {
        GeneralCategoryGroup::Other => Vec::new(),
        _ => [straight].into_iter().nfd().filter(|part| !is_mark(part)).flat_map(char::to_lowercase).collect(),
    };
    let is_alone = group == GeneralCategoryGroup::Punctuation;
    if plain == [character] && !is_alone || plain.len() > 3 {
        return None;
    }
    let packed = plain.iter().rev().fold(0, |packed, &character| packed << CHARACTER | u64::from(character));
    Some(packed | if is_alone { ALONE } else { 0 })
}

/// Some arrays, one below the other.
fn joined(parts: &[&str], read: impl Fn(&str) -> Result<Array, String>) -> Result<Array, String> {
    let mut parts = parts.iter().map(|part| read(part));
    let mut all = parts.next().unwrap_or_else(|| Err("nothing to join".to_owned()))?;
    for part in parts {
        let part = part?;
        all.shape[0] += part.shape[0];
        all.values.extend(part.values);
    }
    Ok(all)
}

fn array(tensor: &Tensor) -> candle_core::Result<Array> {
    let values = tensor.to_dtype(DType::F32)?.flatten_all()?.to_vec1()?;
    Ok(Array { shape: tensor.dims().to_vec(), values })
}

/// What was tuned: numpy's arrays by name, as they are in the file.
struct Tuned(BTreeMap<String, (String, Vec<usize>, Vec<u8>)>);

impl Tuned {
    /// Reads a zip of numpy's arrays (`numpy.savez`).
    fn read(path: &Path) -> Result<Self, String> {
        let file = File::open(path).map_err(|error| error.to_string())?;
        let mut archive = ZipArchive::new(file).map_err(|error| error.to_string())?;
        let mut all = BTreeMap::new();
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).map_err(|error| error.to_string())?;
            let name = entry.name().map_err(|error| error.to_string())?.trim_end_matches(".npy").to_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).map_err(|error| format!("{name}: {error}"))?;
            let array = numpy(&bytes).ok_or_else(|| format!("{name} is no array of numpy's"))?;
            all.insert(name, array);
        }
        Ok(Self(all))
    }

    /// Which layers of the package it has.
    fn layers(&self) -> Result<Vec<usize>, String> {
        let (kind, _, bytes) = self.0.get(LAYERS).ok_or_else(|| format!("no {LAYERS}"))?;
        if kind != "i8" {
            return Err(format!("{LAYERS} is of {kind}"));
        }
        Ok(bytes.as_chunks().0.iter().map(|&eight| u64::from_le_bytes(eight) as usize).collect())
    }

    /// An array's numbers, none where it was not tuned.
    fn array(&self, name: &str) -> Result<Option<Array>, String> {
        let of_kind = |name: &str, expected: &str| match self.0.get(name) {
            None => Ok(None),
            Some((kind, shape, bytes)) if kind == expected => Ok(Some((shape.clone(), bytes))),
            Some((kind, ..)) => Err(format!("{name} is of {kind}, not of {expected}")),
        };
        if let Some((shape, bytes)) = of_kind(&format!("{name}|q"), "i1")? {
            let scales = format!("{name}|s");
            let (_, scales) = of_kind(&scales, "f4")?.ok_or_else(|| format!("no {scales}"))?;
            let scales = scales.as_chunks().0.iter().map(|&four| f32::from_le_bytes(four));
            let rows = bytes.chunks_exact(shape[1]).zip(scales);
            let values =
                rows.flat_map(|(row, scale)| row.iter().map(move |byte| f32::from(byte.cast_signed()) * scale));
            return Ok(Some(Array { values: values.collect(), shape }));
        }
        let half = |two: &[u8; 2]| half::f16::from_le_bytes(*two).to_f32();
        let halves = of_kind(name, "f2")?;
        Ok(halves.map(|(shape, bytes)| Array { shape, values: bytes.as_chunks().0.iter().map(half).collect() }))
    }
}

/// The kind of number, the shape and the bytes of an array in numpy's format 1.0.
fn numpy(bytes: &[u8]) -> Option<(String, Vec<usize>, Vec<u8>)> {
    let rest = bytes.strip_prefix(b"\x93NUMPY\x01\x00")?;
    let (length, rest) = rest.split_first_chunk::<2>()?;
    let (header, numbers) = rest.split_at_checked(usize::from(u16::from_le_bytes(*length)))?;
    let header = std::str::from_utf8(header).ok()?;
    let after = |key: &str| header.split_once(key).map(|(_, after)| after.trim_start());
    let kind = after("'descr':")?.strip_prefix('\'')?.split_once('\'')?.0.trim_start_matches(['<', '|']);
    let shape = after("'shape':")?.strip_prefix('(')?.split_once(')')?.0;
    let shape = shape.split(',').map(str::trim).filter(|part| !part.is_empty());
    let shape = shape.map(str::parse).collect::<Result<_, _>>().ok()?;
    after("'fortran_order':")?.starts_with("False").then(|| (kind.to_owned(), shape, numbers.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pieces_that_texts_need_are_kept_with_their_rows() {
        let pieces = ["##ly", "##s", "<s>", "[UNK]", "mayor", "may", "s", "ferry"];
        let rows = Array { shape: vec![8, 2], values: (0..16).map(|number| number as f32).collect() };
        let mut all = Pretrained::default();
        let vocabulary = pieces.iter().zip(0..).map(|(piece, row)| ((*piece).to_owned(), row)).collect();
        all.name_pieces(&vocabulary, &rows).expect("whole rows");
        let needed: Vec<usize> = all.pieces.iter().map(|piece| if piece == "mayor" { 5 } else { 1 }).collect();
        all.keep(&needed, 6);
        assert_eq!(all.pieces, ["##ly", "##s", "<s>", "[UNK]", "mayor", "s"]);
        assert_eq!(all.numbers[TABLE].0, [0., 1., 2., 3., 4., 5., 6., 7., 8., 9., 12., 13.]);
    }

    #[test]
    fn characters_are_read_as_in_training() {
        let plain = |character: char| {
            let packed = letter(character)?;
            let part = |place: u32| char::from_u32((packed >> (CHARACTER * place)) as u32 & ((1 << CHARACTER) - 1));
            let text: String = (0..3).filter_map(part).filter(|&part| part != '\0').collect();
            Some((text, packed & ALONE != 0))
        };
        let found = ['é', 'Ä', '’', '”', '—', '\u{200b}', 'ß', 'я', '€'].map(plain);
        let is = |text: &str, alone: bool| Some((text.to_owned(), alone));
        let expected = [
            is("e", false),
            is("a", false),
            is("'", true),
            is("\"", true),
            is("—", true),
            is("", false),
            None,
            None,
            None,
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn distances_have_their_buckets() {
        let found = [0, -1, 1, -7, -8, -11, -12, -16, 64, 127, 128, -511].map(bucket);
        assert_eq!(found, [0, 1, 17, 7, 8, 8, 9, 10, 30, 31, 31, 15]);
    }

    #[test]
    fn arrays_of_numpy_are_read() {
        let header = "{'descr': '<f2', 'fortran_order': False, 'shape': (2, 3), }\n";
        let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
        bytes.extend((header.len() as u16).to_le_bytes());
        bytes.extend(header.as_bytes());
        bytes.extend([1, 2, 3]);
        let expected = Some(("f2".to_owned(), vec![2, 3], vec![1, 2, 3]));
        assert_eq!(numpy(&bytes), expected);
        assert_eq!(numpy(&bytes[..40]), None);
    }
}
