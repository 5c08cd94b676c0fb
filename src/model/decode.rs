//! What the network says -> [`Reading`]: the likeliest tags, and claims that share no words.

use super::feature::{Features, features};
use super::kernel::{exponentials, logarithm, sigmoid};
use super::network::{Chunk, NAMES, NEVER, Network, chunks};
use super::rival::{Terms, settle_rivals};
use super::span_head::{TAGS, Window};
use super::{Candidate, Label, Lexicon, Reading, Tag, Words};
use crate::span::Run;
use crate::text::{Article, TokenKind};

/// The most tokens of a quotation that are added to either side of a window.
const LONGEST_REST: usize = 512;

/// Of the quotations that start before a token, how many are looked at for those that it stands in.
const NESTED: usize = 8;

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

/// A window with its likeliest tags.
#[derive(Debug, Clone, Default)]
pub(super) struct Tagged {
    /// The cue's token.
    pub anchor: usize,
    /// The logit that it is one.
    pub logit: f32,
    /// The first token of the window.
    pub start: usize,
    pub path: Path,
    /// How well each tag fits each token; empty where no claim is looked for inside another.
    pub emissions: Vec<[f32; TAGS]>,
}

/// What steps from tag to tag are worth. Tag 0 is none; then each kind has a tag to begin with and one to go on with, which
/// may only follow these two. Tags beyond those that there are fill `N` up to whole vectors: nothing leads to them.
#[derive(Debug, Clone)]
pub(super) struct Steps<const N: usize> {
    /// From and to.
    worth: [[f32; N]; N],
    /// From and to: e to the power of the worth.
    likely: [[f32; N]; N],
    /// To and from.
    back: [[f32; N]; N],
    /// What each tag is worth as the first where nothing is known of what stands before.
    open: [f32; N],
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
    let sum: f32 = values.iter().sum();
    let scale = if sum > 0.0 { 1.0 / sum } else { 0.0 };
    values.map(|value| value * scale)
}

/// e to the power of each number less the largest; what is far below it counts as far below.
fn fits<const N: usize>(emissions: &[f32; N]) -> [f32; N] {
    // Not by `f32::max`, which is a call in WebAssembly.
    let most = emissions.iter().fold(f32::MIN, |most, &value| if value > most { value } else { most });
    powers(&emissions.map(|value| if value - most > -40.0 { value - most } else { -40.0 }))
}

/// Adds to each of `sums` the products of a row's shares: `rows` [from, to].
fn weigh<const N: usize>(shares: &[f32; N], rows: &[[f32; N]; N]) -> [f32; N] {
    let mut sums = [0.0; N];
    for (share, row) in shares.iter().zip(rows) {
        for (sum, value) in sums.iter_mut().zip(row) {
            *sum += share * value;
        }
    }
    sums
}

impl<const N: usize> Steps<N> {
    pub(super) fn new(transitions: &[Vec<f32>]) -> Self {
        let count = transitions.len();
        let is_legal = |from: usize, to: usize| {
            from < count && to < count && (to == 0 || to % 2 == 1 || from == to || from + 1 == to)
        };
        let table = |value: fn(f32) -> f32, never: f32| {
            std::array::from_fn(|from| {
                std::array::from_fn(|to| if is_legal(from, to) { value(transitions[from][to]) } else { never })
            })
        };
        let likely: [[f32; N]; N] = table(|worth| exponentials([worth; 4])[0], 0.0);
        Self {
            worth: table(|worth| worth, NEVER),
            likely,
            back: std::array::from_fn(|to| likely.map(|row| row[to])),
            open: std::array::from_fn(|tag| if tag < count { 0.0 } else { NEVER }),
        }
    }

