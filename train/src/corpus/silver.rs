//! `CoreNLP`'s words of `PolNeAR`: parts of speech and relations, not checked by anybody.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use flate2::read::MultiGzDecoder;
use serde::Deserialize;

use super::line::records;
use super::{CorpusError, Label};
use crate::syntax;

/// A word of an article, in order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// Where, in code points.
    pub start: usize,
    pub end: usize,
    /// The numbers of [`syntax`].
    pub part_of_speech: u8,
    pub relation: u8,
    /// What it names, or helps to name.
    pub label: Option<Label>,
    /// Whether it starts a sentence.
    pub opens: bool,
}

/// An article's words.
pub(super) type Parse = Vec<Word>;

/// A line of the file.
#[derive(Deserialize)]
struct Record {
    id: String,
    sentences: Vec<Vec<Row>>,
}

/// Start, end, part of speech, named entity, head, relation.
type Row = (usize, usize, String, String, usize, String);

/// Reads the compressed file: the articles' names with their words.
pub(super) fn read(path: &Path) -> Result<BTreeMap<String, Parse>, CorpusError> {
    let file = File::open(path).map_err(|error| CorpusError::file(path, &error))?;
    let articles = records(path, BufReader::new(MultiGzDecoder::new(file)), |record: Record| {
        let words = record.sentences.iter().flat_map(|sentence| sentence.iter().enumerate().map(word));
        Ok((record.id, words.collect()))
    })?;
    Ok(articles.into_iter().collect())
}

fn word((index, (start, end, part, label, _, relation)): (usize, &Row)) -> Word {
    Word {
        start: *start,
        end: *end,
        part_of_speech: syntax::part_of_speech(part),
        relation: syntax::relation(relation),
        label: match label.as_str() {
            "PERSON" => Some(Label::Person),
            "ORGANIZATION" => Some(Label::Organisation),
            "LOCATION" => Some(Label::Place),
            "MISC" => Some(Label::Miscellaneous),
            _ => None,
        },
        opens: index == 0,
    }
}
