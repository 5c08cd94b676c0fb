//! Some lessons side by side, as the network reads them: position-major, filled up to the longest.

use std::ops::Range;
use std::sync::Arc;

use candle_core::{Result, Tensor};

use crate::ops::context::Sequences;
use crate::ops::crf::Weighted;
use crate::ops::embed::{NONE, Rows};
use crate::ops::loss::{Measure, Term};
use crate::ops::names::{self, Sequence};
use crate::ops::tensor;
use crate::ops::window::{OUTSIDE, PARTS, Places};
use crate::parameter::{HEADS, POSITIONS, REACH, SPAN_TABLES, STEPS};
use crate::random::Random;
use crate::target::{Lesson, known};

/// The chance of a word to be taken for an unknown one, so that its other features must do.
const WORD_DROPOUT: f64 = 0.1;
/// The chance of a word to be known by its vector only, as are words that the corpora have not.
const OWN_DROPOUT: f64 = 0.2;
/// The chance of an anchor not to be counted between a word and another anchor, and of another word to be.
const MISSED: f64 = 0.1;
const INVENTED: f64 = 0.004;

/// How much each loss counts: those of [`HEADS`], then a window's.
pub(crate) const WEIGHTS: [f32; 5] = [6.0, 1.0, 2.0, 0.3, 0.3];
const WINDOW_WEIGHT: f32 = 0.1;

/// What is known of a part of a batch only counts as if it were known of this share of it, so that the few tokens that are
/// labelled in a batch of other corpora do not pull as hard as a whole batch of them.
const LEAST_KNOWN: f32 = 0.5;
/// Anchors a token, where attributions are marked.
const ANCHORS: f32 = 0.027;

/// Names of the parts of a batch's loss: its terms, then those of sequences of tags.
pub(crate) const TERMS: [&str; 7] = ["anchor", "flat", "names (soft)", "part of speech", "relation", "names", "window"];

/// The head of the tags of names among [`HEADS`].
pub(crate) const NAMES: usize = 2;

/// Some lessons side by side.
pub(crate) struct Batch {
    /// The word of each token.
    pub(crate) words: Arc<[u32]>,
    /// Rows of the encoder's tables.
    pub(crate) rows: [Rows; 7],
    /// What a transformer says of each token `[positions * lessons, width]`; none in a small network.
    pub(crate) deep: Option<Tensor>,
    /// How the tokens lie.
    pub(crate) sequences: Sequences,
    /// Tokens of each lesson.
    pub(crate) lengths: Arc<[usize]>,
    /// What the heads should say.
    pub(crate) terms: Arc<[Term]>,
    /// How names should be tagged.
    pub(crate) names: Arc<[Sequence]>,
    /// The neighbourhoods of anchors, if there are any.
    pub(crate) windows: Option<Windows>,
}

/// The windows around some anchors; position-major, `[129 * windows]`.
pub(crate) struct Windows {
    /// The row of each anchor.
    pub(crate) anchors: Arc<[u32]>,
    /// Where the positions are.
    pub(crate) places: Arc<Places>,
    /// Which of them lie inside their text.
    pub(crate) inside: Arc<[bool]>,
    /// How each window should be tagged.
    pub(crate) sequences: Arc<[Vec<Weighted>]>,
}

/// An anchor: which lesson, which token of it.
pub(crate) type Anchor = (usize, usize);

impl Batch {
    /// A batch to learn from.
    pub(crate) fn to_learn(lessons: &[&Lesson], deep: Option<usize>, random: &mut Random) -> Result<Self> {
        let mut batch = Self::to_read(lessons, deep)?;
        batch.words = batch.words.iter().map(|&word| if random.chance(WORD_DROPOUT) { 0 } else { word }).collect();
        let own = batch.words.iter().map(|&word| if random.chance(OWN_DROPOUT) { NONE } else { word });
        batch.rows[0] = Rows::One(own.collect());
        batch.terms = terms(lessons).into();
        batch.names = names(lessons).into();
        let mut anchors = Vec::new();
        let mut sequences = Vec::new();
        for (lesson, window) in lessons
            .iter()
            .enumerate()
            .flat_map(|(number, lesson)| lesson.targets.windows.iter().map(move |window| (number, window)))
        {
            anchors.push((lesson, window.anchor));
            sequences.push(window.sequences.clone());
        }
        let counted: Vec<Vec<u32>> = lessons.iter().map(|lesson| seen_anchors(lesson, random)).collect();
        batch.windows = Windows::new(lessons, &anchors, &counted);
        if let Some(windows) = &mut batch.windows {
            let tokens: usize = batch.lengths.iter().sum();
            let sure: f32 = sequences.iter().flatten().map(|(weight, _)| weight).sum();
            let number = sure.max(LEAST_KNOWN * ANCHORS * tokens as f32);
            let factor = WINDOW_WEIGHT / number;
            sequences.iter_mut().flatten().for_each(|(weight, _)| *weight *= factor);
            windows.sequences = sequences.into();
        }
        Ok(batch)
    }

