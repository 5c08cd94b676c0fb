//! The network as it is trained: features of a batch -> a vector a token, and what the heads say of it.

use std::collections::HashMap;
use std::sync::Arc;

use candle_core::{Result, Tensor};

use crate::batch::{Batch, NAMES, Windows, columns};
use crate::ops::context::{Sequences, context, norm};
use crate::ops::embed::{Rows, embed};
use crate::ops::gate::{Mask, dropout, gate, residual};
use crate::ops::linear::linear;
use crate::ops::lstm::lstm;
use crate::ops::window::windows;
use crate::ops::{crf, loss, names};
use crate::parameter::{DEEP, HEADS, POSITIONS, SPAN_TABLES, TABLES};
use crate::random::Random;

/// The chance of a number to be dropped.
const DROPOUT: f32 = 0.2;

const DILATIONS: [usize; 3] = [1, 2, 4];

/// Where dropout comes from; none where nothing is learnt.
pub(crate) struct Chance<'n>(pub(crate) Option<&'n mut Random>);

impl Chance<'_> {
    fn mask(&mut self, count: usize) -> Option<Mask> {
        self.0.as_mut().map(|random| Mask::new(count, DROPOUT, random))
    }
}

/// `NAME.weight` and `NAME.bias`.
struct Pair {
    weight: Tensor,
    bias: Tensor,
}

/// A gated convolution: `x + a · σ(b)`, where `[a; b]` is linear in the normed position and its neighbours.
struct Convolution {
    norm: Pair,
    linear: Pair,
    dilation: usize,
}

/// The network over some parameters.
pub(crate) struct Network {
    /// What is known of words from other texts `[V, 100]`, which stays, and what becomes of it `[64, 100]`.
    vectors: Tensor,
    projection: Tensor,
    /// What is learnt of each word on top `[V, 64]`, and the tables of the other fields.
    tables: [Tensor; 7],
    mix: Pair,
    /// What becomes of what a transformer says `[96, width]`; none in a small network.
    deep: Option<Tensor>,
    convolutions: [Convolution; 3],
    lstm: Lstm,
    norm: Pair,
    heads: [Pair; 5],
    /// What steps from tag to tag of names are worth.
    transitions: Tensor,
    span: Span,
}

/// An LSTM in both directions.
struct Lstm {
    norm: Pair,
    /// Forward, backward.
    inputs: [Pair; 2],
    hidden: [Tensor; 2],
    out: Pair,
}

/// The span head.
struct Span {
    token: Pair,
    anchor: Tensor,
    tables: [Tensor; 5],
    convolutions: [Convolution; 2],
    out: Pair,
    transitions: Tensor,
}

/// Takes parameters by their names.
struct Taker<'p>(&'p HashMap<String, Tensor>);

impl Taker<'_> {
    fn tensor(&self, name: &str) -> Tensor {
        self.0.get(name).unwrap_or_else(|| panic!("no parameter is called {name}")).clone()
    }

    fn pair(&self, name: &str) -> Pair {
        Pair { weight: self.tensor(&format!("{name}.weight")), bias: self.tensor(&format!("{name}.bias")) }
    }

    fn convolution(&self, name: &str, dilation: usize) -> Convolution {
        Convolution { norm: self.pair(&format!("{name}.norm")), linear: self.pair(name), dilation }
    }
}

impl Pair {
    fn linear(&self, x: &Tensor) -> Result<Tensor> {
        linear(x, &self.weight, &self.bias)
    }

    fn norm(&self, x: &Tensor, sequences: &Sequences) -> Result<Tensor> {
        norm(x, &self.weight, &self.bias, sequences)
    }

    /// Some linear layers of the same inputs as one.
    fn together(pairs: &[Self]) -> Result<Self> {
        let weights: Vec<&Tensor> = pairs.iter().map(|pair| &pair.weight).collect();
        let biases: Vec<&Tensor> = pairs.iter().map(|pair| &pair.bias).collect();
        Ok(Self { weight: Tensor::cat(&weights, 0)?, bias: Tensor::cat(&biases, 0)? })
    }
}

impl Convolution {
    fn apply(&self, x: &Tensor, sequences: &Sequences, chance: &mut Chance<'_>) -> Result<Tensor> {
        let around = context(x, &self.norm.weight, &self.norm.bias, sequences, self.dilation)?;
        gate(x, &self.linear.linear(&around)?, chance.mask(x.elem_count()))
    }
}

impl Lstm {
    fn apply(&self, x: &Tensor, batch: &Batch, chance: &mut Chance<'_>) -> Result<Tensor> {
        let normed = self.norm.norm(x, &batch.sequences)?;
        let inputs = Pair::together(&self.inputs)?.linear(&normed)?;
        let states = lstm(&inputs, &Tensor::cat(&self.hidden, 0)?, Arc::clone(&batch.lengths))?;
        residual(x, &self.out.linear(&states)?, chance.mask(x.elem_count()))
    }
}

impl Span {
    /// The scores of the tags at each position of each window `[positions * windows, 7]`.
    fn scores(&self, vectors: &Tensor, windows_: &Windows, chance: &mut Chance<'_>) -> Result<Tensor> {
        let tokens = self.token.linear(vectors)?;
        let anchors = embed(vectors, &Rows::One(Arc::clone(&windows_.anchors)))?.matmul(&self.anchor.t()?)?;
        let tables = Tensor::cat(&self.tables, 0)?;
        let mut x = windows(&tokens, &anchors, &tables, Arc::clone(&windows_.places))?;
        let sequences = Sequences { width: windows_.anchors.len(), inside: Arc::clone(&windows_.inside) };
        for convolution in &self.convolutions {
            x = convolution.apply(&x, &sequences, chance)?;
        }
        self.out.linear(&x)
    }
}

