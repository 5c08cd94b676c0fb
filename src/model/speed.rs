//! What `npm run bench` times: the network, and the product of matrices that most of its work is.

use super::Model;
use super::feature::Features;
use super::kernel::{Inputs, Matrix, Native, product};
use super::read::passed;
use crate::lang::ENGLISH;
use crate::lexis::Words;
use crate::text::Article;

/// An article, ready to be read by the network.
#[derive(Debug)]
pub struct Course<'m> {
    model: &'m Model,
    features: Features,
    is_read: Vec<bool>,
}

/// What reading took.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Work {
    /// Tokens that were read.
    pub tokens: f64,
    /// Cues whose windows were read.
    pub cues: f64,
    /// Multiply-adds of the products, the tokens that are read twice for the sake of others left out.
    pub products: f64,
}

impl<'m> Course<'m> {
    /// Finds the features of an article's tokens.
    pub fn new(model: &'m Model, text: &str) -> Self {
        let article = Article::new(text, &ENGLISH);
        let words = Words::new(&article);
        let features = model.network.looked(&model.lexicon, &words, &mut |_| ());
        Self { model, features, is_read: vec![true; article.tokens.len()] }
    }

    /// Lets the network read.
    pub fn read(&self) -> Work {
        let network = &self.model.network;
        let (tags, _, windows) = passed(network, &self.features, &self.is_read, &mut |_| ());
        let (tokens, cues) = (tags.len() as f64, windows.len() as f64);
        Work { tokens, cues, products: tokens * network.work() as f64 + cues * network.span.work() as f64 }
    }
}

/// Multiplies so many times 128 rows with a matrix like those of the network's convolutions: how many multiply-adds.
pub fn products(rounds: usize) -> f64 {
    const WIDTH: usize = 96;
    let weights: Vec<[u8; 3 * WIDTH]> =
        (0..2 * WIDTH).map(|row| std::array::from_fn(|column| (7 * row + 31 * column) as u8)).collect();
    let rows: Vec<&[u8]> = weights.iter().map(|row| &row[..]).collect();
    let matrix = Matrix::new(&rows, &[1.0; 2 * WIDTH], &[], 1.0);
    let values: Vec<i16> = (0..130 * WIDTH as u32).map(|at| (at * 77) as i16).collect();
    let mut out = vec![0.0; 128 * matrix.outputs];
    for _ in 0..rounds {
        product::<Native>(&matrix, Inputs { values: std::hint::black_box(&values), width: WIDTH, step: 1 }, &mut out);
        std::hint::black_box(&out);
    }
    rounds as f64 * 128.0 * matrix.work() as f64
}
