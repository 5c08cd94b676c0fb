//! What a user marks as said -> who probably says it, and by which words it is told.
//!
//! The user's words are a constraint: of all ways to read the text around a cue, only those count in which exactly these
//! words are said. How much the network has to bend for that tells which cue nearby fits best. After Kristjansson, Culotta,
//! Viola and `McCallum`, "Interactive Information Extraction with Constrained Conditional Random Fields" (AAAI 2004).

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Arc, Mutex};

use super::draft::draft;
use super::encoded::{Chunk, NEVER};
use super::feature::Features;
use super::network::Network;
use super::read::readable;
use super::reading::Candidate;
use super::span_head::{REACH, TAGS, Window};
use super::steps::{Steps, Tagged};
use crate::lexis::{Lexicon, Words};
use crate::order::sort_by;
use crate::span::Run;
use crate::text::{Article, TokenKind};

/// How far before and behind what is said a cue is looked for, in tokens.
const NEAR: usize = 40;

/// How many tokens around that are read with it.
const CONTEXT: usize = 96;

/// How many cues are tried, the likeliest first.
const TRIED: usize = 6;

/// A cue that fits worse than this is none: a logit and the logarithm of a share of the readings together.
const LEAST: f32 = -12.0;

/// Longest span that is read, in tokens; longer ones are cut at the end.
const LONGEST: usize = 1024;

/// The tags of what is said.
const CONTENT: [usize; 2] = [5, 6];

/// More answers than this are not kept.
const MOST: usize = 16_384;

/// What was proposed before: a log is replayed with each correction that is added to it.
#[derive(Debug, Clone, Default)]
pub(super) struct Proposals(Arc<Mutex<Answers>>);

/// What was proposed, by a text's hash and the place.
type Answers = HashMap<(u64, Run), Option<Candidate>>;

/// Proposes who says what in one article. What holds for the whole article is found once, when it is first asked about.
#[derive(Debug)]
pub(crate) struct Proposer<'m, 't> {
    network: &'m Network,
    lexicon: &'m Lexicon,
    proposals: &'m Proposals,
    article: &'t Article<'t>,
    hash: OnceCell<u64>,
    whole: RefCell<Option<Whole>>,
}

/// What holds for a whole article.
#[derive(Debug)]
struct Whole {
    features: Features,
    is_read: Vec<bool>,
    /// The windows that a transformer has not read, because nothing near them was asked about.
    windows: Vec<Run>,
}

impl<'m, 't> Proposer<'m, 't> {
    pub(super) fn new(
        network: &'m Network,
        lexicon: &'m Lexicon,
        proposals: &'m Proposals,
        article: &'t Article<'t>,
    ) -> Self {
        Self { network, lexicon, proposals, article, hash: OnceCell::new(), whole: RefCell::new(None) }
    }

    /// Who says what a user marked, and by which words; none where nothing near it fits.
    pub(crate) fn propose(&self, said: Run) -> Option<Candidate> {
        let hash = self.hash.get_or_init(|| {
            let mut hasher = DefaultHasher::new();
            self.article.text().hash(&mut hasher);
            hasher.finish()
        });
        let key = (*hash, said);
        let known = self.proposals.0.lock().ok().and_then(|all| all.get(&key).cloned());
        known.unwrap_or_else(|| {
            let mut whole = self.whole.borrow_mut();
            let whole = whole.get_or_insert_with(|| Whole {
                features: self.network.features(self.lexicon, &Words::new(self.article)),
                is_read: readable(self.article),
                windows: self.network.windows(self.article),
            });
            let near = near(said, whole.is_read.len());
            let read = Run::new(
                near.start.saturating_sub(REACH + CONTEXT),
                whole.is_read.len().min(near.end + REACH + CONTEXT),
            );
            whole.look(self.network, self.article, read);
            let found = propose(self.network, self.article, whole, said, near, read);
            if let Ok(mut all) = self.proposals.0.lock() {
                if all.len() >= MOST {
                    all.clear();
                }
                all.insert(key, found.clone());
            }
            found
        })
    }
}

