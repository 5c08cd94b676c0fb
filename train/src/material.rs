//! Corpora, lists, vectors -> what the network is made from, and the lessons of each epoch.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use train::augment::{Augmenter, UNCHANGED};
use train::checkpoint::mixed;
use train::corpus::{Sample, named};
use train::deep::Deep;
use train::example::Fit;
use train::random::Random;
use train::target::Lesson;
use train::training::Plan;
use train::vectors::{Vectors, WordVectors};
use train::{corpus, example, vocabulary};
use whosaid::lang::{Categories, ENGLISH};
use whosaid::lexis::Lexicon;
use whosaid::model::vocabulary::{Counts, FIELDS};
use whosaid::model::{Model, Vocabulary};
use whosaid::text::Article;

use crate::arguments::Arguments;

/// How many bytes an epoch reads of one publisher's texts that nobody annotated, so that no publisher dominates.
const PUBLISHER: usize = 250_000;
/// How often a word has to occur in those texts to have a row of its own.
const FREQUENT: usize = 5;

/// The folder of the lists of names.
pub(crate) fn lists_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/lang/en/lists")
}

/// What the network is made from.
pub(crate) struct Material {
    pub samples: Vec<Sample>,
    /// How many bytes of each publisher's texts there are that nobody annotated.
    publishers: BTreeMap<String, usize>,
    /// What says which names those texts hold.
    namer: Option<Model>,
    augmenter: Augmenter,
    pub lists: BTreeMap<String, Categories>,
    lexicon: Lexicon,
    /// The bytes of the vocabulary.
    pub strings: [Vec<u8>; 4],
    pub vocabulary: Vocabulary,
    pub words: WordVectors,
    /// What a precise network looks through.
    pub deep: Option<Deep>,
    /// For a precise network, what an epoch reads instead of each sample now and then: it cannot have new ones in each.
    others: Vec<Sample>,
}

impl Material {
    pub(crate) fn read(arguments: &Arguments) -> Result<Self, String> {
        let folder = lists_folder();
        let of_lists = |error| format!("the lists of names: {error}");
        let lists = vocabulary::lists(&folder).map_err(of_lists)?;
        let lexicon = Lexicon::from_bytes(Lexicon::build(&lists)).map_err(|error| error.to_string())?;
        let mut samples = corpus::read(&arguments.data).map_err(|error| error.to_string())?;
        for path in &arguments.more {
            samples.extend(corpus::corrected(path).map_err(|error| error.to_string())?);
        }
        let is_asked = |sample: &Sample| {
            let name = format!("{:?}", sample.corpus);
            arguments.only.as_ref().is_none_or(|only| only.eq_ignore_ascii_case(&name))
        };
        let mut samples: Vec<Sample> = samples.into_iter().filter(is_asked).map(corpus::believe).collect();
        let augmenter = Augmenter::new(&folder, &samples).map_err(of_lists)?;

        let mut counts = Counts::default();
        augmenter.count(&mut counts);
        for sample in samples.iter().filter(|sample| !sample.corpus.is_messages()) {
            example::count(sample, &mut counts);
        }
        let (taught, namer) = taught(arguments)?;
        let publishers = publishers(&taught);
        let vectors = Vectors::read(&arguments.vectors)?;
        let strings = counts.build();
        let annotated = Vocabulary::from_bytes(strings.clone()).map_err(|error| error.to_string())?;
        // Twice, for a word that is counted once has no number. The other fields are left to the corpora.
        let with = |counts: &mut Counts, words: &[&str]| {
            words.iter().chain(words).for_each(|word| counts.add(word));
            let [words, ..] = counts.build();
            let [_, suffix, prefix, shape] = strings.clone();
            let strings = [words, suffix, prefix, shape];
            let vocabulary = Vocabulary::from_bytes(strings.clone()).map_err(|error| error.to_string())?;
            Ok::<_, String>((strings, vocabulary))
        };
        let frequent = frequent(&taught);
        let known = annotated.size(0) - 1;
        let read = vectors.others(known, |word| annotated.id(0, word) > 0 || !frequent.contains(word));
        let (_, seen) = with(&mut counts, &read)?;
        let others = vectors.others(seen.size(0) - 1, |word| seen.id(0, word) > 0);
        let (strings, vocabulary) = with(&mut counts, &others)?;
        let words = WordVectors::new(&vectors, &vocabulary, &seen);
        samples.extend(taught);
        let (deep, others) = (None, Vec::new());
        let mut material =
            Self { samples, publishers, namer, augmenter, lists, lexicon, strings, vocabulary, words, deep, others };
        if let Some(package) = &arguments.encoder {
            let news = corpus::texts(&news(arguments)).map_err(|error| error.to_string())?;
            let texts = material.samples.iter().map(|sample| &sample.text).chain(&news).map(String::as_str);
            let deep = Deep::new(package, &arguments.tuned, &arguments.deep, texts)?;
            material.deepen(deep)?;
        }
        Ok(material)
    }