    /// A batch without targets or windows.
    pub(crate) fn to_read(lessons: &[&Lesson], deep: Option<usize>) -> Result<Self> {
        let width = lessons.len();
        let lengths: Arc<[usize]> = lessons.iter().map(|lesson| lesson.len()).collect();
        let positions = lengths.iter().copied().max().unwrap_or(0);
        let cells = || (0..positions * width).map(|row| (row % width, row / width));
        let one = |value: &dyn Fn(&Lesson, usize) -> u32| -> Arc<[u32]> {
            let id = |(lesson, token): (usize, usize)| {
                if token < lengths[lesson] { value(lessons[lesson], token) } else { 0 }
            };
            cells().map(id).collect()
        };
        let id = |field: usize| one(&|lesson, token| lesson.features.ids[field][token]);
        let words = id(0);
        let evidence =
            cells().map(|(lesson, token)| lessons[lesson].features.evidence.get(token).copied().unwrap_or(0));
        let rows = [
            Rows::One(Arc::clone(&words)),
            Rows::One(id(1)),
            Rows::One(id(2)),
            Rows::One(id(3)),
            Rows::One(one(&|lesson, token| lesson.features.layout[token].into())),
            Rows::One(one(&|lesson, token| lesson.features.class[token].into())),
            Rows::Sum(evidence.collect()),
        ];
        let inside = cells().map(|(lesson, token)| token < lengths[lesson]).collect();
        let sequences = Sequences { width, inside };
        let deep = deep.map(|numbers| said(lessons, positions, numbers)).transpose()?;
        Ok(Self { words, rows, deep, sequences, lengths, terms: Arc::new([]), names: Arc::new([]), windows: None })
    }
}

/// What a transformer says of each token, so many numbers each; zeros where a lesson has ended.
fn said(lessons: &[&Lesson], positions: usize, numbers: usize) -> Result<Tensor> {
    let width = lessons.len();
    let mut all = vec![0.0; positions * width * numbers];
    for (number, lesson) in lessons.iter().enumerate() {
        let Some(excerpt) = &lesson.deep else { continue };
        let own = excerpt.read(lesson.len(), numbers)?;
        for (token, vector) in own.chunks_exact(numbers).enumerate() {
            all[(token * width + number) * numbers..][..numbers].copy_from_slice(vector);
        }
    }
    tensor(all, (positions * width, numbers))
}

/// What the heads should say, in the order of [`TERMS`].
fn terms(lessons: &[&Lesson]) -> Vec<Term> {
    let one_hot = |to: &mut [f32], class: Option<usize>| {
        class.map_or(0.0, |class| {
            to[class] = 1.0;
            1.0
        })
    };
    let make = |head: usize, measure: Measure, fill: &dyn Fn(&Lesson, usize, &mut [f32]) -> f32| {
        term(lessons, head, measure, fill)
    };
    vec![
        make(0, Measure::Odds, &|lesson, token, to| {
            lesson.targets.anchors.as_ref().map_or(0.0, |anchors| {
                to[0] = anchors[token];
                1.0
            })
        }),
        make(1, Measure::Distribution, &|lesson, token, to| {
            one_hot(to, lesson.targets.flat.as_ref().map(|flat| usize::from(flat[token])))
        }),
        make(NAMES, Measure::Distribution, &|lesson, token, to| {
            lesson.targets.names.as_ref().map_or(0.0, |(distributions, weight)| {
                to.copy_from_slice(&distributions[token]);
                *weight
            })
        }),
        make(3, Measure::Distribution, &|lesson, token, to| {
            one_hot(to, known(lesson.targets.part_of_speech.as_ref(), token))
        }),
        make(4, Measure::Distribution, &|lesson, token, to| {
            one_hot(to, known(lesson.targets.relation.as_ref(), token))
        }),
    ]
}

/// The columns of a head among all heads.
pub(crate) fn columns(head: usize) -> Range<usize> {
    let start = HEADS[..head].iter().map(|(_, outputs)| outputs).sum();
    start..start + HEADS[head].1
}