/// What a batch costs.
pub(crate) struct Loss {
    /// The whole, a scalar.
    pub(crate) total: Tensor,
    /// Of each term of the batch, then of the names' tags, then of the span head: as [`TERMS`](crate::batch::TERMS).
    pub(crate) parts: Vec<f32>,
}

impl Network {
    /// The network over vectors of words and parameters by their names.
    ///
    /// # Panics
    /// When one is missing.
    pub(crate) fn new(vectors: Tensor, parameters: &HashMap<String, Tensor>) -> Self {
        let take = Taker(parameters);
        let directions = ["forward", "backward"];
        let of = |direction: &str, what: &str| take.tensor(&format!("lstm.{direction}.{what}"));
        Self {
            vectors,
            projection: take.tensor("vectors.projection"),
            tables: TABLES.map(|(name, _)| take.tensor(&format!("table.{name}"))),
            mix: take.pair("mix"),
            deep: parameters.get(DEEP).cloned(),
            convolutions: [0, 1, 2].map(|number| take.convolution(&format!("conv{number}"), DILATIONS[number])),
            lstm: Lstm {
                norm: take.pair("lstm.norm"),
                inputs: directions
                    .map(|direction| Pair { weight: of(direction, "input"), bias: of(direction, "bias") }),
                hidden: directions.map(|direction| of(direction, "hidden")),
                out: take.pair("lstm.out"),
            },
            norm: take.pair("norm"),
            heads: HEADS.map(|(name, _)| take.pair(name)),
            transitions: take.tensor("tag.transitions"),
            span: Span {
                token: take.pair("span.token"),
                anchor: take.tensor("span.anchor.weight"),
                tables: SPAN_TABLES.map(|(name, _)| take.tensor(&format!("span.{name}"))),
                convolutions: [0, 1].map(|number| take.convolution(&format!("span.conv{number}"), DILATIONS[number])),
                out: take.pair("span.out"),
                transitions: take.tensor("span.transitions"),
            },
        }
    }

    /// How many numbers it takes of a transformer for a token; none in a small network.
    pub(crate) fn deep(&self) -> Option<usize> {
        self.deep.as_ref().and_then(|weight| weight.dims().last().copied())
    }

    /// A vector for each token of a batch `[T * B, 96]`.
    pub(crate) fn encode(&self, batch: &Batch, chance: &mut Chance<'_>) -> Result<Tensor> {
        let mut parts: Vec<Tensor> =
            self.tables.iter().zip(&batch.rows).map(|(table, rows)| embed(table, rows)).collect::<Result<_>>()?;
        let vectors = embed(&self.vectors, &Rows::One(Arc::clone(&batch.words)))?;
        parts[0] = (&parts[0] + vectors.matmul(&self.projection.t()?)?)?;
        let mut mixed = self.mix.linear(&Tensor::cat(&parts, 1)?)?;
        if let (Some(weight), Some(deep)) = (&self.deep, &batch.deep) {
            mixed = (mixed + deep.matmul(&weight.t()?)?)?;
        }
        let mask = chance.mask(mixed.elem_count());
        let mut x = dropout(&mixed, mask)?;
        for convolution in &self.convolutions {
            x = convolution.apply(&x, &batch.sequences, chance)?;
        }
        x = self.lstm.apply(&x, batch, chance)?;
        self.norm.norm(&x, &batch.sequences)
    }

    /// What the heads say of each token's vector, side by side in the order of [`HEADS`].
    pub(crate) fn heads(&self, vectors: &Tensor) -> Result<Tensor> {
        Pair::together(&self.heads)?.linear(vectors)
    }

    /// The scores of the tags at each position of each window `[129 * windows, 7]`.
    pub(crate) fn scores(&self, vectors: &Tensor, windows: &Windows, chance: &mut Chance<'_>) -> Result<Tensor> {
        self.span.scores(vectors, windows, chance)
    }

    /// What a batch costs.
    pub(crate) fn loss(&self, batch: &Batch, chance: &mut Chance<'_>) -> Result<Loss> {
        let vectors = self.encode(batch, chance)?;
        let heads = self.heads(&vectors)?;
        let losses = loss::losses(&heads, Arc::clone(&batch.terms))?;
        let mut parts: Vec<f32> = losses.to_vec1()?;
        let mut total = losses.sum_all()?;
        let tags = columns(NAMES);
        let scores = heads.narrow(1, tags.start, tags.len())?.contiguous()?;
        let names = names::loss(&scores, &self.transitions, batch.sequences.width, Arc::clone(&batch.names))?;
        parts.push(names.to_scalar()?);
        total = (total + names)?;
        let mut span = 0.0;
        if let Some(windows) = &batch.windows {
            let scores = self.scores(&vectors, windows, chance)?;
            let taggings = crf::Taggings {
                positions: POSITIONS,
                inside: Arc::clone(&windows.inside),
                sequences: Arc::clone(&windows.sequences),
            };
            let loss = crf::loss(&scores, &self.span.transitions, taggings)?;
            span = loss.to_scalar()?;
            total = (total + loss)?;
        }
        parts.push(span);
        Ok(Loss { total, parts })
    }
}