    /// Lets a transformer read the texts once for all epochs, and another one like each that an epoch reads more than once: of
    /// a publisher's texts those that an epoch would read.
    fn deepen(&mut self, deep: Deep) -> Result<(), String> {
        let mut random = Random::new(0);
        let samples = std::mem::take(&mut self.samples);
        let is_read = |sample: &Sample| sample.taught.is_none() || random.chance(self.share(sample).1);
        let samples: Vec<Sample> = samples.into_iter().filter(is_read).collect();
        let change = |sample: &Sample| match sample.corpus.share() {
            (2.., _) => self.augmenter.change(sample, &mut random),
            _ => sample.clone(),
        };
        self.others = samples.iter().map(change).collect();
        self.publishers = publishers(&samples);
        self.samples = samples;
        let texts = self.samples.iter().chain(&self.others).map(|sample| sample.text.as_str());
        let start = Instant::now();
        let told = |done: usize, all: usize| {
            let [done, all] = [done, all].map(|bytes| bytes as f32 / 1e6);
            println!(
                "the transformer has read {done:.0} of {all:.0} MB  {:.1} min",
                start.elapsed().as_secs_f32() / 60.0
            );
        };
        deep.prepare(texts, &told)?;
        self.deep = Some(deep);
        Ok(())
    }

    /// What tells a training of this from another one.
    pub(crate) fn key(&self, plan: Plan) -> u64 {
        let deep = self.deep.as_ref().map_or(0, Deep::key);
        let numbers = [plan.epochs as u64, plan.seed, self.samples.len() as u64, deep];
        let key = numbers.iter().fold(0, |key, number| mixed(key, &number.to_le_bytes()));
        let key = mixed(key, self.namer.as_ref().map(Model::name).unwrap_or_default().as_bytes());
        let texts = self.samples.iter().fold(key, |key, sample| mixed(key, sample.text.as_bytes()));
        self.strings.iter().fold(texts, |key, strings| mixed(key, strings))
    }

    /// The lessons of an epoch: each text, or one like it that might have been.
    pub(crate) fn lessons(&self, seed: u64) -> Vec<Lesson> {
        let mut random = Random::new(seed);
        let mut augmented = Vec::new();
        for (number, sample) in self.samples.iter().enumerate() {
            let (whole, rest) = self.share(sample);
            let times = whole + usize::from(random.chance(rest));
            let other = self.others.get(number);
            augmented.extend((0..times).map(|_| match other {
                Some(other) => if random.chance(UNCHANGED) { sample } else { other }.clone(),
                None => self.augmenter.augment(sample, &mut random),
            }));
        }
        let (vocabulary, lexicon) = (&self.vocabulary, &self.lexicon);
        let segments = augmented.iter().flat_map(|sample| {
            let mut segments = match self.namer.as_ref().filter(|_| sample.taught.is_some()) {
                Some(model) => example::segments_named(sample, vocabulary, lexicon, model),
                None => example::segments(sample, vocabulary, lexicon, &mut Fit::default()),
            };
            if let Some(deep) = &self.deep {
                example::deepen(&mut segments, &deep.file(&sample.text));
            }
            segments
        });
        segments.map(Lesson::from).collect()
    }

    /// How often an epoch reads a text, and the chance that it reads it once more.
    fn share(&self, sample: &Sample) -> (usize, f64) {
        match &sample.taught {
            Some(taught) => (0, (PUBLISHER as f64 / self.publishers[&taught.publisher] as f64).min(1.0)),
            None => sample.corpus.share(),
        }
    }
}

/// How many bytes of each publisher's texts there are that nobody annotated.
fn publishers(samples: &[Sample]) -> BTreeMap<String, usize> {
    let mut publishers = BTreeMap::new();
    for sample in samples {
        if let Some(taught) = &sample.taught {
            *publishers.entry(taught.publisher.clone()).or_default() += sample.text.len();
        }
    }
    publishers
}

/// The file of the articles that nobody annotated.
fn news(arguments: &Arguments) -> PathBuf {
    arguments.data.join("unlabelled/news_en.jsonl.gz")
}

/// The articles that a larger network labelled, and the model that says which names they hold; prints what is missing.
fn taught(arguments: &Arguments) -> Result<(Vec<Sample>, Option<Model>), String> {
    let samples = if arguments.only.is_some() {
        Vec::new()
    } else {
        corpus::taught(&news(arguments), &arguments.labels).map_err(|error| error.to_string())?
    };
    if samples.is_empty() {
        println!("no labels of a larger network (--labels): claims will be found less well, see MODEL.md");
        return Ok((samples, None));
    }
    let of_file = |error: String| format!("{}: {error}", arguments.names.display());
    let bytes = fs::read(&arguments.names).map_err(|error| of_file(error.to_string()))?;
    let model = Model::from_bytes(&bytes).map_err(|error| of_file(error.to_string()))?;
    println!("{} texts that a larger network labelled; names by {}", samples.len(), model.name());
    Ok((samples.into_iter().map(|sample| named(sample, &model)).collect(), Some(model)))
}

/// The words that occur often in some texts, as the field of words has them.
fn frequent(samples: &[Sample]) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut key = String::new();
    for sample in samples {
        let article = Article::new(&sample.text, &ENGLISH);
        for token in 0..article.tokens.len() {
            (FIELDS[0].write)(article.word(token), &mut key);
            match counts.get_mut(&key) {
                Some(count) => *count += 1,
                None => drop(counts.insert(key.clone(), 1)),
            }
        }
    }
    counts.into_iter().filter(|(_, count)| *count >= FREQUENT).map(|(word, _)| word).collect()
}
