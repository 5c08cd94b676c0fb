//! What the way through an article passes, in the order of the text: names, pronouns, descriptions, sources.

use super::gender::Pronoun;
use crate::order::sort;
use std::collections::HashMap;

use super::phrase::{Noun, is_possessive_mark, is_verbal, person_noun};
use crate::claim::Claim;
use crate::entity::Mention;
use crate::lang::{Part, is_in, row};
use crate::lexis::{Class, Words};
use crate::scheme::Label;
use crate::span::{Run, Span};
use crate::text::TokenKind;

/// What is looked at on the way through the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Waypoint {
    /// A name, by its mention.
    Name(usize),
    /// A pronoun that is no source.
    Pronoun,
    /// A description that is no source, by its head.
    Description(usize),
    /// What a person owns that speaks: "Berg's campaign", by its head.
    Owned(usize),
    /// A source that is no name, by its index among the [`Waypoints::sources`].
    Source(usize),
    /// A quotation that goes on.
    Continuation(usize),
}

/// What the way through an article passes.
#[derive(Debug, Default)]
pub(super) struct Waypoints {
    /// Each with its token, in order.
    pub all: Vec<(usize, Waypoint)>,
    /// Of each source that is no name, the claims that it makes, by their indices.
    pub sources: Vec<Vec<usize>>,
}

/// Where a claim's source stands; none for a claim without one, or one that goes on.
pub(super) fn source_run(words: &Words<'_, '_>, claim: &Claim) -> Option<(Span, Run)> {
    let span = claim.source.filter(|_| claim.continues.is_none())?;
    let run = words.article.tokens_in(span);
    (!run.is_empty()).then_some((span, run))
}

impl Waypoints {
    /// What is passed: `names` are all mentions, those of places without a speaker too.
    pub(super) fn new(words: &Words<'_, '_>, names: &[Mention], claims: &[Claim]) -> Self {
        let mut waypoints = Self::default();
        let sources = waypoints.add_claims(words, claims);
        let article = words.article;
        let mut covered = vec![false; article.tokens.len()];
        for run in claims.iter().filter_map(|claim| Some(source_run(words, claim)?.1)) {
            covered[run.range()].fill(true);
        }
        for (index, mention) in names.iter().enumerate() {
            let run = article.tokens_in(mention.span);
            covered[run.range()].fill(true);
            if mention.speaker.is_none() {
                continue;
            }
            waypoints.all.push((run.start, Waypoint::Name(index)));
            let head =
                owned(words, run).filter(|_| mention.label == Label::Person && !sources.contains_key(&run.start));
            waypoints.all.extend(head.map(|head| (run.start, Waypoint::Owned(head))));
        }
        for paragraph in article.paragraphs.iter().filter(|paragraph| paragraph.zone.is_read()) {
            for token in paragraph.tokens.range() {
                if is_pronoun(words, token) && !sources.contains_key(&token) {
                    waypoints.all.push((token, Waypoint::Pronoun));
                } else if let Some(head) = description(words, token, &covered) {
                    waypoints.all.push((token, Waypoint::Description(head)));
                }
            }
        }
        sort(&mut waypoints.all);
        waypoints
    }

    /// Adds the quotations that go on, and the sources that are no names; the latter by their first token.
    fn add_claims(&mut self, words: &Words<'_, '_>, claims: &[Claim]) -> HashMap<usize, usize> {
        let mut sources: HashMap<usize, usize> = HashMap::new();
        for (index, claim) in claims.iter().enumerate() {
            if claim.continues.is_some() {
                let start = words.article.tokens_in(claim.extent()).start;
                self.all.push((start, Waypoint::Continuation(index)));
            } else if let Some((_, run)) = source_run(words, claim).filter(|_| claim.speaker.is_none()) {
                let place = *sources.entry(run.start).or_insert_with(|| {
                    self.all.push((run.start, Waypoint::Source(self.sources.len())));
                    self.sources.push(Vec::new());
                    self.sources.len() - 1
                });
                self.sources[place].push(index);
            }
        }
        sources
    }
}

/// The head of a description that starts with this determiner, all in small letters: "the agency", "her campaign".
fn description(words: &Words<'_, '_>, token: usize, covered: &[bool]) -> Option<usize> {
    let opens = matches!(words.class(token), Class::Determiner | Class::Possessive)
        && is_in(words.language.description_leads, words.lower(token));
    if !opens || covered[token] {
        return None;
    }
    let is_word = |&at: &usize| words.class(at) == Class::Open && words.kind(at) == TokenKind::Word && !covered[at];
    let end = (token + 1..covered.len())
        .take(4)
        .take_while(is_word)
        .find(|&at| !is_word(&(at + 1)) || may_be_verb(words, at + 1))?;
    let lower = words.lower(end);
    let is_head = row(words.language.institution_nouns, lower).is_some()
        || person_noun(words, end).is_some_and(|(noun, _)| noun == Noun::Role);
    (is_head && !words.is_capitalised(end)).then_some(end)
}

fn may_be_verb(words: &Words<'_, '_>, token: usize) -> bool {
    words.language.ends_as(words.lower(token), Part::Past) || is_verbal(words, token)
}

/// The head of "Berg's campaign", of which the person's name is given.
fn owned(words: &Words<'_, '_>, name: Run) -> Option<usize> {
    let end = name.end - usize::from(is_possessive_mark(words, name.end - 1));
    let is_body = is_in(words.language.entourages, words.lower(end + 1));
    (is_possessive_mark(words, end) && is_body).then_some(end + 1)
}

/// Whether a token is a pronoun that is looked at where it is no source: of a person, or of an institution that says
/// something.
fn is_pronoun(words: &Words<'_, '_>, token: usize) -> bool {
    let (lower, language) = (words.lower(token), words.language);
    if is_in(language.impersonals, lower) {
        let at = token + 1 + usize::from(words.class(token + 1) == Class::Adverb);
        return is_verbal(words, at);
    }
    is_in(language.person_relatives, lower)
        || is_in(language.thing_relatives, lower)
        || matches!(Pronoun::of(lower, language), Some(Pronoun::One(_) | Pronoun::Own))
}
