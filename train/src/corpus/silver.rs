//! CoreNLP's words of PolNeAR: parts of speech and relations, not checked by anybody.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use flate2::read::MultiGzDecoder;
use serde::Deserialize;

use super::CorpusError;
use super::line::records;
use crate::syntax;

/// An article's words in order: start in code points, part of speech, relation.
pub(super) type Parse = Vec<(usize, u8, u8)>;

/// A line of the file.
#[derive(Deserialize)]
struct Record {
    id: String,
    sentences: Vec<Vec<Word>>,
}

/// Start, end, part of speech, named entity, head, relation.
type Word = (usize, usize, String, String, usize, String);

/// Reads the compressed file: the articles' names with their words.
pub(super) fn read(path: &Path) -> Result<BTreeMap<String, Parse>, CorpusError> {
    let file = File::open(path).map_err(|error| CorpusError::file(path, &error))?;
    let parses = records(path, BufReader::new(MultiGzDecoder::new(file)), |record: Record| {
        let words = record.sentences.iter().flatten();
        let numbers = words
            .map(|(start, _, part, _, _, relation)| (*start, syntax::part_of_speech(part), syntax::relation(relation)));
        Ok((record.id, numbers.collect()))
    })?;
    Ok(parses.into_iter().collect())
}
