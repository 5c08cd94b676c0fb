//! What the network says -> [`Reading`]: the likeliest tags, and claims that share no words.

use super::feature::{Features, features};
use super::kernel::{exponentials, logarithm, sigmoid};
use super::network::{Chunk, NAMES, Network, chunks};
use super::span_head::Window;
use super::{Candidate, Label, Lexicon, Reading, Tag, Words};
use crate::span::Run;
use crate::text::{Article, TokenKind};

/// Cues less likely than this are not looked at.
const FLOOR: f32 = 0.15;

/// Cues as likely as this count as such where those between two words are counted.
const COUNTED: f32 = 0.35;

/// What makes a step between two tags impossible.
const NEVER: f32 = -1e4;

/// How many [`Found::signals`] there are.
pub const SIGNALS: usize = 6;

/// A claim that was found, with what says how sure it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The claim.
    pub candidate: Candidate,
    /// What its confidence is made of, by the section `confidence` of the model file, the constant first there.
    ///
    /// | signal | what |
    /// |---|---|
    /// | 0 | logit that a cue stands there |
    /// | 1 | mean logarithm of the probabilities of the content's tags |
    /// | 2 | the same of the source's tags; 0 without a source |
    /// | 3 | whether there is a source: 0 or 1 |
    /// | 4 | share of the content that stands in quotation marks |
    /// | 5 | logarithm of the content's length in tokens |
    pub signals: [f32; SIGNALS],
}

/// The likeliest tags of some tokens, and how likely each is.
#[derive(Debug, Clone, Default)]
pub(super) struct Path {
    pub tags: Vec<u8>,
    pub probabilities: Vec<f32>,
}

/// What steps from tag to tag are worth. Tag 0 is none; then each kind has a tag to begin with and one to go on with, which
/// may only follow these two.
#[derive(Debug, Clone)]
pub(super) struct Steps<const N: usize> {
    worth: [[f32; N]; N],
    likely: [[f32; N]; N],
}

/// e to the power of each number.
fn powers<const N: usize>(values: &[f32; N]) -> [f32; N] {
    let mut all = [0.0; N];
    for (four, values) in all.chunks_mut(4).zip(values.chunks(4)) {
        let mut padded = [0.0; 4];
        padded[..values.len()].copy_from_slice(values);
        four.copy_from_slice(&exponentials(padded)[..values.len()]);
    }
    all
}

/// Scales numbers so that they add up to one.
fn shares<const N: usize>(values: [f32; N]) -> [f32; N] {
    let sum = values.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    values.map(|value| value / sum)
}

/// e to the power of each number less the largest; what is far below it counts as far below.
fn fits<const N: usize>(emissions: &[f32; N]) -> [f32; N] {
    let most = emissions.iter().copied().fold(f32::MIN, f32::max);
    powers(&emissions.map(|value| (value - most).max(-40.0)))
}

impl<const N: usize> Steps<N> {
    pub(super) fn new(transitions: &[[f32; N]; N]) -> Self {
        let is_legal = |from: usize, to: usize| to == 0 || to % 2 == 1 || from == to || from + 1 == to;
        let table = |value: fn(f32) -> f32, never: f32| {
            std::array::from_fn(|from| {
                std::array::from_fn(|to| if is_legal(from, to) { value(transitions[from][to]) } else { never })
            })
        };
        Self { worth: table(|worth| worth, NEVER), likely: table(|worth| exponentials([worth; 4])[0], 0.0) }
    }

