//! The claims of an article while they are corrected: which claim has which words.

use crate::entity::Mention;
use crate::lang::is_in;
use crate::lexis::Words;
use crate::model::Candidate;
use crate::order::{sort, sort_by_key};
use crate::scheme::Label;
use crate::span::Run;

/// What is less sure than this is not shown unless one asks for it.
const LIKELY: f32 = 0.4;

/// The claims of an article, with an index from tokens to claims and names.
pub(super) struct Page<'w, 'a, 't> {
    pub words: &'w Words<'a, 't>,
    names: Vec<(Run, Label)>,
    /// For each token, the name that it is part of.
    name_at: Vec<Option<u32>>,
    pub claims: Vec<Candidate>,
    /// For each token, the claim in whose content it stands.
    said: Vec<Option<u32>>,
    /// For each token, the claim in whose cue it stands.
    cued: Vec<Option<u32>>,
    /// Quotations of whole sentences of which nothing says who speaks them.
    pub alone: Vec<Run>,
    /// Claims that are told in another one, with that one: they share its words in the end.
    pub told: Vec<(usize, usize)>,
}

impl<'w, 'a, 't> Page<'w, 'a, 't> {
    pub(super) fn new(words: &'w Words<'a, 't>, mentions: &[Mention], claims: Vec<Candidate>) -> Self {
        let count = words.article.tokens.len();
        let mut page = Self {
            words,
            names: Vec::new(),
            name_at: vec![None; count],
            claims,
            said: vec![None; count],
            cued: vec![None; count],
            alone: Vec::new(),
            told: Vec::new(),
        };
        for mention in mentions {
            let run = words.article.tokens_in(mention.span);
            page.name_at[run.range()].fill(Some(page.names.len() as u32));
            page.names.push((run, mention.label));
        }
        for (index, claim) in page.claims.iter().enumerate() {
            for run in &claim.content {
                page.said[run.range()].fill(Some(index as u32));
            }
            page.cued[claim.anchor] = Some(index as u32);
            if let Some(run) = claim.cue {
                page.cued[run.range()].fill(Some(index as u32));
            }
        }
        page
    }

    /// The claim in whose content a token stands.
    pub(super) fn said(&self, token: usize) -> Option<usize> {
        self.likely(self.said.get(token).copied().flatten())
    }

    /// The claim in whose cue a token stands.
    pub(super) fn cued(&self, token: usize) -> Option<usize> {
        self.likely(self.cued.get(token).copied().flatten())
    }

    /// A claim that is likely enough not to give way to a rule.
    fn likely(&self, claim: Option<u32>) -> Option<usize> {
        claim.map(|claim| claim as usize).filter(|&claim| self.claims[claim].confidence >= LIKELY)
    }

    /// The name that a token is part of.
    pub(super) fn name_at(&self, token: usize) -> Option<(Run, Label)> {
        self.name_at.get(token).copied().flatten().map(|name| self.names[name as usize])
    }

    /// Whether a person's name starts within a run.
    pub(super) fn has_person(&self, run: Run) -> bool {
        run.range().any(|token| self.name_at(token).is_some_and(|(_, label)| label == Label::Person))
    }

    /// The claim that most of a run's words belong to.
    pub(super) fn owner(&self, run: Run) -> Option<usize> {
        let words = run.range().filter(|&token| self.is_word(token)).count();
        let mut first = run.range().filter(|&token| self.is_word(token)).filter_map(|token| self.said(token));
        let claim = first.next()?;
        let own = run.range().filter(|&token| self.is_word(token) && self.said(token) == Some(claim)).count();
        (2 * own > words).then_some(claim)
    }

    pub(super) fn is_word(&self, token: usize) -> bool {
        self.words.kind(token).is_word()
    }

    /// Adds a claim without content.
    pub(super) fn add(&mut self, anchor: usize, source: Option<Run>, cue: Option<Run>, confidence: f32) -> usize {
        let claim = self.claims.len();
        if let Some(cue) = cue {
            self.cued[cue.range()].fill(Some(claim as u32));
        }
        self.claims.push(Candidate { anchor, source, cue, content: Vec::new(), confidence });
        claim
    }

    /// Gives some words to a claim, or to none, and takes them from every other.
    pub(super) fn give(&mut self, run: Run, claim: Option<usize>) {
        let mut before: Vec<usize> =
            run.range().filter_map(|token| self.said[token]).map(|claim| claim as usize).collect();
        sort(&mut before);
        before.dedup();
        for other in before.into_iter().chain(claim) {
            let content = std::mem::take(&mut self.claims[other].content);
            self.claims[other].content = without(&content, run);
        }
        self.said[run.range()].fill(claim.map(|claim| claim as u32));
        if let Some(claim) = claim {
            self.claims[claim].content.push(run);
            self.claims[claim].content = joined(std::mem::take(&mut self.claims[claim].content));
        }
    }

    /// The claims that still say something, by anchor; no claim says its own source or cue.
    pub(super) fn finish(mut self) -> Vec<Candidate> {
        let mut claims = std::mem::take(&mut self.claims);
        let joins = |run: Run| {
            let is_joint =
                |token| !self.is_word(token) || is_in(self.words.language.sentence_joints, self.words.lower(token));
            !self.words.is_quoted(run.start) && run.range().all(is_joint)
        };
        for claim in &mut claims {
            for taken in [claim.source, claim.cue].into_iter().flatten() {
                claim.content = without(&claim.content, taken);
            }
            // "But, she says, it rained": what joins the sentence to the one before is nobody's.
            if claim.content.len() > 1 && joins(claim.content[0]) {
                claim.content.remove(0);
            }
        }
        // "What they said:" says nothing.
        let says = |token: usize| {
            self.is_word(token) && !is_in(self.words.language.question_pronouns, self.words.lower(token))
        };
        claims.retain(|claim| claim.content.iter().any(|run| run.range().any(says)));
        sort_by_key(&mut claims, |claim| claim.anchor);
        claims
    }
}

/// Some runs without the tokens of another.
pub(super) fn without(runs: &[Run], taken: Run) -> Vec<Run> {
    let parts = runs.iter().flat_map(|run| {
        [
            Run::new(run.start, run.end.min(taken.start.max(run.start))),
            Run::new(run.start.max(taken.end.min(run.end)), run.end),
        ]
    });
    let mut left: Vec<Run> = Vec::new();
    for (run, pair) in runs.iter().zip(parts.collect::<Vec<_>>().chunks(2)) {
        if run.overlaps(taken) {
            left.extend(pair.iter().filter(|part| !part.is_empty()));
        } else {
            left.push(*run);
        }
    }
    left
}

/// Runs in order, those that touch made one.
pub(super) fn joined(mut runs: Vec<Run>) -> Vec<Run> {
    sort(&mut runs);
    let mut joined: Vec<Run> = Vec::new();
    for run in runs {
        match joined.last_mut() {
            Some(last) if run.start <= last.end => last.end = last.end.max(run.end),
            _ => joined.push(run),
        }
    }
    joined
}