impl Whole {
    /// Lets the transformer read the windows with these tokens, where the network has one.
    fn look(&mut self, network: &Network, article: &Article<'_>, run: Run) {
        let (near, rest) = std::mem::take(&mut self.windows).into_iter().partition(|window| window.overlaps(run));
        self.windows = rest;
        network.look_at(&mut self.features, article, near, &mut |_| ());
    }
}

/// Where a cue of what is said is looked for in an article of so many tokens.
fn near(said: Run, count: usize) -> Run {
    Run::new(said.start.saturating_sub(NEAR), count.min(said.end.min(said.start + LONGEST) + NEAR))
}

/// Who says the tokens of `said`, and how that is told; none where nothing near it fits. `run`: what is read for it.
fn propose(
    network: &Network,
    article: &Article<'_>,
    Whole { features, is_read, .. }: &Whole,
    said: Run,
    near: Run,
    run: Run,
) -> Option<Candidate> {
    let encoded = network.encode(features, run);
    let logit = |token: usize| encoded.anchors[token - run.start];
    // Within what is marked, between two quotations, it can stand too: “Yes,” she said, “of course.”
    let is_quoted = article.tokens[said.start].quoted > 0;
    let can_be = |&token: &usize| {
        let inside = said.contains(token);
        is_read[token]
            && article.tokens[token].kind == TokenKind::Word
            && (!inside || is_quoted && article.tokens[token].quoted == 0)
    };
    let mut cues: Vec<usize> = near.range().filter(can_be).collect();
    sort_by(&mut cues, |&one, &other| logit(other).total_cmp(&logit(one)).then(one.cmp(&other)));
    cues.truncate(TRIED);
    let steps = Steps::new(&network.span.transitions);
    let fitting = cues.into_iter().filter_map(|anchor| {
        let (counted, _) = encoded.cues(Chunk { core: run, context: run }, is_read, &[anchor]);
        let window = network.span.read(features, &encoded, run, &counted, &[anchor]).pop()?;
        let (tagged, cost) = bend(article, &steps, &window, said, logit(anchor));
        Some((logit(anchor) + cost, tagged))
    });
    let (worth, tagged) = fitting.max_by(|one, other| one.0.total_cmp(&other.0))?;
    let mut candidate = draft(article, &network.confidence, is_read, &tagged)?.found.candidate;
    candidate.content = without(said, [candidate.source, candidate.cue]);
    (worth > LEAST && !candidate.content.is_empty()).then_some(candidate)
}

/// The best tags of a window in which these tokens are said and no others, and what that costs: not above zero.
fn bend(article: &Article<'_>, steps: &Steps<TAGS>, window: &Window, said: Run, logit: f32) -> (Tagged, f32) {
    let anchor = window.anchor;
    let is_cut = window.is_cut(article.tokens.len());
    let free = steps.decode(&window.emissions, is_cut);
    let mut emissions = window.emissions.clone();
    for (token, emission) in window.tokens.range().zip(&mut emissions) {
        for (tag, worth) in emission.iter_mut().enumerate() {
            // Between quotations that are said source and cue can stand; elsewhere all of it is said.
            // A user may leave out the marks around what is said.
            let is_mark = |token: usize| article.tokens[token].kind != TokenKind::Word;
            if is_mark(token) && (token + 1 == said.start || token == said.end) {
                continue;
            }
            let fits = if said.contains(token) {
                CONTENT.contains(&tag) || said.contains(anchor)
            } else {
                !CONTENT.contains(&tag)
            };
            *worth = if fits { *worth } else { NEVER };
        }
    }
    let path = steps.decode(&emissions, is_cut);
    let cost = steps.worth(&path.tags, &window.emissions) - steps.worth(&free.tags, &window.emissions);
    (Tagged { anchor, logit, start: window.tokens.start, path, ..Tagged::default() }, cost)
}

/// What is left of some tokens without those of others.
fn without(said: Run, others: [Option<Run>; 2]) -> Vec<Run> {
    let mut parts = vec![said];
    for other in others.into_iter().flatten() {
        let split = |part: Run| {
            [Run::new(part.start, part.end.min(other.start)), Run::new(part.start.max(other.end), part.end)]
        };
        parts = parts
            .into_iter()
            .flat_map(|part| if part.overlaps(other) { split(part).to_vec() } else { vec![part] })
            .collect();
        parts.retain(|part| part.start < part.end);
    }
    parts
}
