//! The head that reads around a cue: which of the words near it are its source, the cue itself, its content.

use super::ModelError;
use super::decode::{Path, Steps};
use super::feature::Features;
use super::file::File;
use super::kernel::{Inputs, Matrix, Native, multiply_floats, product};
use super::layer::{Convolution, Room, linear, padded, width};
use super::network::{Encoded, transitions};
use crate::span::Run;

/// Tags around a cue: none, then begin and inside of source, cue and content.
pub(super) const TAGS: usize = 7;

/// How far a window reaches on either side of its cue, in tokens.
pub(super) const REACH: usize = 64;

/// How many sentences, paragraphs, marks and cues between a word and the cue are told apart, on either side.
const FAR: i32 = 3;

/// Rows of a table of how many are between.
const BETWEEN: usize = 7;

/// Reads the window around a cue.
#[derive(Debug, Clone)]
pub(super) struct SpanHead {
    token: Matrix,
    anchor: Matrix,
    /// By the place in the window, [129, width].
    offset: Vec<f32>,
    sentence: Vec<f32>,
    paragraph: Vec<f32>,
    /// By the marks between, four rows each: whether the word and whether the cue is quoted.
    marks: Vec<f32>,
    anchors: Vec<f32>,
    convolutions: [Convolution; 2],
    /// [width, 8]: a column a tag.
    out: Vec<[f32; 8]>,
    bias: [f32; 8],
    steps: Steps<TAGS>,
    width: usize,
}

/// What stands around a cue.
#[derive(Debug, Clone)]
pub(super) struct Window {
    /// The cue's token.
    pub anchor: usize,
    /// The logit that it is one.
    pub logit: f32,
    /// The first token of the window.
    pub start: usize,
    /// The tags of its tokens, and the probability of each.
    pub path: Path,
}

impl SpanHead {
    /// Reads its sections of a model file, for vectors of `d` numbers that are counted in `step`s.
    pub(super) fn new(file: &File, d: usize, step: f32) -> Result<Self, ModelError> {
        let width = width("span.token.weight", file.shape("span.token.weight")[0])?;
        let table = |name: &str, rows: usize| -> Result<Vec<f32>, ModelError> {
            let table = file.rows(&format!("span.{name}"), Some(rows), width)?;
            Ok((0..rows).flat_map(|row| table.values(row).collect::<Vec<_>>()).collect())
        };
        let out = table("out.weight", TAGS)?;
        let bias = file.floats("span.out.bias", TAGS)?;
        let tag = |values: &[f32], tag: usize| values.get(tag).copied().unwrap_or(0.0);
        Ok(Self {
            token: linear(file, "span.token", [width, d], step)?,
            anchor: linear(file, "span.anchor", [width, d], step)?,
            offset: table("offset", 2 * REACH + 1)?,
            sentence: table("sentence", BETWEEN)?,
            paragraph: table("paragraph", BETWEEN)?,
            marks: table("marks", 4 * BETWEEN)?,
            anchors: table("anchors", BETWEEN)?,
            convolutions: [
                Convolution::new(file, "span.conv0", width, 1)?,
                Convolution::new(file, "span.conv1", width, 2)?,
            ],
            out: (0..width)
                .map(|input| std::array::from_fn(|to| if to < TAGS { out[to * width + input] } else { 0.0 }))
                .collect(),
            bias: std::array::from_fn(|to| tag(&bias, to)),
            steps: Steps::new(&transitions(file, "span.transitions")?),
            width,
        })
    }

