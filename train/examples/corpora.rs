//! `cargo run --release -p train --example corpora [-- DATA]`: what the corpora hold, and how it fits our tokens.
#![expect(clippy::print_stdout, reason = "it reports")]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;
use std::{env, process};

use train::corpus::{self, Corpus, Sample};
use train::example::{self, Fit};
use train::vocabulary;
use whosaid::model::vocabulary::Counts;
use whosaid::model::{Lexicon, Vocabulary};

fn main() {
    let data = env::args_os().nth(1).unwrap_or_else(|| "../shared/data".into());
    let start = Instant::now();
    let samples = corpus::read(Path::new(&data)).unwrap_or_else(|error| {
        println!("{error}");
        process::exit(1);
    });
    let lists = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/lang/en/lists");
    let lexicon = Lexicon::build(&vocabulary::lists(&lists).expect("the lists"));
    let lexicon = Lexicon::from_bytes(lexicon).expect("it was just built");
    println!("read in {:.1} s", start.elapsed().as_secs_f32());
    println!(
        "{:9} {:>6} {:>8} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>8} {:>6} {:>6}",
        "corpus", "texts", "tokens", "segm.", "PER", "ORG", "LOC", "MISC", "doubts", "attrib.", "fit %", "parsed"
    );
    let mut counts = Counts::default();
    samples.iter().for_each(|sample| example::count(sample, &mut counts));
    let vocabulary = Vocabulary::from_bytes(counts.build()).expect("it was just built");
    println!("rows of the tables: {:?}", [0, 1, 2, 3].map(|field| vocabulary.size(field)));
    for (corpus, _) in Corpus::ALL {
        let own: Vec<&Sample> = samples.iter().filter(|sample| sample.corpus == corpus).collect();
        row(corpus, &own, &vocabulary, &lexicon);
    }
}

fn row(corpus: Corpus, samples: &[&Sample], vocabulary: &Vocabulary, lexicon: &Lexicon) {
    let start = Instant::now();
    let mut fit = Fit::default();
    let mut labels: BTreeMap<_, usize> = BTreeMap::new();
    let (mut segments, mut attributions) = (0, 0);
    for sample in samples {
        let made = example::segments(sample, vocabulary, lexicon, &mut fit);
        segments += made.len();
        attributions += made.iter().flat_map(|segment| &segment.attributions).map(Vec::len).sum::<usize>();
        for entity in sample.entities.iter().flatten() {
            *labels.entry(entity.label as usize).or_default() += 1;
        }
    }
    let label = |label: usize| labels.get(&label).copied().unwrap_or_default();
    let doubts: usize = samples.iter().map(|sample| sample.doubts.len()).sum();
    let percent = |part: usize, whole: usize| 100.0 * part as f32 / whole.max(1) as f32;
    println!(
        "{:9} {:6} {:8} {segments:6} {:6} {:6} {:6} {:6} {doubts:6} {attributions:8} {:6.2} {:6.1}  {:.2} s, {} doubled",
        format!("{corpus:?}"),
        samples.len(),
        fit.tokens,
        label(0),
        label(1),
        label(2),
        label(3),
        percent(fit.aligned, fit.places),
        percent(fit.parsed, fit.tokens),
        start.elapsed().as_secs_f32(),
        fit.doubled,
    );
}