    /// The best tags, by Viterbi's algorithm; `start` is what each is worth as the first and `end` as the last.
    fn best(&self, emissions: &[[f32; N]], start: [f32; N], end: [f32; N]) -> Vec<u8> {
        let Some((first, rest)) = emissions.split_first() else { return Vec::new() };
        let mut score: [f32; N] = std::array::from_fn(|tag| first[tag] + start[tag]);
        let mut origins: Vec<[u8; N]> = Vec::with_capacity(rest.len());
        let largest = |values: [f32; N]| {
            (1..N).fold(
                (values[0], 0),
                |(most, at), tag| if values[tag] > most { (values[tag], tag) } else { (most, at) },
            )
        };
        for emission in rest {
            let best = |to: usize| largest(std::array::from_fn(|from| score[from] + self.worth[from][to]));
            let best: [(f32, usize); N] = std::array::from_fn(best);
            origins.push(best.map(|(_, from)| from as u8));
            score = std::array::from_fn(|to| best[to].0 + emission[to]);
        }
        let mut tag = largest(std::array::from_fn(|tag| score[tag] + end[tag])).1 as u8;
        let mut tags = vec![tag];
        for origin in origins.iter().rev() {
            tag = origin[usize::from(tag)];
            tags.push(tag);
        }
        tags.reverse();
        tags
    }

    /// How likely each tag of each token is, given all of them: the forward-backward algorithm.
    fn likelihoods(&self, emissions: &[[f32; N]], start: [f32; N], end: [f32; N]) -> Vec<[f32; N]> {
        let fits: Vec<[f32; N]> = emissions.iter().map(fits).collect();
        let mut ahead: Vec<[f32; N]> = Vec::with_capacity(fits.len());
        for fit in &fits {
            let come = ahead.last().map_or(start, |before| {
                let mut sums = [0.0; N];
                for (share, likely) in before.iter().zip(&self.likely) {
                    for (sum, likely) in sums.iter_mut().zip(likely) {
                        *sum += share * likely;
                    }
                }
                sums
            });
            ahead.push(shares(std::array::from_fn(|tag| come[tag] * fit[tag])));
        }
        let mut behind = end;
        for (fit, ahead) in fits.iter().zip(&mut ahead).rev() {
            *ahead = shares(std::array::from_fn(|tag| ahead[tag] * behind[tag]));
            let go: [f32; N] = std::array::from_fn(|tag| behind[tag] * fit[tag]);
            let sum = |likely: &[f32; N]| likely.iter().zip(&go).map(|(likely, go)| likely * go).sum();
            behind = shares(std::array::from_fn(|from| sum(&self.likely[from])));
        }
        ahead
    }

    /// The best tags of a window and how likely each is. Where the article cuts it, at its start or its end, no part
    /// goes on beyond: there all tags are none.
    pub(super) fn decode(&self, emissions: &[[f32; N]], is_cut: [bool; 2]) -> Path {
        let (mut start, mut end) = ([0.0; N], [0.0; N]);
        let (mut starts, mut ends) = ([1.0; N], [1.0; N]);
        if is_cut[0] {
            (start, starts) = (self.worth[0], self.likely[0]);
        }
        if is_cut[1] {
            end = self.worth.map(|to| to[0]);
            ends = self.likely.map(|to| to[0]);
        }
        let tags = self.best(emissions, start, end);
        let likelihoods = self.likelihoods(emissions, starts, ends);
        let probabilities = tags.iter().zip(likelihoods).map(|(&tag, of)| of[usize::from(tag)]).collect();
        Path { tags, probabilities }
    }
}

/// Reads an article with the network.
pub(super) fn read(network: &Network, lexicon: &Lexicon, words: &Words<'_, '_>) -> Reading {
    let (tags, certainty, found) = look(network, lexicon, words);
    Reading { tags, certainty, candidates: found.into_iter().map(|found| found.candidate).collect() }
}

/// Reads an article with the network: tags of names, how sure each is, and claims with their signals.
pub(super) fn look(network: &Network, lexicon: &Lexicon, words: &Words<'_, '_>) -> (Vec<Tag>, Vec<f32>, Vec<Found>) {
    let is_read = readable(words.article);
    let (tags, certainty, windows) = passed(network, &features(&network.vocabulary, lexicon, words), &is_read);
    (tags, certainty, resolve(words.article, &network.confidence, &is_read, windows))
}

