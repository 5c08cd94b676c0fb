//! Model files of random weights, for tests.

use std::collections::BTreeMap;

use super::feature::{EVIDENCE, LAYOUTS};
use super::form::CLASSES;
use super::vocabulary::{Counts, FIELDS};
use super::{Section, Vocabulary, pack, transformer};
use crate::lang::Categories;
use crate::lexis::Lexicon;

/// An article, written for this project.
pub(super) const ARTICLE: &str = include_str!("../../tests/articles/harbour.txt");

/// The widths of a network.
#[derive(Debug, Clone, Copy)]
pub(super) struct Widths {
    pub columns: [usize; 7],
    pub d: usize,
    pub units: usize,
    pub span: usize,
}

/// Those of the network that is trained.
pub(super) const WHOLE: Widths = Widths { columns: [64, 32, 16, 16, 8, 8, 24], d: 96, units: 64, span: 64 };

/// Small ones, for tests of many texts.
pub(super) const SMALL: Widths = Widths { columns: [8; 7], d: 16, units: 8, span: 8 };

/// Random numbers that are always the same: splitmix64.
pub(super) struct Random(pub u64);

impl Random {
    /// The next number, from -1 to 1.
    pub(super) fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits >> 40) as f32) / (1 << 23) as f32 - 1.0
    }

    /// So many numbers from -`most` to `most`.
    pub(super) fn numbers(&mut self, count: usize, most: f32) -> Vec<f32> {
        (0..count).map(|_| self.next() * most).collect()
    }
}

/// A section before it is packed.
#[derive(Debug, Clone)]
pub(super) enum Part {
    Bytes(Vec<u8>),
    Rows(Vec<f32>, usize),
    Floats(Vec<f32>),
}

/// The sections of a model file by their names.
pub(super) type Parts = BTreeMap<String, Part>;

/// Packs sections.
pub(super) fn packed(parts: &Parts) -> Vec<u8> {
    let section = |part| match part {
        &Part::Rows(ref values, columns) => Section::Rows { values, columns },
        Part::Bytes(bytes) => Section::Bytes(bytes.clone()),
        Part::Floats(values) => Section::Floats(values.clone()),
    };
    pack(parts.iter().map(|(name, part)| (name.clone(), section(part))).collect())
}

/// The sections of a network with random weights, which finds a cue in some of the tokens.
pub(super) fn parts(seed: u64, widths: Widths) -> Parts {
    let mut counts = Counts::default();
    for word in ARTICLE.split_whitespace() {
        counts.add(word);
    }
    let strings = counts.build();
    let vocabulary = Vocabulary::from_bytes(strings.clone()).expect("whole maps");
    let lists = BTreeMap::from([("anna".to_owned(), Categories::FIRST_NAME), ("arden".to_owned(), Categories::PLACE)]);
    let mut sample = Sample::new(seed);
    sample.add("lexicon", Part::Bytes(Lexicon::build(&lists)));
    for (number, (field, bytes)) in FIELDS.iter().zip(strings).enumerate() {
        sample.add(&format!("vocabulary.{}", field.name), Part::Bytes(bytes));
        sample.table(field.name, vocabulary.size(number), widths.columns[number]);
    }
    sample.table("layout", LAYOUTS, widths.columns[4]);
    sample.table("class", CLASSES, widths.columns[5]);
    sample.table("evidence", EVIDENCE, widths.columns[6]);
    let Widths { d, units, span, .. } = widths;
    sample.linear("mix", d, widths.columns.iter().sum());
    for index in 0..3 {
        sample.norm(&format!("conv{index}.norm"), d);
        sample.linear(&format!("conv{index}"), 2 * d, 3 * d);
    }
    sample.norm("lstm.norm", d);
    for direction in ["lstm.forward", "lstm.backward"] {
        sample.rows(&format!("{direction}.input"), 4 * units, d);
        sample.rows(&format!("{direction}.hidden"), 4 * units, units);
        sample.floats(&format!("{direction}.bias"), 4 * units, 0.5);
    }
    sample.linear("lstm.out", d, 2 * units);
    sample.norm("norm", d);
    sample.linear("tag", 9, d);
    sample.floats("tag.transitions", 81, 1.0);
    sample.linear("anchor", 1, d);
    sample.add("anchor.bias", Part::Floats(vec![-2.0]));
    sample.linear("span.token", span, d);
    sample.rows("span.anchor.weight", span, d);
    for (name, rows) in [("offset", 129), ("sentence", 7), ("paragraph", 7), ("marks", 28), ("anchors", 7)] {
        sample.rows(&format!("span.{name}"), rows, span);
    }
    for index in 0..2 {
        sample.norm(&format!("span.conv{index}.norm"), span);
        sample.linear(&format!("span.conv{index}"), 2 * span, 3 * span);
    }
    sample.linear("span.out", 7, span);
    sample.floats("span.transitions", 49, 1.0);
    sample.add("confidence", Part::Floats(vec![0.1, 0.6, 0.4, 0.2, 0.3, 0.5, -0.05]));
    sample.parts
}

/// The sections of [`parts`], and of a transformer whose vectors are mixed in.
pub(super) fn deep_parts(seed: u64, widths: Widths) -> Parts {
    let mut sample = Sample { parts: parts(seed, widths), ..Sample::new(seed) };
    transformer::sample::add(&mut sample, widths.d, &transformer::sample::MANY);
    sample.parts
}

/// Sections that are being made.
pub(super) struct Sample {
    random: Random,
    pub parts: Parts,
}

impl Sample {
    /// None yet; the same seed gives the same numbers.
    pub(super) fn new(seed: u64) -> Self {
        Self { random: Random(seed), parts: Parts::new() }
    }

    pub(super) fn add(&mut self, name: &str, part: Part) {
        self.parts.insert(name.to_owned(), part);
    }

    pub(super) fn floats(&mut self, name: &str, count: usize, most: f32) {
        let numbers = self.random.numbers(count, most);
        self.add(name, Part::Floats(numbers));
    }

    pub(super) fn rows(&mut self, name: &str, rows: usize, columns: usize) {
        let most = 2.0 / (columns as f32).sqrt();
        let numbers = self.random.numbers(rows * columns, most);
        self.add(name, Part::Rows(numbers, columns));
    }

    fn table(&mut self, name: &str, rows: usize, columns: usize) {
        let numbers = self.random.numbers(rows * columns, 0.5);
        self.add(&format!("table.{name}"), Part::Rows(numbers, columns));
    }

    pub(super) fn linear(&mut self, name: &str, outputs: usize, inputs: usize) {
        self.rows(&format!("{name}.weight"), outputs, inputs);
        self.floats(&format!("{name}.bias"), outputs, 0.3);
    }

    pub(super) fn norm(&mut self, name: &str, width: usize) {
        let weight = self.random.numbers(width, 0.3).iter().map(|number| 1.0 + number).collect();
        self.add(&format!("{name}.weight"), Part::Floats(weight));
        self.floats(&format!("{name}.bias"), width, 0.3);
    }
}