/// One term: `fill` writes what a head should say of a token and returns how much that counts, 0 where it is not known.
/// The weights are such that the term is a mean over the tokens of which something is known.
fn term(lessons: &[&Lesson], head: usize, measure: Measure, fill: &dyn Fn(&Lesson, usize, &mut [f32]) -> f32) -> Term {
    let columns = columns(head);
    let width = lessons.len();
    let positions = lessons.iter().map(|lesson| lesson.len()).max().unwrap_or(0);
    let mut target = vec![0.0; positions * width * columns.len()];
    let mut weight = vec![0.0; positions * width];
    let (mut all, mut known) = (0, 0);
    for (number, lesson) in lessons.iter().enumerate() {
        for token in 0..lesson.len() {
            let row = token * width + number;
            weight[row] = fill(lesson, token, &mut target[row * columns.len()..][..columns.len()]);
            all += 1;
            known += usize::from(weight[row] > 0.0);
        }
    }
    let factor = WEIGHTS[head] / (known as f32).max(LEAST_KNOWN * all as f32);
    for weight in &mut weight {
        *weight *= factor;
    }
    Term { columns, measure, target, weight }
}

/// What the tags of names should be in each paragraph of which something is known: the network, too, tags each by itself. The
/// weights are as those of a [`term`], only that a sequence has one weight.
fn names(lessons: &[&Lesson]) -> Vec<Sequence> {
    let mut sequences = Vec::new();
    let mut known = 0;
    for (number, lesson) in lessons.iter().enumerate() {
        let Some((sets, weight)) = &lesson.targets.allowed else { continue };
        let mut start = 0;
        for paragraph in lesson.features.paragraph.chunk_by(|before, after| before == after) {
            let allowed = &sets[start..start + paragraph.len()];
            let own = allowed.iter().filter(|&&set| set != names::ALL).count();
            if own > 0 && *weight > 0.0 {
                let first = start * lessons.len() + number;
                sequences.push(Sequence { first, allowed: allowed.to_vec(), weight: *weight });
                known += own;
            }
            start += paragraph.len();
        }
    }
    let all: usize = lessons.iter().map(|lesson| lesson.len()).sum();
    let factor = WEIGHTS[NAMES] / (known as f32).max(LEAST_KNOWN * all as f32);
    for sequence in &mut sequences {
        sequence.weight *= factor;
    }
    sequences
}

/// How many anchors there are up to each token, with misses and inventions as the network makes them.
fn seen_anchors(lesson: &Lesson, random: &mut Random) -> Vec<u32> {
    let Some(anchors) = &lesson.targets.anchors else { return Vec::new() };
    let mut count = 0;
    let mut see = |anchor: &f32| {
        count += u32::from(random.chance(if *anchor > 0.5 { 1.0 - MISSED } else { INVENTED }));
        count
    };
    anchors.iter().map(&mut see).collect()
}

impl Windows {
    /// The windows around some anchors; `counted` holds for each lesson how many anchors there are up to each token.
    pub(crate) fn new(lessons: &[&Lesson], anchors: &[Anchor], counted: &[Vec<u32>]) -> Option<Self> {
        if anchors.is_empty() {
            return None;
        }
        let count = anchors.len();
        let mut places = Places {
            windows: count,
            tokens: vec![OUTSIDE; POSITIONS * count],
            parts: vec![[0; PARTS]; POSITIONS * count],
        };
        for (number, &(lesson, anchor)) in anchors.iter().enumerate() {
            let length = lessons[lesson].len();
            for token in anchor.saturating_sub(REACH)..(anchor + REACH + 1).min(length) {
                let position = token + REACH - anchor;
                places.tokens[position * count + number] = (token * lessons.len() + lesson) as u32;
                places.parts[position * count + number] = parts(lessons[lesson], &counted[lesson], anchor, token);
            }
        }
        let inside = places.tokens.iter().map(|&token| token != OUTSIDE).collect();
        let anchors = anchors.iter().map(|&(lesson, anchor)| (anchor * lessons.len() + lesson) as u32).collect();
        Some(Self { anchors, places: Arc::new(places), inside, sequences: vec![Vec::new(); count].into() })
    }
}

