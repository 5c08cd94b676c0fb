//! Passives with their agent: "Residents were told by the council that …", "Orrin was accused by the union of …".

use super::page::Page;
use crate::lang::{Frame, Part, Verb, is_in};
use crate::lexis::Class;
use crate::span::Run;
use crate::text::TokenKind;

/// How sure a claim is that only such a passive tells.
const CONFIDENCE: f32 = 0.6;

/// How often the uses of a verb have to be claims for a passive to be one that the network did not find.
const LEAST: f32 = 0.5;

/// How far before "by" its participle may stand, and before that the auxiliary, in tokens.
const NEAR: usize = 5;

/// Makes the agents of passives the sources of their claims.
pub(super) fn passives(page: &mut Page<'_, '_, '_>) {
    for by in 1..page.words.article.tokens.len() {
        if is_in(page.words.language.agent_leads, page.words.lower(by)) {
            passive(page, by);
        }
    }
}

fn passive(page: &mut Page<'_, '_, '_>, by: usize) -> Option<()> {
    let words = page.words;
    let sentence = words.article.sentences[words.article.sentence_of(by)].tokens;
    let (cue, verb) = participle(page, sentence, by)?;
    let agent = page.phrase_at(by + 1, sentence.end)?;
    // "by two architects" as well as "by the union": what several have done is one source.
    let agent = joint(page, agent, sentence.end);
    let be = (sentence.start..cue).rev().take(NEAR).find(|&token| is_in(page.words.language.be, words.lower(token)));
    // "Asked by Anna Berg whether he knew, he said no."
    let is_reduced = is_in(words.language.question_verbs, verb.lemma)
        && (cue == sentence.start || matches!(words.class(cue - 1), Class::Subordinator | Class::Relative));
    if be.is_none() && !is_reduced {
        return None;
    }
    let asked = if is_reduced { question(page, agent.end, sentence.end) } else { None };
    let complement = asked.or_else(|| complement(page, verb.frame, agent.end, sentence.end));
    let first =
        |be: usize| (sentence.start..=be).rev().take_while(|&token| words.class(token) == Class::Auxiliary).last();
    let patient = be.filter(|_| verb.frame == Frame::Object).and_then(first);
    // "Orrin Homes, which will build there, was accused"
    let apposed = |first: usize| {
        let phrase = page.phrase_at(sentence.start, first)?;
        let is_aside = words.lower(phrase.end) == "," && words.lower(first - 1) == "," && phrase.end + 1 < first;
        is_aside.then_some(Run::new(sentence.start, first - 1))
    };
    let patient = patient.and_then(|first| page.phrase_before(sentence.start, first).or_else(|| apposed(first)));
    if complement.is_none() && patient.is_none() {
        return None;
    }
    let known = page.cued(cue);
    if known.is_none() && verb.share < LEAST && !is_reduced {
        return None;
    }
    let claim = known.unwrap_or_else(|| page.add(cue, None, Some(Run::new(cue, cue + 1)), CONFIDENCE));
    page.claims[claim].source = Some(agent);
    page.give(Run::new(by, agent.end), None);
    for part in patient.into_iter().chain(complement) {
        page.give(part, Some(claim));
    }
    Some(())
}

/// The participle before "by" and its verb.
fn participle(page: &Page<'_, '_, '_>, sentence: Run, by: usize) -> Option<(usize, Verb)> {
    let words = page.words;
    let passes = |&token: &usize| {
        matches!(words.class(token), Class::Adverb | Class::Time | Class::Preposition)
            || words.kind(token) == TokenKind::Number
            || is_in(words.language.weeks, words.lower(token))
    };
    let skipped = (sentence.start..by).rev().take(NEAR).take_while(passes).count();
    let cue = by.checked_sub(1 + skipped).filter(|&cue| cue > sentence.start)?;
    let verb =
        page.words.language.verb(words.lower(cue)).filter(|verb| matches!(verb.part, Part::Past | Part::Participle))?;
    (!words.is_capitalised(cue)).then_some((cue, verb))
}

/// "The union and two architects": an agent with those that are joined to it.
fn joint(page: &Page<'_, '_, '_>, agent: Run, end: usize) -> Run {
    let next = is_in(page.words.language.conjunctions, page.words.lower(agent.end))
        .then(|| page.phrase_at(agent.end + 1, end))
        .flatten();
    let next = next.filter(|next| !page.is_finite(next.end));
    next.map_or(agent, |next| Run::new(agent.start, next.end))
}

/// A question behind the colon after who asks it, or up to the comma.
fn question(page: &Page<'_, '_, '_>, from: usize, end: usize) -> Option<Run> {
    let words = page.words;
    if is_in(words.language.question_leads, words.lower(from)) {
        let comma = (from..end).find(|&token| words.lower(token) == ",").unwrap_or(end);
        return Some(Run::new(from, comma));
    }
    let colon = (from..end).take(NEAR).find(|&token| words.lower(token) == ":")?;
    (words.lower(end - 1) == "?" && !words.is_quoted(colon + 1)).then_some(Run::new(colon + 1, end))
}

/// What is said, behind the agent: "that …", "of hiding …", "to leave", "as “a joke”".
fn complement(page: &Page<'_, '_, '_>, frame: Frame, from: usize, end: usize) -> Option<Run> {
    let words = page.words;
    let from = page.past_time(from);
    let from = from + usize::from(words.lower(from) == ",");
    let leads = match frame {
        Frame::Object => is_in(words.language.object_leads, words.lower(from)),
        _ => is_in(words.language.complement_leads, words.lower(from)),
    };
    if !leads || from >= end {
        return None;
    }
    let stop = |&token: &usize| {
        !words.is_quoted(token)
            && (matches!(words.article.word(token), "." | "!" | ";" | ":")
                || words.lower(token) == "," && is_in(words.language.clause_breaks, words.lower(token + 1)))
    };
    let end = (from..end).find(stop).unwrap_or(end);
    (from + 1 < end).then_some(Run::new(from, end))
}
