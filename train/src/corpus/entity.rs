//! The corpora of names.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use serde::Deserialize;

use super::line::{Offsets, records};
use super::{Corpus, CorpusError, Entity, Label, Sample, doubt, tidy};

/// A line of a file; places in code points.
#[derive(Deserialize)]
struct Record {
    id: String,
    text: String,
    entities: Vec<Name>,
}

#[derive(Deserialize)]
struct Name {
    start: usize,
    end: usize,
    r#type: String,
}

/// Reads a corpus's file; texts without letters (taken out for copyright) are left out.
pub(super) fn read(path: &Path, corpus: Corpus) -> Result<Vec<Sample>, CorpusError> {
    let file = File::open(path).map_err(|error| CorpusError::file(path, &error))?;
    let samples = records(path, BufReader::new(file), |record| sample(record, corpus))?;
    let kept = samples.into_iter().filter(|sample| has_words(&sample.text));
    Ok(kept.map(|sample| doubt::mark(tidy::tidy(&sample))).collect())
}

/// Whether a third of a text's bytes are letters of ASCII; those of other scripts teach English nothing.
fn has_words(text: &str) -> bool {
    3 * text.bytes().filter(u8::is_ascii_alphabetic).count() > text.len()
}

fn sample(record: Record, corpus: Corpus) -> Result<Sample, String> {
    let offsets = Offsets::new(&record.text);
    let entity = |name: &Name| Ok(Entity { bytes: offsets.bytes(name.start, name.end)?, label: label(&name.r#type)? });
    let mut entities: Vec<Entity> = record.entities.iter().map(entity).collect::<Result<_, String>>()?;
    entities.sort_by_key(|entity| entity.bytes.start);
    if let Some(two) = entities.windows(2).find(|two| two[0].bytes.end > two[1].bytes.start) {
        return Err(format!("two names overlap in bytes: {:?} and {:?}", two[0].bytes, two[1].bytes));
    }
    Ok(Sample { name: record.id, entities: Some(entities), ..Sample::plain(corpus, &record.text) })
}

fn label(name: &str) -> Result<Label, String> {
    match name {
        "PER" => Ok(Label::Person),
        "ORG" => Ok(Label::Organisation),
        "LOC" => Ok(Label::Place),
        "MISC" => Ok(Label::Miscellaneous),
        other => Err(format!("{other} is no label: it should be PER, ORG, LOC or MISC")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_becomes_a_sample() {
        let line = |entities: &str| {
            let record = format!(r#"{{"id": "a", "text": "Zoë Berg of Acme", "entities": [{entities}]}}"#);
            sample(serde_json::from_str(&record).expect("a record"), Corpus::Conll)
        };
        let names = r#"{"start": 12, "end": 16, "type": "ORG"}, {"start": 0, "end": 8, "type": "PER"}"#;
        let entities = line(names).expect("a sample").entities.expect("names");
        assert_eq!(entities[0], Entity { bytes: 0..9, label: Label::Person });
        assert_eq!(entities[1], Entity { bytes: 13..17, label: Label::Organisation });
        assert!(line(r#"{"start": 0, "end": 3, "type": "X"}"#).is_err());
        assert!(line(r#"{"start": 0, "end": 30, "type": "PER"}"#).is_err());
        assert!(line(r#"{"start": 0, "end": 4, "type": "PER"}, {"start": 2, "end": 6, "type": "PER"}"#).is_err());
    }
}