/// The rows of the span head's tables, which lie one after the other, for a token near an anchor.
fn parts(lesson: &Lesson, counted: &[u32], anchor: usize, token: usize) -> [u16; PARTS] {
    const FAR: u32 = STEPS as u32 / 2;
    let features = &lesson.features;
    // From 0 for three or more before the anchor to 6 for three or more after it.
    let step = |counter: &[u32]| {
        let (here, there) = (counter[token], counter[anchor]);
        if here < there { FAR - (there - here).min(FAR) } else { FAR + (here - there).min(FAR) }
    };
    let quoted = 2 * u32::from(features.quoted[token]) + u32::from(features.quoted[anchor]);
    let rows = [
        (token + REACH - anchor) as u32,
        step(&features.sentence),
        step(&features.paragraph),
        4 * step(&features.marks) + quoted,
        step(counted),
    ];
    let mut first = 0;
    std::array::from_fn(|table| {
        let row = first + rows[table] as u16;
        first += SPAN_TABLES[table].1 as u16;
        row
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::lessons;

    #[test]
    fn every_token_has_its_place() {
        let lessons = lessons(3);
        let lessons: Vec<&Lesson> = lessons.iter().collect();
        let batch = Batch::to_learn(&lessons, None, &mut Random::new(1)).expect("a batch");
        let width = lessons.len();
        for (number, lesson) in lessons.iter().enumerate() {
            for (token, &suffix) in lesson.features.ids[1].iter().enumerate() {
                let row = token * width + number;
                assert!(batch.sequences.inside[row]);
                assert!(matches!(&batch.rows[1], Rows::One(rows) if rows[row] == suffix));
            }
        }
        let inside = batch.sequences.inside.iter().filter(|inside| **inside).count();
        assert_eq!(inside, batch.lengths.iter().sum::<usize>());
    }

    #[test]
    fn names_are_sequences_of_paragraphs_where_something_is_known() {
        let mut lessons = lessons(3);
        for lesson in &mut lessons {
            let count = lesson.len();
            lesson.features.paragraph = (0..count).map(|token| 4 + (token / 10) as u32).collect();
            // Nothing but what the third paragraph's first token is.
            lesson.targets.allowed =
                Some(((0..count).map(|token| if token == 20 { 1 } else { names::ALL }).collect(), 0.5));
        }
        lessons[1].targets.allowed = None;
        let batch = Batch::to_learn(&lessons.iter().collect::<Vec<_>>(), None, &mut Random::new(1)).expect("a batch");
        let all: usize = batch.lengths.iter().sum();
        let places: Vec<usize> = batch.names.iter().map(|sequence| sequence.first).collect();
        assert_eq!(places, [20 * 3, 20 * 3 + 2]);
        for sequence in &*batch.names {
            assert_eq!(sequence.allowed, [&[1][..], &[names::ALL; 9]].concat());
            assert!((sequence.weight - 0.5 * WEIGHTS[NAMES] / (LEAST_KNOWN * all as f32)).abs() < 1e-6);
        }
    }

    #[test]
    fn weights_make_means_of_what_is_known() {
        let lessons = lessons(4);
        let lessons: Vec<&Lesson> = lessons.iter().collect();
        let batch = Batch::to_learn(&lessons, None, &mut Random::new(1)).expect("a batch");
        // Soft names count half in the lessons.
        for (term, (head, part)) in batch.terms.iter().zip([(0, 1.0), (1, 1.0), (2, 0.5), (3, 1.0), (4, 1.0)]) {
            let known = term.weight.iter().filter(|weight| **weight > 0.0).count();
            let all = batch.lengths.iter().sum::<usize>() as f32;
            let sum: f32 = term.weight.iter().sum();
            let expected = part * WEIGHTS[head] * known as f32 / (known as f32).max(LEAST_KNOWN * all);
            assert!((sum - expected).abs() < 1e-3, "head {head}: {sum} and not {expected}");
        }
        let tokens: usize = batch.names.iter().map(|sequence| sequence.allowed.len()).sum();
        assert_eq!(tokens, batch.lengths.iter().sum::<usize>(), "of each token something is known");
        let sum: f32 = batch.names.iter().map(|sequence| sequence.weight * sequence.allowed.len() as f32).sum();
        assert!((sum - WEIGHTS[NAMES]).abs() < 1e-3, "{sum}");
        let windows = batch.windows.expect("there are anchors");
        let anchors: usize = lessons.iter().map(|lesson| lesson.targets.windows.len()).sum();
        assert_eq!(windows.anchors.len(), anchors);
        assert_eq!(windows.inside.len(), POSITIONS * anchors);
        // The middle of each window is its anchor.
        assert_eq!(windows.places.tokens[REACH * anchors..][..anchors], windows.anchors[..]);
        let rows: usize = SPAN_TABLES.iter().map(|(_, rows)| rows).sum();
        assert!(windows.places.parts.as_flattened().iter().all(|&row| usize::from(row) < rows));
    }
}
