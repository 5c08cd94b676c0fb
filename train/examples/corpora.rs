//! `cargo run --release -p train --example corpora -- [DATA [NAME]]`: what the corpora hold, how it fits our tokens, how
//! long an epoch's examples take; with a sample's name, what augmentation makes of it.
#![expect(clippy::print_stdout, reason = "it reports")]

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::time::Instant;
use std::{env, process};

use train::augment::Augmenter;
use train::corpus::{self, Corpus, Sample};
use train::example::{self, Fit};
use train::random::Random;
use train::vocabulary::lists;
use whosaid::lexis::Lexicon;
use whosaid::model::Vocabulary;
use whosaid::model::vocabulary::Counts;

fn main() {
    let data = env::args_os().nth(1).unwrap_or_else(|| "../shared/data".into());
    let start = Instant::now();
    let samples = corpus::read(Path::new(&data)).unwrap_or_else(|error| {
        println!("{error}");
        process::exit(1);
    });
    let samples: Vec<Sample> = samples.into_iter().map(corpus::believe).collect();
    println!("{} texts read in {:.2} s", samples.len(), start.elapsed().as_secs_f32());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/lang/en/lists");
    let augmenter = Augmenter::new(&folder, &samples).expect("the lists");
    if let Some(name) = env::args().nth(2) {
        show(&samples, &name, &augmenter);
        return;
    }
    let lexicon = Lexicon::from_bytes(Lexicon::build(&lists(&folder).expect("the lists"))).expect("a whole map");
    let start = Instant::now();
    let mut random = Random::new(0);
    let changed: Vec<Sample> = samples.iter().map(|sample| augmenter.augment(sample, &mut random)).collect();
    println!("augmented in {:.2} s", start.elapsed().as_secs_f32());
    let mut counts = Counts::default();
    augmenter.count(&mut counts);
    for sample in samples.iter().filter(|sample| !sample.corpus.is_messages()) {
        example::count(sample, &mut counts);
    }
    let vocabulary = Vocabulary::from_bytes(counts.build()).expect("it was just built");
    println!("rows of the tables, messages not counted: {:?}", [0, 1, 2, 3].map(|field| vocabulary.size(field)));
    for (what, samples) in [("as they are", &samples), ("augmented", &changed)] {
        let head =
            ["texts", "tokens", "segm.", "PER", "ORG", "LOC", "MISC", "doubts", "attrib.", "fit %", "parsed %", "s"];
        println!("\n{what:12}{}", head.map(|head| format!("{head:>9}")).concat());
        for (corpus, _) in Corpus::ALL {
            let own: Vec<&Sample> = samples.iter().filter(|sample| sample.corpus == corpus).collect();
            row(corpus, &own, &vocabulary, &lexicon);
        }
    }
}

fn row(corpus: Corpus, samples: &[&Sample], vocabulary: &Vocabulary, lexicon: &Lexicon) {
    let start = Instant::now();
    let mut fit = Fit::default();
    let mut labels: BTreeMap<usize, usize> = BTreeMap::new();
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
    let doubts = samples.iter().map(|sample| sample.doubts.len()).sum();
    let counts = [samples.len(), fit.tokens, segments, label(0), label(1), label(2), label(3), doubts, attributions];
    let percent = |part: usize, whole: usize| 100.0 * part as f32 / whole.max(1) as f32;
    let shares = [percent(fit.aligned, fit.places), percent(fit.parsed, fit.tokens), start.elapsed().as_secs_f32()];
    print!("{:12}", format!("{corpus:?}"));
    print!("{}", counts.map(|count| format!("{count:9}")).concat());
    println!("{}", shares.map(|share| format!("{share:9.2}")).concat());
}

/// Prints five changes of a sample, with its names in brackets and its attributions below.
fn show(samples: &[Sample], name: &str, augmenter: &Augmenter) {
    let Some(sample) = samples.iter().find(|sample| sample.name == name) else {
        println!("no sample is named {name}");
        return;
    };
    for seed in 0..5 {
        let changed = augmenter.change(sample, &mut Random::new(seed));
        let mut text = changed.text.clone();
        for entity in changed.entities.iter().flatten().rev() {
            text.insert(entity.bytes.end, ']');
            text.insert_str(entity.bytes.start, &format!("[{:?} ", entity.label));
        }
        println!("=== {seed}\n{text}");
        for attribution in changed.attributions.iter().flatten() {
            let slice = |places: &[Range<usize>]| {
                places.iter().map(|place| &changed.text[place.clone()]).collect::<Vec<_>>().join(" … ")
            };
            println!(
                "  {} | {} | {}",
                slice(&attribution.source),
                slice(&attribution.cue),
                slice(&attribution.content)
            );
        }
    }
}