/// What the network says: tags of names, how sure each is, and what stands around each cue in words that are read.
pub(super) fn passed(network: &Network, features: &Features, is_read: &[bool]) -> (Vec<Tag>, Vec<f32>, Vec<Window>) {
    let steps = Steps::new(&network.transitions);
    let (mut tags, mut certainty, mut windows) = (Vec::new(), Vec::new(), Vec::new());
    for Chunk { core, context } in chunks(features) {
        let encoded = network.encode(features, context);
        // Names end with their paragraph.
        let paragraphs = &features.paragraph[core.range()];
        let mut rest = &encoded.names[core.start - context.start..];
        for paragraph in paragraphs.chunk_by(|before, after| before == after) {
            let (own, other) = rest.split_at(paragraph.len());
            names(&steps, own, &mut tags, &mut certainty);
            rest = other;
        }
        let probabilities: Vec<f32> = encoded.anchors.iter().map(|&logit| sigmoid(logit)).collect();
        let mut count = 0;
        let counted: Vec<u32> = probabilities
            .iter()
            .map(|&probability| {
                count += u32::from(probability > COUNTED);
                count
            })
            .collect();
        let is_anchor = |&token: &usize| is_read[token] && probabilities[token - context.start] >= FLOOR;
        let anchors: Vec<usize> = core.range().filter(is_anchor).collect();
        windows.extend(network.span.read(features, &encoded, context, &counted, &anchors));
    }
    (tags, certainty, windows)
}

/// Of each token, whether it may be part of a claim.
fn readable(article: &Article<'_>) -> Vec<bool> {
    let mut is_read = vec![false; article.tokens.len()];
    for paragraph in article.paragraphs.iter().filter(|paragraph| paragraph.zone.is_read()) {
        is_read[paragraph.body_from..paragraph.tokens.end].fill(true);
    }
    is_read
}

/// The tags of one paragraph's names.
fn names(steps: &Steps<NAMES>, emissions: &[[f32; NAMES]], tags: &mut Vec<Tag>, certainty: &mut Vec<f32>) {
    let start = std::array::from_fn(|tag| if tag > 0 && tag % 2 == 0 { NEVER } else { 0.0 });
    for (tag, emission) in steps.best(emissions, start, [0.0; NAMES]).into_iter().zip(emissions) {
        let probability = shares(fits(emission));
        let tag = usize::from(tag);
        let label = [Label::Person, Label::Institution, Label::Place].get((tag.max(1) - 1) / 2).copied();
        let (tag, sure) = match (tag, label) {
            // Names of other things are none here.
            (0, _) | (_, None) => (Tag::Outside, probability[0] + probability[7] + probability[8]),
            (_, Some(label)) if tag % 2 == 1 => (Tag::Begin(label), probability[tag]),
            (_, Some(label)) => (Tag::Inside(label), probability[tag]),
        };
        tags.push(tag);
        certainty.push(sure.min(1.0));
    }
}

/// A token's part in a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    None,
    Source,
    Cue,
    Content,
}

/// A claim before it is known which of its words others have taken.
struct Draft {
    found: Found,
    /// The tokens of the content, in order.
    content: Vec<usize>,
}

/// Runs of tokens that follow one another.
fn runs(tokens: impl Iterator<Item = usize>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for token in tokens {
        match runs.last_mut() {
            Some(run) if run.end == token => run.end += 1,
            _ => runs.push(Run::new(token, token + 1)),
        }
    }
    runs
}

/// Surest first, each claim takes its words; a token is said once.
fn resolve(article: &Article<'_>, coefficients: &[f32], is_read: &[bool], windows: Vec<Window>) -> Vec<Found> {
    let mut drafts: Vec<Draft> =
        windows.into_iter().filter_map(|window| draft(article, coefficients, is_read, &window)).collect();
    drafts.sort_by(|a, b| {
        let [a, b] = [a, b].map(|draft| &draft.found.candidate);
        b.confidence.total_cmp(&a.confidence).then(a.anchor.cmp(&b.anchor))
    });
    let mut is_taken = vec![false; is_read.len()];
    let mut kept = Vec::new();
    for Draft { mut found, content } in drafts {
        let all = content.len();
        let free: Vec<usize> = content.into_iter().filter(|&token| !is_taken[token]).collect();
        let is_word = |&token: &usize| matches!(article.tokens[token].kind, TokenKind::Word | TokenKind::Number);
        if is_taken[found.candidate.anchor] || 2 * free.len() < all || !free.iter().any(is_word) {
            continue;
        }
        for token in free.iter().copied().chain(found.candidate.cue.iter().flat_map(|cue| cue.range())) {
            is_taken[token] = true;
        }
        found.candidate.content = runs(free.into_iter());
        kept.push(found);
    }
    kept.sort_by_key(|found| found.candidate.anchor);
    kept
}