    /// The best tags, by Viterbi's algorithm; `start` is what each is worth as the first and `end` as the last.
    fn best(&self, emissions: &[[f32; N]], start: &[f32; N], end: &[f32; N]) -> Vec<u8> {
        let Some((first, rest)) = emissions.split_first() else { return Vec::new() };
        let mut score: [f32; N] = std::array::from_fn(|tag| first[tag] + start[tag]);
        let mut origins: Vec<[u8; N]> = Vec::with_capacity(rest.len());
        for emission in rest {
            let (mut best, mut origin) = ([f32::MIN; N], [0_u32; N]);
            for ((score, worth), from) in score.iter().zip(&self.worth).zip(0..) {
                for to in 0..N {
                    let sum = score + worth[to];
                    let is_better = sum > best[to];
                    best[to] = if is_better { sum } else { best[to] };
                    origin[to] = if is_better { from } else { origin[to] };
                }
            }
            origins.push(origin.map(|from| from as u8));
            score = std::array::from_fn(|to| best[to] + emission[to]);
        }
        let last = (1..N).fold(0, |at, tag| if score[tag] + end[tag] > score[at] + end[at] { tag } else { at });
        let mut tag = last as u8;
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
            let come = ahead.last().map_or(start, |before| weigh(before, &self.likely));
            ahead.push(shares(std::array::from_fn(|tag| come[tag] * fit[tag])));
        }
        let mut behind = end;
        for (fit, ahead) in fits.iter().zip(&mut ahead).rev() {
            *ahead = shares(std::array::from_fn(|tag| ahead[tag] * behind[tag]));
            behind = shares(weigh(&std::array::from_fn(|tag| behind[tag] * fit[tag]), &self.back));
        }
        ahead
    }

    /// What a path is worth, its ends left out.
    pub(super) fn worth(&self, tags: &[u8], emissions: &[[f32; N]]) -> f32 {
        let at = |tag: &u8| usize::from(*tag);
        let own: f32 = tags.iter().zip(emissions).map(|(tag, emission)| emission[at(tag)]).sum();
        own + tags.windows(2).map(|pair| self.worth[at(&pair[0])][at(&pair[1])]).sum::<f32>()
    }

    /// The best tags of a window and how likely each is. Where the article cuts it, at its start or its end, no part
    /// goes on beyond: there all tags are none.
    pub(super) fn decode(&self, emissions: &[[f32; N]], is_cut: [bool; 2]) -> Path {
        let start = if is_cut[0] { self.worth[0] } else { self.open };
        let end = if is_cut[1] { self.worth.map(|to| to[0]) } else { self.open };
        let tags = self.best(emissions, &start, &end);
        let starts =
            if is_cut[0] { self.likely[0] } else { self.open.map(|worth| if worth < 0.0 { 0.0 } else { 1.0 }) };
        let ends = if is_cut[1] { self.likely.map(|to| to[0]) } else { [1.0; N] };
        let likelihoods = self.likelihoods(emissions, starts, ends);
        let probabilities = tags.iter().zip(likelihoods).map(|(&tag, of)| of[usize::from(tag)]).collect();
        Path { tags, probabilities }
    }
}

impl Steps<TAGS> {
    /// The best tags around a cue with this logit, in an article of so many tokens.
    pub(super) fn tag(&self, window: &Window, logit: f32, count: usize) -> Tagged {
        let path = self.decode(&window.emissions, window.is_cut(count));
        Tagged { anchor: window.anchor, logit, start: window.tokens.start, path, emissions: Vec::new() }
    }

    /// The same window with the best tags of which none but “none” stands outside a run.
    pub(super) fn tag_within(&self, tagged: &Tagged, run: Run, count: usize) -> Tagged {
        let mut emissions = tagged.emissions.clone();
        for (token, emission) in (tagged.start..).zip(&mut emissions) {
            if !run.contains(token) {
                emission[1..].fill(NEVER);
            }
        }
        let window =
            Window { anchor: tagged.anchor, tokens: Run::new(tagged.start, tagged.start + emissions.len()), emissions };
        self.tag(&window, tagged.logit, count)
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
    (tags, certainty, settle_rivals(&Terms::of(network), words.article, &is_read, windows))
}

/// What the network says: tags of names, how sure each is, and what stands around each cue in words that are read.
pub(super) fn passed(network: &Network, features: &Features, is_read: &[bool]) -> (Vec<Tag>, Vec<f32>, Vec<Tagged>) {
    let steps = Steps::new(&network.transitions);
    let span_steps = Steps::new(&network.span.transitions);
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
        let (counted, anchors) = encoded.cues(Chunk { core, context }, is_read, &[]);
        let around = network.span.read(features, &encoded, context, &counted, &anchors);
        windows.extend(around.iter().map(|window| {
            let logit = encoded.anchors[window.anchor - context.start];
            let tagged = span_steps.tag(window, logit, is_read.len());
            Tagged { emissions: if network.inner.is_some() { window.emissions.clone() } else { Vec::new() }, ..tagged }
        }));
    }
    (tags, certainty, windows)
}

