//! `PolNeAR`: articles with who said what.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::ops::Range;
use std::path::Path;

use serde::Deserialize;

use super::line::{Offsets, records};
use super::silver::{Parse, Word};
use super::{Attribution, Corpus, CorpusError, Entity, Parsed, Sample};

/// A line of the file; places in code points.
#[derive(Deserialize)]
struct Record {
    id: String,
    text: String,
    attributions: Vec<Roles>,
}

/// The parts of an attribution, each in one or more places.
#[derive(Deserialize)]
pub(super) struct Roles {
    source: Vec<[usize; 2]>,
    cue: Vec<[usize; 2]>,
    content: Vec<[usize; 2]>,
}

impl Roles {
    /// The same in bytes, in order.
    pub(super) fn attribution(&self, offsets: &Offsets) -> Result<Attribution, String> {
        let places = |spans: &[[usize; 2]]| -> Result<Vec<Range<usize>>, String> {
            let mut places: Vec<Range<usize>> =
                spans.iter().map(|&[start, end]| offsets.bytes(start, end)).collect::<Result<_, _>>()?;
            places.sort_by_key(|place| (place.start, place.end));
            Ok(places)
        };
        Ok(Attribution { source: places(&self.source)?, cue: places(&self.cue)?, content: places(&self.content)? })
    }
}

/// Reads the file; `parses` by the articles' names.
pub(super) fn read(path: &Path, parses: &BTreeMap<String, Parse>) -> Result<Vec<Sample>, CorpusError> {
    let file = File::open(path).map_err(|error| CorpusError::file(path, &error))?;
    records(path, BufReader::new(file), |record| sample(record, parses))
}

fn sample(record: Record, parses: &BTreeMap<String, Parse>) -> Result<Sample, String> {
    let offsets = Offsets::new(&record.text);
    let attributions = record.attributions.iter().map(|roles| roles.attribution(&offsets));
    let attributions: Vec<Attribution> = attributions.collect::<Result<_, String>>()?;
    let parse = parses.get(&record.id);
    let words = parse.map(|words| {
        let known = |word: &Word| {
            let start = offsets.bytes(word.start, word.end)?.start;
            Ok(Parsed { start, part_of_speech: word.part_of_speech, relation: word.relation })
        };
        words.iter().map(known).collect::<Result<_, String>>()
    });
    Ok(Sample {
        entities: None,
        doubts: Vec::new(),
        attributions: Some(attributions),
        taught: None,
        guesses: guesses(parse.map_or(&[], |words| words), &offsets)?,
        syntax: words.transpose()?,
        name: record.id,
        corpus: Corpus::Polnear,
        text: record.text,
    })
}

/// Names as the parser sees them: words of one label side by side in a sentence.
fn guesses(words: &[Word], offsets: &Offsets) -> Result<Vec<Entity>, String> {
    let mut names: Vec<Entity> = Vec::new();
    let mut before = None;
    for word in words {
        if let Some(label) = word.label {
            let bytes = offsets.bytes(word.start, word.end)?;
            match names.last_mut().filter(|_| before == word.label && !word.opens) {
                Some(name) => name.bytes.end = bytes.end,
                None => names.push(Entity { bytes, label }),
            }
        }
        before = word.label;
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Label;
    use whosaid::export::FORMATS;
    use whosaid::{Annotator, Notebook, Options};

    #[test]
    fn what_a_reader_corrected_is_read() {
        let model = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../src/lang/en/model.bin"));
        let annotator = Annotator::new(model).expect("the model of this repository");
        let text = "📈 Rents rose.\n\n“They will fall,” said Anna Berg, the mayor of Grebe.\n".to_owned();
        let analysis = Some(annotator.annotate(&text, &Options::default()));
        let notebook = Notebook { text, analysis, corrections: Vec::new() };
        let format = FORMATS.iter().find(|format| format.name == "training").expect("the format");
        let record = serde_json::from_str((format.write)(&notebook).trim()).expect("a record");
        let sample = sample(record, &BTreeMap::new()).expect("a sample");
        let [attribution] = sample.attributions.as_deref().expect("attributions") else { panic!("one attribution") };
        let words = |places: &[Range<usize>]| sample.text[places[0].clone()].to_owned();
        assert_eq!([words(&attribution.content), words(&attribution.cue)], ["“They will fall,”", "said"]);
        assert!(words(&attribution.source).starts_with("Anna Berg"));
    }

    #[test]
    fn places_and_parses_are_in_bytes() {
        let line = r#"{"id": "a", "annotator": "x", "text": "“No,” she said.", "attributions":
            [{"source": [[6, 9]], "cue": [[10, 14]], "content": [[4, 5], [0, 3]]}]}"#;
        let record = serde_json::from_str(line).expect("a record");
        let word = |start, end, label, opens| Word { start, end, part_of_speech: 44, relation: 29, label, opens };
        let person = Some(Label::Person);
        let words = vec![word(0, 1, None, true), word(6, 9, person, true), word(10, 14, person, false)];
        let parses = BTreeMap::from([("a".to_owned(), words)]);
        let sample = sample(record, &parses).expect("a sample");
        let [attribution] = sample.attributions.as_deref().expect("attributions") else { panic!("one attribution") };
        let slice =
            |places: &[Range<usize>]| places.iter().map(|place| &sample.text[place.clone()]).collect::<Vec<_>>();
        assert_eq!(slice(&attribution.content), ["“No", "”"]);
        assert_eq!(slice(&attribution.source), ["she"]);
        assert_eq!(slice(&[sample.guesses[0].bytes.clone()]), ["she said"]);
        assert_eq!(sample.syntax.expect("a parse")[1].start, 10);
    }
}
