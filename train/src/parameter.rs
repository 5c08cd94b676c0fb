//! What the network has learnt: matrices with the names that the model file gives them.

use whosaid::model::Vocabulary;
use whosaid::model::feature::{EVIDENCE, LAYOUTS};
use whosaid::model::form::CLASSES;
use whosaid::model::vocabulary::FIELDS;

use crate::noise::{normal, uniform};
use crate::ops::lstm::{GATES, UNITS};
use crate::ops::{crf, names};
use crate::random::Random;
use crate::syntax::{PARTS_OF_SPEECH, RELATIONS};
use crate::vectors::{DIMENSIONS, WordVectors};

/// Numbers of a token's vector.
pub(crate) const WIDTH: usize = 96;
/// Numbers of a window position's vector.
pub(crate) const SPAN_WIDTH: usize = 64;
/// How far a window reaches on either side of its anchor.
pub(crate) const REACH: usize = 64;
/// Positions of a window.
pub(crate) const POSITIONS: usize = 2 * REACH + 1;
/// How many steps between a position and its anchor are told apart: -3 to 3, further ones as these.
pub(crate) const STEPS: usize = 7;

/// The tables of the encoder with the numbers of their rows, in the order in which they are put side by side.
pub(crate) const TABLES: [(&str, usize); 7] =
    [("word", 64), ("suffix", 32), ("prefix", 16), ("shape", 16), ("layout", 8), ("class", 8), ("evidence", 24)];

/// The tables of a window with their rows.
pub(crate) const SPAN_TABLES: [(&str, usize); 5] =
    [("offset", POSITIONS), ("sentence", STEPS), ("paragraph", STEPS), ("marks", 4 * STEPS), ("anchors", STEPS)];

/// What becomes of what a transformer says of a token; a small network has no such matrix.
pub(crate) const DEEP: &str = "transformer.mix.weight";

/// How far initial numbers of tables are from 0, and those of what is learnt of a word beside its vector.
const TABLE_DEVIATION: f32 = 0.3;
const OWN_DEVIATION: f32 = 0.02;

/// The heads that look at each token, with their outputs, in the order in which they are put side by side. All but `tag`
/// and `anchor` serve in training only: they show the encoder more of what a text is.
pub(crate) const HEADS: [(&str, usize); 5] = [
    ("anchor", 1),
    ("flat", crf::TAGS),
    ("tag", names::TAGS),
    ("part_of_speech", PARTS_OF_SPEECH.len()),
    ("relation", RELATIONS.len()),
];

/// A matrix or vector of the network.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its name in the model file, such as `mix.weight`.
    pub name: String,
    /// Its shape: one or two lengths.
    pub shape: Vec<usize>,
    /// Its numbers, row by row.
    pub values: Vec<f32>,
}

/// Collects parameters with their initial values.
struct Initial<'n> {
    random: &'n mut Random,
    all: Vec<Parameter>,
}

impl Initial<'_> {
    fn add(&mut self, name: String, shape: &[usize], values: Vec<f32>) {
        self.all.push(Parameter { name, shape: shape.to_vec(), values });
    }

    fn table(&mut self, name: &str, rows: usize, columns: usize, deviation: f32) {
        let values = normal(self.random, rows * columns, deviation);
        self.add(name.to_owned(), &[rows, columns], values);
    }

    fn uniform(&mut self, name: String, shape: &[usize], inputs: usize) {
        let values = uniform(self.random, shape.iter().product(), 1.0 / (inputs as f32).sqrt());
        self.add(name, shape, values);
    }

    fn linear(&mut self, name: &str, outputs: usize, inputs: usize) {
        self.uniform(format!("{name}.weight"), &[outputs, inputs], inputs);
        self.uniform(format!("{name}.bias"), &[outputs], inputs);
    }

    fn norm(&mut self, name: &str, width: usize) {
        self.add(format!("{name}.weight"), &[width], vec![1.0; width]);
        self.add(format!("{name}.bias"), &[width], vec![0.0; width]);
    }

    fn convolution(&mut self, name: &str, width: usize) {
        self.norm(&format!("{name}.norm"), width);
        self.linear(name, 2 * width, 3 * width);
    }
}

/// The parameters of a network that knows nothing yet, always in the same order. `deep`: how many numbers a transformer has for
/// a token, where one is asked.
pub fn initial(
    vocabulary: &Vocabulary,
    words: &WordVectors,
    deep: Option<usize>,
    random: &mut Random,
) -> Vec<Parameter> {
    let mut initial = Initial { random, all: Vec::new() };
    let columns = TABLES[0].1;
    initial.table("vectors.projection", columns, DIMENSIONS, TABLE_DEVIATION / words.length());
    for (number, (name, columns)) in TABLES.into_iter().enumerate() {
        let rows = match number {
            ..4 => vocabulary.size(number),
            4 => LAYOUTS,
            5 => CLASSES,
            _ => EVIDENCE,
        };
        debug_assert!(FIELDS.get(number).is_none_or(|field| field.name == name));
        let deviation = if number == 0 { OWN_DEVIATION } else { TABLE_DEVIATION };
        initial.table(&format!("table.{name}"), rows, columns, deviation);
        if let (0, Some(table)) = (number, initial.all.last_mut()) {
            // Of words that the corpora have not nothing is learnt, so nothing random may stay there.
            let own = table.values.chunks_exact_mut(columns);
            own.zip(&words.is_seen).filter(|(_, is_seen)| !**is_seen).for_each(|(own, _)| own.fill(0.0));
        }
    }
    initial.linear("mix", WIDTH, TABLES.iter().map(|(_, columns)| columns).sum());
    for number in 0..3 {
        initial.convolution(&format!("conv{number}"), WIDTH);
    }
    initial.norm("lstm.norm", WIDTH);
    for direction in ["forward", "backward"] {
        initial.uniform(format!("lstm.{direction}.input"), &[GATES, WIDTH], UNITS);
        initial.uniform(format!("lstm.{direction}.hidden"), &[GATES, UNITS], UNITS);
        initial.uniform(format!("lstm.{direction}.bias"), &[GATES], UNITS);
    }
    initial.linear("lstm.out", WIDTH, 2 * UNITS);
    initial.norm("norm", WIDTH);
    for (name, outputs) in HEADS {
        initial.linear(name, outputs, WIDTH);
    }
    initial.add("tag.transitions".to_owned(), &[names::TAGS; 2], vec![0.0; names::TAGS * names::TAGS]);
    initial.linear("span.token", SPAN_WIDTH, WIDTH);
    initial.uniform("span.anchor.weight".to_owned(), &[SPAN_WIDTH, WIDTH], WIDTH);
    for (name, rows) in SPAN_TABLES {
        initial.table(&format!("span.{name}"), rows, SPAN_WIDTH, 0.1);
    }
    for number in 0..2 {
        initial.convolution(&format!("span.conv{number}"), SPAN_WIDTH);
    }
    initial.linear("span.out", crf::TAGS, SPAN_WIDTH);
    initial.add("span.transitions".to_owned(), &[crf::TAGS; 2], vec![0.0; crf::TAGS * crf::TAGS]);
    if let Some(deep) = deep {
        initial.uniform(DEEP.to_owned(), &[WIDTH, deep], deep);
    }
    initial.all
}