/// The claim that a window holds, if something is said in it.
fn draft(article: &Article<'_>, coefficients: &[f32], is_read: &[bool], window: &Window) -> Option<Draft> {
    let roles: Vec<Role> = (window.start..)
        .zip(&window.path.tags)
        .map(|(token, tag)| match tag {
            _ if token == window.anchor => Role::Cue,
            _ if !is_read[token] => Role::None,
            1 | 2 => Role::Source,
            3 | 4 => Role::Cue,
            5 | 6 => Role::Content,
            _ => Role::None,
        })
        .collect();
    let of = |role: Role| {
        let all = (window.start..).zip(&roles);
        all.filter(move |(_, other)| **other == role).map(|(token, _)| token)
    };
    let source = runs(of(Role::Source)).into_iter().reduce(|best, run| if run.len() > best.len() { run } else { best });
    let content = filled(&roles, window.start, is_read);
    let length = content.len();
    if length == 0 {
        return None;
    }
    let logarithm_of = |token: usize| logarithm(window.path.probabilities[token - window.start].max(1e-6));
    let mean = |sum: f32, count: usize| sum / count.max(1) as f32;
    let said: f32 = of(Role::Content).map(logarithm_of).sum();
    let named: f32 = source.iter().flat_map(|run| run.range()).map(logarithm_of).sum();
    let quoted = content.iter().filter(|&&token| article.tokens[token].quoted > 0).count();
    let signals = [
        window.logit,
        mean(said, of(Role::Content).count()),
        mean(named, source.map_or(0, Run::len)),
        if source.is_some() { 1.0 } else { 0.0 },
        mean(quoted as f32, length),
        logarithm(length as f32),
    ];
    let candidate = Candidate {
        anchor: window.anchor,
        source,
        cue: Some(cue(&roles, window)),
        content: Vec::new(),
        confidence: confidence(coefficients, &signals),
    };
    Some(Draft { found: Found { candidate, signals }, content })
}

/// How sure a claim is: by the fitted coefficients, or as sure as its cue.
fn confidence(coefficients: &[f32], signals: &[f32; SIGNALS]) -> f32 {
    let Some((constant, factors)) = coefficients.split_first() else { return sigmoid(signals[0]) };
    sigmoid(factors.iter().zip(signals).fold(*constant, |sum, (factor, signal)| sum + factor * signal))
}

/// All words of the cue in one run, unless others stand between them: then those with the anchor.
fn cue(roles: &[Role], window: &Window) -> Run {
    let anchor = window.anchor - window.start;
    let is_part = |role: &Role| matches!(role, Role::Cue);
    let first = roles.iter().position(is_part).unwrap_or(anchor);
    let last = roles.iter().rposition(is_part).unwrap_or(anchor);
    let is_apart = roles[first..=last].iter().any(|role| matches!(role, Role::Source | Role::Content));
    let (first, end) = if is_apart {
        let first = roles[..anchor].iter().rposition(|role| !is_part(role)).map_or(0, |before| before + 1);
        let end = roles[anchor..].iter().position(|role| !is_part(role)).map_or(roles.len(), |after| anchor + after);
        (first, end)
    } else {
        (first, last + 1)
    };
    Run::new(window.start + first, window.start + end)
}

/// The tokens of the content, with those between its parts where neither source nor cue nor furniture stands there.
fn filled(roles: &[Role], start: usize, is_read: &[bool]) -> Vec<usize> {
    let mut content: Vec<usize> = Vec::new();
    for (token, _) in (start..).zip(roles).filter(|(_, role)| **role == Role::Content) {
        let gap = content.last().map_or(token, |last| last + 1)..token;
        if gap.clone().all(|between| is_read[between] && roles[between - start] == Role::None) {
            content.extend(gap);
        }
        content.push(token);
    }
    content
}