/// Of each token, whether it may be part of a claim.
pub(super) fn readable(article: &Article<'_>) -> Vec<bool> {
    let mut is_read = vec![false; article.tokens.len()];
    for paragraph in article.paragraphs.iter().filter(|paragraph| paragraph.zone.is_read()) {
        is_read[paragraph.body_from..paragraph.tokens.end].fill(true);
    }
    is_read
}

/// The tags of one paragraph's names.
fn names(steps: &Steps<NAMES>, emissions: &[[f32; NAMES]], tags: &mut Vec<Tag>, certainty: &mut Vec<f32>) {
    // No name goes on from before the paragraph.
    let start = std::array::from_fn(|tag| if tag > 0 && tag % 2 == 0 { NEVER } else { steps.open[tag] });
    let starts = start.map(|worth| if worth < 0.0 { 0.0 } else { 1.0 });
    let likelihoods = steps.likelihoods(emissions, starts, [1.0; NAMES]);
    for (tag, probability) in steps.best(emissions, &start, &steps.open).into_iter().zip(likelihoods) {
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
pub(super) struct Draft {
    pub found: Found,
    /// The tokens of the content, in order.
    pub content: Vec<usize>,
}

/// Runs of tokens that follow one another.
pub(super) fn runs(tokens: impl Iterator<Item = usize>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for token in tokens {
        match runs.last_mut() {
            Some(run) if run.end == token => run.end += 1,
            _ => runs.push(Run::new(token, token + 1)),
        }
    }
    runs
}

/// The claim that a window holds, if something is said in it.
pub(super) fn draft(article: &Article<'_>, coefficients: &[f32], is_read: &[bool], window: &Tagged) -> Option<Draft> {
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
    let mut content = filled(&roles, window.start, is_read);
    content.drain(..content.iter().take_while(|&&token| is_ornament(article, token)).count());
    complete(article, window, is_read, &mut content);
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
        source: source.and_then(|run| without_marks(article, run)),
        cue: without_marks(article, cue(&roles, window, is_read)),
        content: Vec::new(),
        confidence: confidence(coefficients, &signals),
    };
    Some(Draft { found: Found { candidate, signals }, content })
}

/// Adds what a quotation says beyond the window that cuts it.
fn complete(article: &Article<'_>, window: &Tagged, is_read: &[bool], content: &mut Vec<usize>) {
    let (Some(&first), Some(&last)) = (content.first(), content.last()) else { return };
    let around = |token: usize| {
        let after = article.quotations.partition_point(|quotation| quotation.tokens.start <= token);
        let near = article.quotations[..after].iter().rev().take(NESTED);
        near.filter(|quotation| quotation.tokens.contains(token)).min_by_key(|quotation| quotation.depth)
    };
    let end = window.start + window.path.tags.len();
    if let Some(quotation) = around(last).filter(|_| last + 1 == end) {
        let beyond = end..quotation.tokens.end.min(end + LONGEST_REST);
        content.extend(beyond.take_while(|&token| is_read[token]));
    }
    if let Some(quotation) = around(first).filter(|_| first == window.start) {
        let beyond = quotation.tokens.start.max(first.saturating_sub(LONGEST_REST))..first;
        let mut before: Vec<usize> = beyond.rev().take_while(|&token| is_read[token]).collect();
        before.reverse();
        content.splice(..0, before);
    }
}

/// A run without commas, colons and semicolons at its ends; none where it holds nothing else.
fn without_marks(article: &Article<'_>, run: Run) -> Option<Run> {
    let is_mark = |token: usize| matches!(article.word(token), "," | ":" | ";");
    let start = run.range().find(|&token| !is_mark(token))?;
    let last = run.range().rfind(|&token| !is_mark(token))?;
    Some(Run::new(start, last + 1))
}

/// Whether a token is a sign that stands by itself, such as an emoji, and not the "$" of "$40".
fn is_ornament(article: &Article<'_>, token: usize) -> bool {
    let after = article.tokens.get(token + 1).map_or(usize::MAX, |next| next.bytes.0);
    article.tokens[token].kind == TokenKind::Symbol && article.tokens[token].bytes.1 < after
}

/// How sure a claim is: by the fitted coefficients, or as sure as its cue.
fn confidence(coefficients: &[f32], signals: &[f32; SIGNALS]) -> f32 {
    let Some((constant, factors)) = coefficients.split_first() else { return sigmoid(signals[0]) };
    sigmoid(factors.iter().zip(signals).fold(*constant, |sum, (factor, signal)| sum + factor * signal))
}

/// All words of the cue in one run, unless others or furniture stand between them: then those with the anchor.
fn cue(roles: &[Role], window: &Tagged, is_read: &[bool]) -> Run {
    let anchor = window.anchor - window.start;
    let is_part = |role: &Role| matches!(role, Role::Cue);
    let first = roles.iter().position(is_part).unwrap_or(anchor);
    let last = roles.iter().rposition(is_part).unwrap_or(anchor);
    let parts = |role: &Role| matches!(role, Role::Source | Role::Content);
    let is_furniture = |place: usize| !is_read[window.start + place];
    let stands_apart = roles[first..=last].iter().any(parts) || (first..=last).any(is_furniture);
    let (first, end) = if stands_apart {
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

#[cfg(test)]
mod tests {
    use super::super::Model;
    use super::super::sample::{ARTICLE, Part, Parts, Random, SMALL, packed, parts};
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    /// A small random network that finds claims in many places.
    static MODEL: LazyLock<Model> = LazyLock::new(|| {
        let mut parts = parts(7, SMALL);
        parts.insert("anchor.bias".to_owned(), Part::Floats(vec![0.0]));
        model(&parts)
    });

    fn model(parts: &Parts) -> Model {
        Model::from_bytes(&packed(parts)).expect("a whole model")
    }

    fn reading(model: &Model, text: &str) -> Reading {
        model.read(&Words::new(&Article::new(text)))
    }

    /// Texts of the words and marks that the network and the decoder look at.
    fn text() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "“",
            "”",
            "‘",
            "’",
            ",",
            ".",
            "?",
            ":",
            "\n",
            "\n\n",
            "said",
            "says",
            "according to",
            "that",
            "Anna",
            "Berg",
            "the",
            "minister",
            "Port Arden",
            "NATO",
            "she",
            "on Monday",
            "📈",
            "Home > News\n",
            "© 2024",
            "\nRead more: ",
            "\nBy Anna Berg\n",
            "PORT ARDEN (AP) —",
            "rents",
            "rise",
            "and",
            "3.5",
        ]);
        let pieces = prop::collection::vec(piece, 0..200).prop_map(|pieces| pieces.join(" "));
        prop_oneof![4 => pieces, 1 => "\\PC{0,80}"]
    }

    #[test]
    fn the_laws_are_tried_on_readings_that_hold_something() {
        let found = reading(&MODEL, ARTICLE);
        assert!(found.candidates.len() > 3, "{}", found.candidates.len());
        assert!(found.candidates.iter().any(|found| found.source.is_some() && found.content.len() > 1));
        assert!(found.tags.iter().any(|tag| matches!(tag, Tag::Inside(_))));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn the_laws_of_a_reading(text in text()) {
            let article = Article::new(&text);
            let count = article.tokens.len();
            let found = reading(&MODEL, &text);
            prop_assert_eq!((found.tags.len(), found.certainty.len()), (count, count));
            prop_assert!(found.certainty.iter().all(|sure| (0.0..=1.0).contains(sure)));
            for (index, tag) in found.tags.iter().enumerate().filter(|(_, tag)| matches!(tag, Tag::Inside(_))) {
                let Tag::Inside(label) = *tag else { continue };
                let before = index.checked_sub(1).map(|before| found.tags[before]);
                prop_assert!(before == Some(Tag::Begin(label)) || before == Some(*tag), "{index} of {text:?}");
                prop_assert_eq!(article.paragraph_of(index), article.paragraph_of(index - 1));
            }
            prop_assert!(found.candidates.is_sorted_by_key(|candidate| candidate.anchor));
            let is_read = readable(&article);
            let mut is_said = vec![false; count];
            for candidate in &found.candidates {
                prop_assert!((0.0..=1.0).contains(&candidate.confidence) && !candidate.content.is_empty());
                let is_mark = matches!(article.word(candidate.anchor), "," | ":" | ";");
                prop_assert!(is_mark || candidate.cue.is_some_and(|cue| cue.contains(candidate.anchor)));
                prop_assert!(candidate.content.windows(2).all(|pair| pair[0].end < pair[1].start));
                let others: Vec<Run> = candidate.source.into_iter().chain(candidate.cue).collect();
                prop_assert!(others.len() < 2 || !others[0].overlaps(others[1]));
                for &part in candidate.content.iter().chain(&others) {
                    prop_assert!(!part.is_empty() && part.end <= count && part.range().all(|token| is_read[token]));
                }
                for &part in &candidate.content {
                    prop_assert!(others.iter().all(|other| !other.overlaps(part)), "{candidate:?}");
                    for token in part.range() {
                        prop_assert!(!std::mem::replace(&mut is_said[token], true), "{token} is said twice");
                    }
                }
            }
        }

        #[test]
        fn the_best_path_is_the_best_of_all(seed in any::<u64>(), is_cut in any::<[bool; 2]>()) {
            const COUNT: usize = 4;
            let mut random = Random(seed);
            let table = |random: &mut Random, rows| -> Vec<Vec<f32>> { (0..rows).map(|_| random.numbers(5, 2.0)).collect() };
            let (transitions, emissions) = (table(&mut random, 5), table(&mut random, COUNT));
            let padded = emissions.iter().map(|row| std::array::from_fn(|tag| row.get(tag).copied().unwrap_or(NEVER)));
            let path = Steps::<8>::new(&transitions).decode(&padded.collect::<Vec<[f32; 8]>>(), is_cut);
            // Every sequence of tags by itself.
            let step = |from: usize, to: usize| {
                let is_legal = to == 0 || to % 2 == 1 || from == to || from + 1 == to;
                if is_legal { f64::from(transitions[from][to]) } else { f64::NEG_INFINITY }
            };
            let worth = |tags: &[usize]| {
                let own: f64 = tags.iter().zip(&emissions).map(|(&tag, row)| f64::from(row[tag])).sum();
                let steps: f64 = tags.windows(2).map(|pair| step(pair[0], pair[1])).sum();
                let start = if is_cut[0] { step(0, tags[0]) } else { 0.0 };
                let end = if is_cut[1] { step(tags[COUNT - 1], 0) } else { 0.0 };
                own + steps + start + end
            };
            let all = (0..5_usize.pow(COUNT as u32)).map(|number| [1, 5, 25, 125].map(|power| number / power % 5));
            let worths: Vec<([usize; COUNT], f64)> = all.map(|tags| (tags, worth(&tags))).collect();
            let total: f64 = worths.iter().map(|(_, worth)| worth.exp()).sum();
            let found: Vec<usize> = path.tags.iter().map(|&tag| tag.into()).collect();
            let best = worths.iter().map(|(_, worth)| *worth).fold(f64::NEG_INFINITY, f64::max);
            prop_assert!((worth(&found) - best).abs() < 1e-4);
            for (place, &probability) in path.probabilities.iter().enumerate() {
                let with = worths.iter().filter(|(tags, _)| tags[place] == found[place]);
                let exact = with.map(|(_, worth)| worth.exp()).sum::<f64>() / total;
                prop_assert!((f64::from(probability) - exact).abs() < 1e-4, "{probability} {exact}");
            }
        }
    }

    #[test]
    fn a_name_is_as_sure_as_the_sequences_that_hold_it() {
        const COUNT: usize = 3;
        let label = |tag: usize| [Label::Person, Label::Institution, Label::Place].get((tag.max(1) - 1) / 2).copied();
        let meant = |tag: usize| match label(tag) {
            Some(label) if tag % 2 == 1 => Tag::Begin(label),
            Some(label) if tag > 0 => Tag::Inside(label),
            _ => Tag::Outside,
        };
        for seed in 0..20 {
            let mut random = Random(seed);
            let [transitions, emissions] =
                [9, COUNT].map(|rows| (0..rows).map(|_| random.numbers(9, 2.0)).collect::<Vec<Vec<f32>>>());
            let padded: Vec<[f32; NAMES]> =
                emissions.iter().map(|row| std::array::from_fn(|tag| row.get(tag).copied().unwrap_or(NEVER))).collect();
            let (mut tags, mut certainty) = (Vec::new(), Vec::new());
            names(&Steps::new(&transitions), &padded, &mut tags, &mut certainty);
            // Every sequence by itself; none goes on with a name from before.
            let step = |from: usize, to: usize| to == 0 || to % 2 == 1 || from == to || from + 1 == to;
            let all = (0..9_usize.pow(COUNT as u32)).map(|number| [1, 9, 81].map(|power| number / power % 9));
            let legal = all.filter(|tags| step(0, tags[0]) && tags.windows(2).all(|pair| step(pair[0], pair[1])));
            let worths = legal.map(|tags| {
                let own: f32 = tags.iter().zip(&emissions).map(|(&tag, row)| row[tag]).sum();
                let steps: f32 = tags.windows(2).map(|pair| transitions[pair[0]][pair[1]]).sum();
                (tags, f64::from(own + steps).exp())
            });
            let worths: Vec<([usize; COUNT], f64)> = worths.collect();
            let (best, _) = worths.iter().fold(worths[0], |best, other| if other.1 > best.1 { *other } else { best });
            assert_eq!(tags, best.map(meant), "seed {seed}");
            let total: f64 = worths.iter().map(|(_, worth)| worth).sum();
            for (place, &sure) in certainty.iter().enumerate() {
                let with = worths.iter().filter(|(other, _)| meant(other[place]) == tags[place]);
                let exact = with.map(|(_, worth)| worth).sum::<f64>() / total;
                assert!((f64::from(sure) - exact).abs() < 1e-4, "seed {seed}: {sure} {exact}");
            }
        }
    }

    #[test]
    fn confidence_is_the_cues_where_none_was_fitted() {
        let signals = [1.5, -0.3, -0.2, 1.0, 0.5, 2.0];
        assert!((confidence(&[], &signals) - sigmoid(1.5)).abs() < 1e-6);
        let fitted = [0.5, 1.0, 2.0, 0.0, -1.0, 0.0, 0.1];
        assert!((confidence(&fitted, &signals) - sigmoid(0.5 + 1.5 - 0.6 - 1.0 + 0.2)).abs() < 1e-6);
    }

    #[test]
    fn a_sign_by_itself_is_no_part_of_what_is_said() {
        let article = Article::new("📈 $40 million, ▶ he said.📈");
        let signs: Vec<&str> = (0..article.tokens.len())
            .filter(|&token| is_ornament(&article, token))
            .map(|token| article.word(token))
            .collect();
        assert_eq!(signs, ["📈", "▶", "📈"]);
    }

    #[test]
    fn gaps_close_unless_a_part_stands_in_them() {
        let article = Article::new("rents rise now Anna said and fall");
        let tags = |tags: [u8; 7]| Tagged {
            anchor: 4,
            logit: 1.0,
            start: 0,
            path: Path { tags: tags.to_vec(), probabilities: vec![0.5; 7] },
            emissions: Vec::new(),
        };
        let found = |of: [u8; 7], is_read: [bool; 7]| {
            let Draft { found, content } = draft(&article, &[], &is_read, &tags(of)).expect("a claim");
            (found.candidate.source, found.candidate.cue, runs(content.into_iter()))
        };
        let (source, cue) = (Some(Run::new(3, 4)), Some(Run::new(4, 5)));
        let content = vec![Run::new(0, 3), Run::new(5, 7)];
        assert_eq!(found([5, 0, 5, 1, 3, 5, 6], [true; 7]), (source, cue, content));
        let mut is_read = [true; 7];
        is_read[1] = false;
        assert_eq!(found([5, 0, 5, 0, 0, 0, 0], is_read).2, [Run::new(0, 1), Run::new(2, 3)]);
        assert_eq!(found([5, 3, 0, 0, 3, 0, 5], [true; 7]).1, Some(Run::new(1, 5)), "one cue in two pieces");
        assert_eq!(found([3, 0, 5, 0, 3, 0, 5], [true; 7]).1, cue, "content stands between the pieces");
    }

    #[test]
    fn a_model_that_lacks_a_section_or_has_another_shape_is_refused() {
        let whole = parts(1, SMALL);
        for name in whole.keys().filter(|name| !["mix.weight", "confidence"].contains(&name.as_str())) {
            let mut other = whole.clone();
            let part = other.remove(name);
            let error = Model::from_bytes(&packed(&other)).expect_err(name).to_string();
            assert!(error.contains(name) && error.contains("missing"), "{error}");
            let longer = match part {
                Some(Part::Rows(mut values, columns)) => {
                    values.extend(vec![0.5; columns]);
                    Part::Rows(values, columns)
                }
                Some(Part::Floats(values)) => Part::Floats([values, vec![0.5]].concat()),
                _ => Part::Bytes(vec![1, 2, 3]),
            };
            other.insert(name.clone(), longer);
            assert!(Model::from_bytes(&packed(&other)).is_err(), "{name} is longer");
        }
    }
}
