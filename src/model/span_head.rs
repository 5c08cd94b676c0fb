//! The head that reads around a cue: which of the words near it are its source, the cue itself, its content.

use super::encoded::{Encoded, NEVER};
use super::feature::Features;
use super::file::{File, ModelError};
use super::kernel::{Inputs, Matrix, Native, multiply_floats, product};
use super::layer::{Convolution, Room, linear, padded, unbiased, width};
use crate::span::Run;

/// Tags around a cue: none, then begin and inside of source, cue and content.
const SPAN_TAGS: usize = 7;

/// Room for a number for each of them: whole vectors.
pub(super) const TAGS: usize = 8;

/// How far a window reaches on either side of its cue, in tokens.
pub(super) const REACH: usize = 64;

/// How many sentences, paragraphs, marks and cues between a word and the cue are told apart, on either side.
const FAR: u32 = 3;

/// Rows of a table of how many are between.
const BETWEEN: usize = 2 * FAR as usize + 1;

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
    out: Vec<[f32; TAGS]>,
    bias: [f32; TAGS],
    /// Of tags, from and to.
    pub transitions: Vec<Vec<f32>>,
    width: usize,
}

/// What stands around a cue.
#[derive(Debug, Clone)]
pub(super) struct Window {
    /// The cue's token.
    pub anchor: usize,
    /// The tokens around it that are looked at.
    pub tokens: Run,
    /// How well each tag fits each of them.
    pub emissions: Vec<[f32; TAGS]>,
}

impl Window {
    /// Whether the ends of an article of so many tokens cut it.
    pub(super) const fn is_cut(&self, count: usize) -> [bool; 2] {
        [self.anchor < REACH, self.anchor + REACH >= count]
    }
}

/// Adds up what goes in for one token; what is below zero becomes zero.
fn add(out: &mut [f32], vectors: [&[f32]; 2], tables: [&[f32]; 5]) {
    let [token, own] = vectors;
    let [offset, sentence, paragraph, marks, anchors] = tables;
    let counters = sentence.iter().zip(paragraph).zip(marks.iter().zip(anchors));
    let all = token.iter().zip(own).zip(offset).zip(counters);
    for (out, (((token, own), offset), ((sentence, paragraph), (marks, anchors)))) in out.iter_mut().zip(all) {
        let sum = (token + own) + offset + (sentence + paragraph) + (marks + anchors);
        *out = if sum > 0.0 { sum } else { 0.0 };
    }
}

impl SpanHead {
    /// Reads its sections of a model file, for vectors of `d` numbers that are counted in `step`s.
    pub(super) fn new(file: &File, d: usize, step: f32) -> Result<Self, ModelError> {
        let width = width("span.token.weight", file.shape("span.token.weight")?[0])?;
        let table = |name: &str, rows: usize| -> Result<Vec<f32>, ModelError> {
            let table = file.rows(&format!("span.{name}"), Some(rows), width)?;
            Ok((0..rows).flat_map(|row| table.values(row).collect::<Vec<_>>()).collect())
        };
        let out = table("out.weight", SPAN_TAGS)?;
        let bias = file.floats("span.out.bias", SPAN_TAGS)?;
        Ok(Self {
            token: linear(file, "span.token", [width, d], step)?,
            anchor: unbiased(file, "span.anchor", [width, d], step)?,
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
                .map(|input| std::array::from_fn(|to| if to < SPAN_TAGS { out[to * width + input] } else { 0.0 }))
                .collect(),
            bias: std::array::from_fn(|to| bias.get(to).copied().unwrap_or(NEVER)),
            transitions: file.square("span.transitions", SPAN_TAGS)?,
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
            Window { anchor, tokens: window, emissions: self.emissions(x, window.len(), &mut room) }
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
        let apart = |there: u32, here: u32| (there + FAR).saturating_sub(here).min(2 * FAR) as usize;
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
            add(x, [vector, own], tables);
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
            sums
        };
        x.chunks_exact(self.width).take(count).map(row).collect()
    }

    /// Multiply-adds of the window of a cue that stands far from the article's ends.
    pub(super) fn work(&self) -> usize {
        let convolutions: usize = self.convolutions.iter().map(Convolution::work).sum();
        (2 * REACH + 1) * (convolutions + 8 * self.width) + self.anchor.work()
    }
}
