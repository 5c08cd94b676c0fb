//! Parameters -> the model file.

use std::collections::BTreeMap;

use whosaid::lang::Categories;
use whosaid::model::feature::FIELDS;
use whosaid::model::{Lexicon, Section, pack};

use crate::parameter::{HEADS, Parameter};

/// The bytes of a model file: what the lists say, the strings of the vocabulary's fields, the network.
pub fn model(
    lists: &BTreeMap<String, Categories>,
    vocabulary: &[Vec<u8>; 4],
    parameters: &[Parameter],
    confidence: &[f32],
) -> Vec<u8> {
    let mut sections = vec![("lexicon".to_owned(), Section::Bytes(Lexicon::build(lists)))];
    for (field, bytes) in FIELDS.iter().zip(vocabulary) {
        sections.push((format!("vocabulary.{}", field.name), Section::Bytes(bytes.clone())));
    }
    for parameter in parameters.iter().filter(|parameter| is_read(&parameter.name)) {
        let section = match parameter.shape[..] {
            [_, columns] if !parameter.name.ends_with(".transitions") => {
                Section::Rows { values: &parameter.values, columns }
            }
            _ => Section::Floats(parameter.values.clone()),
        };
        sections.push((parameter.name.clone(), section));
    }
    // Nothing is learnt of steps between tags of names but which are legal, and that the reader knows.
    let tags = HEADS[2].1;
    sections.push(("tag.transitions".to_owned(), Section::Floats(vec![0.0; tags * tags])));
    if !confidence.is_empty() {
        sections.push(("confidence".to_owned(), Section::Floats(confidence.to_vec())));
    }
    pack(sections)
}

/// Whether a parameter serves the reader, and not only the training.
fn is_read(name: &str) -> bool {
    let module = name.split('.').next().unwrap_or_default();
    !["flat", "part_of_speech", "relation"].contains(&module)
}
