//! Parameters -> the model file.

use std::collections::BTreeMap;

use whosaid::lang::Categories;
use whosaid::lexis::Lexicon;
use whosaid::model::vocabulary::FIELDS;
use whosaid::model::{Section, pack};

use crate::parameter::{Parameter, TABLES};
use crate::pretrained::Pretrained;
use crate::vectors::{DIMENSIONS, WordVectors};

/// Steps between 0 and the greatest number of a row of the words' table, which makes up most of the file: with 4 bits
/// instead of 6 the same network scored within 0.7 on every development set, up as often as down, and the file compresses
/// to a fifth less.
const WORD_LEVELS: f32 = 7.0;

/// The bytes of a model file: what the lists say, the strings of the vocabulary's fields, the network, and the transformer that
/// it looks through where there is one.
pub fn model(
    lists: &BTreeMap<String, Categories>,
    vocabulary: &[Vec<u8>; 4],
    words: &WordVectors,
    pretrained: Option<&Pretrained>,
    parameters: &[Parameter],
    confidence: &[f32],
) -> Vec<u8> {
    let table = word_table(words, parameters);
    let mut sections = vec![("lexicon".to_owned(), Section::Bytes(Lexicon::build(lists)))];
    for (field, bytes) in FIELDS.iter().zip(vocabulary) {
        sections.push((format!("vocabulary.{}", field.name), Section::Bytes(bytes.clone())));
    }
    for parameter in parameters.iter().filter(|parameter| is_read(&parameter.name)) {
        let section = match parameter.shape[..] {
            [_, columns] if !parameter.name.ends_with(".transitions") => {
                let values = if parameter.name == WORD_TABLE { &table } else { &parameter.values };
                Section::Rows { values, columns }
            }
            _ => Section::Floats(parameter.values.clone()),
        };
        sections.push((parameter.name.clone(), section));
    }
    sections.extend(pretrained.into_iter().flat_map(Pretrained::sections));
    if !confidence.is_empty() {
        sections.push(("confidence".to_owned(), Section::Floats(confidence.to_vec())));
    }
    pack(sections)
}

/// Whether the core needs a parameter, and not the training alone.
fn is_read(name: &str) -> bool {
    let module = name.split('.').next().unwrap_or_default();
    !["flat", "part_of_speech", "relation", "vectors"].contains(&module)
}

const WORD_TABLE: &str = "table.word";

/// A row for each word: what its vector becomes, and what was learnt of it on top, rounded to [`WORD_LEVELS`].
fn word_table(words: &WordVectors, parameters: &[Parameter]) -> Vec<f32> {
    let values = |name: &str| {
        let found = parameters.iter().find(|parameter| parameter.name == name);
        &found.unwrap_or_else(|| panic!("no parameter is called {name}")).values
    };
    let (projection, columns) = (values("vectors.projection"), TABLES[0].1);
    let mut table = values(WORD_TABLE).clone();
    for (row, vector) in table.chunks_exact_mut(columns).zip(words.vectors.chunks_exact(DIMENSIONS)) {
        for (number, weights) in row.iter_mut().zip(projection.chunks_exact(DIMENSIONS)) {
            *number += weights.iter().zip(vector).map(|(weight, x)| weight * x).sum::<f32>();
        }
        let step = row.iter().fold(0.0_f32, |most, number| most.max(number.abs())) / WORD_LEVELS;
        if step > 0.0 {
            for number in row {
                *number = (*number / step).round() * step;
            }
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use whosaid::model::Model;

    use super::*;
    use crate::fixture::{strings, vocabulary, words};
    use crate::parameter::initial;
    use crate::random::Random;

    #[test]
    fn the_reader_takes_what_is_exported() {
        let words = words();
        let parameters = initial(&vocabulary(), &words, None, &mut Random::new(1));
        let bytes = model(&BTreeMap::new(), &strings(), &words, None, &parameters, &[]);
        let model = Model::from_bytes(&bytes).expect("a whole model");
        assert!(model.name().starts_with("network"), "{}", model.name());
    }

    #[test]
    fn a_word_is_its_vector_and_what_was_learnt() {
        let words = words();
        let mut parameters = initial(&vocabulary(), &words, None, &mut Random::new(1));
        let table = word_table(&words, &parameters);
        let rows = words.is_seen.len();
        // Where there is no vector only what was learnt is left, to the precision of the table.
        let own = parameters.iter_mut().find(|parameter| parameter.name == WORD_TABLE).expect("it is there");
        let last = (rows - 1) * 64..rows * 64;
        let most = own.values[last.clone()].iter().fold(0.0_f32, |most, number| most.max(number.abs()));
        for (ours, own) in table[last.clone()].iter().zip(&own.values[last]) {
            assert!((ours - own).abs() <= most / WORD_LEVELS / 1.99, "{ours} and not {own}");
        }
        assert!((table[0] - own.values[0]).abs() > most, "its vector is not there");
    }
}