    /// Reads around each of some cues, given in order; `run` is where `encoded` stands in the article, and `counted` holds
    /// for each of its tokens how many cues there are up to it.
    pub(super) fn read(
        &self,
        features: &Features,
        encoded: &Encoded,
        run: Run,
        counted: &[u32],
        anchors: &[usize],
    ) -> Vec<Window> {
        let (Some(&first), Some(&last)) = (anchors.first(), anchors.last()) else { return Vec::new() };
        // The windows together, from a whole group of rows on.
        let from = first.saturating_sub(REACH).max(run.start);
        let to = run.end.min(last + REACH + 1);
        let d = self.token.inputs;
        let mut tokens = vec![0.0; padded(to - from) * self.width];
        let vectors = &encoded.vectors[(from - run.start) * d..];
        let mut rows = vec![0; padded(to - from) * d];
        rows[..(to - from) * d].copy_from_slice(&vectors[..(to - from) * d]);
        product::<Native>(&self.token, Inputs { values: &rows, width: d, step: 0 }, &mut tokens);
        rows.clear();
        for anchor in anchors {
            rows.extend_from_slice(&encoded.vectors[(anchor - run.start) * d..][..d]);
        }
        rows.resize(padded(anchors.len()) * d, 0);
        let mut own = vec![0.0; padded(anchors.len()) * self.width];
        product::<Native>(&self.anchor, Inputs { values: &rows, width: d, step: 0 }, &mut own);
        let mut room = Room::default();
        let window = |(&anchor, own): (&usize, &[f32])| {
            let window = Run::new(anchor.saturating_sub(REACH).max(from), to.min(anchor + REACH + 1));
            let tokens = &tokens[(window.start - from) * self.width..];
            let x = self.inputs(features, window, anchor, tokens, own, |token| counted[token - run.start]);
            let count = features.layout.len();
            let is_cut = [window.start == 0 && anchor < REACH, window.end == count && anchor + REACH >= count];
            let path = self.steps.decode(&self.emissions(x, window.len(), &mut room), is_cut);
            Window { anchor, logit: encoded.anchors[anchor - run.start], start: window.start, path }
        };
        anchors.iter().zip(own.chunks_exact(self.width)).map(window).collect()
    }

    /// What the convolutions start from: [rows, width].
    fn inputs(
        &self,
        features: &Features,
        window: Run,
        anchor: usize,
        tokens: &[f32],
        own: &[f32],
        counted: impl Fn(usize) -> u32,
    ) -> Vec<f32> {
        let mut x = vec![0.0; padded(window.len()) * self.width];
        let apart = |there: u32, here: u32| (there.wrapping_sub(here).cast_signed().clamp(-FAR, FAR) + FAR) as usize;
        let between = |counter: &[u32], token: usize| apart(counter[token], counter[anchor]);
        let here = usize::from(features.quoted[anchor]);
        let rows = x.chunks_exact_mut(self.width).zip(tokens.chunks_exact(self.width));
        for (token, (x, vector)) in window.range().zip(rows) {
            let marks = 4 * between(&features.marks, token) + 2 * usize::from(features.quoted[token]) + here;
            let tables = [
                self.row(&self.offset, token + REACH - anchor),
                self.row(&self.sentence, between(&features.sentence, token)),
                self.row(&self.paragraph, between(&features.paragraph, token)),
                self.row(&self.marks, marks),
                self.row(&self.anchors, apart(counted(token), counted(anchor))),
            ];
            let [a, b, c, d, e] = tables;
            for (at, x) in x.iter_mut().enumerate() {
                let sum = (vector[at] + own[at]) + (a[at] + b[at]) + (c[at] + d[at]) + e[at];
                *x = if sum > 0.0 { sum } else { 0.0 };
            }
        }
        x
    }

    /// A row of one of the tables.
    fn row<'t>(&self, table: &'t [f32], row: usize) -> &'t [f32] {
        &table[row * self.width..][..self.width]
    }

    /// How well each tag fits each token of a window.
    fn emissions(&self, mut x: Vec<f32>, count: usize, room: &mut Room) -> Vec<[f32; TAGS]> {
        for convolution in &self.convolutions {
            convolution.apply(&mut x, count, room);
        }
        let row = |x: &[f32]| {
            let mut sums = self.bias;
            multiply_floats::<Native>(&self.out, x, &mut sums);
            std::array::from_fn(|tag| sums[tag])
        };
        x.chunks_exact(self.width).take(count).map(row).collect()
    }

    /// Multiply-adds of the window of a cue that stands far from the article's ends.
    pub(super) fn work(&self) -> usize {
        let convolutions: usize = self.convolutions.iter().map(Convolution::work).sum();
        (2 * REACH + 1) * (convolutions + 8 * self.width) + self.anchor.work()
    }
}
