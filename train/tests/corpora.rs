//! The corpora as they are, where `../shared/data` holds them.
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

use std::collections::BTreeMap;
use std::path::Path;

use train::corpus::{self, Corpus};
use train::example::{self, Fit};
use whosaid::lexis::Lexicon;
use whosaid::model::Vocabulary;
use whosaid::model::vocabulary::Counts;

#[test]
fn what_is_marked_fits_the_tokens() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    if !data.exists() {
        eprintln!("skipped: there is no {}", data.display());
        return;
    }
    let samples = corpus::read(&data).expect("the corpora");
    let vocabulary = Vocabulary::from_bytes(Counts::default().build()).expect("empty maps");
    let lexicon = Lexicon::from_bytes(Lexicon::build(&BTreeMap::new())).expect("an empty map");
    for (corpus, file) in Corpus::ALL {
        let mut fit = Fit::default();
        // A part is enough to see whether the places mean what they should.
        for sample in
            samples.iter().filter(|sample| sample.corpus == corpus).take(if corpus.is_messages() { 800 } else { 40 })
        {
            let sample = corpus::believe(sample.clone());
            for segment in example::segments(&sample, &vocabulary, &lexicon, &mut fit) {
                assert!(!segment.is_empty() && segment.len() <= 416, "{}", sample.name);
                assert!(segment.tags.iter().flatten().all(|&tags| tags > 0), "{}", sample.name);
            }
        }
        assert!(100 * fit.aligned > 97 * fit.places, "{file}: {fit:?}");
        assert!(corpus != Corpus::Polnear || 100 * fit.parsed > 95 * fit.tokens, "{file}: {fit:?}");
    }
}
