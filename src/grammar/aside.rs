//! Who speaks, put between commas into what is said: "The dam, according to Okello, is sound."

use super::page::Page;
use crate::lang::{Frame, Part, is_in};
use crate::lexis::Class;
use crate::span::Run;

/// How sure a claim is that only such an aside tells.
const CONFIDENCE: f32 = 0.6;

/// Makes the content of claims whose source and cue stand between commas whole.
pub(super) fn asides(page: &mut Page<'_, '_, '_>) {
    for cue in 1..page.words.article.tokens.len() {
        inverted(page, cue);
    }
    for claim in 0..page.claims.len() {
        complete(page, claim);
    }
}

/// "Rents, warned the mayor, would double.": the verb stands before who speaks.
fn inverted(page: &mut Page<'_, '_, '_>, cue: usize) -> Option<()> {
    let words = page.words;
    let is_cue = words.lower(cue - 1) == ","
        && !words.is_quoted(cue)
        && page.words.language.verb(words.lower(cue)).is_some_and(|verb| {
            matches!(verb.frame, Frame::Say | Frame::Clause) && matches!(verb.part, Part::Past | Part::Third)
        });
    if !is_cue {
        return None;
    }
    let sentence = words.article.sentences[words.article.sentence_of(cue)].tokens;
    let source = page.phrase_at(cue + 1, sentence.end)?;
    let left = Run::new(sentence.start, cue - 1);
    if sentence.range().any(|token| words.is_quoted(token)) {
        return None;
    }
    if rest(page, source.end, sentence.end).is_empty() {
        return trailing(page, left, source, cue);
    }
    let close = page.past_time(source.end);
    if words.lower(close) != "," {
        return None;
    }
    let right = rest(page, close + 1, sentence.end);
    if left.range().any(|token| page.is_finite(token)) || right.is_empty() || !page.is_finite(right.start) {
        return None;
    }
    let known = page.cued(cue);
    let claim = known.unwrap_or_else(|| page.add(cue, None, Some(Run::new(cue, cue + 1)), CONFIDENCE));
    page.claims[claim].source = Some(source);
    page.give(Run::new(cue - 1, close + 1), None);
    page.give(left, Some(claim));
    page.give(right, Some(claim));
    Some(())
}

/// "All trains have stopped, says the operator.": a claim that the network did not find.
fn trailing(page: &mut Page<'_, '_, '_>, left: Run, source: Run, cue: usize) -> Option<()> {
    let is_free = left.range().all(|token| page.said(token).is_none() && page.cued(token).is_none());
    if page.cued(cue).is_some() || !is_free || !left.range().any(|token| page.is_finite(token)) {
        return None;
    }
    let claim = page.add(cue, Some(source), Some(Run::new(cue, cue + 1)), CONFIDENCE);
    page.give(left, Some(claim));
    Some(())
}

/// Adds what stands behind the aside, where what stands before it is no sentence by itself.
fn complete(page: &mut Page<'_, '_, '_>, claim: usize) -> Option<()> {
    let words = page.words;
    let (source, cue) = (page.claims[claim].source?, page.claims[claim].cue?);
    let frame = Run::new(source.start.min(cue.start), source.end.max(cue.end));
    let sentence = words.article.sentences[words.article.sentence_of(frame.start)].tokens;
    let before = frame.start.checked_sub(1).filter(|&before| before > sentence.start)?;
    let close = page.past_time(frame.end);
    if words.lower(before) != "," || close >= sentence.end || words.lower(close) != "," {
        return None;
    }
    let content = &page.claims[claim].content;
    let (first, last) = (content.first()?.start, content.last()?.end);
    if first < sentence.start || last > frame.start {
        return None;
    }
    let left = Run::new(first, before);
    let right = rest(page, close + 1, sentence.end);
    let is_free = right.range().all(|token| page.said(token).is_none() && page.cued(token).is_none());
    let is_open = !left.range().any(|token| page.is_finite(token))
        || left.range().next_back().is_some_and(|token| page.is_finite(token) || words.class(token) == Class::Negation)
        || is_in(words.language.continuing, words.lower(right.start));
    let is_told = left.range().chain(right.range()).all(|token| !words.is_quoted(token)) || page.is_finite(right.start);
    (!right.is_empty() && is_free && is_open && is_told).then(|| page.give(right, Some(claim)))
}

/// What is left of a sentence without its last stop.
fn rest(page: &Page<'_, '_, '_>, from: usize, end: usize) -> Run {
    let is_stop = |&token: &usize| matches!(page.words.article.word(token), "." | "!" | "?" | ";");
    let end = (from..end).rev().find(|token| !is_stop(token)).map_or(from, |last| last + 1);
    Run::new(from, end)
}
